/* The header of a netCDF classic file. Source: Unidata, "The NetCDF Classic Format Specification", and CDF-5 (64-bit
 * counts) as PnetCDF defines it. */
#include "formats/classic.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

enum { CLASSIC_DIMENSIONS_MAX = 1024 };

typedef struct classic_reader {
    const unsigned char *at, *end;
    int version;
    bool failed;
    size_t n_lengths;
    uint64_t length[CLASSIC_DIMENSIONS_MAX]; /* 0: records */
    double records, record_bytes, record_begin, last;
    size_t n_record_variables;
} classic_reader;

static uint64_t classic_number(classic_reader *r, int bytes)
{
    uint64_t value = 0;
    if (r->failed || r->end - r->at < bytes) {
        r->failed = true;
        return 0;
    }
    for (int i = 0; i < bytes; i++) value = value << 8 | *r->at++;
    return value;
}

/* A count or length: 64 bits in CDF-5. */
static uint64_t classic_count(classic_reader *r)
{
    return classic_number(r, r->version == 5 ? 8 : 4);
}

/* Pass over so many bytes and their padding. */
static void classic_skip(classic_reader *r, double bytes)
{
    const double padded = 4.0 * ceil(bytes / 4.0);
    if (r->failed || padded > (double)(r->end - r->at))
        r->failed = true;
    else
        r->at += (size_t)padded;
}

static double classic_size(uint64_t type)
{
    static const double size[] = {0.0, 1.0, 1.0, 2.0, 4.0, 4.0, 8.0, 1.0, 2.0, 4.0, 8.0, 8.0};
    return type < sizeof size / sizeof size[0] ? size[type] : 0.0;
}

static void classic_attributes(classic_reader *r)
{
    classic_number(r, 4);
    const uint64_t n = classic_count(r);
    for (uint64_t i = 0; i < n && !r->failed; i++) {
        classic_skip(r, (double)classic_count(r));
        const double size = classic_size(classic_number(r, 4));
        classic_skip(r, size * (double)classic_count(r));
    }
}

static void classic_dimensions(classic_reader *r)
{
    classic_number(r, 4);
    const uint64_t n = classic_count(r);
    if (n > CLASSIC_DIMENSIONS_MAX) r->failed = true;
    for (uint64_t i = 0; i < n && !r->failed; i++) {
        classic_skip(r, (double)classic_count(r));
        r->length[r->n_lengths++] = classic_count(r);
    }
}

/* One variable's values end where they begin plus their size; those with records come again in each. */
static void classic_variable(classic_reader *r)
{
    classic_skip(r, (double)classic_count(r));
    const uint64_t n = classic_count(r);
    double values = 1.0;
    bool records = false;
    for (uint64_t i = 0; i < n && !r->failed; i++) {
        const uint64_t dimension = classic_count(r);
        if (dimension >= r->n_lengths) {
            r->failed = true;
            return;
        }
        if (r->length[dimension] == 0)
            records = true;
        else
            values *= (double)r->length[dimension];
    }
    classic_attributes(r);
    const double bytes = values * classic_size(classic_number(r, 4));
    classic_count(r); /* its size, which is wrong for large ones */
    const double begin = (double)classic_number(r, r->version == 1 ? 4 : 8);
    if (!records) {
        r->last = fmax(r->last, begin + bytes);
        return;
    }
    r->record_begin = r->n_record_variables++ == 0 ? begin : fmin(r->record_begin, begin);
    r->record_bytes += 4.0 * ceil(bytes / 4.0);
}

double cosmo_classic_bytes(const unsigned char *head, size_t bytes)
{
    classic_reader r = {.at = head + 4, .end = head + bytes};
    if (bytes < 8) return 0.0;
    r.version = head[3];
    const uint64_t records = classic_count(&r);
    const bool streamed = records == (r.version == 5 ? UINT64_MAX : UINT32_MAX);
    r.records = streamed ? 0.0 : (double)records;
    classic_dimensions(&r);
    classic_attributes(&r);
    classic_number(&r, 4);
    const uint64_t n = classic_count(&r);
    for (uint64_t i = 0; i < n && !r.failed; i++) classic_variable(&r);
    if (r.failed) return 0.0;
    r.last = fmax(r.last, (double)(r.at - head));
    if (r.n_record_variables > 0 && r.records > 0.0) {
        const double padding = r.n_record_variables == 1 ? r.records * 3.0 : 3.0; /* one alone is not padded */
        r.last = fmax(r.last, r.record_begin + r.records * r.record_bytes - padding);
    }
    return r.last;
}
