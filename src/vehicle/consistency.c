/* A vehicle whose events, masses, tables and fragments fit together, or one line that says where they do not. */
#include "consistency.h"

#include <math.h>
#include <string.h>

static const char *const CONSISTENCY_SUBSTANCES[] = {"LOX", "kerosene", "UDMH", "N2O4", "H2O2", "N2", "LH2"};
static const char *const CONSISTENCY_EVENTS[] = {"ignition", "cutoff", "separation", "jettison"};
#define CONSISTENCY_N(array) (sizeof(array) / sizeof(array)[0])

typedef struct consistency {
    const cosmo_vehicle *vehicle;
    const cosmo_stage *stages;
    const cosmo_item *items;
    const cosmo_yaml *root;
    cosmo_arena *arena;
    cosmo_run *run;
} consistency;

/* Entry `index` of the list `list`, then its child `key`; where a key is absent, the place of what should hold it. */
static const cosmo_yaml *consistency_child(const cosmo_yaml *node, const char *key)
{
    const cosmo_yaml *child = cosmo_yaml_child(node, key);
    return child != NULL ? child : node;
}

static const cosmo_yaml *consistency_at(const cosmo_yaml *node, const char *list, size_t index, const char *key)
{
    const cosmo_yaml *entry = consistency_child(node, list)->first_child;
    for (size_t i = 0; i < index && entry != NULL; i++) entry = entry->next;
    if (entry == NULL) return consistency_child(node, list);
    return key != NULL ? consistency_child(entry, key) : entry;
}

static const cosmo_stage *consistency_stage(const consistency *c, const char *id)
{
    for (size_t i = 0; i < c->vehicle->stages.n; i++)
        if (strcmp(c->stages[i].id, id) == 0) return &c->stages[i];
    return NULL;
}

static const cosmo_item *consistency_item(const consistency *c, const char *id)
{
    for (size_t i = 0; i < c->vehicle->items.n; i++)
        if (strcmp(c->items[i].id, id) == 0) return &c->items[i];
    return NULL;
}

static cosmo_status consistency_unknown_part(const consistency *c, const cosmo_yaml *node, bool item, const char *id)
{
    const size_t n = item ? c->vehicle->items.n : c->vehicle->stages.n;
    const char **names = cosmo_arena_array(c->arena, n + 1, sizeof *names);
    COSMO_NEED(names, c->run);
    for (size_t i = 0; i < n; i++) names[i] = item ? c->items[i].id : c->stages[i].id;
    const cosmo_list known = {n, names};
    return cosmo_catalogue_unknown(item ? "item" : "stage", id, &known, node, c->arena, c->run);
}

/* A stage without separation_delay stays with the payload, so nothing can wait for its separation. */
static cosmo_status consistency_happens(const consistency *c, const cosmo_yaml *node, const char *kind, const char *id)
{
    if (strcmp(kind, "separation") != 0 || !isnan(consistency_stage(c, id)->separation_delay_s)) return COSMO_OK;
    return cosmo_yaml_fail(node, c->run, "stage '%.80s' never separates: it has no separation_delay", id);
}

/* An event is "liftoff" or "KIND:ID", and must be settled before the part that waits for it: a stage waits for earlier
 * stages, an item for any stage and for earlier items. That leaves no circles. */
static cosmo_status consistency_event(const consistency *c, const cosmo_yaml *node, const char *event,
                                      size_t stages_known, size_t items_known)
{
    if (strcmp(event, "liftoff") == 0) return COSMO_OK;
    const char *colon = strchr(event, ':');
    const char *kind = colon != NULL ? cosmo_arena_text(c->arena, event, (size_t)(colon - event)) : event;
    COSMO_NEED(kind, c->run);
    const char *known = NULL;
    for (size_t i = 0; i < CONSISTENCY_N(CONSISTENCY_EVENTS); i++)
        if (strcmp(CONSISTENCY_EVENTS[i], kind) == 0) known = CONSISTENCY_EVENTS[i];
    if (colon == NULL || known == NULL)
        return cosmo_yaml_fail(
            node, c->run,
            "'%.80s' is not an event; write liftoff, ignition:STAGE, cutoff:STAGE, separation:STAGE or "
            "jettison:ITEM",
            event);
    const bool item = strcmp(known, "jettison") == 0;
    const size_t n = item ? items_known : stages_known;
    for (size_t i = 0; i < n; i++)
        if (strcmp(item ? c->items[i].id : c->stages[i].id, colon + 1) == 0)
            return consistency_happens(c, node, known, colon + 1);
    const cosmo_stage *stage = item ? NULL : consistency_stage(c, colon + 1);
    const bool exists = stage != NULL || (item && consistency_item(c, colon + 1) != NULL);
    if (exists)
        return cosmo_yaml_fail(node, c->run, "'%.80s' is not settled before this; name a part listed earlier", event);
    return consistency_unknown_part(c, node, item, colon + 1);
}

/* First column strictly ascending, second column within bounds. */
static cosmo_status consistency_table(const consistency *c, const cosmo_yaml *node, const cosmo_table *table,
                                      const char *what, double second_max)
{
    for (size_t i = 0; i < table->n_rows; i++) {
        const double *row = table->values + i * table->n_columns;
        const cosmo_yaml *place = node;
        if (node->kind == COSMO_YAML_LIST) {
            place = node->first_child;
            for (size_t j = 0; j < i && place != NULL; j++) place = place->next;
            if (place == NULL) place = node;
        }
        if (i > 0 && row[0] <= row[-(ptrdiff_t)table->n_columns])
            return cosmo_yaml_fail(place, c->run, "%s must ascend from row to row", what);
        if (row[0] < 0.0 || row[1] < 0.0 || row[1] > second_max)
            return cosmo_yaml_fail(place, c->run, "this row is out of range (0 to %g in the second column)",
                                   second_max);
    }
    return COSMO_OK;
}

/* Ids of stages and items share the names of events; the section reader sees to it that each list has none twice. */
static cosmo_status consistency_ids(const consistency *c)
{
    for (size_t i = 0; i < c->vehicle->items.n; i++)
        if (consistency_stage(c, c->items[i].id) != NULL)
            return cosmo_yaml_fail(consistency_at(c->root, "items", i, "id"), c->run, "'%.80s' is a stage already",
                                   c->items[i].id);
    return COSMO_OK;
}

static cosmo_status consistency_tanks(const consistency *c, size_t stage)
{
    const cosmo_yaml *node = consistency_at(c->root, "stages", stage, NULL);
    const cosmo_tank *tanks = c->stages[stage].tanks.items;
    if (c->stages[stage].tanks.n == 0)
        return cosmo_yaml_fail(node, c->run, "stage '%.80s' has no tanks", c->stages[stage].id);
    for (size_t i = 0; i < c->stages[stage].tanks.n; i++) {
        const cosmo_yaml *propellant = consistency_at(node, "tanks", i, "propellant");
        bool known = false;
        for (size_t s = 0; s < CONSISTENCY_N(CONSISTENCY_SUBSTANCES); s++)
            known = known || strcmp(CONSISTENCY_SUBSTANCES[s], tanks[i].propellant) == 0;
        const cosmo_list substances = {CONSISTENCY_N(CONSISTENCY_SUBSTANCES), CONSISTENCY_SUBSTANCES};
        if (!known)
            return cosmo_catalogue_unknown("propellant", tanks[i].propellant, &substances, propellant, c->arena,
                                           c->run);
        if (tanks[i].residual_kg > tanks[i].load_kg)
            return cosmo_yaml_fail(consistency_at(node, "tanks", i, "residual"), c->run,
                                   "residual %g kg is more than the load of %g kg", tanks[i].residual_kg,
                                   tanks[i].load_kg);
    }
    if (cosmo_vehicle_usable_kg(&c->stages[stage]) <= 0.0)
        return cosmo_yaml_fail(node, c->run, "stage '%.80s' has nothing to burn after residuals and start-up",
                               c->stages[stage].id);
    return COSMO_OK;
}

static cosmo_status consistency_engine(const consistency *c, size_t i)
{
    const cosmo_stage *stage = &c->stages[i];
    const cosmo_yaml *node = consistency_at(c->root, "stages", i, NULL);
    const bool lifts_off = strcmp(stage->ignition_event, "liftoff") == 0;
    if (lifts_off && isnan(stage->thrust_sea_level_n))
        return cosmo_yaml_fail(node, c->run, "stage '%.80s' is lit at liftoff and needs thrust_sea_level", stage->id);
    if (stage->thrust_sea_level_n >= stage->thrust_vacuum_n)
        return cosmo_yaml_fail(consistency_child(node, "thrust_sea_level"), c->run,
                               "thrust_sea_level must be less than thrust_vacuum");
    if (stage->cutoff == COSMO_CUTOFF_TIME && isnan(stage->cutoff_time_s))
        return cosmo_yaml_fail(consistency_child(node, "cutoff"), c->run,
                               "cutoff: time needs cutoff_time, such as 117.45 s");
    if (isnan(stage->separation_delay_s) && i + 1 < c->vehicle->stages.n)
        return cosmo_yaml_fail(node, c->run,
                               "stage '%.80s' needs separation_delay: only the last one may stay with the payload",
                               stage->id);
    COSMO_TRY(consistency_event(c, consistency_child(node, "ignition_event"), stage->ignition_event, i, 0));
    COSMO_TRY(
        consistency_table(c, consistency_child(node, "throttle"), &stage->throttle, "the times of throttle", 1.5));
    return consistency_table(c, consistency_child(consistency_child(node, "fall"), "drag"), &stage->fall.drag,
                             "the Mach numbers", 10.0);
}

static cosmo_status consistency_item_check(const consistency *c, size_t i)
{
    const cosmo_item *item = &c->items[i];
    const cosmo_yaml *node = consistency_at(c->root, "items", i, NULL);
    const cosmo_stage *whole = item->part_of != NULL ? consistency_stage(c, item->part_of) : NULL;
    if (item->part_of != NULL && whole == NULL)
        return consistency_unknown_part(c, consistency_child(node, "part_of"), false, item->part_of);
    if (whole != NULL && item->mass_kg >= whole->dry_mass_kg)
        return cosmo_yaml_fail(consistency_child(node, "mass"), c->run,
                               "mass %g kg is not less than the dry mass of '%.80s', %g kg", item->mass_kg, whole->id,
                               whole->dry_mass_kg);
    if (item->jettison_event == NULL && isnan(item->jettison_heat_flux_w_m2))
        return cosmo_yaml_fail(node, c->run, "item '%.80s' needs jettison_event or jettison_heat_flux", item->id);
    if (item->jettison_event != NULL)
        COSMO_TRY(consistency_event(c, consistency_child(node, "jettison_event"), item->jettison_event,
                                    c->vehicle->stages.n, i));
    return consistency_table(c, consistency_child(consistency_child(node, "fall"), "drag"), &item->fall.drag,
                             "the Mach numbers", 10.0);
}

/* 0: lit at liftoff; 1: lit by what one of those does; and so on. Stages of rank 0 and 1 fly below 100 km. */
static size_t consistency_rank(const consistency *c, const cosmo_stage *stage)
{
    size_t rank = 0;
    const char *colon = strchr(stage->ignition_event, ':');
    while (colon != NULL && rank < c->vehicle->stages.n) {
        rank++;
        const cosmo_stage *before = consistency_stage(c, colon + 1);
        colon = before != NULL ? strchr(before->ignition_event, ':') : NULL;
    }
    return rank;
}

static cosmo_status consistency_aerodynamics(const consistency *c)
{
    const cosmo_aerodynamics *entries = c->vehicle->aerodynamics.items;
    for (size_t i = 0; i < c->vehicle->aerodynamics.n; i++) {
        const cosmo_yaml *node = consistency_at(c->root, "aerodynamics", i, NULL);
        if (consistency_stage(c, entries[i].with) == NULL)
            return consistency_unknown_part(c, consistency_child(node, "with"), false, entries[i].with);
        for (size_t j = 0; j < i; j++)
            if (strcmp(entries[i].with, entries[j].with) == 0)
                return cosmo_yaml_fail(consistency_child(node, "with"), c->run, "'%.80s' has aerodynamics already",
                                       entries[i].with);
        if (entries[i].drag.n_rows < 2)
            return cosmo_yaml_fail(consistency_child(node, "drag"), c->run, "drag needs at least two rows");
        COSMO_TRY(consistency_table(c, consistency_child(node, "drag"), &entries[i].drag, "the Mach numbers", 10.0));
    }
    for (size_t s = 0; s < c->vehicle->stages.n; s++) {
        bool has = consistency_rank(c, &c->stages[s]) > 1;
        for (size_t i = 0; i < c->vehicle->aerodynamics.n; i++)
            has = has || strcmp(entries[i].with, c->stages[s].id) == 0;
        if (!has)
            return cosmo_yaml_fail(consistency_child(c->root, "aerodynamics"), c->run,
                                   "no aerodynamics with '%.80s' as the lowest stage, which flies in the air",
                                   c->stages[s].id);
    }
    return COSMO_OK;
}

static cosmo_status consistency_fragments(const consistency *c)
{
    const cosmo_fragment_class *classes = c->vehicle->fragments.items;
    for (size_t i = 0; i < c->vehicle->fragments.n; i++) {
        const cosmo_yaml *node = consistency_at(c->root, "fragments", i, NULL);
        if (consistency_stage(c, classes[i].stage) == NULL)
            return consistency_unknown_part(c, consistency_child(node, "stage"), false, classes[i].stage);
        if (classes[i].ballistic_min_kg_m2 > classes[i].ballistic_max_kg_m2)
            return cosmo_yaml_fail(consistency_child(node, "ballistic_min"), c->run,
                                   "ballistic_min is more than ballistic_max");
    }
    return COSMO_OK;
}

/* What falls has an area, given or by its size. */
static cosmo_status consistency_areas(const consistency *c)
{
    const cosmo_stage *stages = c->vehicle->stages.items;
    const cosmo_item *items = c->vehicle->items.items;
    const size_t n = c->vehicle->stages.n;
    for (size_t i = 0; i < n + c->vehicle->items.n; i++) {
        const bool is_stage = i < n;
        const double area_m2 =
            is_stage ? cosmo_vehicle_fall_area_m2(&stages[i].fall, stages[i].diameter_m, stages[i].length_m)
                     : cosmo_vehicle_fall_area_m2(&items[i - n].fall, items[i - n].diameter_m, items[i - n].length_m);
        if (isfinite(area_m2)) continue;
        return cosmo_yaml_fail(consistency_at(c->root, is_stage ? "stages" : "items", is_stage ? i : i - n, NULL),
                               c->run, "'%.80s' falls, and needs its diameter and length, or an area in 'fall'",
                               is_stage ? stages[i].id : items[i - n].id);
    }
    return COSMO_OK;
}

static cosmo_status consistency_escape(const consistency *c)
{
    const cosmo_escape *escape = &c->vehicle->escape;
    if (isnan(escape->capsule_mass_kg)) return COSMO_OK;
    const cosmo_yaml *node = consistency_child(c->root, "escape");
    const cosmo_escape_motor *motors = escape->motors.items;
    for (size_t i = 0; i < escape->motors.n; i++) {
        const cosmo_yaml *entry = consistency_at(node, "motors", i, NULL);
        if (consistency_item(c, motors[i].carried_by) == NULL)
            return consistency_unknown_part(c, consistency_child(entry, "carried_by"), true, motors[i].carried_by);
        if (motors[i].head_mass_kg - motors[i].propellant_kg < escape->capsule_mass_kg)
            return cosmo_yaml_fail(consistency_child(entry, "head_mass"), c->run,
                                   "the head of %g kg is lighter than its propellant and the capsule of %g kg in it",
                                   motors[i].head_mass_kg, escape->capsule_mass_kg);
    }
    COSMO_TRY(consistency_table(c, consistency_child(node, "head_drag"), &escape->head_drag, "the Mach numbers", 10.0));
    COSMO_TRY(
        consistency_table(c, consistency_child(node, "capsule_drag"), &escape->capsule_drag, "the Mach numbers", 10.0));
    if (escape->main_altitude_m <= escape->drogue_altitude_m) return COSMO_OK;
    return cosmo_yaml_fail(consistency_child(node, "main_altitude"), c->run,
                           "the main parachute opens above the drogue, at %g m", escape->drogue_altitude_m);
}

/* The stages lit at liftoff must lift the vehicle alone, payload aside. */
static cosmo_status consistency_liftoff(const consistency *c)
{
    double thrust_n = 0.0;
    for (size_t i = 0; i < c->vehicle->stages.n; i++)
        if (strcmp(c->stages[i].ignition_event, "liftoff") == 0)
            thrust_n += (double)c->stages[i].count * c->stages[i].thrust_sea_level_n;
    const double weight_n = 9.80665 * cosmo_vehicle_mass_kg(c->vehicle);
    if (thrust_n > weight_n) return COSMO_OK;
    return cosmo_yaml_fail(
        consistency_child(c->root, "stages"), c->run,
        "the stages lit at liftoff push with %.4g kN and the vehicle weighs %.4g kN: it cannot lift off",
        thrust_n / 1000.0, weight_n / 1000.0);
}

cosmo_status cosmo_consistency_check(const cosmo_vehicle *vehicle, const cosmo_yaml *root, cosmo_arena *arena,
                                     cosmo_run *run)
{
    const consistency c = {vehicle, vehicle->stages.items, vehicle->items.items, root, arena, run};
    if (vehicle->stages.n == 0)
        return cosmo_yaml_fail(consistency_child(root, "stages"), run, "a vehicle needs at least one stage");
    COSMO_TRY(consistency_ids(&c));
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        COSMO_TRY(consistency_tanks(&c, i));
        COSMO_TRY(consistency_engine(&c, i));
    }
    for (size_t i = 0; i < vehicle->items.n; i++) COSMO_TRY(consistency_item_check(&c, i));
    COSMO_TRY(consistency_aerodynamics(&c));
    COSMO_TRY(consistency_fragments(&c));
    COSMO_TRY(consistency_areas(&c));
    COSMO_TRY(consistency_escape(&c));
    return consistency_liftoff(&c);
}
