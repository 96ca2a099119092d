/* Pieces of HTML, SVG and JSON text: escaping and short numbers. */
#ifndef COSMO_REPORT_MARKUP_H
#define COSMO_REPORT_MARKUP_H

#include "cosmodrome/core.h"

/* `text` for an element or a quoted attribute: & < > " ' escaped, control characters and bytes that are not UTF-8
 * replaced by U+FFFD. NULL writes nothing. */
void cosmo_markup_text(cosmo_text *out, const char *text);
/* `text` as a JSON string that may stand inside a script element. NULL writes null. */
void cosmo_markup_json(cosmo_text *out, const char *text);
/* A number with at most `decimals` digits after the point and no trailing zeros; "0" for anything that rounds to it. */
void cosmo_markup_number(cosmo_text *out, double value, int decimals);
/* A number of about five significant digits for JSON; null when not finite. */
void cosmo_markup_value(cosmo_text *out, double value);
/* Decode one UTF-8 code point at *text and step over it; U+FFFD for a byte that starts none. 0 at the end
 * and for NULL. */
uint32_t cosmo_markup_decode(const char **text);

#endif
