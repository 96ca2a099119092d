/* Key figures of a flown case. */
#include "study/fly_parts.h"

#include <math.h>
#include <string.h>

static const double FLY_FIGURES_DEGREES = 180.0 / 3.14159265358979323846;
enum { FLY_FIGURES_MAX = 16 };

typedef struct fly_figures {
    cosmo_arena *arena;
    cosmo_figure *items;
    size_t n;
    bool failed;
} fly_figures;

static void fly_figures_add(fly_figures *out, cosmo_figure figure)
{
    if (out->n == FLY_FIGURES_MAX || figure.value == NULL || figure.note == NULL)
        out->failed = true;
    else
        out->items[out->n++] = figure;
}

static const char *fly_figures_number(const fly_figures *out, double value, int decimals)
{
    return isfinite(value) ? cosmo_arena_print(out->arena, "%.*f", decimals, value) : "\342\200\223";
}

static void fly_figures_orbit(fly_figures *out, const cosmo_case *flown)
{
    const cosmo_ascent *a = &flown->ascent;
    const cosmo_solution *s = &flown->solution;
    cosmo_arena *arena = out->arena;
    if (!s->feasible) {
        const bool short_of = s->shortfall_m_s > 0.0;
        const char *missing = cosmo_arena_print(arena, "%.0f kg of propellant are missing", s->shortfall_kg);
        fly_figures_add(out,
                        (cosmo_figure){.label = "Target orbit",
                                       .value = short_of ? fly_figures_number(out, s->shortfall_m_s, 0) : "not reached",
                                       .unit = short_of ? "m/s short" : NULL,
                                       .note = short_of ? missing : "see what is not met",
                                       .verdict = COSMO_VERDICT_NOT_MET});
    } else if (a->inserted) {
        fly_figures_add(out, (cosmo_figure){.label = "Orbit at insertion",
                                            .value = cosmo_arena_print(arena, "%.1f \303\227 %.1f",
                                                                       a->orbit.perigee_altitude_m / 1e3,
                                                                       a->orbit.apogee_altitude_m / 1e3),
                                            .unit = "km",
                                            .note = cosmo_arena_print(arena, "%.3f\302\260, at T+%.1f s",
                                                                      a->orbit.inclination_rad * FLY_FIGURES_DEGREES,
                                                                      a->insertion.t_s)});
    }
    if (a->inserted && flown->mission->burns.n > 0)
        fly_figures_add(
            out,
            (cosmo_figure){.label = "Orbit after the last burn",
                           .value = cosmo_arena_print(arena, "%.1f \303\227 %.1f", a->coast_lowest_m / 1e3,
                                                      a->coast_highest_m / 1e3),
                           .unit = "km",
                           .note = cosmo_arena_print(arena, "%.3f\302\260, lowest and highest of the next revolution",
                                                     a->final_orbit.inclination_rad * FLY_FIGURES_DEGREES)});
    fly_figures_add(
        out,
        (cosmo_figure){.label = "Propellant left",
                       .value = fly_figures_number(out, s->propellant_margin_kg, 0),
                       .unit = "kg",
                       .note = cosmo_arena_print(arena, "with %.0f kg of payload", flown->mission->payload.mass_kg),
                       .limit = "at least 0 kg",
                       .verdict = s->propellant_margin_kg >= 0.0 ? COSMO_VERDICT_MET : COSMO_VERDICT_NOT_MET});
    const bool any_payload = isfinite(s->payload_max_kg);
    fly_figures_add(out, (cosmo_figure){.label = "Largest payload",
                                        .value = any_payload ? fly_figures_number(out, s->payload_max_kg, 0) : "none",
                                        .unit = any_payload ? "kg" : NULL,
                                        .note = any_payload ? "to this target, under the same limits"
                                                            : "that this search could bring to the target"});
    fly_figures_add(out,
                    (cosmo_figure){.label = "Launch azimuth",
                                   .value = fly_figures_number(out, s->controls.azimuth_rad * FLY_FIGURES_DEGREES, 2),
                                   .unit = "\302\260",
                                   .note = cosmo_arena_print(arena, "over the ground; pitch-over by %.2f\302\260",
                                                             s->controls.kick_rad * FLY_FIGURES_DEGREES)});
}

/* A limit in the unit that people use for it. */
static void fly_figures_limit(fly_figures *out, const cosmo_case *flown, const cosmo_limit_check *check)
{
    static const struct {
        const char *si, *shown;
        double per_si;
        int decimals;
    } units[] = {{"Pa", "kPa", 1e-3, 1},
                 {"Pa rad", "kPa deg", 180e-3 / 3.14159265358979323846, 1},
                 {"m/s2", "g", 1.0 / COSMO_STANDARD_GRAVITY, 2},
                 {"W/m2", "W/m\302\262", 1.0, 0}};
    size_t u = 0;
    while (u + 1 < sizeof units / sizeof units[0] && strcmp(units[u].si, check->unit) != 0) u++;
    char *label = cosmo_arena_print(out->arena, "%s", check->name);
    if (label == NULL) {
        out->failed = true;
        return;
    }
    label[0] = (char)(label[0] - 'a' + 'A');
    const bool is_q = u == 0;
    fly_figures_add(
        out,
        (cosmo_figure){.label = label,
                       .value = fly_figures_number(out, check->value * units[u].per_si, units[u].decimals),
                       .unit = units[u].shown,
                       .note = is_q ? cosmo_arena_print(out->arena, "largest, at T+%.0f s", flown->ascent.max_q_t_s)
                                    : "largest",
                       .limit = cosmo_arena_print(out->arena, "%.*f %s (%s)", units[u].decimals,
                                                  check->limit * units[u].per_si, units[u].shown, check->rule),
                       .verdict = check->verdict});
}

static void fly_figures_zones(fly_figures *out, const cosmo_case *flown)
{
    size_t inside = 0, outside = 0, unknown = 0;
    for (size_t i = 0; i < flown->ascent.impacts.n; i++) {
        const cosmo_body_impact *b = &flown->ascent.impacts.items[i];
        if (b->zone == NULL) continue;
        inside += b->inside_zone > 0;
        outside += b->inside_zone == 0;
        unknown += b->inside_zone < 0;
    }
    const size_t n = inside + outside + unknown;
    if (n == 0) return;
    const cosmo_verdict verdict = outside > 0   ? COSMO_VERDICT_NOT_MET
                                  : unknown > 0 ? COSMO_VERDICT_NOT_ASSESSED
                                                : COSMO_VERDICT_MET;
    fly_figures_add(out, (cosmo_figure){.label = "Falls inside their zones",
                                        .value = cosmo_arena_print(out->arena, "%d of %d", (int)inside, (int)n),
                                        .note = unknown > 0 ? "zones whose centre is an estimate cannot be judged"
                                                            : "nominal falls",
                                        .limit = "all",
                                        .verdict = verdict});
}

static void fly_figures_failure(fly_figures *out, const cosmo_case *flown)
{
    const cosmo_mishap *m = flown->mishap;
    if (m == NULL) return;
    const char *when = cosmo_arena_print(out->arena, "downrange, after the engines stop at T+%.0f s", m->stopped.t_s);
    fly_figures_add(out, (cosmo_figure){.label = "Failure: the vehicle falls",
                                        .value = fly_figures_number(out, m->stack_downrange_m / 1e3, 0),
                                        .unit = "km",
                                        .note = when});
    if (!m->escaped) return;
    fly_figures_add(
        out, (cosmo_figure){.label = "Failure: the capsule lands",
                            .value = fly_figures_number(out, m->capsule_downrange_m / 1e3, 0),
                            .unit = "km",
                            .note = cosmo_arena_print(out->arena, "downrange, at T+%.0f s", m->abort.landing.t_s)});
    fly_figures_add(
        out, (cosmo_figure){
                 .label = "Failure: acceleration of the entry",
                 .value = fly_figures_number(out, m->abort.entry_acceleration_m_s2 / COSMO_STANDARD_GRAVITY, 1),
                 .unit = "g",
                 .note = cosmo_arena_print(out->arena, "largest; from %.0f km", m->abort.apogee.altitude_m / 1e3)});
}

bool cosmo_fly_figures_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_page *page)
{
    fly_figures out = {.arena = arena, .items = cosmo_arena_array(arena, FLY_FIGURES_MAX, sizeof *out.items)};
    if (out.items == NULL) return false;
    fly_figures_orbit(&out, flown);
    for (size_t i = 0; i < flown->n_limits; i++) fly_figures_limit(&out, flown, &flown->limits[i]);
    fly_figures_zones(&out, flown);
    fly_figures_failure(&out, flown);
    page->figures = out.items;
    page->n_figures = out.n;
    return !out.failed;
}
