/* Casualty area of a falling piece in the open, and what it takes to hurt. */
#include "core/real.h"
#include "cosmodrome/hazard.h"
#include "hazard/imperial.h"

#include <math.h>

static const double CASUALTY_PI = 3.14159265358979323846;
static const double CASUALTY_PERSON_RADIUS_M = 0.3048; /* 1 ft */
static const double CASUALTY_PERSON_HEIGHT_M = 1.83;   /* 6 ft */
static const double CASUALTY_HARD_GROUND = 4.3;

static double casualty_reach_m(double fragment_area_m2)
{
    return CASUALTY_PERSON_RADIUS_M + sqrt(fragment_area_m2 / CASUALTY_PI);
}

double cosmo_casualty_area_open_m2(double fragment_area_m2)
{
    const double reach = casualty_reach_m(fragment_area_m2);
    return CASUALTY_PI * reach * reach;
}

double cosmo_casualty_area_nasa_m2(double fragment_area_m2)
{
    const double side = 0.6 + sqrt(fragment_area_m2);
    return side * side;
}

double cosmo_casualty_area_faa_m2(double fragment_area_max_m2)
{
    return 7.0 * fragment_area_max_m2;
}

double cosmo_casualty_area_angled_m2(double fragment_area_m2, double angle_below_horizontal_rad)
{
    const double swept = 2.0 * casualty_reach_m(fragment_area_m2) * CASUALTY_PERSON_HEIGHT_M;
    return swept / cosmo_real_tan(angle_below_horizontal_rad) + cosmo_casualty_area_open_m2(fragment_area_m2);
}

double cosmo_casualty_slide_factor(cosmo_surface surface)
{
    return surface == COSMO_SURFACE_CONCRETE || surface == COSMO_SURFACE_STEEL ? CASUALTY_HARD_GROUND : 1.0;
}

double cosmo_casualty_energy_j(cosmo_casualty_rule rule)
{
    return rule == COSMO_CASUALTY_NASA ? 15.0 : 11.0 * IMPERIAL_FOOT_POUND_J;
}

double cosmo_casualty_ais3_speed_m_s(double mass_kg)
{
    return 29.63 * cosmo_real_pow(mass_kg * IMPERIAL_GRAVITY_M_S2, -0.8934) + 3.6;
}
