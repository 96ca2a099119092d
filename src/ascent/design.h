/* The attitudes a vehicle is loaded with before it flies.
 *
 * A gravity turn follows the velocity. That defines the flight as designed, in still standard air; a launch vehicle
 * does not fly so, for it does not measure the air: it repeats the attitudes of the design by the clock, whatever wind
 * or thrust the day brings. A turn that followed the velocity there would add up every disturbance of its first
 * seconds. Where guidance finds something else than in the design, it begins anew from what it found there: from a
 * guess it may settle on a path into the ground.
 */
#ifndef COSMO_ASCENT_DESIGN_H
#define COSMO_ASCENT_DESIGN_H

#include "ascent/simulate.h"

enum { DESIGN_NODES_MAX = 2400 };

typedef struct design {
    bool made;
    cosmo_controls controls;
    lane_plan plan;
    double node[DESIGN_NODES_MAX][3][2];
} design;

/* The attitudes of the flight with these controls, nominal and in still air; lanes[MOTION_LANES] are scratch. Flights
 * of the same controls share a design: what is there already is kept. */
cosmo_status cosmo_design_make(const program *p, const cosmo_controls *controls, lane *lanes, cosmo_run *run,
                               design *d);
/* The direction at a time. */
cosmo_vec3 cosmo_design_direction(const motion_attitude *attitude, double t_s);
/* Whether a flight must repeat a design: something is not as it was designed for. */
bool cosmo_design_needed(const cosmo_flight *flight, const cosmo_variation *variations);

#endif
