/* The folder of a flown case, put in place whole. */
#include "study/trajectory_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char CASE_WRITE_GPKG[] = "case.gpkg"; /* the one file that writes itself */
enum { CASE_WRITE_PARTS = 6 };

/* Everything but the GeoPackage, as text. */
static cosmo_status case_write_texts(const cosmo_case *flown, const cosmo_page *page, const char *created_utc,
                                     cosmo_arena *arena, cosmo_run *run, cosmo_case_part parts[CASE_WRITE_PARTS])
{
    enum { CSV, OEM, KML, CZML, IMPACTS, TEXTS };
    static const char *const names[TEXTS] = {"trajectory.csv", "trajectory.oem", "case.kml", "case.czml",
                                             "impacts.geojson"};
    cosmo_text texts[TEXTS];
    for (size_t i = 0; i < TEXTS; i++) texts[i] = cosmo_text_begin(arena);
    COSMO_TRY(cosmo_trajectory_text_csv(flown, arena, run, &texts[CSV]));
    COSMO_TRY(cosmo_trajectory_text_oem(flown, created_utc, arena, run, &texts[OEM]));
    cosmo_kml_write(&texts[KML], page->title, page->epoch_utc, page->layers, page->n_layers);
    cosmo_czml_write(&texts[CZML], page->title, page->epoch_utc, page->layers, page->n_layers);
    const cosmo_layer *impacts = page->layers;
    while (strcmp(impacts->id, "impacts") != 0) impacts++;
    cosmo_geojson_write(&texts[IMPACTS], page->name, impacts, 1);
    for (size_t i = 0; i < TEXTS; i++) {
        if (texts[i].failed) return cosmo_run_out_of_memory(run);
        parts[i] = (cosmo_case_part){names[i], texts[i].data, texts[i].length};
    }
    parts[TEXTS].name = "summary.json";
    parts[TEXTS].data = cosmo_summary_json(flown, arena, &parts[TEXTS].bytes);
    return parts[TEXTS].data != NULL ? COSMO_OK : cosmo_run_out_of_memory(run);
}

/* ---- files
 * ----------------------------------------------------------------------------------------------------------- */

static cosmo_status case_write_parts(const char *folder, const cosmo_case_part *parts, size_t n, cosmo_arena *arena,
                                     cosmo_run *run)
{
    for (size_t i = 0; i < n; i++) {
        const char *path = cosmo_file_join(arena, folder, parts[i].name);
        COSMO_NEED(path, run);
        COSMO_TRY(cosmo_file_write(path, parts[i].data, parts[i].bytes, run));
    }
    return COSMO_OK;
}

static cosmo_status case_write_move(const char *from, const char *to, const char *name, cosmo_arena *arena,
                                    cosmo_run *run)
{
    const char *source = cosmo_file_join(arena, from, name), *target = cosmo_file_join(arena, to, name);
    COSMO_NEED(source, run);
    COSMO_NEED(target, run);
    if (rename(source, target) == 0) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot put in place: %s", target, strerror(errno));
}

/* The folder beside becomes the folder, or its files replace those in a folder that is there. */
static cosmo_status case_write_place(const char *beside, const char *folder, const char *const *names, size_t n,
                                     cosmo_arena *arena, cosmo_run *run)
{
    if (rename(beside, folder) == 0) return COSMO_OK; /* there was none */
    for (size_t i = 0; i < n; i++) COSMO_TRY(case_write_move(beside, folder, names[i], arena, run));
    rmdir(beside);
    return COSMO_OK;
}

static void case_write_discard(const char *beside, const char *const *names, size_t n, cosmo_arena *arena)
{
    for (size_t i = 0; i < n; i++) {
        const char *path = cosmo_file_join(arena, beside, names[i]);
        if (path != NULL) unlink(path);
    }
    rmdir(beside);
}

/* "out/a" without a slash at its end. */
static const char *case_write_clean(const char *folder, cosmo_arena *arena)
{
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/') length--;
    return cosmo_arena_text(arena, folder, length);
}

/* Beside a folder that is to be made, within one that is there, which may be the root of another disk. */
static const char *case_write_beside(const char *target, cosmo_arena *arena)
{
    struct stat about;
    const bool there = stat(target, &about) == 0 && S_ISDIR(about.st_mode);
    return cosmo_arena_print(arena, "%s%s.part-%ld", target, there ? "/" : "", (long)getpid());
}

cosmo_status cosmo_case_write_folder(const cosmo_case *flown, const cosmo_page *page, const char *created_utc,
                                     const cosmo_case_part *extras, size_t n_extras, const char *folder,
                                     cosmo_arena *arena, cosmo_run *run)
{
    cosmo_case_part parts[CASE_WRITE_PARTS];
    COSMO_TRY(case_write_texts(flown, page, created_utc, arena, run, parts));
    const char **names = cosmo_arena_array(arena, CASE_WRITE_PARTS + n_extras + 1, sizeof *names);
    const char *target = case_write_clean(folder, arena);
    COSMO_NEED(names, run);
    COSMO_NEED(target, run);
    size_t n = 0;
    for (size_t i = 0; i < CASE_WRITE_PARTS; i++) names[n++] = parts[i].name;
    for (size_t i = 0; i < n_extras; i++) names[n++] = extras[i].name;
    names[n++] = CASE_WRITE_GPKG;
    const char *beside = case_write_beside(target, arena);
    COSMO_NEED(beside, run);
    COSMO_TRY(cosmo_file_make_folder(beside, run));
    cosmo_status status = case_write_parts(beside, parts, CASE_WRITE_PARTS, arena, run);
    if (status == COSMO_OK) status = case_write_parts(beside, extras, n_extras, arena, run);
    const char *gpkg = cosmo_file_join(arena, beside, CASE_WRITE_GPKG);
    if (gpkg == NULL) status = cosmo_run_out_of_memory(run);
    if (status == COSMO_OK) status = cosmo_gpkg_write(gpkg, page->name, page->layers, page->n_layers, run);
    if (status == COSMO_OK) status = case_write_place(beside, target, names, n, arena, run);
    if (status != COSMO_OK) case_write_discard(beside, names, n, arena);
    return status;
}
