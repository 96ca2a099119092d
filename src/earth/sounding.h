/* What the readers of the sounding formats share: lines with places, cells, levels that must rise. */
#ifndef COSMO_EARTH_SOUNDING_H
#define COSMO_EARTH_SOUNDING_H

#include "cosmodrome/earth.h"

enum { SOUNDING_LEVELS_MAX = 20000, SOUNDING_LINE_MAX = 4096, SOUNDING_BYTES_MAX = 256 << 20 };
enum { SOUNDING_ALTITUDE, SOUNDING_PRESSURE, SOUNDING_TEMPERATURE, SOUNDING_SPEED, SOUNDING_FROM, SOUNDING_QUANTITIES };

/* One level in SI (wind direction in degrees until the end); NaN: missing. `column` says where each value stood. */
typedef struct sounding_level {
    double value[SOUNDING_QUANTITIES];
    size_t column[SOUNDING_QUANTITIES];
} sounding_level;

typedef struct sounding_reader {
    const char *file, *next, *end; /* what is left to read */
    const char *line;              /* the present line, without its end */
    size_t length;
    int line_number; /* -1: the file has no lines */
    cosmo_arena *arena;
    cosmo_run *run;
    double (*level)[SOUNDING_QUANTITIES];
    size_t n, capacity, skipped; /* skipped: levels without a height, or with a height alone */
    cosmo_sounding *out;
    bool igra; /* the format is IGRA's */
    bool more; /* another sounding follows the one that was parsed */
} sounding_reader;

/* Go to the next line; false at the end of the text. */
bool cosmo_sounding_next_line(sounding_reader *reader);
/* Fail with "file:line:column: error: ..." on the present line; columns count from 1. */
cosmo_status cosmo_sounding_fail(sounding_reader *reader, size_t column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The number in `length` bytes of the present line from `offset`, blanks about it allowed; NaN when all are blank. */
cosmo_status cosmo_sounding_number(sounding_reader *reader, size_t offset, size_t length, double *value);
/* Refuse a value that no balloon can have measured. */
cosmo_status cosmo_sounding_check(sounding_reader *reader, const sounding_level *level);
/* Check a level's ranges and that its height rises above the one before, and keep it. A level without a height, or
 * with neither wind nor temperature, is counted and left out. */
cosmo_status cosmo_sounding_add(sounding_reader *reader, const sounding_level *level);
/* Geometric height above mean sea level of a geopotential height. Source: NOAA-S/T 76-1562, eq. 19. */
double cosmo_sounding_geometric_m(double geopotential_m);

/* The levels as the columns of the result; fewer than two with a height are refused. */
cosmo_status cosmo_sounding_finish(sounding_reader *reader);

/* Parse sounding number `which` of the file; the present line is then the last of it or after it. */
cosmo_status cosmo_sounding_csv_parse(sounding_reader *reader, size_t which);
cosmo_status cosmo_sounding_list_parse(sounding_reader *reader);
cosmo_status cosmo_sounding_igra_parse(sounding_reader *reader, size_t which);
enum { SOUNDING_ALL_MAX = 10000 };
/* Sounding number `which` of a netCDF or GRIB file (all where it is SIZE_MAX): `soundings`, of cosmo_sounding. */
cosmo_status cosmo_sounding_gridded_read(const char *path, size_t which, const cosmo_sounding_point *point,
                                         cosmo_arena *arena, cosmo_run *run, cosmo_list *soundings);

#endif
