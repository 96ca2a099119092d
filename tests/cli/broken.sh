#!/usr/bin/env bash
# Broken missions: each is refused with one line at its place, exit 2, nothing on standard output, no folder left.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
folder=tests/cli/broken
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0

# refuse FILE PLACE TEXT: PLACE is LINE:COLUMN, or its beginning when it ends in ':'
refuse() {
  local file=$1 place=$2 text=$3 got=0 message
  "$cosmodrome" fly "$file" -o "$work/folder" >"$work/out" 2>"$work/err" || got=$?
  message=$(cat "$work/err")
  [ "$got" = 2 ] || { echo "$file: exit $got: $message"; exit 1; }
  [ ! -s "$work/out" ] || { echo "$file: wrote to standard output"; exit 1; }
  [ "$(wc -l <"$work/err")" = 1 ] || { echo "$file: not one line: $message"; exit 1; }
  [ -z "$(find "$work" -mindepth 1 -name 'folder*')" ] || { echo "$file: left a folder"; exit 1; }
  case "$place" in *:) ;; *) place="$place: error: " ;; esac
  case "$message" in "$file:$place"*"$text"*) ;; *) echo "$file: '$place...$text' expected, but: $message"; exit 1 ;; esac
  n=$((n + 1))
}

while IFS=$'\t' read -r name place text; do
  case "$name" in '#'*) continue ;; esac
  refuse "$folder/$name.yaml" "$place" "$text"
  got=0
  "$cosmodrome" check "$folder/$name.yaml" >"$work/out" 2>"$work/again" || got=$?
  [ "$got" = 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/again")" = 1 ] || { echo "check $name: exit $got"; exit 1; }
done <"$folder/expected.txt"
[ "$n" -ge 60 ] && [ "$n" = "$(find $folder -name '*.yaml' | wc -l)" ] || { echo "$n files of $(find $folder -name '*.yaml' | wc -l)"; exit 1; }

refuse "$work/not-there.yaml" 1:1 "cannot open: No such file"
mkdir "$work/a-folder.yaml"
refuse "$work/a-folder.yaml" 1:1 "not a regular file"
mkfifo "$work/a-pipe.yaml"
refuse "$work/a-pipe.yaml" 1:1 "not a regular file"
{ cat missions/soyuz-ms.yaml; printf '\nfailure:\n  time: 100000 s\n'; } >"$work/late.yaml"
refuse "$work/late.yaml" "$(wc -l <"$work/late.yaml"):9" "the flight is over by then"
truncate -s 1G "$work/one-gigabyte-line.yaml"
refuse "$work/one-gigabyte-line.yaml" 1:1 "file is 1073741824 bytes"
head -c 1048577 /dev/zero | tr '\0' '#' >"$work/a-byte-too-long.yaml"
refuse "$work/a-byte-too-long.yaml" 1:1 "file is 1048577 bytes"
if [ "$(id -u)" != 0 ]; then
  : >"$work/not-readable.yaml" && chmod 000 "$work/not-readable.yaml"
  refuse "$work/not-readable.yaml" 1:1 "cannot open: Permission denied"
fi
echo "  $n broken missions refused, each with one line at its place"
