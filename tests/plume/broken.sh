#!/usr/bin/env bash
# Broken files of substances and limits: `check` refuses each with one line at its place, exit 2, nothing on standard output.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
folder=tests/plume/broken
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0
while IFS=$'\t' read -r name place text; do
  case "$name" in '#'*) continue ;; esac
  file=$folder/$name.yaml got=0
  "$cosmodrome" check "$file" >"$work/out" 2>"$work/err" || got=$?
  message=$(cat "$work/err")
  [ "$got" = 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] || { echo "$file: exit $got: $message"; exit 1; }
  case "$message" in "$file:$place: error: "*"$text"*) ;; *) echo "$file: '$place...$text' expected, but: $message"; exit 1 ;; esac
  n=$((n + 1))
done <"$folder/expected.txt"
[ "$n" = "$(find $folder -name '*.yaml' | wc -l)" ] || { echo "$n of $(find $folder -name '*.yaml' | wc -l) files expected"; exit 1; }
echo "  $n broken files refused, each with one line at its place"
