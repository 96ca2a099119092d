/* Heat of burning propellants and the size of their fireball. Heats of formation of the liquids, kJ/mol, are those of
 * standard tables (from memory): UDMH 48.3, N2O4 -19.56, hydrazine 50.63, MMH 54.2, hydrogen -8.1, oxygen -12.1. */
#include "cosmodrome/plume.h"
#include "suite.h"

static const cosmo_compound UDMH = {2, 8, 2, 0, 48.3e3}, N2O4 = {0, 0, 2, 4, -19.56e3}, MMH = {1, 6, 2, 0, 54.2e3},
                            HYDRAZINE = {0, 4, 2, 0, 50.63e3}, HYDROGEN = {0, 2, 0, 0, -8.1e3},
                            OXYGEN = {0, 0, 0, 2, -12.1e3}, KEROSENE = {1, 1.95, 0, 0, -25.0e3};

static cosmo_burning react(const cosmo_compound *fuel, const cosmo_compound *oxidiser)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_burning reaction;
    ck_assert_int_eq(cosmo_fireball_react(fuel, oxidiser, &run, &reaction), COSMO_OK);
    cosmo_arena_destroy(arena);
    return reaction;
}

START_TEST(heats_are_those_of_the_tables)
{
    const cosmo_burning storable = react(&UDMH, &N2O4);
    suite_error("UDMH with N2O4, heat against 7.22 MJ/kg", storable.heat_j_kg / 7.22e6 - 1.0, "", 0.005);
    suite_error("mixture ratio against 3.06", storable.ratio - 3.06, "", 0.005);
    suite_error("UDMH in air against 30.0 MJ/kg", storable.fuel_heat_j_kg / 30.0e6 - 1.0, "", 0.005);
    const cosmo_burning cryogenic = react(&HYDROGEN, &OXYGEN);
    suite_error("hydrogen with oxygen, mixture ratio against 7.94", cryogenic.ratio - 7.94, "", 0.01);
    suite_error("hydrogen in air against 120 MJ/kg, boiled first", cryogenic.fuel_heat_j_kg / 120e6 - 1.0, "", 0.04);
    suite_error("kerosene in air against 43.1 MJ/kg", react(&KEROSENE, &OXYGEN).fuel_heat_j_kg / 43.1e6 - 1.0, "",
                0.02);
    suite_error("kerosene with oxygen, mixture ratio against 3.41", react(&KEROSENE, &OXYGEN).ratio - 3.41, "", 0.03);
    suite_error("MMH with N2O4, mixture ratio against 2.50", react(&MMH, &N2O4).ratio - 2.50, "", 0.01);
    suite_error("hydrazine with N2O4, mixture ratio against 1.44", react(&HYDRAZINE, &N2O4).ratio - 1.436, "", 0.01);
}
END_TEST

START_TEST(what_cannot_react_is_refused)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_burning reaction;
    ck_assert_int_eq(cosmo_fireball_react(&OXYGEN, &N2O4, &run, &reaction), COSMO_BAD_INPUT);
    ck_assert_int_eq(cosmo_fireball_react(&UDMH, &HYDRAZINE, &run, &reaction), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(mass_is_kept_whichever_is_in_excess)
{
    const cosmo_burning reaction = react(&UDMH, &N2O4);
    for (double oxidiser = 0.0; oxidiser < 600e3; oxidiser += 37e3) {
        const cosmo_combustion burnt = cosmo_fireball_burn(&reaction, 100e3, oxidiser);
        ck_assert_double_le(fabs(burnt.together_kg + burnt.in_air_kg + burnt.oxidiser_left_kg - 100e3 - oxidiser),
                            1e-6);
        ck_assert(burnt.in_air_kg >= 0.0 && burnt.oxidiser_left_kg >= 0.0);
    }
    const cosmo_combustion proton = cosmo_fireball_burn(&reaction, 172e3, 428e3);
    printf("  600 t at 2.49: %.0f t together, %.1f t of fuel in air, %.2f TJ\n", proton.together_kg * 1e-3,
           proton.in_air_kg * 1e-3, proton.heat_j * 1e-12);
    ck_assert_double_gt(proton.in_air_kg, 0.0);
}
END_TEST

/* 600 t: the figures of both laws by hand. Gayle and Bransford printed theirs in feet and pounds. */
START_TEST(both_size_laws)
{
    const cosmo_fireball gayle = cosmo_fireball_gayle(600e3), ccps = cosmo_fireball_ccps(600e3);
    suite_error("Gayle and Bransford, 600 t, diameter against 284 m", gayle.diameter_m - 284.0, "m", 1.0);
    suite_error("duration against 27 s", gayle.duration_s - 27.0, "s", 0.5);
    suite_error("CCPS, 600 t, diameter against 489 m", ccps.diameter_m - 489.0, "m", 1.0);
    suite_error("duration against 24 s", ccps.duration_s - 24.0, "s", 0.5);
    suite_error("a pound, diameter against 9.56 ft", cosmo_fireball_gayle(0.45359237).diameter_m / 0.3048 - 9.56, "ft",
                1e-9);
    suite_error("CCPS, 1 t, duration against 4.5 s", cosmo_fireball_ccps(1000.0).duration_s - 4.5, "s", 1e-9);
}
END_TEST

COSMO_SUITE("plume/fireball", heats_are_those_of_the_tables, what_cannot_react_is_refused,
            mass_is_kept_whichever_is_in_excess, both_size_laws)
