/* Numbers of a release as people read them. */
#include "study/toxics_page.h"

#include <math.h>
#include <string.h>

static const double TOXICS_WORDS_LEAST = 1e-6; /* nothing that anybody would measure */

const char *cosmo_toxics_words_number(cosmo_arena *arena, double value)
{
    const double size = fabs(value);
    if (size > 0.0 && size < TOXICS_WORDS_LEAST) return "below 10\342\201\273\342\201\266";
    if (!isfinite(value) || size < 0.001) return cosmo_number_text(arena, value, 2);
    if (size < 1.0) return cosmo_arena_print(arena, "%.2g", value);
    if (size < 1000.0) return cosmo_arena_print(arena, "%.3g", value);
    double step = 1.0;
    while (size / step >= 1000.0) step *= 10.0;
    return cosmo_arena_print(arena, "%.0f", step * floor(value / step + 0.5));
}

const char *cosmo_toxics_words_span(cosmo_arena *arena, double p5, double p95, double unit)
{
    const char *low = cosmo_toxics_words_number(arena, p5 / unit), *high = cosmo_toxics_words_number(arena, p95 / unit);
    if (low == NULL || high == NULL || strcmp(low, high) == 0) return low;
    return cosmo_arena_print(arena, "%s to %s", low, high);
}

const char *cosmo_toxics_words_money(cosmo_arena *arena, double value, const char *currency)
{
    static const char *const names[] = {"", " thousand", " million", " billion", " trillion"};
    size_t i = 0;
    if (!isfinite(value)) return cosmo_number_text(arena, value, 2);
    for (; i < 4 && fabs(value) >= 999.95; i++) value /= 1000.0;
    return cosmo_arena_print(arena, "%.4g%s %s", value, names[i], currency);
}
