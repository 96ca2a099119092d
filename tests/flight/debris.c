/* Falls of fragments by the million: against the accurate integrator, the vacuum impact point, the published
 * terminal speeds of six classes, and the drift of 14 CFR 420 appendix B; the same bits on every
 * instruction set and in any order; finite answers for silly inputs. */
#include "cosmodrome/flight.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static const double DEG = 0.017453292519943295, PI = 3.14159265358979323846;
enum { N_FRAGMENTS = 3000, N_SHUFFLED = 1000 };

static double draw(uint64_t *state)
{
    *state = *state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(*state >> 11) * 0x1p-53;
}

/* A westerly jet of 60 m/s at 11 km, a weaker stream aloft, a light northerly at the ground; warm, thin air below. */
static void jet(cosmo_weather *weather)
{
    cosmo_weather_standard(weather);
    weather->has_wind = weather->has_ratio = true;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double h = COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M;
        const double core = (h - 11000.0) / 3000.0, aloft = (h - 60000.0) / 12000.0;
        weather->wind_east_m_s[i] = 60.0 * exp(-core * core) + 40.0 * exp(-aloft * aloft);
        weather->wind_north_m_s[i] = -8.0 * exp(-h / 3000.0) + 10.0 * sin(h / 7000.0) * exp(-h / 40000.0);
        weather->density_ratio[i] = 1.0 - 0.05 * exp(-h / 8000.0) + 0.05 * exp(-pow((h - 30000.0) / 10000.0, 2));
        weather->temperature_difference_k[i] = 8.0 * exp(-h / 8000.0);
    }
}

static cosmo_debris random_piece(uint64_t *seed)
{
    const double altitude = 1000.0 + 149000.0 * draw(seed), speed = 7000.0 * draw(seed);
    const double dive = asin(2.0 * draw(seed) - 1.0), azimuth = 2.0 * PI * draw(seed);
    const cosmo_geodetic place = {asin(2.0 * draw(seed) - 1.0), 2.0 * PI * draw(seed) - PI, altitude};
    const cosmo_vec3 ned = {speed * cos(dive) * cos(azimuth), speed * cos(dive) * sin(azimuth), speed * sin(dive)};
    return (cosmo_debris){.released = cosmo_state_from_ned(400.0 * draw(seed), place, ned),
                          .ballistic_kg_m2 = 5.0 * pow(400.0, draw(seed))};
}

static cosmo_run new_run(void)
{
    cosmo_run run;
    cosmo_run_init(&run, cosmo_arena_create(1 << 16, NULL));
    return run;
}

static void fall(const cosmo_debris *pieces, size_t n, const cosmo_environment *environment, double tolerance,
                 cosmo_debris_impact *impacts)
{
    cosmo_run run = new_run();
    ck_assert_msg(cosmo_debris_fall(pieces, n, NULL, 0, environment, tolerance, &run, impacts) == COSMO_OK, "%s",
                  run.message);
    cosmo_arena_destroy(run.arena);
}

static double between(cosmo_geodetic a, cosmo_geodetic b)
{
    double distance, azimuth;
    cosmo_geodesic_between(a, b, &distance, &azimuth);
    return distance;
}

/* ---- against the accurate integrator ---- */

static cosmo_debris pieces[N_FRAGMENTS];
static cosmo_debris_impact impacts[N_FRAGMENTS];
static cosmo_impact exact[N_FRAGMENTS];
static cosmo_fall_case cases[N_FRAGMENTS];
static cosmo_drag_curve tumbling;
static cosmo_weather weather;

static void fall_exactly(size_t n, const cosmo_environment *environment)
{
    cosmo_run run = new_run();
    for (size_t i = 0; i < n; i++)
        cases[i] = (cosmo_fall_case){.released = pieces[i].released,
                                     .mass_kg = pieces[i].ballistic_kg_m2 * cosmo_drag_curve_at(&tumbling, 0.0),
                                     .area_m2 = 1.0,
                                     .drag = &tumbling};
    ck_assert(cosmo_fall_to_ground(cases, n, environment, 1e-9, 86400.0, &run, exact) == COSMO_OK);
    cosmo_arena_destroy(run.arena);
}

/* Worst error over the range, ranges below 2 km counting as 2 km: there 1 % is 20 m. */
static double worst_share(size_t n)
{
    double worst = 0.0, sum = 0.0, time = 0.0, speed = 0.0, steps = 0.0;
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        ck_assert_int_eq(impacts[i].end, COSMO_DEBRIS_GROUND);
        ck_assert(exact[i].reached_ground);
        const double range = between(cosmo_state_place(&pieces[i].released), exact[i].place);
        const double share = between(impacts[i].place, exact[i].place) / fmax(range, 2000.0);
        if (share > worst) worst = share, at = i;
        sum += share * share;
        steps += impacts[i].steps;
        time = fmax(time, fabs(impacts[i].t_s - exact[i].t_s) / (exact[i].t_s - pieces[i].released.t_s));
        speed = fmax(speed, fabs(impacts[i].speed_m_s / exact[i].speed_m_s - 1.0));
    }
    printf("  %zu fragments, %.1f steps each; worst: beta %.1f kg/m2 from %.1f km\n", n, steps / (double)n,
           pieces[at].ballistic_kg_m2, 1e-3 * cosmo_state_place(&pieces[at].released).altitude_m);
    printf("  rms error over range %.3g, worst of time %.3g, of speed at impact %.3g\n", sqrt(sum / (double)n), time,
           speed);
    suite_error("worst error over range (or 2 km)", worst, "", 0.01);
    return worst;
}

START_TEST(range_agrees_with_the_accurate_integrator)
{
    uint64_t seed = 20260701;
    jet(&weather);
    cosmo_drag_curve_make(NULL, &tumbling);
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J6, .weather = &weather};
    for (size_t i = 0; i < N_FRAGMENTS; i++) pieces[i] = random_piece(&seed);
    fall_exactly(N_FRAGMENTS, &environment);
    fall(pieces, N_FRAGMENTS, &environment, 0.0, impacts);
    worst_share(N_FRAGMENTS);
    fall(pieces, N_FRAGMENTS, &environment, 1e-5, impacts);
    suite_error("what is left at a hundredth of the tolerance", worst_share(N_FRAGMENTS), "", 0.005);
}
END_TEST

START_TEST(so_it_does_over_terrain_and_a_round_earth)
{
    uint64_t seed = 7;
    enum { N = 400 };
    cosmo_run run = new_run();
    run.data_folder = "data";
    cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    ck_assert(cosmo_terrain_open(run.arena, &run, &environment.terrain) == COSMO_OK && environment.terrain != NULL);
    jet(&weather);
    cosmo_drag_curve_make(NULL, &tumbling);
    for (size_t i = 0; i < N; i++) {
        const cosmo_geodetic place = {(42.0 + 2.0 * draw(&seed)) * DEG, (75.0 + 5.0 * draw(&seed)) * DEG, 30000.0};
        const cosmo_vec3 ned = {600.0 * draw(&seed) - 300.0, 600.0 * draw(&seed) - 300.0, 300.0 * draw(&seed)};
        pieces[i] = random_piece(&seed);
        pieces[i].released = cosmo_state_from_ned(0.0, place, ned);
    }
    fall_exactly(N, &environment);
    fall(pieces, N, &environment, 0.0, impacts);
    worst_share(N);
    double highest = 0.0;
    for (size_t i = 0; i < N; i++) {
        const cosmo_geodetic at = impacts[i].place;
        highest = fmax(highest, at.altitude_m);
        ck_assert_double_lt(
            fabs(at.altitude_m - cosmo_terrain_height_m(environment.terrain, at.latitude_rad, at.longitude_rad)), 0.1);
    }
    printf("  highest ground hit %.0f m\n", highest);
    ck_assert_double_gt(highest, 3000.0);
    environment = (cosmo_environment){.gravity = COSMO_GRAVITY_SPHERE, .weather = &weather, .round_earth = true};
    fall_exactly(N, &environment);
    fall(pieces, N, &environment, 0.0, impacts);
    worst_share(N);
    cosmo_arena_destroy(run.arena);
}
END_TEST

/* ---- limits ---- */

START_TEST(in_vacuum_it_is_the_vacuum_impact_point)
{
    uint64_t seed = 11;
    enum { N = 2000 };
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_SPHERE, .vacuum = true};
    double worst = 0.0;
    size_t impacts_seen = 0;
    for (size_t i = 0; i < N; i++) {
        pieces[i] = random_piece(&seed);
        if (i % 2 == 0) continue;
        pieces[i].released.velocity_m_s.x *= 1.5; /* some into orbit, some away */
        pieces[i].released.velocity_m_s.y *= 1.5;
    }
    fall(pieces, N, &environment, 0.0, impacts);
    for (size_t i = 0; i < N; i++) {
        const cosmo_iip iip = cosmo_iip_vacuum(&pieces[i].released);
        if (iip.kind == COSMO_IIP_IMPACT && iip.t_s - pieces[i].released.t_s < 80000.0) {
            ck_assert_int_eq(impacts[i].end, COSMO_DEBRIS_GROUND);
            const double range = between(cosmo_state_place(&pieces[i].released), iip.place);
            worst = fmax(worst, between(impacts[i].place, iip.place) / fmax(range, 2000.0));
            impacts_seen++;
        } else {
            ck_assert_int_eq(impacts[i].end, COSMO_DEBRIS_ALOFT);
        }
    }
    printf("  %zu impacts, %zu aloft\n", impacts_seen, N - impacts_seen);
    suite_error("worst error over range (or 2 km), vacuum", worst, "", 0.01);
}
END_TEST

/* Air of sea-level density all the way up. */
static void uniform_air(cosmo_weather *air)
{
    cosmo_weather_standard(air);
    air->has_ratio = true;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++)
        air->density_ratio[i] =
            1.225 / cosmo_atmosphere_us76(COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M).density_kg_m3;
}

static cosmo_debris dropped(double altitude_m, double beta)
{
    return (cosmo_debris){.released = cosmo_state_from_ned(0.0, (cosmo_geodetic){45.0 * DEG, 0.5, altitude_m},
                                                           (cosmo_vec3){0.0, 0.0, 0.0}),
                          .ballistic_kg_m2 = beta};
}

static void fall_without_mach(const cosmo_debris *from, size_t n, const cosmo_environment *environment,
                              double tolerance, cosmo_debris_impact *to)
{
    cosmo_run run = new_run();
    cosmo_drag_curve level;
    cosmo_drag_curve_constant(0.8, &level);
    ck_assert(cosmo_debris_fall(from, n, &level, 1, environment, tolerance, &run, to) == COSMO_OK);
    cosmo_arena_destroy(run.arena);
}

START_TEST(terminal_speeds_are_the_published_ones)
{
    /* ballistic coefficient in lb/ft^2, speed at sea level in m/s, as printed */
    static const double printed[][2] = {{1, 8.8}, {3, 15.3}, {10, 28.0}, {30, 48.4}, {100, 88.4}, {300, 153.0}};
    const double unit = 4.88242763638305;
    cosmo_debris six[6];
    cosmo_debris_impact down[6];
    uniform_air(&weather);
    const cosmo_environment uniform = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    const cosmo_environment standard = {.gravity = COSMO_GRAVITY_J2};
    for (int i = 0; i < 6; i++) six[i] = dropped(15000.0, unit * printed[i][0]);
    fall_without_mach(six, 6, &uniform, 1e-5, down);
    for (int i = 0; i < 6; i++) {
        const double digit = i == 5 ? 1.0 : 0.1;
        suite_error("published terminal speed, digits", (down[i].speed_m_s - printed[i][1]) / digit, "", 1.0);
        suite_error("speed over sqrt(2 beta g / rho), less 1",
                    down[i].speed_m_s / sqrt(2.0 * unit * printed[i][0] * 9.8062 / 1.225) - 1.0, "", 0.001);
    }
    fall_without_mach(six, 6, &uniform, 0.0, down);
    for (int i = 0; i < 6; i++)
        suite_error("the same at the tolerance of use",
                    down[i].speed_m_s / sqrt(2.0 * unit * printed[i][0] * 9.8062 / 1.225) - 1.0, "", 0.005);
    /* in air that thickens below, heavier ones still slow down: v_t^2 / (4 g H) above v_t, H 10.4 km at the ground, to
     * first order, which the heaviest is beyond */
    fall_without_mach(six, 6, &standard, 0.0, down);
    printf("  in standard air 100 and 300 lb/ft2 arrive %.1f and %.1f %% above terminal speed\n",
           100.0 * down[4].speed_m_s / 88.413 - 100.0, 100.0 * down[5].speed_m_s / 153.136 - 100.0);
    for (int i = 0; i < 5; i++) {
        const double v2 = 2.0 * unit * printed[i][0] * 9.8062 / 1.225;
        suite_error("the same in standard air", down[i].speed_m_s / sqrt(v2) - 1.0 - v2 / (4.0 * 9.81 * 10400.0), "",
                    0.01);
    }
}
END_TEST

/* 14 CFR 420 appendix B: the sum of u dh / v_t over the layers. */
static double drift_of_layers(const cosmo_weather *air, double beta, double from_m)
{
    double drift = 0.0;
    for (double h = 5.0; h < from_m; h += 10.0) {
        const double x = (h - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M;
        const int i = (int)x;
        const double u = air->wind_east_m_s[i] + (x - i) * (air->wind_east_m_s[i + 1] - air->wind_east_m_s[i]);
        const double g = 9.8062 * pow(1.0 + h / 6.371e6, -2.0);
        drift += u * 10.0 / sqrt(2.0 * beta * g / cosmo_atmosphere_us76(h).density_kg_m3);
    }
    return drift;
}

START_TEST(terminal_falls_drift_with_the_wind)
{
    cosmo_weather_standard(&weather);
    weather.has_wind = true;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) { /* nothing at the ground and at release, 40 m/s in between */
        const double h = COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M;
        weather.wind_east_m_s[i] = h > 0.0 && h < 12000.0 ? 40.0 * pow(sin(PI * h / 12000.0), 2) : 0.0;
    }
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    const double beta[3] = {2.0, 4.8824, 14.647}; /* up to the 3 lb/ft^2 of appendix B: heavier ones lag */
    cosmo_debris three[3];
    cosmo_debris_impact down[3];
    for (int i = 0; i < 3; i++) three[i] = dropped(12000.0, beta[i]);
    fall_without_mach(three, 3, &environment, 0.0, down);
    for (int i = 0; i < 3; i++) {
        const double sum = drift_of_layers(&weather, beta[i], 12000.0);
        const double east = between(cosmo_state_place(&three[i].released), down[i].place);
        printf("  beta %.1f kg/m2: %.0f m in %.0f s\n", beta[i], east, down[i].t_s);
        suite_error("drift over the sum of u dh / v_t, less 1", east / sum - 1.0, "", 0.01);
    }
}
END_TEST

START_TEST(lift_glides)
{
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2};
    cosmo_debris two[4];
    cosmo_debris_impact down[4], plain;
    for (int i = 0; i < 4; i++) {
        two[i] = dropped(5000.0, 10.0);
        two[i].lift_ratio = 0.1;
        two[i].roll_rad = i * 90.0 * DEG; /* released at rest: roll 0 is north, right is east */
    }
    const cosmo_debris straight = dropped(5000.0, 10.0);
    fall_without_mach(two, 4, &environment, 0.0, down);
    fall_without_mach(&straight, 1, &environment, 0.0, &plain);
    for (int i = 0; i < 4; i++) {
        double distance, azimuth;
        cosmo_geodesic_between(plain.place, down[i].place, &distance, &azimuth);
        suite_error("glide over height times lift over drag, less 1", distance / 500.0 - 1.0, "", 0.02);
        suite_error("azimuth of the glide", remainder(azimuth - two[i].roll_rad, 2.0 * PI) / DEG, "deg", 1.0);
    }
}
END_TEST

START_TEST(heat_adds_up_to_the_end)
{
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_SPHERE};
    cosmo_debris piece = dropped(120000.0, 1e7); /* too heavy to be slowed down */
    piece.released = cosmo_state_from_ned(0.0, (cosmo_geodetic){0.0, 0.0, 120000.0}, (cosmo_vec3){0.0, 0.0, 6000.0});
    piece.nose_radius_m = 0.25;
    piece.heat_limit_j_m2 = 1e12;
    double sum = 0.0, half = 0.0;
    for (double h = 119995.0; h > 0.0; h -= 10.0) {
        const double v2 =
            6000.0 * 6000.0 + 2.0 * 3.986004418e14 * (1.0 / (6378137.0 + h) - 1.0 / (6378137.0 + 120000.0));
        sum += 10.0 * 1.7415e-4 * sqrt(cosmo_atmosphere_us76(h).density_kg_m3 / 0.25) * v2;
        if (h > 30000.0) half = sum;
    }
    cosmo_debris_impact down;
    piece.heat_limit_j_m2 = 2.0 * sum;
    fall(&piece, 1, &environment, 0.0, &down);
    ck_assert_int_eq(down.end, COSMO_DEBRIS_GROUND);
    suite_error("heat load over the sum over layers, less 1", down.heat_load_j_m2 / sum - 1.0, "", 0.01);
    piece.heat_limit_j_m2 = half;
    fall(&piece, 1, &environment, 0.0, &down);
    ck_assert_int_eq(down.end, COSMO_DEBRIS_DEMISED);
    suite_error("height of the demise", down.place.altitude_m - 30000.0, "m", 300.0);
    piece.heat_limit_j_m2 = NAN;
    fall(&piece, 1, &environment, 0.0, &down);
    ck_assert_int_eq(down.end, COSMO_DEBRIS_GROUND);
}
END_TEST

/* ---- the same bits ---- */

static cosmo_debris shuffled[N_SHUFFLED];
static cosmo_debris_impact first[N_SHUFFLED], again[N_SHUFFLED];

static void fall_classes(const cosmo_debris *from, const char *isa, cosmo_debris_impact *to)
{
    static cosmo_drag_curve curves[2];
    cosmo_run run = new_run();
    cosmo_drag_curve_make(NULL, &curves[0]);
    cosmo_drag_curve_constant(0.5, &curves[1]);
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    setenv("COSMO_ISA", isa, 1);
    memset(to, 0, N_SHUFFLED * sizeof *to);
    ck_assert(cosmo_debris_fall(from, N_SHUFFLED, curves, 2, &environment, 0.0, &run, to) == COSMO_OK);
    unsetenv("COSMO_ISA");
    cosmo_arena_destroy(run.arena);
}

static void same_bits(const cosmo_debris_impact *a, const cosmo_debris_impact *b, const char *what)
{
    ck_assert_msg(a->end == b->end && a->steps == b->steps && memcmp(&a->t_s, &b->t_s, 7 * sizeof(double)) == 0,
                  "%s changes bits", what);
}

START_TEST(identical_bits_on_all_builds_and_in_any_order)
{
    uint64_t seed = 5;
    size_t order[N_SHUFFLED], ends[3] = {0};
    jet(&weather);
    for (size_t i = 0; i < N_SHUFFLED; i++) {
        pieces[i] = random_piece(&seed);
        pieces[i].lift_ratio = i % 3 == 0 ? 0.0 : 0.3 * draw(&seed);
        pieces[i].roll_rad = 6.0 * draw(&seed);
        pieces[i].drag_class = i % 2;
        pieces[i].nose_radius_m = 0.2;
        pieces[i].heat_limit_j_m2 = i % 5 == 0 ? 2e7 * draw(&seed) : 0.0;
        order[i] = i;
    }
    fall_classes(pieces, "v4", first);
    for (size_t i = 0; i < N_SHUFFLED; i++) ends[first[i].end]++;
    printf("  %zu on the ground, %zu demised, %zu aloft\n", ends[0], ends[1], ends[2]);
    ck_assert(ends[COSMO_DEBRIS_GROUND] > 500 && ends[COSMO_DEBRIS_DEMISED] > 20);
    fall_classes(pieces, "v3", again);
    for (size_t i = 0; i < N_SHUFFLED; i++) same_bits(&first[i], &again[i], "AVX2");
    fall_classes(pieces, "one", again);
    for (size_t i = 0; i < N_SHUFFLED; i++) same_bits(&first[i], &again[i], "one lane");
    for (size_t i = N_SHUFFLED - 1; i > 0; i--) {
        const size_t j = (size_t)(draw(&seed) * (double)(i + 1)), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
    for (size_t i = 0; i < N_SHUFFLED; i++) shuffled[i] = pieces[order[i]];
    fall_classes(shuffled, "v4", again);
    for (size_t i = 0; i < N_SHUFFLED; i++) same_bits(&first[order[i]], &again[i], "another order");
}
END_TEST

/* ---- silly inputs ---- */

START_TEST(silly_inputs_get_finite_answers)
{
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2, .weather = &weather};
    jet(&weather);
    const cosmo_geodetic low = {0.9, 1.0, 1000.0}, high = {0.9, 1.0, 200000.0}, under = {0.9, 1.0, -500.0};
    const cosmo_vec3 fast = {3000.0, 5000.0, -4000.0}, away = {0.0, 9000.0, -9000.0}, east = {0.0, 7600.0, 0.0};
    const struct {
        cosmo_geodetic place;
        cosmo_vec3 ned;
        double beta;
        cosmo_debris_end end;
    } silly[] = {
        {low, fast, 1e-3, COSMO_DEBRIS_GROUND},   {low, fast, 1e6, COSMO_DEBRIS_GROUND},
        {high, fast, 1e-3, COSMO_DEBRIS_ALOFT},   {high, fast, 1e6, COSMO_DEBRIS_GROUND},
        {under, fast, 50.0, COSMO_DEBRIS_GROUND}, {high, away, 100.0, COSMO_DEBRIS_ALOFT},
        {low, away, 1e9, COSMO_DEBRIS_ALOFT},     {high, east, 1e6, COSMO_DEBRIS_ALOFT},
        {low, fast, 1e-6, COSMO_DEBRIS_ALOFT},    {{1.5707963267948966, 0.0, 9e4}, fast, 10.0, COSMO_DEBRIS_GROUND}};
    enum { N = sizeof silly / sizeof silly[0] };
    for (size_t i = 0; i < N; i++)
        pieces[i] = (cosmo_debris){.released = cosmo_state_from_ned(0.0, silly[i].place, silly[i].ned),
                                   .ballistic_kg_m2 = silly[i].beta};
    fall(pieces, N, &environment, 0.0, impacts);
    for (size_t i = 0; i < N; i++) {
        const cosmo_debris_impact *m = &impacts[i];
        printf("  beta %-6g kg/m2: end %d after %.1f s and %u steps, %.3g m/s at %.0f m\n", silly[i].beta, (int)m->end,
               m->t_s, m->steps, m->speed_m_s, m->place.altitude_m);
        ck_assert(isfinite(m->t_s) && isfinite(m->place.latitude_rad) && isfinite(m->place.longitude_rad));
        ck_assert(isfinite(m->speed_m_s) && isfinite(m->path_angle_rad) && isfinite(m->heat_load_j_m2));
        ck_assert_int_eq(m->end, silly[i].end);
    }
    ck_assert_double_eq(impacts[4].t_s, 0.0);
}
END_TEST

START_TEST(nonsense_is_refused)
{
    cosmo_run run = new_run();
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_J2};
    cosmo_debris_impact impact;
    cosmo_debris bad[5];
    for (int i = 0; i < 5; i++) bad[i] = dropped(1000.0, 10.0);
    bad[0].ballistic_kg_m2 = 0.0;
    bad[1].released.velocity_m_s.y = NAN;
    bad[2].drag_class = 1;
    bad[3].heat_limit_j_m2 = 1e6;
    bad[4].released.position_m = (cosmo_vec3){0.0, 0.0, 0.0};
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(cosmo_debris_fall(&bad[i], 1, NULL, 0, &environment, 0.0, &run, &impact), COSMO_BAD_INPUT);
        printf("  %s\n", run.message);
    }
    ck_assert_int_eq(cosmo_debris_fall(NULL, 0, NULL, 0, &environment, 0.0, &run, NULL), COSMO_OK);
    cosmo_arena_destroy(run.arena);
}
END_TEST

COSMO_SUITE("flight/debris", range_agrees_with_the_accurate_integrator, so_it_does_over_terrain_and_a_round_earth,
            in_vacuum_it_is_the_vacuum_impact_point, terminal_speeds_are_the_published_ones,
            terminal_falls_drift_with_the_wind, lift_glides, heat_adds_up_to_the_end,
            identical_bits_on_all_builds_and_in_any_order, silly_inputs_get_finite_answers, nonsense_is_refused)
