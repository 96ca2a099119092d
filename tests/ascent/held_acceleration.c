/* A last burn that is held at the acceleration limit still ends in its orbit: guidance foresees the throttling. */
#include "cosmodrome/study.h"
#include "suite.h"

START_TEST(limited_burn_meets_its_orbit)
{
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    cosmo_mission mission;
    cosmo_ascent ascent;
    ck_assert_msg(cosmo_mission_read("missions/falcon-demo-1.yaml", arena, &run, &mission) == COSMO_OK, "%s",
                  run.message);
    cosmo_flight flight = cosmo_mission_flight(&mission);
    flight.overrides = (cosmo_list){1, flight.overrides.items}; /* full thrust of the second stage, but for the limit */
    const cosmo_controls controls = {flight.steering.azimuth_rad, 0.05, flight.payload_kg};
    ck_assert_msg(cosmo_ascent_fly(&flight, &controls, 1.0, arena, &run, &ascent) == COSMO_OK, "%s", run.message);
    ck_assert(ascent.inserted);
    const double limit = flight.vehicle->limits.acceleration_m_s2;
    const double at_cutoff = ascent.trajectory.samples[ascent.trajectory.n - 1].mass_kg;
    ck_assert_double_gt(981e3 / at_cutoff, 1.2 * limit); /* so that the limit does hold the engine back */
    suite_error("felt acceleration less its limit", fmax(ascent.max_acceleration_m_s2 - limit, 0.0), "m/s2", 1e-6);
    suite_error("perigee less the target's",
                1e-3 * (ascent.orbit.perigee_altitude_m - flight.target.perigee_altitude_m), "km", 0.5);
    suite_error("apogee less the target's", 1e-3 * (ascent.orbit.apogee_altitude_m - flight.target.apogee_altitude_m),
                "km", 2.0);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("held_acceleration", limited_burn_meets_its_orbit)
