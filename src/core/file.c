/* Whole files: bounded reads, all-or-nothing writes, folders, paths. */
#include "cosmodrome/core.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_PATH_BYTES = 4096 };

static cosmo_status file_fill(int fd, const char *path, char *buffer, size_t bytes, size_t *got, cosmo_run *run)
{
    *got = 0;
    while (*got < bytes) {
        const ssize_t n = read(fd, buffer + *got, bytes - *got);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: cannot read: %s", path, strerror(errno));
        if (n == 0) break;
        *got += (size_t)n;
    }
    return COSMO_OK;
}

cosmo_status cosmo_file_read(const char *path, size_t limit, cosmo_arena *arena, cosmo_run *run, const char **data,
                             size_t *bytes)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s:1:1: error: cannot open: %s", path, strerror(errno));
    struct stat about;
    cosmo_status status = COSMO_OK;
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))
        status = cosmo_run_fail(run, COSMO_BAD_INPUT, "%s:1:1: error: not a regular file", path);
    else if ((uint64_t)about.st_size > limit)
        status = cosmo_run_fail(run, COSMO_BAD_INPUT, "%s:1:1: error: file is %lld bytes; at most %zu are read here",
                                path, (long long)about.st_size, limit);
    char *buffer = NULL;
    if (status == COSMO_OK) {
        buffer = cosmo_arena_alloc(arena, (size_t)about.st_size + 1);
        status = buffer == NULL ? cosmo_run_out_of_memory(run)
                                : file_fill(fd, path, buffer, (size_t)about.st_size, bytes, run);
    }
    close(fd);
    *data = buffer;
    return status;
}

static cosmo_status file_put(int fd, const char *path, const char *data, size_t bytes, cosmo_run *run)
{
    size_t done = 0;
    while (done < bytes) {
        const ssize_t n = write(fd, data + done, bytes - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot write: %s", path, strerror(errno));
        done += (size_t)n;
    }
    if (fsync(fd) != 0)
        return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot write: %s", path, strerror(errno));
    return COSMO_OK;
}

/* Where a file is written before it gets its name; false when the name is too long. */
static bool file_aside(const char *path, char aside[FILE_PATH_BYTES])
{
    return snprintf(aside, FILE_PATH_BYTES, "%s.part-%ld", path, (long)getpid()) < FILE_PATH_BYTES;
}

static cosmo_status file_put_aside(const cosmo_file_part *part, cosmo_run *run)
{
    const char *path = part->path;
    char aside[FILE_PATH_BYTES];
    if (!file_aside(path, aside)) return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: path is too long", path);
    struct stat about; /* a device or a pipe would be replaced by a file */
    if (stat(path, &about) == 0 && !S_ISREG(about.st_mode))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "%s: error: is not a file, and is left as it is", path);
    const int fd = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot create: %s", path, strerror(errno));
    cosmo_status status = file_put(fd, path, part->data, part->bytes, run);
    if (close(fd) != 0 && status == COSMO_OK)
        status = cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot write: %s", path, strerror(errno));
    if (status != COSMO_OK) unlink(aside);
    return status;
}

static cosmo_status file_place(const cosmo_file_part *part, cosmo_run *run)
{
    char aside[FILE_PATH_BYTES];
    if (file_aside(part->path, aside) && rename(aside, part->path) == 0) return COSMO_OK;
    return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot rename into place: %s", part->path,
                          strerror(errno));
}

cosmo_status cosmo_file_write_all(const cosmo_file_part *parts, size_t n, cosmo_run *run)
{
    cosmo_status status = COSMO_OK;
    size_t written = 0, placed = 0;
    for (; status == COSMO_OK && written < n; written += status == COSMO_OK)
        status = file_put_aside(&parts[written], run);
    for (; status == COSMO_OK && placed < n; placed += status == COSMO_OK) status = file_place(&parts[placed], run);
    for (size_t i = placed; i < written; i++) {
        char aside[FILE_PATH_BYTES];
        if (file_aside(parts[i].path, aside)) unlink(aside);
    }
    return status;
}

cosmo_status cosmo_file_write(const char *path, const void *data, size_t bytes, cosmo_run *run)
{
    const cosmo_file_part part = {path, data, bytes};
    return cosmo_file_write_all(&part, 1, run);
}

cosmo_status cosmo_file_make_folder(const char *path, cosmo_run *run)
{
    char partial[FILE_PATH_BYTES];
    const size_t length = strlen(path);
    if (length == 0 || length >= sizeof partial)
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: folder name '%.40s' cannot be used", path);
    for (size_t i = 1; i <= length; i++) {
        if (i < length && path[i] != '/') continue;
        memcpy(partial, path, i);
        partial[i] = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST)
            return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: cannot create folder: %s", partial,
                                  strerror(errno));
    }
    struct stat about;
    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return cosmo_run_fail(run, COSMO_NO_RESOURCES, "%s: error: is in the way of a folder", path);
    return COSMO_OK;
}

const char *cosmo_file_join(cosmo_arena *arena, const char *folder, const char *name)
{
    if (folder == NULL || folder[0] == '\0' || name[0] == '/') return cosmo_arena_text(arena, name, strlen(name));
    return cosmo_arena_print(arena, "%s/%s", folder, name);
}

const char *cosmo_file_folder(cosmo_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return ".";
    return slash == path ? "/" : cosmo_arena_text(arena, path, (size_t)(slash - path));
}

const char *cosmo_file_stem(cosmo_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path, *dot = strrchr(base, '.');
    const size_t length = dot != NULL && dot != base ? (size_t)(dot - base) : strlen(base);
    return length > 0 ? cosmo_arena_text(arena, base, length) : "mission";
}

bool cosmo_file_may_be_called(const char *name)
{
    if (name[0] == '\0' || name[0] == '.' || name[0] == '-' || strlen(name) > COSMO_FILE_NAME_MAX) return false;
    for (const char *c = name; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && strchr("._-", *c) == NULL) return false;
    return true;
}
