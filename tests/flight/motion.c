/* The integrator: conserved quantities, convergence order, the same bits on every instruction set and in every lane. */
#include "flight/motion.h"
#include "suite.h"

#include <string.h>

static void load(motion_block *b, int lane, const double y[6])
{
    for (int s = 0; s < 6; s++) b->y[s][lane] = y[s];
}

/* Coast lane 0 to t_end with the given kernels; returns steps taken. */
static int coast(motion_block *b, const cosmo_motion_kernels *k, double t_end)
{
    int steps = 0;
    b->t_end[0] = t_end;
    b->active[0] = 1.0;
    while (b->t[0] < t_end) {
        k->step(b);
        if (b->accepted[0] > 0.5) cosmo_motion_commit(b, 0), steps++;
        ck_assert_int_lt(steps, 100000);
    }
    return steps;
}

static const double ORBIT[6] = {6578137.0, 1000.0, -2000.0, 300.0, 6200.0, 4700.0};

START_TEST(energy_and_angular_momentum_hold)
{
    motion_block b;
    cosmo_motion_clear(&b);
    cosmo_motion_set_gravity(&b, COSMO_GRAVITY_SPHERE);
    b.density_scale[0] = 0.0;
    b.tolerance = 1e-12;
    load(&b, 0, ORBIT);
    const cosmo_vec3 r0 = {ORBIT[0], ORBIT[1], ORBIT[2]}, v0 = {ORBIT[3], ORBIT[4], ORBIT[5]};
    coast(&b, &cosmo_motion_kernels_x1, 600.0);
    const cosmo_vec3 r1 = {b.y[0][0], b.y[1][0], b.y[2][0]}, v1 = {b.y[3][0], b.y[4][0], b.y[5][0]};
#define NORM(a) sqrt((a).x *(a).x + (a).y * (a).y + (a).z * (a).z)
    const double e0 = 0.5 * NORM(v0) * NORM(v0) - COSMO_EARTH_MU / NORM(r0),
                 e1 = 0.5 * NORM(v1) * NORM(v1) - COSMO_EARTH_MU / NORM(r1);
    const cosmo_vec3 h0 = {r0.y * v0.z - r0.z * v0.y, r0.z * v0.x - r0.x * v0.z, r0.x * v0.y - r0.y * v0.x};
    const cosmo_vec3 h1 = {r1.y * v1.z - r1.z * v1.y, r1.z * v1.x - r1.x * v1.z, r1.x * v1.y - r1.y * v1.x};
    suite_error("relative energy change over 600 s", (e1 - e0) / e0, "", 1e-11);
    suite_error("relative angular momentum change over 600 s", (NORM(h1) - NORM(h0)) / NORM(h0), "", 1e-11);
}
END_TEST

static double error_with_step(double h, const double exact[6])
{
    motion_block b;
    cosmo_motion_clear(&b);
    cosmo_motion_set_gravity(&b, COSMO_GRAVITY_SPHERE);
    b.density_scale[0] = 0.0;
    b.fixed_step = true;
    b.h[0] = h;
    load(&b, 0, ORBIT);
    coast(&b, &cosmo_motion_kernels_x1, 4800.0);
    double sum = 0.0;
    for (int s = 0; s < 3; s++) sum += (b.y[s][0] - exact[s]) * (b.y[s][0] - exact[s]);
    return sqrt(sum);
}

START_TEST(converges_at_its_order)
{
    motion_block b;
    cosmo_motion_clear(&b);
    cosmo_motion_set_gravity(&b, COSMO_GRAVITY_SPHERE);
    b.density_scale[0] = 0.0;
    b.tolerance = 1e-15;
    load(&b, 0, ORBIT);
    coast(&b, &cosmo_motion_kernels_x1, 4800.0);
    double exact[6];
    for (int s = 0; s < 6; s++) exact[s] = b.y[s][0];
    const double coarse = error_with_step(240.0, exact), fine = error_with_step(120.0, exact);
    const double order = log2(coarse / fine);
    printf("  errors %.4g m and %.4g m at 240 s and 120 s: order %.3f\n", coarse, fine, order);
    suite_error("observed order less the method's 8", order - 8.0, "", 0.2);
}
END_TEST

START_TEST(dense_output_is_seventh_order_close)
{
    motion_block b;
    cosmo_motion_clear(&b);
    cosmo_motion_set_gravity(&b, COSMO_GRAVITY_J6);
    load(&b, 0, ORBIT);
    b.h[0] = 60.0;
    b.t_end[0] = 60.0;
    b.active[0] = 1.0;
    b.fixed_step = true;
    b.density_scale[0] = 0.0;
    cosmo_motion_kernels_x1.step(&b);
    cosmo_motion_kernels_x1.dense(&b);
    double y[MOTION_STATES];
    cosmo_motion_interpolate(&b, 0, 37.0, y);
    motion_block c;
    cosmo_motion_clear(&c);
    c.density_scale[0] = 0.0;
    load(&c, 0, ORBIT);
    coast(&c, &cosmo_motion_kernels_x1, 37.0);
    suite_error("dense output within a 60 s step", y[0] - c.y[0][0], "m", 1e-4);
}
END_TEST

/* A drag fall and a powered climb, to exercise every branch. */
static void fill_block(motion_block *b, const cosmo_drag_curve *curve, const cosmo_weather *wind, int rotate)
{
    cosmo_motion_clear(b);
    b->any_weather = b->any_pitch = b->any_linear = b->any_lift = true;
    for (int i = 0; i < MOTION_LANES; i++) {
        const int k = (i + rotate) % MOTION_LANES;
        const cosmo_geodetic place = {0.8 - 0.1 * k, 0.3 * k, 500.0 + 17000.0 * k};
        const cosmo_state s = cosmo_state_from_ned(0.0, place, (cosmo_vec3){200.0 * k, 150.0, -300.0 - 100.0 * k});
        const double y[6] = {s.position_m.x,   s.position_m.y,   s.position_m.z,
                             s.velocity_m_s.x, s.velocity_m_s.y, s.velocity_m_s.z};
        load(b, i, y);
        b->y[MOTION_MASS_A][i] = 2e4;
        b->mass_fixed_kg[i] = 1e4;
        b->drag[i] = curve;
        b->drag_area_m2[i] = 10.0;
        b->lift_area_m2[i] = 5.0;
        b->weather[i] = k % 2 == 0 ? wind : NULL;
        b->thrust_start_n[i] = k < 6 ? 6e5 : 0.0;
        b->exit_area_m2[i] = 0.5;
        b->flow_a_start_kg_s[i] = k < 6 ? 200.0 : 0.0;
        b->steer_up[i] = k == 0;
        b->steer_pitch[i] = k == 1 || k == 2;
        b->pitch_start_rad[i] = 1.2;
        b->pitch_rate_rad_s[i] = -0.01;
        b->steer_velocity[i] = k == 3;
        b->steer_linear[i] = k == 4 || k == 5;
        b->direction_rate[1][i] = 0.02;
        b->t_end[i] = 60.0;
        b->active[i] = 1.0;
    }
}

static void run_block(motion_block *b, const cosmo_motion_kernels *k)
{
    for (int step = 0; step < 5000; step++) {
        k->step(b);
        bool any = false;
        for (int i = 0; i < MOTION_LANES; i++) {
            if (b->accepted[i] > 0.5) cosmo_motion_commit(b, i);
            if (b->t[i] >= b->t_end[i]) b->active[i] = 0.0;
            any = any || b->active[i] > 0.5;
        }
        if (!any) return;
    }
    ck_abort_msg("the block did not end");
}

static motion_block blocks[4];
START_TEST(identical_bits_on_all_builds_and_lanes)
{
    static cosmo_drag_curve curve;
    static cosmo_weather wind;
    cosmo_drag_curve_make(NULL, &curve);
    cosmo_weather_constant_wind(20.0, 1.0, &wind);
    const cosmo_isa able = cosmo_isa_best();
    fill_block(&blocks[0], &curve, &wind, 0);
    run_block(&blocks[0], &cosmo_motion_kernels_x1);
    fill_block(&blocks[1], &curve, &wind, 0);
    run_block(&blocks[1], &cosmo_motion_kernels_x4);
    fill_block(&blocks[3], &curve, &wind, 3);
    run_block(&blocks[3], &cosmo_motion_kernels_x4);
    ck_assert_msg(memcmp(blocks[0].y, blocks[1].y, sizeof blocks[0].y) == 0, "4 lanes differ from one");
    if (able == COSMO_ISA_V4) {
        fill_block(&blocks[2], &curve, &wind, 0);
        run_block(&blocks[2], &cosmo_motion_kernels_x8);
        ck_assert_msg(memcmp(blocks[0].y, blocks[2].y, sizeof blocks[0].y) == 0, "8 lanes differ from one");
    }
    for (int i = 0; i < MOTION_LANES; i++)
        for (int s = 0; s < MOTION_STATES; s++) {
            const double a = blocks[0].y[s][(i + 3) % MOTION_LANES], c = blocks[3].y[s][i];
            ck_assert_msg(memcmp(&a, &c, sizeof a) == 0, "lane %d state %d depends on its place", i, s);
        }
}
END_TEST

COSMO_SUITE("flight/motion", energy_and_angular_momentum_hold, converges_at_its_order,
            dense_output_is_seventh_order_close, identical_bits_on_all_builds_and_lanes)
