/* Launch vehicles: the descriptor table of their files, reading them, and the masses that follow. */
#include "cosmodrome/vehicle.h"

#include "consistency.h"

#include <math.h>

#define VEHICLE_TEXT(type, name_, member_, ...)                                                                        \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type, member_), __VA_ARGS__                         \
    }
#define VEHICLE_NUMBER(type, name_, member_, dimension_, max_, ...)                                                    \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(type, member_),                                   \
        .dimension = COSMO_DIM_##dimension_, .max = max_, __VA_ARGS__                                                  \
    }
#define VEHICLE_COUNT(type, name_, member_, ...)                                                                       \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_COUNT, .offset = offsetof(type, member_), .min = 1, .max = 100000,           \
        .default_text = "1", __VA_ARGS__                                                                               \
    }
#define VEHICLE_TABLE(type, name_, member_, first_, second_, ...)                                                      \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_TABLE, .offset = offsetof(type, member_),                                    \
        .columns = {COSMO_DIM_##first_, COSMO_DIM_##second_}, .n_columns = 2, __VA_ARGS__                              \
    }
#define VEHICLE_LIST(type, name_, member_, section_, ...)                                                              \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_SECTIONS, .offset = offsetof(type, member_), .section = section_,            \
        __VA_ARGS__                                                                                                    \
    }
#define VEHICLE_PART(type, name_, member_, section_, ...)                                                              \
    {                                                                                                                  \
        .key = name_, .kind = COSMO_FIELD_SECTION, .offset = offsetof(type, member_), .section = section_, __VA_ARGS__ \
    }
#define VEHICLE_SECTION(name_, help_, type, fields_)                                                                   \
    {                                                                                                                  \
        .name = name_, .help = help_, .size = sizeof(type), .fields = fields_,                                         \
        .n_fields = sizeof(fields_) / sizeof(fields_)[0]                                                               \
    }

static const cosmo_field VEHICLE_TANK_FIELDS[] = {
    VEHICLE_TEXT(cosmo_tank, "propellant", propellant, .required = true,
                 .help = "What the tank holds: LOX, kerosene, UDMH, N2O4, H2O2, N2 or LH2."),
    VEHICLE_NUMBER(cosmo_tank, "load", load_kg, MASS, 1e7, .required = true,
                   .help = "Mass at the start of ignition, in one unit of the stage."),
    VEHICLE_NUMBER(cosmo_tank, "residual", residual_kg, MASS, 1e7, .default_text = "0 kg",
                   .help = "What is never burnt."),
    {.key = "burns",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_tank, burns),
     .default_text = "yes",
     .help = "no: a gas that stays aboard, such as N2."},
};
static const cosmo_section VEHICLE_TANK =
    VEHICLE_SECTION("tank", "One tank of a stage.", cosmo_tank, VEHICLE_TANK_FIELDS);

static const cosmo_field VEHICLE_FALL_FIELDS[] = {
    VEHICLE_NUMBER(cosmo_fall_body, "area", area_m2, AREA, 1e4,
                   .help = "Reference area of drag; left out: the mean of side and end area of the cylinder."),
    VEHICLE_TABLE(cosmo_fall_body, "drag", drag, NONE, NONE,
                  .help = "Rows of Mach number and drag coefficient; left out: a tumbling cylinder."),
    VEHICLE_NUMBER(cosmo_fall_body, "mass", mass_kg, MASS, 1e7,
                   .help = "Mass as it falls; left out: what is left of it."),
};
static const cosmo_section VEHICLE_FALL =
    VEHICLE_SECTION("fall", "How the body falls once it is dropped.", cosmo_fall_body, VEHICLE_FALL_FIELDS);

static const char *const VEHICLE_CUTOFFS[] = {"depletion", "time", "guidance", NULL};
static const cosmo_field VEHICLE_STAGE_FIELDS[] = {
    VEHICLE_TEXT(cosmo_stage, "id", id, .required = true, .help = "How the stage is called in events, such as core."),
    VEHICLE_TEXT(cosmo_stage, "name", name, .help = "Its full name."),
    VEHICLE_COUNT(cosmo_stage, "count", count, .help = "How many there are; every other figure is that of one."),
    VEHICLE_NUMBER(cosmo_stage, "dry_mass", dry_mass_kg, MASS, 1e7, .required = true,
                   .help = "Mass without what the tanks hold."),
    VEHICLE_LIST(cosmo_stage, "tanks", tanks, &VEHICLE_TANK, .required = true,
                 .help = "What it carries to burn, and gases."),
    VEHICLE_NUMBER(cosmo_stage, "startup_propellant", startup_propellant_kg, MASS, 1e6, .default_text = "0 kg",
                   .help = "Burnt before liftoff."),
    VEHICLE_TEXT(cosmo_stage, "engine", engine, .help = "The engine's name."),
    VEHICLE_COUNT(cosmo_stage, "engines", engines, .help = "How many engines one unit has."),
    VEHICLE_NUMBER(cosmo_stage, "thrust_vacuum", thrust_vacuum_n, FORCE, 1e9, .required = true,
                   .help = "Full thrust of all its engines in vacuum."),
    VEHICLE_NUMBER(cosmo_stage, "thrust_sea_level", thrust_sea_level_n, FORCE, 1e9,
                   .help = "Full thrust at sea level; left out for a stage that burns in vacuum only."),
    VEHICLE_NUMBER(cosmo_stage, "isp_vacuum", isp_vacuum_s, TIME, 1000.0, .required = true,
                   .help = "Specific impulse in vacuum."),
    VEHICLE_NUMBER(cosmo_stage, "start_up", start_up_s, TIME, 60.0, .default_text = "0 s",
                   .help = "How long the thrust rises, linearly."),
    VEHICLE_NUMBER(cosmo_stage, "tail_off", tail_off_s, TIME, 60.0, .default_text = "0 s",
                   .help = "How long the thrust falls, linearly."),
    VEHICLE_TABLE(cosmo_stage, "throttle", throttle, TIME, FRACTION,
                  .help = "Rows of time after liftoff and fraction of full thrust, held until the next row."),
    VEHICLE_NUMBER(cosmo_stage, "throttle_min", throttle_min, FRACTION, 1.0, .default_text = "100 %",
                   .help = "Lowest fraction the engine can hold, for limits of acceleration."),
    VEHICLE_TEXT(cosmo_stage, "ignition_event", ignition_event, .default_text = "liftoff",
                 .help = "What lights it: liftoff, ignition:STAGE, cutoff:STAGE or separation:STAGE."),
    VEHICLE_NUMBER(cosmo_stage, "ignition_offset", ignition_offset_s, TIME, 1e6, .min = -1e6, .default_text = "0 s",
                   .help = "How long after that event; negative: before."),
    {.key = "cutoff",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_stage, cutoff),
     .choices = VEHICLE_CUTOFFS,
     .default_text = "depletion",
     .help = "What ends its burn: empty tanks, a time, or guidance."},
    VEHICLE_NUMBER(cosmo_stage, "cutoff_time", cutoff_time_s, TIME, 1e6,
                   .help = "Time of cut-off after liftoff, with cutoff: time."),
    VEHICLE_NUMBER(cosmo_stage, "separation_delay", separation_delay_s, TIME, 1e6,
                   .help = "From cut-off to separation; left out: it stays with the payload."),
    VEHICLE_COUNT(cosmo_stage, "burns_max", burns_max, .help = "How often it may be lit."),
    VEHICLE_NUMBER(cosmo_stage, "diameter", diameter_m, LENGTH, 100.0, .help = "Diameter of its body."),
    VEHICLE_NUMBER(cosmo_stage, "length", length_m, LENGTH, 200.0, .help = "Length of its body."),
    VEHICLE_PART(cosmo_stage, "fall", fall, &VEHICLE_FALL, .help = "How it falls once it is dropped."),
};
static const cosmo_section VEHICLE_STAGE =
    VEHICLE_SECTION("stage", "One stage, or one kind of strap-on.", cosmo_stage, VEHICLE_STAGE_FIELDS);

static const cosmo_field VEHICLE_ITEM_FIELDS[] = {
    VEHICLE_TEXT(cosmo_item, "id", id, .required = true, .help = "How the item is called in events, such as fairing."),
    VEHICLE_TEXT(cosmo_item, "name", name, .help = "Its full name."),
    VEHICLE_COUNT(cosmo_item, "count", count, .help = "In how many pieces it falls."),
    VEHICLE_NUMBER(cosmo_item, "mass", mass_kg, MASS, 1e6, .required = true,
                   .help = "Mass of all its pieces together."),
    VEHICLE_TEXT(cosmo_item, "part_of", part_of,
                 .help = "The stage whose dry mass includes it; left out: it comes on top."),
    VEHICLE_TEXT(cosmo_item, "jettison_event", jettison_event,
                 .help = "What drops it: an event as for ignition_event, or jettison:ITEM."),
    VEHICLE_NUMBER(cosmo_item, "jettison_offset", jettison_offset_s, TIME, 1e6, .min = -1e6, .default_text = "0 s",
                   .help = "How long after that event."),
    VEHICLE_NUMBER(cosmo_item, "jettison_heat_flux", jettison_heat_flux_w_m2, HEAT_FLUX, 1e9,
                   .help = "Drop it once free-molecular heating has fallen to this, after the event."),
    VEHICLE_NUMBER(cosmo_item, "diameter", diameter_m, LENGTH, 100.0, .help = "Diameter of the whole."),
    VEHICLE_NUMBER(cosmo_item, "length", length_m, LENGTH, 200.0, .help = "Length of the whole."),
    VEHICLE_PART(cosmo_item, "fall", fall, &VEHICLE_FALL, .help = "How one piece falls."),
};
static const cosmo_section VEHICLE_ITEM =
    VEHICLE_SECTION("item", "Something dropped on its own.", cosmo_item, VEHICLE_ITEM_FIELDS);

static const cosmo_field VEHICLE_AERODYNAMICS_FIELDS[] = {
    VEHICLE_TEXT(cosmo_aerodynamics, "with", with, .required = true,
                 .help = "The lowest stage attached while this holds."),
    VEHICLE_NUMBER(cosmo_aerodynamics, "area", area_m2, AREA, 1e4, .required = true, .help = "Reference area."),
    VEHICLE_TABLE(cosmo_aerodynamics, "drag", drag, NONE, NONE, .required = true,
                  .help = "Rows of Mach number and drag coefficient at zero angle of attack."),
    VEHICLE_NUMBER(cosmo_aerodynamics, "lift_slope", lift_slope_per_rad, NONE, 1000.0, .default_text = "0",
                   .help = "Lift coefficient per radian of angle of attack."),
};
static const cosmo_section VEHICLE_AERODYNAMICS = VEHICLE_SECTION(
    "aerodynamics", "Drag and lift of the stack above one stage.", cosmo_aerodynamics, VEHICLE_AERODYNAMICS_FIELDS);

static const char *const VEHICLE_SAFETY_SYSTEMS[] = {"none", "cutoff", "destruct", NULL};
static const cosmo_field VEHICLE_SAFETY_FIELDS[] = {
    {.key = "system",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_safety, system),
     .choices = VEHICLE_SAFETY_SYSTEMS,
     .default_text = "none",
     .help = "What ends a flight that has gone wrong: engines cut off, or charges."},
    VEHICLE_NUMBER(cosmo_safety, "lockout", lockout_s, TIME, 1e4, .default_text = "0 s",
                   .help = "Engines are not cut before this time after liftoff."),
    VEHICLE_NUMBER(cosmo_safety, "delay", delay_s, TIME, 1e4, .default_text = "0 s",
                   .help = "From the fault to the command."),
};
static const cosmo_section VEHICLE_SAFETY =
    VEHICLE_SECTION("safety", "The flight safety system.", cosmo_safety, VEHICLE_SAFETY_FIELDS);

static const cosmo_field VEHICLE_ESCAPE_MOTOR_FIELDS[] = {
    VEHICLE_TEXT(cosmo_escape_motor, "id", id, .required = true, .help = "What the motors are called."),
    VEHICLE_TEXT(cosmo_escape_motor, "carried_by", carried_by, .required = true,
                 .help = "The item that carries them; once it has gone they are gone."),
    VEHICLE_NUMBER(cosmo_escape_motor, "head_mass", head_mass_kg, MASS, 1e5, .required = true,
                   .help = "All that they pull away, their propellant included."),
    VEHICLE_NUMBER(cosmo_escape_motor, "propellant", propellant_kg, MASS, 1e5, .default_text = "0 kg",
                   .help = "What they burn."),
    VEHICLE_NUMBER(cosmo_escape_motor, "thrust", thrust_n, FORCE, 1e8, .required = true,
                   .help = "Of all of them together, along the vehicle's axis."),
    VEHICLE_NUMBER(cosmo_escape_motor, "burn", burn_s, TIME, 60.0, .required = true, .help = "How long they burn."),
};
static const cosmo_section VEHICLE_ESCAPE_MOTOR =
    VEHICLE_SECTION("motors", "Motors that pull the crew away from a failing vehicle.", cosmo_escape_motor,
                    VEHICLE_ESCAPE_MOTOR_FIELDS);

static const cosmo_field VEHICLE_ESCAPE_FIELDS[] = {
    VEHICLE_LIST(cosmo_escape, "motors", motors, &VEHICLE_ESCAPE_MOTOR, .required = true,
                 .help = "The motors, in the order of choice: the first whose carrier is aboard work."),
    VEHICLE_NUMBER(cosmo_escape, "head_area", head_area_m2, AREA, 1e3, .required = true,
                   .help = "Reference area of the head section that is pulled away."),
    VEHICLE_TABLE(cosmo_escape, "head_drag", head_drag, NONE, NONE, .required = true,
                  .help = "Rows of Mach number and drag coefficient of the head section, nose first."),
    VEHICLE_NUMBER(
        cosmo_escape, "release", release_s, TIME, 1e4, .required = true,
        .help = "From the command to escape until the capsule is on its own; the top of the climb at the latest."),
    VEHICLE_NUMBER(cosmo_escape, "capsule_mass", capsule_mass_kg, MASS, 1e5, .required = true,
                   .help = "Mass of the capsule as it falls."),
    VEHICLE_NUMBER(cosmo_escape, "capsule_area", capsule_area_m2, AREA, 1e3, .required = true,
                   .help = "Reference area of the capsule."),
    VEHICLE_TABLE(cosmo_escape, "capsule_drag", capsule_drag, NONE, NONE, .required = true,
                  .help = "Rows of Mach number and drag coefficient of the capsule, heat shield first."),
    VEHICLE_NUMBER(cosmo_escape, "drogue_altitude", drogue_altitude_m, LENGTH, 5e4, .required = true,
                   .help = "Below this altitude the falling capsule opens its drogue."),
    VEHICLE_NUMBER(cosmo_escape, "drogue_drag_area", drogue_drag_area_m2, AREA, 1e4, .required = true,
                   .help = "Drag coefficient times area of the drogue."),
    VEHICLE_NUMBER(cosmo_escape, "main_altitude", main_altitude_m, LENGTH, 5e4, .required = true,
                   .help = "Below this altitude it opens its main parachute and lets the drogue go."),
    VEHICLE_NUMBER(cosmo_escape, "main_drag_area", main_drag_area_m2, AREA, 1e5, .required = true,
                   .help = "Drag coefficient times area of the main parachute, full."),
    VEHICLE_NUMBER(cosmo_escape, "main_reefed", main_reefed, FRACTION, 1.0, .default_text = "100 %",
                   .help = "Share of that area while it is reefed."),
    VEHICLE_NUMBER(cosmo_escape, "main_reef", main_reef_s, TIME, 60.0, .default_text = "0 s",
                   .help = "How long it is reefed."),
};
static const cosmo_section VEHICLE_ESCAPE =
    VEHICLE_SECTION("escape", "How a crew leaves a failing vehicle.", cosmo_escape, VEHICLE_ESCAPE_FIELDS);

static const cosmo_field VEHICLE_RECORD_FIELDS[] = {
    {.key = "flights",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_record, flights),
     .min = 0,
     .max = 100000,
     .default_text = "0",
     .help = "Launches so far."},
    {.key = "failures",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_record, failures),
     .min = 0,
     .max = 100000,
     .default_text = "0",
     .help = "How many of them did not reach an orbit that was of use."},
};
static const cosmo_section VEHICLE_RECORD =
    VEHICLE_SECTION("record", "What the vehicle has flown.", cosmo_record, VEHICLE_RECORD_FIELDS);

static const char *const VEHICLE_MATERIALS[] = {"unknown", "aluminium", "steel", "titanium", NULL};
static const cosmo_field VEHICLE_FRAGMENT_FIELDS[] = {
    VEHICLE_TEXT(cosmo_fragment_class, "id", id, .required = true, .help = "The class's name."),
    VEHICLE_TEXT(cosmo_fragment_class, "stage", stage, .required = true,
                 .help = "The stage whose break-up it comes from."),
    VEHICLE_COUNT(cosmo_fragment_class, "count", count, .help = "Pieces from one unit of the stage."),
    VEHICLE_NUMBER(cosmo_fragment_class, "mass", mass_kg, MASS, 1e7, .required = true, .help = "Mass of one piece."),
    VEHICLE_NUMBER(cosmo_fragment_class, "ballistic_min", ballistic_min_kg_m2, AREAL_DENSITY, 1e5, .required = true,
                   .help = "Lowest subsonic ballistic coefficient, mass over drag area."),
    VEHICLE_NUMBER(cosmo_fragment_class, "ballistic_max", ballistic_max_kg_m2, AREAL_DENSITY, 1e5, .required = true,
                   .help = "Highest subsonic ballistic coefficient."),
    VEHICLE_NUMBER(cosmo_fragment_class, "imparted_speed", imparted_speed_m_s, SPEED, 5000.0, .default_text = "0 m/s",
                   .help = "Speed that 97 % of the pieces get less than, in the break-up."),
    {.key = "material",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_fragment_class, material),
     .choices = VEHICLE_MATERIALS,
     .default_text = "unknown",
     .help = "What it is made of, for whether it burns up; unknown: it never does."},
    {.key = "explosive",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_fragment_class, explosive),
     .default_text = "no",
     .help = "yes: holds propellant that can explode where it lands."},
    {.key = "toxic",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_fragment_class, toxic),
     .default_text = "no",
     .help = "yes: holds toxic propellant."},
};
static const cosmo_section VEHICLE_FRAGMENT = VEHICLE_SECTION(
    "fragments", "One class of the pieces a stage breaks into.", cosmo_fragment_class, VEHICLE_FRAGMENT_FIELDS);

static const cosmo_field VEHICLE_LIMITS_FIELDS[] = {
    VEHICLE_NUMBER(cosmo_vehicle_limits, "dynamic_pressure", dynamic_pressure_pa, PRESSURE, 1e6,
                   .help = "Highest dynamic pressure it stands."),
    VEHICLE_NUMBER(cosmo_vehicle_limits, "q_alpha", q_alpha_pa_rad, ANGLE_PRESSURE, 1e6,
                   .help = "Highest product of dynamic pressure and angle of attack."),
    VEHICLE_NUMBER(cosmo_vehicle_limits, "acceleration", acceleration_m_s2, ACCELERATION, 1000.0,
                   .help = "Highest axial acceleration."),
    VEHICLE_NUMBER(cosmo_vehicle_limits, "heat_flux", heat_flux_w_m2, HEAT_FLUX, 1e9,
                   .help = "Highest free-molecular heating of the payload once the fairing is off."),
};
static const cosmo_section VEHICLE_LIMITS =
    VEHICLE_SECTION("limits", "What the vehicle stands.", cosmo_vehicle_limits, VEHICLE_LIMITS_FIELDS);

static const cosmo_field VEHICLE_FIELDS[] = {
    VEHICLE_TEXT(cosmo_vehicle, "id", id, .required = true, .help = "The file's name."),
    VEHICLE_TEXT(cosmo_vehicle, "name", name, .required = true, .help = "The vehicle's name."),
    VEHICLE_TEXT(cosmo_vehicle, "country", country, .help = "Two letters, ISO 3166."),
    VEHICLE_TEXT(cosmo_vehicle, "summary", summary, .help = "One or two sentences for a reader."),
    VEHICLE_LIST(cosmo_vehicle, "stages", stages, &VEHICLE_STAGE, .required = true,
                 .help = "The stages, in the order they leave."),
    VEHICLE_LIST(cosmo_vehicle, "items", items, &VEHICLE_ITEM,
                 .help = "What is dropped on its own: fairing, tower, skirt."),
    VEHICLE_LIST(cosmo_vehicle, "aerodynamics", aerodynamics, &VEHICLE_AERODYNAMICS, .required = true,
                 .help = "One entry for each lowest stage that flies in the air."),
    VEHICLE_NUMBER(cosmo_vehicle, "drag_scale", drag_scale, NONE, 10.0, .default_text = "1",
                   .help = "Multiplies every drag coefficient of the ascent."),
    VEHICLE_PART(cosmo_vehicle, "safety", safety, &VEHICLE_SAFETY, .help = "The flight safety system."),
    VEHICLE_PART(cosmo_vehicle, "escape", escape, &VEHICLE_ESCAPE,
                 .help = "How a crew leaves it; left out: there is no crew, or no way."),
    VEHICLE_PART(cosmo_vehicle, "record", record, &VEHICLE_RECORD, .help = "What the vehicle has flown."),
    VEHICLE_LIST(cosmo_vehicle, "fragments", fragments, &VEHICLE_FRAGMENT, .help = "The pieces the stages break into."),
    VEHICLE_PART(cosmo_vehicle, "limits", limits, &VEHICLE_LIMITS, .help = "What the vehicle stands."),
    VEHICLE_NUMBER(cosmo_vehicle, "vertical_rise", vertical_rise_s, TIME, 600.0, .default_text = "10 s",
                   .help = "How long it climbs straight up."),
    VEHICLE_NUMBER(cosmo_vehicle, "liftoff_mass", liftoff_mass_kg, MASS, 1e8,
                   .help = "Mass at liftoff with payload, as published."),
    VEHICLE_NUMBER(cosmo_vehicle, "payload_reference", payload_reference_kg, MASS, 1e6,
                   .help = "Payload as published."),
    VEHICLE_TEXT(cosmo_vehicle, "payload_reference_orbit", payload_reference_orbit,
                 .help = "The orbit that payload goes to."),
};
static const cosmo_section VEHICLE = VEHICLE_SECTION("vehicle", "A launch vehicle.", cosmo_vehicle, VEHICLE_FIELDS);

const cosmo_section *cosmo_vehicle_section(void)
{
    return &VEHICLE;
}

cosmo_status cosmo_vehicle_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                cosmo_vehicle *vehicle)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open("vehicles", "vehicle", id, asked, arena, run, &root));
    cosmo_facts facts = {0};
    COSMO_TRY(cosmo_section_read(&VEHICLE, root, vehicle, arena, run, &facts));
    vehicle->facts = facts;
    return cosmo_consistency_check(vehicle, root, arena, run);
}

double cosmo_vehicle_fall_area_m2(const cosmo_fall_body *fall, double diameter_m, double length_m)
{
    if (isfinite(fall->area_m2)) return fall->area_m2;
    const double end_m2 = 0.25 * 3.14159265358979323846 * diameter_m * diameter_m, side_m2 = diameter_m * length_m;
    return 0.5 * (end_m2 + side_m2);
}

double cosmo_vehicle_usable_kg(const cosmo_stage *stage)
{
    const cosmo_tank *tanks = stage->tanks.items;
    double usable_kg = -stage->startup_propellant_kg;
    for (size_t i = 0; i < stage->tanks.n; i++)
        if (tanks[i].burns) usable_kg += tanks[i].load_kg - tanks[i].residual_kg;
    return usable_kg;
}

double cosmo_vehicle_stage_mass_kg(const cosmo_stage *stage)
{
    const cosmo_tank *tanks = stage->tanks.items;
    double mass_kg = stage->dry_mass_kg - stage->startup_propellant_kg;
    for (size_t i = 0; i < stage->tanks.n; i++) mass_kg += tanks[i].load_kg;
    return mass_kg;
}

double cosmo_vehicle_mass_kg(const cosmo_vehicle *vehicle)
{
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    double mass_kg = 0.0;
    for (size_t i = 0; i < vehicle->stages.n; i++)
        mass_kg += (double)stages[i].count * cosmo_vehicle_stage_mass_kg(&stages[i]);
    for (size_t i = 0; i < vehicle->items.n; i++)
        if (items[i].part_of == NULL) mass_kg += items[i].mass_kg;
    return mass_kg;
}
