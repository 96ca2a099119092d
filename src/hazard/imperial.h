/* The units of the sources, exact by definition. */
#ifndef COSMO_HAZARD_IMPERIAL_H
#define COSMO_HAZARD_IMPERIAL_H

#define IMPERIAL_FOOT_M            0.3048
#define IMPERIAL_POUND_KG          0.45359237
#define IMPERIAL_GRAVITY_M_S2      9.80665 /* turns a pound into a pound-force */
#define IMPERIAL_PSI_PA            (IMPERIAL_POUND_KG * IMPERIAL_GRAVITY_M_S2 / (0.0254 * 0.0254))
#define IMPERIAL_FOOT_POUND_J      (IMPERIAL_FOOT_M * IMPERIAL_POUND_KG * IMPERIAL_GRAVITY_M_S2)
#define IMPERIAL_POUND_FOOT2_KG_M2 (IMPERIAL_POUND_KG / (IMPERIAL_FOOT_M * IMPERIAL_FOOT_M))

#endif
