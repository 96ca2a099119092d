/* Why two valuations differ: item by item, which input makes how much of it. */
#include "plume/valuation.h"

#include <math.h>
#include <string.h>

static const char VALUATION_DIFFERENCE_BLANK[] = "blank: the items that need it are not compared";

/* What both tables grow in. */
typedef struct valuation_difference_job {
    const cosmo_valuation_side *sides[2];
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_list substances;
    size_t n_samples;
    double prices[2];
    cosmo_valuation_row *rows;
    size_t n_rows, capacity;
} valuation_difference_job;

/* An item on both sides; where only one has it, it is bound to that side's rules and, at the other end, to what the
 * other side says of the same quantities. `row_of_...` is a row's number, or SIZE_MAX where both are the same. */
typedef struct valuation_difference_match {
    const cosmo_tariff_item *items[2];
    cosmo_appraisal ends[2];
    size_t row_of_slot[COSMO_APPRAISAL_SLOTS], row_of_rate[COSMO_APPRAISAL_RATES];
    size_t row_of_items, row_of_where, row_of_price;
    size_t n_players, players[COSMO_SHAPLEY_PLAYERS_MAX + 1]; /* rows */
    size_t n_samples;
} valuation_difference_match;

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* The row of a cause, new or there already; the row of a blank is another than that of the same rate where it is not.
 */
static cosmo_status valuation_difference_row(valuation_difference_job *job, const cosmo_valuation_row *like,
                                             size_t *row)
{
    for (*row = 0; *row < job->n_rows; (*row)++)
        if (job->rows[*row].cause == like->cause && strcmp(job->rows[*row].what, like->what) == 0 &&
            isnan(job->rows[*row].contribution) == isnan(like->contribution))
            return COSMO_OK;
    if (job->n_rows == job->capacity) {
        const size_t capacity = 2 * job->capacity + 16;
        cosmo_valuation_row *rows = cosmo_arena_array(job->arena, capacity, sizeof *rows);
        COSMO_NEED(rows, job->run);
        if (job->n_rows > 0) memcpy(rows, job->rows, job->n_rows * sizeof *rows);
        job->rows = rows;
        job->capacity = capacity;
    }
    job->rows[job->n_rows++] = *like;
    return COSMO_OK;
}

static void valuation_difference_play(valuation_difference_match *match, size_t row)
{
    for (size_t i = 0; i < match->n_players; i++)
        if (match->players[i] == row) return;
    if (match->n_players <= COSMO_SHAPLEY_PLAYERS_MAX) match->players[match->n_players++] = row;
}

/* ---- what differs ------------------------------------------------------------------------------------------------ */

static bool valuation_difference_same_values(const double *a, const double *b, size_t n)
{
    if (a == NULL || b == NULL) return a == b;
    return memcmp(a, b, n * sizeof *a) == 0;
}

static bool valuation_difference_same_quantity(const cosmo_quantity *a, const cosmo_quantity *b)
{
    if (a == NULL || b == NULL) return a == b;
    return a->n == b->n && valuation_difference_same_values(a->inside, b->inside, a->n) &&
           valuation_difference_same_values(a->outside, b->outside, a->n) &&
           valuation_difference_same_values(a->whole, b->whole, a->n);
}

static bool valuation_difference_same_slot(const cosmo_appraisal_slot *a, const cosmo_appraisal_slot *b)
{
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++) {
        if (!valuation_difference_same_quantity(a->of[i], b->of[i])) return false;
        if (a->of[i] != NULL && a->of[i]->substance != NULL && strcmp(a->of[i]->substance, b->of[i]->substance) != 0)
            return false;
    }
    return true;
}

static bool valuation_difference_same_rate(const cosmo_appraisal_rate *a, const cosmo_appraisal_rate *b)
{
    const size_t cells = a->steps.n_rows * a->steps.n_columns;
    if (a->n != b->n || a->steps.n_rows != b->steps.n_rows) return false;
    if (cells > 0) return valuation_difference_same_values(a->steps.values, b->steps.values, cells);
    for (size_t i = 0; i < a->n; i++)
        if (a->values[i] != b->values[i] && !(isnan(a->values[i]) && isnan(b->values[i]))) return false;
    return true;
}

static double valuation_difference_slot_mean(const valuation_difference_job *job, const cosmo_appraisal_slot *slot)
{
    double sum = 0.0;
    for (size_t i = 0; i < job->n_samples; i++) sum += cosmo_appraisal_slot_value(slot, i);
    return slot->n > 0 ? sum / (double)job->n_samples : NAN;
}

static const char *valuation_difference_group(const cosmo_appraisal_slot *slot)
{
    for (size_t i = 0; i < slot->n; i++)
        if (slot->of[i] != NULL && slot->of[i]->group != NULL) return slot->of[i]->group;
    return NULL;
}

/* A group with several names has no single number. Until the table is done `text_a` keeps the name of the first. */
static cosmo_status valuation_difference_slot(valuation_difference_job *job, valuation_difference_match *match,
                                              size_t s)
{
    const cosmo_appraisal_slot *a = &match->ends[0].slots[s], *b = &match->ends[1].slots[s];
    match->row_of_slot[s] = SIZE_MAX;
    if (valuation_difference_same_slot(a, b)) return COSMO_OK;
    const char *group = valuation_difference_group(a);
    if (group == NULL) group = valuation_difference_group(b);
    cosmo_valuation_row row = {.cause = COSMO_VALUATION_QUANTITY,
                               .what = group != NULL ? group : a->kind->name,
                               .unit = a->kind->unit,
                               .a = valuation_difference_slot_mean(job, a),
                               .b = valuation_difference_slot_mean(job, b),
                               .text_a = a->kind->name};
    const size_t known = job->n_rows;
    COSMO_TRY(valuation_difference_row(job, &row, &match->row_of_slot[s]));
    cosmo_valuation_row *kept = &job->rows[match->row_of_slot[s]];
    if (job->n_rows == known && strcmp(kept->text_a, row.text_a) != 0) {
        kept->unit = NULL;
        kept->a = kept->b = NAN;
    }
    valuation_difference_play(match, match->row_of_slot[s]);
    return COSMO_OK;
}

static const char *valuation_difference_rate_text(const cosmo_appraisal_rate *rate)
{
    if (rate->steps.n_rows > 0) return "a table of steps";
    return rate->n > 1 ? "by substance" : NULL;
}

static cosmo_status valuation_difference_rate(valuation_difference_job *job, valuation_difference_match *match,
                                              size_t r)
{
    const cosmo_appraisal_rate *a = &match->ends[0].rates[r], *b = &match->ends[1].rates[r];
    match->row_of_rate[r] = SIZE_MAX;
    if (valuation_difference_same_rate(a, b)) return COSMO_OK;
    const char *text_a = valuation_difference_rate_text(a), *text_b = valuation_difference_rate_text(b);
    const cosmo_valuation_row row = {.cause = COSMO_VALUATION_RATE,
                                     .what = a->id,
                                     .unit = a->unit,
                                     .a = text_a == NULL ? a->values[0] : NAN,
                                     .b = text_b == NULL ? b->values[0] : NAN,
                                     .text_a = text_a,
                                     .text_b = text_b};
    COSMO_TRY(valuation_difference_row(job, &row, &match->row_of_rate[r]));
    valuation_difference_play(match, match->row_of_rate[r]);
    return COSMO_OK;
}

static cosmo_status valuation_difference_only(valuation_difference_job *job, valuation_difference_match *match)
{
    match->row_of_items = SIZE_MAX;
    if (match->items[0] != NULL && match->items[1] != NULL) return COSMO_OK;
    const int owner = match->items[0] != NULL ? 0 : 1;
    const char *what =
        cosmo_arena_print(job->arena, "items that only %s counts", cosmo_valuation_side_name(job->sides[owner]));
    COSMO_NEED(what, job->run);
    const cosmo_valuation_row row = {.cause = COSMO_VALUATION_ITEMS,
                                     .what = what,
                                     .a = NAN,
                                     .b = NAN,
                                     .text_a = owner == 0 ? "counted" : "not counted",
                                     .text_b = owner == 0 ? "not counted" : "counted"};
    COSMO_TRY(valuation_difference_row(job, &row, &match->row_of_items));
    valuation_difference_play(match, match->row_of_items);
    return COSMO_OK;
}

static cosmo_status valuation_difference_scope(valuation_difference_job *job, valuation_difference_match *match)
{
    static const char *const words[] = {"everywhere", "inside the boundary", "outside the boundary"};
    const int a = job->sides[0]->scope, b = job->sides[1]->scope;
    match->row_of_where = SIZE_MAX;
    if (a == b) return COSMO_OK;
    const cosmo_valuation_row row = {.cause = COSMO_VALUATION_WHERE,
                                     .what = "where harm counts",
                                     .a = NAN,
                                     .b = NAN,
                                     .text_a = words[a],
                                     .text_b = words[b]};
    COSMO_TRY(valuation_difference_row(job, &row, &match->row_of_where));
    valuation_difference_play(match, match->row_of_where);
    return COSMO_OK;
}

static cosmo_status valuation_difference_price(valuation_difference_job *job, valuation_difference_match *match)
{
    match->row_of_price = SIZE_MAX;
    match->ends[0].price = job->prices[match->items[0] != NULL ? 0 : 1];
    match->ends[1].price = job->prices[match->items[1] != NULL ? 1 : 0];
    if (match->ends[0].price == match->ends[1].price) return COSMO_OK;
    const cosmo_valuation_row row = {.cause = COSMO_VALUATION_PRICE,
                                     .what = cosmo_arena_print(job->arena, "price of %s", job->sides[0]->currency),
                                     .unit = job->sides[0]->tariff->currency,
                                     .a = job->prices[0],
                                     .b = job->prices[1]};
    COSMO_NEED(row.what, job->run);
    COSMO_TRY(valuation_difference_row(job, &row, &match->row_of_price));
    valuation_difference_play(match, match->row_of_price);
    return COSMO_OK;
}

/* ---- items that match -------------------------------------------------------------------------------------------- */

static bool valuation_difference_same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool valuation_difference_same_names(const cosmo_list *a, const cosmo_list *b)
{
    const char *const *x = a->items, *const *y = b->items;
    if (a->n != b->n) return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(x[i], y[i]) != 0) return false;
    return true;
}

static bool valuation_difference_same_units(const cosmo_valuation_side *const sides[2], const cosmo_tariff_item *item)
{
    const char *const *ids = item->rates.items;
    for (size_t i = 0; i < item->rates.n; i++) {
        const cosmo_tariff_rate *a = cosmo_tariff_find(sides[0]->tariff, ids[i]),
                                *b = cosmo_tariff_find(sides[1]->tariff, ids[i]);
        if (strcmp(a->unit, b->unit) != 0 || !valuation_difference_same_text(a->of, b->of)) return false;
    }
    return true;
}

static bool valuation_difference_is_same(const cosmo_valuation_side *const sides[2], const cosmo_tariff_item *a,
                                         const cosmo_tariff_item *b)
{
    return strcmp(a->id, b->id) == 0 && a->form == b->form && a->recovery == b->recovery && a->where == b->where &&
           a->units == b->units && strcmp(sides[0]->tariff->currency, sides[1]->tariff->currency) == 0 &&
           valuation_difference_same_names(&a->quantities, &b->quantities) &&
           valuation_difference_same_names(&a->rates, &b->rates) && valuation_difference_same_text(a->less, b->less) &&
           valuation_difference_same_text(a->substance, b->substance) &&
           valuation_difference_same_text(a->discount, b->discount) &&
           valuation_difference_same_text(a->uplift, b->uplift) && valuation_difference_same_text(a->life, b->life) &&
           valuation_difference_same_text(a->delay, b->delay) && valuation_difference_same_units(sides, a);
}

/* The item of `side` that is the same as `item` of the other. */
static const cosmo_tariff_item *valuation_difference_find(const cosmo_valuation_side *const sides[2], int side,
                                                          const cosmo_tariff_item *item)
{
    const cosmo_tariff_item *all = sides[side]->tariff->items.items;
    for (size_t i = 0; i < sides[side]->tariff->items.n; i++) {
        const cosmo_tariff_item *a = side == 0 ? &all[i] : item, *b = side == 0 ? item : &all[i];
        if (valuation_difference_is_same(sides, a, b)) return &all[i];
    }
    return NULL;
}

/* ---- the two ends of an item ------------------------------------------------------------------------------------- */

/* A mixture of both ends may meet a substance, or a table, of which one end knows nothing: it takes the other's word.
 */
static void valuation_difference_lend(cosmo_appraisal *to, const cosmo_appraisal *from)
{
    for (size_t s = 1; s < to->n_slots; s++) {
        cosmo_appraisal_slot *slot = &to->slots[s];
        if (slot->n == 0) *slot = from->slots[s];
        for (size_t k = 0; k < slot->n && slot->by_term; k++)
            if (slot->of[k] == NULL) slot->of[k] = from->slots[s].of[k];
    }
    for (size_t r = 0; r < to->n_rates; r++) {
        const cosmo_appraisal_rate *lender = &from->rates[r];
        for (size_t k = 0; k < to->rates[r].n; k++)
            if (isnan(to->rates[r].values[k])) to->rates[r].values[k] = lender->values[lender->n > 1 ? k : 0];
    }
}

static bool valuation_difference_has(const cosmo_quantities *quantities, const char *name)
{
    for (size_t i = 0; i < quantities->n; i++)
        if (strcmp(quantities->items[i].name, name) == 0) return true;
    return false;
}

/* What the other side says, and the owner of an item where the other says nothing. */
static cosmo_status valuation_difference_merge(const valuation_difference_job *job, int owner,
                                               cosmo_quantities *quantities)
{
    const cosmo_quantities *own = job->sides[owner]->quantities, *other = job->sides[1 - owner]->quantities;
    cosmo_quantity *items = cosmo_arena_array(job->arena, own->n + other->n + 1, sizeof *items);
    COSMO_NEED(items, job->run);
    if (other->n > 0) memcpy(items, other->items, other->n * sizeof *items);
    size_t n = other->n;
    for (size_t i = 0; i < own->n; i++)
        if (!valuation_difference_has(other, own->items[i].name)) items[n++] = own->items[i];
    *quantities = (cosmo_quantities){n, items};
    return COSMO_OK;
}

static cosmo_status valuation_difference_bind(const valuation_difference_job *job, valuation_difference_match *match)
{
    for (int i = 0; i < 2; i++) {
        cosmo_valuation_side side = *job->sides[i];
        cosmo_quantities merged;
        if (match->items[i] == NULL) {
            COSMO_TRY(valuation_difference_merge(job, 1 - i, &merged));
            side = *job->sides[1 - i];
            side.quantities = &merged;
            side.scope = job->sides[i]->scope;
        }
        const cosmo_tariff_item *item = match->items[i] != NULL ? match->items[i] : match->items[1 - i];
        COSMO_TRY(cosmo_appraisal_bind(&side, item, &job->substances, job->arena, job->run, &match->ends[i]));
    }
    return COSMO_OK;
}

/* ---- the game of an item ----------------------------------------------------------------------------------------- */

/* True when the coalition has this row, that is, takes it from B. */
static bool valuation_difference_is_b(const valuation_difference_match *match, uint32_t mask, size_t row)
{
    for (size_t i = 0; i < match->n_players; i++)
        if (match->players[i] == row) return (mask >> i & 1U) != 0;
    return false;
}

/* Mean amount in the common currency where the players in `mask` are as B has them and the others as A has them. */
static double valuation_difference_worth(void *user, uint32_t mask)
{
    const valuation_difference_match *match = user;
    const cosmo_appraisal *b = &match->ends[1];
    cosmo_appraisal mixed = match->ends[0];
    if (match->row_of_items != SIZE_MAX &&
        valuation_difference_is_b(match, mask, match->row_of_items) == (match->items[1] == NULL))
        return 0.0;
    for (size_t s = 0; s < mixed.n_slots; s++)
        if (valuation_difference_is_b(match, mask, match->row_of_slot[s])) mixed.slots[s] = b->slots[s];
    for (size_t r = 0; r < mixed.n_rates; r++)
        if (valuation_difference_is_b(match, mask, match->row_of_rate[r])) mixed.rates[r] = b->rates[r];
    if (valuation_difference_is_b(match, mask, match->row_of_where)) mixed.scope = b->scope;
    if (valuation_difference_is_b(match, mask, match->row_of_price)) mixed.price = b->price;
    double sum = 0.0;
    for (size_t i = 0; i < match->n_samples; i++) {
        double parts[COSMO_APPRAISAL_PARTS];
        cosmo_appraisal_amount(&mixed, i, parts);
        sum += parts[COSMO_APPRAISAL_INSIDE] + parts[COSMO_APPRAISAL_OUTSIDE] + parts[COSMO_APPRAISAL_UNDIVIDED];
    }
    return sum / (double)match->n_samples / mixed.price;
}

static cosmo_status valuation_difference_players(valuation_difference_job *job, valuation_difference_match *match)
{
    valuation_difference_lend(&match->ends[0], &match->ends[1]);
    valuation_difference_lend(&match->ends[1], &match->ends[0]);
    COSMO_TRY(valuation_difference_only(job, match));
    COSMO_TRY(valuation_difference_scope(job, match));
    COSMO_TRY(valuation_difference_price(job, match));
    for (size_t s = 0; s < match->ends[0].n_slots; s++) COSMO_TRY(valuation_difference_slot(job, match, s));
    for (size_t r = 0; r < match->ends[0].n_rates; r++) COSMO_TRY(valuation_difference_rate(job, match, r));
    if (match->n_players <= COSMO_SHAPLEY_PLAYERS_MAX) return COSMO_OK;
    return cosmo_run_fail(
        job->run, COSMO_BAD_INPUT,
        "error: item '%.80s': more than %d inputs differ; give quantities of one assumption one group",
        match->ends[0].item->id, COSMO_SHAPLEY_PLAYERS_MAX);
}

/* Rates that are blank on a side get a row, so that the table says what is missing. */
static cosmo_status valuation_difference_blanks(valuation_difference_job *job, const valuation_difference_match *match)
{
    for (size_t r = 0; r < match->ends[0].n_rates; r++) {
        cosmo_valuation_row row = {.cause = COSMO_VALUATION_RATE,
                                   .a = NAN,
                                   .b = NAN,
                                   .contribution = NAN,
                                   .remark = VALUATION_DIFFERENCE_BLANK};
        bool blank = false;
        for (int i = 0; i < 2; i++) {
            const cosmo_appraisal_rate *rate = &match->ends[i].rates[r];
            const char *text = match->items[i] == NULL ? "not used" : valuation_difference_rate_text(rate);
            *(i == 0 ? &row.text_a : &row.text_b) = text;
            row.what = rate->id;
            row.unit = rate->unit;
            for (size_t k = 0; k < rate->n && rate->steps.n_rows == 0 && match->items[i] != NULL; k++) {
                blank = blank || isnan(rate->values[k]);
                if (rate->n == 1) *(i == 0 ? &row.a : &row.b) = rate->values[0];
                if (rate->n == 1 && isnan(rate->values[0])) *(i == 0 ? &row.text_a : &row.text_b) = "blank";
            }
        }
        size_t known;
        if (blank) COSMO_TRY(valuation_difference_row(job, &row, &known));
    }
    return COSMO_OK;
}

/* ---- the tables -------------------------------------------------------------------------------------------------- */

/* What an item's game gave; its shares are put into the rows once all rows are known. */
typedef struct valuation_difference_share {
    size_t n, rows[COSMO_SHAPLEY_PLAYERS_MAX];
    double phi[COSMO_SHAPLEY_PLAYERS_MAX];
} valuation_difference_share;

static cosmo_status valuation_difference_item(valuation_difference_job *job, const cosmo_tariff_item *a,
                                              const cosmo_tariff_item *b, valuation_difference_share *share,
                                              cosmo_valuation_pair *pair)
{
    valuation_difference_match *match = cosmo_arena_alloc(job->arena, sizeof *match);
    COSMO_NEED(match, job->run);
    match->items[0] = a;
    match->items[1] = b;
    match->n_samples = job->n_samples;
    *pair = (cosmo_valuation_pair){.item_a = a, .item_b = b, .a = NAN, .b = NAN};
    COSMO_TRY(valuation_difference_bind(job, match));
    for (int i = 0; i < 2 && pair->remark == NULL; i++)
        if (match->ends[i].missing != NULL && (match->items[i] != NULL || match->ends[1 - i].missing == NULL))
            pair->remark = cosmo_arena_print(job->arena, "%s: %s", cosmo_valuation_side_name(job->sides[i]),
                                             match->ends[i].missing);
    if (match->ends[0].missing != NULL || match->ends[1].missing != NULL) {
        COSMO_NEED(pair->remark, job->run);
        cosmo_run_note(job->run, COSMO_NOTE_WARNING, "item '%s' is not compared: %s", match->ends[0].item->id,
                       pair->remark);
        return valuation_difference_blanks(job, match);
    }
    COSMO_TRY(valuation_difference_players(job, match));
    share->n = match->n_players;
    memcpy(share->rows, match->players, share->n * sizeof *share->rows);
    pair->a = valuation_difference_worth(match, 0);
    pair->b = valuation_difference_worth(match, (1U << match->n_players) - 1U);
    return cosmo_shapley_split(share->n, valuation_difference_worth, match, job->arena, job->run, share->phi);
}

static cosmo_status valuation_difference_add(const valuation_difference_job *job,
                                             const valuation_difference_share *share, cosmo_valuation_pair *pair,
                                             cosmo_valuation_difference *difference)
{
    double *shares = cosmo_arena_array(job->arena, job->n_rows + 1, sizeof *shares);
    COSMO_NEED(shares, job->run);
    pair->contributions = shares;
    if (pair->remark != NULL) {
        for (size_t r = 0; r < job->n_rows; r++) shares[r] = NAN;
        difference->n_not_compared++;
        return COSMO_OK;
    }
    for (size_t i = 0; i < share->n; i++) {
        shares[share->rows[i]] += share->phi[i];
        job->rows[share->rows[i]].contribution += share->phi[i];
    }
    difference->a += pair->a;
    difference->b += pair->b;
    return COSMO_OK;
}

static cosmo_status valuation_difference_run(valuation_difference_job *job, cosmo_valuation_difference *difference)
{
    const cosmo_list *own = &job->sides[0]->tariff->items, *other = &job->sides[1]->tariff->items;
    const cosmo_tariff_item *a = own->items, *b = other->items;
    cosmo_valuation_pair *pairs = cosmo_arena_array(job->arena, own->n + other->n + 1, sizeof *pairs);
    valuation_difference_share *shares = cosmo_arena_array(job->arena, own->n + other->n + 1, sizeof *shares);
    COSMO_NEED(pairs, job->run);
    COSMO_NEED(shares, job->run);
    size_t n = 0;
    for (size_t i = 0; i < own->n; i++, n++)
        COSMO_TRY(valuation_difference_item(job, &a[i], valuation_difference_find(job->sides, 1, &a[i]), &shares[n],
                                            &pairs[n]));
    for (size_t i = 0; i < other->n; i++)
        if (valuation_difference_find(job->sides, 0, &b[i]) == NULL) {
            COSMO_TRY(valuation_difference_item(job, NULL, &b[i], &shares[n], &pairs[n]));
            n++;
        }
    for (size_t i = 0; i < n; i++) COSMO_TRY(valuation_difference_add(job, &shares[i], &pairs[i], difference));
    for (size_t r = 0; r < job->n_rows; r++)
        if (job->rows[r].cause == COSMO_VALUATION_QUANTITY) job->rows[r].text_a = NULL;
    difference->n_items = n;
    difference->items = pairs;
    difference->n_rows = job->n_rows;
    difference->rows = job->rows;
    return COSMO_OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static cosmo_status valuation_difference_prices(valuation_difference_job *job, cosmo_valuation_difference *difference)
{
    const cosmo_valuation_side *a = job->sides[0], *b = job->sides[1];
    job->prices[0] = job->prices[1] = 1.0;
    difference->currency = a->currency != NULL ? a->currency : a->tariff->currency;
    if (!valuation_difference_same_text(a->currency, b->currency) ||
        (a->currency == NULL && strcmp(a->tariff->currency, b->tariff->currency) != 0))
        return cosmo_run_fail(job->run, COSMO_BAD_INPUT,
                              "error: %s in %s and %s in %s cannot be compared; name one currency for both",
                              cosmo_valuation_side_name(a), difference->currency, cosmo_valuation_side_name(b),
                              b->currency != NULL ? b->currency : b->tariff->currency);
    for (int i = 0; i < 2 && a->currency != NULL; i++) {
        cosmo_valuation_price(job->sides[i], job->run, &job->prices[i]);
        if (isnan(job->prices[i]))
            return cosmo_run_fail(job->run, COSMO_BAD_INPUT, "error: rule-set '%s' has no price of %s in %s",
                                  job->sides[i]->tariff->id, a->currency, job->sides[i]->tariff->currency);
    }
    return COSMO_OK;
}

static cosmo_status valuation_difference_check(valuation_difference_job *job)
{
    size_t n[2];
    for (int i = 0; i < 2; i++) {
        COSMO_TRY(cosmo_valuation_check(job->sides[i], job->arena, job->run, &n[i]));
        cosmo_valuation_in_force(job->sides[i], job->run);
    }
    job->n_samples = n[0] > n[1] ? n[0] : n[1];
    if (n[0] == n[1] || n[0] == 1 || n[1] == 1) return COSMO_OK;
    return cosmo_run_fail(job->run, COSMO_BAD_INPUT,
                          "error: %s has %zu samples and %s %zu: sample i of one must belong to sample i of the other",
                          cosmo_valuation_side_name(job->sides[0]), n[0], cosmo_valuation_side_name(job->sides[1]),
                          n[1]);
}

cosmo_status cosmo_valuation_difference_explain(const cosmo_valuation_side *a, const cosmo_valuation_side *b,
                                                cosmo_arena *arena, cosmo_run *run,
                                                cosmo_valuation_difference *difference)
{
    valuation_difference_job job = {.sides = {a, b}, .arena = arena, .run = run};
    *difference = (cosmo_valuation_difference){.n_rows = 0};
    COSMO_TRY(valuation_difference_check(&job));
    COSMO_TRY(valuation_difference_prices(&job, difference));
    COSMO_TRY(cosmo_appraisal_substances(a->quantities, b->quantities, arena, run, &job.substances));
    COSMO_TRY(valuation_difference_run(&job, difference));
    if (difference->n_not_compared == 0) return COSMO_OK;
    difference->remark = cosmo_arena_print(arena, "incomplete: %zu item%s not compared", difference->n_not_compared,
                                           difference->n_not_compared == 1 ? " is" : "s are");
    COSMO_NEED(difference->remark, run);
    return COSMO_OK;
}
