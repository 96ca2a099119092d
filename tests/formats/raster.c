/* Rasters through GDAL: known values, windows, places, and one clear line for what cannot be read. The rasters are made
 * here as Arc/Info ASCII grids with a .prj beside them, and as ENVI files, which need nothing but text and bytes. */
#include "cosmodrome/formats.h"
#include "suite.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static cosmo_arena *arena;
static cosmo_run run;
static char folder[] = "/tmp/cosmo-raster-XXXXXX";
static const char GRID[] = "ncols 4\nnrows 3\nxllcorner 60\nyllcorner 45\ncellsize 0.5\nNODATA_value -9999\n"
                           "1 2 3 4\n5 6 -9999 8\n9 10 11 12\n";
static const char WGS84[] = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                            "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
static const char MOLLWEIDE[] = "PROJCS[\"World_Mollweide\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\","
                                "6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
                                "PROJECTION[\"Mollweide\"],PARAMETER[\"central_meridian\",0],"
                                "PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

static void raster_begin(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void raster_end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    cosmo_arena_destroy(arena);
}

static const char *raster_put(const char *name, const void *data, size_t bytes)
{
    const char *path = cosmo_file_join(arena, folder, name);
    ck_assert_int_eq(cosmo_file_write(path, data, bytes, &run), COSMO_OK);
    return path;
}

/* An ASCII grid NAME.asc, with NAME.prj where a reference system is given. */
static const char *raster_grid(const char *name, const char *text, const char *reference)
{
    char file[64];
    if (reference != NULL) {
        snprintf(file, sizeof file, "%s.prj", name);
        raster_put(file, reference, strlen(reference));
    }
    snprintf(file, sizeof file, "%s.asc", name);
    return raster_put(file, text, strlen(text));
}

static void raster_refused(const char *path, int band, const char *reason)
{
    cosmo_raster *raster;
    ck_assert_int_eq(cosmo_raster_open(path, band, arena, &run, &raster), COSMO_BAD_INPUT);
    printf("  %s\n", run.message + strlen(folder) + 1);
    ck_assert_ptr_null(raster);
    ck_assert_msg(strncmp(run.message, path, strlen(path)) == 0 && strstr(run.message, ": error: ") != NULL &&
                      strstr(run.message, reason) != NULL && strchr(run.message, '\n') == NULL,
                  "%s", run.message);
}

static cosmo_raster *raster_here(const char *path)
{
    cosmo_raster *raster;
    ck_assert_msg(cosmo_raster_open(path, 1, arena, &run, &raster) == COSMO_OK, "%s", run.message);
    return raster;
}

START_TEST(windows_have_the_values_of_the_file)
{
    if (!cosmo_raster_available()) return;
    raster_begin();
    cosmo_raster *raster = raster_here(raster_grid("grid", GRID, WGS84));
    const cosmo_raster_shape shape = cosmo_raster_describe(raster);
    ck_assert_uint_eq(shape.columns, 4);
    ck_assert_uint_eq(shape.rows, 3);
    double values[12];
    ck_assert_msg(cosmo_raster_read(raster, 0, 0, 4, 3, values, &run) == COSMO_OK, "%s", run.message);
    for (int i = 0; i < 12; i++)
        ck_assert_msg(i == 6 ? isnan(values[i]) : values[i] == i + 1.0, "value %d: %g", i, values[i]);
    ck_assert_int_eq(cosmo_raster_read(raster, 1, 1, 2, 2, values, &run), COSMO_OK);
    ck_assert(values[0] == 6.0 && isnan(values[1]) && values[2] == 10.0 && values[3] == 11.0);
    ck_assert_int_eq(cosmo_raster_read(raster, 3, 0, 2, 1, values, &run), COSMO_BAD_INPUT);
    ck_assert_int_eq(cosmo_raster_read(raster, SIZE_MAX, 0, 2, 1, values, &run), COSMO_BAD_INPUT);
    cosmo_raster_close(raster);
    raster_end();
}
END_TEST

START_TEST(places_of_pixels)
{
    if (!cosmo_raster_available()) return;
    raster_begin();
    cosmo_raster *raster = raster_here(raster_grid("grid", GRID, WGS84));
    double x[2] = {0.0, 4.0}, y[2] = {0.0, 1.5};
    cosmo_raster_to_lonlat(raster, 2, x, y);
    suite_error("west edge of the grid", x[0] - 60.0, "deg", 1e-12);
    suite_error("north edge of the grid", y[0] - 46.5, "deg", 1e-12);
    suite_error("east edge of the grid", x[1] - 62.0, "deg", 1e-12);
    cosmo_raster_from_lonlat(raster, 2, x, y);
    suite_error("and back", x[1] - 4.0 + y[1] - 1.5, "pixels", 1e-9);
    cosmo_raster_close(raster);
    raster_end();
}
END_TEST

/* Snyder 1987, p. 252: on the sphere of radius a, x = 2 sqrt(2) a / pi lon cos(theta), and at the equator theta = 0. */
START_TEST(places_on_a_mollweide_map)
{
    if (!cosmo_raster_available()) return;
    raster_begin();
    const char text[] =
        "ncols 2\nnrows 2\nxllcorner 0\nyllcorner -1000\ncellsize 1000\nNODATA_value -200\n1 2\n3 -200\n";
    cosmo_raster *raster = raster_here(raster_grid("mollweide", text, MOLLWEIDE));
    double x[2] = {2.0, 1e6}, y[2] = {1.0, 1.0};
    cosmo_raster_to_lonlat(raster, 2, x, y);
    const double expected = 2000.0 * 3.14159265358979323846 / (2.0 * sqrt(2.0) * 6378137.0) * 57.29577951308232;
    suite_error("2 km along the equator of a Mollweide map", x[0] - expected, "deg", 1e-9);
    suite_error("latitude there", y[0], "deg", 1e-9);
    ck_assert_msg(isnan(x[1]) && isnan(y[1]), "off the Earth: %g %g", x[1], y[1]);
    cosmo_raster_close(raster);
    raster_end();
}
END_TEST

START_TEST(what_cannot_be_read_is_one_line)
{
    if (!cosmo_raster_available()) return;
    raster_begin();
    raster_refused(cosmo_file_join(arena, folder, "none.tif"), 1, "no such file");
    raster_refused(folder, 1, "no such file");
    raster_refused(raster_put("text.tif", "hello\n", 6), 1, "not a raster");
    raster_refused(raster_put("stump.tif", "II*\0\xff\xff\xff\x7f", 8), 1, "damaged");
    raster_refused(raster_grid("nowhere", GRID, NULL), 1, "no coordinate reference system");
    raster_refused(raster_grid("bands", GRID, WGS84), 2, "no band 2");
    const char metres[] = "ncols 2\nnrows 1\nxllcorner 187000\nyllcorner 5816000\ncellsize 1000\n1 2\n";
    raster_refused(raster_grid("metres", metres, WGS84), 1, "the reference system is wrong");
    const char head[] = "ENVI\nsamples = 2\nlines = 2\nbands = 1\ndata type = 1\ninterleave = bsq\nfile type = ENVI "
                        "Standard\nmap info = {Geographic Lat/Lon, 1, 1, 60, 45, 0.5, 0.5, WGS-84, units=Degrees, "
                        "rotation=20}\n";
    raster_put("turned.hdr", head, strlen(head));
    raster_refused(raster_put("turned.img", "\1\2\3\4", 4), 1, "rotated");
    raster_end();
}
END_TEST

/* What is written reads back: values, places, bands; the same bytes twice. */
START_TEST(written_grids_read_back)
{
    static const char *const bands[] = {"one", "two"};
    static float values[2 * 3 * 4];
    for (int i = 0; i < 24; i++) values[i] = (float)i * 1.1e-7f;
    const cosmo_grid grid = {60.0, 46.5, 0.5, 0.25, 4, 3, 2, bands, values};
    const void *data[2];
    size_t bytes[2];
    raster_begin();
    if (!cosmo_raster_available()) {
        ck_assert_int_eq(cosmo_raster_geotiff(&grid, arena, &run, &data[0], &bytes[0]), COSMO_BAD_INPUT);
        raster_end();
        return;
    }
    for (int i = 0; i < 2; i++)
        ck_assert_msg(cosmo_raster_geotiff(&grid, arena, &run, &data[i], &bytes[i]) == COSMO_OK, "%s", run.message);
    ck_assert(bytes[0] == bytes[1] && memcmp(data[0], data[1], bytes[0]) == 0);
    const char *path = raster_put("written.tif", data[0], bytes[0]);
    for (int band = 1; band <= 2; band++) {
        cosmo_raster *raster;
        double read[12], x = 2.5, y = 0.5;
        ck_assert_msg(cosmo_raster_open(path, band, arena, &run, &raster) == COSMO_OK, "%s", run.message);
        ck_assert(cosmo_raster_describe(raster).columns == 4 && cosmo_raster_describe(raster).rows == 3);
        ck_assert_int_eq(cosmo_raster_read(raster, 0, 0, 4, 3, read, &run), COSMO_OK);
        for (int i = 0; i < 12; i++) ck_assert(read[i] == (double)values[(band - 1) * 12 + i]);
        cosmo_raster_to_lonlat(raster, 1, &x, &y);
        ck_assert_double_eq_tol(x, 61.25, 1e-9);
        ck_assert_double_eq_tol(y, 46.375, 1e-9);
        cosmo_raster_close(raster);
    }
    raster_end();
}
END_TEST

START_TEST(a_build_without_gdal_says_so)
{
    if (cosmo_raster_available()) return;
    raster_begin();
    raster_refused(raster_grid("grid", GRID, WGS84), 1, "built without GDAL");
    raster_end();
}
END_TEST

COSMO_SUITE("formats/raster", windows_have_the_values_of_the_file, places_of_pixels, places_on_a_mollweide_map,
            what_cannot_be_read_is_one_line, written_grids_read_back, a_build_without_gdal_says_so)
