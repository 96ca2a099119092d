/* Falls of fragments: the driver that keeps the lanes of the kernels filled.
 *
 * A fragment's way depends on nothing but itself and the air: which lane it falls in, beside which others and in which
 * order they are taken up changes no bit of it.
 */
#include "flight/debris.h"
#include "core/real.h"
#include "earth/kernels/gravity.h"
#include "flight/vec.h"

static const double DEBRIS_TOLERANCE = 1e-3;
static const double DEBRIS_TIME_LIMIT_S = 86400.0;
static const double DEBRIS_TERRAIN_TOP_M = 9000.0; /* above every mountain: no look-up before */
static const double DEBRIS_LIFT_SETTLING = 0.2;    /* largest lift ratio of a terminal fall */
static const double DEBRIS_LOCATE_M = 0.01;
static const double DEBRIS_GAMMA_R = 1.4 * 8314.32 / 28.9644; /* of air, 1976 */
static const double DEBRIS_SLOW_M_S = 1e-6;                   /* crosswise speed under which a release is vertical */
enum { DEBRIS_LOCATE_STEPS = 60, DEBRIS_BISECTIONS = 40 };

typedef struct debris_batch {
    const cosmo_environment *environment;
    const cosmo_debris *pieces;
    cosmo_debris_impact *impacts;
    const cosmo_drag_curve *drag;
    size_t n, next, of_lane[DEBRIS_LANES];
    debris_air air;
    debris_block block;
} debris_batch;

/* ---- air ---- */

/* Air at a node of the column, and what it is as figures that are linear in between. */
static void debris_node(const cosmo_environment *environment, int i, double node[4])
{
    const bool low = i <= DEBRIS_CELLS_LOW;
    const double altitude = low ? DEBRIS_AIR_BASE_M + i * COSMO_WEATHER_STEP_M
                                : DEBRIS_AIR_JOINT_M + (i - DEBRIS_CELLS_LOW) * DEBRIS_AIR_HIGH_M;
    const cosmo_air_state air = cosmo_atmosphere_us76(altitude);
    const cosmo_weather *w = low ? environment->weather : NULL;
    const double ratio = w != NULL ? w->density_ratio[i] : 1.0;
    const double warmer = w != NULL ? w->temperature_difference_k[i] : 0.0;
    node[0] = sqrt(air.density_kg_m3 * ratio);
    node[1] = 1.0 / sqrt(DEBRIS_GAMMA_R * (air.temperature_k + warmer));
    node[2] = w != NULL ? w->wind_east_m_s[i] : 0.0;
    node[3] = w != NULL ? w->wind_north_m_s[i] : 0.0;
}

static void debris_fill_air(const cosmo_environment *environment, debris_air *air)
{
    double here[4], above[4];
    debris_node(environment, 0, here);
    for (int i = 0; i < DEBRIS_CELLS; i++) {
        debris_node(environment, i + 1, above);
        debris_cell *cell = &air->cell[i];
        cell->root_density[0] = environment->vacuum ? 0.0 : here[0];
        cell->root_density[1] = cosmo_real_log(above[0] / here[0]);
        double *const value[3] = {cell->inverse_sound, cell->wind_east, cell->wind_north};
        for (int k = 0; k < 3; k++) {
            value[k][0] = here[k + 1];
            value[k][1] = above[k + 1] - here[k + 1];
        }
        memcpy(here, above, sizeof here);
    }
    air->radius_m = environment->round_earth ? COSMO_EARTH_ROUND_RADIUS : COSMO_EARTH_RADIUS;
    air->flattening = environment->round_earth ? 0.0 : COSMO_EARTH_FLATTENING;
    air->j2 = environment->gravity == COSMO_GRAVITY_SPHERE ? 0.0 : EARTH_J2;
    air->any_wind = environment->weather != NULL;
}

/* ---- places ---- */

static cosmo_geodetic debris_place(const cosmo_environment *environment, cosmo_vec3 r)
{
    return environment->round_earth ? cosmo_sphere_from_itrf(r) : cosmo_ellipsoid_from_itrf(r);
}

/* Height over the figure of the Earth, and up. */
static double debris_height_of(const debris_air *air, cosmo_vec3 r, cosmo_vec3 *up)
{
    const double norm = vec_norm(r);
    lanes3 u;
    const double height =
        debris_altitude(air->radius_m, air->flattening, (lanes3){r.x, r.y, r.z}, norm, 1.0 / norm, &u);
    *up = (cosmo_vec3){u.x, u.y, u.z};
    return height;
}

/* Height over the ground. */
static double debris_height(const debris_batch *batch, cosmo_vec3 r)
{
    const cosmo_terrain *terrain = batch->environment->round_earth ? NULL : batch->environment->terrain;
    cosmo_vec3 up;
    if (terrain == NULL) return debris_height_of(&batch->air, r, &up);
    const cosmo_geodetic place = cosmo_ellipsoid_from_itrf(r);
    return place.altitude_m - cosmo_terrain_height_m(terrain, place.latitude_rad, place.longitude_rad);
}

/* Component s of the last step at a share u of it, by the cubic through both ends and their slopes. */
static double debris_within(const debris_block *block, int lane, int s, double u)
{
    const double a = block->y_before[s][lane], d = block->y[s][lane] - a, h = block->h_taken[lane];
    const double sa = h * block->k_before[s][lane], sb = h * block->k[s][lane];
    return a + u * (sa + u * ((3.0 * d - 2.0 * sa - sb) + u * (sa + sb - 2.0 * d)));
}

static cosmo_vec3 debris_position(const debris_block *block, int lane, double u)
{
    return (cosmo_vec3){debris_within(block, lane, 0, u), debris_within(block, lane, 1, u),
                        debris_within(block, lane, 2, u)};
}

/* In terminal fall velocity is not a state but a rate. */
static cosmo_vec3 debris_velocity(const debris_block *block, int lane, double u)
{
    double v[3];
    for (int s = 0; s < 3; s++) {
        const double a = block->k_before[s][lane], b = block->k[s][lane];
        v[s] = block->terminal[lane] > 0.5 ? a + u * (b - a) : debris_within(block, lane, s + 3, u);
    }
    return (cosmo_vec3){v[0], v[1], v[2]};
}

/* ---- ends ---- */

static void debris_finish(debris_batch *batch, int lane, cosmo_debris_end end, double u)
{
    debris_block *block = &batch->block;
    const cosmo_vec3 r = debris_position(block, lane, u), v = debris_velocity(block, lane, u);
    const cosmo_debris *piece = &batch->pieces[batch->of_lane[lane]];
    cosmo_debris_impact *impact = &batch->impacts[batch->of_lane[lane]];
    const double taken = debris_within(block, lane, DEBRIS_HEAT, u);
    *impact = (cosmo_debris_impact){.end = end,
                                    .steps = (unsigned)block->steps[lane],
                                    .t_s = block->t[lane] - (1.0 - u) * block->h_taken[lane],
                                    .place = debris_place(batch->environment, r),
                                    .speed_m_s = vec_norm(v)};
    impact->heat_load_j_m2 = piece->nose_radius_m > 0.0 ? taken / sqrt(piece->nose_radius_m) : taken;
    cosmo_vec3 up;
    debris_height_of(&batch->air, r, &up);
    impact->path_angle_rad = cosmo_real_atan2(vec_dot(v, up), vec_norm(vec_cross(v, up)));
    block->active[lane] = 0.0;
}

/* The share of the last step at which the height, above 0 at its begin and not at its end, is met: regula falsi,
 * halving the weight of an end that stays (Dowell & Jarratt 1971, BIT 11, 168-174). */
static double debris_locate(const debris_batch *batch, int lane, double height_high)
{
    const debris_block *block = &batch->block;
    double low = 0.0, high = 1.0, height_low = debris_height(batch, debris_position(block, lane, 0.0));
    if (!(height_low > 0.0)) return 0.0;
    double u = 1.0;
    int side = 0;
    for (int i = 0; i < DEBRIS_LOCATE_STEPS; i++) {
        u = (low * height_high - high * height_low) / (height_high - height_low);
        const double height = debris_height(batch, debris_position(block, lane, u));
        if (fabs(height) < DEBRIS_LOCATE_M) break;
        if (height > 0.0) {
            low = u;
            height_low = height;
            if (side > 0) height_high *= 0.5;
            side = 1;
        } else {
            high = u;
            height_high = height;
            if (side < 0) height_low *= 0.5;
            side = -1;
        }
    }
    return u;
}

/* The share of the last step at which its heat is the limit, by bisection; above 1 where it is not. */
static double debris_burn_up(const debris_block *block, int lane)
{
    const double limit = block->heat_limit[lane];
    double low = 0.0, high = 1.0;
    if (!(block->y[DEBRIS_HEAT][lane] >= limit && block->h_taken[lane] > 0.0)) return 2.0;
    for (int i = 0; i < DEBRIS_BISECTIONS; i++) {
        const double middle = 0.5 * (low + high);
        if (debris_within(block, lane, DEBRIS_HEAT, middle) < limit)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* Look at a fragment whose step ended below the floor, too hot, too late or after too many. What came first counts. */
static void debris_look(debris_batch *batch, int lane)
{
    const debris_block *block = &batch->block;
    const double height = debris_height(batch, debris_position(block, lane, 1.0));
    const double ground = height > 0.0 ? 2.0 : debris_locate(batch, lane, height);
    const double demise = debris_burn_up(block, lane);
    if (fmin(ground, demise) <= 1.0)
        debris_finish(batch, lane, demise < ground ? COSMO_DEBRIS_DEMISED : COSMO_DEBRIS_GROUND, fmin(ground, demise));
    else if (block->t[lane] >= block->t_limit[lane] || block->steps[lane] >= DEBRIS_STEPS_MAX)
        debris_finish(batch, lane, COSMO_DEBRIS_ALOFT, 1.0);
}

/* ---- loading ---- */

/* To the right of the vertical plane of the release; east where that is vertical, any way at a pole. */
static cosmo_vec3 debris_side(cosmo_vec3 r, cosmo_vec3 v, cosmo_vec3 up)
{
    const cosmo_vec3 right = vec_cross(v, up), east = {-r.y, r.x, 0.0};
    if (vec_norm(right) > DEBRIS_SLOW_M_S) return vec_unit(right);
    return vec_norm(east) > 0.0 ? vec_unit(east) : (cosmo_vec3){0.0, 1.0, 0.0};
}

static void debris_load_state(debris_batch *batch, int lane, const cosmo_debris *piece)
{
    debris_block *block = &batch->block;
    cosmo_vec3 r, v, up;
    cosmo_state_itrf(&piece->released, &r, &v);
    debris_height_of(&batch->air, r, &up);
    const cosmo_vec3 side = debris_side(r, v, up);
    const double y[DEBRIS_STATES] = {r.x, r.y, r.z, v.x, v.y, v.z, 0.0}, right[3] = {side.x, side.y, side.z};
    for (int s = 0; s < DEBRIS_STATES; s++) {
        block->y[s][lane] = y[s];
        block->k[s][lane] = 0.0;
    }
    for (int s = 0; s < 3; s++) block->side[s][lane] = right[s];
}

/* Put the next fragment into a lane; its first step has no length and finds its rates. */
static void debris_load(debris_batch *batch, int lane)
{
    debris_block *block = &batch->block;
    const cosmo_environment *environment = batch->environment;
    const cosmo_debris *piece = &batch->pieces[batch->next];
    batch->of_lane[lane] = batch->next++;
    debris_load_state(batch, lane, piece);
    const bool demises = piece->heat_limit_j_m2 > 0.0, lifts = piece->lift_ratio != 0.0;
    const bool terrain = environment->terrain != NULL && !environment->round_earth;
    block->t[lane] = piece->released.t_s;
    block->h[lane] = 0.0;
    block->active[lane] = 1.0;
    block->terminal[lane] = 0.0;
    block->twice_ballistic[lane] = 2.0 * piece->ballistic_kg_m2;
    block->drag_factor[lane] = 0.5 / (piece->ballistic_kg_m2 * batch->drag[piece->drag_class].node[0][0]);
    block->drag_offset[lane] = (double)piece->drag_class * (sizeof(cosmo_drag_curve) / sizeof(double));
    block->lifts[lane] = lifts ? 1.0 : 0.0;
    block->lift_up[lane] = lifts ? piece->lift_ratio * cosmo_real_cos(piece->roll_rad) : 0.0;
    block->lift_side[lane] = lifts ? piece->lift_ratio * cosmo_real_sin(piece->roll_rad) : 0.0;
    block->may_settle[lane] = fabs(piece->lift_ratio) <= DEBRIS_LIFT_SETTLING ? 1.0 : 0.0;
    block->heat_limit[lane] = demises ? piece->heat_limit_j_m2 * sqrt(piece->nose_radius_m) : INFINITY;
    block->floor_m[lane] = terrain ? DEBRIS_TERRAIN_TOP_M : 0.0;
    block->t_limit[lane] = piece->released.t_s + DEBRIS_TIME_LIMIT_S;
    block->steps[lane] = 0.0;
}

static void debris_clear(debris_block *block)
{
    memset(block, 0, sizeof *block);
    for (int i = 0; i < DEBRIS_LANES; i++) {
        block->y[0][i] = COSMO_EARTH_RADIUS; /* an idle lane rests at a place where everything is finite */
        block->twice_ballistic[i] = block->drag_factor[i] = block->side[2][i] = 1.0;
        block->heat_limit[i] = INFINITY;
    }
}

static bool debris_is_sound(const cosmo_debris *s, size_t n_drag, const char **why)
{
    const double figures[] = {s->released.t_s,
                              s->released.position_m.x,
                              s->released.position_m.y,
                              s->released.position_m.z,
                              s->released.velocity_m_s.x,
                              s->released.velocity_m_s.y,
                              s->released.velocity_m_s.z,
                              s->lift_ratio,
                              s->roll_rad};
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (!(fabs(figures[i]) <= 1e12)) return *why = "figures that are finite", false;
    if (!(vec_norm(s->released.position_m) > 1.0)) return *why = "a place outside the centre of the Earth", false;
    if (!(s->ballistic_kg_m2 >= 1e-6 && s->ballistic_kg_m2 <= 1e12))
        return *why = "a ballistic coefficient of 1e-6 to 1e12 kg/m^2", false;
    if (s->drag_class >= n_drag) return *why = "a drag class with a curve", false;
    if (s->heat_limit_j_m2 > 0.0 && !(s->nose_radius_m > 0.0)) return *why = "a nose radius beside a heat limit", false;
    return true;
}

static cosmo_status debris_check(const debris_batch *batch, size_t n_drag, cosmo_run *run)
{
    for (size_t i = 0; i < n_drag; i++)
        if (!(batch->drag[i].node[0][0] > 0.0))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: drag curve %zu needs a Cd above 0 at Mach 0", i);
    const char *why = NULL;
    for (size_t i = 0; i < batch->n; i++)
        if (!debris_is_sound(&batch->pieces[i], n_drag, &why))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: fragment %zu needs %s", i, why);
    return COSMO_OK;
}

static const cosmo_debris_kernels *debris_kernels(void)
{
    const cosmo_isa isa = cosmo_isa_best();
    return isa == COSMO_ISA_V4   ? &cosmo_debris_kernels_x8
           : isa == COSMO_ISA_V3 ? &cosmo_debris_kernels_x4
                                 : &cosmo_debris_kernels_x1;
}

static cosmo_status debris_run(debris_batch *batch, cosmo_run *run)
{
    const cosmo_debris_kernels *kernels = debris_kernels();
    debris_block *block = &batch->block;
    for (bool any = true; any;) {
        if (cosmo_run_cancelled(run)) return COSMO_CANCELLED;
        any = false;
        for (int i = 0; i < DEBRIS_LANES; i++) {
            if (block->active[i] > 0.5 && block->due[i] > 0.5) debris_look(batch, i);
            if (block->active[i] < 0.5 && batch->next < batch->n) debris_load(batch, i);
            block->due[i] = 0.0;
            any = any || block->active[i] > 0.5;
        }
        if (any) kernels->advance(&batch->air, block);
    }
    return COSMO_OK;
}

cosmo_status cosmo_debris_fall(const cosmo_debris *pieces, size_t n, const cosmo_drag_curve *drag, size_t n_drag,
                               const cosmo_environment *environment, double tolerance, cosmo_run *run,
                               cosmo_debris_impact *impacts)
{
    cosmo_drag_curve tumbling;
    debris_batch batch = {.environment = environment, .pieces = pieces, .impacts = impacts, .n = n};
    if (n_drag == 0) cosmo_drag_curve_make(NULL, &tumbling);
    batch.drag = n_drag == 0 ? &tumbling : drag;
    COSMO_TRY(debris_check(&batch, n_drag == 0 ? 1 : n_drag, run));
    debris_fill_air(environment, &batch.air);
    batch.air.drag = batch.drag[0].node;
    batch.air.tolerance = tolerance > 0.0 ? tolerance : DEBRIS_TOLERANCE;
    debris_clear(&batch.block);
    return debris_run(&batch, run);
}
