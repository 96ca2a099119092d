/* Flights that repeat a design by the clock: near it when nothing differs, robust against wind, the same in any batch.
 */
#include "flown.h"

#include <string.h>

static cosmo_flight flight;
static cosmo_controls controls;

static void open(const char *path)
{
    read_mission(path);
    flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
}

static double worst_impact(const cosmo_outcome *a, const cosmo_outcome *b)
{
    double worst = 0.0;
    ck_assert_uint_eq(a->n_bodies, b->n_bodies);
    for (size_t i = 0; i < a->n_bodies; i++) {
        if (!isfinite(a->impact_t_s[i])) continue;
        double distance, azimuth;
        cosmo_geodesic_between(a->impact[i], b->impact[i], &distance, &azimuth);
        worst = fmax(worst, distance);
    }
    return worst;
}

static void hold_to_design(const char *path)
{
    open(path);
    const cosmo_variation nominal = cosmo_ascent_nominal();
    cosmo_outcome designed, repeated;
    check(cosmo_ascent_fly_many(&flight, 1, &controls, NULL, 1e-10, true, &run, &designed));
    check(cosmo_ascent_fly_many(&flight, 1, &controls, &nominal, 1e-10, true, &run, &repeated));
    ck_assert(designed.inserted && repeated.inserted);
    printf(" %s\n", path);
    suite_error("impacts of the design repeated against the design", worst_impact(&designed, &repeated), "m", 2.0);
    suite_error("propellant left", repeated.propellant_left_kg - designed.propellant_left_kg, "kg", 0.05);
    cosmo_arena_destroy(arena);
}

START_TEST(repeated)
{
    hold_to_design("missions/soyuz-ms.yaml");
    hold_to_design("missions/progress-ms.yaml");
    hold_to_design("missions/falcon-demo-1.yaml");
    hold_to_design("missions/long-march-2c-xichang.yaml");
}
END_TEST

/* A wind as strong as the jet stream, at every height, from every side. */
START_TEST(wind)
{
    open("missions/progress-ms.yaml");
    cosmo_weather weather;
    cosmo_outcome calm;
    check(cosmo_ascent_fly_many(&flight, 1, &controls, NULL, 0.0, false, &run, &calm));
    flight.environment.weather = &weather;
    double worst = 0.0;
    for (int i = 0; i < 8; i++) {
        cosmo_weather_constant_wind(40.0, controls.azimuth_rad + 0.25 * 3.14159265358979 * i, &weather);
        cosmo_outcome o;
        check(cosmo_ascent_fly_many(&flight, 1, &controls, NULL, 0.0, false, &run, &o));
        ck_assert(o.inserted);
        worst = fmax(worst, fabs(o.propellant_left_kg - calm.propellant_left_kg));
        ck_assert_double_le(fabs(o.orbit.perigee_altitude_m - calm.orbit.perigee_altitude_m), 200.0);
    }
    suite_error("propellant that 40 m/s from any side cost or gave", worst, "kg", 200.0);
    cosmo_arena_destroy(arena);
}
END_TEST

static bool same(const cosmo_outcome *a, const cosmo_outcome *b)
{
    if (a->propellant_left_kg != b->propellant_left_kg || a->n_bodies != b->n_bodies) return false;
    for (size_t i = 0; i < a->n_bodies; i++)
        if (memcmp(&a->released[i], &b->released[i], sizeof a->released[i]) != 0) return false;
    return true;
}

/* Eleven flights at once, two designs among them, against each alone. */
START_TEST(batches)
{
    enum { N = 11 };
    open("missions/soyuz-ms.yaml");
    cosmo_controls each[N];
    cosmo_variation varied[N];
    cosmo_outcome together[N];
    for (int i = 0; i < N; i++) {
        each[i] = controls;
        if (i % 3 == 1) each[i].kick_rad *= 1.01;
        varied[i] = cosmo_ascent_nominal();
        for (int s = 0; s < COSMO_STAGES_MAX; s++) varied[i].thrust[s] = 1.0 + 0.001 * (i - 5);
    }
    check(cosmo_ascent_fly_many(&flight, N, each, varied, 0.0, false, &run, together));
    for (int i = 0; i < N; i++) {
        cosmo_outcome alone;
        check(cosmo_ascent_fly_many(&flight, 1, &each[i], &varied[i], 0.0, false, &run, &alone));
        ck_assert_msg(same(&alone, &together[i]), "flight %d differs when it is flown alone", i);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* A flight that is stopped to be looked at stands where the whole flight stood then. */
START_TEST(stopped)
{
    open("missions/soyuz-ms.yaml");
    cosmo_ascent whole;
    check(cosmo_ascent_fly(&flight, &controls, 1.0, arena, &run, &whole));
    static const double at[] = {5.0, 60.0, 119.0, 200.0, 287.0, 400.0, 520.0};
    double worst_m = 0.0, worst_kg = 0.0;
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        cosmo_variation variation = cosmo_ascent_nominal();
        variation.stop_t_s = at[i];
        cosmo_outcome o;
        check(cosmo_ascent_fly_many(&flight, 1, &controls, &variation, 1e-10, false, &run, &o));
        const cosmo_sample *s = NULL;
        for (size_t k = 0; k < whole.trajectory.n && s == NULL; k++)
            if (fabs(whole.trajectory.samples[k].state.t_s - at[i]) < 1e-9) s = &whole.trajectory.samples[k];
        ck_assert_ptr_nonnull(s);
        ck_assert_double_eq_tol(o.stack.state.t_s, at[i], 1e-9);
        const cosmo_vec3 a = s->state.position_m, b = o.stack.state.position_m;
        worst_m =
            fmax(worst_m, sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y) + (a.z - b.z) * (a.z - b.z)));
        worst_kg = fmax(worst_kg, fabs(s->mass_kg - o.stack.mass_kg));
        ck_assert_int_eq(o.stack.stage_aboard[0], at[i] < 117.9);
        ck_assert_int_eq(o.stack.stage_aboard[1], at[i] < 287.7);
        ck_assert_double_gt(o.stack.thrust_n, 2e5);
    }
    suite_error("position of a stopped flight against the whole one", worst_m, "m", 0.5);
    suite_error("mass", worst_kg, "kg", 0.1);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/design", repeated, wind, batches, stopped)
