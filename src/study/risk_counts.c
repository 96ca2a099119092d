/* The default population beside the user's, around the planned drops. */
#include "core/real.h"
#include "study/risk_parts.h"

#include <math.h>

cosmo_status cosmo_risk_counts_make(cosmo_arena *arena, cosmo_run *run, cosmo_risk_case *r)
{
    const cosmo_scatter *s = &r->scatter;
    r->count_ratio = r->count_factor = NAN;
    if (r->beside == NULL) return COSMO_OK;
    cosmo_risk_count *counts = cosmo_arena_array(arena, s->n_bodies + 1, sizeof *counts);
    COSMO_NEED(counts, run);
    double n = 0.0, sum = 0.0, square = 0.0;
    for (size_t i = 0; i < s->n_bodies; i++) {
        const cosmo_geodetic at = s->bodies[i].center;
        counts[i] = (cosmo_risk_count){
            s->bodies[i].body,
            cosmo_population_in_circle(r->population, at.latitude_rad, at.longitude_rad, COSMO_RISK_COUNT_RADIUS_M),
            cosmo_population_in_circle(r->beside, at.latitude_rad, at.longitude_rad, COSMO_RISK_COUNT_RADIUS_M)};
        if (!(counts[i].people > 0.0) || !(counts[i].people_default > 0.0)) continue;
        const double log_ratio = cosmo_real_log(counts[i].people_default / counts[i].people);
        n += 1.0;
        sum += log_ratio;
        square += log_ratio * log_ratio;
    }
    r->counts = (cosmo_list){s->n_bodies, counts};
    if (n > 0.0) r->count_ratio = cosmo_real_exp(sum / n);
    if (n > 1.0) r->count_factor = cosmo_real_exp(sqrt(fmax(square - sum * sum / n, 0.0) / (n - 1.0)));
    return COSMO_OK;
}
