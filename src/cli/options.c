/* Options of commands, parsed by their tables. */
#include "cli/options.h"

#include <string.h>

enum { OPTIONS_NAMES_MAX = 64, OPTIONS_COLUMN = 30 };
static const double OPTIONS_PI = 3.14159265358979323846;

typedef struct options_match {
    const cosmo_option *option;
    char *target;
    const char *inside; /* after '=', or NULL */
} options_match;

/* The option that `word` names, as a whole or before '='. */
static options_match options_find(const char *word, const cosmo_option_table *tables, size_t n_tables)
{
    const char *equals = strncmp(word, "--", 2) == 0 ? strchr(word, '=') : NULL;
    const size_t length = equals != NULL ? (size_t)(equals - word) : strlen(word);
    for (size_t t = 0; t < n_tables; t++)
        for (size_t i = 0; i < tables[t].n; i++) {
            const cosmo_option *option = &tables[t].options[i];
            if (strlen(option->name) == length && strncmp(option->name, word, length) == 0)
                return (options_match){option, (char *)tables[t].target + option->offset,
                                       equals != NULL ? equals + 1 : NULL};
        }
    return (options_match){0};
}

static cosmo_status options_fail_unknown(const char *word, const cosmo_option_table *tables, size_t n_tables,
                                         cosmo_run *run)
{
    const char *names[OPTIONS_NAMES_MAX];
    size_t n = 0;
    for (size_t t = 0; t < n_tables; t++)
        for (size_t i = 0; i < tables[t].n && n < OPTIONS_NAMES_MAX; i++) names[n++] = tables[t].options[i].name;
    char name[80];
    const size_t length = strcspn(word, "=") < sizeof name - 1 ? strcspn(word, "=") : sizeof name - 1;
    memcpy(name, word, length);
    name[length] = '\0';
    const char *nearest = cosmo_text_nearest(name, names, n);
    if (nearest != NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown option '%s'; did you mean '%s'?", name, nearest);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown option '%s'; see --help", name);
}

static bool options_is_number(const char *text)
{
    double value;
    return cosmo_text_number(text, &value);
}

/* A word that looks like an option and not like a negative number or quantity. */
static bool options_is_option(const char *word)
{
    if (word[0] != '-' || word[1] == '\0') return false;
    return strchr("0123456789.", word[1]) == NULL;
}

const char *cosmo_options_quantity(const char *text, cosmo_dimension dimension, cosmo_arena *arena, double *value)
{
    if (!options_is_number(text)) return cosmo_units_parse(text, dimension, arena, value);
    cosmo_text_number(text, value);
    if (dimension == COSMO_DIM_ANGLE) *value = *value * OPTIONS_PI / 180.0; /* as units does it: the same bits */
    return NULL;
}

static cosmo_status options_choose(const cosmo_option *option, const char *text, int *index, cosmo_run *run)
{
    size_t n = 0;
    for (; option->choices[n] != NULL; n++)
        if (strcmp(option->choices[n], text) == 0) {
            *index = (int)n;
            return COSMO_OK;
        }
    const char *nearest = cosmo_text_nearest(text, option->choices, n);
    if (nearest != NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s cannot be '%.80s'; did you mean '%s'?", option->name,
                              text, nearest);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s cannot be '%.80s'; it is one of %s", option->name, text,
                          option->value);
}

static cosmo_status options_count(const cosmo_option *option, const char *text, int64_t *count, cosmo_run *run)
{
    double value = -1.0;
    const bool whole = text[0] != '\0' && text[strspn(text, "0123456789")] == '\0' && strlen(text) <= 15;
    if (!whole || !cosmo_text_number(text, &value))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s: '%.80s' is not a whole number from 0", option->name,
                              text);
    *count = (int64_t)value;
    return COSMO_OK;
}

static cosmo_status options_quantity(const cosmo_option *option, const char *text, double *value, cosmo_run *run)
{
    const char *trouble = cosmo_options_quantity(text, option->dimension, run->arena, value);
    if (trouble != NULL) return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s: %s", option->name, trouble);
    if ((option->min != 0.0 || option->max != 0.0) && !(*value >= option->min && *value <= option->max))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s is %.80s; it must be %s", option->name, text,
                              option->help);
    return COSMO_OK;
}

static cosmo_status options_set(const options_match *match, const char *text, cosmo_run *run)
{
    switch (match->option->kind) {
    case COSMO_OPTION_FLAG:
        *(bool *)match->target = true;
        return COSMO_OK;
    case COSMO_OPTION_TEXT:
        *(const char **)(void *)match->target = text;
        return COSMO_OK;
    case COSMO_OPTION_COUNT:
        return options_count(match->option, text, (int64_t *)(void *)match->target, run);
    case COSMO_OPTION_QUANTITY:
        return options_quantity(match->option, text, (double *)(void *)match->target, run);
    case COSMO_OPTION_CHOICE:
        return options_choose(match->option, text, (int *)(void *)match->target, run);
    }
    return cosmo_run_fail(run, COSMO_INTERNAL, "error: option %s has an unknown kind", match->option->name);
}

cosmo_status cosmo_options_parse(int argc, char *const *argv, const cosmo_option_table *tables, size_t n_tables,
                                 const char **arguments, size_t *n_arguments, cosmo_run *run)
{
    *n_arguments = 0;
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i];
        if (only_arguments || !options_is_option(word)) {
            arguments[(*n_arguments)++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            only_arguments = true;
            continue;
        }
        const options_match match = options_find(word, tables, n_tables);
        if (match.option == NULL) return options_fail_unknown(word, tables, n_tables, run);
        const bool takes = match.option->kind != COSMO_OPTION_FLAG;
        if (!takes && match.inside != NULL)
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s takes no value", match.option->name);
        const char *text = match.inside;
        if (takes && text == NULL) {
            const bool missing = i + 1 >= argc || strncmp(argv[i + 1], "--", 2) == 0 ||
                                 options_find(argv[i + 1], tables, n_tables).option != NULL;
            if (missing)
                return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s needs a value: %s", match.option->name,
                                      match.option->value);
            text = argv[++i];
        }
        COSMO_TRY(options_set(&match, text, run));
    }
    return COSMO_OK;
}

void cosmo_options_help(const cosmo_option_table *table, cosmo_text *out)
{
    for (size_t i = 0; i < table->n; i++) {
        const cosmo_option *option = &table->options[i];
        const size_t before = out->length;
        cosmo_text_print(out, "  %s%s%s", option->name, option->value != NULL ? " " : "",
                         option->value != NULL ? option->value : "");
        const size_t used = out->length - before;
        if (used >= OPTIONS_COLUMN - 1)
            cosmo_text_print(out, "\n%*s%s\n", OPTIONS_COLUMN, "", option->help);
        else
            cosmo_text_print(out, "%*s%s\n", (int)(OPTIONS_COLUMN - used), "", option->help);
    }
}
