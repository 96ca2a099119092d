/* The mission file and all it names, read into one immutable struct. */
#include "cosmodrome/study.h"
#include "study/mission_check.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

enum { MISSION_BYTES_MAX = 1 << 20 };
static const double MISSION_SOUNDING_AGE_S = 12.0 * 3600.0;

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
    if (mission->name == NULL) mission->name = cosmo_file_stem(arena, file);
    COSMO_NEED(mission->name, run);
    if (mission->title == NULL) mission->title = mission->name;
    return cosmo_mission_check_alone(mission, run);
}

/* ---- what the mission names
 * ------------------------------------------------------------------------------------------ */

/* The path of a file that the mission names, relative to the mission; where there is none, the mission's own line is
 * told. */
static cosmo_status mission_find(const cosmo_mission *mission, const cosmo_yaml *node, const char *name,
                                 cosmo_arena *arena, cosmo_run *run, const char **path)
{
    struct stat about;
    *path = cosmo_file_join(arena, cosmo_file_folder(arena, mission->path), name);
    COSMO_NEED(*path, run);
    if (stat(*path, &about) == 0) return COSMO_OK;
    return cosmo_yaml_fail(node, run, "cannot open '%.200s': %s", *path, strerror(errno));
}

static const cosmo_yaml *mission_place(const cosmo_mission *mission, const char *section, const char *key)
{
    const cosmo_yaml *node = cosmo_yaml_child(cosmo_yaml_child(mission->root, section), key);
    return node != NULL ? node : mission->root;
}

/* A vehicle, site or rule file that is given as a path must be there. */
static cosmo_status mission_check_path(const cosmo_mission *mission, const cosmo_yaml *node, const char *id,
                                       cosmo_arena *arena, cosmo_run *run)
{
    const size_t length = strlen(id);
    const char *path;
    if (length < 5 || strcmp(id + length - 5, ".yaml") != 0) return COSMO_OK;
    return mission_find(mission, node, id, arena, run, &path);
}

static cosmo_status mission_read_vehicle(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_yaml *root = mission->root;
    COSMO_TRY(mission_check_path(mission, cosmo_yaml_child(root, "vehicle"), mission->vehicle_id, arena, run));
    COSMO_TRY(mission_check_path(mission, cosmo_yaml_child(root, "site"), mission->site_id, arena, run));
    COSMO_TRY(
        cosmo_vehicle_read(mission->vehicle_id, cosmo_yaml_child(root, "vehicle"), arena, run, &mission->vehicle));
    COSMO_TRY(cosmo_site_read(mission->site_id, cosmo_yaml_child(root, "site"), arena, run, &mission->site));
    COSMO_TRY(cosmo_site_pad(&mission->site, mission->pad_id, cosmo_yaml_child(root, "pad"), run, &mission->pad));
    COSMO_TRY(cosmo_zones_read(arena, run, &mission->zones));
    return cosmo_mission_check_references(mission, arena, run);
}

/* A misspelt rule, or a rule file that is not there, is told before anything is flown. */
static cosmo_status mission_check_rules(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *named = &mission->risk.judged.rules;
    if (named->n == 0) return COSMO_OK;
    const cosmo_yaml *asked = mission_place(mission, "risk", "rules"), *node = asked->first_child;
    for (size_t i = 0; i < named->n && node != NULL; i++, node = node->next)
        COSMO_TRY(mission_check_path(mission, node, ((const char *const *)named->items)[i], arena, run));
    cosmo_list rules;
    return cosmo_rules_select(&mission->risk.judged, asked, mission->site.country, arena, run, &rules);
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
    const char *path;
    COSMO_TRY(mission_find(mission, mission_place(mission, "earth", "eop"), mission->earth.eop, arena, run, &path));
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

/* Where and when a file that covers a region is to be read: at the pad, at liftoff where that is known. */
static cosmo_sounding_point mission_point(const cosmo_mission *mission)
{
    return (cosmo_sounding_point){mission->pad->latitude_rad, mission->pad->longitude_rad,
                                  mission->liftoff_utc != NULL ? cosmo_time_posix(mission->liftoff) : (double)NAN};
}

/* Members are of other days by intent, so their age is not told. */
static cosmo_status mission_add_members(cosmo_mission *mission, const cosmo_yaml *node, const char *name,
                                        cosmo_arena *arena, cosmo_run *run, cosmo_weather *members)
{
    const char *path;
    cosmo_list read;
    const cosmo_sounding_point point = mission_point(mission);
    COSMO_TRY(mission_find(mission, node, name, arena, run, &path));
    COSMO_TRY(cosmo_sounding_read_all(path, &point, arena, run, &read));
    const cosmo_sounding *soundings = read.items;
    if (read.n > COSMO_ENSEMBLE_MAX - mission->ensemble.n)
        return cosmo_yaml_fail(node, run, "ensemble: %zu soundings with those of this file, more than %d",
                               mission->ensemble.n + read.n, COSMO_ENSEMBLE_MAX);
    for (size_t i = 0; i < read.n; i++) {
        cosmo_weather *air = &members[mission->ensemble.n++];
        cosmo_weather_from_sounding(&soundings[i], air, run);
        if (mission->sounding_file != NULL) continue;
        mission->sounding_file = name;
        mission->sounding = soundings[i];
        mission->air = *air;
    }
    return COSMO_OK;
}

static cosmo_status mission_read_ensemble(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *files = &mission->weather.ensemble;
    if (files->n == 0) return COSMO_OK;
    const char *const *names = files->items;
    const cosmo_yaml *list = mission_place(mission, "weather", "ensemble"), *value = cosmo_yaml_child(list, "value");
    const cosmo_yaml *node = (value != NULL ? value : list)->first_child;
    cosmo_weather *members = cosmo_arena_array(arena, COSMO_ENSEMBLE_MAX, sizeof *members);
    COSMO_NEED(members, run);
    mission->ensemble = (cosmo_list){0, members};
    for (size_t i = 0; i < files->n; i++, node = node->next)
        COSMO_TRY(mission_add_members(mission, node, names[i], arena, run, members));
    return COSMO_OK;
}

static cosmo_status mission_read_sounding(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const char *path, *name = mission->weather.sounding;
    const cosmo_sounding_point point = mission_point(mission);
    COSMO_TRY(mission_find(mission, mission_place(mission, "weather", "sounding"), name, arena, run, &path));
    COSMO_TRY(
        cosmo_sounding_read_at(path, (size_t)mission->weather.sounding_index, &point, arena, run, &mission->sounding));
    cosmo_weather_from_sounding(&mission->sounding, &mission->air, run);
    mission->sounding_file = name;
    mission_note_sounding_age(mission, run);
    return COSMO_OK;
}

static cosmo_status mission_read_weather(cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_weather_choice *choice = &mission->weather;
    if (choice->sounding != NULL) {
        COSMO_TRY(mission_read_sounding(mission, arena, run));
    } else if (isfinite(choice->wind_speed_m_s)) {
        cosmo_weather_constant_wind(choice->wind_speed_m_s, choice->wind_from_rad, &mission->air);
    }
    COSMO_TRY(mission_read_ensemble(mission, arena, run));
    mission->has_weather = mission->sounding_file != NULL || isfinite(choice->wind_speed_m_s);
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
    COSMO_TRY(mission_check_rules(mission, arena, run));
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
        .ensemble = mission->ensemble,
        .zones = mission->zones,
        .map = &mission->map,
    };
}
