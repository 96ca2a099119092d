/* How fast: fragments of a break-up at 40 km falling through wind to the ground, one core. Prints falls per CPU-second
 * and the work done. Usage: bench_risk [FRAGMENTS]. */
#include "cosmodrome/flight.h"

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

static double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(*state >> 11) * 0x1p-53;
}

/* A jet of 60 m/s at 11 km. */
static void jet(cosmo_weather *weather)
{
    cosmo_weather_standard(weather);
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double core = (COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M - 11000.0) / 3000.0;
        weather->wind_east_m_s[i] = 5.0 + 55.0 * exp(-core * core);
        weather->wind_north_m_s[i] = -8.0 * exp(-core * core);
    }
}

/* A vehicle that climbs at 30 deg with 1,400 m/s, broken at 40 km; up to 100 m/s imparted each way. */
static cosmo_debris fragment(uint64_t *seed, double beta_low, double beta_high)
{
    const cosmo_geodetic place = {0.801, 1.106, 40000.0};
    const double speed = 1400.0, climb = 0.5236, azimuth = 1.1;
    const cosmo_vec3 ned = {speed * cos(climb) * cos(azimuth) + 200.0 * (draw(seed) - 0.5),
                            speed * cos(climb) * sin(azimuth) + 200.0 * (draw(seed) - 0.5),
                            -speed * sin(climb) + 200.0 * (draw(seed) - 0.5)};
    return (cosmo_debris){.released = cosmo_state_from_ned(85.0, place, ned),
                          .ballistic_kg_m2 = beta_low * pow(beta_high / beta_low, draw(seed)),
                          .lift_ratio = 0.03 * draw(seed),
                          .roll_rad = 6.28 * draw(seed)};
}

static int run(size_t n, double beta_low, double beta_high, cosmo_run *context, cosmo_arena *arena)
{
    static cosmo_weather weather;
    jet(&weather);
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    cosmo_debris *pieces = cosmo_arena_array(arena, n, sizeof *pieces);
    cosmo_debris_impact *impacts = cosmo_arena_array(arena, n, sizeof *impacts);
    if (pieces == NULL || impacts == NULL) return 1;
    uint64_t seed = 1;
    for (size_t i = 0; i < n; i++) pieces[i] = fragment(&seed, beta_low, beta_high);
    const double start = cpu_seconds();
    if (cosmo_debris_fall(pieces, n, NULL, 0, &environment, 0.0, context, impacts) != COSMO_OK) return 1;
    const double seconds = cpu_seconds() - start;
    double steps = 0.0, aloft = 0.0;
    for (size_t i = 0; i < n; i++) {
        steps += impacts[i].steps;
        aloft += impacts[i].t_s - pieces[i].released.t_s;
    }
    printf("%zu fragments of %g to %g kg/m2 from 40 km: %.3f CPU-s, %.0f falls per CPU-second and core, %d lanes\n", n,
           beta_low, beta_high, seconds, (double)n / seconds, cosmo_isa_lanes(cosmo_isa_best()));
    printf("  a fall: %.0f s, %.1f steps, %.0f right-hand sides; %.1f million right-hand sides per CPU-second\n",
           aloft / (double)n, steps / (double)n, 3.0 * steps / (double)n, 3e-6 * steps / seconds);
    return 0;
}

int main(int argc, char **argv)
{
    const size_t n = argc > 1 ? (size_t)strtoul(argv[1], NULL, 10) : 200000;
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run context;
    cosmo_run_init(&context, arena);
    const int failed = run(n, 5.0, 2000.0, &context, arena) != 0 || run(n / 4, 5.0, 30.0, &context, arena) != 0 ||
                       run(n / 4, 30.0, 300.0, &context, arena) != 0 || run(n / 4, 300.0, 2000.0, &context, arena) != 0;
    if (failed) fprintf(stderr, "%s\n", context.message);
    cosmo_arena_destroy(arena);
    return failed;
}
