/* Arenas: alignment, zeroed memory, growth, reset, sizes that overflow, allocators that fail and that are counted. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <string.h>

typedef struct arena_purse {
    long left, given, returned; /* allocations allowed, made, given back */
} arena_purse;

static void *arena_take(size_t bytes, void *user)
{
    arena_purse *purse = user;
    if (purse->left-- <= 0) return NULL;
    purse->given++;
    void *memory = malloc(bytes);
    if (memory != NULL) memset(memory, 0xa5, bytes); /* fresh memory is not zero */
    return memory;
}

static void arena_return(void *memory, void *user)
{
    ((arena_purse *)user)->returned++;
    free(memory);
}

START_TEST(memory_is_aligned_and_zero)
{
    arena_purse purse = {.left = 1000};
    const cosmo_allocator counted = {arena_take, arena_return, &purse};
    cosmo_arena *arena = cosmo_arena_create(1024, &counted);
    for (size_t bytes = 0; bytes < 3000; bytes += 37) {
        unsigned char *memory = cosmo_arena_alloc(arena, bytes);
        ck_assert_ptr_nonnull(memory);
        ck_assert_uint_eq((uintptr_t)memory % 64, 0);
        for (size_t i = 0; i < bytes; i++) ck_assert_int_eq(memory[i], 0);
        if (bytes > 0) memset(memory, 0xff, bytes);
    }
    cosmo_arena_destroy(arena);
    ck_assert_int_eq(purse.given, purse.returned);
    ck_assert_int_gt(purse.given, 10);
}
END_TEST

START_TEST(pieces_do_not_overlap)
{
    cosmo_arena *arena = cosmo_arena_create(256, NULL);
    unsigned char *pieces[200];
    for (int i = 0; i < 200; i++) {
        pieces[i] = cosmo_arena_alloc(arena, (size_t)i + 1);
        memset(pieces[i], i, (size_t)i + 1);
    }
    for (int i = 0; i < 200; i++)
        for (int j = 0; j <= i; j++) ck_assert_int_eq(pieces[i][j], i);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(reset_keeps_one_block)
{
    arena_purse purse = {.left = 1000};
    const cosmo_allocator counted = {arena_take, arena_return, &purse};
    cosmo_arena *arena = cosmo_arena_create(4096, &counted);
    cosmo_arena_reset(arena); /* nothing to forget yet */
    void *first = cosmo_arena_alloc(arena, 100);
    for (int i = 0; i < 100; i++) cosmo_arena_alloc(arena, 1000);
    const long before = purse.given;
    cosmo_arena_reset(arena);
    ck_assert_int_eq(purse.returned, before - 2); /* all but the arena and its first block */
    unsigned char *again = cosmo_arena_alloc(arena, 4096);
    ck_assert_ptr_eq(again, first);
    for (int i = 0; i < 4096; i++) ck_assert_int_eq(again[i], 0);
    ck_assert_int_eq(purse.given, before);
    cosmo_arena_destroy(arena);
    ck_assert_int_eq(purse.given, purse.returned);
}
END_TEST

START_TEST(sizes_that_overflow_are_refused)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_null(cosmo_arena_alloc(arena, SIZE_MAX));
    ck_assert_ptr_null(cosmo_arena_alloc(arena, SIZE_MAX / 2 + 1));
    ck_assert_ptr_null(cosmo_arena_array(arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(cosmo_arena_array(arena, SIZE_MAX, SIZE_MAX));
    ck_assert_ptr_nonnull(cosmo_arena_array(arena, 0, 8));
    ck_assert_ptr_nonnull(cosmo_arena_array(arena, 8, 0));
    ck_assert_ptr_nonnull(cosmo_arena_alloc(arena, 0));
    cosmo_arena_destroy(arena);
    cosmo_arena_destroy(NULL);
}
END_TEST

START_TEST(copies_and_prints)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    ck_assert_str_eq(cosmo_arena_text(arena, "launch", 3), "lau");
    ck_assert_str_eq(cosmo_arena_text(arena, NULL, 0), "");
    ck_assert_str_eq(cosmo_arena_print(arena, "%s %d %.2f", "x", 7, 0.5), "x 7 0.50");
    ck_assert_str_eq(cosmo_arena_print(arena, "%s", ""), "");
    const char *wide = cosmo_arena_print(arena, "%*d", 100000, 1);
    ck_assert_uint_eq(strlen(wide), 100000);
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(failure_is_null_and_leaks_nothing)
{
    for (long n = 0; n < 6; n++) {
        arena_purse purse = {.left = n};
        const cosmo_allocator poor = {arena_take, arena_return, &purse};
        cosmo_arena *arena = cosmo_arena_create(64, &poor);
        ck_assert_int_eq(arena == NULL, n == 0);
        if (arena == NULL) continue;
        for (long i = 1; i < 6; i++) ck_assert_int_eq(cosmo_arena_alloc(arena, 64) == NULL, i >= n);
        ck_assert_ptr_null(cosmo_arena_print(
            arena, "%s", "a text that is longer than the sixty-four bytes of this arena's small blocks"));
        ck_assert_ptr_null(cosmo_arena_text(arena, "x", 1));
        cosmo_arena_destroy(arena);
        ck_assert_int_eq(purse.given, purse.returned);
    }
}
END_TEST

START_TEST(notes_and_messages_of_a_run)
{
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    cosmo_run_init(&run, arena);
    ck_assert_uint_eq(run.seed, 1);
    ck_assert(!cosmo_run_cancelled(&run));
    for (int i = 0; i < 100; i++)
        cosmo_run_note(&run, i % 2 == 0 ? COSMO_NOTE_ASSUMPTION : COSMO_NOTE_WARNING, "note %d", i % 80);
    ck_assert_uint_eq(run.n_notes, 80); /* the same text once, in the order made */
    ck_assert_str_eq(run.notes[79].text, "note 79");
    ck_assert_int_eq(run.notes[79].kind, COSMO_NOTE_WARNING);
    ck_assert_int_eq(cosmo_run_fail(&run, COSMO_NO_SOLUTION, "%s does not come down", "it"), COSMO_NO_SOLUTION);
    ck_assert_str_eq(run.message, "it does not come down");
    ck_assert_int_eq(run.status, COSMO_NO_SOLUTION);
    const char *wide = cosmo_arena_print(arena, "%*d", 5000, 1);
    cosmo_run_fail(&run, COSMO_BAD_INPUT, "%s", wide);
    ck_assert_uint_eq(strlen(run.message), COSMO_MESSAGE_BYTES - 1);
    ck_assert_int_eq(cosmo_run_out_of_memory(&run), COSMO_NO_RESOURCES);
    ck_assert_str_eq(run.message, "error: out of memory");
    const volatile int stop = 1;
    run.cancel = &stop;
    ck_assert(cosmo_run_cancelled(&run));
    for (int s = COSMO_OK; s <= COSMO_CANCELLED; s++)
        ck_assert_str_ne(cosmo_status_text((cosmo_status)s), "unknown status");
    ck_assert_str_eq(cosmo_status_text((cosmo_status)99), "unknown status");
    cosmo_arena_destroy(arena);
}
END_TEST

START_TEST(notes_without_memory_are_lost_quietly)
{
    for (long n = 1; n < 12; n++) {
        arena_purse purse = {.left = n};
        const cosmo_allocator poor = {arena_take, arena_return, &purse};
        cosmo_arena *arena = cosmo_arena_create(1, &poor);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        cosmo_run_input(&run, "a", "b");
        cosmo_run_note(&run, COSMO_NOTE_WARNING, "c");
        for (int i = 0; i < 40; i++) cosmo_run_note(&run, COSMO_NOTE_WARNING, "d %d", i);
        ck_assert_uint_le(run.n_notes, (size_t)n);
        cosmo_arena_destroy(arena);
        ck_assert_int_eq(purse.given, purse.returned);
    }
}
END_TEST

COSMO_SUITE("core/arena", memory_is_aligned_and_zero, pieces_do_not_overlap, reset_keeps_one_block,
            sizes_that_overflow_are_refused, copies_and_prints, failure_is_null_and_leaks_nothing,
            notes_and_messages_of_a_run, notes_without_memory_are_lost_quietly)
