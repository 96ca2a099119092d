/* The frame of every Check suite: COSMO_SUITE(name, test, test, ...) makes main(). */
#ifndef COSMO_TEST_SUITE_H
#define COSMO_TEST_SUITE_H
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Print an error figure beside its bound, then hold it to the bound. */
#define suite_error(what, error, unit, bound)                                                       \
    do {                                                                                            \
        const double suite_e_ = (error), suite_b_ = (bound);                                        \
        printf("  %-58s %12.4g %-6s (bound %g)\n", (what), suite_e_, (unit), suite_b_);              \
        ck_assert_msg(fabs(suite_e_) <= suite_b_, "%s: error %g %s exceeds %g", (what), suite_e_, (unit), suite_b_); \
    } while (0)

static inline int suite_run(const char *name, const TTest *const *tests, size_t n)
{
    Suite *suite = suite_create(name);
    TCase *group = tcase_create(name);
    tcase_set_timeout(group, 800);
    for (size_t i = 0; i < n; i++) tcase_add_test(group, tests[i]);
    suite_add_tcase(suite, group);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
#define COSMO_SUITE(name, ...)                                                \
    int main(void)                                                            \
    {                                                                         \
        const TTest *const tests[] = {__VA_ARGS__};                           \
        return suite_run(name, tests, sizeof tests / sizeof tests[0]);        \
    }
#endif
