#!/usr/bin/env bash
# Rasters of people that are not what they should be: exit 2, one line, no file.
set -euo pipefail
source tests/suite.sh
mission=missions/soyuz-ms.yaml
command -v gdal_create >/dev/null || { echo "skip: gdal_create is not installed, no raster of people is tried"; exit 77; }
raster() { # NAME BURN SRS ULLR...
  gdal_create -q -ot Float32 -outsize 240 60 -bands 1 -burn "$2" ${3:+-a_srs "$3"} ${4:+-a_ullr $4} "$work/$1.tif" 2>"$work/err" ||
    fail "$(cat "$work/err")"
}
people() { # NAME KIND PATTERN
  { cat $mission; printf '\npeople: {file: %s.tif, kind: %s}\n' "$1" "$2"; } >"$work/people.yaml"
  refuse 2 "$3" "$cosmodrome" risk "$work/people.yaml" --samples 256 --quiet -o "$work/people"
  [ -z "$(ls -A "$work/people")" ] || fail "$1 leaves $(ls -A "$work/people")"
}
here="50 65 170 35"
raster good 8 EPSG:4326 "$here"
{ cat $mission; printf '\npeople: {file: good.tif, kind: density}\n'; } >"$work/people.yaml"
"$cosmodrome" risk "$work/people.yaml" --samples 256 --quiet >/dev/null || fail "a good raster is refused"
head -c 8000 "$work/good.tif" >"$work/short.tif"; people short density "short.tif: error: cut short or damaged"
head -c 60 "$work/good.tif" >"$work/stump.tif"; people stump density "stump.tif: error: not a raster that can be read, or a damaged one"
head -c 50000 /dev/zero | tr '\0' 'x' >"$work/noise.tif"; people noise density "noise.tif: error: not a raster"
: >"$work/empty.tif"; people empty density "empty.tif: error: not a raster"
people nobody density "cannot open"
raster negative -8 EPSG:4326 "$here"; people negative density "negative.tif: error: -8 people at pixel"
raster nameless 8 "" "$here"; people nameless density "it has no coordinate reference system"
raster nowhere 8 EPSG:4326 ""; people nowhere density "it does not say where it lies"
raster metres 8 EPSG:4326 "5000000 7000000 16000000 4000000"; people metres density "the reference system is wrong"
raster elsewhere 8 EPSG:4326 "50 -75 170 -85"; people elsewhere density "elsewhere.tif: error:"
raster degrees 8 EPSG:3857 "$here"; people degrees density "in metres or feet, and it reaches from 50 to 170"
people good count "did you mean 'kind: density'?"
echo "  twelve rasters of people that are damaged, negative, elsewhere, of the other kind: one line each, no file"
