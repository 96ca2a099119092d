/* cosmodrome risk MISSION */
#include "cli/flying.h"
#include "cli/sampling.h"
#include "cosmodrome/report.h"

enum { RISK_PARTS_MAX = 8 + COSMO_BODIES_MAX };

/* What goes into the folder. */
typedef struct risk_folder {
    cosmo_call *call;
    size_t n;
    cosmo_file_part parts[RISK_PARTS_MAX];
} risk_folder;

static cosmo_status risk_add(risk_folder *folder, const char *name, const void *data, size_t bytes)
{
    const char *path = cosmo_file_join(folder->call->arena, folder->call->common.folder, name);
    COSMO_NEED(path, folder->call->run);
    COSMO_NEED(data, folder->call->run);
    folder->parts[folder->n++] = (cosmo_file_part){path, data, bytes};
    return COSMO_OK;
}

static cosmo_status risk_add_page(risk_folder *folder, const cosmo_risk_case *result)
{
    cosmo_arena *arena = folder->call->arena;
    cosmo_run *run = folder->call->run;
    const cosmo_mission *mission = result->flown.mission;
    cosmo_page page;
    const char *html;
    size_t bytes;
    COSMO_TRY(cosmo_risk_page_make(result, arena, run, &page));
    COSMO_TRY(cosmo_report_html(&page, &mission->map, arena, run, &html, &bytes));
    COSMO_TRY(risk_add(folder, "report.html", html, bytes));
    cosmo_text kml = cosmo_text_begin(arena);
    cosmo_kml_write(&kml, mission->name, mission->liftoff_utc, page.layers, page.n_layers);
    return kml.failed ? cosmo_run_out_of_memory(run) : risk_add(folder, "case.kml", kml.data, kml.length);
}

static cosmo_status risk_add_tables(risk_folder *folder, const cosmo_risk_case *result)
{
    cosmo_arena *arena = folder->call->arena;
    cosmo_run *run = folder->call->run;
    cosmo_text areas = cosmo_text_begin(arena), failures = cosmo_text_begin(arena), oem = cosmo_text_begin(arena);
    const char *created, *closures;
    size_t bytes;
    COSMO_TRY(cosmo_risk_places_areas(result, arena, run, &areas));
    COSMO_TRY(risk_add(folder, "hazard-areas.geojson", areas.data, areas.length));
    COSMO_TRY(cosmo_risk_places_failures(result, run, &failures));
    COSMO_TRY(risk_add(folder, "failures.csv", failures.data, failures.length));
    COSMO_TRY(cosmo_flying_created(folder->call, &created));
    COSMO_TRY(cosmo_risk_places_dispersion(result, created, arena, run, &oem));
    COSMO_TRY(risk_add(folder, "dispersion.oem", oem.data, oem.length));
    COSMO_TRY(cosmo_closures_json(result, arena, run, &closures, &bytes));
    return risk_add(folder, "closures.json", closures, bytes);
}

static cosmo_status risk_add_grids(risk_folder *folder, const cosmo_risk_case *result)
{
    cosmo_list grids;
    COSMO_TRY(cosmo_risk_grids_make(result, folder->call->arena, folder->call->run, &grids));
    const cosmo_case_part *parts = grids.items;
    for (size_t i = 0; i < grids.n; i++) COSMO_TRY(risk_add(folder, parts[i].name, parts[i].data, parts[i].bytes));
    return COSMO_OK;
}

/* The folder of -o: all of its files, or none. */
static cosmo_status risk_write(cosmo_call *call, const cosmo_risk_case *result, const char *json, size_t bytes)
{
    risk_folder folder = {.call = call};
    COSMO_TRY(risk_add_page(&folder, result));
    COSMO_TRY(risk_add_tables(&folder, result));
    COSMO_TRY(risk_add_grids(&folder, result));
    COSMO_TRY(risk_add(&folder, "summary.json", json, bytes));
    COSMO_TRY(cosmo_file_make_folder(call->common.folder, call->run));
    return cosmo_file_write_all(folder.parts, folder.n, call->run);
}

static cosmo_status risk_act(cosmo_call *call)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    cosmo_risk_case *result = cosmo_arena_alloc(arena, sizeof *result);
    COSMO_NEED(mission, run);
    COSMO_NEED(result, run);
    COSMO_TRY(cosmo_mission_read(call->arguments[0], arena, run, mission));
    cosmo_campaign campaign;
    COSMO_TRY(cosmo_sampling_apply(call, mission, &campaign));
    COSMO_TRY(cosmo_risk_case_run(mission, &campaign, arena, run, result));
    if (!cosmo_sampling_answers(&campaign)) return cosmo_campaign_end(&campaign, run);
    call->limit_exceeded = !cosmo_rules_met(&result->findings);
    size_t bytes;
    const char *json = cosmo_risk_summary_json(result, arena, &bytes);
    COSMO_NEED(json, run);
    if (call->common.folder != NULL) COSMO_TRY(risk_write(call, result, json, bytes));
    cosmo_text out = cosmo_text_begin(arena);
    const char *folder = call->common.folder;
    if (call->common.json)
        cosmo_text_put_bytes(&out, json, bytes);
    else {
        COSMO_TRY(cosmo_risk_summary_print(result, arena, &out));
        if (folder != NULL) cosmo_text_print(&out, "\nwritten to %s/; begin with %s/report.html\n", folder, folder);
    }
    COSMO_TRY(cosmo_commands_print_text(call, &out));
    return cosmo_campaign_end(&campaign, run);
}

const cosmo_command cosmo_risk_command = {
    .name = "risk",
    .usage = "MISSION [DIR...]",
    .help = "Say how many people a flight could hurt: dispersions, failures, debris, casualty expectation",
    .details =
        "Flies the mission many times, each time a little different, lets it fail at every moment in several "
        "ways, lets the\n"
        "pieces fall among the people of the population grid, and adds up what they do. -o DIR writes "
        "report.html, summary.json,\n"
        "hazard-areas.geojson (areas of individual risk, for ships and for aircraft), closures.json (what must be "
        "clear, and\n"
        "when), dispersion.oem (the flight with its covariance), failures.csv, case.kml, hazard-probability.tif and "
        "drop-BODY.tif.\n"
        "A run that was stopped goes on with --checkpoint FILE. On several machines: --shard 0/4 -o DIR0 to --shard "
        "3/4 -o DIR3,\n"
        "then --merge DIR0 DIR1 DIR2 DIR3; or mpirun -n 4 cosmodrome risk MISSION -o DIR, where all see DIR. The "
        "answer is the\n"
        "same to the last bit.\n",
    .arguments_min = 1,
    .arguments_max = 1 + COSMO_SAMPLING_SHARDS_MAX,
    .needs_data = true,
    .has_summary = true,
    .options = cosmo_sampling_table,
    .n_options = COSMO_SAMPLING_N_OPTIONS,
    .option_size = sizeof(cosmo_sampling_options),
    .defaults = cosmo_sampling_defaults,
    .act = risk_act,
};
