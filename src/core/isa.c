/* Which build of the kernels runs here. */
#include "cosmodrome/core.h"

#include <stdlib.h>
#include <string.h>

static cosmo_isa isa_of_processor(void)
{
    __builtin_cpu_init();
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
    const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
    return v4 ? COSMO_ISA_V4 : v3 ? COSMO_ISA_V3 : COSMO_ISA_NONE;
}

cosmo_isa cosmo_isa_best(void)
{
    const cosmo_isa able = isa_of_processor();
    const char *asked = getenv("COSMO_ISA");
    if (asked == NULL || able == COSMO_ISA_NONE) return able;
    if (strcmp(asked, "one") == 0) return COSMO_ISA_ONE;
    if (strcmp(asked, "v3") == 0) return COSMO_ISA_V3;
    return able;
}

int cosmo_isa_lanes(cosmo_isa isa)
{
    return isa == COSMO_ISA_V4 ? 8 : isa == COSMO_ISA_V3 ? 4 : 1;
}
