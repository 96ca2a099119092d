/* Ids of the data files, their paths, and hints for ids that do not exist. */
#include "cosmodrome/vehicle.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { CATALOGUE_FILES_MAX = 4096, CATALOGUE_ID_MAX = 100 };
static const char CATALOGUE_ENDING[] = ".yaml";

static bool catalogue_ends_in_yaml(const char *name)
{
    const size_t length = strlen(name), ending = sizeof CATALOGUE_ENDING - 1;
    return length > ending && strcmp(name + length - ending, CATALOGUE_ENDING) == 0;
}

/* An id is a file's name, so it may not lead out of its folder. */
static bool catalogue_is_id(const char *id)
{
    const size_t length = strlen(id);
    return length > 0 && length <= CATALOGUE_ID_MAX && id[0] != '.' && strchr(id, '/') == NULL;
}

static int catalogue_order(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static cosmo_status catalogue_scan(DIR *folder, cosmo_arena *arena, cosmo_run *run, const char **names, size_t *n)
{
    const struct dirent *entry;
    while ((entry = readdir(folder)) != NULL) {
        if (!catalogue_ends_in_yaml(entry->d_name) || entry->d_name[0] == '.') continue;
        if (*n == CATALOGUE_FILES_MAX)
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: more than %d data files in one folder",
                                  CATALOGUE_FILES_MAX);
        names[*n] = cosmo_arena_text(arena, entry->d_name, strlen(entry->d_name) - (sizeof CATALOGUE_ENDING - 1));
        COSMO_NEED(names[*n], run);
        (*n)++;
    }
    return COSMO_OK;
}

cosmo_status cosmo_catalogue_list(const char *kind, cosmo_arena *arena, cosmo_run *run, cosmo_list *ids)
{
    *ids = (cosmo_list){0};
    if (run->data_folder == NULL) return COSMO_OK;
    const char *path = cosmo_file_join(arena, run->data_folder, kind);
    COSMO_NEED(path, run);
    const char **names = cosmo_arena_array(arena, CATALOGUE_FILES_MAX, sizeof *names);
    COSMO_NEED(names, run);
    DIR *folder = opendir(path);
    if (folder == NULL) return COSMO_OK;
    const cosmo_status status = catalogue_scan(folder, arena, run, names, &ids->n);
    closedir(folder);
    COSMO_TRY(status);
    qsort(names, ids->n, sizeof *names, catalogue_order);
    ids->items = names;
    return COSMO_OK;
}

/* The known name nearest to a word, or nearest where it is cut to the word's length ("soyus-2.1a" is near
 * "soyuz-2.1a-crew"); of several that begin alike, the shortest. */
static const char *catalogue_nearest(const char *word, const cosmo_list *known, cosmo_arena *arena)
{
    const char *const *names = known->items;
    const char *nearest = cosmo_text_nearest(word, names, known->n);
    const char **starts = cosmo_arena_array(arena, known->n + 1, sizeof *starts);
    if (nearest != NULL || starts == NULL) return nearest;
    const size_t length = strlen(word);
    for (size_t i = 0; i < known->n; i++) {
        starts[i] = strlen(names[i]) > length ? cosmo_arena_text(arena, names[i], length) : names[i];
        if (starts[i] == NULL) return NULL;
    }
    const char *start = cosmo_text_nearest(word, starts, known->n);
    for (size_t i = 0; i < known->n && start != NULL; i++)
        if (strcmp(starts[i], start) == 0 && (nearest == NULL || strlen(names[i]) < strlen(nearest)))
            nearest = names[i];
    return nearest;
}

cosmo_status cosmo_catalogue_unknown(const char *noun, const char *word, const cosmo_list *known,
                                     const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run)
{
    const char *const *names = known->items;
    const char *nearest = catalogue_nearest(word, known, arena);
    cosmo_text text = cosmo_text_begin(arena);
    cosmo_text_print(&text, "unknown %s '%.80s'", noun, word);
    if (nearest != NULL) cosmo_text_print(&text, "; did you mean '%s'?", nearest);
    for (size_t i = 0; i < known->n && nearest == NULL; i++)
        cosmo_text_print(&text, "%s%s", i == 0 ? "; known: " : ", ", names[i]);
    if (text.failed) return cosmo_run_out_of_memory(run);
    if (asked != NULL) return cosmo_yaml_fail(asked, run, "%s", text.data);
    return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: %s", text.data);
}

static bool catalogue_has(const cosmo_list *ids, const char *id)
{
    const char *const *names = ids->items;
    for (size_t i = 0; i < ids->n; i++)
        if (strcmp(names[i], id) == 0) return true;
    return false;
}

static cosmo_status catalogue_open_path(const char *path, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                        const cosmo_yaml **root)
{
    const char *folder = asked != NULL && asked->file != NULL ? cosmo_file_folder(arena, asked->file) : NULL;
    const bool beside = folder != NULL && strcmp(folder, ".") != 0;
    const char *found = cosmo_file_join(arena, beside ? folder : NULL, path);
    COSMO_NEED(found, run);
    return cosmo_yaml_read(found, NULL, arena, run, root);
}

cosmo_status cosmo_catalogue_open(const char *kind, const char *noun, const char *id, const cosmo_yaml *asked,
                                  cosmo_arena *arena, cosmo_run *run, const cosmo_yaml **root)
{
    if (catalogue_ends_in_yaml(id)) return catalogue_open_path(id, asked, arena, run, root);
    cosmo_list known;
    COSMO_TRY(cosmo_catalogue_list(kind, arena, run, &known));
    if (!catalogue_is_id(id) || !catalogue_has(&known, id))
        return cosmo_catalogue_unknown(noun, id, &known, asked, arena, run);
    const char *name = cosmo_arena_print(arena, "%s/%s%s", kind, id, CATALOGUE_ENDING);
    COSMO_NEED(name, run);
    const char *path = cosmo_file_join(arena, run->data_folder, name);
    /* Notes and messages call it data/..., wherever the data folder lies: the same input gives the same bytes. */
    const char *shown = cosmo_file_join(arena, "data", name);
    COSMO_NEED(path, run);
    COSMO_NEED(shown, run);
    COSMO_TRY(cosmo_yaml_read(path, shown, arena, run, root));
    const cosmo_yaml *inside = cosmo_yaml_child(*root, "id");
    if (inside != NULL && inside->text != NULL && strcmp(inside->text, id) != 0)
        return cosmo_yaml_fail(inside, run, "id '%.80s' is not the file's name '%s'", inside->text, id);
    return COSMO_OK;
}
