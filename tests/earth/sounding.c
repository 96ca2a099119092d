/* The four formats on texts written here, and what each slip is called. */
#include "cosmodrome/earth.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

#define DEG 0.017453292519943295
static cosmo_arena *arena;
static cosmo_run run;
static cosmo_sounding sounding;

static cosmo_status parse_which(const char *text, size_t which)
{
    cosmo_arena_destroy(arena);
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    return cosmo_sounding_parse("w.txt", text, strlen(text), which, arena, &run, &sounding);
}

static void refused(const char *text, const char *message)
{
    ck_assert_int_eq(parse_which(text, 0), COSMO_BAD_INPUT);
    ck_assert_msg(strstr(run.message, message) != NULL, "said: %s\nwanted: %s", run.message, message);
}

START_TEST(typed_by_hand)
{
    ck_assert_int_eq(parse_which("\xef\xbb\xbf# Baikonur, duty forecaster\r\n\r\nAltitude_ft, wind_kt ,FROM_DEG\r\n"
                                 "0,10,270\r\n1000,20,360\r\n 2000 ,,\t\r\n",
                                 0),
                     COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "w.txt:6:1: error: a level with neither wind nor temperature");
    ck_assert_int_eq(
        parse_which("altitude_ft,wind_kt,from_deg,temperature_c,pressure_hpa\n0,10,270,15,1013.25\n1000,20,360,,\n"
                    "10000,,,-4.8,\n",
                    0),
        COSMO_OK);
    ck_assert_uint_eq(sounding.n, 3);
    suite_error("1,000 ft", sounding.altitude_m[1] - 304.8, "m", 1e-12);
    suite_error("20 kt", sounding.wind_speed_m_s[1] - 20.0 * 1852 / 3600, "m/s", 1e-12);
    suite_error("360 deg", sounding.wind_from_rad[1] - 360 * DEG, "rad", 1e-12);
    suite_error("15 C", sounding.temperature_k[0] - 288.15, "K", 1e-12);
    suite_error("1013.25 hPa", sounding.pressure_pa[0] - 101325.0, "Pa", 1e-9);
    ck_assert(isnan(sounding.temperature_k[1]) && isnan(sounding.wind_from_rad[2]) && isnan(sounding.latitude_rad));
    ck_assert(sounding.station == NULL && sounding.valid_utc == NULL);
}
END_TEST

START_TEST(slips_in_typed_files)
{
    refused("", "w.txt:1:1: error: the file is empty");
    refused("\n\n", "w.txt:2:1: error: no header");
    refused("0,5,270\n1000,5,270\n", "w.txt:1:1: error: the header is missing: the first line names the columns");
    refused("altitud_m,wind_m_s,from_deg\n",
            "w.txt:1:1: error: unknown column 'altitud_m'; did you mean 'altitude_m'?");
    refused("altitude_m,wind_kmh,from_deg\n", "w.txt:1:12: error: unknown column 'wind_kmh'; did you mean 'wind_kt'?");
    refused("altitude_m;wind_m_s;from_deg\n", "columns are separated by commas");
    refused("altitude_m,altitude_ft,wind_m_s,from_deg\n",
            "w.txt:1:12: error: 'altitude_ft' gives a quantity for the second time");
    refused("altitude_m,from_deg\n0,1\n", "no column of wind speed");
    refused("altitude_m,wind_m_s\n0,1\n", "no column of wind direction");
    refused("wind_m_s,from_deg\n0,1\n", "no column of height");
    refused("altitude_m,wind_m_s,from_deg\n0,5,270\n500,6,400\n", "w.txt:3:7: error: a wind from 400 deg");
    refused("altitude_m,wind_m_s,from_deg\n0,5,-1\n", "a wind from -1 deg");
    refused("altitude_m,wind_m_s,from_deg\n500,5,270\n500,6,300\n",
            "w.txt:3:1: error: height 500 m does not rise above the level before (500 m)");
    refused("altitude_m,wind_m_s,from_deg\n0,5,270\n", "1 level with a height");
    refused("altitude_m,wind_m_s,from_deg\n0,5\n", "w.txt:2:4: error: 2 cells where the header has 3 columns");
    refused("altitude_m,wind_m_s,from_deg\n0,5,270,1\n", "w.txt:2:9: error: more cells than the header's 3 columns");
    refused("altitude_m,wind_m_s,from_deg\n0,5,\n", "wind speed and direction go together");
    refused("altitude_m,wind_m_s,from_deg\n,5,270\n", "a level without a height");
    refused("altitude_m,wind_m_s,from_deg\n0,5 m/s,270\n", "w.txt:2:3: error: '5 m/s' is not a number");
    refused("altitude_m,wind_m_s,from_deg\n0,0x10,270\n", "'0x10' is not a number");
    refused("altitude_m,wind_m_s,from_deg\n100000,5,270\n", "is the column's unit right?");
    refused("altitude_m,wind_m_s,from_deg,temperature_c\n0,5,270,288\n",
            "w.txt:2:9: error: a temperature of 561.15 K is not one of the air");
    refused("altitude_m,wind_m_s,from_deg,pressure_hpa\n0,5,270,101325\n", "a pressure of 1.01325e+07 Pa");
    ck_assert_int_eq(parse_which("altitude_m,wind_m_s,from_deg\n0,5,270\n9,5,270\n", 1), COSMO_BAD_INPUT);
    ck_assert(strstr(run.message, "there is no number 1") != NULL);
}
END_TEST

START_TEST(slips_of_units)
{
    refused("altitude_m,wind_m_s,from_deg,pressure_hpa\n0,5,270,1013\n18000,20,270,500\n",
            "w.txt:3:14: error: a pressure of 500 hPa at 18000 m, where the standard atmosphere has 76 hPa");
    refused("altitude_m,wind_m_s,from_deg,pressure_hpa\n0.1,5,270,1000\n5.6,20,270,500\n",
            "w.txt:3:12: error: a pressure of");
    refused("altitude_m,wind_m_s,from_deg,temperature_k\n0,5,270,15\n", "w.txt:2:9: error: a temperature of 15 K");
    refused("altitude_m,wind_m_s,from_deg\n-900,5,270\n0,5,270\n", "w.txt:2:1: error: a height of -900 m");
    refused("altitude_m,wind_knots,from_deg\n0,5,270\n", "w.txt:1:12: error: unknown column 'wind_knots'");
    ck_assert_int_eq(parse_which("altitude_m,wind_m_s,from_deg\n10,45,270\n1000,60,270\n", 0), COSMO_OK);
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_str_eq(run.notes[0].text, "w.txt:2:4: 45.0 m/s at 10 m is a hurricane; are these knots?");
    ck_assert_int_eq(parse_which("altitude_m,wind_m_s,from_deg\n10,4,1.5\n500,6,2\n900,7,3.1\n2000,9,6.1\n", 0),
                     COSMO_OK);
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_ptr_nonnull(strstr(run.notes[0].text, "every wind is from 0 to 6.10 deg; if these are radians"));
}
END_TEST

static const char forecast[] =
    "time,altitude_m,wind_m_s,from_deg\n"
    "2013-07-02 00:00,100,3,350\n2013-07-02 00:00,1500,6,10\n"
    "2013-07-02T03:00:00,100,4,0\n2013-07-02T03:00:00,1500,7,20\n2013-07-02T03:00:00,3000,9,30\n"
    "2013-07-02 06:00:00Z,100,5,5\n2013-07-02 06:00:00Z,1500,8,25\n";

START_TEST(blocks_by_time)
{
    static const size_t levels[] = {2, 3, 2};
    static const char *const times[] = {"2013-07-02T00:00:00Z", "2013-07-02T03:00:00Z", "2013-07-02T06:00:00Z"};
    for (size_t i = 0; i < 3; i++) {
        ck_assert_msg(parse_which(forecast, i) == COSMO_OK, "%s", run.message);
        ck_assert_uint_eq(sounding.n, levels[i]);
        ck_assert_str_eq(sounding.valid_utc, times[i]);
        suite_error("its lowest wind", sounding.wind_speed_m_s[0] - (3.0 + (double)i), "m/s", 0.0);
    }
    ck_assert_int_eq(parse_which(forecast, 3), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "the file holds 3 soundings, counted from 0; there is no number 3"));
    char path[] = "/tmp/cosmo-forecast-XXXXXX";
    const int file = mkstemp(path);
    ck_assert(file >= 0 && write(file, forecast, sizeof forecast - 1) == (ssize_t)(sizeof forecast - 1));
    close(file);
    cosmo_list all;
    ck_assert_msg(cosmo_sounding_read_all(path, NULL, arena, &run, &all) == COSMO_OK, "%s", run.message);
    unlink(path);
    ck_assert_uint_eq(all.n, 3);
    const cosmo_sounding *s = all.items;
    ck_assert_uint_eq(s[1].n, 3);
    ck_assert_str_eq(s[2].valid_utc, times[2]);
    refused(
        "time,altitude_m,wind_m_s,from_deg\n2013-07-02 03:00,0,3,1\n2013-07-02 03:00,9,3,1\n2013-07-02 00:00,0,3,1\n",
        "w.txt:4:1: error: 2013-07-02T00:00:00Z comes after 2013-07-02T03:00:00Z");
    refused("time,altitude_m,wind_m_s,from_deg\n2013-07-02 00:00,0,3,1\n2013-07-02 03:00,9,3,1\n",
            "w.txt:3:1: error: the sounding of 2013-07-02T00:00:00Z has 1 level with a height; a sounding needs two");
    refused(
        "time,altitude_m,wind_m_s,from_deg\n2013-07-02 00:00,0,3,1\n2013-07-02 00:00,9,3,1\n2013-07-02 03:00,9,3,1\n",
        "the sounding of 2013-07-02T03:00:00Z has 1 level");
    refused("time,altitude_m,wind_m_s,from_deg\n2013-13-02 00:00,0,3,1\n", "a time looks like");
    refused("CDF\001", "a netCDF file covers a region and a time");
}
END_TEST

START_TEST(broken_bytes)
{
    static const char with_nul[] = "altitude_m,wind_m_s,from_deg\n0,5\0,270\n";
    parse_which("x", 0);
    ck_assert_int_eq(cosmo_sounding_parse("w.txt", with_nul, sizeof with_nul - 1, 0, arena, &run, &sounding),
                     COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "w.txt:2:4: error: a NUL byte; this is not a text file");
    char *long_line = malloc(6000);
    memset(long_line, '1', 5999);
    long_line[5999] = '\0';
    refused(long_line, "a line of 5999 characters");
    free(long_line);
}
END_TEST

#define IGRA_HEAD "#KZM00038062 2025 11 26 12 1131    4 ncdc6301 ncdc6301  448500   654800\n"
static const char igra_text[] = IGRA_HEAD "21     0 101250B  132    25B  800    50   270    30 \n"
                                          "10   300  85000  1500B -100B  700    60   280   120 \n"
                                          "20   600  70000 -9999  -200B  600    70 -9999 -9999 \n"
                                          "30   700  -9999  2500 -9999 -9999 -9999   290   205 \n"
                                          "#KZM00038062 2025 11 27 99 2305    2 ncdc6301 ncdc6301 -988888 -9988888\n"
                                          "21     0 101250B  132    25B  800    50   270    30 \n"
                                          "10   300  85000  1500B-8888   700    60   280   120 \n";

START_TEST(igra)
{
    ck_assert_msg(parse_which(igra_text, 0) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(sounding.n, 3);
    ck_assert_str_eq(sounding.station, "KZM00038062");
    ck_assert_str_eq(sounding.valid_utc, "2025-11-26T12:00:00Z");
    suite_error("latitude", sounding.latitude_rad - 44.85 * DEG, "rad", 1e-15);
    suite_error("longitude", sounding.longitude_rad - 65.48 * DEG, "rad", 1e-15);
    suite_error("geopotential 1,500 m as a height", sounding.altitude_m[1] - 1500.354, "m", 1e-3);
    suite_error("-10.0 C", sounding.temperature_k[1] - 263.15, "K", 1e-12);
    suite_error("20.5 m/s", sounding.wind_speed_m_s[2] - 20.5, "m/s", 1e-12);
    ck_assert(isnan(sounding.pressure_pa[2]) && isnan(sounding.temperature_k[2]));
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_msg(parse_which(igra_text, 1) == COSMO_OK, "%s", run.message);
    ck_assert_str_eq(sounding.valid_utc, "2025-11-27T23:05:00Z");
    ck_assert(isnan(sounding.latitude_rad) && isnan(sounding.longitude_rad) && isnan(sounding.temperature_k[1]));
}
END_TEST

/* Two significant levels without heights, as alphanumeric reports have them; the heights of the standard atmosphere. */
START_TEST(igra_heights_from_pressure)
{
    static const char text[] = "#KZM00038062 2025 11 26 12 1131    5 ncdc6301 ncdc6301  448500   654800\n"
                               "20   100  95000 -9999    50B  800    50   270    30 \n"
                               "10   300  85000  1457B   55B  700    60   280   120 \n"
                               "20   400  79501 -9999    20B  600    70   285   150 \n"
                               "20   500  75000 -9999 -9999 -9999 -9999   288   160 \n"
                               "10   600  70000  3012B  -46B  600    70   290   205 \n";
    ck_assert_msg(parse_which(text, 0) == COSMO_OK, "%s", run.message);
    ck_assert_uint_eq(sounding.n, 4);
    suite_error("795.01 hPa is at 2,000 m", sounding.altitude_m[1] - 2000.0, "m", 3.0);
    suite_error("750 hPa, without a temperature, at 2,467 m", sounding.altitude_m[2] - 2467.0, "m", 8.0);
    ck_assert(isnan(sounding.temperature_k[2]) && sounding.pressure_pa[2] == 75000.0);
    ck_assert_uint_eq(run.n_notes, 2);
    refused(
        "#KZM00038062 2025 11 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n"
        "10   300  85000  1457B   55B  700    60   280   120 \n20   400  85000 -9999    20B  600    70   285   150 \n",
        "w.txt:3:10: error: pressure 85000 Pa does not fall below that of the level before");
}
END_TEST

START_TEST(slips_in_igra)
{
    ck_assert_int_eq(parse_which(igra_text, 2), COSMO_BAD_INPUT);
    ck_assert(strstr(run.message, "no sounding number 2: the file holds 2, counted from 0") != NULL);
    refused(IGRA_HEAD "21     0 101250B  132    25B  800    50   270    30 \n",
            "w.txt:2:1: error: the sounding ends after 1 of 4 levels");
    refused(
        "#KZM00038062 2025 11 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n"
        "21     0 101250B  132    25B  800    50   270    30 \n10   300  85000   100B -100B  700    60   280   120 \n",
        "w.txt:3:17: error: height 100.002 m does not rise");
    refused(
        "#KZM00038062 2025 11 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n"
        "21     0 101250B  132    25B  800    50   270    30 \n10   300  85000  1500B -100B  700    60   380   120 \n",
        "w.txt:3:41: error: a wind from 380 deg");
    refused("#KZM00038062 2025 11 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n21     0 101250B  132 \n",
            "w.txt:2:23: error: a level line has 51 columns");
    refused("#KZM00038062 2025 11 26 12 1131   x2 ncdc6301 ncdc6301  448500   654800\n", "'x2' is not a number");
    refused(
        "#KZM00038062 2025 11 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n"
        "21     0 101250B  132    25B  800    50   270    30 \n10   300  85000  1500B -8888  700    60   280   120 \n",
        "w.txt:3:28: error: a quality flag");
    refused("#KZM00038062 2025 11 26 12 3e63    2 ncdc6301 ncdc6301  448500   654800\n",
            "w.txt:1:28: error: columns 28 to 31 must hold a whole number");
    refused("#KZM00038062 2025 13 26 12 1131    2 ncdc6301 ncdc6301  448500   654800\n", "is not a date");
}
END_TEST

START_TEST(wyoming)
{
    ck_assert_msg(
        parse_which("time,longitude,latitude,pressure_hPa,geopotential height_m,temperature_C,dew point temperature_C,"
                    "wind direction_degree,wind speed_m/s\n"
                    "2025-11-26 11:31:00,65.48,44.85, 1012.5,  132,  2.5, 0.1,270, 3.0\n"
                    "2025-11-26 11:36:00,65.40,44.80,  850.0, 1500,-10.0,    ,280,12.0\n"
                    "2025-11-26 11:41:00,65.40,44.80,  700.0,     ,-20.0,    ,   ,    \n",
                    0) == COSMO_OK,
        "%s", run.message);
    ck_assert_uint_eq(sounding.n, 2);
    ck_assert_str_eq(sounding.valid_utc, "2025-11-26T11:31:00Z");
    suite_error("latitude", sounding.latitude_rad - 44.85 * DEG, "rad", 1e-15);
    suite_error("geopotential 1,500 m as a height", sounding.altitude_m[1] - 1500.354, "m", 1e-3);
    refused("time,altitude_m,wind_m_s,from_deg\nnoon,0,5,270\n", "a time looks like");
    refused("latitude,altitude_m,wind_m_s,from_deg\n95,0,5,270\n", "a latitude of 95 deg");
#define LIST_HEAD  "-----\n   PRES   HGHT   TEMP   DWPT   RELH   MIXR   DRCT   SKNT   THTA   THTE   THTV\n"
#define LIST_UNITS "    hPa     m      C      C      %    g/kg    deg   knot     K      K      K \n-----\n"
#define LIST_ROW   " 1012.5    132    2.5    0.1     80   4.64    270      6  298.9  341.8  301.5\n"
    ck_assert_msg(parse_which(LIST_HEAD LIST_UNITS
                              " 1020.0     70                                                               \n" LIST_ROW
                              "  850.0   1500  -10.0  -17.5     84  13.66    280     23\n  700.0   3000  "
                              "-20.0\nStation identifier: UACC\n",
                              0) == COSMO_OK,
                  "%s", run.message);
    ck_assert_uint_eq(sounding.n, 3);
    suite_error("23 knots", sounding.wind_speed_m_s[1] - 23.0 * 1852 / 3600, "m/s", 1e-12);
    refused(LIST_HEAD "    hPa     m      C      C      %    g/kg    deg    m/s     K      K      K \n" LIST_ROW,
            "w.txt:3:50: error: the unit of SKNT is not 'knot'");
    refused(LIST_HEAD LIST_UNITS LIST_ROW, "1 level with a height");
    refused(LIST_HEAD LIST_UNITS LIST_ROW "  850.0   1500  -10.0  -17.5     84  13.66    x80     23\n",
            "w.txt:6:47: error: 'x80' is not a number");
    refused("   PRES   HGHT   TEMP\n", "w.txt:1:43: error: column 7 of the table is not 'DRCT'");
}
END_TEST

COSMO_SUITE("earth/sounding", typed_by_hand, slips_in_typed_files, slips_of_units, blocks_by_time, broken_bytes, igra,
            igra_heights_from_pressure, slips_in_igra, wyoming)
