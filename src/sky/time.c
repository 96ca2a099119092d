/* Time scales: UTC as text and as ERFA's quasi-Julian date, steps in SI seconds, TT and UT1. */
#include "cosmodrome/sky.h"
#include "sky/eop.h"
#include "sky/leap.h"

#include <erfa.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define TIME_MJD0      2400000.5
#define TIME_POSIX_JD  2440587.5
#define TIME_DAY_S     86400.0
#define TIME_LEAP_FILE "/usr/share/zoneinfo/leap-seconds.list"

/* The same moment as midnight and a fraction of that day (whole days are all alike in quasi-JD). */
static cosmo_utc time_settle(double jd1, double jd2)
{
    const double midnight = floor(jd1 - 0.5) + 0.5, fraction = (jd1 - midnight) + jd2, days = floor(fraction);
    return (cosmo_utc){midnight + days, fraction - days};
}

/* ---- text ------------------------------------------------------- */

/* `width` digits at *text, moved past; -1 when they are not all digits. */
static int time_digits(const char **text, int width)
{
    int value = 0;
    for (int i = 0; i < width; i++, ++*text) {
        if (**text < '0' || **text > '9') return -1;
        value = 10 * value + (**text - '0');
    }
    return value;
}

/* A decimal part after the seconds, if one stands there; -1 when a point has no digit after it. */
static double time_fraction(const char **text)
{
    if (**text != '.') return 0.0;
    double value = 0.0, scale = 1.0;
    const char *start = ++*text;
    for (; **text >= '0' && **text <= '9' && *text - start < 15; ++*text) {
        value = 10.0 * value + (**text - '0');
        scale *= 10.0;
    }
    return *text == start ? -1.0 : value / scale;
}

const char *cosmo_time_parse(const char *text, cosmo_utc *utc)
{
    static const char shape[] = "is not a time such as 2026-12-01T08:32:19.5Z (UTC; the Z is required)";
    static const char separators[] = "--T::";
    static const int widths[] = {4, 2, 2, 2, 2, 2};
    int part[6];
    for (int i = 0; i < 6; i++) {
        if (i > 0 && *text++ != separators[i - 1]) return shape;
        part[i] = time_digits(&text, widths[i]);
        if (part[i] < 0) return shape;
    }
    const double fraction = time_fraction(&text);
    if (fraction < 0.0 || text[0] != 'Z' || text[1] != '\0') return shape;
    if (part[0] < 1960 || part[0] > 2199) return "lies outside the years 1960 to 2199, in which UTC is understood here";
    double jd1, jd2;
    const int status = eraDtf2d("UTC", part[0], part[1], part[2], part[3], part[4], part[5] + fraction, &jd1, &jd2);
    if (status == 2 || status == 3) return "has a second 60, but no leap second was put in there";
    if (status < 0)
        return status == -2 ? "has no such month" : status == -3 ? "has no such day" : "has no such time of day";
    *utc = time_settle(jd1, jd2);
    return NULL;
}

void cosmo_time_format(cosmo_utc utc, int decimals, char out[40])
{
    int year, month, day, part[4];
    const int digits = decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
    if (!isfinite(utc.jd1 + utc.jd2) || eraD2dtf("UTC", digits, utc.jd1, utc.jd2, &year, &month, &day, part) < 0) {
        memcpy(out, "not-a-time", sizeof "not-a-time");
        return;
    }
    const int used = snprintf(out, 40, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, part[0], part[1], part[2]);
    if (digits > 0)
        snprintf(out + used, 40 - (size_t)used, ".%0*dZ", digits, part[3]);
    else
        snprintf(out + used, 40 - (size_t)used, "Z");
}

/* ---- scales ------------------------------------------------------- */

cosmo_utc cosmo_time_add(cosmo_utc utc, double seconds)
{
    double tai1 = NAN, tai2 = NAN, utc1 = NAN, utc2 = NAN; /* ERFA sets nothing for a date out of its range */
    const cosmo_utc from = time_settle(utc.jd1, utc.jd2);
    eraUtctai(from.jd1, from.jd2, &tai1, &tai2);
    eraTaiutc(tai1, tai2 + seconds / TIME_DAY_S, &utc1, &utc2);
    return time_settle(utc1, utc2);
}

double cosmo_time_between(cosmo_utc a, cosmo_utc b)
{
    double a1 = NAN, a2 = NAN, b1 = NAN, b2 = NAN;
    eraUtctai(a.jd1, a.jd2, &a1, &a2);
    eraUtctai(b.jd1, b.jd2, &b1, &b2);
    return ((b1 - a1) + (b2 - a2)) * TIME_DAY_S;
}

double cosmo_time_posix(cosmo_utc utc)
{
    return ((utc.jd1 - TIME_POSIX_JD) + utc.jd2) * TIME_DAY_S;
}

void cosmo_time_tt(cosmo_utc utc, double *tt1, double *tt2)
{
    double tai1 = NAN, tai2 = NAN;
    eraUtctai(utc.jd1, utc.jd2, &tai1, &tai2);
    eraTaitt(tai1, tai2, tt1, tt2);
}

void cosmo_time_ut1(cosmo_utc utc, const cosmo_eop *eop, double *ut11, double *ut12)
{
    const cosmo_eop_sample now = cosmo_eop_at(eop, (utc.jd1 - TIME_MJD0) + utc.jd2);
    *ut11 = *ut12 = NAN;
    eraUtcut1(utc.jd1, utc.jd2, now.ut1_utc_s, ut11, ut12);
}

/* ---- leap seconds ------------------------------------------------------- */

cosmo_status cosmo_time_load_leap_seconds(const char *path, cosmo_utc when, cosmo_run *run)
{
    const char *data, *file = path != NULL ? path : TIME_LEAP_FILE;
    size_t bytes;
    leap_table table;
    char digest[65];
    cosmo_status status = cosmo_file_read(file, LEAP_BYTES_MAX, run->arena, run, &data, &bytes);
    if (status == COSMO_OK) status = cosmo_leap_parse(file, data, bytes, run, &table);
    if (status == COSMO_BAD_INPUT && path == NULL) {
        cosmo_run_note(run, COSMO_NOTE_WARNING,
                       "no leap-second table from tzdata (%s); the one built into ERFA is used", run->message);
        run->message[0] = '\0';
        run->status = COSMO_OK;
        return COSMO_OK;
    }
    if (status != COSMO_OK) return status;
    if (path != NULL) {
        cosmo_hash_sha256(data, bytes, digest);
        cosmo_run_input(run, path, digest);
    }
    cosmo_leap_install(&table);
    if ((when.jd1 - TIME_MJD0) + when.jd2 > table.expires_mjd) {
        char until[40];
        cosmo_time_format((cosmo_utc){TIME_MJD0, table.expires_mjd}, 0, until);
        cosmo_run_note(run, COSMO_NOTE_WARNING, "leap seconds are known until %.10s only; none is counted after that",
                       until);
    }
    return COSMO_OK;
}
