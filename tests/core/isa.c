/* Which build of the kernels is chosen, and by whom. */
#include "cosmodrome/core.h"
#include "suite.h"

START_TEST(the_environment_may_ask_for_less)
{
    unsetenv("COSMO_ISA");
    const cosmo_isa able = cosmo_isa_best();
    printf("  this processor: %d lanes\n", cosmo_isa_lanes(able));
    if (able == COSMO_ISA_NONE) return;
    setenv("COSMO_ISA", "one", 1);
    ck_assert_int_eq(cosmo_isa_best(), COSMO_ISA_ONE);
    setenv("COSMO_ISA", "v3", 1);
    ck_assert_int_eq(cosmo_isa_best(), COSMO_ISA_V3);
    setenv("COSMO_ISA", "v4", 1);
    ck_assert_int_eq(cosmo_isa_best(), able); /* v4 where it is there */
    setenv("COSMO_ISA", "v9", 1);
    ck_assert_int_eq(cosmo_isa_best(), able);
    unsetenv("COSMO_ISA");
}
END_TEST

START_TEST(lanes_of_a_build)
{
    ck_assert_int_eq(cosmo_isa_lanes(COSMO_ISA_ONE), 1);
    ck_assert_int_eq(cosmo_isa_lanes(COSMO_ISA_V3), 4);
    ck_assert_int_eq(cosmo_isa_lanes(COSMO_ISA_V4), 8);
    ck_assert_int_eq(cosmo_isa_lanes(COSMO_ISA_NONE), 1);
}
END_TEST

COSMO_SUITE("core/isa", the_environment_may_ask_for_less, lanes_of_a_build)
