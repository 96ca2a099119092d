/* Charts: round axes, bars in proportion, errors as whiskers, steps as curves with gaps, words escaped. */
#include "report/draw.h"
#include "report/scale.h"

#include "made_up.h"
#include "suite.h"

static made_up page;

/* One chart as it is drawn for a screen and for a phone. */
static const char *draw_chart(const cosmo_chart *chart, cosmo_arena *arena)
{
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_draw draw = {.arena = arena, .out = &out};
    cosmo_chart_draw(&draw, chart, 0);
    ck_assert(!out.failed);
    return out.data;
}

/* What follows the n-th `key` (from 0), as a number. */
static double number_after(const char *text, const char *mark, int n, const char *key)
{
    const char *at = text;
    for (int i = 0; i <= n; i++, at++) ck_assert_msg((at = strstr(at, mark)) != NULL, "no %s number %d", mark, n);
    const char *from = strstr(at - 1, key);
    ck_assert_ptr_nonnull(from);
    return strtod(from + strlen(key), NULL);
}

static int count(const char *text, const char *mark)
{
    int n = 0;
    for (const char *at = strstr(text, mark); at != NULL; at = strstr(at + 1, mark)) n++;
    return n;
}

static double bar_width(const char *svg, const char *bar, int n)
{
    return number_after(svg, bar, n, "width=\"");
}

START_TEST(axes_have_round_numbers)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_scale even = cosmo_scale_even(-3, 58, 4), powers = cosmo_scale_powers(1e-3, 1.4, 8),
                      far = cosmo_scale_powers(1e-30, 1, 8);
    ck_assert(even.low == -20 && even.high == 60 && even.step == 20 && cosmo_scale_intervals(&even) == 4);
    ck_assert_double_eq_tol(cosmo_scale_share(&even, 20), 0.5, 1e-12);
    ck_assert(powers.low == -4 && powers.high == 1 && powers.step == 1);
    ck_assert_double_eq_tol(cosmo_scale_share(&powers, 1e-2), 0.4, 1e-12);
    ck_assert(cosmo_scale_share(&powers, 0) == -INFINITY && isnan(cosmo_scale_share(&powers, NAN)));
    ck_assert(cosmo_scale_intervals(&far) <= 8 && far.low <= -30 && far.high == 0);
    cosmo_text text = cosmo_text_begin(arena);
    for (int i = 0; i < 3; i++) cosmo_scale_write(&powers, i, &text);
    cosmo_scale_write(&even, 0, &text);
    ck_assert_str_eq(text.data, "10⁻⁴10⁻³10⁻²−20");
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(bars_are_in_proportion)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    made_up_page(&page, 63.34, 45.92, 61.2);
    const char *svg = draw_chart(&page.charts[3], arena);
    const char *const a = "<rect class=\"bar s0\" x=\"", *const b = "<rect class=\"bar s1\" x=\"";
    const int key = 1;                            /* the key's own rectangles come first */
    ck_assert_int_eq(count(svg, a), key + 2 * 3); /* one of the four has no value */
    ck_assert_int_eq(count(svg, b), key + 2 * 4);
    const double unit = bar_width(svg, a, key) / 60.0;
    ck_assert_double_eq_tol(bar_width(svg, a, key + 1), 15 * unit, 0.11);
    ck_assert_double_eq_tol(bar_width(svg, a, key + 2), 30 * unit, 0.11);
    ck_assert_double_eq_tol(bar_width(svg, b, key), 16 * unit, 0.11);
    const double zero = number_after(svg, a, key, a), end = number_after(svg, a, key + 1, a);
    ck_assert_double_eq_tol(end, zero - 15 * unit, 0.11); /* to the left of 0 */
    ck_assert_ptr_null(strstr(svg, "<left>"));
    ck_assert_ptr_nonnull(strstr(svg, "&lt;left&gt; &amp; &quot;rest&quot; of the core stage, across: 0.4 km"));
    ck_assert_ptr_nonnull(strstr(svg, "<p class=\"note\">Of &lt;some&gt; body.</p>"));
    ck_assert_ptr_null(strstr(svg, "whisker"));
    printf("  bars of 60, -15, 30, 16 km are %.1f, %.1f, %.1f, %.1f wide\n", 60 * unit, bar_width(svg, a, key + 1),
           bar_width(svg, a, key + 2), bar_width(svg, b, key));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(errors_are_whiskers_by_powers_of_ten)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    made_up_page(&page, 63.34, 45.92, 61.2);
    const char *svg = draw_chart(&page.charts[4], arena);
    const char *const a = "<rect class=\"bar s0\" x=\"", *const whisker = "<path class=\"whisker\" d=\"M";
    ck_assert_ptr_nonnull(strstr(svg, ">10⁻¹</text>"));
    ck_assert_ptr_nonnull(strstr(svg, ">10⁰</text>"));
    const double left = number_after(svg, a, 1, a), one = bar_width(svg, a, 1), hundredth = bar_width(svg, a, 2);
    const double tenth = bar_width(svg, "<rect class=\"bar s1\" x=\"", 1);
    const double decade = tenth - hundredth;
    ck_assert_double_eq_tol(one, hundredth + 2.113943 * decade, 0.3); /* log10(130) */
    ck_assert_double_eq_tol(number_after(svg, whisker, 0, whisker), left + hundredth + 2.079181 * decade, 0.3);
    ck_assert_int_eq(count(svg, whisker), 2 * 3);                  /* the fourth lies below the axis */
    ck_assert_int_eq(count(svg, "<rect class=\"bar s1\""), 1 + 2); /* nothing for 0, which says so in digits */
    /* an error that reaches below the axis is open there: it begins at the edge and has one cap */
    ck_assert_double_eq_tol(number_after(svg, whisker, 2, whisker), left, 0.06);
    const char *open = strstr(strstr(strstr(svg, whisker) + 1, whisker) + 1, whisker);
    const char *shut = cosmo_arena_text(arena, open, (size_t)(strstr(open, "/>") - open));
    ck_assert_int_eq(count(shut, "v"), 1);
    ck_assert_int_eq(count(svg, "1.3 (1.2 to 1.4) casualties"), 2);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(steps_are_curves_with_gaps)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    made_up_page(&page, 63.34, 45.92, 61.2);
    const cosmo_chart *charts = cosmo_steps_unfold(&page.page, arena);
    const cosmo_series *s = &charts[5].series[0];
    static const double t[] = {0, 60, 60, 118, 118, 300, 540}, values[] = {1, 1, 0.1, 0.1, NAN, 1e-4, 1e-4};
    ck_assert_uint_eq(s->n, 7);
    for (size_t i = 0; i < s->n; i++) {
        ck_assert(s->t_s[i] == t[i] && (s->values[i] == values[i] || isnan(s->values[i] + values[i])));
        ck_assert(isnan(values[i]) == isnan(s->low[i]) && isnan(values[i]) == isnan(s->high[i]));
    }
    ck_assert_ptr_eq(charts[0].series[0].values, page.charts[0].series[0].values);
    const char *svg = draw_chart(&charts[5], arena);
    ck_assert_ptr_nonnull(strstr(svg, ">10⁻⁴</text>"));
    ck_assert_ptr_nonnull(strstr(svg, "data-powers"));
    ck_assert_ptr_null(strstr(svg, "inf"));
    ck_assert_ptr_null(strstr(svg, "nan"));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(bars_of_nothing)
{
    static const double none[] = {NAN, -1.0};
    static const char *const rows[] = {NULL, "below"};
    static const cosmo_series series = {.n = 2, .values = none};
    const cosmo_chart powers = {.n_series = 1, .series = &series, .by_powers = true, .rows = rows},
                      empty = {.rows = rows}, even = {.n_series = 1, .series = &series, .rows = rows};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(strstr(draw_chart(&powers, arena), "No values."));
    ck_assert_ptr_nonnull(strstr(draw_chart(&empty, arena), "No values."));
    ck_assert_int_eq(count(draw_chart(&even, arena), "<rect class=\"bar"), 2);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Sums that go on from bar to bar: each begins where it is told, says what it adds, and those below 0 lie left of it.
 */
START_TEST(bars_may_go_on_from_each_other)
{
    static const char *const rows[] = {"start", "less", "more", "end"};
    static const double from[] = {0, 60, -20, 0}, to[] = {60, -20, 10, 10};
    static const cosmo_series series = {.id = "w", .unit = "M", .n = 4, .values = to, .from = from};
    static const cosmo_chart chart = {.id = "w", .title = "w", .n_series = 1, .series = &series, .rows = rows};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const char *svg = draw_chart(&chart, arena), *bar = "<rect class=\"bar s0\" x=\"";
    const double unit = bar_width(svg, bar, 0) / 60, zero = number_after(svg, bar, 0, bar);
    ck_assert_double_eq_tol(bar_width(svg, bar, 1), 80 * unit, 0.11);
    ck_assert_double_eq_tol(number_after(svg, bar, 1, bar), zero - 20 * unit, 0.11);
    ck_assert_double_eq_tol(bar_width(svg, bar, 2), 30 * unit, 0.11);
    ck_assert_double_eq_tol(number_after(svg, bar, 2, bar), zero - 20 * unit, 0.11);
    ck_assert_double_eq_tol(number_after(svg, bar, 3, bar), zero, 0.11);
    ck_assert(strstr(svg, ">\xE2\x88\x92"
                          "80</text>") != NULL &&
              strstr(svg, ">+30</text>") != NULL);
    ck_assert(strstr(svg, ">60</text>") != NULL && strstr(svg, ">10</text>") != NULL);
    ck_assert_int_eq(count(svg, "class=\"grid zero\""), 2);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Over a distance by powers of ten: equal factors are equally far apart, 0 has no place, no clock runs on it. */
START_TEST(curves_over_something_else)
{
    static const double km[] = {0, 0.1, 1, 10, 100}, values[] = {5, 4, 3, 2, 1};
    static const cosmo_series series = {.id = "d", .title = "d", .unit = "g", .n = 5, .t_s = km, .values = values};
    static const cosmo_chart powers = {
        .id = "d", .title = "d", .n_series = 1, .series = &series, .along = "Distance, km", .along_by_powers = true};
    cosmo_chart even = powers;
    even.along_by_powers = false;
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const char *svg = draw_chart(&powers, arena), *path = strstr(svg, "class=\"curve s0\" d=\"M");
    ck_assert(path != NULL && (path = strstr(path + 1, "class=\"curve s0\" d=\"M")) != NULL);
    const double left = number_after(svg, "<path class=\"grid\" d=\"M", 0, "d=\"M");
    ck_assert_double_eq_tol(strtod(strchr(path, 'M') + 1, NULL), left, 0.06);
    ck_assert(strstr(svg, ">Distance, km</text>") != NULL && strstr(svg, "10\xE2\x81\xBB\xC2\xB9</text>") != NULL);
    ck_assert(strstr(svg, "T+") == NULL && strstr(svg, "<svg class=\"chart") == NULL &&
              strstr(svg, "data-key") == NULL);
    ck_assert_ptr_nonnull(strstr(svg, "most 5 at 0<"));
    svg = draw_chart(&even, arena);
    ck_assert(strstr(svg, "T+") == NULL && strstr(svg, ">Distance, km</text>") != NULL);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("report/chart", axes_have_round_numbers, bars_may_go_on_from_each_other, curves_over_something_else,
            bars_are_in_proportion, errors_are_whiskers_by_powers_of_ten, steps_are_curves_with_gaps, bars_of_nothing)
