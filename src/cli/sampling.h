/* How many samples a command computes, where, and what it keeps meanwhile: options and what they ask for. */
#ifndef COSMO_CLI_SAMPLING_H
#define COSMO_CLI_SAMPLING_H

#include "cli/command.h"
#include "cosmodrome/study.h"

typedef struct cosmo_sampling_options {
    int64_t samples; /* -1: as the mission says */
    const char *until, *checkpoint, *shard;
    bool merge;
} cosmo_sampling_options;
enum { COSMO_SAMPLING_N_OPTIONS = 5, COSMO_SAMPLING_SHARDS_MAX = 65536 };
extern const cosmo_option cosmo_sampling_table[COSMO_SAMPLING_N_OPTIONS];
void cosmo_sampling_defaults(void *options);

/* Create the folder of results, so that one that cannot be made or written into is known before the work.
 * Errors: those of cosmo_file_make_folder; COSMO_NO_RESOURCES. */
cosmo_status cosmo_sampling_folder(const char *folder, cosmo_run *run);
/* Put the call's options into the mission's section `risk` and the campaign. Creates the folder of -o. Under mpirun the
 * processes become ranks that meet in that folder.
 * Errors: COSMO_BAD_INPUT for options that do not fit together; those of cosmo_sampling_folder. */
cosmo_status cosmo_sampling_apply(cosmo_call *call, cosmo_mission *mission, cosmo_campaign *campaign);
/* The same for a command without shards: ranks where there are any, which meet in `folder`, else this process. */
cosmo_status cosmo_sampling_together(cosmo_call *call, const char *const *folder, cosmo_campaign *campaign);
/* True in the one process that has the answer and gives it. */
bool cosmo_sampling_answers(const cosmo_campaign *campaign);

#endif
