/* Within core: names that must not repeat (keys of a map, ids of a list). */
#ifndef COSMO_CORE_YAML_H
#define COSMO_CORE_YAML_H

#include "cosmodrome/core.h"

typedef struct cosmo_yaml_name {
    const char *text;
    const cosmo_yaml *node;
    size_t order; /* in the file */
} cosmo_yaml_name;

/* Sorts `names`. Returns the entry, earliest in the file, whose text an earlier entry has (its node in *first), or
 * NULL. */
const cosmo_yaml_name *cosmo_yaml_repeated(cosmo_yaml_name *names, size_t n, const cosmo_yaml **first);

#endif
