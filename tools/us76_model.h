/* The U.S. Standard Atmosphere 1976 from 86 to 1,000 km, integrated from its species equations, for the generator of
 * src/earth/us76_table.c and for the test that integrates again.
 *
 * Kilometres, kelvin, number densities in 1/m^3. Source: NOAA-S/T 76-1562, eq. 27-43, tables 2, 4, 6, 7 and 9.
 */
#ifndef COSMO_TOOLS_US76_MODEL_H
#define COSMO_TOOLS_US76_MODEL_H

#include <math.h>
#include <stddef.h>

enum { US76_N2, US76_O, US76_O2, US76_AR, US76_HE, US76_H, US76_SPECIES };
enum { US76_STATES = 7, US76_TAU = 5, US76_FLUX = 6 }; /* five barometric exponents, hydrogen's tau and flux integral */

#define US76_GAS_CONSTANT 8314.32      /* J/(kmol K) */
#define US76_AVOGADRO     6.022169e26  /* 1/kmol */
#define US76_BOLTZMANN    1.380622e-23 /* J/K */
#define US76_G0           9.80665
#define US76_R0_KM        6356.766
#define US76_M0           28.9644
#define US76_T86          186.8673

static const double us76_mass[US76_SPECIES] = {28.0134, 15.9994, 31.9988, 39.948, 4.0026, 1.00797};
static const double us76_at_86[5] = {1.129794e20, 8.6e16, 3.030898e19, 1.3514e18, 7.5817e14};

/* The vertical-transport fit of one species, table 7; the second set (O only) ends at 97 km. */
typedef struct us76_transport {
    double q1, u1, w1, q2, u2, w2;
} us76_transport;
static const us76_transport us76_flow[5] = {
    {0, 0, 0, 0, 0, 0},
    {-5.809644e-4, 56.90311, 2.706240e-5, -3.416248e-3, 97.0, 5.008765e-4},
    {1.366212e-4, 86.0, 8.333333e-5, 0, 0, 0},
    {9.434079e-5, 86.0, 8.333333e-5, 0, 0, 0},
    {-2.457369e-4, 86.0, 6.666667e-4, 0, 0, 0},
};
/* Diffusion D = a / N (T / 273.15)^b (a in 1/(m s)) and the thermal diffusion factor, table 6. */
static const double us76_diffusion_a[US76_SPECIES] = {0, 6.986e20, 4.863e20, 4.487e20, 1.700e21, 3.305e21};
static const double us76_diffusion_b[US76_SPECIES] = {0, 0.750, 0.750, 0.870, 0.691, 0.500};
static const double us76_thermal[US76_SPECIES] = {0, 0, 0, 0, -0.40, -0.25};

static inline double us76_gravity(double z)
{
    const double ratio = US76_R0_KM / (US76_R0_KM + z);
    return US76_G0 * ratio * ratio;
}

/* Kinetic temperature and its slope (K/km), eq. 27-31. */
static inline double us76_temperature(double z, double *slope)
{
    if (z <= 91.0) return *slope = 0.0, US76_T86;
    if (z <= 110.0) {
        const double a = -19.9429, u = (z - 91.0) / a, root = sqrt(1.0 - u * u);
        *slope = 76.3232 * u / (a * root);
        return 263.1905 - 76.3232 * root;
    }
    if (z <= 120.0) return *slope = 12.0, 240.0 + 12.0 * (z - 110.0);
    const double xi = (z - 120.0) * (US76_R0_KM + 120.0) / (US76_R0_KM + z);
    const double drop = (1000.0 - 360.0) * exp(-0.01875 * xi), stretch = (US76_R0_KM + 120.0) / (US76_R0_KM + z);
    *slope = 0.01875 * stretch * stretch * drop;
    return 1000.0 - drop;
}

/* Eddy diffusion, m^2/s, eq. 7a-c. */
static inline double us76_eddy(double z)
{
    if (z < 95.0) return 1.2e2;
    const double room = 400.0 - (z - 95.0) * (z - 95.0);
    return z < 115.0 && room > 0.0 ? 1.2e2 * exp(1.0 - 400.0 / room) : 0.0;
}

static inline double us76_transport_term(const us76_transport *flow, double z, double side)
{
    const double up = z - flow->u1;
    double term = flow->q1 * up * up * exp(-flow->w1 * up * up * up);
    if (flow->q2 != 0.0 && side < flow->u2) {
        const double down = flow->u2 - z;
        term += flow->q2 * down * down * exp(-flow->w2 * down * down * down);
    }
    return term;
}

static inline void us76_densities(double z, const double state[US76_STATES], double n[5])
{
    double slope;
    const double t = us76_temperature(z, &slope);
    for (int i = 0; i < 5; i++) n[i] = us76_at_86[i] * US76_T86 / t * exp(-state[i]);
}

/* The mean molecular weight that argon and helium mix towards above 100 km: that of the gases known by then. O and O2
 * mix towards N2 alone there. This reading of eq. 37 is the one whose Ar and He columns agree with table 8 of the
 * source. */
static inline double us76_mean_of_three(const double n[5])
{
    const double mass =
        n[US76_N2] * us76_mass[US76_N2] + n[US76_O] * us76_mass[US76_O] + n[US76_O2] * us76_mass[US76_O2];
    return mass / (n[US76_N2] + n[US76_O] + n[US76_O2]);
}

/* Slopes of the state at z; `side` is a point inside the step, which says on which side of a break to stand. */
static inline void us76_slopes(double z, double side, const double state[US76_STATES], double out[US76_STATES])
{
    double n[5], t_slope;
    us76_densities(z, state, n);
    const double t = us76_temperature(z, &t_slope);
    const double per_mass = 1000.0 * us76_gravity(z) / (US76_GAS_CONSTANT * t); /* 1/km for each kg/kmol */
    const double mixed = side < 100.0 ? US76_M0 : us76_mass[US76_N2];
    out[US76_N2] = per_mass * mixed;
    const double eddy = side < 115.0 ? us76_eddy(z) : 0.0;
    double through = n[US76_N2], mean = mixed;
    for (int i = US76_O; i <= US76_HE; i++) {
        if (i == US76_AR) {
            through += n[US76_O] + n[US76_O2];
            if (side >= 100.0) mean = us76_mean_of_three(n);
        }
        const double d = us76_diffusion_a[i] / through * pow(t / 273.15, us76_diffusion_b[i]);
        out[i] = per_mass * (us76_mass[i] * d + mean * eddy) / (d + eddy) +
                 us76_thermal[i] * t_slope / t * d / (d + eddy) + us76_transport_term(&us76_flow[i], z, side);
    }
    const double all = through + n[US76_AR] + n[US76_HE];
    const double d = us76_diffusion_a[US76_H] / all * sqrt(t / 273.15);
    out[US76_TAU] = per_mass * us76_mass[US76_H];
    out[US76_FLUX] =
        side < 500.0 ? 1000.0 * 7.2e11 / d * pow(t / 999.2356, 1.0 + us76_thermal[US76_H]) * exp(state[US76_TAU]) : 0.0;
}

/* One step of the classical fourth-order Runge-Kutta method; `step` may be negative. No step may straddle a whole
 * kilometre, where all breaks of the model lie. */
static inline void us76_step(double z, double step, double state[US76_STATES])
{
    double k[4][US76_STATES], trial[US76_STATES];
    const double side = z + 0.5 * step;
    for (int stage = 0; stage < 4; stage++) {
        const double reach = stage == 0 ? 0.0 : stage == 3 ? step : 0.5 * step;
        for (int i = 0; i < US76_STATES; i++) trial[i] = state[i] + (stage == 0 ? 0.0 : reach * k[stage - 1][i]);
        us76_slopes(z + reach, side, trial, k[stage]);
    }
    for (int i = 0; i < US76_STATES; i++) state[i] += step / 6.0 * (k[0][i] + 2.0 * (k[1][i] + k[2][i]) + k[3][i]);
}

/* The state `part` (0..1) of the way through a step of `step` km over which the slopes go straight from k0 to k1. */
static inline void us76_along(const double from[US76_STATES], double step, double part, const double k0[US76_STATES],
                              const double k1[US76_STATES], double to[US76_STATES])
{
    for (int i = 0; i < US76_STATES; i++) to[i] = from[i] + part * step * (k0[i] + 0.5 * part * (k1[i] - k0[i]));
}

/* The slopes at both ends of a step of the trapezium rule (the far end's by fixed point: D depends on the densities).
 */
static inline void us76_trapezium(double z, double step, const double state[US76_STATES], double k0[US76_STATES],
                                  double k1[US76_STATES])
{
    double trial[US76_STATES];
    us76_slopes(z, z + 0.5 * step, state, k0);
    for (int i = 0; i < US76_STATES; i++) k1[i] = k0[i];
    for (int pass = 0; pass < 6; pass++) {
        us76_along(state, step, 1.0, k0, k1, trial);
        us76_slopes(z + step, z + 0.5 * step, trial, k1);
    }
}

typedef struct us76_point {
    double altitude_km, temperature_k, pressure_pa, density_kg_m3, molecular_weight, n[US76_SPECIES];
} us76_point;

static inline double us76_hydrogen(double z, const double state[US76_STATES])
{
    double slope;
    if (z < 150.0) return 0.0;
    const double t = us76_temperature(z, &slope);
    return (8.0e10 - state[US76_FLUX]) * pow(999.2356 / t, 1.0 + us76_thermal[US76_H]) * exp(-state[US76_TAU]);
}

static inline us76_point us76_point_of(double z, const double state[US76_STATES])
{
    us76_point point = {.altitude_km = z};
    double slope, number = 0.0, mass = 0.0;
    us76_densities(z, state, point.n);
    point.n[US76_H] = us76_hydrogen(z, state);
    for (int i = 0; i < US76_SPECIES; i++) number += point.n[i], mass += point.n[i] * us76_mass[i];
    point.temperature_k = us76_temperature(z, &slope);
    point.pressure_pa = number * US76_BOLTZMANN * point.temperature_k;
    point.density_kg_m3 = mass / US76_AVOGADRO;
    point.molecular_weight = mass / number;
    return point;
}

enum { US76_STEPS_PER_KM = 16, US76_STEPS_PER_QUARTER = 4, US76_POINTS = (1000 - 86) * US76_STEPS_PER_KM + 1 };
enum { US76_AT_120 = (120 - 86) * US76_STEPS_PER_KM, US76_AT_150 = (150 - 86) * US76_STEPS_PER_KM };
enum { US76_AT_500 = (500 - 86) * US76_STEPS_PER_KM };

/* From 86 to 120 km by the trapezium rule on quarter kilometres, as the source's tables were made: an exact integration
 * misses the printed pressures about 110 km by up to 2.7 units of the last digit, this rule by less than 0.6. */
static inline void us76_integrate_lower(us76_point points[US76_POINTS], double state[US76_STATES])
{
    for (int i = 0; i < US76_AT_120; i += US76_STEPS_PER_QUARTER) {
        const double z = 86.0 + (double)i / US76_STEPS_PER_KM;
        double k0[US76_STATES], k1[US76_STATES], within[US76_STATES];
        us76_trapezium(z, 0.25, state, k0, k1);
        for (int j = 0; j < US76_STEPS_PER_QUARTER; j++) {
            us76_along(state, 0.25, j / (double)US76_STEPS_PER_QUARTER, k0, k1, within);
            points[i + j] = us76_point_of(z + (double)j / US76_STEPS_PER_KM, within);
        }
        us76_along(state, 0.25, 1.0, k0, k1, within);
        for (int k = 0; k < US76_STATES; k++) state[k] = within[k];
    }
}

/* All points from 86 to 1,000 km, 1/16 km apart. Hydrogen is known at 500 km, so the way goes up to there with the
 * other species and then from there down to 150 km and up to the top with all of them. */
static inline void us76_integrate(us76_point points[US76_POINTS])
{
    const double step = 1.0 / US76_STEPS_PER_KM;
    double up[US76_STATES] = {0}, down[US76_STATES];
    us76_integrate_lower(points, up);
    for (int i = US76_AT_120; i < US76_AT_500; i++) {
        points[i] = us76_point_of(86.0 + i * step, up);
        us76_step(86.0 + i * step, step, up);
    }
    up[US76_TAU] = up[US76_FLUX] = 0.0;
    for (int i = 0; i < US76_STATES; i++) down[i] = up[i];
    for (int i = US76_AT_500; i >= US76_AT_150; i--) {
        points[i] = us76_point_of(86.0 + i * step, down);
        if (i > US76_AT_150) us76_step(86.0 + i * step, -step, down);
    }
    for (int i = US76_AT_500; i + 1 < US76_POINTS; i++) {
        us76_step(86.0 + i * step, step, up);
        points[i + 1] = us76_point_of(86.0 + (i + 1) * step, up);
    }
}

#endif
