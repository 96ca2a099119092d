/* Casualty expectation: failures in strata of phase and mode, planned drops, and what is not known about both. */
#include "cosmodrome/hazard.h"

#include "core/real.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXPECTATION_STRATA = COSMO_RISK_CONDITIONS_MAX, EXPECTATION_BELIEFS = 4096 };
/* Cells that a block and a whole run have room for: a vehicle has some 40 classes of fragments, a block 256 failures.
 */
enum { EXPECTATION_BLOCK_CELLS = 1 << 13, EXPECTATION_CELLS = 1 << 18 };
static const double EXPECTATION_TOLERANCE = 1e-7;
/* Random streams beyond those of the dispersion, which are below 2^16. */
enum { EXPECTATION_STREAM_TIME = 1 << 16, EXPECTATION_STREAM_DEBRIS, EXPECTATION_STREAM_BELIEF };
/* What is not known, as factors of which a standard deviation lies within x and 1/x: people on the ground (the default
 * grid against GPW around drop zones, `./test truth/population`; no less for a raster, whose own error nobody states),
 * casualty areas and yields with the fragment list (an estimate). */
static const double EXPECTATION_FACTOR_PEOPLE = 2.5, EXPECTATION_FACTOR_DEBRIS = 1.7;

typedef struct expectation_stratum {
    uint64_t n;
    double sum, square, inert, explosive;
    double sheltered, sheltered_square;
} expectation_stratum;
typedef struct expectation_country {
    char code[4];
    double value;
} expectation_country;
typedef struct expectation_sums {
    uint64_t n;
    expectation_stratum strata[EXPECTATION_STRATA];
    size_t n_countries;
    expectation_country countries[COSMO_RISK_COUNTRIES_MAX];
    uint64_t n_hits, n_lost; /* of dangerous pieces; cells that found no room in a table */
} expectation_sums;
typedef struct expectation_block {
    expectation_sums sums;
    cosmo_hazard_cell cells[EXPECTATION_BLOCK_CELLS];
    cosmo_risk_failure sampled[COSMO_BLOCKS_SAMPLES];
} expectation_block;
/* All that blocks add up to. */
typedef struct expectation_state {
    expectation_sums sums;
    cosmo_hazard_cell cells[EXPECTATION_CELLS];
    size_t n_sampled;
    cosmo_risk_failure sampled[COSMO_RISK_FAILURES_MAX];
} expectation_state;

typedef struct expectation_job {
    const cosmo_flight *flight;
    const cosmo_controls *controls;
    const cosmo_dispersion *dispersion;
    const cosmo_risk_options *options;
    const cosmo_people *people;
    const cosmo_shelter_mix *mix;
    const cosmo_campaign *campaign;
    cosmo_dispersion_inputs inputs;
    size_t n_phases, n_strata;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    double probability[EXPECTATION_STRATA]; /* of a stratum, given a failure */
    cosmo_outcome design;
    cosmo_hazard_cell *cells; /* EXPECTATION_CELLS: probabilities of one launch, failures and planned drops */
    expectation_state *state;
} expectation_job;

/* ---- a block of failures ----------------------------------------------------------------------------------------- */

typedef struct expectation_space {
    double *deviations;
    cosmo_controls controls[COSMO_BLOCKS_SAMPLES];
    cosmo_variation variations[COSMO_BLOCKS_SAMPLES];
    cosmo_weather weather[COSMO_BLOCKS_SAMPLES];
    cosmo_outcome outcomes[COSMO_BLOCKS_SAMPLES];
    cosmo_wreck wrecks[COSMO_WRECK_MAX];
    cosmo_debris pieces[COSMO_WRECK_MAX];
    cosmo_debris_impact impacts[COSMO_WRECK_MAX];
    cosmo_hazard_hit hits[COSMO_WRECK_MAX];
} expectation_space;

static expectation_space *expectation_space_make(const expectation_job *job, cosmo_arena *scratch)
{
    expectation_space *space = cosmo_arena_alloc(scratch, sizeof *space);
    if (space == NULL) return NULL;
    space->deviations = cosmo_arena_array(scratch, job->inputs.n + 1, sizeof *space->deviations);
    return space->deviations != NULL ? space : NULL;
}

static void expectation_count_country(expectation_sums *sums, const char *code, double value)
{
    if (code == NULL) code = "-";
    size_t i = 0;
    while (i < sums->n_countries && strncmp(sums->countries[i].code, code, 3) != 0) i++;
    if (i == COSMO_RISK_COUNTRIES_MAX) return;
    if (i == sums->n_countries) {
        sums->n_countries++;
        memset(&sums->countries[i], 0, sizeof sums->countries[i]);
        strncpy(sums->countries[i].code, code, 3);
    }
    sums->countries[i].value += value;
}

static bool expectation_is_cleared(const expectation_job *job, const cosmo_geodetic *at)
{
    double distance, azimuth;
    cosmo_geodesic_between(job->flight->pad, *at, &distance, &azimuth);
    return distance < job->options->clear_distance_m;
}

static double expectation_people_m2(const expectation_job *job, const cosmo_geodetic *at)
{
    if (expectation_is_cleared(job, at)) return 0.0;
    return job->people->density_m2(job->people->user, at->latitude_rad, at->longitude_rad);
}

static void expectation_hit(expectation_block *block, expectation_space *space, size_t n, double weight)
{
    block->sums.n_hits += n;
    block->sums.n_lost += cosmo_hazard_grid_add(block->cells, EXPECTATION_BLOCK_CELLS, space->hits, n, weight);
}

static cosmo_hazard_hit expectation_danger(const expectation_job *job, const cosmo_geodetic *at, double count,
                                           cosmo_harm casualty_m2)
{
    cosmo_hazard_hit hit = cosmo_hazard_grid_hit(*at, count, casualty_m2);
    if (expectation_is_cleared(job, at)) hit.exponent[COSMO_HAZARD_PUBLIC] = 0.0;
    return hit;
}

/* Where the pieces of one failure are dangerous. */
static void expectation_locate(const expectation_job *job, expectation_space *space, size_t n, double weight,
                               expectation_block *block)
{
    const cosmo_shelter_mix open = cosmo_shelter_none();
    size_t n_hits = 0;
    for (size_t i = 0; i < n; i++) {
        const cosmo_harm casualty_m2 =
            cosmo_wreck_harm(&space->wrecks[i], &space->impacts[i], (cosmo_surface)job->options->surface, &open, 1.0);
        if (casualty_m2.inert + casualty_m2.explosive > 0.0)
            space->hits[n_hits++] =
                expectation_danger(job, &space->impacts[i].place, space->wrecks[i].count, casualty_m2);
    }
    expectation_hit(block, space, n_hits, weight);
}

static void expectation_note(const cosmo_vehicle *vehicle, const cosmo_stack *stack, size_t stratum,
                             cosmo_risk_failure *f)
{
    *f = (cosmo_risk_failure){.phase = (uint32_t)(stratum / COSMO_FAILURE_MODES),
                              .mode = (uint32_t)(stratum % COSMO_FAILURE_MODES),
                              .t_s = stack->state.t_s,
                              .mass_kg = stack->mass_kg};
    cosmo_state_itrf(&stack->state, &f->position_m, &f->velocity_m_s);
    for (size_t i = 0; i < vehicle->stages.n; i++)
        f->propellant_kg[i] = stack->stage_aboard[i] ? stack->usable_kg[i] : 0.0;
}

/* What the pieces of one failure do to people in the open and under shelter. `weight` is what the sample counts for in
 * the sums by country. */
static cosmo_status expectation_judge(const expectation_job *job, expectation_space *space,
                                      const cosmo_weather *weather, size_t n, double weight, cosmo_run *run,
                                      expectation_sums *sums, cosmo_harm total[2])
{
    cosmo_environment environment = job->flight->environment;
    if (weather != NULL) environment.weather = weather;
    for (size_t i = 0; i < n; i++) space->pieces[i] = space->wrecks[i].fall;
    COSMO_TRY(cosmo_debris_fall(space->pieces, n, NULL, 0, &environment, 0.0, run, space->impacts));
    const cosmo_shelter_mix open = cosmo_shelter_none();
    const cosmo_shelter_mix *const mixes[2] = {&open, job->mix};
    total[0] = total[1] = (cosmo_harm){0.0, 0.0};
    for (size_t i = 0; i < n; i++) {
        const cosmo_debris_impact *impact = &space->impacts[i];
        if (impact->end != COSMO_DEBRIS_GROUND) continue;
        const cosmo_geodetic *at = &impact->place;
        const double density = expectation_people_m2(job, at);
        if (!(density > 0.0)) continue;
        cosmo_harm harm = {0.0, 0.0};
        for (int k = 1; k >= 0; k--) {
            harm = cosmo_wreck_harm(&space->wrecks[i], impact, (cosmo_surface)job->options->surface, mixes[k], density);
            total[k].inert += harm.inert;
            total[k].explosive += harm.explosive;
        }
        if (job->flight->map != NULL)
            expectation_count_country(sums, cosmo_map_country(job->flight->map, at->latitude_rad, at->longitude_rad),
                                      weight * (harm.inert + harm.explosive));
    }
    return COSMO_OK;
}

/* The i-th flight of a block: the design, dispersed as a sample is. */
static void expectation_vary(const expectation_job *job, expectation_space *space, size_t i, uint64_t sample,
                             const cosmo_run *run)
{
    space->controls[i] = *job->controls;
    cosmo_dispersion_draw(job->dispersion, &job->inputs, run->seed, sample, space->deviations);
    cosmo_dispersion_apply(job->dispersion, job->flight, &job->inputs, space->deviations, &space->variations[i],
                           &space->weather[i]);
}

static cosmo_status expectation_failures(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                         cosmo_arena *scratch, cosmo_run *run)
{
    (void)block;
    const expectation_job *job = user;
    expectation_block *results = out;
    expectation_sums *sums = &results->sums;
    expectation_space *space = expectation_space_make(job, scratch);
    COSMO_NEED(space, run);
    for (size_t i = 0; i < count; i++) {
        const uint64_t sample = first + i;
        const size_t stratum = sample % job->n_strata;
        const cosmo_failure_mode mode = (cosmo_failure_mode)(stratum % COSMO_FAILURE_MODES);
        expectation_vary(job, space, i, sample, run);
        space->variations[i].stop_t_s =
            cosmo_failure_time_s(&job->phases[stratum / COSMO_FAILURE_MODES], mode,
                                 cosmo_random_uniform(run->seed, EXPECTATION_STREAM_TIME, sample, 0));
    }
    COSMO_TRY(cosmo_ascent_fly_many(job->flight, count, space->controls, space->variations, EXPECTATION_TOLERANCE,
                                    false, run, space->outcomes));
    for (size_t i = 0; i < count; i++) {
        const uint64_t sample = first + i;
        const size_t stratum = sample % job->n_strata;
        const size_t n = cosmo_wreck_make(job->flight, job->options, &space->outcomes[i],
                                          (cosmo_failure_mode)(stratum % COSMO_FAILURE_MODES), run->seed,
                                          EXPECTATION_STREAM_DEBRIS, sample, space->wrecks);
        const double weight = job->probability[stratum] * (double)job->n_strata;
        cosmo_harm harm[2];
        COSMO_TRY(expectation_judge(job, space, space->variations[i].weather, n, weight, run, sums, harm));
        expectation_locate(job, space, n, weight, results);
        expectation_note(job->flight->vehicle, &space->outcomes[i].stack, stratum, &results->sampled[i]);
        expectation_stratum *s = &sums->strata[stratum];
        const double both = harm[0].inert + harm[0].explosive, sheltered = harm[1].inert + harm[1].explosive;
        s->n++;
        s->sum += both;
        s->square += both * both;
        s->inert += harm[0].inert;
        s->explosive += harm[0].explosive;
        s->sheltered += sheltered;
        s->sheltered_square += sheltered * sheltered;
    }
    sums->n += count;
    return COSMO_OK;
}

static void expectation_reduce_places(expectation_state *state, const expectation_block *from)
{
    state->sums.n_hits += from->sums.n_hits;
    state->sums.n_lost += from->sums.n_lost;
    state->sums.n_lost +=
        cosmo_hazard_grid_merge(state->cells, EXPECTATION_CELLS, from->cells, EXPECTATION_BLOCK_CELLS, 1.0);
    for (size_t i = 0; i < from->sums.n && state->n_sampled < COSMO_RISK_FAILURES_MAX; i++)
        state->sampled[state->n_sampled++] = from->sampled[i];
}

static void expectation_reduce(void *user, uint64_t block, const void *out)
{
    (void)block;
    expectation_job *job = user;
    const expectation_block *results = out;
    const expectation_sums *from = &results->sums;
    job->state->sums.n += from->n;
    for (int i = 0; i < EXPECTATION_STRATA; i++) {
        expectation_stratum *s = &job->state->sums.strata[i];
        s->n += from->strata[i].n;
        s->sum += from->strata[i].sum;
        s->square += from->strata[i].square;
        s->inert += from->strata[i].inert;
        s->explosive += from->strata[i].explosive;
        s->sheltered += from->strata[i].sheltered;
        s->sheltered_square += from->strata[i].sheltered_square;
    }
    for (size_t i = 0; i < from->n_countries; i++)
        expectation_count_country(&job->state->sums, from->countries[i].code, from->countries[i].value);
    expectation_reduce_places(job->state, results);
}

/* ---- planned drops: the strata are the bodies -------------------------------------------------------------------- */

static bool expectation_fall(const cosmo_vehicle *vehicle, const char *body, double *area_m2, double *count,
                             double *mass_kg)
{
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        if (strcmp(stages[i].id, body) != 0) continue;
        *area_m2 = cosmo_vehicle_fall_area_m2(&stages[i].fall, stages[i].diameter_m, stages[i].length_m);
        *count = (double)stages[i].count;
        *mass_kg = stages[i].dry_mass_kg;
        return true;
    }
    for (size_t i = 0; i < vehicle->items.n; i++) {
        if (strcmp(items[i].id, body) != 0) continue;
        *area_m2 = cosmo_vehicle_fall_area_m2(&items[i].fall, items[i].diameter_m, items[i].length_m);
        *count = (double)items[i].count;
        *mass_kg = items[i].mass_kg / *count;
        return true;
    }
    return false;
}

static cosmo_status expectation_drops(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                      cosmo_arena *scratch, cosmo_run *run)
{
    (void)block;
    const expectation_job *job = user;
    expectation_block *results = out;
    expectation_sums *sums = &results->sums;
    expectation_space *space = expectation_space_make(job, scratch);
    COSMO_NEED(space, run);
    for (size_t i = 0; i < count; i++) expectation_vary(job, space, i, first + i, run);
    COSMO_TRY(cosmo_ascent_fly_many(job->flight, count, space->controls, space->variations, EXPECTATION_TOLERANCE, true,
                                    run, space->outcomes));
    for (size_t i = 0; i < count; i++) {
        const cosmo_outcome *o = &space->outcomes[i];
        size_t n_hits = 0;
        for (size_t k = 0; k < o->n_bodies && k < EXPECTATION_STRATA; k++) {
            double area, pieces, mass;
            if (!isfinite(o->impact_t_s[k]) ||
                !expectation_fall(job->flight->vehicle, o->body[k], &area, &pieces, &mass))
                continue;
            const double density = expectation_people_m2(job, &o->impact[k]), open = cosmo_casualty_area_open_m2(area);
            space->hits[n_hits++] = expectation_danger(job, &o->impact[k], pieces, (cosmo_harm){pieces * open, 0.0});
            const double harm = pieces * density * open;
            const double sheltered = pieces * density * cosmo_shelter_mean_area_m2(job->mix, open, mass);
            size_t b = 0;
            while (b < job->design.n_bodies && strcmp(job->design.body[b], o->body[k]) != 0) b++;
            if (b == job->design.n_bodies) continue;
            sums->strata[b].n++;
            sums->strata[b].sum += harm;
            sums->strata[b].square += harm * harm;
            sums->strata[b].sheltered += sheltered;
            sums->strata[b].sheltered_square += sheltered * sheltered;
            if (job->flight->map != NULL)
                expectation_count_country(
                    sums, cosmo_map_country(job->flight->map, o->impact[k].latitude_rad, o->impact[k].longitude_rad),
                    harm);
        }
        expectation_hit(results, space, n_hits, 1.0);
    }
    sums->n += count;
    return COSMO_OK;
}

/* ---- sums to answers --------------------------------------------------------------------------------------------- */

static double expectation_mean(const expectation_stratum *s)
{
    return s->n > 0 ? s->sum / (double)s->n : 0.0;
}

/* Variance of the mean of values with these sums. */
static double expectation_spread(double sum, double square, uint64_t count)
{
    if (count < 2) return 0.0;
    const double n = (double)count, mean = sum / n;
    return fmax(0.0, square / n - mean * mean) / (n - 1.0);
}

static double expectation_variance(const expectation_stratum *s)
{
    return expectation_spread(s->sum, s->square, s->n);
}

static void expectation_add(cosmo_risk_row *row, double value, double variance)
{
    row->value += value;
    row->standard_error = sqrt(row->standard_error * row->standard_error + variance);
}

/* A share of the mean under shelter joins the sheltered total. */
static void expectation_add_sheltered(cosmo_risk *risk, const expectation_stratum *s, double share)
{
    if (s->n == 0) return;
    expectation_add(&risk->sheltered, share * s->sheltered / (double)s->n,
                    share * share * expectation_spread(s->sheltered, s->sheltered_square, s->n));
}

static void expectation_gather_failures(const expectation_job *job, cosmo_arena *arena, cosmo_risk *risk)
{
    const double p = risk->failure_probability;
    risk->n_phases = job->n_phases;
    risk->by_hazard[0].name = "inert";
    risk->by_hazard[1].name = "explosive";
    for (int m = 0; m < COSMO_FAILURE_MODES; m++)
        risk->by_mode[m].name = cosmo_failure_mode_name((cosmo_failure_mode)m);
    for (size_t i = 0; i < job->n_strata; i++) {
        const expectation_stratum *s = &job->state->sums.strata[i];
        const size_t phase = i / COSMO_FAILURE_MODES, mode = i % COSMO_FAILURE_MODES;
        const double share = p * job->probability[i], value = share * expectation_mean(s),
                     variance = share * share * expectation_variance(s);
        risk->by_phase[phase].name = job->phases[phase].name;
        expectation_add(&risk->by_phase[phase], value, variance);
        expectation_add(&risk->by_mode[mode], value, variance);
        expectation_add(&risk->failure, value, variance);
        expectation_add_sheltered(risk, s, share);
        const double part = s->sum > 0.0 ? s->inert / s->sum : 1.0;
        expectation_add(&risk->by_hazard[0], part * value, part * part * variance);
        expectation_add(&risk->by_hazard[1], (1.0 - part) * value, (1.0 - part) * (1.0 - part) * variance);
        const char *name = cosmo_arena_print(arena, "%s, %s", job->phases[phase].name,
                                             cosmo_failure_mode_name((cosmo_failure_mode)mode));
        if (job->probability[i] > 0.0)
            risk->conditional[risk->n_conditions++] =
                (cosmo_risk_row){name != NULL ? name : "", expectation_mean(s), sqrt(expectation_variance(s))};
    }
}

/* The strata have almost, not exactly, as many samples each: what falls on countries is scaled to the sum of all. */
static void expectation_gather_countries(const expectation_sums *sums, double all, cosmo_arena *arena, cosmo_risk *risk)
{
    double raw = 0.0;
    for (size_t i = 0; i < sums->n_countries; i++) raw += sums->countries[i].value;
    for (size_t i = 0; i < sums->n_countries; i++) {
        const double value = raw > 0.0 ? all * sums->countries[i].value / raw : 0.0;
        size_t k = 0;
        while (k < risk->n_countries && strcmp(risk->by_country[k].name, sums->countries[i].code) != 0) k++;
        if (k == COSMO_RISK_COUNTRIES_MAX) continue;
        if (k == risk->n_countries) {
            const char *name = cosmo_arena_text(arena, sums->countries[i].code, strlen(sums->countries[i].code));
            risk->by_country[risk->n_countries++] = (cosmo_risk_row){.name = name != NULL ? name : "?"};
        }
        risk->by_country[k].value += value;
    }
}

static void expectation_gather_drops(const expectation_job *job, cosmo_risk *risk)
{
    for (size_t b = 0; b < job->design.n_bodies && b < COSMO_BODIES_MAX; b++) {
        const expectation_stratum *s = &job->state->sums.strata[b];
        if (s->n == 0) continue;
        /* a body that stays up in some flights counts by the flights in which it came down */
        const double share = (double)s->n / (double)job->state->sums.n;
        cosmo_risk_row *row = &risk->by_body[risk->n_bodies++];
        *row =
            (cosmo_risk_row){job->design.body[b], share * expectation_mean(s), share * sqrt(expectation_variance(s))};
        expectation_add(&risk->planned, row->value, row->standard_error * row->standard_error);
        expectation_add_sheltered(risk, s, share);
    }
}

static const char *expectation_dominant(const cosmo_risk *risk, cosmo_arena *arena)
{
    const cosmo_risk_row *most = &risk->by_phase[0];
    for (size_t i = 1; i < risk->n_phases; i++)
        if (risk->by_phase[i].value > most->value) most = &risk->by_phase[i];
    const char *text = cosmo_arena_print(arena, "failures of phase %s", most->name);
    for (size_t i = 0; i < risk->n_bodies; i++) {
        if (risk->by_body[i].value <= most->value) continue;
        most = &risk->by_body[i];
        text = cosmo_arena_print(arena, "planned drop of %s", most->name);
    }
    return text != NULL ? text : most->name;
}

/* ---- where ------------------------------------------------------------------------------------------------------- */

/* The cells of what was sampled last; `probability` is that of what was sampled. */
static void expectation_gather_places(expectation_job *job, double probability, double lost[2])
{
    const expectation_sums *sums = &job->state->sums;
    lost[0] += (double)sums->n_lost;
    lost[1] += (double)sums->n_hits;
    lost[0] += (double)cosmo_hazard_grid_merge(job->cells, EXPECTATION_CELLS, job->state->cells, EXPECTATION_CELLS,
                                               probability / (double)sums->n);
}

static cosmo_status expectation_keep_failures(const expectation_job *job, cosmo_arena *arena, cosmo_run *run,
                                              cosmo_risk *risk)
{
    const expectation_state *state = job->state;
    cosmo_risk_failure *sampled = cosmo_arena_array(arena, state->n_sampled + 1, sizeof *sampled);
    COSMO_NEED(sampled, run);
    memcpy(sampled, state->sampled, state->n_sampled * sizeof *sampled);
    risk->n_sampled = state->n_sampled;
    risk->sampled = sampled;
    return COSMO_OK;
}

/* Share of a cell that is not cleared, 0 when nobody lives there: asked at 5 x 5 points. */
static double expectation_inhabited(const expectation_job *job, uint32_t place)
{
    const double side_rad = 3.14159265358979323846 / 180.0 / COSMO_HAZARD_CELLS_A_DEGREE;
    const cosmo_geodetic middle = cosmo_hazard_grid_middle(place);
    double open = 0.0, people = 0.0;
    for (int i = 0; i < 25; i++) {
        const double north = (double)(i / 5), east = (double)(i % 5);
        const cosmo_geodetic at = {middle.latitude_rad + side_rad * (0.2 * north - 0.4),
                                   middle.longitude_rad + side_rad * (0.2 * east - 0.4), 0.0};
        open += expectation_is_cleared(job, &at) ? 0.0 : 1.0;
        people += expectation_people_m2(job, &at);
    }
    return people > 0.0 ? open / 25.0 : 0.0;
}

static void expectation_find_worst_off(const expectation_job *job, cosmo_risk *risk)
{
    for (size_t i = 0; i < risk->grid.n; i++) {
        const cosmo_hazard_cell *cell = &risk->grid.cells[i];
        double p = cell->probability[COSMO_HAZARD_PUBLIC];
        if (25.0 * p <= risk->max_individual_probability) continue;
        const double share = expectation_inhabited(job, cell->place);
        p = share > 0.0 ? fmin(p / share, 1.0) : 0.0;
        if (p <= risk->max_individual_probability) continue;
        risk->max_individual_probability = p;
        risk->max_individual_place = cosmo_hazard_grid_middle(cell->place);
    }
}

/* ---- what is not known ------------------------------------------------------------------------------------------- */

static int expectation_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double expectation_factor(uint64_t seed, uint64_t sample, uint32_t draw, double factor)
{
    return cosmo_real_exp(cosmo_real_log(factor) * cosmo_random_normal(seed, EXPECTATION_STREAM_BELIEF, sample, draw));
}

/* The total over the probability of failure (Jeffreys' belief after the record, unless the mission fixes it), people
 * and debris. */
static cosmo_status expectation_believe(const expectation_job *job, uint64_t seed, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_risk *risk)
{
    double *total = cosmo_arena_array(arena, EXPECTATION_BELIEFS, sizeof *total);
    COSMO_NEED(total, run);
    const cosmo_record *record = &job->flight->vehicle->record;
    const cosmo_failure_belief belief = cosmo_failure_rate_belief(record->flights, record->failures);
    const bool fixed = isfinite(job->options->failure_probability);
    const double per_failure = risk->failure.value / risk->failure_probability;
    for (uint64_t i = 0; i < EXPECTATION_BELIEFS; i++) {
        const double u = cosmo_random_uniform(seed, EXPECTATION_STREAM_BELIEF, i, 0);
        const double p = fixed ? risk->failure_probability : cosmo_beta_law_quantile(u, belief.a, belief.b);
        const double people = expectation_factor(seed, i, 1, EXPECTATION_FACTOR_PEOPLE);
        const double debris = expectation_factor(seed, i, 2, EXPECTATION_FACTOR_DEBRIS);
        total[i] = people * debris * (risk->planned.value + p * per_failure);
    }
    qsort(total, EXPECTATION_BELIEFS, sizeof *total, expectation_order);
    static const double at[] = {0.05, 0.5, 0.95};
    for (int k = 0; k < 3; k++) risk->epistemic[k] = total[(size_t)(at[k] * (EXPECTATION_BELIEFS - 1) + 0.5)];
    return COSMO_OK;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static double expectation_probability(const cosmo_flight *flight, const cosmo_risk_options *o, cosmo_run *run)
{
    if (isfinite(o->failure_probability)) return o->failure_probability;
    const cosmo_record *record = &flight->vehicle->record;
    if (record->flights >= 2) return cosmo_failure_rate_reference(record->flights, record->failures).reference;
    /* fewer than two flights: the FAA asks for the history of similar vehicles; new ones are taken to fail like the
     * first two flights of any */
    cosmo_run_note(run, COSMO_NOTE_ASSUMPTION,
                   "vehicle %s has flown %d times: its failure probability is that of a "
                   "vehicle with one failure in two flights; set risk.failure_probability",
                   flight->vehicle->id, (int)record->flights);
    return cosmo_failure_rate_reference(2, 1).reference;
}

static bool expectation_enough(void *user, uint64_t blocks_done)
{
    (void)blocks_done;
    const expectation_job *job = user;
    double value = 0.0, variance = 0.0;
    for (size_t i = 0; i < job->n_strata; i++) {
        const double share = job->probability[i];
        value += share * expectation_mean(&job->state->sums.strata[i]);
        variance += share * share * expectation_variance(&job->state->sums.strata[i]);
    }
    return value > 0.0 && sqrt(variance) <= job->options->until_relative_error * value;
}

/* What is too large for the stack. */
static cosmo_status expectation_reserve(expectation_job *job, cosmo_arena *arena, cosmo_run *run)
{
    job->state = cosmo_arena_alloc(arena, sizeof *job->state);
    COSMO_NEED(job->state, run);
    job->cells = cosmo_arena_array(arena, EXPECTATION_CELLS, sizeof *job->cells);
    COSMO_NEED(job->cells, run);
    memset(job->cells, 0, EXPECTATION_CELLS * sizeof *job->cells);
    return COSMO_OK;
}

static cosmo_status expectation_design(expectation_job *job, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_ascent designed;
    COSMO_TRY(cosmo_ascent_fly(job->flight, job->controls, 5.0, arena, run, &designed));
    COSMO_TRY(
        cosmo_ascent_fly_many(job->flight, 1, job->controls, NULL, EXPECTATION_TOLERANCE, false, run, &job->design));
    job->n_phases = cosmo_failure_phases(job->flight, &designed.trajectory, job->options, job->phases);
    job->n_strata = job->n_phases * COSMO_FAILURE_MODES;
    double sum = 0.0;
    for (int m = 0; m < COSMO_FAILURE_MODES; m++) sum += job->options->shares[m];
    for (size_t i = 0; i < job->n_strata; i++)
        job->probability[i] =
            job->phases[i / COSMO_FAILURE_MODES].share * job->options->shares[i % COSMO_FAILURE_MODES] / sum;
    return COSMO_OK;
}

static cosmo_status expectation_sample(expectation_job *job, cosmo_blocks_work work, bool may_stop, const char *what,
                                       cosmo_run *run)
{
    memset(job->state, 0, sizeof *job->state);
    cosmo_blocks blocks = {.n_samples = (uint64_t)job->options->samples,
                           .block_bytes = sizeof(expectation_block),
                           .user = job,
                           .work = work,
                           .reduce = expectation_reduce,
                           .enough =
                               may_stop && isfinite(job->options->until_relative_error) ? expectation_enough : NULL,
                           .enough_every = 4,
                           .what = what,
                           .state = job->state,
                           .state_bytes = sizeof *job->state};
    return cosmo_campaign_run(job->campaign, may_stop ? "failures" : "drops", &blocks, run);
}

cosmo_status cosmo_expectation_run(const cosmo_flight *flight, const cosmo_controls *controls,
                                   const cosmo_dispersion *dispersion, const cosmo_risk_options *options,
                                   const cosmo_people *people, const cosmo_shelter_mix *mix,
                                   const cosmo_campaign *campaign, cosmo_arena *arena, cosmo_run *run, cosmo_risk *risk)
{
    memset(risk, 0, sizeof *risk);
    expectation_job *job = cosmo_arena_alloc(arena, sizeof *job);
    COSMO_NEED(job, run);
    *job = (expectation_job){.flight = flight,
                             .controls = controls,
                             .dispersion = dispersion,
                             .options = options,
                             .people = people,
                             .mix = mix,
                             .campaign = campaign};
    risk->total.name = "total";
    risk->sheltered.name = "total with shelter";
    risk->planned.name = "planned drops";
    risk->failure.name = "failures";
    risk->failure_probability = expectation_probability(flight, options, run);
    COSMO_TRY(cosmo_dispersion_list(dispersion, flight, arena, run, &job->inputs));
    COSMO_TRY(expectation_reserve(job, arena, run));
    COSMO_TRY(expectation_design(job, arena, run));
    COSMO_TRY(expectation_sample(job, expectation_failures, true, "failures", run));
    risk->n_failures = job->state->sums.n;
    expectation_gather_failures(job, arena, risk);
    double lost[2] = {0.0, 0.0};
    expectation_gather_places(job, risk->failure_probability, lost);
    COSMO_TRY(expectation_keep_failures(job, arena, run, risk));
    expectation_gather_countries(&job->state->sums, risk->failure.value, arena, risk);
    COSMO_TRY(expectation_sample(job, expectation_drops, false, "planned drops", run));
    risk->n_planned = job->state->sums.n;
    expectation_gather_drops(job, risk);
    expectation_gather_places(job, 1.0, lost);
    COSMO_TRY(cosmo_hazard_grid_sort(job->cells, EXPECTATION_CELLS, arena, run, &risk->grid));
    risk->grid.lost = lost[1] > 0.0 ? lost[0] / lost[1] : 0.0;
    expectation_find_worst_off(job, risk);
    expectation_gather_countries(&job->state->sums, risk->planned.value, arena, risk);
    expectation_add(&risk->total, risk->planned.value, risk->planned.standard_error * risk->planned.standard_error);
    expectation_add(&risk->total, risk->failure.value, risk->failure.standard_error * risk->failure.standard_error);
    risk->dominant = expectation_dominant(risk, arena);
    return expectation_believe(job, run->seed, arena, run, risk);
}
