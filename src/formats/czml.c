/* Layers as CZML. Source: the CZML Guide of the Cesium project, version 1.0 of the format. */
#include "cosmodrome/formats.h"

#include "formats/cut.h"
#include "formats/key.h"
#include "formats/stamp.h"
#include "formats/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CZML_SOLID = 255, CZML_FILL = 64, CZML_CLOCK_RATE = 10 };

typedef struct czml_writer {
    cosmo_json json;
    const cosmo_layer *layers;
    size_t n;
    bool dated;
    cosmo_stamp epoch;
} czml_writer;

static bool czml_timed(const czml_writer *czml, const cosmo_shape *shape)
{
    if (!czml->dated || shape->t_s == NULL || shape->kind != COSMO_SHAPE_LINE) return false;
    for (size_t i = 0; i < shape->n; i++)
        if (!isfinite(shape->t_s[i])) return false;
    return shape->n > 1;
}

/* ---- small pieces ---- */

static void czml_put_colour(cosmo_json *json, const char *key, uint32_t rgb, int alpha)
{
    const double rgba[] = {(double)(rgb >> 16), (double)(rgb >> 8 & 255), (double)(rgb & 255), (double)alpha};
    cosmo_json_object(json, key);
    cosmo_json_numbers(json, "rgba", 4, rgba);
    cosmo_json_end(json);
}

/* Estimates are dashed. */
static void czml_put_material(cosmo_json *json, const cosmo_shape *shape)
{
    cosmo_json_object(json, "material");
    cosmo_json_object(json, shape->estimate ? "polylineDash" : "solidColor");
    czml_put_colour(json, "color", cosmo_palette_colour(shape->role), CZML_SOLID);
    cosmo_json_end(json);
    cosmo_json_end(json);
}

static void czml_format_utc(const czml_writer *czml, double t_s, char out[44])
{
    cosmo_stamp_format(cosmo_stamp_add(czml->epoch, t_s), 3, out);
    memcpy(out + strlen(out), "Z", 2);
}

static void czml_put_interval(czml_writer *czml, const char *key, double from_s, double to_s)
{
    char from[44], to[44], interval[96];
    czml_format_utc(czml, from_s, from);
    czml_format_utc(czml, to_s, to);
    snprintf(interval, sizeof interval, "%s/%s", from, to);
    cosmo_json_text(&czml->json, key, interval);
}

/* Times (NULL: none), longitudes, latitudes and heights in a row, as Cesium's cartographicDegrees. */
static void czml_put_positions(cosmo_json *json, const double *t_s, const cosmo_cut_point *points, size_t n)
{
    const size_t width = t_s != NULL ? 4 : 3;
    double *row = cosmo_arena_array(json->text.arena, n, width * sizeof *row);
    if (row == NULL) {
        json->text.failed = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const cosmo_cut_point point = cosmo_cut_rounded(points[i]);
        double *at = row + width * i;
        if (t_s != NULL) *at++ = t_s[i];
        at[0] = point.lon_deg;
        at[1] = point.lat_deg;
        at[2] = point.altitude_m;
    }
    cosmo_json_numbers(json, "cartographicDegrees", width * n, row);
}

static void czml_put_dot(cosmo_json *json, const cosmo_shape *shape)
{
    cosmo_json_object(json, "point");
    cosmo_json_number(json, "pixelSize", 9.0);
    czml_put_colour(json, "color", cosmo_palette_colour(shape->role), CZML_SOLID);
    czml_put_colour(json, "outlineColor", 0xffffff, CZML_SOLID);
    cosmo_json_number(json, "outlineWidth", shape->estimate ? 3.0 : 1.0);
    if (shape->altitude_m == NULL) cosmo_json_text(json, "heightReference", "CLAMP_TO_GROUND");
    cosmo_json_end(json);
}

static void czml_put_label(cosmo_json *json, const cosmo_shape *shape)
{
    const double offset[] = {10.0, 0.0};
    if (shape->name == NULL) return;
    cosmo_json_object(json, "label");
    cosmo_json_text(json, "text", shape->name);
    cosmo_json_text(json, "font", "13px sans-serif");
    cosmo_json_text(json, "style", "FILL_AND_OUTLINE");
    czml_put_colour(json, "fillColor", 0xffffff, CZML_SOLID);
    czml_put_colour(json, "outlineColor", 0x000000, CZML_SOLID);
    cosmo_json_number(json, "outlineWidth", 2.0);
    cosmo_json_text(json, "horizontalOrigin", "LEFT");
    cosmo_json_object(json, "pixelOffset");
    cosmo_json_numbers(json, "cartesian2", 2, offset);
    cosmo_json_end(json);
    if (shape->altitude_m == NULL) cosmo_json_text(json, "heightReference", "CLAMP_TO_GROUND");
    cosmo_json_end(json);
}

/* ---- what a shape becomes ---- */

static void czml_put_point(cosmo_json *json, const cosmo_shape *shape, cosmo_cut_point point)
{
    cosmo_json_object(json, "position");
    czml_put_positions(json, NULL, &point, 1);
    cosmo_json_end(json);
    czml_put_dot(json, shape);
    czml_put_label(json, shape);
}

static void czml_put_polyline(cosmo_json *json, const cosmo_shape *shape, const cosmo_cut_point *points, size_t n)
{
    cosmo_json_object(json, "polyline");
    cosmo_json_object(json, "positions");
    czml_put_positions(json, NULL, points, n);
    cosmo_json_end(json);
    cosmo_json_number(json, "width", 2.5);
    czml_put_material(json, shape);
    cosmo_json_flag(json, "clampToGround", shape->altitude_m == NULL);
    cosmo_json_end(json);
}

static void czml_put_polygon(cosmo_json *json, const cosmo_shape *shape, const cosmo_cut_point *points, size_t n)
{
    cosmo_json_object(json, "polygon");
    cosmo_json_object(json, "positions");
    czml_put_positions(json, NULL, points, n - 1); /* Cesium closes the ring itself */
    cosmo_json_end(json);
    cosmo_json_object(json, "material");
    cosmo_json_object(json, "solidColor");
    czml_put_colour(json, "color", cosmo_palette_colour(shape->role), CZML_FILL);
    cosmo_json_end(json);
    cosmo_json_end(json);
    if (shape->altitude_m != NULL) cosmo_json_flag(json, "perPositionHeight", true);
    cosmo_json_end(json);
    czml_put_polyline(json, shape, points, n); /* an outline of its own: Cesium draws none on the ground */
}

/* A body that flies along the line, and the line behind and ahead of it. */
static void czml_put_flight(czml_writer *czml, const cosmo_shape *shape, const cosmo_cut_point *points)
{
    cosmo_json *json = &czml->json;
    char epoch[44];
    czml_format_utc(czml, 0.0, epoch);
    czml_put_interval(czml, "availability", shape->t_s[0], shape->t_s[shape->n - 1]);
    cosmo_json_object(json, "position");
    cosmo_json_text(json, "epoch", epoch);
    cosmo_json_text(json, "interpolationAlgorithm", "LINEAR");
    czml_put_positions(json, shape->t_s, points, shape->n);
    cosmo_json_end(json);
    cosmo_json_object(json, "path");
    cosmo_json_number(json, "width", 2.5);
    czml_put_material(json, shape);
    cosmo_json_end(json);
    czml_put_dot(json, shape);
    czml_put_label(json, shape);
}

/* ---- packets ---- */

static bool czml_same(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

/* How many shapes before this one would have the same packet id. */
static size_t czml_repeats(const czml_writer *czml, size_t layer, size_t shape)
{
    const cosmo_layer *mine = &czml->layers[layer];
    size_t count = 0;
    for (size_t i = 0; i <= layer; i++) {
        if (!czml_same(czml->layers[i].id, mine->id)) continue;
        const size_t n = i < layer ? czml->layers[i].n : shape;
        for (size_t j = 0; j < n; j++) count += czml_same(czml->layers[i].shapes[j].id, mine->shapes[shape].id);
    }
    return count;
}

/* "layer/id", then "layer/id#2", ... */
static void czml_put_id(czml_writer *czml, size_t layer, size_t shape)
{
    const char *first = czml->layers[layer].id, *second = czml->layers[layer].shapes[shape].id;
    const size_t repeats = czml_repeats(czml, layer, shape);
    const char *mark = repeats > 0 ? cosmo_arena_print(czml->json.text.arena, "#%zu", repeats + 1) : "";
    const char *id = cosmo_arena_print(czml->json.text.arena, "%s/%s%s", first != NULL ? first : "",
                                       second != NULL ? second : "shape", mark != NULL ? mark : "");
    if (id == NULL || mark == NULL) czml->json.text.failed = true;
    cosmo_json_text(&czml->json, "id", id);
}

/* Cesium shows a description as HTML: its markup characters are escaped. */
static void czml_put_description(cosmo_json *json, const cosmo_shape *shape)
{
    if (shape->note == NULL && !shape->estimate) return;
    cosmo_text html = cosmo_text_begin(json->text.arena);
    cosmo_text_put(&html, shape->estimate ? "<p>The position is an estimate.</p>" : "");
    cosmo_text_put(&html, shape->note != NULL ? "<p>" : "");
    if (shape->note != NULL) cosmo_utf8_put(&html, shape->note, cosmo_utf8_xml);
    cosmo_text_put(&html, shape->note != NULL ? "</p>" : "");
    if (html.failed)
        json->text.failed = true;
    else
        cosmo_json_text(json, "description", html.data);
}

static void czml_put_properties(cosmo_json *json, const cosmo_layer *layer, const cosmo_shape *shape)
{
    cosmo_json_object(json, "properties");
    if (shape->role != NULL) cosmo_json_text(json, "role", shape->role);
    if (layer->id != NULL) cosmo_json_text(json, "layer", layer->id);
    cosmo_json_flag(json, "estimate", shape->estimate);
    for (size_t i = 0; i < shape->n_properties; i++) {
        const cosmo_property *property = &shape->properties[i];
        const char *key = cosmo_key_free(property->key, json->text.arena);
        if (key == NULL)
            json->text.failed = true;
        else if (property->text != NULL)
            cosmo_json_text(json, key, property->text);
        else if (isfinite(property->number))
            cosmo_json_number(json, key, property->number);
    }
    cosmo_json_end(json);
}

/* The shape as given, uncut: on a globe nothing is to be cut. */
static cosmo_cut_point *czml_points(const cosmo_shape *shape, cosmo_arena *arena)
{
    cosmo_cut_point *points = cosmo_arena_array(arena, shape->n, sizeof *points);
    for (size_t i = 0; points != NULL && i < shape->n; i++)
        points[i] = (cosmo_cut_point){shape->lon_deg[i], shape->lat_deg[i],
                                      shape->altitude_m != NULL ? shape->altitude_m[i] : 0.0};
    return points;
}

static void czml_put_packet(czml_writer *czml, size_t layer, size_t index)
{
    cosmo_json *json = &czml->json;
    const cosmo_shape *shape = &czml->layers[layer].shapes[index];
    cosmo_cut cut;
    const cosmo_cut_point *points = czml_points(shape, json->text.arena);
    if (points == NULL || !cosmo_cut_shape(shape, json->text.arena, &cut)) {
        json->text.failed = true;
        return;
    }
    if (cut.n == 0) return; /* nothing to draw */
    cosmo_json_object(json, NULL);
    czml_put_id(czml, layer, index);
    if (shape->name != NULL) cosmo_json_text(json, "name", shape->name);
    czml_put_description(json, shape);
    cosmo_window window;
    const bool flies = czml_timed(czml, shape);
    if (czml->dated && !flies && cosmo_window_of(shape, &window))
        czml_put_interval(czml, "availability", window.from_s, window.until_s);
    if (flies)
        czml_put_flight(czml, shape, points);
    else if (shape->kind == COSMO_SHAPE_POINT)
        czml_put_point(json, shape, points[0]);
    else if (shape->kind == COSMO_SHAPE_LINE)
        czml_put_polyline(json, shape, points, shape->n);
    else
        czml_put_polygon(json, shape, points, shape->n);
    czml_put_properties(json, &czml->layers[layer], shape);
    cosmo_json_end(json);
}

/* The clock runs over all timed lines and windows, and T+0. */
static void czml_put_clock(czml_writer *czml)
{
    double from_s = 0.0, to_s = 0.0;
    for (size_t i = 0; i < czml->n; i++)
        for (size_t j = 0; j < czml->layers[i].n; j++) {
            const cosmo_shape *shape = &czml->layers[i].shapes[j];
            cosmo_window window;
            if (czml_timed(czml, shape))
                window = (cosmo_window){shape->t_s[0], shape->t_s[shape->n - 1]};
            else if (!cosmo_window_of(shape, &window))
                continue;
            from_s = fmin(from_s, window.from_s);
            to_s = fmax(to_s, window.until_s);
        }
    if (from_s == to_s) return;
    char now[44];
    czml_format_utc(czml, from_s, now);
    cosmo_json_object(&czml->json, "clock");
    czml_put_interval(czml, "interval", from_s, to_s);
    cosmo_json_text(&czml->json, "currentTime", now);
    cosmo_json_number(&czml->json, "multiplier", CZML_CLOCK_RATE);
    cosmo_json_text(&czml->json, "range", "LOOP_STOP");
    cosmo_json_text(&czml->json, "step", "SYSTEM_CLOCK_MULTIPLIER");
    cosmo_json_end(&czml->json);
}

void cosmo_czml_write(cosmo_text *out, const char *name, const char *epoch_utc, const cosmo_layer *layers, size_t n)
{
    czml_writer czml = {.json = cosmo_json_begin(out->arena), .layers = layers, .n = n};
    czml.json.text = *out;
    czml.dated = epoch_utc != NULL && cosmo_stamp_parse(epoch_utc, &czml.epoch);
    cosmo_json_list(&czml.json, NULL);
    cosmo_json_object(&czml.json, NULL);
    cosmo_json_text(&czml.json, "id", "document");
    cosmo_json_text(&czml.json, "name", name);
    cosmo_json_text(&czml.json, "version", "1.0");
    if (czml.dated) czml_put_clock(&czml);
    cosmo_json_end(&czml.json);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < layers[i].n; j++) czml_put_packet(&czml, i, j);
    cosmo_json_end(&czml.json);
    size_t bytes;
    cosmo_json_finish(&czml.json, &bytes);
    *out = czml.json.text;
}
