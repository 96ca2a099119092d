/* A made-up report for tests: an ascent from Baikonur with three drop zones, and a small base map drawn by hand.
 * Nothing in it is a result. */
#ifndef COSMO_TEST_REPORT_MADE_UP_H
#define COSMO_TEST_REPORT_MADE_UP_H

#include "core/real.h"
#include "cosmodrome/report.h"

#include <math.h>
#include <string.h>

enum { MADE_UP_SAMPLES = 541, MADE_UP_RING = 73 };

typedef struct made_up {
    double t[MADE_UP_SAMPLES], altitude[MADE_UP_SAMPLES], altitude_km[MADE_UP_SAMPLES], low_km[MADE_UP_SAMPLES],
        high_km[MADE_UP_SAMPLES];
    double speed[MADE_UP_SAMPLES], pressure[MADE_UP_SAMPLES], load[MADE_UP_SAMPLES], mass[MADE_UP_SAMPLES];
    double lon[MADE_UP_SAMPLES], lat[MADE_UP_SAMPLES], iip_lon[MADE_UP_SAMPLES], iip_lat[MADE_UP_SAMPLES];
    double ring_lon[3][MADE_UP_RING], ring_lat[3][MADE_UP_RING];
    cosmo_shape lines[2], zones[3], impacts[3], points[6];
    cosmo_layer layers[5];
    cosmo_series series[6];
    cosmo_chart charts[6];
    cosmo_sheet sheets[2];
    cosmo_page page;
} made_up;

/* Along a great circle on a sphere, degrees. */
static void made_up_ahead(double lon, double lat, double azimuth, double range, double *to_lon, double *to_lat)
{
    const double deg = 3.14159265358979323846 / 180;
    const double s = cosmo_real_sin(lat * deg), c = cosmo_real_cos(lat * deg), sr = cosmo_real_sin(range * deg),
                 cr = cosmo_real_cos(range * deg);
    const double sine = s * cr + c * sr * cosmo_real_cos(azimuth * deg);
    *to_lat = cosmo_real_asin(sine) / deg;
    *to_lon = lon + cosmo_real_atan2(cosmo_real_sin(azimuth * deg) * sr * c, cr - s * sine) / deg;
}

static void made_up_flight(made_up *m, double lon, double lat, double azimuth)
{
    for (int i = 0; i < MADE_UP_SAMPLES; i++) {
        const double t = i, u = t / 540;
        const double range = 17.2 * u * u * (0.62 + 0.38 * u);
        m->t[i] = t;
        m->altitude_km[i] = 208 * (1 - (1 - u) * (1 - u) * (1 - u)) * (t < 60 ? 0.4 + 0.6 * t / 60 : 1);
        m->altitude[i] = 1000 * m->altitude_km[i];
        m->low_km[i] = m->altitude_km[i] * (1 - 0.05 * u);
        m->high_km[i] = m->altitude_km[i] * (1 + 0.04 * u);
        m->speed[i] = 7480 * u * (0.35 + 0.65 * u);
        m->pressure[i] = 36.1 * cosmo_real_exp(-(t - 66) * (t - 66) / 1300);
        m->load[i] = t < 118   ? 1.5 + 2.6 * t / 118
                     : t < 287 ? 1.4 + 1.3 * (t - 118) / 169
                               : 1.0 + 2.0 * (t - 287) / 253;
        m->mass[i] = t < 118 ? 308 - 1.75 * t : t < 287 ? 82 - 0.31 * (t - 118) : 26 - 0.07 * (t - 287);
        made_up_ahead(lon, lat, azimuth, range, &m->lon[i], &m->lat[i]);
        made_up_ahead(lon, lat, azimuth, range + (t < 520 ? 38 * u * u * u * u : 0.5 * (t - 480)), &m->iip_lon[i],
                      &m->iip_lat[i]);
    }
}

static void made_up_zone(made_up *m, int which, double lon, double lat, double azimuth, double major, double minor)
{
    for (int i = 0; i < MADE_UP_RING; i++) {
        const double deg = 3.14159265358979323846 / 180, angle = 360.0 * (MADE_UP_RING - 1 - i) / (MADE_UP_RING - 1);
        const double along = major * cosmo_real_cos(angle * deg), across = minor * cosmo_real_sin(angle * deg);
        made_up_ahead(lon, lat, azimuth + cosmo_real_atan2(across, along) / deg, hypot(along, across),
                      &m->ring_lon[which][i], &m->ring_lat[which][i]);
    }
}

static void made_up_shapes(made_up *m, double azimuth)
{
    static const char *const bodies[3] = {"strap-on", "fairing", "core"};
    static const char *const zone_names[3] = {"Zone 25", "Zone 120", "Zone 309"};
    static const char *const zone_notes[3] = {"strap-on, 76 x 40 km", "fairing, 120 x 56 km", "core, 144 x 60 km"};
    static const char *const names[3] = {"Strap-ons", "Fairing halves", "Core stage"};
    static const char *const notes[3] = {"T+412 s, 4 bodies", "T+640 s", "T+702 s"};
    static const int at[3] = {150, 330, 430};
    static const char *const events[5] = {"Max q", "Strap-ons off", "Fairing off", "Core off", "Insertion"};
    static const int event_at[5] = {66, 118, 160, 287, 540};
    m->lines[0] = (cosmo_shape){.kind = COSMO_SHAPE_LINE,
                                .id = "track",
                                .name = "Ground track",
                                .role = "track",
                                .n = MADE_UP_SAMPLES,
                                .lon_deg = m->lon,
                                .lat_deg = m->lat,
                                .altitude_m = m->altitude,
                                .t_s = m->t};
    m->lines[1] = (cosmo_shape){.kind = COSMO_SHAPE_LINE,
                                .id = "iip",
                                .name = "Instantaneous impact point",
                                .role = "iip",
                                .n = MADE_UP_SAMPLES,
                                .lon_deg = m->iip_lon,
                                .lat_deg = m->iip_lat,
                                .t_s = m->t};
    for (int i = 0; i < 3; i++) {
        made_up_zone(m, i, m->lon[at[i]], m->lat[at[i]], azimuth + 3, i == 0 ? 0.34 : 0.6, i == 0 ? 0.18 : 0.26);
        m->zones[i] = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                                    .id = bodies[i],
                                    .name = zone_names[i],
                                    .note = zone_notes[i],
                                    .role = bodies[i],
                                    .estimate = i == 1,
                                    .n = MADE_UP_RING,
                                    .lon_deg = m->ring_lon[i],
                                    .lat_deg = m->ring_lat[i]};
        m->impacts[i] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                      .id = bodies[i],
                                      .name = names[i],
                                      .note = notes[i],
                                      .role = bodies[i],
                                      .n = 1,
                                      .lon_deg = &m->lon[at[i] + 6],
                                      .lat_deg = &m->lat[at[i] + 6]};
    }
    for (int i = 0; i < 5; i++)
        m->points[i] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                     .id = events[i],
                                     .name = events[i],
                                     .role = "track",
                                     .n = 1,
                                     .lon_deg = &m->lon[event_at[i]],
                                     .lat_deg = &m->lat[event_at[i]],
                                     .t_s = &m->t[event_at[i]]};
    m->points[5] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                 .id = "pad",
                                 .name = "Baikonur 31/6",
                                 .role = "pad",
                                 .n = 1,
                                 .lon_deg = m->lon,
                                 .lat_deg = m->lat};
    m->layers[0] = (cosmo_layer){"track", "Ground track", 1, &m->lines[0]};
    m->layers[1] = (cosmo_layer){"iip", "Instantaneous impact point", 1, &m->lines[1]};
    m->layers[2] = (cosmo_layer){"zones", "Declared drop zones", 3, m->zones};
    m->layers[3] = (cosmo_layer){"impacts", "Nominal impacts", 3, m->impacts};
    m->layers[4] = (cosmo_layer){"points", "Pad and events", 6, m->points};
}

static cosmo_chart made_up_chart(const char *id, const char *title, const cosmo_series *series, const cosmo_mark *marks)
{
    return (cosmo_chart){.id = id, .title = title, .n_series = 2, .n_marks = 12, .series = series, .marks = marks};
}

static void made_up_charts(made_up *m)
{
    static const cosmo_mark marks[] = {{0, "Lift-off"},
                                       {66, "Max q"},
                                       {117.8, "Strap-on cutoff"},
                                       {118.1, "Strap-on separation"},
                                       {150, "Tower off"},
                                       {160, "Fairing off"},
                                       {286, "Core cutoff"},
                                       {287.6, "Core separation"},
                                       {288.5, "Third-stage ignition"},
                                       {297, "Tail section off"},
                                       {538, "Third-stage cutoff"},
                                       {540, "Insertion"}};
    const struct {
        const char *title, *unit;
        const double *values;
        bool right;
    } curves[6] = {{"Altitude", "km", m->altitude_km, false},
                   {"Ground speed", "m/s", m->speed, true},
                   {"Dynamic pressure", "kPa", m->pressure, false},
                   {"Acceleration", "g", m->load, true},
                   {"Mass", "t", m->mass, false},
                   {"Mass of propellant & \"rest\"", "t", m->load, false}};
    for (int i = 0; i < 6; i++)
        m->series[i] = (cosmo_series){.id = curves[i].title,
                                      .title = curves[i].title,
                                      .unit = curves[i].unit,
                                      .n = MADE_UP_SAMPLES,
                                      .t_s = m->t,
                                      .values = curves[i].values,
                                      .right_axis = curves[i].right};
    m->series[0].low = m->low_km;
    m->series[0].high = m->high_km;
    m->charts[0] = made_up_chart("ascent", "Altitude and speed", &m->series[0], marks);
    m->charts[1] = made_up_chart("loads", "Dynamic pressure and acceleration", &m->series[2], marks);
    m->charts[2] = made_up_chart("mass", "Mass", &m->series[4], marks);
}

/* Bars along an even axis, to both sides of 0, one missing; bars with errors by powers of ten; steps with a gap. */
static void made_up_bars(made_up *m)
{
    static const char *const inputs[] = {"thrust", "drag", "mass of propellant <left> & \"rest\" of the core stage",
                                         "wind"};
    static const double along[] = {60, -15, 30, NAN}, across[] = {16, 3, 0.4, 5};
    static const char *const phases[] = {"first-stage", "core"};
    static const double cutoff[] = {1.3, 0.01}, cutoff_low[] = {1.2, -0.002}, cutoff_high[] = {1.4, 0.022};
    static const double turn[] = {0.1, 0.0}, turn_low[] = {0.05, 0.0}, turn_high[] = {0.15, 0.0};
    static const double start[] = {0, 60, 300}, end[] = {60, 118, 540}, profile[] = {1.0, 0.1, 1e-4},
                        profile_low[] = {0.5, 0.09, -1e-4}, profile_high[] = {1.5, 0.11, 3e-4},
                        chance[] = {0.2, 0.1, 0.7};
    static const cosmo_series bars[] = {{.id = "a", .title = "along & so on", .unit = "km", .n = 4, .values = along},
                                        {.id = "b", .title = "across", .unit = "km", .n = 4, .values = across}};
    static const cosmo_series errors[] = {
        {.title = "cutoff", .unit = "casualties", .n = 2, .values = cutoff, .low = cutoff_low, .high = cutoff_high},
        {.title = "turn", .unit = "casualties", .n = 2, .values = turn, .low = turn_low, .high = turn_high}};
    static const cosmo_series steps[] = {{.title = "Casualties given a failure",
                                          .unit = "casualties",
                                          .n = 3,
                                          .t_s = start,
                                          .t_end_s = end,
                                          .values = profile,
                                          .low = profile_low,
                                          .high = profile_high},
                                         {.title = "Failing then",
                                          .unit = "probability",
                                          .n = 3,
                                          .t_s = start,
                                          .t_end_s = end,
                                          .values = chance,
                                          .right_axis = true}};
    m->charts[3] = (cosmo_chart){
        .id = "bars", .title = "Bars", .n_series = 2, .series = bars, .rows = inputs, .note = "Of <some> body."};
    m->charts[4] = (cosmo_chart){
        .id = "errors", .title = "Errors", .n_series = 2, .series = errors, .by_powers = true, .rows = phases};
    m->charts[5] = (cosmo_chart){.id = "steps", .title = "Steps", .n_series = 2, .series = steps, .by_powers = true};
}

static void made_up_sheets(made_up *m)
{
    static const char *const heads[] = {"Event", "T+, s", "Altitude, km", "Speed, m/s", "Downrange, km", "Mass, t"};
    static const bool numeric[] = {false, true, true, true, true, true};
    static const char *const cells[] = {"Lift-off",
                                        "0.0",
                                        "0.1",
                                        "0",
                                        "0",
                                        "308.0",
                                        "Max q",
                                        "66.0",
                                        "11.2",
                                        "412",
                                        "6",
                                        "192.5",
                                        "Strap-on separation",
                                        "118.1",
                                        "44.6",
                                        "1 654",
                                        "58",
                                        "101.4",
                                        "Core separation",
                                        "287.6",
                                        "157.2",
                                        "3 812",
                                        "510",
                                        "29.6",
                                        "Insertion",
                                        "540.0",
                                        "208.0",
                                        NULL,
                                        "1 912",
                                        "8.3"};
    static const char *const two[] = {"Body", "Note"};
    static const char *const rows[] = {"Strap-ons <4>", "falls & breaks up; the longest of all the notes that this "
                                                        "table has to hold, to see it wrap in a narrow column"};
    m->sheets[0] = (cosmo_sheet){"events", "Events", "Made-up numbers.", 6, 5, heads, numeric, cells};
    m->sheets[1] = (cosmo_sheet){"bodies", "Bodies", NULL, 2, 1, two, NULL, rows};
}

/* A page whose flight starts at (lon, lat) on an azimuth, degrees. It points into *m. */
static void made_up_page(made_up *m, double lon, double lat, double azimuth)
{
    static const cosmo_figure figures[] = {
        {"Expected casualties, planned", "2.1 \xC3\x97 10\xE2\x81\xBB\xE2\x81\xB5", NULL, "standard error 3 %",
         "1 \xC3\x97 10\xE2\x81\xBB\xE2\x81\xB4", COSMO_VERDICT_MET},
        {"Expected casualties, failures", "1.3 \xC3\x97 10\xE2\x81\xBB\xE2\x81\xB4", NULL, "5 to 95 %: 0.7 to 2.4",
         "1 \xC3\x97 10\xE2\x81\xBB\xE2\x81\xB4", COSMO_VERDICT_NOT_MET},
        {"Toxic exposure", NULL, NULL, "no weather given", "AEGL-2", COSMO_VERDICT_NOT_ASSESSED},
        {"Payload to orbit", "7 220", "kg", "200 x 200 km, 51.67\xC2\xB0", NULL, COSMO_VERDICT_NONE},
        {"Max q", "36.1", "kPa", "at T+66 s, 11.2 km", "45 kPa", COSMO_VERDICT_MET},
        {"People in the 99 % zones", "1 204", NULL, "GeoNames, 2026", NULL, COSMO_VERDICT_NONE}};
    static const char *const assumptions[] = {"Standard atmosphere, no wind.",
                                              "The fairing's zone is an estimate; its centre is not published."};
    static const char *const warnings[] = {"No terrain pack: the ground is the ellipsoid."};
    static const char *const credits[] = {"Settlements: GeoNames, CC BY 4.0."};
    static const cosmo_note inputs[] = {{COSMO_NOTE_INPUT, "missions/made-up.yaml",
                                         "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}};
    memset(m, 0, sizeof *m);
    made_up_flight(m, lon, lat, azimuth);
    made_up_shapes(m, azimuth);
    made_up_charts(m);
    made_up_bars(m);
    made_up_sheets(m);
    m->page = (cosmo_page){.name = "made-up",
                           .title = "Soyuz-2.1b \xC2\xB7 Baikonur 31/6 \xC2\xB7 51.6\xC2\xB0 \xC2\xB7 200 km",
                           .subtitle = "made-up numbers, azimuth 61.2\xC2\xB0",
                           .epoch_utc = "2026-12-01T08:32:19Z",
                           .n_figures = 6,
                           .n_layers = 5,
                           .n_charts = 6,
                           .n_sheets = 2,
                           .n_assumptions = 2,
                           .n_warnings = 1,
                           .n_inputs = 1,
                           .n_credits = 1,
                           .figures = figures,
                           .layers = m->layers,
                           .charts = m->charts,
                           .sheets = m->sheets,
                           .assumptions = assumptions,
                           .warnings = warnings,
                           .inputs = inputs,
                           .credits = credits};
}

/* Land with a lake, a river, a border, two countries and a few places: drawn by hand, only roughly where the real ones
 * are. */
static inline cosmo_map made_up_map(void)
{
    static const float land_lon[] = {20, 150, 150, 110, 78, 60, 20, 20}, land_lat[] = {70, 70, 40, 20, 8, 25, 36, 70};
    static const float lake_lon[] = {73.5f, 76, 79, 78.8f, 75.5f, 73.7f, 73.5f},
                       lake_lat[] = {45.5f, 46.4f, 46.5f, 46.8f, 46.9f, 46.2f, 45.5f};
    static const float river_lon[] = {61, 64, 66.5f, 68, 69}, river_lat[] = {46.1f, 45.5f, 44, 42.6f, 41.2f};
    static const float border_lon[] = {50, 58, 61, 68, 77, 83, 87}, border_lat[] = {51.5f, 51, 54, 55, 53.5f, 51, 49};
    static const float north_lon[] = {20, 150, 150, 87, 83, 77, 68, 61, 58, 50, 20, 20},
                       north_lat[] = {70, 70, 49, 49, 51, 53.5f, 55, 54, 51, 51.5f, 51.5f, 70};
    static const float south_lon[] = {50, 58, 61, 68, 77, 83, 87, 80, 68, 56, 50},
                       south_lat[] = {51.5f, 51, 54, 55, 53.5f, 51, 49, 42.5f, 41, 42, 51.5f};
    static const float town_lon[] = {62.9f, 63.8f, 63.8f, 62.9f, 62.9f},
                       town_lat[] = {45.6f, 45.6f, 46.2f, 46.2f, 45.6f};
    static const cosmo_map_line lines[] = {
        {COSMO_MAP_COUNTRY, 10, "Southland", 5, town_lon, town_lat, 62.9f, 45.6f, 63.8f, 46.2f},
        {COSMO_MAP_LAND, 10, NULL, 8, land_lon, land_lat, 20, 8, 150, 70},
        {COSMO_MAP_LAND, 110, NULL, 8, land_lon, land_lat, 20, 8, 150, 70},
        {COSMO_MAP_LAKE, 10, NULL, 7, lake_lon, lake_lat, 73.5f, 45.5f, 79, 46.9f},
        {COSMO_MAP_RIVER, 10, NULL, 5, river_lon, river_lat, 61, 41.2f, 69, 46.1f},
        {COSMO_MAP_BORDER, 10, NULL, 7, border_lon, border_lat, 50, 49, 87, 55},
        {COSMO_MAP_COUNTRY, 10, "Northland", 12, north_lon, north_lat, 20, 49, 150, 70},
        {COSMO_MAP_COUNTRY, 10, "Southland", 11, south_lon, south_lat, 50, 41, 87, 55}};
    static const cosmo_place places[] = {
        {"Almaty", "KZ", 43.25, 76.95, 1977011, 787},   {"Novosibirsk", "RU", 55.04, 82.93, 1612833, 152},
        {"Omsk", "RU", 54.99, 73.37, 1172070, 90},      {"Astana", "KZ", 51.18, 71.45, 1078362, 347},
        {"Karaganda", "KZ", 49.80, 73.10, 497777, 553}, {"Temirtau", "KZ", 50.05, 72.96, 170600, 520},
        {"Semey", "KZ", 50.43, 80.27, 292780, 206},     {"Zhezkazgan", "KZ", 47.78, 67.77, 104357, 354},
        {"Satpayev", "KZ", 47.90, 67.54, 69000, 430},   {"Kyzylorda", "KZ", 44.85, 65.51, 300000, 128},
        {"Baikonur", "KZ", 45.62, 63.31, 57000, 98},    {"Toretam", "KZ", 45.65, 63.31, 9000, 95}};
    static const char *const credits[] = {"A map drawn by hand for a test."};
    return (cosmo_map){sizeof lines / sizeof lines[0], sizeof places / sizeof places[0], lines, places, credits, 1};
}

#endif
