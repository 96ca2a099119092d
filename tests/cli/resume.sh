#!/usr/bin/env bash
# cosmodrome risk that is stopped, shared out or refused: killed runs, shards and ranks give the same bytes; nothing lost, nothing half-written.
set -euo pipefail
cosmodrome=$(realpath "${COSMO_BUILD:-build}")/cosmodrome
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
mission=missions/soyuz-ms.yaml
words=("$cosmodrome" risk "$mission" --samples 1536 --quiet)
risk() { "${words[@]}" "$@"; } # in the background by its words, so that a kill meets the program itself

risk --json --until 'standard error 2 %' >"$work/whole.json" || fail "exit $?"
python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["samples"] == 1536' "$work/whole.json" || fail "--samples does not count"
risk --json --until '90 %' >"$work/soon.json" || fail "exit $?"
python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["samples"] == 1024' "$work/soon.json" || fail "--until does not stop after the first look"

# Killed at random moments, and started again until it ends.
RANDOM=20261122
kills=0 resumed=0
for try in $(seq 1 30); do
  [ -e "$work/sums" ] && resumed=$((resumed + 1))
  : >"$work/start" # a checkpoint newer than this one has been read and written by this attempt
  "${words[@]}" --json --until '2 %' --checkpoint "$work/sums" --threads $((1 + try % 2)) >"$work/resumed.json" 2>"$work/err" & job=$!
  if [ $kills -lt 4 ]; then
    while kill -0 $job 2>/dev/null; do # however slow the machine is
      [ "$work/sums" -nt "$work/start" ] || [ "$work/sums.drops" -nt "$work/start" ] && break
      sleep 0.02
    done
    sleep "0.$((RANDOM % 10))"
    kill -KILL $job 2>/dev/null && kills=$((kills + 1))
  fi
  if wait $job 2>/dev/null; then break; fi
done
cmp -s "$work/whole.json" "$work/resumed.json" || fail "resumed after $kills kills it gives other bytes: $(cat "$work/err")"
[ $kills -ge 1 ] && [ $resumed -ge 1 ] || fail "$kills kills, $resumed times resumed"
[ ! -e "$work/sums" ] && [ ! -e "$work/sums.drops" ] || fail "the checkpoint is still there"
echo "  killed $kills times, resumed $resumed times: the same bytes"

# A checkpoint that is cut short, of another mission's inputs, or no checkpoint at all.
refuse() { # CODE PATTERN WORDS...
  local code=$1 pattern=$2 got=0
  shift 2
  "$@" >"$work/out.txt" 2>"$work/err" || got=$?
  [ $got = "$code" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qF -- "$pattern" "$work/err" || fail "exit $got, no '$pattern' in: $(cat "$work/err")"
  [ ! -s "$work/out.txt" ] || fail "'$pattern' comes with a result"
}
keep_bytes() { cmp -s "$1" "$2" || fail "the refused checkpoint was changed"; }
"${words[@]}" --json --checkpoint "$work/sums" >/dev/null & job=$!
while kill -0 $job 2>/dev/null; do [ -e "$work/sums" ] && break; sleep 0.05; done
kill -KILL $job; wait $job 2>/dev/null || true
cp "$work/sums" "$work/good"
head -c -100 "$work/good" >"$work/sums"; cp "$work/sums" "$work/short"
refuse 2 "$work/sums: error:" risk --checkpoint "$work/sums"; keep_bytes "$work/sums" "$work/short"
cp "$work/good" "$work/sums"
refuse 2 "$work/sums: error:" risk --seed 7 --checkpoint "$work/sums"; keep_bytes "$work/sums" "$work/good"
refuse 2 "$work/sums: error:" risk --until '3 %' --checkpoint "$work/sums"; keep_bytes "$work/sums" "$work/good"
cp "$mission" "$work/mine.yaml"; cp "$work/mine.yaml" "$work/mine.copy"
refuse 2 "$work/mine.yaml: error:" risk --checkpoint "$work/mine.yaml"; keep_bytes "$work/mine.yaml" "$work/mine.copy"
refuse 3 "$work/nowhere/sums: error:" risk --checkpoint "$work/nowhere/sums"

# Folders that cannot be written into. Root may write anywhere but into a file.
: >"$work/file"
refuse 3 "$work/file" risk -o "$work/file/out"
mkdir "$work/locked"; chmod a-w "$work/locked"
if [ ! -w "$work/locked" ]; then
  refuse 3 "$work/locked: error: cannot write into the folder" risk -o "$work/locked"
  refuse 3 "$work/locked/out: error: cannot create folder" risk -o "$work/locked/out"
fi
[ -z "$(ls "$work/locked")" ] || fail "something is in the locked folder"

# Four shards, merged in any order.
for i in 0 1 2 3; do risk --until '2 %' --shard $i/4 -o "$work/shard$i" || fail "shard $i: exit $?"; done
risk --json --until '2 %' --merge "$work"/shard{2,0,3,1} >"$work/merged.json" || fail "merge: exit $?"
cmp -s "$work/whole.json" "$work/merged.json" || fail "four shards merged give other bytes"
refuse 2 "and 3 are given" risk --until '2 %' --merge "$work"/shard{0,1,2}
refuse 2 "shard0/failures.shard: error:" risk --seed 7 --until '2 %' --merge "$work"/shard{0,1,2,3}

# Two processes, as mpirun starts them.
for rank in 1 0; do
  OMPI_COMM_WORLD_RANK=$rank OMPI_COMM_WORLD_SIZE=2 "${words[@]}" --json --until '2 %' --threads 1 -o "$work/ranks" >"$work/rank$rank.json" & ranks[rank]=$!
done
wait "${ranks[0]}" && wait "${ranks[1]}" || fail "a rank failed"
cmp -s "$work/whole.json" "$work/rank0.json" && cmp -s "$work/whole.json" "$work/ranks/summary.json" || fail "two ranks give other bytes"
[ ! -s "$work/rank1.json" ] && [ "$(ls "$work/ranks" | tr '\n' ' ')" = "closures.json dispersion.oem failures.csv hazard-areas.geojson report.html summary.json " ] || fail "the second rank answers, or leaves files: $(ls "$work/ranks")"

# Words that do not fit together.
refuse 2 "--until: 'standard error' is not a share" risk --until 'standard error'
refuse 2 "--until: '5 km' is not a share" risk --until '5 km'
refuse 2 "--samples is 0" risk --samples 0
refuse 2 "--shard: '4/4' is not a part" risk --shard 4/4 -o "$work/shard4"
refuse 2 "shards need -o DIR" risk --shard 0/4
refuse 2 "is one argument too many without --merge" risk "$work/shard0"
refuse 2 "--merge needs the folders" risk --merge
refuse 2 "--checkpoint is of no use here" risk --shard 0/4 -o "$work/shard0" --checkpoint "$work/sums"
echo "  shards, ranks and refusals: as promised"
