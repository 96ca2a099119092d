/* Zonal gravity, one position at a time: the kernel's one-lane instance. */
#include "earth/kernels/gravity.h"
#include "cosmodrome/earth.h"

cosmo_vec3 cosmo_gravity_at(cosmo_vec3 position_itrf_m, cosmo_gravity_model model)
{
    double j[5];
    earth_zonals(model, j);
    const lanes3 r = {position_itrf_m.x, position_itrf_m.y, position_itrf_m.z};
    const lanes3 a = earth_gravity(r, j[0], j[1], j[2], j[3], j[4]);
    return (cosmo_vec3){a.x, a.y, a.z};
}
