/* Missions: what is read, what is resolved, what happens without memory. */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const double DEG = 3.14159265358979323846 / 180.0;

static const char *mission_text(const char *path, cosmo_arena *arena, size_t *bytes)
{
    cosmo_run run;
    cosmo_run_init(&run, arena);
    const char *data;
    ck_assert_msg(cosmo_file_read(path, 1 << 20, arena, &run, &data, bytes) == COSMO_OK, "%s", run.message);
    return data;
}

static cosmo_mission *mission_read(const char *path, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    cosmo_run_init(run, arena);
    run->data_folder = "data";
    const cosmo_status status = cosmo_mission_read(path, arena, run, mission);
    ck_assert_msg(status == COSMO_OK, "%s", run->message);
    return mission;
}

START_TEST(every_key_arrives)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    size_t bytes;
    const char *text = mission_text("fuzz/corpus/mission/every-key.yaml", arena, &bytes);
    cosmo_mission *m = cosmo_arena_alloc(arena, sizeof *m);
    ck_assert_msg(cosmo_mission_parse("every-key.yaml", text, bytes, arena, &run, m) == COSMO_OK, "%s", run.message);
    ck_assert_str_eq(m->name, "every-key");
    ck_assert_str_eq(m->vehicle_id, "soyuz-2.1a-crew");
    ck_assert_str_eq(m->pad_id, "31/6");
    ck_assert_double_eq(m->payload.mass_kg, 7200.0);
    ck_assert_uint_eq(m->payload.propellants.n, 1);
    ck_assert_double_eq(m->target.insertion_altitude_m, 210e3);
    ck_assert_int_eq(m->target.direction, COSMO_DIRECTION_SOUTHWARD);
    ck_assert_double_eq_tol(m->target.inclination_rad, 51.67 * DEG, 1e-15);
    ck_assert_uint_eq(m->steering.pitch_programme.n_rows, 2);
    ck_assert(!m->steering.closed_loop);
    ck_assert_double_eq(m->limits.heat_flux_w_m2, 1135.0);
    ck_assert_uint_eq(m->overrides.n, 1);
    ck_assert_uint_eq(m->falls.n, 3);
    ck_assert_uint_eq(m->burns.n, 1);
    ck_assert_int_eq(m->earth.gravity, COSMO_GRAVITY_SPHERE);
    ck_assert(!m->earth.terrain);
    ck_assert_double_eq_tol(m->weather.wind_from_rad, 270.0 * DEG, 1e-15);
    ck_assert_double_eq(m->output.sample_step_s, 0.5);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(what_is_left_out_has_its_default)
{
    static const char text[] = "vehicle: v\nsite: s\npad: p\npayload: {mass: 1 t}\n"
                               "target: {perigee: 200 km, apogee: 200 km, inclination: 50 deg}\n";
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_mission *m = cosmo_arena_alloc(arena, sizeof *m);
    const cosmo_status status =
        cosmo_mission_parse("some/where/my-mission.yaml", text, sizeof text - 1, arena, &run, m);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
    ck_assert_str_eq(m->name, "my-mission");
    ck_assert_str_eq(m->title, "my-mission");
    ck_assert_ptr_null(m->liftoff_utc);
    ck_assert_int_eq(m->earth.gravity, COSMO_GRAVITY_J6);
    ck_assert(m->earth.terrain && m->steering.closed_loop);
    ck_assert(isnan(m->weather.wind_speed_m_s) && isnan(m->steering.azimuth_rad) && isnan(m->limits.acceleration_m_s2));
    ck_assert_double_eq(m->output.sample_step_s, 1.0);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(worked_missions_resolve)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    const cosmo_mission *m = mission_read("missions/soyuz-ms.yaml", arena, &run);
    ck_assert_str_eq(m->vehicle.id, "soyuz-2.1a-crew");
    ck_assert_str_eq(m->pad->id, "31/6");
    ck_assert_uint_gt(m->zones.n, 10);
    ck_assert_uint_gt(m->map.n_places, 1000);
    ck_assert_ptr_nonnull(m->terrain);
    ck_assert_str_eq(run.notes[0].text, "soyuz-ms.yaml");
    ck_assert_str_eq(run.notes[0].detail, m->sha256);
    const cosmo_flight flight = cosmo_mission_flight(m);
    ck_assert_ptr_eq(flight.vehicle, &m->vehicle);
    ck_assert_ptr_null(flight.environment.weather);
    ck_assert_double_eq_tol(flight.pad.latitude_rad / DEG, 45.996034, 1e-9);
    cosmo_arena_destroy(arena);
}
END_TEST

/* A mission in a folder of its own, with a sounding beside it. */
START_TEST(files_are_found_beside_the_mission)
{
    char folder[] = "/tmp/cosmo-mission-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    static const char sounding[] = "altitude_m,wind_m_s,from_deg\n100,5,270\n5000,20,270\n12000,40,270\n";
    size_t bytes;
    const char *base = mission_text("missions/soyuz-ms.yaml", arena, &bytes);
    const char *text = cosmo_arena_print(arena, "%s\nweather: {sounding: wind.csv}\n", base);
    const char *mission = cosmo_file_join(arena, folder, "windy.yaml"),
               *wind = cosmo_file_join(arena, folder, "wind.csv");
    ck_assert_int_eq(cosmo_file_write(mission, text, strlen(text), &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_write(wind, sounding, sizeof sounding - 1, &run), COSMO_OK);
    const cosmo_mission *m = mission_read(mission, arena, &run);
    ck_assert(m->has_weather && m->air.has_wind);
    ck_assert_uint_eq(m->sounding.n, 3);
    const cosmo_flight flight = cosmo_mission_flight(m);
    ck_assert_ptr_eq(flight.environment.weather, &m->air);
    unlink(mission);
    unlink(wind);
    rmdir(folder);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(templates_can_be_read_back)
{
    static const char *const targets[] = {"iss", "sso", "leo", "185x300@64.8"};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    cosmo_list vehicles;
    ck_assert_int_eq(cosmo_catalogue_list("vehicles", arena, &run, &vehicles), COSMO_OK);
    for (size_t v = 0; v < vehicles.n; v++)
        for (size_t t = 0; t < 4; t++) {
            cosmo_text out = cosmo_text_begin(arena);
            const char *vehicle = ((const char *const *)vehicles.items)[v];
            ck_assert_msg(cosmo_template_print(vehicle, "baikonur", targets[t], arena, &run, &out) == COSMO_OK, "%s",
                          run.message);
            cosmo_mission *m = cosmo_arena_alloc(arena, sizeof *m);
            const cosmo_status status = cosmo_mission_parse("new.yaml", out.data, out.length, arena, &run, m);
            ck_assert_msg(status == COSMO_OK, "%s to %s: %s", vehicle, targets[t], run.message);
            ck_assert_str_eq(m->vehicle_id, vehicle);
        }
    cosmo_text out = cosmo_text_begin(arena);
    ck_assert_int_eq(cosmo_template_print("proton-m", "baikonur", "moon", arena, &run, &out), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "unknown target 'moon'; known: iss, sso, leo"));
    ck_assert_int_eq(cosmo_template_print("proton-m", "baikonur", "400x200@50", arena, &run, &out), COSMO_BAD_INPUT);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(a_template_chooses_the_pad_that_flies_the_vehicle)
{
    static const char *const wanted[][3] = {{"proton-m", "baikonur", "pad: \"81/24\""},
                                            {"soyuz-2.1b-fregat", "baikonur", "pad: \"31/6\""},
                                            {"soyuz-5", "baikonur", "pad: \"45/1\""},
                                            {"long-march-2c", "jiuquan", "pad: \"SLS-2\""}};
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        cosmo_text out = cosmo_text_begin(arena);
        ck_assert_int_eq(cosmo_template_print(wanted[i][0], wanted[i][1], "leo", arena, &run, &out), COSMO_OK);
        ck_assert_msg(strstr(out.data, wanted[i][2]) != NULL, "%s: no %s in\n%s", wanted[i][0], wanted[i][2], out.data);
    }
    cosmo_arena_destroy(arena);
}
END_TEST

/* ---- without memory
 * -------------------------------------------------------------------------------------------------- */

static void *mission_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void mission_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(every_allocation_may_fail)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    size_t bytes;
    const char *text = mission_text("fuzz/corpus/mission/every-key.yaml", arena, &bytes);
    int n = 0;
    for (cosmo_status status = COSMO_NO_RESOURCES; status != COSMO_OK; n++) {
        int left = n + 1;
        const cosmo_allocator poor = {mission_allocate, mission_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        cosmo_run run;
        cosmo_run_init(&run, small);
        static cosmo_mission mission;
        status = cosmo_mission_parse("every-key.yaml", text, bytes, small, &run, &mission);
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "after %d: %s", n, run.message);
        cosmo_arena_destroy(small);
        ck_assert_int_lt(n, 10000);
    }
    printf("  %d allocations failed in turn\n", n - 1);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(reading_everything_survives_without_memory)
{
    cosmo_status status = COSMO_NO_RESOURCES;
    int tried = 0;
    for (int n = 1; status != COSMO_OK; n += 1 + n / 20, tried++) { /* every one at first, then samples */
        int left = n;
        const cosmo_allocator poor = {mission_allocate, mission_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        if (small == NULL) continue;
        cosmo_run run;
        cosmo_run_init(&run, small);
        run.data_folder = "data";
        static cosmo_mission mission;
        status = cosmo_mission_read("missions/soyuz-ms.yaml", small, &run, &mission);
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "after %d: %s", n, run.message);
        cosmo_arena_destroy(small);
        ck_assert_int_lt(n, 1000000);
    }
    printf("  memory ran out in %d places\n", tried - 1);
}
END_TEST

COSMO_SUITE("study/mission", every_key_arrives, what_is_left_out_has_its_default, worked_missions_resolve,
            files_are_found_beside_the_mission, templates_can_be_read_back,
            a_template_chooses_the_pad_that_flies_the_vehicle, every_allocation_may_fail,
            reading_everything_survives_without_memory)
