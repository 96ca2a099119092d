/* Fragment lists: what the check finds in lists made to be found fault with, and in every vehicle of the catalogue. */
#include "cosmodrome/hazard.h"
#include "suite.h"

#include <string.h>

typedef struct fragments_bench {
    cosmo_arena *arena;
    cosmo_run run;
} fragments_bench;

static void fragments_open(fragments_bench *bench)
{
    bench->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(bench->arena);
    cosmo_run_init(&bench->run, bench->arena);
    bench->run.data_folder = "data";
}

static bool fragments_found(const cosmo_list *findings, const char *piece)
{
    const char *const *texts = findings->items;
    for (size_t i = 0; i < findings->n; i++)
        if (strstr(texts[i], piece) != NULL) return true;
    return false;
}

/* A vehicle with one fault of each kind. */
static const cosmo_stage FAULTY_STAGES[] = {{.id = "one", .dry_mass_kg = 1000.0}, {.id = "two", .dry_mass_kg = 10.0}};
static const cosmo_fragment_class FAULTY_CLASSES[] = {{.id = "good",
                                                       .stage = "one",
                                                       .count = 90,
                                                       .mass_kg = 10.0,
                                                       .ballistic_min_kg_m2 = 20.0,
                                                       .ballistic_max_kg_m2 = 63.0},
                                                      {.id = "light",
                                                       .stage = "one",
                                                       .count = 10,
                                                       .mass_kg = 1.0,
                                                       .ballistic_min_kg_m2 = 0.1,
                                                       .ballistic_max_kg_m2 = 14.6},
                                                      {.id = "wide",
                                                       .stage = "one",
                                                       .count = 1,
                                                       .mass_kg = 70.0,
                                                       .ballistic_min_kg_m2 = 20.0,
                                                       .ballistic_max_kg_m2 = 64.0},
                                                      {.id = "dense",
                                                       .stage = "one",
                                                       .count = 1,
                                                       .mass_kg = 1.0,
                                                       .ballistic_min_kg_m2 = 4000.0,
                                                       .ballistic_max_kg_m2 = 5000.0,
                                                       .imparted_speed_m_s = 10.0}};
static const cosmo_item FAULTY_ITEMS[] = {{.id = "fairing", .mass_kg = 700.0}, {.id = "skirt", .part_of = "one"}};
static const cosmo_vehicle FAULTY = {
    .stages = {2, FAULTY_STAGES}, .items = {2, FAULTY_ITEMS}, .fragments = {4, FAULTY_CLASSES}};

START_TEST(faults)
{
    fragments_bench bench;
    fragments_open(&bench);
    cosmo_list findings;
    ck_assert_int_eq(cosmo_fragment_check(&FAULTY, bench.arena, &bench.run, &findings), COSMO_OK);
    const char *const *texts = findings.items;
    for (size_t i = 0; i < findings.n; i++) printf("  %s\n", texts[i]);
    ck_assert_uint_eq(findings.n, 5);
    ck_assert(fragments_found(&findings, "class wide: ballistic coefficients from 20 to 64 kg/m2"));
    ck_assert(fragments_found(&findings, "class dense: at 5000 kg/m2"));
    ck_assert(fragments_found(&findings, "stage one: fragments add up to 981 kg, its dry mass is 1000 kg (-1.9 %)"));
    ck_assert(fragments_found(&findings, "stage two: no fragments"));
    ck_assert(fragments_found(&findings, "fairing: 700 kg that no fragment class holds"));
    cosmo_arena_destroy(bench.arena);
}
END_TEST

static void *fragments_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void fragments_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_runs_out)
{
    int refused = 0, blocks = 2;
    for (cosmo_status status = COSMO_INTERNAL; status != COSMO_OK; blocks++) {
        int left = blocks;
        const cosmo_allocator allocator = {fragments_allocate, fragments_release, &left};
        cosmo_arena *arena = cosmo_arena_create(64, &allocator);
        ck_assert_ptr_nonnull(arena);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        cosmo_list findings;
        status = cosmo_fragment_check(&FAULTY, arena, &run, &findings);
        ck_assert(status == COSMO_OK || status == COSMO_NO_RESOURCES);
        refused += status != COSMO_OK;
        cosmo_arena_destroy(arena);
    }
    printf("  refused with %d sizes of memory, then done\n", refused);
    ck_assert_int_ge(refused, 3);
}
END_TEST

/* Stages and classes of every vehicle keep the rules; fairings and towers cannot be written down as classes. */
START_TEST(catalogue)
{
    fragments_bench bench;
    fragments_open(&bench);
    cosmo_list ids, findings;
    ck_assert_int_eq(cosmo_catalogue_list("vehicles", bench.arena, &bench.run, &ids), COSMO_OK);
    const char *const *names = ids.items;
    size_t total = 0;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        ck_assert_int_eq(cosmo_vehicle_read(names[i], NULL, bench.arena, &bench.run, &vehicle), COSMO_OK);
        ck_assert_int_eq(cosmo_fragment_check(&vehicle, bench.arena, &bench.run, &findings), COSMO_OK);
        const char *const *texts = findings.items;
        for (size_t k = 0; k < findings.n; k++) {
            printf("  %s: %s\n", names[i], texts[k]);
            ck_assert_msg(strstr(texts[k], "no fragment class holds") != NULL, "%s: %s", names[i], texts[k]);
        }
        total += findings.n;
    }
    printf("  %zu vehicles, %zu findings\n", ids.n, total);
    ck_assert_uint_ge(ids.n, 16);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

/* What the tanks hold decides how they explode. */
START_TEST(propellants)
{
    fragments_bench bench;
    fragments_open(&bench);
    cosmo_list ids;
    ck_assert_int_eq(cosmo_catalogue_list("vehicles", bench.arena, &bench.run, &ids), COSMO_OK);
    static const char *const WORDS[] = {"inert", "LOX/LH2", "LOX/RP-1", "hypergol"};
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        ck_assert_int_eq(cosmo_vehicle_read(names[i], NULL, bench.arena, &bench.run, &vehicle), COSMO_OK);
        const cosmo_stage *stages = vehicle.stages.items;
        for (size_t k = 0; k < vehicle.stages.n; k++) {
            const cosmo_propellants held = cosmo_blast_propellants_of(&stages[k]);
            if (held == COSMO_PROPELLANTS_INERT) printf("  %s, %s: %s\n", names[i], stages[k].id, WORDS[held]);
            if (strcmp(stages[k].id, "briz-m") == 0) ck_assert_int_eq(held, COSMO_PROPELLANTS_HYPERGOL);
            if (strncmp(names[i], "soyuz-2", 7) == 0 && strcmp(stages[k].id, "fregat") != 0)
                ck_assert_int_eq(held, COSMO_PROPELLANTS_LOX_RP1);
        }
    }
    cosmo_arena_destroy(bench.arena);
}
END_TEST

COSMO_SUITE("hazard/fragments", faults, memory_runs_out, catalogue, propellants)
