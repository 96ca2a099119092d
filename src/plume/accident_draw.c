/* One sample of an accident: the weather, what is released, what becomes of it. */
#include "core/real.h"
#include "plume/accident.h"

#include <math.h>
#include <string.h>

/* Streams of random numbers; the particles' own comes after them. */
enum { ACCIDENT_DRAW_STREAM = 0x70000, ACCIDENT_DRAW_BURST = 0x70001, ACCIDENT_DRAW_FATES = 0x70002 };

static const double ACCIDENT_DRAW_COOLING_K_M = 0.00976; /* g over cp */
static const double ACCIDENT_DRAW_TURN = 6.283185307179586;
static const double ACCIDENT_DRAW_ENTRAINMENT = 0.64; /* of a cloud at once */
static const double ACCIDENT_DRAW_POOL_DEPTH_M = 0.01;
static const double ACCIDENT_DRAW_DRY = 0.05; /* a pool is gone when this share of a liquid is left */
static const double ACCIDENT_DRAW_DAY_S = 86400.0;
static const double ACCIDENT_DRAW_HEIGHTS[] = {10, 25, 50, 100, 200, 350, 500, 750, 1000, 1500, 2000, 3000, 5000};

typedef struct accident_draw {
    const cosmo_accident *accident;
    uint64_t seed, number;
    uint32_t next;
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_accident_sample *sample;
} accident_draw;

/* ---- inputs ---- */

/* Remember what was drawn, for the shares of variance. */
static void accident_draw_keep(accident_draw *d, const char *what, const char *of, double value)
{
    cosmo_accident_sample *s = d->sample;
    if (s->n_inputs == COSMO_ACCIDENT_INPUTS_MAX) return;
    s->names[s->n_inputs] = of != NULL ? cosmo_arena_print(d->arena, "%s of %s", what, of) : what;
    s->inputs[s->n_inputs++] = value;
}

static double accident_draw_take(accident_draw *d, const char *what, const char *of, cosmo_range range)
{
    const uint32_t draw = d->next++;
    if (!(range.low < range.high)) return range.mode;
    const double value =
        cosmo_random_triangular(d->seed, ACCIDENT_DRAW_STREAM, d->number, draw, range.low, range.mode, range.high);
    accident_draw_keep(d, what, of, value);
    return value;
}

/* ---- weather ---- */

static int accident_draw_class(accident_draw *d)
{
    const cosmo_list *classes = &d->accident->release->weather.stability;
    const char *const *names = classes->items;
    const uint32_t draw = d->next++;
    if (classes->n == 0) return COSMO_SURFACE_NO_CLASS;
    const double u = cosmo_random_uniform(d->seed, ACCIDENT_DRAW_STREAM, d->number, draw);
    const int class = names[(size_t)(u * (double)classes->n)][0] - 'A';
    if (classes->n > 1) accident_draw_keep(d, "stability class", NULL, (double)class);
    return class;
}

/* What no sounding has: the same for drawn and for measured profiles. */
static cosmo_plume_weather accident_draw_base(accident_draw *d)
{
    const cosmo_release_weather *w = &d->accident->release->weather;
    d->sample->rain_m_s = accident_draw_take(d, "rain", NULL, w->rain_m_s);
    return (cosmo_plume_weather){.roughness_m = w->roughness_m,
                                 .friction_velocity_m_s = w->friction_velocity_m_s,
                                 .obukhov_m = w->obukhov_m,
                                 .mixing_height_m = accident_draw_take(d, "mixing height", NULL, w->mixing_height_m),
                                 .direction_scatter_rad = w->direction_scatter_rad,
                                 .scatter_height_m = w->scatter_height_m,
                                 .latitude_rad = d->accident->latitude_rad,
                                 .temperature_k = w->temperature_k,
                                 .pressure_pa = w->pressure_pa,
                                 .relative_humidity = w->humidity,
                                 .rain_m_s = d->sample->rain_m_s,
                                 .cloud_fraction = w->cloud_fraction,
                                 .sun_elevation_rad = d->accident->sun_elevation_rad,
                                 .ozone_fraction = w->ozone_fraction,
                                 .accept_calm = w->calm};
}

static double accident_draw_turned(double angle_rad)
{
    return angle_rad - ACCIDENT_DRAW_TURN * floor(angle_rad / ACCIDENT_DRAW_TURN);
}

/* Levels of a profile that was drawn: the surface layer's wind up to the lid, the wind at the lid above it; air well
 * mixed below the lid of an unstable or neutral layer, and stratified above it, or from the ground on. */
static void accident_draw_levels(accident_draw *d, double wind_m_s, double from_rad, double turning_rad_m,
                                 double lapse_k_m)
{
    cosmo_accident_sample *s = d->sample;
    cosmo_plume_weather *w = &s->weather;
    const double at = d->accident->release->weather.wind_height_m;
    const double reference = cosmo_surface_wind_m_s(w->friction_velocity_m_s, w->obukhov_m, w->roughness_m, at);
    const bool stable = w->obukhov_m > 0.0 && isfinite(w->obukhov_m);
    const double foot = stable ? 0.0 : w->mixing_height_m, ground_k = w->temperature_k;
    size_t n = 0;
    for (size_t i = 0; i <= sizeof ACCIDENT_DRAW_HEIGHTS / sizeof ACCIDENT_DRAW_HEIGHTS[0]; i++) {
        const double z = i == 0 ? at : ACCIDENT_DRAW_HEIGHTS[i - 1];
        if (i > 0 && z < 1.2 * at) continue;
        const double below = fmin(z, fmax(w->mixing_height_m, at));
        s->height_m[n] = z;
        s->wind_m_s[n] = wind_m_s / reference *
                         cosmo_surface_wind_m_s(w->friction_velocity_m_s, w->obukhov_m, w->roughness_m, below);
        s->from_rad[n] = accident_draw_turned(from_rad + turning_rad_m * (z - at));
        s->temperature_k[n] = ground_k - ACCIDENT_DRAW_COOLING_K_M * z + lapse_k_m * fmax(0.0, z - foot);
        n++;
    }
    w->n = n;
    w->height_m = s->height_m;
    w->wind_speed_m_s = s->wind_m_s;
    w->wind_from_rad = s->from_rad;
    w->temperature_at_k = s->temperature_k;
}

static cosmo_status accident_draw_made_up(accident_draw *d)
{
    const cosmo_release_weather *choice = &d->accident->release->weather;
    cosmo_accident_sample *s = d->sample;
    double speed = accident_draw_take(d, "wind speed", NULL, choice->wind_speed_m_s);
    double from = accident_draw_turned(accident_draw_take(d, "wind direction", NULL, choice->wind_from_rad));
    const double turning = accident_draw_take(d, "turning of the wind", NULL, choice->turning_rad_m);
    const double lapse = accident_draw_take(d, "lapse rate", NULL, choice->lapse_k_m);
    cosmo_surface_hints hints = cosmo_surface_no_hints();
    hints.stability = accident_draw_class(d);
    s->weather.n = 1;
    s->weather.height_m = &choice->wind_height_m;
    s->weather.wind_speed_m_s = &speed;
    s->weather.wind_from_rad = &from;
    double unknown = NAN;
    s->weather.temperature_at_k = &unknown;
    COSMO_TRY(cosmo_surface_complete(&hints, &s->weather, d->run));
    accident_draw_levels(d, speed, from, turning, lapse);
    return COSMO_OK;
}

static cosmo_status accident_draw_weather(accident_draw *d)
{
    const cosmo_accident *a = d->accident;
    cosmo_accident_sample *s = d->sample;
    s->weather = accident_draw_base(d);
    if (a->n_weathers == 0)
        COSMO_TRY(accident_draw_made_up(d));
    else {
        const cosmo_plume_weather *measured = &a->weathers[d->number % a->n_weathers];
        s->weather.n = measured->n;
        s->weather.height_m = measured->height_m;
        s->weather.wind_speed_m_s = measured->wind_speed_m_s;
        s->weather.wind_from_rad = measured->wind_from_rad;
        s->weather.temperature_at_k = measured->temperature_at_k;
        if (isfinite(measured->temperature_k)) s->weather.temperature_k = measured->temperature_k;
        if (isfinite(measured->pressure_pa)) s->weather.pressure_pa = measured->pressure_pa;
        accident_draw_keep(d, "sounding", NULL, (double)(d->number % a->n_weathers));
        cosmo_surface_hints hints = cosmo_surface_no_hints();
        hints.stability = accident_draw_class(d);
        COSMO_TRY(cosmo_surface_complete(&hints, &s->weather, d->run));
    }
    return cosmo_plume_air_make(&s->weather, d->run, &s->air);
}

/* The mean wind of the prepared air at a height. */
static void accident_draw_wind(const cosmo_plume_air *air, double height_m, double *east_m_s, double *north_m_s)
{
    const double z = fmin(fmax(height_m, air->bottom_m), air->top_m);
    const double step = cosmo_real_log(air->top_m / air->bottom_m) / (COSMO_PLUME_AIR_NODES - 1);
    const double place = cosmo_real_log(z / air->bottom_m) / step;
    const int i = (int)fmin(floor(place), COSMO_PLUME_AIR_NODES - 2);
    const double share = place - i;
    *east_m_s = air->wind_east_m_s[i] + share * (air->wind_east_m_s[i + 1] - air->wind_east_m_s[i]);
    *north_m_s = air->wind_north_m_s[i] + share * (air->wind_north_m_s[i + 1] - air->wind_north_m_s[i]);
}

/* ---- what becomes of it in the air ---- */

static cosmo_status accident_draw_fates(accident_draw *d)
{
    const cosmo_accident *a = d->accident;
    const char *species[COSMO_PLUME_SPECIES_MAX];
    for (size_t i = 0; i < a->n_species; i++) species[i] = a->species[i]->id;
    const cosmo_fate_question question = {.n_species = a->n_species,
                                          .species = species,
                                          .weather = &d->sample->weather,
                                          .drawn = true,
                                          .stream = ACCIDENT_DRAW_FATES,
                                          .sample = d->number};
    COSMO_TRY(cosmo_fate_make(a->substances, &question, d->arena, d->run, d->sample->fates));
    for (size_t i = 0; i < a->n_species; i++) {
        const cosmo_range *range = &a->species[i]->deposition_velocity_m_s;
        if (range->low < range->high)
            accident_draw_keep(d, "deposition velocity", a->species[i]->id,
                               d->sample->fates[i].deposition_velocity_m_s);
    }
    return COSMO_OK;
}

/* ---- what is released ---- */

static cosmo_plume_release *accident_draw_release(accident_draw *d)
{
    cosmo_accident_sample *s = d->sample;
    cosmo_plume_release *release = &s->releases[s->n_releases < COSMO_ACCIDENT_RELEASES_MAX ? s->n_releases++ : 0];
    *release = (cosmo_plume_release){.height_m = d->accident->release->source.height_m,
                                     .radius_m = d->accident->release->source.radius_m};
    return release;
}

/* The hot cloud: as high as it rises, as far off as the wind at half that height has carried it by then. */
static cosmo_status accident_draw_cloud(accident_draw *d, double heat_j, double propellant_kg,
                                        cosmo_plume_release *release)
{
    cosmo_accident_sample *s = d->sample;
    const cosmo_release_source *choice = &d->accident->release->source;
    const double radiated = accident_draw_take(d, "heat radiated", NULL, choice->radiated);
    const double fireball_m = 0.5 * cosmo_fireball_gayle(propellant_kg).diameter_m;
    const double radius = choice->radius_m > 0.0 ? choice->radius_m : fireball_m;
    s->heat_j = heat_j * (1.0 - radiated);
    s->thrown_m2 = 3.1415926535897932 * radius * radius;
    const cosmo_cloud_source source = {
        .buoyancy = cosmo_cloud_rise_buoyancy(false, s->heat_j, s->weather.temperature_k, s->weather.pressure_pa),
        .entrainment = ACCIDENT_DRAW_ENTRAINMENT,
        .radius_m = radius,
        .height_m = choice->height_m};
    cosmo_cloud cloud;
    COSMO_TRY(cosmo_cloud_rise_stabilise(&source, &s->weather, d->run, &cloud));
    double east, north;
    accident_draw_wind(&s->air, 0.5 * (choice->height_m + cloud.height_m), &east, &north);
    s->cloud_height_m = cloud.height_m;
    s->rise_s = cloud.time_s;
    release->start_s = fmin(cloud.time_s, 0.5 * d->accident->release->sampling.duration_s);
    release->east_m = east * release->start_s;
    release->north_m = north * release->start_s;
    release->height_m = cloud.height_m;
    release->radius_m = 0.0;
    release->sigma_across_m = release->sigma_along_m = release->sigma_up_m = cloud.sigma_m;
    return COSMO_OK;
}

/* When a liquid of a pool is all but gone, or the pool's last time. */
static double accident_draw_dry_s(const cosmo_pool *pool, size_t liquid, double mass_kg)
{
    double left_kg = mass_kg;
    size_t k = 0;
    for (; k < COSMO_POOL_STEPS && left_kg > ACCIDENT_DRAW_DRY * mass_kg; k++)
        left_kg -= pool->rate_kg_s[k * pool->n + liquid] * (pool->end_s[k] - (k > 0 ? pool->end_s[k - 1] : 0.0));
    return pool->end_s[k - 1];
}

/* A pool of what was spilled and not soaked in: each liquid enters the air evenly until it is all but dry. */
static cosmo_status accident_draw_pool(accident_draw *d, const double *liquid_kg)
{
    const cosmo_accident *a = d->accident;
    cosmo_accident_sample *s = d->sample;
    cosmo_pool_liquid liquids[COSMO_ACCIDENT_TANKS_MAX];
    size_t species[COSMO_ACCIDENT_TANKS_MAX], n = 0;
    double volume_m3 = 0.0;
    for (size_t i = 0; i < a->n_tanks; i++) {
        const cosmo_substance *x = a->tanks[i].substance;
        if (!(liquid_kg[i] > 0.0) || !isfinite(x->boiling_point_k) || !isfinite(x->heat_vaporisation_j_kg) ||
            !isfinite(x->liquid_density_kg_m3))
            continue;
        species[n] = a->tanks[i].species;
        liquids[n++] = (cosmo_pool_liquid){.mass_kg = liquid_kg[i],
                                           .molar_kg_mol = x->molar_mass_kg_mol,
                                           .boiling_k = x->boiling_point_k,
                                           .vaporisation_j_kg = x->heat_vaporisation_j_kg,
                                           .density_kg_m3 = x->liquid_density_kg_m3,
                                           .heat_capacity_j_kg_k = 2000.0,
                                           .diffusivity_m2_s = 1.0e-5};
        volume_m3 += liquid_kg[i] / x->liquid_density_kg_m3;
    }
    const double given_m2 = accident_draw_take(d, "area of the pool", NULL, a->release->source.pool_m2);
    if (n == 0) return COSMO_OK;
    const double area = isfinite(given_m2) ? given_m2 : volume_m3 / ACCIDENT_DRAW_POOL_DEPTH_M;
    if (!isfinite(s->spill_m2)) s->spill_m2 = area;
    double coldest = s->weather.temperature_k;
    for (size_t i = 0; i < n; i++) coldest = fmin(coldest, liquids[i].boiling_k);
    const cosmo_pool_case spill = {.n = n,
                                   .liquids = liquids,
                                   .area_m2 = area,
                                   .depth_m = ACCIDENT_DRAW_POOL_DEPTH_M,
                                   .temperature_k = coldest,
                                   .wind_m_s = s->weather.wind_speed_m_s[0],
                                   .air_k = s->weather.temperature_k,
                                   .air_pa = s->weather.pressure_pa,
                                   .ground_k = s->weather.temperature_k,
                                   .ground_conductivity_w_m_k = 0.9,
                                   .ground_diffusivity_m2_s = 4e-7,
                                   .duration_s = a->release->sampling.duration_s};
    cosmo_pool pool;
    COSMO_TRY(cosmo_pool_evaporate(&spill, d->arena, d->run, &pool));
    for (size_t i = 0; i < n; i++) {
        cosmo_plume_release *release = accident_draw_release(d);
        release->height_m = 0.0;
        release->radius_m = sqrt(area / 3.1415926535897932);
        release->duration_s = accident_draw_dry_s(&pool, i, liquids[i].mass_kg);
        release->mass_kg[species[i]] = liquids[i].mass_kg - pool.left_kg[i];
    }
    return COSMO_OK;
}

/* Puffs along the way of a motor that climbs evenly faster, to the height that the file gives. */
static void accident_draw_exhaust(accident_draw *d, const double *air_kg)
{
    const cosmo_release_source *choice = &d->accident->release->source;
    const int puffs = 20;
    for (int i = 0; i < puffs; i++) {
        cosmo_plume_release *release = accident_draw_release(d);
        const double middle = ((double)i + 0.5) / puffs;
        release->start_s = choice->duration_s * (double)i / puffs;
        release->duration_s = choice->duration_s / puffs;
        release->height_m = choice->height_m * middle * middle;
        release->radius_m = 0.0;
        release->sigma_across_m = release->sigma_along_m = release->sigma_up_m =
            fmax(choice->radius_m, choice->height_m * middle / puffs);
        for (size_t k = 0; k < d->accident->n_species; k++) release->mass_kg[k] = air_kg[k] / puffs;
    }
}

/* What becomes of the tanks: parts, heat, all propellant. Nothing burns of what is not an explosion, and the share that
 * would is vapour. */
static double accident_draw_tanks(accident_draw *d, cosmo_burst_parts *parts, double *propellant_kg)
{
    const cosmo_accident *a = d->accident;
    const bool burns = a->release->source.kind == COSMO_RELEASE_EXPLOSION;
    cosmo_burst_tank tanks[COSMO_ACCIDENT_TANKS_MAX];
    cosmo_combustion combustion = {0};
    *propellant_kg = 0.0;
    for (size_t i = 0; i < a->n_tanks; i++) {
        const cosmo_accident_tank *t = &a->tanks[i];
        const double mass = accident_draw_take(d, "mass", t->substance->id, t->mass_kg);
        tanks[i] = (cosmo_burst_tank){t->substance->id, mass, t->oxidiser, t->shares};
        *propellant_kg += mass;
    }
    cosmo_burst_draw(tanks, a->n_tanks, burns ? a->reaction : NULL, d->seed, ACCIDENT_DRAW_BURST, d->number, parts,
                     &combustion);
    double heat = combustion.heat_j;
    for (size_t i = 0; i < a->n_tanks; i++) {
        const cosmo_substance *x = a->tanks[i].substance;
        const cosmo_burst_shares *shares = &a->tanks[i].shares;
        const double mass = fmax(tanks[i].mass_kg, 1e-12);
        if (shares->vaporised.low < shares->vaporised.high)
            accident_draw_keep(d, "share unburnt as vapour", x->id, parts[i].vaporised_kg / mass);
        if (shares->aerosolised.low < shares->aerosolised.high)
            accident_draw_keep(d, "share thrown as drops", x->id, parts[i].aerosolised_kg / mass);
        if (shares->spilled.low < shares->spilled.high)
            accident_draw_keep(d, "share spilled", x->id, parts[i].spilled_kg / mass);
        if (!burns) {
            parts[i].vaporised_kg += parts[i].burnt_kg;
            parts[i].burnt_kg = 0.0;
        } else if (a->reaction == NULL && isfinite(x->lower_heating_value_j_kg))
            heat += parts[i].burnt_kg * x->lower_heating_value_j_kg;
    }
    return heat;
}

static cosmo_status accident_draw_source(accident_draw *d)
{
    const cosmo_accident *a = d->accident;
    const cosmo_release_source *choice = &a->release->source;
    cosmo_accident_sample *s = d->sample;
    cosmo_burst_parts parts[COSMO_ACCIDENT_TANKS_MAX];
    double liquid_kg[COSMO_ACCIDENT_TANKS_MAX], vapour_kg[COSMO_PLUME_SPECIES_MAX] = {0}, propellant_kg;
    const double heat = accident_draw_tanks(d, parts, &propellant_kg);
    s->propellant_kg = propellant_kg;
    for (size_t i = 0; i < a->n_tanks; i++) {
        const cosmo_accident_tank *t = &a->tanks[i];
        const double soaked = accident_draw_take(d, "share soaked in", t->substance->id, t->soaked);
        vapour_kg[t->species] += parts[i].vaporised_kg;
        liquid_kg[i] = parts[i].spilled_kg * (1.0 - soaked);
        s->soaked_kg[t->species] += parts[i].spilled_kg * soaked;
        s->thrown_kg[t->species] += parts[i].aerosolised_kg;
    }
    if (choice->kind == COSMO_RELEASE_EXHAUST)
        accident_draw_exhaust(d, vapour_kg);
    else {
        cosmo_plume_release *release = accident_draw_release(d);
        for (size_t k = 0; k < a->n_species; k++) release->mass_kg[k] = vapour_kg[k];
        if (choice->kind == COSMO_RELEASE_CONTINUOUS) release->duration_s = choice->duration_s;
        if (choice->kind == COSMO_RELEASE_EXPLOSION) COSMO_TRY(accident_draw_cloud(d, heat, propellant_kg, release));
    }
    COSMO_TRY(accident_draw_pool(d, liquid_kg));
    for (size_t i = 0; i < s->n_releases; i++)
        for (size_t k = 0; k < a->n_species; k++) s->air_kg[k] += s->releases[i].mass_kg[k];
    return COSMO_OK;
}

/* ---- soil ---- */

static void accident_draw_soil(accident_draw *d)
{
    const cosmo_accident *a = d->accident;
    const cosmo_release_soil *choice = &a->release->soil;
    cosmo_accident_sample *s = d->sample;
    s->density_kg_m3 = accident_draw_take(d, "density of the soil", NULL, choice->density_kg_m3);
    s->depth_m = accident_draw_take(d, "depth of deposits", NULL, choice->depth_m);
    s->spill_depth_m = accident_draw_take(d, "depth of the spill", NULL, choice->spill_depth_m);
    s->spill_m2 = accident_draw_take(d, "area of the spill", NULL, choice->spill_m2);
    for (size_t i = 0; i < a->n_species; i++) {
        const cosmo_soil_fate *fate = &a->species[i]->soil;
        const cosmo_range range =
            choice->treated && isfinite(fate->treated_half_life_s.mode) ? fate->treated_half_life_s : fate->half_life_s;
        const double half_life = accident_draw_take(d, "half-life in soil", a->species[i]->id, range);
        s->left_later[i] = half_life > 0.0 ? cosmo_real_pow(0.5, choice->days * ACCIDENT_DRAW_DAY_S / half_life) : NAN;
    }
}

cosmo_status cosmo_accident_draw_sample(const cosmo_accident *accident, uint64_t number, cosmo_arena *arena,
                                        cosmo_run *run, cosmo_accident_sample *sample)
{
    *sample = (cosmo_accident_sample){.cloud_height_m = NAN, .thrown_m2 = NAN};
    accident_draw d = {accident, run->seed, number, 0, arena, run, sample};
    COSMO_TRY(accident_draw_weather(&d));
    COSMO_TRY(accident_draw_fates(&d));
    accident_draw_soil(&d);
    COSMO_TRY(accident_draw_source(&d));
    double east, north;
    for (size_t i = 0; i < COSMO_ACCIDENT_WINDS; i++) {
        accident_draw_wind(&sample->air, cosmo_accident_wind_height_m(i), &east, &north);
        sample->winds_rad[i] = cosmo_real_atan2(east, north);
    }
    const double height =
        isfinite(sample->cloud_height_m) ? sample->cloud_height_m : accident->release->source.height_m;
    accident_draw_wind(&sample->air, fmax(height, 10.0), &east, &north);
    sample->towards_rad = cosmo_real_atan2(east, north);
    return COSMO_OK;
}
