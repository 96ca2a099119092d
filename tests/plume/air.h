/* Airs that no weather has, for closed forms: the same at all heights. */
#ifndef COSMO_TEST_PLUME_AIR_H
#define COSMO_TEST_PLUME_AIR_H

#include "cosmodrome/plume.h"

#include <math.h>

/* Wind towards the east. Nodes as cosmo_plume_air_make lays them: one at the lid. */
static inline void uniform_air(double wind_m_s, double sigma_m_s, double time_s, double scatter_rad, double lid_m,
                               cosmo_plume_air *air)
{
    enum { LAST = COSMO_PLUME_AIR_NODES - 1, LID = LAST * 4 / 5 };
    *air = (cosmo_plume_air){.bottom_m = 0.02,
                             .mixing_height_m = lid_m,
                             .roughness_m = 0.01,
                             .friction_velocity_m_s = 0.3,
                             .obukhov_m = INFINITY,
                             .scatter_rad = scatter_rad,
                             .temperature_k = 288.0,
                             .pressure_pa = 101325.0};
    air->top_m = air->bottom_m * pow(lid_m / air->bottom_m, (double)LAST / LID);
    for (int i = 0; i <= LAST; i++) {
        air->wind_east_m_s[i] = wind_m_s;
        air->sigma_u_m_s[i] = air->sigma_v_m_s[i] = air->sigma_w_m_s[i] = sigma_m_s;
        air->time_u_s[i] = air->time_w_s[i] = time_s;
    }
}

#endif
