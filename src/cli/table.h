/* Tables of text on a terminal. */
#ifndef COSMO_CLI_TABLE_H
#define COSMO_CLI_TABLE_H

#include "cosmodrome/formats.h"

/* The cells in aligned columns: numbers to the right, text to the left, no blanks at line ends; widths count
 * characters, not bytes. `indent` blanks stand before every line. The sheet's title is not printed. */
void cosmo_table_print(const cosmo_sheet *sheet, int indent, cosmo_text *out);

#endif
