/* Numbers as people write them. */
#include "cosmodrome/formats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *cosmo_number_power(cosmo_arena *arena, int exponent)
{
    static const char *const superscripts[] = {"\342\201\260", "\302\271",     "\302\262",     "\302\263",
                                               "\342\201\264", "\342\201\265", "\342\201\266", "\342\201\267",
                                               "\342\201\270", "\342\201\271"};
    const int hundreds = abs(exponent) / 100, tens = abs(exponent) / 10 % 10;
    return cosmo_arena_print(arena, "10%s%s%s%s", exponent < 0 ? "\342\201\273" : "",
                             hundreds > 0 ? superscripts[hundreds % 10] : "",
                             hundreds + tens > 0 ? superscripts[tens] : "", superscripts[abs(exponent) % 10]);
}

const char *cosmo_number_text(cosmo_arena *arena, double value, int digits)
{
    if (!isfinite(value)) return "\342\200\223";
    const double size = fabs(value);
    if (value == 0.0) return "0";
    char *text = cosmo_arena_print(arena, "%.*e", digits - 1, value);
    /* the rounded value in full, where "%g" would turn to powers as soon as it has more places than digits */
    if (text != NULL && size >= 0.01 && size < 1000.0)
        return size < 10.0 ? cosmo_arena_print(arena, "%.*g", digits, value)
                           : cosmo_arena_print(arena, "%.15g", strtod(text, NULL));
    char *e = text != NULL ? strchr(text, 'e') : NULL;
    if (e == NULL) return text;
    *e = '\0';
    const char *power = cosmo_number_power(arena, atoi(e + 1));
    return power != NULL ? cosmo_arena_print(arena, "%s\302\267%s", text, power) : NULL;
}
