/* The keys of a mission file. The rooms below bring the tables of their own sections. */
#include "cosmodrome/study.h"

#include <math.h>
#include <string.h>

#define MISSION_SECTION_LENGTH(fields) (sizeof(fields) / sizeof(fields)[0])

static const cosmo_field MISSION_SECTION_TANK_FIELDS[] = {
    {.key = "propellant",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_payload_tank, propellant),
     .required = true,
     .help = "What it is: LOX, kerosene, UDMH, N2O4, hydrazine, xenon."},
    {.key = "load",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_payload_tank, load_kg),
     .dimension = COSMO_DIM_MASS,
     .max = 1e6,
     .required = true,
     .help = "How much of it is aboard; it is part of the payload's mass."},
};
static const cosmo_section MISSION_SECTION_TANK = {"propellant", "A propellant that the payload carries for itself.",
                                                   sizeof(cosmo_payload_tank), MISSION_SECTION_TANK_FIELDS,
                                                   MISSION_SECTION_LENGTH(MISSION_SECTION_TANK_FIELDS)};

static const cosmo_field MISSION_SECTION_PAYLOAD_FIELDS[] = {
    {.key = "name", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_payload, name), .help = "What is launched."},
    {.key = "mass",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_payload, mass_kg),
     .dimension = COSMO_DIM_MASS,
     .max = 1e6,
     .required = true,
     .help = "Everything above the last stage, with adapter and its own propellants, without the fairing."},
    {.key = "propellants",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_payload, propellants),
     .section = &MISSION_SECTION_TANK,
     .help = "What the payload carries for itself; needed where an accident is to be assessed."},
};
static const cosmo_section MISSION_SECTION_PAYLOAD = {"payload", "What is brought to orbit.", sizeof(cosmo_payload),
                                                      MISSION_SECTION_PAYLOAD_FIELDS,
                                                      MISSION_SECTION_LENGTH(MISSION_SECTION_PAYLOAD_FIELDS)};

static const char *const MISSION_SECTION_GRAVITIES[] = {"sphere", "j2", "j6", NULL}; /* as cosmo_gravity_model */
static const cosmo_field MISSION_SECTION_EARTH_FIELDS[] = {
    {.key = "gravity",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_earth_choice, gravity),
     .choices = MISSION_SECTION_GRAVITIES,
     .default_text = "j6",
     .help = "Gravity of a point mass, with the oblateness J2, or with the zonals J2 to J6."},
    {.key = "terrain",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_earth_choice, terrain),
     .default_text = "yes",
     .help = "yes: bodies fall to the height of the ground; no: to the ellipsoid."},
    {.key = "eop",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_earth_choice, eop),
     .help = "File of Earth orientation (IERS finals2000A or C04), relative to the mission. Left out: UT1 is taken as "
             "UTC."},
};
static const cosmo_section MISSION_SECTION_EARTH = {"earth", "Which Earth the flight meets.",
                                                    sizeof(cosmo_earth_choice), MISSION_SECTION_EARTH_FIELDS,
                                                    MISSION_SECTION_LENGTH(MISSION_SECTION_EARTH_FIELDS)};

static const cosmo_field MISSION_SECTION_WEATHER_FIELDS[] = {
    {.key = "sounding",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_weather_choice, sounding),
     .help = "File of a measured column (CSV, IGRA v2, or Wyoming text), or of a region (netCDF or GRIB, as ERA5 and "
             "GFS), which is read at the pad and the time of liftoff; relative to the mission: its wind, and its "
             "density where it has them."},
    {.key = "sounding_index",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_weather_choice, sounding_index),
     .max = 1e6,
     .default_text = "0",
     .help = "Which sounding of a file that holds several, counted from 0; of a region's file: which member."},
    {.key = "wind_speed",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_weather_choice, wind_speed_m_s),
     .dimension = COSMO_DIM_SPEED,
     .max = 150.0,
     .help = "One wind at every height, where there is no sounding."},
    {.key = "wind_from",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_weather_choice, wind_from_rad),
     .dimension = COSMO_DIM_ANGLE,
     .max = 6.283185307179587,
     .help = "Where that wind blows from, clockwise from north: '270 deg' is a west wind."},
    {.key = "ensemble",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_weather_choice, ensemble),
     .help = "Files of soundings like those above, every sounding of each, at most 1,024 in all: each dispersed flight "
             "of 'risk' is in one of them, drawn evenly, and dispersion.wind and density come on top ('wind: 0', "
             "'density: 0 %' switch them off). 'fly' is in the sounding above, or else in the first of these."},
};
static const cosmo_section MISSION_SECTION_WEATHER = {"weather",
                                                      "The air on the day. The flight is designed for still standard "
                                                      "air and repeats its attitudes by the clock. Left out: that air.",
                                                      sizeof(cosmo_weather_choice), MISSION_SECTION_WEATHER_FIELDS,
                                                      MISSION_SECTION_LENGTH(MISSION_SECTION_WEATHER_FIELDS)};

static const char *const MISSION_SECTION_KINDS[] = {"count", "density", NULL};
static const char *const MISSION_SECTION_SHELTERS[] = {"open", "day", "night", NULL};
#define MISSION_SECTION_SHARE(key_, shelter_, help_)                                                                   \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = sizeof(double) * COSMO_SHELTER_##shelter_,                  \
        .dimension = COSMO_DIM_FRACTION, .max = 1.0, .help = help_                                                     \
    }
static const cosmo_field MISSION_SECTION_MIX_FIELDS[] = {
    MISSION_SECTION_SHARE("open", OPEN, "Share of the people in the open."),
    MISSION_SECTION_SHARE("light", LIGHT, "Under light metal roofs, in cars."),
    MISSION_SECTION_SHARE("wood_tile", WOOD_TILE, "Under wood or tiles."),
    MISSION_SECTION_SHARE("composite", COMPOSITE, "Under composite roofs."),
    MISSION_SECTION_SHARE("reinforced", REINFORCED, "Under steel or concrete."),
};
static const cosmo_section MISSION_SECTION_MIX = {
    "mix", "Where people are when something falls: shares that sum to 100 %.", sizeof(double[COSMO_SHELTER_COUNT_]),
    MISSION_SECTION_MIX_FIELDS, MISSION_SECTION_LENGTH(MISSION_SECTION_MIX_FIELDS)};

#define MISSION_SECTION_NEIGHBOUR_NUMBER(key_, member_, ...)                                                           \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_neighbour, member_), .required = true,       \
        __VA_ARGS__                                                                                                    \
    }
static const cosmo_field MISSION_SECTION_NEIGHBOUR_FIELDS[] = {
    {.key = "name",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_neighbour, name),
     .required = true,
     .help = "What is there: a pad, a plant."},
    MISSION_SECTION_NEIGHBOUR_NUMBER("latitude", latitude_rad, .dimension = COSMO_DIM_ANGLE, .min = -1.5707963267948966,
                                     .max = 1.5707963267948966, .help = "Geodetic latitude."),
    MISSION_SECTION_NEIGHBOUR_NUMBER("longitude", longitude_rad, .dimension = COSMO_DIM_ANGLE,
                                     .min = -3.1415926535897932, .max = 6.283185307179587, .help = "Longitude east."),
    MISSION_SECTION_NEIGHBOUR_NUMBER("people", people, .dimension = COSMO_DIM_NONE, .max = 1e6,
                                     .help = "How many people are at work there during the launch."),
};
static const cosmo_section MISSION_SECTION_NEIGHBOUR = {
    "neighbours", "People of neighbouring operations, who are not the public.", sizeof(cosmo_neighbour),
    MISSION_SECTION_NEIGHBOUR_FIELDS, MISSION_SECTION_LENGTH(MISSION_SECTION_NEIGHBOUR_FIELDS)};

static const cosmo_field MISSION_SECTION_PEOPLE_FIELDS[] = {
    {.key = "file",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_people_choice, file),
     .help = "A raster of people (GPW, GHS-POP, WorldPop, LandScan; GeoTIFF in any projection). Left out: the default "
             "grid."},
    {.key = "kind",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_people_choice, kind),
     .choices = MISSION_SECTION_KINDS,
     .default_text = "count",
     .help = "What the raster holds: people in each pixel, or people per square kilometre."},
    {.key = "shelter",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_people_choice, shelter),
     .choices = MISSION_SECTION_SHELTERS,
     .default_text = "day",
     .help = "Where people are for the figure with shelter credit; the one without is always given beside it."},
    {.key = "mix",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_people_choice, mix),
     .section = &MISSION_SECTION_MIX,
     .help = "The shares of shelter themselves, instead of 'shelter'."},
    {.key = "neighbours",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_people_choice, neighbours),
     .section = &MISSION_SECTION_NEIGHBOUR,
     .help = "People of neighbouring operations. Left out: the site's other pads beyond what is cleared, with an "
             "unknown number of people."},
};
static const cosmo_section MISSION_SECTION_PEOPLE = {"people", "Who is on the ground.", sizeof(cosmo_people_choice),
                                                     MISSION_SECTION_PEOPLE_FIELDS,
                                                     MISSION_SECTION_LENGTH(MISSION_SECTION_PEOPLE_FIELDS)};

static const cosmo_field MISSION_SECTION_OUTPUT_FIELDS[] = {
    {.key = "sample_step",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_output_choice, sample_step_s),
     .dimension = COSMO_DIM_TIME,
     .min = 0.05,
     .max = 1.0,
     .default_text = "1 s",
     .help = "Time between two rows of trajectory.csv; every event gets a row of its own besides."},
};
static const cosmo_section MISSION_SECTION_OUTPUT = {"output", "How finely results are written.",
                                                     sizeof(cosmo_output_choice), MISSION_SECTION_OUTPUT_FIELDS,
                                                     MISSION_SECTION_LENGTH(MISSION_SECTION_OUTPUT_FIELDS)};

static const char *const MISSION_SECTION_MISHAPS[] = {"cutoff", "escape", NULL}; /* as cosmo_mishap_mode */
static const cosmo_field MISSION_SECTION_FAILURE_FIELDS[] = {
    {.key = "time",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_mishap_choice, time_s),
     .dimension = COSMO_DIM_TIME,
     .max = 1e6,
     .required = true,
     .help = "When all engines stop, after liftoff."},
    {.key = "mode",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_mishap_choice, mode),
     .choices = MISSION_SECTION_MISHAPS,
     .default_text = "cutoff",
     .help = "cutoff: the vehicle falls whole; escape: its crew leaves it."},
    {.key = "attached",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mishap_choice, attached),
     .help = "A stage that should have separated before and has not."},
    {.key = "delay",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_mishap_choice, delay_s),
     .dimension = COSMO_DIM_TIME,
     .max = 600.0,
     .default_text = "0 s",
     .help = "With escape: from the end of thrust to the command."},
};
static const cosmo_section MISSION_SECTION_FAILURE = {
    "failure", "A failure, flown beside the nominal flight: where everything comes down then.",
    sizeof(cosmo_mishap_choice), MISSION_SECTION_FAILURE_FIELDS,
    MISSION_SECTION_LENGTH(MISSION_SECTION_FAILURE_FIELDS)};

/* Sections of the rooms ascent and hazard are filled in by cosmo_mission_section. */
static const cosmo_field MISSION_SECTION_FIELDS[] = {
    {.key = "name",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, name),
     .help = "Short name for files and folders: letters, digits, '-', '_' and '.'. Left out: the file's name."},
    {.key = "title",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, title),
     .help = "One line for people; the report's heading."},
    {.key = "summary",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, summary),
     .help = "What this mission is, in a sentence or two."},
    {.key = "vehicle",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, vehicle_id),
     .required = true,
     .help = "Id of a vehicle ('cosmodrome list vehicles'), or the path of a vehicle file that ends in .yaml."},
    {.key = "site",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, site_id),
     .required = true,
     .help = "Id of a launch site ('cosmodrome list sites'), or the path of a site file that ends in .yaml."},
    {.key = "pad",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_mission, pad_id),
     .required = true,
     .help = "Pad of that site, such as 31/6."},
    {.key = "liftoff",
     .kind = COSMO_FIELD_UTC,
     .offset = offsetof(cosmo_mission, liftoff_utc),
     .help = "When it lifts off. Left out: the flight has no date, so no orbital node among the stars."},
    {.key = "payload",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, payload),
     .section = &MISSION_SECTION_PAYLOAD,
     .required = true,
     .help = "What is brought to orbit."},
    {.key = "target",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, target),
     .required = true,
     .help = "The orbit wanted."},
    {.key = "steering",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, steering),
     .help = "What is fixed about how it is flown; what is left out is found by targeting."},
    {.key = "limits",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, limits),
     .help = "What the flight must not exceed; left out: the vehicle's own limits."},
    {.key = "stages",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_mission, overrides),
     .help = "What this mission changes about stages."},
    {.key = "falls",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_mission, falls),
     .help = "Where bodies are to fall, or not to fall."},
    {.key = "burns",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_mission, burns),
     .help = "Later burns of the stage that stayed with the payload, in their order."},
    {.key = "earth",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, earth),
     .section = &MISSION_SECTION_EARTH,
     .help = "Which Earth the flight meets."},
    {.key = "weather",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, weather),
     .section = &MISSION_SECTION_WEATHER,
     .help = "The air on the day. The flight is designed for still standard air and repeats its attitudes by the "
             "clock. Left out: that air."},
    {.key = "failure",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, failure),
     .section = &MISSION_SECTION_FAILURE,
     .help = "A failure, flown beside the nominal flight. Left out: none."},
    {.key = "dispersion",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, dispersion),
     .help = "How far the flight may differ from its design, for 'cosmodrome risk'."},
    {.key = "risk",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, risk),
     .help = "How the flight may fail, for 'cosmodrome risk'."},
    {.key = "people",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, people),
     .section = &MISSION_SECTION_PEOPLE,
     .help = "Who is on the ground, for 'cosmodrome risk'."},
    {.key = "output",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_mission, output),
     .section = &MISSION_SECTION_OUTPUT,
     .help = "How finely results are written."},
};

static const cosmo_section *mission_section_of_rooms(const char *key)
{
    const struct {
        const char *key;
        const cosmo_section *section;
    } below[] = {
        {"target", cosmo_ascent_target_section()},  {"steering", cosmo_ascent_steering_section()},
        {"limits", cosmo_ascent_limits_section()},  {"stages", cosmo_ascent_override_section()},
        {"falls", cosmo_ascent_fall_section()},     {"burns", cosmo_ascent_burn_section()},
        {"dispersion", cosmo_dispersion_section()}, {"risk", cosmo_failure_section()},
    };
    for (size_t i = 0; i < MISSION_SECTION_LENGTH(below); i++)
        if (strcmp(below[i].key, key) == 0) return below[i].section;
    return NULL;
}

const cosmo_section *cosmo_mission_section(cosmo_arena *arena)
{
    const size_t n = MISSION_SECTION_LENGTH(MISSION_SECTION_FIELDS);
    cosmo_field *fields = cosmo_arena_array(arena, n, sizeof *fields);
    cosmo_section *section = cosmo_arena_alloc(arena, sizeof *section);
    if (fields == NULL || section == NULL) return NULL;
    memcpy(fields, MISSION_SECTION_FIELDS, sizeof MISSION_SECTION_FIELDS);
    for (size_t i = 0; i < n; i++)
        if (fields[i].section == NULL) fields[i].section = mission_section_of_rooms(fields[i].key);
    *section =
        (cosmo_section){"mission", "A mission: one launch, from a pad to an orbit.", sizeof(cosmo_mission), fields, n};
    return section;
}
