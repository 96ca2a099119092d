/* Descriptor tables of the ascent's sections of a mission file. */
#ifndef COSMO_ASCENT_SECTIONS_H
#define COSMO_ASCENT_SECTIONS_H

#include "cosmodrome/ascent.h"

#include <stddef.h>

#define SECTION_COUNT(fields) (sizeof(fields) / sizeof((fields)[0]))
#define SECTION_DEG 0.017453292519943295

static const char *const TARGET_REFERENCES[] = {"equatorial", "ellipsoid", NULL};
static const char *const TARGET_DIRECTIONS[] = {"auto", "northward", "southward", NULL};
static const cosmo_field TARGET_FIELDS[] = {
    {.key = "perigee", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_target, perigee_altitude_m), .dimension = COSMO_DIM_LENGTH, .min = -6000e3, .max = 1e8, .required = true,
     .help = "Perigee altitude of the orbit at insertion, above the equatorial radius. Negative for a suborbital handover to an upper stage."},
    {.key = "apogee", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_target, apogee_altitude_m), .dimension = COSMO_DIM_LENGTH, .min = 1e3, .max = 4e8, .required = true,
     .help = "Apogee altitude of the orbit at insertion, above the equatorial radius."},
    {.key = "inclination", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_target, inclination_rad), .dimension = COSMO_DIM_ANGLE, .min = 0.0, .max = 180 * SECTION_DEG, .required = true,
     .help = "Inclination of the orbit."},
    {.key = "node", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_target, node_rad), .dimension = COSMO_DIM_ANGLE, .min = -180 * SECTION_DEG, .max = 360 * SECTION_DEG,
     .help = "Earth-fixed longitude of the ascending node at liftoff. Left out: whatever costs least."},
    {.key = "insertion_altitude", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_target, insertion_altitude_m), .dimension = COSMO_DIM_LENGTH, .min = 50e3, .max = 1e8,
     .help = "Altitude at cut-off, between perigee and apogee, on the rising side. Left out: perigee."},
    {.key = "direction", .kind = COSMO_FIELD_CHOICE, .offset = offsetof(cosmo_target, direction), .choices = TARGET_DIRECTIONS, .default_text = "auto",
     .help = "Whether the ascent goes north or south of east (or west); auto is northward."},
    {.key = "altitude_reference", .kind = COSMO_FIELD_CHOICE, .offset = offsetof(cosmo_target, altitude_reference), .choices = TARGET_REFERENCES, .default_text = "equatorial",
     .help = "What the altitudes of the orbit are above: the equatorial radius, or the ellipsoid's radius at the latitude of insertion (as Russian sources quote them)."},
};
static const cosmo_section TARGET_SECTION = {"target", "The orbit wanted.", sizeof(cosmo_target), TARGET_FIELDS, SECTION_COUNT(TARGET_FIELDS)};

static const cosmo_field STEERING_FIELDS[] = {
    {.key = "azimuth", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, azimuth_rad), .dimension = COSMO_DIM_ANGLE, .min = -180 * SECTION_DEG, .max = 360 * SECTION_DEG,
     .help = "Azimuth of the pitch-over over the ground, clockwise from north. Left out: found by targeting."},
    {.key = "kick", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, kick_rad), .dimension = COSMO_DIM_ANGLE, .min = 0.01 * SECTION_DEG, .max = 60 * SECTION_DEG,
     .help = "How far the vehicle pitches over after the vertical rise, before the gravity turn. Left out: found by targeting."},
    {.key = "vertical_rise", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, vertical_rise_s), .dimension = COSMO_DIM_TIME, .min = 1.0, .max = 60.0,
     .help = "How long the vehicle climbs straight up. Left out: the vehicle's own."},
    {.key = "pitch_over_rate", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, pitch_over_rate_rad_s), .dimension = COSMO_DIM_ANGULAR_RATE, .min = 0.1 * SECTION_DEG, .max = 10 * SECTION_DEG,
     .default_text = "1 deg/s", .help = "How fast it pitches over by the kick."},
    {.key = "pitch_programme", .kind = COSMO_FIELD_TABLE, .offset = offsetof(cosmo_steering, pitch_programme), .columns = {COSMO_DIM_TIME, COSMO_DIM_ANGLE}, .n_columns = 2,
     .help = "Rows of time after liftoff and pitch above the local horizontal, linear between, from the first row to the last. Before it: kick and gravity turn; after it: gravity turn until guidance starts."},
    {.key = "guidance_start", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_steering, guidance_start_event),
     .help = "Event at which closed-loop guidance takes over (\"separation:core\"). Left out: separation of the first stage dropped."},
    {.key = "guidance_start_offset", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, guidance_start_offset_s), .dimension = COSMO_DIM_TIME, .min = -10.0, .max = 1000.0, .default_text = "2 s",
     .help = "How long after that event."},
    {.key = "guidance_cycle", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_steering, guidance_cycle_s), .dimension = COSMO_DIM_TIME, .min = 0.1, .max = 20.0, .default_text = "2 s",
     .help = "How often guidance is solved anew."},
    {.key = "closed_loop", .kind = COSMO_FIELD_FLAG, .offset = offsetof(cosmo_steering, closed_loop), .default_text = "yes",
     .help = "No: fly the programme open loop and let the engines run to their own cut-off."},
};
static const cosmo_section STEERING_SECTION = {"steering", "How the vehicle is steered; what is left out, targeting finds.", sizeof(cosmo_steering), STEERING_FIELDS, SECTION_COUNT(STEERING_FIELDS)};

static const cosmo_field FALL_FIELDS[] = {
    {.key = "body", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_fall_wish, body), .required = true, .help = "The stage or item that falls."},
    {.key = "zone", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_fall_wish, zone), .help = "The declared drop zone it must fall in."},
    {.key = "downrange", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_fall_wish, downrange_m), .dimension = COSMO_DIM_LENGTH, .min = 1e3, .max = 2e7,
     .help = "Distance from the pad at which it must fall."},
    {.key = "tolerance", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_fall_wish, tolerance_m), .dimension = COSMO_DIM_LENGTH, .min = 1.0, .max = 1e6, .default_text = "10 km",
     .help = "How far from that distance it may fall."},
    {.key = "avoid", .kind = COSMO_FIELD_TEXTS, .offset = offsetof(cosmo_fall_wish, avoid), .help = "Countries (two-letter codes) it must not fall on."},
    {.key = "judge_only", .kind = COSMO_FIELD_FLAG, .offset = offsetof(cosmo_fall_wish, judge_only), .default_text = "no",
     .help = "Yes: only say whether it falls there; the trajectory is not bent towards it."},
};
static const cosmo_section FALL_SECTION = {"falls", "Where a dropped body may fall.", sizeof(cosmo_fall_wish), FALL_FIELDS, SECTION_COUNT(FALL_FIELDS)};

static const char *const BURN_STARTS[] = {"coast", "apogee", "perigee", NULL};
static const cosmo_field BURN_FIELDS[] = {
    {.key = "stage", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_burn, stage), .required = true, .help = "The stage that burns."},
    {.key = "start", .kind = COSMO_FIELD_CHOICE, .offset = offsetof(cosmo_burn, start), .choices = BURN_STARTS, .default_text = "coast",
     .help = "After a coast of given length, or centred on the next apogee or perigee."},
    {.key = "coast", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_burn, coast_s), .dimension = COSMO_DIM_TIME, .min = 0.0, .max = 1e6, .default_text = "60 s",
     .help = "Length of the coast after the last cut-off."},
    {.key = "perigee", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_burn, perigee_altitude_m), .dimension = COSMO_DIM_LENGTH, .min = -6000e3, .max = 4e8, .required = true,
     .help = "Perigee altitude after the burn."},
    {.key = "apogee", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_burn, apogee_altitude_m), .dimension = COSMO_DIM_LENGTH, .min = 1e3, .max = 4e8, .required = true,
     .help = "Apogee altitude after the burn."},
    {.key = "inclination", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_burn, inclination_rad), .dimension = COSMO_DIM_ANGLE, .min = 0.0, .max = 180 * SECTION_DEG,
     .help = "Inclination after the burn. Left out: as it is."},
};
static const cosmo_section BURN_SECTION = {"burns", "A later burn of a stage that stayed with the payload.", sizeof(cosmo_burn), BURN_FIELDS, SECTION_COUNT(BURN_FIELDS)};

static const cosmo_field OVERRIDE_FIELDS[] = {
    {.key = "stage", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_stage_override, stage), .required = true, .help = "The stage of the vehicle that this mission changes."},
    {.key = "cutoff_time", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_stage_override, cutoff_time_s), .dimension = COSMO_DIM_TIME, .min = 1.0, .max = 1e5,
     .help = "Engine cut-off at this time after liftoff."},
    {.key = "reserve", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_stage_override, reserve_kg), .dimension = COSMO_DIM_MASS, .min = 0.0, .max = 1e7,
     .help = "Propellant kept back on purpose (landing, disposal), of one unit."},
    {.key = "throttle", .kind = COSMO_FIELD_TABLE, .offset = offsetof(cosmo_stage_override, throttle), .columns = {COSMO_DIM_TIME, COSMO_DIM_FRACTION}, .n_columns = 2,
     .help = "Rows of time after liftoff and fraction of full thrust, held until the next row; replaces the vehicle's."},
    {.key = "only_burns", .kind = COSMO_FIELD_FLAG, .offset = offsetof(cosmo_stage_override, only_burns), .default_text = "no",
     .help = "Yes: the stage is lit by this mission's burns alone; the stage before it brings the stack to the target."},
};
static const cosmo_section OVERRIDE_SECTION = {"stages", "What this mission changes about a stage.", sizeof(cosmo_stage_override), OVERRIDE_FIELDS, SECTION_COUNT(OVERRIDE_FIELDS)};

static const cosmo_field LIMITS_FIELDS[] = {
    {.key = "dynamic_pressure", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_flight_limits, dynamic_pressure_pa), .dimension = COSMO_DIM_PRESSURE, .min = 1e3, .max = 1e6,
     .help = "Highest dynamic pressure allowed. Left out: the vehicle's limit."},
    {.key = "q_alpha", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_flight_limits, q_alpha_pa_rad), .dimension = COSMO_DIM_ANGLE_PRESSURE, .min = 1.0, .max = 1e6,
     .help = "Highest product of dynamic pressure and angle of attack."},
    {.key = "acceleration", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_flight_limits, acceleration_m_s2), .dimension = COSMO_DIM_ACCELERATION, .min = 5.0, .max = 200.0,
     .help = "Highest acceleration felt; engines that can throttle hold it."},
    {.key = "heat_flux", .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_flight_limits, heat_flux_w_m2), .dimension = COSMO_DIM_HEAT_FLUX, .min = 1.0, .max = 1e6,
     .help = "Highest free-molecular heat flux on the payload once the fairing is gone."},
};
static const cosmo_section LIMITS_SECTION = {"limits", "Limits of the flight; what is left out is the vehicle's.", sizeof(cosmo_flight_limits), LIMITS_FIELDS, SECTION_COUNT(LIMITS_FIELDS)};

#endif
