/* Tables of text on a terminal. */
#include "cli/table.h"

#include <string.h>

enum { TABLE_COLUMNS_MAX = 16 };

/* Characters of UTF-8 text: bytes that do not continue another. */
static size_t table_width(const char *text)
{
    size_t width = 0;
    for (const char *c = text; *c != '\0'; c++) width += ((unsigned char)*c & 0xc0) != 0x80;
    return width;
}

static const char *table_cell(const cosmo_sheet *sheet, size_t row, size_t column)
{
    const char *cell = row == 0 ? sheet->heads[column] : sheet->cells[(row - 1) * sheet->n_columns + column];
    return cell != NULL ? cell : "-";
}

static void table_blanks(cosmo_text *out, size_t n)
{
    while (n-- > 0) cosmo_text_put_bytes(out, " ", 1);
}

void cosmo_table_print(const cosmo_sheet *sheet, int indent, cosmo_text *out)
{
    const size_t n = sheet->n_columns < TABLE_COLUMNS_MAX ? sheet->n_columns : TABLE_COLUMNS_MAX;
    size_t widths[TABLE_COLUMNS_MAX] = {0};
    for (size_t row = 0; row <= sheet->n_rows; row++)
        for (size_t column = 0; column < n; column++) {
            const size_t width = table_width(table_cell(sheet, row, column));
            if (width > widths[column]) widths[column] = width;
        }
    for (size_t row = 0; row <= sheet->n_rows; row++) {
        size_t owed = (size_t)indent; /* blanks are written only before text */
        for (size_t column = 0; column < n; column++) {
            const char *cell = table_cell(sheet, row, column);
            const size_t rest = widths[column] - table_width(cell);
            if (sheet->numeric[column]) owed += rest;
            if (cell[0] != '\0') {
                table_blanks(out, owed);
                cosmo_text_put(out, cell);
                owed = 0;
            }
            owed += 2 + (sheet->numeric[column] ? 0 : rest);
        }
        cosmo_text_put(out, "\n");
    }
}
