/* Polar meshes and the contours of fields on them. */
#include "cosmodrome/plume.h"
#include "suite.h"

static const cosmo_plume_mesh MESH = {60, 72, 100.0, 1.1};
static const double PI = 3.14159265358979323846;

START_TEST(cells_fill_the_disc_and_are_found_by_their_middles)
{
    double sum = 0.0, east, north;
    for (size_t i = 0; i < cosmo_mesh_cells(&MESH); i++) {
        sum += cosmo_mesh_area_m2(&MESH, i / MESH.sectors);
        cosmo_mesh_middle(&MESH, i, &east, &north);
        ck_assert_uint_eq(cosmo_mesh_find(&MESH, east, north), i);
    }
    const double outer = cosmo_mesh_outer_m(&MESH, MESH.rings - 1);
    suite_error("area of all cells", sum / (PI * outer * outer) - 1.0, "", 1e-12);
    ck_assert_uint_eq(cosmo_mesh_find(&MESH, outer * 1.0001, 0.0), cosmo_mesh_cells(&MESH));
}
END_TEST

/* A cone of gaussian shape, its middle off the source. */
static void hill(float *field, double at_east, double at_north, double sigma)
{
    for (size_t i = 0; i < cosmo_mesh_cells(&MESH); i++) {
        double east, north;
        cosmo_mesh_middle(&MESH, i, &east, &north);
        const double r2 = (east - at_east) * (east - at_east) + (north - at_north) * (north - at_north);
        field[i] = (float)exp(-r2 / (2.0 * sigma * sigma));
    }
}

START_TEST(a_field_is_its_cells_at_their_middles)
{
    static float field[60 * 72];
    hill(field, 900.0, -400.0, 500.0);
    double worst = 0.0;
    for (size_t i = 0; i < cosmo_mesh_cells(&MESH); i++) {
        double east, north;
        cosmo_mesh_middle(&MESH, i, &east, &north);
        worst = fmax(worst, fabs(cosmo_mesh_value(&MESH, field, east, north) - (double)field[i]));
    }
    suite_error("value at the middle of a cell", worst, "", 1e-6);
    ck_assert_double_eq(cosmo_mesh_value(&MESH, field, 1e6, 0.0), 0.0);
}
END_TEST

/* The level exp(-1/2) of a Gaussian is a circle of radius sigma. */
START_TEST(contour_of_a_hill_is_a_circle)
{
    static float field[60 * 72];
    hill(field, 1500.0, 2000.0, 800.0);
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_list rings;
    ck_assert_int_eq(cosmo_contour_find(&MESH, field, exp(-0.5), arena, &run, &rings), COSMO_OK);
    ck_assert_uint_eq(rings.n, 1);
    const cosmo_contour_ring *ring = rings.items;
    suite_error("area", ring->area_m2 / (PI * 800.0 * 800.0) - 1.0, "", 0.02);
    ck_assert_double_eq(ring->east_m[0], ring->east_m[ring->n - 1]);
    double worst = 0.0;
    for (size_t i = 0; i < ring->n; i++)
        worst = fmax(worst, fabs(hypot(ring->east_m[i] - 1500.0, ring->north_m[i] - 2000.0) / 800.0 - 1.0));
    suite_error("radius", worst, "", 0.05);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Two hills apart are two rings; a level above both is none; around the source the ring holds it. */
START_TEST(rings_are_as_many_as_hills)
{
    static float field[60 * 72], other[60 * 72];
    hill(field, 2500.0, 0.0, 300.0);
    hill(other, -2500.0, 0.0, 300.0);
    for (size_t i = 0; i < cosmo_mesh_cells(&MESH); i++) field[i] += other[i];
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_list rings;
    ck_assert_int_eq(cosmo_contour_find(&MESH, field, 0.3, arena, &run, &rings), COSMO_OK);
    ck_assert_uint_eq(rings.n, 2);
    ck_assert_int_eq(cosmo_contour_find(&MESH, field, 2.0, arena, &run, &rings), COSMO_OK);
    ck_assert_uint_eq(rings.n, 0);
    hill(field, 0.0, 0.0, 400.0);
    ck_assert_int_eq(cosmo_contour_find(&MESH, field, 0.5, arena, &run, &rings), COSMO_OK);
    ck_assert_uint_eq(rings.n, 1);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("plume/contour", cells_fill_the_disc_and_are_found_by_their_middles, a_field_is_its_cells_at_their_middles,
            contour_of_a_hill_is_a_circle, rings_are_as_many_as_hills)
