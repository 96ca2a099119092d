/* What is well mixed stays well mixed (Thomson 1987): particles uniform over the mixing layer for 3 h, in stable,
 * neutral and unstable air: 20 equal layers within 2 %, the lowest 1 % of the depth within 5 %.
 *
 * COSMO_WELL_MIXED=1000000 (./test --long) counts so many particles once, at 3 h, as the condition says. Without it
 * fewer are counted at 40 times of the last two hours; layers are then held to 3 %, for the chance that is left.
 */
#include "plume/particles.h"
#include "suite.h"

enum { N_LAYERS = 20, N_TIMES = 40, N_FEWER = 12000 };
static const double THREE_HOURS_S = 10800.0;

typedef struct air_case {
    const char *what;
    double friction_velocity_m_s, obukhov_m, mixing_height_m;
} air_case;

static const air_case STABLE = {"stable", 0.25, 40.0, 250.0};
static const air_case NEUTRAL = {"neutral", 0.5, INFINITY, 800.0};
static const air_case UNSTABLE = {"unstable", 0.4, -40.0, 1000.0};

static void make_air(const air_case *a, cosmo_run *run, cosmo_plume_air *air)
{
    static const double height[] = {10.0}, speed[] = {5.0}, from[] = {0.0};
    const cosmo_plume_weather weather = {.roughness_m = 0.03,
                                         .friction_velocity_m_s = a->friction_velocity_m_s,
                                         .obukhov_m = a->obukhov_m,
                                         .mixing_height_m = a->mixing_height_m,
                                         .direction_scatter_rad = NAN,
                                         .n = 1,
                                         .height_m = height,
                                         .wind_speed_m_s = speed,
                                         .wind_from_rad = from};
    ck_assert_msg(cosmo_plume_air_make(&weather, run, air) == COSMO_OK, "%s", run->message);
}

static size_t particles(void)
{
    const char *asked = getenv("COSMO_WELL_MIXED");
    return asked != NULL ? strtoul(asked, NULL, 10) : N_FEWER;
}

static void count(const particles_swarm *swarm, const cosmo_plume_air *air, double layer[N_LAYERS], double *lowest)
{
    const double bottom = air->bottom_m, depth = air->mixing_height_m - bottom;
    for (size_t i = 0; i < swarm->n; i++) {
        const double share = (swarm->particle[i].state[PARTICLES_UP] - bottom) / depth;
        layer[(int)fmin(share * N_LAYERS, N_LAYERS - 1)] += 1.0;
        *lowest += share < 0.01 ? 1.0 : 0.0;
    }
}

static void stays_mixed(const air_case *a, double step_fraction)
{
    const size_t n = particles();
    const int times = getenv("COSMO_WELL_MIXED") != NULL ? 1 : N_TIMES;
    cosmo_run run;
    cosmo_run_init(&run, cosmo_arena_create(0, NULL));
    cosmo_plume_air air;
    make_air(a, &run, &air);
    particles_swarm swarm = {.n = n, .particle = cosmo_arena_array(run.arena, n, sizeof(particles_one))};
    cosmo_swarm_fill_air(&air, step_fraction, 1, 1, &swarm.air);
    for (size_t i = 0; i < n; i++) {
        const double depth = air.mixing_height_m - air.bottom_m;
        const double place[3] = {0.0, 0.0, air.bottom_m + ((double)i + 0.5) / (double)n * depth};
        swarm.particle[i].number = i;
        cosmo_swarm_place(&air, 1, 1, place, 0.0, &swarm.particle[i]);
    }
    double layer[N_LAYERS] = {0.0}, lowest = 0.0, worst = 0.0, steps = 0.0;
    for (int k = 0; k < times; k++) {
        const double t = times == 1 ? THREE_HOURS_S : THREE_HOURS_S * (1.0 + 2.0 * (k + 1.0) / times) / 3.0;
        ck_assert(cosmo_swarm_advance(&swarm, t, &run) == COSMO_OK);
        count(&swarm, &air, layer, &lowest);
    }
    const double counts = (double)n * times;
    for (int i = 0; i < N_LAYERS; i++) {
        const double off = layer[i] * N_LAYERS / counts - 1.0;
        if (fabs(off) > fabs(worst)) worst = off;
    }
    for (size_t i = 0; i < n; i++) steps += swarm.particle[i].state[PARTICLES_STEPS];
    printf("%s air, step %g of the time scale, %zu particles counted %d times, %.0f steps each\n", a->what,
           step_fraction, n, times, steps / (double)n);
    suite_error("worst of 20 layers", worst, "", times == 1 ? 0.02 : 0.03);
    suite_error("lowest 1 % of the depth", lowest * 100.0 / counts - 1.0, "", 0.05);
    cosmo_arena_destroy(run.arena);
}

START_TEST(stable_air_stays_mixed)
{
    stays_mixed(&STABLE, 0.05);
}
END_TEST
START_TEST(neutral_air_stays_mixed)
{
    stays_mixed(&NEUTRAL, 0.05);
}
END_TEST
START_TEST(unstable_air_stays_mixed)
{
    stays_mixed(&UNSTABLE, 0.05);
}
END_TEST
START_TEST(so_it_does_with_twice_the_step)
{
    stays_mixed(&UNSTABLE, 0.1);
}
END_TEST

COSMO_SUITE("plume/well_mixed", stable_air_stays_mixed, neutral_air_stays_mixed, unstable_air_stays_mixed,
            so_it_does_with_twice_the_step)
