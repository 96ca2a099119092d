/* Key figures of a release. */
#include "study/toxics_page.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { TOXICS_FIGURES_MAX = 24, TOXICS_FIGURES_SERIOUS = 2 };
static const double TOXICS_FIGURES_KM2 = 1e6, TOXICS_FIGURES_HA = 1e4, TOXICS_FIGURES_KM = 1e3, TOXICS_FIGURES_T = 1e3;

typedef struct toxics_figures {
    const cosmo_toxics_case *c;
    cosmo_arena *arena;
    cosmo_figure *items;
    size_t n;
    bool failed;
} toxics_figures;

static void toxics_figures_add(toxics_figures *out, const char *label, const char *value, const char *unit,
                               const char *note)
{
    if (out->n == TOXICS_FIGURES_MAX || label == NULL || value == NULL || note == NULL)
        out->failed = true;
    else
        out->items[out->n++] = (cosmo_figure){.label = label, .value = value, .unit = unit, .note = note};
}

static const char *toxics_figures_number(const toxics_figures *out, double value)
{
    return cosmo_toxics_words_number(out->arena, value);
}

/* "5 to 95 % of the samples: 39 to 590 kg", or that there is but one. */
static const char *toxics_figures_spread(const toxics_figures *out, const cosmo_quantiles *q, double unit,
                                         const char *name)
{
    if (out->c->answer.n_samples == 1) return "one sample";
    const char *span = cosmo_toxics_words_span(out->arena, q->p5, q->p95, unit);
    return span != NULL ? cosmo_arena_print(out->arena, "mean; 5 to 95 %% of the samples: %s %s", span, name) : NULL;
}

/* ---- source and cloud ---- */

static void toxics_figures_cloud(toxics_figures *out)
{
    const cosmo_accident_answer *a = &out->c->answer;
    const cosmo_quantiles aboard = cosmo_quantiles_find(a->propellant_kg, a->n_samples, 1, out->arena);
    toxics_figures_add(out, "Propellant aboard", toxics_figures_number(out, aboard.mean / TOXICS_FIGURES_T), "t",
                       toxics_figures_spread(out, &aboard, TOXICS_FIGURES_T, "t"));
    if (!isfinite(a->height_m[0])) return;
    const cosmo_quantiles height = cosmo_quantiles_find(a->height_m, a->n_samples, 1, out->arena);
    const cosmo_quantiles rise = cosmo_quantiles_find(a->rise_s, a->n_samples, 1, out->arena);
    const char *spread = toxics_figures_spread(out, &height, 1.0, "m");
    toxics_figures_add(out, "Height of the hot cloud", toxics_figures_number(out, height.mean), "m",
                       spread != NULL ? cosmo_arena_print(out->arena, "%s; reached after %.0f s", spread, rise.mean)
                                      : NULL);
}

/* ---- air ---- */

/* Of the first serious level and those of its set that are as serious, of other substances, the one that is passed over
 * the largest area; SIZE_MAX: there is none. */
static size_t toxics_figures_level(const toxics_figures *out, cosmo_toxics_reached *reached)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    const size_t first = cosmo_toxics_case_people_level(accident);
    size_t best = SIZE_MAX;
    for (size_t k = first; k < accident->n_levels; k++) {
        if (strcmp(accident->levels[k].set, accident->levels[first].set) != 0 ||
            accident->levels[k].threshold->rank != accident->levels[first].threshold->rank)
            continue;
        const cosmo_toxics_reached r =
            cosmo_toxics_reached_find(&out->c->answer, out->c->answer.reach + k, accident->n_levels, out->arena);
        if (best != SIZE_MAX && !(r.area_m2.mean > reached->area_m2.mean)) continue;
        best = k;
        *reached = r;
    }
    return best;
}

static void toxics_figures_air(toxics_figures *out)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    cosmo_toxics_reached r;
    const size_t k = toxics_figures_level(out, &r);
    if (k == SIZE_MAX) return;
    const cosmo_accident_level *level = &accident->levels[k];
    const char *name = cosmo_arena_print(out->arena, "%s of %s", level->threshold->level, level->threshold->substance);
    const char *area = toxics_figures_spread(out, &r.area_m2, TOXICS_FIGURES_KM2, "km\302\262");
    const char *inside = toxics_figures_number(out, r.inside_m2.mean / TOXICS_FIGURES_KM2);
    if (area == NULL || inside == NULL || name == NULL) {
        out->failed = true;
        return;
    }
    toxics_figures_add(
        out, cosmo_arena_print(out->arena, "Air above %s", name),
        toxics_figures_number(out, r.area_m2.mean / TOXICS_FIGURES_KM2), "km\302\262",
        accident->inside != NULL
            ? cosmo_arena_print(out->arena, "%s; %s km\302\262 of the mean inside the boundary", area, inside)
            : area);
    toxics_figures_add(out, "People who live there", toxics_figures_number(out, r.people.mean), NULL,
                       toxics_figures_spread(out, &r.people, 1.0, "people"));
    const char *far = toxics_figures_number(out, r.farthest_m.p95 / TOXICS_FIGURES_KM);
    toxics_figures_add(out, cosmo_arena_print(out->arena, "%s reaches", name),
                       toxics_figures_number(out, r.farthest_m.p50 / TOXICS_FIGURES_KM), "km",
                       far != NULL ? cosmo_arena_print(out->arena,
                                                       "half of the samples; 95 %%: %s km; passed somewhere in %.0f %%",
                                                       far, 100.0 * r.probability)
                                   : NULL);
}

static void toxics_figures_receptor(toxics_figures *out)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    cosmo_toxics_meeting worst = {0}, one;
    size_t at = SIZE_MAX;
    for (size_t i = 0; i < accident->n_receptors; i++) {
        if (!cosmo_toxics_reached_meet(out->c, i, TOXICS_FIGURES_SERIOUS, out->arena, &one)) continue;
        if (at != SIZE_MAX && !(one.probability > worst.probability ||
                                (one.probability == worst.probability && one.ratio.p95 > worst.ratio.p95)))
            continue;
        at = i;
        worst = one;
    }
    if (at == SIZE_MAX) return;
    const cosmo_threshold *t = accident->levels[worst.level].threshold;
    const char *ratio = toxics_figures_number(out, worst.ratio.p95);
    toxics_figures_add(out, "Receptor worst off", accident->receptors[at].name, NULL,
                       ratio != NULL ? cosmo_arena_print(out->arena,
                                                         "%s of %s is passed in %.0f %% of the samples; in 95 %% of "
                                                         "them the air stays below %s of it",
                                                         t->level, t->substance, 100.0 * worst.probability, ratio)
                                     : NULL);
}

/* ---- soil ---- */

static void toxics_figures_soil(toxics_figures *out)
{
    const cosmo_accident *accident = &out->c->toxics->accident;
    const cosmo_accident_answer *a = &out->c->answer;
    const size_t species = cosmo_toxics_case_soil_species(accident);
    double *mass = cosmo_arena_array(out->arena, a->n_samples, sizeof *mass);
    if (mass == NULL || accident->n_species == 0) {
        out->failed |= mass == NULL;
        return;
    }
    for (size_t i = 0; i < a->n_samples; i++) mass[i] = cosmo_toxics_case_soil_kg(a, accident->n_species, i, species);
    const cosmo_quantiles q = cosmo_quantiles_find(mass, a->n_samples, 1, out->arena);
    const char *spread = toxics_figures_spread(out, &q, 1.0, "kg");
    toxics_figures_add(
        out, cosmo_arena_print(out->arena, "%s in the soil", accident->species[species]->id),
        toxics_figures_number(out, q.mean), "kg",
        spread != NULL && q.p5 > 0.0 ? cosmo_arena_print(out->arena, "%s, %.0f-fold", spread, q.p95 / q.p5) : spread);
    if (accident->n_soils == 0) return;
    const cosmo_threshold *t = accident->soils[0].threshold;
    const cosmo_toxics_reached r = cosmo_toxics_reached_find(a, a->soil_reach, accident->n_soils, out->arena);
    const char *area = toxics_figures_spread(out, &r.area_m2, TOXICS_FIGURES_HA, "ha");
    const char *in = toxics_figures_number(out, r.inside_m2.mean / TOXICS_FIGURES_HA),
               *outside = toxics_figures_number(out, r.outside_m2.mean / TOXICS_FIGURES_HA);
    if (area == NULL || in == NULL || outside == NULL) {
        out->failed = true;
        return;
    }
    toxics_figures_add(out,
                       cosmo_arena_print(out->arena, "Soil above %g mg/kg of %s", 1e6 * t->soil_kg_kg, t->substance),
                       toxics_figures_number(out, r.area_m2.mean / TOXICS_FIGURES_HA), "ha",
                       accident->inside != NULL
                           ? cosmo_arena_print(out->arena, "%s; of the mean %s ha inside, %s ha outside the boundary",
                                               area, in, outside)
                           : area);
}

/* ---- money, and how far to trust all this ---- */

static void toxics_figures_worth(toxics_figures *out)
{
    const cosmo_valuation *v = out->c->valuations.items;
    const cosmo_release_valuation *asked = &out->c->toxics->release.valuation;
    const cosmo_release_party *parties = asked->parties.items;
    for (size_t i = 0; i < out->c->valuations.n; i++) {
        const bool whole = isfinite(v[i].total.whole.mean);
        const cosmo_valuation_range *sum = whole ? &v[i].total.whole : &v[i].counted.whole;
        const char *converted = asked->currency != NULL && isfinite(v[i].price) && isfinite(sum->mean)
                                    ? cosmo_toxics_words_money(out->arena, sum->mean / v[i].price, asked->currency)
                                    : "";
        if (converted == NULL) {
            out->failed = true;
            return;
        }
        const char *remark = v[i].remark != NULL ? v[i].remark : v[i].n_items > 0 ? v[i].items[0].remark : NULL;
        toxics_figures_add(
            out, cosmo_arena_print(out->arena, "Bill: %s", parties[i].name),
            isfinite(sum->mean) ? cosmo_toxics_words_money(out->arena, sum->mean, v[i].tariff->currency) : "no amount",
            NULL,
            cosmo_arena_print(out->arena, "%s%s%s; rule-set %s", converted, converted[0] != '\0' ? "; " : "",
                              remark != NULL ? remark : "every item has an amount", v[i].tariff->id));
    }
}

static void toxics_figures_trust(toxics_figures *out)
{
    toxics_figures_add(out, "For hazard use", "\303\227 2", NULL,
                       "multiply concentrations by it. Tested on tracer releases near the ground to 800 m alone; "
                       "nothing here validates clouds of explosions");
}

bool cosmo_toxics_figures_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page)
{
    toxics_figures out = {c, arena, cosmo_arena_array(arena, TOXICS_FIGURES_MAX, sizeof *out.items), 0, false};
    if (out.items == NULL) return false;
    toxics_figures_cloud(&out);
    toxics_figures_air(&out);
    toxics_figures_receptor(&out);
    toxics_figures_soil(&out);
    toxics_figures_worth(&out);
    toxics_figures_trust(&out);
    page->figures = out.items;
    page->n_figures = out.n;
    return !out.failed;
}
