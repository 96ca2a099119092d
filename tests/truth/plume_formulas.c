/* Briggs and ISC3 rural plumes on Project Prairie Grass (Barad 1958) with the wind at 2 m, against what another program
 * computed for the same arcs (anchor_predictions.csv, columns briggs_rural_u2 and isc3_rural_u2). That table does not
 * say its classes. One class a run has to make all arcs and both columns right; whether it is the class that Golder's
 * lines give is counted and printed. With those, the statistics against what was measured. */
#include "cosmodrome/plume.h"
#include "suite.h"
#include <string.h>

enum { ROWS = 400, COLUMNS = 16 };
#define FOLDER "../shared/data/dispersion/prairie_grass/"

typedef struct table {
    size_t n;
    double cell[ROWS][COLUMNS];
} table;
static table runs, arcs;

static bool read_table(const char *path, table *t)
{
    FILE *file = fopen(path, "r");
    if (file == NULL) return false;
    char line[1000];
    t->n = 0;
    for (bool head = true; fgets(line, sizeof line, file) != NULL; head = false) {
        if (head || t->n == ROWS) continue;
        char *at = line;
        for (int column = 0; column < COLUMNS; column++) {
            const size_t length = strcspn(at, ",\n");
            t->cell[t->n][column] = length == 0 ? NAN : strtod(at, NULL);
            at += at[length] == ',' ? length + 1 : length;
        }
        t->n++;
    }
    fclose(file);
    return true;
}

/* runs.csv */
enum { RUN = 0, SOURCE_G_S = 5, SOURCE_M = 6, RECEPTOR_M = 7, WIND_M_S = 8, OBUKHOV_M = 12 };
/* anchor_predictions.csv */
enum { ARC_M = 1, USED = 2, OBSERVED = 3, BRIGGS = 5, ISC3 = 7 };
static const double ROUGHNESS_M = 0.008;

static const double *run_of(const double *arc)
{
    for (size_t i = 0; i < runs.n; i++)
        if (runs.cell[i][RUN] == arc[RUN]) return runs.cell[i];
    return NULL;
}

static double predicted_mg_m3(const double *arc, cosmo_sigma_set set, cosmo_stability stability)
{
    const double *run = run_of(arc);
    ck_assert_ptr_nonnull(run);
    const cosmo_sigmas s = cosmo_gaussian_sigmas(set, stability, arc[ARC_M]);
    return 1e6 * cosmo_gaussian_plume(run[SOURCE_G_S] * 1e-3, run[WIND_M_S], &s, 0.0, run[SOURCE_M], run[RECEPTOR_M],
                                      INFINITY);
}

/* The class that makes all arcs of a run right, or COSMO_STABILITIES; `worst` is its largest relative error. */
static cosmo_stability class_of_table(double number, double *worst)
{
    for (int c = 0; c < COSMO_STABILITIES; c++) {
        *worst = 0.0;
        for (size_t i = 0; i < arcs.n; i++) {
            const double *arc = arcs.cell[i];
            if (arc[RUN] != number) continue;
            const cosmo_stability stability = (cosmo_stability)c;
            *worst = fmax(*worst, fabs(predicted_mg_m3(arc, COSMO_SIGMA_BRIGGS_RURAL, stability) / arc[BRIGGS] - 1.0));
            *worst = fmax(*worst, fabs(predicted_mg_m3(arc, COSMO_SIGMA_ISC3_RURAL, stability) / arc[ISC3] - 1.0));
        }
        if (*worst < 1e-3) return (cosmo_stability)c;
    }
    return COSMO_STABILITIES;
}

START_TEST(one_class_a_run_makes_every_arc_right)
{
    double worst = 0.0, last = NAN;
    size_t n = 0, golder = 0;
    for (size_t i = 0; i < arcs.n; i++) {
        const double number = arcs.cell[i][RUN];
        if (number == last) continue;
        last = number;
        double error;
        const cosmo_stability stability = class_of_table(number, &error);
        ck_assert_msg(stability != COSMO_STABILITIES, "run %g: no class", number);
        worst = fmax(worst, error);
        n++;
        golder += stability == cosmo_gaussian_class(run_of(arcs.cell[i])[OBUKHOV_M], ROUGHNESS_M);
    }
    suite_error("both sets on all arcs, relative (printed to 4 digits)", worst, "", 1e-3);
    printf("  runs: %zu; the class of Golder's lines is the table's in %zu\n", n, golder);
    ck_assert_uint_ge(n, 26);
}
END_TEST

static void statistics(cosmo_sigma_set set, int column, double bias_expected, double within_expected)
{
    double n = 0.0, sum_o = 0.0, sum_p = 0.0, square = 0.0, within = 0.0, theirs = 0.0, golder = 0.0;
    for (size_t i = 0; i < arcs.n; i++) {
        const double *arc = arcs.cell[i];
        if (arc[USED] != 1.0) continue;
        double error;
        const double o = arc[OBSERVED], p = predicted_mg_m3(arc, set, class_of_table(arc[RUN], &error));
        const double own = predicted_mg_m3(arc, set, cosmo_gaussian_class(run_of(arc)[OBUKHOV_M], ROUGHNESS_M));
        n += 1.0;
        sum_o += o;
        sum_p += p;
        square += (o - p) * (o - p);
        within += p >= 0.5 * o && p <= 2.0 * o;
        theirs += arc[column] >= 0.5 * o && arc[column] <= 2.0 * o;
        golder += own >= 0.5 * o && own <= 2.0 * o;
    }
    const double bias = 2.0 * (sum_o - sum_p) / (sum_o + sum_p);
    printf("  %.0f arcs: FB %.2f, NMSE %.2f, FAC2 %.2f (the table %.2f; with Golder's classes %.2f)\n", n, bias,
           square * n / (sum_o * sum_p), within / n, theirs / n, golder / n);
    suite_error("FB against the README's", bias - bias_expected, "", 0.01);
    suite_error("FAC2 against the README's", within / n - within_expected, "", 0.01);
}

START_TEST(statistics_of_the_readme)
{
    statistics(COSMO_SIGMA_BRIGGS_RURAL, BRIGGS, -0.03, 0.78);
}
END_TEST

int main(void)
{
    if (!read_table(FOLDER "runs.csv", &runs) || !read_table(FOLDER "anchor_predictions.csv", &arcs)) {
        puts("skip: no " FOLDER);
        return 77;
    }
    const TTest *const tests[] = {one_class_a_run_makes_every_arc_right, statistics_of_the_readme};
    return suite_run("truth/plume_formulas", tests, 2);
}
