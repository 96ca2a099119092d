/* What a stage that is dropped as planned still holds, and how much of it reaches the soil. */
#include "cosmodrome/plume.h"

static const double RESIDUAL_LEAST = 0.5, RESIDUAL_MOST = 1.5; /* of what the vehicle's file says */

size_t cosmo_residual_describe(const cosmo_stage *stage, cosmo_run *run, cosmo_residual *residuals)
{
    const cosmo_tank *tanks = stage->tanks.items;
    size_t n = 0;
    for (size_t i = 0; i < stage->tanks.n && n < COSMO_REMAINS_TANKS_MAX; i++) {
        const double left_kg = (double)stage->count * tanks[i].residual_kg;
        if (!tanks[i].burns || !(left_kg > 0.0)) continue;
        residuals[n++] =
            (cosmo_residual){tanks[i].propellant, {RESIDUAL_LEAST * left_kg, left_kg, RESIDUAL_MOST * left_kg}};
    }
    if (n > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "stage %s: what is left in its tanks is taken to lie between half and one and a half times the "
                       "residuals of the vehicle's file",
                       stage->id);
    return n;
}

void cosmo_residual_draw(const cosmo_residual *residuals, size_t n, const cosmo_range *soil_share, uint64_t seed,
                         uint32_t stream, uint64_t sample, double *soil_kg, double *air_kg)
{
    const double share =
        cosmo_random_triangular(seed, stream, sample, 0, soil_share->low, soil_share->mode, soil_share->high);
    for (size_t i = 0; i < n; i++) {
        const cosmo_range *left = &residuals[i].left_kg;
        const double left_kg =
            cosmo_random_triangular(seed, stream, sample, (uint32_t)i + 1, left->low, left->mode, left->high);
        soil_kg[i] = share * left_kg;
        air_kg[i] = left_kg - soil_kg[i];
    }
}
