/* Cosmodrome sky: time scales and frames, over ERFA.
 *
 * A moment is a two-part Julian date in UTC ("quasi-JD", as ERFA has it), so that seconds survive.
 */
#ifndef COSMODROME_SKY_H
#define COSMODROME_SKY_H

#include "cosmodrome/core.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct cosmo_utc {
    double jd1, jd2;
} cosmo_utc;

/* Earth orientation: UT1-UTC and pole at one moment; zeros when no file is given (a note says so). Between days values
 * are linear (no leap second is interpolated over); before the first and after the last day they are those days' own.
 */
typedef struct cosmo_eop_sample {
    double mjd, ut1_utc_s, x_pole_rad, y_pole_rad;
} cosmo_eop_sample;
typedef struct cosmo_eop {
    size_t n;
    const cosmo_eop_sample *samples;
} cosmo_eop;

/* Load leap seconds from tzdata's leap-seconds.list (path NULL: the system's); checks its hash line, and notes a
 * warning when `when` is past its expiry. Where the system's is missing or damaged ERFA's own table serves, with a
 * warning; a named file that is so is COSMO_BAD_INPUT. The table is ERFA's, one for the whole program: call once,
 * before threads. */
cosmo_status cosmo_time_load_leap_seconds(const char *path, cosmo_utc when, cosmo_run *run);
/* Parse "2026-12-01T08:32:19.5Z" (the fraction is optional, the Z is not; second 60 only in a leap second; years 1960
 * to 2199). NULL on success, else what is wrong, to follow the text in a message: "is not a time such as ...". */
const char *cosmo_time_parse(const char *text, cosmo_utc *utc);
/* ISO 8601 with Z and `decimals` (0..6) digits of seconds, correctly rounded, into at least 40 bytes. */
void cosmo_time_format(cosmo_utc utc, int decimals, char out[40]);
/* Add SI seconds, counting leap seconds. */
cosmo_utc cosmo_time_add(cosmo_utc utc, double seconds);
/* SI seconds from a to b. */
double cosmo_time_between(cosmo_utc a, cosmo_utc b);
/* Seconds since 1970-01-01 UTC, leap seconds not counted (POSIX). */
double cosmo_time_posix(cosmo_utc utc);
/* TT and UT1 as two-part Julian dates. */
void cosmo_time_tt(cosmo_utc utc, double *tt1, double *tt2);
void cosmo_time_ut1(cosmo_utc utc, const cosmo_eop *eop, double *ut11, double *ut12);

/* Read an EOP file: IERS finals2000A (fixed columns) or C04 (either of its layouts), told apart by content. */
cosmo_status cosmo_eop_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_eop *eop);
cosmo_status cosmo_eop_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                             cosmo_eop *eop);

/* Rotation matrices (row-major; r_out = M r_in). IAU 2006/2000A, CIO based (ERFA eraC2t06a). */
void cosmo_frames_gcrs_to_itrs(cosmo_utc utc, const cosmo_eop *eop, double matrix[3][3]);
/* TEME of date to ITRS: GMST82 about z, then polar motion (Vallado et al. 2006, AIAA 2006-6753). */
void cosmo_frames_teme_to_itrs(cosmo_utc utc, const cosmo_eop *eop, double matrix[3][3]);
/* Greenwich mean sidereal time, IAU 1982, rad. */
double cosmo_frames_gmst82(cosmo_utc utc, const cosmo_eop *eop);
/* Geocentric direction (unit vector, ITRS) of the Sun; geometric: aberration and light time (0.006 deg) are left out.
 */
void cosmo_frames_sun_itrs(cosmo_utc utc, const cosmo_eop *eop, double direction[3]);
/* Elevation of the Sun's middle above the horizon of a place (geodetic latitude), without refraction. */
double cosmo_frames_sun_elevation(cosmo_utc utc, const cosmo_eop *eop, double latitude_rad, double longitude_rad);

#ifdef __cplusplus
}
#endif
#endif
