/* cosmodrome list vehicles|sites|zones */
#include "cli/command.h"
#include "cli/table.h"
#include "cosmodrome/vehicle.h"

#include <math.h>
#include <string.h>

static const double LIST_DEGREES = 180.0 / 3.14159265358979323846;
enum { LIST_COLUMNS = 5 };

/* Rows of what is listed, for a terminal (cells) and for JSON (numbers of the numeric columns, in the unit of their
 * key). */
typedef struct list_rows {
    cosmo_arena *arena;
    const char *heads[LIST_COLUMNS], *keys[LIST_COLUMNS];
    bool numeric[LIST_COLUMNS];
    double shown_per_unit; /* what a terminal's number is multiplied by */
    int decimals;
    size_t n, capacity;
    const char **cells;
    double *numbers;
} list_rows;

static cosmo_status list_grow(list_rows *rows, cosmo_run *run)
{
    if (rows->n < rows->capacity) return COSMO_OK;
    const size_t capacity = rows->capacity != 0 ? 2 * rows->capacity : 32;
    const char **cells = cosmo_arena_array(rows->arena, capacity * LIST_COLUMNS, sizeof *cells);
    double *numbers = cosmo_arena_array(rows->arena, capacity * LIST_COLUMNS, sizeof *numbers);
    COSMO_NEED(cells, run);
    COSMO_NEED(numbers, run);
    if (rows->n > 0) {
        memcpy(cells, rows->cells, rows->n * LIST_COLUMNS * sizeof *cells);
        memcpy(numbers, rows->numbers, rows->n * LIST_COLUMNS * sizeof *numbers);
    }
    rows->cells = cells;
    rows->numbers = numbers;
    rows->capacity = capacity;
    return COSMO_OK;
}

/* Add a row: numbers where a column is numeric, texts elsewhere. */
static cosmo_status list_add(list_rows *rows, const char *const *texts, const double *numbers, cosmo_run *run)
{
    COSMO_TRY(list_grow(rows, run));
    for (size_t i = 0; i < LIST_COLUMNS; i++) {
        const size_t at = rows->n * LIST_COLUMNS + i;
        rows->numbers[at] = numbers[i];
        rows->cells[at] = texts[i];
        if (!rows->numeric[i]) continue;
        rows->cells[at] = isfinite(numbers[i]) ? cosmo_arena_print(rows->arena, "%.*f", rows->decimals,
                                                                   rows->shown_per_unit * numbers[i])
                                               : "-";
        COSMO_NEED(rows->cells[at], run);
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
                        .decimals = 2};
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
                        .decimals = 4};
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
                        .decimals = 4};
    const cosmo_zone *items = zones.items;
    for (size_t i = 0; i < zones.n; i++) {
        const char *texts[LIST_COLUMNS] = {items[i].id, basis[items[i].position], NULL, NULL, items[i].used_for};
        const double numbers[LIST_COLUMNS] = {0, 0, items[i].latitude_rad * LIST_DEGREES,
                                              items[i].longitude_rad * LIST_DEGREES, 0};
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
        for (size_t i = 0; i < LIST_COLUMNS; i++) {
            const size_t at = row * LIST_COLUMNS + i;
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

static cosmo_status list_act(cosmo_call *call)
{
    static const char *const kinds[] = {"vehicles", "sites", "zones"};
    static cosmo_status (*const readers[])(cosmo_call *, list_rows *) = {list_vehicles, list_sites, list_zones};
    const char *kind = call->arguments[0];
    size_t which = 0;
    while (which < 3 && strcmp(kinds[which], kind) != 0) which++;
    if (which == 3) {
        const char *nearest = cosmo_text_nearest(kind, kinds, 3);
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: cannot list '%.80s'; %s%s%s", kind,
                              nearest != NULL ? "did you mean '" : "known: ",
                              nearest != NULL ? nearest : "vehicles, sites, zones", nearest != NULL ? "'?" : "");
    }
    list_rows rows;
    COSMO_TRY(readers[which](call, &rows));
    COSMO_TRY(list_json(call, kind, &rows));
    if (call->common.json) return COSMO_OK;
    const cosmo_sheet sheet = {
        .n_columns = LIST_COLUMNS, .n_rows = rows.n, .heads = rows.heads, .numeric = rows.numeric, .cells = rows.cells};
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_table_print(&sheet, 0, &out);
    return cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_list_command = {
    .name = "list",
    .usage = "vehicles|sites|zones",
    .help = "List the vehicles, launch sites with their pads, or drop zones that are known",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .act = list_act,
};
