/* A mission, read and designed, for suites that fly it: each includes this once and destroys `arena` at the end. */
#ifndef COSMO_TESTS_FLOWN_H
#define COSMO_TESTS_FLOWN_H

#include "cosmodrome/study.h"
#include "suite.h"

static cosmo_arena *arena;
static cosmo_run run;
static cosmo_mission mission;

static inline void check(cosmo_status status)
{
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
}

static inline void read_mission(const char *path)
{
    arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    check(cosmo_mission_read(path, arena, &run, &mission));
}

static inline cosmo_controls design_of(const cosmo_flight *flight)
{
    cosmo_solution solution;
    check(cosmo_targeting_solve(flight, false, arena, &run, &solution));
    return solution.controls;
}

#endif
