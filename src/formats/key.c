/* Property names that do not collide. */
#include "formats/key.h"

#include <strings.h>

const char *cosmo_key_free(const char *key, cosmo_arena *arena)
{
    static const char *const taken[] = {"fid",   "geom",     "id",   "name",   "role",
                                        "layer", "estimate", "note", "from_s", "until_s"};
    for (size_t i = 0; i < sizeof taken / sizeof taken[0]; i++)
        if (strcasecmp(key, taken[i]) == 0) return cosmo_arena_print(arena, "%s_2", key);
    return key;
}
