#!/usr/bin/env bash
# Pages that the program prints are those in docs/.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
"$cosmodrome" reference | diff - docs/reference.md || { echo "FAILED: run '$cosmodrome reference >docs/reference.md'"; exit 1; }
for kind in fly risk closures toxics toxics-against; do
  "$cosmodrome" schema $kind | diff - docs/schema/$kind-1.json || { echo "FAILED: run '$cosmodrome schema $kind >docs/schema/$kind-1.json'"; exit 1; }
done
for command in $("$cosmodrome" help | sed -nE 's/^  ([a-z-]+) {2,}.*/\1/p'); do
  "$cosmodrome" "$command" --help | grep -q "^usage: cosmodrome $command" || { echo "FAILED: no help of $command"; exit 1; }
done
echo "  docs/reference.md and the schemas of docs/schema are what the program prints"
