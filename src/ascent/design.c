/* Flying a design and keeping its attitudes. */
#include "ascent/design.h"

#include "flight/vec.h"

#include <math.h>
#include <string.h>

static const double DESIGN_STEP_S = 0.5; /* a row each; `./test ascent/design` says what the cubic between costs */
static const double DESIGN_SPEED_MIN_M_S = 1.0; /* slower than this the velocity has no direction: upwards */
static const double DESIGN_TOLERANCE = 1e-10;

bool cosmo_design_needed(const cosmo_flight *flight, const cosmo_variation *variations)
{
    return variations != NULL || flight->environment.weather != NULL;
}

/* Where a velocity over the turning Earth points. */
static cosmo_vec3 design_ahead(const double y[MOTION_STATES])
{
    const cosmo_vec3 r = {y[0], y[1], y[2]};
    const cosmo_vec3 v = {y[3] + COSMO_EARTH_ROTATION * r.y, y[4] - COSMO_EARTH_ROTATION * r.x, y[5]};
    if (vec_norm(v) >= DESIGN_SPEED_MIN_M_S) return vec_unit(v);
    cosmo_vec3 north, east, down;
    cosmo_ellipsoid_ned(cosmo_ellipsoid_from_itrf(r), &north, &east, &down);
    return vec_scale(-1.0, down);
}

static cosmo_status design_on_step(void *user, int index, const lane *l, const motion_block *block)
{
    (void)index;
    (void)l;
    design *d = user;
    const double end = block->t[0] + block->h_taken[0];
    double t = DESIGN_STEP_S * (double)d->plan.attitude.n;
    for (; t <= end && d->plan.attitude.n < DESIGN_NODES_MAX; t = DESIGN_STEP_S * (double)d->plan.attitude.n) {
        double y[MOTION_STATES];
        cosmo_motion_interpolate(block, 0, t, y);
        const cosmo_vec3 ahead = design_ahead(y);
        double(*node)[2] = d->node[d->plan.attitude.n++];
        node[0][0] = ahead.x;
        node[1][0] = ahead.y;
        node[2][0] = ahead.z;
    }
    return COSMO_OK;
}

/* Slopes by central differences; level at both ends. */
static void design_slopes(design *d)
{
    for (size_t i = 0; i < d->plan.attitude.n; i++)
        for (int k = 0; k < 3; k++)
            d->node[i][k][1] =
                i > 0 && i + 1 < d->plan.attitude.n ? 0.5 * (d->node[i + 1][k][0] - d->node[i - 1][k][0]) : 0.0;
}

cosmo_status cosmo_design_make(const program *p, const cosmo_controls *controls, lane *lanes, cosmo_run *run, design *d)
{
    if (d->made && memcmp(&d->controls, controls, sizeof *controls) == 0) return COSMO_OK;
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    program *calm = arena != NULL ? cosmo_arena_alloc(arena, sizeof *calm) : NULL;
    if (calm == NULL) {
        cosmo_arena_destroy(arena);
        return cosmo_run_out_of_memory(run);
    }
    cosmo_flight flight = *p->flight;
    flight.environment.weather = NULL;
    *calm = *p;
    calm->flight = &flight;
    d->made = false;
    d->controls = *controls;
    d->plan = (lane_plan){.attitude = {.step_s = DESIGN_STEP_S, .node = (const double(*)[3][2])d->node}};
    const simulate_watch watch = {design_on_step, d};
    const cosmo_status status =
        cosmo_simulate_block(calm, 1, controls, NULL, NULL, true, DESIGN_TOLERANCE, &watch, run, lanes);
    cosmo_arena_destroy(arena);
    if (status != COSMO_OK) return status;
    for (; d->plan.attitude.n < 2; d->plan.attitude.n++)
        memcpy(d->node[d->plan.attitude.n], d->node[0], sizeof d->node[0]);
    design_slopes(d);
    d->plan.load = lanes[0].found;
    d->made = true;
    return COSMO_OK;
}

cosmo_vec3 cosmo_design_direction(const motion_attitude *a, double t_s)
{
    const double at = fmin(fmax(t_s / a->step_s, 0.0), (double)(a->n - 1));
    const size_t j = at >= (double)(a->n - 1) ? a->n - 2 : (size_t)at;
    const double x = at - (double)j;
    double v[3];
    for (int k = 0; k < 3; k++) {
        const double value = a->node[j][k][0], s0 = a->node[j][k][1], d = a->node[j + 1][k][0] - value,
                     s1 = a->node[j + 1][k][1];
        v[k] = value + x * (s0 + x * ((3.0 * d - 2.0 * s0 - s1) + x * (s0 + s1 - 2.0 * d)));
    }
    return vec_unit((cosmo_vec3){v[0], v[1], v[2]});
}
