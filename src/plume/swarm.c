/* A swarm of particles: the driver that keeps the lanes of the kernels filled.
 *
 * A particle's way depends on nothing but its number and the air: which lane it moves in, beside which others and in
 * which order they are taken up changes no bit of it.
 */
#include "core/real.h"
#include "plume/particles.h"

static const double SWARM_ROOT_TWO_PI = 2.5066282746310002;
static const double SWARM_CALM_PACE_M_S = 0.5; /* the turbulence that is left carries it */
enum { SWARM_DRAW_W, SWARM_DRAW_U };

static const double SWARM_GUST_HEIGHT_M = 10.0, SWARM_GUST_MOST = 0.5;

static double swarm_scatter(const cosmo_plume_air *air, int i, double least_pace)
{
    if (!isnan(air->scatter_rad)) return air->scatter_rad;
    const double east = air->wind_east_m_s[i], north = air->wind_north_m_s[i];
    return air->sigma_v_m_s[i] / fmax(sqrt(east * east + north * north), fmax(least_pace, 1e-3));
}

/* The shortest time in which something changes for a particle at a node. */
static double swarm_scale(const cosmo_plume_air *air, int i, double step)
{
    const double z = air->bottom_m * cosmo_real_exp(i * step), sigma = air->sigma_w_m_s[i];
    double slope = 0.0;
    for (int k = i > 0 ? i - 1 : 0; k <= i && k < PARTICLES_CELLS; k++)
        slope = fmax(slope, fabs(air->sigma_w_m_s[k + 1] - air->sigma_w_m_s[k]) / (step * z));
    const double turbulent = fmin(fmin(air->time_w_s[i], air->time_u_s[i]), z / sigma);
    return 1.0 / fmax(1.0 / turbulent, slope);
}

/* How the pace of gusts scatters: as the wind's direction does, as measured, since eddies so large are alike along and
 * across; else sigma_u over the wind at 10 m. */
static double swarm_gust(const cosmo_plume_air *air)
{
    if (!isnan(air->scatter_rad)) return fmin(air->scatter_rad, SWARM_GUST_MOST);
    const double step = cosmo_real_log(air->top_m / air->bottom_m) / PARTICLES_CELLS;
    const double at = cosmo_real_log(fmax(SWARM_GUST_HEIGHT_M, air->bottom_m) / air->bottom_m) / step;
    const int i = (int)fmin(at, PARTICLES_CELLS - 1.0);
    const double east = air->wind_east_m_s[i], north = air->wind_north_m_s[i];
    return fmin(air->sigma_u_m_s[i] / fmax(sqrt(east * east + north * north), 1e-3), SWARM_GUST_MOST);
}

void cosmo_swarm_fill_air(const cosmo_plume_air *from, double step_fraction, uint64_t seed, uint32_t stream,
                          particles_air *air)
{
    const double step = cosmo_real_log(from->top_m / from->bottom_m) / PARTICLES_CELLS;
    *air = (particles_air){.log_bottom = cosmo_real_log(from->bottom_m),
                           .cells_per_log = 1.0 / step,
                           .bottom_m = from->bottom_m,
                           .exposure_s_m = SWARM_ROOT_TWO_PI / from->sigma_w_m_s[0],
                           .least_pace_m_s = from->calm ? SWARM_CALM_PACE_M_S : 0.0,
                           .step_fraction = step_fraction,
                           .gust = swarm_gust(from),
                           .seed = seed,
                           .stream = stream};
    double below[8];
    for (int i = 0; i < COSMO_PLUME_AIR_NODES; i++) {
        const double node[8] = {from->sigma_w_m_s[i],    swarm_scale(from, i, step),
                                from->time_w_s[i],       from->sigma_u_m_s[i],
                                from->time_u_s[i],       from->wind_east_m_s[i],
                                from->wind_north_m_s[i], swarm_scatter(from, i, air->least_pace_m_s)};
        double *cell = i > 0 ? air->cell[i - 1].sigma_w : NULL;
        for (int k = 0; k < 8; k++) {
            if (cell != NULL) {
                cell[2 * k] = below[k];
                cell[2 * k + 1] = node[k] - below[k];
            }
            below[k] = node[k];
        }
    }
}

void cosmo_swarm_place(const cosmo_plume_air *air, uint64_t seed, uint32_t stream, const double place_m[3], double t_s,
                       particles_one *one)
{
    const double lid = air->mixing_height_m, z = fmin(fabs(place_m[2] - air->bottom_m) + air->bottom_m, air->top_m);
    double *s = one->state;
    memset(s, 0, sizeof one->state);
    s[PARTICLES_EAST] = place_m[0];
    s[PARTICLES_NORTH] = place_m[1];
    s[PARTICLES_UP] = z;
    s[PARTICLES_W] = cosmo_random_normal(seed, stream, one->number, SWARM_DRAW_W);
    s[PARTICLES_U] = cosmo_random_normal(seed, stream, one->number, SWARM_DRAW_U);
    s[PARTICLES_TIME] = t_s;
    s[PARTICLES_FLOOR] = z <= lid ? air->bottom_m : lid;
    s[PARTICLES_CEILING] = z <= lid ? lid : air->top_m;
    one->gone = false;
}

static const cosmo_particles_kernels *swarm_kernels(void)
{
    const cosmo_isa isa = cosmo_isa_best();
    return isa == COSMO_ISA_V4   ? &cosmo_particles_kernels_x8
           : isa == COSMO_ISA_V3 ? &cosmo_particles_kernels_x4
                                 : &cosmo_particles_kernels_x1;
}

static void swarm_load(particles_block *block, int lane, const particles_one *one, double until_s)
{
    for (int k = 0; k < PARTICLES_STATES; k++) block->state[k][lane] = one->state[k];
    block->until[lane] = until_s;
    block->active[lane] = 1.0;
    block->number[lane] = one->number;
}

static void swarm_store(const particles_block *block, int lane, particles_one *one)
{
    for (int k = 0; k < PARTICLES_STATES; k++) one->state[k] = block->state[k][lane];
}

/* An idle lane rests at a height where everything is finite. */
static void swarm_clear(particles_block *block)
{
    memset(block, 0, sizeof *block);
    for (int i = 0; i < PARTICLES_LANES; i++) block->state[PARTICLES_UP][i] = block->state[PARTICLES_CEILING][i] = 1.0;
}

/* The next particle that has a way to go; n when there is none. */
static size_t swarm_next(const particles_swarm *swarm, size_t i, double until_s)
{
    while (i < swarm->n && (swarm->particle[i].gone || swarm->particle[i].state[PARTICLES_TIME] >= until_s)) i++;
    return i;
}

/* Look at what a lane has done: a step through a shell, the end of its way. */
static void swarm_look(particles_swarm *swarm, particles_block *block, int lane, size_t particle)
{
    if (block->touched[lane] > 0.5) {
        double state[PARTICLES_STATES];
        for (int k = 0; k < PARTICLES_STATES; k++) state[k] = block->state[k][lane];
        swarm->seen(swarm->user, particle, state, block->step_s[lane]);
    }
    if (block->due[lane] > 0.5) {
        swarm_store(block, lane, &swarm->particle[particle]);
        block->active[lane] = 0.0;
    }
    block->touched[lane] = block->due[lane] = 0.0;
}

cosmo_status cosmo_swarm_advance(particles_swarm *swarm, double until_s, cosmo_run *run)
{
    const cosmo_particles_kernels *kernels = swarm_kernels();
    particles_block block;
    size_t of_lane[PARTICLES_LANES] = {0}, next = swarm_next(swarm, 0, until_s);
    swarm_clear(&block);
    for (bool any = true; any;) {
        if (cosmo_run_cancelled(run)) return COSMO_CANCELLED;
        any = false;
        for (int i = 0; i < PARTICLES_LANES; i++) {
            if (block.active[i] > 0.5) swarm_look(swarm, &block, i, of_lane[i]);
            if (block.active[i] < 0.5 && next < swarm->n) {
                of_lane[i] = next;
                swarm_load(&block, i, &swarm->particle[next], until_s);
                next = swarm_next(swarm, next + 1, until_s);
            }
            any = any || block.active[i] > 0.5;
        }
        if (any) kernels->advance(&swarm->air, &block);
    }
    return COSMO_OK;
}
