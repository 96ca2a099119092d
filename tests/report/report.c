/* The page: whole, the same bytes twice, honest about a missing map, safe when memory runs out. With COSMO_PAGE_FOLDER
 * set the pages are written there, for page.sh and browser.sh. */
#include "made_up.h"
#include "made_up_toxics.h"
#include "suite.h"

static made_up baikonur, polar, equator, alone;
static made_up_toxics toxics;

static const char *render(const cosmo_page *page, const cosmo_map *map, cosmo_arena *arena, size_t *bytes)
{
    cosmo_run run;
    const char *html = NULL;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_report_html(page, map, arena, &run, &html, bytes), COSMO_OK);
    ck_assert_uint_eq(strlen(html), *bytes);
    return html;
}

static void keep(const char *name, const char *html, size_t bytes)
{
    const char *folder = getenv("COSMO_PAGE_FOLDER");
    if (folder == NULL) return;
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    const char *path = cosmo_arena_print(arena, "%s/%s.html", folder, name);
    ck_assert_int_eq(cosmo_file_write(path, html, bytes, &run), COSMO_OK);
    cosmo_arena_destroy(arena);
}

static void check_and_keep(const char *name, const cosmo_page *page)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes;
    const char *html = render(page, &map, arena, &bytes);
    ck_assert_uint_lt(bytes, 600000);
    ck_assert_ptr_nonnull(strstr(html, "</html>"));
    ck_assert_ptr_null(strstr(html, "nan"));
    keep(name, html, bytes);
    cosmo_arena_destroy(arena);
}

START_TEST(what_is_on_the_page)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes;
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    const char *html = render(&baikonur.page, &map, arena, &bytes);
    static const char *const parts[] = {"Expected casualties, failures",
                                        "not met",
                                        "not assessed",
                                        "limit 45 kPa",
                                        "Lambert conformal conic",
                                        "Zone 309",
                                        "core, 144 x 60 km",
                                        "T+0 is <time>2026-12-01 08:32:19 UTC</time>",
                                        "Strap-ons &lt;4&gt;",
                                        "falls &amp; breaks up",
                                        "sha256 ba7816bf8f01",
                                        "GeoNames, CC BY 4.0",
                                        "class=\"band s0\"",
                                        "Third-stage ignition",
                                        "Novosibirsk",
                                        "dashed outline",
                                        "zone estimate"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        ck_assert_msg(strstr(html, parts[i]) != NULL, "missing: %s", parts[i]);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Each layer has a switch in the legend and stands in groups of its own; what stands aside does not move the map. */
START_TEST(layers_and_their_switches)
{
    static const double far_lon[] = {10, 20, 20, 10}, far_lat[] = {-40, -40, -30, -40};
    static const cosmo_shape far_away = {
        .kind = COSMO_SHAPE_POLYGON, .id = "far", .aside = true, .n = 4, .lon_deg = far_lon, .lat_deg = far_lat};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes;
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    const char *html = render(&baikonur.page, &map, arena, &bytes);
    for (size_t i = 0; i < baikonur.page.n_layers; i++) {
        const char *group = cosmo_arena_print(arena, "<g class=\"l%zu\">", i);
        const char *box = cosmo_arena_print(arena, "<input type=\"checkbox\" id=\"show-%zu\" checked>", i);
        const char *rule = cosmo_arena_print(arena, ".map-panel:has(#show-%zu:not(:checked)) .l%zu", i, i);
        ck_assert(strstr(html, group) != NULL && strstr(html, box) != NULL && strstr(html, rule) != NULL);
    }
    const char *window = strstr(html, "\"wide\":[");
    ck_assert(window != NULL || strstr(html, "id=\"data\"") == NULL);
    const char *end = window != NULL ? strchr(window, ']') : html;
    const char *before = window != NULL ? cosmo_arena_text(arena, window, (size_t)(end - window)) : "";
    cosmo_layer layers[6];
    memcpy(layers, baikonur.layers, sizeof baikonur.layers);
    layers[5] = (cosmo_layer){"far", "Far away", 1, &far_away};
    baikonur.page.layers = layers;
    baikonur.page.n_layers = 6;
    html = render(&baikonur.page, &map, arena, &bytes);
    ck_assert(strstr(html, "Far away") != NULL && strstr(html, before) != NULL);
    cosmo_arena_destroy(arena);
}
END_TEST

static int count(const char *text, const char *mark)
{
    int n = 0;
    for (const char *at = strstr(text, mark); at != NULL; at = strstr(at + 1, mark)) n++;
    return n;
}

/* What asks for a closer look is named there and not on the whole map; nobody else gets such a map. A country has its
 * name once a map, though a leased town of it is a part of its own. */
START_TEST(a_closer_look)
{
    static const double lon[] = {64, 64.4, 64.4, 64}, lat[] = {46, 46, 46.3, 46};
    static const cosmo_shape small = {.kind = COSMO_SHAPE_POLYGON,
                                      .id = "small",
                                      .name = "Small area",
                                      .role = "individual",
                                      .aside = true,
                                      .closer = true,
                                      .n = 4,
                                      .lon_deg = lon,
                                      .lat_deg = lat};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes;
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    const char *html = render(&baikonur.page, &map, arena, &bytes);
    ck_assert_int_eq(count(html, "<svg class=\"map "), 2);
    ck_assert_int_eq(count(html, ">Southland</text>"), 2);
    cosmo_layer layers[6];
    memcpy(layers, baikonur.layers, sizeof baikonur.layers);
    layers[5] = (cosmo_layer){"small", "Small", 1, &small};
    baikonur.page.layers = layers;
    baikonur.page.n_layers = 6;
    html = render(&baikonur.page, &map, arena, &bytes);
    keep("closer", html, bytes);
    ck_assert_int_eq(count(html, "<svg class=\"map "), 4);
    ck_assert_int_eq(count(html, ">Small area</text>"), 2);
    const char *closer = strstr(html, "data-view=\"closer\"");
    ck_assert(closer != NULL && strstr(html, ">Small area</text>") > closer);
    ck_assert_ptr_nonnull(strstr(html, "data-view=\"closer-narrow\""));
    ck_assert_int_eq(count(html, ">Southland</text>"), 4);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(the_same_bytes_twice)
{
    cosmo_arena *one = cosmo_arena_create(0, NULL), *two = cosmo_arena_create(1 << 20, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes_one, bytes_two;
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    const char *html_one = render(&baikonur.page, &map, one, &bytes_one);
    const char *html_two = render(&baikonur.page, &map, two, &bytes_two);
    ck_assert_uint_eq(bytes_one, bytes_two);
    ck_assert_int_eq(memcmp(html_one, html_two, bytes_one), 0);
    cosmo_arena_destroy(one);
    cosmo_arena_destroy(two);
}
END_TEST

START_TEST(tracks_from_other_sites)
{
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    check_and_keep("baikonur", &baikonur.page);
    made_up_page(&polar, 128.33, 51.88, 349); /* Vostochny to a Sun-synchronous orbit, over the Arctic */
    check_and_keep("polar", &polar.page);
    made_up_page(&equator, 172, -3, 80); /* across the antimeridian, near the equator */
    check_and_keep("antimeridian", &equator.page);
    made_up_page(&alone, 63.34, 45.92, 61.2);
    alone.layers[0] = (cosmo_layer){"pad", "Pad", 1, &alone.points[5]};
    alone.page.n_layers = 1;
    check_and_keep("pad-alone", &alone.page);
}
END_TEST

START_TEST(a_track_once_around_the_earth)
{
    static double lon[400], lat[400], t[400];
    for (int i = 0; i < 400; i++) {
        lon[i] = 63 + i * 1.7 - 360 * floor((63 + i * 1.7 + 180) / 360);
        lat[i] = 51.6 * cosmo_real_sin(i * 0.031);
        t[i] = 14.0 * i;
    }
    static const cosmo_shape shape = {.kind = COSMO_SHAPE_LINE,
                                      .id = "orbit",
                                      .name = "First orbits",
                                      .role = "orbit",
                                      .n = 400,
                                      .lon_deg = lon,
                                      .lat_deg = lat,
                                      .t_s = t};
    static const cosmo_layer layer = {"orbit", "First orbits", 1, &shape};
    const cosmo_page page = {.name = "orbit", .title = "Around", .n_layers = 1, .layers = &layer};
    check_and_keep("orbit", &page);
}
END_TEST

/* The map packs, where they are. */
START_TEST(the_real_map)
{
    static const struct {
        const char *name;
        double lon, lat, azimuth;
    } sites[] = {{"real-baikonur", 63.34, 45.92, 61.2},
                 {"real-plesetsk", 40.6, 62.9, 0},
                 {"real-vandenberg", -120.6, 34.7, 190},
                 {"real-kourou", -52.8, 5.2, 92}};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_map map;
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    for (size_t i = 0; i < sizeof sites / sizeof sites[0] && map.n_lines > 0; i++) {
        size_t bytes;
        made_up_page(&baikonur, sites[i].lon, sites[i].lat, sites[i].azimuth);
        const char *html = render(&baikonur.page, &map, arena, &bytes);
        printf("  %s: %zu bytes\n", sites[i].name, bytes);
        ck_assert_uint_lt(bytes, 600000);
        keep(sites[i].name, html, bytes);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* A cloud without a flight: every frame is on the page, one is still, none is named on the map; no globe. */
START_TEST(a_cloud_that_drifts)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_map map = made_up_map();
    size_t bytes;
    made_up_toxics_page(&toxics);
    const char *html = render(&toxics.page, &map, arena, &bytes);
    printf("  made-up cloud: %zu bytes, 10 frames of 3 levels\n", bytes);
    ck_assert_uint_lt(bytes, 120000);
    keep("toxics", html, bytes);
    ck_assert_int_eq(count(html, " frame still\" data-frame="), 2 * 3);
    ck_assert_int_eq(count(html, " frame\" data-frame="), 2 * 27);
    ck_assert_ptr_null(strstr(html, "class=\"globe\""));
    ck_assert_ptr_nonnull(strstr(html, "Of what moves the map shows T+"));
    ck_assert_int_eq(count(html, "<text class=\"when\""), 2);
    ck_assert_int_eq(count(html, "<span class=\"grade\">"), 9);
    ck_assert_int_eq(count(html, "class=\"boundary k"), 2 + 2);
    ck_assert_int_eq(count(html, ">Leased area</text>"), 2);
    ck_assert_int_eq(count(html, "class=\"north\""), 2);
    ck_assert_ptr_nonnull(strstr(html, "id=\"show-1\" checked>"));
    ck_assert_ptr_nonnull(strstr(html, "id=\"show-2\">"));
    cosmo_arena_destroy(arena);
}
END_TEST

/* On the real map the towns and villages of the neighbourhood have their names. */
START_TEST(a_cloud_on_the_real_map)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_map map;
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    ck_assert_int_eq(cosmo_map_open(arena, &run, &map), COSMO_OK);
    if (map.n_lines > 0) {
        size_t bytes;
        made_up_toxics_page(&toxics);
        const char *html = render(&toxics.page, &map, arena, &bytes);
        printf("  real map: %zu bytes\n", bytes);
        ck_assert_uint_lt(bytes, 150000);
        ck_assert_int_ge(count(html, ">Baikonur</text>"), 1);
        keep("real-toxics", html, bytes);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(nothing_to_show)
{
    const cosmo_page page = {.name = "empty"};
    const cosmo_map map = {0};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    size_t bytes;
    const char *html = render(&page, &map, arena, &bytes);
    ck_assert_ptr_null(strstr(html, "<svg class=\"map"));
    keep("empty", html, bytes);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(curious_values)
{
    static const double t[] = {0, 1, 2, 3}, gaps[] = {NAN, 2, INFINITY, 3}, flat[] = {5, 5, 5, 5},
                        none[] = {NAN, NAN, NAN, NAN};
    static const double lon[] = {NAN, 10, 400, 20}, lat[] = {0, 95, 20, -INFINITY};
    static const cosmo_series series[] = {
        {.id = "a", .title = "Gaps", .unit = NULL, .n = 4, .t_s = t, .values = gaps},
        {.id = "b", .title = "Flat", .unit = "m", .n = 4, .t_s = t, .values = flat, .right_axis = true},
        {.id = "c", .title = NULL, .unit = "", .n = 4, .t_s = t, .values = none}};
    static const cosmo_mark marks[] = {{-5, "before"}, {1, NULL}, {2, "bad \xFF\x01 bytes <"}, {1e9, "after"}};
    static const cosmo_chart charts[] = {
        {.id = "a", .title = "All", .n_series = 3, .n_marks = 4, .series = series, .marks = marks},
        {.id = "n", .n_series = 1, .series = &series[2]},
        {.id = "z", .title = "Zero"}};
    static const cosmo_shape shapes[] = {
        {.kind = COSMO_SHAPE_LINE, .n = 4, .lon_deg = lon, .lat_deg = lat, .name = "line"},
        {.kind = COSMO_SHAPE_POLYGON, .n = 0, .name = "no ring"},
        {.kind = COSMO_SHAPE_POINT, .n = 1, .lon_deg = lon, .lat_deg = lat, .name = "nowhere"}};
    static const cosmo_layer layers[] = {{"l", NULL, 3, shapes}, {"none", "None", 0, NULL}};
    const cosmo_page page = {
        .name = "curious", .title = "</script><b>", .n_charts = 3, .charts = charts, .n_layers = 2, .layers = layers};
    const cosmo_map map = {0};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    size_t bytes;
    const char *html = render(&page, &map, arena, &bytes);
    ck_assert_ptr_null(strstr(html, "</script><b>"));
    keep("curious", html, bytes);
    cosmo_arena_destroy(arena);
}
END_TEST

/* An allocator that fails after a number of calls. */
static void *allocate_until(size_t bytes, void *user)
{
    size_t *left = user;
    if (*left == 0) return NULL;
    *left -= 1;
    return malloc(bytes);
}

static void give_back(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_runs_out)
{
    const cosmo_map map = made_up_map();
    made_up_page(&baikonur, 63.34, 45.92, 61.2);
    cosmo_status status = COSMO_NO_RESOURCES;
    size_t failures = 0;
    for (size_t allowed = 1; status != COSMO_OK && allowed < 100000; allowed++) {
        size_t left = allowed;
        const cosmo_allocator allocator = {allocate_until, give_back, &left};
        cosmo_arena *arena = cosmo_arena_create(4096, &allocator);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        const char *html = NULL;
        size_t bytes = 0;
        status = cosmo_report_html(&baikonur.page, &map, arena, &run, &html, &bytes);
        ck_assert(status == COSMO_OK || status == COSMO_NO_RESOURCES);
        failures += status != COSMO_OK;
        cosmo_arena_destroy(arena);
    }
    ck_assert_int_eq(status, COSMO_OK);
    printf("  %zu failing allocations survived\n", failures);
}
END_TEST

COSMO_SUITE("report/report", what_is_on_the_page, layers_and_their_switches, a_closer_look, the_same_bytes_twice,
            tracks_from_other_sites, a_track_once_around_the_earth, the_real_map, a_cloud_that_drifts,
            a_cloud_on_the_real_map, nothing_to_show, curious_values, memory_runs_out)
