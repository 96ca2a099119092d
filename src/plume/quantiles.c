/* Quantiles of samples. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdlib.h>

static int quantiles_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantiles_quantile(const double *sorted, size_t n, double share)
{
    const double at = share * (double)(n - 1);
    const size_t below = (size_t)at;
    if (below + 1 >= n) return sorted[n - 1];
    return sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]);
}

cosmo_quantiles cosmo_quantiles_find(const double *values, size_t n, size_t stride, cosmo_arena *arena)
{
    const cosmo_quantiles none = {NAN, NAN, NAN, NAN};
    double *sorted = cosmo_arena_array(arena, n, sizeof *sorted), sum = 0.0;
    if (sorted == NULL || n == 0) return none;
    for (size_t i = 0; i < n; i++) {
        sorted[i] = values[i * stride];
        sum += sorted[i];
    }
    if (isnan(sum)) return none;
    qsort(sorted, n, sizeof *sorted, quantiles_order);
    return (cosmo_quantiles){quantiles_quantile(sorted, n, 0.05), quantiles_quantile(sorted, n, 0.5),
                             quantiles_quantile(sorted, n, 0.95), sum / (double)n};
}
