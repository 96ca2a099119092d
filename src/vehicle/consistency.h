/* What the descriptor tables cannot say about a vehicle: that its parts fit together. */
#ifndef COSMO_CONSISTENCY_H
#define COSMO_CONSISTENCY_H

#include "cosmodrome/vehicle.h"

/* Check a vehicle that was just read from `root`; every message has the place of the offending node. */
cosmo_status cosmo_consistency_check(const cosmo_vehicle *vehicle, const cosmo_yaml *root, cosmo_arena *arena,
                                     cosmo_run *run);

#endif
