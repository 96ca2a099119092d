/* The Beta law: incomplete beta function and its inverse. */
#include "core/real.h"
#include "cosmodrome/hazard.h"

#include <math.h>

static const double BETA_LAW_STIRLING = 12.0; /* from here the eight terms below leave less than 1e-17 */

/* What Stirling's series adds to (x - 1/2) ln x - x + ln(2 pi)/2. */
static double beta_law_stirling_tail(double x)
{
    static const double SERIES[] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                    1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
    const double inverse = 1.0 / x, square = inverse * inverse;
    double tail = 0.0;
    for (int i = 7; i >= 0; i--) tail = tail * square + SERIES[i];
    return tail * inverse;
}

static double beta_law_log_gamma(double x)
{
    double shift = 1.0;
    for (; x < BETA_LAW_STIRLING; x += 1.0) shift *= x;
    const double half_log_two_pi = 0.91893853320467274178;
    return (x - 0.5) * cosmo_real_log(x) - x + half_log_two_pi + beta_law_stirling_tail(x) - cosmo_real_log(shift);
}

/* ln(1 + x) that keeps its digits for small x (Kahan). */
static double beta_law_log_1p(double x)
{
    const double sum = 1.0 + x;
    return sum == 1.0 ? x : cosmo_real_log(sum) * (x / (sum - 1.0));
}

/* ln B(a, b). Large arguments enter as a ratio: their log-gammas would cancel and leave their rounding. */
static double beta_law_log_beta(double a, double b)
{
    const double small = fmin(a, b), large = fmax(a, b), sum = a + b;
    if (large < BETA_LAW_STIRLING) return beta_law_log_gamma(a) + beta_law_log_gamma(b) - beta_law_log_gamma(sum);
    const double ratio = small - (large - 0.5) * beta_law_log_1p(small / large) - small * cosmo_real_log(sum) +
                         beta_law_stirling_tail(large) - beta_law_stirling_tail(sum);
    return beta_law_log_gamma(small) + ratio;
}

static double beta_law_away_from_zero(double x)
{
    return fabs(x) < 1e-300 ? 1e-300 : x;
}

/* The continued fraction of I_x(a, b), by the modified Lentz method; converges fast for x < (a + 1)/(a + b + 2). */
static double beta_law_fraction(double x, double a, double b)
{
    enum { STEPS_MAX = 10000 };
    double c = 1.0, d = 1.0 / beta_law_away_from_zero(1.0 - (a + b) * x / (a + 1.0)), value = d;
    for (int m = 1; m < STEPS_MAX; m++) {
        const double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / beta_law_away_from_zero(1.0 + even * d);
        c = beta_law_away_from_zero(1.0 + even / c);
        value *= d * c;
        d = 1.0 / beta_law_away_from_zero(1.0 + odd * d);
        c = beta_law_away_from_zero(1.0 + odd / c);
        const double change = d * c;
        value *= change;
        if (fabs(change - 1.0) < 1e-16) break;
    }
    return value;
}

double cosmo_beta_law_cdf(double x, double a, double b)
{
    if (isnan(x) || !(a > 0.0) || !(b > 0.0)) return NAN;
    if (x <= 0.0) return 0.0;
    if (x >= 1.0) return 1.0;
    const double front = cosmo_real_exp(a * cosmo_real_log(x) + b * beta_law_log_1p(-x) - beta_law_log_beta(a, b));
    if (x < (a + 1.0) / (a + b + 2.0)) return front * beta_law_fraction(x, a, b) / a;
    return 1.0 - front * beta_law_fraction(1.0 - x, b, a) / b;
}

double cosmo_beta_law_quantile(double p, double a, double b)
{
    if (isnan(p) || !(a > 0.0) || !(b > 0.0)) return NAN;
    double low = 0.0, high = 1.0;
    if (p <= 0.0) return low;
    if (p >= 1.0) return high;
    for (;;) {
        const double middle = 0.5 * (low + high);
        if (!(middle > low && middle < high)) return middle;
        if (cosmo_beta_law_cdf(middle, a, b) < p)
            low = middle;
        else
            high = middle;
    }
}
