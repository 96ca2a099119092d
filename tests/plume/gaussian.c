/* Plumes and puffs as formulas: printed values, mass, puff trains, virtual sources, the lid, the normal distribution.
 */
#include "cosmodrome/plume.h"
#include "suite.h"

/* Standard deviations as another program's tests have them (aefarrell/GasDispersion.jl, test/utils/isc3_tests.jl), from
 * the same sources: EPA-454/B-95-003b for ISC3, Griffiths 1994 for Briggs. */
START_TEST(sigmas_that_are_printed)
{
    static const struct {
        int stability;
        double x, up;
    } isc3[] = {{0, 50, 7.246283645973222},   {0, 550, 128.0454080208172},   {1, 300, 30.144226325216724},
                {2, 100, 7.44187785547111},   {3, 2000, 50.15135417398994},  {3, 35000, 271.77785930262854},
                {4, 7500, 68.37414410048738}, {4, 50000, 151.5410717370677}, {5, 2500, 24.42448141869856},
                {5, 75000, 87.38876819912205}};
    double worst = 0.0;
    for (size_t i = 0; i < sizeof isc3 / sizeof isc3[0]; i++) {
        const cosmo_sigmas s =
            cosmo_gaussian_sigmas(COSMO_SIGMA_ISC3_RURAL, (cosmo_stability)isc3[i].stability, isc3[i].x);
        worst = fmax(worst, fabs(s.up_m / isc3[i].up - 1.0));
    }
    suite_error("ISC3 rural, vertical", worst, "", 1e-12);
    static const double across[6] = {0.48870396813625905, 0.3288132138806368,  0.20096244824229573,
                                     0.1309207626723034,  0.09742134712173195, 0.0645858766834503};
    static const double urban[6] = {0.38390787316433456, 0.38390787316433456, 0.26393666280048,
                                    0.19195393658216728, 0.13196833140024,    0.13196833140024};
    for (int i = 0; i < 6; i++) {
        const cosmo_stability c = (cosmo_stability)i;
        suite_error("ISC3 rural, across, 1.2 m",
                    cosmo_gaussian_sigmas(COSMO_SIGMA_ISC3_RURAL, c, 1.2).across_m / across[i] - 1.0, "", 1e-12);
        suite_error("Briggs urban, across, 1.2 m",
                    cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_URBAN, c, 1.2).across_m / urban[i] - 1.0, "", 1e-12);
    }
    /* CCPS 1999, p. 101: a puff in F at 500 m; sigma_y is misprinted there as 6.1 */
    const cosmo_sigmas puff = cosmo_gaussian_sigmas(COSMO_SIGMA_SLADE_PUFF, COSMO_STABILITY_F, 500.0);
    suite_error("Slade, F at 500 m, level", puff.across_m - 5.047929716825321, "m", 1e-9);
    suite_error("vertical", puff.up_m - 2.214836678536473, "m", 1e-9);
    /* CCPS 1999, p. 97 (from memory): 0.1 kg/s in F and 2 m/s at 500 m, sigmas 19.52 and 6.96 m, 1.17e-4 kg/m3 */
    const cosmo_sigmas plume = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_F, 500.0);
    suite_error("example of CCPS, sigma_y against 19.52 m", plume.across_m - 19.52, "m", 0.01);
    suite_error("sigma_z against 6.96 m", plume.up_m - 6.96, "m", 0.01);
    suite_error("concentration against 1.17e-4 kg/m3",
                cosmo_gaussian_plume(0.1, 2.0, &plume, 0.0, 0.0, 0.0, INFINITY) / 1.17e-4 - 1.0, "", 0.01);
}
END_TEST

START_TEST(sigmas_grow_with_distance_and_from_f_to_a)
{
    for (int set = 0; set < COSMO_SIGMA_SETS; set++)
        for (int c = 0; c < COSMO_STABILITIES; c++) {
            cosmo_sigmas before = {0.0, 0.0, 0.0};
            for (double x = 10.0; x < 1e5; x *= 1.3) {
                const cosmo_sigmas now = cosmo_gaussian_sigmas((cosmo_sigma_set)set, (cosmo_stability)c, x);
                ck_assert_double_gt(now.across_m, before.across_m);
                /* ISC3's pieces meet within a part in a thousand, and end at 5 km */
                ck_assert_double_ge(now.up_m, before.up_m * 0.999);
                if (c > 0)
                    ck_assert_double_le(
                        now.across_m,
                        cosmo_gaussian_sigmas((cosmo_sigma_set)set, (cosmo_stability)(c - 1), x).across_m);
                before = now;
            }
        }
}
END_TEST

START_TEST(classes_of_golder)
{
    static const struct {
        double obukhov, roughness;
        cosmo_stability expected;
    } known[] = {{INFINITY, 0.03, COSMO_STABILITY_D}, {-INFINITY, 0.03, COSMO_STABILITY_D},
                 {-5.0, 0.03, COSMO_STABILITY_A},     {-15.0, 0.03, COSMO_STABILITY_B},
                 {-50.0, 0.03, COSMO_STABILITY_C},    {-200.0, 0.03, COSMO_STABILITY_D},
                 {200.0, 0.03, COSMO_STABILITY_D},    {40.0, 0.03, COSMO_STABILITY_E},
                 {8.0, 0.03, COSMO_STABILITY_F},      {8.0, 1e-9, COSMO_STABILITY_F}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        ck_assert_int_eq(cosmo_gaussian_class(known[i].obukhov, known[i].roughness), known[i].expected);
    int before = COSMO_STABILITY_A;
    for (double inverse = -0.5; inverse < 0.5; inverse += 0.001) {
        const int now = (int)cosmo_gaussian_class(1.0 / inverse, 0.1);
        ck_assert_int_ge(now, before);
        before = now;
    }
    ck_assert_int_eq(before, COSMO_STABILITY_F);
}
END_TEST

/* Every plane across a plume passes what the source gives, lid or not. */
START_TEST(mass_is_conserved)
{
    static const double lids[3] = {INFINITY, 600.0, 200.0};
    for (int i = 0; i < 3; i++)
        for (double x = 200.0; x < 4e4; x *= 3.0) {
            const cosmo_sigmas s = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_C, x);
            const double top = isfinite(lids[i]) ? lids[i] : 60.0 + 10.0 * s.up_m;
            double sum = 0.0;
            for (int row = 0; row < 400; row++)
                for (int column = 0; column < 200; column++)
                    sum += cosmo_gaussian_plume(2.0, 5.0, &s, (column + 0.5 - 100.0) * 0.06 * s.across_m, 60.0,
                                                (row + 0.5) * top / 400.0, lids[i]) *
                           5.0 * 0.06 * s.across_m * top / 400.0;
            suite_error("flux over source", sum / 2.0 - 1.0, "", 2e-4);
        }
}
END_TEST

START_TEST(many_images_are_a_well_mixed_layer)
{
    suite_error("just below and above 1.6 lids",
                cosmo_gaussian_vertical(1.5999 * 500.0, 30.0, 400.0, 500.0) * 500.0 - 1.0, "", 1e-4);
    ck_assert_double_eq(cosmo_gaussian_vertical(801.0, 30.0, 400.0, 500.0), 1.0 / 500.0);
    ck_assert_double_eq(cosmo_gaussian_vertical(80.0, 30.0, 501.0, 500.0), 0.0);
    suite_error("a high lid does not matter",
                cosmo_gaussian_vertical(20.0, 30.0, 5.0, 3000.0) / cosmo_gaussian_vertical(20.0, 30.0, 5.0, NAN) - 1.0,
                "", 1e-12);
}
END_TEST

/* Puffs of a second's mass, each as wide as a plume is where the puff has come to. */
static double train(cosmo_stability c, double x, double wind)
{
    double sum = 0.0;
    for (double t = 0.5; t < 3.0 * x / wind; t += 1.0) {
        cosmo_sigmas s = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, c, wind * t);
        s.along_m = s.across_m;
        sum += cosmo_gaussian_puff(1.0, &s, x - wind * t, 0.0, 5.0, 1.5, 1000.0);
    }
    return sum;
}

START_TEST(a_long_train_of_puffs_is_a_plume)
{
    for (int c = COSMO_STABILITY_D; c <= COSMO_STABILITY_F; c++) {
        const cosmo_sigmas s = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, (cosmo_stability)c, 2000.0);
        const double plume = cosmo_gaussian_plume(1.0, 2.0, &s, 0.0, 5.0, 1.5, 1000.0);
        suite_error("train over plume, D to F, 2 km", train((cosmo_stability)c, 2000.0, 2.0) / plume - 1.0, "", 0.01);
    }
}
END_TEST

START_TEST(a_virtual_source_is_as_wide_as_the_real_one)
{
    for (int set = 0; set < COSMO_SIGMA_SETS; set++)
        for (int up = 0; up < 2; up++) {
            const double x = cosmo_gaussian_virtual_m((cosmo_sigma_set)set, COSMO_STABILITY_D, up == 1, 60.0);
            const cosmo_sigmas s = cosmo_gaussian_sigmas((cosmo_sigma_set)set, COSMO_STABILITY_D, x);
            ck_assert_double_le(fabs((up == 1 ? s.up_m : s.across_m) / 60.0 - 1.0), 0.01);
        }
    ck_assert_double_eq(cosmo_gaussian_virtual_m(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_D, false, 0.0), 0.0);
    /* far away the source's size is forgotten */
    const double virtual_m = cosmo_gaussian_virtual_m(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_D, false, 10.0);
    const cosmo_sigmas point = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_D, 5e4);
    const cosmo_sigmas wide = cosmo_gaussian_sigmas(COSMO_SIGMA_BRIGGS_RURAL, COSMO_STABILITY_D, 5e4 + virtual_m);
    suite_error("10 m wide, at 50 km, against a point", point.across_m / wide.across_m - 1.0, "", 0.01);
}
END_TEST

START_TEST(wind_laws)
{
    static const double rural[6] = {3.5246926648185886, 3.5246926648185886, 3.776776235382502,
                                    4.237612633868263,  6.716163415705019,  10.644401677007265};
    for (int i = 0; i < 6; i++)
        suite_error("3 m/s at 1 m, rural, at 10 m",
                    cosmo_gaussian_wind(3.0, 1.0, 10.0, (cosmo_stability)i, false) / rural[i] - 1.0, "", 1e-12);
    suite_error("urban, D", cosmo_gaussian_wind(3.0, 1.0, 10.0, COSMO_STABILITY_D, true) / 5.334838230116768 - 1.0, "",
                1e-12);
}
END_TEST

COSMO_SUITE("plume/gaussian", sigmas_that_are_printed, sigmas_grow_with_distance_and_from_f_to_a, classes_of_golder,
            mass_is_conserved, many_images_are_a_well_mixed_layer, a_long_train_of_puffs_is_a_plume,
            a_virtual_source_is_as_wide_as_the_real_one, wind_laws)
