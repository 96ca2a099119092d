/* Layers with everything a writer must cope with, and an allocator that fails when told. */
#ifndef COSMO_TESTS_FORMATS_SAMPLE_H
#define COSMO_TESTS_FORMATS_SAMPLE_H
#include "cosmodrome/formats.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The lines of these layers. */
static inline const cosmo_shape *sample_paths(void)
{
    static const double track_lon[] = {63.3, 64.1, 120.0, 178.0, -176.0, -150.0},
                        track_lat[] = {45.9, 46.2, 55.0, 51.0, 49.5, 40.0},
                        track_alt[] = {90.0, 42000.5, 150000.04, 199999.96, 200100.0, 202000.0},
                        track_t[] = {0.0, 100.25, 300.0, 540.0005, 600.0, 1200.125};
    static const cosmo_shape paths[] = {
        {.kind = COSMO_SHAPE_LINE,
         .id = "ascent",
         .name = "Ascent <nominal> & \"safe\"",
         .note = "1 s samples",
         .role = "track",
         .n = 6,
         .lon_deg = track_lon,
         .lat_deg = track_lat,
         .altitude_m = track_alt,
         .t_s = track_t},
        {.kind = COSMO_SHAPE_LINE,
         .id = "iip",
         .name = "Impact points",
         .role = "iip",
         .estimate = true,
         .n = 6,
         .lon_deg = track_lon,
         .lat_deg = track_lat},
    };
    return paths;
}

/* A track over the Pacific that crosses the antimeridian, its ground trace, two impact points, a zone, a zone across
 * the antimeridian. Figures are made up. */
static inline const cosmo_layer *sample_layers(size_t *n)
{
    static const double point_lon[] = {66.123456789, 180.0}, point_lat[] = {47.5, 52.0}, aloft[] = {1234.56};
    static const double zone_lon[] = {65.0, 67.0, 67.0, 65.0, 65.0}, zone_lat[] = {47.0, 47.0, 48.0, 48.0, 47.0};
    static const double sea_lon[] = {178.0, 178.0, -178.0, -178.0, 178.0}, sea_lat[] = {50.0, 52.0, 52.0, 50.0, 50.0};
    static const cosmo_property mass[] = {
        {"mass_kg", NULL, 3784.0}, {"zone", "No. 16 \"Жезказған\"", 0.0}, {"name", "kept apart", 0.0}};
    static const cosmo_property none[] = {{"mass_kg", NULL, (double)NAN}, {"zone", NULL, 25.0}};
    static const cosmo_shape impacts[] = {
        {.kind = COSMO_SHAPE_POINT,
         .id = "core",
         .name = "Ядро",
         .note = "control \x01 and bad \xff bytes",
         .role = "core",
         .n = 1,
         .lon_deg = point_lon,
         .lat_deg = point_lat,
         .n_properties = 3,
         .properties = mass},
        {.kind = COSMO_SHAPE_POINT,
         .id = "core",
         .name = "Second core",
         .role = "core",
         .estimate = true,
         .n = 1,
         .lon_deg = point_lon + 1,
         .lat_deg = point_lat + 1,
         .altitude_m = aloft,
         .n_properties = 2,
         .properties = none},
    };
    static const cosmo_shape zones[] = {
        {.kind = COSMO_SHAPE_POLYGON,
         .id = "z16",
         .name = "Zone 16",
         .role = "zone",
         .n = 5,
         .lon_deg = zone_lon,
         .lat_deg = zone_lat},
        {.kind = COSMO_SHAPE_POLYGON,
         .id = "sea",
         .name = "Zone at sea",
         .role = "zone",
         .estimate = true,
         .n = 5,
         .lon_deg = sea_lon,
         .lat_deg = sea_lat},
    };
    static cosmo_layer layers[] = {
        {"paths", "Paths", 2, NULL}, {"impact points", "Impacts", 2, impacts}, {"zones", "Zones", 2, zones}};
    layers[0].shapes = sample_paths();
    *n = sizeof layers / sizeof layers[0];
    return layers;
}

/* Where a shell suite wants the samples (COSMO_SAMPLES), or NULL. */
static inline void sample_keep(const char *name, const char *data, size_t bytes)
{
    const char *folder = getenv("COSMO_SAMPLES");
    char path[4096];
    if (folder == NULL) return;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (file == NULL || fwrite(data, 1, bytes, file) != bytes || fclose(file) != 0) abort();
}

/* Lets `left` allocations pass, then fails. */
static inline void *sample_allocate(size_t bytes, void *user)
{
    long *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static inline void sample_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

/* Small blocks, so that a writer asks often. NULL when not even the arena fits. */
static inline cosmo_arena *sample_failing_arena(long *left)
{
    const cosmo_allocator allocator = {sample_allocate, sample_release, left};
    return cosmo_arena_create(64, &allocator);
}

/* Run `write` with 0, 1, 2, ... allocations until it succeeds; returns how many that took. */
static inline long sample_starve(bool (*write)(cosmo_arena *arena))
{
    for (long allowed = 0;; allowed++) {
        long left = allowed;
        cosmo_arena *arena = sample_failing_arena(&left);
        const bool done = arena != NULL && write(arena);
        cosmo_arena_destroy(arena);
        if (done) return allowed;
    }
}
#endif
