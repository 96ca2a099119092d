/* Where the words of a drawing go. Greedy in the caller's order of importance over fixed candidate positions, as in
 * J. Christensen, J. Marks, S. Shieber 1995, "An empirical study of algorithms for point-feature label placement". */
#include "report/labels.h"

#include "core/real.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

/* Advances of the printable ASCII characters, hundredths of the size, rounded up. */
static const unsigned char LABELS_PLAIN[95] = {
    32, 41, 46, 84, 64, 96, 78, 28, 40,  40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 62, 74, 69, 99, 69,  62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};
static const unsigned char LABELS_BOLD[95] = {
    35, 46, 53, 84, 70, 101, 88, 31,  46,  46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70,  70, 70,
    70, 70, 40, 40, 84, 84,  84, 59,  100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 38, 78, 64, 100, 84, 86,
    74, 86, 78, 73, 69, 82,  78, 111, 78,  73, 73, 46, 37, 46, 84, 50, 50, 68, 72, 60, 72, 68,  44, 72,
    72, 35, 35, 67, 35, 105, 72, 69,  72,  72, 50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72,  84};

static double labels_advance(uint32_t code, bool bold)
{
    if (code >= 32 && code < 127) return (bold ? LABELS_BOLD : LABELS_PLAIN)[code - 32];
    if (code >= 0x300 && code < 0x370) return 0;                /* combining marks */
    if (code == 0xB0 || code == 0xB7) return 50;                /* degree sign, middle dot */
    if (code < 0x370) return bold ? 84 : 78;                    /* Latin with marks */
    if (code < 0x530) return bold ? 96 : 88;                    /* Greek, Cyrillic */
    if (code >= 0x2070 && code < 0x20A0) return bold ? 50 : 46; /* superscripts */
    return 105;
}

double cosmo_labels_width(const char *text, double size, bool bold)
{
    double hundredths = 0;
    for (uint32_t code; (code = cosmo_markup_decode(&text)) != 0;) hundredths += labels_advance(code, bold);
    return size * hundredths / 100;
}

cosmo_labels cosmo_labels_begin(cosmo_arena *arena, cosmo_clip_box frame)
{
    return (cosmo_labels){.arena = arena, .frame = frame};
}

/* Room for one more item of `size` bytes in a list that doubles; the list, or NULL once memory is out. */
static void *labels_grow(cosmo_labels *labels, void *items, size_t n, size_t *capacity, size_t size)
{
    if (labels->failed || n < *capacity) return labels->failed ? NULL : items;
    const size_t more = *capacity != 0 ? 2 * *capacity : 128;
    void *grown = cosmo_arena_array(labels->arena, more, size);
    if (grown == NULL) {
        labels->failed = true;
        return NULL;
    }
    if (n > 0) memcpy(grown, items, n * size);
    *capacity = more;
    return grown;
}

void cosmo_labels_block(cosmo_labels *labels, cosmo_clip_box box)
{
    cosmo_clip_box *boxes = labels_grow(labels, labels->boxes, labels->n_boxes, &labels->boxes_capacity, sizeof *boxes);
    if (boxes == NULL) return;
    labels->boxes = boxes;
    labels->boxes[labels->n_boxes++] = box;
}

void cosmo_labels_bar_add(cosmo_labels *labels, cosmo_clip_point a, cosmo_clip_point b, double cost)
{
    cosmo_labels_bar *bars = labels_grow(labels, labels->bars, labels->n_bars, &labels->bars_capacity, sizeof *bars);
    if (bars == NULL) return;
    labels->bars = bars;
    labels->bars[labels->n_bars++] = (cosmo_labels_bar){a, b, cost};
}

static bool labels_overlap(cosmo_clip_box a, cosmo_clip_box b)
{
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

double cosmo_labels_cost(const cosmo_labels *labels, cosmo_clip_box box)
{
    const cosmo_clip_box frame = labels->frame;
    if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom)
        return COSMO_LABELS_NEVER;
    for (size_t i = 0; i < labels->n_boxes; i++)
        if (labels_overlap(box, labels->boxes[i])) return COSMO_LABELS_NEVER;
    double cost = 0;
    for (size_t i = 0; i < labels->n_bars; i++) {
        cosmo_clip_point a = labels->bars[i].a, b = labels->bars[i].b;
        if (cosmo_clip_segment(&a, &b, box)) cost += labels->bars[i].cost;
    }
    return cost;
}

bool cosmo_labels_beside(cosmo_labels *labels, cosmo_clip_point at, double gap, double width, double height,
                         double limit, cosmo_clip_box *box)
{
    /* right, left, above, below, then the corners: the order in which readers expect a name beside its dot */
    static const double across[8] = {1, -1, 0, 0, 1, 1, -1, -1}, down[8] = {0, 0, -1, 1, -1, 1, -1, 1};
    double cheapest = limit;
    for (int i = 0; i < 8; i++) {
        const double slack = down[i] != 0 ? 0.5 * gap : gap;
        const double left = at.x + (across[i] > 0 ? slack : across[i] < 0 ? -slack - width : -width / 2);
        const double top = at.y + (down[i] > 0 ? gap : down[i] < 0 ? -gap - height : -height / 2);
        const cosmo_clip_box candidate = {left, top, left + width, top + height};
        const double cost = cosmo_labels_cost(labels, candidate) + i;
        if (cost < cheapest) {
            cheapest = cost;
            *box = candidate;
        }
    }
    if (cheapest >= limit) return false;
    cosmo_labels_block(labels, *box);
    return !labels->failed;
}

/* The cost of a lead line: it may cross no label and no other lead line. */
static double labels_lead_cost(const cosmo_labels *labels, cosmo_clip_point at, cosmo_clip_point end, double gap)
{
    const double length = hypot(end.x - at.x, end.y - at.y);
    if (length <= gap) return 0;
    const double part = gap / length;
    const cosmo_clip_point start = {at.x + part * (end.x - at.x), at.y + part * (end.y - at.y)};
    for (size_t i = 0; i < labels->n_boxes; i++) {
        cosmo_clip_point a = start, b = end;
        if (cosmo_clip_segment(&a, &b, labels->boxes[i])) return COSMO_LABELS_NEVER;
    }
    for (size_t i = 0; i < labels->n_bars; i++) {
        const cosmo_labels_bar *bar = &labels->bars[i];
        if (bar->cost < COSMO_LABELS_NEVER) continue;
        const double ux = end.x - start.x, uy = end.y - start.y, vx = bar->b.x - bar->a.x, vy = bar->b.y - bar->a.y;
        const double cross = ux * vy - uy * vx;
        if (cross == 0) continue;
        const double s = ((bar->a.x - start.x) * vy - (bar->a.y - start.y) * vx) / cross;
        const double t = ((bar->a.x - start.x) * uy - (bar->a.y - start.y) * ux) / cross;
        if (s >= 0 && s <= 1 && t >= 0 && t <= 1) return COSMO_LABELS_NEVER;
    }
    return 0;
}

bool cosmo_labels_lead(cosmo_labels *labels, cosmo_clip_point at, double gap, double reach, double width, double height,
                       cosmo_clip_box *box, cosmo_clip_point *end)
{
    enum { ANGLES = 24, NEAREST = 14, RING = 16 };
    double cheapest = COSMO_LABELS_NEVER;
    for (double beyond = NEAREST; beyond <= reach; beyond += RING) {
        const double radius = gap + beyond;
        for (int i = 0; i < ANGLES; i++) {
            const double angle = 2 * 3.14159265358979323846 * i / ANGLES;
            const double c = cosmo_real_cos(angle), s = cosmo_real_sin(angle);
            const cosmo_clip_point tip = {at.x + radius * c, at.y + radius * s};
            /* the box hangs on the tip by the side or corner that faces the point */
            const double left = tip.x - width * (1 - c) / 2, top = tip.y - height * (1 - s) / 2;
            const cosmo_clip_box candidate = {left, top, left + width, top + height};
            double cost = cosmo_labels_cost(labels, candidate) + radius;
            if (cost < cheapest) cost += labels_lead_cost(labels, at, tip, gap);
            if (cost < cheapest) {
                cheapest = cost;
                *box = candidate;
                *end = tip;
            }
        }
    }
    if (cheapest >= COSMO_LABELS_NEVER) return false;
    cosmo_labels_block(labels, *box);
    cosmo_labels_bar_add(labels, at, *end, COSMO_LABELS_NEVER);
    return !labels->failed;
}
