/* Digitised curves: straight between their points, constant outside. */
#ifndef COSMO_HAZARD_CURVE_H
#define COSMO_HAZARD_CURVE_H

#include "core/real.h"

#include <stddef.h>

typedef struct curve_point {
    double x, y;
} curve_point;

typedef struct curve {
    size_t n;
    const curve_point *points; /* ascending in x */
} curve;

/* The segment x lies in: its right point's index, 1 to n - 1. */
static inline size_t curve_segment(const curve *line, double x)
{
    size_t right = 1;
    while (right + 1 < line->n && x > line->points[right].x) right++;
    return right;
}

static inline double curve_linear(const curve *line, double x)
{
    const size_t right = curve_segment(line, x);
    const curve_point a = line->points[right - 1], b = line->points[right];
    if (x <= a.x) return a.y;
    if (x >= b.x) return b.y;
    return a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y);
}

static inline double curve_log_log(const curve *line, double x)
{
    const size_t right = curve_segment(line, x);
    const curve_point a = line->points[right - 1], b = line->points[right];
    if (x <= a.x) return a.y;
    if (x >= b.x) return b.y;
    return a.y * cosmo_real_pow(b.y / a.y, cosmo_real_log(x / a.x) / cosmo_real_log(b.x / a.x));
}
#endif
