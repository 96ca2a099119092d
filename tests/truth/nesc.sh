#!/usr/bin/env bash
# A sphere dropped from 30,000 ft at rest over the equator, after 30 s, against NASA's check cases 01 (no drag) and 06 (drag),
# both over WGS-84 with J2, and 05 (drag) over a round turning Earth. Source: NASA/TM-2015-218675, atmospheric cases; the spread
# over NASA's own tools is 0.0006 m for case 01, 0.003 m for case 05 (but for one tool) and 0.27 m for case 06.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
drop=(impact-point --lat 0 --lon 0 --alt "30000 ft" --velocity-ned 0,0,0 --until 30 --json)

value() { sed -nE 's/^ *"'"$1"'": ([-+0-9.e]+),?$/\1/p' <<<"$answer"; }
# hold WHAT VALUE TRUTH BOUND UNIT
hold() {
  awk -v what="$1" -v value="$2" -v truth="$3" -v bound="$4" -v unit="$5" 'BEGIN {
    error = value - truth
    printf "  %-58s %12.4g %-6s (bound %g)\n", what, error, unit, bound
    exit (error > bound || error < -bound || value == "") }' || { echo "FAILED: $1"; exit 1; }
}

answer=$("$cosmodrome" "${drop[@]}" --vacuum)
hold "case 01: altitude" "$(value altitude_m)" "$(awk 'BEGIN { printf "%.9f", 15598.904352 * 0.3048 }')" 0.01 m
hold "case 01: longitude" "$(value lon_deg)" 5.745522e-5 1e-7 deg
hold "case 01: speed" "$(value speed_m_s)" "$(awk 'BEGIN { printf "%.9f", 960.293065 * 0.3048 }')" 0.001 m/s
sphere=(--mass 14.5938809 --cd 0.1 --area 0.0182414654525)
answer=$("$cosmodrome" "${drop[@]}" "${sphere[@]}" --round-earth)
hold "case 05: altitude" "$(value altitude_m)" "$(awk 'BEGIN { printf "%.9f", 16276.384549 * 0.3048 }')" 0.01 m
answer=$("$cosmodrome" "${drop[@]}" "${sphere[@]}")
hold "case 06: altitude" "$(value altitude_m)" "$(awk 'BEGIN { printf "%.9f", 16284.443772 * 0.3048 }')" 0.3 m
hold "case 06: longitude" "$(value lon_deg)" 5.337983e-5 1e-7 deg
hold "case 06: speed" "$(value speed_m_s)" "$(awk 'BEGIN { printf "%.9f", 864.010906 * 0.3048 }')" 0.01 m/s
