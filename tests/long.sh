# What ./test --long adds: fuzzing, the packs rebuilt from their sources, coverage, a run killed 20 times, a million
# particles kept well mixed, a crash at half the time step. In the repository root.
# FUZZ_SECONDS (60): how long each harness runs. What a harness finds is kept in build-fuzz/found.
# What is not installed is said in a line "skip: REASON" and passed over.
set -euo pipefail
here=$PWD
source "$here/packaging/setup.sh"
seconds=${FUZZ_SECONDS:-60} status=0

fuzz_one() { # harness, seconds; run by xargs
  local name=$1 work found=build-fuzz/found/
  work=$(mktemp -d)
  mkdir -p "$found"
  if build-fuzz/fuzz/fuzz_"$name" -max_total_time="$2" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
      -artifact_prefix="$found$name-" "$work" fuzz/corpus/"$name" >"$work.log" 2>&1; then
    printf '  fuzz %-24s %12s runs in %s s, nothing found\n' "$name" \
      "$(sed -nE 's/^stat::number_of_executed_units: *//p' "$work.log")" "$2"
  else
    tail -n 30 "$work.log"
    echo "FAILED: fuzz $name; the input is in $found"
    touch build-fuzz/failed
  fi
  rm -rf "$work" "$work.log"
}
export -f fuzz_one

fuzz() {
  command -v clang >/dev/null || { echo "skip: clang is not installed, nothing is fuzzed"; return 0; }
  setup_build fuzz all || return 1
  rm -f build-fuzz/failed
  printf '%s\n' fuzz/*.c | sed -E 's|fuzz/(.*)\.c|\1|' | xargs -P "$(nproc)" -I NAME bash -c "fuzz_one NAME $seconds"
  [ ! -e build-fuzz/failed ]
}

packs() {
  local code=0
  bash tools/check-packs.sh || code=$?
  [ $code = 0 ] || [ $code = 77 ]
}

# Kernel headers and lanes.h are left out: a function that stands there once a width cannot be merged.
coverage() {
  local failed=0
  command -v gcovr >/dev/null || { echo "skip: gcovr is not installed, coverage is not measured"; return 0; }
  setup_build coverage all || return 1
  find build-coverage -name '*.gcda' -delete
  ctest --test-dir build-coverage -j "$(nproc)" --output-on-failure >build-coverage/log 2>&1 || failed=1
  [ $failed = 0 ] || { tail -n 40 build-coverage/log; echo "FAILED: tests of the coverage build"; }
  echo "coverage by room"
  for room in src/*/; do
    gcovr --root . --filter "$room" --exclude '.*/kernels/.*' --exclude '.*/lanes\.h' --object-directory build-coverage \
      --print-summary --output /dev/null 2>/dev/null |
      sed -nE "s|^lines: *([0-9.]+%) \(([0-9]+) out of ([0-9]+)\)$|$room \1 \2 \3|p" |
      awk '{ printf "  %-14s %6s of %5d lines\n", $1, $2, $4 }'
  done
  return $failed
}

kills() {
  setup_build release all || return 1
  COSMO_KILLS=20 COSMO_KILLS_SAMPLES=2048 bash tests/cli/resume.sh
}

well_mixed() {
  setup_build release all || return 1
  COSMO_WELL_MIXED=1000000 CK_FORK=no build/tests/test_plume_well_mixed
}

half_step() {
  setup_build release all || return 1
  COSMO_STEP_SAMPLES=20 COSMO_STEP_PARTICLES=20000 CK_FORK=no build/tests/test_study_toxics_step
}

echo "a million particles in a mixing layer for 3 h"
well_mixed || status=1
echo "the crash of 2013 at half the time step"
half_step || status=1
echo "killing a run of risk at 20 moments"
kills || status=1
echo "fuzzing each harness for $seconds s"
fuzz || status=1
echo "rebuilding the packs"
packs || status=1
coverage || status=1
exit $status
