/* Sealed records: what checkpoints and shards are made of.
 *
 * A record is its length (8 bytes, little-endian), that many bytes, and the SHA-256 of both as 64 hex digits: one that
 * was cut short or altered is told from a good one. A file is a line that says what it is, then records. */
#ifndef COSMO_CORE_SEALED_H
#define COSMO_CORE_SEALED_H

#include "cosmodrome/core.h"

#include <stdio.h>

enum { COSMO_SEALED_DIGEST_BYTES = 64 };
/* No record has more bytes of notes and figures than this beside the results in it. */
static const size_t COSMO_SEALED_EXTRA = (size_t)16 << 20;

/* Writing, into a text buffer: begin, put what belongs in, close. */
size_t cosmo_sealed_begin(cosmo_text *out);
void cosmo_sealed_put(cosmo_text *out, uint64_t number);
void cosmo_sealed_put_notes(cosmo_text *out, const cosmo_note *notes, size_t n);
void cosmo_sealed_close(cosmo_text *out, size_t start);

/* Reading what a record holds, front to back; `failed` is set once it holds less than is asked for. */
typedef struct cosmo_sealed {
    const char *at, *end;
    bool failed;
} cosmo_sealed;

uint64_t cosmo_sealed_take(cosmo_sealed *record);
/* `bytes` bytes inside the record, or NULL. */
const char *cosmo_sealed_take_bytes(cosmo_sealed *record, size_t bytes);
/* Notes that cosmo_sealed_put_notes wrote, noted again. */
void cosmo_sealed_take_notes(cosmo_sealed *record, cosmo_run *run);

typedef enum cosmo_sealed_state {
    COSMO_SEALED_WHOLE,
    COSMO_SEALED_NONE,    /* the file ends before the record begins */
    COSMO_SEALED_SHORT,   /* the file ends within the record */
    COSMO_SEALED_ALTERED, /* its digest is wrong, or it is longer than `limit` */
    COSMO_SEALED_NO_MEMORY
} cosmo_sealed_state;

/* Open a file that begins with the line `title`. `*file` is NULL, and the status COSMO_OK, when there is none.
 * `kind` says in messages what it should be. */
cosmo_status cosmo_sealed_open(const char *path, const char *title, const char *kind, cosmo_run *run, FILE **file);
/* Read the next record of at most `limit` bytes into the arena. */
cosmo_sealed_state cosmo_sealed_read(FILE *file, size_t limit, cosmo_arena *arena, cosmo_sealed *record);
/* Fail with what is wrong with a record of the file `path`, which is a `kind`. */
cosmo_status cosmo_sealed_fail(const char *path, const char *kind, cosmo_sealed_state state, cosmo_run *run);
/* Fail because a file was made from other inputs. */
cosmo_status cosmo_sealed_foreign(const char *path, const char *kind, const char *what, cosmo_run *run);

#endif
