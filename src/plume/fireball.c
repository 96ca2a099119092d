/* What two propellants burn to, how much heat that is, and how large and lasting their fireball. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

/* kg/mol (IUPAC 2021, abridged) and J/mol (CODATA 1989) */
static const double FIREBALL_C = 0.012011, FIREBALL_H = 0.001008, FIREBALL_N = 0.014007, FIREBALL_O = 0.015999;
static const double FIREBALL_CO2 = -393510.0, FIREBALL_WATER = -241826.0;
static const double FIREBALL_FOOT_M = 0.3048, FIREBALL_POUND_KG = 0.45359237;
static const double FIREBALL_LARGE_KG = 30e3;

double cosmo_fireball_molar_kg_mol(const cosmo_compound *c)
{
    return c->carbon * FIREBALL_C + c->hydrogen * FIREBALL_H + c->nitrogen * FIREBALL_N + c->oxygen * FIREBALL_O;
}

/* Atoms of oxygen that a molecule needs for carbon dioxide and water; below 0: that it gives. */
static double fireball_demand(const cosmo_compound *c)
{
    return 2.0 * c->carbon + 0.5 * c->hydrogen - c->oxygen;
}

/* Heat of turning a molecule into carbon dioxide, water vapour and nitrogen, oxygen taken or given as gas; J/mol. */
static double fireball_heat(const cosmo_compound *c)
{
    return c->formation_j_mol - c->carbon * FIREBALL_CO2 - 0.5 * c->hydrogen * FIREBALL_WATER;
}

cosmo_status cosmo_fireball_react(const cosmo_compound *fuel, const cosmo_compound *oxidiser, cosmo_run *run,
                                  cosmo_burning *reaction)
{
    const double need = fireball_demand(fuel), give = -fireball_demand(oxidiser);
    if (!(need > 0.0)) return cosmo_run_fail(run, COSMO_BAD_INPUT, "the fuel has nothing to burn");
    if (!(give > 0.0)) return cosmo_run_fail(run, COSMO_BAD_INPUT, "the oxidiser has no oxygen to spare");
    const double moles = need / give, fuel_kg = cosmo_fireball_molar_kg_mol(fuel),
                 oxidiser_kg = moles * cosmo_fireball_molar_kg_mol(oxidiser);
    *reaction =
        (cosmo_burning){.ratio = oxidiser_kg / fuel_kg,
                        .heat_j_kg = (fireball_heat(fuel) + moles * fireball_heat(oxidiser)) / (fuel_kg + oxidiser_kg),
                        .fuel_heat_j_kg = fireball_heat(fuel) / fuel_kg};
    return COSMO_OK;
}

cosmo_combustion cosmo_fireball_burn(const cosmo_burning *reaction, double fuel_kg, double oxidiser_kg)
{
    const double fuel_together = fmin(fuel_kg, oxidiser_kg / reaction->ratio);
    const double oxidiser_together = fuel_together * reaction->ratio;
    cosmo_combustion burnt = {.together_kg = fuel_together + oxidiser_together,
                              .in_air_kg = fuel_kg - fuel_together,
                              .oxidiser_left_kg = fmax(oxidiser_kg - oxidiser_together, 0.0)};
    burnt.heat_j = burnt.together_kg * reaction->heat_j_kg + burnt.in_air_kg * reaction->fuel_heat_j_kg;
    return burnt;
}

cosmo_fireball cosmo_fireball_gayle(double propellant_kg)
{
    const double pounds = propellant_kg / FIREBALL_POUND_KG;
    return (cosmo_fireball){.diameter_m = 9.56 * FIREBALL_FOOT_M * cosmo_real_pow(pounds, 0.325),
                            .duration_s = 0.196 * cosmo_real_pow(pounds, 0.349)};
}

cosmo_fireball cosmo_fireball_ccps(double mass_kg)
{
    const double root = cosmo_real_cbrt(mass_kg);
    return (cosmo_fireball){.diameter_m = 5.8 * root,
                            .duration_s = mass_kg < FIREBALL_LARGE_KG ? 0.45 * root : 2.6 * sqrt(root)};
}
