/* Where planned drops scatter, on the map. */
#include "study/risk_parts.h"

#include <math.h>
#include <string.h>

static const double RISK_LAYER_DEGREES = 180.0 / 3.14159265358979323846;
enum { RISK_LAYER_RING = 72, RISK_LAYER_PROPERTIES = 4, RISK_LAYER_NAMED = 1 };

const double cosmo_risk_layer_shares[COSMO_RISK_SHARES] = {0.5, 0.97, 0.99};

/* Three nested ellipses share one name on the map and one line in the list of places; the others say it in notes. */
static bool risk_layer_ellipse(const cosmo_scatter_body *b, double share, bool named, cosmo_arena *arena,
                               cosmo_shape *shape)
{
    double major, minor, azimuth;
    cosmo_scatter_ellipse(b->covariance_m2, share, &major, &minor, &azimuth);
    double *lon = cosmo_arena_array(arena, RISK_LAYER_RING + 1, sizeof *lon);
    double *lat = cosmo_arena_array(arena, RISK_LAYER_RING + 1, sizeof *lat);
    const char *id = cosmo_arena_print(arena, "%s-%.0f", b->body, 100.0 * share);
    const char *name = cosmo_arena_print(arena, "%s %.0f %%", b->body, 100.0 * share);
    const char *note =
        cosmo_arena_print(arena, "%s%sellipse of %.1f \303\227 %.1f km, %.0f\302\260, over %llu dispersed flights",
                          named || name == NULL ? "" : name, named ? "" : ": ", 2e-3 * major, 2e-3 * minor,
                          azimuth * RISK_LAYER_DEGREES, (unsigned long long)b->n);
    cosmo_property *properties = cosmo_arena_array(arena, RISK_LAYER_PROPERTIES, sizeof *properties);
    if (lon == NULL || lat == NULL || id == NULL || name == NULL || note == NULL || properties == NULL) return false;
    properties[0] = (cosmo_property){"containment", NULL, share};
    properties[1] = (cosmo_property){"semi_major_m", NULL, major};
    properties[2] = (cosmo_property){"semi_minor_m", NULL, minor};
    properties[3] = (cosmo_property){"azimuth_deg", NULL, azimuth * RISK_LAYER_DEGREES};
    cosmo_geodesic_ellipse(b->center, 2.0 * major, 2.0 * minor, azimuth, RISK_LAYER_RING, lon, lat);
    *shape = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                           .id = id,
                           .name = named ? name : NULL,
                           .note = note,
                           .role = b->body,
                           .n = RISK_LAYER_RING + 1,
                           .lon_deg = lon,
                           .lat_deg = lat,
                           .n_properties = RISK_LAYER_PROPERTIES,
                           .properties = properties};
    return true;
}

bool cosmo_risk_layer_add(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_page *page)
{
    const cosmo_scatter *s = &r->scatter;
    cosmo_layer *layers = cosmo_arena_array(arena, page->n_layers + 1, sizeof *layers);
    cosmo_shape *shapes = cosmo_arena_array(arena, COSMO_RISK_SHARES * s->n_bodies + 1, sizeof *shapes);
    if (layers == NULL || shapes == NULL) return false;
    size_t n = 0;
    /* the largest first: the smaller lie on top and can be pointed at */
    for (size_t k = COSMO_RISK_SHARES; k-- > 0;)
        for (size_t i = 0; i < s->n_bodies; i++) {
            if (s->bodies[i].n < 2) continue;
            const bool named = k == RISK_LAYER_NAMED;
            if (!risk_layer_ellipse(&s->bodies[i], cosmo_risk_layer_shares[k], named, arena, &shapes[n++]))
                return false;
        }
    if (page->n_layers > 0) memcpy(layers, page->layers, page->n_layers * sizeof *layers);
    layers[page->n_layers++] =
        (cosmo_layer){"scatter", "Planned drops: ellipses that hold 50, 97 and 99 % of them", n, shapes};
    page->layers = layers;
    return true;
}
