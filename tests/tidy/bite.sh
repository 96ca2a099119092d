# The rules find what they forbid: a small tree that breaks each of them once.
set -eu
command -v python3 >/dev/null || { echo "skip: python3 is not installed"; exit 77; }
rules=$PWD/tests/tidy/rules.py
above=$(mktemp -d)
trap 'rm -rf "$above"' EXIT
mkdir "$above/tree"
cd "$above/tree"
mkdir -p src/core src/earth src/sky src/attic src/cli include/cosmodrome tests/tidy build/CMakeFiles/lib.dir/src/core
printf 'src/core/gone.c gone_long a reason\nsrc/core/bad.c bad_excused a reason\nsrc/core/bad.c bad_reasonless\n' >tests/tidy/long-functions.txt
: >tests/tidy/wide-files.txt
printf 'size_t cosmo_lonely(void);\n' >include/cosmodrome/core.h
printf '#include "cosmodrome/earth.h"\n#include "earth/deep.h"\n#include <erfa.h>\n#include <boost.h>\n' >src/core/up.c
printf '#include "cosmodrome/sky.h"\n' >src/earth/side.c
printf '#include "cosmodrome/nowhere.h"\n/* #include "cosmodrome/earth.h" */\n' >src/sky/lost.c
printf '#include "core/private.h"\n' >src/cli/command.c
printf '\n' >src/attic/room.c
printf '\n' >src/sky/up.c
{
  echo 'int wrong_name(void);'
  echo 'int bad_counter;'
  echo 'static void bad_calls(void)'; echo '{'
  echo '    printf("x"); /* exit(1) in a comment */'
  echo '    exit(2);'
  echo '    fprintf(stderr, "getenv(");'
  echo '    double x = sin(1.0);'
  echo '    const char *place = "/home/somebody";'
  echo "    /* TO""DO */"
  echo '}'
  echo 'int wrong_name(void) { return bad_counter; }'
  for name in bad_long bad_excused; do echo; echo "int $name(void)"; echo '{'; for i in $(seq 69); do echo "    ;"; done; echo '    return 0;'; echo '}'; done
  printf '/* %0130d */\n' 7
  printf 'int cosmo_bad_tab(void);\t\n'
} >src/core/bad.c
{ echo 'int cosmo_pair_x8 = 1;'; echo 'int cosmo_pair_more_x8 = 1;'; } >src/core/pair_lanes.c
for i in $(seq 901); do echo; done >src/core/tall.c
mkdir -p docs
printf '# Two heads\n# Two `heads`\n[a](#two-heads-1) [b](#two-heads-2) [c](../src/core/bad.c)\n' >docs/links.md
printf '[d](docs/links.md#two-heads) [e](docs/nowhere.md)\n[f](docs/links.md#three-heads) [g](https://nowhere.md)\n```\n[h](no.md)\n```\n`[i](no.md)` [j](../away.md)\n[k]: no/file.c\n' >README.md
: >../away.md
printf 'no end' >src/core/endless.c
printf 'int wrong_name(void); int bad_counter; int wrong_name(void) { return bad_counter; }\n' | cc -x c -c - -o build/CMakeFiles/lib.dir/src/core/bad.c.o
cc -c src/core/pair_lanes.c -o build/CMakeFiles/lib.dir/src/core/pair_lanes.c.o
status=0
python3 "$rules" build >out 2>&1 || status=$?
[ $status = 1 ] || { cat out; echo "FAILED: exit status $status"; exit 1; }
failed=0
while IFS= read -r expected; do
  grep -qF -- "$expected" out || { echo "FAILED: nobody said '$expected'"; failed=1; }
done <<'LIST'
src/core/up.c:1: "cosmodrome/earth.h": arrows point down
src/core/up.c:2: "earth/deep.h": arrows point down
src/core/up.c:3: <erfa.h> may be included in sky only
src/core/up.c:4: <boost.h> is neither
src/earth/side.c:1: "cosmodrome/sky.h": arrows point down
src/sky/lost.c:1: "cosmodrome/nowhere.h" is not a public header
src/cli/command.c:1: "core/private.h": the command uses the public headers only
src/attic/room.c:1: room 'attic' has no place
src/sky/up.c:1: there is a src/core/up.c already
src/core/bad.c:5: 'printf(' has no place
src/core/bad.c:6: 'exit(' has no place
src/core/bad.c:7: 'fprintf(stderr' has no place
src/core/bad.c:8: libm's sin()
src/core/bad.c:9: '/home'
src/core/bad.c:10: 'TODO'
src/core/bad.c:14: bad_long() has 73 lines
src/core/bad.c:1: 'bad_counter' is a variable that outlives calls
src/core/bad.c:1: global symbol 'wrong_name' does not start with cosmo_bad
src/core/pair_lanes.c:1: 2 global symbols in
src/core/tall.c:902: longer than 900 lines
README.md:1: the link 'docs/nowhere.md' leads to no file
README.md:2: the link 'docs/links.md#three-heads' leads to no heading
README.md:6: the link '../away.md' leads to no file
README.md:7: the link 'no/file.c' leads to no file
docs/links.md:3: the link '#two-heads-2' leads to no heading
src/core/endless.c:1: the last line does not end
: 136 columns; at most 120
: a tab, or blanks at the end
tests/tidy/long-functions.txt:1: gone_long of src/core/gone.c needs no excuse
tests/tidy/long-functions.txt:3: a reason is expected
include/cosmodrome/core.h:1: does not compile alone with cc
LIST
for never in 'bad.c:86:' "in a comment" "bad_excused() has" "lost.c:2:" "'no.md'" 'two-heads-1' "../src/core" "#two-heads'" 'https'; do
  grep -qF -- "$never" out && { echo "FAILED: a false alarm about '$never'"; failed=1; }
done
[ $failed = 0 ] || cat out
grep -c : out | sed 's/^/  breaches found: /'
exit $failed
