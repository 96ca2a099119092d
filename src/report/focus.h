/* The places that a map is about. */
#ifndef COSMO_REPORT_FOCUS_H
#define COSMO_REPORT_FOCUS_H

#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"

/* Which of a page's shapes count for its map's window. */
typedef struct cosmo_focus {
    const cosmo_page *page;
    enum { COSMO_FOCUS_ALL, COSMO_FOCUS_LINES, COSMO_FOCUS_NEAR, COSMO_FOCUS_CLOSER } level;
    cosmo_vec3 middle;   /* COSMO_FOCUS_NEAR: points further from it than the reach do not count */
    double least_cosine; /* of the reach */
} cosmo_focus;

/* The lines and areas of a page (its impact-point traces and orbits apart, which run far off, and what stands aside),
 * its pads, and what falls near them: a stage that comes down on the other side of the Earth would shrink everything
 * else to a dot. Every shape, where the page has none of these. */
cosmo_focus cosmo_focus_of(const cosmo_page *page);
/* Only the shapes that ask for a closer look. */
cosmo_focus cosmo_focus_closer(const cosmo_page *page);
/* Whether this shape counts. */
bool cosmo_focus_has(const cosmo_focus *focus, const cosmo_shape *shape);
/* Calls `visit` for each finite place of the shapes that count; returns how many there are. */
size_t cosmo_focus_each(const cosmo_focus *focus, void (*visit)(void *, double lon_deg, double lat_deg), void *user);
/* The unit vector to a place on a sphere. */
cosmo_vec3 cosmo_focus_unit(double lon_deg, double lat_deg);
/* The angle between a unit vector and the direction of another vector, degrees. */
double cosmo_focus_angle_deg(cosmo_vec3 unit, cosmo_vec3 direction);

#endif
