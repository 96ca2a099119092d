/* Data packs of any bytes: refused or read, never a crash. */
#include "earth/pack.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_pack pack;
    cosmo_run_init(&run, arena);
    const cosmo_terrain *terrain = NULL;
    cosmo_map map = {0};
    if (cosmo_pack_parse("input", "terrain", data, size, &run, &pack) == COSMO_OK &&
        cosmo_terrain_unpack(&pack, arena, &run, &terrain) == COSMO_OK)
        for (int i = -9; i <= 9; i++) (void)cosmo_terrain_height_m(terrain, 0.2 * i, 0.7 * i);
    if (cosmo_pack_parse("input", "map", data, size, &run, &pack) == COSMO_OK &&
        cosmo_map_unpack_lines(&pack, arena, &run, &map) == COSMO_OK)
        for (int i = -9; i <= 9; i++) (void)cosmo_map_country(&map, 0.2 * i, 0.7 * i);
    if (cosmo_pack_parse("input", "places", data, size, &run, &pack) == COSMO_OK)
        (void)cosmo_map_unpack_places(&pack, arena, &run, &map);
    cosmo_arena_destroy(arena);
    return 0;
}
