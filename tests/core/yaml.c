/* Trees of mission files: what is read, where it stands, and every refusal with its place. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <dirent.h>
#include <string.h>
#include <unistd.h>

enum { MIB = 1 << 20 };
static cosmo_arena *arena;

static cosmo_status yaml_try(const char *data, size_t bytes, cosmo_run *run, const cosmo_yaml **root)
{
    cosmo_run_init(run, arena);
    return cosmo_yaml_parse("x.yaml", data, bytes, arena, run, root);
}

static const cosmo_yaml *yaml_good(const char *text)
{
    cosmo_run run;
    const cosmo_yaml *root = NULL;
    const cosmo_status status = yaml_try(text, strlen(text), &run, &root);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
    ck_assert_ptr_nonnull(root);
    return root;
}

static void yaml_refuse_bytes(const char *data, size_t bytes, const char *expected)
{
    cosmo_run run;
    const cosmo_yaml *root = NULL;
    ck_assert_msg(yaml_try(data, bytes, &run, &root) == COSMO_BAD_INPUT, "was read: %.60s", data);
    ck_assert_ptr_null(root);
    ck_assert_msg(strncmp(run.message, expected, strlen(expected)) == 0, "got  '%s'\nwant '%s'", run.message, expected);
}

static void yaml_refuse(const char *text, const char *expected)
{
    yaml_refuse_bytes(text, strlen(text), expected);
}

START_TEST(a_tree_remembers_its_places)
{
    const cosmo_yaml *root = yaml_good(
        "# a mission\nname: Demo\nlaunch:\n  pad: \"31/6\"\n  at: [1 km, 'two', 3]\nnotes: |\n  first\n  second\n");
    ck_assert_int_eq(root->kind, COSMO_YAML_MAP);
    ck_assert_uint_eq(root->n_children, 3);
    const cosmo_yaml *launch = cosmo_yaml_child(root, "launch"), *pad = cosmo_yaml_child(launch, "pad");
    ck_assert_str_eq(pad->text, "31/6");
    ck_assert(pad->quoted);
    ck_assert_int_eq(pad->line, 4);
    ck_assert_int_eq(pad->column, 8);
    ck_assert_int_eq(pad->key_line, 4);
    ck_assert_int_eq(pad->key_column, 3);
    ck_assert_str_eq(pad->file, "x.yaml");
    const cosmo_yaml *at = cosmo_yaml_child(launch, "at");
    ck_assert_int_eq(at->kind, COSMO_YAML_LIST);
    ck_assert_uint_eq(at->n_children, 3);
    ck_assert_str_eq(at->first_child->text, "1 km");
    ck_assert(!at->first_child->quoted);
    ck_assert_ptr_null(at->first_child->key);
    ck_assert_int_eq(at->first_child->next->column, 14);
    ck_assert_str_eq(cosmo_yaml_child(root, "notes")->text, "first\nsecond\n");
    ck_assert_ptr_null(cosmo_yaml_child(root, "none"));
    ck_assert_ptr_null(cosmo_yaml_child(at, "none"));
    ck_assert_ptr_null(cosmo_yaml_child(NULL, "none"));
    cosmo_run run;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_yaml_fail(pad, &run, "no pad '%s'", "x"), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "x.yaml:4:8: error: no pad 'x'");
}
END_TEST

START_TEST(json_is_yaml_too)
{
    const cosmo_yaml *root = yaml_good("{\"a\":1,\"b\": [true, null, \"\\u043a\\n\"], \"c\": {}}\n");
    ck_assert_str_eq(cosmo_yaml_child(root, "a")->text, "1");
    ck_assert_str_eq(cosmo_yaml_child(root, "b")->first_child->next->next->text, "\320\272\n");
    ck_assert_uint_eq(cosmo_yaml_child(root, "c")->n_children, 0);
}
END_TEST

START_TEST(ordinary_texts_pass)
{
    ck_assert_str_eq(
        cosmo_yaml_child(
            yaml_good(
                "\357\273\277a: b\r\nc: \320\232\320\276\321\201\320\274\320\276\320\264\321\200\320\276\320\274\r\n"),
            "a")
            ->text,
        "b");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("%YAML 1.1\n---\na: b\n...\n"), "a")->text, "b");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("a: b\t# tab before a comment\n   \n  # and here\n"), "a")->text, "b");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("a:\n"), "a")->text, "");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("a: ''"), "a")->text, "");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("t: 2026-07-14T15:05:00Z"), "t")->text, "2026-07-14T15:05:00Z");
    ck_assert_str_eq(yaml_good("just text")->text, "just text");
    ck_assert_str_eq(cosmo_yaml_child(yaml_good("a: \360\237\232\200"), "a")->text, "\360\237\232\200");
    ck_assert_int_eq(cosmo_yaml_child(yaml_good("\320\272\320\273: {a: 1, b: 2}"), "\320\272\320\273")
                         ->first_child->next->key_column,
                     12);
}
END_TEST

START_TEST(what_yaml_has_and_missions_must_not)
{
    yaml_refuse("a: &x 1\nb: *x\n", "x.yaml:1:4: error: anchor '&x' is not allowed here");
    yaml_refuse("b: *x\n", "x.yaml:1:4: error: alias '*x' is not allowed here");
    yaml_refuse("a: &m {b: 1}\n", "x.yaml:1:4: error: anchor '&m'");
    yaml_refuse("a: &l [b]\n", "x.yaml:1:4: error: anchor '&l'");
    yaml_refuse("a: !!int 1\n", "x.yaml:1:4: error: tag 'tag:yaml.org,2002:int' is not allowed here");
    yaml_refuse("a: ! 1\n", "x.yaml:1:4: error: tag '!'");
    yaml_refuse("a: !x {b: 1}\n", "x.yaml:1:4: error: tag '!x'");
    yaml_refuse("a: !x [b]\n", "x.yaml:1:4: error: tag '!x'");
    yaml_refuse("%TAG !e! tag:example.org,2026:\n---\na: b\n",
                "x.yaml:1:1: error: a %TAG directive is not allowed here");
    yaml_refuse("a: 1\n---\nb: 2\n", "x.yaml:2:1: error: a second document begins here");
    yaml_refuse("a: 1\nb: 2\na: 3\n", "x.yaml:3:1: error: key 'a' appears twice; it stands already in line 1");
    yaml_refuse("z: 1\nm: {b: 1, c: 2, b: 3, c: 4}\n", "x.yaml:2:17: error: key 'b' appears twice");
    yaml_refuse("a: 1\na: 2\na: 3\n", "x.yaml:2:1: error: key 'a' appears twice; it stands already in line 1");
    yaml_refuse("? [a, b]\n: 1\n", "x.yaml:1:3: error: a key must be one word or text");
    yaml_refuse("? {a: b}\n: 1\n", "x.yaml:1:3: error: a key must be one word or text");
    yaml_refuse("a:\n  : 1\n", "x.yaml:2:3: error: did not find expected key");
    yaml_refuse("a: {: 1}\n", "x.yaml:1:5: error: did not find expected node content");
    yaml_refuse("'': 1\n", "x.yaml:1:1: error: a key is missing before ':'");
    yaml_refuse("", "x.yaml:1:1: error: nothing in this file");
    yaml_refuse("# only a comment\n", "x.yaml:1:1: error: nothing in this file");
    yaml_refuse("---\n", "x.yaml:1:1: error: nothing in this file");
}
END_TEST

START_TEST(bytes_that_are_no_text)
{
    yaml_refuse_bytes("a: b\0c\n", 7, "x.yaml:1:5: error: NUL byte");
    yaml_refuse("a: \"b\\0c\"\n", "x.yaml:1:4: error: text holds a NUL character");
    yaml_refuse("\"b\\0c\": 1\n", "x.yaml:1:1: error: text holds a NUL character");
    yaml_refuse("a: b\nc: \377\n", "x.yaml:2:4: error: not UTF-8");
    yaml_refuse("a: \300\200\n", "x.yaml:1:4: error: not UTF-8");     /* overlong NUL */
    yaml_refuse("a: \340\200\200\n", "x.yaml:1:4: error: not UTF-8"); /* overlong */
    yaml_refuse("a: \355\240\200\n", "x.yaml:1:4: error: not UTF-8"); /* surrogate */
    yaml_refuse("a: \364\220\200\200\n", "x.yaml:1:4: error: not UTF-8");
    yaml_refuse("a: \360\237\232", "x.yaml:1:4: error: not UTF-8"); /* cut short */
    yaml_refuse_bytes("\377\376a\0:\0 \0b\0", 10, "x.yaml:1:1: error: not UTF-8");
    yaml_refuse("a: \033[31m\n", "x.yaml:1:4: error: control character");
    yaml_refuse("a: \177\n", "x.yaml:1:4: error: control character");
    yaml_refuse("a: \302\200\n", "x.yaml:1:4: error: control character");
    yaml_refuse("a: \302\205\n", "x.yaml:1:4: error: Unicode line separator");
    yaml_refuse("\320\272: \342\200\250\n", "x.yaml:1:4: error: Unicode line separator");
    yaml_refuse("a: \357\273\277\n", "x.yaml:1:4: error: byte order mark inside");
    yaml_refuse("\177ELF\002\001", "x.yaml:1:1: error: control character");
    yaml_refuse("\211PNG\r\n", "x.yaml:1:1: error: not UTF-8");
}
END_TEST

START_TEST(mistakes_of_form_have_a_hint)
{
    yaml_refuse("a:\n\tb: 1\n", "x.yaml:2:1: error: tab used as indentation; use spaces");
    yaml_refuse("a: 1\n\t\n", "x.yaml:2:1: error: tab used as indentation; use spaces");
    yaml_refuse("a:\n  \tb: 1\n", "x.yaml:2:3: error: tab used as indentation; use spaces");
    yaml_refuse(
        "note: see: this\n",
        "x.yaml:1:10: error: mapping values are not allowed in this context; put text that contains ': ' in quotes");
    yaml_refuse("a: [1, 2\nb: 3\n", "x.yaml:2:2: error: did not find expected ',' or ']', while parsing a flow "
                                    "sequence that begins in line 1; a ']' is missing");
    yaml_refuse(
        "a: 'b\n",
        "x.yaml:2:1: error: found unexpected end of stream, while scanning a quoted scalar that begins in line 1");
    yaml_refuse("a: 1\n b: 2\n", "x.yaml:2:3: error: mapping values are not allowed in this context");
    yaml_refuse("a: @x\n", "x.yaml:1:4: error: found character that cannot start any token");
    yaml_refuse("a: 1\nb\n", "x.yaml:3:1: error: could not find expected ':'");
    yaml_refuse("a: - b\n", "x.yaml:1:4: error: block sequence entries are not allowed in this context; begin the list "
                            "on a line of its own");
}
END_TEST

/* `n` copies of `piece` between `head` and `tail`. */
static char *yaml_many(const char *head, const char *piece, size_t n, const char *tail)
{
    const size_t length = strlen(piece);
    char *text = malloc(strlen(head) + n * length + strlen(tail) + 1), *end = text;
    ck_assert_ptr_nonnull(text);
    end += sprintf(end, "%s", head);
    for (size_t i = 0; i < n; i++, end += length) memcpy(end, piece, length);
    sprintf(end, "%s", tail);
    return text;
}

START_TEST(sizes_are_bounded)
{
    char *text = yaml_many("a: ", "x", 65536 - 2, "\n");
    yaml_refuse(text, "x.yaml:1:65538: error: line is longer than 64 KiB");
    text[65536] = '\n';
    ck_assert_uint_eq(strlen(cosmo_yaml_child(yaml_good(text), "a")->text), 65536 - 3);
    free(text);
    text = yaml_many("", "# filler, filler, filler, filler\n", MIB / 33, "");
    yaml_refuse(text, "x.yaml:1:1: error: nothing in this file");
    free(text);
    text = yaml_many("", "# filler, filler, filler, filler\n", MIB / 33 + 1, "");
    yaml_refuse(text, "x.yaml:1:1: error: file is longer than 1 MiB");
    free(text);
    text = yaml_many("a: ", "[", 32, "");
    yaml_refuse(text, "x.yaml:1:35: error: nested deeper than 32 levels");
    free(text);
    char *closing = yaml_many("", "]", 31, "\n");
    text = yaml_many("a: ", "[", 31, closing);
    yaml_good(text);
    free(text);
    text = yaml_many("a: ", "[", 65000, "");
    yaml_refuse(text, "x.yaml:1:35: error: nested deeper than 32 levels");
    free(text);
    text = yaml_many("", "{a: ", 10000, "");
    yaml_refuse(text, "x.yaml:1:129: error: nested deeper than 32 levels");
    free(text);
    free(closing);
}
END_TEST

START_TEST(many_keys_do_not_take_long)
{
    char *text = malloc(MIB), *end = text;
    for (int i = 0; i < 80000; i++) end += sprintf(end, "k%05d: 1\n", i);
    end += sprintf(end, "k00007: 2\n");
    yaml_refuse_bytes(text, (size_t)(end - text),
                      "x.yaml:80001:1: error: key 'k00007' appears twice; it stands already in line 8");
    free(text);
    cosmo_arena_reset(arena);
}
END_TEST

START_TEST(files_are_read_and_noted)
{
    char folder[] = "/tmp/cosmo-yaml-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/m.yaml", folder);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_file_write(path, "abc", 3, &run), COSMO_OK);
    const cosmo_yaml *root;
    ck_assert_int_eq(cosmo_yaml_read(path, "missions/m.yaml", arena, &run, &root), COSMO_OK);
    ck_assert_str_eq(root->text, "abc");
    ck_assert_str_eq(root->file, "missions/m.yaml");
    ck_assert_uint_eq(run.n_notes, 1);
    ck_assert_int_eq(run.notes[0].kind, COSMO_NOTE_INPUT);
    ck_assert_str_eq(run.notes[0].text, "missions/m.yaml");
    ck_assert_str_eq(run.notes[0].detail, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    /* a file of 3 GiB (without blocks) and a folder fail at once */
    ck_assert_int_eq(truncate(path, (off_t)3 << 30), 0);
    ck_assert_int_eq(cosmo_yaml_read(path, "missions/m.yaml", arena, &run, &root), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message,
                     "missions/m.yaml:1:1: error: file is 3221225472 bytes; at most 1048576 are read here");
    ck_assert_ptr_null(root);
    ck_assert_int_eq(cosmo_yaml_read(folder, "a folder", arena, &run, &root), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "a folder:1:1: error: not a regular file");
    unlink(path);
    ck_assert_int_eq(cosmo_yaml_read(path, NULL, arena, &run, &root), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(run.message, "m.yaml:1:1: error: cannot open: No such file"));
    rmdir(folder);
}
END_TEST

/* Every file of tests/core/broken is refused where its first line says: "# LINE:COLUMN: TEXT". */
START_TEST(the_broken_are_refused_where_they_break)
{
    static const char folder[] = "tests/core/broken";
    DIR *listing = opendir(folder);
    ck_assert_ptr_nonnull(listing);
    size_t n = 0;
    for (const struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        const char *path = cosmo_arena_print(arena, "%s/%s", folder, entry->d_name), *data;
        size_t bytes;
        cosmo_run run;
        cosmo_run_init(&run, arena);
        ck_assert_int_eq(cosmo_file_read(path, MIB, arena, &run, &data, &bytes), COSMO_OK);
        const size_t first = strcspn(data, "\n");
        ck_assert_msg(first > 2 && data[0] == '#', "%s does not say what is wrong with it", path);
        const char *place = cosmo_arena_text(arena, data + 2, first - 2), *text = strchr(place, ' ');
        const char *expected =
            cosmo_arena_print(arena, "%s:%.*s error:%s", entry->d_name, (int)(text - place), place, text);
        const cosmo_yaml *root;
        ck_assert_msg(cosmo_yaml_parse(entry->d_name, data, bytes, arena, &run, &root) == COSMO_BAD_INPUT,
                      "%s was read", path);
        ck_assert_msg(strncmp(run.message, expected, strlen(expected)) == 0, "got  '%s'\nwant '%s'", run.message,
                      expected);
        n++;
    }
    closedir(listing);
    printf("  %zu broken files refused\n", n);
    ck_assert_uint_gt(n, 15);
}
END_TEST

static void *yaml_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}
static void yaml_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(every_allocation_may_fail)
{
    static const char text[] = "a: 1\nb: [2, {c: 3, d: 'x'}]\n";
    int n = 0;
    for (cosmo_status status = COSMO_NO_RESOURCES; status != COSMO_OK; n++) {
        int left = n + 1;
        const cosmo_allocator poor = {yaml_allocate, yaml_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        cosmo_run run;
        cosmo_run_init(&run, small);
        const cosmo_yaml *root;
        status = cosmo_yaml_parse("x.yaml", text, sizeof text - 1, small, &run, &root);
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "after %d: %s", n, run.message);
        cosmo_arena_destroy(small);
        ck_assert_int_lt(n, 1000);
    }
    printf("  %d allocations failed in turn\n", n - 1);
    ck_assert_int_gt(n, 10);
}
END_TEST

int main(void)
{
    arena = cosmo_arena_create(0, NULL);
    const TTest *const tests[] = {a_tree_remembers_its_places, json_is_yaml_too,
                                  ordinary_texts_pass,         what_yaml_has_and_missions_must_not,
                                  bytes_that_are_no_text,      mistakes_of_form_have_a_hint,
                                  sizes_are_bounded,           many_keys_do_not_take_long,
                                  files_are_read_and_noted,    the_broken_are_refused_where_they_break,
                                  every_allocation_may_fail};
    const int status = suite_run("core/yaml", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
