/* cosmodrome report MISSION|CASE */
#include "cli/flying.h"
#include "cli/toxics_folder.h"

enum { MAKE_REPORT_BYTES_MAX = 1 << 20 };

/* A file with a section `source` is a release. What cannot be read here is told by the reader of missions. */
static bool make_report_is_release(cosmo_call *call)
{
    const char *data;
    size_t bytes;
    const cosmo_yaml *root;
    cosmo_run quiet = *call->run;
    const char *path = call->arguments[0];
    return cosmo_file_read(path, MAKE_REPORT_BYTES_MAX, call->arena, &quiet, &data, &bytes) == COSMO_OK &&
           cosmo_yaml_parse(path, data, bytes, call->arena, &quiet, &root) == COSMO_OK && cosmo_release_is_one(root);
}

static cosmo_status make_report_release(cosmo_call *call)
{
    cosmo_toxics *toxics = cosmo_arena_alloc(call->arena, sizeof *toxics);
    COSMO_NEED(toxics, call->run);
    COSMO_TRY(cosmo_toxics_read(call->arguments[0], call->arena, call->run, toxics));
    const char *folder = call->common.folder;
    if (folder == NULL) folder = cosmo_file_join(call->arena, "out", toxics->release.name);
    COSMO_NEED(folder, call->run);
    return cosmo_toxics_folder_act(call, toxics, folder);
}

static cosmo_status make_report_act(cosmo_call *call)
{
    return make_report_is_release(call) ? make_report_release(call) : cosmo_flying_act(call, true);
}

const cosmo_command cosmo_make_report_command = {
    .name = "report",
    .usage = "MISSION|CASE",
    .help = "Do all that a mission or a case of released substances allows and write it to a folder, with report.html "
            "to begin with",
    .details =
        "Flies the mission and, where it has a section 'risk', says how many people the flight could hurt: both in one "
        "folder,\n"
        "out/NAME or that of -o DIR. summary.json tells of the flight, risk.json of the risk. Open report.html in a "
        "browser;\n"
        "it needs nothing else.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .act = make_report_act,
};
