/* What an item of a rule-set comes to: quantities and rates multiplied, by substance, by side of the boundary. */
#include "plume/appraisal.h"
#include "core/real.h"

#include <math.h>
#include <string.h>

static const double APPRAISAL_SERIES = 1e-2; /* below it a series is exact to 2e-13 and differences are not */

/* ---- substances -------------------------------------------------------------------------------------------------- */

static void appraisal_gather(const cosmo_quantities *quantities, const char **names, size_t *n)
{
    for (size_t i = 0; i < quantities->n; i++) {
        const char *substance = quantities->items[i].substance;
        size_t k = 0;
        while (substance != NULL && k < *n && strcmp(names[k], substance) != 0) k++;
        if (substance != NULL && k == *n) names[(*n)++] = substance;
    }
}

cosmo_status cosmo_appraisal_substances(const cosmo_quantities *a, const cosmo_quantities *b, cosmo_arena *arena,
                                        cosmo_run *run, cosmo_list *substances)
{
    const char **names = cosmo_arena_array(arena, a->n + b->n + 1, sizeof *names);
    COSMO_NEED(names, run);
    size_t n = 0;
    appraisal_gather(a, names, &n);
    appraisal_gather(b, names, &n);
    *substances = (cosmo_list){n, names};
    return COSMO_OK;
}

/* ---- binding ----------------------------------------------------------------------------------------------------- */

typedef struct appraisal_binder {
    const cosmo_valuation_side *side;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_appraisal *to;
} appraisal_binder;

/* The first trouble is the one that is told; that of a rate before that of a quantity. `text` is from the arena. */
static cosmo_status appraisal_miss(const appraisal_binder *binder, const char *rate, const char *text)
{
    cosmo_appraisal *to = binder->to;
    COSMO_NEED(text, binder->run);
    if (to->missing != NULL && (to->missing_rate || rate == NULL)) return COSMO_OK;
    to->missing = text;
    to->missing_rate = rate != NULL;
    return COSMO_OK;
}

static const cosmo_quantity *appraisal_find(const cosmo_quantities *quantities, const char *name, const char *substance)
{
    for (size_t i = 0; i < quantities->n; i++) {
        const cosmo_quantity *quantity = &quantities->items[i];
        if (strcmp(quantity->name, name) != 0) continue;
        if (substance == NULL || (quantity->substance != NULL && strcmp(quantity->substance, substance) == 0))
            return quantity;
    }
    return NULL;
}

static cosmo_status appraisal_bind_slot(const appraisal_binder *binder, const char *name, bool needed)
{
    cosmo_appraisal *to = binder->to;
    const cosmo_quantities *quantities = binder->side->quantities;
    cosmo_appraisal_slot *slot = &to->slots[to->n_slots++];
    slot->kind = cosmo_quantities_find(name);
    slot->by_term = slot->kind->by_substance && to->item->form == COSMO_TARIFF_SUBSTANCES;
    slot->of = cosmo_arena_array(binder->arena, quantities->n + to->n_terms + 1, sizeof *slot->of);
    COSMO_NEED(slot->of, binder->run);
    const char *only = slot->kind->by_substance ? to->item->substance : NULL;
    if (appraisal_find(quantities, name, only) == NULL && !needed) return COSMO_OK;
    if (appraisal_find(quantities, name, only) == NULL)
        return appraisal_miss(binder, NULL, cosmo_arena_print(binder->arena, "quantity '%s' was not computed", name));
    for (size_t i = 0; i < quantities->n && !slot->by_term; i++) {
        const cosmo_quantity *quantity = &quantities->items[i];
        if (strcmp(quantity->name, name) != 0 || (only != NULL && strcmp(quantity->substance, only) != 0)) continue;
        slot->of[slot->n++] = quantity;
    }
    for (size_t k = 0; k < to->n_terms && slot->by_term; k++) {
        slot->of[slot->n++] = appraisal_find(quantities, name, to->substances[k]);
        if (needed && slot->of[k] == NULL && to->slots[0].of[k] != NULL)
            COSMO_TRY(appraisal_miss(
                binder, NULL,
                cosmo_arena_print(binder->arena, "quantity '%s' was not computed for %s", name, to->substances[k])));
    }
    return COSMO_OK;
}

static const cosmo_tariff_override *appraisal_override(const cosmo_valuation_side *side, const char *rate,
                                                       const char *substance)
{
    for (size_t i = 0; i < side->n_overrides; i++)
        if (cosmo_tariff_overrides(&side->overrides[i], rate, substance)) return &side->overrides[i];
    return NULL;
}

/* In the rate's own unit; both units were checked. */
static double appraisal_override_value(const cosmo_tariff_override *override, const char *unit, cosmo_arena *arena)
{
    cosmo_tariff_unit given, needed;
    if (strcmp(override->unit, unit) == 0) return override->value;
    if (cosmo_tariff_unit_parse(override->unit, arena, &given) != NULL) return NAN;
    if (cosmo_tariff_unit_parse(unit, arena, &needed) != NULL) return NAN;
    return override->value * given.factor / needed.factor;
}

static bool appraisal_in_force(const cosmo_tariff_rate *rate, const char *day)
{
    if (day == NULL) return true;
    if (rate->valid_from != NULL && strcmp(day, rate->valid_from) < 0) return false;
    return rate->valid_to == NULL || strcmp(day, rate->valid_to) <= 0;
}

static double appraisal_share(const appraisal_binder *binder, const cosmo_tariff_rate *rate, const char *substance,
                              cosmo_appraisal_rate *bound)
{
    const cosmo_tariff_override *override = appraisal_override(binder->side, rate->id, substance);
    if (override != NULL) {
        bound->overridden = true;
        bound->source = override->source;
        return appraisal_override_value(override, rate->unit, binder->arena);
    }
    const cosmo_tariff_share *shares = rate->by_substance.items;
    if (!appraisal_in_force(rate, binder->side->day)) return NAN;
    for (size_t i = 0; i < rate->by_substance.n; i++)
        if (strcmp(shares[i].substance, substance) == 0) return shares[i].value;
    return NAN;
}

static cosmo_status appraisal_bind_shares(const appraisal_binder *binder, const cosmo_tariff_rate *rate,
                                          cosmo_appraisal_rate *bound)
{
    cosmo_appraisal *to = binder->to;
    double *values = cosmo_arena_array(binder->arena, to->n_terms + 1, sizeof *values);
    COSMO_NEED(values, binder->run);
    for (size_t k = 0; k < to->n_terms; k++) {
        values[k] = appraisal_share(binder, rate, to->substances[k], bound);
        if (isnan(values[k]) && to->slots[0].n > k && to->slots[0].of[k] != NULL)
            COSMO_TRY(appraisal_miss(
                binder, rate->id,
                cosmo_arena_print(binder->arena, "rate '%s' is blank for %s", rate->id, to->substances[k])));
    }
    bound->n = to->n_terms;
    bound->values = values;
    return COSMO_OK;
}

/* One value, a table, or what a case gives in their place. The slot of a table is bound in any case, so that the slots
 * of two sides are the same. */
static cosmo_status appraisal_bind_rate(const appraisal_binder *binder, const char *id)
{
    cosmo_appraisal *to = binder->to;
    const char *day = binder->side->day;
    const cosmo_tariff_rate *rate = cosmo_tariff_find(binder->side->tariff, id);
    const cosmo_tariff_override *override = appraisal_override(binder->side, id, NULL);
    cosmo_appraisal_rate *bound = &to->rates[to->n_rates++];
    *bound = (cosmo_appraisal_rate){.id = id, .unit = rate->unit, .source = rate->source, .n = 1};
    if (rate->by_substance.n > 0 && override == NULL) return appraisal_bind_shares(binder, rate, bound);
    bound->values = cosmo_arena_array(binder->arena, 1, sizeof *bound->values);
    COSMO_NEED(bound->values, binder->run);
    const bool holds = override != NULL || appraisal_in_force(rate, day);
    bound->values[0] = holds ? rate->value : NAN;
    bound->slot = to->n_slots;
    if (rate->of != NULL) COSMO_TRY(appraisal_bind_slot(binder, rate->of, override == NULL));
    if (override != NULL) {
        bound->values[0] = appraisal_override_value(override, rate->unit, binder->arena);
        bound->source = override->source;
        bound->overridden = true;
        return COSMO_OK;
    }
    if (!holds)
        return appraisal_miss(binder, id, cosmo_arena_print(binder->arena, "rate '%s' is not in force on %s", id, day));
    bound->steps = rate->steps;
    const bool blank = isnan(rate->value) && rate->steps.n_rows == 0;
    return blank ? appraisal_miss(binder, id, cosmo_arena_print(binder->arena, "rate '%s' is blank", id)) : COSMO_OK;
}

/* True when every quantity that is not a depth or a ratio is split by the boundary, and there is one. */
static bool appraisal_is_split(const cosmo_appraisal *a)
{
    size_t split = 0;
    for (size_t s = 0; s < a->n_slots; s++)
        for (size_t i = 0; i < a->slots[s].n && !a->slots[s].kind->intensive; i++) {
            if (a->slots[s].of[i] == NULL) continue;
            if (a->slots[s].of[i]->inside == NULL) return false;
            split++;
        }
    return split > 0;
}

/* ---- amounts ----------------------------------------------------------------------------------------------------- */

/* Of a whole, a depth or a ratio is the larger of two: only where one side of a comparison splits it. */
static double appraisal_value(const cosmo_quantity *q, bool intensive, cosmo_appraisal_part part, size_t sample)
{
    const size_t i = q->n == 1 ? 0 : sample;
    if (q->whole != NULL) return q->whole[i];
    if (part == COSMO_APPRAISAL_INSIDE) return q->inside[i];
    if (part == COSMO_APPRAISAL_OUTSIDE) return q->outside[i];
    return intensive ? fmax(q->inside[i], q->outside[i]) : q->inside[i] + q->outside[i];
}

static double appraisal_slot(const cosmo_appraisal_slot *slot, size_t term, cosmo_appraisal_part part, size_t sample)
{
    const bool intensive = slot->kind->intensive;
    if (slot->by_term) return slot->of[term] != NULL ? appraisal_value(slot->of[term], intensive, part, sample) : 0.0;
    double sum = 0.0;
    for (size_t i = 0; i < slot->n; i++) sum += appraisal_value(slot->of[i], intensive, part, sample);
    return sum;
}

double cosmo_appraisal_slot_value(const cosmo_appraisal_slot *slot, size_t sample)
{
    double sum = 0.0;
    for (size_t i = 0; i < slot->n; i++)
        if (slot->of[i] != NULL)
            sum += appraisal_value(slot->of[i], slot->kind->intensive, COSMO_APPRAISAL_UNDIVIDED, sample);
    return sum;
}

static double appraisal_step(const cosmo_table *steps, double at)
{
    size_t row = 0;
    while (row + 1 < steps->n_rows && at >= steps->values[2 * (row + 1)]) row++;
    return steps->values[2 * row + 1];
}

static double appraisal_rate(const cosmo_appraisal *a, const cosmo_appraisal_rate *rate, size_t term,
                             cosmo_appraisal_part part, size_t sample)
{
    if (rate->steps.n_rows > 0)
        return appraisal_step(&rate->steps, appraisal_slot(&a->slots[rate->slot], term, part, sample));
    return rate->values[rate->n > 1 ? term : 0];
}

/* What T years of service from now on are worth in years of today: the integral of (1+d)^-t, and of (1 - t/T)(1+d)^-t
 * where it comes back evenly. */
static double appraisal_years(double years, double discount, bool linear)
{
    const double rate = cosmo_real_log(1.0 + discount), x = rate * years;
    if (x < APPRAISAL_SERIES && linear)
        return years * (1.0 / 2.0 - x * (1.0 / 6.0 - x * (1.0 / 24.0 - x * (1.0 / 120.0 - x / 720.0))));
    if (x < APPRAISAL_SERIES) return years * (1.0 - x * (1.0 / 2.0 - x * (1.0 / 6.0 - x * (1.0 / 24.0 - x / 120.0))));
    const double weight = (1.0 - cosmo_real_exp(-x)) / rate;
    return linear ? (years - weight) / x : weight;
}

/* Years of today that a compensating area yields. */
static double appraisal_gain(const cosmo_appraisal *a)
{
    const cosmo_appraisal_rate *services = &a->rates[a->n_multiplied];
    const double discount = services[0].values[0], uplift = services[1].values[0], life = services[2].values[0];
    const double delay = a->n_rates > a->n_multiplied + 3 ? services[3].values[0] : 0.0;
    return uplift * (appraisal_years(delay + life, discount, false) - appraisal_years(delay, discount, false));
}

static double appraisal_services(const cosmo_appraisal *a, cosmo_appraisal_part part, size_t sample)
{
    const double discount = a->rates[a->n_multiplied].values[0], area = appraisal_slot(&a->slots[0], 0, part, sample);
    const double years = appraisal_slot(&a->slots[1], 0, part, sample);
    const double lost = area * appraisal_years(years, discount, a->item->recovery == 1);
    return a->item->form == COSMO_TARIFF_SERVICE_OFFSET ? lost / appraisal_gain(a) : lost;
}

static double appraisal_quantities(const cosmo_appraisal *a, size_t term, cosmo_appraisal_part part, size_t sample)
{
    if (a->item->form == COSMO_TARIFF_IDENTITY) return (double)a->item->units;
    if (a->item->form == COSMO_TARIFF_FIXED) return 1.0;
    if (a->item->form != COSMO_TARIFF_PRODUCT && a->item->form != COSMO_TARIFF_SUBSTANCES)
        return appraisal_services(a, part, sample);
    double product = appraisal_slot(&a->slots[0], term, part, sample);
    if (a->item->less != NULL)
        product = fmax(product - appraisal_slot(&a->slots[a->n_factors], term, part, sample), 0.0);
    for (size_t s = 1; s < a->n_factors; s++) product *= appraisal_slot(&a->slots[s], term, part, sample);
    return product;
}

/* A substance that is not there costs nothing, also where its rates are blank. */
static double appraisal_part(const cosmo_appraisal *a, cosmo_appraisal_part part, size_t sample)
{
    double sum = 0.0;
    for (size_t term = 0; term < a->n_terms; term++) {
        if (a->n_slots > 0 && a->slots[0].by_term && a->slots[0].of[term] == NULL) continue;
        double product = appraisal_quantities(a, term, part, sample) * a->factor;
        for (size_t r = 0; r < a->n_multiplied; r++) product *= appraisal_rate(a, &a->rates[r], term, part, sample);
        sum += product;
    }
    return sum;
}

void cosmo_appraisal_amount(const cosmo_appraisal *a, size_t sample, double amount[COSMO_APPRAISAL_PARTS])
{
    const bool split = appraisal_is_split(a);
    const int where = a->item->where;
    for (int part = 0; part < COSMO_APPRAISAL_PARTS; part++) {
        const bool own =
            split ? part != COSMO_APPRAISAL_UNDIVIDED : part == (where == 0 ? COSMO_APPRAISAL_UNDIVIDED : where - 1);
        const bool counts = a->scope == COSMO_VALUATION_EVERYWHERE || part == a->scope - 1;
        amount[part] = own && counts ? appraisal_part(a, (cosmo_appraisal_part)part, sample) : 0.0;
    }
}

/* ---- the whole ----------------------------------------------------------------------------------------------------
 */

/* A depth that differs inside and outside belongs to no whole. */
static cosmo_status appraisal_check_depths(const appraisal_binder *binder)
{
    const cosmo_appraisal *a = binder->to;
    for (size_t s = 0; s < a->n_slots; s++)
        for (size_t i = 0; i < a->slots[s].n && a->slots[s].kind->intensive; i++) {
            const cosmo_quantity *q = a->slots[s].of[i];
            if (q == NULL || q->inside == NULL || memcmp(q->inside, q->outside, q->n * sizeof *q->inside) == 0)
                continue;
            return appraisal_miss(
                binder, NULL,
                cosmo_arena_print(binder->arena,
                                  "quantity '%s' differs inside and outside, and the others are not split", q->name));
        }
    return COSMO_OK;
}

static cosmo_status appraisal_check(const appraisal_binder *binder)
{
    const cosmo_appraisal *a = binder->to;
    if (a->missing != NULL) return COSMO_OK;
    if (a->item->form == COSMO_TARIFF_SERVICE_OFFSET && !(appraisal_gain(a) > 0.0))
        return appraisal_miss(binder, a->item->uplift,
                              cosmo_arena_print(binder->arena,
                                                "rates '%s' and '%s': the compensating area yields nothing",
                                                a->item->uplift, a->item->life));
    if (appraisal_is_split(a)) return COSMO_OK;
    if (a->scope != COSMO_VALUATION_EVERYWHERE && a->item->where == 0)
        return appraisal_miss(binder, NULL, cosmo_arena_print(binder->arena, "it is not split by the boundary"));
    return appraisal_check_depths(binder);
}

static cosmo_status appraisal_bind_services(const appraisal_binder *binder)
{
    const cosmo_tariff_item *item = binder->to->item;
    const char *const ids[] = {item->discount, item->uplift, item->life, item->delay};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (ids[i] != NULL) COSMO_TRY(appraisal_bind_rate(binder, ids[i]));
    return COSMO_OK;
}

cosmo_status cosmo_appraisal_bind(const cosmo_valuation_side *side, const cosmo_tariff_item *item,
                                  const cosmo_list *substances, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_appraisal *appraisal)
{
    const appraisal_binder binder = {side, arena, run, appraisal};
    *appraisal = (cosmo_appraisal){.item = item,
                                   .n_terms = item->form == COSMO_TARIFF_SUBSTANCES ? substances->n : 1,
                                   .substances = substances->items,
                                   .factor = cosmo_tariff_item_unit(side->tariff, item, arena).factor,
                                   .price = 1.0,
                                   .scope = side->scope};
    const char *const *names = item->quantities.items, *const *ids = item->rates.items;
    for (size_t i = 0; i < item->quantities.n; i++) COSMO_TRY(appraisal_bind_slot(&binder, names[i], true));
    appraisal->n_factors = appraisal->n_slots;
    if (item->less != NULL) COSMO_TRY(appraisal_bind_slot(&binder, item->less, true));
    for (size_t i = 0; i < item->rates.n; i++) COSMO_TRY(appraisal_bind_rate(&binder, ids[i]));
    appraisal->n_multiplied = appraisal->n_rates;
    COSMO_TRY(appraisal_bind_services(&binder));
    return appraisal_check(&binder);
}
