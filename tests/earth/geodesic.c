/* Geodesics against Karney's published test set and other published lines; ellipses by their definition. */
#include "cosmodrome/earth.h"
#include "suite.h"

#include <geodesic.h>

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

/* A latitude and a longitude: mostly anywhere, else at or next to the equator, a pole, a meridian, an antipode. */
static double drawn(uint64_t i, uint32_t draw, double most)
{
    const double u = 2.0 * cosmo_random_uniform(1, 1, i, draw) - 1.0;
    switch ((i + draw) % 8) {
    case 0:
        return 0.0;
    case 1:
        return u > 0.0 ? most : -most;
    case 2:
        return u * 1e-7;
    default:
        return u * most;
    }
}

START_TEST(agrees_with_proj)
{
    struct geod_geodesic earth;
    geod_init(&earth, 6378137.0, 1.0 / 298.257223563);
    double far = 0.0, aside = 0.0, there = 0.0;
    for (uint64_t i = 0; i < 200000; i++) {
        const double lat[2] = {drawn(i, 0, 90.0),
                               i % 5 == 0 ? -drawn(i, 0, 90.0) + drawn(i, 1, 1.0) : drawn(i, 1, 90.0)};
        const double lon[2] = {drawn(i, 2, 180.0),
                               i % 5 == 0 ? drawn(i, 2, 180.0) + 180.0 + drawn(i, 3, 1.0) : drawn(i, 3, 180.0)};
        if (fabs(lat[1]) > 90.0) continue;
        double d, a, proj_m, proj_deg, arrival_deg;
        cosmo_geodesic_between(place(lat[0], lon[0]), place(lat[1], lon[1]), &d, &a);
        geod_inverse(&earth, lat[0], lon[0], lat[1], lon[1], &proj_m, &proj_deg, &arrival_deg);
        far = fmax(far, fabs(d - proj_m));
        ck_assert(isfinite(d) && a >= 0.0 && a < 6.2831853071795872);
        /* where lines of equal length differ by azimuth, going there tells whether it is one of them */
        double end_lat, end_lon, ignored;
        const cosmo_geodetic end = cosmo_geodesic_from(place(lat[0], lon[0]), a, d);
        geod_inverse(&earth, end.latitude_rad / DEG, end.longitude_rad / DEG, lat[1], lon[1], &ignored, &end_lat,
                     &end_lon);
        there = fmax(there, ignored);
        geod_direct(&earth, lat[0], lon[0], a / DEG, d, &end_lat, &end_lon, &arrival_deg);
        geod_inverse(&earth, end_lat, end_lon, end.latitude_rad / DEG, end.longitude_rad / DEG, &ignored, &proj_deg,
                     &arrival_deg);
        aside = fmax(aside, ignored);
    }
    suite_error("distance, against PROJ, worst of 200,000 lines", far, "m", 3e-8);
    suite_error("the place a line leads to, against PROJ", aside, "m", 3e-8);
    suite_error("and against where it should lead", there, "m", 2e-7);
}
END_TEST

COSMO_SUITE("earth/geodesic", published_lines, there_and_back, ellipses, a_ring_over_the_date_line_is_unbroken,
            agrees_with_proj)
