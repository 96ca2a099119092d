/* People on a grid: the default one from its pack, and the questions asked of any. */
#include "population.h"
#include "core/real.h"
#include "pack.h"

#include <math.h>
#include <string.h>

static const double POPULATION_DEGREE = 0.017453292519943295769236907684886;
static const double POPULATION_RADIUS_MAX_M = 2e6;
static const double POPULATION_MEAN_RADIUS_M = 6371008.7714; /* (2 a + b) / 3 */
enum { POPULATION_ROWS_MAX = 10800, POPULATION_CODES = 65536 };

/* ---- cells ------------------------------------------------------------------------------------------------------- */

double cosmo_population_zone(double latitude_rad)
{
    const double f = COSMO_EARTH_FLATTENING, e2 = f * (2.0 - f), e = sqrt(e2);
    const double s = cosmo_real_sin(latitude_rad), es = e * s;
    const double inner = s / (1.0 - es * es) + cosmo_real_log((1.0 + es) / (1.0 - es)) / (2.0 * e);
    return 0.5 * COSMO_EARTH_RADIUS * COSMO_EARTH_RADIUS * (1.0 - e2) * inner;
}

cosmo_status cosmo_population_measure(cosmo_population *population, cosmo_arena *arena, cosmo_run *run)
{
    double *area = cosmo_arena_array(arena, population->rows, sizeof *area);
    COSMO_NEED(area, run);
    const double step = population->step_deg, width = step * POPULATION_DEGREE;
    double below = cosmo_population_zone(population->south_deg * POPULATION_DEGREE);
    for (size_t r = 0; r < population->rows; r++) {
        const double north = fmin(population->south_deg + (double)(r + 1) * step, 90.0);
        const double above = cosmo_population_zone(north * POPULATION_DEGREE);
        area[r] = (above - below) * width;
        below = above;
    }
    population->cell_area_m2 = area;
    return COSMO_OK;
}

/* ---- the default ------------------------------------------------------------------------------------------------- */

typedef struct population_fill {
    float *people;
    size_t columns;
    uint16_t *codes;    /* of the row before, which become this row's */
    const float *worth; /* people of each code */
} population_fill;

static void population_unfold(void *user, size_t r, const unsigned char *data)
{
    const population_fill *fill = user;
    const size_t columns = fill->columns;
    float *row = fill->people + r * columns;
    uint16_t slope = 0;
    for (size_t c = 0; c < columns; c++) {
        const unsigned folded = data[c] | (unsigned)data[columns + c] << 8;
        slope = (uint16_t)(slope + (folded >> 1 ^ (0u - (folded & 1u))));
        fill->codes[c] = (uint16_t)(slope + fill->codes[c]);
        row[c] = fill->worth[fill->codes[c]];
    }
}

/* People of each code; more than the Earth holds cannot be meant. */
static const float *population_worth(double first, double step, cosmo_arena *scratch)
{
    float *worth = cosmo_arena_array(scratch, POPULATION_CODES, sizeof *worth);
    for (int i = 1; worth != NULL && i < POPULATION_CODES; i++)
        worth[i] = (float)fmin(first * cosmo_real_exp(fmin(step * (i - 1), 50.0)), 1e10);
    return worth;
}

static cosmo_status population_read(const cosmo_pack *pack, cosmo_arena *scratch, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_population *population)
{
    cosmo_pack_cursor shape;
    COSMO_TRY(cosmo_pack_section(pack, "shape", scratch, run, &shape));
    const uint64_t rows = cosmo_pack_varint(&shape), columns = cosmo_pack_varint(&shape);
    const uint64_t first = cosmo_pack_varint(&shape), step = cosmo_pack_varint(&shape);
    if (shape.failed || rows < 2 || rows > POPULATION_ROWS_MAX || columns != 2 * rows ||
        rows * columns > COSMO_POPULATION_CELLS_MAX || first < 1 || first > 1000000000 || step < 1 || step > 1000000)
        return cosmo_pack_fail(pack, run, "the shape of its grid is impossible");
    if (cosmo_pack_size(pack, "people") != 2 * rows * columns)
        return cosmo_pack_fail(pack, run, "its people do not fill its grid");
    population_fill fill = {cosmo_arena_array(arena, rows * columns, sizeof *fill.people), columns,
                            cosmo_arena_array(scratch, columns, sizeof *fill.codes),
                            population_worth((double)first * 1e-6, (double)step * 1e-6, scratch)};
    COSMO_NEED(fill.people, run);
    COSMO_NEED(fill.codes, run);
    COSMO_NEED(fill.worth, run);
    COSMO_TRY(cosmo_pack_pieces(pack, "people", 2 * columns, rows, scratch, run, population_unfold, &fill));
    *population = (cosmo_population){.source = "settlements and a rural spread (default)",
                                     .west_deg = -180.0,
                                     .south_deg = -90.0,
                                     .step_deg = 180.0 / (double)rows,
                                     .columns = columns,
                                     .rows = rows,
                                     .people = fill.people};
    COSMO_TRY(cosmo_population_measure(population, arena, run));
    return cosmo_pack_credits(pack, arena, run, &population->credits, &population->n_credits);
}

cosmo_status cosmo_population_unpack(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run,
                                     const cosmo_population **population)
{
    cosmo_population *read = cosmo_arena_alloc(arena, sizeof *read);
    COSMO_NEED(read, run);
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    const cosmo_status status = population_read(pack, scratch, arena, run, read);
    cosmo_arena_destroy(scratch);
    if (status == COSMO_OK) *population = read;
    return status;
}

cosmo_status cosmo_population_open(cosmo_arena *arena, cosmo_run *run, const cosmo_population **population)
{
    *population = NULL;
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    bool found;
    cosmo_pack pack;
    cosmo_status status = cosmo_pack_open("population", scratch, run, &found, &pack);
    if (status == COSMO_OK && found) status = cosmo_population_unpack(&pack, arena, run, population);
    cosmo_arena_destroy(scratch);
    if (status != COSMO_OK) return status;
    if (found)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "population: settlements as discs and a rural spread around them, 5 arcminutes; circles of "
                       "60 km around 16 fall areas hold 1.1 times as many people as in GPWv4 on the mean, within a "
                       "factor of 2.5 (one sigma); not for licensing");
    else
        cosmo_run_note(run, COSMO_NOTE_WARNING, "no data/packs/population.pack: nobody lives anywhere");
    return COSMO_OK;
}

/* ---- questions --------------------------------------------------------------------------------------------------- */

double cosmo_population_density(const cosmo_population *population, double latitude_rad, double longitude_rad)
{
    if (population == NULL || !isfinite(latitude_rad) || !isfinite(longitude_rad)) return 0.0;
    const double north = (latitude_rad / POPULATION_DEGREE - population->south_deg) / population->step_deg;
    const double turns = (longitude_rad / POPULATION_DEGREE - population->west_deg) / 360.0;
    const double east = (turns - floor(turns)) * (360.0 / population->step_deg);
    if (north < 0.0 || north > (double)population->rows || east >= (double)population->columns) return 0.0;
    const size_t row = north < (double)population->rows ? (size_t)north : population->rows - 1;
    return population->people[row * population->columns + (size_t)east] / population->cell_area_m2[row];
}

double cosmo_population_total(const cosmo_population *population)
{
    double total = 0.0;
    for (size_t r = 0; population != NULL && r < population->rows; r++) {
        double row = 0.0;
        for (size_t c = 0; c < population->columns; c++) row += population->people[r * population->columns + c];
        total += row;
    }
    return total;
}

/* A circle by its centre on the ellipsoid, as distance from the axis and height above the equator's plane. */
typedef struct population_circle {
    double out_m, up_m, longitude_rad, chord2_m2;
    size_t parts; /* a cut cell is judged at parts x parts points */
} population_circle;

static void population_meridian(double latitude_rad, double *out_m, double *up_m)
{
    const cosmo_vec3 r = cosmo_ellipsoid_to_itrf((cosmo_geodetic){latitude_rad, 0.0, 0.0});
    *out_m = r.x;
    *up_m = r.z;
}

/* The square of the chord from the circle's centre to a place of the meridian `turn_rad` east of it. */
static double population_chord2(const population_circle *circle, double out_m, double up_m, double cos_turn)
{
    const double up = up_m - circle->up_m;
    return circle->out_m * circle->out_m + out_m * out_m - 2.0 * circle->out_m * out_m * cos_turn + up * up;
}

/* The share of a cell inside, 0 to 1. */
static double population_share(const population_circle *circle, double south_rad, double west_rad, double step_rad)
{
    double out, up;
    population_meridian(south_rad + 0.5 * step_rad, &out, &up);
    const double cosine = cosmo_real_cos(west_rad + 0.5 * step_rad - circle->longitude_rad);
    const double chord = sqrt(fmax(0.0, population_chord2(circle, out, up, cosine)));
    const double limit = sqrt(circle->chord2_m2), reach = 0.72 * step_rad * COSMO_EARTH_RADIUS;
    if (chord + reach < limit) return 1.0;
    if (chord - reach > limit) return 0.0;
    size_t inside = 0;
    const double part = step_rad / (double)circle->parts;
    for (size_t j = 0; j < circle->parts; j++) {
        population_meridian(south_rad + ((double)j + 0.5) * part, &out, &up);
        for (size_t i = 0; i < circle->parts; i++) {
            const double turn = west_rad + ((double)i + 0.5) * part - circle->longitude_rad;
            inside += population_chord2(circle, out, up, cosmo_real_cos(turn)) <= circle->chord2_m2;
        }
    }
    return (double)inside / (double)(circle->parts * circle->parts);
}

/* People of a row inside: outwards from the centre's meridian, as far as half a turn or what the circle can reach. */
static double population_row(const cosmo_population *population, const population_circle *circle, size_t row,
                             double reach_rad)
{
    const double step = population->step_deg * POPULATION_DEGREE, west = population->west_deg * POPULATION_DEGREE;
    const double south = population->south_deg * POPULATION_DEGREE + (double)row * step;
    const double widest = fmax(fabs(south), fabs(south + step)), narrow = cosmo_real_cos(fmin(widest, 1.57));
    const double half = narrow > reach_rad ? cosmo_real_asin(cosmo_real_sin(reach_rad) / narrow) * 1.02 + step : 3.2;
    double people = 0.0;
    for (size_t c = 0; c < population->columns; c++) {
        const double turns = (west + ((double)c + 0.5) * step - circle->longitude_rad) / (360.0 * POPULATION_DEGREE);
        if (fabs(turns - floor(turns + 0.5)) * 360.0 * POPULATION_DEGREE > half) continue;
        const float here = population->people[row * population->columns + c];
        if (here > 0.0f) people += here * population_share(circle, south, west + (double)c * step, step);
    }
    return people;
}

double cosmo_population_in_circle(const cosmo_population *population, double latitude_rad, double longitude_rad,
                                  double radius_m)
{
    if (population == NULL || !(radius_m > 0.0) || !isfinite(latitude_rad) || !isfinite(longitude_rad)) return 0.0;
    const double radius = fmin(radius_m, POPULATION_RADIUS_MAX_M), step = population->step_deg * POPULATION_DEGREE;
    const double chord = 2.0 * POPULATION_MEAN_RADIUS_M * cosmo_real_sin(0.5 * radius / POPULATION_MEAN_RADIUS_M);
    population_circle circle = {.longitude_rad = longitude_rad, .chord2_m2 = chord * chord};
    const double cell_m = step * POPULATION_MEAN_RADIUS_M;
    circle.parts = (size_t)fmin(fmax(ceil(16.0 * cell_m / radius), 16.0), 256.0);
    population_meridian(latitude_rad, &circle.out_m, &circle.up_m);
    const double reach = radius / POPULATION_MEAN_RADIUS_M * 1.01 + step,
                 south = population->south_deg * POPULATION_DEGREE;
    const double low = floor((latitude_rad - reach - south) / step), high = ceil((latitude_rad + reach - south) / step);
    double people = 0.0;
    for (double r = fmax(low, 0.0); r < fmin(high, (double)population->rows); r += 1.0)
        people += population_row(population, &circle, (size_t)r, reach);
    return people;
}

/* ---- countries --------------------------------------------------------------------------------------------------- */

/* What is known of a cell: the first two flip from cell to cell along a row, at a ring's crossings of its middle. */
enum { POPULATION_FLIP = 1, POPULATION_FLIP_ANY = 2, POPULATION_TOUCHED = 4 };

typedef struct population_marks {
    const cosmo_population *population;
    unsigned char *cells; /* rows x (columns + 1) */
} population_marks;

/* Flip at the crossings of a ring with the middle of each row. */
static void population_cross(const population_marks *marks, const cosmo_map_line *ring, double turn_deg, unsigned flip)
{
    const cosmo_population *grid = marks->population;
    const double step = grid->step_deg, rows = (double)grid->rows, columns = (double)grid->columns;
    for (size_t i = 1; i < ring->n; i++) {
        const double y0 = ring->lat_deg[i - 1], y1 = ring->lat_deg[i];
        const double x0 = ring->lon_deg[i - 1] + turn_deg, x1 = ring->lon_deg[i] + turn_deg;
        const double a = ceil((y0 - grid->south_deg) / step - 0.5), b = ceil((y1 - grid->south_deg) / step - 0.5);
        for (double r = fmax(fmin(a, b), 0.0); r < fmin(fmax(a, b), rows); r += 1.0) {
            const double part = (grid->south_deg + (r + 0.5) * step - y0) / (y1 - y0);
            const double at = ceil((x0 + part * (x1 - x0) - grid->west_deg) / step - 0.5);
            const size_t column = (size_t)fmin(fmax(at, 0.0), columns);
            unsigned char *cell = &marks->cells[(size_t)r * (grid->columns + 1) + column];
            *cell = (unsigned char)(*cell ^ flip);
        }
    }
}

/* Mark the cells that hold a point of a ring: coasts and small islands. */
static void population_touch(const population_marks *marks, const cosmo_map_line *ring, double turn_deg)
{
    const cosmo_population *grid = marks->population;
    for (size_t i = 0; i < ring->n; i++) {
        const double r = floor((ring->lat_deg[i] - grid->south_deg) / grid->step_deg);
        const double c = floor((ring->lon_deg[i] + turn_deg - grid->west_deg) / grid->step_deg);
        if (r >= 0.0 && r < (double)grid->rows && c >= 0.0 && c < (double)grid->columns)
            marks->cells[(size_t)r * (grid->columns + 1) + (size_t)c] |= POPULATION_TOUCHED;
    }
}

static double population_marked(const population_marks *marks)
{
    const cosmo_population *grid = marks->population;
    double people = 0.0;
    for (size_t r = 0; r < grid->rows; r++) {
        unsigned inside = 0;
        double row = 0.0;
        for (size_t c = 0; c < grid->columns; c++) {
            const unsigned mark = marks->cells[r * (grid->columns + 1) + c];
            inside ^= mark & (POPULATION_FLIP | POPULATION_FLIP_ANY);
            if ((inside & POPULATION_FLIP) != 0 || (inside == 0 && (mark & POPULATION_TOUCHED) != 0))
                row += grid->people[r * grid->columns + c];
        }
        people += row;
    }
    return people;
}

static void population_outline(const population_marks *marks, const cosmo_map_line *ring, bool own)
{
    const cosmo_population *grid = marks->population;
    const double north = grid->south_deg + (double)grid->rows * grid->step_deg;
    const double east = grid->west_deg + (double)grid->columns * grid->step_deg;
    for (int turn = -1; turn <= 1; turn++) {
        /* a ring west of the grid flips twice before its first cell, so it is left out like one east of it */
        const double turn_deg = 360.0 * turn;
        if (ring->west + turn_deg > east || ring->east + turn_deg < grid->west_deg) continue;
        if (ring->south > north || ring->north < grid->south_deg) continue;
        population_cross(marks, ring, turn_deg, own ? POPULATION_FLIP | POPULATION_FLIP_ANY : POPULATION_FLIP_ANY);
        if (own) population_touch(marks, ring, turn_deg);
    }
}

cosmo_status cosmo_population_in_country(const cosmo_population *population, const cosmo_map *map, const char *country,
                                         cosmo_run *run, double *people)
{
    *people = 0.0;
    if (population == NULL) return COSMO_OK;
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    const population_marks marks = {population, cosmo_arena_array(scratch, population->rows, population->columns + 1)};
    int finest = 0;
    for (size_t i = 0; i < map->n_lines; i++)
        if (map->lines[i].kind == COSMO_MAP_COUNTRY && (finest == 0 || map->lines[i].scale < finest))
            finest = map->lines[i].scale;
    for (size_t i = 0; marks.cells != NULL && i < map->n_lines; i++) {
        const cosmo_map_line *ring = &map->lines[i];
        if (ring->kind == COSMO_MAP_COUNTRY && ring->scale == finest)
            population_outline(&marks, ring, strcmp(ring->name, country) == 0);
    }
    if (marks.cells != NULL) *people = population_marked(&marks);
    const bool failed = marks.cells == NULL;
    cosmo_arena_destroy(scratch);
    return failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
