/* What the files of the population share. */
#ifndef COSMO_EARTH_POPULATION_H
#define COSMO_EARTH_POPULATION_H

#include "cosmodrome/earth.h"

/* Cells of a grid at most: 100 MB of floats. */
enum { COSMO_POPULATION_CELLS_MAX = 25000000 };

/* Area of the ellipsoid between the equator and a latitude, m^2 for each radian of longitude; negative in the south.
 * Source: Snyder 1987, "Map projections: a working manual", eq. 3-12 (b^2 / (1 - e^2) = a^2). */
double cosmo_population_zone(double latitude_rad);
/* Fill in the rows' areas. */
cosmo_status cosmo_population_measure(cosmo_population *population, cosmo_arena *arena, cosmo_run *run);

#endif
