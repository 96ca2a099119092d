/* A made-up report of a cloud for tests: it drifts from a crash near Baikonur past a lease's boundary, and leaves
 * something in the soil. Nothing in it is a result. */
#ifndef COSMO_TEST_REPORT_MADE_UP_TOXICS_H
#define COSMO_TEST_REPORT_MADE_UP_TOXICS_H

#include "core/real.h"
#include "cosmodrome/report.h"

#include <math.h>
#include <string.h>

enum { TOXICS_FRAMES = 10, TOXICS_LEVELS = 3, TOXICS_RING = 61, TOXICS_SAMPLES = 101, TOXICS_RECEPTORS = 3 };

typedef struct made_up_toxics {
    double window[TOXICS_FRAMES][2];
    double cloud_lon[TOXICS_FRAMES][TOXICS_LEVELS][TOXICS_RING], cloud_lat[TOXICS_FRAMES][TOXICS_LEVELS][TOXICS_RING];
    double soil_lon[TOXICS_LEVELS][TOXICS_RING], soil_lat[TOXICS_LEVELS][TOXICS_RING];
    double dose_lon[TOXICS_LEVELS][TOXICS_RING], dose_lat[TOXICS_LEVELS][TOXICS_RING];
    double lease_lon[7], lease_lat[7], source[2], receptor[TOXICS_RECEPTORS][2], wind_lon[2], wind_lat[2];
    double t[TOXICS_SAMPLES], near_mg_m3[TOXICS_SAMPLES], town_mg_m3[TOXICS_SAMPLES];
    cosmo_shape cloud[TOXICS_FRAMES * TOXICS_LEVELS], soil[TOXICS_LEVELS], dose[TOXICS_LEVELS];
    cosmo_shape lease, places[1 + TOXICS_RECEPTORS], wind;
    cosmo_layer layers[6];
    cosmo_series series[2];
    cosmo_chart charts[4];
    cosmo_sheet sheets[1];
    cosmo_page page;
} made_up_toxics;

static const double TOXICS_LON = 63.04, TOXICS_LAT = 46.01, TOXICS_DEG = 3.14159265358979323846 / 180;

/* Kilometres east and north of the crash to degrees. */
static void toxics_place(double east_km, double north_km, double *lon, double *lat)
{
    *lon = TOXICS_LON + east_km / (111.32 * cosmo_real_cos(TOXICS_LAT * TOXICS_DEG));
    *lat = TOXICS_LAT + north_km / 111.13;
}

/* A wavy ring `along` by `across` km about a place `away` km downwind; counter-clockwise, closed. */
static void toxics_ring(double away, double along, double across, double *lon, double *lat)
{
    const double towards = 152 * TOXICS_DEG, s = cosmo_real_sin(towards), c = cosmo_real_cos(towards);
    for (int i = 0; i < TOXICS_RING; i++) {
        const double angle = -6.28318530717958647692 * i / (TOXICS_RING - 1),
                     wave = 1 + 0.06 * cosmo_real_sin(5 * angle);
        const double a = away + along * wave * cosmo_real_cos(angle), b = across * wave * cosmo_real_sin(angle);
        toxics_place(a * s + b * c, a * c - b * s, &lon[i], &lat[i]);
    }
    lon[TOXICS_RING - 1] = lon[0];
    lat[TOXICS_RING - 1] = lat[0];
}

static cosmo_shape toxics_area(const char *role, const char *name, const char *note, const double *lon,
                               const double *lat)
{
    return (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                         .id = role,
                         .name = name,
                         .note = note,
                         .role = role,
                         .n = TOXICS_RING,
                         .lon_deg = lon,
                         .lat_deg = lat};
}

static void toxics_areas(made_up_toxics *m)
{
    static const char *const levels[] = {"level-1", "level-2", "level-3"};
    static const char *const soils[] = {"soil-1", "soil-2", "soil-3"};
    static const char *const names[] = {"AEGL-1", "AEGL-2", "AEGL-3"};
    static const char *const soil_names[] = {"0.1 mg/kg", "1 mg/kg", "10 mg/kg"};
    static const char *const notes[] = {"212 km\xC2\xB2, 74 people", "61 km\xC2\xB2, 9 people", "7 km\xC2\xB2, nobody"};
    static const double size[] = {1, 0.62, 0.25};
    for (int f = 0; f < TOXICS_FRAMES; f++) {
        const double away = 2.6 * f, along = 1.6 + 0.75 * f, across = 1.1 + 0.42 * f;
        m->window[f][0] = 600.0 * f;
        m->window[f][1] = 600.0 * (f + 1);
        for (int k = 0; k < TOXICS_LEVELS; k++) {
            const double part = size[k] * fmax(0.05, k == 0 ? 1 - 0.02 * f * f : 1 - 0.1 * (k + 0.2) * f);
            toxics_ring(away, along * part, across * part, m->cloud_lon[f][k], m->cloud_lat[f][k]);
            cosmo_shape *shape = &m->cloud[TOXICS_LEVELS * f + k];
            *shape = toxics_area(levels[k], names[k], NULL, m->cloud_lon[f][k], m->cloud_lat[f][k]);
            shape->shown_s = m->window[f];
        }
    }
    for (int k = 0; k < TOXICS_LEVELS; k++) {
        toxics_ring(2.4 * size[k], 4.4 * size[k], 1.5 * size[k], m->soil_lon[k], m->soil_lat[k]);
        m->soil[k] = toxics_area(soils[k], soil_names[k], NULL, m->soil_lon[k], m->soil_lat[k]);
        toxics_ring(11 * size[k], 13 * size[k], 3.6 * size[k], m->dose_lon[k], m->dose_lat[k]);
        m->dose[k] = toxics_area(levels[k], names[k], notes[k], m->dose_lon[k], m->dose_lat[k]);
        m->dose[k].off = true;
    }
}

static void toxics_marks(made_up_toxics *m)
{
    static const double lease[7][2] = {{-14, -14}, {12, -17}, {18, -4}, {15, 9}, {-3, 14}, {-16, 6}, {-14, -14}};
    static const char *const names[TOXICS_RECEPTORS] = {"Pad 81/24", "Well field", "Town, north gate"};
    static const double at[TOXICS_RECEPTORS][2] = {{-4, 7}, {8.5, -12}, {19, -40}};
    for (int i = 0; i < 7; i++) toxics_place(lease[i][0], lease[i][1], &m->lease_lon[i], &m->lease_lat[i]);
    m->lease = (cosmo_shape){.kind = COSMO_SHAPE_POLYGON,
                             .id = "lease",
                             .name = "Leased area",
                             .role = "boundary",
                             .n = 7,
                             .lon_deg = m->lease_lon,
                             .lat_deg = m->lease_lat};
    toxics_place(0, 0, &m->source[0], &m->source[1]);
    m->places[0] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                 .id = "crash",
                                 .name = "Crash",
                                 .note = "590 t of propellant aboard",
                                 .role = "source",
                                 .n = 1,
                                 .lon_deg = &m->source[0],
                                 .lat_deg = &m->source[1]};
    for (int i = 0; i < TOXICS_RECEPTORS; i++) {
        toxics_place(at[i][0], at[i][1], &m->receptor[i][0], &m->receptor[i][1]);
        m->places[1 + i] = (cosmo_shape){.kind = COSMO_SHAPE_POINT,
                                         .id = names[i],
                                         .name = names[i],
                                         .note = i == 2 ? "1.4 mg/m\xC2\xB3 at most" : NULL,
                                         .role = "receptor",
                                         .n = 1,
                                         .lon_deg = &m->receptor[i][0],
                                         .lat_deg = &m->receptor[i][1]};
    }
    toxics_place(-9, 3, &m->wind_lon[0], &m->wind_lat[0]);
    toxics_place(-6.4, -1.9, &m->wind_lon[1], &m->wind_lat[1]);
    m->wind = (cosmo_shape){.kind = COSMO_SHAPE_LINE,
                            .id = "wind",
                            .name = "4 m/s at 10 m",
                            .role = "wind",
                            .n = 2,
                            .lon_deg = m->wind_lon,
                            .lat_deg = m->wind_lat};
    m->layers[0] = (cosmo_layer){"soil", "UDMH in the soil", TOXICS_LEVELS, m->soil};
    m->layers[1] = (cosmo_layer){"cloud", "NO\xE2\x82\x82 in the air", TOXICS_FRAMES * TOXICS_LEVELS, m->cloud};
    m->layers[2] = (cosmo_layer){"dose", "NO\xE2\x82\x82, dose of the passage", TOXICS_LEVELS, m->dose};
    m->layers[3] = (cosmo_layer){"lease", "Boundary of the lease", 1, &m->lease};
    m->layers[4] = (cosmo_layer){"places", "Crash and receptors", 1 + TOXICS_RECEPTORS, m->places};
    m->layers[5] = (cosmo_layer){"wind", "Wind", 1, &m->wind};
}

/* Concentrations over time; bars to both sides of 0; a fall from one value to another by what makes the difference. */
static void toxics_charts(made_up_toxics *m)
{
    static const char *const rows[] = {"unburnt share", "depth of soil", "wind at 1 km", "volatilisation"};
    static const double share[] = {0.9, -0.42, -0.05, 0.18};
    static const char *const steps[] = {"owner's inputs", "rates per tonne", "area", "mass in the soil",
                                        "operator's inputs"};
    static const double from[] = {0, 89.5, 31.5, 36.5, 0}, to[] = {89.5, 31.5, 36.5, -4.5, -4.5};
    static const cosmo_series bars = {.id = "b", .title = "b", .unit = "log of the factor", .n = 4, .values = share};
    static const cosmo_series falls = {
        .id = "w", .title = "w", .unit = "million USD", .n = 5, .values = to, .from = from};
    static const double km[] = {0, 0.1, 0.3, 1, 3, 10, 30, 70}, most[] = {900, 800, 300, 90, 30, 6, 1.2, 0.09};
    static const double least[] = {0, 300, 100, 40, 11, 2, 0.3, 0}, highest[] = {2000, 1500, 700, 240, 90, 18, 5, 0.6};
    static const cosmo_series ahead = {.id = "d",
                                       .title = "Downwind, at the ground",
                                       .unit = "mg/m\xC2\xB3",
                                       .n = 8,
                                       .t_s = km,
                                       .values = most,
                                       .low = least,
                                       .high = highest};
    for (int i = 0; i < TOXICS_SAMPLES; i++) {
        const double t = 60.0 * i, near = (t - 1500) / 500, town = (t - 4400) / 800;
        m->t[i] = t;
        m->near_mg_m3[i] = 38 * cosmo_real_exp(-near * near / 2);
        m->town_mg_m3[i] = 1.4 * cosmo_real_exp(-town * town / 2);
    }
    m->series[0] = (cosmo_series){.id = "near",
                                  .title = "Well field",
                                  .unit = "mg/m\xC2\xB3",
                                  .n = TOXICS_SAMPLES,
                                  .t_s = m->t,
                                  .values = m->near_mg_m3};
    m->series[1] = (cosmo_series){.id = "town",
                                  .title = "Town, north gate",
                                  .unit = "mg/m\xC2\xB3",
                                  .n = TOXICS_SAMPLES,
                                  .t_s = m->t,
                                  .values = m->town_mg_m3};
    m->charts[0] =
        (cosmo_chart){.id = "no2", .title = "NO\xE2\x82\x82 at receptors", .n_series = 2, .series = m->series};
    m->charts[3] = (cosmo_chart){.id = "ahead",
                                 .title = "Largest concentration by distance",
                                 .n_series = 1,
                                 .series = &ahead,
                                 .by_powers = true,
                                 .along = "Distance, km",
                                 .along_by_powers = true};
    m->charts[1] =
        (cosmo_chart){.id = "shares", .title = "What moves the answer", .n_series = 1, .series = &bars, .rows = rows};
    m->charts[2] = (cosmo_chart){
        .id = "difference", .title = "From one answer to the other", .n_series = 1, .series = &falls, .rows = steps};
}

/* The page points into *m. */
static void made_up_toxics_page(made_up_toxics *m)
{
    static const cosmo_figure figures[] = {
        {"UDMH in the soil", "180", "kg", "90 %: 40 to 690", NULL, COSMO_VERDICT_NONE},
        {"Above 0.1 mg/kg", "41", "ha", "all inside the lease", NULL, COSMO_VERDICT_NONE},
        {"People above AEGL-2", "9", NULL, "inside the lease", "0", COSMO_VERDICT_NOT_MET}};
    static const char *const heads[] = {"Item", "Quantity", "Rate", "Total"};
    static const bool numeric[] = {false, true, true, true};
    static const char *const cells[] = {"Soil", "41 ha", "12 000", "492 000", "Air", "3.1 t", NULL, NULL};
    static const char *const assumptions[] = {"Burnt share: assumed, 0.85 to 0.99."};
    memset(m, 0, sizeof *m);
    toxics_areas(m);
    toxics_marks(m);
    toxics_charts(m);
    m->sheets[0] = (cosmo_sheet){"value", "Valuation", "Made-up numbers.", 4, 2, heads, numeric, cells};
    m->page = (cosmo_page){.name = "made-up-toxics",
                           .title = "Proton-M \xC2\xB7 lost 17 s after liftoff",
                           .subtitle = "made-up numbers",
                           .epoch_utc = "2013-07-02T02:38:38Z",
                           .n_figures = 3,
                           .n_layers = 6,
                           .n_charts = 4,
                           .n_sheets = 1,
                           .n_assumptions = 1,
                           .figures = figures,
                           .layers = m->layers,
                           .charts = m->charts,
                           .sheets = m->sheets,
                           .assumptions = assumptions};
}

#endif
