/* One job of blocks on several processes, which meet in the files of a folder. */
#include "core/blocks.h"

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RANKS_WAIT_MS = 10, RANKS_KEY_SHOWN = 16 };

typedef struct ranks_job {
    const cosmo_blocks *job;
    cosmo_run *run;
    const char *folder;
    cosmo_arena *memory;
    cosmo_shard *peers; /* read, this rank's own too; one that does not exist yet has no file */
    uint32_t n_ranks;
    void *out;
    uint64_t merged, end;
    bool enough;
} ranks_job;

/* The key stands in the name, so that jobs of other inputs may use the same folder. */
static const char *ranks_path(cosmo_arena *arena, const cosmo_blocks *job, const char *folder, const char *what,
                              uint32_t rank, uint32_t n_ranks)
{
    return cosmo_arena_print(arena, "%s/%.*s-%s-%u-of-%u", folder, RANKS_KEY_SHOWN, job->key, what, (unsigned)rank,
                             (unsigned)n_ranks);
}

static cosmo_status ranks_open(ranks_job *ranks, uint32_t rank)
{
    cosmo_shard *peer = &ranks->peers[rank];
    const char *path = peer->path;
    cosmo_status status = cosmo_shard_open(peer, ranks->job, path, ranks->run);
    if (status == COSMO_OK && peer->file != NULL) status = cosmo_shard_check(peer, rank, ranks->n_ranks, ranks->run);
    if (status != COSMO_OK || peer->file == NULL) cosmo_shard_close(peer);
    return status;
}

/* Reduce whatever is there of the next blocks. */
static cosmo_status ranks_follow(void *user, bool *enough)
{
    ranks_job *ranks = user;
    const cosmo_blocks *job = ranks->job;
    while (ranks->merged < ranks->end && !ranks->enough) {
        const uint32_t rank = (uint32_t)(ranks->merged % ranks->n_ranks);
        bool there;
        if (ranks->peers[rank].file == NULL) COSMO_TRY(ranks_open(ranks, rank));
        if (ranks->peers[rank].file == NULL) break;
        COSMO_TRY(cosmo_shard_try(&ranks->peers[rank], ranks->merged, ranks->out, ranks->run, &there));
        if (!there) break;
        job->reduce(job->user, ranks->merged++, ranks->out);
        ranks->enough = cosmo_blocks_are_enough(job, ranks->merged);
    }
    *enough = ranks->enough;
    return COSMO_OK;
}

/* Follow the others until `until` blocks are reduced, or fewer are enough. */
static cosmo_status ranks_wait(ranks_job *ranks, uint64_t until)
{
    for (bool enough;;) {
        COSMO_TRY(ranks_follow(ranks, &enough));
        if (enough || ranks->merged >= until) return COSMO_OK;
        if (cosmo_run_cancelled(ranks->run))
            return cosmo_run_fail(ranks->run, COSMO_CANCELLED, "cancelled after %llu of %llu blocks of samples",
                                  (unsigned long long)ranks->merged, (unsigned long long)ranks->end);
        nanosleep(&(struct timespec){.tv_nsec = RANKS_WAIT_MS * 1000000L}, NULL);
    }
}

/* A block that failed here counts only when those before it, wherever they are computed, are not enough. */
static cosmo_status ranks_judge_failure(ranks_job *ranks, const cosmo_shard *own, cosmo_status failure)
{
    if (failure == COSMO_CANCELLED || failure == COSMO_NO_RESOURCES) return failure;
    char message[COSMO_MESSAGE_BYTES];
    memcpy(message, ranks->run->message, sizeof message);
    COSMO_TRY(ranks_wait(ranks, own->n_kept * ranks->n_ranks + own->shard));
    return ranks->enough ? COSMO_OK : cosmo_run_fail(ranks->run, failure, "%s", message);
}

static cosmo_status ranks_work(ranks_job *ranks, uint32_t rank)
{
    cosmo_shard own;
    cosmo_status status =
        cosmo_shard_resume(&own, ranks->job, rank, ranks->n_ranks, ranks->peers[rank].path, ranks->run);
    bool enough = false;
    if (status == COSMO_OK) status = ranks_follow(ranks, &enough);
    if (status == COSMO_OK && !enough) {
        status = cosmo_blocks_fill(&own, ranks_follow, ranks, ranks->run);
        status = status == COSMO_OK ? ranks_wait(ranks, ranks->end) : ranks_judge_failure(ranks, &own, status);
    }
    cosmo_shard_close(&own);
    return status;
}

static cosmo_status ranks_prepare(ranks_job *ranks)
{
    COSMO_TRY(cosmo_file_make_folder(ranks->folder, ranks->run));
    ranks->peers = cosmo_arena_array(ranks->memory, ranks->n_ranks, sizeof *ranks->peers);
    ranks->out = cosmo_arena_alloc(ranks->memory, ranks->job->block_bytes);
    COSMO_NEED(ranks->peers, ranks->run);
    COSMO_NEED(ranks->out, ranks->run);
    for (uint32_t i = 0; i < ranks->n_ranks; i++) {
        ranks->peers[i].path = ranks_path(ranks->memory, ranks->job, ranks->folder, "rank", i, ranks->n_ranks);
        COSMO_NEED(ranks->peers[i].path, ranks->run);
    }
    return COSMO_OK;
}

cosmo_status cosmo_ranks_run(const cosmo_blocks *job, uint32_t rank, uint32_t n_ranks, const char *folder,
                             cosmo_run *run, uint64_t *blocks_done)
{
    if (n_ranks == 1 && rank == 0) return cosmo_blocks_run(job, run, blocks_done);
    if (rank >= n_ranks)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: there is no rank %u of %u; they are counted from 0",
                              (unsigned)rank, (unsigned)n_ranks);
    COSMO_TRY(cosmo_blocks_need_key(job, run));
    ranks_job ranks = {.job = job,
                       .run = run,
                       .folder = folder,
                       .memory = cosmo_arena_create(0, job->allocator),
                       .n_ranks = n_ranks,
                       .end = cosmo_blocks_count(job)};
    COSMO_NEED(ranks.memory, run);
    cosmo_status status = ranks_prepare(&ranks);
    if (status == COSMO_OK) status = ranks_work(&ranks, rank);
    for (uint32_t i = 0; ranks.peers != NULL && i < n_ranks; i++) cosmo_shard_close(&ranks.peers[i]);
    cosmo_arena_destroy(ranks.memory);
    if (blocks_done != NULL) *blocks_done = ranks.merged;
    return status;
}

cosmo_status cosmo_ranks_leave(const cosmo_blocks *job, uint32_t rank, uint32_t n_ranks, const char *folder,
                               cosmo_run *run)
{
    if (n_ranks == 1) return COSMO_OK;
    const char *own = ranks_path(run->arena, job, folder, "left", rank, n_ranks);
    COSMO_NEED(own, run);
    COSMO_TRY(cosmo_file_write(own, "", 0, run));
    uint32_t left = 0;
    for (uint32_t i = 0; i < n_ranks; i++) {
        const char *path = ranks_path(run->arena, job, folder, "left", i, n_ranks);
        COSMO_NEED(path, run);
        left += access(path, F_OK) == 0;
    }
    /* Two that leave at once may both be the last; what one has deleted the other finds gone. */
    for (uint32_t i = 0; left == n_ranks && i < 2 * n_ranks; i++) {
        const char *path = ranks_path(run->arena, job, folder, i < n_ranks ? "rank" : "left", i % n_ranks, n_ranks);
        COSMO_NEED(path, run);
        if (unlink(path) != 0 && errno != ENOENT)
            return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot delete: %s", path, strerror(errno));
    }
    return COSMO_OK;
}
