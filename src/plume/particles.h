/* What the particle kernels and their drivers share: the air as a table, the block of particles, the swarm. */
#ifndef COSMO_PLUME_PARTICLES_H
#define COSMO_PLUME_PARTICLES_H

#include "core/lanes.h"
#include "cosmodrome/plume.h"

enum { PARTICLES_LANES = 8, PARTICLES_CELLS = COSMO_PLUME_AIR_NODES - 1, PARTICLES_FIRST_STEP = 64 };

/* Between two nodes of the air: the value below and the change across, linear in ln z. Two cache lines. */
typedef struct particles_cell {
    double sigma_w[2], step_s[2]; /* step: the shortest scale of time */
    double time_w[2], sigma_u[2], time_u[2], wind_east[2], wind_north[2];
    double scatter[2]; /* sigma_theta */
} particles_cell;

typedef struct particles_arc {
    double inner2_m2, outer2_m2, low_m, high_m; /* shell: squares of its radii; heights */
} particles_arc;

typedef struct particles_air {
    _Alignas(64) particles_cell cell[PARTICLES_CELLS];
    double log_bottom, cells_per_log; /* of the height in metres */
    double bottom_m;
    double exposure_s_m;   /* of one touch of the ground */
    double least_pace_m_s; /* in calm air distance is travelled at least so fast */
    double step_fraction;
    double gust; /* standard deviation of the logarithm of a gust's pace */
    uint64_t seed;
    uint32_t stream;
    size_t n_arcs;
    particles_arc arc[COSMO_PLUME_ARCS_MAX];
} particles_air;

/* The state of a particle. Its place is east + eta spread_east and so on, eta a standard normal number of its own. */
enum {
    PARTICLES_EAST,
    PARTICLES_NORTH,
    PARTICLES_UP,
    PARTICLES_SPREAD_EAST,
    PARTICLES_SPREAD_NORTH,
    PARTICLES_W,         /* vertical velocity over sigma_w */
    PARTICLES_U,         /* logarithm of the pace of its gust over the standard deviation of that */
    PARTICLES_TRAVELLED, /* with the mean wind, m */
    PARTICLES_CURVE,     /* Irwin's curve there, for a scatter of 1 rad */
    PARTICLES_EXPOSURE,  /* sum over touches of the ground of sqrt(2 pi) / sigma_w, s/m */
    PARTICLES_TIME,
    PARTICLES_STEPS,
    PARTICLES_FLOOR, /* where it is thrown back: ground and lid, or lid and top */
    PARTICLES_CEILING,
    PARTICLES_STATES
};
typedef double particles_row[PARTICLES_LANES];

/* Eight particles. The kernel advances each group until something in it is due for the driver. */
typedef struct particles_block {
    _Alignas(64) particles_row state[PARTICLES_STATES];
    particles_row until, active, due; /* 1 or 0 */
    particles_row touched, step_s;    /* 1: the step that was taken, this long, passed through a shell */
    _Alignas(64) uint64_t number[PARTICLES_LANES];
} particles_block;

typedef struct cosmo_particles_kernels {
    int lanes;
    void (*advance)(const particles_air *air, particles_block *block);
} cosmo_particles_kernels;
extern const cosmo_particles_kernels cosmo_particles_kernels_x8, cosmo_particles_kernels_x4, cosmo_particles_kernels_x1;

typedef struct particles_one {
    double state[PARTICLES_STATES];
    uint64_t number;
    bool gone;
} particles_one;

/* Called for each step that passed through a shell, in any order. */
typedef void (*particles_seen)(void *user, size_t particle, const double state[PARTICLES_STATES], double step_s);

typedef struct particles_swarm {
    particles_air air;
    size_t n;
    particles_one *particle;
    particles_seen seen;
    void *user;
} particles_swarm;

/* The air of a job as the kernel reads it. */
void cosmo_swarm_fill_air(const cosmo_plume_air *from, double step_fraction, uint64_t seed, uint32_t stream,
                          particles_air *air);
/* A particle at a place, at rest in nothing: its velocities are drawn. Heights outside the air are folded back. */
void cosmo_swarm_place(const cosmo_plume_air *air, uint64_t seed, uint32_t stream, const double place_m[3], double t_s,
                       particles_one *one);
/* Advance every particle that is not gone and has started by then to the time. COSMO_CANCELLED when asked to stop. */
cosmo_status cosmo_swarm_advance(particles_swarm *swarm, double until_s, cosmo_run *run);

#endif
