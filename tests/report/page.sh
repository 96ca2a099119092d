#!/usr/bin/env bash
# Every made-up page is well-formed, self-contained, and no words of a drawing collide or leave it.
set -euo pipefail
command -v python3 >/dev/null || { echo "skip: python3 is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export CK_FORK=no COSMO_PAGE_FOLDER=$folder
"${COSMO_BUILD:-build}/tests/test_report_report" >"$folder/log" || { cat "$folder/log"; exit 1; }
python3 tests/report/page.py "$folder"/*.html
