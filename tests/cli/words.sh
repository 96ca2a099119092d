#!/usr/bin/env bash
# The command's words: exit codes, one line on standard error for a mistake, nothing on standard output with it.
set -euo pipefail
cosmodrome=${COSMO_BUILD:-build}/cosmodrome
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# refuse CODE PATTERN ARGS...: exit CODE, one line on standard error that has PATTERN, nothing on standard output
refuse() {
  local code=$1 pattern=$2 got=0; shift 2
  "$cosmodrome" "$@" >"$work/out" 2>"$work/err" || got=$?
  [ "$got" = "$code" ] || { echo "'$*': exit $got, not $code"; cat "$work/err"; exit 1; }
  [ ! -s "$work/out" ] || { echo "'$*': wrote to standard output"; exit 1; }
  [ "$(wc -l <"$work/err")" = 1 ] || { echo "'$*': not one line:"; cat "$work/err"; exit 1; }
  grep -qF -- "$pattern" "$work/err" || { echo "'$*': no '$pattern' in: $(cat "$work/err")"; exit 1; }
}
# answer PATTERN ARGS...: exit 0, PATTERN on standard output, nothing on standard error
answer() {
  local pattern=$1; shift
  "$cosmodrome" "$@" >"$work/out" 2>"$work/err" || { echo "'$*': exit $?"; cat "$work/err"; exit 1; }
  [ ! -s "$work/err" ] || { echo "'$*': wrote to standard error:"; cat "$work/err"; exit 1; }
  grep -qF -- "$pattern" "$work/out" || { echo "'$*': no '$pattern' in:"; head -20 "$work/out"; exit 1; }
}

answer "cosmodrome $(cat VERSION)" --version
answer "usage: cosmodrome COMMAND" --help
answer "usage: cosmodrome COMMAND" help
answer "usage: cosmodrome list vehicles|sites|zones|rules|substances|limits" help list
answer "usage: cosmodrome list" list --help
answer "vehicle.stages.isp_vacuum" help isp_vacuum
answer "soyuz-2.1a-crew" list vehicles
answer "31/6" list sites
answer "RP-15" list zones
answer "14 CFR 450.101(a)(1)(i)" list rules
answer "not assessed" list rules
answer '"limit": 0.0001,' list rules --json
answer "10544-72-6" list substances
answer '"molar_mass_kg_mol": 0.0601,' list substances --json
answer "AEGL: acute exposure guideline levels" list limits
answer '"payload_reference_kg": 7430' list vehicles --json
answer '"kind": "zones"' check data/zones/baikonur.yaml --json
answer "RP-15" list zones -o "$work/made"
grep -qF '"id": "RP-15"' "$work/made/summary.json" || { echo "list -o wrote no summary"; exit 1; }
refuse 2 "'new' has no summary; leave --json out" new soyuz-2.1a-crew baikonur iss --json
refuse 2 "'reference' has no summary; leave -o out" reference -o "$work/made"
refuse 3 "is in the way of a folder" list zones -o VERSION
refuse 3 "cannot put in place" fly missions/proton-51.yaml -o VERSION
refuse 3 "cannot create folder" fly missions/proton-51.yaml -o VERSION/inside
[ -z "$(find . -maxdepth 1 -name '*.part-*')" ] || { echo "a part was left behind"; exit 1; }
refuse 2 "a command is missing"
refuse 2 "unknown command 'lits'; did you mean 'list'?" lits
refuse 2 "unknown command 'frobnicate'; 'cosmodrome help' lists them" frobnicate
refuse 2 "unknown option '--jsn'; did you mean '--json'?" list vehicles --jsn
refuse 2 "--json takes no value" list vehicles --json=yes
refuse 2 "--seed needs a value: N" list vehicles --seed
refuse 2 "--seed: '-3' is not a whole number from 0" list vehicles --seed -3
refuse 2 "--threads is 5000; at most 1024" list vehicles --threads=5000
refuse 2 "cannot list 'zone'; did you mean 'zones'?" list zone
refuse 2 "'list' needs more: cosmodrome list vehicles|sites|zones|rules|substances|limits" list
refuse 2 "'more' is one argument too many for 'list'" list zones more
refuse 2 "no key or command 'isp_vacum'; did you mean 'vehicle.stages.isp_vacuum'?" help isp_vacum
answer "mission.target.perigee" help target.perigee
answer "mission.risk.rules" help risk.rules
answer "rules.rules.valid_from" help valid_from
answer "inclination: 51.67 deg" new soyuz-2.1a-crew baikonur iss
answer "inclination: 97.402 deg" new soyuz-2.1b-fregat baikonur sso
answer "missions/soyuz-ms.yaml: mission, ok" check missions/soyuz-ms.yaml
answer "zones, ok" check --quiet missions/*.yaml data/vehicles/*.yaml data/sites/*.yaml data/zones/*.yaml
answer "data/rules/fr.yaml: rules, ok" check data/rules/*.yaml
answer "data/toxics/substances.yaml: substances, ok" check data/toxics/substances.yaml
answer "data/toxics/limits/aegl.yaml: thresholds, ok" check data/toxics/limits/*.yaml
answer "substances.substances.soil.half_life" help half_life
answer "thresholds.thresholds.air_mass" help air_mass
refuse 2 "unknown vehicle 'soyuz-2.1a-creww'; did you mean 'soyuz-2.1a-crew'?" new soyuz-2.1a-creww baikonur iss
refuse 2 "unknown target 'is'; did you mean 'iss'?" new soyuz-2.1a-crew baikonur is
refuse 2 "'fly' needs more: cosmodrome fly MISSION" fly
refuse 2 "nowhere/summary.json" diff missions/soyuz-ms.yaml nowhere/summary.json
COSMO_DATA=$work/nowhere refuse 2 "COSMO_DATA is" list vehicles
if [ -e /dev/full ]; then
  got=0; "$cosmodrome" --version >/dev/full 2>"$work/err" || got=$?
  [ $got = 3 ] && grep -qF "cannot write to standard output" "$work/err" || { echo "a full disk: exit $got"; exit 1; }
fi
echo "  words: all as they should be"
