/* What the particles of one sample did, judged: doses against limits, soil, people. */
#include "core/real.h"
#include "plume/accident.h"

#include <math.h>

static const double ACCIDENT_JUDGE_MG_KG = 1e6;
/* An exponential profile holds nine tenths of it above so many of its lengths. */
static const double ACCIDENT_JUDGE_TENTH = 2.302585092994046;
static const double ACCIDENT_JUDGE_PEAK_S = 1200.0; /* of maximum concentrations in Russian and Kazakh norms */

typedef struct accident_judge {
    const cosmo_accident *accident;
    const cosmo_accident_sample *sample;
    const cosmo_plume_result *result;
    const cosmo_accident_layout *layout;
    double *doubles;
    float *floats;
} accident_judge;

static cosmo_dose_series accident_judge_series(const accident_judge *j, size_t species, size_t cell)
{
    const size_t n_cells = j->layout->n_cells, n = j->layout->n_intervals;
    return (cosmo_dose_series){j->result->concentration_kg_m3 + species * n * n_cells + cell, n, n_cells,
                               j->accident->release->sampling.interval_s};
}

/* ---- fields ---- */

static void accident_judge_fields(accident_judge *j)
{
    const cosmo_accident_layout *l = j->layout;
    const double interval = j->accident->release->sampling.interval_s;
    for (size_t s = 0; s < j->accident->n_species; s++)
        for (size_t cell = 0; cell < l->n_cells; cell++) {
            const cosmo_dose_series series = accident_judge_series(j, s, cell);
            double sum = 0.0;
            for (size_t i = 0; i < series.n; i++) sum += (double)series.concentration_kg_m3[i * series.stride];
            const size_t at = s * l->n_cells + cell;
            j->floats[l->dose + at] = (float)(sum * interval);
            j->floats[l->deposit + at] = j->result->dry_kg_m2[at] + j->result->wet_kg_m2[at];
        }
    for (size_t k = 0; k < l->n_frames; k++) {
        const size_t interval_at = (k + 1) * l->n_intervals / l->n_frames - 1;
        const float *from =
            j->result->concentration_kg_m3 + (l->frame_species * l->n_intervals + interval_at) * l->n_cells;
        for (size_t cell = 0; cell < l->n_cells; cell++) j->floats[l->frames + k * l->n_cells + cell] = from[cell];
    }
}

/* ---- reaches ---- */

static double accident_judge_inside(const cosmo_accident *a, size_t cell)
{
    return a->inside != NULL ? (double)a->inside[cell] : 0.0;
}

static void accident_judge_add(const cosmo_accident *a, size_t cell, double area_m2, cosmo_accident_reach *reach)
{
    const double inside = accident_judge_inside(a, cell), people = (double)a->people[cell];
    const size_t ring = cell / a->mesh.sectors;
    reach->area_inside_m2 += inside * area_m2;
    reach->area_outside_m2 += (1.0 - inside) * area_m2;
    reach->people_inside += inside * people;
    reach->people_outside += (1.0 - inside) * people;
    reach->farthest_m = fmax(reach->farthest_m, cosmo_mesh_outer_m(&a->mesh, ring));
}

static cosmo_status accident_judge_levels(accident_judge *j, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    cosmo_accident_reach *reaches = (cosmo_accident_reach *)(void *)(j->doubles + l->reach);
    for (size_t k = 0; k < a->n_levels; k++) {
        const cosmo_accident_level *level = &a->levels[k];
        cosmo_dose_limit limit;
        COSMO_TRY(cosmo_dose_prepare(level->threshold, a->species[level->species], j->sample->weather.temperature_k,
                                     j->sample->weather.pressure_pa, a->release->sampling.interval_s, l->n_intervals,
                                     arena, run, &limit));
        for (size_t cell = 0; cell < l->n_cells; cell++) {
            if (j->floats[l->dose + level->species * l->n_cells + cell] <= 0.0F) continue;
            const cosmo_dose_series series = accident_judge_series(j, level->species, cell);
            if (cosmo_dose_judge(&limit, &series).ratio < 1.0) continue;
            j->floats[l->exceed + k * l->n_cells + cell] = 1.0F;
            if (level->harmful) j->floats[l->harm + cell] = 1.0F;
            accident_judge_add(a, cell, cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors), &reaches[k]);
        }
        for (size_t r = 0; r < a->n_receptors; r++) {
            const size_t cell = cosmo_mesh_find(&a->mesh, a->receptors[r].east_m, a->receptors[r].north_m);
            if (cell == l->n_cells) continue;
            const cosmo_dose_series series = accident_judge_series(j, level->species, cell);
            j->doubles[l->ratio + r * a->n_levels + k] = cosmo_dose_judge(&limit, &series).ratio;
        }
    }
    return COSMO_OK;
}

static void accident_judge_peaks(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    for (size_t r = 0; r < a->n_receptors; r++) {
        const size_t cell = cosmo_mesh_find(&a->mesh, a->receptors[r].east_m, a->receptors[r].north_m);
        for (size_t s = 0; s < a->n_species && cell < j->layout->n_cells; s++) {
            const cosmo_dose_series series = accident_judge_series(j, s, cell);
            j->doubles[j->layout->peak + r * a->n_species + s] =
                cosmo_dose_largest_mean(&series, ACCIDENT_JUDGE_PEAK_S);
        }
    }
}

/* People of a cell who are still there. */
static double accident_judge_left(const cosmo_accident *a, size_t cell)
{
    return (double)a->people[cell] * (a->evacuated != NULL ? 1.0 - (double)a->evacuated[cell] : 1.0);
}

/* Who is above a harmful level, of any substance, and has not left. */
static void accident_judge_exposed(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    double *exposed = j->doubles + j->layout->exposed;
    bool judged = false;
    for (size_t k = 0; k < a->n_levels; k++) judged = judged || a->levels[k].harmful;
    for (size_t cell = 0; cell < j->layout->n_cells; cell++)
        exposed[0] += (double)j->floats[j->layout->harm + cell] * accident_judge_left(a, cell);
    if (!judged) exposed[0] = NAN;
}

/* Everybody in the open, each poison by itself. */
static void accident_judge_deaths(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    double *deaths = j->doubles + j->layout->deaths;
    for (size_t cell = 0; cell < j->layout->n_cells; cell++) {
        double alive = 1.0;
        for (size_t s = 0; s < a->n_species; s++) {
            if (j->floats[j->layout->dose + s * j->layout->n_cells + cell] <= 0.0F) continue;
            const cosmo_dose_series series = accident_judge_series(j, s, cell);
            const double load = cosmo_dose_load(&series, a->species[s]->probit.exponent);
            const double death =
                cosmo_dose_death(a->species[s], load, j->sample->weather.temperature_k, j->sample->weather.pressure_pa);
            if (death > 0.0) alive *= 1.0 - death;
        }
        const double inside = accident_judge_inside(a, cell), lost = (1.0 - alive) * (double)a->people[cell];
        deaths[0] += inside * lost;
        deaths[1] += (1.0 - inside) * lost;
        j->doubles[j->layout->exposed + 1] += (1.0 - alive) * accident_judge_left(a, cell);
    }
}

/* ---- soil ---- */

/* The limit in soil that a species is held to: that of the first set that has one; NULL: none has. */
static const cosmo_accident_level *accident_judge_norm(const cosmo_accident *a, size_t species)
{
    for (size_t i = 0; i < a->n_soils; i++)
        if (a->soils[i].species == species) return &a->soils[i];
    return NULL;
}

static cosmo_soil_profile accident_judge_profile(double depth_m)
{
    double edges[COSMO_ACCIDENT_DEPTHS + 1];
    for (size_t i = 0; i <= COSMO_ACCIDENT_DEPTHS; i++) edges[i] = cosmo_accident_depth_m(i);
    return cosmo_soil_exponential(COSMO_ACCIDENT_DEPTHS, edges, depth_m / ACCIDENT_JUDGE_TENTH);
}

/* The mean content where it was spilled, kg/kg. */
static double accident_judge_crater(const cosmo_accident_sample *s, size_t species)
{
    if (!(s->soaked_kg[species] > 0.0)) return 0.0;
    return cosmo_soil_crater_content(s->soaked_kg[species], s->spill_m2, s->spill_depth_m, s->density_kg_m3);
}

/* The place itself, where a content reaches the limit. */
static void accident_judge_patch(const accident_judge *j, double content, double limit, cosmo_accident_reach *reach)
{
    const double area = content >= limit ? j->sample->spill_m2 : 0.0;
    reach->area_inside_m2 += j->accident->source_inside ? area : 0.0;
    reach->area_outside_m2 += j->accident->source_inside ? 0.0 : area;
    if (area > 0.0) reach->farthest_m = fmax(reach->farthest_m, sqrt(area / 3.1415926535897932));
}

/* Area above a limit in each depth class: of what fell out of the air, and of the place itself. */
static void accident_judge_classes(accident_judge *j, size_t soil)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_sample *s = j->sample;
    const cosmo_accident_level *level = &a->soils[soil];
    const cosmo_soil_profile fallen = accident_judge_profile(s->depth_m);
    const cosmo_soil_profile spilled = accident_judge_profile(s->spill_depth_m);
    const double limit = level->threshold->soil_kg_kg;
    double *areas = j->doubles + j->layout->soil_classes + soil * COSMO_ACCIDENT_DEPTHS;
    const float *deposit = j->floats + j->layout->deposit + level->species * j->layout->n_cells;
    for (size_t c = 0; c < COSMO_ACCIDENT_DEPTHS; c++) {
        for (size_t cell = 0; cell < j->layout->n_cells; cell++)
            if (cosmo_soil_content(&fallen, c, (double)deposit[cell], s->density_kg_m3) >= limit)
                areas[c] += cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors);
        const double soaked = s->soaked_kg[level->species];
        if (soaked > 0.0 && cosmo_soil_content(&spilled, c, soaked / s->spill_m2, s->density_kg_m3) >= limit)
            areas[c] += s->spill_m2;
    }
}

static void accident_judge_soils(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    cosmo_accident_reach *now = (cosmo_accident_reach *)(void *)(j->doubles + l->soil_reach);
    cosmo_accident_reach *later = (cosmo_accident_reach *)(void *)(j->doubles + l->soil_later);
    const double mixed = j->sample->depth_m * j->sample->density_kg_m3;
    for (size_t k = 0; k < a->n_soils; k++) {
        const cosmo_accident_level *level = &a->soils[k];
        const double left = j->sample->later[level->species].parent, limit = level->threshold->soil_kg_kg;
        for (size_t cell = 0; cell < l->n_cells; cell++) {
            const double content = (double)j->floats[l->deposit + level->species * l->n_cells + cell] / mixed;
            const double area_m2 = cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors);
            if (content * left >= limit) accident_judge_add(a, cell, area_m2, &later[k]);
            if (!(content >= limit)) continue;
            j->floats[l->soil_exceed + k * l->n_cells + cell] = 1.0F;
            accident_judge_add(a, cell, area_m2, &now[k]);
        }
        const double crater = accident_judge_crater(j->sample, level->species);
        accident_judge_patch(j, crater, limit, &now[k]);
        accident_judge_patch(j, crater * left, limit, &later[k]);
        accident_judge_classes(j, k);
    }
}

/* What lies in the soil of the receptors, out of the air. */
static void accident_judge_receptors(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    const double mixed = j->sample->depth_m * j->sample->density_kg_m3;
    for (size_t r = 0; r < a->n_receptors; r++) {
        const size_t cell = cosmo_mesh_find(&a->mesh, a->receptors[r].east_m, a->receptors[r].north_m);
        for (size_t s = 0; s < a->n_species && cell < l->n_cells; s++)
            j->doubles[l->receptor_soil + r * a->n_species + s] =
                ACCIDENT_JUDGE_MG_KG * (double)j->floats[l->deposit + s * l->n_cells + cell] / mixed;
    }
}

/* Ground above the limit of any species, each square metre once. */
static void accident_judge_affected(const accident_judge *j, double *inside_m2, double *outside_m2)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    cosmo_accident_reach any = {0};
    double patch = 0.0;
    for (size_t cell = 0; cell < l->n_cells; cell++) {
        bool above = false;
        for (size_t k = 0; k < a->n_soils && !above; k++)
            above = accident_judge_norm(a, a->soils[k].species) == &a->soils[k] &&
                    j->floats[l->soil_exceed + k * l->n_cells + cell] > 0.0F;
        if (above) accident_judge_add(a, cell, cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors), &any);
    }
    for (size_t k = 0; k < a->n_soils; k++)
        if (accident_judge_norm(a, a->soils[k].species) == &a->soils[k])
            patch =
                fmax(patch, accident_judge_crater(j->sample, a->soils[k].species) >= a->soils[k].threshold->soil_kg_kg
                                ? j->sample->spill_m2
                                : 0.0);
    *inside_m2 = any.area_inside_m2 + (a->source_inside ? patch : 0.0);
    *outside_m2 = any.area_outside_m2 + (a->source_inside ? 0.0 : patch);
}

/* Of what lies in the soil, what its limit allows, place by place: never more than is there, so that the rest is the
 * mass above the limit. */
static void accident_judge_allowed(const accident_judge *j, size_t species, cosmo_accident_soil *soil)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    const cosmo_accident_sample *s = j->sample;
    const cosmo_accident_level *level = accident_judge_norm(a, species);
    soil->norm_inside_kg = soil->norm_outside_kg = NAN;
    if (level == NULL) return;
    const double limit = level->threshold->soil_kg_kg, mixed = limit * s->depth_m * s->density_kg_m3;
    double inside_kg = 0.0, outside_kg = 0.0, here_kg = 0.0;
    for (size_t cell = 0; cell < l->n_cells; cell++) {
        const double deposit = (double)j->floats[l->deposit + species * l->n_cells + cell];
        const double allowed_kg = fmin(deposit, mixed) * cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors);
        inside_kg += accident_judge_inside(a, cell) * allowed_kg;
        outside_kg += (1.0 - accident_judge_inside(a, cell)) * allowed_kg;
    }
    if (s->soaked_kg[species] > 0.0)
        here_kg += fmin(s->soaked_kg[species], limit * s->spill_m2 * s->spill_depth_m * s->density_kg_m3);
    soil->norm_inside_kg = inside_kg + (a->source_inside ? here_kg : 0.0);
    soil->norm_outside_kg = outside_kg + (a->source_inside ? 0.0 : here_kg);
}

static void accident_judge_inventory(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    const cosmo_accident_sample *s = j->sample;
    cosmo_accident_soil *soils = (cosmo_accident_soil *)(void *)(j->doubles + l->soil);
    const cosmo_soil_profile spilled = accident_judge_profile(s->spill_depth_m);
    for (size_t k = 0; k < a->n_species; k++) {
        const cosmo_plume_ledger *last = &j->result->ledger[(l->n_intervals - 1) * a->n_species + k];
        cosmo_accident_soil *soil = &soils[k];
        soil->spilled_kg = s->soaked_kg[k];
        soil->dry_kg = last->dry;
        soil->wet_kg = last->wet;
        soil->airborne_kg = s->air_kg[k];
        for (size_t cell = 0; cell < l->n_cells; cell++)
            soil->outside_kg += (1.0 - accident_judge_inside(a, cell)) *
                                (double)j->floats[l->deposit + k * l->n_cells + cell] *
                                cosmo_mesh_area_m2(&a->mesh, cell / a->mesh.sectors);
        soil->crater_mg_kg = ACCIDENT_JUDGE_MG_KG * accident_judge_crater(s, k);
        soil->crater_later_mg_kg = soil->crater_mg_kg * s->later[k].parent;
        soil->product_later_mg_kg = soil->crater_mg_kg * s->later[k].product;
        for (size_t c = 0; c < COSMO_ACCIDENT_DEPTHS && s->soaked_kg[k] > 0.0; c++)
            soil->crater_class_mg_kg[c] =
                ACCIDENT_JUDGE_MG_KG * cosmo_soil_content(&spilled, c, s->soaked_kg[k] / s->spill_m2, s->density_kg_m3);
        accident_judge_allowed(j, k, soil);
    }
}

/* ---- the whole ---- */

static void accident_judge_scalars(accident_judge *j)
{
    const cosmo_accident *a = j->accident;
    const cosmo_accident_layout *l = j->layout;
    double *scalars = j->doubles + l->scalars;
    scalars[0] = j->sample->cloud_height_m;
    scalars[1] = j->sample->rise_s;
    scalars[2] = j->sample->heat_j;
    scalars[3] = j->sample->towards_rad;
    scalars[4] = j->result->steps / (double)a->release->sampling.particles;
    scalars[5] = j->result->largest_imbalance;
    scalars[6] = j->sample->propellant_kg;
    scalars[7] = j->sample->spill_m2;
    scalars[8] = j->sample->spill_depth_m;
    scalars[9] = j->sample->richardson;
    scalars[10] = j->sample->dense;
    scalars[11] = j->sample->dense_m;
    accident_judge_affected(j, &scalars[12], &scalars[13]);
    for (size_t i = 0; i < COSMO_ACCIDENT_WINDS; i++) j->doubles[l->winds + i] = j->sample->winds_rad[i];
    for (size_t i = 0; i < l->n_inputs; i++) j->doubles[l->inputs + i] = j->sample->inputs[i];
    cosmo_plume_arc_answer *arcs = (cosmo_plume_arc_answer *)(void *)(j->doubles + l->arcs);
    for (size_t i = 0; i < a->n_species * a->n_arcs; i++) arcs[i] = j->result->arcs[i];
    cosmo_plume_ledger *ledger = (cosmo_plume_ledger *)(void *)(j->doubles + l->ledger);
    for (size_t k = 0; k < a->n_species; k++) ledger[k] = j->result->ledger[(l->n_intervals - 1) * a->n_species + k];
}

cosmo_status cosmo_accident_judge_sample(const cosmo_accident *accident, const cosmo_accident_sample *sample,
                                         const cosmo_plume_result *result, const cosmo_accident_layout *layout,
                                         cosmo_arena *arena, cosmo_run *run, double *doubles, float *floats)
{
    accident_judge j = {accident, sample, result, layout, doubles, floats};
    accident_judge_fields(&j);
    COSMO_TRY(accident_judge_levels(&j, arena, run));
    accident_judge_peaks(&j);
    accident_judge_exposed(&j);
    accident_judge_deaths(&j);
    accident_judge_soils(&j);
    accident_judge_receptors(&j);
    accident_judge_inventory(&j);
    accident_judge_scalars(&j);
    return COSMO_OK;
}
