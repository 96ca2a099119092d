/* Shapley's value against games whose answer is known, and its own axioms on games drawn at random. */
#include "cosmodrome/plume.h"
#include "suite.h"

typedef struct shapley_bench {
    cosmo_arena *arena;
    cosmo_run run;
} shapley_bench;

static void shapley_open(shapley_bench *bench)
{
    bench->arena = cosmo_arena_create(0, NULL);
    ck_assert_ptr_nonnull(bench->arena);
    cosmo_run_init(&bench->run, bench->arena);
}

static void shapley_split(shapley_bench *bench, size_t n, cosmo_shapley_game game, void *user, double *phi)
{
    ck_assert_int_eq(cosmo_shapley_split(n, game, user, bench->arena, &bench->run, phi), COSMO_OK);
}

/* Worth of a coalition is the sum of its players' own. */
static double shapley_additive(void *user, uint32_t mask)
{
    const double *own = user;
    double sum = 0.0;
    for (size_t i = 0; i < COSMO_SHAPLEY_PLAYERS_MAX; i++)
        if ((mask >> i & 1U) != 0) sum += own[i];
    return sum;
}

START_TEST(additive_players_get_their_own)
{
    shapley_bench bench;
    shapley_open(&bench);
    double own[COSMO_SHAPLEY_PLAYERS_MAX], phi[COSMO_SHAPLEY_PLAYERS_MAX];
    for (size_t i = 0; i < COSMO_SHAPLEY_PLAYERS_MAX; i++) own[i] = (double)i - 3.5;
    shapley_split(&bench, COSMO_SHAPLEY_PLAYERS_MAX, shapley_additive, own, phi);
    double worst = 0.0;
    for (size_t i = 0; i < COSMO_SHAPLEY_PLAYERS_MAX; i++) worst = fmax(worst, fabs(phi[i] - own[i]));
    /* Each is a sum of 2,048 terms of worths up to 30: that many roundings. */
    suite_error("12 additive players", worst, "", 2048.0 * 30.0 * 2.3e-16);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

/* One left glove (player 2) and two right ones: a pair is worth 1. */
static double shapley_gloves(void *user, uint32_t mask)
{
    (void)user;
    return (mask & 4U) != 0 && (mask & 3U) != 0 ? 1.0 : 0.0;
}

START_TEST(glove_game)
{
    shapley_bench bench;
    shapley_open(&bench);
    double phi[3];
    shapley_split(&bench, 3, shapley_gloves, NULL, phi);
    suite_error("a right glove of two: 1/6", phi[0] - 1.0 / 6.0, "", 1e-15);
    suite_error("the other right glove: 1/6", phi[1] - 1.0 / 6.0, "", 1e-15);
    suite_error("the left glove: 4/6", phi[2] - 4.0 / 6.0, "", 1e-15);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

static const double SHAPLEY_RUNWAYS[] = {8.0, 11.0, 13.0, 18.0};

/* A runway must be as long as the most demanding of those who use it. */
static double shapley_airport(void *user, uint32_t mask)
{
    (void)user;
    double cost = 0.0;
    for (size_t i = 0; i < 4; i++)
        if ((mask >> i & 1U) != 0) cost = fmax(cost, SHAPLEY_RUNWAYS[i]);
    return cost;
}

/* Littlechild and Owen 1973: each piece of runway is shared by those who need it: 8/4, +3/3, +2/2, +5. */
START_TEST(airport_game)
{
    static const double shares[] = {2.0, 3.0, 4.0, 9.0};
    shapley_bench bench;
    shapley_open(&bench);
    double phi[4];
    shapley_split(&bench, 4, shapley_airport, NULL, phi);
    for (size_t i = 0; i < 4; i++) suite_error("a share of the runway", phi[i] - shares[i], "", 1e-14);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

/* The United Nations' council: 5 with a veto, of 15; here 3 with a veto and 7 others, 6 votes needed. */
static double shapley_council(void *user, uint32_t mask)
{
    (void)user;
    size_t votes = 0;
    for (uint32_t m = mask; m != 0; m &= m - 1) votes++;
    return (mask & 7U) == 7U && votes >= 6 ? 1.0 : 0.0;
}

/* One of 7 others decides when it comes after 3 vetoes and exactly 2 others: C(6,2) 5! 4! / 10!. */
START_TEST(council_and_symmetric_players)
{
    shapley_bench bench;
    shapley_open(&bench);
    double phi[10];
    shapley_split(&bench, 10, shapley_council, NULL, phi);
    const double other = 15.0 * 120.0 * 24.0 / 3628800.0, veto = (1.0 - 7.0 * other) / 3.0;
    for (size_t i = 3; i < 10; i++) suite_error("one of the others", phi[i] - other, "", 1e-15);
    for (size_t i = 0; i < 3; i++) suite_error("one with a veto", phi[i] - veto, "", 1e-15);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

static double shapley_drawn(void *user, uint32_t mask)
{
    return 1e9 * cosmo_random_normal(*(const uint64_t *)user, 0, mask, 0);
}

static double shapley_drawn_without_player_1(void *user, uint32_t mask)
{
    return shapley_drawn(user, mask & ~2U);
}

START_TEST(drawn_games_are_efficient)
{
    shapley_bench bench;
    shapley_open(&bench);
    double worst = 0.0, null_player = 0.0;
    for (uint64_t seed = 0; seed < 50; seed++) {
        double phi[9], sum = 0.0, without[9];
        shapley_split(&bench, 9, shapley_drawn, &seed, phi);
        for (size_t i = 0; i < 9; i++) sum += phi[i];
        worst = fmax(worst, fabs(sum - (shapley_drawn(&seed, 511) - shapley_drawn(&seed, 0))) / 1e9);
        shapley_split(&bench, 9, shapley_drawn_without_player_1, &seed, without);
        null_player = fmax(null_player, fabs(without[1]));
    }
    suite_error("sum of shares less the worth of all, of 50 drawn games", worst, "", 1e-13);
    suite_error("share of who changes nothing", null_player, "", 0.0);
    cosmo_arena_destroy(bench.arena);
}
END_TEST

static double shapley_unknown(void *user, uint32_t mask)
{
    (void)user;
    return (mask & 1U) != 0 ? NAN : (double)mask;
}

START_TEST(limits)
{
    shapley_bench bench;
    shapley_open(&bench);
    double phi[COSMO_SHAPLEY_PLAYERS_MAX + 1];
    ck_assert_int_eq(
        cosmo_shapley_split(COSMO_SHAPLEY_PLAYERS_MAX + 1, shapley_unknown, NULL, bench.arena, &bench.run, phi),
        COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: 13 players; Shapley's value is split among at most 12");
    shapley_split(&bench, 0, shapley_unknown, NULL, phi);
    shapley_split(&bench, 2, shapley_unknown, NULL, phi);
    ck_assert(isnan(phi[0]));
    cosmo_arena_destroy(bench.arena);
}
END_TEST

COSMO_SUITE("plume/shapley", additive_players_get_their_own, glove_game, airport_game, council_and_symmetric_players,
            drawn_games_are_efficient, limits)
