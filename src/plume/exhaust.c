/* The exhaust that a vehicle leaves along its path, as puffs. */
#include "cosmodrome/plume.h"

#include <math.h>

static cosmo_status exhaust_check(const cosmo_exhaust_path *path, double top_m, cosmo_run *run)
{
    if (!isfinite(top_m))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "exhaust is followed up to a height, not %g m", top_m);
    for (size_t i = 0; i < path->n; i++) {
        const double sum = path->time_s[i] + path->east_m[i] + path->north_m[i] + path->height_m[i];
        if (!isfinite(sum) || !(path->burn_kg_s[i] >= 0.0 && isfinite(path->burn_kg_s[i])))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "point %zu of a path of exhaust is not finite or burns below 0",
                                  i);
        if (i > 0 && !(path->time_s[i] > path->time_s[i - 1]))
            return cosmo_run_fail(run, COSMO_BAD_INPUT,
                                  "point %zu of a path of exhaust is not later than the one before", i);
    }
    return COSMO_OK;
}

/* The puff of the segment that ends at point i, of which the part `share` from its start is below the top. */
static cosmo_plume_release exhaust_puff(const cosmo_exhaust_path *p, size_t i, double share,
                                        const cosmo_exhaust *exhaust)
{
    const double half = 0.5 * share, dt_s = p->time_s[i] - p->time_s[i - 1];
    /* the trapezoid up to there: the mean of what burns at its start and at its end */
    const double burn_kg_s = p->burn_kg_s[i - 1] + half * (p->burn_kg_s[i] - p->burn_kg_s[i - 1]);
    cosmo_plume_release puff = {.start_s = p->time_s[i - 1] + half * dt_s,
                                .east_m = p->east_m[i - 1] + half * (p->east_m[i] - p->east_m[i - 1]),
                                .north_m = p->north_m[i - 1] + half * (p->north_m[i] - p->north_m[i - 1]),
                                .height_m = p->height_m[i - 1] + half * (p->height_m[i] - p->height_m[i - 1]),
                                .sigma_across_m = exhaust->sigma_m,
                                .sigma_along_m = exhaust->sigma_m,
                                .sigma_up_m = exhaust->sigma_m};
    for (int k = 0; k < COSMO_PLUME_SPECIES_MAX; k++) puff.mass_kg[k] = exhaust->share[k] * burn_kg_s * share * dt_s;
    return puff;
}

cosmo_status cosmo_exhaust_puffs(const cosmo_exhaust_path *path, const cosmo_exhaust *exhaust, double top_m,
                                 cosmo_arena *arena, cosmo_run *run, cosmo_list *releases)
{
    COSMO_TRY(exhaust_check(path, top_m, run));
    *releases = (cosmo_list){0};
    if (path->n < 2 || path->height_m[0] >= top_m) return COSMO_OK;
    cosmo_plume_release *puffs = cosmo_arena_array(arena, path->n - 1, sizeof *puffs);
    COSMO_NEED(puffs, run);
    size_t n = 0;
    double share = 1.0;
    for (size_t i = 1; i < path->n && share == 1.0; i++) {
        const double climb_m = path->height_m[i] - path->height_m[i - 1];
        if (path->height_m[i] > top_m) share = (top_m - path->height_m[i - 1]) / climb_m;
        if (share > 0.0) puffs[n++] = exhaust_puff(path, i, share, exhaust);
    }
    *releases = (cosmo_list){.n = n, .items = puffs};
    return COSMO_OK;
}
