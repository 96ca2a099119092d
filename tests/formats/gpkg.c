/* GeoPackage of the sample layers: equal bytes for equal layers, failures that leave nothing; ogrinfo.sh reads it. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"
#include <sqlite3.h>
#include <unistd.h>

static char gpkg_folder[256];

static cosmo_status gpkg_sample(cosmo_arena *arena, const char *path, cosmo_run *run)
{
    size_t n;
    const cosmo_layer *layers = sample_layers(&n);
    cosmo_run_init(run, arena);
    return cosmo_gpkg_write(path, "Sample & co", layers, n, run);
}

static const char *gpkg_path(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", gpkg_folder, name);
    return path;
}

START_TEST(bytes_depend_on_the_layers_only)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    const char *data[2];
    size_t bytes[2];
    for (int i = 0; i < 2; i++) { /* the second time over the first */
        ck_assert_int_eq(gpkg_sample(arena, gpkg_path("sample.gpkg"), &run), COSMO_OK);
        ck_assert_int_eq(cosmo_file_read(gpkg_path("sample.gpkg"), 1 << 24, arena, &run, &data[i], &bytes[i]),
                         COSMO_OK);
    }
    ck_assert_uint_eq(bytes[0], bytes[1]);
    ck_assert(memcmp(data[0], data[1], bytes[0]) == 0);
    ck_assert(memcmp(data[0] + 60,
                     "\x00\x00\x28\x3c"
                     "\x00\x00\x00\x00"
                     "GPKG",
                     12) == 0); /* user_version, vacuum, application_id */
    sample_keep("sample.gpkg", data[0], bytes[0]);
    unlink(gpkg_path("sample.gpkg"));
    cosmo_arena_destroy(arena);
}
END_TEST

/* Two layers whose ids meet in one table name, forbidden prefixes, a column of odd name, an unlocated shape, no shapes.
 */
START_TEST(awkward_names)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    const double here[] = {63.3, 45.9}, nowhere[] = {NAN, NAN};
    const cosmo_property odd[] = {
        {"a \"b\"; DROP TABLE x", NULL, 1.5}, {"FID", "kept", 0.0}, {"Mass", NULL, 1.0}, {"mass", NULL, 2.0}};
    const cosmo_shape shapes[] = {
        {.kind = COSMO_SHAPE_POINT, .n = 1, .lon_deg = here, .lat_deg = here + 1, .n_properties = 4, .properties = odd},
        {.kind = COSMO_SHAPE_POINT, .n = 1, .lon_deg = nowhere, .lat_deg = nowhere, .name = "lost"},
    };
    const cosmo_layer layers[] = {{"a b", "First", 2, shapes},
                                  {"A-B", NULL, 1, shapes},
                                  {"gpkg_x", "Third", 1, shapes},
                                  {NULL, "Nowhere at all", 1, shapes + 1},
                                  {"empty", "Empty", 0, NULL}};
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_gpkg_write(gpkg_path("odd.gpkg"), "odd", layers, 5, &run), COSMO_OK);
    sqlite3 *db;
    sqlite3_stmt *rows;
    cosmo_text names = cosmo_text_begin(arena);
    ck_assert_int_eq(sqlite3_open(gpkg_path("odd.gpkg"), &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_prepare_v2(db, "SELECT table_name FROM gpkg_contents", -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW)
        cosmo_text_print(&names, "%s ", (const char *)sqlite3_column_text(rows, 0));
    sqlite3_finalize(rows);
    ck_assert_str_eq(names.data, "a_b_point layer_a_b_point_2 layer_gpkg_x_point_2 layer_point ");
    ck_assert_int_eq(
        sqlite3_prepare_v2(db, "SELECT \"a \"\"b\"\"; DROP TABLE x\", FID_2, Mass, geom IS NULL FROM a_b_point", -1,
                           &rows, NULL),
        SQLITE_OK);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    ck_assert(sqlite3_column_double(rows, 0) == 1.5 && sqlite3_column_double(rows, 2) == 1.0);
    ck_assert_str_eq((const char *)sqlite3_column_text(rows, 1), "kept");
    ck_assert_int_eq(sqlite3_column_int(rows, 3), 0);
    ck_assert_int_eq(sqlite3_step(rows), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(rows, 3), 1);
    sqlite3_finalize(rows);
    sqlite3_close(db);
    cosmo_arena_destroy(arena);
    unlink(gpkg_path("odd.gpkg"));
}
END_TEST

START_TEST(a_folder_that_is_not_there)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    ck_assert_int_eq(gpkg_sample(arena, gpkg_path("none/sample.gpkg"), &run), COSMO_NO_RESOURCES);
    ck_assert_ptr_nonnull(strstr(run.message, "sample.gpkg: error: cannot create: No such file or directory"));
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_gpkg(cosmo_arena *arena)
{
    cosmo_run run;
    const cosmo_status status = gpkg_sample(arena, gpkg_path("starved.gpkg"), &run);
    ck_assert_int_eq(access(gpkg_path("starved.gpkg"), F_OK), status == COSMO_OK ? 0 : -1);
    if (status != COSMO_OK) ck_assert_str_eq(run.message, "error: out of memory");
    return status == COSMO_OK;
}

START_TEST(out_of_memory_leaves_no_file)
{
    ck_assert_int_ge(sample_starve(starved_gpkg), 20);
    unlink(gpkg_path("starved.gpkg"));
}
END_TEST

/* SQLite's own memory runs out at every size up to what it needs. */
START_TEST(sqlite_out_of_memory_leaves_no_file)
{
    cosmo_run run;
    cosmo_status status = COSMO_NO_RESOURCES;
    int failures = 0;
    const sqlite3_int64 held = sqlite3_memory_used();
    for (sqlite3_int64 room = 1024; status != COSMO_OK; room += 4096) {
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        sqlite3_hard_heap_limit64(held + room);
        status = gpkg_sample(arena, gpkg_path("hungry.gpkg"), &run);
        failures += status == COSMO_NO_RESOURCES;
        ck_assert_int_eq(access(gpkg_path("hungry.gpkg"), F_OK), status == COSMO_OK ? 0 : -1);
        cosmo_arena_destroy(arena);
    }
    sqlite3_hard_heap_limit64(0);
    printf("  failed cleanly with too little memory for SQLite: %d times\n", failures);
    ck_assert_int_ge(failures, 10);
    unlink(gpkg_path("hungry.gpkg"));
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {bytes_depend_on_the_layers_only, awkward_names, a_folder_that_is_not_there,
                                  out_of_memory_leaves_no_file, sqlite_out_of_memory_leaves_no_file};
    snprintf(gpkg_folder, sizeof gpkg_folder, "%s/gpkg-XXXXXX", getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
    if (mkdtemp(gpkg_folder) == NULL) return EXIT_FAILURE;
    const int status = suite_run("formats/gpkg", tests, sizeof tests / sizeof tests[0]);
    rmdir(gpkg_folder);
    return status;
}
