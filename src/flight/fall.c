/* Falls: from release to the ground, a block of bodies at a time. */
#include "core/real.h"
#include "flight/motion.h"
#include "flight/vec.h"

#include <math.h>

enum { FALL_STEPS_MAX = 200000 };
static const double FALL_TERRAIN_TOP_M = 9000.0; /* above every mountain: no look-up before */
static const double FALL_LOCATE_S = 1e-7;

typedef struct fall_batch {
    const cosmo_environment *environment;
    const cosmo_motion_kernels *kernels;
    motion_block block;
    cosmo_impact *impacts[MOTION_LANES];
    double t_release[MOTION_LANES];
} fall_batch;

static cosmo_state fall_state(double t, const double y[MOTION_STATES])
{
    return (cosmo_state){t, {y[0], y[1], y[2]}, {y[3], y[4], y[5]}};
}

static cosmo_geodetic fall_place(const cosmo_environment *environment, const cosmo_state *state)
{
    if (!environment->round_earth) return cosmo_state_place(state);
    cosmo_vec3 r, v;
    cosmo_state_itrf(state, &r, &v);
    return cosmo_sphere_from_itrf(r);
}

/* Height over the ground: the terrain's where there is one, else the ellipsoid's or the sphere's. */
static double fall_height(const cosmo_environment *environment, double t, const double y[MOTION_STATES])
{
    const cosmo_state state = fall_state(t, y);
    const cosmo_geodetic place = fall_place(environment, &state);
    if (environment->terrain == NULL || place.altitude_m > FALL_TERRAIN_TOP_M) return place.altitude_m;
    return place.altitude_m - cosmo_terrain_height_m(environment->terrain, place.latitude_rad, place.longitude_rad);
}

static void fall_finish(fall_batch *batch, int lane, double t, const double y[MOTION_STATES], bool reached_ground)
{
    const cosmo_state state = fall_state(t, y);
    cosmo_impact *impact = batch->impacts[lane];
    impact->reached_ground = reached_ground;
    impact->t_s = t;
    impact->place = fall_place(batch->environment, &state);
    cosmo_vec3 r, v, north, east, down;
    cosmo_state_itrf(&state, &r, &v);
    cosmo_ellipsoid_ned(impact->place, &north, &east, &down);
    const double vn = vec_dot(v, north), ve = vec_dot(v, east), vd = vec_dot(v, down);
    impact->speed_m_s = sqrt(vn * vn + ve * ve + vd * vd);
    impact->path_angle_rad = cosmo_real_atan2(-vd, sqrt(vn * vn + ve * ve));
    batch->block.active[lane] = 0.0;
}

static void fall_current(const motion_block *block, int lane, double y[MOTION_STATES])
{
    for (int s = 0; s < MOTION_STATES; s++) y[s] = block->y[s][lane];
}

/* The ground is met within the last step: bisect the dense output, closed by secant steps. */
static void fall_locate(fall_batch *batch, int lane)
{
    const motion_block *block = &batch->block;
    double low = block->t[lane], high = low + block->h_taken[lane], y[MOTION_STATES];
    cosmo_motion_interpolate(block, lane, low, y);
    double height_low = fall_height(batch->environment, low, y);
    cosmo_motion_interpolate(block, lane, high, y);
    double height_high = fall_height(batch->environment, high, y);
    while (high - low > FALL_LOCATE_S) {
        const double secant = low + (high - low) * height_low / (height_low - height_high);
        const double margin = 0.1 * (high - low);
        const double middle = secant > low + margin && secant < high - margin ? secant : 0.5 * (low + high);
        cosmo_motion_interpolate(block, lane, middle, y);
        const double height = fall_height(batch->environment, middle, y);
        if (height > 0.0) {
            low = middle;
            height_low = height;
        } else {
            high = middle;
            height_high = height;
        }
    }
    fall_finish(batch, lane, high, y, true);
}

static void fall_load(fall_batch *batch, int lane, const cosmo_fall_case *body, double t_limit_s, cosmo_impact *impact)
{
    motion_block *block = &batch->block;
    const cosmo_state *s = &body->released;
    const double y[MOTION_STATES] = {s->position_m.x,
                                     s->position_m.y,
                                     s->position_m.z,
                                     s->velocity_m_s.x,
                                     s->velocity_m_s.y,
                                     s->velocity_m_s.z,
                                     0.0,
                                     0.0};
    for (int i = 0; i < MOTION_STATES; i++) block->y[i][lane] = y[i];
    block->t[lane] = s->t_s;
    block->t_ref[lane] = s->t_s;
    block->t_end[lane] = s->t_s + t_limit_s;
    block->mass_fixed_kg[lane] = body->mass_kg;
    if (body->drag != NULL) block->drag[lane] = body->drag;
    block->drag_area_m2[lane] = body->area_m2;
    block->weather[lane] = body->weather != NULL ? body->weather : batch->environment->weather;
    block->any_weather = block->any_weather || block->weather[lane] != NULL;
    block->density_scale[lane] = batch->environment->vacuum ? 0.0 : 1.0;
    block->active[lane] = 1.0;
    batch->impacts[lane] = impact;
    *impact = (cosmo_impact){0};
    if (fall_height(batch->environment, s->t_s, y) < 0.0) fall_finish(batch, lane, s->t_s, y, true);
}

static void fall_after_step(fall_batch *batch, const bool below[MOTION_LANES], const motion_probe *probe)
{
    motion_block *block = &batch->block;
    for (int i = 0; i < MOTION_LANES; i++) {
        if (block->accepted[i] < 0.5) continue;
        cosmo_impact *impact = batch->impacts[i];
        impact->peak_dynamic_pressure_pa = fmax(impact->peak_dynamic_pressure_pa, probe->dynamic_pressure_pa[i]);
        if (below[i]) {
            fall_locate(batch, i);
            continue;
        }
        cosmo_motion_commit(block, i);
        double y[MOTION_STATES];
        fall_current(block, i, y);
        if (block->t[i] >= block->t_end[i]) fall_finish(batch, i, block->t[i], y, false);
    }
}

static bool fall_any_active(const motion_block *block)
{
    for (int i = 0; i < MOTION_LANES; i++)
        if (block->active[i] > 0.5) return true;
    return false;
}

static cosmo_status fall_run(fall_batch *batch, cosmo_run *run)
{
    motion_block *block = &batch->block;
    motion_probe probe;
    for (int step = 0; fall_any_active(block); step++) {
        if (step > FALL_STEPS_MAX)
            return cosmo_run_fail(run, COSMO_INTERNAL, "error: a fall did not end in %d steps", FALL_STEPS_MAX);
        if (cosmo_run_cancelled(run)) return COSMO_CANCELLED;
        batch->kernels->step(block);
        bool below[MOTION_LANES] = {false}, any = false;
        for (int i = 0; i < MOTION_LANES; i++) {
            if (block->accepted[i] < 0.5) continue;
            double y[MOTION_STATES];
            for (int s = 0; s < MOTION_STATES; s++) y[s] = block->y_new[s][i];
            below[i] = fall_height(batch->environment, block->t[i] + block->h_taken[i], y) <= 0.0;
            any = any || below[i];
        }
        if (any) batch->kernels->dense(block);
        batch->kernels->probe(block, &probe);
        fall_after_step(batch, below, &probe);
    }
    return COSMO_OK;
}

cosmo_status cosmo_fall_to_ground(const cosmo_fall_case *cases, size_t n, const cosmo_environment *environment,
                                  double tolerance, double t_limit_s, cosmo_run *run, cosmo_impact *impacts)
{
    fall_batch batch = {.environment = environment, .kernels = cosmo_motion_kernels_best()};
    for (size_t first = 0; first < n; first += MOTION_LANES) {
        cosmo_motion_clear(&batch.block);
        cosmo_motion_set_gravity(&batch.block, environment->gravity);
        batch.block.round_earth = environment->round_earth;
        if (tolerance > 0.0) batch.block.tolerance = tolerance;
        for (size_t i = first; i < n && i < first + MOTION_LANES; i++) {
            if (!(cases[i].mass_kg > 0.0))
                return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: a falling body needs a mass above 0 kg");
            fall_load(&batch, (int)(i - first), &cases[i], t_limit_s, &impacts[i]);
        }
        COSMO_TRY(fall_run(&batch, run));
    }
    return COSMO_OK;
}
