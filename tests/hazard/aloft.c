/* Explosions above the ground: the altitude factors of Sachs's scaling as printed, the identity behind them, and where
 * an explosion no longer reaches the ground. */
#include "cosmodrome/earth.h"
#include "cosmodrome/hazard.h"
#include "suite.h"

#define FT  0.3048
#define PSI 6894.757293168361
static const double SEA_LEVEL_PA = 101325.0;

/* Pressure and distance factors of Glasstone and Dolan, The Effects of Nuclear Weapons (1977), table 3.66, at second
 * hand. */
START_TEST(altitude_factors_are_the_printed_ones)
{
    static const struct {
        double feet;
        double pressure, distance;
    } ROWS[] = {{0, 1.00, 1.00},     {5000, 0.83, 1.06},  {10000, 0.69, 1.13}, {15000, 0.56, 1.21},
                {20000, 0.46, 1.30}, {25000, 0.37, 1.39}, {30000, 0.30, 1.50}};
    double pressure = 0.0, distance = 0.0;
    for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++) {
        const double ambient = cosmo_atmosphere_us76(ROWS[i].feet * FT).pressure_pa;
        const double far = cosmo_blast_sachs_radius_m(1000.0, ambient, PSI * ambient / SEA_LEVEL_PA);
        const double factor = far / cosmo_blast_radius_m(1000.0, PSI);
        const double there = cosmo_blast_sachs_overpressure_pa(1000.0, ambient, far);
        pressure = fmax(pressure, fabs(there / PSI - ROWS[i].pressure));
        distance = fmax(distance, fabs(factor - ROWS[i].distance));
    }
    suite_error("pressure factors to 30,000 ft", pressure, "", 0.005);
    suite_error("distance factors to 30,000 ft", distance, "", 0.005);
}
END_TEST

/* More energy in denser air: the same share of the ambient pressure where R (p/E)^(1/3) is the same. */
START_TEST(only_the_scaled_distance_counts)
{
    double scaling = 0.0, standard = 0.0, inverse = 0.0;
    for (double tnt = 10.0; tnt < 1e6; tnt *= 7.0)
        for (double ambient = 2000.0; ambient < 2e5; ambient *= 1.7)
            for (double z = 1.0; z < 500.0; z *= 1.9) {
                const double r = z * cbrt(tnt), length = cbrt(tnt * SEA_LEVEL_PA / ambient);
                const double there = cosmo_blast_sachs_overpressure_pa(tnt, ambient, z * length);
                const double one = cosmo_blast_overpressure_pa(1.0, z);
                scaling = fmax(scaling, fabs(there / ambient / (one / SEA_LEVEL_PA) - 1.0));
                standard = fmax(standard, fabs(cosmo_blast_sachs_overpressure_pa(tnt, SEA_LEVEL_PA, r) /
                                                   cosmo_blast_overpressure_pa(tnt, r) -
                                               1.0));
                inverse = fmax(inverse, fabs(cosmo_blast_sachs_radius_m(tnt, ambient, there) / (z * length) - 1.0));
            }
    suite_error("Sachs's identity, relative", scaling, "", 1e-12);
    suite_error("standard air, relative", standard, "", 0.0);
    suite_error("radius of an overpressure, relative", inverse, "", 1e-12);
}
END_TEST

/* The curve is Swisdak's to 198.5 m/kg^(1/3) and goes on from there without a step. */
START_TEST(far_away_pressure_falls_as_the_standard_says)
{
    const double at = cosmo_blast_overpressure_pa(1.0, nextafter(198.5, 0.0));
    suite_error("step at 198.5, relative", cosmo_blast_overpressure_pa(1.0, 198.5) / at - 1.0, "", 1e-13);
    suite_error("slope beyond",
                log(cosmo_blast_overpressure_pa(1.0, 1e4) / cosmo_blast_overpressure_pa(1.0, 1e3)) / log(10.0) + 1.1,
                "", 1e-12);
    suite_error("and back, relative", cosmo_blast_radius_m(8.0, cosmo_blast_overpressure_pa(8.0, 1e4)) / 1e4 - 1.0, "",
                1e-12);
}
END_TEST

START_TEST(an_explosion_too_high_does_not_reach_the_ground)
{
    const double tnt = 20e3, slant = cosmo_blast_sachs_radius_m(tnt, SEA_LEVEL_PA, PSI);
    suite_error("at the ground, of the radius", cosmo_blast_ground_radius_m(tnt, SEA_LEVEL_PA, 0.0, PSI) / slant - 1.0,
                "", 1e-9);
    double worst = 0.0, before = INFINITY;
    for (double h = 0.0; h < 1.2 * slant; h += 0.01 * slant) {
        const double ground = cosmo_blast_ground_radius_m(tnt, SEA_LEVEL_PA, h, PSI);
        const double flat = h < slant ? sqrt(slant * slant - h * h) : 0.0;
        ck_assert(ground < before || ground == 0.0);
        worst = fmax(worst, fabs(ground - flat));
        before = ground;
    }
    suite_error("radius on the ground against a plane", worst, "m", 0.1);
    ck_assert(cosmo_blast_ground_radius_m(tnt, SEA_LEVEL_PA, slant, PSI) == 0.0);
    ck_assert(cosmo_blast_ground_radius_m(tnt, SEA_LEVEL_PA, 1e5, PSI) == 0.0);
    ck_assert(cosmo_blast_ground_radius_m(0.0, SEA_LEVEL_PA, 0.0, PSI) == 0.0);
    /* Thinner air all the way would only make it smaller, which is why the ground's is used. */
    for (double ambient = SEA_LEVEL_PA; ambient > 20e3; ambient *= 0.9)
        ck_assert(cosmo_blast_sachs_radius_m(tnt, 0.9 * ambient, PSI) < cosmo_blast_sachs_radius_m(tnt, ambient, PSI));
}
END_TEST

START_TEST(a_cloud_reaches_as_far_as_its_sphere)
{
    const double energy = 4.184e6 * 20e3, slant = cosmo_cloud_radius_m(energy, SEA_LEVEL_PA, PSI);
    suite_error("half way up, against a plane",
                cosmo_cloud_ground_radius_m(energy, SEA_LEVEL_PA, 0.5 * slant, PSI) - sqrt(0.75) * slant, "m", 0.1);
    ck_assert(cosmo_cloud_ground_radius_m(energy, SEA_LEVEL_PA, slant, PSI) == 0.0);
    suite_error("its pressure there", cosmo_cloud_overpressure_pa(energy, SEA_LEVEL_PA, slant) / PSI - 1.0, "", 1e-12);
    const double thin = cosmo_cloud_radius_m(energy, 0.5 * SEA_LEVEL_PA, 0.5 * PSI);
    suite_error("Sachs's identity, relative", thin / slant - cbrt(2.0), "", 1e-12);
}
END_TEST

COSMO_SUITE("aloft", altitude_factors_are_the_printed_ones, only_the_scaled_distance_counts,
            far_away_pressure_falls_as_the_standard_says, an_explosion_too_high_does_not_reach_the_ground,
            a_cloud_reaches_as_far_as_its_sphere)
