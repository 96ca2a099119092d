/* Falcon 9 against the webcasts of its flights (../shared/data/telemetry and vehicles:
 * github.com/shahar603/Telemetry-Data, public domain): Earth-relative speed and altitude once a second.
 *
 * Demo-1 is a calibration: missions/falcon-demo-1.yaml was fitted to the very record it is held against here.
 *
 * The webcast's clock does not start at first motion. When the vehicle leaves the pad is read off each record between
 * T+5 s and T+20 s, where it rises straight up and its speed, less half its slowly growing acceleration's effect, is a
 * straight line; the bound on what is so found is +-0.3 s.
 */
#include "truth/falcon.h"

#define DEMO_1 "../shared/data/vehicles/telemetry_dm1_1hz.tsv"

static cosmo_arena *falcon_open(cosmo_run *run)
{
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    ck_assert_ptr_nonnull(arena);
    cosmo_run_init(run, arena);
    run->data_folder = "data";
    return arena;
}

static void falcon_check(const cosmo_run *run, cosmo_status status)
{
    ck_assert_msg(status == COSMO_OK, "%s", run->message);
}

static void falcon_print(const falcon_misfit *m, double bound_percent)
{
    printf("  altitude %.0f m rms of %.0f m (plain relative rms %.2f %%), at the end %+.0f m\n", m->altitude_rms_m,
           m->altitude_end_m, 100.0 * m->altitude_relative_rms, m->altitude_last_m);
    printf("  speed %.1f m/s rms of %.1f m/s (plain relative rms %.2f %%), at the end %+.1f m/s\n", m->speed_rms_m_s,
           m->speed_end_m_s, 100.0 * m->speed_relative_rms, m->speed_last_m_s);
    suite_error("rms altitude error, of the final altitude", 100.0 * m->altitude_rms_m / m->altitude_end_m, "%",
                bound_percent);
    suite_error("rms speed error, of the final speed", 100.0 * m->speed_rms_m_s / m->speed_end_m_s, "%", bound_percent);
}

START_TEST(demo_1_calibrated)
{
    static falcon_record record;
    static cosmo_mission mission;
    cosmo_run run;
    cosmo_arena *arena = falcon_open(&run);
    ck_assert(falcon_read_tsv(DEMO_1, arena, &record));
    falcon_check(&run, cosmo_mission_read("missions/falcon-demo-1.yaml", arena, &run, &mission));
    cosmo_flight flight = cosmo_mission_flight(&mission);
    const cosmo_controls controls = {flight.steering.azimuth_rad, 0.05, flight.payload_kg};
    cosmo_ascent flown;
    falcon_check(&run, cosmo_ascent_fly(&flight, &controls, 0.5, arena, &run, &flown));
    const double liftoff = falcon_liftoff(&record);
    printf(" Demo-1, calibrated: first motion at T+%.2f s on the webcast clock (the mission takes 1.5 s)\n", liftoff);
    suite_error("first motion less the mission's T+1.5 s", liftoff - 1.5, "s", 0.3);
    const falcon_misfit first = falcon_compare(&record, &flown.trajectory, 1.5, 20.0, 156.0);
    const falcon_misfit all = falcon_compare(&record, &flown.trajectory, 1.5, 20.0, 538.0);
    printf(" T+20 s to first-stage cut-off:\n");
    falcon_print(&first, 2.0);
    printf(" T+20 s to T+538 s:\n");
    falcon_print(&all, 2.0);
    ck_assert(flown.inserted);
    cosmo_arena_destroy(arena);
}
END_TEST

int main(void)
{
    if (!falcon_exists(DEMO_1) || !falcon_exists("../shared/data/telemetry")) {
        printf("skip: ../shared/data/telemetry is absent\n");
        return 77;
    }
    const TTest *const tests[] = {demo_1_calibrated};
    return suite_run("falcon", tests, sizeof tests / sizeof tests[0]);
}
