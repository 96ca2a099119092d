/* An accident in many weathers: samples on threads, their sums in order, the answer. */
#include "plume/accident.h"

#include <math.h>
#include <string.h>

enum { ACCIDENT_STREAM = 0x71000 };
static const char ACCIDENT_PART[] = "samples";

/* All samples' doubles, and the sums of their floats. */
typedef struct accident_state {
    const cosmo_accident *accident;
    cosmo_accident_layout layout;
    double *doubles; /* samples x n_doubles */
    double *sums;    /* n_floats */
} accident_state;

double cosmo_accident_wind_height_m(size_t i)
{
    static const double heights[COSMO_ACCIDENT_WINDS] = {10,   50,   100,  200,  300,  500,  750,
                                                         1000, 1250, 1500, 1750, 2000, 2500, 3000};
    return heights[i];
}

double cosmo_accident_depth_m(size_t i)
{
    static const double edges[COSMO_ACCIDENT_DEPTHS + 1] = {0.0, 0.1, 0.2, 0.3, 0.6};
    return edges[i];
}

/* ---- layout ---- */

/* The first species that a level in air judges is the one whose cloud is shown. */
static size_t accident_frame_species(const cosmo_accident *a)
{
    return a->n_levels > 0 ? a->levels[0].species : 0;
}

static size_t accident_take(size_t *at, size_t n)
{
    const size_t here = *at;
    *at += n;
    return here;
}

static cosmo_accident_layout accident_lay_out(const cosmo_accident *a, size_t n_inputs)
{
    const cosmo_release_sampling *s = &a->release->sampling;
    cosmo_accident_layout l = {.n_cells = cosmo_mesh_cells(&a->mesh),
                               .n_intervals = (size_t)floor(s->duration_s / s->interval_s + 0.5),
                               .n_inputs = n_inputs,
                               .frame_species = accident_frame_species(a)};
    l.n_frames = l.n_intervals < COSMO_ACCIDENT_FRAMES_MAX ? l.n_intervals : COSMO_ACCIDENT_FRAMES_MAX;
    size_t at = 0;
    l.inputs = accident_take(&at, n_inputs);
    l.soil = accident_take(&at, a->n_species * sizeof(cosmo_accident_soil) / sizeof(double));
    l.reach = accident_take(&at, a->n_levels * sizeof(cosmo_accident_reach) / sizeof(double));
    l.soil_reach = accident_take(&at, a->n_soils * sizeof(cosmo_accident_reach) / sizeof(double));
    l.soil_later = accident_take(&at, a->n_soils * sizeof(cosmo_accident_reach) / sizeof(double));
    l.soil_classes = accident_take(&at, a->n_soils * COSMO_ACCIDENT_DEPTHS);
    l.receptor_soil = accident_take(&at, a->n_receptors * a->n_species);
    l.ratio = accident_take(&at, a->n_receptors * a->n_levels);
    l.peak = accident_take(&at, a->n_receptors * a->n_species);
    l.deaths = accident_take(&at, 2);
    l.exposed = accident_take(&at, 2);
    l.scalars = accident_take(&at, COSMO_ACCIDENT_SCALARS);
    l.winds = accident_take(&at, COSMO_ACCIDENT_WINDS);
    l.arcs = accident_take(&at, a->n_species * a->n_arcs * sizeof(cosmo_plume_arc_answer) / sizeof(double));
    l.ledger = accident_take(&at, a->n_species * sizeof(cosmo_plume_ledger) / sizeof(double));
    l.n_doubles = at;
    at = 0;
    l.exceed = accident_take(&at, a->n_levels * l.n_cells);
    l.soil_exceed = accident_take(&at, a->n_soils * l.n_cells);
    l.deposit = accident_take(&at, a->n_species * l.n_cells);
    l.dose = accident_take(&at, a->n_species * l.n_cells);
    l.frames = accident_take(&at, l.n_frames * l.n_cells);
    l.harm = accident_take(&at, l.n_cells);
    l.n_floats = at;
    return l;
}

/* ---- one sample ---- */

static cosmo_plume_job accident_job(const cosmo_accident *a, const cosmo_accident_sample *sample, uint64_t number)
{
    const cosmo_release_sampling *s = &a->release->sampling;
    return (cosmo_plume_job){.air = &sample->air,
                             .n_species = a->n_species,
                             .n_releases = sample->n_releases,
                             .fates = sample->fates,
                             .releases = sample->releases,
                             .ozone_mol_m3 = sample->weather.ozone_fraction * sample->weather.pressure_pa /
                                             (8.31446261815324 * sample->weather.temperature_k),
                             .duration_s = s->duration_s,
                             .interval_s = s->interval_s,
                             .sampling_s = s->sampling_s,
                             .step_fraction = s->step_fraction,
                             .n_particles = (size_t)s->particles,
                             .mesh = a->mesh,
                             .n_arcs = a->n_arcs,
                             .arcs = a->arcs,
                             .stream = ACCIDENT_STREAM,
                             .first_sample = number * (uint64_t)s->particles};
}

/* Releases without mass have no particles. */
static void accident_drop_empty(const cosmo_accident *a, cosmo_accident_sample *sample)
{
    size_t n = 0;
    for (size_t i = 0; i < sample->n_releases; i++) {
        double mass = 0.0;
        for (size_t k = 0; k < a->n_species; k++) mass += sample->releases[i].mass_kg[k];
        if (mass > 0.0) sample->releases[n++] = sample->releases[i];
    }
    sample->n_releases = n;
}

static cosmo_status accident_sample(const accident_state *state, uint64_t number, cosmo_arena *scratch, cosmo_run *run,
                                    double *doubles, float *floats)
{
    const cosmo_accident *a = state->accident;
    cosmo_accident_sample *sample = cosmo_arena_alloc(scratch, sizeof *sample);
    COSMO_NEED(sample, run);
    COSMO_TRY(cosmo_accident_draw_sample(a, number, scratch, run, sample));
    accident_drop_empty(a, sample);
    if (sample->n_releases == 0)
        return cosmo_run_fail(run, COSMO_NO_SOLUTION, "error: nothing enters the air in sample %llu",
                              (unsigned long long)number);
    const cosmo_plume_job job = accident_job(a, sample, number);
    cosmo_plume_result result;
    COSMO_TRY(cosmo_particles_run(&job, scratch, run, &result));
    return cosmo_accident_judge_sample(a, sample, &result, &state->layout, scratch, run, doubles, floats);
}

/* Each sample derives its own figures of the weather and would note them: only the first one's are told. */
static cosmo_status accident_work(void *user, uint64_t block, uint64_t first, uint64_t count, void *out,
                                  cosmo_arena *scratch, cosmo_run *run)
{
    (void)first;
    (void)count;
    const accident_state *state = user;
    cosmo_run quiet = *run;
    quiet.notes = NULL;
    quiet.n_notes = quiet.notes_capacity = 0;
    quiet.arena = scratch;
    double *doubles = out;
    float *floats = (float *)(void *)(doubles + state->layout.n_doubles);
    const cosmo_status status = accident_sample(state, block, scratch, block == 0 ? run : &quiet, doubles, floats);
    if (status != COSMO_OK && block > 0) {
        run->status = quiet.status;
        memcpy(run->message, quiet.message, sizeof run->message);
    }
    return status;
}

static void accident_reduce(void *user, uint64_t block, const void *out)
{
    accident_state *state = user;
    const cosmo_accident_layout *l = &state->layout;
    const double *doubles = out;
    const float *floats = (const float *)(const void *)(doubles + l->n_doubles);
    memcpy(state->doubles + block * l->n_doubles, doubles, l->n_doubles * sizeof *doubles);
    for (size_t i = 0; i < l->n_floats; i++) state->sums[i] += (double)floats[i];
}

/* ---- the answer ---- */

/* n doubles from each sample, sample after sample. */
static const void *accident_gather(const accident_state *state, size_t offset, size_t n, size_t n_samples,
                                   cosmo_arena *arena)
{
    double *all = cosmo_arena_array(arena, n_samples * n + 1, sizeof *all);
    for (size_t i = 0; all != NULL && i < n_samples; i++)
        memcpy(all + i * n, state->doubles + i * state->layout.n_doubles + offset, n * sizeof *all);
    return all;
}

/* The same the other way round: value after value, each over all samples. */
static const double *accident_turn(const accident_state *state, size_t offset, size_t n, size_t n_samples,
                                   cosmo_arena *arena)
{
    double *all = cosmo_arena_array(arena, n_samples * n + 1, sizeof *all);
    for (size_t k = 0; all != NULL && k < n; k++)
        for (size_t i = 0; i < n_samples; i++)
            all[k * n_samples + i] = state->doubles[i * state->layout.n_doubles + offset + k];
    return all;
}

static const double *accident_mean(const accident_state *state, size_t offset, size_t n, size_t n_samples,
                                   cosmo_arena *arena)
{
    double *mean = cosmo_arena_array(arena, n + 1, sizeof *mean);
    for (size_t k = 0; mean != NULL && k < n; k++) {
        for (size_t i = 0; i < n_samples; i++) mean[k] += state->doubles[i * state->layout.n_doubles + offset + k];
        mean[k] /= (double)n_samples;
    }
    return mean;
}

static const float *accident_field(const accident_state *state, size_t offset, size_t n, size_t n_samples,
                                   cosmo_arena *arena)
{
    float *field = cosmo_arena_array(arena, n + 1, sizeof *field);
    for (size_t i = 0; field != NULL && i < n; i++) field[i] = (float)(state->sums[offset + i] / (double)n_samples);
    return field;
}

static void accident_fields(const accident_state *state, size_t n_samples, cosmo_arena *arena,
                            cosmo_accident_answer *answer)
{
    const cosmo_accident *a = state->accident;
    const cosmo_accident_layout *l = &state->layout;
    answer->exceed = accident_field(state, l->exceed, a->n_levels * l->n_cells, n_samples, arena);
    answer->soil_exceed = accident_field(state, l->soil_exceed, a->n_soils * l->n_cells, n_samples, arena);
    answer->harm = accident_field(state, l->harm, l->n_cells, n_samples, arena);
    answer->deposit_kg_m2 = accident_field(state, l->deposit, a->n_species * l->n_cells, n_samples, arena);
    answer->dose_kg_s_m3 = accident_field(state, l->dose, a->n_species * l->n_cells, n_samples, arena);
    answer->frames_kg_m3 = accident_field(state, l->frames, l->n_frames * l->n_cells, n_samples, arena);
}

static void accident_answer(const accident_state *state, size_t n_samples, cosmo_arena *arena,
                            cosmo_accident_answer *answer)
{
    const cosmo_accident *a = state->accident;
    const cosmo_accident_layout *l = &state->layout;
    answer->n_samples = n_samples;
    answer->n_cells = l->n_cells;
    answer->n_frames = l->n_frames;
    answer->n_inputs = l->n_inputs;
    answer->frame_species = l->frame_species;
    answer->frame_s = a->release->sampling.duration_s / (double)l->n_frames;
    answer->inputs = accident_turn(state, l->inputs, l->n_inputs, n_samples, arena);
    answer->soil = accident_gather(state, l->soil, l->reach - l->soil, n_samples, arena);
    answer->reach = accident_gather(state, l->reach, l->soil_reach - l->reach, n_samples, arena);
    answer->soil_reach = accident_gather(state, l->soil_reach, l->soil_later - l->soil_reach, n_samples, arena);
    answer->soil_later = accident_gather(state, l->soil_later, l->soil_classes - l->soil_later, n_samples, arena);
    answer->soil_class_m2 =
        accident_gather(state, l->soil_classes, l->receptor_soil - l->soil_classes, n_samples, arena);
    answer->receptor_soil_mg_kg =
        accident_gather(state, l->receptor_soil, l->ratio - l->receptor_soil, n_samples, arena);
    answer->ratio = accident_gather(state, l->ratio, l->peak - l->ratio, n_samples, arena);
    answer->peak_kg_m3 = accident_gather(state, l->peak, l->deaths - l->peak, n_samples, arena);
    answer->deaths = accident_gather(state, l->deaths, 2, n_samples, arena);
    answer->exposed = accident_gather(state, l->exposed, 2, n_samples, arena);
    const double *scalars = accident_turn(state, l->scalars, COSMO_ACCIDENT_SCALARS, n_samples, arena);
    const double **columns[COSMO_ACCIDENT_SCALARS] = {&answer->height_m,
                                                      &answer->rise_s,
                                                      &answer->heat_j,
                                                      &answer->towards_rad,
                                                      &answer->steps,
                                                      &answer->imbalance,
                                                      &answer->propellant_kg,
                                                      &answer->spill_m2,
                                                      &answer->spill_depth_m,
                                                      &answer->richardson,
                                                      &answer->dense,
                                                      &answer->dense_m,
                                                      &answer->affected_inside_m2,
                                                      &answer->affected_outside_m2};
    answer->winds_rad = accident_gather(state, l->winds, COSMO_ACCIDENT_WINDS, n_samples, arena);
    for (size_t i = 0; i < COSMO_ACCIDENT_SCALARS; i++) *columns[i] = scalars != NULL ? scalars + i * n_samples : NULL;
    answer->arcs = (const void *)accident_mean(state, l->arcs, l->ledger - l->arcs, n_samples, arena);
    answer->ledger = (const void *)accident_mean(state, l->ledger, l->n_doubles - l->ledger, n_samples, arena);
    accident_fields(state, n_samples, arena, answer);
}

/* Names and number of what is drawn: those of the first sample, as of every other. */
static cosmo_status accident_names(const cosmo_accident *a, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_accident_answer *answer)
{
    cosmo_run quiet = *run;
    quiet.notes = NULL;
    quiet.n_notes = quiet.notes_capacity = 0;
    cosmo_accident_sample *first = cosmo_arena_alloc(arena, sizeof *first);
    COSMO_NEED(first, run);
    const cosmo_status status = cosmo_accident_draw_sample(a, 0, arena, &quiet, first);
    if (status != COSMO_OK) return cosmo_run_fail(run, status, "%s", quiet.message);
    for (size_t i = 0; i < first->n_inputs; i++) COSMO_NEED(first->names[i], run);
    answer->n_inputs = first->n_inputs;
    answer->input_names = first->names;
    return COSMO_OK;
}

static bool accident_is_whole(const cosmo_accident_answer *a)
{
    return a->inputs != NULL && a->soil != NULL && a->reach != NULL && a->soil_reach != NULL && a->soil_later != NULL &&
           a->soil_class_m2 != NULL && a->receptor_soil_mg_kg != NULL && a->ratio != NULL && a->peak_kg_m3 != NULL &&
           a->deaths != NULL && a->winds_rad != NULL && a->height_m != NULL && a->arcs != NULL && a->ledger != NULL &&
           a->exceed != NULL && a->soil_exceed != NULL && a->deposit_kg_m2 != NULL && a->dose_kg_s_m3 != NULL &&
           a->frames_kg_m3 != NULL && a->exposed != NULL && a->harm != NULL;
}

/* Particles have no weight: where the vapour has, this is said loudly, with what the curves of heavy gas give. */
static cosmo_status accident_warn_dense(const cosmo_accident_answer *a, cosmo_arena *arena, cosmo_run *run)
{
    double *reaches = cosmo_arena_array(arena, a->n_samples, sizeof *reaches), largest = 0.0, farthest = 0.0;
    COSMO_NEED(reaches, run);
    size_t dense = 0, n = 0;
    for (size_t i = 0; i < a->n_samples; i++) {
        if (!(a->dense[i] > 0.0)) continue;
        dense++;
        largest = fmax(largest, a->richardson[i]);
        if (!isfinite(a->dense_m[i])) continue;
        reaches[n++] = a->dense_m[i];
        farthest = fmax(farthest, a->dense_m[i]);
    }
    if (dense == 0) return COSMO_OK;
    cosmo_run_note(run, COSMO_NOTE_WARNING,
                   "dense gas: in %zu of %zu samples cold vapour spreads by its own weight at first (Richardson number "
                   "up to %.3g), which particles do not know: near the source they are wrong",
                   dense, a->n_samples, largest);
    if (n == 0) return COSMO_OK;
    const cosmo_quantiles spread = cosmo_quantiles_find(reaches, n, 1, arena);
    if (isnan(spread.p50)) return cosmo_run_out_of_memory(run);
    cosmo_run_note(run, COSMO_NOTE_WARNING,
                   "dense gas: by the curves of Britter and McQuaid (within a factor 2) its serious level reaches %.0f "
                   "m in half of these samples and %.0f m at most; hold that against the particles' answer",
                   spread.p50, farthest);
    return COSMO_OK;
}

cosmo_status cosmo_accident_run(const cosmo_accident *accident, const cosmo_campaign *campaign, cosmo_arena *arena,
                                cosmo_run *run, cosmo_accident_answer *answer)
{
    const size_t n_samples = (size_t)accident->release->sampling.samples;
    *answer = (cosmo_accident_answer){0};
    COSMO_TRY(accident_names(accident, arena, run, answer));
    accident_state state = {.accident = accident, .layout = accident_lay_out(accident, answer->n_inputs)};
    const cosmo_accident_layout *l = &state.layout;
    state.doubles = cosmo_arena_array(arena, n_samples * l->n_doubles, sizeof *state.doubles);
    state.sums = cosmo_arena_array(arena, l->n_floats + 1, sizeof *state.sums);
    COSMO_NEED(state.doubles, run);
    COSMO_NEED(state.sums, run);
    /* a block of the machinery is a sample here: its particles are the work */
    cosmo_blocks blocks = {.n_samples = n_samples * COSMO_BLOCKS_SAMPLES,
                           .block_bytes = l->n_doubles * sizeof(double) + (l->n_floats + 1) / 2 * 2 * sizeof(float),
                           .user = &state,
                           .work = accident_work,
                           .reduce = accident_reduce,
                           .what = "weathers"};
    COSMO_TRY(cosmo_campaign_run(campaign, ACCIDENT_PART, &blocks, run));
    accident_answer(&state, n_samples, arena, answer);
    if (!accident_is_whole(answer)) return cosmo_run_out_of_memory(run);
    return campaign != NULL && campaign->kind == COSMO_CAMPAIGN_SHARD ? COSMO_OK
                                                                      : accident_warn_dense(answer, arena, run);
}
