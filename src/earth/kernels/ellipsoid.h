/* Geodetic latitude, longitude and height on lanes, without a trigonometric call: four square roots and two divisions.
 *
 * Source: Bowring 1985 (Survey Review 28, 202-206), eq. 4 and 5 in tangent form, with every quotient cleared. One pass
 * is within 1e-8 m of the exact height from -10 km to 50,000 km; tests/earth/ellipsoid.c prints the figure.
 */
#ifndef COSMO_EARTH_KERNELS_ELLIPSOID_H
#define COSMO_EARTH_KERNELS_ELLIPSOID_H

#include "core/lanes.h"
#include "cosmodrome/earth.h"

#define EARTH_A   COSMO_EARTH_RADIUS
#define EARTH_B   (EARTH_A * (1.0 - COSMO_EARTH_FLATTENING))
#define EARTH_E2  (COSMO_EARTH_FLATTENING * (2.0 - COSMO_EARTH_FLATTENING))
#define EARTH_EP2 (EARTH_E2 / (1.0 - EARTH_E2))

/* sqrt(1 - t) for 0 <= t <= e^2 by its binomial series: the first term left out is below 2e-17. */
static inline lanes earth_root_near_one(lanes t)
{
    const lanes tail = 21.0 / 1024.0 + t * (33.0 / 2048.0);
    return 1.0 - t * (0.5 + t * (0.125 + t * (0.0625 + t * (5.0 / 128.0 + t * (7.0 / 256.0 + t * tail)))));
}

/* Sine and cosine of the geodetic latitude from the axis distance, its square, and z. The centre of the Earth answers
 * latitude 0; inside the evolute (43 km about the centre) the answer is finite and means nothing. */
static inline void earth_latitude(lanes p, lanes p2, lanes z, lanes *sin_lat, lanes *cos_lat)
{
    const lanes r = lanes_sqrt(p2 + z * z);
    const lanes s = (EARTH_B / EARTH_A) * z * (r + EARTH_EP2 * EARTH_B); /* tangent of the reduced latitude: s / c */
    const lanes c = p * r;
    const lanes n2 = s * s + c * c;
    const lanes n3 = n2 * lanes_sqrt(n2);
    const lanes up = z * n3 + (EARTH_EP2 * EARTH_B) * (s * s * s);
    const lanes out = lanes_max(lanes_all(0.0), p * n3 - (EARTH_E2 * EARTH_A) * (c * c * c));
    const lanes norm2 = up * up + out * out;
    const lanes_mask centre = lanes_eq(norm2, lanes_all(0.0));
    const lanes scale = 1.0 / lanes_sqrt(lanes_pick(centre, lanes_all(1.0), norm2));
    *sin_lat = up * scale;
    *cos_lat = lanes_pick(centre, lanes_all(1.0), out * scale);
}

/* Height of a point over the ellipsoid where the latitude is known; a latitude error acts in second order only. */
static inline lanes earth_height(lanes p, lanes z, lanes sin_lat, lanes cos_lat)
{
    return p * cos_lat + z * sin_lat - EARTH_A * earth_root_near_one(EARTH_E2 * (sin_lat * sin_lat));
}

/* Geodetic latitude and longitude as sines and cosines, and height above the ellipsoid, of a position in ITRF (m).
 * On the axis the longitude is 0. */
static inline void earth_geodetic(lanes3 r, lanes *sin_lat, lanes *cos_lat, lanes *altitude_m, lanes *cos_lon,
                                  lanes *sin_lon)
{
    const lanes p2 = r.x * r.x + r.y * r.y;
    const lanes p = lanes_sqrt(p2);
    earth_latitude(p, p2, r.z, sin_lat, cos_lat);
    *altitude_m = earth_height(p, r.z, *sin_lat, *cos_lat);
    const lanes_mask axis = lanes_eq(p, lanes_all(0.0));
    const lanes inv_p = 1.0 / lanes_pick(axis, lanes_all(1.0), p);
    *cos_lon = lanes_pick(axis, lanes_all(1.0), r.x * inv_p);
    *sin_lon = lanes_pick(axis, lanes_all(0.0), r.y * inv_p);
}

#endif
