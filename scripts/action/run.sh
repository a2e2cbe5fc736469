#!/usr/bin/env bash
# Runs the suite. Hands over its exit code and verdict as outputs, and ends with the same exit code.
# TARGET, API, STRICT, REQUIRE_JUDGED, WAIVERS, WORKERS, REPORTS: the inputs; empty ones are left out.
set -euo pipefail

arguments=(run --target "${TARGET:-stub}" --reports "${REPORTS:-reports}")
if [ -n "${API:-}" ]; then arguments+=(--api "$API"); fi
if [ -n "${WAIVERS:-}" ]; then arguments+=(--waivers "$WAIVERS"); fi
if [ -n "${REQUIRE_JUDGED:-}" ]; then arguments+=(--require-judged "$REQUIRE_JUDGED"); fi
if [ -n "${WORKERS:-}" ]; then arguments+=(--workers "$WORKERS"); fi
case "${STRICT:-false}" in
  true) arguments+=(--strict) ;;
  false) ;;
  *)
    echo "::error::strict: it must be true or false, not $STRICT."
    echo "exit-code=2" >>"$GITHUB_OUTPUT"
    exit 2
    ;;
esac

# What an earlier run left must not pass for this one's word, not even where this one cannot start.
rm -f "${REPORTS:-reports}/verdict.json" "${REPORTS:-reports}/summary.md" "${REPORTS:-reports}/badge.svg"
code=0
chat-conformance "${arguments[@]}" || code=$?

verdict="$(node -e '
  const { readFileSync } = require("node:fs");
  try {
    console.log(JSON.parse(readFileSync(`${process.argv[1]}/verdict.json`, "utf8")).verdict);
  } catch {
    // The run came to no verdict: the output stays empty.
  }
' "${REPORTS:-reports}")"
{
  echo "exit-code=$code"
  echo "verdict=$verdict"
} >>"$GITHUB_OUTPUT"
exit "$code"
