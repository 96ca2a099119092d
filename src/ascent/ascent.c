/* One flight with full output, and many with short answers. */
#include "ascent/burn.h"
#include "ascent/design.h"
#include "ascent/sections.h"
#include "ascent/simulate.h"

#include "core/real.h"
#include "flight/vec.h"

#include <math.h>
#include <string.h>

enum { ASCENT_SAMPLES_MAX = 400000, ASCENT_COAST_SAMPLE_RATIO = 10 };
static const double ASCENT_FALL_LIMIT_S = 20000.0;
static const double ASCENT_MIN_SAMPLE_S = 1e-4;

cosmo_variation cosmo_ascent_nominal(void)
{
    cosmo_variation v = {.drag = 1.0, .stop_t_s = NAN};
    for (int i = 0; i < COSMO_STAGES_MAX; i++) v.thrust[i] = v.isp[i] = v.propellant[i] = v.dry[i] = 1.0;
    for (int i = 0; i < COSMO_BODIES_MAX; i++) v.fall_drag[i] = 1.0;
    return v;
}

/* ---- bodies -------------------------------------------------------------------------------------------------------
 */

/* Mass, area and drag of the k-th body that a flight dropped; `curve` keeps the drag curve. */
static cosmo_fall_case ascent_fall_case(const program *p, const lane *l, size_t k, cosmo_drag_curve *curve)
{
    const lane_body *body = &l->bodies[k];
    const int n = (int)p->n_stages;
    const cosmo_fall_body *fall = body->body < n ? &p->stages[body->body].data->fall : &p->items[body->body - n]->fall;
    const double diameter =
        body->body < n ? p->stages[body->body].data->diameter_m : p->items[body->body - n]->diameter_m;
    const double length = body->body < n ? p->stages[body->body].data->length_m : p->items[body->body - n]->length_m;
    cosmo_drag_curve_make(&fall->drag, curve);
    return (cosmo_fall_case){body->released, isfinite(fall->mass_kg) ? fall->mass_kg : body->mass_kg,
                             cosmo_vehicle_fall_area_m2(fall, diameter, length) * l->variation.fall_drag[k], curve,
                             l->variation.weather};
}

static bool ascent_is_bound_to_fall(const cosmo_state *released)
{
    return cosmo_orbit_of(released).perigee_altitude_m < 60e3;
}

/* ---- the nominal's samples --------------------------------------------------------------------------------------- */

typedef struct ascent_recorder {
    const program *program;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_sample *samples;
    size_t n, capacity;
    double step_s, next_s;
    motion_block probe_block;
    double max_q_pa, max_q_t_s;
} ascent_recorder;

static cosmo_state ascent_state(double t, const double y[MOTION_STATES])
{
    return (cosmo_state){t, {y[0], y[1], y[2]}, {y[3], y[4], y[5]}};
}

static double ascent_pitch(const cosmo_state *state, cosmo_vec3 direction)
{
    const cosmo_geodetic place = cosmo_ellipsoid_from_itrf(state->position_m);
    cosmo_vec3 north, east, down;
    cosmo_ellipsoid_ned(place, &north, &east, &down);
    return cosmo_real_asin(fmin(fmax(-vec_dot(direction, down) / vec_norm(direction), -1.0), 1.0));
}

static void ascent_fill_motion(cosmo_sample *s, const cosmo_geodetic *pad)
{
    const cosmo_vec3 v = cosmo_state_velocity_ned(&s->state);
    const double level = sqrt(v.x * v.x + v.y * v.y);
    s->place = cosmo_state_place(&s->state);
    s->speed_ground_m_s = vec_norm(v);
    s->speed_inertial_m_s = vec_norm(s->state.velocity_m_s);
    s->flight_path_angle_rad = s->speed_ground_m_s > 1e-6 ? cosmo_real_atan2(-v.z, level) : 1.57079632679489661923;
    s->heading_rad = level > 1e-6 ? cosmo_real_atan2(v.y, v.x) : 0.0;
    if (s->heading_rad < 0.0) s->heading_rad += 6.283185307179586476925287;
    double azimuth;
    cosmo_geodesic_between(*pad, s->place, &s->downrange_m, &azimuth);
    s->iip = cosmo_iip_vacuum(&s->state);
}

/* Fill a sample from the state at t; forces come from the one-lane kernels with the block's parameters. */
static void ascent_make_sample(ascent_recorder *r, const motion_block *block, const lane *l, double t,
                               const double y[MOTION_STATES], cosmo_sample *s)
{
    r->probe_block = *block;
    r->probe_block.t[0] = t;
    for (int i = 0; i < MOTION_STATES; i++) r->probe_block.y[i][0] = y[i];
    motion_probe probe;
    cosmo_motion_kernels_x1.probe(&r->probe_block, &probe);
    s->state = ascent_state(t, y);
    ascent_fill_motion(s, &r->program->flight->pad);
    s->mass_kg = block->mass_fixed_kg[0] + y[MOTION_MASS_A] + y[MOTION_MASS_B];
    s->thrust_n = probe.thrust_n[0];
    s->drag_n = probe.drag_n[0];
    s->dynamic_pressure_pa = probe.dynamic_pressure_pa[0];
    s->mach = probe.mach[0];
    s->attack_rad = probe.attack_rad[0];
    s->felt_acceleration_m_s2 = probe.felt_acceleration_m_s2[0];
    s->heat_flux_w_m2 = probe.heat_flux_w_m2[0];
    const double tau = t - block->t_ref[0];
    const cosmo_vec3 linear = {block->direction[0][0] + tau * block->direction_rate[0][0],
                               block->direction[1][0] + tau * block->direction_rate[1][0],
                               block->direction[2][0] + tau * block->direction_rate[2][0]};
    if (l->steering == LANE_STEER_GUIDED)
        s->pitch_rad = ascent_pitch(&s->state, linear);
    else if (l->steering == LANE_STEER_ATTITUDE)
        s->pitch_rad = ascent_pitch(&s->state, cosmo_design_direction(&l->plan->attitude, t));
    else if (l->steering == LANE_STEER_PITCH)
        s->pitch_rad = block->pitch_start_rad[0] + tau * block->pitch_rate_rad_s[0];
    else
        s->pitch_rad = l->steering == LANE_STEER_UP ? 1.57079632679489661923 : s->flight_path_angle_rad;
}

static cosmo_status ascent_push(ascent_recorder *r, const cosmo_sample *sample)
{
    if (r->n == r->capacity) {
        if (r->n >= ASCENT_SAMPLES_MAX)
            return cosmo_run_fail(r->run, COSMO_NO_RESOURCES, "error: more than %d samples; use a larger sample step",
                                  ASCENT_SAMPLES_MAX);
        const size_t capacity = r->capacity != 0 ? 2 * r->capacity : 1024;
        cosmo_sample *samples = cosmo_arena_array(r->arena, capacity, sizeof *samples);
        COSMO_NEED(samples, r->run);
        if (r->n > 0) memcpy(samples, r->samples, r->n * sizeof *samples);
        r->samples = samples;
        r->capacity = capacity;
    }
    r->samples[r->n++] = *sample;
    return COSMO_OK;
}

/* Peak dynamic pressure within the step, by golden-section search on the dense output where it is near the peak so far.
 */
static void ascent_peak(ascent_recorder *r, const motion_block *block, const lane *l)
{
    const double golden = 0.61803398874989485, t0 = block->t[0], h = block->h_taken[0];
    double low = t0, high = t0 + h, y[MOTION_STATES];
    cosmo_sample s[2];
    for (int i = 0; i < 40 && high - low > 1e-6; i++) {
        const double a = high - golden * (high - low), b = low + golden * (high - low);
        cosmo_motion_interpolate(block, 0, a, y);
        ascent_make_sample(r, block, l, a, y, &s[0]);
        cosmo_motion_interpolate(block, 0, b, y);
        ascent_make_sample(r, block, l, b, y, &s[1]);
        if (s[0].dynamic_pressure_pa > s[1].dynamic_pressure_pa)
            high = b;
        else
            low = a;
    }
    if (s[0].dynamic_pressure_pa <= r->max_q_pa) return;
    r->max_q_pa = s[0].dynamic_pressure_pa;
    r->max_q_t_s = s[0].state.t_s;
}

static cosmo_status ascent_on_step(void *user, int index, const lane *l, const motion_block *block)
{
    (void)index;
    ascent_recorder *r = user;
    const double t0 = block->t[0], t1 = t0 + block->h_taken[0];
    double y[MOTION_STATES];
    cosmo_sample s;
    memset(&s, 0, sizeof s);
    const double rising = 0.97 * r->max_q_pa;
    bool near_peak = false;
    cosmo_motion_interpolate(block, 0, t0, y);
    ascent_make_sample(r, block, l, t0, y, &s);
    if (r->n == 0 || t0 > r->samples[r->n - 1].state.t_s + ASCENT_MIN_SAMPLE_S || l->n_events > 1)
        COSMO_TRY(ascent_push(r, &s));
    near_peak = s.dynamic_pressure_pa > rising && t0 < 300.0 && s.dynamic_pressure_pa > 100.0;
    if (near_peak) ascent_peak(r, block, l);
    const double every = l->channel_stage[0] < 0 && l->channel_stage[1] < 0 && l->inserted
                             ? ASCENT_COAST_SAMPLE_RATIO * r->step_s
                             : r->step_s;
    double next = every * ceil((t0 + ASCENT_MIN_SAMPLE_S) / every);
    for (; next < t1 - ASCENT_MIN_SAMPLE_S; next += every) {
        cosmo_motion_interpolate(block, 0, next, y);
        ascent_make_sample(r, block, l, next, y, &s);
        COSMO_TRY(ascent_push(r, &s));
    }
    return COSMO_OK;
}

/* ---- events and impacts ---------------------------------------------------------------------------------------- */

static void ascent_fill_event(const char *name, const cosmo_sample *s, double mass, cosmo_event *e)
{
    *e = (cosmo_event){name,
                       s->state,
                       s->place,
                       mass,
                       s->speed_ground_m_s,
                       s->speed_inertial_m_s,
                       s->flight_path_angle_rad,
                       s->downrange_m,
                       s->dynamic_pressure_pa,
                       s->mach};
}

/* The sample nearest in time (samples stand at every step's start, so events have one of their own). */
static const cosmo_sample *ascent_sample_near(const ascent_recorder *r, double t)
{
    size_t low = 0, high = r->n - 1;
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        if (r->samples[middle].state.t_s <= t)
            low = middle;
        else
            high = middle;
    }
    return fabs(r->samples[high].state.t_s - t) < fabs(r->samples[low].state.t_s - t) ? &r->samples[high]
                                                                                      : &r->samples[low];
}

static int ascent_event_order(const cosmo_event *a, const cosmo_event *b)
{
    return a->state.t_s < b->state.t_s ? -1 : a->state.t_s > b->state.t_s;
}

static void ascent_sort_events(cosmo_event *events, size_t n)
{
    for (size_t i = 1; i < n; i++) { /* stable, and nearly sorted already */
        const cosmo_event e = events[i];
        size_t j = i;
        for (; j > 0 && ascent_event_order(&events[j - 1], &e) > 0; j--) events[j] = events[j - 1];
        events[j] = e;
    }
}

static cosmo_status ascent_events(ascent_recorder *r, const lane *l, cosmo_ascent *out)
{
    cosmo_event *events = cosmo_arena_array(r->arena, l->n_events + 3, sizeof *events);
    COSMO_NEED(events, r->run);
    size_t n = 0;
    for (size_t i = 0; i < l->n_events; i++) {
        const lane_event *e = &l->events[i];
        cosmo_sample s = *ascent_sample_near(r, e->t);
        s.state = ascent_state(e->t, e->y);
        ascent_fill_motion(&s, &r->program->flight->pad);
        ascent_fill_event(r->program->event_names[e->event], &s, e->mass_kg, &events[n++]);
    }
    if (r->max_q_pa > 0.0) {
        const cosmo_sample *s = ascent_sample_near(r, r->max_q_t_s);
        ascent_fill_event("max-q", s, s->mass_kg, &events[n]);
        events[n++].dynamic_pressure_pa = r->max_q_pa;
    }
    if (l->inserted) {
        const cosmo_sample *s = ascent_sample_near(r, l->insertion.t_s);
        ascent_fill_event("insertion", s, s->mass_kg, &events[n++]);
    }
    if (isfinite(out->t_iip_end_s)) {
        const cosmo_sample *s = ascent_sample_near(r, out->t_iip_end_s);
        ascent_fill_event("iip-end", s, s->mass_kg, &events[n++]);
    }
    ascent_sort_events(events, n);
    out->trajectory.events = events;
    out->trajectory.n_events = n;
    return COSMO_OK;
}

static const cosmo_fall_wish *ascent_wish(const cosmo_flight *flight, const char *body)
{
    const cosmo_fall_wish *wishes = flight->falls.items;
    for (size_t i = 0; i < flight->falls.n; i++)
        if (strcmp(wishes[i].body, body) == 0 && wishes[i].zone != NULL) return &wishes[i];
    return NULL;
}

static const cosmo_zone *ascent_zone(const cosmo_flight *flight, const char *id)
{
    return id != NULL ? cosmo_zones_find(&flight->zones, id) : NULL;
}

static void ascent_judge_zone(const cosmo_zone *zone, cosmo_body_impact *b)
{
    const cosmo_geodetic centre = {zone->latitude_rad, zone->longitude_rad, 0.0};
    double azimuth;
    cosmo_geodesic_between(centre, b->impact.place, &b->zone_distance_m, &azimuth);
    b->inside_zone = -1;
    if (zone->position == COSMO_POSITION_PUBLISHED && isfinite(zone->axis_major_m) && isfinite(zone->axis_minor_m))
        b->inside_zone = cosmo_geodesic_in_ellipse(b->impact.place, centre, zone->axis_major_m, zone->axis_minor_m,
                                                   zone->orientation_rad);
}

/* The velocity turned upwards by a small angle in its own vertical plane. */
static cosmo_state ascent_turned_up(const cosmo_state *state, double angle)
{
    const cosmo_vec3 v = state->velocity_m_s, up = vec_unit(state->position_m);
    const cosmo_vec3 across = vec_sub(up, vec_scale(vec_dot(up, v) / vec_dot(v, v), v));
    const double size = vec_norm(v);
    cosmo_state turned = *state;
    turned.velocity_m_s =
        vec_add(vec_scale(cosmo_real_cos(angle), v), vec_scale(size * cosmo_real_sin(angle), vec_unit(across)));
    return turned;
}

static cosmo_status ascent_impacts(const program *p, const lane *l, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_impacts *out)
{
    const double turn = 1e-4;
    cosmo_body_impact *items = cosmo_arena_array(arena, l->n_bodies + 1, sizeof *items);
    cosmo_drag_curve *curves = cosmo_arena_array(arena, l->n_bodies + 1, sizeof *curves);
    COSMO_NEED(items, run);
    COSMO_NEED(curves, run);
    size_t n = 0;
    for (size_t i = 0; i < l->n_bodies; i++) {
        const lane_body *body = &l->bodies[i];
        if (!ascent_is_bound_to_fall(&body->released)) continue;
        const cosmo_fall_case base = ascent_fall_case(p, l, i, &curves[i]);
        cosmo_fall_case pair[2] = {base, base};
        pair[1].released = ascent_turned_up(&body->released, turn);
        cosmo_impact impact[2];
        COSMO_TRY(cosmo_fall_to_ground(pair, 2, &p->flight->environment, 0.0, ASCENT_FALL_LIMIT_S, run, impact));
        if (!impact[0].reached_ground) continue;
        const int stages = (int)p->n_stages;
        cosmo_body_impact *b = &items[n++];
        *b = (cosmo_body_impact){.body = cosmo_program_body_name(p, body->body),
                                 .released = body->released,
                                 .mass_kg = base.mass_kg,
                                 .impact = impact[0],
                                 .inside_zone = -1};
        b->count = body->body < stages ? p->stages[body->body].data->count : p->items[body->body - stages]->count;
        double azimuth, range;
        cosmo_geodesic_between(p->flight->pad, impact[0].place, &b->downrange_m, &azimuth);
        cosmo_geodesic_between(p->flight->pad, impact[1].place, &range, &azimuth);
        b->range_per_path_angle_m = (range - b->downrange_m) / turn;
        const cosmo_fall_wish *wish = ascent_wish(p->flight, b->body);
        b->zone = wish != NULL ? ascent_zone(p->flight, wish->zone) : NULL;
        if (b->zone != NULL) ascent_judge_zone(b->zone, b);
    }
    *out = (cosmo_impacts){n, items};
    return COSMO_OK;
}

/* Drag-corrected impact point: the whole stack falls as it is, unpowered, with its own drag. */
static cosmo_status ascent_drag_iip(const program *p, ascent_recorder *r)
{
    enum { BATCH = 64 };
    cosmo_drag_curve *tumbling = cosmo_arena_alloc(r->arena, sizeof *tumbling);
    COSMO_NEED(tumbling, r->run);
    cosmo_drag_curve_make(NULL, tumbling);
    const double spacing = 5.0;
    double last = -INFINITY;
    size_t picked[BATCH], n = 0;
    cosmo_fall_case cases[BATCH];
    cosmo_impact impacts[BATCH];
    for (size_t i = 0; i <= r->n; i++) {
        if (n == BATCH || (i == r->n && n > 0)) {
            COSMO_TRY(
                cosmo_fall_to_ground(cases, n, &p->flight->environment, 1e-7, ASCENT_FALL_LIMIT_S, r->run, impacts));
            for (size_t k = 0; k < n; k++) {
                r->samples[picked[k]].iip_drag_valid = impacts[k].reached_ground;
                r->samples[picked[k]].iip_drag = impacts[k].place;
            }
            n = 0;
        }
        if (i == r->n) break;
        const cosmo_sample *s = &r->samples[i];
        if (s->iip.kind != COSMO_IIP_IMPACT || s->state.t_s < last + spacing ||
            s->place.altitude_m < p->flight->pad.altitude_m + 1.0)
            continue;
        last = s->state.t_s;
        picked[n] = i;
        cases[n++] = (cosmo_fall_case){
            s->state, s->mass_kg,
            p->stages[0].drag_area_m2 > 0.0 ? p->stages[p->n_stages - 1].data->diameter_m * 10.0 : 10.0, tumbling,
            NULL};
    }
    return COSMO_OK;
}

static double ascent_iip_end(const ascent_recorder *r)
{
    for (size_t i = r->n; i-- > 0;)
        if (r->samples[i].iip.kind == COSMO_IIP_IMPACT) return i + 1 < r->n ? r->samples[i + 1].state.t_s : NAN;
    return NAN;
}

static cosmo_status ascent_check_liftoff(const program *p, cosmo_run *run)
{
    if (p->liftoff_thrust_n > p->liftoff_mass_kg * COSMO_STANDARD_GRAVITY) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: thrust at liftoff, %.0f kN, does not lift %.1f t",
                          p->flight->vehicle->id, 1e-3 * p->liftoff_thrust_n, 1e-3 * p->liftoff_mass_kg);
}

static void ascent_summary(const lane *l, const ascent_recorder *r, cosmo_ascent *out)
{
    const cosmo_sample *end = &r->samples[r->n - 1];
    out->inserted = l->inserted;
    out->insertion = l->insertion;
    const cosmo_state *reached = l->inserted ? &l->insertion : &end->state;
    const bool over_ellipsoid = r->program->flight->target.altitude_reference == COSMO_ALTITUDE_ELLIPSOID;
    out->reference_radius_m = over_ellipsoid ? cosmo_orbit_ellipsoid_radius_m(reached->position_m) : COSMO_EARTH_RADIUS;
    out->orbit = cosmo_orbit_above(cosmo_orbit_of(reached), out->reference_radius_m);
    out->final_orbit = cosmo_orbit_above(cosmo_orbit_of(&end->state), out->reference_radius_m);
    cosmo_burn_extremes(r->program, &end->state, &out->coast_lowest_m, &out->coast_highest_m);
    out->coast_lowest_m -= out->reference_radius_m;
    out->coast_highest_m -= out->reference_radius_m;
    out->propellant_left_kg = l->stages[l->guided_stage].usable_kg;
    out->max_q_pa = r->max_q_pa;
    out->max_q_t_s = r->max_q_t_s;
    out->max_acceleration_m_s2 = l->max_acceleration_m_s2;
    out->max_q_alpha_pa_rad = l->max_q_alpha;
    out->heat_flux_after_fairing_w_m2 = l->heat_flux_after_fairing;
    out->t_iip_end_s = ascent_iip_end(r);
}

cosmo_status cosmo_ascent_fly(const cosmo_flight *flight, const cosmo_controls *controls, double sample_step_s,
                              cosmo_arena *arena, cosmo_run *run, cosmo_ascent *out)
{
    memset(out, 0, sizeof *out);
    program *p = cosmo_arena_alloc(arena, sizeof *p);
    ascent_recorder *r = cosmo_arena_alloc(arena, sizeof *r);
    lane *lanes = cosmo_arena_array(arena, MOTION_LANES, sizeof *lanes);
    COSMO_NEED(p, run);
    COSMO_NEED(r, run);
    COSMO_NEED(lanes, run);
    COSMO_TRY(cosmo_program_make(flight, arena, run, p));
    COSMO_TRY(ascent_check_liftoff(p, run));
    r->program = p;
    r->arena = arena;
    r->run = run;
    r->step_s = sample_step_s > 0.0 ? sample_step_s : 1.0;
    const simulate_watch watch = {ascent_on_step, r};
    design *designed = NULL;
    if (cosmo_design_needed(flight, NULL)) {
        designed = cosmo_arena_alloc(arena, sizeof *designed);
        COSMO_NEED(designed, run);
        COSMO_TRY(cosmo_design_make(p, controls, lanes, run, designed));
    }
    const lane_plan *plan = designed != NULL ? &designed->plan : NULL;
    COSMO_TRY(
        cosmo_simulate_block(p, 1, controls, NULL, designed != NULL ? &plan : NULL, false, 1e-10, &watch, run, lanes));
    ascent_summary(&lanes[0], r, out);
    COSMO_TRY(ascent_drag_iip(p, r));
    COSMO_TRY(ascent_events(r, &lanes[0], out));
    out->trajectory.samples = r->samples;
    out->trajectory.n = r->n;
    return ascent_impacts(p, &lanes[0], arena, run, &out->impacts);
}

/* ---- many ---------------------------------------------------------------------------------------------------------
 */

/* What the last stage has left, less what any stage before it was lent. */
static double ascent_propellant_left(const lane *l)
{
    double left = l->stages[l->guided_stage].usable_kg;
    for (size_t i = 0; i < l->program->n_stages; i++)
        if ((int)i != l->guided_stage) left += fmin(l->stages[i].usable_kg, 0.0);
    return left;
}

static void ascent_outcome(const lane *l, cosmo_outcome *out)
{
    *out = (cosmo_outcome){.inserted = l->inserted,
                           .propellant_left_kg = ascent_propellant_left(l),
                           .t_insertion_s = l->insertion.t_s,
                           .max_q_pa = l->max_q_pa,
                           .max_acceleration_m_s2 = l->max_acceleration_m_s2,
                           .max_q_alpha_pa_rad = l->max_q_alpha,
                           .heat_flux_after_fairing_w_m2 = l->heat_flux_after_fairing,
                           .n_bodies = l->n_bodies,
                           .stack = l->stack};
    if (l->inserted) {
        const bool over_ellipsoid = l->program->flight->target.altitude_reference == COSMO_ALTITUDE_ELLIPSOID;
        out->orbit = cosmo_orbit_above(cosmo_orbit_of(&l->insertion),
                                       over_ellipsoid ? cosmo_orbit_ellipsoid_radius_m(l->insertion.position_m)
                                                      : COSMO_EARTH_RADIUS);
    }
    for (size_t i = 0; i < l->n_bodies; i++) {
        out->released[i] = l->bodies[i].released;
        out->body[i] = cosmo_program_body_name(l->program, l->bodies[i].body);
        out->impact_t_s[i] = NAN;
    }
}

/* Let the k-th body of every lane fall together: they are alike, so their steps agree. */
static cosmo_status ascent_falls_many(const program *p, const lane *lanes, size_t n, double tolerance, cosmo_run *run,
                                      cosmo_outcome *outcomes)
{
    cosmo_drag_curve curves[MOTION_LANES];
    cosmo_fall_case cases[MOTION_LANES];
    cosmo_impact impacts[MOTION_LANES];
    for (size_t k = 0; k < COSMO_BODIES_MAX; k++) {
        size_t used[MOTION_LANES], m = 0;
        for (size_t i = 0; i < n; i++) {
            if (k >= lanes[i].n_bodies || !ascent_is_bound_to_fall(&lanes[i].bodies[k].released)) continue;
            cases[m] = ascent_fall_case(p, &lanes[i], k, &curves[m]);
            used[m++] = i;
        }
        if (m == 0) continue;
        COSMO_TRY(
            cosmo_fall_to_ground(cases, m, &p->flight->environment, tolerance, ASCENT_FALL_LIMIT_S, run, impacts));
        for (size_t j = 0; j < m; j++) {
            outcomes[used[j]].impact[k] = impacts[j].place;
            outcomes[used[j]].impact_t_s[k] = impacts[j].reached_ground ? impacts[j].t_s : NAN;
        }
    }
    return COSMO_OK;
}

typedef struct ascent_many {
    program *program;
    lane *lanes;     /* MOTION_LANES */
    design *designs; /* MOTION_LANES, where flights repeat one; else NULL */
    double tolerance;
    bool with_falls;
    const cosmo_track *track; /* NULL: nobody asks */
} ascent_many;

/* The tracks of the flights of one block of lanes. */
typedef struct ascent_tracker {
    const cosmo_track *track;
    double (*states)[6]; /* of the first lane */
    size_t known[MOTION_LANES];
} ascent_tracker;

static cosmo_status ascent_on_track(void *user, int index, const lane *l, const motion_block *block)
{
    (void)l;
    ascent_tracker *tracker = user;
    const cosmo_track *track = tracker->track;
    const double end = block->t[index] + block->h_taken[index];
    for (size_t *k = &tracker->known[index]; *k < track->n && track->step_s * (double)*k <= end; ++*k) {
        double y[MOTION_STATES], *out = tracker->states[(size_t)index * track->n + *k];
        cosmo_vec3 r, v;
        const double t = track->step_s * (double)*k;
        cosmo_motion_interpolate(block, index, t, y);
        const cosmo_state state = ascent_state(t, y);
        cosmo_state_itrf(&state, &r, &v);
        memcpy(out, (double[]){r.x, r.y, r.z, v.x, v.y, v.z}, 6 * sizeof *out);
    }
    return COSMO_OK;
}

/* Fly the next n <= MOTION_LANES flights, keeping the tracks of those from number `first` on. */
static cosmo_status ascent_fly_lanes(const ascent_many *m, size_t first, size_t n, const cosmo_controls *controls,
                                     const cosmo_variation *variations, const lane_plan *const *plans, cosmo_run *run)
{
    if (m->track == NULL)
        return cosmo_simulate_block(m->program, n, controls, variations, plans, true, m->tolerance, NULL, run,
                                    m->lanes);
    ascent_tracker tracker = {.track = m->track, .states = m->track->states + first * m->track->n};
    const simulate_watch watch = {ascent_on_track, &tracker};
    for (size_t k = 0; k < n * m->track->n; k++)
        for (int c = 0; c < 6; c++) tracker.states[k][c] = NAN;
    return cosmo_simulate_block(m->program, n, controls, variations, plans, true, m->tolerance, &watch, run, m->lanes);
}

/* What each of the next flights repeats; those with the controls of the first share its design. */
static cosmo_status ascent_designs(const ascent_many *m, size_t n, const cosmo_controls *controls, cosmo_run *run,
                                   const lane_plan **plans)
{
    for (size_t i = 0; i < n; i++) {
        const size_t own = memcmp(&controls[i], &controls[0], sizeof *controls) == 0 ? 0 : i;
        COSMO_TRY(cosmo_design_make(m->program, &controls[i], m->lanes, run, &m->designs[own]));
        plans[i] = &m->designs[own].plan;
    }
    return COSMO_OK;
}

/* n <= MOTION_LANES flights from number `first` on. */
static cosmo_status ascent_fly_block(const ascent_many *m, size_t first, size_t n, const cosmo_controls *controls,
                                     const cosmo_variation *variations, cosmo_run *run, cosmo_outcome *outcomes)
{
    const lane_plan *plans[MOTION_LANES];
    if (m->designs != NULL) COSMO_TRY(ascent_designs(m, n, controls, run, plans));
    COSMO_TRY(ascent_fly_lanes(m, first, n, controls, variations, m->designs != NULL ? plans : NULL, run));
    for (size_t i = 0; i < n; i++) ascent_outcome(&m->lanes[i], &outcomes[i]);
    return m->with_falls ? ascent_falls_many(m->program, m->lanes, n, m->tolerance, run, outcomes) : COSMO_OK;
}

static cosmo_status ascent_many_make(const cosmo_flight *flight, bool with_designs, cosmo_arena *arena, cosmo_run *run,
                                     ascent_many *m)
{
    COSMO_NEED(arena, run);
    m->program = cosmo_arena_alloc(arena, sizeof *m->program);
    m->lanes = cosmo_arena_array(arena, MOTION_LANES, sizeof *m->lanes);
    m->designs = with_designs ? cosmo_arena_array(arena, MOTION_LANES, sizeof *m->designs) : NULL;
    COSMO_NEED(m->program, run);
    COSMO_NEED(m->lanes, run);
    if (with_designs) COSMO_NEED(m->designs, run);
    for (int i = 0; i < MOTION_LANES && with_designs; i++) m->designs[i].made = false;
    return cosmo_program_make(flight, arena, run, m->program);
}

cosmo_status cosmo_ascent_fly_many(const cosmo_flight *flight, size_t n, const cosmo_controls *controls,
                                   const cosmo_variation *variations, double tolerance, bool with_falls, cosmo_run *run,
                                   cosmo_outcome *outcomes)
{
    return cosmo_ascent_track_many(flight, n, controls, variations, tolerance, with_falls, NULL, run, outcomes);
}

cosmo_status cosmo_ascent_track_many(const cosmo_flight *flight, size_t n, const cosmo_controls *controls,
                                     const cosmo_variation *variations, double tolerance, bool with_falls,
                                     const cosmo_track *track, cosmo_run *run, cosmo_outcome *outcomes)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    ascent_many m = {.tolerance = tolerance > 0.0 ? tolerance : 1e-8, .with_falls = with_falls, .track = track};
    cosmo_status status = ascent_many_make(flight, cosmo_design_needed(flight, variations), arena, run, &m);
    for (size_t first = 0; first < n && status == COSMO_OK; first += MOTION_LANES) {
        const size_t count = n - first < MOTION_LANES ? n - first : MOTION_LANES;
        status = ascent_fly_block(&m, first, count, controls + first, variations != NULL ? variations + first : NULL,
                                  run, outcomes + first);
    }
    cosmo_arena_destroy(arena);
    return status;
}

/* ---- sections ------------------------------------------------------------------------------------------------------
 */

const cosmo_section *cosmo_ascent_target_section(void)
{
    return &TARGET_SECTION;
}
const cosmo_section *cosmo_ascent_steering_section(void)
{
    return &STEERING_SECTION;
}
const cosmo_section *cosmo_ascent_fall_section(void)
{
    return &FALL_SECTION;
}
const cosmo_section *cosmo_ascent_burn_section(void)
{
    return &BURN_SECTION;
}
const cosmo_section *cosmo_ascent_override_section(void)
{
    return &OVERRIDE_SECTION;
}
const cosmo_section *cosmo_ascent_limits_section(void)
{
    return &LIMITS_SECTION;
}
