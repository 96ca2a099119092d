/* Celestial and Earth-fixed frames, over ERFA. */
#include "core/real.h"
#include "cosmodrome/sky.h"
#include "sky/eop.h"

#include <erfa.h>
#include <math.h>

#define FRAMES_MJD0 2400000.5

static cosmo_eop_sample frames_eop(cosmo_utc utc, const cosmo_eop *eop)
{
    return cosmo_eop_at(eop, (utc.jd1 - FRAMES_MJD0) + utc.jd2);
}

void cosmo_frames_gcrs_to_itrs(cosmo_utc utc, const cosmo_eop *eop, double matrix[3][3])
{
    const cosmo_eop_sample now = frames_eop(utc, eop);
    double tt1, tt2, ut11, ut12;
    cosmo_time_tt(utc, &tt1, &tt2);
    cosmo_time_ut1(utc, eop, &ut11, &ut12);
    eraC2t06a(tt1, tt2, ut11, ut12, now.x_pole_rad, now.y_pole_rad, matrix);
}

double cosmo_frames_gmst82(cosmo_utc utc, const cosmo_eop *eop)
{
    double ut11, ut12;
    cosmo_time_ut1(utc, eop, &ut11, &ut12);
    return eraGmst82(ut11, ut12);
}

void cosmo_frames_teme_to_itrs(cosmo_utc utc, const cosmo_eop *eop, double matrix[3][3])
{
    const cosmo_eop_sample now = frames_eop(utc, eop);
    double turn[3][3], pole[3][3];
    eraIr(turn);
    eraRz(cosmo_frames_gmst82(utc, eop), turn);
    eraPom00(now.x_pole_rad, now.y_pole_rad, 0.0, pole);
    eraRxr(pole, turn, matrix);
}

void cosmo_frames_sun_itrs(cosmo_utc utc, const cosmo_eop *eop, double direction[3])
{
    double tt1, tt2, heliocentric[2][3], barycentric[2][3], to_itrs[3][3], sun[3], length;
    cosmo_time_tt(utc, &tt1, &tt2);
    eraEpv00(tt1, tt2, heliocentric, barycentric);
    for (int i = 0; i < 3; i++) sun[i] = -heliocentric[0][i];
    cosmo_frames_gcrs_to_itrs(utc, eop, to_itrs);
    eraRxp(to_itrs, sun, sun);
    eraPn(sun, &length, direction);
}

double cosmo_frames_sun_elevation(cosmo_utc utc, const cosmo_eop *eop, double latitude_rad, double longitude_rad)
{
    double sun[3];
    cosmo_frames_sun_itrs(utc, eop, sun);
    const double out = cosmo_real_cos(latitude_rad);
    const double up = out * cosmo_real_cos(longitude_rad) * sun[0] + out * cosmo_real_sin(longitude_rad) * sun[1] +
                      cosmo_real_sin(latitude_rad) * sun[2];
    return cosmo_real_asin(fmax(-1.0, fmin(1.0, up)));
}
