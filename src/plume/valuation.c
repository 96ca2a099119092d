/* Two parties, one physics: what a rule-set makes of quantities, item by item. */
#include "plume/valuation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- checks and prices ------------------------------------------------------------------------------------------- */

const char *cosmo_valuation_side_name(const cosmo_valuation_side *side)
{
    return side->name != NULL ? side->name : side->tariff->id;
}

cosmo_status cosmo_valuation_check(const cosmo_valuation_side *side, cosmo_arena *arena, cosmo_run *run,
                                   size_t *n_samples)
{
    if (side->day != NULL && !cosmo_rules_is_day(side->day))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%.80s' is not a day; write for example '2013-07-02'",
                              side->day);
    COSMO_TRY(cosmo_quantities_check(side->quantities, run, n_samples));
    for (size_t i = 0; i < side->n_overrides; i++)
        COSMO_TRY(cosmo_tariff_check_override(side->tariff, &side->overrides[i], arena, run));
    if (side->day == NULL)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "no date of the accident: rule-set '%s' is taken to be in force",
                       side->tariff->id);
    return COSMO_OK;
}

bool cosmo_valuation_in_force(const cosmo_valuation_side *side, cosmo_run *run)
{
    const cosmo_tariff *tariff = side->tariff;
    const char *day = side->day;
    const bool early = day != NULL && tariff->valid_from != NULL && strcmp(day, tariff->valid_from) < 0;
    const bool late = day != NULL && tariff->valid_to != NULL && strcmp(day, tariff->valid_to) > 0;
    if (early || late)
        cosmo_run_note(run, COSMO_NOTE_WARNING, "rule-set '%s' is out of force on %s: it held %s %s", tariff->id, day,
                       early ? "from" : "until", early ? tariff->valid_from : tariff->valid_to);
    return !early && !late;
}

/* Days since the first of March of the year 0, by the Gregorian calendar. */
static long valuation_days(const char *day)
{
    const long month = strtol(day + 5, NULL, 10), year = strtol(day, NULL, 10) - (month < 3 ? 1 : 0);
    const long from_march = (month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * from_march + 2) / 5 + strtol(day + 8, NULL, 10);
}

static long valuation_gap(const char *a, const char *b)
{
    return labs(valuation_days(a) - valuation_days(b));
}

static bool valuation_is_nearer(const cosmo_tariff_exchange *a, const cosmo_tariff_exchange *b, const char *day)
{
    if (day == NULL) return false;
    const long gap = valuation_gap(a->day, day), other = valuation_gap(b->day, day);
    return gap < other || (gap == other && strcmp(a->day, b->day) < 0);
}

const cosmo_tariff_exchange *cosmo_valuation_price(const cosmo_valuation_side *side, cosmo_run *run, double *price)
{
    const cosmo_tariff *tariff = side->tariff;
    const cosmo_tariff_exchange *all = tariff->exchange.items, *best = NULL;
    *price = NAN;
    if (side->currency == NULL) return NULL;
    if (strcmp(side->currency, tariff->currency) == 0) *price = 1.0;
    for (size_t i = 0; i < tariff->exchange.n && isnan(*price); i++)
        if (strcmp(all[i].currency, side->currency) == 0 && !isnan(all[i].price) &&
            (best == NULL || valuation_is_nearer(&all[i], best, side->day)))
            best = &all[i];
    if (best != NULL) {
        *price = best->price;
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "1 %s = %g %s, the price of %s (%s)", best->currency, best->price,
                       tariff->currency, best->day, best->source);
    } else if (isnan(*price)) {
        cosmo_run_note(run, COSMO_NOTE_WARNING, "rule-set '%s' has no price of %s in %s: nothing is converted",
                       tariff->id, side->currency, tariff->currency);
    }
    return best;
}

/* ---- ranges ------------------------------------------------------------------------------------------------------ */

static int valuation_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Hyndman and Fan 1996, definition 7. */
static double valuation_quantile(const double *sorted, size_t n, double share)
{
    const double at = share * (double)(n - 1);
    const size_t below = (size_t)at;
    if (below + 1 >= n) return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

/* `values` come back sorted. */
static cosmo_valuation_range valuation_range(double *values, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += values[i];
    qsort(values, n, sizeof *values, valuation_order);
    return (cosmo_valuation_range){valuation_quantile(values, n, 0.05), valuation_quantile(values, n, 0.5),
                                   valuation_quantile(values, n, 0.95), sum / (double)n};
}

static cosmo_valuation_amount valuation_nothing(void)
{
    const cosmo_valuation_range none = {NAN, NAN, NAN, NAN};
    return (cosmo_valuation_amount){none, none, none, none};
}

/* Samples of an amount, one list a part. */
typedef struct valuation_samples {
    size_t n;
    double *part[COSMO_APPRAISAL_PARTS];
} valuation_samples;

static cosmo_status valuation_samples_make(size_t n, cosmo_arena *arena, cosmo_run *run, valuation_samples *samples)
{
    samples->n = n;
    for (size_t p = 0; p < COSMO_APPRAISAL_PARTS; p++) {
        samples->part[p] = cosmo_arena_array(arena, n, sizeof *samples->part[p]);
        COSMO_NEED(samples->part[p], run);
    }
    return COSMO_OK;
}

/* The samples come back sorted, part by part; `whole` (may be NULL) receives their sums as they were. */
static cosmo_status valuation_amount(valuation_samples *samples, cosmo_arena *arena, cosmo_run *run, double *whole,
                                     cosmo_valuation_amount *amount)
{
    double *sums = cosmo_arena_array(arena, samples->n, sizeof *sums);
    COSMO_NEED(sums, run);
    for (size_t i = 0; i < samples->n; i++)
        sums[i] = samples->part[COSMO_APPRAISAL_INSIDE][i] + samples->part[COSMO_APPRAISAL_OUTSIDE][i] +
                  samples->part[COSMO_APPRAISAL_UNDIVIDED][i];
    if (whole != NULL) memcpy(whole, sums, samples->n * sizeof *sums);
    amount->whole = valuation_range(sums, samples->n);
    amount->inside = valuation_range(samples->part[COSMO_APPRAISAL_INSIDE], samples->n);
    amount->outside = valuation_range(samples->part[COSMO_APPRAISAL_OUTSIDE], samples->n);
    amount->undivided = valuation_range(samples->part[COSMO_APPRAISAL_UNDIVIDED], samples->n);
    return COSMO_OK;
}

/* ---- items ------------------------------------------------------------------------------------------------------- */

typedef struct valuation_job {
    const cosmo_valuation_side *side;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_list substances;
    valuation_samples sums; /* of the items so far */
    cosmo_valuation *valuation;
} valuation_job;

static cosmo_status valuation_list_rates(const valuation_job *job, const cosmo_appraisal *appraisal,
                                         cosmo_valuation_item *item)
{
    cosmo_valuation_rate *rates = cosmo_arena_array(job->arena, appraisal->n_rates + 1, sizeof *rates);
    COSMO_NEED(rates, job->run);
    for (size_t i = 0; i < appraisal->n_rates; i++) {
        const cosmo_appraisal_rate *rate = &appraisal->rates[i];
        const bool one = rate->n == 1 && rate->steps.n_rows == 0;
        rates[i] =
            (cosmo_valuation_rate){rate->id, rate->unit, rate->source, one ? rate->values[0] : NAN, rate->overridden};
    }
    item->rates = rates;
    item->n_rates = appraisal->n_rates;
    return COSMO_OK;
}

static void valuation_miss(valuation_job *job, const cosmo_appraisal *appraisal, cosmo_valuation_item *item)
{
    item->amount = valuation_nothing();
    item->remark = appraisal->missing;
    if (appraisal->missing_rate)
        job->valuation->n_without_rate++;
    else
        job->valuation->n_without_quantity++;
    cosmo_run_note(job->run, COSMO_NOTE_WARNING, "rule-set '%s': item '%s' has no amount: %s", job->side->tariff->id,
                   item->item->id, appraisal->missing);
}

static cosmo_status valuation_item(valuation_job *job, const cosmo_tariff_item *definition, cosmo_valuation_item *item)
{
    cosmo_appraisal appraisal;
    *item = (cosmo_valuation_item){.item = definition, .converted = NAN};
    COSMO_TRY(cosmo_appraisal_bind(job->side, definition, &job->substances, job->arena, job->run, &appraisal));
    COSMO_TRY(valuation_list_rates(job, &appraisal, item));
    if (appraisal.missing != NULL) {
        valuation_miss(job, &appraisal, item);
        return COSMO_OK;
    }
    if (definition->form == COSMO_TARIFF_IDENTITY) item->remark = "arithmetic identity, not a reproduction";
    valuation_samples samples;
    COSMO_TRY(valuation_samples_make(job->sums.n, job->arena, job->run, &samples));
    for (size_t i = 0; i < samples.n; i++) {
        double parts[COSMO_APPRAISAL_PARTS];
        cosmo_appraisal_amount(&appraisal, i, parts);
        for (size_t p = 0; p < COSMO_APPRAISAL_PARTS; p++) {
            samples.part[p][i] = parts[p];
            job->sums.part[p][i] += parts[p];
        }
    }
    COSMO_TRY(valuation_amount(&samples, job->arena, job->run, NULL, &item->amount));
    if (!isfinite(item->amount.whole.mean))
        return cosmo_run_fail(job->run, COSMO_BAD_INPUT, "error: item '%.80s' is out of the range of numbers",
                              definition->id);
    item->converted = item->amount.whole.mean / job->valuation->price;
    return COSMO_OK;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void valuation_count(cosmo_text *text, size_t n, const char *what)
{
    if (n == 0) return;
    cosmo_text_print(text, "%s%zu item%s without a %s", text->length == 0 ? "incomplete: " : ", ", n, n == 1 ? "" : "s",
                     what);
}

static cosmo_status valuation_sum(valuation_job *job)
{
    cosmo_valuation *v = job->valuation;
    const size_t missing = v->n_without_rate + v->n_without_quantity;
    v->counted = v->total = valuation_nothing();
    if (missing < v->n_items) {
        double *whole = cosmo_arena_array(job->arena, job->sums.n, sizeof *whole);
        COSMO_NEED(whole, job->run);
        COSMO_TRY(valuation_amount(&job->sums, job->arena, job->run, whole, &v->counted));
        v->samples = whole;
    }
    if (missing == 0) {
        v->total = v->counted;
        return COSMO_OK;
    }
    cosmo_text text = cosmo_text_begin(job->arena);
    valuation_count(&text, v->n_without_rate, "rate");
    valuation_count(&text, v->n_without_quantity, "quantity");
    if (text.failed) return cosmo_run_out_of_memory(job->run);
    v->remark = text.data;
    cosmo_run_note(job->run, COSMO_NOTE_WARNING, "rule-set '%s': the total is %s", job->side->tariff->id, v->remark);
    return COSMO_OK;
}

cosmo_status cosmo_valuation_evaluate(const cosmo_valuation_side *side, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_valuation *valuation)
{
    size_t n_samples;
    COSMO_TRY(cosmo_valuation_check(side, arena, run, &n_samples));
    const cosmo_tariff *tariff = side->tariff;
    *valuation = (cosmo_valuation){.tariff = tariff, .n_samples = n_samples, .n_items = tariff->items.n};
    valuation->in_force = cosmo_valuation_in_force(side, run);
    valuation->exchange = cosmo_valuation_price(side, run, &valuation->price);
    valuation_job job = {.side = side, .arena = arena, .run = run, .valuation = valuation};
    const cosmo_quantities none = {0, NULL};
    COSMO_TRY(cosmo_appraisal_substances(side->quantities, &none, arena, run, &job.substances));
    COSMO_TRY(valuation_samples_make(n_samples, arena, run, &job.sums));
    cosmo_valuation_item *items = cosmo_arena_array(arena, tariff->items.n + 1, sizeof *items);
    COSMO_NEED(items, run);
    for (size_t i = 0; i < tariff->items.n; i++)
        COSMO_TRY(valuation_item(&job, &((const cosmo_tariff_item *)tariff->items.items)[i], &items[i]));
    valuation->items = items;
    return valuation_sum(&job);
}
