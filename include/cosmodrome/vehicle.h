/* Cosmodrome vehicle: launch vehicles, sites and drop zones as data, read from the YAML files of data/.
 *
 * Masses and thrusts of a stage are those of ONE unit (one strap-on); multiply by count. SI throughout.
 */
#ifndef COSMODROME_VEHICLE_H
#define COSMODROME_VEHICLE_H

#include "cosmodrome/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What one tank holds. `residual` is never burnt; the rest is usable. */
typedef struct cosmo_tank {
    const char *propellant; /* a substance: LOX, kerosene, UDMH, N2O4, H2O2, N2, LH2 */
    double load_kg, residual_kg;
    bool burns; /* false: a gas or working fluid that stays aboard and counts as dry (N2) */
} cosmo_tank;

/* How a dropped body falls. Drag is Cd by Mach on `area_m2`. */
typedef struct cosmo_fall_body {
    double area_m2;   /* reference area; NaN: the mean of side and end area of the cylinder diameter x length */
    cosmo_table drag; /* rows (Mach, Cd); empty: a tumbling cylinder */
    double mass_kg;   /* NaN: what is left of it */
} cosmo_fall_body;

typedef enum cosmo_cutoff_rule { COSMO_CUTOFF_DEPLETION, COSMO_CUTOFF_TIME, COSMO_CUTOFF_GUIDANCE } cosmo_cutoff_rule;

typedef struct cosmo_stage {
    const char *id, *name;
    int64_t count;
    double dry_mass_kg;
    cosmo_list tanks;             /* of cosmo_tank */
    double startup_propellant_kg; /* burnt before liftoff, a unit */
    const char *engine;
    int64_t engines;
    double thrust_vacuum_n, thrust_sea_level_n, isp_vacuum_s; /* sea level NaN: a vacuum stage, exit area not needed */
    double start_up_s, tail_off_s;                            /* linear thrust rise and decay */
    cosmo_table throttle;       /* rows (time after liftoff, fraction of full thrust), held between rows (steps) */
    double throttle_min;        /* lowest fraction the engine can hold, for acceleration limits */
    const char *ignition_event; /* "liftoff", "cutoff:core", "separation:core" ... */
    double ignition_offset_s;
    int cutoff;                /* cosmo_cutoff_rule */
    double cutoff_time_s;      /* after liftoff; with `time` */
    double separation_delay_s; /* after cut-off; NaN: it stays with the payload */
    int64_t burns_max;         /* how often it may be lit */
    double diameter_m, length_m;
    cosmo_fall_body fall;
} cosmo_stage;

/* Something dropped on its own: fairing, tower, skirt. `mass_kg` is of all `count` pieces and is carried on top of
 * the stages' dry masses unless `part_of` names the stage whose dry mass includes it. */
typedef struct cosmo_item {
    const char *id, *name;
    int64_t count;
    double mass_kg;
    const char *part_of;
    const char *jettison_event; /* as ignition_event; NULL with a heat-flux rule */
    double jettison_offset_s;
    double
        jettison_heat_flux_w_m2; /* NaN: by event; else when free-molecular flux has fallen to this, after the event */
    double diameter_m, length_m;
    cosmo_fall_body fall;
} cosmo_item;

/* Drag and lift of the stack while `with` is the lowest stage attached. */
typedef struct cosmo_aerodynamics {
    const char *with;
    double area_m2;
    cosmo_table drag;          /* rows (Mach, Cd) at zero angle of attack */
    double lift_slope_per_rad; /* dCL/dalpha; 0: no lift */
} cosmo_aerodynamics;

typedef enum cosmo_safety_system { COSMO_SAFETY_NONE, COSMO_SAFETY_CUTOFF, COSMO_SAFETY_DESTRUCT } cosmo_safety_system;
typedef struct cosmo_safety {
    int system;       /* cosmo_safety_system */
    double lockout_s; /* engines are not cut before this time after liftoff */
    double delay_s;   /* from fault to command */
} cosmo_safety;

/* What the vehicle has flown: attempts, and how many of them failed. */
typedef struct cosmo_record {
    int64_t flights, failures;
} cosmo_record;

typedef enum cosmo_material {
    COSMO_MATERIAL_UNKNOWN, /* taken to survive any fall */
    COSMO_MATERIAL_ALUMINIUM,
    COSMO_MATERIAL_STEEL,
    COSMO_MATERIAL_TITANIUM
} cosmo_material;

typedef struct cosmo_fragment_class {
    const char *id, *stage; /* stage: whose break-up it comes from */
    int64_t count;
    double mass_kg; /* of one piece */
    double ballistic_min_kg_m2, ballistic_max_kg_m2;
    double imparted_speed_m_s; /* 97 % of pieces get less */
    int material; /* cosmo_material, of what holds it together */
    bool explosive, toxic;
} cosmo_fragment_class;

/* Motors that pull the crew away while the item that carries them is still aboard. */
typedef struct cosmo_escape_motor {
    const char *id, *carried_by;            /* id of an item: tower, fairing */
    double head_mass_kg;                    /* all that leaves the vehicle, with its motors' propellant */
    double propellant_kg, thrust_n, burn_s; /* constant thrust */
} cosmo_escape_motor;

/* How a crew leaves a failing vehicle. A head section is pulled off by motors, coasts, and lets the capsule go, which
 * falls without lift and lands on parachutes. */
typedef struct cosmo_escape {
    cosmo_list motors; /* of cosmo_escape_motor; the first one whose carrier is aboard works */
    double head_area_m2;
    cosmo_table head_drag; /* rows (Mach, Cd), nose first */
    double release_s;      /* from the command to the capsule on its own, at the top of the climb at the latest */
    double capsule_mass_kg, capsule_area_m2; /* mass NaN: the vehicle has no escape */
    cosmo_table capsule_drag;                /* rows (Mach, Cd), heat shield first */
    double drogue_altitude_m, drogue_drag_area_m2;
    double main_altitude_m, main_drag_area_m2;
    double main_reefed, main_reef_s; /* share of that area at first, and for how long */
} cosmo_escape;

typedef struct cosmo_vehicle_limits {
    double dynamic_pressure_pa, q_alpha_pa_rad, acceleration_m_s2, heat_flux_w_m2;
} cosmo_vehicle_limits; /* NaN: none */

typedef struct cosmo_vehicle {
    const char *id, *name, *country, *summary;
    cosmo_list stages;       /* of cosmo_stage, in the order they leave */
    cosmo_list items;        /* of cosmo_item */
    cosmo_list aerodynamics; /* of cosmo_aerodynamics */
    double drag_scale;       /* multiplies every Cd of the ascent; calibrated or 1 */
    cosmo_safety safety;
    cosmo_escape escape;
    cosmo_record record;
    cosmo_list fragments; /* of cosmo_fragment_class */
    cosmo_vehicle_limits limits;
    double vertical_rise_s;      /* how long it climbs straight up */
    double liftoff_mass_kg;      /* as published, for checking; NaN: not known */
    double payload_reference_kg; /* as published; NaN */
    const char *payload_reference_orbit;
    cosmo_facts facts; /* every figure's source and confidence */
} cosmo_vehicle;

typedef struct cosmo_pad {
    const char *id, *name, *operator_name, *vehicles, *status;
    double latitude_rad, longitude_rad, altitude_m, position_error_m;
} cosmo_pad;
typedef struct cosmo_site {
    const char *id, *name, *country;
    cosmo_list pads; /* of cosmo_pad */
    cosmo_facts facts;
} cosmo_site;

typedef enum cosmo_position_basis { COSMO_POSITION_PUBLISHED, COSMO_POSITION_ESTIMATE } cosmo_position_basis;
/* An ellipse on the ground: FULL axes, azimuth of the major axis. */
typedef struct cosmo_zone {
    const char *id, *name, *country, *used_for;
    double latitude_rad, longitude_rad;
    double axis_major_m, axis_minor_m, orientation_rad; /* NaN: size not known */
    int position;                                       /* cosmo_position_basis */
} cosmo_zone;
typedef struct cosmo_zones {
    const char *id, *name;
    cosmo_list zones; /* of cosmo_zone */
    cosmo_facts facts;
} cosmo_zones;

/* The descriptor tables of the three kinds of file. */
const cosmo_section *cosmo_vehicle_section(void);
const cosmo_section *cosmo_site_section(void);
const cosmo_section *cosmo_zones_section(void);

/* Read data/vehicles/ID.yaml (or the path given, when it ends in .yaml), check that it is consistent (events name
 * known stages, exactly one configuration for each lowest stage, residual <= load, fragment stages exist).
 * Errors: COSMO_BAD_INPUT with place; an unknown id gets the nearest known one. `asked` (may be NULL) is the node that
 * named it, for the message's place. */
cosmo_status cosmo_vehicle_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                cosmo_vehicle *vehicle);
cosmo_status cosmo_site_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                             cosmo_site *site);
/* The pad with this id ("31/6"); COSMO_BAD_INPUT with the nearest one otherwise. */
cosmo_status cosmo_site_pad(const cosmo_site *site, const char *id, const cosmo_yaml *asked, cosmo_run *run,
                            const cosmo_pad **pad);
/* All zones of every file in data/zones, in file-name order. */
cosmo_status cosmo_zones_read(cosmo_arena *arena, cosmo_run *run, cosmo_list *zones);
const cosmo_zone *cosmo_zones_find(const cosmo_list *zones, const char *id);

/* Ids of the files in data/KIND (vehicles, sites, zones, rules), sorted. */
cosmo_status cosmo_catalogue_list(const char *kind, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_list *ids /* of const char * */);
/* Read and parse the file of `id` ("data/KIND/ID.yaml"; a path of its own when it ends in .yaml, relative to the file
 * that asked for it). `noun` is what a message calls it ("vehicle"). The id in the file must be the file's name. */
cosmo_status cosmo_catalogue_open(const char *kind, const char *noun, const char *id, const cosmo_yaml *asked,
                                  cosmo_arena *arena, cosmo_run *run, const cosmo_yaml **root);

/* Fail with "unknown NOUN 'WORD'; did you mean 'NAME'?" or, when none is near, with the list of those known. The place
 * is that of `asked` when there is one. */
cosmo_status cosmo_catalogue_unknown(const char *noun, const char *word, const cosmo_list *known,
                                     const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run);

/* Area (m2) a falling body's drag and casualties are reckoned with: `area_m2` of the file; without one the mean of the
 * side and the end of a cylinder, between broadside and end on; NaN where the cylinder's size is not known either. */
double cosmo_vehicle_fall_area_m2(const cosmo_fall_body *fall, double diameter_m, double length_m);
/* Propellant that can be burnt in flight by one unit: loads less residuals less start-up. */
double cosmo_vehicle_usable_kg(const cosmo_stage *stage);
/* Mass of one unit at liftoff (dry, all loads, less start-up). */
double cosmo_vehicle_stage_mass_kg(const cosmo_stage *stage);
/* Mass of the whole vehicle without payload at liftoff. */
double cosmo_vehicle_mass_kg(const cosmo_vehicle *vehicle);

#ifdef __cplusplus
}
#endif
#endif
