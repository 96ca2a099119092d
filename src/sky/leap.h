/* The table of leap seconds as tzdata ships it. */
#ifndef COSMO_SKY_LEAP_H
#define COSMO_SKY_LEAP_H

#include "cosmodrome/core.h"

enum { LEAP_ENTRIES_MAX = 128, LEAP_BYTES_MAX = 1 << 20 };
/* TAI - UTC from the first day of a month on. */
typedef struct leap_entry {
    int year, month;
    double tai_utc_s;
} leap_entry;
typedef struct leap_table {
    size_t n;
    leap_entry entry[LEAP_ENTRIES_MAX];
    double expires_mjd; /* leap seconds are not known beyond */
} leap_table;

/* Parse a leap-seconds.list and check it against its own SHA-1 line. Errors name file:line:col. */
cosmo_status cosmo_leap_parse(const char *file, const char *data, size_t bytes, cosmo_run *run, leap_table *table);
/* Give the table to ERFA where it differs from ERFA's own. Not safe beside other threads. */
void cosmo_leap_install(const leap_table *table);

#endif
