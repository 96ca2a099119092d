/* The kinds of input file, for help and the reference page. */
#ifndef COSMO_CLI_TOPS_H
#define COSMO_CLI_TOPS_H

#include "cosmodrome/core.h"

enum { COSMO_TOPS_N = 3 };
typedef struct cosmo_tops {
    const cosmo_section *sections[COSMO_TOPS_N];
} cosmo_tops;

/* Vehicle, site, zones. */
cosmo_tops cosmo_tops_make(void);

#endif
