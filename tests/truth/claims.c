/* What was claimed and paid after the accidents of 2006, 2007 and 2013 (../shared/data/toxics/accident_claims.csv):
 * the arithmetic that ties the published sums together, and the built-in rule-sets against it. */
#include "cosmodrome/plume.h"
#include "vehicle/data.h"

#include <unistd.h>

#define CLAIMS "../shared/data/toxics/accident_claims.csv"

/* The value of the first row whose event and item begin so. */
static double claims_value(data_bench *bench, const char *event, const char *item)
{
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read(CLAIMS, 1 << 20, bench->arena, &bench->run, &data, &bytes), COSMO_OK);
    for (const char *line = data; line != NULL; line = strchr(line, '\n'), line = line != NULL ? line + 1 : NULL) {
        if (strncmp(line, event, strlen(event)) != 0) continue;
        const char *date = strchr(line, ','), *name = date != NULL ? strchr(date + 1, ',') : NULL;
        if (name == NULL || strncmp(name + 1, item, strlen(item)) != 0) continue;
        const char *value = strchr(name + 1, ',');
        ck_assert_ptr_nonnull(value);
        return strtod(value + 1, NULL);
    }
    ck_abort_msg("no %s of %s in %s", item, event, CLAIMS);
}

static double claims_total(data_bench *bench, const char *id, const char *day, double *in_dollars)
{
    static const cosmo_quantities none = {0, NULL};
    cosmo_tariff tariff;
    cosmo_valuation v;
    ck_assert_int_eq(cosmo_tariff_read(id, NULL, bench->arena, &bench->run, &tariff), COSMO_OK);
    const cosmo_valuation_side side = {.tariff = &tariff, .quantities = &none, .day = day, .currency = "USD"};
    ck_assert_int_eq(cosmo_valuation_evaluate(&side, bench->arena, &bench->run, &v), COSMO_OK);
    ck_assert(v.in_force);
    *in_dollars = v.total.whole.mean / v.price;
    return v.total.whole.mean;
}

START_TEST(the_claim_of_2013)
{
    data_bench bench;
    data_open(&bench, "data");
    const double claim = claims_value(&bench, "Proton-M/Glonass", "claim");
    double dollars;
    suite_error("13,690,747,305 over 1,731, remainder", fmod(claim, 1731.0), "KZT", 0.0);
    suite_error("that many units of account", claim / 1731.0 - 7909155.0, "", 0.0);
    suite_error("the rule-set kz-2013-claim", claims_total(&bench, "kz-2013-claim", "2013-07-02", &dollars) - claim,
                "KZT", 0.0);
    suite_error("in dollars, of 89.5 million", dollars - 89.5e6, "USD", 0.05e6);
    suite_error("settlement", claims_value(&bench, "Proton-M/Glonass", "settlement"), "KZT", 0.0);
    const double tonnes = claims_value(&bench, "Proton-M/Glonass", "propellant aboard"),
                 udmh = claims_value(&bench, "Proton-M/Glonass", "of which UDMH"),
                 treated = claims_value(&bench, "Proton-M/Glonass", "area to be treated"),
                 ground = claims_value(&bench, "Proton-M/Glonass", "whole crash territory");
    /* The figures of section 4.4 of the collection, to the digits printed there. */
    suite_error("a tonne of propellant, of 22.8 million", claim / tonnes - 22.8e6, "KZT", 0.05e6);
    suite_error("a kilogram of UDMH, of 79,500", claim / (1000.0 * udmh) - 79500.0, "KZT", 100.0);
    suite_error("a square metre treated, of 1.05 million", claim / treated - 1.05e6, "KZT", 0.01e6);
    suite_error("a square metre of the 140 ha, of 9,780", claim / (1e4 * ground) - 9780.0, "KZT", 5.0);
    data_close(&bench);
}
END_TEST

START_TEST(the_claims_of_2007)
{
    static const char event[] = "Proton-M/JCSAT-11";
    data_bench bench;
    data_open(&bench, "data");
    const double total = claims_value(&bench, event, "claim v3 (");
    const double items = claims_value(&bench, event, "claim v3 item: 3-year") +
                         claims_value(&bench, event, "claim v3 item: residents") +
                         claims_value(&bench, event, "claim v3 item: remainder");
    const double paid = claims_value(&bench, event, "agreed compensation"),
                 hectares = claims_value(&bench, event, "agricultural land");
    double dollars;
    suite_error("items less the total", items - total, "KZT", 0.0);
    suite_error("the rule-set kz-2007-claim", claims_total(&bench, "kz-2007-claim", "2007-09-06", &dollars) - total,
                "KZT", 0.0);
    suite_error("in dollars, of 60 million", dollars / 60e6 - 1.0, "", 0.01);
    suite_error("paid of claimed, of 4.0 %", 100.0 * paid / total - 4.0, "%", 0.05);
    const double first = claims_value(&bench, event, "claim v1"), second = claims_value(&bench, event, "claim v2");
    suite_error("three totals in a week, apart by a factor of 9", fmax(second, total) / first - 9.0, "", 0.5);
    suite_error("land and other, a hectare, of 68,656", (total - 3e9 - 2.13e9) / hectares - 68656.0, "KZT", 0.5);
    suite_error("agreed, a hectare, of 9,119", paid / hectares - 9119.0, "KZT", 0.5);
    data_close(&bench);
}
END_TEST

/* 118 tenge a dollar in 2006 is remembered, not read. */
START_TEST(the_claim_of_2006)
{
    data_bench bench;
    data_open(&bench, "data");
    const double claim = claims_value(&bench, "Dnepr", "claim announced"), paid = claims_value(&bench, "Dnepr", "paid");
    suite_error("paid of claimed, of 0.3 %", 100.0 * paid / (claim / 118.0) - 0.3, "%", 0.05);
    data_close(&bench);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {the_claim_of_2013, the_claims_of_2007, the_claim_of_2006};
    if (access(CLAIMS, R_OK) != 0) {
        printf("skip: " CLAIMS " is absent\n");
        return 77;
    }
    return suite_run("truth/claims", tests, sizeof tests / sizeof tests[0]);
}
