/* The ground about a release: where people live, and which side of a boundary a cell is on. */
#include "core/real.h"
#include "study/toxics_parts.h"

#include <math.h>
#include <string.h>

static const double TOXICS_GROUND_DEG = 180.0 / 3.14159265358979323846;
static const double TOXICS_GROUND_NEAR_DEG = 3.0; /* a lease line farther off is another's */

cosmo_geodetic cosmo_toxics_ground_place(cosmo_geodetic origin, double east_m, double north_m)
{
    const double distance = sqrt(east_m * east_m + north_m * north_m);
    if (distance == 0.0) return origin;
    return cosmo_geodesic_from(origin, cosmo_real_atan2(east_m, north_m), distance);
}

void cosmo_toxics_ground_offset(cosmo_geodetic origin, cosmo_geodetic place, double *east_m, double *north_m)
{
    double distance, azimuth;
    cosmo_geodesic_between(origin, place, &distance, &azimuth);
    *east_m = distance * cosmo_real_sin(azimuth);
    *north_m = distance * cosmo_real_cos(azimuth);
}

/* ---- the boundary ---- */

cosmo_status cosmo_toxics_ground_polygon(const cosmo_table *polygon, cosmo_arena *arena, cosmo_run *run,
                                         cosmo_toxics_line *line)
{
    double *lon = cosmo_arena_array(arena, polygon->n_rows + 1, sizeof *lon);
    double *lat = cosmo_arena_array(arena, polygon->n_rows + 1, sizeof *lat);
    COSMO_NEED(lon, run);
    COSMO_NEED(lat, run);
    for (size_t i = 0; i <= polygon->n_rows; i++) {
        const double *row = &polygon->values[2 * (i % polygon->n_rows)];
        lon[i] = row[0] * TOXICS_GROUND_DEG;
        lat[i] = row[1] * TOXICS_GROUND_DEG;
    }
    *line = (cosmo_toxics_line){polygon->n_rows + 1, lon, lat};
    return COSMO_OK;
}

static bool toxics_ground_wanted(const cosmo_release_boundary *boundary, const cosmo_map_line *line, double lon,
                                 double lat)
{
    if (line->scale != 10 || line->name == NULL) return false;
    if (boundary->country != NULL) return line->kind == COSMO_MAP_COUNTRY && strcmp(line->name, boundary->country) == 0;
    return line->kind == COSMO_MAP_BORDER && strcmp(line->name, "lease") == 0 &&
           (double)line->west - TOXICS_GROUND_NEAR_DEG < lon && lon < (double)line->east + TOXICS_GROUND_NEAR_DEG &&
           (double)line->south - TOXICS_GROUND_NEAR_DEG < lat && lat < (double)line->north + TOXICS_GROUND_NEAR_DEG;
}

static cosmo_status toxics_ground_copy(const cosmo_map_line *from, cosmo_arena *arena, cosmo_run *run,
                                       cosmo_toxics_line *line)
{
    double *lon = cosmo_arena_array(arena, from->n, sizeof *lon), *lat = cosmo_arena_array(arena, from->n, sizeof *lat);
    COSMO_NEED(lon, run);
    COSMO_NEED(lat, run);
    for (size_t i = 0; i < from->n; i++) {
        lon[i] = (double)from->lon_deg[i];
        lat[i] = (double)from->lat_deg[i];
    }
    *line = (cosmo_toxics_line){from->n, lon, lat};
    return COSMO_OK;
}

cosmo_status cosmo_toxics_ground_boundary(const cosmo_release *release, const cosmo_map *map, cosmo_geodetic origin,
                                          cosmo_arena *arena, cosmo_run *run, cosmo_list *lines)
{
    const cosmo_release_boundary *b = &release->boundary;
    const double lon = origin.longitude_rad * TOXICS_GROUND_DEG, lat = origin.latitude_rad * TOXICS_GROUND_DEG;
    *lines = (cosmo_list){0, NULL};
    if (b->country == NULL && !b->lease && b->polygon.n_rows == 0) return COSMO_OK;
    size_t room = 1;
    for (size_t i = 0; i < map->n_lines; i++) room += toxics_ground_wanted(b, &map->lines[i], lon, lat);
    cosmo_toxics_line *items = cosmo_arena_array(arena, room, sizeof *items);
    COSMO_NEED(items, run);
    size_t n = 0;
    if (b->polygon.n_rows > 0)
        COSMO_TRY(cosmo_toxics_ground_polygon(&b->polygon, arena, run, &items[n++]));
    else
        for (size_t i = 0; i < map->n_lines; i++)
            if (toxics_ground_wanted(b, &map->lines[i], lon, lat))
                COSMO_TRY(toxics_ground_copy(&map->lines[i], arena, run, &items[n++]));
    if (n == 0)
        return cosmo_yaml_fail(
            cosmo_yaml_child(release->root, "boundary"), run, "boundary: the base map has no %s%s%s; give a 'polygon'",
            b->lease ? "lease about this place" : "country '", b->lease ? "" : b->country, b->lease ? "" : "'");
    if (b->lease)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "boundary: the lease is that of the base map (Natural Earth), a schematic outline; a surveyed "
                       "line belongs in boundary.polygon");
    *lines = (cosmo_list){n, items};
    return COSMO_OK;
}

bool cosmo_toxics_ground_inside(const cosmo_list *lines, double lon, double lat)
{
    const cosmo_toxics_line *items = lines->items;
    bool inside = false;
    for (size_t k = 0; k < lines->n; k++)
        for (size_t i = 1; i < items[k].n; i++) {
            const double west = items[k].lon_deg[i - 1], east = items[k].lon_deg[i];
            if ((west > lon) == (east > lon)) continue;
            const double share = (lon - west) / (east - west);
            const double at = items[k].lat_deg[i - 1] + share * (items[k].lat_deg[i] - items[k].lat_deg[i - 1]);
            if (at < lat) inside = !inside;
        }
    return inside;
}

/* ---- cells ---- */

cosmo_geodetic cosmo_toxics_ground_point(const cosmo_plume_mesh *mesh, cosmo_geodetic origin, size_t cell, size_t i,
                                         size_t j)
{
    const size_t ring = cell / mesh->sectors, sector = cell % mesh->sectors;
    const double inner = cosmo_mesh_inner_m(mesh, ring), outer = cosmo_mesh_outer_m(mesh, ring);
    const double across = ((double)i + 0.5) / COSMO_TOXICS_GROUND_POINTS,
                 along = ((double)j + 0.5) / COSMO_TOXICS_GROUND_POINTS;
    const double radius = sqrt(inner * inner + along * (outer * outer - inner * inner));
    const double azimuth = 6.283185307179586 * ((double)sector + across) / (double)mesh->sectors;
    return cosmo_geodesic_from(origin, azimuth, radius);
}

cosmo_status cosmo_toxics_ground_cells(const cosmo_plume_mesh *mesh, cosmo_geodetic origin,
                                       const cosmo_population *population, const cosmo_list *lines, cosmo_arena *arena,
                                       cosmo_run *run, float **people, float **inside)
{
    const size_t n = cosmo_mesh_cells(mesh);
    const double points = COSMO_TOXICS_GROUND_POINTS * COSMO_TOXICS_GROUND_POINTS;
    *people = cosmo_arena_array(arena, n, sizeof **people);
    COSMO_NEED(*people, run);
    *inside = NULL;
    if (lines->n > 0) {
        *inside = cosmo_arena_array(arena, n, sizeof **inside);
        COSMO_NEED(*inside, run);
    }
    for (size_t cell = 0; cell < n; cell++) {
        double density = 0.0, share = 0.0;
        for (size_t i = 0; i < COSMO_TOXICS_GROUND_POINTS; i++)
            for (size_t j = 0; j < COSMO_TOXICS_GROUND_POINTS; j++) {
                const cosmo_geodetic at = cosmo_toxics_ground_point(mesh, origin, cell, i, j);
                density += cosmo_population_density(population, at.latitude_rad, at.longitude_rad);
                if (*inside != NULL)
                    share += cosmo_toxics_ground_inside(lines, at.longitude_rad * TOXICS_GROUND_DEG,
                                                        at.latitude_rad * TOXICS_GROUND_DEG);
            }
        (*people)[cell] = (float)(density / points * cosmo_mesh_area_m2(mesh, cell / mesh->sectors));
        if (*inside != NULL) (*inside)[cell] = (float)(share / points);
    }
    return COSMO_OK;
}
