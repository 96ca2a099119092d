/* netCDF classic files with 64-bit offsets, by hand: the netCDF-4 of libraries is not the same bytes twice.
 *
 * Source: Unidata, "The NetCDF Classic Format Specification": everything is big-endian and padded to four bytes; a
 * header of dimensions, attributes and variables, then the values of one variable after the other.
 */
#include "cosmodrome/formats.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { NETCDF_DIMENSIONS = 10, NETCDF_VARIABLES = 11, NETCDF_ATTRIBUTES = 12 };
enum { NETCDF_CHAR = 2, NETCDF_INT = 4, NETCDF_FLOAT = 5, NETCDF_DOUBLE = 6 };
/* The size of a variable stands in 32 bits. */
static const double NETCDF_VARIABLE_BYTES = 4294967291.0;
#define NETCDF_CRS "crs"
static const char NETCDF_WGS84[] =
    "GEODCRS[\"WGS 84\",DATUM[\"World Geodetic System 1984\",ELLIPSOID[\"WGS 84\",6378137,298.257223563,"
    "LENGTHUNIT[\"metre\",1]]],CS[ellipsoidal,2],AXIS[\"latitude\",north,ORDER[1]],AXIS[\"longitude\",east,ORDER[2]],"
    "ANGLEUNIT[\"degree\",0.0174532925199433],ID[\"EPSG\",4326]]";

typedef struct netcdf_writer {
    const cosmo_netcdf *file;
    cosmo_run *run;
    cosmo_text head;
    size_t counted; /* where the number of the open list of attributes stands, */
    uint32_t count; /* and what it is so far */
    uint64_t begin; /* of the next variable's values, counted from the end of the header */
    size_t *begins; /* where the offset of each variable stands in the header */
    size_t n_begins;
} netcdf_writer;

/* ---- bytes ------------------------------------------------------------------------------------------------------- */

static void netcdf_store(unsigned char *to, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) to[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
}

static void netcdf_word(netcdf_writer *w, uint32_t value)
{
    unsigned char bytes[4];
    netcdf_store(bytes, value, 4);
    cosmo_text_put_bytes(&w->head, (const char *)bytes, 4);
}

static void netcdf_double(unsigned char to[8], double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    netcdf_store(to, bits, 8);
}

static void netcdf_float(unsigned char to[4], float value)
{
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    netcdf_store(to, isnan(value) ? 0x7fc00000u : bits, 4);
}

/* A length and as many bytes, padded. */
static void netcdf_text(netcdf_writer *w, const char *text)
{
    const size_t length = strlen(text);
    netcdf_word(w, (uint32_t)length);
    cosmo_text_put_bytes(&w->head, text, length);
    cosmo_text_put_bytes(&w->head, "\0\0\0", (4 - length % 4) % 4);
}

/* ---- attributes -------------------------------------------------------------------------------------------------- */

static void netcdf_attributes_begin(netcdf_writer *w)
{
    netcdf_word(w, NETCDF_ATTRIBUTES);
    w->counted = w->head.length;
    w->count = 0;
    netcdf_word(w, 0);
}

/* A list without an entry has the tag 0 as well. */
static void netcdf_attributes_end(netcdf_writer *w)
{
    if (w->head.failed) return;
    unsigned char *at = (unsigned char *)w->head.data + w->counted;
    netcdf_store(at, w->count, 4);
    if (w->count == 0) netcdf_store(at - 4, 0, 4);
}

static void netcdf_say(netcdf_writer *w, const char *name, const char *text)
{
    if (text == NULL || text[0] == '\0') return;
    netcdf_text(w, name);
    netcdf_word(w, NETCDF_CHAR);
    netcdf_text(w, text);
    w->count++;
}

static void netcdf_say_number(netcdf_writer *w, const char *name, double value)
{
    unsigned char bytes[8];
    netcdf_text(w, name);
    netcdf_word(w, NETCDF_DOUBLE);
    netcdf_word(w, 1);
    netcdf_double(bytes, value);
    cosmo_text_put_bytes(&w->head, (const char *)bytes, 8);
    w->count++;
}

static void netcdf_say_missing(netcdf_writer *w)
{
    unsigned char bytes[4];
    netcdf_text(w, "_FillValue");
    netcdf_word(w, NETCDF_FLOAT);
    netcdf_word(w, 1);
    netcdf_float(bytes, NAN);
    cosmo_text_put_bytes(&w->head, (const char *)bytes, 4);
    w->count++;
}

/* ---- the header -------------------------------------------------------------------------------------------------- */

static void netcdf_head_file(netcdf_writer *w)
{
    const cosmo_netcdf *file = w->file;
    cosmo_text_put_bytes(&w->head, "CDF\002", 4);
    netcdf_word(w, 0); /* records: there is no unlimited dimension */
    netcdf_word(w, file->n_axes > 0 ? NETCDF_DIMENSIONS : 0);
    netcdf_word(w, (uint32_t)file->n_axes);
    for (size_t i = 0; i < file->n_axes; i++) {
        netcdf_text(w, file->axes[i].name);
        netcdf_word(w, (uint32_t)file->axes[i].n);
    }
    netcdf_attributes_begin(w);
    netcdf_say(w, "Conventions", "CF-1.8");
    netcdf_say(w, "title", file->title);
    netcdf_say(w, "source", file->source);
    netcdf_say(w, "history", file->history);
    netcdf_say(w, "references", file->references);
    netcdf_say(w, "comment", file->comment);
    netcdf_attributes_end(w);
}

/* The end of a variable's entry: type, size, and where its values begin, which is filled in later. */
static void netcdf_head_values(netcdf_writer *w, uint32_t type, uint64_t bytes)
{
    netcdf_word(w, type);
    netcdf_word(w, (uint32_t)bytes);
    w->begins[w->n_begins++] = w->head.length;
    netcdf_word(w, (uint32_t)(w->begin >> 32));
    netcdf_word(w, (uint32_t)w->begin);
    w->begin += bytes;
}

static void netcdf_head_axis(netcdf_writer *w, size_t index)
{
    const cosmo_netcdf_axis *axis = &w->file->axes[index];
    const char letter[2] = {axis->axis, '\0'};
    netcdf_text(w, axis->name);
    netcdf_word(w, 1);
    netcdf_word(w, (uint32_t)index);
    netcdf_attributes_begin(w);
    netcdf_say(w, "standard_name", axis->standard_name);
    netcdf_say(w, "long_name", axis->long_name);
    netcdf_say(w, "units", axis->unit);
    netcdf_say(w, "calendar", axis->calendar);
    netcdf_say(w, "axis", letter);
    netcdf_attributes_end(w);
    netcdf_head_values(w, NETCDF_DOUBLE, 8 * (uint64_t)axis->n);
}

/* The grid mapping: one number without a meaning that carries the ellipsoid in its attributes. */
static void netcdf_head_crs(netcdf_writer *w)
{
    netcdf_text(w, NETCDF_CRS);
    netcdf_word(w, 0);
    netcdf_attributes_begin(w);
    netcdf_say(w, "grid_mapping_name", "latitude_longitude");
    netcdf_say(w, "long_name", "WGS 84");
    netcdf_say_number(w, "longitude_of_prime_meridian", 0.0);
    netcdf_say_number(w, "semi_major_axis", 6378137.0);
    netcdf_say_number(w, "inverse_flattening", 298.257223563);
    netcdf_say(w, "crs_wkt", NETCDF_WGS84);
    netcdf_attributes_end(w);
    netcdf_head_values(w, NETCDF_INT, 4);
}

static uint64_t netcdf_count(const cosmo_netcdf *file, const cosmo_netcdf_variable *v)
{
    uint64_t n = 1;
    for (size_t i = 0; i < v->n_axes; i++) n *= file->axes[v->axes[i]].n;
    return n;
}

/* True when a variable lies on latitude and longitude. */
static bool netcdf_mapped(const cosmo_netcdf *file, const cosmo_netcdf_variable *v)
{
    bool north = false, east = false;
    for (size_t i = 0; i < v->n_axes; i++) {
        north = north || file->axes[v->axes[i]].axis == 'Y';
        east = east || file->axes[v->axes[i]].axis == 'X';
    }
    return north && east;
}

static void netcdf_head_variable(netcdf_writer *w, const cosmo_netcdf_variable *v)
{
    netcdf_text(w, v->name);
    netcdf_word(w, (uint32_t)v->n_axes);
    for (size_t i = 0; i < v->n_axes; i++) netcdf_word(w, (uint32_t)v->axes[i]);
    netcdf_attributes_begin(w);
    netcdf_say(w, "standard_name", v->standard_name);
    netcdf_say(w, "long_name", v->long_name);
    netcdf_say(w, "units", v->unit);
    netcdf_say(w, "cell_methods", v->cell_methods);
    if (netcdf_mapped(w->file, v)) netcdf_say(w, "grid_mapping", NETCDF_CRS);
    netcdf_say_missing(w);
    netcdf_attributes_end(w);
    netcdf_head_values(w, NETCDF_FLOAT, 4 * netcdf_count(w->file, v));
}

/* ---- what is asked for ------------------------------------------------------------------------------------------- */

static const char *netcdf_name(const cosmo_netcdf *file, size_t i)
{
    return i < file->n_axes ? file->axes[i].name : file->variables[i - file->n_axes].name;
}

static cosmo_status netcdf_check_names(const cosmo_netcdf *file, cosmo_run *run)
{
    const size_t n = file->n_axes + file->n_variables;
    for (size_t i = 0; i < n; i++) {
        const char *name = netcdf_name(file, i);
        bool good = isalpha((unsigned char)name[0]) && strcmp(name, NETCDF_CRS) != 0;
        for (const char *c = name; *c != '\0'; c++) good = good && (isalnum((unsigned char)*c) || *c == '_');
        for (size_t j = 0; j < i; j++) good = good && strcmp(name, netcdf_name(file, j)) != 0;
        if (!good) return cosmo_run_fail(run, COSMO_INTERNAL, "internal error: '%s' is no name in a netCDF file", name);
    }
    return COSMO_OK;
}

static cosmo_status netcdf_check(const cosmo_netcdf *file, cosmo_run *run)
{
    COSMO_TRY(netcdf_check_names(file, run));
    for (size_t i = 0; i < file->n_variables; i++) {
        const cosmo_netcdf_variable *v = &file->variables[i];
        double bytes = 4.0;
        for (size_t k = 0; k < v->n_axes; k++) {
            if (v->n_axes > COSMO_NETCDF_AXES_MAX || v->axes[k] >= file->n_axes)
                return cosmo_run_fail(run, COSMO_INTERNAL, "internal error: '%s' has an axis that is not there",
                                      v->name);
            bytes *= (double)file->axes[v->axes[k]].n;
        }
        if (bytes > NETCDF_VARIABLE_BYTES)
            return cosmo_run_fail(
                run, COSMO_BAD_INPUT,
                "error: '%s' has %.3g bytes, and a variable of a netCDF file less than 4 GiB: ask for "
                "larger cells or fewer times",
                v->name, bytes);
    }
    return COSMO_OK;
}

/* ---- the file ---------------------------------------------------------------------------------------------------- */

static void netcdf_head(netcdf_writer *w)
{
    const cosmo_netcdf *file = w->file;
    netcdf_head_file(w);
    netcdf_word(w, NETCDF_VARIABLES);
    netcdf_word(w, (uint32_t)(file->n_axes + 1 + file->n_variables));
    for (size_t i = 0; i < file->n_axes; i++) netcdf_head_axis(w, i);
    netcdf_head_crs(w);
    for (size_t i = 0; i < file->n_variables; i++) netcdf_head_variable(w, &file->variables[i]);
}

/* The values follow the header in the order of their entries; the offsets in it are moved by its length. */
static void netcdf_fill(const netcdf_writer *w, unsigned char *out)
{
    const cosmo_netcdf *file = w->file;
    memcpy(out, w->head.data, w->head.length);
    for (size_t i = 0; i < w->n_begins; i++) {
        uint64_t begin = 0;
        for (int k = 0; k < 8; k++) begin = begin << 8 | out[w->begins[i] + (size_t)k];
        netcdf_store(out + w->begins[i], begin + w->head.length, 8);
    }
    unsigned char *to = out + w->head.length;
    for (size_t i = 0; i < file->n_axes; i++)
        for (size_t k = 0; k < file->axes[i].n; k++, to += 8) netcdf_double(to, file->axes[i].values[k]);
    to += 4; /* crs: 0 */
    for (size_t i = 0; i < file->n_variables; i++) {
        const uint64_t n = netcdf_count(file, &file->variables[i]);
        for (uint64_t k = 0; k < n; k++, to += 4) netcdf_float(to, file->variables[i].values[k]);
    }
}

cosmo_status cosmo_netcdf_write(const cosmo_netcdf *file, cosmo_arena *arena, cosmo_run *run, const void **data,
                                size_t *bytes)
{
    COSMO_TRY(netcdf_check(file, run));
    netcdf_writer w = {.file = file, .run = run, .head = cosmo_text_begin(arena)};
    w.begins = cosmo_arena_array(arena, file->n_axes + 1 + file->n_variables, sizeof *w.begins);
    COSMO_NEED(w.begins, run);
    netcdf_head(&w);
    if (w.head.failed) return cosmo_run_out_of_memory(run);
    unsigned char *out = cosmo_arena_alloc(arena, w.head.length + w.begin);
    COSMO_NEED(out, run);
    netcdf_fill(&w, out);
    *data = out;
    *bytes = w.head.length + w.begin;
    return COSMO_OK;
}
