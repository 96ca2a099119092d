/* Limits of risk as the law sets them: files of data/rules, which of them judge a launch, and the verdicts. */
#include "cosmodrome/hazard.h"
#include "cosmodrome/sky.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { RULES_DAY_LENGTH = 10, RULES_HAZARDS = 3 };

static const char *const RULES_QUANTITY_WORDS[] = {"collective public",  "collective neighbouring",
                                                   "individual public",  "individual neighbouring",
                                                   "conditional public", "aircraft impact",
                                                   "ship impact",        "drop containment",
                                                   "toxic containment",  NULL};
static const char *const RULES_CONFIDENCES[] = {"high", "medium", "low", "estimate", NULL};
static const char *const RULES_HAZARD_KEYS[RULES_HAZARDS] = {"debris", "blast", "toxic"}; /* bits of COSMO_RULE_... */
static const char *const RULES_HAZARD_WORDS[RULES_HAZARDS] = {"debris", "blast", "toxic release"};
static const char RULES_ENDING[] = ".yaml";
static const char RULES_DEFAULT_FILE[] = "us"; /* the most explicit text that is public */

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define RULES_TEXT(type_, member_, required_, help_)                                                                   \
    {                                                                                                                  \
        .key = #member_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type_, member_), .required = required_,          \
        .help = help_                                                                                                  \
    }

static const cosmo_field RULES_ONE_FIELDS[] = {
    RULES_TEXT(cosmo_rule, id, true, "How the rule is called, such as us-collective-public."),
    RULES_TEXT(cosmo_rule, name, true, "What it limits, in a few words."),
    {.key = "quantity",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_rule, quantity),
     .required = true,
     .choices = RULES_QUANTITY_WORDS,
     .help = "Which figure of a launch it is compared with."},
    {.key = "limit",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_rule, limit),
     .dimension = COSMO_DIM_FRACTION,
     .min = 1e-12,
     .max = 1.0,
     .help = "Largest value allowed (of drop containment: smallest). Left out where no source gives it: not assessed."},
    RULES_TEXT(cosmo_rule, population, true, "Whom it protects."),
    {.key = "counts",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_rule, counts),
     .help = "Hazards that count together: debris, blast, toxic. A figure without one of them cannot meet the rule."},
    RULES_TEXT(cosmo_rule, period, true, "Which part of the flight it is about."),
    RULES_TEXT(cosmo_rule, definition, true, "What exactly is limited, in words of our own."),
    RULES_TEXT(cosmo_rule, reference, true, "The paragraph of the law."),
    RULES_TEXT(cosmo_rule, valid_from, false, "First day in force, such as 2021-03-10. Left out: always."),
    RULES_TEXT(cosmo_rule, valid_to, false, "Last day in force. Left out: still."),
    RULES_TEXT(cosmo_rule, source, true, "Where the rule was read, and what was not read but remembered."),
    {.key = "confidence",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_rule, confidence),
     .required = true,
     .choices = RULES_CONFIDENCES,
     .help = "How sure the limit is: high where the law itself was read, low where it is remembered."},
    RULES_TEXT(cosmo_rule, note, false, "What a reader should know besides."),
};
static const cosmo_section RULES_ONE = {"rule", "One limit that the law sets.", sizeof(cosmo_rule), RULES_ONE_FIELDS,
                                        sizeof RULES_ONE_FIELDS / sizeof RULES_ONE_FIELDS[0]};

static const cosmo_field RULES_FIELDS[] = {
    RULES_TEXT(cosmo_rules, id, true, "The file's name."),
    RULES_TEXT(cosmo_rules, name, true, "Whose rules these are."),
    RULES_TEXT(cosmo_rules, summary, true, "What they are about, in a sentence."),
    {.key = "countries",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_rules, countries),
     .help =
         "Two letters each, ISO 3166: a launch from a pad there is judged by these rules unless it says otherwise."},
    {.key = "rules",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_rules, rules),
     .required = true,
     .section = &RULES_ONE,
     .help = "The limits."},
};
static const cosmo_section RULES = {"rules", "Limits of risk that a country's law sets.", sizeof(cosmo_rules),
                                    RULES_FIELDS, sizeof RULES_FIELDS / sizeof RULES_FIELDS[0]};

const cosmo_section *cosmo_rules_section(void)
{
    return &RULES;
}

const char *cosmo_rules_confidence_text(int confidence)
{
    return RULES_CONFIDENCES[confidence];
}

const char *cosmo_rules_quantity_text(int quantity)
{
    return RULES_QUANTITY_WORDS[quantity];
}

/* ---- reading ------------------------------------------------------------------------------------------------------
 */

bool cosmo_rules_is_day(const char *day)
{
    cosmo_utc midnight;
    char utc[RULES_DAY_LENGTH + sizeof "T00:00:00Z"];
    if (strlen(day) != RULES_DAY_LENGTH) return false;
    snprintf(utc, sizeof utc, "%sT00:00:00Z", day);
    return cosmo_time_parse(utc, &midnight) == NULL;
}

cosmo_status cosmo_rules_check_day(const cosmo_yaml *node, const char *key, const char *day, cosmo_run *run)
{
    if (day == NULL || cosmo_rules_is_day(day)) return COSMO_OK;
    return cosmo_yaml_fail(cosmo_yaml_child(node, key), run, "%s: '%.80s' is not a day; write for example '2021-03-10'",
                           key, day);
}

cosmo_status cosmo_rules_check_days(const cosmo_yaml *node, const char *valid_from, const char *valid_to,
                                    cosmo_run *run)
{
    COSMO_TRY(cosmo_rules_check_day(node, "valid_from", valid_from, run));
    COSMO_TRY(cosmo_rules_check_day(node, "valid_to", valid_to, run));
    if (valid_from != NULL && valid_to != NULL && strcmp(valid_to, valid_from) < 0)
        return cosmo_yaml_fail(cosmo_yaml_child(node, "valid_to"), run, "valid_to is before valid_from");
    return COSMO_OK;
}

/* The bit of a word of `counts`; 0 when there is none. */
static unsigned rules_hazard(const char *word)
{
    for (unsigned i = 0; i < RULES_HAZARDS; i++)
        if (strcmp(RULES_HAZARD_KEYS[i], word) == 0) return 1U << i;
    return 0;
}

static unsigned rules_hazards(const cosmo_rule *rule)
{
    const char *const *words = rule->counts.items;
    unsigned bits = 0;
    for (size_t i = 0; i < rule->counts.n; i++) bits |= rules_hazard(words[i]);
    return bits;
}

static cosmo_status rules_check_counts(const cosmo_rule *rule, const cosmo_yaml *node, cosmo_run *run)
{
    const char *const *words = rule->counts.items;
    const cosmo_yaml *list = cosmo_yaml_child(node, "counts");
    if (list != NULL && list->kind == COSMO_YAML_MAP) list = cosmo_yaml_child(list, "value");
    const cosmo_yaml *place = list != NULL ? list->first_child : NULL;
    for (size_t i = 0; i < rule->counts.n; i++, place = place->next) {
        if (rules_hazard(words[i]) != 0) continue;
        const char *nearest = cosmo_text_nearest(words[i], RULES_HAZARD_KEYS, RULES_HAZARDS);
        return cosmo_yaml_fail(place, run, "counts cannot have '%.80s'; %s%s%s", words[i],
                               nearest != NULL ? "did you mean '" : "known here: ",
                               nearest != NULL ? nearest : "debris, blast, toxic", nearest != NULL ? "'?" : "");
    }
    return COSMO_OK;
}

static cosmo_status rules_check(const cosmo_rule *rule, const cosmo_yaml *node, cosmo_run *run)
{
    COSMO_TRY(rules_check_counts(rule, node, run));
    return cosmo_rules_check_days(node, rule->valid_from, rule->valid_to, run);
}

/* One file and the node of its list of rules. */
static cosmo_status rules_load(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                               cosmo_rules *file, const cosmo_yaml **list)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open("rules", "rule file", id, asked, arena, run, &root));
    COSMO_TRY(cosmo_section_read(&RULES, root, file, arena, run, NULL));
    *list = cosmo_yaml_child(root, "rules");
    const cosmo_rule *rules = file->rules.items;
    const cosmo_yaml *node = (*list)->first_child;
    for (size_t i = 0; i < file->rules.n; i++, node = node->next) COSMO_TRY(rules_check(&rules[i], node, run));
    return COSMO_OK;
}

cosmo_status cosmo_rules_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                              cosmo_rules *file)
{
    const cosmo_yaml *list;
    return rules_load(id, asked, arena, run, file, &list);
}

static const cosmo_rule *rules_find_rule(const cosmo_rules *files, size_t n, const char *id)
{
    for (size_t f = 0; f < n; f++) {
        const cosmo_rule *rules = files[f].rules.items;
        for (size_t i = 0; i < files[f].rules.n; i++)
            if (strcmp(rules[i].id, id) == 0) return &rules[i];
    }
    return NULL;
}

cosmo_status cosmo_rules_read_all(cosmo_arena *arena, cosmo_run *run, cosmo_list *files)
{
    cosmo_list ids;
    COSMO_TRY(cosmo_catalogue_list("rules", arena, run, &ids));
    cosmo_rules *all = cosmo_arena_array(arena, ids.n + 1, sizeof *all);
    COSMO_NEED(all, run);
    for (size_t f = 0; f < ids.n; f++) {
        const cosmo_yaml *list;
        COSMO_TRY(rules_load(((const char *const *)ids.items)[f], NULL, arena, run, &all[f], &list));
        const cosmo_rule *rules = all[f].rules.items;
        const cosmo_yaml *node = list->first_child;
        for (size_t i = 0; i < all[f].rules.n; i++, node = node->next)
            if (rules_find_rule(all, f, rules[i].id) != NULL)
                return cosmo_yaml_fail(cosmo_yaml_child(node, "id"), run, "rule '%.80s' is there twice", rules[i].id);
    }
    *files = (cosmo_list){ids.n, all};
    return COSMO_OK;
}

/* ---- choosing -----------------------------------------------------------------------------------------------------
 */

/* The rules chosen so far. */
typedef struct rules_chosen {
    cosmo_arena *arena;
    cosmo_rule *rules;
    size_t n, capacity;
} rules_chosen;

/* Once, however often it is named; the same id in a file of the user's own is another rule. */
static cosmo_status rules_add(const cosmo_rule *rule, const cosmo_yaml *asked, cosmo_run *run, rules_chosen *chosen)
{
    for (size_t i = 0; i < chosen->n; i++) {
        if (chosen->rules[i].id == rule->id) return COSMO_OK;
        if (strcmp(chosen->rules[i].id, rule->id) != 0) continue;
        if (asked != NULL) return cosmo_yaml_fail(asked, run, "rule '%.80s' is in two of these files", rule->id);
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: rule '%.80s' is in two of these files", rule->id);
    }
    if (chosen->n == chosen->capacity) {
        const size_t capacity = 2 * chosen->capacity + 16;
        cosmo_rule *rules = cosmo_arena_array(chosen->arena, capacity, sizeof *rules);
        COSMO_NEED(rules, run);
        if (chosen->n > 0) memcpy(rules, chosen->rules, chosen->n * sizeof *rules);
        chosen->rules = rules;
        chosen->capacity = capacity;
    }
    chosen->rules[chosen->n++] = *rule;
    return COSMO_OK;
}

static cosmo_status rules_add_file(const cosmo_rules *file, const cosmo_yaml *asked, cosmo_run *run,
                                   rules_chosen *chosen)
{
    const cosmo_rule *rules = file->rules.items;
    for (size_t i = 0; i < file->rules.n; i++) COSMO_TRY(rules_add(&rules[i], asked, run, chosen));
    return COSMO_OK;
}

static const cosmo_rules *rules_find_file(const cosmo_list *files, const char *id)
{
    const cosmo_rules *all = files->items;
    for (size_t f = 0; f < files->n; f++)
        if (strcmp(all[f].id, id) == 0) return &all[f];
    return NULL;
}

static bool rules_is_for(const cosmo_rules *file, const char *country)
{
    const char *const *countries = file->countries.items;
    for (size_t i = 0; i < file->countries.n; i++)
        if (strcmp(countries[i], country) == 0) return true;
    return false;
}

static cosmo_status rules_add_default(const cosmo_list *files, const char *country, cosmo_run *run,
                                      rules_chosen *chosen)
{
    const cosmo_rules *all = files->items, *first = rules_find_file(files, RULES_DEFAULT_FILE);
    if (first != NULL) COSMO_TRY(rules_add_file(first, NULL, run, chosen));
    bool found = false;
    for (size_t f = 0; f < files->n && country != NULL; f++) {
        if (!rules_is_for(&all[f], country)) continue;
        COSMO_TRY(rules_add_file(&all[f], NULL, run, chosen));
        found = true;
    }
    if (country != NULL && !found)
        cosmo_run_note(run, COSMO_NOTE_WARNING, "no rule file for pads in %s: the limits of its law are not assessed",
                       country);
    return COSMO_OK;
}

static cosmo_status rules_fail_unknown(const cosmo_list *files, const char *word, const cosmo_yaml *asked,
                                       cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_rules *all = files->items;
    size_t total = files->n, n = 0;
    for (size_t f = 0; f < files->n; f++) total += all[f].rules.n;
    const char **names = cosmo_arena_array(arena, total + 1, sizeof *names);
    COSMO_NEED(names, run);
    for (size_t f = 0; f < files->n; f++) names[n++] = all[f].id;
    for (size_t f = 0; f < files->n; f++)
        for (size_t i = 0; i < all[f].rules.n; i++) names[n++] = ((const cosmo_rule *)all[f].rules.items)[i].id;
    const cosmo_list known = {n, names};
    return cosmo_catalogue_unknown("rule", word, &known, asked, arena, run);
}

static bool rules_is_path(const char *word)
{
    const size_t length = strlen(word), ending = sizeof RULES_ENDING - 1;
    return length > ending && strcmp(word + length - ending, RULES_ENDING) == 0;
}

/* A file of the user's own, a file of data/rules, or one rule of those. */
static cosmo_status rules_add_named(const cosmo_list *files, const char *word, const cosmo_yaml *asked, cosmo_run *run,
                                    rules_chosen *chosen)
{
    cosmo_rules own;
    if (rules_is_path(word)) {
        COSMO_TRY(cosmo_rules_read(word, asked, chosen->arena, run, &own));
        return rules_add_file(&own, asked, run, chosen);
    }
    const cosmo_rules *file = rules_find_file(files, word);
    if (file != NULL) return rules_add_file(file, asked, run, chosen);
    const cosmo_rule *rule = rules_find_rule(files->items, files->n, word);
    if (rule != NULL) return rules_add(rule, asked, run, chosen);
    return rules_fail_unknown(files, word, asked, chosen->arena, run);
}

cosmo_status cosmo_rules_select(const cosmo_rules_choice *choice, const cosmo_yaml *asked, const char *country,
                                cosmo_arena *arena, cosmo_run *run, cosmo_list *rules)
{
    cosmo_list files;
    COSMO_TRY(cosmo_rules_read_all(arena, run, &files));
    rules_chosen chosen = {.arena = arena};
    const char *const *words = choice->rules.items;
    const cosmo_yaml *place = asked != NULL ? asked->first_child : NULL;
    for (size_t i = 0; i < choice->rules.n; i++, place = place != NULL ? place->next : NULL)
        COSMO_TRY(rules_add_named(&files, words[i], place, run, &chosen));
    if (choice->rules.n == 0) COSMO_TRY(rules_add_default(&files, country, run, &chosen));
    *rules = (cosmo_list){chosen.n, chosen.rules};
    return COSMO_OK;
}

/* ---- judging ------------------------------------------------------------------------------------------------------
 */

cosmo_rule_figures cosmo_rules_no_figures(void)
{
    cosmo_rule_figures none = {.counted = 0};
    for (size_t i = 0; i < COSMO_RULE_QUANTITIES; i++) none.value[i] = NAN;
    return none;
}

/* The days of a rule and of ISO 8601 times sort as text. */
static cosmo_status rules_judge_day(const char *liftoff_utc, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_rule_finding *finding)
{
    const cosmo_rule *rule = finding->rule;
    finding->in_force = true;
    if (liftoff_utc == NULL) return COSMO_OK;
    const bool early = rule->valid_from != NULL && strncmp(liftoff_utc, rule->valid_from, RULES_DAY_LENGTH) < 0;
    const bool late = rule->valid_to != NULL && strncmp(liftoff_utc, rule->valid_to, RULES_DAY_LENGTH) > 0;
    if (!early && !late) return COSMO_OK;
    finding->in_force = false;
    finding->remark = early ? cosmo_arena_print(arena, "in force from %s on", rule->valid_from)
                            : cosmo_arena_print(arena, "in force until %s", rule->valid_to);
    COSMO_NEED(finding->remark, run);
    return COSMO_OK;
}

static cosmo_status rules_judge_hazards(const cosmo_rule_figures *figures, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_rule_finding *finding)
{
    const unsigned missing = rules_hazards(finding->rule) & ~figures->counted;
    finding->verdict = missing == 0 ? COSMO_VERDICT_MET : COSMO_VERDICT_NOT_ASSESSED;
    finding->remark = figures->rests_on[finding->rule->quantity];
    if (missing == 0) return COSMO_OK;
    cosmo_text remark = cosmo_text_begin(arena);
    for (unsigned i = 0, n = 0; i < RULES_HAZARDS; i++)
        if ((missing & 1U << i) != 0)
            cosmo_text_print(&remark, "%s%s", n++ == 0 ? "the figure leaves out " : ", ", RULES_HAZARD_WORDS[i]);
    if (remark.failed) return cosmo_run_out_of_memory(run);
    finding->remark = remark.data;
    return COSMO_OK;
}

static cosmo_status rules_judge_one(const cosmo_rule_figures *figures, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_rule_finding *finding)
{
    const double value = finding->value, limit = finding->limit;
    finding->verdict = COSMO_VERDICT_NOT_ASSESSED;
    if (isnan(limit)) {
        finding->remark = "no source gives a limit";
        return COSMO_OK;
    }
    if (isnan(value)) {
        finding->remark = "not computed";
        return COSMO_OK;
    }
    const bool within = finding->rule->quantity == COSMO_RULE_DROP_CONTAINMENT ? value >= limit : value <= limit;
    if (within) return rules_judge_hazards(figures, arena, run, finding);
    finding->verdict = COSMO_VERDICT_NOT_MET;
    return COSMO_OK;
}

cosmo_status cosmo_rules_judge(const cosmo_list *rules, const cosmo_rule_figures *figures, const char *liftoff_utc,
                               cosmo_arena *arena, cosmo_run *run, cosmo_list *findings)
{
    const cosmo_rule *items = rules->items;
    cosmo_rule_finding *all = cosmo_arena_array(arena, rules->n + 1, sizeof *all);
    COSMO_NEED(all, run);
    for (size_t i = 0; i < rules->n; i++) {
        all[i] = (cosmo_rule_finding){.name = items[i].name,
                                      .rule = &items[i],
                                      .value = figures->value[items[i].quantity],
                                      .limit = items[i].limit};
        COSMO_TRY(rules_judge_day(liftoff_utc, arena, run, &all[i]));
        if (all[i].in_force) COSMO_TRY(rules_judge_one(figures, arena, run, &all[i]));
    }
    if (liftoff_utc == NULL && rules->n > 0)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "no date of liftoff: every rule is taken to be in force");
    *findings = (cosmo_list){rules->n, all};
    return COSMO_OK;
}

bool cosmo_rules_met(const cosmo_list *findings)
{
    const cosmo_rule_finding *all = findings->items;
    size_t in_force = 0;
    for (size_t i = 0; i < findings->n; i++) {
        if (!all[i].in_force) continue;
        if (all[i].verdict != COSMO_VERDICT_MET) return false;
        in_force++;
    }
    return in_force > 0;
}
