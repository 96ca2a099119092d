/* The corridor of a launch: ground that failures of any time may harm, on a raster about the pad. */
#include "study/toxics_parts.h"

#include <math.h>

enum { TOXICS_CORRIDOR_POINTS = 360, TOXICS_CORRIDOR_MARGIN = 4 };
static const double TOXICS_CORRIDOR_DEG = 180.0 / 3.14159265358979323846;

typedef struct toxics_corridor {
    const cosmo_toxics_fall *falls;
    size_t n;
    cosmo_geodetic pad;
    double level;
    cosmo_contour_raster raster;
    double *worst, *sum; /* of all falls: largest probability; probability of harm a launch */
} toxics_corridor;

/* Radius of the outermost ring in which anybody was harmed; 0: none. */
static double toxics_corridor_reach(const cosmo_toxics_fall *fall)
{
    const cosmo_plume_mesh *mesh = &fall->toxics->accident.mesh;
    for (size_t i = cosmo_mesh_cells(mesh); i-- > 0;)
        if (fall->harm[i] > 0.0F) {
            const size_t ring = i / mesh->sectors;
            return cosmo_mesh_outer_m(mesh, ring + 1 < mesh->rings ? ring + 1 : ring);
        }
    return 0.0;
}

/* The raster that holds all that any fall reaches. False where nothing is reached. */
static bool toxics_corridor_frame(toxics_corridor *c)
{
    double west = INFINITY, east = -INFINITY, south = INFINITY, north = -INFINITY;
    for (size_t i = 0; i < c->n; i++) {
        double x, y;
        const double reach = toxics_corridor_reach(&c->falls[i]);
        if (reach == 0.0) continue;
        cosmo_toxics_ground_offset(c->pad, c->falls[i].toxics->origin, &x, &y);
        west = fmin(west, x - reach);
        east = fmax(east, x + reach);
        south = fmin(south, y - reach);
        north = fmax(north, y + reach);
    }
    if (!(west < east)) return false;
    const double step = fmax(east - west, north - south) / (TOXICS_CORRIDOR_POINTS - 1);
    const size_t around = 2 * TOXICS_CORRIDOR_MARGIN + 1;
    c->raster = (cosmo_contour_raster){.columns = (size_t)ceil((east - west) / step) + around,
                                       .rows = (size_t)ceil((north - south) / step) + around,
                                       .west_m = west - TOXICS_CORRIDOR_MARGIN * step,
                                       .south_m = south - TOXICS_CORRIDOR_MARGIN * step,
                                       .step_m = step};
    return true;
}

static cosmo_geodetic toxics_corridor_place(const toxics_corridor *c, size_t point)
{
    const cosmo_contour_raster *r = &c->raster;
    return cosmo_toxics_ground_place(c->pad, r->west_m + r->step_m * (double)(point % r->columns),
                                     r->south_m + r->step_m * (double)(point / r->columns));
}

/* A cell between the points of the raster is not to be lost: its value goes to the points around its middle. */
static void toxics_corridor_mark(toxics_corridor *c, const cosmo_toxics_fall *fall)
{
    const cosmo_plume_mesh *mesh = &fall->toxics->accident.mesh;
    for (size_t cell = 0; cell < cosmo_mesh_cells(mesh); cell++) {
        double east, north;
        if (!((double)fall->harm[cell] >= c->level)) continue;
        cosmo_mesh_middle(mesh, cell, &east, &north);
        const cosmo_geodetic place = cosmo_toxics_ground_place(fall->toxics->origin, east, north);
        cosmo_toxics_ground_offset(c->pad, place, &east, &north);
        const size_t column = (size_t)((east - c->raster.west_m) / c->raster.step_m),
                     row = (size_t)((north - c->raster.south_m) / c->raster.step_m);
        for (size_t i = 0; i < 4; i++) {
            double *value = &c->worst[(row + i / 2) * c->raster.columns + column + i % 2];
            *value = fmax(*value, (double)fall->harm[cell]);
        }
    }
}

static void toxics_corridor_add(toxics_corridor *c, const cosmo_toxics_fall *fall)
{
    const cosmo_contour_raster *r = &c->raster;
    const double reach = toxics_corridor_reach(fall) * 1.01 + r->step_m;
    double x, y;
    cosmo_toxics_ground_offset(c->pad, fall->toxics->origin, &x, &y);
    for (size_t i = 0; i < r->columns * r->rows; i++) {
        double east = r->west_m + r->step_m * (double)(i % r->columns) - x,
               north = r->south_m + r->step_m * (double)(i / r->columns) - y;
        if (fabs(east) > reach || fabs(north) > reach) continue;
        cosmo_toxics_ground_offset(fall->toxics->origin, toxics_corridor_place(c, i), &east, &north);
        const double p = cosmo_mesh_value(&fall->toxics->accident.mesh, fall->harm, east, north);
        c->worst[i] = fmax(c->worst[i], p);
        c->sum[i] += fall->probability * p;
    }
    toxics_corridor_mark(c, fall);
}

/* The largest of each point and its neighbours: what lies between points lies inside. */
static void toxics_corridor_widen(const toxics_corridor *c, double *values)
{
    const size_t columns = c->raster.columns;
    for (size_t row = 1; row + 1 < c->raster.rows; row++)
        for (size_t column = 1; column + 1 < columns; column++)
            for (size_t k = 0; k < 9; k++) {
                double *value = &values[row * columns + column];
                *value = fmax(*value, c->worst[(row + k / 3 - 1) * columns + column + k % 3 - 1]);
            }
}

/* The probability of harm a launch at a place: of one fall its cell's, of the others what their fields say there. */
static double toxics_corridor_at(const toxics_corridor *c, size_t own, size_t cell, cosmo_geodetic place)
{
    double sum = c->falls[own].probability * (double)c->falls[own].harm[cell];
    for (size_t i = 0; i < c->n; i++) {
        double east, north;
        if (i == own) continue;
        cosmo_toxics_ground_offset(c->falls[i].toxics->origin, place, &east, &north);
        sum += c->falls[i].probability *
               cosmo_mesh_value(&c->falls[i].toxics->accident.mesh, c->falls[i].harm, east, north);
    }
    return sum;
}

/* The worst place may lie between the points of the raster: near a fall cells are smaller. */
static void toxics_corridor_worst(const toxics_corridor *c, size_t own, cosmo_toxics_sweep *sweep)
{
    const cosmo_toxics *t = c->falls[own].toxics;
    const cosmo_accident *a = &t->accident;
    for (size_t cell = 0; cell < cosmo_mesh_cells(&a->mesh); cell++) {
        const bool left = a->evacuated != NULL && !(a->evacuated[cell] < 1.0F);
        if (!(c->falls[own].harm[cell] > 0.0F && a->people[cell] > 0.0F) || left) continue;
        double east, north;
        cosmo_mesh_middle(&a->mesh, cell, &east, &north);
        const cosmo_geodetic place = cosmo_toxics_ground_place(t->origin, east, north);
        const double p = toxics_corridor_at(c, own, cell, place);
        if (!(p > sweep->individual)) continue;
        sweep->individual = p;
        sweep->individual_place = place;
    }
}

static void toxics_corridor_count(const toxics_corridor *c, cosmo_toxics_sweep *sweep)
{
    const cosmo_toxics *t = c->falls[0].toxics;
    cosmo_toxics_corridor *corridor = &sweep->corridor;
    const double area = c->raster.step_m * c->raster.step_m;
    for (size_t i = 0; i < c->raster.columns * c->raster.rows; i++) {
        const bool inside = corridor->raster.values[i] >= c->level;
        if (!inside && !(c->sum[i] > 0.0)) continue;
        const cosmo_geodetic place = toxics_corridor_place(c, i);
        const double people = area * cosmo_population_density(t->population, place.latitude_rad, place.longitude_rad);
        const bool left = people > 0.0 && cosmo_toxics_evacuated_holds(t, place);
        corridor->area_m2 += inside ? area : 0.0;
        corridor->people += inside ? people : 0.0;
        corridor->people_evacuated += inside && left ? people : 0.0;
        if (left || !(people > 0.0) || !(c->sum[i] > sweep->individual)) continue;
        sweep->individual = c->sum[i];
        sweep->individual_place = place;
    }
}

cosmo_status cosmo_toxics_corridor_make(const cosmo_toxics_fall *falls, size_t n, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_toxics_sweep *sweep)
{
    const cosmo_toxics *t = falls[0].toxics;
    toxics_corridor c = {.falls = falls,
                         .n = n,
                         .pad = {t->mission->pad->latitude_rad, t->mission->pad->longitude_rad, 0.0},
                         .level = t->release.launch.corridor};
    sweep->corridor = (cosmo_toxics_corridor){.pad = c.pad};
    sweep->individual = 0.0;
    sweep->individual_place = c.pad;
    if (!toxics_corridor_frame(&c)) return COSMO_OK;
    const size_t points = c.raster.columns * c.raster.rows;
    double *values = cosmo_arena_array(arena, points, sizeof *values);
    c.worst = cosmo_arena_array(arena, points, sizeof *c.worst);
    c.sum = cosmo_arena_array(arena, points, sizeof *c.sum);
    COSMO_NEED(values, run);
    COSMO_NEED(c.worst, run);
    COSMO_NEED(c.sum, run);
    for (size_t i = 0; i < n; i++) toxics_corridor_add(&c, &falls[i]);
    toxics_corridor_widen(&c, values);
    sweep->corridor.raster = c.raster;
    sweep->corridor.raster.values = values;
    toxics_corridor_count(&c, sweep);
    for (size_t i = 0; i < n; i++) toxics_corridor_worst(&c, i, sweep);
    return cosmo_contour_trace(&sweep->corridor.raster, c.level, arena, run, &sweep->corridor.rings);
}

static cosmo_status toxics_corridor_shape(const cosmo_toxics_corridor *c, size_t number, cosmo_arena *arena,
                                          cosmo_run *run, cosmo_shape *shape)
{
    const cosmo_contour_ring *ring = (const cosmo_contour_ring *)c->rings.items + number;
    double *lon = cosmo_arena_array(arena, ring->n, sizeof *lon), *lat = cosmo_arena_array(arena, ring->n, sizeof *lat);
    const char *id = cosmo_arena_print(arena, "corridor-%zu", number + 1);
    COSMO_NEED(lon, run);
    COSMO_NEED(lat, run);
    COSMO_NEED(id, run);
    for (size_t i = 0; i < ring->n; i++) {
        const cosmo_geodetic place = cosmo_toxics_ground_place(c->pad, ring->east_m[i], ring->north_m[i]);
        lon[i] = place.longitude_rad * TOXICS_CORRIDOR_DEG;
        lat[i] = place.latitude_rad * TOXICS_CORRIDOR_DEG;
    }
    *shape = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                           .id = id,
                           .name = "corridor to evacuate",
                           .note = "some failure and weather passes a harmful level here with the stated probability",
                           .role = "level-1",
                           .n = ring->n,
                           .lon_deg = lon,
                           .lat_deg = lat};
    return COSMO_OK;
}

cosmo_status cosmo_toxics_corridor_layer(const cosmo_toxics_corridor *corridor, cosmo_arena *arena, cosmo_run *run,
                                         cosmo_layer *layer)
{
    cosmo_shape *shapes = cosmo_arena_array(arena, corridor->rings.n + 1, sizeof *shapes);
    COSMO_NEED(shapes, run);
    for (size_t i = 0; i < corridor->rings.n; i++)
        COSMO_TRY(toxics_corridor_shape(corridor, i, arena, run, &shapes[i]));
    *layer = (cosmo_layer){"corridor", "corridor to evacuate", corridor->rings.n, shapes};
    return COSMO_OK;
}
