#!/usr/bin/env bash
# far_field of cosmodrome risk: still air focuses nothing, an inversion with wind does so down the wind.
set -euo pipefail
source tests/suite.sh

risk() { # MISSION NAME LINES
  { without_risk "missions/$1.yaml"; printf '\nrisk:\n  samples: 256\n%b\n' "$3"; } >"$work/$2.yaml"
  "$cosmodrome" risk "$work/$2.yaml" --json --quiet >"$work/$2.json" || fail "$2: exit $?"
}
cat >"$work/day.csv" <<'CSV'
altitude_m,temperature_c,wind_m_s,from_deg
100,15,2,270
1100,8,5,270
1600,12,18,270
6000,-20,18,270
20000,-56,5,270
CSV
risk soyuz-ms still ''
risk soyuz-ms day 'weather:\n  sounding: day.csv'
python3 - "$work/still.json" "$work/day.json" <<'PY'
import json, sys

still, day = (json.load(open(path))["far_field"] for path in sys.argv[1:])
for case in (still, day):
    assert 40e3 < case["tnt_kg"] < 60e3 and case["broken_panes"] > 0
    assert [round(row["azimuth_deg"], 9) for row in case["azimuths"]] == list(range(0, 360, 10))
    assert [row["overpressure_pa"] for row in case["reach"]][1:] == [2070, 1030, 210]
    for row in case["reach"]:
        key = "reach_1_psi_m" if row["overpressure_pa"] > 6000 else f"reach_{row['overpressure_pa']:.0f}_pa_m"
        assert row["distance_m"] == max(a[key] for a in case["azimuths"])
    assert case["strongest"]["focus"] == max(a["focus"] for a in case["azimuths"])
assert all(row["focus"] == 1 and row["focus_distance_m"] is None for row in still["azimuths"])
assert all(row["distance_m"] == row["uniform_air_m"] for row in still["reach"])
assert still["weather"] == "standard air without wind" and day["weather"] == "day.csv"
down = {round(row["azimuth_deg"]): row["focus"] for row in day["azimuths"]}
assert 0 < day["strongest"]["azimuth_deg"] < 180 and 1.5 < day["strongest"]["focus"] <= 5
assert down[270] == 1 and down[90] > 1.5, down
assert all(abs(down[90 + d] - down[90 - d]) < 1e-6 for d in range(10, 90, 10)), down
assert day["reach"][3]["distance_m"] > 1.5 * still["reach"][3]["distance_m"] and day["broken_panes"] > still["broken_panes"]
print(f"  {still['tnt_kg']:.0f} kg of TNT; 210 Pa to {still['reach'][3]['distance_m']:.0f} m in still air, "
      f"{day['reach'][3]['distance_m']:.0f} m under an inversion; panes {still['broken_panes']:.1f}, {day['broken_panes']:.1f}")
PY
"$cosmodrome" risk "$work/day.yaml" --quiet >"$work/text" || fail "exit $?"
grep -q '^Blast far away, the full vehicle on its pad' "$work/text" || fail "the text says nothing of it"
