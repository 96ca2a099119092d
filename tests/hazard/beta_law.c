/* The incomplete beta function against closed forms, and what is made of it. */
#include "cosmodrome/hazard.h"
#include "suite.h"

/* P(at least a of n) by the binomial sum, which is I_x(a, n - a + 1), in long double. */
static double binomial_tail(double x, int a, int n)
{
    long double sum = 0.0L;
    for (int k = a; k <= n; k++)
        sum += expl(lgammal(n + 1.0L) - lgammal(k + 1.0L) - lgammal(n - k + 1.0L) + k * logl(x) + (n - k) * log1pl(-x));
    return (double)sum;
}

START_TEST(closed_forms)
{
    double powers = 0.0, arcsine = 0.0, mirror = 0.0;
    for (double x = 0.001; x < 1.0; x += 0.007) {
        for (double a = 0.25; a < 3000.0; a *= 2.0) {
            powers = fmax(powers, fabs(cosmo_beta_law_cdf(x, a, 1.0) - pow(x, a)));
            powers = fmax(powers, fabs(cosmo_beta_law_cdf(x, 1.0, a) + expm1(a * log1p(-x))));
            mirror = fmax(mirror, fabs(cosmo_beta_law_cdf(x, a, 7.5) + cosmo_beta_law_cdf(1.0 - x, 7.5, a) - 1.0));
        }
        arcsine = fmax(arcsine, fabs(cosmo_beta_law_cdf(x, 0.5, 0.5) - asin(sqrt(x)) / 1.57079632679489661923));
    }
    suite_error("x^a and 1 - (1 - x)^b", powers, "", 1e-12);
    suite_error("arcsine law", arcsine, "", 1e-14);
    suite_error("I_x(a, b) + I_1-x(b, a) = 1", mirror, "", 1e-12);
}
END_TEST

START_TEST(binomial_sums)
{
    double worst = 0.0;
    for (int n = 2; n <= 2000; n = 3 * n / 2 + 1)
        for (int a = 1; a <= n; a += 1 + n / 7)
            for (double x = 0.002; x < 1.0; x += 0.0417)
                worst = fmax(worst, fabs(cosmo_beta_law_cdf(x, a, n - a + 1) - binomial_tail(x, a, n)));
    suite_error("binomial sums up to 2,000", worst, "", 1e-12);
    double large = 0.0;
    for (double b = 10.0; b <= 10000.0; b *= 10.0)
        for (double x = 0.1 / b; x < 10.0 / b; x *= 1.3)
            large =
                fmax(large, fabs(cosmo_beta_law_cdf(x, 2.0, b) + expm1(b * log1p(-x)) + b * x * exp(b * log1p(-x))));
    suite_error("a = 2, b up to 10,000", large, "", 1e-12);
}
END_TEST

START_TEST(quantiles)
{
    double worst = 0.0;
    for (double a = 0.5; a < 100.0; a *= 1.9)
        for (double b = 0.5; b < 3000.0; b *= 2.3)
            for (double p = 0.01; p < 1.0; p += 0.049) {
                const double x = cosmo_beta_law_quantile(p, a, b);
                /* Where the law is steep, neighbouring doubles near 1 differ by more than the bound allows. */
                if (x < 0.999) worst = fmax(worst, fabs(cosmo_beta_law_cdf(x, a, b) - p));
            }
    suite_error("there and back", worst, "", 1e-12);
    ck_assert(cosmo_beta_law_quantile(0.0, 2.0, 3.0) == 0.0 && cosmo_beta_law_quantile(1.0, 2.0, 3.0) == 1.0);
    ck_assert(cosmo_beta_law_cdf(-1.0, 2.0, 3.0) == 0.0 && cosmo_beta_law_cdf(2.0, 2.0, 3.0) == 1.0);
    ck_assert(isnan(cosmo_beta_law_cdf(0.5, 0.0, 1.0)) && isnan(cosmo_beta_law_quantile(NAN, 1.0, 1.0)));
}
END_TEST

START_TEST(failure_beliefs)
{
    const cosmo_failure_belief none = cosmo_failure_rate_belief(0, 0);
    suite_error("no flights, mean", none.mean - 0.5, "", 1e-15);
    suite_error("no flights, 5 % quantile: arcsine law", none.p5 - pow(sin(0.05 * 1.57079632679489661923), 2), "",
                1e-14);
    const cosmo_failure_belief one = cosmo_failure_rate_belief(99, 1), other = cosmo_failure_rate_belief(99, 98);
    suite_error("1 of 99, mean", one.mean - 1.5 / 100.0, "", 1e-16);
    suite_error("successes mirror failures", one.p5 + other.p95 - 1.0, "", 1e-12);
    ck_assert(one.p5 < one.p50 && one.p50 < one.p95 && one.a == 1.5 && one.b == 98.5);
}
END_TEST

START_TEST(failure_rates)
{
    ck_assert(isnan(cosmo_failure_rate_reference(1, 0).reference));
    ck_assert(isnan(cosmo_failure_rate_reference(5, 6).reference) &&
              isnan(cosmo_failure_rate_reference(5, -1).reference));
    ck_assert(isnan(cosmo_failure_rate_similar(-1, 0).reference) && isnan(cosmo_failure_rate_belief(3, 4).mean));
    const cosmo_failure_rate similar = cosmo_failure_rate_similar(10, 4), own = cosmo_failure_rate_reference(10, 4);
    ck_assert(similar.reference == own.high && similar.low == own.low);
    ck_assert(cosmo_failure_rate_similar(0, 0).reference == 1.0);
    double worst = 0.0;
    for (int n = 2; n < 60; n++)
        for (int k = 0; k <= n; k++) {
            const cosmo_failure_rate rate = cosmo_failure_rate_reference(n, k);
            if (k > 0) worst = fmax(worst, fabs(binomial_tail(rate.low, k, n) - 0.2));
            if (k < n) worst = fmax(worst, fabs(binomial_tail(rate.high, k + 1, n) - 0.8));
        }
    suite_error("limits leave 20 % on each side", worst, "", 1e-12);
}
END_TEST

COSMO_SUITE("hazard/beta_law", closed_forms, binomial_sums, quantiles, failure_beliefs, failure_rates)
