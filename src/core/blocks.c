/* Blocks of samples on threads, settled one after another in block order.
 *
 * Threads take the next block, compute it into a slot of a ring, and hand it in. Whoever hands in a block while nobody
 * settles settles what is ready, in order, so that neither the state nor the caller's run ever has two users. A thread
 * that is a whole ring ahead of the oldest unsettled block waits. */
#include "core/blocks.h"

#include "core/checkpoint.h"
#include "cosmodrome/core.h"

#include <errno.h>
#include <omp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { BLOCKS_A_THREAD = 4, BLOCKS_KEY_BYTES = 64, BLOCKS_NOTES_BYTES = 4096, BLOCKS_SCRATCH_BYTES = 1 << 20 };
static const double BLOCKS_SAVE_S = 30.0;

typedef struct blocks_slot {
    bool ready;
    cosmo_status status;
    cosmo_run run;      /* of the block that is in it */
    cosmo_arena *notes; /* where that run's notes live */
    void *out;
} blocks_slot;

typedef struct blocks_pool blocks_pool;
/* Take one computed block, in block order; *enough ends the job with success. */
typedef cosmo_status (*blocks_settle)(blocks_pool *pool, uint64_t block, const blocks_slot *slot, bool *enough);

struct blocks_pool {
    const cosmo_blocks *job;
    cosmo_run *run;
    blocks_settle settle;
    cosmo_shard *shard; /* NULL: the job is reduced here */
    cosmo_blocks_follow follow;
    void *follow_user;
    size_t first_note;                   /* of the job among the run's */
    uint64_t offset, stride;             /* block = offset + stride * position */
    uint64_t taken, settled, limit, end; /* positions: next to take, next to settle, none is taken from, of the job */
    uint64_t saved;                      /* position of the last save */
    struct timespec saved_at;
    bool settling, stopped, enough;
    cosmo_status status;
    blocks_slot *slots;
    size_t n_slots;
    cosmo_arena *memory, **scratch; /* one scratch a thread */
    int n_threads;
    pthread_mutex_t lock;
    pthread_cond_t room;
};

uint64_t cosmo_blocks_count(const cosmo_blocks *job)
{
    return job->n_samples / COSMO_BLOCKS_SAMPLES + (job->n_samples % COSMO_BLOCKS_SAMPLES != 0);
}

bool cosmo_blocks_are_enough(const cosmo_blocks *job, uint64_t blocks_done)
{
    const uint64_t every = job->enough_every != 0 ? job->enough_every : 1;
    return job->enough != NULL && blocks_done > 0 && blocks_done % every == 0 && job->enough(job->user, blocks_done);
}

/* Whoever leaves a file behind must say what it belongs to. */
cosmo_status cosmo_blocks_need_key(const cosmo_blocks *job, cosmo_run *run)
{
    if (job->key != NULL && strlen(job->key) == BLOCKS_KEY_BYTES) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_INTERNAL, "error: a job of blocks has files but no key");
}

/* The clock decides when a file is written, never what is in it. */
static bool blocks_save_is_due(blocks_pool *pool)
{
    const cosmo_blocks *job = pool->job;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    const double passed_s =
        difftime(now.tv_sec, pool->saved_at.tv_sec) + 1e-9 * (double)(now.tv_nsec - pool->saved_at.tv_nsec);
    const bool many = job->checkpoint_blocks != 0 && pool->settled + 1 - pool->saved >= job->checkpoint_blocks;
    if (!many && passed_s < (job->checkpoint_s > 0.0 ? job->checkpoint_s : BLOCKS_SAVE_S)) return false;
    pool->saved = pool->settled + 1;
    pool->saved_at = now;
    return true;
}

static void blocks_take_notes(cosmo_run *run, const cosmo_run *block)
{
    for (size_t i = 0; i < block->n_notes; i++) {
        const cosmo_note *note = &block->notes[i];
        if (note->kind == COSMO_NOTE_INPUT)
            cosmo_run_input(run, note->text, note->detail);
        else
            cosmo_run_note(run, note->kind, "%s", note->text);
    }
}

static cosmo_status blocks_reduce(blocks_pool *pool, uint64_t block, const blocks_slot *slot, bool *enough)
{
    const cosmo_blocks *job = pool->job;
    const uint64_t done = block + 1;
    blocks_take_notes(pool->run, &slot->run);
    job->reduce(job->user, block, slot->out);
    *enough = cosmo_blocks_are_enough(job, done);
    if (job->checkpoint == NULL || !blocks_save_is_due(pool)) return COSMO_OK;
    return cosmo_checkpoint_save(job, done, pool->first_note, pool->run);
}

static cosmo_status blocks_keep(blocks_pool *pool, uint64_t block, const blocks_slot *slot, bool *enough)
{
    COSMO_TRY(cosmo_shard_append(pool->shard, block, slot->out, &slot->run, pool->run));
    if (blocks_save_is_due(pool)) COSMO_TRY(cosmo_shard_sync(pool->shard, pool->run));
    *enough = false;
    return pool->follow != NULL ? pool->follow(pool->follow_user, enough) : COSMO_OK;
}

static void blocks_compute(blocks_pool *pool, uint64_t position, blocks_slot *slot, cosmo_arena *scratch)
{
    const cosmo_blocks *job = pool->job;
    const uint64_t block = pool->offset + pool->stride * position, first = block * COSMO_BLOCKS_SAMPLES;
    const uint64_t left = job->n_samples - first;
    cosmo_arena_reset(scratch);
    cosmo_arena_reset(slot->notes);
    cosmo_run_init(&slot->run, slot->notes);
    slot->run.seed = pool->run->seed;
    slot->run.threads = 1;
    slot->run.data_folder = pool->run->data_folder;
    slot->run.cancel = pool->run->cancel;
    memset(slot->out, 0, job->block_bytes);
    slot->status = job->work(job->user, block, first, left < COSMO_BLOCKS_SAMPLES ? left : COSMO_BLOCKS_SAMPLES,
                             slot->out, scratch, &slot->run);
}

/* The next position, or false when there is none to take any more. */
static bool blocks_take(blocks_pool *pool, uint64_t *position)
{
    pthread_mutex_lock(&pool->lock);
    while (!pool->stopped && pool->taken < pool->limit && pool->taken - pool->settled >= pool->n_slots)
        pthread_cond_wait(&pool->room, &pool->lock);
    if (cosmo_run_cancelled(pool->run) && pool->limit > pool->taken) pool->limit = pool->taken;
    const bool taken = !pool->stopped && pool->taken < pool->limit;
    if (taken) *position = pool->taken++;
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

/* Settle the oldest block, which is ready; the lock is not held. */
static void blocks_settle_next(blocks_pool *pool, const blocks_slot *slot)
{
    const uint64_t block = pool->offset + pool->stride * pool->settled;
    if (slot->status != COSMO_OK)
        pool->status = cosmo_run_fail(pool->run, slot->status, "%s", slot->run.message);
    else
        pool->status = pool->settle(pool, block, slot, &pool->enough);
    if (pool->status == COSMO_OK && pool->run->progress != NULL)
        pool->run->progress(pool->run->progress_user, (double)(pool->settled + 1) / (double)pool->end,
                            pool->job->what != NULL ? pool->job->what : "samples");
}

static void blocks_hand_in(blocks_pool *pool, uint64_t position, blocks_slot *slot)
{
    pthread_mutex_lock(&pool->lock);
    slot->ready = true;
    /* Later blocks cannot count any more; earlier ones are all taken, and one of them may fail too. */
    if (slot->status != COSMO_OK && pool->limit > position + 1) pool->limit = position + 1;
    const bool mine = !pool->settling;
    if (mine) pool->settling = true;
    while (mine && !pool->stopped && pool->slots[pool->settled % pool->n_slots].ready) {
        blocks_slot *next = &pool->slots[pool->settled % pool->n_slots];
        pthread_mutex_unlock(&pool->lock);
        blocks_settle_next(pool, next);
        pthread_mutex_lock(&pool->lock);
        next->ready = false;
        pool->stopped = pool->enough || pool->status != COSMO_OK;
        if (next->status == COSMO_OK) pool->settled++;
        pthread_cond_broadcast(&pool->room);
    }
    if (mine) pool->settling = false;
    pthread_mutex_unlock(&pool->lock);
}

static void blocks_serve(blocks_pool *pool, cosmo_arena *scratch)
{
    for (uint64_t position; blocks_take(pool, &position);) {
        blocks_slot *slot = &pool->slots[position % pool->n_slots];
        blocks_compute(pool, position, slot, scratch);
        blocks_hand_in(pool, position, slot);
    }
}

static void blocks_release(blocks_pool *pool)
{
    for (size_t i = 0; pool->slots != NULL && i < pool->n_slots; i++) cosmo_arena_destroy(pool->slots[i].notes);
    for (int i = 0; pool->scratch != NULL && i < pool->n_threads; i++) cosmo_arena_destroy(pool->scratch[i]);
    cosmo_arena_destroy(pool->memory);
}

static cosmo_status blocks_prepare(blocks_pool *pool)
{
    const cosmo_blocks *job = pool->job;
    const uint64_t left = pool->end - pool->settled;
    const int asked = pool->run->threads > 0 ? pool->run->threads : omp_get_max_threads();
    pool->n_threads = left < (uint64_t)asked ? (int)left : asked;
    pool->n_slots = (size_t)pool->n_threads * BLOCKS_A_THREAD;
    pool->memory = cosmo_arena_create(0, job->allocator);
    COSMO_NEED(pool->memory, pool->run);
    pool->slots = cosmo_arena_array(pool->memory, pool->n_slots, sizeof *pool->slots);
    COSMO_NEED(pool->slots, pool->run);
    pool->scratch = cosmo_arena_array(pool->memory, (size_t)pool->n_threads, sizeof(cosmo_arena *));
    COSMO_NEED(pool->scratch, pool->run);
    for (size_t i = 0; i < pool->n_slots; i++) {
        pool->slots[i].out = cosmo_arena_alloc(pool->memory, job->block_bytes);
        pool->slots[i].notes = cosmo_arena_create(BLOCKS_NOTES_BYTES, job->allocator);
        COSMO_NEED(pool->slots[i].out, pool->run);
        COSMO_NEED(pool->slots[i].notes, pool->run);
    }
    for (int i = 0; i < pool->n_threads; i++) {
        pool->scratch[i] = cosmo_arena_create(BLOCKS_SCRATCH_BYTES, job->allocator);
        COSMO_NEED(pool->scratch[i], pool->run);
    }
    return COSMO_OK;
}

/* From position pool->settled to pool->end, on threads. */
static cosmo_status blocks_go(blocks_pool *pool)
{
    pool->taken = pool->saved = pool->settled;
    pool->limit = pool->end;
    if (pool->settled == pool->end) return COSMO_OK;
    pool->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
    pool->room = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
    clock_gettime(CLOCK_MONOTONIC, &pool->saved_at);
    cosmo_status status = blocks_prepare(pool);
    if (status == COSMO_OK) {
#pragma omp parallel num_threads(pool->n_threads)
        blocks_serve(pool, pool->scratch[omp_get_thread_num()]);
        status = pool->status;
        if (status == COSMO_OK && !pool->enough && pool->settled < pool->end)
            status = cosmo_run_fail(pool->run, COSMO_CANCELLED, "cancelled after %llu of %llu blocks of samples",
                                    (unsigned long long)pool->settled, (unsigned long long)pool->end);
    }
    pthread_cond_destroy(&pool->room);
    pthread_mutex_destroy(&pool->lock);
    blocks_release(pool);
    return status;
}

/* The last save must not hide why the job ended. */
static cosmo_status blocks_save_end(blocks_pool *pool, cosmo_status status)
{
    cosmo_run aside = *pool->run;
    const cosmo_status saved = cosmo_checkpoint_save(pool->job, pool->settled, pool->first_note, &aside);
    if (saved == COSMO_OK || (status != COSMO_OK && status != COSMO_CANCELLED)) return status;
    return cosmo_run_fail(pool->run, saved, "%s", aside.message);
}

static cosmo_status blocks_resume(blocks_pool *pool)
{
    const cosmo_blocks *job = pool->job;
    COSMO_TRY(cosmo_blocks_need_key(job, pool->run));
    COSMO_TRY(cosmo_checkpoint_load(job, pool->run, &pool->settled));
    if (pool->settled > pool->end)
        return cosmo_run_fail(pool->run, COSMO_BAD_INPUT, "%s: error: the checkpoint holds more blocks than there are",
                              job->checkpoint);
    pool->enough = cosmo_blocks_are_enough(job, pool->settled);
    return pool->settled > 0 ? COSMO_OK : cosmo_checkpoint_save(job, 0, pool->first_note, pool->run);
}

cosmo_status cosmo_blocks_run(const cosmo_blocks *job, cosmo_run *run, uint64_t *blocks_done)
{
    blocks_pool pool = {.job = job,
                        .run = run,
                        .settle = blocks_reduce,
                        .first_note = run->n_notes,
                        .stride = 1,
                        .end = cosmo_blocks_count(job)};
    cosmo_status status = job->checkpoint != NULL ? blocks_resume(&pool) : COSMO_OK;
    if (status == COSMO_OK && !pool.enough) {
        status = blocks_go(&pool);
        if (job->checkpoint != NULL) status = blocks_save_end(&pool, status);
    }
    if (blocks_done != NULL) *blocks_done = pool.settled;
    return status;
}

cosmo_status cosmo_blocks_fill(cosmo_shard *shard, cosmo_blocks_follow follow, void *user, cosmo_run *run)
{
    const uint64_t n_blocks = cosmo_blocks_count(shard->job);
    blocks_pool pool = {.job = shard->job,
                        .run = run,
                        .settle = blocks_keep,
                        .shard = shard,
                        .follow = follow,
                        .follow_user = user,
                        .offset = shard->shard,
                        .stride = shard->n_shards,
                        .settled = shard->n_kept,
                        .end = cosmo_shard_blocks(n_blocks, shard->shard, shard->n_shards)};
    COSMO_TRY(blocks_go(&pool));
    return cosmo_shard_sync(shard, run);
}

cosmo_status cosmo_blocks_run_shard(const cosmo_blocks *job, uint32_t shard, uint32_t n_shards, const char *path,
                                    cosmo_run *run)
{
    if (shard >= n_shards)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: there is no shard %u of %u; they are counted from 0",
                              (unsigned)shard, (unsigned)n_shards);
    COSMO_TRY(cosmo_blocks_need_key(job, run));
    const char *part = cosmo_arena_print(run->arena, "%s.part", path);
    COSMO_NEED(part, run);
    cosmo_shard file;
    cosmo_status status = cosmo_shard_open(&file, job, path, run);
    const bool complete = file.file != NULL;
    if (status == COSMO_OK && complete) status = cosmo_shard_check(&file, shard, n_shards, run);
    cosmo_shard_close(&file);
    if (status != COSMO_OK || complete) return status;
    status = cosmo_shard_resume(&file, job, shard, n_shards, part, run);
    if (status == COSMO_OK) status = cosmo_blocks_fill(&file, NULL, NULL, run);
    cosmo_shard_close(&file);
    if (status != COSMO_OK || rename(part, path) == 0) return status;
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot rename into place: %s", path, strerror(errno));
}

/* Open every shard at the place of its number. */
static cosmo_status blocks_open_shards(const cosmo_blocks *job, const char *const *paths, uint32_t n, cosmo_run *run,
                                       cosmo_shard *shards)
{
    for (uint32_t i = 0; i < n; i++) {
        cosmo_shard opened;
        cosmo_status status = cosmo_shard_open(&opened, job, paths[i], run);
        if (status == COSMO_OK && opened.file == NULL)
            status = cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: there is no such shard", paths[i]);
        else if (status == COSMO_OK && opened.n_shards != n)
            status = cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: it is one of %u shards, and %u are given",
                                    paths[i], (unsigned)opened.n_shards, (unsigned)n);
        else if (status == COSMO_OK && shards[opened.shard].file != NULL)
            status = cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: it is shard %u, and so is %s", paths[i],
                                    (unsigned)opened.shard, shards[opened.shard].path);
        if (status != COSMO_OK) {
            cosmo_shard_close(&opened);
            return status;
        }
        shards[opened.shard] = opened;
    }
    return COSMO_OK;
}

static cosmo_status blocks_reduce_shards(const cosmo_blocks *job, cosmo_shard *shards, uint32_t n, void *out,
                                         cosmo_run *run, uint64_t *done)
{
    const uint64_t end = cosmo_blocks_count(job);
    for (bool enough = false; *done < end && !enough;) {
        if (cosmo_run_cancelled(run))
            return cosmo_run_fail(run, COSMO_CANCELLED, "cancelled after %llu of %llu blocks of samples",
                                  (unsigned long long)*done, (unsigned long long)end);
        COSMO_TRY(cosmo_shard_next(&shards[*done % n], *done, out, run));
        job->reduce(job->user, *done, out);
        ++*done;
        enough = cosmo_blocks_are_enough(job, *done);
    }
    return COSMO_OK;
}

cosmo_status cosmo_blocks_merge(const cosmo_blocks *job, const char *const *paths, uint32_t n_paths, cosmo_run *run,
                                uint64_t *blocks_done)
{
    uint64_t done = 0;
    if (blocks_done != NULL) *blocks_done = 0;
    COSMO_TRY(cosmo_blocks_need_key(job, run));
    if (n_paths == 0) return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: no shards are given to merge");
    cosmo_arena *memory = cosmo_arena_create(0, job->allocator);
    COSMO_NEED(memory, run);
    cosmo_shard *shards = cosmo_arena_array(memory, n_paths, sizeof *shards);
    void *out = cosmo_arena_alloc(memory, job->block_bytes);
    cosmo_status status = shards == NULL || out == NULL ? cosmo_run_out_of_memory(run)
                                                        : blocks_open_shards(job, paths, n_paths, run, shards);
    if (status == COSMO_OK) status = blocks_reduce_shards(job, shards, n_paths, out, run, &done);
    for (uint32_t i = 0; shards != NULL && i < n_paths; i++) cosmo_shard_close(&shards[i]);
    cosmo_arena_destroy(memory);
    if (blocks_done != NULL) *blocks_done = done;
    return status;
}
