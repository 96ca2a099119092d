/* Quantities in text: a number and a unit, into SI.
 *
 * Sources of the factors: BIPM, SI Brochure (9th edition, 2019), tables 4 and 8; NIST SP 811 (2008), appendix B.8 for
 * foot, mile, pound, pound-force; ISO 80000-3:2019 for the nautical mile and the knot. All are exact by definition.
 */
#include "core/units.h"

#include <math.h>
#include <string.h>

#define UNITS_PI  3.14159265358979323846
#define UNITS_G0  9.80665         /* standard gravity, 3rd CGPM 1901 */
#define UNITS_LBF 4.4482216152605 /* 0.45359237 kg x g0, exact */
#define UNITS_FT2 0.09290304      /* 0.3048 m squared, exact */

enum { UNITS_TEXT_MAX = 80 };

/* SI value = number * times / over + offset: two factors, so that "7 ms" is the double nearest to 0.007. */
typedef struct units_entry {
    const char *name;
    cosmo_dimension dimension;
    double times, over, offset;
} units_entry;

/* The units of one dimension stand together, the usual one first. */
static const units_entry UNITS_TABLE[] = {
    {"km", COSMO_DIM_LENGTH, 1000.0, 1.0, 0.0},
    {"m", COSMO_DIM_LENGTH, 1.0, 1.0, 0.0},
    {"cm", COSMO_DIM_LENGTH, 1.0, 100.0, 0.0},
    {"mm", COSMO_DIM_LENGTH, 1.0, 1000.0, 0.0},
    {"ft", COSMO_DIM_LENGTH, 0.3048, 1.0, 0.0},
    {"nmi", COSMO_DIM_LENGTH, 1852.0, 1.0, 0.0},
    {"mi", COSMO_DIM_LENGTH, 1609.344, 1.0, 0.0},
    {"t", COSMO_DIM_MASS, 1000.0, 1.0, 0.0},
    {"kg", COSMO_DIM_MASS, 1.0, 1.0, 0.0},
    {"g", COSMO_DIM_MASS, 1.0, 1000.0, 0.0},
    {"lb", COSMO_DIM_MASS, 0.45359237, 1.0, 0.0},
    {"s", COSMO_DIM_TIME, 1.0, 1.0, 0.0},
    {"min", COSMO_DIM_TIME, 60.0, 1.0, 0.0},
    {"h", COSMO_DIM_TIME, 3600.0, 1.0, 0.0},
    {"d", COSMO_DIM_TIME, 86400.0, 1.0, 0.0},
    {"ms", COSMO_DIM_TIME, 1.0, 1000.0, 0.0},
    {"deg", COSMO_DIM_ANGLE, UNITS_PI, 180.0, 0.0},
    {"rad", COSMO_DIM_ANGLE, 1.0, 1.0, 0.0},
    {"mrad", COSMO_DIM_ANGLE, 1.0, 1000.0, 0.0},
    {"arcmin", COSMO_DIM_ANGLE, UNITS_PI, 10800.0, 0.0},
    {"arcsec", COSMO_DIM_ANGLE, UNITS_PI, 648000.0, 0.0},
    {"m/s", COSMO_DIM_SPEED, 1.0, 1.0, 0.0},
    {"km/s", COSMO_DIM_SPEED, 1000.0, 1.0, 0.0},
    {"km/h", COSMO_DIM_SPEED, 1000.0, 3600.0, 0.0},
    {"ft/s", COSMO_DIM_SPEED, 0.3048, 1.0, 0.0},
    {"cm/s", COSMO_DIM_SPEED, 1.0, 100.0, 0.0},
    {"kn", COSMO_DIM_SPEED, 1852.0, 3600.0, 0.0},
    {"m/s2", COSMO_DIM_ACCELERATION, 1.0, 1.0, 0.0},
    {"g0", COSMO_DIM_ACCELERATION, UNITS_G0, 1.0, 0.0},
    {"kN", COSMO_DIM_FORCE, 1000.0, 1.0, 0.0},
    {"N", COSMO_DIM_FORCE, 1.0, 1.0, 0.0},
    {"MN", COSMO_DIM_FORCE, 1e6, 1.0, 0.0},
    {"tf", COSMO_DIM_FORCE, 1000.0 * UNITS_G0, 1.0, 0.0},
    {"kgf", COSMO_DIM_FORCE, UNITS_G0, 1.0, 0.0},
    {"lbf", COSMO_DIM_FORCE, UNITS_LBF, 1.0, 0.0},
    {"kPa", COSMO_DIM_PRESSURE, 1000.0, 1.0, 0.0},
    {"Pa", COSMO_DIM_PRESSURE, 1.0, 1.0, 0.0},
    {"hPa", COSMO_DIM_PRESSURE, 100.0, 1.0, 0.0},
    {"MPa", COSMO_DIM_PRESSURE, 1e6, 1.0, 0.0},
    {"bar", COSMO_DIM_PRESSURE, 1e5, 1.0, 0.0},
    {"mbar", COSMO_DIM_PRESSURE, 100.0, 1.0, 0.0},
    {"atm", COSMO_DIM_PRESSURE, 101325.0, 1.0, 0.0},
    {"psi", COSMO_DIM_PRESSURE, 144.0 * UNITS_LBF, UNITS_FT2, 0.0},
    {"psf", COSMO_DIM_PRESSURE, UNITS_LBF, UNITS_FT2, 0.0},
    {"kgf/m2", COSMO_DIM_PRESSURE, UNITS_G0, 1.0, 0.0},
    {"m2", COSMO_DIM_AREA, 1.0, 1.0, 0.0},
    {"km2", COSMO_DIM_AREA, 1e6, 1.0, 0.0},
    {"ha", COSMO_DIM_AREA, 10000.0, 1.0, 0.0},
    {"cm2", COSMO_DIM_AREA, 1.0, 10000.0, 0.0},
    {"ft2", COSMO_DIM_AREA, UNITS_FT2, 1.0, 0.0},
    {"K", COSMO_DIM_TEMPERATURE, 1.0, 1.0, 0.0},
    {"degC", COSMO_DIM_TEMPERATURE, 1.0, 1.0, 273.15},
    {"deg/s", COSMO_DIM_ANGULAR_RATE, UNITS_PI, 180.0, 0.0},
    {"rad/s", COSMO_DIM_ANGULAR_RATE, 1.0, 1.0, 0.0},
    {"W/m2", COSMO_DIM_HEAT_FLUX, 1.0, 1.0, 0.0},
    {"kW/m2", COSMO_DIM_HEAT_FLUX, 1000.0, 1.0, 0.0},
    {"kPa.deg", COSMO_DIM_ANGLE_PRESSURE, 1000.0 * UNITS_PI, 180.0, 0.0},
    {"Pa.deg", COSMO_DIM_ANGLE_PRESSURE, UNITS_PI, 180.0, 0.0},
    {"Pa.rad", COSMO_DIM_ANGLE_PRESSURE, 1.0, 1.0, 0.0},
    {"kPa.rad", COSMO_DIM_ANGLE_PRESSURE, 1000.0, 1.0, 0.0},
    {"psf.deg", COSMO_DIM_ANGLE_PRESSURE, UNITS_LBF *UNITS_PI, UNITS_FT2 * 180.0, 0.0},
    {"kg/s", COSMO_DIM_MASS_RATE, 1.0, 1.0, 0.0},
    {"t/s", COSMO_DIM_MASS_RATE, 1000.0, 1.0, 0.0},
    {"kg/m2", COSMO_DIM_AREAL_DENSITY, 1.0, 1.0, 0.0},
    {"lb/ft2", COSMO_DIM_AREAL_DENSITY, 0.45359237, UNITS_FT2, 0.0},
    {"%", COSMO_DIM_FRACTION, 1.0, 100.0, 0.0},
    {"kJ", COSMO_DIM_ENERGY, 1000.0, 1.0, 0.0},
    {"J", COSMO_DIM_ENERGY, 1.0, 1.0, 0.0},
    {"MJ", COSMO_DIM_ENERGY, 1e6, 1.0, 0.0},
    {"kg/m3", COSMO_DIM_DENSITY, 1.0, 1.0, 0.0},
    {"g/m3", COSMO_DIM_DENSITY, 1.0, 1e3, 0.0},
    {"mg/m3", COSMO_DIM_DENSITY, 1.0, 1e6, 0.0},
    {"ug/m3", COSMO_DIM_DENSITY, 1.0, 1e9, 0.0},
    {"g/cm3", COSMO_DIM_DENSITY, 1e3, 1.0, 0.0},
    {"mg/l", COSMO_DIM_DENSITY, 1.0, 1e3, 0.0},
    {"ppm", COSMO_DIM_MIXING_RATIO, 1.0, 1e6, 0.0},
    {"ppb", COSMO_DIM_MIXING_RATIO, 1.0, 1e9, 0.0},
    {"mg/kg", COSMO_DIM_CONTENT, 1.0, 1e6, 0.0},
    {"ug/kg", COSMO_DIM_CONTENT, 1.0, 1e9, 0.0},
    {"g/kg", COSMO_DIM_CONTENT, 1.0, 1e3, 0.0},
    {"g/mol", COSMO_DIM_MOLAR_MASS, 1.0, 1e3, 0.0},
    {"kg/mol", COSMO_DIM_MOLAR_MASS, 1.0, 1.0, 0.0},
    {"kJ/mol", COSMO_DIM_MOLAR_ENERGY, 1e3, 1.0, 0.0},
    {"J/mol", COSMO_DIM_MOLAR_ENERGY, 1.0, 1.0, 0.0},
    {"kJ/kg", COSMO_DIM_SPECIFIC_ENERGY, 1e3, 1.0, 0.0},
    {"J/kg", COSMO_DIM_SPECIFIC_ENERGY, 1.0, 1.0, 0.0},
    {"MJ/kg", COSMO_DIM_SPECIFIC_ENERGY, 1e6, 1.0, 0.0},
    {"1/s", COSMO_DIM_RATE, 1.0, 1.0, 0.0},
    {"1/h", COSMO_DIM_RATE, 1.0, 3600.0, 0.0},
    {"1/d", COSMO_DIM_RATE, 1.0, 86400.0, 0.0},
    {"cm3/s", COSMO_DIM_COLLISION_RATE, 1.0, 1e6, 0.0},
    {"m3/s", COSMO_DIM_COLLISION_RATE, 1.0, 1.0, 0.0},
};
enum { UNITS_N = sizeof UNITS_TABLE / sizeof UNITS_TABLE[0] };

/* Spellings that mean several things, or that people use for a unit of the table: refused, with what to write. */
static const struct {
    const char *name, *hint;
} UNITS_REFUSED[] = {
    {"C", "is ambiguous (coulomb or degree Celsius); write degC"},
    {"a", "is ambiguous (year, are or atto-); write days as d, areas as m2"},
    {"kt", "is ambiguous (knot or kilotonne); write kn for knots, or the mass in t"},
    {"kts", "is ambiguous (knots or kilotonnes); write kn for knots, or the mass in t"},
    {"mt", "is ambiguous (metric ton or milli-tonne); write t"},
    {"M", "is ambiguous (nautical mile or mega-); write nmi"},
    {"ton", "is ambiguous (short, long or metric); write t for 1000 kg"},
    {"tons", "is ambiguous (short, long or metric); write t for 1000 kg"},
    {"nm", "is ambiguous (nanometre or nautical mile); write nmi"},
    {"NM", "is ambiguous (newton metre or nautical mile); write nmi"},
    {"mile", "is ambiguous (statute or nautical); write mi or nmi"},
    {"miles", "is ambiguous (statute or nautical); write mi or nmi"},
    {"pound", "is ambiguous (mass or force); write lb or lbf"},
    {"pounds", "is ambiguous (mass or force); write lb or lbf"},
    {"lbs", "is not known; write lb (mass) or lbf (force)"},
    {"G", "is ambiguous (gauss or gravity); write g0 for standard gravity"},
    {"gee", "is not known; write g0 for standard gravity"},
    {"F", "is ambiguous (farad or degree Fahrenheit); write the temperature in K or degC"},
    {"degF", "is not known; write the temperature in K or degC"},
    {"\302\260", "is not understood; write deg"},
    {"\302\260C", "is not understood; write degC"},
    {"\302\260/s", "is not understood; write deg/s"},
    {"'", "is not understood; write arcmin"},
    {"\"", "is not understood; write arcsec"},
    {"degree", "is not known; write deg"},
    {"degrees", "is not known; write deg"},
    {"tonne", "is not known; write t"},
    {"tonnes", "is not known; write t"},
    {"knot", "is not known; write kn"},
    {"knots", "is not known; write kn"},
    {"sec", "is not known; write s"},
    {"hr", "is not known; write h"},
    {"day", "is not known; write d"},
    {"days", "is not known; write d"},
    {"feet", "is not known; write ft"},
    {"kph", "is not known; write km/h"},
    {"mps", "is not known; write m/s"},
    {"m/s/s", "is not known; write m/s2"},
    {"percent", "is not known; write %"},
    {"pct", "is not known; write %"},
    {"\302\265g/m3", "is not understood; write ug/m3"},
    {"\316\274g/m3", "is not understood; write ug/m3"},
    {"mg/L", "is not known; write mg/l"},
    {"ppmv", "is not known; write ppm (by volume)"},
};

static const struct {
    const char *name, *example;
} UNITS_DIMENSIONS[COSMO_DIM_COUNT_] = {
    [COSMO_DIM_NONE] = {"a number", "1.5"},
    [COSMO_DIM_LENGTH] = {"a length", "200 km"},
    [COSMO_DIM_MASS] = {"a mass", "7.2 t"},
    [COSMO_DIM_TIME] = {"a time", "118 s"},
    [COSMO_DIM_ANGLE] = {"an angle", "51.6 deg"},
    [COSMO_DIM_SPEED] = {"a speed", "12.5 m/s"},
    [COSMO_DIM_ACCELERATION] = {"an acceleration", "9.8 m/s2"},
    [COSMO_DIM_FORCE] = {"a force", "1021 kN"},
    [COSMO_DIM_PRESSURE] = {"a pressure", "48 kPa"},
    [COSMO_DIM_AREA] = {"an area", "10.3 m2"},
    [COSMO_DIM_TEMPERATURE] = {"a temperature", "15 degC"},
    [COSMO_DIM_ANGULAR_RATE] = {"an angular rate", "0.5 deg/s"},
    [COSMO_DIM_HEAT_FLUX] = {"a heat flux", "1135 W/m2"},
    [COSMO_DIM_ANGLE_PRESSURE] = {"a pressure times an angle", "140 kPa.deg"},
    [COSMO_DIM_MASS_RATE] = {"a mass rate", "250 kg/s"},
    [COSMO_DIM_AREAL_DENSITY] = {"a mass per area", "300 kg/m2"},
    [COSMO_DIM_FRACTION] = {"a fraction", "5 %"},
    [COSMO_DIM_ENERGY] = {"an energy", "40 MJ"},
    [COSMO_DIM_DENSITY] = {"a mass per volume", "0.2 mg/m3"},
    [COSMO_DIM_MIXING_RATIO] = {"a mixing ratio in air", "18 ppm"},
    [COSMO_DIM_CONTENT] = {"a content of soil", "0.1 mg/kg"},
    [COSMO_DIM_MOLAR_MASS] = {"a molar mass", "60.1 g/mol"},
    [COSMO_DIM_MOLAR_ENERGY] = {"a molar energy", "48.9 kJ/mol"},
    [COSMO_DIM_SPECIFIC_ENERGY] = {"an energy per mass", "583 kJ/kg"},
    [COSMO_DIM_RATE] = {"a rate", "1e-4 1/s"},
    [COSMO_DIM_COLLISION_RATE] = {"a rate of reaction", "5e-11 cm3/s"},
};

static const char UNITS_NO_MEMORY[] = "not a quantity (and no memory is left to say why)";

static bool units_known_dimension(cosmo_dimension dimension)
{
    return (int)dimension >= 0 && dimension < COSMO_DIM_COUNT_;
}

const char *cosmo_units_example(cosmo_dimension dimension)
{
    return UNITS_DIMENSIONS[units_known_dimension(dimension) ? dimension : COSMO_DIM_NONE].example;
}

const char *cosmo_units_dimension_text(cosmo_dimension dimension)
{
    return UNITS_DIMENSIONS[units_known_dimension(dimension) ? dimension : COSMO_DIM_NONE].name;
}

static const units_entry *units_find(const char *name)
{
    for (size_t i = 0; i < UNITS_N; i++)
        if (strcmp(UNITS_TABLE[i].name, name) == 0) return &UNITS_TABLE[i];
    return NULL;
}

static bool units_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool units_is_space(char c)
{
    return c == ' ' || c == '\t';
}

/* Length of the decimal number that `text` begins with; 0 when it begins with none. */
static size_t units_number_length(const char *text)
{
    const char *c = text;
    if (*c == '+' || *c == '-') c++;
    size_t digits = 0;
    for (; units_is_digit(*c); c++) digits++;
    if (*c == '.')
        for (c++; units_is_digit(*c); c++) digits++;
    if (digits == 0) return 0;
    if (*c == 'e' || *c == 'E') {
        const char *exponent = c + 1;
        if (*exponent == '+' || *exponent == '-') exponent++;
        if (units_is_digit(*exponent))
            for (c = exponent; units_is_digit(*c);) c++;
    }
    return (size_t)(c - text);
}

/* The unit as the table spells it: "m/s^2", "m/s²" and "kPa·deg" are m/s2 and kPa.deg. */
static void units_spell(const char *written, char *unit)
{
    const char *in = written;
    char *out = unit;
    while (*in != '\0') {
        if (in[0] == '^' && units_is_digit(in[1]))
            in++;
        else if (strncmp(in, "\302\262", 2) == 0)
            *out++ = '2', in += 2;
        else if (strncmp(in, "\302\263", 2) == 0)
            *out++ = '3', in += 2;
        else if (strncmp(in, "\302\267", 2) == 0)
            *out++ = '.', in += 2;
        else
            *out++ = *in++;
    }
    *out = '\0';
}

typedef struct units_split {
    double number;
    char unit[UNITS_TEXT_MAX + 1]; /* empty: a bare number */
    char whole[UNITS_TEXT_MAX + 1];
} units_split;

/* Cut "7.22 t" in two. NULL, or what is wrong with it. */
static const char *units_cut(const char *text, cosmo_dimension dimension, cosmo_arena *arena, units_split *split)
{
    while (units_is_space(*text)) text++;
    size_t length = strlen(text);
    while (length > 0 && units_is_space(text[length - 1])) length--;
    const char *example = cosmo_units_example(dimension), *name = cosmo_units_dimension_text(dimension);
    if (length == 0) return cosmo_arena_print(arena, "%s is missing; write for example '%s'", name, example);
    if (length > UNITS_TEXT_MAX)
        return cosmo_arena_print(arena, "'%.20s...' is not %s; write for example '%s'", text, name, example);
    memcpy(split->whole, text, length);
    split->whole[length] = '\0';
    const size_t digits = units_number_length(split->whole);
    if (digits == 0 && strncmp(split->whole, "\342\210\222", 3) == 0)
        return cosmo_arena_print(arena, "'%s' begins with a typographic minus sign; write '-'", split->whole);
    if (digits == 0)
        return cosmo_arena_print(arena, "'%s' is not %s; write for example '%s'", split->whole, name, example);
    char number[UNITS_TEXT_MAX + 1];
    memcpy(number, split->whole, digits);
    number[digits] = '\0';
    const char *rest = split->whole + digits;
    if (rest[0] == ',')
        return cosmo_arena_print(arena, "'%s' has a comma; write decimals with a point, as in '%s'", split->whole,
                                 example);
    while (units_is_space(*rest)) rest++;
    if (units_is_digit(*rest) && strncmp(rest, "1/", 2) != 0) /* of "1/s" */
        return cosmo_arena_print(arena, "'%s' has a gap in its number; write the digits together, as in '%s'",
                                 split->whole, example);
    units_spell(rest, split->unit);
    if (!cosmo_text_number(number, &split->number))
        return cosmo_arena_print(arena, "'%s' is out of the range of numbers", number);
    return NULL;
}

static int units_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

static bool units_same_letters(const char *a, const char *b)
{
    for (; *a != '\0' && units_lower(*a) == units_lower(*b); a++) b++;
    return *a == '\0' && *b == '\0';
}

/* The unit of this dimension that was probably meant, or NULL. One and two letters are too few to guess from. */
static const char *units_meant(const char *unit, cosmo_dimension dimension)
{
    const char *names[UNITS_N];
    size_t n = 0;
    for (size_t i = 0; i < UNITS_N; i++) {
        if (UNITS_TABLE[i].dimension != dimension) continue;
        if (units_same_letters(unit, UNITS_TABLE[i].name)) return UNITS_TABLE[i].name;
        names[n++] = UNITS_TABLE[i].name;
    }
    return strlen(unit) > 2 ? cosmo_text_nearest(unit, names, n) : NULL;
}

/* "t, kg, g, lb" */
static const char *units_of(cosmo_dimension dimension, cosmo_arena *arena)
{
    cosmo_text list = cosmo_text_begin(arena);
    for (size_t i = 0; i < UNITS_N; i++)
        if (UNITS_TABLE[i].dimension == dimension) {
            if (list.length > 0) cosmo_text_put(&list, ", ");
            cosmo_text_put(&list, UNITS_TABLE[i].name);
        }
    return list.failed || list.data == NULL ? cosmo_units_example(dimension) : list.data;
}

static const char *units_explain_unknown(const char *unit, cosmo_dimension dimension, cosmo_arena *arena)
{
    for (size_t i = 0; i < sizeof UNITS_REFUSED / sizeof UNITS_REFUSED[0]; i++)
        if (strcmp(UNITS_REFUSED[i].name, unit) == 0)
            return cosmo_arena_print(arena, "unit '%s' %s", unit, UNITS_REFUSED[i].hint);
    const char *meant = units_meant(unit, dimension);
    if (meant != NULL) return cosmo_arena_print(arena, "unknown unit '%s'; did you mean '%s'?", unit, meant);
    return cosmo_arena_print(arena, "unknown unit '%s'; %s is written in %s", unit,
                             cosmo_units_dimension_text(dimension), units_of(dimension, arena));
}

static const char *units_explain_dimension(const units_entry *entry, cosmo_dimension dimension, cosmo_arena *arena)
{
    const char *got = cosmo_units_dimension_text(entry->dimension), *needed = cosmo_units_dimension_text(dimension);
    if (strcmp(entry->name, "g") == 0 && dimension == COSMO_DIM_ACCELERATION)
        return cosmo_arena_print(arena,
                                 "'g' is a mass (gram) and an acceleration is needed; write g0 for standard gravity");
    const char *meant = units_meant(entry->name, dimension);
    if (meant != NULL)
        return cosmo_arena_print(arena, "'%s' is %s and %s is needed; did you mean '%s'?", entry->name, got, needed,
                                 meant);
    return cosmo_arena_print(arena, "'%s' is %s and %s is needed; write for example '%s'", entry->name, got, needed,
                             cosmo_units_example(dimension));
}

static const char *units_convert(const units_split *split, cosmo_dimension dimension, cosmo_arena *arena, double *value)
{
    if (split->unit[0] == '\0') {
        if (dimension != COSMO_DIM_NONE && dimension != COSMO_DIM_FRACTION)
            return cosmo_arena_print(arena, "'%s' has no unit and %s is needed; write for example '%s'", split->whole,
                                     cosmo_units_dimension_text(dimension), cosmo_units_example(dimension));
        *value = split->number;
        return NULL;
    }
    if (dimension == COSMO_DIM_NONE)
        return cosmo_arena_print(arena, "'%s' is not a bare number; write for example '%s'", split->whole,
                                 cosmo_units_example(dimension));
    const units_entry *entry = units_find(split->unit);
    if (entry == NULL) return units_explain_unknown(split->unit, dimension, arena);
    if (entry->dimension != dimension) return units_explain_dimension(entry, dimension, arena);
    *value = split->number * entry->times / entry->over + entry->offset;
    return isfinite(*value) ? NULL : cosmo_arena_print(arena, "'%s' is out of the range of numbers", split->whole);
}

const char *cosmo_units_parse(const char *text, cosmo_dimension dimension, cosmo_arena *arena, double *value)
{
    units_split split = {.number = NAN};
    double converted = NAN;
    /* cosmo_arena_print returns NULL when memory is out; a number that stayed NaN tells that from success. */
    const char *trouble = units_cut(text, dimension, arena, &split);
    if (trouble == NULL && !isnan(split.number)) trouble = units_convert(&split, dimension, arena, &converted);
    if (trouble != NULL) return trouble;
    if (!isfinite(converted)) return UNITS_NO_MEMORY;
    *value = converted;
    return NULL;
}

const char *cosmo_units_show(const char *quantity, double value_si, cosmo_arena *arena)
{
    units_split split = {.number = NAN};
    if (quantity == NULL || units_cut(quantity, COSMO_DIM_NONE, arena, &split) != NULL) split.unit[0] = '\0';
    const units_entry *entry = units_find(split.unit);
    if (entry == NULL) return cosmo_arena_print(arena, "%.6g", value_si);
    return cosmo_arena_print(arena, "%.6g %s", (value_si - entry->offset) * entry->over / entry->times, entry->name);
}
