/* Geodesics against Karney's published test set and other published lines; ellipses by their definition. */
#include "cosmodrome/earth.h"
#include "suite.h"

#define DEG 0.017453292519943295

static cosmo_geodetic place(double lat_deg, double lon_deg)
{
    return (cosmo_geodetic){lat_deg * DEG, lon_deg * DEG, 0.0};
}

/* JFK to Heathrow and Wellington to Salamanca, as the examples of GeographicLib (Karney, GeodSolve and geod) print
 * them. */
START_TEST(published_lines)
{
    double distance, azimuth;
    cosmo_geodesic_between(place(40.6, -73.8), place(51.6, -0.5), &distance, &azimuth);
    suite_error("JFK to LHR, distance", distance - 5551759.400, "m", 0.001);
    suite_error("JFK to LHR, azimuth", azimuth / DEG - 51.19888285, "deg", 1e-8);
    cosmo_geodesic_between(place(-41.32, 174.81), place(40.96, -5.50), &distance, &azimuth);
    suite_error("Wellington to Salamanca, distance", distance - 19959679.267, "m", 0.001);
    suite_error("Wellington to Salamanca, azimuth", azimuth / DEG - 161.067669986, "deg", 1e-8);
}
END_TEST

START_TEST(there_and_back)
{
    double worst = 0.0;
    for (int i = 0; i < 1000; i++) {
        const cosmo_geodetic from = place(-80.0 + 0.16 * i, -170.0 + 0.34 * i);
        const double azimuth = 0.00628 * i, distance = 10.0 + 15000.0 * i;
        const cosmo_geodetic to = cosmo_geodesic_from(from, azimuth, distance);
        double d, a;
        cosmo_geodesic_between(from, to, &d, &a);
        ck_assert(a >= 0.0 && a < 6.283185307179587 && to.altitude_m == 0.0);
        worst = fmax(worst, fabs(d - distance));
    }
    suite_error("distance after going there", worst, "m", 2e-8);
}
END_TEST

START_TEST(ellipses)
{
    enum { POINTS = 72 };
    double lon[POINTS + 1], lat[POINTS + 1], area = 0.0;
    const cosmo_geodetic centre = place(47.3, 66.7);
    cosmo_geodesic_ellipse(centre, 60000.0, 20000.0, 60.0 * DEG, POINTS, lon, lat);
    ck_assert(lon[0] == lon[POINTS] && lat[0] == lat[POINTS]);
    double d, a;
    cosmo_geodesic_between(centre, place(lat[0], lon[0]), &d, &a);
    suite_error("first point lies on the major axis, distance", d - 30000.0, "m", 1e-6);
    suite_error("and at its azimuth", a / DEG - 60.0, "deg", 1e-9);
    for (int i = 0; i < POINTS; i++) {
        area += lon[i] * lat[i + 1] - lon[i + 1] * lat[i];
        cosmo_geodesic_between(centre, place(lat[i], lon[i]), &d, &a);
        ck_assert(
            cosmo_geodesic_in_ellipse(cosmo_geodesic_from(centre, a, 0.999 * d), centre, 60000.0, 20000.0, 60.0 * DEG));
        ck_assert(!cosmo_geodesic_in_ellipse(cosmo_geodesic_from(centre, a, 1.001 * d), centre, 60000.0, 20000.0,
                                             60.0 * DEG));
    }
    ck_assert_msg(area > 0.0, "points run counter-clockwise");
    ck_assert(cosmo_geodesic_in_ellipse(centre, centre, 1.0, 1.0, 0.0));
    ck_assert(!cosmo_geodesic_in_ellipse(centre, centre, 0.0, 1.0, 0.0));
}
END_TEST

START_TEST(a_ring_over_the_date_line_is_unbroken)
{
    double lon[13], lat[13];
    cosmo_geodesic_ellipse(place(50.0, 179.9), 80000.0, 80000.0, 0.0, 12, lon, lat);
    for (int i = 0; i < 12; i++) ck_assert(fabs(lon[i + 1] - lon[i]) < 1.0);
}
END_TEST

COSMO_SUITE("earth/geodesic", published_lines, there_and_back, ellipses, a_ring_over_the_date_line_is_unbroken)
