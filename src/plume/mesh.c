/* The polar mesh about a source: which cell, how large, and what a field is between the middles of cells. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>

static const double MESH_TURN = 6.283185307179586;
static const double MESH_DISC_MEAN = 2.0 / 3.0;

size_t cosmo_mesh_cells(const cosmo_plume_mesh *mesh)
{
    return mesh->rings * mesh->sectors;
}

double cosmo_mesh_outer_m(const cosmo_plume_mesh *mesh, size_t ring)
{
    return mesh->inner_m * cosmo_real_pow(mesh->ratio, (double)ring);
}

double cosmo_mesh_inner_m(const cosmo_plume_mesh *mesh, size_t ring)
{
    return ring == 0 ? 0.0 : cosmo_mesh_outer_m(mesh, ring - 1);
}

double cosmo_mesh_area_m2(const cosmo_plume_mesh *mesh, size_t ring)
{
    const double inner = cosmo_mesh_inner_m(mesh, ring), outer = cosmo_mesh_outer_m(mesh, ring);
    return 0.5 * MESH_TURN * (outer - inner) * (outer + inner) / (double)mesh->sectors;
}

static double mesh_middle_radius(const cosmo_plume_mesh *mesh, size_t ring)
{
    if (ring == 0) return MESH_DISC_MEAN * mesh->inner_m;
    return cosmo_mesh_outer_m(mesh, ring) / sqrt(mesh->ratio);
}

void cosmo_mesh_middle(const cosmo_plume_mesh *mesh, size_t cell, double *east_m, double *north_m)
{
    const size_t ring = cell / mesh->sectors, sector = cell % mesh->sectors;
    const double radius = mesh_middle_radius(mesh, ring);
    const double azimuth = MESH_TURN * ((double)sector + 0.5) / (double)mesh->sectors;
    *east_m = radius * cosmo_real_sin(azimuth);
    *north_m = radius * cosmo_real_cos(azimuth);
}

/* Where a place lies between the lower edges of sectors, 0 .. sectors. */
static double mesh_sector(const cosmo_plume_mesh *mesh, double east_m, double north_m)
{
    const double azimuth = cosmo_real_atan2(east_m, north_m);
    return (azimuth < 0.0 ? azimuth + MESH_TURN : azimuth) / MESH_TURN * (double)mesh->sectors;
}

/* Rings beyond the disc's edge: 0 there, 1 at the outer radius of ring 1. */
static double mesh_ring(const cosmo_plume_mesh *mesh, double radius_m)
{
    return cosmo_real_log(radius_m / mesh->inner_m) / cosmo_real_log(mesh->ratio);
}

size_t cosmo_mesh_find(const cosmo_plume_mesh *mesh, double east_m, double north_m)
{
    const double radius = sqrt(east_m * east_m + north_m * north_m);
    const double ring = radius < mesh->inner_m ? 0.0 : 1.0 + floor(mesh_ring(mesh, radius));
    if (!(ring < (double)mesh->rings)) return cosmo_mesh_cells(mesh);
    const size_t sector = (size_t)mesh_sector(mesh, east_m, north_m) % mesh->sectors;
    return (size_t)ring * mesh->sectors + sector;
}

double cosmo_mesh_value(const cosmo_plume_mesh *mesh, const float *field, double east_m, double north_m)
{
    const double radius = sqrt(east_m * east_m + north_m * north_m);
    if (!(radius < cosmo_mesh_outer_m(mesh, mesh->rings - 1))) return 0.0;
    /* middles of rings beyond the disc lie at half numbers of mesh_ring */
    const double first = mesh_middle_radius(mesh, 0), second = mesh_middle_radius(mesh, 1);
    double along = radius <= first    ? 0.0
                   : radius >= second ? mesh_ring(mesh, radius) + 0.5
                                      : (radius - first) / (second - first);
    along = fmin(along, (double)(mesh->rings - 1));
    const size_t ring = (size_t)fmin(floor(along), (double)(mesh->rings - 2));
    const double outward = along - (double)ring;
    const double around = mesh_sector(mesh, east_m, north_m) - 0.5 + (double)mesh->sectors;
    const size_t left = (size_t)around % mesh->sectors, right = (left + 1) % mesh->sectors;
    const double turn = around - floor(around);
    const float *near = field + ring * mesh->sectors, *far = near + mesh->sectors;
    const double within = (1.0 - turn) * (double)near[left] + turn * (double)near[right];
    const double beyond = (1.0 - turn) * (double)far[left] + turn * (double)far[right];
    return (1.0 - outward) * within + outward * beyond;
}
