/* Text of unknown origin into a format that demands UTF-8. */
#ifndef COSMO_FORMATS_UTF8_H
#define COSMO_FORMATS_UTF8_H

#include "cosmodrome/core.h"

/* What to write for one valid sequence of `length` bytes: NULL for the sequence itself, or other text (which may be
 * built in `scratch`). */
typedef const char *(*cosmo_utf8_escape)(const char *sequence, size_t length, char scratch[8]);

/* Write `text` to `out` through `escape` (NULL: as it is). Each maximal ill-formed subsequence becomes one U+FFFD
 * (which `escape` sees), as the Unicode Standard 15.0, section 3.9, recommends. */
void cosmo_utf8_put(cosmo_text *out, const char *text, cosmo_utf8_escape escape);

/* An escape for XML 1.0 text and attribute values: markup characters as entities; what XML cannot hold as U+FFFD. */
const char *cosmo_utf8_xml(const char *sequence, size_t length, char scratch[8]);

#endif
