/* Within study: checks of a mission beyond what its descriptor tables say. */
#ifndef COSMO_STUDY_MISSION_CHECK_H
#define COSMO_STUDY_MISSION_CHECK_H

#include "cosmodrome/study.h"

/* What the file says about itself: orders, contradictions, missing partners. */
cosmo_status cosmo_mission_check_alone(const cosmo_mission *mission, cosmo_run *run);
/* What it says about its vehicle and zones: stages, bodies and events that exist. */
cosmo_status cosmo_mission_check_references(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run);

#endif
