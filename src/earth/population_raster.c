/* The user's population raster, brought to the working grid: people are moved, never averaged.
 *
 * A pixel's corners are turned into longitude and latitude; its people are shared out over points inside it, bilinear
 * between the corners, at least four points a cell that it crosses. Its area, for densities and for the comparison with
 * the default population, is that of the corners' quadrilateral on the cylindrical equal-area map, where it is exact
 * for pixels bounded by meridians and parallels.
 */
#include "cosmodrome/formats.h"
#include "population.h"

#include <math.h>
#include <string.h>

static const double RASTER_DEGREE = 0.017453292519943295769236907684886;
static const double RASTER_STEP_DEG = 1.0 / 12.0;
enum { RASTER_STRIP_PIXELS = 1 << 20, RASTER_PARTS_MAX = 64, RASTER_EDGE = 64 };

/* What has been read so far. */
typedef struct raster_work {
    const cosmo_population_file *file;
    const cosmo_population *reference;
    cosmo_run *run;
    cosmo_raster *raster;
    cosmo_population *grid;
    float *people;                     /* of the grid */
    float *known_m2;                   /* area of each cell under pixels with a number */
    unsigned char *seen;               /* a cell is under a pixel, with a number or not */
    size_t column, row, columns, rows; /* the window of the raster */
    double *edges[2];                  /* north and south of a row of pixels: longitudes, latitudes, zones of corners */
    double as_count, as_density, lost;
} raster_work;

/* ---- the grid and the window ---------------------------------------------------------------------------------------
 */

/* The box around the file, from its edge; a file that goes round the Earth has all of it. */
static cosmo_population_area raster_reach(const cosmo_raster *raster)
{
    const cosmo_raster_shape shape = cosmo_raster_describe(raster);
    double x[(RASTER_EDGE + 1) * (RASTER_EDGE + 1)], y[(RASTER_EDGE + 1) * (RASTER_EDGE + 1)];
    size_t n = 0;
    for (size_t j = 0; j <= RASTER_EDGE; j++)
        for (size_t i = 0; i <= RASTER_EDGE; i++, n++) {
            x[n] = (double)shape.columns * (double)i / RASTER_EDGE;
            y[n] = (double)shape.rows * (double)j / RASTER_EDGE;
        }
    cosmo_raster_to_lonlat(raster, n, x, y);
    cosmo_population_area box = {(double)INFINITY, (double)INFINITY, -(double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i])) continue;
        box.west_deg = fmin(box.west_deg, x[i]);
        box.east_deg = fmax(box.east_deg, x[i]);
        box.south_deg = fmin(box.south_deg, y[i]);
        box.north_deg = fmax(box.north_deg, y[i]);
    }
    return box;
}

static cosmo_status raster_fail(const raster_work *work, const char *what)
{
    return cosmo_run_fail(work->run, COSMO_BAD_INPUT, "%s: error: %s", work->file->path, what);
}

/* An empty grid over the area, its edges on whole steps. */
static cosmo_status raster_make_grid(raster_work *work, cosmo_arena *arena)
{
    cosmo_population_area area = work->file->area != NULL ? *work->file->area : raster_reach(work->raster);
    const double step = work->file->step_deg > 0.0 ? work->file->step_deg : RASTER_STEP_DEG;
    if (!isfinite(area.west_deg) || !isfinite(area.east_deg) || !(area.south_deg < area.north_deg))
        return raster_fail(work, "no part of it lies on the Earth: its coordinate reference system is wrong");
    if (area.east_deg <= area.west_deg) area.east_deg += 360.0;
    /* a file of the Earth may overlap itself by rounding or by a pixel */
    const double south = floor(fmax(area.south_deg, -90.0) / step + 1e-6), west = floor(area.west_deg / step + 1e-6);
    const double rows = ceil(fmin(area.north_deg, 90.0) / step - 1e-6) - south;
    const double columns = fmin(ceil(area.east_deg / step - 1e-6) - west, floor(360.0 / step + 1e-6));
    if (!(rows >= 1.0) || !(columns >= 1.0) || rows * columns > COSMO_POPULATION_CELLS_MAX)
        return raster_fail(work, "the area asked for has more than 25 million cells, or none; make it smaller or the "
                                 "step longer");
    cosmo_population *grid = work->grid;
    *grid = (cosmo_population){.west_deg = west * step,
                               .south_deg = south * step,
                               .step_deg = step,
                               .columns = (size_t)columns,
                               .rows = (size_t)rows};
    grid->people = work->people = cosmo_arena_array(arena, grid->columns * grid->rows, sizeof *work->people);
    COSMO_NEED(work->people, work->run);
    return cosmo_population_measure(grid, arena, work->run);
}

/* The window of the raster that holds the grid, from a net of points; at least a pixel and 2 % wider on each side. */
static cosmo_status raster_window(raster_work *work)
{
    const cosmo_population *grid = work->grid;
    const cosmo_raster_shape shape = cosmo_raster_describe(work->raster);
    double x[(RASTER_EDGE + 1) * (RASTER_EDGE + 1)], y[(RASTER_EDGE + 1) * (RASTER_EDGE + 1)];
    size_t n = 0;
    for (size_t j = 0; j <= RASTER_EDGE; j++)
        for (size_t i = 0; i <= RASTER_EDGE; i++, n++) {
            const double lon = grid->west_deg + grid->step_deg * (double)grid->columns * (double)i / RASTER_EDGE;
            const double turns = (lon + 180.0) / 360.0;
            x[n] = lon >= -180.0 && lon <= 180.0 ? lon : (turns - floor(turns)) * 360.0 - 180.0;
            y[n] = fmin(grid->south_deg + grid->step_deg * (double)grid->rows * (double)j / RASTER_EDGE, 90.0);
        }
    cosmo_raster_from_lonlat(work->raster, n, x, y);
    double low[2] = {(double)INFINITY, (double)INFINITY}, high[2] = {-(double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < n; i++) {
        if (isnan(x[i]) || isnan(y[i])) continue;
        low[0] = fmin(low[0], x[i]), high[0] = fmax(high[0], x[i]);
        low[1] = fmin(low[1], y[i]), high[1] = fmax(high[1], y[i]);
    }
    const double size[2] = {(double)shape.columns, (double)shape.rows};
    for (int k = 0; k < 2; k++) {
        const double margin = 1.0 + 0.02 * (high[k] - low[k]);
        low[k] = fmax(floor(low[k] - margin), 0.0);
        high[k] = fmin(ceil(high[k] + margin), size[k]);
        if (!(low[k] < high[k])) return raster_fail(work, "it does not reach the area asked for");
    }
    work->column = (size_t)low[0], work->columns = (size_t)(high[0] - low[0]);
    work->row = (size_t)low[1], work->rows = (size_t)(high[1] - low[1]);
    return COSMO_OK;
}

/* ---- pixels --------------------------------------------------------------------------------------------------------
 */

/* A pixel on the Earth: longitude and latitude of its corners, degrees, without a jump across the 180th meridian. */
typedef struct raster_pixel {
    double lon[4], lat[4]; /* north-west, north-east, south-west, south-east in the file's order */
    double zone[4];        /* cosmo_population_zone of the latitudes */
    double area_m2;
} raster_pixel;

/* False when a corner lies off the map of the projection: then what is left is the mean of the others, as a point. */
static bool raster_corners(const raster_work *work, size_t i, raster_pixel *pixel)
{
    const size_t line = work->columns + 1;
    double lon = 0.0, lat = 0.0;
    int n = 0;
    for (int k = 0; k < 4; k++) {
        const double *corner = work->edges[k / 2] + i + (size_t)(k % 2);
        pixel->lon[k] = corner[0];
        pixel->lat[k] = corner[line];
        pixel->zone[k] = corner[2 * line];
        if (isnan(pixel->lon[k])) continue;
        if (n > 0) pixel->lon[k] -= 360.0 * floor((pixel->lon[k] - lon / n) / 360.0 + 0.5);
        lon += pixel->lon[k];
        lat += pixel->lat[k];
        n++;
    }
    for (int k = 0; k < 4 && n < 4; k++) {
        pixel->lon[k] = n > 0 ? lon / n : (double)NAN;
        pixel->lat[k] = n > 0 ? lat / n : (double)NAN;
    }
    return n == 4;
}

static double raster_area_m2(const raster_pixel *pixel)
{
    static const int RING[5] = {0, 1, 3, 2, 0};
    double doubled = 0.0;
    for (int k = 0; k < 4; k++) {
        const int a = RING[k], b = RING[k + 1];
        doubled += (pixel->lon[b] - pixel->lon[a]) * RASTER_DEGREE * (pixel->zone[a] + pixel->zone[b]);
    }
    return 0.5 * fabs(doubled);
}

/* Points a side, so that each cell crossed has at least four of them. */
static size_t raster_parts(const raster_work *work, const raster_pixel *pixel)
{
    double span = 0.0;
    for (int k = 1; k < 4; k++)
        span = fmax(span, fmax(fabs(pixel->lon[k] - pixel->lon[0]), fabs(pixel->lat[k] - pixel->lat[0])));
    return (size_t)fmin(fmax(ceil(4.0 * span / work->grid->step_deg), 1.0), RASTER_PARTS_MAX);
}

/* The cell of a place, or SIZE_MAX outside the grid. */
static size_t raster_cell(const cosmo_population *grid, double lon_deg, double lat_deg)
{
    const double turns = (lon_deg - grid->west_deg) / 360.0, around = 360.0 / grid->step_deg;
    const double east = (turns - floor(turns)) * around, north = (lat_deg - grid->south_deg) / grid->step_deg;
    if (!(north >= 0.0 && north < (double)grid->rows && east < (double)grid->columns)) return SIZE_MAX;
    return (size_t)north * grid->columns + (size_t)east;
}

/* Share out a pixel; `value` NaN: nodata. */
static void raster_share(raster_work *work, const raster_pixel *pixel, double value)
{
    const size_t parts = raster_parts(work, pixel);
    const double share = 1.0 / (double)(parts * parts), per_area = value * pixel->area_m2 * 1e-6;
    const double people = work->file->kind == COSMO_POPULATION_COUNT ? value : per_area;
    for (size_t j = 0; j < parts; j++) {
        const double v = ((double)j + 0.5) / (double)parts;
        for (size_t i = 0; i < parts; i++) {
            const double u = ((double)i + 0.5) / (double)parts;
            const double a = (1.0 - u) * (1.0 - v), b = u * (1.0 - v), c = (1.0 - u) * v, d = u * v;
            const double lon = a * pixel->lon[0] + b * pixel->lon[1] + c * pixel->lon[2] + d * pixel->lon[3];
            const double lat = a * pixel->lat[0] + b * pixel->lat[1] + c * pixel->lat[2] + d * pixel->lat[3];
            const size_t cell = raster_cell(work->grid, lon, lat);
            if (cell == SIZE_MAX) continue;
            work->seen[cell] = 1;
            if (isnan(value)) continue;
            work->people[cell] += (float)(people * share);
            work->known_m2[cell] += (float)(pixel->area_m2 * share);
            work->as_count += value * share;
            work->as_density += per_area * share;
        }
    }
}

static cosmo_status raster_take_pixel(raster_work *work, size_t row, size_t i, double value, double *area_m2)
{
    if (value < 0.0 || isinf(value))
        return cosmo_run_fail(work->run, COSMO_BAD_INPUT,
                              "%s: error: %g people at pixel %zu, %zu: the sign is wrong, or the file does not declare "
                              "its nodata value (gdal_edit.py -a_nodata declares it)",
                              work->file->path, value, work->column + i, row);
    raster_pixel pixel;
    const bool whole = raster_corners(work, i, &pixel);
    if (isnan(pixel.lon[0])) {
        if (value > 0.0) work->lost += value;
        return COSMO_OK;
    }
    pixel.area_m2 = *area_m2 = whole ? raster_area_m2(&pixel) : *area_m2;
    raster_share(work, &pixel, value);
    return COSMO_OK;
}

/* The corners along the north edge of a row of pixels. */
static void raster_edge(const raster_work *work, size_t row, double *edge)
{
    const size_t line = work->columns + 1;
    double *x = edge, *y = edge + line, *zone = edge + 2 * line;
    for (size_t i = 0; i < line; i++) {
        x[i] = (double)(work->column + i);
        y[i] = (double)row;
    }
    cosmo_raster_to_lonlat(work->raster, line, x, y);
    for (size_t i = 0; i < line; i++)
        zone[i] = i > 0 && y[i] == y[i - 1] ? zone[i - 1] : cosmo_population_zone(y[i] * RASTER_DEGREE);
}

static cosmo_status raster_take_strip(raster_work *work, size_t first, size_t rows, const double *values)
{
    double area_m2 = 0.0;
    for (size_t j = 0; j < rows; j++) {
        if (cosmo_run_cancelled(work->run)) return cosmo_run_fail(work->run, COSMO_CANCELLED, "cancelled");
        if (j == 0) raster_edge(work, first, work->edges[0]);
        raster_edge(work, first + j + 1, work->edges[1]);
        for (size_t i = 0; i < work->columns; i++)
            COSMO_TRY(raster_take_pixel(work, first + j, i, values[j * work->columns + i], &area_m2));
        double *south = work->edges[1];
        work->edges[1] = work->edges[0];
        work->edges[0] = south;
    }
    return COSMO_OK;
}

static cosmo_status raster_take_all(raster_work *work, cosmo_arena *scratch)
{
    const size_t cells = work->grid->rows * work->grid->columns;
    const size_t strip = work->columns < RASTER_STRIP_PIXELS ? RASTER_STRIP_PIXELS / work->columns : 1;
    double *values = cosmo_arena_array(scratch, strip * work->columns, sizeof *values);
    for (int k = 0; k < 2; k++)
        work->edges[k] = cosmo_arena_array(scratch, 3 * (work->columns + 1), sizeof *work->edges[k]);
    work->known_m2 = cosmo_arena_array(scratch, cells, sizeof *work->known_m2);
    work->seen = cosmo_arena_array(scratch, cells, 1);
    COSMO_NEED(values, work->run);
    COSMO_NEED(work->edges[0], work->run);
    COSMO_NEED(work->edges[1], work->run);
    COSMO_NEED(work->known_m2, work->run);
    COSMO_NEED(work->seen, work->run);
    for (size_t done = 0; done < work->rows; done += strip) {
        const size_t rows = work->rows - done < strip ? work->rows - done : strip, first = work->row + done;
        COSMO_TRY(cosmo_raster_read(work->raster, work->column, first, work->columns, rows, values, work->run));
        COSMO_TRY(raster_take_strip(work, first, rows, values));
    }
    return COSMO_OK;
}

/* ---- against the default -------------------------------------------------------------------------------------------
 */

/* People of the default population where the file has numbers, where it has nodata, and beyond its edge; those beyond
 * are taken over. */
typedef struct raster_others {
    double known, nodata, beyond;
} raster_others;

static raster_others raster_fill(raster_work *work)
{
    raster_others others = {0.0, 0.0, 0.0};
    const cosmo_population *grid = work->grid;
    for (size_t r = 0; r < grid->rows && work->reference != NULL; r++)
        for (size_t c = 0; c < grid->columns; c++) {
            const size_t cell = r * grid->columns + c;
            const double lat = grid->south_deg + ((double)r + 0.5) * grid->step_deg;
            const double lon = grid->west_deg + ((double)c + 0.5) * grid->step_deg, area = grid->cell_area_m2[r];
            const double density = cosmo_population_density(work->reference, lat * RASTER_DEGREE, lon * RASTER_DEGREE);
            if (work->seen[cell]) {
                const double known = fmin(work->known_m2[cell], area);
                others.known += density * known;
                others.nodata += density * (area - known);
            } else {
                work->people[cell] = (float)(density * area);
                others.beyond += density * area;
            }
        }
    return others;
}

/* Whether the sum says that the file is of the other kind, or of another unit or place. */
static cosmo_status raster_judge(const raster_work *work, double expected)
{
    const bool count = work->file->kind == COSMO_POPULATION_COUNT;
    const double sum = count ? work->as_count : work->as_density, other = count ? work->as_density : work->as_count;
    /* the thousand more on both sides: an empty steppe proves nothing */
    const double off = fmax((sum + 1e3) / (expected + 1e3), (expected + 1e3) / (sum + 1e3));
    const double other_off = fmax(other / expected, expected / other);
    const char *const kinds[2] = {"count", "density"};
    if (expected > 1e4 && off > 5.0 && other_off * other_off < off)
        return cosmo_run_fail(work->run, COSMO_BAD_INPUT,
                              "%s: error: read as %s it has %.4g people where the default population has %.4g; read as "
                              "%s it would have %.4g; did you mean 'kind: %s'?",
                              work->file->path, kinds[!count], sum, expected, kinds[count], other, kinds[count]);
    if (off > 30.0)
        return cosmo_run_fail(work->run, COSMO_BAD_INPUT,
                              "%s: error: read as %s it has %.4g people where the default population has %.4g: its "
                              "kind, its unit or its coordinate reference system is wrong",
                              work->file->path, kinds[!count], sum, expected);
    if (off > 3.0)
        cosmo_run_note(work->run, COSMO_NOTE_WARNING, "%s: it has %.4g people where the default population has %.4g",
                       work->file->path, sum, expected);
    return COSMO_OK;
}

static void raster_say(const raster_work *work, const raster_others *others)
{
    const bool count = work->file->kind == COSMO_POPULATION_COUNT;
    const double sum = count ? work->as_count : work->as_density;
    cosmo_run_note(
        work->run, COSMO_NOTE_ASSUMPTION,
        "population: %s, read as %s: %.6g people in the area asked for; the default population has %.4g there",
        work->file->path, count ? "people in each pixel" : "people per square kilometre", sum, others->known);
    if (others->nodata > 0.01 * (sum + 1e4))
        cosmo_run_note(work->run, COSMO_NOTE_WARNING,
                       "%s: nodata are taken for nobody where the default population has %.4g people", work->file->path,
                       others->nodata);
    if (others->beyond > 0.0)
        cosmo_run_note(work->run, COSMO_NOTE_WARNING,
                       "%s: the area asked for goes beyond it; the %.4g people there are of the default population",
                       work->file->path, others->beyond);
    if (work->lost > 0.0)
        cosmo_run_note(work->run, COSMO_NOTE_WARNING, "%s: %.4g people lie off the map of its own projection",
                       work->file->path, work->lost);
}

static cosmo_status raster_work_through(raster_work *work, cosmo_arena *scratch, cosmo_arena *arena)
{
    COSMO_TRY(raster_make_grid(work, arena));
    COSMO_TRY(raster_window(work));
    COSMO_TRY(raster_take_all(work, scratch));
    const raster_others others = raster_fill(work);
    if (work->reference != NULL) COSMO_TRY(raster_judge(work, others.known));
    raster_say(work, &others);
    if (others.beyond > 0.0) {
        work->grid->credits = work->reference->credits;
        work->grid->n_credits = work->reference->n_credits;
    }
    work->grid->source = cosmo_arena_text(arena, work->file->path, strlen(work->file->path));
    COSMO_NEED(work->grid->source, work->run);
    return COSMO_OK;
}

cosmo_status cosmo_population_raster_read(const cosmo_population_file *file, const cosmo_population *default_population,
                                          cosmo_arena *arena, cosmo_run *run, const cosmo_population **population)
{
    *population = NULL;
    raster_work work = {.file = file, .reference = default_population, .run = run};
    work.grid = cosmo_arena_alloc(arena, sizeof *work.grid);
    COSMO_NEED(work.grid, run);
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    cosmo_status status = cosmo_raster_open(file->path, file->band, scratch, run, &work.raster);
    if (status == COSMO_OK) status = raster_work_through(&work, scratch, arena);
    cosmo_raster_close(work.raster);
    cosmo_arena_destroy(scratch);
    if (status == COSMO_OK) *population = work.grid;
    return status;
}
