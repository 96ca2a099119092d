/* Summary and tables of a mission's risk. */
#include "cosmodrome/study.h"
#include "study/risk_parts.h"
#include "study/summary.h"

#include <math.h>
#include <string.h>

static const double RISK_SUMMARY_DEGREES = 180.0 / 3.14159265358979323846;

/* Countries have no error of their own. */
static void risk_summary_rows(cosmo_described *out, const char *key, const cosmo_risk_row *rows, size_t n,
                              bool with_error, const char *help)
{
    static const cosmo_risk_row blank = {.name = ""};
    const size_t items = cosmo_described_list(out, key, n, help);
    for (size_t i = 0; i < items; i++) {
        const cosmo_risk_row *row = out->schema ? &blank : &rows[i];
        cosmo_described_item(out);
        cosmo_described_text(out, "name", row->name, "what it is");
        cosmo_described_number(out, "value", row->value, "expected casualties");
        if (with_error) cosmo_described_number(out, "standard_error", row->standard_error, "of sampling");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void risk_summary_expectation(cosmo_described *out, const char *key, const cosmo_risk *r, const char *help)
{
    cosmo_described_object(out, key, true, help);
    cosmo_described_number(out, "total", r->total.value, "expected casualties of one launch");
    cosmo_described_number(out, "standard_error", r->total.standard_error, "of sampling");
    cosmo_described_number(out, "planned", r->planned.value, "by what is dropped on purpose");
    cosmo_described_number(out, "failure", r->failure.value, "by failures");
    risk_summary_rows(out, "by_phase", r->by_phase, r->n_phases, true, "failures, by the stage that ends the phase");
    risk_summary_rows(out, "by_mode", r->by_mode, COSMO_FAILURE_MODES, true, "failures, by what happens");
    risk_summary_rows(out, "by_hazard", r->by_hazard, 2, true, "failures: what hits, and what explodes");
    risk_summary_rows(out, "by_body", r->by_body, r->n_bodies, true, "planned drops");
    risk_summary_rows(out, "by_country", r->by_country, r->n_countries, false, "all, by country code; '-': the sea");
    cosmo_described_object(out, "epistemic", true, "the total over what is not known");
    cosmo_described_number(out, "p5", r->epistemic[0], "5 % of beliefs are below");
    cosmo_described_number(out, "p50", r->epistemic[1], "half are below");
    cosmo_described_number(out, "p95", r->epistemic[2], "95 % are below");
    cosmo_described_object_end(out);
    const size_t beliefs = cosmo_described_list(out, "unknown", COSMO_RISK_BELIEFS,
                                                "the range, 5 to 95 %, if one thing alone were not known");
    for (size_t i = 0; i < beliefs; i++) {
        static const cosmo_risk_belief blank = {"", 0.0, 0.0};
        const cosmo_risk_belief *b = out->schema ? &blank : &r->beliefs[i];
        cosmo_described_item(out);
        cosmo_described_text(out, "name", b->name, "what is not known");
        cosmo_described_number(out, "p5", b->p5, "5 % of beliefs are below");
        cosmo_described_number(out, "p95", b->p95, "95 % are below");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    cosmo_described_text(out, "dominant_source", out->schema ? "" : r->dominant, "the largest single source");
    cosmo_described_object_end(out);
}

static void risk_summary_times(cosmo_described *out, const cosmo_risk *r)
{
    static const cosmo_risk_interval blank = {.phase = ""};
    const size_t n = cosmo_described_list(out, "by_time", r->n_intervals, "failures, by when they happen");
    for (size_t i = 0; i < n; i++) {
        const cosmo_risk_interval *t = out->schema ? &blank : &r->by_time[i];
        cosmo_described_item(out);
        cosmo_described_text(out, "phase", t->phase, "the stage that ends the phase");
        cosmo_described_number(out, "start_s", t->start_s, "after liftoff");
        cosmo_described_number(out, "end_s", t->end_s, "after liftoff");
        cosmo_described_number(out, "probability", t->probability, "that a launch fails then");
        cosmo_described_number(out, "value", t->value, "expected casualties given a failure then");
        cosmo_described_number(out, "standard_error", t->standard_error, "of that value by sampling");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void risk_summary_settlements(cosmo_described *out, const cosmo_risk *r)
{
    static const cosmo_place blank_place = {.name = ""};
    const size_t n = cosmo_described_list(out, "by_settlement", r->n_settlements,
                                          "settlements with their surroundings of at most 50 km, the worst first");
    for (size_t i = 0; i < n; i++) {
        const cosmo_place *p = out->schema ? &blank_place : r->by_settlement[i].place;
        cosmo_described_item(out);
        cosmo_described_text(out, "name", p->name, "of the settlement");
        cosmo_described_text(out, "country", out->schema ? "" : p->country, "ISO 3166");
        cosmo_described_number(out, "lat_deg", p->latitude_deg, "of its middle");
        cosmo_described_number(out, "lon_deg", p->longitude_deg, "of its middle");
        cosmo_described_number(out, "people", out->schema || p->population > 0 ? (double)p->population : NAN,
                               "of the settlement; null: not known");
        cosmo_described_number(out, "value", out->schema ? 0.0 : r->by_settlement[i].value, "expected casualties");
        cosmo_described_number(out, "probability", out->schema ? 0.0 : r->by_settlement[i].probability,
                               "of casualty of a person in the open there");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    cosmo_described_number(out, "elsewhere", r->open_country.value, "expected casualties in all other places");
}

static void risk_summary_counts(cosmo_described *out, const cosmo_risk_case *r)
{
    const cosmo_risk_count *items = r->counts.items;
    const size_t n = cosmo_described_list(out, "circles", r->counts.n, "people within 60 km of each planned drop");
    for (size_t i = 0; i < n; i++) {
        static const cosmo_risk_count blank = {.body = ""};
        const cosmo_risk_count *c = out->schema ? &blank : &items[i];
        cosmo_described_item(out);
        cosmo_described_text(out, "body", c->body, "what falls there");
        cosmo_described_number(out, "people", c->people, "by the mission's population");
        cosmo_described_number(out, "people_default", c->people_default, "by the default population");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    cosmo_described_number(out, "ratio", r->count_ratio, "default over the mission's, geometric mean of the circles");
    cosmo_described_number(out, "one_sigma_factor", r->count_factor, "of that ratio from circle to circle");
}

static void risk_summary_neighbours(cosmo_described *out, const cosmo_risk *r)
{
    static const cosmo_neighbour blank = {.name = ""};
    cosmo_described_object(out, "neighbouring_operations", true, "people who are not the public");
    cosmo_described_number(out, "total", r->neighbouring.value,
                           "expected casualties; null: how many people are there is not known");
    cosmo_described_number(out, "standard_error", r->neighbouring.standard_error, "of sampling");
    const size_t n = cosmo_described_list(out, "places", r->n_neighbours, "where they are");
    for (size_t i = 0; i < n; i++) {
        const cosmo_risk_neighbour *of = &r->by_neighbour[i];
        const cosmo_neighbour *at = out->schema ? &blank : of->neighbour;
        cosmo_described_item(out);
        cosmo_described_text(out, "name", at->name, "of the place");
        cosmo_described_number(out, "lat_deg", at->latitude_rad * RISK_SUMMARY_DEGREES, "geodetic");
        cosmo_described_number(out, "lon_deg", at->longitude_rad * RISK_SUMMARY_DEGREES, "east");
        cosmo_described_number(out, "people", at->people, "null: not known");
        cosmo_described_number(out, "probability", out->schema ? 0.0 : of->probability, "of casualty of each");
        cosmo_described_number(out, "standard_error", out->schema ? 0.0 : of->standard_error, "of sampling");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    cosmo_described_object_end(out);
}

static void risk_summary_zone(cosmo_described *out, const cosmo_scatter_body *b, double share)
{
    double major = 0.0, minor = 0.0, azimuth = 0.0;
    if (!out->schema) cosmo_scatter_ellipse(b->covariance_m2, share, &major, &minor, &azimuth);
    const bool sized = b->zone != NULL && isfinite(b->zone->axis_major_m) && isfinite(b->zone->axis_minor_m);
    cosmo_described_text(out, "body", out->schema ? "" : b->body, "what falls");
    cosmo_described_number(out, "center_lat_deg", b->center.latitude_rad * RISK_SUMMARY_DEGREES, "of the ellipse");
    cosmo_described_number(out, "center_lon_deg", b->center.longitude_rad * RISK_SUMMARY_DEGREES, "of the ellipse");
    cosmo_described_number(out, "semi_major_m", major, "semi-axis");
    cosmo_described_number(out, "semi_minor_m", minor, "semi-axis");
    cosmo_described_number(out, "azimuth_deg", azimuth * RISK_SUMMARY_DEGREES, "of the major axis from north");
    cosmo_described_number(out, "containment", share, "share of impacts inside");
    cosmo_described_text_or_null(out, "declared_zone", b->zone != NULL ? b->zone->id : NULL, "null: none");
    cosmo_described_number(
        out, "declared_zone_probability",
        sized && b->zone->position == COSMO_POSITION_PUBLISHED && b->n > 0 ? (double)b->n_in_zone / (double)b->n : NAN,
        "share of sampled impacts inside it; null where its centre or size is not known");
}

static void risk_summary_zones(cosmo_described *out, const cosmo_scatter *s)
{
    static const cosmo_scatter_body blank;
    const size_t n = cosmo_described_list(out, "zones", COSMO_RISK_SHARES * s->n_bodies,
                                          "where what is dropped on purpose comes down");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        risk_summary_zone(out, out->schema ? &blank : &s->bodies[i / COSMO_RISK_SHARES],
                          cosmo_risk_layer_shares[i % COSMO_RISK_SHARES]);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static const char *risk_summary_write(const cosmo_risk_case *r, bool schema, cosmo_arena *arena, size_t *bytes)
{
    cosmo_described *out = cosmo_arena_alloc(arena, sizeof *out);
    if (out == NULL) return NULL;
    *out = cosmo_described_begin(arena, schema, "cosmodrome.risk/1", "Risk of a mission (cosmodrome risk --json)");
    const cosmo_run *run = r->flown.run;
    cosmo_described_text(out, "version", COSMO_VERSION_TEXT, "of the program");
    cosmo_described_text(out, "mission", r->flown.mission->name, "name of the mission");
    cosmo_described_count(out, "seed", (int64_t)run->seed, "of the random numbers");
    cosmo_described_count(out, "samples", (int64_t)r->risk.n_failures, "failures computed");
    cosmo_described_number(out, "failure_probability", r->risk.failure_probability, "that the flight fails");
    risk_summary_expectation(out, "casualty_expectation", &r->risk, "everybody in the open: no shelter credit");
    cosmo_described_object(out, "casualty_expectation_sheltered", true,
                           "with the mission's shelter; the units of the roof curves are not settled");
    cosmo_described_number(out, "total", r->risk.sheltered.value, "expected casualties of one launch");
    cosmo_described_number(out, "standard_error", r->risk.sheltered.standard_error, "of sampling");
    cosmo_described_object_end(out);
    if (cosmo_described_object(out, "casualty_expectation_default_population", r->risk.beside.name != NULL,
                               "everybody in the open, by the default population beside the mission's own; null: the "
                               "mission has none")) {
        cosmo_described_number(out, "total", r->risk.beside.value, "expected casualties of one launch");
        cosmo_described_number(out, "standard_error", r->risk.beside.standard_error, "of sampling");
        risk_summary_counts(out, r);
        cosmo_described_object_end(out);
    }
    risk_summary_neighbours(out, &r->risk);
    cosmo_summary_findings(out, &r->findings);
    cosmo_described_number(out, "max_individual_probability", r->risk.max_individual_probability,
                           "of casualty, of a person in the open who is worst off: in an inhabited cell of 0.05 deg");
    risk_summary_rows(out, "conditional", r->risk.conditional, r->risk.n_conditions, true,
                      "expected casualties given a failure of that phase and mode");
    risk_summary_times(out, &r->risk);
    risk_summary_settlements(out, &r->risk);
    risk_summary_zones(out, &r->scatter);
    cosmo_risk_far_field_describe(out, &r->far_field);
    cosmo_summary_run(out, run);
    return cosmo_described_finish(out, bytes);
}

const char *cosmo_risk_summary_json(const cosmo_risk_case *r, cosmo_arena *arena, size_t *bytes)
{
    return risk_summary_write(r, false, arena, bytes);
}

const char *cosmo_risk_summary_schema(cosmo_arena *arena, size_t *bytes)
{
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    cosmo_risk_case *blank = cosmo_arena_alloc(arena, sizeof *blank);
    if (mission == NULL || blank == NULL) return NULL;
    const cosmo_run run = {0};
    blank->flown = (cosmo_case){.mission = mission, .run = &run};
    return risk_summary_write(blank, true, arena, bytes);
}

/* ---- for a person ------------------------------------------------------------------------------------------------ */

static void risk_summary_print_rows(cosmo_text *out, const char *title, const cosmo_risk_row *rows, size_t n)
{
    cosmo_text_print(out, "\n%s\n", title);
    for (size_t i = 0; i < n; i++) cosmo_text_print(out, "  %-36s %9.2e\n", rows[i].name, rows[i].value);
}

static void risk_summary_print_settlements(cosmo_text *out, const cosmo_risk *k)
{
    enum { SHOWN = 12 };
    cosmo_text_put(out, "\nWho is at risk: expected casualties, and the probability of a person in the open\n");
    for (size_t i = 0; i < k->n_settlements && i < SHOWN; i++)
        cosmo_text_print(out, "  %-32s %-3s %9.2e  %9.2e\n", k->by_settlement[i].place->name,
                         k->by_settlement[i].place->country, k->by_settlement[i].value,
                         k->by_settlement[i].probability);
    if (k->n_neighbours > 0)
        cosmo_text_put(out, "\nNeighbouring operations: probability of casualty of somebody there\n");
    for (size_t i = 0; i < k->n_neighbours; i++)
        cosmo_text_print(out, "  %-36s %9.2e\n", k->by_neighbour[i].neighbour->name, k->by_neighbour[i].probability);
}

static void risk_summary_print_limits(cosmo_text *out, const cosmo_list *findings)
{
    static const char *const words[] = {"not in force", "met", "NOT MET", "not assessed"};
    const cosmo_rule_finding *items = findings->items;
    cosmo_text_put(out, "\nLimits of the law\n");
    for (size_t i = 0; i < findings->n; i++) {
        const cosmo_rule_finding *f = &items[i];
        cosmo_text_print(out, "  %-54s ", f->name);
        if (isfinite(f->value)) cosmo_text_print(out, "%.2e ", f->value);
        if (isfinite(f->limit)) cosmo_text_print(out, "limit %.1e: ", f->limit);
        cosmo_text_print(out, "%s%s%s\n", words[f->verdict], f->remark != NULL ? ", " : "",
                         f->remark != NULL ? f->remark : "");
    }
}

static void risk_summary_print_ellipses(cosmo_text *out, const cosmo_scatter *s)
{
    cosmo_text_print(out, "\nWhere dropped bodies scatter, %llu dispersed flights, ellipses that hold 97 %%\n",
                     (unsigned long long)s->n);
    for (size_t i = 0; i < s->n_bodies; i++) {
        const cosmo_scatter_body *b = &s->bodies[i];
        double major, minor, azimuth;
        cosmo_scatter_ellipse(b->covariance_m2, 0.97, &major, &minor, &azimuth);
        cosmo_text_print(out, "  %-14s %8.4f %9.4f deg  %6.1f x %5.1f km, %3.0f deg", b->body,
                         b->center.latitude_rad * RISK_SUMMARY_DEGREES, b->center.longitude_rad * RISK_SUMMARY_DEGREES,
                         1e-3 * major, 1e-3 * minor, azimuth * RISK_SUMMARY_DEGREES);
        if (b->zone != NULL && b->zone->position == COSMO_POSITION_PUBLISHED && isfinite(b->zone->axis_major_m))
            cosmo_text_print(out, "  %.1f %% in %s", 100.0 * (double)b->n_in_zone / (double)b->n, b->zone->id);
        cosmo_text_put(out, "\n");
    }
}

static void risk_summary_print_effects(cosmo_text *out, const cosmo_scatter *s)
{
    cosmo_text_print(out, "\nWhat moves the impacts along the track, km for a standard deviation\n  %-28s", "");
    for (size_t b = 0; b < s->n_bodies; b++) cosmo_text_print(out, " %12s", s->bodies[b].body);
    cosmo_text_put(out, "\n");
    for (size_t i = 0; i < s->n_effects; i++) {
        const cosmo_scatter_effect *e = &s->effects[i];
        double most = 0.0;
        for (size_t b = 0; b < s->n_bodies; b++) most = fmax(most, fmax(e->along_m[b], e->across_m[b]));
        if (most < 100.0) continue;
        cosmo_text_print(out, "  %-28s", e->name);
        for (size_t b = 0; b < s->n_bodies; b++) cosmo_text_print(out, " %12.1f", 1e-3 * e->along_m[b]);
        cosmo_text_put(out, "\n");
    }
}

cosmo_status cosmo_risk_summary_print(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_text *out)
{
    (void)arena;
    const cosmo_risk *k = &r->risk;
    cosmo_text_print(out, "%s\n\n", r->flown.mission->title);
    cosmo_text_print(out,
                     "  Casualty expectation                 %.2e +- %.1e  (everybody in the open; sampling error)\n",
                     k->total.value, k->total.standard_error);
    cosmo_text_print(out, "    of planned drops, of failures      %.2e, %.2e\n", k->planned.value, k->failure.value);
    cosmo_text_print(out, "    over what is not known             %.1e to %.1e, median %.1e  (5 to 95 %%)\n",
                     k->epistemic[0], k->epistemic[2], k->epistemic[1]);
    cosmo_text_print(out, "    with shelter                       %.2e +- %.1e\n", k->sheltered.value,
                     k->sheltered.standard_error);
    if (k->beside.name != NULL)
        cosmo_text_print(out, "    by the default population           %.2e +- %.1e  (everybody in the open)\n",
                         k->beside.value, k->beside.standard_error);
    cosmo_text_print(out, "  Individual probability, worst        %.2e  (cell of 0.05 deg at %.2f %.2f deg)\n",
                     k->max_individual_probability, k->max_individual_place.latitude_rad * RISK_SUMMARY_DEGREES,
                     k->max_individual_place.longitude_rad * RISK_SUMMARY_DEGREES);
    cosmo_text_print(out, "  Probability of failure               %.3g\n", k->failure_probability);
    cosmo_text_print(out, "  Largest source                       %s\n", k->dominant);
    risk_summary_print_limits(out, &r->findings);
    risk_summary_print_rows(out, "Failures by phase", k->by_phase, k->n_phases);
    risk_summary_print_rows(out, "Failures by mode", k->by_mode, COSMO_FAILURE_MODES);
    risk_summary_print_rows(out, "Failures by hazard", k->by_hazard, 2);
    risk_summary_print_rows(out, "Planned drops", k->by_body, k->n_bodies);
    risk_summary_print_rows(out, "By country", k->by_country, k->n_countries);
    risk_summary_print_settlements(out, k);
    risk_summary_print_rows(out, "Given a failure of that phase and mode", k->conditional, k->n_conditions);
    cosmo_risk_far_field_print(&r->far_field, out);
    risk_summary_print_ellipses(out, &r->scatter);
    risk_summary_print_effects(out, &r->scatter);
    return out->failed ? COSMO_NO_RESOURCES : COSMO_OK;
}
