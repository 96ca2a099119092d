/* Population on a grid: the default against the tables that it was made from, circles, countries, settlements, and
 * rasters made here, right and wrong. */
#include "earth/population.h"
#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"
#include "suite.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

static const double DEGREE = 3.14159265358979323846 / 180.0, PI = 3.14159265358979323846;
static cosmo_arena *arena;
static cosmo_run run;
static const cosmo_population *settled;
static cosmo_map map;

static void begin(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
}

static void open_all(void)
{
    begin();
    ck_assert_msg(cosmo_population_open(arena, &run, &settled) == COSMO_OK, "%s", run.message);
    ck_assert_ptr_nonnull(settled);
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
}

/* ---- the default ---------------------------------------------------------------------------------------------------
 */

START_TEST(it_loads_and_counts_the_world)
{
    begin();
    const clock_t start = clock();
    ck_assert_msg(cosmo_population_open(arena, &run, &settled) == COSMO_OK, "%s", run.message);
    printf("  loaded in %.3f s of processor time\n", (double)(clock() - start) / CLOCKS_PER_SEC);
    ck_assert_uint_le(settled->rows * settled->columns * sizeof(float), 100000000);
    ck_assert_uint_eq(settled->n_credits, 1);
    double area = 0.0;
    for (size_t r = 0; r < settled->rows; r++) area += settled->cell_area_m2[r] * (double)settled->columns;
    suite_error("area of the ellipsoid, against 510,065,621.7 km2", area * 1e-6 - 510065621.7, "km2", 0.1);
    /* World Population Prospects 2022 for 2023, with China as its census of 2020 counts it */
    suite_error("people, against 8.0453e9 - 1.42567e9 + 1.40978e9",
                cosmo_population_total(settled) / (8.0453e9 - 1.42567e9 + 1.40978e9) - 1.0, "", 0.002);
    for (size_t i = 0; i < settled->rows * settled->columns; i++)
        ck_assert(settled->people[i] >= 0.0f && settled->people[i] < 3e6f);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(it_keeps_the_totals_of_countries)
{
    const struct {
        const char *code;
        double people;
    } countries[] = {{"KZ", 20033800},   {"RU", 144444359}, {"CN", 1409778724}, {"MN", 3447157},   {"US", 339996563},
                     {"IN", 1428627663}, {"FR", 64756584},  {"GF", 312155},     {"BR", 216422446}, {"NZ", 5228100}};
    open_all();
    for (size_t i = 0; i < sizeof countries / sizeof countries[0]; i++) {
        double people;
        char label[64];
        ck_assert_int_eq(cosmo_population_in_country(settled, &map, countries[i].code, &run, &people), COSMO_OK);
        snprintf(label, sizeof label, "%s: %.5g people, against the table", countries[i].code, people);
        suite_error(label, people / countries[i].people - 1.0, "", 0.05); /* towns on a border go with their cell */
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* Lakes are parts of countries, and nobody lives on them. */
static bool in_lake(double lon, double lat)
{
    bool inside = false;
    for (size_t k = 0; k < map.n_lines; k++) {
        const cosmo_map_line *ring = &map.lines[k];
        if (ring->kind != COSMO_MAP_LAKE || ring->scale != 10) continue;
        if (lon < ring->west || lon > ring->east || lat < ring->south || lat > ring->north) continue;
        for (size_t i = 1; i < ring->n; i++) {
            const double y0 = ring->lat_deg[i - 1], y1 = ring->lat_deg[i], x0 = ring->lon_deg[i - 1];
            if ((y0 > lat) != (y1 > lat) && lon < x0 + (lat - y0) / (y1 - y0) * (ring->lon_deg[i] - x0))
                inside = !inside;
        }
    }
    return inside;
}

/* A grid of places, whatever lives there. */
START_TEST(no_land_of_a_country_is_empty)
{
    open_all();
    size_t asked = 0, least_at = 0;
    double least = 1.0;
    for (double lat = -54.0; lat < 83.0; lat += 1.73)
        for (double lon = -180.0; lon < 180.0; lon += 2.91) {
            const char *code = cosmo_map_country(&map, lat * DEGREE, lon * DEGREE);
            if (code == NULL || strcmp(code, "XX") == 0 || strcmp(code, "TF") == 0 || strcmp(code, "GS") == 0) continue;
            if (in_lake(lon, lat)) continue;
            const double density = cosmo_population_density(settled, lat * DEGREE, lon * DEGREE) * 1e6;
            ck_assert_msg(density > 0.0, "%s: nobody at %g %g", code, lat, lon);
            asked++;
            if (density >= least) continue;
            least = density;
            least_at = asked;
        }
    printf("  none of %zu places is empty; the least, place %zu: %.2g people/km2\n", asked, least_at, least);
    ck_assert_uint_ge(asked, 2000);
    suite_error("Baikonur, deep steppe: at least 0.005 people/km2",
                fmin(cosmo_population_density(settled, 45.0 * DEGREE, 65.5 * DEGREE) * 1e6 / 0.005 - 1.0, 0.0), "",
                0.0);
    ck_assert(cosmo_population_density(settled, 0.0, -150.0 * DEGREE) == 0.0);
    ck_assert(cosmo_population_density(NULL, 0.0, 0.0) == 0.0);
    ck_assert(cosmo_population_density(settled, (double)NAN, 0.0) == 0.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(a_city_is_where_it_should_be)
{
    open_all();
    /* Almaty, 2,275,541 people: a disc of 17 km at 2,500 people/km2 */
    const double almaty = cosmo_population_in_circle(settled, 43.25 * DEGREE, 76.92 * DEGREE, 25e3);
    suite_error("Almaty in a circle of 25 km", almaty / 2275541.0 - 1.0, "", 0.15);
    const double centre = cosmo_population_density(settled, 43.25 * DEGREE, 76.92 * DEGREE) * 1e6;
    suite_error("density in its middle, against 2,500 people/km2", centre / 2500.0 - 1.0, "", 0.1);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(without_the_pack_nobody_lives_anywhere_and_a_warning_says_so)
{
    begin();
    run.data_folder = "tests";
    ck_assert_int_eq(cosmo_population_open(arena, &run, &settled), COSMO_OK);
    ck_assert_ptr_null(settled);
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_int_eq(run.notes[0].kind, COSMO_NOTE_WARNING);
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- circles -------------------------------------------------------------------------------------------------------
 */

/* The same density everywhere: people in a circle are its area. A geodesic circle of radius r on the sphere has
 * 4 pi R^2 sin^2(r / 2 R). */
START_TEST(circles_of_an_even_population)
{
    begin();
    enum { ROWS = 720, COLUMNS = 1440 };
    cosmo_population even = {
        .west_deg = -180.0, .south_deg = -90.0, .step_deg = 0.25, .columns = COLUMNS, .rows = ROWS};
    float *people = cosmo_arena_array(arena, ROWS * COLUMNS, sizeof *people);
    even.people = people;
    ck_assert_int_eq(cosmo_population_measure(&even, arena, &run), COSMO_OK);
    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLUMNS; c++) people[r * COLUMNS + c] = (float)(even.cell_area_m2[r] * 1e-5);
    const double places[5][3] = {
        {46.0, 63.3, 60e3}, {0.0, 179.99, 300e3}, {-88.0, 10.0, 500e3}, {66.0, -179.9, 5e3}, {28.0, 102.0, 1e6}};
    for (int i = 0; i < 5; i++) {
        const double radius = places[i][2], half = sin(0.5 * radius / 6371008.8);
        const double found = cosmo_population_in_circle(&even, places[i][0] * DEGREE, places[i][1] * DEGREE, radius);
        char label[64];
        snprintf(label, sizeof label, "circle of %g km at %g %g", radius * 1e-3, places[i][0], places[i][1]);
        /* the ellipsoid's curvature differs by up to 0.5 % from the sphere's */
        suite_error(label, found / (1e-5 * 4.0 * PI * 6371008.8 * 6371008.8 * half * half) - 1.0, "", 0.006);
    }
    ck_assert(cosmo_population_in_circle(&even, 0.0, 0.0, 0.0) == 0.0);
    ck_assert(cosmo_population_in_circle(&even, (double)NAN, 0.0, 1.0) == 0.0);
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- settlements ---------------------------------------------------------------------------------------------------
 */

START_TEST(nearest_settlements_as_by_asking_all)
{
    open_all();
    const cosmo_settlements *index;
    ck_assert_int_eq(cosmo_settlement_index(&map, arena, &run, &index), COSMO_OK);
    const double places[][2] = {{47.4, 66.4},    {51.4, 87.2},    {90.0, 0.0},   {-90.0, 50.0},
                                {0.0, 180.0},    {-40.0, -179.9}, {66.0, 179.9}, {30.0, -40.0},
                                {-48.9, -123.4}, {45.6, 63.3},    {85.0, -30.0}, {28.2, 102.0}};
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
        const cosmo_geodetic here = {places[k][0] * DEGREE, places[k][1] * DEGREE, 0.0};
        double distance, least = (double)INFINITY;
        const cosmo_place *place = cosmo_settlement_nearest(index, here.latitude_rad, here.longitude_rad, &distance);
        for (size_t i = 0; i < map.n_places; i++)
            least =
                fmin(least, cosmo_sphere_between(here, (cosmo_geodetic){map.places[i].latitude_deg * DEGREE,
                                                                        map.places[i].longitude_deg * DEGREE, 0.0}));
        printf("  %6.1f %7.1f: %s, %.1f km\n", places[k][0], places[k][1], place->name, distance * 1e-3);
        suite_error("nearest, against the nearest of all", distance - least, "m", 1e-3);
    }
    ck_assert_ptr_null(cosmo_settlement_nearest(index, (double)NAN, 0.0, NULL));
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- rasters -------------------------------------------------------------------------------------------------------
 */

static char folder[] = "/tmp/cosmo-people-XXXXXX";
static const char WGS84[] = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                            "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]]";
static const char MOLLWEIDE[] = "PROJCS[\"World_Mollweide\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\","
                                "6378137,298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"
                                "PROJECTION[\"Mollweide\"],PARAMETER[\"central_meridian\",0],"
                                "PARAMETER[\"false_easting\",0],PARAMETER[\"false_northing\",0],UNIT[\"metre\",1]]";

static void rasters_begin(void)
{
    open_all();
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void rasters_end(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    cosmo_arena_destroy(arena);
}

/* An ASCII grid whose pixels all hold `value`, but for the first, which holds `first`. */
static const char *raster(const char *name, int columns, int rows, double west, double south, double step, double value,
                          double first, const char *reference)
{
    cosmo_text text = cosmo_text_begin(arena);
    cosmo_text_print(&text, "ncols %d\nnrows %d\nxllcorner %.9g\nyllcorner %.9g\ncellsize %.9g\nNODATA_value -200\n",
                     columns, rows, west, south, step);
    for (int i = 0; i < rows * columns; i++)
        cosmo_text_print(&text, "%.9g%c", i == 0 ? first : value, i % columns == columns - 1 ? '\n' : ' ');
    const char *prj = cosmo_file_join(arena, folder, cosmo_arena_print(arena, "%s.prj", name));
    const char *path = cosmo_file_join(arena, folder, cosmo_arena_print(arena, "%s.asc", name));
    ck_assert_int_eq(cosmo_file_write(prj, reference, strlen(reference), &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_write(path, text.data, text.length, &run), COSMO_OK);
    return path;
}

static const cosmo_population *grid_of(const char *path, cosmo_population_kind kind, const cosmo_population_area *area,
                                       double step_deg, const cosmo_population *reference)
{
    const cosmo_population_file file = {path, 1, kind, area, step_deg};
    const cosmo_population *read;
    ck_assert_msg(cosmo_population_raster_read(&file, reference, arena, &run, &read) == COSMO_OK, "%s", run.message);
    return read;
}

START_TEST(rasters_keep_their_people)
{
    if (!cosmo_raster_available()) return;
    rasters_begin();
    const double count = 37.0 * 29.0 * 7.0;
    const char *odd = raster("odd", 37, 29, 63.0137, 45.0071, 0.0731, 7.0, 7.0, WGS84);
    suite_error("pixels across the cells: people kept",
                cosmo_population_total(grid_of(odd, COSMO_POPULATION_COUNT, NULL, 0.0, NULL)) / count - 1.0, "", 1e-6);
    const char *metres = raster("metres", 37, 29, 2000000.0, 5600000.0, 5000.0, 7.0, 7.0, MOLLWEIDE);
    suite_error("an equal-area projection: people kept",
                cosmo_population_total(grid_of(metres, COSMO_POPULATION_COUNT, NULL, 0.0, NULL)) / count - 1.0, "",
                1e-6);
    suite_error("and its densities: 7 people/km2 on 37 x 29 pixels of 25 km2",
                cosmo_population_total(grid_of(metres, COSMO_POPULATION_DENSITY, NULL, 0.0, NULL)) / (25.0 * count) -
                    1.0,
                "", 2e-3); /* the map is of a sphere with the equator's radius, the area the ellipsoid's */
    const char *fine = raster("fine", 40, 40, 178.0, 60.0, 0.1, 5.0, -200.0, WGS84);
    const cosmo_population_area across = {179.0, 61.0, -179.0, 63.0};
    const cosmo_population *dateline = grid_of(fine, COSMO_POPULATION_COUNT, &across, 0.1, NULL);
    suite_error("across the 180th meridian", cosmo_population_total(dateline) - 20.0 * 20.0 * 5.0, "people", 1e-2);
    const double density = cosmo_population_density(dateline, 62.05 * DEGREE, -179.55 * DEGREE);
    suite_error("density there", density * dateline->cell_area_m2[10] - 5.0, "people", 1e-3);
    rasters_end();
}
END_TEST

START_TEST(beyond_the_file_is_the_default)
{
    if (!cosmo_raster_available()) return;
    rasters_begin();
    const char *path = raster("small", 12, 12, 66.0, 47.0, 1.0 / 12.0, 60.0, -200.0, WGS84);
    const cosmo_population_area area = {65.0, 46.0, 68.0, 49.0};
    const size_t before = run.n_notes;
    const cosmo_population *read = grid_of(path, COSMO_POPULATION_COUNT, &area, 0.0, settled);
    for (size_t i = before; i < run.n_notes; i++) printf("  %s\n", run.notes[i].text);
    const double inside = cosmo_population_density(read, 47.5 * DEGREE, 66.5 * DEGREE) * read->cell_area_m2[18];
    suite_error("inside: the file", inside - 60.0, "people", 1e-3);
    const double lat = 46.54 * DEGREE, lon = 65.54 * DEGREE;
    suite_error("outside: the default",
                cosmo_population_density(read, lat, lon) / cosmo_population_density(settled, lat, lon) - 1.0, "", 1e-6);
    suite_error("nodata: nobody", cosmo_population_density(read, 47.96 * DEGREE, 66.04 * DEGREE), "people/m2", 0.0);
    ck_assert(cosmo_population_density(read, 50.0 * DEGREE, 66.0 * DEGREE) == 0.0);
    rasters_end();
}
END_TEST

static void refused(const char *path, cosmo_population_kind kind, const cosmo_population_area *area, double step_deg,
                    const char *reason)
{
    const cosmo_population_file file = {path, 1, kind, area, step_deg};
    const cosmo_population *read;
    ck_assert_int_eq(cosmo_population_raster_read(&file, settled, arena, &run, &read), COSMO_BAD_INPUT);
    printf("  %s\n", run.message + strlen(folder) + 1);
    ck_assert_ptr_null(read);
    ck_assert_msg(strncmp(run.message, path, strlen(path)) == 0 && strstr(run.message, ": error: ") != NULL &&
                      strstr(run.message, reason) != NULL && strchr(run.message, '\n') == NULL,
                  "%s", run.message);
}

START_TEST(wrong_rasters_are_one_line)
{
    if (!cosmo_raster_available()) return;
    rasters_begin();
    const cosmo_population_area steppe = {60.0, 45.0, 70.0, 50.0}, everything = {-180.0, -90.0, 180.0, 90.0};
    const char *sign = raster("sign", 10, 10, 63.0, 46.0, 0.1, 50.0, -3.0, WGS84);
    refused(sign, COSMO_POPULATION_COUNT, NULL, 0.0, "the sign is wrong");
    const char *metres = raster("metres", 10, 10, 2000000.0, 5600000.0, 1000.0, 50.0, 50.0, WGS84);
    refused(metres, COSMO_POPULATION_COUNT, NULL, 0.0, "the reference system is wrong");
    const char *degrees = raster("degrees", 100, 50, 60.0, 45.0, 0.1, 1000.0, 1000.0, MOLLWEIDE);
    refused(degrees, COSMO_POPULATION_COUNT, NULL, 0.0, "in metres or feet, and it reaches from 60 to 70");
    const char *elsewhere = raster("elsewhere", 10, 10, -70.0, -30.0, 0.1, 1000.0, 1000.0, WGS84);
    refused(elsewhere, COSMO_POPULATION_COUNT, &steppe, 0.0, "does not reach the area");
    const char *density = raster("density", 60, 60, 70.0, 20.0, 0.1, 300.0, 300.0, WGS84);
    refused(density, COSMO_POPULATION_COUNT, NULL, 0.0, "did you mean 'kind: density'?");
    const char *count = raster("count", 60, 60, 76.0, 22.0, 0.1, 40000.0, 40000.0, WGS84);
    refused(count, COSMO_POPULATION_DENSITY, NULL, 0.0, "did you mean 'kind: count'?");
    refused(count, COSMO_POPULATION_COUNT, &everything, 0.01, "more than 25 million cells");
    const char *nowhere = raster("nowhere", 2, 2, 3e7, 3e7, 1000.0, 1.0, 1.0, MOLLWEIDE);
    refused(nowhere, COSMO_POPULATION_COUNT, NULL, 0.0, "no part of it lies on the Earth");
    rasters_end();
}
END_TEST

COSMO_SUITE("earth/population", it_loads_and_counts_the_world, it_keeps_the_totals_of_countries,
            no_land_of_a_country_is_empty, a_city_is_where_it_should_be,
            without_the_pack_nobody_lives_anywhere_and_a_warning_says_so, circles_of_an_even_population,
            nearest_settlements_as_by_asking_all, rasters_keep_their_people, beyond_the_file_is_the_default,
            wrong_rasters_are_one_line)
