/* Grids of a risk case as GeoTIFFs: where a person, a ship, an aircraft is in danger, and where planned drops fall. */
#include "study/risk_parts.h"

#include <math.h>
#include <string.h>

/* What the box has to hold: a tenth of the lowest levels that areas are drawn for; ten times as much while the box has
 * more cells than this. */
static const size_t RISK_GRIDS_CELLS = 1500000;
static const double RISK_GRIDS_LEAST[COSMO_HAZARD_TARGETS] = {1e-8, 1e-8, 1e-6, 1e-7};
static const char *const RISK_GRIDS_BANDS[COSMO_HAZARD_TARGETS] = {
    "probability of casualty of a person in the open", "the same, of pieces that fall outside what is cleared",
    "probability of a dangerous piece on a ship", "probability of a dangerous piece on an aircraft"};

static bool risk_grids_counts(const cosmo_hazard_cell *cell, double scale)
{
    for (int t = 0; t < COSMO_HAZARD_TARGETS; t++)
        if (cell->probability[t] >= scale * RISK_GRIDS_LEAST[t]) return true;
    return false;
}

/* Rows from the south and columns from the west, of the least box that holds all cells that count. */
typedef struct risk_grids_box {
    uint32_t south, north, west, east;
    bool any;
} risk_grids_box;

static risk_grids_box risk_grids_bound(const cosmo_hazard_grid *grid, double scale)
{
    risk_grids_box box = {UINT32_MAX, 0, UINT32_MAX, 0, false};
    for (size_t i = 0; i < grid->n; i++) {
        if (!risk_grids_counts(&grid->cells[i], scale)) continue;
        const uint32_t row = (grid->cells[i].place - 1) / COSMO_HAZARD_COLUMNS,
                       column = (grid->cells[i].place - 1) % COSMO_HAZARD_COLUMNS;
        box.any = true;
        box.south = row < box.south ? row : box.south;
        box.north = row > box.north ? row : box.north;
        box.west = column < box.west ? column : box.west;
        box.east = column > box.east ? column : box.east;
    }
    return box;
}

static risk_grids_box risk_grids_fit(const cosmo_hazard_grid *grid)
{
    risk_grids_box box = risk_grids_bound(grid, 1.0);
    for (double scale = 10.0;
         box.any && (size_t)(box.east - box.west + 1) * (box.north - box.south + 1) > RISK_GRIDS_CELLS; scale *= 10.0)
        box = risk_grids_bound(grid, scale);
    return box;
}

static void risk_grids_fill(const cosmo_hazard_grid *cells, const risk_grids_box *box, const cosmo_grid *grid,
                            float *values)
{
    for (size_t i = 0; i < cells->n; i++) {
        const uint32_t row = (cells->cells[i].place - 1) / COSMO_HAZARD_COLUMNS,
                       column = (cells->cells[i].place - 1) % COSMO_HAZARD_COLUMNS;
        if (row < box->south || row > box->north || column < box->west || column > box->east) continue;
        for (int t = 0; t < COSMO_HAZARD_TARGETS; t++)
            values[((size_t)t * grid->rows + (box->north - row)) * grid->columns + (column - box->west)] =
                (float)cells->cells[i].probability[t];
    }
}

static cosmo_status risk_grids_probabilities(const cosmo_risk *risk, cosmo_arena *arena, cosmo_run *run,
                                             cosmo_case_part *part)
{
    const double step = 1.0 / COSMO_HAZARD_CELLS_A_DEGREE;
    const risk_grids_box box = risk_grids_fit(&risk->grid);
    if (!box.any) return COSMO_OK;
    cosmo_grid grid = {.west_deg = box.west * step - 180.0,
                       .north_deg = (box.north + 1) * step - 90.0,
                       .step_lon_deg = step,
                       .step_lat_deg = step,
                       .columns = box.east - box.west + 1,
                       .rows = box.north - box.south + 1,
                       .n_bands = COSMO_HAZARD_TARGETS,
                       .bands = RISK_GRIDS_BANDS};
    float *values = cosmo_arena_array(arena, grid.n_bands * grid.rows * grid.columns, sizeof *values);
    COSMO_NEED(values, run);
    risk_grids_fill(&risk->grid, &box, &grid, values);
    grid.values = values;
    part->name = "hazard-probability.tif";
    return cosmo_raster_geotiff(&grid, arena, run, &part->data, &part->bytes);
}

static cosmo_status risk_grids_drop(const cosmo_scatter_body *body, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_case_part *part)
{
    static const char *const bands[] = {"impacts per square kilometre"};
    cosmo_density_grid density;
    COSMO_TRY(cosmo_density_of(body, arena, run, &density));
    for (size_t i = 0; i < density.rows * density.columns; i++) density.values[i] *= 1e6f;
    const cosmo_grid grid = {density.west_deg,
                             density.north_deg,
                             density.step_lon_deg,
                             density.step_lat_deg,
                             density.columns,
                             density.rows,
                             1,
                             bands,
                             density.values};
    part->name = cosmo_arena_print(arena, "drop-%s.tif", body->body);
    COSMO_NEED(part->name, run);
    return cosmo_raster_geotiff(&grid, arena, run, &part->data, &part->bytes);
}

cosmo_status cosmo_risk_grids_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_list *parts)
{
    *parts = (cosmo_list){0, NULL};
    if (!cosmo_raster_available()) return COSMO_OK;
    cosmo_case_part *items = cosmo_arena_array(arena, r->scatter.n_bodies + 1, sizeof *items);
    COSMO_NEED(items, run);
    size_t n = 0;
    COSMO_TRY(risk_grids_probabilities(&r->risk, arena, run, &items[n]));
    n += items[n].name != NULL;
    for (size_t b = 0; b < r->scatter.n_bodies; b++) {
        if (r->scatter.bodies[b].n < 3) continue;
        COSMO_TRY(risk_grids_drop(&r->scatter.bodies[b], arena, run, &items[n++]));
    }
    *parts = (cosmo_list){n, items};
    return COSMO_OK;
}
