#!/usr/bin/env bash
# cosmodrome toxics: figures that fit each other, the same bytes on any number of threads, a page that shows them, fields
# that other programs read, refusals.
set -euo pipefail
source tests/suite.sh
few="--samples 6 --particles 600 --quiet"

"$cosmodrome" toxics cases/proton-2013.yaml $few --json --threads 1 -o "$work/out" >"$work/one.json" || fail "exit $?"
"$cosmodrome" toxics cases/proton-2013.yaml $few --json --threads 2 >"$work/two.json" || fail "exit $?"
cmp -s "$work/one.json" "$work/two.json" || fail "two threads give other bytes than one"
cmp -s "$work/one.json" "$work/out/summary.json" || fail "-o writes something else than --json prints"
python3 tests/cli/toxics.py "$work/out" docs/schema/toxics-1.json

if command -v mpirun >/dev/null; then
  launch=(mpirun --oversubscribe)
  [ "$(id -u)" != 0 ] || launch+=(--allow-run-as-root)
  "${launch[@]}" -n 2 "$cosmodrome" toxics cases/proton-2013.yaml $few --json --threads 1 -o "$work/ranks" >"$work/ranks.json" || fail "exit $?"
  same "$work/out" "$work/ranks" "mpirun -n 2"
else
  echo "  no mpirun: ranks are not compared"
fi

"$cosmodrome" toxics cases/guizhou-2024.yaml $few >"$work/text" || fail "exit $?"
grep -q 'Air above AEGL-2 of NO2' "$work/text" || fail "no area in: $(cat "$work/text")"
grep -q 'Height of the hot cloud' "$work/text" && fail "nothing burns, and there is a hot cloud"
grep -q 'For hazard use' "$work/text" || fail "the text does not say how far to trust it"

if command -v gdalinfo >/dev/null && [ -s "$work/out/toxics.tif" ]; then
  gdalinfo -stats "$work/out/toxics.tif" >"$work/tif" 2>/dev/null
  grep -q 'Size is 201, 201' "$work/tif" && grep -q 'probability that AEGL-2 of NO2' "$work/tif" || fail "$(head -30 "$work/tif")"
  gdalinfo "NETCDF:$work/out/toxics.nc:concentration_udmh" >"$work/nc" 2>/dev/null
  grep -q 'time#units=seconds since 2013-07-02 02:38:54' "$work/nc" || fail "no time in toxics.nc: $(head -30 "$work/nc")"
else
  echo "  no gdalinfo, or a build without GDAL: the fields are not read back"
fi

"$cosmodrome" toxics cases/proton-day-of-launch.yaml --samples 3 --particles 300 --quiet --json --fail-on-limit -o "$work/day" \
  >"$work/day.json" && fail "a launch that may harm people is within its limits"
python3 - "$work/day" <<'CHECK'
import json, sys
day = json.load(open(sys.argv[1] + "/summary.json"))
times = day["sweep"]["times"]
expected = sum(t["probability"] * t["expected_exposed"] for t in times)
assert abs(expected - day["sweep"]["casualty_expectation"]["value"]) <= 1e-9 * expected, expected
assert [t["failure_time_s"] for t in times] == [5, 15, 30, 45, 60, 80, 100, 120]
assert any(x["met"] is False and x["rule"].startswith("14 CFR 450.139") for x in day["limits"]), day["limits"]
assert "corridor to evacuate" in open(sys.argv[1] + "/case.kml").read()
print(f"  {len(times)} times of failure, expectation {expected:.2e}")
CHECK

"$cosmodrome" toxics tests/study/against/first.yaml --against tests/study/against/elsewhere/second.yaml --samples 3 --particles 200 \
  --json --quiet -o "$work/against" >"$work/against.json" || fail "exit $?"
cmp -s "$work/against.json" "$work/against/summary.json" || fail "-o writes something else than --json prints"
python3 - "$work/against.json" docs/schema/toxics-against-1.json <<'PYTHON'
import json, sys
said, schema = (json.load(open(path, encoding="utf-8")) for path in sys.argv[1:])
assert said["schema"] == "cosmodrome.toxics-against/1" and said["players"] == ["valuation", "weather", "soil"], said["players"]
assert all(key in said for key in schema["required"])
for answer in {row["answer"] for row in said["against"]}:
    rows = [row for row in said["against"] if row["answer"] == answer]
    left = sum(row["contribution"] for row in rows) - (rows[0]["b"] - rows[0]["a"])
    assert abs(left) <= 1e-12 * (abs(rows[0]["a"]) + abs(rows[0]["b"]) + 1), (answer, left)
PYTHON

refuse 2 "--samples is 0" "$cosmodrome" toxics cases/proton-2013.yaml --samples 0
refuse 2 "--particles is 5" "$cosmodrome" toxics cases/proton-2013.yaml --particles 5
sed 's/wind_from: .*/wind_from: 400 deg/' cases/guizhou-2024.yaml >"$work/wind.yaml"
refuse 2 "wind.yaml:" "$cosmodrome" toxics "$work/wind.yaml" --quiet
sed 's/substance: UDMH, mass/substance: UDHM, mass/' cases/guizhou-2024.yaml >"$work/typo.yaml"
refuse 2 "did you mean 'UDMH'" "$cosmodrome" toxics "$work/typo.yaml" --quiet
echo "  one physics on one and two threads, a page, fields, refusals"
