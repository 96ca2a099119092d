/* A flown failure for people: its table, what is in the tanks, its points on the map. */
#include "study/fly_parts.h"

#include <math.h>

static const double MISHAP_PAGE_DEGREES = 180.0 / 3.14159265358979323846;
enum { MISHAP_PAGE_COLUMNS = 8, MISHAP_PAGE_ROWS = 8 };

/* ---- what happens -------------------------------------------------------------------------------------------------
 */

typedef struct mishap_page_row {
    const char *what;
    double t_s;
    cosmo_geodetic place;
    double speed_m_s, mass_kg; /* NaN: not shown */
} mishap_page_row;

static double mishap_page_speed(const cosmo_state *state)
{
    const cosmo_vec3 v = cosmo_state_velocity_ned(state);
    return sqrt(v.x * v.x + v.y * v.y + v.z * v.z);
}

static size_t mishap_page_rows(const cosmo_case *flown, mishap_page_row rows[MISHAP_PAGE_ROWS])
{
    const cosmo_mishap *m = flown->mishap;
    const cosmo_abort *a = &m->abort;
    size_t n = 0;
    rows[n++] = (mishap_page_row){"Engines stop", m->stopped.t_s, m->place, m->speed_ground_m_s, NAN};
    if (m->escaped) {
        const double capsule_kg = flown->mission->vehicle.escape.capsule_mass_kg;
        rows[n++] = (mishap_page_row){"Command to escape", a->commanded.t_s, cosmo_state_place(&a->commanded),
                                      mishap_page_speed(&a->commanded), NAN};
        rows[n++] = (mishap_page_row){"Capsule on its own", a->free.t_s, cosmo_state_place(&a->free),
                                      mishap_page_speed(&a->free), capsule_kg};
        rows[n++] = (mishap_page_row){"Highest point", a->apogee_t_s, a->apogee, NAN, NAN};
        rows[n++] =
            (mishap_page_row){"Capsule lands", a->landing.t_s, a->landing.place, a->landing.speed_m_s, capsule_kg};
    }
    if (m->stack.reached_ground)
        rows[n++] =
            (mishap_page_row){"Vehicle falls", m->stack.t_s, m->stack.place, m->stack.speed_m_s, m->remains.mass_kg};
    return n;
}

static double mishap_page_downrange(const cosmo_case *flown, cosmo_geodetic place)
{
    const cosmo_pad *pad = flown->mission->pad;
    double distance_m, azimuth_rad;
    cosmo_geodesic_between((cosmo_geodetic){pad->latitude_rad, pad->longitude_rad, 0.0}, place, &distance_m,
                           &azimuth_rad);
    return distance_m;
}

/* A cell; nothing for a figure that is not there. */
static const char *mishap_page_cell(cosmo_arena *arena, double value, int decimals, bool *failed)
{
    if (!isfinite(value)) return NULL;
    const char *text = cosmo_arena_print(arena, "%.*f", decimals, value);
    *failed = *failed || text == NULL;
    return text;
}

static bool mishap_page_events(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Event",         "T+, s",          "Altitude, km",  "Ground speed, m/s",
                                        "Latitude, deg", "Longitude, deg", "Downrange, km", "Mass, kg"};
    static const bool numeric[] = {false, true, true, true, true, true, true, true};
    mishap_page_row rows[MISHAP_PAGE_ROWS];
    const size_t n = mishap_page_rows(flown, rows);
    const char **cells = cosmo_arena_array(arena, n * MISHAP_PAGE_COLUMNS, sizeof *cells);
    if (cells == NULL) return false;
    bool failed = false;
    for (size_t i = 0; i < n; i++) {
        const cosmo_geodetic *at = &rows[i].place;
        const char **row = cells + i * MISHAP_PAGE_COLUMNS;
        row[0] = rows[i].what;
        row[1] = mishap_page_cell(arena, rows[i].t_s, 1, &failed);
        row[2] = mishap_page_cell(arena, at->altitude_m / 1e3, 2, &failed);
        row[3] = mishap_page_cell(arena, rows[i].speed_m_s, 1, &failed);
        row[4] = mishap_page_cell(arena, at->latitude_rad * MISHAP_PAGE_DEGREES, 4, &failed);
        row[5] = mishap_page_cell(arena, at->longitude_rad * MISHAP_PAGE_DEGREES, 4, &failed);
        row[6] = mishap_page_cell(arena, mishap_page_downrange(flown, *at) / 1e3, 1, &failed);
        row[7] = mishap_page_cell(arena, rows[i].mass_kg, 0, &failed);
    }
    *sheet = (cosmo_sheet){
        "failure",
        "The failure",
        "One case, without dispersion: the vehicle falls whole, a capsule drifts with the wind of the mission.",
        MISHAP_PAGE_COLUMNS,
        n,
        heads,
        numeric,
        cells};
    return !failed;
}

static bool mishap_page_tanks(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Stage", "Propellant", "Aboard, kg"};
    static const bool numeric[] = {false, false, true};
    const cosmo_remains *remains = &flown->mishap->remains;
    const char **cells = cosmo_arena_array(arena, 3 * remains->n_tanks + 1, sizeof *cells);
    if (cells == NULL) return false;
    bool failed = false;
    for (size_t i = 0; i < remains->n_tanks; i++) {
        cells[3 * i] = remains->tanks[i].stage;
        cells[3 * i + 1] = remains->tanks[i].propellant;
        cells[3 * i + 2] = mishap_page_cell(arena, remains->tanks[i].mass_kg, 0, &failed);
    }
    *sheet = (cosmo_sheet){"failure-tanks",
                           "In the tanks when the engines stop",
                           "All units of a stage, residuals included; what the payload carries for itself is not here.",
                           3,
                           remains->n_tanks,
                           heads,
                           numeric,
                           cells};
    return !failed;
}

size_t cosmo_mishap_page_sheets(const cosmo_case *flown, cosmo_arena *arena, cosmo_sheet sheets[2])
{
    if (flown->mishap == NULL) return 0;
    return mishap_page_events(flown, arena, &sheets[0]) && mishap_page_tanks(flown, arena, &sheets[1]) ? 2 : SIZE_MAX;
}

/* ---- where --------------------------------------------------------------------------------------------------------
 */

bool cosmo_mishap_page_layer(const cosmo_case *flown, cosmo_arena *arena, cosmo_layer *layer)
{
    static const char *const ids[] = {"failure", "capsule", "vehicle"};
    const cosmo_mishap *m = flown->mishap;
    const cosmo_geodetic places[] = {m->place, m->abort.landing.place, m->stack.place};
    const double t_s[] = {m->stopped.t_s, m->abort.landing.t_s, m->stack.t_s};
    const char *const names[] = {"Engines stop", "Capsule lands", "Vehicle falls"};
    const bool there[] = {true, m->escaped, m->stack.reached_ground};
    cosmo_shape *shapes = cosmo_arena_array(arena, 3, sizeof *shapes);
    double *degrees = cosmo_arena_array(arena, 9, sizeof *degrees);
    if (shapes == NULL || degrees == NULL) return false;
    size_t n = 0;
    for (int i = 0; i < 3; i++) {
        if (!there[i]) continue;
        double *at = degrees + 3 * n;
        at[0] = places[i].longitude_rad * MISHAP_PAGE_DEGREES;
        at[1] = places[i].latitude_rad * MISHAP_PAGE_DEGREES;
        at[2] = places[i].altitude_m;
        const char *note = cosmo_arena_print(arena, "T+%.0f s, %.0f km downrange", t_s[i],
                                             mishap_page_downrange(flown, places[i]) / 1e3);
        if (note == NULL) return false;
        shapes[n++] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                    .id = ids[i],
                                    .name = names[i],
                                    .note = note,
                                    .role = ids[i],
                                    .n = 1,
                                    .lon_deg = &at[0],
                                    .lat_deg = &at[1],
                                    .altitude_m = &at[2]};
    }
    *layer = (cosmo_layer){"failure", "The failure", n, shapes};
    return true;
}
