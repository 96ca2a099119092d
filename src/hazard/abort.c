/* A crew escapes: motors, the head section, the capsule, its parachutes. */
#include "core/real.h"
#include "cosmodrome/hazard.h"
#include "flight/vec.h"

#include <math.h>

static const double ABORT_STEP_S = 0.1, ABORT_FINE_STEP_S = 0.02;
static const double ABORT_OPENING_S = 20.0; /* fine steps for so long after a parachute has begun to open */
static const double ABORT_LIMIT_S = 10800.0;
static const double ABORT_FILLING_S = 2.0; /* the main parachute goes from reefed to full */

typedef enum abort_phase { ABORT_STACK, ABORT_MOTORS, ABORT_HEAD, ABORT_CAPSULE, ABORT_DROGUE, ABORT_MAIN } abort_phase;

typedef struct abort_flight {
    const cosmo_abort_case *given;
    const cosmo_environment *environment;
    cosmo_drag_curve head, capsule;
    abort_phase phase;
    cosmo_state state;
    double t_command_s, t_opened_s;
    cosmo_abort *flown;
} abort_flight;

/* ---- forces -------------------------------------------------------------------------------------------------------
 */

/* Density, sound speed and wind (east, north) at an altitude. */
static cosmo_air_state abort_air(const cosmo_environment *environment, double altitude_m, double wind_m_s[2])
{
    cosmo_air_state air = cosmo_atmosphere_us76(altitude_m);
    wind_m_s[0] = wind_m_s[1] = 0.0;
    if (environment->vacuum) air.density_kg_m3 = 0.0;
    const cosmo_weather *weather = environment->weather;
    if (weather == NULL) return air;
    const double at = (altitude_m - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M;
    if (at >= COSMO_WEATHER_NODES - 1) return air;
    const int i = at > 0.0 ? (int)at : 0;
    const double x = fmax(at - i, 0.0);
    const double ratio = weather->density_ratio[i] + x * (weather->density_ratio[i + 1] - weather->density_ratio[i]);
    if (weather->has_ratio) air.density_kg_m3 *= ratio;
    if (!weather->has_wind) return air;
    wind_m_s[0] = weather->wind_east_m_s[i] + x * (weather->wind_east_m_s[i + 1] - weather->wind_east_m_s[i]);
    wind_m_s[1] = weather->wind_north_m_s[i] + x * (weather->wind_north_m_s[i + 1] - weather->wind_north_m_s[i]);
    return air;
}

static double abort_main_drag_area(const abort_flight *flight, double t_s)
{
    const cosmo_escape *escape = flight->given->escape;
    const double filling = (t_s - flight->t_opened_s - escape->main_reef_s) / ABORT_FILLING_S;
    const double open = escape->main_reefed + (1.0 - escape->main_reefed) * fmin(fmax(filling, 0.0), 1.0);
    return open * escape->main_drag_area_m2;
}

/* Drag coefficient times area, and mass, of what flies. */
static double abort_body(const abort_flight *flight, double t_s, double mach, double *mass_kg)
{
    const cosmo_abort_case *given = flight->given;
    const cosmo_escape *escape = given->escape;
    const cosmo_escape_motor *motors = given->motors;
    if (flight->phase == ABORT_STACK) {
        *mass_kg = given->remains->mass_kg;
        return given->remains->area_m2 * cosmo_drag_curve_at(&given->remains->drag, mach);
    }
    if (flight->phase == ABORT_MOTORS || flight->phase == ABORT_HEAD) {
        const double burnt = fmin((t_s - flight->t_command_s) / motors->burn_s, 1.0);
        *mass_kg = motors->head_mass_kg - burnt * motors->propellant_kg;
        return escape->head_area_m2 * cosmo_drag_curve_at(&flight->head, mach);
    }
    *mass_kg = escape->capsule_mass_kg;
    const double own = escape->capsule_area_m2 * cosmo_drag_curve_at(&flight->capsule, mach);
    if (flight->phase == ABORT_DROGUE) return own + escape->drogue_drag_area_m2;
    return flight->phase == ABORT_MAIN ? own + abort_main_drag_area(flight, t_s) : own;
}

/* What is felt, without gravity. */
static cosmo_vec3 abort_felt(const abort_flight *flight, const cosmo_state *state)
{
    cosmo_vec3 r, v, north, east, down;
    cosmo_state_itrf(state, &r, &v);
    const cosmo_geodetic place = cosmo_ellipsoid_from_itrf(r);
    double wind[2], mass_kg;
    const cosmo_air_state air = abort_air(flight->environment, place.altitude_m, wind);
    cosmo_ellipsoid_ned(place, &north, &east, &down);
    const cosmo_vec3 through = vec_sub(v, vec_add(vec_scale(wind[0], east), vec_scale(wind[1], north)));
    const double speed = vec_norm(through);
    const double drag_area = abort_body(flight, state->t_s, speed / air.sound_speed_m_s, &mass_kg);
    cosmo_vec3 felt = vec_scale(-0.5 * air.density_kg_m3 * speed * drag_area / mass_kg, through);
    const double angle = COSMO_EARTH_ROTATION * state->t_s;
    const double c = cosmo_real_cos(angle), s = cosmo_real_sin(angle);
    felt = (cosmo_vec3){c * felt.x - s * felt.y, s * felt.x + c * felt.y, felt.z};
    if (flight->phase != ABORT_MOTORS) return felt;
    return vec_add(felt, vec_scale(flight->given->motors->thrust_n / mass_kg, flight->given->axis));
}

static cosmo_vec3 abort_acceleration(const abort_flight *flight, const cosmo_state *state)
{
    return vec_add(abort_felt(flight, state), cosmo_gravity_at(state->position_m, flight->environment->gravity));
}

static cosmo_state abort_ahead(const cosmo_state *from, double h, cosmo_vec3 velocity, cosmo_vec3 acceleration)
{
    return (cosmo_state){from->t_s + h, vec_add(from->position_m, vec_scale(h, velocity)),
                         vec_add(from->velocity_m_s, vec_scale(h, acceleration))};
}

/* One step of the classical fourth-order method. */
static cosmo_state abort_step(const abort_flight *flight, double h)
{
    const cosmo_state *y = &flight->state;
    const cosmo_vec3 a1 = abort_acceleration(flight, y);
    const cosmo_state y2 = abort_ahead(y, 0.5 * h, y->velocity_m_s, a1);
    const cosmo_vec3 a2 = abort_acceleration(flight, &y2);
    const cosmo_state y3 = abort_ahead(y, 0.5 * h, y2.velocity_m_s, a2);
    const cosmo_vec3 a3 = abort_acceleration(flight, &y3);
    const cosmo_state y4 = abort_ahead(y, h, y3.velocity_m_s, a3);
    const cosmo_vec3 a4 = abort_acceleration(flight, &y4);
    const cosmo_vec3 v =
        vec_add(vec_add(y->velocity_m_s, y4.velocity_m_s), vec_scale(2.0, vec_add(y2.velocity_m_s, y3.velocity_m_s)));
    const cosmo_vec3 a = vec_add(vec_add(a1, a4), vec_scale(2.0, vec_add(a2, a3)));
    return abort_ahead(y, h, vec_scale(1.0 / 6.0, v), vec_scale(1.0 / 6.0, a));
}

/* ---- phases -------------------------------------------------------------------------------------------------------
 */

static double abort_next_change(const abort_flight *flight)
{
    const cosmo_abort_case *given = flight->given;
    switch (flight->phase) {
    case ABORT_STACK:
        return flight->t_command_s;
    case ABORT_MOTORS:
        return flight->t_command_s + given->motors->burn_s;
    case ABORT_HEAD:
        return flight->t_command_s + fmax(given->escape->release_s, given->motors->burn_s);
    default:
        return INFINITY;
    }
}

static void abort_free(abort_flight *flight)
{
    flight->phase = ABORT_CAPSULE;
    flight->flown->free = flight->state;
}

/* Changes by the clock: at the end of a step, which stops there. */
static void abort_change(abort_flight *flight)
{
    if (flight->state.t_s < abort_next_change(flight)) return;
    if (flight->phase == ABORT_STACK) {
        flight->flown->commanded = flight->state;
        if (flight->given->motors == NULL)
            abort_free(flight);
        else
            flight->phase = ABORT_MOTORS;
    } else if (flight->phase == ABORT_MOTORS) {
        flight->phase = ABORT_HEAD;
        if (flight->state.t_s >= abort_next_change(flight)) abort_free(flight);
    } else {
        abort_free(flight);
    }
}

static void abort_parachutes(abort_flight *flight, double altitude_m, bool falling)
{
    const cosmo_escape *escape = flight->given->escape;
    if (!falling || flight->phase < ABORT_HEAD) return;
    if (flight->phase == ABORT_HEAD) abort_free(flight);
    if (flight->phase < ABORT_MAIN && altitude_m < escape->main_altitude_m) {
        flight->phase = ABORT_MAIN;
        flight->t_opened_s = flight->flown->main_t_s = flight->state.t_s;
    } else if (flight->phase < ABORT_DROGUE && altitude_m < escape->drogue_altitude_m) {
        flight->phase = ABORT_DROGUE;
        flight->t_opened_s = flight->flown->drogue_t_s = flight->state.t_s;
    }
}

static void abort_record(abort_flight *flight, cosmo_geodetic place)
{
    cosmo_abort *flown = flight->flown;
    if (place.altitude_m > flown->apogee.altitude_m) {
        flown->apogee = place;
        flown->apogee_t_s = flight->state.t_s;
    }
    const double felt = vec_norm(abort_felt(flight, &flight->state));
    if (flight->phase == ABORT_MOTORS) flown->motor_acceleration_m_s2 = fmax(flown->motor_acceleration_m_s2, felt);
    if (flight->phase == ABORT_CAPSULE) flown->entry_acceleration_m_s2 = fmax(flown->entry_acceleration_m_s2, felt);
}

static double abort_height(const cosmo_environment *environment, cosmo_geodetic place)
{
    return place.altitude_m - cosmo_terrain_height_m(environment->terrain, place.latitude_rad, place.longitude_rad);
}

static void abort_land(abort_flight *flight, const cosmo_state *before, double height_before, double height_after)
{
    const double h = flight->state.t_s - before->t_s, part = height_before / (height_before - height_after);
    const cosmo_state *after = &flight->state;
    const cosmo_vec3 moved = vec_sub(after->position_m, before->position_m);
    const cosmo_state ground = {before->t_s + part * h, vec_add(before->position_m, vec_scale(part, moved)),
                                after->velocity_m_s};
    const cosmo_vec3 v = cosmo_state_velocity_ned(&ground);
    cosmo_impact *landing = &flight->flown->landing;
    landing->reached_ground = true;
    landing->t_s = ground.t_s;
    landing->place = cosmo_state_place(&ground);
    landing->speed_m_s = vec_norm(v);
    landing->path_angle_rad = cosmo_real_atan2(-v.z, sqrt(v.x * v.x + v.y * v.y));
}

static bool abort_fine(const abort_flight *flight)
{
    return flight->phase == ABORT_MOTORS ||
           (flight->phase >= ABORT_DROGUE && flight->state.t_s - flight->t_opened_s < ABORT_OPENING_S);
}

static bool abort_go_on(abort_flight *flight)
{
    const cosmo_state before = flight->state;
    const double height = abort_height(flight->environment, cosmo_state_place(&before));
    const double step = abort_fine(flight) ? ABORT_FINE_STEP_S : ABORT_STEP_S;
    const double next = abort_next_change(flight), h = fmin(step, next - before.t_s);
    flight->state = abort_step(flight, h);
    if (h < step) flight->state.t_s = next;
    const cosmo_geodetic place = cosmo_state_place(&flight->state);
    abort_record(flight, place);
    const double height_after = abort_height(flight->environment, place);
    if (height_after <= 0.0) {
        abort_land(flight, &before, height, height_after);
        return false;
    }
    abort_change(flight);
    abort_parachutes(flight, place.altitude_m, height_after < height);
    return true;
}

const cosmo_escape_motor *cosmo_abort_motors(const cosmo_escape *escape, const cosmo_outcome *stopped)
{
    const cosmo_escape_motor *motors = escape->motors.items;
    for (size_t i = 0; i < escape->motors.n; i++)
        if (cosmo_remains_carry(stopped, motors[i].carried_by)) return &motors[i];
    return NULL;
}

cosmo_status cosmo_abort_fly(const cosmo_abort_case *given, const cosmo_environment *environment, cosmo_run *run,
                             cosmo_abort *flown)
{
    if (!(given->escape->capsule_mass_kg > 0.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: the vehicle has no capsule to escape with");
    *flown = (cosmo_abort){.drogue_t_s = NAN, .main_t_s = NAN};
    abort_flight flight = {.given = given,
                           .environment = environment,
                           .state = given->stopped,
                           .t_command_s = given->stopped.t_s + given->delay_s,
                           .flown = flown};
    cosmo_drag_curve_make(&given->escape->head_drag, &flight.head);
    cosmo_drag_curve_make(&given->escape->capsule_drag, &flight.capsule);
    flown->apogee = cosmo_state_place(&flight.state);
    flown->apogee_t_s = flight.state.t_s;
    abort_change(&flight);
    while (abort_go_on(&flight))
        if (flight.state.t_s - given->stopped.t_s > ABORT_LIMIT_S)
            return cosmo_run_fail(run, COSMO_NO_SOLUTION, "error: the capsule is still aloft after %g s",
                                  ABORT_LIMIT_S);
    return COSMO_OK;
}
