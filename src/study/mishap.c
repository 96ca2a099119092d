/* The failure that a mission describes, flown: the nominal flight up to it, then what falls. */
#include "core/real.h"
#include "cosmodrome/study.h"

#include <math.h>
#include <string.h>

static const double MISHAP_NEVER_S = 1e6; /* a separation so late does not happen */

/* The flight with a stage that does not let go. */
static cosmo_status mishap_flight(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_flight *flight)
{
    *flight = cosmo_mission_flight(mission);
    const char *attached = mission->failure.attached;
    if (attached == NULL) return COSMO_OK;
    const cosmo_list *given = &mission->vehicle.stages;
    cosmo_vehicle *vehicle = cosmo_arena_alloc(arena, sizeof *vehicle);
    cosmo_stage *stages = cosmo_arena_array(arena, given->n, sizeof *stages);
    COSMO_NEED(vehicle, run);
    COSMO_NEED(stages, run);
    memcpy(stages, given->items, given->n * sizeof *stages);
    for (size_t i = 0; i < given->n; i++)
        if (strcmp(stages[i].id, attached) == 0) stages[i].separation_delay_s = MISHAP_NEVER_S;
    *vehicle = mission->vehicle;
    vehicle->stages.items = stages;
    flight->vehicle = vehicle;
    return COSMO_OK;
}

static double mishap_downrange(const cosmo_mission *mission, cosmo_geodetic place)
{
    const cosmo_pad *pad = mission->pad;
    double distance_m, azimuth_rad;
    cosmo_geodesic_between((cosmo_geodetic){pad->latitude_rad, pad->longitude_rad, pad->altitude_m}, place, &distance_m,
                           &azimuth_rad);
    return distance_m;
}

static void mishap_place(const cosmo_state *stopped, cosmo_mishap *mishap)
{
    const cosmo_vec3 v = cosmo_state_velocity_ned(stopped);
    const double level = sqrt(v.x * v.x + v.y * v.y);
    mishap->stopped = *stopped;
    mishap->place = cosmo_state_place(stopped);
    mishap->speed_ground_m_s = sqrt(level * level + v.z * v.z);
    mishap->flight_path_angle_rad = cosmo_real_atan2(-v.z, level);
}

static cosmo_status mishap_escape(const cosmo_mission *mission, const cosmo_flight *flight,
                                  const cosmo_outcome *stopped, cosmo_run *run, cosmo_mishap *mishap)
{
    const cosmo_escape_motor *motors = cosmo_abort_motors(&mission->vehicle.escape, stopped);
    const cosmo_abort_case given = {.escape = &mission->vehicle.escape,
                                    .motors = motors,
                                    .remains = &mishap->remains,
                                    .stopped = stopped->stack.state,
                                    .delay_s = mission->failure.delay_s,
                                    .axis = stopped->stack.direction};
    COSMO_TRY(cosmo_abort_fly(&given, &flight->environment, run, &mishap->abort));
    mishap->escaped = true;
    mishap->motors = motors != NULL ? motors->id : NULL;
    mishap->capsule_downrange_m = mishap_downrange(mission, mishap->abort.landing.place);
    const double left_kg =
        mishap->remains.mass_kg - (motors != NULL ? motors->head_mass_kg : mission->vehicle.escape.capsule_mass_kg);
    mishap->remains.ballistic_kg_m2 *= left_kg / mishap->remains.mass_kg;
    mishap->remains.mass_kg = left_kg;
    return COSMO_OK;
}

cosmo_status cosmo_mishap_fly(const cosmo_mission *mission, const cosmo_controls *controls, cosmo_arena *arena,
                              cosmo_run *run, cosmo_mishap *mishap)
{
    *mishap = (cosmo_mishap){.capsule_downrange_m = NAN};
    cosmo_flight flight;
    COSMO_TRY(mishap_flight(mission, arena, run, &flight));
    cosmo_outcome *stopped = cosmo_arena_alloc(arena, sizeof *stopped);
    COSMO_NEED(stopped, run);
    cosmo_variation variation = cosmo_ascent_nominal();
    variation.stop_t_s = mission->failure.time_s;
    COSMO_TRY(cosmo_ascent_fly_many(&flight, 1, controls, &variation, 1e-10, false, run, stopped));
    if (!(fabs(stopped->stack.state.t_s - mission->failure.time_s) < 1e-3)) {
        const cosmo_yaml *place = cosmo_yaml_child(cosmo_yaml_child(mission->root, "failure"), "time");
        return cosmo_yaml_fail(place != NULL ? place : mission->root, run,
                               "the flight is over by then: it ends at %.1f s", stopped->stack.state.t_s);
    }
    mishap_place(&stopped->stack.state, mishap);
    cosmo_remains_describe(flight.vehicle, stopped, &mishap->remains);
    if (mission->failure.mode == COSMO_MISHAP_ESCAPE) COSMO_TRY(mishap_escape(mission, &flight, stopped, run, mishap));
    COSMO_TRY(cosmo_remains_fall(&mishap->remains, &stopped->stack.state, &flight.environment, run, &mishap->stack));
    mishap->stack_downrange_m = mishap_downrange(mission, mishap->stack.place);
    return COSMO_OK;
}
