/* A mission's risk: design, scatter, casualties. */
#include "study/risk_parts.h"

#include <math.h>
#include <string.h>

static void risk_case_assume(const cosmo_mission *mission, const cosmo_risk_case *r, cosmo_run *run)
{
    const cosmo_record *record = &mission->vehicle.record;
    if (isfinite(mission->risk.failure_probability))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "probability of failure: %.3g, as the mission says",
                       mission->risk.failure_probability);
    else
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "probability of failure: %.3g, the FAA's reference value after %d failures in %d flights",
                       r->risk.failure_probability, (int)record->failures, (int)record->flights);
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "population: %s", r->population->source);
    if (mission->people.neighbours.n == 0 && r->exposure.neighbours.n > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "neighbouring operations: somebody in the open at each of the site's other pads beyond what is "
                       "cleared; how many people are there is not known");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "shelter: %s", r->exposure.shelter.source);
    if (isfinite(mission->vehicle.escape.capsule_mass_kg))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "failures: the crew's escape works, and its capsule lands on parachutes");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "failures: shares of modes, their spread over a phase, rates of turns, pressure of break-up and "
                   "dispersions are estimates unless the mission gives them");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "explosions: everybody within the radius of 1 psi is a casualty, whatever the shelter");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "hazard areas: a ship of 100 m x 20 m, an aircraft of 1000 m2 seen from above, cells of 0.05 deg; "
                   "each piece from 11 ft lbf on counts as dangerous to both");
    if (r->risk.grid.lost > 0.0)
        cosmo_run_note(run, COSMO_NOTE_WARNING, "hazard areas: %.1e of the dangerous pieces found no room in the table",
                       r->risk.grid.lost);
    cosmo_run_note(
        run, COSMO_NOTE_ASSUMPTION,
        "toxic propellants are not in the figures; nor is glass broken far away by focused blast, which stands "
        "beside them for an explosion on the pad");
}

/* That all planned drops fall inside their published zones is judged by the worst of them. */
static double risk_case_containment(const cosmo_scatter *s)
{
    double least = NAN;
    for (size_t i = 0; i < s->n_bodies; i++) {
        const cosmo_scatter_body *b = &s->bodies[i];
        if (b->zone == NULL || b->zone->position != COSMO_POSITION_PUBLISHED || !isfinite(b->zone->axis_major_m) ||
            b->n == 0)
            return NAN;
        least = fmin(least, (double)b->n_in_zone / (double)b->n);
    }
    return least;
}

/* Ships and aircraft are protected by areas that are closed to them; the figure is what is left outside. */
static void risk_case_judge_areas(const cosmo_risk_case *r, cosmo_rule_figures *figures)
{
    figures->value[COSMO_RULE_SHIP_IMPACT] = cosmo_risk_places_outside(r, COSMO_HAZARD_SHIP);
    figures->value[COSMO_RULE_AIRCRAFT_IMPACT] = cosmo_risk_places_outside(r, COSMO_HAZARD_AIRCRAFT);
    figures->rests_on[COSMO_RULE_SHIP_IMPACT] = "by closing the areas ship-1e-5 and individual-1e-6 of "
                                                "hazard-areas.geojson, and only while they are kept clear";
    figures->rests_on[COSMO_RULE_AIRCRAFT_IMPACT] =
        "by closing the areas aircraft-1e-6 of hazard-areas.geojson, and only while they are kept clear";
}

static cosmo_status risk_case_judge(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_risk_case *r)
{
    cosmo_list rules;
    const cosmo_yaml *section = cosmo_yaml_child(mission->root, "risk");
    const cosmo_yaml *asked = section != NULL ? cosmo_yaml_child(section, "rules") : NULL;
    COSMO_TRY(cosmo_rules_select(&mission->risk.judged, asked, mission->site.country, arena, run, &rules));
    cosmo_rule_figures figures = cosmo_rules_no_figures();
    figures.value[COSMO_RULE_COLLECTIVE_PUBLIC] = r->risk.total.value;
    figures.value[COSMO_RULE_CONDITIONAL_PUBLIC] = r->risk.worst.value;
    figures.value[COSMO_RULE_INDIVIDUAL_PUBLIC] = r->risk.max_individual_probability;
    figures.value[COSMO_RULE_COLLECTIVE_NEIGHBOURING] = r->risk.neighbouring.value;
    for (size_t i = 0; i < r->risk.n_neighbours; i++)
        figures.value[COSMO_RULE_INDIVIDUAL_NEIGHBOURING] =
            fmax(figures.value[COSMO_RULE_INDIVIDUAL_NEIGHBOURING], r->risk.by_neighbour[i].probability);
    figures.value[COSMO_RULE_DROP_CONTAINMENT] = risk_case_containment(&r->scatter);
    risk_case_judge_areas(r, &figures);
    figures.counted = COSMO_RULE_DEBRIS | COSMO_RULE_BLAST;
    return cosmo_rules_judge(&rules, &figures, mission->liftoff_utc, arena, run, &r->findings);
}

static cosmo_status risk_case_key(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_campaign *campaign)
{
    const char *options = cosmo_arena_print(arena, "risk until %a", mission->risk.until_relative_error);
    COSMO_NEED(options, run);
    return cosmo_campaign_key(run, options, campaign->key);
}

cosmo_status cosmo_risk_case_assess(const cosmo_mission *mission, cosmo_campaign *campaign, cosmo_arena *arena,
                                    cosmo_run *run, cosmo_risk_case *r)
{
    if (!r->flown.solution.feasible)
        return cosmo_run_fail(run, COSMO_NO_SOLUTION,
                              "error: the mission cannot be flown, so its risk is not known; see "
                              "'cosmodrome fly'");
    COSMO_TRY(cosmo_risk_exposure_make(mission, arena, run, r));
    if (campaign != NULL) COSMO_TRY(risk_case_key(mission, arena, run, campaign));
    const cosmo_flight flight = cosmo_mission_flight(mission);
    const cosmo_controls *controls = &r->flown.solution.controls;
    COSMO_TRY(cosmo_expectation_run(&flight, controls, &mission->dispersion, &mission->risk, &r->exposure, campaign,
                                    arena, run, &r->risk));
    if (campaign != NULL && campaign->kind == COSMO_CAMPAIGN_SHARD) return COSMO_OK;
    const uint64_t n_scatter = mission->risk.samples < 4096 ? (uint64_t)mission->risk.samples : 4096;
    COSMO_TRY(cosmo_scatter_run(&flight, controls, &mission->dispersion, n_scatter, arena, run, &r->scatter));
    r->flown.ascent.trajectory.n_spreads = r->scatter.n_spreads;
    r->flown.ascent.trajectory.spreads = r->scatter.spreads;
    COSMO_TRY(cosmo_risk_counts_make(arena, run, r));
    risk_case_assume(mission, r, run);
    COSMO_TRY(cosmo_risk_far_field_run(mission, &r->exposure.people, arena, run, &r->far_field));
    return risk_case_judge(mission, arena, run, r);
}

cosmo_status cosmo_risk_case_run(const cosmo_mission *mission, cosmo_campaign *campaign, cosmo_arena *arena,
                                 cosmo_run *run, cosmo_risk_case *r)
{
    COSMO_TRY(cosmo_case_fly(mission, arena, run, &r->flown));
    return cosmo_risk_case_assess(mission, campaign, arena, run, r);
}
