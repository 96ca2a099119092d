/* Fuzzes quantities in text: the first byte chooses the dimension, the rest is the text. */
#include "cosmodrome/core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    if (bytes == 0) return 0;
    cosmo_arena *arena = cosmo_arena_create(1024, NULL);
    const cosmo_dimension dimension = (cosmo_dimension)(data[0] % COSMO_DIM_COUNT_);
    const char *text = arena != NULL ? cosmo_arena_text(arena, (const char *)data + 1, bytes - 1) : NULL;
    if (text != NULL) {
        double value = NAN;
        const char *trouble = cosmo_units_parse(text, dimension, arena, &value);
        /* either a finite number or an explanation, never both, never neither */
        if (trouble == NULL ? !isfinite(value) : (trouble[0] == '\0' || !isnan(value))) abort();
    }
    cosmo_arena_destroy(arena);
    return 0;
}
