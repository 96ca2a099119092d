/* summary.json of a release, and its schema. */
#include "study/summary.h"
#include "study/toxics_parts.h"

#include <math.h>

static const double TOXICS_SUMMARY_DEGREES = 180.0 / 3.14159265358979323846;
static const double TOXICS_SUMMARY_MG = 1e6;

/* Of one that is being described there is no case: every list has one blank item then. */
typedef struct toxics_summary {
    cosmo_described out;
    const cosmo_toxics_case *c;
    const cosmo_accident *accident;
    const cosmo_accident_answer *answer;
    cosmo_arena *arena;
} toxics_summary;

static double toxics_summary_turn(double angle_rad)
{
    const double deg = angle_rad * TOXICS_SUMMARY_DEGREES;
    return deg < 0.0 ? deg + 360.0 : deg;
}

static void toxics_summary_range(toxics_summary *s, const char *key, cosmo_quantiles spread, const char *help)
{
    cosmo_described *out = &s->out;
    cosmo_described_object(out, key, true, help);
    cosmo_described_number(out, "mean", spread.mean, "of the samples");
    cosmo_described_number(out, "p5", spread.p5, "5 % of the samples are below");
    cosmo_described_number(out, "p50", spread.p50, "half are below");
    cosmo_described_number(out, "p95", spread.p95, "95 % are below");
    cosmo_described_object_end(out);
}

static cosmo_quantiles toxics_summary_spread(const toxics_summary *s, const double *values, size_t stride)
{
    const cosmo_quantiles blank = {0.0, 0.0, 0.0, 0.0}, none = {NAN, NAN, NAN, NAN};
    return s->out.schema    ? blank
           : values == NULL ? none
                            : cosmo_quantiles_find(values, s->answer->n_samples, stride, s->arena);
}

/* Probability that a sample of soil exceeds a limit, over contents in mg/kg: every `stride`-th of an array. */
static double toxics_summary_exceeds(const toxics_summary *s, const double *mg_kg, size_t stride,
                                     const cosmo_accident_level *level)
{
    const size_t n = s->answer->n_samples;
    double *predictions = cosmo_arena_array(s->arena, n, sizeof *predictions);
    if (predictions == NULL) return NAN;
    for (size_t i = 0; i < n; i++) predictions[i] = mg_kg[i * stride] / TOXICS_SUMMARY_MG;
    return cosmo_exceedance_probability(n, predictions, level->threshold->soil_kg_kg, s->c->sigma_ln);
}

/* ---- head, source, cloud ---- */

static void toxics_summary_head(toxics_summary *s)
{
    static const cosmo_run blank;
    cosmo_described *out = &s->out;
    const cosmo_release *r = s->out.schema ? NULL : &s->c->toxics->release;
    cosmo_described_text(out, "version", COSMO_VERSION_TEXT, "of the program");
    cosmo_described_text(out, "name", r != NULL ? r->name : "", "of the case");
    cosmo_described_text(out, "title", r != NULL ? r->title : "", "of the case");
    cosmo_described_text_or_null(out, "begin_utc", r != NULL ? r->source.time_utc : NULL,
                                 "t = 0; null when the case gives no time");
    cosmo_described_count(out, "seed", r != NULL ? (int64_t)s->c->run->seed : 0, "of the random numbers");
    cosmo_described_count(out, "samples", r != NULL ? (int64_t)s->answer->n_samples : 0,
                          "weathers and sources that were drawn");
    cosmo_described_count(out, "particles", r != NULL ? r->sampling.particles : 0, "in each sample");
    cosmo_summary_run(out, r != NULL ? s->c->run : &blank);
}

static void toxics_summary_source(toxics_summary *s)
{
    static const char *const kinds[] = {"explosion", "spill", "continuous", "residuals", "exhaust", NULL};
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_toxics *t = made ? s->c->toxics : NULL;
    cosmo_described_object(out, "source", true, "what is released, and where");
    cosmo_described_choice(out, "kind", kinds, made ? (size_t)t->release.source.kind : 0, "how it is released");
    cosmo_described_text(out, "from", made ? t->source_words : "", "who says what is aboard");
    cosmo_described_number(out, "lat_deg", made ? t->origin.latitude_rad * TOXICS_SUMMARY_DEGREES : 0.0, "geodetic");
    cosmo_described_number(out, "lon_deg", made ? t->origin.longitude_rad * TOXICS_SUMMARY_DEGREES : 0.0, "east");
    toxics_summary_range(s, "propellant_kg", toxics_summary_spread(s, made ? s->answer->propellant_kg : NULL, 1),
                         "aboard, of what is followed");
    const size_t n = cosmo_described_list(out, "tanks", made ? s->accident->n_tanks : 0, "by substance");
    for (size_t i = 0; i < n; i++) {
        static const cosmo_accident_tank blank;
        const cosmo_accident_tank *tank = made ? &s->accident->tanks[i] : &blank;
        cosmo_described_item(out);
        cosmo_described_text(out, "substance", made ? tank->substance->id : "", "id");
        cosmo_described_text(out, "airborne_as", made ? s->accident->species[tank->species]->id : "", "in the air");
        cosmo_described_number(out, "mass_kg", tank->mass_kg.mode, "the likeliest");
        cosmo_described_number(out, "mass_least_kg", tank->mass_kg.low, "the least");
        cosmo_described_number(out, "mass_largest_kg", tank->mass_kg.high, "the largest");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    cosmo_described_object_end(out);
}

static void toxics_summary_cloud(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const bool present = !made || isfinite(s->answer->height_m[0]);
    if (cosmo_described_object(out, "cloud", present, "the hot cloud; null where nothing burns")) {
        toxics_summary_range(s, "height_m", toxics_summary_spread(s, made ? s->answer->height_m : NULL, 1),
                             "of its middle above ground when it rises no more");
        toxics_summary_range(s, "rise_s", toxics_summary_spread(s, made ? s->answer->rise_s : NULL, 1),
                             "how long it rises");
        toxics_summary_range(s, "heat_j", toxics_summary_spread(s, made ? s->answer->heat_j : NULL, 1),
                             "that lifts it, what is radiated left out");
        cosmo_described_object_end(out);
    }
}

/* Cold vapour that is heavy: how often, and what the curves of heavy gas say beside the particles. */
static void toxics_summary_dense(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_quantiles none = {NAN, NAN, NAN, NAN};
    double *reaches = made ? cosmo_arena_array(s->arena, s->answer->n_samples, sizeof *reaches) : NULL;
    size_t dense = 0;
    for (size_t i = 0; reaches != NULL && i < s->answer->n_samples; i++)
        if (s->answer->dense[i] > 0.0) reaches[dense++] = s->answer->dense_m[i];
    if (!cosmo_described_object(out, "dense_phase", !made || isfinite(s->answer->richardson[0]),
                                "vapour that leaves the ground cold; null where there is none"))
        return;
    cosmo_described_number(out, "probability", made ? (double)dense / (double)s->answer->n_samples : 0.0,
                           "share of the samples in which it spreads by its own weight, which particles do not know");
    toxics_summary_range(s, "richardson_number", toxics_summary_spread(s, made ? s->answer->richardson : NULL, 1),
                         "g' L / u^2 of the release; it matters from 0.04 at once, from 0.0034 lasting");
    toxics_summary_range(s, "distance_m", dense > 0 ? cosmo_quantiles_find(reaches, dense, 1, s->arena) : none,
                         "in those samples: how far the serious level reaches by Britter and McQuaid 1988");
    cosmo_described_object_end(out);
}

/* ---- the air ---- */

/* Limits of soil at a receptor, by what falls out of the air. */
static void toxics_summary_receptor_soil(toxics_summary *s, size_t receptor)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_accident *a = s->accident;
    const size_t n = cosmo_described_list(out, "soil", made ? a->n_soils : 0, "of limits in soil");
    for (size_t k = 0; k < n; k++) {
        const size_t stride = made ? a->n_receptors * a->n_species : 1;
        const cosmo_accident_level *level = made ? &a->soils[k] : NULL;
        const double *content = made ? s->answer->receptor_soil_mg_kg + receptor * a->n_species + level->species : NULL;
        cosmo_described_item(out);
        cosmo_described_text(out, "set", made ? level->set : "", "of limits");
        cosmo_described_text(out, "level", made ? level->threshold->level : "", "its name");
        cosmo_described_text(out, "substance", made ? a->species[level->species]->id : "", "id");
        toxics_summary_range(s, "concentration_mg_kg", toxics_summary_spread(s, content, stride),
                             "of what falls out of the air, mixed in down to soil.depth");
        cosmo_described_number(out, "probability", made ? toxics_summary_exceeds(s, content, stride, level) : 0.0,
                               "that a sample of soil is above the limit, with the scatter of laboratories");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_receptors(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_accident *a = s->accident;
    const size_t n =
        cosmo_described_list(out, "receptors", made ? a->n_receptors : 0, "places of which doses are told");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        cosmo_described_text(out, "name", made ? a->receptors[i].name : "", "of the place");
        const size_t n_levels = cosmo_described_list(out, "levels", made ? a->n_levels : 0, "of limits in air");
        for (size_t k = 0; k < n_levels; k++) {
            const size_t stride = made ? a->n_receptors * a->n_levels : 1;
            const double *ratio = made ? s->answer->ratio + i * a->n_levels + k : NULL;
            size_t above = 0;
            for (size_t j = 0; made && j < s->answer->n_samples; j++) above += ratio[j * stride] >= 1.0;
            cosmo_described_item(out);
            cosmo_described_text(out, "set", made ? a->levels[k].set : "", "of limits");
            cosmo_described_text(out, "level", made ? a->levels[k].threshold->level : "", "its name");
            cosmo_described_text(out, "substance", made ? a->species[a->levels[k].species]->id : "", "id");
            toxics_summary_range(s, "ratio", toxics_summary_spread(s, ratio, stride),
                                 "of the concentration to the limit, at the averaging time where it is largest");
            cosmo_described_number(out, "probability", made ? (double)above / (double)s->answer->n_samples : 0.0,
                                   "share of the samples above the limit");
            cosmo_described_item_end(out);
        }
        cosmo_described_list_end(out);
        const size_t n_species = cosmo_described_list(out, "peaks", made ? a->n_species : 0, "largest concentrations");
        for (size_t k = 0; k < n_species; k++) {
            const size_t stride = made ? a->n_receptors * a->n_species : 1;
            const double *peak = made ? s->answer->peak_kg_m3 + i * a->n_species + k : NULL;
            cosmo_quantiles spread = toxics_summary_spread(s, peak, stride);
            cosmo_described_item(out);
            cosmo_described_text(out, "substance", made ? a->species[k]->id : "", "id");
            spread = (cosmo_quantiles){spread.p5 * TOXICS_SUMMARY_MG, spread.p50 * TOXICS_SUMMARY_MG,
                                       spread.p95 * TOXICS_SUMMARY_MG, spread.mean * TOXICS_SUMMARY_MG};
            toxics_summary_range(s, "concentration_20min_mg_m3", spread, "the largest mean over 20 minutes");
            cosmo_described_item_end(out);
        }
        cosmo_described_list_end(out);
        toxics_summary_receptor_soil(s, i);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_side(toxics_summary *s, const cosmo_accident_reach *first, size_t stride, bool air)
{
    const size_t step = stride * (sizeof *first / sizeof(double));
    const double *of = (const double *)(const void *)first; /* the struct is five doubles */
    toxics_summary_range(s, "area_m2", toxics_summary_spread(s, of, step), "of it");
    if (air)
        toxics_summary_range(s, "people", toxics_summary_spread(s, of != NULL ? of + 2 : NULL, step), "who live there");
}

/* Sums of inside and outside, sample by sample. */
static cosmo_accident_reach *toxics_summary_whole(const toxics_summary *s, const cosmo_accident_reach *reach, size_t n)
{
    cosmo_accident_reach *whole = cosmo_arena_array(s->arena, s->answer->n_samples, sizeof *whole);
    for (size_t i = 0; whole != NULL && i < s->answer->n_samples; i++) {
        const cosmo_accident_reach *r = &reach[i * n];
        whole[i] = (cosmo_accident_reach){r->area_inside_m2 + r->area_outside_m2, 0.0,
                                          r->people_inside + r->people_outside, 0.0, r->farthest_m};
    }
    return whole;
}

/* Of a limit in soil: the later day, depth by depth, and what a sample from the crater would say. */
static void toxics_summary_soil_limit(toxics_summary *s, size_t soil)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_accident *a = s->accident;
    const cosmo_accident_reach *whole = made ? toxics_summary_whole(s, s->answer->soil_later + soil, a->n_soils) : NULL;
    toxics_summary_range(s, "later_area_m2", toxics_summary_spread(s, whole != NULL ? &whole->area_inside_m2 : NULL, 5),
                         "above the limit on the later day (soil.days)");
    const size_t n = cosmo_described_list(out, "by_depth", made ? COSMO_ACCIDENT_DEPTHS : 0, "depth class by class");
    for (size_t c = 0; c < n; c++) {
        const double *area = made ? s->answer->soil_class_m2 + soil * COSMO_ACCIDENT_DEPTHS + c : NULL;
        cosmo_described_item(out);
        cosmo_described_number(out, "from_m", cosmo_accident_depth_m(c), "below the surface");
        cosmo_described_number(out, "to_m", cosmo_accident_depth_m(c + 1), "below the surface");
        toxics_summary_range(s, "area_m2",
                             toxics_summary_spread(s, area, made ? a->n_soils * COSMO_ACCIDENT_DEPTHS : 1),
                             "above the limit in this class");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    const cosmo_accident_soil *first = made ? s->answer->soil + a->soils[soil].species : NULL;
    const size_t stride = made ? a->n_species * sizeof *first / sizeof(double) : 1;
    const cosmo_accident_level *level = made ? &a->soils[soil] : NULL;
    cosmo_described_number(out, "crater_probability",
                           made ? toxics_summary_exceeds(s, &first->crater_mg_kg, stride, level) : 0.0,
                           "that a sample from where it was spilled is above the limit, with laboratories' scatter");
    cosmo_described_number(out, "crater_probability_later",
                           made ? toxics_summary_exceeds(s, &first->crater_later_mg_kg, stride, level) : 0.0,
                           "the same on the later day");
}

/* One row a level: area and people as means, then their spread, and the part inside the boundary. */
static void toxics_summary_reach(toxics_summary *s, const char *key, const cosmo_accident_level *levels,
                                 const cosmo_accident_reach *reach, size_t count, bool air, const char *help)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema, bounded = !made || s->accident->inside != NULL;
    const size_t n = cosmo_described_list(out, key, made ? count : 0, help);
    for (size_t k = 0; k < n; k++) {
        const cosmo_accident_reach *whole = made ? toxics_summary_whole(s, reach + k, count) : NULL;
        cosmo_quantiles area = {0}, people = {0}, farthest = {0};
        if (whole != NULL) {
            area = cosmo_quantiles_find(&whole->area_inside_m2, s->answer->n_samples, 5, s->arena);
            people = cosmo_quantiles_find(&whole->people_inside, s->answer->n_samples, 5, s->arena);
            farthest = cosmo_quantiles_find(&whole->farthest_m, s->answer->n_samples, 5, s->arena);
        }
        cosmo_described_item(out);
        cosmo_described_text(out, "substance", made ? s->accident->species[levels[k].species]->id : "", "id");
        cosmo_described_text(out, "set", made ? levels[k].set : "", "of limits");
        cosmo_described_text(out, "level", made ? levels[k].threshold->level : "", "of the set");
        cosmo_described_number(out, "area_m2", area.mean, "above the limit, mean of the samples");
        cosmo_described_number(out, "area_p5_m2", area.p5, "5 % of the samples are below");
        cosmo_described_number(out, "area_p95_m2", area.p95, "95 % are below");
        if (air) {
            cosmo_described_number(out, "people", people.mean, "who live there, mean of the samples");
            cosmo_described_number(out, "people_p5", people.p5, "5 % of the samples are below");
            cosmo_described_number(out, "people_p95", people.p95, "95 % are below");
        }
        cosmo_described_number(out, "farthest_p50_m", farthest.p50, "from the source, half of the samples");
        cosmo_described_number(out, "farthest_p95_m", farthest.p95, "95 % of the samples");
        if (cosmo_described_object(out, "inside_boundary", bounded, "the part inside; null without a boundary")) {
            toxics_summary_side(s, made ? reach + k : NULL, count, air);
            cosmo_described_object_end(out);
        }
        if (!air) toxics_summary_soil_limit(s, k);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_arcs(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_accident *a = s->accident;
    const double duration = made ? a->release->source.duration_s : 1.0;
    const size_t count = made ? a->n_arcs * a->n_species : 0;
    const size_t n = cosmo_described_list(out, "arcs", count, "means over a continuous release");
    for (size_t i = 0; i < n; i++) {
        static const cosmo_plume_arc_answer blank;
        const cosmo_plume_arc_answer *answer = made ? &s->answer->arcs[i] : &blank;
        cosmo_described_item(out);
        cosmo_described_text(out, "substance", made ? a->species[i / a->n_arcs]->id : "", "id");
        cosmo_described_number(out, "radius_m", made ? a->arcs[i % a->n_arcs].radius_m : 0.0, "from the source");
        cosmo_described_number(out, "height_m", made ? a->arcs[i % a->n_arcs].height_m : 0.0, "above ground");
        cosmo_described_number(out, "concentration_max_mg_m3", TOXICS_SUMMARY_MG * answer->largest_kg_s_m3 / duration,
                               "the largest on the arc");
        cosmo_described_number(out, "crosswind_integral_mg_m2",
                               TOXICS_SUMMARY_MG * answer->crosswind_kg_s_m2 / duration, "along the arc");
        cosmo_described_number(out, "sigma_across_m", answer->sigma_across_m, "standard deviation across the wind");
        cosmo_described_number(out, "azimuth_deg", toxics_summary_turn(answer->azimuth_rad), "of the plume's middle");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

/* ---- soil ---- */

static void toxics_summary_ledger(toxics_summary *s, size_t species)
{
    static const cosmo_plume_ledger blank;
    cosmo_described *out = &s->out;
    const cosmo_plume_ledger *l = out->schema ? &blank : &s->answer->ledger[species];
    cosmo_described_object(out, "ledger_kg", true, "what became of it at the end, means: the first two are the rest");
    cosmo_described_number(out, "released", l->released, "entered the air");
    cosmo_described_number(out, "produced", l->produced, "came of another substance");
    cosmo_described_number(out, "airborne", l->airborne, "still in the air");
    cosmo_described_number(out, "dry", l->dry, "deposited");
    cosmo_described_number(out, "wet", l->wet, "washed out by rain");
    cosmo_described_number(out, "lost", l->lost, "became what is not followed");
    cosmo_described_number(out, "converted", l->converted, "became another substance");
    cosmo_described_number(out, "left", l->left, "left the mesh");
    cosmo_described_object_end(out);
}

static void toxics_summary_soil_of(toxics_summary *s, size_t species)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const size_t stride = (made ? s->accident->n_species : 1) * (sizeof(cosmo_accident_soil) / sizeof(double));
    const cosmo_accident_soil *soil = made ? s->answer->soil + species : NULL;
    double *whole = made ? cosmo_arena_array(s->arena, s->answer->n_samples, sizeof *whole) : NULL;
    for (size_t i = 0; whole != NULL && i < s->answer->n_samples; i++)
        whole[i] = cosmo_toxics_case_soil_kg(s->answer, s->accident->n_species, i, species);
    toxics_summary_range(s, "mass_kg", toxics_summary_spread(s, whole, 1), "in the soil, all in all");
    toxics_summary_range(s, "spilled_kg", toxics_summary_spread(s, made ? &soil->spilled_kg : NULL, stride),
                         "of it at the place itself");
    toxics_summary_range(s, "dry_kg", toxics_summary_spread(s, made ? &soil->dry_kg : NULL, stride),
                         "of it out of the air without rain");
    toxics_summary_range(s, "wet_kg", toxics_summary_spread(s, made ? &soil->wet_kg : NULL, stride),
                         "of it washed out by rain");
    toxics_summary_range(s, "outside_kg", toxics_summary_spread(s, made ? &soil->outside_kg : NULL, stride),
                         "out of the air, outside the boundary (without one: all)");
    toxics_summary_range(s, "crater_concentration_mg_kg",
                         toxics_summary_spread(s, made ? &soil->crater_mg_kg : NULL, stride), "where it was spilled");
    toxics_summary_range(s, "crater_concentration_later_mg_kg",
                         toxics_summary_spread(s, made ? &soil->crater_later_mg_kg : NULL, stride),
                         "the same on the later day (soil.days)");
    cosmo_described_text_or_null(out, "product", made ? s->accident->species[species]->soil.product : NULL,
                                 "what it becomes in soil; null: not known");
    toxics_summary_range(s, "product_later_mg_kg",
                         toxics_summary_spread(s, made ? &soil->product_later_mg_kg : NULL, stride),
                         "of that, where it was spilled, on the later day");
    const size_t n = cosmo_described_list(out, "crater_by_depth", made ? COSMO_ACCIDENT_DEPTHS : 0,
                                          "depth class by class: nine tenths lie above the depth of the spill");
    for (size_t c = 0; c < n; c++) {
        cosmo_described_item(out);
        cosmo_described_number(out, "from_m", cosmo_accident_depth_m(c), "below the surface");
        cosmo_described_number(out, "to_m", cosmo_accident_depth_m(c + 1), "below the surface");
        toxics_summary_range(s, "concentration_mg_kg",
                             toxics_summary_spread(s, made ? &soil->crater_class_mg_kg[c] : NULL, stride),
                             "where it was spilled");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_deposition(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    cosmo_described_object(out, "deposition", true, "what lies in the soil, and what became of the rest");
    cosmo_described_number(out, "later_days", made ? s->accident->release->soil.days : 0.0, "days after the release");
    cosmo_described_number(out, "sample_scatter_factor", made ? s->c->sigma_ln : 0.0,
                           "standard deviation of ln(one laboratory's value), by the pairs of 2013");
    const size_t n = cosmo_described_list(out, "substances", made ? s->accident->n_species : 0, "one by one");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        cosmo_described_text(out, "substance", made ? s->accident->species[i]->id : "", "id");
        toxics_summary_soil_of(s, i);
        toxics_summary_ledger(s, i);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    toxics_summary_reach(s, "areas", made ? s->accident->soils : NULL, made ? s->answer->soil_reach : NULL,
                         made ? s->accident->n_soils : 0, false, "soil above its limits");
    cosmo_described_object_end(out);
}

/* ---- variance, reports ---- */

static void toxics_summary_variance(toxics_summary *s)
{
    static const cosmo_toxics_share blank = {"", "", 0.0};
    cosmo_described *out = &s->out;
    const size_t n = cosmo_described_list(out, "variance", out->schema ? 0 : s->c->shares.n,
                                          "which input explains how much of an answer's variance (of its logarithm)");
    for (size_t i = 0; i < n; i++) {
        const cosmo_toxics_share *share = out->schema ? &blank : (const cosmo_toxics_share *)s->c->shares.items + i;
        cosmo_described_item(out);
        cosmo_described_text(out, "answer", share->answer, "what varies");
        cosmo_described_text(out, "input", share->input, "what was drawn");
        cosmo_described_number(out, "share", share->share, "by that input alone, 0 to 1");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_reports(toxics_summary *s)
{
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    static const cosmo_release_report no_report = {.what = ""};
    static const cosmo_toxics_comparison blank = {.report = &no_report};
    const size_t n = cosmo_described_list(out, "reports", made ? s->c->comparisons.n : 0,
                                          "what was seen or measured, beside what is computed");
    for (size_t i = 0; i < n; i++) {
        const cosmo_toxics_comparison *c = made ? (const cosmo_toxics_comparison *)s->c->comparisons.items + i : &blank;
        const cosmo_release_report *r = c->report;
        cosmo_described_item(out);
        cosmo_described_text(out, "what", r->what, "in words");
        cosmo_described_text_or_null(out, "quantity", r->quantity, "the figure; null: a direction");
        cosmo_described_number(out, "reported", r->value.mode, "in the figure's unit");
        toxics_summary_range(s, "computed", c->computed, "by the samples");
        cosmo_described_number(out, "towards_deg", r->towards_rad * TOXICS_SUMMARY_DEGREES, "of a direction");
        cosmo_described_flag(out, "within", c->within,
                             "the computed 5 to 95 % meet it; of a direction: a tenth of the samples at some height go "
                             "there");
        cosmo_described_flag(out, "within_scatter", c->within_scatter,
                             "the same, the content of soil widened by the scatter of laboratories");
        cosmo_described_number(out, "factor", c->factor, "by how much it is above or below the nearer end");
        cosmo_described_number(out, "matched_from_m", c->lowest_m, "lowest height of release that fits a direction");
        cosmo_described_number(out, "matched_to_m", c->highest_m, "highest");
        cosmo_described_number(out, "best_height_m", c->best_m, "where most samples fit");
        cosmo_described_number(out, "best_share", c->best_share, "of the samples there");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

/* ---- money ---- */

static void toxics_summary_amount(toxics_summary *s, const char *key, const cosmo_valuation_range *r, const char *help)
{
    toxics_summary_range(s, key, (cosmo_quantiles){r->p5, r->p50, r->p95, r->mean}, help);
}

static void toxics_summary_item(toxics_summary *s, const cosmo_valuation_item *item)
{
    cosmo_described *out = &s->out;
    cosmo_described_item(out);
    cosmo_described_text(out, "id", item->item->id, "of the item");
    cosmo_described_text(out, "name", item->item->name, "in words");
    toxics_summary_amount(s, "amount", &item->amount.whole, "in the rule-set's currency; null: no amount");
    toxics_summary_amount(s, "inside", &item->amount.inside, "the part inside the boundary");
    toxics_summary_amount(s, "outside", &item->amount.outside, "the part outside");
    cosmo_described_number(out, "converted", item->converted, "mean in the case's currency");
    cosmo_described_text_or_null(out, "remark", item->remark, "why there is no amount, or what it is not");
    cosmo_described_item_end(out);
}

static void toxics_summary_valuation(toxics_summary *s)
{
    static const cosmo_tariff_item no_item = {.id = "", .name = ""};
    static const cosmo_valuation_item blank_item = {.item = &no_item};
    static const cosmo_valuation blank;
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const size_t n = cosmo_described_list(out, "valuation", made ? s->c->valuations.n : 0, "party by party");
    for (size_t i = 0; i < n; i++) {
        const cosmo_valuation *v = made ? (const cosmo_valuation *)s->c->valuations.items + i : &blank;
        const cosmo_release_party *party =
            made ? (const cosmo_release_party *)s->c->toxics->release.valuation.parties.items + i : NULL;
        cosmo_described_item(out);
        cosmo_described_text(out, "party", made ? party->name : "", "who reckons");
        cosmo_described_text(out, "rules", made ? v->tariff->id : "", "by which rule-set");
        cosmo_described_text(out, "currency", made ? v->tariff->currency : "", "of the rule-set");
        cosmo_described_flag(out, "in_force", v->in_force, "on the day of the accident");
        const size_t items = cosmo_described_list(out, "items", v->n_items, "what is paid for");
        for (size_t k = 0; k < items; k++) toxics_summary_item(s, made ? &v->items[k] : &blank_item);
        cosmo_described_list_end(out);
        toxics_summary_amount(s, "counted", &v->counted.whole, "sum of the items that have an amount");
        toxics_summary_amount(s, "total", &v->total.whole, "sum of all; null while an item has none");
        cosmo_described_number(out, "price", v->price, "of a unit of the case's currency; null: not known");
        cosmo_described_text_or_null(out, "remark", v->remark, "what is missing");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_pairs(toxics_summary *s)
{
    static const cosmo_tariff_item no_item = {.id = "", .name = ""};
    static const cosmo_valuation_pair blank = {.item_a = &no_item};
    cosmo_described *out = &s->out;
    const cosmo_valuation_difference *d = out->schema ? NULL : s->c->difference;
    const size_t n = cosmo_described_list(out, "difference_items", d != NULL ? d->n_items : 0,
                                          "the same, item by item, in the currency of the comparison");
    for (size_t i = 0; i < n; i++) {
        static const char *const owners[] = {"both", "first", "second", NULL};
        const cosmo_valuation_pair *pair = d != NULL ? &d->items[i] : &blank;
        const cosmo_tariff_item *item = pair->item_a != NULL ? pair->item_a : pair->item_b;
        const size_t owner = pair->item_b == NULL ? 1 : pair->item_a == NULL ? 2 : 0;
        cosmo_described_item(out);
        cosmo_described_text(out, "id", item->id, "of the item");
        cosmo_described_text(out, "name", item->name, "in words");
        cosmo_described_choice(out, "of", owners, owner, "which party has it");
        cosmo_described_number(out, "a", pair->a, "what the first party counts of it; null: not compared");
        cosmo_described_number(out, "b", pair->b, "the second");
        cosmo_described_text_or_null(out, "remark", pair->remark, "why it is not compared");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void toxics_summary_difference(toxics_summary *s)
{
    static const cosmo_valuation_row blank = {.what = ""};
    cosmo_described *out = &s->out;
    const cosmo_valuation_difference *d = out->schema ? NULL : s->c->difference;
    const size_t n = cosmo_described_list(out, "difference", d != NULL ? d->n_rows : 0,
                                          "why the first two parties differ: Shapley's split of the mean amounts");
    for (size_t i = 0; i < n; i++) {
        const cosmo_valuation_row *row = d != NULL ? &d->rows[i] : &blank;
        cosmo_described_item(out);
        cosmo_described_text(out, "what", row->what, "input that differs");
        cosmo_described_text_or_null(out, "unit", row->unit, "of the two values");
        cosmo_described_number(out, "a", row->a, "of the first party");
        cosmo_described_number(out, "b", row->b, "of the second");
        cosmo_described_text_or_null(out, "a_text", row->text_a, "of the first party, where it is no number");
        cosmo_described_text_or_null(out, "b_text", row->text_b, "of the second");
        cosmo_described_number(out, "contribution", row->contribution, "to the second's amount less the first's");
        cosmo_described_text_or_null(out, "remark", row->remark, "why there is none");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    toxics_summary_pairs(s);
    cosmo_described_text_or_null(out, "difference_remark",
                                 d != NULL                        ? d->remark
                                 : s->c != NULL && !s->out.schema ? s->c->difference_remark
                                                                  : NULL,
                                 "what is not compared, and why");
}

/* ---- the launch ---- */

static void toxics_summary_row(toxics_summary *s, const cosmo_toxics_sweep_row *row)
{
    cosmo_described *out = &s->out;
    cosmo_described_item(out);
    cosmo_described_number(out, "failure_time_s", row->failure_time_s, "after liftoff");
    cosmo_described_number(out, "start_s", row->start_s, "of the interval it stands for");
    cosmo_described_number(out, "end_s", row->end_s, "of that interval");
    cosmo_described_number(out, "probability", row->probability, "that a launch fails in it");
    cosmo_described_number(out, "lat_deg", row->place.latitude_rad * TOXICS_SUMMARY_DEGREES, "where it comes down");
    cosmo_described_number(out, "lon_deg", row->place.longitude_rad * TOXICS_SUMMARY_DEGREES, "east");
    cosmo_described_number(out, "aboard_kg", row->aboard_kg, "of what is followed");
    toxics_summary_range(s, "reach_m", row->reach_m, "of the level that people are counted by, from that place");
    toxics_summary_range(s, "area_m2", row->area_m2, "above it");
    toxics_summary_range(s, "people_inside", row->people_inside, "above it, inside the boundary");
    toxics_summary_range(s, "people_outside", row->people_outside, "outside (without a boundary: all)");
    cosmo_described_number(out, "reaches_somebody", row->containment,
                           "probability, given this failure, that somebody not evacuated is above a harmful level");
    cosmo_described_number(out, "expected_exposed", row->expected_exposed,
                           "people not evacuated above a harmful level, given this failure");
    cosmo_described_number(out, "expected_deaths", row->expected_deaths, "of them by probits, given this failure");
    cosmo_described_item_end(out);
}

static void toxics_summary_expected(cosmo_described *out, const char *key, const cosmo_risk_row *row, const char *help)
{
    cosmo_described_object(out, key, true, help);
    cosmo_described_number(out, "value", row->value, "of one launch");
    cosmo_described_number(out, "standard_error", row->standard_error, "of sampling");
    cosmo_described_object_end(out);
}

static void toxics_summary_sweep(toxics_summary *s)
{
    static const cosmo_toxics_sweep blank;
    static const cosmo_toxics_sweep_row blank_row;
    cosmo_described *out = &s->out;
    const bool made = !out->schema;
    const cosmo_toxics_sweep *w = made && s->c->sweep != NULL ? s->c->sweep : &blank;
    if (!cosmo_described_object(out, "sweep", !made || s->c->sweep != NULL,
                                "a launch that may fail at each of the failure times; null without such"))
        return;
    cosmo_described_number(out, "failure_probability", w->failure_probability, "that the launch fails");
    cosmo_described_number(out, "share_swept", w->swept, "of failures, in the intervals");
    cosmo_described_number(out, "share_later", w->later, "of failures, after them: in no figure");
    toxics_summary_expected(out, "casualty_expectation", &w->exposed,
                            "people not evacuated above a harmful level: all counted as casualties");
    toxics_summary_expected(out, "death_expectation", &w->deaths, "deaths among them by probits");
    cosmo_described_number(out, "max_individual_probability", w->individual,
                           "of harm a launch, of a person in the open who is worst off and not evacuated");
    const size_t n = cosmo_described_list(out, "times", w->rows.n, "one by one");
    for (size_t i = 0; i < n; i++)
        toxics_summary_row(s, made ? (const cosmo_toxics_sweep_row *)w->rows.items + i : &blank_row);
    cosmo_described_list_end(out);
    cosmo_described_object(out, "corridor", true, "ground to evacuate, whichever time and weather it is");
    cosmo_described_number(out, "probability", made ? s->accident->release->launch.corridor : 0.0,
                           "of passing a harmful level given a failure, from which on ground belongs to it");
    cosmo_described_number(out, "area_m2", w->corridor.area_m2, "of it");
    cosmo_described_number(out, "people", w->corridor.people, "who live there");
    cosmo_described_number(out, "people_evacuated", w->corridor.people_evacuated, "of them, where the case evacuates");
    cosmo_described_number(out, "step_m", w->corridor.raster.step_m, "of its raster, by which it is widened");
    cosmo_described_object_end(out);
    cosmo_described_object_end(out);
}

/* ---- the whole ---- */

static const char *toxics_summary_write(const cosmo_toxics_case *c, cosmo_arena *arena, size_t *bytes)
{
    toxics_summary s = {
        cosmo_described_begin(arena, c == NULL, "cosmodrome.toxics/1", "What a release leaves in the air and the soil"),
        c, c != NULL ? &c->toxics->accident : NULL, c != NULL ? &c->answer : NULL, arena};
    toxics_summary_head(&s);
    toxics_summary_source(&s);
    toxics_summary_cloud(&s);
    toxics_summary_dense(&s);
    toxics_summary_receptors(&s);
    toxics_summary_reach(&s, "contours", c != NULL ? s.accident->levels : NULL, c != NULL ? s.answer->reach : NULL,
                         c != NULL ? s.accident->n_levels : 0, true, "air above its limits");
    toxics_summary_arcs(&s);
    toxics_summary_deposition(&s);
    toxics_summary_variance(&s);
    toxics_summary_reports(&s);
    toxics_summary_valuation(&s);
    toxics_summary_difference(&s);
    toxics_summary_sweep(&s);
    const cosmo_list none = {0, NULL};
    cosmo_summary_findings(&s.out, c != NULL ? &c->limits : &none);
    cosmo_described_object(&s.out, "particle_steps", true, "of the computation");
    toxics_summary_range(&s, "per_particle", toxics_summary_spread(&s, c != NULL ? s.answer->steps : NULL, 1),
                         "time steps of a particle");
    toxics_summary_range(&s, "imbalance", toxics_summary_spread(&s, c != NULL ? s.answer->imbalance : NULL, 1),
                         "largest relative error of the mass balance at any sampling");
    cosmo_described_object_end(&s.out);
    return cosmo_described_finish(&s.out, bytes);
}

const char *cosmo_toxics_summary_json(const cosmo_toxics_case *result, cosmo_arena *arena, size_t *bytes)
{
    return toxics_summary_write(result, arena, bytes);
}

const char *cosmo_toxics_summary_schema(cosmo_arena *arena, size_t *bytes)
{
    return toxics_summary_write(NULL, arena, bytes);
}
