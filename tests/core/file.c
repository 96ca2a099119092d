/* Whole files: what is written is read, limits hold, nothing half-written stays behind. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <dirent.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static cosmo_arena *arena;
static cosmo_run run;
static char folder[] = "/tmp/cosmo-file-XXXXXX";

static const char *file_in(const char *name)
{
    return cosmo_file_join(arena, folder, name);
}

static int file_entries(const char *path)
{
    int n = 0;
    DIR *listing = opendir(path);
    ck_assert_ptr_nonnull(listing);
    while (readdir(listing) != NULL) n++;
    closedir(listing);
    return n - 2; /* . and .. */
}

START_TEST(what_is_written_is_read)
{
    static const char text[] = "line\n\0with a NUL\n";
    const char *path = file_in("a.txt"), *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_write(path, text, sizeof text, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_write(path, text, sizeof text - 1, &run), COSMO_OK); /* over the old one */
    ck_assert_int_eq(cosmo_file_read(path, sizeof text - 1, arena, &run, &data, &bytes), COSMO_OK);
    ck_assert_uint_eq(bytes, sizeof text - 1);
    ck_assert_mem_eq(data, text, sizeof text); /* and a NUL behind it */
    ck_assert_int_eq(cosmo_file_read(path, sizeof text - 2, arena, &run, &data, &bytes), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "a.txt:1:1: error: file is 17 bytes; at most 16 are read here"));
    ck_assert_int_eq(cosmo_file_write(path, "", 0, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_read(path, 0, arena, &run, &data, &bytes), COSMO_OK);
    ck_assert_uint_eq(bytes, 0);
    ck_assert_int_eq(file_entries(folder), 1); /* no temporary stays */
    unlink(path);
}
END_TEST

START_TEST(what_cannot_be_read)
{
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_read(file_in("none"), 9, arena, &run, &data, &bytes), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "none:1:1: error: cannot open: No such file or directory"));
    ck_assert_int_eq(cosmo_file_read(folder, 9, arena, &run, &data, &bytes), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, ":1:1: error: not a regular file"));
    const char *pipe_path = file_in("pipe");
    ck_assert_int_eq(mkfifo(pipe_path, 0600), 0);
    ck_assert_int_eq(cosmo_file_read(pipe_path, 9, arena, &run, &data, &bytes),
                     COSMO_BAD_INPUT); /* and does not wait */
    unlink(pipe_path);
}
END_TEST

START_TEST(what_cannot_be_written)
{
    ck_assert_int_eq(cosmo_file_write(file_in("no/such/folder"), "x", 1, &run), COSMO_NO_RESOURCES);
    ck_assert_ptr_nonnull(strstr(run.message, "error: cannot create: No such file or directory"));
    const char *taken = file_in("taken");
    ck_assert_int_eq(mkdir(taken, 0700), 0);
    ck_assert_int_eq(cosmo_file_write(taken, "x", 1, &run), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "taken: error: is not a file, and is left as it is"));
    ck_assert_int_eq(file_entries(folder), 1);
    rmdir(taken);
    const char *pipe = file_in("pipe"); /* stands for a device, /dev/null above all */
    ck_assert_int_eq(mkfifo(pipe, 0600), 0);
    ck_assert_int_eq(cosmo_file_write(pipe, "x", 1, &run), COSMO_BAD_INPUT);
    ck_assert_int_eq(file_entries(folder), 1);
    unlink(pipe);
    char wide[5000];
    memset(wide, 'x', sizeof wide - 1);
    wide[sizeof wide - 1] = '\0';
    ck_assert_int_eq(cosmo_file_write(wide, "x", 1, &run), COSMO_BAD_INPUT);
    ck_assert_int_eq(cosmo_file_make_folder(wide, &run), COSMO_BAD_INPUT);
    if (access("/dev/full", W_OK) == 0) { /* a full disk, as a folder of symbolic links sees it */
        const char *full = file_in("full");
        const char *aside = cosmo_arena_print(arena, "%s.part-%ld", full, (long)getpid());
        ck_assert_int_eq(symlink("/dev/full", aside), 0);
        ck_assert_int_eq(cosmo_file_write(full, "x", 1, &run), COSMO_NO_RESOURCES);
        ck_assert_ptr_nonnull(strstr(run.message, "error: cannot write: No space left on device"));
        ck_assert_int_eq(file_entries(folder), 0);
    }
}
END_TEST

/* The second of three cannot be written: nothing is there afterwards but what was there before. */
START_TEST(all_or_none)
{
    const cosmo_file_part parts[3] = {{file_in("a"), "new", 3}, {file_in("b"), "new", 3}, {file_in("c"), "new", 3}};
    const char *data;
    size_t bytes;
    ck_assert_int_eq(cosmo_file_write(parts[0].path, "old", 3, &run), COSMO_OK);
    ck_assert_int_eq(mkdir(parts[1].path, 0700), 0);
    ck_assert_int_eq(cosmo_file_write_all(parts, 3, &run), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "/b: error: is not a file"));
    ck_assert_int_eq(file_entries(folder), 2);
    ck_assert_int_eq(cosmo_file_read(parts[0].path, 9, arena, &run, &data, &bytes), COSMO_OK);
    ck_assert_str_eq(data, "old");
    rmdir(parts[1].path);
    ck_assert_int_eq(cosmo_file_write_all(parts, 3, &run), COSMO_OK);
    ck_assert_int_eq(file_entries(folder), 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(cosmo_file_read(parts[i].path, 9, arena, &run, &data, &bytes), COSMO_OK);
        ck_assert_str_eq(data, "new");
        unlink(parts[i].path);
    }
    ck_assert_int_eq(cosmo_file_write_all(parts, 0, &run), COSMO_OK);
}
END_TEST

START_TEST(folders)
{
    const char *deep = file_in("x/y/z");
    ck_assert_int_eq(cosmo_file_make_folder(deep, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_make_folder(deep, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_make_folder(file_in("x/y//z/"), &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_make_folder("", &run), COSMO_BAD_INPUT);
    const char *stone = file_in("x/stone");
    ck_assert_int_eq(cosmo_file_write(stone, "x", 1, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_file_make_folder(stone, &run), COSMO_NO_RESOURCES);
    ck_assert_ptr_nonnull(strstr(run.message, "is in the way of a folder"));
    ck_assert_int_eq(cosmo_file_make_folder(file_in("x/stone/y"), &run), COSMO_NO_RESOURCES);
    ck_assert_ptr_nonnull(strstr(run.message, "cannot create folder: Not a directory"));
    unlink(stone);
    static const char *const made[] = {"x/y/z", "x/y", "x"};
    for (size_t i = 0; i < 3; i++) ck_assert_int_eq(rmdir(file_in(made[i])), 0);
}
END_TEST

START_TEST(paths)
{
    ck_assert_str_eq(cosmo_file_join(arena, "a", "b"), "a/b");
    ck_assert_str_eq(cosmo_file_join(arena, "", "b"), "b");
    ck_assert_str_eq(cosmo_file_join(arena, NULL, "b"), "b");
    ck_assert_str_eq(cosmo_file_join(arena, "a", "/b"), "/b");
    ck_assert_str_eq(cosmo_file_folder(arena, "a/b/c"), "a/b");
    ck_assert_str_eq(cosmo_file_folder(arena, "c"), ".");
    ck_assert_str_eq(cosmo_file_folder(arena, "/c"), "/");
}
END_TEST

int main(void)
{
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    if (mkdtemp(folder) == NULL) return EXIT_FAILURE;
    const TTest *const tests[] = {
        what_is_written_is_read, what_cannot_be_read, what_cannot_be_written, all_or_none, folders, paths};
    const int status = suite_run("core/file", tests, sizeof tests / sizeof tests[0]);
    rmdir(folder);
    cosmo_arena_destroy(arena);
    return status;
}
