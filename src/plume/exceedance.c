/* How likely a sample of soil or air exceeds a limit: what is predicted, and how two laboratories differ. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

double cosmo_exceedance_scatter(size_t n, const double *one, const double *other)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double difference = cosmo_real_log(one[i] / other[i]);
        sum += difference * difference;
    }
    return sqrt(0.5 * sum / (double)n);
}

double cosmo_exceedance_scatter_2013(void)
{
    static const double one[] = {1230.0, 8040.0, 660.0, 130.0}, other[] = {527.0, 395.0, 130.0, 10.0};
    return cosmo_exceedance_scatter(sizeof one / sizeof one[0], one, other);
}

/* One prediction. Without scatter a sample at the limit does not exceed it. */
static double exceedance_of(double prediction, double limit, double sigma_ln)
{
    if (!(prediction > 0.0)) return 0.0;
    if (sigma_ln == 0.0) return prediction > limit ? 1.0 : 0.0;
    return cosmo_random_normal_probability(cosmo_real_log(prediction / limit) / sigma_ln);
}

double cosmo_exceedance_probability(size_t n, const double *predictions, double limit, double sigma_ln)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += exceedance_of(predictions[i], limit, sigma_ln);
    return sum / (double)n;
}
