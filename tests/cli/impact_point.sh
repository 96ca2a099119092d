#!/usr/bin/env bash
# impact-point: what it takes and refuses, and properties of its answers.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

json() { "$cosmodrome" impact-point "$@" --json >"$work/out" 2>"$work/err" || { echo "'$*': exit $?"; cat "$work/err"; exit 1; }; }
value() { sed -nE 's/^ *"'"$1"'": "?([^",]+)"?,?$/\1/p' "$work/out"; }
expect() { # KEY VALUE: the same text
  [ "$(value "$1")" = "$2" ] || { echo "$1 is $(value "$1"), not $2, in:"; cat "$work/out"; exit 1; }
}
near() { # KEY VALUE TOLERANCE
  awk -v x="$(value "$1")" -v y="$2" -v t="$3" 'BEGIN { exit !(x - y <= t && y - x <= t) }' || { echo "$1 is $(value "$1"), not $2"; exit 1; }
}
refuse() { # PATTERN ARGS...
  local pattern=$1 got=0; shift
  "$cosmodrome" impact-point "$@" >"$work/out" 2>"$work/err" || got=$?
  [ $got = 2 ] && [ ! -s "$work/out" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qF -- "$pattern" "$work/err" ||
    { echo "'$*': exit $got, no '$pattern' in: $(cat "$work/err")"; exit 1; }
}
sphere=(--mass 14.5938809 --cd 0.1 --area 0.0182414654525)

# a fall of a few seconds: half g t^2
json --lat -5.2 --lon 45 --alt 100 --velocity-ned '0,0,0' --vacuum
expect kind impact; expect schema cosmodrome.impact-point/1; near t_s 4.52 0.02; near lat_deg -5.2 1e-4; near altitude_m 0 1e-6
# the two-body impact point and the integration over a point mass agree
json --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --vacuum
two_body=$(value lat_deg)
json --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --vacuum --gravity sphere
near lat_deg "$two_body" 2e-7
# J2 moves it, and air shortens it
json --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --vacuum --gravity j2
vacuum=$(value downrange_m)
json --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --beta 100
awk -v a="$(value downrange_m)" -v v="$vacuum" 'BEGIN { exit !(a > 0.3 * v && a < v) }' || { echo "air: $(value downrange_m) of $vacuum"; exit 1; }
# a level throw over a round Earth against its Kepler orbit, worked out by hand
json --lat 0 --lon 0 --alt 50000 --velocity-ned '0,1000,0' --vacuum --round-earth
near t_s 103.38426008 1e-6; near downrange_m 103365.78446 1e-3; near lat_deg 0 1e-12
refuse "a round Earth has no terrain" --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --vacuum --round-earth --terrain
refuse "a round Earth has no oblateness" --lat 46 --lon 63 --alt 80000 --velocity-ned '900,1500,-1200' --vacuum --round-earth --gravity j6
# mass, cd and area are the same as their ballistic coefficient; a number with its unit is the same as without
json --lat 46 --lon 63 --alt 30000 --velocity-ned '0,100,0' --mass 50 --cd 0.5 --area 1
first=$(cat "$work/out")
json --lat "46 deg" --lon 63 --alt "30 km" --velocity-ned '0 m/s, 360 km/h, 0' --beta 100
[ "$first" = "$(cat "$work/out")" ] || { echo "the same fall in other words differs"; exit 1; }
# wind carries it with it: from the west, to the east
json --lat 46 --lon 63 --alt 5000 --velocity-ned '0,0,0' --beta 5 --wind "20 m/s from 270 deg"
awk -v x="$(value lon_deg)" 'BEGIN { exit !(x > 63.01) }' || { echo "wind: $(value lon_deg)"; exit 1; }
# ground that is higher is met earlier
json --lat 43.2 --lon 77.1 --alt 9000 --velocity-ned '0,0,0' --beta 50 --terrain
awk -v x="$(value altitude_m)" 'BEGIN { exit !(x > 1000) }' || { echo "terrain: $(value altitude_m)"; exit 1; }
# no impact: null, a reason, exit 0
json --lat 0 --lon 0 --alt 400000 --velocity-ned '0,7500,0' --vacuum
expect kind orbit; expect t_s null; expect lat_deg null
json --lat 0 --lon 0 --alt 400000 --velocity-ned '0,12000,0' --vacuum
expect kind escape
# the folder is written when it is asked for
json --lat 0 --lon 0 --alt 100 --velocity-ned '0,0,0' --vacuum -o "$work/made/here"
cmp -s "$work/out" "$work/made/here/summary.json" || { echo "summary.json differs from --json"; exit 1; }

refuse "impact-point needs --lat" --lon 0
refuse "impact-point needs --velocity-ned" --lat 0 --lon 0 --alt 0
refuse "--lat is 91; it must be geodetic latitude, -90 to 90 deg" --lat 91 --lon 0 --alt 0 --velocity-ned 0,0,0
refuse "--lat: 'kg' is a mass and an angle is needed" --lat "1 kg" --lon 0 --alt 0 --velocity-ned 0,0,0
refuse "is not three speeds" --lat 0 --lon 0 --alt 0 --velocity-ned 0,0 --vacuum
refuse "is not three speeds" --lat 0 --lon 0 --alt 0 --velocity-ned 0,0,0,0 --vacuum
refuse "needs --mass, --cd and --area" --lat 0 --lon 0 --alt 0 --velocity-ned 0,0,0
refuse "needs --mass, --cd and --area" --lat 0 --lon 0 --alt 0 --velocity-ned 0,0,0 --mass 3
refuse "either --beta or --mass" --lat 0 --lon 0 --alt 0 --velocity-ned 0,0,0 --beta 10 "${sphere[@]}"
refuse "is not a wind" --lat 0 --lon 0 --alt 9 --velocity-ned 0,0,0 --beta 10 --wind 5
refuse "--gravity cannot be 'j3'; did you mean 'j2'?" --lat 0 --lon 0 --alt 9 --velocity-ned 0,0,0 --beta 10 --gravity j3
refuse "unknown option '--vaccum'; did you mean '--vacuum'?" --lat 0 --lon 0 --alt 9 --velocity-ned 0,0,0 --vaccum
refuse "--lat needs a value: DEG" --lat --lon 0 --alt 9 --velocity-ned 0,0,0
echo "  impact-point: all as it should be"
