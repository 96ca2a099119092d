/* Stage masses, thrusts and impulses against the table they were collected in (../shared/data/vehicles/stages.tsv). */
#include "vehicle/data.h"

#define MASSES_TABLE "../shared/data/vehicles/stages.tsv"
enum { MASSES_COLUMNS = 20, MASSES_BYTES = 1 << 20 };
enum {
    MASSES_VEHICLE,
    MASSES_STAGE,
    MASSES_COUNT,
    MASSES_GROSS = 6,
    MASSES_SEA_LEVEL = 10,
    MASSES_VACUUM,
    MASSES_ISP = 13
};

static const struct {
    const char *table_vehicle, *table_stage, *vehicle, *stage;
} MASSES_PAIRS[] = {
    {"soyuz-2.1a-crew", "strap-on", "soyuz-2.1a-crew", "strap-on"},
    {"soyuz-2.1a-crew", "core", "soyuz-2.1a-crew", "core"},
    {"soyuz-2.1a-crew", "Blok I", "soyuz-2.1a-crew", "third-stage"},
    {"soyuz-2.1a-crew", "strap-on", "soyuz-2.1a-cargo", "strap-on"},
    {"soyuz-2.1a-crew", "core", "soyuz-2.1a-cargo", "core"},
    {"soyuz-2.1b-fregat", "strap-on", "soyuz-2.1b-fregat", "strap-on"},
    {"soyuz-2.1b-fregat", "core", "soyuz-2.1b-fregat", "core"},
    {"soyuz-2.1b-fregat", "Blok I", "soyuz-2.1b-fregat", "third-stage"},
    {"soyuz-2.1b-fregat", "Fregat", "soyuz-2.1b-fregat", "fregat"},
    {"proton-m-briz-m", "stage 1", "proton-m-briz-m", "stage-1"},
    {"proton-m-briz-m", "stage 2", "proton-m-briz-m", "stage-2"},
    {"proton-m-briz-m", "stage 3", "proton-m-briz-m", "stage-3"},
    {"proton-m-briz-m", "Briz-M", "proton-m-briz-m", "briz-m"},
    {"proton-m-briz-m", "stage 1", "proton-m", "stage-1"},
    {"zenit-3slb", "stage 1", "zenit-3slb", "stage-1"},
    {"zenit-3slb", "stage 2", "zenit-3slb", "stage-2"},
    {"zenit-3slb", "Blok DM", "zenit-3slb", "dm-slb"},
    {"angara-a5", "URM-1 strap-on", "angara-a5", "strap-on"},
    {"angara-a5", "URM-1 core", "angara-a5", "core"},
    {"angara-a5", "URM-2", "angara-a5", "urm-2"},
    {"angara-a5", "Briz-M", "angara-a5-briz-m", "briz-m"},
    {"falcon-9-b5-crew", "stage 1", "falcon-9-block-5-dragon", "stage-1"},
    {"falcon-9-b5-crew", "stage 2", "falcon-9-block-5-dragon", "stage-2"},
    {"long-march-2c", "stage 1", "long-march-2c", "stage-1"},
    {"long-march-2c", "stage 2", "long-march-2c", "stage-2"},
    {"long-march-3b-e", "strap-on", "long-march-3b-e", "strap-on"},
    {"long-march-3b-e", "stage 1", "long-march-3b-e", "core"},
    {"long-march-3b-e", "stage 2", "long-march-3b-e", "stage-2"},
    {"long-march-3b-e", "stage 3", "long-march-3b-e", "stage-3"},
    {"long-march-12", "stage 1", "long-march-12", "stage-1"},
    {"long-march-12", "stage 2", "long-march-12", "stage-2"},
};

/* The cells of the row of a vehicle and a stage (whose name begins so); false when there is none. `line` is kept in the
 * arena and cut up. */
static bool masses_row(cosmo_arena *arena, const char *table, const char *vehicle, const char *stage,
                       const char *cells[])
{
    for (const char *start = table; *start != '\0';) {
        const size_t length = strcspn(start, "\n");
        char *line = cosmo_arena_text(arena, start, length);
        ck_assert_ptr_nonnull(line);
        size_t n = 0;
        for (char *cell = line; cell != NULL && n < MASSES_COLUMNS; n++) {
            char *tab = strchr(cell, '\t');
            if (tab != NULL) *tab++ = '\0';
            cells[n] = cell;
            cell = tab;
        }
        if (n > MASSES_ISP && strcmp(cells[MASSES_VEHICLE], vehicle) == 0 &&
            strncmp(cells[MASSES_STAGE], stage, strlen(stage)) == 0)
            return true;
        start += length + (start[length] == '\n');
    }
    return false;
}

static const cosmo_stage *masses_stage(const cosmo_vehicle *vehicle, const char *id)
{
    const cosmo_stage *stages = vehicle->stages.items;
    for (size_t i = 0; i < vehicle->stages.n; i++)
        if (strcmp(stages[i].id, id) == 0) return &stages[i];
    return NULL;
}

/* Hold `ours` to a cell of the table within a part in 100,000; an empty cell says nothing. */
static void masses_compare(const char *what, const char *cell, double ours, size_t *compared)
{
    double theirs;
    if (cell[0] == '\0' || !cosmo_text_number(cell, &theirs)) return;
    ck_assert_msg(fabs(ours / theirs - 1.0) < 1e-5, "%s: %.10g here, %s in the table", what, ours, cell);
    (*compared)++;
}

START_TEST(stages_are_those_of_the_table)
{
    data_bench bench;
    data_open(&bench, "data");
    const char *table;
    size_t bytes, compared = 0;
    ck_assert_int_eq(cosmo_file_read(MASSES_TABLE, MASSES_BYTES, bench.arena, &bench.run, &table, &bytes), COSMO_OK);
    for (size_t i = 0; i < sizeof MASSES_PAIRS / sizeof MASSES_PAIRS[0]; i++) {
        const char *cells[MASSES_COLUMNS];
        cosmo_vehicle vehicle;
        const bool found =
            masses_row(bench.arena, table, MASSES_PAIRS[i].table_vehicle, MASSES_PAIRS[i].table_stage, cells);
        ck_assert_msg(found, "%s, %s is not in the table", MASSES_PAIRS[i].table_vehicle, MASSES_PAIRS[i].table_stage);
        ck_assert_msg(cosmo_vehicle_read(MASSES_PAIRS[i].vehicle, NULL, bench.arena, &bench.run, &vehicle) == COSMO_OK,
                      "%s", bench.run.message);
        const cosmo_stage *stage = masses_stage(&vehicle, MASSES_PAIRS[i].stage);
        ck_assert_ptr_nonnull(stage);
        char what[120];
        snprintf(what, sizeof what, "%s, %s", MASSES_PAIRS[i].vehicle, MASSES_PAIRS[i].stage);
        masses_compare(what, cells[MASSES_COUNT], (double)stage->count, &compared);
        masses_compare(what, cells[MASSES_GROSS], cosmo_vehicle_stage_mass_kg(stage) + stage->startup_propellant_kg,
                       &compared);
        masses_compare(what, cells[MASSES_SEA_LEVEL], stage->thrust_sea_level_n, &compared);
        masses_compare(what, cells[MASSES_VACUUM], stage->thrust_vacuum_n, &compared);
        masses_compare(what, cells[MASSES_ISP], stage->isp_vacuum_s, &compared);
    }
    printf("  %zu figures of %zu stages agree\n", compared, sizeof MASSES_PAIRS / sizeof MASSES_PAIRS[0]);
    ck_assert_uint_gt(compared, 120);
    data_close(&bench);
}
END_TEST

int main(void)
{
    FILE *table = fopen(MASSES_TABLE, "r");
    if (table == NULL) {
        printf("skip: %s is absent\n", MASSES_TABLE);
        return 77;
    }
    fclose(table);
    const TTest *const tests[] = {stages_are_those_of_the_table};
    return suite_run("truth/vehicle_masses", tests, 1);
}
