/* Mission files as trees: the safe part of YAML 1.1 (and so JSON), over libyaml's events. */
#include "core/yaml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { YAML_BYTES_MAX = 1 << 20, YAML_LINE_MAX = 1 << 16, YAML_DEPTH_MAX = 32 };

/* ---- before libyaml sees it: size, encoding, characters, lines ---- */

typedef struct yaml_scan {
    const char *file;
    const unsigned char *data;
    size_t bytes, at, line_start;
    int line, column;
    bool indenting; /* only blanks so far on this line */
    cosmo_run *run;
} yaml_scan;

static cosmo_status yaml_scan_fail(const yaml_scan *scan, const char *what)
{
    return cosmo_run_fail(scan->run, COSMO_BAD_INPUT, "%s:%d:%d: error: %s", scan->file, scan->line, scan->column,
                          what);
}

/* The code point at `at` and its length; length 0 for bytes that are not UTF-8. Source: RFC 3629, section 4. */
static size_t yaml_code_point(const yaml_scan *scan, uint32_t *code)
{
    const unsigned char *c = scan->data + scan->at;
    const size_t left = scan->bytes - scan->at;
    *code = c[0];
    if (c[0] < 0x80) return 1;
    const size_t length = c[0] >= 0xf0 ? 4 : c[0] >= 0xe0 ? 3 : 2;
    if (c[0] < 0xc2 || c[0] > 0xf4 || left < length) return 0;
    *code = c[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((c[i] & 0xc0) != 0x80) return 0;
        *code = *code << 6 | (c[i] & 0x3fu);
    }
    const uint32_t least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
    return *code < least || *code > 0x10ffff || (*code >= 0xd800 && *code <= 0xdfff) ? 0 : length;
}

/* What is wrong with this character in a mission file, or NULL. */
static const char *yaml_refused_character(uint32_t code)
{
    if (code == 0) return "NUL byte; this is not a text file";
    if (code == 0x85 || code == 0x2028 || code == 0x2029) return "Unicode line separator; use a plain line break";
    if (code == 0xfeff) return "byte order mark inside the text; remove it";
    if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') || (code >= 0x7f && code < 0xa0) ||
        code == 0xfffe || code == 0xffff)
        return "control character; this is not a plain text file";
    return NULL;
}

static cosmo_status yaml_scan_step(yaml_scan *scan)
{
    uint32_t code;
    const size_t length = yaml_code_point(scan, &code);
    if (length == 0) return yaml_scan_fail(scan, "not UTF-8 text; save the file as UTF-8");
    const char *refused = yaml_refused_character(code);
    if (refused != NULL) return yaml_scan_fail(scan, refused);
    const unsigned char next = scan->at + 1 < scan->bytes ? scan->data[scan->at + 1] : '\n';
    if (code == '\t' && scan->indenting) return yaml_scan_fail(scan, "tab used as indentation; use spaces");
    scan->at += length;
    scan->column++;
    if (code == '\n' || (code == '\r' && next != '\n')) {
        scan->line++;
        scan->column = 1;
        scan->line_start = scan->at;
        scan->indenting = true;
    } else if (code != ' ' && code != '\t') {
        scan->indenting = false;
    }
    if (scan->at - scan->line_start > YAML_LINE_MAX) return yaml_scan_fail(scan, "line is longer than 64 KiB");
    return COSMO_OK;
}

static cosmo_status yaml_scan_text(const char *file, const char *data, size_t bytes, cosmo_run *run)
{
    yaml_scan scan = {.file = file,
                      .data = (const unsigned char *)data,
                      .bytes = bytes,
                      .line = 1,
                      .column = 1,
                      .indenting = true,
                      .run = run};
    if (bytes > YAML_BYTES_MAX) return yaml_scan_fail(&scan, "file is longer than 1 MiB");
    while (scan.at < bytes) COSMO_TRY(yaml_scan_step(&scan));
    return COSMO_OK;
}

/* ---- names that must not repeat ---- */

static int yaml_compare_names(const void *a, const void *b)
{
    const cosmo_yaml_name *x = a, *y = b;
    const int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->order > y->order) - (x->order < y->order);
}

const cosmo_yaml_name *cosmo_yaml_repeated(cosmo_yaml_name *names, size_t n, const cosmo_yaml **first)
{
    if (n < 2) return NULL;
    qsort(names, n, sizeof *names, yaml_compare_names);
    const cosmo_yaml_name *found = NULL;
    for (size_t i = 1; i < n; i++) {
        if (strcmp(names[i - 1].text, names[i].text) != 0 || (found != NULL && found->order < names[i].order)) continue;
        found = &names[i];
        *first = names[i - 1].node;
    }
    return found;
}

/* ---- the tree ---- */

typedef struct yaml_level {
    cosmo_yaml *node;        /* a map or a list that is open */
    const cosmo_yaml **tail; /* where its next child is linked */
    const char *key;         /* read, and waiting for its value */
    int key_line, key_column;
} yaml_level;

typedef struct yaml_builder {
    const char *file;
    cosmo_arena *arena;
    cosmo_run *run;
    const cosmo_yaml *root;
    size_t depth, documents;
    yaml_level levels[YAML_DEPTH_MAX];
} yaml_builder;

static cosmo_status yaml_fail_at(const yaml_builder *builder, yaml_mark_t mark, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static cosmo_status yaml_fail_at(const yaml_builder *builder, yaml_mark_t mark, const char *format, ...)
{
    char text[COSMO_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return cosmo_run_fail(builder->run, COSMO_BAD_INPUT, "%s:%zu:%zu: error: %s", builder->file, mark.line + 1,
                          mark.column + 1, text);
}

static cosmo_status yaml_check_repeats(const yaml_builder *builder, const cosmo_yaml *map)
{
    if (map->kind != COSMO_YAML_MAP || map->n_children < 2) return COSMO_OK;
    cosmo_yaml_name *names = cosmo_arena_array(builder->arena, map->n_children, sizeof *names);
    COSMO_NEED(names, builder->run);
    size_t n = 0;
    for (const cosmo_yaml *child = map->first_child; child != NULL; child = child->next, n++)
        names[n] = (cosmo_yaml_name){child->key, child, n};
    const cosmo_yaml *first = NULL;
    const cosmo_yaml_name *repeat = cosmo_yaml_repeated(names, n, &first);
    if (repeat == NULL) return COSMO_OK;
    return cosmo_run_fail(builder->run, COSMO_BAD_INPUT,
                          "%s:%d:%d: error: key '%.80s' appears twice; it stands already in line %d", builder->file,
                          repeat->node->key_line, repeat->node->key_column, repeat->text, first->key_line);
}

static void yaml_add(yaml_builder *builder, cosmo_yaml *node)
{
    if (builder->depth == 0) {
        builder->root = node;
        return;
    }
    yaml_level *level = &builder->levels[builder->depth - 1];
    node->key = level->key;
    node->key_line = level->key_line;
    node->key_column = level->key_column;
    level->key = NULL;
    *level->tail = node;
    level->tail = &node->next;
    level->node->n_children++;
}

static cosmo_status yaml_node(yaml_builder *builder, cosmo_yaml_kind kind, yaml_mark_t mark, cosmo_yaml **node)
{
    *node = cosmo_arena_alloc(builder->arena, sizeof **node);
    COSMO_NEED(*node, builder->run);
    (*node)->kind = kind;
    (*node)->file = builder->file;
    (*node)->line = (int)mark.line + 1;
    (*node)->column = (int)mark.column + 1;
    return COSMO_OK;
}

static bool yaml_expects_key(const yaml_builder *builder)
{
    if (builder->depth == 0) return false;
    const yaml_level *level = &builder->levels[builder->depth - 1];
    return level->node->kind == COSMO_YAML_MAP && level->key == NULL;
}

static cosmo_status yaml_key(yaml_builder *builder, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    if (text[0] == '\0') return yaml_fail_at(builder, event->start_mark, "a key is missing before ':'");
    yaml_level *level = &builder->levels[builder->depth - 1];
    level->key = cosmo_arena_text(builder->arena, text, event->data.scalar.length);
    COSMO_NEED(level->key, builder->run);
    level->key_line = (int)event->start_mark.line + 1;
    level->key_column = (int)event->start_mark.column + 1;
    return COSMO_OK;
}

static cosmo_status yaml_refuse_marks(const yaml_builder *builder, const yaml_event_t *event,
                                      const unsigned char *anchor, const unsigned char *tag)
{
    if (anchor != NULL)
        return yaml_fail_at(builder, event->start_mark,
                            "anchor '&%.40s' is not allowed here; write the text out, or in quotes",
                            (const char *)anchor);
    if (tag != NULL)
        return yaml_fail_at(builder, event->start_mark,
                            "tag '%.40s' is not allowed here; put text that begins with '!' in quotes",
                            (const char *)tag);
    return COSMO_OK;
}

static cosmo_status yaml_scalar(yaml_builder *builder, const yaml_event_t *event)
{
    COSMO_TRY(yaml_refuse_marks(builder, event, event->data.scalar.anchor, event->data.scalar.tag));
    if (memchr(event->data.scalar.value, 0, event->data.scalar.length) != NULL)
        return yaml_fail_at(builder, event->start_mark, "text holds a NUL character");
    if (yaml_expects_key(builder)) return yaml_key(builder, event);
    cosmo_yaml *node;
    COSMO_TRY(yaml_node(builder, COSMO_YAML_SCALAR, event->start_mark, &node));
    node->text = cosmo_arena_text(builder->arena, (const char *)event->data.scalar.value, event->data.scalar.length);
    COSMO_NEED(node->text, builder->run);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    if (builder->depth == 0 && node->text[0] == '\0' && !node->quoted)
        return yaml_fail_at(builder, (yaml_mark_t){0}, "nothing in this file; it should hold 'key: value' lines");
    yaml_add(builder, node);
    return COSMO_OK;
}

static cosmo_status yaml_open(yaml_builder *builder, const yaml_event_t *event, cosmo_yaml_kind kind)
{
    if (kind == COSMO_YAML_MAP)
        COSMO_TRY(yaml_refuse_marks(builder, event, event->data.mapping_start.anchor, event->data.mapping_start.tag));
    else
        COSMO_TRY(yaml_refuse_marks(builder, event, event->data.sequence_start.anchor, event->data.sequence_start.tag));
    if (yaml_expects_key(builder))
        return yaml_fail_at(builder, event->start_mark, "a key must be one word or text, not a map or a list");
    if (builder->depth == YAML_DEPTH_MAX)
        return yaml_fail_at(builder, event->start_mark, "nested deeper than %d levels", YAML_DEPTH_MAX);
    cosmo_yaml *node;
    COSMO_TRY(yaml_node(builder, kind, event->start_mark, &node));
    yaml_add(builder, node);
    builder->levels[builder->depth++] = (yaml_level){.node = node, .tail = &node->first_child};
    return COSMO_OK;
}

static cosmo_status yaml_document(yaml_builder *builder, const yaml_event_t *event)
{
    if (builder->documents++ > 0)
        return yaml_fail_at(builder, event->start_mark, "a second document begins here; one file holds one document");
    if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
        return yaml_fail_at(builder, event->start_mark, "a %%TAG directive is not allowed here");
    return COSMO_OK;
}

static cosmo_status yaml_event(yaml_builder *builder, const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        return yaml_document(builder, event);
    case YAML_ALIAS_EVENT:
        return yaml_fail_at(builder, event->start_mark,
                            "alias '*%.40s' is not allowed here; write the text out, or in quotes",
                            (const char *)event->data.alias.anchor);
    case YAML_SCALAR_EVENT:
        return yaml_scalar(builder, event);
    case YAML_SEQUENCE_START_EVENT:
        return yaml_open(builder, event, COSMO_YAML_LIST);
    case YAML_MAPPING_START_EVENT:
        return yaml_open(builder, event, COSMO_YAML_MAP);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return yaml_check_repeats(builder, builder->levels[--builder->depth].node);
    default:
        return COSMO_OK;
    }
}

/* What a person can do about libyaml's complaint. */
static const char *yaml_hint(const char *problem)
{
    static const struct {
        const char *problem, *hint;
    } hints[] = {
        {"mapping values are not allowed", "; put text that contains ': ' in quotes, and check the indentation"},
        {"could not find expected ':'", "; a key is followed by ': ' and its value"},
        {"did not find expected key", "; check the indentation and the quotes above"},
        {"did not find expected '-' indicator", "; every entry of a list begins with '- ' in the same column"},
        {"cannot start any token", "; put text that begins with '@', '`' or '%' in quotes"},
        {"unexpected end of stream", "; a closing quote is missing"},
        {"did not find expected ',' or ']'", "; a ']' is missing"},
        {"did not find expected ',' or '}'", "; a '}' is missing"},
        {"block sequence entries are not allowed", "; begin the list on a line of its own"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        if (strstr(problem, hints[i].problem) != NULL) return hints[i].hint;
    return "";
}

static cosmo_status yaml_fail_parser(const yaml_builder *builder, const yaml_parser_t *parser)
{
    if (parser->error == YAML_MEMORY_ERROR) return cosmo_run_out_of_memory(builder->run);
    const char *problem = parser->problem != NULL ? parser->problem : "cannot be read as YAML";
    if (parser->context == NULL)
        return yaml_fail_at(builder, parser->problem_mark, "%s%s", problem, yaml_hint(problem));
    return yaml_fail_at(builder, parser->problem_mark, "%s, %s that begins in line %zu%s", problem, parser->context,
                        parser->context_mark.line + 1, yaml_hint(problem));
}

static cosmo_status yaml_build(yaml_builder *builder, yaml_parser_t *parser)
{
    for (bool more = true; more;) {
        yaml_event_t event;
        if (!yaml_parser_parse(parser, &event)) return yaml_fail_parser(builder, parser);
        more = event.type != YAML_STREAM_END_EVENT;
        const cosmo_status status = yaml_event(builder, &event);
        yaml_event_delete(&event);
        COSMO_TRY(status);
    }
    if (builder->root == NULL)
        return yaml_fail_at(builder, (yaml_mark_t){0}, "nothing in this file; it should hold 'key: value' lines");
    return COSMO_OK;
}

cosmo_status cosmo_yaml_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                              const cosmo_yaml **root)
{
    *root = NULL;
    if (bytes >= 3 && memcmp(data, "\357\273\277", 3) == 0)
        data += 3, bytes -= 3; /* a byte order mark, as some editors write */
    COSMO_TRY(yaml_scan_text(file, data, bytes, run));
    yaml_builder builder = {.file = cosmo_arena_text(arena, file, strlen(file)), .arena = arena, .run = run};
    COSMO_NEED(builder.file, run);
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) return cosmo_run_out_of_memory(run);
    yaml_parser_set_input_string(&parser, (const unsigned char *)data, bytes);
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
    const cosmo_status status = yaml_build(&builder, &parser);
    yaml_parser_delete(&parser);
    if (status == COSMO_OK) *root = builder.root;
    return status;
}

cosmo_status cosmo_yaml_read(const char *path, const char *shown, cosmo_arena *arena, cosmo_run *run,
                             const cosmo_yaml **root)
{
    *root = NULL;
    if (shown == NULL) shown = path;
    const char *data;
    size_t bytes;
    const cosmo_status status = cosmo_file_read(path, YAML_BYTES_MAX, arena, run, &data, &bytes);
    if (status == COSMO_BAD_INPUT && strncmp(run->message, path, strlen(path)) == 0) {
        char rest[COSMO_MESSAGE_BYTES];
        snprintf(rest, sizeof rest, "%s", run->message + strlen(path));
        return cosmo_run_fail(run, status, "%s%s", shown, rest);
    }
    COSMO_TRY(status);
    char sha256[65];
    cosmo_hash_sha256(data, bytes, sha256);
    cosmo_run_input(run, shown, sha256);
    return cosmo_yaml_parse(shown, data, bytes, arena, run, root);
}

const cosmo_yaml *cosmo_yaml_child(const cosmo_yaml *map, const char *key)
{
    if (map == NULL || map->kind != COSMO_YAML_MAP) return NULL;
    for (const cosmo_yaml *child = map->first_child; child != NULL; child = child->next)
        if (strcmp(child->key, key) == 0) return child;
    return NULL;
}

cosmo_status cosmo_yaml_fail(const cosmo_yaml *node, cosmo_run *run, const char *format, ...)
{
    char text[COSMO_MESSAGE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s:%d:%d: error: %s", node->file, node->line, node->column, text);
}
