/* What flights of a risk campaign add up to: sums of a block, and of all blocks. Private to the room. */
#ifndef COSMO_HAZARD_TALLY_H
#define COSMO_HAZARD_TALLY_H

#include "cosmodrome/hazard.h"

enum { TALLY_STRATA = COSMO_RISK_CONDITIONS_MAX, TALLY_INTERVALS = COSMO_RISK_INTERVALS_A_PHASE };
/* Cells that a block and a whole run have room for: a vehicle has some 40 classes of fragments, a block 256 failures.
 */
enum { TALLY_BLOCK_CELLS = 1 << 13, TALLY_CELLS = 1 << 18 };

/* Whose casualties: of everybody in the open, of the same people under shelter, of people counted otherwise. */
typedef enum tally_view { TALLY_OPEN, TALLY_SHELTERED, TALLY_BESIDE, TALLY_VIEWS } tally_view;

typedef struct tally_moments {
    double sum, square;
} tally_moments;
/* Failures of one phase and mode, or drops of one body. */
typedef struct tally_stratum {
    uint64_t n;
    tally_moments casualties[TALLY_VIEWS];
    tally_moments inert, explosive; /* the parts of TALLY_OPEN */
} tally_stratum;
typedef struct tally_interval {
    uint64_t n;
    tally_moments casualties; /* TALLY_OPEN */
} tally_interval;
typedef struct tally_sums {
    uint64_t n;
    tally_stratum strata[TALLY_STRATA];
    tally_interval intervals[TALLY_STRATA][TALLY_INTERVALS];
    /* weighed by what a sample counts for: probabilities of casualty at each neighbour; casualties of all of them */
    tally_moments neighbours[COSMO_NEIGHBOURS_MAX], neighbouring;
    uint64_t n_hits, n_lost; /* of dangerous pieces; cells that found no room in a table */
} tally_sums;

typedef struct tally_block {
    tally_sums sums;
    cosmo_hazard_cell cells[TALLY_BLOCK_CELLS];
    cosmo_risk_failure sampled[COSMO_BLOCKS_SAMPLES];
} tally_block;
/* All that blocks add up to. */
typedef struct tally_state {
    tally_sums sums;
    cosmo_hazard_cell cells[TALLY_CELLS];
    size_t n_sampled;
    cosmo_risk_failure sampled[COSMO_RISK_FAILURES_MAX];
} tally_state;

void cosmo_tally_add(tally_moments *moments, double value);
/* One more sample of a stratum. */
void cosmo_tally_stratum(tally_stratum *stratum, const cosmo_harm casualties[TALLY_VIEWS]);
void cosmo_tally_hits(tally_block *block, cosmo_hazard_hit *hits, size_t n, double weight);
void cosmo_tally_merge(tally_state *state, const tally_block *block);

/* Mean of n values, and the variance of that mean; 0 of none. */
double cosmo_tally_mean(const tally_moments *moments, uint64_t n);
double cosmo_tally_variance(const tally_moments *moments, uint64_t n);

#endif
