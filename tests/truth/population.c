/* Population against the world's gridded censuses: GPWv4.11 (CIESIN 2018), GHS-POP R2023A (European Commission JRC
 * 2023) and WorldPop. The sums are those that their own pixels have; the mean density under a circular orbit is the one
 * of the same grid weighted with the orbit's latitudes. The default population is a prediction: its recipe was fixed on
 * other circles before this test was written. */
#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"
#include "cosmodrome/vehicle.h"
#include "suite.h"

#include <glob.h>
#include <string.h>
#include <unistd.h>

#define RASTERS     "../shared/data/population/"
#define GPW_COUNT   RASTERS "gpw_v4_population_count_rev11_2020_30_min.tif"
#define GPW_DENSITY RASTERS "gpw_v4_population_density_rev11_2020_15_min.tif"
static const double DEGREE = 3.14159265358979323846 / 180.0, PI = 3.14159265358979323846;
static cosmo_arena *arena;
static cosmo_run run;
static const cosmo_population *settled;

static void begin(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    ck_assert_int_eq(cosmo_population_open(arena, &run, &settled), COSMO_OK);
    ck_assert_ptr_nonnull(settled);
}

static cosmo_status try(const char *path, cosmo_population_kind kind, double step_deg, const cosmo_population **read)
{
    const cosmo_population_file file = {path, 1, kind, NULL, step_deg};
    return cosmo_population_raster_read(&file, settled, arena, &run, read);
}

static const cosmo_population *take(const char *path, cosmo_population_kind kind, double step_deg)
{
    const cosmo_population *read;
    ck_assert_msg(try(path, kind, step_deg, &read) == COSMO_OK, "%s", run.message);
    return read;
}

static double in_kazakhstan(const cosmo_population *population, const cosmo_map *map)
{
    double people;
    ck_assert_int_eq(cosmo_population_in_country(population, map, "KZ", &run, &people), COSMO_OK);
    return people;
}

/* The same by asking for the country of each cell's middle: without the cells of the Caspian shore that have theirs in
 * the sea. */
static double with_middle_in_kazakhstan(const cosmo_population *population, const cosmo_map *map)
{
    double people = 0.0;
    for (size_t r = 0; r < population->rows; r++)
        for (size_t c = 0; c < population->columns; c++) {
            const double lat = population->south_deg + population->step_deg * ((double)r + 0.5);
            const double lon = population->west_deg + population->step_deg * ((double)c + 0.5);
            if (lat < 40.5 || lat > 55.5 || lon < 46.4 || lon > 87.4) continue;
            const char *code = cosmo_map_country(map, lat * DEGREE, lon * DEGREE);
            if (code != NULL && strcmp(code, "KZ") == 0) people += population->people[r * population->columns + c];
        }
    return people;
}

START_TEST(sums_of_real_rasters)
{
    begin();
    cosmo_map map;
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    const cosmo_population *gpw = take(GPW_COUNT, COSMO_POPULATION_COUNT, 0.5);
    suite_error("GPW 30' count, world, against 7.969e9", cosmo_population_total(gpw) / 7.969e9 - 1.0, "", 0.005);
    const cosmo_population *fine = take(GPW_COUNT, COSMO_POPULATION_COUNT, 0.0);
    suite_error("the same on 5'", cosmo_population_total(fine) / 7.969e9 - 1.0, "", 0.005);
    suite_error("GPW 30' count on 5', Kazakhstan, against 18.76e6",
                with_middle_in_kazakhstan(fine, &map) / 18.76e6 - 1.0, "", 0.005);
    printf("  (with the cells of the coast %.4g, on 30' %.4g)\n", in_kazakhstan(fine, &map), in_kazakhstan(gpw, &map));
    const cosmo_population *density = take(GPW_DENSITY, COSMO_POPULATION_DENSITY, 0.25);
    suite_error("GPW 15' density x cell area, world, against 10.28e9", cosmo_population_total(density) / 10.28e9 - 1.0,
                "", 0.005);
    printf("  (GPW 15' density, Kazakhstan, %.4g)\n", in_kazakhstan(density, &map));
    const char *const belgium[2] = {RASTERS "ghs_pop_r2023a_1km_mollweide_belgium_float64.tif",
                                    RASTERS "ghs_pop_processed_1km_mollweide_belgium_float32.tif"};
    const cosmo_population *ghs = take(belgium[0], COSMO_POPULATION_COUNT, 1.0 / 120.0);
    take(belgium[1], COSMO_POPULATION_COUNT, 1.0 / 120.0);
    /* without the default population nothing is added beyond the crop's slanting edges */
    const cosmo_population_file crop = {belgium[0], 1, COSMO_POPULATION_COUNT, NULL, 1.0 / 120.0};
    ck_assert_int_eq(cosmo_population_raster_read(&crop, NULL, arena, &run, &ghs), COSMO_OK);
    suite_error("GHS-POP Belgium crop, against 20.602e6", cosmo_population_total(ghs) / 20.602e6 - 1.0, "", 0.005);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(the_wrong_kind_is_refused)
{
    begin();
    const struct {
        const char *path;
        cosmo_population_kind wrong;
        const char *hint;
    } cases[3] = {
        {GPW_DENSITY, COSMO_POPULATION_COUNT, "did you mean 'kind: density'?"},
        {GPW_COUNT, COSMO_POPULATION_DENSITY, "did you mean 'kind: count'?"},
        {RASTERS "worldpop_afripop2020_density_20km.tif", COSMO_POPULATION_COUNT, "did you mean 'kind: density'?"}};
    for (int i = 0; i < 3; i++) {
        const cosmo_population *read;
        ck_assert_int_eq(try(cases[i].path, cases[i].wrong, 0.0, &read), COSMO_BAD_INPUT);
        printf("  %s\n", run.message);
        ck_assert_msg(strstr(run.message, cases[i].hint) != NULL, "%s", run.message);
    }
    take(cases[2].path, COSMO_POPULATION_DENSITY, 0.0);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A copy of a file's first bytes under another name, in a folder of its own. */
static const char *cut_short(const char *path, size_t keep)
{
    static char folder[] = "/tmp/cosmo-population-XXXXXX";
    const char *data;
    size_t bytes;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(cosmo_file_read(path, 1 << 24, arena, &run, &data, &bytes), COSMO_OK);
    const char *copy = cosmo_file_join(arena, folder, "cut.tif");
    ck_assert_int_eq(cosmo_file_write(copy, data, keep < bytes ? keep : bytes / 2, &run), COSMO_OK);
    return copy;
}

START_TEST(a_file_cut_short_is_one_line)
{
    begin();
    const char *const copies[3] = {cut_short(GPW_COUNT, SIZE_MAX), cut_short(GPW_COUNT, 100), cut_short(GPW_COUNT, 0)};
    for (int i = 0; i < 3; i++) {
        const cosmo_population *read;
        ck_assert_int_eq(try(copies[i], COSMO_POPULATION_COUNT, 0.5, &read), COSMO_BAD_INPUT);
        printf("  %s\n", run.message);
        ck_assert_msg(strstr(run.message, "damaged") != NULL && strchr(run.message, '\n') == NULL, "%s", run.message);
        unlink(copies[i]);
        rmdir(cosmo_file_folder(arena, copies[i]));
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* sin(latitude) = sin(inclination) sin(u) with u uniform over the orbit, so the latitudes have the density
 * cos(latitude) / (pi sqrt(sin^2 i - sin^2 latitude)) (as in Kessler 1981, Icarus 48, p. 39), and longitude is uniform.
 */
static double under_orbit(const cosmo_population *population, double inclination_deg)
{
    double mean = 0.0;
    const double top = sin(inclination_deg * DEGREE);
    for (size_t r = 0; r < population->rows; r++) {
        const double south = (population->south_deg + population->step_deg * (double)r) * DEGREE;
        const double a = fmax(-1.0, fmin(1.0, sin(south) / top));
        const double b = fmax(-1.0, fmin(1.0, sin(south + population->step_deg * DEGREE) / top));
        double people = 0.0;
        for (size_t c = 0; c < population->columns; c++) people += population->people[r * population->columns + c];
        mean += (asin(b) - asin(a)) / PI * people / (population->cell_area_m2[r] * (double)population->columns);
    }
    return mean;
}

START_TEST(mean_density_under_a_circular_orbit)
{
    begin();
    const cosmo_population *gpw = take(GPW_COUNT, COSMO_POPULATION_COUNT, 0.5);
    const double station = under_orbit(gpw, 51.6), polar = under_orbit(gpw, 90.0);
    printf("  GPW 30' under a circular orbit: %.2f people/km2 at 51.6 deg, %.2f at 90 deg; 8 m2 at 51.6 deg: %.3g\n",
           station * 1e6, polar * 1e6, station * 8.0);
    printf("  default population: %.2f and %.2f\n", under_orbit(settled, 51.6) * 1e6, under_orbit(settled, 90.0) * 1e6);
    suite_error("51.6 deg, against 17.8 people/km2", station * 1e6 / 17.8 - 1.0, "", 0.01);
    suite_error("90 deg, against 11.57 people/km2", polar * 1e6 / 11.57 - 1.0, "", 0.01);
    suite_error("8 m2 at 51.6 deg, against 1.42e-4", station * 8.0 / 1.42e-4 - 1.0, "", 0.01);
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- the default population ----------------------------------------------------------------------------------------
 */

static bool named_in_a_mission(const char *id)
{
    glob_t missions;
    bool found = false;
    ck_assert_int_eq(glob("missions/*.yaml", 0, NULL, &missions), 0);
    for (size_t i = 0; i < missions.gl_pathc && !found; i++) {
        const char *data;
        size_t bytes;
        ck_assert_int_eq(cosmo_file_read(missions.gl_pathv[i], 1 << 20, arena, &run, &data, &bytes), COSMO_OK);
        for (const char *at = data; (at = strstr(at, "zone: ")) != NULL && !found; at++) {
            const size_t n = strlen(id);
            found = strncmp(at + 6, id, n) == 0 && strchr(",} \n", at[6 + n]) != NULL;
        }
    }
    globfree(&missions);
    return found;
}

/* People that the statistics offices count in the cities of at least 20,000 around a place: where GPW has fewer people
 * in all, its census unit is so large that it has spread the city over the steppe, and it is no truth there. */
static double in_cities(const cosmo_map *map, double latitude_rad, double longitude_rad, double radius_m)
{
    double people = 0.0;
    for (size_t i = 0; i < map->n_places && map->places[i].population >= 20000; i++) {
        const cosmo_place *city = &map->places[i];
        double distance, azimuth;
        cosmo_geodesic_between((cosmo_geodetic){latitude_rad, longitude_rad, 0.0},
                               (cosmo_geodetic){city->latitude_deg * DEGREE, city->longitude_deg * DEGREE, 0.0},
                               &distance, &azimuth);
        if (distance + sqrt((double)city->population / (PI * 2500e-6)) < radius_m) people += (double)city->population;
    }
    return people;
}

typedef struct spread {
    double sum, sum2, n;
} spread;

static void spread_add(spread *of, double ratio)
{
    of->sum += log(ratio);
    of->sum2 += log(ratio) * log(ratio);
    of->n += 1.0;
}

static double spread_mean(const spread *of)
{
    return exp(of->sum / of->n);
}

static double spread_factor(const spread *of)
{
    return exp(sqrt((of->sum2 - of->sum * of->sum / of->n) / (of->n - 1.0)));
}

static void spread_say(const char *what, const spread *of)
{
    printf("  %-52s %2.0f circles: geometric mean %.2f, one-sigma factor %.2f\n", what, of->n, spread_mean(of),
           spread_factor(of));
}

START_TEST(default_population_in_circles_along_the_zones)
{
    begin();
    cosmo_list zones;
    cosmo_map map;
    spread named = {0}, fair = {0}, all = {0};
    const cosmo_population *gpw = take(GPW_COUNT, COSMO_POPULATION_COUNT, 0.0);
    ck_assert_int_eq(cosmo_zones_read(arena, &run, &zones), COSMO_OK);
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    for (size_t i = 0; i < zones.n; i++) {
        const cosmo_zone *zone = &((const cosmo_zone *)zones.items)[i];
        if (isnan(zone->latitude_rad)) continue;
        const double lat = zone->latitude_rad, lon = zone->longitude_rad;
        const double ours = cosmo_population_in_circle(settled, lat, lon, 60e3);
        const double theirs = cosmo_population_in_circle(gpw, lat, lon, 60e3);
        const double cities = in_cities(&map, lat, lon, 60e3);
        const bool in_use = named_in_a_mission(zone->id), lost = cities > theirs;
        printf("  %c %-28s %9.0f people, GPW %9.0f, ratio %5.2f%s\n", in_use ? '*' : ' ', zone->id, ours, theirs,
               ours / theirs, lost ? "  (GPW has lost a city)" : "");
        spread_add(&all, ours / theirs);
        if (in_use) spread_add(&named, ours / theirs);
        if (in_use && !lost) spread_add(&fair, ours / theirs);
    }
    spread_say("all zones of data/zones", &all);
    spread_say("zones of the worked flights (*)", &named);
    spread_say("of those, where GPW has not lost a city", &fair);
    suite_error("geometric mean of the worked flights' zones, log", log(spread_mean(&named) / sqrt(0.7 * 1.5)), "",
                log(1.5 / 0.7) / 2.0);
    suite_error("one-sigma factor, where GPW has not lost a city", spread_factor(&fair), "", 2.0);
    cosmo_arena_destroy(arena);
}
END_TEST

int main(void)
{
    if (access(GPW_COUNT, R_OK) != 0) {
        printf("skip: ../shared/data/population is absent\n");
        return 77;
    }
    if (!cosmo_raster_available()) {
        printf("skip: built without GDAL\n");
        return 77;
    }
    const TTest *const tests[] = {sums_of_real_rasters, the_wrong_kind_is_refused, a_file_cut_short_is_one_line,
                                  mean_density_under_a_circular_orbit, default_population_in_circles_along_the_zones};
    return suite_run("truth/population", tests, sizeof tests / sizeof tests[0]);
}
