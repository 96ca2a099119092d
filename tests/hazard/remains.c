/* What is left of a vehicle whose engines stop: masses that add up, at any moment; its fall; what it was made of. */
#include "flown.h"

#include <string.h>

static cosmo_controls controls;

static void open(const char *path)
{
    read_mission(path);
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
}

static cosmo_outcome stop(double t_s)
{
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    cosmo_variation variation = cosmo_ascent_nominal();
    cosmo_outcome stopped;
    variation.stop_t_s = t_s;
    check(cosmo_ascent_fly_many(&flight, 1, &controls, &variation, 1e-10, false, &run, &stopped));
    return stopped;
}

/* Dry masses and items aboard, the payload, and what the tanks hold make the mass of the stack. */
static double mass_by_parts(const cosmo_outcome *stopped, const cosmo_remains *remains)
{
    const cosmo_vehicle *vehicle = &mission.vehicle;
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    double mass_kg = mission.payload.mass_kg;
    for (size_t i = 0; i < vehicle->stages.n; i++)
        if (stopped->stack.stage_aboard[i]) mass_kg += (double)stages[i].count * stages[i].dry_mass_kg;
    for (size_t i = 0; i < vehicle->items.n; i++) {
        const bool aboard = cosmo_remains_carry(stopped, items[i].id);
        if (items[i].part_of == NULL && aboard) mass_kg += items[i].mass_kg;
        if (items[i].part_of != NULL && !aboard) mass_kg -= items[i].mass_kg;
    }
    for (size_t i = 0; i < remains->n_tanks; i++) mass_kg += remains->tanks[i].mass_kg;
    return mass_kg;
}

static void add_up(const char *path, const double *times_s, size_t n)
{
    open(path);
    for (size_t i = 0; i < n; i++) {
        const cosmo_outcome stopped = stop(times_s[i]);
        cosmo_remains remains;
        cosmo_remains_describe(&mission.vehicle, &stopped, &remains);
        char what[80];
        snprintf(what, sizeof what, "%s at %.0f s: parts - stack", mission.name, times_s[i]);
        suite_error(what, mass_by_parts(&stopped, &remains) - remains.mass_kg, "kg", 1.0);
        ck_assert(remains.ballistic_kg_m2 > 50.0 && remains.ballistic_kg_m2 < 10000.0);
        for (size_t k = 0; k < remains.n_tanks; k++) ck_assert(remains.tanks[k].mass_kg >= 0.0);
    }
    cosmo_arena_destroy(arena);
}

START_TEST(parts_add_up)
{
    const double soyuz_s[] = {10.0, 100.0, 115.0, 118.0, 200.0, 290.0, 400.0}, proton_s[] = {30.0, 110.0, 130.0, 340.0};
    add_up("missions/soyuz-ms.yaml", soyuz_s, 7);
    add_up("missions/proton-51.yaml", proton_s, 4);
}
END_TEST

/* It falls where a body of its mass, area and drag falls, later where it is lighter for its size. */
START_TEST(falls_whole)
{
    open("missions/soyuz-ms.yaml");
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    const cosmo_outcome stopped = stop(200.0);
    cosmo_remains remains;
    cosmo_impact whole, light;
    cosmo_remains_describe(&mission.vehicle, &stopped, &remains);
    ck_assert(!cosmo_remains_carry(&stopped, "fairing") && !cosmo_remains_carry(&stopped, "strap-on"));
    ck_assert(cosmo_remains_carry(&stopped, "aft-skirt"));
    check(cosmo_remains_fall(&remains, &stopped.stack.state, &flight.environment, &run, &whole));
    remains.mass_kg *= 0.25;
    check(cosmo_remains_fall(&remains, &stopped.stack.state, &flight.environment, &run, &light));
    ck_assert(whole.reached_ground && light.reached_ground);
    ck_assert(light.t_s > whole.t_s && light.speed_m_s < whole.speed_m_s);
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("hazard/remains", parts_add_up, falls_whole)
