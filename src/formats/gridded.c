/* Weather on grids: netCDF and GRIB files as lists of horizontal fields, through GDAL. */
#include "cosmodrome/formats.h"
#include "formats/classic.h"
#include "formats/hush.h"

#include <math.h>
#include <string.h>

bool cosmo_gridded_known(const void *data, size_t bytes, const char **what)
{
    const unsigned char *b = data;
    *what = NULL;
    if (bytes >= 4 && memcmp(b, "CDF", 3) == 0 && (b[3] == 1 || b[3] == 2 || b[3] == 5)) *what = "netCDF";
    if (bytes >= 8 && memcmp(b, "\211HDF\r\n\032\n", 8) == 0) *what = "netCDF-4";
    if (bytes >= 4 && memcmp(b, "GRIB", 4) == 0) *what = "GRIB";
    return *what != NULL;
}

#ifdef COSMO_WITH_GDAL
#include <cpl_string.h>
#include <gdal.h>
#include <ogr_srs_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

enum { GRIDDED_FIELDS_MAX = 1 << 20, GRIDDED_AXIS_MAX = 1 << 16, GRIDDED_DIMENSIONS_MAX = 8 };
enum { GRIDDED_HEAD_BYTES = 1 << 20 };
static const long long GRIDDED_CACHE_BYTES = 256 << 20;

/* What a dimension of an array is. */
typedef enum gridded_role {
    GRIDDED_LATITUDE,
    GRIDDED_LONGITUDE,
    GRIDDED_LEVEL,
    GRIDDED_TIME,
    GRIDDED_MEMBER,
    GRIDDED_SINGLE /* of length 1 and without a meaning that is needed */
} gridded_role;

typedef struct gridded_dimension {
    gridded_role role;
    size_t n;
    const double *values; /* in SI, seconds since 1970, degrees or member numbers */
    cosmo_gridded_kind kind;
} gridded_dimension;

/* Latitudes and longitudes, each ascending or descending. */
typedef struct gridded_grid {
    size_t n_lat, n_lon;
    const double *lat_deg, *lon_deg;
    bool round; /* the last longitude is followed by the first */
} gridded_grid;

typedef struct gridded_array {
    GDALMDArrayH array;   /* of a netCDF file; */
    GDALRasterBandH band; /* of a GRIB file */
    gridded_grid grid;
    size_t n;
    gridded_dimension dimension[GRIDDED_DIMENSIONS_MAX];
    bool has_nodata;
    double nodata, scale, offset;
} gridded_array;

struct cosmo_gridded {
    const char *path;
    cosmo_arena *arena;
    GDALDatasetH dataset;
    GDALGroupH root;
    size_t n_arrays, n_fields, capacity;
    gridded_array *arrays;
    cosmo_gridded_field *fields;
    const char *passed; /* why an array was left out: the first reason; NULL: none was */
};

static cosmo_status gridded_fail(const cosmo_gridded *g, cosmo_run *run, const char *what, const formats_hush *words)
{
    const char *said = words != NULL ? words->text : "";
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: %s%s%s%s", g->path, what, said[0] != '\0' ? " (" : "", said,
                          said[0] != '\0' ? ")" : "");
}

static void gridded_pass(cosmo_gridded *g, const char *array, const char *why)
{
    if (g->passed == NULL) g->passed = cosmo_arena_print(g->arena, "'%.60s' %s", array, why);
}

static const char *gridded_keep(cosmo_arena *arena, const char *text)
{
    return text != NULL ? cosmo_arena_text(arena, text, strnlen(text, 200)) : "";
}

static cosmo_status gridded_add(cosmo_gridded *g, const cosmo_gridded_field *field, cosmo_run *run)
{
    if (g->n_fields == GRIDDED_FIELDS_MAX)
        return gridded_fail(g, run, "more than 1,048,576 fields; cut out the levels and times that are needed", NULL);
    if (g->n_fields == g->capacity) {
        const size_t capacity = g->capacity != 0 ? 2 * g->capacity : 256;
        cosmo_gridded_field *fields = cosmo_arena_array(g->arena, capacity, sizeof *fields);
        COSMO_NEED(fields, run);
        if (g->n_fields > 0) memcpy(fields, g->fields, g->n_fields * sizeof *fields);
        g->fields = fields;
        g->capacity = capacity;
    }
    g->fields[g->n_fields++] = *field;
    return COSMO_OK;
}

/* ---- times ------------------------------------------------------------------------------------------------------- */

/* Days from 1970-01-01 to a date of the Gregorian calendar: years begin in March, so that leap days end them. */
static double gridded_days(int year, int month, int day)
{
    const int y = month <= 2 ? year - 1 : year, era = y / 400, of_era = y - 400 * era;
    const int of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return 146097.0 * era + 365.0 * of_era + of_era / 4 - of_era / 100 + of_year - 719468.0;
}

/* "hours since 1900-01-01 00:00:0.0" as a step and a start in seconds; false when it is not such a text. */
static bool gridded_time_unit(const char *unit, double *step_s, double *start_s)
{
    static const struct {
        const char *word;
        double seconds;
    } steps[] = {{"second", 1.0},  {"sec", 1.0},   {"s", 1.0},    {"minute", 60.0}, {"min", 60.0},
                 {"hour", 3600.0}, {"hr", 3600.0}, {"h", 3600.0}, {"day", 86400.0}, {"d", 86400.0}};
    char word[16];
    int year, month, day, hour = 0, minute = 0, at = 0;
    double second = 0.0;
    if (sscanf(unit, "%15s since %d-%d-%d%n", word, &year, &month, &day, &at) != 4) return false;
    if (unit[at] == 'T' || unit[at] == ' ') sscanf(unit + at + 1, "%d:%d:%lf", &hour, &minute, &second);
    if (year < 1600 || year > 2400 || month < 1 || month > 12 || day < 1 || day > 31) return false;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0.0 && second < 61.0)) return false;
    const size_t length = strlen(word);
    if (length > 1 && word[length - 1] == 's') word[length - 1] = '\0';
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (strcasecmp(word, steps[i].word) != 0) continue;
        *step_s = steps[i].seconds;
        *start_s = 86400.0 * gridded_days(year, month, day) + 3600.0 * hour + 60.0 * minute + second;
        return true;
    }
    return false;
}

/* ---- netCDF: arrays and their dimensions ------------------------------------------------------------------------- */

static const char *gridded_attribute(GDALMDArrayH array, const char *name, cosmo_arena *arena)
{
    GDALAttributeH attribute = GDALMDArrayGetAttribute(array, name);
    if (attribute == NULL) return "";
    const char *text = gridded_keep(arena, GDALAttributeReadAsString(attribute));
    GDALAttributeRelease(attribute);
    return text != NULL ? text : "";
}

/* True when a word is one of a list that NULL ends, in any case. */
static bool gridded_one_of(const char *word, const char *const *list)
{
    for (; *list != NULL; list++)
        if (strcasecmp(word, *list) == 0) return true;
    return false;
}

/* The role of a dimension with coordinates, and what turns these into SI; false when it has none. */
static bool gridded_recognise(const char *name, const char *unit, const char *standard, gridded_dimension *dimension,
                              double *factor, double *shift)
{
    static const char *const north[] = {"degrees_north", "degree_north", "degrees_N", "degree_N", NULL};
    static const char *const east[] = {"degrees_east", "degree_east", "degrees_E", "degree_E", NULL};
    static const char *const members[] = {"number", "member",          "realization", "ensemble",
                                          "ens",    "ensemble_member", NULL};
    static const char *const metres[] = {"m", "metre", "metres", "meter", "meters", NULL};
    static const char *const hundreds[] = {"hPa", "mb", "mbar", "millibar", "millibars", NULL};
    *factor = 1.0;
    *shift = 0.0;
    dimension->kind = COSMO_GRIDDED_OTHER;
    dimension->role = GRIDDED_LEVEL;
    if (gridded_one_of(unit, north) || strcmp(standard, "latitude") == 0)
        dimension->role = GRIDDED_LATITUDE;
    else if (gridded_one_of(unit, east) || strcmp(standard, "longitude") == 0)
        dimension->role = GRIDDED_LONGITUDE;
    else if (gridded_time_unit(unit, factor, shift))
        dimension->role = GRIDDED_TIME;
    else if (gridded_one_of(name, members) || strcmp(standard, "realization") == 0)
        dimension->role = GRIDDED_MEMBER;
    else if (gridded_one_of(unit, hundreds) || strcmp(unit, "Pa") == 0) {
        dimension->kind = COSMO_GRIDDED_PRESSURE;
        *factor = strcmp(unit, "Pa") == 0 ? 1.0 : 100.0;
    } else if (gridded_one_of(unit, metres))
        dimension->kind = strcmp(standard, "height") == 0 ? COSMO_GRIDDED_HEIGHT : COSMO_GRIDDED_ALTITUDE;
    else
        return false;
    return true;
}

static cosmo_status gridded_coordinates(cosmo_gridded *g, GDALMDArrayH variable, double factor, double shift,
                                        gridded_dimension *dimension, cosmo_run *run)
{
    double *values = cosmo_arena_array(g->arena, dimension->n, sizeof *values);
    COSMO_NEED(values, run);
    const GUInt64 start = 0;
    const size_t count = dimension->n;
    GDALExtendedDataTypeH type = GDALExtendedDataTypeCreate(GDT_Float64);
    const bool read =
        GDALMDArrayRead(variable, &start, &count, NULL, NULL, type, values, values, count * sizeof *values) != 0;
    GDALExtendedDataTypeRelease(type);
    if (!read) return gridded_fail(g, run, "cut short or damaged: its coordinates cannot be read", NULL);
    for (size_t i = 0; i < count; i++) values[i] = shift + factor * values[i];
    dimension->values = values;
    return COSMO_OK;
}

/* Length, role and coordinates of a dimension; *known false when it has a meaning that is not known here. */
static cosmo_status gridded_dimension_read(cosmo_gridded *g, GDALDimensionH handle, gridded_dimension *dimension,
                                           cosmo_run *run, bool *known)
{
    const GUInt64 n = GDALDimensionGetSize(handle);
    *known = false;
    dimension->n = (size_t)n;
    if (n == 0 || n > GRIDDED_AXIS_MAX) return COSMO_OK;
    double factor, shift;
    GDALMDArrayH variable = GDALDimensionGetIndexingVariable(handle);
    if (variable != NULL) {
        const char *unit = gridded_keep(g->arena, GDALMDArrayGetUnit(variable));
        const char *standard = gridded_attribute(variable, "standard_name", g->arena);
        *known = gridded_recognise(GDALDimensionGetName(handle), unit, standard, dimension, &factor, &shift);
        const cosmo_status status = *known ? gridded_coordinates(g, variable, factor, shift, dimension, run) : COSMO_OK;
        GDALMDArrayRelease(variable);
        COSMO_TRY(status);
    }
    if (!*known && n == 1) {
        dimension->role = GRIDDED_SINGLE;
        *known = true;
    }
    return COSMO_OK;
}

static bool gridded_monotonic(const double *values, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(values[i])) return false;
    for (size_t i = 2; i < n; i++)
        if ((values[i] > values[i - 1]) != (values[1] > values[0]) || values[i] == values[i - 1]) return false;
    return n >= 2 && values[1] != values[0];
}

/* Longitudes that go round the Earth: the gap from the last to the first is no wider than the steps. */
static void gridded_close_circle(gridded_grid *grid)
{
    const size_t n = grid->n_lon;
    const double step = fabs(grid->lon_deg[1] - grid->lon_deg[0]);
    const double gap = 360.0 - fabs(grid->lon_deg[n - 1] - grid->lon_deg[0]);
    grid->round = gap > 1e-6 && gap < 1.5 * step;
}

/* The grid of an array whose dimensions are known; false when it has none, or a dimension for the second time. */
static bool gridded_find_grid(gridded_array *array)
{
    bool seen[GRIDDED_SINGLE] = {false};
    for (size_t i = 0; i < array->n; i++) {
        const gridded_dimension *d = &array->dimension[i];
        if (d->role == GRIDDED_SINGLE) continue;
        if (seen[d->role]) return false;
        seen[d->role] = true;
        if (d->role == GRIDDED_LATITUDE) array->grid.n_lat = d->n, array->grid.lat_deg = d->values;
        if (d->role == GRIDDED_LONGITUDE) array->grid.n_lon = d->n, array->grid.lon_deg = d->values;
    }
    if (!seen[GRIDDED_LATITUDE] || !seen[GRIDDED_LONGITUDE]) return false;
    if (!gridded_monotonic(array->grid.lat_deg, array->grid.n_lat)) return false;
    if (!gridded_monotonic(array->grid.lon_deg, array->grid.n_lon)) return false;
    gridded_close_circle(&array->grid);
    return true;
}

/* Of a field, numbered by its place in the dimensions beside latitude and longitude: its place in each. */
static void gridded_unfold(const gridded_array *array, size_t offset, size_t place[GRIDDED_DIMENSIONS_MAX])
{
    for (size_t i = array->n; i-- > 0;) {
        const gridded_dimension *d = &array->dimension[i];
        place[i] = 0;
        if (d->role == GRIDDED_LATITUDE || d->role == GRIDDED_LONGITUDE) continue;
        place[i] = offset % d->n;
        offset /= d->n;
    }
}

/* Every field of an array. */
static cosmo_status gridded_list(cosmo_gridded *g, size_t index, const cosmo_gridded_field *all, cosmo_run *run)
{
    const gridded_array *array = &g->arrays[index];
    double n = 1.0;
    for (size_t i = 0; i < array->n; i++)
        if (array->dimension[i].role > GRIDDED_LONGITUDE) n *= (double)array->dimension[i].n;
    for (size_t offset = 0; (double)offset < n; offset++) {
        cosmo_gridded_field field = *all;
        size_t place[GRIDDED_DIMENSIONS_MAX];
        gridded_unfold(array, offset, place);
        field.array = index;
        field.offset = offset;
        for (size_t i = 0; i < array->n; i++) {
            const gridded_dimension *d = &array->dimension[i];
            if (d->role == GRIDDED_LEVEL) field.kind = d->kind, field.level = d->values[place[i]];
            if (d->role == GRIDDED_TIME) field.posix_s = d->values[place[i]];
            if (d->role == GRIDDED_MEMBER) field.member = (int64_t)fmax(0.0, fmin(1e9, d->values[place[i]]));
        }
        COSMO_TRY(gridded_add(g, &field, run));
    }
    return COSMO_OK;
}

/* Numbers as they are meant: packed ones have a scale and an offset. */
static void gridded_packing(gridded_array *array)
{
    int has = 0;
    array->nodata = GDALMDArrayGetNoDataValueAsDouble(array->array, &has);
    array->has_nodata = has != 0;
    array->scale = GDALMDArrayGetScale(array->array, &has);
    if (!has) array->scale = 1.0;
    array->offset = GDALMDArrayGetOffset(array->array, &has);
    if (!has) array->offset = 0.0;
}

/* Dimensions and fields of the array in slot g->n_arrays, which it keeps when it has fields. */
static cosmo_status gridded_take_array(cosmo_gridded *g, const char *name, cosmo_run *run)
{
    gridded_array *array = &g->arrays[g->n_arrays];
    size_t n = 0;
    GDALDimensionH *dimensions = GDALMDArrayGetDimensions(array->array, &n);
    cosmo_status status = COSMO_OK;
    bool known = n >= 2 && n <= GRIDDED_DIMENSIONS_MAX;
    for (size_t i = 0; i < n && known && status == COSMO_OK; i++) {
        status = gridded_dimension_read(g, dimensions[i], &array->dimension[i], run, &known);
        if (!known)
            gridded_pass(g, name,
                         cosmo_arena_print(g->arena, "has a dimension '%.60s' that is not known here",
                                           GDALDimensionGetName(dimensions[i])));
    }
    GDALReleaseDimensions(dimensions, n);
    COSMO_TRY(status);
    array->n = n;
    if (!known || !gridded_find_grid(array)) {
        if (known) gridded_pass(g, name, "does not lie on latitudes and longitudes");
        GDALMDArrayRelease(array->array);
        *array = (gridded_array){0};
        return COSMO_OK;
    }
    gridded_packing(array);
    const cosmo_gridded_field all = {.name = gridded_keep(g->arena, name),
                                     .standard_name = gridded_attribute(array->array, "standard_name", g->arena),
                                     .unit = gridded_keep(g->arena, GDALMDArrayGetUnit(array->array)),
                                     .posix_s = NAN,
                                     .member = -1};
    COSMO_NEED(all.name, run);
    COSMO_NEED(all.unit, run);
    return gridded_list(g, g->n_arrays++, &all, run);
}

static cosmo_status gridded_open_netcdf(cosmo_gridded *g, cosmo_run *run)
{
    g->root = GDALDatasetGetRootGroup(g->dataset);
    char **names = g->root != NULL ? GDALGroupGetMDArrayNames(g->root, NULL) : NULL;
    size_t n = 0;
    while (names != NULL && names[n] != NULL) n++;
    g->arrays = cosmo_arena_array(g->arena, n + 1, sizeof *g->arrays);
    cosmo_status status = g->arrays != NULL ? COSMO_OK : cosmo_run_out_of_memory(run);
    for (size_t i = 0; i < n && status == COSMO_OK; i++) {
        GDALMDArrayH array = GDALGroupOpenMDArray(g->root, names[i], NULL);
        if (array == NULL) continue;
        if (GDALMDArrayGetDimensionCount(array) < 2) {
            GDALMDArrayRelease(array);
            continue;
        }
        g->arrays[g->n_arrays].array = array;
        status = gridded_take_array(g, names[i], run);
        if (status != COSMO_OK && g->arrays[g->n_arrays].array == array) g->n_arrays++; /* so that it is released */
    }
    CSLDestroy(names);
    return status;
}

/* ---- GRIB: bands ------------------------------------------------------------------------------------------------- */

static const char *gridded_item(GDALRasterBandH band, const char *name)
{
    const char *text = GDALGetMetadataItem(band, name, NULL);
    return text != NULL ? text : "";
}

/* '85000[Pa] ISBL="Isobaric surface"': kind, and level in SI. */
static void gridded_grib_level(const char *text, cosmo_gridded_field *field)
{
    static const struct {
        const char *code;
        cosmo_gridded_kind kind;
    } kinds[] = {{"ISBL", COSMO_GRIDDED_PRESSURE},
                 {"HTGL", COSMO_GRIDDED_HEIGHT},
                 {"GPML", COSMO_GRIDDED_ALTITUDE},
                 {"SFC", COSMO_GRIDDED_SURFACE}};
    double level;
    char unit[12], code[12];
    field->kind = COSMO_GRIDDED_OTHER;
    if (sscanf(text, "%lf[%11[^]]] %11[A-Z]", &level, unit, code) != 3 || !isfinite(level)) return;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(code, kinds[i].code) == 0) field->kind = kinds[i].kind;
    field->level = strcmp(unit, "hPa") == 0 || strcmp(unit, "mb") == 0 ? 100.0 * level : level;
}

/* The member's number stands in product definition templates 1 and 11, after fifteen other entries and its kind. */
static int64_t gridded_grib_member(GDALRasterBandH band)
{
    const char *template = gridded_item(band, "GRIB_PDS_PDTN");
    const char *text = gridded_item(band, "GRIB_PDS_TEMPLATE_ASSEMBLED_VALUES");
    if (strcmp(template, "1") != 0 && strcmp(template, "11") != 0) return -1;
    long value = -1;
    for (int i = 0; i <= 16; i++) {
        char *end;
        value = strtol(text, &end, 10);
        if (end == text) return -1;
        text = end;
    }
    return value;
}

static cosmo_status gridded_take_band(cosmo_gridded *g, size_t index, cosmo_run *run)
{
    GDALRasterBandH band = GDALGetRasterBand(g->dataset, (int)index + 1);
    gridded_array *array = &g->arrays[index];
    *array = (gridded_array){.band = band, .grid = g->arrays[0].grid, .scale = 1.0};
    int has = 0;
    array->nodata = GDALGetRasterNoDataValue(band, &has);
    array->has_nodata = has != 0;
    char unit[64];
    const char *bracketed = gridded_item(band, "GRIB_UNIT");
    if (sscanf(bracketed, "[%63[^]]]", unit) != 1) unit[0] = '\0';
    cosmo_gridded_field field = {.name = gridded_keep(g->arena, gridded_item(band, "GRIB_ELEMENT")),
                                 .standard_name = "",
                                 .unit = gridded_keep(g->arena, unit),
                                 .posix_s = NAN,
                                 .member = gridded_grib_member(band),
                                 .array = index};
    COSMO_NEED(field.name, run);
    COSMO_NEED(field.unit, run);
    gridded_grib_level(GDALGetDescription(band), &field);
    double valid;
    if (sscanf(gridded_item(band, "GRIB_VALID_TIME"), "%lf", &valid) == 1 && isfinite(valid)) field.posix_s = valid;
    return gridded_add(g, &field, run);
}

static cosmo_status gridded_grib_grid(cosmo_gridded *g, gridded_grid *grid, cosmo_run *run)
{
    double corner[6];
    const OGRSpatialReferenceH reference = GDALGetSpatialRef(g->dataset);
    const int columns = GDALGetRasterXSize(g->dataset), rows = GDALGetRasterYSize(g->dataset);
    if (reference == NULL || !OSRIsGeographic(reference) || GDALGetGeoTransform(g->dataset, corner) != CE_None ||
        corner[2] != 0.0 || corner[4] != 0.0)
        return gridded_fail(g, run, "its grid is not one of latitudes and longitudes", NULL);
    if (columns < 2 || rows < 2 || columns > GRIDDED_AXIS_MAX || rows > GRIDDED_AXIS_MAX)
        return gridded_fail(g, run, "its grid has fewer than two points in a row or column, or too many", NULL);
    double *lon = cosmo_arena_array(g->arena, (size_t)columns, sizeof *lon);
    double *lat = cosmo_arena_array(g->arena, (size_t)rows, sizeof *lat);
    COSMO_NEED(lon, run);
    COSMO_NEED(lat, run);
    for (int i = 0; i < columns; i++) lon[i] = corner[0] + corner[1] * (i + 0.5);
    for (int i = 0; i < rows; i++) lat[i] = corner[3] + corner[5] * (i + 0.5);
    *grid = (gridded_grid){.n_lat = (size_t)rows, .n_lon = (size_t)columns, .lat_deg = lat, .lon_deg = lon};
    if (!gridded_monotonic(lon, grid->n_lon) || !gridded_monotonic(lat, grid->n_lat))
        return gridded_fail(g, run, "its geotransform is impossible", NULL);
    gridded_close_circle(grid);
    return COSMO_OK;
}

static cosmo_status gridded_open_grib(cosmo_gridded *g, cosmo_run *run)
{
    const int bands = GDALGetRasterCount(g->dataset);
    if (bands < 1) return gridded_fail(g, run, "no messages in it", NULL);
    g->arrays = cosmo_arena_array(g->arena, (size_t)bands, sizeof *g->arrays);
    COSMO_NEED(g->arrays, run);
    COSMO_TRY(gridded_grib_grid(g, &g->arrays[0].grid, run));
    for (int i = 0; i < bands; i++) {
        COSMO_TRY(gridded_take_band(g, (size_t)i, run));
        g->n_arrays++;
    }
    return COSMO_OK;
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

/* netCDF reads zeros where a classic file has been cut, and takes memory for whatever a damaged header counts. So the
 * header is read here first; it says how long the file must be. */
static cosmo_status gridded_check_length(const cosmo_gridded *g, FILE *file, cosmo_run *run)
{
    unsigned char *head = cosmo_arena_alloc(g->arena, GRIDDED_HEAD_BYTES);
    COSMO_NEED(head, run);
    rewind(file);
    const double needed = cosmo_classic_bytes(head, fread(head, 1, GRIDDED_HEAD_BYTES, file));
    if (needed == 0.0) return gridded_fail(g, run, "damaged: its header cannot be read", NULL);
    if (fseek(file, 0, SEEK_END) != 0) return gridded_fail(g, run, "it cannot be read", NULL);
    const double length = (double)ftell(file);
    if (length >= needed) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: cut short: %.0f bytes, and its header asks for %.0f",
                          g->path, length, needed);
}

static cosmo_status gridded_first_bytes(cosmo_gridded *g, cosmo_run *run, const char **what)
{
    unsigned char begin[8];
    FILE *file = fopen(g->path, "rb");
    if (file == NULL) return gridded_fail(g, run, "there is no such file", NULL);
    const size_t n = fread(begin, 1, sizeof begin, file);
    cosmo_status status = COSMO_OK;
    if (!cosmo_gridded_known(begin, n, what))
        status = gridded_fail(g, run, "neither netCDF nor GRIB", NULL);
    else if (strcmp(*what, "netCDF") == 0)
        status = gridded_check_length(g, file, run);
    fclose(file);
    return status;
}

static cosmo_status gridded_open_with(cosmo_gridded *g, const char *what, cosmo_run *run, const formats_hush *words)
{
    const bool grib = strcmp(what, "GRIB") == 0;
    const char *drivers[] = {grib ? "GRIB" : "netCDF", NULL};
    GDALAllRegister();
    GDALSetCacheMax64(GRIDDED_CACHE_BYTES);
    if (GDALGetDriverByName(drivers[0]) == NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: the GDAL of this machine has no driver for %s files",
                              g->path, drivers[0]);
    const unsigned kind = grib ? GDAL_OF_RASTER : GDAL_OF_MULTIDIM_RASTER;
    g->dataset = GDALOpenEx(g->path, kind | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, drivers, NULL, NULL);
    if (g->dataset == NULL) return gridded_fail(g, run, "cut short or damaged: it cannot be opened", words);
    COSMO_TRY(grib ? gridded_open_grib(g, run) : gridded_open_netcdf(g, run));
    if (g->n_fields > 0) return COSMO_OK;
    return gridded_fail(g, run, g->passed != NULL ? g->passed : "nothing in it lies on latitudes and longitudes", NULL);
}

cosmo_status cosmo_gridded_open(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_gridded **gridded)
{
    const char *what;
    *gridded = NULL;
    cosmo_gridded *g = cosmo_arena_alloc(arena, sizeof *g);
    COSMO_NEED(g, run);
    g->arena = arena;
    g->path = cosmo_arena_text(arena, path, strlen(path));
    COSMO_NEED(g->path, run);
    COSMO_TRY(gridded_first_bytes(g, run, &what));
    formats_hush words;
    cosmo_hush_begin(&words);
    const cosmo_status status = gridded_open_with(g, what, run, &words);
    cosmo_hush_end();
    if (status == COSMO_OK)
        *gridded = g;
    else
        cosmo_gridded_close(g);
    return status;
}

void cosmo_gridded_close(cosmo_gridded *g)
{
    if (g == NULL) return;
    formats_hush words;
    cosmo_hush_begin(&words);
    for (size_t i = 0; i < g->n_arrays; i++)
        if (g->arrays[i].array != NULL) GDALMDArrayRelease(g->arrays[i].array);
    if (g->root != NULL) GDALGroupRelease(g->root);
    if (g->dataset != NULL) GDALClose(g->dataset);
    cosmo_hush_end();
}

size_t cosmo_gridded_fields(const cosmo_gridded *g, const cosmo_gridded_field **fields)
{
    *fields = g->fields;
    return g->n_fields;
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* The two neighbours of a coordinate and the weight of the second; false beyond the ends. */
static bool gridded_between(const double *values, size_t n, double x, size_t pair[2], double *part)
{
    const bool up = values[1] > values[0];
    size_t low = 0, high = n - 1;
    if (up ? x < values[low] || x > values[high] : x > values[low] || x < values[high]) return false;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (up ? x < values[middle] : x > values[middle])
            high = middle;
        else
            low = middle;
    }
    pair[0] = low;
    pair[1] = high;
    *part = (x - values[low]) / (values[high] - values[low]);
    return true;
}

/* The same of a longitude, which may be counted from another meridian than the file's. */
static bool gridded_between_meridians(const gridded_grid *grid, double lon, size_t pair[2], double *part)
{
    const size_t last = grid->n_lon - 1;
    for (int turn = -1; turn <= 1; turn++)
        if (gridded_between(grid->lon_deg, grid->n_lon, lon + 360.0 * turn, pair, part)) return true;
    if (!grid->round) return false;
    const double a = grid->lon_deg[last], direction = grid->lon_deg[1] > grid->lon_deg[0] ? 1.0 : -1.0;
    const double gap = 360.0 - fabs(a - grid->lon_deg[0]);
    double past = fmod(direction * (lon - a), 360.0);
    if (past < 0.0) past += 360.0;
    pair[0] = last;
    pair[1] = 0;
    *part = fmin(1.0, past / gap);
    return true;
}

/* One number of a field as it is meant; NaN: missing. */
static bool gridded_number(const gridded_array *array, const cosmo_gridded_field *field, size_t lat, size_t lon,
                           double *value)
{
    double number = NAN;
    if (array->band != NULL) {
        if (GDALRasterIO(array->band, GF_Read, (int)lon, (int)lat, 1, 1, &number, 1, 1, GDT_Float64, 0, 0) != CE_None)
            return false;
    } else {
        size_t place[GRIDDED_DIMENSIONS_MAX], count[GRIDDED_DIMENSIONS_MAX];
        GUInt64 start[GRIDDED_DIMENSIONS_MAX];
        gridded_unfold(array, field->offset, place);
        for (size_t i = 0; i < array->n; i++) {
            const gridded_role role = array->dimension[i].role;
            start[i] = role == GRIDDED_LATITUDE ? lat : role == GRIDDED_LONGITUDE ? lon : place[i];
            count[i] = 1;
        }
        GDALExtendedDataTypeH type = GDALExtendedDataTypeCreate(GDT_Float64);
        const int read = GDALMDArrayRead(array->array, start, count, NULL, NULL, type, &number, &number, sizeof number);
        GDALExtendedDataTypeRelease(type);
        if (!read) return false;
    }
    const bool missing = array->has_nodata && number == array->nodata;
    *value = missing ? NAN : array->offset + array->scale * number;
    return true;
}

cosmo_status cosmo_gridded_value(cosmo_gridded *g, const cosmo_gridded_field *field, double lon_deg, double lat_deg,
                                 double *value, cosmo_run *run)
{
    const gridded_array *array = &g->arrays[field->array];
    const gridded_grid *grid = &array->grid;
    size_t lat[2], lon[2];
    double north, east, sum = 0.0;
    if (!gridded_between(grid->lat_deg, grid->n_lat, lat_deg, lat, &north) ||
        !gridded_between_meridians(grid, lon_deg, lon, &east))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "%s: error: it covers latitudes %g to %g and longitudes %g to %g, not %g, %g", g->path,
                              grid->lat_deg[0], grid->lat_deg[grid->n_lat - 1], grid->lon_deg[0],
                              grid->lon_deg[grid->n_lon - 1], lat_deg, lon_deg);
    formats_hush words;
    cosmo_hush_begin(&words);
    bool read = true;
    for (int i = 0; i < 4 && read; i++) {
        double corner = NAN;
        const double weight = (i & 2 ? north : 1.0 - north) * (i & 1 ? east : 1.0 - east);
        read = gridded_number(array, field, lat[i >> 1], lon[i & 1], &corner);
        if (weight != 0.0) sum += weight * corner;
    }
    cosmo_hush_end();
    if (!read) return gridded_fail(g, run, "cut short or damaged: its values cannot be read", &words);
    *value = sum;
    return COSMO_OK;
}

#else

struct cosmo_gridded {
    const char *path;
};

cosmo_status cosmo_gridded_open(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_gridded **gridded)
{
    (void)arena;
    *gridded = NULL;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: this cosmodrome was built without GDAL and reads neither netCDF nor GRIB", path);
}

void cosmo_gridded_close(cosmo_gridded *gridded)
{
    (void)gridded;
}

size_t cosmo_gridded_fields(const cosmo_gridded *gridded, const cosmo_gridded_field **fields)
{
    (void)gridded;
    *fields = NULL;
    return 0;
}

cosmo_status cosmo_gridded_value(cosmo_gridded *gridded, const cosmo_gridded_field *field, double lon_deg,
                                 double lat_deg, double *value, cosmo_run *run)
{
    (void)gridded, (void)field, (void)lon_deg, (void)lat_deg;
    *value = NAN;
    return cosmo_run_fail(run, COSMO_INTERNAL, "internal error: a gridded file was read without GDAL");
}
#endif
