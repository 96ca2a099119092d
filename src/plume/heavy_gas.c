/* Gas heavier than air: whether that matters, how it thins out, and how heavy N2O4 and its fog are. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double HEAVY_GAS_J_MOL_K = 8.314462618, HEAVY_GAS_ATMOSPHERE_PA = 101325.0;
static const double HEAVY_GAS_AIR_KG_MOL = 0.0289644, HEAVY_GAS_N2O4_KG_MOL = 0.092011;
static const double HEAVY_GAS_FOG_KG_M3 = 1443.0;
static const double HEAVY_GAS_KP_ATM = 0.148, HEAVY_GAS_KP_K = 298.15, HEAVY_GAS_KP_J_MOL = 57200.0;
static const double HEAVY_GAS_LASTING_MATTERS = 0.15, HEAVY_GAS_ONCE_MATTERS = 0.20;
static const double HEAVY_GAS_LOG_10 = 2.302585092994046;

/* The workbook's curves: log10 of the distance to a ratio, x/D or x/V^(1/3), is a + b alpha up to each limit of alpha.
 */
enum { HEAVY_GAS_PIECES = 4, HEAVY_GAS_CURVES = 7 };
typedef struct heavy_gas_piece {
    double to_alpha, b, a;
} heavy_gas_piece;
typedef struct heavy_gas_curve {
    double ratio;
    heavy_gas_piece pieces[HEAVY_GAS_PIECES];
} heavy_gas_curve;
typedef struct heavy_gas_curves {
    int n;
    heavy_gas_curve curves[HEAVY_GAS_CURVES];
} heavy_gas_curves;

static const heavy_gas_curves HEAVY_GAS_LASTING = {
    6,
    {{0.100, {{-0.55, 0, 1.75}, {-0.14, 0.24, 1.88}, {INFINITY, -0.50, 1.78}}},
     {0.050, {{-0.68, 0, 1.92}, {-0.29, 0.36, 2.16}, {-0.18, 0, 2.06}, {INFINITY, -0.56, 1.96}}},
     {0.020, {{-0.69, 0, 2.08}, {-0.31, 0.45, 2.39}, {-0.16, 0, 2.25}, {INFINITY, -0.54, 2.16}}},
     {0.010, {{-0.70, 0, 2.25}, {-0.29, 0.49, 2.59}, {-0.20, 0, 2.45}, {INFINITY, -0.52, 2.35}}},
     {0.005, {{-0.67, 0, 2.40}, {-0.28, 0.59, 2.80}, {-0.15, 0, 2.63}, {INFINITY, -0.48, 2.56}}},
     {0.002, {{-0.69, 0, 2.60}, {-0.25, 0.39, 2.87}, {-0.13, 0, 2.77}, {INFINITY, -0.50, 2.71}}}}};
static const heavy_gas_curves HEAVY_GAS_ONCE = {
    7,
    {{0.100, {{-0.44, 0, 0.70}, {0.43, 0.26, 0.81}, {INFINITY, 0, 0.93}}},
     {0.050, {{-0.56, 0, 0.85}, {0.31, 0.26, 1.00}, {INFINITY, -0.12, 1.12}}},
     {0.020, {{-0.66, 0, 0.95}, {0.32, 0.36, 1.19}, {INFINITY, -0.26, 1.38}}},
     {0.010, {{-0.71, 0, 1.15}, {0.37, 0.34, 1.39}, {INFINITY, -0.38, 1.66}}},
     {0.005, {{-0.52, 0, 1.48}, {0.24, 0.26, 1.62}, {INFINITY, -0.30, 1.75}}},
     {0.002, {{0.27, 0, 1.83}, {INFINITY, -0.32, 1.92}}},
     {0.001, {{-0.10, 0, 2.075}, {INFINITY, -0.27, 2.05}}}}};

double cosmo_heavy_gas_gravity_m_s2(const cosmo_heavy_release *r)
{
    return COSMO_STANDARD_GRAVITY * fmax(r->density_kg_m3 / r->air_density_kg_m3 - 1.0, 0.0);
}

/* The length that distances are counted in. */
static double heavy_gas_length_m(const cosmo_heavy_release *r)
{
    return r->lasting ? sqrt(r->volume / r->wind_m_s) : cosmo_real_cbrt(r->volume);
}

bool cosmo_heavy_gas_matters(const cosmo_heavy_release *r, double *number)
{
    const double gravity = cosmo_heavy_gas_gravity_m_s2(r), length = heavy_gas_length_m(r);
    const double speed_m_s = r->lasting ? cosmo_real_cbrt(gravity * r->volume / length) : sqrt(gravity * length);
    if (number != NULL) *number = speed_m_s / r->wind_m_s;
    return speed_m_s / r->wind_m_s > (r->lasting ? HEAVY_GAS_LASTING_MATTERS : HEAVY_GAS_ONCE_MATTERS);
}

cosmo_status cosmo_heavy_gas_refuse(const cosmo_heavy_release *release, cosmo_run *run)
{
    double number;
    if (!cosmo_heavy_gas_matters(release, &number)) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "the release is too heavy for formulas of passive gas: its spreading speed is %.2f times the "
                          "wind, the limit is %.2f; ask for the dense phase",
                          number, release->lasting ? HEAVY_GAS_LASTING_MATTERS : HEAVY_GAS_ONCE_MATTERS);
}

/* log10 of the buoyancy number, held to where the curves were drawn. */
static double heavy_gas_alpha(const cosmo_heavy_release *r)
{
    const double gravity = cosmo_heavy_gas_gravity_m_s2(r), u = r->wind_m_s;
    const double x = r->lasting ? gravity * gravity * r->volume / (u * u * u * u * u)
                                : gravity * cosmo_real_cbrt(r->volume) / (u * u);
    if (!(x > 0.0)) return -1.0;
    return fmin(fmax((r->lasting ? 0.2 : 0.5) * cosmo_real_log(x) / HEAVY_GAS_LOG_10, -1.0), 1.0);
}

static double heavy_gas_beta(const heavy_gas_curve *curve, double alpha)
{
    const heavy_gas_piece *piece = curve->pieces;
    while (alpha > piece->to_alpha) piece++;
    return piece->a + piece->b * alpha;
}

/* The ratio without its correction for temperature at a scaled distance. Neighbouring curves touch at the edge of their
 * range (strong buoyancy, at once), where the nearer one is taken. */
static double heavy_gas_isothermal(const heavy_gas_curves *all, bool lasting, double alpha, double scaled)
{
    const double beta = cosmo_real_log(scaled) / HEAVY_GAS_LOG_10;
    double nearer = heavy_gas_beta(&all->curves[0], alpha);
    if (beta <= nearer) {
        const double near_field = lasting ? 306.0 / (306.0 + scaled * scaled) : 3.24 / (3.24 + scaled * scaled);
        return fmax(near_field, all->curves[0].ratio);
    }
    for (int i = 1; i < all->n; i++) {
        const double farther = heavy_gas_beta(&all->curves[i], alpha);
        if (beta <= farther) {
            const double share = (beta - nearer) / (farther - nearer);
            return all->curves[i - 1].ratio * cosmo_real_pow(all->curves[i].ratio / all->curves[i - 1].ratio, share);
        }
        nearer = farther;
    }
    return all->curves[all->n - 1].ratio * cosmo_real_exp(-2.0 * (beta - nearer) * HEAVY_GAS_LOG_10);
}

double cosmo_heavy_gas_ratio(const cosmo_heavy_release *r, double distance_m)
{
    if (!(distance_m > 0.0)) return 1.0;
    const double c = heavy_gas_isothermal(r->lasting ? &HEAVY_GAS_LASTING : &HEAVY_GAS_ONCE, r->lasting,
                                          heavy_gas_alpha(r), distance_m / heavy_gas_length_m(r));
    return c / (c + (1.0 - c) * r->temperature_ratio);
}

double cosmo_heavy_gas_distance_m(const cosmo_heavy_release *release, double ratio)
{
    double low = 0.0, high = heavy_gas_length_m(release);
    while (cosmo_heavy_gas_ratio(release, high) > ratio) high *= 2.0;
    for (int i = 0; i < 80; i++) {
        const double middle = 0.5 * (low + high);
        *(cosmo_heavy_gas_ratio(release, middle) > ratio ? &low : &high) = middle;
    }
    return high;
}

double cosmo_heavy_gas_width_m(const cosmo_heavy_release *r, double distance_m, double time_s)
{
    const double gravity = cosmo_heavy_gas_gravity_m_s2(r);
    if (!r->lasting) {
        const double start_m = cosmo_real_cbrt(0.75 * r->volume / 3.14159265358979323846);
        return sqrt(start_m * start_m + 1.2 * time_s * sqrt(gravity * r->volume));
    }
    const double buoyancy_m = gravity * r->volume / (r->wind_m_s * r->wind_m_s * r->wind_m_s);
    return heavy_gas_length_m(r) + 8.0 * buoyancy_m + 2.5 * cosmo_real_cbrt(buoyancy_m * distance_m * distance_m);
}

double cosmo_heavy_gas_dissociation(double temperature_k, double oxides_pa)
{
    const double kp = HEAVY_GAS_KP_ATM * cosmo_real_exp(-HEAVY_GAS_KP_J_MOL / HEAVY_GAS_J_MOL_K *
                                                        (1.0 / temperature_k - 1.0 / HEAVY_GAS_KP_K));
    return sqrt(kp / (kp + 4.0 * oxides_pa / HEAVY_GAS_ATMOSPHERE_PA));
}

double cosmo_heavy_gas_oxides_kg_m3(double temperature_k, double pressure_pa, double oxides_share, double fog_share)
{
    const double fog = oxides_share * fog_share, air_mol = (1.0 - oxides_share) / HEAVY_GAS_AIR_KG_MOL;
    const double undissociated_mol = (oxides_share - fog) / HEAVY_GAS_N2O4_KG_MOL;
    /* the more is dissociated, the higher is the partial pressure, which holds dissociation back: one root in 0 .. 1 */
    double low = 0.0, high = 1.0;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high), oxides_mol = undissociated_mol * (1.0 + middle);
        const double oxides_pa = pressure_pa * oxides_mol / (oxides_mol + air_mol);
        *(cosmo_heavy_gas_dissociation(temperature_k, oxides_pa) > middle ? &low : &high) = middle;
    }
    const double gas_mol = undissociated_mol * (1.0 + low) + air_mol;
    return 1.0 / (gas_mol * HEAVY_GAS_J_MOL_K * temperature_k / pressure_pa + fog / HEAVY_GAS_FOG_KG_M3);
}
