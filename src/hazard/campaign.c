/* Where the samples of an expectation are computed, and where they are kept meanwhile. */
#include "cosmodrome/hazard.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static const char *const CAMPAIGN_PARTS[] = {"failures", "drops", "samples"};
enum { CAMPAIGN_N_PARTS = sizeof CAMPAIGN_PARTS / sizeof CAMPAIGN_PARTS[0] };
/* Sums, grid and sampled failures are 11 MB: saving them costs a hundredth of what a second of samples costs. */
static const double CAMPAIGN_SAVE_S = 1.0;

/* To be raised with every change of what samples are or of how their sums are laid out: what an older program kept is
 * refused then. */
enum { CAMPAIGN_REVISION = 3 };

cosmo_status cosmo_campaign_key(cosmo_run *run, const char *options, char key[65])
{
    cosmo_text text = cosmo_text_begin(run->arena);
    cosmo_text_print(&text, "%s revision %d seed %llu %s", COSMO_VERSION_TEXT, CAMPAIGN_REVISION,
                     (unsigned long long)run->seed, options);
    for (size_t i = 0; i < run->n_notes; i++)
        if (run->notes[i].kind == COSMO_NOTE_INPUT) cosmo_text_print(&text, " %s", run->notes[i].detail);
    if (text.failed) return cosmo_run_out_of_memory(run);
    cosmo_hash_sha256(text.data, text.length, key);
    return COSMO_OK;
}

/* Each part's files belong to it alone. */
static const char *campaign_part_key(const cosmo_campaign *campaign, const char *part, cosmo_arena *arena)
{
    const char *text = cosmo_arena_print(arena, "%s %s", campaign->key, part);
    char *key = cosmo_arena_alloc(arena, sizeof campaign->key);
    if (text == NULL || key == NULL) return NULL;
    cosmo_hash_sha256(text, strlen(text), key);
    return key;
}

/* The first part has the name that the user gave. */
static const char *campaign_checkpoint(const cosmo_campaign *campaign, const char *part, cosmo_arena *arena)
{
    const bool first = strcmp(part, CAMPAIGN_PARTS[0]) == 0;
    return cosmo_arena_print(arena, "%s%s%s", campaign->checkpoint, first ? "" : ".", first ? "" : part);
}

static const char *campaign_shard(const char *folder, const char *part, cosmo_arena *arena)
{
    return cosmo_arena_print(arena, "%s/%s.shard", folder, part);
}

static cosmo_status campaign_merge(const cosmo_campaign *campaign, const char *part, const cosmo_blocks *blocks,
                                   cosmo_run *run)
{
    const char **paths = cosmo_arena_array(run->arena, campaign->n_folders, sizeof *paths);
    COSMO_NEED(paths, run);
    for (uint32_t i = 0; i < campaign->n_folders; i++) {
        paths[i] = campaign_shard(campaign->folders[i], part, run->arena);
        COSMO_NEED(paths[i], run);
    }
    return cosmo_blocks_merge(blocks, paths, campaign->n_folders, run, NULL);
}

cosmo_status cosmo_campaign_run(const cosmo_campaign *campaign, const char *part, cosmo_blocks *blocks, cosmo_run *run)
{
    if (campaign == NULL || (campaign->kind == COSMO_CAMPAIGN_HERE && campaign->checkpoint == NULL))
        return cosmo_blocks_run(blocks, run, NULL);
    blocks->key = campaign_part_key(campaign, part, run->arena);
    blocks->checkpoint_s = CAMPAIGN_SAVE_S;
    COSMO_NEED(blocks->key, run);
    if (campaign->kind == COSMO_CAMPAIGN_MERGE) return campaign_merge(campaign, part, blocks, run);
    if (campaign->kind == COSMO_CAMPAIGN_RANKS)
        return cosmo_ranks_run(blocks, campaign->part, campaign->n_parts, campaign->folders[0], run, NULL);
    if (campaign->kind == COSMO_CAMPAIGN_SHARD) {
        const char *path = campaign_shard(campaign->folders[0], part, run->arena);
        COSMO_NEED(path, run);
        return cosmo_blocks_run_shard(blocks, campaign->part, campaign->n_parts, path, run);
    }
    blocks->checkpoint = campaign_checkpoint(campaign, part, run->arena);
    COSMO_NEED(blocks->checkpoint, run);
    return cosmo_blocks_run(blocks, run, NULL);
}

static cosmo_status campaign_end_part(const cosmo_campaign *campaign, const char *part, cosmo_run *run)
{
    if (campaign->kind == COSMO_CAMPAIGN_RANKS) {
        const cosmo_blocks blocks = {.key = campaign_part_key(campaign, part, run->arena)};
        COSMO_NEED(blocks.key, run);
        return cosmo_ranks_leave(&blocks, campaign->part, campaign->n_parts, campaign->folders[0], run);
    }
    if (campaign->kind != COSMO_CAMPAIGN_HERE || campaign->checkpoint == NULL) return COSMO_OK;
    const char *path = campaign_checkpoint(campaign, part, run->arena);
    COSMO_NEED(path, run);
    if (unlink(path) == 0 || errno == ENOENT) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot delete: %s", path, strerror(errno));
}

cosmo_status cosmo_campaign_end(const cosmo_campaign *campaign, cosmo_run *run)
{
    for (size_t i = 0; i < CAMPAIGN_N_PARTS; i++) COSMO_TRY(campaign_end_part(campaign, CAMPAIGN_PARTS[i], run));
    return COSMO_OK;
}
