/* Finding the free numbers of a flight: azimuth, kick, payload.
 *
 * Outside, NLopt's SLSQP (Kraft 1994) on the propellant left, with gradients from one block of lanes (the base flight
 * and one difference a variable); inside, UPFG steers each of those flights to the orbit. Propellant may be lent to the
 * last stage, so that the objective is smooth across feasibility and tells by how much a mission cannot be flown.
 */
#include "cosmodrome/ascent.h"

#include "ascent/program.h"
#include "core/real.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

enum {
    TARGETING_VARIABLES = 2,
    TARGETING_PAYLOAD_PASSES = 12,
    TARGETING_CONSTRAINTS = 16,
    TARGETING_LIMITS = 4,
    TARGETING_SCANS = 5
};
static const double TARGETING_PI = 3.14159265358979323846;
static const double TARGETING_STEP_RAD = 2e-5;
static const double TARGETING_KICK_MIN_RAD = 0.0002, TARGETING_KICK_MAX_RAD = 0.6;
static const double TARGETING_FAILED_KG = -1e6;
static const double TARGETING_FALL_TOLERANCE = 1e-7;
static const double TARGETING_PLANE_RAD = 1e-3; /* how near the inclination must come */
static const double TARGETING_ORBIT_M =
    5e3; /* how near perigee and apogee must come; stages of low thrust may miss otherwise */

typedef struct targeting {
    const cosmo_flight *flight;
    const program *program;
    cosmo_run *run;
    cosmo_status status;
    double payload_kg, scale_kg;
    bool azimuth_free, kick_free, with_falls;
    cosmo_controls fixed;
    int evaluations;
    size_t n_free;
    /* the last point evaluated */
    bool known;
    double x[TARGETING_VARIABLES], margin, gradient[TARGETING_VARIABLES];
    size_t n_constraints;
    double turn_rad; /* between the plane reached and the one wanted */
    double constraints[TARGETING_CONSTRAINTS], constraint_gradients[TARGETING_CONSTRAINTS][TARGETING_VARIABLES];
} targeting;

/* Azimuth over the turning Earth for an inclination: the inertial azimuth less the pad's own eastward speed. Source:
 * Vallado 2013, section 6.4; tan(azimuth) = (v sin b - w R cos lat) / (v cos b). */
static double targeting_first_azimuth(const cosmo_flight *flight)
{
    const double lat = flight->pad.latitude_rad, r = COSMO_EARTH_RADIUS + flight->target.perigee_altitude_m;
    const double sine = fmin(fmax(cosmo_real_cos(flight->target.inclination_rad) / cosmo_real_cos(lat), -1.0), 1.0);
    const double inertial = cosmo_real_asin(sine), v = sqrt(COSMO_EARTH_MU / fmax(r, COSMO_EARTH_RADIUS));
    const double side = flight->target.direction == COSMO_DIRECTION_SOUTHWARD ? -1.0 : 1.0;
    const double east = v * cosmo_real_sin(inertial) - COSMO_EARTH_ROTATION * COSMO_EARTH_RADIUS * cosmo_real_cos(lat);
    const double azimuth = cosmo_real_atan2(east, side * v * cosmo_real_cos(inertial));
    return azimuth < 0.0 ? azimuth + 2.0 * TARGETING_PI : azimuth;
}

static cosmo_controls targeting_controls(const targeting *t, const double *x)
{
    cosmo_controls c = t->fixed;
    size_t i = 0;
    if (t->azimuth_free) c.azimuth_rad = x[i++];
    if (t->kick_free) c.kick_rad = x[i++];
    c.payload_kg = t->payload_kg;
    return c;
}

static void targeting_start(const targeting *t, double *x)
{
    size_t i = 0;
    if (t->azimuth_free) x[i++] = t->fixed.azimuth_rad;
    if (t->kick_free) x[i++] = t->fixed.kick_rad;
}

static double targeting_margin(const cosmo_outcome *o)
{
    return o->inserted && isfinite(o->propellant_left_kg) ? o->propellant_left_kg : TARGETING_FAILED_KG;
}

/* ---- wishes and limits as constraints c(x) <= 0 -------------------------------------------------------------------
 */

/* Square of the distance from the centre in units of the semi-axes. */
static double targeting_ellipse(cosmo_geodetic place, const cosmo_zone *zone)
{
    const cosmo_geodetic centre = {zone->latitude_rad, zone->longitude_rad, 0.0};
    double distance, azimuth;
    cosmo_geodesic_between(centre, place, &distance, &azimuth);
    const bool sized = isfinite(zone->axis_major_m) && isfinite(zone->axis_minor_m);
    const double major = sized ? 0.5 * zone->axis_major_m : 30e3, minor = sized ? 0.5 * zone->axis_minor_m : 30e3;
    const double turn = azimuth - (sized && isfinite(zone->orientation_rad) ? zone->orientation_rad : 0.0);
    const double along = distance * cosmo_real_cos(turn) / major, across = distance * cosmo_real_sin(turn) / minor;
    return along * along + across * across;
}

static size_t targeting_body_order(const cosmo_outcome *o, const char *body)
{
    for (size_t k = 0; k < o->n_bodies; k++)
        if (strcmp(o->body[k], body) == 0) return k;
    return COSMO_BODIES_MAX;
}

static bool targeting_falls_on(const targeting *t, const cosmo_fall_wish *wish, cosmo_geodetic place)
{
    const char *const *avoid = wish->avoid.items;
    const char *country =
        t->flight->map != NULL ? cosmo_map_country(t->flight->map, place.latitude_rad, place.longitude_rad) : NULL;
    for (size_t i = 0; i < wish->avoid.n && country != NULL; i++)
        if (strcmp(avoid[i], country) == 0) return true;
    return false;
}

static double targeting_wish(const targeting *t, const cosmo_fall_wish *wish, const cosmo_outcome *o)
{
    if (wish->judge_only) return -1.0;
    const size_t k = targeting_body_order(o, wish->body);
    if (k == COSMO_BODIES_MAX || !isfinite(o->impact_t_s[k])) return 1.0;
    if (wish->zone != NULL) {
        const cosmo_zone *zone = cosmo_zones_find(&t->flight->zones, wish->zone);
        return zone == NULL ? 0.0
                            : targeting_ellipse(o->impact[k], zone) - 0.64; /* well inside: 0.8 of the semi-axes */
    }
    if (isfinite(wish->downrange_m)) {
        double distance, azimuth;
        cosmo_geodesic_between(t->flight->pad, o->impact[k], &distance, &azimuth);
        const double tolerance = isfinite(wish->tolerance_m) ? wish->tolerance_m : 10e3,
                     off = (distance - wish->downrange_m) / tolerance;
        return off * off - 0.81;
    }
    return targeting_falls_on(t, wish, o->impact[k]) ? 1.0 : -1.0;
}

/* Miss of perigee and apogee in units of what is allowed, less one. */
static double targeting_orbit_miss(const targeting *t, const cosmo_outcome *o)
{
    const cosmo_target *target = &t->flight->target;
    if (!o->inserted || !t->flight->steering.closed_loop) return -1.0;
    const double perigee = (o->orbit.perigee_altitude_m - target->perigee_altitude_m) / TARGETING_ORBIT_M;
    const double apogee = (o->orbit.apogee_altitude_m - target->apogee_altitude_m) / TARGETING_ORBIT_M;
    return 0.1 * (perigee * perigee + apogee * apogee - 1.0);
}

static double targeting_ratio(double value, double limit)
{
    return isfinite(limit) ? value / limit - 1.0 : -1.0;
}

static void targeting_constraints(const targeting *t, const cosmo_outcome *o, double *c)
{
    const cosmo_flight_limits *limit = &t->program->limits;
    const cosmo_fall_wish *wishes = t->flight->falls.items;
    size_t n = 0;
    for (size_t i = 0; i < t->flight->falls.n && n < TARGETING_CONSTRAINTS - TARGETING_LIMITS; i++)
        c[n++] = targeting_wish(t, &wishes[i], o);
    c[n++] = targeting_ratio(o->max_q_pa, limit->dynamic_pressure_pa);
    c[n++] = targeting_ratio(o->max_q_alpha_pa_rad, limit->q_alpha_pa_rad);
    c[n++] = isfinite(limit->heat_flux_w_m2)
                 ? cosmo_real_log(fmax(o->heat_flux_after_fairing_w_m2, 1e-3) / limit->heat_flux_w_m2)
                 : -1.0;
    c[n++] = targeting_orbit_miss(t, o);
}

/* ---- evaluation ---------------------------------------------------------------------------------------------------
 */

static void targeting_fly(targeting *t, size_t n, const cosmo_controls *controls, cosmo_outcome *outcomes)
{
    if (t->status != COSMO_OK) return;
    t->status =
        cosmo_ascent_fly_many(t->flight, n, controls, NULL, TARGETING_FALL_TOLERANCE, t->with_falls, t->run, outcomes);
    t->evaluations += (int)n;
}

/* A plane whose inclination is below the latitude of insertion is not reached: guidance takes the nearest one. */
static double targeting_turn(const targeting *t, const cosmo_outcome *o)
{
    const double turn = fabs(o->orbit.inclination_rad - t->flight->target.inclination_rad);
    return o->inserted && t->flight->steering.closed_loop && turn > TARGETING_PLANE_RAD ? turn : 0.0;
}

static void targeting_keep(targeting *t, const cosmo_outcome *o)
{
    t->margin = targeting_margin(o);
    t->turn_rad = targeting_turn(t, o);
    targeting_constraints(t, o, t->constraints);
}

/* Fly once and keep what comes of it. */
static void targeting_judge(targeting *t, const cosmo_controls *controls)
{
    cosmo_outcome o;
    targeting_fly(t, 1, controls, &o);
    if (t->status == COSMO_OK) targeting_keep(t, &o);
}

static void targeting_evaluate(targeting *t, const double *x)
{
    if (t->known && memcmp(x, t->x, t->n_free * sizeof *x) == 0) return;
    cosmo_controls controls[1 + TARGETING_VARIABLES];
    cosmo_outcome o[1 + TARGETING_VARIABLES];
    controls[0] = targeting_controls(t, x);
    for (size_t v = 0; v < t->n_free; v++) {
        double moved[TARGETING_VARIABLES];
        memcpy(moved, x, t->n_free * sizeof *x);
        moved[v] += TARGETING_STEP_RAD;
        controls[1 + v] = targeting_controls(t, moved);
    }
    targeting_fly(t, 1 + t->n_free, controls, o);
    if (t->status != COSMO_OK) return;
    memcpy(t->x, x, t->n_free * sizeof *x);
    t->known = true;
    targeting_keep(t, &o[0]);
    for (size_t v = 0; v < t->n_free; v++) {
        double moved[TARGETING_CONSTRAINTS];
        t->gradient[v] = (targeting_margin(&o[1 + v]) - t->margin) / TARGETING_STEP_RAD;
        targeting_constraints(t, &o[1 + v], moved);
        for (size_t c = 0; c < t->n_constraints; c++)
            t->constraint_gradients[c][v] = (moved[c] - t->constraints[c]) / TARGETING_STEP_RAD;
    }
}

static double targeting_objective(unsigned n, const double *x, double *gradient, void *user)
{
    targeting *t = user;
    targeting_evaluate(t, x);
    for (unsigned i = 0; i < n && gradient != NULL; i++) gradient[i] = -t->gradient[i] / t->scale_kg;
    return -t->margin / t->scale_kg;
}

typedef struct targeting_constraint {
    targeting *t;
    size_t index;
} targeting_constraint;

static double targeting_constraint_value(unsigned n, const double *x, double *gradient, void *user)
{
    const targeting_constraint *c = user;
    targeting_evaluate(c->t, x);
    for (unsigned i = 0; i < n && gradient != NULL; i++) gradient[i] = c->t->constraint_gradients[c->index][i];
    return c->t->constraints[c->index];
}

/* ---- search ---------------------------------------------------------------------------------------------------------
 */

/* The margin, less a fine for every wish and limit that is not kept: what two points are compared by. */
static double targeting_merit(const targeting *t, double margin, const double *constraints)
{
    double fine = 0.0;
    for (size_t i = 0; i < t->n_constraints; i++) fine += fmin(fmax(constraints[i], 0.0), 10.0);
    return margin - 1e4 * fine;
}

static double targeting_outcome_merit(const targeting *t, const cosmo_outcome *o)
{
    double c[TARGETING_CONSTRAINTS];
    targeting_constraints(t, o, c);
    return targeting_merit(t, targeting_margin(o), c);
}

/* A first kick: eight at a time over the whole range, then eight around the best. */
static void targeting_scan_kick(targeting *t)
{
    double low = 0.0008, high = 0.45;
    for (int pass = 0; pass < TARGETING_SCANS && t->status == COSMO_OK; pass++) {
        cosmo_controls controls[8];
        cosmo_outcome o[8];
        const double ratio = high / low;
        size_t best = 0;
        for (int i = 0; i < 8; i++) {
            controls[i] = t->fixed;
            controls[i].payload_kg = t->payload_kg;
            controls[i].kick_rad = low * cosmo_real_pow(ratio, i / 7.0);
        }
        targeting_fly(t, 8, controls, o);
        if (t->status != COSMO_OK) return;
        for (size_t i = 1; i < 8; i++)
            if (targeting_outcome_merit(t, &o[i]) > targeting_outcome_merit(t, &o[best])) best = i;
        t->fixed.kick_rad = controls[best].kick_rad;
        const double neighbour = cosmo_real_pow(ratio, 1.0 / 7.0);
        low = fmax(controls[best].kick_rad / neighbour, TARGETING_KICK_MIN_RAD);
        high = fmin(controls[best].kick_rad * neighbour, TARGETING_KICK_MAX_RAD);
    }
}

static void targeting_bounds(const targeting *t, nlopt_opt search)
{
    double low[TARGETING_VARIABLES], high[TARGETING_VARIABLES];
    size_t i = 0;
    if (t->azimuth_free) {
        low[i] = t->fixed.azimuth_rad - 0.15;
        high[i++] = t->fixed.azimuth_rad + 0.15;
    }
    if (t->kick_free) {
        low[i] = TARGETING_KICK_MIN_RAD;
        high[i++] = TARGETING_KICK_MAX_RAD;
    }
    nlopt_set_lower_bounds(search, low);
    nlopt_set_upper_bounds(search, high);
}

/* Climb from t->fixed; leaves the best point there and its margin in t->margin. */
static void targeting_climb(targeting *t)
{
    double x[TARGETING_VARIABLES] = {0.0}, value;
    t->known = false;
    if (t->n_free == 0) {
        const cosmo_controls c = targeting_controls(t, x);
        targeting_judge(t, &c);
        return;
    }
    targeting_start(t, x);
    targeting_evaluate(t, x);
    const double merit_before = targeting_merit(t, t->margin, t->constraints);
    const cosmo_controls before = targeting_controls(t, x);
    nlopt_opt search = nlopt_create(NLOPT_LD_SLSQP, (unsigned)t->n_free);
    if (search == NULL) {
        t->status = cosmo_run_out_of_memory(t->run);
        return;
    }
    targeting_constraint constraints[TARGETING_CONSTRAINTS];
    nlopt_set_min_objective(search, targeting_objective, t);
    targeting_bounds(t, search);
    for (size_t c = 0; c < t->n_constraints; c++) {
        constraints[c] = (targeting_constraint){t, c};
        nlopt_add_inequality_constraint(search, targeting_constraint_value, &constraints[c], 1e-6);
    }
    nlopt_set_ftol_abs(search, 1e-6);
    nlopt_set_xtol_abs1(search, 1e-7);
    nlopt_set_maxeval(search, 60);
    nlopt_optimize(search, x,
                   &value); /* a stop by rounding still leaves the best point in x; the flight below judges it */
    nlopt_destroy(search);
    targeting_evaluate(t, x);
    const bool better = targeting_merit(t, t->margin, t->constraints) >= merit_before;
    const cosmo_controls best = better ? targeting_controls(t, x) : before;
    t->fixed.azimuth_rad = best.azimuth_rad;
    t->fixed.kick_rad = best.kick_rad;
    if (better) return;
    targeting_start(t, x);
    targeting_evaluate(t, x);
}

/* Where the search for the largest payload stands: the last payload that could be flown or lent for, and one that could
 * not. */
typedef struct targeting_payload {
    double kg, margin_kg, slope, too_much_kg;
} targeting_payload;

static double targeting_next_payload(const targeting_payload *p)
{
    const double secant = p->kg - p->margin_kg / p->slope, bounded = fmin(fmax(secant, 0.25 * p->kg), 1.6 * p->kg);
    return isfinite(p->too_much_kg) && bounded >= p->too_much_kg ? 0.5 * (p->kg + p->too_much_kg) : bounded;
}

/* Payload at which nothing is left: secant steps from the margin at hand, climbing again at each; a payload with which
 * nothing reaches the orbit at all is stepped back from. */
static double targeting_largest_payload(targeting *t)
{
    const targeting saved = *t;
    targeting_payload p = {t->payload_kg, t->margin, -1.3,
                           NAN}; /* slope: kg of margin lost a kg of payload, a first guess */
    for (int i = 0; i < TARGETING_PAYLOAD_PASSES && t->status == COSMO_OK && p.margin_kg > TARGETING_FAILED_KG; i++) {
        const double next = targeting_next_payload(&p);
        if (fabs(next - p.kg) < 1e-4 * p.kg) break;
        const cosmo_controls before = t->fixed;
        t->payload_kg = next;
        targeting_climb(t);
        if (t->margin <= TARGETING_FAILED_KG) {
            p.too_much_kg = next;
            t->fixed = before;
            continue;
        }
        const double slope = (t->margin - p.margin_kg) / (next - p.kg);
        p = (targeting_payload){next, t->margin, slope < -0.2 && slope > -20.0 ? slope : -1.3, p.too_much_kg};
    }
    const cosmo_status status = t->status;
    const int evaluations = t->evaluations;
    *t = saved;
    t->status = status;
    t->evaluations = evaluations;
    return p.margin_kg <= TARGETING_FAILED_KG ? NAN : fmax(p.kg - p.margin_kg / p.slope, 0.0);
}

static double targeting_shortfall_speed(const targeting *t, double lent_kg)
{
    const int last = t->program->n_burns > 0 ? t->program->burn_stage[t->program->n_burns - 1] : t->program->inserter;
    const program_stage *s = &t->program->stages[last];
    const double empty = s->dry_kg + s->residual_kg + t->payload_kg, end = fmax(empty - lent_kg, 0.02 * empty);
    return s->exhaust_m_s * cosmo_real_log(empty / end);
}

static void targeting_report_unmet(const targeting *t, cosmo_arena *arena, cosmo_solution *solution)
{
    const cosmo_fall_wish *wishes = t->flight->falls.items;
    static const char *const limits[] = {"dynamic pressure stays above its limit",
                                         "dynamic pressure times angle of attack stays above its limit",
                                         "heat flux on the payload stays above its limit after the fairing is gone",
                                         "perigee or apogee is missed by more than 5 km"};
    for (size_t c = 0; c < t->n_constraints && solution->n_unmet < 15; c++) {
        if (t->constraints[c] <= 1e-3) continue;
        const size_t n = t->flight->falls.n;
        const char *text = c < n
                               ? cosmo_arena_print(arena, "%s does not fall where the mission wants it", wishes[c].body)
                               : limits[c - n];
        if (text != NULL) solution->unmet[solution->n_unmet++] = text;
    }
}

/* What the design leaves, and what it keeps, in the air of the day. */
static void targeting_meet_weather(targeting *t, const cosmo_flight *asked)
{
    const cosmo_controls c = {t->fixed.azimuth_rad, t->fixed.kick_rad, t->payload_kg};
    t->flight = asked;
    targeting_judge(t, &c);
}

/* The plane is missed: what it would take to turn it after insertion is lacking. Source: Vallado 2013, section 6.4.1.
 */
static void targeting_charge_turn(targeting *t, cosmo_arena *arena, cosmo_solution *solution)
{
    if (!(t->turn_rad > 0.0)) return;
    const cosmo_target *target = &t->flight->target;
    const double r = COSMO_EARTH_RADIUS + target->perigee_altitude_m,
                 a = COSMO_EARTH_RADIUS + 0.5 * (target->perigee_altitude_m + target->apogee_altitude_m);
    const double turning = 2.0 * sqrt(COSMO_EARTH_MU * (2.0 / r - 1.0 / a)) * cosmo_real_sin(0.5 * t->turn_rad);
    const program_stage *s = &t->program->stages[t->program->inserter];
    const double empty = s->dry_kg + s->residual_kg + t->payload_kg;
    const double turning_kg = empty * (cosmo_real_exp(turning / s->exhaust_m_s) - 1.0);
    solution->feasible = false;
    solution->shortfall_m_s += turning;
    solution->shortfall_kg = fmax(-t->margin, 0.0) + turning_kg;
    solution->propellant_margin_kg = t->margin - turning_kg;
    solution->payload_max_kg = NAN;
    solution->unmet[solution->n_unmet++] = cosmo_arena_print(
        arena, "an inclination of %.1f deg is not reached from this latitude without a turn of %.1f deg in orbit",
        target->inclination_rad * 180.0 / TARGETING_PI, t->turn_rad * 180.0 / TARGETING_PI);
    if (solution->unmet[solution->n_unmet - 1] == NULL) solution->n_unmet--;
}

/* A flight is designed for still standard air, and flown in what the day brings. */
cosmo_status cosmo_targeting_solve(const cosmo_flight *asked, bool with_payload_max, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_solution *solution)
{
    program *p = cosmo_arena_alloc(arena, sizeof *p);
    cosmo_flight *flight = cosmo_arena_alloc(arena, sizeof *flight);
    COSMO_NEED(p, run);
    COSMO_NEED(flight, run);
    *flight = *asked;
    flight->environment.weather = NULL;
    COSMO_TRY(cosmo_program_make(flight, arena, run, p));
    targeting t = {.flight = flight,
                   .program = p,
                   .run = run,
                   .payload_kg = flight->payload_kg,
                   .scale_kg = 100.0,
                   .with_falls = flight->falls.n > 0};
    t.azimuth_free = !isfinite(flight->steering.azimuth_rad);
    const cosmo_table *programme = &flight->steering.pitch_programme;
    t.kick_free =
        !isfinite(flight->steering.kick_rad) && !(programme->n_rows > 1 && programme->values[0] <= p->vertical_rise_s);
    t.n_free = flight->steering.closed_loop ? (size_t)t.azimuth_free + (size_t)t.kick_free : 0;
    t.n_constraints =
        (flight->falls.n < TARGETING_CONSTRAINTS - TARGETING_LIMITS ? flight->falls.n
                                                                    : TARGETING_CONSTRAINTS - TARGETING_LIMITS) +
        TARGETING_LIMITS;
    t.fixed.azimuth_rad = t.azimuth_free ? targeting_first_azimuth(flight) : flight->steering.azimuth_rad;
    t.fixed.kick_rad = t.kick_free ? 0.05 : isfinite(flight->steering.kick_rad) ? flight->steering.kick_rad : 0.05;
    if (t.kick_free && t.n_free > 0) targeting_scan_kick(&t);
    targeting_climb(&t);
    *solution = (cosmo_solution){.payload_max_kg = NAN};
    if (with_payload_max && flight->steering.closed_loop) solution->payload_max_kg = targeting_largest_payload(&t);
    if (asked->environment.weather != NULL) targeting_meet_weather(&t, asked);
    if (t.status != COSMO_OK) return t.status;
    solution->controls = (cosmo_controls){t.fixed.azimuth_rad, t.fixed.kick_rad, t.payload_kg};
    solution->propellant_margin_kg = t.margin;
    solution->feasible = t.margin >= 0.0 || !flight->steering.closed_loop;
    if (!solution->feasible) {
        solution->shortfall_kg = fmax(-t.margin, 0.0);
        solution->shortfall_m_s = targeting_shortfall_speed(&t, solution->shortfall_kg);
    }
    targeting_report_unmet(&t, arena, solution);
    targeting_charge_turn(&t, arena, solution);
    solution->evaluations = t.evaluations;
    return t.status;
}
