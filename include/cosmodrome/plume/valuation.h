/* Cosmodrome plume, part: What an accident is worth: rule-sets as plain files, valuations, and why two of them differ.
 */
#ifndef COSMODROME_PLUME_VALUATION_H
#define COSMODROME_PLUME_VALUATION_H

#include "cosmodrome/plume/release.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- valuation --------------------------------------------------------------------------------------------------- */

/* A quantity that a rule-set may put a price on, by one of a fixed set of names that end in their unit
 * (docs/add-a-valuation.md lists them). Values are never negative. Samples are those of one Monte-Carlo run: sample i
 * of one quantity belongs to sample i of the others. */
typedef struct cosmo_quantity {
    const char *name;               /* "soil_mass_kg" */
    const char *substance;          /* "UDMH" where the name is by substance, else NULL */
    const char *group;              /* the assumption it comes from: a group moves together; NULL: its own name */
    size_t n;                       /* samples; 1: the same in all */
    const double *inside, *outside; /* of the boundary; both, or neither */
    const double *whole;            /* where the quantity is not split, else NULL */
} cosmo_quantity;
typedef struct cosmo_quantities {
    size_t n;
    const cosmo_quantity *items;
} cosmo_quantities;

/* What a name means. */
typedef struct cosmo_quantity_kind {
    const char *name, *unit, *meaning;
    bool by_substance;
    bool intensive; /* a depth, a ratio, a time: inside and outside are not added up */
    bool overlaps;  /* of two substances it may be the same square metre: not added up over substances */
} cosmo_quantity_kind;
/* The fixed names in their order; NULL past the last. */
const cosmo_quantity_kind *cosmo_quantities_kind(size_t i);
const cosmo_quantity_kind *cosmo_quantities_find(const char *name); /* NULL: no such name */
/* Names, substances, splits, counts of samples and signs are as they must be; *n_samples (may be NULL) is the count of
 * samples, 1 where all are single values. Errors: COSMO_BAD_INPUT with the quantity's name and what is wrong. */
cosmo_status cosmo_quantities_check(const cosmo_quantities *quantities, cosmo_run *run, size_t *n_samples);

/* Computed quantities and those that a case states (of cosmo_release_quantity) because no physics computes them; a
 * stated one replaces the computed one of its name and substance. What is stated as a range is drawn, `n_samples` of
 * it, from the run's seed and `stream`; computed ones have as many samples, or one. Each stated one is noted as an
 * assumption. `asked` (may be NULL) is the list's node, for the place of messages. Errors: COSMO_BAD_INPUT for unknown
 * names, negative values, and quantities that are there twice. */
cosmo_status cosmo_quantities_state(const cosmo_list *stated, const cosmo_yaml *asked, const cosmo_quantities *computed,
                                    size_t n_samples, uint32_t stream, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_quantities *all);

/* A rate or coefficient of a rule-set. At most one of value, by_substance and steps is there; none: blank. */
typedef struct cosmo_tariff_rate {
    const char *id, *name;
    const char *unit;                  /* "KZT/MRP", "RUB/m2", "1" */
    double value;                      /* NaN: blank */
    cosmo_list by_substance;           /* of cosmo_tariff_share */
    const char *of;                    /* the quantity that chooses a step */
    cosmo_table steps;                 /* rows of: from this value of `of` on; the rate */
    const char *valid_from, *valid_to; /* days in force; NULL: those of the rule-set. Out of force is blank */
    const char *source, *note;
    int confidence; /* index into high, medium, low, estimate */
} cosmo_tariff_rate;
typedef struct cosmo_tariff_share {
    const char *substance;
    double value; /* NaN: blank */
    const char *source, *note;
    int confidence;
} cosmo_tariff_share;

typedef enum cosmo_tariff_form {
    COSMO_TARIFF_PRODUCT,        /* quantities x rates */
    COSMO_TARIFF_SUBSTANCES,     /* the same for every substance, added up */
    COSMO_TARIFF_SERVICE_LOST,   /* area x discounted years x rates */
    COSMO_TARIFF_SERVICE_OFFSET, /* the same over the discounted years that a compensating area yields */
    COSMO_TARIFF_FIXED,          /* rates alone */
    COSMO_TARIFF_IDENTITY        /* a whole number of units x rates: arithmetic, not a reproduction */
} cosmo_tariff_form;

typedef struct cosmo_tariff_item {
    const char *id, *name;
    int form;                                     /* cosmo_tariff_form */
    cosmo_list quantities;                        /* of const char * */
    const char *less;                             /* taken from the first quantity, at least nothing left; NULL */
    const char *substance;                        /* only this one of quantities by substance; NULL: all */
    cosmo_list rates;                             /* of const char *, ids */
    const char *discount, *uplift, *life, *delay; /* ids of rates of the forms with services */
    int recovery;                                 /* 0: at once at the end; 1: linear */
    int64_t units;                                /* of an identity */
    int where;                                    /* of a fixed sum: 0 not said, 1 inside, 2 outside the boundary */
    const char *definition, *reference, *source, *note;
    int confidence;
} cosmo_tariff_item;

/* What one unit of another currency cost on a day. */
typedef struct cosmo_tariff_exchange {
    const char *currency, *day;
    double price; /* in the file's currency; NaN: blank */
    const char *source, *note;
    int confidence;
} cosmo_tariff_exchange;

/* A rule-set: data/valuation/ID.yaml, or a file of the user's own. */
typedef struct cosmo_tariff {
    const char *id, *name, *summary, *country;
    const char *currency, *reference; /* three letters; the law */
    const char *valid_from, *valid_to;
    cosmo_list exchange; /* of cosmo_tariff_exchange */
    cosmo_list rates;    /* of cosmo_tariff_rate */
    cosmo_list items;    /* of cosmo_tariff_item */
} cosmo_tariff;

const cosmo_section *cosmo_tariff_section(void);
/* Read data/valuation/ID.yaml (or the path given, when it ends in .yaml) and check what the tables cannot: days, units
 * (the product of an item's quantities and rates must come out in the file's currency), names of quantities and rates,
 * steps that rise. Blank rates are allowed. Errors: COSMO_BAD_INPUT "file:line:col: error: ..." with the nearest name.
 */
cosmo_status cosmo_tariff_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                               cosmo_tariff *tariff);
/* The same from bytes. */
cosmo_status cosmo_tariff_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                cosmo_tariff *tariff);

/* A figure that a case puts in place of a rate, with its source. `rate` is an id, or "id.SUBSTANCE". */
typedef struct cosmo_tariff_override {
    const char *rate;
    double value;
    const char *unit; /* must be of the rate's kind: "KZT/t" for "KZT/kg" is converted */
    const char *source, *note;
} cosmo_tariff_override;
const cosmo_section *cosmo_tariff_override_section(void);

typedef enum cosmo_valuation_scope {
    COSMO_VALUATION_EVERYWHERE,
    COSMO_VALUATION_INSIDE,
    COSMO_VALUATION_OUTSIDE
} cosmo_valuation_scope;

/* What one party puts in. */
typedef struct cosmo_valuation_side {
    const char *name; /* for messages and remarks: "Kazakhstan"; NULL: the rule-set's id */
    const cosmo_tariff *tariff;
    const cosmo_quantities *quantities;
    size_t n_overrides;
    const cosmo_tariff_override *overrides;
    const char *day;      /* of the accident, "2013-07-02"; NULL: not known, which is noted */
    int scope;            /* cosmo_valuation_scope: harm on which side of the boundary counts */
    const char *currency; /* totals are also given in it; NULL: in none */
} cosmo_valuation_side;

/* Of the samples: quantiles (Hyndman and Fan 1996, definition 7) and mean. NaN: no amount. */
typedef struct cosmo_valuation_range {
    double p5, p50, p95, mean;
} cosmo_valuation_range;

/* inside + outside + undivided = whole in every sample. Undivided is what no quantity splits by the boundary. */
typedef struct cosmo_valuation_amount {
    cosmo_valuation_range whole, inside, outside, undivided;
} cosmo_valuation_amount;

/* A rate as it was used. */
typedef struct cosmo_valuation_rate {
    const char *id, *unit, *source;
    double value; /* NaN: blank, or one of several by substance or step */
    bool overridden;
} cosmo_valuation_rate;

typedef struct cosmo_valuation_item {
    const cosmo_tariff_item *item;
    cosmo_valuation_amount amount; /* in the rule-set's currency */
    double converted;              /* mean of the whole in the other currency; NaN */
    size_t n_rates;
    const cosmo_valuation_rate *rates;
    const char *remark; /* why there is no amount, or what the amount is not; NULL */
} cosmo_valuation_item;

typedef struct cosmo_valuation {
    const cosmo_tariff *tariff;
    bool in_force; /* on the day of the accident; true without a day */
    size_t n_samples, n_items;
    const cosmo_valuation_item *items;
    size_t n_without_rate, n_without_quantity; /* items that have no amount, and why */
    cosmo_valuation_amount counted;            /* of the items that have one, added up sample by sample */
    cosmo_valuation_amount total;              /* the same when every item has one, else NaN */
    const double *samples;                     /* n_samples of `counted.whole`; NULL: no item has an amount */
    const cosmo_tariff_exchange *exchange;     /* NULL: none needed, or none there */
    double price;                              /* of the other currency; 1 where it is the file's own; NaN */
    const char *remark;                        /* "incomplete: 2 items without a rate"; NULL */
} cosmo_valuation;

/* Put prices on quantities: every item by sample, then quantiles; the total is added up sample by sample, not by
 * quantile. An item with a blank rate or a quantity that is not there has no amount (NaN) and the run a warning; so has
 * a rule-set that is out of force on the day. Of several exchange rates the one nearest to the day serves (the earlier
 * of two; without a day the first), and is noted.
 * Service hectare-years are discounted continuously at the yearly rate: the years T after the accident weigh
 * (1 - (1+d)^-T) / ln(1+d), for linear recovery (T - weight) / (T ln(1+d)) (the integral of (1 - t/T)(1+d)^-t).
 * Errors: COSMO_BAD_INPUT for quantities or overrides that are wrong; nothing is guessed.
 * Source: Directive 2004/35/EC annex II; discounted service years after NOAA, Habitat Equivalency Analysis (1995),
 * there in yearly steps (from memory). */
cosmo_status cosmo_valuation_evaluate(const cosmo_valuation_side *side, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_valuation *valuation);

/* The worth of a coalition: bit i of `mask` is player i. */
typedef double (*cosmo_shapley_game)(void *user, uint32_t mask);
enum { COSMO_SHAPLEY_PLAYERS_MAX = 12 };
/* Shapley's value of n <= 12 players, over all 2^n coalitions, each asked once: phi sums up to the worth of all less
 * that of none, to rounding. A worth that is not finite makes NaN of who makes a difference to it.
 * Errors: COSMO_BAD_INPUT for more players. Source: Shapley 1953, "A value for n-person games", eq. 13. */
cosmo_status cosmo_shapley_split(size_t n, cosmo_shapley_game game, void *user, cosmo_arena *arena, cosmo_run *run,
                                 double *phi);

typedef enum cosmo_valuation_cause {
    COSMO_VALUATION_QUANTITY, /* what the physics says, by assumption */
    COSMO_VALUATION_RATE,     /* a rate or coefficient */
    COSMO_VALUATION_ITEMS,    /* items that only this side has */
    COSMO_VALUATION_WHERE,    /* which side of the boundary counts */
    COSMO_VALUATION_PRICE     /* the exchange rate */
} cosmo_valuation_cause;

/* One line of the table of differences. */
typedef struct cosmo_valuation_row {
    int cause;                   /* cosmo_valuation_cause */
    const char *what, *unit;     /* of the values; NULL: they are no single number */
    double a, b;                 /* means; NaN: none, or no single number */
    const char *text_a, *text_b; /* where they are no number; NULL */
    double contribution;         /* to B - A; NaN: a blank, see the remark */
    const char *remark;          /* NULL */
} cosmo_valuation_row;

typedef struct cosmo_valuation_pair {
    const cosmo_tariff_item *item_a, *item_b; /* NULL: that side has no such item */
    double a, b;                              /* means in the common currency, 0 where not counted; NaN: no amount */
    const double *contributions;              /* one a row; NaN in an item that is not compared */
    const char *remark;                       /* why it is not compared; NULL */
} cosmo_valuation_pair;

typedef struct cosmo_valuation_difference {
    const char *currency;
    double a, b;   /* means of the compared items, added up */
    size_t n_rows; /* rows with finite contributions sum up to b - a */
    const cosmo_valuation_row *rows;
    size_t n_items;
    const cosmo_valuation_pair *items;
    size_t n_not_compared;
    const char *remark; /* "incomplete: 1 item is not compared"; NULL */
} cosmo_valuation_difference;

/* Why two valuations differ: the difference of the mean amounts, split by Shapley's value over what differs. Players
 * are each group of quantities, each rate by id, the items that only A has, those that only B has, the scope, and the
 * exchange rate. An item is the same on both sides when id, form, names and currency are; else each side has its own.
 * The value is additive over items, so each item is a game of the few players that it feels (12 at most). An item with
 * a blank on either side is not compared; the blank's own row has no contribution. Both sides have the same count of
 * samples, or one of them one; the same currency, or a common one to which both files have an exchange rate.
 * Errors: COSMO_BAD_INPUT where they do not, and as for cosmo_valuation_evaluate. */
cosmo_status cosmo_valuation_difference_explain(const cosmo_valuation_side *a, const cosmo_valuation_side *b,
                                                cosmo_arena *arena, cosmo_run *run,
                                                cosmo_valuation_difference *difference);

#ifdef __cplusplus
}
#endif
#endif
