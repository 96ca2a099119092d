/* Fragments: imparted and terminal speeds, energies, and what the rules ask of a fragment list. */
#include "core/real.h"
#include "cosmodrome/hazard.h"
#include "hazard/imperial.h"

#include <math.h>
#include <string.h>

/* 97 % quantile of the chi law with three degrees of freedom: erf(x/sqrt 2) - sqrt(2/pi) x exp(-x^2/2) = 0.97. */
static const double FRAGMENT_CHI3_97 = 2.99120168141157782;
static const double FRAGMENT_LIGHT_LB_FT2 = 3.0; /* up to here any spread may share a class */
static const double FRAGMENT_CLASS_WIDTH = 0.5;  /* of log10(beta) */
static const double FRAGMENT_MASS_TOLERANCE = 0.01;

static double fragment_log10(double x)
{
    return cosmo_real_log(x) / 2.30258509299404568402;
}

double cosmo_fragment_speed_sigma_m_s(double imparted_speed_max_m_s)
{
    return imparted_speed_max_m_s / FRAGMENT_CHI3_97;
}

double cosmo_fragment_terminal_speed_m_s(double ballistic_kg_m2, double density_kg_m3)
{
    return sqrt(2.0 * ballistic_kg_m2 * IMPERIAL_GRAVITY_M_S2 / density_kg_m3);
}

double cosmo_fragment_energy_j(double mass_kg, double speed_m_s)
{
    return 0.5 * mass_kg * speed_m_s * speed_m_s;
}

double cosmo_fragment_mass_at_energy_kg(double energy_j, double ballistic_kg_m2, double density_kg_m3)
{
    return energy_j * density_kg_m3 / (ballistic_kg_m2 * IMPERIAL_GRAVITY_M_S2);
}

double cosmo_fragment_area_m2(double mass_kg, double ballistic_kg_m2, double drag_coefficient)
{
    return mass_kg / (ballistic_kg_m2 * drag_coefficient);
}

double cosmo_fragment_heat_limit_j_m2(cosmo_material material, double mass_kg, double area_m2)
{
    static const double start_k = 300.0, mean_share = 0.275, surface_over_projected = 4.0;
    static const struct {
        double capacity_j_kg_k, melt_k, fusion_j_kg;
    } of[] = {[COSMO_MATERIAL_UNKNOWN] = {NAN, NAN, NAN},
              [COSMO_MATERIAL_ALUMINIUM] = {972.7, 856.0, 386116.0},
              [COSMO_MATERIAL_STEEL] = {460.6, 1644.0, 286098.0},
              [COSMO_MATERIAL_TITANIUM] = {805.2, 1943.0, 393559.0}};
    const double heat_j_kg = of[material].capacity_j_kg_k * (of[material].melt_k - start_k) + of[material].fusion_j_kg;
    return mass_kg * heat_j_kg / (mean_share * surface_over_projected * area_m2);
}

bool cosmo_fragment_may_share_class(double ballistic_min_kg_m2, double ballistic_max_kg_m2)
{
    if (ballistic_max_kg_m2 <= FRAGMENT_LIGHT_LB_FT2 * IMPERIAL_POUND_FOOT2_KG_M2) return true;
    return fragment_log10(ballistic_max_kg_m2 / ballistic_min_kg_m2) <= FRAGMENT_CLASS_WIDTH;
}

double cosmo_fragment_speed_ratio_max(double ballistic_kg_m2)
{
    const double below = 2.0 + fragment_log10(ballistic_kg_m2 / IMPERIAL_POUND_FOOT2_KG_M2);
    return below > 0.0 ? 5.0 / below : INFINITY;
}

typedef struct fragment_findings {
    cosmo_arena *arena;
    cosmo_run *run;
    const char **items;
    size_t n;
} fragment_findings;

static cosmo_status fragment_add(fragment_findings *findings, const char *text)
{
    COSMO_NEED(text, findings->run);
    findings->items[findings->n++] = text;
    return COSMO_OK;
}

static cosmo_status fragment_check_class(const cosmo_fragment_class *class, fragment_findings *findings)
{
    const double min = class->ballistic_min_kg_m2, max = class->ballistic_max_kg_m2;
    if (!cosmo_fragment_may_share_class(min, max))
        COSMO_TRY(fragment_add(findings, cosmo_arena_print(findings->arena,
                                                           "class %s: ballistic coefficients from %g to %g kg/m2 are "
                                                           "%.2f decades apart; at most 0.5 may share a class",
                                                           class->id, min, max, fragment_log10(max / min))));
    if (class->imparted_speed_m_s > 0.0 && cosmo_fragment_speed_ratio_max(max) <= 1.0)
        COSMO_TRY(fragment_add(findings, cosmo_arena_print(findings->arena,
                                                           "class %s: at %g kg/m2 no two imparted speeds may share a "
                                                           "class",
                                                           class->id, max)));
    return COSMO_OK;
}

/* Pieces of one unit of the stage against that unit's dry mass. */
static cosmo_status fragment_check_stage(const cosmo_vehicle *vehicle, const cosmo_stage *stage,
                                         fragment_findings *findings)
{
    const cosmo_fragment_class *classes = vehicle->fragments.items;
    double sum = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < vehicle->fragments.n; i++)
        if (strcmp(classes[i].stage, stage->id) == 0) sum += (double)classes[i].count * classes[i].mass_kg, n++;
    if (n == 0) return fragment_add(findings, cosmo_arena_print(findings->arena, "stage %s: no fragments", stage->id));
    if (fabs(sum - stage->dry_mass_kg) > FRAGMENT_MASS_TOLERANCE * stage->dry_mass_kg)
        return fragment_add(
            findings, cosmo_arena_print(findings->arena,
                                        "stage %s: fragments add up to %.0f kg, its dry mass is %.0f kg (%+.1f %%)",
                                        stage->id, sum, stage->dry_mass_kg, 100.0 * (sum / stage->dry_mass_kg - 1.0)));
    return COSMO_OK;
}

/* Fragment classes belong to stages, so what is carried on top of them breaks into nothing. */
static cosmo_status fragment_check_item(const cosmo_item *item, fragment_findings *findings)
{
    if (item->part_of != NULL) return COSMO_OK;
    return fragment_add(findings, cosmo_arena_print(findings->arena, "%s: %.0f kg that no fragment class holds",
                                                    item->id, item->mass_kg));
}

cosmo_status cosmo_fragment_check(const cosmo_vehicle *vehicle, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_list *findings)
{
    const cosmo_fragment_class *classes = vehicle->fragments.items;
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    const size_t most = 2 * vehicle->fragments.n + vehicle->stages.n + vehicle->items.n + 1;
    fragment_findings found = {.arena = arena, .run = run};
    found.items = cosmo_arena_array(arena, most, sizeof *found.items);
    COSMO_NEED(found.items, run);
    for (size_t i = 0; i < vehicle->fragments.n; i++) COSMO_TRY(fragment_check_class(&classes[i], &found));
    for (size_t i = 0; i < vehicle->stages.n; i++) COSMO_TRY(fragment_check_stage(vehicle, &stages[i], &found));
    for (size_t i = 0; i < vehicle->items.n; i++) COSMO_TRY(fragment_check_item(&items[i], &found));
    *findings = (cosmo_list){found.n, found.items};
    return COSMO_OK;
}
