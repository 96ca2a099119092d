/* Earth orientation parameters: IERS finals2000A and C04 files, and their values at a moment. */
#include "sky/eop.h"

#include <erfa.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    EOP_BYTES_MAX = 64 << 20,
    EOP_SAMPLES_MAX = 200000,
    EOP_HEADER_LINES_MAX = 60,
    EOP_TOKENS_MAX = 8,
    EOP_LINE_MAX = 1024
};
#define EOP_ARCSEC          (3.14159265358979323846 / 648000.0)
#define EOP_POLE_MAX_ARCSEC 2.0
#define EOP_UT1_MAX_S       1.5

cosmo_eop_sample cosmo_eop_at(const cosmo_eop *eop, double mjd)
{
    if (eop == NULL || eop->n == 0) return (cosmo_eop_sample){.mjd = mjd};
    const cosmo_eop_sample *s = eop->samples;
    if (!(mjd > s[0].mjd)) return s[0];
    if (mjd >= s[eop->n - 1].mjd) return s[eop->n - 1];
    size_t low = 0, high = eop->n - 1;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (s[middle].mjd <= mjd)
            low = middle;
        else
            high = middle;
    }
    const double part = (mjd - s[low].mjd) / (s[high].mjd - s[low].mjd);
    const double step = s[high].ut1_utc_s - s[low].ut1_utc_s;
    return (cosmo_eop_sample){mjd, s[low].ut1_utc_s + part * (step - round(step)),
                              s[low].x_pole_rad + part * (s[high].x_pole_rad - s[low].x_pole_rad),
                              s[low].y_pole_rad + part * (s[high].y_pole_rad - s[low].y_pole_rad)};
}

/* ---- lines ------------------------------------------------------- */

typedef struct eop_reader {
    const char *file, *line;
    size_t length;
    int line_number;
    bool fixed; /* finals2000A's fixed columns */
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_eop_sample *samples;
    size_t n, capacity;
} eop_reader;

static cosmo_status eop_fail(const eop_reader *reader, size_t column, const char *what)
{
    return cosmo_run_fail(reader->run, COSMO_BAD_INPUT, "%s:%d:%zu: error: %s", reader->file, reader->line_number,
                          column, what);
}

/* The number in a span of the line, blanks about it allowed; NaN when blank, false when it is something else. */
static bool eop_number(const eop_reader *reader, size_t offset, size_t width, double *value)
{
    char cell[32];
    size_t end = offset + width < reader->length ? offset + width : reader->length, start = offset;
    *value = NAN;
    while (start < end && reader->line[start] == ' ') start++;
    while (end > start && reader->line[end - 1] == ' ') end--;
    if (start >= end) return true;
    if (end - start >= sizeof cell) return false;
    memcpy(cell, reader->line + start, end - start);
    cell[end - start] = '\0';
    return strlen(cell) == end - start && cosmo_text_number(cell, value);
}

static cosmo_status eop_keep(eop_reader *reader, const double date[3], double mjd, double x, double y, double ut1_utc)
{
    double jd0, day;
    for (int i = 0; i < 3; i++)
        if (!(date[i] >= 0.0 && date[i] < 3000.0)) return eop_fail(reader, 1, "not a date");
    if (eraCal2jd((int)date[0], (int)date[1], (int)date[2], &jd0, &day) != 0 || day != floor(mjd))
        return eop_fail(reader, 1, "the date and the Modified Julian Date do not agree");
    if (!(fabs(x) <= EOP_POLE_MAX_ARCSEC && fabs(y) <= EOP_POLE_MAX_ARCSEC))
        return eop_fail(reader, 1, "a pole more than 2 arcseconds away; are the columns shifted?");
    if (!(fabs(ut1_utc) <= EOP_UT1_MAX_S))
        return eop_fail(reader, 1, "UT1 - UTC beyond 1.5 s; are the columns shifted?");
    if (reader->n > 0 && !(mjd > reader->samples[reader->n - 1].mjd))
        return eop_fail(reader, 1, "the date does not come after the one before");
    if (reader->n == EOP_SAMPLES_MAX) return eop_fail(reader, 1, "more than 200,000 days");
    if (reader->n == reader->capacity) {
        const size_t capacity = reader->capacity != 0 ? 2 * reader->capacity : 512;
        cosmo_eop_sample *samples = cosmo_arena_array(reader->arena, capacity, sizeof *samples);
        COSMO_NEED(samples, reader->run);
        if (reader->n > 0) memcpy(samples, reader->samples, reader->n * sizeof *samples);
        reader->samples = samples;
        reader->capacity = capacity;
    }
    reader->samples[reader->n++] = (cosmo_eop_sample){mjd, ut1_utc, x * EOP_ARCSEC, y * EOP_ARCSEC};
    return COSMO_OK;
}

/* ---- finals2000A ------------------------------------------------------- */

/* Columns of Bulletin A (IERS, readme.finals2000A), 0-based. */
enum { FINALS_MJD = 7, FINALS_X_FLAG = 16, FINALS_X = 18, FINALS_Y = 37, FINALS_UT1_FLAG = 57, FINALS_UT1 = 58 };

static bool eop_is_finals(const eop_reader *reader)
{
    double mjd;
    return reader->length > FINALS_X_FLAG && reader->line[FINALS_MJD + 5] == '.' &&
           eop_number(reader, FINALS_MJD, 8, &mjd) && mjd > 30000.0 &&
           memchr("IP ", reader->line[FINALS_X_FLAG], 3) != NULL;
}

static cosmo_status eop_read_finals(eop_reader *reader)
{
    double date[3], mjd, x, y, ut1_utc;
    for (size_t i = 0; i < 3; i++)
        if (!eop_number(reader, 2 * i, 2, &date[i]) || isnan(date[i]))
            return eop_fail(reader, 2 * i + 1, "a date as YYMMDD must stand here");
    if (!eop_number(reader, FINALS_MJD, 8, &mjd) || isnan(mjd))
        return eop_fail(reader, FINALS_MJD + 1, "a Modified Julian Date must stand here");
    if (!eop_number(reader, FINALS_X, 9, &x)) return eop_fail(reader, FINALS_X + 1, "the pole's x is not a number");
    if (!eop_number(reader, FINALS_Y, 9, &y)) return eop_fail(reader, FINALS_Y + 1, "the pole's y is not a number");
    if (!eop_number(reader, FINALS_UT1, 10, &ut1_utc))
        return eop_fail(reader, FINALS_UT1 + 1, "UT1 - UTC is not a number");
    if (isnan(x) && isnan(y) && isnan(ut1_utc)) return COSMO_OK; /* the blank days at the file's end */
    if (isnan(x) || isnan(y) || isnan(ut1_utc))
        return eop_fail(reader, FINALS_X + 1, "a day with some of its values blank");
    date[0] += mjd < 51544.0 ? 1900.0 : 2000.0;
    return eop_keep(reader, date, mjd, x, y, ut1_utc);
}

/* ---- C04 ------------------------------------------------------- */

/* Year, month, day, [hour,] MJD, x, y, UT1 - UTC, ...: the hour stands there since the series of 2020. */
static cosmo_status eop_read_c04(eop_reader *reader)
{
    double value[EOP_TOKENS_MAX];
    size_t n = 0, at = 0, column[EOP_TOKENS_MAX] = {0};
    while (n < EOP_TOKENS_MAX) {
        while (at < reader->length && reader->line[at] == ' ') at++;
        const size_t start = at;
        while (at < reader->length && reader->line[at] != ' ') at++;
        if (at == start) break;
        if (!eop_number(reader, start, at - start, &value[n])) return eop_fail(reader, start + 1, "not a number");
        column[n++] = start;
    }
    const size_t mjd = n > 3 && value[3] > 30000.0 ? 3 : 4;
    if (n < mjd + 4) return eop_fail(reader, reader->length + 1, "the line ends before UT1 - UTC");
    if (!(value[mjd] > 30000.0 && value[mjd] < 100000.0))
        return eop_fail(reader, column[mjd] + 1, "a Modified Julian Date must stand here");
    return eop_keep(reader, value, value[mjd], value[mjd + 1], value[mjd + 2], value[mjd + 3]);
}

/* A row of C04 begins with a year in four digits. */
static bool eop_is_c04(const eop_reader *reader)
{
    size_t start = 0, end;
    while (start < reader->length && reader->line[start] == ' ') start++;
    for (end = start; end < reader->length && reader->line[end] >= '0' && reader->line[end] <= '9';) end++;
    return end - start == 4 && end < reader->length && reader->line[end] == ' ' &&
           (reader->line[start] == '1' || reader->line[start] == '2');
}

/* ---- files ------------------------------------------------------- */

static cosmo_status eop_read_line(eop_reader *reader)
{
    size_t blank = 0;
    while (blank < reader->length && reader->line[blank] == ' ') blank++;
    if (blank == reader->length || reader->line[blank] == '#') return COSMO_OK;
    if (reader->length > EOP_LINE_MAX) return eop_fail(reader, EOP_LINE_MAX, "a line too long for this format");
    if (reader->n == 0) reader->fixed = eop_is_finals(reader);
    if (reader->fixed) return eop_read_finals(reader);
    if (eop_is_c04(reader)) return eop_read_c04(reader);
    if (reader->n > 0) return eop_fail(reader, blank + 1, "a row begins with its year");
    if (reader->line_number > EOP_HEADER_LINES_MAX)
        return eop_fail(reader, 1, "neither finals2000A nor C04: no row of data in the first 60 lines");
    return COSMO_OK; /* C04's page head */
}

cosmo_status cosmo_eop_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                             cosmo_eop *eop)
{
    eop_reader reader = {.file = file, .arena = arena, .run = run};
    *eop = (cosmo_eop){0};
    for (const char *at = data, *end = data + bytes; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL) stop = end;
        reader.line = at;
        reader.length = (size_t)(stop - at) - (stop > at && stop[-1] == '\r' ? 1 : 0);
        reader.line_number++;
        COSMO_TRY(eop_read_line(&reader));
        at = stop < end ? stop + 1 : end;
    }
    if (reader.n < 2) {
        if (reader.line_number == 0) reader.line_number = 1;
        return eop_fail(&reader, 1,
                        "fewer than two days of Earth orientation; finals2000A and C04 files are read here");
    }
    eop->n = reader.n;
    eop->samples = reader.samples;
    return COSMO_OK;
}

cosmo_status cosmo_eop_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_eop *eop)
{
    const char *data;
    size_t bytes;
    char digest[65];
    COSMO_TRY(cosmo_file_read(path, EOP_BYTES_MAX, arena, run, &data, &bytes));
    cosmo_hash_sha256(data, bytes, digest);
    cosmo_run_input(run, path, digest);
    return cosmo_eop_parse(path, data, bytes, arena, run, eop);
}
