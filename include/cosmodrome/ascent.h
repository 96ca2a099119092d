/* Cosmodrome ascent: from a pad to an orbit.
 *
 * A flight is described by the vehicle's data and four sections of the mission file (target, steering, falls, burns).
 * cosmo_targeting_solve finds the free numbers of the flight, cosmo_ascent_fly flies it once with full output.
 */
#ifndef COSMODROME_ASCENT_H
#define COSMODROME_ASCENT_H

#include "cosmodrome/flight.h"
#include "cosmodrome/vehicle.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- sections of a mission file ------------------------------------------------------------------------------ */

typedef enum cosmo_direction {
    COSMO_DIRECTION_AUTO,
    COSMO_DIRECTION_NORTHWARD,
    COSMO_DIRECTION_SOUTHWARD
} cosmo_direction;

typedef enum cosmo_altitude_reference { COSMO_ALTITUDE_EQUATORIAL, COSMO_ALTITUDE_ELLIPSOID } cosmo_altitude_reference;

/* The orbit wanted. Altitudes are above the equatorial radius, or above the ellipsoid's radius at the latitude of
 * insertion; insertion is at perigee unless insertion_altitude_m is set. */
typedef struct cosmo_target {
    double perigee_altitude_m, apogee_altitude_m, inclination_rad;
    double node_rad;             /* longitude of the ascending node at liftoff, Earth-fixed; NaN: free */
    double insertion_altitude_m; /* NaN: perigee */
    int direction;               /* cosmo_direction: of the ascent, northward when AUTO */
    int altitude_reference;      /* cosmo_altitude_reference */
} cosmo_target;

/* What a mission fixes about how it is flown; NaN, NULL and empty: found by targeting. */
typedef struct cosmo_steering {
    double azimuth_rad;     /* of the pitch-over, Earth-relative, clockwise from north */
    double kick_rad;        /* how far it pitches over before the gravity turn */
    double vertical_rise_s; /* NaN: the vehicle's */
    double pitch_over_rate_rad_s;
    cosmo_table pitch_programme; /* rows (time after liftoff, pitch above the local horizontal), linear between; from
                                    its first row to its last */
    const char *guidance_start_event; /* closed-loop guidance from here; NULL: separation of the first stage dropped */
    double guidance_start_offset_s;
    double guidance_cycle_s;
    bool closed_loop; /* false: no guidance; engines run to their own cut-off */
} cosmo_steering;

/* One wish about where a body falls. Exactly one of zone, downrange_m, avoid is given. */
typedef struct cosmo_fall_wish {
    const char *body;
    const char *zone; /* id of a zone: inside its ellipse, or within 30 km where its size is not known */
    double downrange_m, tolerance_m;
    cosmo_list avoid; /* of const char *: countries (ISO alpha-2) it must not fall on */
    bool judge_only;  /* say whether it falls there, do not bend the trajectory towards it */
} cosmo_fall_wish;

/* A later burn of the stage that stayed with the payload. */
typedef struct cosmo_burn {
    const char *stage;
    int start;      /* cosmo_burn_start */
    double coast_s; /* after the last cut-off, with COAST */
    double perigee_altitude_m, apogee_altitude_m,
        inclination_rad; /* orbit after the burn; inclination NaN: unchanged plane */
} cosmo_burn;
typedef enum cosmo_burn_start { COSMO_BURN_COAST, COSMO_BURN_APOGEE, COSMO_BURN_PERIGEE } cosmo_burn_start;

/* What the mission changes about a stage. */
typedef struct cosmo_stage_override {
    const char *stage;
    double cutoff_time_s; /* NaN: the vehicle's rule */
    double reserve_kg;    /* propellant kept back on purpose (landing, disposal), a unit; NaN: 0 */
    cosmo_table throttle; /* replaces the vehicle's */
    bool only_burns;      /* lit by the mission's burns alone, not by the vehicle's own sequence */
} cosmo_stage_override;

typedef struct cosmo_flight_limits {
    double dynamic_pressure_pa, q_alpha_pa_rad, acceleration_m_s2, heat_flux_w_m2;
} cosmo_flight_limits; /* NaN: the vehicle's */

const cosmo_section *cosmo_ascent_target_section(void);
const cosmo_section *cosmo_ascent_steering_section(void);
const cosmo_section *cosmo_ascent_fall_section(void);     /* one entry of falls: */
const cosmo_section *cosmo_ascent_burn_section(void);     /* one entry of burns: */
const cosmo_section *cosmo_ascent_override_section(void); /* one entry of stages: */
const cosmo_section *cosmo_ascent_limits_section(void);

/* ---- a flight ------------------------------------------------------------------------------------------------- */

/* All that defines a flight; every pointer outlives it. */
typedef struct cosmo_flight {
    const cosmo_vehicle *vehicle;
    cosmo_geodetic pad;
    double payload_kg;
    cosmo_target target;
    cosmo_steering steering;
    cosmo_flight_limits limits;
    cosmo_list falls;     /* of cosmo_fall_wish */
    cosmo_list burns;     /* of cosmo_burn */
    cosmo_list overrides; /* of cosmo_stage_override */
    cosmo_environment environment;
    cosmo_list ensemble;  /* of cosmo_weather: each dispersed flight is in one of them; empty: the environment's */
    cosmo_list zones;     /* of cosmo_zone */
    const cosmo_map *map; /* for `avoid`; may be NULL when no wish avoids anything */
} cosmo_flight;

/* The free numbers of a flight. */
typedef struct cosmo_controls {
    double azimuth_rad, kick_rad, payload_kg;
} cosmo_controls;

/* Multipliers and shifts of one variation; cosmo_ascent_nominal() is all ones and zeros. Per-stage arrays follow the
 * vehicle's order of stages, arrays of bodies the order in which they are dropped. */
enum { COSMO_STAGES_MAX = 8, COSMO_BODIES_MAX = 16 };
typedef struct cosmo_variation {
    double thrust[COSMO_STAGES_MAX], isp[COSMO_STAGES_MAX], propellant[COSMO_STAGES_MAX], dry[COSMO_STAGES_MAX];
    double cutoff_shift_s[COSMO_STAGES_MAX]; /* of cut-offs by the clock */
    double drag;
    /* attitude error from the pitch-over until guidance starts: up, to the right */
    double pitch_shift_rad, yaw_shift_rad;
    /* what guidance takes for right and is not: radius, speed, path angle and inclination at insertion */
    double insertion_radius_m, insertion_speed_m_s, insertion_path_rad, insertion_inclination_rad;
    double fall_drag[COSMO_BODIES_MAX];    /* of dropped bodies */
    cosmo_vec3 push_m_s[COSMO_BODIES_MAX]; /* added to their velocity at release, inertial axes */
    double stop_t_s;                       /* where the flight ends, to be looked at; NaN: at its own end */
    unsigned held_stage;                   /* the flight ends when this one, counted from 1, should separate; 0: none */
    const cosmo_weather *weather;          /* NULL: the flight's */
} cosmo_variation;
cosmo_variation cosmo_ascent_nominal(void);

typedef struct cosmo_event {
    const char *name; /* "separation:core" */
    cosmo_state state;
    cosmo_geodetic place;
    double mass_kg, speed_ground_m_s, speed_inertial_m_s, flight_path_angle_rad, downrange_m, dynamic_pressure_pa, mach;
} cosmo_event;

typedef struct cosmo_sample {
    cosmo_state state;
    cosmo_geodetic place;
    double mass_kg, thrust_n, drag_n, dynamic_pressure_pa, mach, attack_rad, felt_acceleration_m_s2, heat_flux_w_m2;
    double speed_ground_m_s, speed_inertial_m_s, flight_path_angle_rad, pitch_rad, heading_rad, downrange_m;
    cosmo_iip iip; /* vacuum */
    bool iip_drag_valid;
    cosmo_geodetic iip_drag; /* drag-corrected, for the ballistic coefficient of what flies */
} cosmo_sample;

/* How far dispersed flights are apart at one moment. Six components: position (m) and Earth-relative velocity (m/s),
 * ITRF. */
typedef struct cosmo_spread {
    double t_s;
    uint64_t n;            /* flights under way then; those that have ended are left out */
    double offset[6];      /* their mean less the design */
    double covariance[21]; /* about their mean; lower triangle row by row: m2, m2/s, m2/s2 */
} cosmo_spread;

/* The flight as flown: samples every sample_step and at every event, ascending in time. */
typedef struct cosmo_trajectory {
    size_t n;
    const cosmo_sample *samples;
    size_t n_events;
    const cosmo_event *events;
    size_t n_spreads; /* 0 unless dispersed flights were flown beside it */
    const cosmo_spread *spreads;
} cosmo_trajectory;

typedef struct cosmo_body_impact {
    const char *body;
    int64_t count;
    cosmo_state released;
    double mass_kg;
    cosmo_impact impact;
    double downrange_m;            /* geodesic, from the pad */
    const cosmo_zone *zone;        /* the declared zone it is held against; NULL: none */
    double zone_distance_m;        /* to its centre */
    int inside_zone;               /* 1, 0, or -1: not known, the zone's centre is an estimate or its size unknown */
    double range_per_path_angle_m; /* sensitivity of the range to the flight-path angle at separation, m/rad */
} cosmo_body_impact;
typedef struct cosmo_impacts {
    size_t n;
    const cosmo_body_impact *items;
} cosmo_impacts;

typedef struct cosmo_ascent {
    cosmo_trajectory trajectory;
    cosmo_impacts impacts;
    bool inserted; /* reached the target orbit (the first insertion, before later burns) */
    cosmo_state insertion;
    cosmo_orbit orbit, final_orbit; /* at insertion, and after the last burn; altitudes above reference_radius_m */
    double reference_radius_m;
    double coast_lowest_m, coast_highest_m; /* of the revolution after the last burn, above reference_radius_m */
    double propellant_left_kg;              /* usable, of the stage that inserted; negative: lent, see targeting */
    double max_q_pa, max_q_t_s, max_acceleration_m_s2, max_q_alpha_pa_rad, heat_flux_after_fairing_w_m2;
    double t_iip_end_s; /* when the vacuum impact point ceases to exist; NaN: it never does */
} cosmo_ascent;

/* Fly once with full output. In still air this is the flight as designed, its gravity turn along the velocity; in
 * weather it repeats the attitudes of that design by the clock until guidance starts, as a vehicle does. Errors:
 * COSMO_BAD_INPUT for a flight that makes no sense (no engine lit at liftoff, thrust below weight), COSMO_INTERNAL. A
 * flight that does not reach its orbit is COSMO_OK with inserted = false. */
cosmo_status cosmo_ascent_fly(const cosmo_flight *flight, const cosmo_controls *controls, double sample_step_s,
                              cosmo_arena *arena, cosmo_run *run, cosmo_ascent *ascent);

/* What is in flight at a moment. */
typedef struct cosmo_stack {
    cosmo_state state;
    double mass_kg;
    bool stage_aboard[COSMO_STAGES_MAX];
    double usable_kg[COSMO_STAGES_MAX]; /* propellant still to burn, all units; residuals come on top */
    size_t n_dropped;                   /* bodies that have left it, in the order of cosmo_outcome */
    double thrust_n;
    cosmo_vec3 direction; /* of the thrust, inertial unit vector; along the velocity where no engine burns */
} cosmo_stack;

/* The short answer of one variation, for optimisers and dispersions. */
typedef struct cosmo_outcome {
    bool inserted;
    double propellant_left_kg; /* negative when propellant had to be lent */
    double t_insertion_s;
    cosmo_orbit orbit;
    double max_q_pa, max_acceleration_m_s2, max_q_alpha_pa_rad, heat_flux_after_fairing_w_m2;
    size_t n_bodies; /* dropped bodies in order, at most COSMO_BODIES_MAX */
    const char *body[COSMO_BODIES_MAX];
    cosmo_state released[COSMO_BODIES_MAX];
    cosmo_geodetic impact[COSMO_BODIES_MAX]; /* filled when falls were asked for */
    double impact_t_s[COSMO_BODIES_MAX];     /* NaN: does not come down */
    cosmo_stack stack;                       /* where the flight ended */
} cosmo_outcome;

/* Fly n variations of a flight (controls[i], variations[i]; variations NULL: nominal) on all lanes, at a relative
 * tolerance (0: 1e-8). With variations or in weather each repeats the attitudes that its controls give by design, as
 * cosmo_ascent_fly does; flights with the same controls share a design. Propellant may be lent to the last stage, so
 * that the outcome is smooth across feasibility. with_falls: also let every dropped body fall. */
cosmo_status cosmo_ascent_fly_many(const cosmo_flight *flight, size_t n, const cosmo_controls *controls,
                                   const cosmo_variation *variations, double tolerance, bool with_falls, cosmo_run *run,
                                   cosmo_outcome *outcomes);

/* Where flights are at T+0, step, 2 step ... ITRF position (m) and Earth-relative velocity (m/s) of flight i at the
 * k-th of n times: states[i * n + k]; NaN once it has ended. */
typedef struct cosmo_track {
    double step_s;
    size_t n;
    double (*states)[6];
} cosmo_track;
/* cosmo_ascent_fly_many, which also fills a track (NULL: none) from the dense output of the steps, so that the outcomes
 * are the same with or without it. */
cosmo_status cosmo_ascent_track_many(const cosmo_flight *flight, size_t n, const cosmo_controls *controls,
                                     const cosmo_variation *variations, double tolerance, bool with_falls,
                                     const cosmo_track *track, cosmo_run *run, cosmo_outcome *outcomes);

/* ---- dispersion -------------------------------------------------------------------------------------------------- */

typedef enum cosmo_distribution {
    COSMO_DISTRIBUTION_NORMAL,
    COSMO_DISTRIBUTION_UNIFORM,
    COSMO_DISTRIBUTION_TRIANGULAR,
    COSMO_DISTRIBUTION_EMPIRICAL
} cosmo_distribution;
typedef struct cosmo_dispersion_shape {
    const char *parameter;
    int distribution;   /* cosmo_distribution */
    cosmo_table values; /* empirical: one column, in standard deviations */
} cosmo_dispersion_shape;
/* The section `dispersion` of a mission: standard deviations. Fractions are of the nominal figure. */
typedef struct cosmo_dispersion {
    double thrust, isp, propellant, dry_mass, cutoff_time_s; /* of each stage */
    double drag, pitch_rad, yaw_rad;
    double insertion_altitude_m, insertion_speed_m_s, insertion_path_rad, insertion_inclination_rad;
    double separation_speed_m_s, fall_drag; /* of each dropped body */
    double density, wind;                   /* of the air; wind: a multiple of the standard profile */
    double correlation_height_m;
    cosmo_list shapes; /* of cosmo_dispersion_shape */
} cosmo_dispersion;
const cosmo_section *cosmo_dispersion_section(void);
/* Check what a table of keys cannot: shapes name parameters, empirical ones have values. `section` is the place for
 * messages. */
cosmo_status cosmo_dispersion_check(const cosmo_dispersion *dispersion, const cosmo_yaml *section, cosmo_run *run);

/* Independent inputs of a flight: those of the list above, a stage, body or height at a time. An input is named after
 * its parameter, "thrust:core"; those of wind and density share one name each. With an ensemble of weather the last
 * input, "ensemble", is the member that is flown in. */
typedef struct cosmo_dispersion_input {
    int parameter;    /* in the order of the section */
    int index;        /* of the stage, body and axis, or height */
    const char *name; /* what it is summed under: parameter and stage or body */
} cosmo_dispersion_input;
typedef struct cosmo_dispersion_inputs {
    size_t n;
    const cosmo_dispersion_input *items;
    size_t n_members; /* of the ensemble; 0: there is none, and no input for it */
} cosmo_dispersion_inputs;
cosmo_status cosmo_dispersion_list(const cosmo_dispersion *dispersion, const cosmo_flight *flight, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_dispersion_inputs *inputs);
/* A variation from standardised deviations, one an input (mean 0, standard deviation 1); that of the ensemble is a
 * member counted from 1, or 0 for the flight's own air. The variation then points to the member where the air does not
 * deviate further, and else to `weather`, which receives the sum. */
void cosmo_dispersion_apply(const cosmo_dispersion *dispersion, const cosmo_flight *flight,
                            const cosmo_dispersion_inputs *inputs, const double *deviations, cosmo_variation *variation,
                            cosmo_weather *weather);
/* Deviations of one sample: each input has its own random stream, so that an input left out changes no other. Members
 * of the ensemble are drawn evenly. */
void cosmo_dispersion_draw(const cosmo_dispersion *dispersion, const cosmo_dispersion_inputs *inputs, uint64_t seed,
                           uint64_t sample, double *deviations);

/* ---- scatter ----------------------------------------------------------------------------------------------------- */

/* Where one dropped body comes down over many dispersed flights. Deviations are east and north of `center` in the plane
 * that touches the Earth there (azimuthal equidistant), m. */
typedef struct cosmo_scatter_body {
    const char *body;
    uint64_t n;                  /* flights in which it came down */
    double t_last_s;             /* the latest impact of them; NaN: none */
    cosmo_geodetic designed;     /* impact of the design */
    cosmo_geodetic center;       /* mean of the sampled impacts */
    double covariance_m2[3];     /* sampled: east-east, east-north, north-north */
    double linear_m2[3];         /* the same by one input at a time, to first order */
    double heading_rad;          /* of the ground track from the pad to the designed impact */
    const cosmo_zone *zone;      /* the declared zone it is held against; NULL: none */
    uint64_t n_in_zone;          /* of n; where the zone's size is known */
    const double (*offset_m)[2]; /* n sampled impacts, east and north of `designed` */
} cosmo_scatter_body;

/* How far the inputs of one name move the impact of one body: root sum of squares over them, a standard deviation
 * each. That of "ensemble" is the standard deviation of the impacts over its members, each flown once as designed. */
typedef struct cosmo_scatter_effect {
    const char *name;
    double along_m[COSMO_BODIES_MAX], across_m[COSMO_BODIES_MAX]; /* in the order of the bodies */
} cosmo_scatter_effect;

typedef struct cosmo_scatter {
    uint64_t n, n_inserted;
    size_t n_bodies;
    cosmo_scatter_body bodies[COSMO_BODIES_MAX];
    size_t n_effects;
    const cosmo_scatter_effect *effects;                                    /* in the order of the section */
    double perigee_m[2], apogee_m[2], inclination_rad[2], t_insertion_s[2]; /* mean and standard deviation */
    size_t n_spreads; /* of the n flights at T+0, 1, 2 ... s, up to the insertion (or the end) of the design */
    const cosmo_spread *spreads;
} cosmo_scatter;

/* Fly n dispersed flights of a design in blocks of 256, and each input once to either side, each member of an ensemble
 * once. The same bits for any
 * number of threads.
 * Spreads are sampled, not propagated to first order: the flights are there anyway and cost a dense output more,
 * guidance and cut-offs answer them as they answer a real flight, and they belong to the same flights as the ellipses.
 * A standard deviation of 4,096 flights is known within 1.1 %. Errors: COSMO_NO_SOLUTION when the design itself does
 * not reach its orbit. */
cosmo_status cosmo_scatter_run(const cosmo_flight *flight, const cosmo_controls *controls,
                               const cosmo_dispersion *dispersion, uint64_t n, cosmo_arena *arena, cosmo_run *run,
                               cosmo_scatter *scatter);
/* The ellipse that holds a share of a bivariate normal distribution: k = sqrt(-2 ln(1 - share)) standard deviations.
 * Azimuth of the major axis from north, 0 to pi. Source: the chi-square distribution with two degrees of freedom. */
void cosmo_scatter_ellipse(const double covariance_m2[3], double share, double *semi_major_m, double *semi_minor_m,
                           double *azimuth_rad);

/* Density of a body's impacts, 1/m^2: a kernel about each sampled one, normal with n^(-1/3) of their covariance (Scott
 * 1992, Multivariate Density Estimation; d = 2), cut at 6 standard deviations. Cells of equal steps in
 * longitude and latitude; `values` (rows x columns, northernmost row first) holds the density in the middle of each. A
 * body that came down fewer than three times, or always in one line, has none: all 0. */
typedef struct cosmo_density_grid {
    double west_deg, north_deg, step_lon_deg, step_lat_deg;
    size_t columns, rows;
    float *values;
} cosmo_density_grid;
enum { COSMO_DENSITY_SIDE = 128 };
/* A square of that many cells, out to 4.5 standard deviations east and north of the mean. Errors: COSMO_NO_RESOURCES.
 */
cosmo_status cosmo_density_of(const cosmo_scatter_body *body, cosmo_arena *arena, cosmo_run *run,
                              cosmo_density_grid *grid);

/* ---- targeting -------------------------------------------------------------------------------------------------- */

typedef struct cosmo_solution {
    cosmo_controls controls;
    bool feasible;
    double shortfall_kg, shortfall_m_s; /* 0 when feasible */
    double propellant_margin_kg;
    double payload_max_kg; /* NaN when not asked for */
    int evaluations;       /* flights flown */
    size_t n_unmet;        /* wishes and limits that could not be met, in words */
    const char *unmet[16];
} cosmo_solution;

/* Find azimuth and kick (those the mission leaves free) that leave the most propellant under the limits and fall
 * wishes; then, when with_payload_max, the largest payload: both in still standard air. In weather the margin, and what
 * is unmet, are those of the flight through it. COSMO_OK also when it cannot be flown: feasible is then false. */
cosmo_status cosmo_targeting_solve(const cosmo_flight *flight, bool with_payload_max, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_solution *solution);

/* ---- ellipses of impact points --------------------------------------------------------------------------------- */

/* Of points with a bivariate normal law, the fraction inside the ellipse of k standard deviations: 1 - exp(-k^2/2). */
double cosmo_containment_fraction(double sigmas);
/* The k whose ellipse holds a fraction in [0, 1): 97 % needs 2.648. */
double cosmo_containment_sigmas(double fraction);

#ifdef __cplusplus
}
#endif
#endif
