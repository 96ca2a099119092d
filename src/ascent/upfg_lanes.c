/* Unified powered flight guidance on lanes.
 *
 * Source: Brand, Brown & Higgins 1973, Unified Powered Flight Guidance, Shuttle GN&C Equation Document 24 (NASA
 * CR-134095); numbering of blocks as there. Coasts between stages are segments without acceleration; a lane whose
 * velocity to go is used up before its last segment gets zero-length segments after it.
 */
#include "ascent/upfg.h"
#include "core/lanes.h"

enum { UPFG_KEPLER_PASSES = 6 };

typedef struct upfg_sums {
    lanes l, j, s, q, p, h, t_go;
} upfg_sums;

static inline lanes3 get3(const motion_row rows[3], int first)
{
    return (lanes3){lanes_load(rows[0] + first), lanes_load(rows[1] + first), lanes_load(rows[2] + first)};
}

static inline void put3(motion_row rows[3], int first, lanes_mask where, lanes3 value)
{
    lanes_store(rows[0] + first, lanes_pick(where, value.x, lanes_load(rows[0] + first)));
    lanes_store(rows[1] + first, lanes_pick(where, value.y, lanes_load(rows[1] + first)));
    lanes_store(rows[2] + first, lanes_pick(where, value.z, lanes_load(rows[2] + first)));
}

static inline void put1(motion_row row, int first, lanes_mask where, lanes value)
{
    lanes_store(row + first, lanes_pick(where, value, lanes_load(row + first)));
}

/* Blocks 2 and 3: thrust integrals over the segments that velocity `v_go` needs. */
static inline upfg_sums thrust_integrals(const upfg_block *block, lanes v_go, int first)
{
    const lanes zero = lanes_all(0.0), last = lanes_load(block->last + first);
    upfg_sums sum = {zero, zero, zero, zero, zero, zero, zero};
    for (int i = 0; i < UPFG_SEGMENTS; i++) {
        const lanes ve = lanes_load(block->exhaust_m_s[i] + first), a = lanes_load(block->acceleration_m_s2[i] + first);
        const lanes planned = lanes_load(block->burn_s[i] + first);
        const lanes left = lanes_max(v_go - sum.l, zero);
        const lanes_mask burns = lanes_gt(a, zero), final = lanes_eq(lanes_all((double)i), last);
        const lanes tau = lanes_pick(burns, ve / lanes_max(a, lanes_all(1e-9)), lanes_all(1e9));
        const lanes room = lanes_max(1.0 - planned / tau, lanes_all(1e-3));
        const lanes full = lanes_pick(burns, -ve * lanes_log(room), zero);
        const lanes l = lanes_pick(burns, lanes_pick(final, left, lanes_min(full, left)), zero);
        const lanes burn = tau * (1.0 - lanes_exp(-l / ve));
        const lanes coast = lanes_pick(lanes_gt(left, zero), planned, zero);
        const lanes tb = lanes_pick(burns, burn, coast);
        const lanes before = sum.t_go, late = tau + before, half = 0.5 * ve * tb * tb;
        lanes j = lanes_pick(burns, tau * l - ve * tb, zero);
        lanes s = lanes_pick(burns, tb * l - j, zero);
        lanes q = lanes_pick(burns, s * late - half, zero);
        lanes p = lanes_pick(burns, q * late - half * (tb * (1.0 / 3.0) + before), zero);
        j = j + l * before;
        s = s + sum.l * tb;
        q = q + sum.j * tb;
        p = p + sum.h * tb;
        sum.l = sum.l + l;
        sum.j = sum.j + j;
        sum.s = sum.s + s;
        sum.q = sum.q + q;
        sum.p = sum.p + p;
        sum.t_go = sum.t_go + tb;
        sum.h = sum.j * sum.t_go - sum.q;
    }
    return sum;
}

/* Two-body motion over time t. Source: Goodyear 1965 in the elliptic form with the change of eccentric anomaly. */
static inline void coast(lanes3 r, lanes3 v, lanes t, lanes3 *r_end, lanes3 *v_end)
{
    const lanes radius = lanes3_norm(r);
    const lanes shape =
        lanes_max(2.0 - radius * lanes3_dot(v, v) * (1.0 / COSMO_EARTH_MU), lanes_all(1e-3)); /* |r| / a */
    const lanes a = radius / shape;
    const lanes n = lanes_sqrt(COSMO_EARTH_MU / a) / a;
    const lanes es = lanes3_dot(r, v) / lanes_sqrt(COSMO_EARTH_MU * a), ec = 1.0 - shape;
    lanes d = n * t / shape;
    lanes sine = lanes_sin(d), cosine = lanes_cos(d);
    for (int i = 0; i < UPFG_KEPLER_PASSES; i++) {
        const lanes miss = d + es * (1.0 - cosine) - ec * sine - n * t;
        d = d - miss / (1.0 + es * sine - ec * cosine);
        sine = lanes_sin(d);
        cosine = lanes_cos(d);
    }
    const lanes f = 1.0 - (1.0 - cosine) / shape, g = (es * (1.0 - cosine) + shape * sine) / n;
    *r_end = lanes3_along(lanes3_scale(f, r), g, v);
    const lanes turn = n / (1.0 + es * sine - ec * cosine);
    *v_end = lanes3_along(lanes3_scale(-turn * sine / shape, r), turn / n * (es * sine + shape * cosine), v);
}

/* Block 4: turning rate of the thrust direction; returns the range to go with its free component filled in. */
static inline lanes3 turning_rate(const upfg_sums *sum, lanes3 lambda, lanes3 r_go_raw, lanes3 r_wanted, lanes3 normal,
                                  lanes3 r_bias, lanes3 *rate)
{
    const lanes3 ahead = lanes3_unit(lanes3_cross(normal, r_wanted));
    const lanes3 in_plane = lanes3_along(r_go_raw, -lanes3_dot(ahead, r_go_raw), ahead);
    const lanes along = (sum->s - lanes3_dot(lambda, in_plane)) / lanes3_dot(lambda, ahead);
    const lanes3 r_go = lanes3_add(lanes3_along(in_plane, along, ahead), r_bias);
    const lanes effect = sum->q - sum->s * sum->j / sum->l;
    const lanes3 raw = lanes3_scale(1.0 / effect, lanes3_along(r_go, -sum->s, lambda));
    /* turning by more than 1.5 rad over the burn is an unconverged guess: keep its direction, bound its size */
    const lanes size = lanes3_norm(raw) * sum->t_go;
    *rate = lanes3_scale(lanes_min(lanes_all(1.0), 1.5 / lanes_max(size, lanes_all(1e-12))), raw);
    return r_go;
}

/* Block 5: velocity and distance that thrust will give. */
static inline void thrust_effect(const upfg_sums *sum, lanes3 lambda, lanes3 rate, lanes3 *v_thrust, lanes3 *r_thrust,
                                 lanes3 *steering)
{
    const lanes k = sum->j / sum->l;
    *steering = lanes3_along(lambda, -k, rate);
    const lanes cosine = lanes_min(lanes3_dot(lanes3_unit(*steering), lambda), lanes_all(1.0));
    const lanes phi = lanes_acos(lanes_max(cosine, lanes_all(-1.0))), phi_rate = -phi * sum->l / sum->j;
    const lanes size = lanes3_norm(rate);
    const lanes3 turn = lanes3_scale(1.0 / lanes_max(size, lanes_all(1e-12)), rate);
    const lanes v_along =
        sum->l - 0.5 * sum->l * phi * phi - sum->j * phi * phi_rate - 0.5 * sum->h * phi_rate * phi_rate;
    const lanes r_along =
        sum->s - 0.5 * sum->s * phi * phi - sum->q * phi * phi_rate - 0.5 * sum->p * phi_rate * phi_rate;
    *v_thrust = lanes3_scale(v_along, lambda);
    *r_thrust = lanes3_along(lanes3_scale(r_along, lambda), -(sum->s * phi + sum->q * phi_rate), turn);
}

/* Blocks 6 and 7: gravity by a conic, then the wanted state and the velocity still to gain. */
static inline void correct(upfg_block *block, int first, lanes_mask active, const upfg_sums *sum, lanes3 v_thrust,
                           lanes3 r_thrust, lanes3 v_bias)
{
    const lanes3 r = get3(block->r, first), v = get3(block->v, first), normal = get3(block->normal, first);
    const lanes t_go = sum->t_go;
    const lanes3 r1 = lanes3_along(lanes3_along(r, lanes_all(-0.1), r_thrust), -t_go * (1.0 / 30.0), v_thrust);
    const lanes3 v1 = lanes3_along(lanes3_along(v, 1.2 / t_go, r_thrust), lanes_all(-0.1), v_thrust);
    lanes3 r2, v2;
    coast(r1, v1, t_go, &r2, &v2);
    const lanes3 r_gravity = lanes3_along(lanes3_sub(r2, r1), -t_go, v1), v_gravity = lanes3_sub(v2, v1);
    lanes3 predicted = lanes3_add(lanes3_along(r, t_go, v), lanes3_add(r_gravity, r_thrust));
    predicted = lanes3_along(predicted, -lanes3_dot(predicted, normal), normal);
    const lanes3 up = lanes3_unit(predicted), ahead = lanes3_cross(normal, up);
    const lanes speed = lanes_load(block->speed_m_s + first);
    const lanes3 v_wanted = lanes3_along(lanes3_scale(speed * lanes_load(block->sin_path + first), up),
                                         speed * lanes_load(block->cos_path + first), ahead);
    put3(block->r_wanted, first, active, lanes3_scale(lanes_load(block->radius_m + first), up));
    put3(block->r_gravity, first, active, r_gravity);
    put3(block->v_go, first, active, lanes3_add(lanes3_sub(lanes3_sub(v_wanted, v), v_gravity), v_bias));
}

static inline void iterate_group(upfg_block *block, int first)
{
    const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
    if (!lanes_any(active)) return;
    const lanes3 r = get3(block->r, first), v = get3(block->v, first), normal = get3(block->normal, first);
    const lanes3 v_go = lanes3_sub(get3(block->v_go, first), get3(block->dv, first));
    const lanes size = lanes_max(lanes3_norm(v_go), lanes_all(1e-3));
    const lanes3 lambda = lanes3_scale(1.0 / size, v_go);
    const upfg_sums sum = thrust_integrals(block, size, first);
    const lanes before = lanes_load(block->t_go + first), stretch = sum.t_go / before;
    const lanes3 r_gravity = lanes3_scale(stretch * stretch, get3(block->r_gravity, first)),
                 r_wanted = get3(block->r_wanted, first);
    const lanes3 raw = lanes3_sub(r_wanted, lanes3_add(lanes3_along(r, sum.t_go, v), r_gravity));
    lanes3 rate, v_thrust, r_thrust, steering;
    const lanes3 r_go = turning_rate(&sum, lambda, raw, r_wanted, normal, get3(block->r_bias, first), &rate);
    thrust_effect(&sum, lambda, rate, &v_thrust, &r_thrust, &steering);
    put3(block->direction, first, active, steering);
    put3(block->direction_rate, first, active, rate);
    put3(block->r_bias, first, active, lanes3_sub(r_go, r_thrust));
    put3(block->dv, first, active, lanes3_scale(lanes_all(0.0), v));
    put1(block->t_go, first, active, sum.t_go);
    put1(block->t_go_left, first, active, sum.t_go);
    put1(block->v_go_left_m_s, first, active, size);
    put1(block->change_s, first, active, lanes_abs(sum.t_go - before));
    correct(block, first, active, &sum, v_thrust, r_thrust, lanes3_sub(v_go, v_thrust));
}

static void upfg_iterate(upfg_block *block)
{
    for (int first = 0; first < MOTION_LANES; first += COSMO_LANES) iterate_group(block, first);
}

static void upfg_begin(upfg_block *block)
{
    const double turn = 0.3490658503988659; /* 20 deg */
    for (int first = 0; first < MOTION_LANES; first += COSMO_LANES) {
        const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
        if (!lanes_any(active)) continue;
        const lanes3 r = get3(block->r, first), v = get3(block->v, first), normal = get3(block->normal, first);
        const lanes3 flat = lanes3_unit(lanes3_along(r, -lanes3_dot(r, normal), normal)),
                     ahead = lanes3_cross(normal, flat);
        const lanes c = lanes_cos(lanes_all(turn)), s = lanes_sin(lanes_all(turn));
        const lanes3 up = lanes3_along(lanes3_scale(c, flat), s, ahead), along = lanes3_cross(normal, up);
        const lanes radius = lanes3_norm(r), zero = lanes_all(0.0);
        put3(block->r_wanted, first, active, lanes3_scale(lanes_load(block->radius_m + first), up));
        put3(block->v_go, first, active, lanes3_sub(lanes3_scale(lanes_load(block->speed_m_s + first), along), v));
        put3(block->r_bias, first, active, (lanes3){zero, zero, zero});
        put3(block->dv, first, active, (lanes3){zero, zero, zero});
        put3(block->r_gravity, first, active, lanes3_scale(-0.5 * COSMO_EARTH_MU / (radius * radius * radius), r));
        put1(block->t_go, first, active, lanes_all(1.0));
    }
}

const cosmo_upfg_kernels COSMO_TABLE(cosmo_upfg_kernels) = {upfg_begin, upfg_iterate};
