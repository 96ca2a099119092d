/* A map's window: choose a projection, fit it, move between degrees and the drawing. */
#include "report/view.h"

#include "core/real.h"

#include <math.h>

static const double VIEW_DEG = 3.14159265358979323846 / 180.0;

/* What is around a set of places: their middle and how far they reach. */
typedef struct view_extent {
    size_t n;
    cosmo_vec3 sum;                  /* of unit vectors */
    double lon0_deg;                 /* of the mean direction */
    double west, east, south, north; /* degrees, west and east relative to lon0_deg */
    double radius_deg;               /* from the mean direction to the furthest place */
} view_extent;

static double view_wrap(double degrees)
{
    return degrees - 360 * floor((degrees + 180) / 360);
}

static void view_visit_sum(void *user, double lon_deg, double lat_deg)
{
    view_extent *extent = user;
    const cosmo_vec3 unit = cosmo_focus_unit(lon_deg, lat_deg);
    extent->sum = (cosmo_vec3){extent->sum.x + unit.x, extent->sum.y + unit.y, extent->sum.z + unit.z};
    extent->n++;
}

static void view_visit_reach(void *user, double lon_deg, double lat_deg)
{
    view_extent *extent = user;
    const double lon = view_wrap(lon_deg - extent->lon0_deg);
    extent->west = fmin(extent->west, lon);
    extent->east = fmax(extent->east, lon);
    extent->south = fmin(extent->south, lat_deg);
    extent->north = fmax(extent->north, lat_deg);
    extent->radius_deg =
        fmax(extent->radius_deg, cosmo_focus_angle_deg(cosmo_focus_unit(lon_deg, lat_deg), extent->sum));
}

static view_extent view_extent_of(const cosmo_page *page)
{
    const cosmo_focus focus = cosmo_focus_of(page);
    view_extent extent = {.west = 360, .east = -360, .south = 90, .north = -90};
    if (cosmo_focus_each(&focus, view_visit_sum, &extent) == 0) return extent;
    extent.lon0_deg = cosmo_real_atan2(extent.sum.y, extent.sum.x) / VIEW_DEG;
    cosmo_focus_each(&focus, view_visit_reach, &extent);
    return extent;
}

bool cosmo_view_choose(const cosmo_page *page, cosmo_projection *projection)
{
    const view_extent extent = view_extent_of(page);
    if (extent.n == 0) return false;
    const double lon_mid = extent.lon0_deg + (extent.west + extent.east) / 2,
                 lat_mid = (extent.south + extent.north) / 2;
    const double lon_span = extent.east - extent.west, lat_span = extent.north - extent.south;
    const bool around = extent.radius_deg > 65;
    const bool conic = fabs(lat_mid) > 15 && fabs(lat_mid) < 68 && lat_span < 32 && lon_span < 110 &&
                       extent.north < 80 && extent.south > -80 && lat_span < 2.5 * lon_span + 6;
    if (around) {
        *projection = cosmo_projection_mercator(lon_mid, 0);
    } else if (conic) {
        const double inset = fmax(lat_span, 3) / 6;
        *projection = cosmo_projection_conic(lon_mid, lat_mid, fmin(extent.south + inset, lat_mid - 0.5),
                                             fmax(extent.north - inset, lat_mid + 0.5));
    } else {
        const double centre = cosmo_real_atan2(extent.sum.z, hypot(extent.sum.x, extent.sum.y)) / VIEW_DEG;
        *projection = cosmo_projection_stereographic(extent.lon0_deg, centre);
    }
    return true;
}

bool cosmo_view_is_local(const cosmo_page *page)
{
    static const double LEAST_DEG = 0.01, MOST_DEG = 2.7; /* a single place, of which nothing is known, is not local */
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++)
            if (page->layers[i].shapes[j].kind == COSMO_SHAPE_LINE && page->layers[i].shapes[j].t_s != NULL)
                return false;
    const view_extent extent = view_extent_of(page);
    return extent.n > 0 && extent.radius_deg > LEAST_DEG && extent.radius_deg < MOST_DEG;
}

typedef struct view_bounds {
    const cosmo_projection *projection;
    double left, right, bottom, top;
} view_bounds;

static void view_visit_bounds(void *user, double lon_deg, double lat_deg)
{
    view_bounds *bounds = user;
    double x, y;
    const double lon = bounds->projection->lon0_deg + cosmo_view_relative(bounds->projection, lon_deg);
    const double lat = bounds->projection->kind == COSMO_PROJECTION_MERCATOR ? fmax(-75, fmin(75, lat_deg)) : lat_deg;
    if (!cosmo_projection_forward(bounds->projection, lon, lat, &x, &y)) return;
    bounds->left = fmin(bounds->left, x);
    bounds->right = fmax(bounds->right, x);
    bounds->bottom = fmin(bounds->bottom, y);
    bounds->top = fmax(bounds->top, y);
}

/* The part of the Earth in the window, by trying points all over it; all longitudes where a pole is in it. */
static void view_find_box(cosmo_view *view)
{
    enum { STEPS = 32 };
    view->west = view->south = 360;
    view->east = view->north = -360;
    for (int i = 0; i <= STEPS; i++)
        for (int j = 0; j <= STEPS; j++) {
            const cosmo_clip_point at = {view->frame.left + (view->frame.right - view->frame.left) * i / STEPS,
                                         view->frame.top + (view->frame.bottom - view->frame.top) * j / STEPS};
            double lon, lat;
            cosmo_view_inverse(view, at, &lon, &lat);
            lon -= view->projection.lon0_deg;
            view->west = fmin(view->west, lon);
            view->east = fmax(view->east, lon);
            view->south = fmin(view->south, lat);
            view->north = fmax(view->north, lat);
        }
    const double margin_lon = 0.04 * (view->east - view->west), margin_lat = 0.04 * (view->north - view->south);
    view->west = fmax(-180, view->west - margin_lon);
    view->east = fmin(180, view->east + margin_lon);
    view->south = fmax(-90, view->south - margin_lat);
    view->north = fmin(90, view->north + margin_lat);
    for (int pole = -90; pole <= 90; pole += 180) {
        cosmo_clip_point at;
        if (view->projection.kind == COSMO_PROJECTION_MERCATOR ||
            !cosmo_view_forward(view, view->projection.lon0_deg, pole, &at))
            continue;
        const cosmo_clip_box box = cosmo_view_box(view, 20);
        if (at.x < box.left || at.x > box.right || at.y < box.top || at.y > box.bottom) continue;
        view->west = -180;
        view->east = 180;
        if (pole < 0)
            view->south = -90;
        else
            view->north = 90;
    }
}

cosmo_view cosmo_view_fit(const cosmo_focus *focus, const cosmo_projection *projection, double least_m, double width,
                          double least_height, double most_height)
{
    enum { STRIP_BOTTOM = 18, EDGE = 1 };
    static const double FINE = 0.04; /* of an Earth radius: below it the numbers of parallels have decimals */
    view_bounds bounds = {projection, 1e9, -1e9, 1e9, -1e9};
    cosmo_focus_each(focus, view_visit_bounds, &bounds);
    const double least = least_m / COSMO_EARTH_RADIUS;
    const double x = (bounds.left + bounds.right) / 2, y = (bounds.bottom + bounds.top) / 2;
    const double across = fmax(least, 1.16 * (bounds.right - bounds.left)),
                 up = fmax(0.6 * least, 1.3 * (bounds.top - bounds.bottom));
    const double strip = across < FINE ? 50 : 40, room = width - strip - EDGE;
    double height = room * up / across;
    height = fmin(most_height, fmax(least_height, height));
    cosmo_view view = {.projection = *projection, .width = width, .height = floor(height) + STRIP_BOTTOM + EDGE};
    view.frame = (cosmo_clip_box){strip, EDGE, width - EDGE, view.height - STRIP_BOTTOM};
    const double fit = fmin(room / across, (view.frame.bottom - view.frame.top) / up);
    const double whole =
        room / (2 * 3.14159265358979323846 * projection->factor); /* a Mercator map shows the Earth once */
    view.scale = projection->kind == COSMO_PROJECTION_MERCATOR ? fmax(fit, whole) : fit;
    view.x0 = (view.frame.left + view.frame.right) / 2 - view.scale * x;
    view.y0 = (view.frame.top + view.frame.bottom) / 2 + view.scale * y;
    if (projection->kind == COSMO_PROJECTION_MERCATOR && fit <= whole)
        view.x0 = (view.frame.left + view.frame.right) / 2;
    view_find_box(&view);
    return view;
}

double cosmo_view_relative(const cosmo_projection *projection, double lon_deg)
{
    return view_wrap(lon_deg - projection->lon0_deg);
}

bool cosmo_view_forward(const cosmo_view *view, double lon_deg, double lat_deg, cosmo_clip_point *at)
{
    double x, y;
    if (!cosmo_projection_forward(&view->projection, lon_deg, lat_deg, &x, &y)) return false;
    *at = (cosmo_clip_point){view->x0 + view->scale * x, view->y0 - view->scale * y};
    /* far off the window every point is as good as another; keep the numbers small enough to be rounded */
    at->x = fmax(-1e6, fmin(1e6, at->x));
    at->y = fmax(-1e6, fmin(1e6, at->y));
    return true;
}

void cosmo_view_inverse(const cosmo_view *view, cosmo_clip_point at, double *lon_deg, double *lat_deg)
{
    cosmo_projection_inverse(&view->projection, (at.x - view->x0) / view->scale, (view->y0 - at.y) / view->scale,
                             lon_deg, lat_deg);
}

double cosmo_view_metres(const cosmo_view *view, cosmo_clip_point at)
{
    double lon1, lat1, lon2, lat2;
    cosmo_view_inverse(view, (cosmo_clip_point){at.x - 0.5, at.y}, &lon1, &lat1);
    cosmo_view_inverse(view, (cosmo_clip_point){at.x + 0.5, at.y}, &lon2, &lat2);
    const double e2 = COSMO_EARTH_FLATTENING * (2 - COSMO_EARTH_FLATTENING), phi = (lat1 + lat2) / 2 * VIEW_DEG;
    const double sine = cosmo_real_sin(phi), w2 = 1 - e2 * sine * sine;
    const double along = COSMO_EARTH_RADIUS * cosmo_real_cos(phi) / sqrt(w2) * (lon2 - lon1) * VIEW_DEG;
    const double upward = COSMO_EARTH_RADIUS * (1 - e2) / (w2 * sqrt(w2)) * (lat2 - lat1) * VIEW_DEG;
    return hypot(along, upward);
}

cosmo_clip_box cosmo_view_box(const cosmo_view *view, double margin)
{
    return (cosmo_clip_box){view->frame.left - margin, view->frame.top - margin, view->frame.right + margin,
                            view->frame.bottom + margin};
}

void cosmo_view_line(const cosmo_view *view, size_t n, const double *lon_deg, const double *lat_deg,
                     cosmo_clip_points *line)
{
    line->n = 0;
    double before_lon = 0, before_lat = 0;
    bool begun = false;
    for (size_t i = 0; i < n; i++) {
        if (!(fabs(lat_deg[i]) <= 90) || !isfinite(lon_deg[i])) continue;
        const double lon = begun ? before_lon + view_wrap(lon_deg[i] - before_lon)
                                 : view->projection.lon0_deg + cosmo_view_relative(&view->projection, lon_deg[i]);
        const double step = begun ? fmax(fabs(lon - before_lon), fabs(lat_deg[i] - before_lat)) : 0;
        const int parts = step > 1 ? (int)ceil(step) : 1;
        for (int k = begun ? 1 : parts; k <= parts; k++) {
            const double part = (double)k / parts;
            cosmo_clip_point at;
            if (cosmo_view_forward(view, before_lon + part * (lon - before_lon),
                                   before_lat + part * (lat_deg[i] - before_lat), &at))
                cosmo_clip_add(line, at.x, at.y);
        }
        before_lon = lon;
        before_lat = lat_deg[i];
        begun = true;
    }
}
