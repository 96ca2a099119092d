/* What is not known about a casualty expectation, beside the noise of its samples. */
#include "hazard/answer.h"

#include "core/real.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BELIEF_N = 4096, BELIEF_STREAM = (1 << 16) + 2 };
enum { BELIEF_FAILURE, BELIEF_PEOPLE, BELIEF_FRAGMENTS, BELIEF_YIELDS };
static const char *const BELIEF_NAMES[COSMO_RISK_BELIEFS] = {"probability of failure", "people on the ground",
                                                             "fragments and casualty areas", "explosive yields"};
/* Factors of which a standard deviation lies within x and 1/x: people on the ground (the default grid against GPW
 * around drop zones, `./test truth/population`; no less for a raster, whose own error nobody states); casualty areas
 * with the fragment list, and areas of explosions, which go with the yield to the power of 2/3 (estimates). */
static const double BELIEF_FACTORS[COSMO_RISK_BELIEFS] = {0.0, 2.5, 1.7, 2.0};

typedef struct belief_job {
    const cosmo_risk *risk;
    bool is_given; /* the probability of failure */
    cosmo_failure_belief failure;
    uint64_t seed;
} belief_job;

static int belief_order(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double belief_failure(const belief_job *job, uint64_t sample, bool varied)
{
    if (job->is_given || !varied) return job->risk->failure_probability;
    const double u = cosmo_random_uniform(job->seed, BELIEF_STREAM, sample, BELIEF_FAILURE);
    return cosmo_beta_law_quantile(u, job->failure.a, job->failure.b);
}

static double belief_factor(const belief_job *job, uint64_t sample, int which, bool varied)
{
    if (!varied) return 1.0;
    const double z = cosmo_random_normal(job->seed, BELIEF_STREAM, sample, (uint32_t)which);
    return cosmo_real_exp(cosmo_real_log(BELIEF_FACTORS[which]) * z);
}

/* The expectation in one belief: only what `varied` says is not known. */
static double belief_total(const belief_job *job, uint64_t sample, const bool varied[COSMO_RISK_BELIEFS])
{
    const cosmo_risk *risk = job->risk;
    const double drawn = belief_failure(job, sample, varied[BELIEF_FAILURE]);
    const double p = risk->failure_probability > 0.0 ? drawn / risk->failure_probability : 0.0;
    const double fragments = belief_factor(job, sample, BELIEF_FRAGMENTS, varied[BELIEF_FRAGMENTS]);
    const double yields = belief_factor(job, sample, BELIEF_YIELDS, varied[BELIEF_YIELDS]);
    return belief_factor(job, sample, BELIEF_PEOPLE, varied[BELIEF_PEOPLE]) *
           (fragments * (risk->planned.value + p * risk->by_hazard[0].value) + yields * p * risk->by_hazard[1].value);
}

static double belief_quantile(const double *sorted, double share)
{
    return sorted[(size_t)(share * (BELIEF_N - 1) + 0.5)];
}

static void belief_sort(const belief_job *job, const bool varied[COSMO_RISK_BELIEFS], double *total)
{
    for (uint64_t i = 0; i < BELIEF_N; i++) total[i] = belief_total(job, i, varied);
    qsort(total, BELIEF_N, sizeof *total, belief_order);
}

cosmo_status cosmo_belief_range(const cosmo_record *record, bool probability_is_given, uint64_t seed,
                                cosmo_arena *arena, cosmo_run *run, cosmo_risk *risk)
{
    static const bool all[COSMO_RISK_BELIEFS] = {true, true, true, true};
    const belief_job job = {risk, probability_is_given, cosmo_failure_rate_belief(record->flights, record->failures),
                            seed};
    double *total = cosmo_arena_array(arena, BELIEF_N, sizeof *total);
    COSMO_NEED(total, run);
    belief_sort(&job, all, total);
    risk->epistemic[0] = belief_quantile(total, 0.05);
    risk->epistemic[1] = belief_quantile(total, 0.5);
    risk->epistemic[2] = belief_quantile(total, 0.95);
    for (int i = 0; i < COSMO_RISK_BELIEFS; i++) {
        bool alone[COSMO_RISK_BELIEFS] = {false};
        alone[i] = true;
        belief_sort(&job, alone, total);
        risk->beliefs[i] =
            (cosmo_risk_belief){BELIEF_NAMES[i], belief_quantile(total, 0.05), belief_quantile(total, 0.95)};
    }
    return COSMO_OK;
}
