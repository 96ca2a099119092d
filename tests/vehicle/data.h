/* What the suites of this room share: a run over the repository's data folder. */
#ifndef COSMO_TEST_VEHICLE_DATA_H
#define COSMO_TEST_VEHICLE_DATA_H
#include "cosmodrome/vehicle.h"
#include "suite.h"
#include <string.h>

typedef struct data_bench {
    cosmo_arena *arena;
    cosmo_run run;
} data_bench;

static inline void data_open(data_bench *bench, const char *folder)
{
    bench->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(bench->arena);
    cosmo_run_init(&bench->run, bench->arena);
    bench->run.data_folder = folder;
}

static inline void data_close(data_bench *bench)
{
    cosmo_arena_destroy(bench->arena);
}
#endif
