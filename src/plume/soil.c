/* What lies in the soil: by depth, in time, and on how many hectares. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

#define SOIL_LN2 0.693147180559945309417

/* ---- depth ------------------------------------------------------------------------------------------------------- */

static cosmo_soil_profile soil_classes(size_t n, const double *edge_m)
{
    cosmo_soil_profile profile = {.n = n < COSMO_SOIL_CLASSES_MAX ? n : COSMO_SOIL_CLASSES_MAX};
    for (size_t i = 0; i <= profile.n; i++) profile.edge_m[i] = edge_m[i];
    return profile;
}

static double soil_thickness(const cosmo_soil_profile *profile, size_t class_number)
{
    return profile->edge_m[class_number + 1] - profile->edge_m[class_number];
}

cosmo_soil_profile cosmo_soil_exponential(size_t n, const double *edge_m, double efold_m)
{
    cosmo_soil_profile profile = soil_classes(n, edge_m);
    for (size_t i = 0; i < profile.n; i++)
        profile.share[i] = cosmo_real_exp(-edge_m[i] / efold_m) - cosmo_real_exp(-edge_m[i + 1] / efold_m);
    return profile;
}

cosmo_soil_profile cosmo_soil_measured(size_t n, const double *edge_m, const double *content)
{
    cosmo_soil_profile profile = soil_classes(n, edge_m);
    double sum = 0.0;
    for (size_t i = 0; i < profile.n; i++) sum += content[i] * soil_thickness(&profile, i);
    for (size_t i = 0; i < profile.n && sum > 0.0; i++)
        profile.share[i] = content[i] * soil_thickness(&profile, i) / sum;
    return profile;
}

double cosmo_soil_content(const cosmo_soil_profile *profile, size_t class_number, double mass_kg_m2,
                          double bulk_density_kg_m3)
{
    return mass_kg_m2 * profile->share[class_number] / (soil_thickness(profile, class_number) * bulk_density_kg_m3);
}

double cosmo_soil_mass(double area_m2, double depth_m, double bulk_density_kg_m3, double content_kg_kg)
{
    return area_m2 * depth_m * bulk_density_kg_m3 * content_kg_kg;
}

double cosmo_soil_crater_content(double mass_kg, double area_m2, double depth_m, double bulk_density_kg_m3)
{
    return mass_kg / (area_m2 * depth_m * bulk_density_kg_m3);
}

double cosmo_soil_spill_area(double volume_m3, double penetration_m, double retention)
{
    return volume_m3 / (penetration_m * retention);
}

void cosmo_soil_area_above(size_t n_cells, const double *area_m2, const double *mass_kg_m2,
                           const cosmo_soil_profile *profile, double bulk_density_kg_m3, double left,
                           double limit_kg_kg, double *above_m2)
{
    for (size_t c = 0; c < profile->n; c++) {
        above_m2[c] = 0.0;
        for (size_t i = 0; i < n_cells; i++)
            if (cosmo_soil_content(profile, c, mass_kg_m2[i] * left, bulk_density_kg_m3) > limit_kg_kg)
                above_m2[c] += area_m2[i];
    }
}

/* ---- time -------------------------------------------------------------------------------------------------------- */

/* (e^(-a t) - e^(-b t)) / (b - a), also where the two rates are nearly one. */
static double soil_between(double a, double b, double time_s)
{
    const double x = (b - a) * time_s;
    const double first = cosmo_real_exp(-a * time_s), second = cosmo_real_exp(-b * time_s);
    if (fabs(x) > 1e-2) return (first - second) / (b - a);
    return time_s * second * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0 + x / 120.0))));
}

/* One stretch of time with constant half-lives. */
static cosmo_soil_left soil_step(cosmo_soil_left start, double half_life_s, double product_half_life_s,
                                 double yield_kg_kg, double time_s)
{
    const double rate = SOIL_LN2 / half_life_s, product_rate = SOIL_LN2 / product_half_life_s;
    return (cosmo_soil_left){
        .parent = start.parent * cosmo_real_exp(-rate * time_s),
        .product = start.product * cosmo_real_exp(-product_rate * time_s) +
                   yield_kg_kg * start.parent * rate * soil_between(rate, product_rate, time_s),
    };
}

cosmo_soil_left cosmo_soil_after(const cosmo_soil_decay *decay, double time_s)
{
    const double alone_s = fmin(time_s, decay->treated_from_s);
    const cosmo_soil_left all = {1.0, 0.0};
    const cosmo_soil_left before =
        soil_step(all, decay->half_life_s, decay->product_half_life_s, decay->yield_kg_kg, alone_s);
    if (!(time_s > alone_s)) return before;
    return soil_step(before, decay->treated_half_life_s, decay->product_treated_half_life_s, decay->yield_kg_kg,
                     time_s - alone_s);
}

/* ---- what is not known ------------------------------------------------------------------------------------------- */

cosmo_status cosmo_soil_usual(const cosmo_substances *substances, const cosmo_substance *substance, cosmo_run *run,
                              cosmo_soil_ranges *ranges)
{
    const cosmo_range unknown = {NAN, NAN, NAN};
    *ranges = (cosmo_soil_ranges){
        .bulk_density_kg_m3 = {1300.0, 1500.0, 1700.0},
        .efold_m = {0.05, 0.12, 0.3},
        .half_life_s = substance->soil.half_life_s,
        .treated_half_life_s = substance->soil.treated_half_life_s,
        .product_half_life_s = unknown,
        .product_treated_half_life_s = unknown,
    };
    if (isnan(ranges->half_life_s.mode))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "no half-life of %s in soil is known: it stays", substance->id);
    if (substance->soil.product == NULL) return COSMO_OK;
    const cosmo_substance *product = cosmo_substances_find(substances, substance->soil.product);
    if (product == NULL)
        return cosmo_run_fail(run, COSMO_INTERNAL, "error: %s is not in the table", substance->soil.product);
    ranges->product_half_life_s = product->soil.half_life_s;
    ranges->product_treated_half_life_s = product->soil.treated_half_life_s;
    ranges->yield_kg_kg = substance->soil.yield * product->molar_mass_kg_mol / substance->molar_mass_kg_mol;
    return COSMO_OK;
}

typedef struct soil_place {
    uint64_t seed, sample;
    uint32_t stream;
} soil_place;

static double soil_draw(const cosmo_range *range, const soil_place *place, uint32_t draw)
{
    return cosmo_random_triangular(place->seed, place->stream, place->sample, draw, range->low, range->mode,
                                   range->high);
}

/* A half-life that is not known is infinite; one with treatment is then as without. */
static double soil_draw_life(const cosmo_range *range, const soil_place *place, uint32_t draw, double otherwise_s)
{
    return isnan(range->mode) ? otherwise_s : soil_draw(range, place, draw);
}

cosmo_soil_drawn cosmo_soil_draw(const cosmo_soil_ranges *ranges, uint64_t seed, uint32_t stream, uint64_t sample)
{
    const soil_place place = {seed, sample, stream};
    cosmo_soil_drawn soil = {
        .bulk_density_kg_m3 = soil_draw(&ranges->bulk_density_kg_m3, &place, 0),
        .efold_m = soil_draw(&ranges->efold_m, &place, 1),
        .decay = {.treated_from_s = INFINITY, .yield_kg_kg = ranges->yield_kg_kg},
    };
    cosmo_soil_decay *decay = &soil.decay;
    decay->half_life_s = soil_draw_life(&ranges->half_life_s, &place, 2, INFINITY);
    decay->treated_half_life_s = soil_draw_life(&ranges->treated_half_life_s, &place, 3, decay->half_life_s);
    decay->product_half_life_s = soil_draw_life(&ranges->product_half_life_s, &place, 4, INFINITY);
    decay->product_treated_half_life_s =
        soil_draw_life(&ranges->product_treated_half_life_s, &place, 5, decay->product_half_life_s);
    return soil;
}
