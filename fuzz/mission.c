/* Fuzzes mission files: bytes, tree, every section, and what the file says about itself; no other file is read. */
#include "cosmodrome/study.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static bool mission_lists_hold(const cosmo_mission *m)
{
    const cosmo_fall_wish *falls = m->falls.items;
    for (size_t i = 0; i < m->falls.n; i++) {
        const int goals = (falls[i].zone != NULL) + isfinite(falls[i].downrange_m) + (falls[i].avoid.n > 0);
        if (falls[i].body == NULL || goals != 1) return false;
    }
    const cosmo_burn *burns = m->burns.items;
    for (size_t i = 0; i < m->burns.n; i++)
        if (burns[i].stage == NULL || !(burns[i].apogee_altitude_m >= burns[i].perigee_altitude_m)) return false;
    const cosmo_stage_override *overrides = m->overrides.items;
    for (size_t i = 0; i < m->overrides.n; i++)
        if (overrides[i].stage == NULL) return false;
    return true;
}

/* What a good mission promises. */
static bool mission_holds(const cosmo_mission *m)
{
    if (m->name == NULL || m->title == NULL || m->vehicle_id == NULL || m->site_id == NULL || m->pad_id == NULL)
        return false;
    if (strchr(m->name, '/') != NULL || m->name[0] == '.' || m->name[0] == '\0') return false;
    if (!(m->payload.mass_kg >= 0.0 && m->payload.mass_kg <= 1e6)) return false;
    if (!(m->target.apogee_altitude_m >= m->target.perigee_altitude_m && isfinite(m->target.inclination_rad)))
        return false;
    if (!(m->output.sample_step_s >= 0.05 && m->output.sample_step_s <= 1.0)) return false;
    if (isfinite(m->weather.wind_speed_m_s) != isfinite(m->weather.wind_from_rad)) return false;
    return mission_lists_hold(m);
}

/* What a refusal promises: bad input, with a place and a reason, on one line. */
static bool mission_refused_well(cosmo_status status, const cosmo_run *run)
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
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    if (mission != NULL) {
        const cosmo_status status = cosmo_mission_parse("fuzz.yaml", (const char *)data, bytes, arena, &run, mission);
        if (status == COSMO_OK ? !mission_holds(mission) : !mission_refused_well(status, &run)) abort();
    }
    cosmo_arena_destroy(arena);
    return 0;
}
