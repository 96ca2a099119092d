/* Fuzzes files of limits: bytes, tree, every key, and what is read between the tabulated times. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* The limit never rises with the averaging time and is never less than nothing. */
static bool limits_fall(const cosmo_threshold *one)
{
    if (one->by_volume.n_rows + one->by_mass.n_rows == 0)
        return isfinite(one->water_kg_m3) || isfinite(one->soil_kg_kg);
    double before = INFINITY;
    for (double time = 1.0; time < 1e6; time *= 1.7) {
        const double limit = cosmo_threshold_at(one, time);
        if (!(limit >= 0.0 && limit <= before)) return false;
        before = limit;
    }
    return true;
}

/* What a good file promises. */
static bool limits_hold(const cosmo_threshold_set *set, const cosmo_substances *substances)
{
    const cosmo_threshold *all = set->thresholds.items;
    for (size_t i = 0; i < set->thresholds.n; i++) {
        if (cosmo_substances_find(substances, all[i].substance) == NULL) return false;
        if (cosmo_threshold_find(set, all[i].level, all[i].substance) != &all[i]) return false;
        if (all[i].rank < 1 || all[i].rank > 9 || all[i].source == NULL || !limits_fall(&all[i])) return false;
    }
    return set->id != NULL && set->name != NULL && set->reference != NULL;
}

/* What a refusal promises: bad input, with a place and a reason, on one line. */
static bool limits_refused_well(cosmo_status status, const cosmo_run *run)
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
    const cosmo_substance two[] = {{.id = "UDMH", .molar_mass_kg_mol = 0.0601},
                                   {.id = "NO2", .molar_mass_kg_mol = 0.046}};
    const cosmo_substances substances = {"two", {2, two}};
    cosmo_threshold_set set;
    const cosmo_status status =
        cosmo_threshold_parse("fuzz.yaml", (const char *)data, bytes, &substances, arena, &run, &set);
    if (status == COSMO_OK ? !limits_hold(&set, &substances) : !limits_refused_well(status, &run)) abort();
    cosmo_arena_destroy(arena);
    return 0;
}
