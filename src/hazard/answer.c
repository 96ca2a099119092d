/* From sums over samples to the answers of a risk campaign. */
#include "hazard/answer.h"

#include <math.h>
#include <string.h>

static void answer_add(cosmo_risk_row *row, double value, double variance)
{
    row->value += value;
    row->standard_error = sqrt(row->standard_error * row->standard_error + variance);
}

/* A share of a stratum's mean joins the totals of other views. */
static void answer_views(cosmo_risk *risk, const tally_stratum *s, double share)
{
    cosmo_risk_row *const rows[] = {&risk->sheltered, &risk->beside};
    const tally_view views[] = {TALLY_SHELTERED, TALLY_BESIDE};
    for (int i = 0; i < 2; i++) {
        const tally_moments *m = &s->casualties[views[i]];
        answer_add(rows[i], share * cosmo_tally_mean(m, s->n), share * share * cosmo_tally_variance(m, s->n));
    }
}

static void answer_hazards(cosmo_risk *risk, const tally_stratum *s, double share)
{
    const tally_moments *const of[] = {&s->inert, &s->explosive};
    for (int i = 0; i < 2; i++)
        answer_add(&risk->by_hazard[i], share * cosmo_tally_mean(of[i], s->n),
                   share * share * cosmo_tally_variance(of[i], s->n));
}

/* An interval of a phase over its modes: each counts by how often it happens there. */
static cosmo_risk_interval answer_interval(const tally_sums *sums, const answer_strata *strata, size_t phase, int k)
{
    const cosmo_failure_phase *p = &strata->phases[phase];
    const double length = (p->end_s - p->start_s) / TALLY_INTERVALS;
    cosmo_risk_interval interval = {
        .phase = p->name, .start_s = p->start_s + k * length, .end_s = p->start_s + (k + 1) * length};
    double value = 0.0, variance = 0.0;
    for (size_t m = 0; m < COSMO_FAILURE_MODES; m++) {
        const size_t stratum = phase * COSMO_FAILURE_MODES + m;
        const tally_interval *t = &sums->intervals[stratum][k];
        if (t->n == 0) continue;
        const double here = strata->probability[stratum] * (double)t->n / (double)sums->strata[stratum].n;
        interval.probability += here;
        value += here * cosmo_tally_mean(&t->casualties, t->n);
        variance += here * here * cosmo_tally_variance(&t->casualties, t->n);
    }
    if (!(interval.probability > 0.0)) return interval;
    interval.value = value / interval.probability;
    interval.standard_error = sqrt(variance) / interval.probability;
    return interval;
}

/* The failure that would do most: a mode of a phase, or of an interval of which enough was sampled. */
static void answer_worst(const tally_sums *sums, const answer_strata *strata, cosmo_arena *arena, cosmo_risk *risk)
{
    enum { ENOUGH = 32 };
    for (size_t i = 0; i < risk->n_conditions; i++)
        if (i == 0 || risk->conditional[i].value > risk->worst.value) risk->worst = risk->conditional[i];
    for (size_t i = 0; i < strata->n * TALLY_INTERVALS; i++) {
        const size_t stratum = i / TALLY_INTERVALS, k = i % TALLY_INTERVALS;
        const tally_interval *t = &sums->intervals[stratum][k];
        const double mean = cosmo_tally_mean(&t->casualties, t->n);
        if (t->n < ENOUGH || mean <= risk->worst.value) continue;
        const cosmo_failure_phase *phase = &strata->phases[stratum / COSMO_FAILURE_MODES];
        const cosmo_failure_mode mode = (cosmo_failure_mode)(stratum % COSMO_FAILURE_MODES);
        const double length = (phase->end_s - phase->start_s) / TALLY_INTERVALS;
        const double start = phase->start_s + (double)k * length;
        const char *name = cosmo_arena_print(arena, "%s, %s at T+%.0f to %.0f s", phase->name,
                                             cosmo_failure_mode_name(mode), start, start + length);
        risk->worst =
            (cosmo_risk_row){name != NULL ? name : "", mean, sqrt(cosmo_tally_variance(&t->casualties, t->n))};
    }
}

static void answer_times(const tally_sums *sums, const answer_strata *strata, cosmo_risk *risk)
{
    for (size_t phase = 0; phase < strata->n_phases; phase++)
        for (int k = 0; k < TALLY_INTERVALS; k++) {
            cosmo_risk_interval *to = &risk->by_time[risk->n_intervals++];
            *to = answer_interval(sums, strata, phase, k);
            to->probability *= risk->failure_probability;
        }
}

void cosmo_answer_failures(const tally_sums *sums, const answer_strata *strata, cosmo_arena *arena, cosmo_risk *risk)
{
    risk->n_phases = strata->n_phases;
    risk->by_hazard[0].name = "inert";
    risk->by_hazard[1].name = "explosive";
    for (int m = 0; m < COSMO_FAILURE_MODES; m++)
        risk->by_mode[m].name = cosmo_failure_mode_name((cosmo_failure_mode)m);
    for (size_t i = 0; i < strata->n; i++) {
        const tally_stratum *s = &sums->strata[i];
        const size_t phase = i / COSMO_FAILURE_MODES, mode = i % COSMO_FAILURE_MODES;
        const double share = risk->failure_probability * strata->probability[i];
        const double mean = cosmo_tally_mean(&s->casualties[TALLY_OPEN], s->n);
        const double spread = cosmo_tally_variance(&s->casualties[TALLY_OPEN], s->n);
        const double value = share * mean, variance = share * share * spread;
        risk->by_phase[phase].name = strata->phases[phase].name;
        if (!(strata->probability[i] > 0.0)) continue;
        answer_add(&risk->by_phase[phase], value, variance);
        answer_add(&risk->by_mode[mode], value, variance);
        answer_add(&risk->failure, value, variance);
        answer_views(risk, s, share);
        answer_hazards(risk, s, share);
        const char *name = cosmo_arena_print(arena, "%s, %s", strata->phases[phase].name, risk->by_mode[mode].name);
        risk->conditional[risk->n_conditions++] = (cosmo_risk_row){name != NULL ? name : "", mean, sqrt(spread)};
    }
    answer_times(sums, strata, risk);
    answer_worst(sums, strata, arena, risk);
}

double cosmo_answer_relative_error(const tally_sums *sums, const answer_strata *strata)
{
    double value = 0.0, variance = 0.0;
    for (size_t i = 0; i < strata->n; i++) {
        const tally_stratum *s = &sums->strata[i];
        const double share = strata->probability[i];
        value += share * cosmo_tally_mean(&s->casualties[TALLY_OPEN], s->n);
        variance += share * share * cosmo_tally_variance(&s->casualties[TALLY_OPEN], s->n);
    }
    return value > 0.0 ? sqrt(variance) / value : (double)INFINITY;
}

/* Of a body that stays up in some flights counts the share of flights in which it came down. */
static double answer_drop_share(const tally_sums *sums, size_t body)
{
    return sums->n > 0 ? (double)sums->strata[body].n / (double)sums->n : 0.0;
}

double cosmo_answer_relative_error_of_drops(const tally_sums *sums, size_t n_bodies)
{
    double value = 0.0, variance = 0.0;
    for (size_t b = 0; b < n_bodies; b++) {
        const tally_stratum *s = &sums->strata[b];
        const double share = answer_drop_share(sums, b);
        value += share * cosmo_tally_mean(&s->casualties[TALLY_OPEN], s->n);
        variance += share * share * cosmo_tally_variance(&s->casualties[TALLY_OPEN], s->n);
    }
    return value > 0.0 ? sqrt(variance) / value : (double)INFINITY;
}

void cosmo_answer_drops(const tally_sums *sums, const cosmo_outcome *design, cosmo_risk *risk)
{
    for (size_t b = 0; b < design->n_bodies && b < COSMO_BODIES_MAX; b++) {
        const tally_stratum *s = &sums->strata[b];
        const tally_moments *open = &s->casualties[TALLY_OPEN];
        if (s->n == 0) continue;
        const double share = answer_drop_share(sums, b);
        cosmo_risk_row *row = &risk->by_body[risk->n_bodies++];
        *row = (cosmo_risk_row){design->body[b], share * cosmo_tally_mean(open, s->n),
                                share * sqrt(cosmo_tally_variance(open, s->n))};
        answer_add(&risk->planned, row->value, row->standard_error * row->standard_error);
        answer_views(risk, s, share);
    }
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

void cosmo_answer_neighbours(const tally_sums *sums, double probability, const cosmo_list *neighbours, cosmo_risk *risk)
{
    const cosmo_neighbour *items = neighbours->items;
    const double square = probability * probability;
    risk->n_neighbours = neighbours->n < COSMO_NEIGHBOURS_MAX ? neighbours->n : COSMO_NEIGHBOURS_MAX;
    answer_add(&risk->neighbouring, probability * cosmo_tally_mean(&sums->neighbouring, sums->n),
               square * cosmo_tally_variance(&sums->neighbouring, sums->n));
    for (size_t i = 0; i < risk->n_neighbours; i++) {
        const tally_moments *m = &sums->neighbours[i];
        cosmo_risk_neighbour *n = &risk->by_neighbour[i];
        n->neighbour = &items[i];
        n->probability += probability * cosmo_tally_mean(m, sums->n);
        n->standard_error = sqrt(n->standard_error * n->standard_error + square * cosmo_tally_variance(m, sums->n));
        if (!isfinite(items[i].people)) risk->neighbouring.value = risk->neighbouring.standard_error = NAN;
    }
    if (neighbours->n == 0) risk->neighbouring.value = risk->neighbouring.standard_error = NAN;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static const char *answer_dominant(const cosmo_risk *risk, cosmo_arena *arena)
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

void cosmo_answer_total(cosmo_arena *arena, cosmo_risk *risk)
{
    answer_add(&risk->total, risk->planned.value, risk->planned.standard_error * risk->planned.standard_error);
    answer_add(&risk->total, risk->failure.value, risk->failure.standard_error * risk->failure.standard_error);
    risk->dominant = answer_dominant(risk, arena);
}
