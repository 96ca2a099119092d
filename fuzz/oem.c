/* Fuzzes the reader of orbit ephemeris messages: what it takes, it must write and read back the same. */
#include "cosmodrome/formats.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

static void oem_check_same(const cosmo_oem *a, const cosmo_oem *b)
{
    if (a->n != b->n) abort();
    if (memcmp(a->position_m, b->position_m, 3 * a->n * sizeof(double)) != 0) abort();
    if (memcmp(a->velocity_m_s, b->velocity_m_s, 3 * a->n * sizeof(double)) != 0) abort();
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->epochs[i], b->epochs[i]) != 0) abort();
    if (strcmp(a->creation_utc, b->creation_utc) != 0 || (a->object_id == NULL) != (b->object_id == NULL)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    if (arena == NULL) return 0;
    cosmo_run run;
    cosmo_oem first, second;
    cosmo_run_init(&run, arena);
    if (cosmo_oem_read("fuzz.oem", (const char *)data, bytes, arena, &run, &first) == COSMO_OK) {
        cosmo_text out = cosmo_text_begin(arena);
        cosmo_oem_write(&out, &first);
        if (cosmo_oem_read("again.oem", out.data, out.length, arena, &run, &second) != COSMO_OK) abort();
        oem_check_same(&first, &second);
    } else if (strncmp(run.message, "fuzz.oem:", 9) != 0 && run.status != COSMO_NO_RESOURCES) {
        abort();
    }
    cosmo_arena_destroy(arena);
    return 0;
}
