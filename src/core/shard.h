/* Shards of a job of blocks: the results of every n-th block, one sealed record each, in block order. */
#ifndef COSMO_CORE_SHARD_H
#define COSMO_CORE_SHARD_H

#include "cosmodrome/core.h"

#include <stdio.h>

typedef struct cosmo_shard {
    const cosmo_blocks *job;
    const char *path;         /* of the open file: the shard's, or its path and ".part" while it is written */
    uint32_t shard, n_shards; /* blocks with block % n_shards == shard */
    uint64_t n_kept;          /* blocks that were read or written so far */
    FILE *file;
    cosmo_arena *arena; /* for one record at a time */
} cosmo_shard;

/* How many blocks a shard has. */
uint64_t cosmo_shard_blocks(uint64_t n_blocks, uint32_t shard, uint32_t n_shards);
/* Open a complete shard, or one that is written, and check that it is of this job; the first block is read next.
 * `file` is NULL when there is no such file. */
cosmo_status cosmo_shard_open(cosmo_shard *shard, const cosmo_blocks *job, const char *path, cosmo_run *run);
/* Fail when an open shard is not this one of so many. */
cosmo_status cosmo_shard_check(const cosmo_shard *shard, uint32_t number, uint32_t n_shards, cosmo_run *run);
/* Read the next block, which must be `block`: its notes into the run, its result into `out` (block_bytes bytes). */
cosmo_status cosmo_shard_next(cosmo_shard *shard, uint64_t block, void *out, cosmo_run *run);
/* The same in a file that another process is still writing: *there is false when the block is not whole yet. */
cosmo_status cosmo_shard_try(cosmo_shard *shard, uint64_t block, void *out, cosmo_run *run, bool *there);
/* Open `path` to append to it: create it, or pass over the blocks that are in it and cut off one that is not whole. */
cosmo_status cosmo_shard_resume(cosmo_shard *shard, const cosmo_blocks *job, uint32_t number, uint32_t n_shards,
                                const char *path, cosmo_run *run);
/* Append the next block with its notes. What a failure leaves of it is cut off by the next resume. */
cosmo_status cosmo_shard_append(cosmo_shard *shard, uint64_t block, const void *out, const cosmo_run *notes,
                                cosmo_run *run);
/* Wait until what was written lies on the disk. */
cosmo_status cosmo_shard_sync(cosmo_shard *shard, cosmo_run *run);
/* Close the file and give back the memory. */
void cosmo_shard_close(cosmo_shard *shard);

#endif
