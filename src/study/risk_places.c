/* Where the risk of a mission is: areas for people, ships and aircraft, and the failures behind them. */
#include "study/trajectory_text.h"

#include <math.h>
#include <string.h>

typedef struct risk_places_contour {
    cosmo_hazard_target target;
    double level;
    const char *id, *name;
} risk_places_contour;

static const risk_places_contour RISK_PLACES_CONTOURS[] = {
    {COSMO_HAZARD_PERSON, 1e-7, "individual-1e-7", "individual probability of casualty 1e-7 and more"},
    {COSMO_HAZARD_PERSON, 1e-6, "individual-1e-6", "individual probability of casualty 1e-6 and more"},
    {COSMO_HAZARD_PERSON, 1e-5, "individual-1e-5", "individual probability of casualty 1e-5 and more"},
    {COSMO_HAZARD_PERSON, 1e-4, "individual-1e-4", "individual probability of casualty 1e-4 and more"},
    {COSMO_HAZARD_SHIP, 1e-5, "ship-1e-5", "hazard area for ships: probability of a hit 1e-5 and more"},
    {COSMO_HAZARD_AIRCRAFT, 1e-6, "aircraft-1e-6", "hazard area for aircraft: probability of a hit 1e-6 and more"},
};
static const double RISK_PLACES_INDIVIDUAL = 1e-6; /* limit of a person's risk, which holds aboard a ship too */
enum { RISK_PLACES_N = sizeof RISK_PLACES_CONTOURS / sizeof RISK_PLACES_CONTOURS[0], RISK_PLACES_PROPERTIES = 4 };

static double risk_places_level(cosmo_hazard_target target)
{
    double level = INFINITY;
    for (size_t i = 0; i < RISK_PLACES_N; i++)
        if (RISK_PLACES_CONTOURS[i].target == target) level = fmin(level, RISK_PLACES_CONTOURS[i].level);
    return level;
}

double cosmo_risk_places_outside(const cosmo_risk_case *r, cosmo_hazard_target target)
{
    double most = 0.0;
    if (r->risk.grid.lost > 0.0) return NAN;
    for (size_t i = 0; i < r->risk.grid.n; i++) {
        const double *p = r->risk.grid.cells[i].probability;
        const bool aboard = target == COSMO_HAZARD_SHIP && p[COSMO_HAZARD_PERSON] >= RISK_PLACES_INDIVIDUAL;
        if (p[target] < risk_places_level(target) && !aboard) most = fmax(most, p[target]);
    }
    return most;
}

static cosmo_status risk_places_shape(const risk_places_contour *contour, const cosmo_hazard_ring *ring, size_t number,
                                      cosmo_arena *arena, cosmo_run *run, cosmo_shape *shape)
{
    static const char *const targets[] = {"person", "public", "ship", "aircraft"};
    cosmo_property *properties = cosmo_arena_array(arena, RISK_PLACES_PROPERTIES, sizeof *properties);
    const char *id = cosmo_arena_print(arena, "%s-%zu", contour->id, number);
    COSMO_NEED(properties, run);
    COSMO_NEED(id, run);
    properties[0] = (cosmo_property){.key = "target", .text = targets[contour->target]};
    properties[1] = (cosmo_property){.key = "level", .number = contour->level};
    properties[2] = (cosmo_property){.key = "largest_probability", .number = ring->most};
    properties[3] = (cosmo_property){.key = "cells", .number = (double)ring->n_cells};
    *shape = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                           .id = id,
                           .name = contour->name,
                           .note = "hull of cells of 0.05 deg; of one launch, failures and planned drops",
                           .role = contour->id,
                           .n = ring->n,
                           .lon_deg = ring->lon_deg,
                           .lat_deg = ring->lat_deg,
                           .n_properties = RISK_PLACES_PROPERTIES,
                           .properties = properties};
    return COSMO_OK;
}

cosmo_status cosmo_risk_places_layers(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_list *layers)
{
    cosmo_layer *made = cosmo_arena_array(arena, RISK_PLACES_N, sizeof *made);
    COSMO_NEED(made, run);
    for (size_t i = 0; i < RISK_PLACES_N; i++) {
        const risk_places_contour *contour = &RISK_PLACES_CONTOURS[i];
        cosmo_list rings;
        COSMO_TRY(cosmo_hazard_rings_around(&r->risk.grid, contour->target, contour->level, arena, run, &rings));
        cosmo_shape *shapes = cosmo_arena_array(arena, rings.n + 1, sizeof *shapes);
        COSMO_NEED(shapes, run);
        const cosmo_hazard_ring *items = rings.items;
        for (size_t k = 0; k < rings.n; k++)
            COSMO_TRY(risk_places_shape(contour, &items[k], k + 1, arena, run, &shapes[k]));
        made[i] = (cosmo_layer){contour->id, contour->name, rings.n, shapes};
    }
    *layers = (cosmo_list){.n = RISK_PLACES_N, .items = made};
    return COSMO_OK;
}

cosmo_status cosmo_risk_places_areas(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_text *out)
{
    cosmo_list layers;
    COSMO_TRY(cosmo_risk_places_layers(r, arena, run, &layers));
    cosmo_geojson_write(out, r->flown.mission->name, layers.items, layers.n);
    return out->failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}

cosmo_status cosmo_risk_places_dispersion(const cosmo_risk_case *r, const char *created_utc, cosmo_arena *arena,
                                          cosmo_run *run, cosmo_text *out)
{
    return cosmo_trajectory_text_oem(&r->flown, created_utc, arena, run, out);
}

static void risk_places_put(cosmo_text *out, double value)
{
    char number[32];
    cosmo_json_format(value, number);
    cosmo_text_print(out, ",%s", number);
}

static void risk_places_heads(const cosmo_vehicle *vehicle, cosmo_text *out)
{
    const cosmo_stage *stages = vehicle->stages.items;
    cosmo_text_put(out, "t_s,mode,phase,x_itrf_m,y_itrf_m,z_itrf_m,vx_itrf_m_s,vy_itrf_m_s,vz_itrf_m_s,mass_kg");
    for (size_t i = 0; i < vehicle->stages.n; i++) cosmo_text_print(out, ",propellant_%s_kg", stages[i].id);
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        const cosmo_tank *tanks = stages[i].tanks.items;
        for (size_t k = 0; k < stages[i].tanks.n; k++)
            cosmo_text_print(out, ",tank_%s_%zu_%s_kg", stages[i].id, k + 1, tanks[k].propellant);
    }
    cosmo_text_put(out, "\n");
}

/* What each tank of the vehicle holds; nothing once its stage has left. */
static void risk_places_tanks(const cosmo_vehicle *vehicle, const cosmo_risk_failure *f, cosmo_text *out)
{
    const cosmo_stage *stages = vehicle->stages.items;
    cosmo_outcome stopped;
    cosmo_remains remains;
    memset(&stopped, 0, sizeof stopped);
    stopped.stack.mass_kg = f->mass_kg;
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        stopped.stack.stage_aboard[i] = (f->aboard >> i & 1) != 0;
        stopped.stack.usable_kg[i] = f->propellant_kg[i];
    }
    cosmo_remains_describe(vehicle, &stopped, &remains);
    for (size_t i = 0, at = 0; i < vehicle->stages.n; i++)
        for (size_t k = 0; k < stages[i].tanks.n; k++)
            risk_places_put(out,
                            stopped.stack.stage_aboard[i] && at < remains.n_tanks ? remains.tanks[at++].mass_kg : 0.0);
}

cosmo_status cosmo_risk_places_failures(const cosmo_risk_case *r, cosmo_run *run, cosmo_text *out)
{
    const cosmo_vehicle *vehicle = &r->flown.mission->vehicle;
    risk_places_heads(vehicle, out);
    for (size_t i = 0; i < r->risk.n_sampled; i++) {
        const cosmo_risk_failure *f = &r->risk.sampled[i];
        char time[32];
        cosmo_json_format(f->t_s, time);
        cosmo_text_print(out, "%s,%s,%s", time, cosmo_failure_mode_name((cosmo_failure_mode)f->mode),
                         r->risk.by_phase[f->phase].name);
        const double values[] = {f->position_m.x,   f->position_m.y,   f->position_m.z, f->velocity_m_s.x,
                                 f->velocity_m_s.y, f->velocity_m_s.z, f->mass_kg};
        for (size_t k = 0; k < sizeof values / sizeof values[0]; k++) risk_places_put(out, values[k]);
        for (size_t k = 0; k < vehicle->stages.n; k++) risk_places_put(out, f->propellant_kg[k]);
        risk_places_tanks(vehicle, f, out);
        cosmo_text_put(out, "\n");
    }
    return out->failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
