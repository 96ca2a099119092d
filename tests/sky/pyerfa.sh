# Times and frames against Python's ERFA bindings, called by another road (dates by erfa.dtf2d, matrices step by step).
set -u
python=/usr/bin/python3
"$python" -c 'import erfa, numpy' 2>/dev/null || { echo "skip: pyerfa (package python3-erfa) is not installed"; exit 77; }
"$COSMO_BUILD/tests/test_sky_frames" --print | "$python" tests/sky/pyerfa.py
