/* Charts of a release: how far it reaches, places, what weighs, why two bills differ. */
#include "study/toxics_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOXICS_CHARTS_MAX = 3 + 4, TOXICS_CHARTS_CURVES = 6, TOXICS_CHARTS_SERIOUS = 2 };
static const double TOXICS_CHARTS_KM = 1e3;

typedef struct toxics_charts {
    const cosmo_toxics_case *c;
    cosmo_arena *arena;
    cosmo_chart *items;
    size_t n;
} toxics_charts;

/* ---- how far ---- */

static int toxics_charts_order(const void *a, const void *b)
{
    const double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* Share of the samples that reach so far and farther, at each of their distances; false where memory is out. */
static bool toxics_charts_reach(const toxics_charts *out, size_t level, cosmo_series *series)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    const cosmo_accident_level *l = &accident->levels[level];
    const size_t n = out->c->answer.n_samples;
    double *distance = cosmo_arena_array(out->arena, 2 * n + 1, sizeof *distance);
    double *far = cosmo_arena_array(out->arena, n, sizeof *far);
    double *share = cosmo_arena_array(out->arena, 2 * n + 1, sizeof *share);
    if (distance == NULL || far == NULL || share == NULL) return false;
    for (size_t i = 0; i < n; i++)
        far[i] = out->c->answer.reach[i * accident->n_levels + level].farthest_m / TOXICS_CHARTS_KM;
    qsort(far, n, sizeof *far, toxics_charts_order);
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        if (!(far[i] > 0.0)) continue;
        /* a step down at each distance: so many reach it, one fewer passes it */
        distance[used] = distance[used + 1] = far[i];
        share[used++] = 100.0 * (double)(n - i) / (double)n;
        share[used++] = 100.0 * (double)(n - i - 1) / (double)n;
    }
    const char *id = cosmo_arena_print(out->arena, "reach-%zu", level + 1);
    const char *title =
        cosmo_arena_print(out->arena, "%s of %s (%s)", l->threshold->level, l->threshold->substance, l->set);
    *series = (cosmo_series){
        .id = id, .title = title, .unit = "% of the samples", .n = used, .t_s = distance, .values = share};
    return id != NULL && title != NULL;
}

static bool toxics_charts_far(toxics_charts *out)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    cosmo_series *series = cosmo_arena_array(out->arena, TOXICS_CHARTS_CURVES, sizeof *series);
    size_t n = 0;
    if (series == NULL) return false;
    if (out->c->answer.n_samples < 2) return true;
    for (size_t k = 0; k < accident->n_levels && n < TOXICS_CHARTS_CURVES; k++) {
        if (accident->levels[k].threshold->rank < TOXICS_CHARTS_SERIOUS) continue;
        if (!toxics_charts_reach(out, k, &series[n])) return false;
        n += series[n].n > 0;
    }
    if (n == 0) return true;
    out->items[out->n++] = (cosmo_chart){.id = "reach",
                                         .title = "How far limits are passed",
                                         .n_series = n,
                                         .series = series,
                                         .note = "Share of the samples in which a limit of rank 2 or more is passed so "
                                                 "far from the source, or farther.",
                                         .along = "Distance, km",
                                         .along_by_powers = true};
    return true;
}

/* ---- places ---- */

static bool toxics_charts_places(toxics_charts *out)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    const size_t room = accident->n_receptors + 1;
    cosmo_series *series = cosmo_arena_array(out->arena, 1, sizeof *series);
    const char **rows = cosmo_arena_array(out->arena, room, sizeof *rows);
    double *half = cosmo_arena_array(out->arena, room, sizeof *half);
    double *low = cosmo_arena_array(out->arena, room, sizeof *low);
    double *high = cosmo_arena_array(out->arena, room, sizeof *high);
    if (series == NULL || rows == NULL || half == NULL || low == NULL || high == NULL) return false;
    size_t n = 0;
    for (size_t i = 0; i < accident->n_receptors; i++) {
        cosmo_toxics_meeting m;
        if (!cosmo_toxics_reached_meet(out->c, i, 1, out->arena, &m) || !(m.ratio.mean > 0.0)) continue;
        const cosmo_threshold *t = accident->levels[m.level].threshold;
        rows[n] = cosmo_arena_print(out->arena, "%s: %s of %s", accident->receptors[i].name, t->level, t->substance);
        if (rows[n] == NULL) return false;
        half[n] = m.ratio.mean;
        low[n] = m.ratio.p5;
        high[n++] = m.ratio.p95;
    }
    if (n < 2) return true; /* one bar alone says no more than its row in the table */
    *series = (cosmo_series){.id = "ratio", .unit = "of the limit", .n = n, .values = half, .low = low, .high = high};
    out->items[out->n++] = (cosmo_chart){
        .id = "receptors",
        .title = "Places and the limits they come nearest to",
        .n_series = 1,
        .series = series,
        .note = "Mean over the samples of the concentration as a share of the limit, at the averaging time "
                "where it is largest; 1 is the limit. Whiskers: 5 to 95 % of the samples.",
        .by_powers = true,
        .rows = rows};
    return true;
}

/* ---- what weighs ---- */

/* The shares of one answer: those from `first` on that are of the same. */
static bool toxics_charts_weights(toxics_charts *out, size_t first, size_t n)
{
    const cosmo_toxics_share *items = (const cosmo_toxics_share *)out->c->shares.items + first;
    cosmo_series *series = cosmo_arena_array(out->arena, 1, sizeof *series);
    const char **rows = cosmo_arena_array(out->arena, n, sizeof *rows);
    double *percent = cosmo_arena_array(out->arena, n, sizeof *percent);
    if (series == NULL || rows == NULL || percent == NULL) return false;
    for (size_t i = 0; i < n; i++) {
        rows[i] = cosmo_toxics_sheets_is_assumed(items[i].input)
                      ? cosmo_arena_print(out->arena, "%s (assumed)", items[i].input)
                      : items[i].input;
        if (rows[i] == NULL) return false;
        percent[i] = 100.0 * items[i].share;
    }
    *series = (cosmo_series){.id = "share", .unit = "% of the variance", .n = n, .values = percent};
    cosmo_chart chart = {.id = cosmo_arena_print(out->arena, "weights-%zu", first + 1),
                         .title = cosmo_arena_print(out->arena, "What weighs: %s", items->answer),
                         .n_series = 1,
                         .series = series,
                         .note = "Share of the variance of its logarithm that an input explains by itself.",
                         .rows = rows};
    out->items[out->n++] = chart;
    return chart.id != NULL && chart.title != NULL;
}

static bool toxics_charts_variance(toxics_charts *out)
{
    const cosmo_toxics_share *items = out->c->shares.items;
    for (size_t i = 0, n; i < out->c->shares.n && out->n + 1 < TOXICS_CHARTS_MAX; i += n) {
        for (n = 1; i + n < out->c->shares.n && strcmp(items[i + n].answer, items[i].answer) == 0;) n++;
        if (!toxics_charts_weights(out, i, n)) return false;
    }
    return true;
}

/* ---- why two bills differ ---- */

static void toxics_charts_bar(cosmo_series *series, const char **rows, double *const ends[2], const char *row,
                              double from, double to)
{
    rows[series->n] = row;
    ends[0][series->n] = from;
    ends[1][series->n++] = to;
}

static bool toxics_charts_difference(toxics_charts *out)
{
    const cosmo_valuation_difference *d = out->c->difference;
    const cosmo_release_party *parties = out->c->toxics->release.valuation.parties.items;
    if (d == NULL || d->n_rows == 0 || !isfinite(d->a) || !isfinite(d->b)) return true;
    const double size = fmax(fabs(d->a), fabs(d->b)), unit = size >= 1e9 ? 1e9 : size >= 1e6 ? 1e6 : 1.0;
    cosmo_series *series = cosmo_arena_array(out->arena, 1, sizeof *series);
    const char **rows = cosmo_arena_array(out->arena, d->n_rows + 2, sizeof *rows);
    double *const ends[2] = {cosmo_arena_array(out->arena, d->n_rows + 2, sizeof **ends),
                             cosmo_arena_array(out->arena, d->n_rows + 2, sizeof **ends)};
    if (series == NULL || rows == NULL || ends[0] == NULL || ends[1] == NULL) return false;
    *series = (cosmo_series){.id = "sum",
                             .unit = cosmo_arena_print(out->arena, "%s%s",
                                                       unit == 1e9   ? "billion "
                                                       : unit == 1e6 ? "million "
                                                                     : "",
                                                       d->currency),
                             .values = ends[1],
                             .from = ends[0]};
    double sum = d->a / unit;
    toxics_charts_bar(series, rows, ends, parties[0].name, 0.0, sum);
    for (size_t i = 0; i < d->n_rows; i++) {
        const double change = d->rows[i].contribution / unit;
        if (!isfinite(change) || change == 0.0) continue;
        toxics_charts_bar(series, rows, ends, d->rows[i].what, sum, sum + change);
        sum += change;
    }
    toxics_charts_bar(series, rows, ends, parties[1].name, 0.0, d->b / unit);
    out->items[out->n++] = (cosmo_chart){.id = "difference",
                                         .title = "From one bill to the other",
                                         .n_series = 1,
                                         .series = series,
                                         .note = "What each input makes of the difference (Shapley's value), of the "
                                                 "items that both have an amount for.",
                                         .rows = rows};
    return series->unit != NULL;
}

bool cosmo_toxics_charts_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page)
{
    toxics_charts out = {c, arena, cosmo_arena_array(arena, TOXICS_CHARTS_MAX, sizeof *out.items), 0};
    if (out.items == NULL) return false;
    const bool made = toxics_charts_far(&out) && toxics_charts_places(&out) && toxics_charts_variance(&out) &&
                      toxics_charts_difference(&out);
    page->charts = out.items;
    page->n_charts = out.n;
    return made;
}
