/* Philox4x32-10 against the known answers of its authors (Random123 1.14, examples/kat_vectors) and against their own
 * implementation (package librandom123-dev); the normal quantile against the C library's 80-bit erfc. */
#include "core/random.h"
#include "cosmodrome/core.h"
#include "suite.h"
#include <string.h>

#if __has_include(<Random123/philox.h>)
#include <Random123/philox.h>
#define RANDOM_AUTHORS 1
#else
#define RANDOM_AUTHORS 0
#endif

START_TEST(known_answers)
{
    static const uint32_t known[3][10] = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8},
        {0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff, 0x408f276d, 0x41c83b0e, 0xa20bc7c6,
         0x6d5451fd},
        {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0, 0xd16cfe09, 0x94fdcceb, 0x5001e420,
         0x24126ea1},
    };
    for (int i = 0; i < 3; i++) {
        uint32_t out[4];
        cosmo_random_philox(known[i], known[i] + 4, out);
        ck_assert_mem_eq(out, known[i] + 6, sizeof out);
    }
}
END_TEST

/* What the author of AS 241 prints of his own routine. */
START_TEST(quantiles_that_are_printed)
{
    suite_error("quantile of 0.25", cosmo_random_normal_quantile(0.25) + 0.6744897501960817, "", 1e-15);
    suite_error("quantile of 0.001", cosmo_random_normal_quantile(0.001) + 3.090232306167814, "", 4e-15);
    suite_error("quantile of 1e-20", cosmo_random_normal_quantile(1e-20) + 9.262340089798408, "", 1e-14);
}
END_TEST

/* Newton on the tail's logarithm, where erfc has all its digits. */
static long double random_quantile(long double p)
{
    const bool upper = p > 0.5L;
    const long double tail = upper ? 1.0L - p : p, half_root = 0.7071067811865475244L;
    long double z = (long double)cosmo_random_normal_quantile((double)tail);
    for (int i = 0; i < 4; i++) {
        const long double below = 0.5L * erfcl(-z * half_root);
        z -= (below - tail) / (0.3989422804014326779L * expl(-0.5L * z * z));
    }
    return upper ? -z : z;
}

static double random_quantile_error(double p)
{
    const long double truth = random_quantile((long double)p);
    return (double)fabsl(((long double)cosmo_random_normal_quantile(p) - truth) / truth);
}

START_TEST(quantile_inverts_erfc)
{
    double middle = 0.0, tails = 0.0, far = 0.0;
    for (uint64_t i = 0; i < 100000; i++) {
        const double u = cosmo_random_uniform(7, 0, i, 0);
        if (u != 0.5) middle = fmax(middle, random_quantile_error(u));
        tails = fmax(tails, random_quantile_error(0.075 * u));
        tails = fmax(tails, random_quantile_error(1.0 - 0.075 * u));
        far = fmax(far, random_quantile_error(ldexp(u, -(int)(i % 1000))));
    }
    suite_error("normal quantile, uniform p, relative", middle, "", 1e-15);
    suite_error("normal quantile, both tails, relative", tails, "", 1e-15);
    suite_error("normal quantile, p to 1e-300, relative", far, "", 1e-15);
}
END_TEST

#if RANDOM_AUTHORS
START_TEST(as_its_authors_compute_it)
{
    uint32_t state[6] = {1, 2, 3, 4, 5, 6};
    for (int i = 0; i < 200000; i++) {
        uint32_t out[4], more[4];
        cosmo_random_philox(state, state + 4, out);
        const philox4x32_ctr_t counter = {{state[0], state[1], state[2], state[3]}};
        const philox4x32_key_t key = {{state[4], state[5]}};
        const philox4x32_ctr_t theirs = philox4x32_R(10, counter, key);
        ck_assert_mem_eq(out, theirs.v, sizeof out);
        const uint32_t next[4] = {(uint32_t)i, state[0], state[1], 99};
        cosmo_random_philox(next, out, more);
        memcpy(state, out, sizeof out);
        memcpy(state + 4, more, 2 * sizeof *more);
    }
    printf("  %-58s %12d\n", "counters and keys that agree with Random123", 200000);
}
END_TEST

/* Which word is what: seed in the key, sample, draw and stream in the counter; 52 bits of the first two words. */
START_TEST(uniform_is_made_of_its_words)
{
    for (uint64_t i = 0; i < 100000; i++) {
        const uint64_t seed = i * 0x9e3779b97f4a7c15u, sample = ~i * 0xc2b2ae3d27d4eb4fu;
        const uint32_t stream = (uint32_t)(i % 17), draw = (uint32_t)(i * 2654435761u);
        const philox4x32_ctr_t counter = {{(uint32_t)sample, (uint32_t)(sample >> 32), draw, stream}};
        const philox4x32_key_t key = {{(uint32_t)seed, (uint32_t)(seed >> 32)}};
        const philox4x32_ctr_t bits = philox4x32_R(10, counter, key);
        const double expected = ldexp((double)(((uint64_t)bits.v[1] << 32 | bits.v[0]) >> 12) + 0.5, -52);
        ck_assert(cosmo_random_uniform(seed, stream, sample, draw) == expected);
    }
}
END_TEST
#endif

int main(void)
{
    const TTest *const tests[] = {
        known_answers,
        quantiles_that_are_printed,
        quantile_inverts_erfc,
#if RANDOM_AUTHORS
        as_its_authors_compute_it,
        uniform_is_made_of_its_words,
#endif
    };
    const int status = suite_run("truth/random", tests, sizeof tests / sizeof tests[0]);
    if (status != EXIT_SUCCESS || RANDOM_AUTHORS) return status;
    printf("skip: Random123's own implementation is not installed (librandom123-dev)\n");
    return 77;
}
