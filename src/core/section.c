/* Descriptor tables at work: from a map of a mission file into a struct, with every mistake told at its place. */
#include "core/section.h"
#include "core/units.h"
#include "core/yaml.h"
#include "cosmodrome/core.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct section_reader {
    cosmo_arena *arena;
    cosmo_run *run;
    cosmo_facts *facts; /* NULL: not kept */
} section_reader;

/* What a value inherits from the sections around it. */
typedef struct section_scope {
    const char *path; /* of this section, "" at the top; NULL when no facts are kept */
    const char *source, *confidence;
    int depth;
} section_scope;

static const char *const SECTION_ORIGIN_KEYS[] = {"source", "confidence", "note", "value"};
enum { SECTION_ORIGIN_N = 3, SECTION_FACT_N = 4 }; /* a section has no value of its own */
static const char *const SECTION_CONFIDENCES[] = {"high", "medium", "low", "estimate", NULL};
static const char *const SECTION_FLAGS[] = {"false", "true", "no", "yes", NULL};

static cosmo_status section_read_map(const section_reader *reader, const cosmo_section *section, const cosmo_yaml *map,
                                     const section_scope *scope, char *target);
static cosmo_status section_fill(const section_reader *reader, const cosmo_section *section, char *target, int depth);

/* ---- words ---- */

static size_t section_count(const char *const *names)
{
    size_t n = 0;
    while (names[n] != NULL) n++;
    return n;
}

/* Fail with "TEXT; did you mean 'X'?", or with the list of what is known when nothing is near. */
static cosmo_status section_fail_name(const section_reader *reader, const cosmo_yaml *place, const char *text,
                                      const char *word, const char *const *names, size_t n)
{
    const char *nearest = cosmo_text_nearest(word, names, n);
    if (nearest != NULL) return cosmo_yaml_fail(place, reader->run, "%s; did you mean '%s'?", text, nearest);
    cosmo_text known = cosmo_text_begin(reader->arena);
    for (size_t i = 0; i < n; i++) cosmo_text_print(&known, "%s%s", i > 0 ? ", " : "", names[i]);
    if (known.failed) return cosmo_run_out_of_memory(reader->run);
    return cosmo_yaml_fail(place, reader->run, "%s; known here: %.600s", text, n > 0 ? known.data : "nothing");
}

/* A node that stands where the key of `node` does. */
static cosmo_yaml section_key_place(const cosmo_yaml *node)
{
    cosmo_yaml place = *node;
    place.line = node->key_line;
    place.column = node->key_column;
    return place;
}

static cosmo_status section_fail_key(const section_reader *reader, const cosmo_yaml *child, const char *const *names,
                                     size_t n)
{
    const char *text = cosmo_arena_print(reader->arena, "unknown key '%.80s'", child->key);
    COSMO_NEED(text, reader->run);
    const cosmo_yaml place = section_key_place(child);
    return section_fail_name(reader, &place, text, child->key, names, n);
}

static const cosmo_field *section_field(const cosmo_section *section, const char *key)
{
    for (size_t i = 0; i < section->n_fields; i++)
        if (strcmp(section->fields[i].key, key) == 0) return &section->fields[i];
    return NULL;
}

static bool section_is_origin(const char *key, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(SECTION_ORIGIN_KEYS[i], key) == 0) return true;
    return false;
}

static cosmo_status section_check_keys(const section_reader *reader, const cosmo_section *section,
                                       const cosmo_yaml *map)
{
    for (const cosmo_yaml *child = map->first_child; child != NULL; child = child->next) {
        if (section_field(section, child->key) != NULL || section_is_origin(child->key, SECTION_ORIGIN_N)) continue;
        const char **names = cosmo_arena_array(reader->arena, section->n_fields + 1, sizeof *names);
        COSMO_NEED(names, reader->run);
        for (size_t i = 0; i < section->n_fields; i++) names[i] = section->fields[i].key;
        return section_fail_key(reader, child, names, section->n_fields);
    }
    return COSMO_OK;
}

/* The text of a scalar that has a value; `what` is its key or its place in a list. */
static cosmo_status section_scalar(const section_reader *reader, const cosmo_yaml *node, const char *what,
                                   const char **text)
{
    if (node->kind != COSMO_YAML_SCALAR)
        return cosmo_yaml_fail(node, reader->run, "%s: one value is expected here, not a %s", what,
                               node->kind == COSMO_YAML_LIST ? "list" : "map of keys");
    const char *t = node->text;
    if (!node->quoted && (t[0] == '\0' || strcmp(t, "~") == 0 || strcmp(t, "null") == 0))
        return cosmo_yaml_fail(node, reader->run, "%s has no value; give one, or leave the key out", what);
    *text = t;
    return COSMO_OK;
}

static cosmo_status section_choice(const section_reader *reader, const cosmo_yaml *node, const char *what,
                                   const char *const *choices, int *index)
{
    const char *text;
    COSMO_TRY(section_scalar(reader, node, what, &text));
    const size_t n = section_count(choices);
    for (size_t i = 0; i < n; i++)
        if (strcmp(choices[i], text) == 0) {
            *index = (int)i;
            return COSMO_OK;
        }
    const char *trouble = cosmo_arena_print(reader->arena, "%s cannot be '%.80s'", what, text);
    COSMO_NEED(trouble, reader->run);
    return section_fail_name(reader, node, trouble, text, choices, n);
}

/* ---- values ---- */

static bool section_is_bounded(const cosmo_field *field)
{
    return field->min != 0.0 || field->max != 0.0;
}

/* Fail with the allowed range in the unit the user chose. */
static cosmo_status section_fail_range(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                       const char *text)
{
    const char *low = cosmo_units_show(text, field->min, reader->arena),
               *high = cosmo_units_show(text, field->max, reader->arena);
    COSMO_NEED(low, reader->run);
    COSMO_NEED(high, reader->run);
    if (isinf(field->max))
        return cosmo_yaml_fail(node, reader->run, "%s is %s; it must be %s or more", field->key, text, low);
    if (isinf(field->min))
        return cosmo_yaml_fail(node, reader->run, "%s is %s; it must be %s or less", field->key, text, high);
    return cosmo_yaml_fail(node, reader->run, "%s is %s; it must be from %s to %s", field->key, text, low, high);
}

static cosmo_status section_quantity(const section_reader *reader, const cosmo_yaml *node, const char *what,
                                     cosmo_dimension dimension, double *value)
{
    const char *text;
    COSMO_TRY(section_scalar(reader, node, what, &text));
    const char *trouble = cosmo_units_parse(text, dimension, reader->arena, value);
    return trouble == NULL ? COSMO_OK : cosmo_yaml_fail(node, reader->run, "%s: %s", what, trouble);
}

static cosmo_status section_number(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                   double *value)
{
    double read;
    COSMO_TRY(section_quantity(reader, node, field->key, field->dimension, &read));
    if (section_is_bounded(field) && !(read >= field->min && read <= field->max))
        return section_fail_range(reader, field, node, node->text);
    *value = read;
    return COSMO_OK;
}

/* One quantity, or three: the least, the likeliest and the largest. */
static cosmo_status section_range(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                  cosmo_range *range)
{
    double values[3];
    if (node->kind == COSMO_YAML_SCALAR) {
        COSMO_TRY(section_number(reader, field, node, &values[0]));
        *range = (cosmo_range){values[0], values[0], values[0]};
        return COSMO_OK;
    }
    if (node->kind != COSMO_YAML_LIST || node->n_children != 3)
        return cosmo_yaml_fail(node, reader->run,
                               "%s: one quantity is expected here, or three as in '[least, likeliest, largest]'",
                               field->key);
    size_t i = 0;
    for (const cosmo_yaml *entry = node->first_child; entry != NULL; entry = entry->next)
        COSMO_TRY(section_number(reader, field, entry, &values[i++]));
    if (!(values[0] <= values[1] && values[1] <= values[2]))
        return cosmo_yaml_fail(node, reader->run,
                               "%s: the three do not rise; write them as "
                               "'[least, likeliest, largest]'",
                               field->key);
    *range = (cosmo_range){values[0], values[1], values[2]};
    return COSMO_OK;
}

static cosmo_status section_whole(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                  int64_t *value)
{
    const char *text;
    COSMO_TRY(section_scalar(reader, node, field->key, &text));
    const char *digits = text[0] == '-' || text[0] == '+' ? text + 1 : text;
    if (digits[0] == '\0' || digits[strspn(digits, "0123456789")] != '\0')
        return cosmo_yaml_fail(node, reader->run, "%s: '%.80s' is not a whole number", field->key, text);
    errno = 0;
    const long long read = strtoll(text, NULL, 10);
    if (errno == ERANGE)
        return cosmo_yaml_fail(node, reader->run, "%s: %.80s is out of the range of numbers", field->key, text);
    if (section_is_bounded(field) && !((double)read >= field->min && (double)read <= field->max))
        return section_fail_range(reader, field, node, text);
    *value = read;
    return COSMO_OK;
}

static int section_digits(const char *text, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) value = 10 * value + (text[i] - '0');
    return value;
}

/* True for yyyy-mm-ddThh:mm:ss[.f]Z with a date that exists (Gregorian); second 60 only where leap seconds may stand.
 */
static bool section_is_utc(const char *text)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd";
    const size_t n = sizeof shape - 1;
    for (size_t i = 0; i < n; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i]) return false;
    const char *rest = text + n;
    if (*rest == '.') {
        const size_t digits = strspn(rest + 1, "0123456789");
        if (digits == 0 || digits > 12) return false;
        rest += 1 + digits;
    }
    if (strcmp(rest, "Z") != 0) return false;
    const int year = section_digits(text, 4), month = section_digits(text + 5, 2), day = section_digits(text + 8, 2);
    const int hour = section_digits(text + 11, 2), minute = section_digits(text + 14, 2),
              second = section_digits(text + 17, 2);
    const bool leap_year = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int february = leap_year ? 29 : 28;
    const int days[] = {31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1 || day > days[month - 1] || hour > 23 || minute > 59) return false;
    return second < 60 || (second == 60 && hour == 23 && minute == 59);
}

static cosmo_status section_utc(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                const char **value)
{
    COSMO_TRY(section_scalar(reader, node, field->key, value));
    if (section_is_utc(*value)) return COSMO_OK;
    return cosmo_yaml_fail(node, reader->run,
                           "%s: '%.80s' is not a time in UTC; write for example '2026-07-14T15:05:00Z'", field->key,
                           *value);
}

static cosmo_status section_expect_list(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node)
{
    if (node->kind == COSMO_YAML_LIST) return COSMO_OK;
    return cosmo_yaml_fail(node, reader->run, "%s: a list is expected here, entries after '- ' or between '[' and ']'",
                           field->key);
}

static cosmo_status section_row(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *row,
                                double *values)
{
    if (row->kind != COSMO_YAML_LIST || row->n_children != field->n_columns) {
        cosmo_text example = cosmo_text_begin(reader->arena);
        for (size_t i = 0; i < field->n_columns; i++)
            cosmo_text_print(&example, "%s%s", i > 0 ? ", " : "", cosmo_units_example(field->columns[i]));
        if (example.failed || example.data == NULL) return cosmo_run_out_of_memory(reader->run);
        return cosmo_yaml_fail(row, reader->run, "%s: a row of %zu values is expected here, as in '[%s]'", field->key,
                               field->n_columns, example.data);
    }
    size_t column = 0;
    for (const cosmo_yaml *cell = row->first_child; cell != NULL; cell = cell->next, column++)
        COSMO_TRY(section_quantity(reader, cell, field->key, field->columns[column], &values[column]));
    return COSMO_OK;
}

static cosmo_status section_table(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                  cosmo_table *table)
{
    COSMO_TRY(section_expect_list(reader, field, node));
    if (field->n_columns == 0 || field->n_columns > COSMO_TABLE_COLUMNS_MAX)
        return cosmo_run_fail(reader->run, COSMO_INTERNAL, "error: table '%s' is described with %zu columns",
                              field->key, field->n_columns);
    double *values = cosmo_arena_array(reader->arena, node->n_children, field->n_columns * sizeof *values);
    COSMO_NEED(values, reader->run);
    double *next = values;
    for (const cosmo_yaml *row = node->first_child; row != NULL; row = row->next, next += field->n_columns)
        COSMO_TRY(section_row(reader, field, row, next));
    *table = (cosmo_table){.n_rows = node->n_children, .n_columns = field->n_columns, .values = values};
    return COSMO_OK;
}

static cosmo_status section_texts(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                  cosmo_list *list)
{
    COSMO_TRY(section_expect_list(reader, field, node));
    const char **texts = cosmo_arena_array(reader->arena, node->n_children, sizeof *texts);
    COSMO_NEED(texts, reader->run);
    size_t n = 0;
    for (const cosmo_yaml *entry = node->first_child; entry != NULL; entry = entry->next)
        COSMO_TRY(section_scalar(reader, entry, field->key, &texts[n++]));
    *list = (cosmo_list){.n = n, .items = texts};
    return COSMO_OK;
}

/* A value that is not a section, from the node that holds it. */
static cosmo_status section_leaf(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                 char *member)
{
    int flag = 0;
    switch (field->kind) {
    case COSMO_FIELD_NUMBER:
        return section_number(reader, field, node, (double *)(void *)member);
    case COSMO_FIELD_COUNT:
        return section_whole(reader, field, node, (int64_t *)(void *)member);
    case COSMO_FIELD_FLAG:
        COSMO_TRY(section_choice(reader, node, field->key, SECTION_FLAGS, &flag));
        *(bool *)member = flag % 2 == 1;
        return COSMO_OK;
    case COSMO_FIELD_TEXT:
        return section_scalar(reader, node, field->key, (const char **)(void *)member);
    case COSMO_FIELD_CHOICE:
        return section_choice(reader, node, field->key, field->choices, (int *)(void *)member);
    case COSMO_FIELD_UTC:
        return section_utc(reader, field, node, (const char **)(void *)member);
    case COSMO_FIELD_RANGE:
        return section_range(reader, field, node, (cosmo_range *)(void *)member);
    case COSMO_FIELD_TABLE:
        return section_table(reader, field, node, (cosmo_table *)(void *)member);
    case COSMO_FIELD_TEXTS:
        return section_texts(reader, field, node, (cosmo_list *)(void *)member);
    case COSMO_FIELD_SECTION:
    case COSMO_FIELD_SECTIONS:
        break;
    }
    return cosmo_run_fail(reader->run, COSMO_INTERNAL, "error: key '%s' is described with an unknown kind", field->key);
}

/* ---- where figures come from ---- */

/* The text of an optional `source`, `confidence` or `note` of a map; *text is left alone where there is none. A section
 * (NULL: a figure) whose table has a key of this name checks the value itself. */
static cosmo_status section_origin(const section_reader *reader, const cosmo_section *section, const cosmo_yaml *map,
                                   const char *key, const char **text)
{
    const cosmo_yaml *node = cosmo_yaml_child(map, key);
    if (node == NULL) return COSMO_OK;
    if (section != NULL && section_field(section, key) != NULL) {
        if (node->kind == COSMO_YAML_SCALAR) *text = node->text;
        return COSMO_OK;
    }
    int index = 0;
    if (strcmp(key, "confidence") == 0) COSMO_TRY(section_choice(reader, node, key, SECTION_CONFIDENCES, &index));
    return section_scalar(reader, node, key, text);
}

/* A node as one would write it on one line. */
static void section_flow(const cosmo_yaml *node, cosmo_text *out)
{
    if (node->kind == COSMO_YAML_SCALAR) {
        cosmo_text_put(out, node->text);
        return;
    }
    cosmo_text_put(out, "[");
    for (const cosmo_yaml *child = node->first_child; child != NULL; child = child->next) {
        section_flow(child, out);
        if (child->next != NULL) cosmo_text_put(out, ", ");
    }
    cosmo_text_put(out, "]");
}

static cosmo_status section_keep(const section_reader *reader, const cosmo_fact *fact)
{
    cosmo_facts *facts = reader->facts;
    if (facts->n == facts->capacity) {
        const size_t capacity = facts->capacity != 0 ? 2 * facts->capacity : 64;
        cosmo_fact *items = cosmo_arena_array(reader->arena, capacity, sizeof *items);
        COSMO_NEED(items, reader->run);
        if (facts->n > 0) memcpy(items, facts->items, facts->n * sizeof *items);
        facts->items = items;
        facts->capacity = capacity;
    }
    facts->items[facts->n++] = *fact;
    return COSMO_OK;
}

static const char *section_join(const section_reader *reader, const char *path, const char *name)
{
    return path[0] == '\0' ? name : cosmo_arena_print(reader->arena, "%s.%s", path, name);
}

/* Remember where this value comes from. Texts and choices are remembered only when they say so themselves. */
static cosmo_status section_remember(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                     bool own, const section_scope *scope, cosmo_fact *fact)
{
    const bool figure = field->kind == COSMO_FIELD_NUMBER || field->kind == COSMO_FIELD_COUNT ||
                        field->kind == COSMO_FIELD_RANGE || field->kind == COSMO_FIELD_TABLE;
    if (reader->facts == NULL || !(figure || own)) return COSMO_OK;
    fact->path = section_join(reader, scope->path, field->key);
    COSMO_NEED(fact->path, reader->run);
    cosmo_text text = cosmo_text_begin(reader->arena);
    section_flow(node, &text);
    if (text.failed) return cosmo_run_out_of_memory(reader->run);
    fact->value_text = text.data;
    fact->file = node->file;
    fact->line = node->line;
    return section_keep(reader, fact);
}

/* A value, plain or as {value, source, confidence, note}. */
static cosmo_status section_value(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                  const section_scope *scope, char *member)
{
    cosmo_fact fact = {.source = scope->source, .confidence = scope->confidence};
    const bool own = node->kind == COSMO_YAML_MAP;
    const cosmo_yaml *value = node;
    if (own) {
        for (const cosmo_yaml *child = node->first_child; child != NULL; child = child->next)
            if (!section_is_origin(child->key, SECTION_FACT_N))
                return section_fail_key(reader, child, SECTION_ORIGIN_KEYS, SECTION_FACT_N);
        value = cosmo_yaml_child(node, "value");
        if (value == NULL) return cosmo_yaml_fail(node, reader->run, "%s has a source but no 'value'", field->key);
        if (value->kind == COSMO_YAML_MAP)
            return cosmo_yaml_fail(value, reader->run, "%s: one value is expected here, not a map of keys", field->key);
        COSMO_TRY(section_origin(reader, NULL, node, "source", &fact.source));
        COSMO_TRY(section_origin(reader, NULL, node, "confidence", &fact.confidence));
        COSMO_TRY(section_origin(reader, NULL, node, "note", &fact.note));
    }
    COSMO_TRY(section_leaf(reader, field, value, member));
    return section_remember(reader, field, value, own, scope, &fact);
}

/* ---- sections inside sections ---- */

static const char *section_id(const cosmo_yaml *map)
{
    const cosmo_yaml *id = cosmo_yaml_child(map, "id");
    return id != NULL && id->kind == COSMO_YAML_SCALAR ? id->text : NULL;
}

static cosmo_status section_check_ids(const section_reader *reader, const cosmo_yaml *list)
{
    cosmo_yaml_name *names = cosmo_arena_array(reader->arena, list->n_children, sizeof *names);
    COSMO_NEED(names, reader->run);
    size_t n = 0, order = 0;
    for (const cosmo_yaml *entry = list->first_child; entry != NULL; entry = entry->next, order++)
        if (section_id(entry) != NULL)
            names[n++] = (cosmo_yaml_name){section_id(entry), cosmo_yaml_child(entry, "id"), order};
    const cosmo_yaml *first = NULL;
    const cosmo_yaml_name *repeat = cosmo_yaml_repeated(names, n, &first);
    if (repeat == NULL) return COSMO_OK;
    return cosmo_yaml_fail(repeat->node, reader->run, "id '%.80s' appears twice; it stands already in line %d",
                           repeat->text, first->line);
}

static cosmo_status section_read_list(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                      const section_scope *scope, cosmo_list *list)
{
    COSMO_TRY(section_expect_list(reader, field, node));
    COSMO_TRY(section_check_ids(reader, node));
    const size_t size = field->section->size;
    char *items = cosmo_arena_array(reader->arena, node->n_children, size);
    COSMO_NEED(items, reader->run);
    size_t n = 0;
    for (const cosmo_yaml *entry = node->first_child; entry != NULL; entry = entry->next, n++) {
        section_scope inside = *scope;
        if (reader->facts != NULL) {
            const char *id = section_id(entry);
            if (id == NULL) id = cosmo_arena_print(reader->arena, "%zu", n);
            COSMO_NEED(id, reader->run);
            inside.path = cosmo_arena_print(reader->arena, "%s.%s", scope->path, id);
            COSMO_NEED(inside.path, reader->run);
        }
        COSMO_TRY(section_read_map(reader, field->section, entry, &inside, items + n * size));
    }
    *list = (cosmo_list){.n = n, .items = items};
    return COSMO_OK;
}

static cosmo_status section_read_child(const section_reader *reader, const cosmo_field *field, const cosmo_yaml *node,
                                       const section_scope *scope, char *member)
{
    if (field->kind != COSMO_FIELD_SECTION && field->kind != COSMO_FIELD_SECTIONS)
        return section_value(reader, field, node, scope, member);
    section_scope inside = *scope;
    inside.depth++;
    if (reader->facts != NULL) {
        inside.path = section_join(reader, scope->path, field->key);
        COSMO_NEED(inside.path, reader->run);
    }
    if (field->kind == COSMO_FIELD_SECTION) return section_read_map(reader, field->section, node, &inside, member);
    return section_read_list(reader, field, node, &inside, (cosmo_list *)(void *)member);
}

/* ---- defaults ---- */

static cosmo_status section_default(const section_reader *reader, const cosmo_field *field, char *member)
{
    const cosmo_yaml scalar = {.kind = COSMO_YAML_SCALAR,
                               .file = "default",
                               .line = 1,
                               .column = 1,
                               .text = field->default_text,
                               .quoted = true};
    const cosmo_yaml *node = &scalar;
    if (field->kind == COSMO_FIELD_TABLE || field->kind == COSMO_FIELD_TEXTS || field->default_text[0] == '[')
        COSMO_TRY(cosmo_yaml_parse("default", field->default_text, strlen(field->default_text), reader->arena,
                                   reader->run, &node));
    return section_leaf(reader, field, node, member);
}

static cosmo_status section_fill_field(const section_reader *reader, const cosmo_field *field, char *member, int depth)
{
    if (field->kind == COSMO_FIELD_SECTION) return section_fill(reader, field->section, member, depth + 1);
    if (field->kind == COSMO_FIELD_SECTIONS) return COSMO_OK;
    if (field->kind == COSMO_FIELD_NUMBER) *(double *)(void *)member = NAN;
    if (field->kind == COSMO_FIELD_RANGE) *(cosmo_range *)(void *)member = (cosmo_range){NAN, NAN, NAN};
    if (field->default_text == NULL) return COSMO_OK;
    const cosmo_status status = section_default(reader, field, member);
    if (status != COSMO_BAD_INPUT) return status;
    char reason[COSMO_MESSAGE_BYTES];
    memcpy(reason, reader->run->message, sizeof reason);
    return cosmo_run_fail(reader->run, COSMO_INTERNAL, "error: the default of '%s' does not read: %.800s", field->key,
                          reason);
}

/* Defaults into a struct whose bytes are zero. */
static cosmo_status section_fill(const section_reader *reader, const cosmo_section *section, char *target, int depth)
{
    if (depth > COSMO_SECTION_DEPTH_MAX)
        return cosmo_run_fail(reader->run, COSMO_INTERNAL, "error: section '%s' is described deeper than %d levels",
                              section->name, COSMO_SECTION_DEPTH_MAX);
    for (size_t i = 0; i < section->n_fields; i++)
        COSMO_TRY(section_fill_field(reader, &section->fields[i], target + section->fields[i].offset, depth));
    return COSMO_OK;
}

/* ---- the section ---- */

static cosmo_status section_check_required(const section_reader *reader, const cosmo_section *section,
                                           const cosmo_yaml *map)
{
    for (size_t i = 0; i < section->n_fields; i++) {
        const cosmo_field *field = &section->fields[i];
        if (!field->required || cosmo_yaml_child(map, field->key) != NULL) continue;
        cosmo_text kind = cosmo_text_begin(reader->arena);
        cosmo_section_help_kind(field, &kind);
        if (kind.failed) return cosmo_run_out_of_memory(reader->run);
        return cosmo_yaml_fail(map, reader->run, "'%s' is missing here: %s", field->key, kind.data);
    }
    return COSMO_OK;
}

static cosmo_status section_read_map(const section_reader *reader, const cosmo_section *section, const cosmo_yaml *map,
                                     const section_scope *scope, char *target)
{
    if (map->kind != COSMO_YAML_MAP)
        return cosmo_yaml_fail(map, reader->run, "'%s' is expected here as a map of keys, such as '%s: ...'",
                               section->name, section->n_fields > 0 ? section->fields[0].key : "note");
    COSMO_TRY(section_fill(reader, section, target, scope->depth));
    COSMO_TRY(section_check_keys(reader, section, map));
    section_scope here = *scope;
    const char *note = NULL;
    COSMO_TRY(section_origin(reader, section, map, "source", &here.source));
    COSMO_TRY(section_origin(reader, section, map, "confidence", &here.confidence));
    COSMO_TRY(section_origin(reader, section, map, "note", &note));
    for (const cosmo_yaml *child = map->first_child; child != NULL; child = child->next) {
        const cosmo_field *field = section_field(section, child->key);
        if (field != NULL) COSMO_TRY(section_read_child(reader, field, child, &here, target + field->offset));
    }
    return section_check_required(reader, section, map);
}

cosmo_status cosmo_section_read(const cosmo_section *section, const cosmo_yaml *map, void *target, cosmo_arena *arena,
                                cosmo_run *run, cosmo_facts *facts)
{
    const section_reader reader = {.arena = arena, .run = run, .facts = facts};
    const section_scope scope = {.path = facts != NULL ? "" : NULL};
    if (section->size > 0) memset(target, 0, section->size);
    return section_read_map(&reader, section, map, &scope, target);
}

void cosmo_section_defaults(const cosmo_section *section, void *target, cosmo_arena *arena)
{
    cosmo_run run;
    cosmo_run_init(&run, arena);
    const section_reader reader = {.arena = arena, .run = &run};
    if (section->size > 0) memset(target, 0, section->size);
    section_fill(&reader, section, target, 0);
}
