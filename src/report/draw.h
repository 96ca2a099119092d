/* What every part of the page draws with, and the parts themselves. */
#ifndef COSMO_REPORT_DRAW_H
#define COSMO_REPORT_DRAW_H

#include "cosmodrome/report.h"
#include "report/ink.h"
#include "report/labels.h"
#include "report/reel.h"
#include "report/view.h"

typedef struct cosmo_draw {
    const cosmo_page *page;
    const cosmo_map *map;
    cosmo_ink ink;
    cosmo_arena *arena;
    cosmo_text *out;
    const cosmo_chart *charts; /* those of the page, steps unfolded into curves */
    cosmo_reel reel;           /* what is shown for a while only */
    bool has_map;              /* the page has shapes */
    bool is_local;             /* the map is of a neighbourhood: no globe beside it */
    cosmo_projection projection;
    cosmo_view wide, narrow;             /* the same map for a screen and for a phone */
    bool has_closer;                     /* the page asks for a closer look, which shows more than the whole map */
    cosmo_view closer, closer_narrow;    /* that look, likewise */
    const char *home;                    /* the country of the pad, as the map names it; NULL: none */
    double globe_lon_deg, globe_lat_deg; /* the globe's centre */
} cosmo_draw;

enum { COSMO_DRAW_FONT = 11, COSMO_DRAW_GLOBE = 320 /* side of the globe's drawing */, COSMO_DRAW_GLOBE_RADIUS = 150 };

/* Whether a shape has a role; the grade of an area that nests in others ("level-2", "soil-2": 2), 0 for none. */
bool cosmo_mapview_is(const cosmo_shape *shape, const char *role);
int cosmo_mapview_grade(const cosmo_shape *shape);
/* The classes of an area; the sign of a point as path data from its place on, and its classes. */
const char *cosmo_mapview_area(const cosmo_shape *shape);
const char *cosmo_mapview_sign(const cosmo_shape *shape, const char **classes);
/* Whether a line is drawn dashed: an estimate, or the trace of the impact point. */
bool cosmo_mapview_is_dashed(const cosmo_shape *shape);
/* The class of its dashes, with a space before it: finer for an estimate; empty for a solid line. */
const char *cosmo_mapview_dash(const cosmo_shape *shape);

/* mapbase.c: land, water, borders, graticule; dots of places; the names of countries and places where there is room. */
void cosmo_mapbase_draw(cosmo_draw *draw, const cosmo_view *view, const char *id);
void cosmo_mapbase_dots(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
void cosmo_mapbase_scale(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
void cosmo_mapbase_countries(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
void cosmo_mapbase_places(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
/* maplayers.c: the page's own shapes, and their names with lead lines. */
void cosmo_maplayers_draw(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
void cosmo_maplayers_names(cosmo_draw *draw, const cosmo_view *view, cosmo_labels *labels);
/* mapview.c: the whole map in one drawing; its legend, where each layer has a switch; the style rules by which these
 * work without a script; the list of what is on it, pads first, `most` of them from number `first` on; how many it has
 * in all. */
void cosmo_mapview_draw(cosmo_draw *draw, const cosmo_view *view, const char *variant, const char *id);
void cosmo_mapview_switches(cosmo_draw *draw);
void cosmo_mapview_legend(cosmo_draw *draw);
void cosmo_mapview_list(cosmo_draw *draw, size_t first, size_t most);
size_t cosmo_mapview_count(const cosmo_draw *draw);
/* A text of the map with its halo, left-aligned in a box that labels.h placed; the size of a line is 1.25 of the
 * font's. */
void cosmo_mapview_text(cosmo_draw *draw, const char *classes, double x, double baseline, const char *anchor,
                        const char *text);
/* globe.c */
void cosmo_globe_draw(cosmo_draw *draw);
/* chart.c: one chart as two drawings (screen, phone) with its key above; bars.c: the same of one with rows. steps.c:
 * the page's charts, with a curve for each series of steps: both ends of each step, and a gap where the next one does
 * not begin at once; NULL when memory is out. */
void cosmo_chart_draw(cosmo_draw *draw, const cosmo_chart *chart, size_t index);
void cosmo_bars_draw(cosmo_draw *draw, const cosmo_chart *chart);
const cosmo_chart *cosmo_steps_unfold(const cosmo_page *page, cosmo_arena *arena);
/* pagedata.c: the samples for the script, one JSON object. */
void cosmo_pagedata_write(cosmo_draw *draw);

#endif
