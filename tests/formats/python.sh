#!/usr/bin/env bash
# What the writers write, read by Python's own json: same strings, same numbers, shortest digits, sound geometry.
set -euo pipefail
command -v python3 >/dev/null || { echo "skip: python3 is not installed"; exit 77; }
build=${COSMO_BUILD:-build}
export CK_FORK=no COSMO_SAMPLES
COSMO_SAMPLES=$(mktemp -d)
trap 'rm -rf "$COSMO_SAMPLES"' EXIT
for suite in json geojson kml czml; do "$build/tests/test_formats_$suite" >/dev/null; done
python3 tests/formats/read_samples.py "$COSMO_SAMPLES"
