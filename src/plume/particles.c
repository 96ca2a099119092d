/* The run of the particles: from releases to concentrations, deposits and a ledger. */
#include "plume/particles.h"

#include "core/real.h"
#include "plume/particle_arcs.h"

static const double PARTICLES_TWO_PI = 6.283185307179586;
static const double PARTICLES_STEP_FRACTION = 0.05;
static const double PARTICLES_LAYER_SHARE = 0.015, PARTICLES_LAYER_LEAST_M = 2.0, PARTICLES_LAYER_MOST_M = 50.0;
static const double PARTICLES_CLOUD = 44.546623974653662; /* (4 pi)^(3/2) */
enum { PARTICLES_LEAST_SHARE = 100 };
enum {
    PARTICLES_DRAW_EAST = 2,
    PARTICLES_DRAW_NORTH,
    PARTICLES_DRAW_UP,
    PARTICLES_DRAW_ACROSS,
    PARTICLES_DRAW_START,
    PARTICLES_DRAW_DISC,
    PARTICLES_DRAW_TURN
};

/* What a particle carries, and where it was at the last sampling. */
typedef struct particles_cargo {
    double mass_kg[COSMO_PLUME_SPECIES_MAX];
    double eta;
    double east_m, north_m, exposure_s_m, t_s;
    bool emitted;
} particles_cargo;

typedef struct particles_run {
    const cosmo_plume_job *job;
    particles_swarm swarm;
    particles_cargo *cargo;
    size_t *first;                                   /* releases + 1: the first particle of each */
    double *cloud_m3;                                /* of each release: its largest volume so far */
    double *sum, *dry_kg, *wet_kg;                   /* species x cells: mass over volume of this interval; deposits */
    double *area_m2, *layer_m;                       /* of the cells of a ring */
    cosmo_plume_ledger now[COSMO_PLUME_SPECIES_MAX]; /* airborne is counted anew */
    particle_arcs arcs;
    double log_ratio;
} particles_run;

/* ---- checks ---- */

static bool particles_whole(double a, double b)
{
    const double times = a / b;
    return b > 0.0 && times >= 1.0 - 1e-9 && fabs(times - floor(times + 0.5)) <= 1e-9 * times;
}

static cosmo_status particles_check_release(const cosmo_plume_job *job, size_t i, cosmo_run *run)
{
    const cosmo_plume_release *r = &job->releases[i];
    const double places[] = {r->start_s, r->east_m, r->north_m, r->height_m};
    const double sizes[] = {r->duration_s,    r->height_m,   r->sigma_across_m,
                            r->sigma_along_m, r->sigma_up_m, r->radius_m};
    double mass = 0.0;
    for (size_t k = 0; k < sizeof places / sizeof places[0]; k++)
        if (!(fabs(places[k]) <= 1e9))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: release %zu needs figures that are finite",
                                  i);
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++)
        if (!(sizes[k] >= 0.0 && sizes[k] <= 1e9))
            return cosmo_run_fail(run, COSMO_BAD_INPUT,
                                  "error: particles: release %zu needs heights, sizes and times that are not negative",
                                  i);
    for (size_t s = 0; s < job->n_species; s++) {
        if (!(r->mass_kg[s] >= 0.0 && r->mass_kg[s] <= 1e12))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: release %zu has %g kg of species %zu", i,
                                  r->mass_kg[s], s);
        mass += r->mass_kg[s];
    }
    if (!(mass > 0.0)) return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: release %zu has no mass", i);
    return COSMO_OK;
}

static bool particles_is_product(const cosmo_plume_job *job, size_t s, int product, double yield)
{
    return product < 0 || ((size_t)product < job->n_species && (size_t)product != s && yield >= 0.0 && yield <= 10.0);
}

static cosmo_status particles_check_fate(const cosmo_plume_job *job, size_t s, cosmo_run *run)
{
    const cosmo_plume_fate *f = &job->fates[s];
    const double rates[] = {f->deposition_velocity_m_s, f->scavenging_1_s, f->loss_1_s, f->conversion_1_s,
                            f->ozone_kg_mol};
    for (size_t k = 0; k < sizeof rates / sizeof rates[0]; k++)
        if (!(rates[k] >= 0.0 && rates[k] <= 1e6))
            return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: species %zu has a rate of %g", s, rates[k]);
    if (!particles_is_product(job, s, f->product, f->yield_kg_kg) ||
        !particles_is_product(job, s, f->ozone_product, f->ozone_yield_kg_kg))
        return cosmo_run_fail(run, COSMO_BAD_INPUT,
                              "error: particles: species %zu turns into what is not another species, or with a yield "
                              "that is not within 0..10",
                              s);
    return COSMO_OK;
}

static cosmo_status particles_check_mesh(const cosmo_plume_job *job, double outer_m, cosmo_run *run)
{
    const cosmo_plume_mesh *m = &job->mesh;
    if (!(m->rings >= 1 && m->rings <= 1000 && m->sectors >= 1 && m->sectors <= 3600 && m->inner_m > 0.0 &&
          m->ratio > 1.0 && outer_m <= 1e7))
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: particles: a mesh of %zu rings and %zu sectors from %g m by %g; rings that grow, to "
            "10,000 km at most",
            m->rings, m->sectors, m->inner_m, m->ratio);
    for (size_t i = 0; i < job->n_arcs; i++)
        if (!(job->arcs[i].radius_m > 0.0 && job->arcs[i].radius_m * 1.1 <= outer_m && job->arcs[i].height_m >= 0.0 &&
              job->arcs[i].height_m <= 1e4))
            return cosmo_run_fail(run, COSMO_BAD_INPUT,
                                  "error: particles: arc %zu of %g m at %g m lies not within the mesh", i,
                                  job->arcs[i].radius_m, job->arcs[i].height_m);
    return COSMO_OK;
}

static cosmo_status particles_check(const cosmo_plume_job *job, double outer_m, cosmo_run *run)
{
    if (!(job->n_species >= 1 && job->n_species <= COSMO_PLUME_SPECIES_MAX && job->n_releases >= 1 &&
          job->n_arcs <= COSMO_PLUME_ARCS_MAX))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: %zu species, %zu releases, %zu arcs",
                              job->n_species, job->n_releases, job->n_arcs);
    if (!(job->duration_s > 0.0 && job->duration_s <= 1e7 && particles_whole(job->duration_s, job->interval_s) &&
          particles_whole(job->interval_s, job->sampling_s)))
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: particles: %g s in intervals of %g s with samplings every %g s; each a whole part of "
            "the one before",
            job->duration_s, job->interval_s, job->sampling_s);
    if (!(job->step_fraction >= 0.0 && job->step_fraction <= 0.5))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: a step of %g of the time scale; at most 0.5",
                              job->step_fraction);
    if (job->n_particles < job->n_releases || job->n_particles > 100000000)
        return cosmo_run_fail(
            run, COSMO_BAD_INPUT,
            "error: particles: %zu particles for %zu releases; at least one each, 100 million at most",
            job->n_particles, job->n_releases);
    if (!(job->ozone_mol_m3 >= 0.0 && job->ozone_mol_m3 <= 1.0))
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: particles: %g mol/m3 of ozone", job->ozone_mol_m3);
    for (size_t i = 0; i < job->n_releases; i++) COSMO_TRY(particles_check_release(job, i, run));
    for (size_t s = 0; s < job->n_species; s++) COSMO_TRY(particles_check_fate(job, s, run));
    return particles_check_mesh(job, outer_m, run);
}

/* ---- the start ---- */

static double particles_mass(const cosmo_plume_job *job, size_t release)
{
    double mass = 0.0;
    for (size_t s = 0; s < job->n_species; s++) mass += job->releases[release].mass_kg[s];
    return mass;
}

/* Particles by mass, and a few whatever the mass. */
static void particles_share(particles_run *p)
{
    const cosmo_plume_job *job = p->job;
    const size_t even = job->n_particles / (4 * job->n_releases);
    const size_t least = even < 1 ? 1 : even > PARTICLES_LEAST_SHARE ? PARTICLES_LEAST_SHARE : even;
    const double rest = (double)(job->n_particles - least * job->n_releases);
    double all = 0.0, sum = 0.0;
    for (size_t i = 0; i < job->n_releases; i++) all += particles_mass(job, i);
    for (size_t i = 0; i < job->n_releases; i++) {
        p->first[i] = least * i + (size_t)floor(rest * fmin(sum / all, 1.0));
        sum += particles_mass(job, i);
    }
    p->first[job->n_releases] = job->n_particles;
}

/* Where a particle of a release begins. */
static void particles_place(const particles_run *p, const cosmo_plume_release *r, uint64_t number, double place_m[3])
{
    const uint64_t seed = p->swarm.air.seed;
    const uint32_t stream = p->swarm.air.stream;
    const double radius = r->radius_m * sqrt(cosmo_random_uniform(seed, stream, number, PARTICLES_DRAW_DISC));
    const double turn = PARTICLES_TWO_PI * cosmo_random_uniform(seed, stream, number, PARTICLES_DRAW_TURN);
    const double east = cosmo_random_normal(seed, stream, number, PARTICLES_DRAW_EAST);
    const double north = cosmo_random_normal(seed, stream, number, PARTICLES_DRAW_NORTH);
    const double up = cosmo_random_normal(seed, stream, number, PARTICLES_DRAW_UP);
    place_m[0] = r->east_m + r->sigma_across_m * east + radius * cosmo_real_sin(turn);
    place_m[1] = r->north_m + r->sigma_along_m * north + radius * cosmo_real_cos(turn);
    place_m[2] = fabs(r->height_m + r->sigma_up_m * up);
}

static void particles_begin_release(particles_run *p, size_t release)
{
    const cosmo_plume_job *job = p->job;
    const cosmo_plume_release *r = &job->releases[release];
    const size_t first = p->first[release], n = p->first[release + 1] - first;
    const uint64_t seed = p->swarm.air.seed;
    for (size_t i = 0; i < n; i++) {
        particles_one *one = &p->swarm.particle[first + i];
        particles_cargo *cargo = &p->cargo[first + i];
        const uint64_t number = one->number = job->first_sample + first + i;
        const double share = cosmo_random_uniform(seed, job->stream, number, PARTICLES_DRAW_START);
        double place_m[3];
        particles_place(p, r, number, place_m);
        cosmo_swarm_place(job->air, seed, job->stream, place_m,
                          r->start_s + r->duration_s * ((double)i + share) / (double)n, one);
        cargo->eta = cosmo_random_normal(seed, job->stream, number, PARTICLES_DRAW_ACROSS);
        cargo->east_m = place_m[0];
        cargo->north_m = place_m[1];
        cargo->t_s = one->state[PARTICLES_TIME];
        for (size_t s = 0; s < job->n_species; s++) cargo->mass_kg[s] = r->mass_kg[s] / (double)n;
    }
}

/* What has begun by now counts as released. */
static void particles_emit(particles_run *p, double t_s)
{
    for (size_t i = 0; i < p->swarm.n; i++) {
        particles_cargo *cargo = &p->cargo[i];
        if (cargo->emitted || cargo->t_s > t_s) continue;
        cargo->emitted = true;
        for (size_t s = 0; s < p->job->n_species; s++) p->now[s].released += cargo->mass_kg[s];
    }
}

/* ---- cells ---- */

static void particles_whereabouts(const particles_run *p, size_t i, double place_m[3])
{
    const double *s = p->swarm.particle[i].state, eta = p->cargo[i].eta;
    place_m[0] = s[PARTICLES_EAST] + eta * s[PARTICLES_SPREAD_EAST];
    place_m[1] = s[PARTICLES_NORTH] + eta * s[PARTICLES_SPREAD_NORTH];
    place_m[2] = s[PARTICLES_UP];
}

static size_t particles_ring(const particles_run *p, double east_m, double north_m)
{
    const double inner = p->job->mesh.inner_m, r2 = (east_m * east_m + north_m * north_m) / (inner * inner);
    return r2 < 1.0 ? 0 : 1 + (size_t)(0.5 * cosmo_real_log(r2) / p->log_ratio);
}

/* The cell of a place; outside the mesh its outermost. */
static size_t particles_cell_of(const particles_run *p, double east_m, double north_m)
{
    const cosmo_plume_mesh *m = &p->job->mesh;
    const size_t ring = particles_ring(p, east_m, north_m);
    const double turn = cosmo_real_atan2(east_m, north_m) / PARTICLES_TWO_PI;
    const size_t sector = (size_t)((turn < 0.0 ? turn + 1.0 : turn) * (double)m->sectors);
    return (ring < m->rings ? ring : m->rings - 1) * m->sectors + (sector < m->sectors ? sector : m->sectors - 1);
}

static void particles_fill_rings(particles_run *p)
{
    const cosmo_plume_mesh *m = &p->job->mesh;
    double inner = 0.0, outer = m->inner_m;
    for (size_t i = 0; i < m->rings; i++) {
        const double middle = i == 0 ? 0.5 * outer : sqrt(inner * outer);
        p->area_m2[i] = 0.5 * PARTICLES_TWO_PI * (outer * outer - inner * inner) / (double)m->sectors;
        p->layer_m[i] = fmin(fmax(PARTICLES_LAYER_SHARE * middle, PARTICLES_LAYER_LEAST_M), PARTICLES_LAYER_MOST_M);
        inner = outer;
        outer *= m->ratio;
    }
}

/* Add what is in the lowest layer now to the means of the interval. */
static void particles_count(particles_run *p, double weight)
{
    const double bottom = p->job->air->bottom_m;
    const size_t cells = p->job->mesh.rings * p->job->mesh.sectors;
    for (size_t i = 0; i < p->swarm.n; i++) {
        const particles_cargo *cargo = &p->cargo[i];
        double place_m[3];
        if (!cargo->emitted || p->swarm.particle[i].gone) continue;
        particles_whereabouts(p, i, place_m);
        const double height = place_m[2] - bottom;
        if (height >= PARTICLES_LAYER_MOST_M) continue;
        const size_t cell = particles_cell_of(p, place_m[0], place_m[1]), ring = cell / p->job->mesh.sectors;
        if (height >= p->layer_m[ring]) continue;
        const double share = weight / (p->area_m2[ring] * p->layer_m[ring]);
        for (size_t s = 0; s < p->job->n_species; s++) p->sum[s * cells + cell] += share * cargo->mass_kg[s];
    }
}

/* ---- fates ---- */

/* What first-order fates took of one species of one particle. */
typedef struct particles_taken {
    double dry, wet, lost, converted;
} particles_taken;

static particles_taken particles_take(const cosmo_plume_fate *f, double exposure_s_m, double dt_s, double *mass_kg)
{
    const double dry = f->deposition_velocity_m_s * exposure_s_m, wet = f->scavenging_1_s * dt_s;
    const double lost = f->loss_1_s * dt_s, converted = f->conversion_1_s * dt_s, all = dry + wet + lost + converted;
    if (!(all > 0.0)) return (particles_taken){0};
    const double gone = *mass_kg * (1.0 - cosmo_real_exp(-all)), share = gone / all;
    *mass_kg -= gone;
    return (particles_taken){dry * share, wet * share, lost * share, converted * share};
}

static void particles_produce(particles_run *p, particles_cargo *cargo, int product, double mass_kg)
{
    if (product < 0) return;
    cargo->mass_kg[product] += mass_kg;
    p->now[product].produced += mass_kg;
}

static void particles_apply(particles_run *p, particles_cargo *cargo, double exposure_s_m, double dt_s,
                            const double middle_m[2])
{
    const cosmo_plume_job *job = p->job;
    const size_t cells = job->mesh.rings * job->mesh.sectors;
    double made[COSMO_PLUME_SPECIES_MAX] = {0.0};
    size_t cell = cells; /* not looked for yet */
    for (size_t s = 0; s < job->n_species; s++) {
        const particles_taken taken = particles_take(&job->fates[s], exposure_s_m, dt_s, &cargo->mass_kg[s]);
        p->now[s].dry += taken.dry;
        p->now[s].wet += taken.wet;
        p->now[s].lost += taken.lost;
        p->now[s].converted += taken.converted;
        if (job->fates[s].product >= 0) made[job->fates[s].product] += job->fates[s].yield_kg_kg * taken.converted;
        if (!(taken.dry + taken.wet > 0.0)) continue;
        if (cell == cells) cell = particles_cell_of(p, middle_m[0], middle_m[1]);
        p->dry_kg[s * cells + cell] += taken.dry;
        p->wet_kg[s * cells + cell] += taken.wet;
    }
    for (size_t s = 0; s < job->n_species; s++) particles_produce(p, cargo, (int)s, made[s]);
}

/* One particle since the last sampling: out of the mesh, or less of it. */
static void particles_age(particles_run *p, size_t i)
{
    particles_one *one = &p->swarm.particle[i];
    particles_cargo *cargo = &p->cargo[i];
    double place_m[3];
    particles_whereabouts(p, i, place_m);
    if (particles_ring(p, place_m[0], place_m[1]) >= p->job->mesh.rings) {
        one->gone = true;
        for (size_t s = 0; s < p->job->n_species; s++) p->now[s].left += cargo->mass_kg[s];
        return;
    }
    const double middle_m[2] = {0.5 * (cargo->east_m + place_m[0]), 0.5 * (cargo->north_m + place_m[1])};
    particles_apply(p, cargo, one->state[PARTICLES_EXPOSURE] - cargo->exposure_s_m,
                    one->state[PARTICLES_TIME] - cargo->t_s, middle_m);
    cargo->east_m = place_m[0];
    cargo->north_m = place_m[1];
    cargo->exposure_s_m = one->state[PARTICLES_EXPOSURE];
    cargo->t_s = one->state[PARTICLES_TIME];
}

/* ---- ozone ---- */

static bool particles_airborne(const particles_run *p, size_t i)
{
    return p->cargo[i].emitted && !p->swarm.particle[i].gone;
}

/* Volume of a release's cloud: that of a Gaussian with its covariance. */
static double particles_cloud(const particles_run *p, size_t release)
{
    double mass = 0.0, mean[3] = {0.0}, c[6] = {0.0}, place_m[3];
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = p->first[release]; i < p->first[release + 1]; i++) {
            if (!particles_airborne(p, i)) continue;
            double m = 0.0;
            for (size_t s = 0; s < p->job->n_species; s++) m += p->cargo[i].mass_kg[s];
            particles_whereabouts(p, i, place_m);
            if (pass == 0) mass += m;
            for (int a = 0, k = 0; a < 3; a++) {
                if (pass == 0) mean[a] += m * place_m[a];
                for (int b = 0; b <= a && pass == 1; b++) c[k++] += m * (place_m[a] - mean[a]) * (place_m[b] - mean[b]);
            }
        }
        if (!(mass > 0.0)) return 0.0;
        for (int a = 0; a < 3 && pass == 0; a++) mean[a] /= mass;
    }
    for (int k = 0; k < 6; k++) c[k] /= mass;
    const double det =
        c[0] * (c[2] * c[5] - c[4] * c[4]) - c[1] * (c[1] * c[5] - c[4] * c[3]) + c[3] * (c[1] * c[4] - c[2] * c[3]);
    return PARTICLES_CLOUD * sqrt(fmax(det, 0.0));
}

/* The volume that a release at once begins with; what it holds of ozone belongs to the source. */
static double particles_first_cloud(const cosmo_plume_release *r)
{
    const double disc = 0.25 * r->radius_m * r->radius_m;
    const double across =
        sqrt((r->sigma_across_m * r->sigma_across_m + disc) * (r->sigma_along_m * r->sigma_along_m + disc));
    return r->duration_s > 0.0 ? 0.0 : PARTICLES_CLOUD * across * r->sigma_up_m;
}

/* Turn the share of all that ozone can reach, in every particle of a release. */
static void particles_titrate(particles_run *p, size_t release, double ozone_mol)
{
    const cosmo_plume_job *job = p->job;
    double wanted_mol = 0.0;
    for (size_t i = p->first[release]; i < p->first[release + 1]; i++)
        for (size_t s = 0; s < job->n_species && particles_airborne(p, i); s++)
            if (job->fates[s].ozone_kg_mol > 0.0) wanted_mol += p->cargo[i].mass_kg[s] / job->fates[s].ozone_kg_mol;
    if (!(wanted_mol > 0.0)) return;
    const double share = fmin(ozone_mol / wanted_mol, 1.0);
    for (size_t i = p->first[release]; i < p->first[release + 1]; i++) {
        particles_cargo *cargo = &p->cargo[i];
        double made[COSMO_PLUME_SPECIES_MAX] = {0.0};
        if (!particles_airborne(p, i)) continue;
        for (size_t s = 0; s < job->n_species; s++) {
            const cosmo_plume_fate *f = &job->fates[s];
            if (!(f->ozone_kg_mol > 0.0)) continue;
            const double turned = share * cargo->mass_kg[s];
            cargo->mass_kg[s] -= turned;
            p->now[s].converted += turned;
            if (f->ozone_product >= 0) made[f->ozone_product] += f->ozone_yield_kg_kg * turned;
        }
        for (size_t s = 0; s < job->n_species; s++) particles_produce(p, cargo, (int)s, made[s]);
    }
}

static void particles_meet_ozone(particles_run *p)
{
    bool reacts = false;
    for (size_t s = 0; s < p->job->n_species; s++) reacts = reacts || p->job->fates[s].ozone_kg_mol > 0.0;
    if (!reacts || !(p->job->ozone_mol_m3 > 0.0)) return;
    for (size_t r = 0; r < p->job->n_releases; r++) {
        const double volume = particles_cloud(p, r), before = p->cloud_m3[r];
        p->cloud_m3[r] = fmax(volume, before);
        if (volume > before) particles_titrate(p, r, p->job->ozone_mol_m3 * (volume - before));
    }
}

/* ---- the ledger ---- */

static double particles_imbalance(const cosmo_plume_ledger *l)
{
    const double in = l->released + l->produced;
    const double out = l->airborne + l->dry + l->wet + l->lost + l->converted + l->left;
    return in > 0.0 ? fabs(out - in) / in : 0.0;
}

static void particles_balance(particles_run *p, cosmo_plume_result *result)
{
    for (size_t s = 0; s < p->job->n_species; s++) {
        p->now[s].airborne = 0.0;
        for (size_t i = 0; i < p->swarm.n; i++)
            if (particles_airborne(p, i)) p->now[s].airborne += p->cargo[i].mass_kg[s];
        result->largest_imbalance = fmax(result->largest_imbalance, particles_imbalance(&p->now[s]));
    }
}

/* ---- the run ---- */

static void particles_seen_by_arcs(void *user, size_t particle, const double state[PARTICLES_STATES], double step_s)
{
    particles_run *p = user;
    cosmo_particle_arcs_see(&p->arcs, state, step_s, p->cargo[particle].mass_kg);
}

static cosmo_status particles_allocate(particles_run *p, cosmo_arena *arena, cosmo_run *run, cosmo_plume_result *result)
{
    const cosmo_plume_job *job = p->job;
    const size_t cells = job->mesh.rings * job->mesh.sectors, values = job->n_species * cells;
    result->n_cells = cells;
    result->n_intervals = (size_t)floor(job->duration_s / job->interval_s + 0.5);
    result->concentration_kg_m3 = cosmo_arena_array(arena, values * result->n_intervals, sizeof(float));
    result->dry_kg_m2 = cosmo_arena_array(arena, values, sizeof(float));
    result->wet_kg_m2 = cosmo_arena_array(arena, values, sizeof(float));
    result->ledger = cosmo_arena_array(arena, result->n_intervals * job->n_species, sizeof(cosmo_plume_ledger));
    result->arcs = cosmo_arena_array(arena, job->n_species * job->n_arcs + 1, sizeof(cosmo_plume_arc_answer));
    COSMO_NEED(result->concentration_kg_m3, run);
    COSMO_NEED(result->dry_kg_m2, run);
    COSMO_NEED(result->wet_kg_m2, run);
    COSMO_NEED(result->ledger, run);
    COSMO_NEED(result->arcs, run);
    p->swarm.n = job->n_particles;
    p->swarm.particle = cosmo_arena_array(arena, job->n_particles, sizeof(particles_one));
    p->cargo = cosmo_arena_array(arena, job->n_particles, sizeof(particles_cargo));
    p->first = cosmo_arena_array(arena, job->n_releases + 1, sizeof(size_t));
    double *const numbers =
        cosmo_arena_array(arena, 3 * values + 2 * job->mesh.rings + job->n_releases, sizeof(double));
    COSMO_NEED(p->swarm.particle, run);
    COSMO_NEED(p->cargo, run);
    COSMO_NEED(p->first, run);
    COSMO_NEED(numbers, run);
    p->sum = numbers;
    p->dry_kg = p->sum + values;
    p->wet_kg = p->dry_kg + values;
    p->area_m2 = p->wet_kg + values;
    p->layer_m = p->area_m2 + job->mesh.rings;
    p->cloud_m3 = p->layer_m + job->mesh.rings;
    return COSMO_OK;
}

static void particles_close_interval(particles_run *p, size_t interval, cosmo_plume_result *result)
{
    for (size_t s = 0; s < p->job->n_species; s++) {
        float *to = result->concentration_kg_m3 + (s * result->n_intervals + interval) * result->n_cells;
        for (size_t c = 0; c < result->n_cells; c++) {
            to[c] = (float)p->sum[s * result->n_cells + c];
            p->sum[s * result->n_cells + c] = 0.0;
        }
        result->ledger[interval * p->job->n_species + s] = p->now[s];
    }
}

static void particles_finish(particles_run *p, cosmo_plume_result *result)
{
    for (size_t k = 0; k < p->job->n_species * result->n_cells; k++) {
        const double area = p->area_m2[k % result->n_cells / p->job->mesh.sectors];
        result->dry_kg_m2[k] = (float)(p->dry_kg[k] / area);
        result->wet_kg_m2[k] = (float)(p->wet_kg[k] / area);
    }
    for (size_t i = 0; i < p->swarm.n; i++) result->steps += p->swarm.particle[i].state[PARTICLES_STEPS];
}

/* From one sampling to the next. */
static cosmo_status particles_sample(particles_run *p, double t_s, cosmo_run *run, cosmo_plume_result *result)
{
    COSMO_TRY(cosmo_swarm_advance(&p->swarm, t_s, run));
    particles_emit(p, t_s);
    for (size_t i = 0; i < p->swarm.n; i++)
        if (particles_airborne(p, i)) particles_age(p, i);
    particles_meet_ozone(p);
    particles_balance(p, result);
    return COSMO_OK;
}

static cosmo_status particles_follow(particles_run *p, cosmo_run *run, cosmo_plume_result *result)
{
    const cosmo_plume_job *job = p->job;
    const size_t samplings = (size_t)floor(job->interval_s / job->sampling_s + 0.5);
    const double weight = 1.0 / (double)samplings;
    COSMO_TRY(particles_sample(p, 0.0, run, result));
    particles_count(p, 0.5 * weight);
    for (size_t k = 1; k <= samplings * result->n_intervals; k++) {
        const bool ends = k % samplings == 0;
        COSMO_TRY(particles_sample(p, (double)k * job->sampling_s, run, result));
        particles_count(p, ends ? 0.5 * weight : weight);
        if (!ends) continue;
        particles_close_interval(p, k / samplings - 1, result);
        particles_count(p, 0.5 * weight);
    }
    particles_finish(p, result);
    return COSMO_OK;
}

cosmo_status cosmo_particles_run(const cosmo_plume_job *job, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_plume_result *result)
{
    const double log_ratio = cosmo_real_log(job->mesh.ratio);
    const double outer = job->mesh.inner_m * cosmo_real_exp(((double)job->mesh.rings - 1.0) * log_ratio);
    COSMO_TRY(particles_check(job, outer, run));
    *result = (cosmo_plume_result){0};
    particles_run *p = cosmo_arena_alloc(arena, sizeof *p);
    COSMO_NEED(p, run);
    *p = (particles_run){.job = job, .log_ratio = log_ratio};
    COSMO_TRY(particles_allocate(p, arena, run, result));
    cosmo_swarm_fill_air(job->air, job->step_fraction > 0.0 ? job->step_fraction : PARTICLES_STEP_FRACTION, run->seed,
                         job->stream, &p->swarm.air);
    COSMO_TRY(cosmo_particle_arcs_make(job, &p->swarm.air, arena, run, &p->arcs));
    p->swarm.seen = particles_seen_by_arcs;
    p->swarm.user = p;
    particles_fill_rings(p);
    particles_share(p);
    for (size_t i = 0; i < job->n_releases; i++) {
        p->cloud_m3[i] = particles_first_cloud(&job->releases[i]);
        particles_begin_release(p, i);
    }
    COSMO_TRY(particles_follow(p, run, result));
    return cosmo_particle_arcs_answer(&p->arcs, arena, run, result->arcs);
}
