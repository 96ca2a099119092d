#!/usr/bin/env bash
# The folder of cosmodrome risk has the same bytes on 1, 2 and 3 threads, on 8, 4 and 1 lanes, and without the paths of the C
# library's mathematics that use fused multiply-add; with the default people, and with a raster in another projection.
set -euo pipefail
source tests/suite.sh
cp missions/soyuz-ms.yaml "$work/plain.yaml"
declare -A samples=([plain]=768 [raster]=256) # a thread needs a block of 256
[ "${COSMO_SANITIZED:-0}" != 1 ] || samples[plain]=256
if command -v gdal_create >/dev/null; then
  { cat missions/soyuz-ms.yaml; printf '\npeople: {file: even.tif, kind: density}\n'; } >"$work/raster.yaml"
  gdal_create -q -ot Float32 -outsize 260 160 -bands 1 -burn 8 -a_srs ESRI:54009 \
    -a_ullr 3000000 7600000 13400000 3400000 "$work/even.tif" 2>"$work/err" ||
    fail "$(cat "$work/err")"
else
  echo "skip: gdal_create is not installed, no raster of people is read"
fi

# Does the C library heed the wish? Then sines and the like have other last bits, Python's too, which are the C library's.
slow=GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX2_Usable,-FMA_Usable,-FMA4_Usable
sines() { python3 -c 'import math; print(hash(tuple(f(0.001 * i) for i in range(1, 50000) for f in (math.sin, math.exp, math.log, math.atan))))'; }
export -f sines
without_fma=()
if [ "$(sines)" != "$(env "$slow" bash -c sines)" ]; then
  without_fma=("without-fma $slow")
else
  echo "skip: this C library's use of fused multiply-add cannot be switched off by GLIBC_TUNABLES"
fi

risk() { # MISSION FOLDER WORDS...
  "$cosmodrome" risk "$work/$1.yaml" --samples "${samples[$1]}" --quiet -o "$work/$2" "${@:3}" >/dev/null || fail "$2: exit $?"
}
compare() { # MISSION "NAME SETTING"...
  local mission=$1 case
  shift
  risk "$mission" "$mission" --threads 2
  for case in "$@"; do
    (export "${case#* }"; risk "$mission" "$mission-${case%% *}" --threads 2)
    same "$work/$mission" "$work/$mission-${case%% *}" "$mission, ${case%% *}"
  done
  echo "  $mission: ${*%% *} give the same folder"
}
compare plain "v3 COSMO_ISA=v3" "one COSMO_ISA=one" "${without_fma[@]}"
for n in 1 3; do
  risk plain threads --threads $n
  same "$work/plain" "$work/threads" "$n threads"
done
[ ! -e "$work/even.tif" ] || compare raster "one COSMO_ISA=one" "${without_fma[@]}"
for case in "${without_fma[@]}"; do
  "$cosmodrome" fly "$work/plain.yaml" --quiet -o "$work/fly" >/dev/null || fail "fly: exit $?"
  env "${case#* }" "$cosmodrome" fly "$work/plain.yaml" --quiet -o "$work/fly-${case%% *}" >/dev/null || fail "fly: exit $?"
  same "$work/fly" "$work/fly-${case%% *}" "fly, ${case%% *}"
  echo "  fly: ${case%% *} gives the same folder"
done
