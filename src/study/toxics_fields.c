/* Fields of a release on latitudes and longitudes: netCDF with its times, and a GeoTIFF. */
#include "study/toxics_page.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { TOXICS_FIELDS_POINTS = 201, TOXICS_FIELDS_CELLS = TOXICS_FIELDS_POINTS * TOXICS_FIELDS_POINTS };
static const double TOXICS_FIELDS_DEG = 180.0 / 3.14159265358979323846;
/* The grid holds every cell that has at least this share of the largest value of any field of its kind. */
static const float TOXICS_FIELDS_LEAST = 1e-4F;

typedef struct toxics_fields {
    const cosmo_toxics_case *c;
    cosmo_arena *arena;
    cosmo_run *run;
    double half_m;                       /* from the source to the edge */
    double *east_m, *north_m;            /* of each point, the northernmost row first */
    double *lat_deg, *lon_deg, *times_s; /* coordinates */
    cosmo_netcdf_variable *variables;
    size_t n;
    const char **bands; /* of the GeoTIFF: all that has no time */
    size_t n_bands;
    float *values; /* bands one after the other, then the frames */
} toxics_fields;

/* ---- the grid ---- */

/* As far as anything that counts reaches: rings beyond it are empty. */
static double toxics_fields_reach(const toxics_fields *f, const float *field, size_t n)
{
    const cosmo_plume_mesh *mesh = &f->c->toxics->accident.mesh;
    const size_t cells = f->c->answer.n_cells;
    float largest = 0.0F;
    size_t ring = 0;
    for (size_t i = 0; i < n * cells; i++)
        if (field[i] > largest) largest = field[i];
    for (size_t i = 0; i < n * cells; i++) {
        if (!(field[i] > TOXICS_FIELDS_LEAST * largest)) continue;
        if (i % cells / mesh->sectors > ring) ring = i % cells / mesh->sectors;
    }
    return cosmo_mesh_outer_m(mesh, ring);
}

static cosmo_status toxics_fields_grid(toxics_fields *f)
{
    const cosmo_geodetic origin = f->c->toxics->origin;
    const double north_rad = cosmo_toxics_ground_place(origin, 0.0, f->half_m).latitude_rad - origin.latitude_rad;
    const double east_rad = cosmo_toxics_ground_place(origin, f->half_m, 0.0).longitude_rad - origin.longitude_rad;
    f->lat_deg = cosmo_arena_array(f->arena, TOXICS_FIELDS_POINTS, sizeof *f->lat_deg);
    f->lon_deg = cosmo_arena_array(f->arena, TOXICS_FIELDS_POINTS, sizeof *f->lon_deg);
    f->east_m = cosmo_arena_array(f->arena, TOXICS_FIELDS_CELLS, sizeof *f->east_m);
    f->north_m = cosmo_arena_array(f->arena, TOXICS_FIELDS_CELLS, sizeof *f->north_m);
    COSMO_NEED(f->lat_deg, f->run);
    COSMO_NEED(f->lon_deg, f->run);
    COSMO_NEED(f->east_m, f->run);
    COSMO_NEED(f->north_m, f->run);
    for (size_t i = 0; i < TOXICS_FIELDS_POINTS; i++) {
        const double share = 2.0 * (double)i / (TOXICS_FIELDS_POINTS - 1) - 1.0;
        f->lat_deg[i] = (origin.latitude_rad - share * north_rad) * TOXICS_FIELDS_DEG;
        f->lon_deg[i] = (origin.longitude_rad + share * east_rad) * TOXICS_FIELDS_DEG;
    }
    for (size_t i = 0; i < TOXICS_FIELDS_CELLS; i++) {
        const cosmo_geodetic at = {f->lat_deg[i / TOXICS_FIELDS_POINTS] / TOXICS_FIELDS_DEG,
                                   f->lon_deg[i % TOXICS_FIELDS_POINTS] / TOXICS_FIELDS_DEG, 0.0};
        cosmo_toxics_ground_offset(origin, at, &f->east_m[i], &f->north_m[i]);
    }
    return COSMO_OK;
}

static void toxics_fields_resample(const toxics_fields *f, const float *field, float *values)
{
    const cosmo_plume_mesh *mesh = &f->c->toxics->accident.mesh;
    for (size_t i = 0; i < TOXICS_FIELDS_CELLS; i++)
        values[i] = (float)cosmo_mesh_value(mesh, field, f->east_m[i], f->north_m[i]);
}

/* ---- variables ---- */

/* "AEGL-2 of NO2" as a name: letters and digits, the rest '_'. */
static const char *toxics_fields_name(const toxics_fields *f, const char *kind, const char *a, const char *b,
                                      const char *c)
{
    char *name = cosmo_arena_print(f->arena, "%s_%s%s%s%s%s", kind, a, b != NULL ? "_" : "", b != NULL ? b : "",
                                   c != NULL ? "_" : "", c != NULL ? c : "");
    for (char *at = name; at != NULL && *at != '\0'; at++)
        *at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
    return name;
}

/* One field without times: a variable of the netCDF and a band of the GeoTIFF. */
static cosmo_status toxics_fields_still(toxics_fields *f, const float *field, const char *name, const char *words,
                                        const char *unit)
{
    COSMO_NEED(name, f->run);
    COSMO_NEED(words, f->run);
    float *values = f->values + f->n_bands * TOXICS_FIELDS_CELLS;
    toxics_fields_resample(f, field, values);
    f->bands[f->n_bands] = cosmo_arena_print(f->arena, "%s, %s", words, unit);
    COSMO_NEED(f->bands[f->n_bands++], f->run);
    f->variables[f->n++] = (cosmo_netcdf_variable){
        .name = name, .long_name = words, .unit = unit, .n_axes = 2, .axes = {1, 2}, .values = values};
    return COSMO_OK;
}

static cosmo_status toxics_fields_species(toxics_fields *f)
{
    const cosmo_accident *a = &f->c->toxics->accident;
    const cosmo_accident_answer *answer = &f->c->answer;
    for (size_t i = 0; i < a->n_species; i++) {
        const char *id = a->species[i]->id;
        COSMO_TRY(toxics_fields_still(f, answer->deposit_kg_m2 + i * answer->n_cells,
                                      toxics_fields_name(f, "deposition", id, NULL, NULL),
                                      cosmo_arena_print(f->arena, "%s deposited, mean of the samples", id), "kg m-2"));
        COSMO_TRY(toxics_fields_still(
            f, answer->dose_kg_s_m3 + i * answer->n_cells, toxics_fields_name(f, "dose", id, NULL, NULL),
            cosmo_arena_print(f->arena, "%s: time integral of the concentration, mean of the samples", id),
            "kg s m-3"));
    }
    return COSMO_OK;
}

static cosmo_status toxics_fields_limits(toxics_fields *f, const cosmo_accident_level *levels, size_t n,
                                         const float *fields, const char *kind, const char *where)
{
    for (size_t i = 0; i < n; i++) {
        const cosmo_threshold *t = levels[i].threshold;
        COSMO_TRY(toxics_fields_still(f, fields + i * f->c->answer.n_cells,
                                      toxics_fields_name(f, kind, levels[i].set, t->substance, t->level),
                                      cosmo_arena_print(f->arena, "probability that %s of %s (%s) is passed in %s",
                                                        t->level, t->substance, levels[i].set, where),
                                      "1"));
    }
    return COSMO_OK;
}

static cosmo_status toxics_fields_frames(toxics_fields *f)
{
    const cosmo_accident_answer *a = &f->c->answer;
    const char *id = f->c->toxics->accident.species[a->frame_species]->id;
    float *values = f->values + f->n_bands * TOXICS_FIELDS_CELLS;
    if (a->n_frames == 0) return COSMO_OK;
    f->times_s = cosmo_arena_array(f->arena, a->n_frames, sizeof *f->times_s);
    COSMO_NEED(f->times_s, f->run);
    for (size_t i = 0; i < a->n_frames; i++) {
        f->times_s[i] = ((double)i + 0.5) * a->frame_s;
        toxics_fields_resample(f, a->frames_kg_m3 + i * a->n_cells, values + i * TOXICS_FIELDS_CELLS);
    }
    const char *name = toxics_fields_name(f, "concentration", id, NULL, NULL);
    const char *words = cosmo_arena_print(f->arena, "%s near the ground, mean of the samples", id);
    COSMO_NEED(name, f->run);
    COSMO_NEED(words, f->run);
    f->variables[f->n++] = (cosmo_netcdf_variable){.name = name,
                                                   .long_name = words,
                                                   .unit = "kg m-3",
                                                   .cell_methods = "time: mean",
                                                   .n_axes = 3,
                                                   .axes = {0, 1, 2},
                                                   .values = values};
    return COSMO_OK;
}

static cosmo_status toxics_fields_fill(toxics_fields *f)
{
    const cosmo_accident *a = &f->c->toxics->accident;
    const cosmo_accident_answer *answer = &f->c->answer;
    const size_t bands = 2 * a->n_species + a->n_levels + a->n_soils;
    f->variables = cosmo_arena_array(f->arena, bands + 1, sizeof *f->variables);
    f->bands = cosmo_arena_array(f->arena, bands + 1, sizeof *f->bands);
    f->values = cosmo_arena_array(f->arena, (bands + answer->n_frames) * TOXICS_FIELDS_CELLS, sizeof *f->values);
    COSMO_NEED(f->variables, f->run);
    COSMO_NEED(f->bands, f->run);
    COSMO_NEED(f->values, f->run);
    COSMO_TRY(toxics_fields_species(f));
    COSMO_TRY(toxics_fields_limits(f, a->levels, a->n_levels, answer->exceed, "probability", "the air"));
    COSMO_TRY(toxics_fields_limits(f, a->soils, a->n_soils, answer->soil_exceed, "soil_probability", "the soil"));
    return toxics_fields_frames(f);
}

/* ---- files ---- */

static cosmo_status toxics_fields_netcdf(toxics_fields *f, cosmo_case_part *part)
{
    const cosmo_release *r = &f->c->toxics->release;
    const char *begin = r->source.time_utc;
    const size_t day = begin != NULL ? strcspn(begin, "Z") : 0;
    char *since = begin != NULL ? cosmo_arena_print(f->arena, "seconds since %.*s", (int)day, begin) : "s";
    COSMO_NEED(since, f->run);
    if (begin != NULL && strchr(since, 'T') != NULL) *strchr(since, 'T') = ' ';
    const cosmo_netcdf_axis axes[] = {
        {.name = "time",
         .standard_name = begin != NULL ? "time" : NULL,
         .long_name = "middle of the interval of a mean",
         .unit = since,
         .axis = 'T',
         .calendar = begin != NULL ? "standard" : NULL,
         .n = f->c->answer.n_frames,
         .values = f->times_s},
        {"latitude", "latitude", "latitude", "degrees_north", 'Y', NULL, TOXICS_FIELDS_POINTS, f->lat_deg},
        {"longitude", "longitude", "longitude", "degrees_east", 'X', NULL, TOXICS_FIELDS_POINTS, f->lon_deg}};
    const cosmo_netcdf file = {.title = r->title,
                               .source = "cosmodrome " COSMO_VERSION_TEXT,
                               .history = cosmo_arena_print(f->arena, "cosmodrome toxics %s", r->name),
                               .comment = "resampled from rings about the source; for hazard use multiply "
                                          "concentrations by 2",
                               .n_axes = 3,
                               .n_variables = f->n,
                               .axes = axes,
                               .variables = f->variables};
    COSMO_NEED(file.history, f->run);
    part->name = "toxics.nc";
    return cosmo_netcdf_write(&file, f->arena, f->run, &part->data, &part->bytes);
}

/* Points of the netCDF are the middles of the GeoTIFF's cells. */
static cosmo_status toxics_fields_geotiff(const toxics_fields *f, cosmo_case_part *part)
{
    const double step_lon = f->lon_deg[1] - f->lon_deg[0], step_lat = f->lat_deg[0] - f->lat_deg[1];
    const cosmo_grid grid = {.west_deg = f->lon_deg[0] - 0.5 * step_lon,
                             .north_deg = f->lat_deg[0] + 0.5 * step_lat,
                             .step_lon_deg = step_lon,
                             .step_lat_deg = step_lat,
                             .columns = TOXICS_FIELDS_POINTS,
                             .rows = TOXICS_FIELDS_POINTS,
                             .n_bands = f->n_bands,
                             .bands = f->bands,
                             .values = f->values};
    part->name = "toxics.tif";
    return cosmo_raster_geotiff(&grid, f->arena, f->run, &part->data, &part->bytes);
}

cosmo_status cosmo_toxics_fields_make(const cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_list *parts)
{
    const cosmo_accident *a = &result->toxics->accident;
    toxics_fields f = {.c = result, .arena = arena, .run = run};
    cosmo_case_part *items = cosmo_arena_array(arena, 2, sizeof *items);
    COSMO_NEED(items, run);
    f.half_m = fmax(toxics_fields_reach(&f, result->answer.dose_kg_s_m3, a->n_species),
                    toxics_fields_reach(&f, result->answer.deposit_kg_m2, a->n_species));
    COSMO_TRY(toxics_fields_grid(&f));
    COSMO_TRY(toxics_fields_fill(&f));
    size_t n = 0;
    COSMO_TRY(toxics_fields_netcdf(&f, &items[n++]));
    if (cosmo_raster_available()) COSMO_TRY(toxics_fields_geotiff(&f, &items[n++]));
    *parts = (cosmo_list){n, items};
    return COSMO_OK;
}
