/* A launch that may fail at several times: one time is the single case, expectations are sums, the corridor holds every
 * contour, evacuation turns no-go into go, and what cannot be is one line. */
#include "study/toxics_parts.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double DEG = 3.14159265358979323846 / 180.0;

typedef struct bench {
    cosmo_arena *arena;
    cosmo_run run;
    cosmo_toxics toxics;
    cosmo_toxics_case result;
} bench;

/* Write a case, read it; `source` and `rest` are lines of YAML. The file is gone afterwards. */
static cosmo_status sweep_read(bench *b, const char *source, const char *rest)
{
    static const char text[] =
        "source:\n  time: 2025-05-20T12:00:00Z\n%s\n"
        "weather:\n  wind_speed: [3 m/s, 5 m/s, 7 m/s]\n  wind_from: [-60 deg, 0 deg, 60 deg]\n"
        "  mixing_height: [300 m, 600 m, 900 m]\n  stability: [D]\n  temperature: 290 K\n"
        "sampling: {samples: 4, particles: 300, duration: 40 min, interval: 10 min, every: 1 min, outer: 60 km, "
        "rings: 30, sectors: 36}\nlimits: [aegl]\n%s\n";
    char path[] = "/tmp/cosmo-sweep-XXXXXX";
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    FILE *out = fdopen(file, "w");
    fprintf(out, text, source, rest);
    fclose(out);
    b->arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&b->run, b->arena);
    b->run.data_folder = "data";
    b->run.seed = 450139;
    const cosmo_status status = cosmo_toxics_read(path, b->arena, &b->run, &b->toxics);
    unlink(path);
    return status;
}

static void sweep_compute(bench *b, const char *times, const char *rest)
{
    char source[1024], folder[512];
    ck_assert_ptr_nonnull(getcwd(folder, sizeof folder));
    snprintf(source, sizeof source, "  mission: %s/missions/proton-51.yaml\n  %s", folder, times);
    ck_assert_msg(sweep_read(b, source, rest) == COSMO_OK, "%s", b->run.message);
    ck_assert_msg(cosmo_toxics_case_run(&b->toxics, NULL, b->arena, &b->run, &b->result) == COSMO_OK, "%s",
                  b->run.message);
}

/* The launch that most tests look at, computed once. */
static bench BOTH;

static const bench *sweep_both(void)
{
    if (BOTH.arena == NULL) sweep_compute(&BOTH, "failure_times: [10 s, 60 s]", "");
    return &BOTH;
}

/* One failure of that launch by itself, under another section `launch`: the flight is not designed again. */
static void sweep_single(bench *b, double time_s, const cosmo_release_launch *launch)
{
    bench *from = &BOTH;
    sweep_both();
    b->arena = from->arena;
    b->run = from->run;
    cosmo_toxics first = from->toxics;
    first.release.launch = *launch;
    first.release.source.failure_times = (cosmo_list){0, NULL};
    ck_assert_msg(cosmo_toxics_read_again(&first, time_s, b->arena, &b->run, &b->toxics) == COSMO_OK, "%s",
                  b->run.message);
    ck_assert_msg(cosmo_toxics_case_run(&b->toxics, NULL, b->arena, &b->run, &b->result) == COSMO_OK, "%s",
                  b->run.message);
}

static const cosmo_toxics_sweep_row *sweep_row(const bench *b, size_t i)
{
    return (const cosmo_toxics_sweep_row *)b->result.sweep->rows.items + i;
}

static const cosmo_rule_finding *sweep_finding(const bench *b, int quantity)
{
    const cosmo_rule_finding *all = b->result.limits.items;
    for (size_t i = 0; i < b->result.limits.n; i++)
        if (all[i].rule->quantity == quantity && all[i].in_force) return &all[i];
    ck_abort_msg("no rule of quantity %d", quantity);
}

/* The single case reads and designs its flight anew; the sweep's second time is flown with the design of the first. */
START_TEST(a_time_of_a_sweep_is_the_single_case_to_the_bit)
{
    bench single;
    sweep_compute(&single, "failure_time: 60 s", "");
    ck_assert_ptr_null(single.result.sweep);
    const cosmo_accident_answer *a = &single.result.answer;
    const size_t n = single.toxics.accident.n_levels;
    const cosmo_toxics_sweep_row *row = sweep_row(sweep_both(), 1), *earlier = sweep_row(sweep_both(), 0);
    ck_assert_mem_eq(&row->place, &single.toxics.origin, sizeof row->place);
    ck_assert_double_eq(row->expected_exposed, cosmo_quantiles_find(a->exposed, a->n_samples, 2, single.arena).mean);
    ck_assert_double_eq(row->expected_deaths, cosmo_quantiles_find(a->exposed + 1, a->n_samples, 2, single.arena).mean);
    const size_t level = cosmo_toxics_case_people_level(&single.toxics.accident);
    const cosmo_quantiles reach = cosmo_quantiles_find(&a->reach[level].farthest_m, a->n_samples, 5 * n, single.arena);
    ck_assert_mem_eq(&row->reach_m, &reach, sizeof reach);
    ck_assert_double_lt(row->aboard_kg, 0.8 * earlier->aboard_kg);
    cosmo_arena_destroy(single.arena);
}
END_TEST

/* Each row's expectation by its probability; probabilities are those of the failures of a mission's risk. */
START_TEST(expectations_are_sums_and_probabilities_are_whole)
{
    const bench *b = sweep_both();
    const cosmo_toxics_sweep *sweep = b->result.sweep;
    double exposed = 0.0, deaths = 0.0, swept = 0.0, last = 0.0;
    for (size_t i = 0; i < sweep->rows.n; i++) {
        const cosmo_toxics_sweep_row *row = sweep_row(b, i);
        exposed += row->probability * row->expected_exposed;
        deaths += row->probability * row->expected_deaths;
        swept += row->probability;
        ck_assert_double_eq(row->start_s, last);
        ck_assert(row->start_s < row->failure_time_s && row->failure_time_s < row->end_s);
        last = row->end_s;
    }
    suite_error("end of the last interval", last - 85.0, "s", 1e-9);
    suite_error("exposed", sweep->exposed.value / exposed - 1.0, "", 1e-12);
    suite_error("deaths", sweep->deaths.value / deaths - 1.0, "", 1e-12);
    suite_error("probability", swept / (sweep->swept * sweep->failure_probability) - 1.0, "", 1e-12);
    suite_error("all failures", sweep->swept + sweep->later - 1.0, "", 1e-12);
    ck_assert_double_gt(sweep->exposed.standard_error, 0.0);
    ck_assert_double_gt(sweep->exposed.value, 0.0);
    /* somebody is exposed, so somebody is worst off, and no worse than if every failure harmed him */
    ck_assert_double_gt(sweep->individual, 0.0);
    ck_assert_double_le(sweep->individual, swept * (1.0 + 1e-12));
}
END_TEST

/* What cosmo_failure_stop draws lies before a time as often as cosmo_failure_before says. */
START_TEST(times_of_failure_are_those_that_risk_draws)
{
    enum { N = 20000 };
    const cosmo_toxics *toxics = &sweep_both()->toxics;
    const cosmo_flight flight = cosmo_mission_flight(toxics->mission);
    const cosmo_risk_options *o = &toxics->mission->risk;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    const size_t n = cosmo_failure_phases(&flight, &toxics->flown->ascent.trajectory, o, phases);
    static const double times[] = {0.1, 3.0, 30.0, 119.0, 200.0, 500.0};
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++) {
        double drawn = 0.0;
        for (size_t i = 0; i < n; i++)
            for (int m = 0; m < COSMO_FAILURE_MODES; m++)
                for (int j = 0; j < N; j++) {
                    cosmo_variation variation;
                    cosmo_failure_stop(&phases[i], (cosmo_failure_mode)m, (j + 0.5) / N, &variation);
                    const double at = isfinite(variation.stop_t_s) ? variation.stop_t_s : phases[i].end_s;
                    drawn +=
                        phases[i].share * cosmo_failure_mode_share(o, i, (cosmo_failure_mode)m) / N * (at < times[k]);
                }
        suite_error("share of failures before", cosmo_failure_before(o, phases, n, times[k]) - drawn, "", 1e-4);
    }
    suite_error("before the end", cosmo_failure_before(o, phases, n, phases[n - 1].end_s + 1.0) - 1.0, "", 1e-12);
}
END_TEST

/* ---- the corridor ---- */

static bool sweep_holds(const cosmo_toxics_corridor *c, double east, double north)
{
    const cosmo_contour_ring *rings = c->rings.items;
    for (size_t k = 0; k < c->rings.n; k++) {
        bool inside = false;
        for (size_t i = 1; i < rings[k].n; i++) {
            const double *x = rings[k].east_m + i - 1, *y = rings[k].north_m + i - 1;
            if ((x[0] > east) == (x[1] > east)) continue;
            if (y[0] + (east - x[0]) / (x[1] - x[0]) * (y[1] - y[0]) < north) inside = !inside;
        }
        if (inside) return true;
    }
    return false;
}

START_TEST(the_corridor_holds_every_single_contour)
{
    static const double times[] = {10.0, 60.0};
    bench *both = &BOTH;
    const cosmo_toxics_corridor *c = &sweep_both()->result.sweep->corridor;
    ck_assert_uint_gt(c->rings.n, 0);
    for (size_t k = 0; k < 2; k++) {
        bench one;
        cosmo_list rings;
        sweep_single(&one, times[k], &both->toxics.release.launch);
        ck_assert_int_eq(
            cosmo_contour_find(&one.toxics.accident.mesh, one.result.answer.harm, 0.01, one.arena, &one.run, &rings),
            COSMO_OK);
        size_t n = 0, out = 0;
        for (size_t i = 0; i < rings.n; i++) {
            const cosmo_contour_ring *ring = (const cosmo_contour_ring *)rings.items + i;
            for (size_t j = 0; j < ring->n; j++, n++) {
                double distance, azimuth;
                const double east = ring->east_m[j], north = ring->north_m[j];
                const cosmo_geodetic at =
                    cosmo_geodesic_from(one.toxics.origin, atan2(east, north), hypot(east, north));
                cosmo_geodesic_between(c->pad, at, &distance, &azimuth);
                out += !sweep_holds(c, distance * sin(azimuth), distance * cos(azimuth));
            }
        }
        printf("  T+%.0f s: %zu of %zu points of its contours outside\n", times[k], out, n);
        ck_assert_uint_gt(n, 0);
        ck_assert_uint_eq(out, 0);
    }
    cosmo_layer layer;
    ck_assert_int_eq(cosmo_toxics_sweep_layer(both->result.sweep, both->arena, &both->run, &layer), COSMO_OK);
    ck_assert_str_eq(layer.id, "corridor");
    ck_assert_uint_eq(layer.n, c->rings.n);
}
END_TEST

/* ---- go or no-go ---- */

/* A section `launch` by the rules of the US, nothing else stated; with everybody evacuated or not. */
static cosmo_release_launch sweep_launch(bool evacuated)
{
    static const char *const us[] = {"us"};
    static const cosmo_release_area all = {
        .name = "all", .latitude_rad = 0.803, .longitude_rad = 1.1, .radius_m = 900e3};
    return (cosmo_release_launch){.judged.rules = {1, us},
                                  .exposed = NAN,
                                  .corridor = 0.01,
                                  .probability = NAN,
                                  .other_collective = NAN,
                                  .other_individual = NAN,
                                  .evacuated = {evacuated, &all}};
}

START_TEST(evacuation_turns_no_go_into_go)
{
    bench stay, leave;
    cosmo_release_launch launch = sweep_launch(false);
    launch.exposed = 1e-3;
    launch.probability = 0.05;
    sweep_single(&stay, 10.0, &launch);
    ck_assert_int_eq(sweep_finding(&stay, COSMO_RULE_TOXIC_CONTAINMENT)->verdict, COSMO_VERDICT_NOT_MET);
    ck_assert_int_eq(sweep_finding(&stay, COSMO_RULE_COLLECTIVE_PUBLIC)->verdict, COSMO_VERDICT_NOT_MET);
    ck_assert_int_eq(sweep_finding(&stay, COSMO_RULE_INDIVIDUAL_PUBLIC)->verdict, COSMO_VERDICT_NOT_MET);
    launch = sweep_launch(true);
    launch.exposed = 1e-3;
    launch.probability = 0.05;
    launch.other_collective = 1e-5;
    launch.other_individual = 1e-8;
    sweep_single(&leave, 10.0, &launch);
    ck_assert_int_eq(sweep_finding(&leave, COSMO_RULE_TOXIC_CONTAINMENT)->verdict, COSMO_VERDICT_MET);
    ck_assert_int_eq(sweep_finding(&leave, COSMO_RULE_COLLECTIVE_PUBLIC)->verdict, COSMO_VERDICT_MET);
    ck_assert_int_eq(sweep_finding(&leave, COSMO_RULE_INDIVIDUAL_PUBLIC)->verdict, COSMO_VERDICT_MET);
    suite_error("collective, debris and blast alone", sweep_finding(&leave, COSMO_RULE_COLLECTIVE_PUBLIC)->value - 1e-5,
                "", 1e-15);
    suite_error("individual", sweep_finding(&leave, COSMO_RULE_INDIVIDUAL_PUBLIC)->value - 1e-8, "", 1e-18);
}
END_TEST

/* No probability, no allowance, the rest of the hazards not stated, failures left out: none of them is met. */
START_TEST(what_is_not_known_is_not_met)
{
    bench b;
    cosmo_release_launch launch = sweep_launch(true);
    sweep_single(&b, 10.0, &launch);
    ck_assert_int_eq(sweep_finding(&b, COSMO_RULE_TOXIC_CONTAINMENT)->verdict, COSMO_VERDICT_NOT_ASSESSED);
    ck_assert(isnan(sweep_finding(&b, COSMO_RULE_COLLECTIVE_PUBLIC)->value));
    ck_assert_int_eq(sweep_finding(&b, COSMO_RULE_COLLECTIVE_PUBLIC)->verdict, COSMO_VERDICT_NOT_ASSESSED);
    b.toxics.release.launch.other_collective = b.toxics.release.launch.other_individual = 0.0;
    const cosmo_toxics_hazard part = {0.0, 0.0, 0.0, 0.2};
    ck_assert_int_eq(cosmo_toxics_limits_judge(&b.toxics, &part, b.arena, &b.run, &b.result.limits), COSMO_OK);
    const cosmo_rule_finding *f = sweep_finding(&b, COSMO_RULE_COLLECTIVE_PUBLIC);
    ck_assert_double_eq(f->value, 0.0);
    ck_assert_int_eq(f->verdict, COSMO_VERDICT_NOT_ASSESSED);
    ck_assert_ptr_nonnull(strstr(f->remark, "leaves out failures"));
}
END_TEST

START_TEST(bad_input_is_one_line)
{
    static const struct {
        const char *source, *rest, *text;
    } broken[] = {
        {"  mission: x.yaml\n  failure_times: [30 s, 20 s]", "", ":4:25: error: failure_times: '20 s' is not after"},
        {"  mission: x.yaml\n  failure_times: [30]", "", ":4:19: error: failure_times: "},
        {"  mission: x.yaml\n  failure_times: [30 s]\n  failure_time: 5 s", "", "not together"},
        {"  tanks: [{substance: UDMH, mass: 1 t}]\n  latitude: 46 deg\n  longitude: 63 deg\n  failure_times: [30 s]",
         "", "of a 'mission' only"},
        {"  mission: x.yaml", "launch: {evacuated: [{name: a, latitude: 46 deg}]}", "evacuated: one of"},
        {"  mission: x.yaml", "launch: {evacuated: [{name: a, boundary: yes}]}", "there is no boundary"},
        {"  mission: x.yaml", "launch: {evacuated: [{name: a, polygon: [[63 deg, 46 deg], [64 deg, 46 deg]]}]}",
         "three corners"},
        {"  mission: x.yaml", "launch: {other_collective: 1e-5}", "needed together"},
        {"  mission: x.yaml\n  failure_times: [30 s]", "launch: {probability: 5 %}", "the mission's own"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        bench b;
        ck_assert_int_eq(sweep_read(&b, broken[i].source, broken[i].rest), COSMO_BAD_INPUT);
        ck_assert_msg(strstr(b.run.message, broken[i].text) != NULL, "%zu: %s", i, b.run.message);
        ck_assert_ptr_null(strchr(b.run.message, '\n'));
        cosmo_arena_destroy(b.arena);
    }
}
END_TEST

/* ---- failures.csv ---- */

START_TEST(a_row_of_failures_comes_down_at_its_vacuum_impact_point)
{
    static const char heads[] = "t_s,x_itrf_m,y_itrf_m,z_itrf_m,vx_itrf_m_s,vy_itrf_m_s,vz_itrf_m_s,tank_a_1_UDMH_kg\n";
    const cosmo_state state =
        cosmo_state_from_ned(0.0, (cosmo_geodetic){46.0 * DEG, 63.0 * DEG, 20e3}, (cosmo_vec3){100.0, 500.0, -300.0});
    const cosmo_iip iip = cosmo_iip_vacuum(&state);
    cosmo_vec3 r, v;
    cosmo_state_itrf(&state, &r, &v);
    char path[] = "/tmp/cosmo-failures-XXXXXX", source[256];
    FILE *out = fdopen(mkstemp(path), "w");
    fprintf(out, "%s60,%.17g,%.17g,%.17g,%.17g,%.17g,%.17g,1000\n60,%.17g,x,0,0,0,0,1000\n", heads, r.x, r.y, r.z, v.x,
            v.y, v.z, r.x);
    fclose(out);
    bench b;
    snprintf(source, sizeof source, "  failures: %s", path);
    ck_assert_msg(sweep_read(&b, source, "") == COSMO_OK, "%s", b.run.message);
    suite_error("latitude", (b.toxics.origin.latitude_rad - iip.place.latitude_rad) / DEG, "deg", 1e-9);
    suite_error("longitude", (b.toxics.origin.longitude_rad - iip.place.longitude_rad) / DEG, "deg", 1e-9);
    cosmo_arena_destroy(b.arena);
    snprintf(source, sizeof source, "  failures: %s\n  failure: 2", path);
    ck_assert_int_eq(sweep_read(&b, source, ""), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(b.run.message, ":3:1: error: y_itrf_m is 'x'; a number is expected"));
    cosmo_arena_destroy(b.arena);
    unlink(path);
}
END_TEST

COSMO_SUITE("study/toxics_sweep", a_time_of_a_sweep_is_the_single_case_to_the_bit,
            expectations_are_sums_and_probabilities_are_whole, times_of_failure_are_those_that_risk_draws,
            the_corridor_holds_every_single_contour, evacuation_turns_no_go_into_go, what_is_not_known_is_not_met,
            bad_input_is_one_line, a_row_of_failures_comes_down_at_its_vacuum_impact_point)
