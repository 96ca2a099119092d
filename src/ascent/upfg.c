/* Choosing the build of the guidance kernels. */
#include "ascent/upfg.h"

const cosmo_upfg_kernels *cosmo_upfg_kernels_best(void)
{
    switch (cosmo_isa_best()) {
    case COSMO_ISA_V4:
        return &cosmo_upfg_kernels_x8;
    case COSMO_ISA_V3:
        return &cosmo_upfg_kernels_x4;
    default:
        return &cosmo_upfg_kernels_x1;
    }
}
