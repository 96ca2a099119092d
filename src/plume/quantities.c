/* The quantities that a rule-set may put a price on. */
#include "cosmodrome/plume.h"

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
     .meaning = "mass that the norm allows in the same soil",
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
