/* What toxics and report share: a release computed, shown, and its files. */
#ifndef COSMO_CLI_TOXICS_FOLDER_H
#define COSMO_CLI_TOXICS_FOLDER_H

#include "cli/command.h"
#include "cosmodrome/study.h"

/* Compute a release that was read, print its answer, and write its folder (NULL: none). */
cosmo_status cosmo_toxics_folder_act(cosmo_call *call, const cosmo_toxics *toxics, const char *folder);

#endif
