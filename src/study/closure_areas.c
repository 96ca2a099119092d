/* The areas that must be clear at a launch. */
#include "study/closures.h"

#include <math.h>
#include <string.h>

enum { CLOSURE_AREAS_POINTS = 72 };
static const double CLOSURE_AREAS_RASTER = 1e4;   /* a degree */
static const double CLOSURE_AREAS_PLANNED = 0.97; /* share of planned debris; 14 CFR 450.133(b)(1) */

/* What a layer of the hazard areas is to those who close it. */
typedef struct closure_areas_kind {
    const char *layer, *kind, *rule;
    bool people, ships, aircraft;
} closure_areas_kind;
static const closure_areas_kind CLOSURE_AREAS_KINDS[] = {
    {"individual-1e-6", "individual risk area", "14 CFR 450.101(a)(2)(i); aboard ships 450.133(b)(2)", true, true,
     false},
    {"ship-1e-5", "ship hazard area", "14 CFR 450.133(b)(2)", false, true, false},
    {"aircraft-1e-6", "aircraft hazard area", "14 CFR 450.101(a)(3)", false, false, true},
};
enum { CLOSURE_AREAS_N_KINDS = sizeof CLOSURE_AREAS_KINDS / sizeof CLOSURE_AREAS_KINDS[0] };

typedef struct closure_areas_list {
    const cosmo_closure_times *times;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_closure_area *items;
    size_t n;
} closure_areas_list;

static double closure_areas_until(const closure_areas_list *list, const cosmo_closure_area *area)
{
    const cosmo_closure_box box = cosmo_closure_times_box(area->n, area->lon_deg, area->lat_deg);
    return cosmo_closure_times_last_s(list->times, &box);
}

/* Give the next area an ellipse of FULL axes about a centre. */
static cosmo_status closure_areas_ellipse(closure_areas_list *list, cosmo_geodetic centre, double major_m,
                                          double minor_m, double azimuth_rad, cosmo_closure_area area, double last_s)
{
    double *lon = cosmo_arena_array(list->arena, CLOSURE_AREAS_POINTS + 1, sizeof *lon);
    double *lat = cosmo_arena_array(list->arena, CLOSURE_AREAS_POINTS + 1, sizeof *lat);
    COSMO_NEED(lon, list->run);
    COSMO_NEED(lat, list->run);
    COSMO_NEED(area.id, list->run);
    cosmo_geodesic_ellipse(centre, major_m, minor_m, azimuth_rad, CLOSURE_AREAS_POINTS, lon, lat);
    for (size_t i = 0; i <= CLOSURE_AREAS_POINTS; i++) {
        lon[i] = floor(lon[i] * CLOSURE_AREAS_RASTER + 0.5) / CLOSURE_AREAS_RASTER;
        lat[i] = floor(lat[i] * CLOSURE_AREAS_RASTER + 0.5) / CLOSURE_AREAS_RASTER;
    }
    area.level = area.most = NAN;
    area.n = CLOSURE_AREAS_POINTS + 1;
    area.lon_deg = lon;
    area.lat_deg = lat;
    area.last_s = fmax(closure_areas_until(list, &area), last_s);
    list->items[list->n++] = area;
    return COSMO_OK;
}

/* Where one body comes down, as computed and as declared. */
static cosmo_status closure_areas_drop(closure_areas_list *list, const cosmo_scatter_body *b)
{
    double major, minor, azimuth;
    if (b->n < 2) return COSMO_OK;
    cosmo_scatter_ellipse(b->covariance_m2, CLOSURE_AREAS_PLANNED, &major, &minor, &azimuth);
    const cosmo_closure_area computed = {.id = cosmo_arena_print(list->arena, "drop-%s", b->body),
                                         .kind = "drop zone",
                                         .rule = "14 CFR 450.133(b)(1)",
                                         .body = b->body,
                                         .remark = "the ellipse that holds 97 % of the impacts of dispersed flights",
                                         .people = true,
                                         .ships = true,
                                         .aircraft = true};
    COSMO_TRY(closure_areas_ellipse(list, b->center, 2.0 * major, 2.0 * minor, azimuth, computed, b->t_last_s));
    const cosmo_zone *zone = b->zone;
    if (zone == NULL || !isfinite(zone->axis_major_m) || !isfinite(zone->axis_minor_m)) return COSMO_OK;
    const bool published = zone->position == COSMO_POSITION_PUBLISHED;
    cosmo_closure_area declared = computed;
    declared.id = cosmo_arena_print(list->arena, "declared-%s", b->body);
    declared.kind = "declared drop zone";
    declared.rule = cosmo_arena_print(list->arena, "zone %s, set aside for drops", zone->id);
    declared.remark = published ? NULL : "where its centre lies is an estimate";
    COSMO_NEED(declared.rule, list->run);
    return closure_areas_ellipse(list, (cosmo_geodetic){zone->latitude_rad, zone->longitude_rad, 0.0},
                                 zone->axis_major_m, zone->axis_minor_m, zone->orientation_rad, declared, b->t_last_s);
}

static double closure_areas_property(const cosmo_shape *shape, const char *key)
{
    for (size_t i = 0; i < shape->n_properties; i++)
        if (strcmp(shape->properties[i].key, key) == 0) return shape->properties[i].number;
    return NAN;
}

static void closure_areas_layer(closure_areas_list *list, const closure_areas_kind *kind, const cosmo_layer *layer)
{
    for (size_t i = 0; i < layer->n; i++) {
        const cosmo_shape *shape = &layer->shapes[i];
        cosmo_closure_area *area = &list->items[list->n++];
        *area = (cosmo_closure_area){.id = shape->id,
                                     .kind = kind->kind,
                                     .rule = kind->rule,
                                     .people = kind->people,
                                     .ships = kind->ships,
                                     .aircraft = kind->aircraft,
                                     .level = closure_areas_property(shape, "level"),
                                     .most = closure_areas_property(shape, "largest_probability"),
                                     .n = shape->n,
                                     .lon_deg = shape->lon_deg,
                                     .lat_deg = shape->lat_deg};
        area->last_s = closure_areas_until(list, area);
    }
}

static cosmo_status closure_areas_pad(closure_areas_list *list, const cosmo_mission *mission)
{
    const double radius = mission->risk.clear_distance_m;
    if (!(radius > 0.0)) return COSMO_OK;
    const cosmo_closure_area area = {.id = "pad",
                                     .kind = "cleared circle",
                                     .rule = "risk.clear_distance of the mission",
                                     .remark = "the figures of the risk rest on nobody being inside",
                                     .people = true};
    return closure_areas_ellipse(list, cosmo_mission_flight(mission).pad, 2.0 * radius, 2.0 * radius, 0.0, area, 0.0);
}

cosmo_status cosmo_closure_areas_make(const cosmo_risk_case *r, const cosmo_closure_times *times, cosmo_arena *arena,
                                      cosmo_run *run, cosmo_list *areas)
{
    cosmo_list layers;
    COSMO_TRY(cosmo_risk_places_layers(r, arena, run, &layers));
    const cosmo_layer *all = layers.items;
    size_t room = 2 * r->scatter.n_bodies + 1;
    for (size_t i = 0; i < layers.n; i++) room += all[i].n;
    closure_areas_list list = {times, arena, run, cosmo_arena_array(arena, room, sizeof *list.items), 0};
    COSMO_NEED(list.items, run);
    COSMO_TRY(closure_areas_pad(&list, r->flown.mission));
    for (size_t i = 0; i < r->scatter.n_bodies; i++) COSMO_TRY(closure_areas_drop(&list, &r->scatter.bodies[i]));
    for (size_t k = 0; k < CLOSURE_AREAS_N_KINDS; k++)
        for (size_t i = 0; i < layers.n; i++)
            if (strcmp(all[i].id, CLOSURE_AREAS_KINDS[k].layer) == 0)
                closure_areas_layer(&list, &CLOSURE_AREAS_KINDS[k], &all[i]);
    *areas = (cosmo_list){list.n, list.items};
    return COSMO_OK;
}

bool cosmo_closure_areas_hold(const cosmo_closure_area *area, double lon_deg, double lat_deg)
{
    const double *x = area->lon_deg, *y = area->lat_deg;
    const double turns = floor((x[0] - lon_deg + 180.0) / 360.0), lon = lon_deg + 360.0 * turns;
    bool inside = false;
    for (size_t i = 1; i < area->n; i++)
        if ((y[i] > lat_deg) != (y[i - 1] > lat_deg) &&
            lon < (x[i - 1] - x[i]) * (lat_deg - y[i]) / (y[i - 1] - y[i]) + x[i])
            inside = !inside;
    return inside;
}
