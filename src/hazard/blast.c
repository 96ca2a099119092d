/* Explosions on the ground: yields of propellants, overpressure, and how far either reaches. */
#include "core/real.h"
#include "cosmodrome/hazard.h"
#include "hazard/curve.h"
#include "hazard/imperial.h"

#include <math.h>
#include <string.h>

/* TNT fraction over impact speed in ft/s: FSAH's curves as digitised by RSAT. */
static const curve_point BLAST_LH2_SOFT[] = {{0, 0.17}, {82.7, 0.17}, {528.9, 1.52}, {800, 1.52}};
static const curve_point BLAST_LH2_HARD[] = {{0, 0.17}, {82.7, 0.17}, {738.7, 1.52}, {800, 1.52}};
static const curve_point BLAST_RP1_SOFT[] = {{0, 0}, {767.4, 1.024}, {800, 1.024}};
static const curve_point BLAST_RP1_HARD[] = {{0, 0.004}, {165.7, 0.225}, {800, 0.225}};
static const curve_point BLAST_HYPERGOL_SOFT[] = {
    {0, 0.028}, {195.9, 0.440}, {296.2, 0.556}, {495.7, 0.611}, {800, 0.623}};
static const curve_point BLAST_HYPERGOL_HARD[] = {{0, 0.024},     {40.7, 0.056},  {85.8, 0.089},  {130.9, 0.113},
                                                  {183.3, 0.142}, {248.9, 0.170}, {318.7, 0.203}, {391.5, 0.232},
                                                  {493.5, 0.265}, {569.2, 0.274}, {652.3, 0.288}, {796.5, 0.302}};
#define BLAST_CURVE(points)                                                                                            \
    {                                                                                                                  \
        sizeof(points) / sizeof(points)[0], points                                                                     \
    }
static const curve BLAST_YIELDS[][2] = {
    [COSMO_PROPELLANTS_LOX_LH2] = {BLAST_CURVE(BLAST_LH2_SOFT), BLAST_CURVE(BLAST_LH2_HARD)},
    [COSMO_PROPELLANTS_LOX_RP1] = {BLAST_CURVE(BLAST_RP1_SOFT), BLAST_CURVE(BLAST_RP1_HARD)},
    [COSMO_PROPELLANTS_HYPERGOL] = {BLAST_CURVE(BLAST_HYPERGOL_SOFT), BLAST_CURVE(BLAST_HYPERGOL_HARD)},
};

/* Swisdak (1994): ln(P/kPa) as a polynomial in ln Z, by branches of Z in m/kg^(1/3). The last is not his: ANSI
 * S2.20-1983 lets the pressure fall as R^-1.1 far away, and its constant makes it begin where his curve ends. */
typedef struct blast_branch {
    double from, c[5];
} blast_branch;
static const blast_branch BLAST_BRANCHES[] = {{0.2, {7.2106, -2.1069, -0.3229, 0.1117, 0.0685}},
                                              {2.9, {7.5938, -3.0523, 0.40977, 0.0261, -0.01267}},
                                              {23.8, {6.0536, -1.4066, 0, 0, 0}},
                                              {198.5, {4.431444061900987, -1.1, 0, 0, 0}}};
enum { BLAST_BRANCHES_N = 4 };
static const double BLAST_KPA = 1000.0, BLAST_STANDARD_PA = 101325.0;

static bool blast_holds(const cosmo_stage *stage, const char *substance)
{
    const cosmo_tank *tanks = stage->tanks.items;
    for (size_t i = 0; i < stage->tanks.n; i++)
        if (strcmp(tanks[i].propellant, substance) == 0) return true;
    return false;
}

cosmo_propellants cosmo_blast_propellants_of(const cosmo_stage *stage)
{
    if (blast_holds(stage, "LOX") && blast_holds(stage, "LH2")) return COSMO_PROPELLANTS_LOX_LH2;
    if (blast_holds(stage, "LOX") && blast_holds(stage, "kerosene")) return COSMO_PROPELLANTS_LOX_RP1;
    if (blast_holds(stage, "N2O4") && blast_holds(stage, "UDMH")) return COSMO_PROPELLANTS_HYPERGOL;
    return COSMO_PROPELLANTS_INERT;
}

double cosmo_blast_yield_fraction(cosmo_propellants propellants, cosmo_surface surface, double speed_m_s)
{
    if (propellants == COSMO_PROPELLANTS_INERT) return 0.0;
    const bool hard = surface == COSMO_SURFACE_CONCRETE || surface == COSMO_SURFACE_STEEL;
    return curve_linear(&BLAST_YIELDS[propellants][hard], speed_m_s / IMPERIAL_FOOT_M);
}

double cosmo_blast_solid_yield_fraction(double propellant_kg, cosmo_surface surface, double speed_m_s)
{
    static const double SURFACE[] = {[COSMO_SURFACE_SOIL] = 1.81,
                                     [COSMO_SURFACE_WATER] = 2.92,
                                     [COSMO_SURFACE_CONCRETE] = 1.41,
                                     [COSMO_SURFACE_STEEL] = 1.0};
    if (!(speed_m_s > 0.0) || !(propellant_kg > 0.0)) return 0.0;
    const double weight_lb = propellant_kg / IMPERIAL_POUND_KG, speed_ft_s = speed_m_s / IMPERIAL_FOOT_M;
    const double resistance = cosmo_real_pow(SURFACE[surface] / speed_ft_s, 1.55);
    return 1.28 / (1.0 + 192000.0 / cosmo_real_pow(weight_lb, 0.156) * resistance);
}

double cosmo_blast_pad_tnt_kg(cosmo_propellants propellants, double propellant_kg, bool test_stand)
{
    const double step_kg = 500000.0 * IMPERIAL_POUND_KG;
    switch (propellants) {
    case COSMO_PROPELLANTS_LOX_LH2: {
        const double root_lb = cosmo_real_cbrt(propellant_kg / IMPERIAL_POUND_KG);
        return fmax(8.0 * root_lb * root_lb * IMPERIAL_POUND_KG, 0.14 * propellant_kg);
    }
    case COSMO_PROPELLANTS_LOX_RP1:
        return test_stand ? 0.10 * propellant_kg : 0.10 * propellant_kg + 0.10 * fmin(propellant_kg, step_kg);
    case COSMO_PROPELLANTS_HYPERGOL:
        return (test_stand ? 0.05 : 0.10) * propellant_kg;
    default:
        return 0.0;
    }
}

double cosmo_blast_pad_tnt_of_all_kg(const double propellant_kg[COSMO_PROPELLANTS_KINDS])
{
    double tnt_kg = 0.0;
    for (int kind = 0; kind < COSMO_PROPELLANTS_KINDS; kind++)
        tnt_kg += cosmo_blast_pad_tnt_kg((cosmo_propellants)kind, propellant_kg[kind], false);
    return tnt_kg;
}

static double blast_log_kpa(const blast_branch *branch, double log_z)
{
    double sum = 0.0;
    for (int i = 4; i >= 0; i--) sum = sum * log_z + branch->c[i];
    return sum;
}

double cosmo_blast_overpressure_pa(double tnt_kg, double distance_m)
{
    if (!(tnt_kg > 0.0)) return 0.0;
    const double z = fmax(distance_m / cosmo_real_cbrt(tnt_kg), BLAST_BRANCHES[0].from);
    int branch = 0;
    while (branch + 1 < BLAST_BRANCHES_N && z >= BLAST_BRANCHES[branch + 1].from) branch++;
    return BLAST_KPA * cosmo_real_exp(blast_log_kpa(&BLAST_BRANCHES[branch], cosmo_real_log(z)));
}

/* From the far end inwards: the first branch that begins at or above the pressure holds the farthest distance. */
double cosmo_blast_scaled_distance(double overpressure_pa)
{
    const double wanted = cosmo_real_log(overpressure_pa / BLAST_KPA);
    const blast_branch *last = &BLAST_BRANCHES[BLAST_BRANCHES_N - 1];
    double high = (wanted - last->c[0]) / last->c[1];
    for (int i = BLAST_BRANCHES_N - 1; i >= 0; i--) {
        const blast_branch *branch = &BLAST_BRANCHES[i];
        double low = cosmo_real_log(branch->from);
        if (blast_log_kpa(branch, low) < wanted) {
            high = low;
            continue;
        }
        if (i == BLAST_BRANCHES_N - 1) return cosmo_real_exp(high);
        for (;;) {
            const double middle = 0.5 * (low + high);
            if (!(middle > low && middle < high)) return cosmo_real_exp(low);
            if (blast_log_kpa(branch, middle) >= wanted)
                low = middle;
            else
                high = middle;
        }
    }
    return BLAST_BRANCHES[0].from;
}

double cosmo_blast_radius_m(double tnt_kg, double overpressure_pa)
{
    return cosmo_blast_scaled_distance(overpressure_pa) * cosmo_real_cbrt(tnt_kg);
}

/* What a length of standard air is in this air: the blast is the same at the same R (p/E)^(1/3). */
static double blast_length_scale(double ambient_pa)
{
    return cosmo_real_cbrt(BLAST_STANDARD_PA / ambient_pa);
}

double cosmo_blast_sachs_overpressure_pa(double tnt_kg, double ambient_pa, double distance_m)
{
    const double standard_pa = cosmo_blast_overpressure_pa(tnt_kg, distance_m / blast_length_scale(ambient_pa));
    return ambient_pa / BLAST_STANDARD_PA * standard_pa;
}

double cosmo_blast_sachs_radius_m(double tnt_kg, double ambient_pa, double overpressure_pa)
{
    const double standard_pa = overpressure_pa * BLAST_STANDARD_PA / ambient_pa;
    return blast_length_scale(ambient_pa) * cosmo_blast_radius_m(tnt_kg, standard_pa);
}

double cosmo_blast_ground_radius_m(double tnt_kg, double ground_pa, double height_m, double overpressure_pa)
{
    return cosmo_blast_reach_m(cosmo_blast_sachs_radius_m(tnt_kg, ground_pa, overpressure_pa), height_m);
}

double cosmo_blast_rule_radius_m(double tnt_kg, double k_ft_lb)
{
    return k_ft_lb * cosmo_real_cbrt(tnt_kg / IMPERIAL_POUND_KG) * IMPERIAL_FOOT_M;
}

double cosmo_blast_casualty_overpressure_pa(void)
{
    return IMPERIAL_PSI_PA;
}

double cosmo_blast_public_distance_m(double net_explosive_kg)
{
    const double lb = net_explosive_kg / IMPERIAL_POUND_KG;
    double feet;
    if (lb <= 0.5)
        feet = 236.0;
    else if (lb <= 100.0)
        feet = 291.3 + 79.2 * cosmo_real_log(lb);
    else if (lb < 450.0)
        feet = -1133.9 + 389.0 * cosmo_real_log(lb);
    else if (lb <= 30000.0)
        feet = 1250.0;
    else if (lb <= 100000.0)
        feet = 40.0 * cosmo_real_cbrt(lb);
    else if (lb <= 250000.0)
        feet = 2.42 * cosmo_real_pow(lb, 0.577);
    else
        feet = 50.0 * cosmo_real_cbrt(lb);
    return feet * IMPERIAL_FOOT_M;
}

double cosmo_blast_traffic_distance_m(double net_explosive_kg)
{
    return 0.6 * cosmo_blast_public_distance_m(net_explosive_kg);
}

/* With 1 - cos(a) = (R^2 - h^2)/(2 d Re) written as the sine of a/2, small caps keep their digits. */
double cosmo_blast_reach_m(double radius_m, double height_m)
{
    const double earth_m = 6371000.0, distance_m = earth_m + height_m;
    const double square = (radius_m - height_m) * (radius_m + height_m) / (4.0 * distance_m * earth_m);
    return square > 0.0 ? 2.0 * earth_m * cosmo_real_asin(sqrt(fmin(1.0, square))) : 0.0;
}
