/* The map of a release: the cloud frame by frame, where limits are passed, soil, boundary, places. */
#include "core/real.h"
#include "study/toxics_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { TOXICS_LAYERS_MAX = 64, TOXICS_LAYERS_POINTS = 160, TOXICS_LAYERS_DECADES = 4, TOXICS_LAYERS_SHAPES = 512 };
static const double TOXICS_LAYERS_DEG = 180.0 / 3.14159265358979323846;
static const double TOXICS_LAYERS_MG = 1e6;
static const double TOXICS_LAYERS_LIKELY = 0.5, TOXICS_LAYERS_POSSIBLE = 0.05;
static const double TOXICS_LAYERS_SAME_DEG = 1e-6;
static const char *const TOXICS_LAYERS_AIR[] = {"level-1", "level-2", "level-3", "level-4"};
static const char *const TOXICS_LAYERS_SOIL[] = {"soil-1", "soil-2", "soil-3", "soil-4"};

typedef struct toxics_layers {
    const cosmo_toxics_case *c;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_layer *items;
    size_t n;
} toxics_layers;

/* A layer that is being filled. */
typedef struct toxics_layers_one {
    cosmo_shape *shapes;
    size_t n;
} toxics_layers_one;

static cosmo_status toxics_layers_begin(toxics_layers *l, toxics_layers_one *one)
{
    one->n = 0;
    one->shapes = cosmo_arena_array(l->arena, TOXICS_LAYERS_SHAPES, sizeof *one->shapes);
    COSMO_NEED(one->shapes, l->run);
    return COSMO_OK;
}

static void toxics_layers_end(toxics_layers *l, const toxics_layers_one *one, const char *id, const char *title)
{
    if (one->n == 0 || l->n == TOXICS_LAYERS_MAX) return;
    l->items[l->n++] = (cosmo_layer){id, title, one->n, one->shapes};
}

/* ---- rings ---- */

/* At most so many points of a ring, as longitudes and latitudes; the first is repeated last. */
static cosmo_status toxics_layers_ring(const toxics_layers *l, const cosmo_contour_ring *ring, cosmo_shape *shape)
{
    const size_t distinct = ring->n - 1, stride = distinct / TOXICS_LAYERS_POINTS + 1;
    const size_t n = (distinct + stride - 1) / stride;
    double *lon = cosmo_arena_array(l->arena, n + 1, sizeof *lon),
           *lat = cosmo_arena_array(l->arena, n + 1, sizeof *lat);
    COSMO_NEED(lon, l->run);
    COSMO_NEED(lat, l->run);
    for (size_t i = 0; i <= n; i++) {
        const size_t at = i < n ? i * stride : 0;
        const cosmo_geodetic place =
            cosmo_toxics_ground_place(l->c->toxics->origin, ring->east_m[at], ring->north_m[at]);
        lon[i] = place.longitude_rad * TOXICS_LAYERS_DEG;
        lat[i] = place.latitude_rad * TOXICS_LAYERS_DEG;
    }
    shape->kind = COSMO_SHAPE_POLYGON;
    shape->n = n + 1;
    shape->lon_deg = lon;
    shape->lat_deg = lat;
    return COSMO_OK;
}

/* All rings of a field at a level as shapes like `like`; only the largest has its name. */
static cosmo_status toxics_layers_contour(const toxics_layers *l, const float *field, double level,
                                          const cosmo_shape *like, toxics_layers_one *one)
{
    cosmo_list rings;
    COSMO_TRY(cosmo_contour_find(&l->c->toxics->accident.mesh, field, level, l->arena, l->run, &rings));
    const cosmo_contour_ring *items = rings.items;
    for (size_t i = 0; i < rings.n && one->n < TOXICS_LAYERS_SHAPES; i++) {
        cosmo_shape *shape = &one->shapes[one->n++];
        *shape = *like;
        shape->id = cosmo_arena_print(l->arena, "%s-%zu", like->id, i + 1);
        COSMO_NEED(shape->id, l->run);
        if (i > 0) shape->name = NULL;
        COSMO_TRY(toxics_layers_ring(l, &items[i], shape));
    }
    return COSMO_OK;
}

/* ---- the cloud ---- */

static double toxics_layers_largest(const cosmo_accident_answer *a)
{
    double largest = 0.0;
    for (size_t i = 0; i < a->n_frames * a->n_cells; i++) largest = fmax(largest, (double)a->frames_kg_m3[i]);
    return largest * TOXICS_LAYERS_MG;
}

static double toxics_layers_decade(double value)
{
    return cosmo_real_pow(10.0, floor(cosmo_real_log(value) / cosmo_real_log(10.0)));
}

/* What is shown as most: a hundred times the decade of the first serious limit, so that the levels below it matter;
 * infinite without such a limit. */
static double toxics_layers_strong(const toxics_layers *l)
{
    static const double USUAL_K = 293.15, USUAL_PA = 101325.0, STRONG = 100.0;
    const cosmo_accident *a = &l->c->toxics->accident;
    const cosmo_accident_answer *answer = &l->c->answer;
    for (size_t i = 0; i < a->n_levels; i++) {
        const cosmo_accident_level *level = &a->levels[i];
        if (level->species != answer->frame_species || level->threshold->rank < 2) continue;
        const double limit =
            cosmo_threshold_density(level->threshold, a->species[level->species], answer->frame_s, USUAL_K, USUAL_PA);
        if (limit > 0.0) return STRONG * toxics_layers_decade(limit * TOXICS_LAYERS_MG);
    }
    return INFINITY;
}

static cosmo_status toxics_layers_frame(toxics_layers *l, size_t frame, double top_mg, toxics_layers_one *one)
{
    const cosmo_accident_answer *a = &l->c->answer;
    const float *field = a->frames_kg_m3 + frame * a->n_cells;
    const char *substance = l->c->toxics->accident.species[a->frame_species]->id;
    double *window = cosmo_arena_array(l->arena, 2, sizeof *window);
    COSMO_NEED(window, l->run);
    window[0] = (double)frame * a->frame_s;
    window[1] = (double)(frame + 1) * a->frame_s;
    for (int k = 0; k < TOXICS_LAYERS_DECADES; k++) {
        const double level_mg = top_mg * cosmo_real_pow(10.0, k - TOXICS_LAYERS_DECADES + 1);
        cosmo_property *property = cosmo_arena_alloc(l->arena, sizeof *property);
        COSMO_NEED(property, l->run);
        *property = (cosmo_property){"concentration_mg_m3", NULL, level_mg};
        const cosmo_shape like = {.id = cosmo_arena_print(l->arena, "frame-%zu-%d", frame + 1, k + 1),
                                  .name = cosmo_arena_print(l->arena, "%s %g mg/m\302\263", substance, level_mg),
                                  .note = "mean over the samples, near the ground",
                                  .role = TOXICS_LAYERS_AIR[k],
                                  .closer = true,
                                  .shown_s = window,
                                  .n_properties = 1,
                                  .properties = property};
        COSMO_NEED(like.id, l->run);
        COSMO_NEED(like.name, l->run);
        COSMO_TRY(toxics_layers_contour(l, field, level_mg / TOXICS_LAYERS_MG, &like, one));
    }
    return COSMO_OK;
}

static cosmo_status toxics_layers_cloud(toxics_layers *l)
{
    const cosmo_accident_answer *a = &l->c->answer;
    const double largest = toxics_layers_largest(a);
    toxics_layers_one one;
    if (!(largest > 0.0)) return COSMO_OK;
    const double top = fmin(toxics_layers_decade(largest), toxics_layers_strong(l));
    COSMO_TRY(toxics_layers_begin(l, &one));
    for (size_t i = 0; i < a->n_frames; i++) COSMO_TRY(toxics_layers_frame(l, i, top, &one));
    const char *title = cosmo_arena_print(l->arena, "Cloud of %s, mean of all weathers",
                                          l->c->toxics->accident.species[a->frame_species]->id);
    COSMO_NEED(title, l->run);
    toxics_layers_end(l, &one, "cloud", title);
    return COSMO_OK;
}

/* ---- limits ---- */

static bool toxics_layers_is_new(const cosmo_accident_level *levels, size_t k)
{
    for (size_t i = 0; i < k; i++)
        if (levels[i].species == levels[k].species && strcmp(levels[i].set, levels[k].set) == 0) return false;
    return true;
}

static int toxics_layers_order(const void *a, const void *b)
{
    const cosmo_accident_level *const *p = a, *const *q = b;
    return (*p)->threshold->rank < (*q)->threshold->rank ? -1 : (*p)->threshold->rank > (*q)->threshold->rank;
}

/* One level of limits at a probability. */
static cosmo_status toxics_layers_level(toxics_layers *l, const cosmo_accident_level *level, const float *field,
                                        double probability, const char *role, bool off, toxics_layers_one *one)
{
    const bool many = l->c->answer.n_samples > 1;
    cosmo_property *properties = cosmo_arena_array(l->arena, 4, sizeof *properties);
    COSMO_NEED(properties, l->run);
    properties[0] = (cosmo_property){"substance", level->threshold->substance, 0.0};
    properties[1] = (cosmo_property){"set", level->set, 0.0};
    properties[2] = (cosmo_property){"level", level->threshold->level, 0.0};
    properties[3] = (cosmo_property){"probability", NULL, probability};
    const cosmo_shape like = {
        .id = cosmo_arena_print(l->arena, "%s-%s-%s-%.0f", level->set, level->threshold->substance,
                                level->threshold->level, 100.0 * probability),
        .name = cosmo_arena_print(l->arena, "%s of %s", level->threshold->level, level->threshold->substance),
        .note = many ? cosmo_arena_print(l->arena, "passed in %.0f %% of the samples and more", 100.0 * probability)
                     : "passed",
        .role = role,
        .off = off,
        .closer = !off,
        .n_properties = 4,
        .properties = properties};
    COSMO_NEED(like.id, l->run);
    COSMO_NEED(like.name, l->run);
    COSMO_NEED(like.note, l->run);
    return toxics_layers_contour(l, field, probability, &like, one);
}

/* All levels of one set for one substance at a probability, the least serious first. */
static cosmo_status toxics_layers_set(toxics_layers *l, const cosmo_accident_level *levels, size_t n, size_t first,
                                      const float *fields, double probability, bool soil, bool off)
{
    const cosmo_accident_level *chosen[4];
    const size_t n_cells = l->c->answer.n_cells;
    size_t n_chosen = 0;
    toxics_layers_one one;
    COSMO_TRY(toxics_layers_begin(l, &one));
    for (size_t i = first; i < n && n_chosen < 4; i++)
        if (levels[i].species == levels[first].species && strcmp(levels[i].set, levels[first].set) == 0)
            chosen[n_chosen++] = &levels[i];
    qsort(chosen, n_chosen, sizeof *chosen, toxics_layers_order);
    for (size_t i = 0; i < n_chosen; i++)
        COSMO_TRY(toxics_layers_level(l, chosen[i], fields + (size_t)(chosen[i] - levels) * n_cells, probability,
                                      soil ? TOXICS_LAYERS_SOIL[i] : TOXICS_LAYERS_AIR[i], off, &one));
    const char *substance = levels[first].threshold->substance, *set = levels[first].set;
    const char *id =
        cosmo_arena_print(l->arena, "%s-%s-%s-%.0f", soil ? "soil" : "air", set, substance, 100.0 * probability);
    const char *title =
        l->c->answer.n_samples > 1
            ? cosmo_arena_print(l->arena, "%s of %s passed (%s), probability %.0f %% and more",
                                soil ? "Soil limits" : "Limits", substance, set, 100.0 * probability)
            : cosmo_arena_print(l->arena, "%s of %s passed (%s)", soil ? "Soil limits" : "Limits", substance, set);
    COSMO_NEED(id, l->run);
    COSMO_NEED(title, l->run);
    toxics_layers_end(l, &one, id, title);
    return COSMO_OK;
}

/* The first set of the first substance is shown; the others wait to be switched on. */
static cosmo_status toxics_layers_limits(toxics_layers *l, const cosmo_accident_level *levels, size_t n,
                                         const float *fields, bool soil)
{
    bool shown = false;
    for (size_t i = 0; i < n; i++) {
        if (!toxics_layers_is_new(levels, i)) continue;
        const size_t before = l->n;
        COSMO_TRY(toxics_layers_set(l, levels, n, i, fields, TOXICS_LAYERS_POSSIBLE, soil, shown));
        if (l->c->answer.n_samples > 1)
            COSMO_TRY(toxics_layers_set(l, levels, n, i, fields, TOXICS_LAYERS_LIKELY, soil, true));
        shown = shown || l->n > before;
    }
    return COSMO_OK;
}

/* ---- boundary and places ---- */

static bool toxics_layers_meets(const cosmo_toxics_line *line, size_t at, double lon, double lat)
{
    return fabs(line->lon_deg[at] - lon) < TOXICS_LAYERS_SAME_DEG &&
           fabs(line->lat_deg[at] - lat) < TOXICS_LAYERS_SAME_DEG;
}

/* Put lines end to end into one ring; false where they do not close. */
static bool toxics_layers_chain(const toxics_layers *l, cosmo_shape *shape)
{
    const cosmo_toxics_line *lines = l->c->toxics->boundary.items;
    const size_t n = l->c->toxics->boundary.n;
    size_t room = 1, at = 0, used = 0;
    for (size_t i = 0; i < n; i++) room += lines[i].n;
    double *lon = cosmo_arena_array(l->arena, room, sizeof *lon), *lat = cosmo_arena_array(l->arena, room, sizeof *lat);
    bool *taken = cosmo_arena_array(l->arena, n + 1, sizeof *taken);
    if (lon == NULL || lat == NULL || taken == NULL) return false;
    for (size_t i = 0; i < n && used < n; i++) {
        if (taken[i]) continue;
        const bool forwards = at == 0 || toxics_layers_meets(&lines[i], 0, lon[at - 1], lat[at - 1]);
        if (!forwards && !toxics_layers_meets(&lines[i], lines[i].n - 1, lon[at - 1], lat[at - 1])) continue;
        for (size_t k = at > 0; k < lines[i].n; k++) {
            const size_t from = forwards ? k : lines[i].n - 1 - k;
            lon[at] = lines[i].lon_deg[from];
            lat[at++] = lines[i].lat_deg[from];
        }
        taken[i] = true;
        used++;
        i = (size_t)-1;
    }
    shape->n = at;
    shape->lon_deg = lon;
    shape->lat_deg = lat;
    const cosmo_toxics_line ring = {at, lon, lat};
    return used == n && at > 3 && toxics_layers_meets(&ring, 0, lon[at - 1], lat[at - 1]);
}

static cosmo_status toxics_layers_boundary(toxics_layers *l)
{
    const cosmo_release *r = &l->c->toxics->release;
    toxics_layers_one one;
    if (l->c->toxics->boundary.n == 0 || r->boundary.country != NULL) return COSMO_OK;
    COSMO_TRY(toxics_layers_begin(l, &one));
    cosmo_shape *shape = &one.shapes[0];
    *shape = (cosmo_shape){.id = "boundary",
                           .name = r->boundary.name != NULL ? r->boundary.name : "boundary",
                           .note = r->boundary.lease ? "schematic, of the base map" : "as the case gives it",
                           .role = "boundary",
                           .estimate = r->boundary.lease,
                           .kind = COSMO_SHAPE_POLYGON};
    one.n = toxics_layers_chain(l, shape);
    toxics_layers_end(l, &one, "boundary", "Boundary");
    return COSMO_OK;
}

static cosmo_status toxics_layers_point(const toxics_layers *l, cosmo_geodetic at, const char *id, const char *name,
                                        const char *note, const char *role, toxics_layers_one *one)
{
    double *place = cosmo_arena_array(l->arena, 2, sizeof *place);
    COSMO_NEED(place, l->run);
    place[0] = at.longitude_rad * TOXICS_LAYERS_DEG;
    place[1] = at.latitude_rad * TOXICS_LAYERS_DEG;
    double east_m, north_m;
    cosmo_toxics_ground_offset(l->c->toxics->origin, at, &east_m, &north_m);
    const double outer_m = l->c->toxics->release.sampling.outer_m;
    one->shapes[one->n++] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                          .aside = east_m * east_m + north_m * north_m > outer_m * outer_m,
                                          .id = id,
                                          .name = name,
                                          .note = note,
                                          .role = role,
                                          .n = 1,
                                          .lon_deg = place,
                                          .lat_deg = place + 1};
    return COSMO_OK;
}

static cosmo_status toxics_layers_places(toxics_layers *l)
{
    const cosmo_release *r = &l->c->toxics->release;
    const cosmo_release_receptor *receptors = r->receptors.items;
    toxics_layers_one one;
    COSMO_TRY(toxics_layers_begin(l, &one));
    COSMO_TRY(
        toxics_layers_point(l, l->c->toxics->origin, "source", "source", l->c->toxics->source_words, "source", &one));
    for (size_t i = 0; i < r->receptors.n && one.n < TOXICS_LAYERS_SHAPES; i++) {
        const cosmo_geodetic at = {receptors[i].latitude_rad, receptors[i].longitude_rad, 0.0};
        const char *id = cosmo_arena_print(l->arena, "receptor-%zu", i + 1);
        COSMO_NEED(id, l->run);
        COSMO_TRY(toxics_layers_point(l, at, id, receptors[i].name, "receptor", "receptor", &one));
    }
    toxics_layers_end(l, &one, "places", "Source and receptors");
    return COSMO_OK;
}

cosmo_status cosmo_toxics_layers_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_run *run, cosmo_page *page)
{
    const cosmo_accident *a = &c->toxics->accident;
    toxics_layers l = {c, arena, run, cosmo_arena_array(arena, TOXICS_LAYERS_MAX, sizeof(cosmo_layer)), 0};
    COSMO_NEED(l.items, run);
    COSMO_TRY(toxics_layers_cloud(&l));
    COSMO_TRY(toxics_layers_limits(&l, a->levels, a->n_levels, c->answer.exceed, false));
    COSMO_TRY(toxics_layers_limits(&l, a->soils, a->n_soils, c->answer.soil_exceed, true));
    if (c->sweep != NULL && l.n < TOXICS_LAYERS_MAX && c->sweep->corridor.rings.n > 0)
        COSMO_TRY(cosmo_toxics_sweep_layer(c->sweep, arena, run, &l.items[l.n++]));
    COSMO_TRY(toxics_layers_boundary(&l));
    COSMO_TRY(toxics_layers_places(&l));
    page->layers = l.items;
    page->n_layers = l.n;
    return COSMO_OK;
}
