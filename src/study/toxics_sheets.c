/* Tables of a release: limits in air and soil, places, what lies in the soil, what was reported, what weighs. */
#include "core/real.h"
#include "study/tabling.h"
#include "study/toxics_page.h"

#include <math.h>
#include <string.h>

enum { TOXICS_SHEETS_MAX = 9, TOXICS_SHEETS_AIR = 11, TOXICS_SHEETS_RANK = 1 };
static const double TOXICS_SHEETS_KM2 = 1e6, TOXICS_SHEETS_HA = 1e4, TOXICS_SHEETS_KM = 1e3, TOXICS_SHEETS_MG = 1e6;
static const double TOXICS_SHEETS_DEGREES = 180.0 / 3.14159265358979323846;

static void toxics_sheets_number(cosmo_tabling *table, double value)
{
    cosmo_tabling_printed(table, cosmo_toxics_words_number(table->arena, value));
}

static void toxics_sheets_span(cosmo_tabling *table, const cosmo_quantiles *q, double unit)
{
    cosmo_tabling_printed(table, cosmo_toxics_words_span(table->arena, q->p5, q->p95, unit));
}

/* An empty cell where a sum has no such part. */
static void toxics_sheets_part(cosmo_tabling *table, bool there, double value)
{
    if (there)
        toxics_sheets_number(table, value);
    else
        cosmo_tabling_text(table, NULL);
}

/* ---- limits ---- */

static void toxics_sheets_limit(cosmo_tabling *table, const cosmo_accident_level *level, const cosmo_toxics_reached *r,
                                bool bounded, bool air)
{
    const double unit = air ? TOXICS_SHEETS_KM2 : TOXICS_SHEETS_HA;
    cosmo_tabling_text(table, level->threshold->substance);
    if (air)
        cosmo_tabling_text(table, level->threshold->level);
    else
        cosmo_tabling_printed(table, cosmo_arena_print(table->arena, "%s, %g mg/kg", level->threshold->level,
                                                       TOXICS_SHEETS_MG * level->threshold->soil_kg_kg));
    cosmo_tabling_text(table, level->set);
    cosmo_tabling_fixed(table, 100.0 * r->probability, 0);
    toxics_sheets_number(table, r->area_m2.mean / unit);
    toxics_sheets_span(table, &r->area_m2, unit);
    toxics_sheets_part(table, bounded, r->inside_m2.mean / unit);
    if (air) {
        toxics_sheets_number(table, r->people.mean);
        toxics_sheets_span(table, &r->people, 1.0);
        toxics_sheets_part(table, bounded, r->people_inside.mean);
    } else
        toxics_sheets_part(table, bounded, r->outside_m2.mean / unit);
    toxics_sheets_span(table, &(cosmo_quantiles){r->farthest_m.p50, NAN, r->farthest_m.p95, NAN}, TOXICS_SHEETS_KM);
}

static bool toxics_sheets_limits(const cosmo_toxics_case *c, bool air, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const air_heads[] = {"Substance",        "Limit",     "Set",      "Passed in, %",
                                            "Area, km\302\262", "5 to 95 %", "Inside",   "People",
                                            "5 to 95 %",        "Inside",    "Reach, km"};
    static const char *const soil_heads[] = {"Substance", "Limit",  "Set",     "Passed in, %", "Area, ha",
                                             "5 to 95 %", "Inside", "Outside", "Reach, km"};
    static const bool numeric[] = {false, false, false, true, true, true, true, true, true, true, true};
    const cosmo_accident *a = &c->toxics->accident;
    const cosmo_accident_level *levels = air ? a->levels : a->soils;
    const cosmo_accident_reach *reach = air ? c->answer.reach : c->answer.soil_reach;
    const size_t n = air ? a->n_levels : a->n_soils, columns = air ? TOXICS_SHEETS_AIR : 9;
    cosmo_tabling table = cosmo_tabling_begin(arena, n, columns);
    size_t passed = 0;
    for (size_t k = 0; k < n; k++) {
        const cosmo_toxics_reached r = cosmo_toxics_reached_find(&c->answer, reach + k, n, arena);
        if (r.probability == 0.0) continue;
        toxics_sheets_limit(&table, &levels[k], &r, a->inside != NULL, air);
        passed++;
    }
    const char *silent =
        passed == n
            ? ""
            : cosmo_arena_print(arena, " %zu of %zu limits are passed in no sample and left out.", n - passed, n);
    const char *note = cosmo_arena_print(arena,
                                         "Means of the samples beside 5 to 95 %%; inside%s the boundary: of the means. "
                                         "Reach: from the source, in half of "
                                         "the samples and in 95 %%.%s%s",
                                         air ? "" : " and outside", silent != NULL ? silent : "",
                                         air ? " A limit is passed where the largest mean over any of its averaging "
                                               "times is above it. People: residents, "
                                               "in the open, who stay. For hazard use multiply concentrations by 2."
                                             : "");
    *sheet = (cosmo_sheet){air ? "air" : "soil-limits",
                           air ? "Air above its limits" : "Soil above its limits",
                           note,
                           columns,
                           passed,
                           air ? air_heads : soil_heads,
                           numeric,
                           table.cells};
    return !table.failed && note != NULL && silent != NULL;
}

/* ---- places ---- */

static bool toxics_sheets_receptors(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Place", "Away, km",      "Substance",    "Half, mg/m\302\263",
                                        "95 %",  "Nearest limit", "Passed in, %", "Half, of the limit",
                                        "95 %"};
    static const bool numeric[] = {false, true, false, true, true, false, true, true, true};
    const cosmo_accident *a = &c->toxics->accident;
    const size_t n = c->answer.n_samples;
    cosmo_tabling table = cosmo_tabling_begin(arena, a->n_receptors, 9);
    for (size_t i = 0; i < a->n_receptors; i++) {
        const cosmo_accident_receptor *place = &a->receptors[i];
        cosmo_toxics_meeting m;
        const bool met = cosmo_toxics_reached_meet(c, i, TOXICS_SHEETS_RANK, arena, &m);
        const size_t species = met ? a->levels[m.level].species : 0;
        const cosmo_quantiles peak = cosmo_quantiles_find(c->answer.peak_kg_m3 + i * a->n_species + species, n,
                                                          a->n_receptors * a->n_species, arena);
        cosmo_tabling_text(&table, place->name);
        cosmo_tabling_fixed(
            &table, sqrt(place->east_m * place->east_m + place->north_m * place->north_m) / TOXICS_SHEETS_KM, 1);
        cosmo_tabling_text(&table, a->species[species]->id);
        toxics_sheets_number(&table, TOXICS_SHEETS_MG * peak.p50);
        toxics_sheets_number(&table, TOXICS_SHEETS_MG * peak.p95);
        cosmo_tabling_printed(&table, met ? cosmo_arena_print(arena, "%s (%s)", a->levels[m.level].threshold->level,
                                                              a->levels[m.level].set)
                                          : "none");
        toxics_sheets_part(&table, met, 100.0 * m.probability);
        toxics_sheets_part(&table, met, m.ratio.p50);
        toxics_sheets_part(&table, met, m.ratio.p95);
    }
    *sheet = (cosmo_sheet){
        "receptors",
        "Places",
        "Of each place the limit that it comes nearest to: 1 is the limit itself. The largest mean over 20 "
        "minutes, and the share of the limit, in half of the samples and in 95 % of them. The summary has "
        "all limits and substances.",
        9,
        a->n_receptors,
        heads,
        numeric,
        table.cells};
    return !table.failed;
}

/* ---- soil ---- */

static void toxics_sheets_soil_row(const cosmo_toxics_case *c, size_t species, cosmo_tabling *table)
{
    const cosmo_accident *a = &c->toxics->accident;
    const cosmo_accident_answer *answer = &c->answer;
    enum { MASS, SPILLED, DRY, WET, OUTSIDE, CRATER, LATER, COLUMNS };
    double *values = cosmo_arena_array(table->arena, COLUMNS * answer->n_samples, sizeof *values);
    if (values == NULL) {
        table->failed = true;
        return;
    }
    for (size_t i = 0; i < answer->n_samples; i++) {
        const cosmo_accident_soil *s = &answer->soil[i * a->n_species + species];
        double *row = &values[COLUMNS * i];
        row[MASS] = cosmo_toxics_case_soil_kg(answer, a->n_species, i, species);
        row[SPILLED] = s->spilled_kg;
        row[DRY] = s->dry_kg;
        row[WET] = s->wet_kg;
        row[OUTSIDE] = s->outside_kg;
        row[CRATER] = s->crater_mg_kg;
        row[LATER] = s->crater_later_mg_kg;
    }
    cosmo_quantiles q[COLUMNS];
    for (size_t k = 0; k < COLUMNS; k++)
        q[k] = cosmo_quantiles_find(values + k, answer->n_samples, COLUMNS, table->arena);
    cosmo_tabling_text(table, a->species[species]->id);
    toxics_sheets_number(table, q[MASS].mean);
    toxics_sheets_span(table, &q[MASS], 1.0);
    for (size_t k = SPILLED; k <= WET; k++) toxics_sheets_number(table, q[k].mean);
    toxics_sheets_part(table, a->inside != NULL, q[OUTSIDE].mean);
    toxics_sheets_span(table, &q[CRATER], 1.0);
    toxics_sheets_span(table, &q[LATER], 1.0);
}

static bool toxics_sheets_soil(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const bool numeric[] = {false, true, true, true, true, true, true, true, true};
    const cosmo_accident *a = &c->toxics->accident;
    const cosmo_release_soil *soil = &c->toxics->release.soil;
    const char **heads = cosmo_arena_array(arena, 9, sizeof *heads);
    if (heads == NULL) return false;
    static const char *const fixed[] = {"Substance",  "In the soil, kg", "5 to 95 %", "At the place",
                                        "Fallen dry", "By rain",         "Outside",   "Where spilled, mg/kg"};
    memcpy(heads, fixed, sizeof fixed);
    heads[8] = cosmo_arena_print(arena, "After %g days", soil->days);
    cosmo_tabling table = cosmo_tabling_begin(arena, a->n_species, 9);
    for (size_t i = 0; i < a->n_species; i++) toxics_sheets_soil_row(c, i, &table);
    const char *spill = cosmo_toxics_words_span(arena, soil->spill_depth_m.low, soil->spill_depth_m.high, 0.01);
    const char *layer = cosmo_toxics_words_span(arena, soil->depth_m.low, soil->depth_m.high, 0.01);
    const char *note = cosmo_arena_print(arena,
                                         "Kilograms, means beside 5 to 95 %% of the samples: spilled or thrown down at "
                                         "the place, fallen out of the air dry, "
                                         "washed out by rain; of these two what fell outside the boundary. What is "
                                         "spilled wets %s cm of depth, what falls "
                                         "out of the air mixes into the upper %s cm. Samples of one place scatter: two "
                                         "laboratories' values lie %.1f-fold "
                                         "apart (one sigma, pairs of 2013).",
                                         spill != NULL ? spill : "", layer != NULL ? layer : "",
                                         cosmo_real_exp(1.4142135623730951 * c->sigma_ln));
    *sheet = (cosmo_sheet){"soil", "What lies in the soil", note, 9, a->n_species, heads, numeric, table.cells};
    return !table.failed && note != NULL && heads[8] != NULL && spill != NULL && layer != NULL;
}

static bool toxics_sheets_ledger(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Substance",        "Entered the air", "Came of another",
                                        "Still in the air", "Fallen dry",      "Washed out",
                                        "Decayed",          "Became another",  "Left the map"};
    static const bool numeric[] = {false, true, true, true, true, true, true, true, true};
    const cosmo_accident *a = &c->toxics->accident;
    cosmo_tabling table = cosmo_tabling_begin(arena, a->n_species, 9);
    for (size_t i = 0; i < a->n_species; i++) {
        const cosmo_plume_ledger *l = &c->answer.ledger[i];
        const double parts[] = {l->released, l->produced, l->airborne, l->dry, l->wet, l->lost, l->converted, l->left};
        cosmo_tabling_text(&table, a->species[i]->id);
        for (size_t k = 0; k < sizeof parts / sizeof parts[0]; k++) toxics_sheets_number(&table, parts[k]);
    }
    const char *note = cosmo_arena_print(arena,
                                         "Kilograms at the end, %.3g h after the release, means of the samples: what "
                                         "entered the air or came of another is the sum of the rest.",
                                         c->toxics->release.sampling.duration_s / 3600.0);
    *sheet =
        (cosmo_sheet){"ledger", "What became of it in the air", note, 9, a->n_species, heads, numeric, table.cells};
    return !table.failed && note != NULL;
}

/* ---- what was reported ---- */

static const char *toxics_sheets_verdict(const cosmo_toxics_comparison *r, cosmo_arena *arena)
{
    if (isfinite(r->report->towards_rad)) {
        if (!r->within) return "fits no height";
        if (r->lowest_m == r->highest_m) return cosmo_arena_print(arena, "fits a release at %.0f m", r->lowest_m);
        return cosmo_arena_print(arena, "fits releases from %.0f to %.0f m", r->lowest_m, r->highest_m);
    }
    if (r->within) return "within";
    if (r->within_scatter) return "within the scatter of laboratories";
    const double factor = r->factor >= 1.0 ? r->factor : 1.0 / r->factor;
    if (!isfinite(factor)) return "missed: nothing of it is computed";
    return cosmo_arena_print(arena, "missed: reported %s by a factor of %s", r->factor > 1.0 ? "higher" : "lower",
                             cosmo_number_text(arena, factor, 2));
}

/* What the figure is in words, with its unit. */
static const char *toxics_sheets_quantity(const char *quantity)
{
    static const struct {
        const char *id, *words;
    } known[] = {{"crater_concentration_mg_kg", "in soil, mg/kg"},
                 {"crater_concentration_later_mg_kg", "in soil later, mg/kg"},
                 {"soil_mass_kg", "in soil, kg"},
                 {"concentration_20min_mg_m3", "in air, mg/m\302\263"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i].id, quantity) == 0) return known[i].words;
    return quantity;
}

static void toxics_sheets_report(const cosmo_toxics_comparison *r, cosmo_tabling *table)
{
    const cosmo_release_report *report = r->report;
    const bool direction = isfinite(report->towards_rad);
    cosmo_tabling_text(table, report->what);
    if (direction)
        cosmo_tabling_text(table, "towards, \302\260");
    else
        cosmo_tabling_printed(
            table, cosmo_arena_print(table->arena, "%s%s%s", report->substance != NULL ? report->substance : "",
                                     report->substance != NULL ? " " : "", toxics_sheets_quantity(report->quantity)));
    if (direction) {
        cosmo_tabling_printed(table, cosmo_arena_print(table->arena, "%.0f \302\261 %.0f",
                                                       report->towards_rad * TOXICS_SHEETS_DEGREES,
                                                       report->within_rad * TOXICS_SHEETS_DEGREES));
        cosmo_tabling_printed(table,
                              cosmo_arena_print(table->arena, "%.0f %% at %.0f m", 100.0 * r->best_share, r->best_m));
    } else {
        cosmo_tabling_printed(table, cosmo_toxics_words_span(table->arena, report->value.low, report->value.high, 1.0));
        toxics_sheets_span(table, &r->computed, 1.0);
    }
    cosmo_tabling_printed(table, toxics_sheets_verdict(r, table->arena));
}

static bool toxics_sheets_reports(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Reported", "What", "Value", "Computed", "Verdict"};
    static const bool numeric[] = {false, false, true, true, false};
    const cosmo_toxics_comparison *items = c->comparisons.items;
    const size_t n = c->comparisons.n;
    cosmo_tabling table = cosmo_tabling_begin(arena, n, 5);
    for (size_t i = 0; i < n; i++) toxics_sheets_report(&items[i], &table);
    *sheet = (cosmo_sheet){
        "reports",
        "Reported beside computed",
        "Computed: 5 to 95 % of the samples. Within: the reported value meets them. Within the scatter: of a "
        "content of soil, when they are widened by how far single samples of one place lie apart. A "
        "direction fits where a tenth of the samples and more have the wind go there; computed is "
        "the best height.",
        5,
        n,
        heads,
        numeric,
        table.cells};
    return !table.failed;
}

/* ---- what weighs ---- */

bool cosmo_toxics_sheets_is_assumed(const char *input)
{
    return strncmp(input, "share ", 6) == 0 || strcmp(input, "heat radiated") == 0;
}

static bool toxics_sheets_weights(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Answer", "Input", "Share of the variance, %", "What it is"};
    static const bool numeric[] = {false, false, true, false};
    const cosmo_toxics_share *items = c->shares.items;
    cosmo_tabling table = cosmo_tabling_begin(arena, c->shares.n, 4);
    double assumed = 0.0;
    for (size_t i = 0; i < c->shares.n; i++) {
        const bool fraction = cosmo_toxics_sheets_is_assumed(items[i].input);
        if (fraction && items[i].answer == items[0].answer) assumed += items[i].share;
        cosmo_tabling_text(&table, items[i].answer);
        cosmo_tabling_text(&table, items[i].input);
        cosmo_tabling_fixed(&table, 100.0 * items[i].share, 1);
        cosmo_tabling_text(&table, fraction ? "assumed fraction" : "drawn from its range");
    }
    const char *note =
        c->shares.n == 0
            ? ""
            : cosmo_arena_print(
                  arena,
                  "Of the variance of the answer's logarithm, by one input alone, estimated from %zu samples: "
                  "with few of them shares may add up to more than all. Of '%s', %.0f %% comes from "
                  "fractions that are assumed: no measurement of them was found.",
                  c->answer.n_samples, items[0].answer, fmin(100.0, 100.0 * assumed));
    *sheet = (cosmo_sheet){"weights", "What weighs", note, 4, c->shares.n, heads, numeric, table.cells};
    return !table.failed && note != NULL;
}

bool cosmo_toxics_sheets_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_page *page)
{
    cosmo_sheet *sheets = cosmo_arena_array(arena, TOXICS_SHEETS_MAX, sizeof *sheets);
    if (sheets == NULL) return false;
    const bool made = toxics_sheets_limits(c, true, arena, &sheets[0]) &&
                      toxics_sheets_receptors(c, arena, &sheets[1]) && toxics_sheets_soil(c, arena, &sheets[2]) &&
                      toxics_sheets_limits(c, false, arena, &sheets[3]) && toxics_sheets_ledger(c, arena, &sheets[4]) &&
                      toxics_sheets_reports(c, arena, &sheets[5]) && toxics_sheets_weights(c, arena, &sheets[6]) &&
                      cosmo_toxics_bills_make(c, arena, &sheets[7], &sheets[8]);
    page->sheets = sheets;
    page->n_sheets = 0;
    for (size_t i = 0; made && i < TOXICS_SHEETS_MAX; i++)
        if (sheets[i].n_rows > 0) sheets[page->n_sheets++] = sheets[i];
    return made;
}
