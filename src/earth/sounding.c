/* Soundings: which format a text is, its lines, cells and levels, and the profile that comes out. */
#include "earth/sounding.h"
#include "cosmodrome/formats.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SOUNDING_DEG      (3.14159265358979323846 / 180.0)
#define SOUNDING_RADIUS_M 6356766.0

bool cosmo_sounding_next_line(sounding_reader *reader)
{
    if (reader->next >= reader->end) return false;
    const char *stop = memchr(reader->next, '\n', (size_t)(reader->end - reader->next));
    reader->line = reader->next;
    reader->length = (size_t)((stop != NULL ? stop : reader->end) - reader->line);
    reader->next = stop != NULL ? stop + 1 : reader->end;
    if (reader->length > 0 && reader->line[reader->length - 1] == '\r') reader->length--;
    reader->line_number++;
    return true;
}

cosmo_status cosmo_sounding_fail(sounding_reader *reader, size_t column, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (reader->line_number < 0)
        return cosmo_run_fail(reader->run, COSMO_BAD_INPUT, "%s: error: %s", reader->file, text);
    return cosmo_run_fail(reader->run, COSMO_BAD_INPUT, "%s:%d:%zu: error: %s", reader->file,
                          reader->line_number > 0 ? reader->line_number : 1, column, text);
}

cosmo_status cosmo_sounding_number(sounding_reader *reader, size_t offset, size_t length, double *value)
{
    char cell[64];
    *value = NAN;
    while (length > 0 && (reader->line[offset] == ' ' || reader->line[offset] == '\t')) offset++, length--;
    while (length > 0 && (reader->line[offset + length - 1] == ' ' || reader->line[offset + length - 1] == '\t'))
        length--;
    if (length == 0) return COSMO_OK;
    const size_t kept = length < sizeof cell ? length : sizeof cell - 1;
    memcpy(cell, reader->line + offset, kept);
    cell[kept] = '\0';
    if (kept < length || strlen(cell) != length || !cosmo_text_number(cell, value))
        return cosmo_sounding_fail(reader, offset + 1, "'%.20s' is not a number; leave a missing value blank", cell);
    return COSMO_OK;
}

double cosmo_sounding_geometric_m(double geopotential_m)
{
    return SOUNDING_RADIUS_M * geopotential_m / (SOUNDING_RADIUS_M - geopotential_m);
}

/* What a balloon can have measured, and what to say about a value outside. */
typedef struct sounding_range {
    double low, high;
    const char *what, *rest;
} sounding_range;
static const sounding_range sounding_ranges[SOUNDING_QUANTITIES] = {
    {-500.0, 60000.0, "a height of", "m is not one of a sounding (-500 to 60,000 m); is the column's unit right?"},
    {1.0, 110000.0, "a pressure of", "Pa is not one of the air (1 to 110,000 Pa); is the column's unit right?"},
    {150.0, 340.0, "a temperature of", "K is not one of the air (150 to 340 K); is the column's unit right?"},
    {0.0, 150.0, "a wind of", "m/s is not one of the air (0 to 150 m/s); is the column's unit right?"},
    {0.0, 360.0, "a wind from", "deg has no direction: it is 0 to 360 deg, where the wind blows from"},
};

cosmo_status cosmo_sounding_check(sounding_reader *reader, const sounding_level *level)
{
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) {
        const sounding_range *range = &sounding_ranges[q];
        const double value = level->value[q];
        if (isnan(value) || (value >= range->low && value <= range->high)) continue;
        return cosmo_sounding_fail(reader, level->column[q], "%s %g %s", range->what, value, range->rest);
    }
    return COSMO_OK;
}

static cosmo_status sounding_reserve(sounding_reader *reader)
{
    if (reader->n < reader->capacity) return COSMO_OK;
    if (reader->n >= SOUNDING_LEVELS_MAX)
        return cosmo_sounding_fail(reader, 1, "more than %d levels; a sounding has fewer", SOUNDING_LEVELS_MAX);
    const size_t capacity = reader->capacity != 0 ? 2 * reader->capacity : 128;
    double(*level)[SOUNDING_QUANTITIES] = cosmo_arena_array(reader->arena, capacity, sizeof *level);
    COSMO_NEED(level, reader->run);
    if (reader->n > 0) memcpy(level, reader->level, reader->n * sizeof *level);
    reader->level = level;
    reader->capacity = capacity;
    return COSMO_OK;
}

cosmo_status cosmo_sounding_add(sounding_reader *reader, const sounding_level *level)
{
    COSMO_TRY(cosmo_sounding_check(reader, level));
    double value[SOUNDING_QUANTITIES];
    memcpy(value, level->value, sizeof value);
    if (isnan(value[SOUNDING_SPEED]) || isnan(value[SOUNDING_FROM])) value[SOUNDING_SPEED] = value[SOUNDING_FROM] = NAN;
    if (isnan(value[SOUNDING_ALTITUDE]) || (isnan(value[SOUNDING_SPEED]) && isnan(value[SOUNDING_TEMPERATURE]))) {
        reader->skipped++;
        return COSMO_OK;
    }
    if (reader->n > 0 && !(value[SOUNDING_ALTITUDE] > reader->level[reader->n - 1][SOUNDING_ALTITUDE]))
        return cosmo_sounding_fail(reader, level->column[SOUNDING_ALTITUDE],
                                   "height %.6g m does not rise above the level before (%.6g m)",
                                   value[SOUNDING_ALTITUDE], reader->level[reader->n - 1][SOUNDING_ALTITUDE]);
    COSMO_TRY(sounding_reserve(reader));
    memcpy(reader->level[reader->n++], value, sizeof value);
    return COSMO_OK;
}

cosmo_status cosmo_sounding_finish(sounding_reader *reader)
{
    if (reader->n < 2)
        return cosmo_sounding_fail(reader, 1, "%zu level%s with a height and wind or temperature; a sounding needs two",
                                   reader->n, reader->n == 1 ? "" : "s");
    double *column[SOUNDING_QUANTITIES];
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) {
        column[q] = cosmo_arena_array(reader->arena, reader->n, sizeof(double));
        COSMO_NEED(column[q], reader->run);
        for (size_t i = 0; i < reader->n; i++)
            column[q][i] = reader->level[i][q] * (q == SOUNDING_FROM ? SOUNDING_DEG : 1.0);
    }
    cosmo_sounding *out = reader->out;
    out->n = reader->n;
    out->altitude_m = column[SOUNDING_ALTITUDE];
    out->pressure_pa = column[SOUNDING_PRESSURE];
    out->temperature_k = column[SOUNDING_TEMPERATURE];
    out->wind_speed_m_s = column[SOUNDING_SPEED];
    out->wind_from_rad = column[SOUNDING_FROM];
    if (reader->skipped > 0)
        cosmo_run_note(reader->run, COSMO_NOTE_ASSUMPTION,
                       "%s: %zu of %zu levels have no height, or nothing but one, and are left out", reader->file,
                       reader->skipped, reader->skipped + reader->n);
    return COSMO_OK;
}

typedef enum sounding_format { SOUNDING_CSV, SOUNDING_LIST, SOUNDING_IGRA } sounding_format;

/* The first line that says something decides: '#' and a station code is IGRA, a table head with PRES and HGHT within
 * the first 60 lines is TEXT:LIST, all else must be CSV. */
static sounding_format sounding_guess(sounding_reader reader)
{
    bool first = true;
    for (int i = 0; i < 60 && cosmo_sounding_next_line(&reader); i++) {
        size_t start = 0;
        while (start < reader.length && reader.line[start] == ' ') start++;
        if (start == reader.length) continue;
        const char *words = reader.line + start;
        const size_t left = reader.length - start;
        if (first && left >= 24 && words[0] == '#' && words[1] != ' ' && words[12] == ' ' && words[17] == ' ')
            return SOUNDING_IGRA;
        first = false;
        if (left >= 11 && memcmp(words, "PRES", 4) == 0 && memcmp(words + 4, "   HGHT", 7) == 0) return SOUNDING_LIST;
    }
    return SOUNDING_CSV;
}

/* Bytes and line lengths that no sounding has, before any reader sees them. */
static cosmo_status sounding_check_text(sounding_reader reader)
{
    const char *begin = reader.next;
    if (begin == reader.end) return cosmo_sounding_fail(&reader, 1, "the file is empty");
    while (cosmo_sounding_next_line(&reader)) {
        if (reader.length > SOUNDING_LINE_MAX)
            return cosmo_sounding_fail(&reader, SOUNDING_LINE_MAX,
                                       "a line of %zu characters; a sounding's have at most %d", reader.length,
                                       SOUNDING_LINE_MAX);
        const char *nul = memchr(reader.line, '\0', reader.length);
        if (nul != NULL)
            return cosmo_sounding_fail(&reader, (size_t)(nul - reader.line) + 1, "a NUL byte; this is not a text file");
    }
    return COSMO_OK;
}

/* One sounding of a text whose bytes have been checked. */
static cosmo_status sounding_parse_text(sounding_reader *reader, size_t which)
{
    const sounding_format format = sounding_guess(*reader);
    if (format == SOUNDING_LIST && which > 0)
        return cosmo_sounding_fail(reader, 1, "this format holds one sounding; there is no number %zu", which);
    switch (format) {
    case SOUNDING_IGRA:
        COSMO_TRY(cosmo_sounding_igra_parse(reader, which));
        break;
    case SOUNDING_LIST:
        COSMO_TRY(cosmo_sounding_list_parse(reader));
        break;
    case SOUNDING_CSV:
        COSMO_TRY(cosmo_sounding_csv_parse(reader, which));
        break;
    }
    return cosmo_sounding_finish(reader);
}

/* What is to be known of a text before it is parsed; the byte order mark that spreadsheets write is passed over. */
static cosmo_status sounding_begin(sounding_reader *reader)
{
    const size_t bytes = (size_t)(reader->end - reader->next);
    const char *what;
    if (cosmo_gridded_known(reader->next, bytes, &what))
        return cosmo_run_fail(reader->run, COSMO_BAD_INPUT,
                              "%s:1:1: error: a %s file covers a region and a time; a place is needed to read it",
                              reader->file, what);
    if (bytes >= 3 && memcmp(reader->next, "\xef\xbb\xbf", 3) == 0) reader->next += 3;
    if (bytes > SOUNDING_BYTES_MAX)
        return cosmo_sounding_fail(reader, 1, "%zu bytes; at most %d are read here", bytes, SOUNDING_BYTES_MAX);
    COSMO_TRY(sounding_check_text(*reader));
    reader->igra = sounding_guess(*reader) == SOUNDING_IGRA;
    return COSMO_OK;
}

cosmo_status cosmo_sounding_parse(const char *file, const char *data, size_t bytes, size_t which, cosmo_arena *arena,
                                  cosmo_run *run, cosmo_sounding *sounding)
{
    *sounding = (cosmo_sounding){.latitude_rad = NAN, .longitude_rad = NAN};
    sounding_reader reader = {
        .file = file, .next = data, .end = data + bytes, .arena = arena, .run = run, .out = sounding};
    COSMO_TRY(sounding_begin(&reader));
    return sounding_parse_text(&reader, which);
}

/* A file that covers a region, or lines of text; *gridded tells which. */
static cosmo_status sounding_check_kind(const char *path, cosmo_run *run, bool *gridded)
{
    unsigned char begin[8];
    const char *what;
    FILE *file = fopen(path, "rb");
    *gridded = false;
    if (file == NULL) return COSMO_OK; /* cosmo_file_read says why */
    const size_t n = fread(begin, 1, sizeof begin, file);
    fclose(file);
    *gridded = cosmo_gridded_known(begin, n, &what);
    if (*gridded) {
        char digest[65];
        COSMO_TRY(cosmo_hash_file(path, run, digest));
        cosmo_run_input(run, path, digest);
    }
    return COSMO_OK;
}

static cosmo_status sounding_load(const char *path, cosmo_arena *arena, cosmo_run *run, const char **data,
                                  size_t *bytes)
{
    char digest[65];
    COSMO_TRY(cosmo_file_read(path, SOUNDING_BYTES_MAX, arena, run, data, bytes));
    cosmo_hash_sha256(*data, *bytes, digest);
    cosmo_run_input(run, path, digest);
    return COSMO_OK;
}

cosmo_status cosmo_sounding_read_at(const char *path, size_t which, const cosmo_sounding_point *point,
                                    cosmo_arena *arena, cosmo_run *run, cosmo_sounding *sounding)
{
    const char *data;
    size_t bytes;
    bool gridded = false;
    if (point != NULL) COSMO_TRY(sounding_check_kind(path, run, &gridded));
    if (gridded) {
        cosmo_list one;
        COSMO_TRY(cosmo_sounding_gridded_read(path, which, point, arena, run, &one));
        *sounding = *(const cosmo_sounding *)one.items;
        return COSMO_OK;
    }
    COSMO_TRY(sounding_load(path, arena, run, &data, &bytes));
    return cosmo_sounding_parse(path, data, bytes, which, arena, run, sounding);
}

cosmo_status cosmo_sounding_read(const char *path, size_t which, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_sounding *sounding)
{
    return cosmo_sounding_read_at(path, which, NULL, arena, run, sounding);
}

/* The present sounding and then every other of the text, each beginning where the one before ended. */
static cosmo_status sounding_parse_rest(sounding_reader *reader, cosmo_list *soundings)
{
    cosmo_sounding *all = NULL;
    size_t n = 0, capacity = 0;
    for (bool more = true; more; n++) {
        if (n == SOUNDING_ALL_MAX)
            return cosmo_sounding_fail(reader, 1, "more than %d soundings; cut out the wanted ones", SOUNDING_ALL_MAX);
        if (n == capacity) {
            capacity = capacity != 0 ? 2 * capacity : 16;
            cosmo_sounding *larger = cosmo_arena_array(reader->arena, capacity, sizeof *larger);
            COSMO_NEED(larger, reader->run);
            if (n > 0) memcpy(larger, all, n * sizeof *larger);
            all = larger;
        }
        sounding_reader next = *reader;
        next.out = &all[n];
        *next.out = (cosmo_sounding){.latitude_rad = NAN, .longitude_rad = NAN};
        COSMO_TRY(sounding_parse_text(&next, reader->igra ? 0 : n));
        more = next.more;
        if (!reader->igra) continue;
        reader->next = next.next;
        reader->line_number = next.line_number;
    }
    *soundings = (cosmo_list){n, all};
    return COSMO_OK;
}

cosmo_status cosmo_sounding_read_all(const char *path, const cosmo_sounding_point *point, cosmo_arena *arena,
                                     cosmo_run *run, cosmo_list *soundings)
{
    sounding_reader reader = {.file = path, .arena = arena, .run = run};
    size_t bytes;
    bool gridded = false;
    if (point != NULL) COSMO_TRY(sounding_check_kind(path, run, &gridded));
    if (gridded) return cosmo_sounding_gridded_read(path, SIZE_MAX, point, arena, run, soundings);
    COSMO_TRY(sounding_load(path, arena, run, &reader.next, &bytes));
    reader.end = reader.next + bytes;
    COSMO_TRY(sounding_begin(&reader));
    return sounding_parse_rest(&reader, soundings);
}
