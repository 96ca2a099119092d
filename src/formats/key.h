/* Names of a shape's own properties, the same in every export. */
#ifndef COSMO_FORMATS_KEY_H
#define COSMO_FORMATS_KEY_H

#include "cosmodrome/core.h"

/* `key`, or "key_2" in the arena when (in any case of letters) it is one that every exported feature has: fid, geom,
 * id, name, role, layer, estimate, note, or has with a window: from_s, until_s. NULL: memory ran out. */
const char *cosmo_key_free(const char *key, cosmo_arena *arena);

#endif
