/* How far a flight may differ from its design. */
#include "ascent/dispersion_section.h"

#include "core/real.h"

#include <math.h>
#include <string.h>

enum { DISPERSION_HEIGHTS = 21, DISPERSION_INPUTS_MAX = 512 };
static const double DISPERSION_HEIGHT_STEP_M = 2000.0; /* heights at which the air deviates, from the sea upwards */
static const double DISPERSION_FADE_M = 20000.0;       /* deviations fade out over this above the last of them */

/* In the order of the section's fields. */
typedef enum dispersion_parameter {
    DISPERSION_THRUST,
    DISPERSION_ISP,
    DISPERSION_PROPELLANT,
    DISPERSION_DRY_MASS,
    DISPERSION_CUTOFF_TIME,
    DISPERSION_DRAG,
    DISPERSION_PITCH,
    DISPERSION_YAW,
    DISPERSION_INSERTION_ALTITUDE,
    DISPERSION_INSERTION_SPEED,
    DISPERSION_INSERTION_PATH,
    DISPERSION_INSERTION_INCLINATION,
    DISPERSION_SEPARATION_SPEED,
    DISPERSION_FALL_DRAG,
    DISPERSION_DENSITY,
    DISPERSION_WIND,
    DISPERSION_PARAMETERS,
    DISPERSION_ENSEMBLE /* no field of the section: which member is flown in */
} dispersion_parameter;

const cosmo_section *cosmo_dispersion_section(void)
{
    return &DISPERSION_SECTION;
}

static double dispersion_sigma(const cosmo_dispersion *d, int parameter)
{
    return *(const double *)((const char *)d + DISPERSION_FIELDS[parameter].offset);
}

/* ---- checks ----------------------------------------------------------------------------------------------------- */

cosmo_status cosmo_dispersion_check(const cosmo_dispersion *d, const cosmo_yaml *section, cosmo_run *run)
{
    const char *names[DISPERSION_PARAMETERS];
    for (int i = 0; i < DISPERSION_PARAMETERS; i++) names[i] = DISPERSION_FIELDS[i].key;
    const cosmo_dispersion_shape *shapes = d->shapes.items;
    const cosmo_yaml *list = section != NULL ? cosmo_yaml_child(section, "shapes") : NULL;
    const cosmo_yaml *node = list != NULL ? list->first_child : NULL;
    for (size_t i = 0; i < d->shapes.n && node != NULL; i++, node = node->next) {
        bool known = false;
        for (int k = 0; k < DISPERSION_PARAMETERS; k++) known = known || strcmp(names[k], shapes[i].parameter) == 0;
        const cosmo_yaml *named = cosmo_yaml_child(node, "parameter");
        if (!known) {
            const char *near = cosmo_text_nearest(shapes[i].parameter, names, DISPERSION_PARAMETERS);
            return cosmo_yaml_fail(named, run, "'%s' is not a parameter of the dispersion%s%s%s", shapes[i].parameter,
                                   near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                                   near != NULL ? "'?" : "");
        }
        if (shapes[i].distribution == COSMO_DISTRIBUTION_EMPIRICAL && shapes[i].values.n_rows < 2)
            return cosmo_yaml_fail(named, run,
                                   "an empirical distribution needs at least two values, as in "
                                   "'values: [[-1.2], [0.3], [0.9]]'");
    }
    return COSMO_OK;
}

/* ---- inputs ----------------------------------------------------------------------------------------------------- */

typedef struct dispersion_builder {
    const cosmo_dispersion *dispersion;
    cosmo_arena *arena;
    cosmo_dispersion_input *items;
    size_t n;
    bool failed;
} dispersion_builder;

static void dispersion_add(dispersion_builder *b, int parameter, int index, const char *of)
{
    if (!(dispersion_sigma(b->dispersion, parameter) > 0.0) || b->n == DISPERSION_INPUTS_MAX) return;
    const char *key = DISPERSION_FIELDS[parameter].key;
    const char *name = of != NULL ? cosmo_arena_print(b->arena, "%s:%s", key, of) : key;
    b->failed = b->failed || name == NULL;
    b->items[b->n++] = (cosmo_dispersion_input){parameter, index, name};
}

cosmo_status cosmo_dispersion_list(const cosmo_dispersion *d, const cosmo_flight *flight, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_dispersion_inputs *inputs)
{
    dispersion_builder b = {.dispersion = d, .arena = arena};
    b.items = cosmo_arena_array(arena, DISPERSION_INPUTS_MAX + 1, sizeof *b.items);
    COSMO_NEED(b.items, run);
    const cosmo_vehicle *vehicle = flight->vehicle;
    const cosmo_stage *stages = vehicle->stages.items;
    for (int parameter = DISPERSION_THRUST; parameter <= DISPERSION_CUTOFF_TIME; parameter++)
        for (size_t i = 0; i < vehicle->stages.n && i < COSMO_STAGES_MAX; i++)
            dispersion_add(&b, parameter, (int)i, stages[i].id);
    for (int parameter = DISPERSION_DRAG; parameter <= DISPERSION_INSERTION_INCLINATION; parameter++)
        dispersion_add(&b, parameter, 0, NULL);
    const size_t bodies = vehicle->stages.n + vehicle->items.n;
    for (size_t i = 0; i < bodies && i < COSMO_BODIES_MAX; i++) {
        for (int axis = 0; axis < 3; axis++) dispersion_add(&b, DISPERSION_SEPARATION_SPEED, 3 * (int)i + axis, NULL);
        dispersion_add(&b, DISPERSION_FALL_DRAG, (int)i, NULL);
    }
    for (int k = 0; k < DISPERSION_HEIGHTS && !flight->environment.vacuum; k++) {
        dispersion_add(&b, DISPERSION_DENSITY, k, NULL);
        dispersion_add(&b, DISPERSION_WIND, 2 * k, NULL);
        dispersion_add(&b, DISPERSION_WIND, 2 * k + 1, NULL);
    }
    if (b.failed) return cosmo_run_out_of_memory(run);
    const size_t n_members = flight->environment.vacuum ? 0 : flight->ensemble.n;
    if (n_members > 0) b.items[b.n++] = (cosmo_dispersion_input){DISPERSION_ENSEMBLE, 0, "ensemble"};
    *inputs = (cosmo_dispersion_inputs){b.n, b.items, n_members};
    return COSMO_OK;
}

/* ---- the air ---------------------------------------------------------------------------------------------------- */

/* Standard deviation of each component of the wind; an estimate of the order of monthly climatologies of middle
 * latitudes. */
static double dispersion_wind_m_s(double altitude_m)
{
    static const double at[] = {0.0, 12000.0, 20000.0}, sigma[] = {3.0, 12.0, 8.0};
    if (altitude_m <= at[0]) return sigma[0];
    for (int i = 1; i < 3; i++)
        if (altitude_m <= at[i])
            return sigma[i - 1] + (sigma[i] - sigma[i - 1]) * (altitude_m - at[i - 1]) / (at[i] - at[i - 1]);
    return sigma[2];
}

/* A deviation that is one in size at every height and fades with the height between two as exp(-difference / scale). */
static void dispersion_correlate(double scale_m, double *deviation)
{
    const double kept = cosmo_real_exp(-DISPERSION_HEIGHT_STEP_M / fmax(scale_m, 1.0)), fresh = sqrt(1.0 - kept * kept);
    for (int k = 1; k < DISPERSION_HEIGHTS; k++) deviation[k] = kept * deviation[k - 1] + fresh * deviation[k];
}

static double dispersion_at(const double *deviation, double altitude_m)
{
    const double x = fmax(altitude_m, 0.0) / DISPERSION_HEIGHT_STEP_M, last = DISPERSION_HEIGHTS - 1;
    if (x >= last) {
        const double over = (x - last) * DISPERSION_HEIGHT_STEP_M;
        return deviation[DISPERSION_HEIGHTS - 1] * fmax(0.0, 1.0 - over / DISPERSION_FADE_M);
    }
    const int k = (int)x;
    return deviation[k] + (x - k) * (deviation[k + 1] - deviation[k]);
}

typedef struct dispersion_air {
    double density[DISPERSION_HEIGHTS], east[DISPERSION_HEIGHTS], north[DISPERSION_HEIGHTS];
    bool any;
    const cosmo_weather *member; /* of the ensemble; NULL: the flight's own air */
} dispersion_air;

static void dispersion_set_air(const cosmo_dispersion *d, dispersion_air *air, const cosmo_weather *mean,
                               cosmo_weather *out)
{
    if (mean != NULL)
        *out = *mean;
    else
        cosmo_weather_standard(out);
    out->has_ratio = out->has_wind = true;
    dispersion_correlate(d->correlation_height_m, air->density);
    dispersion_correlate(d->correlation_height_m, air->east);
    dispersion_correlate(d->correlation_height_m, air->north);
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double altitude = COSMO_WEATHER_BASE_M + COSMO_WEATHER_STEP_M * i;
        const double wind = d->wind * dispersion_wind_m_s(altitude);
        out->density_ratio[i] *= fmax(0.1, 1.0 + d->density * dispersion_at(air->density, altitude));
        out->wind_east_m_s[i] += wind * dispersion_at(air->east, altitude);
        out->wind_north_m_s[i] += wind * dispersion_at(air->north, altitude);
    }
}

/* ---- a variation ------------------------------------------------------------------------------------------------ */

/* Units of a stage deviate each on its own: together by the root of their number less. */
static double dispersion_units(const cosmo_flight *flight, int stage)
{
    const cosmo_stage *stages = flight->vehicle->stages.items;
    return 1.0 / sqrt((double)stages[stage].count);
}

static void dispersion_set(const cosmo_dispersion *d, const cosmo_flight *flight, const cosmo_dispersion_input *input,
                           double z, cosmo_variation *v, dispersion_air *air)
{
    const int k = input->index;
    if (input->parameter == DISPERSION_ENSEMBLE) {
        const cosmo_weather *members = flight->ensemble.items;
        air->member = z >= 1.0 ? &members[(size_t)z - 1] : NULL;
        return;
    }
    const bool of_units = input->parameter <= DISPERSION_DRY_MASS;
    const double off = dispersion_sigma(d, input->parameter) * z * (of_units ? dispersion_units(flight, k) : 1.0);
    switch ((dispersion_parameter)input->parameter) {
    case DISPERSION_THRUST:
        v->thrust[k] += off;
        break;
    case DISPERSION_ISP:
        v->isp[k] += off;
        break;
    case DISPERSION_PROPELLANT:
        v->propellant[k] += off;
        break;
    case DISPERSION_DRY_MASS:
        v->dry[k] += off;
        break;
    case DISPERSION_CUTOFF_TIME:
        v->cutoff_shift_s[k] += off;
        break;
    case DISPERSION_DRAG:
        v->drag = fmax(0.0, v->drag + off);
        break;
    case DISPERSION_PITCH:
        v->pitch_shift_rad += off;
        break;
    case DISPERSION_YAW:
        v->yaw_shift_rad += off;
        break;
    case DISPERSION_INSERTION_ALTITUDE:
        v->insertion_radius_m += off;
        break;
    case DISPERSION_INSERTION_SPEED:
        v->insertion_speed_m_s += off;
        break;
    case DISPERSION_INSERTION_PATH:
        v->insertion_path_rad += off;
        break;
    case DISPERSION_INSERTION_INCLINATION:
        v->insertion_inclination_rad += off;
        break;
    case DISPERSION_SEPARATION_SPEED:
        (k % 3 == 0 ? &v->push_m_s[k / 3].x : k % 3 == 1 ? &v->push_m_s[k / 3].y : &v->push_m_s[k / 3].z)[0] += off;
        break;
    case DISPERSION_FALL_DRAG:
        v->fall_drag[k] = fmax(0.1, v->fall_drag[k] + off);
        break;
    case DISPERSION_DENSITY:
        air->density[k] = z;
        air->any = true;
        break;
    case DISPERSION_WIND:
        (k % 2 == 0 ? air->east : air->north)[k / 2] = z;
        air->any = true;
        break;
    case DISPERSION_PARAMETERS:
    case DISPERSION_ENSEMBLE:
        break;
    }
}

void cosmo_dispersion_apply(const cosmo_dispersion *d, const cosmo_flight *flight,
                            const cosmo_dispersion_inputs *inputs, const double *deviations, cosmo_variation *variation,
                            cosmo_weather *weather)
{
    dispersion_air air;
    memset(&air, 0, sizeof air);
    *variation = cosmo_ascent_nominal();
    for (size_t i = 0; i < inputs->n; i++) dispersion_set(d, flight, &inputs->items[i], deviations[i], variation, &air);
    variation->weather = air.member;
    if (!air.any) return;
    dispersion_set_air(d, &air, air.member != NULL ? air.member : flight->environment.weather, weather);
    variation->weather = weather;
}

/* ---- samples ---------------------------------------------------------------------------------------------------- */

static const cosmo_dispersion_shape *dispersion_shape(const cosmo_dispersion *d, int parameter)
{
    const cosmo_dispersion_shape *shapes = d->shapes.items;
    for (size_t i = 0; i < d->shapes.n; i++)
        if (strcmp(shapes[i].parameter, DISPERSION_FIELDS[parameter].key) == 0) return &shapes[i];
    return NULL;
}

/* Quantile of a shape with standard deviation one. Triangular: Evans, Hastings & Peacock 2000, ch. 40. */
static double dispersion_quantile(const cosmo_dispersion_shape *shape, double u)
{
    switch ((cosmo_distribution)shape->distribution) {
    case COSMO_DISTRIBUTION_UNIFORM:
        return sqrt(12.0) * (u - 0.5);
    case COSMO_DISTRIBUTION_TRIANGULAR:
        return sqrt(6.0) * (u < 0.5 ? sqrt(2.0 * u) - 1.0 : 1.0 - sqrt(2.0 * (1.0 - u)));
    case COSMO_DISTRIBUTION_EMPIRICAL: {
        const size_t n = shape->values.n_rows, k = (size_t)(u * (double)n);
        return shape->values.values[k < n ? k : n - 1];
    }
    case COSMO_DISTRIBUTION_NORMAL:
        break;
    }
    return cosmo_random_normal_quantile(u);
}

void cosmo_dispersion_draw(const cosmo_dispersion *d, const cosmo_dispersion_inputs *inputs, uint64_t seed,
                           uint64_t sample, double *deviations)
{
    static const cosmo_dispersion_shape normal = {.distribution = COSMO_DISTRIBUTION_NORMAL};
    for (size_t i = 0; i < inputs->n; i++) {
        const cosmo_dispersion_input *input = &inputs->items[i];
        const uint32_t stream = (uint32_t)(input->parameter * 256 + input->index);
        const double u = cosmo_random_uniform(seed, stream, sample, 0);
        if (input->parameter == DISPERSION_ENSEMBLE) {
            deviations[i] = 1.0 + floor(u * (double)inputs->n_members);
            continue;
        }
        const cosmo_dispersion_shape *shape = dispersion_shape(d, input->parameter);
        deviations[i] = dispersion_quantile(shape != NULL ? shape : &normal, u);
    }
}
