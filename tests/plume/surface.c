/* u*, L and the mixing height from what is known: closed forms, both equations at once, published lines and formulas.
 */
#include "cosmodrome/plume.h"
#include "suite.h"

#include <string.h>

static const double PI = 3.14159265358979323846, DEG = 0.017453292519943295, K = 0.4, CP = 1005.0, GAS = 287.05;
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_plume_weather w;
static cosmo_surface_hints hints;
static double height[8], speed[8], from[8], temperature[8];

/* 5 m/s at 10 m over steppe, and nothing else. */
static void begin(void)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    hints = cosmo_surface_no_hints();
    height[0] = 10.0, speed[0] = 5.0, from[0] = 0.0, temperature[0] = NAN;
    w = (cosmo_plume_weather){.roughness_m = 0.02,
                              .friction_velocity_m_s = NAN,
                              .obukhov_m = NAN,
                              .mixing_height_m = NAN,
                              .direction_scatter_rad = NAN,
                              .latitude_rad = 46.0 * DEG,
                              .temperature_k = 293.15,
                              .pressure_pa = 1e5,
                              .relative_humidity = NAN,
                              .cloud_fraction = NAN,
                              .sun_elevation_rad = NAN,
                              .ozone_fraction = NAN,
                              .n = 1,
                              .height_m = height,
                              .wind_speed_m_s = speed,
                              .wind_from_rad = from,
                              .temperature_at_k = temperature};
}

static void complete(void)
{
    ck_assert_msg(cosmo_surface_complete(&hints, &w, &run) == COSMO_OK, "%s", run.message);
}

static void refused(const char *words)
{
    ck_assert_int_eq(cosmo_surface_complete(&hints, &w, &run), COSMO_BAD_INPUT);
    ck_assert_msg(strstr(run.message, words) != NULL, "'%s' lacks '%s'", run.message, words);
}

static bool noted(const char *words)
{
    for (size_t i = 0; i < run.n_notes; i++)
        if (strstr(run.notes[i].text, words) != NULL) return true;
    return false;
}

START_TEST(neutral_air)
{
    begin();
    w.obukhov_m = INFINITY;
    complete();
    suite_error("u* of the logarithmic law", w.friction_velocity_m_s / (K * 5.0 / log(500.0)) - 1.0, "", 1e-14);
    const double f = 2.0 * 7.292115e-5 * sin(46.0 * DEG);
    suite_error("h = 0.3 u*/f", w.mixing_height_m / (0.3 * w.friction_velocity_m_s / f) - 1.0, "", 1e-12);
    ck_assert(noted("friction velocity 0.322 m/s from 5.00 m/s at 10 m") && noted("mixing height"));
    begin();
    hints.stability = 3;
    complete();
    ck_assert(isinf(w.obukhov_m) && w.obukhov_m > 0.0);
    ck_assert(noted("class D stands for the Obukhov length"));
}
END_TEST

/* Wind by the textbook's psi, written out here; z is not above L. */
static double textbook_wind(double friction, double l, double z0, double z)
{
    double psi[2];
    const double at[2] = {z / l, z0 / l};
    for (int i = 0; i < 2; i++) {
        const double x = pow(fmax(0.0, 1.0 - 16.0 * at[i]), 0.25);
        psi[i] = at[i] < 0.0 ? 2.0 * log(0.5 * (1.0 + x)) + log(0.5 * (1.0 + x * x)) - 2.0 * atan(x) + 0.5 * PI
                             : -5.0 * at[i];
    }
    return friction / K * (log(z / z0) - psi[0] + psi[1]);
}

START_TEST(stability_function)
{
    suite_error("no jump at neutral", cosmo_surface_psi(-1e-9) - cosmo_surface_psi(1e-9), "", 1e-7);
    suite_error("no jump at z = L", cosmo_surface_psi(1.0 + 1e-12) + 5.0, "", 1e-10);
    suite_error("slope at neutral, -16 (-1/4) = 4 a unit", cosmo_surface_psi(-1e-5) / 1e-5 - 4.0, "", 1e-3);
    suite_error("far above L, -zeta and a constant", cosmo_surface_psi(101.0) - cosmo_surface_psi(100.0) + 1.0, "",
                1e-6);
}
END_TEST

START_TEST(both_equations_hold)
{
    static const double fluxes[] = {400.0, 250.0, 60.0, 5.0, -5.0, -20.0};
    static const double winds[] = {1.5, 3.0, 6.0, 12.0};
    double worst_wind = 0.0, worst_length = 0.0;
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < 4; k++) {
            begin();
            speed[0] = winds[k];
            hints.heat_flux_w_m2 = fluxes[i];
            w.mixing_height_m = 500.0;
            complete();
            if (noted("too light")) continue;
            const double u = w.friction_velocity_m_s, rho_cp = CP * 1e5 / (GAS * 293.15);
            const double l = -293.15 * u * u * u / (K * 9.80665 * fluxes[i] / rho_cp);
            worst_wind = fmax(worst_wind, fabs(textbook_wind(u, w.obukhov_m, 0.02, 10.0) / winds[k] - 1.0));
            worst_length = fmax(worst_length, fabs(w.obukhov_m / l - 1.0));
        }
    suite_error("the wind of u* and L", worst_wind, "", 1e-10);
    suite_error("L of u* and the heat flux", worst_length, "", 1e-10);
}
END_TEST

/* A night: with L = T u*^2 / (k g theta*) and psi = -5 z/L the wind is a quadratic in u*. */
START_TEST(night)
{
    begin();
    w.cloud_fraction = 0.5;
    w.sun_elevation_rad = -10.0 * DEG;
    complete();
    const double scale = 0.09 * (1.0 - 0.5 * 0.25), ln = log(500.0);
    const double b = 5.0 * (10.0 - 0.02) * K * 9.80665 * scale / 293.15; /* ln u^2 - k U u + b = 0 */
    const double u = (K * 5.0 + sqrt(K * K * 25.0 - 4.0 * ln * b)) / (2.0 * ln);
    suite_error("u* of the quadratic", w.friction_velocity_m_s / u - 1.0, "", 1e-12);
    suite_error("L", w.obukhov_m / (293.15 * u * u / (K * 9.80665 * scale)) - 1.0, "", 1e-12);
    const double f = 2.0 * 7.292115e-5 * sin(46.0 * DEG);
    suite_error("h = 0.4 sqrt(u* L/f)", w.mixing_height_m / (0.4 * sqrt(u * w.obukhov_m / f)) - 1.0, "", 1e-10);
    begin();
    w.cloud_fraction = 0.0;
    w.sun_elevation_rad = -10.0 * DEG;
    speed[0] = 1.0;
    complete();
    ck_assert(noted("too light") && w.obukhov_m > 0.0 && w.friction_velocity_m_s > 0.0);
    suite_error("L of the weakened night is the height of the wind", w.obukhov_m - 10.0, "m", 1e-12);
    suite_error("and its wind", textbook_wind(w.friction_velocity_m_s, w.obukhov_m, 0.02, 10.0) - 1.0, "m/s", 1e-12);
}
END_TEST

/* The paper's regressions by hand: K+ = 990 sin 60 - 30, Q* with c1 = 5.31e-13, c2 = 60, c3 = 0.12, G = 0.1 Q*; gamma/s
 * is 0.45 at 20 C in the paper's table. Source: Holtslag and van Ulden 1983, from memory. */
START_TEST(heat_by_day)
{
    const double t = 293.15, sun = 990.0 * sin(60.0 * DEG) - 30.0;
    const double net = (0.77 * sun + 5.31e-13 * pow(t, 6) - 5.67e-8 * pow(t, 4)) / 1.12;
    const double paper = (0.55 + 0.45) / 1.45 * 0.9 * net - 9.0;
    const double got = cosmo_surface_heat_flux_w_m2(60.0 * DEG, 0.0, t, 101325.0, 0.23, 0.45);
    printf("  clear, sun at 60 deg, 20 C: net %.1f, H %.1f W/m2\n", net, got);
    suite_error("H against gamma/s of the table", got / paper - 1.0, "", 0.01);
    static const double table[][2] = {{0.0, 1.44}, {10.0, 0.79}, {20.0, 0.45}, {30.0, 0.27}};
    for (size_t i = 0; i < 4; i++) { /* moisture 1 and 0: H + 20 is ratio / (1 + ratio) of the dry one */
        const double k = 273.15 + table[i][0];
        const double wet = cosmo_surface_heat_flux_w_m2(60.0 * DEG, 0.0, k, 101325.0, 0.23, 1.0) + 20.0;
        const double dry = cosmo_surface_heat_flux_w_m2(60.0 * DEG, 0.0, k, 101325.0, 0.23, 0.0);
        suite_error("gamma/s against the table", wet / dry / (1.0 - wet / dry) / table[i][1] - 1.0, "", 0.03);
    }
    const double covered = cosmo_surface_heat_flux_w_m2(60.0 * DEG, 1.0, t, 101325.0, 0.23, 0.45);
    ck_assert(covered < 0.5 * got && cosmo_surface_heat_flux_w_m2(0.0, 0.0, t, 101325.0, 0.23, 0.45) < 0.0);
}
END_TEST

/* The classes' lines against the borders A/B and B/C that AERMOD's routine LTOPG uses: XL = XM / (ln z0 - B), with XM
 * -70 and B 4.35, XM -85.2 and B 0.502. A class's line must lie on its own side. */
START_TEST(classes)
{
    static const double roughness[] = {0.01, 0.03, 0.1, 0.3};
    for (size_t i = 0; i < 4; i++) {
        const double z0 = roughness[i], ab = 70.0 / (log(z0) - 4.35), bc = 85.2 / (log(z0) - 0.502);
        const double a = cosmo_surface_class_obukhov_m(0, z0), b = cosmo_surface_class_obukhov_m(1, z0);
        const double c = cosmo_surface_class_obukhov_m(2, z0);
        printf("  z0 %.2f m: A %.1f, border %.1f, B %.1f, border %.1f, C %.1f m\n", z0, a, ab, b, bc, c);
        ck_assert(a > ab && b < ab && b > bc && c < bc && c < 0.0);
        ck_assert(cosmo_surface_class_obukhov_m(4, z0) > cosmo_surface_class_obukhov_m(5, z0));
        ck_assert(cosmo_surface_class_obukhov_m(5, z0) > 0.0);
    }
    suite_error("1/L of class E over 0.1 m, 0.004 + 0.018", 1.0 / cosmo_surface_class_obukhov_m(4, 0.1) - 0.022, "1/m",
                1e-15);
}
END_TEST

/* Temperatures whose potential temperature rises by `rate` K/m above `base`, constant below. */
static void sounding(double base, double rate)
{
    static const double z[] = {10.0, 50.0, 100.0, 300.0, 600.0, 1200.0, 2000.0, 3000.0};
    w.n = 8;
    for (size_t i = 0; i < 8; i++) {
        height[i] = z[i];
        speed[i] = 5.0;
        from[i] = 90.0 * DEG;
        temperature[i] = 290.0 + rate * fmax(0.0, z[i] - base) - 9.80665 / CP * z[i];
    }
}

START_TEST(lids)
{
    begin();
    sounding(0.0, 0.005);
    w.obukhov_m = -50.0;
    w.temperature_k = 295.0; /* 5 K warmer than the foot of the profile: it is met at 1,000 m */
    complete();
    suite_error("parcel in a straight profile", w.mixing_height_m - 1000.0, "m", 1e-6);
    begin();
    sounding(0.0, 0.005);
    w.obukhov_m = 100.0;
    w.friction_velocity_m_s = 0.3;
    complete();
    /* no shear: g / theta rate (z - 10)^2 = 0.25 * 100 u*^2 */
    const double exact = 10.0 + sqrt(0.25 * 100.0 * 0.09 * (290.05) / (9.80665 * 0.005));
    suite_error("bulk Richardson number 0.25 in a straight profile", w.mixing_height_m - exact, "m", 1e-6);
    ck_assert(noted("Vogelezang and Holtslag"));
    begin();
    w.obukhov_m = -50.0;
    refused("by day the mixing height follows from temperatures");
}
END_TEST

START_TEST(what_is_refused)
{
    begin();
    refused("nothing says how stable the air is");
    begin();
    from[0] = 400.0 * DEG, w.obukhov_m = INFINITY;
    refused("a wind from, deg, of 400; it is 0 to 360");
    begin();
    w.mixing_height_m = -100.0;
    refused("a mixing height, m, of -100");
    begin();
    w.obukhov_m = INFINITY, speed[0] = 0.1;
    refused("a wind of 0.1 m/s at 10 m says nothing about turbulence");
    begin();
    w.obukhov_m = INFINITY, w.n = 0;
    refused("the friction velocity follows from a wind at 1 m or above; there is none");
    begin();
    w.roughness_m = NAN;
    refused("a roughness length of more than 0");
    begin();
    hints.stability = 6;
    refused("Pasquill's classes are A to F");
    begin();
    w.cloud_fraction = 8.0, w.obukhov_m = INFINITY;
    refused("a cloud cover of 8; it is 0 to 1");
}
END_TEST

START_TEST(levels_of_a_sounding)
{
    begin();
    static const double z[] = {50.0, 110.0, 600.0}, p[] = {1.01e5, 1e5, 9.4e4}, t[] = {290.0, 289.0, 285.0};
    static const double u[] = {3.0, 4.0, NAN}, d[] = {1.0, 2.0, NAN};
    const cosmo_sounding s = {
        .n = 3, .altitude_m = z, .pressure_pa = p, .temperature_k = t, .wind_speed_m_s = u, .wind_from_rad = d};
    w.temperature_k = w.pressure_pa = NAN;
    ck_assert_int_eq(cosmo_surface_levels(&s, 100.0, arena, &run, &w), COSMO_OK);
    ck_assert_uint_eq(w.n, 1);
    suite_error("height above ground", w.height_m[0] - 10.0, "m", 1e-12);
    suite_error("temperature at the ground", w.temperature_k - (289.0 + 9.80665 / CP * 10.0), "K", 1e-12);
    suite_error("pressure at the ground", w.pressure_pa - 1e5 * exp(9.80665 * 10.0 / (GAS * 289.0)), "Pa", 1e-9);
    ck_assert_int_eq(cosmo_surface_levels(&s, 700.0, arena, &run, &w), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
    arena = NULL;
}
END_TEST

COSMO_SUITE("plume/surface", neutral_air, stability_function, both_equations_hold, night, heat_by_day, classes, lids,
            what_is_refused, levels_of_a_sounding)
