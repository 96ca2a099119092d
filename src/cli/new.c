/* cosmodrome new VEHICLE SITE TARGET: a mission file to start from. */
#include "cli/command.h"
#include "cosmodrome/study.h"

static cosmo_status new_act(cosmo_call *call)
{
    cosmo_text out = cosmo_text_begin(call->arena);
    COSMO_TRY(
        cosmo_template_print(call->arguments[0], call->arguments[1], call->arguments[2], call->arena, call->run, &out));
    return cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_new_command = {
    .name = "new",
    .usage = "VEHICLE SITE TARGET",
    .help = "Print a commented mission file to start from",
    .details = "TARGET is iss, sso, leo, or PERIGEExAPOGEE@INCLINATION in km and deg, such as 200x400@51.6:\n"
               "  cosmodrome new soyuz-2.1a-crew baikonur iss >my-mission.yaml\n",
    .arguments_min = 3,
    .arguments_max = 3,
    .needs_data = true,
    .act = new_act,
};
