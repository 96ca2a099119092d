/* JSON that can describe itself. Source of the schema's words: JSON Schema, draft 2020-12. */
#include "study/described.h"

#include <assert.h>

/* ---- schema words ---------------------------------------------------------------------------------------------------
 */

static void described_remember(cosmo_described *out, const char *key)
{
    size_t *n = &out->n_keys[out->depth];
    assert(*n < DESCRIBED_KEYS);
    if (*n < DESCRIBED_KEYS) out->keys[out->depth][(*n)++] = key;
}

/* Open "key": {"type": ..., "description": ...}; the caller closes it. */
static void described_open(cosmo_described *out, const char *key, const char *type, bool or_null, const char *help)
{
    described_remember(out, key);
    cosmo_json_object(&out->json, key);
    if (or_null) {
        cosmo_json_list(&out->json, "type");
        cosmo_json_text(&out->json, NULL, type);
        cosmo_json_text(&out->json, NULL, "null");
        cosmo_json_end(&out->json);
    } else {
        cosmo_json_text(&out->json, "type", type);
    }
    if (help != NULL) cosmo_json_text(&out->json, "description", help);
}

static void described_members(cosmo_described *out)
{
    assert(out->depth + 1 < DESCRIBED_DEPTH);
    cosmo_json_object(&out->json, "properties");
    out->n_keys[++out->depth] = 0;
}

static void described_members_end(cosmo_described *out)
{
    cosmo_json_end(&out->json);
    cosmo_json_list(&out->json, "required");
    for (size_t i = 0; i < out->n_keys[out->depth]; i++) cosmo_json_text(&out->json, NULL, out->keys[out->depth][i]);
    cosmo_json_end(&out->json);
    out->depth--;
}

static void described_leaf(cosmo_described *out, const char *key, const char *type, bool or_null, const char *help)
{
    described_open(out, key, type, or_null, help);
    cosmo_json_end(&out->json);
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------------------- */

cosmo_described cosmo_described_begin(cosmo_arena *arena, bool schema, const char *id, const char *title)
{
    cosmo_described out = {.json = cosmo_json_begin(arena), .schema = schema};
    cosmo_json_object(&out.json, NULL);
    if (schema) {
        cosmo_json_text(&out.json, "$schema", "https://json-schema.org/draft/2020-12/schema");
        cosmo_json_text(&out.json, "title", title);
        cosmo_json_text(&out.json, "type", "object");
        cosmo_json_object(&out.json, "properties");
        described_remember(&out, "schema");
        cosmo_json_object(&out.json, "schema");
        cosmo_json_text(&out.json, "const", id);
        cosmo_json_end(&out.json);
    } else {
        cosmo_json_text(&out.json, "schema", id);
    }
    return out;
}

const char *cosmo_described_finish(cosmo_described *out, size_t *bytes)
{
    assert(out->depth == 0);
    if (out->schema) {
        described_members_end(out);
        out->depth = 0;
    }
    cosmo_json_end(&out->json);
    return cosmo_json_finish(&out->json, bytes);
}

/* ---- values
 * ---------------------------------------------------------------------------------------------------------- */

void cosmo_described_number(cosmo_described *out, const char *key, double value, const char *help)
{
    if (out->schema)
        described_leaf(out, key, "number", true, help);
    else
        cosmo_json_number(&out->json, key, value);
}

void cosmo_described_count(cosmo_described *out, const char *key, int64_t value, const char *help)
{
    if (out->schema)
        described_leaf(out, key, "integer", false, help);
    else
        cosmo_json_count(&out->json, key, value);
}

void cosmo_described_text(cosmo_described *out, const char *key, const char *value, const char *help)
{
    assert(out->schema || value != NULL);
    if (out->schema)
        described_leaf(out, key, "string", false, help);
    else
        cosmo_json_text(&out->json, key, value);
}

void cosmo_described_text_or_null(cosmo_described *out, const char *key, const char *value, const char *help)
{
    if (out->schema)
        described_leaf(out, key, "string", true, help);
    else
        cosmo_json_text(&out->json, key, value);
}

void cosmo_described_flag(cosmo_described *out, const char *key, bool value, const char *help)
{
    if (out->schema)
        described_leaf(out, key, "boolean", false, help);
    else
        cosmo_json_flag(&out->json, key, value);
}

void cosmo_described_maybe(cosmo_described *out, const char *key, int value, const char *help)
{
    if (out->schema)
        described_leaf(out, key, "boolean", true, help);
    else if (value < 0)
        cosmo_json_null(&out->json, key);
    else
        cosmo_json_flag(&out->json, key, value != 0);
}

void cosmo_described_choice(cosmo_described *out, const char *key, const char *const *choices, size_t index,
                            const char *help)
{
    if (!out->schema) {
        cosmo_json_text(&out->json, key, choices[index]);
        return;
    }
    described_remember(out, key);
    cosmo_json_object(&out->json, key);
    cosmo_json_list(&out->json, "enum");
    for (size_t i = 0; choices[i] != NULL; i++) cosmo_json_text(&out->json, NULL, choices[i]);
    cosmo_json_end(&out->json);
    cosmo_json_text(&out->json, "description", help);
    cosmo_json_end(&out->json);
}

void cosmo_described_texts(cosmo_described *out, const char *key, const char *const *values, size_t n, const char *help)
{
    if (out->schema) {
        described_open(out, key, "array", false, help);
        cosmo_json_object(&out->json, "items");
        cosmo_json_text(&out->json, "type", "string");
        cosmo_json_end(&out->json);
        cosmo_json_end(&out->json);
        return;
    }
    cosmo_json_list(&out->json, key);
    for (size_t i = 0; i < n; i++) cosmo_json_text(&out->json, NULL, values[i]);
    cosmo_json_end(&out->json);
}

void cosmo_described_ring(cosmo_described *out, const char *key, size_t n, const double *lon_deg, const double *lat_deg,
                          const char *help)
{
    if (out->schema) {
        described_open(out, key, "array", false, help);
        cosmo_json_object(&out->json, "items");
        cosmo_json_text(&out->json, "type", "array");
        cosmo_json_object(&out->json, "items");
        cosmo_json_text(&out->json, "type", "number");
        for (int i = 0; i < 3; i++) cosmo_json_end(&out->json);
        return;
    }
    cosmo_json_list(&out->json, key);
    for (size_t i = 0; i < n; i++) {
        cosmo_json_list(&out->json, NULL);
        cosmo_json_number(&out->json, NULL, lon_deg[i]);
        cosmo_json_number(&out->json, NULL, lat_deg[i]);
        cosmo_json_end(&out->json);
    }
    cosmo_json_end(&out->json);
}

/* ---- objects and lists
 * ------------------------------------------------------------------------------------------------ */

bool cosmo_described_object(cosmo_described *out, const char *key, bool present, const char *help)
{
    if (out->schema) {
        described_open(out, key, "object", true, help);
        described_members(out);
        return true;
    }
    if (present)
        cosmo_json_object(&out->json, key);
    else
        cosmo_json_null(&out->json, key);
    return present;
}

void cosmo_described_object_end(cosmo_described *out)
{
    if (out->schema) described_members_end(out);
    cosmo_json_end(&out->json);
}

size_t cosmo_described_list(cosmo_described *out, const char *key, size_t n, const char *help)
{
    if (!out->schema) {
        cosmo_json_list(&out->json, key);
        return n;
    }
    described_open(out, key, "array", false, help);
    cosmo_json_object(&out->json, "items");
    cosmo_json_text(&out->json, "type", "object");
    return 1;
}

void cosmo_described_item(cosmo_described *out)
{
    if (out->schema)
        described_members(out);
    else
        cosmo_json_object(&out->json, NULL);
}

void cosmo_described_item_end(cosmo_described *out)
{
    if (out->schema)
        described_members_end(out);
    else
        cosmo_json_end(&out->json);
}

void cosmo_described_list_end(cosmo_described *out)
{
    cosmo_json_end(&out->json);
    if (out->schema) cosmo_json_end(&out->json);
}
