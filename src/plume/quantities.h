/* Within plume: names of quantities in files. */
#ifndef COSMO_PLUME_QUANTITIES_H
#define COSMO_PLUME_QUANTITIES_H

#include "cosmodrome/plume.h"

/* Fail at `place` with the nearest name when there is no such quantity. */
cosmo_status cosmo_quantities_look_up(const char *name, const cosmo_yaml *place, cosmo_arena *arena, cosmo_run *run,
                                      const cosmo_quantity_kind **kind);

#endif
