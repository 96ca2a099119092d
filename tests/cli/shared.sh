#!/usr/bin/env bash
# cosmodrome risk shared out: four shards merged, and 1, 2 and 4 processes of mpirun, give the same folder as one run; what
# does not fit together is refused.
set -euo pipefail
source tests/suite.sh
words=("$cosmodrome" risk missions/soyuz-ms.yaml --samples 1280 --quiet)
risk() { "${words[@]}" "$@"; }

risk --json --until 'standard error 2 %' -o "$work/whole" >"$work/whole.json" || fail "exit $?"
same "$work/whole.json" "$work/whole/summary.json" "-o writes something else than --json prints"
python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["samples"] == 1280' "$work/whole.json" || fail "--samples does not count"
risk --json --until '90 %' >"$work/soon.json" || fail "exit $?"
python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["samples"] == 1024' "$work/soon.json" ||
  fail "--until does not stop after the first look"

# Four shards, merged in any order.
for i in 0 1 2 3; do risk --until '2 %' --shard $i/4 -o "$work/shard$i" || fail "shard $i: exit $?"; done
risk --until '2 %' --merge "$work"/shard{2,0,3,1} -o "$work/merged" >/dev/null || fail "merge: exit $?"
same "$work/whole" "$work/merged" "four shards merged"
refuse 2 "and 3 are given" risk --until '2 %' --merge "$work"/shard{0,1,2}
refuse 2 "shard0/failures.shard: error:" risk --seed 7 --until '2 %' --merge "$work"/shard{0,1,2,3}

# Words that do not fit together.
refuse 2 "--until: 'standard error' is not a share" risk --until 'standard error'
refuse 2 "--until: '5 km' is not a share" risk --until '5 km'
refuse 2 "--samples is 0" risk --samples 0
refuse 2 "--shard: '4/4' is not a part" risk --shard 4/4 -o "$work/shard4"
refuse 2 "shards need -o DIR" risk --shard 0/4
refuse 2 "is one argument too many without --merge" risk "$work/shard0"
refuse 2 "--merge needs the folders" risk --merge
refuse 2 "--checkpoint is of no use here" risk --shard 0/4 -o "$work/shard0" --checkpoint "$work/sums"
echo "  shards and refusals: as promised"

# Processes of Open MPI's launcher, and two that were told so by hand where it is not installed.
if command -v mpirun >/dev/null; then
  launch=(mpirun --oversubscribe)
  [ "$(id -u)" != 0 ] || launch+=(--allow-run-as-root)
  for n in 1 2 4; do
    "${launch[@]}" -n $n "${words[@]}" --until '2 %' --threads 1 --json -o "$work/mpi$n" >"$work/mpi.json" || fail "mpirun -n $n: exit $?"
    same "$work/whole" "$work/mpi$n" "mpirun -n $n"
    same "$work/whole.json" "$work/mpi.json" "what mpirun -n $n prints"
  done
  # one process of two is killed, the launcher gives up, and started again they go on
  "${launch[@]}" -n 2 "${words[@]}" --until '2 %' --threads 1 -o "$work/again" >/dev/null 2>&1 & job=$!
  while kill -0 $job 2>/dev/null; do # until its file has a block
    [ -z "$(find "$work/again" -name '*-rank-1-of-2' -size +300k 2>/dev/null)" ] || break
    sleep 0.05
  done
  victim=$(pgrep -P $job | tail -n 1)
  kill -KILL "$victim" || fail "there was nobody to kill"
  wait $job && fail "mpirun does not say that a process was killed"
  [ -n "$(ls "$work/again")" ] && [ ! -e "$work/again/summary.json" ] || fail "killed, and yet: $(ls "$work/again")"
  "${launch[@]}" -n 2 "${words[@]}" --until '2 %' --threads 1 -o "$work/again" >/dev/null || fail "started again: exit $?"
  same "$work/whole" "$work/again" "a process killed and all started again"
  echo "  mpirun with 1, 2 and 4 processes, one killed and started again: the same folder"
else
  echo "skip: mpirun is not installed; two processes stand for it"
  for rank in 1 0; do
    OMPI_COMM_WORLD_RANK=$rank OMPI_COMM_WORLD_SIZE=2 \
      "${words[@]}" --json --until '2 %' --threads 1 -o "$work/ranks" >"$work/rank$rank.json" & ranks[rank]=$!
  done
  wait "${ranks[0]}" && wait "${ranks[1]}" || fail "a rank failed"
  same "$work/whole" "$work/ranks" "two ranks"
  same "$work/whole.json" "$work/rank0.json" "what the first rank prints"
  [ ! -s "$work/rank1.json" ] || fail "the second rank answers"
fi
