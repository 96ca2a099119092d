/* Fuzzes files of releases: bytes, tree, every key, and what a release that is read promises. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* Left out, or three numbers that rise from `low` on. */
static bool release_rises(const cosmo_range *r, double low)
{
    if (isnan(r->mode)) return isnan(r->low) && isnan(r->high);
    return r->low >= low && r->low <= r->mode && r->mode <= r->high && isfinite(r->high);
}

static bool release_weather_holds(const cosmo_release_weather *w)
{
    const double turn = 6.283185307179587;
    if ((w->soundings.n > 0) == (isfinite(w->wind_speed_m_s.mode) && isfinite(w->wind_from_rad.mode))) return false;
    if (isfinite(w->wind_from_rad.mode) && !(w->wind_from_rad.low >= -turn && w->wind_from_rad.high <= turn))
        return false;
    return release_rises(&w->wind_speed_m_s, 0.0) && release_rises(&w->mixing_height_m, 20.0) &&
           release_rises(&w->rain_m_s, 0.0) && w->temperature_k >= 180.0 && w->pressure_pa >= 4e4 &&
           w->ozone_fraction >= 0.0 && w->ozone_fraction <= 5.1e-7 && w->humidity >= 0.0 && w->humidity <= 1.0 &&
           w->roughness_m > 0.0 && w->obukhov_m != 0.0;
}

static bool release_source_holds(const cosmo_release_source *s)
{
    const cosmo_release_tank *tanks = s->tanks.items;
    const cosmo_release_fate *fates = s->fates.items;
    for (size_t i = 0; i < s->tanks.n; i++)
        if (tanks[i].substance == NULL || isnan(tanks[i].mass_kg.mode) || !release_rises(&tanks[i].mass_kg, 0.0))
            return false;
    for (size_t i = 0; i < s->fates.n; i++)
        if (fates[i].substance == NULL || !release_rises(&fates[i].spilled, 0.0)) return false;
    return (s->mission != NULL) + (s->failures != NULL) + (s->tanks.n > 0) == 1 && s->duration_s >= 0.0 &&
           release_rises(&s->pool_m2, 0.0) && release_rises(&s->radiated, 0.0);
}

/* What a good file promises to whoever computes it. */
static bool release_holds(const cosmo_release *r)
{
    const cosmo_release_sampling *s = &r->sampling;
    const double counts = s->interval_s / s->sampling_s, intervals = s->duration_s / s->interval_s;
    return r->name != NULL && r->title != NULL && release_source_holds(&r->source) &&
           release_weather_holds(&r->weather) && s->samples >= 1 && s->particles >= 100 && s->outer_m > s->inner_m &&
           counts > 0.9 && intervals > 0.9 && fabs(intervals - floor(intervals + 0.5)) < 1e-3 * intervals &&
           r->arcs.n_rows <= COSMO_PLUME_ARCS_MAX &&
           (r->boundary.polygon.n_rows == 0 || r->boundary.polygon.n_rows >= 3);
}

/* What a refusal promises: bad input, with a place and a reason, on one line. */
static bool release_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.yaml:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0' &&
           strchr(run->message, '\n') == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_release release;
    const cosmo_status status = cosmo_release_parse("fuzz.yaml", (const char *)data, bytes, arena, &run, &release);
    if (status == COSMO_OK ? !release_holds(&release) : !release_refused_well(status, &run)) abort();
    cosmo_arena_destroy(arena);
    return 0;
}
