/* Charts of a flown case. */
#include "study/fly_parts.h"

#include <math.h>
#include <string.h>

static const double FLY_CHARTS_DEGREES = 180.0 / 3.14159265358979323846;
enum { FLY_CHARTS_N = 3, FLY_CHARTS_SERIES = 6 };

size_t cosmo_fly_charts_samples(const cosmo_case *flown)
{
    const cosmo_trajectory *t = &flown->ascent.trajectory;
    if (!flown->ascent.inserted) return t->n;
    size_t n = 0;
    while (n < t->n && t->samples[n].state.t_s <= flown->ascent.insertion.t_s) n++;
    return n;
}

const char *cosmo_fly_charts_event_text(const char *name, cosmo_arena *arena)
{
    static const struct {
        const char *event, *text;
    } whole[] = {{"liftoff", "Liftoff"},
                 {"max-q", "Max q"},
                 {"insertion", "Insertion"},
                 {"iip-end", "Impact point gone"}},
      kinds[] = {{"ignition", "ignition"}, {"cutoff", "cut-off"}, {"separation", "separation"}, {"jettison", "off"}};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
        if (strcmp(name, whole[i].event) == 0) return whole[i].text;
    const char *colon = strchr(name, ':');
    if (colon == NULL) return name;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        const size_t length = strlen(kinds[i].event);
        if ((size_t)(colon - name) != length || strncmp(name, kinds[i].event, length) != 0) continue;
        char *text = cosmo_arena_print(arena, "%s %s", colon + 1, kinds[i].text);
        if (text != NULL && text[0] >= 'a' && text[0] <= 'z') text[0] = (char)(text[0] - 'a' + 'A');
        return text;
    }
    return name;
}

typedef struct fly_charts_columns {
    double *t_s, *values[FLY_CHARTS_SERIES];
} fly_charts_columns;

static bool fly_charts_fill(const cosmo_case *flown, size_t n, cosmo_arena *arena, fly_charts_columns *c)
{
    c->t_s = cosmo_arena_array(arena, n + 1, sizeof *c->t_s);
    if (c->t_s == NULL) return false;
    for (size_t k = 0; k < FLY_CHARTS_SERIES; k++) {
        c->values[k] = cosmo_arena_array(arena, n + 1, sizeof *c->values[k]);
        if (c->values[k] == NULL) return false;
    }
    for (size_t i = 0; i < n; i++) {
        const cosmo_sample *s = &flown->ascent.trajectory.samples[i];
        c->t_s[i] = s->state.t_s;
        c->values[0][i] = s->place.altitude_m / 1e3;
        c->values[1][i] = s->speed_ground_m_s;
        c->values[2][i] = s->dynamic_pressure_pa / 1e3;
        c->values[3][i] = s->felt_acceleration_m_s2 / COSMO_STANDARD_GRAVITY;
        c->values[4][i] = s->mass_kg / 1e3;
        c->values[5][i] = s->flight_path_angle_rad * FLY_CHARTS_DEGREES;
    }
    return true;
}

static bool fly_charts_marks(const cosmo_case *flown, double t_end_s, cosmo_arena *arena, cosmo_mark **marks, size_t *n)
{
    const cosmo_trajectory *t = &flown->ascent.trajectory;
    *n = 0;
    *marks = cosmo_arena_array(arena, t->n_events + 1, sizeof **marks);
    if (*marks == NULL) return false;
    for (size_t i = 0; i < t->n_events; i++) {
        if (t->events[i].state.t_s > t_end_s) continue;
        const char *label = cosmo_fly_charts_event_text(t->events[i].name, arena);
        if (label == NULL) return false;
        (*marks)[(*n)++] = (cosmo_mark){t->events[i].state.t_s, label};
    }
    return true;
}

bool cosmo_fly_charts_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page)
{
    static const struct {
        const char *id, *title, *unit;
        bool right;
    } about[FLY_CHARTS_SERIES] = {{"altitude", "Altitude", "km", false},
                                  {"speed", "Ground speed", "m/s", true},
                                  {"dynamic-pressure", "Dynamic pressure", "kPa", false},
                                  {"acceleration", "Acceleration felt", "g", true},
                                  {"mass", "Mass", "t", false},
                                  {"path-angle", "Flight-path angle", "\302\260", true}};
    static const char *const ids[FLY_CHARTS_N] = {"ascent", "loads", "mass"};
    static const char *const titles[FLY_CHARTS_N] = {"Altitude and speed", "Loads", "Mass and flight-path angle"};
    const size_t n = cosmo_fly_charts_samples(flown);
    fly_charts_columns columns;
    cosmo_mark *marks;
    size_t n_marks;
    cosmo_chart *charts = cosmo_arena_array(arena, FLY_CHARTS_N, sizeof *charts);
    cosmo_series *series = cosmo_arena_array(arena, FLY_CHARTS_SERIES, sizeof *series);
    if (charts == NULL || series == NULL || !fly_charts_fill(flown, n, arena, &columns)) return false;
    if (!fly_charts_marks(flown, n > 0 ? columns.t_s[n - 1] : 0.0, arena, &marks, &n_marks)) return false;
    for (size_t k = 0; k < FLY_CHARTS_SERIES; k++)
        series[k] = (cosmo_series){.id = about[k].id,
                                   .title = about[k].title,
                                   .unit = about[k].unit,
                                   .n = n,
                                   .t_s = columns.t_s,
                                   .values = columns.values[k],
                                   .right_axis = about[k].right};
    for (size_t k = 0; k < FLY_CHARTS_N; k++)
        charts[k] = (cosmo_chart){.id = ids[k],
                                  .title = titles[k],
                                  .n_series = 2,
                                  .n_marks = n_marks,
                                  .series = &series[2 * k],
                                  .marks = marks};
    page->charts = charts;
    page->n_charts = FLY_CHARTS_N;
    return true;
}
