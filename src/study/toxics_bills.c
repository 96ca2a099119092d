/* Tables of money: what each party reckons, and why the first two differ. */
#include "study/tabling.h"
#include "study/toxics_page.h"

#include <math.h>
#include <string.h>

enum { TOXICS_BILLS_COLUMNS = 8 };

static void toxics_bills_money(cosmo_tabling *table, double value, const char *currency)
{
    if (isfinite(value))
        cosmo_tabling_printed(table, cosmo_toxics_words_money(table->arena, value, currency));
    else
        cosmo_tabling_text(table, NULL);
}

/* "1.2 million KZT to 3.4 million KZT"; an empty cell where there is no amount or no spread. */
static void toxics_bills_span(cosmo_tabling *table, const cosmo_valuation_range *range, const char *currency)
{
    if (!isfinite(range->mean) || range->p5 == range->p95) {
        cosmo_tabling_text(table, NULL);
        return;
    }
    const char *low = cosmo_toxics_words_money(table->arena, range->p5, currency);
    const char *high = cosmo_toxics_words_money(table->arena, range->p95, currency);
    cosmo_tabling_printed(table,
                          low != NULL && high != NULL ? cosmo_arena_print(table->arena, "%s to %s", low, high) : NULL);
}

/* An amount over four columns: whole, spread, inside, outside. */
static void toxics_bills_amount(cosmo_tabling *table, const cosmo_valuation_amount *amount, const char *currency)
{
    const bool divided = isfinite(amount->whole.mean) && !(amount->undivided.mean > 0.0);
    toxics_bills_money(table, amount->whole.mean, currency);
    toxics_bills_span(table, &amount->whole, currency);
    toxics_bills_money(table, divided ? amount->inside.mean : NAN, currency);
    toxics_bills_money(table, divided ? amount->outside.mean : NAN, currency);
}

/* Where the figures of an item are from: what the party put in place of a rate, else the first rate, else the item. */
static const char *toxics_bills_source(const cosmo_valuation_item *item)
{
    for (size_t i = 0; i < item->n_rates; i++)
        if (item->rates[i].overridden && item->rates[i].source != NULL) return item->rates[i].source;
    for (size_t i = 0; i < item->n_rates; i++)
        if (item->rates[i].source != NULL) return item->rates[i].source;
    return item->item->source;
}

/* What is to be said of an amount, and where its figures are from; either may be NULL. */
static void toxics_bills_remark(cosmo_tabling *table, const char *remark, const char *source)
{
    if (remark != NULL && source != NULL)
        cosmo_tabling_printed(table, cosmo_arena_print(table->arena, "%s. Rate: %s", remark, source));
    else if (source != NULL)
        cosmo_tabling_printed(table, cosmo_arena_print(table->arena, "Rate: %s", source));
    else
        cosmo_tabling_text(table, remark);
}

static void toxics_bills_party(const cosmo_toxics_case *c, size_t party, cosmo_tabling *table)
{
    const cosmo_valuation *v = (const cosmo_valuation *)c->valuations.items + party;
    const cosmo_release_valuation *asked = &c->toxics->release.valuation;
    const char *name = ((const cosmo_release_party *)asked->parties.items)[party].name;
    const char *currency = v->tariff->currency, *other = asked->currency != NULL ? asked->currency : "";
    for (size_t i = 0; i < v->n_items; i++) {
        const cosmo_valuation_item *item = &v->items[i];
        cosmo_tabling_text(table, name);
        cosmo_tabling_text(table, item->item->name);
        toxics_bills_amount(table, &item->amount, currency);
        toxics_bills_money(table, item->converted, other);
        toxics_bills_remark(table, item->remark, toxics_bills_source(item));
    }
    const bool whole = isfinite(v->total.whole.mean);
    cosmo_tabling_text(table, name);
    cosmo_tabling_text(table, whole ? "All items" : "Items that have an amount");
    toxics_bills_amount(table, whole ? &v->total : &v->counted, currency);
    toxics_bills_money(table, (whole ? v->total : v->counted).whole.mean / v->price, other);
    toxics_bills_remark(table, v->remark, NULL);
}

static bool toxics_bills_bill(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const bool numeric[] = {false, false, true, true, true, true, true, false};
    static const char *const fixed[] = {"Party",  "Item",    "Amount", "5 to 95 %",
                                        "Inside", "Outside", NULL,     "Remark, source of the rate"};
    const cosmo_valuation *v = c->valuations.items;
    const char *currency = c->toxics->release.valuation.currency;
    const char **heads = cosmo_arena_array(arena, TOXICS_BILLS_COLUMNS, sizeof *heads);
    if (heads == NULL) return false;
    memcpy(heads, fixed, sizeof fixed);
    heads[6] = currency != NULL ? cosmo_arena_print(arena, "In %s", currency) : "Converted";
    size_t rows = 0;
    for (size_t i = 0; i < c->valuations.n; i++) rows += v[i].n_items + 1;
    cosmo_tabling table = cosmo_tabling_begin(arena, rows, TOXICS_BILLS_COLUMNS);
    for (size_t i = 0; i < c->valuations.n; i++) toxics_bills_party(c, i, &table);
    *sheet =
        (cosmo_sheet){"valuation",
                      "What it is worth, by each party's own rules",
                      "One physics, several rule-sets. Amounts are means beside 5 to 95 % of the samples; a dash: no "
                      "amount, or no part that the boundary divides. No sum here is a finding of fault or of law.",
                      TOXICS_BILLS_COLUMNS,
                      rows,
                      heads,
                      numeric,
                      table.cells};
    return !table.failed && heads[6] != NULL;
}

/* One of the two values of a row. */
static void toxics_bills_value(cosmo_tabling *table, double value, const char *text, const char *unit)
{
    const char *number = isfinite(value) ? cosmo_toxics_words_number(table->arena, value) : NULL;
    if (isfinite(value) && unit != NULL && strcmp(unit, "1") != 0)
        cosmo_tabling_printed(table, number != NULL ? cosmo_arena_print(table->arena, "%s %s", number, unit) : NULL);
    else if (isfinite(value))
        cosmo_tabling_printed(table, number);
    else
        cosmo_tabling_text(table, text);
}

static bool toxics_bills_difference(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *sheet)
{
    static const bool numeric[] = {false, true, true, true, false};
    const cosmo_valuation_difference *d = c->difference;
    const cosmo_release_party *parties = c->toxics->release.valuation.parties.items;
    const bool two = c->valuations.n > 1;
    const char *why = c->difference_remark;
    const size_t rows = d != NULL ? d->n_rows + 1 : two && why != NULL ? 1 : 0;
    const char **heads = cosmo_arena_array(arena, 5, sizeof *heads);
    if (heads == NULL) return false;
    heads[0] = "What differs";
    heads[1] = two ? parties[0].name : "First";
    heads[2] = two ? parties[1].name : "Second";
    heads[3] = "Makes of the difference";
    heads[4] = "Remark";
    cosmo_tabling table = cosmo_tabling_begin(arena, rows, 5);
    for (size_t i = 0; d != NULL && i < d->n_rows; i++) {
        const cosmo_valuation_row *row = &d->rows[i];
        cosmo_tabling_text(&table, row->what);
        toxics_bills_value(&table, row->a, row->text_a, row->unit);
        toxics_bills_value(&table, row->b, row->text_b, row->unit);
        toxics_bills_money(&table, row->contribution, d->currency);
        cosmo_tabling_text(&table, row->remark);
    }
    if (d != NULL) {
        cosmo_tabling_text(&table, "Compared items together");
        toxics_bills_money(&table, d->a, d->currency);
        toxics_bills_money(&table, d->b, d->currency);
        toxics_bills_money(&table, d->b - d->a, d->currency);
        cosmo_tabling_text(&table, d->remark);
    } else if (rows > 0) {
        cosmo_tabling_text(&table, "All of it");
        for (int i = 0; i < 3; i++) cosmo_tabling_text(&table, NULL);
        cosmo_tabling_text(&table, why);
    }
    *sheet = (cosmo_sheet){"difference",
                           "Why the first two differ",
                           "Shapley's value: what each input makes of the second party's amount less the first's, "
                           "whichever is changed first. The rows add up to the last one.",
                           5,
                           rows,
                           heads,
                           numeric,
                           table.cells};
    return !table.failed;
}

bool cosmo_toxics_bills_make(const cosmo_toxics_case *c, cosmo_arena *arena, cosmo_sheet *bill, cosmo_sheet *difference)
{
    return toxics_bills_bill(c, arena, bill) && toxics_bills_difference(c, arena, difference);
}
