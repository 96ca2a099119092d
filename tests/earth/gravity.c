/* Zonal gravity against the gradient of its own closed potential in long double, and against known values. */
#include "cosmodrome/earth.h"
#include "suite.h"

static const long double zonal[] = {
    0, 0, 1.08262982131e-3L, -2.53265648533e-6L, -1.61962159137e-6L, -2.27296082869e-7L, 5.40681239107e-7L};

/* U = mu/r [1 - sum J_n (R/r)^n P_n(z/r)] minus its point-mass part; P_n by the three-term recurrence. */
static long double potential_of_zonals(const long double r[3], int degree)
{
    const long double d = sqrtl(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]), s = r[2] / d;
    long double before = 1.0L, now = s, sum = 0.0L, ratio = COSMO_EARTH_RADIUS / d;
    for (int n = 2; n <= degree; n++) {
        const long double next = ((2 * n - 1) * s * now - (n - 1) * before) / n;
        before = now, now = next;
        ratio *= COSMO_EARTH_RADIUS / d;
        sum -= zonal[n] * ratio * next;
    }
    return COSMO_EARTH_MU / d * sum;
}

/* Eighth-order central differences of the zonal part, and the point mass in closed form. */
static void gradient(const cosmo_vec3 at, int degree, long double out[3])
{
    static const long double weight[] = {4.0L / 5, -1.0L / 5, 4.0L / 105, -1.0L / 280};
    const long double h = 6000.0L, r[3] = {at.x, at.y, at.z};
    const long double d = sqrtl(r[0] * r[0] + r[1] * r[1] + r[2] * r[2]);
    for (int i = 0; i < 3; i++) {
        long double slope = 0.0L;
        for (int k = 1; k <= 4; k++) {
            long double up[3] = {r[0], r[1], r[2]}, down[3] = {r[0], r[1], r[2]};
            up[i] += k * h, down[i] -= k * h;
            slope += weight[k - 1] * (potential_of_zonals(up, degree) - potential_of_zonals(down, degree)) / h;
        }
        out[i] = -COSMO_EARTH_MU * r[i] / (d * d * d) + slope;
    }
}

static double worst_against_gradient(cosmo_gravity_model model, int degree)
{
    double worst = 0.0;
    for (int i = 0; i < 2000; i++) { /* a spiral over the sphere, heights 0 to 40,000 km */
        const double lat = asin(-1.0 + (i + 0.5) / 1000.0), lon = 2.399963229728653 * i;
        const double r = 6.4e6 + 2.0e4 * i;
        const cosmo_vec3 at = {r * cos(lat) * cos(lon), r * cos(lat) * sin(lon), r * sin(lat)};
        const cosmo_vec3 a = cosmo_gravity_at(at, model);
        long double truth[3];
        gradient(at, degree, truth);
        const double size = (double)sqrtl(truth[0] * truth[0] + truth[1] * truth[1] + truth[2] * truth[2]);
        const double e[3] = {(double)(a.x - truth[0]), (double)(a.y - truth[1]), (double)(a.z - truth[2])};
        worst = fmax(worst, sqrt(e[0] * e[0] + e[1] * e[1] + e[2] * e[2]) / size);
    }
    return worst;
}

START_TEST(gradient_of_the_potential)
{
    suite_error("sphere, relative", worst_against_gradient(COSMO_GRAVITY_SPHERE, 1), "", 1e-15);
    suite_error("J2, relative", worst_against_gradient(COSMO_GRAVITY_J2, 2), "", 1e-15);
    suite_error("J2 to J6, relative", worst_against_gradient(COSMO_GRAVITY_J6, 6), "", 1e-15);
}
END_TEST

/* Normal gravity of WGS-84 (NIMA TR8350.2, table 3.4): 9.7803253359 at the equator, 9.8321849378 at the pole. Zonals to
 * degree 6 carry the ellipsoid's field but for its own even terms (EGM96's J4 differs from the ellipsoid's). */
START_TEST(normal_gravity)
{
    const double equator = cosmo_gravity_at((cosmo_vec3){COSMO_EARTH_RADIUS, 0, 0}, COSMO_GRAVITY_J2).x +
                           COSMO_EARTH_ROTATION * COSMO_EARTH_ROTATION * COSMO_EARTH_RADIUS;
    const double pole = cosmo_gravity_at((cosmo_vec3){0, 0, 6356752.3142}, COSMO_GRAVITY_J2).z;
    suite_error("normal gravity at the equator, J2 alone", -equator - 9.7803253359, "m/s2", 5e-5);
    suite_error("normal gravity at the pole, J2 alone", -pole - 9.8321849378, "m/s2", 1.5e-4);
}
END_TEST

START_TEST(the_centre_stays_finite)
{
    const cosmo_vec3 a = cosmo_gravity_at((cosmo_vec3){0, 0, 0}, COSMO_GRAVITY_J6);
    ck_assert(a.x == 0.0 && a.y == 0.0 && isfinite(a.z));
}
END_TEST

COSMO_SUITE("earth/gravity", gradient_of_the_potential, normal_gravity, the_centre_stays_finite)
