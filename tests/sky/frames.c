/* Celestial to Earth-fixed frames against Vallado's worked example and the almanac. */
#include "cosmodrome/sky.h"
#include "suite.h"

#define ARCSEC (3.14159265358979323846 / 648000.0)
#define DEG    (3.14159265358979323846 / 180.0)

/* 2004-04-06 07:51:28.386009 UTC: Vallado & McClain 2013, example 3-14, and Vallado et al. 2006 (AIAA 2006-6753), app.
 * C. */
static const cosmo_eop_sample day[] = {{53101.0, -0.4399619, -0.140682 * ARCSEC, 0.333309 * ARCSEC},
                                       {53102.0, -0.4399619, -0.140682 * ARCSEC, 0.333309 * ARCSEC}};
static const cosmo_eop eop = {2, day};
static const double itrf[3] = {-1033.4793830e3, 7901.2952754e3, 6380.3565958e3};
static const double gcrf[3] = {5102.508958e3, 6123.011401e3, 6378.136928e3};
static const double teme[3] = {5094.18016210e3, 6127.64465950e3, 6380.34453270e3};

static cosmo_utc moment(const char *text)
{
    cosmo_utc utc;
    ck_assert(cosmo_time_parse(text, &utc) == NULL);
    return utc;
}

static double miss(double m[3][3], const double from[3], const double to[3])
{
    double sum = 0.0;
    for (int i = 0; i < 3; i++) {
        const double x = m[i][0] * from[0] + m[i][1] * from[1] + m[i][2] * from[2] - to[i];
        sum += x * x;
    }
    return sqrt(sum);
}

START_TEST(vallado_example)
{
    double m[3][3];
    const cosmo_utc utc = moment("2004-04-06T07:51:28.386009Z");
    cosmo_frames_gcrs_to_itrs(utc, &eop, m);
    suite_error("GCRF to ITRF, IAU 2006/2000A without dX, dY", miss(m, gcrf, itrf), "m", 1.0);
    cosmo_frames_teme_to_itrs(utc, &eop, m);
    suite_error("TEME to ITRF", miss(m, teme, itrf), "m", 0.01);
    suite_error("GMST 1982", cosmo_frames_gmst82(utc, &eop) / DEG - 312.8098943, "deg", 1e-6);
}
END_TEST

START_TEST(matrices_turn_and_do_not_stretch)
{
    double m[3][3], worst = 0.0;
    cosmo_frames_gcrs_to_itrs(moment("2026-12-01T08:32:19.5Z"), NULL, m);
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            const double dot = m[i][0] * m[j][0] + m[i][1] * m[j][1] + m[i][2] * m[j][2];
            worst = fmax(worst, fabs(dot - (i == j)));
        }
    suite_error("M M' - 1", worst, "", 1e-15);
    suite_error("determinant - 1",
                m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0]) +
                    m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]) - 1.0,
                "", 1e-15);
}
END_TEST

/* The Sun at the solstice of 2026-06-21 08:24 UTC (Astronomical Almanac): declination 23.436 deg; and at the equinox of
 * 2026-03-20 14:46 UTC: declination 0 within a minute's motion. Its hour angle follows from the equation of time. */
START_TEST(sun)
{
    double s[3];
    cosmo_frames_sun_itrs(moment("2026-06-21T08:24:00Z"), NULL, s);
    suite_error("declination at the June solstice", asin(s[2]) / DEG - 23.436, "deg", 0.002);
    suite_error("longitude where it culminates: 180 - 15 (UT + E)",
                atan2(s[1], s[0]) / DEG - (180.0 - 15.0 * (8.4 - 1.87 / 60)), "deg", 0.05);
    cosmo_frames_sun_itrs(moment("2026-03-20T14:46:00Z"), NULL, s);
    suite_error("declination at the March equinox", asin(s[2]) / DEG, "deg", 0.01);
    suite_error("unit length", sqrt(s[0] * s[0] + s[1] * s[1] + s[2] * s[2]) - 1.0, "", 1e-15);
}
END_TEST

/* The low-precision formulas of the Astronomical Almanac (section C), good to 0.01 deg in the Sun's place; here for a
 * summer day in Baikonur and for both hemispheres, day and night. */
static double almanac_elevation(double days, double latitude, double longitude)
{
    const double g = (357.528 + 0.9856003 * days) * DEG, obliquity = (23.439 - 4e-7 * days) * DEG;
    const double l = (280.460 + 0.9856474 * days + 1.915 * sin(g) + 0.020 * sin(2.0 * g)) * DEG;
    const double ascension = atan2(cos(obliquity) * sin(l), cos(l)), declination = asin(sin(obliquity) * sin(l));
    const double hour = (280.46062 + 360.98564737 * days) * DEG + longitude - ascension;
    return asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour));
}

START_TEST(elevation_of_the_sun)
{
    const cosmo_utc crash = moment("2013-07-02T02:38:22Z");
    printf("  Baikonur, 2013-07-02 02:38:22 UTC: the Sun at %.2f deg\n",
           cosmo_frames_sun_elevation(crash, NULL, 46.07 * DEG, 62.98 * DEG) / DEG);
    double worst = 0.0;
    for (int i = 0; i < 400; i++) {
        const cosmo_utc utc = cosmo_time_add(moment("2006-01-01T00:00:00Z"), 1.7e6 * i);
        const double latitude = (i % 17 - 8) * 10.0 * DEG, longitude = (i % 35 - 17) * 10.0 * DEG;
        const double exact = almanac_elevation((utc.jd1 - 2451545.0) + utc.jd2, latitude, longitude);
        worst = fmax(worst, fabs(cosmo_frames_sun_elevation(utc, NULL, latitude, longitude) - exact) / DEG);
    }
    suite_error("elevation against the almanac's formulas, 21 years", worst, "deg", 0.03);
    ck_assert(cosmo_time_posix(moment("1970-01-02T00:00:01Z")) == 86401.0);
    suite_error("2013-07-02 in POSIX seconds", cosmo_time_posix(moment("2013-07-02T00:00:00Z")) - 1372723200.0, "s",
                1e-6);
}
END_TEST

/* For tests/sky/pyerfa.sh: a moment a line with what this library makes of it, Earth orientation as above. */
static int print_moments(void)
{
    static const char *const text[] = {"1965-03-18T08:34:51.000000Z", "1988-11-15T03:00:01.500000Z",
                                       "2004-04-06T07:51:28.386009Z", "2016-12-31T23:59:60.500000Z",
                                       "2017-01-01T00:00:00.000000Z", "2026-12-01T08:32:19.500000Z"};
    for (size_t i = 0; i < sizeof text / sizeof text[0]; i++) {
        cosmo_utc utc;
        double tt1, tt2, ut11, ut12, m[3][3], teme_to_itrs[3][3], sun_at[3];
        if (cosmo_time_parse(text[i], &utc) != NULL) return 1;
        cosmo_time_tt(utc, &tt1, &tt2);
        cosmo_time_ut1(utc, &eop, &ut11, &ut12);
        cosmo_frames_gcrs_to_itrs(utc, &eop, m);
        cosmo_frames_teme_to_itrs(utc, &eop, teme_to_itrs);
        cosmo_frames_sun_itrs(utc, &eop, sun_at);
        printf("%s %.17g %.17g %.17g", text[i], (tt1 - 2400000.5) + tt2, (ut11 - 2400000.5) + ut12,
               cosmo_frames_gmst82(utc, &eop));
        for (int k = 0; k < 9; k++) printf(" %.17g", m[k / 3][k % 3]);
        for (int k = 0; k < 9; k++) printf(" %.17g", teme_to_itrs[k / 3][k % 3]);
        for (int k = 0; k < 3; k++) printf(" %.17g", sun_at[k]);
        putchar('\n');
    }
    return 0;
}

int main(int argc, char **argv)
{
    const TTest *const tests[] = {vallado_example, matrices_turn_and_do_not_stretch, sun, elevation_of_the_sun};
    if (argc > 1 && argv[1][0] == '-') return print_moments();
    return suite_run("sky/frames", tests, sizeof tests / sizeof tests[0]);
}
