/* Stamps: known days, every day of eight centuries, exact additions, refusals. */
#include "formats/stamp.h"
#include "suite.h"
#include <string.h>

static cosmo_stamp stamp_of(const char *text)
{
    cosmo_stamp stamp;
    ck_assert_msg(cosmo_stamp_parse(text, &stamp), "%s", text);
    return stamp;
}

static void check_sum(const char *text, double seconds, int decimals, const char *want)
{
    char out[40];
    cosmo_stamp_format(cosmo_stamp_add(stamp_of(text), seconds), decimals, out);
    ck_assert_str_eq(out, want);
}

START_TEST(known_moments)
{
    ck_assert_int_eq(stamp_of("1970-01-01T00:00:00Z").seconds, 0);
    ck_assert_int_eq(stamp_of("2001-09-09T01:46:40").seconds, 1000000000);
    ck_assert_int_eq(stamp_of("2038-01-19T03:14:07Z").seconds, 2147483647);
    ck_assert_int_eq(stamp_of("1858-11-17T00:00:00").seconds, -40587LL * 86400); /* the modified Julian day's zero */
    ck_assert_int_eq(stamp_of("2000-01-01T12:00:00").seconds, 946728000);        /* J2000 */
    ck_assert_int_eq(stamp_of("2016-366T23:59:60").seconds, stamp_of("2017-01-01T00:00:00").seconds);
    ck_assert_int_eq(stamp_of("2026-335T08:32:19.5").nanoseconds, 500000000);
    ck_assert_int_eq(stamp_of("2026-335T08:32:19").seconds, stamp_of("2026-12-01T08:32:19").seconds);
    ck_assert_int_eq(stamp_of("2026-12-01T08:32:19.1234567899").nanoseconds, 123456789);
}
END_TEST

START_TEST(every_day_of_eight_centuries)
{
    cosmo_stamp stamp = stamp_of("1600-01-01T00:00:00");
    int year = 1600, month = 1, day = 1;
    for (int i = 0; i < 292194; i++) {
        char want[40], got[40];
        snprintf(want, sizeof want, "%04d-%02d-%02dT00:00:00", year, month, day);
        cosmo_stamp_format(stamp, 0, got);
        ck_assert_str_eq(got, want);
        ck_assert_int_eq(stamp_of(want).seconds, stamp.seconds);
        stamp = cosmo_stamp_add(stamp, 86400.0);
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int length = month == 2 ? 28 + leap : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
        if (++day > length) day = 1, month++;
        if (month > 12) month = 1, year++;
    }
    ck_assert_int_eq(year, 2400);
}
END_TEST

START_TEST(sums_are_exact)
{
    check_sum("2026-12-01T08:32:19.500Z", 0.0005, 3, "2026-12-01T08:32:19.501");
    check_sum("2026-12-31T23:59:59.999Z", 0.0005, 3, "2027-01-01T00:00:00.000");
    check_sum("2026-12-31T23:59:59.999Z", 0.00049, 3, "2026-12-31T23:59:59.999");
    check_sum("2028-02-28T23:59:59Z", 1.0, 0, "2028-02-29T00:00:00");
    check_sum("2026-03-01T00:00:00Z", -0.001, 3, "2026-02-28T23:59:59.999");
    check_sum("1969-12-31T23:59:59.25Z", -86400.0, 9, "1969-12-30T23:59:59.250000000");
    check_sum("2026-01-01T00:00:00Z", 0.1, 9, "2026-01-01T00:00:00.100000000");
    check_sum("2026-01-01T00:00:00Z", 86399.9999999999, 3, "2026-01-02T00:00:00.000");
    for (int ms = 0; ms < 100000; ms += 7) { /* a trajectory's milliseconds survive */
        char want[40];
        snprintf(want, sizeof want, "2026-12-01T00:%02d:%02d.%03d", ms / 60000, ms / 1000 % 60, ms % 1000);
        check_sum("2026-12-01T00:00:00Z", ms / 1000.0, 3, want);
    }
}
END_TEST

START_TEST(refusals)
{
    static const char *const bad[] = {
        "",
        "2026",
        "2026-13-01T00:00:00",
        "2026-00-01T00:00:00",
        "2026-02-29T00:00:00",
        "2026-04-31T00:00:00",
        "2026-01-00T00:00:00",
        "2026-366T00:00:00",
        "2026-000T00:00:00",
        "2026-01-01 00:00:00",
        "2026-01-01T24:00:00",
        "2026-01-01T00:60:00",
        "2026-01-01T00:00:61",
        "2026-01-01T00:00",
        "2026-01-01T00:00:00.",
        "2026-01-01T00:00:00+01:00",
        "2026-01-01T00:00:00ZZ",
        "0000-01-01T00:00:00",
        "-026-01-01T00:00:00",
        "2026-1-01T00:00:00",
    };
    cosmo_stamp stamp;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        ck_assert_msg(!cosmo_stamp_parse(bad[i], &stamp), "%s", bad[i]);
}
END_TEST

COSMO_SUITE("formats/stamp", known_moments, every_day_of_eight_centuries, sums_are_exact, refusals)
