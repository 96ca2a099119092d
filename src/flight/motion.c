/* The scalar side of the motion kernels: choosing a build, committing steps, dense output. */
#include "flight/motion.h"

#include "earth/kernels/gravity.h"

#include <math.h>
#include <string.h>

const cosmo_motion_kernels *cosmo_motion_kernels_best(void)
{
    switch (cosmo_isa_best()) {
    case COSMO_ISA_V4:
        return &cosmo_motion_kernels_x8;
    case COSMO_ISA_V3:
        return &cosmo_motion_kernels_x4;
    default:
        return &cosmo_motion_kernels_x1;
    }
}

void cosmo_motion_clear(motion_block *block)
{
    static const cosmo_drag_curve no_drag;
    memset(block, 0, sizeof *block);
    block->tolerance = 1e-10;
    for (int i = 0; i < MOTION_LANES; i++) {
        block->drag[i] = &no_drag;
        block->h[i] = 1.0;
        block->fresh[i] = 1.0;
        block->acceleration_limit_m_s2[i] = 1e9;
        block->mass_fixed_kg[i] = 1.0;
        block->density_scale[i] = 1.0;
        block->y[0][i] = COSMO_EARTH_RADIUS; /* an idle lane rests at a place where everything is finite */
        block->plane_normal[2][i] = 1.0;
        block->direction[0][i] = 1.0;
    }
    cosmo_motion_set_gravity(block, COSMO_GRAVITY_J6);
}

void cosmo_motion_set_gravity(motion_block *block, cosmo_gravity_model model)
{
    earth_zonals(model, block->zonal);
}

void cosmo_motion_commit(motion_block *block, int lane)
{
    const double t = block->t[lane] + block->h_taken[lane];
    /* land on t_end itself, not a rounding beside it */
    block->t[lane] = fabs(t - block->t_end[lane]) < 1e-11 * (1.0 + fabs(t)) ? block->t_end[lane] : t;
    for (int s = 0; s < MOTION_STATES; s++) {
        block->y[s][lane] = block->y_new[s][lane];
        block->k[0][s][lane] = block->k[DOP853_STAGES][s][lane];
    }
}

void cosmo_motion_interpolate(const motion_block *block, int lane, double t, double y[MOTION_STATES])
{
    const double x = (t - block->t[lane]) / block->h_taken[lane];
    for (int s = 0; s < MOTION_STATES; s++) {
        double value = 0.0;
        for (int i = DOP853_DENSE - 1; i >= 0; i--)
            value = (value + block->dense[i][s][lane]) * (i % 2 == 0 ? x : 1.0 - x);
        y[s] = block->y[s][lane] + value;
    }
}
