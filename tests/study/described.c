/* JSON that describes itself: the document and its schema out of the same code. */
#include "study/described.h"
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>

static const char *write(cosmo_arena *arena, bool schema, size_t *bytes)
{
    static const char *const choices[] = {"red", "blue", NULL};
    static const char *const words[] = {"one", "two"};
    cosmo_described *out = cosmo_arena_alloc(arena, sizeof *out);
    if (out == NULL) return NULL;
    *out = cosmo_described_begin(arena, schema, "demo/1", "A demo");
    cosmo_described_number(out, "x_m", 1.5, "length");
    cosmo_described_count(out, "n", 3, "count");
    cosmo_described_flag(out, "yes", true, "flag");
    cosmo_described_maybe(out, "maybe", -1, "unknown");
    cosmo_described_choice(out, "colour", choices, 1, "one of two");
    cosmo_described_texts(out, "words", words, 2, "some");
    cosmo_described_ring(out, "ring", 2, (double[]){1.0, 2.5}, (double[]){-3.0, 4.0}, "a line");
    if (cosmo_described_object(out, "gone", false, "null when gone")) {
        cosmo_described_number(out, "y", 0.0, "inside");
        cosmo_described_object_end(out);
    }
    const size_t n = cosmo_described_list(out, "items", 2, "two of them");
    for (size_t i = 0; i < n; i++) {
        cosmo_described_item(out);
        cosmo_described_text(out, "id", "a", "name");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    return cosmo_described_finish(out, bytes);
}

/* The text without blanks, to compare what it says and not how it is set. */
static const char *squeezed(cosmo_arena *arena, const char *text)
{
    char *out = cosmo_arena_alloc(arena, strlen(text) + 1);
    size_t n = 0;
    for (; *text != '\0'; text++)
        if (*text != ' ' && *text != '\n') out[n++] = *text;
    return out;
}

START_TEST(document_and_schema_match)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    size_t bytes;
    ck_assert_str_eq(
        squeezed(arena, write(arena, false, &bytes)),
        "{\"schema\":\"demo/"
        "1\",\"x_m\":1.5,\"n\":3,\"yes\":true,\"maybe\":null,\"colour\":\"blue\",\"words\":[\"one\",\"two\"],"
        "\"ring\":[[1,-3],[2.5,4]],"
        "\"gone\":null,\"items\":[{\"id\":\"a\"},{\"id\":\"a\"}]}");
    const char *schema = squeezed(arena, write(arena, true, &bytes));
    static const char *const parts[] = {
        "\"schema\":{\"const\":\"demo/1\"}",
        "\"x_m\":{\"type\":[\"number\",\"null\"],\"description\":\"length\"}",
        "\"n\":{\"type\":\"integer\",",
        "\"maybe\":{\"type\":[\"boolean\",\"null\"],",
        "\"colour\":{\"enum\":[\"red\",\"blue\"],",
        "\"words\":{\"type\":\"array\",\"description\":\"some\",\"items\":{\"type\":\"string\"}}",
        "\"ring\":{\"type\":\"array\",\"description\":\"aline\",\"items\":{\"type\":\"array\",\"items\":{\"type\":"
        "\"number\"}}}",
        "\"gone\":{\"type\":[\"object\",\"null\"],\"description\":\"nullwhengone\",\"properties\":{\"y\":{\"type\":["
        "\"number\",\"null\"],\"description\":\"inside\"}},\"required\":[\"y\"]}",
        "\"items\":{\"type\":\"array\",\"description\":\"twoofthem\",\"items\":{\"type\":\"object\",\"properties\":{"
        "\"id\":{\"type\":\"string\",\"description\":\"name\"}},\"required\":[\"id\"]}}",
        "\"required\":[\"schema\",\"x_m\",\"n\",\"yes\",\"maybe\",\"colour\",\"words\",\"ring\",\"gone\",\"items\"]}"};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        ck_assert_msg(strstr(schema, parts[i]) != NULL, "no '%s' in %s", parts[i], schema);
    cosmo_arena_destroy(arena);
}
END_TEST

static void *described_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void described_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(no_text_without_memory)
{
    const char *text = NULL;
    for (int n = 1; text == NULL; n++) {
        int left = n;
        const cosmo_allocator poor = {described_allocate, described_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        size_t bytes;
        text = cosmo_summary_schema(small, &bytes);
        ck_assert(text == NULL || bytes > 5000);
        cosmo_arena_destroy(small);
        ck_assert_int_lt(n, 1000);
    }
}
END_TEST

COSMO_SUITE("study/described", document_and_schema_match, no_text_without_memory)
