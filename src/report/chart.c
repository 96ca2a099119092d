/* Charts over time: axes with round numbers, curves with their uncertainty, event marks whose names never collide. */
#include "report/draw.h"
#include "report/markup.h"
#include "report/scale.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_MARKS_MAX = 64, CHART_ROWS_MAX = 5, CHART_ROW = 14, CHART_POWERS_MOST = 8 };

/* A drawing's plotting area and its three scales. */
typedef struct chart_frame {
    double width, height;
    cosmo_clip_box plot;
    double t_low, t_high;
    cosmo_scale left, right, along; /* along: of charts that are not over time */
    bool has_right, is_along;
} chart_frame;

typedef struct chart_name {
    double x, width;
    int row;
    bool before;
} chart_name; /* row -1: no room */

/* Of finite values above `least`. */
static void chart_reach(const double *values, size_t n, double least, double *low, double *high)
{
    for (size_t i = 0; i < n && values != NULL; i++) {
        if (!isfinite(values[i]) || !(values[i] > least)) continue;
        *low = fmin(*low, values[i]);
        *high = fmax(*high, values[i]);
    }
}

/* The range of all curves on one side; false when none has a finite value. By powers of ten, the lower ends of errors,
 * which may come near to 0, do not count. */
static bool chart_range(const cosmo_chart *chart, bool right, double *low, double *high)
{
    const bool by_powers = chart->by_powers && !right;
    const double least = by_powers ? 0 : -INFINITY;
    *low = 1e300;
    *high = -1e300;
    for (size_t i = 0; i < chart->n_series; i++) {
        const cosmo_series *series = &chart->series[i];
        if (series->right_axis != right) continue;
        chart_reach(series->values, series->n, least, low, high);
        if (!by_powers) chart_reach(series->low, series->n, least, low, high);
        chart_reach(series->high, series->n, least, low, high);
    }
    if (*low > *high) return false;
    if (by_powers) return true;
    if (*low >= 0 && *low < 0.5 * *high) *low = 0;
    if (*high <= 0 && *high > 0.5 * *low) *high = 0;
    if (*high - *low < 1e-9 * (fabs(*high) + fabs(*low)) + 1e-300) {
        const double half = *high != 0 ? 0.5 * fabs(*high) : 0.5;
        *low = *high > 0 ? fmax(0, *low - half) : *low - half;
        *high += half;
    }
    return true;
}

/* Both axes with the same number of steps, so that they share grid lines: the number that wastes least of the two. */
static void chart_fit_axes(const cosmo_chart *chart, chart_frame *frame, bool *any)
{
    double low[2], high[2], best = 1e300;
    const bool has[2] = {chart_range(chart, false, &low[0], &high[0]), chart_range(chart, true, &low[1], &high[1])};
    frame->has_right = has[1];
    *any = has[0] || has[1];
    if (has[0] && chart->by_powers) {
        frame->left = cosmo_scale_powers(low[0], high[0], CHART_POWERS_MOST);
        if (has[1]) frame->right = cosmo_scale_even(low[1], high[1], cosmo_scale_intervals(&frame->left));
        return;
    }
    for (int intervals = 4; intervals <= 7 && *any; intervals++) {
        cosmo_scale axes[2] = {{0, 1, 1, false}, {0, 1, 1, false}};
        double waste = 0.02 * abs(intervals - 5);
        for (int i = 0; i < 2; i++) {
            if (!has[i]) continue;
            axes[i] = cosmo_scale_even(low[i], high[i], intervals);
            waste += 1 - (high[i] - low[i]) / (axes[i].high - axes[i].low);
        }
        if (waste >= best) continue;
        best = waste;
        frame->left = has[0] ? axes[0] : axes[1];
        frame->right = axes[1];
    }
}

static double chart_x(const chart_frame *frame, double t)
{
    const double part =
        frame->is_along ? cosmo_scale_share(&frame->along, t) : (t - frame->t_low) / (frame->t_high - frame->t_low);
    return frame->plot.left + (frame->plot.right - frame->plot.left) * part;
}

/* Below the frame for what an axis of powers of ten does not reach: not finite, unless it is an error's end. */
static double chart_y(const chart_frame *frame, const cosmo_scale *axis, double value)
{
    return frame->plot.bottom - (frame->plot.bottom - frame->plot.top) * cosmo_scale_share(axis, value);
}

/* ---- names of marks ---------------------------------------------------------------------------------------------- */

/* A mark's line runs from its name's row down through the plot, so a name must stand in a row above those of all the
 * marks whose lines it spans. Rows count upwards from the plot. */
static void chart_place_name(const chart_frame *frame, chart_name *names, const bool *done, size_t n, size_t at)
{
    chart_name *name = &names[at];
    const double from = name->before ? name->x - name->width : name->x,
                 to = name->before ? name->x : name->x + name->width;
    name->row = -1;
    if (from < 0 || to > frame->plot.right + 10) return;
    int row = 0;
    for (size_t i = 0; i < n; i++) {
        if (i == at || !done[i] || names[i].row < 0) continue;
        const double other_from = names[i].before ? names[i].x - names[i].width : names[i].x;
        const double other_to = names[i].before ? names[i].x : names[i].x + names[i].width;
        if (other_from < to && from < other_to && names[i].row >= row) row = names[i].row + 1;
    }
    for (size_t i = 0; i < n; i++) {
        if (i == at || !done[i] || names[i].row < 0 || names[i].row >= row) continue;
        const double other_from = names[i].before ? names[i].x - names[i].width : names[i].x;
        const double other_to = names[i].before ? names[i].x : names[i].x + names[i].width;
        if (name->x > other_from + 1 && name->x < other_to - 1) return; /* its line would strike out that name */
    }
    if (row < CHART_ROWS_MAX) name->row = row;
}

/* Rows for all names: those that read to the right from the last mark back, then those that must read to the left. */
static int chart_place_names(const cosmo_chart *chart, const chart_frame *frame, chart_name *names)
{
    bool done[CHART_MARKS_MAX] = {false};
    const size_t n = chart->n_marks < CHART_MARKS_MAX ? chart->n_marks : CHART_MARKS_MAX;
    int rows = 0;
    for (size_t i = 0; i < n; i++) {
        const double width = cosmo_labels_width(chart->marks[i].label, COSMO_DRAW_FONT - 1, false) + 9;
        const double x = chart_x(frame, chart->marks[i].t_s);
        names[i] = (chart_name){x, width, -1, x + width > frame->plot.right + 10};
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t k = 0; k < n; k++) {
            const size_t i = pass == 0 ? n - 1 - k : k;
            const bool outside = names[i].x < frame->plot.left - 0.5 || names[i].x > frame->plot.right + 0.5;
            if (names[i].before != (pass == 1) || outside) continue;
            chart_place_name(frame, names, done, n, i);
            done[i] = true;
            if (names[i].row >= rows) rows = names[i].row + 1;
        }
    return rows;
}

/* "T+12.5 s"; the number alone where the chart is not over time. */
static void chart_write_at(cosmo_text *out, const cosmo_chart *chart, double t)
{
    if (chart->along != NULL) {
        const char *number = cosmo_number_text(out->arena, t, 3);
        cosmo_text_put(out, number != NULL ? number : "");
        out->failed |= number == NULL;
        return;
    }
    cosmo_text_put(out, "T+");
    cosmo_markup_number(out, t, 1);
    cosmo_text_put(out, " s");
}

static void chart_draw_marks(cosmo_draw *draw, const cosmo_chart *chart, const chart_frame *frame,
                             const chart_name *names)
{
    const size_t n = chart->n_marks < CHART_MARKS_MAX ? chart->n_marks : CHART_MARKS_MAX;
    for (size_t i = 0; i < n; i++) {
        const double x = names[i].x;
        if (x < frame->plot.left - 0.5 || x > frame->plot.right + 0.5) continue;
        const double top = frame->plot.top - (names[i].row >= 0 ? CHART_ROW * names[i].row + 12 : 0);
        cosmo_text_print(draw->out, "<path class=\"mark\" d=\"M%.1f %.1fV%.1f\"><title>", x, top, frame->plot.bottom);
        cosmo_markup_text(draw->out, chart->marks[i].label);
        cosmo_text_put(draw->out, ", ");
        chart_write_at(draw->out, chart, chart->marks[i].t_s);
        cosmo_text_put(draw->out, "</title></path>");
        if (names[i].row < 0) continue;
        cosmo_mapview_text(draw, "mark-name", names[i].before ? x - 3 : x + 3, top + 8,
                           names[i].before ? "end" : "start", chart->marks[i].label);
    }
}

/* ---- axes -------------------------------------------------------------------------------------------------------- */

static void chart_draw_axis(cosmo_draw *draw, const chart_frame *frame, const cosmo_scale *axis, bool right,
                            const char *unit)
{
    const double x = right ? frame->plot.right + 6 : frame->plot.left - 6;
    const char *anchor = right ? "start" : "end";
    const int intervals = cosmo_scale_intervals(axis);
    for (int i = 0; i <= intervals; i++) {
        const double y = frame->plot.bottom - (frame->plot.bottom - frame->plot.top) * i / intervals;
        if (!right)
            cosmo_text_print(draw->out, "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/>", frame->plot.left, y,
                             frame->plot.right);
        cosmo_text_print(draw->out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y + 3.5,
                         anchor);
        cosmo_scale_write(axis, i, draw->out);
        cosmo_text_put(draw->out, "</text>");
    }
    if (unit == NULL || unit[0] == '\0') return;
    cosmo_mapview_text(draw, "unit", x, frame->plot.top - 9, anchor, unit);
}

/* Seconds, minutes, hours or days, whichever gives short numbers. */
static double chart_time_unit(double span_s, const char **name)
{
    *name = span_s <= 1800 ? "s" : span_s <= 4 * 3600 ? "min" : span_s <= 4 * 86400 ? "h" : "d";
    return span_s <= 1800 ? 1 : span_s <= 4 * 3600 ? 60 : span_s <= 4 * 86400 ? 3600 : 86400;
}

static void chart_draw_time(cosmo_draw *draw, const chart_frame *frame)
{
    const char *unit;
    const double factor = chart_time_unit(frame->t_high - frame->t_low, &unit);
    const double width = frame->plot.right - frame->plot.left;
    const double step = cosmo_scale_nice((frame->t_high - frame->t_low) / factor / fmax(3, width / 70));
    const double units = cosmo_labels_width("T+0, min", COSMO_DRAW_FONT, false);
    for (double value = step * ceil(frame->t_low / factor / step - 1e-9); value * factor <= frame->t_high * (1 + 1e-9);
         value += step) {
        const double x = chart_x(frame, value * factor);
        cosmo_text_print(draw->out, "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>", x, frame->plot.top,
                         frame->plot.bottom + 4);
        if (x > frame->width - units - 14) continue;
        cosmo_text_print(draw->out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", x,
                         frame->plot.bottom + 16);
        cosmo_scale_number(draw->out, value, step);
        cosmo_text_put(draw->out, "</text>");
    }
    char text[16];
    snprintf(text, sizeof text, "T+, %s", unit);
    cosmo_mapview_text(draw, "unit", frame->width - 2, frame->plot.bottom + 16, "end", text);
}

/* The axis of a chart that is not over time, and its name below. */
static void chart_draw_along(cosmo_draw *draw, const chart_frame *frame, const char *name)
{
    const int intervals = cosmo_scale_intervals(&frame->along);
    for (int i = 0; i <= intervals; i++) {
        const double x = frame->plot.left + (frame->plot.right - frame->plot.left) * i / intervals;
        cosmo_text_print(draw->out, "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/>", x, frame->plot.top,
                         frame->plot.bottom + 4);
        const bool at_edge = i == intervals && !frame->has_right;
        cosmo_text_print(draw->out, "<text class=\"tick\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">",
                         at_edge ? frame->width - 2 : x, frame->plot.bottom + 16, at_edge ? "end" : "middle");
        cosmo_scale_write(&frame->along, i, draw->out);
        cosmo_text_put(draw->out, "</text>");
    }
    cosmo_mapview_text(draw, "unit", frame->plot.right, frame->plot.bottom + 31, "end", name);
}

/* ---- curves ------------------------------------------------------------------------------------------------------ */

/* Writes the band between two edges and forgets them. */
static void chart_close_band(cosmo_text *out, cosmo_clip_points edge[2])
{
    cosmo_clip_thin(&edge[0], 0.2);
    cosmo_clip_thin(&edge[1], 0.2);
    for (size_t i = edge[1].n; i > 0; i--) cosmo_clip_add(&edge[0], edge[1].items[i - 1].x, edge[1].items[i - 1].y);
    cosmo_clip_write(out, edge[0].items, edge[0].n, true);
    edge[0].n = edge[1].n = 0;
}

static void chart_draw_band(cosmo_draw *draw, const chart_frame *frame, const cosmo_scale *axis,
                            const cosmo_series *series, size_t index)
{
    if (series->low == NULL || series->high == NULL) return;
    cosmo_clip_points edge[2] = {{.arena = draw->arena}, {.arena = draw->arena}};
    cosmo_text_print(draw->out, "<path class=\"band s%zu\" d=\"", index % 4);
    for (size_t i = 0; i < series->n; i++) {
        const double x = chart_x(frame, series->t_s[i]);
        if (!isfinite(series->low[i]) || !isfinite(series->high[i]) || !isfinite(x)) {
            chart_close_band(draw->out, edge);
            continue;
        }
        cosmo_clip_add(&edge[0], x, fmin(frame->plot.bottom, chart_y(frame, axis, series->low[i])));
        cosmo_clip_add(&edge[1], x, fmin(frame->plot.bottom, chart_y(frame, axis, series->high[i])));
    }
    chart_close_band(draw->out, edge);
    cosmo_text_put(draw->out, "\"/>");
    if (edge[0].failed || edge[1].failed) draw->out->failed = true;
}

static void chart_draw_curve(cosmo_draw *draw, const chart_frame *frame, const cosmo_scale *axis,
                             const cosmo_series *series, size_t index)
{
    cosmo_clip_points line = {.arena = draw->arena};
    cosmo_text_print(draw->out, "<path class=\"curve s%zu\" d=\"", index % 4);
    for (size_t i = 0; i <= series->n; i++) {
        const double x = i < series->n ? chart_x(frame, series->t_s[i]) : NAN;
        const double y = i < series->n ? chart_y(frame, axis, series->values[i]) : NAN;
        const bool usable = isfinite(x) && isfinite(y);
        if (usable) cosmo_clip_add(&line, x, y);
        if (usable || line.n == 0) continue;
        cosmo_clip_thin(&line, 0.15);
        cosmo_clip_write(draw->out, line.items, line.n, false);
        line.n = 0;
    }
    cosmo_text_put(draw->out, "\"/>");
    if (line.failed) draw->out->failed = true;
}

/* The unit of the first curve on a side. */
static const char *chart_unit(const cosmo_chart *chart, bool right)
{
    for (size_t i = 0; i < chart->n_series; i++)
        if (chart->series[i].right_axis == right) return chart->series[i].unit;
    return NULL;
}

/* Room beside the plot for the numbers of an axis and its unit. */
static double chart_axis_width(const cosmo_scale *axis, const char *unit, cosmo_arena *arena)
{
    const double words = unit != NULL ? cosmo_labels_width(unit, COSMO_DRAW_FONT, true) : 0;
    return fmin(110, fmax(words, cosmo_scale_width(axis, COSMO_DRAW_FONT, arena) + 4) + 10);
}

/* The axis of a chart that is not over time; false where nothing has a place on it. */
static bool chart_fit_along(const cosmo_chart *chart, double width, chart_frame *frame)
{
    static const double SPARE = 1.2589254117941673; /* the tenth of a power that cosmo_scale_powers keeps for bars */
    frame->is_along = chart->along != NULL;
    if (!frame->is_along) return true;
    if (!chart->along_by_powers) {
        frame->along = cosmo_scale_even(frame->t_low, frame->t_high, (int)fmax(3, width / 110));
        return true;
    }
    double low = 1e300, high = -1e300;
    for (size_t i = 0; i < chart->n_series; i++) chart_reach(chart->series[i].t_s, chart->series[i].n, 0, &low, &high);
    if (low > high) return false;
    frame->along = cosmo_scale_powers(low * SPARE, high, CHART_POWERS_MOST);
    return true;
}

/* The frame of a drawing `width` wide, with the names of marks placed above the plot. False: nothing to draw. */
static bool chart_fit(cosmo_draw *draw, const cosmo_chart *chart, double width, double height, chart_frame *frame,
                      chart_name *names)
{
    *frame = (chart_frame){.width = width, .t_low = 1e300, .t_high = -1e300};
    for (size_t i = 0; i < chart->n_series; i++)
        chart_reach(chart->series[i].t_s, chart->series[i].n, -INFINITY, &frame->t_low, &frame->t_high);
    if (!(frame->t_low < frame->t_high)) return false;
    if (!chart_fit_along(chart, width, frame)) return false;
    bool any;
    chart_fit_axes(chart, frame, &any);
    if (!any) return false;
    frame->plot.left = chart_axis_width(&frame->left, chart_unit(chart, false), draw->arena);
    frame->plot.right = width - 12;
    if (frame->has_right)
        frame->plot.right = width - chart_axis_width(&frame->right, chart_unit(chart, true), draw->arena);
    const int rows = chart_place_names(chart, frame, names);
    frame->plot.top = CHART_ROW * (rows > 0 ? rows : 1) + 8;
    frame->plot.bottom = frame->plot.top + height;
    frame->height = frame->plot.bottom + (frame->is_along ? 36 : 22);
    return true;
}

/* The marks whose names found no row, in words under the drawing. */
static void chart_draw_rest(cosmo_draw *draw, const cosmo_chart *chart, const chart_frame *frame,
                            const chart_name *names, const char *variant)
{
    bool any = false;
    const size_t n = chart->n_marks < CHART_MARKS_MAX ? chart->n_marks : CHART_MARKS_MAX;
    for (size_t i = 0; i < n; i++) {
        const bool outside = names[i].x < frame->plot.left - 0.5 || names[i].x > frame->plot.right + 0.5;
        if (names[i].row >= 0 || outside || chart->marks[i].label == NULL) continue;
        if (any)
            cosmo_text_put(draw->out, ", ");
        else
            cosmo_text_print(draw->out, "<p class=\"note also %s\">Also marked: ", variant);
        any = true;
        cosmo_markup_text(draw->out, chart->marks[i].label);
        cosmo_text_put(draw->out, " (");
        chart_write_at(draw->out, chart, chart->marks[i].t_s);
        cosmo_text_put(draw->out, ")");
    }
    if (any) cosmo_text_put(draw->out, ".</p>");
}

static bool chart_draw_one(cosmo_draw *draw, const cosmo_chart *chart, size_t index, const char *variant, double width,
                           double height)
{
    chart_frame frame;
    chart_name names[CHART_MARKS_MAX];
    if (!chart_fit(draw, chart, width, height, &frame, names)) return false;
    cosmo_text_print(draw->out,
                     "<svg class=\"%s %s\" data-chart=\"%zu\" data-plot=\"%.1f %.1f %.1f %.1f\" viewBox=\"0 0 %.0f "
                     "%.0f\" role=\"img\" aria-label=\"",
                     frame.is_along ? "curves" : "chart", variant, index, frame.plot.left, frame.plot.top,
                     frame.plot.right, frame.plot.bottom, frame.width, frame.height);
    cosmo_markup_text(draw->out, chart->title);
    cosmo_text_put(draw->out, "\">");
    if (frame.is_along)
        chart_draw_along(draw, &frame, chart->along);
    else
        chart_draw_time(draw, &frame);
    chart_draw_axis(draw, &frame, &frame.left, false, chart_unit(chart, false));
    if (frame.has_right) chart_draw_axis(draw, &frame, &frame.right, true, chart_unit(chart, true));
    for (size_t i = 0; i < chart->n_series; i++)
        chart_draw_band(draw, &frame, chart->series[i].right_axis ? &frame.right : &frame.left, &chart->series[i], i);
    chart_draw_marks(draw, chart, &frame, names);
    for (size_t i = 0; i < chart->n_series; i++)
        chart_draw_curve(draw, &frame, chart->series[i].right_axis ? &frame.right : &frame.left, &chart->series[i], i);
    cosmo_text_print(draw->out, "<g class=\"live\"%s data-scale=\"%.9g %.9g %.9g %.9g %.9g %.9g\"></g></svg>",
                     chart->by_powers ? " data-powers=\"\"" : "", frame.t_low, frame.t_high, frame.left.low,
                     frame.left.high, frame.right.low, frame.right.high);
    chart_draw_rest(draw, chart, &frame, names, variant);
    return true;
}

/* ---- key --------------------------------------------------------------------------------------------------------- */

static void chart_key_entry(cosmo_draw *draw, const cosmo_chart *chart, size_t index)
{
    const cosmo_series *series = &chart->series[index];
    double peak = -1e300, peak_t = 0;
    for (size_t i = 0; i < series->n; i++)
        if (isfinite(series->values[i]) && series->values[i] > peak) {
            peak = series->values[i];
            peak_t = series->t_s[i];
        }
    cosmo_text_print(draw->out,
                     "<li><svg class=\"symbol\" viewBox=\"0 0 24 14\" aria-hidden=\"true\"><path class=\"curve s%zu\" "
                     "d=\"M1 7h22\"/></svg>",
                     index % 4);
    cosmo_markup_text(draw->out, series->title);
    if (series->unit != NULL && series->unit[0] != '\0') {
        cosmo_text_put(draw->out, ", ");
        cosmo_markup_text(draw->out, series->unit);
    }
    if (chart_unit(chart, true) != NULL) cosmo_text_put(draw->out, series->right_axis ? " (right)" : " (left)");
    cosmo_text_print(draw->out, " <b class=\"value\" data-series=\"%zu\"></b>", index);
    if (peak > -1e300) {
        cosmo_text_print(draw->out, " <span class=\"note\">most %.4g at ", peak);
        chart_write_at(draw->out, chart, peak_t);
        cosmo_text_print(draw->out, "%s</span>",
                         series->low != NULL && series->high != NULL ? "; shaded: uncertainty" : "");
    }
    cosmo_text_put(draw->out, "</li>");
}

static void chart_draw_curves(cosmo_draw *draw, const cosmo_chart *chart, size_t index)
{
    cosmo_text_put(draw->out, "<ul class=\"key\"");
    if (chart->along == NULL) cosmo_text_print(draw->out, " data-key=\"%zu\"", index);
    cosmo_text_put(draw->out, ">");
    for (size_t i = 0; i < chart->n_series; i++) chart_key_entry(draw, chart, i);
    cosmo_text_put(draw->out, "</ul>");
    const bool drawn =
        chart_draw_one(draw, chart, index, "wide", 720, 210) && chart_draw_one(draw, chart, index, "narrow", 360, 190);
    if (!drawn) cosmo_text_put(draw->out, "<p class=\"note\">No values.</p>");
}

void cosmo_chart_draw(cosmo_draw *draw, const cosmo_chart *chart, size_t index)
{
    cosmo_text_put(draw->out, "<section class=\"panel chart-panel\"><h2>");
    cosmo_markup_text(draw->out, chart->title);
    cosmo_text_put(draw->out, "</h2>");
    if (chart->note != NULL) {
        cosmo_text_put(draw->out, "<p class=\"note\">");
        cosmo_markup_text(draw->out, chart->note);
        cosmo_text_put(draw->out, "</p>");
    }
    if (chart->rows != NULL)
        cosmo_bars_draw(draw, chart);
    else
        chart_draw_curves(draw, chart, index);
    cosmo_text_put(draw->out, "</section>\n");
}
