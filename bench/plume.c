/* How fast: steps of particles in three dimensions, on one thread and on more, each a job of its own as in an ensemble.
 * Usage: bench_plume [THREADS]. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { N_JOBS = 16, N_PARTICLES = 1000 };

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A hot cloud at 200 to 600 m over a summer morning, followed for 3 h in intervals of 10 minutes. */
static cosmo_status follow(void *user, uint64_t block, uint64_t first, uint64_t count, void *out, cosmo_arena *scratch,
                           cosmo_run *run)
{
    (void)first, (void)count;
    const cosmo_plume_release release = {
        .height_m = 400.0, .sigma_across_m = 100.0, .sigma_along_m = 100.0, .sigma_up_m = 100.0, .mass_kg = {1000.0}};
    const cosmo_plume_fate fate = {.deposition_velocity_m_s = 0.005, .product = -1, .ozone_product = -1};
    const cosmo_plume_job job = {.air = user,
                                 .n_species = 1,
                                 .n_releases = 1,
                                 .fates = &fate,
                                 .releases = &release,
                                 .duration_s = 10800.0,
                                 .interval_s = 600.0,
                                 .sampling_s = 60.0,
                                 .n_particles = N_PARTICLES,
                                 .mesh = {40, 72, 50.0, 1.2},
                                 .stream = 1,
                                 .first_sample = block * N_PARTICLES};
    cosmo_plume_result result;
    const cosmo_status status = cosmo_particles_run(&job, scratch, run, &result);
    *(double *)out = status == COSMO_OK ? result.steps : 0.0;
    return status;
}

static double steps_done;

static void add(void *user, uint64_t block, const void *out)
{
    (void)user, (void)block;
    steps_done += *(const double *)out;
}

static void bench(const char *what, double obukhov_m, int threads)
{
    const double height[] = {10.0, 500.0, 1500.0}, speed[] = {3.0, 5.0, 7.0}, from[] = {0.1, 0.4, 0.7};
    const cosmo_plume_weather weather = {.roughness_m = 0.02,
                                         .friction_velocity_m_s = 0.25,
                                         .obukhov_m = obukhov_m,
                                         .mixing_height_m = 800.0,
                                         .direction_scatter_rad = NAN,
                                         .n = 3,
                                         .height_m = height,
                                         .wind_speed_m_s = speed,
                                         .wind_from_rad = from};
    cosmo_run run;
    cosmo_run_init(&run, cosmo_arena_create(0, NULL));
    run.threads = threads;
    cosmo_plume_air air;
    if (cosmo_plume_air_make(&weather, &run, &air) != COSMO_OK) exit(EXIT_FAILURE);
    const cosmo_blocks jobs = {.n_samples = (uint64_t)N_JOBS * COSMO_BLOCKS_SAMPLES,
                               .block_bytes = 64,
                               .user = &air,
                               .work = follow,
                               .reduce = add};
    steps_done = 0.0;
    const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (cosmo_blocks_run(&jobs, &run, NULL) != COSMO_OK) {
        fprintf(stderr, "%s\n", run.message);
        exit(EXIT_FAILURE);
    }
    const double wall_s = seconds(CLOCK_MONOTONIC) - wall, cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf(
        "%-8s air, %d threads: %6.2f M steps a second, %6.2f M a CPU-second; %5.0f steps a particle (%.3g in %.2f s)\n",
        what, threads, 1e-6 * steps_done / wall_s, 1e-6 * steps_done / cpu_s,
        steps_done / ((double)N_JOBS * N_PARTICLES), steps_done, wall_s);
    cosmo_arena_destroy(run.arena);
}

int main(int argc, char **argv)
{
    const int most = argc > 1 ? atoi(argv[1]) : 2;
    for (int threads = 1; threads <= most; threads *= 2) {
        bench("unstable", -40.0, threads);
        bench("neutral", INFINITY, threads);
        bench("stable", 60.0, threads);
    }
    return EXIT_SUCCESS;
}
