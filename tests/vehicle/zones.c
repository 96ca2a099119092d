/* Drop zones: two are published, the rest are estimates and say so; axes are full. */
#include "vehicle/data.h"

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

COSMO_SUITE("vehicle/zones", estimated_zones_say_so)
