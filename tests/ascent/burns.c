/* Restarts: where the later burns of an upper stage leave it, on the revolution that follows. */
#include "flown.h"

static cosmo_flight open(const char *path)
{
    read_mission(path);
    return cosmo_mission_flight(&mission);
}

static void hold(const char *what, const cosmo_flight *flight, double lowest_m, double highest_m, double bound_km)
{
    cosmo_solution solution;
    cosmo_ascent flown;
    check(cosmo_targeting_solve(flight, false, arena, &run, &solution));
    check(cosmo_ascent_fly(flight, &solution.controls, 10.0, arena, &run, &flown));
    ck_assert(solution.feasible && flown.inserted);
    printf(" %s: %.1f x %.1f km\n", what, 1e-3 * flown.coast_lowest_m, 1e-3 * flown.coast_highest_m);
    suite_error("lowest point", 1e-3 * (flown.coast_lowest_m - lowest_m), "km", bound_km);
    suite_error("highest point", 1e-3 * (flown.coast_highest_m - highest_m), "km", bound_km);
}

/* Over the poles the osculating apogee of the transfer orbit grows by some 25 km until it is reached. */
START_TEST(fregat_circular)
{
    const cosmo_flight flight = open("missions/soyuz-sso.yaml");
    hold("Fregat, 600 km sun-synchronous", &flight, 600e3, 600e3, 4.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(fregat_higher)
{
    cosmo_flight flight = open("missions/soyuz-sso.yaml");
    cosmo_burn burns[2] = {((const cosmo_burn *)flight.burns.items)[0], ((const cosmo_burn *)flight.burns.items)[1]};
    burns[0].apogee_altitude_m = 1500e3;
    burns[1].apogee_altitude_m = 1500e3;
    burns[1].perigee_altitude_m = 700e3;
    flight.burns = (cosmo_list){2, burns};
    hold("Fregat, 700 x 1,500 km", &flight, 700e3, 1500e3, 4.0);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A second burn over the equator to a transfer orbit; the apogee moves by 60 km a m/s. */
START_TEST(falcon_transfer)
{
    cosmo_flight flight = open("missions/falcon-demo-1.yaml");
    const cosmo_burn burn = {.stage = "stage-2",
                             .start = COSMO_BURN_COAST,
                             .coast_s = 1100.0,
                             .perigee_altitude_m = 190e3,
                             .apogee_altitude_m = 35786e3,
                             .inclination_rad = NAN};
    flight.burns = (cosmo_list){1, &burn};
    flight.payload_kg = 1000.0;
    hold("Falcon 9, second burn to 190 x 35,786 km", &flight, 190e3, 35786e3, 20.0);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/burns", fregat_circular, fregat_higher, falcon_transfer)
