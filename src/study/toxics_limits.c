/* May it be launched: what a release, or a launch that may fail, means beside the law's limits (14 CFR 450.139). */
#include "study/toxics_parts.h"

#include <math.h>

/* What the figures may leave out of all failures and still be whole. */
static const double TOXICS_LIMITS_NOTHING = 1e-9;

double cosmo_toxics_limits_containment(const cosmo_accident_answer *answer)
{
    double sum = 0.0;
    for (size_t i = 0; i < answer->n_samples; i++) sum += cosmo_hazard_grid_probability(answer->exposed[2 * i]);
    return sum / (double)answer->n_samples;
}

/* The largest probability of harm where somebody lives and has not left. */
static double toxics_limits_individual(const cosmo_accident *a, const cosmo_accident_answer *answer)
{
    double most = 0.0;
    for (size_t cell = 0; cell < answer->n_cells; cell++) {
        const bool left = a->evacuated == NULL || a->evacuated[cell] < 1.0F;
        if (left && a->people[cell] > 0.0F) most = fmax(most, (double)answer->harm[cell]);
    }
    return most;
}

cosmo_toxics_hazard cosmo_toxics_limits_hazard(const cosmo_toxics *toxics, const cosmo_accident_answer *answer)
{
    const double p = toxics->release.launch.probability;
    double exposed = 0.0;
    for (size_t i = 0; i < answer->n_samples; i++) exposed += answer->exposed[2 * i];
    exposed /= (double)answer->n_samples;
    return (cosmo_toxics_hazard){.containment = cosmo_toxics_limits_containment(answer),
                                 .collective = p * exposed,
                                 .individual =
                                     isfinite(exposed) ? p * toxics_limits_individual(&toxics->accident, answer) : NAN};
}

/* Those that a toxic figure can be held against, with the case's own limit where no law gives one. */
static cosmo_status toxics_limits_choose(const cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run, cosmo_list *rules)
{
    const cosmo_yaml *section = cosmo_yaml_child(t->release.root, "launch");
    const char *country = t->mission != NULL ? t->mission->site.country : NULL;
    cosmo_list all;
    COSMO_TRY(
        cosmo_rules_select(&t->release.launch.judged, cosmo_yaml_child(section, "rules"), country, arena, run, &all));
    const cosmo_rule *from = all.items;
    cosmo_rule *kept = cosmo_arena_array(arena, all.n + 1, sizeof *kept);
    COSMO_NEED(kept, run);
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const int q = from[i].quantity;
        if (q != COSMO_RULE_COLLECTIVE_PUBLIC && q != COSMO_RULE_INDIVIDUAL_PUBLIC && q != COSMO_RULE_TOXIC_CONTAINMENT)
            continue;
        kept[n] = from[i];
        if (q == COSMO_RULE_TOXIC_CONTAINMENT && isnan(kept[n].limit)) kept[n].limit = t->release.launch.exposed;
        n++;
    }
    *rules = (cosmo_list){n, kept};
    return COSMO_OK;
}

/* A figure that leaves out some failures can break a limit, and not meet it. */
static cosmo_status toxics_limits_withhold(double later, cosmo_arena *arena, cosmo_run *run, cosmo_list *findings)
{
    cosmo_rule_finding *all = cosmo_arena_array(arena, findings->n + 1, sizeof *all);
    COSMO_NEED(all, run);
    for (size_t i = 0; i < findings->n; i++) {
        all[i] = ((const cosmo_rule_finding *)findings->items)[i];
        if (all[i].rule->quantity == COSMO_RULE_TOXIC_CONTAINMENT || all[i].verdict != COSMO_VERDICT_MET) continue;
        all[i].verdict = COSMO_VERDICT_NOT_ASSESSED;
        all[i].remark = cosmo_arena_print(
            arena, "the figure leaves out failures after the last interval, %.3g %% of all", 100.0 * later);
        COSMO_NEED(all[i].remark, run);
    }
    findings->items = all;
    return COSMO_OK;
}

cosmo_status cosmo_toxics_limits_judge(const cosmo_toxics *toxics, const cosmo_toxics_hazard *hazard,
                                       cosmo_arena *arena, cosmo_run *run, cosmo_list *findings)
{
    const cosmo_release_launch *launch = &toxics->release.launch;
    const bool whole = isfinite(launch->other_collective);
    cosmo_list rules;
    COSMO_TRY(toxics_limits_choose(toxics, arena, run, &rules));
    cosmo_rule_figures figures = cosmo_rules_no_figures();
    figures.value[COSMO_RULE_TOXIC_CONTAINMENT] = hazard->containment;
    figures.value[COSMO_RULE_COLLECTIVE_PUBLIC] = hazard->collective + (whole ? launch->other_collective : 0.0);
    figures.value[COSMO_RULE_INDIVIDUAL_PUBLIC] = hazard->individual + (whole ? launch->other_individual : 0.0);
    figures.counted = COSMO_RULE_TOXIC | (whole ? COSMO_RULE_DEBRIS | COSMO_RULE_BLAST : 0U);
    static const char casualties[] = "everybody above the harmful level in the open counts as a casualty";
    figures.rests_on[COSMO_RULE_COLLECTIVE_PUBLIC] = figures.rests_on[COSMO_RULE_INDIVIDUAL_PUBLIC] = casualties;
    figures.rests_on[COSMO_RULE_TOXIC_CONTAINMENT] =
        toxics->evacuated.n > 0 ? "by the areas evacuated, and with the probability that the case or a rule allows"
                                : "with the probability that the case or a rule allows";
    COSMO_TRY(cosmo_rules_judge(&rules, &figures, toxics->release.source.time_utc, arena, run, findings));
    return hazard->later > TOXICS_LIMITS_NOTHING ? toxics_limits_withhold(hazard->later, arena, run, findings)
                                                 : COSMO_OK;
}
