/* The mission file and all it names, read into one immutable struct. */
#include "cosmodrome/study.h"
#include "study/mission_check.h"

#include <math.h>
#include <string.h>

enum { MISSION_BYTES_MAX = 1 << 20 };
static const double MISSION_SOUNDING_AGE_S = 12.0 * 3600.0;

/* "soyuz-ms" of "missions/soyuz-ms.yaml"; "mission" where nothing is left. */
static const char *mission_stem(const char *path, cosmo_arena *arena)
{
    const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path, *dot = strrchr(base, '.');
    const size_t length = dot != NULL && dot != base ? (size_t)(dot - base) : strlen(base);
    return length > 0 ? cosmo_arena_text(arena, base, length) : "mission";
}

cosmo_status cosmo_mission_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_mission *mission)
{
    const cosmo_section *section = cosmo_mission_section(arena);
    COSMO_NEED(section, run);
    const cosmo_yaml *root;
    cosmo_facts facts = {0};
    COSMO_TRY(cosmo_yaml_parse(file, data, bytes, arena, run, &root));
    COSMO_TRY(cosmo_section_read(section, root, mission, arena, run, &facts));
    mission->path = root->file;
    mission->root = root;
    mission->facts = facts;
    if (mission->name == NULL) mission->name = mission_stem(file, arena);
    COSMO_NEED(mission->name, run);
    if (mission->title == NULL) mission->title = mission->name;
    return cosmo_mission_check_alone(mission, run);
}

/* ---- what the mission names
 * ------------------------------------------------------------------------------------------ */

static cosmo_status mission_read_vehicle(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    COSMO_TRY(cosmo_vehicle_read(mission->vehicle_id, cosmo_yaml_child(mission->root, "vehicle"), arena, run,
                                 &mission->vehicle));
    COSMO_TRY(cosmo_site_read(mission->site_id, cosmo_yaml_child(mission->root, "site"), arena, run, &mission->site));
    COSMO_TRY(
        cosmo_site_pad(&mission->site, mission->pad_id, cosmo_yaml_child(mission->root, "pad"), run, &mission->pad));
    COSMO_TRY(cosmo_zones_read(arena, run, &mission->zones));
    return cosmo_mission_check_references(mission, arena, run);
}

static cosmo_status mission_read_time(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    if (mission->liftoff_utc != NULL) {
        const char *trouble = cosmo_time_parse(mission->liftoff_utc, &mission->liftoff);
        if (trouble != NULL)
            return cosmo_yaml_fail(cosmo_yaml_child(mission->root, "liftoff"), run, "liftoff: %s", trouble);
        COSMO_TRY(cosmo_time_load_leap_seconds(NULL, mission->liftoff, run));
    }
    if (mission->earth.eop == NULL) return COSMO_OK;
    const char *path = cosmo_file_join(arena, cosmo_file_folder(arena, mission->path), mission->earth.eop);
    COSMO_NEED(path, run);
    return cosmo_eop_read(path, arena, run, &mission->eop);
}

static void mission_note_sounding_age(const cosmo_mission *mission, cosmo_run *run)
{
    cosmo_utc valid;
    const char *utc = mission->sounding.valid_utc;
    if (utc == NULL || mission->liftoff_utc == NULL || cosmo_time_parse(utc, &valid) != NULL) return;
    const double age_s = cosmo_time_between(valid, mission->liftoff);
    if (fabs(age_s) > MISSION_SOUNDING_AGE_S)
        cosmo_run_note(run, COSMO_NOTE_WARNING, "the sounding is of %s, %.1f days from liftoff", utc,
                       fabs(age_s) / 86400.0);
}

static cosmo_status mission_read_weather(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_weather_choice *choice = &mission->weather;
    if (choice->sounding != NULL) {
        const char *path = cosmo_file_join(arena, cosmo_file_folder(arena, mission->path), choice->sounding);
        COSMO_NEED(path, run);
        COSMO_TRY(cosmo_sounding_read(path, (size_t)choice->sounding_index, arena, run, &mission->sounding));
        cosmo_weather_from_sounding(&mission->sounding, &mission->air, run);
        mission_note_sounding_age(mission, run);
    } else if (isfinite(choice->wind_speed_m_s)) {
        cosmo_weather_constant_wind(choice->wind_speed_m_s, choice->wind_from_rad, &mission->air);
    }
    mission->has_weather = choice->sounding != NULL || isfinite(choice->wind_speed_m_s);
    return COSMO_OK;
}

cosmo_status cosmo_mission_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_mission *mission)
{
    const char *data;
    size_t bytes;
    COSMO_TRY(cosmo_file_read(path, MISSION_BYTES_MAX, arena, run, &data, &bytes));
    char sha256[65];
    cosmo_hash_sha256(data, bytes, sha256);
    const char *slash = strrchr(path, '/');
    /* paths of inputs are relative to the mission, so that the same mission gives the same summary from any folder */
    cosmo_run_input(run, slash != NULL ? slash + 1 : path, sha256);
    COSMO_TRY(cosmo_mission_parse(path, data, bytes, arena, run, mission));
    mission->sha256 = cosmo_arena_text(arena, sha256, 64);
    COSMO_NEED(mission->sha256, run);
    COSMO_TRY(mission_read_vehicle(mission, arena, run));
    COSMO_TRY(mission_read_time(mission, arena, run));
    COSMO_TRY(mission_read_weather(mission, arena, run));
    if (mission->earth.terrain) COSMO_TRY(cosmo_terrain_open(arena, run, &mission->terrain));
    return cosmo_map_open(arena, run, &mission->map);
}

cosmo_flight cosmo_mission_flight(const cosmo_mission *mission)
{
    return (cosmo_flight){
        .vehicle = &mission->vehicle,
        .pad = {mission->pad->latitude_rad, mission->pad->longitude_rad, mission->pad->altitude_m},
        .payload_kg = mission->payload.mass_kg,
        .target = mission->target,
        .steering = mission->steering,
        .limits = mission->limits,
        .falls = mission->falls,
        .burns = mission->burns,
        .overrides = mission->overrides,
        .environment = {.gravity = (cosmo_gravity_model)mission->earth.gravity,
                        .weather = mission->has_weather ? &mission->air : NULL,
                        .terrain = mission->terrain},
        .zones = mission->zones,
        .map = &mission->map,
    };
}
