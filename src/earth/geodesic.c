/* Distances, directions and ellipses along the ellipsoid.
 *
 * Source: Karney 2013, Algorithms for geodesics, J. Geodesy 87(1), 43-55; numbers of equations are his. A geodesic is a
 * great circle of an auxiliary sphere on which it has its azimuth and the reduced latitude beta; distance and longitude
 * follow from the arc sigma by series to the sixth order. PROJ does the same with the sines of the C library, whose
 * last bits depend on the processor; the tests compare with it. */
#include "core/real.h"
#include "cosmodrome/earth.h"

#include <math.h>

#define GEODESIC_PI  3.14159265358979323846
#define GEODESIC_DEG (GEODESIC_PI / 180.0)
#define GEODESIC_F   COSMO_EARTH_FLATTENING
#define GEODESIC_N   (GEODESIC_F / (2.0 - GEODESIC_F)) /* third flattening */
#define GEODESIC_B   (COSMO_EARTH_RADIUS * (1.0 - GEODESIC_F))
enum { GEODESIC_ORDER = 6, GEODESIC_TRIES = 100, GEODESIC_SECANTS = 12 };
static const double GEODESIC_TINY = 1e-150; /* stands for the zeros that would lose a quadrant */
static const double GEODESIC_CLOSE = 4e-15; /* of the difference in longitude */

/* A sine and a cosine. */
typedef struct geodesic_angle {
    double sin, cos;
} geodesic_angle;

/* scale * (x + sum of sines[k] sin 2 (k + 1) x) */
typedef struct geodesic_series {
    double scale, sines[GEODESIC_ORDER];
} geodesic_series;

static geodesic_angle geodesic_angle_of(double radians)
{
    return (geodesic_angle){cosmo_real_sin(radians), cosmo_real_cos(radians)};
}

static geodesic_angle geodesic_unit(double sin, double cos)
{
    const double length = sqrt(sin * sin + cos * cos);
    return (geodesic_angle){sin / length, cos / length};
}

/* b - a, -pi..pi; small differences keep their digits. */
static double geodesic_turn(geodesic_angle a, geodesic_angle b)
{
    return cosmo_real_atan2(b.sin * a.cos - b.cos * a.sin, b.cos * a.cos + b.sin * a.sin);
}

/* The same of a line that only goes on, 0..pi: what is less is rounding. */
static double geodesic_forward(geodesic_angle a, geodesic_angle b)
{
    return cosmo_real_atan2(fmax(b.sin * a.cos - b.cos * a.sin, 0.0), b.cos * a.cos + b.sin * a.sin);
}

/* Equation 6; at a pole a cosine is left. */
static geodesic_angle geodesic_reduced(double latitude_rad)
{
    const geodesic_angle phi = geodesic_angle_of(latitude_rad);
    return geodesic_unit((1.0 - GEODESIC_F) * phi.sin, fmax(phi.cos, GEODESIC_TINY));
}

/* ---- series ------------------------------------------------------------------------------------------------------ */

/* Source: Clenshaw 1955, Mathematics of Computation 9(51). */
static double geodesic_sum(const double sines[GEODESIC_ORDER], geodesic_angle x)
{
    const double twice = 2.0 * (x.cos - x.sin) * (x.cos + x.sin);
    double b = 0.0, before = 0.0;
    for (int k = GEODESIC_ORDER - 1; k >= 0; k--) {
        const double next = twice * b - before + sines[k];
        before = b;
        b = next;
    }
    return 2.0 * x.sin * x.cos * b;
}

/* The series' growth over an arc from a to b. */
static double geodesic_growth(const geodesic_series *series, double arc, geodesic_angle a, geodesic_angle b)
{
    return series->scale * (arc + (geodesic_sum(series->sines, b) - geodesic_sum(series->sines, a)));
}

/* The small parameter of a line that crosses the equator at an azimuth of this cosine (equations 9 and 16). */
static double geodesic_epsilon(double cos_alpha0)
{
    const double second = GEODESIC_F * (2.0 - GEODESIC_F) / ((1.0 - GEODESIC_F) * (1.0 - GEODESIC_F));
    const double k2 = second * cos_alpha0 * cos_alpha0;
    return k2 / (2.0 * (1.0 + sqrt(1.0 + k2)) + k2);
}

/* Distance over the polar radius (equations 15, 17 and 18). */
static geodesic_series geodesic_distance_series(double e)
{
    const double e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e, e6 = e3 * e3;
    return (geodesic_series){(1.0 + e2 / 4.0 + e4 / 64.0 + e6 / 256.0) / (1.0 - e),
                             {-e / 2.0 + 3.0 * e3 / 16.0 - e5 / 32.0, -e2 / 16.0 + e4 / 32.0 - 9.0 * e6 / 2048.0,
                              -e3 / 48.0 + 3.0 * e5 / 256.0, -5.0 * e4 / 512.0 + 3.0 * e6 / 512.0, -7.0 * e5 / 1280.0,
                              -7.0 * e6 / 2048.0}};
}

/* The arc from the scaled distance tau (equations 20 and 21). */
static geodesic_series geodesic_arc_series(double e)
{
    const double e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e, e6 = e3 * e3;
    return (geodesic_series){1.0,
                             {e / 2.0 - 9.0 * e3 / 32.0 + 205.0 * e5 / 1536.0,
                              5.0 * e2 / 16.0 - 37.0 * e4 / 96.0 + 1335.0 * e6 / 4096.0,
                              29.0 * e3 / 96.0 - 75.0 * e5 / 128.0, 539.0 * e4 / 1536.0 - 2391.0 * e6 / 2560.0,
                              3467.0 * e5 / 7680.0, 38081.0 * e6 / 61440.0}};
}

/* What the longitude lags behind that of the sphere, over f sin(alpha0) (equations 23 to 25). */
static geodesic_series geodesic_lag_series(double e)
{
    const double n = GEODESIC_N, n2 = n * n, e2 = e * e, e3 = e2 * e, e4 = e2 * e2, e5 = e4 * e;
    return (geodesic_series){
        1.0 - (0.5 - n / 2.0) * e - (0.25 + n / 8.0 - 3.0 * n2 / 8.0) * e2 - (1.0 + 3.0 * n + n2) * e3 / 16.0 -
            (3.0 + 2.0 * n) * e4 / 64.0 - 3.0 * e5 / 128.0,
        {(1.0 - n) * e / 4.0 + (1.0 - n2) * e2 / 8.0 + (3.0 + 3.0 * n - n2) * e3 / 64.0 + (5.0 + 2.0 * n) * e4 / 128.0 +
             3.0 * e5 / 128.0,
         (2.0 - 3.0 * n + n2) * e2 / 32.0 + (3.0 - 2.0 * n - 3.0 * n2) * e3 / 64.0 + (3.0 + n) * e4 / 128.0 +
             5.0 * e5 / 256.0,
         (5.0 - 9.0 * n + 5.0 * n2) * e3 / 192.0 + (9.0 - 10.0 * n) * e4 / 384.0 + 7.0 * e5 / 512.0,
         (7.0 - 14.0 * n) * e4 / 512.0 + 7.0 * e5 / 512.0, 21.0 * e5 / 2560.0, 0.0}};
}

/* ---- from a place ------------------------------------------------------------------------------------------------ */

/* The place at a distance; its longitude runs on from that of the start (equations 5 to 13). */
static cosmo_geodetic geodesic_go(cosmo_geodetic from, double azimuth_rad, double distance_m)
{
    const geodesic_angle alpha = geodesic_angle_of(azimuth_rad), beta = geodesic_reduced(from.latitude_rad);
    const double cross = alpha.sin * beta.sin;
    const geodesic_angle alpha0 = {alpha.sin * beta.cos, sqrt(alpha.cos * alpha.cos + cross * cross)};
    const geodesic_angle sigma1 = beta.sin != 0.0 || alpha.cos != 0.0 ? geodesic_unit(beta.sin, alpha.cos * beta.cos)
                                                                      : (geodesic_angle){0.0, 1.0};
    const double e = geodesic_epsilon(alpha0.cos);
    const geodesic_series distance = geodesic_distance_series(e), arc = geodesic_arc_series(e),
                          lag = geodesic_lag_series(e);
    const double start = cosmo_real_atan2(sigma1.sin, sigma1.cos);
    const double tau = start + geodesic_sum(distance.sines, sigma1) + distance_m / (GEODESIC_B * distance.scale);
    const double sigma = tau + geodesic_sum(arc.sines, geodesic_angle_of(tau)), passed = sigma - start;
    const geodesic_angle sigma2 = geodesic_angle_of(sigma);
    const double level = alpha0.cos * sigma2.cos, cos_beta = sqrt(alpha0.sin * alpha0.sin + level * level);
    /* omega stays within half a turn of sigma, whichever way it goes */
    const double way = alpha0.sin < 0.0 ? -1.0 : 1.0, lean = fabs(alpha0.sin);
    const double ahead = geodesic_turn(sigma2, (geodesic_angle){lean * sigma2.sin, sigma2.cos}),
                 behind = geodesic_turn(sigma1, (geodesic_angle){lean * sigma1.sin, sigma1.cos});
    const double omega = way * (passed + ahead - behind);
    const double lagging = GEODESIC_F * alpha0.sin * geodesic_growth(&lag, passed, sigma1, sigma2);
    return (cosmo_geodetic){.latitude_rad = cosmo_real_atan2(alpha0.cos * sigma2.sin, (1.0 - GEODESIC_F) * cos_beta),
                            .longitude_rad = from.longitude_rad + (omega - lagging)};
}

/* -pi..pi */
static double geodesic_longitude(double radians)
{
    const double turns = floor(radians / (2.0 * GEODESIC_PI) + 0.5);
    return turns == 0.0 ? radians : radians - 2.0 * GEODESIC_PI * turns;
}

cosmo_geodetic cosmo_geodesic_from(cosmo_geodetic from, double azimuth_rad, double distance_m)
{
    cosmo_geodetic to = geodesic_go(from, azimuth_rad, distance_m);
    to.longitude_rad = geodesic_longitude(to.longitude_rad);
    return to;
}

/* ---- between places ---------------------------------------------------------------------------------------------- */

/* Two reduced latitudes, the first south and no closer to the equator than the second, and how far east that one is. */
typedef struct geodesic_pair {
    geodesic_angle beta1, beta2;
    double lambda; /* 0..pi */
} geodesic_pair;

/* What a line that starts at the azimuth alpha1 is where it comes to the second latitude. */
typedef struct geodesic_aim {
    geodesic_angle alpha1, alpha2;
    double sin_alpha0, omega, lambda, distance_m;
} geodesic_aim;

static geodesic_aim geodesic_aim_at(const geodesic_pair *p, geodesic_angle alpha1)
{
    const geodesic_angle b1 = p->beta1, b2 = p->beta2;
    const double cross = alpha1.sin * b1.sin, along = alpha1.cos * b1.cos;
    const geodesic_angle alpha0 = {alpha1.sin * b1.cos, sqrt(alpha1.cos * alpha1.cos + cross * cross)};
    const double difference = b1.cos < -b1.sin ? (b2.cos - b1.cos) * (b1.cos + b2.cos)
                                               : (b1.sin - b2.sin) * (b1.sin + b2.sin); /* of squared cosines */
    const geodesic_angle alpha2 = {alpha0.sin / b2.cos, sqrt(fmax(along * along + difference, 0.0)) / b2.cos};
    const geodesic_angle sigma1 = geodesic_unit(b1.sin, along), sigma2 = geodesic_unit(b2.sin, alpha2.cos * b2.cos);
    const geodesic_angle omega1 = {alpha0.sin * b1.sin, along}, omega2 = {alpha0.sin * b2.sin, alpha2.cos * b2.cos};
    const double e = geodesic_epsilon(alpha0.cos);
    const geodesic_series distance = geodesic_distance_series(e), lag = geodesic_lag_series(e);
    const double arc = geodesic_forward(sigma1, sigma2), omega = geodesic_forward(omega1, omega2);
    return (geodesic_aim){
        alpha1,
        alpha2,
        alpha0.sin,
        omega,
        omega - GEODESIC_F * alpha0.sin * geodesic_growth(&lag, arc, sigma1, sigma2),
        GEODESIC_B * geodesic_growth(&distance, arc, sigma1, sigma2),
    };
}

/* Azimuth of the great circle over a difference in longitude. */
static double geodesic_guess(const geodesic_pair *p, double omega)
{
    const geodesic_angle w = geodesic_angle_of(omega);
    return cosmo_real_atan2(p->beta2.cos * w.sin, p->beta1.cos * p->beta2.sin - p->beta1.sin * p->beta2.cos * w.cos);
}

/* The longitude grows with the azimuth from 0 to pi: first the sphere's guess, once mended, then secants within what
 * is known, and halves where they do not get on, which is near the antipodes. */
static geodesic_aim geodesic_solve(const geodesic_pair *p)
{
    double low = 0.0, high = GEODESIC_PI, alpha = geodesic_guess(p, p->lambda), before = 0.0, miss_before = 0.0;
    for (int i = 0;; i++) {
        const geodesic_aim aim = geodesic_aim_at(p, geodesic_angle_of(alpha));
        const double miss = aim.lambda - p->lambda;
        if (miss < 0.0)
            low = alpha;
        else
            high = alpha;
        double next = i == 0 ? geodesic_guess(p, p->lambda + (aim.omega - aim.lambda))
                             : alpha - miss * (alpha - before) / (miss - miss_before);
        if (!(next > low && next < high) || (i > GEODESIC_SECANTS && i % 2 == 0)) next = low + 0.5 * (high - low);
        if (fabs(miss) <= GEODESIC_CLOSE * p->lambda || i == GEODESIC_TRIES || next == low || next == high ||
            next == alpha)
            return aim;
        before = alpha;
        miss_before = miss;
        alpha = next;
    }
}

static geodesic_aim geodesic_join(const geodesic_pair *p)
{
    if (p->lambda == 0.0) return geodesic_aim_at(p, (geodesic_angle){0.0, 1.0});
    if (p->lambda >= GEODESIC_PI) return geodesic_aim_at(p, (geodesic_angle){0.0, -1.0});
    if (p->beta1.sin == 0.0 && p->lambda <= (1.0 - GEODESIC_F) * GEODESIC_PI)
        return (geodesic_aim){.alpha1 = {1.0, 0.0},
                              .alpha2 = {1.0, 0.0},
                              .lambda = p->lambda,
                              .distance_m = COSMO_EARTH_RADIUS * p->lambda};
    geodesic_pair off = *p;
    if (off.beta1.sin == 0.0) off.beta1.sin = -GEODESIC_TINY;
    return geodesic_solve(&off);
}

void cosmo_geodesic_between(cosmo_geodetic from, cosmo_geodetic to, double *distance_m, double *azimuth_rad)
{
    const double east = geodesic_longitude(to.longitude_rad - from.longitude_rad);
    const bool swapped = fabs(from.latitude_rad) < fabs(to.latitude_rad);
    const double first = swapped ? to.latitude_rad : from.latitude_rad,
                 second = swapped ? from.latitude_rad : to.latitude_rad, south = first > 0.0 ? -1.0 : 1.0;
    const geodesic_pair pair = {geodesic_reduced(south * first), geodesic_reduced(south * second),
                                fmin(fabs(east), GEODESIC_PI)};
    const geodesic_aim aim = geodesic_join(&pair);
    const geodesic_angle alpha = swapped ? aim.alpha2 : aim.alpha1;
    /* what is missing in longitude costs as much as the line leans to the east (equation 5, Clairaut) */
    *distance_m = fmax(aim.distance_m - COSMO_EARTH_RADIUS * aim.sin_alpha0 * (aim.lambda - pair.lambda), 0.0);
    const double across = east < 0.0 ? -alpha.sin : alpha.sin;
    const double azimuth = cosmo_real_atan2(across, (swapped ? -1.0 : 1.0) * south * alpha.cos);
    *azimuth_rad = azimuth < 0.0 ? azimuth + 2.0 * GEODESIC_PI : azimuth;
}

/* ---- ellipses ---------------------------------------------------------------------------------------------------- */

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
    for (size_t i = 0; i < n; i++) {
        const double t = 2.0 * GEODESIC_PI * (double)i / (double)n;
        const double along = 0.5 * axis_major_m * cosmo_real_cos(t), across = 0.5 * axis_minor_m * cosmo_real_sin(t);
        /* Counter-clockwise on a map is against the azimuth. */
        const cosmo_geodetic at = geodesic_go(centre, orientation_rad - cosmo_real_atan2(across, along),
                                              sqrt(along * along + across * across));
        lon_deg[i] = at.longitude_rad / GEODESIC_DEG;
        lat_deg[i] = at.latitude_rad / GEODESIC_DEG;
    }
    lon_deg[n] = lon_deg[0];
    lat_deg[n] = lat_deg[0];
}
