/* Counter-based random numbers and the distributions made of them. */
#include "core/random.h"

#include "core/real.h"
#include "cosmodrome/core.h"

#include <math.h>

static const double RANDOM_TWO_PI = 6.283185307179586;

void cosmo_random_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3], k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = (uint64_t)0xd2511f53u * c0, p1 = (uint64_t)0xcd9e8d57u * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9e3779b9u;
        k1 += 0xbb67ae85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* The stream stands in the counter beside sample and draw: the key has room for the seed alone, and for one seed
 * Philox is a permutation of counters, so that no two draws can share their bits. */
static void random_bits(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, uint32_t out[4])
{
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const uint32_t counter[4] = {(uint32_t)sample, (uint32_t)(sample >> 32), draw, stream};
    cosmo_random_philox(counter, key, out);
}

/* The middle of one of 2^52 equal parts of (0,1), all of them exact doubles, so that 1 - u is exact too. */
static double random_fraction(uint32_t low, uint32_t high)
{
    const uint64_t part = ((uint64_t)high << 32 | low) >> 12;
    return ((double)part + 0.5) * 0x1p-52;
}

double cosmo_random_uniform(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw)
{
    uint32_t bits[4];
    random_bits(seed, stream, sample, draw, bits);
    return random_fraction(bits[0], bits[1]);
}

static double random_polynomial(const double c[8], double x)
{
    double sum = c[7];
    for (int i = 6; i >= 0; i--) sum = sum * x + c[i];
    return sum;
}

double cosmo_random_normal_quantile(double p)
{
    static const double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                3.3430575583588128105e4, 2.5090809287301226727e3};
    static const double b[8] = {1.0,
                                4.2313330701600911252e1,
                                6.8718700749205790830e2,
                                5.3941960214247511077e3,
                                2.1213794301586595867e4,
                                3.9307895800092710610e4,
                                2.8729085735721942674e4,
                                5.2264952788528545610e3};
    static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    const double q = p - 0.5;
    if (fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * random_polynomial(a, r) / random_polynomial(b, r);
    }
    const double tail = q < 0.0 ? p : 1.0 - p;
    if (!(tail > 0.0)) return tail == 0.0 ? copysign(INFINITY, q) : NAN;
    const double r = sqrt(-cosmo_real_log(tail));
    const double z = r <= 5.0 ? random_polynomial(c, r - 1.6) / random_polynomial(d, r - 1.6)
                              : random_polynomial(e, r - 5.0) / random_polynomial(f, r - 5.0);
    return copysign(z, q);
}

/* The density of the standard normal law. */
static double random_normal_density(double z)
{
    return 0.398942280401432677939946 * cosmo_real_exp(-0.5 * z * z);
}

/* P(Z > z) for z >= 1.5. Laplace's fraction is cut so far down that more of it changes nothing. */
static double random_normal_tail(double z)
{
    enum { DEPTH = 200 };
    if (isinf(z)) return 0.0;
    double fraction = z;
    for (int k = DEPTH; k > 0; k--) fraction = z + k / fraction;
    return random_normal_density(z) / fraction;
}

double cosmo_random_normal_probability(double z)
{
    if (z <= -1.5) return random_normal_tail(-z);
    if (z >= 1.5) return 1.0 - random_normal_tail(z);
    double term = z, sum = z;
    for (int k = 3; fabs(term) > 1e-18; k += 2) {
        term *= z * z / k;
        sum += term;
    }
    return 0.5 + sum * random_normal_density(z);
}

double cosmo_random_normal(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw)
{
    return cosmo_random_normal_quantile(cosmo_random_uniform(seed, stream, sample, draw));
}

double cosmo_random_triangular(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, double low, double mode,
                               double high)
{
    const double u = cosmo_random_uniform(seed, stream, sample, draw), width = high - low;
    if (u * width < mode - low) return low + sqrt(u * width * (mode - low));
    return high - sqrt((1.0 - u) * width * (high - mode));
}

void cosmo_random_direction(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, double unit[3])
{
    uint32_t bits[4];
    random_bits(seed, stream, sample, draw, bits);
    const double z = 2.0 * random_fraction(bits[0], bits[1]) - 1.0;
    const double turn = RANDOM_TWO_PI * random_fraction(bits[2], bits[3]);
    const double across = sqrt((1.0 - z) * (1.0 + z));
    unit[0] = across * cosmo_real_cos(turn);
    unit[1] = across * cosmo_real_sin(turn);
    unit[2] = z;
}

double cosmo_random_empirical(uint64_t seed, uint32_t stream, uint64_t sample, uint32_t draw, const double *sorted,
                              size_t n)
{
    if (n < 2) return n == 1 ? sorted[0] : NAN;
    const double place = cosmo_random_uniform(seed, stream, sample, draw) * (double)(n - 1), whole = floor(place);
    const size_t i = whole < (double)(n - 2) ? (size_t)whole : n - 2;
    return sorted[i] + (place - (double)i) * (sorted[i + 1] - sorted[i]);
}
