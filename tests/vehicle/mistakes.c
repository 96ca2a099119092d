/* A vehicle file that does not fit together gives one line with the place of the mistake. Each case changes one thing
 * in data/vehicles/long-march-2c.yaml. */
#include "vehicle/data.h"

#include <stdlib.h>
#include <unistd.h>

enum { MISTAKES_BYTES = 1 << 20 };

typedef struct mistakes_bench {
    data_bench data;
    char folder[64];
    char path[160];
    const char *good;
} mistakes_bench;

static void mistakes_open(mistakes_bench *bench)
{
    data_open(&bench->data, "data");
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read("data/vehicles/long-march-2c.yaml", MISTAKES_BYTES, bench->data.arena,
                                     &bench->data.run, &bench->good, &bytes),
                     COSMO_OK);
    strcpy(bench->folder, "/tmp/cosmodrome-mistakes-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(bench->folder));
    snprintf(bench->path, sizeof bench->path, "%s/vehicles", bench->folder);
    ck_assert_int_eq(cosmo_file_make_folder(bench->path, &bench->data.run), COSMO_OK);
    snprintf(bench->path, sizeof bench->path, "%s/vehicles/long-march-2c.yaml", bench->folder);
    bench->data.run.data_folder = bench->folder;
}

static void mistakes_close(mistakes_bench *bench)
{
    char path[160];
    unlink(bench->path);
    snprintf(path, sizeof path, "%s/vehicles", bench->folder);
    rmdir(path);
    rmdir(bench->folder);
    data_close(&bench->data);
}

/* The 1-based line of the first byte of `where` in `text`. */
static int mistakes_line(const char *text, const char *where)
{
    int line = 1;
    for (const char *c = text; c < where; c++) line += *c == '\n';
    return line;
}

/* Write the good file with `old` (its first appearance) replaced, read it, and hold the message to line and words. */
static void mistakes_case(mistakes_bench *bench, const char *old, const char *replacement, const char *words)
{
    const char *where = strstr(bench->good, old);
    ck_assert_msg(where != NULL, "'%s' is not in the file", old);
    cosmo_text text = cosmo_text_begin(bench->data.arena);
    cosmo_text_put_bytes(&text, bench->good, (size_t)(where - bench->good));
    cosmo_text_put(&text, replacement);
    cosmo_text_put(&text, where + strlen(old));
    ck_assert_int_eq(cosmo_file_write(bench->path, text.data, text.length, &bench->data.run), COSMO_OK);
    cosmo_vehicle vehicle;
    const cosmo_status status =
        cosmo_vehicle_read("long-march-2c", NULL, bench->data.arena, &bench->data.run, &vehicle);
    const char *message = bench->data.run.message;
    printf("  %s\n", message);
    ck_assert_int_eq(status, COSMO_BAD_INPUT);
    char place[64];
    snprintf(place, sizeof place, "data/vehicles/long-march-2c.yaml:%d:", mistakes_line(bench->good, where));
    ck_assert_msg(strncmp(message, place, strlen(place)) == 0, "'%s' does not begin with '%s'", message, place);
    ck_assert_msg(strstr(message, words) != NULL, "'%s' does not say '%s'", message, words);
    ck_assert_ptr_null(strchr(message, '\n'));
}

START_TEST(parts_that_do_not_fit)
{
    mistakes_bench bench;
    mistakes_open(&bench);
    mistakes_case(&bench, "ignition_event: cutoff:stage-1", "ignition_event: cutoff:stage-11",
                  "unknown stage 'stage-11'; did you mean 'stage-1'?");
    mistakes_case(&bench, "ignition_event: cutoff:stage-1", "ignition_event: burnout:stage-1", "is not an event");
    mistakes_case(&bench, "ignition_event: cutoff:stage-1", "ignition_event: cutoff:stage-2", "not settled before");
    mistakes_case(&bench, "jettison_event: liftoff", "jettison_event: jettison:cover", "unknown item 'cover'");
    mistakes_case(&bench, "with: stage-2", "with: stage-3", "unknown stage 'stage-3'");
    mistakes_case(&bench, "with: stage-2", "with: stage-1", "has aerodynamics already");
    mistakes_case(&bench, "stage: stage-2, count", "stage: stage-4, count", "unknown stage 'stage-4'");
    mistakes_case(&bench, "propellant: UDMH", "propellant: UMDH", "unknown propellant 'UMDH'; did you mean 'UDMH'?");
    mistakes_case(&bench, "dry_mass: 10000 kg", "dry_mass: 10000", "dry_mass");
    mistakes_case(&bench, "id: long-march-2c", "id: long-march-2d", "is not the file's name");
    mistakes_case(&bench, "[0.6, 0.3]", "[0.0, 0.3]", "Mach numbers must ascend");
    mistakes_case(&bench, "country: CN", "contry: CN", "unknown key 'contry'; did you mean 'country'?");
    mistakes_close(&bench);
}
END_TEST

START_TEST(figures_that_cannot_be)
{
    mistakes_bench bench;
    mistakes_open(&bench);
    mistakes_case(&bench, "value: 442 kg", "value: 442 t", "is more than the load");
    mistakes_case(&bench, "value: 2961.6 kN", "value: 3961.6 kN", "less than thrust_vacuum");
    mistakes_case(&bench, "cutoff: depletion", "cutoff: time", "needs cutoff_time");
    mistakes_case(&bench, "ballistic_min: 4 kg/m2", "ballistic_min: 40 kg/m2", "more than ballistic_max");
    mistakes_close(&bench);
}
END_TEST

/* On one line, which is where the mistake is told. */
#define MISTAKES_ESCAPE(carrier, head, main)                                                                           \
    "escape: {motors: [{id: m, carried_by: " carrier ", head_mass: " head ", thrust: 1 kN, burn: 1 s}], "              \
    "head_area: 7 m2, head_drag: [[0, 1], [5, 1]], release: 9 s, capsule_mass: 2 t, capsule_area: 3 m2, "              \
    "capsule_drag: [[0, 1], [5, 1]], drogue_altitude: 9 km, drogue_drag_area: 9 m2, main_altitude: " main              \
    ", main_drag_area: 800 m2}\nsafety:"

START_TEST(escapes_that_cannot_be)
{
    mistakes_bench bench;
    mistakes_open(&bench);
    mistakes_case(&bench, "safety:", MISTAKES_ESCAPE("fairings", "5 t", "7 km"), "did you mean 'fairing'?");
    mistakes_case(&bench, "safety:", MISTAKES_ESCAPE("fairing", "1 t", "7 km"), "lighter than its propellant");
    mistakes_case(&bench, "safety:", MISTAKES_ESCAPE("fairing", "5 t", "11 km"), "opens above the drogue");
    mistakes_case(&bench, "safety:", "escape: {head_area: 7 m2}\nsafety:", "is missing here");
    mistakes_close(&bench);
}
END_TEST

START_TEST(unknown_ids_get_a_hint)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_vehicle vehicle;
    cosmo_site site;
    const cosmo_pad *pad;
    const cosmo_yaml asked = {.file = "missions/x.yaml", .line = 3, .column = 10};
    ck_assert_int_eq(cosmo_vehicle_read("soyus-2.1a", &asked, bench.arena, &bench.run, &vehicle), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message,
                     "missions/x.yaml:3:10: error: unknown vehicle 'soyus-2.1a'; did you mean 'soyuz-2.1a-crew'?");
    ck_assert_int_eq(cosmo_vehicle_read("../sites/ksc", &asked, bench.arena, &bench.run, &vehicle), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(bench.run.message, "unknown vehicle"));
    ck_assert_int_eq(cosmo_site_read("baikonour", &asked, bench.arena, &bench.run, &site), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(bench.run.message, "unknown site 'baikonour'; did you mean 'baikonur'?"));
    ck_assert_int_eq(cosmo_site_read("baikonur", &asked, bench.arena, &bench.run, &site), COSMO_OK);
    ck_assert_int_eq(cosmo_site_pad(&site, "31/6", &asked, &bench.run, &pad), COSMO_OK);
    ck_assert_int_eq(cosmo_site_pad(&site, "31/7", &asked, &bench.run, &pad), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(bench.run.message, "unknown pad of baikonur '31/7'; did you mean '31/6'?"));
    ck_assert_int_eq(cosmo_vehicle_read("data/vehicles/proton-m.yaml", NULL, bench.arena, &bench.run, &vehicle),
                     COSMO_OK);
    ck_assert_str_eq(vehicle.id, "proton-m");
    bench.run.data_folder = NULL;
    ck_assert_int_eq(cosmo_vehicle_read("proton-m", NULL, bench.arena, &bench.run, &vehicle), COSMO_BAD_INPUT);
    data_close(&bench);
}
END_TEST

/* An allocator that fails at its n-th call and after it. */
typedef struct mistakes_memory {
    size_t calls, fails_at;
} mistakes_memory;

static void *mistakes_take(size_t bytes, void *user)
{
    mistakes_memory *memory = user;
    return ++memory->calls >= memory->fails_at ? NULL : malloc(bytes);
}

static void mistakes_return(void *block, void *user)
{
    (void)user;
    free(block);
}

static cosmo_status mistakes_read_all(cosmo_arena *arena, cosmo_run *run)
{
    cosmo_vehicle vehicle;
    cosmo_site site;
    cosmo_list zones;
    COSMO_TRY(cosmo_vehicle_read("soyuz-2.1a-crew", NULL, arena, run, &vehicle));
    COSMO_TRY(cosmo_site_read("baikonur", NULL, arena, run, &site));
    return cosmo_zones_read(arena, run, &zones);
}

START_TEST(memory_may_run_out_anywhere)
{
    size_t n = 2;
    cosmo_status status;
    do {
        mistakes_memory memory = {.fails_at = n};
        const cosmo_allocator allocator = {mistakes_take, mistakes_return, &memory};
        cosmo_arena *arena = cosmo_arena_create(1, &allocator);
        ck_assert_ptr_nonnull(arena);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        run.data_folder = "data";
        status = mistakes_read_all(arena, &run);
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "call %zu: %s", n, run.message);
        cosmo_arena_destroy(arena);
        n += 1 + n / 60; /* every place early on, a sample of them later */
    } while (status != COSMO_OK && n < 20000);
    printf("  survived failures at up to %zu allocations\n", n);
    ck_assert_int_eq(status, COSMO_OK);
}
END_TEST

COSMO_SUITE("vehicle/mistakes", parts_that_do_not_fit, figures_that_cannot_be, escapes_that_cannot_be,
            unknown_ids_get_a_hint, memory_may_run_out_anywhere)
