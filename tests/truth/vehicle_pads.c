/* Every pad of the collected table (../shared/data/sites/pads.tsv) is in data/sites, within its own position error. */
#include "vehicle/data.h"

#define PADS_TABLE "../shared/data/sites/pads.tsv"
enum { PADS_BYTES = 1 << 20 };
#define PADS_DEGREE 0.017453292519943295

/* The pad nearest to a place over all sites, and how far off it is on a sphere of 6371 km. */
static double pads_nearest_m(const cosmo_site *sites, size_t n, double latitude_rad, double longitude_rad,
                             const cosmo_pad **nearest)
{
    double best_m = INFINITY;
    for (size_t s = 0; s < n; s++) {
        const cosmo_pad *pads = sites[s].pads.items;
        for (size_t p = 0; p < sites[s].pads.n; p++) {
            const double north_m = 6371e3 * (pads[p].latitude_rad - latitude_rad);
            const double east_m = 6371e3 * cos(latitude_rad) * (pads[p].longitude_rad - longitude_rad);
            const double off_m = sqrt(north_m * north_m + east_m * east_m);
            if (off_m >= best_m) continue;
            best_m = off_m;
            *nearest = &pads[p];
        }
    }
    return best_m;
}

static size_t pads_sites(data_bench *bench, cosmo_site **sites)
{
    cosmo_list ids;
    ck_assert_int_eq(cosmo_catalogue_list("sites", bench->arena, &bench->run, &ids), COSMO_OK);
    const char *const *names = ids.items;
    *sites = cosmo_arena_array(bench->arena, ids.n, sizeof **sites);
    for (size_t i = 0; i < ids.n; i++)
        ck_assert_msg(cosmo_site_read(names[i], NULL, bench->arena, &bench->run, &(*sites)[i]) == COSMO_OK, "%s",
                      bench->run.message);
    return ids.n;
}

START_TEST(every_pad_is_there)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_site *sites;
    const size_t n = pads_sites(&bench, &sites);
    FILE *table = fopen(PADS_TABLE, "r");
    ck_assert_ptr_nonnull(table);
    char line[4096], site[64], name[128];
    double latitude_deg, longitude_deg, error_m;
    size_t pads = 0;
    while (fgets(line, sizeof line, table) != NULL) {
        if (sscanf(line, "%63[^\t]\t%127[^\t]\t%*[^\t]\t%*[^\t]\t%lf\t%lf\t%*[^\t]\t%lf", site, name, &latitude_deg,
                   &longitude_deg, &error_m) != 5)
            continue;
        const cosmo_pad *pad = NULL;
        const double off_m = pads_nearest_m(sites, n, PADS_DEGREE * latitude_deg, PADS_DEGREE * longitude_deg, &pad);
        ck_assert_msg(off_m <= error_m && off_m < 1.0, "%s %s: the nearest is %s, %.1f m off", site, name, pad->id,
                      off_m);
        ck_assert_msg(strncmp(pad->name, name, 3) == 0 || strstr(name, pad->id) != NULL ||
                          strstr(pad->name, "LC-1") != NULL,
                      "%s %s lies at %s", site, name, pad->name);
        ck_assert_double_eq_tol(pad->position_error_m, error_m, 1e-9);
        pads++;
    }
    fclose(table);
    printf("  %zu pads, each within 1 m of the table\n", pads);
    ck_assert_uint_eq(pads, 35);
    data_close(&bench);
}
END_TEST

int main(void)
{
    FILE *table = fopen(PADS_TABLE, "r");
    if (table == NULL) {
        printf("skip: %s is absent\n", PADS_TABLE);
        return 77;
    }
    fclose(table);
    const TTest *const tests[] = {every_pad_is_there};
    return suite_run("truth/vehicle_pads", tests, 1);
}
