/* How far limits are passed, over the samples. */
#include "study/toxics_page.h"

#include <math.h>

cosmo_toxics_reached cosmo_toxics_reached_find(const cosmo_accident_answer *answer, const cosmo_accident_reach *first,
                                               size_t n_levels, cosmo_arena *arena)
{
    enum { COLUMNS = 6 };
    const size_t n = answer->n_samples;
    double *values = cosmo_arena_array(arena, COLUMNS * n, sizeof *values);
    const cosmo_quantiles unknown = {NAN, NAN, NAN, NAN};
    if (values == NULL) return (cosmo_toxics_reached){unknown, unknown, unknown, unknown, unknown, unknown, NAN};
    size_t passed = 0;
    for (size_t i = 0; i < n; i++) {
        const cosmo_accident_reach *r = &first[i * n_levels];
        double *row = &values[COLUMNS * i];
        row[0] = r->area_inside_m2 + r->area_outside_m2;
        row[1] = r->area_inside_m2;
        row[2] = r->area_outside_m2;
        row[3] = r->people_inside + r->people_outside;
        row[4] = r->people_inside;
        row[5] = r->farthest_m;
        passed += row[0] > 0.0;
    }
    cosmo_quantiles q[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++) q[k] = cosmo_quantiles_find(values + k, n, COLUMNS, arena);
    return (cosmo_toxics_reached){q[0], q[1], q[2], q[3], q[4], q[5], (double)passed / (double)n};
}

bool cosmo_toxics_reached_meet(const cosmo_toxics_case *c, size_t receptor, int64_t rank, cosmo_arena *arena,
                               cosmo_toxics_meeting *meeting)
{
    const cosmo_accident *accident = &c->toxics->accident;
    const size_t n = c->answer.n_samples, stride = accident->n_receptors * accident->n_levels;
    bool found = false;
    for (size_t k = 0; k < accident->n_levels; k++) {
        if (accident->levels[k].threshold->rank < rank) continue;
        const double *ratio = c->answer.ratio + receptor * accident->n_levels + k;
        const cosmo_quantiles q = cosmo_quantiles_find(ratio, n, stride, arena);
        if (found && !(q.p95 > meeting->ratio.p95)) continue;
        size_t above = 0;
        for (size_t i = 0; i < n; i++) above += ratio[i * stride] >= 1.0;
        *meeting = (cosmo_toxics_meeting){k, q, (double)above / (double)n};
        found = true;
    }
    return found;
}
