# Project Prairie Grass through the command: dispersion from a source near the ground, to 800 m.
set -eu
. tests/suite.sh
data=../shared/data/dispersion/prairie_grass
[ -d "$data" ] || { echo "skip: $data is not here"; exit 77; }
python3 tests/truth/prairie_grass.py "$cosmodrome" "$data" "$work"
