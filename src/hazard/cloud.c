/* A cloud of vapour that burns fast, high above the ground: the blast curve of Tang and Baker for a flame of Mach 5.2.
 */
#include "core/real.h"
#include "cosmodrome/hazard.h"
#include "hazard/curve.h"

#include <math.h>

/* (p - p0)/p0 over R (p0/E)^(1/3). */
static const curve_point CLOUD_POINTS[] = {
    {0.1044, 20.13},  {0.1188, 20.13},  {0.1371, 20.13},  {0.1560, 20.13},  {0.1700, 20.62},  {0.1814, 14.33},
    {0.1921, 9.480},  {0.2079, 7.435},  {0.2249, 5.975},  {0.2434, 4.574},  {0.2769, 3.336},  {0.3128, 2.433},
    {0.3484, 1.955},  {0.4079, 1.358},  {0.4987, 1.015},  {0.6229, 0.7222}, {0.7241, 0.5665}, {0.9110, 0.4131},
    {1.138, 0.3240},  {1.411, 0.2480},  {1.750, 0.1945},  {2.124, 0.1526},  {2.634, 0.1256},  {3.062, 0.1010},
    {3.824, 0.07730}, {4.987, 0.05637}, {6.229, 0.04111}, {7.614, 0.03553}, {8.980, 0.02856}, {9.717, 0.02468}};
static const curve CLOUD = {sizeof(CLOUD_POINTS) / sizeof(CLOUD_POINTS)[0], CLOUD_POINTS};

static double cloud_length_m(double energy_j, double ambient_pa)
{
    return cosmo_real_cbrt(energy_j / ambient_pa);
}

double cosmo_cloud_overpressure_pa(double energy_j, double ambient_pa, double distance_m)
{
    const curve_point last = CLOUD.points[CLOUD.n - 1];
    const double scaled = distance_m / cloud_length_m(energy_j, ambient_pa);
    if (scaled > last.x) return ambient_pa * last.y * last.x / scaled;
    return ambient_pa * curve_log_log(&CLOUD, scaled);
}

double cosmo_cloud_radius_m(double energy_j, double ambient_pa, double overpressure_pa)
{
    const double wanted = overpressure_pa / ambient_pa, length_m = cloud_length_m(energy_j, ambient_pa);
    const curve_point last = CLOUD.points[CLOUD.n - 1];
    if (wanted <= last.y) return length_m * last.x * last.y / wanted;
    for (size_t i = CLOUD.n - 1; i > 0; i--) {
        const curve_point a = CLOUD.points[i - 1], b = CLOUD.points[i];
        if (a.y >= wanted) {
            const double along = cosmo_real_log(wanted / a.y) / cosmo_real_log(b.y / a.y);
            return length_m * a.x * cosmo_real_pow(b.x / a.x, along);
        }
    }
    return 0.0;
}

double cosmo_cloud_ground_radius_m(double energy_j, double ground_pa, double height_m, double overpressure_pa)
{
    return cosmo_blast_reach_m(cosmo_cloud_radius_m(energy_j, ground_pa, overpressure_pa), height_m);
}
