/* The quantities that a rule-set may put a price on. */
#include "plume/quantities.h"

#include <math.h>
#include <string.h>

enum { QUANTITIES_MAX = 256 };

static const cosmo_quantity_kind QUANTITIES_KINDS[] = {
    {.name = "propellant_kg", .unit = "kg", .meaning = "propellant aboard at the accident"},
    {.name = "released_kg", .unit = "kg", .meaning = "mass that entered the air unburnt", .by_substance = true},
    {.name = "deposited_kg", .unit = "kg", .meaning = "mass that the cloud left on the ground", .by_substance = true},
    {.name = "soil_mass_kg", .unit = "kg", .meaning = "mass in the soil", .by_substance = true},
    {.name = "norm_mass_kg",
     .unit = "kg",
     .meaning = "of the mass in the soil, what the norm allows there",
     .by_substance = true},
    {.name = "area_above_limit_m2",
     .unit = "m2",
     .meaning = "area above the soil's limit",
     .by_substance = true,
     .overlaps = true},
    {.name = "affected_area_m2", .unit = "m2", .meaning = "area above the limit of any substance"},
    {.name = "treated_area_m2", .unit = "m2", .meaning = "area that was or is to be treated"},
    {.name = "treated_volume_m3", .unit = "m3", .meaning = "soil that was or is to be treated"},
    {.name = "depth_m", .unit = "m", .meaning = "depth of the polluted soil", .intensive = true},
    {.name = "norm_ratio",
     .unit = "1",
     .meaning = "content over the norm, C/X",
     .by_substance = true,
     .intensive = true},
    {.name = "hectares_out_of_use", .unit = "ha", .meaning = "land out of use"},
    {.name = "hectares_lost", .unit = "ha", .meaning = "land that does not come back"},
    {.name = "years_out_of_use", .unit = "year", .meaning = "for how long", .intensive = true},
    {.name = "people_exposed", .unit = "person", .meaning = "people above a threshold"},
    {.name = "persons_evacuated", .unit = "person", .meaning = "people who had to leave"},
    {.name = "residents_compensated", .unit = "person", .meaning = "residents who are to be compensated"},
    {.name = "monitored_person_years", .unit = "person year", .meaning = "health monitoring"},
    {.name = "livestock_head", .unit = "head", .meaning = "livestock lost or withdrawn"},
    {.name = "samples", .unit = "sample", .meaning = "samples taken and analysed"},
    {.name = "reagent_t", .unit = "t", .meaning = "reagent spread to detoxify"},
    {.name = "debris_t", .unit = "t", .meaning = "debris collected"},
};
enum { QUANTITIES_KINDS_N = sizeof QUANTITIES_KINDS / sizeof QUANTITIES_KINDS[0] };

const cosmo_quantity_kind *cosmo_quantities_kind(size_t i)
{
    return i < QUANTITIES_KINDS_N ? &QUANTITIES_KINDS[i] : NULL;
}

const cosmo_quantity_kind *cosmo_quantities_find(const char *name)
{
    for (size_t i = 0; i < QUANTITIES_KINDS_N; i++)
        if (strcmp(QUANTITIES_KINDS[i].name, name) == 0) return &QUANTITIES_KINDS[i];
    return NULL;
}

static cosmo_status quantities_fail(const cosmo_quantity *quantity, const char *trouble, cosmo_run *run)
{
    const bool named = quantity->substance != NULL;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: quantity '%.80s'%s%.40s %s", quantity->name,
                          named ? " of " : "", named ? quantity->substance : "", trouble);
}

static cosmo_status quantities_fail_name(const cosmo_quantity *quantity, cosmo_run *run)
{
    const char *names[QUANTITIES_KINDS_N];
    for (size_t i = 0; i < QUANTITIES_KINDS_N; i++) names[i] = QUANTITIES_KINDS[i].name;
    const char *nearest = cosmo_text_nearest(quantity->name, names, QUANTITIES_KINDS_N);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown quantity '%.80s'%s%s%s", quantity->name,
                          nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
                          nearest != NULL ? "'?" : "");
}

/* True when all values are finite and none is negative. */
static bool quantities_hold(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!(isfinite(values[i]) && values[i] >= 0.0)) return false;
    return true;
}

static cosmo_status quantities_check_one(const cosmo_quantity *quantity, cosmo_run *run)
{
    const cosmo_quantity_kind *kind = cosmo_quantities_find(quantity->name);
    if (kind == NULL) return quantities_fail_name(quantity, run);
    if (kind->by_substance != (quantity->substance != NULL))
        return quantities_fail(quantity, kind->by_substance ? "is by substance and names none" : "is not by substance",
                               run);
    const bool split = quantity->inside != NULL && quantity->outside != NULL;
    const bool half = (quantity->inside != NULL) != (quantity->outside != NULL);
    if (half || split == (quantity->whole != NULL))
        return quantities_fail(quantity, "needs values inside and outside the boundary, or of the whole", run);
    if (quantity->n == 0) return quantities_fail(quantity, "has no values", run);
    const bool good =
        split ? quantities_hold(quantity->inside, quantity->n) && quantities_hold(quantity->outside, quantity->n)
              : quantities_hold(quantity->whole, quantity->n);
    return good ? COSMO_OK : quantities_fail(quantity, "has a value that is negative or not a number", run);
}

static bool quantities_same_name(const cosmo_quantity *a, const cosmo_quantity *b)
{
    if (strcmp(a->name, b->name) != 0) return false;
    return a->substance == NULL || strcmp(a->substance, b->substance) == 0;
}

cosmo_status cosmo_quantities_check(const cosmo_quantities *quantities, cosmo_run *run, size_t *n_samples)
{
    size_t most = 1;
    if (quantities->n > QUANTITIES_MAX)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: more than %d quantities", QUANTITIES_MAX);
    for (size_t i = 0; i < quantities->n; i++) {
        const cosmo_quantity *quantity = &quantities->items[i];
        COSMO_TRY(quantities_check_one(quantity, run));
        if (quantity->n > 1 && most > 1 && quantity->n != most)
            return quantities_fail(quantity, "has another count of samples than those before it", run);
        if (quantity->n > 1) most = quantity->n;
        for (size_t k = 0; k < i; k++)
            if (quantities_same_name(quantity, &quantities->items[k]))
                return quantities_fail(quantity, "is there twice", run);
    }
    if (n_samples != NULL) *n_samples = most;
    return COSMO_OK;
}

/* ---- quantities that a case states --------------------------------------------------------------------------------
 */

cosmo_status cosmo_quantities_look_up(const char *name, const cosmo_yaml *place, cosmo_arena *arena, cosmo_run *run,
                                      const cosmo_quantity_kind **kind)
{
    *kind = cosmo_quantities_find(name);
    if (*kind != NULL) return COSMO_OK;
    const char **names = cosmo_arena_array(arena, QUANTITIES_KINDS_N, sizeof *names);
    COSMO_NEED(names, run);
    for (size_t i = 0; i < QUANTITIES_KINDS_N; i++) names[i] = QUANTITIES_KINDS[i].name;
    const cosmo_list known = {QUANTITIES_KINDS_N, names};
    return cosmo_catalogue_unknown("quantity", name, &known, place, arena, run);
}

static cosmo_status quantities_fail_at(const cosmo_release_quantity *stated, const cosmo_yaml *place,
                                       const char *trouble, cosmo_run *run)
{
    if (place != NULL) return cosmo_yaml_fail(place, run, "quantity '%.80s' %s", stated->quantity, trouble);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: quantity '%.80s' %s", stated->quantity, trouble);
}

/* What is the same in all samples is one value. */
static cosmo_status quantities_draw(const cosmo_release_quantity *stated, size_t n_samples, uint32_t stream,
                                    uint32_t draw, cosmo_arena *arena, cosmo_run *run, cosmo_quantity *quantity)
{
    const cosmo_range range = stated->value;
    const size_t n = range.low < range.high ? n_samples : 1;
    double *values[3]; /* whole, inside, outside */
    for (size_t k = 0; k < 3; k++) {
        values[k] = cosmo_arena_array(arena, n, sizeof *values[k]);
        COSMO_NEED(values[k], run);
    }
    for (size_t i = 0; i < n; i++) {
        values[0][i] = cosmo_random_triangular(run->seed, stream, i, draw, range.low, range.mode, range.high);
        values[1][i] = stated->inside_share * values[0][i];
        values[2][i] = values[0][i] - values[1][i];
    }
    quantity->n = n;
    if (isnan(stated->inside_share)) {
        quantity->whole = values[0];
    } else {
        quantity->inside = values[1];
        quantity->outside = values[2];
    }
    return COSMO_OK;
}

/* The one of this name and substance is replaced. */
static void quantities_put(const cosmo_quantity *quantity, cosmo_run *run, cosmo_quantity *all, size_t *n)
{
    size_t i = 0;
    while (i < *n && !quantities_same_name(quantity, &all[i])) i++;
    const bool named = quantity->substance != NULL;
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "%s%s%s is %s", quantity->name, named ? " of " : "",
                   named ? quantity->substance : "", i < *n ? "stated instead of computed" : "stated");
    all[i] = *quantity;
    if (i == *n) (*n)++;
}

/* An intensive quantity is the same on both sides of the boundary. */
static cosmo_status quantities_check_stated(const cosmo_release_quantity *items, size_t i, const cosmo_yaml *place,
                                            cosmo_arena *arena, cosmo_run *run, const cosmo_quantity_kind **kind)
{
    const cosmo_release_quantity *stated = &items[i];
    const cosmo_yaml *name = place != NULL ? cosmo_yaml_child(place, "quantity") : NULL;
    COSMO_TRY(cosmo_quantities_look_up(stated->quantity, name, arena, run, kind));
    if ((*kind)->by_substance != (stated->substance != NULL))
        return quantities_fail_at(
            stated, place, (*kind)->by_substance ? "is by substance and names none" : "is not by substance", run);
    if ((*kind)->intensive && !isnan(stated->inside_share))
        return quantities_fail_at(stated, place, "has no share inside: it is no sum over places", run);
    for (size_t k = 0; k < i; k++)
        if (strcmp(items[k].quantity, stated->quantity) == 0 &&
            (stated->substance == NULL || strcmp(items[k].substance, stated->substance) == 0))
            return quantities_fail_at(stated, place, "is there twice", run);
    return COSMO_OK;
}

cosmo_status cosmo_quantities_state(const cosmo_list *stated, const cosmo_yaml *asked, const cosmo_quantities *computed,
                                    size_t n_samples, uint32_t stream, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_quantities *all)
{
    const cosmo_release_quantity *items = stated->items;
    const cosmo_yaml *place = asked != NULL ? asked->first_child : NULL;
    cosmo_quantity *quantities = cosmo_arena_array(arena, stated->n + computed->n + 1, sizeof *quantities);
    COSMO_NEED(quantities, run);
    size_t n = computed->n;
    if (n > 0) memcpy(quantities, computed->items, n * sizeof *quantities);
    for (size_t i = 0; i < stated->n; i++, place = place != NULL ? place->next : NULL) {
        const cosmo_quantity_kind *kind;
        COSMO_TRY(quantities_check_stated(items, i, place, arena, run, &kind));
        cosmo_quantity quantity = {.name = kind->name, .substance = items[i].substance};
        COSMO_TRY(quantities_draw(&items[i], n_samples, stream, (uint32_t)i, arena, run, &quantity));
        quantities_put(&quantity, run, quantities, &n);
    }
    *all = (cosmo_quantities){n, quantities};
    return cosmo_quantities_check(all, run, NULL);
}
