/* How far each assumption moves the falls of a Soyuz MS: the figures of docs/assumptions.md.
 *
 * The flight is the worked mission's, its azimuth and pitch-over held; one thing is changed at a time. First what the
 * day may bring: the attitudes of the design are repeated. Then another figure in the design itself, with the same
 * pitch-over. A row is the change of downrange distance and the distance across, km, of strap-ons, fairing and core,
 * and of the propellant left. It is held to the largest shift that the document gives.
 */
#include "flown.h"

#include <string.h>

static const char *const BODIES[] = {"strap-on", "fairing", "core"};
enum { BODIES_N = 3 };
static const double PI = 3.14159265358979323846, DEG = 0.017453292519943295;

static cosmo_controls controls;
static cosmo_outcome designed;

static cosmo_outcome fly(const cosmo_flight *flight, const cosmo_variation *variation)
{
    cosmo_outcome outcome;
    check(cosmo_ascent_fly_many(flight, 1, &controls, variation, 1e-9, true, &run, &outcome));
    ck_assert(outcome.inserted);
    return outcome;
}

static cosmo_geodetic impact(const cosmo_outcome *outcome, const char *body)
{
    for (size_t i = 0; i < outcome->n_bodies; i++)
        if (strcmp(outcome->body[i], body) == 0 && isfinite(outcome->impact_t_s[i])) return outcome->impact[i];
    ck_abort_msg("%s does not fall", body);
    return (cosmo_geodetic){0};
}

/* Print the row; the largest shift is held to the document's. */
static void row(const char *what, const cosmo_outcome *changed, double said_km)
{
    const cosmo_geodetic pad = cosmo_mission_flight(&mission).pad;
    double worst = 0.0;
    printf("  %-46s", what);
    for (int b = 0; b < BODIES_N; b++) {
        double before, after, heading, turned, shift, azimuth;
        const cosmo_geodetic from = impact(&designed, BODIES[b]), to = impact(changed, BODIES[b]);
        cosmo_geodesic_between(pad, from, &before, &heading);
        cosmo_geodesic_between(pad, to, &after, &turned);
        cosmo_geodesic_between(from, to, &shift, &azimuth);
        printf("  %+6.1f %+6.1f", 1e-3 * (after - before), 1e-3 * after * sin(turned - heading));
        worst = fmax(worst, 1e-3 * shift);
    }
    printf("  %+5.0f kg\n", changed->propellant_left_kg - designed.propellant_left_kg);
    ck_assert_msg(fabs(worst - said_km) <= 0.1 + 0.2 * said_km, "%s: moved by %.1f km, not %g", what, worst, said_km);
}

static void heading(const char *text)
{
    printf("  %-46s", text);
    for (int b = 0; b < BODIES_N; b++) printf("  %13s", BODIES[b]);
    printf("  propellant left\n");
}

static void find_flight(void)
{
    read_mission("missions/soyuz-ms.yaml");
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    controls = design_of(&flight);
    designed = fly(&flight, NULL);
}

static void earth(void)
{
    cosmo_flight flight = cosmo_mission_flight(&mission);
    ck_assert_ptr_nonnull(flight.environment.terrain);
    flight.environment.gravity = COSMO_GRAVITY_J2;
    const cosmo_outcome j2 = fly(&flight, NULL);
    row("gravity J2 for J2 to J6", &j2, 0.7);
    flight.environment.gravity = COSMO_GRAVITY_SPHERE;
    const cosmo_outcome sphere = fly(&flight, NULL);
    row("gravity of a sphere", &sphere, 163.4);
    flight = cosmo_mission_flight(&mission);
    flight.environment.terrain = NULL;
    const cosmo_outcome ellipsoid = fly(&flight, NULL);
    row("the ellipsoid as the ground", &ellipsoid, 0.0);
    flight = cosmo_mission_flight(&mission);
    flight.pad.altitude_m -= 40.0;
    const cosmo_outcome lower = fly(&flight, NULL);
    row("the pad 40 m lower", &lower, 9.1);
    flight = cosmo_mission_flight(&mission);
    flight.target.altitude_reference = COSMO_ALTITUDE_EQUATORIAL;
    const cosmo_outcome equatorial = fly(&flight, NULL);
    row("target above the equatorial radius", &equatorial, 0.0);
}

static cosmo_outcome fly_in(const cosmo_weather *weather)
{
    cosmo_flight flight = cosmo_mission_flight(&mission);
    flight.environment.weather = weather;
    return fly(&flight, NULL);
}

static void air(void)
{
    cosmo_weather weather;
    cosmo_weather_constant_wind(30.0, controls.azimuth_rad + PI, &weather);
    const cosmo_outcome behind = fly_in(&weather);
    row("wind of 30 m/s from behind, all heights", &behind, 29.0);
    cosmo_weather_constant_wind(30.0, controls.azimuth_rad - 0.5 * PI, &weather);
    const cosmo_outcome beside = fly_in(&weather);
    row("wind of 30 m/s from the left, all heights", &beside, 27.9);
    cosmo_weather_standard(&weather);
    weather.has_ratio = true;
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) weather.density_ratio[i] = 1.02;
    const cosmo_outcome high = fly_in(&weather);
    row("pressure 2 % higher below 99 km", &high, 12.2);
    for (int i = 0; i < COSMO_WEATHER_NODES; i++) {
        const double altitude = COSMO_WEATHER_BASE_M + i * COSMO_WEATHER_STEP_M;
        weather.density_ratio[i] = 1.1;
        weather.temperature_difference_k[i] = cosmo_atmosphere_us76(altitude).temperature_k * (1.0 / 1.1 - 1.0);
    }
    const cosmo_outcome cold = fly_in(&weather);
    row("10 % denser and colder, at the same pressure", &cold, 21.5);
}

/* The vehicle again, with its own stages, items and aerodynamics to change. */
static void copy_list(cosmo_list *list, size_t size)
{
    void *items = cosmo_arena_array(arena, list->n + 1, size);
    ck_assert_ptr_nonnull(items);
    if (list->n > 0) memcpy(items, list->items, list->n * size);
    list->items = items;
}

static cosmo_vehicle copy_vehicle(void)
{
    cosmo_vehicle vehicle = mission.vehicle;
    copy_list(&vehicle.stages, sizeof(cosmo_stage));
    copy_list(&vehicle.items, sizeof(cosmo_item));
    copy_list(&vehicle.aerodynamics, sizeof(cosmo_aerodynamics));
    return vehicle;
}

static cosmo_outcome fly_with(const cosmo_vehicle *vehicle)
{
    cosmo_flight flight = cosmo_mission_flight(&mission);
    flight.vehicle = vehicle;
    return fly(&flight, NULL);
}

static void falling_areas(void)
{
    static const double scales[] = {0.7, 1.4};
    for (int k = 0; k < 2; k++) {
        cosmo_vehicle vehicle = copy_vehicle();
        cosmo_stage *stages = (cosmo_stage *)vehicle.stages.items;
        cosmo_item *items = (cosmo_item *)vehicle.items.items;
        for (size_t i = 0; i < vehicle.stages.n; i++) stages[i].fall.area_m2 *= scales[k];
        for (size_t i = 0; i < vehicle.items.n; i++) items[i].fall.area_m2 *= scales[k];
        const cosmo_outcome changed = fly_with(&vehicle);
        row(k == 0 ? "area of falling bodies 30 % smaller" : "area of falling bodies 40 % larger", &changed,
            k == 0 ? 9.7 : 11.7);
    }
}

static const cosmo_fall_body *fall_of(const char *body)
{
    const cosmo_stage *stages = mission.vehicle.stages.items;
    const cosmo_item *items = mission.vehicle.items.items;
    for (size_t i = 0; i < mission.vehicle.stages.n; i++)
        if (strcmp(stages[i].id, body) == 0) return &stages[i].fall;
    for (size_t i = 0; i < mission.vehicle.items.n; i++)
        if (strcmp(items[i].id, body) == 0) return &items[i].fall;
    ck_abort_msg("no body %s", body);
    return NULL;
}

/* What was dropped falls once more: pushed back along its velocity, and as pieces of one ballistic coefficient when
 * that is above 0. */
static cosmo_outcome fall_again(double push_m_s, double ballistic_kg_m2)
{
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    cosmo_ascent ascent;
    check(cosmo_ascent_fly(&flight, &controls, 10.0, arena, &run, &ascent));
    cosmo_outcome outcome = designed;
    for (size_t i = 0; i < ascent.impacts.n; i++) {
        const cosmo_body_impact *b = &ascent.impacts.items[i];
        const cosmo_fall_body *fall = fall_of(b->body);
        cosmo_drag_curve curve;
        cosmo_drag_curve_make(&fall->drag, &curve);
        cosmo_fall_case body = {b->released, b->mass_kg, fall->area_m2, &curve, NULL};
        if (ballistic_kg_m2 > 0.0) {
            cosmo_drag_curve_constant(1.0, &curve);
            body.area_m2 = body.mass_kg / ballistic_kg_m2;
        }
        cosmo_vec3 *v = &body.released.velocity_m_s;
        const double kept = 1.0 - push_m_s / sqrt(v->x * v->x + v->y * v->y + v->z * v->z);
        *v = (cosmo_vec3){v->x * kept, v->y * kept, v->z * kept};
        cosmo_impact where;
        check(cosmo_fall_to_ground(&body, 1, &flight.environment, 1e-9, 20000.0, &run, &where));
        for (size_t k = 0; k < outcome.n_bodies; k++)
            if (strcmp(outcome.body[k], b->body) == 0) outcome.impact[k] = where.place;
    }
    return outcome;
}

static void separation(void)
{
    const cosmo_outcome pushed = fall_again(1.0, 0.0), light = fall_again(0.0, 15.0), heavy = fall_again(0.0, 1500.0);
    row("a push back of 1 m/s at separation", &pushed, 0.5);
    row("in pieces of 15 kg/m2 from separation on", &light, 213.0);
    row("in pieces of 1,500 kg/m2 from separation on", &heavy, 40.8);
}

/* What the vehicle does other than designed. */
static void vehicle_figures(void)
{
    static const struct {
        const char *what;
        double thrust, isp, propellant, dry, drag, pitch_shift_deg, said_km;
    } rows[] = {
        {"drag of the ascent 20 % higher", 1.0, 1.0, 1.0, 1.0, 1.2, 0.0, 44.4},
        {"thrust of all stages 1 % higher", 1.01, 1.0, 1.0, 1.0, 1.0, 0.0, 125.8},
        {"specific impulse of all stages 1 % higher", 1.0, 1.01, 1.0, 1.0, 1.0, 0.0, 47.4},
        {"usable propellant of all stages 0.5 % more", 1.0, 1.0, 1.005, 1.0, 1.0, 0.0, 48.9},
        {"dry mass of all stages 2 % higher", 1.0, 1.0, 1.0, 1.02, 1.0, 0.0, 17.6},
        {"pitch 0.1 deg higher from the pitch-over on", 1.0, 1.0, 1.0, 1.0, 1.0, 0.1, 3.9},
    };
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    for (size_t k = 0; k < sizeof rows / sizeof rows[0]; k++) {
        cosmo_variation variation = cosmo_ascent_nominal();
        for (int i = 0; i < COSMO_STAGES_MAX; i++) {
            variation.thrust[i] = rows[k].thrust;
            variation.isp[i] = rows[k].isp;
            variation.propellant[i] = rows[k].propellant;
            variation.dry[i] = rows[k].dry;
        }
        variation.drag = rows[k].drag;
        variation.pitch_shift_rad = rows[k].pitch_shift_deg * DEG;
        const cosmo_outcome outcome = fly(&flight, &variation);
        row(rows[k].what, &outcome, rows[k].said_km);
    }
}

static void redesign_vehicle(void)
{
    cosmo_vehicle vehicle = copy_vehicle();
    cosmo_stage *stages = (cosmo_stage *)vehicle.stages.items;
    for (size_t i = 0; i < vehicle.stages.n; i++) {
        stages[i].thrust_vacuum_n *= 1.01;
        stages[i].thrust_sea_level_n *= 1.01;
    }
    const cosmo_outcome thrust = fly_with(&vehicle);
    row("thrust of all stages 1 % higher", &thrust, 165.3);
    vehicle = copy_vehicle();
    vehicle.drag_scale *= 1.2;
    const cosmo_outcome draggy = fly_with(&vehicle);
    row("drag of the ascent 20 % higher", &draggy, 65.4);
    vehicle = copy_vehicle();
    cosmo_aerodynamics *aerodynamics = (cosmo_aerodynamics *)vehicle.aerodynamics.items;
    for (size_t i = 0; i < vehicle.aerodynamics.n; i++) aerodynamics[i].lift_slope_per_rad = 0.0;
    const cosmo_outcome without_lift = fly_with(&vehicle);
    row("no lift in the ascent", &without_lift, 0.4);
    vehicle = copy_vehicle();
    stages = (cosmo_stage *)vehicle.stages.items;
    for (size_t i = 0; i < vehicle.stages.n; i++)
        if (stages[i].cutoff == COSMO_CUTOFF_TIME) stages[i].cutoff_time_s -= 0.5;
    const cosmo_outcome early = fly_with(&vehicle);
    row("timed cut-offs 0.5 s earlier", &early, 23.9);
}

static void redesign_turn(void)
{
    const cosmo_flight flight = cosmo_mission_flight(&mission);
    const cosmo_controls found = controls;
    cosmo_vehicle vehicle = copy_vehicle();
    vehicle.vertical_rise_s += 1.0;
    const cosmo_outcome later = fly_with(&vehicle);
    row("vertical rise 1 s longer", &later, 57.6);
    controls.kick_rad += 0.1 * DEG;
    const cosmo_outcome kicked = fly(&flight, NULL);
    controls = found;
    row("pitch-over 0.1 deg larger", &kicked, 25.6);
    controls.azimuth_rad += 0.1 * DEG;
    const cosmo_outcome turned = fly(&flight, NULL);
    controls = found;
    row("azimuth 0.1 deg larger", &turned, 2.8);
}

START_TEST(falls_move_as_far_as_documented)
{
    find_flight();
    heading("the design repeated");
    air();
    vehicle_figures();
    falling_areas();
    separation();
    heading("designed anew, the same pitch-over");
    earth();
    redesign_vehicle();
    redesign_turn();
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("ascent/sensitivity", falls_move_as_far_as_documented)
