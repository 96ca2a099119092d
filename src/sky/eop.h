/* Earth orientation at a moment. */
#ifndef COSMO_SKY_EOP_H
#define COSMO_SKY_EOP_H

#include "cosmodrome/sky.h"

/* Linear between samples, the nearest one outside them; all zero when there are none or eop is NULL. A leap second
 * between two samples is not interpolated over. */
cosmo_eop_sample cosmo_eop_at(const cosmo_eop *eop, double mjd);

#endif
