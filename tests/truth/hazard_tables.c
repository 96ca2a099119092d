/* Every printed value of the published tables that the hazard room rests on, to its last printed digit.
 *
 * Failure rates: 14 CFR 417.224 (Clopper and Pearson, 60 % two-sided). Speeds and energies: 14 CFR 417 App. A and C.
 * Casualty areas: FAA Flight Safety Analysis Handbook (2011), NASA-STD-8719.14, 14 CFR 417 App. C, RCC 321. Roofs:
 * Larson, digitised by RSAT. Yields: the Handbook, digitised by RSAT; 14 CFR 420.67 and App. E. Overpressure:
 * Swisdak (1994); its test value is published by github.com/fcento100/kingery-bulmash. */
#include "cosmodrome/hazard.h"
#include "suite.h"

#include <string.h>

#define FT       0.3048
#define LB       0.45359237
#define PSI      6894.757293168361
#define PI       3.14159265358979323846
#define N(array) (sizeof(array) / sizeof(array)[0])

static int table_compared, table_missed;

/* Hold a value to a printed one: as many decimals as are printed, the same digits. */
static void printed(const char *what, double value, const char *expected)
{
    const char *point = strchr(expected, '.');
    char text[64];
    snprintf(text, sizeof text, "%.*f", point != NULL ? (int)strlen(point + 1) : 0, value);
    table_compared++;
    if (strcmp(text, expected) == 0) return;
    table_missed++;
    printf("  %s: %.12g, printed %s\n", what, value, expected);
}

static void table_close(const char *what)
{
    char line[64];
    snprintf(line, sizeof line, "%s: %d printed values, misses", what, table_compared);
    const int missed = table_missed;
    table_compared = table_missed = 0;
    suite_error(line, missed, "", 0);
}

typedef struct failure_row {
    int flights, failures;
    const char *reference, *low, *high;
} failure_row;

START_TEST(failure_probability)
{
    static const failure_row ROWS[] = {
        {2, 0, "0.28", "0", "0.55"},  {2, 1, "0.50", "0.11", "0.89"},  {2, 2, "0.72", NULL, NULL},
        {3, 0, "0.21", "0", "0.42"},  {3, 1, "0.39", "0.07", "0.71"},  {3, 2, "0.61", NULL, NULL},
        {3, 3, "0.79", NULL, NULL},   {4, 0, "0.17", "0", "0.33"},     {4, 1, "0.32", "0.05", "0.58"},
        {4, 2, "0.50", NULL, NULL},   {4, 3, "0.68", NULL, NULL},      {4, 4, "0.83", NULL, NULL},
        {5, 0, "0.14", "0", "0.28"},  {5, 1, "0.27", "0.04", "0.49"},  {5, 2, "0.42", NULL, NULL},
        {5, 3, "0.58", NULL, NULL},   {5, 4, "0.73", NULL, NULL},      {5, 5, "0.86", NULL, NULL},
        {10, 0, "0.07", "0", "0.15"}, {10, 1, "0.15", "0.02", "0.27"}, {10, 2, "0.23", NULL, NULL},
        {10, 3, "0.32", NULL, NULL},  {10, 4, "0.41", NULL, NULL},     {10, 5, "0.50", NULL, NULL}};
    for (size_t i = 0; i < N(ROWS); i++) {
        const failure_row *row = &ROWS[i];
        const cosmo_failure_rate rate = cosmo_failure_rate_reference(row->flights, row->failures);
        char what[64];
        snprintf(what, sizeof what, "%d flights, %d failures", row->flights, row->failures);
        printed(what, rate.reference, row->reference);
        if (row->low != NULL) printed(what, rate.low, row->low), printed(what, rate.high, row->high);
    }
    table_close("failure probability");
    double closed = 0.0;
    for (int n = 2; n <= 2000; n++) {
        const cosmo_failure_rate rate = cosmo_failure_rate_reference(n, 0);
        closed = fmax(closed, fabs(rate.reference / (-0.5 * expm1(log(0.2) / n)) - 1.0));
    }
    suite_error("no failures in 2 to 2,000 flights: closed form, relative", closed, "", 1e-11);
}
END_TEST

START_TEST(terminal_speed_and_energy)
{
    static const struct {
        double lb_ft2;
        const char *speed, *grams;
    } ROWS[] = {{1, "8.8", "384"},    {3, "15.3", "128"},   {10, "28.0", "38"},
                {30, "48.4", "12.8"}, {100, "88.4", "3.8"}, {300, "153", "1.3"}};
    const double sea_level = 1.225;
    for (size_t i = 0; i < N(ROWS); i++) {
        const double beta = ROWS[i].lb_ft2 * LB / (FT * FT), energy = cosmo_casualty_energy_j(COSMO_CASUALTY_NASA);
        const double mass = cosmo_fragment_mass_at_energy_kg(energy, beta, sea_level);
        const double speed = cosmo_fragment_terminal_speed_m_s(beta, sea_level);
        printed("terminal speed", speed, ROWS[i].speed);
        printed("mass of 15 J", 1000.0 * mass, ROWS[i].grams);
        printed("its energy", cosmo_fragment_energy_j(mass, speed), "15.000000000");
    }
    printed("1 lb/ft2", LB / (FT * FT), "4.8824");
    printed("97 % of the chi law", 1.0 / cosmo_fragment_speed_sigma_m_s(1.0), "2.9912");
    table_close("speeds and energies");
}
END_TEST

/* The largest imparted speed holds 97 % of a Maxwell law, and the class rules stand where they are printed. */
START_TEST(fragment_classes)
{
    const double chi = 100.0 / cosmo_fragment_speed_sigma_m_s(100.0), beta = LB / (FT * FT);
    const double inside = erf(chi / sqrt(2.0)) - sqrt(2.0 / PI) * chi * exp(-0.5 * chi * chi);
    suite_error("Maxwell law inside the largest imparted speed", inside - 0.97, "", 1e-15);
    ck_assert(cosmo_fragment_may_share_class(0.01 * beta, 3.0 * beta));
    ck_assert(!cosmo_fragment_may_share_class(0.01 * beta, 3.001 * beta));
    ck_assert(cosmo_fragment_may_share_class(100.0 * beta, 316.2 * beta));
    ck_assert(!cosmo_fragment_may_share_class(100.0 * beta, 316.3 * beta));
    printed("speed ratio at 1 lb/ft2", cosmo_fragment_speed_ratio_max(beta), "2.50000000");
    printed("speed ratio at 1000 lb/ft2", cosmo_fragment_speed_ratio_max(1000.0 * beta), "1.00000000");
    ck_assert(isinf(cosmo_fragment_speed_ratio_max(0.001 * beta)));
    table_close("class rules");
}
END_TEST

START_TEST(casualty_area)
{
    const double areas[] = {0.0, 0.01, 1.0, 37.5};
    double worst = 0.0;
    for (size_t i = 0; i < N(areas); i++) {
        const double reach = 0.3048 + sqrt(areas[i] / PI), open = PI * reach * reach;
        worst = fmax(worst, fabs(cosmo_casualty_area_open_m2(areas[i]) / open - 1.0));
        for (double angle = 0.1; angle < 1.5; angle += 0.1)
            worst = fmax(
                worst,
                fabs(cosmo_casualty_area_angled_m2(areas[i], angle) / (2.0 * reach * 1.83 / tan(angle) + open) - 1.0));
        worst = fmax(worst, fabs(cosmo_casualty_area_angled_m2(areas[i], 0.5 * PI) / open - 1.0));
    }
    suite_error("open and angled casualty area, relative", worst, "", 1e-15);
    printed("NASA, a point", cosmo_casualty_area_nasa_m2(0.0), "0.36");
    printed("NASA, 4 m2", cosmo_casualty_area_nasa_m2(4.0), "6.76");
    printed("FAA, 7 times", cosmo_casualty_area_faa_m2(1.0), "7");
    printed("soft ground", cosmo_casualty_slide_factor(COSMO_SURFACE_SOIL), "1");
    printed("hard ground", cosmo_casualty_slide_factor(COSMO_SURFACE_CONCRETE), "4.3");
    printed("11 ft lbf", cosmo_casualty_energy_j(COSMO_CASUALTY_FAA), "14.9");
    printed("15 J", cosmo_casualty_energy_j(COSMO_CASUALTY_NASA), "15");
    printed("1 psi, kPa", cosmo_blast_casualty_overpressure_pa() / 1000.0, "6.895");
    const double newton = 1.0 / 9.80665;
    printed("AIS 3 at 1 N", cosmo_casualty_ais3_speed_m_s(newton), "33.23");
    printed("AIS 3 at 1e12 N", cosmo_casualty_ais3_speed_m_s(1e12 * newton), "3.6");
    printed("AIS 3, exponent", log((cosmo_casualty_ais3_speed_m_s(10.0 * newton) - 3.6) / 29.63) / log(10.0),
            "-0.8934");
    table_close("casualty areas and thresholds");
}
END_TEST

typedef struct roof_row {
    double kg;
    const char *m2;
} roof_row;
static const struct {
    const char *threshold;
    roof_row points[9];
} ROOFS[COSMO_ROOF_COUNT_] = {
    {"0.43",
     {{0.58, "0.43"},
      {3.0, "0.47"},
      {6.8, "2.3"},
      {14.9, "5.0"},
      {31.6, "8.7"},
      {69.8, "16.2"},
      {117, "18.7"},
      {1324, "33.8"}}},
    {"0.56", {{1.0, "0.43"}, {5.4, "0.55"}, {8.6, "2.7"}, {15.5, "5.4"}, {44, "11.2"}, {88, "18.0"}, {1348, "33.8"}}},
    {"1.23",
     {{2.1, "0.49"}, {11.7, "0.69"}, {18.8, "3.0"}, {55.5, "7.1"}, {142, "12.4"}, {353, "29.5"}, {1231, "46.3"}}},
    {"0.41",
     {{0.59, "0.40"},
      {4.6, "0.52"},
      {27.7, "0.75"},
      {65.9, "3.4"},
      {102, "5.2"},
      {226, "7.9"},
      {588, "25.8"},
      {1300, "46.0"}}},
    {"3.3",
     {{4.2, "0.66"},
      {30, "0.86"},
      {49, "0.99"},
      {84, "3.9"},
      {107, "5.9"},
      {178, "8.6"},
      {373, "20.8"},
      {1324, "46.7"}}},
    {"14.4", {{19, "0.64"}, {65, "0.87"}, {140, "1.9"}, {176, "5.6"}, {226, "9.7"}, {373, "34.9"}, {1324, "51.6"}}}};

START_TEST(roofs)
{
    for (int roof = 0; roof < COSMO_ROOF_COUNT_; roof++) {
        const double threshold = cosmo_roof_threshold_kg((cosmo_roof)roof);
        printed("threshold", threshold, ROOFS[roof].threshold);
        ck_assert(cosmo_roof_casualty_area_m2((cosmo_roof)roof, nextafter(threshold, 0.0)) == 0.0);
        double before = 0.0;
        for (const roof_row *row = ROOFS[roof].points; row->m2 != NULL; row++) {
            printed("casualty area", cosmo_roof_casualty_area_m2((cosmo_roof)roof, row->kg), row->m2);
            if (row == ROOFS[roof].points)
                printed("from the threshold on", cosmo_roof_casualty_area_m2((cosmo_roof)roof, threshold), row->m2);
            const double area = cosmo_roof_casualty_area_m2((cosmo_roof)roof, row->kg);
            if (row != ROOFS[roof].points) {
                const double middle = cosmo_roof_casualty_area_m2((cosmo_roof)roof, sqrt(row[-1].kg * row->kg));
                ck_assert_msg(fabs(middle / sqrt(before * area) - 1.0) < 1e-14, "not straight in the logarithms");
            }
            before = area;
            if (row[1].m2 == NULL) {
                printed("beyond the last point", cosmo_roof_casualty_area_m2((cosmo_roof)roof, 1e6), row->m2);
                ck_assert(cosmo_roof_last_kg((cosmo_roof)roof) == row->kg);
            }
        }
    }
    table_close("roofs");
}
END_TEST

typedef struct yield_row {
    double ft_s;
    const char *fraction;
} yield_row;
static const struct {
    cosmo_propellants propellants;
    cosmo_surface surface;
    yield_row points[13];
} YIELDS[] = {
    {COSMO_PROPELLANTS_LOX_LH2, COSMO_SURFACE_SOIL, {{0, "0.17"}, {82.7, "0.17"}, {528.9, "1.52"}, {800, "1.52"}}},
    {COSMO_PROPELLANTS_LOX_LH2, COSMO_SURFACE_STEEL, {{0, "0.17"}, {82.7, "0.17"}, {738.7, "1.52"}, {800, "1.52"}}},
    {COSMO_PROPELLANTS_LOX_RP1, COSMO_SURFACE_WATER, {{0, "0"}, {767.4, "1.024"}, {800, "1.024"}}},
    {COSMO_PROPELLANTS_LOX_RP1, COSMO_SURFACE_CONCRETE, {{0, "0.004"}, {165.7, "0.225"}, {800, "0.225"}}},
    {COSMO_PROPELLANTS_HYPERGOL,
     COSMO_SURFACE_SOIL,
     {{0, "0.028"}, {195.9, "0.440"}, {296.2, "0.556"}, {495.7, "0.611"}, {800, "0.623"}}},
    {COSMO_PROPELLANTS_HYPERGOL,
     COSMO_SURFACE_CONCRETE,
     {{0, "0.024"},
      {40.7, "0.056"},
      {85.8, "0.089"},
      {130.9, "0.113"},
      {183.3, "0.142"},
      {248.9, "0.170"},
      {318.7, "0.203"},
      {391.5, "0.232"},
      {493.5, "0.265"},
      {569.2, "0.274"},
      {652.3, "0.288"},
      {796.5, "0.302"}}}};

START_TEST(yields)
{
    for (size_t i = 0; i < N(YIELDS); i++)
        for (const yield_row *row = YIELDS[i].points; row->fraction != NULL; row++) {
            printed("yield", cosmo_blast_yield_fraction(YIELDS[i].propellants, YIELDS[i].surface, row->ft_s * FT),
                    row->fraction);
            if (row[1].fraction == NULL)
                printed("faster", cosmo_blast_yield_fraction(YIELDS[i].propellants, YIELDS[i].surface, 3000.0),
                        row->fraction);
        }
    printed("RP-1, soft, half way",
            cosmo_blast_yield_fraction(COSMO_PROPELLANTS_LOX_RP1, COSMO_SURFACE_SOIL, 383.7 * FT), "0.512");
    ck_assert(cosmo_blast_yield_fraction(COSMO_PROPELLANTS_INERT, COSMO_SURFACE_SOIL, 100.0) == 0.0);
    static const struct {
        cosmo_surface surface;
        double s;
    } SURFACES[] = {{COSMO_SURFACE_SOIL, 1.81},
                    {COSMO_SURFACE_WATER, 2.92},
                    {COSMO_SURFACE_CONCRETE, 1.41},
                    {COSMO_SURFACE_STEEL, 1.0}};
    double worst = 0.0;
    for (size_t i = 0; i < N(SURFACES); i++)
        for (double lb = 1.0; lb < 1e7; lb *= 10.0)
            for (double ft_s = 10.0; ft_s < 2000.0; ft_s *= 2.0) {
                const double expected = 1.28 / (1.0 + 192000.0 / pow(lb, 0.156) * pow(SURFACES[i].s / ft_s, 1.55));
                worst = fmax(
                    worst,
                    fabs(cosmo_blast_solid_yield_fraction(lb * LB, SURFACES[i].surface, ft_s * FT) / expected - 1.0));
            }
    suite_error("solid propellant, relative", worst, "", 1e-14);
    ck_assert(cosmo_blast_solid_yield_fraction(1000.0, COSMO_SURFACE_SOIL, 0.0) == 0.0);
    const double ton = 1000.0 * LB;
    printed("RP-1 on the pad, lb", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_LOX_RP1, 400 * ton, false) / LB, "80000");
    printed("RP-1 on the pad, lb", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_LOX_RP1, 700 * ton, false) / LB, "120000");
    printed("RP-1 on a stand", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_LOX_RP1, 700 * ton, true) / LB, "70000");
    printed("hypergols on the pad", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_HYPERGOL, 100.0, false), "10");
    printed("hypergols on a stand", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_HYPERGOL, 100.0, true), "5");
    printed("LH2, 8 W^(2/3)", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_LOX_LH2, ton, false) / LB, "800");
    printed("LH2, 14 %", cosmo_blast_pad_tnt_kg(COSMO_PROPELLANTS_LOX_LH2, 1000 * ton, false) / LB, "140000");
    table_close("yields");
}
END_TEST

/* Swisdak's branches as printed, in the C library's arithmetic. */
static double swisdak_kpa(double z)
{
    static const double C[3][5] = {{7.2106, -2.1069, -0.3229, 0.1117, 0.0685},
                                   {7.5938, -3.0523, 0.40977, 0.0261, -0.01267},
                                   {6.0536, -1.4066, 0, 0, 0}};
    const double *c = C[z < 2.9 ? 0 : z < 23.8 ? 1 : 2], l = log(z);
    return exp(c[0] + l * (c[1] + l * (c[2] + l * (c[3] + l * c[4]))));
}

START_TEST(overpressure)
{
    suite_error("10,000 kg at 500 m", cosmo_blast_overpressure_pa(10000.0, 500.0) / 1000.0 - 5.0549639655, "kPa",
                1e-10);
    double worst = 0.0, inverse = 0.0;
    for (double z = 0.2; z <= 198.5; z *= 1.01) {
        const double pressure = cosmo_blast_overpressure_pa(1000.0, 10.0 * z);
        worst = fmax(worst, fabs(pressure / (1000.0 * swisdak_kpa(z)) - 1.0));
        if (z < 23.4 || z > 23.81)
            inverse = fmax(inverse, fabs(cosmo_blast_radius_m(1000.0, pressure) / (10.0 * z) - 1.0));
    }
    suite_error("the printed branches, relative", worst, "", 1e-13);
    suite_error("radius of an overpressure, relative", inverse, "", 1e-13);
    ck_assert(cosmo_blast_overpressure_pa(1.0, 0.01) == cosmo_blast_overpressure_pa(1.0, 0.2));
    ck_assert(cosmo_blast_scaled_distance(1e9) == 0.2);
    ck_assert(cosmo_blast_overpressure_pa(0.0, 10.0) == 0.0 && cosmo_blast_radius_m(0.0, PSI) == 0.0);
    suite_error("a pressure that the curve steps over: farthest distance",
                cosmo_blast_scaled_distance(4.91e3) - pow(4.91 / exp(6.0536), -1.0 / 1.4066), "", 1e-10);
    suite_error("a pressure that it leaves out: the step", cosmo_blast_scaled_distance(124.45e3) - 2.9, "", 1e-12);
    const double rule = FT / cbrt(LB); /* m/kg^(1/3) in ft/lb^(1/3) */
    printed("1 psi, m/kg^(1/3)", cosmo_blast_scaled_distance(PSI), "18.14");
    printed("3 psi, m/kg^(1/3)", cosmo_blast_scaled_distance(3.0 * PSI), "7.93");
    printed("1 psi, ft/lb^(1/3)", cosmo_blast_scaled_distance(PSI) / rule, "45.7");
    printed("3 psi, ft/lb^(1/3)", cosmo_blast_scaled_distance(3.0 * PSI) / rule, "20.0");
    printed("45 W^(1/3), ft", cosmo_blast_rule_radius_m(1000.0 * LB, 45.0) / FT, "450");
    printed("20 W^(1/3), ft", cosmo_blast_rule_radius_m(1000.0 * LB, 20.0) / FT, "200");
    table_close("radii");
}
END_TEST

START_TEST(distances)
{
    static const struct {
        double lb;
        const char *feet;
    } ROWS[] = {{0.5, "236"},    {1, "291.3"},    {100, "656.0"},     {101, "661.4"},     {450, "1250"},
                {30000, "1250"}, {64000, "1600"}, {100000, "1856.6"}, {200000, "2770.2"}, {1000000, "5000"}};
    for (size_t i = 0; i < N(ROWS); i++) {
        printed("to the public, ft", cosmo_blast_public_distance_m(ROWS[i].lb * LB) / FT, ROWS[i].feet);
        printed("traffic route",
                100.0 * cosmo_blast_traffic_distance_m(ROWS[i].lb * LB) /
                    cosmo_blast_public_distance_m(ROWS[i].lb * LB),
                "60.000000");
    }
    table_close("public distances");
    const double re = 6371000.0;
    double worst = 0.0;
    for (double h = 0.0; h < 50e3; h += 2500.0) {
        const double d = re + h, r = 60e3, arc = re * acos((re * re + d * d - r * r) / (2.0 * d * re));
        worst = fmax(worst, fabs(cosmo_blast_reach_m(r, h) - arc));
    }
    suite_error("reach of an explosion at height on the ground", worst, "m", 1e-5);
    ck_assert(cosmo_blast_reach_m(1000.0, 1000.0) == 0.0 && cosmo_blast_reach_m(1000.0, 2000.0) == 0.0);
}
END_TEST

START_TEST(containment)
{
    printed("1 sigma", 100.0 * cosmo_containment_fraction(1.0), "39.3");
    printed("2 sigma", 100.0 * cosmo_containment_fraction(2.0), "86.5");
    printed("3 sigma", 100.0 * cosmo_containment_fraction(3.0), "98.9");
    printed("97 %", cosmo_containment_sigmas(0.97), "2.648");
    table_close("containment");
}
END_TEST

COSMO_SUITE("truth/hazard_tables", failure_probability, terminal_speed_and_energy, fragment_classes, casualty_area,
            roofs, yields, overpressure, distances, containment)
