/* Options of commands as tables: one table parses, explains itself in help, and says 'did you mean'. */
#ifndef COSMO_CLI_OPTIONS_H
#define COSMO_CLI_OPTIONS_H

#include "cosmodrome/core.h"

typedef enum cosmo_option_kind {
    COSMO_OPTION_FLAG,     /* bool; takes no value */
    COSMO_OPTION_TEXT,     /* const char * */
    COSMO_OPTION_COUNT,    /* int64_t, 0 or more */
    COSMO_OPTION_QUANTITY, /* double, SI: a plain number is SI (degrees for an angle), or text with a unit */
    COSMO_OPTION_CHOICE    /* int: index into choices */
} cosmo_option_kind;

typedef struct cosmo_option {
    const char *name; /* "--lat" or "-o" */
    cosmo_option_kind kind;
    size_t offset;              /* of the member in the command's struct */
    const char *value;          /* what help calls its value: "DIR"; NULL for a flag */
    cosmo_dimension dimension;  /* QUANTITY */
    double min, max;            /* QUANTITY: inclusive, SI; both 0: unbounded */
    const char *const *choices; /* CHOICE: NULL-terminated */
    const char *help;
} cosmo_option;

typedef struct cosmo_option_table {
    const cosmo_option *options;
    size_t n;
    void *target; /* the struct its offsets are in */
} cosmo_option_table;

/* Sort the words after the command into options (written to the tables' targets) and arguments (kept in order in
 * `arguments`, room for `argc`). "--name VALUE" and "--name=VALUE"; after "--" all words are arguments. A value may be
 * a negative number; it may not be the name of another option. Errors: COSMO_BAD_INPUT. */
cosmo_status cosmo_options_parse(int argc, char *const *argv, const cosmo_option_table *tables, size_t n_tables,
                                 const char **arguments, size_t *n_arguments, cosmo_run *run);
/* A quantity as options take it ("30000 ft", "-5.2"): NULL and *value, or what is wrong. */
const char *cosmo_options_quantity(const char *text, cosmo_dimension dimension, cosmo_arena *arena, double *value);
/* The lines of help of one table. */
void cosmo_options_help(const cosmo_option_table *table, cosmo_text *out);

#endif
