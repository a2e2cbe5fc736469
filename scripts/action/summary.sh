#!/usr/bin/env bash
# Writes the summary of the run into the summary of the job.
# REPORTS: the folder of the reports.
set -euo pipefail

summary="${REPORTS:-reports}/summary.md"
if [ -f "$summary" ]; then
  cat "$summary" >>"$GITHUB_STEP_SUMMARY"
else
  echo "The conformance run left no summary: see its log." >>"$GITHUB_STEP_SUMMARY"
fi
