/* What a release is worth: its quantities, inside and outside the boundary, under each party's rule-set. */
#include "study/toxics_parts.h"

#include <math.h>
#include <string.h>

enum { TOXICS_WORTH_MAX = 96, TOXICS_WORTH_STREAM = 0x72000 };

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
    double *soil_out = toxics_worth_samples(w);
    if (w->failed) return;
    for (size_t i = 0; i < a->n_samples; i++) {
        const cosmo_accident_soil *s = &a->soil[i * accident->n_species + species];
        released[i] = s->airborne_kg;
        fallen_out[i] = s->outside_kg;
        fallen_in[i] = fmax(0.0, s->dry_kg + s->wet_kg - s->outside_kg);
        soil_in[i] = fallen_in[i] + (accident->source_inside ? s->spilled_kg : 0.0);
        soil_out[i] = fallen_out[i] + (accident->source_inside ? 0.0 : s->spilled_kg);
    }
    toxics_worth_add(w, "released_kg", id, "source", NULL, NULL, released);
    toxics_worth_add(w, "deposited_kg", id, "cloud", fallen_in, fallen_out, NULL);
    toxics_worth_add(w, "soil_mass_kg", id, "soil", soil_in, soil_out, NULL);
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

/* ---- parties ---- */

static cosmo_valuation_side toxics_worth_side(const toxics_worth *w, const cosmo_quantities *quantities, size_t party)
{
    const cosmo_toxics *t = w->result->toxics;
    const cosmo_release_party *p = (const cosmo_release_party *)t->release.valuation.parties.items + party;
    const char *time = t->release.source.time_utc;
    return (cosmo_valuation_side){.name = p->name,
                                  .tariff = (const cosmo_tariff *)t->tariffs.items + party,
                                  .quantities = quantities,
                                  .n_overrides = p->rates.n,
                                  .overrides = p->rates.items,
                                  .day = time != NULL ? cosmo_arena_text(w->arena, time, 10) : NULL,
                                  .scope = p->counts,
                                  .currency = t->release.valuation.currency};
}

cosmo_status cosmo_toxics_worth_make(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_accident *accident = &result->toxics->accident;
    const size_t parties = result->toxics->release.valuation.parties.n;
    toxics_worth *w = cosmo_arena_alloc(arena, sizeof *w);
    COSMO_NEED(w, run);
    *w = (toxics_worth){.result = result, .arena = arena, .run = run};
    for (size_t i = 0; i < accident->n_species; i++) toxics_worth_species(w, i);
    for (size_t i = 0; i < accident->n_soils; i++) toxics_worth_soil(w, i);
    toxics_worth_spill(w);
    toxics_worth_people(w);
    if (w->failed) return cosmo_run_out_of_memory(run);
    const cosmo_quantities computed = {w->n, w->items};
    cosmo_quantities quantities;
    const cosmo_release *release = &result->toxics->release;
    const cosmo_yaml *work = cosmo_yaml_child(cosmo_yaml_child(release->root, "valuation"), "work");
    COSMO_TRY(cosmo_quantities_state(&release->valuation.work, work, &computed, result->answer.n_samples,
                                     TOXICS_WORTH_STREAM, arena, run, &quantities));
    cosmo_valuation *valuations = cosmo_arena_array(arena, parties + 1, sizeof *valuations);
    COSMO_NEED(valuations, run);
    for (size_t i = 0; i < parties; i++) {
        const cosmo_valuation_side side = toxics_worth_side(w, &quantities, i);
        COSMO_TRY(cosmo_valuation_evaluate(&side, arena, run, &valuations[i]));
    }
    result->valuations = (cosmo_list){parties, valuations};
    if (parties < 2) return COSMO_OK;
    const cosmo_valuation_side a = toxics_worth_side(w, &quantities, 0), b = toxics_worth_side(w, &quantities, 1);
    cosmo_valuation_difference *difference = cosmo_arena_alloc(arena, sizeof *difference);
    COSMO_NEED(difference, run);
    const cosmo_status status = cosmo_valuation_difference_explain(&a, &b, arena, run, difference);
    if (status == COSMO_OK)
        result->difference = difference;
    else if (status == COSMO_BAD_INPUT) {
        /* two files without a common currency are both told; only their difference is not */
        result->difference_remark = cosmo_arena_text(arena, run->message, strlen(run->message));
        run->status = COSMO_OK;
        run->message[0] = '\0';
        return COSMO_OK;
    }
    return status;
}
