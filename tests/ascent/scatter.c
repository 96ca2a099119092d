/* Dispersed flights: sampled ellipses against first-order ones, shapes of distributions, streams that do not disturb
 * each other. */
#include "flown.h"

#include <string.h>

static cosmo_flight flight;
static cosmo_controls controls;
static cosmo_dispersion dispersion;

static void open_mission(const char *path)
{
    read_mission(path);
    run.seed = 11;
    flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
    cosmo_section_defaults(cosmo_dispersion_section(), &dispersion, arena);
}

static void open(void)
{
    open_mission("missions/progress-ms.yaml");
}

/* Small enough that the flight answers in proportion. */
static void shrink(double factor)
{
    double *const all[] = {&dispersion.thrust,
                           &dispersion.isp,
                           &dispersion.propellant,
                           &dispersion.dry_mass,
                           &dispersion.cutoff_time_s,
                           &dispersion.drag,
                           &dispersion.pitch_rad,
                           &dispersion.yaw_rad,
                           &dispersion.insertion_altitude_m,
                           &dispersion.insertion_speed_m_s,
                           &dispersion.insertion_path_rad,
                           &dispersion.insertion_inclination_rad,
                           &dispersion.separation_speed_m_s,
                           &dispersion.fall_drag,
                           &dispersion.density,
                           &dispersion.wind};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) *all[i] *= factor;
}

/* Eigenvalues of a symmetric matrix of the first n components, given as a lower triangle row by row; smallest first.
 * Jacobi's method. */
static void eigenvalues(const double *triangle, int n, double *values)
{
    double a[6][6];
    for (int i = 0, at = 0; i < n; i++)
        for (int j = 0; j <= i; j++, at++) a[i][j] = a[j][i] = triangle[at];
    for (int sweep = 0; sweep < 60; sweep++)
        for (int p = 0; p < n; p++)
            for (int q = p + 1; q < n; q++) {
                if (a[p][q] == 0.0) continue;
                const double theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                const double t = (theta < 0.0 ? -1.0 : 1.0) / (fabs(theta) + sqrt(theta * theta + 1.0));
                const double c = 1.0 / sqrt(t * t + 1.0), s = t * c;
                for (int k = 0; k < n; k++) {
                    const double x = a[k][p], y = a[k][q];
                    a[k][p] = c * x - s * y;
                    a[k][q] = s * x + c * y;
                }
                for (int k = 0; k < n; k++) {
                    const double x = a[p][k], y = a[q][k];
                    a[p][k] = c * x - s * y;
                    a[q][k] = s * x + c * y;
                }
            }
    for (int i = 0; i < n; i++) {
        int k = i;
        for (; k > 0 && values[k - 1] > a[i][i]; k--) values[k] = values[k - 1];
        values[k] = a[i][i];
    }
}

/* The covariance of velocity alone. */
static void of_velocity(const double *whole, double part[6])
{
    for (int i = 3, at = 0; i < 6; i++)
        for (int j = 3; j <= i; j++) part[at++] = whole[i * (i + 1) / 2 + j];
}

/* Semi-axes of position and of velocity, smallest first. */
static void axes(const double *whole, double out[6])
{
    double velocity[6];
    eigenvalues(whole, 3, out);
    of_velocity(whole, velocity);
    eigenvalues(velocity, 3, out + 3);
    for (int i = 0; i < 6; i++) out[i] = sqrt(fmax(out[i], 0.0));
}

/* Half the difference of a flight pair an input, squares added up at each time of the track: what the flights'
 * covariance tends to. */
static void linear_covariances(size_t n_times, double (*covariances)[21])
{
    static cosmo_weather weather[2];
    cosmo_dispersion_inputs inputs;
    cosmo_variation pair[2];
    cosmo_outcome outcomes[2];
    const cosmo_controls same[2] = {controls, controls};
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    cosmo_track track = {.step_s = 1.0, .n = n_times};
    track.states = cosmo_arena_array(arena, 2 * n_times, sizeof *track.states);
    for (size_t i = 0; i < inputs.n; i++) {
        for (int side = 0; side < 2; side++) {
            z[i] = side == 0 ? 1.0 : -1.0;
            cosmo_dispersion_apply(&dispersion, &flight, &inputs, z, &pair[side], &weather[side]);
        }
        z[i] = 0.0;
        check(cosmo_ascent_track_many(&flight, 2, same, pair, 1e-8, false, &track, &run, outcomes));
        for (size_t t = 0; t < n_times; t++) {
            const double *up = track.states[t], *down = track.states[n_times + t];
            for (int k = 0, at = 0; k < 6; k++)
                for (int m = 0; m <= k; m++, at++) covariances[t][at] += 0.25 * (up[k] - down[k]) * (up[m] - down[m]);
        }
    }
}

static void check_spreads_are_linear(const cosmo_scatter *s)
{
    static const size_t times[] = {60, 120, 400};
    double(*linear)[21] = cosmo_arena_array(arena, s->n_spreads, sizeof *linear);
    linear_covariances(s->n_spreads, linear);
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        double one[6], two[6];
        axes(s->spreads[times[i]].covariance, one);
        axes(linear[times[i]], two);
        printf(" T+%zu s\n", times[i]);
        for (int k = 0; k < 6; k++)
            suite_error(k < 3 ? "position semi-axis over first order, less 1" : "velocity semi-axis",
                        100.0 * (one[k] / two[k] - 1.0), "%", 3.0);
    }
}

START_TEST(small_dispersions_are_linear)
{
    open();
    shrink(0.05);
    cosmo_scatter s;
    check(cosmo_scatter_run(&flight, &controls, &dispersion, 8192, arena, &run, &s));
    ck_assert_uint_eq(s.n_inserted, s.n);
    for (size_t b = 0; b < s.n_bodies; b++) {
        double major[2], minor[2], azimuth[2];
        cosmo_scatter_ellipse(s.bodies[b].covariance_m2, 0.393469340287367, &major[0], &minor[0], &azimuth[0]);
        cosmo_scatter_ellipse(s.bodies[b].linear_m2, 0.393469340287367, &major[1], &minor[1], &azimuth[1]);
        printf(" %s: %.1f x %.1f m, azimuth %.1f deg\n", s.bodies[b].body, major[0], minor[0], azimuth[0] * 57.29578);
        suite_error("major semi-axis, sampled over first order, less 1", 100.0 * (major[0] / major[1] - 1.0), "%", 2.0);
        suite_error("minor semi-axis", 100.0 * (minor[0] / minor[1] - 1.0), "%", 2.0);
    }
    check_spreads_are_linear(&s);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Mean 0 and standard deviation 1, whatever the shape. */
START_TEST(shapes_are_standardised)
{
    enum { N = 20000 };
    open();
    static const double observed[] = {-1.5, -0.5, 0.5, 1.5};
    cosmo_dispersion_shape shape = {"thrust", 0, {4, 1, observed}};
    const double sigma[] = {1.0, 1.0, 1.0, sqrt(1.25)}, reach[] = {6.0, sqrt(3.0), sqrt(6.0), 1.5};
    dispersion.shapes = (cosmo_list){1, &shape};
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    for (shape.distribution = 0; shape.distribution < 4; shape.distribution++) {
        double sum = 0.0, square = 0.0, most = 0.0;
        for (uint64_t i = 0; i < N; i++) {
            cosmo_dispersion_draw(&dispersion, &inputs, 5, i, z);
            sum += z[0];
            square += z[0] * z[0];
            most = fmax(most, fabs(z[0]));
        }
        printf(" shape %d\n", shape.distribution);
        suite_error("mean", sum / N, "", 0.03);
        suite_error("standard deviation, less what it should be", sqrt(square / N) - sigma[shape.distribution], "",
                    0.03);
        ck_assert_double_le(most, reach[shape.distribution] + 1e-12);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* An input that is switched off changes the deviation of no other. */
START_TEST(streams_are_independent)
{
    open();
    cosmo_dispersion_inputs all, fewer;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &all));
    dispersion.isp = 0.0;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &fewer));
    ck_assert_uint_eq(fewer.n + 3, all.n); /* three stages */
    double *z = cosmo_arena_array(arena, all.n, sizeof *z), *less = cosmo_arena_array(arena, all.n, sizeof *less);
    cosmo_dispersion_draw(&dispersion, &all, 3, 77, z);
    cosmo_dispersion_draw(&dispersion, &fewer, 3, 77, less);
    for (size_t i = 0, k = 0; i < all.n; i++)
        if (strncmp(all.items[i].name, "isp", 3) != 0) ck_assert_double_eq(z[i], less[k++]);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Wind and density of a sample: as strong as said, and alike where heights are near each other. */
START_TEST(air_is_correlated)
{
    enum { N = 4000 };
    open();
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z), square[3] = {0.0}, product[2] = {0.0};
    cosmo_variation variation;
    cosmo_weather weather;
    for (uint64_t i = 0; i < N; i++) {
        cosmo_dispersion_draw(&dispersion, &inputs, 3, i, z);
        cosmo_dispersion_apply(&dispersion, &flight, &inputs, z, &variation, &weather);
        /* nodes every 250 m from -1 km: 0, 2 and 12 km */
        const double w[3] = {weather.wind_east_m_s[4], weather.wind_east_m_s[4 + 8], weather.wind_east_m_s[4 + 48]};
        for (int k = 0; k < 3; k++) square[k] += w[k] * w[k];
        product[0] += w[0] * w[1];
        product[1] += w[0] * w[2];
    }
    suite_error("wind at the sea, standard deviation less 3 m/s", sqrt(square[0] / N) - 3.0, "m/s", 0.1);
    suite_error("at 12 km, less 12 m/s", sqrt(square[2] / N) - 12.0, "m/s", 0.5);
    suite_error("correlation over 2 km, less exp(-1/2)", product[0] / sqrt(square[0] * square[1]) - exp(-0.5), "",
                0.05);
    suite_error("correlation over 12 km, less exp(-3)", product[1] / sqrt(square[0] * square[2]) - exp(-3.0), "", 0.05);
    cosmo_arena_destroy(arena);
}
END_TEST

/* None of a thousand dispersed flights is lost to its own guidance: one that settles far from the design's solution,
 * and some of the Protons did so on a path into the ground, begins again from that. */
START_TEST(guidance_holds)
{
    static const char *const paths[] = {"missions/soyuz-ms.yaml", "missions/proton-51.yaml",
                                        "missions/long-march-2c-xichang.yaml", "missions/baiterek-soyuz-5.yaml"};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        cosmo_scatter s;
        open_mission(paths[i]);
        check(cosmo_scatter_run(&flight, &controls, &dispersion, 1024, arena, &run, &s));
        printf("  %-40s %llu of %llu in orbit, perigee %.1f +- %.1f km, apogee %.1f +- %.1f km\n", paths[i],
               (unsigned long long)s.n_inserted, (unsigned long long)s.n, s.perigee_m[0] / 1e3, s.perigee_m[1] / 1e3,
               s.apogee_m[0] / 1e3, s.apogee_m[1] / 1e3);
        ck_assert_uint_eq(s.n_inserted, s.n);
        cosmo_arena_destroy(arena);
    }
}
END_TEST

enum { FLIGHTS = 2048, BLOCK = 128 };

/* The covariance at a time of flights that are stopped then, with deviations of another seed: nothing in common with
 * the spreads but the equations of motion. */
static void stopped_covariance(double t_s, uint64_t seed, double covariance[21])
{
    static cosmo_variation variations[BLOCK];
    static cosmo_weather weather[BLOCK];
    static cosmo_outcome outcomes[BLOCK];
    cosmo_controls same[BLOCK];
    double sum[6] = {0.0}, square[21] = {0.0}, origin[6];
    cosmo_dispersion_inputs inputs;
    check(cosmo_dispersion_list(&dispersion, &flight, arena, &run, &inputs));
    double *z = cosmo_arena_array(arena, inputs.n, sizeof *z);
    for (size_t first = 0; first < FLIGHTS; first += BLOCK) {
        for (size_t i = 0; i < BLOCK; i++) {
            same[i] = controls;
            cosmo_dispersion_draw(&dispersion, &inputs, seed, first + i, z);
            cosmo_dispersion_apply(&dispersion, &flight, &inputs, z, &variations[i], &weather[i]);
            variations[i].stop_t_s = t_s;
        }
        check(cosmo_ascent_fly_many(&flight, BLOCK, same, variations, 1e-8, false, &run, outcomes));
        for (size_t i = 0; i < BLOCK; i++) {
            cosmo_vec3 r, v;
            ck_assert_double_eq(outcomes[i].stack.state.t_s, t_s);
            cosmo_state_itrf(&outcomes[i].stack.state, &r, &v);
            const double y[6] = {r.x, r.y, r.z, v.x, v.y, v.z};
            if (first + i == 0) memcpy(origin, y, sizeof y);
            for (int k = 0, at = 0; k < 6; k++) {
                sum[k] += y[k] - origin[k];
                for (int m = 0; m <= k; m++) square[at++] += (y[k] - origin[k]) * (y[m] - origin[m]);
            }
        }
    }
    for (int k = 0, at = 0; k < 6; k++)
        for (int m = 0; m <= k; m++, at++) covariance[at] = (square[at] - sum[k] * sum[m] / FLIGHTS) / (FLIGHTS - 1);
}

/* Two samples of 2,048 and 4,096 flights: their standard deviations agree within 1.9 % (one sigma), so 5 % of 30 axes
 * is 2.6 sigma; the seed is fixed. */
START_TEST(spreads_are_those_of_flights_that_stop)
{
    static const double times[] = {20.0, 60.0, 120.0, 300.0, 520.0};
    static const char *const names[] = {"position, smallest semi-axis, less 1",
                                        "position, middle",
                                        "position, largest",
                                        "velocity, smallest",
                                        "velocity, middle",
                                        "velocity, largest"};
    open();
    cosmo_scatter s;
    check(cosmo_scatter_run(&flight, &controls, &dispersion, 4096, arena, &run, &s));
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
        double covariance[21], one[6], two[6];
        const cosmo_spread *spread = &s.spreads[(size_t)times[i]];
        ck_assert_double_eq(spread->t_s, times[i]);
        ck_assert_uint_eq(spread->n, 4096);
        stopped_covariance(times[i], 77, covariance);
        axes(spread->covariance, one);
        axes(covariance, two);
        printf(" T+%.0f s: %.1f x %.1f x %.1f m, %.2f x %.2f x %.2f m/s\n", times[i], one[2], one[1], one[0], one[5],
               one[4], one[3]);
        for (int k = 0; k < 6; k++) suite_error(names[k], 100.0 * (one[k] / two[k] - 1.0), "%", 5.0);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(spreads_are_covariances)
{
    open();
    cosmo_scatter s, again;
    check(cosmo_scatter_run(&flight, &controls, &dispersion, 512, arena, &run, &s));
    check(cosmo_scatter_run(&flight, &controls, &dispersion, 512, arena, &run, &again));
    ck_assert_uint_eq(s.n_spreads, again.n_spreads);
    ck_assert_uint_gt(s.n_spreads, 500);
    double before = 0.0;
    for (size_t k = 0; k < s.n_spreads; k++) {
        const cosmo_spread *spread = &s.spreads[k];
        double values[6], scaled[21], sigma[6], out[6];
        ck_assert_mem_eq(spread->covariance, again.spreads[k].covariance, sizeof spread->covariance);
        for (int i = 0; i < 6; i++) sigma[i] = sqrt(spread->covariance[i * (i + 1) / 2 + i]);
        if (k == 0) {
            for (int i = 0; i < 6; i++) ck_assert_double_eq(sigma[i], 0.0); /* every flight stands on the pad */
            continue;
        }
        for (int i = 0, at = 0; i < 6; i++)
            for (int j = 0; j <= i; j++, at++) scaled[at] = spread->covariance[at] / (sigma[i] * sigma[j]);
        eigenvalues(scaled, 6, values);
        ck_assert_msg(values[0] > -1e-12, "T+%zu s: eigenvalue %g of the correlations", k, values[0]);
        axes(spread->covariance, out);
        /* guidance takes height errors out again, never faster than that */
        ck_assert_msg(out[2] > 0.97 * before, "T+%zu s: %g m after %g m", k, out[2], before);
        before = out[2];
        for (int i = 0; i < 6; i++) ck_assert_double_le(fabs(spread->offset[i]), sigma[i]);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/scatter", small_dispersions_are_linear, shapes_are_standardised, streams_are_independent,
            air_is_correlated, guidance_holds, spreads_are_those_of_flights_that_stop, spreads_are_covariances)
