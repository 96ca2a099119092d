/* Within plume: what one valuation and the difference of two share. */
#ifndef COSMO_PLUME_VALUATION_H
#define COSMO_PLUME_VALUATION_H

#include "plume/appraisal.h"

/* How messages call a side. */
const char *cosmo_valuation_side_name(const cosmo_valuation_side *side);
/* Day, quantities and overrides are as they must be. */
cosmo_status cosmo_valuation_check(const cosmo_valuation_side *side, cosmo_arena *arena, cosmo_run *run,
                                   size_t *n_samples);
/* False, with a warning, where the rule-set is out of force on the day. */
bool cosmo_valuation_in_force(const cosmo_valuation_side *side, cosmo_run *run);
/* The price of the side's other currency; NaN, with a warning, where there is none; 1 where it is the file's own. */
const cosmo_tariff_exchange *cosmo_valuation_price(const cosmo_valuation_side *side, cosmo_run *run, double *price);

#endif
