/* Within study: what must be clear at a launch, and until when. */
#ifndef COSMO_STUDY_CLOSURES_H
#define COSMO_STUDY_CLOSURES_H

#include "cosmodrome/study.h"

typedef struct cosmo_closure_landing {
    double lon_deg, lat_deg, t_s;
} cosmo_closure_landing;
typedef struct cosmo_closure_times {
    size_t n;
    const cosmo_closure_landing *landings;
    double last_s; /* of them all; 0 where nothing lands */
} cosmo_closure_times;
/* Degrees; east may go on beyond 180. */
typedef struct cosmo_closure_box {
    double west, south, east, north;
} cosmo_closure_box;

/* Let the sampled failures of a case drop pieces of every weight that is dangerous. */
cosmo_status cosmo_closure_times_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_closure_times *times);
/* A time after liftoff by which all of them are down in a box and half a degree around it, and a turn of the thrust
 * that begins before is over. The margin doubles until 32 land inside; the last of all where so few land. */
double cosmo_closure_times_last_s(const cosmo_closure_times *times, const cosmo_closure_box *box);
cosmo_closure_box cosmo_closure_times_box(size_t n, const double *lon_deg, const double *lat_deg);

/* An area to be closed. */
typedef struct cosmo_closure_area {
    const char *id, *kind, *rule;
    const char *body;             /* that is dropped there; NULL */
    const char *remark;           /* NULL: none */
    bool people, ships, aircraft; /* whom it is closed to */
    double level, most;           /* of a probability's area: its level, the largest inside; NaN */
    double last_s;                /* the last impact there */
    size_t n;
    const double *lon_deg, *lat_deg; /* closed, counter-clockwise, on a raster of 1e-4 deg */
} cosmo_closure_area;
/* Drop zones of every planned body, areas of hazard-areas.geojson, what the mission clears around the pad (`areas`, of
 * cosmo_closure_area). */
cosmo_status cosmo_closure_areas_make(const cosmo_risk_case *r, const cosmo_closure_times *times, cosmo_arena *arena,
                                      cosmo_run *run, cosmo_list *areas);
bool cosmo_closure_areas_hold(const cosmo_closure_area *area, double lon_deg, double lat_deg);

#endif
