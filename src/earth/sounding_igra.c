/* Soundings of the Integrated Global Radiosonde Archive, version 2, main files: fixed columns, many soundings a file.
 *
 * Source: NOAA NCEI, igra2-data-format.txt. Heights are geopotential; -9999 is missing, -8888 removed by quality
 * control.
 */
#include "core/real.h"
#include "earth/sounding.h"

#include <math.h>
#include <string.h>

enum { IGRA_HEADER = 71, IGRA_LEVEL = 51 };
typedef struct igra_field {
    size_t offset, width;
    double factor, offset_si;
} igra_field;
static const igra_field igra_fields[SOUNDING_QUANTITIES] = {
    [SOUNDING_PRESSURE] = {9, 6, 1.0, 0.0},        [SOUNDING_ALTITUDE] = {16, 5, 1.0, 0.0},
    [SOUNDING_TEMPERATURE] = {22, 5, 0.1, 273.15}, [SOUNDING_FROM] = {40, 5, 1.0, 0.0},
    [SOUNDING_SPEED] = {46, 5, 0.1, 0.0},
};

/* A fixed column of whole numbers; blank or past the end of the line is an error. */
static cosmo_status igra_whole(sounding_reader *reader, size_t offset, size_t width, double *value)
{
    if (offset + width > reader->length)
        return cosmo_sounding_fail(reader, reader->length + 1, "the line ends before column %zu", offset + width);
    COSMO_TRY(cosmo_sounding_number(reader, offset, width, value));
    bool whole = !isnan(*value);
    for (size_t i = offset; i < offset + width; i++) whole = whole && strchr("0123456789- ", reader->line[i]) != NULL;
    if (!whole)
        return cosmo_sounding_fail(reader, offset + 1, "columns %zu to %zu must hold a whole number", offset + 1,
                                   offset + width);
    return COSMO_OK;
}

typedef struct igra_header {
    double year, month, day, hour, release, levels, latitude, longitude;
} igra_header;

static cosmo_status igra_read_header(sounding_reader *reader, igra_header *h)
{
    const struct {
        size_t offset, width;
        double *value;
    } field[] = {
        {13, 4, &h->year},    {18, 2, &h->month},  {21, 2, &h->day},      {24, 2, &h->hour},
        {27, 4, &h->release}, {32, 4, &h->levels}, {55, 7, &h->latitude}, {63, 8, &h->longitude},
    };
    if (reader->length > IGRA_HEADER + 9)
        return cosmo_sounding_fail(
            reader, 1, "a header of %zu characters, as in IGRA's derived files; the main data files are read here",
            reader->length);
    for (size_t i = 0; i < sizeof field / sizeof field[0]; i++)
        COSMO_TRY(igra_whole(reader, field[i].offset, field[i].width, field[i].value));
    if (!(h->levels >= 0.0 && h->levels <= 9999.0)) return cosmo_sounding_fail(reader, 33, "%g levels", h->levels);
    return COSMO_OK;
}

static cosmo_status igra_describe(sounding_reader *reader, const igra_header *h)
{
    cosmo_sounding *out = reader->out;
    const int release_hour = (int)(h->release / 100.0), release_minute = (int)h->release % 100;
    if (!(h->year >= 1900 && h->month >= 1 && h->month <= 12 && h->day >= 1 && h->day <= 31))
        return cosmo_sounding_fail(reader, 14, "%g-%g-%g is not a date", h->year, h->month, h->day);
    out->station = cosmo_arena_text(reader->arena, reader->line + 1, 11);
    COSMO_NEED(out->station, reader->run);
    if (h->hour <= 23.0 && h->hour >= 0.0)
        out->valid_utc = cosmo_arena_print(reader->arena, "%04d-%02d-%02dT%02d:00:00Z", (int)h->year, (int)h->month,
                                           (int)h->day, (int)h->hour);
    else if (release_hour >= 0 && release_hour <= 23 && release_minute >= 0 && release_minute <= 59)
        out->valid_utc = cosmo_arena_print(reader->arena, "%04d-%02d-%02dT%02d:%02d:00Z", (int)h->year, (int)h->month,
                                           (int)h->day, release_hour, release_minute);
    if (fabs(h->latitude) <= 90.0e4) out->latitude_rad = h->latitude * (1e-4 * 3.14159265358979323846 / 180.0);
    if (fabs(h->longitude) <= 180.0e4) out->longitude_rad = h->longitude * (1e-4 * 3.14159265358979323846 / 180.0);
    return COSMO_OK;
}

/* The next level of the sounding. The quality flags after pressure, height and temperature tell a shifted line. */
static cosmo_status igra_read_level(sounding_reader *reader, sounding_level *level)
{
    static const size_t flags[] = {15, 21, 27};
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if (memchr(" AB", reader->line[flags[i]], 3) == NULL)
            return cosmo_sounding_fail(reader, flags[i] + 1, "a quality flag (blank, A or B) must stand in column %zu",
                                       flags[i] + 1);
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) {
        const igra_field *field = &igra_fields[q];
        double value;
        COSMO_TRY(igra_whole(reader, field->offset, field->width, &value));
        level->column[q] = field->offset + 1;
        level->value[q] = value <= -8888.0 ? NAN : value * field->factor + field->offset_si;
    }
    level->value[SOUNDING_ALTITUDE] = cosmo_sounding_geometric_m(level->value[SOUNDING_ALTITUDE]);
    return COSMO_OK;
}

/* Pass over the lines of soundings before the wanted one; at its header, 1 of `levels` lines is next. */
static cosmo_status igra_find(sounding_reader *reader, size_t which, igra_header *header)
{
    size_t seen = 0;
    while (cosmo_sounding_next_line(reader)) {
        if (reader->length == 0) continue;
        if (reader->line[0] != '#')
            return cosmo_sounding_fail(reader, 1, "a header ('#', station, date) must stand here");
        COSMO_TRY(igra_read_header(reader, header));
        if (seen++ == which) return igra_describe(reader, header);
        for (int i = 0; i < (int)header->levels; i++)
            if (!cosmo_sounding_next_line(reader) || (reader->length > 0 && reader->line[0] == '#'))
                return cosmo_sounding_fail(reader, 1, "sounding %zu ends after %d of %d levels", seen - 1, i,
                                           (int)header->levels);
    }
    return cosmo_sounding_fail(reader, 1, "no sounding number %zu: the file holds %zu, counted from 0", which, seen);
}

/* Between two levels with heights, give the levels that have pressure alone theirs: shares of the known thickness in
 * the ratio of the hydrostatic ones, mean temperature times ln of the pressures (NOAA-S/T 76-1562, eq. 33).
 * Alphanumeric reports carry heights at the standard levels only. Returns how many were filled. */
static size_t igra_fill_between(sounding_level *level, size_t below, size_t above)
{
    const double z0 = level[below].value[SOUNDING_ALTITUDE], z1 = level[above].value[SOUNDING_ALTITUDE];
    const double mild = 250.0; /* K, where no temperature is known: only ratios matter */
    double share = 0.0, t = level[below].value[SOUNDING_TEMPERATURE];
    if (isnan(t)) t = mild;
    for (size_t i = below + 1; i <= above; i++) {
        const double ratio = level[i - 1].value[SOUNDING_PRESSURE] / level[i].value[SOUNDING_PRESSURE];
        const double measured = level[i].value[SOUNDING_TEMPERATURE], next = isnan(measured) ? t : measured;
        share += 0.5 * (t + next) * cosmo_real_log(ratio);
        if (i < above) level[i].value[SOUNDING_ALTITUDE] = share;
        t = next;
    }
    for (size_t i = below + 1; i < above; i++)
        level[i].value[SOUNDING_ALTITUDE] = z0 + (z1 - z0) * (level[i].value[SOUNDING_ALTITUDE] / share);
    return above - below - 1;
}

/* The same over the whole list of levels by pressure. */
static void igra_fill_heights(sounding_reader *reader, sounding_level *level, size_t n)
{
    size_t below = SIZE_MAX, filled = 0;
    for (size_t i = 0; i < n; i++) {
        if (isnan(level[i].value[SOUNDING_ALTITUDE])) continue;
        if (below != SIZE_MAX && i > below + 1) filled += igra_fill_between(level, below, i);
        below = i;
    }
    if (filled > 0)
        cosmo_run_note(reader->run, COSMO_NOTE_ASSUMPTION,
                       "%s: heights of %zu levels follow from pressure between levels with a height", reader->file,
                       filled);
}

/* Ranges are checked, and pressures of the first list must fall, before heights may follow from them. */
static cosmo_status igra_check_pressures(sounding_reader *reader, const sounding_level *level, const int *line,
                                         size_t n)
{
    double before = INFINITY;
    for (size_t i = 0; i < n; i++) {
        const double p = level[i].value[SOUNDING_PRESSURE];
        reader->line_number = line[i];
        COSMO_TRY(cosmo_sounding_check(reader, &level[i]));
        if (!(p < before))
            return cosmo_sounding_fail(reader, level[i].column[SOUNDING_PRESSURE],
                                       "pressure %g Pa does not fall below that of the level before", p);
        before = p;
    }
    return COSMO_OK;
}

/* The file lists levels by pressure first, then those known by height alone. Each list must rise; here they become one.
 * Where both have a height, the wind of the second fills a gap of the first. */
static cosmo_status igra_merge(sounding_reader *reader, const sounding_level *level, const int *line, size_t n,
                               size_t split)
{
    size_t a = 0, b = split;
    while (a < split || b < n) {
        if (a < split && isnan(level[a].value[SOUNDING_ALTITUDE])) { /* under the first or over the last known height */
            reader->skipped++;
            a++;
            continue;
        }
        const double za = a < split ? level[a].value[SOUNDING_ALTITUDE] : INFINITY;
        const double zb = b < n ? level[b].value[SOUNDING_ALTITUDE] : INFINITY;
        const bool first = za <= zb;
        sounding_level merged = first ? level[a] : level[b];
        reader->line_number = first ? line[a] : line[b];
        if (za == zb) {
            for (int q = 0; q < SOUNDING_QUANTITIES; q++)
                if (isnan(merged.value[q])) merged.value[q] = level[b].value[q];
            b++;
        }
        if (first)
            a++;
        else
            b++;
        COSMO_TRY(cosmo_sounding_add(reader, &merged));
    }
    return COSMO_OK;
}

/* The `n` level lines of a sounding: those with a pressure or a height, and how many stand before the list by height.
 */
static cosmo_status igra_read_levels(sounding_reader *reader, size_t n, sounding_level *level, int *line, size_t *kept,
                                     size_t *split)
{
    bool by_height = false;
    *kept = *split = 0;
    for (size_t i = 0; i < n; i++) {
        if (!cosmo_sounding_next_line(reader) || (reader->length > 0 && reader->line[0] == '#'))
            return cosmo_sounding_fail(reader, 1, "the sounding ends after %zu of %zu levels", i, n);
        if (reader->length < IGRA_LEVEL)
            return cosmo_sounding_fail(reader, reader->length + 1, "a level line has %d columns", IGRA_LEVEL);
        COSMO_TRY(igra_read_level(reader, &level[*kept]));
        line[*kept] = reader->line_number;
        by_height = by_height || isnan(level[*kept].value[SOUNDING_PRESSURE]);
        if (isnan(level[*kept].value[SOUNDING_ALTITUDE]) && by_height) {
            reader->skipped++;
            continue;
        }
        ++*kept;
        if (!by_height) *split = *kept;
    }
    return COSMO_OK;
}

cosmo_status cosmo_sounding_igra_parse(sounding_reader *reader, size_t which)
{
    igra_header header;
    size_t kept, split;
    COSMO_TRY(igra_find(reader, which, &header));
    const size_t n = (size_t)header.levels;
    sounding_level *level = cosmo_arena_array(reader->arena, n + 1, sizeof *level);
    int *line = cosmo_arena_array(reader->arena, n + 1, sizeof *line);
    COSMO_NEED(level, reader->run);
    COSMO_NEED(line, reader->run);
    COSMO_TRY(igra_read_levels(reader, n, level, line, &kept, &split));
    COSMO_TRY(igra_check_pressures(reader, level, line, split));
    igra_fill_heights(reader, level, split);
    COSMO_TRY(igra_merge(reader, level, line, kept, split));
    sounding_reader ahead = *reader;
    while (!reader->more && cosmo_sounding_next_line(&ahead)) reader->more = ahead.length > 0;
    return COSMO_OK;
}
