/* Tables of text, cell by cell. */
#include "study/tabling.h"

#include <math.h>

cosmo_tabling cosmo_tabling_begin(cosmo_arena *arena, size_t rows, size_t columns)
{
    cosmo_tabling table = {.arena = arena, .room = rows * columns};
    table.cells = cosmo_arena_array(arena, table.room + 1, sizeof *table.cells);
    table.failed = table.cells == NULL;
    return table;
}

void cosmo_tabling_text(cosmo_tabling *table, const char *text)
{
    if (table->failed || table->n == table->room)
        table->failed = true;
    else
        table->cells[table->n++] = text;
}

void cosmo_tabling_printed(cosmo_tabling *table, const char *text)
{
    table->failed |= text == NULL;
    cosmo_tabling_text(table, text);
}

void cosmo_tabling_fixed(cosmo_tabling *table, double value, int decimals)
{
    if (isfinite(value))
        cosmo_tabling_printed(table, cosmo_arena_print(table->arena, "%.*f", decimals, value));
    else
        cosmo_tabling_text(table, NULL);
}

void cosmo_tabling_number(cosmo_tabling *table, double value)
{
    cosmo_tabling_printed(table, cosmo_number_text(table->arena, value, 2));
}
