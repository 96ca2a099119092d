/* States over the turning Earth. */
#include "core/real.h"
#include "cosmodrome/flight.h"
#include "flight/vec.h"

/* Rotate about z by an angle: from ITRF to the inertial frame when the Earth has turned by it. */
static cosmo_vec3 state_turn(cosmo_vec3 v, double angle_rad)
{
    const double c = cosmo_real_cos(angle_rad), s = cosmo_real_sin(angle_rad);
    return (cosmo_vec3){c * v.x - s * v.y, s * v.x + c * v.y, v.z};
}

static cosmo_vec3 state_earth_velocity(cosmo_vec3 r)
{
    return (cosmo_vec3){-COSMO_EARTH_ROTATION * r.y, COSMO_EARTH_ROTATION * r.x, 0.0};
}

/* The axes belong to the place, the position to the figure of the Earth. */
static cosmo_state state_at(double t_s, cosmo_geodetic place, cosmo_vec3 r, cosmo_vec3 velocity_ned_m_s)
{
    cosmo_vec3 north, east, down;
    cosmo_ellipsoid_ned(place, &north, &east, &down);
    cosmo_vec3 v = vec_add(vec_scale(velocity_ned_m_s.x, north), vec_scale(velocity_ned_m_s.y, east));
    v = vec_add(vec_add(v, vec_scale(velocity_ned_m_s.z, down)), state_earth_velocity(r));
    const double angle = COSMO_EARTH_ROTATION * t_s;
    return (cosmo_state){t_s, state_turn(r, angle), state_turn(v, angle)};
}

cosmo_state cosmo_state_from_ned(double t_s, cosmo_geodetic place, cosmo_vec3 velocity_ned_m_s)
{
    return state_at(t_s, place, cosmo_ellipsoid_to_itrf(place), velocity_ned_m_s);
}

cosmo_state cosmo_state_from_ned_round(double t_s, cosmo_geodetic place, cosmo_vec3 velocity_ned_m_s)
{
    return state_at(t_s, place, cosmo_sphere_to_itrf(place), velocity_ned_m_s);
}

void cosmo_state_itrf(const cosmo_state *state, cosmo_vec3 *position_m, cosmo_vec3 *velocity_m_s)
{
    const double angle = -COSMO_EARTH_ROTATION * state->t_s;
    *position_m = state_turn(state->position_m, angle);
    *velocity_m_s = vec_sub(state_turn(state->velocity_m_s, angle), state_earth_velocity(*position_m));
}

cosmo_geodetic cosmo_state_place(const cosmo_state *state)
{
    cosmo_vec3 r, v;
    cosmo_state_itrf(state, &r, &v);
    return cosmo_ellipsoid_from_itrf(r);
}

cosmo_vec3 cosmo_state_velocity_ned(const cosmo_state *state)
{
    cosmo_vec3 r, v, north, east, down;
    cosmo_state_itrf(state, &r, &v);
    cosmo_ellipsoid_ned(cosmo_ellipsoid_from_itrf(r), &north, &east, &down);
    return (cosmo_vec3){vec_dot(v, north), vec_dot(v, east), vec_dot(v, down)};
}
