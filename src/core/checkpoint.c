/* Checkpoints of a job of blocks: one sealed record, rewritten as a whole. */
#include "core/checkpoint.h"

#include "core/sealed.h"

#include <string.h>

static const char CHECKPOINT_TITLE[] = "cosmodrome checkpoint 1\n", CHECKPOINT_KIND[] = "checkpoint";
enum { CHECKPOINT_KEY_BYTES = 64 };

/* Takes the record apart; only when all of it is there, and nothing more, is any of it believed. */
static cosmo_status checkpoint_unpack(const cosmo_blocks *job, cosmo_sealed record, cosmo_run *run,
                                      uint64_t *blocks_done)
{
    const char *path = job->checkpoint, *key = cosmo_sealed_take_bytes(&record, CHECKPOINT_KEY_BYTES);
    if (key == NULL) return cosmo_sealed_fail(path, CHECKPOINT_KIND, COSMO_SEALED_ALTERED, run);
    if (memcmp(key, job->key, CHECKPOINT_KEY_BYTES) != 0)
        return cosmo_sealed_foreign(path, CHECKPOINT_KIND, "their sha256", run);
    if (cosmo_sealed_take(&record) != job->n_samples)
        return cosmo_sealed_foreign(path, CHECKPOINT_KIND, "the number of samples", run);
    const uint64_t done = cosmo_sealed_take(&record), bytes = cosmo_sealed_take(&record);
    if (bytes != job->state_bytes) return cosmo_sealed_foreign(path, CHECKPOINT_KIND, "the size of the result", run);
    const char *state = cosmo_sealed_take_bytes(&record, job->state_bytes);
    if (state == NULL) return cosmo_sealed_fail(path, CHECKPOINT_KIND, COSMO_SEALED_ALTERED, run);
    cosmo_sealed_take_notes(&record, run);
    if (record.failed || record.at != record.end)
        return cosmo_sealed_fail(path, CHECKPOINT_KIND, COSMO_SEALED_ALTERED, run);
    memcpy(job->state, state, job->state_bytes);
    *blocks_done = done;
    return COSMO_OK;
}

cosmo_status cosmo_checkpoint_load(const cosmo_blocks *job, cosmo_run *run, uint64_t *blocks_done)
{
    FILE *file;
    *blocks_done = 0;
    COSMO_TRY(cosmo_sealed_open(job->checkpoint, CHECKPOINT_TITLE, CHECKPOINT_KIND, run, &file));
    if (file == NULL) return COSMO_OK;
    cosmo_arena *arena = cosmo_arena_create(0, job->allocator);
    cosmo_sealed record, more;
    cosmo_sealed_state read = COSMO_SEALED_NO_MEMORY;
    if (arena != NULL) read = cosmo_sealed_read(file, job->state_bytes + COSMO_SEALED_EXTRA, arena, &record);
    if (read == COSMO_SEALED_NONE) read = COSMO_SEALED_SHORT;
    if (read == COSMO_SEALED_WHOLE && cosmo_sealed_read(file, 0, arena, &more) != COSMO_SEALED_NONE)
        read = COSMO_SEALED_ALTERED;
    fclose(file);
    const cosmo_status status = read == COSMO_SEALED_WHOLE
                                    ? checkpoint_unpack(job, record, run, blocks_done)
                                    : cosmo_sealed_fail(job->checkpoint, CHECKPOINT_KIND, read, run);
    cosmo_arena_destroy(arena);
    return status;
}

cosmo_status cosmo_checkpoint_save(const cosmo_blocks *job, uint64_t blocks_done, size_t first_note, cosmo_run *run)
{
    cosmo_arena *arena = cosmo_arena_create(0, job->allocator);
    COSMO_NEED(arena, run);
    /* Room for the state from the start: a buffer that grows would hold a large state twice. */
    const size_t room = job->state_bytes + 4096;
    cosmo_text out = {.arena = arena, .data = cosmo_arena_alloc(arena, room), .capacity = room};
    out.failed = out.data == NULL;
    cosmo_text_put(&out, CHECKPOINT_TITLE);
    const size_t start = cosmo_sealed_begin(&out);
    cosmo_text_put_bytes(&out, job->key, CHECKPOINT_KEY_BYTES);
    cosmo_sealed_put(&out, job->n_samples);
    cosmo_sealed_put(&out, blocks_done);
    cosmo_sealed_put(&out, job->state_bytes);
    cosmo_text_put_bytes(&out, job->state, job->state_bytes);
    cosmo_sealed_put_notes(&out, run->notes + first_note, run->n_notes - first_note);
    cosmo_sealed_close(&out, start);
    const cosmo_status status =
        out.failed ? cosmo_run_out_of_memory(run) : cosmo_file_write(job->checkpoint, out.data, out.length, run);
    cosmo_arena_destroy(arena);
    return status;
}
