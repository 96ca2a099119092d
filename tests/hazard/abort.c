/* An escape beside what is known of its parts: falls of the room below, the rocket equation, steady descent. */
#include "cosmodrome/hazard.h"
#include "suite.h"

#include <string.h>

static const double DEG = 0.017453292519943295;
static const double CD[] = {0.0, 1.0, 30.0, 1.0};
static cosmo_run run;
static cosmo_escape_motor motors;
static cosmo_escape escape;
static cosmo_remains remains;
static cosmo_abort_case given;
static cosmo_environment environment;

static void check(cosmo_status status)
{
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
}

/* A capsule of 2,900 kg in a head of 5,400 kg on a stack of 90 t that climbs, 50 km up, with 1.7 km/s. */
static void set(void)
{
    cosmo_run_init(&run, NULL);
    const cosmo_table drag = {.n_rows = 2, .n_columns = 2, .values = CD};
    motors = (cosmo_escape_motor){"m", "fairing", 5400.0, 200.0, 150e3, 3.0};
    escape = (cosmo_escape){.motors = {1, &motors},
                            .head_area_m2 = 7.0,
                            .head_drag = drag,
                            .release_s = 30.0,
                            .capsule_mass_kg = 2900.0,
                            .capsule_area_m2 = 3.8,
                            .capsule_drag = drag,
                            .drogue_altitude_m = 10000.0,
                            .drogue_drag_area_m2 = 16.0,
                            .main_altitude_m = 7000.0,
                            .main_drag_area_m2 = 800.0,
                            .main_reefed = 0.1,
                            .main_reef_s = 4.0};
    remains = (cosmo_remains){.mass_kg = 90e3, .area_m2 = 100.0};
    cosmo_drag_curve_constant(0.6, &remains.drag);
    environment = (cosmo_environment){.gravity = COSMO_GRAVITY_J6};
    given = (cosmo_abort_case){
        .escape = &escape,
        .motors = &motors,
        .remains = &remains,
        .stopped = cosmo_state_from_ned(118.0, (cosmo_geodetic){46.0 * DEG, 64.0 * DEG, 50e3},
                                        (cosmo_vec3){700.0, 1240.0, -960.0}),
        .delay_s = 3.5,
        .axis = {0.6, 0.8, 0.0},
    };
}

static double apart_m(cosmo_geodetic a, cosmo_geodetic b)
{
    double distance_m, azimuth_rad;
    cosmo_geodesic_between(a, b, &distance_m, &azimuth_rad);
    return distance_m;
}

/* A capsule that parts at once and opens nothing falls as cosmo_fall_to_ground lets it fall. */
START_TEST(falls_as_a_body)
{
    set();
    given.motors = NULL;
    given.delay_s = 0.0;
    escape.drogue_altitude_m = escape.main_altitude_m = -1000.0;
    cosmo_abort flown;
    cosmo_impact impact;
    cosmo_drag_curve drag;
    cosmo_drag_curve_make(&escape.capsule_drag, &drag);
    const cosmo_fall_case body = {given.stopped, 2900.0, 3.8, &drag, NULL};
    cosmo_weather weather;
    for (int wind = 0; wind < 2; wind++) {
        cosmo_weather_constant_wind(20.0, 1.0, &weather);
        environment.weather = wind == 1 ? &weather : NULL;
        check(cosmo_abort_fly(&given, &environment, &run, &flown));
        check(cosmo_fall_to_ground(&body, 1, &environment, 0.0, 5000.0, &run, &impact));
        suite_error(wind == 1 ? "impact in a wind, against a fall" : "impact in still air, against a fall",
                    apart_m(flown.landing.place, impact.place), "m", 1.0);
        suite_error("time of the fall", flown.landing.t_s - impact.t_s, "s", 0.01);
        suite_error("speed of impact", flown.landing.speed_m_s - impact.speed_m_s, "m/s", 0.1);
    }
    ck_assert(isnan(flown.drogue_t_s) && isnan(flown.main_t_s));
    suite_error("entry, felt, against the dynamic pressure of the fall",
                flown.entry_acceleration_m_s2 - impact.peak_dynamic_pressure_pa * 3.8 / 2900.0, "m/s2", 1.0);
}
END_TEST

/* In vacuum without gravity's part the motors give thrust over flow times ln(mass ratio). */
START_TEST(motors_push)
{
    set();
    environment.vacuum = true;
    escape.drogue_altitude_m = escape.main_altitude_m = -1000.0;
    escape.release_s = 0.0; /* free as the motors end */
    cosmo_abort with, without;
    check(cosmo_abort_fly(&given, &environment, &run, &with));
    motors.thrust_n = 1e-9;
    check(cosmo_abort_fly(&given, &environment, &run, &without));
    const double flow = 200.0 / 3.0, expected = 150e3 / flow * log(5400.0 / 5200.0);
    const cosmo_vec3 a = with.free.velocity_m_s, b = without.free.velocity_m_s;
    const double along = 0.6 * (a.x - b.x) + 0.8 * (a.y - b.y), across = 0.8 * (a.x - b.x) - 0.6 * (a.y - b.y);
    suite_error("speed gained, against the rocket equation", along - expected, "m/s", 0.01);
    suite_error("speed gained across the axis", across, "m/s", 0.01);
    suite_error("largest acceleration", with.motor_acceleration_m_s2 - 150e3 / 5200.0, "m/s2", 0.01);
    suite_error("burn-out", with.free.t_s - 124.5, "s", 1e-9);
}
END_TEST

/* Under the full main parachute weight and drag are in balance; the wind carries it along. */
START_TEST(descends_steadily)
{
    set();
    cosmo_abort still, windy;
    check(cosmo_abort_fly(&given, &environment, &run, &still));
    const double rho = cosmo_atmosphere_us76(0.0).density_kg_m3, drag_area = 800.0 + 3.8;
    const double v = sqrt(2.0 * 2900.0 * 9.807 / (rho * drag_area));
    suite_error("speed of landing, against the steady one", still.landing.speed_m_s - v, "m/s", 0.03);
    ck_assert(still.commanded.t_s == 121.5 && still.drogue_t_s < still.main_t_s);
    cosmo_weather weather;
    cosmo_weather_constant_wind(10.0, 270.0 * DEG, &weather);
    environment.weather = &weather;
    check(cosmo_abort_fly(&given, &environment, &run, &windy));
    const double drift = apart_m(still.landing.place, windy.landing.place);
    const double expected = 10.0 * (still.landing.t_s - still.main_t_s);
    suite_error("drift under the main parachute, of 10 m/s times its time", 100.0 * (drift / expected - 1.0), "%",
                15.0);
}
END_TEST

/* Low over the ground the head lets the capsule go at the top of its climb. */
START_TEST(from_the_pad)
{
    set();
    motors.thrust_n = 600e3;
    given.stopped = cosmo_state_from_ned(0.0, (cosmo_geodetic){46.0 * DEG, 64.0 * DEG, 50.0}, (cosmo_vec3){0});
    const cosmo_vec3 r = given.stopped.position_m;
    const double radius = sqrt(r.x * r.x + r.y * r.y + r.z * r.z);
    given.axis = (cosmo_vec3){r.x / radius, r.y / radius, r.z / radius};
    given.delay_s = 0.0;
    cosmo_abort flown;
    check(cosmo_abort_fly(&given, &environment, &run, &flown));
    ck_assert(flown.apogee.altitude_m > 500.0 && flown.free.t_s >= flown.apogee_t_s);
    ck_assert(flown.free.t_s < 31.0 && flown.landing.reached_ground && flown.landing.speed_m_s < 8.0);
}
END_TEST

START_TEST(nobody_aboard)
{
    set();
    escape.capsule_mass_kg = NAN;
    cosmo_abort flown;
    ck_assert(cosmo_abort_fly(&given, &environment, &run, &flown) == COSMO_BAD_INPUT);
}
END_TEST

COSMO_SUITE("hazard/abort", falls_as_a_body, motors_push, descends_steadily, from_the_pad, nobody_aboard)
