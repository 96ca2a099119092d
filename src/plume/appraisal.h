/* Within plume: one item of a rule-set bound to one side's quantities and rates, and what it comes to. */
#ifndef COSMO_PLUME_APPRAISAL_H
#define COSMO_PLUME_APPRAISAL_H

#include "plume/tariff.h"

enum {
    COSMO_APPRAISAL_SLOTS = COSMO_TARIFF_QUANTITIES_MAX + 1 + COSMO_TARIFF_RATES_MAX,
    COSMO_APPRAISAL_RATES = COSMO_TARIFF_RATES_MAX + 4
};
typedef enum cosmo_appraisal_part {
    COSMO_APPRAISAL_INSIDE,
    COSMO_APPRAISAL_OUTSIDE,
    COSMO_APPRAISAL_UNDIVIDED,
    COSMO_APPRAISAL_PARTS
} cosmo_appraisal_part;

/* The quantities behind one name. */
typedef struct cosmo_appraisal_slot {
    const cosmo_quantity_kind *kind;
    bool by_term; /* one a term (NULL: none of this substance); else all are added up */
    size_t n;
    const cosmo_quantity **of;
} cosmo_appraisal_slot;

typedef struct cosmo_appraisal_rate {
    const char *id, *unit, *source;
    size_t n; /* 1, or one a term */
    double *values;
    cosmo_table steps; /* no rows: none */
    size_t slot;       /* which chooses among them */
    bool overridden;
} cosmo_appraisal_rate;

typedef struct cosmo_appraisal {
    const cosmo_tariff_item *item;
    size_t n_terms; /* substances of a sum over them; else 1 */
    const char *const *substances;
    size_t n_slots, n_factors; /* the first are multiplied; then `less` where there is one; then choosers of steps */
    cosmo_appraisal_slot slots[COSMO_APPRAISAL_SLOTS];
    size_t n_rates, n_multiplied; /* those of services follow: discount, uplift, life, delay */
    cosmo_appraisal_rate rates[COSMO_APPRAISAL_RATES];
    double factor;       /* of the units */
    double price;        /* units of the rule-set's currency for one of the common one */
    int scope;           /* cosmo_valuation_scope */
    const char *missing; /* why there is no amount, or NULL */
    bool missing_rate;   /* it is a rate */
} cosmo_appraisal;

/* Bind an item to a side; side, quantities and overrides have been checked. `substances` are those of both sides of a
 * comparison. What is not there is said in `missing` and is no failure. */
cosmo_status cosmo_appraisal_bind(const cosmo_valuation_side *side, const cosmo_tariff_item *item,
                                  const cosmo_list *substances, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_appraisal *appraisal);
/* What one sample comes to on each side of the boundary, in the rule-set's currency; parts out of scope are 0. */
void cosmo_appraisal_amount(const cosmo_appraisal *appraisal, size_t sample, double amount[COSMO_APPRAISAL_PARTS]);
/* Sample i of all that is behind a slot, added up: inside and outside, too, where it is not a depth or a ratio. */
double cosmo_appraisal_slot_value(const cosmo_appraisal_slot *slot, size_t sample);
/* Every substance that the quantities name, each once (of const char *). */
cosmo_status cosmo_appraisal_substances(const cosmo_quantities *a, const cosmo_quantities *b, cosmo_arena *arena,
                                        cosmo_run *run, cosmo_list *substances);

#endif
