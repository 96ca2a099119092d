/* Progress on a terminal, an interrupt that ends a run cleanly. */
#ifndef COSMO_CLI_PROGRESS_H
#define COSMO_CLI_PROGRESS_H

#include "cosmodrome/core.h"

/* Let the run show a bar on standard error when that is a terminal and `quiet` is false, and let Ctrl-C cancel it. */
void cosmo_progress_attach(cosmo_run *run, bool quiet);
/* Take the bar off the terminal. */
void cosmo_progress_clear(const cosmo_run *run);

#endif
