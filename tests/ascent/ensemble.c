/* Ensembles of weather in dispersed flights: which member a sample is in, what it then does, what it adds to the
 * spread. */
#include "flown.h"

#include <string.h>

static const double DEG = 3.14159265358979323846 / 180.0;
static cosmo_flight flight;
static cosmo_controls controls;
static cosmo_dispersion dispersion;
enum { MEMBERS = 5 };
static cosmo_weather members[MEMBERS]; /* wind from behind, from ahead, from the sides */

/* The design of a mission; `n` members, of which the first is the flight's own air too. */
static void open(size_t n)
{
    static const double from_deg[MEMBERS] = {270.0, 90.0, 0.0, 180.0, 225.0};
    read_mission("missions/progress-ms.yaml");
    run.seed = 11;
    flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
    cosmo_section_defaults(cosmo_dispersion_section(), &dispersion, arena);
    for (int i = 0; i < MEMBERS; i++) cosmo_weather_constant_wind(20.0, from_deg[i] * DEG, &members[i]);
    flight.ensemble = (cosmo_list){n, members};
    flight.environment.weather = &members[0];
}

static void without_air(void)
{
    dispersion.wind = dispersion.density = 0.0;
}

/* The sum of squares over what is expected, where every cell expects the same. */
static double chi_square(const uint64_t *counts, size_t n, uint64_t total)
{
    const double expected = (double)total / (double)n;
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += ((double)counts[i] - expected) * ((double)counts[i] - expected) / expected;
    return sum;
}

static size_t member_of(const cosmo_dispersion_inputs *inputs, uint64_t sample, double *deviations)
{
    cosmo_variation variation;
    cosmo_weather weather;
    cosmo_dispersion_draw(&dispersion, inputs, run.seed, sample, deviations);
    cosmo_dispersion_apply(&dispersion, &flight, inputs, deviations, &variation, &weather);
    for (size_t i = 0; i < flight.ensemble.n; i++)
        if (variation.weather == &members[i]) return i;
    ck_abort_msg("sample %llu is in none of the members", (unsigned long long)sample);
    return 0;
}

/* One by one, and each beside the one five samples later: a member that followed from the sample's number would show.
 * The bounds are the quantiles of 99.9 % with 4 and 24 degrees of freedom; the seed is fixed. */
START_TEST(members_are_drawn_evenly)
{
    enum { N = 50000 };
    open(MEMBERS);
    without_air();
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    ck_assert_uint_eq(inputs.n_members, MEMBERS);
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    uint64_t counts[MEMBERS] = {0}, pairs[MEMBERS * MEMBERS] = {0};
    for (uint64_t i = 0; i < N; i++) {
        const size_t one = member_of(&inputs, i, z), other = member_of(&inputs, i + 5, z);
        ck_assert_uint_eq(one, member_of(&inputs, i, z)); /* the same sample, the same member */
        counts[one]++;
        pairs[one * MEMBERS + other]++;
    }
    suite_error("members: chi-square, 4 degrees of freedom", chi_square(counts, MEMBERS, N), "", 18.47);
    suite_error("pairs: chi-square, 24 degrees of freedom", chi_square(pairs, MEMBERS * MEMBERS, N), "", 51.18);
    cosmo_arena_destroy(arena);
}
END_TEST

/* What the other inputs draw does not change with an ensemble, and so a member alone is a sounding. */
START_TEST(one_member_is_that_sounding)
{
    enum { N = 256 };
    open(1);
    cosmo_scatter ensemble, sounding;
    check(cosmo_scatter_run(&flight, &controls, &dispersion, N, arena, &run, &ensemble));
    flight.ensemble.n = 0;
    check(cosmo_scatter_run(&flight, &controls, &dispersion, N, arena, &run, &sounding));
    ck_assert_uint_eq(ensemble.n_bodies, sounding.n_bodies);
    ck_assert_uint_eq(ensemble.n_effects, sounding.n_effects + 1);
    for (size_t b = 0; b < sounding.n_bodies; b++) {
        const cosmo_scatter_body *one = &ensemble.bodies[b], *other = &sounding.bodies[b];
        ck_assert_uint_eq(one->n, other->n);
        ck_assert_mem_eq(one->offset_m, other->offset_m, one->n * sizeof *one->offset_m);
        ck_assert_mem_eq(one->covariance_m2, other->covariance_m2, sizeof one->covariance_m2);
        ck_assert_mem_eq(one->linear_m2, other->linear_m2, sizeof one->linear_m2);
    }
    ck_assert_mem_eq(ensemble.spreads, sounding.spreads, sounding.n_spreads * sizeof *sounding.spreads);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A deviation of wind comes on top of the member's. */
START_TEST(air_deviates_from_the_member)
{
    open(2);
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    cosmo_variation variation;
    cosmo_weather weather[2];
    cosmo_dispersion_draw(&dispersion, &inputs, 3, 8, z);
    for (int side = 0; side < 2; side++) {
        z[inputs.n - 1] = side + 1.0;
        cosmo_dispersion_apply(&dispersion, &flight, &inputs, z, &variation, &weather[side]);
        ck_assert_ptr_eq(variation.weather, &weather[side]);
    }
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        ck_assert_double_eq_tol(weather[0].wind_east_m_s[i] - weather[1].wind_east_m_s[i], 40.0, 1e-12);
        ck_assert_double_eq_tol(weather[0].wind_north_m_s[i], weather[1].wind_north_m_s[i], 1e-12);
    }
    ck_assert_double_gt(fabs(weather[0].wind_east_m_s[48] - 20.0), 0.1);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Variance of the impacts along the line from one mean to the other, and that line. */
typedef struct line {
    double origin[2], along[2], apart_m;
} line;

static void mean_of(const cosmo_scatter_body *body, double mean[2])
{
    mean[0] = mean[1] = 0.0;
    for (uint64_t i = 0; i < body->n; i++)
        for (int k = 0; k < 2; k++) mean[k] += body->offset_m[i][k] / (double)body->n;
}

static line line_between(const cosmo_scatter_body *from, const cosmo_scatter_body *to)
{
    line l;
    double end[2];
    mean_of(from, l.origin);
    mean_of(to, end);
    l.apart_m = sqrt(pow(end[0] - l.origin[0], 2.0) + pow(end[1] - l.origin[1], 2.0));
    for (int k = 0; k < 2; k++) l.along[k] = (end[k] - l.origin[k]) / l.apart_m;
    return l;
}

static double variance_along(const cosmo_scatter_body *body, const line *l)
{
    const double *c = body->covariance_m2, e = l->along[0], n = l->along[1];
    return c[0] * e * e + 2.0 * c[1] * e * n + c[2] * n * n;
}

/* The share of impacts nearer to the middle of the line than to its ends. */
static double share_in_the_middle(const cosmo_scatter_body *body, const line *l)
{
    uint64_t n = 0;
    for (uint64_t i = 0; i < body->n; i++) {
        const double x =
            (body->offset_m[i][0] - l->origin[0]) * l->along[0] + (body->offset_m[i][1] - l->origin[1]) * l->along[1];
        n += x > 0.25 * l->apart_m && x < 0.75 * l->apart_m;
    }
    return (double)n / (double)body->n;
}

/* Two winds, 20 m/s to either side: every flight is bit for bit the one that the member alone would give, impacts lie
 * about two means, and the variance is that within plus a quarter of the squared distance (law of total variance). The
 * share of the first member among 1,024 flights and the means of both halves move the variance, by 0.9 % at one
 * standard error for the body with the widest modes; the seed is fixed. */
START_TEST(two_members_give_two_modes)
{
    enum { N = 1024 };
    open(2);
    dispersion = (cosmo_dispersion){.thrust = 2e-4, .pitch_rad = 2e-4, .yaw_rad = 2e-4, .fall_drag = 0.02};
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    cosmo_scatter both, alone[2];
    check(cosmo_scatter_run(&flight, &controls, &dispersion, N, arena, &run, &both));
    for (int i = 0; i < 2; i++) {
        flight.ensemble = (cosmo_list){1, &members[i]};
        check(cosmo_scatter_run(&flight, &controls, &dispersion, N, arena, &run, &alone[i]));
    }
    flight.ensemble = (cosmo_list){2, members};
    for (size_t b = 0; b < both.n_bodies; b++) {
        const cosmo_scatter_body *body = &both.bodies[b], *west = &alone[0].bodies[b], *east = &alone[1].bodies[b];
        ck_assert_uint_eq(body->n, N);
        for (uint64_t i = 0; i < N; i++) {
            const cosmo_scatter_body *in = member_of(&inputs, i, z) == 0 ? west : east;
            ck_assert_mem_eq(body->offset_m[i], in->offset_m[i], sizeof body->offset_m[i]);
        }
        const line l = line_between(west, east);
        const double within = 0.5 * (variance_along(west, &l) + variance_along(east, &l)),
                     all = variance_along(body, &l);
        printf(" %s: means %.1f km apart; standard deviation %.2f and %.2f km alone, %.2f km together\n", body->body,
               1e-3 * l.apart_m, 1e-3 * sqrt(variance_along(west, &l)), 1e-3 * sqrt(variance_along(east, &l)),
               1e-3 * sqrt(all));
        ck_assert_double_gt(sqrt(all), 2.0 * sqrt(fmax(variance_along(west, &l), variance_along(east, &l))));
        suite_error("variance over within + apart^2 / 4, less 1",
                    100.0 * (all / (within + 0.25 * l.apart_m * l.apart_m) - 1.0), "%", 2.0);
        suite_error("share of impacts nearer to the middle than to a mean", 100.0 * share_in_the_middle(body, &l), "%",
                    1.0);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* The effect is the spread of the design flown once in each member: of two, half their distance. */
START_TEST(effect_is_the_spread_of_the_members)
{
    open(2);
    cosmo_scatter s;
    cosmo_outcome outcomes[2];
    cosmo_variation variations[2] = {cosmo_ascent_nominal(), cosmo_ascent_nominal()};
    const cosmo_controls same[2] = {controls, controls};
    for (int i = 0; i < 2; i++) variations[i].weather = &members[i];
    check(cosmo_ascent_fly_many(&flight, 2, same, variations, 1e-8, true, &run, outcomes));
    check(cosmo_scatter_run(&flight, &controls, &dispersion, 1, arena, &run, &s));
    const cosmo_scatter_effect *effect = &s.effects[s.n_effects - 1];
    ck_assert_str_eq(effect->name, "ensemble");
    for (size_t b = 0; b < s.n_bodies; b++) {
        size_t k = 0;
        while (strcmp(outcomes[0].body[k], s.bodies[b].body) != 0) k++;
        double distance, azimuth;
        cosmo_geodesic_between(outcomes[0].impact[k], outcomes[1].impact[k], &distance, &azimuth);
        const double got = sqrt(effect->along_m[b] * effect->along_m[b] + effect->across_m[b] * effect->across_m[b]);
        printf(" %s: %.2f km along, %.2f km across\n", s.bodies[b].body, 1e-3 * effect->along_m[b],
               1e-3 * effect->across_m[b]);
        suite_error("effect over half the distance of both impacts, less 1", 100.0 * (got / (0.5 * distance) - 1.0),
                    "%", 0.01);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/ensemble", members_are_drawn_evenly, one_member_is_that_sounding, air_deviates_from_the_member,
            two_members_give_two_modes, effect_is_the_spread_of_the_members)
