/* Every file of data/vehicles, data/sites and data/zones: it reads, its masses add up, each figure says where it is
 * from. */
#include "vehicle/data.h"

static cosmo_list files_ids(data_bench *bench, const char *kind)
{
    cosmo_list ids;
    ck_assert_msg(cosmo_catalogue_list(kind, bench->arena, &bench->run, &ids) == COSMO_OK, "%s", bench->run.message);
    ck_assert_msg(ids.n > 0, "no %s", kind);
    return ids;
}

static void files_vehicle(data_bench *bench, const char *id, cosmo_vehicle *vehicle)
{
    const cosmo_status status = cosmo_vehicle_read(id, NULL, bench->arena, &bench->run, vehicle);
    ck_assert_msg(status == COSMO_OK, "%s", bench->run.message);
}

static void files_facts(const cosmo_facts *facts, const char *id)
{
    ck_assert_msg(facts->n > 0, "%s: no facts", id);
    for (size_t i = 0; i < facts->n; i++) {
        const cosmo_fact *fact = &facts->items[i];
        ck_assert_msg(fact->source != NULL, "%s:%d: %s has no source", fact->file, fact->line, fact->path);
        ck_assert_msg(fact->confidence != NULL, "%s:%d: %s has no confidence", fact->file, fact->line, fact->path);
    }
}

START_TEST(vehicles_read_and_every_figure_has_a_source)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list ids = files_ids(&bench, "vehicles");
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        files_vehicle(&bench, names[i], &vehicle);
        ck_assert_str_eq(vehicle.id, names[i]);
        ck_assert_ptr_nonnull(vehicle.summary);
        files_facts(&vehicle.facts, vehicle.id);
    }
    printf("  %zu vehicles\n", ids.n);
    data_close(&bench);
}
END_TEST

START_TEST(sites_read_and_every_figure_has_a_source)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list ids = files_ids(&bench, "sites");
    const char *const *names = ids.items;
    size_t pads = 0;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_site site;
        ck_assert_msg(cosmo_site_read(names[i], NULL, bench.arena, &bench.run, &site) == COSMO_OK, "%s",
                      bench.run.message);
        files_facts(&site.facts, site.id);
        pads += site.pads.n;
    }
    printf("  %zu sites, %zu pads\n", ids.n, pads);
    data_close(&bench);
}
END_TEST

/* As published, payload included. The published figures are themselves rounded or shared by variants. */
START_TEST(liftoff_masses_agree_with_those_published)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list ids = files_ids(&bench, "vehicles");
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        files_vehicle(&bench, names[i], &vehicle);
        if (isnan(vehicle.liftoff_mass_kg) || isnan(vehicle.payload_reference_kg)) continue;
        const double mass_kg = cosmo_vehicle_mass_kg(&vehicle) + vehicle.payload_reference_kg;
        suite_error(names[i], 100.0 * (mass_kg / vehicle.liftoff_mass_kg - 1.0), "%", 3.0);
    }
    data_close(&bench);
}
END_TEST

/* Usable propellant over full flow: how long a stage burns before its tanks are empty. */
static double files_full_burn_s(const cosmo_stage *stage)
{
    return cosmo_vehicle_usable_kg(stage) / (stage->thrust_vacuum_n / (9.80665 * stage->isp_vacuum_s));
}

/* With cutoff: time, the tanks must last: seconds at full flow up to the cut-off, throttle steps included. */
static double files_flow_seconds(const cosmo_stage *stage)
{
    double seconds = 0.0, fraction = 1.0, since = 0.0;
    for (size_t i = 0; i < stage->throttle.n_rows && stage->throttle.values[2 * i] < stage->cutoff_time_s; i++) {
        seconds += fraction * (stage->throttle.values[2 * i] - since);
        since = stage->throttle.values[2 * i];
        fraction = stage->throttle.values[2 * i + 1];
    }
    return seconds + fraction * (stage->cutoff_time_s - since);
}

START_TEST(tanks_last_until_a_timed_cutoff)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list ids = files_ids(&bench, "vehicles");
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        files_vehicle(&bench, names[i], &vehicle);
        const cosmo_stage *stages = vehicle.stages.items;
        for (size_t s = 0; s < vehicle.stages.n; s++) {
            if (stages[s].cutoff != COSMO_CUTOFF_TIME || strcmp(stages[s].ignition_event, "liftoff") != 0) continue;
            const double spare_s = files_full_burn_s(&stages[s]) - files_flow_seconds(&stages[s]);
            printf("  %s, %s: %.2f s of full flow to spare\n", names[i], stages[s].id, spare_s);
            ck_assert_msg(spare_s >= 0.0, "%s, %s: the tanks are empty %.2f s early", names[i], stages[s].id, -spare_s);
        }
    }
    data_close(&bench);
}
END_TEST

START_TEST(fragments_add_up_to_the_dry_mass)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list ids = files_ids(&bench, "vehicles");
    const char *const *names = ids.items;
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle vehicle;
        files_vehicle(&bench, names[i], &vehicle);
        const cosmo_stage *stages = vehicle.stages.items;
        const cosmo_fragment_class *classes = vehicle.fragments.items;
        for (size_t s = 0; s < vehicle.stages.n; s++) {
            double mass_kg = 0.0;
            for (size_t f = 0; f < vehicle.fragments.n; f++)
                if (strcmp(classes[f].stage, stages[s].id) == 0)
                    mass_kg += (double)classes[f].count * classes[f].mass_kg;
            ck_assert_msg(fabs(mass_kg / stages[s].dry_mass_kg - 1.0) < 0.005,
                          "%s, %s: fragments of %.0f kg, dry mass %.0f kg", names[i], stages[s].id, mass_kg,
                          stages[s].dry_mass_kg);
        }
        for (size_t f = 0; f < vehicle.fragments.n; f++) { /* 14 CFR 417 App. A: half a decade, or all below 3 lb/ft2 */
            const double ratio = classes[f].ballistic_max_kg_m2 / classes[f].ballistic_min_kg_m2;
            ck_assert_msg(ratio <= 3.1623 || classes[f].ballistic_max_kg_m2 <= 14.65, "%s: %s is too wide", names[i],
                          classes[f].id);
        }
    }
    data_close(&bench);
}
END_TEST

START_TEST(soyuz_is_what_was_published)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_vehicle soyuz;
    files_vehicle(&bench, "soyuz-2.1a-crew", &soyuz);
    const cosmo_stage *stages = soyuz.stages.items;
    ck_assert_uint_eq(soyuz.stages.n, 3);
    ck_assert_str_eq(stages[0].id, "strap-on");
    ck_assert_int_eq(stages[0].count, 4);
    ck_assert_double_eq_tol(cosmo_vehicle_stage_mass_kg(&stages[0]) + stages[0].startup_propellant_kg, 44413.0, 1e-6);
    ck_assert_double_eq_tol(cosmo_vehicle_stage_mass_kg(&stages[1]) + stages[1].startup_propellant_kg, 99765.0, 1e-6);
    ck_assert_int_eq(stages[0].cutoff, COSMO_CUTOFF_TIME);
    ck_assert_double_eq_tol(stages[0].cutoff_time_s, 117.45, 1e-9);
    ck_assert_double_eq_tol(stages[0].throttle.values[3], 0.81, 1e-12);
    ck_assert_str_eq(stages[2].ignition_event, "cutoff:core");
    ck_assert_int_eq(stages[2].cutoff, COSMO_CUTOFF_GUIDANCE);
    ck_assert_int_eq(soyuz.safety.system, COSMO_SAFETY_CUTOFF);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("vehicle/files", vehicles_read_and_every_figure_has_a_source, sites_read_and_every_figure_has_a_source,
            liftoff_masses_agree_with_those_published, tanks_last_until_a_timed_cutoff,
            fragments_add_up_to_the_dry_mass, soyuz_is_what_was_published)
