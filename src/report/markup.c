/* Pieces of HTML, SVG and JSON text. */
#include "report/markup.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static bool markup_is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

uint32_t cosmo_markup_decode(const char **text)
{
    const unsigned char *c = (const unsigned char *)*text;
    if (c == NULL || c[0] == 0) return 0;
    *text += 1;
    if (c[0] < 0x80) return c[0];
    const int tails = c[0] >= 0xF0 && c[0] < 0xF5 ? 3 : c[0] >= 0xE0 ? 2 : c[0] >= 0xC2 ? 1 : 0;
    if (tails == 0 || c[0] >= 0xF5) return 0xFFFD;
    uint32_t code = c[0] & (0x3Fu >> tails);
    for (int i = 1; i <= tails; i++) {
        if (!markup_is_tail(c[i])) return 0xFFFD;
        code = code << 6 | (c[i] & 0x3Fu);
    }
    const bool overlong = (tails == 2 && code < 0x800) || (tails == 3 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return 0xFFFD;
    *text += tails;
    return code;
}

/* Writes a code point that needs no escape: itself, or U+FFFD where HTML and XML forbid it. */
static void markup_put(cosmo_text *out, const char *from, const char *to, uint32_t code)
{
    const bool forbidden = (code < 0x20 && code != '\n' && code != '\t') || code == 0xFFFD ||
                           (code >= 0x7F && code < 0xA0) || (code & 0xFFFE) == 0xFFFE;
    if (forbidden)
        cosmo_text_put(out, "\xEF\xBF\xBD");
    else
        cosmo_text_put_bytes(out, from, (size_t)(to - from));
}

void cosmo_markup_text(cosmo_text *out, const char *text)
{
    if (text == NULL) return;
    for (const char *from = text;; from = text) {
        const uint32_t code = cosmo_markup_decode(&text);
        switch (code) {
        case 0:
            return;
        case '&':
            cosmo_text_put(out, "&amp;");
            break;
        case '<':
            cosmo_text_put(out, "&lt;");
            break;
        case '>':
            cosmo_text_put(out, "&gt;");
            break;
        case '"':
            cosmo_text_put(out, "&quot;");
            break;
        case '\'':
            cosmo_text_put(out, "&#39;");
            break;
        default:
            markup_put(out, from, text, code);
        }
    }
}

void cosmo_markup_json(cosmo_text *out, const char *text)
{
    if (text == NULL) {
        cosmo_text_put(out, "null");
        return;
    }
    cosmo_text_put(out, "\"");
    for (const char *from = text;; from = text) {
        const uint32_t code = cosmo_markup_decode(&text);
        if (code == 0) break;
        /* '<', '>' and '&' so that no text can close the script element around it */
        const bool coded = code < 0x20 || code == '"' || code == '\\' || code == '<' || code == '>' || code == '&' ||
                           code == 0x2028 || code == 0x2029;
        if (coded)
            cosmo_text_print(out, "\\u%04x", (unsigned)code);
        else
            markup_put(out, from, text, code);
    }
    cosmo_text_put(out, "\"");
}

void cosmo_markup_number(cosmo_text *out, double value, int decimals)
{
    char digits[400];
    const int length = snprintf(digits, sizeof digits, "%.*f", decimals, value);
    size_t end = (size_t)length;
    if (strchr(digits, '.') != NULL) {
        while (end > 0 && digits[end - 1] == '0') end--;
        if (end > 0 && digits[end - 1] == '.') end--;
    }
    const bool zero = strspn(digits, "-0.") >= end;
    if (zero)
        cosmo_text_put(out, "0");
    else
        cosmo_text_put_bytes(out, digits, end);
}

void cosmo_markup_value(cosmo_text *out, double value)
{
    if (!isfinite(value))
        cosmo_text_put(out, "null");
    else
        cosmo_text_print(out, "%.5g", value);
}
