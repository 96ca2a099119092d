/* Casualty expectation: chains whose answer is known in closed form, and what must add up. */
#include "flown.h"

#include <stdlib.h>
#include <string.h>

/* COSMO_TEST_FRAGMENTS=10000000 for the long run. */
static size_t fragments(void)
{
    const char *asked = getenv("COSMO_TEST_FRAGMENTS");
    return asked != NULL ? (size_t)strtoul(asked, NULL, 10) : 200000;
}

/* ---- one class of fragments over people of a known density ------------------------------------------------------- */

static const double SIGMA_M_S = 100.0, HEIGHT_M = 10000.0, PEOPLE_M2 = 2e-5;
enum { BATCH = 4096 };

typedef enum field { EVEN, HALF, RING, HILL, FIELDS } field;

/* East and north of the point below the break-up, over `scale_m`, the standard deviation there. */
static double people(field kind, double east_m, double north_m, double scale_m)
{
    const double r = sqrt(east_m * east_m + north_m * north_m) / scale_m;
    switch (kind) {
    case HALF:
        return north_m > 0.0 ? PEOPLE_M2 : 0.0;
    case RING:
        return r > 1.0 && r < 2.0 ? PEOPLE_M2 : 0.0;
    case HILL:
        return PEOPLE_M2 * exp(-0.5 * r * r);
    case EVEN:
    case FIELDS:
        break;
    }
    return PEOPLE_M2;
}

/* Pieces scatter with equal speeds east and north in vacuum, and so come down normally distributed about the mean of
 * their places; a field is laid out around that mean. */
START_TEST(closed_forms)
{
    arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&run, arena);
    const cosmo_environment environment = {.gravity = COSMO_GRAVITY_SPHERE, .vacuum = true};
    const cosmo_geodetic at = {0.8, 1.1, HEIGHT_M};
    const cosmo_shelter_mix open = cosmo_shelter_none();
    cosmo_wreck piece = {.count = 1.0, .mass_kg = 20.0, .area_m2 = 0.3};
    cosmo_debris *falls = cosmo_arena_array(arena, BATCH, sizeof *falls);
    cosmo_debris_impact *impacts = cosmo_arena_array(arena, BATCH, sizeof *impacts);
    falls[0] = (cosmo_debris){.released = cosmo_state_from_ned(0.0, at, (cosmo_vec3){0.0, 0.0, 0.0}),
                              .ballistic_kg_m2 = 100.0};
    ck_assert_int_eq(cosmo_debris_fall(falls, 1, NULL, 0, &environment, 0.0, &run, impacts), COSMO_OK);
    const cosmo_geodetic centre = impacts[0].place;
    const double sigma = SIGMA_M_S * impacts[0].t_s;
    /* a piece's harm per person and square metre, straight down */
    impacts[0].path_angle_rad = -1.5707963267948966;
    const double area = cosmo_wreck_harm(&piece, &impacts[0], COSMO_SURFACE_SOIL, &open, 1.0).inert;
    const size_t n = fragments();
    double sum[FIELDS] = {0.0}, square[FIELDS] = {0.0};
    for (size_t first = 0; first < n; first += BATCH) {
        const size_t count = n - first < BATCH ? n - first : BATCH;
        for (size_t i = 0; i < count; i++) {
            const double east = SIGMA_M_S * cosmo_random_normal(3, 1, first + i, 0);
            const double north = SIGMA_M_S * cosmo_random_normal(3, 2, first + i, 0);
            falls[i] = (cosmo_debris){.released = cosmo_state_from_ned(0.0, at, (cosmo_vec3){north, east, 0.0}),
                                      .ballistic_kg_m2 = 100.0};
        }
        ck_assert_int_eq(cosmo_debris_fall(falls, count, NULL, 0, &environment, 0.0, &run, impacts), COSMO_OK);
        for (size_t i = 0; i < count; i++) {
            double distance, azimuth;
            cosmo_geodesic_between(centre, impacts[i].place, &distance, &azimuth);
            impacts[i].path_angle_rad = -1.5707963267948966;
            for (int k = 0; k < FIELDS; k++) {
                const double density = people((field)k, distance * sin(azimuth), distance * cos(azimuth), sigma);
                const double harm = cosmo_wreck_harm(&piece, &impacts[i], COSMO_SURFACE_SOIL, &open, density).inert;
                sum[k] += harm;
                square[k] += harm * harm;
            }
        }
    }
    static const char *const names[] = {"even", "half-plane", "ring from 1 to 2 sigma", "2-D Gaussian"};
    const double share[FIELDS] = {1.0, 0.5, exp(-0.5) - exp(-2.0), 0.5};
    for (int k = 0; k < FIELDS; k++) {
        const double mean = sum[k] / (double)n, truth = area * PEOPLE_M2 * share[k];
        const double error = sqrt(fmax(square[k] / (double)n - mean * mean, 0.0) / (double)n);
        printf(" %s, %zu fragments: %.6e, in closed form %.6e, standard error %.1e\n", names[k], n, mean, truth, error);
        suite_error("error", 100.0 * (mean / truth - 1.0), "%", 1.0);
        ck_assert_msg(fabs(mean - truth) <= 3.0 * error + 2e-3 * truth, "beyond three standard errors");
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- a whole mission --------------------------------------------------------------------------------------------- */

static double even_people(const void *user, double latitude_rad, double longitude_rad)
{
    (void)latitude_rad, (void)longitude_rad;
    return *(const double *)user;
}

static cosmo_flight flight;
static cosmo_controls controls;
static cosmo_dispersion dispersion;
static cosmo_risk_options options;
static double beside_m2 = 3e-6;
static cosmo_list neighbours;

static void open_mission(void)
{
    read_mission("missions/soyuz-ms.yaml");
    flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
    cosmo_section_defaults(cosmo_dispersion_section(), &dispersion, arena);
    cosmo_section_defaults(cosmo_failure_section(), &options, arena);
    options.samples = 256;
}

static cosmo_risk assess(double people_m2, int threads)
{
    const cosmo_exposure exposure = {.people = {even_people, &people_m2},
                                     .beside = {even_people, &beside_m2},
                                     .shelter = cosmo_shelter_by_day(),
                                     .neighbours = neighbours};
    cosmo_risk risk;
    run.threads = threads;
    check(cosmo_expectation_run(&flight, &controls, &dispersion, &options, &exposure, NULL, arena, &run, &risk));
    return risk;
}

static double total_of(const cosmo_risk_row *rows, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += rows[i].value;
    return sum;
}

START_TEST(parts_add_up)
{
    open_mission();
    const cosmo_risk r = assess(1e-6, 1);
    ck_assert_uint_eq(r.n_phases, 3);
    suite_error("phases against the failures", total_of(r.by_phase, r.n_phases) / r.failure.value - 1.0, "", 1e-12);
    suite_error("modes", total_of(r.by_mode, COSMO_FAILURE_MODES) / r.failure.value - 1.0, "", 1e-12);
    suite_error("hazards", total_of(r.by_hazard, 2) / r.failure.value - 1.0, "", 1e-12);
    suite_error("bodies against the planned drops", total_of(r.by_body, r.n_bodies) / r.planned.value - 1.0, "", 1e-12);
    suite_error("countries against the total", total_of(r.by_country, r.n_countries) / r.total.value - 1.0, "", 1e-9);
    double conditional = 0.0;
    ck_assert_uint_eq(r.n_conditions, 16); /* six modes, of which the one on the pad is in the first phase alone */
    for (size_t i = 0, phase = 0, mode = 0; i < r.n_conditions; i++) {
        conditional += r.conditional[i].value * r.failure_probability / 3.0 *
                       cosmo_failure_mode_share(&options, phase, (cosmo_failure_mode)mode++);
        if (mode < (phase == 0 ? COSMO_FAILURE_MODES : COSMO_FAILURE_PAD)) continue;
        mode = 0;
        phase++;
    }
    suite_error("conditional expectations, weighed", conditional / r.failure.value - 1.0, "", 1e-12);
    ck_assert(r.epistemic[0] < r.epistemic[1] && r.epistemic[1] < r.epistemic[2]);
    /* the same people counted three times as many; failures in time */
    suite_error("people counted otherwise", r.beside.value / r.total.value - 3.0, "", 1e-12);
    double in_time = 0.0, failing = 0.0;
    ck_assert_uint_eq(r.n_intervals, 3 * COSMO_RISK_INTERVALS_A_PHASE);
    for (size_t i = 0; i < r.n_intervals; i++) {
        in_time += r.by_time[i].probability * r.by_time[i].value;
        failing += r.by_time[i].probability;
        ck_assert(i == 0 || r.by_time[i].start_s >= r.by_time[i - 1].end_s - 1e-9);
    }
    suite_error("intervals against the failures", in_time / r.failure.value - 1.0, "", 1e-12);
    suite_error("intervals against the probability of failure", failing / r.failure_probability - 1.0, "", 1e-12);
    double settled = r.open_country.value;
    for (size_t i = 0; i < r.n_settlements; i++) {
        settled += r.by_settlement[i].value;
        ck_assert(i == 0 || r.by_settlement[i].value <= r.by_settlement[i - 1].value);
    }
    ck_assert_uint_gt(r.n_settlements, 3);
    suite_error("settlements and open country against the total", settled / r.total.value - 1.0, "", 1e-9);
    /* twice the people, twice the casualties; none, none; a failure that is certain weighs as much as its probability
     */
    const cosmo_risk twice = assess(2e-6, 1), nobody = assess(0.0, 1);
    suite_error("twice the people", twice.total.value / r.total.value - 2.0, "", 1e-12);
    ck_assert_double_eq(nobody.total.value, 0.0);
    options.failure_probability = 1.0;
    const cosmo_risk certain = assess(1e-6, 1);
    suite_error("probability of failure", r.failure.value / certain.failure.value - r.failure_probability, "", 1e-12);
    cosmo_arena_destroy(arena);
}
END_TEST

/* Neighbours feel the blast of the pad for certain, or not at all, by their distance; nobody clears them away. */
START_TEST(neighbours_apart)
{
    open_mission();
    const cosmo_geodetic near = cosmo_geodesic_from(flight.pad, 1.0, 300.0),
                         far = cosmo_geodesic_from(flight.pad, 1.0, 2e6);
    const cosmo_neighbour items[] = {{"near", near.latitude_rad, near.longitude_rad, 10.0},
                                     {"far", far.latitude_rad, far.longitude_rad, 20.0}};
    neighbours = (cosmo_list){2, items};
    for (int m = 0; m < COSMO_FAILURE_MODES; m++) options.shares[m] = m == COSMO_FAILURE_PAD ? 1.0 : 0.0;
    options.shares[COSMO_FAILURE_SEPARATION] = 1e-9; /* the other phases need something that can happen */
    const cosmo_risk r = assess(1e-6, 1);
    neighbours = (cosmo_list){0, NULL};
    ck_assert_uint_eq(r.n_neighbours, 2);
    suite_error("near: the pad explodes in a third of the failures",
                r.by_neighbour[0].probability / (r.failure_probability / 3.0) - 1.0, "", 1e-6);
    ck_assert_double_le(r.by_neighbour[1].probability, 1e-9);
    suite_error("ten people there", r.neighbouring.value / r.by_neighbour[0].probability - 10.0, "", 1e-6);
    /* the public is kept away from it */
    ck_assert_double_eq(r.conditional[1].value, 0.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(threads_agree)
{
    open_mission();
    options.samples = 768;
    const cosmo_risk one = assess(1e-6, 1), two = assess(1e-6, 2), three = assess(1e-6, 3);
    ck_assert_double_eq(one.total.value, two.total.value);
    ck_assert_double_eq(one.total.value, three.total.value);
    ck_assert_double_eq(one.total.standard_error, three.total.standard_error);
    ck_assert_double_eq(one.sheltered.value, three.sheltered.value);
    for (size_t i = 0; i < one.n_conditions; i++)
        ck_assert_double_eq(one.conditional[i].value, three.conditional[i].value);
    ck_assert_uint_eq(one.n_countries, three.n_countries);
    for (size_t i = 0; i < one.n_countries; i++) {
        ck_assert_str_eq(one.by_country[i].name, three.by_country[i].name);
        ck_assert_double_eq(one.by_country[i].value, three.by_country[i].value);
    }
    ck_assert(one.grid.n > 100 && one.grid.n == three.grid.n && one.n_sampled == 768 && three.n_sampled == 768);
    for (size_t i = 0; i < one.grid.n; i++) {
        ck_assert_uint_eq(one.grid.cells[i].place, three.grid.cells[i].place);
        for (int t = 0; t < COSMO_HAZARD_TARGETS; t++)
            ck_assert_double_eq(one.grid.cells[i].probability[t], three.grid.cells[i].probability[t]);
    }
    for (size_t i = 0; i < one.n_sampled; i++) {
        ck_assert_double_eq(one.sampled[i].t_s, three.sampled[i].t_s);
        ck_assert_double_eq(one.sampled[i].position_m.x, three.sampled[i].position_m.x);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* Among people who are spread evenly, the probabilities of all cells add up to the expectation: the first by cells, the
 * second by failures. */
START_TEST(cells_add_up)
{
    open_mission();
    options.clear_distance_m = 0.0;
    options.samples = 768; /* as many in each of 16 strata */
    const double density = 1e-6;
    const cosmo_risk r = assess(density, 0);
    double sum = 0.0, most = 0.0;
    for (size_t i = 0; i < r.grid.n; i++) {
        const cosmo_hazard_cell *cell = &r.grid.cells[i];
        const double p = cell->probability[COSMO_HAZARD_PERSON];
        ck_assert(p >= 0.0 && p <= 1.0 && cell->probability[COSMO_HAZARD_SHIP] > p);
        sum += density * cosmo_hazard_grid_area_m2(cell->place) * p;
        most = fmax(most, p);
    }
    printf("  %zu cells, worst of a person %.2e at %.2f %.2f deg\n", r.grid.n, r.max_individual_probability,
           r.max_individual_place.latitude_rad * 57.29577951308232,
           r.max_individual_place.longitude_rad * 57.29577951308232);
    ck_assert_double_eq(r.max_individual_probability, most);
    ck_assert_double_eq(r.grid.lost, 0.0);
    /* a person can be hit once only */
    suite_error("cells against the expectation", 100.0 * (sum / r.total.value - 1.0), "%", 0.1);
    cosmo_arena_destroy(arena);
}
END_TEST

/* The standard error says how far another seed is away, and a rule to stop by it is kept. */
START_TEST(errors_are_honest)
{
    open_mission();
    double off = 0.0;
    for (uint64_t seed = 1; seed <= 3; seed++) {
        run.seed = seed;
        const cosmo_risk a = assess(1e-6, 0);
        run.seed = seed + 100;
        const cosmo_risk b = assess(1e-6, 0);
        const double both = hypot(a.failure.standard_error, b.failure.standard_error);
        off += pow((a.failure.value - b.failure.value) / both, 2.0) / 3.0;
    }
    suite_error("mean square of differences between seeds, over what is said, less 1", off - 1.0, "", 2.0);
    options.samples = 4096;
    options.until_relative_error = 0.5;
    const cosmo_risk r = assess(1e-6, 0);
    ck_assert_double_le(r.failure.standard_error, 0.5 * r.failure.value);
    ck_assert_uint_lt(r.n_failures, 4096);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("hazard/expectation", closed_forms, parts_add_up, neighbours_apart, threads_agree, cells_add_up,
            errors_are_honest)
