/* What is breathed at a place: means, toxic loads, how they compare with limits, and what they do to people. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

#define DOSE_GAS_CONSTANT  8.31446261815324 /* J/(mol K), SI Brochure 2019 */
#define DOSE_PROBIT_MIDDLE 5.0              /* the probit of one half (Finney 1971) */

/* ---- units ------------------------------------------------------------------------------------------------------- */

double cosmo_dose_mass_concentration(double fraction, double molar_mass_kg_mol, double temperature_k,
                                     double pressure_pa)
{
    return fraction * molar_mass_kg_mol * pressure_pa / (DOSE_GAS_CONSTANT * temperature_k);
}

double cosmo_dose_mixing_ratio(double concentration_kg_m3, double molar_mass_kg_mol, double temperature_k,
                               double pressure_pa)
{
    return concentration_kg_m3 * DOSE_GAS_CONSTANT * temperature_k / (molar_mass_kg_mol * pressure_pa);
}

/* ---- means and loads --------------------------------------------------------------------------------------------- */

static double dose_value(const cosmo_dose_series *series, size_t i)
{
    return i < series->n ? (double)series->concentration_kg_m3[i * series->stride] : 0.0;
}

/* The best window begins or ends where an interval does: it holds `whole` intervals and a part of one beside them. */
double cosmo_dose_largest_mean(const cosmo_dose_series *series, double averaging_s)
{
    const double length = averaging_s / series->interval_s;
    const bool beyond = length >= (double)series->n;
    const size_t whole = beyond ? series->n : (size_t)length;
    const double part = beyond ? 0.0 : length - (double)whole;
    double sum = 0.0;
    for (size_t i = 0; i < whole; i++) sum += dose_value(series, i);
    double largest = sum + part * dose_value(series, whole);
    for (size_t i = 1; i + whole <= series->n; i++) {
        const double before = dose_value(series, i - 1);
        sum += dose_value(series, i + whole - 1) - before;
        largest = fmax(largest, sum + part * fmax(before, dose_value(series, i + whole)));
    }
    return largest / length;
}

double cosmo_dose_load(const cosmo_dose_series *series, double exponent)
{
    double load = 0.0;
    for (size_t i = 0; i < series->n; i++) {
        const double concentration = dose_value(series, i);
        if (concentration > 0.0) load += exponent == 1.0 ? concentration : cosmo_real_pow(concentration, exponent);
    }
    return load * series->interval_s;
}

double cosmo_dose_fluctuation(double exponent, double intensity)
{
    return cosmo_real_pow(1.0 + intensity * intensity, 0.5 * exponent * (exponent - 1.0));
}

/* ---- against a limit --------------------------------------------------------------------------------------------- */

/* Tabulated and whole-interval times, rising, each once. With times == NULL they are only counted. */
static size_t dose_times(const cosmo_table *table, double interval_s, size_t n_intervals, double *times)
{
    size_t n = 0, row = 0, step = 1;
    const double first = table->values[0];
    if (table->n_rows == 1) {
        if (times != NULL) times[0] = fmax(first, interval_s);
        return 1;
    }
    double last = 0.0;
    while (row < table->n_rows || step <= n_intervals) {
        const double tabulated = row < table->n_rows ? fmax(table->values[2 * row], interval_s) : INFINITY;
        const double whole = step <= n_intervals ? (double)step * interval_s : INFINITY;
        const double time = fmin(tabulated, whole);
        if (tabulated <= whole) row++;
        if (whole <= tabulated) step++;
        if (time < first || time <= last) continue;
        if (times != NULL) times[n] = time;
        last = time;
        n++;
    }
    return n;
}

cosmo_status cosmo_dose_prepare(const cosmo_threshold *threshold, const cosmo_substance *substance,
                                double temperature_k, double pressure_pa, double interval_s, size_t n_intervals,
                                cosmo_arena *arena, cosmo_run *run, cosmo_dose_limit *limit)
{
    const cosmo_table *table = threshold->by_volume.n_rows > 0 ? &threshold->by_volume : &threshold->by_mass;
    if (table->n_rows == 0)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%.40s' of %.40s is no limit in air", threshold->level,
                              threshold->substance);
    if (table->values[0] < interval_s)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "%s of %s is for %g s; means over %g s stand for it, shorter peaks are not seen",
                       threshold->level, threshold->substance, table->values[0], interval_s);
    const size_t n = dose_times(table, interval_s, n_intervals, NULL);
    double *times = cosmo_arena_array(arena, n, sizeof *times), *limits = cosmo_arena_array(arena, n, sizeof *limits);
    COSMO_NEED(times, run);
    COSMO_NEED(limits, run);
    dose_times(table, interval_s, n_intervals, times);
    for (size_t i = 0; i < n; i++)
        limits[i] = cosmo_threshold_density(threshold, substance, times[i], temperature_k, pressure_pa);
    *limit = (cosmo_dose_limit){n, times, limits};
    return COSMO_OK;
}

cosmo_dose_finding cosmo_dose_judge(const cosmo_dose_limit *limit, const cosmo_dose_series *series)
{
    cosmo_dose_finding finding = {.ratio = 0.0};
    finding.peak_ratio = cosmo_dose_largest_mean(series, series->interval_s) / limit->limit_kg_m3[0];
    if (finding.peak_ratio == 0.0) return finding;
    for (size_t i = 0; i < limit->n; i++) {
        const double ratio = cosmo_dose_largest_mean(series, limit->averaging_s[i]) / limit->limit_kg_m3[i];
        if (ratio <= finding.ratio) continue;
        finding.ratio = ratio;
        finding.averaging_s = limit->averaging_s[i];
    }
    return finding;
}

/* ---- people ------------------------------------------------------------------------------------------------------ */

double cosmo_dose_death(const cosmo_substance *substance, double load, double temperature_k, double pressure_pa)
{
    const cosmo_probit *probit = &substance->probit;
    if (isnan(probit->a)) return NAN;
    if (!(load > 0.0)) return 0.0;
    const double unit =
        probit->unit == COSMO_LOAD_MG_M3_MIN
            ? 1e-6
            : cosmo_dose_mass_concentration(1e-6, substance->molar_mass_kg_mol, temperature_k, pressure_pa);
    const double log_load = cosmo_real_log(load / 60.0) - probit->exponent * cosmo_real_log(unit);
    return cosmo_random_normal_probability(probit->a + probit->b * log_load - DOSE_PROBIT_MIDDLE);
}

double cosmo_dose_response(double concentration, double median, double sigma_ln)
{
    if (!(concentration > 0.0)) return 0.0;
    return cosmo_random_normal_probability(cosmo_real_log(concentration / median) / sigma_ln);
}
