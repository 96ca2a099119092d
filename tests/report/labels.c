/* Names never touch each other or leave the frame, however many there are; texts are at least as wide as a face draws
 * them. */
#include "report/labels.h"
#include "suite.h"

static bool apart(cosmo_clip_box a, cosmo_clip_box b)
{
    return a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;
}

/* A fixed sequence of numbers in 0..1 (Park & Miller 1988). */
static double next(uint64_t *state)
{
    *state = *state * 48271 % 2147483647;
    return (double)*state / 2147483647.0;
}

START_TEST(crowded_names_stay_apart)
{
    enum { TRIES = 600 };
    static cosmo_clip_box boxes[2 * TRIES];
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_clip_box frame = {40, 1, 960, 600};
    cosmo_labels labels = cosmo_labels_begin(arena, frame);
    uint64_t seed = 7;
    size_t n = 0, leads = 0;
    for (int i = 0; i < TRIES; i++) {
        const cosmo_clip_point at = {40 + 920 * next(&seed), 600 * next(&seed)};
        const double width = 20 + 90 * next(&seed);
        cosmo_clip_point end;
        cosmo_clip_box box;
        if (i % 6 == 0 && cosmo_labels_lead(&labels, at, 6, 142, width, 27, &box, &end)) {
            boxes[n++] = box;
            leads++;
            ck_assert(end.x >= box.left - 1e-9 && end.x <= box.right + 1e-9 && end.y >= box.top - 1e-9);
        } else if (i % 6 != 0 && cosmo_labels_beside(&labels, at, 5, width, 14, 40, &box)) {
            boxes[n++] = box;
        }
    }
    printf("  %zu names placed, %zu of them with a lead line\n", n, leads);
    ck_assert_uint_gt(n, 150);
    for (size_t i = 0; i < n; i++) {
        ck_assert(boxes[i].left >= frame.left && boxes[i].right <= frame.right);
        ck_assert(boxes[i].top >= frame.top && boxes[i].bottom <= frame.bottom);
        for (size_t j = 0; j < i; j++) ck_assert(apart(boxes[i], boxes[j]));
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(lines_are_avoided)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_labels labels = cosmo_labels_begin(arena, (cosmo_clip_box){0, 0, 400, 400});
    cosmo_clip_box box;
    cosmo_labels_bar_add(&labels, (cosmo_clip_point){0, 200}, (cosmo_clip_point){400, 200}, 45);
    ck_assert(cosmo_labels_beside(&labels, (cosmo_clip_point){200, 200}, 5, 60, 14, 40, &box));
    ck_assert(box.bottom <= 200 || box.top >= 200);
    ck_assert(!cosmo_labels_beside(&labels, (cosmo_clip_point){500, 200}, 5, 60, 14, 40, &box));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(widths_of_a_wide_face)
{
    /* DejaVu Sans at 100 units, the sum of the advances in the font file (version 2.37) */
    suite_error("Baikonur, shortfall of our width", fmin(0, cosmo_labels_width("Baikonur", 100, false) - 444.629), "",
                0);
    suite_error("Baikonur, excess of our width", cosmo_labels_width("Baikonur", 100, false) - 444.629, "", 10);
    ck_assert(cosmo_labels_width("\xD0\x91\xD0\xB0\xD0\xB9", 100, false) > 150);
    ck_assert(cosmo_labels_width("", 100, true) == 0);
    ck_assert(cosmo_labels_width(NULL, 100, true) == 0);
    ck_assert(cosmo_labels_width("bold", 100, true) > cosmo_labels_width("bold", 100, false));
}
END_TEST

COSMO_SUITE("report/labels", crowded_names_stay_apart, lines_are_avoided, widths_of_a_wide_face)
