/* Evaporation of spills: units of the transfer law, limits with closed forms, mass, a wet bulb. */
#include "cosmodrome/plume.h"
#include "suite.h"

static const cosmo_pool_liquid UDMH = {5000.0, 0.0601, 337.05, 583e3, 791.0, 2730.0, 1.0e-5};
static const cosmo_pool_liquid N2O4 = {20000.0, 0.09201, 294.3, 414e3, 1443.0, 1520.0, 1.2e-5};
static const double PI = 3.14159265358979;
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_pool pool;

static cosmo_pool_case on(const cosmo_pool_liquid *liquids, size_t n)
{
    return (cosmo_pool_case){.n = n,
                             .liquids = liquids,
                             .area_m2 = NAN,
                             .depth_m = 0.01,
                             .temperature_k = 290.0,
                             .wind_m_s = 4.0,
                             .air_k = 293.15,
                             .air_pa = 101325.0,
                             .ground_k = 293.15,
                             .ground_conductivity_w_m_k = 1.0,
                             .ground_diffusivity_m2_s = 5e-7,
                             .duration_s = 3600.0};
}

static void evaporate(const cosmo_pool_case *spill)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    const cosmo_status status = cosmo_pool_evaporate(spill, arena, &run, &pool);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
}

/* The same law in the units of 1973 and in SI; EPA's 0.67 cm/s for water at 1 m/s (40 CFR 68, guidance of 1999, from
 * memory) is the same for a pool 1 m across. */
START_TEST(the_transfer_law_has_the_units_of_1973)
{
    double worst = 0.0;
    for (double u = 1.0; u < 12.0; u *= 1.5)
        for (double x = 1.0; x < 100.0; x *= 3.0) {
            const double hourly = 0.0292 * pow(3600.0 * u, 0.78) * pow(x, -0.11) * pow(1.8, -0.67);
            worst = fmax(worst, fabs(cosmo_pool_transfer_m_s(u, x, 1.8) * 3600.0 / hourly - 1.0));
        }
    suite_error("0.0292 (m/h) against 0.0048 (m/s)", worst, "", 0.02);
    suite_error("water, 1 m, 1 m/s, against 0.67 cm/s", cosmo_pool_transfer_m_s(1.0, 1.0, 0.6) / 0.0067 - 1.0, "",
                0.02);
}
END_TEST

START_TEST(what_evaporates_and_what_is_left_is_what_was_spilled)
{
    const cosmo_pool_liquid both[2] = {UDMH, N2O4};
    for (size_t n = 1; n <= 2; n++)
        for (double depth = 0.003; depth < 0.5; depth *= 5.0) {
            cosmo_pool_case spill = on(both, n);
            spill.depth_m = depth;
            evaporate(&spill);
            double fastest = 0.0;
            for (size_t i = 0; i < n; i++) {
                double sum = pool.left_kg[i], start = 0.0;
                for (size_t step = 0; step < COSMO_POOL_STEPS; step++) {
                    const double rate = pool.rate_kg_s[step * n + i];
                    ck_assert_double_ge(rate, 0.0);
                    sum += rate * (pool.end_s[step] - start);
                    start = pool.end_s[step];
                    fastest = fmax(fastest, rate);
                }
                suite_error("evaporated and left over spilled", sum / both[i].mass_kg - 1.0, "", 1e-12);
            }
            printf("  %zu liquids, %.3f m: %.1f kg/s at most, gone after %.0f s, %.1f K at the end\n", n, depth,
                   fastest, pool.gone_s, pool.temperature_k[COSMO_POOL_STEPS - 1]);
            cosmo_arena_destroy(arena);
        }
}
END_TEST

/* A boiling pool on ground that alone gives heat: 2 k dT sqrt(t / (pi a)) / L a square metre (half-space). */
START_TEST(a_boiling_pool_takes_what_the_ground_gives)
{
    cosmo_pool_liquid methane = {1e5, 0.01604, 111.67, 511e3, 422.0, 3480.0, 2e-5};
    cosmo_pool_case spill = on(&methane, 1);
    spill.area_m2 = 100.0;
    spill.temperature_k = 111.6;
    spill.wind_m_s = 0.5;
    spill.ground_conductivity_w_m_k = 10.0;
    evaporate(&spill);
    const double before = methane.mass_kg - pool.left_kg[0];
    cosmo_arena_destroy(arena);
    spill.ground_conductivity_w_m_k = 20.0;
    evaporate(&spill);
    const double by_ground = methane.mass_kg - pool.left_kg[0] - before;
    const double expected = 10.0 * 100.0 * 2.0 * (293.15 - 111.67) * sqrt(3600.0 / (PI * 5e-7)) / 511e3;
    suite_error("evaporated by 10 W/(m K) more over an hour", by_ground / expected - 1.0, "", 0.02);
    suite_error("temperature against the boiling point", pool.temperature_k[COSMO_POOL_STEPS - 1] - 111.67, "K", 0.5);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Held at its temperature by a ground that conducts without end: k A M / (R T) P ln(P / (P - p)). */
START_TEST(a_pool_at_the_temperature_of_its_ground)
{
    cosmo_pool_case spill = on(&UDMH, 1);
    spill.ground_conductivity_w_m_k = 1e9;
    spill.area_m2 = 5.0;
    evaporate(&spill);
    const double vapour = 101325.0 * exp(-583e3 * 0.0601 / 8.314462618 * (1.0 / 293.15 - 1.0 / 337.05));
    suite_error("vapour pressure of UDMH at 20 C against 16.4 kPa", vapour / 16400.0 - 1.0, "", 0.06);
    const double schmidt = 1.8e-5 / (101325.0 / (287.05 * 293.15) * 1.0e-5);
    const double rate = cosmo_pool_transfer_m_s(4.0, 2.0 * sqrt(5.0 / PI), schmidt) * 5.0 * 0.0601 /
                        (8.314462618 * 293.15) * 101325.0 * log(101325.0 / (101325.0 - vapour));
    suite_error("rate against the formula", pool.rate_kg_s[COSMO_POOL_STEPS / 2] / rate - 1.0, "", 1e-3);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Water that only the air warms cools to the wet bulb: 5.8 C in dry air of 20 C (psychrometric tables, from memory). */
START_TEST(a_pool_cools_to_its_wet_bulb)
{
    const cosmo_pool_liquid water = {1000.0, 0.018015, 373.15, 2450e3, 1000.0, 4190.0, 2.5e-5};
    cosmo_pool_case spill = on(&water, 1);
    spill.ground_conductivity_w_m_k = 0.0;
    spill.duration_s = 7200.0;
    evaporate(&spill);
    suite_error("wet bulb against 5.8 C", pool.temperature_k[COSMO_POOL_STEPS - 1] - 278.95, "K", 1.0);
    cosmo_arena_destroy(arena);
}
END_TEST

/* The more volatile liquid of a mixture goes first, and both slower than alone. */
START_TEST(raoult)
{
    const cosmo_pool_liquid both[2] = {UDMH, N2O4};
    cosmo_pool_case spill = on(both, 2);
    spill.area_m2 = 400.0;
    evaporate(&spill);
    ck_assert_double_lt(pool.left_kg[1] / N2O4.mass_kg, pool.left_kg[0] / UDMH.mass_kg);
    const double mixed = pool.rate_kg_s[0];
    cosmo_arena_destroy(arena);
    spill = on(both, 1);
    spill.area_m2 = 400.0;
    evaporate(&spill);
    ck_assert_double_lt(mixed, pool.rate_kg_s[0]);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(bad_pools_are_refused)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    cosmo_pool_case bad = on(&UDMH, 1);
    bad.depth_m = 0.0;
    ck_assert_int_eq(cosmo_pool_evaporate(&bad, arena, &run, &pool), COSMO_BAD_INPUT);
    bad = on(&UDMH, 1);
    bad.air_k = 20.0; /* degrees Celsius by mistake */
    ck_assert_int_eq(cosmo_pool_evaporate(&bad, arena, &run, &pool), COSMO_BAD_INPUT);
    cosmo_pool_liquid nothing = UDMH;
    nothing.mass_kg = 0.0;
    bad = on(&nothing, 1);
    ck_assert_int_eq(cosmo_pool_evaporate(&bad, arena, &run, &pool), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("plume/pool", the_transfer_law_has_the_units_of_1973, what_evaporates_and_what_is_left_is_what_was_spilled,
            a_boiling_pool_takes_what_the_ground_gives, a_pool_at_the_temperature_of_its_ground,
            a_pool_cools_to_its_wet_bulb, raoult, bad_pools_are_refused)
