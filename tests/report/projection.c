/* The map's projections against PROJ's, which were made elsewhere, and there and back. */
#include "report/projection.h"
#include "suite.h"

#include <proj.h>

typedef struct trial {
    cosmo_projection ours;
    const char *theirs;
    double lon, lat, reach;
} trial;

static double worst_difference_m(PJ_CONTEXT *context, const trial *t)
{
    PJ *pj = proj_create(context, t->theirs);
    ck_assert_ptr_nonnull(pj);
    double worst = 0;
    for (double dlon = -t->reach; dlon <= t->reach; dlon += t->reach / 8)
        for (double dlat = -t->reach / 2; dlat <= t->reach / 2; dlat += t->reach / 16) {
            double x, y;
            const double lat = fmax(-89.5, fmin(89.5, t->lat + dlat));
            ck_assert(cosmo_projection_forward(&t->ours, t->lon + dlon, lat, &x, &y));
            const PJ_COORD truth = proj_trans(pj, PJ_FWD, proj_coord(proj_torad(t->lon + dlon), proj_torad(lat), 0, 0));
            worst = fmax(worst, hypot(6378137.0 * x - truth.xy.x, 6378137.0 * y - truth.xy.y));
        }
    proj_destroy(pj);
    return worst;
}

START_TEST(agrees_with_proj)
{
    PJ_CONTEXT *context = proj_context_create();
    const trial trials[] = {
        {cosmo_projection_conic(70, 49, 46.5, 51.5),
         "+proj=lcc +lon_0=70 +lat_0=49 +lat_1=46.5 +lat_2=51.5 +ellps=WGS84", 70, 49, 30},
        {cosmo_projection_conic(-60, -35, -40, -30),
         "+proj=lcc +lon_0=-60 +lat_0=-35 +lat_1=-40 +lat_2=-30 +ellps=WGS84", -60, -35, 30},
        {cosmo_projection_stereographic(128, 62), "+proj=stere +lon_0=128 +lat_0=62 +ellps=WGS84", 128, 62, 40},
        {cosmo_projection_stereographic(0, 90), "+proj=stere +lon_0=0 +lat_0=90 +ellps=WGS84", 0, 70, 40},
        {cosmo_projection_stereographic(172, -3), "+proj=stere +lon_0=172 +lat_0=-3 +ellps=WGS84", 172, -3, 40},
        {cosmo_projection_mercator(63, 45), "+proj=merc +lon_0=63 +lat_ts=45 +ellps=WGS84", 63, 10, 120}};
    for (size_t i = 0; i < sizeof trials / sizeof trials[0]; i++)
        suite_error(trials[i].theirs, worst_difference_m(context, &trials[i]), "m", 1e-3);
    proj_context_destroy(context);
}
END_TEST

START_TEST(there_and_back)
{
    const cosmo_projection all[] = {cosmo_projection_conic(70, 49, 46.5, 51.5),
                                    cosmo_projection_conic(-60, -35, -40, -30), cosmo_projection_stereographic(128, 62),
                                    cosmo_projection_mercator(63, 0)};
    double worst = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        for (double lon = -80; lon <= 80; lon += 7)
            for (double lat = -70; lat <= 85; lat += 5) {
                double x, y, back_lon, back_lat;
                if (!cosmo_projection_forward(&all[i], all[i].lon0_deg + lon, lat, &x, &y)) continue;
                cosmo_projection_inverse(&all[i], x, y, &back_lon, &back_lat);
                worst = fmax(worst, fmax(fabs(back_lon - all[i].lon0_deg - lon), fabs(back_lat - lat)));
            }
    suite_error("forward, then inverse", worst, "deg", 1e-10);
}
END_TEST

START_TEST(poles_and_antipodes)
{
    const cosmo_projection conic = cosmo_projection_conic(70, 49, 46.5, 51.5),
                           azimuthal = cosmo_projection_stereographic(60, 45);
    const cosmo_projection mercator = cosmo_projection_mercator(0, 0);
    double x, y, lon, lat;
    ck_assert(cosmo_projection_forward(&conic, 0, 90, &x, &y));
    cosmo_projection_inverse(&conic, x, y, &lon, &lat);
    suite_error("north pole of the conic", lat - 90, "deg", 1e-9);
    ck_assert(!cosmo_projection_forward(&conic, 0, -90, &x, &y));
    ck_assert(!cosmo_projection_forward(&azimuthal, -120, -45, &x, &y));
    ck_assert(!cosmo_projection_forward(&mercator, 0, 90, &x, &y));
    ck_assert(!cosmo_projection_forward(&mercator, 0, NAN, &x, &y));
}
END_TEST

COSMO_SUITE("report/projection", agrees_with_proj, there_and_back, poles_and_antipodes)
