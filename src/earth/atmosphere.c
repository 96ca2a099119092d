/* The standard atmosphere, one altitude at a time: the kernel's one-lane instance. */
#include "earth/kernels/atmosphere.h"
#include "cosmodrome/earth.h"

cosmo_air_state cosmo_atmosphere_us76(double altitude_m)
{
    cosmo_air_state air;
    earth_us76(&cosmo_us76_table, altitude_m, &air.density_kg_m3, &air.temperature_k, &air.pressure_pa);
    air.sound_speed_m_s = earth_us76_sound_speed(altitude_m, air.density_kg_m3, air.temperature_k, air.pressure_pa);
    return air;
}
