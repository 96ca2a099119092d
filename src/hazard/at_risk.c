/* Who is at risk: the person, the settlements and the countries that are worst off, from the grid of probabilities. */
#include "hazard/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AT_RISK_SIDE = 5 }; /* a cell is asked at 5 x 5 points */
static const double AT_RISK_SIDE_RAD = 3.14159265358979323846 / 180.0 / COSMO_HAZARD_CELLS_A_DEGREE;
static const double AT_RISK_CELL_REACH_M = 4e3; /* from the middle of a cell to its corners, and more */
static const double AT_RISK_REACH_M = 50e3;     /* farther from any settlement it is open country */

/* A cell's part that is not cleared, and the people per square metre there. */
typedef struct at_risk_cell {
    double share, people_m2;
} at_risk_cell;

static double at_risk_from_pad_m(const at_risk_ground *ground, cosmo_geodetic at)
{
    double distance, azimuth;
    cosmo_geodesic_between(ground->pad, at, &distance, &azimuth);
    return distance;
}

static at_risk_cell at_risk_ask(const at_risk_ground *ground, cosmo_geodetic middle)
{
    int open = 0;
    double people_m2 = 0.0;
    const bool near = at_risk_from_pad_m(ground, middle) < ground->clear_distance_m + AT_RISK_CELL_REACH_M;
    for (int i = 0; i < AT_RISK_SIDE * AT_RISK_SIDE; i++) {
        const double north = i / AT_RISK_SIDE - 0.5 * (AT_RISK_SIDE - 1),
                     east = i % AT_RISK_SIDE - 0.5 * (AT_RISK_SIDE - 1);
        const cosmo_geodetic at = {middle.latitude_rad + AT_RISK_SIDE_RAD * north / AT_RISK_SIDE,
                                   middle.longitude_rad + AT_RISK_SIDE_RAD * east / AT_RISK_SIDE, 0.0};
        if (near && at_risk_from_pad_m(ground, at) < ground->clear_distance_m) continue;
        open++;
        people_m2 += ground->people->density_m2(ground->people->user, at.latitude_rad, at.longitude_rad);
    }
    return (at_risk_cell){(double)open / (AT_RISK_SIDE * AT_RISK_SIDE), open > 0 ? people_m2 / open : 0.0};
}

/* ---- settlements ------------------------------------------------------------------------------------------------- */

typedef struct at_risk_job {
    const at_risk_ground *ground;
    const cosmo_settlements *index;
    cosmo_risk_settlement *all; /* one a place of the map, filled in its turn; place NULL: nothing yet */
    double sum;
} at_risk_job;

static void at_risk_country(at_risk_job *job, cosmo_geodetic middle, double value, cosmo_risk *risk)
{
    const cosmo_map *map = job->ground->map;
    const char *code = map != NULL ? cosmo_map_country(map, middle.latitude_rad, middle.longitude_rad) : NULL;
    if (code == NULL) code = "-";
    size_t i = 0;
    while (i < risk->n_countries && strcmp(risk->by_country[i].name, code) != 0) i++;
    if (i == COSMO_RISK_COUNTRIES_MAX) return;
    if (i == risk->n_countries) risk->by_country[risk->n_countries++].name = code;
    risk->by_country[i].value += value;
}

static void at_risk_attribute(at_risk_job *job, cosmo_geodetic middle, double value, double probability)
{
    double distance = 0.0;
    const cosmo_map *map = job->ground->map;
    const cosmo_place *nearest =
        job->index != NULL ? cosmo_settlement_nearest(job->index, middle.latitude_rad, middle.longitude_rad, &distance)
                           : NULL;
    job->sum += value;
    if (nearest == NULL || distance > AT_RISK_REACH_M) return;
    cosmo_risk_settlement *s = &job->all[nearest - map->places];
    s->place = nearest;
    s->value += value;
    s->probability = fmax(s->probability, probability);
}

static int at_risk_order(const void *a, const void *b)
{
    const cosmo_risk_settlement *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? 1 : -1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static int at_risk_order_countries(const void *a, const void *b)
{
    const cosmo_risk_row *x = a, *y = b;
    if (x->value != y->value) return x->value < y->value ? 1 : -1;
    return strcmp(x->name, y->name);
}

/* The largest, scaled so that they and the open country add up to the total: a cell knows its mean density alone. */
static void at_risk_keep(at_risk_job *job, cosmo_risk *risk)
{
    const size_t n_places = job->ground->map != NULL ? job->ground->map->n_places : 0;
    const double scale = job->sum > 0.0 ? risk->total.value / job->sum : 0.0;
    size_t n = 0;
    for (size_t i = 0; i < n_places; i++)
        if (job->all[i].value > 0.0) job->all[n++] = job->all[i];
    if (n > 1) qsort(job->all, n, sizeof *job->all, at_risk_order);
    double kept = 0.0;
    for (size_t i = 0; i < n && i < COSMO_RISK_SETTLEMENTS_MAX; i++) {
        risk->by_settlement[i] = job->all[i];
        risk->by_settlement[i].value *= scale;
        kept += risk->by_settlement[risk->n_settlements++].value;
    }
    for (size_t i = 0; i < risk->n_countries; i++) risk->by_country[i].value *= scale;
    if (risk->n_countries > 1)
        qsort(risk->by_country, risk->n_countries, sizeof *risk->by_country, at_risk_order_countries);
    risk->open_country = (cosmo_risk_row){"elsewhere", fmax(risk->total.value - kept, 0.0), 0.0};
}

cosmo_status cosmo_at_risk_find(const at_risk_ground *ground, cosmo_arena *arena, cosmo_run *run, cosmo_risk *risk)
{
    at_risk_job job = {.ground = ground};
    if (ground->map != NULL && ground->map->n_places > 0) {
        COSMO_TRY(cosmo_settlement_index(ground->map, arena, run, &job.index));
        job.all = cosmo_arena_array(arena, ground->map->n_places, sizeof *job.all);
        COSMO_NEED(job.all, run);
    }
    for (size_t i = 0; i < risk->grid.n; i++) {
        const cosmo_hazard_cell *cell = &risk->grid.cells[i];
        const double p = cell->probability[COSMO_HAZARD_PUBLIC];
        if (!(p > 0.0)) continue;
        const cosmo_geodetic middle = cosmo_hazard_grid_middle(cell->place);
        const at_risk_cell here = at_risk_ask(ground, middle);
        if (!(here.people_m2 > 0.0)) continue;
        /* all of it falls on the part of the cell that is not cleared */
        const double each = fmin(p / here.share, 1.0);
        const double value = p * cosmo_hazard_grid_area_m2(cell->place) * here.people_m2;
        at_risk_attribute(&job, middle, value, each);
        at_risk_country(&job, middle, value, risk);
        if (each <= risk->max_individual_probability) continue;
        risk->max_individual_probability = each;
        risk->max_individual_place = middle;
    }
    at_risk_keep(&job, risk);
    return COSMO_OK;
}
