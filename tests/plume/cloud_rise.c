/* The rise of hot clouds: closed forms, an independent Runge-Kutta integration, monotony, the share of layers. */
#include "cosmodrome/plume.h"
#include "suite.h"
#include <string.h>

enum { LEVELS = 41 };
static double heights[LEVELS], temperatures[LEVELS];
static cosmo_arena *arena;
static cosmo_run run;

static void begin(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
}

/* Levels every 100 m whose temperature changes by `lapse`, K/m. */
static cosmo_plume_weather column(double lapse)
{
    for (int i = 0; i < LEVELS; i++) {
        heights[i] = 100.0 * i;
        temperatures[i] = 290.0 - lapse * heights[i];
    }
    return (cosmo_plume_weather){
        .n = LEVELS, .height_m = heights, .temperature_at_k = temperatures, .temperature_k = NAN};
}

static cosmo_cloud_source fire(double heat_j)
{
    return (cosmo_cloud_source){
        .buoyancy = cosmo_cloud_rise_buoyancy(false, heat_j, 290.0, 100e3), .entrainment = 0.64, .radius_m = 140.0};
}

static cosmo_cloud rise(const cosmo_cloud_source *source, const cosmo_plume_weather *weather)
{
    cosmo_cloud cloud = {0};
    const cosmo_status status = cosmo_cloud_rise_stabilise(source, weather, &run, &cloud);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
    return cloud;
}

static double power(double r, bool lasting)
{
    return lasting ? r * r : r * r * r;
}

/* State: height, momentum r^p w, force. */
static void slope(const double y[3], const cosmo_cloud_source *c, double s, double out[3])
{
    const double rp = power(c->radius_m + c->entrainment * y[0], c->lasting);
    out[0] = y[1] / rp;
    out[1] = y[2];
    out[2] = -s * y[1];
}

static void step(double y[3], const cosmo_cloud_source *c, double s, double dt)
{
    double k[4][3], at[3];
    slope(y, c, s, k[0]);
    for (int stage = 1; stage < 4; stage++) {
        for (int i = 0; i < 3; i++) at[i] = y[i] + (stage == 3 ? dt : 0.5 * dt) * k[stage - 1][i];
        slope(at, c, s, k[stage]);
    }
    for (int i = 0; i < 3; i++) y[i] += dt / 6.0 * (k[0][i] + 2.0 * k[1][i] + 2.0 * k[2][i] + k[3][i]);
}

static double force(const cosmo_cloud_source *c)
{
    return c->lasting ? c->buoyancy / c->wind_m_s : c->buoyancy;
}

static void compare_with_integration(cosmo_cloud_source source, double s, const char *what)
{
    double worst = 0.0, y[3] = {0.0, 0.0, force(&source)};
    for (int i = 1; i <= 4000; i++) {
        step(y, &source, s, 0.05);
        worst = fmax(worst, fabs(cosmo_cloud_rise_at(&source, s, 0.05 * i) / y[0] - 1.0));
    }
    suite_error(what, worst, "", 1e-6);
}

START_TEST(closed_forms_solve_the_equations)
{
    const cosmo_cloud_source cloud = fire(2e12);
    cosmo_cloud_source plume = {true, cosmo_cloud_rise_buoyancy(true, 5e8, 290.0, 100e3), 0.5, 20.0, 0.0, 4.0};
    compare_with_integration(cloud, 0.0, "at once, neutral, relative");
    compare_with_integration(cloud, 1.5e-4, "at once, stable");
    compare_with_integration(cloud, -5e-5, "at once, unstable");
    compare_with_integration(plume, 0.0, "lasting, neutral");
    compare_with_integration(plume, 1.5e-4, "lasting, stable");
}
END_TEST

/* The formulas of the two cases as they are printed for a cloud from a point; Briggs 1975 for a plume. */
START_TEST(closed_forms_as_printed)
{
    cosmo_cloud_source c = {.buoyancy = 3e6, .entrainment = 0.64};
    const double g3 = 0.64 * 0.64 * 0.64, s = 3e-4;
    suite_error("neutral after 100 s", cosmo_cloud_rise_at(&c, 0.0, 100.0) / pow(2.0 * 3e6 * 1e4 / g3, 0.25) - 1.0, "",
                1e-12);
    suite_error("top in stable air", cosmo_cloud_rise_top(&c, s) / pow(8.0 * 3e6 / (g3 * s), 0.25) - 1.0, "", 1e-12);
    c.radius_m = 100.0;
    const double r4 = pow(100.0 / 0.64, 4.0);
    suite_error("stable after 100 s from a radius",
                cosmo_cloud_rise_at(&c, s, 100.0) /
                        (pow(4.0 * 3e6 / (g3 * s) * (1.0 - cos(sqrt(s) * 100.0)) + r4, 0.25) - 100.0 / 0.64) -
                    1.0,
                "", 1e-12);
    const cosmo_cloud_source plume = {true, 1000.0, 0.6, 0.0, 0.0, 5.0};
    suite_error("plume at its top: 2.6 (F / u s)^(1/3) of Briggs",
                cosmo_cloud_rise_top(&plume, s) / (2.6 * cbrt(1000.0 / (5.0 * s))) - 1.0, "", 0.02);
    ck_assert(isinf(cosmo_cloud_rise_top(&c, 0.0)));
}
END_TEST

/* 600 t, a quarter radiated: the scale of section 2.5 of the project's sources, from 5 to 100 % burnt. */
START_TEST(scale_of_a_large_accident)
{
    static const double burnt[3] = {0.05, 0.25, 1.0}, gradients[2] = {0.005, 0.010};
    static const double expected[3][2] = {{670.0, 560.0}, {1000.0, 840.0}, {1410.0, 1190.0}};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 2; j++) {
            cosmo_cloud_source c = fire(0.75 * burnt[i] * 600e3 * 7.22e6);
            c.radius_m = 0.0;
            const double top = cosmo_cloud_rise_top(&c, COSMO_STANDARD_GRAVITY / 290.0 * gradients[j]);
            suite_error("top against the scale", top / expected[i][j] - 1.0, "", 0.02);
        }
}
END_TEST

START_TEST(a_sounding_of_one_stability_has_the_closed_form)
{
    begin();
    const cosmo_cloud_source source = fire(5e11);
    const cosmo_plume_weather weather = column(0.0);
    const cosmo_cloud cloud = rise(&source, &weather);
    const double s = COSMO_STANDARD_GRAVITY * COSMO_STANDARD_GRAVITY / (1005.0 * 290.0);
    suite_error("isothermal air, height", cloud.height_m / cosmo_cloud_rise_top(&source, s) - 1.0, "", 1e-6);
    suite_error("time", cloud.time_s / (3.14159265358979 / sqrt(s)) - 1.0, "", 1e-6);
    suite_error("spread", cloud.sigma_m / ((140.0 + 0.64 * cloud.height_m) / 2.15) - 1.0, "", 1e-12);
    cosmo_arena_destroy(arena);
}
END_TEST

/* The layer of a column that a height lies in, and its stability by the logarithms of its temperatures. */
static double stability_at(const cosmo_plume_weather *w, double height)
{
    size_t i = 0;
    while (i + 2 < w->n && height >= w->height_m[i + 1]) i++;
    const double lower = w->temperature_at_k[i], upper = w->temperature_at_k[i + 1], ratio = log(upper / lower);
    const double mean = ratio == 0.0 ? lower : (upper - lower) / ratio;
    return COSMO_STANDARD_GRAVITY *
           (ratio / (w->height_m[i + 1] - w->height_m[i]) + COSMO_STANDARD_GRAVITY / (1005.0 * mean));
}

static void compare_with_small_steps(const cosmo_plume_weather *weather, double heat)
{
    const cosmo_cloud_source source = fire(heat);
    const cosmo_cloud cloud = rise(&source, weather);
    double y[3] = {0.0, 0.0, source.buoyancy}, time = 0.0;
    for (; y[1] >= 0.0; time += 0.01) step(y, &source, stability_at(weather, y[0]), 0.01);
    printf("  %.2g J: %.0f m after %.0f s, radius %.0f m\n", heat, cloud.height_m, cloud.time_s, cloud.radius_m);
    suite_error("height against small steps", cloud.height_m / y[0] - 1.0, "", 2e-4);
    suite_error("time", cloud.time_s / time - 1.0, "", 2e-3);
}

/* Neutral to 600 m, then an inversion of 3 K in 200 m, then 6.5 K/km: by Runge-Kutta steps of a hundredth of a second.
 */
START_TEST(layers_agree_with_small_steps)
{
    begin();
    static const double z[4] = {0.0, 600.0, 800.0, 8000.0};
    const double t600 = 290.0 - COSMO_STANDARD_GRAVITY / 1005.0 * 600.0;
    const double t[4] = {290.0, t600, t600 + 3.0, t600 + 3.0 - 0.0065 * 7200.0};
    const cosmo_plume_weather weather = {.n = 4, .height_m = z, .temperature_at_k = t, .temperature_k = NAN};
    for (double heat = 2e10; heat < 4e12; heat *= 4.0) compare_with_small_steps(&weather, heat);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Norman, Oklahoma, 22 May 2023, 12 UTC: a morning's inversion at the ground. */
START_TEST(through_a_measured_sounding)
{
    static const char path[] = "../shared/data/weather/wyoming_csv_OUN_2023-05-22_12Z.csv";
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        printf("  skip: no %s\n", path);
        return;
    }
    fclose(file);
    begin();
    cosmo_sounding sounding;
    ck_assert_msg(cosmo_sounding_read(path, 0, arena, &run, &sounding) == COSMO_OK, "%s", run.message);
    double *z = cosmo_arena_array(arena, sounding.n, sizeof *z), *t = cosmo_arena_array(arena, sounding.n, sizeof *t);
    size_t n = 0;
    for (size_t i = 0; i < sounding.n; i++) {
        if (isnan(sounding.temperature_k[i])) continue;
        z[n] = sounding.altitude_m[i] - sounding.altitude_m[0];
        t[n++] = sounding.temperature_k[i];
    }
    const cosmo_plume_weather weather = {.n = n, .height_m = z, .temperature_at_k = t, .temperature_k = NAN};
    printf("  %zu levels\n", n);
    for (double heat = 2e10; heat < 4e12; heat *= 14.0) compare_with_small_steps(&weather, heat);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(more_heat_rises_higher_more_stability_lower)
{
    begin();
    double before = 0.0;
    cosmo_plume_weather weather = column(0.006);
    for (double heat = 1e9; heat < 1e13; heat *= 1.7) {
        const cosmo_cloud_source source = fire(heat);
        const double height = rise(&source, &weather).height_m;
        ck_assert_double_gt(height, before);
        before = height;
    }
    before = 1e9;
    for (double lapse = 0.0090; lapse > -0.012; lapse -= 0.001) {
        weather = column(lapse);
        const cosmo_cloud_source source = fire(5e11);
        const double height = rise(&source, &weather).height_m;
        ck_assert_double_lt(height, before);
        before = height;
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(missing_temperatures_are_noted_and_bad_ones_refused)
{
    begin();
    const cosmo_cloud_source source = fire(5e11);
    cosmo_plume_weather weather = column(0.004);
    const double whole = rise(&source, &weather).height_m;
    ck_assert_uint_eq(run.n_notes, 0);
    for (int i = 1; i < LEVELS; i += 2) temperatures[i] = NAN;
    suite_error("every second temperature missing", rise(&source, &weather).height_m / whole - 1.0, "", 1e-4);
    ck_assert_uint_eq(run.n_notes, 1);
    for (int i = 0; i < LEVELS; i++) temperatures[i] = NAN;
    printf("  no temperature at all: %.0f m, as in the standard atmosphere\n", rise(&source, &weather).height_m);
    ck_assert_uint_ge(run.n_notes, 3);
    weather = column(0.004);
    temperatures[3] = 15.0;
    cosmo_cloud cloud;
    ck_assert_int_eq(cosmo_cloud_rise_stabilise(&source, &weather, &run, &cloud), COSMO_BAD_INPUT);
    weather = column(0.004);
    heights[3] = heights[2];
    ck_assert_int_eq(cosmo_cloud_rise_stabilise(&source, &weather, &run, &cloud), COSMO_BAD_INPUT);
    weather = column(0.004);
    const cosmo_cloud_source cold = {.entrainment = 0.64};
    ck_assert_int_eq(cosmo_cloud_rise_stabilise(&cold, &weather, &run, &cloud), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(layers_share_all_of_the_mass)
{
    const cosmo_cloud clouds[2] = {{800.0, 200.0, 600.0, 280.0}, {50.0, 60.0, 400.0, 190.0}};
    for (int i = 0; i < 2; i++) {
        double sum = 0.0;
        for (int layer = 0; layer < 60; layer++)
            sum += cosmo_cloud_rise_share(&clouds[i], 50.0 * layer, 50.0 * (layer + 1));
        suite_error("sum over 60 layers", sum - 1.0, "", 1e-12);
    }
    suite_error("within one sigma against 0.6827", cosmo_cloud_rise_share(&clouds[0], 520.0, 1080.0) - 0.682689492137,
                "", 2e-6);
}
END_TEST

COSMO_SUITE("plume/cloud_rise", closed_forms_solve_the_equations, closed_forms_as_printed, scale_of_a_large_accident,
            a_sounding_of_one_stability_has_the_closed_form, layers_agree_with_small_steps, through_a_measured_sounding,
            more_heat_rises_higher_more_stability_lower, missing_temperatures_are_noted_and_bad_ones_refused,
            layers_share_all_of_the_mass)
