/* Which section of two files explains the difference of their answers: sums, single files, paths, what is no player. */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>

#define FOLDER "tests/study/against/"
#define FIRST  FOLDER "first.yaml"
#define SECOND FOLDER "elsewhere/second.yaml"

typedef struct against_bench {
    cosmo_arena *arena;
    cosmo_run run;
} against_bench;

static void against_open(against_bench *b)
{
    b->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(b->arena);
    cosmo_run_init(&b->run, b->arena);
    b->run.data_folder = "data";
}

static cosmo_toxics_against against_run(against_bench *b, const char *first, const char *second)
{
    cosmo_toxics_against result;
    ck_assert_msg(cosmo_toxics_against_run(first, second, 0, 0, b->arena, &b->run, &result) == COSMO_OK, "%s",
                  b->run.message);
    return result;
}

static const cosmo_toxics_against_row *against_row(const cosmo_toxics_against *r, const char *answer,
                                                   const char *player)
{
    const cosmo_toxics_against_row *rows = r->rows.items;
    for (size_t i = 0; i < r->rows.n; i++)
        if (strstr(rows[i].answer, answer) != NULL && strcmp(rows[i].player, player) == 0) return &rows[i];
    ck_abort_msg("no %s by %s", answer, player);
}

static bool against_noted(const cosmo_run *run, const char *text)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (strstr(run->notes[i].text, text) != NULL) return true;
    return false;
}

START_TEST(contributions_sum_up_to_the_difference)
{
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FIRST, SECOND);
    const char *const *players = r.players.items;
    ck_assert_uint_eq(r.players.n, 3); /* the mass is written otherwise and is the same */
    ck_assert_str_eq(players[0], "valuation");
    ck_assert_str_eq(players[1], "weather");
    ck_assert_str_eq(players[2], "soil");
    ck_assert_uint_eq(r.n_mixtures, 8);
    ck_assert_uint_eq(r.n_failed, 0);
    ck_assert_uint_eq(r.rows.n, 18);
    const cosmo_toxics_against_row *rows = r.rows.items;
    for (size_t i = 0; i < r.rows.n; i += 3) {
        double sum = 0.0;
        for (size_t k = 0; k < 3; k++) {
            printf("  %-48s %12.5g %12.5g %-9s %12.5g\n", rows[i + k].answer, rows[i + k].a, rows[i + k].b,
                   rows[i + k].player, rows[i + k].contribution);
            ck_assert_str_eq(rows[i + k].answer, rows[i].answer);
            sum += rows[i + k].contribution;
        }
        suite_error("sum of contributions less the difference, relative",
                    (sum - (rows[i].b - rows[i].a)) / (fabs(rows[i].a) + fabs(rows[i].b) + 1.0), "", 1e-13);
    }
    /* By hand: 500 m2 at 100 and 800 m2 at 250; each change at the mean of the other. */
    suite_error("the first party's sum of the first file", against_row(&r, "counts", "soil")->a - 5e4, "KZT", 1e-6);
    suite_error("of the second", against_row(&r, "counts", "soil")->b - 2e5, "KZT", 1e-6);
    suite_error("300 m2 at 175", against_row(&r, "counts", "soil")->contribution - 52500.0, "KZT", 1e-6);
    suite_error("150 a square metre over 650 m2", against_row(&r, "counts", "valuation")->contribution - 97500.0, "KZT",
                1e-6);
    suite_error("the weather", against_row(&r, "counts", "weather")->contribution, "KZT", 0.0);
    suite_error("what it costs moves no kilogram", against_row(&r, "UDMH in the soil", "valuation")->contribution, "kg",
                0.0);
    suite_error("nor does the soil move the air", against_row(&r, "air above", "soil")->contribution, "m2", 0.0);
    ck_assert(against_row(&r, "air above", "weather")->contribution != 0.0);
    cosmo_arena_destroy(b.arena);
}
END_TEST

/* The ends are the two files as they are by themselves. */
START_TEST(the_ends_are_the_files_themselves)
{
    static const char *const paths[] = {FIRST, SECOND};
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FIRST, SECOND);
    for (int i = 0; i < 2; i++) {
        cosmo_toxics toxics;
        cosmo_toxics_case c;
        ck_assert_msg(cosmo_toxics_read(paths[i], b.arena, &b.run, &toxics) == COSMO_OK, "%s", b.run.message);
        ck_assert_int_eq(cosmo_toxics_case_run(&toxics, NULL, b.arena, &b.run, &c), COSMO_OK);
        double kg = 0.0;
        for (size_t k = 0; k < c.answer.n_samples; k++) {
            const cosmo_accident_soil *s = &c.answer.soil[k * toxics.accident.n_species];
            kg += (s->spilled_kg + s->dry_kg + s->wet_kg) / (double)c.answer.n_samples;
        }
        const cosmo_toxics_against_row *row = against_row(&r, "in the soil", "soil");
        suite_error(paths[i], ((i == 0 ? row->a : row->b) - kg) / kg, "", 1e-14);
        const cosmo_valuation *v = c.valuations.items;
        suite_error("its money", (i == 0 ? 5e4 : 2e5) - v[0].total.whole.mean, "KZT", 1e-6);
    }
    cosmo_arena_destroy(b.arena);
}
END_TEST

START_TEST(the_same_on_one_thread_and_on_two)
{
    against_bench b;
    const char *texts[2];
    size_t bytes[2];
    against_open(&b);
    for (int i = 0; i < 2; i++) {
        cosmo_run run;
        cosmo_run_init(&run, b.arena);
        run.data_folder = "data";
        run.threads = i + 1;
        cosmo_toxics_against r;
        ck_assert_int_eq(cosmo_toxics_against_run(FIRST, SECOND, 4, 200, b.arena, &run, &r), COSMO_OK);
        ck_assert_int_eq(r.samples, 4);
        texts[i] = cosmo_toxics_against_json(&r, b.arena, &bytes[i]);
        ck_assert_ptr_nonnull(texts[i]);
        cosmo_sheet sheet;
        ck_assert_int_eq(cosmo_toxics_against_sheet(&r, b.arena, &run, &sheet), COSMO_OK);
        ck_assert_uint_eq(sheet.n_rows, r.rows.n);
    }
    ck_assert_str_eq(texts[0], texts[1]);
    cosmo_arena_destroy(b.arena);
}
END_TEST

START_TEST(a_file_against_itself_has_no_players)
{
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FIRST, FIRST);
    ck_assert_uint_eq(r.players.n, 0);
    ck_assert_uint_eq(r.n_mixtures, 1);
    ck_assert_uint_eq(r.rows.n, 0);
    cosmo_arena_destroy(b.arena);
}
END_TEST

/* A blank stays blank, and takes nothing else along. */
START_TEST(an_end_without_an_answer_is_said)
{
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FIRST, FOLDER "unpriced.yaml");
    ck_assert_uint_eq(r.players.n, 1);
    const cosmo_toxics_against_row *row = against_row(&r, "counts", "valuation");
    ck_assert(isnan(row->b) && isnan(row->contribution));
    ck_assert_str_eq(row->remark, "a mixture that takes it has no such answer");
    ck_assert(against_row(&r, "in the soil", "valuation")->contribution == 0.0);
    cosmo_arena_destroy(b.arena);
}
END_TEST

static void against_refused(const char *first, const char *second, const char *message)
{
    against_bench b;
    cosmo_toxics_against r;
    against_open(&b);
    ck_assert_int_eq(cosmo_toxics_against_run(first, second, 4, 200, b.arena, &b.run, &r), COSMO_BAD_INPUT);
    ck_assert_msg(strstr(b.run.message, message) != NULL, "%s", b.run.message);
    cosmo_arena_destroy(b.arena);
}

START_TEST(files_that_are_wrong_by_themselves_are_refused)
{
    against_refused(FIRST, FOLDER "misspelt.yaml", "19:1: error: unknown key 'soils'; did you mean 'soil'?");
    against_refused("tests/study/against/nothing.yaml", FIRST,
                    "tests/study/against/nothing.yaml:1:1: error: cannot open");
    against_refused(FIRST, FOLDER "stranger.yaml",
                    "error: 7 sections of the two files differ (valuation, source, weather, sampling, limits, "
                    "boundary, soil); at most 6 can be told apart");
}
END_TEST

/* The liquid that only the other file defines, and none of the first file's. */
START_TEST(a_mixture_that_cannot_be_computed_is_told_and_not_guessed)
{
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FIRST, FOLDER "own.yaml");
    ck_assert_uint_eq(r.n_mixtures, 4);
    ck_assert_uint_eq(r.n_failed, 1);
    ck_assert(against_noted(&b.run, "against: the first file with source of the second has no answer: " FOLDER
                                    "own.yaml:10:19: error: unknown substance 'MINE'"));
    const cosmo_toxics_against_row *row = against_row(&r, "UDMH in the soil", "source");
    ck_assert(row->a > 0.0 && row->b == 0.0 && isnan(row->contribution));
    cosmo_arena_destroy(b.arena);
}
END_TEST

/* There is no lease about the other file's place: the two sections are one player. */
START_TEST(a_lease_goes_with_its_place)
{
    against_bench b;
    against_open(&b);
    const cosmo_toxics_against r = against_run(&b, FOLDER "leased.yaml", FOLDER "abroad.yaml");
    ck_assert_uint_eq(r.players.n, 1);
    ck_assert_str_eq(((const char *const *)r.players.items)[0], "source and boundary");
    ck_assert_uint_eq(r.n_failed, 0);
    const cosmo_toxics_against_row *row = against_row(&r, "people", "source and boundary");
    suite_error("one player makes all of it", row->contribution - (row->b - row->a), "person", 0.0);
    cosmo_arena_destroy(b.arena);
}
END_TEST

COSMO_SUITE("study/toxics_against", contributions_sum_up_to_the_difference, the_ends_are_the_files_themselves,
            the_same_on_one_thread_and_on_two, a_file_against_itself_has_no_players, an_end_without_an_answer_is_said,
            files_that_are_wrong_by_themselves_are_refused, a_mixture_that_cannot_be_computed_is_told_and_not_guessed,
            a_lease_goes_with_its_place)
