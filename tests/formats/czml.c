/* CZML of the sample layers; python.sh reads what this suite writes. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

static cosmo_text czml_sample(cosmo_arena *arena, const char *epoch)
{
    cosmo_text out = cosmo_text_begin(arena);
    size_t n;
    const cosmo_layer *layers = sample_layers(&n);
    cosmo_czml_write(&out, "Sample & co", epoch, layers, n);
    return out;
}

START_TEST(timed)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_text out = czml_sample(arena, "2026-12-31T23:59:59.5Z");
    ck_assert_ptr_nonnull(strstr(out.data, "\"interval\": \"2026-12-31T23:59:59.500Z/2027-01-01T00:19:59.625Z\""));
    ck_assert_ptr_nonnull(
        strstr(out.data, "\"cartographicDegrees\": [0, 63.3, 45.9, 90, 100.25, 64.1, 46.2, 42000.5, "));
    ck_assert_ptr_nonnull(strstr(out.data, "\"id\": \"impact points/core#2\""));
    sample_keep("sample.czml", out.data, out.length);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(without_an_epoch_there_is_no_clock)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_text out = czml_sample(arena, NULL);
    ck_assert_ptr_null(strstr(out.data, "clock"));
    ck_assert_ptr_null(strstr(out.data, "availability"));
    cosmo_text after = cosmo_text_begin(arena); /* what stood in the text before stays there */
    cosmo_text_put(&after, "before ");
    cosmo_czml_write(&after, "n", NULL, NULL, 0);
    ck_assert_str_eq(
        after.data,
        "before [\n  {\n    \"id\": \"document\",\n    \"name\": \"n\",\n    \"version\": \"1.0\"\n  }\n]\n");
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_czml(cosmo_arena *arena)
{
    return !czml_sample(arena, "2026-12-31T23:59:59.5Z").failed;
}

START_TEST(out_of_memory_is_flagged)
{
    ck_assert_int_ge(sample_starve(starved_czml), 10);
}
END_TEST

COSMO_SUITE("formats/czml", timed, without_an_epoch_there_is_no_clock, out_of_memory_is_flagged)
