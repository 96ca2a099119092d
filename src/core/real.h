/* One-lane elementary functions: the same bits as the kernels, on every machine. Used instead of libm everywhere. */
#ifndef COSMO_CORE_REAL_H
#define COSMO_CORE_REAL_H

double cosmo_real_sin(double x);
double cosmo_real_cos(double x);
double cosmo_real_tan(double x);
double cosmo_real_asin(double x);
double cosmo_real_acos(double x);
double cosmo_real_atan(double x);
double cosmo_real_atan2(double y, double x);
double cosmo_real_exp(double x);
double cosmo_real_log(double x);
double cosmo_real_pow(double x, double y);
double cosmo_real_cbrt(double x);

#endif
