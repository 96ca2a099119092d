/* The whole map in one drawing, its legend, and the list of what is on it. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

static bool mapview_is(const cosmo_shape *shape, const char *role)
{
    return shape->role != NULL && strcmp(shape->role, role) == 0;
}

bool cosmo_mapview_is_dashed(const cosmo_shape *shape)
{
    return shape->estimate || mapview_is(shape, "iip");
}

const char *cosmo_mapview_dash(const cosmo_shape *shape)
{
    return shape->estimate ? " dotted" : cosmo_mapview_is_dashed(shape) ? " dashed" : "";
}

void cosmo_mapview_text(cosmo_draw *draw, const char *classes, double x, double baseline, const char *anchor,
                        const char *text)
{
    cosmo_text_print(draw->out, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\"", classes, x, baseline);
    if (strcmp(anchor, "start") != 0) cosmo_text_print(draw->out, " text-anchor=\"%s\"", anchor);
    cosmo_text_put(draw->out, ">");
    cosmo_markup_text(draw->out, text);
    cosmo_text_put(draw->out, "</text>");
}

void cosmo_mapview_draw(cosmo_draw *draw, const cosmo_view *view, const char *variant, const char *id)
{
    cosmo_clip_box frame = cosmo_view_box(view, -3);
    cosmo_labels labels = cosmo_labels_begin(draw->arena, frame);
    cosmo_text_print(
        draw->out, "<svg class=\"map %s\" data-view=\"%s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"Map\">",
        variant, id, view->width, view->height);
    cosmo_mapbase_draw(draw, view, id);
    cosmo_mapbase_scale(draw, view, &labels);
    cosmo_mapbase_dots(draw, view, &labels);
    cosmo_text_print(draw->out, "<g clip-path=\"url(#clip-%s)\">", id);
    cosmo_maplayers_draw(draw, view, &labels);
    cosmo_text_put(draw->out, "</g>");
    cosmo_maplayers_names(draw, view, &labels);
    cosmo_mapbase_countries(draw, view, &labels);
    cosmo_mapbase_places(draw, view, &labels);
    cosmo_text_print(draw->out, "<rect class=\"neat\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                     view->frame.left, view->frame.top, view->frame.right - view->frame.left,
                     view->frame.bottom - view->frame.top);
    cosmo_text_put(draw->out, "<g class=\"live\"></g></svg>");
    if (labels.failed) draw->out->failed = true;
}

/* ---- legend ------------------------------------------------------------------------------------------------------ */

static void mapview_symbol(cosmo_draw *draw, const cosmo_shape *shape)
{
    const size_t k = cosmo_ink_class(&draw->ink, shape->role);
    cosmo_text_put(draw->out, "<svg class=\"symbol\" viewBox=\"0 0 24 14\" aria-hidden=\"true\">");
    if (shape->kind == COSMO_SHAPE_LINE)
        cosmo_text_print(draw->out, "<path class=\"line%s k%zu\" d=\"M1 7h22\"/>", cosmo_mapview_dash(shape), k);
    else if (shape->kind == COSMO_SHAPE_POLYGON)
        cosmo_text_print(draw->out,
                         "<rect class=\"zone%s k%zu\" x=\"2\" y=\"1.5\" width=\"20\" height=\"11\" rx=\"5.5\"/>",
                         shape->estimate ? " estimate" : "", k);
    else if (mapview_is(shape, "pad"))
        cosmo_text_print(draw->out, "<path class=\"pad k%zu\" d=\"M12 1.5l5.5 10h-11z\"/>", k);
    else if (mapview_is(shape, "track"))
        cosmo_text_print(draw->out, "<circle class=\"event k%zu\" cx=\"12\" cy=\"7\" r=\"3.2\"/>", k);
    else
        cosmo_text_print(draw->out, "<path class=\"point%s k%zu\" d=\"M12 2.5l4.5 4.5 -4.5 4.5 -4.5 -4.5z\"/>",
                         shape->estimate ? " estimate" : "", k);
    cosmo_text_put(draw->out, "</svg>");
}

/* Whether two shapes have the same sign. */
static bool mapview_alike(const cosmo_shape *a, const cosmo_shape *b)
{
    const bool points = a->kind == COSMO_SHAPE_POINT;
    const bool signs =
        !points || (mapview_is(a, "pad") == mapview_is(b, "pad") && mapview_is(a, "track") == mapview_is(b, "track"));
    return a->kind == b->kind && signs && cosmo_palette_colour(a->role) == cosmo_palette_colour(b->role) &&
           strcmp(cosmo_mapview_dash(a), cosmo_mapview_dash(b)) == 0;
}

void cosmo_mapview_switches(cosmo_draw *draw)
{
    bool any = false;
    for (size_t i = 0; i < draw->page->n_layers; i++) {
        if (draw->page->layers[i].n == 0) continue;
        cosmo_text_print(draw->out, "%s.map-panel:has(#show-%zu:not(:checked)) .l%zu", any ? "," : "", i, i);
        any = true;
    }
    if (any) cosmo_text_put(draw->out, "{display:none}\n");
}

/* One entry a layer: its switch, a symbol for each kind of shape in it, then its title. */
static void mapview_legend_layer(cosmo_draw *draw, size_t index)
{
    enum { SYMBOLS_MAX = 5 };
    const cosmo_layer *layer = &draw->page->layers[index];
    int symbols = 0;
    if (layer->n == 0) return;
    cosmo_text_print(draw->out, "<li><label><input type=\"checkbox\" id=\"show-%zu\" checked>", index);
    for (size_t i = 0; i < layer->n && symbols < SYMBOLS_MAX; i++) {
        bool seen = false;
        for (size_t j = 0; j < i && !seen; j++) seen = mapview_alike(&layer->shapes[i], &layer->shapes[j]);
        if (seen) continue;
        mapview_symbol(draw, &layer->shapes[i]);
        symbols++;
    }
    cosmo_text_put(draw->out, "<span>");
    cosmo_markup_text(draw->out, layer->title != NULL ? layer->title : layer->id);
    cosmo_text_put(draw->out, "</span></label></li>");
}

void cosmo_mapview_legend(cosmo_draw *draw)
{
    bool estimate = false;
    cosmo_text_put(draw->out, "<ul class=\"legend\">");
    for (size_t i = 0; i < draw->page->n_layers; i++) {
        mapview_legend_layer(draw, i);
        for (size_t j = 0; j < draw->page->layers[i].n; j++) {
            const cosmo_shape *shape = &draw->page->layers[i].shapes[j];
            estimate |= shape->estimate && shape->kind != COSMO_SHAPE_LINE;
        }
    }
    if (estimate)
        cosmo_text_put(
            draw->out,
            "<li><svg class=\"symbol\" viewBox=\"0 0 24 14\" aria-hidden=\"true\"><rect class=\"zone estimate\" "
            "x=\"2\" "
            "y=\"1.5\" width=\"20\" height=\"11\" rx=\"5.5\"/></svg>dashed outline: the position is an estimate</li>");
    if (draw->map->n_places > 0)
        cosmo_text_put(draw->out, "<li><svg class=\"symbol\" viewBox=\"0 0 24 14\" aria-hidden=\"true\"><circle "
                                  "class=\"place\" cx=\"5\" cy=\"7\" "
                                  "r=\"1.5\"/><circle class=\"place\" cx=\"16\" cy=\"7\" r=\"3.2\"/></svg>settlement, "
                                  "city of a million</li>");
    cosmo_text_put(draw->out, "</ul>");
}

/* ---- list ------------------------------------------------------------------------------------------------------- */

static void mapview_minutes(cosmo_text *out, double degrees, char positive, char negative)
{
    const long tenths = lround(fabs(degrees) * 600);
    cosmo_text_print(out, "%ld\xC2\xB0%02ld.%ld\xE2\x80\xB2%c", tenths / 600, tenths % 600 / 10, tenths % 10,
                     degrees < 0 ? negative : positive);
}

/* The place of a shape: itself, or the middle of a ring's box. */
static bool mapview_place(const cosmo_shape *shape, double *lon, double *lat)
{
    if (shape->n == 0 || shape->kind == COSMO_SHAPE_LINE) return false;
    double west = 360, east = -360, south = 90, north = -90;
    for (size_t i = 0; i < shape->n; i++) {
        const double turn = 360 * floor((shape->lon_deg[i] - shape->lon_deg[0] + 180) / 360);
        west = fmin(west, shape->lon_deg[i] - turn);
        east = fmax(east, shape->lon_deg[i] - turn);
        south = fmin(south, shape->lat_deg[i]);
        north = fmax(north, shape->lat_deg[i]);
    }
    *lon = (west + east) / 2;
    *lon -= 360 * floor((*lon + 180) / 360);
    *lat = (south + north) / 2;
    return isfinite(*lon) && isfinite(*lat);
}

static void mapview_list_shape(cosmo_draw *draw, const cosmo_shape *shape, double lon, double lat)
{
    cosmo_text_put(draw->out, "<li>");
    mapview_symbol(draw, shape);
    cosmo_text_print(draw->out, "<div><b class=\"ink k%zu\">", cosmo_ink_class(&draw->ink, shape->role));
    cosmo_markup_text(draw->out, shape->name);
    cosmo_text_put(draw->out, "</b>");
    if (shape->note != NULL && shape->note[0] != '\0') {
        cosmo_text_put(draw->out, " <span class=\"note\">");
        cosmo_markup_text(draw->out, shape->note);
        cosmo_text_put(draw->out, "</span>");
    }
    cosmo_text_print(
        draw->out,
        "<br><span class=\"coordinates\" data-at=\"%.5f, %.5f\" title=\"%.5f, %.5f (WGS-84, latitude first)\">", lat,
        lon, lat, lon);
    mapview_minutes(draw->out, lat, 'N', 'S');
    cosmo_text_put(draw->out, " ");
    mapview_minutes(draw->out, lon, 'E', 'W');
    cosmo_text_put(draw->out, "</span></div></li>");
}

/* Whether a shape is in the list: named, with one place, and no event of the track. */
static bool mapview_listed(const cosmo_shape *shape, double *lon, double *lat)
{
    return shape->name != NULL && !mapview_is(shape, "track") && mapview_place(shape, lon, lat);
}

void cosmo_mapview_list(cosmo_draw *draw, size_t first, size_t most)
{
    size_t at = 0, more = 0;
    double lon, lat;
    bool open = false;
    for (int pads = 1; pads >= 0; pads--)
        for (size_t i = 0; i < draw->page->n_layers; i++)
            for (size_t j = 0; j < draw->page->layers[i].n; j++) {
                const cosmo_shape *shape = &draw->page->layers[i].shapes[j];
                if (mapview_is(shape, "pad") != (pads == 1) || !mapview_listed(shape, &lon, &lat)) continue;
                if (at++ < first) continue;
                if (at > first + most) {
                    more++;
                    continue;
                }
                if (!open) cosmo_text_put(draw->out, "<ul class=\"places\">");
                open = true;
                mapview_list_shape(draw, shape, lon, lat);
            }
    if (open) cosmo_text_put(draw->out, "</ul>");
    if (more > 0 && first > 0) cosmo_text_print(draw->out, "<p class=\"note\">and %zu more</p>", more);
}
