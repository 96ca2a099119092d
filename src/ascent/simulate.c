/* Flying a block of lanes: step, look, act, guide, until every lane has ended. */
#include "ascent/simulate.h"

#include <math.h>
#include <string.h>

enum { SIMULATE_STEPS_MAX = 400000 };
static const double SIMULATE_CRASH_M = -500.0; /* below the pad: it has flown into the ground */
static const double SIMULATE_STEP_MAX_S = 20.0, SIMULATE_STEP_MIN_S = 2e-9;

static bool simulate_any_active(const motion_block *block)
{
    for (int i = 0; i < MOTION_LANES; i++)
        if (block->active[i] > 0.5) return true;
    return false;
}

/* No step is small enough: the flight has left what the equations describe (it is in pieces, or underground). */
static void simulate_give_up(lane *l, motion_block *block, int index)
{
    cosmo_lane_keep_stack(l, block, index);
    l->ended = true;
    block->active[index] = 0.0;
}

static void simulate_after_step(lane *lanes, motion_block *block, const cosmo_motion_kernels *kernels)
{
    bool committed[MOTION_LANES];
    for (int i = 0; i < MOTION_LANES; i++) {
        committed[i] = block->accepted[i] > 0.5;
        if (!committed[i] && block->active[i] > 0.5 && block->h[i] <= SIMULATE_STEP_MIN_S)
            simulate_give_up(&lanes[i], block, i);
        if (committed[i]) cosmo_motion_commit(block, i);
    }
    motion_probe probe;
    kernels->probe(block, &probe);
    for (int i = 0; i < MOTION_LANES; i++) {
        if (!committed[i]) continue;
        lane *l = &lanes[i];
        const double due = block->t_end[i];
        cosmo_lane_watch(l, block, i, &probe);
        if (probe.altitude_m[i] < l->program->flight->pad.altitude_m + SIMULATE_CRASH_M)
            cosmo_lane_schedule(l, l->t, LANE_END, 0);
        block->h[i] = fmin(block->h[i], SIMULATE_STEP_MAX_S);
        /* something is due, or the look has scheduled something sooner */
        if (l->t >= due)
            cosmo_lane_act(l, block, i);
        else
            cosmo_lane_foresee(l, block, i);
    }
}

static cosmo_status simulate_show(const simulate_watch *watch, const lane *lanes, motion_block *block,
                                  const cosmo_motion_kernels *kernels)
{
    kernels->dense(block);
    for (int i = 0; i < MOTION_LANES; i++)
        if (block->accepted[i] > 0.5) COSMO_TRY(watch->step(watch->user, i, &lanes[i], block));
    return COSMO_OK;
}

static void simulate_begin(const program *p, size_t n, const cosmo_controls *controls,
                           const cosmo_variation *variations, const lane_plan *const *plans, bool lend,
                           motion_block *block, lane *lanes)
{
    const cosmo_variation nominal = cosmo_ascent_nominal();
    for (size_t i = 0; i < n; i++) {
        cosmo_lane_begin(&lanes[i], p, &controls[i], variations != NULL ? &variations[i] : &nominal,
                         plans != NULL ? plans[i] : NULL, lend, block, (int)i);
        block->any_weather = block->any_weather || block->weather[i] != NULL;
        cosmo_lane_act(&lanes[i], block, (int)i);
    }
    for (size_t i = 0; i < p->n_stages; i++) block->any_lift = block->any_lift || p->stages[i].lift_area_m2 > 0.0;
    block->any_pitch = block->any_linear = true;
    block->any_attitude = plans != NULL;
}

cosmo_status cosmo_simulate_block(const program *p, size_t n, const cosmo_controls *controls,
                                  const cosmo_variation *variations, const lane_plan *const *plans, bool lend,
                                  double tolerance, const simulate_watch *watch, cosmo_run *run, lane *lanes)
{
    motion_block block;
    upfg_block guide;
    const cosmo_motion_kernels *kernels = cosmo_motion_kernels_best();
    const cosmo_upfg_kernels *guidance = cosmo_upfg_kernels_best();
    cosmo_motion_clear(&block);
    memset(&guide, 0, sizeof guide);
    memset(lanes, 0, MOTION_LANES * sizeof *lanes);
    block.tolerance = tolerance > 0.0 ? tolerance : 1e-10;
    cosmo_motion_set_gravity(&block, p->flight->environment.gravity);
    simulate_begin(p, n, controls, variations, plans, lend, &block, lanes);
    for (int step = 0; simulate_any_active(&block); step++) {
        if (step > SIMULATE_STEPS_MAX)
            return cosmo_run_fail(run, COSMO_INTERNAL, "error: a flight did not end in %d steps", SIMULATE_STEPS_MAX);
        if (cosmo_run_cancelled(run)) return COSMO_CANCELLED;
        kernels->step(&block);
        if (watch != NULL) COSMO_TRY(simulate_show(watch, lanes, &block, kernels));
        simulate_after_step(lanes, &block, kernels);
        cosmo_guide_cycle(lanes, &block, &guide, guidance);
    }
    return COSMO_OK;
}
