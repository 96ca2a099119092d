/* The base map and the settlements: known lakes, countries at known places, towns, rings, credits, the packs' own sums.
 */
#include "cosmodrome/earth.h"
#include "earth/pack.h"
#include "suite.h"
#include <string.h>

static const double DEGREE = 3.14159265358979323846 / 180.0;
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_map map;

static void map_here(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    ck_assert_msg(cosmo_map_open(arena, &run, &map) == COSMO_OK, "%s", run.message);
}

START_TEST(packs_match_their_sums)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    const char *sums, *data;
    size_t bytes, total = 0, checked = 0;
    ck_assert_int_eq(cosmo_file_read("data/packs/SHA256SUMS", 65536, arena, &run, &sums, &bytes), COSMO_OK);
    for (const char *line = sums; *line != '\0'; line = strchr(line, '\n') + 1) {
        char digest[65], name[64], path[96], found[65];
        ck_assert_int_eq(sscanf(line, "%64s %63s", digest, name), 2);
        snprintf(path, sizeof path, "data/packs/%s", name);
        ck_assert_int_eq(cosmo_file_read(path, 1 << 24, arena, &run, &data, &bytes), COSMO_OK);
        cosmo_hash_sha256(data, bytes, found);
        ck_assert_str_eq(found, digest);
        total += bytes;
        checked++;
    }
    printf("  %zu packs, %zu bytes\n", checked, total);
    ck_assert_uint_eq(checked, 4);
    ck_assert_uint_le(total, 12000000);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(countries_at_known_places)
{
    const struct {
        double lat_deg, lon_deg;
        const char *code;
    } places[] = {
        {51.17, 71.43, "KZ"},    {45.965, 63.305, "KZ"}, {47.79, 67.71, "KZ"},  {53.35, 83.76, "RU"},
        {51.96, 85.92, "RU"},    {43.80, 87.60, "CN"},   {47.92, 106.92, "MN"}, {42.87, 74.59, "KG"},
        {41.3, 69.25, "UZ"},     {5.2, -52.75, "GF"},    {28.5, -80.7, "US"},   {48.85, 2.35, "FR"},
        {-29.6, 28.2, "LS"},     {-29.1, 26.2, "ZA"},    {43.94, 12.45, "SM"},  {42.66, 21.16, "XK"},
        {66.3, -179.0, "RU"},    {66.0, 179.0, "RU"},    {-17.8, 178.0, "FJ"},  {-80.0, 90.0, "AQ"},
        {-89.9, 10.0, "AQ"},     {78.2, 15.6, "SJ"},     {22.3, 114.17, "HK"},  {13.72, 80.1, "IN"},
        {-39.26, 177.865, "NZ"}, {62.9, 40.6, "RU"},     {40.96, 100.29, "CN"}, {46.0, 63.9, "KZ"},
        {-21.1, 55.5, "RE"},     {9.56, 44.06, "SO"},    {0.0, -150.0, NULL},   {35.0, 18.0, NULL},
        {89.0, 0.0, NULL},       {-60.0, 0.0, NULL},     {40.0, -180.0, NULL},
    };
    map_here();
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *code = cosmo_map_country(&map, places[i].lat_deg * DEGREE, places[i].lon_deg * DEGREE);
        ck_assert_msg((code == NULL) == (places[i].code == NULL) && (code == NULL || strcmp(code, places[i].code) == 0),
                      "%g %g: %s, not %s", places[i].lat_deg, places[i].lon_deg, code != NULL ? code : "none",
                      places[i].code != NULL ? places[i].code : "none");
    }
    const char *turned = cosmo_map_country(&map, 51.17 * DEGREE, (71.43 + 360.0) * DEGREE);
    ck_assert_str_eq(turned, "KZ");
    cosmo_arena_destroy(arena);
}
END_TEST

/* GeoNames' country of each of the larger towns is another source than Natural Earth's outlines. */
START_TEST(countries_of_towns)
{
    map_here();
    size_t asked = 0, same = 0, none = 0;
    for (size_t i = 0; i < map.n_places && asked < 2000; i++, asked++) {
        const cosmo_place *place = &map.places[i];
        const char *code = cosmo_map_country(&map, place->latitude_deg * DEGREE, place->longitude_deg * DEGREE);
        none += code == NULL;
        same += code != NULL && strcmp(code, place->country) == 0;
    }
    printf("  %zu largest towns: %zu in the country GeoNames gives, %zu off the coast, %zu elsewhere\n", asked, same,
           none, asked - same - none);
    ck_assert_uint_gt(same + none, asked * 995 / 1000);
    ck_assert_uint_lt(none, asked / 50);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Spherical area of a ring, km2, by the trapezium rule on sin(latitude). */
static double ring_area_km2(const cosmo_map_line *ring)
{
    double sum = 0.0;
    for (size_t i = 1; i < ring->n; i++)
        sum += (ring->lon_deg[i] - ring->lon_deg[i - 1]) * DEGREE *
               (sin(ring->lat_deg[i] * DEGREE) + sin(ring->lat_deg[i - 1] * DEGREE)) / 2.0;
    return sum * 6371.0 * 6371.0; /* positive for a clockwise ring */
}

static double lake_area_km2(const char *name, int scale)
{
    double area = 0.0;
    for (size_t i = 0; i < map.n_lines; i++)
        if (map.lines[i].kind == COSMO_MAP_LAKE && map.lines[i].scale == scale && map.lines[i].name != NULL &&
            strcmp(map.lines[i].name, name) == 0)
            area += ring_area_km2(&map.lines[i]);
    return area;
}

/* Areas: Encyclopaedia Britannica; the Aral as its lobes stood about 2000 to 2010, far below the 67,500 km2 of 1960. */
START_TEST(lakes)
{
    map_here();
    suite_error("Balkhash", lake_area_km2("Lake Balkhash", 10) / 17000.0 - 1.0, "", 0.1);
    suite_error("Baikal (islands out)", lake_area_km2("Lake Baikal", 10) / 31500.0 - 1.0, "", 0.05);
    suite_error("Caspian", lake_area_km2("Caspian Sea", 10) / 374000.0 - 1.0, "", 0.06);
    suite_error("Issyk-Kul", lake_area_km2("Issyk-Kul", 10) / 6236.0 - 1.0, "", 0.05);
    const double aral = lake_area_km2("North Aral Sea", 10) + lake_area_km2("South Aral Sea", 10);
    printf("  Aral Sea at 1:10M: %.0f km2\n", aral);
    ck_assert(aral > 5000.0 && aral < 30000.0);
    ck_assert_double_gt(lake_area_km2("Lake Balkhash", 50), 15000.0);
    ck_assert_double_gt(lake_area_km2("Lake Balkhash", 110), 10000.0);
    cosmo_arena_destroy(arena);
}
END_TEST

static double country_area_km2(const char *code, int scale)
{
    double area = 0.0;
    for (size_t i = 0; i < map.n_lines; i++)
        if (map.lines[i].kind == COSMO_MAP_COUNTRY && map.lines[i].scale == scale &&
            strcmp(map.lines[i].name, code) == 0)
            area += ring_area_km2(&map.lines[i]);
    return area;
}

/* Areas: United Nations Demographic Yearbook 2012, table 3 (Russia crosses the antimeridian; South Africa has a hole).
 */
START_TEST(country_areas)
{
    map_here();
    const struct {
        const char *code;
        double km2, bound;
    } known[] = {{"KZ", 2724900, 0.01}, {"RU", 17098246, 0.02}, {"CN", 9596961, 0.03}, {"ZA", 1221037, 0.01},
                 {"LS", 30355, 0.02},   {"FJ", 18272, 0.06},    {"MN", 1564116, 0.01}, {"BR", 8515767, 0.01}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        for (int scale = 10; scale <= 50; scale += 40) {
            char what[40];
            snprintf(what, sizeof what, "%s at 1:%dM", known[i].code, scale);
            suite_error(what, country_area_km2(known[i].code, scale) / known[i].km2 - 1.0, "", known[i].bound);
        }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(rings_and_lines_are_sound)
{
    map_here();
    size_t by_kind[5] = {0}, points = 0;
    double land = 0.0;
    for (size_t i = 0; i < map.n_lines; i++) {
        const cosmo_map_line *line = &map.lines[i];
        by_kind[line->kind]++;
        points += line->n;
        if (line->kind != COSMO_MAP_RIVER && line->kind != COSMO_MAP_BORDER) {
            ck_assert_uint_ge(line->n, 4);
            ck_assert(line->lon_deg[0] == line->lon_deg[line->n - 1] && line->lat_deg[0] == line->lat_deg[line->n - 1]);
        }
        if (line->kind == COSMO_MAP_LAND && line->scale == 10) land += ring_area_km2(line);
        for (size_t k = 0; k < line->n; k++)
            ck_assert(line->lon_deg[k] >= line->west && line->lon_deg[k] <= line->east &&
                      line->lat_deg[k] >= line->south && line->lat_deg[k] <= line->north);
    }
    printf("  land %zu, lake %zu, river %zu, border %zu, country %zu lines; %zu points\n", by_kind[0], by_kind[1],
           by_kind[2], by_kind[3], by_kind[4], points);
    for (int kind = 0; kind < 5; kind++) ck_assert_uint_gt(by_kind[kind], 0);
    suite_error("land without lakes, against 147 million km2", land / 147.0e6 - 1.0, "", 0.02);
    cosmo_arena_destroy(arena);
}
END_TEST

static const cosmo_place *nearest_town(double lat_deg, double lon_deg, double within_km)
{
    const cosmo_place *best = NULL;
    for (size_t i = 0; i < map.n_places; i++) { /* largest first: the first one near enough is the town */
        const double dy = (map.places[i].latitude_deg - lat_deg) * 111.2;
        const double dx = (map.places[i].longitude_deg - lon_deg) * 111.2 * cos(lat_deg * DEGREE);
        if (best == NULL && dx * dx + dy * dy < within_km * within_km) best = &map.places[i];
    }
    return best;
}

START_TEST(settlements)
{
    map_here();
    const struct {
        const char *what;
        double lat_deg, lon_deg, least, most;
    } towns[] = {{"Zhezkazgan", 47.783, 67.71, 80e3, 110e3},  {"Karaganda", 49.806, 73.085, 450e3, 550e3},
                 {"Astana", 51.16, 71.43, 1.3e6, 1.7e6},      {"Almaty", 43.24, 76.91, 1.9e6, 2.4e6},
                 {"Baikonur", 45.62, 63.31, 30e3, 80e3},      {"Barnaul", 53.35, 83.77, 600e3, 720e3},
                 {"Gorno-Altaysk", 51.96, 85.96, 55e3, 70e3}, {"Aktau", 43.65, 51.16, 240e3, 280e3}};
    for (size_t i = 0; i < sizeof towns / sizeof towns[0]; i++) {
        const cosmo_place *place = nearest_town(towns[i].lat_deg, towns[i].lon_deg, 5.0);
        ck_assert_msg(place != NULL, "%s", towns[i].what);
        printf("  %-14s %-16s %s %8lld people, %4.0f m\n", towns[i].what, place->name, place->country,
               (long long)place->population, place->elevation_m);
        ck_assert((double)place->population >= towns[i].least && (double)place->population <= towns[i].most);
    }
    int64_t people = 0;
    size_t empty = 0;
    for (size_t i = 0; i < map.n_places; i++) {
        ck_assert(i == 0 || map.places[i].population <= map.places[i - 1].population);
        people += map.places[i].population;
        empty += map.places[i].population == 0;
    }
    printf("  %zu places, %lld people, %zu of unknown size; largest %s\n", map.n_places, (long long)people, empty,
           map.places[0].name);
    ck_assert_uint_gt(map.n_places, 150000);
    ck_assert_uint_gt(empty, 20000);
    ck_assert_str_eq(map.places[0].country, "CN");
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(credits_are_carried)
{
    map_here();
    bool geonames = false, natural_earth = false;
    for (size_t i = 0; i < map.n_credits; i++) {
        geonames =
            geonames || (strstr(map.credits[i], "GeoNames") != NULL && strstr(map.credits[i], "CC BY 4.0") != NULL);
        natural_earth = natural_earth || strstr(map.credits[i], "Natural Earth") != NULL;
    }
    ck_assert(geonames && natural_earth);
    ck_assert_uint_eq(run.n_notes, 2);
    ck_assert_str_eq(run.notes[0].text, "data/packs/map.pack");
    ck_assert_str_eq(run.notes[1].text, "data/packs/places.pack");
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(absent_packs_are_a_warning)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "tests/no-such-folder";
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    ck_assert_uint_eq(map.n_lines + map.n_places + map.n_credits, 0);
    ck_assert_uint_eq(run.n_notes, 2);
    ck_assert_int_eq(run.notes[0].kind, COSMO_NOTE_WARNING);
    ck_assert_ptr_null(cosmo_map_country(&map, 0.8, 1.2));
    cosmo_arena_destroy(arena);
}
END_TEST

/* Small packs, every byte changed in turn and the frame kept: refused or read, never a crash. */
static void damage(const char *seed, const char *kind,
                   cosmo_status (*unpack)(const cosmo_pack *, cosmo_arena *, cosmo_run *, cosmo_map *))
{
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read(seed, 1 << 20, arena, &run, &data, &bytes), COSMO_OK);
    char *copy = cosmo_arena_alloc(arena, bytes + 1);
    cosmo_pack pack;
    for (size_t i = 0; i <= bytes; i++) {
        memcpy(copy, data, bytes);
        if (i < bytes) copy[i] ^= 0x11;
        cosmo_map small = {0};
        cosmo_status status = cosmo_pack_parse(seed, kind, copy, bytes, &run, &pack);
        if (status == COSMO_OK) status = unpack(&pack, arena, &run, &small);
        ck_assert(status == COSMO_OK || status == COSMO_BAD_INPUT);
        ck_assert(i < bytes || (status == COSMO_OK && small.n_lines + small.n_places > 0 && small.n_credits == 1));
    }
}

START_TEST(damaged_packs)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    damage("fuzz/corpus/pack/map", "map", cosmo_map_unpack_lines);
    damage("fuzz/corpus/pack/places", "places", cosmo_map_unpack_places);
    cosmo_arena_destroy(arena);
}
END_TEST

/* An allocator that gives `left` blocks and then no more. */
static void *scarce_allocate(size_t bytes, void *left)
{
    return (*(int *)left)-- > 0 ? malloc(bytes) : NULL;
}

static void scarce_release(void *memory, void *left)
{
    (void)left;
    free(memory);
}

START_TEST(memory_runs_out)
{
    const char *const kinds[] = {"terrain", "map", "places"};
    for (int k = 0; k < 3; k++) {
        cosmo_status status = COSMO_NO_RESOURCES;
        for (int blocks = 1; status != COSMO_OK; blocks++) {
            int left = blocks;
            const cosmo_allocator scarce = {scarce_allocate, scarce_release, &left};
            cosmo_arena *small = cosmo_arena_create(64, &scarce);
            arena = cosmo_arena_create(0, NULL);
            cosmo_run_init(&run, arena);
            const char *data;
            size_t bytes;
            char path[64];
            snprintf(path, sizeof path, "fuzz/corpus/pack/%s", kinds[k]);
            ck_assert_int_eq(cosmo_file_read(path, 1 << 20, arena, &run, &data, &bytes), COSMO_OK);
            cosmo_pack pack;
            const cosmo_terrain *terrain = NULL;
            cosmo_map read = {0};
            ck_assert_int_eq(cosmo_pack_parse(path, kinds[k], data, bytes, &run, &pack), COSMO_OK);
            status = k == 0   ? cosmo_terrain_unpack(&pack, small, &run, &terrain)
                     : k == 1 ? cosmo_map_unpack_lines(&pack, small, &run, &read)
                              : cosmo_map_unpack_places(&pack, small, &run, &read);
            ck_assert(status == COSMO_OK || status == COSMO_NO_RESOURCES);
            ck_assert_int_lt(blocks, 64);
            cosmo_arena_destroy(small);
            cosmo_arena_destroy(arena);
        }
    }
}
END_TEST

COSMO_SUITE("earth/map", packs_match_their_sums, countries_at_known_places, countries_of_towns, lakes, country_areas,
            rings_and_lines_are_sound, settlements, credits_are_carried, absent_packs_are_a_warning, damaged_packs,
            memory_runs_out)
