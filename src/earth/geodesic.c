/* Distances, directions and ellipses along the ellipsoid, through PROJ's geodesic routines (Karney 2013). */
#include "core/real.h"
#include "cosmodrome/earth.h"

#include <geodesic.h>
#include <math.h>

#define GEODESIC_PI  3.14159265358979323846
#define GEODESIC_DEG (GEODESIC_PI / 180.0)

static struct geod_geodesic geodesic_wgs84(void)
{
    struct geod_geodesic earth;
    geod_init(&earth, COSMO_EARTH_RADIUS, COSMO_EARTH_FLATTENING);
    return earth;
}

void cosmo_geodesic_between(cosmo_geodetic from, cosmo_geodetic to, double *distance_m, double *azimuth_rad)
{
    const struct geod_geodesic earth = geodesic_wgs84();
    double azimuth_deg, arrival_deg;
    geod_inverse(&earth, from.latitude_rad / GEODESIC_DEG, from.longitude_rad / GEODESIC_DEG,
                 to.latitude_rad / GEODESIC_DEG, to.longitude_rad / GEODESIC_DEG, distance_m, &azimuth_deg,
                 &arrival_deg);
    *azimuth_rad = (azimuth_deg < 0.0 ? azimuth_deg + 360.0 : azimuth_deg) * GEODESIC_DEG;
}

cosmo_geodetic cosmo_geodesic_from(cosmo_geodetic from, double azimuth_rad, double distance_m)
{
    const struct geod_geodesic earth = geodesic_wgs84();
    double lat_deg, lon_deg, arrival_deg;
    geod_direct(&earth, from.latitude_rad / GEODESIC_DEG, from.longitude_rad / GEODESIC_DEG, azimuth_rad / GEODESIC_DEG,
                distance_m, &lat_deg, &lon_deg, &arrival_deg);
    return (cosmo_geodetic){.latitude_rad = lat_deg * GEODESIC_DEG, .longitude_rad = lon_deg * GEODESIC_DEG};
}

bool cosmo_geodesic_in_ellipse(cosmo_geodetic place, cosmo_geodetic centre, double axis_major_m, double axis_minor_m,
                               double orientation_rad)
{
    if (!(axis_major_m > 0.0) || !(axis_minor_m > 0.0)) return false;
    double distance_m, azimuth_rad;
    cosmo_geodesic_between(centre, place, &distance_m, &azimuth_rad);
    const double turn = azimuth_rad - orientation_rad;
    const double along = 2.0 * distance_m * cosmo_real_cos(turn) / axis_major_m;
    const double across = 2.0 * distance_m * cosmo_real_sin(turn) / axis_minor_m;
    return along * along + across * across <= 1.0;
}

void cosmo_geodesic_ellipse(cosmo_geodetic centre, double axis_major_m, double axis_minor_m, double orientation_rad,
                            size_t n, double *lon_deg, double *lat_deg)
{
    const struct geod_geodesic earth = geodesic_wgs84();
    struct geod_geodesicline line;
    for (size_t i = 0; i < n; i++) {
        const double t = 2.0 * GEODESIC_PI * (double)i / (double)n;
        const double along = 0.5 * axis_major_m * cosmo_real_cos(t), across = 0.5 * axis_minor_m * cosmo_real_sin(t);
        /* Counter-clockwise on a map is against the azimuth. */
        const double azimuth_deg = (orientation_rad - cosmo_real_atan2(across, along)) / GEODESIC_DEG;
        geod_lineinit(&line, &earth, centre.latitude_rad / GEODESIC_DEG, centre.longitude_rad / GEODESIC_DEG,
                      azimuth_deg, GEOD_LATITUDE | GEOD_LONGITUDE | GEOD_DISTANCE_IN);
        geod_genposition(&line, GEOD_LONG_UNROLL, sqrt(along * along + across * across), &lat_deg[i], &lon_deg[i], NULL,
                         NULL, NULL, NULL, NULL, NULL);
    }
    lon_deg[n] = lon_deg[0];
    lat_deg[n] = lat_deg[0];
}
