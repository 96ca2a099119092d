/* What the worked cases say of money: what counts, which items only one side has, which blanks prevent the rest. */
#include "study/toxics_parts.h"
#include "suite.h"

#include <string.h>

typedef struct cases_bench {
    cosmo_arena *arena;
    cosmo_run run;
    cosmo_toxics toxics;
    cosmo_toxics_case result;
} cases_bench;

static void cases_compute(cases_bench *b, const char *path)
{
    b->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(b->arena);
    cosmo_run_init(&b->run, b->arena);
    b->run.data_folder = "data";
    ck_assert_msg(cosmo_toxics_read(path, b->arena, &b->run, &b->toxics) == COSMO_OK, "%s", b->run.message);
    b->toxics.release.sampling.samples = 6;
    b->toxics.release.sampling.particles = 600;
    ck_assert_msg(cosmo_toxics_case_run(&b->toxics, NULL, b->arena, &b->run, &b->result) == COSMO_OK, "%s",
                  b->run.message);
    ck_assert_ptr_nonnull(b->result.difference);
}

static const cosmo_valuation_row *cases_row(const cosmo_valuation_difference *d, const char *what)
{
    for (size_t i = 0; i < d->n_rows; i++)
        if (strcmp(d->rows[i].what, what) == 0) return &d->rows[i];
    ck_abort_msg("no row %s", what);
}

static const cosmo_valuation_pair *cases_pair(const cosmo_valuation_difference *d, const char *id)
{
    for (size_t i = 0; i < d->n_items; i++) {
        const cosmo_tariff_item *item = d->items[i].item_a != NULL ? d->items[i].item_a : d->items[i].item_b;
        if (strcmp(item->id, id) == 0) return &d->items[i];
    }
    ck_abort_msg("no item %s", id);
}

static bool cases_noted(const cosmo_run *run, const char *text)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (strstr(run->notes[i].text, text) != NULL) return true;
    return false;
}

/* 89.5 million dollars were billed and nothing was paid: where harm counts explains all of it that has a figure. */
START_TEST(where_harm_counts_explains_2013)
{
    cases_bench b;
    cases_compute(&b, "cases/proton-2013.yaml");
    const cosmo_valuation_difference *d = b.result.difference;
    const cosmo_valuation *v = b.result.valuations.items;
    ck_assert_uint_eq(b.result.valuations.n, 4);
    suite_error("billed", v[0].total.whole.mean - 13690747305.0, "KZT", 0.0);
    suite_error("owed by the answer", v[1].counted.whole.mean, "KZT", 0.0);
    const cosmo_valuation_row *where = cases_row(d, "where harm counts");
    ck_assert_str_eq(where->text_a, "everywhere");
    ck_assert_str_eq(where->text_b, "outside the boundary");
    suite_error("made by where harm counts, less the whole bill", where->contribution + d->a, "USD", 1e-6);
    suite_error("A, of 89.5 million", d->a / 1e6 - 89.5, "", 0.05);
    suite_error("B", d->b, "USD", 0.0);
    /* What is not known is said: the price of the clean-up that only one side has. */
    const cosmo_valuation_row *blank = cases_row(d, "cleaning");
    ck_assert(isnan(blank->contribution));
    ck_assert_str_eq(blank->text_a, "not used");
    ck_assert_str_eq(blank->text_b, "blank");
    ck_assert_str_eq(blank->remark, "blank: the items that need it are not compared");
    ck_assert_ptr_null(cases_pair(d, "clean-up")->item_a);
    ck_assert_str_eq(cases_pair(d, "clean-up")->remark, "Russia: rate 'cleaning' is blank");
    ck_assert_str_eq(d->remark, "incomplete: 1 item is not compared");
    ck_assert(v[2].n_without_rate == 1 && isnan(v[2].total.whole.mean)); /* the method of 2007: blank, not nothing */
    ck_assert(cases_noted(&b.run, "rule-set 'kz-2007': item 'soil' has no amount: rate 'A' is blank for UDMH"));
    cosmo_arena_destroy(b.arena);
}
END_TEST

START_TEST(the_claim_of_2007_is_held_against_what_was_agreed)
{
    static const struct {
        const char *id;
        double tenge;
    } claimed[] = {{"health-monitoring", 3e9}, {"residents", 2.13e9}, {"land-and-other", 2.197e9}};
    cases_bench b;
    cases_compute(&b, "cases/proton-2007-toxics.yaml");
    const cosmo_valuation_difference *d = b.result.difference;
    const cosmo_valuation *v = b.result.valuations.items;
    suite_error("claimed", v[0].total.whole.mean - 7.327e9, "KZT", 0.0);
    suite_error("agreed", v[1].total.whole.mean - 2.918e8, "KZT", 0.0);
    suite_error("agreed of claimed, of 4.0 %", 100.0 * d->b / d->a - 4.0, "%", 0.05);
    for (size_t i = 0; i < 3; i++) {
        const cosmo_valuation_pair *pair = cases_pair(d, claimed[i].id);
        suite_error(claimed[i].id, pair->a * v[0].price - claimed[i].tenge, "KZT", 1e-5);
        ck_assert_ptr_null(pair->item_b);
    }
    suite_error("items that only the claim has", cases_row(d, "items that only Kazakhstan counts")->contribution + d->a,
                "USD", 1e-6);
    suite_error("items that only the agreement has",
                cases_row(d, "items that only agreement counts")->contribution - d->b, "USD", 1e-6);
    ck_assert_uint_eq(d->n_not_compared, 0);
    ck_assert(v[0].in_force && v[1].in_force);
    cosmo_arena_destroy(b.arena);
}
END_TEST

static const cosmo_quantity *cases_find(const cosmo_quantities *all, const char *name, const char *substance)
{
    for (size_t i = 0; i < all->n; i++)
        if (strcmp(all->items[i].name, name) == 0 &&
            (substance == NULL || strcmp(all->items[i].substance, substance) == 0))
            return &all->items[i];
    ck_abort_msg("no %s", name);
}

/* Of what lies in the soil the norm allows no more than there is, and ground above any limit is no less than that above
 * one. */
START_TEST(quantities_of_a_computed_case_fit_each_other)
{
    cases_bench b;
    cosmo_quantities all;
    cases_compute(&b, "cases/proton-2013.yaml");
    ck_assert_int_eq(cosmo_toxics_worth_measure(&b.result, b.arena, &b.run, &all), COSMO_OK);
    const cosmo_quantity *mass = cases_find(&all, "soil_mass_kg", "UDMH"),
                         *norm = cases_find(&all, "norm_mass_kg", "UDMH"),
                         *area = cases_find(&all, "area_above_limit_m2", "UDMH"),
                         *any = cases_find(&all, "affected_area_m2", NULL),
                         *treated = cases_find(&all, "treated_volume_m3", NULL);
    for (size_t i = 0; i < mass->n; i++) {
        printf("  sample %zu: %.4g + %.4g kg in the soil, of which the norm allows %.4g + %.4g\n", i, mass->inside[i],
               mass->outside[i], norm->inside[i], norm->outside[i]);
        ck_assert(norm->inside[i] <= mass->inside[i] * (1.0 + 1e-5));
        ck_assert(norm->outside[i] <= mass->outside[i] * (1.0 + 1e-5));
        /* at least the limit, 0.1 mg/kg, of the soil that the spill wets, at 1.3 to 1.7 t/m3 */
        ck_assert(norm->inside[i] >= 1e-7 * 1300.0 * treated->inside[i]);
        ck_assert(any->inside[i] >= area->inside[i] && any->outside[i] >= area->outside[i]);
        /* where nothing is above the limit outside, all that lies there is allowed */
        if (area->outside[i] == 0.0) ck_assert(norm->outside[i] >= mass->outside[i] * (1.0 - 1e-5));
    }
    cosmo_arena_destroy(b.arena);
}
END_TEST

/* A rule-set that has no price of the case's currency takes that of another party in the same currency. */
START_TEST(a_price_is_lent)
{
    cases_bench b;
    cases_compute(&b, "cases/proton-2013.yaml");
    cosmo_tariff *tariffs = cosmo_arena_array(b.arena, b.toxics.tariffs.n, sizeof *tariffs);
    memcpy(tariffs, b.toxics.tariffs.items, b.toxics.tariffs.n * sizeof *tariffs);
    tariffs[1].exchange.n = 0;
    b.toxics.tariffs.items = tariffs;
    ck_assert_int_eq(cosmo_toxics_worth_make(&b.result, b.arena, &b.run), COSMO_OK);
    const cosmo_valuation *v = b.result.valuations.items;
    suite_error("price of the answer's rules", v[1].price - 152.97, "KZT", 0.0);
    ck_assert(
        cases_noted(&b.run, "rule-set 'ru-2013-reply' has no price of USD in KZT; that of 'kz-2013-claim' is taken"));
    for (size_t i = 0; i < b.toxics.tariffs.n; i++) tariffs[i].exchange.n = 0;
    b.result.difference = NULL;
    ck_assert_int_eq(cosmo_toxics_worth_make(&b.result, b.arena, &b.run), COSMO_OK);
    v = b.result.valuations.items;
    ck_assert(isnan(v[0].price) && v[0].total.whole.mean == 13690747305.0);
    ck_assert_ptr_null(b.result.difference);
    ck_assert_str_eq(b.result.difference_remark, "rule-set 'kz-2013-claim' has no price of USD in KZT");
    cosmo_arena_destroy(b.arena);
}
END_TEST

COSMO_SUITE("study/toxics_cases", where_harm_counts_explains_2013, the_claim_of_2007_is_held_against_what_was_agreed,
            quantities_of_a_computed_case_fit_each_other, a_price_is_lent)
