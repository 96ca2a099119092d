/* Help for a key, out of the descriptor tables. */
#include "core/section.h"
#include "core/units.h"

#include <math.h>
#include <string.h>

static bool section_help_is_section(const cosmo_field *field)
{
    return field->kind == COSMO_FIELD_SECTION || field->kind == COSMO_FIELD_SECTIONS;
}

static void section_help_columns(const cosmo_field *field, cosmo_text *out)
{
    for (size_t i = 0; i < field->n_columns; i++)
        cosmo_text_print(out, "%s%s", i > 0 ? ", " : "", cosmo_units_example(field->columns[i]));
}

void cosmo_section_help_kind(const cosmo_field *field, cosmo_text *out)
{
    switch (field->kind) {
    case COSMO_FIELD_NUMBER:
        cosmo_text_print(out, "%s, as in '%s'", cosmo_units_dimension_text(field->dimension),
                         cosmo_units_example(field->dimension));
        break;
    case COSMO_FIELD_RANGE:
        cosmo_text_print(out, "%s, as in '%s', or '[least, likeliest, largest]' of them",
                         cosmo_units_dimension_text(field->dimension), cosmo_units_example(field->dimension));
        break;
    case COSMO_FIELD_COUNT:
        cosmo_text_put(out, "a whole number");
        break;
    case COSMO_FIELD_FLAG:
        cosmo_text_put(out, "yes or no");
        break;
    case COSMO_FIELD_TEXT:
        cosmo_text_put(out, "text");
        break;
    case COSMO_FIELD_CHOICE:
        cosmo_text_put(out, "one of ");
        for (size_t i = 0; field->choices[i] != NULL; i++)
            cosmo_text_print(out, "%s%s", i > 0 ? ", " : "", field->choices[i]);
        break;
    case COSMO_FIELD_UTC:
        cosmo_text_put(out, "a time in UTC, as in '2026-07-14T15:05:00Z'");
        break;
    case COSMO_FIELD_TABLE:
        cosmo_text_put(out, "a list of rows, as in '[[");
        section_help_columns(field, out);
        cosmo_text_put(out, "], ...]'");
        break;
    case COSMO_FIELD_TEXTS:
        cosmo_text_put(out, "a list of texts");
        break;
    case COSMO_FIELD_SECTION:
        cosmo_text_put(out, "a section of keys");
        break;
    case COSMO_FIELD_SECTIONS:
        cosmo_text_put(out, "a list of sections");
        break;
    }
}

void cosmo_section_help_range(const cosmo_field *field, cosmo_text *out)
{
    if (field->min == 0.0 && field->max == 0.0) return;
    const char *like = field->default_text != NULL ? field->default_text : cosmo_units_example(field->dimension);
    const char *low = cosmo_units_show(like, field->min, out->arena),
               *high = cosmo_units_show(like, field->max, out->arena);
    if (low == NULL || high == NULL) {
        out->failed = true;
        return;
    }
    if (isinf(field->max))
        cosmo_text_print(out, "%s or more", low);
    else if (isinf(field->min))
        cosmo_text_print(out, "%s or less", high);
    else
        cosmo_text_print(out, "from %s to %s", low, high);
}

/* ---- every path of the tables, in order ---- */

typedef struct section_help_entry {
    const char *path;
    const cosmo_section *section; /* of a section, or of a key that holds one; else NULL */
    const cosmo_field *field;     /* NULL: a top section */
} section_help_entry;

typedef struct section_help_index {
    cosmo_arena *arena;
    section_help_entry *entries;
    size_t n, capacity;
    bool failed;
} section_help_index;

static void section_help_add(section_help_index *index, const char *path, const cosmo_section *section,
                             const cosmo_field *field)
{
    if (index->n == index->capacity && !index->failed) {
        const size_t capacity = index->capacity != 0 ? 2 * index->capacity : 128;
        section_help_entry *entries = cosmo_arena_array(index->arena, capacity, sizeof *entries);
        index->failed = entries == NULL;
        if (entries != NULL && index->n > 0) memcpy(entries, index->entries, index->n * sizeof *entries);
        if (entries != NULL) index->entries = entries, index->capacity = capacity;
    }
    if (path == NULL) index->failed = true;
    if (!index->failed) index->entries[index->n++] = (section_help_entry){path, section, field};
}

static void section_help_walk(section_help_index *index, const char *path, const cosmo_section *section, int depth)
{
    for (size_t i = 0; i < section->n_fields && depth < COSMO_SECTION_DEPTH_MAX && !index->failed; i++) {
        const cosmo_field *field = &section->fields[i];
        const char *inside = cosmo_arena_print(index->arena, "%s.%s", path, field->key);
        section_help_add(index, inside, section_help_is_section(field) ? field->section : NULL, field);
        if (section_help_is_section(field) && inside != NULL)
            section_help_walk(index, inside, field->section, depth + 1);
    }
}

static section_help_index section_help_index_of(const cosmo_section *const *sections, size_t n, cosmo_arena *arena)
{
    section_help_index index = {.arena = arena};
    for (size_t i = 0; i < n; i++) {
        section_help_add(&index, sections[i]->name, sections[i], NULL);
        section_help_walk(&index, sections[i]->name, sections[i], 0);
    }
    return index;
}

/* ---- printing ---- */

static void section_help_print(const section_help_entry *entry, cosmo_text *out)
{
    cosmo_text_print(out, "%s\n", entry->path);
    const cosmo_field *field = entry->field;
    if (field != NULL) {
        cosmo_text_put(out, "  ");
        cosmo_section_help_kind(field, out);
        if (field->min != 0.0 || field->max != 0.0) cosmo_text_put(out, "; ");
        cosmo_section_help_range(field, out);
        if (field->required) cosmo_text_put(out, "; required");
        if (field->default_text != NULL) cosmo_text_print(out, "; default: %s", field->default_text);
        cosmo_text_put(out, "\n");
        if (field->help != NULL) cosmo_text_print(out, "  %s\n", field->help);
    }
    if (entry->section == NULL) return;
    if (entry->section->help != NULL && (field == NULL || field->help == NULL))
        cosmo_text_print(out, "  %s\n", entry->section->help);
    cosmo_text_put(out, "  keys:");
    for (size_t i = 0; i < entry->section->n_fields; i++)
        cosmo_text_print(out, "%s %s", i > 0 ? "," : "", entry->section->fields[i].key);
    cosmo_text_put(out, "\n");
}

static bool section_help_ends_with(const char *path, const char *key)
{
    const size_t n = strlen(path), m = strlen(key);
    return n > m && path[n - m - 1] == '.' && strcmp(path + n - m, key) == 0;
}

static const char *section_help_nearest(const section_help_index *index, const char *key)
{
    const char **names = cosmo_arena_array(index->arena, 2 * index->n, sizeof *names);
    if (names == NULL) return NULL;
    for (size_t i = 0; i < index->n; i++) {
        const char *dot = strrchr(index->entries[i].path, '.');
        names[i] = index->entries[i].path;
        names[index->n + i] = dot != NULL ? dot + 1 : index->entries[i].path;
    }
    const char *near = cosmo_text_nearest(key, names, 2 * index->n);
    for (size_t i = 0; i < 2 * index->n && near != NULL; i++)
        if (names[i] == near) return index->entries[i % index->n].path;
    return NULL;
}

bool cosmo_section_help(const cosmo_section *const *sections, size_t n, const char *key, cosmo_text *out,
                        const char **nearest)
{
    if (nearest != NULL) *nearest = NULL;
    const section_help_index index = section_help_index_of(sections, n, out->arena);
    if (index.failed) {
        out->failed = true;
        return false;
    }
    for (size_t i = 0; i < index.n; i++)
        if (strcmp(index.entries[i].path, key) == 0) {
            section_help_print(&index.entries[i], out);
            return !out->failed;
        }
    size_t found = 0;
    for (size_t i = 0; i < index.n; i++)
        if (section_help_ends_with(index.entries[i].path, key)) {
            if (found++ > 0) cosmo_text_put(out, "\n");
            section_help_print(&index.entries[i], out);
        }
    if (found == 0 && nearest != NULL) *nearest = section_help_nearest(&index, key);
    return found > 0 && !out->failed;
}
