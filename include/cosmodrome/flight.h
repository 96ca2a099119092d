/* Cosmodrome flight: equations of motion, falls to the ground, the instantaneous impact point.
 *
 * The inertial frame of a flight coincides with ITRF at t = 0 (liftoff, or the moment a fall begins) and does not turn;
 * t counts SI seconds from then. The Earth turns under it at COSMO_EARTH_ROTATION.
 */
#ifndef COSMODROME_FLIGHT_H
#define COSMODROME_FLIGHT_H

#include "cosmodrome/earth.h"
#include "cosmodrome/vehicle.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cosmo_state {
    double t_s;
    cosmo_vec3 position_m, velocity_m_s; /* inertial frame of the flight */
} cosmo_state;

/* A state from a place and an Earth-relative velocity in geodetic north, east, down, m/s. */
cosmo_state cosmo_state_from_ned(double t_s, cosmo_geodetic place, cosmo_vec3 velocity_ned_m_s);
/* The same over a round Earth: place and axes are those of cosmo_sphere_to_itrf. */
cosmo_state cosmo_state_from_ned_round(double t_s, cosmo_geodetic place, cosmo_vec3 velocity_ned_m_s);
/* Where a state stands over the turning Earth, and its Earth-relative velocity in north, east, down. */
cosmo_geodetic cosmo_state_place(const cosmo_state *state);
cosmo_vec3 cosmo_state_velocity_ned(const cosmo_state *state);
/* The ITRF position and velocity (relative to the turning frame) of a state. */
void cosmo_state_itrf(const cosmo_state *state, cosmo_vec3 *position_m, cosmo_vec3 *velocity_m_s);

/* Osculating two-body orbit; altitudes are radii less the equatorial radius. */
typedef struct cosmo_orbit {
    double semi_major_m, eccentricity, inclination_rad;
    double raan_rad; /* in the inertial frame of the flight */
    double argument_of_perigee_rad, true_anomaly_rad;
    double perigee_altitude_m, apogee_altitude_m;
} cosmo_orbit;
/* Source: Vallado 2013, algorithm 9. */
cosmo_orbit cosmo_orbit_of(const cosmo_state *state);
/* The same orbit with its altitudes above another radius. */
cosmo_orbit cosmo_orbit_above(cosmo_orbit orbit, double radius_m);
/* Distance of the ellipsoid from the centre in the direction of a position. */
double cosmo_orbit_ellipsoid_radius_m(cosmo_vec3 position_m);

/* ---- drag curves ------------------------------------------------------------------------------------------------ */

enum { COSMO_DRAG_NODES = 301 };
#define COSMO_DRAG_MACH_STEP 0.05
/* Cd by Mach on a uniform grid from 0 to 15 (held beyond), value and step-scaled slope a node: a monotone cubic through
 * the rows it was made from. Source: Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17(2), eq. 3.5 limiter. */
typedef struct cosmo_drag_curve {
    double node[COSMO_DRAG_NODES][2];
} cosmo_drag_curve;
/* From rows (Mach, Cd) in ascending Mach; no rows: a tumbling cylinder. */
void cosmo_drag_curve_make(const cosmo_table *rows, cosmo_drag_curve *curve);
/* A constant Cd. */
void cosmo_drag_curve_constant(double cd, cosmo_drag_curve *curve);
double cosmo_drag_curve_at(const cosmo_drag_curve *curve, double mach);

/* ---- falls ------------------------------------------------------------------------------------------------------- */

/* The Earth and air that flights and falls meet. */
typedef struct cosmo_environment {
    cosmo_gravity_model gravity;
    bool vacuum;                  /* no air at all */
    const cosmo_weather *weather; /* NULL: still standard air */
    const cosmo_terrain *terrain; /* NULL: the ground is the ellipsoid */
    /* falls only: heights above, and the ground on, a sphere of COSMO_EARTH_ROUND_RADIUS; no terrain then */
    bool round_earth;
} cosmo_environment;

typedef struct cosmo_fall_case {
    cosmo_state released;
    double mass_kg, area_m2;
    const cosmo_drag_curve *drag; /* ignored in vacuum */
    const cosmo_weather *weather; /* NULL: the environment's */
} cosmo_fall_case;

typedef struct cosmo_impact {
    bool reached_ground; /* false: still aloft at t_limit_s, or it escapes */
    double t_s;
    cosmo_geodetic place;
    double speed_m_s;      /* Earth-relative */
    double path_angle_rad; /* below the horizon is negative */
    double peak_dynamic_pressure_pa;
} cosmo_impact;

/* Let n bodies fall until they meet the ground or t_limit_s after their release; then reached_ground is false and the
 * state there is given. Integration: Dormand-Prince 8(5,3), relative `tolerance` (0: 1e-10). Impact located on the
 * dense output to 1e-7 s. The same bits for any instruction set and any order of the cases. */
cosmo_status cosmo_fall_to_ground(const cosmo_fall_case *cases, size_t n, const cosmo_environment *environment,
                                  double tolerance, double t_limit_s, cosmo_run *run, cosmo_impact *impacts);

/* ---- falls of fragments, by the million ------------------------------------------------------------------------- */

/* One fragment of a break-up. */
typedef struct cosmo_debris {
    cosmo_state released;
    double ballistic_kg_m2; /* mass over Cd times area at Mach 0 */
    /* lift over drag, held, at a fixed roll about the airspeed: 0 rolls it up, pi/2 to the right of the release's
     * vertical plane (of north where it is released vertically); once it falls steeply, roll 0 glides onward */
    double lift_ratio, roll_rad;
    /* demise: the heat a stagnation point of this radius takes up to its end; limit 0 or NaN: never demises */
    double heat_limit_j_m2, nose_radius_m;
    unsigned drag_class; /* index of the drag curve */
} cosmo_debris;

typedef enum cosmo_debris_end {
    COSMO_DEBRIS_GROUND,  /* met the ground, or was released below it */
    COSMO_DEBRIS_DEMISED, /* took its heat before */
    COSMO_DEBRIS_ALOFT    /* in orbit, escaping, or still falling a day after its release */
} cosmo_debris_end;
typedef struct cosmo_debris_impact {
    cosmo_debris_end end;
    unsigned steps; /* tried; three right-hand sides each */
    double t_s;
    cosmo_geodetic place;
    double speed_m_s;      /* Earth-relative */
    double path_angle_rad; /* below the horizon is negative */
    double heat_load_j_m2; /* of the stagnation point; of a radius of 1 m where none is given */
} cosmo_debris_impact;

/* Let n fragments fall to the ground. `drag` are n_drag curves, of which only the course by Mach counts: Cd(M)/Cd(0);
 * NULL with 0: one curve, a tumbling cylinder's. From 5 kg/m^2 up, impacts are within 1 % of the range, or 20 m, of
 * those of cosmo_fall_to_ground (lighter ones: within 50 m where the wind brings them back) at `tolerance` 0, which
 * means 1e-3: the error of a step relative to the speed (of its heat, to the limit, where there is one). Nothing is
 * allocated. The same bits for any instruction set and any order of the fragments. A call prepares its column of air,
 * which takes as long as ten falls: better many fragments a call.
 *
 * Forces over the turning Earth: gravity to J2 (J6 counts as J2), drag of the environment's air, lift. The air is read
 * from a column every 250 m below 99 km and every 2 km above, linear between (density: its logarithm).
 * Integration: Bogacki & Shampine 1989 (Appl. Math. Lett. 2(4)), 3(2), each fragment with its own step.
 * Terminal fall: begins below 60 km, for a lift ratio of at most 0.2, where airspeed squared over gravity is below
 * 150 m and, times the acceleration over gravity (itself below 0.5), below 3 m. From there on the airspeed is that at
 * which drag and lift hold the weight, v_t = sqrt(2 beta g / rho), sinking v_t^2 / (4 g H) faster in air of scale
 * height H, and the wind is felt v_t^2 / g late (both to first order in v_t^2 / g over the height in which the air
 * changes).
 * Heat: q = 1.7415e-4 sqrt(rho / nose radius) v^3 W/m^2 (Sutton & Graves 1971, NASA TR R-376, air): the stagnation
 * point of a cold wall that radiates nothing. It overstates what a tumbling fragment takes up, and so its demise, which
 * is not the safe side: the limit has to make up for it.
 * Ground: as in cosmo_environment, looked at after each step. Errors: COSMO_BAD_INPUT for figures that are not finite,
 * a ballistic coefficient outside 1e-6..1e12 kg/m^2, a drag class without a curve, a heat limit without a radius. */
cosmo_status cosmo_debris_fall(const cosmo_debris *pieces, size_t n, const cosmo_drag_curve *drag, size_t n_drag,
                              const cosmo_environment *environment, double tolerance, cosmo_run *run,
                              cosmo_debris_impact *impacts);

/* ---- instantaneous impact point ---------------------------------------------------------------------------------- */

typedef enum cosmo_iip_kind {
    COSMO_IIP_IMPACT,
    COSMO_IIP_ORBIT,
    COSMO_IIP_ESCAPE,
    COSMO_IIP_BELOW_GROUND
} cosmo_iip_kind;
typedef struct cosmo_iip {
    cosmo_iip_kind kind;
    double t_s;           /* of the impact */
    cosmo_geodetic place; /* altitude 0 */
    double speed_m_s;     /* Earth-relative at impact */
} cosmo_iip;
/* Where a vacuum, two-body fall from this state meets the WGS-84 ellipsoid. Error: 1e-9 deg for impact angles above
 * 1 deg, 1e-9 deg / sin(angle) below. Source: 14 CFR 420 appendix B (d)(3)(v), iterated to convergence. */
cosmo_iip cosmo_iip_vacuum(const cosmo_state *state);

#ifdef __cplusplus
}
#endif
#endif
