/* Within study: the parts of a case of released substances. */
#ifndef COSMO_STUDY_TOXICS_PARTS_H
#define COSMO_STUDY_TOXICS_PARTS_H

#include "cosmodrome/study.h"

/* ---- the ground about the source ---- */

/* The place at so many metres east and north of another, along the geodesic. */
cosmo_geodetic cosmo_toxics_ground_place(cosmo_geodetic origin, double east_m, double north_m);
/* The other way round. */
void cosmo_toxics_ground_offset(cosmo_geodetic origin, cosmo_geodetic place, double *east_m, double *north_m);
/* The lines of the boundary (`lines`, of cosmo_toxics_line); none where the release has no boundary. */
cosmo_status cosmo_toxics_ground_boundary(const cosmo_release *release, const cosmo_map *map, cosmo_geodetic origin,
                                          cosmo_arena *arena, cosmo_run *run, cosmo_list *lines);
/* People of each cell of a mesh, and the share of it that lies inside the boundary (NULL: there is none). */
cosmo_status cosmo_toxics_ground_cells(const cosmo_plume_mesh *mesh, cosmo_geodetic origin,
                                       const cosmo_population *population, const cosmo_list *lines, cosmo_arena *arena,
                                       cosmo_run *run, float **people, float **inside);

#endif
