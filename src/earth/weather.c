/* The air that a flight meets: ratios to the standard atmosphere and wind, on a uniform grid of altitude. */
#include "core/real.h"
#include "cosmodrome/earth.h"

#include <math.h>

#define WEATHER_FADE_AIR_M       10000.0
#define WEATHER_FADE_WIND_M      20000.0
#define WEATHER_GRAVITY_OVER_GAS (COSMO_STANDARD_GRAVITY * 28.9644 / 8314.32) /* g0 M0 / R*, K/m */
#define WEATHER_RADIUS_M         6356766.0

void cosmo_weather_standard(cosmo_weather *weather)
{
    *weather = (cosmo_weather){0};
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) weather->density_ratio[i] = 1.0;
}

void cosmo_weather_constant_wind(double speed_m_s, double from_rad, cosmo_weather *weather)
{
    cosmo_weather_standard(weather);
    weather->has_wind = speed_m_s != 0.0;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        weather->wind_east_m_s[i] = -speed_m_s * cosmo_real_sin(from_rad);
        weather->wind_north_m_s[i] = -speed_m_s * cosmo_real_cos(from_rad);
    }
}

/* Two measured quantities over altitude, walked upwards once: the wind's components, or the air's ln density ratio and
 * temperature difference. */
typedef struct weather_profile {
    const cosmo_sounding *sounding;
    bool wind;
    double fade_m;
    size_t next;                          /* the first level not yet passed */
    double from_z, to_z, from[2], to[2];  /* the two known levels about the present altitude */
    size_t known;                         /* known levels passed */
    double below_h, below_t, below_log_p; /* the last level with a temperature: geopotential height, K, ln Pa */
    size_t with_temperature, unmeasured;  /* levels passed; those whose pressure is hydrostatic */
} weather_profile;

static double weather_geopotential(double z)
{
    return WEATHER_RADIUS_M * z / (WEATHER_RADIUS_M + z);
}

/* ln p at a level with a temperature: measured, or hydrostatic from the level before; at the first one the standard
 * atmosphere's. */
static double weather_log_pressure(weather_profile *profile, size_t i, double standard_pa)
{
    const cosmo_sounding *s = profile->sounding;
    const double h = weather_geopotential(s->altitude_m[i]), t = s->temperature_k[i];
    double log_p =
        profile->below_log_p - WEATHER_GRAVITY_OVER_GAS * (h - profile->below_h) / (0.5 * (t + profile->below_t));
    if (!isnan(s->pressure_pa[i]))
        log_p = cosmo_real_log(s->pressure_pa[i]);
    else {
        if (profile->with_temperature == 0) log_p = cosmo_real_log(standard_pa);
        profile->unmeasured++;
    }
    profile->with_temperature++;
    profile->below_h = h;
    profile->below_t = t;
    return profile->below_log_p = log_p;
}

/* The pair of values at a level; false when they were not measured there. */
static bool weather_values(weather_profile *profile, size_t i, double value[2])
{
    const cosmo_sounding *s = profile->sounding;
    if (profile->wind) {
        if (isnan(s->wind_speed_m_s[i]) || isnan(s->wind_from_rad[i])) return false;
        value[0] = -s->wind_speed_m_s[i] * cosmo_real_sin(s->wind_from_rad[i]);
        value[1] = -s->wind_speed_m_s[i] * cosmo_real_cos(s->wind_from_rad[i]);
        return true;
    }
    if (isnan(s->temperature_k[i])) return false;
    const cosmo_air_state air = cosmo_atmosphere_us76(s->altitude_m[i]);
    const double log_p = weather_log_pressure(profile, i, air.pressure_pa);
    value[0] = log_p - cosmo_real_log(air.pressure_pa * s->temperature_k[i] / air.temperature_k);
    value[1] = s->temperature_k[i] - air.temperature_k;
    return true;
}

/* Go on to the next level where the values are known. */
static bool weather_advance(weather_profile *profile)
{
    double value[2];
    while (profile->next < profile->sounding->n) {
        const size_t i = profile->next++;
        if (!weather_values(profile, i, value)) continue;
        profile->from_z = profile->to_z;
        profile->to_z = profile->sounding->altitude_m[i];
        for (int k = 0; k < 2; k++) profile->from[k] = profile->to[k], profile->to[k] = value[k];
        if (profile->known++ == 0) {
            profile->from_z = profile->to_z;
            for (int k = 0; k < 2; k++) profile->from[k] = value[k];
        }
        return true;
    }
    return false;
}

/* The values at an altitude not below the last asked for: constant under the lowest level, straight lines between
 * levels, fading to zero above the highest. */
static void weather_at(weather_profile *profile, double z, double value[2])
{
    while (z > profile->to_z && weather_advance(profile)) continue;
    double part = 1.0, keep = 1.0;
    if (z <= profile->from_z)
        part = 0.0;
    else if (z < profile->to_z)
        part = (z - profile->from_z) / (profile->to_z - profile->from_z);
    else
        keep = fmax(0.0, 1.0 - (z - profile->to_z) / profile->fade_m);
    for (int k = 0; k < 2; k++) value[k] = keep * (profile->from[k] + part * (profile->to[k] - profile->from[k]));
}

/* The profile as it stands after its last level. */
static weather_profile weather_through(weather_profile profile)
{
    while (weather_advance(&profile)) continue;
    return profile;
}

static void weather_note(const cosmo_sounding *s, const cosmo_weather *weather, size_t unmeasured, cosmo_run *run)
{
    const char *station = s->station != NULL ? s->station : "the sounding";
    cosmo_run_note(
        run, COSMO_NOTE_ASSUMPTION,
        "weather: %s%s%s, to %.1f km; above, air fades to standard over 10 km and wind to none over 20 km; heights "
        "above sea level are taken as above the ellipsoid; humidity is left out",
        station, s->valid_utc != NULL ? ", " : "", s->valid_utc != NULL ? s->valid_utc : "",
        1e-3 * s->altitude_m[s->n - 1]);
    if (!weather->has_wind)
        cosmo_run_note(run, COSMO_NOTE_WARNING, "weather: %s has wind at fewer than two levels; still air is flown",
                       station);
    if (!weather->has_ratio)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "weather: %s has no temperature profile; density is the standard atmosphere's", station);
    else if (unmeasured > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "weather: %s: pressure at %zu levels follows from temperature by hydrostatics", station,
                       unmeasured);
}

void cosmo_weather_from_sounding(const cosmo_sounding *sounding, cosmo_weather *weather, cosmo_run *run)
{
    cosmo_weather_standard(weather);
    weather_profile wind = {.sounding = sounding, .wind = true, .fade_m = WEATHER_FADE_WIND_M, .to_z = -INFINITY};
    weather_profile air = {.sounding = sounding, .fade_m = WEATHER_FADE_AIR_M, .to_z = -INFINITY};
    const weather_profile all_air = weather_through(air);
    weather->has_wind = weather_through(wind).known >= 2;
    weather->has_ratio = all_air.known >= 2;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double z = COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M;
        double value[2];
        if (weather->has_wind) {
            weather_at(&wind, z, value);
            weather->wind_east_m_s[i] = value[0];
            weather->wind_north_m_s[i] = value[1];
        }
        if (weather->has_ratio) {
            weather_at(&air, z, value);
            weather->density_ratio[i] = cosmo_real_exp(value[0]);
            weather->temperature_difference_k[i] = value[1];
        }
    }
    weather_note(sounding, weather, all_air.unmeasured, run);
}
