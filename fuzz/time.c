/* Fuzzes times as text (a first byte 't') and tables of leap seconds (anything else). */
#include "cosmodrome/sky.h"
#include "sky/leap.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* A time that is understood comes back from its own print, and a second later is later. */
static bool time_text_holds(const char *text)
{
    cosmo_utc utc, again;
    char print[40];
    if (cosmo_time_parse(text, &utc) != NULL) return true;
    cosmo_time_format(utc, 6, print);
    if (cosmo_time_parse(print, &again) != NULL) return strncmp(print, "2200-01-01T00:00:00", 19) == 0;
    if (fabs(cosmo_time_between(utc, again)) > 1e-6) return false;
    return fabs(cosmo_time_between(utc, cosmo_time_add(utc, 1.0)) - 1.0) < 1e-6;
}

static bool time_table_holds(const char *text, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return true;
    cosmo_run run;
    leap_table table;
    int line = 0, column = 0, end = 0;
    cosmo_run_init(&run, arena);
    bool holds = true;
    if (cosmo_leap_parse("fuzz.list", text, bytes, &run, &table) == COSMO_OK) {
        for (size_t i = 1; i < table.n; i++)
            holds = holds && fabs(table.entry[i].tai_utc_s - table.entry[i - 1].tai_utc_s) == 1.0;
    } else {
        sscanf(run.message, "fuzz.list:%d:%d: error: %n", &line, &column, &end);
        holds = line >= 0 && column > 0 && end > 0;
    }
    cosmo_arena_destroy(arena);
    return holds;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes > 0 && data[0] == 't') {
        char text[64] = {0};
        memcpy(text, data + 1, bytes - 1 < sizeof text - 1 ? bytes - 1 : sizeof text - 1);
        if (!time_text_holds(text)) abort();
    } else if (!time_table_holds((const char *)data, bytes)) {
        abort();
    }
    return 0;
}
