/* Soundings in the University of Wyoming's TEXT:LIST: eleven columns of seven characters under PRES HGHT TEMP ... */
#include "earth/sounding.h"

#include <math.h>
#include <string.h>

enum { LIST_WIDTH = 7 };
typedef struct list_column {
    const char *name, *unit;
    int quantity;
    size_t index;
    double factor, offset;
} list_column;
static const list_column list_columns[] = {
    {"PRES", "hPa", SOUNDING_PRESSURE, 0, 100.0, 0.0},         {"HGHT", "m", SOUNDING_ALTITUDE, 1, 1.0, 0.0},
    {"TEMP", "C", SOUNDING_TEMPERATURE, 2, 1.0, 273.15},       {"DRCT", "deg", SOUNDING_FROM, 6, 1.0, 0.0},
    {"SKNT", "knot", SOUNDING_SPEED, 7, 1852.0 / 3600.0, 0.0},
};
enum { LIST_COLUMNS = sizeof list_columns / sizeof list_columns[0] };

/* True when the cell of a column of the present line holds just this word. */
static bool list_holds(const sounding_reader *reader, size_t index, const char *word)
{
    const size_t offset = index * LIST_WIDTH, length = strlen(word);
    if (offset >= reader->length) return false;
    const size_t width = reader->length - offset < LIST_WIDTH ? reader->length - offset : LIST_WIDTH;
    size_t start = offset;
    while (start < offset + width && reader->line[start] == ' ') start++;
    size_t end = offset + width;
    while (end > start && reader->line[end - 1] == ' ') end--;
    return end - start == length && memcmp(reader->line + start, word, length) == 0;
}

static cosmo_status list_check_head(sounding_reader *reader)
{
    for (size_t i = 0; i < LIST_COLUMNS; i++)
        if (!list_holds(reader, list_columns[i].index, list_columns[i].name))
            return cosmo_sounding_fail(reader, list_columns[i].index * LIST_WIDTH + 1,
                                       "column %zu of the table is not '%s'", list_columns[i].index + 1,
                                       list_columns[i].name);
    if (!cosmo_sounding_next_line(reader))
        return cosmo_sounding_fail(reader, 1, "the table ends before its line of units");
    for (size_t i = 0; i < LIST_COLUMNS; i++)
        if (!list_holds(reader, list_columns[i].index, list_columns[i].unit))
            return cosmo_sounding_fail(reader, list_columns[i].index * LIST_WIDTH + 1, "the unit of %s is not '%s'",
                                       list_columns[i].name, list_columns[i].unit);
    return COSMO_OK;
}

/* A row of the table begins with a pressure; the first line that does not ends the table. */
static bool list_is_row(const sounding_reader *reader)
{
    size_t i = 0;
    while (i < reader->length && i < LIST_WIDTH && reader->line[i] == ' ') i++;
    return i < reader->length && i < LIST_WIDTH && reader->line[i] >= '0' && reader->line[i] <= '9';
}

static cosmo_status list_read_row(sounding_reader *reader)
{
    sounding_level level;
    for (int q = 0; q < SOUNDING_QUANTITIES; q++) level.value[q] = NAN, level.column[q] = 1;
    for (size_t i = 0; i < LIST_COLUMNS; i++) {
        const list_column *column = &list_columns[i];
        const size_t offset = column->index * LIST_WIDTH;
        if (offset >= reader->length) continue;
        const size_t width = reader->length - offset < LIST_WIDTH ? reader->length - offset : LIST_WIDTH;
        double value;
        COSMO_TRY(cosmo_sounding_number(reader, offset, width, &value));
        if (column->quantity == SOUNDING_ALTITUDE) value = cosmo_sounding_geometric_m(value);
        level.value[column->quantity] = value * column->factor + column->offset;
        level.column[column->quantity] = offset + 1;
    }
    return cosmo_sounding_add(reader, &level);
}

static bool list_is_rule(const sounding_reader *reader)
{
    return reader->length >= 4 && memcmp(reader->line, "----", 4) == 0;
}

cosmo_status cosmo_sounding_list_parse(sounding_reader *reader)
{
    while (cosmo_sounding_next_line(reader) && !list_holds(reader, 0, "PRES")) continue;
    COSMO_TRY(list_check_head(reader));
    bool rows = false;
    while (cosmo_sounding_next_line(reader)) {
        if (!rows && list_is_rule(reader)) continue;
        if (!list_is_row(reader)) break;
        rows = true;
        COSMO_TRY(list_read_row(reader));
    }
    return COSMO_OK;
}
