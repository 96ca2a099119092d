/* Passages of particles through the shells about arcs, and what they say of the concentration there. */
#ifndef COSMO_PLUME_PARTICLE_ARCS_H
#define COSMO_PLUME_PARTICLE_ARCS_H

#include "plume/particles.h"

typedef struct particle_arcs_bin particle_arcs_bin;
typedef struct particle_arcs {
    size_t n, n_species;
    const cosmo_plume_arc *arc;
    double bottom_m;
    double quantum_kg_s;
    particle_arcs_bin *bins; /* species x arcs x azimuths x spreads */
} particle_arcs;

/* Empty arcs of a job for a swarm, whose kernel learns of their shells. */
cosmo_status cosmo_particle_arcs_make(const cosmo_plume_job *job, particles_air *air, cosmo_arena *arena,
                                      cosmo_run *run, particle_arcs *arcs);
/* A step of a particle that carries mass_kg (of each species) through a shell. Sums do not depend on the order. */
void cosmo_particle_arcs_see(particle_arcs *arcs, const double state[PARTICLES_STATES], double step_s,
                             const double *mass_kg);
/* Answers: species x arcs. */
cosmo_status cosmo_particle_arcs_answer(const particle_arcs *arcs, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_plume_arc_answer *answers);

#endif
