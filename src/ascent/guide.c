/* Closed-loop guidance of lanes. */
#include "ascent/guide.h"

#include "ascent/burn.h"
#include "core/real.h"
#include "flight/vec.h"

#include <math.h>
#include <string.h>

enum { GUIDE_FIRST_PASSES = 60, GUIDE_CYCLE_PASSES = 3 };
static const double GUIDE_CONVERGED_S = 0.01;
/* A first solution so far from the design's is not a matter of the day's thrust and air: 0.2 rad, a quarter of the
 * time. */
static const double GUIDE_ASTRAY_COSINE = 0.98, GUIDE_ASTRAY_TIME = 0.25;
static const double GUIDE_HELD_S = 1000.0, GUIDE_HELD_EXHAUST_M_S = 1e7; /* a segment at the acceleration limit */
static const double GUIDE_AFTER_S = 10.0; /* flight goes on this long after the last cut-off, so that stages separate */

void cosmo_guide_apsis(lane *l, double radius, double other_apsis, double insertion_radius)
{
    const double a = 0.5 * (radius + other_apsis);
    const double momentum =
        sqrt(COSMO_EARTH_MU * a * (1.0 - (radius - other_apsis) * (radius - other_apsis) / (4.0 * a * a)));
    l->radius_m = insertion_radius;
    l->speed_m_s = sqrt(COSMO_EARTH_MU * (2.0 / insertion_radius - 1.0 / a));
    l->cos_path = fmin(momentum / (insertion_radius * l->speed_m_s), 1.0);
    l->sin_path = sqrt(1.0 - l->cos_path * l->cos_path);
}

void cosmo_guide_target(lane *l, const cosmo_target *target, double reference_radius_m)
{
    const double perigee = reference_radius_m + target->perigee_altitude_m,
                 apogee = reference_radius_m + target->apogee_altitude_m;
    const double insertion =
        isfinite(target->insertion_altitude_m) ? reference_radius_m + target->insertion_altitude_m : perigee;
    cosmo_guide_apsis(l, perigee, apogee, fmin(fmax(insertion, perigee), apogee));
    const cosmo_variation *v = &l->variation;
    l->radius_m += v->insertion_radius_m;
    l->speed_m_s += v->insertion_speed_m_s;
    const double sine = l->sin_path, cosine = l->cos_path;
    l->sin_path = sine + v->insertion_path_rad * cosine;
    l->cos_path = cosine - v->insertion_path_rad * sine;
    l->inclination_rad = target->inclination_rad + v->insertion_inclination_rad;
    l->node_rad = target->node_rad;
}

void cosmo_guide_burn_start(lane *l, int burn)
{
    const cosmo_burn *data = l->program->burns[burn];
    l->burn = burn;
    l->guided_stage = l->program->burn_stage[burn];
    l->guided = true;
    l->guidance_begun = l->final_phase = false;
    l->t_tick = l->t;
    if (isfinite(data->inclination_rad)) l->inclination_rad = data->inclination_rad;
    l->node_rad = NAN;
}

/* Seconds until the true anomaly is 180 deg (apogee) or 0 (perigee). */
static double guide_time_to_apsis(const cosmo_state *state, bool apogee)
{
    const cosmo_orbit orbit = cosmo_orbit_of(state);
    const double e = orbit.eccentricity, n = sqrt(COSMO_EARTH_MU / orbit.semi_major_m) / orbit.semi_major_m,
                 two_pi = 6.283185307179586;
    const double half = 0.5 * orbit.true_anomaly_rad;
    const double anomaly =
        2.0 * cosmo_real_atan2(sqrt(1.0 - e) * cosmo_real_sin(half), sqrt(1.0 + e) * cosmo_real_cos(half));
    double mean = (apogee ? 0.5 * two_pi : 0.0) - (anomaly - e * cosmo_real_sin(anomaly));
    while (mean < 0.0) mean += two_pi;
    return mean / n;
}

/* Centre the burn on the apsis: half its length by the rocket equation, from the speed change that the new orbit needs.
 */
static double guide_burn_time(const lane *l, const cosmo_state *state, int burn, double mass_kg)
{
    const cosmo_burn *data = l->program->burns[burn];
    if (data->start == COSMO_BURN_COAST) return l->t + fmax(data->coast_s, 0.0);
    const bool at_apogee = data->start == COSMO_BURN_APOGEE;
    const cosmo_orbit orbit = cosmo_orbit_of(state);
    const double r = COSMO_EARTH_RADIUS + (at_apogee ? orbit.apogee_altitude_m : orbit.perigee_altitude_m);
    const double wanted_a = COSMO_EARTH_RADIUS + 0.5 * (data->perigee_altitude_m + data->apogee_altitude_m);
    const double dv = fabs(sqrt(COSMO_EARTH_MU * (2.0 / r - 1.0 / wanted_a)) -
                           sqrt(COSMO_EARTH_MU * (2.0 / r - 1.0 / orbit.semi_major_m)));
    const int stage = l->program->burn_stage[burn];
    const double ve = cosmo_lane_exhaust_m_s(l, stage), flow = cosmo_lane_thrust_n(l, stage) / ve;
    const double length = mass_kg * (1.0 - cosmo_real_exp(-dv / ve)) / flow;
    return l->t + fmax(guide_time_to_apsis(state, at_apogee) - 0.5 * length, 0.0);
}

static double guide_mass_after(const lane *l)
{
    double mass = l->payload_kg;
    for (size_t i = 0; i < l->program->n_stages; i++)
        if (l->stages[i].attached)
            mass += l->program->stages[i].dry_kg + l->program->stages[i].residual_kg + l->stages[i].usable_kg;
    return mass;
}

void cosmo_guide_burn_done(lane *l, cosmo_state state)
{
    if (l->burn < 0) {
        l->inserted = true;
        l->insertion = state;
    }
    l->guided = false;
    const int next = l->burn + 1;
    if (next < (int)l->program->n_burns)
        cosmo_lane_schedule(l, guide_burn_time(l, &state, next, guide_mass_after(l)), LANE_BURN, next);
    else
        cosmo_lane_schedule(l, l->t + GUIDE_AFTER_S, LANE_END, 0);
}

cosmo_vec3 cosmo_guide_normal(const lane *l, cosmo_vec3 r, cosmo_vec3 v)
{
    if (isfinite(l->node_rad)) {
        const double s = cosmo_real_sin(l->inclination_rad);
        return (cosmo_vec3){s * cosmo_real_sin(l->node_rad), -s * cosmo_real_cos(l->node_rad),
                            cosmo_real_cos(l->inclination_rad)};
    }
    const cosmo_vec3 up = vec_unit(r), east = vec_unit((cosmo_vec3){-r.y, r.x, 0.0}), north = vec_cross(up, east);
    const double beta = fmin(fmax(cosmo_real_cos(l->inclination_rad) / north.z, -1.0), 1.0);
    const double side = vec_dot(vec_cross(r, v), east) <= 0.0 ? -1.0 : 1.0;
    return vec_add(vec_scale(side * sqrt(1.0 - beta * beta), east), vec_scale(beta, north));
}

/* ---- segments ------------------------------------------------------------------------------------------------- */

/* The flight foreseen from now on: what burns, what waits, what falls off. */
typedef struct guide_view {
    const lane *l;
    double t, mass;
    double usable[COSMO_STAGES_MAX], cut[COSMO_STAGES_MAX], ignite[COSMO_STAGES_MAX], drop[COSMO_STAGES_MAX];
    bool burning[COSMO_STAGES_MAX];
    double item_drop[PROGRAM_ITEMS_MAX];
    size_t n;
} guide_view;

static double guide_pending(const lane *l, int kind, int target)
{
    for (size_t i = 0; i < l->n_actions; i++)
        if (l->actions[i].kind == kind && l->actions[i].target == target) return l->actions[i].t;
    return INFINITY;
}

static guide_view guide_look(const lane *l, const motion_block *block, int index)
{
    guide_view view = {.l = l, .t = l->t, .mass = cosmo_lane_mass_kg(l, block, index)};
    for (size_t i = 0; i < l->program->n_stages; i++) {
        const lane_stage *s = &l->stages[i];
        view.burning[i] = s->phase == LANE_RISING || s->phase == LANE_BURNING;
        view.usable[i] = cosmo_lane_usable_kg(l, block, index, (int)i);
        view.cut[i] = guide_pending(l, LANE_CUT, (int)i);
        view.ignite[i] = s->attached && s->phase == LANE_OFF ? guide_pending(l, LANE_IGNITE, (int)i) : INFINITY;
        view.drop[i] = s->attached ? guide_pending(l, LANE_SEPARATE, (int)i) : INFINITY;
    }
    for (size_t i = 0; i < l->program->n_items; i++)
        view.item_drop[i] = l->item_attached[i] ? guide_pending(l, LANE_JETTISON, (int)i) : INFINITY;
    return view;
}

static void guide_view_cut(guide_view *view, int stage)
{
    const program *p = view->l->program;
    view->burning[stage] = false;
    const double delay = p->stages[stage].data->separation_delay_s;
    if (isfinite(delay)) view->drop[stage] = fmax(view->cut[stage] + delay, view->t);
    for (size_t i = 0; i < p->n_waits; i++)
        if (p->waits[i].event == program_event_cutoff(stage) && p->waits[i].kind == PROGRAM_WAIT_IGNITION &&
            view->l->stages[p->waits[i].target].phase == LANE_OFF && !view->burning[p->waits[i].target])
            view->ignite[p->waits[i].target] = fmax(view->cut[stage] + p->waits[i].offset_s, view->t);
}

static void guide_view_ignite(guide_view *view, int stage)
{
    const program_stage *p = &view->l->program->stages[stage];
    view->burning[stage] = true;
    view->ignite[stage] = INFINITY;
    double until;
    const double level = cosmo_lane_throttle_at(p, view->t, &until);
    const double flow = level * cosmo_lane_thrust_n(view->l, stage) / cosmo_lane_exhaust_m_s(view->l, stage);
    view->cut[stage] = isfinite(p->cutoff_time_s) ? p->cutoff_time_s : view->t + view->usable[stage] / flow;
}

static double guide_next_change(const guide_view *view)
{
    double next = INFINITY;
    for (size_t i = 0; i < view->l->program->n_stages; i++) {
        const bool guided = (int)i == view->l->guided_stage;
        if (view->burning[i] && !guided) next = fmin(next, view->cut[i]);
        next = fmin(next, fmin(view->ignite[i], view->drop[i]));
    }
    for (size_t i = 0; i < view->l->program->n_items; i++) next = fmin(next, view->item_drop[i]);
    return next;
}

static void guide_apply_changes(guide_view *view)
{
    const program *p = view->l->program;
    for (size_t i = 0; i < p->n_stages; i++) {
        if (view->burning[i] && (int)i != view->l->guided_stage && view->cut[i] <= view->t)
            guide_view_cut(view, (int)i);
        if (view->ignite[i] <= view->t) guide_view_ignite(view, (int)i);
        if (view->drop[i] <= view->t) {
            view->mass -= p->stages[i].dry_kg + p->stages[i].residual_kg + fmax(view->usable[i], 0.0);
            view->drop[i] = INFINITY;
        }
    }
    for (size_t i = 0; i < p->n_items; i++) {
        if (view->item_drop[i] > view->t) continue;
        view->mass -= p->items[i]->mass_kg;
        view->item_drop[i] = INFINITY;
    }
}

/* What burns at a moment of the view. */
typedef struct guide_burn {
    double thrust_n, flow_kg_s, limit_m_s2;
    double until; /* when a throttle next changes */
} guide_burn;

static guide_burn guide_burning(const guide_view *view)
{
    const lane *l = view->l;
    guide_burn burn = {0.0, 0.0, INFINITY, INFINITY};
    for (size_t i = 0; i < l->program->n_stages; i++) {
        if (!view->burning[i]) continue;
        double until;
        const double thrust =
            cosmo_lane_throttle_at(&l->program->stages[i], view->t, &until) * cosmo_lane_thrust_n(l, (int)i);
        burn.thrust_n += thrust;
        burn.flow_kg_s += thrust / cosmo_lane_exhaust_m_s(l, (int)i);
        burn.limit_m_s2 = fmin(burn.limit_m_s2, l->program->stages[i].acceleration_limit_m_s2);
        burn.until = fmin(burn.until, until);
    }
    return burn;
}

/* Take from the tanks what a segment burns: all that flows, or a share of it where the acceleration is held. */
static void guide_view_burn(guide_view *view, double length, double share)
{
    const lane *l = view->l;
    for (size_t i = 0; i < l->program->n_stages; i++) {
        if (!view->burning[i]) continue;
        double until;
        const double thrust =
            cosmo_lane_throttle_at(&l->program->stages[i], view->t, &until) * cosmo_lane_thrust_n(l, (int)i);
        const double burnt = share * thrust / cosmo_lane_exhaust_m_s(l, (int)i) * length;
        view->usable[i] -= burnt;
        view->mass -= burnt;
    }
}

/* One segment until the next change; false when nothing is left to burn. Thrust is constant, or, once a limit is met,
 * acceleration: that is what a very high exhaust speed gives. */
static bool guide_segment(guide_view *view, upfg_block *guide, int index)
{
    const guide_burn burn = guide_burning(view);
    const bool burns = burn.thrust_n > 0.0, limited = burn.thrust_n >= burn.limit_m_s2 * view->mass * (1.0 - 1e-12);
    const double all = !burns ? 0.0 : limited ? GUIDE_HELD_S : 0.98 * view->mass / burn.flow_kg_s;
    const double to_limit =
        burns && !limited ? (view->mass - burn.thrust_n / burn.limit_m_s2) / burn.flow_kg_s : INFINITY;
    const double change = fmin(guide_next_change(view), burn.until),
                 next = fmin(change, to_limit < all ? view->t + to_limit : INFINITY);
    const bool open_ended = !(next < 1e8);
    if (open_ended && !burns) return false;
    const double length = open_ended ? fmax(all, 1.0) : next - view->t;
    const double ve = burns ? burn.thrust_n / burn.flow_kg_s : 1.0;
    const size_t s = view->n++;
    guide->burn_s[s][index] = length;
    guide->acceleration_m_s2[s][index] = limited ? burn.limit_m_s2 : burn.thrust_n / view->mass;
    guide->exhaust_m_s[s][index] = limited ? GUIDE_HELD_EXHAUST_M_S : ve;
    if (burns) guide->last[index] = (double)s;
    const double held =
        limited ? view->mass * (1.0 - cosmo_real_exp(-burn.limit_m_s2 * length / ve)) / (burn.flow_kg_s * length) : 1.0;
    guide_view_burn(view, length, held);
    view->t += length;
    return !open_ended && view->n < UPFG_SEGMENTS;
}

static void guide_segments(const lane *l, const motion_block *block, int index, upfg_block *guide)
{
    for (int s = 0; s < UPFG_SEGMENTS; s++) {
        guide->burn_s[s][index] = guide->acceleration_m_s2[s][index] = 0.0;
        guide->exhaust_m_s[s][index] = 1.0;
    }
    guide->last[index] = 0.0;
    guide_view view = guide_look(l, block, index);
    do guide_apply_changes(&view);
    while (guide_segment(&view, guide, index));
}

/* ---- a cycle ---------------------------------------------------------------------------------------------------- */

static void guide_put(motion_row rows[3], int index, cosmo_vec3 v)
{
    rows[0][index] = v.x;
    rows[1][index] = v.y;
    rows[2][index] = v.z;
}

static cosmo_vec3 guide_gravity(cosmo_vec3 r)
{
    const double size = vec_norm(r);
    return vec_scale(-COSMO_EARTH_MU / (size * size * size), r);
}

static void guide_load(lane *l, const motion_block *block, int index, upfg_block *guide)
{
    const cosmo_state state = {l->t,
                               {block->y[0][index], block->y[1][index], block->y[2][index]},
                               {block->y[3][index], block->y[4][index], block->y[5][index]}};
    if (!l->guidance_begun && l->burn >= 0)
        cosmo_burn_target(l, &state, cosmo_lane_mass_kg(l, block, index));
    else if (l->burn >= 0)
        cosmo_burn_settle(l, &state, guide->t_go_left[index] - (l->t - l->t_last_cycle));
    const cosmo_target *target = &l->program->flight->target;
    if (l->burn < 0 && target->altitude_reference == COSMO_ALTITUDE_ELLIPSOID) {
        const cosmo_vec3 ahead = {guide->r_wanted[0][index], guide->r_wanted[1][index], guide->r_wanted[2][index]};
        cosmo_guide_target(l, target, cosmo_orbit_ellipsoid_radius_m(l->guidance_begun ? ahead : state.position_m));
    }
    guide->active[index] = 1.0;
    guide_put(guide->r, index, state.position_m);
    guide_put(guide->v, index, state.velocity_m_s);
    guide_put(guide->normal, index, cosmo_guide_normal(l, state.position_m, state.velocity_m_s));
    guide->radius_m[index] = l->radius_m;
    guide->speed_m_s[index] = l->speed_m_s;
    guide->sin_path[index] = l->sin_path;
    guide->cos_path[index] = l->cos_path;
    guide_segments(l, block, index, guide);
    const double dt = l->t - l->t_last_cycle;
    const cosmo_vec3 pull = vec_scale(0.5 * dt, vec_add(guide_gravity(l->r_tick), guide_gravity(state.position_m)));
    const cosmo_vec3 gained = vec_sub(vec_sub(state.velocity_m_s, l->v_tick), pull);
    guide_put(guide->dv, index, l->guidance_begun ? gained : (cosmo_vec3){0.0, 0.0, 0.0});
    l->r_tick = state.position_m;
    l->v_tick = state.velocity_m_s;
    l->t_last_cycle = l->t;
}

/* Iterate until no active lane moves by more than GUIDE_CONVERGED_S; lanes that have settled are left alone. */
static void guide_iterate(upfg_block *guide, const cosmo_upfg_kernels *kernels, const bool first[MOTION_LANES])
{
    motion_row due;
    memcpy(due, guide->active, sizeof due);
    for (int pass = 0; pass < GUIDE_FIRST_PASSES; pass++) {
        kernels->iterate(guide);
        bool any = false;
        for (int i = 0; i < MOTION_LANES; i++) {
            if (guide->active[i] < 0.5) continue;
            const bool settled =
                guide->change_s[i] < GUIDE_CONVERGED_S || (!first[i] && pass + 1 >= GUIDE_CYCLE_PASSES);
            if (settled)
                guide->active[i] = 0.0;
            else
                any = true;
        }
        if (!any) break;
    }
    memcpy(guide->active, due, sizeof due);
}

static bool guide_any_thrust(const lane *l)
{
    if (l->channel_stage[0] >= 0 || l->channel_stage[1] >= 0) return true;
    for (size_t i = 0; i < l->n_actions; i++)
        if (l->actions[i].kind == LANE_IGNITE || l->actions[i].kind == LANE_BURN) return true;
    return false;
}

/* An orbit far out of reach can leave the equations without a solution: then the last direction stands, and they begin
 * anew. */
static bool guide_is_finite(const upfg_block *guide, int index)
{
    double sum = guide->t_go_left[index] + guide->v_go[0][index] + guide->v_go[1][index] + guide->v_go[2][index];
    for (int i = 0; i < 3; i++) sum += guide->direction[i][index] + guide->direction_rate[i][index];
    return isfinite(sum);
}

/* How much sooner the command must come for the impulse of the thrust's decay; the decay starts from the full thrust,
 * so an engine held to a share of it (the acceleration limit) stays there for a while. */
static double guide_tail(const lane *l, const motion_block *block, int index)
{
    const int stage = l->guided_stage;
    const double full = cosmo_lane_level(&l->stages[stage], l->t) * cosmo_lane_thrust_n(l, stage);
    const double allowed = l->program->stages[stage].acceleration_limit_m_s2 * cosmo_lane_mass_kg(l, block, index);
    return l->program->stages[stage].data->tail_off_s * (1.0 - 0.5 * fmin(allowed / full, 1.0));
}

/* Time to the end of the burn. A later burn is ended by its energy, which a cycle not yet settled does not blur. */
static double guide_left(const lane *l, const motion_block *block, int index, const upfg_block *guide)
{
    const double left = guide->t_go_left[index];
    const bool near_end = left <= 2.0 * l->program->cycle_s && l->stages[l->guided_stage].channel >= 0;
    if (l->burn < 0 || !l->guidance_begun || !near_end) return left;
    const cosmo_state state = {l->t,
                               {block->y[0][index], block->y[1][index], block->y[2][index]},
                               {block->y[3][index], block->y[4][index], block->y[5][index]}};
    const cosmo_vec3 direction = {guide->direction[0][index], guide->direction[1][index], guide->direction[2][index]};
    return cosmo_burn_left_s(l, &state, guide->acceleration_m_s2[0][index], guide->exhaust_m_s[0][index],
                             vec_unit(direction), 4.0 * l->program->cycle_s);
}

static void guide_take(lane *l, motion_block *block, int index, const upfg_block *guide)
{
    l->guidance_begun = guide_is_finite(guide, index);
    const double left = guide_left(l, block, index, guide);
    l->steering = LANE_STEER_GUIDED;
    for (int i = 0; i < 3 && l->guidance_begun; i++) {
        block->direction[i][index] = guide->direction[i][index];
        block->direction_rate[i][index] = guide->direction_rate[i][index];
    }
    if (!guide_any_thrust(l)) {
        cosmo_lane_schedule(l, l->t, LANE_END, 0); /* out of propellant before the orbit */
    } else if (l->guidance_begun && left <= 2.0 * l->program->cycle_s && l->stages[l->guided_stage].channel >= 0) {
        l->final_phase = true;
        cosmo_lane_schedule(l, l->t + fmax(left - guide_tail(l, block, index), 0.0), LANE_CUT, l->guided_stage);
    } else {
        cosmo_lane_schedule(l, l->t + l->program->cycle_s, LANE_TICK, 0);
    }
}

static cosmo_vec3 guide_get(const motion_row rows[3], int index)
{
    return (cosmo_vec3){rows[0][index], rows[1][index], rows[2][index]};
}

/* The equations have more solutions than one when much is still to burn; some lead into the ground. */
static bool guide_is_astray(const lane *l, int index, const upfg_block *guide)
{
    if (l->burn >= 0 || l->plan == NULL || !l->plan->load.ready) return false;
    const lane_load *load = &l->plan->load;
    const double cosine = vec_dot(vec_unit(guide_get(guide->direction, index)), load->direction);
    return !(cosine > GUIDE_ASTRAY_COSINE && fabs(guide->t_go[index] / load->t_go_s - 1.0) < GUIDE_ASTRAY_TIME);
}

/* Begin with what guidance found in the design, for the velocity that there is now. */
static void guide_recall(const lane_load *load, int index, upfg_block *guide)
{
    const cosmo_vec3 off = vec_sub(load->velocity_m_s, guide_get(guide->v, index));
    guide_put(guide->v_go, index, vec_add(load->v_go_m_s, off));
    guide_put(guide->r_bias, index, load->r_bias_m);
    guide_put(guide->r_wanted, index, load->r_wanted_m);
    guide_put(guide->r_gravity, index, load->r_gravity_m);
    guide->t_go[index] = load->t_go_s;
}

/* First solutions that have gone astray are looked for again, from the design's. */
static void guide_retry(const lane *lanes, upfg_block *guide, const cosmo_upfg_kernels *kernels,
                        const bool first[MOTION_LANES])
{
    motion_row due;
    bool any = false;
    memcpy(due, guide->active, sizeof due);
    for (int i = 0; i < MOTION_LANES; i++) {
        guide->active[i] = 0.0;
        if (!first[i] || !guide_is_astray(&lanes[i], i, guide)) continue;
        guide_recall(&lanes[i].plan->load, i, guide);
        guide->active[i] = 1.0;
        any = true;
    }
    if (any) guide_iterate(guide, kernels, first);
    memcpy(guide->active, due, sizeof due);
}

static void guide_remember(lane *l, int index, const upfg_block *guide)
{
    if (l->burn >= 0 || !guide_is_finite(guide, index)) return;
    l->found = (lane_load){true,
                           guide_get(guide->v, index),
                           guide_get(guide->v_go, index),
                           guide_get(guide->r_bias, index),
                           guide_get(guide->r_wanted, index),
                           guide_get(guide->r_gravity, index),
                           vec_unit(guide_get(guide->direction, index)),
                           guide->t_go[index]};
}

void cosmo_guide_cycle(lane *lanes, motion_block *block, upfg_block *guide, const cosmo_upfg_kernels *kernels)
{
    bool due[MOTION_LANES], first[MOTION_LANES], any_due = false;
    for (int i = 0; i < MOTION_LANES; i++) {
        due[i] = lanes[i].program != NULL && cosmo_lane_tick_due(&lanes[i]);
        first[i] = due[i] && !lanes[i].guidance_begun;
        any_due = any_due || due[i];
        guide->active[i] = 0.0;
    }
    if (!any_due) return;
    for (int i = 0; i < MOTION_LANES; i++)
        if (first[i]) guide_load(&lanes[i], block, i, guide);
    kernels->begin(guide);
    for (int i = 0; i < MOTION_LANES; i++)
        if (due[i] && !first[i]) guide_load(&lanes[i], block, i, guide);
    guide_iterate(guide, kernels, first);
    guide_retry(lanes, guide, kernels, first);
    for (int i = 0; i < MOTION_LANES; i++) {
        if (!due[i]) continue;
        if (first[i]) guide_remember(&lanes[i], i, guide);
        guide_take(&lanes[i], block, i, guide);
        cosmo_lane_act(&lanes[i], block, i);
    }
}
