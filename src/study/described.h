/* Within study: JSON that can describe itself. The code that writes a summary also writes its JSON schema: every value
 * passes through one of these functions with its help, and in schema mode its description is written instead of it. */
#ifndef COSMO_STUDY_DESCRIBED_H
#define COSMO_STUDY_DESCRIBED_H

#include "cosmodrome/formats.h"

enum { DESCRIBED_DEPTH = 8, DESCRIBED_KEYS = 48 };
typedef struct cosmo_described {
    cosmo_json json;
    bool schema;
    int depth;
    size_t n_keys[DESCRIBED_DEPTH];
    const char *keys[DESCRIBED_DEPTH][DESCRIBED_KEYS]; /* of the objects that are open, for "required" */
} cosmo_described;

/* Begin the whole: `id` is the schema's name ("cosmodrome.fly/1"), `title` its one line. */
cosmo_described cosmo_described_begin(cosmo_arena *arena, bool schema, const char *id, const char *title);
/* The finished text, or NULL when memory ran out. */
const char *cosmo_described_finish(cosmo_described *out, size_t *bytes);

void cosmo_described_number(cosmo_described *out, const char *key, double value, const char *help);
void cosmo_described_count(cosmo_described *out, const char *key, int64_t value, const char *help);
void cosmo_described_text(cosmo_described *out, const char *key, const char *value, const char *help);
void cosmo_described_text_or_null(cosmo_described *out, const char *key, const char *value, const char *help);
void cosmo_described_flag(cosmo_described *out, const char *key, bool value, const char *help);
/* -1: null, else false or true. */
void cosmo_described_maybe(cosmo_described *out, const char *key, int value, const char *help);
/* One of `choices` (NULL-terminated). */
void cosmo_described_choice(cosmo_described *out, const char *key, const char *const *choices, size_t index,
                            const char *help);
void cosmo_described_texts(cosmo_described *out, const char *key, const char *const *values, size_t n,
                           const char *help);

/* A closed ring of n points, longitude before latitude. */
void cosmo_described_ring(cosmo_described *out, const char *key, size_t n, const double *lon_deg, const double *lat_deg,
                          const char *help);

/* An object under `key`; `present` false writes null (and the caller writes no members then, unless in schema mode). */
bool cosmo_described_object(cosmo_described *out, const char *key, bool present, const char *help);
void cosmo_described_object_end(cosmo_described *out);
/* A list of objects under `key`: how many times the caller must write an item (once in schema mode). */
size_t cosmo_described_list(cosmo_described *out, const char *key, size_t n, const char *help);
void cosmo_described_item(cosmo_described *out);
void cosmo_described_item_end(cosmo_described *out);
void cosmo_described_list_end(cosmo_described *out);

#endif
