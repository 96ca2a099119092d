/* Casualty expectation: failures in strata of phase and mode, and planned drops, each with its own dispersed flight. */
#include "cosmodrome/hazard.h"

#include "hazard/answer.h"

#include <math.h>
#include <string.h>

static const double EXPECTATION_TOLERANCE = 1e-7;
/* Random streams beyond those of the dispersion, which are below 2^16; belief.c has the next. */
enum { EXPECTATION_STREAM_TIME = 1 << 16, EXPECTATION_STREAM_DEBRIS };

typedef struct expectation_job {
    const cosmo_flight *flight;
    const cosmo_controls *controls;
    const cosmo_dispersion *dispersion;
    const cosmo_risk_options *options;
    const cosmo_exposure *exposure;
    const cosmo_campaign *campaign;
    cosmo_dispersion_inputs inputs;
    answer_strata strata;
    size_t n_sampled; /* strata that can happen */
    size_t sampled[TALLY_STRATA];
    size_t n_neighbours;
    uint32_t neighbour_places[COSMO_NEIGHBOURS_MAX]; /* their cells */
    cosmo_outcome design;
    cosmo_hazard_cell *cells; /* TALLY_CELLS: probabilities of one launch, failures and planned drops */
    tally_state *state;
} expectation_job;

/* What one block works with. */
typedef struct expectation_space {
    double *deviations;
    cosmo_controls controls[COSMO_BLOCKS_SAMPLES];
    cosmo_variation variations[COSMO_BLOCKS_SAMPLES];
    cosmo_weather weather[COSMO_BLOCKS_SAMPLES];
    cosmo_outcome outcomes[COSMO_BLOCKS_SAMPLES];
    cosmo_wreck wrecks[COSMO_WRECK_MAX];
    cosmo_debris pieces[COSMO_WRECK_MAX];
    cosmo_debris_impact impacts[COSMO_WRECK_MAX];
    size_t n_hits;
    cosmo_hazard_hit hits[COSMO_WRECK_MAX];
    double exponents[COSMO_NEIGHBOURS_MAX]; /* of the pieces of one flight, at each neighbour */
} expectation_space;

static expectation_space *expectation_space_make(const expectation_job *job, cosmo_arena *scratch)
{
    expectation_space *space = cosmo_arena_alloc(scratch, sizeof *space);
    if (space == NULL) return NULL;
    space->deviations = cosmo_arena_array(scratch, job->inputs.n + 1, sizeof *space->deviations);
    return space->deviations != NULL ? space : NULL;
}

/* ---- what comes down --------------------------------------------------------------------------------------------- */

static double expectation_from_pad_m(const expectation_job *job, cosmo_geodetic at)
{
    double distance, azimuth;
    cosmo_geodesic_between(job->flight->pad, at, &distance, &azimuth);
    return distance;
}

/* People per square metre at a place: the public, and the same counted otherwise. */
static void expectation_density(const expectation_job *job, cosmo_geodetic at, double density[2])
{
    const cosmo_people *const both[2] = {&job->exposure->people, &job->exposure->beside};
    for (int k = 0; k < 2; k++)
        density[k] =
            both[k]->density_m2 != NULL ? both[k]->density_m2(both[k]->user, at.latitude_rad, at.longitude_rad) : 0.0;
}

/* The ground that a piece is dangerous on: where it hits, and all that its explosion reaches. */
typedef struct expectation_ground {
    bool hits_open;     /* where it hits is not cleared */
    double open_share;  /* of what its explosion reaches, that is not cleared */
    double at_hit[2];   /* people per square metre, of both counts; nobody is where it is cleared */
    double in_reach[2]; /* mean over all of the reach */
} expectation_ground;

/* The reach is asked at points that cover a disc evenly (Vogel 1979, Mathematical Biosciences 44). */
static expectation_ground expectation_look(const expectation_job *job, cosmo_geodetic at, double reach_m)
{
    enum { POINTS = 24 };
    static const double TURN_RAD = 2.399963229728653;
    const double clear_m = job->options->clear_distance_m, distance_m = expectation_from_pad_m(job, at);
    expectation_ground g = {.hits_open = !(distance_m < clear_m)};
    if (g.hits_open) expectation_density(job, at, g.at_hit);
    if (!(reach_m > 0.0) || distance_m + reach_m < clear_m) return g;
    const bool whole = distance_m - reach_m >= clear_m;
    int open = 0;
    for (int i = 0; i < POINTS; i++) {
        double density[2];
        const cosmo_geodetic point = cosmo_geodesic_from(at, i * TURN_RAD, reach_m * sqrt((i + 0.5) / POINTS));
        if (!whole && expectation_from_pad_m(job, point) < clear_m) continue;
        expectation_density(job, point, density);
        open++;
        for (int k = 0; k < 2; k++) g.in_reach[k] += density[k] / POINTS;
    }
    g.open_share = (double)open / POINTS;
    return g;
}

/* What a piece does to neighbours: all who are in the reach of its blast, and whoever it hits in their cell. */
static void expectation_neighbours(const expectation_job *job, expectation_space *space, const cosmo_hazard_hit *hit,
                                   const cosmo_geodetic *at, double reach_m, cosmo_harm casualty_m2)
{
    static const double CERTAIN = 1e3;
    const cosmo_neighbour *items = job->exposure->neighbours.items;
    for (size_t i = 0; i < job->n_neighbours; i++) {
        double distance, azimuth;
        if (job->neighbour_places[i] == hit->place)
            space->exponents[i] += casualty_m2.inert / cosmo_hazard_grid_area_m2(hit->place);
        if (!(reach_m > 0.0)) continue;
        const cosmo_geodetic there = {items[i].latitude_rad, items[i].longitude_rad, 0.0};
        cosmo_geodesic_between(*at, there, &distance, &azimuth);
        if (distance < reach_m) space->exponents[i] += CERTAIN;
    }
}

/* One piece, or several that come down together. `casualty_m2`: what it does among one person a square metre, in the
 * open and under shelter. Adds to the casualties of its flight. */
static void expectation_piece(const expectation_job *job, expectation_space *space, const cosmo_geodetic *at,
                              double count, const cosmo_harm casualty_m2[2], cosmo_harm total[TALLY_VIEWS])
{
    const double reach_m = sqrt(casualty_m2[0].explosive / (count * 3.14159265358979323846));
    const expectation_ground ground = expectation_look(job, *at, reach_m);
    const cosmo_harm open = {ground.hits_open ? casualty_m2[0].inert : 0.0,
                             ground.open_share * casualty_m2[0].explosive};
    cosmo_hazard_hit *hit = &space->hits[space->n_hits++];
    *hit = cosmo_hazard_grid_hit(*at, count, casualty_m2[0]);
    hit->exponent[COSMO_HAZARD_PUBLIC] = cosmo_hazard_grid_hit(*at, count, open).exponent[COSMO_HAZARD_PERSON];
    expectation_neighbours(job, space, hit, at, reach_m, casualty_m2[0]);
    for (int v = 0; v < TALLY_VIEWS; v++) {
        const cosmo_harm each = casualty_m2[v == TALLY_SHELTERED];
        const int k = v == TALLY_BESIDE;
        total[v].inert += ground.at_hit[k] * each.inert;
        total[v].explosive += ground.in_reach[k] * each.explosive;
    }
}

/* A flight begins, and ends: what its pieces did where is added up. */
static void expectation_begin(expectation_space *space, cosmo_harm total[TALLY_VIEWS])
{
    space->n_hits = 0;
    memset(space->exponents, 0, sizeof space->exponents);
    memset(total, 0, TALLY_VIEWS * sizeof *total);
}

static void expectation_end(const expectation_job *job, expectation_space *space, double weight, tally_block *block)
{
    const cosmo_neighbour *items = job->exposure->neighbours.items;
    double casualties = 0.0;
    cosmo_tally_hits(block, space->hits, space->n_hits, weight);
    for (size_t i = 0; i < job->n_neighbours; i++) {
        const double p = cosmo_hazard_grid_probability(space->exponents[i]);
        cosmo_tally_add(&block->sums.neighbours[i], weight * p);
        if (isfinite(items[i].people)) casualties += p * items[i].people;
    }
    cosmo_tally_add(&block->sums.neighbouring, weight * casualties);
}

/* ---- a block of failures ----------------------------------------------------------------------------------------- */

static void expectation_note(const cosmo_vehicle *vehicle, const cosmo_stack *stack, size_t stratum,
                             cosmo_risk_failure *f)
{
    *f = (cosmo_risk_failure){.phase = (uint32_t)(stratum / COSMO_FAILURE_MODES),
                              .mode = (uint32_t)(stratum % COSMO_FAILURE_MODES),
                              .t_s = stack->state.t_s,
                              .mass_kg = stack->mass_kg};
    cosmo_state_itrf(&stack->state, &f->position_m, &f->velocity_m_s);
    for (size_t i = 0; i < vehicle->stages.n; i++) {
        f->propellant_kg[i] = stack->stage_aboard[i] ? stack->usable_kg[i] : 0.0;
        f->aboard |= (uint64_t)stack->stage_aboard[i] << i;
    }
}

/* What the pieces of one failure do to people. */
static cosmo_status expectation_judge(const expectation_job *job, expectation_space *space,
                                      const cosmo_weather *weather, size_t n, double weight, cosmo_run *run,
                                      tally_block *block, cosmo_harm total[TALLY_VIEWS])
{
    cosmo_environment environment = job->flight->environment;
    if (weather != NULL) environment.weather = weather;
    for (size_t i = 0; i < n; i++) space->pieces[i] = space->wrecks[i].fall;
    COSMO_TRY(cosmo_debris_fall(space->pieces, n, NULL, 0, &environment, 0.0, run, space->impacts));
    const cosmo_shelter_mix open = cosmo_shelter_none();
    const cosmo_shelter_mix *const mixes[2] = {&open, &job->exposure->shelter};
    expectation_begin(space, total);
    for (size_t i = 0; i < n; i++) {
        const cosmo_debris_impact *impact = &space->impacts[i];
        cosmo_harm casualty_m2[2];
        for (int k = 0; k < 2; k++)
            casualty_m2[k] =
                cosmo_wreck_harm(&space->wrecks[i], impact, (cosmo_surface)job->options->surface, mixes[k], 1.0);
        if (casualty_m2[0].inert + casualty_m2[0].explosive > 0.0)
            expectation_piece(job, space, &impact->place, space->wrecks[i].count, casualty_m2, total);
    }
    expectation_end(job, space, weight, block);
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

/* Into which part of its phase a failure falls. */
static size_t expectation_interval(const cosmo_failure_phase *phase, double t_s)
{
    const double at = (t_s - phase->start_s) / (phase->end_s - phase->start_s) * TALLY_INTERVALS;
    return (size_t)fmin(fmax(at, 0.0), TALLY_INTERVALS - 1.0);
}

/* The pieces of the i-th flight of a block, which has stopped, and what they do. */
static cosmo_status expectation_fail(const expectation_job *job, expectation_space *space, size_t i, uint64_t sample,
                                     cosmo_run *run, tally_block *block)
{
    const size_t stratum = job->sampled[sample % job->n_sampled];
    const cosmo_failure_mode mode = (cosmo_failure_mode)(stratum % COSMO_FAILURE_MODES);
    const cosmo_failure_phase *phase = &job->strata.phases[stratum / COSMO_FAILURE_MODES];
    const double weight = job->strata.probability[stratum] * (double)job->n_sampled;
    cosmo_harm total[TALLY_VIEWS];
    const size_t n = cosmo_wreck_make(job->flight, job->options, &space->outcomes[i], mode, run->seed,
                                      EXPECTATION_STREAM_DEBRIS, sample, space->wrecks);
    COSMO_TRY(expectation_judge(job, space, space->variations[i].weather, n, weight, run, block, total));
    expectation_note(job->flight->vehicle, &space->outcomes[i].stack, stratum, &block->sampled[i]);
    tally_interval *interval =
        &block->sums.intervals[stratum][expectation_interval(phase, space->outcomes[i].stack.state.t_s)];
    interval->n++;
    cosmo_tally_add(&interval->casualties, total[TALLY_OPEN].inert + total[TALLY_OPEN].explosive);
    cosmo_tally_stratum(&block->sums.strata[stratum], total);
    return COSMO_OK;
}

static cosmo_status expectation_failures(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                         cosmo_arena *scratch, cosmo_run *run)
{
    (void)block;
    const expectation_job *job = user;
    tally_block *results = out;
    expectation_space *space = expectation_space_make(job, scratch);
    COSMO_NEED(space, run);
    for (size_t i = 0; i < count; i++) {
        const size_t stratum = job->sampled[(first + i) % job->n_sampled];
        expectation_vary(job, space, i, first + i, run);
        cosmo_failure_stop(
            &job->strata.phases[stratum / COSMO_FAILURE_MODES], (cosmo_failure_mode)(stratum % COSMO_FAILURE_MODES),
            cosmo_random_uniform(run->seed, EXPECTATION_STREAM_TIME, first + i, 0), &space->variations[i]);
    }
    COSMO_TRY(cosmo_ascent_fly_many(job->flight, count, space->controls, space->variations, EXPECTATION_TOLERANCE,
                                    false, run, space->outcomes));
    for (size_t i = 0; i < count; i++) COSMO_TRY(expectation_fail(job, space, i, first + i, run, results));
    results->sums.n += count;
    return COSMO_OK;
}

static void expectation_reduce(void *user, uint64_t block, const void *out)
{
    (void)block;
    expectation_job *job = user;
    cosmo_tally_merge(job->state, out);
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

/* What one dropped body of a flight does. */
static void expectation_drop(const expectation_job *job, expectation_space *space, const cosmo_outcome *o, size_t k,
                             tally_sums *sums)
{
    double area_m2, count, mass_kg;
    if (!isfinite(o->impact_t_s[k]) || !expectation_fall(job->flight->vehicle, o->body[k], &area_m2, &count, &mass_kg))
        return;
    size_t b = 0;
    while (b < job->design.n_bodies && strcmp(job->design.body[b], o->body[k]) != 0) b++;
    if (b == job->design.n_bodies) return;
    const double open_m2 = cosmo_casualty_area_open_m2(area_m2);
    const double under_m2 = cosmo_shelter_mean_area_m2(&job->exposure->shelter, open_m2, mass_kg);
    const cosmo_harm casualty_m2[2] = {{count * open_m2, 0.0}, {count * under_m2, 0.0}};
    cosmo_harm total[TALLY_VIEWS] = {{0.0, 0.0}};
    expectation_piece(job, space, &o->impact[k], count, casualty_m2, total);
    cosmo_tally_stratum(&sums->strata[b], total);
}

static cosmo_status expectation_drops(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                      cosmo_arena *scratch, cosmo_run *run)
{
    (void)block;
    const expectation_job *job = user;
    tally_block *results = out;
    expectation_space *space = expectation_space_make(job, scratch);
    COSMO_NEED(space, run);
    for (size_t i = 0; i < count; i++) expectation_vary(job, space, i, first + i, run);
    COSMO_TRY(cosmo_ascent_fly_many(job->flight, count, space->controls, space->variations, EXPECTATION_TOLERANCE, true,
                                    run, space->outcomes));
    for (size_t i = 0; i < count; i++) {
        cosmo_harm unused[TALLY_VIEWS];
        expectation_begin(space, unused);
        for (size_t k = 0; k < space->outcomes[i].n_bodies && k < COSMO_BODIES_MAX; k++)
            expectation_drop(job, space, &space->outcomes[i], k, &results->sums);
        expectation_end(job, space, 1.0, results);
    }
    results->sums.n += count;
    return COSMO_OK;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* The cells of what was sampled last; `probability` is that of what was sampled. */
static void expectation_gather_places(expectation_job *job, double probability, double lost[2])
{
    const tally_sums *sums = &job->state->sums;
    lost[0] += (double)sums->n_lost;
    lost[1] += (double)sums->n_hits;
    lost[0] += (double)cosmo_hazard_grid_merge(job->cells, TALLY_CELLS, job->state->cells, TALLY_CELLS,
                                               probability / (double)sums->n);
}

static cosmo_status expectation_keep_failures(const expectation_job *job, cosmo_arena *arena, cosmo_run *run,
                                              cosmo_risk *risk)
{
    const tally_state *state = job->state;
    cosmo_risk_failure *sampled = cosmo_arena_array(arena, state->n_sampled + 1, sizeof *sampled);
    COSMO_NEED(sampled, run);
    memcpy(sampled, state->sampled, state->n_sampled * sizeof *sampled);
    risk->n_sampled = state->n_sampled;
    risk->sampled = sampled;
    return COSMO_OK;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static bool expectation_enough(void *user, uint64_t blocks_done)
{
    (void)blocks_done;
    const expectation_job *job = user;
    return cosmo_answer_relative_error(&job->state->sums, &job->strata) <= job->options->until_relative_error;
}

static bool expectation_enough_drops(void *user, uint64_t blocks_done)
{
    (void)blocks_done;
    const expectation_job *job = user;
    return cosmo_answer_relative_error_of_drops(&job->state->sums, job->design.n_bodies) <=
           job->options->until_relative_error;
}

/* What is too large for the stack. */
static cosmo_status expectation_reserve(expectation_job *job, cosmo_arena *arena, cosmo_run *run)
{
    job->state = cosmo_arena_alloc(arena, sizeof *job->state);
    COSMO_NEED(job->state, run);
    job->cells = cosmo_arena_array(arena, TALLY_CELLS, sizeof *job->cells);
    COSMO_NEED(job->cells, run);
    memset(job->cells, 0, TALLY_CELLS * sizeof *job->cells);
    return COSMO_OK;
}

static cosmo_status expectation_design(expectation_job *job, cosmo_arena *arena, cosmo_run *run)
{
    cosmo_ascent designed;
    answer_strata *strata = &job->strata;
    COSMO_TRY(cosmo_ascent_fly(job->flight, job->controls, 5.0, arena, run, &designed));
    COSMO_TRY(
        cosmo_ascent_fly_many(job->flight, 1, job->controls, NULL, EXPECTATION_TOLERANCE, false, run, &job->design));
    strata->n_phases = cosmo_failure_phases(job->flight, &designed.trajectory, job->options, strata->phases);
    strata->n = strata->n_phases * COSMO_FAILURE_MODES;
    for (size_t i = 0; i < strata->n; i++) {
        const size_t phase = i / COSMO_FAILURE_MODES;
        strata->probability[i] =
            strata->phases[phase].share *
            cosmo_failure_mode_share(job->options, phase, (cosmo_failure_mode)(i % COSMO_FAILURE_MODES));
        if (strata->probability[i] > 0.0) job->sampled[job->n_sampled++] = i;
    }
    return COSMO_OK;
}

static cosmo_status expectation_sample(expectation_job *job, cosmo_blocks_work work,
                                       bool (*enough)(void *user, uint64_t blocks_done), const char *part,
                                       const char *what, cosmo_run *run)
{
    memset(job->state, 0, sizeof *job->state);
    cosmo_blocks blocks = {.n_samples = (uint64_t)job->options->samples,
                           .block_bytes = sizeof(tally_block),
                           .user = job,
                           .work = work,
                           .reduce = expectation_reduce,
                           .enough = isfinite(job->options->until_relative_error) ? enough : NULL,
                           .enough_every = 4,
                           .what = what,
                           .state = job->state,
                           .state_bytes = sizeof *job->state};
    return cosmo_campaign_run(job->campaign, part, &blocks, run);
}

static cosmo_status expectation_run_failures(expectation_job *job, cosmo_arena *arena, cosmo_run *run, double lost[2],
                                             cosmo_risk *risk)
{
    COSMO_TRY(expectation_sample(job, expectation_failures, expectation_enough, "failures", "failures", run));
    const tally_sums *sums = &job->state->sums;
    risk->n_failures = sums->n;
    cosmo_answer_failures(sums, &job->strata, arena, risk);
    cosmo_answer_neighbours(sums, risk->failure_probability, &job->exposure->neighbours, risk);
    expectation_gather_places(job, risk->failure_probability, lost);
    return expectation_keep_failures(job, arena, run, risk);
}

static cosmo_status expectation_run_drops(expectation_job *job, cosmo_run *run, double lost[2], cosmo_risk *risk)
{
    COSMO_TRY(expectation_sample(job, expectation_drops, expectation_enough_drops, "drops", "planned drops", run));
    const tally_sums *sums = &job->state->sums;
    risk->n_planned = sums->n;
    cosmo_answer_drops(sums, &job->design, risk);
    cosmo_answer_neighbours(sums, 1.0, &job->exposure->neighbours, risk);
    expectation_gather_places(job, 1.0, lost);
    return COSMO_OK;
}

static void expectation_name(const cosmo_exposure *exposure, cosmo_risk *risk)
{
    risk->total.name = "total";
    risk->sheltered.name = "total with shelter";
    risk->beside.name = exposure->beside.density_m2 != NULL ? "total among the people counted otherwise" : NULL;
    risk->neighbouring.name = "neighbouring operations";
    risk->planned.name = "planned drops";
    risk->failure.name = "failures";
}

cosmo_status cosmo_expectation_run(const cosmo_flight *flight, const cosmo_controls *controls,
                                   const cosmo_dispersion *dispersion, const cosmo_risk_options *options,
                                   const cosmo_exposure *exposure, const cosmo_campaign *campaign, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_risk *risk)
{
    memset(risk, 0, sizeof *risk);
    expectation_job *job = cosmo_arena_alloc(arena, sizeof *job);
    COSMO_NEED(job, run);
    *job = (expectation_job){.flight = flight,
                             .controls = controls,
                             .dispersion = dispersion,
                             .options = options,
                             .exposure = exposure,
                             .campaign = campaign,
                             .n_neighbours = exposure->neighbours.n < COSMO_NEIGHBOURS_MAX ? exposure->neighbours.n
                                                                                           : COSMO_NEIGHBOURS_MAX};
    double lost[2] = {0.0, 0.0};
    const cosmo_neighbour *neighbours = exposure->neighbours.items;
    for (size_t i = 0; i < job->n_neighbours; i++)
        job->neighbour_places[i] =
            cosmo_hazard_grid_place((cosmo_geodetic){neighbours[i].latitude_rad, neighbours[i].longitude_rad, 0.0});
    expectation_name(exposure, risk);
    risk->failure_probability = cosmo_failure_probability(flight, options, run);
    COSMO_TRY(cosmo_dispersion_list(dispersion, flight, arena, run, &job->inputs));
    COSMO_TRY(expectation_reserve(job, arena, run));
    COSMO_TRY(expectation_design(job, arena, run));
    COSMO_TRY(expectation_run_failures(job, arena, run, lost, risk));
    COSMO_TRY(expectation_run_drops(job, run, lost, risk));
    cosmo_answer_total(arena, risk);
    COSMO_TRY(cosmo_hazard_grid_sort(job->cells, TALLY_CELLS, arena, run, &risk->grid));
    risk->grid.lost = lost[1] > 0.0 ? lost[0] / lost[1] : 0.0;
    const at_risk_ground ground = {&exposure->people, flight->map, flight->pad, options->clear_distance_m};
    COSMO_TRY(cosmo_at_risk_find(&ground, arena, run, risk));
    return cosmo_belief_range(&flight->vehicle->record, isfinite(options->failure_probability), run->seed, arena, run,
                              risk);
}
