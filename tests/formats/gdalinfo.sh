#!/usr/bin/env bash
# GDAL reads the netCDF export without one word on standard error: place, times, units, names, values, and a second file
# that has the same bytes. Udunits knows its units.
set -euo pipefail
command -v gdalinfo >/dev/null || { echo "skip: gdal-bin is not installed"; exit 77; }
grep -q '^ *netCDF ' <<<"$(gdalinfo --formats)" || { echo "skip: GDAL has no netCDF driver here"; exit 77; }
build=${COSMO_BUILD:-build}
export CK_FORK=no COSMO_SAMPLES
COSMO_SAMPLES=$(mktemp -d)
trap 'rm -rf "$COSMO_SAMPLES"' EXIT
"$build/tests/test_formats_netcdf" >/dev/null
file=$COSMO_SAMPLES/sample.nc
cp "$file" "$COSMO_SAMPLES/first.nc"
"$build/tests/test_formats_netcdf" >/dev/null
cmp "$file" "$COSMO_SAMPLES/first.nc"

# look WHAT PATTERN...: the answer of a quiet gdalinfo has every pattern
look() {
  local what=$1 answer; shift
  answer=$(gdalinfo "$what" 2>"$COSMO_SAMPLES/stderr") || { cat "$COSMO_SAMPLES/stderr"; exit 1; }
  [ ! -s "$COSMO_SAMPLES/stderr" ] || { echo "$what: gdalinfo complains:"; cat "$COSMO_SAMPLES/stderr"; exit 1; }
  for pattern in "$@"; do
    grep -qE -- "$pattern" <<<"$answer" || { echo "no '$pattern' in:"; echo "$answer"; exit 1; }
  done
  echo "  ${what/$COSMO_SAMPLES\//}: quiet, $# expectations met"
}

look "NETCDF:$file:no2" '^Size is 2, 3' 'GEO[GD]CRS\["WGS 84"' 'Origin = \(61.7[45]0*[0-9]*,46.25' 'Pixel Size = \(0.50*,-0.50*\)' \
  'NC_GLOBAL#Conventions=CF-1.8' 'NC_GLOBAL#history=cosmodrome toxics$' 'no2#units=kg m-3' 'no2#cell_methods=time: mean' \
  'no2#standard_name=mass_concentration_of_nitrogen_dioxide_in_air' 'no2#grid_mapping=crs' \
  'time#units=seconds since 2013-07-02 02:38:22' 'time#calendar=standard' 'NETCDF_DIM_time_VALUES=\{0,600\}' '^Band 2' 'NoData Value=nan'
look "NETCDF:$file:udmh_dry" '^Size is 2, 3' 'GEO[GD]CRS\["WGS 84"' 'udmh_dry#long_name=UDMH deposited dry' 'udmh_dry#units=kg m-2'
got=$(gdal_translate -q -of XYZ "NETCDF:$file:udmh_dry" /vsistdout/ | tr '\n' ';')
[ "$got" = "62 46 0;62.5 46 0.5;62 45.5 1;62.5 45.5 1.5;62 45 2;62.5 45 2.5;" ] || { echo "values at places: $got"; exit 1; }
if command -v udunits2 >/dev/null; then
  for unit in 'kg m-3' 'kg m-2' degrees_north degrees_east 'seconds since 2013-07-02 02:38:22'; do
    udunits2 -H "$unit" -W '' </dev/null >"$COSMO_SAMPLES/units" 2>&1 || true
    ! grep -qi "don't recognize\|unknown" "$COSMO_SAMPLES/units" || { echo "udunits does not know '$unit'"; exit 1; }
  done
  echo "  udunits knows the units"
fi
