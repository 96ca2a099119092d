/* When a flight fails, and how: the section `risk`, phases, times. */
#include "cosmodrome/hazard.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static const double FAILURE_EARLY_S = 5.0;      /* ignition and staging are behind a stage then */
static const double FAILURE_EARLY_SHARE = 0.25; /* of a phase's failures that happen in it; an estimate */

static const char *const FAILURE_MODE_NAMES[] = {"cutoff", "explosion", "turn", "separation", "attitude", "pad"};

const char *cosmo_failure_mode_name(cosmo_failure_mode mode)
{
    return FAILURE_MODE_NAMES[mode];
}

#define FAILURE_NUMBER(key_, member_, dimension_, min_, max_, default_, help_)                                         \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(cosmo_risk_options, member_),                      \
        .dimension = COSMO_DIM_##dimension_, .min = min_, .max = max_, .default_text = default_, .help = help_         \
    }

static const cosmo_field FAILURE_PHASE_FIELDS[] = {
    {.key = "stage",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_risk_phase, stage),
     .required = true,
     .help = "The stage whose separation (or cut-off at insertion) ends the phase."},
    {.key = "share",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_risk_phase, share),
     .dimension = COSMO_DIM_FRACTION,
     .min = 0.0,
     .max = 1.0,
     .required = true,
     .help = "Share of all failures that happen in it. Shares are scaled to a sum of 1."},
};
static const cosmo_section FAILURE_PHASE = {"phases", "How failures are spread over the flight.",
                                            sizeof(cosmo_risk_phase), FAILURE_PHASE_FIELDS,
                                            sizeof FAILURE_PHASE_FIELDS / sizeof FAILURE_PHASE_FIELDS[0]};
static const char *const FAILURE_SURFACES[] = {"soil", "water", "concrete", "steel", NULL};

static const cosmo_field FAILURE_FIELDS[] = {
    FAILURE_NUMBER("failure_probability", failure_probability, FRACTION, 0.0, 1.0, NULL,
                   "Probability that the flight fails. Left out: from the vehicle's record, by the FAA's rule."),
    FAILURE_NUMBER("cutoff", shares[COSMO_FAILURE_CUTOFF], FRACTION, 0.0, 1.0, "45 %",
                   "Share of failures in which the engines stop and the stack falls as it is."),
    FAILURE_NUMBER("explosion", shares[COSMO_FAILURE_EXPLOSION], FRACTION, 0.0, 1.0, "20 %",
                   "Share of failures in which all that is aboard is in pieces at once."),
    FAILURE_NUMBER("turn", shares[COSMO_FAILURE_TURN], FRACTION, 0.0, 1.0, "15 %",
                   "Share of failures in which the thrust swings away from the path."),
    FAILURE_NUMBER("separation", shares[COSMO_FAILURE_SEPARATION], FRACTION, 0.0, 1.0, "10 %",
                   "Share of failures in which what should separate does not."),
    FAILURE_NUMBER("attitude", shares[COSMO_FAILURE_ATTITUDE], FRACTION, 0.0, 1.0, "5 %",
                   "Share of failures in which it flies on under thrust in a wrong attitude."),
    FAILURE_NUMBER("pad", shares[COSMO_FAILURE_PAD], FRACTION, 0.0, 1.0, "5 %",
                   "Share of failures in which it explodes on the pad; they count in the first phase alone."),
    {.key = "phases",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_risk_options, phases),
     .section = &FAILURE_PHASE,
     .help = "How failures are spread over the flight. Left out: all phases alike."},
    FAILURE_NUMBER("turn_rate", turn_rate_rad_s, ANGULAR_RATE, 1e-4, 3.0, "15 deg/s",
                   "Fastest swing of the thrust; rates are log-uniform down to a tenth of it."),
    FAILURE_NUMBER("wrong_attitude", attitude_rad, ANGLE, 0.0, 3.14159265358979323846, "90 deg",
                   "Farthest that a wrong attitude is off; all angles up to it are alike."),
    FAILURE_NUMBER("breakup_pressure", breakup_pressure_pa, PRESSURE, 100.0, 1e7, "40 kPa",
                   "Dynamic pressure at which a tumbling stack breaks up."),
    FAILURE_NUMBER("breakup_speed", breakup_speed_share, FRACTION, 0.0, 1.0, "25 %",
                   "Speed that such a break-up gives to pieces, as a share of an explosion's."),
    FAILURE_NUMBER("lift", lift_ratio, FRACTION, 0.0, 0.2, "3 %",
                   "Standard deviation of a fragment's lift over its drag, to any side."),
    {.key = "demise",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_risk_options, demise),
     .default_text = "no",
     .help = "yes: fragments whose material is known may burn up on the way. No is the safe side."},
    {.key = "surface",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_risk_options, surface),
     .choices = FAILURE_SURFACES,
     .default_text = "soil",
     .help = "What pieces fall on, for explosions."},
    FAILURE_NUMBER("clear_distance", clear_distance_m, LENGTH, 0.0, 1e5, "5 km",
                   "Nobody of the public is nearer to the pad than this."),
    {.key = "samples",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(cosmo_risk_options, samples),
     .min = 256,
     .max = 1e10,
     .default_text = "16384",
     .help = "Failures that are computed."},
    {.key = "rules",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(cosmo_risk_options, judged.rules),
     .help = "Which limits the launch is judged by: files or single rules of 'cosmodrome list rules', or the path of a "
             "rule file that ends in .yaml. Left out: us, and the country of the pad."},
    FAILURE_NUMBER(
        "until", until_relative_error, FRACTION, 1e-4, 1.0, NULL,
        "Stop once the standard error is this share of the expectation, failures and planned drops each. Left "
        "out: all samples."),
};
static const cosmo_section FAILURE_SECTION = {"risk", "How the flight may fail, and how closely that is computed.",
                                              sizeof(cosmo_risk_options), FAILURE_FIELDS,
                                              sizeof FAILURE_FIELDS / sizeof FAILURE_FIELDS[0]};

const cosmo_section *cosmo_failure_section(void)
{
    return &FAILURE_SECTION;
}

cosmo_status cosmo_failure_check(const cosmo_risk_options *o, const cosmo_vehicle *vehicle, const cosmo_yaml *section,
                                 cosmo_run *run)
{
    const cosmo_yaml *at = section;
    double sum = 0.0;
    for (int m = 0; m < COSMO_FAILURE_PAD; m++) sum += o->shares[m];
    if (at == NULL) return COSMO_OK;
    if (!(sum > 0.0))
        return cosmo_yaml_fail(at, run, "the shares of cutoff, explosion, turn, separation and attitude add up to 0");
    const cosmo_risk_phase *phases = o->phases.items;
    const cosmo_stage *stages = vehicle->stages.items;
    const char *names[COSMO_STAGES_MAX];
    size_t n = 0;
    for (; n < vehicle->stages.n && n < COSMO_STAGES_MAX; n++) names[n] = stages[n].id;
    const cosmo_yaml *list = cosmo_yaml_child(at, "phases"), *node = list != NULL ? list->first_child : NULL;
    for (size_t i = 0; i < o->phases.n && node != NULL; i++, node = node->next) {
        bool known = false;
        for (size_t k = 0; k < n; k++) known = known || strcmp(names[k], phases[i].stage) == 0;
        if (known) continue;
        const char *near = cosmo_text_nearest(phases[i].stage, names, n);
        return cosmo_yaml_fail(cosmo_yaml_child(node, "stage"), run, "vehicle %s has no stage '%s'%s%s%s", vehicle->id,
                               phases[i].stage, near != NULL ? "; did you mean '" : "", near != NULL ? near : "",
                               near != NULL ? "'?" : "");
    }
    return COSMO_OK;
}

double cosmo_failure_mode_share(const cosmo_risk_options *o, size_t phase, cosmo_failure_mode mode)
{
    double sum = 0.0;
    if (mode == COSMO_FAILURE_PAD && phase > 0) return 0.0;
    for (int m = 0; m < COSMO_FAILURE_MODES; m++)
        if (m != COSMO_FAILURE_PAD || phase == 0) sum += o->shares[m];
    return o->shares[mode] / sum;
}

static double failure_event_s(const cosmo_trajectory *trajectory, const char *kind, const char *stage)
{
    const size_t length = strlen(kind);
    for (size_t i = 0; i < trajectory->n_events; i++) {
        const char *name = trajectory->events[i].name;
        if (strncmp(name, kind, length) != 0) continue;
        if (stage == NULL || strcmp(name + length, stage) == 0) return trajectory->events[i].state.t_s;
    }
    return NAN;
}

static double failure_share(const cosmo_risk_options *o, const char *stage)
{
    const cosmo_risk_phase *phases = o->phases.items;
    for (size_t i = 0; i < o->phases.n; i++)
        if (strcmp(phases[i].stage, stage) == 0) return phases[i].share;
    return o->phases.n == 0 ? 1.0 : 0.0;
}

size_t cosmo_failure_phases(const cosmo_flight *flight, const cosmo_trajectory *trajectory, const cosmo_risk_options *o,
                            cosmo_failure_phase *phases)
{
    const cosmo_stage *stages = flight->vehicle->stages.items;
    const double inserted = failure_event_s(trajectory, "insertion", NULL);
    const double last = isfinite(inserted) ? inserted : trajectory->samples[trajectory->n - 1].state.t_s;
    double start = 0.0, sum = 0.0;
    size_t n = 0;
    for (size_t i = 0; i < flight->vehicle->stages.n && n < COSMO_FAILURE_PHASES_MAX && start < last; i++) {
        const double separated = failure_event_s(trajectory, "separation:", stages[i].id);
        const bool ends_it = !(separated < last) || i + 1 == flight->vehicle->stages.n;
        const double end = ends_it ? last : separated;
        if (!(end > start)) continue;
        phases[n] =
            (cosmo_failure_phase){stages[i].id, (unsigned)i, ends_it, start, end, failure_share(o, stages[i].id)};
        sum += phases[n++].share;
        start = end;
    }
    for (size_t i = 0; i < n; i++) phases[i].share = sum > 0.0 ? phases[i].share / sum : 1.0 / (double)n;
    return n;
}

void cosmo_failure_stop(const cosmo_failure_phase *phase, cosmo_failure_mode mode, double u, cosmo_variation *variation)
{
    variation->stop_t_s = NAN;
    variation->held_stage = 0;
    if (mode == COSMO_FAILURE_SEPARATION) {
        if (!phase->inserts) variation->held_stage = phase->stage + 1;
        return;
    }
    const double length = phase->end_s - phase->start_s, early = fmin(FAILURE_EARLY_S, 0.5 * length);
    double after = early * u / FAILURE_EARLY_SHARE;
    if (mode == COSMO_FAILURE_PAD)
        after = 0.0;
    else if (u >= FAILURE_EARLY_SHARE)
        after = early + (length - early) * (u - FAILURE_EARLY_SHARE) / (1.0 - FAILURE_EARLY_SHARE);
    variation->stop_t_s = phase->start_s + after;
}

double cosmo_failure_before(const cosmo_risk_options *o, const cosmo_failure_phase *phases, size_t n, double t_s)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        const cosmo_failure_phase *p = &phases[i];
        const double length = p->end_s - p->start_s, early = fmin(FAILURE_EARLY_S, 0.5 * length);
        const double after = fmin(fmax(t_s - p->start_s, 0.0), length);
        const double u = after < early
                             ? FAILURE_EARLY_SHARE * after / early
                             : FAILURE_EARLY_SHARE + (1.0 - FAILURE_EARLY_SHARE) * (after - early) / (length - early);
        for (int m = 0; m < COSMO_FAILURE_MODES; m++) {
            const bool step = m == COSMO_FAILURE_PAD || m == COSMO_FAILURE_SEPARATION;
            const double at = m == COSMO_FAILURE_PAD ? p->start_s : p->end_s;
            sum += p->share * cosmo_failure_mode_share(o, i, (cosmo_failure_mode)m) * (step ? t_s > at : u);
        }
    }
    return sum;
}

double cosmo_failure_probability(const cosmo_flight *flight, const cosmo_risk_options *o, cosmo_run *run)
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
