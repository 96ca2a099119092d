/* Lanes: a vector of doubles that kernels are written on once. COSMO_LANES is 8, 4 or 1, set by the build.
 *
 * Arithmetic is the compiler's own (+ - * /), each operation rounded as in IEEE 754; elementary functions are SLEEF's
 * finz set, whose results are the same bits on every width. A mask has all bits of a lane set where true.
 */
#ifndef COSMO_CORE_LANES_H
#define COSMO_CORE_LANES_H

#include <immintrin.h>
#include <math.h>
/* SLEEF shows the prototypes of its one-lane FMA set only where this macro is set; plain files need them too. */
#ifndef FP_FAST_FMA
#define FP_FAST_FMA 1
#endif
#include <sleef.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef COSMO_LANES
#define COSMO_LANES 1
#endif

#define COSMO_LANES_JOIN_(name, lanes) name##_x##lanes
#define COSMO_LANES_JOIN(name, lanes) COSMO_LANES_JOIN_(name, lanes)
/* The exported table of a kernel file: COSMO_TABLE(cosmo_motion_kernels) is cosmo_motion_kernels_x8 and so on. */
#define COSMO_TABLE(name) COSMO_LANES_JOIN(name, COSMO_LANES)

#if COSMO_LANES == 1
typedef double lanes;
typedef int64_t lanes_mask;
#else
typedef double lanes __attribute__((vector_size(COSMO_LANES * 8)));
typedef int64_t lanes_mask __attribute__((vector_size(COSMO_LANES * 8)));
#endif

#if COSMO_LANES == 8
#define LANES_CALL(name, accuracy) Sleef_finz_##name##d8_##accuracy##avx512f
#define LANES_CALL_PLAIN(name) Sleef_finz_##name##d8_avx512f
static inline lanes lanes_sqrt(lanes x) { return _mm512_sqrt_pd(x); }
static inline lanes lanes_fma(lanes a, lanes b, lanes c) { return _mm512_fmadd_pd(a, b, c); }
#elif COSMO_LANES == 4
#define LANES_CALL(name, accuracy) Sleef_finz_##name##d4_##accuracy##avx2
static inline lanes lanes_sqrt(lanes x) { return _mm256_sqrt_pd(x); }
static inline lanes lanes_fma(lanes a, lanes b, lanes c) { return _mm256_fmadd_pd(a, b, c); }
#else
#define LANES_CALL(name, accuracy) Sleef_finz_##name##d1_##accuracy##purecfma
static inline lanes lanes_sqrt(lanes x) { return __builtin_sqrt(x); }
static inline lanes lanes_fma(lanes a, lanes b, lanes c) { return __builtin_fma(a, b, c); }
#endif

#if COSMO_LANES == 1
static inline lanes lanes_all(double x) { return x; }
static inline double lanes_get(lanes x, int i) { (void)i; return x; }
static inline lanes_mask lanes_lt(lanes a, lanes b) { return -(int64_t)(a < b); }
static inline lanes_mask lanes_le(lanes a, lanes b) { return -(int64_t)(a <= b); }
static inline lanes_mask lanes_eq(lanes a, lanes b) { return -(int64_t)(a == b); }
static inline lanes lanes_pick(lanes_mask where, lanes yes, lanes no) { return where ? yes : no; }
#else
static inline lanes lanes_all(double x) { return x - (lanes){0}; }
static inline double lanes_get(lanes x, int i) { return x[i]; }
static inline lanes_mask lanes_lt(lanes a, lanes b) { return a < b; }
static inline lanes_mask lanes_le(lanes a, lanes b) { return a <= b; }
static inline lanes_mask lanes_eq(lanes a, lanes b) { return a == b; }
/* Neither gcc nor clang has ?: on vectors in C. */
static inline lanes lanes_pick(lanes_mask where, lanes yes, lanes no)
{
    return (lanes)((where & (lanes_mask)yes) | (~where & (lanes_mask)no));
}
#endif

static inline lanes lanes_load(const double *p) { lanes x; memcpy(&x, p, sizeof x); return x; }
static inline void lanes_store(double *p, lanes x) { memcpy(p, &x, sizeof x); }
static inline lanes_mask lanes_gt(lanes a, lanes b) { return lanes_lt(b, a); }
static inline lanes_mask lanes_ge(lanes a, lanes b) { return lanes_le(b, a); }
static inline lanes lanes_min(lanes a, lanes b) { return lanes_pick(lanes_lt(a, b), a, b); }
static inline lanes lanes_max(lanes a, lanes b) { return lanes_pick(lanes_lt(a, b), b, a); }
static inline lanes lanes_abs(lanes x) { return lanes_max(x, -x); }
static inline int lanes_any(lanes_mask m)
{
    int64_t bits[COSMO_LANES], any = 0;
    memcpy(bits, &m, sizeof bits);
    for (int i = 0; i < COSMO_LANES; i++) any |= bits[i];
    return any != 0;
}
static inline lanes lanes_sin(lanes x) { return LANES_CALL(sin, u35)(x); }
static inline lanes lanes_cos(lanes x) { return LANES_CALL(cos, u35)(x); }
static inline lanes lanes_exp(lanes x) { return LANES_CALL(exp, u10)(x); }
static inline lanes lanes_log(lanes x) { return LANES_CALL(log, u35)(x); }
static inline lanes lanes_atan2(lanes y, lanes x) { return LANES_CALL(atan2, u35)(y, x); }
static inline lanes lanes_atan(lanes x) { return LANES_CALL(atan, u35)(x); }
static inline lanes lanes_asin(lanes x) { return LANES_CALL(asin, u35)(x); }
static inline lanes lanes_acos(lanes x) { return LANES_CALL(acos, u35)(x); }
static inline lanes lanes_tan(lanes x) { return LANES_CALL(tan, u35)(x); }

typedef struct lanes3 { lanes x, y, z; } lanes3;
static inline lanes3 lanes3_add(lanes3 a, lanes3 b) { return (lanes3){a.x + b.x, a.y + b.y, a.z + b.z}; }
static inline lanes3 lanes3_sub(lanes3 a, lanes3 b) { return (lanes3){a.x - b.x, a.y - b.y, a.z - b.z}; }
static inline lanes3 lanes3_scale(lanes s, lanes3 a) { return (lanes3){s * a.x, s * a.y, s * a.z}; }
/* a + s b */
static inline lanes3 lanes3_along(lanes3 a, lanes s, lanes3 b)
{
    return (lanes3){a.x + s * b.x, a.y + s * b.y, a.z + s * b.z};
}
static inline lanes lanes3_dot(lanes3 a, lanes3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static inline lanes3 lanes3_cross(lanes3 a, lanes3 b)
{
    return (lanes3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
static inline lanes lanes3_norm(lanes3 a) { return lanes_sqrt(lanes3_dot(a, a)); }
static inline lanes3 lanes3_unit(lanes3 a) { return lanes3_scale(1.0 / lanes3_norm(a), a); }
static inline lanes3 lanes3_pick(lanes_mask where, lanes3 yes, lanes3 no)
{
    return (lanes3){lanes_pick(where, yes.x, no.x), lanes_pick(where, yes.y, no.y), lanes_pick(where, yes.z, no.z)};
}

#endif
