/* The ground that people have left before a launch. */
#include "study/toxics_parts.h"

static const double TOXICS_EVACUATED_DEG = 180.0 / 3.14159265358979323846;

static bool toxics_evacuated_in(const cosmo_toxics *t, const cosmo_toxics_area *area, cosmo_geodetic place)
{
    const double lon = place.longitude_rad * TOXICS_EVACUATED_DEG, lat = place.latitude_rad * TOXICS_EVACUATED_DEG;
    const cosmo_list line = {1, &area->line};
    if (area->area->boundary) return cosmo_toxics_ground_inside(&t->boundary, lon, lat);
    if (area->line.n > 0) return cosmo_toxics_ground_inside(&line, lon, lat);
    const cosmo_geodetic middle = {area->area->latitude_rad, area->area->longitude_rad, 0.0};
    double distance, azimuth;
    cosmo_geodesic_between(middle, place, &distance, &azimuth);
    return distance <= area->area->radius_m;
}

bool cosmo_toxics_evacuated_holds(const cosmo_toxics *toxics, cosmo_geodetic place)
{
    const cosmo_toxics_area *areas = toxics->evacuated.items;
    for (size_t i = 0; i < toxics->evacuated.n; i++)
        if (toxics_evacuated_in(toxics, &areas[i], place)) return true;
    return false;
}

static cosmo_status toxics_evacuated_areas(cosmo_toxics *t, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_list *given = &t->release.launch.evacuated;
    cosmo_toxics_area *areas = cosmo_arena_array(arena, given->n, sizeof *areas);
    COSMO_NEED(areas, run);
    for (size_t i = 0; i < given->n; i++) {
        areas[i].area = (const cosmo_release_area *)given->items + i;
        if (areas[i].area->polygon.n_rows > 0)
            COSMO_TRY(cosmo_toxics_ground_polygon(&areas[i].area->polygon, arena, run, &areas[i].line));
    }
    t->evacuated = (cosmo_list){given->n, areas};
    return COSMO_OK;
}

cosmo_status cosmo_toxics_evacuated_make(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_plume_mesh *mesh = &toxics->accident.mesh;
    const size_t n = cosmo_mesh_cells(mesh), side = COSMO_TOXICS_GROUND_POINTS;
    toxics->accident.evacuated = NULL;
    if (toxics->release.launch.evacuated.n == 0) return COSMO_OK;
    COSMO_TRY(toxics_evacuated_areas(toxics, arena, run));
    float *share = cosmo_arena_array(arena, n, sizeof *share);
    COSMO_NEED(share, run);
    for (size_t cell = 0; cell < n; cell++) {
        size_t held = 0;
        for (size_t i = 0; i < side * side; i++)
            held += cosmo_toxics_evacuated_holds(
                toxics, cosmo_toxics_ground_point(mesh, toxics->origin, cell, i / side, i % side));
        share[cell] = (float)held / (float)(side * side);
    }
    toxics->accident.evacuated = share;
    return COSMO_OK;
}
