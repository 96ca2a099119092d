/* Layers as KML. Source: OGC 07-147r2 (KML 2.2); gx:Track as in Google's extension namespace. */
#include "cosmodrome/formats.h"

#include "formats/cut.h"
#include "formats/key.h"
#include "formats/stamp.h"
#include "formats/utf8.h"

#include <math.h>
#include <string.h>

typedef struct kml_writer {
    cosmo_text *out;
    const char *name;
    const cosmo_stamp *epoch; /* NULL: no times */
} kml_writer;

static void kml_put_element(cosmo_text *out, const char *element, const char *value)
{
    if (value == NULL) return;
    cosmo_text_print(out, "<%s>", element);
    cosmo_utf8_put(out, value, cosmo_utf8_xml);
    cosmo_text_print(out, "</%s>\n", element);
}

/* ---- styles ---- */

static void kml_put_style_id(cosmo_text *out, const char *role)
{
    cosmo_text_put(out, "role-");
    for (; role != NULL && *role != '\0'; role++) {
        const bool plain =
            (*role >= 'a' && *role <= 'z') || (*role >= 'A' && *role <= 'Z') || (*role >= '0' && *role <= '9');
        cosmo_text_put_bytes(out, plain ? role : "-", 1);
    }
}

static bool kml_same_role(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool kml_styled_before(const cosmo_layer *layers, size_t layer, size_t shape)
{
    for (size_t i = 0; i <= layer; i++) {
        const size_t n = i < layer ? layers[i].n : shape;
        for (size_t j = 0; j < n; j++)
            if (kml_same_role(layers[i].shapes[j].role, layers[layer].shapes[shape].role)) return true;
    }
    return false;
}

static void kml_put_style(cosmo_text *out, const char *role)
{
    const uint32_t rgb = cosmo_palette_colour(role);
    const uint32_t bgr = (rgb & 0xff) << 16 | (rgb & 0xff00) | rgb >> 16;
    cosmo_text_put(out, "<Style id=\"");
    kml_put_style_id(out, role);
    cosmo_text_print(out,
                     "\">\n<IconStyle><color>ff%06x</color><scale>0.9</scale></IconStyle>\n"
                     "<LineStyle><color>ff%06x</color><width>2.5</width></LineStyle>\n"
                     "<PolyStyle><color>40%06x</color></PolyStyle>\n</Style>\n",
                     bgr, bgr, bgr);
}

/* ---- geometry ---- */

static void kml_put_coordinates(cosmo_text *out, const cosmo_cut_part *part, bool aloft)
{
    cosmo_text_put(out, "<coordinates>");
    for (size_t i = 0; i < part->n; i++) {
        if (i > 0) cosmo_text_put(out, " ");
        cosmo_cut_put(out, part->points[i], ",", aloft);
    }
    cosmo_text_put(out, "</coordinates>");
}

static const char *kml_height_mode(const cosmo_shape *shape)
{
    const bool on_ground = shape->altitude_m == NULL;
    switch (shape->kind) {
    case COSMO_SHAPE_LINE:
        return on_ground ? "<tessellate>1</tessellate>" : "<extrude>1</extrude><altitudeMode>absolute</altitudeMode>";
    case COSMO_SHAPE_POLYGON:
        return on_ground ? "<tessellate>1</tessellate>" : "<altitudeMode>absolute</altitudeMode>";
    case COSMO_SHAPE_POINT:
        break;
    }
    return on_ground ? "" : "<extrude>1</extrude><altitudeMode>absolute</altitudeMode>";
}

static void kml_put_part(cosmo_text *out, const cosmo_shape *shape, const cosmo_cut_part *part)
{
    static const char *const open[] = {"<Point>", "<LineString>", "<Polygon>"};
    static const char *const close[] = {"</Point>\n", "</LineString>\n", "</Polygon>\n"};
    const bool ring = shape->kind == COSMO_SHAPE_POLYGON;
    cosmo_text_put(out, open[shape->kind]);
    cosmo_text_put(out, kml_height_mode(shape));
    if (ring) cosmo_text_put(out, "<outerBoundaryIs><LinearRing>");
    kml_put_coordinates(out, part, shape->altitude_m != NULL);
    if (ring) cosmo_text_put(out, "</LinearRing></outerBoundaryIs>");
    cosmo_text_put(out, close[shape->kind]);
}

static bool kml_timed(const kml_writer *kml, const cosmo_shape *shape)
{
    if (kml->epoch == NULL || shape->t_s == NULL || shape->kind != COSMO_SHAPE_LINE) return false;
    for (size_t i = 0; i < shape->n; i++)
        if (!isfinite(shape->t_s[i])) return false;
    return true;
}

static void kml_put_track(const kml_writer *kml, const cosmo_shape *shape)
{
    cosmo_text *out = kml->out;
    char when[40];
    cosmo_text_put(out, "<gx:Track>\n");
    cosmo_text_put(out, kml_height_mode(shape));
    cosmo_text_put(out, "\n");
    for (size_t i = 0; i < shape->n; i++) {
        cosmo_stamp_format(cosmo_stamp_add(*kml->epoch, shape->t_s[i]), 3, when);
        cosmo_text_print(out, "<when>%sZ</when>\n", when);
    }
    for (size_t i = 0; i < shape->n; i++) {
        const double altitude_m = shape->altitude_m != NULL ? shape->altitude_m[i] : 0.0;
        cosmo_text_put(out, "<gx:coord>");
        cosmo_cut_put(out, (cosmo_cut_point){shape->lon_deg[i], shape->lat_deg[i], altitude_m}, " ", true);
        cosmo_text_put(out, "</gx:coord>\n");
    }
    cosmo_text_put(out, "</gx:Track>\n");
}

static void kml_put_geometry(const kml_writer *kml, const cosmo_shape *shape)
{
    cosmo_cut cut;
    if (!cosmo_cut_shape(shape, kml->out->arena, &cut)) {
        kml->out->failed = true;
        return;
    }
    if (cut.n > 0 && kml_timed(kml, shape)) {
        kml_put_track(kml, shape);
        return;
    }
    if (cut.n > 1) cosmo_text_put(kml->out, "<MultiGeometry>\n");
    for (size_t i = 0; i < cut.n; i++) kml_put_part(kml->out, shape, &cut.parts[i]);
    if (cut.n > 1) cosmo_text_put(kml->out, "</MultiGeometry>\n");
}

/* ---- placemarks ---- */

static void kml_put_data(cosmo_text *out, const char *key, const char *value)
{
    if (key == NULL || value == NULL) return;
    cosmo_text_put(out, "<Data name=\"");
    cosmo_utf8_put(out, key, cosmo_utf8_xml);
    cosmo_text_put(out, "\"><value>");
    cosmo_utf8_put(out, value, cosmo_utf8_xml);
    cosmo_text_put(out, "</value></Data>\n");
}

static void kml_put_properties(cosmo_text *out, const cosmo_layer *layer, const cosmo_shape *shape)
{
    cosmo_text_put(out, "<ExtendedData>\n");
    kml_put_data(out, "id", shape->id);
    kml_put_data(out, "role", shape->role);
    kml_put_data(out, "layer", layer->id);
    kml_put_data(out, "estimate", shape->estimate ? "true" : "false");
    for (size_t i = 0; i < shape->n_properties; i++) {
        const cosmo_property *property = &shape->properties[i];
        char number[32];
        const char *key = cosmo_key_free(property->key, out->arena);
        if (key == NULL) out->failed = true;
        if (property->text == NULL && !isfinite(property->number)) continue;
        cosmo_json_format(property->number, number);
        kml_put_data(out, key, property->text != NULL ? property->text : number);
    }
    cosmo_text_put(out, "</ExtendedData>\n");
}

static void kml_put_window(const kml_writer *kml, const cosmo_shape *shape)
{
    cosmo_window window;
    char from[40], until[40];
    if (kml->epoch == NULL || !cosmo_window_of(shape, &window)) return;
    cosmo_stamp_format(cosmo_stamp_add(*kml->epoch, window.from_s), 3, from);
    cosmo_stamp_format(cosmo_stamp_add(*kml->epoch, window.until_s), 3, until);
    cosmo_text_print(kml->out, "<TimeSpan><begin>%sZ</begin><end>%sZ</end></TimeSpan>\n", from, until);
}

static void kml_put_placemark(const kml_writer *kml, const cosmo_layer *layer, const cosmo_shape *shape)
{
    cosmo_text *out = kml->out;
    cosmo_text_put(out, "<Placemark>\n");
    kml_put_element(out, "name", shape->name);
    if (shape->estimate || shape->note != NULL) {
        cosmo_text_put(out, "<description>");
        if (shape->estimate)
            cosmo_text_put(out, shape->note != NULL ? "The position is an estimate. " : "The position is an estimate.");
        if (shape->note != NULL) cosmo_utf8_put(out, shape->note, cosmo_utf8_xml);
        cosmo_text_put(out, "</description>\n");
    }
    kml_put_window(kml, shape);
    cosmo_text_put(out, "<styleUrl>#");
    kml_put_style_id(out, shape->role);
    cosmo_text_put(out, "</styleUrl>\n");
    kml_put_properties(out, layer, shape);
    kml_put_geometry(kml, shape);
    cosmo_text_put(out, "</Placemark>\n");
}

static void kml_put_folder(const kml_writer *kml, const cosmo_layer *layer)
{
    cosmo_text_put(kml->out, "<Folder>\n<name>");
    cosmo_utf8_put(kml->out, kml->name, cosmo_utf8_xml);
    cosmo_text_put(kml->out, ": ");
    cosmo_utf8_put(kml->out, layer->title, cosmo_utf8_xml);
    cosmo_text_put(kml->out, "</name>\n");
    for (size_t i = 0; i < layer->n; i++) kml_put_placemark(kml, layer, &layer->shapes[i]);
    cosmo_text_put(kml->out, "</Folder>\n");
}

void cosmo_kml_write(cosmo_text *out, const char *name, const char *epoch_utc, const cosmo_layer *layers, size_t n)
{
    cosmo_stamp epoch;
    const bool dated = epoch_utc != NULL && cosmo_stamp_parse(epoch_utc, &epoch);
    const kml_writer kml = {out, name, dated ? &epoch : NULL};
    cosmo_text_put(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<kml xmlns=\"http://www.opengis.net/kml/2.2\" xmlns:gx=\"http://www.google.com/kml/ext/2.2\">\n<Document>\n");
    kml_put_element(out, "name", name);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < layers[i].n; j++)
            if (!kml_styled_before(layers, i, j)) kml_put_style(out, layers[i].shapes[j].role);
    for (size_t i = 0; i < n; i++) kml_put_folder(&kml, &layers[i]);
    cosmo_text_put(out, "</Document>\n</kml>\n");
}
