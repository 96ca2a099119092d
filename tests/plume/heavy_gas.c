/* Dense gas against two worked examples, and the equilibrium of N2O4 with NO2. */
#include "cosmodrome/plume.h"
#include "suite.h"
#include <string.h>

/* The Burro-like spill of liquid natural gas of CCPS 1999, p. 122: 0.23 m3/s of liquid of 425.6 kg/m3, gas of 1.76
 * kg/m3 at -162 C, 10.9 m/s at 10 m, air at 298 K. 5 % by volume are found at 367 m. */
static const cosmo_heavy_release BURRO = {true, 0.23 * 425.6 / 1.76, 1.76, 1.1847, 111.15 / 298.0, 10.9};
/* The ammonia of Potchefstroom 1973 in Britter and McQuaid's workbook: 38 t in 72,500 m3 of 1.434 kg/m3, 2 m/s. A tenth
 * is left at 355 m without the correction for temperature. Both as quoted by the tests of aefarrell/GasDispersion.jl.
 */
static const cosmo_heavy_release AMMONIA = {false, 72500.0, 1.434, 1.204, 1.0, 2.0};

START_TEST(published_examples)
{
    suite_error("LNG, distance to 5 % against 367 m", cosmo_heavy_gas_distance_m(&BURRO, 0.05) / 367.0 - 1.0, "", 0.03);
    suite_error("ammonia, distance to a tenth against 355 m", cosmo_heavy_gas_distance_m(&AMMONIA, 0.0999) - 355.0, "m",
                2.0);
    double number;
    ck_assert(cosmo_heavy_gas_matters(&BURRO, &number));
    printf("  LNG: %.2f of the wind\n", number);
    ck_assert(cosmo_heavy_gas_matters(&AMMONIA, &number));
    printf("  ammonia: %.2f of the wind\n", number);
}
END_TEST

START_TEST(ratio_falls_with_distance_and_is_inverted)
{
    cosmo_heavy_release cases[2] = {BURRO, AMMONIA};
    for (int i = 0; i < 2; i++)
        for (double density = 1.25; density < 5.0; density *= 1.2)
            for (double wind = 1.0; wind < 12.0; wind *= 1.5) {
                cases[i].density_kg_m3 = density;
                cases[i].wind_m_s = wind;
                double before = 1.0;
                for (double x = 1.0; x < 1e5; x *= 1.1) {
                    const double now = cosmo_heavy_gas_ratio(&cases[i], x);
                    ck_assert_double_le(now, before * (1.0 + 1e-12));
                    before = now;
                }
                const double there = cosmo_heavy_gas_distance_m(&cases[i], 0.003);
                ck_assert_double_le(fabs(cosmo_heavy_gas_ratio(&cases[i], there) - 0.003), 1e-6);
            }
}
END_TEST

START_TEST(light_and_thin_releases_are_passive)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_heavy_release light = BURRO;
    light.density_kg_m3 = 0.7;
    ck_assert_double_eq(cosmo_heavy_gas_gravity_m_s2(&light), 0.0);
    ck_assert_int_eq(cosmo_heavy_gas_refuse(&light, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_heavy_gas_refuse(&AMMONIA, &run), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "dense phase"));
    ck_assert_double_gt(cosmo_heavy_gas_width_m(&AMMONIA, 0.0, 60.0), cosmo_heavy_gas_width_m(&AMMONIA, 0.0, 0.0));
    ck_assert_double_gt(cosmo_heavy_gas_width_m(&BURRO, 100.0, 0.0), cosmo_heavy_gas_width_m(&BURRO, 0.0, 0.0));
    cosmo_arena_destroy(arena);
}
END_TEST

/* Figures of N2O4 from memory of data sheets: 3.3 to 3.4 kg/m3 of gas at 21 C. */
START_TEST(nitrogen_oxides)
{
    const double a = cosmo_heavy_gas_dissociation(298.15, 101325.0);
    suite_error("law of mass action at 298 K: 4 a^2 / (1 - a^2) = Kp", 4.0 * a * a / (1.0 - a * a) - 0.148, "atm",
                1e-12);
    suite_error("density at 21.15 C against 3.35 kg/m3", cosmo_heavy_gas_oxides_kg_m3(294.3, 101325.0, 1.0, 0.0) - 3.35,
                "kg/m3", 0.15);
    suite_error("diluted it is all NO2: density over that of its mixture",
                cosmo_heavy_gas_oxides_kg_m3(320.0, 101325.0, 1e-6, 0.0) /
                        (101325.0 / (8.314462618 * 320.0 * (1e-6 / 0.0460055 + (1.0 - 1e-6) / 0.0289644))) -
                    1.0,
                "", 1e-8);
    ck_assert_double_gt(cosmo_heavy_gas_oxides_kg_m3(290.0, 101325.0, 0.5, 0.8),
                        cosmo_heavy_gas_oxides_kg_m3(290.0, 101325.0, 0.5, 0.0));
    suite_error("no oxides: air", cosmo_heavy_gas_oxides_kg_m3(288.15, 101325.0, 0.0, 0.0) - 1.225, "kg/m3", 1e-3);
}
END_TEST

COSMO_SUITE("plume/heavy_gas", published_examples, ratio_falls_with_distance_and_is_inverted,
            light_and_thin_releases_are_passive, nitrogen_oxides)
