/* Rings around the cells of a grid above a level. */
#include "cosmodrome/hazard.h"

#include <math.h>
#include <stdlib.h>

enum { HAZARD_RINGS_GAP = 2, HAZARD_RINGS_POINTS = 20 };
static const double HAZARD_RINGS_RASTER = 1e4; /* a degree */

/* In cells: a corner of the grid, or a cell by its south-western corner. Columns go on beyond the antimeridian. */
typedef struct hazard_rings_point {
    int64_t column, row;
} hazard_rings_point;

typedef struct hazard_rings_field {
    const cosmo_hazard_grid *grid;
    cosmo_hazard_target target;
    double level;
    bool *taken;
    hazard_rings_point *cells; /* of the group that is being gathered */
    size_t n_cells;
    double most;
} hazard_rings_field;

static void hazard_rings_take(hazard_rings_field *f, int64_t column, int64_t row)
{
    if (row < 0 || row >= COSMO_HAZARD_ROWS) return;
    const int64_t wrapped = (column % COSMO_HAZARD_COLUMNS + COSMO_HAZARD_COLUMNS) % COSMO_HAZARD_COLUMNS;
    const cosmo_hazard_cell *cell =
        cosmo_hazard_grid_find(f->grid, (uint32_t)(1 + row * COSMO_HAZARD_COLUMNS + wrapped));
    if (cell == NULL || !(cell->probability[f->target] >= f->level)) return;
    const size_t i = (size_t)(cell - f->grid->cells);
    if (f->taken[i]) return;
    f->taken[i] = true;
    f->cells[f->n_cells++] = (hazard_rings_point){column, row};
    f->most = fmax(f->most, cell->probability[f->target]);
}

/* All cells within reach of a first one, step by step. */
static void hazard_rings_gather(hazard_rings_field *f, uint32_t place)
{
    f->n_cells = 0;
    f->most = 0.0;
    hazard_rings_take(f, (place - 1) % COSMO_HAZARD_COLUMNS, (place - 1) / COSMO_HAZARD_COLUMNS);
    for (size_t i = 0; i < f->n_cells; i++)
        for (int64_t north = -HAZARD_RINGS_GAP; north <= HAZARD_RINGS_GAP; north++)
            for (int64_t east = -HAZARD_RINGS_GAP; east <= HAZARD_RINGS_GAP; east++)
                hazard_rings_take(f, f->cells[i].column + east, f->cells[i].row + north);
}

static int hazard_rings_order(const void *a, const void *b)
{
    const hazard_rings_point *p = a, *q = b;
    if (p->column != q->column) return p->column < q->column ? -1 : 1;
    return p->row < q->row ? -1 : p->row > q->row;
}

static int64_t hazard_rings_turn(hazard_rings_point a, hazard_rings_point b, hazard_rings_point c)
{
    return (b.column - a.column) * (c.row - a.row) - (b.row - a.row) * (c.column - a.column);
}

/* Convex hull of sorted points, counter-clockwise, each corner once. `hull` has room for all of them and one. */
static size_t hazard_rings_hull(const hazard_rings_point *points, size_t n, hazard_rings_point *hull)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        while (k >= 2 && hazard_rings_turn(hull[k - 2], hull[k - 1], points[i]) <= 0) k--;
        hull[k++] = points[i];
    }
    const size_t lower = k + 1;
    for (size_t i = n - 1; i-- > 0;) {
        while (k >= lower && hazard_rings_turn(hull[k - 2], hull[k - 1], points[i]) <= 0) k--;
        hull[k++] = points[i];
    }
    return k - 1;
}

static double hazard_rings_degrees(int64_t from, int64_t to, double share, double origin_deg)
{
    const double at = (double)from + share * (double)(to - from);
    return floor((at / COSMO_HAZARD_CELLS_A_DEGREE + origin_deg) * HAZARD_RINGS_RASTER + 0.5) / HAZARD_RINGS_RASTER;
}

static bool hazard_rings_close(const hazard_rings_point *hull, size_t n, cosmo_arena *arena, cosmo_hazard_ring *ring)
{
    const size_t parts = (HAZARD_RINGS_POINTS + n - 1) / n;
    double *lon = cosmo_arena_array(arena, n * parts + 1, sizeof *lon);
    double *lat = cosmo_arena_array(arena, n * parts + 1, sizeof *lat);
    if (lon == NULL || lat == NULL) return false;
    for (size_t i = 0; i <= n * parts; i++) {
        const hazard_rings_point a = hull[i / parts % n], b = hull[(i / parts + 1) % n];
        const double share = (double)(i % parts) / (double)parts;
        lon[i] = hazard_rings_degrees(a.column, b.column, share, -180.0);
        lat[i] = hazard_rings_degrees(a.row, b.row, share, -90.0);
    }
    ring->n = n * parts + 1;
    ring->lon_deg = lon;
    ring->lat_deg = lat;
    return true;
}

/* The ring around one group of cells. */
static cosmo_status hazard_rings_add(const hazard_rings_field *f, hazard_rings_point *corners, hazard_rings_point *hull,
                                     cosmo_arena *arena, cosmo_run *run, cosmo_hazard_ring *ring)
{
    for (size_t i = 0; i < f->n_cells; i++)
        for (int k = 0; k < 4; k++)
            corners[4 * i + (size_t)k] = (hazard_rings_point){f->cells[i].column + k % 2, f->cells[i].row + k / 2};
    qsort(corners, 4 * f->n_cells, sizeof *corners, hazard_rings_order);
    *ring = (cosmo_hazard_ring){.n_cells = f->n_cells, .most = f->most};
    if (!hazard_rings_close(hull, hazard_rings_hull(corners, 4 * f->n_cells, hull), arena, ring))
        return cosmo_run_out_of_memory(run);
    return COSMO_OK;
}

cosmo_status cosmo_hazard_rings_around(const cosmo_hazard_grid *grid, cosmo_hazard_target target, double level,
                                       cosmo_arena *arena, cosmo_run *run, cosmo_list *rings)
{
    size_t above = 0, n = 0;
    for (size_t i = 0; i < grid->n; i++) above += grid->cells[i].probability[target] >= level;
    hazard_rings_field f = {.grid = grid, .target = target, .level = level};
    f.taken = cosmo_arena_array(arena, grid->n + 1, sizeof *f.taken);
    f.cells = cosmo_arena_array(arena, above + 1, sizeof *f.cells);
    hazard_rings_point *corners = cosmo_arena_array(arena, 4 * above + 1, sizeof *corners);
    hazard_rings_point *hull = cosmo_arena_array(arena, 4 * above + 2, sizeof *hull);
    cosmo_hazard_ring *found = cosmo_arena_array(arena, above + 1, sizeof *found);
    if (f.taken == NULL || f.cells == NULL || corners == NULL || hull == NULL || found == NULL)
        return cosmo_run_out_of_memory(run);
    for (size_t i = 0; i < grid->n; i++) f.taken[i] = false;
    for (size_t i = 0; i < grid->n; i++) {
        hazard_rings_gather(&f, grid->cells[i].place);
        if (f.n_cells > 0) COSMO_TRY(hazard_rings_add(&f, corners, hull, arena, run, &found[n++]));
    }
    *rings = (cosmo_list){.n = n, .items = found};
    return COSMO_OK;
}
