/* cosmodrome report MISSION */
#include "cli/flying.h"

static cosmo_status make_report_act(cosmo_call *call)
{
    return cosmo_flying_act(call, true);
}

const cosmo_command cosmo_make_report_command = {
    .name = "report",
    .usage = "MISSION",
    .help = "Do all that a mission allows and write it to a folder, with report.html to begin with",
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
