/* What a release is worth: its quantities, inside and outside the boundary, under each party's rule-set. */
#include "study/toxics_parts.h"

#include <math.h>
#include <string.h>

enum { TOXICS_WORTH_MAX = 96, TOXICS_WORTH_STREAM = 0x72000 };
static const double TOXICS_WORTH_M2_HA = 1e4;

typedef struct toxics_worth {
    cosmo_toxics_case *result;
    cosmo_arena *arena;
    cosmo_run *run;
    size_t n;
    cosmo_quantity items[TOXICS_WORTH_MAX];
    bool failed;
} toxics_worth;

/* ---- quantities ---- */

static double *toxics_worth_samples(toxics_worth *w)
{
    double *values = cosmo_arena_array(w->arena, w->result->answer.n_samples, sizeof *values);
    w->failed = w->failed || values == NULL;
    return values;
}

static void toxics_worth_add(toxics_worth *w, const char *name, const char *substance, const char *group,
                             const double *inside, const double *outside, const double *whole)
{
    if (w->failed || w->n == TOXICS_WORTH_MAX) return;
    w->items[w->n++] = (cosmo_quantity){name, substance, group, w->result->answer.n_samples, inside, outside, whole};
}

static void toxics_worth_species(toxics_worth *w, size_t species)
{
    const cosmo_accident *accident = &w->result->toxics->accident;
    const cosmo_accident_answer *a = &w->result->answer;
    const char *id = accident->species[species]->id;
    double *released = toxics_worth_samples(w), *fallen_in = toxics_worth_samples(w);
    double *fallen_out = toxics_worth_samples(w), *soil_in = toxics_worth_samples(w);
    double *soil_out = toxics_worth_samples(w), *norm_in = toxics_worth_samples(w), *norm_out = toxics_worth_samples(w);
    if (w->failed) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        const cosmo_accident_soil *s = &a->soil[i * accident->n_species + species];
        const double fallen = s->dry_kg + s->wet_kg;
        released[i] = s->airborne_kg;
        /* two sums of the same masses are not the same number: without a boundary nothing is inside all the same */
        fallen_out[i] = accident->inside != NULL ? fmin(s->outside_kg, fallen) : fallen;
        fallen_in[i] = fallen - fallen_out[i];
        norm_in[i] = s->norm_inside_kg;
        norm_out[i] = s->norm_outside_kg;
        soil_in[i] = fallen_in[i] + (accident->source_inside ? s->spilled_kg : 0.0);
        soil_out[i] = fallen_out[i] + (accident->source_inside ? 0.0 : s->spilled_kg);
    }
    toxics_worth_add(w, "released_kg", id, "source", NULL, NULL, released);
    toxics_worth_add(w, "deposited_kg", id, "cloud", fallen_in, fallen_out, NULL);
    toxics_worth_add(w, "soil_mass_kg", id, "soil", soil_in, soil_out, NULL);
    if (isfinite(norm_in[0])) toxics_worth_add(w, "norm_mass_kg", id, "soil", norm_in, norm_out, NULL);
}

/* Each soil limit of a set once a substance: the first set has it. */
static bool toxics_worth_is_first(const cosmo_accident *accident, size_t soil)
{
    for (size_t i = 0; i < soil; i++)
        if (accident->soils[i].species == accident->soils[soil].species) return false;
    return true;
}

static void toxics_worth_soil(toxics_worth *w, size_t soil)
{
    const cosmo_accident *accident = &w->result->toxics->accident;
    const cosmo_accident_answer *a = &w->result->answer;
    const cosmo_accident_level *level = &accident->soils[soil];
    const char *id = accident->species[level->species]->id;
    double *in = toxics_worth_samples(w), *out = toxics_worth_samples(w), *ratio = toxics_worth_samples(w);
    if (w->failed || !toxics_worth_is_first(accident, soil)) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        const cosmo_accident_reach *reach = &a->soil_reach[i * accident->n_soils + soil];
        in[i] = reach->area_inside_m2;
        out[i] = reach->area_outside_m2;
        ratio[i] = 1e-6 * a->soil[i * accident->n_species + level->species].crater_mg_kg / level->threshold->soil_kg_kg;
    }
    toxics_worth_add(w, "area_above_limit_m2", id, "soil", in, out, NULL);
    toxics_worth_add(w, "norm_ratio", id, "soil", NULL, NULL, ratio);
}

/* Ground above the limit of any substance counts as out of use; for how long is not computed. */
static void toxics_worth_land(toxics_worth *w)
{
    const cosmo_accident_answer *a = &w->result->answer;
    double *in = toxics_worth_samples(w), *out = toxics_worth_samples(w);
    if (w->failed || w->result->toxics->accident.n_soils == 0) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        in[i] = a->affected_inside_m2[i] / TOXICS_WORTH_M2_HA;
        out[i] = a->affected_outside_m2[i] / TOXICS_WORTH_M2_HA;
    }
    toxics_worth_add(w, "affected_area_m2", NULL, "soil", a->affected_inside_m2, a->affected_outside_m2, NULL);
    toxics_worth_add(w, "hectares_out_of_use", NULL, "soil", in, out, NULL);
    cosmo_run_note(w->run, COSMO_NOTE_ASSUMPTION,
                   "valuation: ground above the limit of any substance counts as out of use (hectares_out_of_use)");
}

/* Where the spill lies is all inside or all outside. */
static void toxics_worth_spill(toxics_worth *w)
{
    const cosmo_accident_answer *a = &w->result->answer;
    const bool inside = w->result->toxics->accident.source_inside;
    double *area = toxics_worth_samples(w), *volume = toxics_worth_samples(w), *none = toxics_worth_samples(w);
    double *depth = toxics_worth_samples(w);
    if (w->failed) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        area[i] = isfinite(a->spill_m2[i]) ? a->spill_m2[i] : 0.0;
        depth[i] = a->spill_depth_m[i];
        volume[i] = area[i] * depth[i];
    }
    toxics_worth_add(w, "treated_area_m2", NULL, "spill", inside ? area : none, inside ? none : area, NULL);
    toxics_worth_add(w, "treated_volume_m3", NULL, "spill", inside ? volume : none, inside ? none : volume, NULL);
    toxics_worth_add(w, "depth_m", NULL, "spill", NULL, NULL, depth);
    toxics_worth_add(w, "propellant_kg", NULL, "source", NULL, NULL, a->propellant_kg);
}

static void toxics_worth_people(toxics_worth *w)
{
    const cosmo_accident *accident = &w->result->toxics->accident;
    const cosmo_accident_answer *a = &w->result->answer;
    const size_t level = cosmo_toxics_case_people_level(accident);
    if (level >= accident->n_levels) return;
    double *in = toxics_worth_samples(w), *out = toxics_worth_samples(w);
    if (w->failed) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        in[i] = a->reach[i * accident->n_levels + level].people_inside;
        out[i] = a->reach[i * accident->n_levels + level].people_outside;
    }
    toxics_worth_add(w, "people_exposed", NULL, "cloud", in, out, NULL);
}

static cosmo_status toxics_worth_count(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                       cosmo_quantities *quantities)
{
    const cosmo_accident *accident = &result->toxics->accident;
    toxics_worth *w = cosmo_arena_alloc(arena, sizeof *w);
    COSMO_NEED(w, run);
    *w = (toxics_worth){.result = result, .arena = arena, .run = run};
    for (size_t i = 0; i < accident->n_species; i++) toxics_worth_species(w, i);
    for (size_t i = 0; i < accident->n_soils; i++) toxics_worth_soil(w, i);
    toxics_worth_land(w);
    toxics_worth_spill(w);
    toxics_worth_people(w);
    if (w->failed) return cosmo_run_out_of_memory(run);
    *quantities = (cosmo_quantities){w->n, w->items};
    return COSMO_OK;
}

cosmo_status cosmo_toxics_worth_measure(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_quantities *quantities)
{
    cosmo_quantities computed;
    const cosmo_release *release = &result->toxics->release;
    const cosmo_yaml *work = cosmo_yaml_child(cosmo_yaml_child(release->root, "valuation"), "work");
    COSMO_TRY(toxics_worth_count(result, arena, run, &computed));
    return cosmo_quantities_state(&release->valuation.work, work, &computed, result->answer.n_samples,
                                  TOXICS_WORTH_STREAM, arena, run, quantities);
}

/* ---- parties ---- */

static bool toxics_worth_has_price(const cosmo_tariff *tariff, const char *currency)
{
    const cosmo_tariff_exchange *items = tariff->exchange.items;
    for (size_t i = 0; i < tariff->exchange.n; i++)
        if (strcmp(items[i].currency, currency) == 0 && isfinite(items[i].price)) return true;
    return false;
}

/* What a dollar cost is no matter of rules: a rule-set that does not say takes another party's word, where both reckon
 * in one currency. */
static cosmo_status toxics_worth_lend_prices(const cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run,
                                             cosmo_tariff **priced)
{
    const char *currency = t->release.valuation.currency;
    const cosmo_tariff *tariffs = t->tariffs.items;
    *priced = cosmo_arena_array(arena, t->tariffs.n + 1, sizeof **priced);
    COSMO_NEED(*priced, run);
    for (size_t i = 0; i < t->tariffs.n; i++) {
        (*priced)[i] = tariffs[i];
        if (currency == NULL || strcmp(tariffs[i].currency, currency) == 0) continue;
        if (toxics_worth_has_price(&tariffs[i], currency)) continue;
        size_t lender = 0;
        while (lender < t->tariffs.n && (strcmp(tariffs[lender].currency, tariffs[i].currency) != 0 ||
                                         !toxics_worth_has_price(&tariffs[lender], currency)))
            lender++;
        if (lender == t->tariffs.n) continue;
        (*priced)[i].exchange = tariffs[lender].exchange;
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "rule-set '%s' has no price of %s in %s; that of '%s' is taken",
                       tariffs[i].id, currency, tariffs[i].currency, tariffs[lender].id);
    }
    return COSMO_OK;
}

static cosmo_status toxics_worth_sides(const cosmo_toxics *t, const cosmo_quantities *quantities, cosmo_arena *arena,
                                       cosmo_run *run, cosmo_valuation_side **sides)
{
    const cosmo_list *parties = &t->release.valuation.parties;
    const cosmo_release_party *party = parties->items;
    const char *time = t->release.source.time_utc, *day = time != NULL ? cosmo_arena_text(arena, time, 10) : NULL;
    cosmo_tariff *tariffs;
    COSMO_TRY(toxics_worth_lend_prices(t, arena, run, &tariffs));
    *sides = cosmo_arena_array(arena, parties->n + 1, sizeof **sides);
    COSMO_NEED(*sides, run);
    if (time != NULL) COSMO_NEED(day, run);
    for (size_t i = 0; i < parties->n; i++)
        (*sides)[i] = (cosmo_valuation_side){.name = party[i].name,
                                             .tariff = &tariffs[i],
                                             .quantities = quantities,
                                             .n_overrides = party[i].rates.n,
                                             .overrides = party[i].rates.items,
                                             .day = day,
                                             .scope = party[i].counts,
                                             .currency = t->release.valuation.currency};
    return COSMO_OK;
}

/* Two files without a common currency are both told; only their difference is not. */
static cosmo_status toxics_worth_compare(cosmo_toxics_case *result, const cosmo_valuation_side *sides,
                                         cosmo_arena *arena, cosmo_run *run)
{
    cosmo_valuation_difference *difference = cosmo_arena_alloc(arena, sizeof *difference);
    COSMO_NEED(difference, run);
    const cosmo_status status = cosmo_valuation_difference_explain(&sides[0], &sides[1], arena, run, difference);
    if (status == COSMO_OK) result->difference = difference;
    if (status != COSMO_BAD_INPUT) return status;
    static const char label[] = "error: ";
    const size_t skip = strncmp(run->message, label, sizeof label - 1) == 0 ? sizeof label - 1 : 0;
    result->difference_remark = cosmo_arena_text(arena, run->message + skip, strlen(run->message + skip));
    COSMO_NEED(result->difference_remark, run);
    run->status = COSMO_OK;
    run->message[0] = '\0';
    return COSMO_OK;
}

cosmo_status cosmo_toxics_worth_make(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run)
{
    const size_t parties = result->toxics->release.valuation.parties.n;
    cosmo_quantities *quantities = cosmo_arena_alloc(arena, sizeof *quantities);
    cosmo_valuation *valuations = cosmo_arena_array(arena, parties + 1, sizeof *valuations);
    cosmo_valuation_side *sides;
    COSMO_NEED(quantities, run);
    COSMO_NEED(valuations, run);
    COSMO_TRY(cosmo_toxics_worth_measure(result, arena, run, quantities));
    COSMO_TRY(toxics_worth_sides(result->toxics, quantities, arena, run, &sides));
    for (size_t i = 0; i < parties; i++) COSMO_TRY(cosmo_valuation_evaluate(&sides[i], arena, run, &valuations[i]));
    result->valuations = (cosmo_list){parties, valuations};
    return parties < 2 ? COSMO_OK : toxics_worth_compare(result, sides, arena, run);
}
