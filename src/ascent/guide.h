/* Closed-loop guidance of lanes: targets, the segments still to burn, one cycle for all lanes that are due. */
#ifndef COSMO_ASCENT_GUIDE_H
#define COSMO_ASCENT_GUIDE_H

#include "ascent/lane.h"
#include "ascent/upfg.h"

/* Radius, speed and path angle at cut-off for a target orbit whose altitudes are above a radius. */
void cosmo_guide_target(lane *l, const cosmo_target *target, double reference_radius_m);
/* The same for an orbit of two apsis radii, from one of them or between them, climbing. */
void cosmo_guide_apsis(lane *l, double radius_m, double other_apsis_m, double insertion_radius_m);
/* Unit angular momentum of the plane of the wanted inclination through a position; of the two, the one nearer the
 * motion (or to the wanted direction before there is any). With a node given the plane is fixed. */
cosmo_vec3 cosmo_guide_normal(const lane *l, cosmo_vec3 r, cosmo_vec3 v);
/* Turn to the mission's burn k; the guided stage and target become its. */
void cosmo_guide_burn_start(lane *l, int burn);
/* The commanded cut-off is over: note the insertion, schedule what comes next. */
void cosmo_guide_burn_done(lane *l, cosmo_state state);
/* One guidance cycle on every lane that is due. */
void cosmo_guide_cycle(lane *lanes, motion_block *block, upfg_block *guide, const cosmo_upfg_kernels *kernels);

#endif
