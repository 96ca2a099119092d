/* Charts of a risk case: what each kind of failure would do, and what moves the impacts. */
#include "study/risk_parts.h"

#include <math.h>
#include <string.h>

enum { RISK_CHARTS_N = 2, RISK_CHARTS_MOVERS = 8 };

/* What a failure of a phase and mode would do; NULL: there is none. */
static const cosmo_risk_row *risk_charts_find(const cosmo_risk *k, const char *phase, const char *mode)
{
    const size_t length = strlen(phase);
    for (size_t i = 0; i < k->n_conditions; i++) {
        const char *name = k->conditional[i].name;
        if (strncmp(name, phase, length) == 0 && strncmp(name + length, ", ", 2) == 0 &&
            strcmp(name + length + 2, mode) == 0)
            return &k->conditional[i];
    }
    return NULL;
}

/* The failures of one mode, a value a phase. */
static bool risk_charts_mode(const cosmo_risk *k, const char *mode, cosmo_arena *arena, cosmo_series *series)
{
    double *values = cosmo_arena_array(arena, k->n_phases + 1, sizeof *values);
    double *low = cosmo_arena_array(arena, k->n_phases + 1, sizeof *low);
    double *high = cosmo_arena_array(arena, k->n_phases + 1, sizeof *high);
    if (values == NULL || low == NULL || high == NULL) return false;
    for (size_t i = 0; i < k->n_phases; i++) {
        const cosmo_risk_row *row = risk_charts_find(k, k->by_phase[i].name, mode);
        values[i] = row != NULL ? row->value : NAN;
        low[i] = row != NULL ? row->value - row->standard_error : NAN;
        high[i] = row != NULL ? row->value + row->standard_error : NAN;
    }
    *series = (cosmo_series){.id = mode,
                             .title = mode,
                             .unit = "expected casualties",
                             .n = k->n_phases,
                             .values = values,
                             .low = low,
                             .high = high};
    return true;
}

static bool risk_charts_conditional(const cosmo_risk *k, cosmo_arena *arena, cosmo_chart *chart)
{
    cosmo_series *series = cosmo_arena_array(arena, COSMO_FAILURE_MODES, sizeof *series);
    const char **rows = cosmo_arena_array(arena, k->n_phases + 1, sizeof *rows);
    if (series == NULL || rows == NULL) return false;
    for (size_t i = 0; i < k->n_phases; i++) rows[i] = k->by_phase[i].name;
    for (size_t m = 0; m < COSMO_FAILURE_MODES; m++)
        if (!risk_charts_mode(k, cosmo_failure_mode_name((cosmo_failure_mode)m), arena, &series[m])) return false;
    *chart =
        (cosmo_chart){.id = "conditional",
                      .title = "What a failure would do",
                      .n_series = COSMO_FAILURE_MODES,
                      .series = series,
                      .note = "Expected casualties given a failure, by the stage that ends the phase and the way of "
                              "failing; whiskers: a standard error of sampling to either side.",
                      .by_powers = true,
                      .rows = rows};
    return true;
}

/* The body that scatters most. */
static size_t risk_charts_widest(const cosmo_scatter *s)
{
    double most = -1.0;
    size_t widest = 0;
    for (size_t b = 0; b < s->n_bodies; b++) {
        double major, minor, azimuth;
        if (s->bodies[b].n < 2) continue;
        cosmo_scatter_ellipse(s->bodies[b].covariance_m2, 0.5, &major, &minor, &azimuth);
        if (major > most) widest = b;
        most = fmax(most, major);
    }
    return widest;
}

static bool risk_charts_movers(const cosmo_scatter *s, cosmo_arena *arena, cosmo_chart *chart)
{
    const size_t body = risk_charts_widest(s);
    cosmo_risk_mover *movers = cosmo_arena_array(arena, s->n_effects + 1, sizeof *movers);
    cosmo_series *series = cosmo_arena_array(arena, 2, sizeof *series);
    const char **rows = cosmo_arena_array(arena, RISK_CHARTS_MOVERS, sizeof *rows);
    double *along_km = cosmo_arena_array(arena, RISK_CHARTS_MOVERS, sizeof *along_km);
    double *across_km = cosmo_arena_array(arena, RISK_CHARTS_MOVERS, sizeof *across_km);
    if (movers == NULL || series == NULL || rows == NULL || along_km == NULL || across_km == NULL) return false;
    const size_t all = s->n_bodies > 0 ? cosmo_risk_sheets_sort(s, body, body + 1, movers) : 0;
    const size_t n = all < RISK_CHARTS_MOVERS ? all : RISK_CHARTS_MOVERS;
    for (size_t i = 0; i < n; i++) {
        rows[i] = movers[i].effect->name;
        along_km[i] = 1e-3 * movers[i].effect->along_m[body];
        across_km[i] = 1e-3 * movers[i].effect->across_m[body];
    }
    const char *unit = "km for a standard deviation of the input";
    series[0] = (cosmo_series){.id = "along", .title = "along the track", .unit = unit, .n = n, .values = along_km};
    series[1] = (cosmo_series){.id = "across", .title = "across the track", .unit = unit, .n = n, .values = across_km};
    const char *name = s->n_bodies > 0 ? s->bodies[body].body : "";
    *chart = (cosmo_chart){.id = "movers",
                           .title = cosmo_arena_print(arena, "What moves the impact of the %s most", name),
                           .n_series = n > 0 ? 2 : 0,
                           .series = series,
                           .note = "Of the planned drop that scatters most; the table below has all of them.",
                           .rows = rows};
    return chart->title != NULL;
}

bool cosmo_risk_charts_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page)
{
    cosmo_chart *charts = cosmo_arena_array(arena, RISK_CHARTS_N + page->n_charts, sizeof *charts);
    if (charts == NULL || !risk_charts_conditional(&r->risk, arena, &charts[0])) return false;
    if (!risk_charts_movers(&r->scatter, arena, &charts[1])) return false;
    if (page->n_charts > 0) memcpy(&charts[RISK_CHARTS_N], page->charts, page->n_charts * sizeof *charts);
    page->charts = charts;
    page->n_charts += RISK_CHARTS_N;
    return true;
}
