/* Where a launch is dangerous, on the map: contours of individual probability, areas for ships and for aircraft. */
#include "study/risk_parts.h"

#include <stdlib.h>
#include <string.h>

/* One switch of the map each; the contours of one target lie one inside the other in one colour, which gets denser. */
typedef struct risk_areas_kind {
    const char *id, *target, *name, *title;
} risk_areas_kind;

static const risk_areas_kind RISK_AREAS[] = {
    {"individual", "person", "individual", "Individual probability of casualty"},
    {"ship", "ship", "ships", "Hazard area for ships: probability of a hit"},
    {"aircraft", "aircraft", "aircraft", "Hazard area for aircraft: probability of a hit"},
};
/* The ground with this probability for a person and more, where laws have their limits, is shown closer. */
static const double RISK_AREAS_CLOSER = 1e-6;
enum { RISK_AREAS_N = sizeof RISK_AREAS / sizeof RISK_AREAS[0] };

static const cosmo_property *risk_areas_property(const cosmo_shape *shape, const char *key)
{
    static const cosmo_property none = {0};
    for (size_t i = 0; i < shape->n_properties; i++)
        if (strcmp(shape->properties[i].key, key) == 0) return &shape->properties[i];
    return &none;
}

static bool risk_areas_is(const cosmo_layer *layer, const risk_areas_kind *kind)
{
    const char *target = layer->n > 0 ? risk_areas_property(&layer->shapes[0], "target")->text : NULL;
    return target != NULL && strcmp(target, kind->target) == 0;
}

/* Levels are powers of ten. */
static const char *risk_areas_level(const cosmo_shape *shape, cosmo_arena *arena)
{
    const char *level = cosmo_arena_print(arena, "%.0e", risk_areas_property(shape, "level")->number);
    return level != NULL ? cosmo_number_power(arena, atoi(strchr(level, 'e') + 1)) : NULL;
}

/* The ring of the most cells. */
static size_t risk_areas_largest(const cosmo_layer *layer)
{
    size_t largest = 0;
    for (size_t i = 1; i < layer->n; i++)
        if (risk_areas_property(&layer->shapes[i], "cells")->number >
            risk_areas_property(&layer->shapes[largest], "cells")->number)
            largest = i;
    return largest;
}

/* The rings of one level, added to the shapes of their kind. The largest ring of the least level bears a name on the
 * map, and that of each level which is shown closer; the others say it in notes. */
static bool risk_areas_add_level(const cosmo_layer *rings, const risk_areas_kind *kind, const char *level,
                                 cosmo_arena *arena, cosmo_shape *shapes, size_t *n)
{
    const bool closer = strcmp(kind->target, "person") == 0 &&
                        risk_areas_property(&rings->shapes[0], "level")->number >= RISK_AREAS_CLOSER;
    const size_t named = *n == 0 || closer ? risk_areas_largest(rings) : rings->n;
    const char *name = cosmo_arena_print(arena, "%s %s", kind->name, level);
    if (name == NULL) return false;
    for (size_t i = 0; i < rings->n; i++) {
        cosmo_shape *shape = &shapes[(*n)++];
        const cosmo_shape *ring = &rings->shapes[i];
        const char *most = cosmo_number_text(arena, risk_areas_property(ring, "largest_probability")->number, 2);
        if (most == NULL) return false;
        *shape = *ring;
        shape->role = kind->id;
        shape->aside = true;
        shape->closer = closer;
        shape->name = i == named ? name : NULL;
        const double cells = risk_areas_property(ring, "cells")->number;
        shape->note = cosmo_arena_print(arena, "%s%sin %.0f cell%s of 0.05\302\260, at most %s", i == named ? "" : name,
                                        i == named ? "" : ": ", cells, cells > 1.0 ? "s" : "", most);
        if (shape->note == NULL) return false;
    }
    return true;
}

/* All levels of a kind as one layer, the least first: the others lie on top of it. */
static bool risk_areas_make(const cosmo_list *rings, const risk_areas_kind *kind, cosmo_arena *arena,
                            cosmo_layer *layer)
{
    const cosmo_layer *items = rings->items;
    size_t room = 1;
    for (size_t i = 0; i < rings->n; i++) room += items[i].n;
    cosmo_shape *shapes = cosmo_arena_array(arena, room, sizeof *shapes);
    const char *title = kind->title;
    if (shapes == NULL) return false;
    *layer = (cosmo_layer){kind->id, title, 0, shapes};
    for (size_t i = 0; i < rings->n; i++) {
        if (!risk_areas_is(&items[i], kind)) continue;
        const char *level = risk_areas_level(&items[i].shapes[0], arena);
        title = cosmo_arena_print(arena, "%s%s %s", title, layer->n > 0 ? "," : "", level != NULL ? level : "");
        if (level == NULL || title == NULL) return false;
        if (!risk_areas_add_level(&items[i], kind, level, arena, shapes, &layer->n)) return false;
    }
    layer->title = cosmo_arena_print(arena, "%s and more", title);
    return layer->title != NULL;
}

cosmo_status cosmo_risk_areas_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_page *page)
{
    cosmo_list rings;
    COSMO_TRY(cosmo_risk_places_layers(r, arena, run, &rings));
    cosmo_layer *layers = cosmo_arena_array(arena, page->n_layers + RISK_AREAS_N, sizeof *layers);
    COSMO_NEED(layers, run);
    if (page->n_layers > 0) memcpy(layers, page->layers, page->n_layers * sizeof *layers);
    page->layers = layers;
    for (size_t i = 0; i < RISK_AREAS_N; i++) {
        cosmo_layer *layer = &layers[page->n_layers];
        if (!risk_areas_make(&rings, &RISK_AREAS[i], arena, layer)) return cosmo_run_out_of_memory(run);
        page->n_layers += layer->n > 0;
    }
    return COSMO_OK;
}
