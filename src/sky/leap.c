/* Leap seconds: leap-seconds.list (IERS, through tzdata) with its hash and expiry, handed to ERFA. */
#include "sky/leap.h"

#include <erfa.h>
#include <erfaextra.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEAP_NTP_EPOCH_MJD 15020.0 /* 1900-01-01 */
enum { LEAP_FIRST_YEAR = 1972 };

/* ---- SHA-1 (FIPS 180-4), which is what the file's own hash line is -------------------------------------------------
 */

typedef struct leap_hash {
    uint32_t h[5];
    uint8_t block[64];
    size_t filled;
    uint64_t bytes;
} leap_hash;

static uint32_t leap_turn(uint32_t x, int n)
{
    return (x << n) | (x >> (32 - n));
}

static void leap_hash_block(leap_hash *hash)
{
    uint32_t w[80];
    for (int i = 0; i < 16; i++) {
        const uint8_t *b = hash->block + 4 * i;
        w[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
    for (int i = 16; i < 80; i++) w[i] = leap_turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    uint32_t a = hash->h[0], b = hash->h[1], c = hash->h[2], d = hash->h[3], e = hash->h[4];
    for (int i = 0; i < 80; i++) {
        const uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
        const uint32_t k = i < 20 ? 0x5a827999u : i < 40 ? 0x6ed9eba1u : i < 60 ? 0x8f1bbcdcu : 0xca62c1d6u;
        const uint32_t next = leap_turn(a, 5) + f + e + k + w[i];
        e = d, d = c, c = leap_turn(b, 30), b = a, a = next;
    }
    hash->h[0] += a, hash->h[1] += b, hash->h[2] += c, hash->h[3] += d, hash->h[4] += e;
    hash->filled = 0;
}

static void leap_hash_byte(leap_hash *hash, uint8_t byte)
{
    hash->block[hash->filled++] = byte;
    hash->bytes++;
    if (hash->filled == sizeof hash->block) leap_hash_block(hash);
}

/* Only digits count, the file's format says. */
static void leap_hash_digits(leap_hash *hash, const char *text, const char *end)
{
    for (; text < end; text++)
        if (*text >= '0' && *text <= '9') leap_hash_byte(hash, (uint8_t)*text);
}

static void leap_hash_end(leap_hash *hash)
{
    const uint64_t bits = 8 * hash->bytes;
    leap_hash_byte(hash, 0x80);
    while (hash->filled != 56) leap_hash_byte(hash, 0);
    for (int i = 7; i >= 0; i--) leap_hash_byte(hash, (uint8_t)(bits >> (8 * i)));
}

/* ---- the file ------------------------------------------------------- */

typedef struct leap_reader {
    const char *file;
    int line;
    cosmo_run *run;
    leap_table *table;
    leap_hash hash;
    uint32_t claimed[5];
    bool has_hash;
} leap_reader;

static cosmo_status leap_fail(const leap_reader *reader, int column, const char *what)
{
    return cosmo_run_fail(reader->run, COSMO_BAD_INPUT, "%s:%d:%d: error: %s", reader->file, reader->line, column,
                          what);
}

/* The decimal number at *text, blanks before it allowed; NaN when there is none. */
static double leap_number(const char **text, const char *end)
{
    const char *c = *text;
    while (c < end && (*c == ' ' || *c == '\t')) c++;
    if (c == end || *c < '0' || *c > '9') return NAN;
    double value = 0.0;
    for (; c < end && *c >= '0' && *c <= '9'; c++) value = 10.0 * value + (*c - '0');
    *text = c;
    return value;
}

/* "#h" and five groups of hexadecimal digits, whose leading zeros may be missing. */
static cosmo_status leap_read_hash(leap_reader *reader, const char *text, const char *end)
{
    for (int i = 0; i < 5; i++) {
        while (text < end && (*text == ' ' || *text == '\t')) text++;
        int digits = 0;
        for (reader->claimed[i] = 0; text < end && digits < 8; text++, digits++) {
            const char c = *text;
            const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
            if (digit < 0) break;
            reader->claimed[i] = reader->claimed[i] << 4 | (uint32_t)digit;
        }
        if (digits == 0) return leap_fail(reader, 3, "the hash line needs five groups of hexadecimal digits");
    }
    reader->has_hash = true;
    return COSMO_OK;
}

static cosmo_status leap_read_entry(leap_reader *reader, const char *text, const char *end)
{
    leap_table *table = reader->table;
    const char *start = text;
    const double ntp = leap_number(&text, end), tai_utc = leap_number(&text, end);
    if (isnan(ntp) || isnan(tai_utc))
        return leap_fail(reader, 1, "a line holds the NTP time of a change and TAI - UTC");
    const double mjd = LEAP_NTP_EPOCH_MJD + ntp / 86400.0;
    int year, month, day;
    double fraction;
    if (!(mjd < 1e6) || eraJd2cal(2400000.5, mjd, &year, &month, &day, &fraction) != 0 || day != 1 || fraction != 0.0)
        return leap_fail(reader, 1, "a leap second takes effect at 0 h on the first day of a month");
    const leap_entry *last = table->n > 0 ? &table->entry[table->n - 1] : NULL;
    if (last != NULL && (12 * year + month <= 12 * last->year + last->month || fabs(tai_utc - last->tai_utc_s) != 1.0))
        return leap_fail(reader, 1, "changes follow one another in time, by one second each");
    if (table->n == LEAP_ENTRIES_MAX) return leap_fail(reader, 1, "too many changes");
    table->entry[table->n++] = (leap_entry){year, month, tai_utc};
    leap_hash_digits(&reader->hash, start, text);
    return COSMO_OK;
}

static cosmo_status leap_read_line(leap_reader *reader, const char *line, const char *end)
{
    if (line == end) return COSMO_OK;
    if (line[0] != '#') return leap_read_entry(reader, line, end);
    const char kind = end - line > 1 ? line[1] : ' ';
    const char *text = line + 2;
    if (kind == 'h') return leap_read_hash(reader, text, end);
    if (kind != '$' && kind != '@') return COSMO_OK;
    const double ntp = leap_number(&text, end);
    if (isnan(ntp)) return leap_fail(reader, 3, "an NTP time in seconds must stand here");
    if (kind == '@') reader->table->expires_mjd = LEAP_NTP_EPOCH_MJD + ntp / 86400.0;
    leap_hash_digits(&reader->hash, line + 2, text);
    return COSMO_OK;
}

cosmo_status cosmo_leap_parse(const char *file, const char *data, size_t bytes, cosmo_run *run, leap_table *table)
{
    leap_reader reader = {.file = file, .run = run, .table = table};
    reader.hash.h[0] = 0x67452301u, reader.hash.h[1] = 0xefcdab89u, reader.hash.h[2] = 0x98badcfeu;
    reader.hash.h[3] = 0x10325476u, reader.hash.h[4] = 0xc3d2e1f0u;
    *table = (leap_table){.expires_mjd = NAN};
    for (const char *at = data, *end = data + bytes; at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (stop == NULL) stop = end;
        reader.line++;
        COSMO_TRY(leap_read_line(&reader, at, stop > at && stop[-1] == '\r' ? stop - 1 : stop));
        at = stop < end ? stop + 1 : end;
    }
    if (table->n == 0 || table->entry[0].year != LEAP_FIRST_YEAR)
        return leap_fail(&reader, 1, "a leap second table begins in 1972; is this a leap-seconds.list?");
    if (isnan(table->expires_mjd)) return leap_fail(&reader, 1, "the line '#@' with the expiry is missing");
    if (!reader.has_hash) return leap_fail(&reader, 1, "the line '#h' with the hash is missing");
    leap_hash_end(&reader.hash);
    if (memcmp(reader.hash.h, reader.claimed, sizeof reader.claimed) != 0)
        return leap_fail(&reader, 1, "the figures do not agree with the file's hash line: it was changed or damaged");
    return COSMO_OK;
}

void cosmo_leap_install(const leap_table *table)
{
    /* ERFA keeps a pointer to the table for the life of the program, hence the one static of this room. */
    static eraLEAPSECOND installed[LEAP_ENTRIES_MAX + 32];
    eraLEAPSECOND *own;
    eraSetLeapSeconds(NULL, 0);
    const int n_own = eraGetLeapSeconds(&own);
    int n = 0;
    while (n < n_own && n < 32 && own[n].iyear < LEAP_FIRST_YEAR) installed[n] = own[n], n++;
    for (size_t i = 0; i < table->n; i++, n++)
        installed[n] = (eraLEAPSECOND){table->entry[i].year, table->entry[i].month, table->entry[i].tai_utc_s};
    bool same = n == n_own;
    for (int i = 0; same && i < n; i++)
        same = installed[i].iyear == own[i].iyear && installed[i].month == own[i].month &&
               installed[i].delat == own[i].delat;
    if (!same) eraSetLeapSeconds(installed, n);
}
