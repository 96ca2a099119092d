/* Within study: a trajectory as text for other programs. */
#ifndef COSMO_STUDY_TRAJECTORY_TEXT_H
#define COSMO_STUDY_TRAJECTORY_TEXT_H

#include "cosmodrome/study.h"

/* trajectory.csv: a row a sample. */
cosmo_status cosmo_trajectory_text_csv(const cosmo_case *flown, cosmo_arena *arena, cosmo_run *run, cosmo_text *out);
/* trajectory.oem: Earth-fixed positions and velocities by time in UTC. A mission without a liftoff time is dated
 * 2000-01-01, and a comment says so. A trajectory with spreads (dispersion.oem) ends at insertion and has their
 * covariances. */
cosmo_status cosmo_trajectory_text_oem(const cosmo_case *flown, const char *created_utc, cosmo_arena *arena,
                                       cosmo_run *run, cosmo_text *out);

#endif
