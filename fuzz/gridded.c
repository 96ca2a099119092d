/* Fuzzes soundings out of netCDF and GRIB files: what GDAL makes of damaged ones, and what is taken from it. The bytes
 * go through a file, as netCDF wants; at most 64 KiB, so that no dimension in them is a large one for long. */
#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

enum { GRIDDED_BYTES_MAX = 64 << 10 };

static bool gridded_sane(double value, double low, double high)
{
    return isnan(value) || (value >= low && value <= high);
}

static bool gridded_holds(const cosmo_sounding *s)
{
    if (s->n < 2) return false;
    for (size_t i = 0; i < s->n; i++) {
        if (!isfinite(s->altitude_m[i]) || (i > 0 && !(s->altitude_m[i] > s->altitude_m[i - 1]))) return false;
        if (!gridded_sane(s->pressure_pa[i], 1.0, 1.1e5) || !gridded_sane(s->temperature_k[i], 150.0, 340.0))
            return false;
        if (!gridded_sane(s->wind_speed_m_s[i], 0.0, 150.0) || !gridded_sane(s->wind_from_rad[i], 0.0, 6.2832))
            return false;
    }
    return true;
}

/* One line that begins with the file's name. */
static bool gridded_refused_well(cosmo_status status, const cosmo_run *run, const char *path)
{
    const size_t length = strlen(path);
    return status == COSMO_BAD_INPUT && strncmp(run->message, path, length) == 0 &&
           strstr(run->message + length, "error: ") != NULL && strchr(run->message, '\n') == NULL;
}

static void gridded_try(const char *path, double posix_s)
{
    cosmo_arena *arena = cosmo_arena_create(4096, NULL);
    if (arena == NULL) return;
    cosmo_run run;
    cosmo_run_init(&run, arena);
    cosmo_list all;
    const cosmo_sounding_point point = {46.0 * 0.0174532925, 62.5 * 0.0174532925, posix_s};
    const cosmo_status status = cosmo_sounding_read_all(path, &point, arena, &run, &all);
    if (status != COSMO_OK && !gridded_refused_well(status, &run, path)) {
        fprintf(stderr, "%s\n", run.message);
        abort();
    }
    const cosmo_sounding *soundings = all.items;
    for (size_t i = 0; status == COSMO_OK && i < all.n; i++)
        if (!gridded_holds(&soundings[i])) abort();
    cosmo_arena_destroy(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes)
{
    const char *what;
    if (bytes > GRIDDED_BYTES_MAX || !cosmo_gridded_known(data, bytes, &what)) return 0;
    if (strcmp(what, "netCDF-4") == 0) return 0;
    char path[] = "/tmp/cosmo-fuzz-XXXXXX";
    const int file = mkstemp(path);
    if (file < 0) return 0;
    const bool written = write(file, data, bytes) == (ssize_t)bytes;
    close(file);
    if (written) {
        gridded_try(path, NAN);
        gridded_try(path, 1372723200.0);
    }
    unlink(path);
    return 0;
}
