/* Fuzzes rule-sets: bytes, tree, checks, and what a set that is accepted makes of fixed quantities. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

enum { VALUATION_SAMPLES = 3, VALUATION_QUANTITIES = 64 };
static const double VALUATION_INSIDE[VALUATION_SAMPLES] = {0.0, 3.0, 1e4},
                    VALUATION_OUTSIDE[VALUATION_SAMPLES] = {1.0, 0.0, 20.0};

/* Every name there is, each split or not by turns. */
static cosmo_quantities valuation_all(cosmo_quantity quantities[VALUATION_QUANTITIES])
{
    size_t n = 0;
    for (size_t i = 0; cosmo_quantities_kind(i) != NULL && n + 1 < VALUATION_QUANTITIES; i++) {
        const cosmo_quantity_kind *kind = cosmo_quantities_kind(i);
        cosmo_quantity quantity = {.name = kind->name, .n = VALUATION_SAMPLES};
        if (i % 3 == 2)
            quantity.whole = VALUATION_INSIDE;
        else
            quantity.inside = VALUATION_INSIDE, quantity.outside = VALUATION_OUTSIDE;
        if (kind->by_substance) quantity.substance = "UDMH";
        quantities[n++] = quantity;
        if (!kind->by_substance) continue;
        quantity.substance = "NDMA";
        quantities[n++] = quantity;
    }
    return (cosmo_quantities){n, quantities};
}

/* What an answer promises: an amount or none, never negative, its parts adding up. */
static bool valuation_amount_holds(const cosmo_valuation_amount *amount)
{
    const double sum = amount->inside.mean + amount->outside.mean + amount->undivided.mean, whole = amount->whole.mean;
    if (isnan(whole)) return isnan(amount->whole.p50);
    return whole >= 0.0 && fabs(sum - whole) <= 1e-12 * whole && amount->whole.p5 <= amount->whole.p95;
}

static bool valuation_holds(const cosmo_valuation *v)
{
    size_t none = 0;
    for (size_t i = 0; i < v->n_items; i++) {
        if (!valuation_amount_holds(&v->items[i].amount)) return false;
        none += isnan(v->items[i].amount.whole.mean);
        if (isnan(v->items[i].amount.whole.mean) && v->items[i].remark == NULL) return false;
    }
    if (none != v->n_without_rate + v->n_without_quantity) return false;
    return valuation_amount_holds(&v->counted) && isnan(v->total.whole.mean) == (none > 0 || v->n_items == 0);
}

/* What a refusal promises: bad input, with a place and a reason, on one line. */
static bool valuation_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.yaml:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0' &&
           strchr(run->message, '\n') == NULL;
}

/* Amounts beyond the range of numbers are the one thing that only an evaluation finds. */
static void valuation_evaluate(const cosmo_tariff *tariff, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_quantity items[VALUATION_QUANTITIES];
    const cosmo_quantities quantities = valuation_all(items);
    const cosmo_valuation_side side = {
        .tariff = tariff, .quantities = &quantities, .day = "2013-07-02", .currency = "USD"};
    cosmo_valuation valuation;
    const cosmo_status status = cosmo_valuation_evaluate(&side, arena, run, &valuation);
    if (status == COSMO_OK && !valuation_holds(&valuation)) abort();
    if (status != COSMO_OK && strstr(run->message, "out of the range of numbers") == NULL) abort();
    cosmo_valuation_side other = side;
    other.scope = COSMO_VALUATION_OUTSIDE;
    other.currency = NULL;
    const cosmo_valuation_side one = {.tariff = tariff, .quantities = &quantities, .day = "2013-07-02"};
    cosmo_valuation_difference difference;
    if (status == COSMO_OK && cosmo_valuation_difference_explain(&one, &other, arena, run, &difference) != COSMO_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_tariff tariff;
    const cosmo_status status = cosmo_tariff_parse("fuzz.yaml", (const char *)data, bytes, arena, &run, &tariff);
    if (status == COSMO_OK)
        valuation_evaluate(&tariff, arena, &run);
    else if (!valuation_refused_well(status, &run))
        abort();
    cosmo_arena_destroy(arena);
    return 0;
}
