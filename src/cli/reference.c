/* cosmodrome reference: the page of all keys, docs/reference.md. */
#include "cli/command.h"
#include "cli/tops.h"

static cosmo_status reference_act(cosmo_call *call)
{
    cosmo_tops tops;
    COSMO_TRY(cosmo_tops_make(call->arena, call->run, &tops));
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_section_reference(tops.sections, COSMO_TOPS_N, &out);
    return cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_reference_command = {
    .name = "reference",
    .usage = "",
    .help = "Print the reference page of all keys of input files (Markdown)",
    .act = reference_act,
};
