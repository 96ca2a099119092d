/* The list of commands, their help, and what they share. */
#include "cli/command.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const cosmo_command *const COMMANDS[] = {
    &cosmo_fly_command,          &cosmo_risk_command,      &cosmo_toxics_command, &cosmo_make_report_command,
    &cosmo_impact_point_command, &cosmo_new_command,       &cosmo_list_command,   &cosmo_check_command,
    &cosmo_diff_command,         &cosmo_reference_command, &cosmo_schema_command, &cosmo_help_command};
enum { COMMANDS_N = sizeof COMMANDS / sizeof COMMANDS[0], COMMANDS_COLUMN = 16 };

static const cosmo_option COMMANDS_COMMON[] = {
    {.name = "--json",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(cosmo_common_options, json),
     .help = "print the summary as JSON, and nothing else"},
    {.name = "-o",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(cosmo_common_options, folder),
     .value = "DIR",
     .help = "write results into this folder"},
    {.name = "--seed",
     .kind = COSMO_OPTION_COUNT,
     .offset = offsetof(cosmo_common_options, seed),
     .value = "N",
     .help = "seed of random numbers (1)"},
    {.name = "--threads",
     .kind = COSMO_OPTION_COUNT,
     .offset = offsetof(cosmo_common_options, threads),
     .value = "N",
     .help = "threads to use (as many as there are)"},
    {.name = "--quiet",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(cosmo_common_options, quiet),
     .help = "no progress, no warnings"},
    {.name = "--fail-on-limit",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(cosmo_common_options, fail_on_limit),
     .help = "exit 1 when a limit is not met or cannot be assessed"},
    {.name = "--help",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(cosmo_common_options, help),
     .help = "explain the command"},
};

const cosmo_command *const *cosmo_commands_all(size_t *n)
{
    *n = COMMANDS_N;
    return COMMANDS;
}

const cosmo_command *cosmo_commands_find(const char *name, const char **nearest)
{
    const char *names[COMMANDS_N];
    for (size_t i = 0; i < COMMANDS_N; i++) {
        names[i] = COMMANDS[i]->name;
        if (strcmp(name, names[i]) == 0) return COMMANDS[i];
    }
    if (nearest != NULL) *nearest = cosmo_text_nearest(name, names, COMMANDS_N);
    return NULL;
}

cosmo_option_table cosmo_commands_common(cosmo_common_options *common)
{
    return (cosmo_option_table){COMMANDS_COMMON, sizeof COMMANDS_COMMON / sizeof COMMANDS_COMMON[0], common};
}

static void commands_help_program(cosmo_text *out)
{
    cosmo_text_put(out, "Cosmodrome: flight safety and mission planning of launch sites.\n\nusage: cosmodrome COMMAND "
                        "[ARGUMENTS] [OPTIONS]\n\n");
    for (size_t i = 0; i < COMMANDS_N; i++)
        cosmo_text_print(out, "  %-*s%s\n", COMMANDS_COLUMN, COMMANDS[i]->name, COMMANDS[i]->help);
    cosmo_text_put(out, "\n'cosmodrome help COMMAND' explains a command, 'cosmodrome help KEY' a key of mission, "
                        "vehicle, site and zone files.\n"
                        "'cosmodrome --version' prints the version.\n\nexit: 0 done; 1 a limit is not met (with "
                        "--fail-on-limit); 2 bad input; "
                        "3 out of resources; 4 internal error\n");
}

void cosmo_commands_help(const cosmo_command *command, cosmo_text *out)
{
    if (command == NULL) {
        commands_help_program(out);
        return;
    }
    const cosmo_option_table own = {command->options, command->n_options, NULL}, common = cosmo_commands_common(NULL);
    cosmo_text_print(out, "usage: cosmodrome %s%s%s [OPTIONS]\n\n%s.\n", command->name,
                     command->usage[0] != '\0' ? " " : "", command->usage, command->help);
    if (command->details != NULL) cosmo_text_print(out, "\n%s", command->details);
    if (own.n > 0) cosmo_text_put(out, "\noptions:\n");
    cosmo_options_help(&own, out);
    cosmo_text_put(out, "\noptions of every command:\n");
    cosmo_options_help(&common, out);
}

cosmo_status cosmo_commands_print(cosmo_call *call, const char *text, size_t bytes)
{
    if (fwrite(text, 1, bytes, stdout) == bytes && fflush(stdout) == 0) return COSMO_OK;
    return cosmo_run_fail(call->run, COSMO_NO_RESOURCES, "error: cannot write to standard output: %s", strerror(errno));
}

cosmo_status cosmo_commands_print_text(cosmo_call *call, const cosmo_text *text)
{
    if (text->failed) return cosmo_run_out_of_memory(call->run);
    return text->length > 0 ? cosmo_commands_print(call, text->data, text->length) : COSMO_OK;
}

cosmo_status cosmo_commands_summary(cosmo_call *call, const char *json, size_t bytes)
{
    COSMO_NEED(json, call->run);
    if (call->common.folder != NULL) {
        COSMO_TRY(cosmo_file_make_folder(call->common.folder, call->run));
        const char *path = cosmo_file_join(call->arena, call->common.folder, "summary.json");
        COSMO_NEED(path, call->run);
        COSMO_TRY(cosmo_file_write(path, json, bytes, call->run));
    }
    return call->common.json ? cosmo_commands_print(call, json, bytes) : COSMO_OK;
}
