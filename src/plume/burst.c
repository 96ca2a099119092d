/* What becomes of the contents of tanks that burst: burnt, vapour, fog, spilled. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

enum { BURST_DRAWS = 3 };

cosmo_burst_shares cosmo_burst_assume(bool oxidiser, cosmo_run *run)
{
    cosmo_run_note(
        run, COSMO_NOTE_ASSUMPTION,
        "shares of propellant that burns, becomes vapour or fog, or is spilled: no open source gives measured "
        "ones; a fuel is taken to burn to 90 to 99.9 %%, an oxidiser to leave 2 to 30 %% as vapour, 0.01 to "
        "0.5 %% of either to be spilled");
    const cosmo_range spilled = {1e-4, 1e-3, 5e-3};
    if (oxidiser) return (cosmo_burst_shares){{0.02, 0.10, 0.30}, {1e-3, 0.01, 0.05}, spilled};
    return (cosmo_burst_shares){{5e-4, 6e-3, 0.060}, {4e-4, 3e-3, 0.035}, spilled};
}

static cosmo_status burst_check_triangle(const cosmo_burst_tank *tank, const char *what, const cosmo_range *t,
                                         cosmo_run *run)
{
    if (t->low >= 0.0 && t->low <= t->mode && t->mode <= t->high && t->high <= 1.0) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: the share %s is %g, %g, %g; it needs 0 <= low <= most likely <= high <= 1",
                          tank->substance, what, t->low, t->mode, t->high);
}

cosmo_status cosmo_burst_check(const cosmo_burst_tank *tanks, size_t n, cosmo_run *run)
{
    for (size_t i = 0; i < n; i++) {
        const cosmo_burst_tank *tank = &tanks[i];
        if (tank->substance == NULL) return cosmo_run_fail(run, COSMO_BAD_INPUT, "a tank without a substance");
        if (!(tank->mass_kg >= 0.0) || !isfinite(tank->mass_kg))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: a tank cannot hold %g kg", tank->substance, tank->mass_kg);
        COSMO_TRY(burst_check_triangle(tank, "vaporised", &tank->shares.vaporised, run));
        COSMO_TRY(burst_check_triangle(tank, "aerosolised", &tank->shares.aerosolised, run));
        COSMO_TRY(burst_check_triangle(tank, "spilled", &tank->shares.spilled, run));
    }
    return COSMO_OK;
}

/* The number that the tank's draws go by: that of the first one with the same substance. */
static uint32_t burst_first(const cosmo_burst_tank *tanks, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(tanks[j].substance, tanks[i].substance) == 0) return (uint32_t)j;
    return (uint32_t)i;
}

static cosmo_burst_parts burst_part(const cosmo_burst_tank *tank, uint32_t first, uint64_t seed, uint32_t stream,
                                    uint64_t sample)
{
    const cosmo_range *shares[BURST_DRAWS] = {&tank->shares.vaporised, &tank->shares.aerosolised,
                                              &tank->shares.spilled};
    double drawn[BURST_DRAWS], sum = 0.0;
    for (uint32_t k = 0; k < BURST_DRAWS; k++) {
        drawn[k] = cosmo_random_triangular(seed, stream, sample, BURST_DRAWS * first + k, shares[k]->low,
                                           shares[k]->mode, shares[k]->high);
        sum += drawn[k];
    }
    const double scale = tank->mass_kg / fmax(sum, 1.0);
    return (cosmo_burst_parts){.burnt_kg = tank->mass_kg * fmax(1.0 - sum, 0.0),
                               .vaporised_kg = drawn[0] * scale,
                               .aerosolised_kg = drawn[1] * scale,
                               .spilled_kg = drawn[2] * scale};
}

/* Takes what found no fuel from every oxidiser tank in proportion to what was to burn of it. */
static void burst_return(const cosmo_burst_tank *tanks, size_t n, double share_left, cosmo_burst_parts *parts)
{
    for (size_t i = 0; i < n; i++) {
        if (!tanks[i].oxidiser) continue;
        const double left_kg = share_left * parts[i].burnt_kg;
        parts[i].burnt_kg -= left_kg;
        parts[i].vaporised_kg += left_kg;
    }
}

void cosmo_burst_draw(const cosmo_burst_tank *tanks, size_t n, const cosmo_burning *reaction, uint64_t seed,
                      uint32_t stream, uint64_t sample, cosmo_burst_parts *parts, cosmo_combustion *combustion)
{
    double fuel_kg = 0.0, oxidiser_kg = 0.0;
    for (size_t i = 0; i < n; i++) {
        parts[i] = burst_part(&tanks[i], burst_first(tanks, i), seed, stream, sample);
        *(tanks[i].oxidiser ? &oxidiser_kg : &fuel_kg) += parts[i].burnt_kg;
    }
    cosmo_combustion burnt = {0};
    if (reaction != NULL) {
        burnt = cosmo_fireball_burn(reaction, fuel_kg, oxidiser_kg);
        if (oxidiser_kg > 0.0) burst_return(tanks, n, burnt.oxidiser_left_kg / oxidiser_kg, parts);
    }
    if (combustion != NULL) *combustion = burnt;
}
