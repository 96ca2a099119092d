/* Soil: closed forms of depth and decay, areas that can be counted by hand, the draws, and the arithmetic of 2013. */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"

static const double SOIL_EDGES[] = {0.0, 0.1, 0.2, 0.3, 0.5};
enum { SOIL_N = 4 };
static const double SOIL_DAY = 86400.0;

START_TEST(profiles_share_all_of_the_mass)
{
    const cosmo_soil_profile profile = cosmo_soil_exponential(SOIL_N, SOIL_EDGES, 0.1);
    double sum = 0.0, mass = 0.0;
    for (size_t i = 0; i < SOIL_N; i++) {
        sum += profile.share[i];
        mass += cosmo_soil_mass(1.0, SOIL_EDGES[i + 1] - SOIL_EDGES[i], 1500.0,
                                cosmo_soil_content(&profile, i, 0.02, 1500.0));
    }
    suite_error("exponential: what lies deeper than 0.5 m", 1.0 - sum - exp(-5.0), "", 1e-15);
    suite_error("its first class", profile.share[0] - (1.0 - exp(-1.0)), "", 1e-15);
    suite_error("content times soil is the mass", mass - 0.02 * sum, "kg", 1e-16);
    /* Kazakh laboratory, July 2013: 527, 3039 and 1093 times 0.1 mg/kg. */
    const double measured[] = {527.0, 3039.0, 1093.0};
    const cosmo_soil_profile crater = cosmo_soil_measured(3, SOIL_EDGES, measured);
    suite_error("measured: the middle class", crater.share[1] - 3039.0 / 4659.0, "", 1e-15);
    suite_error("its sum", crater.share[0] + crater.share[1] + crater.share[2] - 1.0, "", 1e-15);
    const double nothing[] = {0.0, 0.0, 0.0};
    suite_error("nothing measured", cosmo_soil_measured(3, SOIL_EDGES, nothing).share[1], "", 0.0);
}
END_TEST

START_TEST(craters_and_pools)
{
    const double content = cosmo_soil_crater_content(200.25, 500.0, 0.3, 1500.0);
    suite_error("200.25 kg in 500 m2 by 0.3 m", content - 890e-6, "kg/kg", 1e-18);
    suite_error("and back", cosmo_soil_mass(500.0, 0.3, 1500.0, content) - 200.25, "kg", 1e-12);
    suite_error("1 m3 a tenth of a metre deep, a fifth of the soil", cosmo_soil_spill_area(1.0, 0.1, 0.2) - 50.0, "m2",
                1e-12);
    suite_error("1 m3 on concrete, a centimetre", cosmo_soil_spill_area(1.0, 0.01, 1.0) - 100.0, "m2", 1e-12);
}
END_TEST

/* Bateman's chain of two against its derivatives' sums: small steps of the differential equation. */
static cosmo_soil_left soil_integrated(const cosmo_soil_decay *decay, double time_s)
{
    enum { STEPS = 210000 }; /* a treatment begins between two of them */
    const double dt = time_s / STEPS;
    cosmo_soil_left left = {1.0, 0.0};
    for (int i = 0; i < STEPS; i++) {
        const bool treated = (i + 0.5) * dt > decay->treated_from_s;
        const double a = log(2.0) / (treated ? decay->treated_half_life_s : decay->half_life_s);
        const double b = log(2.0) / (treated ? decay->product_treated_half_life_s : decay->product_half_life_s);
        const double middle = left.parent * (1.0 - 0.5 * a * dt);
        const double product = left.product + 0.5 * dt * (decay->yield_kg_kg * a * left.parent - b * left.product);
        left.parent -= dt * a * middle;
        left.product += dt * (decay->yield_kg_kg * a * middle - b * product);
    }
    return left;
}

START_TEST(decay_follows_its_equation)
{
    const cosmo_soil_decay decays[] = {
        {90 * SOIL_DAY, 7 * SOIL_DAY, 180 * SOIL_DAY, 20 * SOIL_DAY, 0.12, INFINITY},
        {90 * SOIL_DAY, 7 * SOIL_DAY, 180 * SOIL_DAY, 20 * SOIL_DAY, 0.12, 10 * SOIL_DAY},
        {20 * SOIL_DAY, 20 * SOIL_DAY, 20 * SOIL_DAY, 20 * SOIL_DAY, 1.0, 30 * SOIL_DAY},
        {20 * SOIL_DAY, 20 * SOIL_DAY, 20.001 * SOIL_DAY, 19.99 * SOIL_DAY, 1.0, 30 * SOIL_DAY},
        {3 * SOIL_DAY, 1 * SOIL_DAY, INFINITY, INFINITY, 1.0, 50 * SOIL_DAY},
    };
    for (size_t i = 0; i < sizeof decays / sizeof decays[0]; i++) {
        const cosmo_soil_left ours = cosmo_soil_after(&decays[i], 70 * SOIL_DAY);
        const cosmo_soil_left theirs = soil_integrated(&decays[i], 70 * SOIL_DAY);
        suite_error("parent after 70 days", ours.parent - theirs.parent, "", 1e-8);
        suite_error("product after 70 days", ours.product - theirs.product, "", 1e-8);
    }
    const cosmo_soil_left stable = cosmo_soil_after(&decays[4], 70 * SOIL_DAY);
    suite_error("a stable product of yield 1 keeps the mass", stable.parent + stable.product - 1.0, "", 1e-15);
    const cosmo_soil_decay forever = {INFINITY, INFINITY, INFINITY, INFINITY, 0.0, INFINITY};
    suite_error("what does not decay stays", cosmo_soil_after(&forever, 1e9).parent - 1.0, "", 0.0);
    suite_error("after no time", cosmo_soil_after(&decays[0], 0.0).parent - 1.0, "", 0.0);
    const cosmo_soil_left half = cosmo_soil_after(&decays[0], 90 * SOIL_DAY);
    suite_error("after a half-life", half.parent - 0.5, "", 1e-15);
}
END_TEST

/* A plume of 10 g/m2 that falls to 1/e every 50 m: the area above a limit has a closed form. */
START_TEST(areas_above_a_limit)
{
    enum { RINGS = 4000 };
    static double area[RINGS], mass[RINGS];
    for (size_t i = 0; i < RINGS; i++) {
        const double inner = 0.5 * (double)i, outer = inner + 0.5;
        area[i] = acos(-1.0) * (outer * outer - inner * inner);
        mass[i] = 0.01 * exp(-(inner + 0.25) / 50.0);
    }
    const cosmo_soil_profile profile = cosmo_soil_exponential(SOIL_N, SOIL_EDGES, 0.1);
    double above[COSMO_SOIL_CLASSES_MAX], before = INFINITY;
    for (int half_lives = 0; half_lives < 6; half_lives += 2) {
        const double left = pow(0.5, half_lives);
        cosmo_soil_area_above(RINGS, area, mass, &profile, 1500.0, left, 1e-7, above);
        for (size_t c = 0; c < SOIL_N; c++) {
            const double radius = 50.0 * fmax(0.0, log(cosmo_soil_content(&profile, c, 0.01 * left, 1500.0) / 1e-7));
            char what[80];
            snprintf(what, sizeof what, "radius above 0.1 mg/kg, class %zu, after %d half-lives", c, half_lives);
            suite_error(what, sqrt(above[c] / acos(-1.0)) - radius, "m", 0.5);
            if (c > 0) ck_assert(above[c] <= above[c - 1]);
        }
        ck_assert(above[0] < before);
        before = above[0];
    }
    const double one = 1.0, at = 1e-7 * 0.1 * 1500.0;
    const cosmo_soil_profile top = cosmo_soil_measured(1, SOIL_EDGES, &one);
    cosmo_soil_area_above(1, &one, &at, &top, 1500.0, 1.0, cosmo_soil_content(&top, 0, at, 1500.0), above);
    suite_error("at the limit is not above it", above[0], "m2", 0.0);
}
END_TEST

static int soil_ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

START_TEST(soils_are_drawn_from_their_ranges)
{
    enum { DRAWS = 20000 };
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench.arena, &bench.run, &substances, NULL), COSMO_OK);
    cosmo_soil_ranges ranges;
    ck_assert_int_eq(cosmo_soil_usual(&substances, cosmo_substances_find(&substances, "UDMH"), &bench.run, &ranges),
                     COSMO_OK);
    suite_error("NDMA a kilogram of UDMH", ranges.yield_kg_kg - 0.1 * 74.08 / 60.10, "kg/kg", 1e-15);
    static double density[DRAWS];
    for (uint64_t i = 0; i < DRAWS; i++) {
        const cosmo_soil_drawn soil = cosmo_soil_draw(&ranges, 1, 5, i);
        ck_assert(soil.efold_m >= 0.05 && soil.efold_m <= 0.3 && soil.decay.treated_from_s == INFINITY);
        ck_assert(soil.decay.half_life_s >= 30 * SOIL_DAY && soil.decay.half_life_s <= 365 * SOIL_DAY);
        ck_assert(soil.decay.treated_half_life_s <= 45 * SOIL_DAY && soil.decay.product_half_life_s >= 60 * SOIL_DAY);
        density[i] = soil.bulk_density_kg_m3;
    }
    qsort(density, DRAWS, sizeof *density, soil_ascending);
    suite_error("median of the bulk density", density[DRAWS / 2] - 1500.0, "kg/m3", 3.0);
    ck_assert(cosmo_soil_draw(&ranges, 1, 5, 7).efold_m == cosmo_soil_draw(&ranges, 1, 5, 7).efold_m);
    ck_assert(cosmo_soil_draw(&ranges, 1, 5, 7).efold_m != cosmo_soil_draw(&ranges, 2, 5, 7).efold_m);
    cosmo_soil_ranges steady;
    ck_assert_int_eq(cosmo_soil_usual(&substances, cosmo_substances_find(&substances, "HCl"), &bench.run, &steady),
                     COSMO_OK);
    ck_assert(isinf(cosmo_soil_draw(&steady, 1, 5, 7).decay.treated_half_life_s));
    ck_assert_str_eq(bench.run.notes[bench.run.n_notes - 1].text, "no half-life of HCl in soil is known: it stays");
    data_close(&bench);
}
END_TEST

/* What the contents and areas reported in 2013 mean in kilograms at 1,500 kg/m3, to the digits that are printed, and in
 * per cent of the 172 t of UDMH aboard: 0.02 to 0.35. Koroleva et al. 2021; KazKosmos and Tengrinews, July 2013. */
START_TEST(inventory_of_2013)
{
    static const struct {
        double area_m2, depth_m, content_mg_kg, printed_kg, digit_kg;
    } cases[] = {{500.0, 0.3, 300.0, 68.0, 1.0},
                 {500.0, 0.3, 890.0, 200.0, 1.0},
                 {13100.0, 0.2, 10.0, 39.0, 1.0},
                 {13100.0, 0.3, 100.0, 590.0, 10.0}};
    double least = INFINITY, most = 0.0;
    for (size_t i = 0; i < 4; i++) {
        const double mass = cosmo_soil_mass(cases[i].area_m2, cases[i].depth_m, 1500.0, cases[i].content_mg_kg * 1e-6);
        suite_error("inventory, from the printed figure", mass - cases[i].printed_kg, "kg", 0.5 * cases[i].digit_kg);
        least = fmin(least, mass / 172e3);
        most = fmax(most, mass / 172e3);
    }
    suite_error("least share of the UDMH aboard, %", least * 100.0 - 0.02, "%", 0.005);
    suite_error("largest, %", most * 100.0 - 0.35, "%", 0.01);
    /* The treated half-life of the table is that of the maximum from July to mid September. */
    const cosmo_soil_decay decay = {INFINITY, 7 * SOIL_DAY, INFINITY, INFINITY, 0.0, 0.0};
    const double left = cosmo_soil_after(&decay, 70 * SOIL_DAY).parent;
    suite_error("8,850 to 9.2 MAC in 70 days at 7 days, ratio", left / (9.2 / 8850.0) - 1.0, "", 0.1);
}
END_TEST

COSMO_SUITE("plume/soil", profiles_share_all_of_the_mass, craters_and_pools, decay_follows_its_equation,
            areas_above_a_limit, soils_are_drawn_from_their_ranges, inventory_of_2013)
