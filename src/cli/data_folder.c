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

cosmo_status cosmo_data_folder_find(cosmo_run *run)
{
    const char *asked = getenv("COSMO_DATA");
    if (asked != NULL && asked[0] != '\0') {
        if (!data_folder_is_there(asked))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: COSMO_DATA is '%.200s', and there is no such folder",
                                  asked);
        run->data_folder = asked;
        return COSMO_OK;
    }
    char program[DATA_FOLDER_PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    program[length > 0 ? length : 0] = '\0';
    static const char *const beside[] = {"../data", "../share/cosmodrome/data"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        const char *path = cosmo_arena_print(run->arena, "%s/%s", cosmo_file_folder(run->arena, program), beside[i]);
        COSMO_NEED(path, run);
        run->data_folder = path;
        if (data_folder_is_there(path)) return COSMO_OK;
    }
    return cosmo_run_fail(run, COSMO_BAD_INPUT,
                          "error: the data folder is not found beside the program; set COSMO_DATA");
}
