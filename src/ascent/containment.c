/* How much of a bivariate normal law an ellipse holds. */
#include "core/real.h"
#include "cosmodrome/ascent.h"

#include <math.h>

double cosmo_containment_fraction(double sigmas)
{
    return 1.0 - cosmo_real_exp(-0.5 * sigmas * sigmas);
}

double cosmo_containment_sigmas(double fraction)
{
    return sqrt(-2.0 * cosmo_real_log(1.0 - fraction));
}
