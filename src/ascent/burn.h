/* What a later burn of an upper stage aims at. */
#ifndef COSMO_ASCENT_BURN_H
#define COSMO_ASCENT_BURN_H

#include "ascent/lane.h"

/* Radius, speed, path angle and plane at the cut-off of the burn under way, from the state and mass at its first
 * guidance cycle. A burn at an apsis keeps that apsis; one that starts after a coast joins the wanted orbit at the
 * height that it comes to. The speed is such that the coast afterwards, in the gravity of the flight, has its far apsis
 * at the wanted height: over the poles an osculating apogee of 600 km is one of 620 km by the time it is reached. */
void cosmo_burn_target(lane *l, const cosmo_state *state, double mass_kg);
/* In the last seconds of a burn, when a radius can no longer be steered to: take the one that it comes to as wanted,
 * and the speed that makes the orbit right from there. */
void cosmo_burn_settle(lane *l, const cosmo_state *state, double left_s);
/* Time until the energy is that of the orbit aimed at, under a thrust acceleration along a direction (unit), the mass
 * flowing out at exhaust_m_s; at most limit_s. */
double cosmo_burn_left_s(const lane *l, const cosmo_state *state, double acceleration_m_s2, double exhaust_m_s,
                         cosmo_vec3 direction, double limit_s);
/* Least and greatest radius over the revolution that follows a state, coasting. */
void cosmo_burn_extremes(const program *p, const cosmo_state *state, double *least_m, double *greatest_m);

#endif
