/* The table of differences: sums, shares that are known, rules that only one side has, and blanks. */
#include "cosmodrome/plume.h"
#include "vehicle/data.h"

#include <stdint.h>

static cosmo_tariff difference_read(data_bench *bench, const char *id)
{
    cosmo_tariff tariff;
    ck_assert_msg(cosmo_tariff_read(id, NULL, bench->arena, &bench->run, &tariff) == COSMO_OK, "%s",
                  bench->run.message);
    return tariff;
}

static cosmo_valuation_difference difference_explain(data_bench *bench, const cosmo_valuation_side *a,
                                                     const cosmo_valuation_side *b)
{
    cosmo_valuation_difference difference;
    ck_assert_msg(cosmo_valuation_difference_explain(a, b, bench->arena, &bench->run, &difference) == COSMO_OK, "%s",
                  bench->run.message);
    return difference;
}

/* Prints the table and holds it to its promise: rows add up to b - a, and so do the items' shares, row by row. */
static void difference_adds_up(const cosmo_valuation_difference *d)
{
    double sum = 0.0, worst = 0.0;
    for (size_t r = 0; r < d->n_rows; r++) {
        const cosmo_valuation_row *row = &d->rows[r];
        printf("  %-32s %14.6g %14.6g %16.8g %s\n", row->what, row->a, row->b, row->contribution,
               row->remark != NULL ? row->remark : "");
        if (isnan(row->contribution)) continue;
        double items = 0.0;
        for (size_t i = 0; i < d->n_items; i++)
            if (d->items[i].remark == NULL) items += d->items[i].contributions[r];
        sum += row->contribution;
        worst = fmax(worst, fabs(items - row->contribution));
    }
    const double scale = fabs(d->a) + fabs(d->b) + 1.0;
    suite_error("rows less B - A, of A + B", (sum - (d->b - d->a)) / scale, "", 1e-13);
    suite_error("items less rows, of A + B", worst / scale, "", 1e-13);
}

static const cosmo_valuation_row *difference_row(const cosmo_valuation_difference *d, const char *what)
{
    for (size_t r = 0; r < d->n_rows; r++)
        if (strcmp(d->rows[r].what, what) == 0) return &d->rows[r];
    ck_abort_msg("no row %s", what);
}

/* price x quantity, both differ: each gets its change at the mean of the other. */
START_TEST(two_factors_share_the_cross_term)
{
    const double few = 10.0, many = 30.0;
    const cosmo_quantity a_item = {.name = "reagent_t", .n = 1, .whole = &few};
    const cosmo_quantity b_item = {.name = "reagent_t", .n = 1, .whole = &many};
    const cosmo_quantities a_all = {1, &a_item}, b_all = {1, &b_item};
    const cosmo_tariff_override cheap = {"reagent", 2.0, "KZT/t", "x", NULL},
                                dear = {"reagent", 5.0, "KZT/t", "x", NULL};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = difference_read(&bench, "market-items");
    const cosmo_valuation_side a = {.name = "A",
                                    .tariff = &tariff,
                                    .quantities = &a_all,
                                    .n_overrides = 1,
                                    .overrides = &cheap,
                                    .day = "2013-07-02"};
    const cosmo_valuation_side b = {.name = "B",
                                    .tariff = &tariff,
                                    .quantities = &b_all,
                                    .n_overrides = 1,
                                    .overrides = &dear,
                                    .day = "2013-07-02"};
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    suite_error("A", d.a - 20.0, "", 0.0);
    suite_error("B", d.b - 150.0, "", 0.0);
    suite_error("by quantity: 20 t at the mean price of 3.5", difference_row(&d, "reagent_t")->contribution - 70.0, "",
                1e-13);
    suite_error("by price: 3 a tonne over the mean of 20 t", difference_row(&d, "reagent")->contribution - 60.0, "",
                1e-13);
    ck_assert_uint_eq(d.n_not_compared, 6);
    ck_assert_str_eq(d.remark, "incomplete: 6 items are not compared");
    /* Blank on both sides: said, and worth nothing that could be added. */
    const cosmo_valuation_row *land = difference_row(&d, "land");
    ck_assert(isnan(land->contribution) && isnan(land->a) && isnan(land->b));
    ck_assert_str_eq(land->remark, "blank: the items that need it are not compared");
    data_close(&bench);
}
END_TEST

static const double DIFFERENCE_AREA[] = {13100.0}, DIFFERENCE_OUTSIDE[] = {900.0}, DIFFERENCE_DEPTH[] = {0.3};
static const double DIFFERENCE_SMALL[] = {500.0};
static const double DIFFERENCE_SHALLOW[] = {0.1};

static const char DIFFERENCE_OURS[] =
    "id: ours\nname: O\nsummary: O.\ncurrency: RUB\nreference: none\nrates:\n"
    "  - {id: T, name: T, unit: RUB/m2, value: 500, source: x, confidence: low}\n"
    "  - {id: Kr, name: K, unit: \"1\", of: depth_m, steps: [[0, 1], [0.2, 1.3]], source: x, confidence: low}\n"
    "  - {id: fine, name: F, unit: RUB, value: 1000000, source: x, confidence: low}\n"
    "items:\n"
    "  - {id: soil, name: S, form: product, quantities: [affected_area_m2], rates: [T, Kr], definition: x, source: x,"
    " confidence: low}\n"
    "  - {id: fine, name: F, form: fixed, rates: [fine], where: inside, definition: x, source: x, confidence: low}\n";

static cosmo_tariff difference_parse(data_bench *bench, const char *text)
{
    cosmo_tariff tariff;
    ck_assert_msg(cosmo_tariff_parse("t.yaml", text, strlen(text), bench->arena, &bench->run, &tariff) == COSMO_OK,
                  "%s", bench->run.message);
    return tariff;
}

/* The dispute of 2013 in small: one side counts harm everywhere, the other outside the boundary only. */
START_TEST(the_boundary_is_a_player)
{
    const cosmo_quantity all[] = {
        {.name = "affected_area_m2", .n = 1, .inside = DIFFERENCE_AREA, .outside = DIFFERENCE_OUTSIDE},
        {.name = "depth_m", .n = 1, .whole = DIFFERENCE_DEPTH}};
    const cosmo_quantities quantities = {2, all};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = difference_parse(&bench, DIFFERENCE_OURS);
    cosmo_valuation_side a = {.name = "A", .tariff = &tariff, .quantities = &quantities, .day = "2013-07-02"}, b = a;
    b.scope = COSMO_VALUATION_OUTSIDE;
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    ck_assert_uint_eq(d.n_rows, 1);
    suite_error("where harm counts", d.rows[0].contribution + 500.0 * 1.3 * 13100.0 + 1e6, "RUB", 1e-6);
    ck_assert_str_eq(d.rows[0].text_b, "outside the boundary");
    const cosmo_valuation_difference same = difference_explain(&bench, &a, &a);
    ck_assert_uint_eq(same.n_rows, 0);
    suite_error("a side and itself", same.b - same.a, "RUB", 0.0);
    data_close(&bench);
}
END_TEST

/* Quantities of one assumption move together, and are one row. */
START_TEST(groups_move_together)
{
    const cosmo_quantity big[] = {{.name = "affected_area_m2", .group = "spilled", .n = 1, .whole = DIFFERENCE_AREA},
                                  {.name = "depth_m", .group = "spilled", .n = 1, .whole = DIFFERENCE_DEPTH}};
    const cosmo_quantity small[] = {{.name = "affected_area_m2", .group = "spilled", .n = 1, .whole = DIFFERENCE_SMALL},
                                    {.name = "depth_m", .group = "spilled", .n = 1, .whole = DIFFERENCE_SHALLOW}};
    const cosmo_quantities large = {2, big}, little = {2, small};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = difference_parse(&bench, DIFFERENCE_OURS);
    const cosmo_tariff_override steps = {"Kr", 2.0, "1", "x", NULL};
    const cosmo_valuation_side a = {.name = "A", .tariff = &tariff, .quantities = &large, .day = "2013-07-02"};
    const cosmo_valuation_side b = {.name = "B", .tariff = &tariff, .quantities = &little, .day = "2013-07-02"};
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    ck_assert_uint_eq(d.n_rows, 1);
    ck_assert_str_eq(d.rows[0].what, "spilled");
    suite_error("one assumption is the whole", d.rows[0].contribution - 500.0 * (500.0 - 1.3 * 13100.0), "RUB", 1e-6);
    /* A table of steps against a figure that a case gives: two players. */
    cosmo_valuation_side c = a;
    c.overrides = &steps;
    c.n_overrides = 1;
    const cosmo_valuation_difference table = difference_explain(&bench, &b, &c);
    difference_adds_up(&table);
    ck_assert_str_eq(difference_row(&table, "Kr")->text_a, "a table of steps");
    suite_error("B", table.b - 1e6 - 500.0 * 2.0 * 13100.0, "RUB", 1e-6);
    data_close(&bench);
}
END_TEST

static const char DIFFERENCE_THEIRS[] =
    "id: theirs\nname: T\nsummary: T.\ncurrency: KZT\nreference: none\nexchange:\n"
    "  - {currency: RUB, day: 2013-07-02, price: 5, source: x, confidence: low}\nrates:\n"
    "  - {id: A, name: A, unit: \"1\", by_substance: [{substance: UDMH, value: 20, source: x, confidence: low}],"
    " source: x, confidence: low}\n"
    "  - {id: r, name: R, unit: KZT/t, value: 1e9, source: x, confidence: low}\n"
    "  - {id: plan, name: P, unit: KZT, source: x, confidence: low}\n"
    "items:\n"
    "  - {id: soil, name: S, form: sum over substances, quantities: [soil_mass_kg], rates: [A, r], definition: x,"
    " source: x, confidence: low}\n"
    "  - {id: plan, name: P, form: fixed, rates: [plan], definition: x, source: x, confidence: low}\n";

/* Two rule-sets in two currencies: each side's items are the other's nothing; the quantities differ, too. */
START_TEST(two_rule_sets)
{
    const double mass[] = {200.0, 400.0}, less[] = {50.0, 100.0};
    const cosmo_quantity a_all[] = {{.name = "soil_mass_kg", .substance = "UDMH", .n = 2, .whole = mass},
                                    {.name = "affected_area_m2", .n = 1, .whole = DIFFERENCE_AREA},
                                    {.name = "depth_m", .n = 1, .whole = DIFFERENCE_DEPTH}};
    const cosmo_quantity b_all[] = {{.name = "affected_area_m2", .n = 1, .whole = DIFFERENCE_SMALL},
                                    {.name = "soil_mass_kg", .substance = "UDMH", .n = 2, .whole = less},
                                    {.name = "depth_m", .n = 1, .whole = DIFFERENCE_DEPTH}};
    const cosmo_quantities a_quantities = {3, a_all}, b_quantities = {3, b_all};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff theirs = difference_parse(&bench, DIFFERENCE_THEIRS),
                       ours = difference_parse(&bench, DIFFERENCE_OURS);
    const cosmo_valuation_side a = {
        .tariff = &theirs, .quantities = &a_quantities, .day = "2013-07-02", .currency = "RUB"};
    const cosmo_valuation_side b = {
        .tariff = &ours, .quantities = &b_quantities, .day = "2013-07-02", .currency = "RUB"};
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    const double soil_a = 20.0 * 1e9 / 1000.0 * 300.0 / 5.0, soil_b = 20.0 * 1e9 / 1000.0 * 75.0 / 5.0;
    const double area_a = 500.0 * 1.3 * 13100.0, area_b = 500.0 * 1.3 * 500.0;
    suite_error("A", d.a / soil_a - 1.0, "", 1e-14);
    suite_error("B", d.b / (area_b + 1e6) - 1.0, "", 1e-14);
    /* Two players an item: the one that counts it, and the quantity. */
    suite_error("items that only A counts",
                difference_row(&d, "items that only theirs counts")->contribution / (-0.5 * (soil_a + soil_b)) - 1.0,
                "", 1e-13);
    suite_error("items that only B counts",
                difference_row(&d, "items that only ours counts")->contribution / (0.5 * (area_a + area_b) + 1e6) - 1.0,
                "", 1e-13);
    suite_error("mass", difference_row(&d, "soil_mass_kg")->contribution / (0.5 * (soil_b - soil_a)) - 1.0, "", 1e-13);
    suite_error("area", difference_row(&d, "affected_area_m2")->contribution / (0.5 * (area_b - area_a)) - 1.0, "",
                1e-13);
    ck_assert(isnan(difference_row(&d, "plan")->contribution));
    ck_assert_str_eq(difference_row(&d, "plan")->text_b, "not used");
    ck_assert_str_eq(d.items[1].remark, "theirs: rate 'plan' is blank");
    ck_assert_str_eq(d.remark, "incomplete: 1 item is not compared");
    data_close(&bench);
}
END_TEST

/* A substance that only one side found: the other's zero; its coefficient is in the same file for both. */
START_TEST(a_substance_of_one_side)
{
    const double mass = 100.0, trace = 2.0, norm = 1.0;
    const cosmo_quantity a_all[] = {{.name = "soil_mass_kg", .substance = "UDMH", .n = 1, .whole = &mass},
                                    {.name = "norm_mass_kg", .substance = "UDMH", .n = 1, .whole = &norm}};
    const cosmo_quantity b_all[] = {a_all[0],
                                    a_all[1],
                                    {.name = "soil_mass_kg", .substance = "NDMA", .n = 1, .whole = &trace},
                                    {.name = "norm_mass_kg", .substance = "NDMA", .n = 1, .whole = &norm}};
    const cosmo_quantities a_quantities = {2, a_all}, b_quantities = {4, b_all};
    const cosmo_tariff_override a_rates[] = {{"A.UDMH", 20.0, "1", "x", NULL},
                                             {"r", 2.0, "MRP/t", "x", NULL},
                                             {"K1", 1.0, "1", "x", NULL},
                                             {"K2", 1.0, "1", "x", NULL}};
    const cosmo_tariff_override b_rates[] = {
        a_rates[0], a_rates[1], a_rates[2], a_rates[3], {"A.NDMA", 300.0, "1", "x", NULL}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = difference_read(&bench, "kz-2007");
    const cosmo_valuation_side a = {.name = "A",
                                    .tariff = &tariff,
                                    .quantities = &a_quantities,
                                    .n_overrides = 4,
                                    .overrides = a_rates,
                                    .day = "2013-07-02"};
    const cosmo_valuation_side b = {.name = "B",
                                    .tariff = &tariff,
                                    .quantities = &b_quantities,
                                    .n_overrides = 5,
                                    .overrides = b_rates,
                                    .day = "2013-07-02"};
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    ck_assert_uint_eq(d.n_rows, 1);
    suite_error("NDMA", d.rows[0].contribution - 300.0 * 0.001 * 2.0 * 1731.0, "KZT", 1e-9);
    data_close(&bench);
}
END_TEST

START_TEST(sides_that_cannot_be_compared)
{
    const double three[] = {1.0, 2.0, 3.0};
    const cosmo_quantity pair = {.name = "reagent_t", .n = 2, .whole = three},
                         triple = {.name = "reagent_t", .n = 3, .whole = three};
    const cosmo_quantities two = {1, &pair}, many = {1, &triple};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff ours = difference_parse(&bench, DIFFERENCE_OURS),
                       theirs = difference_parse(&bench, DIFFERENCE_THEIRS);
    cosmo_valuation_side a = {.name = "A", .tariff = &ours, .quantities = &two, .day = "2013-07-02"};
    cosmo_valuation_side b = {.name = "B", .tariff = &ours, .quantities = &many, .day = "2013-07-02"};
    cosmo_valuation_difference d;
    ck_assert_int_eq(cosmo_valuation_difference_explain(&a, &b, bench.arena, &bench.run, &d), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message,
                     "error: A has 2 samples and B 3: sample i of one must belong to sample i of the other");
    b = (cosmo_valuation_side){.name = "B", .tariff = &theirs, .quantities = &two, .day = "2013-07-02"};
    ck_assert_int_eq(cosmo_valuation_difference_explain(&a, &b, bench.arena, &bench.run, &d), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: A in RUB and B in KZT cannot be compared; name one currency for both");
    a.currency = b.currency = "USD";
    ck_assert_int_eq(cosmo_valuation_difference_explain(&a, &b, bench.arena, &bench.run, &d), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: rule-set 'ours' has no price of USD in RUB");
    data_close(&bench);
}
END_TEST

/* Everything of one item differs, with samples: the sum still closes. */
START_TEST(everything_differs)
{
    enum { N = 500 };
    static double area[2][N], depth[2][N], ratio[2][N];
    for (uint64_t i = 0; i < N; i++)
        for (uint32_t side = 0; side < 2; side++) {
            area[side][i] = 1e4 * (double)(side + 1) * cosmo_random_uniform(1, side, i, 0);
            depth[side][i] = 2.0 * cosmo_random_uniform(1, 2 + side, i, 0);
            ratio[side][i] = 60.0 * cosmo_random_uniform(1, 4 + side, i, 0);
        }
    cosmo_quantity all[2][3];
    cosmo_quantities quantities[2];
    for (int side = 0; side < 2; side++) {
        all[side][0] =
            (cosmo_quantity){.name = "affected_area_m2", .n = N, .inside = area[side], .outside = ratio[side]};
        all[side][1] = (cosmo_quantity){.name = "depth_m", .n = N, .whole = depth[side]};
        all[side][2] = (cosmo_quantity){.name = "norm_ratio", .substance = "UDMH", .n = N, .whole = ratio[side]};
        quantities[side] = (cosmo_quantities){3, all[side]};
    }
    const cosmo_tariff_override a_rates[] = {{"Kuse", 1.0, "1", "x", NULL}, {"T", 500.0, "RUB/m2", "x", NULL}};
    const cosmo_tariff_override b_rates[] = {{"Kuse", 1.6, "1", "x", NULL}, {"T", 300.0, "RUB/m2", "x", NULL}};
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_tariff tariff = difference_read(&bench, "ru-238-2010");
    const cosmo_valuation_side a = {.name = "A",
                                    .tariff = &tariff,
                                    .quantities = &quantities[0],
                                    .n_overrides = 2,
                                    .overrides = a_rates,
                                    .day = "2013-07-02"};
    const cosmo_valuation_side b = {.name = "B",
                                    .tariff = &tariff,
                                    .quantities = &quantities[1],
                                    .n_overrides = 2,
                                    .overrides = b_rates,
                                    .day = "2013-07-02",
                                    .scope = COSMO_VALUATION_INSIDE};
    const cosmo_valuation_difference d = difference_explain(&bench, &a, &b);
    difference_adds_up(&d);
    ck_assert_uint_eq(d.n_rows, 6);
    cosmo_valuation va, vb;
    ck_assert_int_eq(cosmo_valuation_evaluate(&a, bench.arena, &bench.run, &va), COSMO_OK);
    ck_assert_int_eq(cosmo_valuation_evaluate(&b, bench.arena, &bench.run, &vb), COSMO_OK);
    suite_error("A against its own valuation", d.a / va.total.whole.mean - 1.0, "", 1e-14);
    suite_error("B against its own valuation", d.b / vb.total.whole.mean - 1.0, "", 1e-14);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("plume/valuation_difference", two_factors_share_the_cross_term, the_boundary_is_a_player,
            groups_move_together, two_rule_sets, a_substance_of_one_side, sides_that_cannot_be_compared,
            everything_differs)
