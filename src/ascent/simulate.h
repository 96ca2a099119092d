/* Flying a block of lanes from liftoff to the end. */
#ifndef COSMO_ASCENT_SIMULATE_H
#define COSMO_ASCENT_SIMULATE_H

#include "ascent/guide.h"

/* Called for lane `index` after each of its accepted steps, before it is committed, with the dense output of the step
 * at hand. */
typedef struct simulate_watch {
    cosmo_status (*step)(void *user, int index, const lane *l, const motion_block *block);
    void *user;
} simulate_watch;

/* Fly n <= MOTION_LANES variations. lanes[n] receives their histories. `watch` may be NULL, and so may `plans`,
 * what each flies in a gravity turn's place (design.h). */
cosmo_status cosmo_simulate_block(const program *p, size_t n, const cosmo_controls *controls,
                                  const cosmo_variation *variations, const lane_plan *const *plans, bool lend,
                                  double tolerance, const simulate_watch *watch, cosmo_run *run, lane *lanes);

#endif
