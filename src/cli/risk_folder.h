/* What risk and report share: the files of a risk case. */
#ifndef COSMO_CLI_RISK_FOLDER_H
#define COSMO_CLI_RISK_FOLDER_H

#include "cli/command.h"
#include "cosmodrome/study.h"

enum { COSMO_RISK_FOLDER_MAX = 8 + COSMO_BODIES_MAX };
typedef struct cosmo_risk_folder {
    size_t n;
    cosmo_case_part parts[COSMO_RISK_FOLDER_MAX];
} cosmo_risk_folder;

/* A file more. Errors: COSMO_NO_RESOURCES without data. */
cosmo_status cosmo_risk_folder_add(cosmo_risk_folder *folder, const char *name, const void *data, size_t bytes,
                                   cosmo_run *run);

/* report.html, drawn of `page` (that of cosmo_risk_page_make), hazard-areas.geojson, failures.csv, dispersion.oem,
 * closures.json and the grids; the summary and the page's layers are the caller's. Errors: those of their makers. */
cosmo_status cosmo_risk_folder_make(cosmo_call *call, const cosmo_risk_case *result, const cosmo_page *page,
                                    cosmo_risk_folder *folder);

#endif
