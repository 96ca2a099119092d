/* Every row of the gathered table of limits (AEGL, IDLH, ERPG, EEGL, Russian and Kazakh MACs, 14 CFR 417) is in
 * data/toxics/limits, and the interpolation gives it back to its last printed digit. The toxic loads that NRC vol. 6
 * names for UDMH reproduce its table. */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"
#include "plume/table.h"

#include <string.h>

#define LIMITS_TABLE "../shared/data/toxics/thresholds.csv"

typedef struct limits_home {
    const char *metric, *set, *level; /* level NULL: the metric and the level's number */
} limits_home;
static const limits_home LIMITS_HOMES[] = {
    {"AEGL", "aegl", NULL},
    {"IDLH", "idlh", "IDLH"},
    {"ERPG", "erpg", NULL},
    {"EEGL", "udmh-historic", "EEGL"},
    {"EEL", "udmh-historic", "EEL"},
    {"RU_MAC_ambient_max", "ru-kz-mac", "maximum"},
    {"RU_MAC_ambient_daily", "ru-kz-mac", "daily mean"},
    {"RU_MAC_workplace", "ru-kz-mac", "workplace"},
    {"RU_KZ_MAC_water", "ru-kz-mac", "water"},
    {"RU_KZ_MAC_soil", "ru-kz-mac", "soil"},
    {"FAA_417I_TCT", "faa-417", "peak"},
};
enum { LIMITS_HOMES_N = sizeof LIMITS_HOMES / sizeof LIMITS_HOMES[0] };

static cosmo_list limits_sets(data_bench *bench, cosmo_substances *substances)
{
    cosmo_list sets;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench->arena, &bench->run, substances, NULL), COSMO_OK);
    ck_assert_msg(cosmo_threshold_read_all(substances, bench->arena, &bench->run, &sets) == COSMO_OK, "%s",
                  bench->run.message);
    return sets;
}

static const cosmo_threshold *limits_find(const cosmo_list *sets, const limits_home *home, const char *substance,
                                          const char *number)
{
    char level[64];
    snprintf(level, sizeof level, "%s-%s", home->metric, number);
    const cosmo_threshold_set *all = sets->items;
    for (size_t i = 0; i < sets->n; i++)
        if (strcmp(all[i].id, home->set) == 0)
            return cosmo_threshold_find(&all[i], home->level != NULL ? home->level : level,
                                        strcmp(substance, "NO3_soil") == 0 ? "nitrate" : substance);
    return NULL;
}

/* The limit in the unit of the table. */
static double limits_value(const cosmo_threshold *one, const char *minutes, const char *unit)
{
    if (strcmp(unit, "mg/kg") == 0) return one->soil_kg_kg * 1e6;
    if (strcmp(unit, "mg/l") == 0) return one->water_kg_m3 * 1e3;
    ck_assert_int_eq(strcmp(unit, "ppm") == 0, one->by_volume.n_rows > 0);
    return cosmo_threshold_at(one, 60.0 * atof(minutes)) * 1e6;
}

START_TEST(every_tabulated_limit_comes_back)
{
    FILE *file = fopen(LIMITS_TABLE, "r");
    ck_assert_ptr_nonnull(file);
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    const cosmo_list sets = limits_sets(&bench, &substances);
    char line[TABLE_LINE];
    const char *cells[TABLE_CELLS];
    int rows = 0, missed = 0;
    table_row(file, line, cells);
    while (table_row(file, line, cells) >= 8) {
        size_t h = 0;
        while (h < LIMITS_HOMES_N && strcmp(LIMITS_HOMES[h].metric, cells[2]) != 0) h++;
        ck_assert_msg(h < LIMITS_HOMES_N, "no set for %s", cells[2]);
        const cosmo_threshold *one = limits_find(&sets, &LIMITS_HOMES[h], cells[0], cells[3]);
        ck_assert_msg(one != NULL, "no %s-%s of %s", cells[2], cells[3], cells[0]);
        char ours[32], theirs[32];
        snprintf(ours, sizeof ours, "%.12g", limits_value(one, cells[4], cells[6]));
        snprintf(theirs, sizeof theirs, "%.12g", atof(cells[5]));
        rows++;
        if (strcmp(ours, theirs) == 0) continue;
        missed++;
        printf("  %s-%s of %s at %s min: %s, %s there\n", cells[2], cells[3], cells[0], cells[4], ours, theirs);
    }
    fclose(file);
    char what[64];
    snprintf(what, sizeof what, "%d tabulated limits, misses", rows);
    suite_error(what, missed, "", 0);
    ck_assert_int_eq(rows, 123);
    data_close(&bench);
}
END_TEST

/* 180 and 660 ppm min: each tabulated value is the load over the time, rounded to the two digits that are printed; the
 * table was rounded on the way, so one unit of the last digit is allowed. */
START_TEST(loads_of_udmh_give_its_table)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    const cosmo_list sets = limits_sets(&bench, &substances);
    static const struct {
        const char *number;
        double load_ppm_min;
    } loads[] = {{"2", 180.0}, {"3", 660.0}};
    double worst = 0.0;
    for (size_t l = 0; l < 2; l++) {
        const cosmo_threshold *one = limits_find(&sets, &LIMITS_HOMES[0], "UDMH", loads[l].number);
        for (size_t i = 0; i < one->by_volume.n_rows; i++) {
            const double minutes = one->by_volume.values[2 * i] / 60.0, ppm = one->by_volume.values[2 * i + 1] * 1e6;
            const double unit = ppm >= 10.0 ? 1.0 : ppm >= 1.0 ? 0.1 : 0.01;
            worst = fmax(worst, fabs(ppm - loads[l].load_ppm_min / minutes) / unit);
        }
    }
    suite_error("largest difference, units of the last printed digit", worst, "", 1.0 + 1e-9);
    data_close(&bench);
}
END_TEST

int main(void)
{
    FILE *file = fopen(LIMITS_TABLE, "r");
    if (file == NULL) {
        printf("skip: %s is not there\n", LIMITS_TABLE);
        return 77;
    }
    fclose(file);
    const TTest *const tests[] = {every_tabulated_limit_comes_back, loads_of_udmh_give_its_table};
    return suite_run("truth/toxic_limits", tests, sizeof tests / sizeof tests[0]);
}
