/* Layers as GeoJSON. Source: RFC 7946. */
#include "cosmodrome/formats.h"

#include "formats/cut.h"
#include "formats/key.h"

static void geojson_put_point(cosmo_text *out, cosmo_cut_point point, bool with_altitude)
{
    cosmo_text_put(out, "[");
    cosmo_cut_put(out, point, ",", with_altitude);
    cosmo_text_put(out, "]");
}

static void geojson_put_part(cosmo_text *out, const cosmo_cut_part *part, cosmo_shape_kind kind, bool with_altitude)
{
    if (kind == COSMO_SHAPE_POINT) {
        geojson_put_point(out, part->points[0], with_altitude);
        return;
    }
    cosmo_text_put(out, kind == COSMO_SHAPE_POLYGON ? "[[" : "[");
    for (size_t i = 0; i < part->n; i++) {
        if (i > 0) cosmo_text_put(out, ",");
        geojson_put_point(out, part->points[i], with_altitude);
    }
    cosmo_text_put(out, kind == COSMO_SHAPE_POLYGON ? "]]" : "]");
}

static void geojson_put_geometry(cosmo_text *out, const cosmo_shape *shape)
{
    static const char *const names[] = {"Point", "LineString", "Polygon"};
    cosmo_cut cut;
    if (!cosmo_cut_shape(shape, out->arena, &cut)) {
        out->failed = true;
        return;
    }
    if (cut.n == 0) {
        cosmo_text_put(out, "null");
        return;
    }
    const bool many = cut.n > 1;
    cosmo_text_print(out, "{\"type\":\"%s%s\",\"coordinates\":%s", many ? "Multi" : "", names[shape->kind],
                     many ? "[" : "");
    for (size_t i = 0; i < cut.n; i++) {
        if (i > 0) cosmo_text_put(out, ",");
        geojson_put_part(out, &cut.parts[i], shape->kind, shape->altitude_m != NULL);
    }
    cosmo_text_put(out, many ? "]}" : "}");
}

static void geojson_put_text(cosmo_text *out, const char *key, const char *value)
{
    cosmo_json_quote(out, key);
    cosmo_text_put(out, ":");
    if (value != NULL)
        cosmo_json_quote(out, value);
    else
        cosmo_text_put(out, "null");
}

static void geojson_put_number(cosmo_text *out, const char *key, double value)
{
    char number[32];
    cosmo_json_quote(out, key);
    cosmo_json_format(value, number);
    cosmo_text_put(out, ":");
    cosmo_text_put(out, number);
}

static void geojson_put_property(cosmo_text *out, const cosmo_property *property)
{
    const char *key = cosmo_key_free(property->key, out->arena);
    if (key == NULL) {
        out->failed = true;
        return;
    }
    cosmo_text_put(out, ",");
    if (property->text != NULL)
        geojson_put_text(out, key, property->text);
    else
        geojson_put_number(out, key, property->number);
}

static void geojson_put_window(cosmo_text *out, const cosmo_shape *shape)
{
    cosmo_window window;
    if (!cosmo_window_of(shape, &window)) return;
    cosmo_text_put(out, ",");
    geojson_put_number(out, "from_s", window.from_s);
    cosmo_text_put(out, ",");
    geojson_put_number(out, "until_s", window.until_s);
}

static void geojson_put_feature(cosmo_text *out, const cosmo_layer *layer, const cosmo_shape *shape)
{
    cosmo_text_put(out, "{\"type\":\"Feature\",\"properties\":{");
    geojson_put_text(out, "id", shape->id);
    cosmo_text_put(out, ",");
    geojson_put_text(out, "name", shape->name);
    cosmo_text_put(out, ",");
    geojson_put_text(out, "role", shape->role);
    cosmo_text_put(out, ",");
    geojson_put_text(out, "layer", layer->id);
    cosmo_text_put(out, shape->estimate ? ",\"estimate\":true," : ",\"estimate\":false,");
    geojson_put_text(out, "note", shape->note);
    geojson_put_window(out, shape);
    for (size_t i = 0; i < shape->n_properties; i++) geojson_put_property(out, &shape->properties[i]);
    cosmo_text_put(out, "},\"geometry\":");
    geojson_put_geometry(out, shape);
    cosmo_text_put(out, "}");
}

void cosmo_geojson_write(cosmo_text *out, const char *name, const cosmo_layer *layers, size_t n)
{
    cosmo_text_put(out, "{\"type\":\"FeatureCollection\",");
    geojson_put_text(out, "name", name);
    cosmo_text_put(out, ",\"features\":[");
    const char *before = "\n";
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < layers[i].n; j++) {
            cosmo_text_put(out, before);
            geojson_put_feature(out, &layers[i], &layers[i].shapes[j]);
            before = ",\n";
        }
    cosmo_text_put(out, "\n]}\n");
}
