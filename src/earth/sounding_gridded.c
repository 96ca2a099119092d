/* Soundings out of netCDF and GRIB files: which field is which quantity, the levels of one place, time and member. */
#include "core/real.h"
#include "cosmodrome/formats.h"
#include "earth/sounding.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define GRIDDED_DEG     (3.14159265358979323846 / 180.0)
#define GRIDDED_GRAVITY 9.80665
/* Quantities as the files have them; the ground's height stands among them. */
enum { GRIDDED_EAST, GRIDDED_NORTH, GRIDDED_TEMPERATURE, GRIDDED_HEIGHT_OF, GRIDDED_PRESSURE_OF, GRIDDED_QUANTITIES };

/* A quantity's names: short ones of ECMWF, NCEP and CMIP, then CF's standard name. */
typedef struct gridded_name {
    const char *name, *standard_name;
    int quantity;
    double height_m; /* that the name itself says; 0: none */
} gridded_name;
static const gridded_name gridded_names[] = {
    {"u", "eastward_wind", GRIDDED_EAST, 0.0},
    {"ugrd", NULL, GRIDDED_EAST, 0.0},
    {"ua", NULL, GRIDDED_EAST, 0.0},
    {"uwnd", NULL, GRIDDED_EAST, 0.0},
    {"u10", NULL, GRIDDED_EAST, 10.0},
    {"10u", NULL, GRIDDED_EAST, 10.0},
    {"v", "northward_wind", GRIDDED_NORTH, 0.0},
    {"vgrd", NULL, GRIDDED_NORTH, 0.0},
    {"va", NULL, GRIDDED_NORTH, 0.0},
    {"vwnd", NULL, GRIDDED_NORTH, 0.0},
    {"v10", NULL, GRIDDED_NORTH, 10.0},
    {"10v", NULL, GRIDDED_NORTH, 10.0},
    {"t", "air_temperature", GRIDDED_TEMPERATURE, 0.0},
    {"tmp", NULL, GRIDDED_TEMPERATURE, 0.0},
    {"ta", NULL, GRIDDED_TEMPERATURE, 0.0},
    {"air", NULL, GRIDDED_TEMPERATURE, 0.0},
    {"t2m", NULL, GRIDDED_TEMPERATURE, 2.0},
    {"2t", NULL, GRIDDED_TEMPERATURE, 2.0},
    {"z", "geopotential", GRIDDED_HEIGHT_OF, 0.0},
    {"gh", "geopotential_height", GRIDDED_HEIGHT_OF, 0.0},
    {"gp", "surface_altitude", GRIDDED_HEIGHT_OF, 0.0},
    {"hgt", NULL, GRIDDED_HEIGHT_OF, 0.0},
    {"zg", NULL, GRIDDED_HEIGHT_OF, 0.0},
    {"p", "air_pressure", GRIDDED_PRESSURE_OF, 0.0},
    {"pres", NULL, GRIDDED_PRESSURE_OF, 0.0},
    {"pressure", NULL, GRIDDED_PRESSURE_OF, 0.0},
};
static const char *const gridded_words[GRIDDED_QUANTITIES] = {
    "eastward wind (u, UGRD, eastward_wind)", "northward wind (v, VGRD, northward_wind)",
    "temperature (t, TMP, air_temperature)", "geopotential or height (z, HGT, geopotential)", "pressure (p, PRES)"};

/* A unit of a quantity and what turns it into SI: geopotential into geopotential metres. */
typedef struct gridded_unit {
    int quantity;
    const char *unit;
    double factor, offset;
} gridded_unit;
static const gridded_unit gridded_units[] = {
    {GRIDDED_EAST, "m s**-1", 1.0, 0.0},
    {GRIDDED_EAST, "m s-1", 1.0, 0.0},
    {GRIDDED_EAST, "m s^-1", 1.0, 0.0},
    {GRIDDED_EAST, "m/s", 1.0, 0.0},
    {GRIDDED_TEMPERATURE, "K", 1.0, 0.0},
    {GRIDDED_TEMPERATURE, "kelvin", 1.0, 0.0},
    {GRIDDED_TEMPERATURE, "degK", 1.0, 0.0},
    {GRIDDED_TEMPERATURE, "C", 1.0, 273.15},
    {GRIDDED_TEMPERATURE, "degC", 1.0, 273.15},
    {GRIDDED_TEMPERATURE, "Celsius", 1.0, 273.15},
    {GRIDDED_HEIGHT_OF, "m**2 s**-2", 1.0 / GRIDDED_GRAVITY, 0.0},
    {GRIDDED_HEIGHT_OF, "m2 s-2", 1.0 / GRIDDED_GRAVITY, 0.0},
    {GRIDDED_HEIGHT_OF, "m^2 s^-2", 1.0 / GRIDDED_GRAVITY, 0.0},
    {GRIDDED_HEIGHT_OF, "m^2/s^2", 1.0 / GRIDDED_GRAVITY, 0.0},
    {GRIDDED_HEIGHT_OF, "gpm", 1.0, 0.0},
    {GRIDDED_HEIGHT_OF, "m", 1.0, 0.0},
    {GRIDDED_PRESSURE_OF, "Pa", 1.0, 0.0},
    {GRIDDED_PRESSURE_OF, "hPa", 100.0, 0.0},
};

/* A field that is wanted. */
typedef struct gridded_pick {
    const cosmo_gridded_field *field;
    int quantity;
    cosmo_gridded_kind kind;
    double level, factor, offset;
} gridded_pick;

typedef struct gridded_reader {
    const char *path;
    const cosmo_sounding_point *point;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_gridded *file;
    size_t n;
    gridded_pick *picks; /* by time, member, kind, level */
    size_t n_times, n_members;
    double *times;
    int64_t *members;
} gridded_reader;

/* What is known at one level. */
typedef struct gridded_level {
    cosmo_gridded_kind kind;
    double level, value[GRIDDED_QUANTITIES];
    bool has[GRIDDED_QUANTITIES];
} gridded_level;

/* The levels of one place, time and member. */
typedef struct gridded_column {
    size_t n;
    gridded_level *levels;
    double ground_m; /* geopotential height; NaN: not in the file */
} gridded_column;

/* ---- times as text ----------------------------------------------------------------------------------------------- */

/* ISO 8601 of seconds since 1970; years begin in March here, so that leap days end them. */
static const char *gridded_utc(double posix_s, cosmo_arena *arena)
{
    if (!(fabs(posix_s) < 1e11)) return "no time";
    const double days = floor(posix_s / 86400.0);
    const int second = (int)(posix_s - 86400.0 * days), shifted = (int)days + 719468;
    const int era = (shifted >= 0 ? shifted : shifted - 146096) / 146097, of_era = shifted - 146097 * era;
    const int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int march = (5 * of_year + 2) / 153, day = of_year - (153 * march + 2) / 5 + 1;
    const int month = march < 10 ? march + 3 : march - 9, year = year_of_era + 400 * era + (month <= 2 ? 1 : 0);
    const char *text = cosmo_arena_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, second / 3600,
                                         second / 60 % 60, second % 60);
    return text != NULL ? text : "";
}

/* ---- which field is what ----------------------------------------------------------------------------------------- */

static const gridded_name *gridded_recognise(const cosmo_gridded_field *field)
{
    for (size_t i = 0; i < sizeof gridded_names / sizeof gridded_names[0]; i++) {
        const gridded_name *known = &gridded_names[i];
        if (strcasecmp(field->name, known->name) == 0) return known;
        if (known->standard_name != NULL && strcmp(field->standard_name, known->standard_name) == 0) return known;
    }
    return NULL;
}

static cosmo_status gridded_convert(const gridded_reader *r, gridded_pick *pick)
{
    const int quantity = pick->quantity == GRIDDED_NORTH ? GRIDDED_EAST : pick->quantity;
    const char *expected = NULL;
    for (size_t i = 0; i < sizeof gridded_units / sizeof gridded_units[0]; i++) {
        if (gridded_units[i].quantity != quantity) continue;
        if (expected == NULL) expected = gridded_units[i].unit;
        if (strcmp(gridded_units[i].unit, pick->field->unit) != 0) continue;
        pick->factor = gridded_units[i].factor;
        pick->offset = gridded_units[i].offset;
        return COSMO_OK;
    }
    return cosmo_run_fail(r->run, COSMO_BAD_INPUT,
                          "%s: error: the unit of '%s' is '%s', which is none of %s; such as '%s'", r->path,
                          pick->field->name, pick->field->unit, gridded_words[pick->quantity], expected);
}

/* Keep a field that is wanted: on levels of pressure or altitude, near the ground, or the ground's own height. */
static cosmo_status gridded_choose(gridded_reader *r, const cosmo_gridded_field *field)
{
    const gridded_name *known = gridded_recognise(field);
    if (known == NULL || field->kind == COSMO_GRIDDED_OTHER) return COSMO_OK;
    gridded_pick pick = {.field = field, .quantity = known->quantity, .kind = field->kind, .level = field->level};
    if (pick.kind == COSMO_GRIDDED_SURFACE && known->height_m > 0.0) {
        pick.kind = COSMO_GRIDDED_HEIGHT;
        pick.level = known->height_m;
    }
    if (pick.kind == COSMO_GRIDDED_SURFACE && pick.quantity != GRIDDED_HEIGHT_OF) return COSMO_OK;
    COSMO_TRY(gridded_convert(r, &pick));
    r->picks[r->n++] = pick;
    return COSMO_OK;
}

static int gridded_order(double a, double b)
{
    if (isnan(a) || isnan(b)) return (isnan(b) ? 1 : 0) - (isnan(a) ? 1 : 0); /* timeless first */
    return (a > b) - (a < b);
}

static int gridded_compare(const void *left, const void *right)
{
    const gridded_pick *a = left, *b = right;
    int order = gridded_order(a->field->posix_s, b->field->posix_s);
    if (order == 0) order = (a->field->member > b->field->member) - (a->field->member < b->field->member);
    if (order == 0) order = (int)a->kind - (int)b->kind;
    if (order == 0) order = gridded_order(a->level, b->level);
    if (order == 0) order = a->quantity - b->quantity;
    if (order == 0) order = (a->field > b->field) - (a->field < b->field);
    return order;
}

static int gridded_compare_members(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

/* The times and members of what lies on levels. */
static cosmo_status gridded_count(gridded_reader *r)
{
    r->times = cosmo_arena_array(r->arena, r->n + 1, sizeof *r->times);
    r->members = cosmo_arena_array(r->arena, r->n + 1, sizeof *r->members);
    COSMO_NEED(r->times, r->run);
    COSMO_NEED(r->members, r->run);
    size_t n = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (r->picks[i].kind != COSMO_GRIDDED_PRESSURE && r->picks[i].kind != COSMO_GRIDDED_ALTITUDE) continue;
        const double time = r->picks[i].field->posix_s;
        if (r->n_times == 0 || gridded_order(r->times[r->n_times - 1], time) != 0) r->times[r->n_times++] = time;
        r->members[n++] = r->picks[i].field->member;
    }
    qsort(r->members, n, sizeof *r->members, gridded_compare_members);
    for (size_t i = 0; i < n; i++)
        if (r->n_members == 0 || r->members[r->n_members - 1] != r->members[i])
            r->members[r->n_members++] = r->members[i];
    return COSMO_OK;
}

/* Every quantity must be there at all; height and pressure stand for each other. */
static cosmo_status gridded_check_quantities(const gridded_reader *r)
{
    bool has[GRIDDED_QUANTITIES] = {false};
    bool pressures = false, altitudes = false;
    for (size_t i = 0; i < r->n; i++) {
        pressures = pressures || r->picks[i].kind == COSMO_GRIDDED_PRESSURE;
        altitudes = altitudes || r->picks[i].kind == COSMO_GRIDDED_ALTITUDE;
        if (r->picks[i].kind == COSMO_GRIDDED_PRESSURE || r->picks[i].kind == COSMO_GRIDDED_ALTITUDE)
            has[r->picks[i].quantity] = true;
    }
    if (!pressures && !altitudes)
        return cosmo_run_fail(r->run, COSMO_BAD_INPUT,
                              "%s: error: it has no wind, temperature or height on levels of pressure or altitude",
                              r->path);
    for (int q = 0; q < GRIDDED_PRESSURE_OF; q++)
        if (!has[q] && !(q == GRIDDED_HEIGHT_OF && altitudes))
            return cosmo_run_fail(r->run, COSMO_BAD_INPUT, "%s: error: it has no %s on its levels", r->path,
                                  gridded_words[q]);
    return COSMO_OK;
}

static cosmo_status gridded_survey(gridded_reader *r)
{
    const cosmo_gridded_field *fields;
    const size_t n = cosmo_gridded_fields(r->file, &fields);
    r->picks = cosmo_arena_array(r->arena, n + 1, sizeof *r->picks);
    COSMO_NEED(r->picks, r->run);
    for (size_t i = 0; i < n; i++) COSMO_TRY(gridded_choose(r, &fields[i]));
    qsort(r->picks, r->n, sizeof *r->picks, gridded_compare);
    COSMO_TRY(gridded_check_quantities(r));
    return gridded_count(r);
}

/* ---- one column -------------------------------------------------------------------------------------------------- */

/* The first field of a time. */
static size_t gridded_first(const gridded_reader *r, double posix_s)
{
    size_t low = 0, high = r->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (gridded_order(r->picks[middle].field->posix_s, posix_s) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static cosmo_status gridded_value(const gridded_reader *r, const gridded_pick *pick, double *value)
{
    COSMO_TRY(cosmo_gridded_value(r->file, pick->field, r->point->longitude_rad / GRIDDED_DEG,
                                  r->point->latitude_rad / GRIDDED_DEG, value, r->run));
    *value = pick->offset + pick->factor * *value;
    return COSMO_OK;
}

/* Add the fields of a time and member to a column. */
static cosmo_status gridded_gather(const gridded_reader *r, double posix_s, int64_t member, gridded_column *column)
{
    for (size_t i = gridded_first(r, posix_s); i < r->n; i++) {
        const gridded_pick *pick = &r->picks[i];
        double value;
        if (gridded_order(pick->field->posix_s, posix_s) != 0) break;
        if (pick->field->member != member && pick->field->member != -1) continue;
        COSMO_TRY(gridded_value(r, pick, &value));
        if (pick->kind == COSMO_GRIDDED_SURFACE) {
            column->ground_m = value;
            continue;
        }
        gridded_level *level = column->n > 0 ? &column->levels[column->n - 1] : NULL;
        if (level == NULL || level->kind != pick->kind || level->level != pick->level) {
            level = &column->levels[column->n++];
            *level = (gridded_level){.kind = pick->kind, .level = pick->level};
            for (int q = 0; q < GRIDDED_QUANTITIES; q++) level->value[q] = NAN;
        }
        if (level->has[pick->quantity]) continue; /* a message that the file has twice */
        level->has[pick->quantity] = true;
        level->value[pick->quantity] = value;
    }
    return COSMO_OK;
}

/* A level that the file has must have everything; what is missing at this place alone leaves the level out. */
static cosmo_status gridded_check_level(const gridded_reader *r, const gridded_level *level, double posix_s)
{
    for (int q = 0; q < GRIDDED_PRESSURE_OF; q++) {
        if (level->has[q] || (q == GRIDDED_HEIGHT_OF && level->kind == COSMO_GRIDDED_ALTITUDE)) continue;
        const bool pressure = level->kind == COSMO_GRIDDED_PRESSURE;
        return cosmo_run_fail(r->run, COSMO_BAD_INPUT, "%s: error: the level %g %s of %s has no %s", r->path,
                              pressure ? 0.01 * level->level : level->level, pressure ? "hPa" : "m",
                              gridded_utc(posix_s, r->arena), gridded_words[q]);
    }
    return COSMO_OK;
}

static cosmo_status gridded_read_column(const gridded_reader *r, double posix_s, int64_t member, gridded_column *column)
{
    const size_t from = gridded_first(r, posix_s);
    size_t most = from;
    while (most < r->n && gridded_order(r->picks[most].field->posix_s, posix_s) == 0) most++;
    *column = (gridded_column){.levels = cosmo_arena_array(r->arena, most - from + 1, sizeof(gridded_level)),
                               .ground_m = NAN};
    COSMO_NEED(column->levels, r->run);
    if (!isnan(posix_s)) { /* the ground's height often has no time */
        const size_t n = column->n;
        for (size_t i = 0; i < r->n && isnan(r->picks[i].field->posix_s); i++)
            if (r->picks[i].kind == COSMO_GRIDDED_SURFACE) COSMO_TRY(gridded_value(r, &r->picks[i], &column->ground_m));
        column->n = n;
    }
    COSMO_TRY(gridded_gather(r, posix_s, member, column));
    for (size_t i = 0; i < column->n; i++)
        if (column->levels[i].kind != COSMO_GRIDDED_HEIGHT)
            COSMO_TRY(gridded_check_level(r, &column->levels[i], posix_s));
    return COSMO_OK;
}

/* Between two times: levels that both have, each value linear. */
static void gridded_blend(gridded_column *a, const gridded_column *b, double part)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a->n; i++) {
        gridded_level level = a->levels[i];
        while (j < b->n && (b->levels[j].kind < level.kind ||
                            (b->levels[j].kind == level.kind && b->levels[j].level < level.level)))
            j++;
        if (j == b->n || b->levels[j].kind != level.kind || b->levels[j].level != level.level) continue;
        for (int q = 0; q < GRIDDED_QUANTITIES; q++) level.value[q] += part * (b->levels[j].value[q] - level.value[q]);
        a->levels[n++] = level;
    }
    a->n = n;
    if (!isnan(b->ground_m)) a->ground_m += part * (b->ground_m - a->ground_m);
}

/* ---- the sounding ------------------------------------------------------------------------------------------------ */

static sounding_level gridded_to_level(const gridded_level *from, double ground_m)
{
    const double east = from->value[GRIDDED_EAST], north = from->value[GRIDDED_NORTH];
    sounding_level level;
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) level.value[q] = NAN, level.column[q] = 1;
    double *value = level.value;
    if (from->kind == COSMO_GRIDDED_PRESSURE)
        value[SOUNDING_ALTITUDE] = cosmo_sounding_geometric_m(from->value[GRIDDED_HEIGHT_OF]);
    else
        value[SOUNDING_ALTITUDE] = from->level + (from->kind == COSMO_GRIDDED_HEIGHT ? ground_m : 0.0);
    value[SOUNDING_PRESSURE] = from->kind == COSMO_GRIDDED_PRESSURE ? from->level : from->value[GRIDDED_PRESSURE_OF];
    value[SOUNDING_TEMPERATURE] = from->value[GRIDDED_TEMPERATURE];
    if (isnan(east) || isnan(north)) return level;
    const double from_deg = cosmo_real_atan2(-east, -north) / GRIDDED_DEG;
    value[SOUNDING_SPEED] = sqrt(east * east + north * north);
    value[SOUNDING_FROM] = from_deg < 0.0 ? fmin(360.0, from_deg + 360.0) : from_deg;
    return level;
}

static int gridded_compare_altitudes(const void *left, const void *right)
{
    const sounding_level *a = left, *b = right;
    return gridded_order(a->value[SOUNDING_ALTITUDE], b->value[SOUNDING_ALTITUDE]);
}

/* The levels of a column, upwards; those under the ground are the model's invention. */
static cosmo_status gridded_to_sounding(const gridded_reader *r, const gridded_column *column, double posix_s,
                                        cosmo_sounding *out)
{
    sounding_reader reader = {.file = r->path, .line_number = -1, .arena = r->arena, .run = r->run, .out = out};
    sounding_level *levels = cosmo_arena_array(r->arena, column->n + 1, sizeof *levels);
    COSMO_NEED(levels, r->run);
    const double ground_m = cosmo_sounding_geometric_m(column->ground_m);
    size_t n = 0, below = 0;
    for (size_t i = 0; i < column->n; i++) {
        const sounding_level level = gridded_to_level(&column->levels[i], ground_m);
        if (column->levels[i].kind == COSMO_GRIDDED_HEIGHT && isnan(ground_m)) continue;
        if (level.value[SOUNDING_ALTITUDE] <= ground_m)
            below++;
        else
            levels[n++] = level;
    }
    qsort(levels, n, sizeof *levels, gridded_compare_altitudes);
    for (size_t i = 0; i < n; i++) COSMO_TRY(cosmo_sounding_add(&reader, &levels[i]));
    if (below > 0)
        cosmo_run_note(r->run, COSMO_NOTE_ASSUMPTION, "%s: levels under the ground (%.0f m) are left out", r->path,
                       ground_m);
    out->latitude_rad = r->point->latitude_rad;
    out->longitude_rad = r->point->longitude_rad;
    if (!isnan(posix_s)) out->valid_utc = gridded_utc(posix_s, r->arena);
    return cosmo_sounding_finish(&reader);
}

/* The times about the one asked for: their numbers and the weight of the second. */
static cosmo_status gridded_find_time(const gridded_reader *r, size_t pair[2], double *part)
{
    const double wanted = r->point->posix_s, *times = r->times;
    const size_t last = r->n_times - 1;
    pair[0] = pair[1] = 0;
    *part = 0.0;
    if (isnan(times[0])) {
        cosmo_run_note(r->run, COSMO_NOTE_ASSUMPTION, "%s: it says no time and is taken to be of the one asked for",
                       r->path);
        return COSMO_OK;
    }
    if (wanted < times[0] || wanted > times[last])
        return cosmo_run_fail(r->run, COSMO_BAD_INPUT, "%s: error: it holds %s to %s, and not %s", r->path,
                              gridded_utc(times[0], r->arena), gridded_utc(times[last], r->arena),
                              gridded_utc(wanted, r->arena));
    while (pair[1] < last && times[pair[1]] < wanted) pair[1]++;
    pair[0] = times[pair[1]] == wanted || pair[1] == 0 ? pair[1] : pair[1] - 1;
    if (pair[0] != pair[1]) *part = (wanted - times[pair[0]]) / (times[pair[1]] - times[pair[0]]);
    return COSMO_OK;
}

/* Sounding number `which`, counted member by member within a time. */
static cosmo_status gridded_make(const gridded_reader *r, size_t which, cosmo_sounding *out)
{
    const int64_t member = r->members[which % r->n_members];
    const bool timed = !isnan(r->point->posix_s);
    size_t pair[2] = {which / r->n_members, which / r->n_members};
    double part = 0.0;
    if (timed) COSMO_TRY(gridded_find_time(r, pair, &part));
    gridded_column column, later;
    COSMO_TRY(gridded_read_column(r, r->times[pair[0]], member, &column));
    if (pair[1] != pair[0]) {
        COSMO_TRY(gridded_read_column(r, r->times[pair[1]], member, &later));
        gridded_blend(&column, &later, part);
    }
    *out = (cosmo_sounding){.latitude_rad = NAN, .longitude_rad = NAN};
    COSMO_TRY(gridded_to_sounding(r, &column, timed ? r->point->posix_s : r->times[pair[0]], out));
    if (member < 0) return COSMO_OK;
    out->station = cosmo_arena_print(r->arena, "member %lld", (long long)member);
    COSMO_NEED(out->station, r->run);
    return COSMO_OK;
}

static cosmo_status gridded_make_all(gridded_reader *r, size_t which, cosmo_list *soundings)
{
    COSMO_TRY(gridded_survey(r));
    const size_t n = (isnan(r->point->posix_s) ? r->n_times : 1) * r->n_members;
    const size_t wanted = which == SIZE_MAX ? n : 1;
    if (which != SIZE_MAX && which >= n)
        return cosmo_run_fail(r->run, COSMO_BAD_INPUT,
                              "%s: error: it holds %zu soundings, counted from 0; there is no number %zu", r->path, n,
                              which);
    if (wanted > SOUNDING_ALL_MAX)
        return cosmo_run_fail(r->run, COSMO_BAD_INPUT, "%s: error: %zu soundings; at most %d are read", r->path, n,
                              SOUNDING_ALL_MAX);
    cosmo_sounding *made = cosmo_arena_array(r->arena, wanted, sizeof *made);
    COSMO_NEED(made, r->run);
    for (size_t i = 0; i < wanted; i++) COSMO_TRY(gridded_make(r, which == SIZE_MAX ? i : which, &made[i]));
    *soundings = (cosmo_list){wanted, made};
    return COSMO_OK;
}

cosmo_status cosmo_sounding_gridded_read(const char *path, size_t which, const cosmo_sounding_point *point,
                                         cosmo_arena *arena, cosmo_run *run, cosmo_list *soundings)
{
    gridded_reader reader = {.path = path, .point = point, .arena = arena, .run = run};
    COSMO_TRY(cosmo_gridded_open(path, arena, run, &reader.file));
    const cosmo_status status = gridded_make_all(&reader, which, soundings);
    cosmo_gridded_close(reader.file);
    return status;
}
