/* A release of each kind, small: the same bytes everywhere, mass that balances, sides of a boundary that add up, soil
 * by depth and in time, heavy gas, and memory that runs out. */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

#define WEATHER                                                                                                        \
    "weather: {wind_speed: [2 m/s, 4 m/s, 6 m/s], wind_from: [-30 deg, 0 deg, 30 deg], mixing_height: 400 m, "         \
    "stability: [C, D], rain: [0, 0.5, 2]}\n"
#define PLACE    "latitude: 46 deg, longitude: 63 deg, time: 2013-07-02T02:38:54Z"
#define SAMPLING "sampling: {samples: 3, particles: 200, duration: 20 min, rings: 12, sectors: 16, outer: 20 km}\n"
#define SQUARE                                                                                                         \
    "boundary: {name: square, polygon: [[62.9 deg, 45.97 deg], [63.1 deg, 45.97 deg], [63.1 deg, 46.1 deg], "          \
    "[62.9 deg, 46.1 deg]]}\n"
#define TANKS "tanks: [{substance: UDMH, mass: [140 t, 155 t, 160 t]}, {substance: N2O4, mass: [370 t, 382 t, 400 t]}]"
#define REST                                                                                                           \
    "limits: [aegl, ru-kz-mac]\nreceptors: [{name: village, latitude: 45.99 deg, longitude: 63 deg}]\n"                \
    "soil: {days: 100}\n"

static const char EXPLOSION[] = "source: {kind: explosion, " PLACE ", " TANKS "}\n" WEATHER SAMPLING SQUARE REST;
static const char SPILL[] = "source: {kind: spill, " PLACE ", tanks: [{substance: N2O4, mass: [20 t, 30 t, 40 t]}]}\n"
                            "weather: {wind_speed: 2 m/s, wind_from: 0 deg, mixing_height: 400 m, stability: [E], "
                            "temperature: 288 K}\n" SAMPLING REST;
static const char CONTINUOUS[] =
    "source: {kind: continuous, duration: 10 min, height: 2 m, " PLACE
    ", tanks: [{substance: UDMH, mass: 10 kg}]}\narcs: [[200 m, 1.5 m]]\n" WEATHER SAMPLING REST;
static const char RESIDUALS[] =
    "source: {kind: residuals, " PLACE ", tanks: [{substance: UDMH, mass: [200 kg, 500 kg, 800 kg]}], "
    "fates: [{substance: UDMH, vaporised: 60 %, aerosolised: 30 %, spilled: 10 %, soaked: 100 %}]}\n" WEATHER SAMPLING
        REST;
static const char EXHAUST[] = "source: {kind: exhaust, duration: 40 s, height: 3 km, radius: 20 m, " PLACE
                              ", tanks: [{substance: HCl, mass: 20 t}]}\n" WEATHER SAMPLING REST;

typedef struct computed {
    cosmo_arena *arena;
    cosmo_run run;
    cosmo_toxics toxics;
    cosmo_toxics_case result;
} computed;

/* A case as a file of its own. */
static cosmo_status compute(const char *text, int threads, const cosmo_allocator *allocator, computed *c)
{
    char path[] = "/tmp/cosmo-toxics-XXXXXX";
    const int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text, strlen(text)), (ssize_t)strlen(text));
    close(file);
    c->arena = cosmo_arena_create(allocator != NULL ? 1 : 0, allocator);
    cosmo_status status = COSMO_NO_RESOURCES;
    if (c->arena != NULL) {
        cosmo_run_init(&c->run, c->arena);
        c->run.data_folder = "data";
        c->run.threads = threads;
        status = cosmo_toxics_read(path, c->arena, &c->run, &c->toxics);
        if (status == COSMO_OK) status = cosmo_toxics_case_run(&c->toxics, NULL, c->arena, &c->run, &c->result);
    }
    unlink(path);
    return status;
}

static void compute_well(const char *text, int threads, computed *c)
{
    const cosmo_status status = compute(text, threads, NULL, c);
    ck_assert_msg(status == COSMO_OK, "%s", c->run.message);
}

/* The summary from its tanks on: before them stand the name of the file and its hash. */
static const char *summary(const computed *c)
{
    size_t bytes;
    const char *json = cosmo_toxics_summary_json(&c->result, c->arena, &bytes);
    ck_assert_ptr_nonnull(json);
    const char *from = strstr(json, "\"tanks\"");
    ck_assert_ptr_nonnull(from);
    return from;
}

static bool noted(const computed *c, const char *words)
{
    for (size_t i = 0; i < c->run.n_notes; i++)
        if (strstr(c->run.notes[i].text, words) != NULL) return true;
    return false;
}

START_TEST(the_same_bytes_on_any_threads_and_lanes)
{
    static const char *const isas[] = {NULL, "one", "v3", "v4"};
    computed first, other;
    compute_well(EXPLOSION, 1, &first);
    const char *expected = summary(&first);
    for (int threads = 2; threads <= 3; threads++) {
        compute_well(EXPLOSION, threads, &other);
        ck_assert_str_eq(summary(&other), expected);
        cosmo_arena_destroy(other.arena);
    }
    for (size_t i = 1; i < sizeof isas / sizeof isas[0]; i++) {
        setenv("COSMO_ISA", isas[i], 1);
        compute_well(EXPLOSION, 2, &other);
        unsetenv("COSMO_ISA");
        ck_assert_str_eq(summary(&other), expected);
        cosmo_arena_destroy(other.arena);
    }
    other = first;
    first.run.seed++;
    cosmo_toxics_case reseeded;
    ck_assert_int_eq(cosmo_toxics_case_run(&first.toxics, NULL, first.arena, &first.run, &reseeded), COSMO_OK);
    first.result = reseeded;
    ck_assert_str_ne(summary(&first), expected);
    cosmo_arena_destroy(other.arena);
}
END_TEST

/* What nothing burns of is in the air or in the soil. */
static void check_masses(const computed *c, bool burns)
{
    const cosmo_accident *a = &c->toxics.accident;
    const cosmo_accident_answer *r = &c->result.answer;
    double worst = 0.0, lost = 0.0;
    for (size_t i = 0; i < r->n_samples; i++) {
        double sum = 0.0;
        worst = fmax(worst, r->imbalance[i]);
        for (size_t k = 0; k < a->n_species; k++) {
            const cosmo_accident_soil *s = &r->soil[i * a->n_species + k];
            sum += s->airborne_kg + s->spilled_kg;
            ck_assert_double_ge(s->spilled_kg, 0.0);
            ck_assert_double_ge(s->airborne_kg, 0.0);
        }
        if (burns)
            ck_assert_double_le(sum, r->propellant_kg[i] * (1.0 + 1e-12));
        else
            lost = fmax(lost, fabs(sum / r->propellant_kg[i] - 1.0));
    }
    suite_error("ledger of the particles, worst sampling", worst, "", 1e-9);
    if (!burns) suite_error("tanks less air and soil", lost, "", 1e-12);
}

static void check_finite(const computed *c)
{
    const cosmo_accident *a = &c->toxics.accident;
    const cosmo_accident_answer *r = &c->result.answer;
    double dose = 0.0;
    for (size_t i = 0; i < a->n_species * r->n_cells; i++) {
        ck_assert(isfinite(r->dose_kg_s_m3[i]) && isfinite(r->deposit_kg_m2[i]));
        dose += (double)r->dose_kg_s_m3[i];
    }
    ck_assert_double_gt(dose, 0.0);
    for (size_t i = 0; i < r->n_samples * a->n_species; i++) {
        const double *of = (const double *)(const void *)&r->soil[i];
        for (size_t k = 0; k < sizeof(cosmo_accident_soil) / sizeof(double); k++) {
            /* what has no limit has no norm */
            const bool norm = &of[k] == &r->soil[i].norm_inside_kg || &of[k] == &r->soil[i].norm_outside_kg;
            ck_assert(norm || isfinite(of[k]));
        }
    }
    for (size_t i = 0; i < r->n_samples; i++)
        ck_assert(isfinite(r->towards_rad[i]) && isfinite(r->steps[i]) && r->steps[i] > 0.0);
    for (size_t i = 0; i < r->n_samples * a->n_receptors * a->n_levels; i++) ck_assert(isfinite(r->ratio[i]));
}

START_TEST(each_kind_is_finite_and_keeps_its_mass)
{
    static const char *const cases[] = {EXPLOSION, SPILL, CONTINUOUS, RESIDUALS, EXHAUST};
    static const char *const names[] = {"explosion", "spill", "continuous", "residuals", "exhaust"};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        computed c;
        printf(" %s\n", names[i]);
        compute_well(cases[i], 2, &c);
        check_masses(&c, i == 0);
        check_finite(&c);
        ck_assert(isfinite(c.result.answer.height_m[0]) == (i == 0));
        cosmo_arena_destroy(c.arena);
    }
}
END_TEST

START_TEST(inside_and_outside_are_the_whole)
{
    computed with, without;
    static char open_ground[sizeof EXPLOSION];
    const char *square = strstr(EXPLOSION, SQUARE);
    snprintf(open_ground, sizeof open_ground, "%.*s%s", (int)(square - EXPLOSION), EXPLOSION, square + strlen(SQUARE));
    compute_well(EXPLOSION, 2, &with);
    compute_well(open_ground, 2, &without);
    ck_assert_ptr_null(without.toxics.accident.inside);
    const cosmo_accident *a = &with.toxics.accident;
    const cosmo_accident_answer *p = &with.result.answer, *q = &without.result.answer;
    double worst = 0.0, inside = 0.0, outside = 0.0;
    for (size_t i = 0; i < p->n_samples * a->n_levels; i++) {
        const double whole = p->reach[i].area_inside_m2 + p->reach[i].area_outside_m2;
        ck_assert_double_eq(q->reach[i].area_inside_m2, 0.0);
        worst = fmax(worst, fabs(whole - q->reach[i].area_outside_m2) / fmax(whole, 1.0));
        worst = fmax(worst, fabs(p->reach[i].people_inside + p->reach[i].people_outside - q->reach[i].people_outside));
        inside += p->reach[i].area_inside_m2;
        outside += p->reach[i].area_outside_m2;
    }
    for (size_t i = 0; i < p->n_samples * a->n_soils; i++) {
        const double whole = p->soil_reach[i].area_inside_m2 + p->soil_reach[i].area_outside_m2;
        worst = fmax(worst, fabs(whole - q->soil_reach[i].area_outside_m2) / fmax(whole, 1.0));
    }
    for (size_t i = 0; i < p->n_samples * a->n_species; i++) {
        const double fallen = q->soil[i].dry_kg + q->soil[i].wet_kg;
        ck_assert_double_le(p->soil[i].outside_kg, fallen * (1.0 + 1e-6) + 1e-9);
        /* fields are floats; what fell beyond the mesh is in the ledger alone */
        ck_assert_double_le(q->soil[i].outside_kg, fallen * (1.0 + 1e-6) + 1e-9);
    }
    suite_error("inside and outside less the whole", worst, "", 1e-9);
    ck_assert_double_gt(inside, 0.0);
    ck_assert_double_gt(outside, 0.0);
    cosmo_arena_destroy(with.arena);
    cosmo_arena_destroy(without.arena);
}
END_TEST

/* Cold N2O4 runs out in a light wind at night: heavy by any measure, and said so. */
START_TEST(cold_vapour_is_held_against_the_curves_of_heavy_gas)
{
    computed c;
    compute_well(SPILL, 2, &c);
    const cosmo_accident_answer *r = &c.result.answer;
    for (size_t i = 0; i < r->n_samples; i++) {
        printf("  N2O4: Richardson number %.3g, the serious level to %.0f m\n", r->richardson[i], r->dense_m[i]);
        ck_assert_double_gt(r->richardson[i], 0.0034);
        ck_assert_double_eq(r->dense[i], 1.0);
        ck_assert_double_gt(r->dense_m[i], 50.0);
        ck_assert_double_lt(r->dense_m[i], 50e3);
    }
    ck_assert(noted(&c, "dense gas: in 3 of 3 samples"));
    ck_assert(noted(&c, "Britter and McQuaid"));
    ck_assert_ptr_nonnull(strstr(summary(&c), "\"dense_phase\""));
    cosmo_arena_destroy(c.arena);
    static const char light[] =
        "source: {kind: residuals, " PLACE ", tanks: [{substance: UDMH, mass: 0.1 kg}], fates: [{substance: UDMH, "
        "vaporised: 100 %, spilled: 0 %, aerosolised: 0 %}]}\n"
        "weather: {wind_speed: 15 m/s, wind_from: 0 deg, mixing_height: 400 m, stability: [D]}\n" SAMPLING REST;
    compute_well(light, 2, &c);
    ck_assert_double_eq(c.result.answer.dense[0], 0.0);
    ck_assert_double_lt(c.result.answer.richardson[0], 0.04);
    ck_assert(isnan(c.result.answer.dense_m[0]) && !noted(&c, "dense gas"));
    cosmo_arena_destroy(c.arena);
    compute_well(EXHAUST, 2, &c);
    ck_assert(isnan(c.result.answer.richardson[0]));
    cosmo_arena_destroy(c.arena);
}
END_TEST

/* Everything spilled soaks in here: the wetted area is that of the liquid before it does, 1 cm deep. */
START_TEST(the_crater_is_told_by_depth_and_in_time)
{
    computed c;
    compute_well(RESIDUALS, 2, &c);
    const cosmo_accident *a = &c.toxics.accident;
    const cosmo_accident_answer *r = &c.result.answer;
    for (size_t i = 0; i < r->n_samples; i++) {
        const cosmo_accident_soil *s = &r->soil[i * a->n_species];
        const double volume = 0.1 * r->propellant_kg[i] / 791.0;
        ck_assert_double_eq_tol(r->spill_m2[i], 100.0 * volume, 1e-9 * r->spill_m2[i]);
        ck_assert_double_eq_tol(s->spilled_kg, 0.1 * r->propellant_kg[i], 1e-9 * s->spilled_kg);
        double column = 0.0;
        for (size_t k = 0; k < COSMO_ACCIDENT_DEPTHS; k++) {
            if (k > 0) ck_assert_double_lt(s->crater_class_mg_kg[k], s->crater_class_mg_kg[k - 1]);
            column += s->crater_class_mg_kg[k] * (cosmo_accident_depth_m(k + 1) - cosmo_accident_depth_m(k));
        }
        /* the mean times its depth is the whole column: 90 % or more of it lies above 0.6 m */
        const double share = column / (s->crater_mg_kg * r->spill_depth_m[i]);
        ck_assert_double_gt(share, 0.9);
        ck_assert_double_le(share, 1.0);
        ck_assert_double_lt(s->crater_later_mg_kg, s->crater_mg_kg);
        ck_assert_double_gt(s->crater_later_mg_kg, 0.0);
        ck_assert_double_gt(s->product_later_mg_kg, 0.0);
    }
    ck_assert_uint_gt(a->n_soils, 0);
    for (size_t i = 0; i < r->n_samples * a->n_soils; i++) {
        const double now = r->soil_reach[i].area_inside_m2 + r->soil_reach[i].area_outside_m2;
        ck_assert_double_le(r->soil_later[i].area_inside_m2 + r->soil_later[i].area_outside_m2, now);
    }
    for (size_t i = 0; i < r->n_samples * a->n_soils; i++)
        for (size_t k = 1; k < COSMO_ACCIDENT_DEPTHS; k++)
            ck_assert_double_le(r->soil_class_m2[i * COSMO_ACCIDENT_DEPTHS + k],
                                r->soil_class_m2[i * COSMO_ACCIDENT_DEPTHS + k - 1]);
    double village = 0.0;
    for (size_t i = 0; i < r->n_samples * a->n_species; i++) village += r->receptor_soil_mg_kg[i];
    ck_assert_double_gt(village, 0.0);
    cosmo_arena_destroy(c.arena);
}
END_TEST

/* The pool dries in the course of the run, not in its first instant, and what is left is in the soil. */
START_TEST(a_slow_pool_is_not_gone_at_once)
{
    static const char kerosene[] = "source: {kind: spill, " PLACE ", tanks: [{substance: kerosene, mass: 5 t}], "
                                   "fates: [{substance: kerosene, soaked: 0 %}]}\n" WEATHER SAMPLING REST;
    computed c;
    compute_well(kerosene, 2, &c);
    for (size_t i = 0; i < c.result.answer.n_samples; i++) {
        const cosmo_accident_soil *s = &c.result.answer.soil[i * c.toxics.accident.n_species];
        printf("  kerosene: %.0f of 5000 kg in the air within 20 min\n", s->airborne_kg);
        ck_assert_double_gt(s->airborne_kg, 0.0);
        ck_assert_double_gt(s->spilled_kg, 2500.0);
    }
    cosmo_arena_destroy(c.arena);
}
END_TEST

START_TEST(an_oxidiser_alone_does_not_burn)
{
    static const char alone[] =
        "source: {kind: explosion, " PLACE ", tanks: [{substance: N2O4, mass: 100 t}]}\n" WEATHER SAMPLING REST;
    static const char fuel[] =
        "source: {kind: explosion, " PLACE ", tanks: [{substance: kerosene, mass: 100 t}]}\n" WEATHER SAMPLING REST;
    computed c;
    compute_well(alone, 2, &c);
    check_masses(&c, false);
    ck_assert_double_eq(c.result.answer.heat_j[0], 0.0);
    ck_assert_double_eq(c.result.answer.height_m[0], 0.0);
    ck_assert_double_gt(c.result.answer.richardson[0], 0.04);
    cosmo_arena_destroy(c.arena);
    compute_well(fuel, 2, &c); /* with oxygen that is not followed, or in air: 43 MJ/kg, less what is radiated */
    printf("  100 t of kerosene: %.3g J, %.0f m\n", c.result.answer.heat_j[0], c.result.answer.height_m[0]);
    ck_assert_double_gt(c.result.answer.heat_j[0], 0.5 * 43e6 * 100e3);
    ck_assert_double_lt(c.result.answer.heat_j[0], 0.81 * 43e6 * 100e3);
    cosmo_arena_destroy(c.arena);
}
END_TEST

/* ---- without memory ---- */

static void *toxics_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void toxics_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_may_run_out_anywhere)
{
    static const char tiny[] =
        "source: {kind: residuals, " PLACE ", tanks: [{substance: UDMH, mass: [1 kg, 2 kg, 3 kg]}]}\n"
        "weather: {wind_speed: 3 m/s, wind_from: 0 deg, mixing_height: 400 m, stability: [D]}\n"
        "sampling: {samples: 1, particles: 100, duration: 4 min, rings: 4, sectors: 8, outer: 1 km}\n"
        "limits: [aegl, ru-kz-mac]\n";
    cosmo_status status = COSMO_NO_RESOURCES;
    int tried = 0;
    for (int n = 1; status != COSMO_OK; n += 1 + n / 25, tried++) { /* every one at first, then samples */
        int left = n;
        const cosmo_allocator poor = {toxics_allocate, toxics_release, &left};
        computed c;
        status = compute(tiny, 1, &poor, &c);
        if (c.arena == NULL) continue;
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "after %d: %s", n, c.run.message);
        size_t bytes;
        if (status == COSMO_OK) (void)cosmo_toxics_summary_json(&c.result, c.arena, &bytes);
        cosmo_arena_destroy(c.arena);
        ck_assert_int_lt(n, 1000000);
    }
    printf("  memory ran out in %d places\n", tried - 1);
}
END_TEST

COSMO_SUITE("study/toxics", the_same_bytes_on_any_threads_and_lanes, each_kind_is_finite_and_keeps_its_mass,
            inside_and_outside_are_the_whole, cold_vapour_is_held_against_the_curves_of_heavy_gas,
            the_crater_is_told_by_depth_and_in_time, a_slow_pool_is_not_gone_at_once, an_oxidiser_alone_does_not_burn,
            memory_may_run_out_anywhere)
