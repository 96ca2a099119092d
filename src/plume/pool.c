/* Evaporation of a liquid that is spilled: spreading, wind, heat, until it is gone. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double POOL_PI = 3.14159265358979323846;
static const double POOL_GAS_J_MOL_K = 8.314462618, POOL_AIR_GAS_J_KG_K = 287.05, POOL_ATMOSPHERE_PA = 101325.0;
static const double POOL_AIR_CP_J_KG_K = 1005.0, POOL_PRANDTL = 0.71, POOL_AIR_VISCOSITY_PA_S = 1.8e-5;
static const double POOL_CALM_M_S = 0.5;
static const double POOL_COLDEST_K = 50.0;
static const double POOL_GONE = 1e-3; /* of what was spilled */
/* of the pressure of the air: a pool as close to boiling as the logarithm can tell */
static const double POOL_BOILING = 1.0 - 1e-12;

double cosmo_pool_transfer_m_s(double wind_m_s, double diameter_m, double schmidt)
{
    return 0.0048 * cosmo_real_pow(fmax(wind_m_s, POOL_CALM_M_S), 7.0 / 9.0) * cosmo_real_pow(diameter_m, -1.0 / 9.0) *
           cosmo_real_pow(schmidt, -2.0 / 3.0);
}

static double pool_vapour_pa(const cosmo_pool_liquid *liquid, double temperature_k)
{
    const double rise = liquid->vaporisation_j_kg * liquid->molar_kg_mol / POOL_GAS_J_MOL_K *
                        (1.0 / liquid->boiling_k - 1.0 / temperature_k);
    return POOL_ATMOSPHERE_PA * cosmo_real_exp(rise);
}

/* A pool under way. */
typedef struct pool_state {
    const cosmo_pool_case *spill;
    double *left_kg;
    double temperature_k, area_m2;
    double step_s, ground_w_m2_k; /* of the present step; heat that the ground conducts a kelvin, its mean */
} pool_state;

/* Molar shares of the liquids left; 0 when nothing is. */
static double pool_share(const pool_state *pool, size_t i)
{
    double moles = 0.0;
    for (size_t j = 0; j < pool->spill->n; j++) moles += pool->left_kg[j] / pool->spill->liquids[j].molar_kg_mol;
    return moles > 0.0 ? pool->left_kg[i] / pool->spill->liquids[i].molar_kg_mol / moles : 0.0;
}

static double pool_pressure_pa(const pool_state *pool, double temperature_k)
{
    double sum = 0.0;
    for (size_t i = 0; i < pool->spill->n; i++)
        sum += pool_share(pool, i) * pool_vapour_pa(&pool->spill->liquids[i], temperature_k);
    return sum;
}

static double pool_schmidt(const pool_state *pool, size_t i)
{
    const cosmo_pool_case *s = pool->spill;
    const double density = s->air_pa / (POOL_AIR_GAS_J_KG_K * s->air_k);
    return POOL_AIR_VISCOSITY_PA_S / (density * s->liquids[i].diffusivity_m2_s);
}

/* Vapour of a liquid over that of all. */
static double pool_vapour_share(const pool_state *pool, size_t i, double temperature_k, double pressure_pa)
{
    return pool_share(pool, i) * pool_vapour_pa(&pool->spill->liquids[i], temperature_k) / pressure_pa;
}

/* Mean flux of a liquid into the wind over the step, kg/(m2 s): vapour moves air along (Stefan). */
static double pool_flux(const pool_state *pool, size_t i, double temperature_k, double pressure_pa)
{
    const cosmo_pool_case *s = pool->spill;
    if (!(pool->left_kg[i] > 0.0)) return 0.0;
    const double k = cosmo_pool_transfer_m_s(s->wind_m_s, 2.0 * sqrt(pool->area_m2 / POOL_PI), pool_schmidt(pool, i));
    const double saturation = fmin(pressure_pa / s->air_pa, POOL_BOILING);
    const double flux = -k * s->air_pa * s->liquids[i].molar_kg_mol / (POOL_GAS_J_MOL_K * temperature_k) *
                        pool_vapour_share(pool, i, temperature_k, pressure_pa) * cosmo_real_log(1.0 - saturation);
    return fmin(flux, pool->left_kg[i] / (pool->area_m2 * pool->step_s));
}

/* Heat that comes in less what evaporation and warming take, W/m2; falls with the temperature at the step's end. */
static double pool_surplus(const pool_state *pool, double temperature_k)
{
    const cosmo_pool_case *s = pool->spill;
    const double density = s->air_pa / (POOL_AIR_GAS_J_KG_K * s->air_k);
    const double heat_transfer =
        cosmo_pool_transfer_m_s(s->wind_m_s, 2.0 * sqrt(pool->area_m2 / POOL_PI), POOL_PRANDTL) * density *
        POOL_AIR_CP_J_KG_K;
    const double pressure = pool_pressure_pa(pool, temperature_k);
    double sum = heat_transfer * (s->air_k - temperature_k) + s->radiation_w_m2 +
                 pool->ground_w_m2_k * (s->ground_k - temperature_k);
    for (size_t i = 0; i < s->n; i++) {
        sum -= s->liquids[i].vaporisation_j_kg * pool_flux(pool, i, temperature_k, pressure);
        sum -= pool->left_kg[i] * s->liquids[i].heat_capacity_j_kg_k * (temperature_k - pool->temperature_k) /
               (pool->area_m2 * pool->step_s);
    }
    return sum;
}

/* Where the mixture would boil. */
static double pool_boiling_k(const pool_state *pool)
{
    double low = POOL_COLDEST_K, high = 1000.0;
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        *(pool_pressure_pa(pool, middle) < pool->spill->air_pa ? &low : &high) = middle;
    }
    return low;
}

/* The temperature at the end of the step that balances heat. */
static double pool_balance(const pool_state *pool)
{
    double low = POOL_COLDEST_K, high = pool_boiling_k(pool);
    for (int i = 0; i < 60; i++) {
        const double middle = 0.5 * (low + high);
        *(pool_surplus(pool, middle) > 0.0 ? &low : &high) = middle;
    }
    return low;
}

/* What boils beyond what the wind takes, mol/(m2 s): of heat that is left over at the boiling point. */
static double pool_boiling_mol(const pool_state *pool, double temperature_k, double pressure_pa)
{
    double heat_j_mol = 0.0;
    for (size_t i = 0; i < pool->spill->n; i++)
        heat_j_mol += pool_vapour_share(pool, i, temperature_k, pressure_pa) * pool->spill->liquids[i].molar_kg_mol *
                      pool->spill->liquids[i].vaporisation_j_kg;
    return fmax(pool_surplus(pool, temperature_k), 0.0) / heat_j_mol;
}

static double pool_volume_m3(const cosmo_pool_case *spill)
{
    double volume = 0.0;
    for (size_t i = 0; i < spill->n; i++) volume += spill->liquids[i].mass_kg / spill->liquids[i].density_kg_m3;
    return volume;
}

static double pool_area_m2(const cosmo_pool_case *spill, double time_s)
{
    const double volume = pool_volume_m3(spill),
                 most = isnan(spill->area_m2) ? volume / spill->depth_m : spill->area_m2;
    const double radius = cosmo_real_cbrt(volume / POOL_PI);
    const double spread =
        POOL_PI * radius * radius + POOL_PI * time_s * sqrt(8.0 * COSMO_STANDARD_GRAVITY * volume / POOL_PI);
    return fmin(spread, most);
}

static cosmo_status pool_check(const cosmo_pool_case *s, cosmo_run *run)
{
    for (size_t i = 0; i < s->n; i++) {
        const cosmo_pool_liquid *l = &s->liquids[i];
        if (!(l->mass_kg > 0.0 && isfinite(l->mass_kg) && l->molar_kg_mol > 0.0 && l->boiling_k > POOL_COLDEST_K &&
              l->vaporisation_j_kg > 0.0 && l->density_kg_m3 > 0.0 && l->heat_capacity_j_kg_k > 0.0 &&
              l->diffusivity_m2_s > 0.0))
            return cosmo_run_fail(run, COSMO_BAD_INPUT,
                                  "liquid %zu of a pool has a mass or a property that is not above 0", i);
    }
    const double size = isnan(s->area_m2) ? s->depth_m : s->area_m2;
    if (s->n == 0 || !(size > 0.0 && isfinite(size)))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "a pool needs a liquid, and an area or a depth above 0");
    if (!(s->wind_m_s >= 0.0 && s->duration_s > 0.0 && s->air_pa > 0.0 && s->ground_conductivity_w_m_k >= 0.0) ||
        (s->ground_conductivity_w_m_k > 0.0 && !(s->ground_diffusivity_m2_s > 0.0)) || !isfinite(s->radiation_w_m2))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "a pool needs wind, time, pressure, and a ground that conducts heat");
    if (!(s->temperature_k > POOL_COLDEST_K && s->air_k > 150.0 && s->ground_k > 150.0 && s->temperature_k < 400.0 &&
          s->air_k < 400.0 && s->ground_k < 400.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "the air over a pool and its ground are between 150 and 400 K, the pool too at most");
    return COSMO_OK;
}

/* One step; the mean over it of 1/sqrt(t), by which the ground conducts, is exact. */
static void pool_step(pool_state *pool, double from_s, double to_s, double *rate_kg_s)
{
    const cosmo_pool_case *s = pool->spill;
    pool->step_s = to_s - from_s;
    pool->area_m2 = pool_area_m2(s, to_s);
    if (s->ground_conductivity_w_m_k > 0.0)
        pool->ground_w_m2_k = s->ground_conductivity_w_m_k / sqrt(POOL_PI * s->ground_diffusivity_m2_s) * 2.0 *
                              (sqrt(to_s) - sqrt(from_s)) / pool->step_s;
    double sum = 0.0;
    for (size_t i = 0; i < s->n; i++) sum += pool->left_kg[i];
    if (!(sum > 0.0)) return;
    const double temperature = pool_balance(pool), pressure = pool_pressure_pa(pool, temperature);
    const double boiling = pool_boiling_mol(pool, temperature, pressure);
    for (size_t i = 0; i < s->n; i++) {
        const double boiled = boiling * pool_vapour_share(pool, i, temperature, pressure) * s->liquids[i].molar_kg_mol;
        const double flux = pool_flux(pool, i, temperature, pressure) + boiled;
        rate_kg_s[i] = fmin(flux * pool->area_m2, pool->left_kg[i] / pool->step_s);
    }
    for (size_t i = 0; i < s->n; i++) pool->left_kg[i] = fmax(pool->left_kg[i] - rate_kg_s[i] * pool->step_s, 0.0);
    pool->temperature_k = temperature;
}

cosmo_status cosmo_pool_evaporate(const cosmo_pool_case *spill, cosmo_arena *arena, cosmo_run *run, cosmo_pool *pool)
{
    COSMO_TRY(pool_check(spill, run));
    *pool = (cosmo_pool){.n = spill->n, .gone_s = NAN};
    pool->rate_kg_s = cosmo_arena_array(arena, COSMO_POOL_STEPS * spill->n, sizeof *pool->rate_kg_s);
    pool->left_kg = cosmo_arena_array(arena, spill->n, sizeof *pool->left_kg);
    COSMO_NEED(pool->rate_kg_s, run);
    COSMO_NEED(pool->left_kg, run);
    double spilled_kg = 0.0;
    for (size_t i = 0; i < spill->n; i++) spilled_kg += pool->left_kg[i] = spill->liquids[i].mass_kg;
    pool_state state = {.spill = spill, .left_kg = pool->left_kg, .temperature_k = spill->temperature_k};
    for (size_t step = 0; step < COSMO_POOL_STEPS; step++) {
        const double from = (double)step / COSMO_POOL_STEPS, to = (double)(step + 1) / COSMO_POOL_STEPS;
        pool->end_s[step] = spill->duration_s * to * to;
        pool_step(&state, spill->duration_s * from * from, pool->end_s[step], &pool->rate_kg_s[step * spill->n]);
        pool->temperature_k[step] = state.temperature_k;
        pool->area_m2[step] = state.area_m2;
        double left_kg = 0.0;
        for (size_t i = 0; i < spill->n; i++) left_kg += pool->left_kg[i];
        if (isnan(pool->gone_s) && left_kg < POOL_GONE * spilled_kg) pool->gone_s = pool->end_s[step];
    }
    return COSMO_OK;
}
