/* A mission flown: targeting, the nominal flight, its limits, and what it rests on. */
#include "cosmodrome/study.h"
#include "study/assumptions.h"

#include <math.h>

static const double CASE_TWO_PI = 6.283185307179586476925287;

/* The node from the mean equinox of date: the flight's frame is Earth-fixed at liftoff, turned from it by sidereal
 * time. */
static double case_raan(const cosmo_mission *mission, const cosmo_ascent *ascent)
{
    if (mission->liftoff_utc == NULL || !ascent->inserted) return NAN;
    const double raan = ascent->orbit.raan_rad + cosmo_frames_gmst82(mission->liftoff, &mission->eop);
    return raan - CASE_TWO_PI * floor(raan / CASE_TWO_PI);
}

/* Targeting meets limits to a part in a thousand, and so much is granted here. */
static void case_limit(cosmo_case *flown, const char *name, const char *unit, double value, double of_mission,
                       double of_vehicle)
{
    const double limit = isfinite(of_mission) ? of_mission : of_vehicle;
    if (!isfinite(limit)) return;
    const cosmo_verdict verdict = !isfinite(value)                ? COSMO_VERDICT_NOT_ASSESSED
                                  : value <= limit * (1.0 + 1e-3) ? COSMO_VERDICT_MET
                                                                  : COSMO_VERDICT_NOT_MET;
    flown->limits[flown->n_limits++] =
        (cosmo_limit_check){name, isfinite(of_mission) ? "mission" : "vehicle", unit, value, limit, verdict};
}

static void case_limits(cosmo_case *flown)
{
    const cosmo_flight_limits *m = &flown->mission->limits;
    const cosmo_vehicle_limits *v = &flown->mission->vehicle.limits;
    const cosmo_ascent *a = &flown->ascent;
    case_limit(flown, "dynamic pressure", "Pa", a->max_q_pa, m->dynamic_pressure_pa, v->dynamic_pressure_pa);
    case_limit(flown, "dynamic pressure times angle of attack", "Pa rad", a->max_q_alpha_pa_rad, m->q_alpha_pa_rad,
               v->q_alpha_pa_rad);
    case_limit(flown, "acceleration", "m/s2", a->max_acceleration_m_s2, m->acceleration_m_s2, v->acceleration_m_s2);
    if (flown->mission->vehicle.items.n == 0) return; /* no fairing: the payload stands the heat of the ascent itself */
    case_limit(flown, "heat flux after the fairing", "W/m2", a->heat_flux_after_fairing_w_m2, m->heat_flux_w_m2,
               v->heat_flux_w_m2);
}

/* Targeting flies to a coarser tolerance and may lend propellant; the flight in full has the last word. */
static void case_judge(cosmo_case *flown)
{
    cosmo_solution *solution = &flown->solution;
    if (!solution->feasible || flown->ascent.inserted || !flown->mission->steering.closed_loop) return;
    solution->feasible = false;
    if (solution->n_unmet < sizeof solution->unmet / sizeof solution->unmet[0])
        solution->unmet[solution->n_unmet++] = "the flight in full does not reach the target orbit";
}

cosmo_status cosmo_case_fly(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run, cosmo_case *result)
{
    *result = (cosmo_case){.mission = mission, .run = run};
    const cosmo_flight flight = cosmo_mission_flight(mission);
    if (run->progress != NULL) run->progress(run->progress_user, 0.0, "targeting");
    COSMO_TRY(cosmo_targeting_solve(&flight, true, arena, run, &result->solution));
    if (run->progress != NULL) run->progress(run->progress_user, 0.9, "flying");
    COSMO_TRY(cosmo_ascent_fly(&flight, &result->solution.controls, mission->output.sample_step_s, arena, run,
                               &result->ascent));
    if (isfinite(mission->failure.time_s)) {
        cosmo_mishap *mishap = cosmo_arena_alloc(arena, sizeof *mishap);
        COSMO_NEED(mishap, run);
        COSMO_TRY(cosmo_mishap_fly(mission, &result->solution.controls, arena, run, mishap));
        result->mishap = mishap;
    }
    case_judge(result);
    result->raan_rad = case_raan(mission, &result->ascent);
    case_limits(result);
    cosmo_assumptions_note(mission, arena, run);
    if (run->progress != NULL) run->progress(run->progress_user, 1.0, "flown");
    return COSMO_OK;
}

bool cosmo_case_within_limits(const cosmo_case *flown)
{
    bool within = flown->solution.feasible && flown->solution.n_unmet == 0;
    for (size_t i = 0; i < flown->n_limits; i++) within = within && flown->limits[i].verdict == COSMO_VERDICT_MET;
    for (size_t i = 0; i < flown->ascent.impacts.n; i++)
        within = within && flown->ascent.impacts.items[i].inside_zone != 0;
    return within;
}
