/* cosmodrome diff A B: what changed between two cases, inputs and outputs. */
#include "cli/command.h"
#include "cli/table.h"
#include "cosmodrome/study.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

enum { DIFF_COLUMNS = 4, DIFF_SHOWN = 48 };

/* A case folder stands for its summary.json. */
static cosmo_status diff_read(cosmo_call *call, const char *path, const cosmo_yaml **root)
{
    struct stat about;
    const bool folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
    const char *file = folder ? cosmo_file_join(call->arena, path, "summary.json") : path;
    COSMO_NEED(file, call->run);
    return cosmo_yaml_read(file, NULL, call->arena, call->run, root);
}

static cosmo_status diff_json(cosmo_call *call, const cosmo_list *found)
{
    const cosmo_difference *items = found->items;
    cosmo_json json = cosmo_json_begin(call->arena);
    cosmo_json_object(&json, NULL);
    cosmo_json_text(&json, "schema", "cosmodrome.diff/1");
    cosmo_json_text(&json, "version", COSMO_VERSION_TEXT);
    cosmo_json_list(&json, "differences");
    for (size_t i = 0; i < found->n; i++) {
        cosmo_json_object(&json, NULL);
        cosmo_json_text(&json, "path", items[i].path);
        cosmo_json_text(&json, "before", items[i].before);
        cosmo_json_text(&json, "after", items[i].after);
        cosmo_json_number(&json, "change", items[i].change);
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    return cosmo_commands_summary(call, text, bytes);
}

/* A value that fits a terminal: seven digits of a number, the beginning of a long text. */
static const char *diff_shown(cosmo_call *call, const char *text)
{
    double value;
    if (text == NULL) return NULL;
    if (cosmo_text_number(text, &value)) return cosmo_arena_print(call->arena, "%.7g", value);
    if (strlen(text) <= DIFF_SHOWN) return text;
    return cosmo_arena_print(call->arena, "%.*s...", DIFF_SHOWN - 3, text);
}

static cosmo_status diff_table(cosmo_call *call, const cosmo_list *found)
{
    static const char *const heads[DIFF_COLUMNS] = {"WHAT", "BEFORE", "AFTER", "CHANGE"};
    static const bool numeric[DIFF_COLUMNS] = {false, true, true, true};
    const cosmo_difference *items = found->items;
    const char **cells = cosmo_arena_array(call->arena, found->n * DIFF_COLUMNS + 1, sizeof *cells);
    COSMO_NEED(cells, call->run);
    for (size_t i = 0; i < found->n; i++) {
        cells[DIFF_COLUMNS * i] = items[i].path;
        cells[DIFF_COLUMNS * i + 1] = diff_shown(call, items[i].before);
        cells[DIFF_COLUMNS * i + 2] = diff_shown(call, items[i].after);
        cells[DIFF_COLUMNS * i + 3] =
            isfinite(items[i].change) ? cosmo_arena_print(call->arena, "%+.6g", items[i].change) : "";
        COSMO_NEED(cells[DIFF_COLUMNS * i + 3], call->run);
    }
    cosmo_text out = cosmo_text_begin(call->arena);
    const cosmo_sheet sheet = {
        .n_columns = DIFF_COLUMNS, .n_rows = found->n, .heads = heads, .numeric = numeric, .cells = cells};
    if (found->n == 0)
        cosmo_text_put(&out, "no difference\n");
    else
        cosmo_table_print(&sheet, 0, &out);
    return cosmo_commands_print_text(call, &out);
}

static cosmo_status diff_act(cosmo_call *call)
{
    const cosmo_yaml *before, *after;
    COSMO_TRY(diff_read(call, call->arguments[0], &before));
    COSMO_TRY(diff_read(call, call->arguments[1], &after));
    cosmo_list found;
    COSMO_TRY(cosmo_difference_find(before, after, call->arena, call->run, &found));
    COSMO_TRY(diff_json(call, &found));
    return call->common.json ? COSMO_OK : diff_table(call, &found);
}

const cosmo_command cosmo_diff_command = {
    .name = "diff",
    .usage = "A B",
    .help = "Say what changed between two cases: folders, or their summary.json, inputs and outputs",
    .arguments_min = 2,
    .arguments_max = 2,
    .has_summary = true,
    .act = diff_act,
};
