/* A map's window: projection, scale, neat line and the part of the Earth in it. */
#ifndef COSMO_REPORT_VIEW_H
#define COSMO_REPORT_VIEW_H

#include "cosmodrome/formats.h"
#include "report/clip.h"
#include "report/focus.h"
#include "report/projection.h"

typedef struct cosmo_view {
    cosmo_projection projection;
    double scale, x0, y0;            /* drawing = (x0 + scale x, y0 - scale y) of the projection */
    double width, height;            /* of the whole drawing */
    cosmo_clip_box frame;            /* the neat line, in the drawing */
    double west, south, east, north; /* what can be seen, degrees; west and east relative to the central meridian */
} cosmo_view;

/* The projection for what the page's map is about (focus.h). False when there is no shape. */
bool cosmo_view_choose(const cosmo_page *page, cosmo_projection *projection);
/* Whether the page's map is of a neighbourhood: all within some 300 km, and nothing on its way to somewhere else. */
bool cosmo_view_is_local(const cosmo_page *page);
/* Fit what the focus has in a drawing of this width, its height between the two bounds, `least_m` across at least. It
 * has a place at least. */
cosmo_view cosmo_view_fit(const cosmo_focus *focus, const cosmo_projection *projection, double least_m, double width,
                          double least_height, double most_height);
/* Degrees to the drawing; false where the projection has no image. */
bool cosmo_view_forward(const cosmo_view *view, double lon_deg, double lat_deg, cosmo_clip_point *at);
void cosmo_view_inverse(const cosmo_view *view, cosmo_clip_point at, double *lon_deg, double *lat_deg);
/* Longitude relative to the central meridian, -180 to 180. */
double cosmo_view_relative(const cosmo_projection *projection, double lon_deg);
/* Metres on the ground for one unit of the drawing, at a point of it. */
double cosmo_view_metres(const cosmo_view *view, cosmo_clip_point at);
/* The neat line widened on every side. */
cosmo_clip_box cosmo_view_box(const cosmo_view *view, double margin);
/* A shape's line in the drawing, continuous across +-180 degrees, long edges bent as the projection bends them. */
void cosmo_view_line(const cosmo_view *view, size_t n, const double *lon_deg, const double *lat_deg,
                     cosmo_clip_points *line);

#endif
