/* closures.json: what must be clear at a launch, when, and by which rule. */
#include "study/closures.h"
#include "study/described.h"

#include <math.h>
#include <string.h>

static const double CLOSURES_DEGREES = 180.0 / 3.14159265358979323846;
/* A notice holds from half an hour before the flight until half an hour after the volume can no longer be affected.
 * Source: 14 CFR 417 App. B. */
static const double CLOSURES_BEFORE_S = 1800.0, CLOSURES_AFTER_S = 1800.0;
static const double CLOSURES_NEIGHBOUR = 1e-5, CLOSURES_PUBLIC = 1e-6; /* 14 CFR 450.101(a)(2)(ii), (i) */
static const char CLOSURES_TIMES[] =
    "t counts seconds after liftoff; from 30 minutes before it to 30 minutes after the last impact (14 CFR 417 App. B)";
static const char CLOSURES_IMPACTS[] =
    "the last impact is a bound: sampled failures drop pieces again, from the lightest that carries 11 ft lbf to one "
    "that the air does not hold, heavy ones followed by the lightest as if they broke; half a degree around the area "
    "counts as inside, more where few land, and a turn of the thrust takes a minute; of planned drops it is at least "
    "the "
    "latest of the dispersed flights; pieces that circle the Earth before they fall are not in it";

typedef struct closures_job {
    const cosmo_risk_case *r;
    cosmo_closure_times times;
    cosmo_list areas; /* of cosmo_closure_area */
    double tnt_kg, radius_m;
    cosmo_described *out;
} closures_job;

/* ---- parts ------------------------------------------------------------------------------------------------------- */

static void closures_utc(const closures_job *job, const char *key, double t_s, const char *help)
{
    const cosmo_mission *m = job->r != NULL ? job->r->flown.mission : NULL;
    char stamp[40];
    if (m == NULL || m->liftoff_utc == NULL || isnan(t_s)) {
        cosmo_described_text_or_null(job->out, key, NULL, help);
        return;
    }
    cosmo_time_format(cosmo_time_add(m->liftoff, t_s), 0, stamp);
    cosmo_described_text_or_null(job->out, key, stamp, help);
}

/* From when to when; NaN: not at all. */
static void closures_window(const closures_job *job, double last_s)
{
    const double from = isnan(last_s) ? NAN : -CLOSURES_BEFORE_S, to = ceil(last_s) + CLOSURES_AFTER_S;
    cosmo_described_number(job->out, "last_impact_t_s", last_s, "by then all is down there; null: not to be closed");
    cosmo_described_number(job->out, "t_from_s", from, "after liftoff; negative is before it");
    cosmo_described_number(job->out, "t_to_s", to, "after liftoff");
    closures_utc(job, "from_utc", from, "ISO 8601; null: the mission gives no liftoff time");
    closures_utc(job, "to_utc", to, "ISO 8601; null as from_utc");
}

static void closures_area(const closures_job *job, const cosmo_closure_area *a)
{
    cosmo_described *out = job->out;
    const char *closed[3];
    size_t n = 0;
    if (a->people) closed[n++] = "people";
    if (a->ships) closed[n++] = "ships";
    if (a->aircraft) closed[n++] = "aircraft";
    cosmo_described_text(out, "id", a->id, "of it, as in hazard-areas.geojson where it is there");
    cosmo_described_text(out, "kind", a->kind,
                         "cleared circle, drop zone, declared drop zone, individual risk area, ship hazard area or "
                         "aircraft hazard area");
    cosmo_described_text_or_null(out, "body", a->body, "that is dropped there on purpose");
    cosmo_described_texts(out, "closed_to", closed, n, "people, ships, aircraft");
    cosmo_described_text(out, "rule", a->rule, "by which it is closed");
    cosmo_described_number(out, "level", a->level, "probability of a launch from which on it is closed; null: no such");
    cosmo_described_number(out, "largest_probability", a->most, "inside; null: not an area of probability");
    cosmo_described_text_or_null(out, "altitude_band", a->aircraft ? "surface to unlimited" : NULL,
                                 "closed to aircraft; null: not closed to them");
    closures_window(job, a->last_s);
    cosmo_described_text_or_null(out, "remark", a->remark, "what else to know");
    cosmo_described_ring(out, "polygon", a->n, a->lon_deg, a->lat_deg,
                         "closed ring, counter-clockwise: longitude and latitude in degrees, WGS-84; longitudes run on "
                         "past 180");
}

static double closures_probability(const cosmo_hazard_grid *grid, cosmo_geodetic at)
{
    const cosmo_hazard_cell *cell = cosmo_hazard_grid_find(grid, cosmo_hazard_grid_place(at));
    return cell != NULL ? cell->probability[COSMO_HAZARD_PERSON] : 0.0;
}

static double closures_until(const closures_job *job, cosmo_geodetic at)
{
    const double lon = at.longitude_rad * CLOSURES_DEGREES, lat = at.latitude_rad * CLOSURES_DEGREES;
    return cosmo_closure_times_last_s(&job->times, &(cosmo_closure_box){lon, lat, lon, lat});
}

static void closures_pad(const closures_job *job, const cosmo_pad *pad)
{
    cosmo_described *out = job->out;
    const cosmo_geodetic at = {pad->latitude_rad, pad->longitude_rad, 0.0};
    double distance = 0.0, azimuth = 0.0, probability = 0.0;
    if (!out->schema) {
        cosmo_geodesic_between(cosmo_mission_flight(job->r->flown.mission).pad, at, &distance, &azimuth);
        azimuth = azimuth < 0.0 ? azimuth + 360.0 / CLOSURES_DEGREES : azimuth;
        probability = closures_probability(&job->r->risk.grid, at);
    }
    const bool risk = probability >= CLOSURES_NEIGHBOUR, blast = distance <= job->radius_m,
               circle = !out->schema && distance < job->r->flown.mission->risk.clear_distance_m;
    const bool clear = risk || blast || circle;
    cosmo_described_text(out, "id", pad->id, "of the pad");
    cosmo_described_text(out, "name", pad->name, "of the pad");
    cosmo_described_number(out, "lat_deg", at.latitude_rad * CLOSURES_DEGREES, "WGS-84");
    cosmo_described_number(out, "lon_deg", at.longitude_rad * CLOSURES_DEGREES, "WGS-84");
    cosmo_described_number(out, "distance_m", distance, "from the pad of this launch");
    cosmo_described_number(out, "azimuth_deg", azimuth * CLOSURES_DEGREES, "from the pad of this launch");
    cosmo_described_number(out, "individual_probability", probability,
                           "of casualty, of a person in the open anywhere in its cell of 0.05 deg");
    cosmo_described_number(out, "overpressure_pa", cosmo_blast_overpressure_pa(job->tnt_kg, distance),
                           "if the fully fuelled vehicle explodes on its pad");
    cosmo_described_flag(out, "clear", clear, "it must be cleared of people");
    cosmo_described_text_or_null(
        out, "rule",
        risk     ? "14 CFR 450.101(a)(2)(ii): individual risk of neighbouring operations of 1e-5 and more"
        : blast  ? "14 CFR 417.107(c): within 1 psi of the fully fuelled vehicle on its pad"
        : circle ? "risk.clear_distance of the mission: the figures of the risk rest on nobody being there"
                 : NULL,
        "why; null: need not be cleared");
    closures_window(job, clear ? closures_until(job, at) : NAN);
}

static void closures_settlement(const closures_job *job, const cosmo_place *place, const char *area)
{
    cosmo_described *out = job->out;
    const cosmo_geodetic at = {place->latitude_deg / CLOSURES_DEGREES, place->longitude_deg / CLOSURES_DEGREES, 0.0};
    const double probability = out->schema ? 0.0 : closures_probability(&job->r->risk.grid, at);
    cosmo_described_text(out, "name", place->name, "of the settlement");
    cosmo_described_text(out, "country", place->country, "ISO 3166");
    cosmo_described_number(out, "lat_deg", place->latitude_deg, "WGS-84");
    cosmo_described_number(out, "lon_deg", place->longitude_deg, "WGS-84");
    cosmo_described_number(out, "people", place->population > 0 ? (double)place->population : NAN, "null: not known");
    cosmo_described_text(out, "area", area, "the individual risk area that it lies in");
    cosmo_described_number(out, "individual_probability", probability,
                           "of casualty, of a person in the open anywhere in its cell of 0.05 deg");
    cosmo_described_flag(out, "above_limit", probability >= CLOSURES_PUBLIC,
                         "its own cell reaches 1e-6; false: it lies inside the hull of cells that do");
    cosmo_described_text(out, "rule", "14 CFR 450.101(a)(2)(i)", "by which it is to be cleared");
    closures_window(job, out->schema ? NAN : closures_until(job, at));
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static void closures_areas(const closures_job *job)
{
    static const cosmo_closure_area blank = {.id = "", .kind = "", .rule = ""};
    const cosmo_closure_area *areas = job->areas.items;
    const size_t n = cosmo_described_list(job->out, "areas", job->areas.n, "what must be clear");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(job->out);
        closures_area(job, job->out->schema ? &blank : &areas[i]);
        cosmo_described_item_end(job->out);
    }
    cosmo_described_list_end(job->out);
}

static void closures_pads(const closures_job *job)
{
    static const cosmo_pad blank = {.id = "", .name = ""};
    const cosmo_mission *m = job->r != NULL ? job->r->flown.mission : NULL;
    const cosmo_pad *pads = m != NULL ? m->site.pads.items : &blank;
    const size_t n = cosmo_described_list(job->out, "pads", m != NULL ? m->site.pads.n : 1, "the site's other pads");
    for (size_t i = 0; i < n; i++) {
        if (m != NULL && strcmp(pads[i].id, m->pad_id) == 0) continue;
        cosmo_described_item(job->out);
        closures_pad(job, &pads[i]);
        cosmo_described_item_end(job->out);
    }
    cosmo_described_list_end(job->out);
}

/* The individual risk area that a place lies in; NULL. */
static const char *closures_area_of(const cosmo_list *areas, const cosmo_place *place)
{
    const cosmo_closure_area *items = areas->items;
    for (size_t i = 0; i < areas->n; i++)
        if (items[i].people && isfinite(items[i].level) &&
            cosmo_closure_areas_hold(&items[i], place->longitude_deg, place->latitude_deg))
            return items[i].id;
    return NULL;
}

static void closures_settlements(const closures_job *job)
{
    static const cosmo_place blank = {.name = "", .country = ""};
    const cosmo_map *map = job->r != NULL ? &job->r->flown.mission->map : NULL;
    const size_t n = cosmo_described_list(job->out, "settlements", map != NULL ? map->n_places : 1,
                                          "settlements inside the individual risk areas, the largest first");
    for (size_t i = 0; i < n; i++) {
        const cosmo_place *place = map != NULL ? &map->places[i] : &blank;
        const char *area = map != NULL ? closures_area_of(&job->areas, place) : "";
        if (area == NULL) continue;
        cosmo_described_item(job->out);
        closures_settlement(job, place, area);
        cosmo_described_item_end(job->out);
    }
    cosmo_described_list_end(job->out);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static const char *closures_write(closures_job *job, bool schema, cosmo_arena *arena, size_t *bytes)
{
    cosmo_described *out = job->out = cosmo_arena_alloc(arena, sizeof *out);
    if (out == NULL) return NULL;
    const cosmo_mission *m = schema ? NULL : job->r->flown.mission;
    *out = cosmo_described_begin(arena, schema, "cosmodrome.closures/1", "What must be clear at a launch, and when");
    cosmo_described_text(out, "version", COSMO_VERSION_TEXT, "of the program");
    cosmo_described_text(out, "mission", schema ? "" : m->name, "name of the mission");
    cosmo_described_text(out, "site", schema ? "" : m->site.id, "where it lifts off");
    cosmo_described_text(out, "pad", schema ? "" : m->pad_id, "from which pad");
    cosmo_described_text_or_null(out, "liftoff_utc", schema ? NULL : m->liftoff_utc, "null: not given");
    cosmo_described_text(out, "times", CLOSURES_TIMES, "how the times are meant");
    cosmo_described_text(out, "last_impacts", CLOSURES_IMPACTS, "how they were found");
    cosmo_described_object(out, "explosion_on_pad", true, "of the fully fuelled vehicle");
    cosmo_described_number(out, "tnt_kg", job->tnt_kg, "14 CFR 420.67; solid propellants are not in it");
    cosmo_described_number(out, "radius_1psi_m", job->radius_m, "within it people are casualties");
    cosmo_described_object_end(out);
    closures_areas(job);
    closures_pads(job);
    closures_settlements(job);
    return cosmo_described_finish(out, bytes);
}

cosmo_status cosmo_closures_json(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, const char **json,
                                 size_t *bytes)
{
    closures_job job = {.r = r, .tnt_kg = r->far_field.tnt_kg};
    job.radius_m = cosmo_blast_radius_m(job.tnt_kg, cosmo_blast_casualty_overpressure_pa());
    COSMO_TRY(cosmo_closure_times_make(r, arena, run, &job.times));
    COSMO_TRY(cosmo_closure_areas_make(r, &job.times, arena, run, &job.areas));
    *json = closures_write(&job, false, arena, bytes);
    return *json != NULL ? COSMO_OK : cosmo_run_out_of_memory(run);
}

const char *cosmo_closures_schema(cosmo_arena *arena, size_t *bytes)
{
    closures_job blank = {.r = NULL};
    return closures_write(&blank, true, arena, bytes);
}
