/* Fuzzes the way of a mission file: bytes, tree, section of every kind. */
#include "cosmodrome/core.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

typedef struct yaml_part {
    const char *id;
    double mass_kg;
} yaml_part;

typedef struct yaml_demo {
    double length_m, angle_rad;
    int64_t count;
    bool flag;
    const char *text, *utc;
    int choice;
    cosmo_table table;
    cosmo_list texts, parts;
    yaml_part part;
} yaml_demo;

static const cosmo_field PART_FIELDS[] = {
    {.key = "id", .kind = COSMO_FIELD_TEXT, .offset = offsetof(yaml_part, id), .help = "Name."},
    {.key = "mass",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(yaml_part, mass_kg),
     .dimension = COSMO_DIM_MASS,
     .max = 1e6,
     .required = true,
     .help = "Mass."},
};
static const cosmo_section PART = {"part", "A part.", sizeof(yaml_part), PART_FIELDS, 2};
static const char *const CHOICES[] = {"depletion", "time", NULL};
static const cosmo_field DEMO_FIELDS[] = {
    {.key = "length",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(yaml_demo, length_m),
     .dimension = COSMO_DIM_LENGTH,
     .max = INFINITY,
     .help = "Length."},
    {.key = "angle",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(yaml_demo, angle_rad),
     .dimension = COSMO_DIM_ANGLE,
     .default_text = "3 deg",
     .help = "Angle."},
    {.key = "count",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(yaml_demo, count),
     .min = -5,
     .max = 5,
     .help = "Count."},
    {.key = "flag", .kind = COSMO_FIELD_FLAG, .offset = offsetof(yaml_demo, flag), .help = "Flag."},
    {.key = "text", .kind = COSMO_FIELD_TEXT, .offset = offsetof(yaml_demo, text), .help = "Text."},
    {.key = "utc", .kind = COSMO_FIELD_UTC, .offset = offsetof(yaml_demo, utc), .help = "Time."},
    {.key = "choice",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(yaml_demo, choice),
     .choices = CHOICES,
     .help = "Choice."},
    {.key = "table",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(yaml_demo, table),
     .columns = {COSMO_DIM_TIME, COSMO_DIM_FRACTION},
     .n_columns = 2,
     .help = "Table."},
    {.key = "texts", .kind = COSMO_FIELD_TEXTS, .offset = offsetof(yaml_demo, texts), .help = "Texts."},
    {.key = "parts",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(yaml_demo, parts),
     .section = &PART,
     .help = "Parts."},
    {.key = "part",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(yaml_demo, part),
     .section = &PART,
     .help = "Part."},
};
static const cosmo_section DEMO = {"demo", "Every kind.", sizeof(yaml_demo), DEMO_FIELDS,
                                   sizeof DEMO_FIELDS / sizeof DEMO_FIELDS[0]};

/* What a good read promises: numbers in their ranges, lists and tables whole. */
static bool yaml_holds(const yaml_demo *demo, const cosmo_facts *facts)
{
    if (!isnan(demo->length_m) && !(demo->length_m >= 0.0 && isfinite(demo->length_m))) return false;
    if (demo->count < -5 || demo->count > 5 || demo->choice < 0 || demo->choice > 1) return false;
    for (size_t i = 0; i < demo->table.n_rows * demo->table.n_columns; i++)
        if (!isfinite(demo->table.values[i])) return false;
    for (size_t i = 0; i < demo->texts.n; i++)
        if (((const char *const *)demo->texts.items)[i] == NULL) return false;
    for (size_t i = 0; i < demo->parts.n; i++)
        if (!isfinite(((const yaml_part *)demo->parts.items)[i].mass_kg)) return false;
    for (size_t i = 0; i < facts->n; i++)
        if (facts->items[i].path == NULL || facts->items[i].value_text == NULL) return false;
    return true;
}

/* What a refusal promises: bad input, with a place and a reason. */
static bool yaml_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.yaml:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    yaml_demo demo;
    cosmo_facts facts = {0};
    const cosmo_yaml *root;
    cosmo_status status = cosmo_yaml_parse("fuzz.yaml", (const char *)data, bytes, arena, &run, &root);
    if (status == COSMO_OK) status = cosmo_section_read(&DEMO, root, &demo, arena, &run, &facts);
    if (status == COSMO_OK ? !yaml_holds(&demo, &facts) : !yaml_refused_well(status, &run)) abort();
    cosmo_arena_destroy(arena);
    return 0;
}
