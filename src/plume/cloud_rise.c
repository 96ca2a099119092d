/* How high a hot cloud rises: closed forms, and layer by layer through a sounding. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double CLOUD_RISE_PI = 3.14159265358979323846;
static const double CLOUD_RISE_GAS_J_KG_K = 287.05, CLOUD_RISE_CP_J_KG_K = 1005.0;
static const double CLOUD_RISE_LAPSE_K_M = 0.0065;
static const double CLOUD_RISE_HIGHEST_M = 50e3;
static const double CLOUD_RISE_EDGE = 2.15; /* standard deviations */
static const double CLOUD_RISE_LOWEST_K = 150.0, CLOUD_RISE_HIGHEST_K = 350.0;
static const double CLOUD_RISE_NEUTRAL_1_S2 = 1e-12;

double cosmo_cloud_rise_buoyancy(bool lasting, double heat, double air_k, double air_pa)
{
    const double enthalpy_j_m3 = air_pa / (CLOUD_RISE_GAS_J_KG_K * air_k) * CLOUD_RISE_CP_J_KG_K * air_k;
    return (lasting ? 1.0 : 0.75) * COSMO_STANDARD_GRAVITY * heat / (CLOUD_RISE_PI * enthalpy_j_m3);
}

/* In the volume coordinate v = r^(p+1) / ((p+1) gamma), p = 3 at once and 2 lasting, whose rate is the momentum
 * m = r^p w, a cloud is an oscillator: dv/dt = m, dm/dt = f, df/dt = -s m. */
typedef struct cloud_rise_state {
    double v, m, f, time_s;
} cloud_rise_state;

static double cloud_rise_power(const cosmo_cloud_source *source)
{
    return source->lasting ? 3.0 : 4.0;
}

static double cloud_rise_root(const cosmo_cloud_source *source, double x)
{
    return source->lasting ? cosmo_real_cbrt(x) : sqrt(sqrt(x));
}

static double cloud_rise_volume(const cosmo_cloud_source *source, double rise_m)
{
    const double r = source->radius_m + source->entrainment * rise_m;
    return (source->lasting ? r * r * r : r * r * r * r) / (cloud_rise_power(source) * source->entrainment);
}

static double cloud_rise_height(const cosmo_cloud_source *source, double v)
{
    const double r = cloud_rise_root(source, cloud_rise_power(source) * source->entrainment * v);
    return fmax(r - source->radius_m, 0.0) / source->entrainment;
}

/* Buoyancy that drives dm/dt: a plume's is shared out along the wind. */
static double cloud_rise_force(const cosmo_cloud_source *source)
{
    return source->lasting ? source->buoyancy / source->wind_m_s : source->buoyancy;
}

/* (1 - cos(sqrt(s) t)) / s, with its limit t^2 / 2 and its continuation (cosh - 1) / -s. */
static double cloud_rise_growth(double s, double t)
{
    if (fabs(s) < CLOUD_RISE_NEUTRAL_1_S2) return 0.5 * t * t;
    if (s > 0.0) {
        const double half = cosmo_real_sin(0.5 * sqrt(s) * t);
        return 2.0 * half * half / s;
    }
    const double grown = cosmo_real_exp(0.5 * sqrt(-s) * t), half = 0.5 * (grown - 1.0 / grown);
    return 2.0 * half * half / -s;
}

double cosmo_cloud_rise_at(const cosmo_cloud_source *source, double stability_1_s2, double time_s)
{
    const double to_top = stability_1_s2 > 0.0 ? CLOUD_RISE_PI / sqrt(stability_1_s2) : INFINITY;
    const double grown = cloud_rise_force(source) * cloud_rise_growth(stability_1_s2, fmin(time_s, to_top));
    return cloud_rise_height(source, cloud_rise_volume(source, 0.0) + grown);
}

double cosmo_cloud_rise_top(const cosmo_cloud_source *source, double stability_1_s2)
{
    if (!(stability_1_s2 > 0.0)) return INFINITY;
    return cloud_rise_height(source, cloud_rise_volume(source, 0.0) + 2.0 * cloud_rise_force(source) / stability_1_s2);
}

/* How long a state takes to another one in air of one stability. */
static double cloud_rise_duration(const cloud_rise_state *from, const cloud_rise_state *to, double s)
{
    if (fabs(s) < CLOUD_RISE_NEUTRAL_1_S2) return 2.0 * (to->v - from->v) / (from->m + to->m);
    const double w = sqrt(fabs(s));
    if (s > 0.0) return (cosmo_real_atan2(w * to->m, to->f) - cosmo_real_atan2(w * from->m, from->f)) / w;
    return cosmo_real_log((to->f + w * to->m) / (from->f + w * from->m)) / w;
}

/* The state at v when it gets there, m^2 = m0^2 + 2 f0 x - s x^2 with x = v - v0; else false, and the top. */
static bool cloud_rise_advance(cloud_rise_state *state, double v, double s)
{
    const double x = v - state->v, squared = state->m * state->m + x * (2.0 * state->f - s * x);
    const bool through = squared > 0.0;
    cloud_rise_state next = {.v = v, .m = through ? sqrt(squared) : 0.0};
    double moved = x;
    if (!through) {
        const double root = sqrt(fmax(state->f * state->f + s * state->m * state->m, 0.0));
        moved = state->f > 0.0 ? (state->f + root) / s : state->m * state->m / (root - state->f);
        next.v = state->v + moved;
    }
    next.f = state->f - s * moved;
    next.time_s = state->time_s + cloud_rise_duration(state, &next, s);
    *state = next;
    return through;
}

/* A walk up the levels that have a temperature. */
typedef struct cloud_rise_walk {
    const cosmo_plume_weather *weather;
    size_t next; /* level */
    double height_m, temperature_k;
} cloud_rise_walk;

static bool cloud_rise_next_level(cloud_rise_walk *walk, double *height_m, double *temperature_k)
{
    const cosmo_plume_weather *w = walk->weather;
    while (walk->next < w->n && isnan(w->temperature_at_k[walk->next])) walk->next++;
    if (walk->next == w->n) return false;
    *height_m = w->height_m[walk->next];
    *temperature_k = w->temperature_at_k[walk->next++];
    return true;
}

/* g d(ln theta)/dz between two levels: d(ln T)/dz and the adiabatic lapse g / (cp T) at their logarithmic mean. */
static double cloud_rise_stability(double lower_m, double lower_k, double upper_m, double upper_k)
{
    const double thick = upper_m - lower_m, log_ratio = cosmo_real_log(upper_k / lower_k);
    const double mean_k = fabs(log_ratio) < 1e-9 ? lower_k : (upper_k - lower_k) / log_ratio;
    return COSMO_STANDARD_GRAVITY * (log_ratio / thick + COSMO_STANDARD_GRAVITY / (CLOUD_RISE_CP_J_KG_K * mean_k));
}

/* Through the measured layers, then on by the standard lapse rate in layers of a kilometre. True at the top. */
static bool cloud_rise_layers(const cosmo_cloud_source *source, cloud_rise_walk *walk, cosmo_run *run,
                              cloud_rise_state *state)
{
    double height, temperature;
    bool assumed = false;
    while (walk->height_m < CLOUD_RISE_HIGHEST_M) {
        if (assumed || !cloud_rise_next_level(walk, &height, &temperature)) {
            if (!assumed)
                cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                               "the cloud rises past the measured temperatures (%.0f m above ground): from there on "
                               "they fall as in the standard atmosphere, 6.5 K a kilometre, at most to 216.65 K",
                               walk->height_m);
            assumed = true;
            height = walk->height_m + 1000.0;
            temperature = fmin(fmax(walk->temperature_k - CLOUD_RISE_LAPSE_K_M * 1000.0, 216.65), walk->temperature_k);
        }
        if (height > source->height_m) {
            const double s = cloud_rise_stability(walk->height_m, walk->temperature_k, height, temperature);
            if (!cloud_rise_advance(state, cloud_rise_volume(source, height - source->height_m), s)) return true;
        }
        walk->height_m = height;
        walk->temperature_k = temperature;
    }
    return false;
}

static cosmo_status cloud_rise_check(const cosmo_cloud_source *source, const cosmo_plume_weather *weather,
                                     cosmo_run *run)
{
    if (!(source->buoyancy > 0.0 && isfinite(source->buoyancy)) || !(source->entrainment > 0.0) ||
        !(source->radius_m >= 0.0) || !(source->height_m >= 0.0) || (source->lasting && !(source->wind_m_s > 0.0)))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "a cloud rises with heat, entrainment and wind above 0, radius and height not below");
    double below = -1.0;
    for (size_t i = 0; i < weather->n; i++) {
        const double height = weather->height_m[i], t = weather->temperature_at_k[i];
        if (!(height > below))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "level %zu of the weather is at %g m, not above the one before",
                                  i, height);
        if (!isnan(t) && !(t > CLOUD_RISE_LOWEST_K && t < CLOUD_RISE_HIGHEST_K))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "level %zu of the weather has %g K, which no air has", i, t);
        below = height;
    }
    return COSMO_OK;
}

/* Where the walk starts; the first layer holds down to the ground too. The ground has its own temperature, else the
 * first level's is taken, or the standard atmosphere's when nothing is known. */
static cloud_rise_walk cloud_rise_begin(const cosmo_plume_weather *weather, cosmo_run *run)
{
    size_t known = 0, first = weather->n;
    for (size_t i = weather->n; i-- > 0;)
        if (!isnan(weather->temperature_at_k[i])) {
            known++;
            first = i;
        }
    if (known < weather->n)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "%zu of %zu levels of the weather have no temperature: the cloud rises through a straight line "
                       "between the others",
                       weather->n - known, weather->n);
    if (!isnan(weather->temperature_k)) {
        const bool at_ground = first < weather->n && weather->height_m[first] <= 0.0;
        return (cloud_rise_walk){weather, at_ground ? first + 1 : 0, 0.0, weather->temperature_k};
    }
    if (known == 0) return (cloud_rise_walk){weather, 0, 0.0, 288.15};
    return (cloud_rise_walk){weather, first + 1, weather->height_m[first], weather->temperature_at_k[first]};
}

cosmo_status cosmo_cloud_rise_stabilise(const cosmo_cloud_source *source, const cosmo_plume_weather *weather,
                                        cosmo_run *run, cosmo_cloud *cloud)
{
    COSMO_TRY(cloud_rise_check(source, weather, run));
    cloud_rise_walk walk = cloud_rise_begin(weather, run);
    cloud_rise_state state = {.v = cloud_rise_volume(source, 0.0), .f = cloud_rise_force(source)};
    if (!cloud_rise_layers(source, &walk, run, &state))
        return cosmo_run_fail(run, COSMO_NO_SOLUTION, "the cloud does not come to rest below %g km",
                              CLOUD_RISE_HIGHEST_M / 1000.0);
    const double rise_m = cloud_rise_height(source, state.v);
    *cloud = (cosmo_cloud){.height_m = source->height_m + rise_m,
                           .time_s = state.time_s,
                           .radius_m = source->radius_m + source->entrainment * rise_m};
    cloud->sigma_m = cloud->radius_m / CLOUD_RISE_EDGE;
    return COSMO_OK;
}

double cosmo_cloud_rise_share(const cosmo_cloud *cloud, double lower_m, double upper_m)
{
    const double h = cloud->height_m, sigma = cloud->sigma_m, lower = fmax(lower_m, 0.0);
    if (!(upper_m > lower)) return 0.0;
    /* folded up: the mirror image of what lies below the ground */
    return cosmo_random_normal_probability((upper_m - h) / sigma) -
           cosmo_random_normal_probability((lower - h) / sigma) +
           cosmo_random_normal_probability((upper_m + h) / sigma) -
           cosmo_random_normal_probability((lower + h) / sigma);
}
