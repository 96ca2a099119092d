/* Growing text, numbers in text (against strtod on what the grammar allows), nearest words. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <string.h>

static cosmo_arena *arena;

START_TEST(text_grows)
{
    cosmo_text text = cosmo_text_begin(arena);
    ck_assert_ptr_null(text.data);
    for (int i = 0; i < 5000; i++) cosmo_text_print(&text, "%d,", i % 10);
    ck_assert_uint_eq(text.length, 10000);
    ck_assert_uint_eq(strlen(text.data), 10000);
    cosmo_text_put(&text, "end");
    cosmo_text_put_bytes(&text, "ing!", 3);
    ck_assert_str_eq(text.data + 10000, "ending");
    cosmo_text_put_bytes(&text, NULL, 0);
    cosmo_text_put(&text, "");
    ck_assert_uint_eq(text.length, 10006);
    ck_assert(!text.failed);
}
END_TEST

START_TEST(the_last_byte_is_never_overrun)
{
    for (size_t n = 1000; n < 1050; n++) {
        cosmo_text text = cosmo_text_begin(arena);
        for (size_t i = 0; i < n; i++) cosmo_text_put_bytes(&text, "x", 1);
        ck_assert_uint_eq(strlen(text.data), n);
        ck_assert_uint_gt(text.capacity, text.length);
        text = cosmo_text_begin(arena);
        cosmo_text_print(&text, "%*d", (int)n, 1);
        ck_assert_uint_eq(strlen(text.data), n);
    }
}
END_TEST

static void *text_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}
static void text_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(without_memory_it_stops_and_says_so)
{
    for (int n = 1; n < 5; n++) {
        int left = n;
        const cosmo_allocator poor = {text_allocate, text_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        cosmo_text text = cosmo_text_begin(small);
        for (int i = 0; i < 20000; i++) cosmo_text_put(&text, "x");
        ck_assert(text.failed);
        const size_t length = text.length;
        cosmo_text_print(&text, "%d", 7);
        cosmo_text_put_bytes(&text, "yy", 2);
        ck_assert_uint_eq(text.length, length);
        cosmo_arena_destroy(small);
    }
}
END_TEST

START_TEST(numbers)
{
    static const char *const good[] = {"0",
                                       "-0",
                                       "+1",
                                       "1.",
                                       ".5",
                                       "-.5e-3",
                                       "1e5",
                                       "1E+05",
                                       "123456789012345678901234567890",
                                       "4.9e-324",
                                       "1.7976931348623157e308",
                                       "0.1",
                                       "3.141592653589793",
                                       "1e-400"};
    static const char *const bad[] = {"",      "-",     "+",      ".",    "e5",    "1e", "1e+",
                                      "0x10",  "inf",   "nan",    "-inf", "1,5",   " 1", "1 ",
                                      "1_000", "1e999", "-1e999", "--1",  "1.2.3", "1f", "\xd9\xa1"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double value = 42.0;
        ck_assert_msg(cosmo_text_number(good[i], &value), "%s", good[i]);
        ck_assert(value == strtod(good[i], NULL));
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double value = 42.0;
        ck_assert_msg(!cosmo_text_number(bad[i], &value), "%s was read as %g", bad[i], value);
    }
}
END_TEST

START_TEST(nearest_words)
{
    static const char *const names[] = {"payload_mass", "payload", "azimuth", "dry_mass", "id", "t"};
    const size_t n = sizeof names / sizeof names[0];
    ck_assert_str_eq(cosmo_text_nearest("payload_mas", names, n), "payload_mass");
    ck_assert_str_eq(cosmo_text_nearest("paylaod", names, n), "payload"); /* letters swapped */
    ck_assert_str_eq(cosmo_text_nearest("azimutz", names, n), "azimuth");
    ck_assert_str_eq(cosmo_text_nearest("dry-mass", names, n), "dry_mass");
    ck_assert_str_eq(cosmo_text_nearest("payload", names, n), "payload");
    ck_assert_ptr_null(cosmo_text_nearest("inclination", names, n));
    ck_assert_ptr_null(cosmo_text_nearest("x", names, 0));
    ck_assert_ptr_null(cosmo_text_nearest("x", names, n)); /* one letter is too few to guess from */
    ck_assert_str_eq(cosmo_text_nearest("ix", names, n), "id");
    ck_assert_ptr_null(
        cosmo_text_nearest("a word that is much longer than any key of any section has a right to be", names, n));
    char longest[65];
    memset(longest, 'a', 64);
    longest[64] = '\0';
    const char *const same[] = {longest};
    ck_assert_ptr_eq(cosmo_text_nearest(longest, same, 1), longest);
}
END_TEST

int main(void)
{
    arena = cosmo_arena_create(0, NULL);
    const TTest *const tests[] = {text_grows, the_last_byte_is_never_overrun, without_memory_it_stops_and_says_so,
                                  numbers, nearest_words};
    const int status = suite_run("core/text", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
