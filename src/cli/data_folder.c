/* Where vehicles, sites, zones and packs lie. */
#include "cli/data_folder.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DATA_FOLDER_PATH_MAX = 4096 };

static bool data_folder_is_there(const char *path)
{
    struct stat about;
    return path != NULL && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

const char *cosmo_data_folder_find(cosmo_arena *arena)
{
    const char *asked = getenv("COSMO_DATA");
    if (asked != NULL && asked[0] != '\0') return asked;
    char program[DATA_FOLDER_PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) return NULL;
    program[length] = '\0';
    static const char *const beside[] = {"../data", "../share/cosmodrome/data"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        const char *path = cosmo_arena_print(arena, "%s/%s", cosmo_file_folder(arena, program), beside[i]);
        if (data_folder_is_there(path)) return path;
    }
    return NULL;
}
