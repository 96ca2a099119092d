/* Where the words of a drawing go: never over each other, never out of the frame. */
#ifndef COSMO_REPORT_LABELS_H
#define COSMO_REPORT_LABELS_H

#include "report/clip.h"

typedef struct cosmo_labels_bar {
    cosmo_clip_point a, b;
    double cost;
} cosmo_labels_bar;

/* What is already taken in one drawing. Boxes are never covered; bars (pieces of lines) may be, at a cost. */
typedef struct cosmo_labels {
    cosmo_arena *arena;
    cosmo_clip_box frame;
    cosmo_clip_box *boxes;
    cosmo_labels_bar *bars;
    size_t n_boxes, boxes_capacity, n_bars, bars_capacity;
    bool failed;
} cosmo_labels;

/* A cost that no position can outweigh. */
#define COSMO_LABELS_NEVER 1e9

/* The width of a text in a sans-serif face of `size` units, never less than a common face needs: advances are those of
 * DejaVu Sans (and Sans Bold), the widest of the faces that browsers choose. */
double cosmo_labels_width(const char *text, double size, bool bold);

cosmo_labels cosmo_labels_begin(cosmo_arena *arena, cosmo_clip_box frame);
/* Take a box; nothing placed later will touch it. */
void cosmo_labels_block(cosmo_labels *labels, cosmo_clip_box box);
/* A line that labels avoid at the given cost (an edge of the drawing costs about 1 a unit of distance). */
void cosmo_labels_bar_add(cosmo_labels *labels, cosmo_clip_point a, cosmo_clip_point b, double cost);
/* What it costs to put a box here: COSMO_LABELS_NEVER or more where it is out of the frame or on another. */
double cosmo_labels_cost(const cosmo_labels *labels, cosmo_clip_box box);
/* Put a box of width x height beside a point (`gap` away) at the cheapest of eight positions and take it; false where
 * every one costs `limit` or more. */
bool cosmo_labels_beside(cosmo_labels *labels, cosmo_clip_point at, double gap, double width, double height,
                         double limit, cosmo_clip_box *box);
/* Put a box some way off, at most `reach` beyond the gap, with a lead line from the point to `end` on the box's edge;
 * both are taken. False where there is no room. */
bool cosmo_labels_lead(cosmo_labels *labels, cosmo_clip_point at, double gap, double reach, double width, double height,
                       cosmo_clip_box *box, cosmo_clip_point *end);

#endif
