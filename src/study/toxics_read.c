/* A release's file and all it names, made into an accident that can be computed. */
#include "core/real.h"
#include "study/toxics_parts.h"

#include <math.h>
#include <string.h>

enum { TOXICS_READ_BYTES_MAX = 1 << 20, TOXICS_READ_SOUNDINGS_MAX = 4096 };

/* ---- limits ---- */

static bool toxics_read_in_force(const char *from, const char *to, const char *time_utc)
{
    if (time_utc == NULL) return true;
    /* days compare as texts */
    return (from == NULL || strncmp(from, time_utc, 10) <= 0) && (to == NULL || strncmp(to, time_utc, 10) >= 0);
}

static cosmo_status toxics_read_sets(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *names = &t->release.limits;
    if (names->n == 0) return cosmo_threshold_read_all(&t->substances, arena, run, &t->sets);
    cosmo_threshold_set *sets = cosmo_arena_array(arena, names->n, sizeof *sets);
    COSMO_NEED(sets, run);
    const cosmo_yaml *node = cosmo_yaml_child(t->release.root, "limits")->first_child;
    for (size_t i = 0; i < names->n; i++, node = node->next)
        COSMO_TRY(
            cosmo_threshold_read(((const char *const *)names->items)[i], node, &t->substances, arena, run, &sets[i]));
    t->sets = (cosmo_list){names->n, sets};
    return COSMO_OK;
}

/* The species that a limit is about, in the air or, by the tank's own name, in the soil; -1: none. */
static int toxics_read_subject(const cosmo_accident *a, const cosmo_threshold *threshold, bool soil)
{
    for (size_t i = 0; i < a->n_species; i++)
        if (strcmp(a->species[i]->id, threshold->substance) == 0) return (int)i;
    for (size_t i = 0; soil && i < a->n_tanks; i++)
        if (strcmp(a->tanks[i].substance->id, threshold->substance) == 0) return (int)a->tanks[i].species;
    return -1;
}

/* The level that people are counted by is harmful in every substance that its set knows. */
static void toxics_read_harm(const cosmo_accident *a, cosmo_accident_level *levels)
{
    const size_t k = cosmo_toxics_case_people_level(a);
    for (size_t i = 0; i < a->n_levels; i++)
        levels[i].harmful =
            strcmp(levels[i].set, levels[k].set) == 0 && levels[i].threshold->rank == levels[k].threshold->rank;
}

/* All limits in force of what is there, in the order of the sets. */
static cosmo_status toxics_read_levels(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_threshold_set *sets = t->sets.items;
    size_t room = 1;
    for (size_t i = 0; i < t->sets.n; i++) room += sets[i].thresholds.n;
    cosmo_accident_level *levels = cosmo_arena_array(arena, room, sizeof *levels);
    cosmo_accident_level *soils = cosmo_arena_array(arena, room, sizeof *soils);
    COSMO_NEED(levels, run);
    COSMO_NEED(soils, run);
    cosmo_accident *a = &t->accident;
    for (size_t i = 0; i < t->sets.n; i++) {
        if (!toxics_read_in_force(sets[i].valid_from, sets[i].valid_to, t->release.source.time_utc)) {
            cosmo_run_note(run, COSMO_NOTE_WARNING, "limits: %s was not in force on that day and is left out",
                           sets[i].id);
            continue;
        }
        const cosmo_threshold *limits = sets[i].thresholds.items;
        for (size_t k = 0; k < sets[i].thresholds.n; k++) {
            const bool air = limits[k].by_volume.n_rows > 0 || limits[k].by_mass.n_rows > 0;
            const bool soil = isfinite(limits[k].soil_kg_kg);
            const int species = toxics_read_subject(a, &limits[k], soil);
            if (species < 0) continue;
            const cosmo_accident_level level = {&limits[k], sets[i].id, (size_t)species, false};
            if (air) levels[a->n_levels++] = level;
            if (soil) soils[a->n_soils++] = level;
        }
    }
    a->levels = levels;
    toxics_read_harm(a, levels);
    a->soils = soils;
    return COSMO_OK;
}

/* ---- weather ---- */

/* A sounding's levels above the ground; what is wrong with them gets the place where the file is named. */
static cosmo_status toxics_read_heights(const cosmo_yaml *node, const cosmo_sounding *sounding, double ground_m,
                                        cosmo_arena *arena, cosmo_run *run, cosmo_plume_weather *weather)
{
    static const char prefix[] = "error: ";
    char message[COSMO_MESSAGE_BYTES];
    *weather = (cosmo_plume_weather){.temperature_k = NAN, .pressure_pa = NAN};
    const cosmo_status status = cosmo_surface_levels(sounding, ground_m, arena, run, weather);
    if (status != COSMO_BAD_INPUT || strncmp(run->message, prefix, sizeof prefix - 1) != 0) return status;
    memcpy(message, run->message, sizeof message);
    return cosmo_yaml_fail(node, run, "%s", message + sizeof prefix - 1);
}

static cosmo_status toxics_read_soundings(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_release_weather *choice = &t->release.weather;
    const cosmo_yaml *section = cosmo_yaml_child(t->release.root, "weather");
    if (choice->soundings.n == 0 || t->accident.n_weathers > 0) return COSMO_OK;
    const cosmo_terrain *terrain;
    COSMO_TRY(cosmo_terrain_open(arena, run, &terrain));
    const double ground_m = cosmo_terrain_height_m(terrain, t->origin.latitude_rad, t->origin.longitude_rad);
    cosmo_plume_weather *all = cosmo_arena_array(arena, TOXICS_READ_SOUNDINGS_MAX, sizeof *all);
    COSMO_NEED(all, run);
    const cosmo_yaml *node = cosmo_yaml_child(section, "soundings")->first_child;
    const cosmo_sounding_point point = {t->origin.latitude_rad, t->origin.longitude_rad,
                                        t->release.source.time_utc != NULL ? cosmo_time_posix(t->begin) : NAN};
    for (size_t i = 0; i < choice->soundings.n; i++, node = node->next) {
        const char *path;
        cosmo_list soundings;
        COSMO_TRY(cosmo_toxics_source_find(node, ((const char *const *)choice->soundings.items)[i], arena, run, &path));
        COSMO_TRY(cosmo_sounding_read_all(path, &point, arena, run, &soundings));
        const cosmo_sounding *items = soundings.items;
        for (size_t k = 0; k < soundings.n; k++) {
            if (t->accident.n_weathers == TOXICS_READ_SOUNDINGS_MAX)
                return cosmo_yaml_fail(node, run, "soundings: more than %d", TOXICS_READ_SOUNDINGS_MAX);
            cosmo_plume_weather *weather = &all[t->accident.n_weathers++];
            COSMO_TRY(toxics_read_heights(node, &items[k], ground_m, arena, run, weather));
        }
    }
    t->accident.weathers = all;
    return COSMO_OK;
}

static cosmo_status toxics_read_time(cosmo_toxics *t, cosmo_run *run)
{
    const char *utc = t->release.source.time_utc;
    t->accident.sun_elevation_rad = NAN;
    if (utc == NULL) return COSMO_OK;
    const char *trouble = cosmo_time_parse(utc, &t->begin);
    if (trouble != NULL)
        return cosmo_yaml_fail(cosmo_yaml_child(cosmo_yaml_child(t->release.root, "source"), "time"), run, "time: %s",
                               trouble);
    return cosmo_time_load_leap_seconds(NULL, t->begin, run);
}

static void toxics_read_sun(cosmo_toxics *t, cosmo_run *run)
{
    if (t->release.source.time_utc == NULL) return;
    const cosmo_eop none = {0};
    t->accident.sun_elevation_rad =
        cosmo_frames_sun_elevation(t->begin, &none, t->origin.latitude_rad, t->origin.longitude_rad);
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "weather: the Sun stands %.0f deg above the horizon, and stays there",
                   t->accident.sun_elevation_rad * 180.0 / 3.14159265358979323846);
}

/* ---- places ---- */

static void toxics_read_mesh(cosmo_toxics *t)
{
    const cosmo_release_sampling *s = &t->release.sampling;
    const double ratio = cosmo_real_pow(s->outer_m / s->inner_m, 1.0 / (double)(s->rings - 1));
    t->accident.mesh = (cosmo_plume_mesh){(size_t)s->rings, (size_t)s->sectors, s->inner_m, ratio};
}

static cosmo_status toxics_read_receptors(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_release_receptor *given = t->release.receptors.items;
    cosmo_accident_receptor *receptors = cosmo_arena_array(arena, t->release.receptors.n + 1, sizeof *receptors);
    cosmo_plume_arc *arcs = cosmo_arena_array(arena, t->release.arcs.n_rows + 1, sizeof *arcs);
    COSMO_NEED(receptors, run);
    COSMO_NEED(arcs, run);
    for (size_t i = 0; i < t->release.receptors.n; i++) {
        const cosmo_geodetic at = {given[i].latitude_rad, given[i].longitude_rad, 0.0};
        receptors[i].name = given[i].name;
        cosmo_toxics_ground_offset(t->origin, at, &receptors[i].east_m, &receptors[i].north_m);
        if (cosmo_mesh_find(&t->accident.mesh, receptors[i].east_m, receptors[i].north_m) ==
            cosmo_mesh_cells(&t->accident.mesh))
            cosmo_run_note(run, COSMO_NOTE_WARNING, "receptors: %s lies beyond sampling.outer; nothing reaches it here",
                           given[i].name);
    }
    for (size_t i = 0; i < t->release.arcs.n_rows; i++)
        arcs[i] = (cosmo_plume_arc){t->release.arcs.values[2 * i], t->release.arcs.values[2 * i + 1]};
    t->accident.receptors = receptors;
    t->accident.n_receptors = t->release.receptors.n;
    t->accident.arcs = arcs;
    t->accident.n_arcs = t->release.arcs.n_rows;
    return COSMO_OK;
}

static cosmo_status toxics_read_ground(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    float *people, *inside;
    cosmo_accident *a = &t->accident;
    /* a failure later on is far from the pad, and the boundary is still the same */
    if (t->boundary.n == 0)
        COSMO_TRY(cosmo_toxics_ground_boundary(&t->release, &t->map, t->origin, arena, run, &t->boundary));
    COSMO_TRY(
        cosmo_toxics_ground_cells(&a->mesh, t->origin, t->population, &t->boundary, arena, run, &people, &inside));
    a->people = people;
    a->inside = inside;
    a->source_inside = inside != NULL && inside[0] >= 0.5F;
    return COSMO_OK;
}

/* ---- money ---- */

static cosmo_status toxics_read_tariffs(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *parties = &t->release.valuation.parties;
    const cosmo_release_party *given = parties->items;
    cosmo_tariff *tariffs = cosmo_arena_array(arena, parties->n + 1, sizeof *tariffs);
    COSMO_NEED(tariffs, run);
    const cosmo_yaml *node = cosmo_yaml_child(cosmo_yaml_child(t->release.root, "valuation"), "parties");
    node = node != NULL ? node->first_child : NULL;
    for (size_t i = 0; i < parties->n; i++, node = node->next)
        COSMO_TRY(cosmo_tariff_read(given[i].rules, cosmo_yaml_child(node, "rules"), arena, run, &tariffs[i]));
    t->tariffs = (cosmo_list){parties->n, tariffs};
    return COSMO_OK;
}

/* ---- the whole ---- */

static cosmo_status toxics_read_file(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_release *release)
{
    const char *data;
    size_t bytes;
    char sha256[65];
    COSMO_TRY(cosmo_file_read(path, TOXICS_READ_BYTES_MAX, arena, run, &data, &bytes));
    cosmo_hash_sha256(data, bytes, sha256);
    const char *slash = strrchr(path, '/');
    cosmo_run_input(run, slash != NULL ? slash + 1 : path, sha256);
    COSMO_TRY(cosmo_release_parse(path, data, bytes, arena, run, release));
    release->sha256 = cosmo_arena_text(arena, sha256, 64);
    COSMO_NEED(release->sha256, run);
    return COSMO_OK;
}

/* Everything that hangs on what is aboard and where it comes down. */
static cosmo_status toxics_read_rest(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_accident *a = &toxics->accident;
    a->release = &toxics->release;
    a->substances = &toxics->substances;
    COSMO_TRY(cosmo_toxics_source_make(toxics, arena, run));
    a->latitude_rad = toxics->origin.latitude_rad;
    toxics_read_sun(toxics, run);
    COSMO_TRY(toxics_read_levels(toxics, arena, run));
    COSMO_TRY(toxics_read_soundings(toxics, arena, run));
    toxics_read_mesh(toxics);
    COSMO_TRY(toxics_read_receptors(toxics, arena, run));
    COSMO_TRY(toxics_read_ground(toxics, arena, run));
    return cosmo_toxics_evacuated_make(toxics, arena, run);
}

cosmo_status cosmo_toxics_read_again(const cosmo_toxics *first, double failure_time_s, cosmo_arena *arena,
                                     cosmo_run *run, cosmo_toxics *toxics)
{
    *toxics = *first;
    toxics->release.source.failure_time_s = failure_time_s;
    toxics->accident = (cosmo_accident){
        .n_weathers = first->accident.n_weathers, .weathers = first->accident.weathers, .sun_elevation_rad = NAN};
    return toxics_read_rest(toxics, arena, run);
}

/* What the release names. */
static cosmo_status toxics_read_named(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_release *release = &toxics->release;
    COSMO_TRY(cosmo_substances_read(release->substances, cosmo_yaml_child(release->root, "substances"), arena, run,
                                    &toxics->substances, NULL));
    COSMO_TRY(toxics_read_time(toxics, run));
    COSMO_TRY(toxics_read_sets(toxics, arena, run));
    COSMO_TRY(toxics_read_tariffs(toxics, arena, run));
    COSMO_TRY(cosmo_map_open(arena, run, &toxics->map));
    COSMO_TRY(cosmo_population_open(arena, run, &toxics->population));
    if (release->source.failure_times.n > 0)
        toxics->release.source.failure_time_s = cosmo_toxics_source_time_s(release, 0, arena);
    return toxics_read_rest(toxics, arena, run);
}

cosmo_status cosmo_toxics_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_toxics *toxics)
{
    *toxics = (cosmo_toxics){0};
    COSMO_TRY(toxics_read_file(path, arena, run, &toxics->release));
    return toxics_read_named(toxics, arena, run);
}

cosmo_status cosmo_toxics_read_tree(const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run, cosmo_toxics *toxics)
{
    *toxics = (cosmo_toxics){0};
    COSMO_TRY(cosmo_release_take(root, arena, run, &toxics->release));
    return toxics_read_named(toxics, arena, run);
}
