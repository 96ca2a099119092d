/* The report: one self-contained HTML page out of neutral material. */
#include "report/draw.h"
#include "report/markup.h"

#include <math.h>
#include <string.h>

extern const char cosmo_page_assets_script[], cosmo_page_assets_style[];

static void report_element(cosmo_text *out, const char *open, const char *text, const char *close)
{
    if (text == NULL || text[0] == '\0') return;
    cosmo_text_put(out, open);
    cosmo_markup_text(out, text);
    cosmo_text_put(out, close);
}

/* T+0 as people write it: 2026-12-01 08:32:19 UTC; as it is where it is not ISO 8601. */
static void report_epoch(cosmo_text *out, const char *epoch_utc)
{
    const size_t length = epoch_utc != NULL ? strlen(epoch_utc) : 0;
    if (length == 0) return;
    const bool iso =
        length >= 20 && epoch_utc[10] == 'T' && epoch_utc[length - 1] == 'Z' && strchr(epoch_utc, '<') == NULL;
    if (iso)
        cosmo_text_print(out, "<p class=\"epoch\">T+0 is <time>%.10s %.*s UTC</time></p>", epoch_utc, (int)length - 12,
                         epoch_utc + 11);
    else
        report_element(out, "<p class=\"epoch\">T+0 is ", epoch_utc, "</p>");
}

static void report_head(cosmo_draw *draw)
{
    cosmo_text *out = draw->out;
    const char *title = draw->page->title != NULL ? draw->page->title : draw->page->name;
    cosmo_text_put(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                        "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" "
                        "content=\"cosmodrome " COSMO_VERSION_TEXT "\">\n");
    report_element(out, "<title>", title != NULL && title[0] != '\0' ? title : "Report", "</title>\n");
    cosmo_text_put(out, "<style>\n");
    cosmo_text_put(out, cosmo_page_assets_style);
    cosmo_ink_write(&draw->ink, out);
    if (draw->has_map) cosmo_mapview_switches(draw);
    cosmo_text_put(
        out,
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the results</a>\n<header>\n<div><h1>");
    cosmo_markup_text(out, title != NULL && title[0] != '\0' ? title : "Report");
    cosmo_text_put(out, "</h1>");
    report_element(out, "<p>", draw->page->subtitle, "</p>");
    report_epoch(out, draw->page->epoch_utc);
    cosmo_text_put(out, "</div>\n</header>\n<main id=\"main\">\n");
}

static void report_verdict(cosmo_text *out, cosmo_verdict verdict)
{
    static const char *const words[] = {"", "met", "not met", "not assessed"};
    static const char *const classes[] = {"", "met", "not-met", "not-assessed"};
    static const char *const signs[] = {"", "\xE2\x9C\x93", "\xE2\x9C\x95", "?"};
    if (verdict == COSMO_VERDICT_NONE) return;
    cosmo_text_print(out, "<span class=\"verdict %s\"><i aria-hidden=\"true\">%s</i> %s</span>", classes[verdict],
                     signs[verdict], words[verdict]);
}

static void report_figures(cosmo_draw *draw)
{
    cosmo_text *out = draw->out;
    if (draw->page->n_figures == 0) return;
    /* rows of equal length: one row of up to seven, else two and more of four to six */
    size_t across = draw->page->n_figures;
    for (size_t rows = 2; across > 7; rows++) across = (draw->page->n_figures + rows - 1) / rows;
    cosmo_text_print(out, "<section class=\"figures across-%zu\" aria-label=\"Key figures\">\n", across);
    for (size_t i = 0; i < draw->page->n_figures; i++) {
        const cosmo_figure *figure = &draw->page->figures[i];
        cosmo_text_put(out, "<div class=\"panel figure\">");
        report_element(out, "<h3>", figure->label, "</h3>");
        const bool is_long = figure->value != NULL && strlen(figure->value) > 9;
        cosmo_text_print(out, "<p class=\"number%s\"><b>", is_long ? " long" : "");
        cosmo_markup_text(out, figure->value != NULL ? figure->value : "\xE2\x80\x93");
        cosmo_text_put(out, "</b>");
        report_element(out, " <span>", figure->unit, "</span>");
        cosmo_text_put(out, "</p>");
        report_element(out, "<p class=\"note\">", figure->note, "</p>");
        if (figure->limit != NULL || figure->verdict != COSMO_VERDICT_NONE) {
            cosmo_text_put(out, "<p class=\"limit\">");
            report_verdict(out, figure->verdict);
            report_element(out, " <span>limit ", figure->limit, "</span>");
            cosmo_text_put(out, "</p>");
        }
        cosmo_text_put(out, "</div>\n");
    }
    cosmo_text_put(out, "</section>\n");
}

/* Beside the map: the globe, where it shows more than the map does; what the script reads out; places. */
static void report_beside(cosmo_draw *draw, size_t places)
{
    cosmo_text_print(draw->out, "<section class=\"panel %s\"><h2>%s</h2>",
                     draw->is_local ? "places-panel" : "globe-panel", draw->is_local ? "Places" : "On the globe");
    if (!draw->is_local) cosmo_globe_draw(draw);
    cosmo_text_put(draw->out, "<div class=\"now\" hidden></div>");
    cosmo_mapview_list(draw, 0, places);
    cosmo_text_put(draw->out, "</section>\n");
}

/* As many places stand beside the map as make that panel as tall as the map's; the others stand under the map. */
static void report_map(cosmo_draw *draw)
{
    enum { BESIDE_GLOBE = 8, BESIDE_LOCAL = 14, BESIDE_CLOSER = 7, UNDER_MAP = 24 };
    cosmo_text *out = draw->out;
    if (!draw->has_map) return;
    const size_t beside =
        (draw->is_local ? BESIDE_LOCAL : BESIDE_GLOBE) + (size_t)(draw->has_closer ? BESIDE_CLOSER : 0);
    const bool alone = draw->is_local && cosmo_mapview_count(draw) == 0;
    cosmo_text_print(out, "<div class=\"where%s\">\n<section class=\"panel map-panel\"><h2>Map</h2>",
                     alone ? " alone" : "");
    cosmo_mapview_draw(draw, &draw->wide, "wide", "wide");
    cosmo_text_put(out, "\n");
    cosmo_mapview_draw(draw, &draw->narrow, "narrow", "narrow");
    cosmo_mapview_legend(draw);
    if (draw->has_closer) {
        cosmo_text_put(out, "<h3 class=\"closer\">A closer look</h3>");
        cosmo_mapview_draw(draw, &draw->closer, "wide", "closer");
        cosmo_text_put(out, "\n");
        cosmo_mapview_draw(draw, &draw->closer_narrow, "narrow", "closer-narrow");
    }
    cosmo_text_print(out, "<p class=\"note\">%s projection, WGS-84.", cosmo_projection_name(&draw->projection));
    if (draw->reel.n > 0)
        cosmo_text_print(out, "<span class=\"still-note\"> Of what moves the map shows %s, when it covers most.</span>",
                         draw->reel.captions[draw->reel.still]);
    cosmo_text_put(out, "</p>");
    cosmo_mapview_list(draw, beside, UNDER_MAP);
    cosmo_text_put(out, "</section>\n");
    if (!alone) report_beside(draw, beside);
    cosmo_text_put(out, "</div>\n");
}

static void report_charts(cosmo_draw *draw)
{
    if (draw->page->n_charts == 0) return;
    cosmo_text_put(draw->out, "<div class=\"charts\">\n");
    for (size_t i = 0; i < draw->page->n_charts; i++) cosmo_chart_draw(draw, &draw->charts[i], i);
    cosmo_text_put(draw->out, "</div>\n");
}

static void report_sheet(cosmo_text *out, const cosmo_sheet *sheet)
{
    cosmo_text_put(out, "<section class=\"panel sheet\">");
    report_element(out, "<h2>", sheet->title, "</h2>");
    report_element(out, "<p class=\"note\">", sheet->note, "</p>");
    cosmo_text_put(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
    cosmo_markup_text(out, sheet->title);
    cosmo_text_put(out, "\"><table><thead><tr>");
    for (size_t c = 0; c < sheet->n_columns; c++) {
        cosmo_text_print(out, "<th scope=\"col\"%s>",
                         sheet->numeric != NULL && sheet->numeric[c] ? " class=\"n\"" : "");
        cosmo_markup_text(out, sheet->heads[c]);
        cosmo_text_put(out, "</th>");
    }
    cosmo_text_put(out, "</tr></thead><tbody>\n");
    for (size_t r = 0; r < sheet->n_rows; r++) {
        cosmo_text_put(out, "<tr>");
        for (size_t c = 0; c < sheet->n_columns; c++) {
            const char *cell = sheet->cells[r * sheet->n_columns + c];
            cosmo_text_put(out, sheet->numeric != NULL && sheet->numeric[c] ? "<td class=\"n\">" : "<td>");
            cosmo_markup_text(out, cell != NULL ? cell : "\xE2\x80\x93");
            cosmo_text_put(out, "</td>");
        }
        cosmo_text_put(out, "</tr>\n");
    }
    cosmo_text_put(out, "</tbody></table></div></section>\n");
}

static void report_items(cosmo_text *out, const char *const *lines, size_t n, const char *const *known, size_t n_known)
{
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (size_t j = 0; j < n_known && !again; j++) again = strcmp(lines[i], known[j]) == 0;
        if (again) continue;
        cosmo_text_put(out, "<li>");
        cosmo_markup_text(out, lines[i]);
        cosmo_text_put(out, "</li>\n");
    }
}

/* Two lists of lines as one, what is in both once. */
static void report_list(cosmo_text *out, const char *heading, const char *classes, const char *const *lines, size_t n,
                        const char *const *more, size_t n_more)
{
    if (n + n_more == 0) return;
    cosmo_text_print(out, "<section class=\"panel words %s\"><h2>%s</h2><ul>\n", classes, heading);
    report_items(out, lines, n, NULL, 0);
    report_items(out, more, n_more, lines, n);
    cosmo_text_put(out, "</ul></section>\n");
}

static void report_inputs(cosmo_draw *draw)
{
    cosmo_text *out = draw->out;
    if (draw->page->n_inputs == 0) return;
    cosmo_text_put(out, "<section class=\"panel words inputs\"><h2>Inputs</h2><ul>\n");
    for (size_t i = 0; i < draw->page->n_inputs; i++) {
        const cosmo_note *input = &draw->page->inputs[i];
        cosmo_text_put(out, "<li><code>");
        cosmo_markup_text(out, input->text);
        cosmo_text_put(out, "</code>");
        if (input->detail != NULL) {
            cosmo_text_put(out, " <span class=\"hash\" title=\"");
            cosmo_markup_text(out, input->detail);
            cosmo_text_print(out, "\">sha256 %.12s\xE2\x80\xA6</span>", input->detail);
        }
        cosmo_text_put(out, "</li>\n");
    }
    cosmo_text_put(out, "</ul></section>\n");
}

static void report_foot(cosmo_draw *draw)
{
    cosmo_text *out = draw->out;
    const cosmo_page *page = draw->page;
    cosmo_text_put(out, "<div class=\"foot\">\n");
    report_list(out, "Assumptions", "assumptions", page->assumptions, page->n_assumptions, NULL, 0);
    report_inputs(draw);
    report_list(out, "Sources and credits", "credits", page->credits, page->n_credits, draw->map->credits,
                draw->has_map ? draw->map->n_credits : 0);
    cosmo_text_put(out, "</div>\n</main>\n<footer><p>Made by Cosmodrome " COSMO_VERSION_TEXT
                        ". SI units; coordinates on WGS-84.</p></footer>\n");
    if (cosmo_page_assets_script[0] != '\0') {
        cosmo_text_put(out, "<script type=\"application/json\" id=\"data\">");
        cosmo_pagedata_write(draw);
        cosmo_text_put(out, "</script>\n<script>\n");
        cosmo_text_put(out, cosmo_page_assets_script);
        cosmo_text_put(out, "</script>\n");
    }
    cosmo_text_put(out, "</body>\n</html>\n");
}

/* The country that the page's pad, or what else has this role, stands in. */
static const char *report_home(const cosmo_page *page, const cosmo_map *map, const char *role)
{
    const double degree = 3.14159265358979323846 / 180;
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++) {
            const cosmo_shape *shape = &page->layers[i].shapes[j];
            if (shape->role == NULL || strcmp(shape->role, role) != 0 || shape->n == 0) continue;
            /* a pad on the shore may stand just outside the map's outline: look around it as well */
            for (int try = 0; try < 9; try++) {
                const double north = 0.1 * (try % 3 == 2 ? -1 : try % 3), east = 0.1 * (try / 3 == 2 ? -1 : try / 3);
                const char *home =
                    cosmo_map_country(map, (shape->lat_deg[0] + north) * degree, (shape->lon_deg[0] + east) * degree);
                if (home != NULL) return home;
            }
        }
    return NULL;
}

static void report_pass(void *user, double lon_deg, double lat_deg)
{
    (void)user, (void)lon_deg, (void)lat_deg;
}

/* The whole map, and a closer one where the page asks for it and the whole is not close already. */
static void report_views(cosmo_draw *draw)
{
    static const double CLOSER = 1.5, LOCAL_M = 4e3, REGION_M = 320e3;
    const cosmo_focus whole = cosmo_focus_of(draw->page), closer = cosmo_focus_closer(draw->page);
    const double least_m = draw->is_local ? LOCAL_M : REGION_M;
    draw->wide = cosmo_view_fit(&whole, &draw->projection, least_m, 960, 560, 680);
    draw->narrow = cosmo_view_fit(&whole, &draw->projection, least_m, 400, 330, 480);
    if (cosmo_focus_each(&closer, report_pass, NULL) == 0) return;
    draw->closer = cosmo_view_fit(&closer, &draw->projection, least_m, 960, 330, 430);
    draw->closer_narrow = cosmo_view_fit(&closer, &draw->projection, least_m, 400, 240, 320);
    draw->has_closer = draw->closer.scale > CLOSER * draw->wide.scale;
}

cosmo_status cosmo_report_html(const cosmo_page *page, const cosmo_map *map, cosmo_arena *arena, cosmo_run *run,
                               const char **html, size_t *bytes)
{
    cosmo_text text = cosmo_text_begin(arena);
    cosmo_draw draw = {.page = page, .map = map, .arena = arena, .out = &text, .ink = cosmo_ink_collect(page, arena)};
    COSMO_NEED(draw.ink.roles, run);
    draw.charts = cosmo_steps_unfold(page, arena);
    COSMO_NEED(draw.charts, run);
    draw.reel = cosmo_reel_of(page, arena);
    if (draw.reel.failed) return cosmo_run_out_of_memory(run);
    draw.has_map = cosmo_view_choose(page, &draw.projection);
    if (draw.has_map) {
        draw.is_local = cosmo_view_is_local(page);
        draw.home = report_home(page, map, "pad");
        if (draw.home == NULL) draw.home = report_home(page, map, "source");
        report_views(&draw);
        const cosmo_clip_point middle = {(draw.wide.frame.left + draw.wide.frame.right) / 2,
                                         (draw.wide.frame.top + draw.wide.frame.bottom) / 2};
        cosmo_view_inverse(&draw.wide, middle, &draw.globe_lon_deg, &draw.globe_lat_deg);
        draw.globe_lon_deg -= 360 * floor((draw.globe_lon_deg + 180) / 360);
    }
    report_head(&draw);
    report_figures(&draw);
    report_list(&text, "Warnings", "warnings", page->warnings, page->n_warnings, NULL, 0);
    report_map(&draw);
    report_charts(&draw);
    for (size_t i = 0; i < page->n_sheets; i++) report_sheet(&text, &page->sheets[i]);
    report_foot(&draw);
    if (text.failed) return cosmo_run_out_of_memory(run);
    *html = text.data;
    *bytes = text.length;
    return COSMO_OK;
}
