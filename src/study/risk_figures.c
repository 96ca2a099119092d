/* Key figures of a risk case. */
#include "study/risk_parts.h"

#include <math.h>

enum { RISK_FIGURES_MAX = 6 + COSMO_RULE_QUANTITIES };

typedef struct risk_figures {
    cosmo_arena *arena;
    cosmo_figure *items;
    size_t n;
    bool failed;
} risk_figures;

static const char *risk_figures_number(risk_figures *out, double value, int digits)
{
    const char *text = cosmo_number_text(out->arena, value, digits);
    out->failed |= text == NULL;
    return text != NULL ? text : "";
}

static void risk_figures_add(risk_figures *out, cosmo_figure figure)
{
    if (out->n == RISK_FIGURES_MAX || figure.value == NULL || figure.note == NULL)
        out->failed = true;
    else
        out->items[out->n++] = figure;
}

/* The strictest limit in force of what a figure is, and whether all limits of it are met. */
static void risk_figures_judge(risk_figures *out, const cosmo_list *findings, int quantity, cosmo_figure *figure)
{
    const cosmo_rule_finding *items = findings->items, *strictest = NULL;
    for (size_t i = 0; i < findings->n; i++) {
        const cosmo_rule_finding *f = &items[i];
        if (f->rule->quantity != quantity || !f->in_force || !isfinite(f->limit)) continue;
        const bool at_least = quantity == COSMO_RULE_DROP_CONTAINMENT;
        if (strictest == NULL || (at_least ? f->limit > strictest->limit : f->limit < strictest->limit)) strictest = f;
    }
    if (strictest == NULL) return;
    const char *law = strictest->rule->reference != NULL ? strictest->rule->reference : strictest->rule->id;
    figure->verdict = strictest->verdict;
    figure->limit = cosmo_arena_print(out->arena, "%s (%s)", risk_figures_number(out, strictest->limit, 2), law);
    out->failed |= figure->limit == NULL;
}

static void risk_figures_expectation(risk_figures *out, const cosmo_risk_case *r)
{
    const cosmo_risk *k = &r->risk;
    cosmo_arena *arena = out->arena;
    cosmo_figure total = {.label = "Casualty expectation",
                          .value = risk_figures_number(out, k->total.value, 2),
                          .unit = "a launch",
                          .note = cosmo_arena_print(arena, "\302\261 %s by sampling; everybody in the open",
                                                    risk_figures_number(out, k->total.standard_error, 2))};
    risk_figures_judge(out, &r->findings, COSMO_RULE_COLLECTIVE_PUBLIC, &total);
    risk_figures_add(out, total);
    risk_figures_add(out, (cosmo_figure){.label = "Over what is not known",
                                         .value = cosmo_arena_print(arena, "%s \342\200\246 %s",
                                                                    risk_figures_number(out, k->epistemic[0], 2),
                                                                    risk_figures_number(out, k->epistemic[2], 2)),
                                         .note = cosmo_arena_print(arena, "casualties a launch, 5 to 95 %%; median %s",
                                                                   risk_figures_number(out, k->epistemic[1], 2))});
    risk_figures_add(
        out, (cosmo_figure){
                 .label = "With shelter",
                 .value = risk_figures_number(out, k->sheltered.value, 2),
                 .unit = "a launch",
                 .note = cosmo_arena_print(arena, "\302\261 %s by sampling; planned drops %s, failures %s in the open",
                                           risk_figures_number(out, k->sheltered.standard_error, 2),
                                           risk_figures_number(out, k->planned.value, 2),
                                           risk_figures_number(out, k->failure.value, 2))});
}

static void risk_figures_failure(risk_figures *out, const cosmo_risk_case *r)
{
    const cosmo_risk *k = &r->risk;
    const cosmo_record *record = &r->flown.mission->vehicle.record;
    const bool given = isfinite(r->flown.mission->risk.failure_probability);
    risk_figures_add(
        out, (cosmo_figure){.label = "Probability of failure",
                            .value = risk_figures_number(out, 100.0 * k->failure_probability, 3),
                            .unit = "%",
                            .note = given ? "as the mission says"
                                          : cosmo_arena_print(out->arena, "by its record: %d of %d flights failed",
                                                              (int)record->failures, (int)record->flights)});
    const cosmo_risk_row *worst = &k->worst;
    if (worst->name == NULL) return;
    cosmo_figure figure = {.label = "If it fails in the worst way",
                           .value = risk_figures_number(out, worst->value, 2),
                           .unit = "casualties",
                           .note = cosmo_arena_print(out->arena, "%s; \302\261 %s by sampling", worst->name,
                                                     risk_figures_number(out, worst->standard_error, 2))};
    risk_figures_judge(out, &r->findings, COSMO_RULE_CONDITIONAL_PUBLIC, &figure);
    risk_figures_add(out, figure);
}

/* What else the law limits and this run has a figure for. */
static void risk_figures_others(risk_figures *out, const cosmo_risk_case *r)
{
    const cosmo_rule_finding *items = r->findings.items;
    for (int q = 0; q < COSMO_RULE_QUANTITIES; q++) {
        if (q == COSMO_RULE_COLLECTIVE_PUBLIC || q == COSMO_RULE_CONDITIONAL_PUBLIC) continue;
        size_t i = 0;
        while (i < r->findings.n && (items[i].rule->quantity != q || !items[i].in_force || !isfinite(items[i].value)))
            i++;
        if (i == r->findings.n) continue;
        cosmo_figure figure = {.label = items[i].name,
                               .value = risk_figures_number(out, items[i].value, 3),
                               .note = cosmo_rules_quantity_text(q)};
        risk_figures_judge(out, &r->findings, q, &figure);
        risk_figures_add(out, figure);
    }
}

static void risk_figures_law(risk_figures *out, const cosmo_list *findings)
{
    const cosmo_rule_finding *items = findings->items;
    int counts[4] = {0}, in_force = 0;
    for (size_t i = 0; i < findings->n; i++) {
        counts[items[i].verdict]++;
        in_force += items[i].verdict != COSMO_VERDICT_NONE;
    }
    const int broken = counts[COSMO_VERDICT_NOT_MET], open = counts[COSMO_VERDICT_NOT_ASSESSED];
    const cosmo_verdict verdict = broken > 0                 ? COSMO_VERDICT_NOT_MET
                                  : open > 0 || in_force < 1 ? COSMO_VERDICT_NOT_ASSESSED
                                                             : COSMO_VERDICT_MET;
    risk_figures_add(
        out, (cosmo_figure){
                 .label = "Limits of the law",
                 .value = cosmo_arena_print(out->arena, "%d of %d", counts[COSMO_VERDICT_MET], in_force),
                 .unit = "met",
                 .note = cosmo_arena_print(out->arena, "%d not met, %d not assessed: see the table", broken, open),
                 .verdict = verdict});
}

bool cosmo_risk_figures_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page)
{
    risk_figures out = {.arena = arena, .items = cosmo_arena_array(arena, RISK_FIGURES_MAX, sizeof *out.items)};
    if (out.items == NULL) return false;
    risk_figures_expectation(&out, r);
    risk_figures_failure(&out, r);
    risk_figures_others(&out, r);
    risk_figures_law(&out, &r->findings);
    page->figures = out.items;
    page->n_figures = out.n;
    return !out.failed;
}
