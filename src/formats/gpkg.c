/* Layers as a GeoPackage. Source: OGC 12-128r17 (GeoPackage 1.3); geometries as ISO 13249-3 well-known binary.
 *
 * The database is made in memory and written whole, so that no journal, clock or earlier file leaves a trace in it.
 */
#include "cosmodrome/formats.h"

#include "formats/cut.h"
#include "formats/key.h"
#include "formats/utf8.h"

#include <ctype.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <strings.h>

typedef struct gpkg_column {
    const char *key; /* as the shapes have it */
    const char *name;
    bool text;
} gpkg_column;

/* The shapes of one layer and kind. */
typedef struct gpkg_table {
    const char *name;
    const cosmo_layer *layer;
    cosmo_shape_kind kind;
    size_t n, n_located, n_aloft, n_columns;
    const cosmo_shape **shapes;
    cosmo_cut *cuts;
    gpkg_column *columns;
    bool multi, windowed; /* windowed: a shape has a window */
    double west, south, east, north;
} gpkg_table;

typedef struct gpkg_writer {
    sqlite3 *db;
    const char *path, *name;
    cosmo_run *run;
    cosmo_arena *arena;
    size_t n_tables;
    gpkg_table *tables;
} gpkg_writer;

/* application_id is "GPKG"; the three reference systems are those every GeoPackage must have. */
static const char gpkg_schema[] =
    "PRAGMA page_size = 4096; PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;"
    "BEGIN;"
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,"
    " description TEXT);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,"
    " description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
    " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));"
    "INSERT INTO gpkg_spatial_ref_sys VALUES"
    " ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\","
    "SPHEROID[\"WGS 84\",6378137,298.257223563,"
    "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],"
    "UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AUTHORITY[\"EPSG\",\"4326\"]]',"
    " 'longitude and latitude in degrees, WGS 84 ellipsoid'),"
    " ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),"
    " ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');";

static cosmo_status gpkg_fail(const gpkg_writer *gpkg)
{
    return cosmo_run_fail(gpkg->run, COSMO_NO_RESOURCES, "%s: error: cannot make the GeoPackage: %s", gpkg->path,
                          gpkg->db != NULL ? sqlite3_errmsg(gpkg->db) : "out of memory");
}

static cosmo_status gpkg_execute(const gpkg_writer *gpkg, const char *sql)
{
    return sqlite3_exec(gpkg->db, sql, NULL, NULL, NULL) == SQLITE_OK ? COSMO_OK : gpkg_fail(gpkg);
}

/* ---- which tables there are ---- */

static bool gpkg_name_taken(const gpkg_writer *gpkg, const char *name)
{
    static const char *const reserved[] = {"gpkg_", "sqlite_", "rtree_"};
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++)
        if (strncmp(name, reserved[i], strlen(reserved[i])) == 0) return true;
    for (size_t i = 0; i < gpkg->n_tables; i++)
        if (strcmp(gpkg->tables[i].name, name) == 0) return true;
    return false;
}

/* "impact-points", points -> "impact_points_point"; NULL: memory ran out. */
static const char *gpkg_table_name(const gpkg_writer *gpkg, const cosmo_layer *layer, cosmo_shape_kind kind)
{
    static const char *const kinds[] = {"point", "line", "polygon"};
    const char *id = layer->id != NULL ? layer->id : "layer";
    char *plain = cosmo_arena_text(gpkg->arena, id, strlen(id));
    for (char *c = plain; c != NULL && *c != '\0'; c++)
        *c = (char)(isalnum((unsigned char)*c) ? tolower((unsigned char)*c) : '_');
    if (plain == NULL) return NULL;
    const char *name = cosmo_arena_print(gpkg->arena, "%s_%s", plain, kinds[kind]);
    for (int i = 2; name != NULL && gpkg_name_taken(gpkg, name); i++)
        name = cosmo_arena_print(gpkg->arena, "layer_%s_%s_%d", plain, kinds[kind], i);
    return name;
}

static cosmo_status gpkg_add_column(const gpkg_writer *gpkg, gpkg_table *table, const cosmo_property *property)
{
    for (size_t i = 0; i < table->n_columns; i++)
        if (strcasecmp(table->columns[i].key, property->key) == 0) {
            table->columns[i].text |= property->text != NULL;
            return COSMO_OK;
        }
    const char *name = cosmo_key_free(property->key, gpkg->arena);
    COSMO_NEED(name, gpkg->run);
    table->columns[table->n_columns++] = (gpkg_column){property->key, name, property->text != NULL};
    return COSMO_OK;
}

static cosmo_status gpkg_plan_columns(const gpkg_writer *gpkg, gpkg_table *table)
{
    size_t most = 0;
    for (size_t i = 0; i < table->n; i++) most += table->shapes[i]->n_properties;
    table->columns = cosmo_arena_array(gpkg->arena, most, sizeof *table->columns);
    COSMO_NEED(table->columns, gpkg->run);
    for (size_t i = 0; i < table->n; i++)
        for (size_t j = 0; j < table->shapes[i]->n_properties; j++)
            COSMO_TRY(gpkg_add_column(gpkg, table, &table->shapes[i]->properties[j]));
    return COSMO_OK;
}

static void gpkg_extend(gpkg_table *table, const cosmo_cut *cut)
{
    for (size_t i = 0; i < cut->n; i++)
        for (size_t j = 0; j < cut->parts[i].n; j++) {
            const cosmo_cut_point point = cut->parts[i].points[j];
            table->west = fmin(table->west, point.lon_deg);
            table->east = fmax(table->east, point.lon_deg);
            table->south = fmin(table->south, point.lat_deg);
            table->north = fmax(table->north, point.lat_deg);
        }
}

static cosmo_status gpkg_plan_table(gpkg_writer *gpkg, const cosmo_layer *layer, cosmo_shape_kind kind)
{
    gpkg_table table = {
        .layer = layer, .kind = kind, .west = INFINITY, .south = INFINITY, .east = -INFINITY, .north = -INFINITY};
    table.shapes = cosmo_arena_array(gpkg->arena, layer->n, sizeof *table.shapes);
    table.cuts = cosmo_arena_array(gpkg->arena, layer->n, sizeof *table.cuts);
    COSMO_NEED(table.shapes, gpkg->run);
    COSMO_NEED(table.cuts, gpkg->run);
    for (size_t i = 0; i < layer->n; i++) {
        const cosmo_shape *shape = &layer->shapes[i];
        if (shape->kind != kind) continue;
        cosmo_cut *cut = &table.cuts[table.n];
        cosmo_window window;
        if (!cosmo_cut_shape(shape, gpkg->arena, cut)) return cosmo_run_out_of_memory(gpkg->run);
        table.shapes[table.n++] = shape;
        table.multi |= cut->n > 1;
        table.windowed |= cosmo_window_of(shape, &window);
        table.n_located += cut->n > 0;
        table.n_aloft += cut->n > 0 && shape->altitude_m != NULL;
        gpkg_extend(&table, cut);
    }
    if (table.n == 0) return COSMO_OK;
    table.name = gpkg_table_name(gpkg, layer, kind);
    COSMO_NEED(table.name, gpkg->run);
    COSMO_TRY(gpkg_plan_columns(gpkg, &table));
    gpkg->tables[gpkg->n_tables++] = table;
    return COSMO_OK;
}

/* ---- geometry ---- */

static void gpkg_put_little(cosmo_text *blob, uint64_t bits, int bytes)
{
    char little[8];
    for (int i = 0; i < bytes; i++) little[i] = (char)(unsigned char)(bits >> 8 * i);
    cosmo_text_put_bytes(blob, little, (size_t)bytes);
}

static void gpkg_put_double(cosmo_text *blob, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    gpkg_put_little(blob, bits, 8);
}

/* Byte order and type: 1 point, 2 line, 3 polygon, 4 to 6 of many, 1000 more with Z. */
static void gpkg_put_wkb_head(cosmo_text *blob, cosmo_shape_kind kind, bool multi, bool aloft)
{
    gpkg_put_little(blob, 1, 1);
    gpkg_put_little(blob, (uint64_t)kind + 1 + (multi ? 3 : 0) + (aloft ? 1000 : 0), 4);
}

static void gpkg_put_part(cosmo_text *blob, cosmo_shape_kind kind, const cosmo_cut_part *part, bool aloft)
{
    gpkg_put_wkb_head(blob, kind, false, aloft);
    if (kind == COSMO_SHAPE_POLYGON) gpkg_put_little(blob, 1, 4);
    if (kind != COSMO_SHAPE_POINT) gpkg_put_little(blob, part->n, 4);
    for (size_t i = 0; i < part->n; i++) {
        gpkg_put_double(blob, part->points[i].lon_deg);
        gpkg_put_double(blob, part->points[i].lat_deg);
        if (aloft) gpkg_put_double(blob, part->points[i].altitude_m);
    }
}

/* The header of clause 2.1.3: magic, version, flags (little-endian, envelope of x and y but for points), reference
 * system. */
static void gpkg_put_geometry(cosmo_text *blob, const gpkg_table *table, const cosmo_shape *shape, const cosmo_cut *cut)
{
    const bool aloft = shape->altitude_m != NULL, boxed = table->kind != COSMO_SHAPE_POINT;
    cosmo_text_put_bytes(blob, "GP\0", 3);
    gpkg_put_little(blob, boxed ? 3 : 1, 1);
    gpkg_put_little(blob, 4326, 4);
    if (boxed) {
        gpkg_table box = {.west = INFINITY, .south = INFINITY, .east = -INFINITY, .north = -INFINITY};
        gpkg_extend(&box, cut);
        gpkg_put_double(blob, box.west);
        gpkg_put_double(blob, box.east);
        gpkg_put_double(blob, box.south);
        gpkg_put_double(blob, box.north);
    }
    if (table->multi) {
        gpkg_put_wkb_head(blob, table->kind, true, aloft);
        gpkg_put_little(blob, cut->n, 4);
    }
    for (size_t i = 0; i < cut->n; i++) gpkg_put_part(blob, table->kind, &cut->parts[i], aloft);
}

/* ---- rows ---- */

static const char *gpkg_geometry_type(const gpkg_table *table)
{
    static const char *const names[2][3] = {{"POINT", "LINESTRING", "POLYGON"},
                                            {"MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON"}};
    return names[table->multi][table->kind];
}

/* A statement whose values are bound from left to right; the first failure is kept. */
typedef struct gpkg_row {
    sqlite3_stmt *statement;
    cosmo_text scratch; /* of the value at hand; SQLite keeps copies */
    int at;
    bool failed;
} gpkg_row;

static void gpkg_text(gpkg_row *row, const char *value)
{
    cosmo_text *clean = &row->scratch;
    row->at++;
    if (value == NULL) return; /* unbound is NULL */
    clean->length = 0;
    cosmo_text_put(clean, "");
    cosmo_utf8_put(clean, value, NULL);
    row->failed |= clean->failed || sqlite3_bind_text(row->statement, row->at, clean->data, (int)clean->length,
                                                      SQLITE_TRANSIENT) != SQLITE_OK;
}

static void gpkg_real(gpkg_row *row, double value)
{
    row->at++;
    if (isfinite(value)) row->failed |= sqlite3_bind_double(row->statement, row->at, value) != SQLITE_OK;
}

static void gpkg_integer(gpkg_row *row, int value)
{
    row->failed |= sqlite3_bind_int(row->statement, ++row->at, value) != SQLITE_OK;
}

static void gpkg_geometry(gpkg_row *row, const gpkg_table *table, size_t i)
{
    cosmo_text *blob = &row->scratch;
    row->at++;
    if (table->cuts[i].n == 0) return;
    blob->length = 0;
    gpkg_put_geometry(blob, table, table->shapes[i], &table->cuts[i]);
    row->failed |= blob->failed || sqlite3_bind_blob(row->statement, row->at, blob->data, (int)blob->length,
                                                     SQLITE_TRANSIENT) != SQLITE_OK;
}

static cosmo_status gpkg_begin_row(const gpkg_writer *gpkg, const char *sql, gpkg_row *row)
{
    *row = (gpkg_row){.scratch = cosmo_text_begin(gpkg->arena)};
    return sqlite3_prepare_v2(gpkg->db, sql, -1, &row->statement, NULL) == SQLITE_OK ? COSMO_OK : gpkg_fail(gpkg);
}

static cosmo_status gpkg_insert(const gpkg_writer *gpkg, gpkg_row *row)
{
    if (row->failed) return cosmo_run_out_of_memory(gpkg->run);
    if (sqlite3_step(row->statement) != SQLITE_DONE) return gpkg_fail(gpkg);
    sqlite3_reset(row->statement);
    sqlite3_clear_bindings(row->statement);
    row->at = 0;
    return COSMO_OK;
}

/* ---- tables ---- */

static const char *gpkg_double_quotes(const char *sequence, size_t length, char scratch[8])
{
    (void)scratch;
    return length == 1 && sequence[0] == '"' ? "\"\"" : NULL;
}

static void gpkg_put_name(cosmo_text *sql, const char *name)
{
    cosmo_text_put(sql, "\"");
    cosmo_utf8_put(sql, name, gpkg_double_quotes);
    cosmo_text_put(sql, "\"");
}

static cosmo_status gpkg_create_table(const gpkg_writer *gpkg, const gpkg_table *table)
{
    cosmo_text sql = cosmo_text_begin(gpkg->arena);
    cosmo_text_put(&sql, "CREATE TABLE ");
    gpkg_put_name(&sql, table->name);
    cosmo_text_print(
        &sql,
        " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom %s, id TEXT, name TEXT, role TEXT, note TEXT,"
        " estimate BOOLEAN",
        gpkg_geometry_type(table));
    if (table->windowed) cosmo_text_put(&sql, ", from_s REAL, until_s REAL");
    for (size_t i = 0; i < table->n_columns; i++) {
        cosmo_text_put(&sql, ", ");
        gpkg_put_name(&sql, table->columns[i].name);
        cosmo_text_put(&sql, table->columns[i].text ? " TEXT" : " REAL");
    }
    cosmo_text_put(&sql, ")");
    return sql.failed ? cosmo_run_out_of_memory(gpkg->run) : gpkg_execute(gpkg, sql.data);
}

static void gpkg_property(gpkg_row *row, const gpkg_column *column, const cosmo_shape *shape)
{
    const cosmo_property *found = NULL;
    for (size_t i = 0; i < shape->n_properties && found == NULL; i++)
        if (strcasecmp(shape->properties[i].key, column->key) == 0) found = &shape->properties[i];
    char number[32];
    if (found == NULL) {
        row->at++;
    } else if (!column->text) {
        gpkg_real(row, found->number);
    } else {
        cosmo_json_format(found->number, number);
        gpkg_text(row, found->text != NULL ? found->text : isfinite(found->number) ? number : NULL);
    }
}

static void gpkg_window(gpkg_row *row, const cosmo_shape *shape)
{
    cosmo_window window = {NAN, NAN};
    cosmo_window_of(shape, &window);
    gpkg_real(row, window.from_s);
    gpkg_real(row, window.until_s);
}

static cosmo_status gpkg_fill_rows(const gpkg_writer *gpkg, const gpkg_table *table, gpkg_row *row)
{
    for (size_t i = 0; i < table->n; i++) {
        const cosmo_shape *shape = table->shapes[i];
        gpkg_geometry(row, table, i);
        gpkg_text(row, shape->id);
        gpkg_text(row, shape->name);
        gpkg_text(row, shape->role);
        gpkg_text(row, shape->note);
        gpkg_integer(row, shape->estimate);
        if (table->windowed) gpkg_window(row, shape);
        for (size_t j = 0; j < table->n_columns; j++) gpkg_property(row, &table->columns[j], shape);
        COSMO_TRY(gpkg_insert(gpkg, row));
    }
    return COSMO_OK;
}

static cosmo_status gpkg_fill_table(const gpkg_writer *gpkg, const gpkg_table *table)
{
    cosmo_text sql = cosmo_text_begin(gpkg->arena);
    gpkg_row row;
    cosmo_text_put(&sql, "INSERT INTO ");
    gpkg_put_name(&sql, table->name);
    cosmo_text_put(&sql, " VALUES (NULL, ?, ?, ?, ?, ?, ?");
    if (table->windowed) cosmo_text_put(&sql, ", ?, ?");
    for (size_t i = 0; i < table->n_columns; i++) cosmo_text_put(&sql, ", ?");
    cosmo_text_put(&sql, ")");
    if (sql.failed) return cosmo_run_out_of_memory(gpkg->run);
    COSMO_TRY(gpkg_begin_row(gpkg, sql.data, &row));
    const cosmo_status status = gpkg_fill_rows(gpkg, table, &row);
    sqlite3_finalize(row.statement);
    return status;
}

/* last_change is the epoch: the bytes must not tell when they were made. */
static cosmo_status gpkg_list_table(const gpkg_writer *gpkg, const gpkg_table *table)
{
    gpkg_row row;
    const char *description = cosmo_arena_print(gpkg->arena, "%s: %s", gpkg->name,
                                                table->layer->title != NULL ? table->layer->title : table->name);
    COSMO_NEED(description, gpkg->run);
    COSMO_TRY(gpkg_begin_row(
        gpkg,
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, '1970-01-01T00:00:00.000Z', ?3, ?4, ?5, ?6, 4326)",
        &row));
    gpkg_text(&row, table->name);
    gpkg_text(&row, description);
    gpkg_real(&row, table->west);
    gpkg_real(&row, table->south);
    gpkg_real(&row, table->east);
    gpkg_real(&row, table->north);
    const cosmo_status status = gpkg_insert(gpkg, &row);
    sqlite3_finalize(row.statement);
    return status;
}

/* What the standard calls z: 0 no heights, 1 heights everywhere, 2 here and there. */
static int gpkg_z(const gpkg_table *table)
{
    if (table->n_aloft == 0) return 0;
    return table->n_aloft == table->n_located ? 1 : 2;
}

static cosmo_status gpkg_list_geometry(const gpkg_writer *gpkg, const gpkg_table *table)
{
    gpkg_row row;
    COSMO_TRY(gpkg_begin_row(gpkg, "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, ?, 0)", &row));
    gpkg_text(&row, table->name);
    gpkg_text(&row, gpkg_geometry_type(table));
    gpkg_integer(&row, gpkg_z(table));
    const cosmo_status status = gpkg_insert(gpkg, &row);
    sqlite3_finalize(row.statement);
    return status;
}

static cosmo_status gpkg_fill(gpkg_writer *gpkg, const cosmo_layer *layers, size_t n)
{
    gpkg->tables = cosmo_arena_array(gpkg->arena, 3 * n, sizeof *gpkg->tables);
    COSMO_NEED(gpkg->tables, gpkg->run);
    for (size_t i = 0; i < n; i++)
        for (int kind = COSMO_SHAPE_POINT; kind <= COSMO_SHAPE_POLYGON; kind++)
            COSMO_TRY(gpkg_plan_table(gpkg, &layers[i], (cosmo_shape_kind)kind));
    COSMO_TRY(gpkg_execute(gpkg, gpkg_schema));
    for (size_t i = 0; i < gpkg->n_tables; i++) {
        COSMO_TRY(gpkg_create_table(gpkg, &gpkg->tables[i]));
        COSMO_TRY(gpkg_list_table(gpkg, &gpkg->tables[i]));
        COSMO_TRY(gpkg_list_geometry(gpkg, &gpkg->tables[i]));
        COSMO_TRY(gpkg_fill_table(gpkg, &gpkg->tables[i]));
    }
    return gpkg_execute(gpkg, "COMMIT");
}

static cosmo_status gpkg_save(const gpkg_writer *gpkg)
{
    sqlite3_int64 bytes = 0;
    unsigned char *image = sqlite3_serialize(gpkg->db, "main", &bytes, 0);
    if (image == NULL) return cosmo_run_out_of_memory(gpkg->run);
    const cosmo_status status = cosmo_file_write(gpkg->path, image, (size_t)bytes, gpkg->run);
    sqlite3_free(image);
    return status;
}

cosmo_status cosmo_gpkg_write(const char *path, const char *name, const cosmo_layer *layers, size_t n, cosmo_run *run)
{
    gpkg_writer gpkg = {.path = path, .name = name, .run = run, .arena = run->arena};
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    cosmo_status status = sqlite3_open_v2(":memory:", &gpkg.db, flags, NULL) == SQLITE_OK ? COSMO_OK : gpkg_fail(&gpkg);
    if (status == COSMO_OK) status = gpkg_fill(&gpkg, layers, n);
    if (status == COSMO_OK) status = gpkg_save(&gpkg);
    sqlite3_close(gpkg.db);
    return status;
}
