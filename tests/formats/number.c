/* Numbers for people: short, with a power of ten where they are far from one. */
#include "cosmodrome/formats.h"
#include "suite.h"

#include <math.h>

START_TEST(numbers_in_words)
{
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {{214.3, 2, "210"},       {-87.6, 1, "-90"},     {996.0, 2, "1000"},          {12.0, 3, "12"},
                 {0.0, 2, "0"},           {0.0204, 3, "0.0204"}, {1.64, 3, "1.64"},           {-57.26, 3, "-57.3"},
                 {0.0066, 2, "6.6·10⁻³"}, {1e-10, 1, "1·10⁻¹⁰"}, {-2.5e123, 2, "-2.5·10¹²³"}, {NAN, 2, "–"},
                 {INFINITY, 2, "–"}};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        ck_assert_str_eq(cosmo_number_text(arena, cases[i].value, cases[i].digits), cases[i].text);
    ck_assert_str_eq(cosmo_number_power(arena, -7), "10⁻⁷");
    ck_assert_str_eq(cosmo_number_power(arena, 0), "10⁰");
    ck_assert_str_eq(cosmo_number_power(arena, 100), "10¹⁰⁰");
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("formats/number", numbers_in_words)
