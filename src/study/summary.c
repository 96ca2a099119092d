/* summary.json of a flown mission, and its schema. */
#include "study/summary.h"
#include "cosmodrome/study.h"

#include <math.h>
#include <string.h>

static const double SUMMARY_DEGREES = 180.0 / 3.14159265358979323846;

static double summary_degrees(double angle_rad)
{
    return angle_rad * SUMMARY_DEGREES;
}

/* ---- parts
 * ----------------------------------------------------------------------------------------------------------- */

static void summary_notes(cosmo_described *out, const cosmo_run *run, cosmo_note_kind kind, const char *key,
                          const char *help)
{
    const size_t room = run->n_notes > 0 ? run->n_notes : 1;
    const char **texts = cosmo_arena_array(out->json.text.arena, room, sizeof *texts);
    size_t n = 0;
    for (size_t i = 0; i < run->n_notes && texts != NULL; i++)
        if (run->notes[i].kind == kind) texts[n++] = run->notes[i].text;
    if (texts == NULL) out->json.text.failed = true;
    cosmo_described_texts(out, key, texts, n, help);
}

static void summary_inputs(cosmo_described *out, const cosmo_run *run)
{
    static const cosmo_note blank;
    size_t count = 0;
    for (size_t i = 0; i < run->n_notes; i++) count += run->notes[i].kind == COSMO_NOTE_INPUT;
    const size_t n = cosmo_described_list(out, "inputs", count, "every file that was read");
    for (size_t i = 0, done = 0; done < n; i++) {
        const cosmo_note *note = out->schema ? &blank : &run->notes[i];
        if (!out->schema && note->kind != COSMO_NOTE_INPUT) continue;
        cosmo_described_item(out);
        cosmo_described_text(out, "path", note->text,
                             "as written, relative to the mission; data/... is the program's data folder");
        cosmo_described_text(out, "sha256", note->detail, "of the file's bytes");
        cosmo_described_item_end(out);
        done++;
    }
    cosmo_described_list_end(out);
}

void cosmo_summary_run(cosmo_described *out, const cosmo_run *run)
{
    summary_inputs(out, run);
    summary_notes(out, run, COSMO_NOTE_ASSUMPTION, "assumptions", "what the result rests on");
    summary_notes(out, run, COSMO_NOTE_WARNING, "warnings", "what looks wrong but did not stop the run");
}

void cosmo_summary_findings(cosmo_described *out, const cosmo_list *findings)
{
    const cosmo_rule_finding *items = findings->items;
    const size_t n = cosmo_described_list(out, "limits", findings->n, "the law's limits, one a rule");
    for (size_t i = 0; i < n; i++) {
        static const cosmo_rule blank_rule = {.id = ""};
        static const cosmo_rule_finding blank = {.rule = &blank_rule, .name = ""};
        const cosmo_rule_finding *f = out->schema ? &blank : &items[i];
        const int met = f->verdict == COSMO_VERDICT_MET ? 1 : f->verdict == COSMO_VERDICT_NOT_MET ? 0 : -1;
        cosmo_described_item(out);
        cosmo_described_text(out, "name", f->name, "what is limited");
        cosmo_described_text(out, "rule", f->rule->reference != NULL ? f->rule->reference : f->rule->id, "the law");
        cosmo_described_number(out, "value", f->value, "of this launch; null: not computed");
        cosmo_described_number(out, "limit", f->limit, "null: no source gives one");
        cosmo_described_maybe(out, "met", met, "null: not assessed");
        cosmo_described_text_or_null(out, "remark", f->remark,
                                     "why it is not assessed or not in force, or what it rests on that it is met");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void summary_head(cosmo_described *out, const cosmo_case *flown)
{
    const cosmo_mission *m = flown->mission;
    cosmo_described_text(out, "version", COSMO_VERSION_TEXT, "of the program");
    cosmo_described_text(out, "name", m->name, "of the mission");
    cosmo_described_text(out, "title", m->title, "of the mission");
    cosmo_summary_run(out, flown->run);
    cosmo_described_text(out, "site", m->site_id, "id of the launch site");
    cosmo_described_text(out, "pad", m->pad_id, "pad of the site");
    cosmo_described_text(out, "vehicle", m->vehicle_id, "id of the vehicle");
    cosmo_described_text_or_null(out, "liftoff_utc", m->liftoff_utc, "t = 0; null when the mission gives no date");
}

static void summary_solution(cosmo_described *out, const cosmo_case *flown)
{
    const cosmo_solution *s = &flown->solution;
    cosmo_described_flag(out, "feasible", s->feasible, "the vehicle brings the payload to the target orbit");
    cosmo_described_number(out, "shortfall_kg", s->shortfall_kg, "propellant that is missing; 0 when feasible");
    cosmo_described_number(out, "shortfall_m_s", s->shortfall_m_s, "speed that is missing; 0 when feasible");
    cosmo_described_number(out, "payload_kg", flown->mission->payload.mass_kg, "mass above the last stage");
    cosmo_described_number(out, "payload_max_kg", s->payload_max_kg,
                           "largest payload for this target under the same limits and wishes");
    cosmo_described_number(out, "propellant_margin_kg", s->propellant_margin_kg,
                           "usable propellant left at the end; negative: missing");
    cosmo_described_number(out, "azimuth_deg", summary_degrees(s->controls.azimuth_rad),
                           "of the pitch-over, over the ground, clockwise from north");
    cosmo_described_number(out, "kick_deg", summary_degrees(s->controls.kick_rad),
                           "how far it pitches over before the gravity turn");
    cosmo_described_texts(out, "unmet", s->unmet, s->n_unmet, "wishes and limits that targeting could not meet");
}

static void summary_event(cosmo_described *out, const cosmo_event *e)
{
    cosmo_described_text(
        out, "name", e->name,
        "liftoff, max-q, ignition:STAGE, cutoff:STAGE, separation:STAGE, jettison:ITEM, insertion, iip-end");
    cosmo_described_number(out, "t_s", e->state.t_s, "after liftoff");
    cosmo_described_number(out, "altitude_m", e->place.altitude_m, "above the ellipsoid");
    cosmo_described_number(out, "speed_ground_m_s", e->speed_ground_m_s, "relative to the turning Earth");
    cosmo_described_number(out, "speed_inertial_m_s", e->speed_inertial_m_s, "in the frame that does not turn");
    cosmo_described_number(out, "flight_path_angle_deg", summary_degrees(e->flight_path_angle_rad),
                           "of the Earth-relative velocity, above the local horizontal");
    cosmo_described_number(out, "downrange_m", e->downrange_m, "geodesic, from the pad");
    cosmo_described_number(out, "lat_deg", summary_degrees(e->place.latitude_rad), "geodetic, WGS-84");
    cosmo_described_number(out, "lon_deg", summary_degrees(e->place.longitude_rad), "east positive");
    cosmo_described_number(out, "mass_kg", e->mass_kg, "of what flies on, after the event");
    cosmo_described_number(out, "dynamic_pressure_pa", e->dynamic_pressure_pa, "of the air that passes");
    cosmo_described_number(out, "mach", e->mach, "speed through the air over that of sound");
}

static void summary_events(cosmo_described *out, const cosmo_trajectory *trajectory)
{
    static const cosmo_event blank;
    const size_t n = cosmo_described_list(out, "events", trajectory->n_events, "in time order");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        summary_event(out, out->schema ? &blank : &trajectory->events[i]);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void summary_orbit(cosmo_described *out, const cosmo_orbit *orbit)
{
    cosmo_described_number(out, "perigee_altitude_m", orbit->perigee_altitude_m,
                           "osculating, above the reference radius of the target");
    cosmo_described_number(out, "apogee_altitude_m", orbit->apogee_altitude_m,
                           "osculating, above the reference radius of the target");
    cosmo_described_number(out, "inclination_deg", summary_degrees(orbit->inclination_rad), "osculating");
}

static void summary_insertion(cosmo_described *out, const cosmo_case *flown)
{
    const cosmo_ascent *a = &flown->ascent;
    if (cosmo_described_object(out, "insertion", a->inserted,
                               "cut-off in the target orbit; null when it is not reached")) {
        cosmo_described_number(out, "t_s", a->insertion.t_s, "after liftoff");
        summary_orbit(out, &a->orbit);
        cosmo_described_number(out, "raan_deg", summary_degrees(flown->raan_rad),
                               "ascending node, true equator and mean equinox of date; null without a liftoff time");
        cosmo_described_number(out, "propellant_left_kg", a->propellant_left_kg,
                               "usable, of the stage that inserted, at the end of the flight");
        cosmo_described_object_end(out);
    }
    if (cosmo_described_object(out, "final_orbit", a->inserted,
                               "after the last burn; null when the target is not reached")) {
        summary_orbit(out, &a->final_orbit);
        cosmo_described_number(out, "lowest_altitude_m", a->coast_lowest_m,
                               "of the revolution that follows, coasting in the gravity of the flight");
        cosmo_described_number(out, "highest_altitude_m", a->coast_highest_m, "of the revolution that follows");
        cosmo_described_object_end(out);
    }
}

static void summary_impact(cosmo_described *out, const cosmo_body_impact *b, const cosmo_map *map)
{
    static const char *const bases[] = {"published", "estimate"};
    const cosmo_geodetic *at = &b->impact.place;
    const char *country = out->schema ? NULL : cosmo_map_country(map, at->latitude_rad, at->longitude_rad);
    cosmo_described_text(out, "body", b->body, "id of the stage or item");
    cosmo_described_count(out, "count", b->count, "how many of them fall");
    cosmo_described_number(out, "t_s", b->impact.t_s, "after liftoff");
    cosmo_described_number(out, "lat_deg", summary_degrees(at->latitude_rad), "geodetic, WGS-84");
    cosmo_described_number(out, "lon_deg", summary_degrees(at->longitude_rad), "east positive");
    cosmo_described_number(out, "altitude_m", at->altitude_m, "of the ground there, above the ellipsoid");
    cosmo_described_number(out, "downrange_m", b->downrange_m, "geodesic, from the pad");
    cosmo_described_number(out, "speed_m_s", b->impact.speed_m_s, "relative to the ground");
    cosmo_described_number(out, "mass_kg", b->mass_kg, "of one body as it falls, if it falls whole");
    cosmo_described_text_or_null(out, "country", country, "ISO 3166 code of the country there; null over the sea");
    cosmo_described_text_or_null(out, "zone", b->zone != NULL ? b->zone->id : NULL,
                                 "declared zone it is held against; null: none");
    cosmo_described_text_or_null(out, "zone_basis", b->zone != NULL ? bases[b->zone->position] : NULL,
                                 "whether the zone's centre is published or an estimate");
    cosmo_described_maybe(out, "inside_zone", b->inside_zone,
                          "null where the zone's centre is an estimate or its size is not known");
    cosmo_described_number(out, "zone_distance_m", b->zone != NULL ? b->zone_distance_m : NAN,
                           "from the zone's centre");
    cosmo_described_number(out, "range_per_path_angle_m_rad", b->range_per_path_angle_m,
                           "how the range grows with the flight-path angle at separation");
}

static void summary_impacts(cosmo_described *out, const cosmo_case *flown)
{
    static const cosmo_body_impact blank;
    const size_t n =
        cosmo_described_list(out, "impacts", flown->ascent.impacts.n, "where what is dropped meets the ground");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        summary_impact(out, out->schema ? &blank : &flown->ascent.impacts.items[i], &flown->mission->map);
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void summary_limits(cosmo_described *out, const cosmo_case *flown)
{
    const size_t n = cosmo_described_list(out, "limits", flown->n_limits, "what the flight must not exceed");
    for (size_t i = 0; i < n; i++) {
        const cosmo_limit_check *check = &flown->limits[i];
        const int met = check->verdict == COSMO_VERDICT_MET ? 1 : check->verdict == COSMO_VERDICT_NOT_MET ? 0 : -1;
        cosmo_described_item(out);
        cosmo_described_text(out, "name", check->name, "what is limited");
        cosmo_described_text(out, "rule", check->rule, "whose limit it is: mission or vehicle");
        cosmo_described_text(out, "unit", check->unit, "of value and limit");
        cosmo_described_number(out, "value", check->value, "largest in this flight");
        cosmo_described_number(out, "limit", check->limit, "largest allowed");
        cosmo_described_maybe(out, "met", met, "null: not assessed");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

/* ---- the failure beside it
 * ------------------------------------------------------------------------------------------------------------- */

static void summary_place(cosmo_described *out, const cosmo_impact *impact, double downrange_m)
{
    cosmo_described_number(out, "t_s", impact->t_s, "after liftoff");
    cosmo_described_number(out, "lat_deg", summary_degrees(impact->place.latitude_rad), "geodetic, WGS-84");
    cosmo_described_number(out, "lon_deg", summary_degrees(impact->place.longitude_rad), "east positive");
    cosmo_described_number(out, "downrange_m", downrange_m, "geodesic, from the pad");
    cosmo_described_number(out, "speed_m_s", impact->speed_m_s, "relative to the ground");
}

static void summary_escape(cosmo_described *out, const cosmo_mishap *m)
{
    const cosmo_abort *a = &m->abort;
    cosmo_described_text_or_null(out, "motors", m->motors, "that pull the crew away; null: none");
    cosmo_described_number(out, "command_t_s", a->commanded.t_s, "command to escape, after liftoff");
    cosmo_described_number(out, "apogee_m", a->apogee.altitude_m, "above the ellipsoid");
    cosmo_described_number(out, "apogee_t_s", a->apogee_t_s, "after liftoff");
    cosmo_described_number(out, "motor_acceleration_m_s2", a->motor_acceleration_m_s2, "largest felt under the motors");
    cosmo_described_number(out, "entry_acceleration_m_s2", a->entry_acceleration_m_s2,
                           "largest felt in the fall, before the parachutes");
    cosmo_described_number(out, "drogue_t_s", a->drogue_t_s, "drogue opens; null: never");
    cosmo_described_number(out, "main_t_s", a->main_t_s, "main parachute opens; null: never");
    summary_place(out, &a->landing, m->capsule_downrange_m);
}

static void summary_tanks(cosmo_described *out, const cosmo_remains *remains)
{
    static const cosmo_remains_tank blank;
    const size_t n = cosmo_described_list(out, "tanks", remains->n_tanks, "what is aboard when the engines stop");
    for (size_t i = 0; i < n; i++) {
        const cosmo_remains_tank *tank = out->schema ? &blank : &remains->tanks[i];
        cosmo_described_item(out);
        cosmo_described_text(out, "stage", tank->stage, "id of the stage");
        cosmo_described_text(out, "propellant", tank->propellant, "substance");
        cosmo_described_number(out, "mass_kg", tank->mass_kg, "of all units, residuals included");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
}

static void summary_failure(cosmo_described *out, const cosmo_case *flown)
{
    static const cosmo_mishap blank;
    const cosmo_mishap *m = flown->mishap != NULL ? flown->mishap : &blank;
    if (!cosmo_described_object(out, "failure", flown->mishap != NULL,
                                "the failure that the mission describes; null: none"))
        return;
    cosmo_described_number(out, "t_s", m->stopped.t_s, "the engines stop, after liftoff");
    cosmo_described_number(out, "altitude_m", m->place.altitude_m, "above the ellipsoid");
    cosmo_described_number(out, "speed_ground_m_s", m->speed_ground_m_s, "relative to the turning Earth");
    cosmo_described_number(out, "flight_path_angle_deg", summary_degrees(m->flight_path_angle_rad),
                           "of the Earth-relative velocity, above the local horizontal");
    cosmo_described_number(out, "mass_kg", m->remains.mass_kg, "of the vehicle as it falls");
    cosmo_described_number(out, "ballistic_kg_m2", m->remains.ballistic_kg_m2, "its mass over drag area, tumbling");
    summary_tanks(out, &m->remains);
    if (cosmo_described_object(out, "vehicle", m->stack.reached_ground,
                               "where it falls, whole; null: it does not come down")) {
        summary_place(out, &m->stack, m->stack_downrange_m);
        cosmo_described_object_end(out);
    }
    if (cosmo_described_object(out, "escape", m->escaped, "of a crew; null: none")) {
        summary_escape(out, m);
        cosmo_described_object_end(out);
    }
    cosmo_described_object_end(out);
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------------------- */

static const char *summary_write(const cosmo_case *flown, bool schema, cosmo_arena *arena, size_t *bytes)
{
    cosmo_described *out = cosmo_arena_alloc(arena, sizeof *out);
    if (out == NULL) return NULL;
    *out =
        cosmo_described_begin(arena, schema, "cosmodrome.fly/1", "Summary of a flown mission (cosmodrome fly --json)");
    summary_head(out, flown);
    summary_solution(out, flown);
    cosmo_described_number(out, "max_dynamic_pressure_pa", flown->ascent.max_q_pa, "largest of the flight");
    cosmo_described_number(out, "max_acceleration_m_s2", flown->ascent.max_acceleration_m_s2,
                           "largest felt, without gravity");
    summary_limits(out, flown);
    summary_events(out, &flown->ascent.trajectory);
    summary_insertion(out, flown);
    summary_impacts(out, flown);
    summary_failure(out, flown);
    return cosmo_described_finish(out, bytes);
}

const char *cosmo_summary_json(const cosmo_case *flown, cosmo_arena *arena, size_t *bytes)
{
    return summary_write(flown, false, arena, bytes);
}

const char *cosmo_summary_schema(cosmo_arena *arena, size_t *bytes)
{
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    if (mission == NULL) return NULL;
    const cosmo_run run = {0};
    const cosmo_case blank = {.mission = mission, .run = &run};
    return summary_write(&blank, true, arena, bytes);
}
