/* The generator behind cosmo_random_*, for its tests. */
#ifndef COSMO_CORE_RANDOM_H
#define COSMO_CORE_RANDOM_H

#include <stdint.h>

/* Philox4x32-10: 128 random bits of a 128-bit counter and a 64-bit key. Source: Salmon, Moraes, Dror and Shaw 2011,
 * "Parallel random numbers: as easy as 1, 2, 3", section 3.3. */
void cosmo_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]);

#endif
