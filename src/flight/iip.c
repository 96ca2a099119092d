/* Instantaneous impact point in vacuum.
 *
 * Source: 14 CFR 420 appendix B (d)(3)(v) states the two-body problem and iterates on the radius below the impact. Here
 * the same problem is solved to the last digit: with d the change of eccentric anomaly, the position is P(d) = r (1 -
 * (1 - cos d) a / |r|) + v/n (e_s (1 - cos d) + |r|/a sin d) (Herrick 1971, Astrodynamics vol. 1, the f and g series in
 * closed form), and its distance from the ellipsoid, in coordinates stretched along z so that the ellipsoid is a
 * sphere, is a trigonometric polynomial of degree two in d. No division by the eccentricity or the angular momentum:
 * vertical and circular motion are ordinary cases.
 */
#include "core/real.h"
#include "cosmodrome/flight.h"
#include "flight/vec.h"

enum { IIP_SCAN = 96, IIP_POLISH = 60 };
static const double IIP_TWO_PI = 6.283185307179586476925287;
static const double IIP_BELOW_M = 1e-3; /* a state this far under the ellipsoid still counts as on it */

/* The period of a nearly parabolic arc hangs on the digits that 2 - |r| v^2 / mu loses, so the constants of the motion
 * are kept in the processor's 80-bit format, whose sums, products and square roots are the same on every x86-64. */
typedef struct iip_motion {
    cosmo_vec3 r, v;
    double r_over_a, e_s, mean_motion, semi_major;
    long double r_over_a_long, e_s_long, mean_motion_long;
} iip_motion;
typedef struct iip_point {
    cosmo_vec3 position, per_anomaly;
    double height, slope;
} iip_point;

static long double iip_dot(cosmo_vec3 a, cosmo_vec3 b)
{
    return (long double)a.x * b.x + (long double)a.y * b.y + (long double)a.z * b.z;
}

static iip_motion iip_motion_of(const cosmo_state *state)
{
    const long double mu = COSMO_EARTH_MU;
    iip_motion m = {.r = state->position_m, .v = state->velocity_m_s};
    const long double r_norm = sqrtl(iip_dot(m.r, m.r));
    m.r_over_a_long = 2.0L - r_norm * iip_dot(m.v, m.v) / mu;
    const long double semi_major = r_norm / m.r_over_a_long;
    m.mean_motion_long = sqrtl(mu / semi_major) / semi_major;
    m.e_s_long = iip_dot(m.r, m.v) / sqrtl(mu * semi_major);
    m.r_over_a = (double)m.r_over_a_long;
    m.semi_major = (double)semi_major;
    m.mean_motion = (double)m.mean_motion_long;
    m.e_s = (double)m.e_s_long;
    return m;
}

/* Position, its derivative by d, and the stretched distance from the ellipsoid over 2 a (about the height). */
static iip_point iip_at(const iip_motion *m, double d)
{
    const double s = cosmo_real_sin(0.5 * d), c = cosmo_real_cos(0.5 * d), versine = 2.0 * s * s, sine = 2.0 * s * c;
    const double f = 1.0 - versine / m->r_over_a, g = (m->e_s * versine + m->r_over_a * sine) / m->mean_motion;
    const double fd = -sine / m->r_over_a, gd = (m->e_s * sine + m->r_over_a * (1.0 - versine)) / m->mean_motion;
    iip_point p = {vec_add(vec_scale(f, m->r), vec_scale(g, m->v)), vec_add(vec_scale(fd, m->r), vec_scale(gd, m->v)),
                   0.0, 0.0};
    const double stretch = 1.0 / (1.0 - COSMO_EARTH_FLATTENING);
    const cosmo_vec3 q = {p.position.x, p.position.y, stretch * p.position.z};
    const double norm = vec_norm(q);
    p.height = (norm - COSMO_EARTH_RADIUS) * (norm + COSMO_EARTH_RADIUS) / (2.0 * COSMO_EARTH_RADIUS);
    p.slope = (q.x * p.per_anomaly.x + q.y * p.per_anomaly.y + q.z * stretch * p.per_anomaly.z) / COSMO_EARTH_RADIUS;
    return p;
}

/* The root of the height in (low, high), where it changes from positive to negative: Newton kept inside the bracket. */
static double iip_crossing(const iip_motion *m, double low, double high)
{
    double d = 0.5 * (low + high);
    for (int i = 0; i < IIP_POLISH; i++) {
        const iip_point p = iip_at(m, d);
        if (p.height > 0.0)
            low = d;
        else
            high = d;
        double next = d - p.height / p.slope;
        if (!(next > low && next < high)) next = 0.5 * (low + high);
        if (fabs(next - d) < 1e-17 || high - low < 1e-16) return next;
        d = next;
    }
    return d;
}

/* The lowest point in (low, high), where the slope changes from negative to positive. */
static double iip_lowest(const iip_motion *m, double low, double high)
{
    for (int i = 0; i < IIP_POLISH; i++) {
        const double middle = 0.5 * (low + high);
        if (iip_at(m, middle).slope < 0.0)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The first d in (0, 2 pi) at which the motion goes underground; negative when it never does. */
static double iip_first_impact(const iip_motion *m)
{
    iip_point before = iip_at(m, 0.0);
    double low = 0.0;
    for (int i = 1; i <= IIP_SCAN; i++) {
        const double high = IIP_TWO_PI * i / IIP_SCAN;
        const iip_point after = iip_at(m, high);
        if (before.slope < 0.0 && after.slope > 0.0 && after.height > 0.0) { /* a dip between two samples */
            const double lowest = iip_lowest(m, low, high);
            if (iip_at(m, lowest).height <= 0.0) return iip_crossing(m, low, lowest);
        } else if (after.height <= 0.0 && (before.height > 0.0 || (i == 1 && before.slope > 0.0))) {
            return iip_crossing(m, before.height > 0.0 ? low : high * 1e-12, high);
        } else if (i == 1 && before.height <= 0.0 && before.slope <= 0.0) {
            return 0.0; /* on the ground and going down */
        }
        before = after;
        low = high;
    }
    return -1.0;
}

cosmo_iip cosmo_iip_vacuum(const cosmo_state *state)
{
    const iip_motion m = iip_motion_of(state);
    if (!(m.r_over_a > 0.0)) return (cosmo_iip){.kind = COSMO_IIP_ESCAPE};
    if (iip_at(&m, 0.0).height < -IIP_BELOW_M) return (cosmo_iip){.kind = COSMO_IIP_BELOW_GROUND};
    const double d = iip_first_impact(&m);
    if (d < 0.0) return (cosmo_iip){.kind = COSMO_IIP_ORBIT};
    const iip_point p = iip_at(&m, d);
    const double s = cosmo_real_sin(0.5 * d), c = cosmo_real_cos(0.5 * d);
    const long double mean_change = d - 2.0L * s * c * (1.0L - m.r_over_a_long) + 2.0L * s * s * m.e_s_long;
    const double rate = m.mean_motion * m.semi_major / vec_norm(p.position);
    const cosmo_state impact = {state->t_s + (double)(mean_change / m.mean_motion_long), p.position,
                                vec_scale(rate, p.per_anomaly)};
    cosmo_vec3 position, velocity;
    cosmo_state_itrf(&impact, &position, &velocity);
    cosmo_iip result = {COSMO_IIP_IMPACT, impact.t_s, cosmo_ellipsoid_from_itrf(position), vec_norm(velocity)};
    result.place.altitude_m = 0.0;
    return result;
}
