/* What a release comes to in quantities that have a price: names, units, sides of the boundary, by hand. */
#include "study/toxics_parts.h"
#include "suite.h"

#include <string.h>

enum { WORTH_SAMPLES = 2, WORTH_SPECIES = 2, WORTH_SOILS = 2 };

typedef struct worth_bench {
    cosmo_arena *arena;
    cosmo_run run;
    cosmo_toxics toxics;
    cosmo_toxics_case result;
} worth_bench;

/* Two samples of a fuel with two limits in soil and of an oxidiser with none, spilled inside the boundary. */
static void worth_open(worth_bench *b)
{
    static const cosmo_substance fuel = {.id = "UDMH"}, oxidiser = {.id = "NO2"};
    static const cosmo_threshold strict = {.level = "MAC", .soil_kg_kg = 1e-7},
                                 lax = {.level = "old", .soil_kg_kg = 1e-6}, mild = {.level = "1", .rank = 1},
                                 serious = {.level = "2", .rank = 2};
    static const cosmo_accident_level soils[] = {{&strict, "a", 0, false}, {&lax, "b", 0, false}},
                                      levels[] = {{&mild, "a", 1, false}, {&serious, "a", 1, true}};
    static const cosmo_accident_soil soil[] = {{.spilled_kg = 100.0,
                                                .dry_kg = 6.0,
                                                .wet_kg = 4.0,
                                                .outside_kg = 3.0,
                                                .norm_inside_kg = 2.0,
                                                .norm_outside_kg = 1.5,
                                                .crater_mg_kg = 50.0,
                                                .airborne_kg = 40.0},
                                               {.spilled_kg = 20.0,
                                                .dry_kg = 5.0,
                                                .outside_kg = 5.0,
                                                .norm_inside_kg = NAN,
                                                .norm_outside_kg = NAN,
                                                .airborne_kg = 900.0},
                                               {.spilled_kg = 200.0,
                                                .dry_kg = 1.0,
                                                .wet_kg = 1.0,
                                                .outside_kg = 2.0000001,
                                                .norm_inside_kg = 4.0,
                                                .norm_outside_kg = 0.5,
                                                .crater_mg_kg = 80.0,
                                                .airborne_kg = 60.0},
                                               {.norm_inside_kg = NAN, .norm_outside_kg = NAN, .airborne_kg = 700.0}};
    static const cosmo_accident_reach soil_reach[] = {
        {1000.0, 500.0, 0, 0, 0}, {10.0, 5.0, 0, 0, 0}, {3000.0, 0.0, 0, 0, 0}, {30.0, 0.0, 0, 0, 0}};
    static const cosmo_accident_reach reach[] = {
        {1, 2, 30, 40, 0}, {1, 1, 3, 4, 0}, {1, 2, 50, 60, 0}, {0, 1, 0, 7, 0}};
    static const double propellant[] = {500.0, 600.0}, spill[] = {400.0, NAN}, depth[] = {0.25, 0.5};
    static const double affected_in[] = {1000.0, 3000.0}, affected_out[] = {500.0, 0.0};
    static const float inside = 1.0F;
    b->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(b->arena);
    cosmo_run_init(&b->run, b->arena);
    b->toxics = (cosmo_toxics){.accident = {.n_species = WORTH_SPECIES,
                                            .species = {&fuel, &oxidiser},
                                            .n_soils = WORTH_SOILS,
                                            .soils = soils,
                                            .n_levels = 2,
                                            .levels = levels,
                                            .inside = &inside,
                                            .source_inside = true}};
    b->result = (cosmo_toxics_case){.toxics = &b->toxics,
                                    .answer = {.n_samples = WORTH_SAMPLES,
                                               .soil = soil,
                                               .soil_reach = soil_reach,
                                               .reach = reach,
                                               .propellant_kg = propellant,
                                               .spill_m2 = spill,
                                               .spill_depth_m = depth,
                                               .affected_inside_m2 = affected_in,
                                               .affected_outside_m2 = affected_out}};
}

static cosmo_quantities worth_measure(worth_bench *b)
{
    cosmo_quantities all;
    ck_assert_msg(cosmo_toxics_worth_measure(&b->result, b->arena, &b->run, &all) == COSMO_OK, "%s", b->run.message);
    return all;
}

static const cosmo_quantity *worth_find(const cosmo_quantities *all, const char *name, const char *substance)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->items[i].name, name) == 0 &&
            (substance == NULL || strcmp(all->items[i].substance, substance) == 0))
            return &all->items[i];
    return NULL;
}

/* Inside and outside, both samples; outside NaN: a whole. */
static void worth_expect(const cosmo_quantities *all, const char *name, const char *substance, const double inside[2],
                         const double outside[2])
{
    const cosmo_quantity *q = worth_find(all, name, substance);
    ck_assert_msg(q != NULL, "no %s", name);
    ck_assert_uint_eq(q->n, WORTH_SAMPLES);
    for (size_t i = 0; i < WORTH_SAMPLES; i++) {
        const double first = q->whole != NULL ? q->whole[i] : q->inside[i];
        ck_assert_msg((q->whole != NULL) == (outside == NULL), "%s: split or not", name);
        ck_assert_msg(fabs(first - inside[i]) <= 1e-12 * inside[i], "%s inside, sample %zu: %.17g", name, i, first);
        if (outside == NULL) continue;
        ck_assert_msg(fabs(q->outside[i] - outside[i]) <= 1e-12 * outside[i], "%s outside, sample %zu: %.17g", name, i,
                      q->outside[i]);
    }
}

#define WORTH(name, substance, ...) worth_expect(&all, name, substance, __VA_ARGS__)
#define PAIR(a, b)                                                                                                     \
    (const double[])                                                                                                   \
    {                                                                                                                  \
        a, b                                                                                                           \
    }

START_TEST(each_quantity_is_on_its_side)
{
    worth_bench b;
    worth_open(&b);
    const cosmo_quantities all = worth_measure(&b);
    WORTH("propellant_kg", NULL, PAIR(500.0, 600.0), NULL);
    WORTH("released_kg", "UDMH", PAIR(40.0, 60.0), NULL);
    WORTH("deposited_kg", "UDMH", PAIR(7.0, 0.0), PAIR(3.0, 2.0)); /* never more outside than there is */
    WORTH("soil_mass_kg", "UDMH", PAIR(107.0, 200.0), PAIR(3.0, 2.0));
    WORTH("soil_mass_kg", "NO2", PAIR(20.0, 0.0), PAIR(5.0, 0.0));
    WORTH("norm_mass_kg", "UDMH", PAIR(2.0, 4.0), PAIR(1.5, 0.5));
    WORTH("area_above_limit_m2", "UDMH", PAIR(1000.0, 3000.0), PAIR(500.0, 0.0)); /* of the first set */
    WORTH("affected_area_m2", NULL, PAIR(1000.0, 3000.0), PAIR(500.0, 0.0));
    WORTH("hectares_out_of_use", NULL, PAIR(0.1, 0.3), PAIR(0.05, 0.0));
    WORTH("treated_area_m2", NULL, PAIR(400.0, 0.0), PAIR(0.0, 0.0));
    WORTH("treated_volume_m3", NULL, PAIR(100.0, 0.0), PAIR(0.0, 0.0));
    WORTH("depth_m", NULL, PAIR(0.25, 0.5), NULL);
    WORTH("norm_ratio", "UDMH", PAIR(500.0, 800.0), NULL);
    WORTH("people_exposed", NULL, PAIR(3.0, 0.0), PAIR(4.0, 7.0)); /* above the serious level */
    ck_assert_ptr_null(worth_find(&all, "norm_mass_kg", "NO2"));   /* no limit: blank, not nothing */
    ck_assert_ptr_null(worth_find(&all, "norm_ratio", "NO2"));
    printf("  %zu quantities\n", all.n);
    cosmo_arena_destroy(b.arena);
}
END_TEST

START_TEST(without_a_boundary_all_is_outside)
{
    worth_bench b;
    worth_open(&b);
    b.toxics.accident.inside = NULL;
    b.toxics.accident.source_inside = false;
    const cosmo_quantities all = worth_measure(&b);
    WORTH("deposited_kg", "UDMH", PAIR(0.0, 0.0), PAIR(10.0, 2.0));
    WORTH("soil_mass_kg", "UDMH", PAIR(0.0, 0.0), PAIR(110.0, 202.0));
    WORTH("treated_area_m2", NULL, PAIR(0.0, 0.0), PAIR(400.0, 0.0));
    cosmo_arena_destroy(b.arena);
}
END_TEST

/* Every name that the program computes is one that a rule-set may use, and its unit is the name's. */
START_TEST(names_are_those_of_rule_sets)
{
    worth_bench b;
    worth_open(&b);
    const cosmo_quantities all = worth_measure(&b);
    ck_assert_int_eq(cosmo_quantities_check(&all, &b.run, NULL), COSMO_OK);
    for (size_t i = 0; i < all.n; i++) {
        const cosmo_quantity_kind *kind = cosmo_quantities_find(all.items[i].name);
        ck_assert_ptr_nonnull(kind);
        ck_assert(kind->by_substance == (all.items[i].substance != NULL));
        if (kind->intensive) ck_assert_ptr_nonnull(all.items[i].whole);
    }
    cosmo_arena_destroy(b.arena);
}
END_TEST

COSMO_SUITE("study/toxics_worth", each_quantity_is_on_its_side, without_a_boundary_all_is_outside,
            names_are_those_of_rule_sets)
