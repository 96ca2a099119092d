/* Whom a mission may hurt: the public by its population, under which shelter, and neighbouring operations. */
#include "study/risk_parts.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

static const double RISK_EXPOSURE_MARGIN_DEG = 8.0; /* of a user's population around the track */

static double risk_exposure_density(const void *user, double latitude_rad, double longitude_rad)
{
    return cosmo_population_density(user, latitude_rad, longitude_rad);
}

/* The box about everything the vacuum impact point passes over, with room for what goes astray. */
static cosmo_population_area risk_exposure_area(const cosmo_ascent *ascent)
{
    const double deg = 180.0 / 3.14159265358979323846;
    const cosmo_geodetic *first = &ascent->trajectory.samples[0].place;
    cosmo_population_area area = {first->longitude_rad * deg, first->latitude_rad * deg, first->longitude_rad * deg,
                                  first->latitude_rad * deg};
    for (size_t i = 0; i < ascent->trajectory.n; i++) {
        const cosmo_sample *s = &ascent->trajectory.samples[i];
        const cosmo_geodetic at = s->iip.kind == COSMO_IIP_IMPACT ? s->iip.place : s->place;
        area.west_deg = fmin(area.west_deg, at.longitude_rad * deg);
        area.east_deg = fmax(area.east_deg, at.longitude_rad * deg);
        area.south_deg = fmin(area.south_deg, at.latitude_rad * deg);
        area.north_deg = fmax(area.north_deg, at.latitude_rad * deg);
    }
    return (cosmo_population_area){
        fmax(area.west_deg - RISK_EXPOSURE_MARGIN_DEG, -180.0), fmax(area.south_deg - RISK_EXPOSURE_MARGIN_DEG, -90.0),
        fmin(area.east_deg + RISK_EXPOSURE_MARGIN_DEG, 180.0), fmin(area.north_deg + RISK_EXPOSURE_MARGIN_DEG, 90.0)};
}

static cosmo_status risk_exposure_people(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                         cosmo_risk_case *r)
{
    COSMO_TRY(cosmo_population_open(arena, run, &r->population));
    const char *name = mission->people.file;
    if (name != NULL) {
        const char *path = cosmo_file_join(arena, cosmo_file_folder(arena, mission->path), name);
        struct stat about;
        COSMO_NEED(path, run);
        if (stat(path, &about) != 0)
            return cosmo_yaml_fail(cosmo_yaml_child(cosmo_yaml_child(mission->root, "people"), "file"), run,
                                   "cannot open '%.200s': %s", path, strerror(errno));
        const cosmo_population_area area = risk_exposure_area(&r->flown.ascent);
        const cosmo_population_file file = {
            .path = path, .band = 1, .kind = (cosmo_population_kind)mission->people.kind, .area = &area};
        char digest[65];
        r->beside = r->population;
        COSMO_TRY(cosmo_population_raster_read(&file, r->population, arena, run, &r->population));
        COSMO_TRY(cosmo_hash_file(path, run, digest));
        cosmo_run_input(run, name, digest);
    }
    if (r->population == NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: there is no population: data/packs/population.pack is not "
                              "there, and the mission names no people.file");
    return COSMO_OK;
}

static cosmo_shelter_mix risk_exposure_shelter(const cosmo_people_choice *people)
{
    cosmo_shelter_mix own = {.source = "shares of the mission"};
    bool given = false;
    for (int i = 0; i < COSMO_SHELTER_COUNT_; i++) {
        given = given || isfinite(people->mix[i]);
        own.fraction[i] = isfinite(people->mix[i]) ? people->mix[i] : 0.0;
    }
    if (given) return own;
    return people->shelter == COSMO_PEOPLE_DAY     ? cosmo_shelter_by_day()
           : people->shelter == COSMO_PEOPLE_NIGHT ? cosmo_shelter_by_night()
                                                   : cosmo_shelter_none();
}

/* The site's other pads that are not cleared with this one. */
static cosmo_status risk_exposure_pads(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                       cosmo_list *neighbours)
{
    const cosmo_pad *pads = mission->site.pads.items;
    const cosmo_geodetic from = cosmo_mission_flight(mission).pad;
    cosmo_neighbour *items = cosmo_arena_array(arena, mission->site.pads.n + 1, sizeof *items);
    COSMO_NEED(items, run);
    size_t n = 0;
    for (size_t i = 0; i < mission->site.pads.n && n < COSMO_NEIGHBOURS_MAX; i++) {
        const cosmo_geodetic at = {pads[i].latitude_rad, pads[i].longitude_rad, 0.0};
        double distance, azimuth;
        cosmo_geodesic_between(from, at, &distance, &azimuth);
        if (distance < mission->risk.clear_distance_m) continue;
        items[n++] = (cosmo_neighbour){pads[i].id, at.latitude_rad, at.longitude_rad, NAN};
    }
    *neighbours = (cosmo_list){n, items};
    return COSMO_OK;
}

cosmo_status cosmo_risk_exposure_make(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_risk_case *r)
{
    COSMO_TRY(risk_exposure_people(mission, arena, run, r));
    r->exposure = (cosmo_exposure){.people = {risk_exposure_density, r->population},
                                   .shelter = risk_exposure_shelter(&mission->people),
                                   .neighbours = mission->people.neighbours};
    if (r->beside != NULL) r->exposure.beside = (cosmo_people){risk_exposure_density, r->beside};
    if (mission->people.neighbours.n > 0) return COSMO_OK;
    return risk_exposure_pads(mission, arena, run, &r->exposure.neighbours);
}
