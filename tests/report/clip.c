/* Cutting keeps the area inside and nothing outside; thinning stays within its tolerance; path data read back. */
#include "report/clip.h"
#include "suite.h"

#include <string.h>

static double area(const cosmo_clip_points *ring)
{
    double sum = 0;
    for (size_t i = 0; i < ring->n; i++) {
        const cosmo_clip_point a = ring->items[i], b = ring->items[(i + 1) % ring->n];
        sum += (a.x * b.y - b.x * a.y) / 2;
    }
    return sum;
}

START_TEST(rings_are_cut_to_the_box)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_clip_points ring = {.arena = arena}, spare = {.arena = arena};
    const cosmo_clip_box box = {0, 0, 10, 10};
    /* a diamond of half-diagonal 8 about the box's middle: 128 whole, its four tips (each 3 x 3) outside */
    cosmo_clip_add(&ring, 5, -3);
    cosmo_clip_add(&ring, 13, 5);
    cosmo_clip_add(&ring, 5, 13);
    cosmo_clip_add(&ring, -3, 5);
    suite_error("diamond, whole", area(&ring) - 128, "", 1e-12);
    cosmo_clip_ring(&ring, &spare, box);
    suite_error("diamond, cut", area(&ring) - (128 - 4 * 9), "", 1e-12);
    for (size_t i = 0; i < ring.n; i++)
        ck_assert(ring.items[i].x >= 0 && ring.items[i].x <= 10 && ring.items[i].y >= 0 && ring.items[i].y <= 10);
    ring.n = 0;
    cosmo_clip_add(&ring, 20, 20);
    cosmo_clip_add(&ring, 30, 20);
    cosmo_clip_add(&ring, 30, 30);
    cosmo_clip_ring(&ring, &spare, box);
    ck_assert_uint_eq(ring.n, 0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(segments_are_cut_to_the_box)
{
    const cosmo_clip_box box = {0, 0, 10, 10};
    cosmo_clip_point a = {-5, 5}, b = {15, 5}, c = {-5, 12}, d = {15, 14}, e = {2, 3}, f = {4, 5};
    ck_assert(cosmo_clip_segment(&a, &b, box));
    ck_assert(a.x == 0 && a.y == 5 && b.x == 10 && b.y == 5);
    ck_assert(!cosmo_clip_segment(&c, &d, box));
    ck_assert(cosmo_clip_segment(&e, &f, box));
    ck_assert(e.x == 2 && e.y == 3 && f.x == 4 && f.y == 5);
}
END_TEST

static double distance(cosmo_clip_point p, cosmo_clip_point a, cosmo_clip_point b)
{
    const double dx = b.x - a.x, dy = b.y - a.y, length2 = dx * dx + dy * dy;
    const double part = fmax(0, fmin(1, length2 > 0 ? ((p.x - a.x) * dx + (p.y - a.y) * dy) / length2 : 0));
    return hypot(a.x + part * dx - p.x, a.y + part * dy - p.y);
}

START_TEST(thinning_keeps_its_tolerance)
{
    enum { N = 2000 };
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_clip_points line = {.arena = arena}, whole = {.arena = arena};
    for (int i = 0; i < N; i++) {
        const double x = i * 0.5, y = 40 * sin(i * 0.01) + 3 * sin(i * 0.31);
        cosmo_clip_add(&line, x, y);
        cosmo_clip_add(&whole, x, y);
    }
    cosmo_clip_thin(&line, 0.5);
    double worst = 0;
    for (size_t i = 0; i < whole.n; i++) {
        double nearest = 1e9;
        for (size_t k = 1; k < line.n; k++)
            nearest = fmin(nearest, distance(whole.items[i], line.items[k - 1], line.items[k]));
        worst = fmax(worst, nearest);
    }
    printf("  %d points thinned to %zu\n", N, line.n);
    ck_assert_uint_lt(line.n, N / 2);
    suite_error("furthest dropped point", worst, "", 0.5);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(path_data)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text text = cosmo_text_begin(arena);
    const cosmo_clip_point points[] = {{1, -2.04}, {1.5, -2.04}, {1.5, -2.04}, {-0.03, 7.96}, {100.26, 8}};
    cosmo_clip_write(&text, points, 5, true);
    ck_assert_str_eq(text.data, "M1-2l.5 0-1.5 10 100.3 0z");
    cosmo_text line = cosmo_text_begin(arena);
    cosmo_clip_points across = {.arena = arena}, spare = {.arena = arena};
    for (int i = 0; i <= 4; i++) cosmo_clip_add(&across, 10 * i, i % 2 == 0 ? -5 : 5);
    cosmo_clip_write_line(&line, &across, &spare, (cosmo_clip_box){0, 0, 40, 10}, 0.1);
    ck_assert_str_eq(line.data, "M5 0l5 5 5-5M25 0l5 5 5-5");
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("report/clip", rings_are_cut_to_the_box, segments_are_cut_to_the_box, thinning_keeps_its_tolerance,
            path_data)
