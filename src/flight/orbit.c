/* Osculating orbit of a state. Source: Vallado 2013, Fundamentals of Astrodynamics, 4th ed., algorithm 9 (RV2COE). */
#include "core/real.h"
#include "cosmodrome/flight.h"
#include "flight/vec.h"

static const double ORBIT_TWO_PI = 6.283185307179586476925287;

static double orbit_wrap(double angle)
{
    return angle < 0.0 ? angle + ORBIT_TWO_PI : angle;
}

cosmo_orbit cosmo_orbit_of(const cosmo_state *state)
{
    const cosmo_vec3 r = state->position_m, v = state->velocity_m_s, h = vec_cross(r, v);
    const double r_norm = vec_norm(r), h_norm = vec_norm(h), energy = 0.5 * vec_dot(v, v) - COSMO_EARTH_MU / r_norm;
    const cosmo_vec3 e = vec_sub(vec_scale(1.0 / COSMO_EARTH_MU, vec_cross(v, h)), vec_scale(1.0 / r_norm, r));
    const cosmo_vec3 node = {-h.y, h.x, 0.0}, pole = vec_scale(1.0 / h_norm, h);
    cosmo_orbit orbit = {.eccentricity = vec_norm(e), .semi_major_m = -COSMO_EARTH_MU / (2.0 * energy)};
    const double semi_latus = h_norm * h_norm / COSMO_EARTH_MU;
    orbit.perigee_altitude_m = semi_latus / (1.0 + orbit.eccentricity) - COSMO_EARTH_RADIUS;
    orbit.apogee_altitude_m =
        orbit.eccentricity < 1.0 ? semi_latus / (1.0 - orbit.eccentricity) - COSMO_EARTH_RADIUS : INFINITY;
    orbit.inclination_rad = cosmo_real_acos(fmin(fmax(pole.z, -1.0), 1.0));
    orbit.raan_rad = orbit_wrap(cosmo_real_atan2(node.y, node.x));
    const cosmo_vec3 across = vec_cross(pole, node); /* in plane, a quarter turn ahead of the node */
    orbit.argument_of_perigee_rad = orbit_wrap(cosmo_real_atan2(vec_dot(e, across), vec_dot(e, node)));
    const double latitude_argument = orbit_wrap(cosmo_real_atan2(vec_dot(r, across), vec_dot(r, node)));
    orbit.true_anomaly_rad = orbit_wrap(latitude_argument - orbit.argument_of_perigee_rad);
    return orbit;
}

cosmo_orbit cosmo_orbit_above(cosmo_orbit orbit, double radius_m)
{
    orbit.perigee_altitude_m += COSMO_EARTH_RADIUS - radius_m;
    orbit.apogee_altitude_m += COSMO_EARTH_RADIUS - radius_m;
    return orbit;
}

double cosmo_orbit_ellipsoid_radius_m(cosmo_vec3 position_m)
{
    const double s = position_m.z / vec_norm(position_m), e2 = COSMO_EARTH_FLATTENING * (2.0 - COSMO_EARTH_FLATTENING);
    return COSMO_EARTH_RADIUS / sqrt(1.0 + e2 / (1.0 - e2) * s * s);
}
