/* Axes with round numbers. */
#include "report/scale.h"

#include "core/real.h"
#include "cosmodrome/formats.h"
#include "report/labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double SCALE_LN10 = 2.302585092994045684, SCALE_ROUND = 1e-9;

double cosmo_scale_nice(double step)
{
    static const double steps[] = {1, 2, 2.5, 5, 10};
    double power = 1;
    while (power > step) power /= 10;
    while (power * 10 <= step) power *= 10;
    for (size_t i = 0; i < 5; i++)
        if (steps[i] * power >= step * (1 - SCALE_ROUND)) return steps[i] * power;
    return 10 * power;
}

cosmo_scale cosmo_scale_even(double low, double high, int intervals)
{
    double step = cosmo_scale_nice((high - low) / intervals);
    for (int i = 0; i < 8; i++) {
        const double start = step * floor(low / step + SCALE_ROUND);
        if (start + intervals * step >= high - SCALE_ROUND * step)
            return (cosmo_scale){start, start + intervals * step, step, false};
        step = cosmo_scale_nice(step * 1.01);
    }
    return (cosmo_scale){low, high, (high - low) / intervals, false};
}

cosmo_scale cosmo_scale_powers(double low, double high, int intervals_most)
{
    static const double LEAST_BAR = 0.1; /* of a power of ten */
    const double from = floor(cosmo_real_log(low) / SCALE_LN10 - LEAST_BAR);
    const double to = fmax(from + 1, ceil(cosmo_real_log(high) / SCALE_LN10 - SCALE_ROUND));
    const double step = ceil((to - from) / intervals_most);
    return (cosmo_scale){to - step * ceil((to - from) / step), to, step, true};
}

int cosmo_scale_intervals(const cosmo_scale *scale)
{
    return (int)lround((scale->high - scale->low) / scale->step);
}

double cosmo_scale_share(const cosmo_scale *scale, double value)
{
    if (scale->by_powers && !(value > 0)) return isnan(value) ? NAN : -INFINITY;
    const double at = scale->by_powers ? cosmo_real_log(value) / SCALE_LN10 : value;
    return (at - scale->low) / (scale->high - scale->low);
}

static int scale_decimals(double step)
{
    int decimals = 0;
    for (double s = step; decimals < 6 && fabs(s - floor(s + 0.5)) > 1e-6 * s; s *= 10) decimals++;
    return decimals;
}

void cosmo_scale_number(cosmo_text *out, double value, double step)
{
    if (fabs(value) < SCALE_ROUND * step) value = 0;
    if (fabs(value) >= 1e7 || step < 1e-5) {
        cosmo_text_print(out, "%.3g", value);
        return;
    }
    char digits[64];
    snprintf(digits, sizeof digits, "%.*f", scale_decimals(step), value);
    const size_t length = strcspn(digits, "."), lead = digits[0] == '-';
    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (digits[i] == '-')
            cosmo_text_put(out, "\xE2\x88\x92");
        else
            cosmo_text_put_bytes(out, digits + i, 1);
        const bool group = length - lead > 4 && i >= lead && i + 1 < length && (length - 1 - i) % 3 == 0;
        if (group) cosmo_text_put(out, "\xE2\x80\xAF"); /* narrow no-break space between thousands */
    }
}

void cosmo_scale_write(const cosmo_scale *scale, int i, cosmo_text *out)
{
    const double value = scale->low + i * scale->step;
    if (!scale->by_powers) {
        cosmo_scale_number(out, value, scale->step);
        return;
    }
    const char *power = cosmo_number_power(out->arena, (int)lround(value));
    out->failed |= power == NULL;
    cosmo_text_put(out, power != NULL ? power : "");
}

double cosmo_scale_width(const cosmo_scale *scale, double size, cosmo_arena *arena)
{
    double widest = 0;
    for (int i = 0; i <= cosmo_scale_intervals(scale); i++) {
        cosmo_text text = cosmo_text_begin(arena);
        cosmo_scale_write(scale, i, &text);
        if (!text.failed) widest = fmax(widest, cosmo_labels_width(text.data, size, false));
    }
    return widest;
}
