/* What a page shows for a while only. */
#include "report/reel.h"

#include "core/real.h"
#include "report/markup.h"

#include <math.h>
#include <stdlib.h>

static int reel_compare(const void *a, const void *b)
{
    const cosmo_window *p = a, *q = b;
    if (p->from_s != q->from_s) return p->from_s < q->from_s ? -1 : 1;
    return (p->until_s > q->until_s) - (p->until_s < q->until_s);
}

/* All windows of the page, sorted, each once. */
static void reel_collect(cosmo_reel *reel, const cosmo_page *page, cosmo_arena *arena)
{
    size_t n_shapes = 0;
    for (size_t i = 0; i < page->n_layers; i++) n_shapes += page->layers[i].n;
    reel->windows = cosmo_arena_array(arena, n_shapes + 1, sizeof *reel->windows);
    reel->failed = reel->windows == NULL;
    if (reel->failed) return;
    size_t n = 0;
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++)
            n += cosmo_window_of(&page->layers[i].shapes[j], &reel->windows[n]);
    qsort(reel->windows, n, sizeof *reel->windows, reel_compare);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || reel_compare(&reel->windows[i], &reel->windows[reel->n - 1]) != 0)
            reel->windows[reel->n++] = reel->windows[i];
}

/* In square degrees of latitude: enough to compare. */
static double reel_area(const cosmo_shape *shape)
{
    double area = 0;
    if (shape->kind != COSMO_SHAPE_POLYGON || shape->n < 3) return 0;
    const double lon0 = shape->lon_deg[0], lat0 = shape->lat_deg[0];
    for (size_t i = 1; i < shape->n; i++)
        area += ((shape->lon_deg[i - 1] - lon0) * (shape->lat_deg[i] - lat0) -
                 (shape->lon_deg[i] - lon0) * (shape->lat_deg[i - 1] - lat0)) /
                2;
    area = fabs(area) * cosmo_real_cos(lat0 * (3.14159265358979323846 / 180));
    return isfinite(area) ? area : 0;
}

static bool reel_shows(const cosmo_shape *shape, double t_s)
{
    cosmo_window window;
    return cosmo_window_of(shape, &window) && window.from_s <= t_s && t_s < window.until_s;
}

static double reel_middle(const cosmo_reel *reel, size_t which)
{
    return (reel->windows[which].from_s + reel->windows[which].until_s) / 2;
}

/* The area that the middle of a window sees. */
static double reel_seen(const cosmo_reel *reel, const cosmo_page *page, size_t which)
{
    double area = 0;
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++) {
            const cosmo_shape *shape = &page->layers[i].shapes[j];
            if (reel_shows(shape, reel_middle(reel, which))) area += reel_area(shape);
        }
    return area;
}

/* Of equals the shortest, for its caption says most, and of these the first. */
static size_t reel_find_still(const cosmo_reel *reel, const cosmo_page *page)
{
    double most = -1, shortest = 0;
    size_t still = 0;
    for (size_t k = 0; k < reel->n; k++) {
        const double area = reel_seen(reel, page, k), length = reel->windows[k].until_s - reel->windows[k].from_s;
        if (area < most || (area == most && length >= shortest)) continue;
        most = area;
        shortest = length;
        still = k;
    }
    return still;
}

/* Seconds, minutes or hours, by the latest time of all. */
static void reel_write_captions(cosmo_reel *reel, cosmo_arena *arena)
{
    double last = 0;
    reel->captions = cosmo_arena_array(arena, reel->n + 1, sizeof *reel->captions);
    reel->failed |= reel->captions == NULL;
    for (size_t i = 0; i < reel->n; i++) last = fmax(last, fabs(reel->windows[i].until_s));
    const double unit = last <= 600 ? 1 : last <= 10 * 3600 ? 60 : 3600;
    const char *name = last <= 600 ? "s" : last <= 10 * 3600 ? "min" : "h";
    for (size_t i = 0; i < reel->n && !reel->failed; i++) {
        cosmo_text text = cosmo_text_begin(arena);
        const double ends[2] = {reel->windows[i].from_s / unit, reel->windows[i].until_s / unit};
        for (int k = 0; k < 2; k++) {
            cosmo_text_print(&text, "%sT%s", k == 1 ? " to " : "", ends[k] < 0 ? "\xE2\x88\x92" : "+");
            cosmo_markup_number(&text, fabs(ends[k]), 1);
        }
        cosmo_text_print(&text, " %s", name);
        reel->failed |= text.failed;
        reel->captions[i] = text.data;
    }
}

cosmo_reel cosmo_reel_of(const cosmo_page *page, cosmo_arena *arena)
{
    cosmo_reel reel = {0};
    reel_collect(&reel, page, arena);
    if (reel.failed) return reel;
    reel.still = reel_find_still(&reel, page);
    reel_write_captions(&reel, arena);
    return reel;
}

size_t cosmo_reel_find(const cosmo_reel *reel, const cosmo_shape *shape)
{
    cosmo_window window;
    if (!cosmo_window_of(shape, &window)) return reel->n;
    size_t at = 0;
    while (at < reel->n && reel_compare(&reel->windows[at], &window) != 0) at++;
    return at;
}

bool cosmo_reel_in_still(const cosmo_reel *reel, const cosmo_shape *shape)
{
    return cosmo_reel_find(reel, shape) == reel->n || reel_shows(shape, reel_middle(reel, reel->still));
}

const char *cosmo_reel_class(const cosmo_reel *reel, const cosmo_shape *shape)
{
    if (cosmo_reel_find(reel, shape) == reel->n) return "";
    return cosmo_reel_in_still(reel, shape) ? " frame still" : " frame";
}
