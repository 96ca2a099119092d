/* Particles in turbulent air on lanes: one step of the vertical velocity, of the velocity along the wind, and of the
 * way across it.
 *
 * Vertical: with w in units of sigma_w, Thomson's model for Gaussian turbulence (1987, eq. 15 in one dimension) reads
 * dz = sigma_w w dt, dw = (d sigma_w/dz) dt - w/T dt + sqrt(2/T) dW. Its first two terms flow along the lines of a
 * Hamiltonian in the coordinate int dz/sigma_w, its last two are an Ornstein-Uhlenbeck process. Each is integrated by
 * itself, in the symmetric order drift, kick, exchange, kick, drift (Leimkuhler and Matthews 2013, ABOBA), so that what
 * is well mixed stays so to second order in the step.
 * Along the wind: an Ornstein-Uhlenbeck process of its own. Across: Irwin's curve (1983, J. Climate Appl. Meteor. 22,
 * 92-114), sigma_theta s / (1 + 0.0308 s^0.4548) over the way s travelled.
 */
#include "core/philox.h"
#include "earth/kernels/atmosphere.h"
#include "plume/particles.h"

enum { PARTICLES_CELL_DOUBLES = sizeof(particles_cell) / sizeof(double) };
static const double PARTICLES_CURVE_FACTOR = 0.0308, PARTICLES_CURVE_POWER = 0.4548; /* Irwin 1983, s in metres */

/* Where a height lies in the table. */
typedef struct particles_place {
    earth_offsets at;
    lanes share, inverse_height;
} particles_place;

static inline particles_place place_of(const particles_air *air, lanes z)
{
    const lanes x = (lanes_log(z) - air->log_bottom) * air->cells_per_log, cell = earth_whole(x, PARTICLES_CELLS - 1);
    return (particles_place){earth_offsets_of(cell, PARTICLES_CELL_DOUBLES), x - cell, 1.0 / z};
}

static inline lanes value_at(const double *first, const particles_place *p, lanes *change)
{
    *change = earth_gather(first + 1, p->at);
    return earth_gather(first, p->at) + p->share * *change;
}

static inline lanes load_state(const particles_block *block, int which, int first)
{
    return lanes_load(block->state[which] + first);
}

static inline void store_state(particles_block *block, int which, int first, lanes value)
{
    lanes_store(block->state[which] + first, value);
}

/* Up and down of a group of particles. */
typedef struct particles_vertical {
    lanes z, w, floor, ceiling, touches;
} particles_vertical;

/* Half a step at a steady w, sigma_w linear on the way; thrown back at floor and ceiling. */
static inline void drift(particles_vertical *v, lanes sigma, lanes slope, lanes half)
{
    const lanes way = v->w * half;
    lanes z = v->z + sigma * way * (1.0 + 0.5 * slope * way);
    const lanes_mask low = lanes_lt(z, v->floor), high = lanes_gt(z, v->ceiling);
    z = lanes_pick(low, 2.0 * v->floor - z, lanes_pick(high, 2.0 * v->ceiling - z, z));
    v->w = lanes_pick(low | high, -v->w, v->w);
    v->touches = v->touches + lanes_pick(low, lanes_all(1.0), lanes_all(0.0));
    v->z = lanes_min(lanes_max(z, v->floor), v->ceiling);
}

/* An Ornstein-Uhlenbeck process over the share x of its time scale. Its memory is exp(-x) to x^3/12; its spread stays 1
 * whatever x. */
static inline lanes exchange(lanes value, lanes x, lanes normal)
{
    const lanes inverse = 1.0 / (1.0 + 0.5 * x);
    return ((1.0 - 0.5 * x) * value + lanes_sqrt(2.0 * x) * normal) * inverse;
}

static inline lanes irwin(lanes s)
{
    const lanes power = lanes_exp(PARTICLES_CURVE_POWER * lanes_log(lanes_max(s, lanes_all(1e-9))));
    return s / (1.0 + PARTICLES_CURVE_FACTOR * power);
}

/* Along and across the wind at the height of the middle of the step; `clock` is how long the step takes. */
static inline void move(const particles_air *air, particles_block *block, const particles_place *p, lanes dt,
                        lanes clock, lanes normal, int first)
{
    const double *cell = air->cell->sigma_w;
    lanes change;
    const lanes time = value_at(cell + 8, p, &change);
    const lanes east = value_at(cell + 10, p, &change), north = value_at(cell + 12, p, &change);
    const lanes scatter = value_at(cell + 14, p, &change);
    const lanes speed = lanes_sqrt(east * east + north * north + 1e-12), inverse = 1.0 / speed;
    const lanes before = load_state(block, PARTICLES_U, first), after = exchange(before, clock / time, normal);
    const lanes s =
        load_state(block, PARTICLES_TRAVELLED, first) + dt * lanes_max(speed, lanes_all(air->least_pace_m_s));
    const lanes curve = irwin(s), turn = scatter * (curve - load_state(block, PARTICLES_CURVE, first)) * inverse;
    store_state(block, PARTICLES_U, first, after);
    store_state(block, PARTICLES_EAST, first, load_state(block, PARTICLES_EAST, first) + dt * east);
    store_state(block, PARTICLES_NORTH, first, load_state(block, PARTICLES_NORTH, first) + dt * north);
    store_state(block, PARTICLES_TRAVELLED, first, s);
    store_state(block, PARTICLES_CURVE, first, curve);
    store_state(block, PARTICLES_SPREAD_EAST, first, load_state(block, PARTICLES_SPREAD_EAST, first) - turn * north);
    store_state(block, PARTICLES_SPREAD_NORTH, first, load_state(block, PARTICLES_SPREAD_NORTH, first) + turn * east);
}

/* Whether a particle is inside a shell now. */
static inline lanes_mask in_shells(const particles_air *air, const particles_block *block, int first)
{
    const lanes east = load_state(block, PARTICLES_EAST, first), north = load_state(block, PARTICLES_NORTH, first);
    const lanes r2 = east * east + north * north, z = load_state(block, PARTICLES_UP, first);
    lanes_mask inside = lanes_lt(r2, lanes_all(-1.0));
    for (size_t i = 0; i < air->n_arcs; i++) {
        const particles_arc *a = &air->arc[i];
        inside |= lanes_ge(r2, lanes_all(a->inner2_m2)) & lanes_lt(r2, lanes_all(a->outer2_m2)) &
                  lanes_ge(z, lanes_all(a->low_m)) & lanes_lt(z, lanes_all(a->high_m));
    }
    return inside;
}

static inline lanes as_row(lanes_mask mask)
{
    return lanes_pick(mask, lanes_all(1.0), lanes_all(0.0));
}

/* The length of the next step from the height where it begins; it ends at the time asked for at the latest. */
static inline lanes begin(const particles_air *air, const particles_block *block, particles_vertical *v, lanes *left,
                          lanes pace, int first)
{
    const particles_place here = place_of(air, v->z);
    lanes change, step_change;
    const lanes sigma = value_at(air->cell->sigma_w, &here, &change);
    const lanes step = air->step_fraction * value_at(air->cell->step_s, &here, &step_change);
    const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
    *left = lanes_load(block->until + first) - load_state(block, PARTICLES_TIME, first);
    const lanes dt = lanes_pick(active, lanes_min(step, *left * pace), lanes_all(0.0));
    drift(v, sigma, change * air->cells_per_log * here.inverse_height, 0.5 * dt);
    return dt;
}

static inline int step_group(const particles_air *air, particles_block *block, int first)
{
    particles_vertical v = {.z = load_state(block, PARTICLES_UP, first),
                            .w = load_state(block, PARTICLES_W, first),
                            .floor = load_state(block, PARTICLES_FLOOR, first),
                            .ceiling = load_state(block, PARTICLES_CEILING, first),
                            .touches = lanes_all(0.0)};
    const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
    const lanes steps = load_state(block, PARTICLES_STEPS, first);
    lanes left, normal[2], change, time_change;
    philox_normals(air->seed, air->stream, philox_load(block->number + first), steps + (double)PARTICLES_FIRST_STEP,
                   normal);
    /* a gust carries and mixes faster alike: the step is the same and takes less time */
    const lanes pace = lanes_exp(air->gust * (load_state(block, PARTICLES_U, first) - 0.5 * air->gust));
    const lanes dt = begin(air, block, &v, &left, pace, first), clock = dt / pace;
    const particles_place middle = place_of(air, v.z);
    const lanes sigma = value_at(air->cell->sigma_w, &middle, &change);
    const lanes time = value_at(air->cell->time_w, &middle, &time_change);
    const lanes slope = change * air->cells_per_log * middle.inverse_height, kick = 0.5 * dt * slope;
    v.w = exchange(v.w + kick, dt / time, normal[0]) + kick;
    store_state(block, PARTICLES_UP, first, v.z); /* the middle's, for the shells */
    move(air, block, &middle, dt, clock, normal[1], first);
    const lanes_mask seen = air->n_arcs > 0 ? in_shells(air, block, first) & active : lanes_lt(dt, lanes_all(-1.0));
    drift(&v, sigma, slope, 0.5 * dt);
    const lanes_mask done = active & lanes_ge(dt, left * pace);
    const lanes t = load_state(block, PARTICLES_TIME, first);
    const lanes touches = lanes_pick(lanes_le(v.floor, lanes_all(air->bottom_m)), v.touches, lanes_all(0.0));
    store_state(block, PARTICLES_UP, first, v.z);
    store_state(block, PARTICLES_W, first, v.w);
    store_state(block, PARTICLES_EXPOSURE, first,
                load_state(block, PARTICLES_EXPOSURE, first) + air->exposure_s_m * touches / pace);
    store_state(block, PARTICLES_STEPS, first, steps + as_row(active));
    store_state(block, PARTICLES_TIME, first, lanes_pick(done, lanes_load(block->until + first), t + clock));
    lanes_store(block->due + first, as_row(done));
    lanes_store(block->touched + first, as_row(seen));
    lanes_store(block->step_s + first, clock);
    return lanes_any(done | seen);
}

static void particles_advance(const particles_air *air, particles_block *block)
{
    for (int first = 0; first < PARTICLES_LANES; first += COSMO_LANES)
        while (lanes_any(lanes_gt(lanes_load(block->active + first), lanes_all(0.5))) &&
               !step_group(air, block, first)) {
        }
}

const cosmo_particles_kernels COSMO_TABLE(cosmo_particles_kernels) = {COSMO_LANES, particles_advance};
