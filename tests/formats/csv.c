/* CSV: quoting of heads, decimals, empty cells, no minus zero. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"

static void csv_sample(cosmo_text *out, const int *decimals)
{
    static const char *const heads[] = {"t_s", "a \"b\", c", "line\nbreak"};
    static const double t[] = {0.0, 0.1, 1e300}, b[] = {-0.0004, NAN, -2.5}, c[] = {1.0 / 3.0, INFINITY, 1e-7};
    static const double *const columns[] = {t, b, c};
    cosmo_csv_write(out, 3, heads, columns, decimals, 3);
}

START_TEST(cells)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena);
    csv_sample(&out, NULL);
    ck_assert_str_eq(
        out.data, "t_s,\"a \"\"b\"\", c\",\"line\nbreak\"\n0,-0.0004,0.3333333333333333\n0.1,,\n1e+300,-2.5,1e-07\n");
    out = cosmo_text_begin(arena);
    csv_sample(&out, (const int[]){-1, 3, 2});
    ck_assert_str_eq(out.data, "t_s,\"a \"\"b\"\", c\",\"line\nbreak\"\n0,0.000,0.33\n0.1,,\n1e+300,-2.500,0.00\n");
    out = cosmo_text_begin(arena);
    csv_sample(&out, (const int[]){40, 0, 0}); /* the longest cell there can be */
    ck_assert_uint_gt(out.length, 340);
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_csv(cosmo_arena *arena)
{
    cosmo_text out = cosmo_text_begin(arena);
    csv_sample(&out, NULL);
    return !out.failed;
}

START_TEST(out_of_memory_is_flagged)
{
    ck_assert_int_ge(sample_starve(starved_csv), 2);
}
END_TEST

COSMO_SUITE("formats/csv", cells, out_of_memory_is_flagged)
