/* One-lane elementary functions over SLEEF's deterministic set (u10: below 1 ulp). */
#include "core/real.h"

/* SLEEF shows the prototypes of its FMA set only where this macro says that FMA is fast; the library needs no flag. */
#ifndef FP_FAST_FMA
#define FP_FAST_FMA 1
#endif
#include <sleef.h>

double cosmo_real_sin(double x) { return Sleef_finz_sind1_u10purecfma(x); }
double cosmo_real_cos(double x) { return Sleef_finz_cosd1_u10purecfma(x); }
double cosmo_real_tan(double x) { return Sleef_finz_tand1_u10purecfma(x); }
double cosmo_real_asin(double x) { return Sleef_finz_asind1_u10purecfma(x); }
double cosmo_real_acos(double x) { return Sleef_finz_acosd1_u10purecfma(x); }
double cosmo_real_atan(double x) { return Sleef_finz_atand1_u10purecfma(x); }
double cosmo_real_atan2(double y, double x) { return Sleef_finz_atan2d1_u10purecfma(y, x); }
double cosmo_real_exp(double x) { return Sleef_finz_expd1_u10purecfma(x); }
double cosmo_real_log(double x) { return Sleef_finz_logd1_u10purecfma(x); }
double cosmo_real_pow(double x, double y) { return Sleef_finz_powd1_u10purecfma(x, y); }
double cosmo_real_cbrt(double x) { return Sleef_finz_cbrtd1_u10purecfma(x); }
