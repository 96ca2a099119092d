/* The air that particles move in: Monin-Obukhov wind and the turbulence of surface layer, mixing layer and free air. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double AIR_PI = 3.14159265358979323846;
static const double AIR_KARMAN = 0.40;
static const double AIR_SURFACE_LAYER = 0.1;   /* of the mixing height */
static const double AIR_BLEND_END = 0.3;       /* of the mixing height: Hanna alone above */
static const double AIR_FLOORS_FROM_M = 100.0; /* least time scales begin here, */
static const double AIR_FLOORS_FULL_M = 200.0; /* and hold from here */
static const double AIR_FLOOR_W_S = 30.0, AIR_FLOOR_U_S = 10.0;
static const double AIR_FREE_ACROSS_M_S = 0.5, AIR_FREE_ACROSS_S = 200.0; /* 50 m2/s */
static const double AIR_FREE_UP_M_S = 0.0316, AIR_FREE_UP_S = 100.0;      /* 0.1 m2/s */
static const double AIR_CALM_M_S = 1.0, AIR_CALM_HEIGHT_M = 10.0, AIR_CALM_SIGMA_M_S = 0.5;
static const double AIR_TOP_M = 10000.0;
static const double AIR_LEAST_DEPTH = 20.0; /* of the mixing layer, in roughness lengths */

/* Turbulence at a height. */
typedef struct air_turbulence {
    double sigma_u, sigma_v, sigma_w, time_u, time_w;
} air_turbulence;

/* ---- checks ---- */

static cosmo_status air_check_surface(const cosmo_plume_weather *w, cosmo_run *run)
{
    if (!(w->roughness_m > 0.0 && w->roughness_m <= 10.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: a roughness of %g m; above 0 and at most 10 m",
                              w->roughness_m);
    if (!(w->friction_velocity_m_s > 0.0 && w->friction_velocity_m_s <= 10.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: a friction velocity of %g m/s; above 0 and at most 10 m/s",
                              w->friction_velocity_m_s);
    if (isnan(w->obukhov_m) || w->obukhov_m == 0.0)
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: an Obukhov length of %g m; negative in unstable air, positive in stable "
                              "air, infinite in neutral air",
                              w->obukhov_m);
    const double least = AIR_LEAST_DEPTH * w->roughness_m;
    if (!(w->mixing_height_m >= least && w->mixing_height_m <= AIR_TOP_M))
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: weather: a mixing height of %g m; at least 20 roughness lengths (%g m) and at most "
            "10 km",
            w->mixing_height_m, least);
    const double scatter = w->direction_scatter_rad;
    if (!isnan(scatter) && !(scatter > 0.0 && scatter <= 0.5 * AIR_PI))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: the wind's direction scatters by %g deg; above 0 and at most 90 deg",
                              scatter * 180.0 / AIR_PI);
    return COSMO_OK;
}

static cosmo_status air_check_levels(const cosmo_plume_weather *w, cosmo_run *run)
{
    if (w->n == 0) return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: no level with a wind");
    double below = 2.0 * w->roughness_m;
    for (size_t i = 0; i < w->n; i++) {
        if (!(w->height_m[i] > below && w->height_m[i] <= 1e5))
            return cosmo_run_fail(run, COSMO_BAD_INPUT,
                                  "error: weather: level %zu at %g m; levels rise, the first from above two roughness "
                                  "lengths (%g m)",
                                  i + 1, w->height_m[i], 2.0 * w->roughness_m);
        if (!(w->wind_speed_m_s[i] >= 0.0 && w->wind_speed_m_s[i] <= 150.0))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: a wind of %g m/s at %g m; 0 to 150 m/s",
                                  w->wind_speed_m_s[i], w->height_m[i]);
        if (!(fabs(w->wind_from_rad[i]) <= 2.0 * AIR_PI))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: wind from %g deg at %g m; -360 to 360 deg",
                                  w->wind_from_rad[i] * 180.0 / AIR_PI, w->height_m[i]);
        below = w->height_m[i];
    }
    return COSMO_OK;
}

/* ---- wind ---- */

/* Wind in units of the friction velocity over k. */
static double air_profile(const cosmo_plume_weather *w, double z)
{
    return cosmo_real_log(z / w->roughness_m) - cosmo_surface_psi(z / w->obukhov_m) +
           cosmo_surface_psi(w->roughness_m / w->obukhov_m);
}

/* From direction a to b, the share x of the short way. */
static double air_turned(double a, double b, double x)
{
    const double turns = (b - a) / (2.0 * AIR_PI);
    return a + x * 2.0 * AIR_PI * (turns - floor(turns + 0.5));
}

/* The level at or below z, of the first n; 0 where there is none. */
static size_t air_level(const cosmo_plume_weather *w, size_t n, double z)
{
    size_t i = 0;
    while (i + 1 < n && w->height_m[i + 1] <= z) i++;
    return i;
}

static void air_components(double speed, double from, double wind[2])
{
    wind[0] = -speed * cosmo_real_sin(from);
    wind[1] = -speed * cosmo_real_cos(from);
}

/* Wind by the profile, which the first n levels stretch: evenly in ln z between them. */
static void air_profile_wind(const cosmo_plume_weather *w, size_t n, double z, double wind[2])
{
    const size_t i = air_level(w, n, z);
    const double *height = w->height_m;
    double stretch = w->wind_speed_m_s[i] / air_profile(w, height[i]), from = w->wind_from_rad[i];
    if (z > height[i] && i + 1 < n) {
        const double above = w->wind_speed_m_s[i + 1] / air_profile(w, height[i + 1]);
        const double x = cosmo_real_log(z / height[i]) / cosmo_real_log(height[i + 1] / height[i]);
        stretch += x * (above - stretch);
    }
    if (z > height[i] && i + 1 < w->n)
        from = air_turned(from, w->wind_from_rad[i + 1], (z - height[i]) / (height[i + 1] - height[i]));
    air_components(stretch * air_profile(w, z), from, wind);
}

static void air_wind(const cosmo_plume_weather *w, double z, double wind[2])
{
    size_t n = 1; /* levels that the profile passes through */
    double surface = fmax(AIR_SURFACE_LAYER * w->mixing_height_m, w->height_m[0]);
    while (n < w->n && w->height_m[n] <= surface) n++;
    if (n == w->n) surface = fmax(w->mixing_height_m, w->height_m[n - 1]);
    if (z <= surface || n == w->n) {
        air_profile_wind(w, n, fmin(z, surface), wind);
        return;
    }
    const size_t i = air_level(w, w->n, z);
    const bool joint = i < n; /* between the end of the profile and the first level above it */
    double below[2], above[2];
    if (joint)
        air_profile_wind(w, n, surface, below);
    else
        air_components(w->wind_speed_m_s[i], w->wind_from_rad[i], below);
    const size_t next = i + 1 < w->n ? i + 1 : i;
    const double bottom = joint ? surface : w->height_m[i], depth = w->height_m[next] - bottom;
    const double x = depth > 0.0 ? (z - bottom) / depth : 0.0;
    air_components(w->wind_speed_m_s[next], w->wind_from_rad[next], above);
    for (int k = 0; k < 2; k++) wind[k] = below[k] + x * (above[k] - below[k]);
}

/* ---- turbulence ---- */

static double air_smooth(double x)
{
    const double u = fmin(fmax(x, 0.0), 1.0);
    return u * u * (3.0 - 2.0 * u);
}

static air_turbulence air_hanna_neutral(double u, double z)
{
    const double across = 2.0 * u * cosmo_real_exp(-3e-4 * z / u), up = 1.3 * u * cosmo_real_exp(-2e-4 * z / u);
    const double time = 0.5 * z / up / (1.0 + 1.5e-3 * z / u);
    return (air_turbulence){across, across, up, time, time};
}

static air_turbulence air_hanna_unstable(double u, double z, double length, double h)
{
    const double across = u * cosmo_real_cbrt(12.0 - 0.5 * h / length), zeta = fmin(z / h, 1.0);
    const double free = u * cosmo_real_cbrt(-h / (AIR_KARMAN * length)), third = cosmo_real_cbrt(zeta);
    const double up = sqrt(1.2 * free * free * (1.0 - 0.9 * zeta) * third * third + (1.8 - 1.4 * zeta) * u * u);
    const double time = 0.15 * h / up * (1.0 - cosmo_real_exp(-5.0 * zeta));
    return (air_turbulence){across, across, up, 0.15 * h / across, time};
}

/* At the lid Hanna's would vanish: a tenth of the value at the ground is left. */
static air_turbulence air_hanna_stable(double u, double z, double h)
{
    const double zeta = fmin(z / h, 1.0), left = fmax(1.0 - zeta, 0.1), along = 2.0 * u * left, up = 1.3 * u * left;
    return (air_turbulence){along, up, up, 0.15 * h / along * sqrt(zeta), 0.1 * h / up * cosmo_real_pow(zeta, 0.8)};
}

/* Above the surface layer, where alone it is used. */
static air_turbulence air_hanna(const cosmo_plume_weather *w, double z)
{
    const double h = w->mixing_height_m, u = w->friction_velocity_m_s;
    if (h < fabs(w->obukhov_m)) return air_hanna_neutral(u, z);
    return w->obukhov_m < 0.0 ? air_hanna_unstable(u, z, w->obukhov_m, h) : air_hanna_stable(u, z, h);
}

/* Vertical turbulence of the surface layer. */
static void air_similarity(const cosmo_plume_weather *w, double z, double *sigma, double *time)
{
    const double u = 1.25 * w->friction_velocity_m_s, zeta = z / w->obukhov_m;
    *sigma = zeta < 0.0 ? u * cosmo_real_cbrt(1.0 - 3.0 * zeta) : u;
    *time = 0.5 * z / *sigma * (zeta < 0.0 ? sqrt(sqrt(1.0 - 6.0 * zeta)) : 1.0 / (1.0 + 5.0 * zeta));
}

static air_turbulence air_mixing_layer(const cosmo_plume_weather *w, double z)
{
    air_turbulence t = air_hanna(w, z);
    const double end = AIR_BLEND_END - AIR_SURFACE_LAYER;
    const double aloft = air_smooth((z / w->mixing_height_m - AIR_SURFACE_LAYER) / end);
    double sigma, time;
    air_similarity(w, z, &sigma, &time);
    t.sigma_w = sqrt(sigma * sigma + aloft * (t.sigma_w * t.sigma_w - sigma * sigma));
    t.time_w = time + aloft * (t.time_w - time);
    const double floors = air_smooth((z - AIR_FLOORS_FROM_M) / (AIR_FLOORS_FULL_M - AIR_FLOORS_FROM_M));
    t.time_w += floors * fmax(AIR_FLOOR_W_S - t.time_w, 0.0);
    t.time_u += floors * fmax(AIR_FLOOR_U_S - t.time_u, 0.0);
    t.time_u = fmax(t.time_u, time);
    return t;
}

static air_turbulence air_turbulence_at(const cosmo_plume_air *air, const cosmo_plume_weather *w, double z)
{
    air_turbulence t = z <= w->mixing_height_m ? air_mixing_layer(w, z)
                                               : (air_turbulence){AIR_FREE_ACROSS_M_S, AIR_FREE_ACROSS_M_S,
                                                                  AIR_FREE_UP_M_S, AIR_FREE_ACROSS_S, AIR_FREE_UP_S};
    if (!air->calm) return t;
    t.sigma_u = fmax(t.sigma_u, AIR_CALM_SIGMA_M_S);
    t.sigma_v = fmax(t.sigma_v, AIR_CALM_SIGMA_M_S);
    return t;
}

/* ---- the whole ---- */

static void air_fill(const cosmo_plume_weather *w, cosmo_plume_air *air)
{
    const double to_lid = cosmo_real_log(w->mixing_height_m / air->bottom_m);
    const double to_top = cosmo_real_log(AIR_TOP_M * 1.01 / air->bottom_m);
    const int last = COSMO_PLUME_AIR_NODES - 1, lid = (int)(last * to_lid / to_top);
    const double step = to_lid / lid;
    for (int i = 0; i <= last; i++) {
        /* the lid itself, not what is a rounding above it */
        const double z = i == lid ? w->mixing_height_m : air->bottom_m * cosmo_real_exp(i * step);
        const air_turbulence t = air_turbulence_at(air, w, z);
        double wind[2];
        air_wind(w, z, wind);
        air->wind_east_m_s[i] = wind[0];
        air->wind_north_m_s[i] = wind[1];
        air->sigma_u_m_s[i] = t.sigma_u;
        air->sigma_v_m_s[i] = t.sigma_v;
        air->sigma_w_m_s[i] = t.sigma_w;
        air->time_u_s[i] = t.time_u;
        air->time_w_s[i] = t.time_w;
        air->top_m = z;
    }
}

cosmo_status cosmo_plume_air_make(const cosmo_plume_weather *weather, cosmo_run *run, cosmo_plume_air *air)
{
    COSMO_TRY(air_check_surface(weather, run));
    COSMO_TRY(air_check_levels(weather, run));
    double wind[2];
    air_wind(weather, AIR_CALM_HEIGHT_M, wind);
    const double speed = sqrt(wind[0] * wind[0] + wind[1] * wind[1]);
    if (speed < AIR_CALM_M_S && !weather->accept_calm)
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: weather: calm air, a mean wind of %.2g m/s at 10 m: below 1 m/s where a cloud goes "
            "is chance; accept it (calm: yes) to compute with what turbulence is left",
            speed);
    *air = (cosmo_plume_air){.bottom_m = 2.0 * weather->roughness_m,
                             .mixing_height_m = weather->mixing_height_m,
                             .roughness_m = weather->roughness_m,
                             .friction_velocity_m_s = weather->friction_velocity_m_s,
                             .obukhov_m = weather->obukhov_m,
                             .scatter_rad = weather->direction_scatter_rad,
                             .temperature_k = weather->temperature_k,
                             .pressure_pa = weather->pressure_pa,
                             .calm = speed < AIR_CALM_M_S};
    air_fill(weather, air);
    if (air->calm)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "calm air: a mean wind of %.2g m/s at 10 m; turbulence along and across it is taken as at least "
                       "0.5 m/s",
                       speed);
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   isnan(weather->direction_scatter_rad)
                       ? "the scatter of the wind's direction was not measured: similarity gives it"
                       : "the scatter of the wind's direction is at all heights what was measured at one");
    return COSMO_OK;
}
