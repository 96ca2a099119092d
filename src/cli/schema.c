/* cosmodrome schema: the JSON schema of summaries, docs/schema/. */
#include "cli/command.h"
#include "cosmodrome/study.h"

#include <string.h>

static cosmo_status schema_act(cosmo_call *call)
{
    static const char *const names[] = {"fly", "risk", "closures", "toxics", "toxics-against"};
    static const char *(*const makers[])(cosmo_arena *, size_t *) = {cosmo_summary_schema, cosmo_risk_summary_schema,
                                                                     cosmo_closures_schema, cosmo_toxics_summary_schema,
                                                                     cosmo_toxics_against_schema};
    const char *asked = call->n_arguments > 0 ? call->arguments[0] : names[0];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], asked) != 0) continue;
        size_t bytes;
        const char *text = makers[i](call->arena, &bytes);
        COSMO_NEED(text, call->run);
        return cosmo_commands_print(call, text, bytes);
    }
    return cosmo_run_fail(call->run, COSMO_BAD_INPUT,
                          "error: there is no schema of '%.80s'; known: fly, risk, closures, toxics, toxics-against",
                          asked);
}

const cosmo_command cosmo_schema_command = {
    .name = "schema",
    .usage = "[fly|risk|closures|toxics|toxics-against]",
    .help = "Print the JSON schema of the summary of a flown mission, of its risk, of a release or two, or of "
            "closures.json",
    .arguments_max = 1,
    .act = schema_act,
};
