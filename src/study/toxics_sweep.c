/* A launch that may fail at several times: each failure in the same weathers, weighed by its probability. */
#include "study/toxics_parts.h"

#include <math.h>
#include <stdint.h>

typedef struct toxics_sweep {
    const cosmo_toxics_case *first;
    cosmo_arena *arena;
    cosmo_run *run;
    size_t n, n_samples;
    cosmo_toxics_sweep_row *rows;
    cosmo_toxics_fall *falls;
    double *exposed, *deaths; /* of each sample, a launch */
} toxics_sweep;

static cosmo_status toxics_sweep_reserve(toxics_sweep *s)
{
    s->rows = cosmo_arena_array(s->arena, s->n, sizeof *s->rows);
    s->falls = cosmo_arena_array(s->arena, s->n, sizeof *s->falls);
    s->exposed = cosmo_arena_array(s->arena, s->n_samples, sizeof *s->exposed);
    s->deaths = cosmo_arena_array(s->arena, s->n_samples, sizeof *s->deaths);
    COSMO_NEED(s->rows, s->run);
    COSMO_NEED(s->falls, s->run);
    COSMO_NEED(s->exposed, s->run);
    COSMO_NEED(s->deaths, s->run);
    return COSMO_OK;
}

/* ---- when ---- */

/* The intervals that the times stand for, and how probable a failure in each is. */
static void toxics_sweep_times(toxics_sweep *s, cosmo_toxics_sweep *sweep)
{
    const cosmo_toxics *t = s->first->toxics;
    const cosmo_flight flight = cosmo_mission_flight(t->mission);
    const cosmo_risk_options *options = &t->mission->risk;
    cosmo_failure_phase phases[COSMO_FAILURE_PHASES_MAX];
    const size_t n = cosmo_failure_phases(&flight, &t->flown->ascent.trajectory, options, phases);
    sweep->failure_probability = cosmo_failure_probability(&flight, options, s->run);
    double before = 0.0;
    for (size_t i = 0; i < s->n; i++) {
        cosmo_toxics_sweep_row *row = &s->rows[i];
        row->failure_time_s = cosmo_toxics_source_time_s(&t->release, i, s->arena);
        row->start_s = i > 0 ? s->rows[i - 1].end_s : 0.0;
        row->end_s = i + 1 < s->n
                         ? 0.5 * (row->failure_time_s + cosmo_toxics_source_time_s(&t->release, i + 1, s->arena))
                         : 2.0 * row->failure_time_s - row->start_s;
        const double until = cosmo_failure_before(options, phases, n, row->end_s);
        row->probability = sweep->failure_probability * (until - before);
        before = until;
    }
    sweep->swept = before;
    sweep->later = 1.0 - before;
}

/* ---- what ---- */

static cosmo_quantiles toxics_sweep_spread(const toxics_sweep *s, const double *first, size_t stride)
{
    return cosmo_quantiles_find(first, s->n_samples, stride, s->arena);
}

/* Of the level that people are counted by; NaN where there is none. */
static cosmo_status toxics_sweep_reach(toxics_sweep *s, const cosmo_accident *a, const cosmo_accident_answer *answer,
                                       cosmo_toxics_sweep_row *row)
{
    const cosmo_quantiles none = {NAN, NAN, NAN, NAN};
    const size_t level = cosmo_toxics_case_people_level(a);
    row->reach_m = row->area_m2 = row->people_inside = row->people_outside = none;
    if (level == SIZE_MAX) return COSMO_OK;
    double *area = cosmo_arena_array(s->arena, s->n_samples, sizeof *area);
    COSMO_NEED(area, s->run);
    for (size_t i = 0; i < s->n_samples; i++) {
        const cosmo_accident_reach *r = &answer->reach[i * a->n_levels + level];
        area[i] = r->area_inside_m2 + r->area_outside_m2;
    }
    const cosmo_accident_reach *first = &answer->reach[level];
    const size_t stride = a->n_levels * (sizeof *first / sizeof(double));
    row->area_m2 = toxics_sweep_spread(s, area, 1);
    row->reach_m = toxics_sweep_spread(s, &first->farthest_m, stride);
    row->people_inside = toxics_sweep_spread(s, &first->people_inside, stride);
    row->people_outside = toxics_sweep_spread(s, &first->people_outside, stride);
    return COSMO_OK;
}

static cosmo_status toxics_sweep_fall(toxics_sweep *s, size_t i, const cosmo_toxics *t,
                                      const cosmo_accident_answer *answer)
{
    cosmo_toxics_sweep_row *row = &s->rows[i];
    row->place = t->origin;
    for (size_t k = 0; k < t->accident.n_tanks; k++) row->aboard_kg += t->accident.tanks[k].mass_kg.mode;
    COSMO_TRY(toxics_sweep_reach(s, &t->accident, answer, row));
    row->containment = cosmo_toxics_limits_containment(answer);
    row->expected_exposed = toxics_sweep_spread(s, answer->exposed, 2).mean;
    row->expected_deaths = toxics_sweep_spread(s, answer->exposed + 1, 2).mean;
    for (size_t k = 0; k < s->n_samples; k++) {
        s->exposed[k] += row->probability * answer->exposed[2 * k];
        s->deaths[k] += row->probability * answer->exposed[2 * k + 1];
    }
    s->falls[i] = (cosmo_toxics_fall){t, answer->harm, row->probability};
    return COSMO_OK;
}

/* A failure at another time; what is noted of it was noted of the first. */
static cosmo_status toxics_sweep_another(toxics_sweep *s, size_t i)
{
    cosmo_run quiet = *s->run;
    quiet.notes = NULL;
    quiet.n_notes = quiet.notes_capacity = 0;
    cosmo_toxics *toxics = cosmo_arena_alloc(s->arena, sizeof *toxics);
    COSMO_NEED(toxics, s->run);
    cosmo_accident_answer answer;
    cosmo_status status =
        cosmo_toxics_read_again(s->first->toxics, s->rows[i].failure_time_s, s->arena, &quiet, toxics);
    if (status == COSMO_OK) status = cosmo_accident_run(&toxics->accident, NULL, s->arena, &quiet, &answer);
    if (status != COSMO_OK) return cosmo_run_fail(s->run, status, "%s", quiet.message);
    return toxics_sweep_fall(s, i, toxics, &answer);
}

/* ---- sums ---- */

static cosmo_risk_row toxics_sweep_sum(const toxics_sweep *s, const char *name, const double *values)
{
    const double n = (double)s->n_samples;
    double mean = 0.0, squares = 0.0;
    for (size_t i = 0; i < s->n_samples; i++) mean += values[i];
    mean /= n;
    for (size_t i = 0; i < s->n_samples; i++) squares += (values[i] - mean) * (values[i] - mean);
    return (cosmo_risk_row){name, mean, s->n_samples > 1 ? sqrt(squares / (n - 1.0) / n) : NAN};
}

static void toxics_sweep_assume(const toxics_sweep *s, const cosmo_toxics_sweep *sweep)
{
    cosmo_run_note(s->run, COSMO_NOTE_ASSUMPTION,
                   "failures: each comes down whole with what is aboard, as after a cut-off, whatever its mode; those "
                   "that begin after T+%.0f s, %.3g %% of all, are left out",
                   s->rows[s->n - 1].end_s, 100.0 * sweep->later);
    cosmo_run_note(s->run, COSMO_NOTE_ASSUMPTION,
                   "casualties: everybody who is above the harmful level in the open and is not evacuated; each "
                   "substance is judged by itself");
}

cosmo_status cosmo_toxics_sweep_run(const cosmo_toxics_case *first, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_toxics_sweep *sweep)
{
    toxics_sweep s = {.first = first,
                      .arena = arena,
                      .run = run,
                      .n = first->toxics->release.source.failure_times.n,
                      .n_samples = first->answer.n_samples};
    *sweep = (cosmo_toxics_sweep){.containment = 0.0};
    COSMO_TRY(toxics_sweep_reserve(&s));
    toxics_sweep_times(&s, sweep);
    COSMO_TRY(toxics_sweep_fall(&s, 0, first->toxics, &first->answer));
    for (size_t i = 1; i < s.n; i++) COSMO_TRY(toxics_sweep_another(&s, i));
    for (size_t i = 0; i < s.n; i++)
        if (!(s.rows[i].containment <= sweep->containment)) sweep->containment = s.rows[i].containment;
    sweep->rows = (cosmo_list){s.n, s.rows};
    sweep->exposed = toxics_sweep_sum(&s, "above the harmful level", s.exposed);
    sweep->deaths = toxics_sweep_sum(&s, "deaths by probits", s.deaths);
    toxics_sweep_assume(&s, sweep);
    return cosmo_toxics_corridor_make(s.falls, s.n, arena, run, sweep);
}

cosmo_status cosmo_toxics_sweep_layer(const cosmo_toxics_sweep *sweep, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_layer *layer)
{
    return cosmo_toxics_corridor_layer(&sweep->corridor, arena, run, layer);
}
