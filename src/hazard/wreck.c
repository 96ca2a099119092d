/* From a failure to pieces, and from a piece that lands to people. */
#include "cosmodrome/hazard.h"

#include "core/real.h"
#include "flight/vec.h"

#include <math.h>
#include <string.h>

static const double WRECK_FALL_STEP_S = 1.0, WRECK_TURN_STEP_S = 0.25;
static const double WRECK_DETECTION_S = 2.0, WRECK_TURN_MAX_S = 60.0; /* a turn that nobody ends */
static const double WRECK_PAYLOAD_BALLISTIC = 150.0;                  /* kg/m^2; an estimate, a satellite whole */
static const double WRECK_AIR_KG_M3 = 1.225;                          /* at sea level, where parachutes bring it down */
static const double WRECK_DRAG_COEFFICIENT = 0.7; /* of a piece known by mass and ballistic coefficient */
static const double WRECK_GRAZING_RAD = 0.17;     /* flatter impacts count as this one: walls and slopes end a slide */
/* What comes in fast is taken apart by heat: at the altitude of re-entry tools (75 to 78 km in SCARAB, ORSAT, DAS and
 * DRAMA, by comparisons of them); from which speed on is an estimate, between first stages that came down whole and
 * satellites that do not. */
static const double WRECK_HOT_ALTITUDE_M = 78e3, WRECK_HOT_SPEED_M_S = 5000.0;
/* What goes round is not the launch's to answer for: by its perigee, or by still falling after more than one orbit. */
static const double WRECK_ORBIT_M = 100e3, WRECK_ROUND_S = 7000.0;
static const double WRECK_LIFT_MOST = 3.0;                /* standard deviations: what is terminal falls settled */
static const double WRECK_STEEP_RAD = 1.5707963267948966; /* straight down, on parachutes */
static const double WRECK_BREAK_SHARE = 3.0; /* of the q-alpha limit at which a turning stack breaks; an estimate */

/* ---- a stack as one piece ---------------------------------------------------------------------------------------- */

static double wreck_body_drag(const cosmo_fall_body *fall)
{
    return fall->drag.n_rows > 0 ? fall->drag.values[1] : WRECK_DRAG_COEFFICIENT;
}

static cosmo_wreck wreck_whole(const cosmo_flight *flight, const cosmo_outcome *stopped, double left_kg)
{
    const cosmo_stage *stages = flight->vehicle->stages.items;
    const cosmo_stack *stack = &stopped->stack;
    cosmo_remains remains;
    cosmo_remains_describe(flight->vehicle, stopped, &remains);
    double most = 0.0;
    const double mass_kg = remains.mass_kg - left_kg;
    cosmo_wreck w = {.count = 1.0, .mass_kg = mass_kg, .area_m2 = remains.area_m2};
    w.fall = (cosmo_debris){.released = stack->state,
                            .ballistic_kg_m2 = remains.ballistic_kg_m2 * mass_kg / remains.mass_kg};
    if (!(remains.area_m2 > 0.0)) { /* the last stage has left: the payload alone */
        w.fall.ballistic_kg_m2 = WRECK_PAYLOAD_BALLISTIC;
        w.area_m2 = cosmo_fragment_area_m2(w.mass_kg, WRECK_PAYLOAD_BALLISTIC, WRECK_DRAG_COEFFICIENT);
    }
    for (size_t i = 0; i < remains.n_tanks; i++) w.propellant_kg += remains.tanks[i].mass_kg;
    for (size_t i = 0; i < flight->vehicle->stages.n; i++) {
        if (!stack->stage_aboard[i] || stack->usable_kg[i] <= most) continue;
        most = stack->usable_kg[i];
        w.propellants = cosmo_blast_propellants_of(&stages[i]);
    }
    return w;
}

/* ---- break-up ---------------------------------------------------------------------------------------------------- */

static cosmo_vec3 wreck_airspeed(const cosmo_state *s)
{
    const cosmo_vec3 r = s->position_m, v = s->velocity_m_s;
    return (cosmo_vec3){v.x + COSMO_EARTH_ROTATION * r.y, v.y - COSMO_EARTH_ROTATION * r.x, v.z};
}

static double wreck_density(cosmo_vec3 position_m, double *altitude_m)
{
    *altitude_m = cosmo_ellipsoid_from_itrf(position_m).altitude_m;
    return cosmo_atmosphere_us76(fmax(*altitude_m, -1000.0)).density_kg_m3;
}

static bool wreck_has_landed(const cosmo_flight *flight, const cosmo_state *s, double altitude_m)
{
    static const double HIGHEST_M = 9000.0;
    if (altitude_m > HIGHEST_M || altitude_m < 0.0) return altitude_m < 0.0;
    const cosmo_geodetic at = cosmo_state_place(s);
    return altitude_m < cosmo_terrain_height_m(flight->environment.terrain, at.latitude_rad, at.longitude_rad);
}

static cosmo_vec3 wreck_acceleration(const cosmo_state *s, double ballistic_kg_m2, cosmo_gravity_model gravity)
{
    double altitude;
    const cosmo_vec3 air = wreck_airspeed(s);
    const double drag = 0.5 * wreck_density(s->position_m, &altitude) * vec_norm(air) / ballistic_kg_m2;
    return vec_sub(cosmo_gravity_at(s->position_m, gravity), vec_scale(drag, air));
}

/* Heun's rule: the place of a break-up is needed to a kilometre. */
static void wreck_fall_step(cosmo_state *s, double h, double ballistic_kg_m2, cosmo_gravity_model gravity)
{
    const cosmo_vec3 a = wreck_acceleration(s, ballistic_kg_m2, gravity), v = s->velocity_m_s;
    cosmo_state ahead = {s->t_s + h, vec_add(s->position_m, vec_scale(h, v)), vec_add(v, vec_scale(h, a))};
    const cosmo_vec3 b = wreck_acceleration(&ahead, ballistic_kg_m2, gravity);
    s->position_m = vec_add(s->position_m, vec_scale(0.5 * h, vec_add(v, ahead.velocity_m_s)));
    s->velocity_m_s = vec_add(v, vec_scale(0.5 * h, vec_add(a, b)));
    s->t_s += h;
}

typedef enum wreck_end { WRECK_BREAKS, WRECK_LANDS, WRECK_STAYS } wreck_end;

/* Let a tumbling stack fall until the air's pressure or heat breaks it, which `state` then has, until it comes down
 * whole, or until it has gone round. */
static wreck_end wreck_fall(const cosmo_flight *flight, const cosmo_risk_options *o, double ballistic_kg_m2,
                            cosmo_state *state)
{
    cosmo_state s = *state;
    while (s.t_s - state->t_s < WRECK_ROUND_S) {
        double altitude;
        const cosmo_vec3 air = wreck_airspeed(&s);
        const double q = 0.5 * wreck_density(s.position_m, &altitude) * vec_dot(air, air);
        if (wreck_has_landed(flight, &s, altitude)) return WRECK_LANDS;
        const bool hot = altitude < WRECK_HOT_ALTITUDE_M && vec_norm(air) > WRECK_HOT_SPEED_M_S;
        if (hot || q >= o->breakup_pressure_pa) {
            *state = s;
            return WRECK_BREAKS;
        }
        wreck_fall_step(&s, altitude > 150e3 ? 4.0 * WRECK_FALL_STEP_S : WRECK_FALL_STEP_S, ballistic_kg_m2,
                        flight->environment.gravity);
    }
    return WRECK_STAYS;
}

/* ---- pieces ------------------------------------------------------------------------------------------------------ */

typedef struct wreck_maker {
    const cosmo_flight *flight;
    const cosmo_risk_options *options;
    uint64_t seed, sample;
    uint32_t stream, draw;
    cosmo_wreck *wrecks;
    size_t n;
    double left_kg; /* of the payload, that has left on its own */
} wreck_maker;

static double wreck_uniform(wreck_maker *m)
{
    return cosmo_random_uniform(m->seed, m->stream, m->sample, m->draw++);
}

static double wreck_normal(wreck_maker *m)
{
    return cosmo_random_normal(m->seed, m->stream, m->sample, m->draw++);
}

static void wreck_add(wreck_maker *m, const cosmo_state *state, double ballistic_kg_m2, double imparted_m_s,
                      double count, double mass_kg, cosmo_material material)
{
    if (m->n == COSMO_WRECK_MAX || !(mass_kg > 0.0)) return;
    const double sigma = cosmo_fragment_speed_sigma_m_s(imparted_m_s);
    const double x = wreck_normal(m), y = wreck_normal(m), z = wreck_normal(m);
    cosmo_wreck d = {.count = count, .mass_kg = mass_kg};
    d.area_m2 = cosmo_fragment_area_m2(mass_kg, ballistic_kg_m2, WRECK_DRAG_COEFFICIENT);
    d.fall = (cosmo_debris){.released = *state, .ballistic_kg_m2 = ballistic_kg_m2};
    d.fall.released.velocity_m_s = vec_add(state->velocity_m_s, (cosmo_vec3){sigma * x, sigma * y, sigma * z});
    d.fall.lift_ratio = m->options->lift_ratio * fmin(fabs(wreck_normal(m)), WRECK_LIFT_MOST);
    d.fall.roll_rad = 6.283185307179586 * wreck_uniform(m);
    if (m->options->demise && material != COSMO_MATERIAL_UNKNOWN) {
        d.fall.heat_limit_j_m2 = cosmo_fragment_heat_limit_j_m2(material, mass_kg, d.area_m2);
        d.fall.nose_radius_m = sqrt(d.area_m2 / 3.14159265358979323846);
    }
    m->wrecks[m->n++] = d;
}

/* One piece a class stands for all of it: ballistic coefficient log-uniform in the class, imparted speed Maxwell. */
static void wreck_fragments(wreck_maker *m, const cosmo_outcome *stopped, double speed_share)
{
    const cosmo_stack *stack = &stopped->stack;
    const cosmo_state *state = &stack->state;
    const cosmo_vehicle *vehicle = m->flight->vehicle;
    const cosmo_fragment_class *classes = vehicle->fragments.items;
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    for (size_t k = 0; k < vehicle->fragments.n; k++) {
        const cosmo_fragment_class *c = &classes[k];
        for (size_t i = 0; i < vehicle->stages.n; i++) {
            if (!stack->stage_aboard[i] || strcmp(stages[i].id, c->stage) != 0) continue;
            const double ratio = c->ballistic_max_kg_m2 / c->ballistic_min_kg_m2;
            const double ballistic = c->ballistic_min_kg_m2 * cosmo_real_pow(ratio, wreck_uniform(m));
            wreck_add(m, state, ballistic, speed_share * c->imparted_speed_m_s, (double)(c->count * stages[i].count),
                      c->mass_kg, (cosmo_material)c->material);
        }
    }
    for (size_t i = 0; i < vehicle->items.n; i++) {
        if (items[i].part_of != NULL || !cosmo_remains_carry(stopped, items[i].id)) continue;
        const double one = items[i].mass_kg / (double)items[i].count;
        const double area = cosmo_vehicle_fall_area_m2(&items[i].fall, items[i].diameter_m, items[i].length_m);
        wreck_add(m, state, one / (area * wreck_body_drag(&items[i].fall)), 0.0, (double)items[i].count, one,
                  COSMO_MATERIAL_UNKNOWN);
    }
    wreck_add(m, state, WRECK_PAYLOAD_BALLISTIC, 0.0, 1.0, m->flight->payload_kg - m->left_kg, COSMO_MATERIAL_UNKNOWN);
}

/* A crew's capsule leaves: the escape motors that are still carried give it their impulse along the axis. */
static void wreck_escapes(wreck_maker *m, const cosmo_outcome *stopped)
{
    const cosmo_escape *escape = &m->flight->vehicle->escape;
    if (!(escape->capsule_mass_kg <= m->flight->payload_kg)) return;
    const cosmo_escape_motor *motors = cosmo_abort_motors(escape, stopped);
    const cosmo_stack *stack = &stopped->stack;
    cosmo_drag_curve curve;
    cosmo_drag_curve_make(&escape->capsule_drag, &curve);
    const double weight_n = escape->capsule_mass_kg * COSMO_STANDARD_GRAVITY;
    cosmo_wreck *w = &m->wrecks[m->n++];
    *w = (cosmo_wreck){.count = 1.0, .mass_kg = escape->capsule_mass_kg, .area_m2 = escape->capsule_area_m2};
    w->landing_m_s = sqrt(2.0 * weight_n / (WRECK_AIR_KG_M3 * escape->main_drag_area_m2));
    w->fall = (cosmo_debris){.released = stack->state,
                             .ballistic_kg_m2 = escape->capsule_mass_kg /
                                                (escape->capsule_area_m2 * cosmo_drag_curve_at(&curve, 0.0))};
    if (motors != NULL) {
        const double gained_m_s = motors->thrust_n * motors->burn_s / motors->head_mass_kg;
        w->fall.released.velocity_m_s = vec_add(stack->state.velocity_m_s, vec_scale(gained_m_s, stack->direction));
    }
    m->left_kg = escape->capsule_mass_kg;
}

/* The engines have stopped: the stack falls, and breaks where the air makes it; in orbit it leaves nothing. */
static void wreck_tumbles(wreck_maker *m, cosmo_outcome *stopped)
{
    const cosmo_wreck whole = wreck_whole(m->flight, stopped, m->left_kg);
    const wreck_end end = wreck_fall(m->flight, m->options, whole.fall.ballistic_kg_m2, &stopped->stack.state);
    if (end == WRECK_BREAKS) wreck_fragments(m, stopped, m->options->breakup_speed_share);
    if (end == WRECK_LANDS) m->wrecks[m->n++] = whole;
}

/* ---- a turn ------------------------------------------------------------------------------------------------------ */

/* How long the thrust goes on after the fault: until safety acts, not before its lock-out ends. */
static double wreck_turn_time_s(const cosmo_safety *safety, double t_s)
{
    if (safety->system == COSMO_SAFETY_NONE) return WRECK_TURN_MAX_S;
    return fmin(fmax(WRECK_DETECTION_S + safety->delay_s, safety->lockout_s - t_s), WRECK_TURN_MAX_S);
}

/* Swing the thrust about an axis across it, drawn evenly, at most to an angle. Returns true when the stack broke under
 * it. */
static bool wreck_turn(wreck_maker *m, double most_rad, cosmo_stack *stack)
{
    const cosmo_vehicle *vehicle = m->flight->vehicle;
    const double rate = 0.1 * m->options->turn_rate_rad_s * cosmo_real_pow(10.0, wreck_uniform(m));
    const double roll = 6.283185307179586 * wreck_uniform(m), force = stack->thrust_n / stack->mass_kg;
    const cosmo_vec3 ahead = stack->direction, up = vec_unit(stack->state.position_m);
    cosmo_vec3 side = vec_cross(ahead, up);
    side = vec_norm(side) > 1e-6 ? vec_unit(side) : vec_unit(vec_cross(ahead, (cosmo_vec3){0.0, 0.0, 1.0}));
    const cosmo_vec3 towards =
        vec_add(vec_scale(cosmo_real_cos(roll), side), vec_scale(cosmo_real_sin(roll), vec_cross(side, ahead)));
    const double end = wreck_turn_time_s(&vehicle->safety, stack->state.t_s), h = WRECK_TURN_STEP_S;
    cosmo_state *s = &stack->state;
    for (double t = 0.0; t < end; t += h) {
        const double angle = fmin(rate * (t + 0.5 * h), most_rad);
        const cosmo_vec3 thrust =
            vec_add(vec_scale(force * cosmo_real_cos(angle), ahead), vec_scale(force * cosmo_real_sin(angle), towards));
        const cosmo_vec3 a = vec_add(thrust, cosmo_gravity_at(s->position_m, m->flight->environment.gravity));
        s->position_m = vec_add(s->position_m, vec_scale(h, vec_add(s->velocity_m_s, vec_scale(0.5 * h, a))));
        s->velocity_m_s = vec_add(s->velocity_m_s, vec_scale(h, a));
        s->t_s += h;
        double altitude;
        const cosmo_vec3 air = wreck_airspeed(s);
        const double q = 0.5 * wreck_density(s->position_m, &altitude) * vec_dot(air, air);
        if (wreck_has_landed(m->flight, s, altitude)) return false;
        if (q * angle > WRECK_BREAK_SHARE * vehicle->limits.q_alpha_pa_rad) return true;
    }
    return vehicle->safety.system == COSMO_SAFETY_DESTRUCT;
}

/* ---- from a failure to pieces ------------------------------------------------------------------------------------ */

/* TNT equivalent of what the stages still aboard hold, by the yields of a pad. */
static double wreck_tnt_kg(const cosmo_flight *flight, const cosmo_stack *stack)
{
    const cosmo_stage *stages = flight->vehicle->stages.items;
    double propellant_kg[COSMO_PROPELLANTS_KINDS] = {0.0};
    for (size_t i = 0; i < flight->vehicle->stages.n; i++) {
        if (!stack->stage_aboard[i]) continue;
        const cosmo_tank *tanks = stages[i].tanks.items;
        double *kind_kg = &propellant_kg[cosmo_blast_propellants_of(&stages[i])];
        *kind_kg += stack->usable_kg[i];
        for (size_t k = 0; k < stages[i].tanks.n; k++)
            if (tanks[k].burns) *kind_kg += (double)stages[i].count * tanks[k].residual_kg;
    }
    return cosmo_blast_pad_tnt_of_all_kg(propellant_kg);
}

/* What an explosion on the pad leaves is in the reach of its blast, which is all that counts. */
static void wreck_on_pad(wreck_maker *m, const cosmo_outcome *stopped)
{
    cosmo_wreck whole = wreck_whole(m->flight, stopped, m->left_kg);
    whole.blast_radius_m =
        cosmo_blast_radius_m(wreck_tnt_kg(m->flight, &stopped->stack), cosmo_blast_casualty_overpressure_pa());
    m->wrecks[m->n++] = whole;
}

/* What explodes in flight is felt below it while it is low: a blast without a piece, on the ground there. The yield is
 * the pad's, an upper bound. */
static void wreck_aloft(wreck_maker *m, const cosmo_outcome *stopped)
{
    cosmo_geodetic below = cosmo_state_place(&stopped->stack.state);
    const double ground_m = m->flight->pad.altitude_m, height_m = fmax(below.altitude_m - ground_m, 0.0);
    const double tnt_kg = wreck_tnt_kg(m->flight, &stopped->stack);
    const double ground_pa = cosmo_atmosphere_us76(ground_m).pressure_pa;
    const double reach_m =
        cosmo_blast_ground_radius_m(tnt_kg, ground_pa, height_m, cosmo_blast_casualty_overpressure_pa());
    if (!(reach_m > 0.0)) return;
    below.altitude_m = 0.0;
    cosmo_wreck *w = &m->wrecks[m->n++];
    *w = (cosmo_wreck){.count = 1.0, .blast_radius_m = reach_m};
    w->fall =
        (cosmo_debris){.released = cosmo_state_from_ned(stopped->stack.state.t_s, below, (cosmo_vec3){0.0, 0.0, 0.0}),
                       .ballistic_kg_m2 = WRECK_PAYLOAD_BALLISTIC};
}

size_t cosmo_wreck_make(const cosmo_flight *flight, const cosmo_risk_options *options, const cosmo_outcome *stopped,
                        cosmo_failure_mode mode, uint64_t seed, uint32_t stream, uint64_t sample, cosmo_wreck *wrecks)
{
    wreck_maker m = {
        .flight = flight, .options = options, .seed = seed, .sample = sample, .stream = stream, .wrecks = wrecks};
    cosmo_outcome failed = *stopped;
    bool broken = mode == COSMO_FAILURE_EXPLOSION;
    if (mode == COSMO_FAILURE_TURN) broken = wreck_turn(&m, (double)INFINITY, &failed.stack);
    if (mode == COSMO_FAILURE_ATTITUDE)
        broken = wreck_turn(&m, options->attitude_rad * wreck_uniform(&m), &failed.stack);
    if (cosmo_orbit_of(&failed.stack.state).perigee_altitude_m > WRECK_ORBIT_M) return 0;
    wreck_escapes(&m, &failed);
    if (mode == COSMO_FAILURE_PAD)
        wreck_on_pad(&m, &failed);
    else if (broken) {
        wreck_aloft(&m, &failed);
        wreck_fragments(&m, &failed, 1.0);
    } else
        wreck_tumbles(&m, &failed);
    return m.n;
}

/* ---- people ------------------------------------------------------------------------------------------------------ */

static double wreck_blast_radius_m(const cosmo_wreck *piece, double speed_m_s, cosmo_surface surface)
{
    if (piece->blast_radius_m > 0.0) return piece->blast_radius_m;
    const double tnt_kg = piece->propellant_kg * cosmo_blast_yield_fraction(piece->propellants, surface, speed_m_s);
    return tnt_kg > 0.0 ? cosmo_blast_radius_m(tnt_kg, cosmo_blast_casualty_overpressure_pa()) : 0.0;
}

cosmo_harm cosmo_wreck_harm(const cosmo_wreck *piece, const cosmo_debris_impact *impact, cosmo_surface surface,
                            const cosmo_shelter_mix *mix, double people_per_m2)
{
    cosmo_harm harm = {0.0, 0.0};
    if (impact->end != COSMO_DEBRIS_GROUND) return harm;
    const bool lands = piece->landing_m_s > 0.0;
    const double speed_m_s = lands ? piece->landing_m_s : impact->speed_m_s;
    if (cosmo_fragment_energy_j(piece->mass_kg, speed_m_s) >= cosmo_casualty_energy_j(COSMO_CASUALTY_FAA)) {
        const double angle = lands ? WRECK_STEEP_RAD : fmax(fabs(impact->path_angle_rad), WRECK_GRAZING_RAD);
        const double open = cosmo_casualty_area_angled_m2(piece->area_m2, angle) * cosmo_casualty_slide_factor(surface);
        harm.inert = piece->count * people_per_m2 * cosmo_shelter_mean_area_m2(mix, open, piece->mass_kg);
    }
    const double radius_m = wreck_blast_radius_m(piece, speed_m_s, surface);
    harm.explosive = piece->count * people_per_m2 * 3.14159265358979323846 * radius_m * radius_m;
    return harm;
}
