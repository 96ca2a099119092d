/* Horizontal bars: a row a name, a bar a series, whiskers for errors, the value in digits beside it. */
#include "report/draw.h"
#include "report/markup.h"
#include "report/scale.h"

#include <math.h>
#include <string.h>

enum {
    BARS_PITCH = 14, /* from bar to bar of a row; a line of digits fits */
    BARS_THICK = 11,
    BARS_GAP = 8,   /* between rows */
    BARS_FOOT = 36, /* numbers of the axis, its unit */
    BARS_POWERS_MOST = 7
};
static const double BARS_NAMES_MOST = 0.36, BARS_VALUES = 50; /* share of the width; units */

typedef struct bars_frame {
    double width, height;
    cosmo_clip_box plot;
    cosmo_scale scale;
    size_t n_rows;
    double row, head; /* height of a row; of its name above it, 0: beside it */
} bars_frame;

static size_t bars_rows(const cosmo_chart *chart)
{
    size_t n = 0;
    for (size_t i = 0; i < chart->n_series; i++) n = chart->series[i].n > n ? chart->series[i].n : n;
    return n;
}

static void bars_reach(const cosmo_chart *chart, const double *values, size_t n, double *low, double *high)
{
    for (size_t i = 0; i < n && values != NULL; i++) {
        if (!isfinite(values[i]) || (chart->by_powers && !(values[i] > 0))) continue;
        *low = fmin(*low, values[i]);
        *high = fmax(*high, values[i]);
    }
}

/* Even axes hold 0 and the step that wastes least; by powers of ten the lower ends of errors, which may come near to 0,
 * do not count. */
static bool bars_fit_scale(const cosmo_chart *chart, double width, cosmo_scale *scale)
{
    double low = chart->by_powers ? 1e300 : 0, high = chart->by_powers ? -1e300 : 0, best = 1e300;
    for (size_t i = 0; i < chart->n_series; i++) {
        const cosmo_series *s = &chart->series[i];
        bars_reach(chart, s->values, s->n, &low, &high);
        bars_reach(chart, s->from, s->n, &low, &high);
        if (!chart->by_powers) bars_reach(chart, s->low, s->n, &low, &high);
        bars_reach(chart, s->high, s->n, &low, &high);
    }
    if (!(low < high) && !(chart->by_powers && low == high)) return false;
    if (chart->by_powers) {
        *scale = cosmo_scale_powers(low, high, BARS_POWERS_MOST);
        return true;
    }
    const int most = (int)fmin(7, fmax(2, width / 60));
    for (int intervals = most; intervals > most / 2; intervals--) {
        const cosmo_scale even = cosmo_scale_even(low, high, intervals);
        const double waste = even.high - even.low;
        if (waste >= best * (1 - 1e-9)) continue;
        best = waste;
        *scale = even;
    }
    return true;
}

/* Names stand beside their rows, or above them where they would leave too little room. */
static bool bars_fit(const cosmo_chart *chart, double width, bars_frame *frame)
{
    double names = 0;
    *frame = (bars_frame){.width = width, .n_rows = bars_rows(chart)};
    for (size_t i = 0; i < frame->n_rows; i++)
        names = fmax(names, cosmo_labels_width(chart->rows[i], COSMO_DRAW_FONT, false));
    const bool above = names > BARS_NAMES_MOST * width;
    frame->head = above ? BARS_PITCH : 0;
    frame->row = frame->head + BARS_PITCH * (double)chart->n_series + BARS_GAP;
    frame->plot =
        (cosmo_clip_box){above ? 12 : names + 12, 4, width - BARS_VALUES, 4 + frame->row * (double)frame->n_rows};
    frame->height = frame->plot.bottom + BARS_FOOT;
    return bars_fit_scale(chart, frame->plot.right - frame->plot.left, &frame->scale);
}

/* Held to the plot: an error may reach beyond an axis of powers of ten. */
static double bars_x(const bars_frame *frame, double value)
{
    const double share = fmin(1, fmax(0, cosmo_scale_share(&frame->scale, value)));
    return frame->plot.left + (frame->plot.right - frame->plot.left) * share;
}

static void bars_draw_axis(cosmo_draw *draw, const bars_frame *frame, const char *unit)
{
    const int intervals = cosmo_scale_intervals(&frame->scale);
    const double step = (frame->plot.right - frame->plot.left) / intervals;
    const double widest = cosmo_scale_width(&frame->scale, COSMO_DRAW_FONT, draw->arena) + 6;
    const int every = (int)fmax(1, ceil(widest / step)); /* numbers that would touch are left out */
    for (int i = 0; i <= intervals; i++) {
        const double x = frame->plot.left + i * step;
        const bool zero =
            !frame->scale.by_powers && fabs(frame->scale.low + i * frame->scale.step) < 0.01 * frame->scale.step;
        cosmo_text_print(draw->out, "<path class=\"grid%s\" d=\"M%.1f %.1fV%.1f\"/>",
                         zero && frame->scale.low < 0 ? " zero" : "", x, frame->plot.top, frame->plot.bottom + 4);
        if (i % every != 0) continue;
        cosmo_text_print(draw->out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", x,
                         frame->plot.bottom + 16);
        cosmo_scale_write(&frame->scale, i, draw->out);
        cosmo_text_put(draw->out, "</text>");
    }
    if (unit == NULL || unit[0] == '\0') return;
    cosmo_mapview_text(draw, "unit", frame->plot.right, frame->plot.bottom + 31, "end", unit);
}

/* A text, or as much of it as `width` holds, with an ellipsis. */
static void bars_write_name(cosmo_draw *draw, const char *name, double width)
{
    if (cosmo_labels_width(name, COSMO_DRAW_FONT, false) <= width) {
        cosmo_markup_text(draw->out, name);
        return;
    }
    const char *end = name;
    for (const char *next = name;; end = next) {
        if (cosmo_markup_decode(&next) == 0) break;
        const char *part = cosmo_arena_text(draw->arena, name, (size_t)(next - name));
        if (part == NULL || cosmo_labels_width(part, COSMO_DRAW_FONT, false) > width - COSMO_DRAW_FONT) break;
    }
    const char *part = cosmo_arena_text(draw->arena, name, (size_t)(end - name));
    draw->out->failed |= part == NULL;
    cosmo_markup_text(draw->out, part);
    cosmo_text_put(draw->out, "\xE2\x80\xA6");
}

static void bars_draw_name(cosmo_draw *draw, const bars_frame *frame, const char *name, double top)
{
    if (name == NULL) return;
    if (frame->head > 0)
        cosmo_text_print(draw->out, "<text class=\"row-name\" x=\"%.1f\" y=\"%.1f\">", frame->plot.left,
                         top + BARS_GAP / 2.0 + 10);
    else
        cosmo_text_print(draw->out, "<text class=\"row-name\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">",
                         frame->plot.left - 8, top + frame->row / 2 + 4);
    bars_write_name(draw, name, frame->width - frame->plot.left - 8);
    cosmo_text_put(draw->out, "</text>");
}

static bool bars_has_error(const cosmo_series *s, size_t row)
{
    return s->low != NULL && s->high != NULL && isfinite(s->low[row]) && isfinite(s->high[row]);
}

/* "core, explosion: 0.010 (0.008 to 0.013) casualties" */
static void bars_draw_title(cosmo_draw *draw, const cosmo_chart *chart, const cosmo_series *s, size_t row)
{
    cosmo_text_put(draw->out, "<title>");
    cosmo_markup_text(draw->out, chart->rows[row]);
    if (s->title != NULL && chart->n_series > 1) {
        cosmo_text_put(draw->out, ", ");
        cosmo_markup_text(draw->out, s->title);
    }
    cosmo_text_put(draw->out, ": ");
    cosmo_markup_text(draw->out, cosmo_number_text(draw->arena, s->values[row], 3));
    if (bars_has_error(s, row)) {
        cosmo_text_put(draw->out, " (");
        cosmo_markup_text(draw->out, cosmo_number_text(draw->arena, s->low[row], 3));
        cosmo_text_put(draw->out, " to ");
        cosmo_markup_text(draw->out, cosmo_number_text(draw->arena, s->high[row], 3));
        cosmo_text_put(draw->out, ")");
    }
    cosmo_text_put(draw->out, " ");
    cosmo_markup_text(draw->out, s->unit);
    cosmo_text_put(draw->out, "</title>");
}

/* The whisker of a bar, with a cap at each end that lies on the axis; where it ends on the right. */
static double bars_draw_whisker(cosmo_draw *draw, const bars_frame *frame, double low, double high, double middle)
{
    const double from = bars_x(frame, low), to = bars_x(frame, high), half = 3;
    cosmo_text_print(draw->out, "<path class=\"whisker\" d=\"M%.1f %.1fH%.1f", from, middle, to);
    if (cosmo_scale_share(&frame->scale, low) >= 0)
        cosmo_text_print(draw->out, "M%.1f %.1fv%.1f", from, middle - half, 2 * half);
    cosmo_text_print(draw->out, "M%.1f %.1fv%.1f\"/>", to, middle - half, 2 * half);
    return to;
}

/* The value; of a bar that goes on from another's end what it adds, with its sign. */
static const char *bars_digits(cosmo_draw *draw, double value, double from)
{
    const double shown = value - from;
    const char *digits = cosmo_number_text(draw->arena, fabs(shown), 2);
    const char *sign = shown < 0 ? "\xE2\x88\x92" : from != 0 && shown > 0 ? "+" : "";
    return digits != NULL ? cosmo_arena_print(draw->arena, "%s%s", sign, digits) : NULL;
}

/* The bar with its whisker and its value in digits; the value alone where the axis has no place for it. */
static void bars_draw_bar(cosmo_draw *draw, const cosmo_chart *chart, const bars_frame *frame, size_t series,
                          size_t row, double top)
{
    const cosmo_series *s = &chart->series[series];
    const double value = row < s->n ? s->values[row] : NAN, middle = top + BARS_PITCH / 2.0;
    const double from = s->from != NULL && row < s->n && isfinite(s->from[row]) ? s->from[row] : 0;
    const double zero = chart->by_powers && from == 0 ? frame->plot.left : bars_x(frame, from);
    double end = zero;
    if (isfinite(cosmo_scale_share(&frame->scale, value))) {
        const double to = bars_x(frame, value);
        end = fmax(zero, to);
        cosmo_text_print(draw->out, "<rect class=\"bar s%zu\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\">",
                         series % 4, fmin(zero, to), middle - BARS_THICK / 2.0, fabs(to - zero), BARS_THICK);
        bars_draw_title(draw, chart, s, row);
        cosmo_text_put(draw->out, "</rect>");
    }
    if (isfinite(value) && bars_has_error(s, row) && cosmo_scale_share(&frame->scale, s->high[row]) >= 0)
        end = fmax(end, bars_draw_whisker(draw, frame, s->low[row], s->high[row], middle));
    const char *digits = bars_digits(draw, value, from);
    draw->out->failed |= digits == NULL;
    cosmo_mapview_text(draw, "tick", end + 5, middle + 4, "start", digits);
}

static bool bars_draw_one(cosmo_draw *draw, const cosmo_chart *chart, const char *variant, double width)
{
    bars_frame frame;
    if (!bars_fit(chart, width, &frame)) return false;
    cosmo_text_print(draw->out, "<svg class=\"bars %s\" viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"", variant,
                     frame.width, frame.height);
    cosmo_markup_text(draw->out, chart->title);
    cosmo_text_put(draw->out, "\">");
    bars_draw_axis(draw, &frame, chart->series[0].unit);
    for (size_t row = 0; row < frame.n_rows; row++) {
        const double top = frame.plot.top + frame.row * (double)row;
        bars_draw_name(draw, &frame, chart->rows[row], top);
        for (size_t i = 0; i < chart->n_series; i++)
            bars_draw_bar(draw, chart, &frame, i, row, top + frame.head + BARS_GAP / 2.0 + BARS_PITCH * (double)i);
    }
    cosmo_text_put(draw->out, "</svg>");
    return true;
}

void cosmo_bars_draw(cosmo_draw *draw, const cosmo_chart *chart)
{
    if (chart->n_series > 1) cosmo_text_put(draw->out, "<ul class=\"key\">");
    for (size_t i = 0; i < chart->n_series && chart->n_series > 1; i++) {
        cosmo_text_print(
            draw->out,
            "<li><svg class=\"symbol\" viewBox=\"0 0 24 14\" aria-hidden=\"true\"><rect class=\"bar s%zu\" "
            "x=\"3\" y=\"2\" width=\"18\" height=\"10\"/></svg>",
            i % 4);
        cosmo_markup_text(draw->out, chart->series[i].title);
        cosmo_text_put(draw->out, "</li>");
    }
    if (chart->n_series > 1) cosmo_text_put(draw->out, "</ul>");
    if (!bars_draw_one(draw, chart, "wide", 720) || !bars_draw_one(draw, chart, "narrow", 360))
        cosmo_text_put(draw->out, "<p class=\"note\">No values.</p>");
}
