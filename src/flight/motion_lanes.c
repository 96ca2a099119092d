/* Equations of motion and one adaptive Dormand-Prince 8(5,3) step, on lanes.
 *
 * m dv/dt = thrust + drag + lift + m g(r), with thrust = T_vacuum - p A_exit (Sutton & Biblarz 2017, eq. 2-13); the air
 * turns with the Earth and blows with the wind. Step control: Hairer, Norsett & Wanner 1993, section II.10, one
 * controller a lane.
 */
#include "core/lanes.h"
#include "earth/kernels/atmosphere.h"
#include "earth/kernels/ellipsoid.h"
#include "earth/kernels/gravity.h"
#include "flight/motion.h"

/* Scales that the relative tolerance is of: Earth radius, orbital speed, a launcher's mass. */
static const double MOTION_SCALE[MOTION_STATES] = {6.4e6, 6.4e6, 6.4e6, 7.5e3, 7.5e3, 7.5e3, 1e5, 1e5};
static const double MOTION_GAMMA_R =
    1.4 * 8314.32 / 28.9644;                 /* ratio of specific heats times gas constant of air, 1976 */
static const double MOTION_SPEED_MIN = 1e-6; /* m/s: keeps unit vectors finite at rest */

typedef struct motion_air {
    lanes density, pressure, sound_speed;
    lanes3 wind;
} motion_air;
typedef struct motion_place {
    lanes sin_lat, cos_lat, cos_lon, sin_lon, altitude;
    lanes3 up;
} motion_place;
typedef struct motion_forces {
    motion_place place;
    motion_air air;
    lanes3 airspeed_vector, thrust_direction, force;
    lanes airspeed, mach, thrust, drag, mass, throttle;
} motion_forces;

/* On a round Earth; no flight comes near its centre. */
static inline motion_place place_round(lanes3 r)
{
    const lanes p2 = r.x * r.x + r.y * r.y, p = lanes_sqrt(p2), distance = lanes_sqrt(p2 + r.z * r.z);
    const lanes_mask axis = lanes_eq(p, lanes_all(0.0));
    const lanes inverse = 1.0 / distance, inverse_p = 1.0 / lanes_pick(axis, lanes_all(1.0), p);
    return (motion_place){.sin_lat = r.z * inverse,
                          .cos_lat = p * inverse,
                          .altitude = distance - COSMO_EARTH_ROUND_RADIUS,
                          .cos_lon = lanes_pick(axis, lanes_all(1.0), r.x * inverse_p),
                          .sin_lon = r.y * inverse_p,
                          .up = lanes3_scale(inverse, r)};
}

static inline motion_place place_of(const motion_block *block, lanes3 r)
{
    if (block->round_earth) return place_round(r);
    motion_place p;
    earth_geodetic(r, &p.sin_lat, &p.cos_lat, &p.altitude, &p.cos_lon, &p.sin_lon);
    p.up = (lanes3){p.cos_lat * p.cos_lon, p.cos_lat * p.sin_lon, p.sin_lat};
    return p;
}

/* Cubic through four equally spaced values (Catmull-Rom), at fraction f between the middle two. */
static inline double weather_value(const double *v, double f)
{
    const double a = 0.5 * (v[2] - v[0]), b = 0.5 * (v[3] - v[1]), d = v[2] - v[1];
    return v[1] + f * (a + f * ((3.0 * d - 2.0 * a - b) + f * (a + b - 2.0 * d)));
}

static inline void air_weather(const motion_block *block, const motion_place *p, int first, lanes *density,
                               lanes *temperature, lanes3 *wind)
{
    double altitude[COSMO_LANES], ratio[COSMO_LANES], difference[COSMO_LANES], east[COSMO_LANES], north[COSMO_LANES];
    lanes_store(altitude, p->altitude);
    for (int i = 0; i < COSMO_LANES; i++) {
        const cosmo_weather *w = block->weather[first + i];
        ratio[i] = 1.0;
        difference[i] = east[i] = north[i] = 0.0;
        const double x = (altitude[i] - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M;
        if (w == NULL || !(x < COSMO_WEATHER_NODES - 3)) continue;
        const int j = x > 1.0 ? (int)x : 1;
        const double f = x > 1.0 ? x - j : 0.0;
        ratio[i] = weather_value(w->density_ratio + j - 1, f);
        difference[i] = weather_value(w->temperature_difference_k + j - 1, f);
        east[i] = weather_value(w->wind_east_m_s + j - 1, f);
        north[i] = weather_value(w->wind_north_m_s + j - 1, f);
    }
    *density = *density * lanes_load(ratio);
    *temperature = *temperature + lanes_load(difference);
    const lanes e = lanes_load(east), n = lanes_load(north);
    *wind = (lanes3){-p->sin_lon * e - p->sin_lat * p->cos_lon * n, p->cos_lon * e - p->sin_lat * p->sin_lon * n,
                     p->cos_lat * n};
}

static inline motion_air air_at(const motion_block *block, const motion_place *p, int first)
{
    motion_air air;
    lanes temperature;
    earth_us76(&cosmo_us76_table, p->altitude, &air.density, &temperature, &air.pressure);
    air.wind = (lanes3){lanes_all(0.0), lanes_all(0.0), lanes_all(0.0)};
    if (block->any_weather) {
        const lanes density = air.density, warm = temperature;
        air_weather(block, p, first, &air.density, &temperature, &air.wind);
        air.pressure = air.pressure * (air.density * temperature) / (density * warm);
    }
    const lanes scale = lanes_load(block->density_scale + first);
    air.density = air.density * scale;
    air.pressure = air.pressure * scale;
    air.sound_speed = lanes_sqrt(MOTION_GAMMA_R * temperature);
    return air;
}

static inline lanes drag_coefficient(const motion_block *block, lanes mach, int first)
{
    double at[COSMO_LANES], v0[COSMO_LANES], s0[COSMO_LANES], v1[COSMO_LANES], s1[COSMO_LANES], f[COSMO_LANES];
    lanes_store(at, lanes_min(mach * (1.0 / COSMO_DRAG_MACH_STEP), lanes_all(COSMO_DRAG_NODES - 1.001)));
    for (int i = 0; i < COSMO_LANES; i++) {
        const int j = (int)at[i];
        const double(*node)[2] = &block->drag[first + i]->node[j];
        v0[i] = node[0][0];
        s0[i] = node[0][1];
        v1[i] = node[1][0];
        s1[i] = node[1][1];
        f[i] = at[i] - j;
    }
    const lanes x = lanes_load(f), a = lanes_load(v0), sa = lanes_load(s0), d = lanes_load(v1) - a, sb = lanes_load(s1);
    return a + x * (sa + x * ((3.0 * d - 2.0 * sa - sb) + x * (sa + sb - 2.0 * d)));
}

static inline lanes3 row3(const motion_row rows[3], int first)
{
    return (lanes3){lanes_load(rows[0] + first), lanes_load(rows[1] + first), lanes_load(rows[2] + first)};
}

static inline lanes3 attitude_at(const motion_block *block, lanes t, int first)
{
    double time[COSMO_LANES], c[3][4][COSMO_LANES]; /* value and slope at either end, a component */
    double f[COSMO_LANES];
    lanes_store(time, t);
    memset(c, 0, sizeof c);
    for (int i = 0; i < COSMO_LANES; i++) {
        const motion_attitude *a = block->attitude[first + i];
        f[i] = 0.0;
        c[0][0][i] = 1.0;
        if (a == NULL) continue;
        const double at = time[i] / a->step_s, end = (double)(a->n - 1);
        const size_t j = at >= end ? a->n - 2 : (size_t)fmax(at, 0.0);
        f[i] = fmin(fmax(at, 0.0), end) - (double)j;
        for (int k = 0; k < 3; k++)
            for (int s = 0; s < 4; s++) c[k][s][i] = a->node[j + (size_t)(s / 2)][k][s % 2];
    }
    const lanes x = lanes_load(f);
    lanes v[3];
    for (int k = 0; k < 3; k++) {
        const lanes a = lanes_load(c[k][0]), sa = lanes_load(c[k][1]), d = lanes_load(c[k][2]) - a,
                    sb = lanes_load(c[k][3]);
        v[k] = a + x * (sa + x * ((3.0 * d - 2.0 * sa - sb) + x * (sa + sb - 2.0 * d)));
    }
    const lanes3 ahead = lanes3_unit((lanes3){v[0], v[1], v[2]}), left = row3(block->plane_normal, first);
    const lanes3 raised =
        lanes3_along(ahead, lanes_load(block->attitude_up_rad + first), lanes3_cross(ahead, left));
    return lanes3_unit(lanes3_along(raised, -lanes_load(block->attitude_right_rad + first), left));
}

static inline lanes3 steer(const motion_block *block, const motion_place *p, lanes3 airspeed_unit, lanes t, int first)
{
    const lanes tau = t - lanes_load(block->t_ref + first);
    const lanes up = lanes_load(block->steer_up + first), along = lanes_load(block->steer_velocity + first);
    lanes3 direction = lanes3_add(lanes3_scale(up, p->up), lanes3_scale(along, airspeed_unit));
    if (block->any_pitch) {
        const lanes angle =
            lanes_load(block->pitch_start_rad + first) + lanes_load(block->pitch_rate_rad_s + first) * tau;
        const lanes3 ahead = lanes3_unit(lanes3_cross(row3(block->plane_normal, first), p->up));
        const lanes3 pitched = lanes3_along(lanes3_scale(lanes_sin(angle), p->up), lanes_cos(angle), ahead);
        direction = lanes3_along(direction, lanes_load(block->steer_pitch + first), pitched);
    }
    if (block->any_linear) {
        const lanes3 linear =
            lanes3_unit(lanes3_along(row3(block->direction, first), tau, row3(block->direction_rate, first)));
        direction = lanes3_along(direction, lanes_load(block->steer_linear + first), linear);
    }
    if (block->any_attitude)
        direction = lanes3_along(direction, lanes_load(block->steer_attitude + first), attitude_at(block, t, first));
    return direction;
}

/* Lift in the plane of thrust and airspeed, proportional to the sine of the angle of attack. */
static inline lanes3 lift_force(const motion_block *block, const motion_forces *f, lanes3 airspeed_unit, int first)
{
    const lanes3 across =
        lanes3_along(f->thrust_direction, -lanes3_dot(f->thrust_direction, airspeed_unit), airspeed_unit);
    const lanes pressure = 0.5 * f->air.density * f->airspeed * f->airspeed;
    return lanes3_scale(pressure * lanes_load(block->lift_area_m2 + first), across);
}

static inline motion_forces forces_at(const motion_block *block, lanes t, const lanes y[MOTION_STATES], int first)
{
    motion_forces f;
    const lanes3 r = {y[0], y[1], y[2]}, v = {y[3], y[4], y[5]};
    f.place = place_of(block, r);
    f.air = air_at(block, &f.place, first);
    const lanes3 turning = {-COSMO_EARTH_ROTATION * r.y, COSMO_EARTH_ROTATION * r.x, lanes_all(0.0)};
    f.airspeed_vector = lanes3_sub(lanes3_sub(v, turning), f.air.wind);
    f.airspeed = lanes_sqrt(lanes3_dot(f.airspeed_vector, f.airspeed_vector) + MOTION_SPEED_MIN * MOTION_SPEED_MIN);
    const lanes3 airspeed_unit = lanes3_scale(1.0 / f.airspeed, f.airspeed_vector);
    f.mach = f.airspeed / f.air.sound_speed;
    f.drag = 0.5 * f.air.density * f.airspeed * f.airspeed * drag_coefficient(block, f.mach, first) *
             lanes_load(block->drag_area_m2 + first);
    const lanes tau = t - lanes_load(block->t_ref + first);
    f.mass = lanes_load(block->mass_fixed_kg + first) + y[MOTION_MASS_A] + y[MOTION_MASS_B];
    const lanes vacuum = lanes_load(block->thrust_start_n + first) + lanes_load(block->thrust_rate_n_s + first) * tau;
    const lanes full = lanes_max(vacuum - f.air.pressure * lanes_load(block->exit_area_m2 + first), lanes_all(0.0));
    const lanes allowed = lanes_load(block->acceleration_limit_m_s2 + first) * f.mass;
    f.throttle = lanes_pick(lanes_gt(full, allowed), allowed / full, lanes_all(1.0));
    f.thrust = full * f.throttle;
    f.thrust_direction = steer(block, &f.place, airspeed_unit, t, first);
    f.force = lanes3_along(lanes3_scale(f.thrust, f.thrust_direction), -f.drag, airspeed_unit);
    if (block->any_lift) f.force = lanes3_add(f.force, lift_force(block, &f, airspeed_unit, first));
    return f;
}

static inline void derivative(const motion_block *block, lanes t, const lanes y[MOTION_STATES], lanes dy[MOTION_STATES],
                              int first)
{
    const motion_forces f = forces_at(block, t, y, first);
    const lanes3 r = {y[0], y[1], y[2]};
    const double *j = block->zonal;
    const lanes3 gravity =
        earth_gravity(r, lanes_all(j[0]), lanes_all(j[1]), lanes_all(j[2]), lanes_all(j[3]), lanes_all(j[4]));
    const lanes3 acceleration = lanes3_along(gravity, 1.0 / f.mass, f.force);
    const lanes tau = t - lanes_load(block->t_ref + first);
    dy[0] = y[3];
    dy[1] = y[4];
    dy[2] = y[5];
    dy[3] = acceleration.x;
    dy[4] = acceleration.y;
    dy[5] = acceleration.z;
    dy[6] = -f.throttle *
            (lanes_load(block->flow_a_start_kg_s + first) + lanes_load(block->flow_a_rate_kg_s2 + first) * tau);
    dy[7] = -f.throttle *
            (lanes_load(block->flow_b_start_kg_s + first) + lanes_load(block->flow_b_rate_kg_s2 + first) * tau);
}

static inline void load_states(const motion_row rows[MOTION_STATES], int first, lanes y[MOTION_STATES])
{
    for (int s = 0; s < MOTION_STATES; s++) y[s] = lanes_load(rows[s] + first);
}

static inline void store_states(motion_row rows[MOTION_STATES], int first, const lanes y[MOTION_STATES])
{
    for (int s = 0; s < MOTION_STATES; s++) lanes_store(rows[s] + first, y[s]);
}

/* y + h sum_j a_j k_j over the first n stages. */
static inline void stage_point(const motion_block *block, const double *a, int n, lanes h, int first,
                               lanes y[MOTION_STATES])
{
    for (int s = 0; s < MOTION_STATES; s++) {
        lanes sum = lanes_all(0.0);
        for (int j = 0; j < n; j++)
            if (a[j] != 0.0) sum = sum + a[j] * lanes_load(block->k[j][s] + first);
        y[s] = lanes_load(block->y[s] + first) + h * sum;
    }
}

static inline void stage_evaluate(motion_block *block, int stage, lanes t, const lanes y[MOTION_STATES], int first)
{
    lanes dy[MOTION_STATES];
    derivative(block, t, y, dy, first);
    store_states(block->k[stage], first, dy);
}

static inline void first_stage(motion_block *block, int first)
{
    const lanes_mask fresh = lanes_gt(lanes_load(block->fresh + first), lanes_all(0.5));
    if (!lanes_any(fresh)) return;
    lanes y[MOTION_STATES], dy[MOTION_STATES];
    load_states(block->y, first, y);
    derivative(block, lanes_load(block->t + first), y, dy, first);
    for (int s = 0; s < MOTION_STATES; s++)
        lanes_store(block->k[0][s] + first, lanes_pick(fresh, dy[s], lanes_load(block->k[0][s] + first)));
    lanes_store(block->fresh + first, lanes_all(0.0));
}

/* Error of the step against the tolerance: 1 is just acceptable. */
static inline lanes step_error(const motion_block *block, lanes h, int first)
{
    lanes e5 = lanes_all(0.0), e3 = lanes_all(0.0);
    for (int s = 0; s < MOTION_STATES; s++) {
        lanes a = lanes_all(0.0), b = lanes_all(0.0);
        for (int j = 0; j < DOP853_STAGES; j++) {
            const lanes k = lanes_load(block->k[j][s] + first);
            if (DOP853_E5[j] != 0.0) a = a + DOP853_E5[j] * k;
            if (DOP853_E3[j] != 0.0) b = b + DOP853_E3[j] * k;
        }
        const double scale = 1.0 / (block->tolerance * MOTION_SCALE[s]);
        e5 = e5 + (a * scale) * (a * scale);
        e3 = e3 + (b * scale) * (b * scale);
    }
    const lanes both = lanes_max(e5 + 0.01 * e3, lanes_all(1e-300));
    return lanes_abs(h) * e5 / lanes_sqrt(both * (double)MOTION_STATES);
}

static inline void step_control(motion_block *block, lanes h, lanes error, int first)
{
    const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
    const lanes bounded = lanes_min(lanes_max(error, lanes_all(1e-10)), lanes_all(1e10));
    const lanes factor =
        lanes_min(lanes_max(0.9 * lanes_exp(-0.125 * lanes_log(bounded)), lanes_all(0.2)), lanes_all(8.0));
    const lanes_mask good = lanes_le(error, lanes_all(1.0));
    const lanes asked = lanes_load(block->h + first), grown = lanes_max(h * factor, lanes_all(1e-9));
    /* a step cut short by t_end says nothing against the longer one that was asked for */
    const lanes next = lanes_pick(good, lanes_pick(lanes_lt(h, asked), lanes_max(grown, asked), grown), grown);
    if (block->fixed_step) {
        lanes_store(block->accepted + first, lanes_pick(active, lanes_all(1.0), lanes_all(0.0)));
        return;
    }
    lanes_store(block->accepted + first,
                lanes_pick(active, lanes_pick(good, lanes_all(1.0), lanes_all(0.0)), lanes_all(0.0)));
    lanes_store(block->h + first, lanes_pick(active, next, asked));
}

static inline void step_group(motion_block *block, int first)
{
    first_stage(block, first);
    const lanes t = lanes_load(block->t + first), left = lanes_load(block->t_end + first) - t;
    const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
    const lanes h = lanes_pick(active, lanes_min(lanes_load(block->h + first), left), lanes_all(0.0));
    lanes y[MOTION_STATES];
    for (int stage = 1; stage < DOP853_STAGES; stage++) {
        stage_point(block, DOP853_A[stage], stage, h, first, y);
        stage_evaluate(block, stage, t + DOP853_C[stage] * h, y, first);
    }
    stage_point(block, DOP853_B, DOP853_STAGES, h, first, y);
    store_states(block->y_new, first, y);
    stage_evaluate(block, DOP853_STAGES, t + h, y, first);
    lanes_store(block->h_taken + first, h);
    step_control(block, h, step_error(block, h, first), first);
}

static void motion_step(motion_block *block)
{
    for (int first = 0; first < MOTION_LANES; first += COSMO_LANES) {
        const lanes_mask active = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
        if (lanes_any(active))
            step_group(block, first);
        else
            lanes_store(block->accepted + first, lanes_all(0.0));
    }
}

static inline void dense_group(motion_block *block, int first)
{
    const lanes t = lanes_load(block->t + first), h = lanes_load(block->h_taken + first);
    lanes y[MOTION_STATES];
    for (int stage = DOP853_STAGES + 1; stage < DOP853_STAGES_DENSE; stage++) {
        stage_point(block, DOP853_A[stage], stage, h, first, y);
        stage_evaluate(block, stage, t + DOP853_C[stage] * h, y, first);
    }
    for (int s = 0; s < MOTION_STATES; s++) {
        const lanes step = lanes_load(block->y_new[s] + first) - lanes_load(block->y[s] + first);
        const lanes k_first = lanes_load(block->k[0][s] + first),
                    k_last = lanes_load(block->k[DOP853_STAGES][s] + first);
        lanes_store(block->dense[0][s] + first, step);
        lanes_store(block->dense[1][s] + first, h * k_first - step);
        lanes_store(block->dense[2][s] + first, 2.0 * step - h * (k_first + k_last));
        for (int d = 0; d < 4; d++) {
            lanes sum = lanes_all(0.0);
            for (int j = 0; j < DOP853_STAGES_DENSE; j++)
                if (DOP853_D[d][j] != 0.0) sum = sum + DOP853_D[d][j] * lanes_load(block->k[j][s] + first);
            lanes_store(block->dense[3 + d][s] + first, h * sum);
        }
    }
}

static void motion_dense(motion_block *block)
{
    for (int first = 0; first < MOTION_LANES; first += COSMO_LANES) {
        const lanes_mask stepped = lanes_gt(lanes_load(block->active + first), lanes_all(0.5));
        if (lanes_any(stepped)) dense_group(block, first);
    }
}

static inline void probe_group(const motion_block *block, motion_probe *probe, int first)
{
    lanes y[MOTION_STATES];
    load_states(block->y, first, y);
    const motion_forces f = forces_at(block, lanes_load(block->t + first), y, first);
    const lanes3 unit = lanes3_scale(1.0 / f.airspeed, f.airspeed_vector);
    const lanes cosine = lanes_min(lanes_max(lanes3_dot(unit, f.thrust_direction), lanes_all(-1.0)), lanes_all(1.0));
    const lanes pressure = 0.5 * f.air.density * f.airspeed * f.airspeed;
    lanes_store(probe->altitude_m + first, f.place.altitude);
    lanes_store(probe->density_kg_m3 + first, f.air.density);
    lanes_store(probe->dynamic_pressure_pa + first, pressure);
    lanes_store(probe->mach + first, f.mach);
    lanes_store(probe->airspeed_m_s + first, f.airspeed);
    lanes_store(probe->thrust_n + first, f.thrust);
    lanes_store(probe->drag_n + first, f.drag);
    lanes_store(probe->attack_rad + first,
                lanes_pick(lanes_gt(f.thrust, lanes_all(0.0)), lanes_acos(cosine), lanes_all(0.0)));
    lanes_store(probe->felt_acceleration_m_s2 + first, lanes3_norm(f.force) / f.mass);
    lanes_store(probe->heat_flux_w_m2 + first, pressure * f.airspeed);
}

static void motion_probe_block(const motion_block *block, motion_probe *probe)
{
    for (int first = 0; first < MOTION_LANES; first += COSMO_LANES) probe_group(block, probe, first);
}

const cosmo_motion_kernels COSMO_TABLE(cosmo_motion_kernels) = {COSMO_LANES, motion_step, motion_dense,
                                                                motion_probe_block};
