/* Zonal gravity on lanes: one division and one square root.
 *
 * U = mu/r [1 - sum J_n (R/r)^n P_n(z/r)]; with (n + 1) P_n + s P'_n = P'_(n+1) its gradient is
 * a = -mu/r^2 { r^ [1 - sum J_n (R/r)^n P'_(n+1)(s)] + z^ sum J_n (R/r)^n P'_n(s) }.
 * Source: Montenbruck & Gill 2000, eq. 3.28-3.33, gathered by the Legendre recurrence.
 */
#ifndef COSMO_EARTH_KERNELS_GRAVITY_H
#define COSMO_EARTH_KERNELS_GRAVITY_H

#include "core/lanes.h"
#include "cosmodrome/earth.h"

/* J_n = -C_n0 unnormalised. J2: WGS-84 (NIMA TR8350.2, table 3.3, -0.484166774985e-3 normalised); J3..J6: EGM96. */
#define EARTH_J2 1.08262982131e-3
#define EARTH_J3 (-2.53265648533e-6)
#define EARTH_J4 (-1.61962159137e-6)
#define EARTH_J5 (-2.27296082869e-7)
#define EARTH_J6 5.40681239107e-7

/* Zonal coefficients J2..J6 of a model, to pass to earth_gravity. */
static inline void earth_zonals(cosmo_gravity_model model, double zonal[5])
{
    static const double none[5], j2[5] = {EARTH_J2}, j6[5] = {EARTH_J2, EARTH_J3, EARTH_J4, EARTH_J5, EARTH_J6};
    const double *from = model == COSMO_GRAVITY_J6 ? j6 : model == COSMO_GRAVITY_J2 ? j2 : none;
    for (int i = 0; i < 5; i++) zonal[i] = from[i];
}

/* Gravitational acceleration, m/s^2, at a position (m) in any frame whose z axis is the Earth's; zero coefficients
 * give a sphere. Within 1 km of the centre the distance is held at 1 km, so that the answer stays finite. */
static inline lanes3 earth_gravity(lanes3 r, lanes j2, lanes j3, lanes j4, lanes j5, lanes j6)
{
    const lanes inv_r2 = 1.0 / lanes_max(lanes3_dot(r, r), lanes_all(1.0e6));
    const lanes inv_r = lanes_sqrt(inv_r2);
    const lanes s = r.z * inv_r, q = s * s;
    const lanes rho = COSMO_EARTH_RADIUS * inv_r, rho2 = rho * rho;
    const lanes p2 = 3.0 * s;
    const lanes p3 = 7.5 * q - 1.5;
    const lanes p4 = s * (17.5 * q - 7.5);
    const lanes p5 = 1.875 + q * (39.375 * q - 26.25);
    const lanes p6 = s * (13.125 + q * (86.625 * q - 78.75));
    const lanes p7 = q * (59.0625 + q * (187.6875 * q - 216.5625)) - 2.1875;
    const lanes k2 = j2, k3 = j3 * rho, k4 = j4 * rho2, k5 = j5 * (rho * rho2), k6 = j6 * (rho2 * rho2);
    const lanes along_r = rho2 * (k2 * p3 + (k3 * p4 + (k4 * p5 + (k5 * p6 + k6 * p7))));
    const lanes along_z = rho2 * (k2 * p2 + (k3 * p3 + (k4 * p4 + (k5 * p5 + k6 * p6))));
    const lanes g = -COSMO_EARTH_MU * inv_r2;
    const lanes radial = g * inv_r * (1.0 - along_r);
    return (lanes3){radial * r.x, radial * r.y, radial * r.z + g * along_z};
}

#endif
