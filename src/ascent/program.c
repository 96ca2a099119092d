/* Compiling a flight: totals over units, overrides, events resolved to numbers. */
#include "ascent/program.h"

#include <math.h>
#include <string.h>

static const double PROGRAM_PRESSURE_SEA_LEVEL_PA = 101325.0;
static const double PROGRAM_TURN_SPEED_M_S =
    28.0; /* a gravity turn begun slower than this hangs on the kick's last digits */

static const cosmo_stage_override *program_override(const cosmo_flight *flight, const char *stage)
{
    const cosmo_stage_override *items = flight->overrides.items;
    for (size_t i = 0; i < flight->overrides.n; i++)
        if (strcmp(items[i].stage, stage) == 0) return &items[i];
    return NULL;
}

static double program_finite(double value, double otherwise)
{
    return isfinite(value) ? value : otherwise;
}

static void program_masses(const cosmo_stage *data, const cosmo_stage_override *override, program_stage *s)
{
    const cosmo_tank *tanks = data->tanks.items;
    double dry = data->dry_mass_kg, residual = 0.0, usable = -data->startup_propellant_kg;
    for (size_t i = 0; i < data->tanks.n; i++) {
        if (!tanks[i].burns)
            dry += tanks[i].load_kg;
        else {
            residual += tanks[i].residual_kg;
            usable += tanks[i].load_kg - tanks[i].residual_kg;
        }
    }
    const double reserve = override != NULL ? program_finite(override->reserve_kg, 0.0) : 0.0, n = (double)data->count;
    s->dry_kg = n * dry;
    s->residual_kg = n * (residual + reserve);
    s->usable_kg = n * (usable - reserve);
}

static const cosmo_aerodynamics *program_aerodynamics(const cosmo_vehicle *vehicle, const char *with)
{
    const cosmo_aerodynamics *items = vehicle->aerodynamics.items;
    for (size_t i = 0; i < vehicle->aerodynamics.n; i++)
        if (strcmp(items[i].with, with) == 0) return &items[i];
    return NULL;
}

static void program_fill_stage(const cosmo_flight *flight, const cosmo_stage *data, program_stage *s)
{
    const cosmo_stage_override *override = program_override(flight, data->id);
    const double n = (double)data->count;
    s->data = data;
    s->thrust_vacuum_n = n * data->thrust_vacuum_n;
    s->exit_area_m2 = isfinite(data->thrust_sea_level_n)
                          ? n * (data->thrust_vacuum_n - data->thrust_sea_level_n) / PROGRAM_PRESSURE_SEA_LEVEL_PA
                          : 0.0;
    s->exhaust_m_s = COSMO_STANDARD_GRAVITY * data->isp_vacuum_s;
    s->cutoff_time_s = data->cutoff == COSMO_CUTOFF_TIME ? data->cutoff_time_s : NAN;
    s->throttle = &data->throttle;
    if (override != NULL) {
        if (isfinite(override->cutoff_time_s)) s->cutoff_time_s = override->cutoff_time_s;
        if (override->throttle.n_rows > 0) s->throttle = &override->throttle;
        s->lit_by_burns = override->only_burns;
    }
    program_masses(data, override, s);
    const cosmo_aerodynamics *aero = program_aerodynamics(flight->vehicle, data->id);
    cosmo_drag_curve_constant(0.0, &s->drag);
    if (aero == NULL) return;
    cosmo_drag_curve_make(&aero->drag, &s->drag);
    s->drag_area_m2 = aero->area_m2 * flight->vehicle->drag_scale;
    s->lift_area_m2 = aero->area_m2 * program_finite(aero->lift_slope_per_rad, 0.0);
}

int cosmo_program_body_index(const program *p, const char *name)
{
    for (size_t i = 0; i < p->n_stages; i++)
        if (strcmp(p->stages[i].data->id, name) == 0) return (int)i;
    for (size_t i = 0; i < p->n_items; i++)
        if (strcmp(p->items[i]->id, name) == 0) return (int)(p->n_stages + i);
    return -1;
}

const char *cosmo_program_body_name(const program *p, int body)
{
    const int n = (int)p->n_stages;
    return body < n ? p->stages[body].data->id : p->items[body - n]->id;
}

static cosmo_status program_event(const program *p, const char *name, cosmo_run *run, int *event)
{
    for (size_t i = 0; i < p->n_events; i++) {
        if (strcmp(p->event_names[i], name) != 0) continue;
        *event = (int)i;
        return COSMO_OK;
    }
    const char *near = cosmo_text_nearest(name, p->event_names, p->n_events);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: unknown event '%s'%s%s%s", p->flight->vehicle->id, name,
                          near != NULL ? "; did you mean '" : "", near != NULL ? near : "", near != NULL ? "'?" : "");
}

static cosmo_status program_name_events(program *p, cosmo_arena *arena, cosmo_run *run)
{
    p->event_names[p->n_events++] = "liftoff";
    for (size_t i = 0; i < p->n_stages; i++) {
        static const char *const kinds[] = {"ignition", "cutoff", "separation"};
        for (int k = 0; k < 3; k++) {
            p->event_names[p->n_events] = cosmo_arena_print(arena, "%s:%s", kinds[k], p->stages[i].data->id);
            COSMO_NEED(p->event_names[p->n_events++], run);
        }
    }
    for (size_t i = 0; i < p->n_items; i++) {
        p->event_names[p->n_events] = cosmo_arena_print(arena, "jettison:%s", p->items[i]->id);
        COSMO_NEED(p->event_names[p->n_events++], run);
    }
    return COSMO_OK;
}

/* What waits for a separation waits for the cut-off before it, so that negative offsets are known in time. */
static cosmo_status program_wait_for(program *p, const char *event_name, double offset, int kind, int target,
                                     cosmo_run *run)
{
    if (p->n_waits == PROGRAM_WAITS_MAX)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: too many events", p->flight->vehicle->id);
    program_wait wait = {0, kind, target, offset};
    COSMO_TRY(program_event(p, event_name, run, &wait.event));
    for (size_t i = 0; i < p->n_stages; i++) {
        if (wait.event != program_event_separation((int)i)) continue;
        wait.event = program_event_cutoff((int)i);
        wait.offset_s += program_finite(p->stages[i].data->separation_delay_s, 0.0);
    }
    p->waits[p->n_waits++] = wait;
    return COSMO_OK;
}

static cosmo_status program_waits(program *p, cosmo_run *run)
{
    for (size_t i = 0; i < p->n_stages; i++) {
        const cosmo_stage *s = p->stages[i].data;
        if (p->stages[i].lit_by_burns) continue;
        if (s->ignition_event != NULL)
            COSMO_TRY(program_wait_for(p, s->ignition_event, program_finite(s->ignition_offset_s, 0.0),
                                       PROGRAM_WAIT_IGNITION, (int)i, run));
    }
    for (size_t i = 0; i < p->n_items; i++) {
        const char *event = p->items[i]->jettison_event != NULL ? p->items[i]->jettison_event : "liftoff";
        COSMO_TRY(program_wait_for(p, event, program_finite(p->items[i]->jettison_offset_s, 0.0), PROGRAM_WAIT_JETTISON,
                                   (int)i, run));
    }
    const cosmo_steering *steering = &p->flight->steering;
    if (!steering->closed_loop) return COSMO_OK;
    const char *start = steering->guidance_start_event != NULL ? steering->guidance_start_event
                                                               : p->event_names[program_event_separation(0)];
    return program_wait_for(p, start, program_finite(steering->guidance_start_offset_s, 0.0), PROGRAM_WAIT_GUIDANCE, 0,
                            run);
}

static void program_items(program *p, const cosmo_vehicle *vehicle)
{
    const cosmo_item *items = vehicle->items.items;
    for (size_t i = 0; i < p->n_items; i++) {
        p->items[i] = &items[i];
        p->item_stage[i] = items[i].part_of != NULL ? cosmo_program_body_index(p, items[i].part_of) : -1;
        if (p->item_stage[i] >= 0) p->stages[p->item_stage[i]].dry_kg -= items[i].mass_kg;
    }
}

static cosmo_status program_burns(program *p, cosmo_run *run)
{
    const cosmo_burn *burns = p->flight->burns.items;
    if (p->flight->burns.n > PROGRAM_BURNS_MAX)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: at most %d burns", PROGRAM_BURNS_MAX);
    for (size_t i = 0; i < p->flight->burns.n; i++) {
        p->burns[i] = &burns[i];
        p->burn_stage[i] = cosmo_program_body_index(p, burns[i].stage);
        if (p->burn_stage[i] < 0 || p->burn_stage[i] >= (int)p->n_stages)
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: burns: vehicle %s has no stage '%s'",
                                  p->flight->vehicle->id, burns[i].stage);
    }
    p->n_burns = p->flight->burns.n;
    return COSMO_OK;
}

/* Guidance ends the burn of the last stage that an event ignites; what the mission's burns light comes after insertion.
 */
static void program_find_inserter(program *p)
{
    p->inserter = -1;
    for (size_t i = 0; i < p->n_stages; i++)
        if (p->stages[i].data->ignition_event != NULL && !p->stages[i].lit_by_burns) p->inserter = (int)i;
}

static void program_limits(program *p, const cosmo_flight *flight)
{
    const cosmo_flight_limits *asked = &flight->limits;
    const cosmo_vehicle_limits *own = &flight->vehicle->limits;
    p->limits = (cosmo_flight_limits){
        program_finite(asked->dynamic_pressure_pa, program_finite(own->dynamic_pressure_pa, INFINITY)),
        program_finite(asked->q_alpha_pa_rad, program_finite(own->q_alpha_pa_rad, INFINITY)),
        program_finite(asked->acceleration_m_s2, program_finite(own->acceleration_m_s2, INFINITY)),
        program_finite(asked->heat_flux_w_m2, program_finite(own->heat_flux_w_m2, INFINITY))};
    for (size_t i = 0; i < p->n_stages; i++) {
        const double least = program_finite(p->stages[i].data->throttle_min, 1.0);
        p->stages[i].acceleration_limit_m_s2 =
            least < 0.999 && isfinite(p->limits.acceleration_m_s2) ? p->limits.acceleration_m_s2 : 1e9;
    }
}

static void program_liftoff(program *p)
{
    p->liftoff_mass_kg = p->flight->payload_kg;
    for (size_t i = 0; i < p->n_stages; i++) {
        const program_stage *s = &p->stages[i];
        p->liftoff_mass_kg += s->dry_kg + s->residual_kg + s->usable_kg;
        const bool on_pad = s->data->ignition_event != NULL && strcmp(s->data->ignition_event, "liftoff") == 0 &&
                            !(s->data->ignition_offset_s > 0.0);
        if (on_pad) p->liftoff_thrust_n += s->thrust_vacuum_n - s->exit_area_m2 * PROGRAM_PRESSURE_SEA_LEVEL_PA;
    }
    for (size_t i = 0; i < p->n_items; i++) p->liftoff_mass_kg += p->items[i]->mass_kg;
}

/* The mission's own vertical rise, else the vehicle's, longer where it climbs slowly. */
static double program_vertical_rise(const program *p)
{
    if (isfinite(p->flight->steering.vertical_rise_s)) return p->flight->steering.vertical_rise_s;
    const double climb = p->liftoff_thrust_n / p->liftoff_mass_kg - COSMO_STANDARD_GRAVITY;
    const double vehicle = program_finite(p->flight->vehicle->vertical_rise_s, 10.0);
    return climb > 0.0 ? fmax(vehicle, fmin(PROGRAM_TURN_SPEED_M_S / climb, 40.0)) : vehicle;
}

cosmo_status cosmo_program_make(const cosmo_flight *flight, cosmo_arena *arena, cosmo_run *run, program *p)
{
    memset(p, 0, sizeof *p);
    const cosmo_vehicle *vehicle = flight->vehicle;
    if (vehicle->stages.n == 0 || vehicle->stages.n > COSMO_STAGES_MAX || vehicle->items.n > PROGRAM_ITEMS_MAX)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: a vehicle has 1 to %d stages and at most %d items",
                              vehicle->id, COSMO_STAGES_MAX, PROGRAM_ITEMS_MAX);
    p->flight = flight;
    p->n_stages = vehicle->stages.n;
    p->n_items = vehicle->items.n;
    const cosmo_stage *stages = vehicle->stages.items;
    for (size_t i = 0; i < p->n_stages; i++) program_fill_stage(flight, &stages[i], &p->stages[i]);
    program_items(p, vehicle);
    COSMO_TRY(program_name_events(p, arena, run));
    COSMO_TRY(program_burns(p, run));
    COSMO_TRY(program_waits(p, run));
    program_find_inserter(p);
    program_limits(p, flight);
    program_liftoff(p);
    p->vertical_rise_s = program_vertical_rise(p);
    p->pitch_over_rate_rad_s = program_finite(flight->steering.pitch_over_rate_rad_s, 0.0174532925199433);
    p->cycle_s = program_finite(flight->steering.guidance_cycle_s, 2.0);
    return COSMO_OK;
}
