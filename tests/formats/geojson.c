/* GeoJSON of the sample layers; ogrinfo.sh and python.sh read what this suite writes. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

START_TEST(sample)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena);
    size_t n;
    const cosmo_layer *layers = sample_layers(&n);
    cosmo_geojson_write(&out, "sample", layers, n);
    ck_assert(!out.failed);
    ck_assert_ptr_nonnull(strstr(out.data, "\"geometry\":{\"type\":\"Point\",\"coordinates\":[66.1234568,47.5]}"));
    ck_assert_ptr_nonnull(strstr(out.data, "[64.1,46.2,42000.5],[120,55,150000],[178,51,200000]"));
    ck_assert_ptr_nonnull(strstr(out.data, "\"type\":\"MultiLineString\",\"coordinates\":[[["));
    ck_assert_ptr_nonnull(strstr(out.data, "\"mass_kg\":null,\"zone\":25}"));
    sample_keep("sample.geojson", out.data, out.length);
    cosmo_text none = cosmo_text_begin(arena);
    cosmo_geojson_write(&none, "empty", NULL, 0);
    ck_assert_str_eq(none.data, "{\"type\":\"FeatureCollection\",\"name\":\"empty\",\"features\":[\n]}\n");
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(unlocated_shape_has_no_geometry)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena);
    const double nowhere = NAN;
    const cosmo_shape shape = {.kind = COSMO_SHAPE_POINT, .id = "x", .n = 1, .lon_deg = &nowhere, .lat_deg = &nowhere};
    const cosmo_layer layer = {"l", "L", 1, &shape};
    cosmo_geojson_write(&out, "n", &layer, 1);
    ck_assert_ptr_nonnull(strstr(
        out.data, "\"name\":null,\"role\":null,\"layer\":\"l\",\"estimate\":false,\"note\":null},\"geometry\":null}"));
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_geojson(cosmo_arena *arena)
{
    cosmo_text out = cosmo_text_begin(arena);
    size_t n;
    const cosmo_layer *layers = sample_layers(&n);
    cosmo_geojson_write(&out, "sample", layers, n);
    return !out.failed;
}

START_TEST(out_of_memory_is_flagged)
{
    ck_assert_int_ge(sample_starve(starved_geojson), 10);
}
END_TEST

COSMO_SUITE("formats/geojson", sample, unlocated_shape_has_no_geometry, out_of_memory_is_flagged)
