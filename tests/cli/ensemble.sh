#!/usr/bin/env bash
# An ensemble of soundings: every file among the inputs, what fly is in, the same bytes for any number of threads.
set -euo pipefail
source tests/suite.sh

column() { printf 'altitude_m,wind_m_s,from_deg\n0,%s,%s\n20000,%s,%s\n' "$1" "$2" "$1" "$2"; }
mission() { # NAME WEATHER
  { without_risk missions/soyuz-ms.yaml; printf '\nrisk: {samples: 512}\ndispersion: {wind: 0, density: 0 %%}\nweather: {%s}\n' "$2"; } >"$work/$1.yaml"
}
column 20 270 >"$work/west.csv"
column 20 90 >"$work/east.csv"
column 5 0 >"$work/north.csv"
mission both 'ensemble: [west.csv, east.csv]'
mission one 'ensemble: [west.csv]'
mission sounding 'sounding: west.csv'
mission beside 'sounding: north.csv, ensemble: {value: [west.csv, east.csv], source: made up}'
for name in both one sounding beside; do
  "$cosmodrome" risk "$work/$name.yaml" --json --quiet --threads 2 >"$work/$name.json" || fail "$name: exit $?"
  "$cosmodrome" fly "$work/$name.yaml" --json --quiet >"$work/$name.fly.json" || fail "fly $name: exit $?"
done
"$cosmodrome" risk "$work/both.yaml" --json --quiet --threads 1 | cmp -s - "$work/both.json" || fail "one thread gives other bytes than two"
python3 - "$work" <<'PY'
import hashlib, json, os, sys

work = sys.argv[1]
load = lambda name: json.load(open(f"{work}/{name}.json"))
hashed = lambda name: {os.path.basename(i["path"]): i["sha256"] for i in load(name)["inputs"] if i["path"].endswith(".csv")}
sha256 = lambda file: hashlib.sha256(open(f"{work}/{file}", "rb").read()).hexdigest()
for name, files in (("both", ["west", "east"]), ("one", ["west"]), ("beside", ["north", "west", "east"])):
    want = {f"{file}.csv": sha256(f"{file}.csv") for file in files}
    assert hashed(name) == want and hashed(name + ".fly") == want, name
note = lambda name, words: any(words in a for a in load(name)["assumptions"])
assert note("both.fly", "wind: sounding west.csv, the first of the ensemble")
assert note("both", "in a sounding of the ensemble of 2, drawn evenly")
assert note("beside.fly", "wind: sounding north.csv, the same all along") and note("beside", "ensemble of 2")
assert not note("sounding", "ensemble")
one, sounding, both = load("one"), load("sounding"), load("both")
for key in ("casualty_expectation", "zones", "limits", "conditional", "max_individual_probability"):
    assert one[key] == sounding[key] and both[key] != sounding[key], key
assert load("beside")["casualty_expectation"] != sounding["casualty_expectation"]
impacts = lambda name: load(name + ".fly")["impacts"]
assert impacts("both") == impacts("one") == impacts("sounding") != impacts("beside")
wide = {z["body"]: (z["semi_minor_m"], w["semi_minor_m"]) for z, w in zip(sounding["zones"], both["zones"])}
assert all(b > a for a, b in wide.values()), wide
print("  semi-minor axes, one sounding and both, km: " + ", ".join(f"{k} {a / 1e3:.1f} {b / 1e3:.1f}" for k, (a, b) in wide.items()))
PY
"$cosmodrome" risk "$work/both.yaml" | grep -q '^  ensemble  ' || fail "the table of what moves the impacts does not know the ensemble"
