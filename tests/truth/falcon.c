/* Falcon 9 against the webcasts of its flights (../shared/data/telemetry and vehicles:
 * github.com/shahar603/Telemetry-Data, public domain): Earth-relative speed and altitude once a second.
 *
 * Demo-1 is a calibration: missions/falcon-demo-1.yaml was fitted to the very record it is held against here.
 *
 * CRS-12, NROL-76, JCSAT-16 and SES-11 are predictions of the first stage. Theirs are the vehicle file as published,
 * the payload as published, and throttle times and cut-off from their events. The steering law is one for all: the nose
 * stays vertical to T+20 s (where the line through Demo-1's programme at 30, 45 and 60 s leaves the vertical), turns at
 * a constant rate to the kick angle at T+60 s, and follows a gravity turn from there. The kick angle is the one number
 * fitted, on T+20 s to T+60 s; what is held against the bound is what comes after. How the errors of altitude and speed
 * are spread is not known beforehand, so the likelihood is greatest where the product of both variances is least.
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

/* A flight to predict: what was published of it. Angles deg, times s on the webcast clock, NAN where none is said. */
typedef struct falcon_case {
    const char *name, *vehicle, *site, *pad, *record;
    double payload_kg, azimuth_deg, throttle_down_s, throttle_up_s, cutoff_s;
} falcon_case;

#define TELEMETRY "../shared/data/telemetry/"
/* Azimuths: due east for the two to a geostationary transfer, 45 deg for the space station's orbit; NROL-76 went
 * north-east too, to an orbit seen near 50 deg by amateurs. CRS-12's payload: Dragon 4,200 kg dry, 1,290 kg of its own
 * propellant (Wikipedia, SpaceX Dragon 1), 3,310 kg of cargo (NASA, CRS-12 overview). */
static const falcon_case CRS_12 = {
    "CRS-12", "falcon-9-ft-block-4-dragon", "ksc", "LC-39A", TELEMETRY "crs-12_analysed.json", 8800, 45, 51, 90, 147};
static const falcon_case NROL_76 = {
    "NROL-76", "falcon-9-ft-block-3", "ksc", "LC-39A", TELEMETRY "nrol-76_analysed.json", NAN, 45, NAN, NAN, 140};
static const falcon_case JCSAT_16 = {
    "JCSAT-16", "falcon-9-ft-block-3", "cape-canaveral", "SLC-40", TELEMETRY "jcsat-16_analysed.json", 4600, 90, 49, 63,
    156};
static const falcon_case SES_11 = {
    "SES-11", "falcon-9-ft-block-3", "ksc", "LC-39A", TELEMETRY "ses-11_analysed.json", 5200, 90, 54, 63, 158};

/* Demo-1 was throttled to 75.1 % of 7,607 kN; the same thrust of 5,713 kN is 81 % of what the blocks before it had. */
static const double THROTTLE_DEPTH = 0.81, DEMO_1_DEPTH = 0.751, TURN_FROM_S = 20.0, TURN_TO_S = 60.0,
                    KICK_MAX_DEG = 30.0;

typedef struct falcon_try {
    double payload_kg, kick_deg, cost;
    falcon_misfit fitted, predicted;
} falcon_try;

typedef struct falcon_setup {
    const falcon_case *flown;
    cosmo_run run;
    cosmo_arena *arena;
    cosmo_vehicle vehicle;
    cosmo_flight flight;
    cosmo_stage_override stages[2];
    double throttle[6], pitch[4];
    falcon_record record;
    double payload_kg, throttle_depth, liftoff_s;
} falcon_setup;

/* The times of the mission file count from first motion. */
static void falcon_setup_clock(falcon_setup *s, double liftoff_s)
{
    const falcon_case *c = s->flown;
    s->liftoff_s = liftoff_s;
    for (int i = 0; i < 2; i++) s->stages[i] = (cosmo_stage_override){.reserve_kg = NAN, .cutoff_time_s = NAN};
    s->stages[0].stage = "stage-1";
    s->stages[0].cutoff_time_s = c->cutoff_s - liftoff_s;
    s->stages[1].stage = "stage-2";
    s->stages[1].cutoff_time_s = c->cutoff_s + 20.0 - liftoff_s;
    const double throttle[] = {
        0.0, 1.0, c->throttle_down_s - liftoff_s, s->throttle_depth, c->throttle_up_s - liftoff_s, 1.0};
    memcpy(s->throttle, throttle, sizeof throttle);
    s->stages[0].throttle = (cosmo_table){isfinite(c->throttle_down_s) ? 3 : 1, 2, s->throttle};
    s->flight.overrides = (cosmo_list){2, s->stages};
}

static void falcon_setup_open(falcon_setup *s, const falcon_case *c)
{
    memset(s, 0, sizeof *s);
    s->flown = c;
    s->arena = falcon_open(&s->run);
    cosmo_site site;
    const cosmo_pad *pad;
    falcon_check(&s->run, cosmo_vehicle_read(c->vehicle, NULL, s->arena, &s->run, &s->vehicle));
    falcon_check(&s->run, cosmo_site_read(c->site, NULL, s->arena, &s->run, &site));
    falcon_check(&s->run, cosmo_site_pad(&site, c->pad, NULL, &s->run, &pad));
    cosmo_flight *f = &s->flight;
    f->vehicle = &s->vehicle;
    f->pad = (cosmo_geodetic){pad->latitude_rad, pad->longitude_rad, pad->altitude_m};
    cosmo_section_defaults(cosmo_ascent_target_section(), &f->target, s->arena);
    cosmo_section_defaults(cosmo_ascent_steering_section(), &f->steering, s->arena);
    cosmo_section_defaults(cosmo_ascent_limits_section(), &f->limits, s->arena);
    f->environment.gravity = COSMO_GRAVITY_J6;
    f->target.perigee_altitude_m = f->target.apogee_altitude_m = 200e3;
    f->target.inclination_rad = 0.9;
    f->steering.closed_loop = false;
    f->steering.azimuth_rad = c->azimuth_deg * FALCON_DEG;
    f->steering.vertical_rise_s = TURN_TO_S;
    ck_assert(falcon_read_json(c->record, s->arena, &s->record));
}

static void falcon_fly(falcon_setup *s, double kick_deg, cosmo_arena *arena, cosmo_ascent *flown)
{
    const double pitch[] = {TURN_FROM_S - s->liftoff_s, 90.0 * FALCON_DEG, TURN_TO_S - s->liftoff_s,
                            (90.0 - kick_deg) * FALCON_DEG};
    memcpy(s->pitch, pitch, sizeof pitch);
    s->flight.steering.pitch_programme = (cosmo_table){2, 2, s->pitch};
    s->flight.payload_kg = s->payload_kg;
    const cosmo_controls controls = {s->flight.steering.azimuth_rad, 0.05, s->payload_kg};
    falcon_check(&s->run, cosmo_ascent_fly(&s->flight, &controls, 1.0, arena, &s->run, flown));
}

/* First motion on the webcast clock: where the speeds of T+5 s to T+20 s, flown straight up, fit best. */
static void falcon_setup_liftoff(falcon_setup *s)
{
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_ascent flown;
    double best_s = 0.0, least = INFINITY;
    falcon_setup_clock(s, 0.0);
    falcon_fly(s, 0.0, arena, &flown);
    for (int i = -50; i <= 300; i++) {
        const falcon_misfit m = falcon_compare(&s->record, &flown.trajectory, 0.01 * i, 5.0, 20.0);
        if (m.speed_rms_m_s >= least) continue;
        least = m.speed_rms_m_s;
        best_s = 0.01 * i;
    }
    cosmo_arena_destroy(arena);
    falcon_setup_clock(s, best_s);
}

static falcon_try falcon_attempt(falcon_setup *s, double kick_deg)
{
    cosmo_arena *arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_ascent flown;
    falcon_fly(s, kick_deg, arena, &flown);
    falcon_try try = {.payload_kg = s->payload_kg, .kick_deg = kick_deg};
    try.fitted = falcon_compare(&s->record, &flown.trajectory, s->liftoff_s, TURN_FROM_S, TURN_TO_S);
    try.predicted = falcon_compare(&s->record, &flown.trajectory, s->liftoff_s, TURN_TO_S, s->flown->cutoff_s);
    try.cost = try.fitted.altitude_rms_m * try.fitted.speed_rms_m_s;
    cosmo_arena_destroy(arena);
    return try;
}

static void falcon_row(const falcon_setup *s, const falcon_try *t)
{
    printf("  throttle %4.1f %%, payload %5.0f kg, first motion T%+.2f s, kick %4.1f deg: T+20-60 s %3.0f m, %.1f m/s "
           "rms; "
           "after it altitude %.2f %%, speed %.2f %%\n",
           100.0 * s->throttle_depth, t->payload_kg, s->liftoff_s, t->kick_deg, t->fitted.altitude_rms_m,
           t->fitted.speed_rms_m_s, 100.0 * t->predicted.altitude_rms_m / t->predicted.altitude_end_m,
           100.0 * t->predicted.speed_rms_m_s / t->predicted.speed_end_m_s);
}

/* The kick angle, to a quarter of a degree. */
static falcon_try falcon_fit(falcon_setup *s, double payload_kg, double throttle_depth)
{
    falcon_try best = {.cost = INFINITY};
    s->payload_kg = payload_kg;
    s->throttle_depth = throttle_depth;
    falcon_setup_liftoff(s);
    for (double step = 1.0, from = 1.0, to = KICK_MAX_DEG; step >= 0.25; step -= 0.75) {
        for (double kick = from; kick <= to; kick += step) {
            const falcon_try try = falcon_attempt(s, kick);
            if (try.cost < best.cost) best = try;
        }
        from = best.kick_deg - 0.75;
        to = best.kick_deg + 0.75;
    }
    falcon_row(s, &best);
    return best;
}

static void falcon_predict(const falcon_case *c)
{
    static falcon_setup setup;
    falcon_setup_open(&setup, c);
    printf(" %s, predicted; then as the depth of throttling and the kick angle were otherwise:\n", c->name);
    const falcon_try best = falcon_fit(&setup, c->payload_kg, THROTTLE_DEPTH);
    falcon_fit(&setup, c->payload_kg, DEMO_1_DEPTH);
    setup.throttle_depth = THROTTLE_DEPTH;
    falcon_setup_liftoff(&setup);
    for (int i = -2; i <= 2; i += 4) {
        const falcon_try other = falcon_attempt(&setup, best.kick_deg + i);
        falcon_row(&setup, &other);
    }
    ck_assert_msg(best.kick_deg < KICK_MAX_DEG, "the kick angle is at the end of its range");
    falcon_print(&best.predicted, 4.0);
    cosmo_arena_destroy(setup.arena);
}

START_TEST(crs_12_predicted)
{
    falcon_predict(&CRS_12);
}
END_TEST

START_TEST(jcsat_16_predicted)
{
    falcon_predict(&JCSAT_16);
}
END_TEST

START_TEST(ses_11_predicted)
{
    falcon_predict(&SES_11);
}
END_TEST

/* Its payload is not published: every one that could have been is flown, and the same seconds choose. */
START_TEST(nrol_76_predicted)
{
    static falcon_setup setup;
    falcon_setup_open(&setup, &NROL_76);
    falcon_try best = {.cost = INFINITY};
    printf(" NROL-76, payload swept:\n");
    for (double payload = 0.0; payload <= 14000.0; payload += 1000.0) {
        const falcon_try try = falcon_fit(&setup, payload, 1.0);
        if (try.cost < best.cost) best = try;
    }
    printf(" NROL-76, predicted with the payload that fits T+20-60 s best, %.0f kg:\n", best.payload_kg);
    ck_assert_msg(best.kick_deg < KICK_MAX_DEG, "the kick angle is at the end of its range");
    falcon_print(&best.predicted, 4.0);
    cosmo_arena_destroy(setup.arena);
}
END_TEST

int main(void)
{
    if (!falcon_exists(DEMO_1) || !falcon_exists("../shared/data/telemetry")) {
        printf("skip: ../shared/data/telemetry is absent\n");
        return 77;
    }
    const TTest *const tests[] = {demo_1_calibrated, crs_12_predicted, nrol_76_predicted, jcsat_16_predicted,
                                  ses_11_predicted};
    return suite_run("falcon", tests, sizeof tests / sizeof tests[0]);
}
