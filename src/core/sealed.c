/* Sealed records: what checkpoints and shards are made of. */
#include "core/sealed.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { SEALED_NUMBER_BYTES = 8, SEALED_TITLE_BYTES = 64 };

static void sealed_encode(uint64_t number, char bytes[SEALED_NUMBER_BYTES])
{
    for (int i = 0; i < SEALED_NUMBER_BYTES; i++) bytes[i] = (char)(number >> (8 * i) & 255);
}

static uint64_t sealed_decode(const char bytes[SEALED_NUMBER_BYTES])
{
    uint64_t number = 0;
    for (int i = 0; i < SEALED_NUMBER_BYTES; i++) number |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return number;
}

void cosmo_sealed_put(cosmo_text *out, uint64_t number)
{
    char bytes[SEALED_NUMBER_BYTES];
    sealed_encode(number, bytes);
    cosmo_text_put_bytes(out, bytes, sizeof bytes);
}

size_t cosmo_sealed_begin(cosmo_text *out)
{
    const size_t start = out->length;
    cosmo_sealed_put(out, 0);
    return start;
}

void cosmo_sealed_close(cosmo_text *out, size_t start)
{
    if (out->failed) return;
    char digest[COSMO_SEALED_DIGEST_BYTES + 1];
    sealed_encode(out->length - start - SEALED_NUMBER_BYTES, out->data + start);
    cosmo_hash_sha256(out->data + start, out->length - start, digest);
    cosmo_text_put(out, digest);
}

/* A text of no bytes is an absent one: no note has empty words. */
static void sealed_put_text(cosmo_text *out, const char *text)
{
    cosmo_sealed_put(out, text != NULL ? strlen(text) : 0);
    if (text != NULL) cosmo_text_put(out, text);
}

void cosmo_sealed_put_notes(cosmo_text *out, const cosmo_note *notes, size_t n)
{
    cosmo_sealed_put(out, n);
    for (size_t i = 0; i < n; i++) {
        cosmo_sealed_put(out, (uint64_t)notes[i].kind);
        sealed_put_text(out, notes[i].text);
        sealed_put_text(out, notes[i].detail);
    }
}

const char *cosmo_sealed_take_bytes(cosmo_sealed *record, size_t bytes)
{
    if (record->failed || (size_t)(record->end - record->at) < bytes) {
        record->failed = true;
        return NULL;
    }
    const char *taken = record->at;
    record->at += bytes;
    return taken;
}

uint64_t cosmo_sealed_take(cosmo_sealed *record)
{
    const char *bytes = cosmo_sealed_take_bytes(record, SEALED_NUMBER_BYTES);
    return bytes != NULL ? sealed_decode(bytes) : 0;
}

/* Copies a text out; those of notes are never longer than a message. */
static bool sealed_take_text(cosmo_sealed *record, char text[COSMO_MESSAGE_BYTES])
{
    const uint64_t length = cosmo_sealed_take(record);
    const char *bytes = length < COSMO_MESSAGE_BYTES ? cosmo_sealed_take_bytes(record, (size_t)length) : NULL;
    if (bytes == NULL) {
        record->failed = true;
        return false;
    }
    memcpy(text, bytes, (size_t)length);
    text[length] = '\0';
    return true;
}

void cosmo_sealed_take_notes(cosmo_sealed *record, cosmo_run *run)
{
    const uint64_t n = cosmo_sealed_take(record);
    for (uint64_t i = 0; i < n && !record->failed; i++) {
        char text[COSMO_MESSAGE_BYTES], detail[COSMO_MESSAGE_BYTES];
        const cosmo_note_kind kind = (cosmo_note_kind)cosmo_sealed_take(record);
        if (!sealed_take_text(record, text) || !sealed_take_text(record, detail)) return;
        record->failed = kind > COSMO_NOTE_INPUT;
        if (record->failed) return;
        if (kind == COSMO_NOTE_INPUT)
            cosmo_run_input(run, text, detail);
        else
            cosmo_run_note(run, kind, "%s", text);
    }
}

cosmo_status cosmo_sealed_open(const char *path, const char *title, const char *kind, cosmo_run *run, FILE **file)
{
    struct stat about;
    *file = NULL;
    if (stat(path, &about) != 0) {
        if (errno == ENOENT) return COSMO_OK;
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: cannot open: %s", path, strerror(errno));
    }
    if (!S_ISREG(about.st_mode)) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: not a regular file", path);
    FILE *opened = fopen(path, "rb");
    if (opened == NULL)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: cannot open: %s", path, strerror(errno));
    char found[SEALED_TITLE_BYTES];
    const size_t length = strlen(title);
    if (fread(found, 1, length, opened) != length || memcmp(found, title, length) != 0) {
        fclose(opened);
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: not a %s of this version of the program", path, kind);
    }
    *file = opened;
    return COSMO_OK;
}

cosmo_sealed_state cosmo_sealed_read(FILE *file, size_t limit, cosmo_arena *arena, cosmo_sealed *record)
{
    char length_bytes[SEALED_NUMBER_BYTES], digest[COSMO_SEALED_DIGEST_BYTES + 1];
    const size_t got = fread(length_bytes, 1, sizeof length_bytes, file);
    if (got < sizeof length_bytes) return got == 0 && feof(file) ? COSMO_SEALED_NONE : COSMO_SEALED_SHORT;
    const uint64_t length = sealed_decode(length_bytes);
    if (length > limit) return COSMO_SEALED_ALTERED;
    const size_t sealed = SEALED_NUMBER_BYTES + (size_t)length, whole = sealed + COSMO_SEALED_DIGEST_BYTES;
    char *data = cosmo_arena_alloc(arena, whole);
    if (data == NULL) return COSMO_SEALED_NO_MEMORY;
    memcpy(data, length_bytes, sizeof length_bytes);
    const size_t rest = whole - sizeof length_bytes;
    if (fread(data + sizeof length_bytes, 1, rest, file) != rest) return COSMO_SEALED_SHORT;
    cosmo_hash_sha256(data, sealed, digest);
    if (memcmp(digest, data + sealed, COSMO_SEALED_DIGEST_BYTES) != 0) return COSMO_SEALED_ALTERED;
    *record = (cosmo_sealed){.at = data + SEALED_NUMBER_BYTES, .end = data + sealed};
    return COSMO_SEALED_WHOLE;
}

cosmo_status cosmo_sealed_fail(const char *path, const char *kind, cosmo_sealed_state state, cosmo_run *run)
{
    if (state == COSMO_SEALED_NO_MEMORY) return cosmo_run_out_of_memory(run);
    const char *wrong = state == COSMO_SEALED_ALTERED ? "was altered after it was written" : "is truncated";
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: the %s %s; restore it, or delete it to start afresh", path,
                          kind, wrong);
}

cosmo_status cosmo_sealed_foreign(const char *path, const char *kind, const char *what, cosmo_run *run)
{
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "%s: error: the %s belongs to other inputs (%s differs); choose another path or delete it",
                          path, kind, what);
}
