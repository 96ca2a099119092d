#!/usr/bin/env bash
# What goes wrong outside: full disks, folders that cannot be written, checkpoints cut short. One line, the exit code that is
# promised, nothing lost, nothing half-written.
set -euo pipefail
# Disks of our own go into a namespace of our own, so that none stays mounted however this ends.
if [ -z "${COSMO_DISKS:-}" ]; then
  as=(unshare --mount)
  [ "$(id -u)" = 0 ] || as+=(--map-root-user)
  probe=$(mktemp -d)
  COSMO_DISKS=no
  "${as[@]}" mount -t tmpfs -o size=64k none "$probe" 2>/dev/null && COSMO_DISKS=yes
  rmdir "$probe"
  export COSMO_DISKS
  [ $COSMO_DISKS = no ] || exec "${as[@]}" bash "$0"
fi
source tests/suite.sh
mission=missions/soyuz-ms.yaml
without_risk $mission >"$work/plain.yaml"
risk() { "$cosmodrome" risk "$mission" --samples 256 --quiet "$@"; }
empty() { [ -z "$(ls -A "$1")" ] || fail "$2 leaves $(ls -A "$1")"; }
disk() { mkdir -p "$1" && mount -t tmpfs -o "size=$2" none "$1"; } # FOLDER SIZE

full_disks() {
  local size first all
  risk -o "$work/roomy" >/dev/null || fail "exit $?"
  first=$(stat -c %s "$work/roomy/report.html") all=$(cat "$work"/roomy/* | wc -c)
  disk "$work/disk" 64k
  for size in 64k $((first + 8192)) $((all - 8192)); do # too small for the report; for what is written next; for the last file
    mount -o "remount,size=$size" "$work/disk"
    refuse 3 "error: cannot write: No space left on device" risk -o "$work/disk"; empty "$work/disk" "risk on a disk of $size"
  done
  mount -o remount,size=64k "$work/disk"
  echo mine >"$work/disk/summary.json"; cp "$work/disk/summary.json" "$work/mine"
  refuse 3 "No space left on device" risk -o "$work/disk"; same "$work/mine" "$work/disk/summary.json" "an older file on a full disk"
  rm "$work/disk/summary.json"
  refuse 3 "No space left on device" "$cosmodrome" fly $mission --quiet -o "$work/disk"; empty "$work/disk" "fly on a full disk"
  refuse 3 "No space left on device" "$cosmodrome" report "$work/plain.yaml" --quiet -o "$work/disk/out"; empty "$work/disk" "report on a full disk"
  # with room it goes, where the folder is the root of another disk too
  mount -o remount,size=16m "$work/disk"
  "$cosmodrome" fly $mission --quiet -o "$work/disk" >/dev/null || fail "fly on a disk of its own: exit $?"
  [ "$(ls -A "$work/disk" | wc -l)" = 8 ] || fail "fly on a disk of its own writes $(ls -A "$work/disk")"
  rm "$work"/disk/*

  # read only
  mount -o remount,ro "$work/disk"
  refuse 3 "$work/disk: error: cannot write into the folder: Read-only file system" risk -o "$work/disk"
  refuse 3 "Read-only file system" risk -o "$work/disk/out"
  refuse 3 "$work/disk: error: cannot write into the folder: Read-only file system" risk --shard 0/4 -o "$work/disk"
  refuse 3 "$work/disk/sums: error: cannot create: Read-only file system" risk --checkpoint "$work/disk/sums"
  refuse 3 "Read-only file system" "$cosmodrome" fly $mission --quiet -o "$work/disk"
  empty "$work/disk" "a disk that is read only"
  umount "$work/disk"
  echo "  full disks, disks that are read only: nothing half-written"
}

# A shard stops, keeps what it has, and goes on when there is room.
full_shard() {
  disk "$work/disk" 500k
  refuse 3 "failures.shard.part: error: cannot write: No space left on device" "${long[@]}" --shard 0/2 -o "$work/disk"
  [ "$(ls -A "$work/disk")" = failures.shard.part ] || fail "a shard on a full disk leaves $(ls -A "$work/disk")"
  mount -o remount,size=16m "$work/disk"
  "${long[@]}" --shard 0/2 -o "$work/disk" || fail "a shard does not go on: exit $?"
  "${long[@]}" --shard 1/2 -o "$work/other" || fail "the other shard: exit $?"
  "${long[@]}" --merge "$work/disk" "$work/other" --json >"$work/merged.json" || fail "the merge: exit $?"
  same "$work/whole.json" "$work/merged.json" "a shard that met a full disk"
  umount "$work/disk"
  echo "  a shard on a full disk: nothing lost"
}

# A checkpoint that cannot be renewed: the older one stays, and the run goes on from it.
full_checkpoint() {
  disk "$work/disk" 40m
  cp "$work/good" "$work/disk/sums"
  head -c 64M /dev/zero >"$work/disk/filler" 2>/dev/null || true
  refuse 3 "$work/disk/sums: error: cannot write: No space left on device" "${long[@]}" --checkpoint "$work/disk/sums" -o "$work/none"
  same "$work/good" "$work/disk/sums" "an older checkpoint on a full disk"
  [ "$(ls -A "$work/disk" | tr '\n' ' ')" = "filler sums " ] || fail "a checkpoint on a full disk leaves $(ls -A "$work/disk")"
  empty "$work/none" "a run whose checkpoint cannot be written"
  rm "$work/disk/filler"
  "${long[@]}" --checkpoint "$work/disk/sums" --json >"$work/resumed.json" || fail "it does not go on: exit $?"
  same "$work/whole.json" "$work/resumed.json" "resumed after a full disk"
  empty "$work/disk" "a resumed run"
  umount "$work/disk"
  echo "  a checkpoint on a full disk: the older one stays"
}

# What an interrupted run leaves, for all that follows.
long=("$cosmodrome" risk "$mission" --samples 768 --quiet)
"${long[@]}" --json >"$work/whole.json" || fail "exit $?"
"${long[@]}" --checkpoint "$work/sums" >/dev/null & job=$!
while kill -0 $job 2>/dev/null; do [ ! -e "$work/sums.drops" ] || break; sleep 0.02; done # the failures are done
kill -KILL $job; wait $job 2>/dev/null || true
mv "$work/sums" "$work/good"
rm -f "$work"/sums*

if [ $COSMO_DISKS = yes ]; then
  full_disks
  full_shard
  full_checkpoint
else
  echo "skip: no disk can be mounted here; full and read-only ones are left out"
fi
# A file that may not grow, and an answer that nobody can take: the checkpoint stays for another try.
refuse 3 "report.html: error: cannot write: File too large" \
  bash -c 'ulimit -f 64; exec "$@"' limited "$cosmodrome" risk $mission --samples 256 --quiet -o "$work/limited"
empty "$work/limited" "a limit on the size of files"
if [ -w /dev/full ]; then
  cp "$work/good" "$work/sums"; got=0
  "${long[@]}" --checkpoint "$work/sums" --json >/dev/full 2>"$work/err" || got=$?
  [ $got = 3 ] && [ "$(wc -l <"$work/err")" = 1 ] && [ -s "$work/sums" ] && [ -s "$work/sums.drops" ] ||
    fail "a full standard output: exit $got, $(cat "$work/err")"
  "${long[@]}" --checkpoint "$work/sums" --json >"$work/resumed.json" || fail "it does not go on: exit $?"
  same "$work/whole.json" "$work/resumed.json" "asked again after a full standard output"
fi

# Folders that may not be written. Root may write anywhere but into a file, so it becomes somebody else.
: >"$work/file"
refuse 3 "$work/file" risk -o "$work/file/out"
mkdir "$work/locked"; chmod a-w "$work/locked"; chmod a+rx "$work"
somebody=()
[ ! -w "$work/locked" ] || somebody=(setpriv --reuid 65534 --regid 65534 --clear-groups)
if "${somebody[@]}" "$cosmodrome" check $mission >/dev/null 2>&1; then
  locked() { "${somebody[@]}" "$cosmodrome" risk $mission --samples 256 --quiet "$@"; }
  refuse 3 "$work/locked: error: cannot write into the folder: Permission denied" locked -o "$work/locked"
  refuse 3 "$work/locked/out: error: cannot create folder: Permission denied" locked -o "$work/locked/out"
  refuse 3 "$work/locked: error: cannot write into the folder: Permission denied" locked --shard 0/4 -o "$work/locked"
  refuse 3 "$work/locked/sums: error: cannot create: Permission denied" locked --checkpoint "$work/locked/sums"
  empty "$work/locked" "a folder that is locked"
else
  echo "skip: another user cannot run this build; no folder is locked for root"
fi

# Checkpoints cut short, altered, of another seed, stop rule or mission; no checkpoint; no folder.
size=$(stat -c %s "$work/good")
for length in 0 10 30 100 $((size / 2)) $((size - 1)); do
  head -c "$length" "$work/good" >"$work/short"; cp "$work/short" "$work/sums"
  refuse 2 "$work/sums: error:" "${long[@]}" --checkpoint "$work/sums"; same "$work/short" "$work/sums" "a checkpoint cut short at $length"
done
cp "$work/good" "$work/altered"; printf X | dd of="$work/altered" bs=1 seek=$((size / 3)) conv=notrunc status=none
cp "$work/altered" "$work/sums"
refuse 2 "the checkpoint was altered after it was written" "${long[@]}" --checkpoint "$work/sums"
same "$work/altered" "$work/sums" "an altered checkpoint"
cp "$work/good" "$work/sums"
refuse 2 "belongs to other inputs" "${long[@]}" --seed 7 --checkpoint "$work/sums"
refuse 2 "belongs to other inputs" "${long[@]}" --until '3 %' --checkpoint "$work/sums"
refuse 2 "belongs to other inputs" "$cosmodrome" risk missions/progress-ms.yaml --quiet --samples 768 --checkpoint "$work/sums"
refuse 2 "belongs to other inputs" risk --checkpoint "$work/sums"
same "$work/good" "$work/sums" "a refused checkpoint"
[ -z "$(ls -d "$work"/sums.* 2>/dev/null)" ] || fail "refused checkpoints leave $(ls -d "$work"/sums.*)"
cp $mission "$work/mine.yaml"
refuse 2 "$work/mine.yaml: error: not a checkpoint" risk --checkpoint "$work/mine.yaml"
same $mission "$work/mine.yaml" "a mission named as checkpoint"
refuse 3 "$work/nowhere/sums: error:" risk --checkpoint "$work/nowhere/sums"
echo "  checkpoints cut short at six lengths, altered, foreign: refused and left alone"
