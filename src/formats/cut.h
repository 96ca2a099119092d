/* Shapes made fit for a flat map: cut at the antimeridian, rings closed and counter-clockwise. */
#ifndef COSMO_FORMATS_CUT_H
#define COSMO_FORMATS_CUT_H

#include "cosmodrome/formats.h"

/* WGS-84 longitude in [-180, 180] and latitude in degrees, altitude in metres (0 where the shape has none). */
typedef struct cosmo_cut_point {
    double lon_deg, lat_deg, altitude_m;
} cosmo_cut_point;

typedef struct cosmo_cut_part {
    size_t n;
    const cosmo_cut_point *points;
} cosmo_cut_part;

typedef struct cosmo_cut {
    size_t n;
    const cosmo_cut_part *parts;
} cosmo_cut;

/* Cut one shape. Consecutive points are joined the short way round in longitude; between them everything is linear in
 * degrees, as RFC 7946, section 3.1.9, has it. A ring around a pole is closed over the nearer pole.
 *
 * Returned  the parts in `arena`: none when a coordinate is not finite or the shape has too few points for its kind
 *           (1 point, 2 for a line, 3 different ones for a polygon); a point of n > 1 gives n parts
 *           false: memory ran out
 */
bool cosmo_cut_shape(const cosmo_shape *shape, cosmo_arena *arena, cosmo_cut *cut);
/* The point at the precision of text exports: 1e-7 degrees (11 mm) and 0.1 m. */
cosmo_cut_point cosmo_cut_rounded(cosmo_cut_point point);
/* Write "lon SEPARATOR lat", and the altitude when asked, rounded so. */
void cosmo_cut_put(cosmo_text *out, cosmo_cut_point point, const char *separator, bool with_altitude);

#endif
