/* The page's own shapes on a map, and their names. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

static bool maplayers_is(const cosmo_shape *shape, const char *role)
{
    return shape->role != NULL && strcmp(shape->role, role) == 0;
}

/* Draws each shape of one kind, layer by layer; each layer's in a group that its switch in the legend hides. */
typedef void maplayers_pen(cosmo_draw *, const cosmo_view *, cosmo_labels *, const cosmo_shape *);

static void maplayers_each(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, cosmo_shape_kind kind,
                           maplayers_pen *pen)
{
    for (size_t i = 0; i < draw->page->n_layers; i++) {
        const cosmo_layer *layer = &draw->page->layers[i];
        bool open = false;
        for (size_t j = 0; j < layer->n; j++) {
            if (layer->shapes[j].kind != kind) continue;
            if (!open) cosmo_text_print(draw->out, "<g class=\"l%zu\">", i);
            open = true;
            pen(draw, view, labels, &layer->shapes[j]);
        }
        if (open) cosmo_text_put(draw->out, "</g>");
    }
}

static void maplayers_title(cosmo_draw *draw, const cosmo_shape *shape)
{
    if (shape->name == NULL && shape->note == NULL) return;
    cosmo_text_put(draw->out, "<title>");
    cosmo_markup_text(draw->out, shape->name);
    if (shape->name != NULL && shape->note != NULL) cosmo_text_put(draw->out, ": ");
    cosmo_markup_text(draw->out, shape->note);
    cosmo_text_put(draw->out, "</title>");
}

/* The pieces of a line become obstacles that names avoid. */
static void maplayers_avoid(cosmo_labels *labels, const cosmo_clip_points *line, double cost)
{
    for (size_t i = 1; i < line->n; i++) {
        cosmo_clip_point a = line->items[i - 1], b = line->items[i];
        if (cosmo_clip_segment(&a, &b, labels->frame)) cosmo_labels_bar_add(labels, a, b, cost);
    }
}

/* The turns of the Earth at which a line is seen: one, and its copies on a map that repeats. */
static double maplayers_turn(const cosmo_view *view)
{
    const double circle = 2 * 3.14159265358979323846 * view->projection.factor * view->scale;
    return view->projection.kind == COSMO_PROJECTION_MERCATOR ? circle : 0;
}

static void maplayers_polygon(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const cosmo_shape *shape)
{
    cosmo_clip_points ring = {.arena = draw->arena}, spare = {.arena = draw->arena};
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &ring);
    cosmo_clip_ring(&ring, &spare, cosmo_view_box(view, 6));
    cosmo_clip_thin(&ring, 0.15);
    cosmo_text_print(draw->out, "<path class=\"zone%s k%zu\" d=\"", shape->estimate ? " estimate" : "",
                     cosmo_ink_class(&draw->ink, shape->role));
    cosmo_clip_write(draw->out, ring.items, ring.n, true);
    cosmo_text_put(draw->out, "\">");
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    maplayers_avoid(labels, &ring, 6);
    if (ring.failed || spare.failed) draw->out->failed = true;
}

static void maplayers_shift(cosmo_clip_points *line, double dx)
{
    for (size_t i = 0; i < line->n; i++) line->items[i].x += dx;
}

static void maplayers_line(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const cosmo_shape *shape)
{
    cosmo_clip_points line = {.arena = draw->arena}, spare = {.arena = draw->arena};
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &line);
    const double turn = maplayers_turn(view);
    const int copies = turn > 0 ? 1 : 0;
    cosmo_text_print(draw->out, "<path class=\"line%s k%zu\" d=\"", cosmo_mapview_dash(shape),
                     cosmo_ink_class(&draw->ink, shape->role));
    maplayers_shift(&line, -turn);
    for (int copy = -copies; copy <= copies; copy++, maplayers_shift(&line, turn))
        cosmo_clip_write_line(draw->out, &line, &spare, cosmo_view_box(view, 4), 0.15);
    maplayers_shift(&line, copies == 1 ? -2 * turn : 0);
    cosmo_text_put(draw->out, "\">");
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    cosmo_clip_thin(&line, 1);
    maplayers_avoid(labels, &line, maplayers_is(shape, "track") ? 45 : 20);
    if (line.failed || spare.failed) draw->out->failed = true;
}

static bool maplayers_in_frame(const cosmo_view *view, cosmo_clip_point at)
{
    return at.x > view->frame.left && at.x < view->frame.right && at.y > view->frame.top && at.y < view->frame.bottom;
}

static bool maplayers_point_at(const cosmo_view *view, const cosmo_shape *shape, cosmo_clip_point *at)
{
    if (shape->n == 0) return false;
    const double lon = view->projection.lon0_deg + cosmo_view_relative(&view->projection, shape->lon_deg[0]);
    return cosmo_view_forward(view, lon, shape->lat_deg[0], at) && maplayers_in_frame(view, *at);
}

static void maplayers_point(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const cosmo_shape *shape)
{
    cosmo_clip_point at;
    if (!maplayers_point_at(view, shape, &at)) return;
    const size_t k = cosmo_ink_class(&draw->ink, shape->role);
    if (maplayers_is(shape, "pad"))
        cosmo_text_print(draw->out, "<path class=\"pad k%zu\" d=\"M%.1f %.1fl5.5 10h-11z\">", k, at.x, at.y - 6.5);
    else if (maplayers_is(shape, "track"))
        cosmo_text_print(draw->out, "<circle class=\"event k%zu\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\">", k, at.x, at.y);
    else
        cosmo_text_print(draw->out, "<path class=\"point%s k%zu\" d=\"M%.1f %.1fl4.5 4.5 -4.5 4.5 -4.5 -4.5z\">",
                         shape->estimate ? " estimate" : "", k, at.x, at.y - 4.5);
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, maplayers_is(shape, "track") ? "</circle>" : "</path>");
    const double r = maplayers_is(shape, "pad") ? 6.5 : 5;
    cosmo_labels_block(labels, (cosmo_clip_box){at.x - r, at.y - r, at.x + r, at.y + r});
}

/* Where two lines run together, as a track and its impact point do at first, the solid one is on top. */
static void maplayers_dashed_line(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                  const cosmo_shape *shape)
{
    if (cosmo_mapview_is_dashed(shape)) maplayers_line(draw, view, labels, shape);
}

static void maplayers_solid_line(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                 const cosmo_shape *shape)
{
    if (!cosmo_mapview_is_dashed(shape)) maplayers_line(draw, view, labels, shape);
}

void cosmo_maplayers_draw(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    maplayers_each(draw, view, labels, COSMO_SHAPE_POLYGON, maplayers_polygon);
    maplayers_each(draw, view, labels, COSMO_SHAPE_LINE, maplayers_dashed_line);
    maplayers_each(draw, view, labels, COSMO_SHAPE_LINE, maplayers_solid_line);
    maplayers_each(draw, view, labels, COSMO_SHAPE_POINT, maplayers_point);
}

/* ---- names ------------------------------------------------------------------------------------------------------ */

/* The middle of what is seen of a polygon, and how far its edge is. */
static bool maplayers_polygon_middle(cosmo_draw *draw, const cosmo_view *view, const cosmo_shape *shape,
                                     cosmo_clip_point *at, double *reach)
{
    cosmo_clip_points ring = {.arena = draw->arena}, spare = {.arena = draw->arena};
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &ring);
    cosmo_clip_ring(&ring, &spare, cosmo_view_box(view, 0));
    if (ring.n < 3 || ring.failed || spare.failed) {
        draw->out->failed |= ring.failed || spare.failed;
        return false;
    }
    *at = (cosmo_clip_point){0, 0};
    for (size_t i = 0; i < ring.n; i++) {
        at->x += ring.items[i].x / (double)ring.n;
        at->y += ring.items[i].y / (double)ring.n;
    }
    *reach = 1e9;
    for (size_t i = 0; i < ring.n; i++) *reach = fmin(*reach, hypot(ring.items[i].x - at->x, ring.items[i].y - at->y));
    return true;
}

/* One or two lines of text in the box, in the role's ink. */
static void maplayers_write_name(cosmo_draw *draw, const cosmo_shape *shape, cosmo_clip_box box, bool with_note,
                                 const char *weight)
{
    cosmo_text_print(draw->out, "<g class=\"k%zu\">", cosmo_ink_class(&draw->ink, shape->role));
    cosmo_mapview_text(draw, weight, box.left + 1, box.top + 1.0 * COSMO_DRAW_FONT, "start", shape->name);
    if (with_note)
        cosmo_mapview_text(draw, "small", box.left + 1, box.top + 2.15 * COSMO_DRAW_FONT, "start", shape->note);
    cosmo_text_put(draw->out, "</g>");
}

/* A name with a lead line to its point; the note under it where both find room. */
static void maplayers_lead(cosmo_draw *draw, cosmo_labels *labels, const cosmo_shape *shape, cosmo_clip_point at,
                           double gap)
{
    const double name = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, true) + 3;
    const bool has_note = shape->note != NULL && shape->note[0] != '\0' && strlen(shape->note) < 44;
    const double note = has_note ? cosmo_labels_width(shape->note, COSMO_DRAW_FONT, false) + 3 : 0;
    const bool event = maplayers_is(shape, "track");
    const double reach = event ? 62 : 142;
    cosmo_clip_box box;
    cosmo_clip_point end;
    bool with_note = has_note && note < 0.45 * (labels->frame.right - labels->frame.left);
    if (with_note)
        with_note = cosmo_labels_lead(labels, at, gap, reach, fmax(name, note), 2.5 * COSMO_DRAW_FONT, &box, &end);
    if (!with_note && !cosmo_labels_lead(labels, at, gap, reach, name, 1.3 * COSMO_DRAW_FONT, &box, &end)) return;
    cosmo_text_print(draw->out, "<path class=\"lead k%zu\" d=\"M%.1f %.1fL%.1f %.1f\"/>",
                     cosmo_ink_class(&draw->ink, shape->role), at.x, at.y, end.x, end.y);
    maplayers_write_name(draw, shape, box, with_note, event ? "event-name" : "title");
}

/* A named point beyond the neat line: an arrow at the edge, on the way from the map's middle to it. */
static void maplayers_name_outside(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                   const cosmo_shape *shape)
{
    cosmo_clip_point to;
    const double lon = view->projection.lon0_deg + cosmo_view_relative(&view->projection, shape->lon_deg[0]);
    if (!cosmo_view_forward(view, lon, shape->lat_deg[0], &to) || maplayers_in_frame(view, to)) return;
    const cosmo_clip_box edge = cosmo_view_box(view, -12);
    cosmo_clip_point from = {(edge.left + edge.right) / 2, (edge.top + edge.bottom) / 2};
    const double dx = to.x - from.x, dy = to.y - from.y, length = hypot(dx, dy);
    if (!(length > 0) || !cosmo_clip_segment(&from, &to, edge)) return;
    const double ux = dx / length, uy = dy / length;
    const cosmo_clip_box arrow = {to.x - 7, to.y - 7, to.x + 7, to.y + 7};
    cosmo_clip_box box;
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, true) + 3;
    if (cosmo_labels_cost(labels, arrow) >= COSMO_LABELS_NEVER ||
        !cosmo_labels_beside(labels, to, 9, width, 1.3 * COSMO_DRAW_FONT, 90, &box))
        return;
    cosmo_labels_block(labels, arrow);
    cosmo_text_print(draw->out, "<path class=\"beyond k%zu\" d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fz\">",
                     cosmo_ink_class(&draw->ink, shape->role), to.x + 6 * ux, to.y + 6 * uy, to.x - 5 * ux - 4.5 * uy,
                     to.y - 5 * uy + 4.5 * ux, to.x - 5 * ux + 4.5 * uy, to.y - 5 * uy - 4.5 * ux);
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    maplayers_write_name(draw, shape, box, false, "title");
}

static void maplayers_name_polygon(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                   const cosmo_shape *shape)
{
    cosmo_clip_point at;
    double reach;
    const bool elsewhere = shape->closer && draw->has_closer && (view == &draw->wide || view == &draw->narrow);
    if (shape->name == NULL || elsewhere || !maplayers_polygon_middle(draw, view, shape, &at, &reach)) return;
    maplayers_lead(draw, labels, shape, at, fmin(reach, 60) + 6);
}

static void maplayers_name_point(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                 const cosmo_shape *shape)
{
    cosmo_clip_point at;
    if (shape->name == NULL || maplayers_is(shape, "track") || shape->n == 0) return;
    if (!maplayers_point_at(view, shape, &at)) {
        maplayers_name_outside(draw, view, labels, shape);
        return;
    }
    const bool pad = maplayers_is(shape, "pad");
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, true) + 3;
    cosmo_clip_box box;
    if (pad && cosmo_labels_beside(labels, at, 8, width, 1.3 * COSMO_DRAW_FONT, 40, &box))
        maplayers_write_name(draw, shape, box, false, "title");
    else
        maplayers_lead(draw, labels, shape, at, 7);
}

static void maplayers_name_event(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                 const cosmo_shape *shape)
{
    cosmo_clip_point at;
    if (shape->name == NULL || !maplayers_is(shape, "track") || !maplayers_point_at(view, shape, &at)) return;
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, false) + 3;
    cosmo_clip_box box;
    if (cosmo_labels_beside(labels, at, 6, width, 1.3 * COSMO_DRAW_FONT, 40, &box))
        maplayers_write_name(draw, shape, box, false, "event-name");
    else
        maplayers_lead(draw, labels, shape, at, 6);
}

void cosmo_maplayers_names(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels)
{
    maplayers_each(draw, view, labels, COSMO_SHAPE_POINT, maplayers_name_point);
    maplayers_each(draw, view, labels, COSMO_SHAPE_POLYGON, maplayers_name_polygon);
    maplayers_each(draw, view, labels, COSMO_SHAPE_POINT, maplayers_name_event);
}
