#!/usr/bin/env bash
# fly and report: every worked mission gives the folder that is promised, the same bytes again and on one lane; nothing is
# written without -o; a user's own files stay; exit codes.
set -euo pipefail
source tests/suite.sh
command -v python3 >/dev/null || { echo "skip: python3 is not installed"; exit 77; }

for mission in missions/*.yaml cases/*.yaml; do
  grep -q '^source:' "$mission" && continue # a release, for toxics
  name=$(basename "$mission" .yaml)
  "$cosmodrome" fly "$mission" --json --quiet -o "$work/$name" >"$work/$name.json" 2>"$work/err" || fail "$mission: exit $? $(cat "$work/err")"
  [ ! -s "$work/err" ] || fail "$mission: --quiet, and yet: $(cat "$work/err")"
  cmp -s "$work/$name.json" "$work/$name/summary.json" || fail "$mission: summary.json differs from --json"
  python3 tests/cli/fly.py "$work/$name" docs/schema/fly-1.json "$mission"
done
[ -z "$(find "$work" -name '*.part-*')" ] || fail "a part was left behind"

# the same bytes: again, on one lane, with another number of threads, from another folder
mission=missions/soyuz-ms.yaml
COSMO_ISA=one "$cosmodrome" fly $mission --quiet --threads 1 -o "$work/again" >/dev/null
diff -r "$work/soyuz-ms" "$work/again" >/dev/null || fail "one lane and one thread give other bytes"
cp $mission "$work/soyuz-ms.yaml"
mkdir "$work/plain" && without_risk $mission >"$work/plain/soyuz-ms.yaml" # whose report is that of its flight alone
"$cosmodrome" fly "$work/plain/soyuz-ms.yaml" --json --quiet >"$work/plain.json"
(cd "$work" && "$cosmodrome" fly soyuz-ms.yaml --quiet -o elsewhere >/dev/null)
diff -r "$work/soyuz-ms" "$work/elsewhere" >/dev/null || fail "another folder gives other bytes"
# stamps: liftoff, or SOURCE_DATE_EPOCH
grep -q '^CREATION_DATE = 2026-07-14T14:47:00' "$work/soyuz-ms/trajectory.oem" || fail "the ephemeris is not dated by liftoff"
SOURCE_DATE_EPOCH=1700000000 "$cosmodrome" fly $mission --quiet -o "$work/dated" >/dev/null
grep -q '^CREATION_DATE = 2023-11-14T22:13:20' "$work/dated/trajectory.oem" || fail "SOURCE_DATE_EPOCH is not heeded"

# nothing is written without -o; report writes out/NAME; a user's file stays where it is
mkdir "$work/here" && (cd "$work/here" && "$cosmodrome" fly ../soyuz-ms.yaml --quiet >/dev/null && [ -z "$(ls -A)" ]) || fail "fly wrote without -o"
(cd "$work/here" && "$cosmodrome" report ../plain/soyuz-ms.yaml --quiet >/dev/null && [ -s out/soyuz-ms/report.html ]) || fail "report did not write out/soyuz-ms"
echo mine >"$work/here/out/soyuz-ms/notes.txt"
echo old >"$work/here/out/soyuz-ms/summary.json"
(cd "$work/here" && "$cosmodrome" report ../plain/soyuz-ms.yaml --quiet >/dev/null)
[ "$(cat "$work/here/out/soyuz-ms/notes.txt")" = mine ] || fail "a user's file was touched"
cmp -s "$work/here/out/soyuz-ms/summary.json" "$work/plain.json" || fail "an old summary was not replaced"

# a target that cannot be reached is an answer, not an error; with --fail-on-limit it is exit 1
sed 's/^  mass: .*/  mass: 12 t/' $mission >"$work/heavy.yaml"
"$cosmodrome" fly "$work/heavy.yaml" --json --quiet >"$work/heavy.json" || fail "infeasible: exit $?"
grep -q '"feasible": false' "$work/heavy.json" || fail "12 t should not fly"
got=0; "$cosmodrome" fly "$work/heavy.yaml" --quiet --fail-on-limit >/dev/null || got=$?
[ $got = 1 ] || fail "infeasible with --fail-on-limit: exit $got"
# an inclination below the site's latitude likewise
sed 's/^  inclination: .*/  inclination: 20 deg/' $mission >"$work/low.yaml"
"$cosmodrome" fly "$work/low.yaml" --json --quiet >"$work/low.json" || fail "low inclination: exit $?"
grep -q '"feasible": false' "$work/low.json" || fail "20 deg cannot be reached from 46 deg north without a turn in orbit"
short=$(sed -nE 's/^ *"shortfall_m_s": ([0-9.]+),$/\1/p' "$work/low.json") # a turn by 25 deg at 7.8 km/s is 3.4 km/s
awk -v v="$short" 'BEGIN { exit !(v > 3300 && v < 4000) }' || fail "a turn of some 25 deg is $short m/s short"

# diff: two cases, and a case with itself
[ "$("$cosmodrome" diff "$work/soyuz-ms" "$work/again")" = "no difference" ] || fail "diff finds a difference in equal cases"
"$cosmodrome" diff "$work/soyuz-ms" "$work/progress-ms" >"$work/diff"
grep -qE '^vehicle +soyuz-2.1a-crew +soyuz-2.1a-cargo$' "$work/diff" || fail "diff does not tell the vehicle"
grep -qE '^insertion.perigee_altitude_m .* -7[0-9.]+$' "$work/diff" || fail "diff does not tell the perigee"
grep -qE '^events.jettison:tower.t_s +113.5 +- *$' "$work/diff" || fail "diff does not tell the tower"
echo "  fly, report, diff: all as promised"
