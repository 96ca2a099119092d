/* The run of the particles: Taylor's theorem, the curve across the wind, the closed form of deposition in a mixed box,
 * ozone, chains of species, mass that is never lost, and the same bits on every processor and in any order. */
#include "plume/particles.h"
#include "core/random.h"
#include "plume/air.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static const double DEG = 0.017453292519943295;

static cosmo_plume_air air;

static cosmo_run new_run(void)
{
    cosmo_run run;
    cosmo_run_init(&run, cosmo_arena_create(0, NULL));
    run.seed = 20130702;
    return run;
}

static const cosmo_plume_fate INERT = {.product = -1, .ozone_product = -1};

static cosmo_plume_job job_of(const cosmo_plume_release *release, const cosmo_plume_fate *fates, size_t n_species)
{
    return (cosmo_plume_job){.air = &air,
                             .n_species = n_species,
                             .n_releases = 1,
                             .fates = fates,
                             .releases = release,
                             .duration_s = 600.0,
                             .interval_s = 300.0,
                             .sampling_s = 30.0,
                             .n_particles = 2000,
                             .mesh = {30, 72, 20.0, 1.3},
                             .stream = 7};
}

static cosmo_plume_result follow(const cosmo_plume_job *job, cosmo_run *run)
{
    cosmo_plume_result result;
    ck_assert_msg(cosmo_particles_run(job, run->arena, run, &result) == COSMO_OK, "%s", run->message);
    return result;
}

/* ---- spread ---- */

static double taylor(double sigma_m_s, double time_s, double t_s)
{
    return sqrt(2.0) * sigma_m_s * time_s * sqrt(t_s / time_s - 1.0 + exp(-t_s / time_s));
}

/* Sum of squares upwards and along the wind, far from ground and lid. */
START_TEST(particles_spread_as_taylor_says)
{
    enum { N = 20000 };
    cosmo_run run = new_run();
    uniform_air(5.0, 0.8, 40.0, 0.1, 4000.0, &air);
    particles_swarm swarm = {.n = N, .particle = cosmo_arena_array(run.arena, N, sizeof(particles_one))};
    cosmo_swarm_fill_air(&air, 0.05, 1, 1, &swarm.air);
    const double start[3] = {0.0, 0.0, 2000.0}, times[] = {4.0, 40.0, 160.0, 800.0};
    for (size_t i = 0; i < N; i++) {
        swarm.particle[i].number = i;
        cosmo_swarm_place(&air, 1, 1, start, 0.0, &swarm.particle[i]);
    }
    for (size_t k = 0; k < sizeof times / sizeof times[0]; k++) {
        double up = 0.0, along = 0.0;
        ck_assert(cosmo_swarm_advance(&swarm, times[k], &run) == COSMO_OK);
        for (size_t i = 0; i < N; i++) {
            const double *s = swarm.particle[i].state;
            up += (s[PARTICLES_UP] - 2000.0) * (s[PARTICLES_UP] - 2000.0);
            along += (s[PARTICLES_EAST] - 5.0 * times[k]) * (s[PARTICLES_EAST] - 5.0 * times[k]);
        }
        printf("after %g time scales\n", times[k] / 40.0);
        suite_error("spread upwards over Taylor's", sqrt(up / N) / taylor(0.8, 40.0, times[k]) - 1.0, "", 0.02);
        /* gusts scatter as the direction does: by a tenth of the wind */
        suite_error("spread along the wind over Taylor's", sqrt(along / N) / taylor(0.5, 40.0, times[k]) - 1.0, "",
                    0.02);
    }
    cosmo_arena_destroy(run.arena);
}
END_TEST

static double irwin(double s_m)
{
    return s_m / (1.0 + 0.0308 * pow(s_m, 0.4548));
}

/* In a mixed box of depth h every column holds M/(u h): the arcs' normalization and their widths. */
START_TEST(arcs_far_off_have_the_closed_form)
{
    cosmo_run run = new_run();
    uniform_air(5.0, 0.5, 20.0, 6.0 * DEG, 100.0, &air);
    const cosmo_plume_release release = {.height_m = 50.0, .mass_kg = {2.0}};
    const cosmo_plume_arc arcs[] = {{3000.0, 1.5}, {4000.0, 20.0}, {5000.0, 50.0}};
    cosmo_plume_job job = job_of(&release, &INERT, 1);
    job.n_particles = 10000;
    job.duration_s = job.interval_s = 2400.0;
    job.arcs = arcs;
    job.n_arcs = 3;
    const cosmo_plume_result result = follow(&job, &run);
    for (int i = 0; i < 3; i++) {
        const double sigma = 6.0 * DEG * irwin(arcs[i].radius_m), box = 2.0 / (5.0 * 100.0);
        printf("arc of %g m at %g m\n", arcs[i].radius_m, arcs[i].height_m);
        suite_error("crosswind integral over M/(u h)", result.arcs[i].crosswind_kg_s_m2 / box - 1.0, "", 0.05);
        suite_error("width over Irwin's", result.arcs[i].sigma_across_m / sigma - 1.0, "", 0.002);
        const double peak = result.arcs[i].crosswind_kg_s_m2 / (sqrt(2.0 * acos(-1.0)) * sigma);
        suite_error("largest over that of a Gaussian", result.arcs[i].largest_kg_s_m3 / peak - 1.0, "", 0.005);
        suite_error("azimuth", (result.arcs[i].azimuth_rad - acos(0.0)) / DEG, "deg", 0.01);
    }
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* ---- fates ---- */

/* A mixed box loses to the ground dm/dt = -v_d m/h, and as mixing takes its time a little less: by the slowest mode of
 * diffusion, K k^2/h^2 with k tan k = v_d h/K. After 20 min that alone is left. */
static double slowest_mode(double v_d_m_s, double depth_m, double diffusivity_m2_s)
{
    const double b = v_d_m_s * depth_m / diffusivity_m2_s;
    double low = 0.0, high = 1.5;
    for (int i = 0; i < 60; i++) {
        const double k = 0.5 * (low + high);
        if (k * tan(k) < b)
            low = k;
        else
            high = k;
    }
    return diffusivity_m2_s * low * low / (depth_m * depth_m);
}

START_TEST(a_mixed_box_is_emptied_by_deposition)
{
    cosmo_run run = new_run();
    uniform_air(0.5, 2.0, 10.0, 0.1, 60.0, &air);
    const cosmo_plume_release release = {.height_m = 30.0, .mass_kg = {1.0, 1.0}};
    const cosmo_plume_fate fates[] = {{.deposition_velocity_m_s = 0.01, .product = -1, .ozone_product = -1},
                                      {.deposition_velocity_m_s = 0.05, .product = -1, .ozone_product = -1}};
    cosmo_plume_job job = job_of(&release, fates, 2);
    job.n_particles = 8000;
    job.duration_s = 3600.0;
    job.interval_s = 1200.0;
    const cosmo_plume_result result = follow(&job, &run);
    for (int s = 0; s < 2; s++) {
        const double left = result.ledger[2 * 2 + s].airborne / result.ledger[0 * 2 + s].airborne;
        const double v_d = fates[s].deposition_velocity_m_s, rate = -log(left) / 2400.0;
        printf("deposition velocity %g m/s: %.4f of the mass is left after 40 min more\n", v_d, left);
        suite_error("rate of loss over v_d/h", rate * 60.0 / v_d - 1.0, "", s == 0 ? 0.02 : 0.05);
        suite_error("rate of loss over that of the slowest mode", rate / slowest_mode(v_d, 60.0, 40.0) - 1.0, "", 0.02);
    }
    ck_assert_double_lt(result.largest_imbalance, 1e-9);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* First-order chain A -> B -> nothing: Bateman 1910. */
START_TEST(a_chain_of_species_follows_bateman)
{
    cosmo_run run = new_run();
    uniform_air(3.0, 0.5, 20.0, 0.1, 500.0, &air);
    const cosmo_plume_release release = {.height_m = 100.0, .mass_kg = {3.0, 0.0}};
    const cosmo_plume_fate fates[] = {{.conversion_1_s = 2e-3, .product = 1, .yield_kg_kg = 0.6, .ozone_product = -1},
                                      {.loss_1_s = 1e-3, .scavenging_1_s = 5e-4, .product = -1, .ozone_product = -1}};
    cosmo_plume_job job = job_of(&release, fates, 2);
    job.sampling_s = 1.0;
    job.n_particles = 50;
    const cosmo_plume_result result = follow(&job, &run);
    const double t = 600.0, a = 2e-3, b = 1.5e-3;
    const double second = 0.6 * 3.0 * a / (b - a) * (exp(-a * t) - exp(-b * t));
    suite_error("first species", result.ledger[2].airborne / (3.0 * exp(-a * t)) - 1.0, "", 1e-12);
    suite_error("second species", result.ledger[3].airborne / second - 1.0, "", 2e-3);
    suite_error("wet over lost, as the rates", result.ledger[3].wet / result.ledger[3].lost - 0.5, "", 1e-12);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* A cloud in uniform turbulence grows by Taylor's theorem upwards and along, by Irwin's curve across: so much ozone. */
START_TEST(ozone_turns_what_the_growth_of_the_cloud_brings)
{
    cosmo_run run = new_run();
    uniform_air(4.0, 0.5, 30.0, 0.12, 4000.0, &air);
    const cosmo_plume_release release = {
        .height_m = 2000.0, .sigma_across_m = 30.0, .sigma_along_m = 30.0, .sigma_up_m = 30.0, .mass_kg = {50.0, 0.0}};
    const cosmo_plume_fate fates[] = {
        {.product = -1, .ozone_kg_mol = 0.0601, .ozone_product = 1, .ozone_yield_kg_kg = 0.74}, INERT};
    cosmo_plume_job job = job_of(&release, fates, 2);
    job.ozone_mol_m3 = 2e-6;
    job.n_particles = 20000;
    const cosmo_plume_result result = follow(&job, &run);
    for (int k = 0; k < 2; k++) {
        const double t = 300.0 * (k + 1), grown = taylor(0.5, 30.0, t), across = 0.12 * irwin(4.0 * t);
        const double along2 = 900.0 + grown * grown, across2 = 900.0 + across * across;
        const double volume = pow(4.0 * acos(-1.0), 1.5) * (along2 * sqrt(across2) - 27000.0);
        const double expected = fmin(volume * 2e-6 * 0.0601, 50.0);
        printf("after %g s %.2f kg turned\n", t, expected);
        suite_error("converted over what the volume brings", result.ledger[2 * k].converted / expected - 1.0, "", 0.05);
        suite_error("product over yield", result.ledger[2 * k + 1].produced / result.ledger[2 * k].converted - 0.74, "",
                    1e-9);
    }
    ck_assert_double_lt(result.largest_imbalance, 1e-9);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* Everything at once: several releases, times, species, rain, ozone, and particles that leave. */
START_TEST(no_mass_is_lost)
{
    cosmo_run run = new_run();
    uniform_air(6.0, 0.7, 25.0, 0.15, 300.0, &air);
    const cosmo_plume_release releases[] = {
        {.height_m = 1.0, .radius_m = 20.0, .duration_s = 400.0, .mass_kg = {1.0, 500.0, 0.0}},
        {.start_s = 45.0, .height_m = 200.0, .sigma_up_m = 80.0, .sigma_across_m = 40.0, .mass_kg = {80.0, 1e-6, 2.0}},
        {.start_s = 1e4, .mass_kg = {1.0}}};
    const cosmo_plume_fate fates[] = {{.deposition_velocity_m_s = 0.01,
                                       .scavenging_1_s = 1e-4,
                                       .loss_1_s = 1e-4,
                                       .conversion_1_s = 1e-3,
                                       .product = 2,
                                       .yield_kg_kg = 0.5,
                                       .ozone_kg_mol = 0.06,
                                       .ozone_product = 2,
                                       .ozone_yield_kg_kg = 0.7},
                                      {.deposition_velocity_m_s = 0.03, .product = 0, .ozone_product = -1},
                                      {.loss_1_s = 1e-3, .product = -1, .ozone_product = -1}};
    cosmo_plume_job job = job_of(releases, fates, 3);
    job.n_releases = 3;
    job.ozone_mol_m3 = 2e-6;
    job.mesh.rings = 18;
    const cosmo_plume_result result = follow(&job, &run);
    suite_error("largest imbalance of all samplings", result.largest_imbalance, "", 1e-9);
    const cosmo_plume_ledger *end = &result.ledger[3];
    printf("first species: released %g, produced %g, airborne %g, dry %g, wet %g, lost %g, converted %g, left %g kg\n",
           end->released, end->produced, end->airborne, end->dry, end->wet, end->lost, end->converted, end->left);
    suite_error("released: what has begun", end->released - 81.0, "kg", 1e-9);
    ck_assert(end->dry > 0.0 && end->wet > 0.0 && end->lost > 0.0 && end->converted > 0.0 && end->left > 0.0);
    double mapped = 0.0;
    for (size_t ring = 0; ring < 18; ring++)
        for (size_t k = 0; k < 72; k++) {
            const double outer = 20.0 * pow(1.3, (double)ring), inner = ring > 0 ? outer / 1.3 : 0.0;
            mapped += result.dry_kg_m2[ring * 72 + k] * acos(-1.0) * (outer * outer - inner * inner) / 72.0;
        }
    suite_error("deposits on the mesh over the ledger's", mapped / end->dry - 1.0, "", 1e-6);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* ---- the same bits ---- */

static size_t bytes_of(const cosmo_plume_job *job, cosmo_run *run, unsigned char **bytes)
{
    const cosmo_plume_result r = follow(job, run);
    const size_t maps = job->n_species * r.n_cells * sizeof(float),
                 ledgers = r.n_intervals * job->n_species * sizeof *r.ledger;
    const size_t arcs = job->n_species * job->n_arcs * sizeof *r.arcs,
                 all = maps * (r.n_intervals + 2) + ledgers + arcs;
    unsigned char *at = *bytes = cosmo_arena_alloc(run->arena, all);
    memcpy(at, r.concentration_kg_m3, maps * r.n_intervals);
    memcpy(at += maps * r.n_intervals, r.dry_kg_m2, maps);
    memcpy(at += maps, r.wet_kg_m2, maps);
    memcpy(at += maps, r.ledger, ledgers);
    memcpy(at += ledgers, r.arcs, arcs);
    return all;
}

static void make_weather_air(cosmo_run *run)
{
    static const double height[] = {2.0, 10.0, 300.0, 900.0}, speed[] = {2.5, 3.4, 7.0, 9.0};
    static const double from[] = {0.0, 0.1, 0.6, 0.9};
    const cosmo_plume_weather weather = {.roughness_m = 0.03,
                                         .friction_velocity_m_s = 0.25,
                                         .obukhov_m = -60.0,
                                         .mixing_height_m = 600.0,
                                         .direction_scatter_rad = NAN,
                                         .n = 4,
                                         .height_m = height,
                                         .wind_speed_m_s = speed,
                                         .wind_from_rad = from};
    ck_assert_msg(cosmo_plume_air_make(&weather, run, &air) == COSMO_OK, "%s", run->message);
}

START_TEST(the_same_bits_on_every_instruction_set)
{
    cosmo_run run = new_run();
    make_weather_air(&run);
    const cosmo_plume_release release = {.height_m = 150.0, .sigma_up_m = 100.0, .duration_s = 200.0, .mass_kg = {5.0}};
    const cosmo_plume_fate fate = {.deposition_velocity_m_s = 0.01, .product = -1, .ozone_product = -1};
    const cosmo_plume_arc arcs[] = {{300.0, 1.5}, {1000.0, 1.5}};
    cosmo_plume_job job = job_of(&release, &fate, 1);
    job.n_particles = 300;
    job.arcs = arcs;
    job.n_arcs = 2;
    const char *const builds[] = {"v4", "v3", "one"};
    unsigned char *bytes[3];
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        setenv("COSMO_ISA", builds[i], 1);
        n = bytes_of(&job, &run, &bytes[i]);
    }
    unsetenv("COSMO_ISA");
    printf("%zu bytes\n", n);
    ck_assert_int_eq(memcmp(bytes[0], bytes[1], n), 0);
    ck_assert_int_eq(memcmp(bytes[0], bytes[2], n), 0);
    cosmo_arena_destroy(run.arena);
}
END_TEST

START_TEST(a_particle_does_not_feel_its_neighbours)
{
    enum { N = 500 };
    cosmo_run run = new_run();
    make_weather_air(&run);
    particles_one *one = cosmo_arena_array(run.arena, 2 * N, sizeof *one);
    particles_swarm swarm = {.n = N, .particle = one}, turned = {.n = N, .particle = one + N};
    cosmo_swarm_fill_air(&air, 0.05, 3, 4, &swarm.air);
    turned.air = swarm.air;
    for (size_t i = 0; i < N; i++) {
        const double place[3] = {0.0, 0.0, 1.0 + 1.5 * (double)i};
        one[i].number = i;
        cosmo_swarm_place(&air, 3, 4, place, 0.1 * (double)i, &one[i]);
        turned.particle[N - 1 - i] = one[i];
    }
    ck_assert(cosmo_swarm_advance(&swarm, 300.0, &run) == COSMO_OK);
    ck_assert(cosmo_swarm_advance(&turned, 300.0, &run) == COSMO_OK);
    for (size_t i = 0; i < N; i++)
        ck_assert_int_eq(memcmp(swarm.particle[i].state, turned.particle[N - 1 - i].state, sizeof one->state), 0);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* The kernel's numbers are made of the bits of cosmo_random_philox: the same counters under the same key. */
START_TEST(random_numbers_are_philox)
{
    cosmo_run run = new_run();
    uniform_air(5.0, 0.5, 20.0, 0.1, 1000.0, &air);
    particles_swarm swarm = {.n = 1, .particle = cosmo_arena_array(run.arena, 1, sizeof(particles_one))};
    cosmo_swarm_fill_air(&air, 0.05, 0x123456789abcdefull, 11, &swarm.air);
    const double place[3] = {0.0, 0.0, 500.0};
    swarm.particle[0].number = 0x5555555577777777ull;
    cosmo_swarm_place(&air, 0x123456789abcdefull, 11, place, 0.0, &swarm.particle[0]);
    const double w = swarm.particle[0].state[PARTICLES_W];
    const double pace = exp(0.1 * (swarm.particle[0].state[PARTICLES_U] - 0.05)), x = pace / 20.0;
    ck_assert_double_lt(pace, 1.0);
    ck_assert(cosmo_swarm_advance(&swarm, 1.0, &run) == COSMO_OK);
    ck_assert(swarm.particle[0].state[PARTICLES_STEPS] == 1.0);
    const double after = swarm.particle[0].state[PARTICLES_W];
    const double normal = (after * (1.0 + 0.5 * x) - (1.0 - 0.5 * x) * w) / sqrt(2.0 * x);
    const uint32_t counter[4] = {0x77777777u, 0x55555555u, PARTICLES_FIRST_STEP, 11},
                   key[2] = {0x89abcdefu, 0x1234567u};
    uint32_t bits[4];
    cosmo_random_philox(counter, key, bits);
    const double u = cosmo_random_uniform(0x123456789abcdefull, 11, 0x5555555577777777ull, PARTICLES_FIRST_STEP);
    const double turn = 2.0 * acos(-1.0) * ((double)bits[3] * 0x1p-32 + (double)bits[2] * 0x1p-64);
    suite_error("normal number of the first step", normal - sqrt(-2.0 * log(u)) * cos(turn), "", 1e-11);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* ---- the step, and bad input ---- */

START_TEST(half_the_step_changes_little)
{
    cosmo_run run = new_run();
    make_weather_air(&run);
    const cosmo_plume_release release = {.height_m = 5.0, .mass_kg = {1.0}};
    const cosmo_plume_arc arcs[] = {{200.0, 1.5}, {1000.0, 1.5}};
    double answer[3][2], steps[3];
    for (int k = 0; k < 3; k++) {
        cosmo_plume_job job = job_of(&release, &INERT, 1);
        job.n_particles = 10000;
        job.arcs = arcs;
        job.n_arcs = 2;
        job.mesh.rings = 17;
        job.step_fraction = 0.1 / (1 << k);
        const cosmo_plume_result result = follow(&job, &run);
        for (int i = 0; i < 2; i++) answer[k][i] = result.arcs[i].crosswind_kg_s_m2;
        steps[k] = result.steps / 10000.0;
    }
    printf("%.0f, %.0f and %.0f steps a particle\n", steps[0], steps[1], steps[2]);
    /* mostly noise of sampling, farther off the more */
    static const double bounds[] = {0.06, 0.12};
    for (int i = 0; i < 2; i++) {
        suite_error("crosswind integral, step 0.1 over 0.05", answer[0][i] / answer[1][i] - 1.0, "", bounds[i]);
        suite_error("crosswind integral, step 0.05 over 0.025", answer[1][i] / answer[2][i] - 1.0, "", bounds[i]);
    }
    cosmo_arena_destroy(run.arena);
}
END_TEST

START_TEST(jobs_that_cannot_be_are_refused)
{
    cosmo_run run = new_run();
    uniform_air(5.0, 0.5, 20.0, 0.1, 1000.0, &air);
    const cosmo_plume_release good = {.height_m = 5.0, .mass_kg = {1.0}};
    const cosmo_plume_release bad[] = {{.height_m = -5.0, .mass_kg = {1.0}},
                                       {.height_m = NAN, .mass_kg = {1.0}},
                                       {.mass_kg = {0.0}},
                                       {.mass_kg = {-1.0}},
                                       {.duration_s = -1.0, .mass_kg = {1.0}}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const cosmo_plume_job job = job_of(&bad[i], &INERT, 1);
        cosmo_plume_result result;
        ck_assert(cosmo_particles_run(&job, run.arena, &run, &result) == COSMO_BAD_INPUT);
        printf("  %s\n", run.message);
    }
    cosmo_plume_job jobs[6];
    for (int i = 0; i < 6; i++) jobs[i] = job_of(&good, &INERT, 1);
    const cosmo_plume_fate loop = {.product = 0, .ozone_product = -1};
    const cosmo_plume_arc far = {1e6, 1.5};
    jobs[0].sampling_s = 77.0;
    jobs[1].n_particles = 0;
    jobs[2].mesh.ratio = 1.0;
    jobs[3].fates = &loop;
    jobs[4].arcs = &far;
    jobs[4].n_arcs = 1;
    jobs[5].step_fraction = 0.9;
    for (int i = 0; i < 6; i++) {
        cosmo_plume_result result;
        ck_assert(cosmo_particles_run(&jobs[i], run.arena, &run, &result) == COSMO_BAD_INPUT);
        printf("  %s\n", run.message);
    }
    cosmo_arena_destroy(run.arena);
}
END_TEST

COSMO_SUITE("plume/particles", particles_spread_as_taylor_says, arcs_far_off_have_the_closed_form,
            a_mixed_box_is_emptied_by_deposition, a_chain_of_species_follows_bateman,
            ozone_turns_what_the_growth_of_the_cloud_brings, no_mass_is_lost, the_same_bits_on_every_instruction_set,
            a_particle_does_not_feel_its_neighbours, random_numbers_are_philox, half_the_step_changes_little,
            jobs_that_cannot_be_are_refused)
