/* Charts of a risk case: what each kind of failure would do, and when, and what moves the impacts. */
#include "study/risk_parts.h"

#include <math.h>
#include <string.h>

enum { RISK_CHARTS_N = 3, RISK_CHARTS_MOVERS = 8 };

static void risk_charts_set(cosmo_series *s, double *const columns[3], size_t i, double value, double standard_error)
{
    s->values = columns[0];
    s->low = columns[1];
    s->high = columns[2];
    columns[0][i] = value;
    columns[1][i] = value - standard_error;
    columns[2][i] = value + standard_error;
}

/* Room for n values and both ends of their errors. */
static bool risk_charts_columns(cosmo_arena *arena, size_t n, double *columns[3])
{
    for (int k = 0; k < 3; k++) columns[k] = cosmo_arena_array(arena, n + 1, sizeof *columns[k]);
    return columns[0] != NULL && columns[1] != NULL && columns[2] != NULL;
}

static bool risk_charts_conditional(const cosmo_risk *k, cosmo_arena *arena, cosmo_chart *chart)
{
    cosmo_series *series = cosmo_arena_array(arena, 1, sizeof *series);
    const char **rows = cosmo_arena_array(arena, k->n_conditions + 1, sizeof *rows);
    double *columns[3];
    if (series == NULL || rows == NULL || !risk_charts_columns(arena, k->n_conditions, columns)) return false;
    *series = (cosmo_series){.id = "conditional", .unit = "expected casualties", .n = k->n_conditions};
    for (size_t i = 0; i < k->n_conditions; i++) {
        rows[i] = k->conditional[i].name;
        risk_charts_set(series, columns, i, k->conditional[i].value, k->conditional[i].standard_error);
    }
    *chart =
        (cosmo_chart){.id = "conditional",
                      .title = "What a failure would do",
                      .n_series = 1,
                      .series = series,
                      .note = "Expected casualties given a failure, by the stage that ends the phase and the way of "
                              "failing; whiskers: a standard error of sampling to either side.",
                      .by_powers = true,
                      .rows = rows};
    return true;
}

/* Casualties given a failure, and how likely it is, over the flight; with the marks of the flight's own charts. */
static bool risk_charts_profile(const cosmo_risk *k, const cosmo_page *page, cosmo_arena *arena, cosmo_chart *chart)
{
    const size_t n = k->n_intervals;
    cosmo_series *series = cosmo_arena_array(arena, 2, sizeof *series);
    double *start_s = cosmo_arena_array(arena, n + 1, sizeof *start_s);
    double *end_s = cosmo_arena_array(arena, n + 1, sizeof *end_s);
    double *percent = cosmo_arena_array(arena, n + 1, sizeof *percent), *columns[3];
    if (series == NULL || start_s == NULL || end_s == NULL || percent == NULL) return false;
    if (!risk_charts_columns(arena, n, columns)) return false;
    series[0] = (cosmo_series){.id = "given", .title = "Casualties given a failure", .unit = "people"};
    series[1] = (cosmo_series){.id = "chance", .title = "Probability of failing", .unit = "% a minute"};
    series[1].right_axis = true;
    series[1].values = percent;
    for (size_t i = 0; i < n; i++) {
        const cosmo_risk_interval *t = &k->by_time[i];
        start_s[i] = t->start_s;
        end_s[i] = t->end_s;
        percent[i] = 100.0 * t->probability * 60.0 / (t->end_s - t->start_s);
        risk_charts_set(&series[0], columns, i, t->value, t->standard_error);
    }
    for (int i = 0; i < 2; i++) {
        series[i].n = n;
        series[i].t_s = start_s;
        series[i].t_end_s = end_s;
    }
    *chart = (cosmo_chart){.id = "profile",
                           .title = "When a failure would do most",
                           .n_series = 2,
                           .series = series,
                           .note = "By the time of the failure; a gap where no sampled failure hurts anybody.",
                           .by_powers = true};
    if (page->n_charts > 0) {
        chart->n_marks = page->charts[0].n_marks;
        chart->marks = page->charts[0].marks;
    }
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
    if (!risk_charts_profile(&r->risk, page, arena, &charts[2])) return false;
    if (page->n_charts > 0) memcpy(&charts[RISK_CHARTS_N], page->charts, page->n_charts * sizeof *charts);
    page->charts = charts;
    page->n_charts += RISK_CHARTS_N;
    return true;
}
