/* Plumes and puffs as formulas: Pasquill's classes, standard deviations, reflection, wind by a power law. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double GAUSSIAN_TWO_PI = 6.283185307179586, GAUSSIAN_ROOT_TWO_PI = 2.5066282746310005;
static const double GAUSSIAN_MIXED = 1.6;
static const double GAUSSIAN_KM = 1000.0, GAUSSIAN_FARTHEST_M = 1e6, GAUSSIAN_ISC3_MOST_M = 5000.0;

cosmo_stability cosmo_gaussian_class(double obukhov_m, double roughness_m)
{
    const double log_z0 = cosmo_real_log(fmin(fmax(roughness_m, 0.01), 0.5));
    if (obukhov_m < 0.0) {
        if (obukhov_m >= 70.0 / (log_z0 - 4.350)) return COSMO_STABILITY_A;
        if (obukhov_m >= 85.2 / (log_z0 - 0.502)) return COSMO_STABILITY_B;
        return obukhov_m >= 245.0 / (log_z0 - 0.050) ? COSMO_STABILITY_C : COSMO_STABILITY_D;
    }
    if (obukhov_m >= -327.0 / (log_z0 - 0.627)) return COSMO_STABILITY_D;
    return obukhov_m >= -70.0 / (log_z0 - 0.295) ? COSMO_STABILITY_E : COSMO_STABILITY_F;
}

static cosmo_sigmas gaussian_briggs_rural(cosmo_stability stability, double x)
{
    static const double across[COSMO_STABILITIES] = {0.22, 0.16, 0.11, 0.08, 0.06, 0.04};
    double up = 0.0;
    switch (stability) {
    case COSMO_STABILITY_A:
        up = 0.20 * x;
        break;
    case COSMO_STABILITY_B:
        up = 0.12 * x;
        break;
    case COSMO_STABILITY_C:
        up = 0.08 * x / sqrt(1.0 + 2e-4 * x);
        break;
    case COSMO_STABILITY_D:
        up = 0.06 * x / sqrt(1.0 + 1.5e-3 * x);
        break;
    case COSMO_STABILITY_E:
        up = 0.03 * x / (1.0 + 3e-4 * x);
        break;
    default:
        up = 0.016 * x / (1.0 + 3e-4 * x);
        break;
    }
    return (cosmo_sigmas){0.0, across[stability] * x / sqrt(1.0 + 1e-4 * x), up};
}

static cosmo_sigmas gaussian_briggs_urban(cosmo_stability stability, double x)
{
    static const double across[COSMO_STABILITIES] = {0.32, 0.32, 0.22, 0.16, 0.11, 0.11};
    double up = 0.0;
    switch (stability) {
    case COSMO_STABILITY_A:
    case COSMO_STABILITY_B:
        up = 0.24 * x * sqrt(1.0 + 1e-3 * x);
        break;
    case COSMO_STABILITY_C:
        up = 0.20 * x;
        break;
    case COSMO_STABILITY_D:
        up = 0.14 * x / sqrt(1.0 + 3e-4 * x);
        break;
    default:
        up = 0.08 * x / sqrt(1.0 + 1.5e-3 * x);
        break;
    }
    return (cosmo_sigmas){0.0, across[stability] * x / sqrt(1.0 + 4e-4 * x), up};
}

/* A power law a x^b that holds up to a distance, x in km. */
typedef struct gaussian_power {
    double to_km, a, b;
} gaussian_power;

static double gaussian_isc3_up(cosmo_stability stability, double km)
{
    static const gaussian_power laws[COSMO_STABILITIES][10] = {
        {{0.10, 122.800, 0.94470},
         {0.15, 158.080, 1.05420},
         {0.20, 170.220, 1.09320},
         {0.25, 179.520, 1.12620},
         {0.30, 217.410, 1.26440},
         {0.40, 258.890, 1.40940},
         {0.50, 346.750, 1.72830},
         {INFINITY, 453.850, 2.11660}},
        {{0.20, 90.673, 0.93198}, {0.40, 98.483, 0.98332}, {INFINITY, 109.300, 1.09710}},
        {{INFINITY, 61.141, 0.91465}},
        {{0.30, 34.459, 0.86974},
         {1.00, 32.093, 0.81066},
         {3.00, 32.093, 0.64403},
         {10.0, 33.504, 0.60486},
         {30.0, 36.650, 0.56589},
         {INFINITY, 44.053, 0.51179}},
        {{0.10, 24.260, 0.83660},
         {0.30, 23.331, 0.81956},
         {1.00, 21.628, 0.75660},
         {2.00, 21.628, 0.63077},
         {4.00, 22.534, 0.57154},
         {10.0, 24.703, 0.50527},
         {20.0, 26.970, 0.46713},
         {40.0, 35.420, 0.37615},
         {INFINITY, 47.618, 0.29592}},
        {{0.20, 15.209, 0.81558},
         {0.70, 14.457, 0.78407},
         {1.00, 13.953, 0.68465},
         {2.00, 13.953, 0.63227},
         {3.00, 14.823, 0.54503},
         {7.00, 16.187, 0.46490},
         {15.0, 17.836, 0.41507},
         {30.0, 22.651, 0.32681},
         {60.0, 27.074, 0.27436},
         {INFINITY, 34.219, 0.21716}},
    };
    const gaussian_power *law = laws[stability];
    while (km > law->to_km) law++;
    return fmin(law->a * cosmo_real_pow(km, law->b), GAUSSIAN_ISC3_MOST_M);
}

static cosmo_sigmas gaussian_isc3(cosmo_stability stability, double x)
{
    static const double c[COSMO_STABILITIES] = {24.1670, 18.3330, 12.5000, 8.3330, 6.2500, 4.1667};
    static const double d[COSMO_STABILITIES] = {2.5334, 1.8096, 1.0857, 0.72382, 0.54287, 0.36191};
    const double km = x / GAUSSIAN_KM;
    const double angle = 0.017453293 * (c[stability] - d[stability] * cosmo_real_log(km));
    return (cosmo_sigmas){0.0, 465.11628 * km * cosmo_real_tan(angle), gaussian_isc3_up(stability, km)};
}

static cosmo_sigmas gaussian_tno(cosmo_stability stability, double x)
{
    static const double a[COSMO_STABILITIES] = {0.527, 0.371, 0.209, 0.128, 0.098, 0.065};
    static const double b[COSMO_STABILITIES] = {0.865, 0.866, 0.897, 0.905, 0.902, 0.902};
    static const double c[COSMO_STABILITIES] = {0.28, 0.23, 0.22, 0.20, 0.15, 0.12};
    static const double d[COSMO_STABILITIES] = {0.90, 0.85, 0.80, 0.76, 0.73, 0.67};
    return (cosmo_sigmas){0.0, a[stability] * cosmo_real_pow(x, b[stability]),
                          c[stability] * cosmo_real_pow(x, d[stability])};
}

static cosmo_sigmas gaussian_slade_puff(cosmo_stability stability, double x)
{
    static const double a[COSMO_STABILITIES] = {0.18, 0.14, 0.10, 0.06, 0.04, 0.02};
    static const double b[COSMO_STABILITIES] = {0.92, 0.92, 0.92, 0.92, 0.92, 0.89};
    static const double c[COSMO_STABILITIES] = {0.60, 0.53, 0.34, 0.15, 0.10, 0.05};
    static const double d[COSMO_STABILITIES] = {0.75, 0.73, 0.71, 0.70, 0.65, 0.61};
    const double level = a[stability] * cosmo_real_pow(x, b[stability]);
    return (cosmo_sigmas){level, level, c[stability] * cosmo_real_pow(x, d[stability])};
}

/* Across, a puff of the Yellow Book is half as wide as a plume; up it is as high (CPR 14E, 4.5.3.5). */
static cosmo_sigmas gaussian_tno_puff(cosmo_stability stability, double x)
{
    const cosmo_sigmas plume = gaussian_tno(stability, x);
    return (cosmo_sigmas){0.13 * x, 0.5 * plume.across_m, plume.up_m};
}

cosmo_sigmas cosmo_gaussian_sigmas(cosmo_sigma_set set, cosmo_stability stability, double distance_m)
{
    if (!(distance_m > 0.0)) return (cosmo_sigmas){0.0, 0.0, 0.0};
    switch (set) {
    case COSMO_SIGMA_BRIGGS_RURAL:
        return gaussian_briggs_rural(stability, distance_m);
    case COSMO_SIGMA_BRIGGS_URBAN:
        return gaussian_briggs_urban(stability, distance_m);
    case COSMO_SIGMA_ISC3_RURAL:
        return gaussian_isc3(stability, distance_m);
    case COSMO_SIGMA_TNO:
        return gaussian_tno(stability, distance_m);
    case COSMO_SIGMA_SLADE_PUFF:
        return gaussian_slade_puff(stability, distance_m);
    default:
        return gaussian_tno_puff(stability, distance_m);
    }
}

double cosmo_gaussian_virtual_m(cosmo_sigma_set set, cosmo_stability stability, bool up, double sigma_m)
{
    if (!(sigma_m > 0.0)) return 0.0;
    double low = 0.0, high = GAUSSIAN_FARTHEST_M;
    for (int i = 0; i < 100; i++) {
        const double middle = 0.5 * (low + high);
        const cosmo_sigmas there = cosmo_gaussian_sigmas(set, stability, middle);
        *((up ? there.up_m : there.across_m) < sigma_m ? &low : &high) = middle;
    }
    return high;
}

double cosmo_gaussian_wind(double wind_m_s, double reference_m, double height_m, cosmo_stability stability, bool urban)
{
    static const double exponents[2][COSMO_STABILITIES] = {{0.07, 0.07, 0.10, 0.15, 0.35, 0.55},
                                                           {0.15, 0.15, 0.20, 0.25, 0.30, 0.30}};
    return wind_m_s * cosmo_real_pow(height_m / reference_m, exponents[urban][stability]);
}

static double gaussian_bell(double distance, double sigma)
{
    const double r = distance / sigma;
    return cosmo_real_exp(-0.5 * r * r);
}

double cosmo_gaussian_vertical(double sigma_m, double source_m, double height_m, double lid_m)
{
    const bool lid = isfinite(lid_m);
    if (lid && height_m > lid_m) return 0.0;
    if (lid && sigma_m > GAUSSIAN_MIXED * lid_m) return 1.0 / lid_m;
    double sum = gaussian_bell(height_m - source_m, sigma_m) + gaussian_bell(height_m + source_m, sigma_m);
    /* with sigma at most 1.6 lids, images more than 12 sigma away weigh less than a rounding error */
    const int images = lid ? (int)ceil(12.0 * sigma_m / (2.0 * lid_m)) + 1 : 0;
    for (int i = 1; i <= images; i++) {
        const double shift = 2.0 * (double)i * lid_m;
        sum +=
            gaussian_bell(height_m - source_m - shift, sigma_m) + gaussian_bell(height_m - source_m + shift, sigma_m) +
            gaussian_bell(height_m + source_m - shift, sigma_m) + gaussian_bell(height_m + source_m + shift, sigma_m);
    }
    return sum / (GAUSSIAN_ROOT_TWO_PI * sigma_m);
}

double cosmo_gaussian_plume(double source_kg_s, double wind_m_s, const cosmo_sigmas *sigmas, double across_m,
                            double source_m, double height_m, double lid_m)
{
    return source_kg_s / wind_m_s * gaussian_bell(across_m, sigmas->across_m) /
           (GAUSSIAN_ROOT_TWO_PI * sigmas->across_m) * cosmo_gaussian_vertical(sigmas->up_m, source_m, height_m, lid_m);
}

double cosmo_gaussian_puff(double mass_kg, const cosmo_sigmas *sigmas, double along_m, double across_m, double source_m,
                           double height_m, double lid_m)
{
    return mass_kg * gaussian_bell(along_m, sigmas->along_m) * gaussian_bell(across_m, sigmas->across_m) /
           (GAUSSIAN_TWO_PI * sigmas->along_m * sigmas->across_m) *
           cosmo_gaussian_vertical(sigmas->up_m, source_m, height_m, lid_m);
}
