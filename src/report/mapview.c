/* The whole map in one drawing, its legend, and the list of what is on it. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

bool cosmo_mapview_is(const cosmo_shape *shape, const char *role)
{
    return shape->role != NULL && strcmp(shape->role, role) == 0;
}

int cosmo_mapview_grade(const cosmo_shape *shape)
{
    static const char *const kinds[] = {"level-", "soil-"};
    if (shape->kind != COSMO_SHAPE_POLYGON || shape->role == NULL) return 0;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const char *digit = shape->role + strlen(kinds[i]);
        if (strncmp(shape->role, kinds[i], strlen(kinds[i])) == 0 && *digit >= '1' && *digit <= '4' && digit[1] == '\0')
            return *digit - '0';
    }
    return 0;
}

const char *cosmo_mapview_area(const cosmo_shape *shape)
{
    static const char *const grades[] = {"zone", "zone level g1", "zone level g2", "zone level g3", "zone level g4"};
    if (cosmo_mapview_is(shape, "boundary")) return "boundary";
    return shape->estimate ? "zone estimate" : grades[cosmo_mapview_grade(shape)];
}

const char *cosmo_mapview_sign(const cosmo_shape *shape, const char **classes)
{
    *classes = "event";
    if (cosmo_mapview_is(shape, "track")) return "m-3.2 0a3.2 3.2 0 1 0 6.4 0a3.2 3.2 0 1 0 -6.4 0z";
    *classes = "pad";
    if (cosmo_mapview_is(shape, "pad")) return "m0 -6.5l5.5 10h-11z";
    *classes = "point";
    if (cosmo_mapview_is(shape, "source"))
        return "m0 -7l1.1 4.2 3.8 -2.1 -2.1 3.8 4.2 1.1 -4.2 1.1 2.1 3.8 -3.8 "
               "-2.1 -1.1 4.2 -1.1 -4.2 -3.8 2.1 2.1 -3.8 -4.2 -1.1 4.2 -1.1 -2.1 -3.8 3.8 2.1z";
    if (shape->estimate) *classes = "point estimate";
    if (cosmo_mapview_is(shape, "receptor")) return "m-3.6 -3.6h7.2v7.2h-7.2z";
    return "m0 -4.5l4.5 4.5 -4.5 4.5 -4.5 -4.5z";
}

bool cosmo_mapview_is_dashed(const cosmo_shape *shape)
{
    return shape->estimate || cosmo_mapview_is(shape, "iip");
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

/* The time of what moves, in the corner; the script writes its own over it. */
static void mapview_caption(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    const cosmo_reel *reel = &draw->reel;
    const double x = view->frame.left + 10, baseline = view->frame.top + 18;
    double width = 0;
    if (reel->n == 0) return;
    for (size_t i = 0; i < reel->n; i++)
        width = fmax(width, cosmo_labels_width(reel->captions[i], COSMO_DRAW_FONT, true));
    cosmo_mapview_text(draw, "when", x, baseline, "start", reel->captions[reel->still]);
    cosmo_labels_block(labels, (cosmo_clip_box){x - 4, baseline - 13, x + width + 4, baseline + 6});
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
    mapview_caption(draw, view, &labels);
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
        cosmo_text_print(draw->out, "<path class=\"line%s k%zu\" d=\"M1 7h22%s\"/>", cosmo_mapview_dash(shape), k,
                         cosmo_mapview_is(shape, "wind") ? "m-7 -4l7 4 -7 4" : "");
    else if (shape->kind == COSMO_SHAPE_POLYGON)
        cosmo_text_print(draw->out, "<rect class=\"%s k%zu\" x=\"2\" y=\"1.5\" width=\"20\" height=\"11\" rx=\"5.5\"/>",
                         cosmo_mapview_area(shape), k);
    else {
        const char *classes, *sign = cosmo_mapview_sign(shape, &classes);
        cosmo_text_print(draw->out, "<path class=\"%s k%zu\" d=\"M12 %s%s\"/>", classes, k,
                         cosmo_mapview_is(shape, "pad") ? "8" : "7", sign);
    }
    cosmo_text_put(draw->out, "</svg>");
}

/* Whether two shapes have the same sign. */
static bool mapview_alike(const cosmo_shape *a, const cosmo_shape *b)
{
    const char *classes;
    const bool signs =
        a->kind != COSMO_SHAPE_POINT || strcmp(cosmo_mapview_sign(a, &classes), cosmo_mapview_sign(b, &classes)) == 0;
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

/* Whether a shape is the first of its layer that looks as it does. */
static bool mapview_is_first(const cosmo_layer *layer, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (mapview_alike(&layer->shapes[index], &layer->shapes[i])) return false;
    return true;
}

/* Levels beside one another are told apart by their names; one alone has that of its layer. */
static bool mapview_has_grades(const cosmo_layer *layer)
{
    int grades = 0;
    for (size_t i = 0; i < layer->n; i++)
        grades += cosmo_mapview_grade(&layer->shapes[i]) > 0 && mapview_is_first(layer, i);
    return grades > 1;
}

static bool mapview_is_off(const cosmo_layer *layer)
{
    bool off = true;
    for (size_t i = 0; i < layer->n; i++) off &= layer->shapes[i].off;
    return off;
}

/* One entry a layer: its switch, a symbol for each kind of shape in it, its title; then each level with its name. */
static void mapview_legend_layer(cosmo_draw *draw, size_t index)
{
    enum { SYMBOLS_MAX = 5 };
    const cosmo_layer *layer = &draw->page->layers[index];
    const bool grades = mapview_has_grades(layer);
    int symbols = 0;
    if (layer->n == 0) return;
    cosmo_text_print(draw->out, "<li><label><input type=\"checkbox\" id=\"show-%zu\"%s>", index,
                     mapview_is_off(layer) ? "" : " checked");
    for (size_t i = 0; i < layer->n && symbols < SYMBOLS_MAX; i++) {
        if (!mapview_is_first(layer, i) || (grades && cosmo_mapview_grade(&layer->shapes[i]) > 0)) continue;
        mapview_symbol(draw, &layer->shapes[i]);
        symbols++;
    }
    cosmo_text_put(draw->out, "<span>");
    cosmo_markup_text(draw->out, layer->title != NULL ? layer->title : layer->id);
    cosmo_text_put(draw->out, grades ? ":</span></label>" : "</span></label>");
    for (size_t i = 0; i < layer->n && grades; i++) {
        const cosmo_shape *shape = &layer->shapes[i];
        if (cosmo_mapview_grade(shape) == 0 || !mapview_is_first(layer, i)) continue;
        cosmo_text_put(draw->out, "<span class=\"grade\">");
        mapview_symbol(draw, shape);
        cosmo_markup_text(draw->out, shape->name != NULL ? shape->name : shape->role);
        cosmo_text_put(draw->out, "</span>");
    }
    cosmo_text_put(draw->out, "</li>");
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

/* Whether a shape is in the list: named, with one place, always there, and no event of the track; of the pieces of a
 * level the first, if it is shown at once. */
static bool mapview_listed(const cosmo_layer *layer, size_t index, double *lon, double *lat)
{
    const cosmo_shape *shape = &layer->shapes[index];
    cosmo_window window;
    if (shape->name == NULL || cosmo_mapview_is(shape, "track") || cosmo_window_of(shape, &window)) return false;
    if (cosmo_mapview_grade(shape) > 0 && (shape->off || !mapview_is_first(layer, index))) return false;
    return mapview_place(shape, lon, lat);
}

size_t cosmo_mapview_count(const cosmo_draw *draw)
{
    size_t n = 0;
    double lon, lat;
    for (size_t i = 0; i < draw->page->n_layers; i++)
        for (size_t j = 0; j < draw->page->layers[i].n; j++) n += mapview_listed(&draw->page->layers[i], j, &lon, &lat);
    return n;
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
                if (cosmo_mapview_is(shape, "pad") != (pads == 1) ||
                    !mapview_listed(&draw->page->layers[i], j, &lon, &lat))
                    continue;
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
