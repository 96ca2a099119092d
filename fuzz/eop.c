/* Fuzzes the reader of Earth orientation files: what it takes is in order, near zero, and turns frames rigidly. */
#include "cosmodrome/sky.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static bool eop_holds(const cosmo_eop *eop)
{
    if (eop->n < 2) return false;
    for (size_t i = 0; i < eop->n; i++) {
        const cosmo_eop_sample *s = &eop->samples[i];
        if (!isfinite(s->mjd) || (i > 0 && !(s->mjd > s[-1].mjd))) return false;
        if (!(fabs(s->ut1_utc_s) <= 1.5 && fabs(s->x_pole_rad) < 1e-5 && fabs(s->y_pole_rad) < 1e-5)) return false;
    }
    return true;
}

static bool eop_turns_rigidly(const cosmo_eop *eop)
{
    double m[3][3];
    cosmo_frames_teme_to_itrs((cosmo_utc){2400000.5, 0.5 * (eop->samples[0].mjd + eop->samples[1].mjd)}, eop, m);
    for (int i = 0; i < 3; i++)
        if (fabs(m[i][0] * m[i][0] + m[i][1] * m[i][1] + m[i][2] * m[i][2] - 1.0) > 1e-12) return false;
    return true;
}

static bool eop_refused_well(cosmo_status status, const cosmo_run *run)
{
    int line = 0, column = 0, end = 0;
    sscanf(run->message, "fuzz.txt:%d:%d: error: %n", &line, &column, &end);
    return status == COSMO_BAD_INPUT && line > 0 && column > 0 && end > 0 && run->message[end] != '\0';
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_eop eop;
    cosmo_run_init(&run, arena);
    const cosmo_status status = cosmo_eop_parse("fuzz.txt", (const char *)data, bytes, arena, &run, &eop);
    if (status != COSMO_OK ? !eop_refused_well(status, &run) : !eop_holds(&eop) || !eop_turns_rigidly(&eop)) abort();
    cosmo_arena_destroy(arena);
    return 0;
}
