/* What the piece kernels and their driver share: the block of fragments, the column of air, the figure of the Earth. */
#ifndef COSMO_FLIGHT_DEBRIS_H
#define COSMO_FLIGHT_DEBRIS_H

#include "core/lanes.h"
#include "cosmodrome/flight.h"

enum { DEBRIS_LANES = 8, DEBRIS_STEPS_MAX = 50000, DEBRIS_CELLS_LOW = 400, DEBRIS_CELLS_HIGH = 451 };
enum { DEBRIS_CELLS = DEBRIS_CELLS_LOW + DEBRIS_CELLS_HIGH };
#define DEBRIS_AIR_BASE_M  COSMO_WEATHER_BASE_M
#define DEBRIS_AIR_JOINT_M (DEBRIS_AIR_BASE_M + DEBRIS_CELLS_LOW * COSMO_WEATHER_STEP_M)
#define DEBRIS_AIR_HIGH_M  2000.0 /* a cell above the joint */

/* Air in one cell: root of the density and the change of its logarithm across; the others with their change across,
 * linear between. One cache line. */
typedef struct debris_cell {
    double root_density[2], inverse_sound[2], wind_east[2], wind_north[2];
} debris_cell;

typedef struct debris_air {
    _Alignas(64) debris_cell cell[DEBRIS_CELLS];
    double radius_m, flattening, j2;
    bool any_wind;
    const double (*drag)[2]; /* nodes of all curves, one after the other */
    double tolerance;
} debris_air;

typedef double debris_row[DEBRIS_LANES];
enum { DEBRIS_HEAT = 6, DEBRIS_STATES = 7 }; /* Earth-fixed position and velocity, heat over 1/sqrt(nose radius) */

/* Eight fragments. The kernel advances each group until something in it is due for the driver, and says for which in
 * `due`; their last step led from y_before and k_before to y and k in h_taken (0: it was refused). */
typedef struct debris_block {
    _Alignas(64) debris_row y[DEBRIS_STATES], k[DEBRIS_STATES]; /* state and its rates at t */
    debris_row y_before[DEBRIS_STATES], k_before[DEBRIS_STATES];
    debris_row t, h, h_taken;
    debris_row active, due, terminal, lifts; /* 1 or 0 */
    debris_row twice_ballistic;              /* 2 beta, kg/m^2 */
    debris_row drag_factor;                  /* 1 / (2 beta Cd(0)): times Cd(M) rho v^2, the deceleration */
    debris_row drag_offset;                  /* of the fragment's curve among the nodes, in doubles */
    debris_row lift_up, lift_side;           /* lift over drag in and out of the plane of release */
    debris_row side[3];                      /* to the right of that plane */
    debris_row may_settle;                   /* 1: may be switched to terminal fall */
    debris_row heat_limit, floor_m, t_limit, steps;
} debris_block;

typedef struct cosmo_debris_kernels {
    int lanes;
    void (*advance)(const debris_air *air, debris_block *block);
} cosmo_debris_kernels;
extern const cosmo_debris_kernels cosmo_debris_kernels_x8, cosmo_debris_kernels_x4, cosmo_debris_kernels_x1;

/* Height over an ellipsoid of small flattening and the unit vector up, from the position, its norm and 1 over it: to
 * second order in the flattening, 0.3 m near the ground, 1e-5 rad. */
static inline lanes debris_altitude(double radius_m, double flattening, lanes3 r, lanes norm, lanes inverse, lanes3 *up)
{
    const double f = flattening;
    const lanes s = r.z * inverse, q = s * s, p = 1.0 - q;
    const lanes surface = radius_m * (1.0 - f * q * (1.0 + (1.5 * f) * p));
    const lanes flat = inverse * (1.0 - (2.0 * f) * q);
    *up = (lanes3){r.x * flat, r.y * flat, s * (1.0 + (2.0 * f) * p)};
    return (norm - surface) * (1.0 - (2.0 * f * f) * (q * p));
}

#endif
