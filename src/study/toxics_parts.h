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

/* A polygon of a file, radians, as a closed line in degrees. */
cosmo_status cosmo_toxics_ground_polygon(const cosmo_table *polygon, cosmo_arena *arena, cosmo_run *run,
                                         cosmo_toxics_line *line);
/* An odd number of crossings to the south: the lines (of cosmo_toxics_line) together are closed, whether or not each
 * is. Degrees. */
bool cosmo_toxics_ground_inside(const cosmo_list *lines, double lon, double lat);
/* A cell is looked at in so many places along each of its sides: the i-th and j-th of them, evenly over its area. */
enum { COSMO_TOXICS_GROUND_POINTS = 4 };
cosmo_geodetic cosmo_toxics_ground_point(const cosmo_plume_mesh *mesh, cosmo_geodetic origin, size_t cell, size_t i,
                                         size_t j);

/* ---- who has left ---- */

/* The areas that a release's launch evacuates (`toxics->evacuated`), and the share of each cell in them. */
cosmo_status cosmo_toxics_evacuated_make(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run);
/* Whether a place lies in one of them. */
bool cosmo_toxics_evacuated_holds(const cosmo_toxics *toxics, cosmo_geodetic place);

/* ---- may it be launched ---- */

/* What there is to be judged. NaN: not computed. */
typedef struct cosmo_toxics_hazard {
    double containment; /* given the worst release: probability that it reaches somebody who is not evacuated */
    double collective;  /* people above a harmful level who are not evacuated, expected a launch */
    double individual;  /* of the worst place that is lived in and not evacuated, a launch */
    double later;       /* share of all failures that these two leave out */
} cosmo_toxics_hazard;
/* Of one release, whose probability is the case's own. */
cosmo_toxics_hazard cosmo_toxics_limits_hazard(const cosmo_toxics *toxics, const cosmo_accident_answer *answer);
/* The probability that a release reaches somebody who is not evacuated: mean over the samples of 1 - exp(-people), for
 * people are a density and stand anywhere. */
double cosmo_toxics_limits_containment(const cosmo_accident_answer *answer);
/* Judge it by the launch's rules (`findings`, of cosmo_rule_finding). */
cosmo_status cosmo_toxics_limits_judge(const cosmo_toxics *toxics, const cosmo_toxics_hazard *hazard,
                                       cosmo_arena *arena, cosmo_run *run, cosmo_list *findings);

/* ---- a launch that fails at several times ---- */

/* What one failure does: where, the share of the samples above a harmful level, how probable it is. */
typedef struct cosmo_toxics_fall {
    const cosmo_toxics *toxics;
    const float *harm; /* cells */
    double probability;
} cosmo_toxics_fall;
/* Fill in a sweep's corridor and its worst place. */
cosmo_status cosmo_toxics_corridor_make(const cosmo_toxics_fall *falls, size_t n, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_toxics_sweep *sweep);
cosmo_status cosmo_toxics_corridor_layer(const cosmo_toxics_corridor *corridor, cosmo_arena *arena, cosmo_run *run,
                                         cosmo_layer *layer);

/* ---- what is released ---- */

/* The same release with its mission failing at another time: flown with the same design, in the same weathers. */
cosmo_status cosmo_toxics_read_again(const cosmo_toxics *first, double failure_time_s, cosmo_arena *arena,
                                     cosmo_run *run, cosmo_toxics *toxics);
/* The i-th of a release's failure times. */
double cosmo_toxics_source_time_s(const cosmo_release *release, size_t i, cosmo_arena *arena);

/* Tanks and place of a release (`origin`), from its file, a mission that is flown to its failure, or failures.csv. */
cosmo_status cosmo_toxics_source_make(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run);
/* The path of a file that a release names, relative to the file of `node`, which is where it does. */
cosmo_status cosmo_toxics_source_find(const cosmo_yaml *node, const char *name, cosmo_arena *arena, cosmo_run *run,
                                      const char **path);
/* As cosmo_toxics_read, from a tree that may be put together of sections of several files. */
cosmo_status cosmo_toxics_read_tree(const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run, cosmo_toxics *toxics);

/* ---- what it is worth ---- */

/* The quantities of docs/add-a-valuation.md that an answer gives, and those that the case states instead. */
cosmo_status cosmo_toxics_worth_measure(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_quantities *quantities);
/* Put prices on what an answer says, party by party, and explain the difference of the first two. */
cosmo_status cosmo_toxics_worth_make(cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run);

/* What the soil holds of a species in a sample, kg. */
double cosmo_toxics_case_soil_kg(const cosmo_accident_answer *answer, size_t n_species, size_t sample, size_t species);
/* The species whose soil is told first: the first with a limit in soil, else the first. */
size_t cosmo_toxics_case_soil_species(const cosmo_accident *accident);
/* The level in air that people are counted by: the first of rank 2 or more, else the first; SIZE_MAX without any. */
size_t cosmo_toxics_case_people_level(const cosmo_accident *accident);

#endif
