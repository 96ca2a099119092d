/* Until when areas are closed: pieces of other failures, made and dropped as the expectation has it, are down by then.
 */
#include "study/closures.h"

#include "flown.h"

enum { FAILURES = 1200 };

static cosmo_risk_case result;

static void open(const char *path)
{
    read_mission(path);
    run.seed = 11;
    mission.risk.samples = 1024;
    check(cosmo_risk_case_run(&mission, NULL, arena, &run, &result));
}

/* The pieces of one failure of another seed. Returns how many are dangerous; `late` counts those after the bound. */
static size_t drop(const cosmo_flight *flight, uint64_t sample, const cosmo_failure_phase *phase,
                   cosmo_failure_mode mode, const cosmo_closure_times *times, size_t *late, double *nearest_s)
{
    static cosmo_wreck wrecks[COSMO_WRECK_MAX];
    static cosmo_debris falls[COSMO_WRECK_MAX];
    static cosmo_debris_impact impacts[COSMO_WRECK_MAX];
    static cosmo_weather weather;
    cosmo_dispersion_inputs inputs;
    cosmo_variation variation;
    cosmo_outcome stopped;
    size_t dangerous = 0;
    check(cosmo_dispersion_list(&mission.dispersion, flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    cosmo_dispersion_draw(&mission.dispersion, &inputs, 99, sample, z);
    cosmo_dispersion_apply(&mission.dispersion, flight, &inputs, z, &variation, &weather);
    cosmo_failure_stop(phase, mode, cosmo_random_uniform(99, 1u << 20, sample, 0), &variation);
    check(cosmo_ascent_fly_many(flight, 1, &result.flown.solution.controls, &variation, 1e-7, false, &run, &stopped));
    const size_t n = cosmo_wreck_make(flight, &mission.risk, &stopped, mode, 99, 1u << 21, sample, wrecks);
    cosmo_environment environment = flight->environment;
    environment.weather = variation.weather;
    for (size_t i = 0; i < n; i++) falls[i] = wrecks[i].fall;
    check(cosmo_debris_fall(falls, n, NULL, 0, &environment, 0.0, &run, impacts));
    for (size_t i = 0; i < n; i++) {
        const double energy = cosmo_fragment_energy_j(wrecks[i].mass_kg, impacts[i].speed_m_s);
        const bool in_orbit = impacts[i].t_s - stopped.stack.state.t_s > 4500.0; /* for most of a revolution */
        if (impacts[i].end != COSMO_DEBRIS_GROUND || energy < cosmo_casualty_energy_j(COSMO_CASUALTY_FAA) || in_orbit)
            continue;
        const double lon = impacts[i].place.longitude_rad * 57.29577951308232,
                     lat = impacts[i].place.latitude_rad * 57.29577951308232;
        const double spare =
            cosmo_closure_times_last_s(times, &(cosmo_closure_box){lon, lat, lon, lat}) - impacts[i].t_s;
        dangerous++;
        *late += spare < 0.0;
        *nearest_s = fmin(*nearest_s, spare);
    }
    return dangerous;
}

static void check_bound(const char *path)
{
    open(path);
    cosmo_closure_times times;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    check(cosmo_closure_times_make(&result, arena, &run, &times));
    const size_t n_phases = cosmo_failure_phases(&flight, &result.flown.ascent.trajectory, &mission.risk, phases);
    size_t pieces = 0, late = 0;
    double nearest_s = INFINITY;
    for (uint64_t sample = 0; sample < FAILURES; sample++) {
        const cosmo_failure_mode mode = (cosmo_failure_mode)(sample % COSMO_FAILURE_MODES);
        const size_t phase = mode == COSMO_FAILURE_PAD ? 0 : sample / COSMO_FAILURE_MODES % n_phases;
        pieces += drop(&flight, sample, &phases[phase], mode, &times, &late, &nearest_s);
    }
    printf(" %s: %zu dangerous pieces of %d failures, the nearest to the bound %.0f s before it\n", path, pieces,
           FAILURES, nearest_s);
    ck_assert_uint_gt(pieces, 10000);
    suite_error("pieces that come down after the bound", (double)late, "", 0.0);
    cosmo_arena_destroy(arena);
}

START_TEST(pieces_are_down_by_then)
{
    check_bound("missions/soyuz-ms.yaml");
    check_bound("missions/proton-51.yaml");
}
END_TEST

START_TEST(areas_hold_places)
{
    static const double lon[] = {179.0, 182.0, 182.0, 179.0, 179.0}, lat[] = {-1.0, -1.0, 1.0, 1.0, -1.0};
    const cosmo_closure_area area = {.n = 5, .lon_deg = lon, .lat_deg = lat};
    ck_assert(cosmo_closure_areas_hold(&area, 179.5, 0.5));
    ck_assert(cosmo_closure_areas_hold(&area, -179.5, 0.5));
    ck_assert(cosmo_closure_areas_hold(&area, 181.5, -0.5));
    ck_assert(!cosmo_closure_areas_hold(&area, -177.5, 0.5));
    ck_assert(!cosmo_closure_areas_hold(&area, 178.5, 0.5));
    ck_assert(!cosmo_closure_areas_hold(&area, 180.0, 1.5));
    const cosmo_closure_box box = cosmo_closure_times_box(5, lon, lat);
    cosmo_closure_landing landings[66];
    for (int i = 0; i < 64; i++) landings[i] = (cosmo_closure_landing){i < 32 ? -178.2 : 50.0, 0.0, 400.0 + i};
    landings[31].t_s = 500.0;
    landings[64] = (cosmo_closure_landing){-177.2, 0.0, 700.0};
    landings[65] = (cosmo_closure_landing){0.0, 0.0, 900.0};
    const cosmo_closure_times times = {66, landings, 900.0};
    ck_assert_double_eq(cosmo_closure_times_last_s(&times, &box), 500.0);
    ck_assert_double_eq(cosmo_closure_times_last_s(&times, &(cosmo_closure_box){52.0, 1.0, 52.5, 1.5}), 463.0);
    ck_assert_double_eq(cosmo_closure_times_last_s(&times, &(cosmo_closure_box){-90.0, 80.0, -90.0, 80.0}), 900.0);
}
END_TEST

COSMO_SUITE("study/closures", pieces_are_down_by_then, areas_hold_places)
