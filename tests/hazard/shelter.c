/* Shelter, and explosions at height: properties that hold whatever the curves are. */
#include "cosmodrome/hazard.h"
#include "suite.h"

START_TEST(shelter_mixes)
{
    const cosmo_shelter_mix mixes[] = {cosmo_shelter_none(), cosmo_shelter_by_day(), cosmo_shelter_by_night()};
    for (int i = 0; i < 3; i++) {
        double sum = 0.0;
        for (int k = 0; k < COSMO_SHELTER_COUNT_; k++) sum += mixes[i].fraction[k];
        suite_error("fractions add up to 1", sum - 1.0, "", 1e-15);
        ck_assert(mixes[i].estimate == (i > 0) && mixes[i].source != NULL);
    }
    for (double kg = 0.01; kg < 1e5; kg *= 1.5) {
        const double open = cosmo_casualty_area_open_m2(0.02 * kg);
        ck_assert(cosmo_shelter_mean_area_m2(&mixes[0], open, kg) == open);
        for (int k = 0; k < COSMO_SHELTER_COUNT_; k++)
            ck_assert(kg < 1400.0 || cosmo_shelter_casualty_area_m2((cosmo_shelter)k, open, kg) >= open);
    }
    printf("  kg        open m2    by day   by night\n");
    for (double kg = 0.1; kg < 2e4; kg *= 10.0) {
        const double open = cosmo_casualty_area_open_m2(0.02 * kg);
        printf("  %-8g %8.3f %9.3f %10.3f\n", kg, open, cosmo_shelter_mean_area_m2(&mixes[1], open, kg),
               cosmo_shelter_mean_area_m2(&mixes[2], open, kg));
    }
}
END_TEST

START_TEST(areas_grow_with_mass)
{
    for (int shelter = 0; shelter < COSMO_SHELTER_COUNT_; shelter++) {
        double before = 0.0;
        for (double kg = 0.01; kg < 1e5; kg *= 1.01) {
            const double area =
                cosmo_shelter_casualty_area_m2((cosmo_shelter)shelter, cosmo_casualty_area_open_m2(0.02 * kg), kg);
            ck_assert_msg(area >= before * (1.0 - 1e-15), "shelter %d at %g kg: %g after %g m2", shelter, kg, area,
                          before);
            before = area;
        }
    }
}
END_TEST

START_TEST(clouds)
{
    const double energy = 1e12, ambient = 30e3;
    double inverse = 0.0, before = INFINITY;
    for (double r = 60.0; r < 20e3; r *= 1.02) {
        const double pressure = cosmo_cloud_overpressure_pa(energy, ambient, r);
        ck_assert(pressure < before);
        before = pressure;
        inverse = fmax(inverse, fabs(cosmo_cloud_radius_m(energy, ambient, pressure) / r - 1.0));
    }
    suite_error("radius of an overpressure, relative", inverse, "", 1e-13);
    const double length = cbrt(energy / ambient);
    suite_error("last point of the curve, relative",
                cosmo_cloud_overpressure_pa(energy, ambient, 9.717 * length) / (0.02468 * ambient) - 1.0, "", 1e-13);
    suite_error("twice as far, half of it",
                cosmo_cloud_overpressure_pa(energy, ambient, 19.434 * length) / (0.01234 * ambient) - 1.0, "", 1e-13);
    ck_assert(cosmo_cloud_radius_m(energy, ambient, 21.0 * ambient) == 0.0);
}
END_TEST

START_TEST(reach_of_a_small_sphere_is_flat)
{
    double worst = 0.0;
    for (double h = 0.0; h < 100.0; h += 7.0)
        worst = fmax(worst, fabs(cosmo_blast_reach_m(100.0, h) / sqrt(1e4 - h * h) - 1.0));
    suite_error("100 m sphere against a flat ground, relative", worst, "", 1e-5);
}
END_TEST

COSMO_SUITE("hazard/shelter", shelter_mixes, areas_grow_with_mass, clouds, reach_of_a_small_sphere_is_flat)
