#!/usr/bin/env bash
# Installs the package, so that later steps find the command.
# VERSION: a version, a tag or the path of a tarball; empty for the version of the action itself.
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

if [ -z "$version" ]; then
  version="$(node -p 'require(process.argv[1]).version' "$here/../../package.json")"
fi
case "$version" in
  *.tgz)
    if [ ! -f "$version" ]; then
      echo "::error::version: there is no file $version. Name a version, or the path of a tarball."
      exit 2
    fi
    package="$(cd "$(dirname "$version")" && pwd)/$(basename "$version")"
    ;;
  *) package="chat-api-conformance@$version" ;;
esac

npm install --global --no-audit --no-fund "$package"
chat-conformance --version
