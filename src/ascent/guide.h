/* Closed-loop guidance of lanes: targets, the segments still to burn, one cycle for all lanes that are due. */
#ifndef COSMO_ASCENT_GUIDE_H
#define COSMO_ASCENT_GUIDE_H

#include "ascent/lane.h"
#include "ascent/upfg.h"

/* Radius, speed and path angle at cut-off for a target orbit whose altitudes are above a radius. */
void cosmo_guide_target(lane *l, const cosmo_target *target, double reference_radius_m);
/* Turn to the mission's burn k; the guided stage and target become its. */
void cosmo_guide_burn_start(lane *l, int burn);
/* The commanded cut-off is over: note the insertion, schedule what comes next. */
void cosmo_guide_burn_done(lane *l, cosmo_state state);
/* One guidance cycle on every lane that is due. */
void cosmo_guide_cycle(lane *lanes, motion_block *block, upfg_block *guide, const cosmo_upfg_kernels *kernels);

#endif
