/* Aiming the later burns of an upper stage. */
#include "ascent/burn.h"

#include "ascent/guide.h"
#include "core/real.h"
#include "flight/vec.h"

#include <math.h>

enum { BURN_PASSES = 4, BURN_COAST_STEPS_MAX = 2000 };
static const double BURN_STEP_S = 2.0, BURN_MAX_S = 3000.0;
static const double BURN_CUT_STEP_S = 0.02;
static const double BURN_ROUND = 0.02;        /* nearer than this a far apsis says nothing of the speed */
static const double BURN_SETTLE_S = 20.0;     /* radius can no longer be steered to in less */
static const double BURN_COAST_STEPS = 200.0; /* a revolution; the apsis is then right to metres */

/* A burn in its plane: radius, climbing and level speed, angle flown over. */
typedef struct burn_arc {
    double r, climb, level, angle;
} burn_arc;

/* Along the velocity until the energy of the wanted orbit is there. A few steps are enough, for guidance then steers to
 * the radius that is found. */
static burn_arc burn_fly(const lane *l, const cosmo_state *state, double mass_kg, double wanted_a)
{
    const double ve = cosmo_lane_exhaust_m_s(l, l->guided_stage), thrust = cosmo_lane_thrust_n(l, l->guided_stage);
    burn_arc b = {.r = vec_norm(state->position_m)};
    b.climb = vec_dot(state->position_m, state->velocity_m_s) / b.r;
    b.level = sqrt(fmax(vec_dot(state->velocity_m_s, state->velocity_m_s) - b.climb * b.climb, 0.0));
    double mass = mass_kg;
    for (double t = 0.0; t < BURN_MAX_S && mass > 0.02 * mass_kg; t += BURN_STEP_S) {
        const double speed = sqrt(b.climb * b.climb + b.level * b.level);
        if (speed * speed >= COSMO_EARTH_MU * (2.0 / b.r - 1.0 / wanted_a)) break;
        const double push = thrust / mass / speed;
        const double climbing = push * b.climb + b.level * b.level / b.r - COSMO_EARTH_MU / (b.r * b.r);
        const double hastening = push * b.level - b.climb * b.level / b.r;
        b.angle += BURN_STEP_S * b.level / b.r;
        b.r += BURN_STEP_S * (b.climb + 0.5 * BURN_STEP_S * climbing);
        b.climb += BURN_STEP_S * climbing;
        b.level += BURN_STEP_S * hastening;
        mass -= BURN_STEP_S * thrust / ve;
    }
    return b;
}

/* One Runge-Kutta step of a coast. */
static cosmo_state burn_coast_step(const program *p, const cosmo_state *s, double h)
{
    static const double ahead[4] = {0.0, 0.5, 0.5, 1.0}, weight[4] = {1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0};
    const cosmo_gravity_model model = p->flight->environment.gravity;
    cosmo_state next = *s;
    cosmo_vec3 dr = {0.0, 0.0, 0.0}, dv = {0.0, 0.0, 0.0};
    for (int k = 0; k < 4; k++) {
        const cosmo_vec3 r = vec_add(s->position_m, vec_scale(ahead[k] * h, dr));
        const cosmo_vec3 v = vec_add(s->velocity_m_s, vec_scale(ahead[k] * h, dv));
        dr = v;
        dv = cosmo_gravity_at(r, model);
        next.position_m = vec_add(next.position_m, vec_scale(weight[k] * h, dr));
        next.velocity_m_s = vec_add(next.velocity_m_s, vec_scale(weight[k] * h, dv));
    }
    next.t_s += h;
    return next;
}

/* A share of the period of the circular orbit at hand: short where the coast is fast. */
static double burn_step_s(const cosmo_state *s)
{
    const double r = vec_norm(s->position_m);
    return 6.283185307179586 * sqrt(r / COSMO_EARTH_MU) * r / BURN_COAST_STEPS;
}

/* Radius at the apsis half a revolution away: where the radial speed changes its sign, between two steps by the
 * tangents there. */
static double burn_far_radius(const lane *l, cosmo_state s)
{
    double r = vec_norm(s.position_m);
    for (int i = 0; i < BURN_COAST_STEPS_MAX; i++) {
        const double climb = vec_dot(s.position_m, s.velocity_m_s) / r, h = burn_step_s(&s);
        s = burn_coast_step(l->program, &s, h);
        r = vec_norm(s.position_m);
        const double climb_next = vec_dot(s.position_m, s.velocity_m_s) / r;
        if (climb * climb_next > 0.0 || i < (int)(0.2 * BURN_COAST_STEPS)) continue;
        const double after = climb == climb_next ? 0.0 : h * climb_next / (climb_next - climb);
        return r - 0.5 * after * climb_next;
    }
    return r;
}

/* The state at the cut-off that the lane aims at. */
static cosmo_state burn_cutoff(const lane *l, const cosmo_state *start, double angle)
{
    const cosmo_vec3 normal = cosmo_guide_normal(l, start->position_m, start->velocity_m_s);
    const cosmo_vec3 out = vec_unit(start->position_m), along = vec_cross(normal, out);
    const double c = cosmo_real_cos(angle), s = cosmo_real_sin(angle);
    const cosmo_vec3 up = vec_add(vec_scale(c, out), vec_scale(s, along));
    const cosmo_vec3 ahead = vec_sub(vec_scale(c, along), vec_scale(s, out));
    return (cosmo_state){
        0.0, vec_scale(l->radius_m, up),
        vec_add(vec_scale(l->speed_m_s * l->sin_path, up), vec_scale(l->speed_m_s * l->cos_path, ahead))};
}

static void burn_aim(lane *l, double radius_m, bool sinks)
{
    cosmo_guide_apsis(l, l->burn_near_m, l->burn_aim_m, radius_m);
    if (sinks) l->sin_path = -l->sin_path;
}

void cosmo_burn_target(lane *l, const cosmo_state *state, double mass_kg)
{
    const cosmo_burn *data = l->program->burns[l->burn];
    const double perigee = COSMO_EARTH_RADIUS + data->perigee_altitude_m,
                 apogee = COSMO_EARTH_RADIUS + data->apogee_altitude_m, wanted_a = 0.5 * (perigee + apogee);
    const cosmo_orbit orbit = cosmo_orbit_of(state);
    if (!isfinite(data->inclination_rad)) l->inclination_rad = orbit.inclination_rad;
    const burn_arc arc = burn_fly(l, state, mass_kg, wanted_a);
    const bool coast = data->start == COSMO_BURN_COAST, at_apogee = data->start == COSMO_BURN_APOGEE;
    const double near = at_apogee ? apogee : perigee, far = at_apogee ? perigee : apogee;
    const double radius = coast       ? fmin(fmax(arc.r, perigee), apogee)
                          : at_apogee ? COSMO_EARTH_RADIUS + orbit.apogee_altitude_m
                                      : COSMO_EARTH_RADIUS + orbit.perigee_altitude_m;
    l->burn_near_m = coast ? near : radius;
    l->burn_aim_m = far;
    for (int pass = 0; pass < BURN_PASSES; pass++) {
        burn_aim(l, radius, coast && arc.climb < 0.0);
        const cosmo_state cutoff = burn_cutoff(l, state, arc.angle);
        l->burn_aim_m += far - burn_far_radius(l, cutoff);
    }
    burn_aim(l, radius, coast && arc.climb < 0.0);
}

void cosmo_burn_settle(lane *l, const cosmo_state *state, double left_s)
{
    if (!(left_s < BURN_SETTLE_S)) return;
    const double r = vec_norm(state->position_m), climb = vec_dot(state->position_m, state->velocity_m_s) / r;
    const double level2 = vec_dot(state->velocity_m_s, state->velocity_m_s) - climb * climb;
    const double sinking = level2 / r - COSMO_EARTH_MU / (r * r);
    const double radius = r + left_s * (climb + 0.5 * left_s * sinking), rising = climb + left_s * sinking;
    const double q = radius * radius / (l->burn_aim_m * l->burn_aim_m);
    if (l->program->burns[l->burn]->start != COSMO_BURN_COAST || fabs(1.0 - q) < BURN_ROUND) {
        burn_aim(l, radius, rising < 0.0);
        return;
    }
    /* the speed that reaches the far apsis with the vertical speed that there will be: energy and angular momentum
     * are the same at both ends (Vallado 2013, chapter 1) */
    const double speed2 =
        (2.0 * COSMO_EARTH_MU * (1.0 / radius - 1.0 / l->burn_aim_m) - q * rising * rising) / (1.0 - q);
    l->radius_m = radius;
    l->speed_m_s = sqrt(fmax(speed2, rising * rising));
    l->sin_path = rising / l->speed_m_s;
    l->cos_path = sqrt(fmax(1.0 - l->sin_path * l->sin_path, 0.0));
}

double cosmo_burn_left_s(const lane *l, const cosmo_state *state, double acceleration_m_s2, double exhaust_m_s,
                         cosmo_vec3 direction, double limit_s)
{
    const double wanted = 0.5 * l->speed_m_s * l->speed_m_s - COSMO_EARTH_MU / l->radius_m, h = BURN_CUT_STEP_S;
    cosmo_vec3 r = state->position_m, v = state->velocity_m_s;
    double energy = 0.5 * vec_dot(v, v) - COSMO_EARTH_MU / vec_norm(r);
    for (double t = 0.0; t < limit_s; t += h) {
        const double size = vec_norm(r),
                     push = acceleration_m_s2 / (1.0 - acceleration_m_s2 * (t + 0.5 * h) / exhaust_m_s);
        const cosmo_vec3 a = vec_sub(vec_scale(push, direction), vec_scale(COSMO_EARTH_MU / (size * size * size), r));
        r = vec_add(r, vec_scale(h, vec_add(v, vec_scale(0.5 * h, a))));
        v = vec_add(v, vec_scale(h, a));
        const double next = 0.5 * vec_dot(v, v) - COSMO_EARTH_MU / vec_norm(r);
        if ((next - wanted) * (energy - wanted) <= 0.0) return t + h * (wanted - energy) / (next - energy);
        energy = next;
    }
    return limit_s;
}

void cosmo_burn_extremes(const program *p, const cosmo_state *state, double *least_m, double *greatest_m)
{
    cosmo_state s = *state;
    *least_m = *greatest_m = vec_norm(s.position_m);
    const double a = cosmo_orbit_of(state).semi_major_m;
    const double end = a > 0.0 ? s.t_s + 6.283185307179586 * sqrt(a / COSMO_EARTH_MU) * a : s.t_s;
    for (int i = 0; s.t_s < end && i < BURN_COAST_STEPS_MAX; i++) {
        s = burn_coast_step(p, &s, burn_step_s(&s));
        *least_m = fmin(*least_m, vec_norm(s.position_m));
        *greatest_m = fmax(*greatest_m, vec_norm(s.position_m));
    }
}
