/* An axis with round numbers: even steps, or powers of ten. */
#ifndef COSMO_REPORT_SCALE_H
#define COSMO_REPORT_SCALE_H

#include "cosmodrome/core.h"

typedef struct cosmo_scale {
    double low, high, step; /* by powers of ten: exponents */
    bool by_powers;
} cosmo_scale;

/* The next step up among 1, 2, 2.5, 5 times a power of ten. */
double cosmo_scale_nice(double step);
/* The axis with exactly `intervals` even steps that holds low..high. */
cosmo_scale cosmo_scale_even(double low, double high, int intervals);
/* The axis of whole powers of ten that holds low..high, both above 0, in at most `intervals_most` steps, and has room
 * below `low`, so that a bar of it can be seen. */
cosmo_scale cosmo_scale_powers(double low, double high, int intervals_most);
/* How many steps it has. */
int cosmo_scale_intervals(const cosmo_scale *scale);
/* Where a value is: 0 at the lower end, 1 at the upper. By powers of ten: minus infinity for what is not above 0. */
double cosmo_scale_share(const cosmo_scale *scale, double value);
/* The number at the i-th step, or any number that is read off an even axis of this step. */
void cosmo_scale_write(const cosmo_scale *scale, int i, cosmo_text *out);
void cosmo_scale_number(cosmo_text *out, double value, double step);
/* The width of its widest number, in a face of `size`. */
double cosmo_scale_width(const cosmo_scale *scale, double size, cosmo_arena *arena);

#endif
