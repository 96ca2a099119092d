/* Cosmodrome formats: domain-free material (figures, sheets, charts, layers) and the files it is written to.
 *
 * Rooms describe their results once, as this material; the report draws it and the writers below export it.
 * All coordinates here are WGS-84 degrees, longitude first, heights in metres above the ellipsoid.
 */
#ifndef COSMODROME_FORMATS_H
#define COSMODROME_FORMATS_H

#include "cosmodrome/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- neutral material ----------------------------------------------------------------------------------------- */

typedef enum cosmo_verdict {
    COSMO_VERDICT_NONE,
    COSMO_VERDICT_MET,
    COSMO_VERDICT_NOT_MET,
    COSMO_VERDICT_NOT_ASSESSED
} cosmo_verdict;

/* A key figure: "Max q | 36.1 | kPa | at T+65 s, 11.2 km | limit 45 kPa: met". */
typedef struct cosmo_figure {
    const char *label, *value, *unit, *note;
    const char *limit;        /* NULL: no limit */
    cosmo_verdict verdict;
} cosmo_figure;

/* A table of text cells, row-major, n_rows x n_columns; numeric columns are right-aligned. */
typedef struct cosmo_sheet {
    const char *id, *title, *note;
    size_t n_columns, n_rows;
    const char *const *heads;      /* n_columns */
    const bool *numeric;           /* n_columns */
    const char *const *cells;      /* n_rows * n_columns; NULL prints as an en dash */
} cosmo_sheet;

typedef struct cosmo_mark { double t_s; const char *label; } cosmo_mark;

/* One curve over time, or one bar a row; low and high (may be NULL) are an uncertainty band, or the whiskers of bars.
 * What is not finite is left out. */
typedef struct cosmo_series {
    const char *id, *title, *unit;
    size_t n;
    const double *t_s, *values, *low, *high;
    bool right_axis;
    const double *from;    /* bars: where each begins, for sums that go on from bar to bar; NULL: all at 0 */
    const double *t_end_s; /* NULL: a curve. Else steps: values[i] holds from t_s[i] to t_end_s[i], both ascending */
} cosmo_series;

/* Curves and steps over time, or curves over something else: then `along` says what t_s is, and no clock runs on the
 * chart. Or horizontal bars: then `rows` names the values, n of each series, a row of as many bars
 * as there are series, from 0 (by powers of ten: from the edge) to the value; no t_s, marks, right axis. */
typedef struct cosmo_chart {
    const char *id, *title;
    size_t n_series, n_marks;
    const cosmo_series *series;
    const cosmo_mark *marks;
    const char *note;        /* a sentence under the title, or NULL */
    bool by_powers;          /* the left axis, or that of bars, is logarithmic: what is not above 0 is not drawn */
    const char *const *rows; /* NULL: curves or steps */
    const char *along;       /* NULL: over time; else what the curves are over, with its unit: "Distance, km" */
    bool along_by_powers;    /* ... on a logarithmic axis: what is not above 0 is not drawn */
} cosmo_chart;

typedef enum cosmo_shape_kind { COSMO_SHAPE_POINT, COSMO_SHAPE_LINE, COSMO_SHAPE_POLYGON } cosmo_shape_kind;

typedef struct cosmo_property {
    const char *key, *text; /* text NULL: number */
    double number;
} cosmo_property;

/* A thing on the map. Polygons are one closed ring (first point repeated last), counter-clockwise. */
typedef struct cosmo_shape {
    cosmo_shape_kind kind;
    const char *id, *name, *note;
    const char *role;          /* colour key, the same in map, charts and exports: "track", "iip", "pad", "zone", a
                                * stage or body id; or, for what an accident leaves, "level-1" to "level-4" and "soil-1"
                                * to "soil-4" (areas that nest, the first the largest), "boundary", "receptor",
                                * "source", "wind" */
    bool estimate;             /* drawn dashed: its position is an estimate */
    bool aside;                /* a map does not widen to hold it */
    bool off;                  /* a layer of such shapes alone is not shown, nor on paper, until it is switched on */
    bool closer;               /* too small to be seen on the whole map: a second one shows and names it */
    size_t n;
    const double *lon_deg, *lat_deg;
    const double *altitude_m;  /* NULL: on the ground */
    const double *t_s;         /* NULL: timeless; else seconds after liftoff, ascending */
    const double *shown_s;     /* NULL: always shown; else two times after T+0: from the first until the second, as a
                                * frame of something that moves (cosmo_window) */
    size_t n_properties;
    const cosmo_property *properties;
} cosmo_shape;

typedef struct cosmo_layer {
    const char *id, *title;
    size_t n;
    const cosmo_shape *shapes;
} cosmo_layer;

/* When a shape is shown: from_s <= t < until_s. */
typedef struct cosmo_window {
    double from_s, until_s;
} cosmo_window;
/* The window of a shape. False where it has none, or one that is not finite or not longer than 0: then the shape is
 * always shown. */
bool cosmo_window_of(const cosmo_shape *shape, cosmo_window *window);

/* Everything a report shows. `track` is the index pair of the shape the time slider follows. */
typedef struct cosmo_page {
    const char *name, *title, *subtitle;
    const char *epoch_utc;                 /* ISO 8601 of t = 0, or NULL */
    size_t n_figures, n_layers, n_charts, n_sheets, n_assumptions, n_warnings, n_inputs, n_credits;
    const cosmo_figure *figures;
    const cosmo_layer *layers;
    const cosmo_chart *charts;
    const cosmo_sheet *sheets;
    const char *const *assumptions, *const *warnings;
    const cosmo_note *inputs;              /* path and sha256 */
    const char *const *credits;            /* data sources and licences, one line each */
} cosmo_page;

/* ---- numbers for people ------------------------------------------------------------------------------------------ */

/* "0.0204", "1.64", "6.6·10⁻³"; digits are significant ones, at least 1. An en dash where it is not finite. NULL when
 * memory is out. */
const char *cosmo_number_text(cosmo_arena *arena, double value, int digits);
/* "10⁻⁷". NULL when memory is out. */
const char *cosmo_number_power(cosmo_arena *arena, int exponent);

/* ---- JSON ------------------------------------------------------------------------------------------------------- */

/* A streaming writer: two-space indent, keys in the order given, numbers with 17 significant digits or fewer where
 * that reads back the same, non-finite as null, '\n' at the end. Misuse (a value without a key) is asserted. */
typedef struct cosmo_json {
    cosmo_text text;
    int depth;
    bool first;
    unsigned char kinds[32];
} cosmo_json;

cosmo_json cosmo_json_begin(cosmo_arena *arena);
void cosmo_json_object(cosmo_json *json, const char *key);   /* key NULL inside a list or at the top */
void cosmo_json_list(cosmo_json *json, const char *key);
void cosmo_json_end(cosmo_json *json);                        /* closes the innermost object or list */
void cosmo_json_number(cosmo_json *json, const char *key, double value);
/* A list of n numbers on one line. */
void cosmo_json_numbers(cosmo_json *json, const char *key, size_t n, const double *values);
void cosmo_json_count(cosmo_json *json, const char *key, int64_t value);
void cosmo_json_text(cosmo_json *json, const char *key, const char *value);   /* NULL: null */
void cosmo_json_flag(cosmo_json *json, const char *key, bool value);
void cosmo_json_null(cosmo_json *json, const char *key);
/* The finished text, or NULL when memory ran out. */
const char *cosmo_json_finish(cosmo_json *json, size_t *bytes);
/* `text` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD. */
void cosmo_json_quote(cosmo_text *out, const char *text);
/* Shortest of %.15g, %.16g, %.17g that reads back to the same double ("null" when not finite). */
void cosmo_json_format(double value, char out[32]);

/* ---- CSV -------------------------------------------------------------------------------------------------------- */

/* A table of numbers as RFC 4180 text: one header row, '\n' line ends, `decimals[i]` digits after the point
 * (NULL, or a negative entry: as JSON), empty cell when not finite. columns[i] points at n_rows values. */
void cosmo_csv_write(cosmo_text *out, size_t n_columns, const char *const *heads, const double *const *columns,
                     const int *decimals, size_t n_rows);

/* ---- geographic exports of layers -------------------------------------------------------------------------------- */

/* RFC 7946 FeatureCollection: properties id, name, role, layer, estimate, note, where the shape has a window from_s and
 * until_s, then each shape's own (a key that is taken gets "_2"). Lines and polygons that cross the antimeridian are
 * cut there; rings are made counter-clockwise; at most 7 decimals of a degree and 1 of a metre. A shape with a
 * coordinate that is not finite has the geometry null. */
void cosmo_geojson_write(cosmo_text *out, const char *name, const cosmo_layer *layers, size_t n);
/* KML 2.2: a folder a layer, names prefixed with `name`, a style a role, altitudes absolute where given (and lines
 * extruded to the ground); when `epoch_utc` is given, lines with times as gx:Track and windows as TimeSpan. Cut as in
 * GeoJSON, tracks aside. */
void cosmo_kml_write(cosmo_text *out, const char *name, const char *epoch_utc, const cosmo_layer *layers, size_t n);
/* CZML (Cesium): a document packet with the clock, then one packet a shape, "LAYER/ID" (a repeated one gets "#2", ...):
 * a point with a label, a polyline, a polygon with its outline, or, for a line with times when `epoch_utc` is given, a
 * sampled position with its path. A window is an availability when `epoch_utc` is given. A shape with a coordinate that
 * is not finite is left out. */
void cosmo_czml_write(cosmo_text *out, const char *name, const char *epoch_utc, const cosmo_layer *layers, size_t n);
/* GeoPackage 1.3 through SQLite, one feature table a layer and geometry kind ("LAYER_point", "LAYER_line",
 * "LAYER_polygon"; letters and digits of the id, the rest "_"), EPSG:4326, columns id, name, role, note, estimate, in a
 * table where a shape has a window from_s and until_s, and then the shapes' own (REAL, or TEXT where any is text); cut
 * as in GeoJSON; written aside and renamed. The bytes depend on the name and the layers only (last_change is 1970). */
cosmo_status cosmo_gpkg_write(const char *path, const char *name, const cosmo_layer *layers, size_t n, cosmo_run *run);
/* The colour of a role as 0xRRGGBB, the same in report and exports; colour-blind safe. */
uint32_t cosmo_palette_colour(const char *role);

/* ---- CCSDS orbit ephemeris message ------------------------------------------------------------------------------- */

typedef struct cosmo_oem {
    const char *object_name, *object_id, *originator, *creation_utc;  /* object_id may be NULL: "UNKNOWN" in the file */
    const char *centre, *frame, *time_system;                         /* "EARTH", "ITRF2000" or "ICRF", "UTC" */
    size_t n;                               /* at least 1 */
    const char *const *epochs;              /* n ISO 8601 texts without Z, millisecond or finer, increasing */
    const double *position_m, *velocity_m_s; /* n x 3, finite */
    size_t n_comments;
    const char *const *comments;
    size_t n_covariances; /* epochs as above, within the first and the last of them */
    const char *const *covariance_epochs;
    const double *covariance; /* n_covariances x 21, finite: lower triangle of position and velocity row by row, m2,
                                 m2/s, m2/s2, in `frame` */
} cosmo_oem;
/* Write KVN (CCSDS 502.0-B-2), kilometres and km/s, 17 significant digits or fewer: metres with the decimal point
 * moved, so that reading gives the same doubles. Comments are broken into lines; what is not ASCII becomes "?". */
void cosmo_oem_write(cosmo_text *out, const cosmo_oem *oem);
/* Read KVN back (one segment, versions 1.0 to 3.0, at most 256 MiB). Epochs come out in calendar form without Z, and
 * creation_utc with it; accelerations and covariances are passed over.
 * Errors: COSMO_BAD_INPUT "file:line:col: error: ..." for unknown, missing or repeated keywords, lines over 1024 bytes,
 * numbers that are none, epochs that do not increase or lie outside START_TIME and STOP_TIME. */
cosmo_status cosmo_oem_read(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                            cosmo_oem *oem);

/* ---- grids ------------------------------------------------------------------------------------------------------- */

/* Numbers on cells of equal steps in longitude and latitude (WGS-84, degrees): bands one after the other, in each the
 * northernmost row first, from the west. */
typedef struct cosmo_grid {
    double west_deg, north_deg, step_lon_deg, step_lat_deg; /* of the north-west corner; steps are positive */
    size_t columns, rows, n_bands;
    const char *const *bands; /* what each is, with its unit */
    const float *values;      /* n_bands x rows x columns */
} cosmo_grid;
/* A GeoTIFF of it (EPSG:4326, float32, LZW), through GDAL; the bytes depend on the grid and GDAL's version alone.
 * Errors: COSMO_BAD_INPUT in a build without GDAL, COSMO_NO_RESOURCES, COSMO_INTERNAL with GDAL's words. */
cosmo_status cosmo_raster_geotiff(const cosmo_grid *grid, cosmo_arena *arena, cosmo_run *run, const void **data,
                                  size_t *bytes);

/* ---- rasters ---------------------------------------------------------------------------------------------------- */

/* A north-up grid of numbers on a map of any projection, read through GDAL (GeoTIFF and whatever else it knows). Pixel
 * coordinates are counted from the outer corner of the first pixel: its centre is (0.5, 0.5). A handle is used by one
 * thread at a time. GDAL keeps at most 64 MiB of blocks in memory and says nothing on standard error. */
typedef struct cosmo_raster cosmo_raster;
typedef struct cosmo_raster_shape {
    size_t columns, rows;
} cosmo_raster_shape;

/* False in a build without GDAL (COSMO_GDAL=OFF), where every opening is refused in one plain line. */
bool cosmo_raster_available(void);
/* Open one band (from 1) of a file; close what was opened. Errors, COSMO_BAD_INPUT "PATH: error: ...": no such file,
 * not a raster or a damaged one, no such band, complex numbers, no geotransform or a rotated one, no coordinate
 * reference system, one of degrees that the file's coordinates do not fit, one that has no way to WGS-84. */
cosmo_status cosmo_raster_open(const char *path, int band, cosmo_arena *arena, cosmo_run *run, cosmo_raster **raster);
void cosmo_raster_close(cosmo_raster *raster); /* NULL is allowed */
cosmo_raster_shape cosmo_raster_describe(const cosmo_raster *raster);
/* Read a window, row-major from its north-west pixel in the file's order, columns x rows values. A value that the file
 * declares as nodata, is not a number, or lies below -1e30 (the float forms of GPW and WorldPop) comes out as NaN.
 * Errors: COSMO_BAD_INPUT where the file is cut short or damaged, or the window leaves it. */
cosmo_status cosmo_raster_read(cosmo_raster *raster, size_t column, size_t row, size_t columns, size_t rows,
                               double *values, cosmo_run *run);
/* n places in pixel coordinates to longitude and latitude in degrees (WGS-84), in place, and back; NaN where the
 * projection has no answer. */
void cosmo_raster_to_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y);
void cosmo_raster_from_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y);

/* ---- netCDF ------------------------------------------------------------------------------------------------------ */

/* A dimension with its coordinates, ascending or descending. CF axis 'T', 'Z', 'Y', 'X', or 0: none of these. */
typedef struct cosmo_netcdf_axis {
    const char *name, *standard_name, *long_name, *unit; /* standard_name may be NULL */
    char axis;
    const char *calendar; /* of a time; else NULL */
    size_t n;
    const double *values;
} cosmo_netcdf_axis;

enum { COSMO_NETCDF_AXES_MAX = 5 };
/* Numbers on up to five of the axes, the last varies fastest; NaN: missing. */
typedef struct cosmo_netcdf_variable {
    const char *name, *standard_name, *long_name, *unit; /* standard_name may be NULL */
    const char *cell_methods;                            /* "time: mean"; NULL: none */
    size_t n_axes;
    size_t axes[COSMO_NETCDF_AXES_MAX]; /* indices into the file's */
    const float *values;
} cosmo_netcdf_variable;

/* What a netCDF file is made of. The clock has no place in it: `history` says what made it, not when. */
typedef struct cosmo_netcdf {
    const char *title, *source, *history, *references, *comment; /* NULL: left out */
    size_t n_axes, n_variables;
    const cosmo_netcdf_axis *axes;
    const cosmo_netcdf_variable *variables;
} cosmo_netcdf;
/* The file: netCDF classic with 64-bit offsets (CDF-2), CF-1.8, a grid mapping `crs` (WGS-84) for every variable with
 * latitude and longitude. The same input gives the same bytes. Each variable holds less than 4 GiB.
 * Errors: COSMO_INTERNAL for a name that is none (letters, digits, '_'), a doubled one, or an axis that is not there;
 * COSMO_BAD_INPUT for a variable that is too large; COSMO_NO_RESOURCES.
 * Source: Unidata, "The NetCDF Classic Format Specification"; CF Conventions 1.8. */
cosmo_status cosmo_netcdf_write(const cosmo_netcdf *file, cosmo_arena *arena, cosmo_run *run, const void **data,
                                size_t *bytes);

/* ---- gridded files ----------------------------------------------------------------------------------------------- */

/* A netCDF or GRIB file as a list of fields: one quantity at one level, time and member, on latitude and longitude.
 * Read through GDAL, whose words become part of the one line of an error. One thread at a time. */
typedef struct cosmo_gridded cosmo_gridded;
typedef enum cosmo_gridded_kind {
    COSMO_GRIDDED_SURFACE,  /* at the ground, or no level at all */
    COSMO_GRIDDED_PRESSURE, /* level in Pa */
    COSMO_GRIDDED_ALTITUDE, /* level in m above the sea */
    COSMO_GRIDDED_HEIGHT,   /* level in m above the ground */
    COSMO_GRIDDED_OTHER     /* of another kind */
} cosmo_gridded_kind;
typedef struct cosmo_gridded_field {
    const char *name, *standard_name, *unit; /* as in the file; "" where it has none */
    cosmo_gridded_kind kind;
    double level;
    double posix_s;       /* when it is valid: seconds since 1970-01-01 UTC, leap seconds not counted; NaN: timeless */
    int64_t member;       /* of an ensemble; -1: the file has none */
    size_t array, offset; /* where it lies: for the reader */
} cosmo_gridded_field;
/* True when a file's first bytes (8 or more) are those of netCDF, HDF5 (netCDF-4) or GRIB; `what` is its name. */
bool cosmo_gridded_known(const void *data, size_t bytes, const char **what);
/* Open a file; close what was opened. Fields whose grid is not one of latitudes and longitudes are left
 * out. Errors, COSMO_BAD_INPUT "PATH: error: ...": a damaged file, one without such fields, more than 2^20 of them, a
 * GDAL without the driver, a build without GDAL. */
cosmo_status cosmo_gridded_open(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_gridded **gridded);
void cosmo_gridded_close(cosmo_gridded *gridded); /* NULL is allowed */
size_t cosmo_gridded_fields(const cosmo_gridded *gridded, const cosmo_gridded_field **fields);
/* The value of a field at a place in degrees: bilinear between the four points about it; across the last and first
 * column where the grid goes round the Earth; NaN where one of the four is missing.
 * Errors: COSMO_BAD_INPUT where the grid does not cover the place (it says what it covers) or cannot be read. */
cosmo_status cosmo_gridded_value(cosmo_gridded *gridded, const cosmo_gridded_field *field, double lon_deg,
                                 double lat_deg, double *value, cosmo_run *run);

#ifdef __cplusplus
}
#endif
#endif
