/* Lines and rings in drawing coordinates: cut, thinned, written. */
#include "report/clip.h"

#include <math.h>
#include <string.h>

void cosmo_clip_add(cosmo_clip_points *points, double x, double y)
{
    if (points->failed) return;
    if (points->n == points->capacity) {
        const size_t capacity = points->capacity != 0 ? 2 * points->capacity : 1024;
        cosmo_clip_point *items = cosmo_arena_array(points->arena, capacity, sizeof *items);
        if (items == NULL) {
            points->failed = true;
            return;
        }
        if (points->n > 0) memcpy(items, points->items, points->n * sizeof *items);
        points->items = items;
        points->capacity = capacity;
    }
    points->items[points->n++] = (cosmo_clip_point){x, y};
}

/* How far a point lies inside one side of the box (side 0..3: left, right, top, bottom). */
static double clip_depth(cosmo_clip_point p, cosmo_clip_box box, int side)
{
    switch (side) {
    case 0:
        return p.x - box.left;
    case 1:
        return box.right - p.x;
    case 2:
        return p.y - box.top;
    default:
        return box.bottom - p.y;
    }
}

void cosmo_clip_ring(cosmo_clip_points *ring, cosmo_clip_points *spare, cosmo_clip_box box)
{
    for (int side = 0; side < 4; side++) {
        spare->n = 0;
        for (size_t i = 0; i < ring->n; i++) {
            const cosmo_clip_point a = ring->items[i], b = ring->items[i + 1 < ring->n ? i + 1 : 0];
            const double from = clip_depth(a, box, side), to = clip_depth(b, box, side);
            if (from >= 0) cosmo_clip_add(spare, a.x, a.y);
            if ((from >= 0) != (to >= 0)) {
                const double part = from / (from - to);
                cosmo_clip_add(spare, a.x + part * (b.x - a.x), a.y + part * (b.y - a.y));
            }
        }
        const cosmo_clip_points swapped = *ring;
        *ring = *spare;
        *spare = swapped;
    }
}

bool cosmo_clip_segment(cosmo_clip_point *a, cosmo_clip_point *b, cosmo_clip_box box)
{
    double enter = 0, leave = 1;
    for (int side = 0; side < 4; side++) {
        const double from = clip_depth(*a, box, side), to = clip_depth(*b, box, side);
        if (from < 0 && to < 0) return false;
        if (from < 0)
            enter = fmax(enter, from / (from - to));
        else if (to < 0)
            leave = fmin(leave, from / (from - to));
    }
    if (enter > leave) return false;
    const double dx = b->x - a->x, dy = b->y - a->y;
    *b = (cosmo_clip_point){a->x + leave * dx, a->y + leave * dy};
    *a = (cosmo_clip_point){a->x + enter * dx, a->y + enter * dy};
    return true;
}

/* Squared distance of p from the segment ab. */
static double clip_distance2(cosmo_clip_point p, cosmo_clip_point a, cosmo_clip_point b)
{
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    double part = length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0;
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    const double x = a.x + part * dx - p.x, y = a.y + part * dy - p.y;
    return x * x + y * y;
}

void cosmo_clip_thin(cosmo_clip_points *line, double tolerance)
{
    if (line->failed || line->n < 3) return;
    typedef struct clip_span {
        size_t first, last;
    } clip_span;
    unsigned char *keep = cosmo_arena_array(line->arena, line->n, 1);
    clip_span *stack = cosmo_arena_array(line->arena, line->n, sizeof *stack);
    if (keep == NULL || stack == NULL) {
        line->failed = true;
        return;
    }
    size_t depth = 0;
    keep[0] = keep[line->n - 1] = 1;
    stack[depth++] = (clip_span){0, line->n - 1};
    while (depth > 0) {
        const clip_span span = stack[--depth];
        size_t furthest = 0;
        double worst = tolerance * tolerance;
        for (size_t i = span.first + 1; i < span.last; i++) {
            const double distance2 = clip_distance2(line->items[i], line->items[span.first], line->items[span.last]);
            if (distance2 > worst) {
                worst = distance2;
                furthest = i;
            }
        }
        if (furthest == 0) continue;
        keep[furthest] = 1;
        stack[depth++] = (clip_span){span.first, furthest};
        stack[depth++] = (clip_span){furthest, span.last};
    }
    size_t kept = 0;
    for (size_t i = 0; i < line->n; i++)
        if (keep[i]) line->items[kept++] = line->items[i];
    line->n = kept;
}

static void clip_write_tenths(cosmo_text *out, long tenths, bool separate)
{
    char digits[24];
    size_t at = sizeof digits;
    const bool negative = tenths < 0;
    unsigned long rest = negative ? 0ul - (unsigned long)tenths : (unsigned long)tenths;
    if (rest % 10 != 0) {
        digits[--at] = (char)('0' + rest % 10);
        digits[--at] = '.';
    }
    rest /= 10;
    if (rest == 0 && at == sizeof digits) digits[--at] = '0';
    for (; rest > 0; rest /= 10) digits[--at] = (char)('0' + rest % 10);
    if (negative)
        digits[--at] = '-';
    else if (separate)
        digits[--at] = ' ';
    cosmo_text_put_bytes(out, digits + at, sizeof digits - at);
}

void cosmo_clip_write(cosmo_text *out, const cosmo_clip_point *points, size_t n, bool closed)
{
    if (n == 0) return;
    long x = lround(10 * points[0].x), y = lround(10 * points[0].y);
    cosmo_text_put(out, "M");
    clip_write_tenths(out, x, false);
    clip_write_tenths(out, y, true);
    bool first = true;
    for (size_t i = 1; i < n; i++) {
        const long to_x = lround(10 * points[i].x), to_y = lround(10 * points[i].y);
        if (to_x == x && to_y == y) continue;
        if (first) cosmo_text_put(out, "l");
        clip_write_tenths(out, to_x - x, !first);
        clip_write_tenths(out, to_y - y, true);
        first = false;
        x = to_x;
        y = to_y;
    }
    if (closed) cosmo_text_put(out, "z");
}

void cosmo_clip_write_line(cosmo_text *out, const cosmo_clip_points *line, cosmo_clip_points *spare, cosmo_clip_box box,
                           double tolerance)
{
    spare->n = 0;
    for (size_t i = 1; i < line->n; i++) {
        cosmo_clip_point a = line->items[i - 1], b = line->items[i];
        const bool seen = cosmo_clip_segment(&a, &b, box);
        if (seen && spare->n == 0) cosmo_clip_add(spare, a.x, a.y);
        if (seen) cosmo_clip_add(spare, b.x, b.y);
        const bool left = !seen || b.x != line->items[i].x || b.y != line->items[i].y;
        if ((left || i + 1 == line->n) && spare->n > 0) {
            cosmo_clip_thin(spare, tolerance);
            cosmo_clip_write(out, spare->items, spare->n, false);
            spare->n = 0;
        }
    }
    if (line->failed || spare->failed) out->failed = true;
}

bool cosmo_clip_inside(const cosmo_clip_point *ring, size_t n, double x, double y)
{
    bool inside = false;
    for (size_t i = 0, j = n - 1; i < n; j = i++) {
        const cosmo_clip_point a = ring[i], b = ring[j];
        if ((a.y > y) != (b.y > y) && x < (b.x - a.x) * (y - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
}
