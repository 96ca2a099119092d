/* The stratified expectation against plain sampling: launches that mostly do not fail, and casualties counted one by
 * one.
 *
 * The plain way draws for each launch whether it fails (by its probability), in which phase and mode, and when; a
 * failure that would cost h casualties on average costs a number drawn by the law of Poisson. To fly millions of
 * launches the failures are drawn from a pool of some hundred that were flown, each as likely as it is in nature. */
#include "flown.h"

#include <string.h>

enum { POOL = 512, LAUNCHES = 40000000 };
static const double PEOPLE_M2 = 5e-10; /* so few that the expectation is of the order of 1e-6 */

static cosmo_flight flight;
static cosmo_controls controls;
static cosmo_dispersion dispersion;
static cosmo_risk_options options;

static double even_people(const void *user, double latitude_rad, double longitude_rad)
{
    (void)user, (void)latitude_rad, (void)longitude_rad;
    return PEOPLE_M2;
}

/* A failure as nature draws it: phase and mode by their shares, the rest as the expectation has it. */
static double pool_harm(uint64_t sample, const cosmo_failure_phase *phases, size_t n_phases,
                        const cosmo_dispersion_inputs *inputs, double *deviations)
{
    double u = cosmo_random_uniform(run.seed, 1u << 20, sample, 0),
           v = cosmo_random_uniform(run.seed, 1u << 20, sample, 1);
    size_t phase = 0;
    int mode = 0;
    while (phase + 1 < n_phases && u > phases[phase].share) u -= phases[phase++].share;
    double share = cosmo_failure_mode_share(&options, phase, COSMO_FAILURE_CUTOFF);
    while (mode + 1 < COSMO_FAILURE_MODES && v > share) {
        v -= share;
        share = cosmo_failure_mode_share(&options, phase, (cosmo_failure_mode)++mode);
    }
    cosmo_variation variation;
    static cosmo_weather weather;
    cosmo_dispersion_draw(&dispersion, inputs, run.seed, 1000000 + sample, deviations);
    cosmo_dispersion_apply(&dispersion, &flight, inputs, deviations, &variation, &weather);
    cosmo_failure_stop(&phases[phase], (cosmo_failure_mode)mode, cosmo_random_uniform(run.seed, 1u << 20, sample, 2),
                       &variation);
    cosmo_outcome stopped;
    check(cosmo_ascent_fly_many(&flight, 1, &controls, &variation, 1e-7, false, &run, &stopped));
    static cosmo_wreck wrecks[COSMO_WRECK_MAX];
    static cosmo_debris falls[COSMO_WRECK_MAX];
    static cosmo_debris_impact impacts[COSMO_WRECK_MAX];
    const size_t n =
        cosmo_wreck_make(&flight, &options, &stopped, (cosmo_failure_mode)mode, run.seed, 1u << 21, sample, wrecks);
    cosmo_environment environment = flight.environment;
    environment.weather = variation.weather;
    for (size_t i = 0; i < n; i++) falls[i] = wrecks[i].fall;
    check(cosmo_debris_fall(falls, n, NULL, 0, &environment, 0.0, &run, impacts));
    const cosmo_shelter_mix open = cosmo_shelter_none();
    double harm = 0.0;
    for (size_t i = 0; i < n; i++) {
        const cosmo_harm one = cosmo_wreck_harm(&wrecks[i], &impacts[i], COSMO_SURFACE_SOIL, &open, PEOPLE_M2);
        harm += one.inert + one.explosive;
    }
    return harm;
}

START_TEST(fewer_samples)
{
    read_mission("missions/soyuz-ms.yaml");
    flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
    cosmo_section_defaults(cosmo_dispersion_section(), &dispersion, arena);
    cosmo_section_defaults(cosmo_failure_section(), &options, arena);
    options.samples = 1024;
    options.clear_distance_m = 0.0;
    const cosmo_exposure exposure = {.people = {even_people, NULL}, .shelter = cosmo_shelter_none()};
    static cosmo_risk risk;
    check(cosmo_expectation_run(&flight, &controls, &dispersion, &options, &exposure, NULL, arena, &run, &risk));

    cosmo_ascent designed;
    cosmo_dispersion_inputs inputs;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    static double pool[POOL];
    check(cosmo_ascent_fly(&flight, &controls, 5.0, arena, &run, &designed));
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *deviations = cosmo_arena_array(arena, inputs.n, sizeof *deviations), mean = 0.0, square = 0.0;
    const size_t n_phases = cosmo_failure_phases(&flight, &designed.trajectory, &options, phases);
    for (uint64_t i = 0; i < POOL; i++) {
        pool[i] = pool_harm(i, phases, n_phases, &inputs, deviations);
        mean += pool[i] / POOL;
        square += pool[i] * pool[i] / POOL;
    }
    const double p = risk.failure_probability, pool_error = p * sqrt((square - mean * mean) / POOL);
    printf(" expectation of failures: stratified %.3e +- %.1e (%llu failures), pool of plain failures %.3e +- %.1e\n",
           risk.failure.value, risk.failure.standard_error, (unsigned long long)risk.n_failures, p * mean, pool_error);
    ck_assert_double_le(fabs(risk.failure.value - p * mean), 3.0 * hypot(pool_error, risk.failure.standard_error));

    /* whole launches, casualties counted: so few fail with anybody near that they are counted by the mean of each */
    uint64_t casualties = 0;
    const double chance = p * mean; /* of a casualty in a launch; two in one are beyond counting here */
    for (uint64_t i = 0; i < LAUNCHES; i++) {
        if (cosmo_random_uniform(run.seed, 1u << 22, i, 0) >= p) continue;
        const double h = pool[(size_t)(POOL * cosmo_random_uniform(run.seed, 1u << 22, i, 1))];
        casualties += cosmo_random_uniform(run.seed, 1u << 22, i, 2) < h;
    }
    const double plain = (double)casualties / LAUNCHES, plain_error = sqrt(chance / LAUNCHES);
    const double needed = chance / (risk.failure.standard_error * risk.failure.standard_error);
    printf(" %d plain launches: %llu casualties, %.2e +- %.1e; for the error of %llu stratified failures it would take "
           "%.1e\n",
           LAUNCHES, (unsigned long long)casualties, plain, plain_error, (unsigned long long)risk.n_failures, needed);
    ck_assert_double_le(fabs(plain - risk.failure.value), 3.0 * hypot(plain_error, risk.failure.standard_error));
    suite_error("expectation, powers of ten from 1e-6", log10(risk.failure.value) + 6.0, "", 1.0);
    const double fewer = needed / (double)risk.n_failures;
    printf("  %-58s %12.4g        (at least 100)\n", "samples saved, times", fewer);
    ck_assert_double_ge(fewer, 100.0);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("hazard/sampling", fewer_samples)
