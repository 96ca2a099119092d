/* Geodetic and Earth-fixed coordinates on the WGS-84 ellipsoid. */
#include "earth/kernels/ellipsoid.h"
#include "core/real.h"
#include "cosmodrome/earth.h"

cosmo_vec3 cosmo_ellipsoid_to_itrf(cosmo_geodetic place)
{
    const double s = cosmo_real_sin(place.latitude_rad), c = cosmo_real_cos(place.latitude_rad);
    const double normal = EARTH_A / sqrt(1.0 - EARTH_E2 * (s * s)); /* radius of curvature in the prime vertical */
    const double out = (normal + place.altitude_m) * c;
    return (cosmo_vec3){out * cosmo_real_cos(place.longitude_rad), out * cosmo_real_sin(place.longitude_rad),
                        (normal * (1.0 - EARTH_E2) + place.altitude_m) * s};
}

cosmo_geodetic cosmo_ellipsoid_from_itrf(cosmo_vec3 r)
{
    const double p2 = r.x * r.x + r.y * r.y, p = sqrt(p2);
    double s, c;
    earth_latitude(p, p2, r.z, &s, &c);
    /* One more pass of Bowring's formula, from the reduced latitude of the first: below 1e-16 rad. */
    const double beta_s = s * (EARTH_B / EARTH_A), norm = 1.0 / sqrt(beta_s * beta_s + c * c);
    const double bs = beta_s * norm, bc = c * norm;
    const double up = r.z + EARTH_EP2 * EARTH_B * (bs * bs * bs);
    const double out = fmax(0.0, p - EARTH_E2 * EARTH_A * (bc * bc * bc));
    const double length = sqrt(up * up + out * out);
    if (length > 0.0) s = up / length, c = out / length;
    return (cosmo_geodetic){.latitude_rad = cosmo_real_atan2(s, c),
                            .longitude_rad = p > 0.0 ? cosmo_real_atan2(r.y, r.x) : 0.0,
                            .altitude_m = earth_height(p, r.z, s, c)};
}

void cosmo_ellipsoid_ned(cosmo_geodetic place, cosmo_vec3 *north, cosmo_vec3 *east, cosmo_vec3 *down)
{
    const double s = cosmo_real_sin(place.latitude_rad), c = cosmo_real_cos(place.latitude_rad);
    const double sl = cosmo_real_sin(place.longitude_rad), cl = cosmo_real_cos(place.longitude_rad);
    *north = (cosmo_vec3){-s * cl, -s * sl, c};
    *east = (cosmo_vec3){-sl, cl, 0.0};
    *down = (cosmo_vec3){-c * cl, -c * sl, -s};
}
