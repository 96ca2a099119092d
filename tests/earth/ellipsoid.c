/* Geodetic coordinates: round trips in long double, the lane kernel, the poles, the axis and the centre. */
#include "earth/kernels/ellipsoid.h"
#include "cosmodrome/earth.h"
#include "suite.h"

static const long double pi = 3.14159265358979323846264338327950288L;

/* The meridian plane's position of a place, in long double. */
static void exact(long double lat, long double height, double *p, double *z)
{
    const long double f = 1.0L / 298.257223563L, e2 = f * (2.0L - f), s = sinl(lat);
    const long double normal = 6378137.0L / sqrtl(1.0L - e2 * s * s);
    *p = (double)((normal + height) * cosl(lat));
    *z = (double)((normal * (1.0L - e2) + height) * s);
}

START_TEST(from_itrf_over_all_heights)
{
    double height_error = 0.0, angle_error = 0.0, high_error = 0.0;
    for (double h = -10e3; h < 5e7; h = h < 0.0 ? h + 2.5e3 : 1.07 * h + 500.0)
        for (int i = -900; i <= 900; i++) {
            const long double lat = i * pi / 1800;
            double p, z;
            exact(lat, h, &p, &z);
            const cosmo_geodetic place = cosmo_ellipsoid_from_itrf((cosmo_vec3){p, 0, z});
            const double e = fabs(place.altitude_m - h);
            if (h < 2e6) height_error = fmax(height_error, e);
            high_error = fmax(high_error, e / (6.4e6 + h));
            angle_error = fmax(angle_error, (double)fabsl(place.latitude_rad - lat) * (6.4e6 + h));
        }
    suite_error("height, -10 to 2,000 km", height_error, "m", 4e-9);
    suite_error("height, to 50,000 km, relative to radius", high_error, "", 6e-16);
    suite_error("latitude as a distance", angle_error, "m", 1.2e-8);
}
END_TEST

START_TEST(lane_kernel)
{
    double height_error = 0.0, high_error = 0.0, angle_error = 0.0;
    for (double h = -10e3; h < 5e7; h = h < 0.0 ? h + 2.5e3 : 1.07 * h + 500.0)
        for (int i = -900; i <= 900; i++) {
            const long double lat = i * pi / 1800;
            double p, z, s, c, altitude, cos_lon, sin_lon;
            exact(lat, h, &p, &z);
            earth_geodetic((lanes3){0.6 * p, -0.8 * p, z}, &s, &c, &altitude, &cos_lon, &sin_lon);
            if (h < 2e6) height_error = fmax(height_error, fabs(altitude - h));
            high_error = fmax(high_error, fabs(altitude - h));
            angle_error = fmax(angle_error, (double)fabsl(atan2l(s, c) - lat));
            if (abs(i) < 900) ck_assert(fabs(cos_lon - 0.6) < 4e-16 && fabs(sin_lon + 0.8) < 4e-16);
        }
    suite_error("height, -10 to 2,000 km", height_error, "m", 1e-8);
    suite_error("height, to 50,000 km", high_error, "m", 3e-8);
    suite_error("latitude", angle_error, "rad", 1e-12);
}
END_TEST

START_TEST(round_trip)
{
    double worst = 0.0;
    for (int i = 0; i < 20000; i++) {
        const double lat = asin(-1.0 + (i + 0.5) / 10000.0), lon = remainder(2.399963229728653 * i, 6.283185307179586);
        const cosmo_geodetic place = {lat, lon, -10e3 + 100.0 * i};
        const cosmo_vec3 r = cosmo_ellipsoid_to_itrf(place),
                         again = cosmo_ellipsoid_to_itrf(cosmo_ellipsoid_from_itrf(r));
        worst = fmax(worst, hypot(hypot(again.x - r.x, again.y - r.y), again.z - r.z));
    }
    suite_error("position after a round trip, to 2,000 km", worst, "m", 1e-8);
}
END_TEST

START_TEST(poles_axis_and_centre)
{
    const double b = 6356752.314245179;
    const cosmo_geodetic north = cosmo_ellipsoid_from_itrf((cosmo_vec3){0, 0, b + 1000.0});
    ck_assert(north.latitude_rad == (double)(pi / 2) && north.longitude_rad == 0.0);
    suite_error("height above the pole", north.altitude_m - 1000.0, "m", 2e-9);
    const cosmo_geodetic south = cosmo_ellipsoid_from_itrf((cosmo_vec3){-1e-7, 0, -b});
    suite_error("height beside the south pole", south.altitude_m, "m", 2e-9);
    suite_error("its distance from the pole", (south.latitude_rad + (double)(pi / 2)) * 6.4e6 - 1e-7, "m", 1e-9);
    const cosmo_geodetic centre = cosmo_ellipsoid_from_itrf((cosmo_vec3){0, 0, 0});
    ck_assert(isfinite(centre.latitude_rad) && isfinite(centre.longitude_rad) && isfinite(centre.altitude_m));
    double s, c, h, cos_lon, sin_lon;
    earth_geodetic((lanes3){0, 0, 0}, &s, &c, &h, &cos_lon, &sin_lon);
    ck_assert(s == 0.0 && c == 1.0 && h == -COSMO_EARTH_RADIUS && cos_lon == 1.0 && sin_lon == 0.0);
    earth_geodetic((lanes3){0, 0, -7e6}, &s, &c, &h, &cos_lon, &sin_lon);
    ck_assert(s == -1.0 && c == 0.0 && cos_lon == 1.0);
}
END_TEST

START_TEST(local_directions)
{
    const cosmo_geodetic place = {0.8, 1.1, 0};
    cosmo_vec3 n, e, d;
    cosmo_ellipsoid_ned(place, &n, &e, &d);
    suite_error("north x east - down",
                fabs(n.y * e.z - n.z * e.y - d.x) + fabs(n.z * e.x - n.x * e.z - d.y) +
                    fabs(n.x * e.y - n.y * e.x - d.z),
                "", 1e-15);
    const cosmo_vec3 here = cosmo_ellipsoid_to_itrf(place),
                     above = cosmo_ellipsoid_to_itrf((cosmo_geodetic){0.8, 1.1, 1e6});
    suite_error("down against a step in height", (above.z - here.z) / 1e6 + d.z, "", 2e-15);
}
END_TEST

COSMO_SUITE("earth/ellipsoid", from_itrf_over_all_heights, lane_kernel, round_trip, poles_axis_and_centre,
            local_directions)
