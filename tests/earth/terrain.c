/* Terrain against surveyed heights of known places, the grid's edges, and packs that are absent or damaged. */
#include "cosmodrome/earth.h"
#include "earth/pack.h"
#include "suite.h"
#include <string.h>

static const double DEGREE = 3.14159265358979323846 / 180.0;
static cosmo_arena *arena;
static cosmo_run run;

static const cosmo_terrain *terrain_here(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    const cosmo_terrain *terrain;
    ck_assert_msg(cosmo_terrain_open(arena, &run, &terrain) == COSMO_OK, "%s", run.message);
    ck_assert_ptr_nonnull(terrain);
    return terrain;
}

static double height(const cosmo_terrain *terrain, double lat_deg, double lon_deg)
{
    return cosmo_terrain_height_m(terrain, lat_deg * DEGREE, lon_deg * DEGREE);
}

/* Surveyed heights: aerodrome and site elevations of public charts and gazetteers. The bound is what a 5 arcminute
 * grid can do there: 50 m on plains, several hundred in mountains. */
START_TEST(surveyed_places)
{
    const struct {
        const char *name;
        double lat_deg, lon_deg, height_m, bound_m;
    } places[] = {
        {"Baikonur, Site 1", 45.92, 63.342, 90, 30},
        {"Astana airport", 51.022, 71.467, 355, 50},
        {"Zhezkazgan airport", 47.708, 67.733, 380, 50},
        {"Barnaul airport", 53.364, 83.538, 255, 100},
        {"Plesetsk", 62.925, 40.577, 120, 60},
        {"Vostochny", 51.884, 128.334, 280, 100},
        {"Jiuquan", 40.958, 100.291, 1000, 250},
        {"Xichang", 28.246, 102.027, 1830, 450},
        {"Cape Canaveral", 28.56, -80.577, 3, 10},
        {"Kourou", 5.239, -52.768, 10, 40},
        {"Lhasa", 29.65, 91.1, 3650, 1000},
        {"Ulaanbaatar", 47.92, 106.92, 1300, 400},
        {"Denver", 39.74, -104.99, 1600, 100},
        {"La Paz, El Alto", -16.51, -68.19, 4060, 250},
        {"South Pole", -90.0, 0.0, 2835, 60},
        {"Vostok station", -78.464, 106.837, 3488, 60},
        {"Caspian Sea", 42.0, 50.5, -28, 5},
        {"Dead Sea, its west shore", 31.45, 35.39, -430, 60},
        {"Turpan", 42.95, 89.17, 30, 300},
        {"Lake Baikal", 53.5, 108.0, 456, 10},
        {"Lake Balkhash", 46.2, 74.3, 341, 30},
        {"Lake Superior", 47.7, -87.5, 183, 100},
        {"Kwajalein lagoon", 8.9, 167.6, 0, 10},
        {"mid Pacific", 0.0, -150.0, 0, 0},
        {"Black Sea", 43.0, 34.0, 0, 0},
        {"North Pole", 90.0, 0.0, 0, 0},
        {"Hudson Bay", 60.0, -85.0, 0, 0},
        {"Gulf of Mexico", 25.0, -90.0, 0, 0},
    };
    const cosmo_terrain *terrain = terrain_here();
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
        suite_error(places[i].name, height(terrain, places[i].lat_deg, places[i].lon_deg) - places[i].height_m, "m",
                    places[i].bound_m);
    cosmo_arena_destroy(arena);
}
END_TEST

/* GeoNames' heights of all settlements are another source (SRTM): the distribution printed is the one in the note. */
START_TEST(settlements_of_the_world)
{
    const cosmo_terrain *terrain = terrain_here();
    cosmo_map map;
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    size_t known = 0, within_110 = 0, within_540 = 0;
    for (size_t i = 0; i < map.n_places; i++) {
        const cosmo_place *place = &map.places[i];
        if (isnan(place->elevation_m)) continue;
        const double error = fabs(height(terrain, place->latitude_deg, place->longitude_deg) - place->elevation_m);
        known++;
        within_110 += error <= 110.0;
        within_540 += error <= 540.0;
    }
    printf("  %zu settlements: %.1f %% within 110 m, %.1f %% within 540 m\n", known,
           100.0 * (double)within_110 / (double)known, 100.0 * (double)within_540 / (double)known);
    ck_assert_uint_gt(known, 150000);
    ck_assert_double_gt((double)within_110 / (double)known, 0.68);
    ck_assert_double_gt((double)within_540 / (double)known, 0.95);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(bilinear_and_round_the_earth)
{
    const cosmo_terrain *terrain = terrain_here();
    const double step = 1.0 / 12.0;
    const double a = height(terrain, 50.0, 86.0), b = height(terrain, 50.0, 86.0 + step);
    const double c = height(terrain, 50.0 + step, 86.0), d = height(terrain, 50.0 + step, 86.0 + step);
    suite_error("a node is a whole number of metres", a - round(a), "m", 1e-7);
    suite_error("middle of an edge", height(terrain, 50.0, 86.0 + step / 2) - (a + b) / 2, "m", 1e-7);
    suite_error("middle of a cell", height(terrain, 50.0 + step / 2, 86.0 + step / 2) - (a + b + c + d) / 4, "m", 1e-7);
    suite_error("180 west is 180 east", height(terrain, 71.2, 180.0) - height(terrain, 71.2, -180.0), "m", 1e-7);
    suite_error("a turn more", height(terrain, 45.0, 70.3) - height(terrain, 45.0, 430.3), "m", 1e-6);
    suite_error("a turn less", height(terrain, 45.0, 300.3) - height(terrain, 45.0, -59.7), "m", 1e-6);
    suite_error("continuous over Greenwich", height(terrain, 47.0, -1e-9) - height(terrain, 47.0, 1e-9), "m", 1e-4);
    suite_error("continuous over the date line",
                height(terrain, 68.0, 180.0 - 1e-9) - height(terrain, 68.0, -180.0 + 1e-9), "m", 1e-4);
    suite_error("the south pole from any side", height(terrain, -90.0, 123.4) - height(terrain, -90.0, -77.0), "m",
                1e-9);
    suite_error("beyond a pole is the pole", height(terrain, -90.1, 5.0) - height(terrain, -90.0, 5.0), "m", 1e-9);
    ck_assert_double_eq(cosmo_terrain_height_m(terrain, NAN, 0.0), 0.0);
    ck_assert_double_eq(cosmo_terrain_height_m(terrain, 0.5, INFINITY), 0.0);
    ck_assert_double_eq(cosmo_terrain_height_m(NULL, 0.5, 0.5), 0.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(absent_pack_is_an_assumption)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    const char *const folders[] = {NULL, "tests/no-such-folder"};
    for (size_t i = 0; i < 2; i++) {
        run.data_folder = folders[i];
        const cosmo_terrain *terrain;
        ck_assert_int_eq(cosmo_terrain_open(arena, &run, &terrain), COSMO_OK);
        ck_assert_ptr_null(terrain);
    }
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_int_eq(run.notes[0].kind, COSMO_NOTE_ASSUMPTION);
    ck_assert_ptr_nonnull(strstr(run.notes[0].text, "ellipsoid"));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(pack_is_an_input_of_the_run)
{
    terrain_here();
    ck_assert_int_eq(run.notes[0].kind, COSMO_NOTE_INPUT);
    ck_assert_str_eq(run.notes[0].text, "data/packs/terrain.pack");
    ck_assert_uint_eq(strlen(run.notes[0].detail), 64);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Every way a pack's frame can be wrong gives its own message; no byte that is cut or changed is read as terrain. */
START_TEST(damaged_packs)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read("fuzz/corpus/pack/terrain", 1 << 20, arena, &run, &data, &bytes), COSMO_OK);
    char *copy = cosmo_arena_alloc(arena, bytes + 1);
    cosmo_pack pack;
    const cosmo_terrain *terrain = NULL;
    memcpy(copy, data, bytes);
    ck_assert_int_eq(cosmo_pack_parse("t.pack", "terrain", copy, bytes, &run, &pack), COSMO_OK);
    ck_assert_int_eq(cosmo_terrain_unpack(&pack, arena, &run, &terrain), COSMO_OK);
    suite_error("a grid of 3 x 4 nodes", cosmo_terrain_height_m(terrain, 0.0, 90.0 * DEGREE) - -28.0, "m", 1e-9);
    ck_assert_int_eq(cosmo_pack_parse("t.pack", "map", copy, bytes, &run, &pack), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "t.pack: error: a pack of another kind than 'map'");
    ck_assert_int_eq(cosmo_pack_parse("t.pack", "terrain", copy, bytes + 1, &run, &pack), COSMO_BAD_INPUT);
    for (size_t cut = 0; cut < bytes; cut++) {
        char *shorter = malloc(cut + 1); /* its own block, so that the sanitizer sees a read beyond it */
        memcpy(shorter, data, cut);
        ck_assert_int_eq(cosmo_pack_parse("t.pack", "terrain", shorter, cut, &run, &pack), COSMO_BAD_INPUT);
        free(shorter);
    }
    for (size_t i = 0; i < bytes; i++) {
        memcpy(copy, data, bytes);
        copy[i] ^= 0x40;
        terrain = NULL;
        cosmo_status status = cosmo_pack_parse("t.pack", "terrain", copy, bytes, &run, &pack);
        if (status == COSMO_OK) status = cosmo_terrain_unpack(&pack, arena, &run, &terrain);
        ck_assert(status == COSMO_BAD_INPUT || (status == COSMO_OK && terrain != NULL));
    }
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("earth/terrain", surveyed_places, settlements_of_the_world, bilinear_and_round_the_earth,
            absent_pack_is_an_assumption, pack_is_an_input_of_the_run, damaged_packs)
