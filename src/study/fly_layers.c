/* Map layers of a flown case. */
#include "study/fly_parts.h"

#include <math.h>
#include <string.h>

static const double FLY_LAYERS_DEGREES = 180.0 / 3.14159265358979323846;
static const double FLY_LAYERS_NEAR_M = 100e3;        /* other zones this near to an impact are shown too */
static const double FLY_LAYERS_UNSIZED_AXIS_M = 60e3; /* a circle for zones of unknown size, as targeting takes them */
enum { FLY_LAYERS_N = 6, FLY_LAYERS_RING = 72 };

static double fly_layers_degrees(double angle_rad)
{
    return angle_rad * FLY_LAYERS_DEGREES;
}

static const cosmo_property *fly_layers_properties(cosmo_arena *arena, size_t n, const cosmo_property *from)
{
    cosmo_property *copy = cosmo_arena_array(arena, n, sizeof *copy);
    if (copy != NULL) memcpy(copy, from, n * sizeof *copy);
    return copy;
}

/* ---- lines ---------------------------------------------------------------------------------------------------------
 */

typedef enum fly_layers_kind { FLY_LAYERS_TRACK, FLY_LAYERS_VACUUM, FLY_LAYERS_DRAG } fly_layers_kind;

static bool fly_layers_has(const cosmo_sample *s, fly_layers_kind kind)
{
    if (kind == FLY_LAYERS_VACUUM) return s->iip.kind == COSMO_IIP_IMPACT;
    return kind == FLY_LAYERS_TRACK || s->iip_drag_valid;
}

static cosmo_geodetic fly_layers_place(const cosmo_sample *s, fly_layers_kind kind)
{
    return kind == FLY_LAYERS_TRACK ? s->place : kind == FLY_LAYERS_VACUUM ? s->iip.place : s->iip_drag;
}

/* The samples [first, last) as a line over time; `shape` has its words already. */
static bool fly_layers_line(const cosmo_sample *samples, size_t first, size_t last, fly_layers_kind kind,
                            cosmo_arena *arena, cosmo_shape *shape)
{
    const size_t room = last - first + 1;
    double *lon = cosmo_arena_array(arena, room, sizeof *lon), *lat = cosmo_arena_array(arena, room, sizeof *lat);
    double *altitude = cosmo_arena_array(arena, room, sizeof *altitude), *t = cosmo_arena_array(arena, room, sizeof *t);
    if (lon == NULL || lat == NULL || altitude == NULL || t == NULL) return false;
    size_t n = 0;
    for (size_t i = first; i < last; i++) {
        const cosmo_sample *s = &samples[i];
        /* an event's own sample may repeat its neighbour's time; a line over time must ascend */
        if (!fly_layers_has(s, kind) || (n > 0 && s->state.t_s <= t[n - 1])) continue;
        const cosmo_geodetic at = fly_layers_place(s, kind);
        lon[n] = fly_layers_degrees(at.longitude_rad);
        lat[n] = fly_layers_degrees(at.latitude_rad);
        altitude[n] = at.altitude_m;
        t[n++] = s->state.t_s;
    }
    shape->kind = COSMO_SHAPE_LINE;
    shape->n = n;
    shape->lon_deg = lon;
    shape->lat_deg = lat;
    shape->altitude_m = kind == FLY_LAYERS_TRACK ? altitude : NULL;
    shape->t_s = t;
    return true;
}

static bool fly_layers_track(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer)
{
    const cosmo_trajectory *t = &flown->ascent.trajectory;
    const size_t ascent = cosmo_fly_charts_samples(flown);
    cosmo_shape *shapes = cosmo_arena_array(arena, 2, sizeof *shapes);
    if (shapes == NULL) return false;
    shapes[0] = (cosmo_shape){.id = "track", .name = "Ground track", .role = "track"};
    shapes[1] = (cosmo_shape){.id = "orbit", .name = "Ground track in orbit", .role = "orbit"};
    if (!fly_layers_line(t->samples, 0, ascent, FLY_LAYERS_TRACK, arena, &shapes[0])) return false;
    const size_t from = ascent > 0 ? ascent - 1 : 0;
    if (!fly_layers_line(t->samples, from, t->n, FLY_LAYERS_TRACK, arena, &shapes[1])) return false;
    *layer = (cosmo_layer){"track", "Ground track", shapes[1].n > 1 ? 2 : 1, shapes};
    return true;
}

static bool fly_layers_iip(const cosmo_case *flown, fly_layers_kind kind, cosmo_arena *arena, cosmo_layer *layer)
{
    static const char *const ids[] = {NULL, "iip", "iip-drag"};
    static const char *const names[] = {NULL, "Instantaneous impact point, vacuum",
                                        "Instantaneous impact point, with drag"};
    cosmo_shape *shape = cosmo_arena_alloc(arena, sizeof *shape);
    if (shape == NULL) return false;
    *shape = (cosmo_shape){.id = ids[kind], .name = names[kind], .role = "iip", .estimate = kind == FLY_LAYERS_DRAG};
    if (!fly_layers_line(flown->ascent.trajectory.samples, 0, cosmo_fly_charts_samples(flown), kind, arena, shape))
        return false;
    *layer = (cosmo_layer){ids[kind], names[kind], shape->n > 1 ? 1 : 0, shape};
    return true;
}

/* ---- zones ---------------------------------------------------------------------------------------------------------
 */

/* The body that this zone is for in this mission, or NULL. */
static const char *fly_layers_zone_body(const cosmo_mission *mission, const cosmo_zone *zone)
{
    const cosmo_fall_wish *wishes = mission->falls.items;
    for (size_t i = 0; i < mission->falls.n; i++)
        if (wishes[i].zone != NULL && strcmp(wishes[i].zone, zone->id) == 0) return wishes[i].body;
    return NULL;
}

static bool fly_layers_zone_is_near(const cosmo_case *flown, const cosmo_zone *zone)
{
    const cosmo_geodetic centre = {zone->latitude_rad, zone->longitude_rad, 0.0};
    for (size_t i = 0; i < flown->ascent.impacts.n; i++) {
        double distance_m, azimuth_rad;
        cosmo_geodesic_between(centre, flown->ascent.impacts.items[i].impact.place, &distance_m, &azimuth_rad);
        if (distance_m < FLY_LAYERS_NEAR_M) return true;
    }
    return false;
}

static bool fly_layers_zone(const cosmo_zone *zone, const char *body, cosmo_arena *arena, cosmo_shape *shape)
{
    static const char *const bases[] = {"published", "estimate"};
    const bool sized = isfinite(zone->axis_major_m) && isfinite(zone->axis_minor_m);
    const double major = sized ? zone->axis_major_m : FLY_LAYERS_UNSIZED_AXIS_M;
    const double minor = sized ? zone->axis_minor_m : FLY_LAYERS_UNSIZED_AXIS_M;
    double *lon = cosmo_arena_array(arena, FLY_LAYERS_RING + 1, sizeof *lon);
    double *lat = cosmo_arena_array(arena, FLY_LAYERS_RING + 1, sizeof *lat);
    const char *size = sized ? cosmo_arena_print(arena, "%.0f x %.0f km", major / 1e3, minor / 1e3) : "size not known";
    const char *note = size != NULL ? cosmo_arena_print(arena, "%s%s%s, %s", body != NULL ? body : "",
                                                        body != NULL ? ", " : "", size, bases[zone->position])
                                    : NULL;
    const cosmo_property properties[] = {{"used_for", zone->used_for != NULL ? zone->used_for : "", 0.0},
                                         {"position", bases[zone->position], 0.0},
                                         {"axis_major_m", NULL, zone->axis_major_m},
                                         {"axis_minor_m", NULL, zone->axis_minor_m}};
    const cosmo_property *kept = fly_layers_properties(arena, 4, properties);
    if (lon == NULL || lat == NULL || note == NULL || kept == NULL) return false;
    const double turn = isfinite(zone->orientation_rad) ? zone->orientation_rad : 0.0;
    cosmo_geodesic_ellipse((cosmo_geodetic){zone->latitude_rad, zone->longitude_rad, 0.0}, major, minor, turn,
                           FLY_LAYERS_RING, lon, lat);
    *shape = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                           .id = zone->id,
                           .name = zone->id,
                           .note = note,
                           .role = body != NULL ? body : "zone",
                           .estimate = zone->position == COSMO_POSITION_ESTIMATE || !sized,
                           .n = FLY_LAYERS_RING + 1,
                           .lon_deg = lon,
                           .lat_deg = lat,
                           .n_properties = 4,
                           .properties = kept};
    return true;
}

static bool fly_layers_zones(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer)
{
    const cosmo_zone *zones = flown->mission->zones.items;
    cosmo_shape *shapes = cosmo_arena_array(arena, flown->mission->zones.n + 1, sizeof *shapes);
    if (shapes == NULL) return false;
    size_t n = 0;
    for (size_t i = 0; i < flown->mission->zones.n; i++) {
        const char *body = fly_layers_zone_body(flown->mission, &zones[i]);
        if (body == NULL && !fly_layers_zone_is_near(flown, &zones[i])) continue;
        if (!fly_layers_zone(&zones[i], body, arena, &shapes[n++])) return false;
    }
    *layer = (cosmo_layer){"zones", "Declared drop zones", n, shapes};
    return true;
}

/* ---- points --------------------------------------------------------------------------------------------------------
 */

static bool fly_layers_point(cosmo_geodetic place, double t_s, cosmo_arena *arena, cosmo_shape *shape)
{
    double *numbers = cosmo_arena_array(arena, 4, sizeof *numbers);
    if (numbers == NULL) return false;
    numbers[0] = fly_layers_degrees(place.longitude_rad);
    numbers[1] = fly_layers_degrees(place.latitude_rad);
    numbers[2] = place.altitude_m;
    numbers[3] = t_s;
    shape->kind = COSMO_SHAPE_POINT;
    shape->n = 1;
    shape->lon_deg = &numbers[0];
    shape->lat_deg = &numbers[1];
    shape->altitude_m = &numbers[2];
    shape->t_s = isfinite(t_s) ? &numbers[3] : NULL;
    return true;
}

static bool fly_layers_impacts(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer)
{
    const cosmo_impacts *impacts = &flown->ascent.impacts;
    cosmo_shape *shapes = cosmo_arena_array(arena, impacts->n + 1, sizeof *shapes);
    if (shapes == NULL) return false;
    for (size_t i = 0; i < impacts->n; i++) {
        const cosmo_body_impact *b = &impacts->items[i];
        const char *several = b->count > 1 ? cosmo_arena_print(arena, "%d bodies, ", (int)b->count) : "";
        const char *note = several != NULL ? cosmo_arena_print(arena, "%sT+%.0f s, %.0f km downrange", several,
                                                               b->impact.t_s, b->downrange_m / 1e3)
                                           : NULL;
        const cosmo_property properties[] = {{"count", NULL, (double)b->count},
                                             {"t_s", NULL, b->impact.t_s},
                                             {"downrange_m", NULL, b->downrange_m},
                                             {"speed_m_s", NULL, b->impact.speed_m_s},
                                             {"mass_kg", NULL, b->mass_kg}};
        const cosmo_property *kept = fly_layers_properties(arena, 5, properties);
        if (note == NULL || kept == NULL) return false;
        shapes[i] = (cosmo_shape){
            .id = b->body, .name = b->body, .note = note, .role = b->body, .n_properties = 5, .properties = kept};
        if (!fly_layers_point(b->impact.place, NAN, arena, &shapes[i])) return false;
    }
    *layer = (cosmo_layer){"impacts", "Nominal impacts", impacts->n, shapes};
    return true;
}

static bool fly_layers_events(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer)
{
    const cosmo_mission *m = flown->mission;
    const cosmo_trajectory *t = &flown->ascent.trajectory;
    cosmo_shape *shapes = cosmo_arena_array(arena, t->n_events + 1, sizeof *shapes);
    const char *pad = cosmo_arena_print(arena, "%s %s", m->site.name, m->pad->id);
    if (shapes == NULL || pad == NULL) return false;
    shapes[0] = (cosmo_shape){.id = "pad", .name = pad, .role = "pad"};
    const cosmo_geodetic place = {m->pad->latitude_rad, m->pad->longitude_rad, m->pad->altitude_m};
    if (!fly_layers_point(place, NAN, arena, &shapes[0])) return false;
    size_t n = 1;
    for (size_t i = 0; i < t->n_events; i++) {
        const cosmo_event *e = &t->events[i];
        if (flown->ascent.inserted && e->state.t_s > flown->ascent.insertion.t_s)
            continue; /* around the globe by then */
        const cosmo_property properties[] = {{"speed_ground_m_s", NULL, e->speed_ground_m_s},
                                             {"mass_kg", NULL, e->mass_kg}};
        cosmo_shape shape = {.id = e->name,
                             .name = cosmo_fly_charts_event_text(e->name, arena),
                             .role = "track",
                             .n_properties = 2,
                             .properties = fly_layers_properties(arena, 2, properties)};
        shape.note = cosmo_arena_print(arena, "T+%.1f s, %.1f km", e->state.t_s, e->place.altitude_m / 1e3);
        if (shape.name == NULL || shape.note == NULL || shape.properties == NULL) return false;
        if (!fly_layers_point(e->place, e->state.t_s, arena, &shape)) return false;
        shapes[n++] = shape;
    }
    *layer = (cosmo_layer){"points", "Pad and events", n, shapes};
    return true;
}

bool cosmo_fly_layers_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page)
{
    cosmo_layer *layers = cosmo_arena_array(arena, FLY_LAYERS_N + 1, sizeof *layers);
    if (layers == NULL || !fly_layers_track(flown, arena, &layers[0])) return false;
    if (!fly_layers_iip(flown, FLY_LAYERS_VACUUM, arena, &layers[1])) return false;
    if (!fly_layers_iip(flown, FLY_LAYERS_DRAG, arena, &layers[2])) return false;
    if (!fly_layers_zones(flown, arena, &layers[3])) return false;
    if (!fly_layers_impacts(flown, arena, &layers[4])) return false;
    if (!fly_layers_events(flown, arena, &layers[5])) return false;
    const bool failure = flown->mishap != NULL;
    if (failure && !cosmo_mishap_page_layer(flown, arena, &layers[FLY_LAYERS_N])) return false;
    page->layers = layers;
    page->n_layers = FLY_LAYERS_N + (failure ? 1 : 0);
    return true;
}
