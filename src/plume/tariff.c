/* Rule-sets of data/valuation: rates, coefficients and items as plain data. */
#include "plume/tariff.h"
#include "plume/override_section.h"
#include "plume/quantities.h"

#include <math.h>
#include <string.h>

static const char *const TARIFF_FORMS[] = {
    "product", "sum over substances", "service lost", "service offset", "fixed", "identity", NULL};
static const char *const TARIFF_RECOVERIES[] = {"at once", "linear", NULL};
static const char *const TARIFF_PLACES[] = {"not said", "inside", "outside", NULL};
static const char *const TARIFF_CONFIDENCES[] = {"high", "medium", "low", "estimate", NULL};

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define TARIFF_TEXT(type_, member_, required_, help_)                                                                  \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type_, member_), .required = required_,          \
        .help = help_                                                                                                  \
    }
#define TARIFF_ORIGIN(type_)                                                                                           \
    TARIFF_TEXT(type_, source, true, "Where it was read, and what was not read but remembered."),                      \
        {.key = "confidence",                                                                                          \
         .kind = COSMO_FIELD_CHOICE,                                                                                   \
         .offset = offsetof(type_, confidence),                                                                        \
         .required = true,                                                                                             \
         .choices = TARIFF_CONFIDENCES,                                                                                \
         .help = "How sure it is: high where the law itself was read, low where it is remembered."},                   \
        TARIFF_TEXT(type_, note, false, "What a reader should know besides.")
#define TARIFF_VALUE(type_, member_, least_, help_)                                                                    \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(type_, member_), .min = least_, .max = 1e15,   \
        .help = help_                                                                                                  \
    }
#define TARIFF_CHOICE(type_, member_, words_, default_, help_)                                                         \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_CHOICE, .offset = offsetof(type_, member_), .default_text = default_,     \
        .choices = words_, .help = help_                                                                               \
    }
#define TARIFF_N(fields_) (sizeof fields_ / sizeof fields_[0])

static const cosmo_field TARIFF_SHARE_FIELDS[] = {
    TARIFF_TEXT(cosmo_tariff_share, substance, true, "Which substance, such as UDMH."),
    TARIFF_VALUE(cosmo_tariff_share, value, 0.0, "In the rate's unit. Left out where no source gives it: blank."),
    TARIFF_ORIGIN(cosmo_tariff_share),
};
static const cosmo_section TARIFF_SHARE = {"share", "What a rate is for one substance.", sizeof(cosmo_tariff_share),
                                           TARIFF_SHARE_FIELDS, TARIFF_N(TARIFF_SHARE_FIELDS)};

static const cosmo_field TARIFF_RATE_FIELDS[] = {
    TARIFF_TEXT(cosmo_tariff_rate, id, true, "How items call it."),
    TARIFF_TEXT(cosmo_tariff_rate, name, true, "What it is, in a few words."),
    TARIFF_TEXT(cosmo_tariff_rate, unit, true, "Such as KZT/t, RUB/ha/year, MRP/t, or 1 for a coefficient."),
    TARIFF_VALUE(cosmo_tariff_rate, value, 0.0, "In its unit. Left out where no source gives it: blank."),
    {.key = "by_substance",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_tariff_rate, by_substance),
     .section = &TARIFF_SHARE,
     .help = "Instead of one value: one a substance."},
    TARIFF_TEXT(cosmo_tariff_rate, of, false, "The quantity that chooses among the steps, such as depth_m."),
    {.key = "steps",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(cosmo_tariff_rate, steps),
     .columns = {COSMO_DIM_NONE, COSMO_DIM_NONE},
     .n_columns = 2,
     .help = "Instead of one value: rows of [from this much of the quantity on, the rate]; the first from 0."},
    TARIFF_TEXT(cosmo_tariff_rate, valid_from, false, "First day in force. Left out: that of the rule-set."),
    TARIFF_TEXT(cosmo_tariff_rate, valid_to, false, "Last day in force. Outside its days a rate is blank."),
    TARIFF_ORIGIN(cosmo_tariff_rate),
};
static const cosmo_section TARIFF_RATE = {"rate", "A rate or a coefficient.", sizeof(cosmo_tariff_rate),
                                          TARIFF_RATE_FIELDS, TARIFF_N(TARIFF_RATE_FIELDS)};

static const cosmo_field TARIFF_ITEM_FIELDS[] = {
    TARIFF_TEXT(cosmo_tariff_item, id, true, "How the item is called; two rule-sets are compared by it."),
    TARIFF_TEXT(cosmo_tariff_item, name, true, "What is paid for, in a few words."),
    {.key = "form",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_tariff_item, form),
     .required = true,
     .choices = TARIFF_FORMS,
     .help = "How the amount is made of quantities and rates."},
    {.key = "quantities",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_tariff_item, quantities),
     .help = "Names of what is multiplied, such as treated_area_m2."},
    TARIFF_TEXT(cosmo_tariff_item, less, false, "Taken from the first quantity; nothing is left where it is more."),
    TARIFF_TEXT(cosmo_tariff_item, substance, false, "Only this one of quantities by substance."),
    {.key = "rates",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_tariff_item, rates),
     .required = true,
     .help = "Ids of the rates that are multiplied."},
    TARIFF_TEXT(cosmo_tariff_item, discount, false, "Of services: the rate by which a year is worth less, 1/year."),
    TARIFF_TEXT(cosmo_tariff_item, uplift, false, "Of a service offset: share of service gained on the new area."),
    TARIFF_TEXT(cosmo_tariff_item, life, false, "Of a service offset: how long it yields, years."),
    TARIFF_TEXT(cosmo_tariff_item, delay, false, "Of a service offset: when it begins to yield, years. Left out: 0."),
    TARIFF_CHOICE(cosmo_tariff_item, recovery, TARIFF_RECOVERIES, "at once",
                  "Of services: all lost until the end, or coming back evenly."),
    {.key = "units",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_tariff_item, units),
     .min = 1,
     .max = 9e15,
     .help = "Of an identity: the whole number that is multiplied."},
    TARIFF_CHOICE(cosmo_tariff_item, where, TARIFF_PLACES, "not said",
                  "Of a fixed sum or identity: on which side of the boundary the harm was."),
    TARIFF_TEXT(cosmo_tariff_item, definition, true, "What exactly is counted, in words of our own."),
    TARIFF_TEXT(cosmo_tariff_item, reference, false, "The paragraph, where it is not the rule-set's."),
    TARIFF_ORIGIN(cosmo_tariff_item),
};
static const cosmo_section TARIFF_ITEM = {"item", "One line of a bill.", sizeof(cosmo_tariff_item), TARIFF_ITEM_FIELDS,
                                          TARIFF_N(TARIFF_ITEM_FIELDS)};

static const cosmo_field TARIFF_EXCHANGE_FIELDS[] = {
    TARIFF_TEXT(cosmo_tariff_exchange, currency, true, "Three letters, such as USD."),
    TARIFF_TEXT(cosmo_tariff_exchange, day, true, "Of the price, such as 2013-11-22."),
    TARIFF_VALUE(cosmo_tariff_exchange, price, 1e-9, "Of one unit of it, in the file's currency."),
    TARIFF_ORIGIN(cosmo_tariff_exchange),
};
static const cosmo_section TARIFF_EXCHANGE = {"exchange", "The price of another currency on a day.",
                                              sizeof(cosmo_tariff_exchange), TARIFF_EXCHANGE_FIELDS,
                                              TARIFF_N(TARIFF_EXCHANGE_FIELDS)};

#define TARIFF_LIST(member_, section_, required_, help_)                                                               \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_SECTIONS, .offset = offsetof(cosmo_tariff, member_),                      \
        .required = required_, .section = section_, .help = help_                                                      \
    }
static const cosmo_field TARIFF_FIELDS[] = {
    TARIFF_TEXT(cosmo_tariff, id, true, "The file's name."),
    TARIFF_TEXT(cosmo_tariff, name, true, "What the rule-set is called."),
    TARIFF_TEXT(cosmo_tariff, summary, true, "How it values, in a sentence or two."),
    TARIFF_TEXT(cosmo_tariff, country, false, "Two letters, ISO 3166; left out: none."),
    TARIFF_TEXT(cosmo_tariff, currency, true, "Three letters, ISO 4217: what all items come out in."),
    TARIFF_TEXT(cosmo_tariff, reference, true, "The law."),
    TARIFF_TEXT(cosmo_tariff, valid_from, false, "First day in force, such as 2007-06-27. Left out: always."),
    TARIFF_TEXT(cosmo_tariff, valid_to, false, "Last day in force. Left out: still."),
    TARIFF_LIST(exchange, &TARIFF_EXCHANGE, false, "Prices of other currencies."),
    TARIFF_LIST(rates, &TARIFF_RATE, true, "Rates and coefficients."),
    TARIFF_LIST(items, &TARIFF_ITEM, true, "The lines of the bill."),
};
static const cosmo_section TARIFF = {"valuation", "A rule-set that puts a price on harm.", sizeof(cosmo_tariff),
                                     TARIFF_FIELDS, TARIFF_N(TARIFF_FIELDS)};

const cosmo_section *cosmo_tariff_section(void)
{
    return &TARIFF;
}

const cosmo_section *cosmo_tariff_override_section(void)
{
    return &OVERRIDE_SECTION;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

const cosmo_tariff_rate *cosmo_tariff_find(const cosmo_tariff *tariff, const char *id)
{
    const cosmo_tariff_rate *rates = tariff->rates.items;
    for (size_t i = 0; i < tariff->rates.n; i++)
        if (strcmp(rates[i].id, id) == 0) return &rates[i];
    return NULL;
}

/* What a check needs. */
typedef struct tariff_checker {
    const cosmo_tariff *tariff;
    cosmo_arena *arena;
    cosmo_run *run;
} tariff_checker;

/* A value may be written with its source around it. */
static const cosmo_yaml *tariff_node(const cosmo_yaml *map, const char *key)
{
    const cosmo_yaml *node = cosmo_yaml_child(map, key);
    return node != NULL && node->kind == COSMO_YAML_MAP ? cosmo_yaml_child(node, "value") : node;
}

static cosmo_status tariff_find_rate(const tariff_checker *checker, const cosmo_yaml *place, const char *id,
                                     const cosmo_tariff_rate **rate)
{
    const cosmo_tariff *tariff = checker->tariff;
    *rate = cosmo_tariff_find(tariff, id);
    if (*rate != NULL) return COSMO_OK;
    const char **ids = cosmo_arena_array(checker->arena, tariff->rates.n + 1, sizeof *ids);
    COSMO_NEED(ids, checker->run);
    for (size_t i = 0; i < tariff->rates.n; i++) ids[i] = ((const cosmo_tariff_rate *)tariff->rates.items)[i].id;
    const cosmo_list known = {tariff->rates.n, ids};
    return cosmo_catalogue_unknown("rate", id, &known, place, checker->arena, checker->run);
}

/* ---- checks of rates --------------------------------------------------------------------------------------------- */

static cosmo_status tariff_check_days(const tariff_checker *checker, const cosmo_yaml *node, const char *from,
                                      const char *to)
{
    COSMO_TRY(cosmo_rules_check_day(node, "valid_from", from, checker->run));
    COSMO_TRY(cosmo_rules_check_day(node, "valid_to", to, checker->run));
    if (from != NULL && to != NULL && strcmp(to, from) < 0)
        return cosmo_yaml_fail(cosmo_yaml_child(node, "valid_to"), checker->run, "valid_to is before valid_from");
    return COSMO_OK;
}

static cosmo_status tariff_check_currency(const tariff_checker *checker, const cosmo_yaml *node, const char *currency)
{
    if (strlen(currency) == 3 && strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3) return COSMO_OK;
    return cosmo_yaml_fail(cosmo_yaml_child(node, "currency"), checker->run,
                           "currency: '%.80s' is not a currency; write three capitals, as in 'KZT'", currency);
}

static cosmo_status tariff_check_exchange(const tariff_checker *checker, const cosmo_tariff_exchange *exchange,
                                          const cosmo_yaml *node)
{
    COSMO_TRY(tariff_check_currency(checker, node, exchange->currency));
    if (strcmp(exchange->currency, checker->tariff->currency) == 0)
        return cosmo_yaml_fail(cosmo_yaml_child(node, "currency"), checker->run, "%s is the file's own currency",
                               exchange->currency);
    return cosmo_rules_check_day(node, "day", exchange->day, checker->run);
}

static cosmo_status tariff_check_steps(const tariff_checker *checker, const cosmo_tariff_rate *rate,
                                       const cosmo_yaml *node)
{
    const cosmo_table *steps = &rate->steps;
    const cosmo_yaml *row = steps->n_rows > 0 ? tariff_node(node, "steps")->first_child : NULL;
    if ((rate->of == NULL) != (row == NULL))
        return cosmo_yaml_fail(node, checker->run, "rate '%.80s': 'steps' and 'of' come together", rate->id);
    if (row == NULL) return COSMO_OK;
    const cosmo_quantity_kind *kind;
    COSMO_TRY(cosmo_quantities_look_up(rate->of, cosmo_yaml_child(node, "of"), checker->arena, checker->run, &kind));
    for (size_t i = 0; i < steps->n_rows; i++, row = row->next) {
        const double from = steps->values[2 * i], value = steps->values[2 * i + 1];
        if (i == 0 ? from != 0.0 : from <= steps->values[2 * i - 2])
            return cosmo_yaml_fail(row, checker->run, "steps: bounds begin at 0 and rise; %g does not", from);
        if (value < 0.0) return cosmo_yaml_fail(row, checker->run, "steps: %g is negative", value);
    }
    return COSMO_OK;
}

static cosmo_status tariff_check_shares(const tariff_checker *checker, const cosmo_tariff_rate *rate,
                                        const cosmo_yaml *node)
{
    const cosmo_tariff_share *shares = rate->by_substance.items;
    const cosmo_yaml *list = cosmo_yaml_child(node, "by_substance");
    const cosmo_yaml *place = list != NULL ? list->first_child : NULL;
    for (size_t i = 0; i < rate->by_substance.n; i++, place = place->next)
        for (size_t k = 0; k < i; k++)
            if (strcmp(shares[i].substance, shares[k].substance) == 0)
                return cosmo_yaml_fail(cosmo_yaml_child(place, "substance"), checker->run, "'%.40s' is there twice",
                                       shares[i].substance);
    return COSMO_OK;
}

static cosmo_status tariff_check_rate(const tariff_checker *checker, const cosmo_tariff_rate *rate,
                                      const cosmo_yaml *node)
{
    cosmo_tariff_unit unit;
    const char *trouble = cosmo_tariff_unit_parse(rate->unit, checker->arena, &unit);
    if (trouble != NULL)
        return cosmo_yaml_fail(tariff_node(node, "unit"), checker->run, "unit: '%.80s' %s", rate->unit, trouble);
    if (strchr(rate->id, '.') != NULL)
        return cosmo_yaml_fail(cosmo_yaml_child(node, "id"), checker->run, "id: '%.80s' has a point in it", rate->id);
    if (!isnan(rate->value) + (rate->by_substance.n > 0) + (rate->steps.n_rows > 0) > 1)
        return cosmo_yaml_fail(node, checker->run, "rate '%.80s' has more than one of 'value', 'by_substance', 'steps'",
                               rate->id);
    COSMO_TRY(tariff_check_steps(checker, rate, node));
    COSMO_TRY(tariff_check_shares(checker, rate, node));
    return tariff_check_days(checker, node, rate->valid_from, rate->valid_to);
}

/* ---- checks of items --------------------------------------------------------------------------------------------- */

static bool tariff_has_services(const cosmo_tariff_item *item)
{
    return item->form == COSMO_TARIFF_SERVICE_LOST || item->form == COSMO_TARIFF_SERVICE_OFFSET;
}

/* A key that the form needs and that is not there, or that it does not know and that is. */
static cosmo_status tariff_check_key(const tariff_checker *checker, const cosmo_tariff_item *item,
                                     const cosmo_yaml *node, const char *key, bool needed, bool known)
{
    const cosmo_yaml *place = cosmo_yaml_child(node, key);
    if (place == NULL && needed)
        return cosmo_yaml_fail(node, checker->run, "'%s' is missing: the form '%s' needs it", key,
                               TARIFF_FORMS[item->form]);
    if (place != NULL && !known)
        return cosmo_yaml_fail(place, checker->run, "'%s' has no meaning in the form '%s'", key,
                               TARIFF_FORMS[item->form]);
    return COSMO_OK;
}

static cosmo_status tariff_check_form(const tariff_checker *checker, const cosmo_tariff_item *item,
                                      const cosmo_yaml *node)
{
    const bool services = tariff_has_services(item), offset = item->form == COSMO_TARIFF_SERVICE_OFFSET;
    const bool physical = item->form < COSMO_TARIFF_FIXED, identity = item->form == COSMO_TARIFF_IDENTITY;
    const struct {
        const char *key;
        bool needed, known;
    } keys[] = {
        {"quantities", physical, physical},
        {"less", false, physical && !services},
        {"substance", false, item->form == COSMO_TARIFF_PRODUCT},
        {"discount", services, services},
        {"recovery", false, services},
        {"uplift", offset, offset},
        {"life", offset, offset},
        {"delay", false, offset},
        {"units", identity, identity},
        {"where", false, !physical},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        COSMO_TRY(tariff_check_key(checker, item, node, keys[i].key, keys[i].needed, keys[i].known));
    if (item->quantities.n > COSMO_TARIFF_QUANTITIES_MAX || item->rates.n > COSMO_TARIFF_RATES_MAX)
        return cosmo_yaml_fail(node, checker->run, "an item has at most %d quantities and %d rates",
                               COSMO_TARIFF_QUANTITIES_MAX, COSMO_TARIFF_RATES_MAX);
    if (item->rates.n == 0 || (physical && item->quantities.n == 0))
        return cosmo_yaml_fail(node, checker->run, "an empty list: nothing is multiplied");
    return COSMO_OK;
}

static cosmo_status tariff_check_services(const tariff_checker *checker, const cosmo_tariff_item *item,
                                          const cosmo_yaml *place)
{
    const char *const *names = item->quantities.items;
    if (item->quantities.n == 2 && strcmp(names[1], "years_out_of_use") == 0 &&
        !cosmo_quantities_find(names[0])->intensive)
        return COSMO_OK;
    return cosmo_yaml_fail(place, checker->run, "services are an area and then years_out_of_use");
}

static cosmo_status tariff_check_quantities(const tariff_checker *checker, const cosmo_tariff_item *item,
                                            const cosmo_yaml *node)
{
    const cosmo_yaml *list = tariff_node(node, "quantities");
    const cosmo_yaml *place = list != NULL ? list->first_child : NULL;
    const cosmo_quantity_kind *kind = NULL, *first = NULL;
    const char *const *names = item->quantities.items;
    const bool each = item->form == COSMO_TARIFF_SUBSTANCES || item->substance != NULL;
    for (size_t i = 0; i < item->quantities.n; i++, place = place->next) {
        COSMO_TRY(cosmo_quantities_look_up(names[i], place, checker->arena, checker->run, &kind));
        if (i == 0) first = kind;
        if (kind->overlaps && !each)
            return cosmo_yaml_fail(place, checker->run,
                                   "%s overlaps between substances; name one with 'substance', or use affected_area_m2",
                                   kind->name);
    }
    if (tariff_has_services(item)) return tariff_check_services(checker, item, list);
    if (item->form == COSMO_TARIFF_SUBSTANCES && !first->by_substance)
        return cosmo_yaml_fail(list->first_child, checker->run, "%s is not by substance", first->name);
    if (item->less == NULL) return COSMO_OK;
    COSMO_TRY(cosmo_quantities_look_up(item->less, tariff_node(node, "less"), checker->arena, checker->run, &kind));
    if (strcmp(kind->unit, first->unit) != 0 || kind->by_substance != first->by_substance)
        return cosmo_yaml_fail(tariff_node(node, "less"), checker->run, "%s cannot be taken from %s", kind->name,
                               first->name);
    return COSMO_OK;
}

/* A rate of a service: its id is known and its unit is `unit`. */
static cosmo_status tariff_check_service_rate(const tariff_checker *checker, const cosmo_yaml *node, const char *key,
                                              const char *id, const char *unit)
{
    if (id == NULL) return COSMO_OK;
    const cosmo_tariff_rate *rate;
    COSMO_TRY(tariff_find_rate(checker, tariff_node(node, key), id, &rate));
    const bool plain = rate->by_substance.n == 0 && rate->steps.n_rows == 0;
    if (plain && strcmp(rate->unit, unit) == 0) return COSMO_OK;
    return cosmo_yaml_fail(tariff_node(node, key), checker->run, "%s: '%.80s' must be one value in the unit '%s'", key,
                           id, unit);
}

static cosmo_status tariff_check_rates(const tariff_checker *checker, const cosmo_tariff_item *item,
                                       const cosmo_yaml *node)
{
    const char *const *ids = item->rates.items;
    const cosmo_yaml *place = tariff_node(node, "rates")->first_child;
    const bool each = item->form == COSMO_TARIFF_SUBSTANCES;
    for (size_t i = 0; i < item->rates.n; i++, place = place->next) {
        const cosmo_tariff_rate *rate;
        COSMO_TRY(tariff_find_rate(checker, place, ids[i], &rate));
        if (rate->by_substance.n > 0 && !each)
            return cosmo_yaml_fail(place, checker->run, "rate '%.80s' is by substance and the item is not", ids[i]);
        if (rate->steps.n_rows > 0 && item->form >= COSMO_TARIFF_FIXED)
            return cosmo_yaml_fail(place, checker->run, "rate '%.80s' has steps and the item no quantities", ids[i]);
    }
    COSMO_TRY(tariff_check_service_rate(checker, node, "discount", item->discount, "1/year"));
    COSMO_TRY(tariff_check_service_rate(checker, node, "uplift", item->uplift, "1"));
    COSMO_TRY(tariff_check_service_rate(checker, node, "life", item->life, "year"));
    return tariff_check_service_rate(checker, node, "delay", item->delay, "year");
}

cosmo_tariff_unit cosmo_tariff_item_unit(const cosmo_tariff *tariff, const cosmo_tariff_item *item, cosmo_arena *arena)
{
    cosmo_tariff_unit product = {.factor = 1.0}, unit;
    const char *const *names = item->quantities.items, *const *ids = item->rates.items;
    bool fits = true;
    for (size_t i = 0; i < item->quantities.n; i++) {
        fits = fits && cosmo_tariff_unit_parse(cosmo_quantities_find(names[i])->unit, arena, &unit) == NULL &&
               cosmo_tariff_unit_multiply(&product, &unit, 1);
    }
    for (size_t i = 0; i < item->rates.n; i++)
        fits = fits && cosmo_tariff_unit_parse(cosmo_tariff_find(tariff, ids[i])->unit, arena, &unit) == NULL &&
               cosmo_tariff_unit_multiply(&product, &unit, 1);
    /* The years lost are divided by the years that the new area yields. */
    if (item->form == COSMO_TARIFF_SERVICE_OFFSET)
        fits = fits && cosmo_tariff_unit_parse("year", arena, &unit) == NULL &&
               cosmo_tariff_unit_multiply(&product, &unit, -1);
    if (!fits) product.factor = NAN;
    return product;
}

static cosmo_status tariff_check_unit(const tariff_checker *checker, const cosmo_tariff_item *item,
                                      const cosmo_yaml *node)
{
    cosmo_tariff_unit currency;
    const cosmo_tariff_unit unit = cosmo_tariff_item_unit(checker->tariff, item, checker->arena);
    const char *trouble = cosmo_tariff_unit_parse(checker->tariff->currency, checker->arena, &currency);
    if (trouble == NULL && isfinite(unit.factor) && cosmo_tariff_unit_alike(&unit, &currency)) return COSMO_OK;
    const char *shown = isfinite(unit.factor) ? cosmo_tariff_unit_show(&unit, checker->arena) : "too many units";
    COSMO_NEED(shown, checker->run);
    return cosmo_yaml_fail(tariff_node(node, "rates"), checker->run,
                           "item '%.80s' comes out in '%s', not in %s: check the units of its quantities and rates",
                           item->id, shown, checker->tariff->currency);
}

static cosmo_status tariff_check_item(const tariff_checker *checker, const cosmo_tariff_item *item,
                                      const cosmo_yaml *node)
{
    COSMO_TRY(tariff_check_form(checker, item, node));
    COSMO_TRY(tariff_check_quantities(checker, item, node));
    COSMO_TRY(tariff_check_rates(checker, item, node));
    return tariff_check_unit(checker, item, node);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static cosmo_status tariff_check(const cosmo_tariff *tariff, const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run)
{
    const tariff_checker checker = {tariff, arena, run};
    COSMO_TRY(tariff_check_currency(&checker, root, tariff->currency));
    COSMO_TRY(tariff_check_days(&checker, root, tariff->valid_from, tariff->valid_to));
    const cosmo_yaml *list = cosmo_yaml_child(root, "exchange"), *node = list != NULL ? list->first_child : NULL;
    const cosmo_tariff_exchange *exchange = tariff->exchange.items;
    for (size_t i = 0; i < tariff->exchange.n; i++, node = node->next)
        COSMO_TRY(tariff_check_exchange(&checker, &exchange[i], node));
    const cosmo_tariff_rate *rates = tariff->rates.items;
    node = cosmo_yaml_child(root, "rates")->first_child;
    for (size_t i = 0; i < tariff->rates.n; i++, node = node->next)
        COSMO_TRY(tariff_check_rate(&checker, &rates[i], node));
    const cosmo_tariff_item *items = tariff->items.items;
    node = cosmo_yaml_child(root, "items")->first_child;
    for (size_t i = 0; i < tariff->items.n; i++, node = node->next)
        COSMO_TRY(tariff_check_item(&checker, &items[i], node));
    return COSMO_OK;
}

static cosmo_status tariff_take(const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run, cosmo_tariff *tariff)
{
    COSMO_TRY(cosmo_section_read(&TARIFF, root, tariff, arena, run, NULL));
    return tariff_check(tariff, root, arena, run);
}

cosmo_status cosmo_tariff_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                               cosmo_tariff *tariff)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open("valuation", "rule-set", id, asked, arena, run, &root));
    return tariff_take(root, arena, run, tariff);
}

cosmo_status cosmo_tariff_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                cosmo_tariff *tariff)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_parse(file, data, bytes, arena, run, &root));
    return tariff_take(root, arena, run, tariff);
}

/* ---- overrides --------------------------------------------------------------------------------------------------- */

bool cosmo_tariff_overrides(const cosmo_tariff_override *override, const char *rate, const char *substance)
{
    const size_t length = strlen(rate);
    if (strncmp(override->rate, rate, length) != 0) return false;
    const char *rest = override->rate + length;
    if (substance == NULL) return rest[0] == '\0';
    return rest[0] == '.' && strcmp(rest + 1, substance) == 0;
}

cosmo_status cosmo_tariff_check_override(const cosmo_tariff *tariff, const cosmo_tariff_override *override,
                                         cosmo_arena *arena, cosmo_run *run)
{
    const tariff_checker checker = {tariff, arena, run};
    const char *id = cosmo_arena_text(arena, override->rate, strcspn(override->rate, "."));
    COSMO_NEED(id, run);
    const cosmo_tariff_rate *rate;
    COSMO_TRY(tariff_find_rate(&checker, NULL, id, &rate));
    cosmo_tariff_unit given, needed;
    const char *trouble = cosmo_tariff_unit_parse(override->unit, arena, &given);
    if (trouble != NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: rate '%.80s': unit '%.80s' %s", override->rate,
                              override->unit, trouble);
    trouble = cosmo_tariff_unit_parse(rate->unit, arena, &needed);
    if (trouble != NULL || !cosmo_tariff_unit_alike(&given, &needed))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: rate '%.80s' is in %s and cannot be given in '%.80s'",
                              override->rate, rate->unit, override->unit);
    if (!(isfinite(override->value) && override->value >= 0.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: rate '%.80s': %g is negative or not a number",
                              override->rate, override->value);
    if (override->source == NULL || override->source[0] == '\0')
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: rate '%.80s' is given without a source", override->rate);
    return COSMO_OK;
}
