/* Lines and rings in drawing coordinates: cut to a rectangle, thinned, written as SVG path data. */
#ifndef COSMO_REPORT_CLIP_H
#define COSMO_REPORT_CLIP_H

#include "cosmodrome/core.h"

typedef struct cosmo_clip_point {
    double x, y;
} cosmo_clip_point;
typedef struct cosmo_clip_box {
    double left, top, right, bottom;
} cosmo_clip_box;

/* A growing list of points; `failed` is set once memory is out and every later call does nothing. */
typedef struct cosmo_clip_points {
    cosmo_arena *arena;
    cosmo_clip_point *items;
    size_t n, capacity;
    bool failed;
} cosmo_clip_points;

void cosmo_clip_add(cosmo_clip_points *points, double x, double y);

/* The part of a ring (closed implicitly) inside the box, in place; `spare` is working room. Where a concave ring falls
 * apart, the pieces stay joined along the box's edges, which fills correctly. Source: Sutherland & Hodgman 1974. */
void cosmo_clip_ring(cosmo_clip_points *ring, cosmo_clip_points *spare, cosmo_clip_box box);
/* The part of a segment inside the box, in place; false when nothing is. Source: Liang & Barsky 1984. */
bool cosmo_clip_segment(cosmo_clip_point *a, cosmo_clip_point *b, cosmo_clip_box box);
/* Thin an open line in place so that no dropped point lies further than `tolerance` from the kept line; the ends stay.
 * Source: Douglas & Peucker 1973. */
void cosmo_clip_thin(cosmo_clip_points *line, double tolerance);
/* The path data of a line or ring: one absolute move, then relative lines in tenths of a unit. */
void cosmo_clip_write(cosmo_text *out, const cosmo_clip_point *points, size_t n, bool closed);
/* Cut the open line to the box, thin and write each piece. */
void cosmo_clip_write_line(cosmo_text *out, const cosmo_clip_points *line, cosmo_clip_points *spare, cosmo_clip_box box,
                           double tolerance);
/* True when the point is inside the ring (even-odd). */
bool cosmo_clip_inside(const cosmo_clip_point *ring, size_t n, double x, double y);

#endif
