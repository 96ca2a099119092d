/* Within study: what a flight takes for granted, in words. */
#ifndef COSMO_STUDY_ASSUMPTIONS_H
#define COSMO_STUDY_ASSUMPTIONS_H

#include "cosmodrome/study.h"

/* Note the models a flight rests on, and every figure it uses that is an estimate or of low confidence: one line a
 * stage, item, pad or zone. */
void cosmo_assumptions_note(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run);

#endif
