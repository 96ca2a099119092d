/* What dropped stages still hold, and the exhaust of solid motors: masses are kept. */
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

START_TEST(residuals_of_a_stage)
{
    begin();
    cosmo_tank tanks[4] = {{"UDMH", 100e3, 500.0, true},
                           {"N2O4", 300e3, 1300.0, true},
                           {"N2", 100.0, 100.0, false},
                           {"H2O2", 50.0, 0.0, true}};
    const cosmo_stage stage = {.id = "first", .count = 2, .tanks = {.n = 4, .items = tanks}};
    cosmo_residual residuals[COSMO_REMAINS_TANKS_MAX];
    ck_assert_uint_eq(cosmo_residual_describe(&stage, &run, residuals), 2);
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_str_eq(residuals[1].substance, "N2O4");
    suite_error("most likely, of two units", residuals[0].left_kg.mode - 1000.0, "kg", 1e-9);
    const cosmo_range soil = {0.05, 0.2, 0.6};
    double mean = 0.0;
    for (uint64_t i = 0; i < 20000; i++) {
        double soil_kg[2], air_kg[2];
        cosmo_residual_draw(residuals, 2, &soil, 3, 9, i, soil_kg, air_kg);
        const double left = soil_kg[0] + air_kg[0];
        ck_assert(left >= 500.0 && left <= 1500.0);
        /* one share of the soil for both tanks */
        ck_assert_double_le(fabs(soil_kg[0] / left - soil_kg[1] / (soil_kg[1] + air_kg[1])), 1e-12);
        mean += soil_kg[0] / 20000.0;
    }
    suite_error("mean in the soil against (0.85 / 3) 1000 kg", mean / (1000.0 * 0.85 / 3.0) - 1.0, "", 0.01);
    cosmo_arena_destroy(arena);
}
END_TEST

enum { POINTS = 61 };
static double t[POINTS], east[POINTS], north[POINTS], height[POINTS], burn[POINTS];

static cosmo_exhaust_path climb(void)
{
    for (int i = 0; i < POINTS; i++) {
        t[i] = i;
        east[i] = 2.0 * i * i;
        north[i] = -i;
        height[i] = 3.0 * i * i;
        burn[i] = 1000.0 + 10.0 * i;
    }
    return (cosmo_exhaust_path){POINTS, t, east, north, height, burn};
}

START_TEST(exhaust_keeps_its_mass)
{
    begin();
    const cosmo_exhaust_path path = climb();
    const cosmo_exhaust exhaust = {{0.21, 0.24, 0.30}, 40.0};
    cosmo_list all, low;
    ck_assert_int_eq(cosmo_exhaust_puffs(&path, &exhaust, 1e6, arena, &run, &all), COSMO_OK);
    ck_assert_int_eq(cosmo_exhaust_puffs(&path, &exhaust, 3000.0, arena, &run, &low), COSMO_OK);
    ck_assert_uint_eq(all.n, POINTS - 1);
    const cosmo_plume_release *puffs = all.items;
    double sum = 0.0;
    for (size_t i = 0; i < all.n; i++) sum += puffs[i].mass_kg[0];
    suite_error("HCl of 60 s against 0.21 of 78 t", sum - 0.21 * 78000.0, "kg", 1e-6);
    sum = 0.0;
    puffs = low.items;
    for (size_t i = 0; i < low.n; i++) {
        sum += puffs[i].mass_kg[2];
        ck_assert_double_le(puffs[i].height_m, 3000.0);
    }
    /* 3 t^2 = 3000 at 31.62 s; the path is straight between its points: 31 + 117/189 s */
    const double end = 31.0 + 117.0 / 189.0;
    suite_error("alumina to 3 km", sum / (0.30 * (1000.0 * end + 5.0 * end * end)) - 1.0, "", 1e-12);
    ck_assert_int_eq(cosmo_exhaust_puffs(&path, &exhaust, -5.0, arena, &run, &low), COSMO_OK);
    ck_assert_uint_eq(low.n, 0);
    t[7] = t[6];
    ck_assert_int_eq(cosmo_exhaust_puffs(&path, &exhaust, 3000.0, arena, &run, &low), COSMO_BAD_INPUT);
    burn[3] = NAN;
    ck_assert_int_eq(cosmo_exhaust_puffs(&path, &exhaust, 3000.0, arena, &run, &low), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("plume/residual", residuals_of_a_stage, exhaust_keeps_its_mass)
