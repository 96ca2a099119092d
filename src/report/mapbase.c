/* The ground under a map: land, lakes, rivers, borders, graticule, scale, countries, places. */
#include "report/country.h"
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The scale of base map that suits the window: a unit of the drawing should not be finer than the lines. */
static int mapbase_scale_of(const cosmo_draw *draw, const cosmo_view *view, cosmo_map_kind kind)
{
    const cosmo_clip_point middle = {(view->frame.left + view->frame.right) / 2,
                                     (view->frame.top + view->frame.bottom) / 2};
    const double metres = cosmo_view_metres(view, middle);
    const int wanted = metres < 7000 ? 10 : metres < 25000 ? 50 : 110;
    int best = 0;
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const cosmo_map_line *line = &draw->map->lines[i];
        if (line->kind != kind || line->scale == best) continue;
        if (best == 0 || abs(line->scale - wanted) < abs(best - wanted)) best = line->scale;
    }
    return best;
}

/* The line's points with longitudes relative to the central meridian plus `shift`, when any can be in the window. */
static bool mapbase_gather(const cosmo_view *view, const cosmo_map_line *line, double shift, cosmo_clip_points *points)
{
    const double move = shift - view->projection.lon0_deg;
    if (line->n < 2 || line->west + move > view->east || line->east + move < view->west || line->south > view->north ||
        line->north < view->south)
        return false;
    points->n = 0;
    for (size_t i = 0; i < line->n; i++) cosmo_clip_add(points, line->lon_deg[i] + move, line->lat_deg[i]);
    return !points->failed;
}

/* Relative degrees to the drawing; edges over a degree are bent as the projection bends them. */
static void mapbase_project(const cosmo_view *view, const cosmo_clip_points *degrees, bool closed,
                            cosmo_clip_points *drawn)
{
    drawn->n = 0;
    const size_t edges = closed ? degrees->n : degrees->n - 1;
    for (size_t i = 0; i <= edges && degrees->n > 0; i++) {
        const cosmo_clip_point to = degrees->items[i % degrees->n], from = i > 0 ? degrees->items[i - 1] : to;
        const double step = fmax(fabs(to.x - from.x), fabs(to.y - from.y));
        const int parts = step > 1 ? (int)ceil(step) : 1;
        for (int k = 1; k <= parts; k++) {
            const double part = (double)k / parts;
            cosmo_clip_point at;
            if (cosmo_view_forward(view, view->projection.lon0_deg + from.x + part * (to.x - from.x),
                                   from.y + part * (to.y - from.y), &at))
                cosmo_clip_add(drawn, at.x, at.y);
        }
    }
}

typedef struct mapbase_pens {
    cosmo_clip_points degrees, drawn, spare;
} mapbase_pens;

static mapbase_pens mapbase_pens_of(cosmo_arena *arena)
{
    return (mapbase_pens){{.arena = arena}, {.arena = arena}, {.arena = arena}};
}

/* A ring of the base map, cut to the window, in pens->drawn; false when nothing of it is seen. */
static bool mapbase_ring(const cosmo_view *view, const cosmo_map_line *line, double shift, double tolerance,
                         mapbase_pens *pens)
{
    if (!mapbase_gather(view, line, shift, &pens->degrees)) return false;
    cosmo_clip_ring(&pens->degrees, &pens->spare, (cosmo_clip_box){view->west, view->south, view->east, view->north});
    if (pens->degrees.n < 3) return false;
    mapbase_project(view, &pens->degrees, true, &pens->drawn);
    cosmo_clip_ring(&pens->drawn, &pens->spare, cosmo_view_box(view, 6));
    cosmo_clip_thin(&pens->drawn, tolerance);
    return pens->drawn.n >= 3;
}

/* Whether an edge only closes a ring where the map data or the window's own longitudes are cut: no coast runs there. */
static bool mapbase_is_seam(const cosmo_view *view, double shift, cosmo_clip_point a, cosmo_clip_point b)
{
    const double cut = a.x + view->projection.lon0_deg - shift;
    if (fabs(a.x - b.x) > 1e-4) return fabs(a.y) > 89.9 && fabs(b.y) > 89.9;
    return fabs(fabs(cut) - 180) < 1e-3 || fabs(fabs(a.x) - 180) < 1e-3;
}

static bool mapbase_has_seam(const cosmo_view *view, double shift, const cosmo_clip_points *degrees)
{
    for (size_t i = 0; i < degrees->n; i++)
        if (mapbase_is_seam(view, shift, degrees->items[i], degrees->items[i + 1 < degrees->n ? i + 1 : 0]))
            return true;
    return false;
}

/* The outline of a ring without its seams, as open lines. */
static void mapbase_outline(cosmo_text *out, const cosmo_view *view, double shift, mapbase_pens *pens)
{
    const cosmo_clip_points ring = pens->degrees;
    cosmo_clip_points piece = {.arena = ring.arena};
    for (size_t i = 0; i <= ring.n; i++) {
        const cosmo_clip_point at = ring.items[i % ring.n];
        cosmo_clip_add(&piece, at.x, at.y);
        const bool last = i == ring.n;
        if (!last && !mapbase_is_seam(view, shift, at, ring.items[(i + 1) % ring.n])) continue;
        if (piece.n > 1) {
            mapbase_project(view, &piece, false, &pens->drawn);
            cosmo_clip_write_line(out, &pens->drawn, &pens->spare, cosmo_view_box(view, 6), 0.35);
        }
        piece.n = 0;
    }
    if (piece.failed) out->failed = true;
}

static double mapbase_area(const cosmo_clip_points *ring)
{
    double area = 0;
    for (size_t i = 0; i < ring->n; i++) {
        const cosmo_clip_point a = ring->items[i], b = ring->items[i + 1 < ring->n ? i + 1 : 0];
        area += (a.x * b.y - b.x * a.y) / 2;
    }
    return area;
}

/* Holes of the land are lakes, which are drawn over it; holes of lakes are islands and stay. */
static bool mapbase_is_hole(const cosmo_map_line *line)
{
    double area = 0;
    for (size_t i = 1; i < line->n; i++)
        area += (double)line->lon_deg[i - 1] * line->lat_deg[i] - (double)line->lon_deg[i] * line->lat_deg[i - 1];
    return area > 0;
}

/* All rings of a kind and scale (and name, when given) in one path; those with a seam apart, their coasts as lines. */
static void mapbase_rings(cosmo_draw *draw, const cosmo_view *view, cosmo_map_kind kind, const char *name,
                          const char *classes)
{
    const double least_area = 0.7; /* smaller islands and lakes are no more than a speck */
    const int scale = mapbase_scale_of(draw, view, kind);
    const bool without_holes = kind == COSMO_MAP_LAND && mapbase_scale_of(draw, view, COSMO_MAP_LAKE) == scale;
    mapbase_pens pens = mapbase_pens_of(draw->arena);
    cosmo_text bare = cosmo_text_begin(draw->arena), coast = cosmo_text_begin(draw->arena);
    if (scale == 0) return;
    cosmo_text_print(draw->out, "<path class=\"%s\" d=\"", classes);
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const cosmo_map_line *line = &draw->map->lines[i];
        if (line->kind != kind || line->scale != scale) continue;
        if (name != NULL && (line->name == NULL || strcmp(line->name, name) != 0)) continue;
        for (int turn = -1; turn <= 1; turn++) {
            if (!mapbase_ring(view, line, 360.0 * turn, 0.35, &pens)) continue;
            if (fabs(mapbase_area(&pens.drawn)) < least_area || (without_holes && mapbase_is_hole(line))) continue;
            const bool seam = kind == COSMO_MAP_LAND && mapbase_has_seam(view, 360.0 * turn, &pens.degrees);
            cosmo_clip_write(seam ? &bare : draw->out, pens.drawn.items, pens.drawn.n, true);
            if (seam) mapbase_outline(&coast, view, 360.0 * turn, &pens);
        }
    }
    cosmo_text_put(draw->out, "\"/>");
    if (bare.length > 0)
        cosmo_text_print(draw->out, "<path class=\"%s bare\" d=\"%s\"/><path class=\"coast\" d=\"%s\"/>", classes,
                         bare.data, coast.length > 0 ? coast.data : "");
    if (pens.degrees.failed || pens.drawn.failed || pens.spare.failed || bare.failed || coast.failed)
        draw->out->failed = true;
}

static void mapbase_lines(cosmo_draw *draw, const cosmo_view *view, cosmo_map_kind kind, const char *classes)
{
    const int scale = mapbase_scale_of(draw, view, kind);
    mapbase_pens pens = mapbase_pens_of(draw->arena);
    if (scale == 0) return;
    cosmo_text_print(draw->out, "<path class=\"%s\" d=\"", classes);
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const cosmo_map_line *line = &draw->map->lines[i];
        if (line->kind != kind || line->scale != scale) continue;
        for (int turn = -1; turn <= 1; turn++) {
            if (!mapbase_gather(view, line, 360.0 * turn, &pens.degrees)) continue;
            mapbase_project(view, &pens.degrees, false, &pens.drawn);
            cosmo_clip_write_line(draw->out, &pens.drawn, &pens.spare, cosmo_view_box(view, 6), 0.4);
        }
    }
    cosmo_text_put(draw->out, "\"/>");
    if (pens.degrees.failed || pens.drawn.failed || pens.spare.failed) draw->out->failed = true;
}

/* ---- graticule ------------------------------------------------------------------------------------------------- */

static double mapbase_step(double span_deg, double wanted)
{
    static const double steps[] = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 45};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (span_deg / steps[i] <= wanted) return steps[i];
    return 60;
}

static void mapbase_degrees(cosmo_text *out, double degrees, const char *positive, const char *negative)
{
    cosmo_markup_number(out, fabs(degrees), 3);
    cosmo_text_print(out, "\xC2\xB0%s", degrees == 0 ? "" : degrees > 0 ? positive : negative);
}

/* Where a graticule line meets the left edge (parallels) or the bottom edge (meridians), its label stands outside. */
static void mapbase_edge_label(cosmo_draw *draw, const cosmo_view *view, const cosmo_clip_points *line, bool meridian,
                               double degrees, double *last)
{
    for (size_t i = 1; i < line->n; i++) {
        const cosmo_clip_point a = line->items[i - 1], b = line->items[i];
        const double edge = meridian ? view->frame.bottom : view->frame.left;
        const double from = (meridian ? a.y : a.x) - edge, to = (meridian ? b.y : b.x) - edge;
        if ((from > 0) == (to > 0)) continue;
        const double part = from / (from - to);
        const double x = a.x + part * (b.x - a.x), y = a.y + part * (b.y - a.y);
        const double along = meridian ? x : y, room = meridian ? 40 : 14;
        const bool inside = meridian ? x > view->frame.left + 18 && x < view->frame.right - 20
                                     : y > view->frame.top + 7 && y < view->frame.bottom - 5;
        if (!inside || fabs(along - *last) < room) continue;
        *last = along;
        cosmo_text_print(draw->out, "<text class=\"edge\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                         meridian ? x : view->frame.left - 4, meridian ? view->frame.bottom + 13 : y + 3.5,
                         meridian ? "middle" : "end");
        if (meridian)
            mapbase_degrees(draw->out, degrees, "E", "W");
        else
            mapbase_degrees(draw->out, degrees, "N", "S");
        cosmo_text_put(draw->out, "</text>");
        return;
    }
}

/* One pass over all meridians and parallels: their lines, or their labels. */
static void mapbase_graticule_pass(cosmo_draw *draw, const cosmo_view *view, bool labels)
{
    enum { POINTS = 90 };
    cosmo_clip_points line = {.arena = draw->arena}, spare = {.arena = draw->arena};
    const double width = view->frame.right - view->frame.left;
    const double step_lon = mapbase_step(view->east - view->west, fmax(4, width / 95));
    const double step_lat =
        mapbase_step(view->north - view->south, fmax(3, (view->frame.bottom - view->frame.top) / 75));
    for (int meridian = 0; meridian <= 1; meridian++) {
        const double step = meridian ? step_lon : step_lat, lon0 = view->projection.lon0_deg;
        const double low = meridian ? view->west + lon0 : view->south,
                     high = meridian ? view->east + lon0 : view->north;
        const double start = meridian ? view->south : view->west, end = meridian ? view->north : view->east;
        double last = -1e9;
        for (double value = step * ceil(low / step); value <= high; value += step) {
            if (!meridian && fabs(value) > 89.5) continue;
            if (meridian && high - low >= 360 && value > low + 360 - step / 2) continue;
            line.n = 0;
            for (int i = 0; i <= POINTS; i++) {
                const double at = start + (end - start) * i / POINTS;
                cosmo_clip_point p;
                if (cosmo_view_forward(view, meridian ? value : lon0 + at, meridian ? at : value, &p))
                    cosmo_clip_add(&line, p.x, p.y);
            }
            const double shown = meridian ? value - 360 * floor((value + 180) / 360) : value;
            if (labels)
                mapbase_edge_label(draw, view, &line, meridian, shown, &last);
            else
                cosmo_clip_write_line(draw->out, &line, &spare, cosmo_view_box(view, 2), 0.15);
        }
    }
    if (line.failed) draw->out->failed = true;
}

static void mapbase_graticule(cosmo_draw *draw, const cosmo_view *view)
{
    cosmo_text_put(draw->out, "<path class=\"graticule\" d=\"");
    mapbase_graticule_pass(draw, view, false);
    cosmo_text_put(draw->out, "\"/>");
}

void cosmo_mapbase_draw(cosmo_draw *draw, const cosmo_view *view, const char *id)
{
    const cosmo_clip_box f = view->frame;
    cosmo_text_print(draw->out,
                     "<clipPath id=\"clip-%s\"><rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\"/></clipPath>",
                     id, f.left, f.top, f.right - f.left, f.bottom - f.top);
    cosmo_text_print(draw->out, "<g clip-path=\"url(#clip-%s)\">", id);
    cosmo_text_print(draw->out, "<rect class=\"sea\" x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\"/>", f.left,
                     f.top, f.right - f.left, f.bottom - f.top);
    mapbase_rings(draw, view, COSMO_MAP_LAND, NULL, "land");
    if (draw->home != NULL) mapbase_rings(draw, view, COSMO_MAP_COUNTRY, draw->home, "host");
    mapbase_graticule(draw, view);
    mapbase_lines(draw, view, COSMO_MAP_RIVER, "river");
    mapbase_rings(draw, view, COSMO_MAP_LAKE, NULL, "lake");
    mapbase_lines(draw, view, COSMO_MAP_BORDER, "border");
    cosmo_text_put(draw->out, "</g>");
}

/* An arrow to the north at the map's corner, as the meridian there runs. */
static void mapbase_north(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    const cosmo_clip_point foot = {view->frame.right - 18, view->frame.top + 36};
    double lon, lat;
    cosmo_clip_point up;
    cosmo_view_inverse(view, foot, &lon, &lat);
    if (!cosmo_view_forward(view, lon, lat + 0.01, &up)) return;
    const double length = hypot(up.x - foot.x, up.y - foot.y);
    if (!(length > 0)) return;
    const double ux = (up.x - foot.x) / length, uy = (up.y - foot.y) / length;
    const cosmo_clip_point tip = {foot.x + 17 * ux, foot.y + 17 * uy};
    cosmo_text_print(draw->out, "<path class=\"north\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fz\"/>", tip.x, tip.y,
                     foot.x - 5 * uy, foot.y + 5 * ux, foot.x + 4.5 * ux, foot.y + 4.5 * uy, foot.x + 5 * uy,
                     foot.y - 5 * ux);
    cosmo_mapview_text(draw, "title", tip.x, tip.y - 4, "middle", "N");
    cosmo_labels_block(labels, (cosmo_clip_box){foot.x - 12, view->frame.top, view->frame.right, foot.y + 6});
}

void cosmo_mapbase_scale(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    mapbase_graticule_pass(draw, view, true);
    const cosmo_clip_point middle = {(view->frame.left + view->frame.right) / 2,
                                     (view->frame.top + view->frame.bottom) / 2};
    const double metres = cosmo_view_metres(view, middle),
                 most = metres * fmin(150, 0.3 * (view->frame.right - view->frame.left));
    static const double nice[] = {100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6};
    double length = nice[0];
    for (size_t i = 0; i < sizeof nice / sizeof nice[0]; i++)
        if (nice[i] <= most) length = nice[i];
    const double bar = length / metres, left = view->frame.left + 12, y = view->frame.bottom - 12;
    char text[32];
    snprintf(text, sizeof text, "%g km", length / 1000);
    const double words = cosmo_labels_width(text, COSMO_DRAW_FONT, false);
    cosmo_text_print(draw->out, "<path class=\"scale\" d=\"M%.1f %.1fv5h%.1fv-5\"/>", left, y - 5, bar);
    cosmo_mapview_text(draw, "small", left + bar + 6, y + 1, "start", text);
    cosmo_labels_block(labels, (cosmo_clip_box){left - 4, y - 13, left + bar + 12 + words, y + 7});
    if (draw->is_local) mapbase_north(draw, view, labels);
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

/* The name of a country in the widest free part of it that is seen; nothing where it has no room. */
static void mapbase_country(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const char *name,
                            const cosmo_clip_points *ring)
{
    enum { ACROSS = 28, DOWN = 18 };
    const double size = COSMO_DRAW_FONT, spacing = 2.2;
    size_t letters = 0;
    for (const char *c = name; cosmo_markup_decode(&c) != 0;) letters++;
    /* capitals are wider than the mixed case that was measured */
    const double width = 1.22 * cosmo_labels_width(name, size, false) + spacing * (double)letters + 8,
                 height = size * 1.5;
    double best = 120;
    cosmo_clip_box best_box = {0};
    const double right = view->frame.right - width, bottom = view->frame.bottom - height;
    const double x0 = (view->frame.left + view->frame.right - width) / 2,
                 y0 = (view->frame.top + view->frame.bottom - height) / 2;
    for (int i = 0; i <= ACROSS; i++)
        for (int j = 0; j <= DOWN; j++) {
            const cosmo_clip_box box = {view->frame.left + (right - view->frame.left) * i / ACROSS,
                                        view->frame.top + (bottom - view->frame.top) * j / DOWN, 0, 0};
            const cosmo_clip_box whole = {box.left, box.top, box.left + width, box.top + height};
            bool within = true;
            for (int k = 0; k < 6 && within; k++)
                within = cosmo_clip_inside(ring->items, ring->n, whole.left + (k % 3) * width / 2,
                                           k < 3 ? whole.top : whole.bottom);
            if (!within) continue;
            const double off = hypot((whole.left - x0) / (x0 + 1), (whole.top - y0) / (y0 + 1));
            const double cost = cosmo_labels_cost(labels, whole) + 20 * off;
            if (cost < best) {
                best = cost;
                best_box = whole;
            }
        }
    if (best >= 120) return;
    cosmo_labels_block(labels, best_box);
    cosmo_mapview_text(draw, "country", (best_box.left + best_box.right) / 2, best_box.bottom - 0.4 * size, "middle",
                       name);
}

/* How much of a country's ring is seen, at the turn at which most of it is. */
static double mapbase_seen(const cosmo_view *view, const cosmo_map_line *line, mapbase_pens *pens, int *turn)
{
    double most = 0;
    *turn = 0;
    for (int at = -1; at <= 1; at++) {
        if (!mapbase_ring(view, line, 360.0 * at, 1.5, pens)) continue;
        const double area = fabs(mapbase_area(&pens->drawn));
        if (area > most) *turn = at;
        most = fmax(most, area);
    }
    return most;
}

/* Each name once, in the largest part that is seen: a leased town is a part of its own. */
void cosmo_mapbase_countries(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    static const double LEAST = 2500;
    const int scale = mapbase_scale_of(draw, view, COSMO_MAP_COUNTRY);
    mapbase_pens pens = mapbase_pens_of(draw->arena);
    double *seen = cosmo_arena_array(draw->arena, draw->map->n_lines + 1, sizeof *seen);
    int *turns = cosmo_arena_array(draw->arena, draw->map->n_lines + 1, sizeof *turns);
    const cosmo_map_line *lines = draw->map->lines;
    draw->out->failed |= seen == NULL || turns == NULL;
    if (seen == NULL || turns == NULL) return;
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const bool named = lines[i].kind == COSMO_MAP_COUNTRY && lines[i].scale == scale && lines[i].name != NULL;
        seen[i] = named ? mapbase_seen(view, &lines[i], &pens, &turns[i]) : 0;
    }
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        bool largest = seen[i] > LEAST;
        for (size_t k = 0; k < draw->map->n_lines && largest; k++)
            largest = !(seen[k] > seen[i] && strcmp(lines[k].name, lines[i].name) == 0);
        if (largest && mapbase_ring(view, &lines[i], 360.0 * turns[i], 1.5, &pens))
            mapbase_country(draw, view, labels, cosmo_country_name(lines[i].name), &pens.drawn);
    }
    if (pens.degrees.failed || pens.drawn.failed || pens.spare.failed) draw->out->failed = true;
}

static int mapbase_place_class(int64_t population)
{
    return population >= 1000000 ? 3 : population >= 200000 ? 2 : population >= 30000 ? 1 : 0;
}

/* Where a place is drawn; false when it is outside the neat line. */
static bool mapbase_place_at(const cosmo_view *view, const cosmo_place *place, cosmo_clip_point *at)
{
    const double lon = cosmo_view_relative(&view->projection, place->longitude_deg);
    if (lon < view->west || lon > view->east || place->latitude_deg < view->south || place->latitude_deg > view->north)
        return false;
    if (!cosmo_view_forward(view, view->projection.lon0_deg + lon, place->latitude_deg, at)) return false;
    return at->x > view->frame.left + 3 && at->x < view->frame.right - 3 && at->y > view->frame.top + 3 &&
           at->y < view->frame.bottom - 3;
}

/* Of a place's dot: a village is more on the map of a neighbourhood than on that of a continent. */
static double mapbase_radius(const cosmo_draw *draw, const cosmo_place *place)
{
    static const double radii[4] = {1.0, 1.5, 2.2, 3.2};
    return radii[mapbase_place_class(place->population)] + (draw->is_local ? 0.8 : 0);
}

/* How many of the places, largest first, are dots on a map of this size. */
static size_t mapbase_dots(const cosmo_view *view)
{
    return (size_t)((view->frame.right - view->frame.left) * (view->frame.bottom - view->frame.top) / 1600) + 20;
}

void cosmo_mapbase_dots(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    size_t left = mapbase_dots(view);
    for (size_t i = 0; i < draw->map->n_places && left > 0; i++) {
        const cosmo_place *place = &draw->map->places[i];
        cosmo_clip_point at;
        if (!mapbase_place_at(view, place, &at)) continue;
        left--;
        const int kind = mapbase_place_class(place->population);
        const double r = mapbase_radius(draw, place);
        if (cosmo_labels_cost(labels, (cosmo_clip_box){at.x - r, at.y - r, at.x + r, at.y + r}) >= COSMO_LABELS_NEVER)
            continue; /* under the scale bar */
        cosmo_text_print(draw->out, "<circle class=\"place\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>", at.x, at.y, r);
        cosmo_labels_bar_add(labels, at, at, 1 + 2 * kind + (draw->is_local ? 8 : 0));
    }
}

void cosmo_mapbase_places(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    const double area = (view->frame.right - view->frame.left) * (view->frame.bottom - view->frame.top);
    size_t names = (size_t)(area / 11000) + 4, dots = mapbase_dots(view);
    for (size_t i = 0; i < draw->map->n_places && dots > 0 && names > 0; i++) {
        const cosmo_place *place = &draw->map->places[i];
        cosmo_clip_point at;
        if (!mapbase_place_at(view, place, &at)) continue;
        dots--;
        const double r = mapbase_radius(draw, place);
        const double width = cosmo_labels_width(place->name, COSMO_DRAW_FONT, false) + 2;
        const cosmo_clip_box dot = {at.x - r - 1, at.y - r - 1, at.x + r + 1, at.y + r + 1};
        cosmo_clip_box box;
        if (cosmo_labels_cost(labels, dot) >= COSMO_LABELS_NEVER ||
            !cosmo_labels_beside(labels, at, r + 3, width, COSMO_DRAW_FONT * 1.25, 42, &box))
            continue;
        names--;
        cosmo_labels_block(labels, dot);
        cosmo_mapview_text(draw, "name", box.left, box.bottom - 0.32 * COSMO_DRAW_FONT, "start", place->name);
    }
}
