/* Casualty areas under roofs: the curves of Larson as digitised by RSAT. */
#include "cosmodrome/hazard.h"
#include "hazard/curve.h"

static const curve_point ROOF_WOOD[] = {{0.58, 0.43}, {3.0, 0.47},  {6.8, 2.3},  {14.9, 5.0},
                                        {31.6, 8.7},  {69.8, 16.2}, {117, 18.7}, {1324, 33.8}};
static const curve_point ROOF_TILE[] = {{1.0, 0.43}, {5.4, 0.55}, {8.6, 2.7},  {15.5, 5.4},
                                        {44, 11.2},  {88, 18.0},  {1348, 33.8}};
static const curve_point ROOF_LIGHT_METAL[] = {{2.1, 0.49}, {11.7, 0.69}, {18.8, 3.0}, {55.5, 7.1},
                                               {142, 12.4}, {353, 29.5},  {1231, 46.3}};
static const curve_point ROOF_COMPOSITE[] = {{0.59, 0.40}, {4.6, 0.52}, {27.7, 0.75}, {65.9, 3.4},
                                             {102, 5.2},   {226, 7.9},  {588, 25.8},  {1300, 46.0}};
static const curve_point ROOF_STEEL[] = {{4.2, 0.66}, {30, 0.86}, {49, 0.99},  {84, 3.9},
                                         {107, 5.9},  {178, 8.6}, {373, 20.8}, {1324, 46.7}};
static const curve_point ROOF_CONCRETE[] = {{19, 0.64}, {65, 0.87},  {140, 1.9},  {176, 5.6},
                                            {226, 9.7}, {373, 34.9}, {1324, 51.6}};

typedef struct roof_curve {
    double threshold_kg;
    curve area; /* m2 over kg */
} roof_curve;

#define ROOF_CURVE(points)                                                                                             \
    {                                                                                                                  \
        sizeof(points) / sizeof(points)[0], points                                                                     \
    }
static const roof_curve ROOF_CURVES[COSMO_ROOF_COUNT_] = {
    [COSMO_ROOF_WOOD] = {0.43, ROOF_CURVE(ROOF_WOOD)},
    [COSMO_ROOF_TILE] = {0.56, ROOF_CURVE(ROOF_TILE)},
    [COSMO_ROOF_LIGHT_METAL] = {1.23, ROOF_CURVE(ROOF_LIGHT_METAL)},
    [COSMO_ROOF_COMPOSITE] = {0.41, ROOF_CURVE(ROOF_COMPOSITE)},
    [COSMO_ROOF_STEEL] = {3.3, ROOF_CURVE(ROOF_STEEL)},
    [COSMO_ROOF_CONCRETE] = {14.4, ROOF_CURVE(ROOF_CONCRETE)},
};

double cosmo_roof_casualty_area_m2(cosmo_roof roof, double mass_kg)
{
    const roof_curve *under = &ROOF_CURVES[roof];
    return mass_kg < under->threshold_kg ? 0.0 : curve_log_log(&under->area, mass_kg);
}

double cosmo_roof_threshold_kg(cosmo_roof roof)
{
    return ROOF_CURVES[roof].threshold_kg;
}

double cosmo_roof_last_kg(cosmo_roof roof)
{
    const curve *area = &ROOF_CURVES[roof].area;
    return area->points[area->n - 1].x;
}
