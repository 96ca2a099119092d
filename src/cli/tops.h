/* The kinds of input file, for help and the reference page. */
#ifndef COSMO_CLI_TOPS_H
#define COSMO_CLI_TOPS_H

#include "cosmodrome/core.h"

enum { COSMO_TOPS_N = 7 };
typedef struct cosmo_tops {
    const cosmo_section *sections[COSMO_TOPS_N];
} cosmo_tops;

/* Mission, vehicle, site, zones, rules, substances, thresholds. */
cosmo_status cosmo_tops_make(cosmo_arena *arena, cosmo_run *run, cosmo_tops *tops);

#endif
