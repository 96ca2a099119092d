/* Terrain: heights of the ground on a grid of nodes, in memory as int16. */
#include "pack.h"

#include <math.h>

static const double TERRAIN_DEGREES = 57.29577951308232087679815481410517;
enum { TERRAIN_ROWS_MAX = 21601, TERRAIN_COLUMNS_MAX = 43200 };

struct cosmo_terrain {
    size_t rows, columns;
    const int16_t *height; /* rows x columns: south to north, then east from Greenwich */
};

typedef struct terrain_fill {
    int16_t *height;
    size_t columns;
} terrain_fill;

/* Undo the second differences of one row: its columns' low bytes, then their high bytes. */
static void terrain_unfold(void *user, size_t r, const unsigned char *data)
{
    const terrain_fill *fill = user;
    const size_t columns = fill->columns;
    int16_t *row = fill->height + r * columns;
    const int16_t *before = r > 0 ? row - columns : row; /* the first row starts from the arena's zeros */
    uint16_t slope = 0;
    for (size_t c = 0; c < columns; c++) {
        const unsigned folded = data[c] | (unsigned)data[columns + c] << 8;
        slope = (uint16_t)(slope + (folded >> 1 ^ (0u - (folded & 1u))));
        row[c] = (int16_t)(uint16_t)(slope + (uint16_t)before[c]);
    }
}

static cosmo_status terrain_read(const cosmo_pack *pack, cosmo_arena *scratch, cosmo_arena *arena, cosmo_run *run,
                                 const cosmo_terrain **terrain)
{
    cosmo_pack_cursor shape;
    COSMO_TRY(cosmo_pack_section(pack, "shape", scratch, run, &shape));
    const uint64_t rows = cosmo_pack_varint(&shape), columns = cosmo_pack_varint(&shape);
    if (shape.failed || rows < 2 || rows > TERRAIN_ROWS_MAX || columns < 2 || columns > TERRAIN_COLUMNS_MAX)
        return cosmo_pack_fail(pack, run, "the shape of its grid is impossible");
    if (cosmo_pack_size(pack, "height") != 2 * rows * columns)
        return cosmo_pack_fail(pack, run, "its heights do not fill its grid");
    cosmo_terrain *opened = cosmo_arena_alloc(arena, sizeof *opened);
    COSMO_NEED(opened, run);
    terrain_fill fill = {cosmo_arena_array(arena, rows * columns, sizeof *fill.height), columns};
    COSMO_NEED(fill.height, run);
    COSMO_TRY(cosmo_pack_pieces(pack, "height", 2 * columns, rows, scratch, run, terrain_unfold, &fill));
    *opened = (cosmo_terrain){rows, columns, fill.height};
    *terrain = opened;
    return COSMO_OK;
}

cosmo_status cosmo_terrain_unpack(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run,
                                  const cosmo_terrain **terrain)
{
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    const cosmo_status status = terrain_read(pack, scratch, arena, run, terrain);
    cosmo_arena_destroy(scratch);
    return status;
}

cosmo_status cosmo_terrain_open(cosmo_arena *arena, cosmo_run *run, const cosmo_terrain **terrain)
{
    *terrain = NULL;
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    bool found;
    cosmo_pack pack;
    cosmo_status status = cosmo_pack_open("terrain", scratch, run, &found, &pack);
    if (status == COSMO_OK && found) status = cosmo_terrain_unpack(&pack, arena, run, terrain);
    cosmo_arena_destroy(scratch);
    if (status != COSMO_OK) return status;
    if (found)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "terrain: ETOPO5, 5 arcminutes, bilinear; within about 110 m of the ground at "
                       "68 %% of the world's settlements, 540 m at 95 %%");
    else
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                       "terrain: no terrain pack; the ground is the ellipsoid (height 0 m)");
    return COSMO_OK;
}

double cosmo_terrain_height_m(const cosmo_terrain *terrain, double latitude_rad, double longitude_rad)
{
    if (terrain == NULL || !isfinite(latitude_rad) || !isfinite(longitude_rad)) return 0.0;
    const double last_row = (double)(terrain->rows - 1), columns = (double)terrain->columns;
    const double row = fmin(fmax((latitude_rad * TERRAIN_DEGREES + 90.0) / 180.0 * last_row, 0.0), last_row);
    const double turns = longitude_rad * TERRAIN_DEGREES / 360.0;
    const double column = (turns - floor(turns)) * columns;
    const size_t r = (size_t)fmin(floor(row), last_row - 1.0);
    const size_t c = (size_t)column % terrain->columns, east = (c + 1) % terrain->columns;
    const double north_part = row - (double)r, east_part = column - floor(column);
    const int16_t *south_row = terrain->height + r * terrain->columns, *north_row = south_row + terrain->columns;
    const double south = south_row[c] + east_part * (south_row[east] - south_row[c]);
    const double north = north_row[c] + east_part * (north_row[east] - north_row[c]);
    return south + north_part * (north - south);
}
