/* Steps of a chart as curves. */
#include "report/draw.h"

#include <math.h>
#include <string.h>

enum { STEPS_POINTS = 3 }; /* of a step: its start, its end, a gap */

/* One value of every step, at its start and its end; not a number in a gap. */
static double *steps_column(const cosmo_series *s, const double *start, const double *end, cosmo_arena *arena)
{
    double *column = cosmo_arena_array(arena, STEPS_POINTS * s->n + 1, sizeof *column);
    size_t n = 0;
    for (size_t i = 0; i < s->n && column != NULL; i++) {
        column[n++] = start[i];
        column[n++] = end[i];
        const bool gap = i + 1 < s->n && s->t_s[i + 1] > s->t_end_s[i];
        if (gap) column[n++] = start == end ? NAN : end[i];
    }
    return column;
}

static bool steps_unfold(cosmo_series *s, cosmo_arena *arena)
{
    const cosmo_series from = *s;
    size_t n = 0;
    for (size_t i = 0; i < from.n; i++) n += i + 1 < from.n && from.t_s[i + 1] > from.t_end_s[i] ? 3 : 2;
    s->n = n;
    s->t_s = steps_column(&from, from.t_s, from.t_end_s, arena);
    s->values = steps_column(&from, from.values, from.values, arena);
    if (from.low != NULL) s->low = steps_column(&from, from.low, from.low, arena);
    if (from.high != NULL) s->high = steps_column(&from, from.high, from.high, arena);
    s->t_end_s = NULL;
    return s->t_s != NULL && s->values != NULL && (from.low == NULL || s->low != NULL) &&
           (from.high == NULL || s->high != NULL);
}

const cosmo_chart *cosmo_steps_unfold(const cosmo_page *page, cosmo_arena *arena)
{
    cosmo_chart *charts = cosmo_arena_array(arena, page->n_charts + 1, sizeof *charts);
    for (size_t i = 0; i < page->n_charts && charts != NULL; i++) {
        charts[i] = page->charts[i];
        cosmo_series *series = cosmo_arena_array(arena, charts[i].n_series + 1, sizeof *series);
        if (series == NULL) return NULL;
        for (size_t k = 0; k < charts[i].n_series; k++) {
            series[k] = charts[i].series[k];
            if (series[k].t_end_s != NULL && !steps_unfold(&series[k], arena)) return NULL;
        }
        charts[i].series = series;
    }
    return charts;
}
