/* cosmodrome risk MISSION */
#include "cli/risk_folder.h"
#include "cli/sampling.h"

/* The folder of -o: all of its files, or none. */
static cosmo_status risk_write(cosmo_call *call, const cosmo_risk_case *result, const char *json, size_t bytes)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_page page;
    cosmo_risk_folder folder;
    cosmo_file_part files[COSMO_RISK_FOLDER_MAX];
    COSMO_TRY(cosmo_risk_page_make(result, arena, run, &page));
    COSMO_TRY(cosmo_risk_folder_make(call, result, &page, &folder));
    cosmo_text kml = cosmo_text_begin(arena);
    cosmo_kml_write(&kml, page.title, page.epoch_utc, page.layers, page.n_layers);
    if (kml.failed) return cosmo_run_out_of_memory(run);
    COSMO_TRY(cosmo_risk_folder_add(&folder, "case.kml", kml.data, kml.length, run));
    COSMO_TRY(cosmo_risk_folder_add(&folder, "summary.json", json, bytes, run));
    for (size_t i = 0; i < folder.n; i++) {
        const cosmo_case_part *part = &folder.parts[i];
        files[i] = (cosmo_file_part){cosmo_file_join(arena, call->common.folder, part->name), part->data, part->bytes};
        COSMO_NEED(files[i].path, run);
    }
    COSMO_TRY(cosmo_file_make_folder(call->common.folder, run));
    return cosmo_file_write_all(files, folder.n, run);
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
