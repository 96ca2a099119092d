/* Where vehicles, sites, zones and packs lie. */
#ifndef COSMO_CLI_DATA_FOLDER_H
#define COSMO_CLI_DATA_FOLDER_H

#include "cosmodrome/core.h"

/* $COSMO_DATA, else ../data beside the folder of the program (a build in its repository), else ../share/cosmodrome/data
 * (an installed one) into run->data_folder. Errors: COSMO_BAD_INPUT when there is none. */
cosmo_status cosmo_data_folder_find(cosmo_run *run);

#endif
