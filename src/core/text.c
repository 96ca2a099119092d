/* Growing text, numbers in text, nearest words. */
#include "cosmodrome/core.h"

#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

cosmo_text cosmo_text_begin(cosmo_arena *arena)
{
    return (cosmo_text){.arena = arena};
}

static bool text_reserve(cosmo_text *text, size_t more)
{
    if (text->failed) return false;
    if (text->capacity - text->length > more) return true;
    size_t capacity = text->capacity != 0 ? text->capacity : 1024;
    while (capacity - text->length <= more) capacity *= 2;
    char *data = cosmo_arena_alloc(text->arena, capacity);
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    if (text->length > 0) memcpy(data, text->data, text->length);
    text->data = data;
    text->capacity = capacity;
    return true;
}

void cosmo_text_put_bytes(cosmo_text *text, const char *piece, size_t bytes)
{
    if (!text_reserve(text, bytes)) return;
    if (bytes > 0) memcpy(text->data + text->length, piece, bytes);
    text->length += bytes;
    text->data[text->length] = '\0';
}

void cosmo_text_put(cosmo_text *text, const char *piece)
{
    cosmo_text_put_bytes(text, piece, strlen(piece));
}

void cosmo_text_print(cosmo_text *text, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length >= 0 && text_reserve(text, (size_t)length)) {
        vsnprintf(text->data + text->length, (size_t)length + 1, format, again);
        text->length += (size_t)length;
    }
    va_end(again);
}

bool cosmo_text_number(const char *text, double *value)
{
    /* The grammar is checked first, so that strtod never sees hexadecimal, "inf", "nan" or a locale's comma. The
     * program never leaves the C locale, which strtod then reads in. */
    const char *c = text;
    if (*c == '+' || *c == '-') c++;
    size_t digits = 0;
    for (; *c >= '0' && *c <= '9'; c++) digits++;
    if (*c == '.')
        for (c++; *c >= '0' && *c <= '9'; c++) digits++;
    if (digits == 0) return false;
    if (*c == 'e' || *c == 'E') {
        c++;
        if (*c == '+' || *c == '-') c++;
        if (*c < '0' || *c > '9') return false;
        while (*c >= '0' && *c <= '9') c++;
    }
    if (*c != '\0') return false;
    *value = strtod(text, NULL);
    return isfinite(*value);
}

enum { TEXT_WORD_MAX = 64 };

static size_t text_min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Edit distance with transpositions. Source: Damerau 1964, in the restricted form of dynamic programming. */
static size_t text_distance(const char *a, const char *b)
{
    const size_t n = strlen(a), m = strlen(b);
    if (n > TEXT_WORD_MAX || m > TEXT_WORD_MAX) return SIZE_MAX;
    size_t rows[3][TEXT_WORD_MAX + 1];
    for (size_t j = 0; j <= m; j++) rows[0][j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t *now = rows[i % 3];
        const size_t *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            const size_t change = before[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = text_min(change, text_min(before[j], now[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = text_min(now[j], earlier[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

const char *cosmo_text_nearest(const char *word, const char *const *names, size_t n)
{
    const char *best = NULL;
    size_t best_distance = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        const size_t distance = text_distance(word, names[i]);
        if (distance < best_distance) {
            best_distance = distance;
            best = names[i];
        }
    }
    const size_t length = strlen(word);
    const size_t allowed = length < 2 ? 0 : length < 4 ? 1 : length < 8 ? 2 : length / 3;
    return best_distance <= allowed ? best : NULL;
}
