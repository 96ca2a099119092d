/* Within plume: what the files of a valuation share. */
#ifndef COSMO_PLUME_TARIFF_H
#define COSMO_PLUME_TARIFF_H

#include "cosmodrome/plume.h"
#include "plume/tariff_unit.h"

/* Names an item may list. */
enum { COSMO_TARIFF_QUANTITIES_MAX = 4, COSMO_TARIFF_RATES_MAX = 8 };

/* NULL: no such rate. */
const cosmo_tariff_rate *cosmo_tariff_find(const cosmo_tariff *tariff, const char *id);
/* The product of the units of an item's quantities and rates; its factor takes their values to the file's currency. The
 * file has been checked. */
cosmo_tariff_unit cosmo_tariff_item_unit(const cosmo_tariff *tariff, const cosmo_tariff_item *item, cosmo_arena *arena);
/* Fail when an override's rate, unit, value or source is not as it must be. */
cosmo_status cosmo_tariff_check_override(const cosmo_tariff *tariff, const cosmo_tariff_override *override,
                                         cosmo_arena *arena, cosmo_run *run);
/* True for the override of this rate, or of this substance's share of it (NULL: of the whole). */
bool cosmo_tariff_overrides(const cosmo_tariff_override *override, const char *rate, const char *substance);

#endif
