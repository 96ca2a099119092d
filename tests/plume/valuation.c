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
    ck_assert_uint_eq(ids.n, 10);
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
    ck_assert(v.total.whole.p5 == v.total.whole.p95 && v.total.inside.mean == v.total.whole.mean);
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

static cosmo_tariff valuation_parse(data_bench *bench, const char *text)
{
    cosmo_tariff tariff;
    ck_assert_msg(cosmo_tariff_parse("test.yaml", text, strlen(text), bench->arena, &bench->run, &tariff) == COSMO_OK,
                  "%s", bench->run.message);
    return tariff;
}

START_TEST(steps_at_their_bounds)
{
    static const struct {
        double ratio, depth_m, sz, kr;
    } cases[] = {{0.0, 0.0, 1.5, 1.0},   {4.999, 0.199, 1.5, 1.0}, {5.0, 0.2, 2.0, 1.3},  {19.9, 0.5, 3.0, 1.5},
                 {20.0, 0.99, 4.0, 1.5}, {30.0, 1.0, 5.0, 1.7},    {50.0, 1.5, 6.0, 2.0}, {8900.0, 9.0, 6.0, 2.0}};
    static const cosmo_tariff_override prices[] = {{"Kuse", 1.6, "1", "made up", NULL},
                                                   {"T", 5e6, "RUB/ha", "made up", NULL}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "ru-238-2010");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double area = 13100.0, half = 0.5 * cases[i].ratio;
        /* Two substances: C is the sum of their ratios. */
        const cosmo_quantity all[] = {
            {.name = "affected_area_m2", .n = 1, .whole = &area},
            {.name = "norm_ratio", .substance = "UDMH", .n = 1, .whole = &half},
            {.name = "norm_ratio", .substance = "NDMA", .n = 1, .whole = &half},
            {.name = "depth_m", .n = 1, .whole = &cases[i].depth_m},
        };
        const cosmo_quantities quantities = {4, all};
        const cosmo_valuation_side side = {
            .tariff = &tariff, .quantities = &quantities, .n_overrides = 2, .overrides = prices, .day = "2013-07-02"};
        const cosmo_valuation v = valuation_evaluate(&bench, &side);
        const double expected = cases[i].sz * area * cases[i].kr * 1.6 * 500.0;
        suite_error("SZ S Kr Kuse T, T given by the hectare", v.total.undivided.p50 / expected - 1.0, "", 1e-14);
    }
    data_close(&bench);
}
END_TEST

/* Each side of the boundary has its own depth. */
START_TEST(depths_belong_to_their_side)
{
    static const cosmo_tariff_override prices[] = {{"Kuse", 1.0, "1", "made up", NULL},
                                                   {"T", 100.0, "RUB/m2", "made up", NULL},
                                                   {"SZ", 2.0, "1", "made up", NULL}};
    const double in = 1000.0, out = 500.0, deep = 1.2, shallow = 0.1;
    const cosmo_quantity all[] = {{.name = "affected_area_m2", .n = 1, .inside = &in, .outside = &out},
                                  {.name = "depth_m", .n = 1, .inside = &deep, .outside = &shallow}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "ru-238-2010");
    const cosmo_quantities quantities = {2, all};
    const cosmo_valuation_side side = {
        .tariff = &tariff, .quantities = &quantities, .n_overrides = 3, .overrides = prices, .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    suite_error("inside, 1.2 m deep", v.total.inside.mean / (2.0 * 1.7 * 100.0 * in) - 1.0, "", 1e-14);
    suite_error("outside, 0.1 m deep", v.total.outside.mean / (2.0 * 100.0 * out) - 1.0, "", 1e-14);
    const cosmo_quantity whole[] = {{.name = "affected_area_m2", .n = 1, .whole = &in}, all[1]};
    const cosmo_quantities unsplit = {2, whole};
    const cosmo_valuation_side mixed = {
        .tariff = &tariff, .quantities = &unsplit, .n_overrides = 3, .overrides = prices, .day = "2013-07-02"};
    const cosmo_valuation none = valuation_evaluate(&bench, &mixed);
    ck_assert_str_eq(none.items[0].remark,
                     "quantity 'depth_m' differs inside and outside, and the others are not split");
    ck_assert_str_eq(none.remark, "incomplete: 1 item without a quantity");
    data_close(&bench);
}
END_TEST

/* Discounted service years against their own integrals by Simpson's rule, and with no discount. */
static double valuation_service_years(double years, double discount, bool linear)
{
    const size_t n = 2000;
    double sum = 0.0;
    for (size_t i = 0; i <= n; i++) {
        const double t = years * (double)i / (double)n, weight = i == 0 || i == n ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
        sum += weight * pow(1.0 + discount, -t) * (linear ? 1.0 - (double)i / (double)n : 1.0);
    }
    return sum * years / (double)n / 3.0;
}

static const char VALUATION_SERVICES[] =
    "id: s\nname: S\nsummary: S.\ncurrency: EUR\nreference: none\nrates:\n"
    "  - {id: d, name: D, unit: 1/year, source: made up, confidence: low, value: 0.03}\n"
    "  - {id: p, name: P, unit: EUR/ha/year, source: made up, confidence: low, value: 100}\n"
    "  - {id: h, name: H, unit: EUR/ha, source: made up, confidence: low, value: 2000}\n"
    "  - {id: u, name: U, unit: \"1\", source: made up, confidence: low, value: 0.4}\n"
    "  - {id: l, name: L, unit: year, source: made up, confidence: low, value: 30}\n"
    "  - {id: w, name: W, unit: year, source: made up, confidence: low, value: 5}\n"
    "items:\n"
    "  - {id: once, name: A, form: service lost, quantities: [hectares_out_of_use, years_out_of_use], discount: d,"
    " rates: [p], definition: x, source: made up, confidence: low}\n"
    "  - {id: even, name: B, form: service lost, quantities: [hectares_out_of_use, years_out_of_use], discount: d,"
    " recovery: linear, rates: [p], definition: x, source: made up, confidence: low}\n"
    "  - {id: offset, name: C, form: service offset, quantities: [hectares_out_of_use, years_out_of_use], discount: d,"
    " uplift: u, life: l, delay: w, rates: [h], definition: x, source: made up, confidence: low}\n";

static void valuation_services_at(data_bench *bench, const cosmo_tariff *tariff, double years, double discount)
{
    const double hectares = 140.0;
    const cosmo_quantity all[] = {{.name = "hectares_out_of_use", .n = 1, .whole = &hectares},
                                  {.name = "years_out_of_use", .n = 1, .whole = &years}};
    const cosmo_quantities quantities = {2, all};
    const cosmo_tariff_override rate = {"d", discount, "1/year", "made up", NULL};
    const cosmo_valuation_side side = {
        .tariff = tariff, .quantities = &quantities, .n_overrides = 1, .overrides = &rate, .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(bench, &side);
    const double once = valuation_service_years(years, discount, false),
                 even = valuation_service_years(years, discount, true);
    const double gain =
        0.4 * (valuation_service_years(35.0, discount, false) - valuation_service_years(5.0, discount, false));
    printf("  %g years at %g a year: %.6f, coming back evenly %.6f\n", years, discount, once, even);
    suite_error("lost until the end", v.items[0].amount.whole.p50 / (140.0 * 100.0 * once) - 1.0, "", 1e-10);
    suite_error("coming back evenly", v.items[1].amount.whole.p50 / (140.0 * 100.0 * even) - 1.0, "", 1e-10);
    suite_error("offset elsewhere", v.items[2].amount.whole.p50 / (2000.0 * 140.0 * once / gain) - 1.0, "", 1e-10);
}

START_TEST(services_are_discounted)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_parse(&bench, VALUATION_SERVICES);
    const double years[] = {1e-4, 0.033, 0.034, 2.0, 30.0, 200.0}, discounts[] = {0.0, 0.03, 0.1};
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < 3; k++) valuation_services_at(&bench, &tariff, years[i], discounts[k]);
    /* 3 % a year over 10 years in yearly steps with the service of each year at its middle: within 0.01 %. */
    double yearly = 0.0;
    for (int year = 0; year < 10; year++) yearly += pow(1.03, -(year + 0.5));
    suite_error("ten years, yearly steps", yearly / valuation_service_years(10.0, 0.03, false) - 1.0, "", 1e-4);
    data_close(&bench);
}
END_TEST

START_TEST(the_days_decide)
{
    static const struct {
        const char *day;
        bool in_force;
        const char *remark;
    } days[] = {{"2007-06-26", false, "rule 'x'"}, {"2007-09-06", true, "is not in force on 2007-09-06"},
                {"2013-07-02", true, NULL},        {"2022-07-21", true, "is not in force on 2022-07-21"},
                {"2022-07-22", false, ""},         {NULL, true, NULL}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "kz-2007");
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        const cosmo_valuation_side side = {.tariff = &tariff,
                                           .quantities = &VALUATION_SOILS,
                                           .n_overrides = 5,
                                           .overrides = VALUATION_FILLED,
                                           .day = days[i].day};
        const cosmo_valuation v = valuation_evaluate(&bench, &side);
        ck_assert_int_eq(v.in_force, days[i].in_force);
        if (days[i].remark == NULL) ck_assert(isfinite(v.total.whole.mean));
        if (days[i].in_force && days[i].remark != NULL)
            ck_assert_ptr_nonnull(strstr(v.items[0].remark, days[i].remark));
    }
    ck_assert(valuation_noted(&bench.run, "rule-set 'kz-2007' is out of force on 2007-06-26: it held from 2007-06-27"));
    ck_assert(
        valuation_noted(&bench.run, "rule-set 'kz-2007' is out of force on 2022-07-22: it held until 2022-07-21"));
    ck_assert(valuation_noted(&bench.run, "no date of the accident"));
    data_close(&bench);
}
END_TEST

START_TEST(the_price_nearest_to_the_day_serves)
{
    static const struct {
        const char *day, *currency;
        double price;
    } cases[] = {{"2007-09-06", "USD", 122.0},  {"2010-10-30", "USD", 122.0}, {"2010-11-01", "USD", 152.97},
                 {"2013-07-02", "USD", 152.97}, {NULL, "USD", 122.0},         {"2013-07-02", "KZT", 1.0},
                 {"2013-07-02", "RUB", NAN}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "market-items");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cosmo_valuation_side side = {
            .tariff = &tariff, .quantities = &VALUATION_NONE, .day = cases[i].day, .currency = cases[i].currency};
        const cosmo_valuation v = valuation_evaluate(&bench, &side);
        ck_assert_msg(v.price == cases[i].price || (isnan(v.price) && isnan(cases[i].price)), "%s: %g", cases[i].day,
                      v.price);
    }
    ck_assert(valuation_noted(&bench.run, "has no price of RUB in KZT: nothing is converted"));
    data_close(&bench);
}
END_TEST

/* The interval of a sum is not the sum of intervals: two quantities that run against each other. */
START_TEST(the_total_is_added_up_sample_by_sample)
{
    enum { N = 1000 };
    static double tonnes[N], samples[N];
    for (size_t i = 0; i < N; i++) {
        tonnes[i] = 100.0 + (double)i;
        samples[i] = 2000.0 - (double)i;
    }
    const cosmo_quantity all[] = {{.name = "reagent_t", .n = N, .whole = tonnes},
                                  {.name = "samples", .n = N, .whole = samples}};
    static const cosmo_tariff_override prices[] = {{"reagent", 10.0, "KZT/t", "made up", NULL},
                                                   {"sample", 10.0, "KZT/sample", "made up", NULL}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "market-items");
    const cosmo_quantities quantities = {2, all};
    const cosmo_valuation_side side = {
        .tariff = &tariff, .quantities = &quantities, .n_overrides = 2, .overrides = prices, .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    suite_error("p95 less p5 of the sum", v.counted.whole.p95 - v.counted.whole.p5, "KZT", 0.0);
    suite_error("sum", v.counted.whole.p50 - 21000.0, "KZT", 0.0);
    ck_assert(v.items[1].amount.whole.p95 - v.items[1].amount.whole.p5 > 8000.0);
    ck_assert_uint_eq(v.n_without_rate, 5);
    ck_assert_str_eq(v.remark, "incomplete: 5 items without a rate");
    data_close(&bench);
}
END_TEST

/* ---- what is refused --------------------------------------------------------------------------------------------- */

static void valuation_refuse(data_bench *bench, const cosmo_valuation_side *side, const char *message)
{
    cosmo_valuation valuation;
    ck_assert_int_eq(cosmo_valuation_evaluate(side, bench->arena, &bench->run, &valuation), COSMO_BAD_INPUT);
    printf("  %s\n", bench->run.message);
    ck_assert_str_eq(bench->run.message, message);
}

START_TEST(wrong_quantities_are_refused)
{
    static const double good[] = {1.0, 2.0, 3.0}, negative[] = {-1.0}, wrong[] = {NAN};
    static const struct {
        cosmo_quantity quantity;
        const char *message;
    } cases[] = {
        {{.name = "soil_mas_kg", .substance = "UDMH", .n = 1, .whole = good},
         "error: unknown quantity 'soil_mas_kg'; did you mean 'soil_mass_kg'?"},
        {{.name = "soil_mass_kg", .n = 1, .whole = good},
         "error: quantity 'soil_mass_kg' is by substance and names none"},
        {{.name = "depth_m", .substance = "UDMH", .n = 1, .whole = good},
         "error: quantity 'depth_m' of UDMH is not by substance"},
        {{.name = "depth_m", .n = 1, .whole = negative},
         "error: quantity 'depth_m' has a value that is negative or not a number"},
        {{.name = "depth_m", .n = 1, .inside = good, .outside = wrong},
         "error: quantity 'depth_m' has a value that is negative or not a number"},
        {{.name = "depth_m", .n = 1, .inside = good},
         "error: quantity 'depth_m' needs values inside and outside the boundary, or of the whole"},
        {{.name = "depth_m", .n = 0, .whole = good}, "error: quantity 'depth_m' has no values"},
        {{.name = "depth_m", .n = 2, .whole = good},
         "error: quantity 'depth_m' has another count of samples than those before it"},
        {{.name = "samples", .n = 3, .whole = good}, "error: quantity 'samples' is there twice"},
    };
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "market-items");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cosmo_quantity all[] = {{.name = "samples", .n = 3, .whole = good}, cases[i].quantity};
        const cosmo_quantities quantities = {2, all};
        const cosmo_valuation_side side = {.tariff = &tariff, .quantities = &quantities, .day = "2013-07-02"};
        valuation_refuse(&bench, &side, cases[i].message);
    }
    data_close(&bench);
}
END_TEST

START_TEST(wrong_overrides_are_refused)
{
    static const struct {
        cosmo_tariff_override override;
        const char *message;
    } cases[] = {
        {{"raegent", 1.0, "KZT/t", "x", NULL}, "error: unknown rate 'raegent'; did you mean 'reagent'?"},
        {{"reagent", 1.0, "KZT/m2", "x", NULL}, "error: rate 'reagent' is in KZT/t and cannot be given in 'KZT/m2'"},
        {{"reagent", 1.0, "USD/t", "x", NULL}, "error: rate 'reagent' is in KZT/t and cannot be given in 'USD/t'"},
        {{"reagent", 1.0, "KZT/tons", "x", NULL},
         "error: rate 'reagent': unit 'KZT/tons' has an unknown part 'tons'; write for example KZT/t or RUB/m2"},
        {{"reagent", -1.0, "KZT/t", "x", NULL}, "error: rate 'reagent': -1 is negative or not a number"},
        {{"reagent", 1.0, "KZT/t", "", NULL}, "error: rate 'reagent' is given without a source"},
    };
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = valuation_read(&bench, "market-items");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cosmo_valuation_side side = {.tariff = &tariff,
                                           .quantities = &VALUATION_NONE,
                                           .n_overrides = 1,
                                           .overrides = &cases[i].override,
                                           .day = "2013-07-02"};
        valuation_refuse(&bench, &side, cases[i].message);
    }
    const cosmo_valuation_side side = {.tariff = &tariff, .quantities = &VALUATION_NONE, .day = "2013-06-31"};
    valuation_refuse(&bench, &side, "error: '2013-06-31' is not a day; write for example '2013-07-02'");
    data_close(&bench);
}
END_TEST

static const char VALUATION_GOOD[] =
    "id: t\nname: T\nsummary: T.\ncurrency: KZT\nreference: none\nvalid_from: 2007-06-27\nvalid_to: 2022-07-21\n"
    "exchange:\n  - {currency: USD, day: 2013-11-22, price: 152.97, source: x, confidence: low}\n"
    "rates:\n"
    "  - {id: r, name: R, unit: MRP/t, value: 2, source: x, confidence: low}\n"
    "  - {id: mrp, name: M, unit: KZT/MRP, value: 1731, source: x, confidence: low}\n"
    "  - {id: k, name: K, unit: \"1\", of: depth_m, steps: [[0, 1], [0.2, 1.3]], source: x, confidence: low}\n"
    "items:\n"
    "  - id: soil\n    name: Soil\n    form: sum over substances\n    quantities: [soil_mass_kg]\n"
    "    less: norm_mass_kg\n    rates: [r, mrp, k]\n    definition: x\n    source: x\n    confidence: low\n";

static void valuation_mistake(data_bench *bench, const char *old, const char *replacement, const char *message)
{
    const char *where = strstr(VALUATION_GOOD, old);
    ck_assert_ptr_nonnull(where);
    cosmo_text text = cosmo_text_begin(bench->arena);
    cosmo_text_put_bytes(&text, VALUATION_GOOD, (size_t)(where - VALUATION_GOOD));
    cosmo_text_put(&text, replacement);
    cosmo_text_put(&text, where + strlen(old));
    cosmo_tariff tariff;
    const cosmo_status status =
        cosmo_tariff_parse("t.yaml", text.data, text.length, bench->arena, &bench->run, &tariff);
    ck_assert_int_eq(status, message == NULL ? COSMO_OK : COSMO_BAD_INPUT);
    if (message == NULL) return;
    printf("  %s\n", bench->run.message);
    ck_assert_msg(strncmp(bench->run.message, message, strlen(message)) == 0, "'%s' does not begin with '%s'",
                  bench->run.message, message);
    ck_assert_ptr_null(strchr(bench->run.message, '\n'));
}

START_TEST(a_mistake_is_told_at_its_place)
{
    static const struct {
        const char *old, *replacement, *message;
    } cases[] = {
        {"id: t", "id: t", NULL},
        {", value: 2,", ",", NULL},
        {"value: 2,", "value: -2,", "t.yaml:11:42: error: value is -2; it must be from 0 to 1e+15"},
        {"value: 2,", "value: 2 kg,", "t.yaml:11:42: error: value: '2 kg' is not a bare number"},
        {"MRP/t", "MRP/tt", "t.yaml:11:28: error: unit: 'MRP/tt' has an unknown part 'tt'"},
        {"MRP/t", "MRP/heads",
         "t.yaml:11:28: error: unit: 'MRP/heads' has an unknown part 'heads'; did you mean 'head'?"},
        {"MRP/t", "MRP//t", "t.yaml:11:28: error: unit: 'MRP//t' is not a unit such as"},
        {"MRP/t", "MRP/m2",
         "t.yaml:20:12: error: item 'soil' comes out in 'KZT kg/m2', not in KZT: check the units of its"},
        {"KZT/MRP", "RUB/MRP", "t.yaml:20:12: error: item 'soil' comes out in 'RUB', not in KZT"},
        {"[soil_mass_kg]", "[soil_mas_kg]",
         "t.yaml:18:18: error: unknown quantity 'soil_mas_kg'; did you mean 'soil_mass_kg'?"},
        {"[soil_mass_kg]", "[reagent_t]", "t.yaml:18:18: error: reagent_t is not by substance"},
        {"[soil_mass_kg]", "[]", "t.yaml:15:5: error: an empty list: nothing is multiplied"},
        {"norm_mass_kg", "norm_ratio", "t.yaml:19:11: error: norm_ratio cannot be taken from soil_mass_kg"},
        {"[r, mrp, k]", "[r, mrb, k]", "t.yaml:20:16: error: unknown rate 'mrb'; did you mean 'mrp'?"},
        {"sum over substances", "sum over substance",
         "t.yaml:17:11: error: form cannot be 'sum over substance'; did you mean 'sum over substances'?"},
        {"sum over substances", "fixed", "t.yaml:18:17: error: 'quantities' has no meaning in the form 'fixed'"},
        {"    less: norm_mass_kg\n", "    units: 3\n", "t.yaml:19:12: error: 'units' has no meaning in the form"},
        {"depth_m", "dept_m", "t.yaml:13:37: error: unknown quantity 'dept_m'; did you mean 'depth_m'?"},
        {"[0, 1]", "[0.1, 1]", "t.yaml:13:54: error: steps: bounds begin at 0 and rise; 0.1 does not"},
        {"[0.2, 1.3]", "[0, 1.3]", "t.yaml:13:62: error: steps: bounds begin at 0 and rise; 0 does not"},
        {"[0.2, 1.3]", "[0.2, -1.3]", "t.yaml:13:62: error: steps: -1.3 is negative"},
        {"of: depth_m, ", "", "t.yaml:13:5: error: rate 'k': 'steps' and 'of' come together"},
        {"of: depth_m, ", "of: depth_m, value: 1, ", "t.yaml:13:5: error: rate 'k' has more than one of"},
        {"currency: KZT", "currency: tenge",
         "t.yaml:4:11: error: currency: 'tenge' is not a currency; write three capitals"},
        {"currency: USD", "currency: KZT", "t.yaml:9:16: error: KZT is the file's own currency"},
        {"2013-11-22", "2013-11-31", "t.yaml:9:26: error: day: '2013-11-31' is not a day"},
        {"152.97", "0", "t.yaml:9:45: error: price is 0; it must be from 1e-09"},
        {"valid_to: 2022-07-21", "valid_to: 2007-06-26", "t.yaml:7:11: error: valid_to is before valid_from"},
        {"reference", "referense", "t.yaml:5:1: error: unknown key 'referense'; did you mean 'reference'?"},
        {"id: mrp", "id: r", "t.yaml:12:10: error: id 'r' appears twice; it stands already in line 11"},
        {"source: x, confidence: low}\nitems", "confidence: low}\nitems",
         "t.yaml:13:5: error: 'source' is missing here"},
    };
    data_bench bench;
    data_open(&bench, "data");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        valuation_mistake(&bench, cases[i].old, cases[i].replacement, cases[i].message);
    cosmo_tariff tariff;
    ck_assert_int_eq(cosmo_tariff_read("kz-2008", NULL, bench.arena, &bench.run, &tariff), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: unknown rule-set 'kz-2008'; did you mean 'kz-2007'?");
    data_close(&bench);
}
END_TEST

/* A case states what no physics computes, and fills blanks. */
static cosmo_status valuation_state(data_bench *bench, const char *text, const cosmo_quantities *computed,
                                    cosmo_release_valuation *stated, cosmo_quantities *all)
{
    const cosmo_section *release = cosmo_release_section_table();
    const cosmo_field *field = NULL;
    for (size_t i = 0; i < release->n_fields; i++)
        if (strcmp(release->fields[i].key, "valuation") == 0) field = &release->fields[i];
    ck_assert_ptr_nonnull(field);
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_parse("c.yaml", text, strlen(text), bench->arena, &bench->run, &root));
    COSMO_TRY(cosmo_section_read(field->section, root, stated, bench->arena, &bench->run, NULL));
    return cosmo_quantities_state(&stated->work, cosmo_yaml_child(root, "work"), computed, 1000, 7, bench->arena,
                                  &bench->run, all);
}

static const char VALUATION_CASE[] =
    "work:\n  - {quantity: reagent_t, value: 300, inside: 0.75, source: Interfax 2013-07-11}\n"
    "  - {quantity: samples, value: [100, 200, 600]}\n"
    "parties:\n  - name: A\n    rules: market-items\n    counts: inside\n    rates:\n"
    "      - {rate: reagent, value: 100, unit: KZT/kg, source: made up}\n";

START_TEST(a_case_states_quantities_and_rates)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_release_valuation stated;
    cosmo_quantities all;
    const double computed = 10.0;
    const cosmo_quantity reagent = {.name = "reagent_t", .n = 1, .whole = &computed};
    const cosmo_quantities before = {1, &reagent};
    ck_assert_msg(valuation_state(&bench, VALUATION_CASE, &before, &stated, &all) == COSMO_OK, "%s", bench.run.message);
    ck_assert(valuation_noted(&bench.run, "reagent_t is stated instead of computed"));
    ck_assert_uint_eq(all.n, 2);
    ck_assert_uint_eq(all.items[1].n, 1000);
    double mean = 0.0;
    for (size_t i = 0; i < 1000; i++) {
        ck_assert(all.items[1].whole[i] >= 100.0 && all.items[1].whole[i] <= 600.0);
        mean += all.items[1].whole[i] / 1000.0;
    }
    /* A triangle's mean is 300 and its standard deviation 108: four of those of the mean. */
    suite_error("mean of [100, 200, 600]", mean - 300.0, "", 4.0 * 108.0 / sqrt(1000.0));
    const cosmo_tariff tariff = valuation_read(&bench, "market-items");
    const cosmo_release_party *party = stated.parties.items;
    const cosmo_valuation_side side = {.name = party->name,
                                       .tariff = &tariff,
                                       .quantities = &all,
                                       .n_overrides = party->rates.n,
                                       .overrides = party->rates.items,
                                       .scope = party->counts,
                                       .day = "2013-07-02"};
    const cosmo_valuation v = valuation_evaluate(&bench, &side);
    suite_error("225 t inside at 100 KZT/kg", v.counted.whole.p50 - 22.5e6, "KZT", 1e-6);
    ck_assert(v.items[2].rates[0].overridden);
    ck_assert_str_eq(v.items[2].rates[0].source, "made up");
    data_close(&bench);
}
END_TEST

START_TEST(wrong_statements_are_refused)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{quantity: reagent_tt, value: 1}",
         "c.yaml:1:20: error: unknown quantity 'reagent_tt'; did you mean 'reagent_t'?"},
        {"{quantity: reagent_t, value: -1}", "c.yaml:1:38: error: value is -1; it must be from 0 to 1e+15"},
        {"{quantity: reagent_t, value: 3 kg}",
         "c.yaml:1:38: error: value: '3 kg' is not a bare number; write for example '1.5'"},
        {"{quantity: reagent_t, value: 1, inside: 2}", "c.yaml:1:49: error: inside is 2; it must be from 0 to 1"},
        {"{quantity: norm_ratio, value: 1}", "c.yaml:1:9: error: quantity 'norm_ratio' is by substance and names none"},
        {"{quantity: depth_m, value: 1, inside: 0.5}",
         "c.yaml:1:9: error: quantity 'depth_m' has no share inside: it is no sum over places"},
        {"{quantity: samples, value: 1}, {quantity: samples, value: 2}",
         "c.yaml:1:40: error: quantity 'samples' is there twice"},
    };
    data_bench bench;
    data_open(&bench, "data");
    cosmo_release_valuation stated;
    cosmo_quantities all;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text = cosmo_arena_print(bench.arena, "work: [ %s]\n", cases[i].text);
        ck_assert_int_eq(valuation_state(&bench, text, &VALUATION_NONE, &stated, &all), COSMO_BAD_INPUT);
        printf("  %s\n", bench.run.message);
        ck_assert_str_eq(bench.run.message, cases[i].message);
    }
    data_close(&bench);
}
END_TEST

static void *valuation_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void valuation_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_runs_out)
{
    int refused = 0;
    cosmo_status status = COSMO_INTERNAL;
    for (int blocks = 2; status != COSMO_OK; blocks++) {
        int left = blocks;
        const cosmo_allocator allocator = {valuation_allocate, valuation_release, &left};
        cosmo_arena *arena = cosmo_arena_create(4096, &allocator);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        cosmo_tariff tariff;
        cosmo_valuation_difference difference;
        status = cosmo_tariff_parse("t.yaml", VALUATION_GOOD, sizeof VALUATION_GOOD - 1, arena, &run, &tariff);
        const cosmo_tariff_override rate = {"k", 3.0, "1", "x", NULL}, other = {"k", 4.0, "1", "x", NULL};
        const cosmo_valuation_side a = {.tariff = &tariff,
                                        .quantities = &VALUATION_SOILS,
                                        .n_overrides = 1,
                                        .overrides = &rate,
                                        .day = "2013-07-02"};
        cosmo_valuation_side b = a;
        b.overrides = &other;
        if (status == COSMO_OK) status = cosmo_valuation_difference_explain(&a, &b, arena, &run, &difference);
        if (status != COSMO_OK) ck_assert_int_eq(status, COSMO_NO_RESOURCES);
        refused += status != COSMO_OK;
        cosmo_arena_destroy(arena);
    }
    printf("  refused %d times for want of memory\n", refused);
    ck_assert_int_ge(refused, 5);
}
END_TEST

COSMO_SUITE("plume/valuation", every_file_reads_and_says_where_it_is_from, the_claim_of_2013_is_an_identity,
            a_blank_rate_is_no_number, the_indirect_method_by_hand, steps_at_their_bounds, depths_belong_to_their_side,
            services_are_discounted, the_days_decide, the_price_nearest_to_the_day_serves,
            the_total_is_added_up_sample_by_sample, wrong_quantities_are_refused, wrong_overrides_are_refused,
            a_mistake_is_told_at_its_place, a_case_states_quantities_and_rates, wrong_statements_are_refused,
            memory_runs_out)
