/* What a page shows for a while only: its windows in order of time, and the one that a still picture shows. */
#ifndef COSMO_REPORT_REEL_H
#define COSMO_REPORT_REEL_H

#include "cosmodrome/formats.h"

typedef struct cosmo_reel {
    size_t n, still; /* still: the window whose middle sees the largest area, of equals the shortest */
    cosmo_window *windows;
    const char **captions; /* "T+30 to T+40 min" */
    bool failed;           /* memory was out */
} cosmo_reel;

/* The different windows of a page's shapes. */
cosmo_reel cosmo_reel_of(const cosmo_page *page, cosmo_arena *arena);
/* The number of a shape's window; reel->n where it has none. */
size_t cosmo_reel_find(const cosmo_reel *reel, const cosmo_shape *shape);
/* Whether a still picture shows the shape: it has no window, or the still one's middle lies in it. */
bool cosmo_reel_in_still(const cosmo_reel *reel, const cosmo_shape *shape);
/* The classes of a shape's element, with a space before them; empty where it has no window. */
const char *cosmo_reel_class(const cosmo_reel *reel, const cosmo_shape *shape);

#endif
