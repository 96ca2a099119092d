/* Text into XML; what JSON makes of ill-formed text is compared with Python in tests/formats/python.sh. */
#include "formats/utf8.h"
#include "suite.h"

static void check_xml(const char *text, const char *want)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_text_put(&out, "");
    cosmo_utf8_put(&out, text, cosmo_utf8_xml);
    ck_assert_str_eq(out.data, want);
    cosmo_arena_destroy(arena);
}

START_TEST(xml)
{
    check_xml("", "");
    check_xml("a < b > c & \"d\" 'e'", "a &lt; b &gt; c &amp; &quot;d&quot; &#39;e&#39;");
    check_xml("tab\tand\nline", "tab\tand\nline");
    check_xml("\x01\x0b\r\x7f", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    check_xml("Байқоңыр 🚀", "Байқоңыр 🚀");
    check_xml("\xef\xbf\xbe \xef\xbf\xbf \xef\xbf\xbd", "\xef\xbf\xbd \xef\xbf\xbd \xef\xbf\xbd"); /* U+FFFE, U+FFFF */
    check_xml("cut \xd0", "cut \xef\xbf\xbd");
}
END_TEST

COSMO_SUITE("formats/utf8", xml)
