/* KML of the sample layers, with and without times; ogrinfo.sh and python.sh read what this suite writes. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

static cosmo_text kml_sample(cosmo_arena *arena, const char *epoch)
{
    cosmo_text out = cosmo_text_begin(arena);
    size_t n;
    const cosmo_layer *layers = sample_layers(&n);
    cosmo_kml_write(&out, "Sample & co", epoch, layers, n);
    return out;
}

START_TEST(timed)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_text out = kml_sample(arena, "2026-12-31T23:59:59.5Z");
    ck_assert_ptr_nonnull(
        strstr(out.data, "<when>2026-12-31T23:59:59.500Z</when>\n<when>2027-01-01T00:01:39.750Z</when>"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "<when>2027-01-01T00:08:59.501Z</when>")); /* 540.0005 s: half a millisecond goes up */
    ck_assert_ptr_nonnull(strstr(out.data, "<gx:coord>64.1 46.2 42000.5</gx:coord>"));
    ck_assert_ptr_nonnull(strstr(out.data, "<extrude>1</extrude><altitudeMode>absolute</altitudeMode>"));
    ck_assert_ptr_nonnull(strstr(out.data, "Ascent &lt;nominal&gt; &amp; &quot;safe&quot;"));
    ck_assert_ptr_nonnull(strstr(out.data, "<LineStyle><color>ffb27200</color>")); /* 0072b2, as KML turns it */
    ck_assert_ptr_nonnull(strstr(out.data, "<name>Sample &amp; co: Zones</name>"));
    sample_keep("sample.kml", out.data, out.length);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(without_an_epoch_tracks_are_lines)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_text out = kml_sample(arena, NULL);
    ck_assert_ptr_null(strstr(out.data, "<when>"));
    ck_assert_ptr_nonnull(
        strstr(out.data, "<coordinates>63.3,45.9,90 64.1,46.2,42000.5 120,55,150000 178,51,200000 180,"));
    sample_keep("timeless.kml", out.data, out.length);
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_kml(cosmo_arena *arena)
{
    return !kml_sample(arena, "2026-12-31T23:59:59.5Z").failed;
}

START_TEST(out_of_memory_is_flagged)
{
    ck_assert_int_ge(sample_starve(starved_kml), 10);
}
END_TEST

COSMO_SUITE("formats/kml", timed, without_an_epoch_tracks_are_lines, out_of_memory_is_flagged)
