#!/usr/bin/env bash
# cosmodrome risk: the promised keys, numbers that fit each other, a page that shows them, the same bytes for any
# number of threads, refusals.
set -euo pipefail
source tests/suite.sh

{ without_risk missions/soyuz-ms.yaml; printf '\nrisk:\n  samples: 256\n'; } >"$work/ms.yaml"
"$cosmodrome" risk "$work/ms.yaml" --json --quiet --threads 1 -o "$work/out" >"$work/one.json" || fail "exit $?"
"$cosmodrome" risk "$work/ms.yaml" --json --quiet --threads 2 >"$work/two.json" || fail "exit $?"
cmp -s "$work/one.json" "$work/two.json" || fail "two threads give other bytes than one"
cmp -s "$work/one.json" "$work/out/summary.json" || fail "-o writes something else than --json prints"
python3 - "$work/out" <<'PY'
import csv, json, sys

areas = json.load(open(sys.argv[1] + "/hazard-areas.geojson"))
kinds = set()
for feature in areas["features"]:
    kinds.add(feature["properties"]["layer"])
    shape = feature["geometry"]
    for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
        ring = polygon[0]
        assert len(polygon) == 1 and ring[0] == ring[-1] and len(ring) >= 20, feature["properties"]
        assert all(round(x, 4) == x for point in ring for x in point)
    assert feature["properties"]["largest_probability"] >= feature["properties"]["level"]
assert kinds >= {"individual-1e-7", "ship-1e-5", "aircraft-1e-6"}, kinds
worst = json.load(open(sys.argv[1] + "/summary.json"))["max_individual_probability"]
assert 0 < worst < 1
rows = list(csv.DictReader(open(sys.argv[1] + "/failures.csv")))
assert len(rows) == 256 and {r["mode"] for r in rows} == {"cutoff", "explosion", "turn", "separation", "attitude", "pad"}
for r in rows:
    radius = sum(float(r[k + "_itrf_m"]) ** 2 for k in "xyz") ** 0.5
    speed = sum(float(r["v" + k + "_itrf_m_s"]) ** 2 for k in "xyz") ** 0.5
    tanks = sum(float(v) for k, v in r.items() if k.startswith("propellant_"))
    assert 6.35e6 < radius < 6.7e6 and 0 <= speed < 7.8e3 and 0 <= tanks < float(r["mass_kg"]), r
    held = sum(float(v) for k, v in r.items() if k.startswith("tank_"))
    assert tanks <= held < float(r["mass_kg"]), r
    assert r["mode"] != "pad" or (float(r["t_s"]) == 0.0 and speed < 1e-6 and tanks > 2e5), r
print(f"  {len(areas['features'])} hazard areas, worst individual probability {worst:.2e}, {len(rows)} failures")
PY
python3 tests/cli/dispersion.py "$work/out/dispersion.oem" 256
python3 tests/cli/closures.py "$work/out" docs/schema/closures-1.json
python3 - "$work/one.json" <<'PY'
import json, sys

case = json.load(open(sys.argv[1]))
assert case["schema"] == "cosmodrome.risk/1"
e = case["casualty_expectation"]
for key in ("total", "standard_error", "planned", "failure", "by_phase", "by_mode", "by_hazard", "by_country", "epistemic",
            "dominant_source"):
    assert key in e, key
near = lambda a, b: abs(a - b) <= 1e-9 * abs(b)
assert near(e["planned"] + e["failure"], e["total"])
for key in ("by_phase", "by_mode", "by_hazard"):
    assert near(sum(row["value"] for row in e[key]), e["failure"]), key
assert near(sum(row["value"] for row in e["by_country"]), e["total"])
assert e["epistemic"]["p5"] < e["epistemic"]["p50"] < e["epistemic"]["p95"]
zones = case["zones"]
assert {z["body"] for z in zones} >= {"strap-on", "core", "fairing"} and {z["containment"] for z in zones} == {0.5, 0.97, 0.99}
assert all(z["semi_major_m"] >= z["semi_minor_m"] > 0 for z in zones)
assert any(limit["met"] is False for limit in case["limits"]) and any(limit["met"] is None for limit in case["limits"])
areas = {limit["rule"]: limit for limit in case["limits"] if limit["remark"] and "hazard-areas.geojson" in limit["remark"]}
assert set(areas) == {"14 CFR 450.101(a)(3)", "14 CFR 450.133(b)(2)"}, areas
for limit in areas.values():
    assert limit["met"] is True and 0 < limit["value"] < limit["limit"] and "only while they are kept clear" in limit["remark"]
near6 = lambda a, b: abs(a - b) <= 1e-6 * abs(b)
times = case["by_time"]
assert len(times) == 48 and near6(sum(t["probability"] for t in times), case["failure_probability"])
assert near6(sum(t["probability"] * t["value"] for t in times), e["failure"])
assert all(a["end_s"] <= b["start_s"] + 1e-6 for a, b in zip(times, times[1:]))
towns = case["by_settlement"]
assert towns and near6(sum(t["value"] for t in towns) + case["elsewhere"], e["total"])
assert all(a["value"] >= b["value"] for a, b in zip(towns, towns[1:]))
assert case["casualty_expectation_default_population"] is None
assert isinstance(case["warnings"], list) and all(row["standard_error"] >= 0 for row in e["by_mode"] + e["by_body"])
neighbours = case["neighbouring_operations"]
assert neighbours["total"] is None and {"45/1", "200/39"} <= {p["name"] for p in neighbours["places"]}
assert {u["name"] for u in e["unknown"]} >= {"probability of failure", "people on the ground", "explosive yields"}
assert all(u["p5"] < e["total"] < u["p95"] for u in e["unknown"][1:])
assert len(case["conditional"]) == 16 and len(case["assumptions"]) > 20 and len(case["inputs"]) > 5
print(f"  casualty expectation {e['total']:.2e} +- {e['standard_error']:.1e}, {len(case['limits'])} limits, {len(zones)} ellipses")
PY
python3 - "$work/one.json" "$work/out/report.html" <<'PY'
import html, json, re, sys

case, page = json.load(open(sys.argv[1])), open(sys.argv[2], encoding="utf-8").read()
text = html.unescape(page)
assert not re.search(r"""(src|href)=["']?(https?:|//|file:)""", page) and "@import" not in page, "the page needs other files"
for title in ("Limits of the law", "Where the casualty expectation comes from", "If it fails so", "What is not known", "Neighbouring operations", "Who is at risk",
              "Where planned drops scatter", "Who lives where planned drops fall", "What moves the impacts most", "What a failure would do", "When a failure would do most", "Who is at risk", "Assumptions", "Inputs"):
    assert f"<h2>{title}</h2>" in text, title
def rows(title):
    body = text.split(f"<h2>{title}</h2>")[1].split("<tbody>")[1].split("</tbody>")[0]
    return [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in body.split("</tr>") if "<td" in row]
def number(cell):
    digits = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
    return float(cell.translate(digits).replace("·10", "e")) if cell != "–" else None
near = lambda shown, value: shown is None if value is None else abs(shown - value) <= 0.051 * abs(value)
words = {True: "met", False: "NOT MET"}
limits = rows("Limits of the law")
assert [row[0] for row in limits] == [limit["name"] for limit in case["limits"]]
for row, limit in zip(limits, case["limits"]):
    assert near(number(row[2]), limit["value"]) and near(number(row[3]), limit["limit"]), row
    assert row[1] == words.get(limit["met"], row[1]) and (limit["met"] is not None or row[1].startswith("not ")), row
assert near(number(rows("Where the casualty expectation comes from")[0][2]), case["casualty_expectation"]["total"])
ellipses = rows("Where planned drops scatter")
assert [(row[0], float(row[1]) / 100) for row in ellipses] == [(z["body"], z["containment"]) for z in case["zones"]]
assert all(near(float(row[4]) * 1e3, z["semi_major_m"]) for row, z in zip(ellipses, case["zones"]))
for share in (50, 97, 99):
    assert f"core {share} %: ellipse of " in text, share
areas = json.load(open(sys.argv[2].replace("report.html", "hazard-areas.geojson")))["features"]
for role, title in (("individual", "Individual probability of casualty 10⁻"), ("ship", "Hazard area for ships"),
                    ("aircraft", "Hazard area for aircraft")):
    rings = sum(area["properties"]["layer"].startswith(role) for area in areas)
    assert (title in text) == (rings > 0), title
for row in case["conditional"]:
    assert text.count(f"<title>{row['name']}: ") == (2 if row["value"] > 0 else 0), row  # a bar on a screen and on a phone
movers = text.split("<h2>What moves the impact of the ")[1].split("</section>")[0]
bars = [float(width) for width in re.findall(r'<rect class="bar s0" x="[0-9.]+" y="[0-9.]+" width="([0-9.]+)" height="11">', movers)]
assert len(bars) == 16 and max(bars) > 4 * min(bars), bars
at_risk = rows("Who is at risk")
worst = [place for place in case["by_settlement"] if place["value"] > 0][:25]
assert 0 < len(at_risk) == len(worst) and all(row[0] == place["name"] and near(number(row[3]), place["value"])
                                              for row, place in zip(at_risk, worst)), at_risk
places = rows("Who lives where planned drops fall")
people = [int(row[2]) for row in places if row[2] != "–"]
assert 0 < len(places) <= 25 and people == sorted(people, reverse=True), people
radius = lambda z: z["semi_major_m"] / 110e3
for row in places:
    for body, share in re.findall(r"([a-z-]+) ([0-9]+) %", row[5]):
        zone = next(z for z in case["zones"] if (z["body"], z["containment"]) == (body, float(share) / 100))
        assert abs(float(row[3]) - zone["center_lat_deg"]) < radius(zone), row
assert f"The largest single source: {case['casualty_expectation']['dominant_source']}." in text
assert "Casualty expectation</h3>" in text and "not met</span>" in text
print(f"  report.html: {len(page)} characters, {len(limits)} limits, {len(ellipses)} ellipses")
PY
# what the mission says of neighbours and shelter is used
{ cat "$work/ms.yaml"; printf 'people:\n  mix: {open: 40 %%, light: 60 %%}\n  neighbours:\n'
  printf '    - {name: "here", latitude: 45.996 deg, longitude: 63.565 deg, people: 50}\n'; } >"$work/neighbours.yaml"
"$cosmodrome" risk "$work/neighbours.yaml" --json --quiet >"$work/neighbours.json" || fail "exit $?"
python3 - "$work/one.json" "$work/neighbours.json" <<'PY'
import json, sys

plain, asked = (json.load(open(path)) for path in sys.argv[1:])
assert plain["casualty_expectation"]["total"] == asked["casualty_expectation"]["total"]
assert plain["casualty_expectation_sheltered"] != asked["casualty_expectation_sheltered"]
there = asked["neighbouring_operations"]
[place] = there["places"]
# 80 m from the pad: in the reach of its explosions at least, a third phase's share of 5 % of the failures
assert place["probability"] > asked["failure_probability"] / 3 * 0.05 * 0.999
assert abs(there["total"] - 50 * place["probability"]) < 1e-9 * there["total"]
limit = next(l for l in asked["limits"] if l["rule"] == "14 CFR 450.101(a)(1)(ii)")
assert limit["value"] == there["total"] and limit["met"] is False, limit
print(f"  neighbours: {there['total']:.2e} expected casualties among 50 people by the pad")
PY
# a population of the user's: the default one stands beside it
gpw=../shared/data/population/gpw_v4_population_count_rev11_2020_30_min.tif
if [ -f "$gpw" ]; then
  { cat "$work/ms.yaml"; printf 'people: {file: "%s"}\n' "$(realpath "$gpw")"; } >"$work/gpw.yaml"
  "$cosmodrome" risk "$work/gpw.yaml" --json --quiet -o "$work/gpw" >"$work/gpw.json" || fail "exit $?"
  grep -q '<h2>Two counts of the people</h2>' "$work/gpw/report.html" || fail "the report does not set the populations side by side"
  ! grep -q '<h2>Two counts of the people</h2>' "$work/out/report.html" || fail "two counts where there is one"
  python3 - "$work/one.json" "$work/gpw.json" <<'PY'
import json, math, sys

plain, asked = (json.load(open(path)) for path in sys.argv[1:])
import hashlib
import os

path = os.path.realpath("../shared/data/population/gpw_v4_population_count_rev11_2020_30_min.tif")
assert {"path": path, "sha256": hashlib.sha256(open(path, "rb").read()).hexdigest()} in asked["inputs"]
beside, default = asked["casualty_expectation_default_population"], plain["casualty_expectation"]["total"]
assert abs(beside["total"] - default) < 1e-12 * default and asked["casualty_expectation"]["total"] != default
circles = beside["circles"]
assert {c["body"] for c in circles} == {z["body"] for z in plain["zones"]}
mean = sum(math.log(c["people_default"] / c["people"]) for c in circles) / len(circles)
assert abs(beside["ratio"] - math.exp(mean)) < 1e-9 and beside["one_sigma_factor"] > 1
print(f"  by GPW {asked['casualty_expectation']['total']:.2e}, by the default population {beside['total']:.2e}; people within 60 km "
      f"of the drops: default over GPW {beside['ratio']:.2f}, factor {beside['one_sigma_factor']:.1f}")
PY
else
  echo "skip: no $gpw: the user's population beside the default one is not tested"
fi

# the grids: what they hold fits the summary
if [ -f "$work/out/hazard-probability.tif" ]; then
  for body in tower strap-on fairing core aft-skirt; do gdal_translate -q -of XYZ "$work/out/drop-$body.tif" "$work/$body.xyz"; done
  for band in 1 2 3 4; do gdal_translate -q -b $band -of XYZ "$work/out/hazard-probability.tif" "$work/hazard-$band.xyz"; done
  python3 - "$work" <<'PY'
import json, math, sys

def read(name):
    return [tuple(map(float, line.split())) for line in open(f"{sys.argv[1]}/{name}.xyz")]
def cell_km2(cells):
    lon, lat = sorted({c[0] for c in cells}), sorted({c[1] for c in cells})
    side = math.radians(1) * 6371.0088
    return [side * side * (lon[1] - lon[0]) * (lat[1] - lat[0]) * math.cos(math.radians(c[1])) for c in cells]
case = json.load(open(sys.argv[1] + "/one.json"))
for body in ("tower", "strap-on", "fairing", "core", "aft-skirt"):
    cells = read(body)
    areas = cell_km2(cells)
    whole = sum(c[2] * a for c, a in zip(cells, areas))
    assert abs(whole - 1) < 0.02, (body, whole)
    zone = next(z for z in case["zones"] if z["body"] == body)
    lat = sum(c[1] * c[2] * a for c, a in zip(cells, areas)) / whole
    assert abs(lat - zone["center_lat_deg"]) < 0.02, (body, lat)
person, public, ship, aircraft = (read(f"hazard-{band}") for band in (1, 2, 3, 4))
most = max(c[2] for c in public)
assert 0 < most <= case["max_individual_probability"] * 1.0001, most
assert all(0 <= b[2] <= a[2] <= s[2] <= 1 for a, b, s in zip(person, public, ship))
print(f"  grids: {len(person)} cells, most {most:.2e} of a person; densities of the drops add up to 1")
PY
else
  echo "skip: no GDAL in this build: the grids of risk are not tested"
fi

got=0; "$cosmodrome" risk "$work/ms.yaml" --quiet --fail-on-limit >"$work/text" || got=$?
[ $got = 1 ] || fail "--fail-on-limit is exit $got"
grep -q '^Limits of the law' "$work/text" && grep -q 'ellipses that hold 97 %' "$work/text" || fail "the tables are not there"

mistake() { # PATTERN LINES
  { without_risk missions/soyuz-ms.yaml; printf '\n%b\n' "$2"; } >"$work/bad.yaml"
  refuse 2 "$1" "$cosmodrome" risk "$work/bad.yaml"
}
mistake "'thrusts' is not a parameter of the dispersion; did you mean 'thrust'?" 'dispersion:\n  shapes:\n    - {parameter: thrusts, distribution: uniform}'
mistake "an empirical distribution needs at least two values" 'dispersion:\n  shapes:\n    - {parameter: wind, distribution: empirical}'
mistake "vehicle soyuz-2.1a-crew has no stage 'cores'; did you mean 'core'?" 'risk:\n  phases:\n    - {stage: cores, share: 20 %}'
mistake "the shares of cutoff, explosion, turn, separation and attitude add up to 0" \
  'risk: {cutoff: 0 %, explosion: 0 %, turn: 0 %, separation: 0 %, attitude: 0 %}'
mistake "the shares of people.mix add up to 90 %, not to 100 %" 'people: {mix: {open: 40 %, light: 50 %}}'
mistake "'people' is missing here" 'people: {neighbours: [{name: here, latitude: 46 deg, longitude: 63 deg}]}'
mistake "cannot open" 'people: {file: nobody.tif}'
mistake "unknown key 'fail_probability'; did you mean 'failure_probability'?" 'risk: {fail_probability: 1 %}'
echo "  risk: all as promised"
