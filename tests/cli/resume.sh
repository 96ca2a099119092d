#!/usr/bin/env bash
# cosmodrome risk killed with SIGKILL at COSMO_KILLS (4) random moments of its life and resumed: the same folder.
set -euo pipefail
source tests/suite.sh
kills=${COSMO_KILLS:-4} samples=${COSMO_KILLS_SAMPLES:-1024}
words=("$cosmodrome" risk missions/soyuz-ms.yaml --samples "$samples" --until '2 %' --quiet --checkpoint "$work/sums")

RANDOM=20261122 # the moments are the same ones each time, as shares of the run
start=$EPOCHREALTIME
"${words[@]}" --threads 2 -o "$work/whole" >"$work/whole.txt" || fail "exit $?"
length=$(awk "BEGIN { print $EPOCHREALTIME - $start }")
rm "$work/whole.txt"
[ ! -e "$work/sums" ] && [ ! -e "$work/sums.drops" ] || fail "a finished run leaves its checkpoint"

done=0 with=0
for try in $(seq $((3 * kills))); do
  [ $done -lt "$kills" ] || break
  moment=$(awk "BEGIN { print $length * ($done + $RANDOM / 32768) / $kills }") # one in each of as many parts of the run
  rm -rf "$work/out" "$work"/sums*
  start=$EPOCHREALTIME
  "${words[@]}" --threads 2 -o "$work/out" >/dev/null & job=$!
  ( sleep "$moment"; kill -KILL $job 2>/dev/null ) & killer=$!
  if wait $job 2>/dev/null; then # faster than the first time: the parts are shorter
    length=$(awk "BEGIN { print $EPOCHREALTIME - $start }")
    kill $killer 2>/dev/null || true
    continue
  fi
  wait $killer || fail "it ended by itself: exit other than 0"
  [ ! -e "$work/sums" ] || with=$((with + 1))
  "${words[@]}" --threads $((1 + done % 3)) -o "$work/out" >/dev/null 2>"$work/err" ||
    fail "killed after $moment s it does not go on: $(cat "$work/err")"
  rm -f "$work"/out/*.part-*
  same "$work/whole" "$work/out" "killed after $moment s and resumed on $((1 + done % 3)) threads"
  [ ! -e "$work/sums" ] && [ ! -e "$work/sums.drops" ] || fail "a resumed run leaves its checkpoint"
  done=$((done + 1))
done
[ $done = "$kills" ] && [ $with -ge $((kills / 2)) ] || fail "$done kills, $with of them with a checkpoint"
printf '  killed at %d moments of a run of %.1f s, %d of them with a checkpoint: the same folder each time\n' $done "$length" $with
