/* What fly and report share: a mission read, flown, written and shown. */
#ifndef COSMO_CLI_FLYING_H
#define COSMO_CLI_FLYING_H

#include "cli/command.h"

/* $SOURCE_DATE_EPOCH as a date, NULL where it is not set. Source: reproducible-builds.org, SOURCE_DATE_EPOCH. */
cosmo_status cosmo_flying_created(cosmo_call *call, const char **created);

/* Fly the mission of the call's first argument. With `all`, as report does, the folder is out/NAME where -o names none,
 * and a mission with a section `risk` that can be flown gets the files of its risk beside those of its flight. */
cosmo_status cosmo_flying_act(cosmo_call *call, bool all);

#endif
