/* What is released and where: listed, left by a mission that fails, or by a failure that a risk has sampled. */
#include "study/toxics_parts.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TOXICS_SOURCE_TANKS_MAX = 32, TOXICS_SOURCE_CSV_MAX = 64 << 20 };
/* Assumed: nobody has published how much of a spill of an accident the soil keeps. */
static const cosmo_range TOXICS_SOURCE_SOAKED = {0.1, 0.5, 0.9};

/* Masses by substance, in the order in which they were met. */
typedef struct toxics_source {
    cosmo_toxics *toxics;
    cosmo_arena *arena;
    cosmo_run *run;
    size_t n;
    cosmo_accident_tank tanks[TOXICS_SOURCE_TANKS_MAX];
} toxics_source;

cosmo_status cosmo_toxics_source_find(const cosmo_yaml *node, const char *name, cosmo_arena *arena, cosmo_run *run,
                                      const char **path)
{
    struct stat about;
    *path = cosmo_file_join(arena, cosmo_file_folder(arena, node->file), name);
    COSMO_NEED(*path, run);
    if (stat(*path, &about) == 0) return COSMO_OK;
    return cosmo_yaml_fail(node, run, "cannot open '%.200s': %s", *path, strerror(errno));
}

static const cosmo_yaml *toxics_source_place(const cosmo_toxics *t, const char *key)
{
    const cosmo_yaml *section = cosmo_yaml_child(t->release.root, "source"), *node = cosmo_yaml_child(section, key);
    return node != NULL ? node : section;
}

static cosmo_status toxics_source_add(toxics_source *s, const cosmo_substance *substance, cosmo_range mass_kg)
{
    if (!(mass_kg.high > 0.0)) return COSMO_OK;
    for (size_t i = 0; i < s->n; i++) {
        cosmo_accident_tank *tank = &s->tanks[i];
        if (tank->substance != substance) continue;
        tank->mass_kg = (cosmo_range){tank->mass_kg.low + mass_kg.low, tank->mass_kg.mode + mass_kg.mode,
                                      tank->mass_kg.high + mass_kg.high};
        return COSMO_OK;
    }
    if (s->n == TOXICS_SOURCE_TANKS_MAX)
        return cosmo_yaml_fail(toxics_source_place(s->toxics, "tanks"), s->run, "tanks: at most %d substances",
                               TOXICS_SOURCE_TANKS_MAX);
    s->tanks[s->n++] = (cosmo_accident_tank){.substance = substance, .mass_kg = mass_kg};
    return COSMO_OK;
}

/* Of a vehicle's tanks: what the table of substances does not know, such as oxygen, is not followed. */
static cosmo_status toxics_source_aboard(toxics_source *s, const char *propellant, double mass_kg)
{
    const cosmo_substance *substance = cosmo_substances_find(&s->toxics->substances, propellant);
    if (!(mass_kg > 0.0)) return COSMO_OK;
    if (substance != NULL) return toxics_source_add(s, substance, (cosmo_range){mass_kg, mass_kg, mass_kg});
    cosmo_run_note(s->run, COSMO_NOTE_ASSUMPTION, "source: %s is aboard and is not followed: no substance of that name",
                   propellant);
    return COSMO_OK;
}

static cosmo_status toxics_source_listed(toxics_source *s)
{
    const cosmo_list *tanks = &s->toxics->release.source.tanks;
    const cosmo_release_tank *items = tanks->items;
    const cosmo_yaml *node = toxics_source_place(s->toxics, "tanks")->first_child;
    for (size_t i = 0; i < tanks->n; i++, node = node->next) {
        const cosmo_substance *substance;
        COSMO_TRY(cosmo_substances_need(&s->toxics->substances, items[i].substance, cosmo_yaml_child(node, "substance"),
                                        s->arena, s->run, &substance));
        COSMO_TRY(toxics_source_add(s, substance, items[i].mass_kg));
    }
    s->toxics->source_words = "as the case lists it";
    return COSMO_OK;
}

/* ---- a mission that fails ---- */

double cosmo_toxics_source_time_s(const cosmo_release *release, size_t i, cosmo_arena *arena)
{
    double t_s = NAN;
    cosmo_units_parse(((const char *const *)release->source.failure_times.items)[i], COSMO_DIM_TIME, arena, &t_s);
    return t_s;
}

/* The mission, read and designed once, whatever the times of failure. */
static cosmo_status toxics_source_design(toxics_source *s)
{
    cosmo_toxics *t = s->toxics;
    const cosmo_release_source *choice = &t->release.source;
    const cosmo_yaml *node = toxics_source_place(t, "mission");
    const char *path;
    cosmo_mission *mission = cosmo_arena_alloc(s->arena, sizeof *mission);
    cosmo_case *flown = cosmo_arena_alloc(s->arena, sizeof *flown);
    COSMO_NEED(mission, s->run);
    COSMO_NEED(flown, s->run);
    COSMO_TRY(cosmo_toxics_source_find(node, choice->mission, s->arena, s->run, &path));
    COSMO_TRY(cosmo_mission_read(path, s->arena, s->run, mission));
    if (isfinite(choice->failure_time_s)) mission->failure.time_s = choice->failure_time_s;
    if (!isfinite(mission->failure.time_s))
        return cosmo_yaml_fail(node, s->run, "source: %s has no 'failure'; say when, as in 'failure_time: 30 s'",
                               choice->mission);
    COSMO_TRY(cosmo_case_fly(mission, s->arena, s->run, flown));
    if (flown->mishap == NULL)
        return cosmo_yaml_fail(node, s->run, "source: %s cannot be flown to its failure", choice->mission);
    t->mission = mission;
    t->flown = flown;
    return COSMO_OK;
}

/* What the failure that is asked for leaves: the flight's own, or the same flight stopped at another time. */
static cosmo_status toxics_source_stop(toxics_source *s, const cosmo_mishap **mishap)
{
    const cosmo_toxics *t = s->toxics;
    const double time_s = t->release.source.failure_time_s;
    *mishap = t->flown->mishap;
    if (!isfinite(time_s) || time_s == t->mission->failure.time_s) return COSMO_OK;
    cosmo_mission *other = cosmo_arena_alloc(s->arena, sizeof *other);
    cosmo_mishap *made = cosmo_arena_alloc(s->arena, sizeof *made);
    COSMO_NEED(other, s->run);
    COSMO_NEED(made, s->run);
    *other = *t->mission;
    other->failure.time_s = time_s;
    *mishap = made;
    return cosmo_mishap_fly(other, &t->flown->solution.controls, s->arena, s->run, made);
}

static cosmo_status toxics_source_mission(toxics_source *s)
{
    cosmo_toxics *t = s->toxics;
    const cosmo_release_source *choice = &t->release.source;
    const cosmo_mishap *mishap;
    if (t->mission == NULL) COSMO_TRY(toxics_source_design(s));
    COSMO_TRY(toxics_source_stop(s, &mishap));
    const cosmo_remains *remains = &mishap->remains;
    for (size_t i = 0; i < remains->n_tanks; i++)
        COSMO_TRY(toxics_source_aboard(s, remains->tanks[i].propellant, remains->tanks[i].mass_kg));
    if (!isfinite(choice->latitude_rad)) {
        t->origin = mishap->stack.place;
        t->origin.altitude_m = 0.0;
    }
    t->source_words = cosmo_arena_print(s->arena, "what %s has aboard at T+%.1f s, by its own flight", t->mission->name,
                                        mishap->stopped.t_s);
    COSMO_NEED(t->source_words, s->run);
    return COSMO_OK;
}

/* ---- a failure of a risk ---- */

/* The n-th cell of a line that ends at '\n' or NUL; NULL past its end. */
static const char *toxics_source_cell(const char *line, size_t n, cosmo_arena *arena)
{
    while (n > 0 && *line != '\n' && *line != '\0')
        if (*line++ == ',') n--;
    if (n > 0) return NULL;
    return cosmo_arena_text(arena, line, strcspn(line, ",\n\r"));
}

static const char *toxics_source_row(const char *text, int64_t row)
{
    while (row > 0 && (text = strchr(text, '\n')) != NULL) {
        text++;
        row--;
    }
    return text != NULL && *text != '\0' ? text : NULL;
}

/* "UDMH" of "tank_STAGE_1_UDMH_kg"; NULL for other heads. */
static const char *toxics_source_head(const char *head, cosmo_arena *arena)
{
    static const char first[] = "tank_", last[] = "_kg";
    const size_t length = strlen(head);
    if (strncmp(head, first, sizeof first - 1) != 0 || length < sizeof first + sizeof last) return NULL;
    if (strcmp(head + length - (sizeof last - 1), last) != 0) return NULL;
    char *name = cosmo_arena_text(arena, head, length - (sizeof last - 1));
    return name != NULL ? strrchr(name, '_') + 1 : NULL;
}

static cosmo_status toxics_source_fail_cell(const toxics_source *s, const char *path, const char *head,
                                            const char *cell, const char *expected)
{
    return cosmo_run_fail(s->run, COSMO_BAD_INPUT, "%s:%lld:1: error: %s is '%.40s'; %s is expected", path,
                          (long long)s->toxics->release.source.failure + 1, head, cell != NULL ? cell : "", expected);
}

/* The number in the column of a row that is headed so. */
static cosmo_status toxics_source_column(const toxics_source *s, const char *path, const char *heads, const char *row,
                                         const char *name, double *value)
{
    const char *head, *cell;
    for (size_t i = 0; (head = toxics_source_cell(heads, i, s->arena)) != NULL; i++) {
        if (strcmp(head, name) != 0) continue;
        cell = toxics_source_cell(row, i, s->arena);
        if (cell != NULL && cosmo_text_number(cell, value)) return COSMO_OK;
        return toxics_source_fail_cell(s, path, name, cell, "a number");
    }
    return cosmo_run_fail(s->run, COSMO_BAD_INPUT,
                          "%s:1:1: error: there is no column '%s'; give latitude and longitude in the case", path,
                          name);
}

/* Where a failure comes down: its vacuum impact point, for nothing is known of what breaks when. */
static cosmo_status toxics_source_row_place(toxics_source *s, const char *path, const char *heads, const char *row)
{
    static const char *const names[] = {"x_itrf_m",    "y_itrf_m",    "z_itrf_m",
                                        "vx_itrf_m_s", "vy_itrf_m_s", "vz_itrf_m_s"};
    double v[6];
    cosmo_vec3 north, east, down;
    for (size_t i = 0; i < 6; i++) COSMO_TRY(toxics_source_column(s, path, heads, row, names[i], &v[i]));
    const cosmo_geodetic place = cosmo_ellipsoid_from_itrf((cosmo_vec3){v[0], v[1], v[2]});
    cosmo_ellipsoid_ned(place, &north, &east, &down);
    const cosmo_vec3 ned = {v[3] * north.x + v[4] * north.y + v[5] * north.z,
                            v[3] * east.x + v[4] * east.y + v[5] * east.z,
                            v[3] * down.x + v[4] * down.y + v[5] * down.z};
    const cosmo_state state = cosmo_state_from_ned(0.0, place, ned);
    const cosmo_iip iip = cosmo_iip_vacuum(&state);
    if (iip.kind != COSMO_IIP_IMPACT && iip.kind != COSMO_IIP_BELOW_GROUND)
        return cosmo_run_fail(s->run, COSMO_BAD_INPUT,
                              "%s:%lld:1: error: this failure does not come down; choose another row, or give latitude "
                              "and longitude",
                              path, (long long)s->toxics->release.source.failure + 1);
    s->toxics->origin = iip.kind == COSMO_IIP_IMPACT ? iip.place : place;
    s->toxics->origin.altitude_m = 0.0;
    cosmo_run_note(s->run, COSMO_NOTE_ASSUMPTION,
                   "source: the place is the vacuum impact point of the failure's position and velocity: no drag, and "
                   "nothing breaks up on the way");
    return COSMO_OK;
}

static cosmo_status toxics_source_failures(toxics_source *s)
{
    cosmo_toxics *t = s->toxics;
    const cosmo_release_source *choice = &t->release.source;
    const cosmo_yaml *node = toxics_source_place(t, "failures");
    const char *path, *text, *head, *cell;
    size_t bytes, found = 0;
    char sha256[65];
    COSMO_TRY(cosmo_toxics_source_find(node, choice->failures, s->arena, s->run, &path));
    COSMO_TRY(cosmo_file_read(path, TOXICS_SOURCE_CSV_MAX, s->arena, s->run, &text, &bytes));
    cosmo_hash_sha256(text, bytes, sha256);
    cosmo_run_input(s->run, choice->failures, sha256);
    const char *row = toxics_source_row(text, choice->failure);
    if (row == NULL)
        return cosmo_yaml_fail(toxics_source_place(t, "failure"), s->run, "failure: %s has no row %lld",
                               choice->failures, (long long)choice->failure);
    for (size_t i = 0; (head = toxics_source_cell(text, i, s->arena)) != NULL; i++) {
        const char *propellant = toxics_source_head(head, s->arena);
        double mass_kg;
        if (propellant == NULL) continue;
        cell = toxics_source_cell(row, i, s->arena);
        if (cell == NULL || !cosmo_text_number(cell, &mass_kg) || !(mass_kg >= 0.0))
            return toxics_source_fail_cell(s, path, head, cell, "a mass");
        COSMO_TRY(toxics_source_aboard(s, propellant, mass_kg));
        found++;
    }
    if (found == 0)
        return cosmo_run_fail(s->run, COSMO_BAD_INPUT,
                              "%s:1:1: error: there is no column 'tank_STAGE_NUMBER_SUBSTANCE_kg'; it is not a "
                              "failures.csv of 'risk'",
                              path);
    if (!isfinite(choice->latitude_rad)) COSMO_TRY(toxics_source_row_place(s, path, text, row));
    t->source_words = cosmo_arena_print(s->arena, "failure %lld of %s", (long long)choice->failure, choice->failures);
    COSMO_NEED(t->source_words, s->run);
    return COSMO_OK;
}

/* ---- fates ---- */

static bool toxics_source_is_oxidiser(const cosmo_substance *x)
{
    const cosmo_compound *c = &x->compound;
    return c->oxygen - 2.0 * c->carbon - 0.5 * c->hydrogen > 0.0;
}

static void toxics_source_replace(cosmo_range given, cosmo_range *range)
{
    if (isfinite(given.mode)) *range = given;
}

static cosmo_status toxics_source_fates(toxics_source *s)
{
    const cosmo_release *r = &s->toxics->release;
    const cosmo_release_fate *fates = r->source.fates.items;
    const bool lasts = r->source.kind == COSMO_RELEASE_CONTINUOUS || r->source.kind == COSMO_RELEASE_EXHAUST;
    const bool spills = r->source.kind == COSMO_RELEASE_SPILL;
    for (size_t i = 0; i < s->n; i++) {
        cosmo_accident_tank *tank = &s->tanks[i];
        const cosmo_range none = {0.0, 0.0, 0.0}, all = {1.0, 1.0, 1.0};
        tank->oxidiser = toxics_source_is_oxidiser(tank->substance);
        tank->soaked = lasts ? none : TOXICS_SOURCE_SOAKED;
        tank->shares = lasts    ? (cosmo_burst_shares){all, none, none}
                       : spills ? (cosmo_burst_shares){none, none, all}
                                : cosmo_burst_assume(tank->oxidiser, s->run);
    }
    const cosmo_yaml *node = toxics_source_place(s->toxics, "fates")->first_child;
    for (size_t k = 0; k < r->source.fates.n; k++, node = node->next) {
        cosmo_accident_tank *tank = NULL;
        for (size_t i = 0; i < s->n; i++)
            if (strcmp(s->tanks[i].substance->id, fates[k].substance) == 0) tank = &s->tanks[i];
        if (tank == NULL)
            return cosmo_yaml_fail(cosmo_yaml_child(node, "substance"), s->run, "fates: no '%.80s' is aboard",
                                   fates[k].substance);
        toxics_source_replace(fates[k].vaporised, &tank->shares.vaporised);
        toxics_source_replace(fates[k].aerosolised, &tank->shares.aerosolised);
        toxics_source_replace(fates[k].spilled, &tank->shares.spilled);
        toxics_source_replace(fates[k].soaked, &tank->soaked);
    }
    if (!lasts)
        cosmo_run_note(s->run, COSMO_NOTE_ASSUMPTION,
                       "source: of what is spilled the soil keeps 10 to 90 %%, most likely half, where the case does "
                       "not say otherwise: no published figure was found");
    return COSMO_OK;
}

/* ---- species and reaction ---- */

static cosmo_status toxics_source_species(toxics_source *s, const cosmo_substance *x, size_t *species)
{
    cosmo_accident *a = &s->toxics->accident;
    for (size_t i = 0; i < a->n_species; i++)
        if (a->species[i] == x) {
            *species = i;
            return COSMO_OK;
        }
    if (a->n_species == COSMO_PLUME_SPECIES_MAX)
        return cosmo_yaml_fail(toxics_source_place(s->toxics, "tanks"), s->run,
                               "source: more than %d substances would be in the air", COSMO_PLUME_SPECIES_MAX);
    *species = a->n_species;
    a->species[a->n_species++] = x;
    return COSMO_OK;
}

/* What the substances aboard are in the air, and then what these become while there is room. */
static cosmo_status toxics_source_list_species(toxics_source *s)
{
    cosmo_accident *a = &s->toxics->accident;
    const cosmo_substances *table = &s->toxics->substances;
    for (size_t i = 0; i < s->n; i++) {
        const cosmo_substance *x = s->tanks[i].substance;
        if (x->airborne_as != NULL) x = cosmo_substances_find(table, x->airborne_as);
        COSMO_TRY(toxics_source_species(s, x, &s->tanks[i].species));
    }
    for (size_t i = 0; i < a->n_species; i++) {
        const char *products[] = {a->species[i]->ozone.product, a->species[i]->rain.product,
                                  a->species[i]->hydroxyl.product};
        for (size_t k = 0; k < sizeof products / sizeof products[0]; k++) {
            const cosmo_substance *x = products[k] != NULL ? cosmo_substances_find(table, products[k]) : NULL;
            size_t ignored;
            if (x != NULL && a->n_species < COSMO_PLUME_SPECIES_MAX) COSMO_TRY(toxics_source_species(s, x, &ignored));
        }
    }
    return COSMO_OK;
}

static cosmo_status toxics_source_react(toxics_source *s)
{
    cosmo_accident *a = &s->toxics->accident;
    const cosmo_substance *fuel = NULL, *oxidiser = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const cosmo_substance *x = s->tanks[i].substance;
        if (!isfinite(x->compound.formation_j_mol)) continue;
        if (s->tanks[i].oxidiser && oxidiser == NULL) oxidiser = x;
        if (!s->tanks[i].oxidiser && fuel == NULL) fuel = x;
    }
    a->reaction = NULL;
    if (a->release->source.kind != COSMO_RELEASE_EXPLOSION || fuel == NULL || oxidiser == NULL) return COSMO_OK;
    cosmo_burning *reaction = cosmo_arena_alloc(s->arena, sizeof *reaction);
    COSMO_NEED(reaction, s->run);
    COSMO_TRY(cosmo_fireball_react(&fuel->compound, &oxidiser->compound, s->run, reaction));
    a->reaction = reaction;
    return COSMO_OK;
}

cosmo_status cosmo_toxics_source_make(cosmo_toxics *toxics, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_release_source *choice = &toxics->release.source;
    toxics_source *s = cosmo_arena_alloc(arena, sizeof *s);
    COSMO_NEED(s, run);
    s->toxics = toxics;
    s->arena = arena;
    s->run = run;
    toxics->origin = (cosmo_geodetic){choice->latitude_rad, choice->longitude_rad, 0.0};
    if (choice->mission != NULL)
        COSMO_TRY(toxics_source_mission(s));
    else if (choice->failures != NULL)
        COSMO_TRY(toxics_source_failures(s));
    else
        COSMO_TRY(toxics_source_listed(s));
    if (s->n == 0)
        return cosmo_yaml_fail(toxics_source_place(toxics, "mission"), run, "source: nothing toxic is aboard");
    COSMO_TRY(toxics_source_fates(s));
    COSMO_TRY(toxics_source_list_species(s));
    toxics->accident.tanks = s->tanks;
    toxics->accident.n_tanks = s->n;
    return toxics_source_react(s);
}
