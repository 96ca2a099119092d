/* Contours of a field on a plane raster, or on a polar mesh by way of one: marching squares. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

enum { CONTOUR_POINTS = 240, CONTOUR_FEWEST = 4, CONTOUR_POINTS_MAX = 1 << 24 };
static const double CONTOUR_MARGIN = 1.05;

/* Points are counted from the south-west; edge 2p runs east from point p, edge 2p + 1 north. A segment that enters a
 * square by one edge and leaves by another has what is above the level on its left; next[e] is the edge at which the
 * segment that begins on edge e ends. */
typedef struct contour_walk {
    const cosmo_contour_raster *raster;
    double *values; /* over the level: 0 and above is inside */
    int32_t *next;
} contour_walk;

/* Radius of the outermost ring that reaches the level; 0: none does. */
static double contour_extent(const cosmo_plume_mesh *mesh, const float *field, double level)
{
    const size_t n = cosmo_mesh_cells(mesh);
    for (size_t i = n; i-- > 0;)
        if ((double)field[i] >= level) {
            const size_t ring = i / mesh->sectors;
            return cosmo_mesh_outer_m(mesh, ring + 1 < mesh->rings ? ring + 1 : ring);
        }
    return 0.0;
}

/* The border stays outside, so that every contour closes. */
static void contour_fill(const cosmo_contour_raster *raster, double level, contour_walk *walk)
{
    for (size_t row = 0; row < raster->rows; row++)
        for (size_t column = 0; column < raster->columns; column++) {
            const size_t i = row * raster->columns + column;
            const bool border = row == 0 || column == 0 || row == raster->rows - 1 || column == raster->columns - 1;
            walk->values[i] = border ? -level : raster->values[i] - level;
        }
}

/* The segments of one square, by which of its corners are inside (bits: south-west, south-east, north-east,
 * north-west). Of the two ways through a saddle the one that joins what is inside is taken when the mean is inside. */
static void contour_square(contour_walk *walk, size_t point)
{
    const double *v = walk->values;
    const size_t above = point + walk->raster->columns;
    const double corners[4] = {v[point], v[point + 1], v[above + 1], v[above]};
    const int32_t edges[4] = {(int32_t)(2 * point), (int32_t)(2 * (point + 1) + 1), (int32_t)(2 * above),
                              (int32_t)(2 * point + 1)};
    const bool joined = corners[0] + corners[1] + corners[2] + corners[3] >= 0.0;
    for (int i = 0; i < 4; i++) {
        /* walking around the square counter-clockwise, a contour begins where the walk leaves what is inside */
        const bool leaves = corners[i] >= 0.0 && corners[(i + 1) % 4] < 0.0;
        if (!leaves) continue;
        const bool saddle = corners[(i + 2) % 4] >= 0.0 && corners[(i + 3) % 4] < 0.0;
        for (int k = 1; k < 4; k++) {
            const int at = saddle && !joined ? (i + 4 - k) % 4 : (i + k) % 4;
            if (!(corners[at] < 0.0 && corners[(at + 1) % 4] >= 0.0)) continue;
            walk->next[edges[i]] = edges[at];
            break;
        }
    }
}

static void contour_cross(const contour_walk *walk, int32_t edge, double *east_m, double *north_m)
{
    const cosmo_contour_raster *raster = walk->raster;
    const size_t columns = raster->columns, point = (size_t)edge / 2, other = point + (edge % 2 == 0 ? 1 : columns);
    const double share = walk->values[point] / (walk->values[point] - walk->values[other]);
    const double column = (double)(point % columns) + (edge % 2 == 0 ? share : 0.0);
    const double row = (double)(point / columns) + (edge % 2 == 0 ? 0.0 : share);
    *east_m = raster->west_m + raster->step_m * column;
    *north_m = raster->south_m + raster->step_m * row;
}

/* Follow the segments from an edge until they close, and forget them. */
static bool contour_follow(contour_walk *walk, int32_t start, cosmo_arena *arena, cosmo_contour_ring *ring)
{
    size_t n = 1;
    for (int32_t e = walk->next[start]; e != start; e = walk->next[e]) n++;
    double *east = cosmo_arena_array(arena, n + 1, sizeof *east),
           *north = cosmo_arena_array(arena, n + 1, sizeof *east);
    if (east == NULL || north == NULL) return false;
    int32_t e = start;
    double twice = 0.0;
    for (size_t i = 0; i < n; i++) {
        contour_cross(walk, e, &east[i], &north[i]);
        const int32_t next = walk->next[e];
        walk->next[e] = -1;
        e = next;
    }
    east[n] = east[0];
    north[n] = north[0];
    for (size_t i = 0; i < n; i++) twice += east[i] * north[i + 1] - east[i + 1] * north[i];
    *ring = (cosmo_contour_ring){n + 1, east, north, 0.5 * twice};
    return true;
}

static int contour_order(const void *a, const void *b)
{
    const cosmo_contour_ring *p = a, *q = b;
    return p->area_m2 > q->area_m2 ? -1 : p->area_m2 < q->area_m2;
}

/* All rings of a walk whose segments are there. */
static cosmo_status contour_collect(contour_walk *walk, size_t n_edges, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_list *rings)
{
    size_t n = 0, room = 16;
    cosmo_contour_ring *items = cosmo_arena_array(arena, room, sizeof *items);
    COSMO_NEED(items, run);
    for (size_t e = 0; e < n_edges; e++) {
        if (walk->next[e] < 0) continue;
        if (n == room) {
            cosmo_contour_ring *more = cosmo_arena_array(arena, 2 * room, sizeof *more);
            COSMO_NEED(more, run);
            for (size_t i = 0; i < n; i++) more[i] = items[i];
            items = more;
            room *= 2;
        }
        COSMO_NEED(contour_follow(walk, (int32_t)e, arena, &items[n]) ? items : NULL, run);
        n += items[n].n > CONTOUR_FEWEST && items[n].area_m2 > 0.0;
    }
    qsort(items, n, sizeof *items, contour_order);
    *rings = (cosmo_list){n, items};
    return COSMO_OK;
}

cosmo_status cosmo_contour_trace(const cosmo_contour_raster *raster, double level, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_list *rings)
{
    *rings = (cosmo_list){0, NULL};
    if (raster->columns < 3 || raster->rows < 3 || raster->columns > CONTOUR_POINTS_MAX / raster->rows)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: contours: a raster of %zu x %zu points", raster->columns,
                              raster->rows);
    const size_t n = raster->columns * raster->rows;
    contour_walk walk = {raster, cosmo_arena_array(arena, n, sizeof(double)),
                         cosmo_arena_array(arena, 2 * n, sizeof(int32_t))};
    COSMO_NEED(walk.values, run);
    COSMO_NEED(walk.next, run);
    contour_fill(raster, level, &walk);
    for (size_t i = 0; i < 2 * n; i++) walk.next[i] = -1;
    for (size_t row = 0; row + 1 < raster->rows; row++)
        for (size_t column = 0; column + 1 < raster->columns; column++)
            contour_square(&walk, row * raster->columns + column);
    return contour_collect(&walk, 2 * n, arena, run, rings);
}

cosmo_status cosmo_contour_find(const cosmo_plume_mesh *mesh, const float *field, double level, cosmo_arena *arena,
                                cosmo_run *run, cosmo_list *rings)
{
    *rings = (cosmo_list){0, NULL};
    const double extent = contour_extent(mesh, field, level);
    if (extent == 0.0) return COSMO_OK;
    double *values = cosmo_arena_array(arena, CONTOUR_POINTS * CONTOUR_POINTS, sizeof *values);
    COSMO_NEED(values, run);
    const double first = -extent * CONTOUR_MARGIN, step = -2.0 * first / (CONTOUR_POINTS - 1);
    const cosmo_contour_raster raster = {CONTOUR_POINTS, CONTOUR_POINTS, first, first, step, values};
    for (size_t row = 0; row < CONTOUR_POINTS; row++)
        for (size_t column = 0; column < CONTOUR_POINTS; column++)
            values[row * CONTOUR_POINTS + column] =
                cosmo_mesh_value(mesh, field, first + step * (double)column, first + step * (double)row);
    return cosmo_contour_trace(&raster, level, arena, run, rings);
}
