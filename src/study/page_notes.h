/* Within study: what a run noted, for its page. */
#ifndef COSMO_STUDY_PAGE_NOTES_H
#define COSMO_STUDY_PAGE_NOTES_H

#include "cosmodrome/study.h"

/* Assumptions, warnings and inputs of a run. False when memory is out. */
bool cosmo_page_notes_take(const cosmo_run *run, cosmo_arena *arena, cosmo_page *page);

#endif
