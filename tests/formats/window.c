/* A shape that is shown for a while: what counts as a window, and where each export writes it. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

#include <sqlite3.h>
#include <unistd.h>

/* Two frames of a cloud and a village that is always there; one of the frames has a property named as the window is. */
static const cosmo_layer *cloud(void)
{
    static const double lon[] = {63.0, 63.2, 63.2, 63.0}, lat[] = {46.0, 46.0, 46.1, 46.0};
    static const double first[] = {0.0, 600.0}, second[] = {600.0, 1200.5};
    static const cosmo_property own[] = {{"from_s", "mine", 0.0}};
    static const cosmo_shape shapes[] = {
        {.kind = COSMO_SHAPE_POLYGON,
         .id = "a",
         .role = "level-1",
         .n = 4,
         .lon_deg = lon,
         .lat_deg = lat,
         .shown_s = first,
         .n_properties = 1,
         .properties = own},
        {.kind = COSMO_SHAPE_POLYGON,
         .id = "b",
         .role = "level-1",
         .n = 4,
         .lon_deg = lon,
         .lat_deg = lat,
         .shown_s = second},
        {.kind = COSMO_SHAPE_POINT, .id = "village", .n = 1, .lon_deg = lon, .lat_deg = lat},
        {.kind = COSMO_SHAPE_POLYGON, .id = "lease", .n = 4, .lon_deg = lon, .lat_deg = lat}};
    static const cosmo_layer layer = {"cloud", "Cloud", 4, shapes};
    return &layer;
}

START_TEST(what_is_a_window)
{
    static const double times[][2] = {{0, 600}, {-60, 0}, {600, 600}, {600, 0}, {NAN, 1}, {0, INFINITY}};
    static const bool expected[] = {true, true, false, false, false, false};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        const cosmo_shape shape = {.shown_s = times[i]};
        cosmo_window window = {-1, -1};
        ck_assert_int_eq(cosmo_window_of(&shape, &window), expected[i]);
        ck_assert(window.from_s == (expected[i] ? times[i][0] : -1) &&
                  window.until_s == (expected[i] ? times[i][1] : -1));
    }
    cosmo_window window;
    ck_assert(!cosmo_window_of(&(cosmo_shape){.shown_s = NULL}, &window));
}
END_TEST

START_TEST(kml_has_a_time_span)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena), timeless = cosmo_text_begin(arena);
    cosmo_kml_write(&out, "n", "2013-07-02T02:38:22Z", cloud(), 1);
    ck_assert_ptr_nonnull(strstr(out.data, "<Placemark>\n<TimeSpan><begin>2013-07-02T02:38:22.000Z</begin>"
                                           "<end>2013-07-02T02:48:22.000Z</end></TimeSpan>\n<styleUrl>"));
    const char *second = strstr(out.data, "<begin>2013-07-02T02:48:22.000Z</begin><end>2013-07-02T02:58:22.500Z</end>");
    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_null(strstr(second + 1, "<TimeSpan>"));
    cosmo_kml_write(&timeless, "n", NULL, cloud(), 1);
    ck_assert_ptr_null(strstr(timeless.data, "<TimeSpan>"));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(czml_has_an_availability_and_a_clock)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena), timeless = cosmo_text_begin(arena);
    cosmo_czml_write(&out, "n", "2013-07-02T02:38:22Z", cloud(), 1);
    ck_assert_ptr_nonnull(strstr(out.data, "\"interval\": \"2013-07-02T02:38:22.000Z/2013-07-02T02:58:22.500Z\""));
    ck_assert_ptr_nonnull(strstr(out.data, "\"availability\": \"2013-07-02T02:38:22.000Z/2013-07-02T02:48:22.000Z\""));
    const char *second = strstr(out.data, "\"availability\": \"2013-07-02T02:48:22.000Z/2013-07-02T02:58:22.500Z\"");
    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_null(strstr(second + 20, "availability"));
    cosmo_czml_write(&timeless, "n", NULL, cloud(), 1);
    ck_assert_ptr_null(strstr(timeless.data, "availability"));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(geojson_has_two_properties)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_geojson_write(&out, "n", cloud(), 1);
    ck_assert_ptr_nonnull(strstr(out.data, "\"note\":null,\"from_s\":0,\"until_s\":600,\"from_s_2\":\"mine\"}"));
    const char *second = strstr(out.data, "\"note\":null,\"from_s\":600,\"until_s\":1200.5}");
    ck_assert_ptr_nonnull(second);
    ck_assert_ptr_null(strstr(second + 30, "from_s"));
    cosmo_arena_destroy(arena);
}
END_TEST

/* Columns where a shape of the table has a window, with NULL for one that has none; no columns elsewhere. */
START_TEST(geopackage_has_two_columns)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    char path[] = "/tmp/cosmo-window-XXXXXX";
    cosmo_run run;
    sqlite3 *db;
    sqlite3_stmt *rows;
    cosmo_text found = cosmo_text_begin(arena);
    cosmo_run_init(&run, arena);
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    close(file);
    ck_assert_int_eq(cosmo_gpkg_write(path, "n", cloud(), 1, &run), COSMO_OK);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "SELECT id, from_s, until_s, from_s_2 FROM cloud_polygon ORDER BY fid", -1, &rows, NULL),
        SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < 4; i++) {
            const unsigned char *text = sqlite3_column_text(rows, i);
            cosmo_text_print(&found, "%s ", text != NULL ? (const char *)text : "-");
        }
    sqlite3_finalize(rows);
    ck_assert_str_eq(found.data, "a 0.0 600.0 mine b 600.0 1200.5 - lease - - - ");
    ck_assert_int_ne(sqlite3_prepare_v2(db, "SELECT from_s FROM cloud_point", -1, &rows, NULL), SQLITE_OK);
    sqlite3_close(db);
    unlink(path);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("formats/window", what_is_a_window, kml_has_a_time_span, czml_has_an_availability_and_a_clock,
            geojson_has_two_properties, geopackage_has_two_columns)
