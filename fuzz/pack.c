/* Fuzzes data packs. An input that begins with 'C' is a pack as it stands. Any other is the raw content of one: a byte
 * chooses the kind, then each of its sections follows as a length (2 bytes) and bytes, and is packed here, so that the
 * readers behind the zlib streams are reached too. */
#include "earth/pack.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

typedef struct pack_kind {
    const char *name, *sections[8];
} pack_kind;
static const pack_kind PACK_KINDS[4] = {
    {"terrain", {"credits", "shape", "height"}},
    {"map", {"credits", "names", "lines", "lon", "lat"}},
    {"places", {"credits", "names", "country", "population", "lat", "lon", "height"}},
    {"population", {"credits", "shape", "people"}}};

static void pack_put_u32(unsigned char *at, size_t value)
{
    for (int i = 0; i < 4; i++) at[i] = (unsigned char)(value >> 8 * i);
}

/* A pack around the sections in `data`; free it. */
static unsigned char *pack_make(const pack_kind *kind, const uint8_t *data, size_t bytes, size_t *made)
{
    size_t n = 0;
    while (n < 8 && kind->sections[n] != NULL) n++;
    unsigned char *pack = calloc(1, 24 + 20 * n + 2 * bytes + 64 * n);
    if (pack == NULL) abort();
    memcpy(pack, "COSMOPAK", 8);
    memcpy(pack + 8, kind->name, strnlen(kind->name, 8));
    pack_put_u32(pack + 16, 1);
    pack_put_u32(pack + 20, n);
    *made = 24 + 20 * n;
    for (size_t i = 0; i < n; i++) {
        size_t raw = bytes >= 2 ? data[0] | (size_t)data[1] << 8 : 0;
        const size_t head = bytes >= 2 ? 2 : bytes;
        raw = raw < bytes - head ? raw : bytes - head;
        uLongf packed = compressBound(raw);
        if (compress2(pack + *made, &packed, data + head, raw, 1) != Z_OK) abort();
        memcpy(pack + 24 + 20 * i, kind->sections[i], strlen(kind->sections[i]));
        pack_put_u32(pack + 24 + 20 * i + 12, raw);
        pack_put_u32(pack + 24 + 20 * i + 16, packed);
        *made += packed;
        data += head + raw;
        bytes -= head + raw;
    }
    return pack;
}

/* What a reader accepts must be sound: finite, in range, in order. */
static void pack_check_map(const cosmo_map *map)
{
    for (size_t i = 0; i < map->n_lines; i++) {
        const cosmo_map_line *line = &map->lines[i];
        if (line->n < 2 || !(line->west >= -180 && line->east <= 180 && line->south >= -90 && line->north <= 90))
            abort();
        if (line->kind == COSMO_MAP_COUNTRY && line->name == NULL) abort();
        for (size_t k = 0; k < line->n; k++)
            if (!(line->lon_deg[k] >= line->west && line->lon_deg[k] <= line->east && line->lat_deg[k] >= line->south &&
                  line->lat_deg[k] <= line->north))
                abort();
    }
    for (size_t i = 0; i < map->n_places; i++) {
        if (map->places[i].population < 0 || (i > 0 && map->places[i].population > map->places[i - 1].population))
            abort();
        if (strlen(map->places[i].country) != 2 || !(fabs(map->places[i].latitude_deg) <= 90.0)) abort();
    }
    for (int i = -9; i <= 9; i++) (void)cosmo_map_country(map, 0.2 * i, 0.7 * i);
}

static void pack_read(const void *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    if (arena == NULL) abort();
    cosmo_run run;
    cosmo_pack pack;
    cosmo_run_init(&run, arena);
    const cosmo_terrain *terrain = NULL;
    cosmo_map map = {0};
    if (cosmo_pack_parse("input", "terrain", data, bytes, &run, &pack) == COSMO_OK &&
        cosmo_terrain_unpack(&pack, arena, &run, &terrain) == COSMO_OK)
        for (int i = -9; i <= 9; i++)
            if (!(fabs(cosmo_terrain_height_m(terrain, 0.2 * i, 0.7 * i)) <= 32768.0)) abort();
    if (cosmo_pack_parse("input", "map", data, bytes, &run, &pack) == COSMO_OK &&
        cosmo_map_unpack_lines(&pack, arena, &run, &map) == COSMO_OK)
        pack_check_map(&map);
    if (cosmo_pack_parse("input", "places", data, bytes, &run, &pack) == COSMO_OK &&
        cosmo_map_unpack_places(&pack, arena, &run, &map) == COSMO_OK)
        pack_check_map(&map);
    const cosmo_population *population = NULL;
    if (cosmo_pack_parse("input", "population", data, bytes, &run, &pack) == COSMO_OK &&
        cosmo_population_unpack(&pack, arena, &run, &population) == COSMO_OK) {
        for (int i = -9; i <= 9; i++)
            if (!(cosmo_population_density(population, 0.2 * i, 0.7 * i) >= 0.0)) abort();
        if (!(cosmo_population_total(population) >= 0.0)) abort();
    }
    cosmo_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes == 0) return 0;
    if (data[0] == 'C') {
        pack_read(data, bytes);
        return 0;
    }
    size_t made;
    unsigned char *pack = pack_make(&PACK_KINDS[data[0] % 4], data + 1, bytes - 1, &made);
    pack_read(pack, made);
    free(pack);
    return 0;
}
