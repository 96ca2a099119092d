/* Shards of a job of blocks: the results of every n-th block, one sealed record each, in block order. */
#include "core/shard.h"

#include "core/sealed.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char SHARD_TITLE[] = "cosmodrome shard 1\n", SHARD_KIND[] = "shard";
enum { SHARD_KEY_BYTES = 64 };

uint64_t cosmo_shard_blocks(uint64_t n_blocks, uint32_t shard, uint32_t n_shards)
{
    return n_blocks / n_shards + (n_blocks % n_shards > shard);
}

void cosmo_shard_close(cosmo_shard *shard)
{
    if (shard->file != NULL) fclose(shard->file);
    cosmo_arena_destroy(shard->arena);
    shard->file = NULL;
    shard->arena = NULL;
}

static cosmo_status shard_read_head(cosmo_shard *shard, cosmo_run *run)
{
    const cosmo_blocks *job = shard->job;
    cosmo_sealed head;
    const cosmo_sealed_state read = cosmo_sealed_read(shard->file, COSMO_SEALED_EXTRA, shard->arena, &head);
    if (read != COSMO_SEALED_WHOLE) return cosmo_sealed_fail(shard->path, SHARD_KIND, read, run);
    const char *key = cosmo_sealed_take_bytes(&head, SHARD_KEY_BYTES);
    const uint64_t n_samples = cosmo_sealed_take(&head), bytes = cosmo_sealed_take(&head);
    const uint64_t number = cosmo_sealed_take(&head), n_shards = cosmo_sealed_take(&head);
    if (head.failed || n_shards == 0 || n_shards > UINT32_MAX || number >= n_shards)
        return cosmo_sealed_fail(shard->path, SHARD_KIND, COSMO_SEALED_ALTERED, run);
    if (memcmp(key, job->key, SHARD_KEY_BYTES) != 0)
        return cosmo_sealed_foreign(shard->path, SHARD_KIND, "their sha256", run);
    if (n_samples != job->n_samples) return cosmo_sealed_foreign(shard->path, SHARD_KIND, "the number of samples", run);
    if (bytes != job->block_bytes)
        return cosmo_sealed_foreign(shard->path, SHARD_KIND, "the size of a block's result", run);
    shard->shard = (uint32_t)number;
    shard->n_shards = (uint32_t)n_shards;
    return COSMO_OK;
}

cosmo_status cosmo_shard_open(cosmo_shard *shard, const cosmo_blocks *job, const char *path, cosmo_run *run)
{
    *shard = (cosmo_shard){.job = job, .path = path, .arena = cosmo_arena_create(0, job->allocator)};
    COSMO_NEED(shard->arena, run);
    COSMO_TRY(cosmo_sealed_open(path, SHARD_TITLE, SHARD_KIND, run, &shard->file));
    return shard->file != NULL ? shard_read_head(shard, run) : COSMO_OK;
}

cosmo_status cosmo_shard_check(const cosmo_shard *shard, uint32_t number, uint32_t n_shards, cosmo_run *run)
{
    if (shard->shard == number && shard->n_shards == n_shards) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: it is shard %u of %u, not %u of %u; choose another path",
                          shard->path, (unsigned)shard->shard, (unsigned)shard->n_shards, (unsigned)number,
                          (unsigned)n_shards);
}

/* The next record and its block's number; the notes and the result are left in it. */
static cosmo_sealed_state shard_read_block(cosmo_shard *shard, uint64_t *block, cosmo_sealed *record)
{
    cosmo_arena_reset(shard->arena);
    const size_t limit = shard->job->block_bytes + COSMO_SEALED_EXTRA;
    const cosmo_sealed_state read = cosmo_sealed_read(shard->file, limit, shard->arena, record);
    if (read == COSMO_SEALED_WHOLE) *block = cosmo_sealed_take(record);
    return read;
}

cosmo_status cosmo_shard_try(cosmo_shard *shard, uint64_t block, void *out, cosmo_run *run, bool *there)
{
    cosmo_sealed record;
    uint64_t found;
    const long at = ftell(shard->file);
    const cosmo_sealed_state read = shard_read_block(shard, &found, &record);
    *there = read != COSMO_SEALED_NONE && read != COSMO_SEALED_SHORT;
    if (!*there && fseek(shard->file, at, SEEK_SET) == 0) return COSMO_OK;
    if (read != COSMO_SEALED_WHOLE) return cosmo_sealed_fail(shard->path, SHARD_KIND, read, run);
    const char *result = cosmo_sealed_take_bytes(&record, shard->job->block_bytes);
    if (found != block || result == NULL) return cosmo_sealed_fail(shard->path, SHARD_KIND, COSMO_SEALED_ALTERED, run);
    cosmo_sealed_take_notes(&record, run);
    if (record.failed) return cosmo_sealed_fail(shard->path, SHARD_KIND, COSMO_SEALED_ALTERED, run);
    memcpy(out, result, shard->job->block_bytes);
    shard->n_kept++;
    return COSMO_OK;
}

cosmo_status cosmo_shard_next(cosmo_shard *shard, uint64_t block, void *out, cosmo_run *run)
{
    bool there;
    COSMO_TRY(cosmo_shard_try(shard, block, out, run, &there));
    if (there) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: the shard ends before block %llu; restore it, or delete it and run shard %u of "
                          "%u again",
                          shard->path, (unsigned long long)block, (unsigned)shard->shard, (unsigned)shard->n_shards);
}

/* A file with its head alone, so that no shard is ever without one. */
static cosmo_status shard_create(cosmo_shard *shard, cosmo_run *run)
{
    cosmo_text out = cosmo_text_begin(shard->arena);
    cosmo_text_put(&out, SHARD_TITLE);
    const size_t start = cosmo_sealed_begin(&out);
    cosmo_text_put_bytes(&out, shard->job->key, SHARD_KEY_BYTES);
    cosmo_sealed_put(&out, shard->job->n_samples);
    cosmo_sealed_put(&out, shard->job->block_bytes);
    cosmo_sealed_put(&out, shard->shard);
    cosmo_sealed_put(&out, shard->n_shards);
    cosmo_sealed_close(&out, start);
    if (out.failed) return cosmo_run_out_of_memory(run);
    return cosmo_file_write(shard->path, out.data, out.length, run);
}

static cosmo_status shard_cannot_write(const cosmo_shard *shard, cosmo_run *run)
{
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot write: %s", shard->path, strerror(errno));
}

/* Pass over the whole blocks; what a kill left of the next one is cut off. */
static cosmo_status shard_pass_over(cosmo_shard *shard, cosmo_run *run)
{
    cosmo_sealed_state read;
    long good;
    for (;;) {
        cosmo_sealed record;
        uint64_t found;
        good = ftell(shard->file);
        read = shard_read_block(shard, &found, &record);
        if (read == COSMO_SEALED_WHOLE && found != shard->n_kept * shard->n_shards + shard->shard)
            read = COSMO_SEALED_ALTERED;
        if (read != COSMO_SEALED_WHOLE) break;
        shard->n_kept++;
    }
    if (read != COSMO_SEALED_NONE && read != COSMO_SEALED_SHORT)
        return cosmo_sealed_fail(shard->path, SHARD_KIND, read, run);
    FILE *file = fopen(shard->path, "r+b");
    if (file == NULL) return shard_cannot_write(shard, run);
    fclose(shard->file);
    shard->file = file;
    if (ftruncate(fileno(file), good) != 0 || fseek(file, good, SEEK_SET) != 0) return shard_cannot_write(shard, run);
    return COSMO_OK;
}

cosmo_status cosmo_shard_resume(cosmo_shard *shard, const cosmo_blocks *job, uint32_t number, uint32_t n_shards,
                                const char *path, cosmo_run *run)
{
    COSMO_TRY(cosmo_shard_open(shard, job, path, run));
    if (shard->file == NULL) {
        shard->shard = number;
        shard->n_shards = n_shards;
        COSMO_TRY(shard_create(shard, run));
        cosmo_shard_close(shard);
        COSMO_TRY(cosmo_shard_open(shard, job, path, run));
    }
    if (shard->file == NULL) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: it was taken away", path);
    COSMO_TRY(cosmo_shard_check(shard, number, n_shards, run));
    return shard_pass_over(shard, run);
}

cosmo_status cosmo_shard_append(cosmo_shard *shard, uint64_t block, const void *out, const cosmo_run *notes,
                                cosmo_run *run)
{
    cosmo_arena_reset(shard->arena);
    cosmo_text record = cosmo_text_begin(shard->arena);
    const size_t start = cosmo_sealed_begin(&record);
    cosmo_sealed_put(&record, block);
    cosmo_text_put_bytes(&record, out, shard->job->block_bytes);
    cosmo_sealed_put_notes(&record, notes->notes, notes->n_notes);
    cosmo_sealed_close(&record, start);
    if (record.failed) return cosmo_run_out_of_memory(run);
    if (fwrite(record.data, 1, record.length, shard->file) != record.length || fflush(shard->file) != 0)
        return shard_cannot_write(shard, run);
    shard->n_kept++;
    return COSMO_OK;
}

cosmo_status cosmo_shard_sync(cosmo_shard *shard, cosmo_run *run)
{
    return fsync(fileno(shard->file)) == 0 ? COSMO_OK : shard_cannot_write(shard, run);
}
