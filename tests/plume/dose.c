/* Means, loads, ratios and responses: closed forms of a pulse, a constant and a Gaussian; published points of probits;
 * samples that two laboratories took. */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"

enum { DOSE_N = 180 }; /* three hours by the minute */

static cosmo_dose_series dose_series(const float *concentration)
{
    return (cosmo_dose_series){concentration, DOSE_N, 1, 60.0};
}

static void dose_pulse(float *concentration, size_t first, size_t n, float height)
{
    memset(concentration, 0, DOSE_N * sizeof *concentration);
    for (size_t i = first; i < first + n; i++) concentration[i] = height;
}

static const cosmo_threshold *dose_threshold(data_bench *bench, const char *set, const char *level, const char *id,
                                             cosmo_substances *substances)
{
    cosmo_threshold_set *file = cosmo_arena_alloc(bench->arena, sizeof *file);
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench->arena, &bench->run, substances, NULL), COSMO_OK);
    ck_assert_msg(cosmo_threshold_read(set, NULL, substances, bench->arena, &bench->run, file) == COSMO_OK, "%s",
                  bench->run.message);
    const cosmo_threshold *one = cosmo_threshold_find(file, level, id);
    ck_assert_ptr_nonnull(one);
    return one;
}

/* A pulse of T and height H has the largest mean H min(1, T / d), wherever it stands, also at the ends. */
START_TEST(largest_mean_of_a_pulse)
{
    float concentration[DOSE_N];
    double worst = 0.0;
    for (size_t first = 0; first <= 170; first += 17)
        for (double averaging = 20.0; averaging < 15000.0; averaging *= 1.07) {
            dose_pulse(concentration, first, 10, 0.5F);
            const cosmo_dose_series series = dose_series(concentration);
            const double mean = cosmo_dose_largest_mean(&series, averaging);
            worst = fmax(worst, fabs(mean - 0.5 * fmin(1.0, 600.0 / averaging)));
        }
    suite_error("largest mean of a pulse", worst, "", 1e-15);
}
END_TEST

/* Against every window of the same series at a hundredth of its interval. */
START_TEST(largest_mean_is_that_of_all_windows)
{
    enum { FINE = 20 };
    float concentration[DOSE_N];
    double cumulative[DOSE_N * FINE + 1] = {0.0};
    for (size_t i = 0; i < DOSE_N; i++) concentration[i] = (float)pow(cosmo_random_uniform(1, 2, i, 3), 6.0);
    for (size_t i = 0; i < DOSE_N * FINE; i++)
        cumulative[i + 1] = cumulative[i] + (double)concentration[i / FINE] / FINE;
    const cosmo_dose_series series = dose_series(concentration);
    double worst = 0.0;
    for (size_t width = 1; width <= DOSE_N * FINE; width += 7) {
        double largest = 0.0;
        for (size_t i = 0; i + width <= DOSE_N * FINE; i++)
            largest = fmax(largest, cumulative[i + width] - cumulative[i]);
        const double ours = cosmo_dose_largest_mean(&series, 60.0 / FINE * (double)width);
        worst = fmax(worst, fabs(ours / (largest * FINE / (double)width) - 1.0));
    }
    suite_error("largest mean against all windows", worst, "rel", 1e-12);
}
END_TEST

/* One cell among many: the stride of the result of the particles. */
START_TEST(series_may_be_interleaved)
{
    float cells[3 * DOSE_N];
    for (size_t i = 0; i < 3 * DOSE_N; i++) cells[i] = (float)(i % 3);
    const cosmo_dose_series series = {cells + 2, DOSE_N, 3, 60.0};
    suite_error("mean of the third of three cells", cosmo_dose_largest_mean(&series, 600.0) - 2.0, "", 0.0);
    suite_error("its load, n = 2", cosmo_dose_load(&series, 2.0) - 4.0 * 10800.0, "", 1e-10);
}
END_TEST

START_TEST(load_of_a_gaussian)
{
    float concentration[DOSE_N];
    const double height = 1e-4, sigma = 600.0;
    for (size_t i = 0; i < DOSE_N; i++) {
        const double t = (60.0 * (double)i + 30.0 - 5400.0) / sigma;
        concentration[i] = (float)(height * exp(-0.5 * t * t));
    }
    const cosmo_dose_series series = dose_series(concentration);
    for (double n = 1.0; n < 4.0; n += 0.5) {
        const double expected = pow(height, n) * sigma * sqrt(2.0 * acos(-1.0) / n);
        char what[64];
        snprintf(what, sizeof what, "load of a Gaussian, n = %g", n);
        suite_error(what, cosmo_dose_load(&series, n) / expected - 1.0, "rel", 1e-6);
    }
}
END_TEST

/* Lognormal concentrations of mean 1 and intensity i, drawn: E[C^n]. */
START_TEST(fluctuations_raise_a_load)
{
    const double intensity = 0.8, sigma = sqrt(log(1.0 + intensity * intensity));
    for (double n = 1.0; n <= 3.0; n += 1.0) {
        double sum = 0.0;
        for (uint64_t i = 0; i < 400000; i++)
            sum += exp(n * (sigma * cosmo_random_normal(1, 7, i, 0) - 0.5 * sigma * sigma));
        char what[64];
        snprintf(what, sizeof what, "E[C^n] of 400000 draws, n = %g", n);
        suite_error(what, sum / 400000.0 / cosmo_dose_fluctuation(n, intensity) - 1.0, "rel", 0.03);
    }
    suite_error("n = 1 is not raised", cosmo_dose_fluctuation(1.0, 3.0) - 1.0, "", 0.0);
    suite_error("nor is a steady concentration", cosmo_dose_fluctuation(3.5, 0.0) - 1.0, "", 0.0);
}
END_TEST

/* Three hours at a constant level reach the ratio of the level to the limit of three hours; a pulse of ten minutes that
 * of ten minutes, and the same pulse spread over an hour less for n > 1, the same for n = 1. */
START_TEST(ratios_to_a_guideline)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    const cosmo_threshold *level = dose_threshold(&bench, "aegl", "AEGL-2", "NO2", &substances);
    const cosmo_substance *no2 = cosmo_substances_find(&substances, "NO2");
    cosmo_dose_limit limit;
    ck_assert_int_eq(cosmo_dose_prepare(level, no2, 298.15, 101325.0, 60.0, DOSE_N, bench.arena, &bench.run, &limit),
                     COSMO_OK);
    const double ppm = cosmo_dose_mass_concentration(1e-6, no2->molar_mass_kg_mol, 298.15, 101325.0);
    float concentration[DOSE_N];
    const cosmo_dose_series series = dose_series(concentration);
    dose_pulse(concentration, 0, DOSE_N, (float)(12.0 * ppm));
    cosmo_dose_finding finding = cosmo_dose_judge(&limit, &series);
    suite_error("constant, ratio", finding.ratio - 12e-6 / cosmo_threshold_at(level, 10800.0), "", 1e-6);
    suite_error("constant, time", finding.averaging_s - 10800.0, "s", 0.0);
    dose_pulse(concentration, 20, 10, (float)(40.0 * ppm));
    finding = cosmo_dose_judge(&limit, &series);
    suite_error("ten minutes at twice the limit", finding.ratio - 2.0, "", 1e-6);
    suite_error("its time", finding.averaging_s - 600.0, "s", 0.0);
    dose_pulse(concentration, 20, 1, (float)(40.0 * ppm));
    finding = cosmo_dose_judge(&limit, &series);
    suite_error("a minute of it: the mean of ten minutes", finding.ratio - 0.2, "", 1e-6);
    suite_error("a minute of it: its peak", finding.peak_ratio - 2.0, "", 1e-6);
    dose_pulse(concentration, 0, 0, 0.0F);
    finding = cosmo_dose_judge(&limit, &series);
    ck_assert(finding.ratio == 0.0 && finding.peak_ratio == 0.0 && finding.averaging_s == 0.0);
    data_close(&bench);
}
END_TEST

START_TEST(limits_of_one_time_are_judged_at_it)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    const cosmo_threshold *level = dose_threshold(&bench, "ru-kz-mac", "maximum", "UDMH", &substances);
    const cosmo_substance *udmh = cosmo_substances_find(&substances, "UDMH");
    float concentration[DOSE_N];
    const cosmo_dose_series series = dose_series(concentration);
    dose_pulse(concentration, 90, 10, 4e-9F);
    cosmo_dose_limit limit;
    ck_assert_int_eq(cosmo_dose_prepare(level, udmh, 290.0, 1e5, 60.0, DOSE_N, bench.arena, &bench.run, &limit),
                     COSMO_OK);
    cosmo_dose_finding finding = cosmo_dose_judge(&limit, &series);
    ck_assert_uint_eq(limit.n, 1);
    suite_error("ten minutes of 0.004 against 20 of 0.001 mg/m3", finding.ratio - 2.0, "", 1e-6);
    const cosmo_threshold *peak = dose_threshold(&bench, "faa-417", "peak", "UDMH", &substances);
    ck_assert_int_eq(cosmo_dose_prepare(peak, udmh, 290.0, 1e5, 60.0, DOSE_N, bench.arena, &bench.run, &limit),
                     COSMO_OK);
    suite_error("a peak is judged by the interval", limit.averaging_s[0] - 60.0, "s", 0.0);
    ck_assert(strstr(bench.run.notes[bench.run.n_notes - 1].text, "shorter peaks are not seen") != NULL);
    const cosmo_threshold *soil = dose_threshold(&bench, "ru-kz-mac", "soil", "UDMH", &substances);
    ck_assert_int_eq(cosmo_dose_prepare(soil, udmh, 290.0, 1e5, 60.0, DOSE_N, bench.arena, &bench.run, &limit),
                     COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: 'soil' of UDMH is no limit in air");
    data_close(&bench);
}
END_TEST

/* Downwind of a puff the peak falls as x^-2.7 and its passage lasts as x^0.9: the distance where C^n t reaches the load
 * that C0 for ten minutes gives. For a load that is exceeded at 1 km it shrinks as n grows. */
START_TEST(contours_of_toxic_load_shrink_as_n_grows)
{
    double before = INFINITY;
    for (double n = 1.0; n <= 4.0; n += 0.5) {
        const double critical = 1e-5;
        double low = 100.0, high = 1e6;
        for (int i = 0; i < 100; i++) {
            float concentration[DOSE_N];
            const double x = sqrt(low * high), peak = 1e-3 * pow(x / 1000.0, -2.7),
                         sigma = 120.0 * pow(x / 1000.0, 0.9);
            for (size_t k = 0; k < DOSE_N; k++) {
                const double t = (60.0 * (double)k + 30.0 - 5400.0) / sigma;
                concentration[k] = (float)(peak * exp(-0.5 * t * t));
            }
            const cosmo_dose_series series = dose_series(concentration);
            if (cosmo_dose_load(&series, n) > pow(critical, n) * 600.0)
                low = x;
            else
                high = x;
        }
        printf("  n = %.1f: the load of 600 s at the limit reaches to %.0f m\n", n, low);
        ck_assert_msg(low < before, "n = %g reaches to %g m", n, low);
        before = low;
    }
}
END_TEST

/* Points that were published beside the probits, and what half of the exposed die of. */
START_TEST(probits_reach_their_published_points)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench.arena, &bench.run, &substances, NULL), COSMO_OK);
    const cosmo_substance *no2 = cosmo_substances_find(&substances, "NO2");
    const double killing = 235e-6; /* kg/m3: LC50 of 30 minutes */
    suite_error("NO2, 235 mg/m3 for 30 min", cosmo_dose_death(no2, pow(killing, 3.7) * 1800.0, 298.15, 101325.0) - 0.5,
                "", 0.01);
    suite_error("NO2, 235 mg/m3 is 125 ppm",
                cosmo_dose_mixing_ratio(killing, no2->molar_mass_kg_mol, 298.15, 101325.0) * 1e6 - 125.0, "ppm", 0.2);
    const cosmo_substance *udmh = cosmo_substances_find(&substances, "UDMH");
    const double ppm = cosmo_dose_mass_concentration(1e-6, udmh->molar_mass_kg_mol, 298.15, 101325.0);
    suite_error("UDMH (provisional), 327 ppm for an hour",
                cosmo_dose_death(udmh, 327.0 * ppm * 3600.0, 298.15, 101325.0) - 0.5, "", 0.02);
    const double warm = cosmo_dose_mass_concentration(1e-6, udmh->molar_mass_kg_mol, 320.0, 9e4);
    suite_error("the same ppm in other air",
                cosmo_dose_death(udmh, 327.0 * ppm * 3600.0, 298.15, 101325.0) -
                    cosmo_dose_death(udmh, 327.0 * warm * 3600.0, 320.0, 9e4),
                "", 1e-14);
    ck_assert(udmh->probit.provisional && !no2->probit.provisional);
    ck_assert(isnan(cosmo_dose_death(cosmo_substances_find(&substances, "NDMA"), 1.0, 298.15, 101325.0)));
    ck_assert(cosmo_dose_death(no2, 0.0, 298.15, 101325.0) == 0.0);
    ck_assert(cosmo_dose_death(no2, 1e300, 298.15, 101325.0) == 1.0);
    data_close(&bench);
}
END_TEST

START_TEST(responses_are_lognormal)
{
    suite_error("at the median", cosmo_dose_response(20.0, 20.0, 0.7) - 0.5, "", 0.0);
    suite_error("a sigma above", cosmo_dose_response(20.0 * exp(0.7), 20.0, 0.7) - 0.841344746068543, "", 1e-14);
    suite_error("two below", cosmo_dose_response(20.0 * exp(-1.4), 20.0, 0.7) - 0.022750131948179, "", 1e-14);
    ck_assert(cosmo_dose_response(0.0, 20.0, 0.7) == 0.0);
}
END_TEST

START_TEST(samples_of_two_laboratories)
{
    const double scatter = cosmo_exceedance_scatter_2013();
    const double factor = exp(sqrt(2.0) * scatter);
    printf("  2013: sigma of ln %.3f, two laboratories differ by a factor of %.1f (root mean square)\n", scatter,
           factor);
    ck_assert_msg(factor > 2.0 && factor < 20.4, "%g", factor);
    /* One pair that differs by e: each is off by 1/sqrt(2). */
    suite_error("one pair", cosmo_exceedance_scatter(1, (const double[]){exp(1.0)}, (const double[]){1.0}) - sqrt(0.5),
                "", 1e-15);
    /* Drawn: the scatter of many pairs is that which each laboratory has. */
    enum { PAIRS = 20000 };
    static double one[PAIRS], other[PAIRS];
    for (uint64_t i = 0; i < PAIRS; i++) {
        one[i] = 100.0 * exp(1.5 * cosmo_random_normal(1, 1, i, 0));
        other[i] = 100.0 * exp(1.5 * cosmo_random_normal(1, 1, i, 1));
    }
    suite_error("20000 pairs of sigma 1.5", cosmo_exceedance_scatter(PAIRS, one, other) - 1.5, "", 0.03);
}
END_TEST

START_TEST(exceedance_of_an_ensemble)
{
    const double predictions[] = {0.0, 0.05, 0.2, 0.4};
    suite_error("without scatter: a count", cosmo_exceedance_probability(4, predictions, 0.1, 0.0) - 0.5, "", 0.0);
    suite_error("at the limit, without scatter", cosmo_exceedance_probability(1, &predictions[2], 0.2, 0.0), "", 0.0);
    suite_error("at the limit, with it", cosmo_exceedance_probability(1, &predictions[2], 0.2, 1.5) - 0.5, "", 0.0);
    suite_error("nothing predicted", cosmo_exceedance_probability(1, predictions, 0.1, 1.5), "", 0.0);
    /* A lognormal ensemble and lognormal samples: their variances add. */
    enum { MEMBERS = 4000 };
    static double members[MEMBERS];
    for (size_t i = 0; i < MEMBERS; i++)
        members[i] = 0.1 * exp(1.2 * cosmo_random_normal_quantile(((double)i + 0.5) / MEMBERS));
    const double expected = cosmo_random_normal_probability(log(0.1 / 0.3) / sqrt(1.2 * 1.2 + 1.5 * 1.5));
    suite_error("lognormal twice", cosmo_exceedance_probability(MEMBERS, members, 0.3, 1.5) - expected, "", 1e-4);
}
END_TEST

COSMO_SUITE("plume/dose", largest_mean_of_a_pulse, largest_mean_is_that_of_all_windows, series_may_be_interleaved,
            load_of_a_gaussian, fluctuations_raise_a_load, ratios_to_a_guideline, limits_of_one_time_are_judged_at_it,
            contours_of_toxic_load_shrink_as_n_grows, probits_reach_their_published_points, responses_are_lognormal,
            samples_of_two_laboratories, exceedance_of_an_ensemble)
