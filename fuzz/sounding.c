/* Fuzzes the readers of soundings (the content tells the format) and the weather that comes of them. */
#include "cosmodrome/earth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* A value is missing or one that a balloon can have measured. */
static bool sounding_sane(double value, double low, double high)
{
    return isnan(value) || (value >= low && value <= high);
}

static bool sounding_holds(const cosmo_sounding *s)
{
    if (s->n < 2 || !sounding_sane(s->latitude_rad, -1.6, 1.6) || !sounding_sane(s->longitude_rad, -3.2, 3.2))
        return false;
    for (size_t i = 0; i < s->n; i++) {
        if (!isfinite(s->altitude_m[i]) || (i > 0 && !(s->altitude_m[i] > s->altitude_m[i - 1]))) return false;
        if (!sounding_sane(s->pressure_pa[i], 1.0, 1.1e5) || !sounding_sane(s->temperature_k[i], 150.0, 340.0))
            return false;
        if (!sounding_sane(s->wind_speed_m_s[i], 0.0, 150.0) || !sounding_sane(s->wind_from_rad[i], 0.0, 6.2832))
            return false;
        if (isnan(s->wind_speed_m_s[i]) != isnan(s->wind_from_rad[i])) return false;
        if (isnan(s->wind_speed_m_s[i]) && isnan(s->temperature_k[i])) return false;
    }
    return true;
}

static bool sounding_weather_holds(const cosmo_sounding *s, cosmo_run *run)
{
    cosmo_weather weather;
    cosmo_weather_from_sounding(s, &weather, run);
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double wind = fabs(weather.wind_east_m_s[i]) + fabs(weather.wind_north_m_s[i]);
        if (!(weather.density_ratio[i] > 0.0) || !isfinite(weather.density_ratio[i])) return false;
        if (!isfinite(weather.temperature_difference_k[i]) || !(wind < 220.0)) return false;
    }
    return true;
}

/* What a refusal promises: bad input, with a place and a reason. */
static bool sounding_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.txt:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    for (size_t which = 0; which < 2; which++) {
        cosmo_arena *arena = cosmo_arena_create(4096, NULL);
        if (arena == NULL) return 0;
        cosmo_run run;
        cosmo_sounding s;
        cosmo_run_init(&run, arena);
        const cosmo_status status = cosmo_sounding_parse("fuzz.txt", (const char *)data, bytes, which, arena, &run, &s);
        if (status != COSMO_OK ? !sounding_refused_well(status, &run) : !sounding_holds(&s)) abort();
        if (status == COSMO_OK && !sounding_weather_holds(&s, &run)) abort();
        cosmo_arena_destroy(arena);
    }
    return 0;
}
