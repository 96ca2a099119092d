/* Shapley's value: what each player adds, averaged over the orders in which they may come. */
#include "cosmodrome/plume.h"

/* Of n players: in how many of n! orders exactly `before` given ones come first and the player next, over n!. */
static double shapley_weight(size_t n, size_t before)
{
    double weight = 1.0 / (double)n;
    for (size_t i = 1; i <= before; i++) weight *= (double)i / (double)(n - i);
    return weight;
}

static size_t shapley_count(uint32_t mask)
{
    size_t count = 0;
    for (; mask != 0; mask &= mask - 1) count++;
    return count;
}

/* Coalitions that a player makes no difference to are passed over, so that what is not finite stays with who makes it
 * so. */
static double shapley_of(size_t player, size_t n, const double *worth)
{
    const uint32_t bit = 1U << player, all = 1U << n;
    double phi = 0.0;
    for (uint32_t mask = 0; mask < all; mask++)
        if ((mask & bit) == 0 && worth[mask | bit] != worth[mask])
            phi += shapley_weight(n, shapley_count(mask)) * (worth[mask | bit] - worth[mask]);
    return phi;
}

cosmo_status cosmo_shapley_split(size_t n, cosmo_shapley_game game, void *user, cosmo_arena *arena, cosmo_run *run,
                                 double *phi)
{
    if (n > COSMO_SHAPLEY_PLAYERS_MAX)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %zu players; Shapley's value is split among at most %d", n,
                              COSMO_SHAPLEY_PLAYERS_MAX);
    const uint32_t all = 1U << n;
    double *worth = cosmo_arena_array(arena, all, sizeof *worth);
    COSMO_NEED(worth, run);
    for (uint32_t mask = 0; mask < all; mask++) worth[mask] = game(user, mask);
    for (size_t i = 0; i < n; i++) phi[i] = shapley_of(i, n, worth);
    return COSMO_OK;
}
