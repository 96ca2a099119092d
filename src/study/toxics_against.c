/* Two releases against each other: which section of their files explains the difference between their answers. */
#include "study/described.h"
#include "study/summary.h"
#include "study/tabling.h"
#include "study/toxics_page.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

enum { TOXICS_AGAINST_SAMPLES_LEAST = 16, TOXICS_AGAINST_FILES = 4 };

/* The sections that bear on an answer. That of money comes first: it is bit 0 of a coalition where it differs, and the
 * coalition beside it has the same physics. */
static const char *const TOXICS_AGAINST_SECTIONS[] = {"valuation",  "source", "weather",  "sampling",
                                                      "substances", "limits", "boundary", "soil"};
enum { TOXICS_AGAINST_SECTIONS_N = sizeof TOXICS_AGAINST_SECTIONS / sizeof TOXICS_AGAINST_SECTIONS[0] };

typedef enum toxics_against_answer {
    TOXICS_AGAINST_SOIL_KG,
    TOXICS_AGAINST_SOIL_INSIDE_M2,
    TOXICS_AGAINST_SOIL_OUTSIDE_M2,
    TOXICS_AGAINST_AIR_M2,
    TOXICS_AGAINST_PEOPLE,
    TOXICS_AGAINST_MONEY
} toxics_against_answer;

typedef struct toxics_against {
    const cosmo_yaml *roots[2];
    const char *keys[TOXICS_AGAINST_SECTIONS_N]; /* of each player: its section */
    bool lease;                                  /* the boundary goes with the source */
    cosmo_toxics_against *result;
    cosmo_arena *arena;
    cosmo_run *run;
    const char *substance, *currency; /* of the first file */
    const char *names[COSMO_TOXICS_AGAINST_ANSWERS];
    double values[COSMO_TOXICS_AGAINST_ANSWERS][1 << COSMO_TOXICS_AGAINST_PLAYERS_MAX]; /* of each coalition */
} toxics_against;

/* ---- what differs ---- */

static bool toxics_against_is_remark(const char *key)
{
    return strcmp(key, "source") == 0 || strcmp(key, "confidence") == 0 || strcmp(key, "note") == 0;
}

/* What a node says: {value: X, source: ...} says X. */
static const cosmo_yaml *toxics_against_bare(const cosmo_yaml *node)
{
    const cosmo_yaml *value = node != NULL && node->kind == COSMO_YAML_MAP ? cosmo_yaml_child(node, "value") : NULL;
    if (value == NULL) return node;
    for (const cosmo_yaml *child = node->first_child; child != NULL; child = child->next)
        if (child != value && !toxics_against_is_remark(child->key)) return node;
    return value;
}

/* A text that names a file is another file in another folder. */
static bool toxics_against_is_file(const cosmo_yaml *node, cosmo_arena *arena)
{
    struct stat about;
    const char *path = cosmo_file_join(arena, cosmo_file_folder(arena, node->file), node->text);
    return path != NULL && stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

static bool toxics_against_same_text(const cosmo_yaml *a, const cosmo_yaml *b, cosmo_arena *arena)
{
    if (strcmp(a->text, b->text) != 0) return false;
    const char *folder_a = cosmo_file_folder(arena, a->file), *folder_b = cosmo_file_folder(arena, b->file);
    if (folder_a == NULL || folder_b == NULL || strcmp(folder_a, folder_b) == 0) return true;
    return !toxics_against_is_file(a, arena) && !toxics_against_is_file(b, arena);
}

static bool toxics_against_same(const cosmo_yaml *a, const cosmo_yaml *b, cosmo_arena *arena);

/* Every child of `a` that is no remark has its like in `b`. */
static bool toxics_against_has_all(const cosmo_yaml *a, const cosmo_yaml *b, cosmo_arena *arena)
{
    for (const cosmo_yaml *child = a->first_child; child != NULL; child = child->next)
        if (!toxics_against_is_remark(child->key) &&
            !toxics_against_same(child, cosmo_yaml_child(b, child->key), arena))
            return false;
    return true;
}

static bool toxics_against_same(const cosmo_yaml *a, const cosmo_yaml *b, cosmo_arena *arena)
{
    a = toxics_against_bare(a);
    b = toxics_against_bare(b);
    if (a == NULL || b == NULL) return a == b;
    if (a->kind != b->kind) return false;
    if (a->kind == COSMO_YAML_SCALAR) return toxics_against_same_text(a, b, arena);
    if (a->kind == COSMO_YAML_MAP) return toxics_against_has_all(a, b, arena) && toxics_against_has_all(b, a, arena);
    const cosmo_yaml *x = a->first_child, *y = b->first_child;
    for (; x != NULL && y != NULL; x = x->next, y = y->next)
        if (!toxics_against_same(x, y, arena)) return false;
    return x == NULL && y == NULL;
}

static bool toxics_against_differs(const toxics_against *g, const char *section)
{
    return !toxics_against_same(cosmo_yaml_child(g->roots[0], section), cosmo_yaml_child(g->roots[1], section),
                                g->arena);
}

/* A lease is a property of the place: where both differ there would be no lease about the other file's place. */
static bool toxics_against_is_leased(const toxics_against *g)
{
    if (!toxics_against_differs(g, "source") || !toxics_against_differs(g, "boundary")) return false;
    return cosmo_yaml_child(cosmo_yaml_child(g->roots[0], "boundary"), "lease") != NULL ||
           cosmo_yaml_child(cosmo_yaml_child(g->roots[1], "boundary"), "lease") != NULL;
}

static cosmo_status toxics_against_players(toxics_against *g)
{
    const char **players = cosmo_arena_array(g->arena, TOXICS_AGAINST_SECTIONS_N, sizeof *players);
    COSMO_NEED(players, g->run);
    cosmo_text all = cosmo_text_begin(g->arena);
    size_t n = 0;
    g->lease = toxics_against_is_leased(g);
    for (size_t i = 0; i < TOXICS_AGAINST_SECTIONS_N; i++) {
        const char *section = TOXICS_AGAINST_SECTIONS[i];
        const bool joined = g->lease && strcmp(section, "source") == 0;
        if (!toxics_against_differs(g, section) || (g->lease && strcmp(section, "boundary") == 0)) continue;
        g->keys[n] = section;
        players[n] = joined ? "source and boundary" : section;
        cosmo_text_print(&all, "%s%s", n > 0 ? ", " : "", players[n]);
        n++;
    }
    if (all.failed) return cosmo_run_out_of_memory(g->run);
    if (n > COSMO_TOXICS_AGAINST_PLAYERS_MAX)
        return cosmo_run_fail(g->run, COSMO_BAD_INPUT,
                              "error: %zu sections of the two files differ (%s); at most %d can be told apart: give "
                              "both files the same in some of them",
                              n, all.data, COSMO_TOXICS_AGAINST_PLAYERS_MAX);
    g->result->players = (cosmo_list){n, players};
    g->result->n_mixtures = (size_t)1 << n;
    return COSMO_OK;
}

/* ---- a mixture of the files ---- */

/* Which file a section is taken from. */
static const cosmo_yaml *toxics_against_from(const toxics_against *g, uint32_t mask, const char *section)
{
    const char *key = g->lease && strcmp(section, "boundary") == 0 ? "source" : section;
    for (size_t i = 0; i < g->result->players.n; i++)
        if (strcmp(g->keys[i], key) == 0) return g->roots[mask >> i & 1U];
    return g->roots[0];
}

/* Nodes keep the file that they stand in, so that messages and paths are those of their own file. */
static cosmo_status toxics_against_mix(const toxics_against *g, uint32_t mask, cosmo_arena *scratch,
                                       const cosmo_yaml **mixed)
{
    cosmo_yaml *root = cosmo_arena_alloc(scratch, sizeof *root);
    COSMO_NEED(root, g->run);
    *root = *g->roots[0];
    root->first_child = NULL;
    root->n_children = 0;
    const cosmo_yaml **tail = &root->first_child;
    for (size_t i = 0; i <= TOXICS_AGAINST_SECTIONS_N; i++) {
        const char *section = i < TOXICS_AGAINST_SECTIONS_N ? TOXICS_AGAINST_SECTIONS[i] : "name";
        const cosmo_yaml *child = cosmo_yaml_child(toxics_against_from(g, mask, section), section);
        if (child == NULL) continue;
        cosmo_yaml *copy = cosmo_arena_alloc(scratch, sizeof *copy);
        COSMO_NEED(copy, g->run);
        *copy = *child;
        copy->next = NULL;
        *tail = copy;
        tail = &copy->next;
        root->n_children++;
    }
    *mixed = root;
    return COSMO_OK;
}

/* ---- what it answers ---- */

/* `values` is the first of every `stride`-th. */
static double toxics_against_mean(const double *values, size_t n, size_t stride)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) sum += values[i * stride];
    return sum / (double)n;
}

static void toxics_against_soil(const toxics_against *g, const cosmo_toxics_case *c, double *values)
{
    const cosmo_accident *a = &c->toxics->accident;
    const size_t n = c->answer.n_samples, stride = a->n_soils * (sizeof(cosmo_accident_reach) / sizeof(double));
    size_t species = 0, soil = 0;
    values[TOXICS_AGAINST_SOIL_KG] = 0.0;
    values[TOXICS_AGAINST_SOIL_INSIDE_M2] = values[TOXICS_AGAINST_SOIL_OUTSIDE_M2] = 0.0;
    while (species < a->n_species && strcmp(a->species[species]->id, g->substance) != 0) species++;
    if (species == a->n_species) return; /* nothing of it is there */
    for (size_t i = 0; i < n; i++)
        values[TOXICS_AGAINST_SOIL_KG] += cosmo_toxics_case_soil_kg(&c->answer, a->n_species, i, species) / (double)n;
    while (soil < a->n_soils && a->soils[soil].species != species) soil++;
    const cosmo_accident_reach *first = soil < a->n_soils ? c->answer.soil_reach + soil : NULL;
    values[TOXICS_AGAINST_SOIL_INSIDE_M2] =
        first != NULL ? toxics_against_mean(&first->area_inside_m2, n, stride) : NAN;
    values[TOXICS_AGAINST_SOIL_OUTSIDE_M2] =
        first != NULL ? toxics_against_mean(&first->area_outside_m2, n, stride) : NAN;
}

static void toxics_against_air(const cosmo_toxics_case *c, double *values)
{
    const cosmo_accident *a = &c->toxics->accident;
    const size_t n = c->answer.n_samples, stride = a->n_levels * (sizeof(cosmo_accident_reach) / sizeof(double));
    const size_t level = cosmo_toxics_case_people_level(a);
    values[TOXICS_AGAINST_AIR_M2] = values[TOXICS_AGAINST_PEOPLE] = NAN;
    if (level >= a->n_levels) return;
    const cosmo_accident_reach *first = c->answer.reach + level;
    values[TOXICS_AGAINST_AIR_M2] = toxics_against_mean(&first->area_inside_m2, n, stride) +
                                    toxics_against_mean(&first->area_outside_m2, n, stride);
    values[TOXICS_AGAINST_PEOPLE] =
        toxics_against_mean(&first->people_inside, n, stride) + toxics_against_mean(&first->people_outside, n, stride);
}

/* What totals are told in: the case's currency, or that of the first party's rules; NULL: there is no party. */
static const char *toxics_against_currency(const cosmo_toxics *t)
{
    if (t->tariffs.n == 0) return NULL;
    return t->release.valuation.currency != NULL ? t->release.valuation.currency
                                                 : ((const cosmo_tariff *)t->tariffs.items)->currency;
}

static double toxics_against_money(const toxics_against *g, const cosmo_toxics_case *c)
{
    const char *currency = toxics_against_currency(c->toxics);
    const cosmo_valuation *v = c->valuations.items;
    if (currency == NULL || g->currency == NULL || strcmp(currency, g->currency) != 0) return NAN;
    return v->counted.whole.mean / (c->toxics->release.valuation.currency != NULL ? v->price : 1.0);
}

/* What the answers are called, by the first file. */
static cosmo_status toxics_against_name(toxics_against *g, const cosmo_toxics_case *c)
{
    const cosmo_accident *a = &c->toxics->accident;
    const size_t level = cosmo_toxics_case_people_level(a);
    const char *currency = toxics_against_currency(c->toxics);
    g->substance = cosmo_arena_print(g->arena, "%s", a->species[cosmo_toxics_case_soil_species(a)]->id);
    g->currency = currency != NULL ? cosmo_arena_print(g->arena, "%s", currency) : NULL;
    COSMO_NEED(g->substance, g->run);
    if (currency != NULL) COSMO_NEED(g->currency, g->run);
    const cosmo_threshold *air = level < a->n_levels ? a->levels[level].threshold : NULL;
    const char *named = air != NULL ? cosmo_arena_print(g->arena, "%s of %s", air->level, air->substance) : "a limit";
    COSMO_NEED(named, g->run);
    const char **names = g->names;
    names[TOXICS_AGAINST_SOIL_KG] = cosmo_arena_print(g->arena, "%s in the soil", g->substance);
    names[TOXICS_AGAINST_SOIL_INSIDE_M2] =
        cosmo_arena_print(g->arena, "soil above the limit of %s, inside the boundary", g->substance);
    names[TOXICS_AGAINST_SOIL_OUTSIDE_M2] =
        cosmo_arena_print(g->arena, "soil above the limit of %s, outside the boundary", g->substance);
    names[TOXICS_AGAINST_AIR_M2] = cosmo_arena_print(g->arena, "air above %s", named);
    names[TOXICS_AGAINST_PEOPLE] = cosmo_arena_print(g->arena, "people above %s", named);
    names[TOXICS_AGAINST_MONEY] = "what the first party counts";
    for (size_t i = 0; i < COSMO_TOXICS_AGAINST_ANSWERS; i++) COSMO_NEED(names[i], g->run);
    return COSMO_OK;
}

/* ---- the coalitions ---- */

/* `known` is the answer of a coalition with the same physics; NULL: there is none yet. */
static cosmo_status toxics_against_compute(toxics_against *g, uint32_t mask, const cosmo_accident_answer *known,
                                           cosmo_arena *scratch, cosmo_run *run, cosmo_accident_answer *answer)
{
    cosmo_toxics *toxics = cosmo_arena_alloc(scratch, sizeof *toxics);
    cosmo_toxics_case *c = cosmo_arena_alloc(scratch, sizeof *c);
    const cosmo_yaml *mixed = NULL;
    double values[COSMO_TOXICS_AGAINST_ANSWERS];
    COSMO_NEED(toxics, run);
    COSMO_NEED(c, run);
    COSMO_TRY(toxics_against_mix(g, mask, scratch, &mixed));
    COSMO_TRY(cosmo_toxics_read_tree(mixed, scratch, run, toxics));
    toxics->release.sampling.samples = g->result->samples;
    toxics->release.sampling.particles = g->result->particles;
    *c = (cosmo_toxics_case){.toxics = toxics, .run = run};
    if (known != NULL)
        c->answer = *known;
    else
        COSMO_TRY(cosmo_accident_run(&toxics->accident, NULL, scratch, run, &c->answer));
    COSMO_TRY(cosmo_toxics_worth_make(c, scratch, run));
    if (mask == 0) COSMO_TRY(toxics_against_name(g, c));
    toxics_against_soil(g, c, values);
    toxics_against_air(c, values);
    values[TOXICS_AGAINST_MONEY] = toxics_against_money(g, c);
    for (size_t i = 0; i < COSMO_TOXICS_AGAINST_ANSWERS; i++) g->values[i][mask] = values[i];
    *answer = c->answer;
    return COSMO_OK;
}

/* Of a mixture that cannot be computed: which sections it takes from the second file, and why not. */
static cosmo_status toxics_against_lose(toxics_against *g, uint32_t mask, const cosmo_run *quiet)
{
    const char *const *players = g->result->players.items;
    cosmo_text taken = cosmo_text_begin(g->arena);
    for (size_t i = 0; i < g->result->players.n; i++)
        if ((mask >> i & 1U) != 0) cosmo_text_print(&taken, "%s%s", taken.length > 0 ? ", " : "", players[i]);
    if (taken.failed) return cosmo_run_out_of_memory(g->run);
    cosmo_run_note(g->run, COSMO_NOTE_WARNING, "against: the first file with %s of the second has no answer: %s",
                   taken.data, quiet->message);
    for (size_t i = 0; i < COSMO_TOXICS_AGAINST_ANSWERS; i++) g->values[i][mask] = NAN;
    g->result->n_failed++;
    return COSMO_OK;
}

/* Only the two files themselves tell what they assume, and must be computable. */
static cosmo_status toxics_against_try(toxics_against *g, uint32_t mask, const cosmo_accident_answer *known,
                                       cosmo_arena *scratch, cosmo_accident_answer *answer, bool *done)
{
    const bool own = mask == 0 || mask + 1 == g->result->n_mixtures;
    cosmo_run quiet = *g->run;
    quiet.arena = scratch;
    quiet.notes = NULL;
    quiet.n_notes = quiet.notes_capacity = 0;
    const cosmo_status status = toxics_against_compute(g, mask, known, scratch, own ? g->run : &quiet, answer);
    *done = status == COSMO_OK;
    if (status == COSMO_OK || own) return status;
    if (status == COSMO_BAD_INPUT || status == COSMO_NO_SOLUTION) return toxics_against_lose(g, mask, &quiet);
    return cosmo_run_fail(g->run, status, "%s", quiet.message);
}

static cosmo_status toxics_against_coalitions(toxics_against *g)
{
    const bool money = g->result->players.n > 0 && strcmp(g->keys[0], TOXICS_AGAINST_SECTIONS[0]) == 0;
    const uint32_t all = (uint32_t)g->result->n_mixtures, step = money ? 2 : 1;
    for (uint32_t mask = 0; mask < all; mask += step) {
        cosmo_arena *scratch = cosmo_arena_create(0, NULL);
        COSMO_NEED(scratch, g->run);
        cosmo_accident_answer answer, same;
        bool done, also;
        cosmo_status status = toxics_against_try(g, mask, NULL, scratch, &answer, &done);
        if (status == COSMO_OK && money)
            status = toxics_against_try(g, mask + 1, done ? &answer : NULL, scratch, &same, &also);
        cosmo_arena_destroy(scratch);
        COSMO_TRY(status);
    }
    return COSMO_OK;
}

static double toxics_against_worth(void *user, uint32_t mask)
{
    return ((const double *)user)[mask];
}

static cosmo_status toxics_against_split(toxics_against *g)
{
    static const char *const units[] = {"kg", "m2", "m2", "m2", "person"};
    static const char lost[] = "a mixture that takes it has no such answer";
    const size_t n = g->result->players.n, last = g->result->n_mixtures - 1;
    cosmo_toxics_against_row *rows = cosmo_arena_array(g->arena, n * COSMO_TOXICS_AGAINST_ANSWERS + 1, sizeof *rows);
    COSMO_NEED(rows, g->run);
    size_t n_rows = 0;
    for (size_t k = 0; k < COSMO_TOXICS_AGAINST_ANSWERS; k++) {
        double phi[COSMO_TOXICS_AGAINST_PLAYERS_MAX];
        if (isnan(g->values[k][0]) && isnan(g->values[k][last])) continue;
        COSMO_TRY(cosmo_shapley_split(n, toxics_against_worth, g->values[k], g->arena, g->run, phi));
        for (size_t i = 0; i < n; i++)
            rows[n_rows++] = (cosmo_toxics_against_row){.answer = g->names[k],
                                                        .unit = k == TOXICS_AGAINST_MONEY ? g->currency : units[k],
                                                        .a = g->values[k][0],
                                                        .b = g->values[k][last],
                                                        .player = ((const char *const *)g->result->players.items)[i],
                                                        .contribution = phi[i],
                                                        .remark = isnan(phi[i]) ? lost : NULL};
    }
    g->result->rows = (cosmo_list){n_rows, rows};
    return COSMO_OK;
}

/* ---- the whole ---- */

static cosmo_status toxics_against_title(const toxics_against *g, int which, const char **title)
{
    const cosmo_yaml *node = cosmo_yaml_child(g->roots[which], "title");
    *title = node != NULL && node->text != NULL ? node->text : cosmo_file_stem(g->arena, g->roots[which]->file);
    COSMO_NEED(*title, g->run);
    return COSMO_OK;
}

/* How much of each mixture is computed; the whole file is read for it, which also says early what is wrong with it. */
static cosmo_status toxics_against_size(toxics_against *g, int64_t samples, int64_t particles)
{
    cosmo_release release[2];
    for (int i = 0; i < 2; i++) COSMO_TRY(cosmo_release_take(g->roots[i], g->arena, g->run, &release[i]));
    const cosmo_release_sampling *asked = &release[0].sampling;
    int64_t fewer = TOXICS_AGAINST_FILES * asked->samples / (int64_t)g->result->n_mixtures;
    if (fewer < TOXICS_AGAINST_SAMPLES_LEAST) fewer = TOXICS_AGAINST_SAMPLES_LEAST;
    g->result->samples = samples > 0 ? samples : fewer < asked->samples ? fewer : asked->samples;
    g->result->particles = particles > 0 ? particles : asked->particles;
    cosmo_run_note(g->run, COSMO_NOTE_ASSUMPTION,
                   "against: %zu mixtures of the two files, of %lld samples and %lld particles each, with one seed; "
                   "receptors, arcs and reports bear on no answer and are left out",
                   g->result->n_mixtures, (long long)g->result->samples, (long long)g->result->particles);
    return COSMO_OK;
}

cosmo_status cosmo_toxics_against_run(const char *path_a, const char *path_b, int64_t samples, int64_t particles,
                                      cosmo_arena *arena, cosmo_run *run, cosmo_toxics_against *result)
{
    toxics_against *g = cosmo_arena_alloc(arena, sizeof *g);
    COSMO_NEED(g, run);
    *result = (cosmo_toxics_against){.run = run, .path_a = path_a, .path_b = path_b};
    g->result = result;
    g->arena = arena;
    g->run = run;
    COSMO_TRY(cosmo_yaml_read(path_a, NULL, arena, run, &g->roots[0]));
    COSMO_TRY(cosmo_yaml_read(path_b, NULL, arena, run, &g->roots[1]));
    COSMO_TRY(toxics_against_title(g, 0, &result->title_a));
    COSMO_TRY(toxics_against_title(g, 1, &result->title_b));
    COSMO_TRY(toxics_against_players(g));
    COSMO_TRY(toxics_against_size(g, samples, particles));
    COSMO_TRY(toxics_against_coalitions(g));
    return toxics_against_split(g);
}

/* ---- as JSON and as a table ---- */

static const char *toxics_against_write(const cosmo_toxics_against *r, cosmo_arena *arena, size_t *bytes)
{
    static const cosmo_run no_run;
    static const cosmo_toxics_against_row no_row = {.answer = "", .unit = "", .player = ""};
    static const cosmo_toxics_against blank = {
        .run = &no_run, .path_a = "", .path_b = "", .title_a = "", .title_b = ""};
    cosmo_described *out = cosmo_arena_alloc(arena, sizeof *out);
    if (out == NULL) return NULL;
    *out = cosmo_described_begin(arena, r == NULL, "cosmodrome.toxics-against/1",
                                 "Which input explains the difference between two releases");
    const cosmo_toxics_against *c = r != NULL ? r : &blank;
    cosmo_described_text(out, "version", COSMO_VERSION_TEXT, "of the program");
    cosmo_described_text(out, "a", c->path_a, "the first file");
    cosmo_described_text(out, "b", c->path_b, "the second");
    cosmo_described_text(out, "title_a", c->title_a, "of the first");
    cosmo_described_text(out, "title_b", c->title_b, "of the second");
    cosmo_described_count(out, "seed", (int64_t)c->run->seed, "of the random numbers, the same in every mixture");
    cosmo_described_count(out, "samples", c->samples, "of each mixture of the two files");
    cosmo_described_count(out, "particles", c->particles, "in each sample");
    cosmo_summary_run(out, c->run);
    cosmo_described_texts(out, "players", c->players.items, c->players.n, "sections that differ");
    cosmo_described_count(out, "mixtures", (int64_t)c->n_mixtures, "of the two files: each section from one of them");
    cosmo_described_count(out, "mixtures_failed", (int64_t)c->n_failed, "that could not be computed; see warnings");
    const size_t n = cosmo_described_list(out, "against", c->rows.n, "Shapley's split of the difference, by answer");
    for (size_t i = 0; i < n; i++) {
        const cosmo_toxics_against_row *row = r != NULL ? (const cosmo_toxics_against_row *)c->rows.items + i : &no_row;
        cosmo_described_item(out);
        cosmo_described_text(out, "answer", row->answer, "what differs");
        cosmo_described_text(out, "unit", row->unit, "of the values");
        cosmo_described_number(out, "a", row->a, "of the first file, mean of the samples");
        cosmo_described_number(out, "b", row->b, "of the second");
        cosmo_described_text(out, "player", row->player, "the section");
        cosmo_described_number(out, "contribution", row->contribution,
                               "to b less a: of all sections they sum up to it");
        cosmo_described_text_or_null(out, "remark", row->remark, "why there is no contribution");
        cosmo_described_item_end(out);
    }
    cosmo_described_list_end(out);
    return cosmo_described_finish(out, bytes);
}

const char *cosmo_toxics_against_json(const cosmo_toxics_against *result, cosmo_arena *arena, size_t *bytes)
{
    return toxics_against_write(result, arena, bytes);
}

const char *cosmo_toxics_against_schema(cosmo_arena *arena, size_t *bytes)
{
    return toxics_against_write(NULL, arena, bytes);
}

/* A signed number: contributions are told as additions. */
static void toxics_against_signed(cosmo_tabling *table, double value)
{
    const char *number = cosmo_toxics_words_number(table->arena, fabs(value));
    const char *sign = value < 0.0 ? "\342\210\222" : value > 0.0 ? "+" : "";
    cosmo_tabling_printed(table, number != NULL ? cosmo_arena_print(table->arena, "%s%s", sign, number) : NULL);
}

cosmo_status cosmo_toxics_against_sheet(const cosmo_toxics_against *result, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_sheet *sheet)
{
    static const char *const heads[] = {"Answer",     "Unit",    "First",       "Second",
                                        "Difference", "Section", "Makes of it", "Remark"};
    static const bool numeric[] = {false, false, true, true, true, false, true, false};
    enum { COLUMNS = sizeof heads / sizeof heads[0] };
    const cosmo_toxics_against_row *rows = result->rows.items;
    cosmo_tabling table = cosmo_tabling_begin(arena, result->rows.n, COLUMNS);
    for (size_t i = 0; i < result->rows.n; i++) {
        const cosmo_toxics_against_row *row = &rows[i];
        const bool first = i == 0 || strcmp(rows[i - 1].answer, row->answer) != 0;
        cosmo_tabling_text(&table, first ? row->answer : "");
        cosmo_tabling_text(&table, first ? row->unit : "");
        cosmo_tabling_printed(&table, first ? cosmo_toxics_words_number(arena, row->a) : "");
        cosmo_tabling_printed(&table, first ? cosmo_toxics_words_number(arena, row->b) : "");
        if (first)
            toxics_against_signed(&table, row->b - row->a);
        else
            cosmo_tabling_text(&table, "");
        cosmo_tabling_text(&table, row->player);
        toxics_against_signed(&table, row->contribution);
        cosmo_tabling_text(&table, row->remark != NULL ? row->remark : "");
    }
    const char *note = cosmo_arena_print(
        arena,
        "First: %s. Second: %s. Means of %lld samples, %zu mixtures of the two files, one seed; Shapley's value.",
        result->title_a, result->title_b, (long long)result->samples, result->n_mixtures);
    *sheet = (cosmo_sheet){
        "against", "Which input explains the difference", note, COLUMNS, result->rows.n, heads, numeric, table.cells};
    return table.failed || note == NULL ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
