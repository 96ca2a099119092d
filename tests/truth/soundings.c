/* Real soundings: IGRA v2 of Barrow (NOAA NCEI, public domain), and Wyoming's two formats of the same Norman ascent
 * (fixtures of Unidata's siphon and MetPy, BSD-3-Clause), in ../shared/data/weather. */
#include "cosmodrome/earth.h"
#include "suite.h"

#include <string.h>

#define FOLDER "../shared/data/weather/"
#define DEG    0.017453292519943295

static cosmo_arena *arena;
static cosmo_run run;

static cosmo_sounding read_sounding(const char *path, size_t which)
{
    cosmo_sounding s;
    cosmo_run_init(&run, arena);
    const cosmo_status status = cosmo_sounding_read(path, which, arena, &run, &s);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
    return s;
}

static size_t level_at(const cosmo_sounding *s, double altitude_m)
{
    size_t best = 0;
    for (size_t i = 1; i < s->n; i++)
        if (fabs(s->altitude_m[i] - altitude_m) < fabs(s->altitude_m[best] - altitude_m)) best = i;
    return best;
}

START_TEST(both_wyoming_formats_agree)
{
    const cosmo_sounding list = read_sounding(FOLDER "wyoming_list_may4_1999_OUN.txt", 0);
    const cosmo_sounding csv = read_sounding(FOLDER "wyoming_csv_OUN_1999-05-04_00Z.csv", 0);
    double wind = 0.0, warm = 0.0, pressure = 0.0;
    size_t winds = 0;
    ck_assert_str_eq(csv.valid_utc, "1999-05-03T23:02:00Z");
    for (size_t i = 0; i < list.n; i++) {
        const size_t j = level_at(&csv, list.altitude_m[i]);
        ck_assert_msg(fabs(csv.altitude_m[j] - list.altitude_m[i]) < 1e-9, "%g m is missing", list.altitude_m[i]);
        warm = fmax(warm, fabs(csv.temperature_k[j] - list.temperature_k[i]));
        pressure = fmax(pressure, fabs(csv.pressure_pa[j] - list.pressure_pa[i]));
        ck_assert(isnan(csv.wind_speed_m_s[j]) == isnan(list.wind_speed_m_s[i]));
        if (isnan(list.wind_speed_m_s[i])) continue;
        winds++;
        const double a = list.wind_speed_m_s[i], b = csv.wind_speed_m_s[j],
                     turn = list.wind_from_rad[i] - csv.wind_from_rad[j];
        wind = fmax(wind, sqrt(a * a + b * b - 2.0 * a * b * cos(turn)));
    }
    printf("  %zu levels in TEXT:LIST, %zu with wind, %zu in TEXT:CSV\n", list.n, winds, csv.n);
    ck_assert(list.n >= 25 && winds >= 24);
    suite_error("wind, worst", wind, "m/s", 0.3);
    suite_error("temperature, worst", warm, "K", 0.11);
    suite_error("pressure, worst", pressure, "Pa", 11.0);
}
END_TEST

/* Levels as the folder's README lays the columns out. */
START_TEST(igra_barrow)
{
    const cosmo_sounding s = read_sounding(FOLDER "igra2_USM00070026-data.txt", 0);
    ck_assert_str_eq(s.station, "USM00070026");
    ck_assert_str_eq(s.valid_utc, "2010-06-01T00:00:00Z");
    suite_error("latitude", s.latitude_rad / DEG - 71.2889, "deg", 1e-9);
    suite_error("longitude", s.longitude_rad / DEG + 156.7833, "deg", 1e-9);
    const size_t i = level_at(&s, 5424.6); /* 50000 Pa, 5420 gpm, -27.2 C, 15.9 m/s from 202 */
    suite_error("500 hPa", s.pressure_pa[i] - 50000.0, "Pa", 1e-9);
    suite_error("its height above sea level (5,420 gpm)", s.altitude_m[i] - 5424.625, "m", 0.01);
    suite_error("its temperature", s.temperature_k[i] - 245.95, "K", 1e-9);
    suite_error("its wind", s.wind_speed_m_s[i] - 15.9, "m/s", 1e-9);
    suite_error("its direction", s.wind_from_rad[i] / DEG - 202.0, "deg", 1e-9);
    for (size_t k = 1; k < s.n; k++) ck_assert(s.altitude_m[k] > s.altitude_m[k - 1]);
    ck_assert_uint_ge(s.n, 150);
    const cosmo_sounding second = read_sounding(FOLDER "igra2_USM00070026-data.txt", 1);
    ck_assert_str_eq(second.valid_utc, "2010-06-01T12:00:00Z");
}
END_TEST

/* The heights of all but the standard levels taken away: those that follow from pressure against the reported ones. */
START_TEST(igra_heights_from_pressure)
{
    const cosmo_sounding whole = read_sounding(FOLDER "igra2_USM00070026-data.txt", 0);
    const char *data;
    size_t bytes, compared = 0;
    ck_assert(cosmo_file_read(FOLDER "igra2_USM00070026-data.txt", 1 << 20, arena, &run, &data, &bytes) == COSMO_OK);
    char *holes = cosmo_arena_text(arena, data, bytes);
    for (char *line = holes; line != NULL; line = strchr(line, '\n'), line += line != NULL)
        if (line[0] == '2' && line[1] == '0') memcpy(line + 16, "-9999", 5);
    cosmo_sounding s;
    ck_assert_msg(cosmo_sounding_parse("holes", holes, bytes, 0, arena, &run, &s) == COSMO_OK, "%s", run.message);
    double worst = 0.0;
    for (size_t i = 0, j = 0; i < s.n; i++) {
        if (isnan(s.pressure_pa[i])) continue;
        while (j < whole.n && !(whole.pressure_pa[j] == s.pressure_pa[i])) j++;
        ck_assert_uint_lt(j, whole.n);
        if (whole.altitude_m[j] != s.altitude_m[i]) compared++;
        worst = fmax(worst, fabs(whole.altitude_m[j] - s.altitude_m[i]));
    }
    printf("  %zu of %zu levels got their height from pressure\n", compared, s.n);
    ck_assert_uint_ge(compared, 35);
    suite_error("height from pressure against the reported one", worst, "m", 3.0);
}
END_TEST

START_TEST(igra_header_alone_is_an_error)
{
    cosmo_sounding s;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_sounding_read(FOLDER "igra2_USM00070026-data.txt", 2, arena, &run, &s), COSMO_BAD_INPUT);
    ck_assert(strstr(run.message, "igra2_USM00070026-data.txt:318:1: error: the sounding ends after 0 of 147 levels") !=
              NULL);
    ck_assert_int_eq(cosmo_sounding_read(FOLDER "igra2_derived_USM00070026-drvd.txt", 0, arena, &run, &s),
                     COSMO_BAD_INPUT);
    ck_assert(strstr(run.message, "derived") != NULL);
}
END_TEST

/* Measured columns are in hydrostatic balance, so the pressure that this program integrates from the temperatures alone
 * must come back to the measured one. */
START_TEST(columns_are_hydrostatic)
{
    static const char *const path[] = {FOLDER "wyoming_csv_BOI_2010-12-09_12Z.csv",
                                       FOLDER "wyoming_csv_OUN_2023-05-22_12Z.csv"};
    for (size_t f = 0; f < 2; f++) {
        cosmo_sounding s = read_sounding(path[f], 0);
        cosmo_weather measured, integrated;
        cosmo_weather_from_sounding(&s, &measured, &run);
        double *pressure = cosmo_arena_array(arena, s.n, sizeof *pressure);
        pressure[0] = s.pressure_pa[0];
        for (size_t i = 1; i < s.n; i++) pressure[i] = NAN;
        s.pressure_pa = pressure;
        cosmo_weather_from_sounding(&s, &integrated, &run);
        double worst = 0.0;
        for (int i = 0; COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M < 30000.0; i++)
            worst = fmax(worst, fabs(integrated.density_ratio[i] / measured.density_ratio[i] - 1.0));
        suite_error("density by hydrostatics against measured, to 30 km", worst, "", 0.02);
    }
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {both_wyoming_formats_agree, igra_barrow, igra_heights_from_pressure,
                                  igra_header_alone_is_an_error, columns_are_hydrostatic};
    FILE *there = fopen(FOLDER "README.md", "r");
    if (there == NULL) return puts("skip: ../shared/data/weather is absent"), 77;
    fclose(there);
    arena = cosmo_arena_create(0, NULL);
    const int status = suite_run("truth/soundings", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
