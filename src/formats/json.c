/* JSON, written as it comes. Source: RFC 8259. */
#include "cosmodrome/formats.h"

#include "formats/utf8.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { JSON_OBJECT = '{', JSON_LIST = '[' };

cosmo_json cosmo_json_begin(cosmo_arena *arena)
{
    return (cosmo_json){.text = cosmo_text_begin(arena), .first = true};
}

static void json_line(cosmo_json *json)
{
    static const char spaces[] = "                                                                ";
    _Static_assert(sizeof spaces - 1 == 2 * sizeof json->kinds, "two spaces a level");
    cosmo_text_put_bytes(&json->text, "\n", 1);
    cosmo_text_put_bytes(&json->text, spaces, 2 * (size_t)json->depth);
}

/* Comma, line and key in front of a value. */
static void json_place(cosmo_json *json, const char *key)
{
    assert(json->depth > 0 || json->first); /* one value at the top */
    assert((key != NULL) == (json->depth > 0 && json->kinds[json->depth - 1] == JSON_OBJECT));
    if (!json->first) cosmo_text_put_bytes(&json->text, ",", 1);
    if (json->depth > 0) json_line(json);
    json->first = false;
    if (key == NULL) return;
    cosmo_json_quote(&json->text, key);
    cosmo_text_put_bytes(&json->text, ": ", 2);
}

static void json_open(cosmo_json *json, const char *key, char kind)
{
    assert((size_t)json->depth < sizeof json->kinds);
    json_place(json, key);
    cosmo_text_put_bytes(&json->text, &kind, 1);
    json->kinds[json->depth++] = (unsigned char)kind;
    json->first = true;
}

void cosmo_json_object(cosmo_json *json, const char *key)
{
    json_open(json, key, JSON_OBJECT);
}

void cosmo_json_list(cosmo_json *json, const char *key)
{
    json_open(json, key, JSON_LIST);
}

void cosmo_json_end(cosmo_json *json)
{
    assert(json->depth > 0);
    json->depth--;
    if (!json->first) json_line(json);
    cosmo_text_put(&json->text, json->kinds[json->depth] == JSON_OBJECT ? "}" : "]");
    json->first = false;
}

void cosmo_json_format(double value, char out[32])
{
    if (!isfinite(value)) {
        memcpy(out, "null", 5);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, 32, "%.*g", digits, value);
        if (strtod(out, NULL) == value) return;
    }
}

void cosmo_json_number(cosmo_json *json, const char *key, double value)
{
    char number[32];
    cosmo_json_format(value, number);
    json_place(json, key);
    cosmo_text_put(&json->text, number);
}

void cosmo_json_numbers(cosmo_json *json, const char *key, size_t n, const double *values)
{
    json_place(json, key);
    cosmo_text_put(&json->text, "[");
    for (size_t i = 0; i < n; i++) {
        char number[32];
        cosmo_json_format(values[i], number);
        if (i > 0) cosmo_text_put(&json->text, ", ");
        cosmo_text_put(&json->text, number);
    }
    cosmo_text_put(&json->text, "]");
}

void cosmo_json_count(cosmo_json *json, const char *key, int64_t value)
{
    json_place(json, key);
    cosmo_text_print(&json->text, "%" PRId64, value);
}

static const char *json_escape(const char *sequence, size_t length, char scratch[8])
{
    const unsigned char c = (unsigned char)sequence[0];
    if (length > 1) return NULL;
    switch (c) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\b':
        return "\\b";
    case '\f':
        return "\\f";
    case '\n':
        return "\\n";
    case '\r':
        return "\\r";
    case '\t':
        return "\\t";
    default:
        break;
    }
    if (c >= 0x20 && c != 0x7f) return NULL;
    snprintf(scratch, 8, "\\u%04x", c);
    return scratch;
}

void cosmo_json_quote(cosmo_text *out, const char *text)
{
    cosmo_text_put_bytes(out, "\"", 1);
    cosmo_utf8_put(out, text, json_escape);
    cosmo_text_put_bytes(out, "\"", 1);
}

void cosmo_json_text(cosmo_json *json, const char *key, const char *value)
{
    json_place(json, key);
    if (value != NULL)
        cosmo_json_quote(&json->text, value);
    else
        cosmo_text_put(&json->text, "null");
}

void cosmo_json_flag(cosmo_json *json, const char *key, bool value)
{
    json_place(json, key);
    cosmo_text_put(&json->text, value ? "true" : "false");
}

void cosmo_json_null(cosmo_json *json, const char *key)
{
    json_place(json, key);
    cosmo_text_put(&json->text, "null");
}

const char *cosmo_json_finish(cosmo_json *json, size_t *bytes)
{
    assert(json->depth == 0 && !json->first);
    cosmo_text_put(&json->text, "\n");
    *bytes = json->text.failed ? 0 : json->text.length;
    return json->text.failed ? NULL : json->text.data;
}
