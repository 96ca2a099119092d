/* Until when what is left of a failed vehicle may come down at a place.
 *
 * The hazard grid keeps no times, so they are bounded: from every sampled failure pieces fall again, from the lightest
 * that still carries 11 ft lbf to one that the air does not hold. Every real piece lies between them. A stack may yet
 * break on its way down, so heavy ones are followed by the lightest, which sets out at rest from the top of the climb,
 * or from 80 km, when the heavy one has landed. What moves pieces aside (imparted speed, a turn of the thrust, wind
 * that differs) is covered by looking half a degree around (farther where few land), and the thrust may push for a
 * minute before pieces are free. What falls for most of a revolution was all but in orbit: it may come down anywhere,
 * and no area can hold it.
 */
#include "study/closures.h"

#include "core/real.h"
#include "flight/vec.h"

#include <math.h>

enum { CLOSURE_TIMES_WEIGHTS = 8, CLOSURE_TIMES_ENOUGH = 32 };
static const double CLOSURE_TIMES_DEGREES = 180.0 / 3.14159265358979323846;
static const double CLOSURE_TIMES_HEAVIEST = 1e5;  /* kg/m^2; lands where it would without air, within a kilometre */
static const double CLOSURE_TIMES_LIGHTEST = 10.0; /* where a vehicle's data have no fragments */
static const double CLOSURE_TIMES_REVOLUTION_S = 4500.0;
static const double CLOSURE_TIMES_BREAK_M = 80e3; /* no air above breaks anything */
static const double CLOSURE_TIMES_STACK = 200.0;  /* kg/m^2; of what still holds together and may break */
static const double CLOSURE_TIMES_SEA_KG_M3 = 1.225, CLOSURE_TIMES_TURN_S = 60.0, CLOSURE_TIMES_AROUND_DEG = 0.5;

/* The ballistic coefficient of the lightest pieces that are dangerous when they fall at their terminal speed. */
static double closure_times_lightest(const cosmo_vehicle *vehicle)
{
    const cosmo_fragment_class *classes = vehicle->fragments.items;
    double least = INFINITY;
    for (size_t i = 0; i < vehicle->fragments.n; i++) {
        const double ballistic = classes[i].ballistic_min_kg_m2;
        const double speed = cosmo_fragment_terminal_speed_m_s(ballistic, CLOSURE_TIMES_SEA_KG_M3);
        if (cosmo_fragment_energy_j(classes[i].mass_kg, speed) >= cosmo_casualty_energy_j(COSMO_CASUALTY_FAA))
            least = fmin(least, ballistic);
    }
    return isfinite(least) ? least : CLOSURE_TIMES_LIGHTEST;
}

/* A fall begins at t = 0, when its inertial axes are those of ITRF. */
static cosmo_debris closure_times_piece(const cosmo_risk_failure *failure, double ballistic_kg_m2)
{
    const cosmo_vec3 r = failure->position_m;
    const cosmo_vec3 turning = {-COSMO_EARTH_ROTATION * r.y, COSMO_EARTH_ROTATION * r.x, 0.0};
    return (cosmo_debris){.released = {0.0, r, vec_add(failure->velocity_m_s, turning)},
                          .ballistic_kg_m2 = ballistic_kg_m2};
}

/* The lightest piece, left at rest where the climb after a failure ends: v^2 / (2 g) higher, at most at 80 km. */
static cosmo_debris closure_times_remnant(const cosmo_risk_failure *failure, double ballistic_kg_m2)
{
    cosmo_geodetic top = cosmo_ellipsoid_from_itrf(failure->position_m);
    const double climb_m_s = fmax(vec_dot(failure->velocity_m_s, vec_unit(failure->position_m)), 0.0);
    top.altitude_m += climb_m_s * climb_m_s / (2.0 * COSMO_STANDARD_GRAVITY);
    top.altitude_m = fmin(top.altitude_m, CLOSURE_TIMES_BREAK_M);
    return (cosmo_debris){.released = cosmo_state_from_ned(0.0, top, (cosmo_vec3){0.0, 0.0, 0.0}),
                          .ballistic_kg_m2 = ballistic_kg_m2};
}

typedef struct closure_times_work {
    const cosmo_risk *risk;
    cosmo_environment environment;
    cosmo_run *run;
    cosmo_debris *pieces;         /* one a failure */
    cosmo_debris_impact *impacts; /* of them */
    double *after_s;              /* how long the lightest takes after each */
    cosmo_closure_landing *landings;
    size_t n;
} closure_times_work;

static cosmo_status closure_times_remnants(closure_times_work *w, double lightest)
{
    for (size_t i = 0; i < w->risk->n_sampled; i++)
        w->pieces[i] = closure_times_remnant(&w->risk->sampled[i], lightest);
    COSMO_TRY(cosmo_debris_fall(w->pieces, w->risk->n_sampled, NULL, 0, &w->environment, 0.0, w->run, w->impacts));
    for (size_t i = 0; i < w->risk->n_sampled; i++) w->after_s[i] = w->impacts[i].t_s;
    return COSMO_OK;
}

static cosmo_status closure_times_fall(closure_times_work *w, double ballistic_kg_m2)
{
    const cosmo_risk *risk = w->risk;
    for (size_t i = 0; i < risk->n_sampled; i++) w->pieces[i] = closure_times_piece(&risk->sampled[i], ballistic_kg_m2);
    COSMO_TRY(cosmo_debris_fall(w->pieces, risk->n_sampled, NULL, 0, &w->environment, 0.0, w->run, w->impacts));
    const bool may_break = ballistic_kg_m2 >= CLOSURE_TIMES_STACK;
    for (size_t i = 0; i < risk->n_sampled; i++) {
        const cosmo_debris_impact *impact = &w->impacts[i];
        if (impact->end != COSMO_DEBRIS_GROUND || impact->t_s > CLOSURE_TIMES_REVOLUTION_S) continue;
        w->landings[w->n++] = (cosmo_closure_landing){
            impact->place.longitude_rad * CLOSURE_TIMES_DEGREES, impact->place.latitude_rad * CLOSURE_TIMES_DEGREES,
            risk->sampled[i].t_s + impact->t_s + CLOSURE_TIMES_TURN_S + (may_break ? w->after_s[i] : 0.0)};
    }
    return COSMO_OK;
}

cosmo_status cosmo_closure_times_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_closure_times *times)
{
    const size_t n = r->risk.n_sampled;
    closure_times_work w = {
        .risk = &r->risk, .environment = cosmo_mission_flight(r->flown.mission).environment, .run = run};
    w.pieces = cosmo_arena_array(arena, n + 1, sizeof *w.pieces);
    w.impacts = cosmo_arena_array(arena, n + 1, sizeof *w.impacts);
    w.after_s = cosmo_arena_array(arena, n + 1, sizeof *w.after_s);
    w.landings = cosmo_arena_array(arena, CLOSURE_TIMES_WEIGHTS * n + 1, sizeof *w.landings);
    COSMO_NEED(w.pieces, run);
    COSMO_NEED(w.impacts, run);
    COSMO_NEED(w.after_s, run);
    COSMO_NEED(w.landings, run);
    const double lightest = closure_times_lightest(&r->flown.mission->vehicle);
    if (n > 0) COSMO_TRY(closure_times_remnants(&w, lightest));
    for (int k = 0; k < CLOSURE_TIMES_WEIGHTS && n > 0; k++) {
        const double share = (double)k / (CLOSURE_TIMES_WEIGHTS - 1);
        COSMO_TRY(closure_times_fall(&w, lightest * cosmo_real_pow(CLOSURE_TIMES_HEAVIEST / lightest, share)));
    }
    *times = (cosmo_closure_times){.n = w.n, .landings = w.landings};
    for (size_t i = 0; i < w.n; i++) times->last_s = fmax(times->last_s, w.landings[i].t_s);
    return COSMO_OK;
}

/* The latest landing in a box grown by a margin; `n` counts them. */
static double closure_times_within(const cosmo_closure_times *times, const cosmo_closure_box *box, double around_deg,
                                   size_t *n)
{
    const double farthest = fmax(fabs(box->south), fabs(box->north)) / CLOSURE_TIMES_DEGREES;
    const double aside = around_deg / fmax(cosmo_real_cos(farthest), 0.1);
    const double west = box->west - aside, wide = box->east + aside - west;
    double last = 0.0;
    *n = 0;
    for (size_t i = 0; i < times->n; i++) {
        const cosmo_closure_landing *l = &times->landings[i];
        const double east_of = l->lon_deg - west - 360.0 * floor((l->lon_deg - west) / 360.0);
        if (east_of > wide || l->lat_deg < box->south - around_deg || l->lat_deg > box->north + around_deg) continue;
        last = fmax(last, l->t_s);
        ++*n;
    }
    return last;
}

double cosmo_closure_times_last_s(const cosmo_closure_times *times, const cosmo_closure_box *box)
{
    for (double around = CLOSURE_TIMES_AROUND_DEG; around < 90.0; around *= 2.0) {
        size_t n;
        const double last = closure_times_within(times, box, around, &n);
        if (n >= CLOSURE_TIMES_ENOUGH) return last;
    }
    return times->last_s;
}

cosmo_closure_box cosmo_closure_times_box(size_t n, const double *lon_deg, const double *lat_deg)
{
    cosmo_closure_box box = {lon_deg[0], lat_deg[0], lon_deg[0], lat_deg[0]};
    for (size_t i = 1; i < n; i++) {
        box.west = fmin(box.west, lon_deg[i]);
        box.east = fmax(box.east, lon_deg[i]);
        box.south = fmin(box.south, lat_deg[i]);
        box.north = fmax(box.north, lat_deg[i]);
    }
    return box;
}
