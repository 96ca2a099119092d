/* Packs: the compact copies of public geodata in data/packs, and how to read them.
 *
 * A pack is little-endian: "COSMOPAK", 8 bytes of kind (NUL-padded or cut short: terrain, map, places, populati), u32
 * version 1, u32 number of sections; for each section 12 bytes of name (NUL-padded), u32 raw bytes, u32 packed bytes;
 * then each section's zlib stream, in order, to the end of the file. Inside sections a count is a varint (7 bits a
 * byte, lowest first, high bit: more follow) and a signed number a varint of its zigzag (0, -1, 1, -2 ... as 0, 1, 2, 3
 * ...). Every kind has a section "credits" (lines of text) and:
 *
 *   terrain   shape: rows, columns; height: a row holds its columns' low bytes, then its high bytes, of the zigzag of
 *             the second difference h[r][c] - h[r-1][c] - h[r][c-1] + h[r-1][c-1] modulo 2^16 (0 beyond the edges),
 *             metres. Row 0 is the south pole, the last the north pole; column 0 is Greenwich.
 *   map       names: NUL-terminated texts, the first empty; lines: their count, then for each kind, scale, name
 *             (index), points; lon, lat: differences from the point before (through all lines), 1e-4 degree. The rings
 *             of a country at a scale stand together.
 *   places    names: NUL-terminated, largest place first; country: 2 letters each; population: the largest, then for
 *             each place the fall from the one before; lat, lon: 1e-5 degree; height: metres, -32768 unknown.
 *   population
 *             shape: rows, columns, then people of code 1 and the step between codes, both in millionths; people: rows
 *             of codes in the form of terrain's heights: 0 nobody, else people = first exp(step (code - 1)). Row 0
 *             begins at the south pole, column 0 at 180 W.
 *
 * tools/pack writes them.
 */
#ifndef COSMO_EARTH_PACK_H
#define COSMO_EARTH_PACK_H

#include "cosmodrome/earth.h"

enum { COSMO_PACK_SECTIONS_MAX = 16, COSMO_PACK_NAME_BYTES = 12, COSMO_PACK_KIND_BYTES = 8 };

typedef struct cosmo_pack_section_entry {
    char name[COSMO_PACK_NAME_BYTES + 1];
    const unsigned char *packed;
    size_t packed_bytes, raw_bytes;
} cosmo_pack_section_entry;

typedef struct cosmo_pack {
    const char *path; /* for messages */
    size_t n_sections;
    cosmo_pack_section_entry sections[COSMO_PACK_SECTIONS_MAX];
} cosmo_pack;

/* A reading place in a section; `failed` is set by a read beyond its end or a number over 64 bits. */
typedef struct cosmo_pack_cursor {
    const unsigned char *at, *end;
    bool failed;
} cosmo_pack_cursor;

/* Read data/packs/KIND.pack of the run's data folder into `scratch` and note it as an input. *found is false, and the
 * status COSMO_OK, when there is no data folder or no such file. */
cosmo_status cosmo_pack_open(const char *kind, cosmo_arena *scratch, cosmo_run *run, bool *found, cosmo_pack *pack);
/* Check the frame of a pack in memory; `data` must outlive `pack`. Errors: COSMO_BAD_INPUT "path: error: ...". */
cosmo_status cosmo_pack_parse(const char *path, const char *kind, const void *data, size_t bytes, cosmo_run *run,
                              cosmo_pack *pack);
/* Unpack a section into the arena. Errors: COSMO_BAD_INPUT when it is absent or does not unpack to its stated size. */
cosmo_status cosmo_pack_section(const cosmo_pack *pack, const char *name, cosmo_arena *arena, cosmo_run *run,
                                cosmo_pack_cursor *cursor);
/* Raw bytes of a section; 0 when it is absent. */
size_t cosmo_pack_size(const cosmo_pack *pack, const char *name);
/* What takes a piece of a section: its index and its bytes, which are gone afterwards. */
typedef void cosmo_pack_taker(void *user, size_t piece, const unsigned char *data);
/* Unpack a section of `pieces` pieces of `bytes` bytes through one buffer in `scratch`. Errors as above. */
cosmo_status cosmo_pack_pieces(const cosmo_pack *pack, const char *name, size_t bytes, size_t pieces,
                               cosmo_arena *scratch, cosmo_run *run, cosmo_pack_taker *take, void *user);
/* Fail with "path: error: the pack is damaged: ...". */
cosmo_status cosmo_pack_fail(const cosmo_pack *pack, cosmo_run *run, const char *what);
/* The credits as lines in the arena. */
cosmo_status cosmo_pack_credits(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, const char *const **lines,
                                size_t *n);

uint64_t cosmo_pack_varint_long(cosmo_pack_cursor *cursor);

static inline uint64_t cosmo_pack_varint(cosmo_pack_cursor *cursor)
{
    if (cursor->at < cursor->end && *cursor->at < 0x80) return *cursor->at++;
    return cosmo_pack_varint_long(cursor);
}

static inline int64_t cosmo_pack_signed(cosmo_pack_cursor *cursor)
{
    const uint64_t folded = cosmo_pack_varint(cursor);
    return (int64_t)(folded >> 1 ^ (0 - (folded & 1)));
}

/* The readers behind cosmo_terrain_open, cosmo_population_open and cosmo_map_open, on a pack in memory. A map gathers
 * lines and places from two packs: begin with a zeroed one. */
cosmo_status cosmo_terrain_unpack(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run,
                                  const cosmo_terrain **terrain);
cosmo_status cosmo_population_unpack(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run,
                                     const cosmo_population **population);
cosmo_status cosmo_map_unpack_lines(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, cosmo_map *map);
cosmo_status cosmo_map_unpack_places(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, cosmo_map *map);

#endif
