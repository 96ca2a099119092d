/* Rule-sets: the built-in files, what they come to by hand, blanks, splits by the boundary, and files that are wrong.
 */
#include "cosmodrome/plume.h"
#include "vehicle/data.h"

#include <stdint.h>

static cosmo_tariff valuation_read(data_bench *bench, const char *id)
{
    cosmo_tariff tariff;
    ck_assert_msg(cosmo_tariff_read(id, NULL, bench->arena, &bench->run, &tariff) == COSMO_OK, "%s",
                  bench->run.message);
    return tariff;
}

static cosmo_valuation valuation_evaluate(data_bench *bench, const cosmo_valuation_side *side)
{
    cosmo_valuation valuation;
    ck_assert_msg(cosmo_valuation_evaluate(side, bench->arena, &bench->run, &valuation) == COSMO_OK, "%s",
                  bench->run.message);
    return valuation;
}

static bool valuation_noted(const cosmo_run *run, const char *text)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (strstr(run->notes[i].text, text) != NULL) return true;
    return false;
}

static const cosmo_quantities VALUATION_NONE = {0, NULL};

START_TEST(every_file_reads_and_says_where_it_is_from)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_list ids;
    ck_assert_int_eq(cosmo_catalogue_list("valuation", bench.arena, &bench.run, &ids), COSMO_OK);
    ck_assert_uint_eq(ids.n, 8);
    size_t blank = 0, rates = 0;
    for (size_t f = 0; f < ids.n; f++) {
        const cosmo_tariff tariff = valuation_read(&bench, ((const char *const *)ids.items)[f]);
        for (size_t i = 0; i < tariff.rates.n; i++, rates++) {
            const cosmo_tariff_rate *rate = &((const cosmo_tariff_rate *)tariff.rates.items)[i];
            blank += isnan(rate->value) && rate->steps.n_rows == 0;
            ck_assert_str_ne(rate->source, "");
            /* Nobody here read a law: what has a figure and is of one is remembered, and says so. */
            if (strstr(rate->source, "memory") != NULL) ck_assert_int_ne(rate->confidence, 0);
        }
    }
    printf("  %zu rule-sets, %zu rates, %zu of them blank\n", ids.n, rates, blank);
    data_close(&bench);
}
END_TEST

START_TEST(the_claim_of_2013_is_an_identity)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "kz-2013-claim");
    const cosmo_valuation_side side = {
        .tariff = &tariff, .quantities = &VALUATION_NONE, .day = "2013-07-02", .currency = "USD"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    ck_assert_uint_eq(v.n_items, 1);
    suite_error("7,909,155 x 1,731 less the claim", v.total.whole.p50 - 13690747305.0, "KZT", 0.0);
    ck_assert(v.total.whole.p5 == v.total.whole.p95 && v.total.undivided.mean == v.total.whole.mean);
    suite_error("in millions of dollars, of 89.5", v.items[0].converted / 1e6 - 89.5, "", 0.05);
    ck_assert_str_eq(v.items[0].remark, "arithmetic identity, not a reproduction");
    ck_assert(v.in_force && v.remark == NULL);
    data_close(&bench);
}
END_TEST

static double VALUATION_INSIDE[] = {100.0, 10.0, 40.0, 80.0}, VALUATION_OUTSIDE[] = {0.0, 2.0, 5.0, 10.0};
static double VALUATION_NDMA[] = {4.0}, VALUATION_NORM[] = {1.0}, VALUATION_ZERO[] = {0.0};

static const cosmo_quantity VALUATION_SOIL[] = {
    {.name = "soil_mass_kg", .substance = "UDMH", .n = 4, .inside = VALUATION_INSIDE, .outside = VALUATION_OUTSIDE},
    {.name = "soil_mass_kg", .substance = "NDMA", .n = 1, .inside = VALUATION_NDMA, .outside = VALUATION_ZERO},
    {.name = "norm_mass_kg", .substance = "UDMH", .n = 1, .inside = VALUATION_NORM, .outside = VALUATION_NORM},
    {.name = "norm_mass_kg", .substance = "NDMA", .n = 1, .inside = VALUATION_NORM, .outside = VALUATION_NORM},
};
static const cosmo_quantities VALUATION_SOILS = {4, VALUATION_SOIL};
static const cosmo_tariff_override VALUATION_FILLED[] = {
    {"A.UDMH", 20.0, "1", "made up", NULL}, {"A.NDMA", 300.0, "1", "made up", NULL},
    {"r", 2.0, "MRP/t", "made up", NULL},   {"K1", 1.5, "1", "made up", NULL},
    {"K2", 1.1, "1", "made up", NULL},
};

START_TEST(a_blank_rate_is_no_number)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "kz-2007");
    const cosmo_valuation_side side = {.tariff = &tariff, .quantities = &VALUATION_SOILS, .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    ck_assert(isnan(v.total.whole.p50) && isnan(v.counted.whole.p50) && isnan(v.items[0].amount.inside.mean));
    ck_assert_ptr_null(v.samples);
    ck_assert_str_eq(v.remark, "incomplete: 1 item without a rate");
    ck_assert(valuation_noted(&bench.run, "item 'soil' has no amount: rate 'A' is blank for UDMH"));
    for (size_t missing = 0; missing < 5; missing++) {
        cosmo_tariff_override rates[5];
        memcpy(rates, VALUATION_FILLED, sizeof rates);
        rates[missing] = rates[4];
        const cosmo_valuation_side part = {.tariff = &tariff,
                                           .quantities = &VALUATION_SOILS,
                                           .n_overrides = 4,
                                           .overrides = rates,
                                           .day = "2013-07-02"};
        ck_assert(isnan(valuation_evaluate(&bench, &part).total.whole.mean));
    }
    data_close(&bench);
}
END_TEST

/* U = sum (M - N) A r MRP K1 K2 by hand, for each of four samples; NDMA lies inside only. */
START_TEST(the_indirect_method_by_hand)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "kz-2007");
    cosmo_valuation_side side = {.tariff = &tariff,
                                 .quantities = &VALUATION_SOILS,
                                 .n_overrides = 5,
                                 .overrides = VALUATION_FILLED,
                                 .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    const double k = 2.0 * 1731.0 * 1.5 * 1.1 / 1000.0;
    double inside[4], outside[4], mean = 0.0;
    for (size_t i = 0; i < 4; i++) {
        inside[i] = k * (20.0 * (VALUATION_INSIDE[i] - 1.0) + 300.0 * 3.0);
        outside[i] = k * 20.0 * fmax(VALUATION_OUTSIDE[i] - 1.0, 0.0);
        mean += (inside[i] + outside[i]) / 4.0;
        suite_error("a sample", v.samples[i] / (inside[i] + outside[i]) - 1.0, "", 1e-14);
    }
    suite_error("mean", v.total.whole.mean / mean - 1.0, "", 1e-14);
    /* Sorted inside: samples 1, 2, 3, 0. */
    suite_error("median inside", v.total.inside.p50 / (0.5 * (inside[2] + inside[3])) - 1.0, "", 1e-14);
    suite_error("p5 inside", v.total.inside.p5 / (inside[1] + 0.15 * (inside[2] - inside[1])) - 1.0, "", 1e-14);
    suite_error("p95 outside", v.total.outside.p95 / (outside[2] + 0.85 * (outside[3] - outside[2])) - 1.0, "", 1e-14);
    suite_error("undivided", v.total.undivided.mean, "", 0.0);
    side.scope = COSMO_VALUATION_OUTSIDE;
    const cosmo_valuation abroad = valuation_evaluate(&bench, &side);
    suite_error("outside alone", abroad.total.whole.mean - v.total.outside.mean, "", 0.0);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("plume/valuation", every_file_reads_and_says_where_it_is_from, the_claim_of_2013_is_an_identity,
            a_blank_rate_is_no_number, the_indirect_method_by_hand)
