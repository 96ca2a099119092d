/* A command: a name, tables of options, a function. Adding one: docs/add-a-command.md. */
#ifndef COSMO_CLI_COMMAND_H
#define COSMO_CLI_COMMAND_H

#include "cli/options.h"
#include "cosmodrome/core.h"

/* Exit codes, as promised in the machine-readable contract. */
enum {
    CLI_EXIT_OK = 0,
    CLI_EXIT_LIMIT = 1,
    CLI_EXIT_BAD_INPUT = 2,
    CLI_EXIT_RESOURCES = 3,
    CLI_EXIT_INTERNAL = 4,
    CLI_EXIT_INTERRUPTED = 130
};

/* Options that every command has. */
typedef struct cosmo_common_options {
    bool json, quiet, help, fail_on_limit;
    const char *folder; /* -o; NULL: none */
    int64_t seed, threads;
} cosmo_common_options;

/* What a command is called with. */
typedef struct cosmo_call {
    cosmo_common_options common;
    void *options; /* the command's own, option_size bytes */
    size_t n_arguments;
    const char *const *arguments;
    cosmo_arena *arena;
    cosmo_run *run;
    bool limit_exceeded; /* set by the command: exit 1 with --fail-on-limit */
} cosmo_call;

typedef struct cosmo_command {
    const char *name, *usage, *help; /* "fly", "MISSION", one sentence */
    const char *details;             /* more lines for --help; NULL: none */
    size_t arguments_min, arguments_max;
    bool needs_data;  /* vehicles, sites, zones or packs */
    bool has_summary; /* something for --json and -o */
    const cosmo_option *options;
    size_t n_options, option_size;
    void (*defaults)(void *options); /* NULL: all zero */
    cosmo_status (*act)(cosmo_call *call);
} cosmo_command;

/* One file a command: src/cli/NAME.c has cosmo_NAME_command. */
extern const cosmo_command cosmo_fly_command, cosmo_risk_command, cosmo_make_report_command, cosmo_impact_point_command,
    cosmo_new_command, cosmo_list_command, cosmo_help_command, cosmo_check_command, cosmo_reference_command,
    cosmo_schema_command, cosmo_diff_command, cosmo_toxics_command;

/* All commands, in the order of help. */
const cosmo_command *const *cosmo_commands_all(size_t *n);
/* The command of this name, or NULL; `nearest` (may be NULL) receives the nearest name. */
const cosmo_command *cosmo_commands_find(const char *name, const char **nearest);
/* Help of one command, or of the program. */
void cosmo_commands_help(const cosmo_command *command, cosmo_text *out);
/* The table of common options over `common`. */
cosmo_option_table cosmo_commands_common(cosmo_common_options *common);

/* Results go to standard output through here, so that a full disk or a closed pipe is noticed. */
cosmo_status cosmo_commands_print(cosmo_call *call, const char *text, size_t bytes);
/* The same for a text buffer; out of memory when it failed. */
cosmo_status cosmo_commands_print_text(cosmo_call *call, const cosmo_text *text);
/* A finished summary (NULL: out of memory): written as DIR/summary.json with -o DIR, printed with --json. */
cosmo_status cosmo_commands_summary(cosmo_call *call, const char *json, size_t bytes);

#endif
