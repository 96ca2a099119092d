/* Replays a folder of inputs through a fuzz harness, so that what fuzzing once found stays found without clang. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

/* False when the file cannot be read. The copy has no byte to spare, so that a sanitizer sees a read past its end. */
static bool replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return false;
    const long bytes = ftell(file);
    rewind(file);
    uint8_t *data = bytes >= 0 ? malloc((size_t)bytes) : NULL;
    const bool read = data != NULL && fread(data, 1, (size_t)bytes, file) == (size_t)bytes;
    fclose(file);
    if (read) LLVMFuzzerTestOneInput(data, (size_t)bytes);
    free(data);
    return read;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    const int n = argc == 2 ? scandir(argv[1], &entries, NULL, alphasort) : -1;
    if (n < 0) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return EXIT_FAILURE;
    }
    int replayed = 0, failed = 0;
    for (int i = 0; i < n; i++) {
        char path[4096];
        if (entries[i]->d_name[0] != '.' &&
            snprintf(path, sizeof path, "%s/%s", argv[1], entries[i]->d_name) < (int)sizeof path) {
            replayed++;
            if (!replay_file(path)) failed += fprintf(stderr, "cannot read %s\n", path) > 0;
        }
        free(entries[i]);
    }
    free(entries);
    printf("  %d inputs replayed\n", replayed);
    return replayed > 0 && failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
