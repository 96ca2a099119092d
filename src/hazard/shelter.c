/* Where people are when something falls on them. */
#include "cosmodrome/hazard.h"

#include <math.h>

static const char *const SHELTER_ESTIMATE = "own estimate for a country of small houses; no census behind it";

cosmo_shelter_mix cosmo_shelter_none(void)
{
    return (cosmo_shelter_mix){.fraction = {[COSMO_SHELTER_OPEN] = 1.0}, .source = "no shelter credit"};
}

cosmo_shelter_mix cosmo_shelter_by_day(void)
{
    return (cosmo_shelter_mix){.fraction = {[COSMO_SHELTER_OPEN] = 0.25,
                                            [COSMO_SHELTER_LIGHT] = 0.15,
                                            [COSMO_SHELTER_WOOD_TILE] = 0.40,
                                            [COSMO_SHELTER_COMPOSITE] = 0.10,
                                            [COSMO_SHELTER_REINFORCED] = 0.10},
                               .source = SHELTER_ESTIMATE,
                               .estimate = true};
}

cosmo_shelter_mix cosmo_shelter_by_night(void)
{
    return (cosmo_shelter_mix){.fraction = {[COSMO_SHELTER_OPEN] = 0.02,
                                            [COSMO_SHELTER_LIGHT] = 0.08,
                                            [COSMO_SHELTER_WOOD_TILE] = 0.65,
                                            [COSMO_SHELTER_COMPOSITE] = 0.10,
                                            [COSMO_SHELTER_REINFORCED] = 0.15},
                               .source = SHELTER_ESTIMATE,
                               .estimate = true};
}

static double shelter_under(cosmo_roof roof, double open_area_m2, double mass_kg)
{
    const double area = cosmo_roof_casualty_area_m2(roof, mass_kg);
    return mass_kg > cosmo_roof_last_kg(roof) ? fmax(area, open_area_m2) : area;
}

double cosmo_shelter_casualty_area_m2(cosmo_shelter shelter, double open_area_m2, double mass_kg)
{
    switch (shelter) {
    case COSMO_SHELTER_LIGHT:
        return shelter_under(COSMO_ROOF_LIGHT_METAL, open_area_m2, mass_kg);
    case COSMO_SHELTER_WOOD_TILE:
        return fmax(shelter_under(COSMO_ROOF_WOOD, open_area_m2, mass_kg),
                    shelter_under(COSMO_ROOF_TILE, open_area_m2, mass_kg));
    case COSMO_SHELTER_COMPOSITE:
        return shelter_under(COSMO_ROOF_COMPOSITE, open_area_m2, mass_kg);
    case COSMO_SHELTER_REINFORCED:
        return fmax(shelter_under(COSMO_ROOF_STEEL, open_area_m2, mass_kg),
                    shelter_under(COSMO_ROOF_CONCRETE, open_area_m2, mass_kg));
    default:
        return open_area_m2;
    }
}

double cosmo_shelter_mean_area_m2(const cosmo_shelter_mix *mix, double open_area_m2, double mass_kg)
{
    double mean = 0.0;
    for (int i = 0; i < COSMO_SHELTER_COUNT_; i++)
        mean += mix->fraction[i] * cosmo_shelter_casualty_area_m2((cosmo_shelter)i, open_area_m2, mass_kg);
    return mean;
}
