/* Random numbers: moments, uniformity, independence, distributions. Bounds are five standard errors of the statistic
 * itself, which a sound generator passes with any seed and a faulty one does not. */
#include "cosmodrome/core.h"
#include "suite.h"

static const uint64_t N = 1000000;

START_TEST(normal_has_the_moments_of_a_normal)
{
    double sum[5] = {0};
    for (uint64_t i = 0; i < N; i++) {
        const double z = cosmo_random_normal(1, 3, i, 0);
        double power = 1.0;
        for (int k = 0; k < 5; k++, power *= z) sum[k] += power;
    }
    const double n = (double)N;
    suite_error("normal: mean", sum[1] / n, "", 5.0 / sqrt(n));
    suite_error("normal: variance - 1", sum[2] / n - 1.0, "", 5.0 * sqrt(2.0 / n));
    suite_error("normal: third moment", sum[3] / n, "", 5.0 * sqrt(15.0 / n));
    suite_error("normal: fourth moment - 3", sum[4] / n - 3.0, "", 5.0 * sqrt(96.0 / n));
}
END_TEST

/* Chi-square of 256 equal bins less its 255 degrees of freedom, in its own standard deviations. */
static double random_chi_square(const uint64_t bins[256], uint64_t n)
{
    const double expected = (double)n / 256.0;
    double sum = 0.0;
    for (int i = 0; i < 256; i++) sum += ((double)bins[i] - expected) * ((double)bins[i] - expected) / expected;
    return (sum - 255.0) / sqrt(2.0 * 255.0);
}

START_TEST(uniforms_fill_their_bins)
{
    uint64_t by_sample[256] = {0}, by_draw[256] = {0}, by_stream[256] = {0}, low_bits[256] = {0};
    double least = 1.0, greatest = 0.0;
    for (uint64_t i = 0; i < N; i++) {
        const double u = cosmo_random_uniform(1, 0, i, 0);
        by_sample[(int)(u * 256.0)]++;
        low_bits[(uint64_t)(u * 0x1p52) & 255]++;
        by_draw[(int)(cosmo_random_uniform(1, 0, 5, (uint32_t)i) * 256.0)]++;
        by_stream[(int)(cosmo_random_uniform(1, (uint32_t)i, 5, 0) * 256.0)]++;
        least = fmin(least, u);
        greatest = fmax(greatest, u);
    }
    ck_assert(least > 0.0 && least < 2e-5 && greatest < 1.0 && greatest > 1.0 - 2e-5);
    suite_error("chi-square, 256 bins, over samples", random_chi_square(by_sample, N), "sigma", 5.0);
    suite_error("chi-square, 256 bins, lowest bits", random_chi_square(low_bits, N), "sigma", 5.0);
    suite_error("chi-square, 256 bins, over draws", random_chi_square(by_draw, N), "sigma", 5.0);
    suite_error("chi-square, 256 bins, over streams", random_chi_square(by_stream, N), "sigma", 5.0);
}
END_TEST

START_TEST(neighbours_are_independent)
{
    double streams = 0.0, samples = 0.0, draws = 0.0, seeds = 0.0, high = 0.0;
    for (uint64_t i = 0; i < N; i++) {
        const double z = cosmo_random_normal(1, 0, i, 0);
        streams += z * cosmo_random_normal(1, 1, i, 0);
        samples += z * cosmo_random_normal(1, 0, i + 1, 0);
        draws += z * cosmo_random_normal(1, 0, i, 1);
        seeds += z * cosmo_random_normal(2, 0, i, 0);
        high += z * cosmo_random_normal(1, 0, i | (uint64_t)1 << 32, 0);
    }
    const double n = (double)N, bound = 5.0 / sqrt(n);
    suite_error("correlation of two streams", streams / n, "", bound);
    suite_error("correlation of a sample and the next", samples / n, "", bound);
    suite_error("correlation of a draw and the next", draws / n, "", bound);
    suite_error("correlation of two seeds", seeds / n, "", bound);
    suite_error("correlation of samples 2^32 apart", high / n, "", bound);
}
END_TEST

START_TEST(quantile_at_its_ends)
{
    ck_assert(cosmo_random_normal_quantile(0.5) == 0.0);
    ck_assert(cosmo_random_normal_quantile(0.0) == -INFINITY && cosmo_random_normal_quantile(1.0) == INFINITY);
    ck_assert(isnan(cosmo_random_normal_quantile(-0.1)) && isnan(cosmo_random_normal_quantile(1.1)));
    ck_assert(isnan(cosmo_random_normal_quantile(NAN)));
    const double jump = cosmo_random_normal_quantile(nextafter(0.075, 0.0)) - cosmo_random_normal_quantile(0.075);
    suite_error("quantile, step where its formulas meet", jump, "", 1e-15);
}
END_TEST

/* Printed to 15 digits by Abramowitz and Stegun, tables 26.1 and 26.2; erfc of the C library between them. */
START_TEST(probability_and_quantile_undo_each_other)
{
    suite_error("normal probability at 1", cosmo_random_normal_probability(1.0) - 0.841344746068543, "", 1e-15);
    suite_error("normal probability at 2", cosmo_random_normal_probability(2.0) - 0.977249868051821, "", 1e-15);
    double beside = 0.0, back = 0.0;
    for (int i = -3800; i <= 800; i++) {
        const double z = 0.01 * i, p = cosmo_random_normal_probability(z), expected = 0.5 * erfc(-z / sqrt(2.0));
        if (expected > 1e-300) beside = fmax(beside, fabs(p / expected - 1.0));
        if (i >= -3700 && i <= 0) back = fmax(back, fabs(cosmo_random_normal_quantile(p) - z) / fmax(1.0, fabs(z)));
    }
    suite_error("normal probability, -38 to 8, against erfc", beside, "rel", 1e-12);
    suite_error("quantile of the probability", back, "rel", 1e-14);
    ck_assert(cosmo_random_normal_probability(0.0) == 0.5);
    ck_assert(cosmo_random_normal_probability(-INFINITY) == 0.0 && cosmo_random_normal_probability(INFINITY) == 1.0);
    ck_assert(isnan(cosmo_random_normal_probability(NAN)));
}
END_TEST

START_TEST(triangular_follows_its_distribution)
{
    double worst = 0.0;
    for (uint64_t i = 0; i < 10000; i++) {
        const double u = cosmo_random_uniform(1, 2, i, 3), low = -1.0, mode = 0.5, high = 4.0;
        const double x = cosmo_random_triangular(1, 2, i, 3, low, mode, high);
        const double below = x < mode ? (x - low) * (x - low) / ((high - low) * (mode - low))
                                      : 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode));
        worst = fmax(worst, fabs(below - u));
        const double down = cosmo_random_triangular(1, 2, i, 3, 0.0, 0.0, 1.0);
        const double up = cosmo_random_triangular(1, 2, i, 3, 0.0, 1.0, 1.0);
        ck_assert(down >= 0.0 && down < 1.0 && up > 0.0 && up <= 1.0);
    }
    suite_error("triangular: its distribution function gives u back", worst, "", 1e-14);
    ck_assert(cosmo_random_triangular(1, 2, 3, 4, 7.0, 7.0, 7.0) == 7.0);
}
END_TEST

START_TEST(directions_are_isotropic)
{
    uint64_t heights[256] = {0}, turns[256] = {0};
    double mean[3] = {0}, square[3] = {0}, product = 0.0, length = 0.0;
    for (uint64_t i = 0; i < N; i++) {
        double unit[3];
        cosmo_random_direction(1, 9, i, 2, unit);
        length = fmax(length, fabs(sqrt(unit[0] * unit[0] + unit[1] * unit[1] + unit[2] * unit[2]) - 1.0));
        for (int k = 0; k < 3; k++) {
            mean[k] += unit[k];
            square[k] += unit[k] * unit[k];
        }
        product += unit[0] * unit[1];
        heights[(int)(128.0 * (unit[2] + 1.0))]++;
        turns[(int)(128.0 * (atan2(unit[1], unit[0]) / 3.14159265358979324 + 1.0)) & 255]++;
    }
    const double n = (double)N;
    suite_error("direction: length - 1", length, "", 1e-15);
    for (int k = 0; k < 3; k++) suite_error("direction: mean of a component", mean[k] / n, "", 5.0 / sqrt(3.0 * n));
    for (int k = 0; k < 3; k++)
        suite_error("direction: mean square - 1/3", square[k] / n - 1.0 / 3.0, "", 5.0 * sqrt(4.0 / 45.0 / n));
    suite_error("direction: mean of x y", product / n, "", 5.0 / sqrt(15.0 * n));
    suite_error("direction: chi-square of z, 256 bins", random_chi_square(heights, N), "sigma", 5.0);
    suite_error("direction: chi-square of its turn, 256 bins", random_chi_square(turns, N), "sigma", 5.0);
}
END_TEST

START_TEST(empirical_keeps_to_its_values)
{
    static const double sorted[5] = {1.0, 2.0, 2.0, 10.0, 11.0};
    uint64_t in_gap[4] = {0};
    for (uint64_t i = 0; i < N; i++) {
        const double x = cosmo_random_empirical(1, 4, i, 0, sorted, 5);
        ck_assert(x >= 1.0 && x <= 11.0);
        in_gap[x < 2.0 ? 0 : x == 2.0 ? 1 : x < 10.0 ? 2 : 3]++;
    }
    for (int k = 0; k < 4; k++)
        suite_error("empirical: a gap's share - 1/4", (double)in_gap[k] / (double)N - 0.25, "",
                    5.0 * sqrt(0.25 * 0.75 / (double)N));
    ck_assert(cosmo_random_empirical(1, 4, 0, 0, sorted, 1) == 1.0);
    ck_assert(isnan(cosmo_random_empirical(1, 4, 0, 0, sorted, 0)));
}
END_TEST

COSMO_SUITE("core/random", normal_has_the_moments_of_a_normal, uniforms_fill_their_bins, neighbours_are_independent,
            quantile_at_its_ends, probability_and_quantile_undo_each_other, triangular_follows_its_distribution,
            directions_are_isotropic, empirical_keeps_to_its_values)
