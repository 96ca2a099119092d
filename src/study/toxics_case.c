/* A release computed: the samples, which input weighs, and how it stands beside what was reported. */
#include "core/real.h"
#include "study/toxics_parts.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { TOXICS_CASE_SHARES_SAMPLES = 64, TOXICS_CASE_SHARES_KEPT = 6, TOXICS_CASE_ANSWERS = 3 };
static const double TOXICS_CASE_NORMAL_95 = 1.6448536269514722;
static const double TOXICS_CASE_MATCHED = 0.1;
/* The factor is the one within which dispersion models are held to the observations (FAC2 of tests/truth). */
static const char TOXICS_CASE_TRUST[] =
    "validation: particles are compared with tracer releases near the ground to 800 m alone (Project Prairie Grass); "
    "nothing here validates clouds of explosions or ranges beyond 800 m. For hazard use multiply concentrations by 2: "
    "within that factor models are held to those arcs, and farther off nothing was measured";
static const double TOXICS_CASE_TURN = 6.283185307179586;

size_t cosmo_toxics_case_soil_species(const cosmo_accident *accident)
{
    return accident->n_soils > 0 ? accident->soils[0].species : 0;
}

size_t cosmo_toxics_case_people_level(const cosmo_accident *accident)
{
    for (size_t i = 0; i < accident->n_levels; i++)
        if (accident->levels[i].threshold->rank >= 2) return i;
    return accident->n_levels > 0 ? 0 : SIZE_MAX;
}

/* ---- shares of variance ---- */

static int toxics_case_order(const void *a, const void *b)
{
    const cosmo_toxics_share *p = a, *q = b;
    return p->share > q->share ? -1 : p->share < q->share;
}

/* The largest shares of one answer, after the ones that are there. Answers span decades: their logarithm is split. */
static cosmo_status toxics_case_split(cosmo_toxics_case *c, const char *name, double *values, cosmo_arena *arena,
                                      cosmo_run *run, cosmo_toxics_share *items, size_t *n)
{
    const cosmo_accident_answer *a = &c->answer;
    double *shares = cosmo_arena_array(arena, a->n_inputs + 1, sizeof *shares), least = INFINITY;
    cosmo_toxics_share *all = cosmo_arena_array(arena, a->n_inputs + 1, sizeof *all);
    COSMO_NEED(shares, run);
    COSMO_NEED(all, run);
    for (size_t i = 0; i < a->n_samples; i++)
        if (values[i] > 0.0) least = fmin(least, values[i]);
    if (!isfinite(least)) return COSMO_OK;
    for (size_t i = 0; i < a->n_samples; i++) values[i] = cosmo_real_log(fmax(values[i], 0.1 * least));
    COSMO_TRY(cosmo_variance_shares(a->n_samples, a->n_inputs, a->inputs, values, run, shares));
    for (size_t i = 0; i < a->n_inputs; i++) all[i] = (cosmo_toxics_share){name, a->input_names[i], shares[i]};
    qsort(all, a->n_inputs, sizeof *all, toxics_case_order);
    for (size_t i = 0; i < a->n_inputs && i < TOXICS_CASE_SHARES_KEPT && all[i].share > 0.0; i++)
        items[(*n)++] = all[i];
    return COSMO_OK;
}

static cosmo_status toxics_case_shares(cosmo_toxics_case *c, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_accident *accident = &c->toxics->accident;
    const cosmo_accident_answer *a = &c->answer;
    c->shares = (cosmo_list){0, NULL};
    if (a->n_samples < TOXICS_CASE_SHARES_SAMPLES || a->n_inputs == 0) {
        cosmo_run_note(run, COSMO_NOTE_WARNING,
                       "variance: shares of the inputs need %d samples; there are %zu, so none are told",
                       TOXICS_CASE_SHARES_SAMPLES, a->n_samples);
        return COSMO_OK;
    }
    const size_t soil = cosmo_toxics_case_soil_species(accident), level = cosmo_toxics_case_people_level(accident);
    cosmo_toxics_share *items =
        cosmo_arena_array(arena, (size_t)TOXICS_CASE_ANSWERS * TOXICS_CASE_SHARES_KEPT, sizeof *items);
    double *values = cosmo_arena_array(arena, a->n_samples, sizeof *values);
    COSMO_NEED(items, run);
    COSMO_NEED(values, run);
    size_t n = 0;
    for (size_t i = 0; i < a->n_samples; i++) values[i] = cosmo_toxics_case_soil_kg(a, accident->n_species, i, soil);
    const char *name = cosmo_arena_print(arena, "%s in the soil", accident->species[soil]->id);
    COSMO_NEED(name, run);
    COSMO_TRY(toxics_case_split(c, name, values, arena, run, items, &n));
    if (level != SIZE_MAX) {
        const cosmo_accident_level *l = &accident->levels[level];
        for (size_t i = 0; i < a->n_samples; i++) {
            const cosmo_accident_reach *reach = &a->reach[i * accident->n_levels + level];
            values[i] = reach->area_inside_m2 + reach->area_outside_m2;
        }
        name = cosmo_arena_print(arena, "area above %s of %s", l->threshold->level, l->threshold->substance);
        COSMO_NEED(name, run);
        COSMO_TRY(toxics_case_split(c, name, values, arena, run, items, &n));
    }
    c->shares = (cosmo_list){n, items};
    return COSMO_OK;
}

/* ---- reports ---- */

double cosmo_toxics_case_soil_kg(const cosmo_accident_answer *answer, size_t n_species, size_t sample, size_t species)
{
    const cosmo_accident_soil *s = &answer->soil[sample * n_species + species];
    return s->spilled_kg + s->dry_kg + s->wet_kg;
}

static const cosmo_yaml *toxics_case_place(const cosmo_toxics *t, size_t report)
{
    const cosmo_yaml *node = cosmo_yaml_child(t->release.root, "reports")->first_child;
    while (report-- > 0) node = node->next;
    return node;
}

/* The species that a report is about, by its own name or by that of the tank. */
static cosmo_status toxics_case_species(const cosmo_toxics *t, size_t report, const char *id, cosmo_run *run,
                                        size_t *species)
{
    const cosmo_accident *a = &t->accident;
    *species = cosmo_toxics_case_soil_species(a);
    if (id == NULL) return COSMO_OK;
    for (size_t i = 0; i < a->n_species; i++)
        if (strcmp(a->species[i]->id, id) == 0) {
            *species = i;
            return COSMO_OK;
        }
    return cosmo_yaml_fail(toxics_case_place(t, report), run, "reports: no '%.40s' is in the air or in the soil here",
                           id);
}

static const char *toxics_case_near(const cosmo_accident *a, const char *name, cosmo_arena *arena)
{
    const char **names = cosmo_arena_array(arena, a->n_receptors + 1, sizeof *names);
    for (size_t i = 0; names != NULL && i < a->n_receptors; i++) names[i] = a->receptors[i].name;
    return names != NULL ? cosmo_text_nearest(name, names, a->n_receptors) : NULL;
}

static cosmo_status toxics_case_receptor(const cosmo_toxics *t, size_t report, const char *name, cosmo_run *run,
                                         size_t *receptor)
{
    const cosmo_accident *a = &t->accident;
    for (size_t i = 0; name != NULL && i < a->n_receptors; i++)
        if (strcmp(a->receptors[i].name, name) == 0) {
            *receptor = i;
            return COSMO_OK;
        }
    const cosmo_yaml *place = toxics_case_place(t, report);
    if (name == NULL)
        return cosmo_yaml_fail(place, run, "reports: a concentration in air is of a receptor; 'at' names it");
    const char *nearest = toxics_case_near(a, name, run->arena);
    return cosmo_yaml_fail(place, run, "reports: '%.80s' is none of the receptors%s%s%s", name,
                           nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                           nearest != NULL ? "'?" : "");
}

/* The computed values of a reported figure, one a sample. */
static cosmo_status toxics_case_values(const cosmo_toxics_case *c, size_t report, cosmo_run *run, double *values,
                                       bool *soil)
{
    static const char *const names[] = {"crater_concentration_mg_kg", "crater_concentration_later_mg_kg",
                                        "soil_mass_kg", "concentration_20min_mg_m3", "spilled_mass_kg"};
    enum { N = sizeof names / sizeof names[0] };
    const cosmo_toxics *t = c->toxics;
    const cosmo_accident_answer *a = &c->answer;
    const cosmo_release_report *r = (const cosmo_release_report *)t->release.reports.items + report;
    const size_t n_species = t->accident.n_species;
    size_t which = 0, species, receptor = 0;
    while (which < N && strcmp(names[which], r->quantity) != 0) which++;
    if (which == N) {
        const char *nearest = cosmo_text_nearest(r->quantity, names, N);
        return cosmo_yaml_fail(toxics_case_place(t, report), run, "reports: unknown quantity '%.80s'%s%s%s",
                               r->quantity, nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                               nearest != NULL ? "'?" : "");
    }
    COSMO_TRY(toxics_case_species(t, report, r->substance, run, &species));
    if (which == 3) COSMO_TRY(toxics_case_receptor(t, report, r->at, run, &receptor));
    *soil = which < 2;
    for (size_t i = 0; i < a->n_samples; i++) {
        const cosmo_accident_soil *s = &a->soil[i * n_species + species];
        values[i] = which == 0   ? s->crater_mg_kg
                    : which == 1 ? s->crater_later_mg_kg
                    : which == 2 ? cosmo_toxics_case_soil_kg(a, n_species, i, species)
                    : which == 4 ? s->spilled_kg
                                 : 1e6 * a->peak_kg_m3[(i * t->accident.n_receptors + receptor) * n_species + species];
    }
    return COSMO_OK;
}

static bool toxics_case_meets(const cosmo_range *reported, const cosmo_quantiles *computed, double widened)
{
    return reported->high >= computed->p5 / widened && reported->low <= computed->p95 * widened;
}

static void toxics_case_figure(const cosmo_toxics_case *c, bool soil, cosmo_toxics_comparison *comparison)
{
    const double widened = soil ? cosmo_real_exp(TOXICS_CASE_NORMAL_95 * c->sigma_ln) : 1.0;
    const cosmo_range *reported = &comparison->report->value;
    const cosmo_quantiles *computed = &comparison->computed;
    comparison->within = toxics_case_meets(reported, computed, 1.0);
    comparison->within_scatter = toxics_case_meets(reported, computed, widened);
    comparison->factor = comparison->within              ? 1.0
                         : reported->low > computed->p95 ? reported->low / computed->p95
                                                         : reported->high / computed->p5;
}

/* At each height the share of the samples in which the wind goes where the cloud was seen to go. */
static void toxics_case_direction(const cosmo_toxics_case *c, cosmo_toxics_comparison *comparison)
{
    const cosmo_accident_answer *a = &c->answer;
    const cosmo_release_report *r = comparison->report;
    for (size_t k = 0; k < COSMO_ACCIDENT_WINDS; k++) {
        size_t hits = 0;
        for (size_t i = 0; i < a->n_samples; i++) {
            double off = a->winds_rad[i * COSMO_ACCIDENT_WINDS + k] - r->towards_rad;
            off -= TOXICS_CASE_TURN * floor(off / TOXICS_CASE_TURN + 0.5);
            hits += fabs(off) <= r->within_rad;
        }
        const double share = (double)hits / (double)a->n_samples, height = cosmo_accident_wind_height_m(k);
        if (k == 0 || share > comparison->best_share) {
            comparison->best_share = share;
            comparison->best_m = height;
        }
        if (share < TOXICS_CASE_MATCHED) continue;
        if (isnan(comparison->lowest_m)) comparison->lowest_m = height;
        comparison->highest_m = height;
        comparison->within = comparison->within_scatter = true;
    }
}

static cosmo_status toxics_case_compare(cosmo_toxics_case *c, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *reports = &c->toxics->release.reports;
    const cosmo_release_report *items = reports->items;
    cosmo_toxics_comparison *all = cosmo_arena_array(arena, reports->n + 1, sizeof *all);
    double *values = cosmo_arena_array(arena, c->answer.n_samples, sizeof *values);
    COSMO_NEED(all, run);
    COSMO_NEED(values, run);
    for (size_t i = 0; i < reports->n; i++) {
        all[i] = (cosmo_toxics_comparison){.report = &items[i],
                                           .computed = {NAN, NAN, NAN, NAN},
                                           .factor = NAN,
                                           .lowest_m = NAN,
                                           .highest_m = NAN,
                                           .best_m = NAN,
                                           .best_share = NAN};
        if (isfinite(items[i].towards_rad)) {
            toxics_case_direction(c, &all[i]);
            continue;
        }
        bool soil = false;
        COSMO_TRY(toxics_case_values(c, i, run, values, &soil));
        all[i].computed = cosmo_quantiles_find(values, c->answer.n_samples, 1, arena);
        toxics_case_figure(c, soil, &all[i]);
    }
    c->comparisons = (cosmo_list){reports->n, all};
    return COSMO_OK;
}

/* By the launch's rules: of the failures that are swept, or of this one. */
static cosmo_status toxics_case_launch(cosmo_toxics_case *c, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_toxics_hazard hazard;
    if (c->toxics->release.source.failure_times.n > 0) {
        cosmo_toxics_sweep *sweep = cosmo_arena_alloc(arena, sizeof *sweep);
        COSMO_NEED(sweep, run);
        COSMO_TRY(cosmo_toxics_sweep_run(c, arena, run, sweep));
        c->sweep = sweep;
        hazard = (cosmo_toxics_hazard){sweep->containment, sweep->exposed.value,
                                       isfinite(sweep->exposed.value) ? sweep->individual : NAN, sweep->later};
    } else
        hazard = cosmo_toxics_limits_hazard(c->toxics, &c->answer);
    return cosmo_toxics_limits_judge(c->toxics, &hazard, arena, run, &c->limits);
}

cosmo_status cosmo_toxics_case_run(const cosmo_toxics *toxics, const cosmo_campaign *campaign, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_toxics_case *result)
{
    *result = (cosmo_toxics_case){.toxics = toxics, .run = run, .sigma_ln = cosmo_exceedance_scatter_2013()};
    COSMO_TRY(cosmo_accident_run(&toxics->accident, campaign, arena, run, &result->answer));
    if (campaign != NULL && campaign->kind == COSMO_CAMPAIGN_SHARD) return COSMO_OK;
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "%s", TOXICS_CASE_TRUST);
    COSMO_TRY(toxics_case_shares(result, arena, run));
    COSMO_TRY(toxics_case_compare(result, arena, run));
    COSMO_TRY(cosmo_toxics_worth_make(result, arena, run));
    return toxics_case_launch(result, arena, run);
}
