/* Which settlement is nearest: the places of a map in cells of one degree. */
#include "core/real.h"
#include "cosmodrome/earth.h"

#include <math.h>

static const double SETTLEMENT_DEGREE = 0.017453292519943295769236907684886;
enum { SETTLEMENT_ROWS = 180, SETTLEMENT_COLUMNS = 360, SETTLEMENT_CELLS = SETTLEMENT_ROWS * SETTLEMENT_COLUMNS };

struct cosmo_settlements {
    const cosmo_map *map;
    uint32_t *start; /* SETTLEMENT_CELLS + 1: where each cell's places begin in `order` */
    uint32_t *order; /* indices of places, cell by cell */
};

static size_t settlement_row(double latitude_deg)
{
    return (size_t)fmin(fmax(floor(latitude_deg + 90.0), 0.0), SETTLEMENT_ROWS - 1.0);
}

static size_t settlement_column(double longitude_deg)
{
    const double turns = (longitude_deg + 180.0) / 360.0;
    return (size_t)((turns - floor(turns)) * SETTLEMENT_COLUMNS) % SETTLEMENT_COLUMNS;
}

static size_t settlement_cell(const cosmo_place *place)
{
    return settlement_row(place->latitude_deg) * SETTLEMENT_COLUMNS + settlement_column(place->longitude_deg);
}

cosmo_status cosmo_settlement_index(const cosmo_map *map, cosmo_arena *arena, cosmo_run *run,
                                    const cosmo_settlements **index)
{
    cosmo_settlements *made = cosmo_arena_alloc(arena, sizeof *made);
    COSMO_NEED(made, run);
    made->map = map;
    made->start = cosmo_arena_array(arena, SETTLEMENT_CELLS + 1, sizeof *made->start);
    made->order = cosmo_arena_array(arena, map->n_places + 1, sizeof *made->order);
    COSMO_NEED(made->start, run);
    COSMO_NEED(made->order, run);
    /* counted, summed up to each cell's end, and filled from the end: every start is where it belongs */
    for (size_t i = 0; i < map->n_places; i++) made->start[settlement_cell(&map->places[i])]++;
    for (size_t cell = 1; cell <= SETTLEMENT_CELLS; cell++) made->start[cell] += made->start[cell - 1];
    for (size_t i = map->n_places; i-- > 0;) made->order[--made->start[settlement_cell(&map->places[i])]] = (uint32_t)i;
    *index = made;
    return COSMO_OK;
}

typedef struct settlement_search {
    cosmo_geodetic from;
    const cosmo_place *best;
    double best_m;
} settlement_search;

static void settlement_look(const cosmo_settlements *index, size_t cell, settlement_search *search)
{
    for (uint32_t i = index->start[cell]; i < index->start[cell + 1]; i++) {
        const cosmo_place *place = &index->map->places[index->order[i]];
        const cosmo_geodetic there = {place->latitude_deg * SETTLEMENT_DEGREE, place->longitude_deg * SETTLEMENT_DEGREE,
                                      0.0};
        const double distance = cosmo_sphere_between(search->from, there);
        if (distance >= search->best_m) continue;
        search->best = place;
        search->best_m = distance;
    }
}

/* The cells of a row from the nearest outwards, until none can hold a nearer place. */
static void settlement_look_row(const cosmo_settlements *index, size_t row, settlement_search *search)
{
    const double south = (double)row - 90.0, lat = search->from.latitude_rad / SETTLEMENT_DEGREE;
    const double gap = fmax(fmax(south - lat, lat - south - 1.0), 0.0) * SETTLEMENT_DEGREE;
    if (gap * COSMO_EARTH_ROUND_RADIUS > search->best_m) return;
    const size_t middle = settlement_column(search->from.longitude_rad / SETTLEMENT_DEGREE);
    const double widest = fmax(fabs(south), fabs(south + 1.0)) * SETTLEMENT_DEGREE;
    const double narrow = fmin(cosmo_real_cos(search->from.latitude_rad), fmax(cosmo_real_cos(widest), 0.0));
    for (size_t away = 0; away <= SETTLEMENT_COLUMNS / 2; away++) {
        /* two places `turn` apart in longitude: sin(distance / 2) is at least sin(turn / 2) times the smaller cosine */
        const double turn = fmax((double)away - 1.0, 0.0) * SETTLEMENT_DEGREE;
        const double least = 2.0 * cosmo_real_sin(0.5 * turn) * narrow * COSMO_EARTH_ROUND_RADIUS;
        if (least > search->best_m) return;
        settlement_look(index, row * SETTLEMENT_COLUMNS + (middle + away) % SETTLEMENT_COLUMNS, search);
        if (away > 0 && away < SETTLEMENT_COLUMNS / 2)
            settlement_look(index, row * SETTLEMENT_COLUMNS + (middle + SETTLEMENT_COLUMNS - away) % SETTLEMENT_COLUMNS,
                            search);
    }
}

const cosmo_place *cosmo_settlement_nearest(const cosmo_settlements *index, double latitude_rad, double longitude_rad,
                                            double *distance_m)
{
    settlement_search search = {{latitude_rad, longitude_rad, 0.0}, NULL, (double)INFINITY};
    if (index != NULL && isfinite(latitude_rad) && isfinite(longitude_rad)) {
        const size_t row = settlement_row(latitude_rad / SETTLEMENT_DEGREE);
        for (size_t away = 0; away < SETTLEMENT_ROWS; away++) {
            if (row + away < SETTLEMENT_ROWS) settlement_look_row(index, row + away, &search);
            if (away > 0 && row >= away) settlement_look_row(index, row - away, &search);
        }
    }
    if (distance_m != NULL) *distance_m = search.best_m;
    return search.best;
}
