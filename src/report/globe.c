/* The globe: land, graticule and lines on the half of the Earth that faces the middle of the map, seen from far away.
 */
#include "report/draw.h"

#include "core/real.h"

#include <math.h>
#include <string.h>

static const double GLOBE_DEG = 3.14159265358979323846 / 180.0;

/* Two axes across the view and one towards the viewer. */
typedef struct globe_frame {
    cosmo_vec3 right, up, towards;
} globe_frame;

static double globe_dot(cosmo_vec3 a, cosmo_vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static cosmo_vec3 globe_unit(double lon_deg, double lat_deg)
{
    const double c = cosmo_real_cos(lat_deg * GLOBE_DEG);
    return (cosmo_vec3){c * cosmo_real_cos(lon_deg * GLOBE_DEG), c * cosmo_real_sin(lon_deg * GLOBE_DEG),
                        cosmo_real_sin(lat_deg * GLOBE_DEG)};
}

static globe_frame globe_frame_at(double lon_deg, double lat_deg)
{
    const double sl = cosmo_real_sin(lon_deg * GLOBE_DEG), cl = cosmo_real_cos(lon_deg * GLOBE_DEG);
    const double sp = cosmo_real_sin(lat_deg * GLOBE_DEG), cp = cosmo_real_cos(lat_deg * GLOBE_DEG);
    return (globe_frame){{-sl, cl, 0}, {-sp * cl, -sp * sl, cp}, {cp * cl, cp * sl, sp}};
}

/* Orthographic; a hidden place is pushed out to the limb in its own direction, so that a ring keeps its shape as seen
 * and its far part runs along the limb. Returns whether the place is seen. */
static bool globe_point(const globe_frame *frame, double lon_deg, double lat_deg, cosmo_clip_point *at)
{
    const double half = COSMO_DRAW_GLOBE / 2.0, radius = COSMO_DRAW_GLOBE_RADIUS;
    const cosmo_vec3 unit = globe_unit(lon_deg, lat_deg);
    double x = globe_dot(unit, frame->right), y = globe_dot(unit, frame->up);
    const bool seen = globe_dot(unit, frame->towards) >= 0;
    if (!seen) {
        const double length = hypot(x, y) + 1e-12;
        x /= length;
        y /= length;
    }
    *at = (cosmo_clip_point){half + radius * x, half - radius * y};
    return seen;
}

static bool globe_holds(const cosmo_map_line *line, double lon_deg, double lat_deg)
{
    bool inside = false;
    for (size_t i = 0, j = line->n - 1; i < line->n; j = i++) {
        const double yi = line->lat_deg[i], yj = line->lat_deg[j];
        if ((yi > lat_deg) != (yj > lat_deg) &&
            lon_deg < (line->lon_deg[j] - line->lon_deg[i]) * (lat_deg - yi) / (yj - yi) + line->lon_deg[i])
            inside = !inside;
    }
    return inside;
}

static void globe_limb(cosmo_text *out)
{
    const int half = COSMO_DRAW_GLOBE / 2, r = COSMO_DRAW_GLOBE_RADIUS;
    cosmo_text_print(out, "M%d %da%d %d 0 1 0 %d 0a%d %d 0 1 0 -%d 0z", half - r, half, r, r, 2 * r, r, r, 2 * r);
}

/* Land rings pushed out at the limb. One that holds the far point winds around the limb the wrong way: the limb itself,
 * added once, turns it inside out under the even-odd rule. */
static void globe_land(cosmo_draw *draw, const globe_frame *frame)
{
    cosmo_clip_points ring = {.arena = draw->arena};
    const double far_lat = -draw->globe_lat_deg,
                 far_lon = draw->globe_lon_deg > 0 ? draw->globe_lon_deg - 180 : draw->globe_lon_deg + 180;
    cosmo_text_put(draw->out, "<path class=\"land\" fill-rule=\"evenodd\" d=\"");
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const cosmo_map_line *line = &draw->map->lines[i];
        if (line->kind != COSMO_MAP_LAND || line->scale != 110 || line->n < 4) continue;
        bool any = false;
        ring.n = 0;
        for (size_t k = 0; k < line->n; k++) {
            cosmo_clip_point at;
            any |= globe_point(frame, line->lon_deg[k], line->lat_deg[k], &at);
            cosmo_clip_add(&ring, at.x, at.y);
        }
        const bool around = globe_holds(line, far_lon, far_lat);
        if (!any && !around) continue;
        cosmo_clip_thin(&ring, 0.3);
        cosmo_clip_write(draw->out, ring.items, ring.n, true);
        if (around) globe_limb(draw->out);
    }
    cosmo_text_put(draw->out, "\"/>");
    if (ring.failed) draw->out->failed = true;
}

/* The seen pieces of a line. */
static void globe_write_line(cosmo_draw *draw, const globe_frame *frame, size_t n, const double *lon_deg,
                             const double *lat_deg, cosmo_clip_points *piece)
{
    piece->n = 0;
    for (size_t i = 0; i <= n; i++) {
        cosmo_clip_point at = {0, 0};
        const bool usable = i < n && fabs(lat_deg[i]) <= 90 && isfinite(lon_deg[i]);
        const bool seen = usable && globe_point(frame, lon_deg[i], lat_deg[i], &at);
        if (seen) cosmo_clip_add(piece, at.x, at.y);
        if (seen || piece->n == 0) continue;
        cosmo_clip_thin(piece, 0.2);
        cosmo_clip_write(draw->out, piece->items, piece->n, false);
        piece->n = 0;
    }
    if (piece->failed) draw->out->failed = true;
}

static void globe_graticule(cosmo_draw *draw, const globe_frame *frame)
{
    enum { POINTS = 60 };
    cosmo_clip_points piece = {.arena = draw->arena};
    cosmo_text_put(draw->out, "<path class=\"graticule\" d=\"");
    for (int line = 0; line < 12 + 5; line++) {
        double lon[POINTS + 1], lat[POINTS + 1];
        for (int i = 0; i <= POINTS; i++) {
            lon[i] = line < 12 ? 30.0 * line - 180 : -180 + 360.0 * i / POINTS;
            lat[i] = line < 12 ? -90 + 180.0 * i / POINTS : 30.0 * (line - 14);
        }
        globe_write_line(draw, frame, POINTS + 1, lon, lat, &piece);
    }
    cosmo_text_put(draw->out, "\"/>");
}

static void globe_shape(cosmo_draw *draw, const globe_frame *frame, const cosmo_shape *shape, cosmo_clip_points *piece)
{
    const size_t k = cosmo_ink_class(&draw->ink, shape->role);
    cosmo_clip_point at;
    if (shape->kind == COSMO_SHAPE_LINE && shape->n >= 2) {
        cosmo_text_print(draw->out, "<path class=\"line%s k%zu\" d=\"", cosmo_mapview_dash(shape), k);
        globe_write_line(draw, frame, shape->n, shape->lon_deg, shape->lat_deg, piece);
        cosmo_text_put(draw->out, "\"/>");
    } else if (shape->kind == COSMO_SHAPE_POINT && shape->n > 0 && isfinite(shape->lon_deg[0]) &&
               (shape->role == NULL || strcmp(shape->role, "track") != 0)) {
        const bool seen = globe_point(frame, shape->lon_deg[0], shape->lat_deg[0], &at);
        cosmo_text_print(draw->out,
                         "<circle class=\"base k%zu\" data-lon=\"%.4f\" data-lat=\"%.4f\" cx=\"%.1f\" cy=\"%.1f\" "
                         "r=\"%s\"%s/>",
                         k, shape->lon_deg[0], shape->lat_deg[0], at.x, at.y,
                         shape->role != NULL && strcmp(shape->role, "pad") == 0 ? "3.5" : "2.5",
                         seen ? "" : " visibility=\"hidden\"");
    }
}

/* Dashed lines first, as on the map and in pagedata.c. */
static void globe_shapes(cosmo_draw *draw, const globe_frame *frame)
{
    cosmo_clip_points piece = {.arena = draw->arena};
    for (int solid = 0; solid <= 1; solid++)
        for (size_t i = 0; i < draw->page->n_layers; i++)
            for (size_t j = 0; j < draw->page->layers[i].n; j++) {
                const cosmo_shape *shape = &draw->page->layers[i].shapes[j];
                if (cosmo_mapview_is_dashed(shape) == (solid == 0)) globe_shape(draw, frame, shape, &piece);
            }
}

void cosmo_globe_draw(cosmo_draw *draw)
{
    const globe_frame frame = globe_frame_at(draw->globe_lon_deg, draw->globe_lat_deg);
    cosmo_text_print(draw->out,
                     "<svg class=\"globe\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Globe\"><circle "
                     "class=\"air\" cx=\"%d\" cy=\"%d\" "
                     "r=\"%d\"/><circle class=\"sea\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>",
                     COSMO_DRAW_GLOBE, COSMO_DRAW_GLOBE, COSMO_DRAW_GLOBE / 2, COSMO_DRAW_GLOBE / 2,
                     COSMO_DRAW_GLOBE_RADIUS + 5, COSMO_DRAW_GLOBE / 2, COSMO_DRAW_GLOBE / 2, COSMO_DRAW_GLOBE_RADIUS);
    globe_land(draw, &frame);
    globe_graticule(draw, &frame);
    cosmo_text_put(draw->out, "<g class=\"shapes\">");
    globe_shapes(draw, &frame);
    cosmo_text_put(draw->out, "</g><g class=\"live\"></g></svg>");
}
