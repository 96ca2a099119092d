/* UTF-8 with ill-formed bytes replaced. Source: Unicode Standard 15.0, table 3-7. */
#include "formats/utf8.h"

#include <string.h>

static const char utf8_replacement[] = "\xef\xbf\xbd";

/* The bytes that a lead byte asks for (0: it cannot lead) and the range its second byte must lie in. */
static size_t utf8_expect(unsigned char lead, unsigned char *low, unsigned char *high)
{
    *low = 0x80;
    *high = 0xbf;
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) {
        if (lead == 0xe0) *low = 0xa0;
        if (lead == 0xed) *high = 0x9f;
        return 3;
    }
    if (lead >= 0xf0 && lead <= 0xf4) {
        if (lead == 0xf0) *low = 0x90;
        if (lead == 0xf4) *high = 0x8f;
        return 4;
    }
    return 0;
}

/* Bytes of the next sequence, or of the maximal ill-formed part when *valid becomes false. The text ends in NUL, which
 * is never a continuation, so nothing behind it is read. */
static size_t utf8_next(const unsigned char *text, bool *valid)
{
    unsigned char low, high;
    const size_t wanted = utf8_expect(text[0], &low, &high);
    *valid = wanted > 0;
    for (size_t i = 1; i < wanted; i++) {
        if (text[i] < low || text[i] > high) {
            *valid = false;
            return i;
        }
        low = 0x80;
        high = 0xbf;
    }
    return wanted > 0 ? wanted : 1;
}

void cosmo_utf8_put(cosmo_text *out, const char *text, cosmo_utf8_escape escape)
{
    char scratch[8];
    while (*text != '\0') {
        bool valid;
        const size_t length = utf8_next((const unsigned char *)text, &valid);
        const char *sequence = valid ? text : utf8_replacement;
        const size_t bytes = valid ? length : sizeof utf8_replacement - 1;
        const char *instead = escape != NULL ? escape(sequence, bytes, scratch) : NULL;
        if (instead != NULL)
            cosmo_text_put(out, instead);
        else
            cosmo_text_put_bytes(out, sequence, bytes);
        text += length;
    }
}

const char *cosmo_utf8_xml(const char *sequence, size_t length, char scratch[8])
{
    (void)scratch;
    if (length == 3 && (memcmp(sequence, "\xef\xbf\xbe", 3) == 0 || memcmp(sequence, "\xef\xbf\xbf", 3) == 0))
        return utf8_replacement;
    if (length > 1) return NULL;
    switch (sequence[0]) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\t':
    case '\n':
        return NULL;
    default:
        return (unsigned char)sequence[0] < 0x20 || sequence[0] == 0x7f ? utf8_replacement : NULL;
    }
}
