/* What ranks need of blocks. */
#ifndef COSMO_CORE_BLOCKS_H
#define COSMO_CORE_BLOCKS_H

#include "core/shard.h"

/* Called after each block that was kept, by one thread at a time; *enough ends the work with success. */
typedef cosmo_status (*cosmo_blocks_follow)(void *user, bool *enough);

/* Compute the blocks that an open shard still lacks, and append them. `follow` may be NULL. */
cosmo_status cosmo_blocks_fill(cosmo_shard *shard, cosmo_blocks_follow follow, void *user, cosmo_run *run);
/* How many blocks a job has. */
uint64_t cosmo_blocks_count(const cosmo_blocks *job);
/* True when the stop rule is asked after so many blocks, and satisfied. */
bool cosmo_blocks_are_enough(const cosmo_blocks *job, uint64_t blocks_done);
/* Fail when the job has no key. */
cosmo_status cosmo_blocks_need_key(const cosmo_blocks *job, cosmo_run *run);

#endif
