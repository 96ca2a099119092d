/* Three-vectors, one lane. */
#ifndef COSMO_FLIGHT_VEC_H
#define COSMO_FLIGHT_VEC_H

#include "cosmodrome/earth.h"

#include <math.h>

static inline cosmo_vec3 vec_add(cosmo_vec3 a, cosmo_vec3 b)
{
    return (cosmo_vec3){a.x + b.x, a.y + b.y, a.z + b.z};
}
static inline cosmo_vec3 vec_sub(cosmo_vec3 a, cosmo_vec3 b)
{
    return (cosmo_vec3){a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline cosmo_vec3 vec_scale(double s, cosmo_vec3 a)
{
    return (cosmo_vec3){s * a.x, s * a.y, s * a.z};
}
static inline double vec_dot(cosmo_vec3 a, cosmo_vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
static inline double vec_norm(cosmo_vec3 a)
{
    return sqrt(vec_dot(a, a));
}
static inline cosmo_vec3 vec_unit(cosmo_vec3 a)
{
    return vec_scale(1.0 / vec_norm(a), a);
}
static inline cosmo_vec3 vec_cross(cosmo_vec3 a, cosmo_vec3 b)
{
    return (cosmo_vec3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

#endif
