/* One flight under way: ignition, throttling, cut-off, separation, jettison, steering laws. */
#include "ascent/lane.h"

#include "ascent/design.h"
#include "ascent/guide.h"
#include "core/real.h"
#include "flight/vec.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static const double LANE_PI_2 = 1.57079632679489661923;
static const double LANE_SAME_TIME_S = 1e-10;
static const double LANE_DEPLETED_KG = 1e-3;
static const double LANE_FLUX_CLOSE = 1e-4; /* how near, in ln flux, the fairing limit must be met */
static const double LANE_LEVEL_M_S = 20.0;  /* a heading needs this much speed over the ground */
static const double LANE_HOLD_S = 6.0;      /* attitude held after the pitch-over, while the velocity turns into it */

void cosmo_lane_unschedule(lane *l, int kind, int target)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n_actions; i++)
        if (l->actions[i].kind != kind || l->actions[i].target != target) l->actions[kept++] = l->actions[i];
    l->n_actions = kept;
}

void cosmo_lane_schedule(lane *l, double t, int kind, int target)
{
    cosmo_lane_unschedule(l, kind, target);
    assert(l->n_actions < LANE_ACTIONS_MAX);
    l->actions[l->n_actions++] = (lane_action){fmax(t, l->t), kind, target};
}

static size_t lane_next(const lane *l)
{
    size_t best = 0;
    for (size_t i = 1; i < l->n_actions; i++) {
        const lane_action *a = &l->actions[i], *b = &l->actions[best];
        const bool same = fabs(a->t - b->t) <= LANE_SAME_TIME_S;
        if (same ? a->kind < b->kind || (a->kind == b->kind && a->target < b->target) : a->t < b->t) best = i;
    }
    return best;
}

double cosmo_lane_level(const lane_stage *s, double t)
{
    return s->level + s->level_rate * (t - s->t_level);
}

double cosmo_lane_thrust_n(const lane *l, int stage)
{
    return l->program->stages[stage].thrust_vacuum_n * l->variation.thrust[stage];
}

double cosmo_lane_exhaust_m_s(const lane *l, int stage)
{
    return l->program->stages[stage].exhaust_m_s * l->variation.isp[stage];
}

double cosmo_lane_usable_kg(const lane *l, const motion_block *block, int index, int stage)
{
    const int channel = l->stages[stage].channel;
    if (channel < 0) return l->stages[stage].usable_kg;
    return block->y[MOTION_MASS_A + channel][index];
}

/* Throttle from the table at t, and when it next changes. */
double cosmo_lane_throttle_at(const program_stage *s, double t, double *until)
{
    double level = 1.0;
    *until = INFINITY;
    for (size_t i = 0; i < s->throttle->n_rows; i++) {
        const double at = s->throttle->values[2 * i];
        if (at <= t + LANE_SAME_TIME_S)
            level = s->throttle->values[2 * i + 1];
        else {
            *until = at;
            break;
        }
    }
    return level;
}

static double lane_fixed_mass(const lane *l)
{
    double mass = l->payload_kg;
    for (size_t i = 0; i < l->program->n_stages; i++) {
        const lane_stage *s = &l->stages[i];
        if (!s->attached) continue;
        mass += l->program->stages[i].dry_kg * l->variation.dry[i] + l->program->stages[i].residual_kg;
        if (s->channel < 0) mass += s->usable_kg;
    }
    for (size_t i = 0; i < l->program->n_items; i++)
        if (l->item_attached[i]) mass += l->program->items[i]->mass_kg;
    return mass;
}

double cosmo_lane_mass_kg(const lane *l, const motion_block *block, int index)
{
    return lane_fixed_mass(l) + block->y[MOTION_MASS_A][index] + block->y[MOTION_MASS_B][index];
}

static cosmo_state lane_state(const lane *l, const motion_block *block, int index)
{
    return (cosmo_state){l->t,
                         {block->y[0][index], block->y[1][index], block->y[2][index]},
                         {block->y[3][index], block->y[4][index], block->y[5][index]}};
}

void cosmo_lane_record(lane *l, int event, const motion_block *block, int index)
{
    l->event_time[event] = l->t;
    if (l->n_events == LANE_EVENTS_MAX) return;
    lane_event *e = &l->events[l->n_events++];
    e->event = event;
    e->t = l->t;
    for (int s = 0; s < MOTION_STATES; s++) e->y[s] = block->y[s][index];
    e->mass_kg = cosmo_lane_mass_kg(l, block, index);
}

/* Everything that waits for an event whose time is now known; `early`: only what comes before the event itself. */
static void lane_release_waits(lane *l, int event, double t_event, bool early)
{
    const program *p = l->program;
    for (size_t i = 0; i < p->n_waits; i++) {
        const program_wait *w = &p->waits[i];
        if (w->event != event || (w->offset_s < 0.0) != early) continue;
        const int kind = w->kind == PROGRAM_WAIT_IGNITION   ? LANE_IGNITE
                         : w->kind == PROGRAM_WAIT_JETTISON ? LANE_JETTISON
                                                            : LANE_GUIDE;
        if (kind == LANE_IGNITE && l->stages[w->target].phase != LANE_OFF) continue;
        cosmo_lane_schedule(l, t_event + w->offset_s, kind, w->target);
    }
}

static void lane_set_cutoff(lane *l, int stage, double t)
{
    l->stages[stage].t_cutoff = t;
    cosmo_lane_schedule(l, t, LANE_CUT, stage);
    lane_release_waits(l, program_event_cutoff(stage), t, true);
}

/* When the propellant at hand will be gone, the fading after the cut included. */
static double lane_depletion_time(const lane *l, const motion_block *block, int index, int stage)
{
    const program_stage *p = &l->program->stages[stage];
    const lane_stage *s = &l->stages[stage];
    const double full_flow = cosmo_lane_thrust_n(l, stage) / cosmo_lane_exhaust_m_s(l, stage);
    double left = cosmo_lane_usable_kg(l, block, index, stage), t = l->t, until;
    double level = cosmo_lane_throttle_at(p, t, &until);
    if (s->phase == LANE_RISING) {
        const double rise = fmax(s->t_level + p->data->start_up_s - t, 0.0);
        left -= full_flow * rise * 0.5 * (cosmo_lane_level(s, t) + level);
        t += rise;
        level = cosmo_lane_throttle_at(p, t, &until);
    }
    for (int i = 0; i < 64; i++) {
        const double fade = 0.5 * full_flow * level * p->data->tail_off_s, span = (left - fade) / (full_flow * level);
        if (t + span <= until) return t + fmax(span, 0.0);
        left -= full_flow * level * (until - t);
        t = until;
        level = cosmo_lane_throttle_at(p, t, &until);
    }
    return t;
}

static void lane_ignite(lane *l, int stage, motion_block *block, int index)
{
    lane_stage *s = &l->stages[stage];
    const program_stage *p = &l->program->stages[stage];
    if (!s->attached || s->phase == LANE_RISING || s->phase == LANE_BURNING) return;
    const int channel = l->channel_stage[0] < 0 ? 0 : 1;
    if (l->channel_stage[channel] >= 0) return; /* three stages burning at once: the program refuses such vehicles */
    double until;
    const double level = cosmo_lane_throttle_at(p, l->t, &until);
    l->channel_stage[channel] = stage;
    s->channel = channel;
    block->y[MOTION_MASS_A + channel][index] = s->usable_kg;
    s->usable_kg = 0.0;
    s->t_level = l->t;
    const bool on_pad = l->t <= 0.0; /* engines of the pad are at full thrust when it is left */
    s->phase = on_pad || p->data->start_up_s <= 0.0 ? LANE_BURNING : LANE_RISING;
    s->level = s->phase == LANE_BURNING ? level : 0.0;
    s->level_rate = s->phase == LANE_BURNING ? 0.0 : level / p->data->start_up_s;
    if (s->phase == LANE_RISING) cosmo_lane_schedule(l, l->t + p->data->start_up_s, LANE_RISEN, stage);
    if (isfinite(until)) cosmo_lane_schedule(l, until, LANE_THROTTLE, stage);
    cosmo_lane_record(l, program_event_ignition(stage), block, index);
    lane_release_waits(l, program_event_ignition(stage), l->t, false);
    const bool guided = stage == l->guided_stage && l->program->flight->steering.closed_loop;
    if (isfinite(p->cutoff_time_s) && l->burn < 0 && !guided)
        lane_set_cutoff(l, stage, p->cutoff_time_s + l->variation.cutoff_shift_s[stage]);
    else if (!(l->lend && stage == l->guided_stage))
        lane_set_cutoff(l, stage, lane_depletion_time(l, block, index, stage));
}

static void lane_risen(lane *l, int stage)
{
    lane_stage *s = &l->stages[stage];
    if (s->phase != LANE_RISING) return;
    double until;
    s->level = cosmo_lane_throttle_at(&l->program->stages[stage], l->t, &until);
    s->level_rate = 0.0;
    s->t_level = l->t;
    s->phase = LANE_BURNING;
}

static void lane_throttle(lane *l, int stage)
{
    lane_stage *s = &l->stages[stage];
    if (s->phase != LANE_BURNING) return;
    double until;
    s->level = cosmo_lane_throttle_at(&l->program->stages[stage], l->t, &until);
    s->level_rate = 0.0;
    s->t_level = l->t;
    if (isfinite(until)) cosmo_lane_schedule(l, until, LANE_THROTTLE, stage);
}

/* The stage's propellant goes back from its channel. */
static void lane_faded(lane *l, int stage, motion_block *block, int index)
{
    lane_stage *s = &l->stages[stage];
    if (s->channel < 0) return;
    double *mass = &block->y[MOTION_MASS_A + s->channel][index];
    s->usable_kg = *mass;
    *mass = 0.0;
    l->channel_stage[s->channel] = -1;
    s->channel = -1;
    s->level = s->level_rate = 0.0;
    s->phase = l->burn >= 0 || stage == l->guided_stage ? LANE_OFF : LANE_SPENT;
    if (stage == l->guided_stage && l->final_phase) cosmo_guide_burn_done(l, lane_state(l, block, index));
}

static void lane_cut(lane *l, int stage, motion_block *block, int index)
{
    lane_stage *s = &l->stages[stage];
    const program_stage *p = &l->program->stages[stage];
    if (s->phase != LANE_BURNING && s->phase != LANE_RISING) return;
    const bool guided = stage == l->guided_stage && l->program->flight->steering.closed_loop;
    const bool by_depletion = (!isfinite(p->cutoff_time_s) || guided) && !(l->final_phase && stage == l->guided_stage);
    if (by_depletion) { /* an acceleration limit burns slower than foreseen */
        const double again = lane_depletion_time(l, block, index, stage);
        const double fade =
            0.5 * cosmo_lane_thrust_n(l, stage) / cosmo_lane_exhaust_m_s(l, stage) * s->level * p->data->tail_off_s;
        if (cosmo_lane_usable_kg(l, block, index, stage) > fade + LANE_DEPLETED_KG && again > l->t + 1e-6) {
            lane_set_cutoff(l, stage, again);
            return;
        }
    }
    cosmo_lane_record(l, program_event_cutoff(stage), block, index);
    lane_release_waits(l, program_event_cutoff(stage), l->t, false);
    s->level = cosmo_lane_level(s, l->t);
    s->t_level = l->t;
    s->phase = LANE_FADING;
    s->level_rate = p->data->tail_off_s > 0.0 ? -s->level / p->data->tail_off_s : 0.0;
    cosmo_lane_schedule(l, l->t + p->data->tail_off_s, LANE_FADED, stage);
    const bool carries_on =
        l->burn >= 0 || (stage == l->guided_stage && l->program->n_burns > 0 && l->program->burn_stage[0] == stage);
    if (isfinite(p->data->separation_delay_s) && !carries_on)
        cosmo_lane_schedule(l, l->t + fmax(p->data->separation_delay_s, p->data->tail_off_s), LANE_SEPARATE, stage);
}

static void lane_drop(lane *l, int body, double mass_kg, const motion_block *block, int index)
{
    if (l->n_bodies == COSMO_BODIES_MAX) return;
    cosmo_state released = lane_state(l, block, index);
    released.velocity_m_s = vec_add(released.velocity_m_s, l->variation.push_m_s[l->n_bodies]);
    l->bodies[l->n_bodies] = (lane_body){body, mass_kg, released};
    l->n_bodies++;
}

static void lane_end(lane *l, const motion_block *block, int index)
{
    cosmo_lane_keep_stack(l, block, index);
    l->ended = true;
}

static void lane_separate(lane *l, int stage, motion_block *block, int index)
{
    lane_stage *s = &l->stages[stage];
    if (!s->attached) return;
    if (l->variation.held_stage == (unsigned)stage + 1) {
        lane_end(l, block, index);
        return;
    }
    const program_stage *p = &l->program->stages[stage];
    double mass = p->dry_kg * l->variation.dry[stage] + p->residual_kg + fmax(s->usable_kg, 0.0);
    s->attached = false;
    for (size_t i = 0; i < l->program->n_items; i++) {
        if (l->program->item_stage[i] != stage || !l->item_attached[i]) continue;
        l->item_attached[i] = false;
        mass += l->program->items[i]->mass_kg;
    }
    lane_drop(l, stage, mass / (double)p->data->count, block, index);
    cosmo_lane_record(l, program_event_separation(stage), block, index);
}

static void lane_jettison(lane *l, int item, motion_block *block, int index)
{
    const cosmo_item *data = l->program->items[item];
    if (!l->item_attached[item]) return;
    if (isfinite(data->jettison_heat_flux_w_m2)) {
        l->item_armed[item] = true; /* from now on cosmo_lane_watch schedules it for when the flux allows */
        if (cosmo_real_log(l->flux / data->jettison_heat_flux_w_m2) > LANE_FLUX_CLOSE || l->t_flux < l->t) return;
    }
    l->item_attached[item] = false;
    if (strstr(data->id, "fairing") != NULL) l->fairing_gone = true;
    lane_drop(l, (int)l->program->n_stages + item, data->mass_kg / (double)data->count, block, index);
    cosmo_lane_record(l, program_event_jettison(l->program, item), block, index);
    lane_release_waits(l, program_event_jettison(l->program, item), l->t, false);
}

/* Pitch plane through the local vertical along an Earth-relative azimuth. */
static void lane_pitch_plane(lane *l, const motion_block *block, int index, double azimuth_rad)
{
    const cosmo_state state = lane_state(l, block, index);
    cosmo_vec3 north, east, down;
    const cosmo_geodetic place =
        cosmo_ellipsoid_from_itrf(state.position_m); /* inertial axes: longitude is from the x axis */
    cosmo_ellipsoid_ned(place, &north, &east, &down);
    const double heading = azimuth_rad + l->variation.yaw_shift_rad;
    const cosmo_vec3 ahead =
        vec_add(vec_scale(cosmo_real_cos(heading), north), vec_scale(cosmo_real_sin(heading), east));
    l->plane_normal = vec_cross(vec_scale(-1.0, down), ahead);
}

static void lane_kick(lane *l, const motion_block *block, int index)
{
    lane_pitch_plane(l, block, index, l->controls.azimuth_rad);
    const double rate = l->program->pitch_over_rate_rad_s;
    l->steering = LANE_STEER_PITCH;
    l->pitch_start = LANE_PI_2 + l->variation.pitch_shift_rad;
    l->pitch_rate = -rate;
    l->t_steer = l->t;
    cosmo_lane_schedule(l, l->t + l->controls.kick_rad / rate, LANE_KICKED, 0);
}

static void lane_kicked(lane *l)
{
    if (l->guidance_begun || l->steering != LANE_STEER_PITCH) return;
    l->pitch_start = LANE_PI_2 - l->controls.kick_rad + l->variation.pitch_shift_rad;
    l->pitch_rate = 0.0;
    l->t_steer = l->t;
    cosmo_lane_schedule(l, l->t + LANE_HOLD_S, LANE_TURN, 0);
}

static int lane_gravity_turn(const lane *l)
{
    return l->plan != NULL ? LANE_STEER_ATTITUDE : LANE_STEER_VELOCITY;
}

static void lane_turn(lane *l)
{
    if (!l->guidance_begun && l->t_steer + LANE_HOLD_S <= l->t + LANE_SAME_TIME_S) l->steering = lane_gravity_turn(l);
}

/* Where the pitch plane of a programme points: along the velocity of the design, which is this flight's own unless it
 * repeats one; at first, when that is still upright, along the launch azimuth. */
static double lane_heading(const lane *l, const motion_block *block, int index)
{
    const cosmo_state state = lane_state(l, block, index);
    cosmo_vec3 north, east, down;
    cosmo_ellipsoid_ned(cosmo_ellipsoid_from_itrf(state.position_m), &north, &east, &down);
    const cosmo_vec3 r = state.position_m, v = state.velocity_m_s;
    cosmo_vec3 over_ground = {v.x + COSMO_EARTH_ROTATION * r.y, v.y - COSMO_EARTH_ROTATION * r.x, v.z};
    if (l->plan != NULL)
        over_ground = vec_scale(vec_norm(over_ground), cosmo_design_direction(&l->plan->attitude, l->t));
    const double n = vec_dot(over_ground, north), e = vec_dot(over_ground, east);
    return n * n + e * e > LANE_LEVEL_M_S * LANE_LEVEL_M_S ? cosmo_real_atan2(e, n) : l->controls.azimuth_rad;
}

static void lane_pitch_row(lane *l, size_t row, const motion_block *block, int index)
{
    const cosmo_table *table = &l->program->flight->steering.pitch_programme;
    if (l->guidance_begun) return;
    if (row + 1 >= table->n_rows) {
        l->steering = lane_gravity_turn(l);
        return;
    }
    if (row == 0) lane_pitch_plane(l, block, index, lane_heading(l, block, index));
    const double *at = table->values + 2 * row;
    l->steering = LANE_STEER_PITCH;
    l->pitch_start = at[1] + l->variation.pitch_shift_rad;
    l->pitch_rate = (at[3] - at[1]) / (at[2] - at[0]);
    l->t_steer = l->t;
    cosmo_lane_schedule(l, at[2], LANE_PITCH, (int)row + 1);
}

/* Where the thrust points, or would. */
static cosmo_vec3 lane_direction(const lane *l, const motion_block *block, int index, const cosmo_state *state)
{
    if (l->steering == LANE_STEER_GUIDED)
        return vec_unit(
            (cosmo_vec3){block->direction[0][index], block->direction[1][index], block->direction[2][index]});
    if (l->steering == LANE_STEER_ATTITUDE) return cosmo_design_direction(&l->plan->attitude, l->t);
    const cosmo_vec3 up = vec_unit(state->position_m), r = state->position_m, v = state->velocity_m_s;
    const cosmo_vec3 over_ground = {v.x + COSMO_EARTH_ROTATION * r.y, v.y - COSMO_EARTH_ROTATION * r.x, v.z};
    return l->steering == LANE_STEER_UP || vec_norm(over_ground) < LANE_LEVEL_M_S ? up : vec_unit(over_ground);
}

void cosmo_lane_keep_stack(lane *l, const motion_block *block, int index)
{
    cosmo_stack *stack = &l->stack;
    stack->state = lane_state(l, block, index);
    stack->mass_kg = cosmo_lane_mass_kg(l, block, index);
    stack->n_dropped = l->n_bodies;
    stack->thrust_n = 0.0;
    for (size_t i = 0; i < l->program->n_stages; i++) {
        stack->stage_aboard[i] = l->stages[i].attached;
        stack->usable_kg[i] = fmax(cosmo_lane_usable_kg(l, block, index, (int)i), 0.0);
        if (l->stages[i].channel >= 0)
            stack->thrust_n += cosmo_lane_thrust_n(l, (int)i) * fmax(cosmo_lane_level(&l->stages[i], l->t), 0.0);
    }
    stack->direction = lane_direction(l, block, index, &stack->state);
}

static void lane_do(lane *l, const lane_action *a, motion_block *block, int index)
{
    switch ((lane_action_kind)a->kind) {
    case LANE_IGNITE:
        lane_ignite(l, a->target, block, index);
        break;
    case LANE_RISEN:
        lane_risen(l, a->target);
        break;
    case LANE_THROTTLE:
        lane_throttle(l, a->target);
        break;
    case LANE_CUT:
        lane_cut(l, a->target, block, index);
        break;
    case LANE_FADED:
        lane_faded(l, a->target, block, index);
        break;
    case LANE_SEPARATE:
        lane_separate(l, a->target, block, index);
        break;
    case LANE_JETTISON:
        lane_jettison(l, a->target, block, index);
        break;
    case LANE_KICK:
        lane_kick(l, block, index);
        break;
    case LANE_KICKED:
        lane_kicked(l);
        break;
    case LANE_TURN:
        lane_turn(l);
        break;
    case LANE_PITCH:
        lane_pitch_row(l, (size_t)a->target, block, index);
        break;
    case LANE_GUIDE:
        l->guided = true;
        l->t_tick = l->t;
        break;
    case LANE_TICK:
        l->t_tick = l->t;
        break;
    case LANE_BURN:
        cosmo_guide_burn_start(l, a->target);
        lane_ignite(l, l->guided_stage, block, index);
        break;
    case LANE_END:
        lane_end(l, block, index);
        break;
    }
}

static void lane_set_steering(const lane *l, motion_block *block, int index)
{
    const bool pitch = l->steering == LANE_STEER_PITCH;
    block->steer_up[index] = l->steering == LANE_STEER_UP;
    block->steer_pitch[index] = pitch;
    block->steer_velocity[index] = l->steering == LANE_STEER_VELOCITY;
    block->steer_linear[index] = l->steering == LANE_STEER_GUIDED;
    block->steer_attitude[index] = l->steering == LANE_STEER_ATTITUDE;
    block->attitude[index] = l->steering == LANE_STEER_ATTITUDE ? &l->plan->attitude : NULL;
    if (pitch || l->steering == LANE_STEER_ATTITUDE) {
        block->pitch_start_rad[index] = l->pitch_start + l->pitch_rate * (l->t - l->t_steer);
        block->pitch_rate_rad_s[index] = l->pitch_rate;
        block->attitude_up_rad[index] = l->variation.pitch_shift_rad;
        block->attitude_right_rad[index] = l->variation.yaw_shift_rad;
        block->plane_normal[0][index] = l->plane_normal.x;
        block->plane_normal[1][index] = l->plane_normal.y;
        block->plane_normal[2][index] = l->plane_normal.z;
    }
}

/* Lowest stage attached: the first in the vehicle's order. */
static int lane_lowest(const lane *l)
{
    for (size_t i = 0; i < l->program->n_stages; i++)
        if (l->stages[i].attached) return (int)i;
    return -1;
}

static void lane_set_block(const lane *l, motion_block *block, int index)
{
    const program *p = l->program;
    double thrust[2] = {0.0, 0.0}, exit_area = 0.0, limit = 1e9, flow[2][2] = {{0.0}};
    for (int c = 0; c < 2; c++) {
        const int i = l->channel_stage[c];
        if (i < 0) continue;
        const lane_stage *s = &l->stages[i];
        const double full = cosmo_lane_thrust_n(l, i), ve = cosmo_lane_exhaust_m_s(l, i),
                     level = cosmo_lane_level(s, l->t);
        thrust[0] += full * level;
        thrust[1] += full * s->level_rate;
        flow[c][0] = full * level / ve;
        flow[c][1] = full * s->level_rate / ve;
        exit_area += level > 0.0 ? p->stages[i].exit_area_m2 * fmin(level * 2.0, 1.0) : 0.0;
        limit = fmin(limit, p->stages[i].acceleration_limit_m_s2);
    }
    block->t_ref[index] = l->t;
    block->thrust_start_n[index] = thrust[0];
    block->thrust_rate_n_s[index] = thrust[1];
    block->exit_area_m2[index] = exit_area;
    block->acceleration_limit_m_s2[index] = limit;
    block->flow_a_start_kg_s[index] = flow[0][0];
    block->flow_a_rate_kg_s2[index] = flow[0][1];
    block->flow_b_start_kg_s[index] = flow[1][0];
    block->flow_b_rate_kg_s2[index] = flow[1][1];
    block->mass_fixed_kg[index] = lane_fixed_mass(l);
    const int lowest = lane_lowest(l);
    if (lowest >= 0) {
        block->drag[index] = &p->stages[lowest].drag;
        block->drag_area_m2[index] = p->stages[lowest].drag_area_m2 * l->variation.drag;
        block->lift_area_m2[index] = p->stages[lowest].lift_area_m2;
    }
    lane_set_steering(l, block, index);
    block->fresh[index] = 1.0;
}

void cosmo_lane_act(lane *l, motion_block *block, int index)
{
    while (l->n_actions > 0 && !l->ended) {
        const size_t next = lane_next(l);
        const lane_action action = l->actions[next];
        if (action.t > l->t + LANE_SAME_TIME_S) break;
        l->actions[next] = l->actions[--l->n_actions];
        lane_do(l, &action, block, index);
    }
    if (!l->ended && l->n_actions == 0 && !cosmo_lane_tick_due(l)) { /* a cycle that is due schedules the next one */
        cosmo_lane_keep_stack(l, block, index);
        l->ended = true;
    }
    lane_set_block(l, block, index);
    block->active[index] = l->ended ? 0.0 : 1.0;
    cosmo_lane_foresee(l, block, index);
}

void cosmo_lane_foresee(const lane *l, motion_block *block, int index)
{
    block->t_end[index] = l->ended || l->n_actions == 0 ? l->t : fmax(l->actions[lane_next(l)].t, l->t);
}

bool cosmo_lane_tick_due(const lane *l)
{
    return l->guided && !l->final_phase && !l->ended && l->t_tick == l->t;
}

/* Foresee when the heat flux will allow an armed item to go, by the logarithmic slope since the last look; the next
 * look corrects it, so that the moment does not depend on where the steps fall. */
static void lane_watch_flux(lane *l, double flux)
{
    const double slope = (cosmo_real_log(flux) - cosmo_real_log(l->flux)) / (l->t - l->t_flux);
    for (size_t i = 0; i < l->program->n_items; i++) {
        if (!l->item_armed[i] || !l->item_attached[i]) continue;
        const double over = cosmo_real_log(flux / l->program->items[i]->jettison_heat_flux_w_m2);
        if (over <= LANE_FLUX_CLOSE)
            cosmo_lane_schedule(l, l->t, LANE_JETTISON, (int)i);
        else if (slope < 0.0)
            cosmo_lane_schedule(l, l->t - over / slope, LANE_JETTISON, (int)i);
        else
            cosmo_lane_unschedule(l, LANE_JETTISON, (int)i);
    }
}

void cosmo_lane_watch(lane *l, motion_block *block, int index, const motion_probe *probe)
{
    l->t = block->t[index];
    const double q = probe->dynamic_pressure_pa[index];
    if (q > l->max_q_pa) {
        l->max_q_pa = q;
        l->max_q_t_s = l->t;
    }
    l->max_acceleration_m_s2 = fmax(l->max_acceleration_m_s2, probe->felt_acceleration_m_s2[index]);
    if (l->t > l->program->vertical_rise_s) l->max_q_alpha = fmax(l->max_q_alpha, q * probe->attack_rad[index]);
    if (l->fairing_gone) l->heat_flux_after_fairing = fmax(l->heat_flux_after_fairing, probe->heat_flux_w_m2[index]);
    const double flux = fmax(probe->heat_flux_w_m2[index], 1e-12);
    if (l->t > l->t_flux && l->flux > 0.0) lane_watch_flux(l, flux);
    l->flux = flux;
    l->t_flux = l->t;
}

void cosmo_lane_begin(lane *l, const program *p, const cosmo_controls *controls, const cosmo_variation *variation,
                      const lane_plan *plan, bool lend, motion_block *block, int index)
{
    memset(l, 0, sizeof *l);
    l->program = p;
    l->controls = *controls;
    l->variation = *variation;
    l->plan = plan;
    l->lend = lend;
    l->payload_kg = controls->payload_kg;
    l->channel_stage[0] = l->channel_stage[1] = -1;
    l->burn = -1;
    l->guided_stage = p->inserter;
    for (size_t i = 0; i < PROGRAM_EVENTS_MAX; i++) l->event_time[i] = NAN;
    for (size_t i = 0; i < p->n_stages; i++)
        l->stages[i] = (lane_stage){.channel = -1,
                                    .attached = true,
                                    .t_cutoff = NAN,
                                    .usable_kg = p->stages[i].usable_kg * variation->propellant[i]};
    for (size_t i = 0; i < p->n_items; i++) l->item_attached[i] = true;
    const cosmo_state pad = cosmo_state_from_ned(0.0, p->flight->pad, (cosmo_vec3){0.0, 0.0, 0.0});
    const double y[MOTION_STATES] = {pad.position_m.x,
                                     pad.position_m.y,
                                     pad.position_m.z,
                                     pad.velocity_m_s.x,
                                     pad.velocity_m_s.y,
                                     pad.velocity_m_s.z,
                                     0.0,
                                     0.0};
    for (int s = 0; s < MOTION_STATES; s++) block->y[s][index] = y[s];
    block->t[index] = 0.0;
    block->h[index] = 0.5;
    block->weather[index] = variation->weather != NULL ? variation->weather : p->flight->environment.weather;
    block->density_scale[index] = p->flight->environment.vacuum ? 0.0 : 1.0;
    if (isfinite(variation->stop_t_s)) cosmo_lane_schedule(l, variation->stop_t_s, LANE_END, 1);
    cosmo_guide_target(l, &p->flight->target, COSMO_EARTH_RADIUS);
    lane_release_waits(l, PROGRAM_EVENT_LIFTOFF, 0.0, true);
    lane_release_waits(l, PROGRAM_EVENT_LIFTOFF, 0.0, false);
    const cosmo_table *programme = &p->flight->steering.pitch_programme;
    if (programme->n_rows > 1) cosmo_lane_schedule(l, programme->values[0], LANE_PITCH, 0);
    if (programme->n_rows < 2 || programme->values[0] > p->vertical_rise_s)
        cosmo_lane_schedule(l, p->vertical_rise_s, LANE_KICK, 0);
    cosmo_lane_record(l, PROGRAM_EVENT_LIFTOFF, block, index);
}
