/* How fast: random numbers, and what a block of samples costs beside its work on 1, 2, ... threads.
 * Usage: bench_blocks [THREADS]. */
#include "cosmodrome/core.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static cosmo_status draw_block(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                               cosmo_arena *scratch, cosmo_run *run)
{
    (void)block, (void)scratch;
    const uint32_t draws = *(const uint32_t *)user;
    double *sum = out;
    for (uint64_t i = first; i < first + count; i++)
        for (uint32_t k = 0; k < draws; k++) *sum += cosmo_random_normal(run->seed, 1, i, k);
    return COSMO_OK;
}

static void forget(void *user, uint64_t block, const void *out)
{
    (void)user, (void)block, (void)out;
}

static void bench(const char *what, int threads, uint64_t blocks, uint32_t draws)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    run.threads = threads;
    const cosmo_blocks job = {.n_samples = blocks * COSMO_BLOCKS_SAMPLES,
                              .block_bytes = 64,
                              .user = &draws,
                              .work = draw_block,
                              .reduce = forget};
    const double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    if (cosmo_blocks_run(&job, &run, NULL) != COSMO_OK) exit(EXIT_FAILURE);
    const double wall_s = seconds(CLOCK_MONOTONIC) - wall, cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    const double n = (double)blocks * (draws > 0 ? COSMO_BLOCKS_SAMPLES * (double)draws : 1.0);
    printf("%-36s %d threads: %10.4g a second, %10.4g a CPU-second (%.3g in %.2f s)\n", what, threads, n / wall_s,
           n / cpu_s, n, wall_s);
    cosmo_arena_destroy(arena);
}

int main(int argc, char **argv)
{
    const int most = argc > 1 ? atoi(argv[1]) : 2;
    for (int threads = 1; threads <= most; threads *= 2) {
        bench("normal random numbers", threads, 4000, 32);
        bench("blocks of no work", threads, 400000, 0);
    }
    return EXIT_SUCCESS;
}
