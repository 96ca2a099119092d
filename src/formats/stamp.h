/* Calendar stamps in files: text to seconds and back, exactly, every day 86400 s long. Leap seconds are sky's matter; a
 * second 60 is read as the first of the next minute. */
#ifndef COSMO_FORMATS_STAMP_H
#define COSMO_FORMATS_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* Since 1970-01-01T00:00:00 of the text's own time scale; nanoseconds in [0, 999999999]. */
typedef struct cosmo_stamp {
    int64_t seconds;
    int32_t nanoseconds;
} cosmo_stamp;

/* Read "YYYY-MM-DDThh:mm:ss[.d...][Z]" or "YYYY-DDDThh:mm:ss[.d...][Z]", years 0001 to 9999; digits behind the ninth
 * decimal are dropped. False when the text is anything else or the date is not in the calendar. */
bool cosmo_stamp_parse(const char *text, cosmo_stamp *stamp);
/* The stamp `seconds` later, to the nearest nanosecond; |seconds| at most 1e9, else it is clamped there. */
cosmo_stamp cosmo_stamp_add(cosmo_stamp stamp, double seconds);
/* "YYYY-MM-DDThh:mm:ss.ddd" with `decimals` (0 to 9) digits, correctly rounded, without Z. */
void cosmo_stamp_format(cosmo_stamp stamp, int decimals, char out[40]);

#endif
