/* Calendar stamps. Source of the day count: Hinnant 2013, "chrono-compatible low-level date algorithms". */
#include "formats/stamp.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

enum { STAMP_DAY = 86400, STAMP_NANO = 1000000000 };

/* Days since 1970-01-01 of a proleptic Gregorian date; years begin in March so that leap days come last. */
static int64_t stamp_days(int64_t year, int month, int day)
{
    if (month <= 2) year--;
    const int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - 400 * era;
    const int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return 146097 * era + 365 * of_era + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void stamp_date(int64_t days, int64_t *year, int *month, int *day)
{
    days += 719468;
    const int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - 146097 * era;
    const int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const int64_t of_year = of_era - (365 * y + y / 4 - y / 100), m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = y + 400 * era + (*month <= 2);
}

/* Exactly `digits` decimal digits and then `after`. */
static bool stamp_number(const char **text, int digits, char after, int *value)
{
    *value = 0;
    for (int i = 0; i < digits; i++, (*text)++) {
        if (**text < '0' || **text > '9') return false;
        *value = 10 * *value + (**text - '0');
    }
    if (after == '\0') return true;
    return *(*text)++ == after;
}

static bool stamp_parse_date(const char **text, int64_t *days)
{
    int year, month = 1, day;
    if (!stamp_number(text, 4, '-', &year) || year < 1) return false;
    const char *again = *text;
    const bool ordinal = stamp_number(&again, 3, 'T', &day);
    if (ordinal)
        *text = again;
    else if (!stamp_number(text, 2, '-', &month) || !stamp_number(text, 2, 'T', &day) || month < 1 || month > 12)
        return false;
    const int64_t first = stamp_days(year, month, 1);
    const int64_t next = ordinal || month == 12 ? stamp_days(year + 1, 1, 1) : stamp_days(year, month + 1, 1);
    *days = first + day - 1;
    return day >= 1 && *days < next;
}

static bool stamp_parse_fraction(const char **text, int32_t *nanoseconds)
{
    *nanoseconds = 0;
    if (**text != '.') return true;
    int32_t unit = STAMP_NANO / 10;
    const char *first = ++*text;
    for (; **text >= '0' && **text <= '9'; (*text)++, unit /= 10) *nanoseconds += unit * (**text - '0');
    return *text > first;
}

bool cosmo_stamp_parse(const char *text, cosmo_stamp *stamp)
{
    int64_t days;
    int hour, minute, second;
    if (!stamp_parse_date(&text, &days)) return false;
    if (!stamp_number(&text, 2, ':', &hour) || !stamp_number(&text, 2, ':', &minute) ||
        !stamp_number(&text, 2, '\0', &second))
        return false;
    if (hour > 23 || minute > 59 || second > 60) return false;
    if (!stamp_parse_fraction(&text, &stamp->nanoseconds)) return false;
    stamp->seconds = STAMP_DAY * days + 3600 * hour + 60 * minute + second;
    return strcmp(text, "") == 0 || strcmp(text, "Z") == 0;
}

cosmo_stamp cosmo_stamp_add(cosmo_stamp stamp, double seconds)
{
    const double bounded = fmin(fmax(seconds, -1e9), 1e9);
    const double whole = floor(bounded);
    stamp.seconds += (int64_t)whole;
    const int64_t nanoseconds = stamp.nanoseconds + (int64_t)floor((bounded - whole) * STAMP_NANO + 0.5);
    stamp.seconds += nanoseconds / STAMP_NANO;
    stamp.nanoseconds = (int32_t)(nanoseconds % STAMP_NANO);
    return stamp;
}

void cosmo_stamp_format(cosmo_stamp stamp, int decimals, char out[40])
{
    int64_t unit = 1, year;
    int month, day;
    for (int i = decimals; i < 9; i++) unit *= 10;
    const int64_t rounded = (stamp.nanoseconds + unit / 2) / unit * unit; /* half a unit goes up */
    const int64_t seconds = stamp.seconds + rounded / STAMP_NANO;
    const int64_t days = (seconds >= 0 ? seconds : seconds - (STAMP_DAY - 1)) / STAMP_DAY;
    const int of_day = (int)(seconds - STAMP_DAY * days);
    stamp_date(days, &year, &month, &day);
    const int length = snprintf(out, 30, "%04lld-%02d-%02dT%02d:%02d:%02d", (long long)year, month, day, of_day / 3600,
                                of_day / 60 % 60, of_day % 60);
    if (decimals == 0) return;
    char *end = out + length + 1 + decimals;
    out[length] = '.';
    *end = '\0';
    for (int64_t digits = rounded % STAMP_NANO / unit; decimals > 0; decimals--, digits /= 10)
        *--end = (char)('0' + digits % 10);
}
