/* One-lane functions against the C library's 80-bit ones, in units of the last place. */
#include "core/real.h"
#include "suite.h"
#include <stdint.h>

/* Uniform in [low, high), the same on every machine. Source: Marsaglia 2003, xorshift64 (13, 7, 17). */
static double real_random(double low, double high)
{
    static uint64_t state = 88172645463325252u;
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return low + (high - low) * ((double)(state >> 11) * 0x1p-53);
}

static double real_ulps(double got, long double truth)
{
    const double nearest = (double)truth, spacing = nextafter(fabs(nearest), INFINITY) - fabs(nearest);
    return fabs((double)(((long double)got - truth) / spacing));
}

typedef struct real_case {
    const char *name;
    double (*ours)(double);
    long double (*truth)(long double);
    double low, high;
} real_case;

START_TEST(functions_of_one_number)
{
    static const real_case cases[] = {
        {"sin", cosmo_real_sin, sinl, -100.0, 100.0},     {"cos", cosmo_real_cos, cosl, -100.0, 100.0},
        {"tan", cosmo_real_tan, tanl, -100.0, 100.0},     {"asin", cosmo_real_asin, asinl, -1.0, 1.0},
        {"acos", cosmo_real_acos, acosl, -1.0, 1.0},      {"atan", cosmo_real_atan, atanl, -50.0, 50.0},
        {"exp", cosmo_real_exp, expl, -700.0, 700.0},     {"log", cosmo_real_log, logl, 1e-9, 1e9},
        {"cbrt", cosmo_real_cbrt, cbrtl, -1e12, 1e12},    {"sin near 0", cosmo_real_sin, sinl, -1e-3, 1e-3},
        {"log near 1", cosmo_real_log, logl, 0.99, 1.01}, {"acos near 1", cosmo_real_acos, acosl, 0.999, 1.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        double worst = 0.0;
        for (int k = 0; k < 20000; k++) {
            const double x = real_random(cases[i].low, cases[i].high);
            worst = fmax(worst, real_ulps(cases[i].ours(x), cases[i].truth(x)));
        }
        suite_error(cases[i].name, worst, "ulp", 1.0);
    }
}
END_TEST

START_TEST(functions_of_two_numbers)
{
    double atan2_worst = 0.0, pow_worst = 0.0;
    for (int k = 0; k < 20000; k++) {
        const double y = real_random(-2.0, 2.0), x = real_random(-2.0, 2.0);
        atan2_worst = fmax(atan2_worst, real_ulps(cosmo_real_atan2(y, x), atan2l(y, x)));
        const double base = real_random(1e-3, 1e3), power = real_random(-20.0, 20.0);
        pow_worst = fmax(pow_worst, real_ulps(cosmo_real_pow(base, power), powl(base, power)));
    }
    suite_error("atan2", atan2_worst, "ulp", 1.0);
    suite_error("pow", pow_worst, "ulp", 1.0);
}
END_TEST

START_TEST(special_values)
{
    ck_assert(cosmo_real_sin(0.0) == 0.0 && cosmo_real_cos(0.0) == 1.0 && cosmo_real_exp(0.0) == 1.0);
    ck_assert(cosmo_real_log(1.0) == 0.0 && cosmo_real_cbrt(27.0) == 3.0 && cosmo_real_pow(2.0, 10.0) == 1024.0);
    ck_assert(isnan(cosmo_real_log(-1.0)) && isnan(cosmo_real_acos(1.0000001)) && isnan(cosmo_real_sin(NAN)));
    ck_assert(cosmo_real_exp(-800.0) == 0.0 && isinf(cosmo_real_exp(800.0)) && isinf(cosmo_real_log(0.0)));
    ck_assert(cosmo_real_acos(1.0) == 0.0 && cosmo_real_acos(-1.0) == 3.14159265358979323846);
    ck_assert(cosmo_real_atan2(0.0, -1.0) == 3.14159265358979323846 &&
              cosmo_real_atan2(1.0, 0.0) == 1.57079632679489661923);
}
END_TEST

COSMO_SUITE("core/real", functions_of_one_number, functions_of_two_numbers, special_values)
