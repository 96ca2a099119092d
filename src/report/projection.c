/* Conformal map projections of the WGS-84 ellipsoid. Source: J. P. Snyder, Map Projections: A Working Manual, USGS
 * Professional Paper 1395, 1987; every ellipsoidal form goes through the conformal latitude (eq. 3-1). */
#include "report/projection.h"

#include "core/real.h"
#include "cosmodrome/earth.h"

#include <math.h>

static const double PROJECTION_PI = 3.14159265358979323846;
static const double PROJECTION_DEG = 3.14159265358979323846 / 180.0;
static const double PROJECTION_E2 = COSMO_EARTH_FLATTENING * (2.0 - COSMO_EARTH_FLATTENING);

/* tan(pi/4 - chi/2), eq. 15-9. */
static double projection_t(double phi)
{
    const double e = sqrt(PROJECTION_E2), e_sin = e * cosmo_real_sin(phi);
    return cosmo_real_tan(PROJECTION_PI / 4 - phi / 2) / cosmo_real_pow((1 - e_sin) / (1 + e_sin), e / 2);
}

/* The radius of the parallel, eq. 14-15. */
static double projection_m(double phi)
{
    const double sine = cosmo_real_sin(phi);
    return cosmo_real_cos(phi) / sqrt(1 - PROJECTION_E2 * sine * sine);
}

/* Geodetic latitude from t by iteration, eq. 7-9; converges to rounding in five steps. */
static double projection_latitude(double t)
{
    const double e = sqrt(PROJECTION_E2);
    double phi = PROJECTION_PI / 2 - 2 * cosmo_real_atan(t);
    for (int i = 0; i < 6; i++) {
        const double e_sin = e * cosmo_real_sin(phi);
        phi = PROJECTION_PI / 2 - 2 * cosmo_real_atan(t * cosmo_real_pow((1 - e_sin) / (1 + e_sin), e / 2));
    }
    return phi;
}

cosmo_projection cosmo_projection_conic(double lon0_deg, double lat0_deg, double lat1_deg, double lat2_deg)
{
    const double phi1 = lat1_deg * PROJECTION_DEG, phi2 = lat2_deg * PROJECTION_DEG;
    const double m1 = projection_m(phi1), m2 = projection_m(phi2), t1 = projection_t(phi1), t2 = projection_t(phi2);
    const bool one = fabs(lat1_deg - lat2_deg) < 1e-6;
    const double n = one ? cosmo_real_sin(phi1) : cosmo_real_log(m1 / m2) / cosmo_real_log(t1 / t2);
    const double factor = m1 / (n * cosmo_real_pow(t1, n));
    return (cosmo_projection){.kind = COSMO_PROJECTION_CONIC,
                              .lon0_deg = lon0_deg,
                              .n = n,
                              .factor = factor,
                              .rho0 = factor * cosmo_real_pow(projection_t(lat0_deg * PROJECTION_DEG), n)};
}

cosmo_projection cosmo_projection_stereographic(double lon0_deg, double lat0_deg)
{
    const double phi0 = lat0_deg * PROJECTION_DEG;
    const double chi0 = PROJECTION_PI / 2 - 2 * cosmo_real_atan(projection_t(phi0));
    const double cos_chi0 = cosmo_real_cos(chi0);
    /* m0 / cos(chi0) tends to a finite limit at the poles, where eq. 21-33 gives it in closed form */
    const double e = sqrt(PROJECTION_E2);
    const double polar = 1 / sqrt(cosmo_real_pow(1 + e, 1 + e) * cosmo_real_pow(1 - e, 1 - e));
    return (cosmo_projection){.kind = COSMO_PROJECTION_STEREOGRAPHIC,
                              .lon0_deg = lon0_deg,
                              .factor = cos_chi0 > 1e-9 ? 2 * projection_m(phi0) / cos_chi0 : 2 * polar,
                              .sin_chi0 = cosmo_real_sin(chi0),
                              .cos_chi0 = cos_chi0};
}

cosmo_projection cosmo_projection_mercator(double lon0_deg, double lat_deg)
{
    return (cosmo_projection){
        .kind = COSMO_PROJECTION_MERCATOR, .lon0_deg = lon0_deg, .factor = projection_m(lat_deg * PROJECTION_DEG)};
}

static bool projection_stereographic_forward(const cosmo_projection *p, double phi, double lambda, double *x, double *y)
{
    const double chi = PROJECTION_PI / 2 - 2 * cosmo_real_atan(projection_t(phi));
    const double sin_chi = cosmo_real_sin(chi), cos_chi = cosmo_real_cos(chi), cos_lambda = cosmo_real_cos(lambda);
    const double down = 1 + p->sin_chi0 * sin_chi + p->cos_chi0 * cos_chi * cos_lambda;
    if (down < 1e-6) return false;
    const double scale = p->factor / down;
    *x = scale * cos_chi * cosmo_real_sin(lambda);
    *y = scale * (p->cos_chi0 * sin_chi - p->sin_chi0 * cos_chi * cos_lambda);
    return true;
}

bool cosmo_projection_forward(const cosmo_projection *p, double lon_deg, double lat_deg, double *x, double *y)
{
    const double lambda = (lon_deg - p->lon0_deg) * PROJECTION_DEG, phi = lat_deg * PROJECTION_DEG;
    if (!(fabs(lat_deg) <= 90) || !isfinite(lambda)) return false;
    if (p->kind == COSMO_PROJECTION_STEREOGRAPHIC) return projection_stereographic_forward(p, phi, lambda, x, y);
    if (p->kind == COSMO_PROJECTION_MERCATOR) {
        if (fabs(lat_deg) > 89.9) return false;
        *x = p->factor * lambda;
        *y = -p->factor * cosmo_real_log(projection_t(phi));
        return true;
    }
    const bool near_pole = p->n > 0 ? lat_deg > 89.999999 : lat_deg < -89.999999;
    const bool far_pole = p->n > 0 ? lat_deg < -89.9 : lat_deg > 89.9;
    if (far_pole) return false;
    const double rho = near_pole ? 0 : p->factor * cosmo_real_pow(projection_t(phi), p->n);
    *x = rho * cosmo_real_sin(p->n * lambda);
    *y = p->rho0 - rho * cosmo_real_cos(p->n * lambda);
    return true;
}

static void projection_stereographic_inverse(const cosmo_projection *p, double x, double y, double *lambda, double *phi)
{
    const double rho = sqrt(x * x + y * y);
    const double c = 2 * cosmo_real_atan(rho / p->factor), sin_c = cosmo_real_sin(c), cos_c = cosmo_real_cos(c);
    double sin_chi = cos_c * p->sin_chi0 + (rho > 0 ? y * sin_c * p->cos_chi0 / rho : 0);
    sin_chi = sin_chi > 1 ? 1 : sin_chi < -1 ? -1 : sin_chi;
    *phi = projection_latitude(cosmo_real_tan(PROJECTION_PI / 4 - cosmo_real_asin(sin_chi) / 2));
    *lambda = rho > 0 ? cosmo_real_atan2(x * sin_c, rho * p->cos_chi0 * cos_c - y * p->sin_chi0 * sin_c) : 0;
}

void cosmo_projection_inverse(const cosmo_projection *p, double x, double y, double *lon_deg, double *lat_deg)
{
    double lambda, phi;
    if (p->kind == COSMO_PROJECTION_STEREOGRAPHIC) {
        projection_stereographic_inverse(p, x, y, &lambda, &phi);
    } else if (p->kind == COSMO_PROJECTION_MERCATOR) {
        lambda = x / p->factor;
        phi = projection_latitude(cosmo_real_exp(-y / p->factor));
    } else {
        const double sign = p->n < 0 ? -1 : 1, down = sign * (p->rho0 - y), across = sign * x;
        const double rho = sqrt(across * across + down * down);
        lambda = cosmo_real_atan2(across, down) / p->n;
        phi =
            rho > 0 ? projection_latitude(cosmo_real_pow(sign * rho / p->factor, 1 / p->n)) : sign * PROJECTION_PI / 2;
    }
    *lon_deg = p->lon0_deg + lambda / PROJECTION_DEG;
    *lat_deg = phi / PROJECTION_DEG;
}

const char *cosmo_projection_name(const cosmo_projection *p)
{
    switch (p->kind) {
    case COSMO_PROJECTION_CONIC:
        return "Lambert conformal conic";
    case COSMO_PROJECTION_STEREOGRAPHIC:
        return "Stereographic (conformal)";
    case COSMO_PROJECTION_MERCATOR:
        return "Mercator (conformal)";
    }
    return "";
}
