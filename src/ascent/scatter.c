/* Many dispersed flights of one design: where dropped bodies come down, and what moves them. */
#include "cosmodrome/ascent.h"

#include "core/real.h"

#include <math.h>
#include <string.h>

enum { SCATTER_BLOCK = 256 };
static const double SCATTER_TOLERANCE = 1e-8, SCATTER_TRACK_STEP_S = 1.0;

/* Sums over the flights of a block. Impacts are east and north of the designed impact. */
typedef struct scatter_body_sums {
    uint64_t n, n_in_zone;
    double sum[2], square[3], t_last_s;
} scatter_body_sums;
typedef struct scatter_sums {
    uint64_t n, n_inserted;
    scatter_body_sums bodies[COSMO_BODIES_MAX];
    double orbit[4][2]; /* perigee, apogee, inclination, time: sum and sum of squares of what they differ by */
} scatter_sums;

/* Sums over all flights at one moment, of what they differ from the design by. */
typedef struct scatter_moment {
    uint64_t n;
    double sum[6], square[21];
} scatter_moment;

typedef struct scatter_job {
    const cosmo_flight *flight;
    const cosmo_controls *controls;
    const cosmo_dispersion *dispersion;
    cosmo_dispersion_inputs inputs;
    cosmo_outcome design;
    const cosmo_scatter *scatter;            /* bodies, their designed impacts and zones */
    cosmo_track designed;                    /* the track of the design */
    scatter_moment *moments;                 /* one a time of it */
    double (*offset_m[COSMO_BODIES_MAX])[2]; /* where each body came down so far */
    uint64_t n_offsets[COSMO_BODIES_MAX];
} scatter_job;

/* What one block works with. */
typedef struct scatter_space {
    double *deviations;
    cosmo_controls controls[SCATTER_BLOCK];
    cosmo_variation variations[SCATTER_BLOCK];
    cosmo_weather weather[SCATTER_BLOCK];
    cosmo_outcome outcomes[SCATTER_BLOCK];
    cosmo_track track;
} scatter_space;

static void scatter_offset(cosmo_geodetic from, cosmo_geodetic to, double offset[2])
{
    double distance, azimuth;
    cosmo_geodesic_between(from, to, &distance, &azimuth);
    offset[0] = distance * cosmo_real_sin(azimuth);
    offset[1] = distance * cosmo_real_cos(azimuth);
}

/* The impact of a body by its name, and when; NaN when it does not come down. */
static double scatter_impact(const cosmo_outcome *o, const char *body, cosmo_geodetic *place)
{
    for (size_t k = 0; k < o->n_bodies; k++) {
        if (strcmp(o->body[k], body) != 0) continue;
        *place = o->impact[k];
        return o->impact_t_s[k];
    }
    return NAN;
}

static bool scatter_zone_sized(const cosmo_zone *zone)
{
    return zone != NULL && isfinite(zone->axis_major_m) && isfinite(zone->axis_minor_m);
}

static void scatter_add(scatter_job *job, const cosmo_outcome *o, scatter_sums *sums)
{
    sums->n++;
    for (size_t b = 0; b < job->scatter->n_bodies; b++) {
        const cosmo_scatter_body *body = &job->scatter->bodies[b];
        cosmo_geodetic place;
        double x[2];
        const double t = scatter_impact(o, body->body, &place);
        if (!isfinite(t)) continue;
        scatter_offset(body->designed, place, x);
        memcpy(job->offset_m[b][job->n_offsets[b]++], x, sizeof x);
        scatter_body_sums *s = &sums->bodies[b];
        s->n++;
        s->t_last_s = fmax(s->t_last_s, t);
        s->sum[0] += x[0];
        s->sum[1] += x[1];
        s->square[0] += x[0] * x[0];
        s->square[1] += x[0] * x[1];
        s->square[2] += x[1] * x[1];
        const cosmo_zone *zone = body->zone;
        if (scatter_zone_sized(zone))
            s->n_in_zone +=
                cosmo_geodesic_in_ellipse(place, (cosmo_geodetic){zone->latitude_rad, zone->longitude_rad, 0.0},
                                          zone->axis_major_m, zone->axis_minor_m, zone->orientation_rad);
    }
    if (!o->inserted) return;
    sums->n_inserted++;
    const cosmo_outcome *d = &job->design;
    const double off[4] = {o->orbit.perigee_altitude_m - d->orbit.perigee_altitude_m,
                           o->orbit.apogee_altitude_m - d->orbit.apogee_altitude_m,
                           o->orbit.inclination_rad - d->orbit.inclination_rad, o->t_insertion_s - d->t_insertion_s};
    for (int i = 0; i < 4; i++) {
        sums->orbit[i][0] += off[i];
        sums->orbit[i][1] += off[i] * off[i];
    }
}

/* Where one flight is beside the design, at every moment of its track. */
static void scatter_add_track(const scatter_job *job, const double (*states)[6])
{
    for (size_t k = 0; k < job->designed.n && isfinite(states[k][0]); k++) {
        const double *design = job->designed.states[k];
        scatter_moment *m = &job->moments[k];
        double off[6];
        m->n++;
        for (int i = 0, at = 0; i < 6; i++) {
            off[i] = states[k][i] - design[i];
            m->sum[i] += off[i];
            for (int j = 0; j <= i; j++) m->square[at++] += off[i] * off[j];
        }
    }
}

static cosmo_status scatter_block(scatter_job *job, uint64_t first, size_t count, scatter_space *space, cosmo_run *run,
                                  scatter_sums *sums)
{
    for (size_t i = 0; i < count; i++) {
        space->controls[i] = *job->controls;
        cosmo_dispersion_draw(job->dispersion, &job->inputs, run->seed, first + i, space->deviations);
        cosmo_dispersion_apply(job->dispersion, job->flight, &job->inputs, space->deviations, &space->variations[i],
                               &space->weather[i]);
    }
    COSMO_TRY(cosmo_ascent_track_many(job->flight, count, space->controls, space->variations, SCATTER_TOLERANCE, true,
                                      &space->track, run, space->outcomes));
    memset(sums, 0, sizeof *sums);
    for (size_t i = 0; i < count; i++) {
        scatter_add(job, &space->outcomes[i], sums);
        scatter_add_track(job, (const double(*)[6])space->track.states + i * space->track.n);
    }
    return COSMO_OK;
}

static void scatter_reduce(scatter_sums *all, const scatter_sums *block)
{
    all->n += block->n;
    all->n_inserted += block->n_inserted;
    for (int b = 0; b < COSMO_BODIES_MAX; b++) {
        all->bodies[b].n += block->bodies[b].n;
        all->bodies[b].n_in_zone += block->bodies[b].n_in_zone;
        for (int i = 0; i < 2; i++) all->bodies[b].sum[i] += block->bodies[b].sum[i];
        for (int i = 0; i < 3; i++) all->bodies[b].square[i] += block->bodies[b].square[i];
        all->bodies[b].t_last_s = fmax(all->bodies[b].t_last_s, block->bodies[b].t_last_s);
    }
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 2; k++) all->orbit[i][k] += block->orbit[i][k];
}

/* ---- the design ------------------------------------------------------------------------------------------------- */

static const cosmo_zone *scatter_zone(const cosmo_flight *flight, const char *body)
{
    const cosmo_fall_wish *wishes = flight->falls.items;
    for (size_t i = 0; i < flight->falls.n; i++)
        if (strcmp(wishes[i].body, body) == 0 && wishes[i].zone != NULL)
            return cosmo_zones_find(&flight->zones, wishes[i].zone);
    return NULL;
}

static cosmo_status scatter_design(scatter_job *job, cosmo_run *run, cosmo_scatter *scatter)
{
    const cosmo_variation nominal = cosmo_ascent_nominal();
    COSMO_TRY(
        cosmo_ascent_fly_many(job->flight, 1, job->controls, &nominal, SCATTER_TOLERANCE, true, run, &job->design));
    if (!job->design.inserted && job->flight->steering.closed_loop)
        return cosmo_run_fail(run, COSMO_NO_SOLUTION,
                              "error: the flight as designed does not reach its orbit, so "
                              "there is nothing to disperse; see 'cosmodrome fly'");
    for (size_t k = 0; k < job->design.n_bodies; k++) {
        if (!isfinite(job->design.impact_t_s[k])) continue;
        cosmo_scatter_body *b = &scatter->bodies[scatter->n_bodies++];
        double distance;
        b->body = job->design.body[k];
        b->designed = job->design.impact[k];
        b->zone = scatter_zone(job->flight, b->body);
        cosmo_geodesic_between(job->flight->pad, b->designed, &distance, &b->heading_rad);
    }
    return COSMO_OK;
}

/* Room for tracks up to the design's insertion, or to its end, and the design's own. */
static cosmo_status scatter_track(scatter_job *job, cosmo_arena *arena, cosmo_run *run, scatter_space *space)
{
    const cosmo_variation nominal = cosmo_ascent_nominal();
    const cosmo_outcome *o = &job->design;
    const double end = o->inserted ? o->t_insertion_s : o->stack.state.t_s;
    const size_t n = (size_t)fmax(floor(end / SCATTER_TRACK_STEP_S), 0.0) + 1;
    job->designed = space->track = (cosmo_track){.step_s = SCATTER_TRACK_STEP_S, .n = n};
    job->designed.states = cosmo_arena_array(arena, n, sizeof *job->designed.states);
    space->track.states = cosmo_arena_array(arena, n * SCATTER_BLOCK, sizeof *space->track.states);
    job->moments = cosmo_arena_array(arena, n, sizeof *job->moments);
    COSMO_NEED(job->designed.states, run);
    COSMO_NEED(space->track.states, run);
    COSMO_NEED(job->moments, run);
    return cosmo_ascent_track_many(job->flight, 1, job->controls, &nominal, SCATTER_TOLERANCE, false, &job->designed,
                                   run, &space->outcomes[0]);
}

/* ---- one input at a time ---------------------------------------------------------------------------------------- */

static cosmo_scatter_effect *scatter_effect(cosmo_scatter_effect *effects, size_t *n, const char *name)
{
    for (size_t i = 0; i < *n; i++)
        if (strcmp(effects[i].name, name) == 0) return &effects[i];
    effects[*n].name = name;
    return &effects[(*n)++];
}

/* Half the difference of both sides of input i adds to the covariance of every body and to its name's effect; the
 * effects hold squares until all are in. */
static void scatter_add_input(const cosmo_outcome pair[2], cosmo_scatter *scatter, cosmo_scatter_effect *effect)
{
    for (size_t b = 0; b < scatter->n_bodies; b++) {
        cosmo_scatter_body *body = &scatter->bodies[b];
        cosmo_geodetic place[2];
        double x[2][2];
        if (!isfinite(scatter_impact(&pair[0], body->body, &place[0])) ||
            !isfinite(scatter_impact(&pair[1], body->body, &place[1])))
            continue;
        scatter_offset(body->designed, place[0], x[0]);
        scatter_offset(body->designed, place[1], x[1]);
        const double east = 0.5 * (x[0][0] - x[1][0]), north = 0.5 * (x[0][1] - x[1][1]);
        body->linear_m2[0] += east * east;
        body->linear_m2[1] += east * north;
        body->linear_m2[2] += north * north;
        const double s = cosmo_real_sin(body->heading_rad), c = cosmo_real_cos(body->heading_rad);
        const double along = east * s + north * c, across = east * c - north * s;
        effect->along_m[b] += along * along;
        effect->across_m[b] += across * across;
    }
}

/* Where the members of an ensemble let the bodies fall: sums over those in which a body comes down. */
typedef struct scatter_members {
    double n[COSMO_BODIES_MAX], sum[COSMO_BODIES_MAX][2], square[COSMO_BODIES_MAX][3];
} scatter_members;

static void scatter_add_member(const cosmo_outcome *o, const cosmo_scatter *scatter, scatter_members *m)
{
    for (size_t b = 0; b < scatter->n_bodies; b++) {
        cosmo_geodetic place;
        double x[2];
        if (!isfinite(scatter_impact(o, scatter->bodies[b].body, &place))) continue;
        scatter_offset(scatter->bodies[b].designed, place, x);
        m->n[b] += 1.0;
        for (int k = 0; k < 2; k++) m->sum[b][k] += x[k];
        m->square[b][0] += x[0] * x[0];
        m->square[b][1] += x[0] * x[1];
        m->square[b][2] += x[1] * x[1];
    }
}

/* The members are all there is to draw from, so their covariance about their mean divides by their number; the effect
 * holds squares as those of the other inputs do. */
static void scatter_finish_members(const scatter_members *m, cosmo_scatter *scatter, cosmo_scatter_effect *effect)
{
    for (size_t b = 0; b < scatter->n_bodies; b++) {
        cosmo_scatter_body *body = &scatter->bodies[b];
        const double n = m->n[b], *sum = m->sum[b], *square = m->square[b];
        if (!(n > 0.0)) continue;
        const double c[3] = {fmax(0.0, (square[0] - sum[0] * sum[0] / n) / n), (square[1] - sum[0] * sum[1] / n) / n,
                             fmax(0.0, (square[2] - sum[1] * sum[1] / n) / n)};
        for (int k = 0; k < 3; k++) body->linear_m2[k] += c[k];
        const double e = cosmo_real_sin(body->heading_rad), f = cosmo_real_cos(body->heading_rad);
        effect->along_m[b] = fmax(0.0, c[0] * e * e + 2.0 * c[1] * e * f + c[2] * f * f);
        effect->across_m[b] = fmax(0.0, c[0] * f * f - 2.0 * c[1] * e * f + c[2] * e * e);
    }
}

/* The design in each member of the ensemble, the last of the inputs. */
static cosmo_status scatter_ensemble(const scatter_job *job, scatter_space *space, cosmo_run *run,
                                     cosmo_scatter *scatter, cosmo_scatter_effect *effect)
{
    scatter_members members;
    memset(&members, 0, sizeof members);
    double *member = &space->deviations[job->inputs.n - 1];
    for (size_t first = 0; first < job->inputs.n_members; first += SCATTER_BLOCK) {
        const size_t left = job->inputs.n_members - first, n = left < SCATTER_BLOCK ? left : SCATTER_BLOCK;
        for (size_t i = 0; i < n; i++) {
            *member = (double)(first + i + 1);
            space->controls[i] = *job->controls;
            cosmo_dispersion_apply(job->dispersion, job->flight, &job->inputs, space->deviations, &space->variations[i],
                                   &space->weather[i]);
        }
        COSMO_TRY(cosmo_ascent_fly_many(job->flight, n, space->controls, space->variations, SCATTER_TOLERANCE, true,
                                        run, space->outcomes));
        for (size_t i = 0; i < n; i++) scatter_add_member(&space->outcomes[i], scatter, &members);
    }
    scatter_finish_members(&members, scatter, effect);
    return COSMO_OK;
}

static cosmo_status scatter_inputs(const scatter_job *job, scatter_space *space, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_scatter *scatter)
{
    enum { PAIRS = SCATTER_BLOCK / 2 };
    cosmo_scatter_effect *effects = cosmo_arena_array(arena, job->inputs.n + 1, sizeof *effects);
    COSMO_NEED(effects, run);
    memset(space->deviations, 0, job->inputs.n * sizeof *space->deviations);
    const size_t n_pairs = job->inputs.n - (job->inputs.n_members > 0);
    for (size_t first = 0; first < n_pairs; first += PAIRS) {
        const size_t n = n_pairs - first < PAIRS ? n_pairs - first : PAIRS;
        for (size_t i = 0; i < 2 * n; i++) {
            double *deviation = &space->deviations[first + i / 2];
            *deviation = i % 2 == 0 ? 1.0 : -1.0;
            space->controls[i] = *job->controls;
            cosmo_dispersion_apply(job->dispersion, job->flight, &job->inputs, space->deviations, &space->variations[i],
                                   &space->weather[i]);
            *deviation = 0.0;
        }
        COSMO_TRY(cosmo_ascent_fly_many(job->flight, 2 * n, space->controls, space->variations, SCATTER_TOLERANCE, true,
                                        run, space->outcomes));
        for (size_t i = 0; i < n; i++)
            scatter_add_input(&space->outcomes[2 * i], scatter,
                              scatter_effect(effects, &scatter->n_effects, job->inputs.items[first + i].name));
    }
    if (job->inputs.n_members > 0)
        COSMO_TRY(scatter_ensemble(job, space, run, scatter,
                                   scatter_effect(effects, &scatter->n_effects, job->inputs.items[n_pairs].name)));
    for (size_t i = 0; i < scatter->n_effects; i++)
        for (size_t b = 0; b < scatter->n_bodies; b++) {
            effects[i].along_m[b] = sqrt(effects[i].along_m[b]);
            effects[i].across_m[b] = sqrt(effects[i].across_m[b]);
        }
    scatter->effects = effects;
    return COSMO_OK;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

/* Room for n impacts of each body. */
static cosmo_status scatter_keep(scatter_job *job, uint64_t n, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_scatter *scatter)
{
    for (size_t b = 0; b < scatter->n_bodies; b++) {
        job->offset_m[b] = cosmo_arena_array(arena, n + 1, sizeof *job->offset_m[b]);
        COSMO_NEED(job->offset_m[b], run);
        scatter->bodies[b].offset_m = (const double(*)[2])job->offset_m[b];
    }
    return COSMO_OK;
}

static void scatter_finish_body(const scatter_body_sums *s, cosmo_scatter_body *body)
{
    const double n = (double)s->n, mean[2] = {s->sum[0] / n, s->sum[1] / n};
    body->n = s->n;
    body->n_in_zone = s->n_in_zone;
    body->center = body->designed;
    body->t_last_s = s->n > 0 ? s->t_last_s : NAN;
    if (s->n == 0) return;
    const double distance = sqrt(mean[0] * mean[0] + mean[1] * mean[1]);
    body->center = cosmo_geodesic_from(body->designed, cosmo_real_atan2(mean[0], mean[1]), distance);
    if (s->n < 2) return;
    body->covariance_m2[0] = (s->square[0] - n * mean[0] * mean[0]) / (n - 1.0);
    body->covariance_m2[1] = (s->square[1] - n * mean[0] * mean[1]) / (n - 1.0);
    body->covariance_m2[2] = (s->square[2] - n * mean[1] * mean[1]) / (n - 1.0);
}

static void scatter_finish_orbit(const scatter_sums *all, const cosmo_outcome *design, cosmo_scatter *scatter)
{
    const double designed[4] = {design->orbit.perigee_altitude_m, design->orbit.apogee_altitude_m,
                                design->orbit.inclination_rad, design->t_insertion_s};
    double *const out[4] = {scatter->perigee_m, scatter->apogee_m, scatter->inclination_rad, scatter->t_insertion_s};
    const double n = (double)all->n_inserted;
    for (int i = 0; i < 4; i++) {
        const double mean = n > 0.0 ? all->orbit[i][0] / n : NAN;
        out[i][0] = designed[i] + mean;
        out[i][1] = n > 1.0 ? sqrt(fmax(0.0, (all->orbit[i][1] - n * mean * mean) / (n - 1.0))) : NAN;
    }
}

static cosmo_status scatter_finish_spreads(const scatter_job *job, cosmo_arena *arena, cosmo_run *run,
                                           cosmo_scatter *scatter)
{
    cosmo_spread *spreads = cosmo_arena_array(arena, job->designed.n, sizeof *spreads);
    COSMO_NEED(spreads, run);
    for (size_t k = 0; k < job->designed.n; k++) {
        const scatter_moment *m = &job->moments[k];
        if (m->n < 2) break;
        const double n = (double)m->n;
        spreads[k] = (cosmo_spread){.t_s = job->designed.step_s * (double)k, .n = m->n};
        for (int i = 0, at = 0; i < 6; i++) {
            spreads[k].offset[i] = m->sum[i] / n;
            for (int j = 0; j <= i; j++, at++)
                spreads[k].covariance[at] = (m->square[at] - m->sum[i] * m->sum[j] / n) / (n - 1.0);
        }
        scatter->n_spreads = k + 1;
    }
    scatter->spreads = spreads;
    return COSMO_OK;
}

cosmo_status cosmo_scatter_run(const cosmo_flight *flight, const cosmo_controls *controls,
                               const cosmo_dispersion *dispersion, uint64_t n, cosmo_arena *arena, cosmo_run *run,
                               cosmo_scatter *scatter)
{
    memset(scatter, 0, sizeof *scatter);
    scatter_job job = {.flight = flight, .controls = controls, .dispersion = dispersion, .scatter = scatter};
    scatter_sums all, block;
    memset(&all, 0, sizeof all);
    COSMO_TRY(cosmo_dispersion_list(dispersion, flight, arena, run, &job.inputs));
    scatter_space *space = cosmo_arena_alloc(arena, sizeof *space);
    COSMO_NEED(space, run);
    space->deviations = cosmo_arena_array(arena, job.inputs.n + 1, sizeof *space->deviations);
    COSMO_NEED(space->deviations, run);
    COSMO_TRY(scatter_design(&job, run, scatter));
    COSMO_TRY(scatter_track(&job, arena, run, space));
    COSMO_TRY(scatter_inputs(&job, space, arena, run, scatter));
    COSMO_TRY(scatter_keep(&job, n, arena, run, scatter));
    for (uint64_t first = 0; first < n; first += SCATTER_BLOCK) {
        const size_t count = n - first < SCATTER_BLOCK ? (size_t)(n - first) : SCATTER_BLOCK;
        COSMO_TRY(scatter_block(&job, first, count, space, run, &block));
        scatter_reduce(&all, &block);
    }
    scatter->n = all.n;
    scatter->n_inserted = all.n_inserted;
    for (size_t b = 0; b < scatter->n_bodies; b++) scatter_finish_body(&all.bodies[b], &scatter->bodies[b]);
    scatter_finish_orbit(&all, &job.design, scatter);
    return scatter_finish_spreads(&job, arena, run, scatter);
}

void cosmo_scatter_ellipse(const double c[3], double share, double *semi_major_m, double *semi_minor_m,
                           double *azimuth_rad)
{
    const double k2 = -2.0 * cosmo_real_log(1.0 - share), mean = 0.5 * (c[0] + c[2]), half = 0.5 * (c[2] - c[0]);
    const double apart = sqrt(half * half + c[1] * c[1]);
    *semi_major_m = sqrt(k2 * (mean + apart));
    *semi_minor_m = sqrt(k2 * fmax(mean - apart, 0.0));
    const double azimuth = 0.5 * cosmo_real_atan2(2.0 * c[1], 2.0 * half);
    *azimuth_rad = azimuth < 0.0 ? azimuth + 3.14159265358979323846 : azimuth;
}
