/* Unified powered flight guidance (UPFG), on lanes: one call is one guidance cycle of a block of flights. */
#ifndef COSMO_ASCENT_UPFG_H
#define COSMO_ASCENT_UPFG_H

#include "flight/motion.h"

enum { UPFG_SEGMENTS = 8 };

typedef struct upfg_block {
    alignas(64) motion_row active; /* 1: guide this lane */
    /* given each cycle */
    motion_row r[3], v[3]; /* inertial, m, m/s */
    motion_row dv[3];      /* velocity gained by thrust since the last cycle */
    motion_row exhaust_m_s[UPFG_SEGMENTS], acceleration_m_s2[UPFG_SEGMENTS],
        burn_s[UPFG_SEGMENTS]; /* coast: acceleration 0 */
    motion_row last;           /* index of the segment that may burn longer or shorter than burn_s */
    motion_row radius_m, speed_m_s, sin_path, cos_path; /* wanted at cut-off */
    motion_row normal[3];                               /* unit angular momentum wanted */
    /* kept between cycles */
    motion_row v_go[3], r_bias[3], r_wanted[3], r_gravity[3], t_go;
    /* answers */
    motion_row direction[3], direction_rate[3]; /* thrust along unit(direction + rate tau) from now */
    motion_row change_s;                        /* how much t_go moved in the last iteration */
    motion_row t_go_left;                       /* time to cut-off, coasts included */
    motion_row v_go_left_m_s;
} upfg_block;

typedef struct cosmo_upfg_kernels {
    /* First guesses on the active lanes: a position 20 deg ahead in the wanted plane. */
    void (*begin)(upfg_block *block);
    /* One predictor-corrector iteration on the active lanes. */
    void (*iterate)(upfg_block *block);
} cosmo_upfg_kernels;

extern const cosmo_upfg_kernels cosmo_upfg_kernels_x8, cosmo_upfg_kernels_x4, cosmo_upfg_kernels_x1;
const cosmo_upfg_kernels *cosmo_upfg_kernels_best(void);

#endif
