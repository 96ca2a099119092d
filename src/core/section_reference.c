/* The reference page of mission files (Markdown), out of the descriptor tables. */
#include "core/section.h"

#include <string.h>

/* Text inside a table's cell: no bars, no line breaks. */
static void section_reference_cell(const char *text, cosmo_text *out)
{
    for (const char *c = text != NULL ? text : ""; *c != '\0'; c++) {
        if (*c == '|')
            cosmo_text_put(out, "\\|");
        else if (*c == '\n')
            cosmo_text_put(out, " ");
        else
            cosmo_text_put_bytes(out, c, 1);
    }
}

static void section_reference_row(const cosmo_field *field, cosmo_text *out)
{
    cosmo_text kind = cosmo_text_begin(out->arena);
    cosmo_section_help_kind(field, &kind);
    if (field->min != 0.0 || field->max != 0.0) cosmo_text_put(&kind, "; ");
    cosmo_section_help_range(field, &kind);
    if (kind.failed) out->failed = true;
    cosmo_text_print(out, "| `%s` | ", field->key);
    section_reference_cell(kind.data, out);
    cosmo_text_put(out, " | ");
    if (field->required)
        cosmo_text_put(out, "required");
    else
        section_reference_cell(field->default_text, out);
    cosmo_text_put(out, " | ");
    section_reference_cell(field->help, out);
    cosmo_text_put(out, " |\n");
}

static void section_reference_section(const char *path, const cosmo_section *section, cosmo_text *out, int depth)
{
    cosmo_text_print(out, "\n%s `%s`\n\n", depth == 0 ? "##" : "###", path);
    if (section->help != NULL) cosmo_text_print(out, "%s\n\n", section->help);
    if (section->n_fields > 0) cosmo_text_put(out, "| key | value | default | meaning |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < section->n_fields; i++) section_reference_row(&section->fields[i], out);
    for (size_t i = 0; i < section->n_fields && depth < COSMO_SECTION_DEPTH_MAX && !out->failed; i++) {
        const cosmo_field *field = &section->fields[i];
        if (field->kind != COSMO_FIELD_SECTION && field->kind != COSMO_FIELD_SECTIONS) continue;
        const char *inside = cosmo_arena_print(out->arena, "%s.%s", path, field->key);
        if (inside == NULL)
            out->failed = true;
        else
            section_reference_section(inside, field->section, out, depth + 1);
    }
}

void cosmo_section_reference(const cosmo_section *const *sections, size_t n, cosmo_text *out)
{
    cosmo_text_put(
        out,
        "# Keys of input files\n\n"
        "Quantities carry their unit as text (`7.2 t`, `51.6 deg`). Any value may also be written as\n"
        "`{value: 7.2 t, source: ..., confidence: high, note: ...}`; `source`, `confidence` (high, medium, low, "
        "estimate) and\n"
        "`note` may stand in any section, and a value without them takes those of the nearest section around it.\n");
    for (size_t i = 0; i < n; i++) section_reference_section(sections[i]->name, sections[i], out, 0);
}
