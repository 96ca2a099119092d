/* Conformal map projections of the WGS-84 ellipsoid, in units of its equatorial radius. */
#ifndef COSMO_REPORT_PROJECTION_H
#define COSMO_REPORT_PROJECTION_H

#include <stdbool.h>

typedef enum cosmo_projection_kind {
    COSMO_PROJECTION_CONIC,         /* Lambert conformal conic, two standard parallels */
    COSMO_PROJECTION_STEREOGRAPHIC, /* conformal azimuthal, any centre */
    COSMO_PROJECTION_MERCATOR       /* conformal cylindrical, true to scale at a parallel */
} cosmo_projection_kind;

typedef struct cosmo_projection {
    cosmo_projection_kind kind;
    double lon0_deg;           /* central meridian */
    double n, factor, rho0;    /* conic: cone constant, scale, radius of the origin's parallel; Mercator: factor */
    double sin_chi0, cos_chi0; /* stereographic: conformal latitude of the centre */
} cosmo_projection;

/* Standard parallels lat1 and lat2 (not opposite, not poles), origin at lat0. Source: Snyder 1987, eq. 15-1 to 15-11.
 */
cosmo_projection cosmo_projection_conic(double lon0_deg, double lat0_deg, double lat1_deg, double lat2_deg);
/* True to scale at the centre. Source: Snyder 1987, eq. 21-24 to 21-38. */
cosmo_projection cosmo_projection_stereographic(double lon0_deg, double lat0_deg);
/* True to scale at lat_deg. Source: Snyder 1987, eq. 7-6 to 7-9. */
cosmo_projection cosmo_projection_mercator(double lon0_deg, double lat_deg);

/* Degrees to x (east) and y (north); false where the projection has no finite image (a pole, the antipode). The
 * longitude is taken relative to the central meridian as given, so that a line may run on past +-180 degrees. */
bool cosmo_projection_forward(const cosmo_projection *p, double lon_deg, double lat_deg, double *x, double *y);
/* Back to degrees, within 1e-10 degrees; the longitude within 180 degrees of the central meridian. */
void cosmo_projection_inverse(const cosmo_projection *p, double x, double y, double *lon_deg, double *lat_deg);
/* A phrase for people: "Lambert conformal conic". */
const char *cosmo_projection_name(const cosmo_projection *p);

#endif
