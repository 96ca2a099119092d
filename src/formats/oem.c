/* CCSDS orbit ephemeris messages, in keyword-value notation. Source: CCSDS 502.0-B-2 (2009), chapters 5 and 6. */
#include "cosmodrome/formats.h"

#include "formats/stamp.h"
#include "formats/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OEM_BYTES_MAX = 1 << 28,
    OEM_LINE_MAX = 1024, /* the standard's own bound is 254 */
    OEM_COMMENT_WRAP = 200,
    OEM_DATA_LINE_MIN = 29, /* 2000-001T00:00:00 0 0 0 0 0 0 */
    OEM_NUMBER_MAX = 64,
    OEM_EPOCH_MAX = 40,
    OEM_VALUE_MAX = 254,
    OEM_COVARIANCE_TERMS = 21
};

/* ---- writing ---- */

/* The shortest decimal that reads back, its point moved to the left: metres by three places are kilometres. */
static void oem_put_moved(cosmo_text *out, double value, int places)
{
    char text[40], digits[24];
    size_t n = 0;
    for (int significant = 14; significant <= 16; significant++) {
        snprintf(text, sizeof text, "%.*e", significant, value);
        if (strtod(text, NULL) == value) break;
    }
    const char *c = text;
    if (*c == '-') cosmo_text_put_bytes(out, c++, 1);
    for (; *c != 'e'; c++)
        if (*c != '.') digits[n++] = *c;
    const int exponent = value == 0.0 ? 0 : (int)strtol(c + 1, NULL, 10) - places;
    while (n > 1 && digits[n - 1] == '0') n--;
    if (exponent < -7 || exponent > 15) {
        if (n == 1) digits[n++] = '0';
        cosmo_text_print(out, "%c.%.*se%d", digits[0], (int)n - 1, digits + 1, exponent);
        return;
    }
    for (int place = exponent < 0 ? 0 : exponent; place > exponent - (int)n || place >= -1; place--) {
        const int at = exponent - place; /* of the digit that stands at 10^place */
        if (place == -1) cosmo_text_put(out, ".");
        cosmo_text_put_bytes(out, at >= 0 && at < (int)n ? digits + at : "0", 1);
    }
}

static const char *oem_ascii(const char *sequence, size_t length, char scratch[8])
{
    (void)scratch;
    if (length > 1) return "?";
    return (unsigned char)sequence[0] < 0x20 || sequence[0] == 0x7f ? " " : NULL;
}

static void oem_put_key(cosmo_text *out, const char *key, const char *value)
{
    cosmo_text_print(out, "%s = ", key);
    cosmo_utf8_put(out, value, oem_ascii);
    cosmo_text_put(out, "\n");
}

/* One comment as lines of at most OEM_COMMENT_WRAP bytes, broken at spaces where there are any. */
static void oem_put_comment(cosmo_text *out, const char *comment)
{
    cosmo_text plain = cosmo_text_begin(out->arena);
    cosmo_text_put(&plain, "");
    cosmo_utf8_put(&plain, comment, oem_ascii);
    if (plain.failed) {
        out->failed = true;
        return;
    }
    const char *at = plain.data;
    do {
        size_t length = strlen(at);
        if (length > OEM_COMMENT_WRAP) {
            length = OEM_COMMENT_WRAP;
            while (length > 1 && at[length] != ' ') length--;
            if (length == 1) length = OEM_COMMENT_WRAP;
        }
        cosmo_text_put(out, "COMMENT ");
        cosmo_text_put_bytes(out, at, length);
        cosmo_text_put(out, "\n");
        at += length;
        while (*at == ' ') at++;
    } while (*at != '\0');
}

static void oem_put_epoch_key(cosmo_text *out, const char *key, const char *epoch)
{
    const size_t length = strlen(epoch);
    const bool zulu = length > 0 && epoch[length - 1] == 'Z';
    cosmo_text_print(out, "%s = %.*s\n", key, (int)(length - zulu), epoch);
}

/* A matrix an epoch, in the frame of the ephemeris. */
static void oem_put_covariances(cosmo_text *out, const cosmo_oem *oem)
{
    cosmo_text_put(out, "\nCOVARIANCE_START\n");
    for (size_t i = 0; i < oem->n_covariances; i++) {
        const double *value = oem->covariance + OEM_COVARIANCE_TERMS * i;
        oem_put_epoch_key(out, "EPOCH", oem->covariance_epochs[i]);
        oem_put_key(out, "COV_REF_FRAME", oem->frame);
        for (size_t row = 0; row < 6; row++)
            for (size_t column = 0; column <= row; column++) {
                assert(isfinite(*value));
                oem_put_moved(out, *value++, 6);
                cosmo_text_put(out, column < row ? " " : "\n");
            }
    }
    cosmo_text_put(out, "COVARIANCE_STOP\n");
}

void cosmo_oem_write(cosmo_text *out, const cosmo_oem *oem)
{
    assert(oem->n > 0);
    cosmo_text_put(out, "CCSDS_OEM_VERS = 2.0\n");
    for (size_t i = 0; i < oem->n_comments; i++) oem_put_comment(out, oem->comments[i]);
    oem_put_epoch_key(out, "CREATION_DATE", oem->creation_utc);
    oem_put_key(out, "ORIGINATOR", oem->originator);
    cosmo_text_put(out, "\nMETA_START\n");
    oem_put_key(out, "OBJECT_NAME", oem->object_name);
    oem_put_key(out, "OBJECT_ID", oem->object_id != NULL ? oem->object_id : "UNKNOWN");
    oem_put_key(out, "CENTER_NAME", oem->centre);
    oem_put_key(out, "REF_FRAME", oem->frame);
    oem_put_key(out, "TIME_SYSTEM", oem->time_system);
    oem_put_epoch_key(out, "START_TIME", oem->epochs[0]);
    oem_put_epoch_key(out, "STOP_TIME", oem->epochs[oem->n - 1]);
    cosmo_text_put(out, "META_STOP\n\n");
    for (size_t i = 0; i < oem->n; i++) {
        cosmo_text_put(out, oem->epochs[i]);
        for (size_t j = 0; j < 6; j++) {
            const double value = j < 3 ? oem->position_m[3 * i + j] : oem->velocity_m_s[3 * i + j - 3];
            assert(isfinite(value));
            cosmo_text_put(out, " ");
            oem_put_moved(out, value, 3);
        }
        cosmo_text_put(out, "\n");
    }
    if (oem->n_covariances > 0) oem_put_covariances(out, oem);
}

/* ---- reading ---- */

typedef enum oem_stage { OEM_START, OEM_HEADER, OEM_META, OEM_DATA, OEM_COVARIANCE, OEM_AFTER_COVARIANCE } oem_stage;

typedef struct oem_reader {
    const char *file, *next, *end;
    char line[OEM_LINE_MAX + 1];
    int line_number;
    oem_stage stage;
    unsigned seen; /* bit i: oem_keys[i] */
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_oem *oem;
    const char **epochs, **comments; /* as long as the file could need */
    double *position_m, *velocity_m_s;
    cosmo_stamp start, stop, last;
} oem_reader;

typedef enum oem_use { OEM_IGNORE, OEM_VERSION, OEM_TEXT, OEM_STAMP } oem_use;

typedef struct oem_key {
    const char *name;
    oem_stage stage;
    bool required;
    oem_use use;
    size_t offset; /* OEM_TEXT: in cosmo_oem; OEM_STAMP: in oem_reader */
} oem_key;

static const oem_key oem_keys[] = {
    {"CCSDS_OEM_VERS", OEM_START, true, OEM_VERSION, 0},
    {"CLASSIFICATION", OEM_HEADER, false, OEM_IGNORE, 0},
    {"CREATION_DATE", OEM_HEADER, true, OEM_TEXT, offsetof(cosmo_oem, creation_utc)},
    {"ORIGINATOR", OEM_HEADER, true, OEM_TEXT, offsetof(cosmo_oem, originator)},
    {"MESSAGE_ID", OEM_HEADER, false, OEM_IGNORE, 0},
    {"OBJECT_NAME", OEM_META, true, OEM_TEXT, offsetof(cosmo_oem, object_name)},
    {"OBJECT_ID", OEM_META, true, OEM_TEXT, offsetof(cosmo_oem, object_id)},
    {"CENTER_NAME", OEM_META, true, OEM_TEXT, offsetof(cosmo_oem, centre)},
    {"REF_FRAME", OEM_META, true, OEM_TEXT, offsetof(cosmo_oem, frame)},
    {"REF_FRAME_EPOCH", OEM_META, false, OEM_IGNORE, 0},
    {"TIME_SYSTEM", OEM_META, true, OEM_TEXT, offsetof(cosmo_oem, time_system)},
    {"START_TIME", OEM_META, true, OEM_STAMP, offsetof(oem_reader, start)},
    {"USEABLE_START_TIME", OEM_META, false, OEM_IGNORE, 0},
    {"USEABLE_STOP_TIME", OEM_META, false, OEM_IGNORE, 0},
    {"STOP_TIME", OEM_META, true, OEM_STAMP, offsetof(oem_reader, stop)},
    {"INTERPOLATION", OEM_META, false, OEM_IGNORE, 0},
    {"INTERPOLATION_DEGREE", OEM_META, false, OEM_IGNORE, 0},
};
enum { OEM_KEYS = sizeof oem_keys / sizeof oem_keys[0] };

static const char *const oem_marks[] = {"META_START", "META_STOP", "COVARIANCE_START", "COVARIANCE_STOP", "COMMENT"};

/* Fail at a place in the current line. */
static cosmo_status oem_fail(const oem_reader *reader, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static cosmo_status oem_fail(const oem_reader *reader, const char *at, const char *format, ...)
{
    char why[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    return cosmo_run_fail(reader->run, COSMO_BAD_INPUT, "%s:%d:%d: error: %s", reader->file, reader->line_number,
                          (int)(at - reader->line) + 1, why);
}

static int oem_compare(cosmo_stamp a, cosmo_stamp b)
{
    if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
    return (a.nanoseconds > b.nanoseconds) - (a.nanoseconds < b.nanoseconds);
}

/* The next line into reader->line, without its end and trailing blanks; *got is false at the end of the file. */
static cosmo_status oem_next_line(oem_reader *reader, bool *got)
{
    *got = reader->next < reader->end;
    if (!*got) return COSMO_OK;
    reader->line_number++;
    const char *stop = memchr(reader->next, '\n', (size_t)(reader->end - reader->next));
    size_t length = (size_t)((stop != NULL ? stop : reader->end) - reader->next);
    if (length > OEM_LINE_MAX)
        return oem_fail(reader, reader->line + OEM_LINE_MAX, "the line is longer than %d bytes", OEM_LINE_MAX);
    memcpy(reader->line, reader->next, length);
    reader->next += length + (stop != NULL);
    for (; length > 0 && strchr(" \t\r", reader->line[length - 1]) != NULL && reader->line[length - 1] != '\0';)
        length--;
    reader->line[length] = '\0';
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)reader->line[i] < 0x20 && reader->line[i] != '\t') || reader->line[i] == 0x7f)
            return oem_fail(reader, reader->line + i, "control character 0x%02x",
                            (unsigned)(unsigned char)reader->line[i]);
    return COSMO_OK;
}

static char *oem_skip_blanks(char *c)
{
    while (*c == ' ' || *c == '\t') c++;
    return c;
}

/* Cut the next word off *rest; "" at the end of the line. */
static char *oem_word(char **rest)
{
    char *word = oem_skip_blanks(*rest);
    char *c = word;
    while (*c != '\0' && *c != ' ' && *c != '\t') c++;
    *rest = c;
    if (*c != '\0') {
        *c = '\0';
        *rest = c + 1;
    }
    return word;
}

/* ---- data lines ---- */

/* Kilometres to metres in the text, so that no bit is lost. */
static bool oem_read_kilo(const char *word, double *metres)
{
    char scaled[OEM_NUMBER_MAX + 16];
    double kilometres;
    if (strlen(word) > OEM_NUMBER_MAX || !cosmo_text_number(word, &kilometres)) return false;
    const size_t mantissa = strcspn(word, "eE");
    long exponent = word[mantissa] != '\0' ? strtol(word + mantissa + 1, NULL, 10) : 0;
    if (exponent < -9999) exponent = -9999;
    if (exponent > 9999) exponent = 9999;
    snprintf(scaled, sizeof scaled, "%.*se%ld", (int)mantissa, word, exponent + 3);
    return cosmo_text_number(scaled, metres);
}

/* The epoch in calendar form without Z, its fraction as written. */
static const char *oem_calendar(const oem_reader *reader, const char *word)
{
    char noon[24], date[40];
    cosmo_stamp stamp;
    const size_t length = strlen(word), t = strcspn(word, "T");
    const size_t zulu = length > 0 && word[length - 1] == 'Z';
    if (t == strlen("YYYY-MM-DD")) return cosmo_arena_text(reader->arena, word, length - zulu);
    snprintf(noon, sizeof noon, "%.8sT12:00:00", word);
    if (!cosmo_stamp_parse(noon, &stamp)) return NULL;
    cosmo_stamp_format(stamp, 0, date);
    return cosmo_arena_print(reader->arena, "%.10s%.*s", date, (int)(length - zulu - t), word + t);
}

static cosmo_status oem_read_epoch(oem_reader *reader, const char *word, const char **epoch)
{
    cosmo_stamp stamp;
    if (strlen(word) > OEM_EPOCH_MAX || !cosmo_stamp_parse(word, &stamp))
        return oem_fail(reader, word,
                        "'%.40s' is not an epoch such as 2026-12-01T08:32:19.500 or 2026-335T08:32:19.500", word);
    const bool first = reader->oem->n == 0;
    if (!first && oem_compare(stamp, reader->last) <= 0)
        return oem_fail(reader, word, "the epoch is not later than the one before");
    if (oem_compare(stamp, reader->start) < 0) return oem_fail(reader, word, "the epoch is before START_TIME");
    if (oem_compare(stamp, reader->stop) > 0) return oem_fail(reader, word, "the epoch is after STOP_TIME");
    reader->last = stamp;
    *epoch = oem_calendar(reader, word);
    COSMO_NEED(*epoch, reader->run);
    return COSMO_OK;
}

static cosmo_status oem_read_data(oem_reader *reader, char *rest)
{
    const size_t i = reader->oem->n;
    double values[9];
    size_t n = 0;
    COSMO_TRY(oem_read_epoch(reader, oem_word(&rest), &reader->epochs[i]));
    for (const char *word = oem_word(&rest); *word != '\0'; word = oem_word(&rest)) {
        if (n == 9) return oem_fail(reader, word, "more than an epoch and nine numbers");
        if (!oem_read_kilo(word, &values[n++])) return oem_fail(reader, word, "'%.40s' is not a number", word);
    }
    if (n != 6 && n != 9)
        return oem_fail(reader, rest, "%zu numbers after the epoch; 6 (position, velocity) or 9 are needed", n);
    memcpy(reader->position_m + 3 * i, values, 3 * sizeof *values);
    memcpy(reader->velocity_m_s + 3 * i, values + 3, 3 * sizeof *values);
    reader->oem->n++;
    return COSMO_OK;
}

/* ---- keywords ---- */

static cosmo_status oem_unknown(const oem_reader *reader, const char *word)
{
    const char *names[OEM_KEYS + sizeof oem_marks / sizeof oem_marks[0]];
    size_t n = 0;
    for (size_t i = 0; i < OEM_KEYS; i++) names[n++] = oem_keys[i].name;
    for (size_t i = 0; i < sizeof oem_marks / sizeof oem_marks[0]; i++) names[n++] = oem_marks[i];
    const char *nearest = cosmo_text_nearest(word, names, n);
    if (nearest != NULL) return oem_fail(reader, word, "unknown keyword '%.40s'; did you mean '%s'?", word, nearest);
    return oem_fail(reader, word, "unknown keyword '%.40s'", word);
}

/* Every required keyword of a stage must have come. */
static cosmo_status oem_check_complete(const oem_reader *reader, oem_stage stage)
{
    for (size_t i = 0; i < OEM_KEYS; i++)
        if (oem_keys[i].stage == stage && oem_keys[i].required && (reader->seen >> i & 1) == 0)
            return oem_fail(reader, reader->line, "%s is missing before this line", oem_keys[i].name);
    return COSMO_OK;
}

static cosmo_status oem_keep_text(oem_reader *reader, const oem_key *key, const char *value)
{
    cosmo_stamp stamp;
    const bool created = key->offset == offsetof(cosmo_oem, creation_utc);
    if (created && !cosmo_stamp_parse(value, &stamp))
        return oem_fail(reader, value, "'%.40s' is not a date and time", value);
    const char *kept = created ? oem_calendar(reader, value) : cosmo_arena_text(reader->arena, value, strlen(value));
    if (created && kept != NULL) kept = cosmo_arena_print(reader->arena, "%sZ", kept);
    COSMO_NEED(kept, reader->run);
    if (key->offset == offsetof(cosmo_oem, object_id) && strcmp(kept, "UNKNOWN") == 0) kept = NULL;
    memcpy((char *)reader->oem + key->offset, &kept, sizeof kept);
    return COSMO_OK;
}

static cosmo_status oem_use_value(oem_reader *reader, const oem_key *key, const char *value)
{
    cosmo_stamp stamp;
    switch (key->use) {
    case OEM_IGNORE:
        break;
    case OEM_TEXT:
        return oem_keep_text(reader, key, value);
    case OEM_STAMP:
        if (!cosmo_stamp_parse(value, &stamp))
            return oem_fail(reader, value, "'%.40s' is not an epoch such as 2026-12-01T08:32:19.500", value);
        memcpy((char *)reader + key->offset, &stamp, sizeof stamp);
        break;
    case OEM_VERSION:
        if (strcmp(value, "1.0") != 0 && strcmp(value, "2.0") != 0 && strcmp(value, "3.0") != 0)
            return oem_fail(reader, value, "version '%.40s' of the format is not known here; 1.0, 2.0 and 3.0 are",
                            value);
        reader->stage = OEM_HEADER;
        break;
    }
    return COSMO_OK;
}

static cosmo_status oem_read_key(oem_reader *reader, char *name, char *value)
{
    size_t i = 0;
    while (i < OEM_KEYS && strcmp(name, oem_keys[i].name) != 0) i++;
    if (i == OEM_KEYS) return oem_unknown(reader, name);
    if (reader->stage == OEM_START && i != 0) return oem_fail(reader, name, "the first keyword must be CCSDS_OEM_VERS");
    if ((reader->seen >> i & 1) != 0) return oem_fail(reader, name, "%s is repeated", name);
    const char *place = oem_keys[i].stage == OEM_META ? "between META_START and META_STOP" : "in the header";
    if (oem_keys[i].stage != reader->stage) return oem_fail(reader, name, "%s belongs %s", name, place);
    reader->seen |= 1u << i;
    if (*value == '\0') return oem_fail(reader, value, "%s has no value", name);
    if (strlen(value) > OEM_VALUE_MAX)
        return oem_fail(reader, value, "the value is longer than %d bytes", OEM_VALUE_MAX);
    return oem_use_value(reader, &oem_keys[i], value);
}

static cosmo_status oem_start_meta(oem_reader *reader)
{
    if (reader->stage == OEM_START) return oem_fail(reader, reader->line, "the first keyword must be CCSDS_OEM_VERS");
    if (reader->stage >= OEM_DATA)
        return oem_fail(reader, reader->line, "a second segment; files of one segment are read here");
    if (reader->stage == OEM_META) return oem_fail(reader, reader->line, "META_START inside META_START");
    COSMO_TRY(oem_check_complete(reader, OEM_HEADER));
    reader->stage = OEM_META;
    return COSMO_OK;
}

static cosmo_status oem_stop_meta(oem_reader *reader)
{
    if (reader->stage != OEM_META) return oem_fail(reader, reader->line, "META_STOP without META_START");
    COSMO_TRY(oem_check_complete(reader, OEM_META));
    if (oem_compare(reader->stop, reader->start) < 0)
        return oem_fail(reader, reader->line, "STOP_TIME is before START_TIME");
    reader->stage = OEM_DATA;
    return COSMO_OK;
}

static cosmo_status oem_turn_covariance(oem_reader *reader, bool start)
{
    if (reader->stage != (start ? OEM_DATA : OEM_COVARIANCE))
        return oem_fail(reader, reader->line, "%s is out of place", reader->line);
    reader->stage = start ? OEM_COVARIANCE : OEM_AFTER_COVARIANCE;
    return COSMO_OK;
}

static cosmo_status oem_read_comment(oem_reader *reader, char *words)
{
    const char *comment = cosmo_arena_text(reader->arena, words, strlen(words));
    COSMO_NEED(comment, reader->run);
    reader->comments[reader->oem->n_comments++] = comment;
    return COSMO_OK;
}

static cosmo_status oem_read_line(oem_reader *reader)
{
    char *start = oem_skip_blanks(reader->line);
    if (*start == '\0') return COSMO_OK;
    if (strncmp(start, "COMMENT", 7) == 0 && strcspn(start, " \t") == 7)
        return oem_read_comment(reader, oem_skip_blanks(start + 7));
    if (strcmp(start, "META_START") == 0) return oem_start_meta(reader);
    if (strcmp(start, "META_STOP") == 0) return oem_stop_meta(reader);
    if (strcmp(start, "COVARIANCE_START") == 0) return oem_turn_covariance(reader, true);
    if (strcmp(start, "COVARIANCE_STOP") == 0) return oem_turn_covariance(reader, false);
    if (reader->stage == OEM_COVARIANCE) return COSMO_OK; /* passed over */
    char *equals = strchr(start, '=');
    if (equals != NULL) {
        char *value = oem_skip_blanks(equals + 1), *end = equals;
        while (end > start && (end[-1] == ' ' || end[-1] == '\t')) end--;
        *end = '\0';
        return oem_read_key(reader, start, value);
    }
    if (reader->stage == OEM_DATA) return oem_read_data(reader, start);
    return oem_fail(reader, start, "expected KEYWORD = value%s",
                    reader->stage == OEM_AFTER_COVARIANCE ? " or the end of the file" : "");
}

/* Room for as many data lines and comments as the file could hold: what a line needs is paid for by its length. */
static cosmo_status oem_reserve(oem_reader *reader)
{
    size_t rows = 0, comments = 0;
    for (const char *c = reader->next; c < reader->end;) {
        const char *stop = memchr(c, '\n', (size_t)(reader->end - c));
        const size_t length = (size_t)((stop != NULL ? stop : reader->end) - c);
        rows += length >= OEM_DATA_LINE_MIN;
        comments += length >= strlen("COMMENT");
        c += length + (stop != NULL);
    }
    reader->epochs = cosmo_arena_array(reader->arena, rows, sizeof *reader->epochs);
    reader->comments = cosmo_arena_array(reader->arena, comments, sizeof *reader->comments);
    reader->position_m = cosmo_arena_array(reader->arena, rows, 3 * sizeof(double));
    reader->velocity_m_s = cosmo_arena_array(reader->arena, rows, 3 * sizeof(double));
    COSMO_NEED(reader->epochs, reader->run);
    COSMO_NEED(reader->comments, reader->run);
    COSMO_NEED(reader->position_m, reader->run);
    COSMO_NEED(reader->velocity_m_s, reader->run);
    return COSMO_OK;
}

cosmo_status cosmo_oem_read(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                            cosmo_oem *oem)
{
    if (bytes > OEM_BYTES_MAX) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s:1:1: error: more than 256 MiB", file);
    oem_reader reader = {.file = file, .next = data, .end = data + bytes, .arena = arena, .run = run, .oem = oem};
    *oem = (cosmo_oem){.n = 0};
    COSMO_TRY(oem_reserve(&reader));
    for (bool got = true; got;) {
        COSMO_TRY(oem_next_line(&reader, &got));
        if (got) COSMO_TRY(oem_read_line(&reader));
    }
    reader.line_number++;
    reader.line[0] = '\0';
    if (reader.stage < OEM_DATA) return oem_fail(&reader, reader.line, "the file ends before its data");
    if (reader.stage == OEM_COVARIANCE) return oem_fail(&reader, reader.line, "COVARIANCE_STOP is missing");
    if (oem->n == 0) return oem_fail(&reader, reader.line, "there are no data lines");
    oem->epochs = reader.epochs;
    oem->comments = reader.comments;
    oem->position_m = reader.position_m;
    oem->velocity_m_s = reader.velocity_m_s;
    return COSMO_OK;
}
