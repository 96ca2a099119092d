# Sourced by ./run and ./test: installs what the lists beside this file name, bundles the page, builds.
# A stamp holds the lists' hash, so that the second run installs nothing.
setup_say() { printf '%s\n' "$*" >&2; }

# setup_packages run|test
setup_packages() {
  local lists=("$here/packaging/apt-run.txt")
  [ "$1" = test ] && lists+=("$here/packaging/apt-test.txt")
  local stamp="$here/build/installed-$1" hash
  hash=$(cat "${lists[@]}" | sha256sum | cut -c1-16)
  [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && return 0
  local missing=() name
  for name in $(cat "${lists[@]}"); do
    [ "$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null)" = "install ok installed" ] && continue
    # a program installed by other means serves as well (a newer compiler)
    case "$name" in esbuild|gcc|git|clang|python3) command -v "$name" >/dev/null && continue ;; esac
    missing+=("$name")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    setup_say "installing: ${missing[*]}"
    # shellcheck disable=SC2024
    if ! { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"${TMPDIR:-/tmp}/cosmodrome-apt.log" 2>&1; then
      tail -n 5 "${TMPDIR:-/tmp}/cosmodrome-apt.log" >&2
      setup_say "error: the packages above could not be installed; see packaging/, or use --no-install"
      return 3
    fi
  fi
  mkdir -p "$here/build" && printf '%s\n' "$hash" >"$stamp"
}

# The page's script, bundled by Debian's esbuild, else by npm's; where there is neither, or npm cannot reach its registry, the
# report stays static.
setup_page() {
  [ -f "$here/web/package.json" ] || return 0
  local stamp="$here/web/dist/stamp" hash
  hash=$(cat "$here"/web/package*.json "$here"/web/src/* | sha256sum | cut -c1-16)
  [ "$(cat "$stamp" 2>/dev/null)" = "$hash" ] && return 0
  if command -v esbuild >/dev/null; then
    (cd "$here/web" && $(sed -n 's/.*"bundle": "\(esbuild [^"]*\)".*/\1/p' package.json))
  elif ! command -v npm >/dev/null || ! (cd "$here/web" && timeout 60 npm ci --no-audit --no-fund --silent --fetch-retries=0 --fetch-timeout=20000 >/dev/null 2>&1 && npm run --silent bundle >/dev/null); then
    setup_say "note: neither esbuild nor npm can bundle the page; the report will be static"
    return 0
  fi
  printf '%s\n' "$hash" >"$stamp"
}

# setup_build PRESET TARGET
setup_build() {
  local preset=$1 target=$2 folder log
  folder=build$([ "$preset" = release ] || echo "-$preset")
  log=$(mktemp)
  setup_page
  (
    cd "$here"
    # configured anew for the tests: what they need may have been installed since
    if [ "$target" = all ] || [ ! -f "$folder/build.ninja" ]; then
      cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 4; }
    fi
    cmake --build "$folder" --target "$target" >"$log" 2>&1 || { grep -vE '^\[' "$log" | head -60 >&2; exit 4; }
  )
  local status=$?
  rm -f "$log"
  return $status
}
