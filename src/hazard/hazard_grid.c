/* Probabilities of harm on a grid of cells: a table with open addressing, so that only cells that matter take room. */
#include "cosmodrome/hazard.h"

#include "core/real.h"

#include <math.h>
#include <stdlib.h>

enum { HAZARD_GRID_PROBES = 64 };
static const double HAZARD_GRID_DEGREES = 180.0 / 3.14159265358979323846;
static const double HAZARD_GRID_SHIP_M2 = 100.0 * 20.0, HAZARD_GRID_AIRCRAFT_M2 = 1000.0;

/* Below it a difference from 1 loses digits, and two terms of the series have more; as good as certain. */
static const double HAZARD_GRID_SMALL = 1e-5, HAZARD_GRID_CERTAIN = 700.0;

/* ---- cells ------------------------------------------------------------------------------------------------------- */

uint32_t cosmo_hazard_grid_place(cosmo_geodetic at)
{
    double lon = at.longitude_rad * HAZARD_GRID_DEGREES;
    lon -= 360.0 * floor((lon + 180.0) / 360.0);
    const double column = floor((lon + 180.0) * COSMO_HAZARD_CELLS_A_DEGREE),
                 row = floor((at.latitude_rad * HAZARD_GRID_DEGREES + 90.0) * COSMO_HAZARD_CELLS_A_DEGREE);
    return 1 + (uint32_t)fmin(fmax(row, 0.0), COSMO_HAZARD_ROWS - 1) * COSMO_HAZARD_COLUMNS +
           (uint32_t)fmin(fmax(column, 0.0), COSMO_HAZARD_COLUMNS - 1);
}

cosmo_geodetic cosmo_hazard_grid_middle(uint32_t place)
{
    const double row = (place - 1) / COSMO_HAZARD_COLUMNS + 0.5, column = (place - 1) % COSMO_HAZARD_COLUMNS + 0.5;
    return (cosmo_geodetic){(row / COSMO_HAZARD_CELLS_A_DEGREE - 90.0) / HAZARD_GRID_DEGREES,
                            (column / COSMO_HAZARD_CELLS_A_DEGREE - 180.0) / HAZARD_GRID_DEGREES, 0.0};
}

double cosmo_hazard_grid_area_m2(uint32_t place)
{
    const double side_m = COSMO_EARTH_ROUND_RADIUS / (COSMO_HAZARD_CELLS_A_DEGREE * HAZARD_GRID_DEGREES);
    return side_m * side_m * cosmo_real_cos(cosmo_hazard_grid_middle(place).latitude_rad);
}

/* -log(1 - p), and how far it goes. */
static double hazard_grid_exponent(double p)
{
    if (p < HAZARD_GRID_SMALL) return p + 0.5 * p * p;
    return p < 1.0 ? fmin(-cosmo_real_log(1.0 - p), HAZARD_GRID_CERTAIN) : HAZARD_GRID_CERTAIN;
}

double cosmo_hazard_grid_probability(double exponent)
{
    return exponent < HAZARD_GRID_SMALL ? exponent - 0.5 * exponent * exponent : 1.0 - cosmo_real_exp(-exponent);
}

cosmo_hazard_hit cosmo_hazard_grid_hit(cosmo_geodetic at, double count, cosmo_harm casualty_m2)
{
    const double casualty = casualty_m2.inert + casualty_m2.explosive;
    cosmo_hazard_hit hit = {.place = cosmo_hazard_grid_place(at)};
    if (!(casualty > 0.0)) return hit;
    const double area = cosmo_hazard_grid_area_m2(hit.place), each = casualty / count;
    hit.exponent[COSMO_HAZARD_PERSON] = count * hazard_grid_exponent(each / area);
    hit.exponent[COSMO_HAZARD_PUBLIC] = hit.exponent[COSMO_HAZARD_PERSON];
    hit.exponent[COSMO_HAZARD_SHIP] = count * hazard_grid_exponent((HAZARD_GRID_SHIP_M2 + each) / area);
    hit.exponent[COSMO_HAZARD_AIRCRAFT] = count * hazard_grid_exponent(HAZARD_GRID_AIRCRAFT_M2 / area);
    return hit;
}

/* ---- the table --------------------------------------------------------------------------------------------------- */

/* The slot of a place, taken if need be; NULL when all where it may be are others'. */
static cosmo_hazard_cell *hazard_grid_slot(cosmo_hazard_cell *slots, size_t capacity, uint32_t place)
{
    const size_t first = (size_t)(place * 2654435769u) >> 4; /* Knuth's multiplicative hash */
    for (size_t i = 0; i < HAZARD_GRID_PROBES; i++) {
        cosmo_hazard_cell *slot = &slots[(first + i) & (capacity - 1)];
        if (slot->place == 0) slot->place = place;
        if (slot->place == place) return slot;
    }
    return NULL;
}

/* Put hits of one cell together, in the order in which the cells appear. Returns how many cells there are. */
static size_t hazard_grid_unite(cosmo_hazard_hit *hits, size_t n)
{
    size_t cells = 0;
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < cells && hits[k].place != hits[i].place) k++;
        if (k == cells)
            hits[cells++] = hits[i];
        else
            for (int t = 0; t < COSMO_HAZARD_TARGETS; t++) hits[k].exponent[t] += hits[i].exponent[t];
    }
    return cells;
}

size_t cosmo_hazard_grid_add(cosmo_hazard_cell *slots, size_t capacity, cosmo_hazard_hit *hits, size_t n, double weight)
{
    size_t lost = 0;
    const size_t cells = hazard_grid_unite(hits, n);
    for (size_t i = 0; i < cells; i++) {
        cosmo_hazard_cell *slot = hazard_grid_slot(slots, capacity, hits[i].place);
        if (slot == NULL) {
            lost++;
            continue;
        }
        for (int t = 0; t < COSMO_HAZARD_TARGETS; t++)
            slot->probability[t] += weight * cosmo_hazard_grid_probability(hits[i].exponent[t]);
    }
    return lost;
}

size_t cosmo_hazard_grid_merge(cosmo_hazard_cell *slots, size_t capacity, const cosmo_hazard_cell *from, size_t n_from,
                               double scale)
{
    size_t lost = 0;
    for (size_t i = 0; i < n_from; i++) {
        if (from[i].place == 0) continue;
        cosmo_hazard_cell *slot = hazard_grid_slot(slots, capacity, from[i].place);
        if (slot == NULL) {
            lost++;
            continue;
        }
        for (int t = 0; t < COSMO_HAZARD_TARGETS; t++) slot->probability[t] += scale * from[i].probability[t];
    }
    return lost;
}

static int hazard_grid_order(const void *a, const void *b)
{
    const uint32_t x = ((const cosmo_hazard_cell *)a)->place, y = ((const cosmo_hazard_cell *)b)->place;
    return x < y ? -1 : x > y;
}

cosmo_status cosmo_hazard_grid_sort(const cosmo_hazard_cell *slots, size_t capacity, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_hazard_grid *grid)
{
    size_t n = 0;
    for (size_t i = 0; i < capacity; i++) n += slots[i].place != 0;
    cosmo_hazard_cell *cells = cosmo_arena_array(arena, n + 1, sizeof *cells);
    COSMO_NEED(cells, run);
    grid->cells = cells;
    grid->n = n;
    for (size_t i = 0, k = 0; i < capacity; i++) {
        if (slots[i].place == 0) continue;
        cells[k] = slots[i];
        for (int t = 0; t < COSMO_HAZARD_TARGETS; t++) cells[k].probability[t] = fmin(cells[k].probability[t], 1.0);
        k++;
    }
    qsort(cells, n, sizeof *cells, hazard_grid_order);
    return COSMO_OK;
}

const cosmo_hazard_cell *cosmo_hazard_grid_find(const cosmo_hazard_grid *grid, uint32_t place)
{
    size_t low = 0, high = grid->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (grid->cells[middle].place < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < grid->n && grid->cells[low].place == place ? &grid->cells[low] : NULL;
}
