/* Cd by Mach on a uniform grid. Source: Fritsch & Carlson 1980, SIAM J. Numer. Anal. 17(2), 238-246 (monotone cubic).
 */
#include "cosmodrome/flight.h"

#include <math.h>

/* A tumbling cylinder on its mean projected area: subsonic 1.0, transonic rise, hypersonic free-fall values.
 * Source: Hoerner 1965, Fluid-Dynamic Drag, ch. 16 (cylinder in cross flow by Mach, averaged over attitude). */
static const double DRAG_TUMBLING[] = {0.0,  0.70, 0.5,  0.72, 0.8,  0.85, 1.0,  1.05, 1.2,  1.13, 1.5,
                                       1.12, 2.0,  1.05, 3.0,  0.98, 5.0,  0.94, 10.0, 0.92, 15.0, 0.92};

static double drag_limit_slope(double before, double after)
{
    if (before * after <= 0.0) return 0.0;
    return 2.0 * before * after / (before + after); /* harmonic mean: monotone, and smooth in the rows */
}

static double drag_slope(const double *rows, size_t n, size_t i)
{
    if (n < 2) return 0.0;
    if (i == 0 || i == n - 1) return 0.0;
    const double before = (rows[2 * i + 1] - rows[2 * i - 1]) / (rows[2 * i] - rows[2 * i - 2]);
    const double after = (rows[2 * i + 3] - rows[2 * i + 1]) / (rows[2 * i + 2] - rows[2 * i]);
    return drag_limit_slope(before, after);
}

static double drag_row_value(const double *rows, size_t n, double mach)
{
    if (mach <= rows[0]) return rows[1];
    for (size_t i = 0; i + 1 < n; i++) {
        if (mach > rows[2 * i + 2]) continue;
        const double width = rows[2 * i + 2] - rows[2 * i], x = (mach - rows[2 * i]) / width;
        const double a = rows[2 * i + 1], b = rows[2 * i + 3];
        const double sa = drag_slope(rows, n, i) * width, sb = drag_slope(rows, n, i + 1) * width;
        return a + x * (sa + x * ((3.0 * (b - a) - 2.0 * sa - sb) + x * (sa + sb - 2.0 * (b - a))));
    }
    return rows[2 * n - 1];
}

void cosmo_drag_curve_make(const cosmo_table *table, cosmo_drag_curve *curve)
{
    const bool given = table != NULL && table->n_rows > 0;
    const double *rows = given ? table->values : DRAG_TUMBLING;
    const size_t n = given ? table->n_rows : sizeof DRAG_TUMBLING / sizeof DRAG_TUMBLING[0] / 2;
    for (int i = 0; i < COSMO_DRAG_NODES; i++) curve->node[i][0] = drag_row_value(rows, n, i * COSMO_DRAG_MACH_STEP);
    for (int i = 0; i < COSMO_DRAG_NODES; i++) {
        const bool edge = i == 0 || i == COSMO_DRAG_NODES - 1;
        curve->node[i][1] = edge ? 0.0
                                 : drag_limit_slope(curve->node[i][0] - curve->node[i - 1][0],
                                                    curve->node[i + 1][0] - curve->node[i][0]);
    }
}

void cosmo_drag_curve_constant(double cd, cosmo_drag_curve *curve)
{
    for (int i = 0; i < COSMO_DRAG_NODES; i++) {
        curve->node[i][0] = cd;
        curve->node[i][1] = 0.0;
    }
}

double cosmo_drag_curve_at(const cosmo_drag_curve *curve, double mach)
{
    const double at = fmin(fmax(mach, 0.0) / COSMO_DRAG_MACH_STEP, COSMO_DRAG_NODES - 1.001);
    const int i = (int)at;
    const double x = at - i, a = curve->node[i][0], d = curve->node[i + 1][0] - a, sa = curve->node[i][1],
                 sb = curve->node[i + 1][1];
    return a + x * (sa + x * ((3.0 * d - 2.0 * sa - sb) + x * (sa + sb - 2.0 * d)));
}
