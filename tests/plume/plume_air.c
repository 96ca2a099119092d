/* Wind and turbulence near the ground: the measured levels are met, the classic profiles hold, nonsense is refused. */
#include "cosmodrome/plume.h"
#include "suite.h"

#include <string.h>

static const double DEG = 0.017453292519943295;
static cosmo_plume_air air;

static cosmo_plume_weather weather_of(size_t n, const double *height, const double *speed, const double *from)
{
    return (cosmo_plume_weather){.roughness_m = 0.03,
                                 .friction_velocity_m_s = 0.4,
                                 .obukhov_m = INFINITY,
                                 .mixing_height_m = 800.0,
                                 .direction_scatter_rad = NAN,
                                 .n = n,
                                 .height_m = height,
                                 .wind_speed_m_s = speed,
                                 .wind_from_rad = from};
}

static cosmo_status make(const cosmo_plume_weather *weather, cosmo_run *run)
{
    cosmo_run_init(run, cosmo_arena_create(0, NULL));
    return cosmo_plume_air_make(weather, run, &air);
}

/* A figure of the nodes at a height, linear in ln z. */
static double at(const double *node, double z)
{
    const double x = log(z / air.bottom_m) / log(air.top_m / air.bottom_m) * (COSMO_PLUME_AIR_NODES - 1);
    const int i = (int)fmin(fmax(x, 0.0), COSMO_PLUME_AIR_NODES - 2);
    return node[i] + (x - i) * (node[i + 1] - node[i]);
}

static double speed_at(double z)
{
    return hypot(at(air.wind_east_m_s, z), at(air.wind_north_m_s, z));
}

START_TEST(neutral_wind_is_the_logarithm_through_the_level)
{
    const double height[] = {10.0}, speed[] = {5.0}, from[] = {270.0 * DEG};
    const cosmo_plume_weather weather = weather_of(1, height, speed, from);
    cosmo_run run;
    ck_assert(make(&weather, &run) == COSMO_OK);
    for (double z = 0.1; z < 800.0; z *= 3.0)
        suite_error("wind over the logarithm", speed_at(z) / (5.0 * log(z / 0.03) / log(10.0 / 0.03)) - 1.0, "", 1e-3);
    suite_error("wind above the lid", speed_at(3000.0) / speed_at(800.0) - 1.0, "", 1e-9);
    ck_assert_double_gt(at(air.wind_east_m_s, 10.0), 4.99);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* Businger-Dyer by its derivative: (k z/u) du/dz = phi_m. */
static void shear_is(double obukhov_m, double z, double phi, double bound)
{
    const double height[] = {2.0}, speed[] = {4.0}, from[] = {0.0};
    cosmo_plume_weather weather = weather_of(1, height, speed, from);
    weather.obukhov_m = obukhov_m;
    cosmo_run run;
    ck_assert(make(&weather, &run) == COSMO_OK);
    const double here = (speed_at(z * 1.05) - speed_at(z / 1.05)) / (2.0 * log(1.05));
    const double ground = (speed_at(0.063) - speed_at(0.0605)) / log(0.063 / 0.0605);
    printf("z/L %g\n", z / obukhov_m);
    suite_error("shear over that near the ground, over phi_m", here / ground / phi - 1.0, "", bound);
    cosmo_arena_destroy(run.arena);
}

START_TEST(shear_follows_stability)
{
    shear_is(-20.0, 10.0, pow(1.0 + 16.0 * 0.5, -0.25), 0.02);
    shear_is(-50.0, 5.0, pow(1.0 + 16.0 * 0.1, -0.25), 0.02);
    shear_is(50.0, 25.0, 1.0 + 5.0 * 0.5, 0.02);
}
END_TEST

START_TEST(levels_above_are_met_and_the_wind_turns_the_short_way)
{
    const double height[] = {10.0, 200.0, 1000.0}, speed[] = {4.0, 8.0, 12.0};
    const double from[] = {350.0 * DEG, 10.0 * DEG, 30.0 * DEG};
    const cosmo_plume_weather weather = weather_of(3, height, speed, from);
    cosmo_run run;
    ck_assert(make(&weather, &run) == COSMO_OK);
    for (int i = 0; i < 3; i++) {
        const double east = at(air.wind_east_m_s, height[i]), north = at(air.wind_north_m_s, height[i]);
        suite_error("speed at a level", speed_at(height[i]) - speed[i], "m/s", 0.1);
        suite_error("direction at a level", remainder(atan2(-east, -north) - from[i], 360.0 * DEG) / DEG, "deg", 0.5);
    }
    const double north = at(air.wind_north_m_s, 100.0), east = at(air.wind_east_m_s, 100.0);
    ck_assert_double_lt(fabs(atan2(-east, -north)) / DEG, 10.0);
    cosmo_arena_destroy(run.arena);
}
END_TEST

START_TEST(turbulence_is_similarity_below_and_hanna_aloft)
{
    const double height[] = {10.0}, speed[] = {5.0}, from[] = {0.0};
    cosmo_plume_weather weather = weather_of(1, height, speed, from);
    weather.obukhov_m = -40.0;
    weather.mixing_height_m = 1000.0;
    cosmo_run run;
    ck_assert(make(&weather, &run) == COSMO_OK);
    const double near = 1.25 * 0.4 * cbrt(1.0 + 3.0 * 10.0 / 40.0), free = 0.4 * cbrt(1000.0 / (0.4 * 40.0));
    const double aloft = sqrt(1.2 * free * free * 0.55 * pow(0.5, 2.0 / 3.0) + 1.1 * 0.16);
    suite_error("sigma_w at 10 m", at(air.sigma_w_m_s, 10.0) / near - 1.0, "", 1e-3);
    suite_error("T_w at 10 m", at(air.time_w_s, 10.0) / (5.0 / near * pow(2.5, 0.25)) - 1.0, "", 2e-3);
    suite_error("sigma_w at half the depth", at(air.sigma_w_m_s, 500.0) / aloft - 1.0, "", 1e-3);
    suite_error("T_w at half the depth", at(air.time_w_s, 500.0) / (150.0 / aloft * (1.0 - exp(-2.5))) - 1.0, "", 2e-3);
    suite_error("sigma_v", at(air.sigma_v_m_s, 300.0) / (0.4 * cbrt(12.0 + 12.5)) - 1.0, "", 1e-9);
    suite_error("diffusivity in free air", at(air.time_w_s, 5e3) * pow(at(air.sigma_w_m_s, 5e3), 2.0) - 0.1, "m2/s",
                1e-3);
    weather.obukhov_m = 30.0;
    ck_assert(cosmo_plume_air_make(&weather, &run, &air) == COSMO_OK);
    suite_error("stable T_w at 20 m", at(air.time_w_s, 20.0) / (10.0 / 0.5 / (1.0 + 100.0 / 30.0)) - 1.0, "", 2e-3);
    cosmo_arena_destroy(run.arena);
}
END_TEST

START_TEST(calm_air_is_refused_or_noted)
{
    const double height[] = {10.0}, speed[] = {0.3}, from[] = {0.0};
    cosmo_plume_weather weather = weather_of(1, height, speed, from);
    weather.friction_velocity_m_s = 0.05;
    cosmo_run run;
    ck_assert(make(&weather, &run) == COSMO_BAD_INPUT);
    printf("  %s\n", run.message);
    weather.accept_calm = true;
    ck_assert(cosmo_plume_air_make(&weather, &run, &air) == COSMO_OK && air.calm);
    for (int i = 0; i < COSMO_PLUME_AIR_NODES; i++) ck_assert(air.sigma_u_m_s[i] >= 0.5 && air.sigma_v_m_s[i] >= 0.5);
    ck_assert(run.n_notes == 2 && strncmp(run.notes[0].text, "calm air", 8) == 0);
    cosmo_arena_destroy(run.arena);
}
END_TEST

START_TEST(nonsense_is_refused_with_its_reason)
{
    const double height[] = {10.0, 5.0}, speed[] = {5.0, 200.0}, from[] = {0.0, 400.0 * DEG}, none[] = {NAN};
    cosmo_plume_weather bad[12];
    for (int i = 0; i < 12; i++) bad[i] = weather_of(1, height, speed, from);
    bad[0].mixing_height_m = -100.0;
    bad[1].mixing_height_m = NAN;
    bad[2].friction_velocity_m_s = 0.0;
    bad[3].roughness_m = -0.1;
    bad[4].obukhov_m = 0.0;
    bad[5].obukhov_m = NAN;
    bad[6].n = 0;
    bad[7].n = 2;
    bad[8].wind_speed_m_s = speed + 1;
    bad[9].wind_from_rad = from + 1;
    bad[10].wind_speed_m_s = none;
    bad[11].direction_scatter_rad = 12.0;
    for (int i = 0; i < 12; i++) {
        cosmo_run run;
        ck_assert_msg(make(&bad[i], &run) == COSMO_BAD_INPUT, "case %d", i);
        ck_assert(strncmp(run.message, "error: weather: ", 16) == 0);
        printf("  %s\n", run.message);
        cosmo_arena_destroy(run.arena);
    }
}
END_TEST

COSMO_SUITE("plume/plume_air", neutral_wind_is_the_logarithm_through_the_level, shear_follows_stability,
            levels_above_are_met_and_the_wind_turns_the_short_way, turbulence_is_similarity_below_and_hanna_aloft,
            calm_air_is_refused_or_noted, nonsense_is_refused_with_its_reason)
