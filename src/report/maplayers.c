/* The page's own shapes on a map, and their names. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

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

/* The element of a shape with its classes, up to its path's data. */
static void maplayers_open(cosmo_draw *draw, const cosmo_shape *shape, const char *classes)
{
    const size_t frame = cosmo_reel_find(&draw->reel, shape);
    cosmo_text_print(draw->out, "<path class=\"%s k%zu%s\"", classes, cosmo_ink_class(&draw->ink, shape->role),
                     cosmo_reel_class(&draw->reel, shape));
    if (frame < draw->reel.n) cosmo_text_print(draw->out, " data-frame=\"%zu\"", frame);
    cosmo_text_put(draw->out, " d=\"");
}

static void maplayers_polygon(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const cosmo_shape *shape)
{
    cosmo_clip_points ring = {.arena = draw->arena}, spare = {.arena = draw->arena};
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &ring);
    cosmo_clip_ring(&ring, &spare, cosmo_view_box(view, 6));
    cosmo_clip_thin(&ring, 0.15);
    maplayers_open(draw, shape, cosmo_mapview_area(shape));
    cosmo_clip_write(draw->out, ring.items, ring.n, true);
    cosmo_text_put(draw->out, "\">");
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    if (cosmo_reel_in_still(&draw->reel, shape))
        maplayers_avoid(labels, &ring, cosmo_mapview_is(shape, "boundary") ? 30 : 6);
    if (ring.failed || spare.failed) draw->out->failed = true;
}

static void maplayers_shift(cosmo_clip_points *line, double dx)
{
    for (size_t i = 0; i < line->n; i++) line->items[i].x += dx;
}

/* The head of an arrow, where the line ends. */
static void maplayers_head(cosmo_text *out, const cosmo_clip_points *line)
{
    static const double LENGTH = 9, HALF = 4;
    cosmo_clip_point tip = line->items[line->n - 1], from = tip;
    for (size_t i = line->n - 1; i > 0 && hypot(tip.x - from.x, tip.y - from.y) < LENGTH; i--)
        from = line->items[i - 1];
    const double length = hypot(tip.x - from.x, tip.y - from.y);
    if (!(length > 0)) return;
    const double ux = (tip.x - from.x) / length, uy = (tip.y - from.y) / length;
    const double x = tip.x - LENGTH * ux, y = tip.y - LENGTH * uy;
    cosmo_text_print(out, "M%.1f %.1fL%.1f %.1fL%.1f %.1f", x - HALF * uy, y + HALF * ux, tip.x, tip.y, x + HALF * uy,
                     y - HALF * ux);
}

static void maplayers_line(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels, const cosmo_shape *shape)
{
    cosmo_clip_points line = {.arena = draw->arena}, spare = {.arena = draw->arena};
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &line);
    const double turn = maplayers_turn(view);
    const int copies = turn > 0 ? 1 : 0;
    const char *classes = cosmo_arena_print(draw->arena, "line%s", cosmo_mapview_dash(shape));
    draw->out->failed |= classes == NULL;
    maplayers_open(draw, shape, classes != NULL ? classes : "line");
    if (cosmo_mapview_is(shape, "wind") && line.n > 1) maplayers_head(draw->out, &line);
    maplayers_shift(&line, -turn);
    for (int copy = -copies; copy <= copies; copy++, maplayers_shift(&line, turn))
        cosmo_clip_write_line(draw->out, &line, &spare, cosmo_view_box(view, 4), 0.15);
    maplayers_shift(&line, copies == 1 ? -2 * turn : 0);
    cosmo_text_put(draw->out, "\">");
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    cosmo_clip_thin(&line, 1);
    maplayers_avoid(labels, &line, cosmo_mapview_is(shape, "track") || cosmo_mapview_is(shape, "wind") ? 45 : 20);
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
    const char *classes, *sign = cosmo_mapview_sign(shape, &classes);
    maplayers_open(draw, shape, classes);
    cosmo_text_print(draw->out, "M%.1f %.1f%s\">", at.x, at.y, sign);
    maplayers_title(draw, shape);
    cosmo_text_put(draw->out, "</path>");
    if (!cosmo_reel_in_still(&draw->reel, shape)) return;
    const double r = cosmo_mapview_is(shape, "pad") || cosmo_mapview_is(shape, "source") ? 6.5 : 5;
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
    const bool event = cosmo_mapview_is(shape, "track");
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

/* A name beside the outline of an area, where it disturbs least: areas that nest share their middle. */
static void maplayers_name_outline(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                   const cosmo_shape *shape)
{
    enum { TRIES = 36 };
    static const double limits[] = {8, 20, 45};
    cosmo_clip_points ring = {.arena = draw->arena};
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, true) + 3;
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &ring);
    draw->out->failed |= ring.failed;
    for (size_t limit = 0; limit < sizeof limits / sizeof limits[0]; limit++)
        for (size_t i = 0; i < TRIES && ring.n > 0 && !ring.failed; i++) {
            const cosmo_clip_point at = ring.items[i * ring.n / TRIES];
            cosmo_clip_box box;
            if (!maplayers_in_frame(view, at) ||
                !cosmo_labels_beside(labels, at, 4, width, 1.3 * COSMO_DRAW_FONT, limits[limit], &box))
                continue;
            maplayers_write_name(draw, shape, box, false, "title");
            return;
        }
}

/* Whether an earlier shape of the page is of the same level under the same name: its name stands for both. */
static bool maplayers_is_piece(const cosmo_page *page, const cosmo_shape *shape)
{
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++) {
            const cosmo_shape *other = &page->layers[i].shapes[j];
            if (other == shape) return false;
            if (other->name != NULL && other->role != NULL && shape->role != NULL &&
                strcmp(other->role, shape->role) == 0 && strcmp(other->name, shape->name) == 0)
                return true;
        }
    return false;
}

static void maplayers_name_polygon(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                   const cosmo_shape *shape)
{
    cosmo_clip_point at;
    double reach;
    const bool elsewhere = shape->closer && draw->has_closer && (view == &draw->wide || view == &draw->narrow);
    if (shape->name == NULL || elsewhere || cosmo_reel_find(&draw->reel, shape) < draw->reel.n) return;
    if (cosmo_mapview_grade(shape) > 0 || cosmo_mapview_is(shape, "boundary")) {
        if (!maplayers_is_piece(draw->page, shape)) maplayers_name_outline(draw, view, labels, shape);
        return;
    }
    if (!maplayers_polygon_middle(draw, view, shape, &at, &reach)) return;
    maplayers_lead(draw, labels, shape, at, fmin(reach, 60) + 6);
}

static void maplayers_name_point(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                 const cosmo_shape *shape)
{
    cosmo_clip_point at;
    if (shape->name == NULL || cosmo_mapview_is(shape, "track") || shape->n == 0) return;
    if (cosmo_reel_find(&draw->reel, shape) < draw->reel.n) return;
    if (!maplayers_point_at(view, shape, &at)) {
        maplayers_name_outside(draw, view, labels, shape);
        return;
    }
    const bool pad = cosmo_mapview_is(shape, "pad");
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, true) + 3;
    cosmo_clip_box box;
    if (pad && cosmo_labels_beside(labels, at, 8, width, 1.3 * COSMO_DRAW_FONT, 40, &box))
        maplayers_write_name(draw, shape, box, false, "title");
    else
        maplayers_lead(draw, labels, shape, at, 7);
}

/* The name of an arrow, at its head or, where that has less room, at its tail. */
static void maplayers_name_line(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                const cosmo_shape *shape)
{
    static const double limits[] = {20, 60};
    cosmo_clip_points line = {.arena = draw->arena};
    const bool moves = cosmo_reel_find(&draw->reel, shape) < draw->reel.n;
    if (shape->name == NULL || !cosmo_mapview_is(shape, "wind") || moves) return;
    cosmo_view_line(view, shape->n, shape->lon_deg, shape->lat_deg, &line);
    draw->out->failed |= line.failed;
    if (line.failed || line.n == 0) return;
    const cosmo_clip_point ends[2] = {line.items[line.n - 1], line.items[0]};
    const double width = cosmo_labels_width(shape->name, COSMO_DRAW_FONT, false) + 3;
    for (int try = 0; try < 4; try++) {
        cosmo_clip_box box;
        if (!maplayers_in_frame(view, ends[try % 2]) ||
            !cosmo_labels_beside(labels, ends[try % 2], 5, width, 1.3 * COSMO_DRAW_FONT, limits[try / 2], &box))
            continue;
        maplayers_write_name(draw, shape, box, false, "event-name");
        return;
    }
}

static void maplayers_name_event(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels,
                                 const cosmo_shape *shape)
{
    cosmo_clip_point at;
    if (shape->name == NULL || !cosmo_mapview_is(shape, "track") || !maplayers_point_at(view, shape, &at)) return;
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
    maplayers_each(draw, view, labels, COSMO_SHAPE_LINE, maplayers_name_line);
    maplayers_each(draw, view, labels, COSMO_SHAPE_POLYGON, maplayers_name_polygon);
    maplayers_each(draw, view, labels, COSMO_SHAPE_POINT, maplayers_name_event);
}
