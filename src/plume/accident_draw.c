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
static const double ACCIDENT_DRAW_WIND_M = 10.0;   /* where pools feel the wind */
static const double ACCIDENT_DRAW_GROUND_M = 10.0; /* up to here vapour counts as released at the ground */
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

void cosmo_accident_draw_wind(const cosmo_plume_air *air, double height_m, double *east_m_s, double *north_m_s)
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
    cosmo_plume_release *release = &s->releases[s->n_releases++];
    *release = (cosmo_plume_release){.height_m = d->accident->release->source.height_m,
                                     .radius_m = d->accident->release->source.radius_m};
    return release;
}

/* The hot cloud: as high as it rises, as far off as the wind at half that height has carried it by then. Where no
 * oxidiser is followed the fireball is the fuel's (CCPS), else that of both (Gayle and Bransford). Without heat the
 * vapour stays where it is. */
static cosmo_status accident_draw_cloud(accident_draw *d, double heat_j, double propellant_kg,
                                        cosmo_plume_release *release)
{
    cosmo_accident_sample *s = d->sample;
    const cosmo_release_source *choice = &d->accident->release->source;
    const double radiated = accident_draw_take(d, "heat radiated", NULL, choice->radiated);
    const cosmo_fireball fireball =
        d->accident->reaction != NULL ? cosmo_fireball_gayle(propellant_kg) : cosmo_fireball_ccps(propellant_kg);
    const double radius = choice->radius_m > 0.0 ? choice->radius_m : 0.5 * fireball.diameter_m;
    s->heat_j = heat_j * (1.0 - radiated);
    s->cloud_height_m = choice->height_m;
    if (!(s->heat_j > 0.0)) return COSMO_OK;
    const cosmo_cloud_source source = {
        .buoyancy = cosmo_cloud_rise_buoyancy(false, s->heat_j, s->weather.temperature_k, s->weather.pressure_pa),
        .entrainment = ACCIDENT_DRAW_ENTRAINMENT,
        .radius_m = radius,
        .height_m = choice->height_m};
    cosmo_cloud cloud;
    COSMO_TRY(cosmo_cloud_rise_stabilise(&source, &s->weather, d->run, &cloud));
    double east, north;
    cosmo_accident_draw_wind(&s->air, 0.5 * (choice->height_m + cloud.height_m), &east, &north);
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

/* What is spilled: liquids of known evaporation. */
typedef struct accident_draw_spill {
    size_t n, tank[COSMO_ACCIDENT_TANKS_MAX];
    cosmo_pool_liquid liquids[COSMO_ACCIDENT_TANKS_MAX];
    double volume_m3; /* with what soaks in: it spreads first */
} accident_draw_spill;

static bool accident_draw_is_liquid(const cosmo_substance *x)
{
    return isfinite(x->boiling_point_k) && isfinite(x->heat_vaporisation_j_kg) && isfinite(x->liquid_density_kg_m3);
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

/* Each liquid enters the air evenly until it is all but dry; what is left when nobody looks any more is in the soil. */
static void accident_draw_dry(accident_draw *d, const accident_draw_spill *spill, const cosmo_pool *pool)
{
    const cosmo_accident *a = d->accident;
    cosmo_accident_sample *s = d->sample;
    cosmo_accident_vapour vapour = {.lasting = true};
    for (size_t i = 0; i < spill->n; i++) {
        const size_t species = a->tanks[spill->tank[i]].species;
        const double dry_s = accident_draw_dry_s(pool, i, spill->liquids[i].mass_kg);
        cosmo_plume_release *release = accident_draw_release(d);
        release->height_m = 0.0;
        release->radius_m = sqrt(pool->area_m2[COSMO_POOL_STEPS - 1] / 3.1415926535897932);
        release->duration_s = dry_s;
        release->mass_kg[species] = spill->liquids[i].mass_kg - pool->left_kg[i];
        s->soaked_kg[species] += pool->left_kg[i];
        vapour.amount[spill->tank[i]] = release->mass_kg[species] / dry_s;
        vapour.duration_s = fmax(vapour.duration_s, dry_s);
    }
    cosmo_accident_dense_screen(a, &vapour, s);
}

/* The pool of what is spilled, less what soaks in once it has spread. */
static cosmo_status accident_draw_pool(accident_draw *d, const accident_draw_spill *spill)
{
    const cosmo_accident *a = d->accident;
    cosmo_accident_sample *s = d->sample;
    const double given_m2 = accident_draw_take(d, "area of the pool", NULL, a->release->source.pool_m2);
    const double area = isfinite(given_m2) ? given_m2 : spill->volume_m3 / ACCIDENT_DRAW_POOL_DEPTH_M;
    if (!isfinite(s->spill_m2)) s->spill_m2 = area;
    if (spill->n == 0) return COSMO_OK;
    double coldest = s->weather.temperature_k, east, north;
    for (size_t i = 0; i < spill->n; i++) coldest = fmin(coldest, spill->liquids[i].boiling_k);
    cosmo_accident_draw_wind(&s->air, ACCIDENT_DRAW_WIND_M, &east, &north);
    const cosmo_pool_case wet = {.n = spill->n,
                                 .liquids = spill->liquids,
                                 .area_m2 = area,
                                 .depth_m = ACCIDENT_DRAW_POOL_DEPTH_M,
                                 .temperature_k = coldest,
                                 .wind_m_s = sqrt(east * east + north * north),
                                 .air_k = s->weather.temperature_k,
                                 .air_pa = s->weather.pressure_pa,
                                 .ground_k = s->weather.temperature_k,
                                 .ground_conductivity_w_m_k = 0.9,
                                 .ground_diffusivity_m2_s = 4e-7,
                                 .duration_s = a->release->sampling.duration_s};
    cosmo_pool *pool = cosmo_arena_alloc(d->arena, sizeof *pool);
    COSMO_NEED(pool, d->run);
    COSMO_TRY(cosmo_pool_evaporate(&wet, d->arena, d->run, pool));
    accident_draw_dry(d, spill, pool);
    return COSMO_OK;
}

/* Puffs along the way of a motor that climbs evenly faster, to the height that the file gives. */
static void accident_draw_exhaust(accident_draw *d, const double *air_kg)
{
    const cosmo_release_source *choice = &d->accident->release->source;
    const int puffs = COSMO_ACCIDENT_PUFFS;
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

/* What becomes of the tanks: parts, heat, all propellant. Nothing burns of what is not an explosion, nor an oxidiser by
 * itself, and the share that would is vapour. */
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
            accident_draw_keep(d, "share unburnt as drops", x->id, parts[i].aerosolised_kg / mass);
        if (shares->spilled.low < shares->spilled.high)
            accident_draw_keep(d, "share spilled", x->id, parts[i].spilled_kg / mass);
        if (!burns || (a->reaction == NULL && tanks[i].oxidiser)) {
            parts[i].vaporised_kg += parts[i].burnt_kg;
            parts[i].burnt_kg = 0.0;
        } else if (a->reaction == NULL && isfinite(x->lower_heating_value_j_kg))
            heat += parts[i].burnt_kg * x->lower_heating_value_j_kg;
    }
    return heat;
}

/* What is spilled of a tank: into the soil, into the pool, or at once into the air where nothing says how it dries. */
static void accident_draw_spilled(accident_draw *d, size_t tank, double spilled_kg, accident_draw_spill *spill,
                                  double *vapour_kg)
{
    const cosmo_accident_tank *t = &d->accident->tanks[tank];
    const cosmo_substance *x = t->substance;
    const double soaked = accident_draw_take(d, "share soaked in", x->id, t->soaked);
    if (!(spilled_kg > 0.0)) return;
    if (!accident_draw_is_liquid(x)) {
        cosmo_run_note(d->run, COSMO_NOTE_ASSUMPTION,
                       "source: what is spilled of %s enters the air at once: the table does not say how it evaporates",
                       x->id);
        *vapour_kg += spilled_kg;
        return;
    }
    spill->volume_m3 += spilled_kg / x->liquid_density_kg_m3;
    d->sample->soaked_kg[t->species] += spilled_kg * soaked;
    if (!(soaked < 1.0)) return;
    spill->tank[spill->n] = tank;
    spill->liquids[spill->n++] = (cosmo_pool_liquid){.mass_kg = spilled_kg * (1.0 - soaked),
                                                     .molar_kg_mol = x->molar_mass_kg_mol,
                                                     .boiling_k = x->boiling_point_k,
                                                     .vaporisation_j_kg = x->heat_vaporisation_j_kg,
                                                     .density_kg_m3 = x->liquid_density_kg_m3,
                                                     .heat_capacity_j_kg_k = 2000.0,
                                                     .diffusivity_m2_s = 1.0e-5};
}

/* What enters the air as vapour, tank by tank; drops that a fireball or a fall through the air has thrown out evaporate
 * and go with it: where stages came down, no drops were found about them. */
static cosmo_status accident_draw_vapour(accident_draw *d, const double *vapour_kg, double heat_j, double propellant_kg)
{
    const cosmo_accident *a = d->accident;
    const cosmo_release_source *choice = &a->release->source;
    double species_kg[COSMO_PLUME_SPECIES_MAX] = {0};
    for (size_t i = 0; i < a->n_tanks; i++) species_kg[a->tanks[i].species] += vapour_kg[i];
    if (choice->kind == COSMO_RELEASE_EXHAUST) {
        accident_draw_exhaust(d, species_kg);
        return COSMO_OK;
    }
    cosmo_plume_release *release = accident_draw_release(d);
    for (size_t k = 0; k < a->n_species; k++) release->mass_kg[k] = species_kg[k];
    const bool lasts = choice->kind == COSMO_RELEASE_CONTINUOUS;
    if (lasts) release->duration_s = choice->duration_s;
    if (choice->kind == COSMO_RELEASE_EXPLOSION) COSMO_TRY(accident_draw_cloud(d, heat_j, propellant_kg, release));
    if (lasts || heat_j > 0.0 || choice->height_m > ACCIDENT_DRAW_GROUND_M) return COSMO_OK;
    cosmo_accident_vapour vapour = {.lasting = false};
    for (size_t i = 0; i < a->n_tanks; i++) vapour.amount[i] = vapour_kg[i];
    cosmo_accident_dense_screen(a, &vapour, d->sample);
    return COSMO_OK;
}

static cosmo_status accident_draw_source(accident_draw *d)
{
    const cosmo_accident *a = d->accident;
    cosmo_accident_sample *s = d->sample;
    cosmo_burst_parts parts[COSMO_ACCIDENT_TANKS_MAX];
    accident_draw_spill *spill = cosmo_arena_alloc(d->arena, sizeof *spill);
    COSMO_NEED(spill, d->run);
    double vapour_kg[COSMO_ACCIDENT_TANKS_MAX];
    const double heat = accident_draw_tanks(d, parts, &s->propellant_kg);
    for (size_t i = 0; i < a->n_tanks; i++) {
        vapour_kg[i] = parts[i].vaporised_kg + parts[i].aerosolised_kg;
        accident_draw_spilled(d, i, parts[i].spilled_kg, spill, &vapour_kg[i]);
    }
    COSMO_TRY(accident_draw_vapour(d, vapour_kg, heat, s->propellant_kg));
    COSMO_TRY(accident_draw_pool(d, spill));
    for (size_t i = 0; i < s->n_releases; i++)
        for (size_t k = 0; k < a->n_species; k++) s->air_kg[k] += s->releases[i].mass_kg[k];
    return COSMO_OK;
}

/* ---- soil ---- */

/* What is left of a species and of its product in soil on the later day. */
static cosmo_status accident_draw_decay(accident_draw *d, size_t species)
{
    const cosmo_accident *a = d->accident;
    const cosmo_release_soil *choice = &a->release->soil;
    const char *id = a->species[species]->id;
    cosmo_soil_ranges r;
    COSMO_TRY(cosmo_soil_usual(a->substances, a->species[species], d->run, &r));
    const bool treated = choice->treated && isfinite(r.treated_half_life_s.mode);
    const bool product = choice->treated && isfinite(r.product_treated_half_life_s.mode);
    const double life = accident_draw_take(d, "half-life in soil", id, treated ? r.treated_half_life_s : r.half_life_s);
    const double next = accident_draw_take(d, "half-life in soil of the product", id,
                                           product ? r.product_treated_half_life_s : r.product_half_life_s);
    const cosmo_soil_decay decay = {.half_life_s = isnan(life) ? INFINITY : life,
                                    .product_half_life_s = isnan(next) ? INFINITY : next,
                                    .yield_kg_kg = r.yield_kg_kg,
                                    .treated_from_s = INFINITY};
    d->sample->later[species] = cosmo_soil_after(&decay, choice->days * ACCIDENT_DRAW_DAY_S);
    return COSMO_OK;
}

static cosmo_status accident_draw_soil(accident_draw *d)
{
    const cosmo_release_soil *choice = &d->accident->release->soil;
    cosmo_accident_sample *s = d->sample;
    s->density_kg_m3 = accident_draw_take(d, "density of the soil", NULL, choice->density_kg_m3);
    s->depth_m = accident_draw_take(d, "depth of deposits", NULL, choice->depth_m);
    s->spill_depth_m = accident_draw_take(d, "depth of the spill", NULL, choice->spill_depth_m);
    s->spill_m2 = accident_draw_take(d, "area of the spill", NULL, choice->spill_m2);
    for (size_t i = 0; i < d->accident->n_species; i++) COSMO_TRY(accident_draw_decay(d, i));
    return COSMO_OK;
}

/* What is wrong with the weather gets the place of its section. */
static cosmo_status accident_draw_placed(const accident_draw *d, cosmo_status status)
{
    static const char prefix[] = "error: ";
    const cosmo_yaml *node = cosmo_yaml_child(d->accident->release->root, "weather");
    char message[COSMO_MESSAGE_BYTES];
    if (status != COSMO_BAD_INPUT || node == NULL || strncmp(d->run->message, prefix, sizeof prefix - 1) != 0)
        return status;
    memcpy(message, d->run->message, sizeof message);
    return cosmo_yaml_fail(node, d->run, "%s", message + sizeof prefix - 1);
}

cosmo_status cosmo_accident_draw_sample(const cosmo_accident *accident, uint64_t number, cosmo_arena *arena,
                                        cosmo_run *run, cosmo_accident_sample *sample)
{
    *sample = (cosmo_accident_sample){.cloud_height_m = NAN, .richardson = NAN, .dense_m = NAN};
    accident_draw d = {accident, run->seed, number, 0, arena, run, sample};
    const cosmo_status weather = accident_draw_weather(&d);
    if (weather != COSMO_OK) return accident_draw_placed(&d, weather);
    COSMO_TRY(accident_draw_fates(&d));
    COSMO_TRY(accident_draw_soil(&d));
    COSMO_TRY(accident_draw_source(&d));
    double east, north;
    for (size_t i = 0; i < COSMO_ACCIDENT_WINDS; i++) {
        cosmo_accident_draw_wind(&sample->air, cosmo_accident_wind_height_m(i), &east, &north);
        sample->winds_rad[i] = cosmo_real_atan2(east, north);
    }
    const double height =
        isfinite(sample->cloud_height_m) ? sample->cloud_height_m : accident->release->source.height_m;
    cosmo_accident_draw_wind(&sample->air, fmax(height, 10.0), &east, &north);
    sample->towards_rad = cosmo_real_atan2(east, north);
    return COSMO_OK;
}
