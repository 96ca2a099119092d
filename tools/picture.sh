#!/usr/bin/env bash
# Takes the README's picture anew, at T+300 s: tools/picture.sh [OUT.png], in the repository root, after
# `./run report missions/soyuz-ms.yaml`. Needs chromium and pngquant.
set -euo pipefail
page=out/soyuz-ms/report.html
out=${1:-docs/images/report.png}
[ -f "$page" ] || { echo "error: no $page; run ./run report missions/soyuz-ms.yaml first" >&2; exit 2; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
timeout 120 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run --disable-component-update \
  --disable-background-networking --user-data-dir="$folder/profile" --window-size=1400,1200 --virtual-time-budget=4000 \
  --screenshot="$folder/report.png" "file://$PWD/$page#t=300" 2>"$folder/log" || { cat "$folder/log" >&2; exit 1; }
pngquant --force --quality 70-95 --strip --output "$out" "$folder/report.png"
ls -l "$out"
