/* Limits between their tabulated times, and files of limits that are wrong. The tables themselves: truth/toxic_limits.
 */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"

static cosmo_substances threshold_substances(data_bench *bench)
{
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench->arena, &bench->run, &substances, NULL), COSMO_OK);
    return substances;
}

static cosmo_threshold_set threshold_set(data_bench *bench, const char *id)
{
    const cosmo_substances substances = threshold_substances(bench);
    cosmo_threshold_set set;
    ck_assert_msg(cosmo_threshold_read(id, NULL, &substances, bench->arena, &bench->run, &set) == COSMO_OK, "%s",
                  bench->run.message);
    return set;
}

/* Halfway in log t the limit is the geometric mean; the first value holds for shorter times; UDMH goes on as C t. */
START_TEST(guidelines_follow_haber_between_their_times)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_threshold_set aegl = threshold_set(&bench, "aegl");
    const cosmo_threshold *udmh = cosmo_threshold_find(&aegl, "AEGL-2", "UDMH");
    const cosmo_threshold *dioxide = cosmo_threshold_find(&aegl, "AEGL-3", "NO2");
    suite_error("between 10 and 30 min", cosmo_threshold_at(udmh, 600.0 * sqrt(3.0)) / (1e-6 * sqrt(18.0 * 6.0)) - 1.0,
                "rel", 1e-15);
    suite_error("between 1 and 4 h", cosmo_threshold_at(dioxide, 7200.0) / (1e-6 * sqrt(20.0 * 14.0)) - 1.0, "rel",
                1e-15);
    suite_error("a minute", cosmo_threshold_at(udmh, 60.0) - 18e-6, "", 0.0);
    suite_error("16 h of UDMH, n = 1", cosmo_threshold_at(udmh, 57600.0) / 0.19e-6 - 1.0, "rel", 1e-15);
    suite_error("16 h of NO2, as from 4 to 8 h",
                cosmo_threshold_at(dioxide, 57600.0) / (1e-6 * 11.0 * 11.0 / 14.0) - 1.0, "rel", 1e-14);
    data_close(&bench);
}
END_TEST

START_TEST(no_limit_rises_with_time)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = threshold_substances(&bench);
    cosmo_list sets;
    ck_assert_int_eq(cosmo_threshold_read_all(&substances, bench.arena, &bench.run, &sets), COSMO_OK);
    size_t n = 0, steps = 0;
    for (size_t s = 0; s < sets.n; s++) {
        const cosmo_threshold_set *set = &((const cosmo_threshold_set *)sets.items)[s];
        for (size_t i = 0; i < set->thresholds.n; i++) {
            const cosmo_threshold *one = &((const cosmo_threshold *)set->thresholds.items)[i];
            if (one->by_volume.n_rows + one->by_mass.n_rows == 0) {
                ck_assert(isnan(cosmo_threshold_at(one, 600.0)));
                continue;
            }
            double before = INFINITY;
            for (double t = 1.0; t < 2e5; t *= 1.01, steps++) {
                const double limit = cosmo_threshold_at(one, t);
                ck_assert_msg(limit > 0.0 && limit <= before, "%s of %s at %g s", one->level, one->substance, t);
                before = limit;
            }
            n++;
        }
    }
    printf("  %zu sets, %zu limits in air, %zu times\n", sets.n, n, steps);
    ck_assert_uint_ge(n, 50);
    data_close(&bench);
}
END_TEST

START_TEST(mass_of_a_limit_is_that_of_the_air_of_the_day)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = threshold_substances(&bench);
    const cosmo_threshold_set aegl = threshold_set(&bench, "aegl"), mac = threshold_set(&bench, "ru-kz-mac");
    const cosmo_substance *udmh = cosmo_substances_find(&substances, "UDMH"),
                          *no2 = cosmo_substances_find(&substances, "NO2");
    const cosmo_threshold *level = cosmo_threshold_find(&aegl, "AEGL-2", "UDMH");
    const double standard = cosmo_threshold_density(level, udmh, 600.0, 298.15, 101325.0);
    suite_error("18 ppm at 25 degC, against 24.45 l a mole", standard * 1e6 - 18.0 * 60.10 / 24.45, "mg/m3", 0.03);
    const double high = cosmo_threshold_density(level, udmh, 600.0, 298.15, 81060.0);
    suite_error("at 80 % of the pressure", high / standard - 0.8, "", 1e-15);
    const cosmo_threshold *maximum = cosmo_threshold_find(&mac, "maximum", "NO2");
    suite_error("a limit by mass stays", cosmo_threshold_density(maximum, no2, 1200.0, 250.0, 5e4) - 2e-7, "kg/m3",
                1e-21);
    data_close(&bench);
}
END_TEST

START_TEST(older_limits_of_udmh_differ_by_two_hundred)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_threshold_set old = threshold_set(&bench, "udmh-historic");
    const double low = cosmo_threshold_at(cosmo_threshold_find(&old, "EEGL", "UDMH"), 3600.0);
    const double high = cosmo_threshold_at(cosmo_threshold_find(&old, "EEL", "UDMH"), 3600.0);
    suite_error("EEL over EEGL, 208", high / low - 50.0 / 0.24, "", 1e-9);
    ck_assert_ptr_null(cosmo_threshold_find(&old, "EEL", "NO2"));
    data_close(&bench);
}
END_TEST

#define HEAD "id: x\nname: x\nsummary: x\nreference: x\n"
#define ONE  "thresholds:\n  - {substance: UDMH, level: A, source: s, confidence: low, "
START_TEST(bad_limits_are_refused_at_their_place)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {HEAD, "x.yaml:1:1: error: 'thresholds' is missing here"},
        {HEAD ONE "air: [[10 min, 18]]}\n",
         "x.yaml:6:76: error: air: '18' has no unit and a mixing ratio in air is needed; write for example '18 ppm'"},
        {HEAD ONE "air: [[10 min, 18 mg/m3]]}\n",
         "error: air: 'mg/m3' is a mass per volume and a mixing ratio in air is needed"},
        {HEAD ONE "air: [[10 min]]}\n", "error: air: a row of 2 values is expected here, as in '[118 s, 18 ppm]'"},
        {HEAD ONE "air: []}\n", "error: air: at least one row is expected here"},
        {HEAD ONE "air: [[10 min, 0 ppm]]}\n", "error: a limit must be more than nothing"},
        {HEAD ONE "air: [[-10 min, 1 ppm]]}\n", "error: an averaging time cannot be negative"},
        {HEAD ONE "air: [[0 min, 2 ppm], [10 min, 1 ppm]]}\n", "error: a peak (time 0) must be the only row"},
        {HEAD ONE "air: [[30 min, 2 ppm], [10 min, 1 ppm]]}\n", "error: averaging times must rise from row to row"},
        {HEAD ONE "air: [[10 min, 6 ppm], [30 min, 18 ppm]]}\n",
         "error: the limit for a longer time cannot be higher; are two rows exchanged?"},
        {HEAD ONE "soil: 1 mg/kg, water: 1 mg/l}\n",
         "x.yaml:6:5: error: a limit has one of 'air', 'air_mass', 'water' and 'soil'; here are 2"},
        {HEAD ONE "rank: 1}\n", "error: a limit has one of 'air', 'air_mass', 'water' and 'soil'; here are 0"},
        {HEAD ONE "soil: 1 ppm}\n", "error: soil: 'ppm' is a mixing ratio in air and a content of soil is needed"},
        {HEAD ONE "soil: 1 mg/kg, exponent: 0}\n", "error: exponent is 0; it must be from 0.5 to 10"},
        {HEAD ONE "soil: 1 mg/kg}\n  - {substance: UDHM, level: A, source: s, confidence: low, soil: 1 mg/kg}\n",
         "x.yaml:7:17: error: unknown substance 'UDHM'; did you mean 'UDMH'?"},
        {HEAD ONE "soil: 1 mg/kg}\n  - {substance: UDMH, level: A, source: s, confidence: low, soil: 2 mg/kg}\n",
         "x.yaml:7:17: error: 'A' of 'UDMH' is there twice"},
        {HEAD "valid_from: 2021-02-30\n" ONE "soil: 1 mg/kg}\n",
         "x.yaml:5:13: error: valid_from: '2021-02-30' is not a day; write for example '2021-03-10'"},
        {HEAD "valid_from: 2021-03-10\nvalid_to: 2020-01-01\n" ONE "soil: 1 mg/kg}\n",
         "x.yaml:6:11: error: valid_to is before valid_from"},
        {HEAD "treshold:\n" ONE "soil: 1 mg/kg}\n",
         "x.yaml:5:1: error: unknown key 'treshold'; did you mean 'thresholds'?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        data_bench bench;
        data_open(&bench, "data");
        const cosmo_substances substances = threshold_substances(&bench);
        cosmo_threshold_set set;
        ck_assert_int_eq(cosmo_threshold_parse("x.yaml", cases[i].text, strlen(cases[i].text), &substances, bench.arena,
                                               &bench.run, &set),
                         COSMO_BAD_INPUT);
        ck_assert_msg(strstr(bench.run.message, cases[i].message) != NULL, "'%s' lacks '%s'", bench.run.message,
                      cases[i].message);
        data_close(&bench);
    }
    printf("  %zu broken files of limits refused\n", sizeof cases / sizeof cases[0]);
}
END_TEST

START_TEST(unknown_sets_get_the_nearest)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = threshold_substances(&bench);
    cosmo_threshold_set set;
    ck_assert_int_eq(cosmo_threshold_read("aegel", NULL, &substances, bench.arena, &bench.run, &set), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: unknown set of limits 'aegel'; did you mean 'aegl'?");
    data_close(&bench);
}
END_TEST

COSMO_SUITE("plume/threshold", guidelines_follow_haber_between_their_times, no_limit_rises_with_time,
            mass_of_a_limit_is_that_of_the_air_of_the_day, older_limits_of_udmh_differ_by_two_hundred,
            bad_limits_are_refused_at_their_place, unknown_sets_get_the_nearest)
