/* Fuzzes the readers of checkpoints and shards. The first byte says what the rest is: a whole file, or the inside of a
 * record that is sealed here, since no mutation finds a digest. */
#include "core/checkpoint.h"
#include "core/sealed.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

#define KEY "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
static const char CHECKPOINT[] = "cosmodrome checkpoint 1\n", SHARD[] = "cosmodrome shard 1\n";

enum { BLOCKS_FILE, BLOCKS_CHECKPOINT, BLOCKS_SHARD_HEAD, BLOCKS_SHARD_RECORD, BLOCKS_KINDS };

typedef struct blocks_fuzzed {
    char state[24];
    uint64_t next;
} blocks_fuzzed;

static cosmo_status blocks_never(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                 cosmo_arena *scratch, cosmo_run *run)
{
    (void)user, (void)block, (void)first, (void)count, (void)out, (void)scratch;
    return cosmo_run_fail(run, COSMO_INTERNAL, "nothing is computed here");
}

/* Blocks come in order, whatever the shards hold. */
static void blocks_reduce(void *user, uint64_t block, const void *out)
{
    blocks_fuzzed *fuzzed = user;
    if (block != fuzzed->next++) abort();
    memcpy(fuzzed->state, out, 16);
}

static void blocks_seal(cosmo_text *out, const void *data, size_t bytes)
{
    const size_t start = cosmo_sealed_begin(out);
    cosmo_text_put_bytes(out, data, bytes);
    cosmo_sealed_close(out, start);
}

static cosmo_text blocks_file(int kind, const uint8_t *data, size_t bytes, const cosmo_blocks *job, cosmo_arena *arena)
{
    cosmo_text out = cosmo_text_begin(arena);
    if (kind != BLOCKS_FILE) cosmo_text_put(&out, kind == BLOCKS_CHECKPOINT ? CHECKPOINT : SHARD);
    if (kind == BLOCKS_SHARD_RECORD) {
        cosmo_text head = cosmo_text_begin(arena);
        cosmo_text_put(&head, KEY);
        const uint64_t numbers[] = {job->n_samples, job->block_bytes, 0, 1};
        for (int i = 0; i < 4; i++) cosmo_sealed_put(&head, numbers[i]);
        blocks_seal(&out, head.data, head.length);
    }
    if (kind == BLOCKS_FILE)
        cosmo_text_put_bytes(&out, (const char *)data, bytes);
    else
        blocks_seal(&out, data, bytes);
    return out;
}

/* A refusal is one line that begins with the file's name. */
static void blocks_check(cosmo_status status, const char *path, const cosmo_run *run)
{
    if (status == COSMO_OK || status == COSMO_NO_RESOURCES) return;
    if (status != COSMO_BAD_INPUT || strncmp(run->message, path, strlen(path)) != 0) abort();
}

static void blocks_fuzz(const uint8_t *data, size_t bytes, const char *path, cosmo_arena *arena)
{
    blocks_fuzzed fuzzed = {0};
    const cosmo_blocks job = {.n_samples = COSMO_BLOCKS_SAMPLES,
                              .block_bytes = 16,
                              .user = &fuzzed,
                              .work = blocks_never,
                              .reduce = blocks_reduce,
                              .key = KEY,
                              .checkpoint = path,
                              .state = fuzzed.state,
                              .state_bytes = sizeof fuzzed.state};
    const cosmo_text text = blocks_file(data[0] % BLOCKS_KINDS, data + 1, bytes - 1, &job, arena);
    FILE *file = fopen(path, "wb");
    if (file == NULL) return;
    if (text.length > 0) fwrite(text.data, 1, text.length, file);
    fclose(file);
    cosmo_run run;
    uint64_t done;
    cosmo_run_init(&run, arena);
    blocks_check(cosmo_checkpoint_load(&job, &run, &done), path, &run);
    cosmo_run_init(&run, arena);
    blocks_check(cosmo_blocks_merge(&job, &path, 1, &run, &done), path, &run);
    if (done != fuzzed.next) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/cosmo-fuzz-blocks-%ld", (long)getpid());
    cosmo_arena *arena = bytes > 0 ? cosmo_arena_create(4096, NULL) : NULL;
    if (arena == NULL) return 0;
    blocks_fuzz(data, bytes, path, arena);
    cosmo_arena_destroy(arena);
    unlink(path);
    return 0;
}
