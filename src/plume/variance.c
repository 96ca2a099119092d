/* How much of an answer's variance each of its inputs explains on its own. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdlib.h>

enum { VARIANCE_FEWEST = 64, VARIANCE_BINS_FEWEST = 8, VARIANCE_BINS_MOST = 64 };

typedef struct variance_pair {
    double input, answer;
    size_t sample;
} variance_pair;

static int variance_order(const void *one, const void *other)
{
    const variance_pair *a = one, *b = other;
    if (a->input != b->input) return a->input < b->input ? -1 : 1;
    return a->sample < b->sample ? -1 : a->sample > b->sample ? 1 : 0;
}

/* Bins enough to follow a curve, each with enough samples for a mean: the cube root of their number. */
static size_t variance_bins(size_t n)
{
    const double root = floor(cosmo_real_cbrt((double)n));
    return (size_t)fmin(fmax(root, VARIANCE_BINS_FEWEST), VARIANCE_BINS_MOST);
}

static cosmo_status variance_check(size_t n, size_t n_inputs, const double *inputs, const double *answer,
                                   cosmo_run *run)
{
    if (n < VARIANCE_FEWEST)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "shares of variance need %d samples or more, not %zu",
                              VARIANCE_FEWEST, n);
    for (size_t i = 0; i < n; i++)
        if (!isfinite(answer[i]))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "shares of variance: answer %zu is not finite", i);
    for (size_t i = 0; i < n * n_inputs; i++)
        if (!isfinite(inputs[i]))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "shares of variance: input %zu of sample %zu is not finite",
                                  i / n, i % n);
    return COSMO_OK;
}

/* The share of one input, whose pairs are sorted by it. Answers are about their mean. An input that does not vary has
 * no bins: it explains nothing. */
static double variance_share(const variance_pair *pairs, size_t n, double total)
{
    if (pairs[0].input == pairs[n - 1].input) return 0.0;
    const size_t bins = variance_bins(n);
    double between = 0.0;
    for (size_t bin = 0; bin < bins; bin++) {
        const size_t from = bin * n / bins, to = (bin + 1) * n / bins;
        double sum = 0.0;
        for (size_t i = from; i < to; i++) sum += pairs[i].answer;
        between += sum * sum / (double)(to - from);
    }
    /* means of bins scatter by chance, which looks like (bins - 1) / (n - 1) of the variance */
    const double within = (total - between) * (double)(n - 1) / (double)(n - bins);
    return fmin(fmax(1.0 - within / total, 0.0), 1.0);
}

cosmo_status cosmo_variance_shares(size_t n_samples, size_t n_inputs, const double *inputs, const double *answer,
                                   cosmo_run *run, double *shares)
{
    COSMO_TRY(variance_check(n_samples, n_inputs, inputs, answer, run));
    double mean = 0.0, total = 0.0;
    for (size_t i = 0; i < n_samples; i++) mean += answer[i];
    mean /= (double)n_samples;
    for (size_t i = 0; i < n_samples; i++) total += (answer[i] - mean) * (answer[i] - mean);
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    variance_pair *pairs = cosmo_arena_array(scratch, n_samples, sizeof *pairs);
    for (size_t input = 0; pairs != NULL && input < n_inputs; input++) {
        for (size_t i = 0; i < n_samples; i++)
            pairs[i] = (variance_pair){inputs[input * n_samples + i], answer[i] - mean, i};
        qsort(pairs, n_samples, sizeof *pairs, variance_order);
        shares[input] = total > 0.0 ? variance_share(pairs, n_samples, total) : 0.0;
    }
    const bool short_of_memory = pairs == NULL;
    cosmo_arena_destroy(scratch);
    return short_of_memory ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
