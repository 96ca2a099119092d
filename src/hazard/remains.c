/* What is left of a vehicle when its engines stop: a stack that tumbles and falls whole, and what its tanks hold. */
#include "cosmodrome/hazard.h"

#include <math.h>
#include <string.h>

static const double REMAINS_LIMIT_S = 10800.0;

bool cosmo_remains_carry(const cosmo_outcome *stopped, const char *item)
{
    for (size_t i = 0; i < stopped->stack.n_dropped; i++)
        if (strcmp(stopped->body[i], item) == 0) return false;
    return true;
}

/* Share of the usable load that is still aboard, of one stage. */
static double remains_share(const cosmo_stage *stage, double usable_kg)
{
    const double full_kg = (double)stage->count * cosmo_vehicle_usable_kg(stage);
    return full_kg > 0.0 ? fmin(fmax(usable_kg / full_kg, 0.0), 1.0) : 0.0;
}

/* A full stage has the start-up propellant burnt already: from every tank as much as its part of the usable load. */
static void remains_tanks(const cosmo_stage *stage, double usable_kg, cosmo_remains *remains)
{
    const cosmo_tank *tanks = stage->tanks.items;
    const double share = remains_share(stage, usable_kg), usable = cosmo_vehicle_usable_kg(stage);
    const double loaded = usable + stage->startup_propellant_kg, started = loaded > 0.0 ? usable / loaded : 0.0;
    for (size_t i = 0; i < stage->tanks.n && remains->n_tanks < COSMO_REMAINS_TANKS_MAX; i++) {
        const cosmo_tank *tank = &tanks[i];
        const double burnable_kg = (tank->load_kg - tank->residual_kg) * started;
        const double left_kg = tank->burns ? tank->residual_kg + share * burnable_kg : tank->load_kg;
        remains->tanks[remains->n_tanks++] =
            (cosmo_remains_tank){stage->id, tank->propellant, (double)stage->count * left_kg};
    }
}

/* Nothing for a stage of unknown size. */
static double remains_stage_area(const cosmo_stage *stage)
{
    const double area_m2 = cosmo_vehicle_fall_area_m2(&stage->fall, stage->diameter_m, stage->length_m);
    return isfinite(area_m2) ? area_m2 : 0.0;
}

/* Side areas, as those that the files give of stages: a fairing is a shell half on the ground, a part of the stack's
 * side up here. */
static double remains_items_area(const cosmo_vehicle *vehicle, const cosmo_outcome *stopped)
{
    const cosmo_item *items = vehicle->items.items;
    double area_m2 = 0.0;
    for (size_t i = 0; i < vehicle->items.n; i++) {
        const double side_m2 = items[i].diameter_m * items[i].length_m;
        if (items[i].part_of == NULL && isfinite(side_m2) && cosmo_remains_carry(stopped, items[i].id))
            area_m2 += side_m2;
    }
    return area_m2;
}

void cosmo_remains_describe(const cosmo_vehicle *vehicle, const cosmo_outcome *stopped, cosmo_remains *remains)
{
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_stack *stack = &stopped->stack;
    *remains = (cosmo_remains){.mass_kg = stack->mass_kg};
    cosmo_drag_curve curve;
    for (size_t i = 0; i < vehicle->stages.n && i < COSMO_STAGES_MAX; i++) {
        if (!stack->stage_aboard[i]) continue;
        const double area_m2 = (double)stages[i].count * remains_stage_area(&stages[i]);
        cosmo_drag_curve_make(&stages[i].fall.drag, &curve);
        for (int k = 0; k < COSMO_DRAG_NODES; k++)
            for (int j = 0; j < 2; j++) remains->drag.node[k][j] += area_m2 * curve.node[k][j];
        remains->area_m2 += area_m2;
        remains_tanks(&stages[i], stack->usable_kg[i], remains);
    }
    for (int k = 0; k < COSMO_DRAG_NODES && remains->area_m2 > 0.0; k++)
        for (int j = 0; j < 2; j++) remains->drag.node[k][j] /= remains->area_m2;
    remains->area_m2 += remains_items_area(vehicle, stopped);
    remains->ballistic_kg_m2 = remains->mass_kg / (remains->area_m2 * cosmo_drag_curve_at(&remains->drag, 0.0));
}

cosmo_status cosmo_remains_fall(const cosmo_remains *remains, const cosmo_state *stopped,
                                const cosmo_environment *environment, cosmo_run *run, cosmo_impact *impact)
{
    const cosmo_fall_case body = {
        .released = *stopped, .mass_kg = remains->mass_kg, .area_m2 = remains->area_m2, .drag = &remains->drag};
    return cosmo_fall_to_ground(&body, 1, environment, 0.0, REMAINS_LIMIT_S, run, impact);
}
