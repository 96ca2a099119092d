/* Fuzzes tables of substances: bytes, tree, every key and the checks across them. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static bool substances_range_holds(const cosmo_range *range)
{
    return isnan(range->mode) || (range->low >= 0.0 && range->low <= range->mode && range->mode <= range->high);
}

/* What a good table promises. */
static bool substances_hold(const cosmo_substances *table)
{
    const cosmo_substance *all = table->substances.items;
    for (size_t i = 0; i < table->substances.n; i++) {
        const cosmo_substance *one = &all[i];
        if (one->id == NULL || one->name == NULL || !(one->molar_mass_kg_mol > 0.0)) return false;
        if (cosmo_substances_find(table, one->id) != one) return false;
        if (one->airborne_as != NULL && cosmo_substances_find(table, one->airborne_as) == NULL) return false;
        if (one->rain.product != NULL && !(one->rain.yield >= 0.0)) return false;
        if (!substances_range_holds(&one->deposition_velocity_m_s) || !substances_range_holds(&one->soil.half_life_s))
            return false;
        const double death = cosmo_dose_death(one, 1e-3, 288.15, 101325.0);
        if (isnan(death) != isnan(one->probit.a) || death < 0.0 || death > 1.0) return false;
    }
    return true;
}

/* What a refusal promises: bad input, with a place and a reason, on one line. */
static bool substances_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.yaml:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0' &&
           strchr(run->message, '\n') == NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_substances table;
    const cosmo_status status = cosmo_substances_parse("fuzz.yaml", (const char *)data, bytes, arena, &run, &table);
    if (status == COSMO_OK ? !substances_hold(&table) : !substances_refused_well(status, &run)) abort();
    cosmo_arena_destroy(arena);
    return 0;
}
