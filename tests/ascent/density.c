/* Density of impacts: against the normal law that its samples were drawn from. */
#include "cosmodrome/ascent.h"
#include "suite.h"

enum { N = 4096 };

/* Impacts of a normal law with these standard deviations along an azimuth and across it. */
static cosmo_scatter_body scattered(double along_m, double across_m, double azimuth, double (*offset_m)[2])
{
    cosmo_scatter_body body = {
        .body = "core", .n = N, .designed = {0.88, 1.45, 0.0}, .offset_m = (const double(*)[2])offset_m};
    double sum[2] = {0.0}, square[3] = {0.0};
    for (uint64_t i = 0; i < N; i++) {
        const double a = along_m * cosmo_random_normal(9, 1, i, 0), b = across_m * cosmo_random_normal(9, 2, i, 0);
        double *x = offset_m[i];
        x[0] = a * sin(azimuth) + b * cos(azimuth) + 3000.0;
        x[1] = a * cos(azimuth) - b * sin(azimuth);
        for (int k = 0; k < 2; k++) sum[k] += x[k] / N;
        square[0] += x[0] * x[0] / N;
        square[1] += x[0] * x[1] / N;
        square[2] += x[1] * x[1] / N;
    }
    body.covariance_m2[0] = square[0] - sum[0] * sum[0];
    body.covariance_m2[1] = square[1] - sum[0] * sum[1];
    body.covariance_m2[2] = square[2] - sum[1] * sum[1];
    body.center = cosmo_geodesic_from(body.designed, atan2(sum[0], sum[1]), hypot(sum[0], sum[1]));
    return body;
}

/* A kernel estimate of a normal law is, on average, the law with 1 + n^(-1/3) times its covariance. */
START_TEST(normal_law)
{
    static double offset_m[N][2];
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    const double along = 20000.0, across = 6000.0, azimuth = 1.2, wide = 1.0 + pow(N, -1.0 / 3.0);
    const cosmo_scatter_body body = scattered(along, across, azimuth, offset_m);
    cosmo_density_grid grid;
    ck_assert_int_eq(cosmo_density_of(&body, arena, &run, &grid), COSMO_OK);
    double whole = 0.0, off = 0.0, peak = 1.0 / (6.283185307179586 * wide * along * across);
    for (size_t i = 0; i < grid.rows * grid.columns; i++) {
        const cosmo_geodetic at = {
            (grid.north_deg - ((double)(i / grid.columns) + 0.5) * grid.step_lat_deg) / 57.29577951308232,
            (grid.west_deg + ((double)(i % grid.columns) + 0.5) * grid.step_lon_deg) / 57.29577951308232, 0.0};
        double distance, bearing;
        cosmo_geodesic_between(body.designed, at, &distance, &bearing);
        const double x = distance * sin(bearing) - 3000.0, y = distance * cos(bearing);
        const double a = (x * sin(azimuth) + y * cos(azimuth)) / along,
                     b = (x * cos(azimuth) - y * sin(azimuth)) / across;
        const double truth = peak * exp(-0.5 * (a * a + b * b) / wide);
        off = fmax(off, fabs(grid.values[i] - truth) / peak);
        const double radius = 6378137.0 / 57.29577951308232;
        whole += grid.values[i] * radius * radius * grid.step_lat_deg * grid.step_lon_deg * cos(at.latitude_rad);
    }
    suite_error("all of the density, less 1", whole - 1.0, "", 0.01);
    suite_error("largest difference from the law, over its peak", off, "", 0.15);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(nothing_to_spread)
{
    static double offset_m[N][2];
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_scatter_body body = scattered(20000.0, 0.0, 1.5707963267948966, offset_m);
    body.covariance_m2[1] = body.covariance_m2[2] = 0.0;
    cosmo_density_grid grid;
    ck_assert_int_eq(cosmo_density_of(&body, arena, &run, &grid), COSMO_OK);
    for (size_t i = 0; i < grid.rows * grid.columns; i++) ck_assert(grid.values[i] == 0.0f);
    body.n = 2;
    ck_assert_int_eq(cosmo_density_of(&body, arena, &run, &grid), COSMO_OK);
    ck_assert(grid.values[0] == 0.0f);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/density", normal_law, nothing_to_spread)
