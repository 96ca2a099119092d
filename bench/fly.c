/* How fast: batches of dispersed ascents from liftoff to orbit, one core. Prints flights per CPU-second, the work done
 * and the ratio to the peers of docs/performance.md. Usage: bench_fly [MISSION] [FLIGHTS]. */
#include "cosmodrome/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* A spread of a few parts in a thousand, fixed by the index. */
static double spread(size_t i, unsigned k, double size)
{
    const uint64_t x = (i * 2654435761u + k * 40503u) * 0x9E3779B97F4A7C15ull;
    return 1.0 + size * ((double)(x >> 11) * 0x1p-53 - 0.5);
}

static cosmo_variation dispersed(size_t i)
{
    cosmo_variation v = cosmo_ascent_nominal();
    for (unsigned s = 0; s < COSMO_STAGES_MAX; s++) {
        v.thrust[s] = spread(i, 4 * s, 0.01);
        v.isp[s] = spread(i, 4 * s + 1, 0.005);
        v.propellant[s] = spread(i, 4 * s + 2, 0.003);
        v.dry[s] = spread(i, 4 * s + 3, 0.01);
    }
    v.drag = spread(i, 99, 0.2);
    return v;
}

static int run(const char *path, size_t n, bool with_falls, cosmo_run *context, cosmo_arena *arena)
{
    static cosmo_mission mission;
    cosmo_solution solution;
    const double start = cpu_seconds();
    if (cosmo_mission_read(path, arena, context, &mission) != COSMO_OK) return 1;
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    const double read = cpu_seconds();
    if (cosmo_targeting_solve(&flight, true, arena, context, &solution) != COSMO_OK) return 1;
    const double solved = cpu_seconds();
    cosmo_controls *controls = cosmo_arena_array(arena, n, sizeof *controls);
    cosmo_variation *variations = cosmo_arena_array(arena, n, sizeof *variations);
    cosmo_outcome *outcomes = cosmo_arena_array(arena, n, sizeof *outcomes);
    if (controls == NULL || variations == NULL || outcomes == NULL) return 1;
    for (size_t i = 0; i < n; i++) {
        controls[i] = solution.controls;
        variations[i] = dispersed(i);
    }
    const double begun = cpu_seconds();
    if (cosmo_ascent_fly_many(&flight, n, controls, variations, 0.0, with_falls, context, outcomes) != COSMO_OK)
        return 1;
    const double seconds = cpu_seconds() - begun, rate = (double)n / seconds;
    size_t inserted = 0;
    for (size_t i = 0; i < n; i++) inserted += outcomes[i].inserted;
    printf("%s: read %.3f s, targeting with largest payload %.3f s (%d flights)\n", path, read - start, solved - read,
           solution.evaluations);
    printf("  %zu dispersed ascents%s in %.3f CPU-s: %.0f flights per CPU-second and core, %zu in orbit, %d lanes\n", n,
           with_falls ? " with falls" : "", seconds, rate, inserted, cosmo_isa_lanes(cosmo_isa_best()));
    printf("  ratio to OpenTsiolkovsky (29 a CPU-second, one plain flight): %.0f; to RocketPy (1.4): %.0f\n",
           rate / 29.0, rate / 1.4);
    return 0;
}

int main(int argc, char **argv)
{
    const char *path = argc > 1 ? argv[1] : "missions/soyuz-ms.yaml";
    const size_t n = argc > 2 ? (size_t)strtoul(argv[2], NULL, 10) : 8000;
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run context;
    cosmo_run_init(&context, arena);
    context.data_folder = "data";
    const int failed = run(path, n, false, &context, arena) != 0 || run(path, n / 4, true, &context, arena) != 0;
    if (failed) fprintf(stderr, "%s\n", context.message);
    cosmo_arena_destroy(arena);
    return failed;
}
