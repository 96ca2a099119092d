/* Tables of a flown case. */
#include "study/fly_parts.h"
#include "study/tabling.h"

#include <math.h>
#include <string.h>

static const double FLY_SHEETS_DEGREES = 180.0 / 3.14159265358979323846;
enum { FLY_SHEETS_N = 3, FLY_SHEETS_COLUMNS = 11 };

/* ---- events --------------------------------------------------------------------------------------------------------
 */

static bool fly_sheets_events(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Event",
                                        "T+, s",
                                        "Altitude, km",
                                        "Ground speed, m/s",
                                        "Inertial speed, m/s",
                                        "Path angle, deg",
                                        "Downrange, km",
                                        "Mass, t",
                                        "q, kPa",
                                        "Mach"};
    static const bool numeric[] = {false, true, true, true, true, true, true, true, true, true};
    const cosmo_trajectory *t = &flown->ascent.trajectory;
    cosmo_tabling table = cosmo_tabling_begin(arena, t->n_events, FLY_SHEETS_COLUMNS);
    for (size_t i = 0; i < t->n_events; i++) {
        const cosmo_event *e = &t->events[i];
        const bool air = e->dynamic_pressure_pa > 1.0;
        const char *name = cosmo_fly_charts_event_text(e->name, arena);
        table.failed |= name == NULL;
        cosmo_tabling_text(&table, name);
        cosmo_tabling_fixed(&table, e->state.t_s, 2);
        cosmo_tabling_fixed(&table, e->place.altitude_m / 1e3, 2);
        cosmo_tabling_fixed(&table, e->speed_ground_m_s, 1);
        cosmo_tabling_fixed(&table, e->speed_inertial_m_s, 1);
        cosmo_tabling_fixed(&table, e->flight_path_angle_rad * FLY_SHEETS_DEGREES, 2);
        cosmo_tabling_fixed(&table, e->downrange_m / 1e3, 1);
        cosmo_tabling_fixed(&table, e->mass_kg / 1e3, 2);
        cosmo_tabling_fixed(&table, air ? e->dynamic_pressure_pa / 1e3 : NAN, 2);
        cosmo_tabling_fixed(&table, air ? e->mach : NAN, 2);
    }
    *sheet = (cosmo_sheet){"events",
                           "Events",
                           "Speeds over the ground and in the frame that does not turn; downrange along the ground.",
                           10,
                           t->n_events,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

/* ---- impacts -------------------------------------------------------------------------------------------------------
 */

static const char *fly_sheets_inside(const cosmo_body_impact *b)
{
    if (b->zone == NULL) return NULL;
    if (b->inside_zone < 0)
        return b->zone->position == COSMO_POSITION_ESTIMATE ? "not known: centre estimated" : "not known: no size";
    return b->inside_zone != 0 ? "inside" : "outside";
}

static bool fly_sheets_impacts(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Body",           "Count",   "T+, s",         "Latitude, deg",
                                        "Longitude, deg", "Country", "Downrange, km", "Speed, m/s",
                                        "Mass, kg",       "Zone",    "In the zone"};
    static const bool numeric[] = {false, true, true, true, true, false, true, true, true, false, false};
    const cosmo_impacts *impacts = &flown->ascent.impacts;
    cosmo_tabling table = cosmo_tabling_begin(arena, impacts->n, FLY_SHEETS_COLUMNS);
    for (size_t i = 0; i < impacts->n; i++) {
        const cosmo_body_impact *b = &impacts->items[i];
        const cosmo_geodetic *at = &b->impact.place;
        cosmo_tabling_text(&table, b->body);
        cosmo_tabling_fixed(&table, (double)b->count, 0);
        cosmo_tabling_fixed(&table, b->impact.t_s, 0);
        cosmo_tabling_fixed(&table, at->latitude_rad * FLY_SHEETS_DEGREES, 4);
        cosmo_tabling_fixed(&table, at->longitude_rad * FLY_SHEETS_DEGREES, 4);
        cosmo_tabling_text(&table, cosmo_map_country(&flown->mission->map, at->latitude_rad, at->longitude_rad));
        cosmo_tabling_fixed(&table, b->downrange_m / 1e3, 1);
        cosmo_tabling_fixed(&table, b->impact.speed_m_s, 0);
        cosmo_tabling_fixed(&table, b->mass_kg, 0);
        cosmo_tabling_text(&table, b->zone != NULL ? b->zone->id : NULL);
        cosmo_tabling_text(&table, fly_sheets_inside(b));
    }
    *sheet = (cosmo_sheet){"impacts",
                           "Where dropped bodies fall",
                           "Nominal, each body whole; dispersions and break-up are not in this table.",
                           11,
                           impacts->n,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

/* ---- masses --------------------------------------------------------------------------------------------------------
 */

static double fly_sheets_loads(const cosmo_stage *stage)
{
    const cosmo_tank *tanks = stage->tanks.items;
    double load_kg = 0.0;
    for (size_t i = 0; i < stage->tanks.n; i++) load_kg += tanks[i].load_kg;
    return load_kg;
}

static void fly_sheets_mass_row(cosmo_tabling *table, const char *what, double count, double dry_kg, double loads_kg,
                                double usable_kg, double total_kg)
{
    cosmo_tabling_text(table, what);
    cosmo_tabling_fixed(table, count, 0);
    cosmo_tabling_fixed(table, dry_kg, 0);
    cosmo_tabling_fixed(table, loads_kg, 0);
    cosmo_tabling_fixed(table, usable_kg, 0);
    cosmo_tabling_fixed(table, total_kg, 0);
}

static bool fly_sheets_masses(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {
        "Part", "Count", "Dry, kg", "In the tanks, kg", "Usable, kg", "At liftoff, all, kg"};
    static const bool numeric[] = {false, true, true, true, true, true};
    const cosmo_vehicle *v = &flown->mission->vehicle;
    const cosmo_stage *stages = v->stages.items;
    const cosmo_item *items = v->items.items;
    const double payload_kg = flown->mission->payload.mass_kg;
    const size_t n_rows = v->stages.n + v->items.n + 2;
    cosmo_tabling table = cosmo_tabling_begin(arena, n_rows, FLY_SHEETS_COLUMNS);
    for (size_t i = 0; i < v->stages.n; i++)
        fly_sheets_mass_row(&table, stages[i].id, (double)stages[i].count, stages[i].dry_mass_kg,
                            fly_sheets_loads(&stages[i]), cosmo_vehicle_usable_kg(&stages[i]),
                            (double)stages[i].count * cosmo_vehicle_stage_mass_kg(&stages[i]));
    for (size_t i = 0; i < v->items.n; i++)
        fly_sheets_mass_row(&table, items[i].id, (double)items[i].count, items[i].mass_kg / (double)items[i].count, NAN,
                            NAN, items[i].part_of == NULL ? items[i].mass_kg : NAN);
    const char *payload = flown->mission->payload.name;
    fly_sheets_mass_row(&table, payload != NULL ? payload : "payload", 1.0, NAN, NAN, NAN, payload_kg);
    fly_sheets_mass_row(&table, "whole vehicle", 1.0, NAN, NAN, NAN, cosmo_vehicle_mass_kg(v) + payload_kg);
    *sheet = (cosmo_sheet){
        "masses",
        "Masses",
        "Of one unit, but for the last column. Items without a mass there are part of a stage's dry mass.",
        6,
        n_rows,
        heads,
        numeric,
        table.cells};
    return !table.failed;
}

bool cosmo_fly_sheets_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page)
{
    cosmo_sheet *sheets = cosmo_arena_array(arena, FLY_SHEETS_N + 2, sizeof *sheets);
    if (sheets == NULL || !fly_sheets_events(flown, arena, &sheets[0])) return false;
    if (!fly_sheets_impacts(flown, arena, &sheets[1]) || !fly_sheets_masses(flown, arena, &sheets[2])) return false;
    const size_t of_failure = cosmo_mishap_page_sheets(flown, arena, &sheets[FLY_SHEETS_N]);
    if (of_failure == SIZE_MAX) return false;
    page->sheets = sheets;
    page->n_sheets = FLY_SHEETS_N + of_failure;
    return true;
}
