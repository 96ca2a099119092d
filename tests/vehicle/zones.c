/* Drop zones: RP-15 and RP-25 lie where the decree puts them from Proton's pad, and estimates say that they are. */
#include "vehicle/data.h"

#include "cosmodrome/earth.h"

START_TEST(proton_zones_lie_on_protons_azimuth)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_list zones;
    ck_assert_msg(cosmo_zones_read(bench.arena, &bench.run, &zones) == COSMO_OK, "%s", bench.run.message);
    cosmo_site baikonur;
    const cosmo_pad *pad;
    ck_assert_msg(cosmo_site_read("baikonur", NULL, bench.arena, &bench.run, &baikonur) == COSMO_OK, "%s",
                  bench.run.message);
    ck_assert_int_eq(cosmo_site_pad(&baikonur, "81/24", NULL, &bench.run, &pad), COSMO_OK);
    static const struct {
        const char *id;
        double distance_km, azimuth_deg, major_km, minor_km;
    } expected[] = {{"RP-15", 322.0, 62.8, 27.0, 18.0}, {"RP-25", 290.4, 62.4, 60.0, 30.0}};
    for (size_t i = 0; i < 2; i++) {
        const cosmo_zone *zone = cosmo_zones_find(&zones, expected[i].id);
        ck_assert_ptr_nonnull(zone);
        ck_assert_int_eq(zone->position, COSMO_POSITION_PUBLISHED);
        double distance_m, azimuth_rad;
        cosmo_geodesic_between((cosmo_geodetic){pad->latitude_rad, pad->longitude_rad, 0.0},
                               (cosmo_geodetic){zone->latitude_rad, zone->longitude_rad, 0.0}, &distance_m,
                               &azimuth_rad);
        suite_error("distance from 81/24", distance_m / 1000.0 - expected[i].distance_km, "km", 0.1);
        suite_error("azimuth from 81/24", azimuth_rad * 57.29577951308232 - expected[i].azimuth_deg, "deg", 0.1);
        ck_assert_double_eq_tol(zone->axis_major_m, 1000.0 * expected[i].major_km, 1e-6);
        ck_assert_double_eq_tol(zone->axis_minor_m, 1000.0 * expected[i].minor_km, 1e-6);
    }
    data_close(&bench);
}
END_TEST

START_TEST(estimated_zones_say_so)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_list zones;
    ck_assert_msg(cosmo_zones_read(bench.arena, &bench.run, &zones) == COSMO_OK, "%s", bench.run.message);
    const cosmo_zone *all = zones.items;
    size_t published = 0;
    for (size_t i = 0; i < zones.n; i++) published += all[i].position == COSMO_POSITION_PUBLISHED;
    ck_assert_uint_eq(published, 2);
    const cosmo_zone *altai = cosmo_zones_find(&zones, "RP-327");
    ck_assert_ptr_nonnull(altai);
    ck_assert_int_eq(altai->position, COSMO_POSITION_ESTIMATE);
    suite_error("RP-327 area from its full axes, 2198 km2 published",
                3.14159265358979 / 4.0 * altai->axis_major_m * altai->axis_minor_m / 1e6 - 2198.0, "km2", 2.0);
    const cosmo_zone *soyuz = cosmo_zones_find(&zones, "RP-49-70");
    ck_assert_ptr_nonnull(soyuz);
    ck_assert(isnan(soyuz->axis_major_m));
    ck_assert_ptr_null(cosmo_zones_find(&zones, "RP-1000"));
    data_close(&bench);
}
END_TEST

COSMO_SUITE("vehicle/zones", proton_zones_lie_on_protons_azimuth, estimated_zones_say_so)
