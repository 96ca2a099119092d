/* Whether vapour that leaves the ground cold is heavy enough to spread by its own weight, and how far that takes it. */
#include "plume/accident.h"

#include <math.h>
#include <stdint.h>

static const double ACCIDENT_DENSE_GAS_J_MOL_K = 8.31446261815324, ACCIDENT_DENSE_AIR_KG_MOL = 0.0289644;
static const double ACCIDENT_DENSE_WIND_M = 10.0;    /* of the workbook */
static const double ACCIDENT_DENSE_CALM_M_S = 0.5;   /* as of pools */
static const double ACCIDENT_DENSE_CURVES_M_S = 1.0; /* the least wind that the workbook's curves hold for */
static const double ACCIDENT_DENSE_AT_ONCE_S = 1.0;  /* limits of their shortest time */

/* Pure vapour: N2O4 as it dissociates, everything else as an ideal gas. */
static double accident_dense_density(const cosmo_substance *x, double temperature_k, double pressure_pa)
{
    const cosmo_compound *c = &x->compound;
    if (c->nitrogen == 2.0 && c->oxygen == 4.0 && c->carbon == 0.0 && c->hydrogen == 0.0)
        return cosmo_heavy_gas_oxides_kg_m3(temperature_k, pressure_pa, 1.0, 0.0);
    return pressure_pa * x->molar_mass_kg_mol / (ACCIDENT_DENSE_GAS_J_MOL_K * temperature_k);
}

/* All vapours together, each as cold as it boils. Returns the sum of their amounts. */
static double accident_dense_mix(const cosmo_accident *a, const cosmo_accident_vapour *vapour,
                                 const cosmo_plume_weather *weather, cosmo_heavy_release *release)
{
    double sum = 0.0, volume = 0.0, warmth = 0.0;
    for (size_t i = 0; i < a->n_tanks; i++) {
        const cosmo_substance *x = a->tanks[i].substance;
        const double boiling = isfinite(x->boiling_point_k) ? x->boiling_point_k : weather->temperature_k;
        const double temperature = fmin(weather->temperature_k, boiling);
        const double part = vapour->amount[i] / accident_dense_density(x, temperature, weather->pressure_pa);
        sum += vapour->amount[i];
        volume += part;
        warmth += part * temperature;
    }
    if (!(volume > 0.0)) return 0.0;
    *release = (cosmo_heavy_release){.lasting = vapour->lasting,
                                     .volume = volume,
                                     .density_kg_m3 = sum / volume,
                                     .air_density_kg_m3 = weather->pressure_pa * ACCIDENT_DENSE_AIR_KG_MOL /
                                                          (ACCIDENT_DENSE_GAS_J_MOL_K * weather->temperature_k),
                                     .temperature_ratio = warmth / volume / weather->temperature_k};
    return sum;
}

/* The first serious level of a species, else its first; SIZE_MAX without any. */
static size_t accident_dense_level(const cosmo_accident *a, size_t species)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < a->n_levels; i++) {
        if (a->levels[i].species != species) continue;
        if (a->levels[i].threshold->rank >= 2) return i;
        if (first == SIZE_MAX) first = i;
    }
    return first;
}

/* How far the level of one species reaches; NaN: it has none. */
static double accident_dense_reach(const cosmo_accident *a, const cosmo_accident_vapour *vapour, size_t species,
                                   double share, const cosmo_heavy_release *release, const cosmo_plume_weather *weather)
{
    const size_t level = accident_dense_level(a, species);
    if (level == SIZE_MAX || !(share > 0.0)) return NAN;
    const double averaging = vapour->lasting ? vapour->duration_s : ACCIDENT_DENSE_AT_ONCE_S;
    const double limit = cosmo_threshold_density(a->levels[level].threshold, a->species[species], averaging,
                                                 weather->temperature_k, weather->pressure_pa);
    /* the curves are of volumes: a volume of the vapour has less mass once it is as warm as the air */
    const double ratio = limit / (share * release->density_kg_m3 * release->temperature_ratio);
    return ratio < 1.0 ? cosmo_heavy_gas_distance_m(release, ratio) : 0.0;
}

void cosmo_accident_dense_screen(const cosmo_accident *accident, const cosmo_accident_vapour *vapour,
                                 cosmo_accident_sample *sample)
{
    cosmo_heavy_release release;
    double east, north, number;
    const double sum = accident_dense_mix(accident, vapour, &sample->weather, &release);
    if (!(sum > 0.0)) return;
    cosmo_accident_draw_wind(&sample->air, ACCIDENT_DENSE_WIND_M, &east, &north);
    release.wind_m_s = fmax(sqrt(east * east + north * north), ACCIDENT_DENSE_CALM_M_S);
    const bool dense = cosmo_heavy_gas_matters(&release, &number);
    /* the criterion's left side is this power of g' L / u^2 */
    const double richardson = vapour->lasting ? number * number * number : number * number;
    sample->richardson = fmax(sample->richardson, richardson);
    if (!dense) return;
    sample->dense = 1.0;
    release.wind_m_s = fmax(release.wind_m_s, ACCIDENT_DENSE_CURVES_M_S);
    for (size_t k = 0; k < accident->n_species; k++) {
        double share = 0.0;
        for (size_t i = 0; i < accident->n_tanks; i++)
            if (accident->tanks[i].species == k) share += vapour->amount[i] / sum;
        sample->dense_m =
            fmax(sample->dense_m, accident_dense_reach(accident, vapour, k, share, &release, &sample->weather));
    }
}
