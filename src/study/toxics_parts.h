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

/* ---- what is released ---- */

/* Tanks and place of a release (`origin`), from its file, a mission that is flown to its failure, or failures.csv. */
cosmo_status cosmo_toxics_source_make(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run);
/* The path of a file that a release names, relative to it; `node` is where it does. */
cosmo_status cosmo_toxics_source_find(const cosmo_release *release, const cosmo_yaml *node, const char *name,
                                      cosmo_arena *arena, cosmo_run *run, const char **path);

/* ---- what it is worth ---- */

/* Put prices on what an answer says, party by party, and explain the difference of the first two. */
cosmo_status cosmo_toxics_worth_make(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run);

/* What the soil holds of a species in a sample, kg. */
double cosmo_toxics_case_soil_kg(const cosmo_accident_answer *answer, size_t n_species, size_t sample, size_t species);
/* The species whose soil is told first: the first with a limit in soil, else the first. */
size_t cosmo_toxics_case_soil_species(const cosmo_accident *accident);
/* The level in air that people are counted by: the first of rank 2 or more, else the first; SIZE_MAX without any. */
size_t cosmo_toxics_case_people_level(const cosmo_accident *accident);

#endif
