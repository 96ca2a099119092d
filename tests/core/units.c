/* Quantities in text: exact factors against their definitions (SI Brochure 2019, NIST SP 811), and every refusal. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <string.h>

static cosmo_arena *arena;

static double units_read(const char *text, cosmo_dimension dimension)
{
    double value = NAN;
    const char *trouble = cosmo_units_parse(text, dimension, arena, &value);
    ck_assert_msg(trouble == NULL, "%s: %s", text, trouble);
    return value;
}

static void units_refuse(const char *text, cosmo_dimension dimension, const char *expected)
{
    double value = 42.0;
    const char *trouble = cosmo_units_parse(text, dimension, arena, &value);
    ck_assert_msg(trouble != NULL, "'%s' was read as %g", text, value);
    ck_assert_msg(strstr(trouble, expected) != NULL, "'%s': '%s' lacks '%s'", text, trouble, expected);
    ck_assert(value == 42.0);
}

/* Every unit, and what it must give. */
static const struct {
    const char *text;
    cosmo_dimension dimension;
    double si;
} UNITS_CASES[] = {
    {"1.5", COSMO_DIM_NONE, 1.5},
    {"200 km", COSMO_DIM_LENGTH, 200e3},
    {"1 m", COSMO_DIM_LENGTH, 1.0},
    {"7 cm", COSMO_DIM_LENGTH, 0.07},
    {"7 mm", COSMO_DIM_LENGTH, 0.007},
    {"1 ft", COSMO_DIM_LENGTH, 0.3048},
    {"1 nmi", COSMO_DIM_LENGTH, 1852.0},
    {"1 mi", COSMO_DIM_LENGTH, 1609.344},
    {"7.22 t", COSMO_DIM_MASS, 7220.0},
    {"7 g", COSMO_DIM_MASS, 0.007},
    {"1 lb", COSMO_DIM_MASS, 0.45359237},
    {"-1.75 s", COSMO_DIM_TIME, -1.75},
    {"2 min", COSMO_DIM_TIME, 120.0},
    {"2 h", COSMO_DIM_TIME, 7200.0},
    {"7 ms", COSMO_DIM_TIME, 0.007},
    {"2 d", COSMO_DIM_TIME, 172800.0},
    {"180 deg", COSMO_DIM_ANGLE, 3.14159265358979323846},
    {"90 deg", COSMO_DIM_ANGLE, 1.57079632679489661923},
    {"5400 arcmin", COSMO_DIM_ANGLE, 1.57079632679489661923},
    {"648000 arcsec", COSMO_DIM_ANGLE, 3.14159265358979323846},
    {"7 mrad", COSMO_DIM_ANGLE, 0.007},
    {"1 rad", COSMO_DIM_ANGLE, 1.0},
    {"7.8 km/s", COSMO_DIM_SPEED, 7800.0},
    {"36 km/h", COSMO_DIM_SPEED, 10.0},
    {"1 ft/s", COSMO_DIM_SPEED, 0.3048},
    {"3600 kn", COSMO_DIM_SPEED, 1852.0},
    {"1 g0", COSMO_DIM_ACCELERATION, 9.80665},
    {"1 m/s2", COSMO_DIM_ACCELERATION, 1.0},
    {"1021 kN", COSMO_DIM_FORCE, 1021e3},
    {"1 MN", COSMO_DIM_FORCE, 1e6},
    {"1 tf", COSMO_DIM_FORCE, 9806.65},
    {"1 kgf", COSMO_DIM_FORCE, 9.80665},
    {"1 lbf", COSMO_DIM_FORCE, 4.4482216152605},
    {"1 Pa", COSMO_DIM_PRESSURE, 1.0},
    {"1013.25 hPa", COSMO_DIM_PRESSURE, 101325.0},
    {"1 atm", COSMO_DIM_PRESSURE, 101325.0},
    {"1013.25 mbar", COSMO_DIM_PRESSURE, 101325.0},
    {"1 bar", COSMO_DIM_PRESSURE, 1e5},
    {"1 MPa", COSMO_DIM_PRESSURE, 1e6},
    {"1 psi", COSMO_DIM_PRESSURE, 6894.757293168361}, /* NIST SP 811: 6.894757 E+03 */
    {"1 psf", COSMO_DIM_PRESSURE, 47.88025898033584}, /* NIST SP 811: 4.788026 E+01 */
    {"1 kgf/m2", COSMO_DIM_PRESSURE, 9.80665},
    {"1 km2", COSMO_DIM_AREA, 1e6},
    {"7 cm2", COSMO_DIM_AREA, 0.0007},
    {"1 ft2", COSMO_DIM_AREA, 0.09290304},
    {"15 degC", COSMO_DIM_TEMPERATURE, 288.15},
    {"-273.15 degC", COSMO_DIM_TEMPERATURE, 0.0},
    {"288.15 K", COSMO_DIM_TEMPERATURE, 288.15},
    {"180 deg/s", COSMO_DIM_ANGULAR_RATE, 3.14159265358979323846},
    {"1 rad/s", COSMO_DIM_ANGULAR_RATE, 1.0},
    {"1.135 kW/m2", COSMO_DIM_HEAT_FLUX, 1135.0},
    {"180 Pa.deg", COSMO_DIM_ANGLE_PRESSURE, 3.14159265358979323846},
    {"0.18 kPa.deg", COSMO_DIM_ANGLE_PRESSURE, 3.14159265358979323846},
    {"3 kPa.rad", COSMO_DIM_ANGLE_PRESSURE, 3000.0},
    {"3 Pa.rad", COSMO_DIM_ANGLE_PRESSURE, 3.0},
    {"180 psf.deg", COSMO_DIM_ANGLE_PRESSURE, 3.14159265358979323846 * 47.88025898033584},
    {"1 t/s", COSMO_DIM_MASS_RATE, 1000.0},
    {"1 kg/s", COSMO_DIM_MASS_RATE, 1.0},
    {"1 kg/m2", COSMO_DIM_AREAL_DENSITY, 1.0},
    {"1 lb/ft2", COSMO_DIM_AREAL_DENSITY, 4.882427636383051}, /* NIST SP 811: 4.882428 E+00 */
    {"5 %", COSMO_DIM_FRACTION, 0.05},
    {"5%", COSMO_DIM_FRACTION, 0.05},
    {"0.05", COSMO_DIM_FRACTION, 0.05},
    {"40 MJ", COSMO_DIM_ENERGY, 40e6},
    {"40 kJ", COSMO_DIM_ENERGY, 40e3},
    {"40 J", COSMO_DIM_ENERGY, 40.0},
    {"7 cm/s", COSMO_DIM_SPEED, 0.07},
    {"1.31 ha", COSMO_DIM_AREA, 13100.0},
    {"791 kg/m3", COSMO_DIM_DENSITY, 791.0},
    {"7 g/m3", COSMO_DIM_DENSITY, 0.007},
    {"0.2 mg/m3", COSMO_DIM_DENSITY, 2e-7},
    {"7 ug/m3", COSMO_DIM_DENSITY, 7e-9},
    {"1.45 g/cm3", COSMO_DIM_DENSITY, 1450.0},
    {"0.02 mg/l", COSMO_DIM_DENSITY, 2e-5},
    {"18 ppm", COSMO_DIM_MIXING_RATIO, 1.8e-5},
    {"40 ppb", COSMO_DIM_MIXING_RATIO, 4e-8},
    {"0.1 mg/kg", COSMO_DIM_CONTENT, 1e-7},
    {"7 ug/kg", COSMO_DIM_CONTENT, 7e-9},
    {"7 g/kg", COSMO_DIM_CONTENT, 0.007},
    {"60.1 g/mol", COSMO_DIM_MOLAR_MASS, 0.0601},
    {"0.0601 kg/mol", COSMO_DIM_MOLAR_MASS, 0.0601},
    {"48.3 kJ/mol", COSMO_DIM_MOLAR_ENERGY, 48300.0},
    {"-19.56 kJ/mol", COSMO_DIM_MOLAR_ENERGY, -19560.0},
    {"5 J/mol", COSMO_DIM_MOLAR_ENERGY, 5.0},
    {"583 kJ/kg", COSMO_DIM_SPECIFIC_ENERGY, 583e3},
    {"583 J/kg", COSMO_DIM_SPECIFIC_ENERGY, 583.0},
    {"7.22 MJ/kg", COSMO_DIM_SPECIFIC_ENERGY, 7.22e6},
    {"1e-4 1/s", COSMO_DIM_RATE, 1e-4},
    {"3.6 1/h", COSMO_DIM_RATE, 0.001},
    {"8.64 1/d", COSMO_DIM_RATE, 1e-4},
    {"5e-11 cm3/s", COSMO_DIM_COLLISION_RATE, 5e-17},
    {"5e-17 m3/s", COSMO_DIM_COLLISION_RATE, 5e-17},
};
enum { UNITS_N = sizeof UNITS_CASES / sizeof UNITS_CASES[0] };

START_TEST(factors_are_exact)
{
    double worst = 0.0;
    for (size_t i = 0; i < UNITS_N; i++) {
        const double error = units_read(UNITS_CASES[i].text, UNITS_CASES[i].dimension) - UNITS_CASES[i].si;
        const double relative = fabs(error) / (UNITS_CASES[i].si != 0.0 ? fabs(UNITS_CASES[i].si) : 1.0);
        ck_assert_msg(relative < 4e-16, "%s: %.3g off", UNITS_CASES[i].text, relative);
        worst = fmax(worst, relative);
    }
    suite_error("worst factor", worst, "rel", 4e-16);
}
END_TEST

START_TEST(spelling_is_forgiving_where_it_is_safe)
{
    ck_assert_double_eq(units_read("  7.22t ", COSMO_DIM_MASS), 7220.0);
    ck_assert_double_eq(units_read("7.22e3\tkg", COSMO_DIM_MASS), 7220.0);
    ck_assert_double_eq(units_read("+.5 km", COSMO_DIM_LENGTH), 500.0);
    ck_assert_double_eq(units_read("5. km", COSMO_DIM_LENGTH), 5000.0);
    ck_assert_double_eq(units_read("2 m/s^2", COSMO_DIM_ACCELERATION), 2.0);
    ck_assert_double_eq(units_read("2 m/s\302\262", COSMO_DIM_ACCELERATION), 2.0);
    ck_assert_double_eq(units_read("2 kPa\302\267rad", COSMO_DIM_ANGLE_PRESSURE), 2000.0);
    ck_assert_double_eq(units_read("-0 km", COSMO_DIM_LENGTH), 0.0);
}
END_TEST

START_TEST(numbers_that_are_not)
{
    units_refuse("", COSMO_DIM_MASS, "a mass is missing; write for example '7.2 t'");
    units_refuse("   ", COSMO_DIM_MASS, "missing");
    units_refuse("heavy", COSMO_DIM_MASS, "'heavy' is not a mass; write for example '7.2 t'");
    units_refuse("kg 7", COSMO_DIM_MASS, "not a mass");
    units_refuse("0x10 kg", COSMO_DIM_MASS, "unknown unit 'x10 kg'");
    units_refuse("inf kg", COSMO_DIM_MASS, "not a mass");
    units_refuse("nan kg", COSMO_DIM_MASS, "not a mass");
    units_refuse(". kg", COSMO_DIM_MASS, "not a mass");
    units_refuse("7,22 t", COSMO_DIM_MASS, "write decimals with a point");
    units_refuse("7 220 kg", COSMO_DIM_MASS, "digits together");
    units_refuse("1e999 kg", COSMO_DIM_MASS, "out of the range");
    units_refuse("1e308 t", COSMO_DIM_MASS, "out of the range");
    units_refuse("\342\210\2225 km", COSMO_DIM_LENGTH, "write '-'");
    units_refuse("11111111111111111111111111111111111111111111111111111111111111111111111111111111 kg", COSMO_DIM_MASS,
                 "is not a mass");
}
END_TEST

START_TEST(units_that_are_not)
{
    units_refuse("7.22", COSMO_DIM_MASS, "'7.22' has no unit and a mass is needed; write for example '7.2 t'");
    units_refuse("0", COSMO_DIM_LENGTH, "has no unit");
    units_refuse("7 kg", COSMO_DIM_NONE, "not a bare number");
    units_refuse("7 kgg", COSMO_DIM_MASS, "did you mean 'kg'?");
    units_refuse("7 KG", COSMO_DIM_MASS, "did you mean 'kg'?");
    units_refuse("7 xyzzy", COSMO_DIM_MASS, "a mass is written in t, kg, g, lb");
    units_refuse("7 km", COSMO_DIM_MASS, "'km' is a length and a mass is needed; write for example '7.2 t'");
    units_refuse("7 kn", COSMO_DIM_FORCE, "did you mean 'kN'?");
    units_refuse("3 g", COSMO_DIM_ACCELERATION, "write g0");
    units_refuse("7 \320\272\320\263", COSMO_DIM_MASS, "a mass is written in"); /* Cyrillic kg */
}
END_TEST

START_TEST(ambiguous_units_get_a_hint)
{
    units_refuse("15 C", COSMO_DIM_TEMPERATURE, "write degC");
    units_refuse("7 \302\265g/m3", COSMO_DIM_DENSITY, "write ug/m3");
    units_refuse("18 mg/m3", COSMO_DIM_MIXING_RATIO,
                 "'mg/m3' is a mass per volume and a mixing ratio in air is needed");
    units_refuse("5 a", COSMO_DIM_AREA, "ambiguous");
    units_refuse("5 kt", COSMO_DIM_SPEED, "write kn");
    units_refuse("5 mt", COSMO_DIM_MASS, "write t");
    units_refuse("5 M", COSMO_DIM_LENGTH, "write nmi");
    units_refuse("5 nm", COSMO_DIM_LENGTH, "write nmi");
    units_refuse("5 ton", COSMO_DIM_MASS, "write t for 1000 kg");
    units_refuse("5 tons", COSMO_DIM_MASS, "write t for 1000 kg");
    units_refuse("5\302\260", COSMO_DIM_ANGLE, "write deg");
    units_refuse("5 \302\260C", COSMO_DIM_TEMPERATURE, "write degC");
}
END_TEST

START_TEST(every_dimension_reads_its_own_example)
{
    for (int d = 0; d < COSMO_DIM_COUNT_; d++) {
        const char *example = cosmo_units_example((cosmo_dimension)d);
        ck_assert_ptr_nonnull(example);
        ck_assert(units_read(example, (cosmo_dimension)d) != 0.0);
        for (int other = 1; other < COSMO_DIM_COUNT_; other++)
            if (other != d && d != COSMO_DIM_NONE) units_refuse(example, (cosmo_dimension)other, "is needed");
    }
    ck_assert_ptr_nonnull(cosmo_units_example((cosmo_dimension)-1));
    ck_assert_ptr_nonnull(cosmo_units_example(COSMO_DIM_COUNT_));
}
END_TEST

static void *units_no_memory(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}
static void units_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(without_memory_it_still_refuses)
{
    int left = 1; /* the arena itself, and no block */
    const cosmo_allocator poor = {units_no_memory, units_release, &left};
    cosmo_arena *empty = cosmo_arena_create(0, &poor);
    static const char *const texts[] = {"",       "7",        "7 km",    "7 kgg",  "7 xyzzy", "x",
                                        "7,1 kg", "1e999 kg", "1e308 t", "7 tons", "7 7 kg"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double value = 42.0;
        ck_assert_msg(cosmo_units_parse(texts[i], COSMO_DIM_MASS, empty, &value) != NULL, "%s", texts[i]);
        ck_assert(value == 42.0);
    }
    double value;
    ck_assert_ptr_null(cosmo_units_parse("7 kg", COSMO_DIM_MASS, empty, &value));
    ck_assert_double_eq(value, 7.0);
    cosmo_arena_destroy(empty);
}
END_TEST

/* For units_oracle.sh: "TEXT|SI UNIT|VALUE" of every unit. */
static void units_print(void)
{
    static const char *const si[COSMO_DIM_COUNT_] = {"1",      "m",     "kg",  "s",   "radian",   "m/s",  "m/s2",
                                                     "N",      "Pa",    "m2",  "K",   "radian/s", "W/m2", "Pa.radian",
                                                     "kg/s",   "kg/m2", "1",   "J",   "kg/m3",    "1",    "kg/kg",
                                                     "kg/mol", "J/mol", "J/kg",  "1/s", "m3/s"};
    for (size_t i = 0; i < UNITS_N; i++) {
        double value = NAN;
        cosmo_units_parse(UNITS_CASES[i].text, UNITS_CASES[i].dimension, arena, &value);
        printf("%s|%s|%.17g\n", UNITS_CASES[i].text, si[UNITS_CASES[i].dimension], value);
    }
}

int main(int argc, char **argv)
{
    arena = cosmo_arena_create(0, NULL);
    if (argc == 2 && strcmp(argv[1], "--print") == 0) {
        units_print();
        cosmo_arena_destroy(arena);
        return 0;
    }
    const TTest *const tests[] = {factors_are_exact,
                                  spelling_is_forgiving_where_it_is_safe,
                                  numbers_that_are_not,
                                  units_that_are_not,
                                  ambiguous_units_get_a_hint,
                                  every_dimension_reads_its_own_example,
                                  without_memory_it_still_refuses};
    const int status = suite_run("core/units", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
