/* cosmodrome help [KEY|COMMAND] */
#include "cli/command.h"
#include "cli/tops.h"

static cosmo_status help_key(cosmo_call *call, const char *key)
{
    cosmo_tops tops;
    COSMO_TRY(cosmo_tops_make(call->arena, call->run, &tops));
    cosmo_text out = cosmo_text_begin(call->arena);
    const char *nearest = NULL, *nearest_command = NULL;
    if (cosmo_section_help(tops.sections, COSMO_TOPS_N, key, &out, &nearest))
        return cosmo_commands_print_text(call, &out);
    if (out.failed) return cosmo_run_out_of_memory(call->run);
    cosmo_commands_find(key, &nearest_command);
    if (nearest == NULL) nearest = nearest_command;
    if (nearest == NULL) return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: no key or command '%.80s'", key);
    return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: no key or command '%.80s'; did you mean '%s'?", key,
                          nearest);
}

static cosmo_status help_act(cosmo_call *call)
{
    const cosmo_command *command = NULL;
    if (call->n_arguments > 0) {
        command = cosmo_commands_find(call->arguments[0], NULL);
        if (command == NULL) return help_key(call, call->arguments[0]);
    }
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_commands_help(command, &out);
    return cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_help_command = {
    .name = "help",
    .usage = "[COMMAND|KEY]",
    .help = "Explain the program, a command, or a key of an input file",
    .arguments_max = 1,
    .act = help_act,
};
