/* Rasters, through GDAL. A build without GDAL answers every opening with one plain line. */
#include "cosmodrome/formats.h"
#include "formats/hush.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

#ifdef COSMO_WITH_GDAL
#include <gdal.h>
#include <ogr_srs_api.h>

/* Blocks that GDAL keeps in memory: enough for a row of tiles of a world file at 30 arcseconds. */
static const long long RASTER_CACHE_BYTES = 64 << 20;
/* GPW declares -3.4028230607370965e+38 and WorldPop -3.4e+38, and both write the nearest float32 or another one:
 * whatever lies below this is nobody's datum. */
static const double RASTER_LEAST = -1e30;

struct cosmo_raster {
    const char *path;
    GDALDatasetH dataset;
    GDALRasterBandH band;
    OGRCoordinateTransformationH to_lonlat, from_lonlat;
    cosmo_raster_shape shape;
    double origin_x, origin_y, step_x, step_y;
    bool has_nodata;
    double nodata;
};

static cosmo_status raster_fail(const cosmo_raster *raster, cosmo_run *run, const char *what, const formats_hush *words)
{
    const char *said = words != NULL ? words->text : "";
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: %s%s%s%s", raster->path, what, said[0] != '\0' ? " (" : "",
                          said, said[0] != '\0' ? ")" : "");
}

/* ---- opening ----------------------------------------------------------------------------------------------------- */

bool cosmo_raster_available(void)
{
    return true;
}

static cosmo_status raster_grid(cosmo_raster *raster, cosmo_run *run)
{
    double affine[6];
    if (GDALGetGeoTransform(raster->dataset, affine) != CE_None)
        return raster_fail(raster, run, "it does not say where it lies (no geotransform)", NULL);
    if (affine[2] != 0.0 || affine[4] != 0.0)
        return raster_fail(raster, run, "its rows are rotated against its coordinates; make it north-up with gdalwarp",
                           NULL);
    for (int i = 0; i < 6; i++)
        if (!isfinite(affine[i]) || ((i == 1 || i == 5) && affine[i] == 0.0))
            return raster_fail(raster, run, "its geotransform is impossible", NULL);
    raster->origin_x = affine[0];
    raster->step_x = affine[1];
    raster->origin_y = affine[3];
    raster->step_y = affine[5];
    raster->shape.columns = (size_t)GDALGetRasterXSize(raster->dataset);
    raster->shape.rows = (size_t)GDALGetRasterYSize(raster->dataset);
    return COSMO_OK;
}

/* A file in degrees must lie on the Earth, and one in metres must be larger than a few hundred of them about its
 * origin: a file in one of them that calls itself the other is found here. */
static cosmo_status raster_check_unit(const cosmo_raster *raster, bool degrees, cosmo_run *run)
{
    const double x0 = raster->origin_x, x1 = x0 + raster->step_x * (double)raster->shape.columns;
    const double y0 = raster->origin_y, y1 = y0 + raster->step_y * (double)raster->shape.rows;
    const bool like_degrees =
        fmin(x0, x1) >= -361.0 && fmax(x0, x1) <= 361.0 && fmin(y0, y1) >= -91.0 && fmax(y0, y1) <= 91.0;
    if (degrees == like_degrees) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: its coordinate reference system is in %s, and it reaches from %g to %g in "
                          "%s and %g to %g in %s: the reference system is wrong",
                          raster->path, degrees ? "degrees" : "metres or feet", fmin(x0, x1), fmax(x0, x1),
                          degrees ? "longitude" : "x", fmin(y0, y1), fmax(y0, y1), degrees ? "latitude" : "y");
}

static cosmo_status raster_reference(cosmo_raster *raster, cosmo_run *run)
{
    const OGRSpatialReferenceH own = GDALGetSpatialRef(raster->dataset);
    if (own == NULL)
        return raster_fail(raster, run,
                           "it has no coordinate reference system; state it, as with gdal_translate -a_srs EPSG:4326",
                           NULL);
    if (!OSRIsGeographic(own) && !OSRIsProjected(own))
        return raster_fail(raster, run, "its coordinate reference system is not one of places on the Earth", NULL);
    COSMO_TRY(raster_check_unit(raster, OSRIsGeographic(own), run));
    formats_hush words;
    cosmo_hush_begin(&words);
    OGRSpatialReferenceH map = OSRClone(own), lonlat = OSRNewSpatialReference(NULL);
    if (OSRImportFromEPSG(lonlat, 4326) == OGRERR_NONE) {
        OSRSetAxisMappingStrategy(map, OAMS_TRADITIONAL_GIS_ORDER);
        OSRSetAxisMappingStrategy(lonlat, OAMS_TRADITIONAL_GIS_ORDER);
        raster->to_lonlat = OCTNewCoordinateTransformation(map, lonlat);
        raster->from_lonlat = OCTNewCoordinateTransformation(lonlat, map);
    }
    OSRDestroySpatialReference(map);
    OSRDestroySpatialReference(lonlat);
    cosmo_hush_end();
    if (raster->to_lonlat == NULL || raster->from_lonlat == NULL)
        return raster_fail(raster, run, "its coordinate reference system cannot be turned into degrees", &words);
    return COSMO_OK;
}

static cosmo_status raster_choose_band(cosmo_raster *raster, int band, cosmo_run *run)
{
    const int bands = GDALGetRasterCount(raster->dataset);
    if (band < 1 || band > bands)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: it has no band %d; it has %d", raster->path, band,
                              bands);
    raster->band = GDALGetRasterBand(raster->dataset, band);
    int found = 0;
    raster->nodata = GDALGetRasterNoDataValue(raster->band, &found);
    raster->has_nodata = found != 0;
    if (GDALDataTypeIsComplex(GDALGetRasterDataType(raster->band)))
        return raster_fail(raster, run, "its values are complex numbers", NULL);
    return COSMO_OK;
}

static cosmo_status raster_describe(cosmo_raster *raster, int band, cosmo_run *run)
{
    COSMO_TRY(raster_choose_band(raster, band, run));
    COSMO_TRY(raster_grid(raster, run));
    return raster_reference(raster, run);
}

cosmo_status cosmo_raster_open(const char *path, int band, cosmo_arena *arena, cosmo_run *run, cosmo_raster **raster)
{
    *raster = NULL;
    cosmo_raster *opened = cosmo_arena_alloc(arena, sizeof *opened);
    COSMO_NEED(opened, run);
    opened->path = cosmo_arena_text(arena, path, strlen(path));
    COSMO_NEED(opened->path, run);
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISREG(about.st_mode))
        return raster_fail(opened, run, "there is no such file", NULL);
    formats_hush words;
    cosmo_hush_begin(&words);
    GDALAllRegister();
    GDALSetCacheMax64(RASTER_CACHE_BYTES);
    opened->dataset = GDALOpenEx(path, GDAL_OF_RASTER | GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR, NULL, NULL, NULL);
    cosmo_hush_end();
    if (opened->dataset == NULL)
        return raster_fail(opened, run, "not a raster that can be read, or a damaged one", &words);
    const cosmo_status status = raster_describe(opened, band, run);
    if (status == COSMO_OK)
        *raster = opened;
    else
        cosmo_raster_close(opened);
    return status;
}

void cosmo_raster_close(cosmo_raster *raster)
{
    if (raster == NULL) return;
    formats_hush words;
    cosmo_hush_begin(&words);
    OCTDestroyCoordinateTransformation(raster->to_lonlat);
    OCTDestroyCoordinateTransformation(raster->from_lonlat);
    GDALClose(raster->dataset);
    cosmo_hush_end();
}

cosmo_raster_shape cosmo_raster_describe(const cosmo_raster *raster)
{
    return raster->shape;
}

/* ---- values and places ------------------------------------------------------------------------------------------- */

cosmo_status cosmo_raster_read(cosmo_raster *raster, size_t column, size_t row, size_t columns, size_t rows,
                               double *values, cosmo_run *run)
{
    if (columns > raster->shape.columns || column > raster->shape.columns - columns || rows > raster->shape.rows ||
        row > raster->shape.rows - rows)
        return raster_fail(raster, run, "a window beyond its edge was asked for", NULL);
    formats_hush words;
    cosmo_hush_begin(&words);
    const CPLErr error = GDALRasterIO(raster->band, GF_Read, (int)column, (int)row, (int)columns, (int)rows, values,
                                      (int)columns, (int)rows, GDT_Float64, 0, 0);
    cosmo_hush_end();
    if (error != CE_None) return raster_fail(raster, run, "cut short or damaged: its values cannot be read", &words);
    for (size_t i = 0; i < columns * rows; i++) {
        const bool none = raster->has_nodata && values[i] == raster->nodata;
        if (none || values[i] < RASTER_LEAST) values[i] = (double)NAN;
    }
    return COSMO_OK;
}

/* The transformation writes HUGE_VAL where it has no answer. */
static void raster_transform(OGRCoordinateTransformationH through, size_t n, double *x, double *y)
{
    formats_hush words;
    cosmo_hush_begin(&words);
    OCTTransformEx(through, (int)n, x, y, NULL, NULL);
    cosmo_hush_end();
    for (size_t i = 0; i < n; i++)
        if (!isfinite(x[i]) || !isfinite(y[i])) x[i] = y[i] = (double)NAN;
}

void cosmo_raster_to_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = raster->origin_x + raster->step_x * x[i];
        y[i] = raster->origin_y + raster->step_y * y[i];
    }
    raster_transform(raster->to_lonlat, n, x, y);
}

void cosmo_raster_from_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y)
{
    raster_transform(raster->from_lonlat, n, x, y);
    for (size_t i = 0; i < n; i++) {
        x[i] = (x[i] - raster->origin_x) / raster->step_x;
        y[i] = (y[i] - raster->origin_y) / raster->step_y;
    }
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static bool raster_fill(GDALDatasetH dataset, const cosmo_grid *grid)
{
    double corner[6] = {grid->west_deg, grid->step_lon_deg, 0.0, grid->north_deg, 0.0, -grid->step_lat_deg};
    OGRSpatialReferenceH lonlat = OSRNewSpatialReference(NULL);
    bool well = OSRImportFromEPSG(lonlat, 4326) == OGRERR_NONE;
    OSRSetAxisMappingStrategy(lonlat, OAMS_TRADITIONAL_GIS_ORDER);
    well = well && GDALSetSpatialRef(dataset, lonlat) == CE_None && GDALSetGeoTransform(dataset, corner) == CE_None;
    OSRDestroySpatialReference(lonlat);
    const int columns = (int)grid->columns, rows = (int)grid->rows;
    for (size_t b = 0; b < grid->n_bands && well; b++) {
        GDALRasterBandH band = GDALGetRasterBand(dataset, (int)b + 1);
        const float *values = &grid->values[b * grid->rows * grid->columns];
        GDALSetDescription(band, grid->bands[b]);
        well = GDALRasterIO(band, GF_Write, 0, 0, columns, rows, (void *)values, columns, rows, GDT_Float32, 0, 0) ==
               CE_None;
    }
    return well;
}

static cosmo_status raster_take(const char *path, cosmo_arena *arena, cosmo_run *run, const void **data, size_t *bytes)
{
    vsi_l_offset length = 0;
    const GByte *written = VSIGetMemFileBuffer(path, &length, FALSE);
    void *kept = written != NULL ? cosmo_arena_alloc(arena, (size_t)length + 1) : NULL;
    COSMO_NEED(kept, run);
    memcpy(kept, written, (size_t)length);
    *data = kept;
    *bytes = (size_t)length;
    return COSMO_OK;
}

cosmo_status cosmo_raster_geotiff(const cosmo_grid *grid, cosmo_arena *arena, cosmo_run *run, const void **data,
                                  size_t *bytes)
{
    formats_hush words;
    const char *path = cosmo_arena_print(arena, "/vsimem/cosmodrome-%p.tif", (const void *)grid);
    COSMO_NEED(path, run);
    cosmo_hush_begin(&words);
    GDALAllRegister();
    char *options[] = {"COMPRESS=LZW", "TILED=YES", "INTERLEAVE=BAND", NULL};
    GDALDriverH driver = GDALGetDriverByName("GTiff");
    GDALDatasetH dataset = driver != NULL ? GDALCreate(driver, path, (int)grid->columns, (int)grid->rows,
                                                       (int)grid->n_bands, GDT_Float32, options)
                                          : NULL;
    const bool well = dataset != NULL && raster_fill(dataset, grid);
    if (dataset != NULL) GDALClose(dataset);
    const cosmo_status status =
        well ? raster_take(path, arena, run, data, bytes)
             : cosmo_run_fail(run, COSMO_INTERNAL, "internal error: GDAL writes no GeoTIFF (%s)", words.text);
    VSIUnlink(path);
    cosmo_hush_end();
    return status;
}

#else

bool cosmo_raster_available(void)
{
    return false;
}

cosmo_status cosmo_raster_open(const char *path, int band, cosmo_arena *arena, cosmo_run *run, cosmo_raster **raster)
{
    (void)band, (void)arena;
    *raster = NULL;
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: this cosmodrome was built without GDAL and cannot read rasters", path);
}

void cosmo_raster_close(cosmo_raster *raster)
{
    (void)raster;
}

cosmo_raster_shape cosmo_raster_describe(const cosmo_raster *raster)
{
    (void)raster;
    return (cosmo_raster_shape){0, 0};
}

cosmo_status cosmo_raster_read(cosmo_raster *raster, size_t column, size_t row, size_t columns, size_t rows,
                               double *values, cosmo_run *run)
{
    (void)raster, (void)column, (void)row, (void)columns, (void)rows, (void)values;
    return cosmo_run_fail(run, COSMO_INTERNAL, "internal error: a raster was read without GDAL");
}

static void raster_nowhere(size_t n, double *x, double *y)
{
    for (size_t i = 0; i < n; i++) x[i] = y[i] = (double)NAN;
}

void cosmo_raster_to_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y)
{
    (void)raster;
    raster_nowhere(n, x, y);
}

void cosmo_raster_from_lonlat(const cosmo_raster *raster, size_t n, double *x, double *y)
{
    (void)raster;
    raster_nowhere(n, x, y);
}

cosmo_status cosmo_raster_geotiff(const cosmo_grid *grid, cosmo_arena *arena, cosmo_run *run, const void **data,
                                  size_t *bytes)
{
    (void)grid, (void)arena, (void)data, (void)bytes;
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: this cosmodrome was built without GDAL and writes no GeoTIFF");
}
#endif
