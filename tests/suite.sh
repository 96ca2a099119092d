# Sourced by shell suites: the command, a folder that is deleted at the end, and what they all ask.
cosmodrome=$(realpath "${COSMO_BUILD:-build}")/cosmodrome
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*"; exit 1; }
# CODE PATTERN WORDS...: the words end with the code, one line with the pattern, and no result.
refuse() {
  local code=$1 pattern=$2 got=0
  shift 2
  "$@" >"$work/out.txt" 2>"$work/err" || got=$?
  [ $got = "$code" ] && [ "$(wc -l <"$work/err")" = 1 ] && grep -qF -- "$pattern" "$work/err" ||
    fail "exit $got, no '$pattern' in: $(cat "$work/err")"
  [ ! -s "$work/out.txt" ] || fail "'$pattern' comes with a result"
}
# A B: two folders, or two files, are the same to the last byte.
same() { diff -r "$1" "$2" >/dev/null || fail "$3: $(diff -rq "$1" "$2")"; }
# MISSION: its text without the section `risk`, for tests that bring their own.
without_risk() { awk '/^risk:/ { inside = 1; next } /^[^ ]/ { inside = 0 } !inside' "$1"; }
