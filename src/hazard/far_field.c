/* Blast far away: where layers of warm air or wind bend it back to the ground, how much that gathers it, and what it
 * breaks there. */
#include "core/real.h"
#include "cosmodrome/hazard.h"

#include <math.h>
#include <stdbool.h>

static const double FAR_FIELD_TOP_M = 20000.0, FAR_FIELD_FOCUS_MAX = 5.0, FAR_FIELD_TURN_RAD = 6.283185307179586;
static const double FAR_FIELD_PANES_PER_PERSON = 19.0; /* an estimate: San Antonio, after Reed */
/* A wave of wave number k in a gradient g fills a layer of l = (c/(2 g k^2))^(1/3) at the ground (Pierce 1981,
 * sec. 9.5) and does not tell rays apart that are flatter than sqrt(2 l g/c), about 0.1 for 150 m and 0.01/s. */
static const double FAR_FIELD_SINE_MIN = 0.1;
enum { FAR_FIELD_RAYS = 512 }; /* of each layer in which rays turn */

/* ---- the air ---- */

/* Temperature, pressure and wind at an altitude: straight between the nodes of the weather. */
typedef struct far_field_air {
    double temperature_k, pressure_pa, sound_speed_m_s, wind_east_m_s, wind_north_m_s;
} far_field_air;

static double far_field_between(const double *nodes, double place)
{
    const int below = (int)fmin(fmax(floor(place), 0.0), COSMO_WEATHER_NODES - 2);
    return nodes[below] + (place - below) * (nodes[below + 1] - nodes[below]);
}

static far_field_air far_field_air_at(const cosmo_weather *weather, double altitude_m)
{
    const cosmo_air_state standard = cosmo_atmosphere_us76(altitude_m);
    far_field_air air = {standard.temperature_k, standard.pressure_pa, standard.sound_speed_m_s, 0.0, 0.0};
    if (weather == NULL) return air;
    const double place = (altitude_m - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M;
    air.temperature_k += far_field_between(weather->temperature_difference_k, place);
    const double warmer = air.temperature_k / standard.temperature_k;
    air.pressure_pa *= far_field_between(weather->density_ratio, place) * warmer;
    air.sound_speed_m_s *= sqrt(warmer);
    air.wind_east_m_s = far_field_between(weather->wind_east_m_s, place);
    air.wind_north_m_s = far_field_between(weather->wind_north_m_s, place);
    return air;
}

void cosmo_far_field_column_of(const cosmo_weather *weather, double ground_m, double azimuth_rad,
                               cosmo_far_field_column *column)
{
    const double east = cosmo_real_sin(azimuth_rad), north = cosmo_real_cos(azimuth_rad);
    const double node = floor((ground_m - COSMO_WEATHER_BASE_M) / COSMO_WEATHER_STEP_M);
    double altitude_m = ground_m;
    column->n = 0;
    while (column->n < COSMO_FAR_FIELD_LEVELS && altitude_m - ground_m <= FAR_FIELD_TOP_M) {
        const far_field_air air = far_field_air_at(weather, altitude_m);
        column->height_m[column->n] = altitude_m - ground_m;
        column->speed_m_s[column->n] = air.sound_speed_m_s + air.wind_east_m_s * east + air.wind_north_m_s * north;
        column->n++;
        altitude_m = COSMO_WEATHER_BASE_M + (node + (double)column->n) * COSMO_WEATHER_STEP_M;
    }
}

/* ---- rays ---- */

/* Snell: speed over the cosine of the elevation is the same all along a ray, and is the speed at which it turns. */
static double far_field_sine(double speed_m_s, double turning_m_s)
{
    return sqrt(fmax(0.0, (turning_m_s - speed_m_s) * (turning_m_s + speed_m_s))) / turning_m_s;
}

/* From the ground back to the ground, for a ray that turns within this layer. In a layer with a straight profile it is
 * an arc of a circle; written with the sum of the sines, the form holds without a gradient too. */
static double far_field_hop_m(const cosmo_far_field_column *column, double turning_m_s, size_t layer)
{
    const double *z = column->height_m, *c = column->speed_m_s;
    double half_m = 0.0, sine = far_field_sine(c[0], turning_m_s);
    for (size_t i = 0; i < layer; i++) {
        const double next = far_field_sine(c[i + 1], turning_m_s);
        half_m += (z[i + 1] - z[i]) * (c[i] + c[i + 1]) / (turning_m_s * (sine + next));
        sine = next;
    }
    return 2.0 * (half_m + turning_m_s * sine * (z[layer + 1] - z[layer]) / (c[layer + 1] - c[layer]));
}

double cosmo_far_field_return_m(const cosmo_far_field_column *column, double elevation_rad)
{
    const double turning_m_s = column->speed_m_s[0] / cosmo_real_cos(elevation_rad);
    for (size_t i = 0; i + 1 < column->n; i++)
        if (column->speed_m_s[i + 1] >= turning_m_s) return far_field_hop_m(column, turning_m_s, i);
    return INFINITY;
}

/* ---- tubes of rays ---- */

typedef struct far_field_ray {
    double sine, range_m; /* of the elevation at the ground; where it comes back */
} far_field_ray;

/* The energy between two neighbouring rays lands evenly between where they do. `gain` gathers, for each cell, energy
 * over area across the rays, relative to a blast that spreads over half a sphere. */
static void far_field_tube(far_field_ray a, far_field_ray b, cosmo_far_field_fan *fan, double *gain)
{
    const double energy = b.sine - a.sine, cell_m = COSMO_FAR_FIELD_CELL_M;
    const double sine = fmax(0.5 * (a.sine + b.sine), FAR_FIELD_SINE_MIN);
    const double near_m = fmin(a.range_m, b.range_m), far_m = fmax(a.range_m, b.range_m), width_m = far_m - near_m;
    double left = energy;
    for (double first = floor(near_m / cell_m); first < COSMO_FAR_FIELD_CELLS && first * cell_m <= far_m;
         first += 1.0) {
        const int cell = (int)first;
        const double from_m = fmax(near_m, first * cell_m), to_m = fmin(far_m, (first + 1.0) * cell_m);
        const double part = width_m > 0.0 ? energy * (to_m - from_m) / width_m : energy;
        fan->landed[cell] += part;
        gain[cell] += part * 0.5 * (from_m + to_m) / (cell_m * sine);
        left -= part;
        if (!(width_m > 0.0)) break;
    }
    fan->beyond += left;
}

/* All rays that turn in one layer: their range is a smooth function of the elevation. */
static void far_field_layer(const cosmo_far_field_column *column, size_t layer, double slowest_m_s,
                            cosmo_far_field_fan *fan, double *gain)
{
    const double *c = column->speed_m_s, fastest_m_s = c[layer + 1];
    const double low = cosmo_real_asin(far_field_sine(c[0], slowest_m_s));
    const double high = cosmo_real_asin(far_field_sine(c[0], fastest_m_s));
    far_field_ray before = {cosmo_real_sin(low), far_field_hop_m(column, slowest_m_s, layer)};
    for (int k = 1; k <= FAR_FIELD_RAYS; k++) {
        const double elevation = low + (high - low) * k / FAR_FIELD_RAYS;
        const double turning = fmin(fmax(c[0] / cosmo_real_cos(elevation), slowest_m_s), fastest_m_s);
        const far_field_ray ray = {cosmo_real_sin(elevation), far_field_hop_m(column, turning, layer)};
        far_field_tube(before, ray, fan, gain);
        before = ray;
    }
}

/* The ground throws a ray back, and the hops are alike: after n of them a ray has spread as much over n times the
 * range, so the gain at X by the nth hop is that of the first hop at X/n. */
static double far_field_best_gain(const double *gain, int cell)
{
    double best = 0.0;
    for (int hops = 1; hops <= cell + 1; hops++) best = fmax(best, gain[(int)floor((cell + 0.5) / hops)]);
    return best;
}

void cosmo_far_field_trace(const cosmo_far_field_column *column, cosmo_far_field_fan *fan)
{
    double gain[COSMO_FAR_FIELD_CELLS] = {0.0}, fastest_m_s = column->speed_m_s[0];
    *fan = (cosmo_far_field_fan){.beyond = 0.0};
    for (size_t i = 0; i + 1 < column->n; i++) {
        if (!(column->speed_m_s[i + 1] > fastest_m_s)) continue;
        far_field_layer(column, i, fastest_m_s, fan, gain);
        fastest_m_s = column->speed_m_s[i + 1];
    }
    fan->escaped = 1.0 - far_field_sine(column->speed_m_s[0], fastest_m_s);
    for (int cell = 0; cell < COSMO_FAR_FIELD_CELLS; cell++)
        fan->focus[cell] = fmin(fmax(sqrt(far_field_best_gain(gain, cell)), 1.0), FAR_FIELD_FOCUS_MAX);
}

/* ---- overpressure ---- */

void cosmo_far_field_make(double tnt_kg, const cosmo_weather *weather, double ground_m, cosmo_far_field *field)
{
    field->tnt_kg = tnt_kg;
    field->ambient_pa = far_field_air_at(weather, ground_m).pressure_pa;
    for (int i = 0; i < COSMO_FAR_FIELD_AZIMUTHS; i++) {
        cosmo_far_field_column column;
        cosmo_far_field_column_of(weather, ground_m, cosmo_far_field_azimuth_rad((size_t)i), &column);
        cosmo_far_field_trace(&column, &field->fans[i]);
    }
}

double cosmo_far_field_azimuth_rad(size_t index)
{
    return FAR_FIELD_TURN_RAD * (double)index / COSMO_FAR_FIELD_AZIMUTHS;
}

static double far_field_focus(const cosmo_far_field_fan *fan, double distance_m)
{
    const double cell = floor(distance_m / COSMO_FAR_FIELD_CELL_M);
    return cell < COSMO_FAR_FIELD_CELLS ? fan->focus[(int)cell] : 1.0;
}

double cosmo_far_field_overpressure_pa(const cosmo_far_field *field, double azimuth_rad, double distance_m)
{
    const double turns = azimuth_rad / FAR_FIELD_TURN_RAD, part = turns - floor(turns);
    const int index = (int)floor(part * COSMO_FAR_FIELD_AZIMUTHS + 0.5) % COSMO_FAR_FIELD_AZIMUTHS;
    return far_field_focus(&field->fans[index], distance_m) *
           cosmo_blast_sachs_overpressure_pa(field->tnt_kg, field->ambient_pa, distance_m);
}

/* In each cell the pressure falls outwards, so the farthest place is in the outermost cell whose inner edge has it. */
double cosmo_far_field_reach_m(const cosmo_far_field *field, size_t azimuth, double overpressure_pa)
{
    const double free_m = cosmo_blast_sachs_radius_m(field->tnt_kg, field->ambient_pa, overpressure_pa);
    if (free_m >= COSMO_FAR_FIELD_CELLS * COSMO_FAR_FIELD_CELL_M) return free_m;
    for (int cell = COSMO_FAR_FIELD_CELLS - 1; cell >= 0; cell--) {
        const double focus = field->fans[azimuth].focus[cell];
        const double reach_m = cosmo_blast_sachs_radius_m(field->tnt_kg, field->ambient_pa, overpressure_pa / focus);
        if (reach_m > cell * COSMO_FAR_FIELD_CELL_M) return fmin(reach_m, (cell + 1) * COSMO_FAR_FIELD_CELL_M);
    }
    return free_m;
}

/* ---- glass ---- */

double cosmo_far_field_pane_probability(double overpressure_pa)
{
    return overpressure_pa > 0.0 ? fmin(1.0, 1.56e-10 * cosmo_real_pow(overpressure_pa, 2.78)) : 0.0;
}

double cosmo_far_field_broken_panes(const cosmo_far_field *field, cosmo_geodetic place, const cosmo_people *people,
                                    double clear_m)
{
    const double cell_m = COSMO_FAR_FIELD_CELL_M, sector_rad = FAR_FIELD_TURN_RAD / COSMO_FAR_FIELD_AZIMUTHS;
    double panes = 0.0;
    for (size_t i = 0; i < COSMO_FAR_FIELD_AZIMUTHS; i++) {
        const double azimuth = cosmo_far_field_azimuth_rad(i);
        for (int cell = 0; cell < COSMO_FAR_FIELD_CELLS; cell++) {
            const double middle_m = (cell + 0.5) * cell_m;
            if (middle_m < clear_m) continue;
            const cosmo_geodetic there = cosmo_geodesic_from(place, azimuth, middle_m);
            const double inhabitants = people->density_m2(people->user, there.latitude_rad, there.longitude_rad) *
                                       middle_m * cell_m * sector_rad;
            panes += FAR_FIELD_PANES_PER_PERSON * inhabitants *
                     cosmo_far_field_pane_probability(cosmo_far_field_overpressure_pa(field, azimuth, middle_m));
        }
    }
    return panes;
}
