/* Tanks that burst: masses are kept, draws are functions of their place. Shares of variance against closed forms. */
#include "cosmodrome/plume.h"
#include "suite.h"
#include <string.h>

static cosmo_arena *arena;
static cosmo_run run;

static void begin(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
}

static const cosmo_burning STORABLE = {3.06, 7.22e6, 30e6};

static double sum_of(const cosmo_burst_parts *p)
{
    return p->burnt_kg + p->vaporised_kg + p->aerosolised_kg + p->spilled_kg;
}

START_TEST(parts_add_up_and_tanks_of_a_substance_agree)
{
    begin();
    cosmo_burst_tank tanks[3] = {{"UDMH", 100e3, false, cosmo_burst_assume(false, &run)},
                                 {"N2O4", 350e3, true, cosmo_burst_assume(true, &run)},
                                 {"UDMH", 40e3, false, cosmo_burst_assume(false, &run)}};
    ck_assert_int_eq(cosmo_burst_check(tanks, 3, &run), COSMO_OK);
    ck_assert_uint_eq(run.n_notes, 1);
    double worst = 0.0, least = 1.0, most = 0.0;
    for (uint64_t sample = 0; sample < 2000; sample++) {
        cosmo_burst_parts parts[3];
        cosmo_combustion burnt;
        cosmo_burst_draw(tanks, 3, &STORABLE, 7, 3, sample, parts, &burnt);
        for (int i = 0; i < 3; i++) worst = fmax(worst, fabs(sum_of(&parts[i]) / tanks[i].mass_kg - 1.0));
        ck_assert_double_le(fabs(parts[0].spilled_kg / 100e3 - parts[2].spilled_kg / 40e3), 1e-15);
        const double burns = parts[0].burnt_kg / 100e3;
        least = fmin(least, burns);
        most = fmax(most, burns);
        ck_assert_double_le(parts[1].burnt_kg, STORABLE.ratio * (parts[0].burnt_kg + parts[2].burnt_kg) + 1e-6);
    }
    suite_error("parts against the tank", worst, "", 1e-14);
    printf("  share of UDMH that burns, 2000 draws: %.4f to %.4f\n", least, most);
    ck_assert(least >= 0.90 && most <= 0.999);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(shares_beyond_one_leave_nothing_to_burn)
{
    const cosmo_burst_tank tank = {"N2O4", 1000.0, true, {{0.9, 0.9, 0.9}, {0.6, 0.6, 0.6}, {0.5, 0.5, 0.5}}};
    cosmo_burst_parts parts;
    cosmo_burst_draw(&tank, 1, NULL, 1, 1, 1, &parts, NULL);
    ck_assert_double_eq(parts.burnt_kg, 0.0);
    ck_assert_double_le(fabs(parts.vaporised_kg - 450.0), 1e-9);
    suite_error("sum of the parts", sum_of(&parts) - 1000.0, "kg", 1e-9);
}
END_TEST

START_TEST(oxidiser_without_fuel_is_vapour)
{
    const cosmo_burst_shares none = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}};
    const cosmo_burst_tank tanks[2] = {{"UDMH", 100.0, false, none}, {"N2O4", 1000.0, true, none}};
    cosmo_burst_parts parts[2];
    cosmo_combustion burnt;
    cosmo_burst_draw(tanks, 2, &STORABLE, 1, 1, 1, parts, &burnt);
    suite_error("vapour of 1000 kg beside 100 kg of fuel, against 694 kg", parts[1].vaporised_kg - 694.0, "kg", 1e-9);
    suite_error("heat against 406 kg of mixture", burnt.heat_j - 406.0 * 7.22e6, "J", 1.0);
}
END_TEST

START_TEST(bad_tanks_are_refused)
{
    begin();
    const cosmo_burst_shares good = cosmo_burst_assume(false, &run);
    cosmo_burst_tank bad[] = {
        {"UDMH", -1.0, false, good}, {"UDMH", NAN, false, good}, {NULL, 1.0, false, good}, {"UDMH", 1.0, false, good}};
    bad[3].shares.spilled = (cosmo_range){0.2, 0.1, 0.3};
    for (int i = 0; i < 4; i++) ck_assert_int_eq(cosmo_burst_check(&bad[i], 1, &run), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "spilled"));
    cosmo_arena_destroy(arena);
}
END_TEST

enum { SAMPLES = 100000 };
static double inputs[3 * SAMPLES], answers[SAMPLES];

/* Ishigami and Homma 1990, a = 7, b = 0.1: first-order indices 0.3139, 0.4424, 0. */
START_TEST(shares_of_the_ishigami_function)
{
    begin();
    for (size_t i = 0; i < SAMPLES; i++) {
        double x[3];
        for (uint32_t k = 0; k < 3; k++) {
            x[k] = 3.14159265358979 * (2.0 * cosmo_random_uniform(11, 1, i, k) - 1.0);
            inputs[k * SAMPLES + i] = x[k];
        }
        answers[i] = sin(x[0]) + 7.0 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0]);
    }
    double shares[3];
    ck_assert_int_eq(cosmo_variance_shares(SAMPLES, 3, inputs, answers, &run, shares), COSMO_OK);
    suite_error("share of the first input against 0.3139", shares[0] - 0.3139, "", 0.01);
    suite_error("of the second against 0.4424", shares[1] - 0.4424, "", 0.01);
    suite_error("of the third against 0", shares[2], "", 0.005);
    cosmo_arena_destroy(arena);
}
END_TEST

/* The logarithm of a product of lognormals is a sum: shares are s_i^2 / sum. */
START_TEST(shares_of_a_product_of_lognormals)
{
    begin();
    static const double s[3] = {0.2, 1.0, 0.5};
    for (size_t i = 0; i < SAMPLES; i++) {
        double sum = 0.0;
        for (uint32_t k = 0; k < 3; k++) {
            const double z = cosmo_random_normal(5, 2, i, k);
            inputs[k * SAMPLES + i] = exp(s[k] * z);
            sum += s[k] * z;
        }
        answers[i] = sum;
    }
    double shares[3];
    ck_assert_int_eq(cosmo_variance_shares(SAMPLES, 3, inputs, answers, &run, shares), COSMO_OK);
    for (int k = 0; k < 3; k++) suite_error("share against its closed form", shares[k] - s[k] * s[k] / 1.29, "", 0.01);
    for (size_t i = 0; i < SAMPLES; i++) answers[i] = 3.0;
    ck_assert_int_eq(cosmo_variance_shares(SAMPLES, 3, inputs, answers, &run, shares), COSMO_OK);
    ck_assert_double_eq(shares[1], 0.0);
    answers[5] = NAN;
    ck_assert_int_eq(cosmo_variance_shares(SAMPLES, 3, inputs, answers, &run, shares), COSMO_BAD_INPUT);
    ck_assert_int_eq(cosmo_variance_shares(10, 3, inputs, answers, &run, shares), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("plume/burst", parts_add_up_and_tanks_of_a_substance_agree, shares_beyond_one_leave_nothing_to_burn,
            oxidiser_without_fuel_is_vapour, bad_tanks_are_refused, shares_of_the_ishigami_function,
            shares_of_a_product_of_lognormals)
