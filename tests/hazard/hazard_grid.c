/* The grid of where dangerous debris comes down: against the normal law, and rings against ellipses. */
#include "cosmodrome/hazard.h"
#include "suite.h"

#include <string.h>

enum { CAPACITY = 1 << 16 };
static const double DEGREE = 3.14159265358979323846 / 180.0;
/* Standard deviations north and east, degrees. */
static const double NORTH = 0.2, EAST = 0.3, LATITUDE = 45.01, LONGITUDE = 63.02;

static double below(double x, double mean, double sigma)
{
    return 0.5 * erfc((mean - x) / (sigma * sqrt(2.0)));
}

/* Share of a normal law about (latitude, longitude) in a cell. */
static double share(uint32_t place, double latitude, double longitude)
{
    const double side = 1.0 / COSMO_HAZARD_CELLS_A_DEGREE;
    const cosmo_geodetic middle = cosmo_hazard_grid_middle(place);
    const double lat = middle.latitude_rad / DEGREE - latitude, lon = middle.longitude_rad / DEGREE - longitude;
    return (below(lat + 0.5 * side, 0.0, NORTH) - below(lat - 0.5 * side, 0.0, NORTH)) *
           (below(lon + 0.5 * side, 0.0, EAST) - below(lon - 0.5 * side, 0.0, EAST));
}

static cosmo_arena *arena;
static cosmo_run run;
static cosmo_hazard_cell *slots;

static void open_table(void)
{
    arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&run, arena);
    slots = cosmo_arena_array(arena, CAPACITY, sizeof *slots);
    memset(slots, 0, CAPACITY * sizeof *slots);
}

static cosmo_hazard_grid sorted(void)
{
    cosmo_hazard_grid grid = {0};
    ck_assert_int_eq(cosmo_hazard_grid_sort(slots, CAPACITY, arena, &run, &grid), COSMO_OK);
    return grid;
}

/* Fragments of 5 m2 of casualty area, normally distributed: in each cell the law's share of them, times the area. */
START_TEST(normal_law)
{
    open_table();
    enum { N = 1000000 };
    const double casualty_m2 = 5.0;
    for (uint64_t i = 0; i < N; i++) {
        const cosmo_geodetic at = {(LATITUDE + NORTH * cosmo_random_normal(5, 1, i, 0)) * DEGREE,
                                   (LONGITUDE + EAST * cosmo_random_normal(5, 2, i, 0)) * DEGREE, 0.0};
        cosmo_hazard_hit hit = cosmo_hazard_grid_hit(at, 1.0, (cosmo_harm){casualty_m2, 0.0});
        ck_assert_uint_eq(cosmo_hazard_grid_add(slots, CAPACITY, &hit, 1, 1.0 / N), 0);
    }
    const cosmo_hazard_grid grid = sorted();
    double square = 0.0, worst = 0.0, all = 0.0, ship = 0.0;
    size_t cells = 0;
    for (size_t i = 0; i < grid.n; i++) {
        const cosmo_hazard_cell *cell = &grid.cells[i];
        ck_assert(i == 0 || grid.cells[i - 1].place < cell->place);
        const double area = cosmo_hazard_grid_area_m2(cell->place), p = share(cell->place, LATITUDE, LONGITUDE);
        const double got = cell->probability[COSMO_HAZARD_PERSON] * area / casualty_m2;
        all += got;
        ship += cell->probability[COSMO_HAZARD_SHIP] * area / (2000.0 + casualty_m2);
        if (N * p < 100.0) continue;
        const double z = (got - p) / sqrt(p * (1.0 - p) / N);
        square += z * z;
        worst = fmax(worst, fabs(z));
        cells++;
    }
    printf("  %zu cells, %zu of them with 100 fragments and more\n", grid.n, cells);
    suite_error("cells against the normal law: mean square deviation less 1", square / (double)cells - 1.0, "sigma2",
                5.0 * sqrt(2.0 / (double)cells));
    suite_error("the farthest cell", worst, "sigma", 5.0);
    suite_error("sum over all cells less 1", all - 1.0, "", 1e-6);
    suite_error("the same of ships", ship - 1.0, "", 1e-4);
    cosmo_arena_destroy(arena);
}
END_TEST

static double ring_area(const cosmo_hazard_ring *r)
{
    double twice = 0.0;
    for (size_t i = 0; i + 1 < r->n; i++)
        twice += r->lon_deg[i] * r->lat_deg[i + 1] - r->lon_deg[i + 1] * r->lat_deg[i];
    return 0.5 * twice;
}

static bool inside(const cosmo_hazard_ring *r, double lon, double lat)
{
    for (size_t i = 0; i + 1 < r->n; i++) {
        const double turn = (r->lon_deg[i + 1] - r->lon_deg[i]) * (lat - r->lat_deg[i]) -
                            (r->lat_deg[i + 1] - r->lat_deg[i]) * (lon - r->lon_deg[i]);
        if (turn < -1e-4) return false;
    }
    return true;
}

/* The law's own shares in the cells: a ring at a level holds the ellipse of that density, and is wider by at most one
 * cell all round. The second law lies across the antimeridian. */
START_TEST(rings_are_ellipses)
{
    static const double longitudes[] = {63.02, 179.98};
    const double side = 1.0 / COSMO_HAZARD_CELLS_A_DEGREE;
    for (int k = 0; k < 2; k++) {
        open_table();
        for (int i = -40; i < 40; i++)
            for (int j = -40; j < 40; j++) {
                const cosmo_geodetic at = {(LATITUDE + i * side) * DEGREE, (longitudes[k] + j * side) * DEGREE, 0.0};
                cosmo_hazard_hit hit = {.place = cosmo_hazard_grid_place(at), .exponent = {1e9}};
                const cosmo_geodetic middle = cosmo_hazard_grid_middle(hit.place);
                double lon = middle.longitude_rad / DEGREE;
                lon += lon < longitudes[k] - 180.0 ? 360.0 : 0.0;
                const double x = lon - longitudes[k], y = middle.latitude_rad / DEGREE - LATITUDE;
                cosmo_hazard_grid_add(slots, CAPACITY, &hit, 1,
                                      exp(-0.5 * (x * x / (EAST * EAST) + y * y / (NORTH * NORTH))));
            }
        const cosmo_hazard_grid grid = sorted();
        for (double level = 0.5; level > 0.01; level *= 0.2) {
            cosmo_list rings;
            ck_assert_int_eq(cosmo_hazard_rings_around(&grid, COSMO_HAZARD_PERSON, level, arena, &run, &rings),
                             COSMO_OK);
            ck_assert_uint_eq(rings.n, 1);
            const cosmo_hazard_ring *ring = rings.items;
            ck_assert_uint_ge(ring->n, 21);
            ck_assert_double_eq(ring->lon_deg[0], ring->lon_deg[ring->n - 1]);
            ck_assert_double_eq(ring->lat_deg[0], ring->lat_deg[ring->n - 1]);
            const double a = EAST * sqrt(-2.0 * log(level)), b = NORTH * sqrt(-2.0 * log(level));
            const double area = ring_area(ring), truth = 3.14159265358979323846 * a * b;
            const double wider = 3.14159265358979323846 * (a + side) * (b + side) - truth;
            printf("  level %.3g: %zu cells, %zu points, %.4f deg2, ellipse %.4f\n", level, ring->n_cells, ring->n,
                   area, truth);
            suite_error("area less that of the ellipse", area - truth, "deg2", wider);
            for (size_t i = 0; i < grid.n; i++) {
                if (grid.cells[i].probability[COSMO_HAZARD_PERSON] < level) continue;
                const cosmo_geodetic at = cosmo_hazard_grid_middle(grid.cells[i].place);
                const double lon = at.longitude_rad / DEGREE;
                ck_assert(inside(ring, lon, at.latitude_rad / DEGREE) ||
                          inside(ring, lon + 360.0, at.latitude_rad / DEGREE) ||
                          inside(ring, lon - 360.0, at.latitude_rad / DEGREE));
            }
        }
        cosmo_arena_destroy(arena);
    }
}
END_TEST

/* At least one of many; places at the edges of the map; a table that is full. */
START_TEST(odd_cases)
{
    open_table();
    const cosmo_geodetic here = {0.8, 1.1, 0.0}, there = {-0.3, -2.0, 0.0};
    cosmo_hazard_hit hits[3] = {cosmo_hazard_grid_hit(here, 1e4, (cosmo_harm){4e4, 0.0}),
                                cosmo_hazard_grid_hit(there, 1.0, (cosmo_harm){0.0, 1e3}),
                                cosmo_hazard_grid_hit(here, 1e4, (cosmo_harm){0.0, 4e4})};
    ck_assert_uint_eq(cosmo_hazard_grid_add(slots, CAPACITY, hits, 3, 0.5), 0);
    const cosmo_hazard_grid grid = sorted();
    ck_assert_uint_eq(grid.n, 2);
    const double none = pow(1.0 - 1000.0 / cosmo_hazard_grid_area_m2(cosmo_hazard_grid_place(here)), 2e4);
    suite_error("at least one of 20,000 pieces on an aircraft",
                grid.cells[1].probability[COSMO_HAZARD_AIRCRAFT] - 0.5 * (1.0 - none), "", 1e-12);
    ck_assert_uint_eq(cosmo_hazard_grid_place((cosmo_geodetic){-90.0 * DEGREE, -180.0 * DEGREE, 0.0}), 1);
    ck_assert_uint_eq(cosmo_hazard_grid_place((cosmo_geodetic){91.0 * DEGREE, 180.0 * DEGREE, 0.0}),
                      1 + (COSMO_HAZARD_ROWS - 1) * COSMO_HAZARD_COLUMNS);
    /* one explosion that reaches a tenth of the cell */
    const double tenth = 0.1 * cosmo_hazard_grid_area_m2(cosmo_hazard_grid_place(there));
    cosmo_hazard_hit blast = cosmo_hazard_grid_hit(there, 1.0, (cosmo_harm){0.0, tenth});
    cosmo_hazard_cell one[64] = {{0}};
    ck_assert_uint_eq(cosmo_hazard_grid_add(one, 64, &blast, 1, 1.0), 0);
    for (int i = 0; i < 64; i++)
        if (one[i].place != 0)
            suite_error("within an explosion over a tenth of the cell", one[i].probability[COSMO_HAZARD_PERSON] - 0.1,
                        "", 1e-15);
    cosmo_hazard_cell few[4] = {{0}};
    size_t lost = 0;
    for (uint32_t i = 0; i < 9; i++) {
        cosmo_hazard_hit hit = {.place = 1000 + 77 * i, .exponent = {1.0}};
        lost += cosmo_hazard_grid_add(few, 4, &hit, 1, 1.0);
    }
    ck_assert_uint_eq(lost, 5);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("hazard/hazard_grid", normal_law, rings_are_ellipses, odd_cases)
