/* netCDF files: the same bytes twice, the bytes that the format's description asks for, names that are none. What other
 * programs read from them: formats/gridded.c here, and GDAL in formats/gdalinfo.sh. */
#include "cosmodrome/formats.h"
#include "suite.h"

#include <string.h>

static const double times[] = {0.0, 600.0}, north[] = {46.0, 45.5, 45.0}, east[] = {62.0, 62.5};
static const cosmo_netcdf_axis axes[] = {
    {.name = "time",
     .standard_name = "time",
     .long_name = "time",
     .unit = "seconds since 2013-07-02 02:38:22",
     .calendar = "standard",
     .axis = 'T',
     .n = 2,
     .values = times},
    {.name = "latitude",
     .standard_name = "latitude",
     .long_name = "latitude",
     .unit = "degrees_north",
     .axis = 'Y',
     .n = 3,
     .values = north},
    {.name = "longitude",
     .standard_name = "longitude",
     .long_name = "longitude",
     .unit = "degrees_east",
     .axis = 'X',
     .n = 2,
     .values = east},
};
static float air[12], soil[6];
static cosmo_netcdf_variable variables[] = {
    {.name = "no2",
     .standard_name = "mass_concentration_of_nitrogen_dioxide_in_air",
     .long_name = "NO2 near the ground",
     .unit = "kg m-3",
     .cell_methods = "time: mean",
     .n_axes = 3,
     .axes = {0, 1, 2},
     .values = air},
    {.name = "udmh_dry",
     .long_name = "UDMH deposited dry",
     .unit = "kg m-2",
     .n_axes = 2,
     .axes = {1, 2},
     .values = soil},
};
static cosmo_netcdf made = {.title = "a test",
                            .source = "cosmodrome",
                            .history = "cosmodrome toxics",
                            .n_axes = 3,
                            .n_variables = 2,
                            .axes = axes,
                            .variables = variables};
static cosmo_arena *arena;
static cosmo_run run;
static const unsigned char *data;
static size_t bytes;

static cosmo_status make(void)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    for (int i = 0; i < 12; i++) air[i] = i == 7 ? NAN : 1e-6f * (float)i;
    for (int i = 0; i < 6; i++) soil[i] = 0.5f * (float)i;
    const void *out;
    const cosmo_status status = cosmo_netcdf_write(&made, arena, &run, &out, &bytes);
    data = out;
    return status;
}

static size_t find(const char *name)
{
    const size_t length = strlen(name);
    for (size_t i = 0; i + length < bytes; i++)
        if (memcmp(data + i, name, length) == 0) return i;
    ck_abort_msg("'%s' is not in the file", name);
    return 0;
}

START_TEST(bytes_as_the_format_says)
{
    ck_assert_msg(make() == COSMO_OK, "%s", run.message);
    static const unsigned char begin[] = {'C', 'D', 'F', 2, 0, 0, 0,   0,   0,   0,   0, 10, 0, 0,
                                          0,   3,   0,   0, 0, 4, 't', 'i', 'm', 'e', 0, 0,  0, 2};
    ck_assert_mem_eq(data, begin, sizeof begin);
    ck_assert_uint_eq(bytes % 4, 0);
    /* the last variable's values are the file's end: 0, 0.5, 1, 1.5, 2, 2.5 */
    static const unsigned char tail[] = {0,    0,    0, 0, 0x3f, 0, 0, 0, 0x3f, 0x80, 0, 0,
                                         0x3f, 0xc0, 0, 0, 0x40, 0, 0, 0, 0x40, 0x20, 0, 0};
    ck_assert_mem_eq(data + bytes - sizeof tail, tail, sizeof tail);
    static const unsigned char missing[] = {0x7f, 0xc0, 0, 0};
    ck_assert_mem_eq(data + bytes - sizeof tail - 48 + 28, missing, 4);
    find("CF-1.8");
    find("mass_concentration_of_nitrogen_dioxide_in_air");
    find("latitude_longitude");
    find("cell_methods");
    const char *folder = getenv("COSMO_SAMPLES"); /* for tests/formats/gdalinfo.sh */
    if (folder == NULL) return;
    ck_assert_int_eq(cosmo_file_write(cosmo_file_join(arena, folder, "sample.nc"), data, bytes, &run), COSMO_OK);
}
END_TEST

START_TEST(same_input_same_bytes)
{
    ck_assert_int_eq(make(), COSMO_OK);
    char first[65], second[65];
    cosmo_hash_sha256(data, bytes, first);
    ck_assert_int_eq(make(), COSMO_OK);
    cosmo_hash_sha256(data, bytes, second);
    ck_assert_str_eq(first, second);
}
END_TEST

START_TEST(what_is_refused)
{
    variables[0].name = "2no";
    ck_assert_int_eq(make(), COSMO_INTERNAL);
    variables[0].name = "udmh_dry";
    ck_assert_int_eq(make(), COSMO_INTERNAL);
    variables[0].name = "latitude";
    ck_assert_int_eq(make(), COSMO_INTERNAL);
    variables[0].name = "no2";
    variables[0].axes[2] = 3;
    ck_assert_int_eq(make(), COSMO_INTERNAL);
    variables[0].axes[2] = 2;
    static cosmo_netcdf_axis wide[3];
    memcpy(wide, axes, sizeof wide);
    wide[1].n = wide[2].n = 40000;
    made.axes = wide;
    ck_assert_int_eq(make(), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "'no2' has 1.28e+10 bytes"));
    made.axes = axes;
    cosmo_arena_destroy(arena);
    arena = NULL;
}
END_TEST

COSMO_SUITE("formats/netcdf", bytes_as_the_format_says, same_input_same_bytes, what_is_refused)
