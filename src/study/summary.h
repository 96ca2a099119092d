/* Within study: what every summary says of its run. */
#ifndef COSMO_STUDY_SUMMARY_H
#define COSMO_STUDY_SUMMARY_H

#include "study/described.h"

/* `inputs`, `assumptions`, `warnings`. */
void cosmo_summary_run(cosmo_described *out, const cosmo_run *run);
/* `limits`: rules and verdicts, of cosmo_rule_finding. */
void cosmo_summary_findings(cosmo_described *out, const cosmo_list *findings);

#endif
