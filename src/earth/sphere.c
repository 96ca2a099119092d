/* Coordinates on a round Earth. */
#include "core/real.h"
#include "cosmodrome/earth.h"

#include <math.h>

cosmo_vec3 cosmo_sphere_to_itrf(cosmo_geodetic place)
{
    const double r = COSMO_EARTH_ROUND_RADIUS + place.altitude_m, out = r * cosmo_real_cos(place.latitude_rad);
    return (cosmo_vec3){out * cosmo_real_cos(place.longitude_rad), out * cosmo_real_sin(place.longitude_rad),
                        r * cosmo_real_sin(place.latitude_rad)};
}

cosmo_geodetic cosmo_sphere_from_itrf(cosmo_vec3 r)
{
    const double p = sqrt(r.x * r.x + r.y * r.y);
    return (cosmo_geodetic){.latitude_rad = cosmo_real_atan2(r.z, p),
                            .longitude_rad = p > 0.0 ? cosmo_real_atan2(r.y, r.x) : 0.0,
                            .altitude_m = sqrt(p * p + r.z * r.z) - COSMO_EARTH_ROUND_RADIUS};
}

double cosmo_sphere_between(cosmo_geodetic from, cosmo_geodetic to)
{
    from.altitude_m = to.altitude_m = 0.0;
    const cosmo_vec3 a = cosmo_sphere_to_itrf(from), b = cosmo_sphere_to_itrf(to);
    const double x = a.x - b.x, y = a.y - b.y, z = a.z - b.z, chord2 = x * x + y * y + z * z;
    const double diameter = 2.0 * COSMO_EARTH_ROUND_RADIUS; /* chord = diameter times the sine of half the angle */
    return diameter * cosmo_real_atan2(sqrt(chord2), sqrt(fmax(0.0, diameter * diameter - chord2)));
}
