/* UTC as text, leap seconds at their boundaries, steps in SI seconds, tzdata's table. */
#include "cosmodrome/sky.h"
#include "sky/leap.h"
#include "suite.h"

#include <string.h>

static cosmo_utc at(const char *text)
{
    cosmo_utc utc;
    const char *trouble = cosmo_time_parse(text, &utc);
    ck_assert_msg(trouble == NULL, "%s %s", text, trouble);
    return utc;
}

static void prints(cosmo_utc utc, int decimals, const char *wanted)
{
    char text[40];
    cosmo_time_format(utc, decimals, text);
    ck_assert_str_eq(text, wanted);
}

START_TEST(text_and_back)
{
    prints(at("2026-12-01T08:32:19.5Z"), 1, "2026-12-01T08:32:19.5Z");
    prints(at("2026-12-01T08:32:19.5Z"), 6, "2026-12-01T08:32:19.500000Z");
    prints(at("2026-12-01T00:00:00Z"), 0, "2026-12-01T00:00:00Z");
    prints(at("1961-04-12T06:07:00Z"), 3, "1961-04-12T06:07:00.000Z");
    prints(at("2026-12-01T08:32:19Z"), -3, "2026-12-01T08:32:19Z");
    for (int i = 0; i < 20000; i++) { /* microseconds survive over a century */
        char text[48];
        snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d.%06dZ", 1972 + i % 100, 1 + i % 12, 1 + i % 28,
                 i % 24, i % 60, (7 * i) % 60, (i * 7919) % 1000000);
        prints(at(text), 6, text);
    }
}
END_TEST

START_TEST(rounding_carries)
{
    prints(at("2026-12-31T23:59:59.9999996Z"), 6, "2027-01-01T00:00:00.000000Z");
    prints(at("2026-12-31T23:59:59.9999994Z"), 6, "2026-12-31T23:59:59.999999Z");
    prints(at("2028-02-28T23:59:59.96Z"), 1, "2028-02-29T00:00:00.0Z");
    prints(at("2026-07-14T15:04:59.5Z"), 0, "2026-07-14T15:05:00Z");
    prints(at("2016-12-31T23:59:59.9999996Z"), 6, "2016-12-31T23:59:60.000000Z");
    prints(at("2016-12-31T23:59:60.9999996Z"), 6, "2017-01-01T00:00:00.000000Z");
}
END_TEST

START_TEST(what_is_not_a_time)
{
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-12-01",
        "2026-12-01T08:32:19",
        "2026-12-01 08:32:19Z",
        "2026-12-01T08:32Z",
        "2026-12-01T08:32:19.Z",
        "2026-12-01T08:32:19Zx",
        "2026-12-01T8:32:19Z",
        "+026-12-01T08:32:19Z",
        "2026-12-01T08:32:19+00:00",
        "1950-01-01T00:00:00Z",
        "2200-01-01T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-06-30T23:59:60Z",
        "2016-12-31T23:59:61Z",
        "2016-12-31T23:58:60Z",
        "2026-01-01T00:00:60Z",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        cosmo_utc utc;
        ck_assert_msg(cosmo_time_parse(wrong[i], &utc) != NULL, "'%s' was taken", wrong[i]);
    }
}
END_TEST

START_TEST(over_the_leap_second_of_2016)
{
    const cosmo_utc before = at("2016-12-31T23:59:59Z"), leap = at("2016-12-31T23:59:60Z"),
                    after = at("2017-01-01T00:00:00Z");
    suite_error("59 to 60", cosmo_time_between(before, leap) - 1.0, "s", 1e-9);
    suite_error("60 to 0", cosmo_time_between(leap, after) - 1.0, "s", 1e-9);
    suite_error("the day before to the day after",
                cosmo_time_between(at("2016-12-31T12:00:00Z"), at("2017-01-01T12:00:00Z")) - 86401.0, "s", 1e-9);
    prints(cosmo_time_add(before, 1.0), 6, "2016-12-31T23:59:60.000000Z");
    prints(cosmo_time_add(before, 1.5), 6, "2016-12-31T23:59:60.500000Z");
    prints(cosmo_time_add(before, 2.0), 6, "2017-01-01T00:00:00.000000Z");
    prints(cosmo_time_add(after, -1.0), 6, "2016-12-31T23:59:60.000000Z");
    prints(cosmo_time_add(at("2015-07-01T00:00:00Z"), -0.25), 2, "2015-06-30T23:59:60.75Z");
    double tt1, tt2, later1, later2;
    cosmo_time_tt(before, &tt1, &tt2);
    cosmo_time_tt(after, &later1, &later2);
    suite_error("TT goes on evenly", ((later1 - tt1) + (later2 - tt2)) * 86400.0 - 2.0, "s", 1e-9);
    suite_error("TT - UTC in 2017", ((later1 - after.jd1) + (later2 - after.jd2)) * 86400.0 - 69.184, "s", 1e-9);
}
END_TEST

START_TEST(steps_and_differences)
{
    double worst = 0.0;
    for (int i = -2000; i <= 2000; i++) {
        const cosmo_utc start = at("2026-03-01T12:34:56.789Z");
        const double step = 12345.678901 * i;
        worst = fmax(worst, fabs(cosmo_time_between(start, cosmo_time_add(start, step)) - step));
    }
    suite_error("a step taken and measured, to 285 days", worst, "s", 1e-8);
    ck_assert(
        isnan(cosmo_time_between(at("2026-03-01T12:34:56.789Z"), cosmo_time_add(at("2026-03-01T00:00:00Z"), 1e300))));
    const cosmo_utc odd = {2461101.0, 0.25}; /* not split at midnight */
    prints(cosmo_time_add(odd, 0.5), 1, "2026-03-01T18:00:00.5Z");
}
END_TEST

START_TEST(tzdata_table)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_time_load_leap_seconds(NULL, at("2020-01-01T00:00:00Z"), &run), COSMO_OK);
    const size_t notes = run.n_notes; /* 0, or 1 where tzdata is not installed */
    ck_assert_uint_le(notes, 1);
    ck_assert_int_eq(cosmo_time_load_leap_seconds(NULL, at("2190-01-01T00:00:00Z"), &run), COSMO_OK);
    ck_assert(run.n_notes == 1 && run.notes[0].kind == COSMO_NOTE_WARNING);
    suite_error("TAI - UTC keeps 37 s after the table",
                cosmo_time_between(at("2017-01-01T00:00:00Z"), at("2018-01-01T00:00:00Z")) - 365 * 86400.0, "s", 1e-8);
    ck_assert_int_eq(cosmo_time_load_leap_seconds("no/such/file", at("2020-01-01T00:00:00Z"), &run), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A table with a leap second that never was, with its right hash: after it is installed, 2029 has one more second. */
static const char invented[] = "#$\t3900000000\n#@\t4100000000\n2272060800\t10\n2287785600\t11\n4070908800\t12\n"
                               "#h\t%s\n";

START_TEST(tables_are_checked)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    leap_table table;
    char text[400];
    cosmo_run_init(&run, arena);
    snprintf(text, sizeof text, invented, "00000000 1 2 3 4");
    ck_assert_int_eq(cosmo_leap_parse("l.list", text, strlen(text), &run, &table), COSMO_BAD_INPUT);
    ck_assert_str_eq(
        run.message,
        "l.list:6:1: error: the figures do not agree with the file's hash line: it was changed or damaged");
    const struct {
        const char *text, *message;
    } wrong[] = {
        {"", "a leap second table begins in 1972"},
        {"2272060800\t10\n", "the line '#@' with the expiry is missing"},
        {"#@ 4100000000\n2272060800\t10\n", "the line '#h' with the hash is missing"},
        {"2272060800\n", "l.list:1:1: error: a line holds the NTP time of a change and TAI - UTC"},
        {"2272060801 10\n", "takes effect at 0 h on the first day of a month"},
        {"2272060800 10\n2287785600 13\n", "l.list:2:1: error: changes follow one another in time, by one second each"},
        {"#h 12 zz\n", "five groups of hexadecimal digits"},
        {"#@ soon\n", "an NTP time in seconds must stand here"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_int_eq(cosmo_leap_parse("l.list", wrong[i].text, strlen(wrong[i].text), &run, &table),
                         COSMO_BAD_INPUT);
        ck_assert_msg(strstr(run.message, wrong[i].message) != NULL, "said: %s", run.message);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(a_new_leap_second_is_counted)
{
    static leap_table table = {.expires_mjd = 70000.0};
    const leap_entry real[] = {
        {1972, 1, 10}, {1972, 7, 11}, {1973, 1, 12}, {1974, 1, 13}, {1975, 1, 14}, {1976, 1, 15},
        {1977, 1, 16}, {1978, 1, 17}, {1979, 1, 18}, {1980, 1, 19}, {1981, 7, 20}, {1982, 7, 21},
        {1983, 7, 22}, {1985, 7, 23}, {1988, 1, 24}, {1990, 1, 25}, {1991, 1, 26}, {1992, 7, 27},
        {1993, 7, 28}, {1994, 7, 29}, {1996, 1, 30}, {1997, 7, 31}, {1999, 1, 32}, {2006, 1, 33},
        {2009, 1, 34}, {2012, 7, 35}, {2015, 7, 36}, {2017, 1, 37}, {2029, 1, 36},
    };
    table.n = sizeof real / sizeof real[0];
    memcpy(table.entry, real, sizeof real);
    cosmo_leap_install(&table); /* 2028 ends without its second 59 */
    suite_error("a negative leap second",
                cosmo_time_between(at("2028-12-31T00:00:00Z"), at("2029-01-01T00:00:00Z")) - 86399.0, "s", 1e-8);
    suite_error("1965 is as before",
                cosmo_time_between(at("1965-05-01T00:00:00Z"), at("1965-05-02T00:00:00Z")) - 86400.001296, "s", 1e-5);
    table.n--;
    cosmo_leap_install(&table);
    suite_error("and it is gone", cosmo_time_between(at("2028-12-31T00:00:00Z"), at("2029-01-01T00:00:00Z")) - 86400.0,
                "s", 1e-8);
}
END_TEST

COSMO_SUITE("sky/time", text_and_back, rounding_carries, what_is_not_a_time, over_the_leap_second_of_2016,
            steps_and_differences, tzdata_table, tables_are_checked, a_new_leap_second_is_counted)
