/* The windows of a page: each once and in order, named, and the one that covers most is the still one. */
#include "report/reel.h"

#include "suite.h"

static const double LON[] = {63, 63.1, 63.1, 63}, WIDE_LON[] = {63, 63.4, 63.4, 63}, LAT[] = {46, 46, 46.1, 46};

static cosmo_shape area(const double *lon, const double *shown_s)
{
    return (cosmo_shape){.kind = COSMO_SHAPE_POLYGON, .n = 4, .lon_deg = lon, .lat_deg = LAT, .shown_s = shown_s};
}

START_TEST(the_still_one_covers_most)
{
    static const double first[] = {-60, 600}, second[] = {600, 1200}, third[] = {1200, 1800}, all[] = {-60, 1800};
    static const double never[] = {5, 5};
    const cosmo_shape shapes[] = {area(LON, third),  area(LON, first),      area(WIDE_LON, second),
                                  area(LON, second), area(WIDE_LON, third), area(WIDE_LON, NULL),
                                  area(LON, all),    area(LON, never)};
    const cosmo_layer layers[] = {{"a", "A", 4, shapes}, {"b", "B", 4, shapes + 4}};
    const cosmo_page page = {.n_layers = 2, .layers = layers};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_reel reel = cosmo_reel_of(&page, arena);
    ck_assert(!reel.failed);
    ck_assert_uint_eq(reel.n, 4);
    static const char *const captions[] = {"T\xE2\x88\x92"
                                           "1 to T+10 min",
                                           "T\xE2\x88\x92"
                                           "1 to T+30 min",
                                           "T+10 to T+20 min", "T+20 to T+30 min"};
    for (size_t i = 0; i < reel.n; i++) ck_assert_str_eq(reel.captions[i], captions[i]);
    /* the second and the third cover the same, and so does the middle of the whole, which is longer */
    ck_assert_uint_eq(reel.still, 2);
    ck_assert_uint_eq(cosmo_reel_find(&reel, &shapes[3]), 2);
    ck_assert(cosmo_reel_in_still(&reel, &shapes[3]) && cosmo_reel_in_still(&reel, &shapes[6]));
    ck_assert(!cosmo_reel_in_still(&reel, &shapes[0]) && !cosmo_reel_in_still(&reel, &shapes[1]));
    ck_assert_str_eq(cosmo_reel_class(&reel, &shapes[0]), " frame");
    ck_assert_str_eq(cosmo_reel_class(&reel, &shapes[6]), " frame still");
    for (size_t i = 5; i < 8; i += 2) { /* without a window, or with one that is none */
        ck_assert(cosmo_reel_find(&reel, &shapes[i]) == reel.n && cosmo_reel_in_still(&reel, &shapes[i]));
        ck_assert_str_eq(cosmo_reel_class(&reel, &shapes[i]), "");
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(units_of_captions)
{
    static const double spans[][2] = {{0, 60}, {0, 6000}, {0, 100 * 3600}};
    static const char *const captions[] = {"T+0 to T+60 s", "T+0 to T+100 min", "T+0 to T+100 h"};
    for (int i = 0; i < 3; i++) {
        const cosmo_shape shape = area(LON, spans[i]);
        const cosmo_layer layer = {"a", "A", 1, &shape};
        const cosmo_page page = {.n_layers = 1, .layers = &layer};
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        const cosmo_reel reel = cosmo_reel_of(&page, arena);
        ck_assert(!reel.failed && reel.n == 1);
        ck_assert_str_eq(reel.captions[0], captions[i]);
        cosmo_arena_destroy(arena);
    }
}
END_TEST

START_TEST(nothing_moves)
{
    const cosmo_page page = {0};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    const cosmo_reel reel = cosmo_reel_of(&page, arena);
    const cosmo_shape shape = area(LON, NULL);
    ck_assert(!reel.failed && reel.n == 0 && cosmo_reel_in_still(&reel, &shape));
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("report/reel", the_still_one_covers_most, units_of_captions, nothing_moves)
