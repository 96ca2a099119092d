/* The command: find it, parse its words, act, say what went wrong, choose the exit code. */
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cli/progress.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static int main_exit_code(cosmo_status status, const cosmo_call *call)
{
    switch (status) {
    case COSMO_OK:
        return call->limit_exceeded && call->common.fail_on_limit ? CLI_EXIT_LIMIT : CLI_EXIT_OK;
    case COSMO_NO_SOLUTION:
        return call->common.fail_on_limit ? CLI_EXIT_LIMIT : CLI_EXIT_OK;
    case COSMO_BAD_INPUT:
        return CLI_EXIT_BAD_INPUT;
    case COSMO_NO_RESOURCES:
        return CLI_EXIT_RESOURCES;
    case COSMO_CANCELLED:
        return CLI_EXIT_INTERRUPTED;
    case COSMO_INTERNAL:
        break;
    }
    return CLI_EXIT_INTERNAL;
}

/* A message that begins with its own place ("file:1:1: error: ...") stands alone; others get the program's name. */
static void main_say(const cosmo_run *run)
{
    const bool has_place = strncmp(run->message, "error:", 6) != 0;
    fprintf(stderr, "%s%s\n", has_place ? "" : "cosmodrome: ", run->message);
}

static void main_say_warnings(const cosmo_run *run)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (run->notes[i].kind == COSMO_NOTE_WARNING) fprintf(stderr, "cosmodrome: warning: %s\n", run->notes[i].text);
}

static cosmo_status main_check_arguments(const cosmo_command *command, const cosmo_call *call)
{
    cosmo_run *run = call->run;
    if (call->n_arguments < command->arguments_min)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%s' needs more: cosmodrome %s %s", command->name,
                              command->name, command->usage);
    if (call->n_arguments > command->arguments_max)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%.80s' is one argument too many for '%s'",
                              call->arguments[command->arguments_max], command->name);
    if (!command->has_summary && (call->common.json || call->common.folder != NULL))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: '%s' has no summary; leave %s out", command->name,
                              call->common.json ? "--json" : "-o");
    if (call->common.threads > 1024)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: --threads is %lld; at most 1024",
                              (long long)call->common.threads);
    return COSMO_OK;
}

static cosmo_status main_act(const cosmo_command *command, int argc, char **argv, cosmo_call *call)
{
    cosmo_run *run = call->run;
    call->options = cosmo_arena_alloc(call->arena, command->option_size + 1);
    const char **arguments = cosmo_arena_array(call->arena, (size_t)argc + 1, sizeof *arguments);
    COSMO_NEED(call->options, run);
    COSMO_NEED(arguments, run);
    call->common.seed = (int64_t)run->seed;
    if (command->defaults != NULL) command->defaults(call->options);
    const cosmo_option_table tables[] = {cosmo_commands_common(&call->common),
                                         {command->options, command->n_options, call->options}};
    COSMO_TRY(cosmo_options_parse(argc, argv, tables, 2, arguments, &call->n_arguments, run));
    call->arguments = arguments;
    if (call->common.help) {
        cosmo_text help = cosmo_text_begin(call->arena);
        cosmo_commands_help(command, &help);
        return cosmo_commands_print_text(call, &help);
    }
    COSMO_TRY(main_check_arguments(command, call));
    run->seed = (uint64_t)call->common.seed;
    run->threads = (int)call->common.threads;
    if (command->needs_data) COSMO_TRY(cosmo_data_folder_find(run));
    cosmo_progress_attach(run, call->common.quiet);
    return command->act(call);
}

static cosmo_status main_start(int argc, char **argv, cosmo_call *call)
{
    cosmo_run *run = call->run;
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is to be said like a full disk */
    if (cosmo_isa_best() == COSMO_ISA_NONE)
        return cosmo_run_fail(
            run, COSMO_NO_RESOURCES,
            "error: this processor is older than x86-64-v3 (AVX2, FMA, BMI2), which cosmodrome needs");
    const char *name = argc > 1 ? argv[1] : "";
    if (strcmp(name, "--version") == 0) {
        static const char version[] = "cosmodrome " COSMO_VERSION_TEXT "\n";
        return cosmo_commands_print(call, version, sizeof version - 1);
    }
    if (argc < 2)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: a command is missing; 'cosmodrome help' lists them");
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    const char *nearest = NULL;
    const cosmo_command *command = cosmo_commands_find(name, &nearest);
    if (command == NULL && nearest != NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown command '%.80s'; did you mean '%s'?", name,
                              nearest);
    if (command == NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown command '%.80s'; 'cosmodrome help' lists them",
                              name);
    return main_act(command, argc - 2, argv + 2, call);
}

int main(int argc, char **argv)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    if (arena == NULL) {
        fputs("cosmodrome: error: out of memory\n", stderr);
        return CLI_EXIT_RESOURCES;
    }
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_call call = {.arena = arena, .run = &run};
    const cosmo_status status = main_start(argc, argv, &call);
    cosmo_progress_clear(&run);
    if (status == COSMO_CANCELLED && run.message[0] == '\0')
        fputs("cosmodrome: interrupted\n", stderr);
    else if (status != COSMO_OK)
        main_say(&run);
    else if (!call.common.quiet)
        main_say_warnings(&run);
    const int code = main_exit_code(status, &call);
    cosmo_arena_destroy(arena);
    return code;
}
