/* Descriptor table of a mission's section `dispersion`. */
#ifndef COSMO_ASCENT_DISPERSION_SECTION_H
#define COSMO_ASCENT_DISPERSION_SECTION_H

#include "cosmodrome/ascent.h"

#include <stddef.h>

#define DISPERSION_NUMBER(key_, member_, dimension_, max_, default_, help_)                                            \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_dispersion, member_),                        \
        .dimension = COSMO_DIM_##dimension_, .min = 0.0, .max = max_, .default_text = default_, .help = help_          \
    }

static const char *const DISPERSION_SHAPES[] = {"normal", "uniform", "triangular", "empirical", NULL};
static const cosmo_field DISPERSION_SHAPE_FIELDS[] = {
    {.key = "parameter",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_dispersion_shape, parameter),
     .required = true,
     .help = "A key of this section, such as thrust or wind."},
    {.key = "distribution",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_dispersion_shape, distribution),
     .choices = DISPERSION_SHAPES,
     .default_text = "normal",
     .help = "Shape of the distribution; its standard deviation is the figure of the parameter."},
    {.key = "values",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(cosmo_dispersion_shape, values),
     .columns = {COSMO_DIM_NONE},
     .n_columns = 1,
     .help = "With empirical: observed deviations in standard deviations, one a row, each as likely as the next."},
};
static const cosmo_section DISPERSION_SHAPE_SECTION = {
    "shapes", "A parameter that is not normally distributed.", sizeof(cosmo_dispersion_shape), DISPERSION_SHAPE_FIELDS,
    sizeof DISPERSION_SHAPE_FIELDS / sizeof DISPERSION_SHAPE_FIELDS[0]};

/* The defaults are estimates of the size that published error budgets of guided liquid launchers have; none was found
 * for the vehicles here. */
static const cosmo_field DISPERSION_FIELDS[] = {
    DISPERSION_NUMBER("thrust", thrust, FRACTION, 0.2, "1 %", "Thrust of each unit of a stage, with its mass flow."),
    DISPERSION_NUMBER("isp", isp, FRACTION, 0.1, "0.3 %", "Specific impulse of each unit of a stage."),
    DISPERSION_NUMBER("propellant", propellant, FRACTION, 0.1, "0.3 %", "Usable propellant of each unit of a stage."),
    DISPERSION_NUMBER("dry_mass", dry_mass, FRACTION, 0.2, "1 %", "Dry mass of each unit of a stage."),
    DISPERSION_NUMBER("cutoff_time", cutoff_time_s, TIME, 10.0, "0.2 s", "Cut-offs by the clock, each stage."),
    DISPERSION_NUMBER("drag", drag, FRACTION, 1.0, "10 %", "Drag of the ascent."),
    DISPERSION_NUMBER("pitch", pitch_rad, ANGLE, 0.2, "0.2 deg", "Attitude up or down before guidance starts."),
    DISPERSION_NUMBER("yaw", yaw_rad, ANGLE, 0.2, "0.2 deg", "Attitude to the side before guidance starts."),
    DISPERSION_NUMBER("insertion_altitude", insertion_altitude_m, LENGTH, 1e5, "700 m",
                      "Altitude at insertion, by errors of navigation."),
    DISPERSION_NUMBER("insertion_speed", insertion_speed_m_s, SPEED, 100.0, "1 m/s", "Speed at insertion."),
    DISPERSION_NUMBER("insertion_path_angle", insertion_path_rad, ANGLE, 0.1, "0.02 deg", "Path angle at insertion."),
    DISPERSION_NUMBER("insertion_inclination", insertion_inclination_rad, ANGLE, 0.1, "0.02 deg",
                      "Inclination at insertion."),
    DISPERSION_NUMBER("separation_speed", separation_speed_m_s, SPEED, 100.0, "0.5 m/s",
                      "Push of a dropped body, in each direction."),
    DISPERSION_NUMBER("fall_drag", fall_drag, FRACTION, 1.0, "15 %", "Drag of each dropped body."),
    DISPERSION_NUMBER("density", density, FRACTION, 0.5, "3 %", "Density of the air at heights 2 km apart."),
    DISPERSION_NUMBER(
        "wind", wind, NONE, 10.0, "1",
        "Wind at heights 2 km apart, a multiple of 3 m/s at the ground growing to 12 m/s at 12 km and 8 m/s "
        "above 20 km, east and north each."),
    DISPERSION_NUMBER("correlation_height", correlation_height_m, LENGTH, 1e5, "4 km",
                      "Height over which deviations of wind and density go together."),
    {.key = "shapes",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_dispersion, shapes),
     .section = &DISPERSION_SHAPE_SECTION,
     .help = "Parameters that are not normally distributed."},
};
static const cosmo_section DISPERSION_SECTION = {
    "dispersion", "How far a flight may differ from its design: standard deviations.", sizeof(cosmo_dispersion),
    DISPERSION_FIELDS, sizeof DISPERSION_FIELDS / sizeof DISPERSION_FIELDS[0]};

#endif
