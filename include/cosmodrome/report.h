/* Cosmodrome report: one self-contained HTML file out of neutral material. Draws kinds, knows no room by name. */
#ifndef COSMODROME_REPORT_H
#define COSMODROME_REPORT_H

#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The whole page as HTML: key figures, conformal map, globe, charts, sheets, assumptions, sources. Works with scripts
 * off, prints on A4, light and dark, fetches nothing. `map` may be empty. The text is in `arena`.
 *
 * What is drawn      a page without shapes has no map, one without charts no charts, and so on
 * Globe              left out where all lies within some 300 km and no line has times
 * The map's window   holds every shape except those of the roles "iip" and "orbit", which may run out of it
 * Roles with a sign  "pad" a triangle (its country is shaded), points of "track" a ring (events), "source" a star,
 *                    "receptor" a square, other points a diamond; lines of "wind" are arrows; areas of "boundary" are a
 *                    dashed outline, "level-1" to "level-4" and "soil-1" to "soil-4" filled the more the higher,
 *                    drawn in the order given; lines of "iip" and all estimates are dashed
 * Names              of pads, zones and impacts before those of events, countries and places; a name that finds no
 *                    room on the map is still in the list beside it, save events, which belong in a sheet
 * Time               every line with t_s moves with the slider; the one of role "track" is followed. A shape with a
 *                    window (shown_s) is there only while the slider is in it (the last one also at its end); on
 *                    paper and without scripts one window is shown, and named: that in which the largest area is seen
 * Projection         Lambert conformal conic, stereographic or Mercator, by the window's extent and latitude
 * Errors             COSMO_NO_RESOURCES */
cosmo_status cosmo_report_html(const cosmo_page *page, const cosmo_map *map, cosmo_arena *arena, cosmo_run *run,
                               const char **html, size_t *bytes);

#ifdef __cplusplus
}
#endif
#endif
