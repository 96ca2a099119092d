/* What a flight takes for granted: models, and figures that are estimates or of low confidence. */
#include "study/assumptions.h"

#include <math.h>
#include <string.h>

static const double ASSUMPTIONS_DEGREES = 180.0 / 3.14159265358979323846;
enum { ASSUMPTIONS_VALUE_MAX = 24 };

/* ---- figures -------------------------------------------------------------------------------------------------------
 */

static bool assumptions_is_weak(const cosmo_fact *fact)
{
    return fact->confidence != NULL &&
           (strcmp(fact->confidence, "estimate") == 0 || strcmp(fact->confidence, "low") == 0);
}

static bool assumptions_begins(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

/* How much of a path names the thing a figure belongs to: "stages.core" of "stages.core.dry_mass", nothing of
 * "drag_scale". */
static size_t assumptions_owner(const char *path)
{
    const char *first = strchr(path, '.'), *last = strrchr(path, '.');
    if (first == NULL) return 0;
    const char *second = strchr(first + 1, '.');
    return (size_t)((second != NULL ? second : last) - path);
}

static bool assumptions_same_owner(const char *a, const char *b)
{
    const size_t length = assumptions_owner(a);
    return length == assumptions_owner(b) && strncmp(a, b, length) == 0;
}

/* "fall.area 32.6 m2"; a table stands without its rows. */
static void assumptions_figure(const cosmo_fact *fact, cosmo_text *out)
{
    const size_t owner = assumptions_owner(fact->path);
    const char *value = fact->value_text;
    cosmo_text_put(out, fact->path + (owner > 0 ? owner + 1 : 0));
    if (value != NULL && value[0] != '[' && strlen(value) <= ASSUMPTIONS_VALUE_MAX) cosmo_text_print(out, " %s", value);
}

/* One line about all weak figures of the owner of `facts->items[first]`. */
static void assumptions_owner_line(const cosmo_facts *facts, size_t first, const char *id, cosmo_arena *arena,
                                   cosmo_run *run)
{
    static const char *const kinds[] = {"estimate", "low"}, *const words[] = {"estimated", "of low confidence"};
    const char *path = facts->items[first].path;
    cosmo_text line = cosmo_text_begin(arena);
    cosmo_text_print(&line, "%s%s%.*s: ", id, assumptions_owner(path) > 0 ? ", " : "", (int)assumptions_owner(path),
                     path);
    for (size_t kind = 0, written = 0; kind < 2; kind++)
        for (size_t i = first, n = 0; i < facts->n; i++) {
            const cosmo_fact *fact = &facts->items[i];
            if (fact->confidence == NULL || strcmp(fact->confidence, kinds[kind]) != 0 ||
                !assumptions_same_owner(path, fact->path))
                continue;
            if (n++ == 0)
                cosmo_text_print(&line, "%s%s: ", written > 0 ? "; " : "", words[kind]);
            else
                cosmo_text_put(&line, ", ");
            assumptions_figure(fact, &line);
            written++;
        }
    if (!line.failed) cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "%s", line.data);
}

static void assumptions_facts(const cosmo_facts *facts, const char *id,
                              bool (*is_used)(const char *path, const void *user), const void *user, cosmo_arena *arena,
                              cosmo_run *run)
{
    for (size_t i = 0; i < facts->n; i++) {
        const cosmo_fact *fact = &facts->items[i];
        if (!assumptions_is_weak(fact) || !is_used(fact->path, user)) continue;
        bool said = false;
        for (size_t k = 0; k < i && !said; k++)
            said = assumptions_is_weak(&facts->items[k]) && is_used(facts->items[k].path, user) &&
                   assumptions_same_owner(facts->items[k].path, fact->path);
        if (!said) assumptions_owner_line(facts, i, id, arena, run);
    }
}

/* Fragments and the safety system matter to failures, the escape to one that is escaped from, published totals only to
 * comparisons. */
static bool assumptions_vehicle_uses(const char *path, const void *mission)
{
    const cosmo_mishap_choice *failure = &((const cosmo_mission *)mission)->failure;
    const bool escape = !isnan(failure->time_s) && failure->mode == COSMO_MISHAP_ESCAPE;
    return !assumptions_begins(path, "fragments.") && !assumptions_begins(path, "safety.") &&
           (escape || !assumptions_begins(path, "escape.")) && strcmp(path, "liftoff_mass") != 0 &&
           strcmp(path, "payload_reference") != 0;
}

static bool assumptions_pad_is(const char *path, const void *pad_path)
{
    return assumptions_begins(path, pad_path);
}

static bool assumptions_all(const char *path, const void *user)
{
    (void)path;
    (void)user;
    return true;
}

/* ---- zones and models
 * ------------------------------------------------------------------------------------------------ */

static void assumptions_zones(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_fall_wish *wishes = mission->falls.items;
    for (size_t i = 0; i < mission->falls.n; i++) {
        const cosmo_zone *zone = wishes[i].zone != NULL ? cosmo_zones_find(&mission->zones, wishes[i].zone) : NULL;
        if (zone != NULL && zone->position == COSMO_POSITION_ESTIMATE)
            cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                           "zone %s: its centre is an estimate, so whether %s falls inside is not known", zone->id,
                           wishes[i].body);
        else if (zone != NULL && !(isfinite(zone->axis_major_m) && isfinite(zone->axis_minor_m)))
            cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                           "zone %s: its size is not known, so whether %s falls inside is not known", zone->id,
                           wishes[i].body);
    }
}

static void assumptions_air(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_weather_choice *w = &mission->weather;
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "air: US Standard Atmosphere 1976%s",
                   mission->sounding.n > 0 ? " above the sounding" : "");
    if (mission->has_weather)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "attitude: designed in still standard air and repeated by the clock until guidance starts; the "
                       "largest payload is the design's");
    if (mission->sounding.n > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "wind: sounding %s%s%s%s, the same all along the flight",
                       mission->sounding_file, w->sounding == NULL ? ", the first of the ensemble" : "",
                       mission->sounding.valid_utc != NULL ? " of " : "",
                       mission->sounding.valid_utc != NULL ? mission->sounding.valid_utc : "");
    else if (isfinite(w->wind_speed_m_s))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "wind: %.4g m/s from %.4g deg at every height", w->wind_speed_m_s,
                       w->wind_from_rad * ASSUMPTIONS_DEGREES);
    else
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "wind: none");
    if (mission->ensemble.n > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "wind: each dispersed flight of 'risk' is in a sounding of the ensemble of %zu, drawn "
                       "evenly: all are taken as equally likely",
                       mission->ensemble.n);
}

static void assumptions_models(const cosmo_mission *mission, cosmo_run *run)
{
    static const char *const gravities[] = {"point mass", "WGS-84 with J2", "WGS-84 with zonals J2 to J6"};
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "gravity: %s; no Sun, Moon or tides", gravities[mission->earth.gravity]);
    assumptions_air(mission, run);
    if (!mission->earth.terrain) cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "ground: the WGS-84 ellipsoid");
    cosmo_run_note(
        run, COSMO_NOTE_ASSUMPTION,
        "the vehicle is a point whose attitude follows steering at once; wind turns it only through drag and lift");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "perigee and apogee altitudes are osculating, above the equatorial radius of 6378.137 km");
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "heights of pads and of ground above mean sea level are taken as heights above the ellipsoid");
    if (mission->liftoff_utc == NULL)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "no liftoff time is given: the orbital node among the stars is not known");
    else if (mission->eop.n == 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "Earth orientation: UT1 is taken as UTC, the pole at rest (0.9 s, 0.004 deg of node at most)");
}

static void assumptions_failure(const cosmo_mission *mission, cosmo_run *run)
{
    const cosmo_mishap_choice *failure = &mission->failure;
    if (isnan(failure->time_s)) return;
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "failure: what flies then falls whole, tumbling, with the areas of its stages added up");
    if (failure->attached != NULL)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "failure: the engines above %s push with all their thrust though it is still there",
                       failure->attached);
    if (failure->mode == COSMO_MISHAP_ESCAPE)
        cosmo_run_note(
            run, COSMO_NOTE_ASSUMPTION,
            "failure: the escape motors pull along the axis that the vehicle had when its engines stopped; the "
            "capsule falls without lift");
}

void cosmo_assumptions_note(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run)
{
    const char *pad_path = cosmo_arena_print(arena, "pads.%s.", mission->pad->id);
    assumptions_models(mission, run);
    assumptions_zones(mission, run);
    assumptions_failure(mission, run);
    assumptions_facts(&mission->vehicle.facts, mission->vehicle.id, assumptions_vehicle_uses, mission, arena, run);
    if (pad_path != NULL)
        assumptions_facts(&mission->site.facts, mission->site.id, assumptions_pad_is, pad_path, arena, run);
    assumptions_facts(&mission->facts, "mission", assumptions_all, NULL, arena, run);
}
