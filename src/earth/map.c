/* The base map and the settlements, unpacked for drawing and for 'which country is this?'. */
#include "pack.h"

#include <math.h>
#include <string.h>

static const double MAP_DEGREES = 57.29577951308232087679815481410517;
enum { MAP_LINES_MAX = 1 << 20, MAP_POINTS_MAX = 1 << 24, MAP_PLACES_MAX = 1 << 22, MAP_COUNTRY_CODES = 26 * 26 };

/* ---- names ----------------------------------------------------------------------------------------------------- */

/* NUL-terminated texts of a section as an array; *n is how many there are. */
static cosmo_status map_names(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, const char *const **names,
                              size_t *n)
{
    cosmo_pack_cursor text;
    COSMO_TRY(cosmo_pack_section(pack, "names", arena, run, &text));
    const char *start = (const char *)text.at;
    const size_t bytes = (size_t)(text.end - text.at);
    if (bytes > 0 && start[bytes - 1] != '\0') return cosmo_pack_fail(pack, run, "its names do not end");
    *n = 0;
    for (const char *at = start; at < start + bytes; at += strlen(at) + 1) ++*n;
    const char **found = cosmo_arena_array(arena, *n + 1, sizeof *found);
    COSMO_NEED(found, run);
    for (size_t i = 0; i < *n; i++, start += strlen(start) + 1) found[i] = start;
    *names = found;
    return COSMO_OK;
}

static cosmo_status map_add_credits(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, cosmo_map *map)
{
    const char *const *lines;
    size_t n;
    COSMO_TRY(cosmo_pack_credits(pack, arena, run, &lines, &n));
    const char **all = cosmo_arena_array(arena, map->n_credits + n + 1, sizeof *all);
    COSMO_NEED(all, run);
    if (map->n_credits > 0) memcpy(all, map->credits, map->n_credits * sizeof *all);
    memcpy(all + map->n_credits, lines, n * sizeof *all);
    map->credits = all;
    map->n_credits += n;
    return COSMO_OK;
}

/* ---- lines ----------------------------------------------------------------------------------------------------- */

/* The sections of a map pack, unpacked. */
typedef struct map_source {
    cosmo_pack_cursor lines, lon, lat;
    const char *const *names;
    size_t n_names;
} map_source;

static cosmo_status map_line_head(const cosmo_pack *pack, map_source *source, cosmo_run *run, cosmo_map_line *line)
{
    const uint64_t kind = cosmo_pack_varint(&source->lines), scale = cosmo_pack_varint(&source->lines);
    const uint64_t name = cosmo_pack_varint(&source->lines), points = cosmo_pack_varint(&source->lines);
    const bool known =
        kind <= COSMO_MAP_COUNTRY && (scale == 10 || scale == 50 || scale == 110) && name < source->n_names;
    if (source->lines.failed || !known || points < 2 || points > MAP_POINTS_MAX)
        return cosmo_pack_fail(pack, run, "a line of the map is impossible");
    if (kind == COSMO_MAP_COUNTRY && source->names[name][0] == '\0')
        return cosmo_pack_fail(pack, run, "a country has no name");
    line->kind = (cosmo_map_kind)kind;
    line->scale = (int)scale;
    line->name = source->names[name][0] != '\0' ? source->names[name] : NULL;
    line->n = points;
    return COSMO_OK;
}

/* Sum the differences of one coordinate of a line into degrees; false outside -limit..limit. */
static bool map_axis(cosmo_pack_cursor *cursor, int64_t *last, int64_t limit, size_t n, float *degrees, float *low,
                     float *high)
{
    int64_t value = *last, least = limit, most = -limit;
    for (size_t i = 0; i < n; i++) {
        const int64_t step = cosmo_pack_signed(cursor);
        if (step > 2 * limit || step < -2 * limit) return false;
        value += step;
        if (value > limit || value < -limit) return false;
        least = value < least ? value : least;
        most = value > most ? value : most;
        degrees[i] = (float)((double)value * 1e-4);
    }
    *last = value;
    *low = (float)((double)least * 1e-4);
    *high = (float)((double)most * 1e-4);
    return !cursor->failed;
}

static cosmo_status map_points(const cosmo_pack *pack, map_source *source, cosmo_arena *arena, cosmo_run *run,
                               size_t n_lines, size_t n_points, cosmo_map_line *lines)
{
    float *lon = cosmo_arena_array(arena, n_points, sizeof *lon);
    float *lat = cosmo_arena_array(arena, n_points, sizeof *lat);
    COSMO_NEED(lon, run);
    COSMO_NEED(lat, run);
    int64_t x = 0, y = 0;
    for (size_t i = 0; i < n_lines; i++) {
        cosmo_map_line *line = &lines[i];
        if (!map_axis(&source->lon, &x, 1800000, line->n, lon, &line->west, &line->east) ||
            !map_axis(&source->lat, &y, 900000, line->n, lat, &line->south, &line->north))
            return cosmo_pack_fail(pack, run, "a point of the map is impossible");
        line->lon_deg = lon;
        line->lat_deg = lat;
        lon += line->n;
        lat += line->n;
    }
    if (source->lon.at != source->lon.end || source->lat.at != source->lat.end)
        return cosmo_pack_fail(pack, run, "the map has points of no line");
    return COSMO_OK;
}

static cosmo_status map_read_lines(const cosmo_pack *pack, map_source *source, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_map *map)
{
    const uint64_t n_lines = cosmo_pack_varint(&source->lines);
    /* each line takes at least four bytes of its section, each point one of each axis: bounds before any allocation */
    if (source->lines.failed || n_lines > MAP_LINES_MAX || n_lines > (size_t)(source->lines.end - source->lines.at) / 4)
        return cosmo_pack_fail(pack, run, "the map's number of lines is impossible");
    cosmo_map_line *lines = cosmo_arena_array(arena, n_lines, sizeof *lines);
    COSMO_NEED(lines, run);
    size_t n_points = 0;
    for (size_t i = 0; i < n_lines; i++) {
        COSMO_TRY(map_line_head(pack, source, run, &lines[i]));
        n_points += lines[i].n;
        if (n_points > (size_t)(source->lon.end - source->lon.at) || n_points > MAP_POINTS_MAX)
            return cosmo_pack_fail(pack, run, "the map has fewer points than its lines state");
    }
    COSMO_TRY(map_points(pack, source, arena, run, n_lines, n_points, lines));
    map->lines = lines;
    map->n_lines = n_lines;
    return COSMO_OK;
}

cosmo_status cosmo_map_unpack_lines(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, cosmo_map *map)
{
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    map_source source = {0};
    cosmo_status status = map_names(pack, arena, run, &source.names, &source.n_names);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "lines", scratch, run, &source.lines);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "lon", scratch, run, &source.lon);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "lat", scratch, run, &source.lat);
    if (status == COSMO_OK) status = map_read_lines(pack, &source, arena, run, map);
    cosmo_arena_destroy(scratch);
    if (status != COSMO_OK) return status;
    return map_add_credits(pack, arena, run, map);
}

/* ---- places ---------------------------------------------------------------------------------------------------- */

/* The sections of a place pack, unpacked. */
typedef struct map_columns {
    cosmo_pack_cursor country, population, lat, lon, height;
    const char *codes; /* MAP_COUNTRY_CODES texts of three bytes */
} map_columns;

/* Every two-letter code once, so that places of a country share a text. */
static const char *map_codes(cosmo_arena *arena)
{
    char *codes = cosmo_arena_array(arena, MAP_COUNTRY_CODES, 3);
    for (int i = 0; codes != NULL && i < MAP_COUNTRY_CODES; i++) {
        codes[3 * i] = (char)('A' + i / 26);
        codes[3 * i + 1] = (char)('A' + i % 26);
    }
    return codes;
}

static bool map_place(map_columns *columns, int64_t *population, cosmo_place *place)
{
    const unsigned char *code = columns->country.at;
    const uint64_t fall = cosmo_pack_varint(&columns->population);
    const int64_t lat = cosmo_pack_signed(&columns->lat), lon = cosmo_pack_signed(&columns->lon);
    const int64_t height = cosmo_pack_signed(&columns->height);
    if (columns->population.failed || columns->lat.failed || columns->lon.failed || columns->height.failed)
        return false;
    if (code[0] < 'A' || code[0] > 'Z' || code[1] < 'A' || code[1] > 'Z' || fall > (uint64_t)*population) return false;
    if (lat < -9000000 || lat > 9000000 || lon < -18000000 || lon > 18000000 || height < INT16_MIN ||
        height > INT16_MAX)
        return false;
    columns->country.at += 2;
    *population -= (int64_t)fall;
    place->country = columns->codes + 3 * (26 * (code[0] - 'A') + (code[1] - 'A'));
    place->latitude_deg = (double)lat / 1e5;
    place->longitude_deg = (double)lon / 1e5;
    place->population = *population;
    place->elevation_m = height == INT16_MIN ? (double)NAN : (double)height;
    return true;
}

static cosmo_status map_read_places(const cosmo_pack *pack, map_columns *columns, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_map *map)
{
    const char *const *names;
    size_t n;
    COSMO_TRY(map_names(pack, arena, run, &names, &n));
    if (n > MAP_PLACES_MAX || (size_t)(columns->country.end - columns->country.at) != 2 * n)
        return cosmo_pack_fail(pack, run, "the places' names and countries do not agree");
    cosmo_place *places = cosmo_arena_array(arena, n, sizeof *places);
    columns->codes = map_codes(arena);
    COSMO_NEED(places, run);
    COSMO_NEED(columns->codes, run);
    const uint64_t largest = cosmo_pack_varint(&columns->population);
    int64_t population = largest <= 1000000000 ? (int64_t)largest : -1;
    if (population < 0) return cosmo_pack_fail(pack, run, "a population is impossible");
    for (size_t i = 0; i < n; i++) {
        places[i].name = names[i];
        if (!map_place(columns, &population, &places[i])) return cosmo_pack_fail(pack, run, "a place is impossible");
    }
    map->places = places;
    map->n_places = n;
    return COSMO_OK;
}

cosmo_status cosmo_map_unpack_places(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, cosmo_map *map)
{
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    map_columns columns = {0};
    cosmo_status status = cosmo_pack_section(pack, "country", scratch, run, &columns.country);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "population", scratch, run, &columns.population);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "lat", scratch, run, &columns.lat);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "lon", scratch, run, &columns.lon);
    if (status == COSMO_OK) status = cosmo_pack_section(pack, "height", scratch, run, &columns.height);
    if (status == COSMO_OK) status = map_read_places(pack, &columns, arena, run, map);
    cosmo_arena_destroy(scratch);
    if (status != COSMO_OK) return status;
    return map_add_credits(pack, arena, run, map);
}

/* ---- opening --------------------------------------------------------------------------------------------------- */

static cosmo_status map_open_part(const char *kind, const char *lost, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_map *map)
{
    cosmo_arena *scratch = cosmo_arena_create(0, NULL);
    COSMO_NEED(scratch, run);
    bool found;
    cosmo_pack pack;
    cosmo_status status = cosmo_pack_open(kind, scratch, run, &found, &pack);
    if (status == COSMO_OK && found)
        status = strcmp(kind, "map") == 0 ? cosmo_map_unpack_lines(&pack, arena, run, map)
                                          : cosmo_map_unpack_places(&pack, arena, run, map);
    cosmo_arena_destroy(scratch);
    if (status == COSMO_OK && !found) cosmo_run_note(run, COSMO_NOTE_WARNING, "no data/packs/%s.pack: %s", kind, lost);
    return status;
}

cosmo_status cosmo_map_open(cosmo_arena *arena, cosmo_run *run, cosmo_map *map)
{
    *map = (cosmo_map){0};
    COSMO_TRY(map_open_part("map", "maps have no coasts or borders, and no place has a country", arena, run, map));
    return map_open_part("places", "maps and tables have no settlements", arena, run, map);
}

/* ---- countries ------------------------------------------------------------------------------------------------- */

static bool map_ring_contains(const cosmo_map_line *ring, float lon, float lat)
{
    bool inside = false, above = ring->lat_deg[0] > lat;
    for (size_t i = 1; i < ring->n; i++) {
        if ((ring->lat_deg[i] > lat) == above) continue;
        above = !above;
        const double from = ring->lat_deg[i - 1], part = (lat - from) / (ring->lat_deg[i] - from);
        if (lon < ring->lon_deg[i - 1] + part * ((double)ring->lon_deg[i] - ring->lon_deg[i - 1])) inside = !inside;
    }
    return inside;
}

const char *cosmo_map_country(const cosmo_map *map, double latitude_rad, double longitude_rad)
{
    const double turns = longitude_rad * MAP_DEGREES / 360.0 + 0.5;
    const float lat = (float)(latitude_rad * MAP_DEGREES), lon = (float)((turns - floor(turns)) * 360.0 - 180.0);
    int finest = 0;
    for (size_t i = 0; i < map->n_lines; i++)
        if (map->lines[i].kind == COSMO_MAP_COUNTRY && (finest == 0 || map->lines[i].scale < finest))
            finest = map->lines[i].scale;
    /* a country's rings stand together in the pack: the first country with an odd number of rings round the place */
    const char *country = NULL;
    for (size_t i = 0; i < map->n_lines; i++) {
        const cosmo_map_line *ring = &map->lines[i];
        if (ring->kind != COSMO_MAP_COUNTRY || ring->scale != finest) continue;
        if (country != NULL && strcmp(country, ring->name) != 0) return country;
        if (lon < ring->west || lon > ring->east || lat < ring->south || lat > ring->north) continue;
        if (map_ring_contains(ring, lon, lat)) country = country == NULL ? ring->name : NULL;
    }
    return country;
}
