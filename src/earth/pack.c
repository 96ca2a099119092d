/* The frame of a data pack: header, table of sections, zlib streams. See pack.h for the format. */
#include "pack.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#define ZLIB_CONST
#include <zlib.h>

enum { PACK_HEADER_BYTES = 24, PACK_ENTRY_BYTES = 20, PACK_VERSION = 1 };
static const size_t PACK_FILE_LIMIT = (size_t)64 << 20, PACK_SECTION_LIMIT = (size_t)64 << 20;
/* No deflate stream unpacks to more than 1,032 times its size (zlib's own bound). */
static const size_t PACK_RATIO_LIMIT = 1032;

static uint32_t pack_u32(const unsigned char *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

cosmo_status cosmo_pack_fail(const cosmo_pack *pack, cosmo_run *run, const char *what)
{
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: the pack is damaged: %s; restore it or rebuild it with tools/pack", pack->path,
                          what);
}

static cosmo_status pack_table(cosmo_pack *pack, const unsigned char *data, size_t bytes, cosmo_run *run)
{
    size_t at = PACK_HEADER_BYTES + PACK_ENTRY_BYTES * pack->n_sections;
    if (bytes < at) return cosmo_pack_fail(pack, run, "it ends within its table of sections");
    for (size_t i = 0; i < pack->n_sections; i++) {
        const unsigned char *entry = data + PACK_HEADER_BYTES + PACK_ENTRY_BYTES * i;
        cosmo_pack_section_entry *section = &pack->sections[i];
        memcpy(section->name, entry, COSMO_PACK_NAME_BYTES);
        section->raw_bytes = pack_u32(entry + COSMO_PACK_NAME_BYTES);
        section->packed_bytes = pack_u32(entry + COSMO_PACK_NAME_BYTES + 4);
        section->packed = data + at;
        if (section->packed_bytes > bytes - at) return cosmo_pack_fail(pack, run, "it ends within a section");
        if (section->raw_bytes > PACK_SECTION_LIMIT || section->raw_bytes / PACK_RATIO_LIMIT > section->packed_bytes)
            return cosmo_pack_fail(pack, run, "a section states an impossible size");
        at += section->packed_bytes;
    }
    return at == bytes ? COSMO_OK : cosmo_pack_fail(pack, run, "bytes follow its last section");
}

cosmo_status cosmo_pack_parse(const char *path, const char *kind, const void *data, size_t bytes, cosmo_run *run,
                              cosmo_pack *pack)
{
    *pack = (cosmo_pack){.path = path};
    const unsigned char *head = data;
    char padded[COSMO_PACK_KIND_BYTES] = {0};
    memcpy(padded, kind, strnlen(kind, sizeof padded));
    if (bytes < PACK_HEADER_BYTES || memcmp(head, "COSMOPAK", 8) != 0)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: not a data pack (it does not begin with COSMOPAK)",
                              path);
    if (memcmp(head + 8, padded, sizeof padded) != 0)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: a pack of another kind than '%s'", path, kind);
    if (pack_u32(head + 16) != PACK_VERSION)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: pack version %u; this program reads version %d", path,
                              (unsigned)pack_u32(head + 16), PACK_VERSION);
    if (pack_u32(head + 20) > COSMO_PACK_SECTIONS_MAX) return cosmo_pack_fail(pack, run, "too many sections");
    pack->n_sections = pack_u32(head + 20);
    return pack_table(pack, head, bytes, run);
}

cosmo_status cosmo_pack_open(const char *kind, cosmo_arena *scratch, cosmo_run *run, bool *found, cosmo_pack *pack)
{
    *found = false;
    if (run->data_folder == NULL) return COSMO_OK;
    const char *shown = cosmo_arena_print(scratch, "data/packs/%s.pack", kind);
    const char *path = cosmo_arena_print(scratch, "%s/packs/%s.pack", run->data_folder, kind);
    COSMO_NEED(shown, run);
    COSMO_NEED(path, run);
    struct stat about;
    if (stat(path, &about) != 0 && (errno == ENOENT || errno == ENOTDIR)) return COSMO_OK;
    const char *data;
    size_t bytes;
    COSMO_TRY(cosmo_file_read(path, PACK_FILE_LIMIT, scratch, run, &data, &bytes));
    COSMO_TRY(cosmo_pack_parse(path, kind, data, bytes, run, pack));
    char digest[65];
    cosmo_hash_sha256(data, bytes, digest);
    cosmo_run_input(run, shown, digest);
    *found = true;
    return COSMO_OK;
}

/* NULL when it is absent. */
static const cosmo_pack_section_entry *pack_find(const cosmo_pack *pack, const char *name)
{
    for (size_t i = 0; i < pack->n_sections; i++)
        if (strcmp(pack->sections[i].name, name) == 0) return &pack->sections[i];
    return NULL;
}

size_t cosmo_pack_size(const cosmo_pack *pack, const char *name)
{
    const cosmo_pack_section_entry *section = pack_find(pack, name);
    return section != NULL ? section->raw_bytes : 0;
}

static cosmo_status pack_unpacked(const cosmo_pack *pack, bool whole, int zlib_status, cosmo_run *run)
{
    if (zlib_status == Z_MEM_ERROR) return cosmo_run_out_of_memory(run);
    return whole ? COSMO_OK : cosmo_pack_fail(pack, run, "a section does not unpack");
}

cosmo_status cosmo_pack_section(const cosmo_pack *pack, const char *name, cosmo_arena *arena, cosmo_run *run,
                                cosmo_pack_cursor *cursor)
{
    const cosmo_pack_section_entry *section = pack_find(pack, name);
    if (section == NULL) return cosmo_pack_fail(pack, run, "a section is missing");
    unsigned char *raw = cosmo_arena_alloc(arena, section->raw_bytes + 1);
    COSMO_NEED(raw, run);
    uLongf unpacked = section->raw_bytes;
    const int done = uncompress(raw, &unpacked, section->packed, section->packed_bytes);
    *cursor = (cosmo_pack_cursor){raw, raw + section->raw_bytes, false};
    return pack_unpacked(pack, done == Z_OK && unpacked == section->raw_bytes, done, run);
}

cosmo_status cosmo_pack_pieces(const cosmo_pack *pack, const char *name, size_t bytes, size_t pieces,
                               cosmo_arena *scratch, cosmo_run *run, cosmo_pack_taker *take, void *user)
{
    const cosmo_pack_section_entry *section = pack_find(pack, name);
    if (section == NULL) return cosmo_pack_fail(pack, run, "a section is missing");
    unsigned char *buffer = cosmo_arena_alloc(scratch, bytes + 1);
    COSMO_NEED(buffer, run);
    z_stream stream = {.next_in = section->packed, .avail_in = (uInt)section->packed_bytes};
    int done = inflateInit(&stream);
    for (size_t piece = 0; piece < pieces && done == Z_OK; piece++) {
        stream.next_out = buffer;
        stream.avail_out = (uInt)bytes;
        done = inflate(&stream, Z_SYNC_FLUSH);
        if (stream.avail_out == 0) take(user, piece, buffer);
    }
    if (done == Z_OK) done = inflate(&stream, Z_FINISH); /* the check value at the end of the stream */
    const bool whole = done == Z_STREAM_END && stream.total_out == section->raw_bytes && stream.avail_in == 0;
    inflateEnd(&stream);
    return pack_unpacked(pack, whole, done, run);
}

uint64_t cosmo_pack_varint_long(cosmo_pack_cursor *cursor)
{
    uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        if (cursor->at == cursor->end) break;
        const unsigned char byte = *cursor->at++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) return value;
    }
    cursor->failed = true;
    return 0;
}

cosmo_status cosmo_pack_credits(const cosmo_pack *pack, cosmo_arena *arena, cosmo_run *run, const char *const **lines,
                                size_t *n)
{
    cosmo_pack_cursor text;
    COSMO_TRY(cosmo_pack_section(pack, "credits", arena, run, &text));
    const size_t bytes = (size_t)(text.end - text.at);
    char *start = (char *)text.at;
    *n = 0;
    for (size_t i = 0; i < bytes; i++) *n += start[i] == '\n';
    const char **found = cosmo_arena_array(arena, *n + 1, sizeof *found);
    COSMO_NEED(found, run);
    for (size_t i = 0; i < *n; i++) {
        char *end = memchr(start, '\n', (size_t)((const char *)text.end - start));
        *end = '\0';
        found[i] = start;
        start = end + 1;
    }
    *lines = found;
    return COSMO_OK;
}
