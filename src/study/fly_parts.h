/* Within study: the parts of a flown case's page. Every function allocates in the arena and returns false when memory
 * is out. */
#ifndef COSMO_STUDY_FLY_PARTS_H
#define COSMO_STUDY_FLY_PARTS_H

#include "cosmodrome/study.h"

/* Map layers: ground track, impact points of the whole vehicle (vacuum, drag), zones, impacts, pad and events. */
bool cosmo_fly_layers_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page);
/* Charts over time with the events as marks: altitude and speed, loads, mass and flight-path angle. */
bool cosmo_fly_charts_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page);
/* Tables: events, impacts, masses. */
bool cosmo_fly_sheets_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page);
/* Key figures with their limits. */
bool cosmo_fly_figures_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page);

/* Of the failure beside the flight: its tables (how many: 0 or 2; SIZE_MAX when memory is out), its layer. */
size_t cosmo_mishap_page_sheets(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet sheets[2]);
bool cosmo_mishap_page_layer(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer);

/* How many samples belong to the ascent: to insertion, or all. */
size_t cosmo_fly_charts_samples(const cosmo_case *flown);
/* "core separation" for "separation:core", "Max q" for "max-q": for people; NULL when memory is out. */
const char *cosmo_fly_charts_event_text(const char *name, cosmo_arena *arena);

#endif
