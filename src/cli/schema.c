/* cosmodrome schema: the JSON schema of summaries, docs/schema/. */
#include "cli/command.h"
#include "cosmodrome/study.h"

static cosmo_status schema_act(cosmo_call *call)
{
    size_t bytes;
    const char *text = cosmo_summary_schema(call->arena, &bytes);
    COSMO_NEED(text, call->run);
    return cosmo_commands_print(call, text, bytes);
}

const cosmo_command cosmo_schema_command = {
    .name = "schema",
    .usage = "",
    .help = "Print the JSON schema of the summary of a flown mission",
    .act = schema_act,
};
