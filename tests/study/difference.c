/* What differs between two JSON trees. */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>

static cosmo_arena *arena;

static cosmo_list differ(const char *before, const char *after)
{
    cosmo_run run;
    cosmo_run_init(&run, arena);
    const cosmo_yaml *a, *b;
    ck_assert_msg(cosmo_yaml_parse("a", before, strlen(before), arena, &run, &a) == COSMO_OK, "%s", run.message);
    ck_assert_msg(cosmo_yaml_parse("b", after, strlen(after), arena, &run, &b) == COSMO_OK, "%s", run.message);
    cosmo_list found;
    ck_assert_int_eq(cosmo_difference_find(a, b, arena, &run, &found), COSMO_OK);
    return found;
}

static void expect(const cosmo_list *found, size_t i, const char *path, const char *before, const char *after)
{
    ck_assert_uint_lt(i, found->n);
    const cosmo_difference *d = (const cosmo_difference *)found->items + i;
    ck_assert_str_eq(d->path, path);
    ck_assert_pstr_eq(d->before, before);
    ck_assert_pstr_eq(d->after, after);
}

START_TEST(equal_trees_do_not_differ)
{
    ck_assert_uint_eq(differ("{\"a\": 1, \"b\": [{\"name\": \"x\", \"t\": 1}], \"c\": null}",
                             "{\"a\": 1, \"b\": [{\"name\": \"x\", \"t\": 1}], \"c\": null}")
                          .n,
                      0);
}
END_TEST

START_TEST(values_are_told_with_their_change)
{
    const cosmo_list found =
        differ("{\"mass\": 7152, \"name\": \"one\", \"x\": \"1\"}", "{\"mass\": 7430, \"name\": \"two\", \"x\": 1}");
    ck_assert_uint_eq(found.n, 3);
    expect(&found, 0, "mass", "7152", "7430");
    expect(&found, 1, "name", "one", "two");
    expect(&found, 2, "x", "1", "1"); /* a text and a number */
    const cosmo_difference *d = found.items;
    ck_assert_double_eq(d[0].change, 278.0);
    ck_assert(isnan(d[1].change));
}
END_TEST

START_TEST(entries_are_compared_with_their_like)
{
    const cosmo_list found =
        differ("[{\"name\": \"cutoff\", \"t\": 1}, {\"name\": \"burn\", \"t\": 2}, {\"name\": \"burn\", \"t\": 5}]",
               "[{\"name\": \"tower\", \"t\": 0}, {\"name\": \"cutoff\", \"t\": 1}, {\"name\": \"burn\", \"t\": 3}, "
               "{\"name\": \"burn\", \"t\": 5}]");
    ck_assert_uint_eq(found.n, 3);
    expect(&found, 0, "burn.t", "2", "3");
    expect(&found, 1, "tower.name", NULL, "tower");
    expect(&found, 2, "tower.t", NULL, "0");
}
END_TEST

START_TEST(what_is_missing_on_one_side_is_told)
{
    const cosmo_list found = differ("{\"insertion\": {\"t_s\": 524, \"deep\": {\"er\": 1}}, \"notes\": [\"a\", \"b\"]}",
                                    "{\"insertion\": null, \"notes\": [\"b\", \"c\"], \"more\": 3}");
    ck_assert_uint_eq(found.n, 5);
    expect(&found, 0, "insertion.t_s", "524", NULL);
    expect(&found, 1, "insertion.deep.er", "1", NULL);
    expect(&found, 2, "notes", "a", NULL);
    expect(&found, 3, "notes", NULL, "c");
    expect(&found, 4, "more", NULL, "3");
}
END_TEST

int main(void)
{
    arena = cosmo_arena_create(0, NULL);
    const TTest *const tests[] = {equal_trees_do_not_differ, values_are_told_with_their_change,
                                  entries_are_compared_with_their_like, what_is_missing_on_one_side_is_told};
    const int status = suite_run("study/difference", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
