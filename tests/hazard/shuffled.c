/* The chain of a failure in another order among the lanes and on other builds of the kernels: dispersed ascents in
 * wind, stopped somewhere or flown to the end with what they drop, and the falls of all that is left of them. */
#include "flown.h"

#include <string.h>

enum { FLIGHTS = 320, PIECES = FLIGHTS * COSMO_WRECK_MAX, FIGURES = 512 };

static cosmo_flight flight;
static cosmo_controls controls[FLIGHTS];
static cosmo_variation varied[FLIGHTS];
static cosmo_weather weather[FLIGHTS];
static cosmo_outcome first[FLIGHTS];
static cosmo_risk_options options;

/* Flights as samples of an expectation are: each varied, in its own wind, most of them stopped by a failure. */
static void prepare(void)
{
    cosmo_solution solution;
    cosmo_dispersion dispersion;
    cosmo_dispersion_inputs inputs;
    cosmo_ascent designed;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    check(cosmo_mission_read("missions/soyuz-ms.yaml", arena, &run, &mission));
    flight = cosmo_mission_flight(&mission);
    check(cosmo_targeting_solve(&flight, false, arena, &run, &solution));
    cosmo_section_defaults(cosmo_dispersion_section(), &dispersion, arena);
    cosmo_section_defaults(cosmo_failure_section(), &options, arena);
    check(cosmo_ascent_fly(&flight, &solution.controls, 5.0, arena, &run, &designed));
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    const size_t n_phases = cosmo_failure_phases(&flight, &designed.trajectory, &options, phases);
    double *deviations = cosmo_arena_array(arena, inputs.n, sizeof *deviations);
    for (size_t i = 0; i < FLIGHTS; i++) {
        controls[i] = solution.controls;
        cosmo_dispersion_draw(&dispersion, &inputs, run.seed, i, deviations);
        cosmo_dispersion_apply(&dispersion, &flight, &inputs, deviations, &varied[i], &weather[i]);
        ck_assert_ptr_eq(varied[i].weather, &weather[i]);
        if (i % 8 == 0) continue;
        cosmo_failure_stop(&phases[i % n_phases], (cosmo_failure_mode)(i % COSMO_FAILURE_MODES),
                           cosmo_random_uniform(run.seed, 1u << 20, i, 0), &varied[i]);
    }
}

/* Source: Durstenfeld 1964, Communications of the ACM 7(7), algorithm 235. */
static void shuffle(uint32_t stream, size_t n, size_t *order)
{
    for (size_t i = 0; i < n; i++) order[i] = i;
    for (size_t i = n - 1; i > 0; i--) {
        const size_t j = (size_t)(cosmo_random_uniform(run.seed, stream, i, 0) * (double)(i + 1));
        const size_t kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

/* ---- ascents ---- */

static size_t put_state(const cosmo_state *s, double *out)
{
    const double values[] = {s->t_s,           s->position_m.x,   s->position_m.y,
                             s->position_m.z,  s->velocity_m_s.x, s->velocity_m_s.y,
                             s->velocity_m_s.z};
    memcpy(out, values, sizeof values);
    return sizeof values / sizeof values[0];
}

/* All that an outcome says, in a row: its padding says nothing. */
static size_t put_outcome(const cosmo_outcome *o, double out[FIGURES])
{
    const cosmo_stack *s = &o->stack;
    const double values[] = {o->inserted,
                             o->propellant_left_kg,
                             o->t_insertion_s,
                             o->orbit.semi_major_m,
                             o->orbit.eccentricity,
                             o->orbit.inclination_rad,
                             o->orbit.raan_rad,
                             o->orbit.argument_of_perigee_rad,
                             o->orbit.true_anomaly_rad,
                             o->max_q_pa,
                             o->max_acceleration_m_s2,
                             o->max_q_alpha_pa_rad,
                             o->heat_flux_after_fairing_w_m2,
                             (double)o->n_bodies,
                             s->mass_kg,
                             (double)s->n_dropped,
                             s->thrust_n,
                             s->direction.x,
                             s->direction.y,
                             s->direction.z};
    size_t n = sizeof values / sizeof values[0];
    memcpy(out, values, sizeof values);
    n += put_state(&s->state, out + n);
    for (size_t i = 0; i < flight.vehicle->stages.n; i++) {
        out[n++] = s->stage_aboard[i];
        out[n++] = s->usable_kg[i];
    }
    for (size_t i = 0; i < o->n_bodies; i++) {
        n += put_state(&o->released[i], out + n);
        out[n++] = o->impact_t_s[i];
        out[n++] = o->impact[i].latitude_rad;
        out[n++] = o->impact[i].longitude_rad;
    }
    ck_assert_uint_le(n, FIGURES);
    return n;
}

static void same_outcome(const cosmo_outcome *a, const cosmo_outcome *b, size_t i, const char *what)
{
    double one[FIGURES], other[FIGURES];
    const size_t n = put_outcome(a, one);
    ck_assert_uint_eq(put_outcome(b, other), n);
    ck_assert_msg(memcmp(one, other, n * sizeof *one) == 0, "%s: flight %zu has other bits", what, i);
    for (size_t k = 0; k < a->n_bodies; k++) ck_assert_str_eq(a->body[k], b->body[k]);
}

static void fly_shuffled(uint32_t stream, const char *isa, const char *what)
{
    size_t order[FLIGHTS];
    static cosmo_controls mixed_controls[FLIGHTS];
    static cosmo_variation mixed[FLIGHTS];
    static cosmo_outcome again[FLIGHTS];
    shuffle(stream, FLIGHTS, order);
    for (size_t i = 0; i < FLIGHTS; i++) {
        mixed_controls[i] = controls[order[i]];
        mixed[i] = varied[order[i]];
    }
    setenv("COSMO_ISA", isa, 1);
    memset(again, 0, sizeof again);
    check(cosmo_ascent_fly_many(&flight, FLIGHTS, mixed_controls, mixed, 1e-7, true, &run, again));
    unsetenv("COSMO_ISA");
    for (size_t i = 0; i < FLIGHTS; i++) same_outcome(&first[order[i]], &again[i], order[i], what);
    printf("  %d ascents %s: the same bits\n", FLIGHTS, what);
}

/* ---- fragments ---- */

static void same_impact(const cosmo_debris_impact *a, const cosmo_debris_impact *b, const char *what)
{
    const double one[] = {a->t_s,       a->place.latitude_rad, a->place.longitude_rad, a->place.altitude_m,
                          a->speed_m_s, a->path_angle_rad,     a->heat_load_j_m2};
    const double other[] = {b->t_s,       b->place.latitude_rad, b->place.longitude_rad, b->place.altitude_m,
                            b->speed_m_s, b->path_angle_rad,     b->heat_load_j_m2};
    ck_assert_msg(a->end == b->end && a->steps == b->steps && memcmp(one, other, sizeof one) == 0,
                  "%s: a piece comes down with other bits", what);
}

static cosmo_debris_impact *fall(const cosmo_debris *pieces, size_t n, const cosmo_weather *air, const char *isa)
{
    cosmo_environment environment = flight.environment;
    environment.weather = air;
    cosmo_debris_impact *impacts = cosmo_arena_array(arena, n, sizeof *impacts);
    ck_assert_ptr_nonnull(impacts);
    setenv("COSMO_ISA", isa, 1);
    check(cosmo_debris_fall(pieces, n, NULL, 0, &environment, 0.0, &run, impacts));
    unsetenv("COSMO_ISA");
    return impacts;
}

/* All pieces of all failures fall in one air, in the order of failures and in another. */
static void fall_shuffled(void)
{
    cosmo_wreck wrecks[COSMO_WRECK_MAX];
    cosmo_debris *pieces = cosmo_arena_array(arena, PIECES, sizeof *pieces);
    cosmo_debris *mixed = cosmo_arena_array(arena, PIECES, sizeof *mixed);
    size_t *order = cosmo_arena_array(arena, PIECES, sizeof *order), n = 0;
    ck_assert(pieces != NULL && mixed != NULL && order != NULL);
    for (size_t i = 0; i < FLIGHTS; i++) {
        const cosmo_failure_mode mode = (cosmo_failure_mode)(i % COSMO_FAILURE_MODES);
        if (isnan(varied[i].stop_t_s)) continue;
        const size_t left = cosmo_wreck_make(&flight, &options, &first[i], mode, run.seed, 1u << 21, i, wrecks);
        for (size_t k = 0; k < left; k++) pieces[n++] = wrecks[k].fall;
    }
    ck_assert_uint_gt(n, 1000);
    shuffle((1u << 20) + 7, n, order);
    for (size_t i = 0; i < n; i++) mixed[i] = pieces[order[i]];
    const cosmo_debris_impact *down = fall(pieces, n, &weather[0], "v4");
    static const char *const builds[] = {"v4", "v3", "one"};
    for (size_t b = 0; b < 3; b++) {
        const cosmo_debris_impact *again = fall(mixed, n, &weather[0], builds[b]);
        for (size_t i = 0; i < n; i++) same_impact(&down[order[i]], &again[i], builds[b]);
        printf("  %zu pieces shuffled, %s: the same bits\n", n, builds[b]);
    }
    size_t on_ground = 0;
    for (size_t i = 0; i < n; i++) on_ground += down[i].end == COSMO_DEBRIS_GROUND;
    ck_assert_uint_gt(on_ground, n / 2);
}

START_TEST(any_order_and_any_build)
{
    arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    prepare();
    check(cosmo_ascent_fly_many(&flight, FLIGHTS, controls, varied, 1e-7, true, &run, first));
    size_t inserted = 0, dropped = 0;
    for (size_t i = 0; i < FLIGHTS; i++) {
        inserted += first[i].inserted;
        dropped += first[i].n_bodies;
    }
    printf("  %d ascents in %d winds, %zu of them into orbit, %zu bodies dropped\n", FLIGHTS, FLIGHTS, inserted,
           dropped);
    ck_assert(inserted >= FLIGHTS / 8 && inserted < FLIGHTS / 2 && dropped > FLIGHTS);
    fly_shuffled(1u << 20, "v4", "shuffled");
    fly_shuffled((1u << 20) + 1, "v3", "shuffled, AVX2");
    fly_shuffled((1u << 20) + 2, "one", "shuffled, one lane");
    fall_shuffled();
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("hazard/shuffled", any_order_and_any_build)
