/* Within study: a table of text under construction. */
#ifndef COSMO_STUDY_TABLING_H
#define COSMO_STUDY_TABLING_H

#include "cosmodrome/study.h"

/* Cells are added row after row; `failed` once memory is out. */
typedef struct cosmo_tabling {
    cosmo_arena *arena;
    const char **cells;
    size_t n, room;
    bool failed;
} cosmo_tabling;

cosmo_tabling cosmo_tabling_begin(cosmo_arena *arena, size_t rows, size_t columns);
/* NULL is an empty cell. */
void cosmo_tabling_text(cosmo_tabling *table, const char *text);
/* Text just printed: NULL is memory. */
void cosmo_tabling_printed(cosmo_tabling *table, const char *text);
/* So many decimals; an empty cell where it is not finite. */
void cosmo_tabling_fixed(cosmo_tabling *table, double value, int decimals);
/* Two significant digits. */
void cosmo_tabling_number(cosmo_tabling *table, double value);

#endif
