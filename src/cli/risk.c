/* cosmodrome risk MISSION */
#include "cli/command.h"
#include "cosmodrome/report.h"
#include "cosmodrome/study.h"

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
    COSMO_TRY(cosmo_risk_case_run(mission, arena, run, result));
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
    }
    if (call->common.json) return cosmo_commands_print(call, json, bytes);
    cosmo_text out = cosmo_text_begin(arena);
    COSMO_TRY(cosmo_risk_summary_print(result, arena, &out));
    const char *folder = call->common.folder;
    if (folder != NULL) cosmo_text_print(&out, "\nwritten to %s/; begin with %s/report.html\n", folder, folder);
    return cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_risk_command = {
    .name = "risk",
    .usage = "MISSION",
    .help = "Say how many people a flight could hurt: dispersions, failures, debris, casualty expectation",
    .details = "Flies the mission many times, each time a little different, lets it fail at every moment in several "
               "ways, lets the\n"
               "pieces fall among the people of the population grid, and adds up what they do. -o DIR writes "
               "report.html and summary.json.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .act = risk_act,
};
