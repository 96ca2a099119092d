/* Random numbers on lanes: the same 128 bits as cosmo_random_philox, one counter a lane. */
#ifndef COSMO_CORE_PHILOX_H
#define COSMO_CORE_PHILOX_H

#include "core/lanes.h"

#if COSMO_LANES == 1
typedef uint64_t lanes_bits;
#else
typedef uint64_t lanes_bits __attribute__((vector_size(COSMO_LANES * 8)));
#endif

static inline lanes_bits philox_load(const uint64_t *p)
{
    lanes_bits x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* The 64-bit product of the low halves. */
#if COSMO_LANES == 8
static inline lanes_bits philox_product(lanes_bits a, uint64_t b)
{
    return (lanes_bits)_mm512_mul_epu32((__m512i)a, _mm512_set1_epi64((int64_t)b));
}
#elif COSMO_LANES == 4
static inline lanes_bits philox_product(lanes_bits a, uint64_t b)
{
    return (lanes_bits)_mm256_mul_epu32((__m256i)a, _mm256_set1_epi64x((int64_t)b));
}
#else
static inline lanes_bits philox_product(lanes_bits a, uint64_t b)
{
    return (a & 0xffffffffu) * b;
}
#endif

/* Two uniform numbers in (0,1), as cosmo_random_uniform makes one: the middles of 2^52 equal parts. `draw` counts in
 * doubles. Each half of a counter stands in the low half of a lane. */
static inline void philox_uniforms(uint64_t seed, uint32_t stream, lanes_bits sample, lanes draw, lanes out[2])
{
    const lanes_bits low = (lanes_bits){0} + 0xffffffffu;
    uint64_t k0 = seed & 0xffffffffu, k1 = seed >> 32;
    lanes_bits c0 = sample & low, c1 = sample >> 32, c3 = (lanes_bits){0} + stream;
    /* a whole number below 2^52 is the low bits of 2^52 and it */
    const lanes counted = draw + 0x1p52;
    lanes_bits c2;
    memcpy(&c2, &counted, sizeof c2);
    c2 &= low;
    for (int round = 0; round < 10; round++) {
        const lanes_bits p0 = philox_product(c0, 0xd2511f53u), p1 = philox_product(c2, 0xcd9e8d57u);
        c0 = (p1 >> 32) ^ c1 ^ k0;
        c1 = p1 & low;
        c2 = (p0 >> 32) ^ c3 ^ k1;
        c3 = p0 & low;
        k0 = (k0 + 0x9e3779b9u) & 0xffffffffu;
        k1 = (k1 + 0xbb67ae85u) & 0xffffffffu;
    }
    const lanes_bits one = (lanes_bits){0} + 0x3ff0000000000000u;
    const lanes_bits part[2] = {((c1 << 32 | c0) >> 12) | one, ((c3 << 32 | c2) >> 12) | one};
    for (int i = 0; i < 2; i++) {
        memcpy(&out[i], &part[i], sizeof out[i]);
        out[i] = (out[i] - 1.0) + 0x1p-53;
    }
}

/* Two standard normal numbers. Source: Box and Muller 1958. */
static inline void philox_normals(uint64_t seed, uint32_t stream, lanes_bits sample, lanes draw, lanes out[2])
{
    lanes u[2];
    philox_uniforms(seed, stream, sample, draw, u);
    const lanes radius = lanes_sqrt(-2.0 * lanes_log(u[0])), turn = 6.283185307179586 * u[1];
    out[0] = radius * lanes_cos(turn);
    out[1] = radius * lanes_sin(turn);
}

#endif
