/* Blocks of samples: the same bytes on any number of threads, stopped, cancelled, killed and resumed, or in shards. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEY       "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define OTHER_KEY "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

enum { N_BLOCKS = 60, NEVER = 1 << 30 };
static const uint64_t N_SAMPLES = (N_BLOCKS - 1) * COSMO_BLOCKS_SAMPLES + 100;

/* Sums that any other order would round differently, and a word that remembers the order itself. */
typedef struct blocks_state {
    double sum, square;
    uint64_t bins[16], order, samples;
} blocks_state;

typedef struct blocks_result {
    double sum, square;
    uint64_t bins[16], samples;
} blocks_result;

typedef struct blocks_case {
    blocks_state state;
    uint64_t stop_at, cancel_at, fails[2];
    int pause_us, threads;
    volatile int cancel;
    atomic_ullong computed;
    double progress;
} blocks_case;

static cosmo_arena *arena;
static cosmo_run run;
static char folder[] = "/tmp/cosmo-blocks-XXXXXX";

static void blocks_pause(int us)
{
    if (us > 0) nanosleep(&(struct timespec){.tv_nsec = 1000L * us}, NULL);
}

static cosmo_status blocks_work(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                cosmo_arena *scratch, cosmo_run *own)
{
    blocks_case *c = user;
    blocks_result *result = out;
    double *values = cosmo_arena_array(scratch, (size_t)count, sizeof *values);
    COSMO_NEED(values, own);
    atomic_fetch_add(&c->computed, 1);
    /* Some blocks take much longer than their neighbours, so that threads finish out of order. */
    blocks_pause(c->pause_us * (int)(1 + (block * 7919) % 5));
    if (block == c->fails[0] || block == c->fails[1])
        return cosmo_run_fail(own, COSMO_NO_SOLUTION, "error: block %d has no answer", (int)block);
    for (uint64_t i = 0; i < count; i++) values[i] = 1e3 * cosmo_random_normal(own->seed, 1, first + i, 0);
    for (uint64_t i = 0; i < count; i++) {
        result->sum += values[i];
        result->square += values[i] * values[i];
        result->bins[(size_t)(16.0 * cosmo_random_uniform(own->seed, 2, first + i, 0))]++;
    }
    result->samples = count;
    if (block % 7 == 3) cosmo_run_note(own, COSMO_NOTE_WARNING, "block %d was odd", (int)block);
    cosmo_run_note(own, COSMO_NOTE_ASSUMPTION, "the same for all");
    if (block == 11) cosmo_run_input(own, "data/eleven.csv", KEY);
    return COSMO_OK;
}

static void blocks_reduce(void *user, uint64_t block, const void *out)
{
    blocks_case *c = user;
    const blocks_result *result = out;
    c->state.sum += result->sum;
    c->state.square += result->square;
    for (int i = 0; i < 16; i++) c->state.bins[i] += result->bins[i];
    c->state.order = c->state.order * 6364136223846793005u + block + 1;
    c->state.samples += result->samples;
    if (block == c->cancel_at) c->cancel = 1;
}

static bool blocks_enough(void *user, uint64_t blocks_done)
{
    const blocks_case *c = user;
    return blocks_done >= c->stop_at;
}

static void blocks_progress(void *user, double fraction, const char *what)
{
    blocks_case *c = user;
    ck_assert(fraction > c->progress && fraction <= 1.0);
    ck_assert_str_eq(what, "samples");
    c->progress = fraction;
}

static cosmo_blocks blocks_job(blocks_case *c)
{
    return (cosmo_blocks){.n_samples = N_SAMPLES,
                          .block_bytes = sizeof(blocks_result),
                          .user = c,
                          .work = blocks_work,
                          .reduce = blocks_reduce,
                          .enough = blocks_enough,
                          .key = KEY,
                          .state = &c->state,
                          .state_bytes = sizeof c->state,
                          .checkpoint_blocks = 3};
}

static blocks_case blocks_new(int threads, int pause_us)
{
    return (blocks_case){
        .stop_at = NEVER, .cancel_at = NEVER, .fails = {NEVER, NEVER}, .threads = threads, .pause_us = pause_us};
}

static cosmo_status blocks_start(blocks_case *c, const cosmo_blocks *job, uint64_t *done)
{
    cosmo_run_init(&run, arena);
    run.seed = 42;
    run.threads = c->threads;
    run.cancel = &c->cancel;
    run.progress = blocks_progress;
    run.progress_user = c;
    c->progress = 0.0;
    return cosmo_blocks_run(job, &run, done);
}

/* All notes of the run as one text. */
static const char *blocks_notes(void)
{
    cosmo_text text = cosmo_text_begin(arena);
    for (size_t i = 0; i < run.n_notes; i++)
        cosmo_text_print(&text, "%d %s %s\n", (int)run.notes[i].kind, run.notes[i].text,
                         run.notes[i].detail != NULL ? run.notes[i].detail : "-");
    return text.data != NULL ? text.data : "";
}

/* What `blocks` blocks come to, one after another on one thread, and their notes. */
static blocks_state blocks_truth(uint64_t blocks, const char **notes)
{
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    const uint64_t samples = blocks * COSMO_BLOCKS_SAMPLES;
    if (samples < job.n_samples) job.n_samples = samples;
    uint64_t done;
    ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
    ck_assert_uint_eq(done, blocks);
    if (notes != NULL) *notes = blocks_notes();
    return c.state;
}

static const char *blocks_path(const char *name)
{
    return cosmo_file_join(arena, folder, name);
}

static bool blocks_same_notes(const char *expected)
{
    return strcmp(blocks_notes(), expected) == 0;
}

START_TEST(threads_do_not_matter)
{
    const char *notes;
    const blocks_state whole = blocks_truth(N_BLOCKS, &notes);
    ck_assert_uint_eq(whole.samples, N_SAMPLES);
    for (int threads = 0; threads <= 5; threads++) {
        blocks_case c = blocks_new(threads, 100);
        cosmo_blocks job = blocks_job(&c);
        uint64_t done = 0;
        ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
        ck_assert_uint_eq(done, N_BLOCKS);
        ck_assert_mem_eq(&c.state, &whole, sizeof whole);
        ck_assert(blocks_same_notes(notes));
        ck_assert(c.progress == 1.0);
        ck_assert_uint_eq(c.computed, N_BLOCKS);
    }
}
END_TEST

START_TEST(no_samples_are_no_blocks)
{
    blocks_case c = blocks_new(3, 0);
    cosmo_blocks job = blocks_job(&c);
    uint64_t done = 9;
    job.n_samples = 0;
    ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
    ck_assert_uint_eq(done, 0);
}
END_TEST

START_TEST(enough_is_enough_at_the_same_block)
{
    const char *notes;
    const blocks_state expected = blocks_truth(20, &notes);
    for (int threads = 1; threads <= 4; threads++) {
        blocks_case c = blocks_new(threads, 100);
        cosmo_blocks job = blocks_job(&c);
        uint64_t done;
        c.stop_at = 17;  /* asked after every fourth block */
        c.fails[0] = 21; /* which is computed ahead, and never counts */
        job.enough_every = 4;
        ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
        ck_assert_uint_eq(done, 20);
        ck_assert_mem_eq(&c.state, &expected, sizeof expected);
        ck_assert(blocks_same_notes(notes));
        ck_assert_uint_le(c.computed, 20 + 4 * (unsigned)threads);
    }
}
END_TEST

START_TEST(first_failure_in_block_order_is_reported)
{
    const char *notes;
    const blocks_state before = blocks_truth(15, &notes);
    for (int threads = 1; threads <= 4; threads++)
        for (int repeat = 0; repeat < 5; repeat++) {
            blocks_case c = blocks_new(threads, 100);
            cosmo_blocks job = blocks_job(&c);
            uint64_t done;
            c.fails[0] = 16; /* quicker than block 15 */
            c.fails[1] = 15;
            ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_NO_SOLUTION);
            ck_assert_str_eq(run.message, "error: block 15 has no answer");
            ck_assert_uint_eq(done, 15);
            ck_assert_mem_eq(&c.state, &before, sizeof before);
            ck_assert(blocks_same_notes(notes));
        }
}
END_TEST

START_TEST(cancelled_and_resumed_is_uninterrupted)
{
    const char *path = blocks_path("cancelled"), *notes;
    const blocks_state whole = blocks_truth(N_BLOCKS, &notes);
    for (uint64_t i = 0; i < 20; i++) {
        blocks_case c = blocks_new(1 + (int)(i % 3), 20), again = blocks_new(1 + (int)((i + 1) % 3), 20);
        cosmo_blocks job = blocks_job(&c), rest = blocks_job(&again);
        uint64_t done;
        job.checkpoint = rest.checkpoint = path;
        c.cancel_at = (uint64_t)(cosmo_random_uniform(5, 0, i, 0) * (N_BLOCKS - 20));
        ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_CANCELLED);
        ck_assert_uint_gt(done, c.cancel_at);
        const blocks_state reached = blocks_truth(done, NULL);
        ck_assert_mem_eq(&c.state, &reached, sizeof reached);
        memset(&again.state, 0xaa, sizeof again.state);
        ck_assert_int_eq(blocks_start(&again, &rest, &done), COSMO_OK);
        ck_assert_uint_eq(done, N_BLOCKS);
        ck_assert_mem_eq(&again.state, &whole, sizeof whole);
        ck_assert(blocks_same_notes(notes));
        ck_assert_uint_lt(again.computed, N_BLOCKS);
        ck_assert_int_eq(unlink(path), 0);
    }
}
END_TEST

START_TEST(finished_checkpoint_is_the_result)
{
    const char *path = blocks_path("finished"), *notes;
    const blocks_state whole = blocks_truth(20, &notes);
    for (int i = 0; i < 2; i++) {
        blocks_case c = blocks_new(2, 0);
        cosmo_blocks job = blocks_job(&c);
        uint64_t done;
        c.stop_at = 20;
        job.checkpoint = path;
        ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
        ck_assert_uint_eq(done, 20);
        ck_assert_mem_eq(&c.state, &whole, sizeof whole);
        ck_assert(blocks_same_notes(notes));
        if (i == 1) ck_assert_uint_eq(c.computed, 0);
    }
}
END_TEST

/* ---- killed --------------------------------------------------------------------------------------------------- */

/* The child's side: the job with a checkpoint, or one shard of it, slow enough to be killed. */
static int blocks_child(const char *what, const char *path)
{
    arena = cosmo_arena_create(0, NULL);
    blocks_case c = blocks_new(2, 300);
    cosmo_blocks job = blocks_job(&c);
    uint64_t done;
    cosmo_run_init(&run, arena);
    run.seed = 42;
    run.threads = 2;
    job.checkpoint = path;
    const cosmo_status status = strcmp(what, "whole") == 0 ? cosmo_blocks_run(&job, &run, &done)
                                                           : cosmo_blocks_run_shard(&job, 1, 3, path, &run);
    if (status != COSMO_OK) fprintf(stderr, "%s\n", run.message);
    return status == COSMO_OK ? 0 : 1;
}

/* Start the child, kill it after a random while; true when the kill found it alive. */
static bool blocks_kill_one(const char *what, const char *path, uint64_t trial)
{
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        execl("/proc/self/exe", "blocks", what, path, (char *)NULL);
        _exit(127);
    }
    blocks_pause(1000 + (int)(90000.0 * cosmo_random_uniform(6, 0, trial, 0)));
    kill(child, SIGKILL);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status) || WEXITSTATUS(status) == 0, "the child failed to resume");
    return WIFSIGNALED(status);
}

START_TEST(killed_and_resumed_is_uninterrupted)
{
    const char *path = blocks_path("killed"), *notes;
    const blocks_state whole = blocks_truth(N_BLOCKS, &notes);
    int kills = 0, finished = 0;
    for (uint64_t trial = 0; kills < 20 || finished == 0; trial++) {
        if (kills < 20 && blocks_kill_one("whole", path, trial)) {
            kills++;
            continue;
        }
        blocks_case c = blocks_new(3, 0);
        cosmo_blocks job = blocks_job(&c);
        uint64_t done;
        job.checkpoint = path;
        memset(&c.state, 0xaa, sizeof c.state);
        if (access(path, F_OK) != 0) memset(&c.state, 0, sizeof c.state);
        ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_OK);
        ck_assert_mem_eq(&c.state, &whole, sizeof whole);
        ck_assert(blocks_same_notes(notes));
        ck_assert_int_eq(unlink(path), 0);
        finished++;
    }
    printf("  %-58s %12d (finished and compared %d times)\n", "killed with SIGKILL and resumed", kills, finished);
}
END_TEST

/* ---- shards --------------------------------------------------------------------------------------------------- */

static cosmo_status blocks_shard(uint32_t shard, uint32_t n, int threads, const char *path)
{
    blocks_case c = blocks_new(threads, 20);
    cosmo_blocks job = blocks_job(&c);
    cosmo_run_init(&run, arena);
    run.seed = 42;
    run.threads = threads;
    return cosmo_blocks_run_shard(&job, shard, n, path, &run);
}

static cosmo_status blocks_merged(blocks_case *c, const char *const *paths, uint32_t n, uint64_t *done)
{
    const cosmo_blocks job = blocks_job(c);
    cosmo_run_init(&run, arena);
    return cosmo_blocks_merge(&job, paths, n, &run, done);
}

static void blocks_read(const char *path, const char **data, size_t *bytes)
{
    cosmo_run quiet;
    cosmo_run_init(&quiet, arena);
    ck_assert_int_eq(cosmo_file_read(path, 1 << 24, arena, &quiet, data, bytes), COSMO_OK);
}

static bool blocks_same_files(const char *a, const char *b)
{
    const char *left, *right;
    size_t left_bytes, right_bytes;
    blocks_read(a, &left, &left_bytes);
    blocks_read(b, &right, &right_bytes);
    return left_bytes == right_bytes && memcmp(left, right, left_bytes) == 0;
}

START_TEST(shards_merge_to_the_whole)
{
    const char *notes, *some_notes;
    const blocks_state whole = blocks_truth(N_BLOCKS, &notes), some = blocks_truth(20, &some_notes);
    static const uint32_t counts[] = {1, 2, 4, N_BLOCKS + 3};
    for (size_t k = 0; k < sizeof counts / sizeof counts[0]; k++) {
        const char *paths[N_BLOCKS + 3];
        for (uint32_t i = 0; i < counts[k]; i++) {
            const uint32_t shard = counts[k] - 1 - i; /* their order does not matter */
            paths[i] = cosmo_arena_print(arena, "%s/shard-%u-%u", folder, shard, counts[k]);
            ck_assert_int_eq(blocks_shard(shard, counts[k], 1 + (int)(i % 3), paths[i]), COSMO_OK);
        }
        blocks_case c = blocks_new(1, 0), early = blocks_new(1, 0);
        uint64_t done;
        ck_assert_msg(blocks_merged(&c, paths, counts[k], &done) == COSMO_OK, "%s", run.message);
        ck_assert_uint_eq(done, N_BLOCKS);
        ck_assert_mem_eq(&c.state, &whole, sizeof whole);
        ck_assert(blocks_same_notes(notes));
        early.stop_at = 20;
        ck_assert_int_eq(blocks_merged(&early, paths, counts[k], &done), COSMO_OK);
        ck_assert_uint_eq(done, 20);
        ck_assert_mem_eq(&early.state, &some, sizeof some);
        ck_assert(blocks_same_notes(some_notes));
    }
}
END_TEST

START_TEST(killed_shard_is_completed)
{
    const char *path = blocks_path("killed-shard"), *expected = blocks_path("unhurt-shard");
    ck_assert_int_eq(blocks_shard(1, 3, 1, expected), COSMO_OK);
    int kills = 0;
    for (uint64_t trial = 100; kills < 10; trial++) {
        if (blocks_kill_one("shard", path, trial)) {
            kills++;
            continue;
        }
        ck_assert(blocks_same_files(path, expected));
        ck_assert_int_eq(unlink(path), 0);
    }
    ck_assert_int_eq(blocks_shard(1, 3, 2, path), COSMO_OK);
    ck_assert(blocks_same_files(path, expected));
    ck_assert_int_ne(access(blocks_path("killed-shard.part"), F_OK), 0);
}
END_TEST

/* Wherever a kill cut the file off, the next call completes it to the same bytes. */
START_TEST(shard_cut_off_anywhere_is_completed)
{
    const char *path = blocks_path("cut-shard"), *part = blocks_path("cut-shard.part"), *data;
    size_t bytes, cut = 0;
    ck_assert_int_eq(blocks_shard(0, 4, 1, path), COSMO_OK);
    blocks_read(path, &data, &bytes);
    int completed = 0, refused = 0;
    for (; cut < bytes; cut += 31) {
        unlink(path);
        ck_assert_int_eq(cosmo_file_write(part, data, cut, &run), COSMO_OK);
        const cosmo_status status = blocks_shard(0, 4, 1, path);
        if (status == COSMO_BAD_INPUT) { /* within its head, which is written whole or not at all */
            ck_assert_int_lt((int)cut, 256);
            refused++;
            unlink(part);
            continue;
        }
        const char *now;
        size_t now_bytes;
        blocks_read(path, &now, &now_bytes);
        ck_assert(now_bytes == bytes && memcmp(now, data, bytes) == 0);
        completed++;
    }
    printf("  %-58s %12d (refused %d)\n", "shards cut off and completed", completed, refused);
    ck_assert_int_gt(completed, 100);
}
END_TEST

/* ---- ranks ---------------------------------------------------------------------------------------------------- */

/* The child's side: one rank, which writes its state and the notes beside the folder and leaves. */
static int blocks_rank_child(char **argv)
{
    alarm(300); /* a rank that waits for ever fails, it does not hang the suite */
    const uint32_t rank = (uint32_t)strtoul(argv[2], NULL, 10), n_ranks = (uint32_t)strtoul(argv[3], NULL, 10);
    arena = cosmo_arena_create(0, NULL);
    blocks_case c = blocks_new(1 + (int)rank % 2, 300);
    cosmo_blocks job = blocks_job(&c);
    uint64_t done;
    cosmo_run_init(&run, arena);
    run.seed = 42;
    run.threads = c.threads;
    c.stop_at = strtoull(argv[5], NULL, 10);
    c.fails[0] = c.stop_at + 1; /* computed ahead, and never counts */
    cosmo_status status = cosmo_ranks_run(&job, rank, n_ranks, argv[4], &run, &done);
    cosmo_text text = cosmo_text_begin(arena);
    cosmo_text_put_bytes(&text, (const char *)&c.state, sizeof c.state);
    cosmo_text_put(&text, blocks_notes());
    const char *path = cosmo_arena_print(arena, "%s-state-%u", argv[4], rank);
    if (status == COSMO_OK) status = cosmo_file_write(path, text.data, text.length, &run);
    if (status == COSMO_OK) status = cosmo_ranks_leave(&job, rank, n_ranks, argv[4], &run);
    if (status != COSMO_OK) fprintf(stderr, "%s\n", run.message);
    return status == COSMO_OK ? 0 : 1;
}

static pid_t blocks_start_rank(uint32_t rank, uint32_t n_ranks, const char *where, uint64_t stop_at)
{
    const char *rank_text = cosmo_arena_print(arena, "%u", rank), *n_text = cosmo_arena_print(arena, "%u", n_ranks);
    const char *stop = cosmo_arena_print(arena, "%llu", (unsigned long long)stop_at);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        execl("/proc/self/exe", "blocks", "rank", rank_text, n_text, where, stop, (char *)NULL);
        _exit(127);
    }
    return child;
}

/* Start all ranks; kill the last one `kills` times and start it again; all must come to the truth of so many blocks. */
static void blocks_ranks_agree(uint32_t n_ranks, uint64_t blocks, int kills)
{
    const char *notes, *data;
    const blocks_state truth = blocks_truth(blocks, &notes);
    const char *where = cosmo_arena_print(arena, "%s/ranks-%u-%d-%d", folder, n_ranks, (int)blocks, kills);
    pid_t children[4];
    size_t bytes;
    int status;
    bool done =
        false; /* the last one was done before it could be killed; begun again it would wait for ranks that left */
    for (uint32_t i = 0; i < n_ranks; i++) children[i] = blocks_start_rank(i, n_ranks, where, blocks);
    for (int k = 0; k < kills && !done; k++) {
        blocks_pause(2000 + (int)(20000.0 * cosmo_random_uniform(9, 0, (uint64_t)k, 0)));
        kill(children[n_ranks - 1], SIGKILL);
        ck_assert_int_eq(waitpid(children[n_ranks - 1], &status, 0), children[n_ranks - 1]);
        done = WIFEXITED(status);
        if (!done) children[n_ranks - 1] = blocks_start_rank(n_ranks - 1, n_ranks, where, blocks);
    }
    for (uint32_t i = 0; i < n_ranks; i++) {
        if (!done || i + 1 < n_ranks) ck_assert_int_eq(waitpid(children[i], &status, 0), children[i]);
        ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0, "rank %u of %u failed", i, n_ranks);
        blocks_read(cosmo_arena_print(arena, "%s-state-%u", where, i), &data, &bytes);
        ck_assert_uint_eq(bytes, sizeof truth + strlen(notes));
        ck_assert_mem_eq(data, &truth, sizeof truth);
        ck_assert_str_eq(data + sizeof truth, notes);
    }
    /* A write that was killed leaves its file aside behind, and nothing else stays. */
    const char *clean = cosmo_arena_print(arena, "rm -f %s/*.part-*", where);
    ck_assert_int_eq(system(clean), 0);
    if (n_ranks > 1) ck_assert_msg(rmdir(where) == 0, "ranks left files behind");
}

START_TEST(ranks_come_to_the_same)
{
    for (uint32_t n_ranks = 1; n_ranks <= 4; n_ranks++) {
        blocks_ranks_agree(n_ranks, N_BLOCKS, 0);
        blocks_ranks_agree(n_ranks, 20, 0);
    }
}
END_TEST

START_TEST(killed_rank_goes_on)
{
    blocks_ranks_agree(2, N_BLOCKS, 3);
    blocks_ranks_agree(3, N_BLOCKS, 3);
}
END_TEST

START_TEST(ranks_that_cannot_be)
{
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_ranks_run(&job, 2, 2, folder, &run, NULL), COSMO_BAD_INPUT);
    job.key = NULL;
    ck_assert_int_eq(cosmo_ranks_run(&job, 1, 2, folder, &run, NULL), COSMO_INTERNAL);
    job.key = KEY;
    c.cancel = 1;
    run.cancel = &c.cancel;
    ck_assert_int_eq(cosmo_ranks_run(&job, 1, 2, blocks_path("lonely"), &run, NULL), COSMO_CANCELLED);
    c.cancel = 0;
    run.cancel = NULL;
    ck_assert_int_eq(cosmo_file_write(blocks_path("stone"), "", 0, &run), COSMO_OK);
    ck_assert_int_eq(cosmo_ranks_run(&job, 1, 2, blocks_path("stone"), &run, NULL), COSMO_NO_RESOURCES);
}
END_TEST

/* ---- damaged files -------------------------------------------------------------------------------------------- */

/* Refused in one line that names the file, which stays as it is. */
static void blocks_refused(cosmo_status status, const char *path, const char *word)
{
    ck_assert_int_eq(status, COSMO_BAD_INPUT);
    ck_assert_msg(strncmp(run.message, path, strlen(path)) == 0 && strchr(run.message, '\n') == NULL, "%s",
                  run.message);
    ck_assert_msg(word == NULL || strstr(run.message, word) != NULL, "%s", run.message);
}

static void blocks_refuse_checkpoint(const char *path, const char *data, size_t bytes, const char *word)
{
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    blocks_state untouched;
    uint64_t done;
    const char *now;
    size_t now_bytes;
    job.checkpoint = path;
    memset(&c.state, 0x55, sizeof c.state);
    untouched = c.state;
    ck_assert_int_eq(cosmo_file_write(path, data, bytes, &run), COSMO_OK);
    blocks_refused(blocks_start(&c, &job, &done), path, word);
    ck_assert_uint_eq(c.computed, 0);
    ck_assert_mem_eq(&c.state, &untouched, sizeof untouched);
    blocks_read(path, &now, &now_bytes);
    ck_assert(now_bytes == bytes && (bytes == 0 || memcmp(now, data, bytes) == 0));
}

START_TEST(damaged_checkpoint_is_refused)
{
    const char *path = blocks_path("damaged"), *data;
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    size_t bytes;
    job.checkpoint = path;
    ck_assert_int_eq(blocks_start(&c, &job, NULL), COSMO_OK);
    blocks_read(path, &data, &bytes);
    for (size_t cut = 0; cut < bytes; cut += 5)
        blocks_refuse_checkpoint(path, data, cut, cut < 24 ? "not a checkpoint" : "truncated");
    char *altered = cosmo_arena_alloc(arena, bytes + 1);
    for (size_t at = 0; at < bytes; at += 3) {
        memcpy(altered, data, bytes);
        altered[at] ^= (char)(1 << at % 8);
        blocks_refuse_checkpoint(path, altered, bytes, NULL);
    }
    memcpy(altered, data, bytes);
    blocks_refuse_checkpoint(path, altered, bytes + 1, "altered");
}
END_TEST

START_TEST(foreign_checkpoint_is_refused)
{
    const char *path = blocks_path("foreign");
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    job.checkpoint = path;
    ck_assert_int_eq(blocks_start(&c, &job, NULL), COSMO_OK);
    job.key = OTHER_KEY;
    blocks_refused(blocks_start(&c, &job, NULL), path, "other inputs");
    job.key = KEY;
    job.n_samples++;
    blocks_refused(blocks_start(&c, &job, NULL), path, "number of samples");
    job.n_samples--;
    job.state_bytes -= 8;
    blocks_refused(blocks_start(&c, &job, NULL), path, "size of the result");
    job.checkpoint = folder;
    blocks_refused(blocks_start(&c, &job, NULL), folder, "regular file");
    job.key = "short";
    ck_assert_int_eq(blocks_start(&c, &job, NULL), COSMO_INTERNAL);
}
END_TEST

START_TEST(damaged_shard_is_refused)
{
    const char *good = blocks_path("good-0-2"), *path = blocks_path("good-1-2"), *data;
    const char *const paths[] = {good, path}, *const twice[] = {good, good};
    size_t bytes;
    blocks_case c = blocks_new(1, 0);
    uint64_t done;
    ck_assert_int_eq(blocks_shard(0, 2, 1, good), COSMO_OK);
    blocks_refused(blocks_merged(&c, paths, 2, &done), path, "no such shard");
    ck_assert_int_eq(blocks_shard(1, 2, 1, path), COSMO_OK);
    blocks_refused(blocks_merged(&c, twice, 2, &done), good, "it is shard 0, and so is");
    blocks_refused(blocks_merged(&c, paths, 1, &done), good, "one of 2 shards");
    ck_assert_int_eq(blocks_merged(&c, paths, 0, &done), COSMO_BAD_INPUT);
    blocks_refused(blocks_shard(1, 3, 1, path), path, "it is shard 1 of 2, not 1 of 3");
    ck_assert_int_eq(blocks_shard(2, 2, 1, path), COSMO_BAD_INPUT);
    blocks_read(path, &data, &bytes);
    char *altered = cosmo_arena_alloc(arena, bytes);
    for (size_t at = 0; at < bytes; at += 41) {
        memcpy(altered, data, bytes);
        altered[at] ^= (char)(1 << at % 8);
        ck_assert_int_eq(cosmo_file_write(path, altered, bytes, &run), COSMO_OK);
        blocks_refused(blocks_merged(&c, paths, 2, &done), path, NULL);
    }
    ck_assert_int_eq(cosmo_file_write(path, data, bytes - 100, &run), COSMO_OK);
    blocks_refused(blocks_merged(&c, paths, 2, &done), path, "ends before block 59");
    ck_assert_uint_eq(done, 59);
}
END_TEST

/* ---- resources ------------------------------------------------------------------------------------------------ */

START_TEST(unwritable_checkpoint_fails_before_the_first_block)
{
    blocks_case c = blocks_new(2, 0);
    cosmo_blocks job = blocks_job(&c);
    uint64_t done;
    job.checkpoint = blocks_path("absent/checkpoint");
    ck_assert_int_eq(blocks_start(&c, &job, &done), COSMO_NO_RESOURCES);
    ck_assert_uint_eq(c.computed, 0);
    ck_assert_int_eq(blocks_shard(0, 1, 1, job.checkpoint), COSMO_NO_RESOURCES);
}
END_TEST

static void blocks_limit_files(rlim_t bytes)
{
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes;
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A full disk: what was kept before stays good, and the next call goes on from there. */
START_TEST(shard_on_a_full_disk_is_completed_later)
{
    const char *path = blocks_path("full"), *expected = blocks_path("roomy");
    ck_assert_int_eq(blocks_shard(0, 2, 1, expected), COSMO_OK);
    blocks_limit_files(3000);
    const cosmo_status status = blocks_shard(0, 2, 2, path);
    blocks_limit_files(RLIM_INFINITY);
    ck_assert_int_eq(status, COSMO_NO_RESOURCES);
    ck_assert_msg(strstr(run.message, "full.part: error: cannot write") != NULL, "%s", run.message);
    ck_assert_int_ne(access(path, F_OK), 0);
    ck_assert_int_eq(blocks_shard(0, 2, 2, path), COSMO_OK);
    ck_assert(blocks_same_files(path, expected));
}
END_TEST

static atomic_int allocations_left;

static void *blocks_allocate(size_t bytes, void *user)
{
    (void)user;
    return atomic_fetch_sub(&allocations_left, 1) > 0 ? malloc(bytes) : NULL;
}

static void blocks_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_may_run_out_anywhere)
{
    static const cosmo_allocator allocator = {blocks_allocate, blocks_release, NULL};
    const blocks_state whole = blocks_truth(N_BLOCKS, NULL);
    const char *path = blocks_path("memory");
    int failures = 0;
    for (int allowed = 0;; allowed++) {
        blocks_case c = blocks_new(2, 0);
        cosmo_blocks job = blocks_job(&c);
        unlink(path);
        job.checkpoint = path;
        job.checkpoint_blocks = 20;
        job.allocator = &allocator;
        atomic_store(&allocations_left, allowed);
        const cosmo_status status = blocks_start(&c, &job, NULL);
        /* A note that finds no memory is dropped; nothing else is. */
        if (status == COSMO_OK) {
            ck_assert_mem_eq(&c.state, &whole, sizeof whole);
            break;
        }
        ck_assert_int_eq(status, COSMO_NO_RESOURCES);
        failures++;
    }
    printf("  %-58s %12d\n", "allocations that failed, one run each", failures);
    ck_assert_int_gt(failures, 10);
}
END_TEST

/* An allocator that knows how much it has given out; the size stands before each piece. */
typedef struct blocks_meter {
    atomic_llong now, peak;
} blocks_meter;

static void *blocks_meter_allocate(size_t bytes, void *user)
{
    blocks_meter *meter = user;
    char *memory = malloc(bytes + 64);
    if (memory == NULL) return NULL;
    memcpy(memory, &bytes, sizeof bytes);
    const long long now = atomic_fetch_add(&meter->now, (long long)bytes) + (long long)bytes;
    for (long long peak = atomic_load(&meter->peak); now > peak;)
        if (atomic_compare_exchange_weak(&meter->peak, &peak, now)) break;
    return memory + 64;
}

static void blocks_meter_release(void *memory, void *user)
{
    blocks_meter *meter = user;
    size_t bytes;
    char *start = (char *)memory - 64;
    memcpy(&bytes, start, sizeof bytes);
    atomic_fetch_sub(&meter->now, (long long)bytes);
    free(start);
}

static long long blocks_peak(uint64_t n_samples)
{
    blocks_meter meter = {0};
    const cosmo_allocator allocator = {blocks_meter_allocate, blocks_meter_release, &meter};
    blocks_case c = blocks_new(1, 0);
    cosmo_blocks job = blocks_job(&c);
    job.n_samples = n_samples;
    job.allocator = &allocator;
    ck_assert_int_eq(blocks_start(&c, &job, NULL), COSMO_OK);
    ck_assert_int_eq(atomic_load(&meter.now), 0);
    return atomic_load(&meter.peak);
}

START_TEST(memory_does_not_grow_with_samples)
{
    const long long few = blocks_peak(60 * 256), many = blocks_peak(3000 * 256);
    printf("  %-58s %12lld bytes\n", "most memory at once, 3,000 blocks on a thread", many);
    ck_assert_int_eq(few, many);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc == 6) return blocks_rank_child(argv);
    if (argc == 3) return blocks_child(argv[1], argv[2]);
    const TTest *const tests[] = {threads_do_not_matter,
                                  no_samples_are_no_blocks,
                                  enough_is_enough_at_the_same_block,
                                  first_failure_in_block_order_is_reported,
                                  cancelled_and_resumed_is_uninterrupted,
                                  finished_checkpoint_is_the_result,
                                  killed_and_resumed_is_uninterrupted,
                                  shards_merge_to_the_whole,
                                  killed_shard_is_completed,
                                  ranks_come_to_the_same,
                                  killed_rank_goes_on,
                                  ranks_that_cannot_be,
                                  shard_cut_off_anywhere_is_completed,
                                  damaged_checkpoint_is_refused,
                                  foreign_checkpoint_is_refused,
                                  damaged_shard_is_refused,
                                  unwritable_checkpoint_fails_before_the_first_block,
                                  shard_on_a_full_disk_is_completed_later,
                                  memory_may_run_out_anywhere,
                                  memory_does_not_grow_with_samples};
    arena = cosmo_arena_create(0, NULL);
    if (arena == NULL || mkdtemp(folder) == NULL) return EXIT_FAILURE;
    cosmo_run_init(&run, arena);
    const int status = suite_run("core/blocks", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    char command[sizeof folder + 16];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command) == 0 ? status : EXIT_FAILURE;
}
