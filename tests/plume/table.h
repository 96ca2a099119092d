/* Comma-separated tables of the research, read row by row. */
#ifndef COSMO_TEST_PLUME_TABLE_H
#define COSMO_TEST_PLUME_TABLE_H
#include <stdio.h>
#include <string.h>

enum { TABLE_LINE = 2048, TABLE_CELLS = 24 };

/* Cut the next line of `file` into cells (none is quoted); the number of them, 0 at the end. */
static inline int table_row(FILE *file, char line[TABLE_LINE], const char *cells[TABLE_CELLS])
{
    if (fgets(line, TABLE_LINE, file) == NULL) return 0;
    line[strcspn(line, "\r\n")] = '\0';
    int n = 0;
    char *next = line;
    while (n < TABLE_CELLS && next != NULL) {
        cells[n++] = next;
        next = strchr(next, ',');
        if (next != NULL) *next++ = '\0';
    }
    return n;
}
#endif
