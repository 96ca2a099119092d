/* Soundings out of netCDF and GRIB files. The files are made here: ERA5's layout by the writer of formats/netcdf.c,
 * packed netCDF-4 and GRIB2 by GDAL. Every field is linear in place and time, so that interpolation has nothing to err
 * about. */
#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

static const double DEG = 0.017453292519943295, HOUR = 3600.0, G = 9.80665;
static const double JULY_2 = 1372723200.0; /* 2013-07-02T00:00:00Z, by date -u +%s */
/* Hours from 1900 to 1970 are 613,608: 70 years with 17 leap days. */
static const double FROM_1900 = 613608.0;
static char folder[] = "/tmp/cosmo-gridded-XXXXXX";
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_sounding s;
static cosmo_list all;

static void begin(void)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
}

/* ---- the weather of this test ------------------------------------------------------------------------------------ */

enum { EAST, NORTH, WARMTH, HEIGHT };
static const double pressures[] = {925.0, 850.0, 500.0};
static const double heights[] = {760.0, 1500.0, 5700.0}, degrees[] = {293.0, 288.0, 258.0};
static const double lats[] = {47.0, 46.5, 46.0, 45.5}, lons[] = {62.0, 62.5, 63.0};
static const double hours[] = {0.0, 3.0}, members[] = {0.0, 1.0};

static double truth(int what, double member, double hour, size_t level, double lat, double lon)
{
    const double z = (double)level;
    switch (what) {
    case EAST:
        return -3.0 - 2.0 * z + 0.5 * (lat - 46.0) + 0.25 * (lon - 62.0) + 0.1 * hour + member;
    case NORTH:
        return -2.0 + z - 0.5 * (lat - 46.0) + 0.4 * (lon - 62.0) - 0.2 * hour + 2.0 * member;
    case WARMTH:
        return degrees[level] - 1.5 * (lat - 46.0) + 0.5 * hour + 0.3 * member;
    default:
        return heights[level] + 8.0 * (lon - 62.0) - 4.0 * hour + 10.0 * member;
    }
}

/* What is made, and the slips that can be put into it. */
static struct {
    const char *wind_unit, *time_unit, *left_out;
    bool ensemble;
} made = {.wind_unit = "m s**-1", .time_unit = "hours since 1900-01-01 00:00:00.0"};

static const char *make_era5(const char *name)
{
    static const char *const names[] = {"u", "v", "t", "z"};
    static double times[2], coordinates[2];
    static float values[4][2 * 2 * 3 * 4 * 3];
    const size_t n_members = made.ensemble ? 2 : 1;
    for (int i = 0; i < 2; i++) times[i] = FROM_1900 + JULY_2 / HOUR + hours[i], coordinates[i] = members[i];
    const cosmo_netcdf_axis axes[] = {
        {.name = "number", .long_name = "ensemble_member", .unit = "1", .n = 2, .values = coordinates},
        {.name = "time", .long_name = "time", .unit = made.time_unit, .axis = 'T', .n = 2, .values = times},
        {.name = "level", .long_name = "pressure_level", .unit = "millibars", .axis = 'Z', .n = 3, .values = pressures},
        {.name = "latitude", .unit = "degrees_north", .axis = 'Y', .n = 4, .values = lats},
        {.name = "longitude", .unit = "degrees_east", .axis = 'X', .n = 3, .values = lons},
    };
    cosmo_netcdf_variable variables[4];
    size_t n = 0;
    for (int q = 0; q < 4; q++) {
        if (made.left_out != NULL && strcmp(names[q], made.left_out) == 0) continue;
        size_t at = 0;
        for (size_t m = 0; m < n_members; m++)
            for (size_t t = 0; t < 2; t++)
                for (size_t z = 0; z < 3; z++)
                    for (size_t i = 0; i < 4; i++)
                        for (size_t k = 0; k < 3; k++)
                            values[q][at++] =
                                (float)(truth(q, (double)m, hours[t], z, lats[i], lons[k]) * (q == HEIGHT ? G : 1.0));
        variables[n] = (cosmo_netcdf_variable){.name = names[q],
                                               .unit = q == WARMTH   ? "K"
                                                       : q == HEIGHT ? "m**2 s**-2"
                                                                     : made.wind_unit,
                                               .n_axes = made.ensemble ? 5 : 4,
                                               .values = values[q]};
        for (size_t i = 0; i < variables[n].n_axes; i++) variables[n].axes[i] = i + (made.ensemble ? 0 : 1);
        n++;
    }
    const cosmo_netcdf file = {
        .title = "made by a test", .n_axes = 5, .n_variables = n, .axes = axes, .variables = variables};
    const void *data;
    size_t bytes;
    const char *path = cosmo_file_join(arena, folder, name);
    ck_assert_int_eq(cosmo_netcdf_write(&file, arena, &run, &data, &bytes), COSMO_OK);
    ck_assert_int_eq(cosmo_file_write(path, data, bytes, &run), COSMO_OK);
    return path;
}

static cosmo_sounding_point at(double lat, double lon, double posix_s)
{
    return (cosmo_sounding_point){lat * DEG, lon * DEG, posix_s};
}

static void read_at(const char *path, size_t which, cosmo_sounding_point point)
{
    ck_assert_msg(cosmo_sounding_read_at(path, which, &point, arena, &run, &s) == COSMO_OK, "%s", run.message);
}

static void refused(const char *path, cosmo_sounding_point point, const char *words)
{
    ck_assert_int_eq(cosmo_sounding_read_at(path, 0, &point, arena, &run, &s), COSMO_BAD_INPUT);
    ck_assert_msg(strstr(run.message, words) != NULL, "'%s' lacks '%s'", run.message, words);
    ck_assert_ptr_eq(strstr(run.message, path), run.message);
    ck_assert_ptr_null(strchr(run.message, '\n'));
}

/* The sounding against the weather it was made of; heights are geopotential, of the standard's Earth. */
static void compare(double member, double hour, double lat, double lon, double bound)
{
    double wind = 0.0, warmth = 0.0, height = 0.0;
    ck_assert_uint_eq(s.n, 3);
    for (size_t i = 0; i < 3; i++) {
        const double east = -s.wind_speed_m_s[i] * sin(s.wind_from_rad[i]) - truth(EAST, member, hour, i, lat, lon);
        const double north = -s.wind_speed_m_s[i] * cos(s.wind_from_rad[i]) - truth(NORTH, member, hour, i, lat, lon);
        const double h = truth(HEIGHT, member, hour, i, lat, lon);
        wind = fmax(wind, hypot(east, north));
        warmth = fmax(warmth, fabs(s.temperature_k[i] - truth(WARMTH, member, hour, i, lat, lon)));
        height = fmax(height, fabs(s.altitude_m[i] - 6356766.0 * h / (6356766.0 - h)));
        ck_assert(fabs(s.pressure_pa[i] - 100.0 * pressures[i]) < 1e-9);
    }
    suite_error("wind", wind, "m/s", bound);
    suite_error("temperature", warmth, "K", 30.0 * bound);
    suite_error("altitude", height, "m", 300.0 * bound);
}

/* ---- netCDF ------------------------------------------------------------------------------------------------------ */

START_TEST(era5_at_a_place_and_a_time)
{
    begin();
    const char *path = make_era5("era5.nc");
    read_at(path, 0, at(46.5, 62.5, JULY_2));
    compare(0.0, 0.0, 46.5, 62.5, 1e-5);
    ck_assert_str_eq(s.valid_utc, "2013-07-02T00:00:00Z");
    read_at(path, 0, at(46.31, 62.87, JULY_2 + 2.5 * HOUR));
    compare(0.0, 2.5, 46.31, 62.87, 1e-5);
    ck_assert_str_eq(s.valid_utc, "2013-07-02T02:30:00Z");
    suite_error("place", s.latitude_rad / DEG - 46.31 + s.longitude_rad / DEG - 62.87, "deg", 1e-12);
    read_at(path, 0, at(46.31, 62.87 - 360.0, JULY_2));
    compare(0.0, 0.0, 46.31, 62.87, 1e-5);
    read_at(path, 0, at(47.0, 62.0, JULY_2 + 3.0 * HOUR)); /* a corner, the last time */
    compare(0.0, 3.0, 47.0, 62.0, 1e-5);
    bool input = false;
    for (size_t i = 0; i < run.n_notes; i++) input = input || run.notes[i].kind == COSMO_NOTE_INPUT;
    ck_assert(input);
}
END_TEST

START_TEST(members_and_times_are_an_ensemble)
{
    begin();
    made.ensemble = true;
    const char *path = make_era5("ensemble.nc");
    cosmo_sounding_point point = at(46.2, 62.3, JULY_2 + 1.0 * HOUR);
    ck_assert_msg(cosmo_sounding_read_all(path, &point, arena, &run, &all) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(all.n, 2);
    s = ((const cosmo_sounding *)all.items)[1];
    compare(1.0, 1.0, 46.2, 62.3, 1e-5);
    ck_assert_str_eq(s.station, "member 1");
    point.posix_s = NAN;
    ck_assert_msg(cosmo_sounding_read_all(path, &point, arena, &run, &all) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(all.n, 4); /* two times, and in each two members */
    s = ((const cosmo_sounding *)all.items)[2];
    compare(0.0, 3.0, 46.2, 62.3, 1e-5);
    read_at(path, 3, point);
    compare(1.0, 3.0, 46.2, 62.3, 1e-5);
    ck_assert_int_eq(cosmo_sounding_read_at(path, 4, &point, arena, &run, &s), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "it holds 4 soundings, counted from 0; there is no number 4"));
    made.ensemble = false;
}
END_TEST

START_TEST(what_is_refused)
{
    begin();
    const char *path = make_era5("good.nc");
    const cosmo_sounding_point here = at(46.0, 62.5, JULY_2);
    refused(path, at(48.0, 62.5, JULY_2), "it covers latitudes 47 to 45.5 and longitudes 62 to 63, not 48, 62.5");
    refused(path, at(46.0, 70.0, JULY_2), "not 46, 70");
    refused(path, at(46.0, 62.5, JULY_2 - 1.0),
            "it holds 2013-07-02T00:00:00Z to 2013-07-02T03:00:00Z, and not 2013-07-01T23:59:59Z");
    ck_assert_int_eq(cosmo_sounding_read(path, 0, arena, &run, &s), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "a netCDF file covers a region and a time; a place is needed"));
    made.left_out = "z";
    refused(make_era5("flat.nc"), here, "it has no geopotential or height (z, HGT, geopotential) on its levels");
    made.left_out = "v";
    refused(make_era5("easterly.nc"), here, "it has no northward wind");
    made.left_out = NULL;
    made.wind_unit = "knots";
    refused(make_era5("knots.nc"), here, "the unit of 'u' is 'knots'");
    made.wind_unit = "m s**-1";
    made.time_unit = "fortnights since 1900-01-01";
    refused(make_era5("fortnights.nc"), here, "has a dimension 'time' that is not known here");
    made.time_unit = "hours since 1900-01-01 00:00:00.0";
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read(path, 1 << 20, arena, &run, &data, &bytes), COSMO_OK);
    const char *cut = cosmo_file_join(arena, folder, "cut.nc");
    ck_assert_int_eq(cosmo_file_write(cut, data, 300, &run), COSMO_OK);
    refused(cut, here, "error: ");
    ck_assert_int_eq(cosmo_file_write(cut, data, 8, &run), COSMO_OK);
    refused(cut, here, "error: damaged: its header cannot be read");
    ck_assert_int_eq(cosmo_file_write(cut, data, bytes - 1, &run), COSMO_OK); /* netCDF would read zeros */
    refused(cut, here, "error: cut short: ");
}
END_TEST

/* ---- packed netCDF-4 and GRIB2, by GDAL -------------------------------------------------------------------------- */

#ifdef COSMO_WITH_GDAL
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>

static GDALDimensionH dimension(GDALGroupH root, const char *name, const char *unit, size_t n, const double *values)
{
    GDALExtendedDataTypeH real = GDALExtendedDataTypeCreate(GDT_Float64);
    GDALDimensionH made_dimension = GDALGroupCreateDimension(root, name, NULL, NULL, n, NULL);
    GDALMDArrayH array = GDALGroupCreateMDArray(root, name, 1, &made_dimension, real, NULL);
    const GUInt64 start = 0;
    ck_assert(GDALMDArrayWrite(array, &start, &n, NULL, NULL, real, values, values, n * sizeof *values));
    GDALMDArraySetUnit(array, unit);
    GDALMDArrayRelease(array);
    GDALExtendedDataTypeRelease(real);
    return made_dimension;
}

/* A quantity as 16-bit numbers with scale and offset; the present names of ERA5's dimensions. */
static void packed(GDALGroupH root, GDALDimensionH *dimensions, int what, const char *name, const char *unit,
                   double scale, double offset)
{
    GDALExtendedDataTypeH small = GDALExtendedDataTypeCreate(GDT_Int16);
    GDALMDArrayH array = GDALGroupCreateMDArray(root, name, 4, dimensions, small, NULL);
    GInt16 values[2 * 3 * 4 * 3];
    size_t n = 0;
    for (size_t t = 0; t < 2; t++)
        for (size_t z = 0; z < 3; z++)
            for (size_t i = 0; i < 4; i++)
                for (size_t k = 0; k < 3; k++, n++) {
                    const double value = truth(what, 0.0, hours[t], z, lats[i], lons[k]) * (what == HEIGHT ? G : 1.0);
                    values[n] = (GInt16)lround((value - offset) / scale);
                    if (what == EAST && z == 1 && i == 3) values[n] = -32767; /* missing at the southern edge */
                }
    const GUInt64 start[4] = {0};
    const size_t count[4] = {2, 3, 4, 3};
    GDALMDArraySetScale(array, scale);
    GDALMDArraySetOffset(array, offset);
    GDALMDArraySetUnit(array, unit);
    GDALMDArraySetNoDataValueAsDouble(array, -32767.0);
    ck_assert(GDALMDArrayWrite(array, start, count, NULL, NULL, small, values, values, sizeof values));
    GDALMDArrayRelease(array);
    GDALExtendedDataTypeRelease(small);
}

START_TEST(packed_netcdf_4)
{
    begin();
    const char *path = cosmo_file_join(arena, folder, "packed.nc");
    GDALAllRegister();
    GDALDriverH driver = GDALGetDriverByName("netCDF");
    if (driver == NULL) {
        printf("  skip: GDAL has no netCDF driver here\n");
        return;
    }
    double times[2];
    for (int i = 0; i < 2; i++) times[i] = JULY_2 + HOUR * hours[i];
    GDALDatasetH dataset = GDALCreateMultiDimensional(driver, path, NULL, NULL);
    ck_assert_ptr_nonnull(dataset);
    GDALGroupH root = GDALDatasetGetRootGroup(dataset);
    GDALDimensionH dimensions[4] = {dimension(root, "valid_time", "seconds since 1970-01-01", 2, times),
                                    dimension(root, "pressure_level", "hPa", 3, pressures),
                                    dimension(root, "latitude", "degrees_north", 4, lats),
                                    dimension(root, "longitude", "degrees_east", 3, lons)};
    packed(root, dimensions, EAST, "u", "m s**-1", 1e-3, 0.0);
    packed(root, dimensions, NORTH, "v", "m s**-1", 1e-3, 0.0);
    packed(root, dimensions, WARMTH, "t", "K", 2e-3, 270.0);
    packed(root, dimensions, HEIGHT, "z", "m**2 s**-2", 1.0, 30000.0);
    for (int i = 0; i < 4; i++) GDALDimensionRelease(dimensions[i]);
    GDALGroupRelease(root);
    GDALClose(dataset);
    read_at(path, 0, at(46.31, 62.87, JULY_2 + 1.5 * HOUR));
    compare(0.0, 1.5, 46.31, 62.87, 1.1e-3);
    read_at(path, 0, at(45.7, 62.1, JULY_2)); /* one level has no wind there, but its temperature */
    ck_assert_uint_eq(s.n, 3);
    ck_assert(isnan(s.wind_speed_m_s[1]) && !isnan(s.temperature_k[1]) && !isnan(s.wind_speed_m_s[0]));
}
END_TEST

typedef struct message {
    int what, level; /* -1: the ground's height; -2: 10 m above it */
} message;

/* A GRIB2 file of these messages, valid three hours after its reference time; `member` 0: no ensemble. */
static const char *make_grib(const char *name, const message *messages, int n, int n_members)
{
    static const int numbers[][2] = {{2, 2}, {2, 3}, {0, 0}, {3, 5}}; /* category and number in GRIB2's table 4.2 */
    char **options = CSLSetNameValue(NULL, "DATA_ENCODING", "IEEE_FLOATING_POINT");
    options = CSLSetNameValue(options, "DISCIPLINE", "0");
    options = CSLSetNameValue(options, "IDS",
                              "CENTER=7 SUBCENTER=0 MASTER_TABLE=2 SIGNF_REF_TIME=1 REF_TIME=2013-07-02T00:00:00Z "
                              "PROD_STATUS=0 TYPE=1");
    GDALDatasetH memory = GDALCreate(GDALGetDriverByName("MEM"), "", 3, 4, n * n_members, GDT_Float64, NULL);
    double corner[6] = {61.75, 0.5, 0.0, 47.25, 0.0, -0.5};
    OGRSpatialReferenceH lonlat = OSRNewSpatialReference(NULL);
    OSRImportFromEPSG(lonlat, 4326);
    OSRSetAxisMappingStrategy(lonlat, OAMS_TRADITIONAL_GIS_ORDER);
    GDALSetGeoTransform(memory, corner);
    GDALSetSpatialRef(memory, lonlat);
    OSRDestroySpatialReference(lonlat);
    for (int b = 0; b < n * n_members; b++) {
        const message *m = &messages[b % n];
        const double member = n_members > 1 ? b / n : 0.0;
        double values[12];
        for (size_t i = 0; i < 12; i++) {
            const double lat = lats[i / 3], lon = lons[i % 3];
            values[i] =
                m->level == -1 ? 900.0 : truth(m->what, member, 3.0, m->level < 0 ? 0 : (size_t)m->level, lat, lon);
            if (m->what == WARMTH) values[i] -= 273.15;
        }
        ck_assert_int_eq(
            GDALRasterIO(GDALGetRasterBand(memory, b + 1), GF_Write, 0, 0, 3, 4, values, 3, 4, GDT_Float64, 0, 0),
            CE_None);
        char key[48], text[160];
        snprintf(key, sizeof key, "BAND_%d_PDS_PDTN", b + 1);
        options = CSLSetNameValue(options, key, n_members > 1 ? "1" : "0");
        snprintf(key, sizeof key, "BAND_%d_PDS_TEMPLATE_ASSEMBLED_VALUES", b + 1);
        snprintf(text, sizeof text, "%d %d 2 0 96 0 0 1 3 %d 0 %d 255 -127 -2147483647%s", numbers[m->what][0],
                 numbers[m->what][1],
                 m->level == -1   ? 1
                 : m->level == -2 ? 103
                                  : 100,
                 m->level == -1   ? 0
                 : m->level == -2 ? 10
                                  : (int)(100.0 * pressures[m->level]),
                 n_members == 1 ? ""
                 : b / n == 0   ? " 1 0 2"
                                : " 3 1 2");
        options = CSLSetNameValue(options, key, text);
    }
    const char *path = cosmo_file_join(arena, folder, name);
    GDALDatasetH copy = GDALCreateCopy(GDALGetDriverByName("GRIB"), path, memory, 0, options, NULL, NULL);
    ck_assert_ptr_nonnull(copy);
    GDALClose(copy);
    GDALClose(memory);
    CSLDestroy(options);
    return path;
}

static const message whole[] = {{EAST, 2},   {NORTH, 2},  {WARMTH, 2}, {HEIGHT, 2}, {EAST, 0},
                                {NORTH, 0},  {WARMTH, 0}, {HEIGHT, 0}, {EAST, 1},   {NORTH, 1},
                                {WARMTH, 1}, {HEIGHT, 1}, {EAST, -2},  {NORTH, -2}, {HEIGHT, -1}};

START_TEST(grib2)
{
    begin();
    GDALAllRegister();
    if (GDALGetDriverByName("GRIB") == NULL) {
        printf("  skip: GDAL has no GRIB driver here\n");
        return;
    }
    const char *path = make_grib("gfs.grib2", whole, 12, 1);
    read_at(path, 0, at(46.31, 62.37, JULY_2 + 3.0 * HOUR));
    compare(0.0, 3.0, 46.31, 62.37, 1e-5);
    ck_assert_str_eq(s.valid_utc, "2013-07-02T03:00:00Z");
    refused(path, at(46.31, 62.37, JULY_2), "it holds 2013-07-02T03:00:00Z to 2013-07-02T03:00:00Z");
    path = make_grib("ens.grib2", whole, 12, 2);
    const cosmo_sounding_point point = at(46.31, 62.37, NAN);
    ck_assert_msg(cosmo_sounding_read_all(path, &point, arena, &run, &all) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(all.n, 2);
    s = ((const cosmo_sounding *)all.items)[1];
    compare(1.0, 3.0, 46.31, 62.37, 1e-5);
    path = make_grib("hole.grib2", whole, 11, 1);
    refused(path, at(46.31, 62.37, JULY_2 + 3.0 * HOUR),
            "the level 850 hPa of 2013-07-02T03:00:00Z has no geopotential");
}
END_TEST

/* With the ground's height, 900 m here: the level under it goes, and the wind at 10 m comes. */
START_TEST(the_ground)
{
    begin();
    if (GDALGetDriverByName("GRIB") == NULL) return;
    read_at(make_grib("ground.grib2", whole, 15, 1), 0, at(46.0, 62.5, JULY_2 + 3.0 * HOUR));
    ck_assert_uint_eq(s.n, 3);
    suite_error("the lowest level, 10 m above 900 gpm",
                s.altitude_m[0] - 6356766.0 * 900.0 / (6356766.0 - 900.0) - 10.0, "m", 1e-6);
    ck_assert(isnan(s.temperature_k[0]) && isnan(s.pressure_pa[0]));
    suite_error("its wind",
                s.wind_speed_m_s[0] -
                    hypot(truth(EAST, 0.0, 3.0, 0, 46.0, 62.5), truth(NORTH, 0.0, 3.0, 0, 46.0, 62.5)),
                "m/s", 1e-5);
    suite_error("the next is that of 850 hPa", s.pressure_pa[1] - 85000.0, "Pa", 1e-9);
}
END_TEST
#else
START_TEST(packed_netcdf_4)
{
    printf("  skip: built without GDAL\n");
}
END_TEST
START_TEST(grib2)
{
    printf("  skip: built without GDAL\n");
}
END_TEST
START_TEST(the_ground)
{
    printf("  skip: built without GDAL\n");
}
END_TEST
#endif

int main(void)
{
    static const unsigned char hdf[] = {'C', 'D', 'F', 1, 0, 0, 0, 0};
    const char *what;
    if (mkdtemp(folder) == NULL || !cosmo_gridded_known(hdf, sizeof hdf, &what)) return EXIT_FAILURE;
    if (!cosmo_raster_available()) {
        arena = cosmo_arena_create(0, NULL);
        cosmo_run_init(&run, arena);
        const char *path = cosmo_file_join(arena, folder, "a.nc");
        const cosmo_sounding_point point = at(46.0, 62.5, JULY_2);
        const bool well = cosmo_file_write(path, hdf, sizeof hdf, &run) == COSMO_OK &&
                          cosmo_sounding_read_at(path, 0, &point, arena, &run, &s) == COSMO_BAD_INPUT &&
                          strstr(run.message, "was built without GDAL") != NULL;
        printf("%s\n", well ? "skip: built without GDAL; the refusal is well" : run.message);
        return well ? 77 : EXIT_FAILURE;
    }
    const TTest *const tests[] = {era5_at_a_place_and_a_time,
                                  members_and_times_are_an_ensemble,
                                  what_is_refused,
                                  packed_netcdf_4,
                                  grib2,
                                  the_ground};
    const int status = suite_run("earth/gridded", tests, sizeof tests / sizeof tests[0]);
    char command[64];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    cosmo_arena_destroy(arena);
    return system(command) == 0 ? status : EXIT_FAILURE;
}
