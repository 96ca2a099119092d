/* cosmodrome fly MISSION */
#include "cli/flying.h"

static cosmo_status fly_act(cosmo_call *call)
{
    return cosmo_flying_act(call, false);
}

const cosmo_command cosmo_fly_command = {
    .name = "fly",
    .usage = "MISSION",
    .help = "Fly a mission: can the vehicle do it, how, and where does everything fall",
    .details = "Finds azimuth and pitch-over that leave the most propellant, flies the nominal ascent, and lets what "
               "is dropped\n"
               "fall. Nothing is written without -o DIR; then DIR holds summary.json, tables, maps and report.html.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .act = fly_act,
};
