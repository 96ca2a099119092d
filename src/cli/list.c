/* cosmodrome list vehicles|sites|zones|rules|substances|limits */
#include "cli/command.h"
#include "cli/table.h"
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

static const double LIST_DEGREES = 180.0 / 3.14159265358979323846;
enum { LIST_COLUMNS = 12, LIST_KINDS = 6 };

/* Rows of what is listed, for a terminal (cells of the first columns) and for JSON (all columns; numbers of the numeric
 * ones, in the unit of their key). */
typedef struct list_rows {
    cosmo_arena *arena;
    const char *heads[LIST_COLUMNS], *keys[LIST_COLUMNS];
    bool numeric[LIST_COLUMNS];
    size_t n_columns, n_shown;
    double shown_per_unit; /* what a terminal's number is multiplied by */
    int digits;            /* of that number, after the point or (significant) in all */
    bool significant;
    const char *absent; /* what a terminal shows where there is no number */
    size_t n, capacity;
    const char **cells;
    double *numbers;
} list_rows;

static cosmo_status list_grow(list_rows *rows, cosmo_run *run)
{
    if (rows->n < rows->capacity) return COSMO_OK;
    const size_t capacity = rows->capacity != 0 ? 2 * rows->capacity : 32;
    const char **cells = cosmo_arena_array(rows->arena, capacity * rows->n_columns, sizeof *cells);
    double *numbers = cosmo_arena_array(rows->arena, capacity * rows->n_columns, sizeof *numbers);
    COSMO_NEED(cells, run);
    COSMO_NEED(numbers, run);
    if (rows->n > 0) {
        memcpy(cells, rows->cells, rows->n * rows->n_columns * sizeof *cells);
        memcpy(numbers, rows->numbers, rows->n * rows->n_columns * sizeof *numbers);
    }
    rows->cells = cells;
    rows->numbers = numbers;
    rows->capacity = capacity;
    return COSMO_OK;
}

static cosmo_status list_number(const list_rows *rows, double number, cosmo_run *run, const char **cell)
{
    const double shown = rows->shown_per_unit * number;
    *cell = rows->significant ? cosmo_arena_print(rows->arena, "%.*g", rows->digits, shown)
                              : cosmo_arena_print(rows->arena, "%.*f", rows->digits, shown);
    COSMO_NEED(*cell, run);
    return COSMO_OK;
}

/* Add a row: numbers where a column is numeric, texts elsewhere. */
static cosmo_status list_add(list_rows *rows, const char *const *texts, const double *numbers, cosmo_run *run)
{
    COSMO_TRY(list_grow(rows, run));
    for (size_t i = 0; i < rows->n_columns; i++) {
        const size_t at = rows->n * rows->n_columns + i;
        rows->numbers[at] = numbers[i];
        rows->cells[at] = texts[i];
        if (!rows->numeric[i]) continue;
        rows->cells[at] = rows->absent;
        if (!isfinite(numbers[i])) continue;
        COSMO_TRY(list_number(rows, numbers[i], run, &rows->cells[at]));
    }
    rows->n++;
    return COSMO_OK;
}

static cosmo_status list_vehicles(cosmo_call *call, list_rows *rows)
{
    cosmo_list ids;
    COSMO_TRY(cosmo_catalogue_list("vehicles", call->arena, call->run, &ids));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"ID", "NAME", "PAYLOAD, T", "LIFTOFF, T", "TO"},
                        .keys = {"id", "name", "payload_reference_kg", "liftoff_mass_kg", "payload_reference_orbit"},
                        .numeric = {false, false, true, true, false},
                        .shown_per_unit = 1e-3,
                        .digits = 2,
                        .absent = "-",
                        .n_columns = 5,
                        .n_shown = 5};
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_vehicle v;
        COSMO_TRY(cosmo_vehicle_read(((const char *const *)ids.items)[i], NULL, call->arena, call->run, &v));
        const char *texts[LIST_COLUMNS] = {v.id, v.name, NULL, NULL, v.payload_reference_orbit};
        const double numbers[LIST_COLUMNS] = {0, 0, v.payload_reference_kg, v.liftoff_mass_kg, 0};
        COSMO_TRY(list_add(rows, texts, numbers, call->run));
    }
    return COSMO_OK;
}

static cosmo_status list_sites(cosmo_call *call, list_rows *rows)
{
    cosmo_list ids;
    COSMO_TRY(cosmo_catalogue_list("sites", call->arena, call->run, &ids));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"SITE", "PAD", "LATITUDE", "LONGITUDE", "VEHICLES"},
                        .keys = {"site", "pad", "lat_deg", "lon_deg", "vehicles"},
                        .numeric = {false, false, true, true, false},
                        .shown_per_unit = 1.0,
                        .digits = 4,
                        .absent = "-",
                        .n_columns = 5,
                        .n_shown = 5};
    for (size_t i = 0; i < ids.n; i++) {
        cosmo_site site;
        COSMO_TRY(cosmo_site_read(((const char *const *)ids.items)[i], NULL, call->arena, call->run, &site));
        const cosmo_pad *pads = site.pads.items;
        for (size_t k = 0; k < site.pads.n; k++) {
            const char *texts[LIST_COLUMNS] = {site.id, pads[k].id, NULL, NULL, pads[k].vehicles};
            const double numbers[LIST_COLUMNS] = {0, 0, pads[k].latitude_rad * LIST_DEGREES,
                                                  pads[k].longitude_rad * LIST_DEGREES, 0};
            COSMO_TRY(list_add(rows, texts, numbers, call->run));
        }
    }
    return COSMO_OK;
}

static cosmo_status list_zones(cosmo_call *call, list_rows *rows)
{
    static const char *const basis[] = {"published", "estimate"};
    cosmo_list zones;
    COSMO_TRY(cosmo_zones_read(call->arena, call->run, &zones));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"ZONE", "CENTRE", "LATITUDE", "LONGITUDE", "USED FOR"},
                        .keys = {"id", "position", "lat_deg", "lon_deg", "used_for"},
                        .numeric = {false, false, true, true, false},
                        .shown_per_unit = 1.0,
                        .digits = 4,
                        .absent = "-",
                        .n_columns = 5,
                        .n_shown = 5};
    const cosmo_zone *items = zones.items;
    for (size_t i = 0; i < zones.n; i++) {
        const char *texts[LIST_COLUMNS] = {items[i].id, basis[items[i].position], NULL, NULL, items[i].used_for};
        const double numbers[LIST_COLUMNS] = {0, 0, items[i].latitude_rad * LIST_DEGREES,
                                              items[i].longitude_rad * LIST_DEGREES, 0};
        COSMO_TRY(list_add(rows, texts, numbers, call->run));
    }
    return COSMO_OK;
}

/* "2021-03-10 to 2026-03-10", "from 2021-03-10", "" */
static const char *list_days(const char *valid_from, const char *valid_to, cosmo_arena *arena)
{
    if (valid_from == NULL && valid_to == NULL) return "";
    if (valid_to == NULL) return cosmo_arena_print(arena, "from %s", valid_from);
    if (valid_from == NULL) return cosmo_arena_print(arena, "to %s", valid_to);
    return cosmo_arena_print(arena, "%s to %s", valid_from, valid_to);
}

static cosmo_status list_rule(cosmo_call *call, const cosmo_rule *rule, list_rows *rows)
{
    const char *days = list_days(rule->valid_from, rule->valid_to, call->arena);
    COSMO_NEED(days, call->run);
    cosmo_text counts = cosmo_text_begin(call->arena);
    for (size_t i = 0; i < rule->counts.n; i++)
        cosmo_text_print(&counts, "%s%s", i > 0 ? ", " : "", ((const char *const *)rule->counts.items)[i]);
    if (counts.failed) return cosmo_run_out_of_memory(call->run);
    const char *texts[LIST_COLUMNS] = {rule->id,
                                       rule->name,
                                       NULL,
                                       cosmo_rules_confidence_text(rule->confidence),
                                       days,
                                       rule->reference,
                                       cosmo_rules_quantity_text(rule->quantity),
                                       rule->population,
                                       rule->counts.n > 0 ? counts.data : "",
                                       rule->period,
                                       rule->definition,
                                       rule->source};
    const double numbers[LIST_COLUMNS] = {[2] = rule->limit};
    return list_add(rows, texts, numbers, call->run);
}

static cosmo_status list_rules(cosmo_call *call, list_rows *rows)
{
    cosmo_list files;
    COSMO_TRY(cosmo_rules_read_all(call->arena, call->run, &files));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"RULE", "NAME", "LIMIT", "CONFIDENCE", "IN FORCE", "REFERENCE"},
                        .keys = {"id", "name", "limit", "confidence", "in_force", "reference", "quantity", "population",
                                 "counts", "period", "definition", "source"},
                        .numeric = {[2] = true},
                        .shown_per_unit = 1.0,
                        .digits = 3,
                        .significant = true,
                        .absent = "not assessed",
                        .n_columns = LIST_COLUMNS,
                        .n_shown = 6};
    const cosmo_rules *all = files.items;
    for (size_t f = 0; f < files.n; f++)
        for (size_t i = 0; i < all[f].rules.n; i++)
            COSMO_TRY(list_rule(call, &((const cosmo_rule *)all[f].rules.items)[i], rows));
    return COSMO_OK;
}

static cosmo_status list_substances(cosmo_call *call, list_rows *rows)
{
    cosmo_substances table;
    COSMO_TRY(cosmo_substances_read(NULL, NULL, call->arena, call->run, &table, NULL));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"ID", "NAME", "CAS", "G/MOL", "IN AIR"},
                        .keys = {"id", "name", "cas", "molar_mass_kg_mol", "airborne_as"},
                        .numeric = {[3] = true},
                        .shown_per_unit = 1e3,
                        .digits = 2,
                        .absent = "-",
                        .n_columns = 5,
                        .n_shown = 5};
    const cosmo_substance *all = table.substances.items;
    for (size_t i = 0; i < table.substances.n; i++) {
        const char *cas = all[i].cas != NULL ? all[i].cas : "";
        const char *texts[LIST_COLUMNS] = {all[i].id, all[i].name, cas, NULL,
                                           all[i].airborne_as != NULL ? all[i].airborne_as : all[i].id};
        const double numbers[LIST_COLUMNS] = {[3] = all[i].molar_mass_kg_mol};
        COSMO_TRY(list_add(rows, texts, numbers, call->run));
    }
    return COSMO_OK;
}

static cosmo_status list_limits(cosmo_call *call, list_rows *rows)
{
    cosmo_substances substances;
    cosmo_list sets;
    COSMO_TRY(cosmo_substances_read(NULL, NULL, call->arena, call->run, &substances, NULL));
    COSMO_TRY(cosmo_threshold_read_all(&substances, call->arena, call->run, &sets));
    *rows = (list_rows){.arena = call->arena,
                        .heads = {"ID", "NAME", "LIMITS", "IN FORCE", "REFERENCE"},
                        .keys = {"id", "name", "limits", "in_force", "reference", "summary"},
                        .numeric = {[2] = true},
                        .shown_per_unit = 1.0,
                        .absent = "-",
                        .n_columns = 6,
                        .n_shown = 5};
    const cosmo_threshold_set *all = sets.items;
    for (size_t i = 0; i < sets.n; i++) {
        const char *days = list_days(all[i].valid_from, all[i].valid_to, call->arena);
        COSMO_NEED(days, call->run);
        const char *texts[LIST_COLUMNS] = {all[i].id, all[i].name, NULL, days, all[i].reference, all[i].summary};
        const double numbers[LIST_COLUMNS] = {[2] = (double)all[i].thresholds.n};
        COSMO_TRY(list_add(rows, texts, numbers, call->run));
    }
    return COSMO_OK;
}

static cosmo_status list_json(cosmo_call *call, const char *kind, const list_rows *rows)
{
    cosmo_json json = cosmo_json_begin(call->arena);
    cosmo_json_object(&json, NULL);
    cosmo_json_text(&json, "schema", "cosmodrome.list/1");
    cosmo_json_text(&json, "version", COSMO_VERSION_TEXT);
    cosmo_json_list(&json, kind);
    for (size_t row = 0; row < rows->n; row++) {
        cosmo_json_object(&json, NULL);
        for (size_t i = 0; i < rows->n_columns; i++) {
            const size_t at = row * rows->n_columns + i;
            if (rows->numeric[i])
                cosmo_json_number(&json, rows->keys[i], rows->numbers[at]);
            else
                cosmo_json_text(&json, rows->keys[i], rows->cells[at]);
        }
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    return cosmo_commands_summary(call, text, bytes);
}

static cosmo_status list_table(cosmo_call *call, const list_rows *rows)
{
    const char **cells = cosmo_arena_array(call->arena, rows->n * rows->n_shown + 1, sizeof *cells);
    COSMO_NEED(cells, call->run);
    for (size_t row = 0; row < rows->n; row++)
        for (size_t i = 0; i < rows->n_shown; i++)
            cells[row * rows->n_shown + i] = rows->cells[row * rows->n_columns + i];
    const cosmo_sheet sheet = {
        .n_columns = rows->n_shown, .n_rows = rows->n, .heads = rows->heads, .numeric = rows->numeric, .cells = cells};
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_table_print(&sheet, 0, &out);
    return cosmo_commands_print_text(call, &out);
}

static cosmo_status list_act(cosmo_call *call)
{
    static const char *const kinds[] = {"vehicles", "sites", "zones", "rules", "substances", "limits"};
    static cosmo_status (*const readers[])(cosmo_call *, list_rows *) = {list_vehicles, list_sites,      list_zones,
                                                                         list_rules,    list_substances, list_limits};
    const char *kind = call->arguments[0];
    size_t which = 0;
    while (which < LIST_KINDS && strcmp(kinds[which], kind) != 0) which++;
    if (which == LIST_KINDS) {
        const char *nearest = cosmo_text_nearest(kind, kinds, LIST_KINDS);
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: cannot list '%.80s'; %s%s%s", kind,
                              nearest != NULL ? "did you mean '" : "known: ",
                              nearest != NULL ? nearest : "vehicles, sites, zones, rules, substances, limits",
                              nearest != NULL ? "'?" : "");
    }
    list_rows rows;
    COSMO_TRY(readers[which](call, &rows));
    COSMO_TRY(list_json(call, kind, &rows));
    if (call->common.json) return COSMO_OK;
    return list_table(call, &rows);
}

const cosmo_command cosmo_list_command = {
    .name = "list",
    .usage = "vehicles|sites|zones|rules|substances|limits",
    .help = "List the vehicles, launch sites with their pads, drop zones, limits of risk, substances or their limits",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .act = list_act,
};
