/* Flown ascents against published events. Soyuz MS is a calibration (pitch programme, start-up propellant; drag scale
 * left at 1); everything else here is a prediction with the same data. Sources:
 * ../shared/data/vehicles/ascent_events.tsv and vehicles.tsv, whose figures are written out below beside their bounds.
 */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>

static const double DEG = 57.29577951308232;

typedef struct flown {
    cosmo_arena *arena;
    cosmo_run run;
    cosmo_mission mission;
    cosmo_case result;
} flown;

static void check(const cosmo_run *run, cosmo_status status)
{
    ck_assert_msg(status == COSMO_OK, "%s", run->message);
}

static void open_run(flown *f)
{
    f->arena = cosmo_arena_create(1 << 20, NULL);
    cosmo_run_init(&f->run, f->arena);
    f->run.data_folder = "data";
}

static flown *fly(const char *path)
{
    static flown f;
    open_run(&f);
    check(&f.run, cosmo_mission_read(path, f.arena, &f.run, &f.mission));
    check(&f.run, cosmo_case_fly(&f.mission, f.arena, &f.run, &f.result));
    printf(" %s\n", path);
    return &f;
}

static const cosmo_event *event(const flown *f, const char *name)
{
    for (size_t i = 0; i < f->result.ascent.trajectory.n_events; i++)
        if (strcmp(f->result.ascent.trajectory.events[i].name, name) == 0)
            return &f->result.ascent.trajectory.events[i];
    ck_abort_msg("no event %s", name);
    return NULL;
}

static const cosmo_body_impact *impact(const flown *f, const char *body)
{
    for (size_t i = 0; i < f->result.ascent.impacts.n; i++)
        if (strcmp(f->result.ascent.impacts.items[i].body, body) == 0) return &f->result.ascent.impacts.items[i];
    ck_abort_msg("no impact of %s", body);
    return NULL;
}

static double km(const cosmo_event *e)
{
    return 1e-3 * e->place.altitude_m;
}

START_TEST(soyuz_ms_calibrated)
{
    flown *f = fly("missions/soyuz-ms.yaml");
    const cosmo_ascent *a = &f->result.ascent;
    const cosmo_event *strap = event(f, "separation:strap-on"), *fairing = event(f, "jettison:fairing"),
                      *core = event(f, "separation:core");
    suite_error("strap-on separation, time less 117.85", strap->state.t_s - 117.85, "s", 0.3);
    suite_error("strap-on separation, altitude less 45", km(strap) - 45.0, "km", 3.0);
    suite_error("strap-on separation, ground speed less 1695", strap->speed_ground_m_s - 1695.0, "m/s", 55.0);
    suite_error("fairing, time less 153.3", fairing->state.t_s - 153.3, "s", 0.01);
    suite_error("fairing, altitude less 79", km(fairing) - 79.0, "km", 4.0);
    suite_error("core separation, time less 287.7", core->state.t_s - 287.7, "s", 0.5);
    suite_error("core separation, altitude less 157", km(core) - 157.0, "km", 8.0);
    suite_error("core separation, ground speed less 3725", core->speed_ground_m_s - 3725.0, "m/s", 75.0);
    suite_error("third-stage cut-off, time less 525.9", event(f, "cutoff:third-stage")->state.t_s - 525.9, "s", 5.0);
    suite_error("perigee less 200", 1e-3 * a->orbit.perigee_altitude_m - 200.0, "km", 2.0);
    suite_error("apogee less 242", 1e-3 * a->orbit.apogee_altitude_m - 242.0, "km", 5.0);
    suite_error("inclination less 51.67", a->orbit.inclination_rad * DEG - 51.67, "deg", 0.01);
    suite_error("max q less 36.3", 1e-3 * a->max_q_pa - 36.3, "kPa", 3.63);
    suite_error("strap-ons, downrange less 350", 1e-3 * impact(f, "strap-on")->downrange_m - 350.0, "km", 20.0);
    suite_error("fairing, downrange less 500", 1e-3 * impact(f, "fairing")->downrange_m - 500.0, "km", 60.0);
    suite_error("core, downrange less 1550", 1e-3 * impact(f, "core")->downrange_m - 1550.0, "km", 50.0);
    ck_assert(f->result.solution.feasible);
    cosmo_arena_destroy(f->arena);
}
END_TEST

START_TEST(progress_ms_predicted)
{
    flown *f = fly("missions/progress-ms.yaml");
    const cosmo_event *core = event(f, "separation:core");
    suite_error("fairing at 183.2 s, altitude less 91", km(event(f, "jettison:fairing")) - 91.0, "km", 4.0);
    suite_error("core separation, time less 287.4", core->state.t_s - 287.4, "s", 0.5);
    suite_error("core separation, altitude less 143", km(core) - 143.0, "km", 8.0);
    suite_error("perigee less 193", 1e-3 * f->result.ascent.orbit.perigee_altitude_m - 193.0, "km", 2.0);
    suite_error("apogee less 240", 1e-3 * f->result.ascent.orbit.apogee_altitude_m - 240.0, "km", 5.0);
    suite_error("third-stage cut-off, time less 526", event(f, "cutoff:third-stage")->state.t_s - 526.0, "s", 5.0);
    cosmo_arena_destroy(f->arena);
}
END_TEST

/* ---- flights that no mission file describes ------------------------------------------------------------------------
 */

typedef struct wanted {
    const char *vehicle, *site, *pad;
    double payload_kg, perigee_km, apogee_km, inclination_deg;
} wanted;

static cosmo_flight flight_of(flown *f, const wanted *w)
{
    open_run(f);
    const cosmo_pad *pad = NULL;
    check(&f->run, cosmo_vehicle_read(w->vehicle, NULL, f->arena, &f->run, &f->mission.vehicle));
    check(&f->run, cosmo_site_read(w->site, NULL, f->arena, &f->run, &f->mission.site));
    check(&f->run, cosmo_site_pad(&f->mission.site, w->pad, NULL, &f->run, &pad));
    cosmo_flight flight = {.vehicle = &f->mission.vehicle,
                           .pad = {pad->latitude_rad, pad->longitude_rad, pad->altitude_m},
                           .payload_kg = w->payload_kg,
                           .environment = {.gravity = COSMO_GRAVITY_J6}};
    cosmo_section_defaults(cosmo_ascent_target_section(), &flight.target, f->arena);
    cosmo_section_defaults(cosmo_ascent_steering_section(), &flight.steering, f->arena);
    cosmo_section_defaults(cosmo_ascent_limits_section(), &flight.limits, f->arena);
    flight.target.perigee_altitude_m = 1e3 * w->perigee_km;
    flight.target.apogee_altitude_m = 1e3 * w->apogee_km;
    flight.target.inclination_rad = w->inclination_deg / DEG;
    return flight;
}

/* From Kourou the Fregat ends the ascent; its target hardly matters to the first 290 s. */
START_TEST(soyuz_from_kourou_predicted)
{
    static flown f;
    const wanted w = {"soyuz-2.1b-fregat", "kourou", "ELS", 3250.0, 0.0, 200.0, 5.4};
    cosmo_flight flight = flight_of(&f, &w);
    flight.target.insertion_altitude_m = 190e3;
    check(&f.run, cosmo_targeting_solve(&flight, false, f.arena, &f.run, &f.result.solution));
    check(&f.run, cosmo_ascent_fly(&flight, &f.result.solution.controls, 1.0, f.arena, &f.run, &f.result.ascent));
    printf(" Soyuz-2.1b from Kourou\n");
    suite_error("at 117.9 s, altitude less 43.2", km(event(&f, "separation:strap-on")) - 43.2, "km", 3.0);
    suite_error("at 117.9 s, ground speed less 1720 (no bound set)",
                event(&f, "separation:strap-on")->speed_ground_m_s - 1720.0, "m/s", 200.0);
    suite_error("at 286.4 s, altitude less 144.7", km(event(&f, "cutoff:core")) - 144.7, "km", 8.0);
    suite_error("at 286.4 s, ground speed less 3650 (no bound set)",
                event(&f, "cutoff:core")->speed_ground_m_s - 3650.0, "m/s", 300.0);
    cosmo_arena_destroy(f.arena);
}
END_TEST

/* The orbits of the published payloads are not given to the kilometre; those flown here are written beside them. */
START_TEST(largest_payloads)
{
    static const struct {
        wanted w;
        double published_kg;
    } rows[] = {
        {{"soyuz-2.1a-cargo", "baikonur", "31/6", 7430.0, 200.0, 240.0, 51.6}, 7430.0},
        {{"proton-m", "baikonur", "200/39", 23000.0, 180.0, 180.0, 51.5}, 23000.0},
        {{"long-march-2c", "jiuquan", "SLS-2", 3850.0, 200.0, 400.0, 42.0}, 3850.0},
        {{"angara-a5", "vostochny", "1A", 24500.0, 200.0, 200.0, 51.7}, 24500.0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        static flown f;
        wanted w = rows[i].w;
        cosmo_flight flight = flight_of(&f, &w);
        check(&f.run, cosmo_targeting_solve(&flight, true, f.arena, &f.run, &f.result.solution));
        const double largest = f.result.solution.payload_max_kg;
        printf(" %s, %.0f x %.0f km, %.1f deg: largest payload %.0f kg\n", w.vehicle, w.perigee_km, w.apogee_km,
               w.inclination_deg, largest);
        suite_error("largest payload less the published one", 100.0 * (largest / rows[i].published_kg - 1.0), "%", 8.0);
        for (int side = -1; side <= 1; side += 2) {
            flight.payload_kg = largest * (1.0 + 0.01 * side);
            cosmo_solution s;
            check(&f.run, cosmo_targeting_solve(&flight, false, f.arena, &f.run, &s));
            printf("  %.0f kg: %s, margin %.1f kg, shortfall %.1f kg, %.1f m/s\n", flight.payload_kg,
                   s.feasible ? "flown" : "refused", s.propellant_margin_kg, s.shortfall_kg, s.shortfall_m_s);
            ck_assert_int_eq(s.feasible, side < 0);
            ck_assert((s.shortfall_kg > 0.0) == (side > 0));
        }
        cosmo_arena_destroy(f.arena);
    }
}
END_TEST

static double distance_to_zone_km(const flown *f, const cosmo_body_impact *b, const char *id)
{
    const cosmo_zone *zone = cosmo_zones_find(&f->mission.zones, id);
    ck_assert_ptr_nonnull(zone);
    double distance, azimuth;
    cosmo_geodesic_between((cosmo_geodetic){zone->latitude_rad, zone->longitude_rad, 0.0}, b->impact.place, &distance,
                           &azimuth);
    return 1e-3 * distance;
}

START_TEST(proton_first_stage)
{
    static flown f;
    open_run(&f);
    check(&f.run, cosmo_mission_read("missions/proton-51.yaml", f.arena, &f.run, &f.mission));
    cosmo_flight flight = cosmo_mission_flight(&f.mission);
    flight.falls.n = 0;
    check(&f.run, cosmo_targeting_solve(&flight, false, f.arena, &f.run, &f.result.solution));
    check(&f.run, cosmo_ascent_fly(&flight, &f.result.solution.controls, 1.0, f.arena, &f.run, &f.result.ascent));
    const cosmo_body_impact *b = impact(&f, "stage-1");
    printf(" proton-51, not told where to fall: %.1f km downrange\n", 1e-3 * b->downrange_m);
    suite_error("distance from the centre of RP-25", distance_to_zone_km(&f, b, "RP-25"), "km", 40.0);
    printf("  range per degree of path angle at separation: %.1f km (path angle %.2f deg)\n",
           1e-3 * b->range_per_path_angle_m / DEG, event(&f, "separation:stage-1")->flight_path_angle_rad * DEG);
    ck_assert(fabs(b->range_per_path_angle_m) > 0.0);
    cosmo_arena_destroy(f.arena);
    flown *told = fly("missions/proton-51.yaml");
    b = impact(told, "stage-1");
    printf(" told: RP-25 %.1f km, RP-15 %.1f km from the centres\n", distance_to_zone_km(told, b, "RP-25"),
           distance_to_zone_km(told, b, "RP-15"));
    ck_assert_int_eq(b->inside_zone, 1);
    cosmo_arena_destroy(told->arena);
}
END_TEST

/* Every lane of a batch, and every build, flies what the nominal flies. */
START_TEST(batch_agrees_with_nominal)
{
    flown *f = fly("missions/soyuz-ms.yaml");
    const cosmo_flight flight = cosmo_mission_flight(&f->mission);
    cosmo_controls controls[11];
    cosmo_outcome outcomes[11];
    for (int i = 0; i < 11; i++) controls[i] = f->result.solution.controls;
    check(&f->run, cosmo_ascent_fly_many(&flight, 11, controls, NULL, 0.0, true, &f->run, outcomes));
    double worst = 0.0;
    for (size_t k = 0; k < outcomes[0].n_bodies; k++) {
        if (!isfinite(outcomes[0].impact_t_s[k])) continue;
        double distance, azimuth;
        cosmo_geodesic_between(impact(f, outcomes[0].body[k])->impact.place, outcomes[0].impact[k], &distance,
                               &azimuth);
        printf("  %-12s %.2f m\n", outcomes[0].body[k], distance);
        worst = fmax(worst, distance);
    }
    suite_error("impacts of the batch against the nominal integrator", worst, "m", 50.0);
    for (int i = 1; i < 11; i++)
        ck_assert_msg(memcmp(&outcomes[0].orbit, &outcomes[i].orbit, sizeof outcomes[0].orbit) == 0 &&
                          memcmp(outcomes[0].impact, outcomes[i].impact, sizeof outcomes[0].impact) == 0,
                      "lane %d differs", i);
    cosmo_arena_destroy(f->arena);
}
END_TEST

COSMO_SUITE("truth/ascent", soyuz_ms_calibrated, progress_ms_predicted, soyuz_from_kourou_predicted, largest_payloads,
            proton_first_stage, batch_agrees_with_nominal)
