/* Checks of a mission beyond what its descriptor tables say, each told at its place. */
#include "study/mission_check.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { CHECK_NAMES_MAX = 64 };

/* ---- places -------------------------------------------------------------------------------------------------------
 */

static const cosmo_yaml *mission_check_entry(const cosmo_yaml *list, size_t index)
{
    const cosmo_yaml *entry = list != NULL ? list->first_child : NULL;
    for (size_t i = 0; i < index && entry != NULL; i++) entry = entry->next;
    return entry;
}

/* The node of `section.key`, or of the section where the key is not written, or the file's root. */
static const cosmo_yaml *mission_check_node(const cosmo_mission *mission, const char *section, const char *key)
{
    const cosmo_yaml *map = cosmo_yaml_child(mission->root, section);
    if (map == NULL) return mission->root;
    const cosmo_yaml *child = key != NULL ? cosmo_yaml_child(map, key) : NULL;
    return child != NULL ? child : map;
}

static const cosmo_yaml *mission_check_item(const cosmo_mission *mission, const char *list, size_t index,
                                            const char *key)
{
    const cosmo_yaml *entry = mission_check_entry(cosmo_yaml_child(mission->root, list), index);
    if (entry == NULL) return mission->root;
    const cosmo_yaml *child = cosmo_yaml_child(entry, key);
    return child != NULL ? child : entry;
}

/* A value may stand as {value: ...}; rows are then inside. */
static const cosmo_yaml *mission_check_rows(const cosmo_yaml *node)
{
    const cosmo_yaml *value = cosmo_yaml_child(node, "value");
    return value != NULL ? value : node;
}

/* ---- what the file says about itself -------------------------------------------------------------------------------
 */

static cosmo_status mission_check_name(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_yaml *node = cosmo_yaml_child(mission->root, "name");
    const char *name = mission->name;
    if (node == NULL || name == NULL) return COSMO_OK;
    if (cosmo_file_may_be_called(name)) return COSMO_OK;
    return cosmo_yaml_fail(node, run,
                           "name '%.80s' cannot name a folder; use at most %d letters, digits, '-', '_' and '.'", name,
                           COSMO_FILE_NAME_MAX);
}

static cosmo_status mission_check_rising(const cosmo_table *table, const cosmo_yaml *node, const char *what,
                                         cosmo_run *run)
{
    const cosmo_yaml *rows = mission_check_rows(node);
    for (size_t i = 1; i < table->n_rows; i++)
        if (!(table->values[i * table->n_columns] > table->values[(i - 1) * table->n_columns]))
            return cosmo_yaml_fail(mission_check_entry(rows, i), run, "%s: the times of the rows must rise", what);
    return COSMO_OK;
}

static cosmo_status mission_check_payload(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_payload_tank *tanks = mission->payload.propellants.items;
    double total_kg = 0.0;
    for (size_t i = 0; i < mission->payload.propellants.n; i++) total_kg += tanks[i].load_kg;
    if (total_kg <= mission->payload.mass_kg) return COSMO_OK;
    return cosmo_yaml_fail(mission_check_node(mission, "payload", "propellants"), run,
                           "the payload's propellants weigh %.6g kg, more than the payload of %.6g kg", total_kg,
                           mission->payload.mass_kg);
}

static cosmo_status mission_check_target(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_target *t = &mission->target;
    if (t->apogee_altitude_m < t->perigee_altitude_m)
        return cosmo_yaml_fail(mission_check_node(mission, "target", "apogee"), run,
                               "the apogee of %.6g km lies below the perigee of %.6g km", t->apogee_altitude_m / 1e3,
                               t->perigee_altitude_m / 1e3);
    if (t->insertion_altitude_m < t->perigee_altitude_m || t->insertion_altitude_m > t->apogee_altitude_m)
        return cosmo_yaml_fail(mission_check_node(mission, "target", "insertion_altitude"), run,
                               "insertion at %.6g km is not between the perigee of %.6g km and the apogee of %.6g km",
                               t->insertion_altitude_m / 1e3, t->perigee_altitude_m / 1e3, t->apogee_altitude_m / 1e3);
    return mission_check_rising(&mission->steering.pitch_programme,
                                mission_check_node(mission, "steering", "pitch_programme"), "pitch_programme", run);
}

static cosmo_status mission_check_overrides(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_stage_override *items = mission->overrides.items;
    for (size_t i = 0; i < mission->overrides.n; i++) {
        const cosmo_yaml *throttle = mission_check_item(mission, "stages", i, "throttle");
        COSMO_TRY(mission_check_rising(&items[i].throttle, throttle, "throttle", run));
        const cosmo_table *table = &items[i].throttle;
        for (size_t row = 0; row < table->n_rows; row++) {
            const double fraction = table->values[row * table->n_columns + 1];
            if (!(fraction >= 0.0 && fraction <= 1.0))
                return cosmo_yaml_fail(mission_check_entry(mission_check_rows(throttle), row), run,
                                       "throttle: %.6g %% is not between 0 and 100 %%", 100.0 * fraction);
        }
        for (size_t j = 0; j < i; j++)
            if (strcmp(items[i].stage, items[j].stage) == 0)
                return cosmo_yaml_fail(mission_check_item(mission, "stages", i, "stage"), run,
                                       "stage '%.80s' is changed twice", items[i].stage);
    }
    return COSMO_OK;
}

static bool mission_check_country(const char *code)
{
    return isupper((unsigned char)code[0]) && isupper((unsigned char)code[1]) && code[2] == '\0';
}

static cosmo_status mission_check_avoided(const cosmo_mission *mission, size_t index, cosmo_run *run)
{
    const cosmo_fall_wish *wish = (const cosmo_fall_wish *)mission->falls.items + index;
    const char *const *codes = wish->avoid.items;
    const cosmo_yaml *list = mission_check_rows(mission_check_item(mission, "falls", index, "avoid"));
    for (size_t i = 0; i < wish->avoid.n; i++)
        if (!mission_check_country(codes[i]))
            return cosmo_yaml_fail(mission_check_entry(list, i), run,
                                   "'%.80s' is not a country's code of two capital letters, such as KZ", codes[i]);
    return COSMO_OK;
}

static cosmo_status mission_check_falls(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_fall_wish *items = mission->falls.items;
    for (size_t i = 0; i < mission->falls.n; i++) {
        const int goals = (items[i].zone != NULL) + isfinite(items[i].downrange_m) + (items[i].avoid.n > 0);
        if (goals != 1)
            return cosmo_yaml_fail(mission_check_item(mission, "falls", i, "body"), run,
                                   "fall of '%.80s' needs exactly one of zone, downrange, avoid", items[i].body);
        COSMO_TRY(mission_check_avoided(mission, i, run));
    }
    return COSMO_OK;
}

static cosmo_status mission_check_burns(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_burn *items = mission->burns.items;
    for (size_t i = 0; i < mission->burns.n; i++)
        if (items[i].apogee_altitude_m < items[i].perigee_altitude_m)
            return cosmo_yaml_fail(mission_check_item(mission, "burns", i, "apogee"), run,
                                   "the apogee of %.6g km lies below the perigee of %.6g km",
                                   items[i].apogee_altitude_m / 1e3, items[i].perigee_altitude_m / 1e3);
    return COSMO_OK;
}

static cosmo_status mission_check_ensemble(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_weather_choice *w = &mission->weather;
    const cosmo_yaml *node = cosmo_yaml_child(cosmo_yaml_child(mission->root, "weather"), "ensemble");
    if (node == NULL) return COSMO_OK;
    if (w->ensemble.n == 0)
        return cosmo_yaml_fail(node, run, "ensemble: name at least one sounding, as in '[monday.csv, tuesday.csv]'");
    if (w->ensemble.n > COSMO_ENSEMBLE_MAX)
        return cosmo_yaml_fail(node, run, "ensemble: %zu soundings, more than %d", w->ensemble.n, COSMO_ENSEMBLE_MAX);
    if (isfinite(w->wind_speed_m_s)) return cosmo_yaml_fail(node, run, "give either an ensemble or one wind, not both");
    return COSMO_OK;
}

static cosmo_status mission_check_weather(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_weather_choice *w = &mission->weather;
    const bool speed = isfinite(w->wind_speed_m_s), from = isfinite(w->wind_from_rad);
    if (speed != from)
        return cosmo_yaml_fail(mission_check_node(mission, "weather", speed ? "wind_speed" : "wind_from"), run,
                               "wind_speed and wind_from belong together; '%s' is missing",
                               speed ? "wind_from" : "wind_speed");
    if (w->sounding != NULL && speed)
        return cosmo_yaml_fail(mission_check_node(mission, "weather", "wind_speed"), run,
                               "give either a sounding or one wind, not both");
    if (w->sounding == NULL && w->sounding_index > 0)
        return cosmo_yaml_fail(mission_check_node(mission, "weather", "sounding_index"), run,
                               "sounding_index needs a sounding");
    return mission_check_ensemble(mission, run);
}

cosmo_status cosmo_mission_check_alone(const cosmo_mission *mission, cosmo_run *run)
{
    COSMO_TRY(mission_check_name(mission, run));
    COSMO_TRY(mission_check_payload(mission, run));
    COSMO_TRY(mission_check_target(mission, run));
    COSMO_TRY(mission_check_overrides(mission, run));
    COSMO_TRY(mission_check_falls(mission, run));
    COSMO_TRY(mission_check_burns(mission, run));
    COSMO_TRY(cosmo_dispersion_check(&mission->dispersion, cosmo_yaml_child(mission->root, "dispersion"), run));
    return mission_check_weather(mission, run);
}

/* ---- what it says about vehicle and zones ---------------------------------------------------------------------------
 */

typedef struct mission_check_names {
    const char *names[CHECK_NAMES_MAX];
    size_t n;
} mission_check_names;

static void mission_check_add(mission_check_names *known, const char *name)
{
    if (name != NULL && known->n < CHECK_NAMES_MAX) known->names[known->n++] = name;
}

static cosmo_status mission_check_known(const char *noun, const char *word, const mission_check_names *known,
                                        const cosmo_yaml *place, cosmo_arena *arena, cosmo_run *run)
{
    for (size_t i = 0; i < known->n; i++)
        if (strcmp(known->names[i], word) == 0) return COSMO_OK;
    const char *nearest = cosmo_text_nearest(word, known->names, known->n);
    if (nearest != NULL)
        return cosmo_yaml_fail(place, run, "unknown %s '%.80s'; did you mean '%s'?", noun, word, nearest);
    cosmo_text list = cosmo_text_begin(arena);
    for (size_t i = 0; i < known->n; i++) cosmo_text_print(&list, "%s%s", i > 0 ? ", " : "", known->names[i]);
    if (list.failed) return cosmo_run_out_of_memory(run);
    return cosmo_yaml_fail(place, run, "unknown %s '%.80s'; known here: %.600s", noun, word,
                           known->n > 0 ? list.data : "nothing");
}

static mission_check_names mission_check_stages(const cosmo_vehicle *vehicle, bool dropped_only)
{
    const cosmo_stage *stages = vehicle->stages.items;
    mission_check_names known = {.n = 0};
    for (size_t i = 0; i < vehicle->stages.n; i++)
        if (!dropped_only || isfinite(stages[i].separation_delay_s)) mission_check_add(&known, stages[i].id);
    return known;
}

static mission_check_names mission_check_bodies(const cosmo_vehicle *vehicle)
{
    const cosmo_item *items = vehicle->items.items;
    mission_check_names known = mission_check_stages(vehicle, true);
    for (size_t i = 0; i < vehicle->items.n; i++) mission_check_add(&known, items[i].id);
    return known;
}

static mission_check_names mission_check_events(const cosmo_vehicle *vehicle, cosmo_arena *arena)
{
    static const char *const of_stage[] = {"ignition", "cutoff", "separation"};
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    mission_check_names known = {.n = 0};
    mission_check_add(&known, "liftoff");
    for (size_t i = 0; i < vehicle->stages.n; i++)
        for (size_t k = 0; k < 3; k++)
            mission_check_add(&known, cosmo_arena_print(arena, "%s:%s", of_stage[k], stages[i].id));
    for (size_t i = 0; i < vehicle->items.n; i++)
        mission_check_add(&known, cosmo_arena_print(arena, "jettison:%s", items[i].id));
    return known;
}

static cosmo_status mission_check_zone(const cosmo_mission *mission, size_t index, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_fall_wish *wish = (const cosmo_fall_wish *)mission->falls.items + index;
    if (wish->zone == NULL || cosmo_zones_find(&mission->zones, wish->zone) != NULL) return COSMO_OK;
    const cosmo_zone *zones = mission->zones.items;
    mission_check_names known = {.n = 0};
    for (size_t i = 0; i < mission->zones.n; i++) mission_check_add(&known, zones[i].id);
    return mission_check_known("zone", wish->zone, &known, mission_check_item(mission, "falls", index, "zone"), arena,
                               run);
}

static cosmo_status mission_check_failure(const cosmo_mission *mission, const mission_check_names *dropped,
                                          cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_mishap_choice *failure = &mission->failure;
    if (isnan(failure->time_s)) return COSMO_OK;
    if (failure->mode == COSMO_MISHAP_ESCAPE && isnan(mission->vehicle.escape.capsule_mass_kg))
        return cosmo_yaml_fail(mission_check_node(mission, "failure", "mode"), run,
                               "'%.80s' has no escape: nobody can leave it", mission->vehicle_id);
    if (failure->attached == NULL) return COSMO_OK;
    return mission_check_known("stage", failure->attached, dropped, mission_check_node(mission, "failure", "attached"),
                               arena, run);
}

/* Shares of shelter sum to 1, and one count of people is enough. */
static cosmo_status mission_check_people(const cosmo_mission *mission, cosmo_run *run)
{
    double sum = 0.0;
    const cosmo_yaml *people = cosmo_yaml_child(mission->root, "people");
    const cosmo_yaml *mix = people != NULL ? cosmo_yaml_child(people, "mix") : NULL;
    if (mix == NULL) return COSMO_OK;
    for (int i = 0; i < COSMO_SHELTER_COUNT_; i++)
        if (isfinite(mission->people.mix[i])) sum += mission->people.mix[i];
    if (fabs(sum - 1.0) <= 1e-6) return COSMO_OK;
    return cosmo_yaml_fail(mix, run, "the shares of people.mix add up to %.6g %%, not to 100 %%", 100.0 * sum);
}

cosmo_status cosmo_mission_check_references(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_vehicle *vehicle = &mission->vehicle;
    const mission_check_names stages = mission_check_stages(vehicle, false), bodies = mission_check_bodies(vehicle);
    const mission_check_names events = mission_check_events(vehicle, arena);
    const cosmo_stage_override *overrides = mission->overrides.items;
    for (size_t i = 0; i < mission->overrides.n; i++)
        COSMO_TRY(mission_check_known("stage", overrides[i].stage, &stages,
                                      mission_check_item(mission, "stages", i, "stage"), arena, run));
    const cosmo_burn *burns = mission->burns.items;
    for (size_t i = 0; i < mission->burns.n; i++)
        COSMO_TRY(mission_check_known("stage", burns[i].stage, &stages,
                                      mission_check_item(mission, "burns", i, "stage"), arena, run));
    const cosmo_fall_wish *falls = mission->falls.items;
    for (size_t i = 0; i < mission->falls.n; i++) {
        COSMO_TRY(mission_check_known("body", falls[i].body, &bodies, mission_check_item(mission, "falls", i, "body"),
                                      arena, run));
        COSMO_TRY(mission_check_zone(mission, i, arena, run));
    }
    const mission_check_names dropped = mission_check_stages(vehicle, true);
    COSMO_TRY(mission_check_failure(mission, &dropped, arena, run));
    COSMO_TRY(mission_check_people(mission, run));
    COSMO_TRY(cosmo_failure_check(&mission->risk, vehicle, cosmo_yaml_child(mission->root, "risk"), run));
    const char *event = mission->steering.guidance_start_event;
    if (event == NULL) return COSMO_OK;
    return mission_check_known("event", event, &events, mission_check_node(mission, "steering", "guidance_start"),
                               arena, run);
}
