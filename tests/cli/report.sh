#!/usr/bin/env bash
# report of a mission with a section `risk`: the files of fly and of risk in one folder, the same bytes where they are the same
# files; a mission that cannot be flown keeps the report of its flight; limits of the risk count; a bad folder is known at once.
set -euo pipefail
source tests/suite.sh
{ without_risk missions/soyuz-ms.yaml; printf 'risk:\n  samples: 256\n'; } >"$work/ms.yaml"
"$cosmodrome" fly "$work/ms.yaml" --json --quiet -o "$work/fly" >"$work/fly.json" || fail "fly: exit $?"
"$cosmodrome" risk "$work/ms.yaml" --quiet -o "$work/risk" >/dev/null || fail "risk: exit $?"
"$cosmodrome" report "$work/ms.yaml" --quiet --threads 1 -o "$work/both" >"$work/text" || fail "report: exit $?"
grep -q '^Limits of the law' "$work/text" && grep -q '^Events' "$work/text" || fail "the text lacks the flight or the risk"

for name in summary.json trajectory.csv trajectory.oem impacts.geojson; do same "$work/fly/$name" "$work/both/$name" "$name of the flight"; done
for path in "$work"/risk/*; do
  case ${path##*/} in
    summary.json) same "$path" "$work/both/risk.json" "the summary of the risk" ;;
    *) same "$path" "$work/both/${path##*/}" "${path##*/} of the risk" ;;
  esac
done
expected=$({ ls "$work/fly"; ls "$work/risk"; echo risk.json; } | sort -u)
[ "$(ls "$work/both" | sort)" = "$expected" ] || fail "the folder holds $(ls "$work/both")"
python3 - "$work" <<'PY'
import json, sqlite3, sys

work = sys.argv[1]
assert json.load(open(work + "/both/summary.json"))["schema"] == "cosmodrome.fly/1"
assert json.load(open(work + "/both/risk.json"))["schema"] == "cosmodrome.risk/1"
layers = lambda folder: {row[0] for row in sqlite3.connect(f"{work}/{folder}/case.gpkg").execute("SELECT table_name FROM gpkg_contents")}
more = layers("both") - layers("fly")
assert layers("both") > layers("fly") and len(more) >= 4, more
packets = lambda folder: {packet["id"] for packet in json.load(open(f"{work}/{folder}/case.czml"))}
assert packets("both") > packets("fly")
print(f"  {len(more)} map layers more than the flight's: {', '.join(sorted(more))}")
PY
"$cosmodrome" report "$work/ms.yaml" --json --quiet --threads 2 -o "$work/again" >"$work/again.json" || fail "report: exit $?"
same "$work/both" "$work/again" "two threads"
same "$work/fly.json" "$work/again.json" "what --json prints"

# Limits: the Soyuz meets those of its flight and not those of its risk.
"$cosmodrome" fly "$work/ms.yaml" --quiet --fail-on-limit >/dev/null || fail "the flight alone is exit $?"
got=0; "$cosmodrome" report "$work/ms.yaml" --quiet --fail-on-limit -o "$work/limits" >/dev/null || got=$?
[ $got = 1 ] && same "$work/both" "$work/limits" "--fail-on-limit" || fail "--fail-on-limit is exit $got"

# What cannot be flown has no risk, and its report says so.
sed 's/^  mass: .*/  mass: 12 t/' "$work/ms.yaml" >"$work/heavy.yaml"
"$cosmodrome" report "$work/heavy.yaml" --quiet -o "$work/heavy" >/dev/null || fail "infeasible: exit $?"
diff <(ls "$work/fly") <(ls "$work/heavy") || fail "the report of what cannot be flown holds other files than a flight's"
grep -q 'risk: left out, as the mission cannot be flown' "$work/heavy/report.html" || fail "nothing says that the risk was left out"

# A folder that cannot be made is known before the work, a stop leaves nothing.
echo mine >"$work/file"
refuse 3 "cannot create folder" "$cosmodrome" report "$work/ms.yaml" --quiet -o "$work/file/out"
sed 's/^  samples: .*/  samples: 1000000/' "$work/ms.yaml" >"$work/long.yaml"
"$cosmodrome" report "$work/long.yaml" --quiet -o "$work/stopped" >/dev/null 2>&1 & job=$!
sleep 3; kill -KILL $job 2>/dev/null || fail "a million failures in three seconds?"
wait $job 2>/dev/null || true
[ -z "$(ls -A "$work/stopped" 2>/dev/null)" ] || fail "killed, and yet: $(ls "$work/stopped")"
echo "  report: the flight and its risk in one folder"
