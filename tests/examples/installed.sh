# The library installs, is found by pkg-config, and the examples build against it and run, outside of the source tree.
set -euo pipefail
build=${COSMO_BUILD:-build}
command -v pkg-config >/dev/null || { echo "skip: pkg-config is not installed"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
fail() { echo "FAILED: $*"; exit 1; }

cmake --install "$build" --prefix "$folder/prefix" >"$folder/log" || { cat "$folder/log"; fail "cmake --install"; }
mv "$folder/prefix" "$folder/moved" # the installed folder does not know where it lies
prefix=$folder/moved

# A library built with sanitizers or for coverage needs the same at the link.
sanitize=$(sed -nE 's/^COSMO_SANITIZE:[A-Z]+=(.+)$/\1/p' "$build/CMakeCache.txt")
flags="-Wall -Wextra -Werror ${sanitize:+-fsanitize=$sanitize}"
! grep -q '^COSMO_COVERAGE:BOOL=ON' "$build/CMakeCache.txt" || flags+=" --coverage"
mkdir "$folder/src"
cp examples/* "$folder/src"
cd "$folder"
cmake -G Ninja -S src -B made -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS="$flags" >log 2>&1 &&
  cmake --build made >>log 2>&1 || { cat log; fail "the examples do not build"; }

./made/impact_point >out || fail "impact_point"
cat out
grep -qE '^in vacuum +T\+[0-9.]+ s, 47\.59[0-9]+ deg, 68\.1[0-9]+ deg' out || fail "impact_point is elsewhere in vacuum"
grep -qE '^in air +T\+[0-9.]+ s, 47\.4[0-9]+ deg, 67\.[67][0-9]+ deg' out || fail "impact_point is elsewhere in air"

export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name cosmodrome.pc)")
data=$(pkg-config --variable=datadir cosmodrome)
./made/fly_mission "$prefix/share/cosmodrome/missions/soyuz-ms.yaml" "$data" >out || fail "fly_mission"
sed -n 1,4p out
grep -q 'Soyuz MS to the space station: can be flown' out || fail "fly_mission says something else"
grep -q ' insertion ' out || fail "fly_mission has no insertion"
grep -q 'strap-on  *falls at 47\.' out || fail "fly_mission's strap-ons fall elsewhere"
status=0
./made/fly_mission absent.yaml "$data" 2>err || status=$?
[ $status = 2 ] && [ "$(wc -l <err)" = 1 ] || fail "a missing mission is exit $status: $(cat err)"

"$prefix/bin/cosmodrome" list vehicles | grep -q soyuz-2.1a-crew || fail "the installed command does not find its data"
