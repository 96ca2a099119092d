/* Soundings as comma-separated values: typed by hand, or the University of Wyoming's TEXT:CSV. */
#include "earth/sounding.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CSV_COLUMNS_MAX = 32, CSV_NAME_MAX = 40 };
/* Roles beyond the five quantities. */
enum { CSV_GEOPOTENTIAL = SOUNDING_QUANTITIES, CSV_TIME, CSV_LONGITUDE, CSV_LATITUDE, CSV_IGNORED, CSV_ROLES };

typedef struct csv_name {
    const char *name;
    int role;
    double factor, offset;
} csv_name;
static const csv_name csv_names[] = {
    {"altitude_m", SOUNDING_ALTITUDE, 1.0, 0.0},
    {"altitude_ft", SOUNDING_ALTITUDE, 0.3048, 0.0},
    {"height_m", SOUNDING_ALTITUDE, 1.0, 0.0},
    {"wind_m_s", SOUNDING_SPEED, 1.0, 0.0},
    {"wind_kt", SOUNDING_SPEED, 1852.0 / 3600.0, 0.0},
    {"from_deg", SOUNDING_FROM, 1.0, 0.0},
    {"temperature_c", SOUNDING_TEMPERATURE, 1.0, 273.15},
    {"temperature_k", SOUNDING_TEMPERATURE, 1.0, 0.0},
    {"pressure_hpa", SOUNDING_PRESSURE, 100.0, 0.0},
    /* Wyoming's own */
    {"geopotential height_m", CSV_GEOPOTENTIAL, 1.0, 0.0},
    {"wind direction_degree", SOUNDING_FROM, 1.0, 0.0},
    {"wind speed_m/s", SOUNDING_SPEED, 1.0, 0.0},
    {"time", CSV_TIME, 1.0, 0.0},
    {"longitude", CSV_LONGITUDE, 1.0, 0.0},
    {"latitude", CSV_LATITUDE, 1.0, 0.0},
    {"dew point temperature_c", CSV_IGNORED, 1.0, 0.0},
    {"ice point temperature_c", CSV_IGNORED, 1.0, 0.0},
    {"relative humidity_%", CSV_IGNORED, 1.0, 0.0},
    {"humidity wrt ice_%", CSV_IGNORED, 1.0, 0.0},
    {"mixing ratio_g/kg", CSV_IGNORED, 1.0, 0.0},
};
enum { CSV_NAMES = sizeof csv_names / sizeof csv_names[0] };
#define CSV_EXAMPLE "altitude_m,wind_m_s,from_deg,temperature_c,pressure_hpa"

/* The columns of the file. */
typedef struct csv_head {
    size_t n;
    const csv_name *column[CSV_COLUMNS_MAX];
    bool has[CSV_ROLES];
} csv_head;

enum { CSV_TIME_BYTES = 24 };
/* Rows of one time in a typed file are one sounding. */
typedef struct csv_blocks {
    size_t which, present;     /* the sounding that is wanted, and the one that is being read */
    char time[CSV_TIME_BYTES]; /* of the present one; "" before the first */
    sounding_reader wanted;    /* the reader as it stood after the wanted one */
    bool warned_wind;          /* a gale near the ground was told */
    double largest_from_deg;
} csv_blocks;

/* The next cell of the present line; false after the last. *offset moves past the comma. */
static bool csv_cell(const sounding_reader *reader, size_t *offset, size_t *start, size_t *length)
{
    if (*offset > reader->length) return false;
    const char *from = reader->line + *offset;
    const char *comma = memchr(from, ',', reader->length - *offset);
    *start = *offset;
    *length = comma != NULL ? (size_t)(comma - from) : reader->length - *offset;
    *offset += *length + 1;
    return true;
}

/* A cell without the blanks about it, in lower case, NUL-terminated; false when it is too long. */
static bool csv_word(const sounding_reader *reader, size_t *start, size_t length, char word[CSV_NAME_MAX])
{
    while (length > 0 && (reader->line[*start] == ' ' || reader->line[*start] == '\t')) ++*start, --length;
    while (length > 0 && (reader->line[*start + length - 1] == ' ' || reader->line[*start + length - 1] == '\t'))
        --length;
    const size_t kept = length < CSV_NAME_MAX ? length : CSV_NAME_MAX - 1;
    for (size_t i = 0; i < kept; i++) {
        const char c = reader->line[*start + i];
        word[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    word[kept] = '\0';
    return kept == length;
}

static cosmo_status csv_unknown(sounding_reader *reader, size_t start, const char *word)
{
    const char *names[CSV_NAMES];
    double number;
    for (size_t i = 0; i < CSV_NAMES; i++) names[i] = csv_names[i].name;
    const char *near = cosmo_text_nearest(word, names, CSV_NAMES);
    if (near != NULL)
        return cosmo_sounding_fail(reader, start + 1, "unknown column '%s'; did you mean '%s'?", word, near);
    if (cosmo_text_number(word, &number) || word[0] == '\0')
        return cosmo_sounding_fail(reader, start + 1,
                                   "the header is missing: the first line names the columns, such as " CSV_EXAMPLE);
    if (strchr(word, ';') != NULL || strchr(word, '\t') != NULL)
        return cosmo_sounding_fail(reader, start + 1,
                                   "columns are separated by commas, and decimals by points: " CSV_EXAMPLE);
    return cosmo_sounding_fail(
        reader, start + 1,
        "unknown column '%s'; known: altitude_m, altitude_ft, height_m, wind_m_s, wind_kt, from_deg, "
        "temperature_c, temperature_k, pressure_hpa",
        word);
}

static cosmo_status csv_read_head(sounding_reader *reader, csv_head *head)
{
    size_t offset = 0, start, length;
    while (csv_cell(reader, &offset, &start, &length)) {
        char word[CSV_NAME_MAX];
        const csv_name *found = NULL;
        const bool whole = csv_word(reader, &start, length, word);
        for (size_t i = 0; whole && i < CSV_NAMES; i++)
            if (strcmp(word, csv_names[i].name) == 0) found = &csv_names[i];
        if (found == NULL) return csv_unknown(reader, start, word);
        if (head->n == CSV_COLUMNS_MAX)
            return cosmo_sounding_fail(reader, start + 1, "more than %d columns", CSV_COLUMNS_MAX);
        if (found->role != CSV_IGNORED && head->has[found->role])
            return cosmo_sounding_fail(reader, start + 1, "'%s' gives a quantity for the second time", word);
        head->has[found->role] = true;
        head->column[head->n++] = found;
    }
    return COSMO_OK;
}

static cosmo_status csv_check_head(sounding_reader *reader, const csv_head *head)
{
    if (head->has[SOUNDING_ALTITUDE] == head->has[CSV_GEOPOTENTIAL])
        return cosmo_sounding_fail(reader, 1,
                                   head->has[CSV_GEOPOTENTIAL]
                                       ? "two columns of height; keep one"
                                       : "no column of height; the header needs altitude_m, altitude_ft or height_m");
    if (!head->has[SOUNDING_SPEED])
        return cosmo_sounding_fail(reader, 1, "no column of wind speed; the header needs wind_m_s or wind_kt");
    if (!head->has[SOUNDING_FROM])
        return cosmo_sounding_fail(reader, 1, "no column of wind direction; the header needs from_deg");
    return COSMO_OK;
}

/* "1999-05-03 23:02:00" (or with a T, without seconds) as ISO 8601. */
static cosmo_status csv_time(sounding_reader *reader, size_t start, size_t length, char utc[CSV_TIME_BYTES])
{
    static const char shape[] = "0000-00-00 00:00:00";
    const char *text = reader->line + start;
    const size_t digits = length >= 19 && text[16] == ':' ? 19 : 16;
    bool good = length >= 16;
    for (size_t i = 0; good && i < digits; i++)
        good = shape[i] == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == shape[i] || (i == 10 && text[i] == 'T');
    if (good) {
        const int month = 10 * (text[5] - '0') + text[6] - '0', day = 10 * (text[8] - '0') + text[9] - '0';
        const int hour = 10 * (text[11] - '0') + text[12] - '0';
        good = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && text[14] <= '5';
    }
    if (!good) return cosmo_sounding_fail(reader, start + 1, "a time looks like 2026-12-01 08:32:00 (UTC)");
    snprintf(utc, CSV_TIME_BYTES, "%.10sT%.5s:%.2sZ", text, text + 11, digits == 19 ? text + 17 : "00");
    return COSMO_OK;
}

static cosmo_status csv_keep_time(sounding_reader *reader, const char *utc)
{
    reader->out->valid_utc = cosmo_arena_text(reader->arena, utc, strlen(utc));
    COSMO_NEED(reader->out->valid_utc, reader->run);
    return COSMO_OK;
}

/* The end of a typed file's present sounding. */
static cosmo_status csv_close_block(sounding_reader *reader, csv_blocks *blocks)
{
    if (blocks->largest_from_deg > 0.0 && blocks->largest_from_deg < 6.2832 && reader->n > 3)
        cosmo_run_note(reader->run, COSMO_NOTE_WARNING,
                       "%s: every wind is from 0 to %.2f deg; if these are radians, multiply them by 57.2958",
                       reader->file, blocks->largest_from_deg);
    blocks->largest_from_deg = 0.0;
    if (blocks->present != blocks->which) return COSMO_OK;
    if (blocks->time[0] != '\0') COSMO_TRY(csv_keep_time(reader, blocks->time));
    blocks->wanted = *reader;
    return COSMO_OK;
}

/* A row's time: that of the row before, or the first of another sounding. */
static cosmo_status csv_turn(sounding_reader *reader, csv_blocks *blocks, size_t start, const char *utc)
{
    const int order = blocks->time[0] != '\0' ? strcmp(utc, blocks->time) : 0;
    if (order < 0)
        return cosmo_sounding_fail(reader, start + 1,
                                   "%s comes after %s: the soundings of a forecast stand in the order of their times",
                                   utc, blocks->time);
    if (order > 0) {
        if (reader->n < 2)
            return cosmo_sounding_fail(reader, start + 1,
                                       "the sounding of %s has %zu level%s with a height; a sounding needs two",
                                       blocks->time, reader->n, reader->n == 1 ? "" : "s");
        COSMO_TRY(csv_close_block(reader, blocks));
        if (blocks->present++ == blocks->which) reader->level = NULL, reader->capacity = 0;
        reader->n = 0;
    }
    memcpy(blocks->time, utc, CSV_TIME_BYTES);
    return COSMO_OK;
}

static cosmo_status csv_place(sounding_reader *reader, const csv_name *column, size_t start, double value)
{
    const bool latitude = column->role == CSV_LATITUDE;
    const double limit = latitude ? 90.0 : 180.0;
    double *angle = latitude ? &reader->out->latitude_rad : &reader->out->longitude_rad;
    if (fabs(value) > limit) return cosmo_sounding_fail(reader, start + 1, "a %s of %g deg", column->name, value);
    if (isnan(*angle)) *angle = value * (3.14159265358979323846 / 180.0);
    return COSMO_OK;
}

static cosmo_status csv_take(sounding_reader *reader, const csv_name *column, size_t start, size_t length,
                             sounding_level *level)
{
    double value;
    if (column->role == CSV_IGNORED || column->role == CSV_TIME) return COSMO_OK;
    COSMO_TRY(cosmo_sounding_number(reader, start, length, &value));
    if (column->role == CSV_LATITUDE || column->role == CSV_LONGITUDE) return csv_place(reader, column, start, value);
    const int quantity = column->role == CSV_GEOPOTENTIAL ? SOUNDING_ALTITUDE : column->role;
    if (column->role == CSV_GEOPOTENTIAL) value = cosmo_sounding_geometric_m(value);
    level->value[quantity] = value * column->factor + column->offset;
    level->column[quantity] = start + 1;
    return COSMO_OK;
}

/* A level typed by hand: a hole in it is a slip, not a failed sensor, and so is a value that does not fit the others.
 */
static cosmo_status csv_check_typed(sounding_reader *reader, const sounding_level *level, csv_blocks *blocks)
{
    const double height = level->value[SOUNDING_ALTITUDE], pressure = level->value[SOUNDING_PRESSURE];
    const double wind = level->value[SOUNDING_SPEED];
    if (isnan(height)) return cosmo_sounding_fail(reader, 1, "a level without a height");
    if (isnan(wind) != isnan(level->value[SOUNDING_FROM]))
        return cosmo_sounding_fail(reader, 1, "wind speed and direction go together: give both or neither");
    if (isnan(wind) && isnan(level->value[SOUNDING_TEMPERATURE]))
        return cosmo_sounding_fail(reader, 1, "a level with neither wind nor temperature");
    COSMO_TRY(cosmo_sounding_check(reader, level));
    if (height < 30000.0 && !isnan(pressure)) {
        const double standard = cosmo_atmosphere_us76(height).pressure_pa;
        if (pressure < 0.5 * standard || pressure > 2.0 * standard)
            return cosmo_sounding_fail(
                reader, level->column[SOUNDING_PRESSURE],
                "a pressure of %g hPa at %g m, where the standard atmosphere has %.0f hPa; is the "
                "unit of the height, or of the pressure, right?",
                0.01 * pressure, height, 0.01 * standard);
    }
    if (wind > 40.0 && height < 1000.0 && !blocks->warned_wind) {
        blocks->warned_wind = true;
        cosmo_run_note(reader->run, COSMO_NOTE_WARNING, "%s:%d:%zu: %.1f m/s at %g m is a hurricane; are these knots?",
                       reader->file, reader->line_number, level->column[SOUNDING_SPEED], wind, height);
    }
    if (wind > 0.0) blocks->largest_from_deg = fmax(blocks->largest_from_deg, level->value[SOUNDING_FROM]);
    return COSMO_OK;
}

/* What a row's time means: Wyoming writes when the balloon was there, a typed file of which sounding the row is. */
static cosmo_status csv_take_time(sounding_reader *reader, const csv_head *head, csv_blocks *blocks, size_t start,
                                  size_t length)
{
    char utc[CSV_TIME_BYTES];
    while (length > 0 && reader->line[start] == ' ') start++, length--;
    COSMO_TRY(csv_time(reader, start, length, utc));
    if (!head->has[CSV_GEOPOTENTIAL]) return csv_turn(reader, blocks, start, utc);
    return reader->out->valid_utc == NULL ? csv_keep_time(reader, utc) : COSMO_OK;
}

static cosmo_status csv_read_row(sounding_reader *reader, const csv_head *head, csv_blocks *blocks)
{
    sounding_level level;
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) level.value[q] = NAN, level.column[q] = 1;
    size_t offset = 0, start = 0, length, n = 0;
    while (csv_cell(reader, &offset, &start, &length)) {
        if (n == head->n)
            return cosmo_sounding_fail(reader, start + 1, "more cells than the header's %zu columns", head->n);
        if (head->column[n]->role == CSV_TIME) COSMO_TRY(csv_take_time(reader, head, blocks, start, length));
        COSMO_TRY(csv_take(reader, head->column[n++], start, length, &level));
    }
    if (n < head->n)
        return cosmo_sounding_fail(reader, reader->length + 1, "%zu cells where the header has %zu columns", n,
                                   head->n);
    if (!head->has[CSV_GEOPOTENTIAL]) COSMO_TRY(csv_check_typed(reader, &level, blocks));
    return cosmo_sounding_add(reader, &level);
}

/* Blank lines and lines that begin with '#' say nothing. */
static bool csv_says_nothing(const sounding_reader *reader)
{
    size_t i = 0;
    while (i < reader->length && (reader->line[i] == ' ' || reader->line[i] == '\t')) i++;
    return i == reader->length || reader->line[i] == '#';
}

/* Every row is read and checked, whichever sounding is wanted. */
static cosmo_status csv_read_rows(sounding_reader *reader, csv_blocks *blocks)
{
    csv_head head = {0};
    while (cosmo_sounding_next_line(reader)) {
        if (csv_says_nothing(reader)) continue;
        if (head.n > 0) {
            COSMO_TRY(csv_read_row(reader, &head, blocks));
            continue;
        }
        COSMO_TRY(csv_read_head(reader, &head));
        COSMO_TRY(csv_check_head(reader, &head));
    }
    if (head.n == 0)
        return cosmo_sounding_fail(reader, 1, "no header: the first line names the columns, such as " CSV_EXAMPLE);
    return COSMO_OK;
}

cosmo_status cosmo_sounding_csv_parse(sounding_reader *reader, size_t which)
{
    csv_blocks blocks = {.which = which};
    COSMO_TRY(csv_read_rows(reader, &blocks));
    if (which > blocks.present)
        return cosmo_sounding_fail(reader, 1, "the file holds %zu sounding%s, counted from 0; there is no number %zu",
                                   blocks.present + 1, blocks.present == 0 ? "" : "s", which);
    COSMO_TRY(csv_close_block(reader, &blocks));
    if (blocks.present > 0 && reader->n < 2)
        return cosmo_sounding_fail(reader, 1, "the sounding of %s has %zu level%s with a height; a sounding needs two",
                                   blocks.time, reader->n, reader->n == 1 ? "" : "s");
    *reader = blocks.wanted;
    reader->more = which < blocks.present;
    return COSMO_OK;
}
