#!/usr/bin/env bash
# Installs the package, so that later steps find the command.
# VERSION: a version, a tag, a Git reference as npm takes it, or the path of a tarball; empty for the very code of the action.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
version="${VERSION:-}"

if ! command -v node >/dev/null; then
  echo "::error::Node.js is missing. Put actions/setup-node with node-version 22 before this step."
  exit 2
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  echo "::error::Node.js $(node --version) is too old, 20.19 or later is needed. Put actions/setup-node with node-version 22 before this step."
  exit 2
fi

case "$version" in
  '')
    # The action lies in the package, or in the repository at the reference that the workflow names: no registry need know it.
    root="$(cd "$here/../.." && pwd)"
    if [ ! -f "$root/dist/main.js" ]; then
      npm ci --prefix "$root" --ignore-scripts --no-audit --no-fund
      npm run --prefix "$root" --silent build
    fi
    packed="$(mktemp -d)"
    npm pack "$root" --ignore-scripts --silent --pack-destination "$packed"
    package="$(echo "$packed"/*.tgz)"
    ;;
  *.tgz)
    if [ ! -f "$version" ]; then
      echo "::error::version: there is no file $version. Name a version, or the path of a tarball."
      exit 2
    fi
    package="$(cd "$(dirname "$version")" && pwd)/$(basename "$version")"
    ;;
  *[:/]*) package="$version" ;;
  *) package="chat-api-conformance@$version" ;;
esac

npm install --global --no-audit --no-fund "$package"
chat-conformance --version
