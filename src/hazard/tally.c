/* What flights of a risk campaign add up to. */
#include "hazard/tally.h"

#include <math.h>

void cosmo_tally_add(tally_moments *m, double value)
{
    m->sum += value;
    m->square += value * value;
}

void cosmo_tally_stratum(tally_stratum *s, const cosmo_harm casualties[TALLY_VIEWS])
{
    s->n++;
    for (int v = 0; v < TALLY_VIEWS; v++)
        cosmo_tally_add(&s->casualties[v], casualties[v].inert + casualties[v].explosive);
    cosmo_tally_add(&s->inert, casualties[TALLY_OPEN].inert);
    cosmo_tally_add(&s->explosive, casualties[TALLY_OPEN].explosive);
}

void cosmo_tally_hits(tally_block *block, cosmo_hazard_hit *hits, size_t n, double weight)
{
    block->sums.n_hits += n;
    block->sums.n_lost += cosmo_hazard_grid_add(block->cells, TALLY_BLOCK_CELLS, hits, n, weight);
}

static void tally_merge_moments(tally_moments *into, const tally_moments *from)
{
    into->sum += from->sum;
    into->square += from->square;
}

static void tally_merge_strata(tally_sums *into, const tally_sums *from)
{
    for (int i = 0; i < TALLY_STRATA; i++) {
        tally_stratum *s = &into->strata[i];
        const tally_stratum *f = &from->strata[i];
        s->n += f->n;
        tally_merge_moments(&s->inert, &f->inert);
        tally_merge_moments(&s->explosive, &f->explosive);
        for (int v = 0; v < TALLY_VIEWS; v++) tally_merge_moments(&s->casualties[v], &f->casualties[v]);
        for (int k = 0; k < TALLY_INTERVALS; k++) {
            into->intervals[i][k].n += from->intervals[i][k].n;
            tally_merge_moments(&into->intervals[i][k].casualties, &from->intervals[i][k].casualties);
        }
    }
}

void cosmo_tally_merge(tally_state *state, const tally_block *block)
{
    tally_sums *into = &state->sums;
    const tally_sums *from = &block->sums;
    into->n += from->n;
    tally_merge_strata(into, from);
    for (int i = 0; i < COSMO_NEIGHBOURS_MAX; i++) tally_merge_moments(&into->neighbours[i], &from->neighbours[i]);
    tally_merge_moments(&into->neighbouring, &from->neighbouring);
    into->n_hits += from->n_hits;
    into->n_lost += from->n_lost;
    into->n_lost += cosmo_hazard_grid_merge(state->cells, TALLY_CELLS, block->cells, TALLY_BLOCK_CELLS, 1.0);
    for (size_t i = 0; i < from->n && state->n_sampled < COSMO_RISK_FAILURES_MAX; i++)
        state->sampled[state->n_sampled++] = block->sampled[i];
}

double cosmo_tally_mean(const tally_moments *m, uint64_t n)
{
    return n > 0 ? m->sum / (double)n : 0.0;
}

double cosmo_tally_variance(const tally_moments *m, uint64_t count)
{
    if (count < 2) return 0.0;
    const double n = (double)count, mean = m->sum / n;
    return fmax(0.0, m->square / n - mean * mean) / (n - 1.0);
}
