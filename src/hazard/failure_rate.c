/* The probability that a vehicle fails, from its history of flights. */
#include "core/real.h"
#include "cosmodrome/hazard.h"

#include <math.h>

static const double FAILURE_RATE_TAIL = 0.2; /* on each side of a two-sided 60 % interval */

static bool failure_rate_possible(int64_t flights, int64_t failures)
{
    return flights >= 0 && failures >= 0 && failures <= flights;
}

/* Clopper and Pearson (1934); at either end the limit is the end itself. */
static cosmo_failure_rate failure_rate_limits(int64_t flights, int64_t failures)
{
    const double n = (double)flights, k = (double)failures;
    cosmo_failure_rate rate = {.low = 0.0, .high = 1.0};
    if (failures > 0) rate.low = cosmo_beta_law_quantile(FAILURE_RATE_TAIL, k, n - k + 1.0);
    if (failures < flights) rate.high = cosmo_beta_law_quantile(1.0 - FAILURE_RATE_TAIL, k + 1.0, n - k);
    rate.reference = 0.5 * (rate.low + rate.high);
    return rate;
}

cosmo_failure_rate cosmo_failure_rate_reference(int64_t flights, int64_t failures)
{
    if (flights < 2 || !failure_rate_possible(flights, failures)) return (cosmo_failure_rate){NAN, NAN, NAN};
    return failure_rate_limits(flights, failures);
}

cosmo_failure_rate cosmo_failure_rate_similar(int64_t flights, int64_t failures)
{
    if (!failure_rate_possible(flights, failures)) return (cosmo_failure_rate){NAN, NAN, NAN};
    cosmo_failure_rate rate = failure_rate_limits(flights, failures);
    rate.reference = rate.high;
    return rate;
}

cosmo_failure_belief cosmo_failure_rate_belief(int64_t flights, int64_t failures)
{
    if (!failure_rate_possible(flights, failures)) return (cosmo_failure_belief){NAN, NAN, NAN, NAN, NAN, NAN};
    const double a = (double)failures + 0.5, b = (double)(flights - failures) + 0.5;
    return (cosmo_failure_belief){.a = a,
                                  .b = b,
                                  .mean = a / (a + b),
                                  .p5 = cosmo_beta_law_quantile(0.05, a, b),
                                  .p50 = cosmo_beta_law_quantile(0.50, a, b),
                                  .p95 = cosmo_beta_law_quantile(0.95, a, b)};
}
