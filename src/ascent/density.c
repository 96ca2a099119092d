/* Where a dropped body comes down, as a density: kernels about sampled impacts. */
#include "cosmodrome/ascent.h"

#include "core/real.h"

#include <math.h>
#include <stdlib.h>

static const double DENSITY_DEGREES = 180.0 / 3.14159265358979323846;
static const double DENSITY_REACH = 4.5, DENSITY_CUT = 6.0; /* standard deviations: of the grid, of a kernel */

/* The kernel's Cholesky factor, and impacts in its units, by the first of them. */
typedef struct density_kernels {
    double l11, l21, l22;
    size_t n;
    double (*at)[2];
} density_kernels;

static int density_order(const void *a, const void *b)
{
    const double *x = a, *y = b;
    if (x[0] != y[0]) return x[0] < y[0] ? -1 : 1;
    return x[1] < y[1] ? -1 : x[1] > y[1];
}

static void density_whiten(const density_kernels *k, const double offset_m[2], double z[2])
{
    z[0] = offset_m[0] / k->l11;
    z[1] = (offset_m[1] - k->l21 * z[0]) / k->l22;
}

/* False where there is no density: too few impacts, or all in one line. */
static cosmo_status density_prepare(const cosmo_scatter_body *body, cosmo_arena *arena, cosmo_run *run,
                                    density_kernels *k)
{
    const double *c = body->covariance_m2;
    *k = (density_kernels){.n = 0};
    if (body->n < 3 || !(c[0] > 0.0) || !(c[2] - c[1] * c[1] / c[0] > 1e-12 * c[2])) return COSMO_OK;
    const double narrow = cosmo_real_pow((double)body->n, -1.0 / 6.0);
    k->l11 = narrow * sqrt(c[0]);
    k->l21 = narrow * c[1] / sqrt(c[0]);
    k->l22 = narrow * sqrt(c[2] - c[1] * c[1] / c[0]);
    k->at = cosmo_arena_array(arena, body->n, sizeof *k->at);
    COSMO_NEED(k->at, run);
    k->n = (size_t)body->n;
    for (size_t i = 0; i < k->n; i++) density_whiten(k, body->offset_m[i], k->at[i]);
    qsort(k->at, k->n, sizeof *k->at, density_order);
    return COSMO_OK;
}

/* The first kernel whose first coordinate is at least x. */
static size_t density_from(const density_kernels *k, double x)
{
    size_t low = 0, high = k->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (k->at[middle][0] < x)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double density_at(const density_kernels *k, const double offset_m[2])
{
    double z[2], sum = 0.0;
    density_whiten(k, offset_m, z);
    for (size_t i = density_from(k, z[0] - DENSITY_CUT); i < k->n && k->at[i][0] <= z[0] + DENSITY_CUT; i++) {
        const double x = k->at[i][0] - z[0], y = k->at[i][1] - z[1], square = x * x + y * y;
        if (square < DENSITY_CUT * DENSITY_CUT) sum += cosmo_real_exp(-0.5 * square);
    }
    return sum / ((double)k->n * 6.283185307179586 * k->l11 * k->l22);
}

static void density_place(const cosmo_scatter_body *body, cosmo_density_grid *grid)
{
    const double lat = body->center.latitude_rad;
    const double east_rad = DENSITY_REACH * sqrt(body->covariance_m2[0]) / (COSMO_EARTH_RADIUS * cosmo_real_cos(lat)),
                 north_rad = DENSITY_REACH * sqrt(body->covariance_m2[2]) / COSMO_EARTH_RADIUS;
    grid->west_deg = (body->center.longitude_rad - east_rad) * DENSITY_DEGREES;
    grid->north_deg = (lat + north_rad) * DENSITY_DEGREES;
    grid->step_lon_deg = 2.0 * east_rad * DENSITY_DEGREES / COSMO_DENSITY_SIDE;
    grid->step_lat_deg = 2.0 * north_rad * DENSITY_DEGREES / COSMO_DENSITY_SIDE;
}

cosmo_status cosmo_density_of(const cosmo_scatter_body *body, cosmo_arena *arena, cosmo_run *run,
                              cosmo_density_grid *grid)
{
    density_kernels kernels;
    COSMO_TRY(density_prepare(body, arena, run, &kernels));
    *grid = (cosmo_density_grid){.columns = COSMO_DENSITY_SIDE, .rows = COSMO_DENSITY_SIDE};
    grid->values = cosmo_arena_array(arena, COSMO_DENSITY_SIDE * COSMO_DENSITY_SIDE, sizeof *grid->values);
    COSMO_NEED(grid->values, run);
    density_place(body, grid);
    for (size_t i = 0; kernels.n > 0 && i < COSMO_DENSITY_SIDE * COSMO_DENSITY_SIDE; i++) {
        const double column = (double)(i % COSMO_DENSITY_SIDE) + 0.5, row = (double)(i / COSMO_DENSITY_SIDE) + 0.5;
        const cosmo_geodetic at = {(grid->north_deg - row * grid->step_lat_deg) / DENSITY_DEGREES,
                                   (grid->west_deg + column * grid->step_lon_deg) / DENSITY_DEGREES, 0.0};
        double distance, azimuth;
        cosmo_geodesic_between(body->designed, at, &distance, &azimuth);
        const double offset_m[2] = {distance * cosmo_real_sin(azimuth), distance * cosmo_real_cos(azimuth)};
        grid->values[i] = (float)density_at(&kernels, offset_m);
    }
    return COSMO_OK;
}
