/* cosmodrome impact-point: where a body falls. */
#include "cli/command.h"
#include "cli/data_folder.h"
#include "cosmodrome/flight.h"
#include "cosmodrome/formats.h"

#include <math.h>
#include <string.h>

static const double IMPACT_POINT_DEGREES = 180.0 / 3.14159265358979323846;
static const double IMPACT_POINT_LIMIT_S = 7 * 86400.0; /* what is aloft for a week has not come down */
static const char *const IMPACT_POINT_GRAVITIES[] = {"sphere", "j2", "j6", NULL}; /* as cosmo_gravity_model */

typedef struct impact_point_options {
    double latitude_rad, longitude_rad, altitude_m;
    const char *velocity, *wind;
    bool vacuum, terrain, round_earth;
    double mass_kg, cd, area_m2, beta_kg_m2, until_s;
    int gravity;
} impact_point_options;

#define IMPACT_POINT_NUMBER(name_, member_, value_, dimension_, min_, max_, help_)                                     \
    {                                                                                                                  \
        .name = name_, .kind = COSMO_OPTION_QUANTITY, .offset = offsetof(impact_point_options, member_),               \
        .value = value_, .dimension = COSMO_DIM_##dimension_, .min = min_, .max = max_, .help = help_                  \
    }

static const cosmo_option IMPACT_POINT_OPTIONS[] = {
    IMPACT_POINT_NUMBER("--lat", latitude_rad, "DEG", ANGLE, -1.5707963267948968, 1.5707963267948968,
                        "geodetic latitude, -90 to 90 deg"),
    IMPACT_POINT_NUMBER("--lon", longitude_rad, "DEG", ANGLE, -6.283185307179588, 6.283185307179588,
                        "longitude, -360 to 360 deg"),
    IMPACT_POINT_NUMBER("--alt", altitude_m, "M", LENGTH, -1e4, 1e9,
                        "height above the ellipsoid, -10 km to 1,000,000 km"),
    {.name = "--velocity-ned",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(impact_point_options, velocity),
     .value = "\"N,E,D\"",
     .help = "Earth-relative velocity in geodetic north, east, down, m/s"},
    {.name = "--vacuum",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(impact_point_options, vacuum),
     .help = "no air; without --until and --gravity, the two-body impact point of 14 CFR 420 appendix B"},
    IMPACT_POINT_NUMBER("--mass", mass_kg, "KG", MASS, 1e-9, 1e9, "mass of the body, above 0 kg"),
    IMPACT_POINT_NUMBER("--cd", cd, "CD", NONE, 0.0, 100.0, "drag coefficient, 0 to 100"),
    IMPACT_POINT_NUMBER("--area", area_m2, "M2", AREA, 0.0, 1e6, "reference area of the drag coefficient, 0 to 1e6 m2"),
    IMPACT_POINT_NUMBER("--beta", beta_kg_m2, "KG/M2", AREAL_DENSITY, 1e-6, 1e9,
                        "ballistic coefficient, instead of mass, cd and area"),
    {.name = "--wind",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(impact_point_options, wind),
     .value = "\"SPEED from DIR\"",
     .help = "one wind at every height, as \"12 m/s from 270 deg\""},
    IMPACT_POINT_NUMBER("--until", until_s, "S", TIME, 0.0, 604800.0,
                        "give the state at this time instead, if still aloft; 0 to 7 d"),
    {.name = "--terrain",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(impact_point_options, terrain),
     .help = "fall to the ground, not to the ellipsoid"},
    {.name = "--gravity",
     .kind = COSMO_OPTION_CHOICE,
     .offset = offsetof(impact_point_options, gravity),
     .value = "sphere|j2|j6",
     .choices = IMPACT_POINT_GRAVITIES,
     .help = "gravity of the integrated fall (j2)"},
    {.name = "--round-earth",
     .kind = COSMO_OPTION_FLAG,
     .offset = offsetof(impact_point_options, round_earth),
     .help = "a sphere of 6371007.2 m, its gravity that of a point mass: for textbook problems and check cases"},
};

static void impact_point_defaults(void *options)
{
    *(impact_point_options *)options = (impact_point_options){.latitude_rad = NAN,
                                                              .longitude_rad = NAN,
                                                              .altitude_m = NAN,
                                                              .mass_kg = NAN,
                                                              .cd = NAN,
                                                              .area_m2 = NAN,
                                                              .beta_kg_m2 = NAN,
                                                              .until_s = NAN,
                                                              .gravity = -1};
}

/* ---- reading the options --------------------------------------------------------------------------------------------
 */

/* `text` cut at `at`, without blanks around it. */
static const char *impact_point_piece(const char *text, size_t length, cosmo_arena *arena)
{
    while (length > 0 && *text == ' ') text++, length--;
    while (length > 0 && text[length - 1] == ' ') length--;
    return cosmo_arena_text(arena, text, length);
}

static cosmo_status impact_point_velocity(cosmo_call *call, const char *text, cosmo_vec3 *velocity)
{
    double parts[3];
    const char *at = text;
    for (int i = 0; i < 3; i++) {
        const size_t length = strcspn(at, ",");
        const char *piece = impact_point_piece(at, length, call->arena);
        COSMO_NEED(piece, call->run);
        if ((at[length] == ',') != (i < 2))
            return cosmo_run_fail(call->run, COSMO_BAD_INPUT,
                                  "error: --velocity-ned: '%.80s' is not three speeds; write for example \"100,-20,0\"",
                                  text);
        const char *trouble = cosmo_options_quantity(piece, COSMO_DIM_SPEED, call->arena, &parts[i]);
        if (trouble != NULL) return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --velocity-ned: %s", trouble);
        at += length + (i < 2);
    }
    *velocity = (cosmo_vec3){parts[0], parts[1], parts[2]};
    return COSMO_OK;
}

static cosmo_status impact_point_wind(cosmo_call *call, const char *text, cosmo_weather *weather)
{
    const char *from = strstr(text, " from ");
    if (from == NULL)
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT,
                              "error: --wind: '%.80s' is not a wind; write for example \"12 m/s from 270 deg\"", text);
    double speed_m_s = 0.0, from_rad = 0.0;
    const char *speed = impact_point_piece(text, (size_t)(from - text), call->arena),
               *direction = impact_point_piece(from + 6, strlen(from + 6), call->arena);
    COSMO_NEED(speed, call->run);
    COSMO_NEED(direction, call->run);
    const char *trouble = cosmo_options_quantity(speed, COSMO_DIM_SPEED, call->arena, &speed_m_s);
    if (trouble == NULL) trouble = cosmo_options_quantity(direction, COSMO_DIM_ANGLE, call->arena, &from_rad);
    if (trouble == NULL && !(speed_m_s >= 0.0 && speed_m_s <= 300.0)) trouble = "the speed must be from 0 to 300 m/s";
    if (trouble == NULL && !(fabs(from_rad) <= 6.283185307179588)) trouble = "the direction must be from 0 to 360 deg";
    if (trouble != NULL) return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --wind: %s", trouble);
    cosmo_weather_constant_wind(speed_m_s, from_rad, weather);
    return COSMO_OK;
}

static cosmo_status impact_point_check(const impact_point_options *o, cosmo_run *run)
{
    const char *missing = !isfinite(o->latitude_rad)    ? "--lat"
                          : !isfinite(o->longitude_rad) ? "--lon"
                          : !isfinite(o->altitude_m)    ? "--alt"
                                                        : NULL;
    if (missing == NULL && o->velocity == NULL) missing = "--velocity-ned";
    if (missing != NULL) return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: impact-point needs %s", missing);
    const bool any_body = isfinite(o->mass_kg) || isfinite(o->cd) || isfinite(o->area_m2);
    const bool whole_body = isfinite(o->mass_kg) && isfinite(o->cd) && isfinite(o->area_m2);
    if (isfinite(o->beta_kg_m2) && any_body)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: give either --beta or --mass, --cd and --area");
    if (!o->vacuum && !isfinite(o->beta_kg_m2) && !whole_body)
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: a fall through air needs --mass, --cd and --area, or --beta; or give --vacuum");
    if (o->round_earth && (o->terrain || o->gravity > COSMO_GRAVITY_SPHERE))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: a round Earth has no %s: leave out --%s",
                              o->terrain ? "terrain" : "oblateness", o->terrain ? "terrain" : "gravity");
    return COSMO_OK;
}

/* ---- the answer
 * -------------------------------------------------------------------------------------------------------- */

typedef struct impact_point_answer {
    const char *kind, *model;
    bool found;
    double t_s, speed_m_s, downrange_m;
    cosmo_geodetic place;
} impact_point_answer;

static impact_point_answer impact_point_two_body(const cosmo_state *state)
{
    static const char *const kinds[] = {"impact", "orbit", "escape", "below ground"};
    const cosmo_iip iip = cosmo_iip_vacuum(state);
    return (impact_point_answer){.kind = kinds[iip.kind],
                                 .model = "two-body, vacuum",
                                 .found = iip.kind == COSMO_IIP_IMPACT,
                                 .t_s = iip.t_s,
                                 .speed_m_s = iip.speed_m_s,
                                 .place = iip.place};
}

static cosmo_status impact_point_integrate(cosmo_call *call, const cosmo_state *state, impact_point_answer *answer)
{
    const impact_point_options *o = call->options;
    cosmo_run *run = call->run;
    cosmo_weather *weather = cosmo_arena_alloc(call->arena, sizeof *weather);
    cosmo_drag_curve *drag = cosmo_arena_alloc(call->arena, sizeof *drag);
    COSMO_NEED(weather, run);
    COSMO_NEED(drag, run);
    cosmo_environment environment = {.gravity = o->round_earth   ? COSMO_GRAVITY_SPHERE
                                                : o->gravity < 0 ? COSMO_GRAVITY_J2
                                                                 : (cosmo_gravity_model)o->gravity,
                                     .vacuum = o->vacuum,
                                     .round_earth = o->round_earth};
    if (o->wind != NULL) {
        COSMO_TRY(impact_point_wind(call, o->wind, weather));
        environment.weather = weather;
    }
    if (o->terrain) COSMO_TRY(cosmo_data_folder_find(run));
    if (o->terrain) COSMO_TRY(cosmo_terrain_open(call->arena, run, &environment.terrain));
    const bool by_beta = isfinite(o->beta_kg_m2);
    cosmo_drag_curve_constant(o->vacuum || by_beta ? 1.0 : o->cd, drag);
    const cosmo_fall_case body = {.released = *state,
                                  .mass_kg = by_beta     ? o->beta_kg_m2
                                             : o->vacuum ? 1.0
                                                         : o->mass_kg,
                                  .area_m2 = by_beta || o->vacuum ? 1.0 : o->area_m2,
                                  .drag = drag};
    const bool until = isfinite(o->until_s);
    cosmo_impact impact;
    COSMO_TRY(
        cosmo_fall_to_ground(&body, 1, &environment, 1e-12, until ? o->until_s : IMPACT_POINT_LIMIT_S, run, &impact));
    *answer =
        (impact_point_answer){.kind = impact.reached_ground ? "impact"
                                      : until               ? "aloft"
                                                            : "orbit",
                              .model = o->vacuum ? "integrated, vacuum" : "integrated, US Standard Atmosphere 1976",
                              .found = impact.reached_ground || until,
                              .t_s = impact.t_s,
                              .speed_m_s = impact.speed_m_s,
                              .place = impact.place};
    return COSMO_OK;
}

static cosmo_status impact_point_json(cosmo_call *call, const impact_point_answer *a)
{
    cosmo_json json = cosmo_json_begin(call->arena);
    cosmo_json_object(&json, NULL);
    cosmo_json_text(&json, "schema", "cosmodrome.impact-point/1");
    cosmo_json_text(&json, "version", COSMO_VERSION_TEXT);
    cosmo_json_text(&json, "kind", a->kind);
    cosmo_json_text(&json, "model", a->model);
    cosmo_json_number(&json, "t_s", a->found ? a->t_s : NAN);
    cosmo_json_number(&json, "lat_deg", a->found ? a->place.latitude_rad * IMPACT_POINT_DEGREES : NAN);
    cosmo_json_number(&json, "lon_deg", a->found ? a->place.longitude_rad * IMPACT_POINT_DEGREES : NAN);
    cosmo_json_number(&json, "altitude_m", a->found ? a->place.altitude_m : NAN);
    cosmo_json_number(&json, "speed_m_s", a->found ? a->speed_m_s : NAN);
    cosmo_json_number(&json, "downrange_m", a->found ? a->downrange_m : NAN);
    cosmo_json_list(&json, "inputs");
    for (size_t i = 0; i < call->run->n_notes; i++) {
        if (call->run->notes[i].kind != COSMO_NOTE_INPUT) continue;
        cosmo_json_object(&json, NULL);
        cosmo_json_text(&json, "path", call->run->notes[i].text);
        cosmo_json_text(&json, "sha256", call->run->notes[i].detail);
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    cosmo_json_list(&json, "assumptions");
    for (size_t i = 0; i < call->run->n_notes; i++)
        if (call->run->notes[i].kind == COSMO_NOTE_ASSUMPTION) cosmo_json_text(&json, NULL, call->run->notes[i].text);
    cosmo_json_end(&json);
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    return cosmo_commands_summary(call, text, bytes);
}

static cosmo_status impact_point_table(cosmo_call *call, const impact_point_answer *a)
{
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_text_print(&out, "%s (%s)\n", a->kind, a->model);
    if (a->found) {
        cosmo_text_print(&out, "  time       %14.3f s\n", a->t_s);
        cosmo_text_print(&out, "  latitude   %14.7f deg\n", a->place.latitude_rad * IMPACT_POINT_DEGREES);
        cosmo_text_print(&out, "  longitude  %14.7f deg\n", a->place.longitude_rad * IMPACT_POINT_DEGREES);
        cosmo_text_print(&out, "  altitude   %14.3f m\n", a->place.altitude_m);
        cosmo_text_print(&out, "  speed      %14.3f m/s\n", a->speed_m_s);
        cosmo_text_print(&out, "  downrange  %14.1f m\n", a->downrange_m);
    }
    return cosmo_commands_print_text(call, &out);
}

static void impact_point_note(const impact_point_options *o, bool two_body, cosmo_run *run)
{
    if (two_body)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "the Earth's gravity is that of a point mass; the impact is on the WGS-84 ellipsoid");
    else if (!o->vacuum)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "air: US Standard Atmosphere 1976, drag coefficient the same at every speed");
    if (o->round_earth)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "the Earth is a sphere of 6,371,007.2 m; latitudes are geocentric");
    else if (!two_body && !o->terrain) cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "the ground is the WGS-84 ellipsoid");
}

static double impact_point_downrange(bool round_earth, cosmo_geodetic from, cosmo_geodetic to)
{
    double distance_m, azimuth_rad;
    if (round_earth) return cosmo_sphere_between(from, to);
    cosmo_geodesic_between(from, to, &distance_m, &azimuth_rad);
    return distance_m;
}

static cosmo_status impact_point_act(cosmo_call *call)
{
    const impact_point_options *o = call->options;
    COSMO_TRY(impact_point_check(o, call->run));
    cosmo_vec3 velocity;
    COSMO_TRY(impact_point_velocity(call, o->velocity, &velocity));
    const cosmo_geodetic place = {o->latitude_rad, o->longitude_rad, o->altitude_m};
    const cosmo_state state = o->round_earth ? cosmo_state_from_ned_round(0.0, place, velocity)
                                             : cosmo_state_from_ned(0.0, place, velocity);
    const bool two_body = o->vacuum && !isfinite(o->until_s) && o->gravity < 0 && !o->terrain && !o->round_earth;
    impact_point_answer answer;
    if (two_body)
        answer = impact_point_two_body(&state);
    else
        COSMO_TRY(impact_point_integrate(call, &state, &answer));
    if (answer.found) answer.downrange_m = impact_point_downrange(o->round_earth, place, answer.place);
    impact_point_note(o, two_body, call->run);
    COSMO_TRY(impact_point_json(call, &answer));
    return call->common.json ? COSMO_OK : impact_point_table(call, &answer);
}

const cosmo_command cosmo_impact_point_command = {
    .name = "impact-point",
    .usage = "--lat DEG --lon DEG --alt M --velocity-ned \"N,E,D\"",
    .help = "Say where a body falls from a place and a velocity",
    .details = "Plain numbers are SI (m, m/s, kg, m2, s; degrees for angles); quantities with units such as \"30000 "
               "ft\" are taken as well.\n"
               "The fall is integrated in the gravity of WGS-84 with J2 and the US Standard Atmosphere 1976. With "
               "--vacuum it is the\n"
               "two-body impact point, unless --until, --gravity, --round-earth or --terrain asks for an integration "
               "without air.\n",
    .options = IMPACT_POINT_OPTIONS,
    .n_options = sizeof IMPACT_POINT_OPTIONS / sizeof IMPACT_POINT_OPTIONS[0],
    .option_size = sizeof(impact_point_options),
    .defaults = impact_point_defaults,
    .has_summary = true,
    .act = impact_point_act,
};
