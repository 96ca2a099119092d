/* Rule files against the figures of the law (14 CFR 450.101, 450.133, 417.107; the French order of 2011-03-31 article
 * 20), days in force, limits that nobody publishes, and verdicts on both sides of a limit and at it. */
#include "vehicle/data.h"

#include "cosmodrome/hazard.h"

#include <stdlib.h>
#include <unistd.h>

static const unsigned RULES_ALL = COSMO_RULE_DEBRIS | COSMO_RULE_BLAST | COSMO_RULE_TOXIC;

static cosmo_list rules_select(data_bench *bench, const char *const *names, size_t n, const char *country)
{
    const cosmo_rules_choice choice = {.rules = {n, names}};
    cosmo_list rules;
    ck_assert_msg(cosmo_rules_select(&choice, NULL, country, bench->arena, &bench->run, &rules) == COSMO_OK, "%s",
                  bench->run.message);
    return rules;
}

static const cosmo_rule_finding *rules_judge(data_bench *bench, const cosmo_list *rules,
                                             const cosmo_rule_figures *figures, const char *liftoff, cosmo_list *all)
{
    ck_assert_int_eq(cosmo_rules_judge(rules, figures, liftoff, bench->arena, &bench->run, all), COSMO_OK);
    ck_assert_uint_eq(all->n, rules->n);
    return all->items;
}

static const cosmo_rule *rules_find(const cosmo_list *rules, const char *id)
{
    const cosmo_rule *items = rules->items;
    for (size_t i = 0; i < rules->n; i++)
        if (strcmp(items[i].id, id) == 0) return &items[i];
    ck_abort_msg("no rule %s", id);
}

START_TEST(limits_are_those_of_the_law)
{
    static const struct {
        const char *id;
        int quantity;
        double limit;
        const char *from, *to;
    } law[] = {
        {"us-collective-public", COSMO_RULE_COLLECTIVE_PUBLIC, 1e-4, "2021-03-10", NULL},
        {"us-collective-neighbouring", COSMO_RULE_COLLECTIVE_NEIGHBOURING, 2e-4, "2021-03-10", NULL},
        {"us-individual-public", COSMO_RULE_INDIVIDUAL_PUBLIC, 1e-6, "2021-03-10", NULL},
        {"us-individual-neighbouring", COSMO_RULE_INDIVIDUAL_NEIGHBOURING, 1e-5, "2021-03-10", NULL},
        {"us-aircraft", COSMO_RULE_AIRCRAFT_IMPACT, 1e-6, "2021-03-10", NULL},
        {"us-ship", COSMO_RULE_SHIP_IMPACT, 1e-5, "2021-03-10", NULL},
        {"us-drop-containment", COSMO_RULE_DROP_CONTAINMENT, 0.97, "2021-03-10", NULL},
        {"us-conditional", COSMO_RULE_CONDITIONAL_PUBLIC, 1e-3, "2021-03-10", NULL},
        {"us-417-collective", COSMO_RULE_COLLECTIVE_PUBLIC, 1e-4, "2016-09-19", "2026-03-10"},
        {"us-417-individual", COSMO_RULE_INDIVIDUAL_PUBLIC, 1e-6, "2016-09-19", "2026-03-10"},
        {"us-417-ship", COSMO_RULE_SHIP_IMPACT, 1e-5, "2016-09-19", "2026-03-10"},
        {"us-417-aircraft", COSMO_RULE_AIRCRAFT_IMPACT, 1e-6, "2016-09-19", "2026-03-10"},
        {"fr-collective-public", COSMO_RULE_COLLECTIVE_PUBLIC, 2e-5, "2011-06-01", NULL},
    };
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list rules = rules_select(&bench, (const char *const[]){"us", "fr"}, 2, NULL);
    for (size_t i = 0; i < sizeof law / sizeof law[0]; i++) {
        const cosmo_rule *rule = rules_find(&rules, law[i].id);
        ck_assert_int_eq(rule->quantity, law[i].quantity);
        suite_error(law[i].id, rule->limit - law[i].limit, "", 0.0);
        ck_assert_str_eq(rule->valid_from, law[i].from);
        if (law[i].to == NULL) ck_assert_ptr_null(rule->valid_to);
        if (law[i].to != NULL) ck_assert_str_eq(rule->valid_to, law[i].to);
    }
    data_close(&bench);
}
END_TEST

START_TEST(every_rule_says_what_it_is_and_where_it_was_read)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_list files;
    ck_assert_msg(cosmo_rules_read_all(bench.arena, &bench.run, &files) == COSMO_OK, "%s", bench.run.message);
    ck_assert_uint_eq(files.n, 5);
    size_t blank = 0, total = 0;
    for (size_t f = 0; f < files.n; f++) {
        const cosmo_rules *file = &((const cosmo_rules *)files.items)[f];
        ck_assert_uint_gt(file->countries.n, 0);
        for (size_t i = 0; i < file->rules.n; i++, total++) {
            const cosmo_rule *rule = &((const cosmo_rule *)file->rules.items)[i];
            ck_assert_ptr_nonnull(rule->definition);
            ck_assert_ptr_nonnull(rule->population);
            ck_assert_ptr_nonnull(rule->reference);
            ck_assert_ptr_nonnull(rule->source);
            ck_assert_str_ne(cosmo_rules_confidence_text(rule->confidence), "");
            ck_assert_msg(strncmp(rule->id, file->id, strlen(file->id)) == 0, "%s in %s", rule->id, file->id);
            if (isnan(rule->limit)) ck_assert_ptr_nonnull(rule->note);
            blank += isnan(rule->limit);
        }
    }
    printf("  %zu rules, %zu of them without a limit\n", total, blank);
    data_close(&bench);
}
END_TEST

START_TEST(verdicts_on_both_sides_and_at_the_limit)
{
    static const struct {
        const char *rule;
        double value;
        cosmo_verdict verdict;
    } cases[] = {
        {"us-collective-public", 0.0, COSMO_VERDICT_MET},
        {"us-collective-public", 1e-4, COSMO_VERDICT_MET},
        {"us-collective-public", 1.0000000000000002e-4, COSMO_VERDICT_NOT_MET},
        {"us-collective-public", INFINITY, COSMO_VERDICT_NOT_MET},
        {"us-collective-public", NAN, COSMO_VERDICT_NOT_ASSESSED},
        {"us-drop-containment", 0.97, COSMO_VERDICT_MET},
        {"us-drop-containment", 0.96999999999999986, COSMO_VERDICT_NOT_MET},
        {"us-drop-containment", 1.0, COSMO_VERDICT_MET},
        {"fr-collective-public", 2e-5, COSMO_VERDICT_MET},
        {"fr-collective-public", 2.1e-5, COSMO_VERDICT_NOT_MET},
        {"ru-collective-public", 1e-9, COSMO_VERDICT_NOT_ASSESSED},
        {"kz-individual-public", 1e-9, COSMO_VERDICT_NOT_ASSESSED},
        {"cn-drop-containment", 1.0, COSMO_VERDICT_NOT_ASSESSED},
    };
    data_bench bench;
    data_open(&bench, "data");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const cosmo_list rules = rules_select(&bench, &cases[i].rule, 1, NULL);
        ck_assert_uint_eq(rules.n, 1);
        const cosmo_rule *rule = rules.items;
        cosmo_rule_figures figures = cosmo_rules_no_figures();
        figures.counted = RULES_ALL;
        figures.value[rule->quantity] = cases[i].value;
        cosmo_list all;
        const cosmo_rule_finding *finding = rules_judge(&bench, &rules, &figures, "2026-12-01T08:32:19Z", &all);
        ck_assert_msg(finding->verdict == cases[i].verdict, "%s at %g: %d", cases[i].rule, cases[i].value,
                      (int)finding->verdict);
        ck_assert_int_eq(cosmo_rules_met(&all), cases[i].verdict == COSMO_VERDICT_MET);
        if (finding->verdict == COSMO_VERDICT_NOT_ASSESSED) ck_assert_ptr_nonnull(finding->remark);
    }
    data_close(&bench);
}
END_TEST

/* A sum without toxic release cannot show that the limit of the whole is kept, but it can show that it is broken. */
START_TEST(a_hazard_left_out_is_not_met)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list rules = rules_select(&bench, (const char *const[]){"us-collective-public", "us-ship"}, 2, NULL);
    cosmo_rule_figures figures = cosmo_rules_no_figures();
    figures.counted = COSMO_RULE_DEBRIS | COSMO_RULE_BLAST;
    figures.value[COSMO_RULE_COLLECTIVE_PUBLIC] = 5e-5;
    figures.value[COSMO_RULE_SHIP_IMPACT] = 5e-6;
    cosmo_list all;
    const cosmo_rule_finding *findings = rules_judge(&bench, &rules, &figures, "2026-12-01T08:32:19Z", &all);
    ck_assert_int_eq(findings[0].verdict, COSMO_VERDICT_NOT_ASSESSED);
    ck_assert_str_eq(findings[0].remark, "the figure leaves out toxic release");
    ck_assert_int_eq(findings[1].verdict, COSMO_VERDICT_MET);
    ck_assert_ptr_null(findings[1].remark);
    ck_assert(!cosmo_rules_met(&all));
    figures.value[COSMO_RULE_COLLECTIVE_PUBLIC] = 1.5e-4;
    findings = rules_judge(&bench, &rules, &figures, "2026-12-01T08:32:19Z", &all);
    ck_assert_int_eq(findings[0].verdict, COSMO_VERDICT_NOT_MET);
    figures.counted = 0;
    findings = rules_judge(&bench, &rules, &figures, "2026-12-01T08:32:19Z", &all);
    ck_assert_str_eq(findings[1].remark, "the figure leaves out debris");
    data_close(&bench);
}
END_TEST

/* What a verdict rests on is said of one that is met, and not of one that is broken. */
START_TEST(a_condition_is_said)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list rules = rules_select(&bench, (const char *const[]){"us-ship", "us-aircraft"}, 2, NULL);
    cosmo_rule_figures figures = cosmo_rules_no_figures();
    figures.counted = COSMO_RULE_DEBRIS;
    figures.value[COSMO_RULE_SHIP_IMPACT] = 9.9e-6;
    figures.value[COSMO_RULE_AIRCRAFT_IMPACT] = 1.1e-6;
    figures.rests_on[COSMO_RULE_SHIP_IMPACT] = "while it is clear";
    figures.rests_on[COSMO_RULE_AIRCRAFT_IMPACT] = "while it is clear";
    cosmo_list all;
    const cosmo_rule_finding *findings = rules_judge(&bench, &rules, &figures, NULL, &all);
    ck_assert_int_eq(findings[0].verdict, COSMO_VERDICT_MET);
    ck_assert_str_eq(findings[0].remark, "while it is clear");
    ck_assert_int_eq(findings[1].verdict, COSMO_VERDICT_NOT_MET);
    ck_assert_ptr_null(findings[1].remark);
    data_close(&bench);
}
END_TEST

START_TEST(the_day_of_liftoff_decides)
{
    static const struct {
        const char *liftoff;
        bool part_450, part_417;
    } days[] = {
        {"2007-09-05T22:43:10Z", false, false},
        {"2016-09-18T23:59:59Z", false, false},
        {"2016-09-19T00:00:00Z", false, true},
        {"2018-10-11T08:40:15Z", false, true},
        {"2021-03-09T23:59:59.9Z", false, true},
        {"2021-03-10T00:00:00Z", true, true},
        {"2026-03-10T23:59:59Z", true, true},
        {"2026-03-11T00:00:00Z", true, false},
        {NULL, true, true},
    };
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list rules =
        rules_select(&bench, (const char *const[]){"us-collective-public", "us-417-collective"}, 2, NULL);
    cosmo_rule_figures figures = cosmo_rules_no_figures();
    figures.counted = RULES_ALL;
    figures.value[COSMO_RULE_COLLECTIVE_PUBLIC] = 1e-5;
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        cosmo_list all;
        const cosmo_rule_finding *findings = rules_judge(&bench, &rules, &figures, days[i].liftoff, &all);
        const bool expected[] = {days[i].part_450, days[i].part_417};
        for (size_t k = 0; k < 2; k++) {
            ck_assert_msg(findings[k].in_force == expected[k], "%s on %s", findings[k].rule->id, days[i].liftoff);
            ck_assert_int_eq(findings[k].verdict, expected[k] ? COSMO_VERDICT_MET : COSMO_VERDICT_NONE);
        }
        ck_assert_int_eq(cosmo_rules_met(&all), expected[0] || expected[1]);
        if (!expected[0]) ck_assert_str_eq(findings[0].remark, "in force from 2021-03-10 on");
        if (i == 7) ck_assert_str_eq(findings[1].remark, "in force until 2026-03-10");
    }
    ck_assert_uint_eq(bench.run.n_notes > 0, true);
    ck_assert_ptr_nonnull(strstr(bench.run.notes[bench.run.n_notes - 1].text, "no date of liftoff"));
    data_close(&bench);
}
END_TEST

START_TEST(choice_by_file_by_rule_and_by_pad)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_list baikonur = rules_select(&bench, NULL, 0, "KZ");
    rules_find(&baikonur, "us-ship");
    rules_find(&baikonur, "kz-collective-public");
    ck_assert_uint_eq(baikonur.n, 16);
    const cosmo_list kourou = rules_select(&bench, NULL, 0, "GF");
    rules_find(&kourou, "fr-collective-public");
    ck_assert_uint_eq(rules_select(&bench, NULL, 0, "US").n, 13);
    const size_t before = bench.run.n_notes;
    ck_assert_uint_eq(rules_select(&bench, NULL, 0, "NO").n, 13);
    ck_assert_uint_eq(bench.run.n_notes, before + 1);
    ck_assert_ptr_nonnull(strstr(bench.run.notes[before].text, "no rule file for pads in NO"));
    const cosmo_list twice =
        rules_select(&bench, (const char *const[]){"fr-collective-public", "fr", "us-ship"}, 3, "KZ");
    ck_assert_uint_eq(twice.n, 3);
    ck_assert_str_eq(((const cosmo_rule *)twice.items)[0].id, "fr-collective-public");
    ck_assert_str_eq(((const cosmo_rule *)twice.items)[2].id, "us-ship");
    const char *const wrong[] = {"us-colective-public"};
    const cosmo_rules_choice choice = {.rules = {1, wrong}};
    cosmo_list none;
    ck_assert_int_eq(cosmo_rules_select(&choice, NULL, "KZ", bench.arena, &bench.run, &none), COSMO_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(bench.run.message, "unknown rule 'us-colective-public'; did you mean "
                                                    "'us-collective-public'?"));
    data_close(&bench);
}
END_TEST

static void *rules_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}

static void rules_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(memory_runs_out)
{
    int refused = 0, blocks = 2;
    for (cosmo_status status = COSMO_INTERNAL; status != COSMO_OK; blocks++) {
        int left = blocks;
        const cosmo_allocator allocator = {rules_allocate, rules_release, &left};
        cosmo_arena *arena = cosmo_arena_create(4096, &allocator);
        ck_assert_ptr_nonnull(arena);
        cosmo_run run;
        cosmo_run_init(&run, arena);
        run.data_folder = "data";
        const cosmo_rules_choice choice = {.rules = {0, NULL}};
        const cosmo_rule_figures figures = {.value = {0.0}};
        cosmo_list rules, findings;
        status = cosmo_rules_select(&choice, NULL, "KZ", arena, &run, &rules);
        if (status == COSMO_OK)
            status = cosmo_rules_judge(&rules, &figures, "2018-10-11T08:40:15Z", arena, &run, &findings);
        ck_assert(status == COSMO_OK || status == COSMO_NO_RESOURCES);
        refused += status != COSMO_OK;
        cosmo_arena_destroy(arena);
    }
    printf("  refused with %d sizes of memory, then done\n", refused);
    ck_assert_int_ge(refused, 3);
}
END_TEST

/* ---- files that are wrong ---- */

static const char RULES_GOOD[] = "id: test\nname: Test\nsummary: Test.\ncountries: [KZ]\nrules:\n  - id: test-a\n"
                                 "    name: A\n    quantity: collective public\n    limit: 1e-4\n    population: all\n"
                                 "    counts: [debris]\n    period: all of it\n    definition: Casualties.\n"
                                 "    reference: none\n    valid_from: 2020-02-29\n    valid_to: 2020-03-01\n"
                                 "    source: made up\n    confidence: low\n";

static void rules_mistake(data_bench *bench, const char *folder, const char *old, const char *replacement,
                          const char *message)
{
    const char *where = strstr(RULES_GOOD, old);
    ck_assert_ptr_nonnull(where);
    cosmo_text text = cosmo_text_begin(bench->arena);
    cosmo_text_put_bytes(&text, RULES_GOOD, (size_t)(where - RULES_GOOD));
    cosmo_text_put(&text, replacement);
    cosmo_text_put(&text, where + strlen(old));
    const char *path = cosmo_file_join(bench->arena, folder, "rules/test.yaml");
    ck_assert_int_eq(cosmo_file_write(path, text.data, text.length, &bench->run), COSMO_OK);
    cosmo_rules file;
    const cosmo_status status = cosmo_rules_read("test", NULL, bench->arena, &bench->run, &file);
    ck_assert_int_eq(status, message == NULL ? COSMO_OK : COSMO_BAD_INPUT);
    if (message == NULL) return;
    printf("  %s\n", bench->run.message);
    ck_assert_msg(strncmp(bench->run.message, message, strlen(message)) == 0, "'%s' does not begin with '%s'",
                  bench->run.message, message);
    ck_assert_ptr_null(strchr(bench->run.message, '\n'));
}

/* The folder knows test-a, too: named by path it is another rule of the same name. */
static void rules_own_file(data_bench *bench, const char *path)
{
    const char *const both[] = {path, "test"};
    const cosmo_list own = rules_select(bench, both, 1, "KZ");
    ck_assert_uint_eq(own.n, 1);
    ck_assert_str_eq(((const cosmo_rule *)own.items)[0].id, "test-a");
    const cosmo_rules_choice choice = {.rules = {2, both}};
    cosmo_list none;
    ck_assert_int_eq(cosmo_rules_select(&choice, NULL, NULL, bench->arena, &bench->run, &none), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench->run.message, "error: rule 'test-a' is in two of these files");
}

START_TEST(a_mistake_is_told_at_its_place)
{
    char folder[] = "/tmp/cosmodrome-rules-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    data_bench bench;
    data_open(&bench, folder);
    snprintf(path, sizeof path, "%s/rules", folder);
    ck_assert_int_eq(cosmo_file_make_folder(path, &bench.run), COSMO_OK);
    rules_mistake(&bench, folder, "1e-4", "1e-4", NULL);
    rules_mistake(&bench, folder, "    limit: 1e-4\n", "", NULL);
    rules_mistake(&bench, folder, "    valid_to: 2020-03-01\n", "", NULL);
    rules_mistake(&bench, folder, "1e-4", "2", "data/rules/test.yaml:9:12: error: limit is 2; it must be from");
    rules_mistake(&bench, folder, "1e-4", "0", "data/rules/test.yaml:9:12: error: limit is 0; it must be from");
    rules_mistake(&bench, folder, " 1e-4", "", "data/rules/test.yaml:9:11: error: limit has no value");
    rules_mistake(&bench, folder, "collective public", "colective public",
                  "data/rules/test.yaml:8:15: error: quantity cannot be 'colective public'; did you mean 'collective "
                  "public'?");
    rules_mistake(&bench, folder, "[debris]", "[debris, blas]",
                  "data/rules/test.yaml:11:22: error: counts cannot have 'blas'; did you mean 'blast'?");
    rules_mistake(&bench, folder, "2020-02-29", "2021-02-29",
                  "data/rules/test.yaml:15:17: error: valid_from: '2021-02-29' is not a day; write for example "
                  "'2021-03-10'");
    rules_mistake(&bench, folder, "2020-03-01", "1 March 2020",
                  "data/rules/test.yaml:16:15: error: valid_to: '1 March");
    rules_mistake(&bench, folder, "2020-03-01", "2020-02-28",
                  "data/rules/test.yaml:16:15: error: valid_to is before valid_from");
    rules_mistake(&bench, folder, "id: test\n", "id: tests\n", "data/rules/test.yaml:1:5: error: id 'tests' is not");
    rules_mistake(&bench, folder, "    source: made up\n", "", "data/rules/test.yaml:6:5: error: 'source' is missing");
    rules_mistake(&bench, folder, "low", "certain", "data/rules/test.yaml:18:17: error: confidence cannot be");
    rules_mistake(&bench, folder, "population", "popullation",
                  "data/rules/test.yaml:10:5: error: unknown key 'popullation'; did you mean 'population'?");
    rules_mistake(&bench, folder, "1e-4", "1e-4", NULL);
    rules_own_file(&bench, cosmo_file_join(bench.arena, folder, "rules/test.yaml"));
    cosmo_rules file;
    ck_assert_int_eq(cosmo_rules_read("tset", NULL, bench.arena, &bench.run, &file), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: unknown rule file 'tset'; did you mean 'test'?");
    unlink(cosmo_file_join(bench.arena, folder, "rules/test.yaml"));
    rmdir(path);
    rmdir(folder);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("hazard/rules", limits_are_those_of_the_law, every_rule_says_what_it_is_and_where_it_was_read,
            verdicts_on_both_sides_and_at_the_limit, a_hazard_left_out_is_not_met, a_condition_is_said,
            the_day_of_liftoff_decides, choice_by_file_by_rule_and_by_pad, memory_runs_out,
            a_mistake_is_told_at_its_place)
