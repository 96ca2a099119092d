/* The equations of motion of one block of flights, for every instruction set.
 *
 * A block holds up to MOTION_LANES flights as a structure of arrays. Between two breakpoints the parameters of a flight
 * are constant or linear in time, so the right-hand side is smooth and one adaptive step serves ascent, coast and fall
 * alike. The caller owns the breakpoints; the kernels only step, and each lane has its own time, step size and fate.
 */
#ifndef COSMO_FLIGHT_MOTION_H
#define COSMO_FLIGHT_MOTION_H

#include "cosmodrome/earth.h"
#include "cosmodrome/flight.h"
#include "flight/dop853.h"

#include <stdalign.h>

enum {
    MOTION_LANES = 8,
    /* position x y z, velocity x y z (inertial), propellant of channel a, of channel b */
    MOTION_STATES = 8,
    MOTION_MASS_A = 6,
    MOTION_MASS_B = 7
};

typedef enum motion_steering {
    MOTION_STEER_NONE = 0, /* no thrust */
    MOTION_STEER_UP,       /* along the local vertical */
    MOTION_STEER_PITCH, /* pitch_start + pitch_rate tau above the local horizontal, heading along plane_normal x up */
    MOTION_STEER_VELOCITY, /* along the velocity relative to the air mass at rest: zero angle of attack without wind */
    MOTION_STEER_LINEAR,   /* along unit(direction + direction_rate tau), inertial */
    MOTION_STEER_ATTITUDE  /* along a tabulated attitude */
} motion_steering;

/* Directions of thrust by time in the inertial frame, as a guidance platform holds them: nodes every step_s from t = 0,
 * value and step-scaled slope a component, a cubic between two nodes; the last one is held. */
typedef struct motion_attitude {
    double step_s;
    size_t n; /* at least 2 */
    const double (*node)[3][2];
} motion_attitude;

typedef double motion_row[MOTION_LANES];

typedef struct motion_block {
    alignas(64) motion_row t, h, t_end;
    motion_row y[MOTION_STATES];     /* at t */
    motion_row y_new[MOTION_STATES]; /* after the last step attempted */
    motion_row active;               /* 1: step this lane, 0: leave it */
    motion_row fresh;                /* 1: parameters changed, the first stage must be evaluated anew */
    motion_row accepted;             /* out: 1 where the step holds */
    motion_row h_taken;              /* out: the step attempted */
    /* parameters since t_ref */
    motion_row t_ref, thrust_start_n, thrust_rate_n_s, exit_area_m2, acceleration_limit_m_s2;
    motion_row flow_a_start_kg_s, flow_a_rate_kg_s2, flow_b_start_kg_s, flow_b_rate_kg_s2;
    motion_row mass_fixed_kg, drag_area_m2, lift_area_m2;
    motion_row steer_up, steer_pitch, steer_velocity, steer_linear, steer_attitude; /* 1 where that law holds */
    motion_row pitch_start_rad, pitch_rate_rad_s;
    motion_row attitude_up_rad, attitude_right_rad; /* error of a tabulated attitude in its pitch plane and across it */
    motion_row plane_normal[3], direction[3], direction_rate[3];
    const motion_attitude *attitude[MOTION_LANES]; /* NULL where steer_attitude is 0 */
    const cosmo_drag_curve *drag[MOTION_LANES];
    const cosmo_weather *weather[MOTION_LANES];
    motion_row density_scale; /* 1; 0 in vacuum */
    bool any_weather, any_lift, any_pitch, any_linear, any_attitude;
    bool round_earth; /* heights above a sphere of COSMO_EARTH_ROUND_RADIUS, not above the ellipsoid */
    bool fixed_step;  /* accept every step as it is (order tests) */
    double zonal[5];  /* J2..J6 */
    double tolerance; /* relative, of the scales of position, velocity and mass */
    motion_row k[DOP853_STAGES_DENSE][MOTION_STATES];
    motion_row dense[DOP853_DENSE][MOTION_STATES];
} motion_block;

/* What the right-hand side knows besides the derivative; for events and tables. */
typedef struct motion_probe {
    motion_row altitude_m, density_kg_m3, dynamic_pressure_pa, mach, airspeed_m_s, thrust_n, drag_n, attack_rad,
        felt_acceleration_m_s2, heat_flux_w_m2;
} motion_probe;

typedef struct cosmo_motion_kernels {
    int lanes;
    /* Attempt one step of min(h, t_end - t) on every active lane; sets y_new, accepted, h_taken and the next h.
     * Commit with motion_commit. */
    void (*step)(motion_block *block);
    /* The seventh-order dense output of the last step (before it is committed). */
    void (*dense)(motion_block *block);
    /* The quantities at y, t. */
    void (*probe)(const motion_block *block, motion_probe *probe);
} cosmo_motion_kernels;

extern const cosmo_motion_kernels cosmo_motion_kernels_x8, cosmo_motion_kernels_x4, cosmo_motion_kernels_x1;

/* The kernels that this processor runs best. */
const cosmo_motion_kernels *cosmo_motion_kernels_best(void);
/* Default parameters (no thrust, no air resistance curve: every lane a vacuum coast until set). */
void cosmo_motion_clear(motion_block *block);
void cosmo_motion_set_gravity(motion_block *block, cosmo_gravity_model model);
/* Let the step just accepted stand on one lane. */
void cosmo_motion_commit(motion_block *block, int lane);
/* The state at t (within the last step) from the dense output. */
void cosmo_motion_interpolate(const motion_block *block, int lane, double t, double y[MOTION_STATES]);

#endif
