/* Weather grids: wind and air of soundings made from known profiles, the fades, and standard air. */
#include "cosmodrome/earth.h"
#include "suite.h"

#define DEG 0.017453292519943295
enum { LEVELS = 61 };
static double altitude[LEVELS], pressure[LEVELS], temperature[LEVELS], speed[LEVELS], from[LEVELS];
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_weather weather;

static cosmo_sounding column(void)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    for (int i = 0; i < LEVELS; i++) {
        const cosmo_air_state air = cosmo_atmosphere_us76(500.0 * i);
        altitude[i] = 500.0 * i;
        pressure[i] = air.pressure_pa;
        temperature[i] = air.temperature_k;
        speed[i] = 10.0 + 1e-3 * altitude[i];
        from[i] = 270.0 * DEG;
    }
    return (cosmo_sounding){.n = LEVELS,
                            .altitude_m = altitude,
                            .pressure_pa = pressure,
                            .temperature_k = temperature,
                            .wind_speed_m_s = speed,
                            .wind_from_rad = from,
                            .latitude_rad = NAN,
                            .longitude_rad = NAN};
}

static int node(double z)
{
    return (int)lround((z - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M);
}

START_TEST(standard_air_gives_ratios_of_one)
{
    const cosmo_sounding s = column();
    cosmo_weather_from_sounding(&s, &weather, &run);
    ck_assert(weather.has_ratio && weather.has_wind);
    double ratio = 0.0, warm = 0.0;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        ratio = fmax(ratio, fabs(weather.density_ratio[i] - 1.0));
        warm = fmax(warm, fabs(weather.temperature_difference_k[i]));
    }
    suite_error("density ratio - 1", ratio, "", 1e-14);
    suite_error("temperature difference", warm, "K", 1e-12);
    suite_error("wind at 10 km, from the west", weather.wind_east_m_s[node(10000)] - 20.0, "m/s", 1e-12);
    suite_error("and its northward part", weather.wind_north_m_s[node(10000)], "m/s", 1e-12);
    suite_error("wind below the lowest level", weather.wind_east_m_s[0] - 10.0, "m/s", 1e-12);
}
END_TEST

START_TEST(fades)
{
    const cosmo_sounding s = column();
    for (int i = 0; i < LEVELS; i++) temperature[i] += 10.0;
    cosmo_weather_from_sounding(&s, &weather, &run);
    suite_error("10 K too warm at 20 km", weather.temperature_difference_k[node(20000)] - 10.0, "K", 1e-12);
    suite_error("density there", weather.density_ratio[node(20000)] - 216.65 / 226.65, "", 1e-6);
    suite_error("5 K half-way through the fade", weather.temperature_difference_k[node(35000)] - 5.0, "K", 1e-12);
    suite_error("ratio is the root of that at the top",
                pow(weather.density_ratio[node(35000)], 2) / weather.density_ratio[node(30000)] - 1.0, "", 1e-12);
    ck_assert(weather.density_ratio[node(40000)] == 1.0 && weather.temperature_difference_k[node(40000)] == 0.0);
    suite_error("wind half-way through its fade", weather.wind_east_m_s[node(40000)] - 20.0, "m/s", 1e-12);
    ck_assert(weather.wind_east_m_s[node(50000)] == 0.0 && weather.wind_east_m_s[node(50250)] == 0.0);
}
END_TEST

START_TEST(pressure_by_hydrostatics)
{
    const cosmo_sounding s = column();
    for (int i = 1; i < LEVELS; i++) pressure[i] = NAN;
    cosmo_weather_from_sounding(&s, &weather, &run);
    double worst = 0.0;
    for (int i = 0; i < node(30000); i++) worst = fmax(worst, fabs(weather.density_ratio[i] - 1.0));
    suite_error("density ratio - 1 with one measured pressure, 500 m levels", worst, "", 1e-4);
    ck_assert_uint_eq(run.n_notes, 2);
}
END_TEST

START_TEST(gaps_and_winds_over_north)
{
    const cosmo_sounding s = column();
    for (int i = 0; i < LEVELS; i++) temperature[i] = NAN, speed[i] = i == 10 || i == 20 ? 10.0 : NAN;
    from[10] = 350.0 * DEG, from[20] = 10.0 * DEG;
    cosmo_weather_from_sounding(&s, &weather, &run);
    ck_assert(!weather.has_ratio && weather.has_wind);
    ck_assert(weather.density_ratio[40] == 1.0);
    suite_error("north wind between 350 and 10 deg", weather.wind_north_m_s[node(7500)] + 10.0 * cos(10.0 * DEG), "m/s",
                1e-12);
    suite_error("no detour over the south", weather.wind_east_m_s[node(7500)], "m/s", 1e-12);
    for (int i = 0; i < LEVELS; i++) speed[i] = NAN;
    cosmo_weather_from_sounding(&s, &weather, &run);
    ck_assert(!weather.has_wind && run.notes[run.n_notes - 1].kind != COSMO_NOTE_INPUT);
    cosmo_weather_constant_wind(12.0, 90.0 * DEG, &weather);
    suite_error("constant wind from the east", weather.wind_east_m_s[400] + 12.0, "m/s", 1e-12);
}
END_TEST

COSMO_SUITE("earth/weather", standard_air_gives_ratios_of_one, fades, pressure_by_hydrostatics,
            gaps_and_winds_over_north)
