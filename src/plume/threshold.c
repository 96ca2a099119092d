/* How much is too much: files of data/toxics/limits, and their values between the tabulated times. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

enum { THRESHOLD_TIME, THRESHOLD_VALUE, THRESHOLD_COLUMNS };
static const char THRESHOLD_FOLDER[] = "toxics/limits";
static const char *const THRESHOLD_CONFIDENCES[] = {"high", "medium", "low", "estimate", NULL};

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define THRESHOLD_TEXT(type_, member_, required_, help_)                                                               \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type_, member_), .required = required_,          \
        .help = help_                                                                                                  \
    }
#define THRESHOLD_TABLE(key_, member_, dimension_, help_)                                                              \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_TABLE, .offset = offsetof(cosmo_threshold, member_),                          \
        .columns = {COSMO_DIM_TIME, COSMO_DIM_##dimension_}, .n_columns = THRESHOLD_COLUMNS, .help = help_             \
    }

static const cosmo_field THRESHOLD_ONE_FIELDS[] = {
    THRESHOLD_TEXT(cosmo_threshold, substance, true, "Id of the substance."),
    THRESHOLD_TEXT(cosmo_threshold, level, true, "What the limit is called, such as AEGL-2."),
    {.key = "rank",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_threshold, rank),
     .min = 1.0,
     .max = 9.0,
     .default_text = "1",
     .help = "How bad it is to exceed it: a higher rank is drawn over a lower one."},
    THRESHOLD_TABLE("air", by_volume, MIXING_RATIO,
                    "In air by volume: rows of averaging time and limit. A time of 0 means a peak."),
    THRESHOLD_TABLE("air_mass", by_mass, DENSITY, "In air by mass: rows of averaging time and limit."),
    {.key = "water",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_threshold, water_kg_m3),
     .dimension = COSMO_DIM_DENSITY,
     .min = 1e-15,
     .max = 1e3,
     .help = "In water."},
    {.key = "soil",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_threshold, soil_kg_kg),
     .dimension = COSMO_DIM_CONTENT,
     .min = 1e-15,
     .max = 1.0,
     .help = "In soil."},
    {.key = "exponent",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_threshold, exponent),
     .dimension = COSMO_DIM_NONE,
     .min = 0.5,
     .max = 10.0,
     .help = "Beyond the last time C^n t stays; left out: n as between the last two times."},
    THRESHOLD_TEXT(cosmo_threshold, source, true, "Where it was read, and what was not read but remembered."),
    {.key = "confidence",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_threshold, confidence),
     .required = true,
     .choices = THRESHOLD_CONFIDENCES,
     .help = "How sure the value is."},
    THRESHOLD_TEXT(cosmo_threshold, note, false, "What a reader should know besides."),
};
static const cosmo_section THRESHOLD_ONE = {"threshold", "One substance, one level.", sizeof(cosmo_threshold),
                                            THRESHOLD_ONE_FIELDS,
                                            sizeof THRESHOLD_ONE_FIELDS / sizeof THRESHOLD_ONE_FIELDS[0]};

static const cosmo_field THRESHOLD_SET_FIELDS[] = {
    THRESHOLD_TEXT(cosmo_threshold_set, id, true, "The file's name."),
    THRESHOLD_TEXT(cosmo_threshold_set, name, true, "Whose limits these are."),
    THRESHOLD_TEXT(cosmo_threshold_set, summary, true, "What they mean, in a sentence."),
    THRESHOLD_TEXT(cosmo_threshold_set, reference, true, "The document that sets them."),
    THRESHOLD_TEXT(cosmo_threshold_set, valid_from, false, "First day in force, such as 2021-03-10. Left out: always."),
    THRESHOLD_TEXT(cosmo_threshold_set, valid_to, false, "Last day in force. Left out: still."),
    {.key = "thresholds",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_threshold_set, thresholds),
     .required = true,
     .section = &THRESHOLD_ONE,
     .help = "The limits, one a substance and level."},
};
static const cosmo_section THRESHOLD_SET = {"thresholds", "How much of a substance is too much.",
                                            sizeof(cosmo_threshold_set), THRESHOLD_SET_FIELDS,
                                            sizeof THRESHOLD_SET_FIELDS / sizeof THRESHOLD_SET_FIELDS[0]};

const cosmo_section *cosmo_threshold_section(void)
{
    return &THRESHOLD_SET;
}

/* ---- checking ---------------------------------------------------------------------------------------------------- */

static const double *threshold_row(const cosmo_table *table, size_t row)
{
    return table->values + row * THRESHOLD_COLUMNS;
}

static cosmo_status threshold_check_table(const cosmo_table *table, const cosmo_yaml *node, cosmo_run *run)
{
    if (table->n_rows == 0) return cosmo_yaml_fail(node, run, "%s: at least one row is expected here", node->key);
    const cosmo_yaml *list = node->kind == COSMO_YAML_MAP ? cosmo_yaml_child(node, "value") : node;
    const cosmo_yaml *place = list->first_child;
    for (size_t i = 0; i < table->n_rows; i++, place = place->next) {
        const double *row = threshold_row(table, i);
        if (!(row[THRESHOLD_VALUE] > 0.0)) return cosmo_yaml_fail(place, run, "a limit must be more than nothing");
        if (row[THRESHOLD_TIME] < 0.0) return cosmo_yaml_fail(place, run, "an averaging time cannot be negative");
        if (row[THRESHOLD_TIME] == 0.0 && table->n_rows > 1)
            return cosmo_yaml_fail(place, run, "a peak (time 0) must be the only row");
        if (i == 0) continue;
        const double *before = threshold_row(table, i - 1);
        if (!(row[THRESHOLD_TIME] > before[THRESHOLD_TIME]))
            return cosmo_yaml_fail(place, run, "averaging times must rise from row to row");
        if (row[THRESHOLD_VALUE] > before[THRESHOLD_VALUE])
            return cosmo_yaml_fail(place, run, "the limit for a longer time cannot be higher; are two rows exchanged?");
    }
    return COSMO_OK;
}

static cosmo_status threshold_check_kind(const cosmo_threshold *one, const cosmo_yaml *node, cosmo_run *run)
{
    const cosmo_yaml *air = cosmo_yaml_child(node, "air"), *mass = cosmo_yaml_child(node, "air_mass");
    const int kinds = (air != NULL) + (mass != NULL) + !isnan(one->water_kg_m3) + !isnan(one->soil_kg_kg);
    if (kinds != 1)
        return cosmo_yaml_fail(node, run, "a limit has one of 'air', 'air_mass', 'water' and 'soil'; here are %d",
                               kinds);
    if (air != NULL) return threshold_check_table(&one->by_volume, air, run);
    return mass != NULL ? threshold_check_table(&one->by_mass, mass, run) : COSMO_OK;
}

static const cosmo_threshold *threshold_find(const cosmo_threshold *all, size_t n, const char *level,
                                             const char *substance)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].level, level) == 0 && strcmp(all[i].substance, substance) == 0) return &all[i];
    return NULL;
}

static cosmo_status threshold_check(const cosmo_threshold_set *set, const cosmo_yaml *root,
                                    const cosmo_substances *substances, cosmo_arena *arena, cosmo_run *run)
{
    COSMO_TRY(cosmo_rules_check_days(root, set->valid_from, set->valid_to, run));
    const cosmo_threshold *all = set->thresholds.items;
    const cosmo_yaml *node = cosmo_yaml_child(root, "thresholds")->first_child;
    for (size_t i = 0; i < set->thresholds.n; i++, node = node->next) {
        const cosmo_substance *found;
        const cosmo_yaml *place = cosmo_yaml_child(node, "substance");
        COSMO_TRY(cosmo_substances_need(substances, all[i].substance, place, arena, run, &found));
        COSMO_TRY(threshold_check_kind(&all[i], node, run));
        if (threshold_find(all, i, all[i].level, all[i].substance) != NULL)
            return cosmo_yaml_fail(place, run, "'%.40s' of '%.40s' is there twice", all[i].level, all[i].substance);
    }
    return COSMO_OK;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static cosmo_status threshold_take(const cosmo_yaml *root, const cosmo_substances *substances, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_threshold_set *set)
{
    COSMO_TRY(cosmo_section_read(&THRESHOLD_SET, root, set, arena, run, NULL));
    return threshold_check(set, root, substances, arena, run);
}

cosmo_status cosmo_threshold_read(const char *id, const cosmo_yaml *asked, const cosmo_substances *substances,
                                  cosmo_arena *arena, cosmo_run *run, cosmo_threshold_set *set)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open(THRESHOLD_FOLDER, "set of limits", id, asked, arena, run, &root));
    return threshold_take(root, substances, arena, run, set);
}

cosmo_status cosmo_threshold_parse(const char *file, const char *data, size_t bytes, const cosmo_substances *substances,
                                   cosmo_arena *arena, cosmo_run *run, cosmo_threshold_set *set)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_parse(file, data, bytes, arena, run, &root));
    return threshold_take(root, substances, arena, run, set);
}

cosmo_status cosmo_threshold_read_all(const cosmo_substances *substances, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_list *sets)
{
    cosmo_list ids;
    COSMO_TRY(cosmo_catalogue_list(THRESHOLD_FOLDER, arena, run, &ids));
    cosmo_threshold_set *all = cosmo_arena_array(arena, ids.n + 1, sizeof *all);
    COSMO_NEED(all, run);
    for (size_t i = 0; i < ids.n; i++)
        COSMO_TRY(cosmo_threshold_read(((const char *const *)ids.items)[i], NULL, substances, arena, run, &all[i]));
    *sets = (cosmo_list){ids.n, all};
    return COSMO_OK;
}

const cosmo_threshold *cosmo_threshold_find(const cosmo_threshold_set *set, const char *level, const char *substance)
{
    return threshold_find(set->thresholds.items, set->thresholds.n, level, substance);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* n of C^n t = constant through two rows; infinite where the limit does not fall. */
static double threshold_exponent(const double *from, const double *to)
{
    return cosmo_real_log(to[THRESHOLD_TIME] / from[THRESHOLD_TIME]) /
           cosmo_real_log(from[THRESHOLD_VALUE] / to[THRESHOLD_VALUE]);
}

/* From a row along C^n t = constant. */
static double threshold_along(const double *row, double exponent, double averaging_s)
{
    return row[THRESHOLD_VALUE] * cosmo_real_pow(row[THRESHOLD_TIME] / averaging_s, 1.0 / exponent);
}

double cosmo_threshold_at(const cosmo_threshold *threshold, double averaging_s)
{
    const cosmo_table *table = threshold->by_volume.n_rows > 0 ? &threshold->by_volume : &threshold->by_mass;
    if (table->n_rows == 0) return NAN;
    size_t next = 0; /* the first row of a time not below the one asked for */
    while (next < table->n_rows && threshold_row(table, next)[THRESHOLD_TIME] < averaging_s) next++;
    const double *last = threshold_row(table, table->n_rows - 1);
    if (table->n_rows == 1 || next == 0) return threshold_row(table, 0)[THRESHOLD_VALUE];
    if (next == table->n_rows) {
        const double exponent =
            isnan(threshold->exponent) ? threshold_exponent(last - THRESHOLD_COLUMNS, last) : threshold->exponent;
        return threshold_along(last, exponent, averaging_s);
    }
    const double *to = threshold_row(table, next), *from = to - THRESHOLD_COLUMNS;
    if (to[THRESHOLD_TIME] == averaging_s) return to[THRESHOLD_VALUE];
    const double between = threshold_along(from, threshold_exponent(from, to), averaging_s);
    return fmin(from[THRESHOLD_VALUE], fmax(to[THRESHOLD_VALUE], between));
}

double cosmo_threshold_density(const cosmo_threshold *threshold, const cosmo_substance *substance, double averaging_s,
                               double temperature_k, double pressure_pa)
{
    const double limit = cosmo_threshold_at(threshold, averaging_s);
    if (threshold->by_volume.n_rows == 0) return limit;
    return cosmo_dose_mass_concentration(limit, substance->molar_mass_kg_mol, temperature_k, pressure_pa);
}
