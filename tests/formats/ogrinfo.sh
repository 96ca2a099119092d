#!/usr/bin/env bash
# GDAL reads the geographic exports without one word on standard error, and finds what was put in.
set -euo pipefail
command -v ogrinfo >/dev/null || { echo "skip: gdal-bin is not installed"; exit 77; }
build=${COSMO_BUILD:-build}
export CK_FORK=no COSMO_SAMPLES
COSMO_SAMPLES=$(mktemp -d)
trap 'rm -rf "$COSMO_SAMPLES"' EXIT
for suite in geojson kml gpkg; do "$build/tests/test_formats_$suite" >/dev/null; done

# look FILE PATTERN...: a quiet ogrinfo whose answer has every pattern
look() {
  local file=$1 answer; shift
  answer=$(ogrinfo -ro -al "$COSMO_SAMPLES/$file" 2>"$COSMO_SAMPLES/stderr") || { cat "$COSMO_SAMPLES/stderr"; exit 1; }
  [ ! -s "$COSMO_SAMPLES/stderr" ] || { echo "$file: ogrinfo complains:"; cat "$COSMO_SAMPLES/stderr"; exit 1; }
  for pattern in "$@"; do
    grep -qE -- "$pattern" <<<"$answer" || { echo "$file: no '$pattern' in:"; echo "$answer"; exit 1; }
  done
  echo "  $file: quiet, $# expectations met"
}

look sample.geojson '^Layer name: sample$' '^Feature Count: 6$' 'WGS 84' '^mass_kg: Integer' 'name_2 .* = kept apart' 'POINT Z \(180 52 1234.6\)' \
  'MULTIPOLYGON' 'MULTILINESTRING Z' \
  'name \(String\) = Ascent <nominal> & "safe"'
look sample.kml '^Layer name: Sample & co: Paths$' '^Layer name: Sample & co: Zones$' '^Feature Count: 2$' \
  'begin .* = 2026/12/31 23:59:59.500' 'LINESTRING Z \(63.3 45.9 90,' 'MULTIPOLYGON' 'description .* = The position is an estimate'
look timeless.kml 'MULTILINESTRING Z \(\(63.3 45.9 90,' 'POINT Z \(180 52 1234.6\)'
look sample.gpkg '^Layer name: paths_line$' '^Layer name: impact_points_point$' '^Layer name: zones_polygon$' '^Feature Count: 2$' \
  '^Geometry: 3D Multi Line String$' '^Geometry: (3D )?Point$' '^Geometry: Multi Polygon$' 'ID\["EPSG",4326\]\]' \
  '^FID Column = fid$' '^Geometry Column = geom$' '^estimate: Integer\(Boolean\)' '^mass_kg: Real' '^zone: String' \
  'name .String. = Ядро' 'MULTILINESTRING Z? ?\(\(63.3 45.9' 'POINT Z \(180 52 1234.56\)' 'MULTIPOLYGON \(\(\(180 52,'
# GDAL's own checker of the standard's requirements, in python3-gdal, which gdal-bin brings for the system's Python.
for python in /usr/bin/python3 python3; do
  "$python" -c 'import osgeo_utils.samples.validate_gpkg' 2>/dev/null || continue
  "$python" -m osgeo_utils.samples.validate_gpkg --extra --warning-as-error "$COSMO_SAMPLES/sample.gpkg"
  echo "  sample.gpkg: meets the requirements that validate_gpkg checks"
  exit 0
done
echo "  sample.gpkg: requirements not checked, python3-gdal is not installed"
