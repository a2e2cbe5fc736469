# The suite as an image: docker build -t chat-conformance . && docker run --rm -v "$PWD:/work" chat-conformance run --target staging.json
FROM node:22-slim AS build
WORKDIR /build
COPY . .
RUN npm ci --no-audit --no-fund && mkdir /package && npm pack --ignore-scripts --pack-destination /package

FROM node:22-slim
COPY --from=build /package /package
RUN npm install --global --no-audit --no-fund /package/*.tgz && npm cache clean --force && rm -r /package
RUN install -d -o node -g node /work
USER node
WORKDIR /work
ENTRYPOINT ["chat-conformance"]
CMD ["--help"]
