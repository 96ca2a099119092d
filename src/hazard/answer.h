/* From sums over samples to the answers of a risk campaign. Private to the room. */
#ifndef COSMO_HAZARD_ANSWER_H
#define COSMO_HAZARD_ANSWER_H

#include "hazard/tally.h"

/* How failures were sampled. */
typedef struct answer_strata {
    size_t n_phases, n; /* strata are phases times modes */
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    double probability[TALLY_STRATA]; /* of a stratum, given a failure */
} answer_strata;

/* Failures by phase, mode and hazard, given each, in time, into `risk`, whose failure probability is known. */
void cosmo_answer_failures(const tally_sums *sums, const answer_strata *strata, cosmo_arena *arena, cosmo_risk *risk);
/* Standard error of the failures over their value; infinite before there is any. */
double cosmo_answer_relative_error(const tally_sums *sums, const answer_strata *strata);
/* The same of planned drops, whose strata are bodies. */
double cosmo_answer_relative_error_of_drops(const tally_sums *sums, size_t n_bodies);
/* Planned drops of the bodies of the designed flight, by their order there. */
void cosmo_answer_drops(const tally_sums *sums, const cosmo_outcome *design, cosmo_risk *risk);
/* What neighbours bear, given the probability of what was sampled. */
void cosmo_answer_neighbours(const tally_sums *sums, double probability, const cosmo_list *neighbours,
                             cosmo_risk *risk);
/* The total, and its largest single source. */
void cosmo_answer_total(cosmo_arena *arena, cosmo_risk *risk);

/* What is not known, as ranges over the total: belief.c. */
cosmo_status cosmo_belief_range(const cosmo_record *record, bool probability_is_given, uint64_t seed,
                                cosmo_arena *arena, cosmo_run *run, cosmo_risk *risk);

/* The person, the settlements and the countries that are worst off, from the grid of `risk`: at_risk.c. */
typedef struct at_risk_ground {
    const cosmo_people *people;
    const cosmo_map *map; /* NULL: no settlements and countries are known */
    cosmo_geodetic pad;
    double clear_distance_m; /* nobody is nearer to the pad */
} at_risk_ground;
cosmo_status cosmo_at_risk_find(const at_risk_ground *ground, cosmo_arena *arena, cosmo_run *run, cosmo_risk *risk);

#endif
