/* Checkpoints of a job of blocks: the reduced state, how many blocks it holds, and the notes they made. */
#ifndef COSMO_CORE_CHECKPOINT_H
#define COSMO_CORE_CHECKPOINT_H

#include "cosmodrome/core.h"

/* Load job->checkpoint into job->state and the run's notes. `*blocks_done` is 0 when there is no such file; errors as
 * for cosmo_blocks_run, and then the state has not changed. */
cosmo_status cosmo_checkpoint_load(const cosmo_blocks *job, cosmo_run *run, uint64_t *blocks_done);
/* Save job->state, whole or not at all, with the run's notes from number `first_note` on. */
cosmo_status cosmo_checkpoint_save(const cosmo_blocks *job, uint64_t blocks_done, size_t first_note, cosmo_run *run);

#endif
