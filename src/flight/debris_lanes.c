/* Falling fragments on lanes: point masses over the turning Earth, in Earth-fixed axes, by Bogacki-Shampine 3(2).
 *
 * dv/dt = g(r) + omega^2 p - 2 omega x v - rho |w| / (2 beta) Cd(M)/Cd(0) (w - L/D |w| l), w = v - wind, l across it. A
 * fragment in terminal fall has its velocity given by the balance of forces and only its position integrated. Source of
 * the pair: Bogacki & Shampine 1989, Appl. Math. Lett. 2(4), 321-325.
 */
#include "earth/kernels/atmosphere.h"
#include "flight/debris.h"

enum { DEBRIS_CELL_DOUBLES = sizeof(debris_cell) / sizeof(double) };
static const double DEBRIS_HEAT_CONSTANT = 1.7415e-4; /* kg^(1/2)/m: Sutton & Graves 1971, air */
static const double DEBRIS_SPEED_FLOOR = 1.0;         /* m/s, joined to the speed that errors are relative to */
static const double DEBRIS_PLACE_SCALE_M = 2000.0;    /* that errors of the place are relative to, joined by a second */
/* Terminal fall begins where the acceleration over gravity is below this share, */
static const double DEBRIS_SETTLED = 0.5;
/* and, times the lag, airspeed squared over gravity, below a way that does not matter; and the lag below another. */
static const double DEBRIS_SETTLED_M = 3.0;
static const double DEBRIS_LAG_M = 150.0;
static const double DEBRIS_SETTLED_BELOW_M = 6e4;
static const double DEBRIS_TERMINAL_STEP_M = 1000.0; /* longest way of a step in terminal fall */
static const double DEBRIS_NODES_END = COSMO_DRAG_NODES - 1.001;

typedef struct debris_body {
    lanes twice_ballistic, drag_factor, drag_offset, lift_up, lift_side;
    lanes3 side;
    lanes_mask terminal, lifts;
    int any_terminal, any_lift;
} debris_body;
typedef struct debris_column {
    lanes root_density, inverse_sound, lapse; /* lapse: of the log density, 1/m upwards */
    lanes3 wind, wind_shear;
} debris_column;
typedef struct debris_rates {
    lanes d[DEBRIS_STATES];
    lanes altitude, airspeed2;
} debris_rates;

/* Its series: 1e-9 over a cell below 99 km, 3e-6 over the widest above. */
static inline lanes exp_small(lanes x)
{
    return 1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0))));
}

static inline debris_column column_at(const debris_air *air, lanes3 r, lanes altitude, lanes3 up)
{
    const lanes low = (altitude - DEBRIS_AIR_BASE_M) * (1.0 / COSMO_WEATHER_STEP_M);
    const lanes high = (altitude - DEBRIS_AIR_JOINT_M) * (1.0 / DEBRIS_AIR_HIGH_M) + (double)DEBRIS_CELLS_LOW;
    const lanes_mask below = lanes_lt(altitude, lanes_all(DEBRIS_AIR_JOINT_M));
    const lanes x = lanes_pick(below, low, high), cell = earth_whole(x, DEBRIS_CELLS - 1);
    const lanes u = lanes_min(lanes_max(x - cell, lanes_all(0.0)), lanes_all(1.0));
    const earth_offsets at = earth_offsets_of(cell, DEBRIS_CELL_DOUBLES);
    const double *first = air->cell->root_density;
    const lanes slope = earth_gather(first + 1, at);
    debris_column c = {.root_density = earth_gather(first, at) * exp_small(u * slope),
                       .inverse_sound = earth_gather(first + 2, at) + u * earth_gather(first + 3, at),
                       .lapse = slope * (2.0 / COSMO_WEATHER_STEP_M)};
    c.wind = c.wind_shear = (lanes3){lanes_all(0.0), lanes_all(0.0), lanes_all(0.0)};
    if (!air->any_wind) return c;
    const lanes e1 = earth_gather(first + 5, at), n1 = earth_gather(first + 7, at);
    const lanes e = earth_gather(first + 4, at) + u * e1, n = earth_gather(first + 6, at) + u * n1;
    const lanes inverse = 1.0 / lanes_sqrt(lanes_max(r.x * r.x + r.y * r.y, lanes_all(1e-6)));
    const lanes3 east = {-r.y * inverse, r.x * inverse, lanes_all(0.0)}, north = lanes3_cross(up, east);
    c.wind = lanes3_along(lanes3_scale(e, east), n, north);
    const lanes3 shear = lanes3_along(lanes3_scale(e1, east), n1, north);
    c.wind_shear = lanes3_scale(lanes_all(1.0 / COSMO_WEATHER_STEP_M), shear);
    return c;
}

/* Gravity with the centrifugal acceleration. */
static inline lanes3 weight_at(const debris_air *air, lanes3 r, lanes inverse)
{
    const lanes inverse2 = inverse * inverse, s = r.z * inverse, g = -COSMO_EARTH_MU * inverse2 * inverse;
    const lanes k = (1.5 * air->j2 * COSMO_EARTH_RADIUS * COSMO_EARTH_RADIUS) * inverse2, q = 5.0 * s * s;
    const lanes across = g * (1.0 + k * (1.0 - q)) + COSMO_EARTH_ROTATION * COSMO_EARTH_ROTATION;
    return (lanes3){across * r.x, across * r.y, g * (1.0 + k * (3.0 - q)) * r.z};
}

static inline lanes drag_at(const debris_air *air, const debris_body *body, lanes mach)
{
    const lanes at = lanes_min(mach * (1.0 / COSMO_DRAG_MACH_STEP), lanes_all(DEBRIS_NODES_END));
    const lanes node = earth_whole(at, COSMO_DRAG_NODES - 2);
    const earth_offsets offset = earth_offsets_of(body->drag_offset + 2.0 * node, 1);
    const lanes a = earth_gather(air->drag[0], offset), b = earth_gather(air->drag[1], offset);
    return a + (at - node) * (b - a);
}

/* Direction of the lift, times lift over drag. */
static inline lanes3 lift_along(const debris_body *body, lanes3 ahead)
{
    const lanes slip = lanes3_dot(body->side, ahead);
    const lanes3 side = lanes3_along(body->side, -slip, ahead);
    const lanes scale = 1.0 / lanes_sqrt(lanes_max(lanes3_dot(side, side), lanes_all(1e-12)));
    const lanes3 lift = lanes3_along(lanes3_scale(body->lift_up, lanes3_cross(side, ahead)), body->lift_side, side);
    return lanes3_scale(scale, lift);
}

/* Velocity at which drag and lift hold the weight: steady to first order in the lag over the scale of the air.
 * `reference` is the speed with Cd(0), `ratio` Cd(M)/Cd(0). */
static inline lanes3 terminal_velocity(const debris_body *body, const debris_column *c, lanes3 weight, lanes gravity,
                                       lanes reference, lanes ratio)
{
    const lanes3 down = lanes3_scale(1.0 / gravity, weight);
    lanes3 ahead = down;
    if (body->any_lift) ahead = lanes3_pick(body->lifts, lanes3_add(down, lift_along(body, down)), down);
    const lanes lift2 = body->lift_up * body->lift_up + body->lift_side * body->lift_side;
    const lanes speed2 = reference * reference / (ratio * lanes_sqrt(1.0 + lift2)), lag = speed2 / gravity;
    const lanes speed = lanes_sqrt(speed2 / (1.0 + lift2)) * (1.0 - 0.25 * lag * c->lapse);
    const lanes3 air = lanes3_scale(speed, ahead);
    return lanes3_add(air, lanes3_along(c->wind, lag, c->wind_shear));
}

static inline debris_rates rates_at(const debris_air *air, const debris_body *body, const lanes y[DEBRIS_STATES])
{
    const lanes3 r = {y[0], y[1], y[2]}, v = {y[3], y[4], y[5]};
    const lanes r2 = lanes3_dot(r, r), inverse2 = 1.0 / r2, inverse = lanes_sqrt(inverse2), norm = r2 * inverse;
    lanes3 up;
    debris_rates out;
    out.altitude = debris_altitude(air->radius_m, air->flattening, r, norm, inverse, &up);
    const debris_column c = column_at(air, r, out.altitude, up);
    const lanes3 weight = weight_at(air, r, inverse), w = lanes3_sub(v, c.wind);
    const lanes density = c.root_density * c.root_density;
    const lanes w2 = lanes3_dot(w, w) + 1e-12;
    lanes speed2 = w2, gravity = lanes_all(COSMO_STANDARD_GRAVITY);
    if (body->any_terminal) {
        gravity = lanes3_norm(weight);
        speed2 = lanes_pick(body->terminal, gravity * body->twice_ballistic / density, w2);
    }
    const lanes speed = lanes_sqrt(speed2), cd = drag_at(air, body, speed * c.inverse_sound);
    const lanes drag = density * body->drag_factor * cd * speed;
    lanes3 felt = lanes3_scale(-drag, w);
    if (body->any_lift) {
        const lanes3 ahead = lanes3_scale(1.0 / speed, w);
        felt = lanes3_pick(body->lifts, lanes3_along(felt, drag * speed, lift_along(body, ahead)), felt);
    }
    const lanes3 turning = {2.0 * COSMO_EARTH_ROTATION * v.y, -2.0 * COSMO_EARTH_ROTATION * v.x, lanes_all(0.0)};
    lanes3 dv = lanes3_add(lanes3_add(weight, turning), felt), dr = v;
    if (body->any_terminal) {
        const lanes3 zero = {lanes_all(0.0), lanes_all(0.0), lanes_all(0.0)};
        const lanes ratio = cd * body->drag_factor * body->twice_ballistic;
        dr = lanes3_pick(body->terminal, terminal_velocity(body, &c, weight, gravity, speed, ratio), dr);
        dv = lanes3_pick(body->terminal, zero, dv);
    }
    out.airspeed2 = speed2;
    out.d[0] = dr.x;
    out.d[1] = dr.y;
    out.d[2] = dr.z;
    out.d[3] = dv.x;
    out.d[4] = dv.y;
    out.d[5] = dv.z;
    out.d[DEBRIS_HEAT] = DEBRIS_HEAT_CONSTANT * c.root_density * (speed * speed2);
    return out;
}

/* Error of a step against the tolerance: 1 is just acceptable. Heat counts beside a limit of it. */
static inline lanes step_error(const debris_air *air, lanes heat_limit, lanes h, const lanes y[DEBRIS_STATES],
                               const lanes k1[DEBRIS_STATES], const lanes k2[DEBRIS_STATES],
                               const lanes k3[DEBRIS_STATES], const lanes k4[DEBRIS_STATES])
{
    lanes e[DEBRIS_STATES];
    for (int s = 0; s < DEBRIS_STATES; s++)
        e[s] = h * ((-5.0 / 72.0) * k1[s] + (1.0 / 12.0) * k2[s] + (1.0 / 9.0) * k3[s] - 0.125 * k4[s]);
    const lanes speed2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5],
                floor2 = lanes_all(DEBRIS_SPEED_FLOOR * DEBRIS_SPEED_FLOOR);
    const lanes velocity2 = (e[3] * e[3] + e[4] * e[4] + e[5] * e[5]) / (speed2 + floor2);
    const lanes place2 =
        (e[0] * e[0] + e[1] * e[1] + e[2] * e[2]) / (speed2 + DEBRIS_PLACE_SCALE_M * DEBRIS_PLACE_SCALE_M);
    const lanes heat = (e[DEBRIS_HEAT] * e[DEBRIS_HEAT]) / (heat_limit * heat_limit);
    return lanes_sqrt(lanes_max(lanes_max(velocity2, place2), heat)) * (1.0 / air->tolerance);
}

/* The next step's length, by the fourth root of the error: slower to change than the pair's third, which loses fewer
 * steps where stability bounds them, and two square roots. A step of no length, a fragment's first, begins with a
 * twentieth of the time in which its acceleration would undo its speed. */
static inline lanes next_step(lanes h, lanes error, const lanes y[DEBRIS_STATES], const debris_rates *last,
                              lanes_mask terminal)
{
    const lanes bounded = lanes_min(lanes_max(error, lanes_all(1e-6)), lanes_all(1e6));
    const lanes factor = lanes_min(lanes_max(0.9 / lanes_sqrt(lanes_sqrt(bounded)), lanes_all(0.2)), lanes_all(5.0));
    const lanes *d = last->d;
    const lanes speed2 = y[3] * y[3] + y[4] * y[4] + y[5] * y[5], pull2 = d[3] * d[3] + d[4] * d[4] + d[5] * d[5];
    const lanes start = 0.05 * lanes_sqrt((speed2 + 100.0) / (pull2 + 1e-6));
    const lanes next = lanes_pick(lanes_gt(h, lanes_all(0.0)), lanes_max(h * factor, lanes_all(1e-12)), start);
    const lanes way2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + 1e-12;
    return lanes_pick(terminal, lanes_min(next, DEBRIS_TERMINAL_STEP_M / lanes_sqrt(way2)), next);
}

static inline void load_rows(debris_row *rows, int n, int first, lanes *to)
{
    for (int s = 0; s < n; s++) to[s] = lanes_load(rows[s] + first);
}

static inline lanes_mask row_is_set(const debris_row row, int first)
{
    return lanes_gt(lanes_load(row + first), lanes_all(0.5));
}

static inline lanes as_row(lanes_mask mask)
{
    return lanes_pick(mask, lanes_all(1.0), lanes_all(0.0));
}

static inline debris_body body_of(const debris_block *block, int first)
{
    debris_body body = {.twice_ballistic = lanes_load(block->twice_ballistic + first),
                        .drag_factor = lanes_load(block->drag_factor + first),
                        .drag_offset = lanes_load(block->drag_offset + first),
                        .lift_up = lanes_load(block->lift_up + first),
                        .lift_side = lanes_load(block->lift_side + first),
                        .side = {lanes_load(block->side[0] + first), lanes_load(block->side[1] + first),
                                 lanes_load(block->side[2] + first)},
                        .terminal = row_is_set(block->terminal, first),
                        .lifts = row_is_set(block->lifts, first)};
    body.any_terminal = lanes_any(body.terminal);
    body.any_lift = lanes_any(body.lifts);
    return body;
}

/* Whether a fragment falls at its terminal speed from here on. */
static inline lanes_mask settles(const debris_block *block, const debris_rates *last, int first)
{
    const lanes *d = last->d;
    const lanes pull2 = d[3] * d[3] + d[4] * d[4] + d[5] * d[5];
    const lanes unsteady2 = pull2 * (1.0 / (COSMO_STANDARD_GRAVITY * COSMO_STANDARD_GRAVITY));
    const lanes lag = last->airspeed2 * (1.0 / COSMO_STANDARD_GRAVITY);
    return row_is_set(block->may_settle, first) & lanes_lt(unsteady2, lanes_all(DEBRIS_SETTLED * DEBRIS_SETTLED)) &
           lanes_lt(unsteady2 * (lag * lag), lanes_all(DEBRIS_SETTLED_M * DEBRIS_SETTLED_M)) &
           lanes_lt(lag, lanes_all(DEBRIS_LAG_M)) & lanes_lt(last->altitude, lanes_all(DEBRIS_SETTLED_BELOW_M));
}

/* What the driver has to look at after this step; where it began stays for it in before. */
static inline lanes_mask due_of(debris_block *block, const lanes y[DEBRIS_STATES], const debris_rates *last, lanes h,
                                lanes_mask good, int first)
{
    const lanes_mask ground = lanes_le(last->altitude, lanes_load(block->floor_m + first));
    const lanes_mask hot = lanes_ge(y[DEBRIS_HEAT], lanes_load(block->heat_limit + first));
    const lanes_mask late = lanes_ge(lanes_load(block->t + first) + h, lanes_load(block->t_limit + first));
    const lanes_mask over =
        lanes_ge(lanes_load(block->steps + first), lanes_all(DEBRIS_STEPS_MAX)) & row_is_set(block->active, first);
    const lanes_mask due = (good & (ground | hot | late)) | over;
    lanes_store(block->due + first, as_row(due));
    if (!lanes_any(due)) return due;
    lanes_store(block->h_taken + first, lanes_pick(good, h, lanes_all(0.0)));
    for (int s = 0; s < DEBRIS_STATES; s++) {
        lanes_store(block->y_before[s] + first, lanes_load(block->y[s] + first));
        lanes_store(block->k_before[s] + first, lanes_load(block->k[s] + first));
    }
    return due;
}

static inline void commit(debris_block *block, const lanes y[DEBRIS_STATES], const debris_rates *last, lanes h,
                          lanes_mask good, int first)
{
    const lanes t = lanes_load(block->t + first);
    lanes_store(block->t + first, lanes_pick(good, t + h, t));
    for (int s = 0; s < DEBRIS_STATES; s++) {
        lanes_store(block->y[s] + first, lanes_pick(good, y[s], lanes_load(block->y[s] + first)));
        lanes_store(block->k[s] + first, lanes_pick(good, last->d[s], lanes_load(block->k[s] + first)));
    }
}

/* One step tried by each fragment of a group; true when something is due. A fragment that settles takes a step of no
 * length next, which gives it the rates of its new way of falling. */
static inline int step_group(const debris_air *air, debris_block *block, int first)
{
    const debris_body body = body_of(block, first);
    const lanes_mask active = row_is_set(block->active, first);
    const lanes h = lanes_load(block->h + first);
    lanes y[DEBRIS_STATES], k1[DEBRIS_STATES], at[DEBRIS_STATES];
    load_rows(block->y, DEBRIS_STATES, first, y);
    load_rows(block->k, DEBRIS_STATES, first, k1);
    for (int s = 0; s < DEBRIS_STATES; s++) at[s] = y[s] + (0.5 * h) * k1[s];
    const debris_rates r2 = rates_at(air, &body, at);
    for (int s = 0; s < DEBRIS_STATES; s++) at[s] = y[s] + (0.75 * h) * r2.d[s];
    const debris_rates r3 = rates_at(air, &body, at);
    for (int s = 0; s < DEBRIS_STATES; s++)
        at[s] = y[s] + h * ((2.0 / 9.0) * k1[s] + (1.0 / 3.0) * r2.d[s] + (4.0 / 9.0) * r3.d[s]);
    const debris_rates r4 = rates_at(air, &body, at);
    const lanes error = step_error(air, lanes_load(block->heat_limit + first), h, at, k1, r2.d, r3.d, r4.d);
    const lanes_mask good = lanes_le(error, lanes_all(1.0)) & active;
    lanes_store(block->steps + first, lanes_load(block->steps + first) + 1.0);
    const lanes_mask due = due_of(block, at, &r4, h, good, first);
    commit(block, at, &r4, h, good, first);
    const lanes_mask settled = good & settles(block, &r4, first) & ~body.terminal;
    lanes_store(block->terminal + first, as_row(body.terminal | settled));
    const lanes next = next_step(h, error, at, &r4, body.terminal);
    lanes_store(block->h + first, lanes_pick(settled | ~active, lanes_all(0.0), next));
    return lanes_any(due);
}

static void debris_advance(const debris_air *air, debris_block *block)
{
    for (int first = 0; first < DEBRIS_LANES; first += COSMO_LANES)
        while (lanes_any(row_is_set(block->active, first)) && !step_group(air, block, first)) {
        }
}

const cosmo_debris_kernels COSMO_TABLE(cosmo_debris_kernels) = {COSMO_LANES, debris_advance};
