/* Earth orientation files in their three layouts, on lines written here, and the values between the days. */
#include "sky/eop.h"
#include "suite.h"

#include <string.h>

#define ARCSEC (3.14159265358979323846 / 648000.0)
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_eop eop;

static cosmo_status parse(const char *text)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    return cosmo_eop_parse("e.txt", text, strlen(text), arena, &run, &eop);
}

static void refused(const char *text, const char *message)
{
    ck_assert_int_eq(parse(text), COSMO_BAD_INPUT);
    ck_assert_msg(strstr(run.message, message) != NULL, "said: %s\nwanted: %s", run.message, message);
}

static void holds_the_two_days(void)
{
    ck_assert_uint_eq(eop.n, 2);
    ck_assert(eop.samples[0].mjd == 57753.0 && eop.samples[1].mjd == 57754.0);
    suite_error("UT1 - UTC", eop.samples[0].ut1_utc_s + 0.4078, "s", 1e-12);
    suite_error("x", eop.samples[1].x_pole_rad / ARCSEC - 0.079, "arcsec", 1e-12);
    suite_error("y", eop.samples[1].y_pole_rad / ARCSEC - 0.262, "arcsec", 1e-12);
}

/* 2016-12-31 and 2017-01-01, the days about a leap second; a blank predicted day closes the file. */
#define FINALS_1 "161231 57753.00 I  0.081000 0.000030  0.261000 0.000030  I-0.4078000 0.0000050  1.0000 0.0030  I\n"
#define FINALS_2 "17 1 1 57754.00 P  0.079000 0.000030  0.262000 0.000030  P 0.5911000 0.0000050  1.0000 0.0030  P\n"
#define FINALS_3 "17 1 2 57755.00\n"
#define C04_HEAD                                                                                                       \
    "\n                  EARTH ORIENTATION PARAMETER (EOP) SERIES\n FORMAT(3(I4),I7,2(F11.6),2(F12.7))\n (0h UTC)\n\n"
#define C04_1    "2016  12  31  57753   0.081000   0.261000  -0.4078000   0.0010000   0.000000   0.000000\n"
#define C04_2    "2017   1   1  57754   0.079000   0.262000   0.5911000   0.0010000   0.000000   0.000000\n"
#define NEW_HEAD "# EOP (IERS) series\n#  YR  MM  DD  HH       MJD        x(\")        y(\")  UT1-UTC(s)\n"
#define NEW_1    "2016  12  31   0  57753.00    0.081000    0.261000  -0.4078000   0.000000   0.000000\n"
#define NEW_2    "2017   1   1   0  57754.00    0.079000    0.262000   0.5911000   0.000000   0.000000\n"

START_TEST(three_layouts_say_the_same)
{
    ck_assert_msg(parse(FINALS_1 FINALS_2 FINALS_3) == COSMO_OK, "%s", run.message);
    holds_the_two_days();
    ck_assert_msg(parse(C04_HEAD C04_1 C04_2) == COSMO_OK, "%s", run.message);
    holds_the_two_days();
    ck_assert_msg(parse(NEW_HEAD NEW_1 NEW_2) == COSMO_OK, "%s", run.message);
    holds_the_two_days();
}
END_TEST

START_TEST(between_the_days)
{
    parse(C04_1 C04_2);
    suite_error("noon of the leap second's day", cosmo_eop_at(&eop, 57753.5).ut1_utc_s + 0.40835, "s", 1e-12);
    suite_error("its last moment", cosmo_eop_at(&eop, nextafter(57754.0, 0.0)).ut1_utc_s + 0.4089, "s", 1e-9);
    suite_error("the next day", cosmo_eop_at(&eop, 57754.0).ut1_utc_s - 0.5911, "s", 1e-12);
    suite_error("x at noon", cosmo_eop_at(&eop, 57753.5).x_pole_rad / ARCSEC - 0.080, "arcsec", 1e-12);
    ck_assert(cosmo_eop_at(&eop, 50000.0).ut1_utc_s == eop.samples[0].ut1_utc_s);
    ck_assert(cosmo_eop_at(&eop, 90000.0).ut1_utc_s == eop.samples[1].ut1_utc_s);
    ck_assert(cosmo_eop_at(NULL, 57753.0).ut1_utc_s == 0.0);
    ck_assert(cosmo_eop_at(&(cosmo_eop){0}, 57753.0).x_pole_rad == 0.0);
}
END_TEST

START_TEST(slips)
{
    refused("", "e.txt:1:1: error: fewer than two days");
    refused(C04_1, "e.txt:1:1: error: fewer than two days");
    refused(C04_1 C04_1, "e.txt:2:1: error: the date does not come after the one before");
    refused(C04_1 "2017   1   2  57754   0.079   0.262   0.59\n",
            "e.txt:2:1: error: the date and the Modified Julian Date do not agree");
    refused(C04_1 "2017   1   1  57754   79.0   0.262   0.59\n", "a pole more than 2 arcseconds away");
    refused(C04_1 "2017   1   1  57754   0.079   0.262   5.9\n", "UT1 - UTC beyond 1.5 s");
    refused(C04_1 "2017   1   1  57754   0.079   0.262\n", "e.txt:2:36: error: the line ends before UT1 - UTC");
    refused(C04_1 "2017   1   1  57754   0.0.9   0.262   0.59\n", "e.txt:2:23: error: not a number");
    refused(C04_1 "2017   1   1    754   0.079   0.262   0.59   0\n", "a Modified Julian Date must stand here");
    refused(C04_1 "2017 1e99   1  57754   0.079   0.262   0.59\n", "not a date");
    refused(C04_1 "the end\n", "e.txt:2:1: error: a row begins with its year");
    refused(FINALS_1 "17 1 1 57754.00 P  0.0x9000 0.000030  0.262000\n",
            "e.txt:2:19: error: the pole's x is not a number");
    refused(FINALS_1 "17 1 1 57754.00 P  0.079000 0.000030  0.262000\n", "a day with some of its values blank");
}
END_TEST

COSMO_SUITE("sky/eop", three_layouts_say_the_same, between_the_days, slips)
