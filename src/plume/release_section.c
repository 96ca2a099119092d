/* The keys of a release's file, and what the file says about itself. */
#include "plume/override_section.h"

#include <math.h>
#include <string.h>

#define RELEASE_SECTION_LENGTH(fields) (sizeof(fields) / sizeof(fields)[0])
#define RELEASE_SECTION_TEXT(type_, key_, member_, ...)                                                                \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type_, member_), __VA_ARGS__                         \
    }
#define RELEASE_SECTION_NUMBER(type_, key_, member_, dimension_, ...)                                                  \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(type_, member_),                                   \
        .dimension = COSMO_DIM_##dimension_, __VA_ARGS__                                                               \
    }
#define RELEASE_SECTION_RANGE(type_, key_, member_, dimension_, ...)                                                   \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_RANGE, .offset = offsetof(type_, member_),                                    \
        .dimension = COSMO_DIM_##dimension_, __VA_ARGS__                                                               \
    }
#define RELEASE_SECTION_COUNT(type_, key_, member_, ...)                                                               \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_COUNT, .offset = offsetof(type_, member_), __VA_ARGS__                        \
    }
#define RELEASE_SECTION_OF(name_, help_, type_, fields_)                                                               \
    {                                                                                                                  \
        name_, help_, sizeof(type_), fields_, RELEASE_SECTION_LENGTH(fields_)                                          \
    }
#define RELEASE_SECTION_TURN    6.283185307179587
#define RELEASE_SECTION_HALF    3.1415926535897932
#define RELEASE_SECTION_QUARTER 1.5707963267948966

/* ---- what is released ---- */

static const cosmo_field RELEASE_SECTION_TANKS[] = {
    RELEASE_SECTION_TEXT(cosmo_release_tank, "substance", substance, .required = true,
                         .help = "Id of a substance, such as UDMH ('cosmodrome list substances')."),
    RELEASE_SECTION_RANGE(cosmo_release_tank, "mass", mass_kg, MASS, .max = 1e7, .required = true,
                          .help = "How much of it is there."),
};
static const cosmo_section RELEASE_SECTION_TANK =
    RELEASE_SECTION_OF("tank", "A substance that is there.", cosmo_release_tank, RELEASE_SECTION_TANKS);

static const cosmo_field RELEASE_SECTION_FATES[] = {
    RELEASE_SECTION_TEXT(cosmo_release_fate, "substance", substance, .required = true, .help = "Whose fate is told."),
    RELEASE_SECTION_RANGE(cosmo_release_fate, "vaporised", vaporised, FRACTION, .max = 1.0,
                          .help = "Share that enters the hot cloud unburnt, as vapour."),
    RELEASE_SECTION_RANGE(cosmo_release_fate, "aerosolised", aerosolised, FRACTION, .max = 1.0,
                          .help = "Share that leaves as drops, which evaporate and go with the vapour."),
    RELEASE_SECTION_RANGE(cosmo_release_fate, "spilled", spilled, FRACTION, .max = 1.0,
                          .help = "Share that lies on the ground as liquid."),
    RELEASE_SECTION_RANGE(cosmo_release_fate, "soaked", soaked, FRACTION, .max = 1.0,
                          .help = "Of what is spilled: share that soaks into the soil; the rest evaporates."),
};
static const cosmo_section RELEASE_SECTION_FATE = RELEASE_SECTION_OF(
    "fate", "What becomes of a substance; the rest of it burns.", cosmo_release_fate, RELEASE_SECTION_FATES);

static const char *const RELEASE_SECTION_KINDS[] = {"explosion", "spill", "continuous", "residuals", "exhaust", NULL};
static const cosmo_field RELEASE_SECTION_SOURCES[] = {
    {.key = "kind",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_release_source, kind),
     .choices = RELEASE_SECTION_KINDS,
     .default_text = "explosion",
     .help = "explosion: a vehicle burns on the ground; spill: tanks run out; continuous: all of it enters the air "
             "evenly over 'duration'; residuals: a dropped stage; exhaust: a solid motor climbs away."},
    {.key = "time",
     .kind = COSMO_FIELD_UTC,
     .offset = offsetof(cosmo_release_source, time_utc),
     .help = "When it begins. Left out: no sun, and rules are those of today's files."},
    RELEASE_SECTION_NUMBER(cosmo_release_source, "latitude", latitude_rad, ANGLE, .min = -RELEASE_SECTION_QUARTER,
                           .max = RELEASE_SECTION_QUARTER,
                           .help = "Geodetic latitude. Left out: where the failure comes down."),
    RELEASE_SECTION_NUMBER(cosmo_release_source, "longitude", longitude_rad, ANGLE, .min = -RELEASE_SECTION_HALF,
                           .max = RELEASE_SECTION_TURN, .help = "Longitude east."),
    RELEASE_SECTION_TEXT(cosmo_release_source, "mission", mission,
                         .help = "A mission file, relative to this one: what is aboard when it fails."),
    RELEASE_SECTION_NUMBER(cosmo_release_source, "failure_time", failure_time_s, TIME, .max = 1e5,
                           .help = "When its engines stop, after liftoff. Left out: the mission's own failure."),
    {.key = "failure_times",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_release_source, failure_times),
     .help = "Instead: the mission fails at each of these times, as in [5 s, 30 s, 120 s]. Weathers are the same for "
             "all; what stands beside the table of times is of the first."},
    RELEASE_SECTION_TEXT(cosmo_release_source, "failures", failures,
                         .help = "failures.csv of a risk, relative to this file: what its tanks hold."),
    RELEASE_SECTION_COUNT(cosmo_release_source, "failure", failure, .min = 1, .max = 1e9, .default_text = "1",
                          .help = "Which row of it, from 1."),
    {.key = "tanks",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_source, tanks),
     .section = &RELEASE_SECTION_TANK,
     .help = "What is there, where no mission and no failure says it."},
    {.key = "fates",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_source, fates),
     .section = &RELEASE_SECTION_FATE,
     .help = "What becomes of it, where the program's assumptions are not wanted."},
    RELEASE_SECTION_RANGE(cosmo_release_source, "radiated", radiated, FRACTION, .max = 0.9,
                          .default_text = "[20 %, 25 %, 40 %]",
                          .help = "Share of the heat of burning that is lost as light and does not lift the cloud."),
    RELEASE_SECTION_NUMBER(cosmo_release_source, "height", height_m, LENGTH, .max = 2e4, .default_text = "0 m",
                           .help = "Above ground."),
    RELEASE_SECTION_NUMBER(cosmo_release_source, "radius", radius_m, LENGTH, .max = 1e4, .default_text = "0 m",
                           .help = "Of the place where it enters the air; of a fireball on the ground."),
    RELEASE_SECTION_NUMBER(cosmo_release_source, "duration", duration_s, TIME, .max = 1e6, .default_text = "0 s",
                           .help = "How long a continuous release lasts, or a solid motor burns."),
    RELEASE_SECTION_RANGE(cosmo_release_source, "pool", pool_m2, AREA, .max = 1e8,
                          .help = "Area of the pool that a spill forms. Left out: 1 cm deep."),
};
static const cosmo_section RELEASE_SECTION_SOURCE =
    RELEASE_SECTION_OF("source", "What is released, where and how.", cosmo_release_source, RELEASE_SECTION_SOURCES);

/* ---- weather ---- */

static const cosmo_field RELEASE_SECTION_WEATHERS[] = {
    {.key = "soundings",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_release_weather, soundings),
     .help = "Files of soundings, relative to this one: typed CSV, IGRA, Wyoming text, netCDF, GRIB2. Each sounding in "
             "them is a member of the ensemble."},
    RELEASE_SECTION_RANGE(cosmo_release_weather, "wind_speed", wind_speed_m_s, SPEED, .max = 100.0,
                          .help = "At wind_height, where there is no sounding."),
    RELEASE_SECTION_RANGE(cosmo_release_weather, "wind_from", wind_from_rad, ANGLE, .min = -RELEASE_SECTION_TURN,
                          .max = RELEASE_SECTION_TURN,
                          .help = "Where that wind blows from, clockwise from north; '[-30 deg, 0 deg, 30 deg]' is "
                                  "about north."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "wind_height", wind_height_m, LENGTH, .min = 0.1, .max = 1000.0,
                           .default_text = "10 m", .help = "Height of that wind above ground."),
    RELEASE_SECTION_RANGE(cosmo_release_weather, "turning", turning_rad_m, NONE, .min = -180.0, .max = 180.0,
                          .default_text = "0",
                          .help = "Degrees that the wind turns clockwise with each kilometre up, where there is no "
                                  "sounding."),
    RELEASE_SECTION_RANGE(cosmo_release_weather, "lapse", lapse_k_m, NONE, .min = -5.0, .max = 50.0,
                          .default_text = "5",
                          .help = "Kelvins by which potential temperature grows each kilometre above the mixing layer, "
                                  "where there is no sounding."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "roughness", roughness_m, LENGTH, .min = 1e-5, .max = 5.0,
                           .default_text = "2 cm", .help = "Roughness length z0; steppe 1 to 3 cm."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "friction_velocity", friction_velocity_m_s, SPEED, .min = 0.01,
                           .max = 5.0, .help = "u*. Left out: derived."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "obukhov", obukhov_m, LENGTH, .min = -1e7, .max = 1e7,
                           .help = "Monin-Obukhov length L, negative by day. Left out: derived."),
    RELEASE_SECTION_RANGE(cosmo_release_weather, "mixing_height", mixing_height_m, LENGTH, .min = 20.0, .max = 5000.0,
                          .help = "Height of the lid. Left out: derived."),
    {.key = "stability",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_release_weather, stability),
     .help = "Pasquill classes that may have been, A to F, drawn evenly. Left out: from sun, cloud and wind."},
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "direction_scatter", direction_scatter_rad, ANGLE, .max = 1.5,
                           .help = "Measured standard deviation of the wind's direction. Left out: by similarity."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "scatter_height", scatter_height_m, LENGTH, .min = 0.1, .max = 1000.0,
                           .default_text = "10 m", .help = "Where it was measured."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "temperature", temperature_k, TEMPERATURE, .min = 180.0, .max = 340.0,
                           .default_text = "288.15 K", .help = "Of the air at the ground."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "pressure", pressure_pa, PRESSURE, .min = 4e4, .max = 1.1e5,
                           .default_text = "1013.25 hPa", .help = "Of the air at the ground."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "humidity", humidity, FRACTION, .max = 1.0, .default_text = "50 %",
                           .help = "Relative humidity."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "cloud", cloud_fraction, FRACTION, .max = 1.0, .default_text = "50 %",
                           .help = "Share of the sky that is covered."),
    RELEASE_SECTION_NUMBER(cosmo_release_weather, "ozone", ozone_fraction, NONE, .max = 500.0, .default_text = "40",
                           .help = "Of clean air, parts in 1e9 by volume."),
    RELEASE_SECTION_RANGE(cosmo_release_weather, "rain", rain_m_s, NONE, .max = 200.0, .default_text = "0",
                          .help = "Millimetres an hour."),
    {.key = "calm",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_release_weather, calm),
     .default_text = "no",
     .help = "yes: winds below 1 m/s are computed with a floor on how the air meanders; no: they are refused."},
};
static const cosmo_section RELEASE_SECTION_WEATHER =
    RELEASE_SECTION_OF("weather", "The air that carries it.", cosmo_release_weather, RELEASE_SECTION_WEATHERS);

/* ---- sampling ---- */

static const cosmo_field RELEASE_SECTION_SAMPLINGS[] = {
    RELEASE_SECTION_COUNT(cosmo_release_sampling, "samples", samples, .min = 1, .max = 100000, .default_text = "100",
                          .help = "How often weather and source are drawn and followed."),
    RELEASE_SECTION_COUNT(cosmo_release_sampling, "particles", particles, .min = 100, .max = 1e7,
                          .default_text = "20000", .help = "Particles of each sample."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "duration", duration_s, TIME, .min = 10.0, .max = 172800.0,
                           .default_text = "3 h", .help = "How long they are followed."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "interval", interval_s, TIME, .min = 0.1, .max = 7200.0,
                           .default_text = "2 min", .help = "Over which concentrations are means."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "every", sampling_s, TIME, .min = 0.01, .max = 600.0,
                           .default_text = "30 s", .help = "How often particles are counted; a part of the interval."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "step", step_fraction, NONE, .min = 0.005, .max = 0.5,
                           .default_text = "0.05", .help = "Time step as a share of the Lagrangian time scale."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "inner", inner_m, LENGTH, .min = 1.0, .max = 1e4,
                           .default_text = "100 m", .help = "Radius of the innermost cells."),
    RELEASE_SECTION_NUMBER(cosmo_release_sampling, "outer", outer_m, LENGTH, .min = 10.0, .max = 1e6,
                           .default_text = "100 km", .help = "Radius of what is looked at."),
    RELEASE_SECTION_COUNT(cosmo_release_sampling, "rings", rings, .min = 4, .max = 400, .default_text = "50",
                          .help = "Rings of cells between them."),
    RELEASE_SECTION_COUNT(cosmo_release_sampling, "sectors", sectors, .min = 8, .max = 720, .default_text = "72",
                          .help = "Cells in each ring."),
};
static const cosmo_section RELEASE_SECTION_SAMPLING =
    RELEASE_SECTION_OF("sampling", "How much is computed.", cosmo_release_sampling, RELEASE_SECTION_SAMPLINGS);

/* ---- places ---- */

static const cosmo_field RELEASE_SECTION_RECEPTORS[] = {
    RELEASE_SECTION_TEXT(cosmo_release_receptor, "name", name, .required = true, .help = "What is there."),
    RELEASE_SECTION_NUMBER(cosmo_release_receptor, "latitude", latitude_rad, ANGLE, .min = -RELEASE_SECTION_QUARTER,
                           .max = RELEASE_SECTION_QUARTER, .required = true, .help = "Geodetic latitude."),
    RELEASE_SECTION_NUMBER(cosmo_release_receptor, "longitude", longitude_rad, ANGLE, .min = -RELEASE_SECTION_HALF,
                           .max = RELEASE_SECTION_TURN, .required = true, .help = "Longitude east."),
};
static const cosmo_section RELEASE_SECTION_RECEPTOR = RELEASE_SECTION_OF(
    "receptor", "A place of which doses are told.", cosmo_release_receptor, RELEASE_SECTION_RECEPTORS);

static const cosmo_field RELEASE_SECTION_BOUNDARIES[] = {
    RELEASE_SECTION_TEXT(cosmo_release_boundary, "name", name, .help = "How it is called."),
    {.key = "lease",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_release_boundary, lease),
     .default_text = "no",
     .help = "yes: the lease line of the base map about the place."},
    RELEASE_SECTION_TEXT(cosmo_release_boundary, "country", country,
                         .help = "Two letters, ISO 3166: the country on the base map."),
    {.key = "polygon",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(cosmo_release_boundary, polygon),
     .columns = {COSMO_DIM_ANGLE, COSMO_DIM_ANGLE},
     .n_columns = 2,
     .help = "Corners: longitude, latitude."},
};
static const cosmo_section RELEASE_SECTION_BOUNDARY = RELEASE_SECTION_OF(
    "boundary", "A line that divides inside from outside.", cosmo_release_boundary, RELEASE_SECTION_BOUNDARIES);

/* ---- soil, money, reports ---- */

static const cosmo_field RELEASE_SECTION_SOILS[] = {
    RELEASE_SECTION_RANGE(cosmo_release_soil, "density", density_kg_m3, NONE, .min = 500.0, .max = 2500.0,
                          .default_text = "[1300, 1500, 1700]", .help = "Bulk density of dry soil, kg/m3."),
    RELEASE_SECTION_RANGE(cosmo_release_soil, "depth", depth_m, LENGTH, .min = 0.001, .max = 2.0,
                          .default_text = "[5 cm, 10 cm, 20 cm]", .help = "Depth into which a deposit is mixed."),
    RELEASE_SECTION_RANGE(cosmo_release_soil, "spill", spill_m2, AREA, .min = 0.1, .max = 1e7,
                          .help = "Area of soil that a spill wets. Left out: the pool's."),
    RELEASE_SECTION_RANGE(cosmo_release_soil, "spill_depth", spill_depth_m, LENGTH, .min = 0.01, .max = 10.0,
                          .default_text = "[20 cm, 30 cm, 60 cm]", .help = "How deep the spill goes."),
    RELEASE_SECTION_NUMBER(cosmo_release_soil, "days", days, NONE, .max = 36500.0, .default_text = "365",
                           .help = "Days after the release at which the soil is looked at again."),
    {.key = "treated",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_release_soil, treated),
     .default_text = "no",
     .help = "yes: half-lives of soil that is treated."},
};
static const cosmo_section RELEASE_SECTION_SOIL =
    RELEASE_SECTION_OF("soil", "The ground it falls on.", cosmo_release_soil, RELEASE_SECTION_SOILS);

static const cosmo_field RELEASE_SECTION_AREAS[] = {
    RELEASE_SECTION_TEXT(cosmo_release_area, "name", name, .required = true, .help = "How it is called."),
    {.key = "polygon",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(cosmo_release_area, polygon),
     .columns = {COSMO_DIM_ANGLE, COSMO_DIM_ANGLE},
     .n_columns = 2,
     .help = "Corners: longitude, latitude."},
    RELEASE_SECTION_NUMBER(cosmo_release_area, "latitude", latitude_rad, ANGLE, .min = -RELEASE_SECTION_QUARTER,
                           .max = RELEASE_SECTION_QUARTER, .help = "Of a circle's middle."),
    RELEASE_SECTION_NUMBER(cosmo_release_area, "longitude", longitude_rad, ANGLE, .min = -RELEASE_SECTION_HALF,
                           .max = RELEASE_SECTION_TURN, .help = "Of a circle's middle, east."),
    RELEASE_SECTION_NUMBER(cosmo_release_area, "radius", radius_m, LENGTH, .min = 1.0, .max = 1e6,
                           .help = "Of the circle."),
    {.key = "boundary",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_release_area, boundary),
     .default_text = "no",
     .help = "yes: all inside the boundary."},
};
static const cosmo_section RELEASE_SECTION_AREA = RELEASE_SECTION_OF(
    "area", "Ground that people have left before a launch.", cosmo_release_area, RELEASE_SECTION_AREAS);
static const cosmo_field RELEASE_SECTION_LAUNCHES[] = {
    {.key = "rules",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_release_launch, judged.rules),
     .help = "Which limits it is judged by: files or single rules of 'cosmodrome list rules', or the path of a rule "
             "file. Left out: us, and the country of the mission's pad."},
    RELEASE_SECTION_NUMBER(cosmo_release_launch, "exposed", exposed, FRACTION, .min = 1e-9, .max = 1.0,
                           .help = "Probability, given a release, up to which it may reach somebody who is not "
                                   "evacuated. Left out: no law gives one, and containment is not assessed."),
    RELEASE_SECTION_NUMBER(cosmo_release_launch, "corridor", corridor, FRACTION, .min = 1e-6, .max = 1.0,
                           .default_text = "1 %",
                           .help = "Probability, given a failure, from which on ground belongs to the corridor."),
    RELEASE_SECTION_NUMBER(cosmo_release_launch, "probability", probability, FRACTION, .min = 1e-12, .max = 1.0,
                           .help = "Of this release, a launch, where no failure times are given."),
    RELEASE_SECTION_NUMBER(cosmo_release_launch, "other_collective", other_collective, NONE, .max = 1e6,
                           .help = "Casualty expectation of debris and blast, a launch ('cosmodrome risk'). Left out: "
                                   "rules that count them are not shown to be met."),
    RELEASE_SECTION_NUMBER(cosmo_release_launch, "other_individual", other_individual, FRACTION, .max = 1.0,
                           .help = "Largest probability of casualty of one person by debris and blast."),
    {.key = "evacuated",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_launch, evacuated),
     .section = &RELEASE_SECTION_AREA,
     .help = "Where nobody is left at the launch."},
};
static const cosmo_section RELEASE_SECTION_LAUNCH = RELEASE_SECTION_OF(
    "launch", "The launch that a release is judged for.", cosmo_release_launch, RELEASE_SECTION_LAUNCHES);

static const char *const RELEASE_SECTION_SIDES[] = {"everywhere", "inside", "outside", NULL};
static const cosmo_field RELEASE_SECTION_PARTIES[] = {
    RELEASE_SECTION_TEXT(cosmo_release_party, "name", name, .required = true, .help = "Who reckons."),
    RELEASE_SECTION_TEXT(cosmo_release_party, "rules", rules, .required = true,
                         .help = "Its rule-set: an id (a file of data/valuation) or a path."),
    {.key = "counts",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_release_party, counts),
     .choices = RELEASE_SECTION_SIDES,
     .default_text = "everywhere",
     .help = "Which side of the boundary it answers for, or is owed for."},
    {.key = "rates",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_party, rates),
     .section = &OVERRIDE_SECTION,
     .help = "Figures for rates that its rule-set leaves blank, or in their place."},
};
static const cosmo_section RELEASE_SECTION_PARTY = RELEASE_SECTION_OF(
    "party", "Who puts a value on it, by which rules.", cosmo_release_party, RELEASE_SECTION_PARTIES);
static const cosmo_field RELEASE_SECTION_QUANTITIES[] = {
    RELEASE_SECTION_TEXT(cosmo_release_quantity, "quantity", quantity, .required = true,
                         .help = "A name of docs/add-a-valuation.md, such as reagent_t."),
    RELEASE_SECTION_TEXT(cosmo_release_quantity, "substance", substance, .help = "Of which substance."),
    RELEASE_SECTION_RANGE(cosmo_release_quantity, "value", value, NONE, .required = true, .max = 1e15,
                          .help = "In its unit."),
    RELEASE_SECTION_NUMBER(cosmo_release_quantity, "inside", inside_share, FRACTION, .max = 1.0,
                           .help = "Share of it inside the boundary. Left out: not split."),
};
static const cosmo_section RELEASE_SECTION_QUANTITY = RELEASE_SECTION_OF(
    "quantity", "Something to be paid for that no physics gives.", cosmo_release_quantity, RELEASE_SECTION_QUANTITIES);
static const cosmo_field RELEASE_SECTION_VALUATIONS[] = {
    RELEASE_SECTION_TEXT(cosmo_release_valuation, "currency", currency,
                         .help = "Three letters: totals are also told in it."),
    {.key = "parties",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_valuation, parties),
     .section = &RELEASE_SECTION_PARTY,
     .help = "Who puts a value on it. The first two are compared."},
    {.key = "work",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release_valuation, work),
     .section = &RELEASE_SECTION_QUANTITY,
     .help = "Quantities that no physics gives: reagent, samples, persons evacuated."},
};
static const cosmo_section RELEASE_SECTION_VALUATION = RELEASE_SECTION_OF(
    "valuation", "What it is worth, by whose rules.", cosmo_release_valuation, RELEASE_SECTION_VALUATIONS);

static const cosmo_field RELEASE_SECTION_REPORTS[] = {
    RELEASE_SECTION_TEXT(cosmo_release_report, "what", what, .required = true,
                         .help = "What was reported, in words, and by whom."),
    RELEASE_SECTION_TEXT(cosmo_release_report, "quantity", quantity,
                         .help = "The figure of the summary it is compared with."),
    RELEASE_SECTION_TEXT(cosmo_release_report, "substance", substance, .help = "Of which substance."),
    RELEASE_SECTION_TEXT(cosmo_release_report, "at", at, .help = "The receptor it is of."),
    RELEASE_SECTION_RANGE(cosmo_release_report, "value", value, NONE, .help = "In the unit of that figure."),
    RELEASE_SECTION_NUMBER(cosmo_release_report, "towards", towards_rad, ANGLE, .min = -RELEASE_SECTION_TURN,
                           .max = RELEASE_SECTION_TURN, .help = "The direction in which the cloud was seen to go."),
    RELEASE_SECTION_NUMBER(cosmo_release_report, "within", within_rad, ANGLE, .max = RELEASE_SECTION_HALF,
                           .default_text = "30 deg", .help = "How far a direction may be off."),
};
static const cosmo_section RELEASE_SECTION_REPORT =
    RELEASE_SECTION_OF("report", "What was seen or measured.", cosmo_release_report, RELEASE_SECTION_REPORTS);

/* ---- the whole ---- */

#define RELEASE_SECTION_PART(key_, member_, section_, help_)                                                           \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_SECTION, .offset = offsetof(cosmo_release, member_), .section = &(section_),  \
        .help = help_                                                                                                  \
    }
static const cosmo_field RELEASE_SECTION_FIELDS[] = {
    RELEASE_SECTION_TEXT(cosmo_release, "name", name, .help = "Short name for files. Left out: the file's name."),
    RELEASE_SECTION_TEXT(cosmo_release, "title", title, .help = "One line for people; the report's heading."),
    RELEASE_SECTION_TEXT(cosmo_release, "summary", summary, .help = "What this is, in a sentence or two."),
    {.key = "source",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(cosmo_release, source),
     .section = &RELEASE_SECTION_SOURCE,
     .required = true,
     .help = "What is released, where and how. This key makes the file one of 'toxics'."},
    RELEASE_SECTION_PART("weather", weather, RELEASE_SECTION_WEATHER, "The air that carries it."),
    RELEASE_SECTION_PART("sampling", sampling, RELEASE_SECTION_SAMPLING, "How much is computed."),
    RELEASE_SECTION_TEXT(cosmo_release, "substances", substances,
                         .help = "A file of substances of your own, beside the program's."),
    {.key = "limits",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_release, limits),
     .help = "Sets of limits by their id ('cosmodrome list limits') or path. Left out: all."},
    {.key = "receptors",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release, receptors),
     .section = &RELEASE_SECTION_RECEPTOR,
     .help = "Places of which doses are told."},
    {.key = "arcs",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(cosmo_release, arcs),
     .columns = {COSMO_DIM_LENGTH, COSMO_DIM_LENGTH},
     .n_columns = 2,
     .help = "Arcs of samplers about a continuous release: radius, height."},
    RELEASE_SECTION_PART("boundary", boundary, RELEASE_SECTION_BOUNDARY, "A line between inside and outside."),
    RELEASE_SECTION_PART("soil", soil, RELEASE_SECTION_SOIL, "The ground it falls on."),
    RELEASE_SECTION_PART("launch", launch, RELEASE_SECTION_LAUNCH, "May it be launched that day?"),
    RELEASE_SECTION_PART("valuation", valuation, RELEASE_SECTION_VALUATION, "What it is worth, by whose rules."),
    {.key = "reports",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_release, reports),
     .section = &RELEASE_SECTION_REPORT,
     .help = "What was seen or measured, to compare with."},
};
static const cosmo_section RELEASE_SECTION =
    RELEASE_SECTION_OF("release", "A release of toxic substances: what enters the air and the soil, and what follows.",
                       cosmo_release, RELEASE_SECTION_FIELDS);

const cosmo_section *cosmo_release_section_table(void)
{
    return &RELEASE_SECTION;
}
