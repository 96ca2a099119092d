# The house rules as a test; see rules.py for what they are.
command -v python3 >/dev/null || { echo "skip: python3 is not installed"; exit 77; }
exec python3 tests/tidy/rules.py "${COSMO_BUILD:?the build folder}"
