/* Within core: back from SI to a unit that somebody wrote, for messages and help. */
#ifndef COSMO_CORE_UNITS_H
#define COSMO_CORE_UNITS_H

#include "cosmodrome/core.h"

/* `value_si` in the unit of `quantity` ("120 km": 0.5e6 gives "500 km"), printed in the arena; in plain SI without a
 * unit when `quantity` carries none that is known. NULL when memory is out. */
const char *cosmo_units_show(const char *quantity, double value_si, cosmo_arena *arena);
/* "a mass", "an angle", "a number": for messages. Never NULL. */
const char *cosmo_units_dimension_text(cosmo_dimension dimension);

#endif
