/* Tables of numbers as comma-separated text. Source: RFC 4180, with '\n' as the line end. */
#include "cosmodrome/formats.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void csv_put_head(cosmo_text *out, const char *head)
{
    if (strpbrk(head, ",\"\r\n") == NULL) {
        cosmo_text_put(out, head);
        return;
    }
    cosmo_text_put(out, "\"");
    for (; *head != '\0'; head++) {
        if (*head == '"') cosmo_text_put(out, "\"");
        cosmo_text_put_bytes(out, head, 1);
    }
    cosmo_text_put(out, "\"");
}

static void csv_put_fixed(cosmo_text *out, double value, int decimals)
{
    char cell[400]; /* 309 digits before the point at most */
    assert(decimals <= 40);
    snprintf(cell, sizeof cell, "%.*f", decimals, value);
    const bool minus_zero = cell[0] == '-' && strpbrk(cell, "123456789") == NULL;
    cosmo_text_put(out, minus_zero ? cell + 1 : cell);
}

static void csv_put_cell(cosmo_text *out, double value, int decimals)
{
    char cell[32];
    if (!isfinite(value)) return;
    if (decimals >= 0) {
        csv_put_fixed(out, value, decimals);
        return;
    }
    cosmo_json_format(value, cell);
    cosmo_text_put(out, cell);
}

void cosmo_csv_write(cosmo_text *out, size_t n_columns, const char *const *heads, const double *const *columns,
                     const int *decimals, size_t n_rows)
{
    for (size_t j = 0; j < n_columns; j++) {
        if (j > 0) cosmo_text_put_bytes(out, ",", 1);
        csv_put_head(out, heads[j]);
    }
    cosmo_text_put_bytes(out, "\n", 1);
    for (size_t i = 0; i < n_rows; i++) {
        for (size_t j = 0; j < n_columns; j++) {
            if (j > 0) cosmo_text_put_bytes(out, ",", 1);
            csv_put_cell(out, columns[j][i], decimals != NULL ? decimals[j] : -1);
        }
        cosmo_text_put_bytes(out, "\n", 1);
    }
}
