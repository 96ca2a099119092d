/* The samples behind the page, for its script: one compact JSON object. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>

enum { PAGEDATA_SAMPLES = 400 };

/* Every stride-th of n values and the last. */
static void pagedata_values(cosmo_text *out, const char *key, const double *values, size_t n, int decimals)
{
    const size_t stride = (n + PAGEDATA_SAMPLES - 1) / PAGEDATA_SAMPLES;
    cosmo_text_print(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i += stride) {
        const size_t at = i + stride >= n ? n - 1 : i;
        if (i > 0) cosmo_text_put(out, ",");
        if (!isfinite(values[at]))
            cosmo_text_put(out, "null");
        else if (decimals >= 0)
            cosmo_markup_number(out, values[at], decimals);
        else
            cosmo_markup_value(out, values[at]);
    }
    cosmo_text_put(out, "]");
}

static void pagedata_line(cosmo_draw *draw, size_t layer, const cosmo_shape *shape)
{
    cosmo_text_print(draw->out, "{\"k\":%zu,\"layer\":%zu,\"role\":", cosmo_ink_class(&draw->ink, shape->role), layer);
    cosmo_markup_json(draw->out, shape->role);
    cosmo_text_put(draw->out, ",\"name\":");
    cosmo_markup_json(draw->out, shape->name);
    pagedata_values(draw->out, "lon", shape->lon_deg, shape->n, 4);
    pagedata_values(draw->out, "lat", shape->lat_deg, shape->n, 4);
    if (shape->altitude_m != NULL) pagedata_values(draw->out, "alt", shape->altitude_m, shape->n, 0);
    if (shape->t_s != NULL) pagedata_values(draw->out, "t", shape->t_s, shape->n, 2);
    cosmo_text_put(draw->out, "}");
}

/* Dashed lines first, the order in which the globe draws them. */
static void pagedata_lines(cosmo_draw *draw)
{
    bool first = true;
    cosmo_text_put(draw->out, ",\"lines\":[");
    for (int solid = 0; solid <= 1; solid++)
        for (size_t i = 0; i < draw->page->n_layers; i++)
            for (size_t j = 0; j < draw->page->layers[i].n; j++) {
                const cosmo_shape *shape = &draw->page->layers[i].shapes[j];
                if (shape->kind != COSMO_SHAPE_LINE || shape->n < 2 || cosmo_mapview_is_dashed(shape) == (solid == 1))
                    continue;
                if (!first) cosmo_text_put(draw->out, ",\n");
                first = false;
                pagedata_line(draw, i, shape);
            }
    cosmo_text_put(draw->out, "]");
}

static void pagedata_view(cosmo_text *out, const char *id, const cosmo_view *view)
{
    cosmo_text_print(out, "\"%s\":[%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g]", id, view->scale, view->x0, view->y0,
                     view->frame.left, view->frame.top, view->frame.right, view->frame.bottom);
}

static void pagedata_map(cosmo_draw *draw)
{
    static const char *const kinds[] = {"conic", "stereographic", "mercator"};
    const cosmo_projection *p = &draw->projection;
    cosmo_text_print(draw->out,
                     ",\"map\":{\"kind\":\"%s\",\"lon0\":%.9g,\"n\":%.12g,\"factor\":%.12g,\"rho0\":%.12g,\"sin\":%."
                     "12g,\"cos\":%.12g,",
                     kinds[p->kind], p->lon0_deg, p->n, p->factor, p->rho0, p->sin_chi0, p->cos_chi0);
    pagedata_view(draw->out, "wide", &draw->wide);
    cosmo_text_put(draw->out, ",");
    pagedata_view(draw->out, "narrow", &draw->narrow);
    if (draw->has_closer) {
        cosmo_text_put(draw->out, ",");
        pagedata_view(draw->out, "closer", &draw->closer);
        cosmo_text_put(draw->out, ",");
        pagedata_view(draw->out, "closer-narrow", &draw->closer_narrow);
    }
    cosmo_text_put(draw->out, "}");
}

/* Land for the turning globe: tenths of a degree, each ring as differences from point to point. */
static void pagedata_ring(cosmo_text *out, const cosmo_clip_points *ring)
{
    long x = 0, y = 0;
    for (size_t i = 0; i < ring->n; i++) {
        const long to_x = lround(10 * ring->items[i].x), to_y = lround(10 * ring->items[i].y);
        cosmo_text_print(out, "%s%ld,%ld", i == 0 ? "[" : ",", to_x - x, to_y - y);
        x = to_x;
        y = to_y;
    }
    cosmo_text_put(out, "]");
}

static void pagedata_globe(cosmo_draw *draw)
{
    cosmo_clip_points ring = {.arena = draw->arena};
    bool first = true;
    cosmo_text_print(draw->out, ",\"globe\":{\"lon\":%.4g,\"lat\":%.4g,\"half\":%d,\"radius\":%d,\"land\":[",
                     draw->globe_lon_deg, draw->globe_lat_deg, COSMO_DRAW_GLOBE / 2, COSMO_DRAW_GLOBE_RADIUS);
    for (size_t i = 0; i < draw->map->n_lines; i++) {
        const cosmo_map_line *line = &draw->map->lines[i];
        const bool tiny = line->east - line->west < 1.5 && line->north - line->south < 1.5;
        if (line->kind != COSMO_MAP_LAND || line->scale != 110 || line->n < 4 || tiny) continue;
        ring.n = 0;
        for (size_t k = 0; k < line->n; k++) cosmo_clip_add(&ring, line->lon_deg[k], line->lat_deg[k]);
        cosmo_clip_thin(&ring, 0.25);
        if (ring.n < 4) continue;
        if (!first) cosmo_text_put(draw->out, ",\n");
        first = false;
        pagedata_ring(draw->out, &ring);
    }
    cosmo_text_put(draw->out, "]}");
    if (ring.failed) draw->out->failed = true;
}

/* Each window with its caption; where the clock starts. */
static void pagedata_frames(cosmo_draw *draw)
{
    const cosmo_reel *reel = &draw->reel;
    if (reel->n == 0) return;
    cosmo_text_print(draw->out, ",\"still\":%zu,\"frames\":[", reel->still);
    for (size_t i = 0; i < reel->n; i++) {
        cosmo_text_put(draw->out, i > 0 ? ",[" : "[");
        cosmo_markup_number(draw->out, reel->windows[i].from_s, 2);
        cosmo_text_put(draw->out, ",");
        cosmo_markup_number(draw->out, reel->windows[i].until_s, 2);
        cosmo_text_put(draw->out, ",");
        cosmo_markup_json(draw->out, reel->captions[i]);
        cosmo_text_put(draw->out, "]");
    }
    cosmo_text_put(draw->out, "]");
}

static void pagedata_charts(cosmo_draw *draw)
{
    cosmo_text_put(draw->out, ",\"charts\":[");
    for (size_t i = 0; i < draw->page->n_charts; i++) {
        const cosmo_chart *chart = &draw->charts[i];
        cosmo_text_put(draw->out, i > 0 ? ",\n{\"title\":" : "{\"title\":");
        cosmo_markup_json(draw->out, chart->title);
        cosmo_text_put(draw->out, ",\"series\":[");
        /* bars, and curves over something else, are not of the time that the script is about */
        const bool timed = chart->rows == NULL && chart->along == NULL;
        for (size_t k = 0; k < chart->n_series && timed; k++) {
            const cosmo_series *series = &chart->series[k];
            cosmo_text_put(draw->out, k > 0 ? ",\n{\"title\":" : "{\"title\":");
            cosmo_markup_json(draw->out, series->title);
            cosmo_text_put(draw->out, ",\"unit\":");
            cosmo_markup_json(draw->out, series->unit);
            cosmo_text_print(draw->out, ",\"right\":%s,\"powers\":%s", series->right_axis ? "true" : "false",
                             chart->by_powers && !series->right_axis ? "true" : "false");
            pagedata_values(draw->out, "t", series->t_s, series->n, 2);
            pagedata_values(draw->out, "v", series->values, series->n, -1);
            cosmo_text_put(draw->out, "}");
        }
        cosmo_text_put(draw->out, "]}");
    }
    cosmo_text_put(draw->out, "]");
}

void cosmo_pagedata_write(cosmo_draw *draw)
{
    cosmo_text_put(draw->out, "{\"epoch\":");
    cosmo_markup_json(draw->out, draw->page->epoch_utc);
    if (draw->has_map) {
        pagedata_lines(draw);
        pagedata_map(draw);
        if (!draw->is_local) pagedata_globe(draw);
        pagedata_frames(draw);
    }
    pagedata_charts(draw);
    cosmo_text_put(draw->out, "}");
}
