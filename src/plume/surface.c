/* The surface layer from what is known: friction velocity, Obukhov length and mixing height where they are not given.
 */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>
#include <stdio.h>

#define SURFACE_KARMAN   0.4
#define SURFACE_CP       1005.0 /* J/(kg K) */
#define SURFACE_GAS      287.05 /* J/(kg K), dry air */
#define SURFACE_STABLE   5.0    /* of psi = -5 z/L */
#define SURFACE_RICH     0.25   /* critical bulk Richardson number */
#define SURFACE_FRICTION 100.0  /* Vogelezang and Holtslag's b */
#define SURFACE_WIND_MIN 0.5    /* m/s: nothing below it says how the air is stirred */
#define SURFACE_PI       3.14159265358979323846
#define SURFACE_RATE     7.292115e-5 /* rotation of the Earth, rad/s */
#define SURFACE_STATION  10.0        /* m: of a mast */
static const char SURFACE_LETTERS[] = "ABCDEF";

cosmo_surface_hints cosmo_surface_no_hints(void)
{
    return (cosmo_surface_hints){
        .stability = COSMO_SURFACE_NO_CLASS, .heat_flux_w_m2 = NAN, .albedo = NAN, .moisture = NAN};
}

/* ---- profiles ---------------------------------------------------------------------------------------------------- */

static double surface_holtslag(double zeta)
{
    return -(zeta + 0.667 * (zeta - 5.0 / 0.35) * cosmo_real_exp(-0.35 * zeta) + 0.667 * 5.0 / 0.35);
}

double cosmo_surface_psi(double zeta)
{
    if (zeta > 1.0) return surface_holtslag(zeta) - surface_holtslag(1.0) - SURFACE_STABLE;
    if (zeta >= 0.0) return -SURFACE_STABLE * zeta;
    const double x = sqrt(sqrt(1.0 - 16.0 * zeta));
    return 2.0 * cosmo_real_log(0.5 * (1.0 + x)) + cosmo_real_log(0.5 * (1.0 + x * x)) - 2.0 * cosmo_real_atan(x) +
           0.5 * SURFACE_PI;
}

/* Wind in units of u* / k. */
static double surface_shape(double height_m, double obukhov_m, double roughness_m)
{
    const double inverse = isinf(obukhov_m) ? 0.0 : 1.0 / obukhov_m;
    return cosmo_real_log(height_m / roughness_m) - cosmo_surface_psi(height_m * inverse) +
           cosmo_surface_psi(roughness_m * inverse);
}

double cosmo_surface_wind_m_s(double friction_velocity_m_s, double obukhov_m, double roughness_m, double height_m)
{
    if (height_m <= roughness_m) return 0.0;
    return friction_velocity_m_s / SURFACE_KARMAN * surface_shape(height_m, obukhov_m, roughness_m);
}

double cosmo_surface_class_obukhov_m(int stability, double roughness_m)
{
    static const double line[COSMO_SURFACE_CLASSES][2] = {{-0.096, 0.029}, {-0.037, 0.029}, {-0.002, 0.018},
                                                          {0.0, 0.0},      {0.004, -0.018}, {0.035, -0.036}};
    const double lg = cosmo_real_log(roughness_m) / cosmo_real_log(10.0);
    const double inverse = line[stability][0] + line[stability][1] * lg;
    return inverse == 0.0 ? (double)INFINITY : 1.0 / inverse;
}

/* ---- heat -------------------------------------------------------------------------------------------------------- */

/* Psychrometric constant over the slope of the saturation pressure, by Magnus' formula over water (coefficients of
 * Alduchov and Eskridge 1996) and a heat of vaporisation that falls by 2361 J/kg a kelvin. */
static double surface_gamma_over_s(double temperature_k, double pressure_pa)
{
    const double t = temperature_k - 273.15, below = t + 243.04;
    const double saturation_pa = 610.94 * cosmo_real_exp(17.625 * t / below);
    const double slope = saturation_pa * 17.625 * 243.04 / (below * below);
    return SURFACE_CP * pressure_pa / (0.622 * (2.501e6 - 2361.0 * t)) / slope;
}

double cosmo_surface_heat_flux_w_m2(double sun_elevation_rad, double cloud_fraction, double temperature_k,
                                    double pressure_pa, double albedo, double moisture)
{
    const double t2 = temperature_k * temperature_k, t4 = t2 * t2, n = cloud_fraction;
    const double covered = n > 0.0 ? cosmo_real_pow(n, 3.4) : 0.0;
    const double sun = fmax(0.0, 990.0 * cosmo_real_sin(sun_elevation_rad) - 30.0) * (1.0 - 0.75 * covered);
    const double net = ((1.0 - albedo) * sun + 5.31e-13 * t4 * t2 - 5.67e-8 * t4 + 60.0 * n) / 1.12;
    const double ratio = surface_gamma_over_s(temperature_k, pressure_pa);
    return ((1.0 - moisture) + ratio) / (1.0 + ratio) * 0.9 * net - 20.0 * moisture;
}

/* ---- u* and L together ------------------------------------------------------------------------------------------- */

/* The wind that is read, and what the heat flux or the temperature scale make of it. */
typedef struct surface_layer {
    double height_m, wind_m_s, roughness_m;
    double friction_velocity_m_s; /* NaN: from the wind */
    double flux_k_m_s;            /* H / (rho cp): L = -T u*^3 / (k g flux); NaN: theta* is used */
    double scale_k;               /* theta*: L = T u*^2 / (k g theta*) */
    double temperature_k;
} surface_layer;

static double surface_obukhov(const surface_layer *s, double friction)
{
    const double by = s->temperature_k / (SURFACE_KARMAN * COSMO_STANDARD_GRAVITY) * friction * friction;
    if (isnan(s->flux_k_m_s)) return by / s->scale_k;
    return s->flux_k_m_s == 0.0 ? (double)INFINITY : -by * friction / s->flux_k_m_s;
}

/* Wind at the height that this friction velocity gives, less the one measured. */
static double surface_miss(const surface_layer *s, double friction)
{
    return cosmo_surface_wind_m_s(friction, surface_obukhov(s, friction), s->roughness_m, s->height_m) - s->wind_m_s;
}

/* In unstable air the wind rises with u*: the miss does from `low` on. */
static double surface_bisect(const surface_layer *s, double low, double high)
{
    for (int i = 0; i < 200; i++) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        if (surface_miss(s, middle) > 0.0)
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* What cools the ground, as the temperature scale or the flux (downwards) that goes with the measured wind and 1/L. */
static double surface_cooling(const surface_layer *s, double inverse)
{
    const double friction = SURFACE_KARMAN * s->wind_m_s / surface_shape(s->height_m, 1.0 / inverse, s->roughness_m);
    const double scale = s->temperature_k / (SURFACE_KARMAN * COSMO_STANDARD_GRAVITY) * friction * friction * inverse;
    return isnan(s->flux_k_m_s) ? scale : friction * scale;
}

/* 1/L in stable air. A wind brings down heat up to a 1/L where it is the most, 5 (z - z0)/L = ln(z/z0) for theta* and
 * half of that for the flux; a wind too light for the cooling that is asked for gets that 1/L, and none gets an L below
 * the height of the wind, where the profile's form is not known. */
static double surface_stable(const surface_layer *s, cosmo_run *run)
{
    const bool by_scale = isnan(s->flux_k_m_s);
    const double wanted = by_scale ? s->scale_k : -s->flux_k_m_s;
    const double most = cosmo_real_log(s->height_m / s->roughness_m) /
                        ((by_scale ? 1.0 : 2.0) * SURFACE_STABLE * (s->height_m - s->roughness_m));
    double low = 0.0, high = fmin(most, 1.0 / s->height_m);
    const double reached = surface_cooling(s, high);
    if (reached < wanted) {
        cosmo_run_note(
            run, COSMO_NOTE_ASSUMPTION,
            "weather: %.2f m/s at %g m is too light a wind for such a cooling of the ground; %.0f %% of it is "
            "taken",
            s->wind_m_s, s->height_m, 100.0 * reached / wanted);
        return high;
    }
    for (int i = 0; i < 200; i++) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        if (surface_cooling(s, middle) < wanted)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static void surface_solve(const surface_layer *s, cosmo_run *run, double *friction, double *obukhov)
{
    const bool stable = isnan(s->flux_k_m_s) ? s->scale_k > 0.0 : s->flux_k_m_s < 0.0;
    if (!isnan(s->friction_velocity_m_s)) {
        *friction = s->friction_velocity_m_s;
        *obukhov = surface_obukhov(s, *friction);
    } else if (stable) {
        *obukhov = 1.0 / surface_stable(s, run);
        *friction = SURFACE_KARMAN * s->wind_m_s / surface_shape(s->height_m, *obukhov, s->roughness_m);
    } else {
        const double neutral = SURFACE_KARMAN * s->wind_m_s / cosmo_real_log(s->height_m / s->roughness_m);
        *friction = surface_bisect(s, neutral, 20.0 * neutral);
        *obukhov = surface_obukhov(s, *friction);
    }
}

/* ---- what is there ----------------------------------------------------------------------------------------------- */

static cosmo_status surface_bad(cosmo_run *run, const char *what, double value)
{
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: %s %g", what, value);
}

static cosmo_status surface_range(cosmo_run *run, const char *what, double value, double low, double high)
{
    if (isnan(value) || (value >= low && value <= high)) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: %s of %g; it is %g to %g", what, value, low, high);
}

static cosmo_status surface_check_levels(const cosmo_plume_weather *w, cosmo_run *run)
{
    for (size_t i = 0; i < w->n; i++) {
        if (!(w->height_m[i] >= 0.0)) return surface_bad(run, "a level at a height above ground of", w->height_m[i]);
        if (i > 0 && !(w->height_m[i] > w->height_m[i - 1]))
            return surface_bad(run, "levels must rise; this one does not, m:", w->height_m[i]);
        COSMO_TRY(surface_range(run, "a wind, m/s,", w->wind_speed_m_s[i], 0.0, 150.0));
        COSMO_TRY(surface_range(run, "a wind from, deg,", w->wind_from_rad[i] * (180.0 / SURFACE_PI), 0.0, 360.0));
        COSMO_TRY(surface_range(run, "a temperature, K,", w->temperature_at_k[i], 150.0, 340.0));
    }
    return COSMO_OK;
}

static cosmo_status surface_check(const cosmo_surface_hints *hints, const cosmo_plume_weather *w, cosmo_run *run)
{
    if (!(w->roughness_m > 0.0 && w->roughness_m <= 5.0))
        return surface_bad(run, "a roughness length of more than 0 and at most 5 m is needed, not", w->roughness_m);
    if (w->obukhov_m == 0.0) return surface_bad(run, "an Obukhov length of", w->obukhov_m);
    if (hints->stability < COSMO_SURFACE_NO_CLASS || hints->stability >= COSMO_SURFACE_CLASSES)
        return surface_bad(run, "Pasquill's classes are A to F, not number", hints->stability);
    const double pi_2 = 0.5 * SURFACE_PI;
    COSMO_TRY(surface_range(run, "a friction velocity, m/s,", w->friction_velocity_m_s, 0.01, 5.0));
    COSMO_TRY(surface_range(run, "a mixing height, m,", w->mixing_height_m, 10.0, 10000.0));
    COSMO_TRY(surface_range(run, "a temperature, K,", w->temperature_k, 150.0, 340.0));
    COSMO_TRY(surface_range(run, "a pressure, Pa,", w->pressure_pa, 3e4, 1.1e5));
    COSMO_TRY(surface_range(run, "a relative humidity", w->relative_humidity, 0.0, 1.0));
    COSMO_TRY(surface_range(run, "a cloud cover", w->cloud_fraction, 0.0, 1.0));
    COSMO_TRY(surface_range(run, "a sun's elevation, rad,", w->sun_elevation_rad, -pi_2, pi_2));
    COSMO_TRY(surface_range(run, "a latitude, rad,", w->latitude_rad, -pi_2, pi_2));
    COSMO_TRY(surface_range(run, "a heat flux, W/m2,", hints->heat_flux_w_m2, -300.0, 800.0));
    COSMO_TRY(surface_range(run, "an albedo", hints->albedo, 0.0, 1.0));
    COSMO_TRY(surface_range(run, "a moisture of the ground", hints->moisture, 0.0, 1.0));
    return surface_check_levels(w, run);
}

/* ---- L and u* ---------------------------------------------------------------------------------------------------- */

/* The lowest wind that is high enough above the roughness for the logarithm to hold. */
static cosmo_status surface_read_wind(const cosmo_plume_weather *w, cosmo_run *run, surface_layer *s)
{
    const double from = fmax(1.0, 10.0 * w->roughness_m);
    size_t i = 0;
    while (i < w->n && (w->height_m[i] < from || isnan(w->wind_speed_m_s[i]))) i++;
    if (i == w->n)
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: weather: the friction velocity follows from a wind at %g m or above; there is none", from);
    s->height_m = w->height_m[i];
    s->wind_m_s = w->wind_speed_m_s[i];
    if (s->height_m > 100.0)
        cosmo_run_note(
            run, COSMO_NOTE_WARNING,
            "weather: the lowest wind is at %.0f m above ground; friction velocity and stability that follow "
            "from it are rough",
            s->height_m);
    if (s->wind_m_s < SURFACE_WIND_MIN)
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: a wind of %g m/s at %g m says nothing about turbulence; give "
                              "friction_velocity and obukhov_length, or a wind of at least %g m/s",
                              s->wind_m_s, s->height_m, SURFACE_WIND_MIN);
    return COSMO_OK;
}

static double surface_or(double value, double otherwise)
{
    return isnan(value) ? otherwise : value;
}

/* The heat flux or the temperature scale, whichever is known. */
static cosmo_status surface_find_heat(const cosmo_surface_hints *hints, const cosmo_plume_weather *w, cosmo_run *run,
                                      surface_layer *s)
{
    const bool known = !isnan(w->cloud_fraction) && !isnan(w->sun_elevation_rad);
    if (isnan(hints->heat_flux_w_m2) && !known)
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: weather: nothing says how stable the air is; give obukhov_length, or stability (A "
            "to F), or heat_flux, or cloud_cover and the time");
    if (isnan(w->temperature_k) || isnan(w->pressure_pa))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: a heat flux needs the temperature and the pressure at the ground");
    s->temperature_k = w->temperature_k;
    s->flux_k_m_s = NAN;
    const double rho_cp = SURFACE_CP * w->pressure_pa / (SURFACE_GAS * w->temperature_k);
    if (isnan(hints->heat_flux_w_m2) && w->sun_elevation_rad <= 0.0) {
        s->scale_k = 0.09 * (1.0 - 0.5 * w->cloud_fraction * w->cloud_fraction);
        cosmo_run_note(
            run, COSMO_NOTE_ASSUMPTION,
            "weather: temperature scale %.3f K of a night with %.0f %% of clouds (van Ulden and Holtslag 1985)",
            s->scale_k, 100.0 * w->cloud_fraction);
        return COSMO_OK;
    }
    double flux = hints->heat_flux_w_m2;
    if (isnan(flux)) {
        const double albedo = surface_or(hints->albedo, 0.23), moisture = surface_or(hints->moisture, 0.45);
        flux = cosmo_surface_heat_flux_w_m2(w->sun_elevation_rad, w->cloud_fraction, w->temperature_k, w->pressure_pa,
                                            albedo, moisture);
        cosmo_run_note(
            run, COSMO_NOTE_ASSUMPTION,
            "weather: sensible heat flux %.0f W/m2 from the sun at %.1f deg and %.0f %% of clouds (Holtslag and "
            "van Ulden 1983), albedo %.2f, moisture %.2f",
            flux, w->sun_elevation_rad * (180.0 / SURFACE_PI), 100.0 * w->cloud_fraction, albedo, moisture);
    }
    s->flux_k_m_s = flux / rho_cp;
    return COSMO_OK;
}

static void surface_note_layer(const cosmo_plume_weather *w, bool friction, bool obukhov, const surface_layer *s,
                               cosmo_run *run)
{
    if (friction)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "weather: friction velocity %.3f m/s from %.2f m/s at %g m over a roughness of %g m",
                       w->friction_velocity_m_s, s->wind_m_s, s->height_m, s->roughness_m);
    if (!obukhov) return;
    if (isinf(w->obukhov_m))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "weather: Obukhov length infinite (neutral)");
    else
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "weather: Obukhov length %.1f m", w->obukhov_m);
}

static cosmo_status surface_find_layer(const cosmo_surface_hints *hints, cosmo_plume_weather *w, cosmo_run *run)
{
    const bool friction = isnan(w->friction_velocity_m_s), obukhov = isnan(w->obukhov_m);
    surface_layer s = {.roughness_m = w->roughness_m, .friction_velocity_m_s = w->friction_velocity_m_s};
    if (friction) COSMO_TRY(surface_read_wind(w, run, &s));
    if (obukhov && hints->stability != COSMO_SURFACE_NO_CLASS) {
        w->obukhov_m = cosmo_surface_class_obukhov_m(hints->stability, w->roughness_m);
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "weather: class %c stands for the Obukhov length (Golder 1972)",
                       SURFACE_LETTERS[hints->stability]);
    } else if (obukhov) {
        COSMO_TRY(surface_find_heat(hints, w, run, &s));
        surface_solve(&s, run, &w->friction_velocity_m_s, &w->obukhov_m);
    }
    if (isnan(w->friction_velocity_m_s))
        w->friction_velocity_m_s = SURFACE_KARMAN * s.wind_m_s / surface_shape(s.height_m, w->obukhov_m, s.roughness_m);
    surface_note_layer(w, friction, obukhov, &s, run);
    return COSMO_OK;
}

/* ---- mixing height ----------------------------------------------------------------------------------------------- */

/* Potential temperature against the ground's pressure: dry-adiabatic over the height above ground. */
static double surface_potential(double temperature_k, double height_m)
{
    return temperature_k + COSMO_STANDARD_GRAVITY / SURFACE_CP * height_m;
}

/* Where a parcel of the ground's temperature that rises dry-adiabatically meets air as warm as itself. NaN: nowhere
 * within the levels. */
static double surface_parcel(const cosmo_plume_weather *w)
{
    double below_z = 0.0, below = w->temperature_k;
    for (size_t i = 0; i < w->n; i++) {
        if (isnan(w->temperature_at_k[i]) || w->height_m[i] <= 0.0) continue;
        const double here = surface_potential(w->temperature_at_k[i], w->height_m[i]);
        if (here > w->temperature_k) {
            const double part = here > below ? fmax(0.0, (w->temperature_k - below) / (here - below)) : 1.0;
            return below_z + part * (w->height_m[i] - below_z);
        }
        below_z = w->height_m[i];
        below = here;
    }
    return NAN;
}

typedef struct surface_level {
    double height_m, potential_k, east_m_s, north_m_s;
} surface_level;

/* The next level from *i on with wind and temperature; false when there is none. */
static bool surface_next(const cosmo_plume_weather *w, size_t *i, surface_level *level)
{
    for (; *i < w->n; ++*i) {
        const double t = w->temperature_at_k[*i], speed = w->wind_speed_m_s[*i], from = w->wind_from_rad[*i];
        if (isnan(t) || isnan(speed) || isnan(from)) continue;
        *level = (surface_level){w->height_m[*i], surface_potential(t, w->height_m[*i]), -speed * cosmo_real_sin(from),
                                 -speed * cosmo_real_cos(from)};
        ++*i;
        return true;
    }
    return false;
}

/* Vogelezang and Holtslag 1996, eq. 3: shear and buoyancy against the lowest level, with the friction at the ground. */
static double surface_richardson(const surface_level *ground, const surface_level *at, double friction)
{
    const double u = at->east_m_s - ground->east_m_s, v = at->north_m_s - ground->north_m_s;
    return COSMO_STANDARD_GRAVITY / ground->potential_k * (at->potential_k - ground->potential_k) *
           (at->height_m - ground->height_m) / (u * u + v * v + SURFACE_FRICTION * friction * friction);
}

static surface_level surface_part(const surface_level *a, const surface_level *b, double part)
{
    return (surface_level){
        a->height_m + part * (b->height_m - a->height_m), a->potential_k + part * (b->potential_k - a->potential_k),
        a->east_m_s + part * (b->east_m_s - a->east_m_s), a->north_m_s + part * (b->north_m_s - a->north_m_s)};
}

/* Where the bulk Richardson number is critical, everything linear between levels. NaN: nowhere within them. */
static double surface_bulk(const cosmo_plume_weather *w)
{
    size_t i = 0;
    surface_level ground, below, above;
    if (!surface_next(w, &i, &ground)) return NAN;
    for (below = ground; surface_next(w, &i, &above); below = above) {
        if (surface_richardson(&ground, &above, w->friction_velocity_m_s) < SURFACE_RICH) continue;
        double low = 0.0, high = 1.0;
        for (int k = 0; k < 60; k++) {
            const double part = 0.5 * (low + high);
            const surface_level middle = surface_part(&below, &above, part);
            if (surface_richardson(&ground, &middle, w->friction_velocity_m_s) < SURFACE_RICH)
                low = part;
            else
                high = part;
        }
        return surface_part(&below, &above, high).height_m;
    }
    return NAN;
}

static cosmo_status surface_formula(const cosmo_plume_weather *w, cosmo_run *run, double *height_m, const char **how)
{
    if (isnan(w->latitude_rad))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: weather: the mixing height needs temperatures aloft or the latitude");
    /* nearer than 10 deg to the equator the formulas do not hold; the height there is that of 10 deg */
    const double rotation = 2.0 * SURFACE_RATE * fmax(fabs(cosmo_real_sin(w->latitude_rad)), 0.17364817766693);
    *height_m = 0.3 * w->friction_velocity_m_s / rotation;
    *how = "0.3 u*/f";
    if (w->obukhov_m > 0.0 && !isinf(w->obukhov_m)) {
        const double stable = 0.4 * sqrt(w->friction_velocity_m_s * w->obukhov_m / rotation);
        if (stable < *height_m) *how = "0.4 sqrt(u* L/f), Zilitinkevich 1972";
        *height_m = fmin(stable, *height_m);
    }
    return COSMO_OK;
}

static cosmo_status surface_find_lid(cosmo_plume_weather *w, cosmo_run *run)
{
    if (!isnan(w->mixing_height_m)) return COSMO_OK;
    const char *how;
    double height_m;
    if (w->obukhov_m < 0.0) {
        how = "parcel method, Holzworth 1964";
        height_m = isnan(w->temperature_k) ? (double)NAN : surface_parcel(w);
        if (isnan(height_m))
            return cosmo_run_fail(
                run, COSMO_BAD_INPUT,
                "error: weather: by day the mixing height follows from temperatures up to above it, and "
                "there are none; give mixing_height");
    } else {
        how = "bulk Richardson number 0.25, Vogelezang and Holtslag 1996";
        height_m = surface_bulk(w);
        if (isnan(height_m)) COSMO_TRY(surface_formula(w, run, &height_m, &how));
    }
    w->mixing_height_m = fmax(height_m, fmax(10.0, 20.0 * w->roughness_m));
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "weather: mixing height %.0f m (%s%s)", w->mixing_height_m, how,
                   w->mixing_height_m > height_m ? "; not less than this" : "");
    return COSMO_OK;
}

cosmo_status cosmo_surface_complete(const cosmo_surface_hints *hints, cosmo_plume_weather *weather, cosmo_run *run)
{
    COSMO_TRY(surface_check(hints, weather, run));
    if (isnan(weather->friction_velocity_m_s) || isnan(weather->obukhov_m))
        COSMO_TRY(surface_find_layer(hints, weather, run));
    return surface_find_lid(weather, run);
}

/* ---- from a sounding --------------------------------------------------------------------------------------------- */

/* The sounding's value at the ground: of its lowest known level, taken down dry-adiabatically, or hydrostatically. */
static void surface_ground(const cosmo_sounding *s, double ground_m, cosmo_plume_weather *w)
{
    for (size_t i = 0; i < s->n && (isnan(w->temperature_k) || isnan(w->pressure_pa)); i++) {
        const double height = s->altitude_m[i] - ground_m, t = s->temperature_k[i];
        if (height < 0.0 || isnan(t)) continue;
        if (isnan(w->temperature_k)) w->temperature_k = surface_potential(t, height);
        if (isnan(w->pressure_pa) && !isnan(s->pressure_pa[i]))
            w->pressure_pa = s->pressure_pa[i] * cosmo_real_exp(COSMO_STANDARD_GRAVITY * height / (SURFACE_GAS * t));
    }
}

/* A station's own wind is measured on its mast, whatever height the sounding begins at; of two levels below it the
 * higher one stands. */
cosmo_status cosmo_surface_levels(const cosmo_sounding *sounding, double ground_m, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_plume_weather *weather)
{
    double *column[4];
    for (int q = 0; q < 4; q++) {
        column[q] = cosmo_arena_array(arena, sounding->n + 1, sizeof(double));
        COSMO_NEED(column[q], run);
    }
    size_t n = 0;
    for (size_t i = 0; i < sounding->n; i++) {
        const double height = sounding->altitude_m[i] - ground_m;
        if (!(height >= 0.0) || isnan(sounding->wind_speed_m_s[i])) continue;
        const double at = fmax(height, SURFACE_STATION);
        if (n > 0 && column[0][n - 1] >= at) n--;
        column[0][n] = at;
        column[1][n] = sounding->wind_speed_m_s[i];
        column[2][n] = sounding->wind_from_rad[i];
        column[3][n++] = sounding->temperature_k[i];
    }
    if (n == 0)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: weather: the sounding has no wind above the ground at %g m",
                              ground_m);
    weather->n = n;
    weather->height_m = column[0];
    weather->wind_speed_m_s = column[1];
    weather->wind_from_rad = column[2];
    weather->temperature_at_k = column[3];
    surface_ground(sounding, ground_m, weather);
    return COSMO_OK;
}
