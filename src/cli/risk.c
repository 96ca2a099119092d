/* cosmodrome risk MISSION */
#include "cli/flying.h"
#include "cli/sampling.h"
#include "cosmodrome/report.h"

static cosmo_status risk_write(cosmo_call *call, const char *name, const cosmo_text *text)
{
    const char *path = cosmo_file_join(call->arena, call->common.folder, name);
    COSMO_NEED(path, call->run);
    return cosmo_file_write(path, text->data, text->length, call->run);
}

static cosmo_status risk_write_places(cosmo_call *call, const cosmo_risk_case *result)
{
    cosmo_text areas = cosmo_text_begin(call->arena), failures = cosmo_text_begin(call->arena),
               dispersion = cosmo_text_begin(call->arena);
    const char *created;
    COSMO_TRY(cosmo_risk_places_areas(result, call->arena, call->run, &areas));
    COSMO_TRY(risk_write(call, "hazard-areas.geojson", &areas));
    COSMO_TRY(cosmo_risk_places_failures(result, call->run, &failures));
    COSMO_TRY(risk_write(call, "failures.csv", &failures));
    COSMO_TRY(cosmo_flying_created(call, &created));
    COSMO_TRY(cosmo_risk_places_dispersion(result, created, call->arena, call->run, &dispersion));
    COSMO_TRY(risk_write(call, "dispersion.oem", &dispersion));
    const char *closures, *path = cosmo_file_join(call->arena, call->common.folder, "closures.json");
    size_t bytes;
    COSMO_NEED(path, call->run);
    COSMO_TRY(cosmo_closures_json(result, call->arena, call->run, &closures, &bytes));
    return cosmo_file_write(path, closures, bytes, call->run);
}

/* report.html, into the folder. */
static cosmo_status risk_write_report(cosmo_call *call, const cosmo_risk_case *result)
{
    cosmo_page page;
    const char *html;
    size_t bytes;
    COSMO_TRY(cosmo_risk_page_make(result, call->arena, call->run, &page));
    COSMO_TRY(cosmo_report_html(&page, &result->flown.mission->map, call->arena, call->run, &html, &bytes));
    const char *path = cosmo_file_join(call->arena, call->common.folder, "report.html");
    COSMO_NEED(path, call->run);
    return cosmo_file_write(path, html, bytes, call->run);
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
    if (call->common.folder != NULL) {
        COSMO_TRY(cosmo_file_make_folder(call->common.folder, run));
        const char *path = cosmo_file_join(arena, call->common.folder, "summary.json");
        COSMO_NEED(path, run);
        COSMO_TRY(cosmo_file_write(path, json, bytes, run));
        COSMO_TRY(risk_write_report(call, result));
        COSMO_TRY(risk_write_places(call, result));
    }
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
        "when), dispersion.oem (the flight with its covariance) and failures.csv.\n"
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
