/* --samples, --until, --checkpoint, --shard, --merge, and the ranks of mpirun. */
#include "cli/sampling.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double SAMPLING_FEWEST = 256.0, SAMPLING_MOST = 1e10, SAMPLING_SMALLEST = 1e-4;

const cosmo_option cosmo_sampling_table[COSMO_SAMPLING_N_OPTIONS] = {
    {.name = "--samples",
     .kind = COSMO_OPTION_COUNT,
     .offset = offsetof(cosmo_sampling_options, samples),
     .value = "N",
     .help = "failures computed, instead of the mission's risk.samples"},
    {.name = "--until",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(cosmo_sampling_options, until),
     .value = "\"standard error 5 %\"",
     .help = "stop there, instead of the mission's risk.until"},
    {.name = "--checkpoint",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(cosmo_sampling_options, checkpoint),
     .value = "FILE",
     .help = "save the sums as they grow, go on from them, delete them when done"},
    {.name = "--shard",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(cosmo_sampling_options, shard),
     .value = "I/N",
     .help = "compute part I (from 0) of N alone, into the folder of -o"},
    {.name = "--merge",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(cosmo_sampling_options, merge),
     .help = "compute nothing; take together the folders of all shards, named after the mission"},
};

void cosmo_sampling_defaults(void *options)
{
    *(cosmo_sampling_options *)options = (cosmo_sampling_options){.samples = -1};
}

static cosmo_status sampling_until(const char *text, cosmo_run *run, double *share)
{
    static const char words[] = "standard error";
    const char *at = text + strspn(text, " ");
    if (strncmp(at, words, sizeof words - 1) == 0) at += sizeof words - 1;
    at += strspn(at, " ");
    const char *trouble = cosmo_options_quantity(at, COSMO_DIM_FRACTION, run->arena, share);
    if (trouble == NULL && *share >= SAMPLING_SMALLEST && *share <= 1.0) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "error: --until: '%.80s' is not a share from 0.01 to 100 %%; write for example \"standard "
                          "error 5 %%\"",
                          text);
}

/* A whole number at the start of `text`; what follows is `rest`. */
static bool sampling_number(const char *text, unsigned long most, uint32_t *number, const char **rest)
{
    char *end;
    errno = 0;
    const unsigned long value = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || errno != 0 || value > most) return false;
    *number = (uint32_t)value;
    *rest = end;
    return true;
}

static cosmo_status sampling_shard(const char *text, cosmo_run *run, cosmo_campaign *campaign)
{
    const char *rest;
    campaign->kind = COSMO_CAMPAIGN_SHARD;
    if (sampling_number(text, COSMO_SAMPLING_SHARDS_MAX, &campaign->part, &rest) && *rest == '/' &&
        sampling_number(rest + 1, COSMO_SAMPLING_SHARDS_MAX, &campaign->n_parts, &rest) && *rest == '\0' &&
        campaign->part < campaign->n_parts)
        return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "error: --shard: '%.80s' is not a part of %d at most, counted from 0; write for example 0/4",
                          text, COSMO_SAMPLING_SHARDS_MAX);
}

/* What Open MPI's mpirun tells its processes; srun and others are told so by hand. */
static cosmo_status sampling_ranks(cosmo_run *run, cosmo_campaign *campaign)
{
    const char *rank = getenv("OMPI_COMM_WORLD_RANK"), *size = getenv("OMPI_COMM_WORLD_SIZE"), *rest;
    if (rank == NULL || size == NULL || strcmp(size, "1") == 0) return COSMO_OK;
    campaign->kind = COSMO_CAMPAIGN_RANKS;
    if (sampling_number(size, COSMO_SAMPLING_SHARDS_MAX, &campaign->n_parts, &rest) && *rest == '\0' &&
        sampling_number(rank, COSMO_SAMPLING_SHARDS_MAX, &campaign->part, &rest) && *rest == '\0' &&
        campaign->part < campaign->n_parts)
        return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: OMPI_COMM_WORLD_RANK is '%.20s' of '%.20s' processes", rank,
                          size);
}

static cosmo_status sampling_fits(const cosmo_call *call, const cosmo_sampling_options *o,
                                  const cosmo_campaign *campaign)
{
    cosmo_run *run = call->run;
    if (!o->merge && call->n_arguments > 1)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%.80s' is one argument too many without --merge",
                              call->arguments[1]);
    if (o->merge && call->n_arguments < 2)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: --merge needs the folders of the shards after the mission");
    if (o->merge && o->shard != NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: --merge and --shard do not go together");
    if (o->checkpoint != NULL && campaign->kind != COSMO_CAMPAIGN_HERE)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: --checkpoint is of no use here: %s",
                              campaign->kind == COSMO_CAMPAIGN_MERGE ? "a merge computes nothing"
                                                                     : "shards and ranks go on by themselves");
    const bool meets = campaign->kind == COSMO_CAMPAIGN_SHARD || campaign->kind == COSMO_CAMPAIGN_RANKS;
    if (meets && call->common.folder == NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s need -o DIR, to keep there what they compute",
                              campaign->kind == COSMO_CAMPAIGN_SHARD ? "shards" : "the processes of mpirun");
    return COSMO_OK;
}

cosmo_status cosmo_sampling_folder(const char *folder, cosmo_run *run)
{
    COSMO_TRY(cosmo_file_make_folder(folder, run));
    if (access(folder, W_OK | X_OK) == 0) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot write into the folder: %s", folder,
                          strerror(errno));
}

cosmo_status cosmo_sampling_apply(cosmo_call *call, cosmo_mission *mission, cosmo_campaign *campaign)
{
    const cosmo_sampling_options *o = call->options;
    cosmo_run *run = call->run;
    *campaign = (cosmo_campaign){.checkpoint = o->checkpoint, .folders = &call->common.folder};
    if (o->samples >= 0 && ((double)o->samples < SAMPLING_FEWEST || (double)o->samples > SAMPLING_MOST))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: --samples is %lld; it must be 256 to 1e10",
                              (long long)o->samples);
    if (o->samples >= 0) mission->risk.samples = o->samples;
    if (o->until != NULL) COSMO_TRY(sampling_until(o->until, run, &mission->risk.until_relative_error));
    if (o->merge) {
        campaign->kind = COSMO_CAMPAIGN_MERGE;
        campaign->folders = call->arguments + 1;
        campaign->n_folders = (uint32_t)(call->n_arguments - 1);
    } else if (o->shard != NULL)
        COSMO_TRY(sampling_shard(o->shard, run, campaign));
    else
        COSMO_TRY(sampling_ranks(run, campaign));
    COSMO_TRY(sampling_fits(call, o, campaign));
    return call->common.folder != NULL ? cosmo_sampling_folder(call->common.folder, run) : COSMO_OK;
}

cosmo_status cosmo_sampling_together(cosmo_call *call, const char *const *folder, cosmo_campaign *campaign)
{
    *campaign = (cosmo_campaign){.folders = folder};
    COSMO_TRY(sampling_ranks(call->run, campaign));
    if (campaign->kind == COSMO_CAMPAIGN_RANKS && *folder == NULL)
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT,
                              "error: the processes of mpirun need -o DIR, to keep there what they compute");
    return *folder != NULL ? cosmo_sampling_folder(*folder, call->run) : COSMO_OK;
}

bool cosmo_sampling_answers(const cosmo_campaign *campaign)
{
    return campaign->kind != COSMO_CAMPAIGN_SHARD && (campaign->kind != COSMO_CAMPAIGN_RANKS || campaign->part == 0);
}
