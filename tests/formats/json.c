/* JSON: the layout, the shortest digits, escapes. tests/formats/python.sh reads the same samples with Python. */
#include "cosmodrome/formats.h"
#include "sample.h"
#include "suite.h"
#include <float.h>
#include <inttypes.h>

static const char *json_sample(cosmo_arena *arena, size_t *bytes)
{
    const double values[] = {1.0, 0.1, NAN};
    cosmo_json json = cosmo_json_begin(arena);
    cosmo_json_object(&json, NULL);
    cosmo_json_text(&json, "schema", "cosmodrome.fly/1");
    cosmo_json_count(&json, "n", INT64_MIN);
    cosmo_json_flag(&json, "ok", true);
    cosmo_json_null(&json, "nothing");
    cosmo_json_list(&json, "events");
    cosmo_json_object(&json, NULL);
    cosmo_json_number(&json, "t_s", 65.25);
    cosmo_json_end(&json);
    cosmo_json_number(&json, NULL, INFINITY);
    cosmo_json_text(&json, NULL, NULL);
    cosmo_json_end(&json);
    cosmo_json_object(&json, "empty");
    cosmo_json_end(&json);
    cosmo_json_numbers(&json, "values", 3, values);
    cosmo_json_end(&json);
    return cosmo_json_finish(&json, bytes);
}

START_TEST(layout)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    size_t bytes;
    const char *text = json_sample(arena, &bytes);
    ck_assert_str_eq(
        text, "{\n  \"schema\": \"cosmodrome.fly/1\",\n  \"n\": -9223372036854775808,\n  \"ok\": true,\n"
              "  \"nothing\": null,\n  \"events\": [\n    {\n      \"t_s\": 65.25\n    },\n    null,\n    null\n  ],\n"
              "  \"empty\": {},\n  \"values\": [1, 0.1, null]\n}\n");
    ck_assert_uint_eq(bytes, strlen(text));
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(known_numbers)
{
    const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.0, "0"},
        {-0.0, "-0"},
        {0.1, "0.1"},
        {1.0 / 3.0, "0.3333333333333333"},
        {0.1 + 0.2, "0.30000000000000004"},
        {1e15, "1e+15"},
        {123456789012345678.0, "1.2345678901234568e+17"},
        {5e-324, "4.94065645841247e-324"},
        {DBL_MAX, "1.7976931348623157e+308"},
        {45000.0, "45000"},
        {NAN, "null"},
        {-INFINITY, "null"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[32];
        cosmo_json_format(cases[i].value, text);
        ck_assert_str_eq(text, cases[i].text);
    }
}
END_TEST

START_TEST(every_number_reads_back)
{
    uint64_t state = 7, bits;
    for (int i = 0; i < 200000; i++) {
        char text[32];
        double value;
        state = state * 6364136223846793005u + 1442695040888963407u; /* Knuth's MMIX generator */
        bits = state ^ state >> 29;
        memcpy(&value, &bits, sizeof value);
        cosmo_json_format(value, text);
        if (isfinite(value))
            ck_assert_msg(strtod(text, NULL) == value, "%s", text);
        else
            ck_assert_str_eq(text, "null");
    }
}
END_TEST

/* Byte strings, good and bad, as {hex, text}: Python decodes the hex by itself and compares. */
START_TEST(strings_for_python)
{
    static const char *const texts[] = {
        "",
        "plain",
        "quote \" backslash \\ slash /",
        "\x01\x02\b\f\n\r\t\x1f\x7f",
        "Байқоңыр, 酒泉, 🚀",
        "\xff",
        "\x80 alone",
        "\xc3",
        "\xc3(",
        "\xe2\x82",
        "\xe2\x82x",
        "\xe2\x28\xa1",
        "\xed\xa0\x80",
        "\xf0\x9f\x9a",
        "\xf0\x82\x82\xac",
        "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80",
        "\xc0\xaf",
        "\xe0\x9f\xbf",
        "\xef\xbf\xbe noncharacter",
        "</script>",
        "a\xf0\x9f\x9a\x80\xf0\x9f",
    };
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_json json = cosmo_json_begin(arena);
    cosmo_json_list(&json, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        cosmo_text hex = cosmo_text_begin(arena);
        cosmo_text_put(&hex, "");
        for (const char *c = texts[i]; *c != '\0'; c++) cosmo_text_print(&hex, "%02x", (unsigned char)*c);
        cosmo_json_object(&json, NULL);
        cosmo_json_text(&json, "hex", hex.data);
        cosmo_json_text(&json, "text", texts[i]);
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    ck_assert_ptr_nonnull(strstr(text, "\\u0001\\u0002\\b\\f\\n\\r\\t\\u001f\\u007f"));
    ck_assert_ptr_nonnull(strstr(text, "Байқоңыр, 酒泉, 🚀"));
    sample_keep("strings.json", text, bytes);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(numbers_for_python)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_json json = cosmo_json_begin(arena);
    uint64_t state = 11;
    cosmo_json_list(&json, NULL);
    for (int i = 0; i < 2000; i++) {
        char hex[64];
        state = state * 6364136223846793005u + 1442695040888963407u;
        const double value = i % 2 == 0 ? (double)(int64_t)(state >> 11) * 0x1p-30 : (double)(state >> 44) / 1000.0;
        snprintf(hex, sizeof hex, "%a", value);
        cosmo_json_object(&json, NULL);
        cosmo_json_text(&json, "hex", hex);
        cosmo_json_number(&json, "value", value);
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    sample_keep("numbers.json", text, bytes);
    cosmo_arena_destroy(arena);
}
END_TEST

static bool starved_json(cosmo_arena *arena)
{
    size_t bytes;
    const char *text = json_sample(arena, &bytes);
    ck_assert((text == NULL) == (bytes == 0));
    return text != NULL;
}

START_TEST(out_of_memory_gives_null)
{
    ck_assert_int_ge(sample_starve(starved_json), 2);
}
END_TEST

COSMO_SUITE("formats/json", layout, known_numbers, every_number_reads_back, strings_for_python, numbers_for_python,
            out_of_memory_gives_null)
