#!/usr/bin/env bash
# cosmodrome risk: the promised keys, numbers that fit each other, the same bytes for any number of threads, refusals.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }

{ cat missions/soyuz-ms.yaml; printf '\nrisk:\n  samples: 256\n'; } >"$work/ms.yaml"
"$cosmodrome" risk "$work/ms.yaml" --json --quiet --threads 1 -o "$work/out" >"$work/one.json" || fail "exit $?"
"$cosmodrome" risk "$work/ms.yaml" --json --quiet --threads 2 >"$work/two.json" || fail "exit $?"
cmp -s "$work/one.json" "$work/two.json" || fail "two threads give other bytes than one"
cmp -s "$work/one.json" "$work/out/summary.json" || fail "-o writes something else than --json prints"
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
assert len(case["conditional"]) == 12 and len(case["assumptions"]) > 20 and len(case["inputs"]) > 5
print(f"  casualty expectation {e['total']:.2e} +- {e['standard_error']:.1e}, {len(case['limits'])} limits, {len(zones)} ellipses")
PY
got=0; "$cosmodrome" risk "$work/ms.yaml" --quiet --fail-on-limit >"$work/text" || got=$?
[ $got = 1 ] || fail "--fail-on-limit is exit $got"
grep -q '^Limits of the law' "$work/text" && grep -q 'ellipses that hold 97 %' "$work/text" || fail "the tables are not there"

refuse() { # PATTERN LINES
  { cat missions/soyuz-ms.yaml; printf '\n%b\n' "$2"; } >"$work/bad.yaml"
  got=0; "$cosmodrome" risk "$work/bad.yaml" >"$work/out.txt" 2>"$work/err" || got=$?
  [ $got = 2 ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qF -- "$1" "$work/err" || fail "exit $got, no '$1' in: $(cat "$work/err")"
}
refuse "'thrusts' is not a parameter of the dispersion; did you mean 'thrust'?" 'dispersion:\n  shapes:\n    - {parameter: thrusts, distribution: uniform}'
refuse "an empirical distribution needs at least two values" 'dispersion:\n  shapes:\n    - {parameter: wind, distribution: empirical}'
refuse "vehicle soyuz-2.1a-crew has no stage 'cores'; did you mean 'core'?" 'risk:\n  phases:\n    - {stage: cores, share: 20 %}'
refuse "the shares of cutoff, explosion, turn and separation add up to 0" 'risk: {cutoff: 0 %, explosion: 0 %, turn: 0 %, separation: 0 %}'
refuse "cannot open" 'people: {file: nobody.tif}'
refuse "unknown key 'fail_probability'; did you mean 'failure_probability'?" 'risk: {fail_probability: 1 %}'
echo "  risk: all as promised"
