/* Time-integrated concentration on arcs. Across the wind a particle is not at a point but anywhere, with the odds of
 * its own normal number: each passage through a shell is a Gaussian in azimuth about the way without that number.
 * Passages are summed as whole numbers of a small quantum, so that their order changes no bit. */
#include "plume/particle_arcs.h"

#include "core/real.h"

enum { ARCS_AZIMUTHS = 360, ARCS_SPREADS = 64, ARCS_CELLS = ARCS_AZIMUTHS * ARCS_SPREADS, ARCS_FINE = 40 };
static const double ARCS_TWO_PI = 6.283185307179586, ARCS_ROOT_TWO_PI = 2.5066282746310002;
static const double ARCS_HALF_SHELL = 0.05;                      /* of the radius */
static const double ARCS_HEIGHT_SHARE = 0.1, ARCS_WIDER = 0.002; /* of the height; of the radius */
static const double ARCS_LEAST_SPREAD = 1e-4, ARCS_SPREAD_RATIO = 1.17, ARCS_MOST_SPREAD = 4.0; /* rad */

/* Passages of about one azimuth and one spread: their weight in quanta, and weight times spread and times azimuth
 * within the bin, both as shares of their largest. */
struct particle_arcs_bin {
    int64_t weight, spread, azimuth;
};

/* A bin as numbers. */
typedef struct arcs_gaussian {
    double weight, azimuth, spread;
} arcs_gaussian;

static particles_arc arcs_shell(const cosmo_plume_arc *arc, double bottom_m)
{
    const double half = ARCS_HEIGHT_SHARE * arc->height_m + ARCS_WIDER * arc->radius_m;
    const double inner = arc->radius_m * (1.0 - ARCS_HALF_SHELL), outer = arc->radius_m * (1.0 + ARCS_HALF_SHELL);
    const double low = fmax(arc->height_m - half, bottom_m);
    return (particles_arc){inner * inner, outer * outer, low, fmax(arc->height_m, low) + half};
}

cosmo_status cosmo_particle_arcs_make(const cosmo_plume_job *job, particles_air *air, cosmo_arena *arena,
                                      cosmo_run *run, particle_arcs *arcs)
{
    *arcs = (particle_arcs){
        .n = job->n_arcs, .n_species = job->n_species, .arc = job->arcs, .bottom_m = job->air->bottom_m};
    air->n_arcs = job->n_arcs;
    if (job->n_arcs == 0) return COSMO_OK;
    arcs->bins = cosmo_arena_array(arena, job->n_species * job->n_arcs * ARCS_CELLS, sizeof(particle_arcs_bin));
    COSMO_NEED(arcs->bins, run);
    for (size_t i = 0; i < job->n_arcs; i++) air->arc[i] = arcs_shell(&job->arcs[i], arcs->bottom_m);
    /* any species may come of any other, with a yield of a few at most */
    double mass = 0.0;
    for (size_t r = 0; r < job->n_releases; r++)
        for (size_t s = 0; s < job->n_species; s++) mass += job->releases[r].mass_kg[s];
    arcs->quantum_kg_s = mass * job->duration_s * 0x1p-58;
    return COSMO_OK;
}

static int64_t arcs_whole(double x)
{
    return (int64_t)floor(x + 0.5);
}

static void arcs_add(particle_arcs_bin *bin, double quanta, double spread, double azimuth)
{
    bin->weight += arcs_whole(quanta);
    bin->spread += arcs_whole(quanta * (spread / ARCS_MOST_SPREAD));
    bin->azimuth += arcs_whole(quanta * azimuth);
}

void cosmo_particle_arcs_see(particle_arcs *arcs, const double state[PARTICLES_STATES], double step_s,
                             const double *mass_kg)
{
    const double east = state[PARTICLES_EAST], north = state[PARTICLES_NORTH], r2 = east * east + north * north;
    const double across2 = state[PARTICLES_SPREAD_EAST] * state[PARTICLES_SPREAD_EAST] +
                           state[PARTICLES_SPREAD_NORTH] * state[PARTICLES_SPREAD_NORTH];
    const double spread = fmin(fmax(sqrt(across2 / r2), ARCS_LEAST_SPREAD), ARCS_MOST_SPREAD);
    const double fine = cosmo_real_log(spread / ARCS_LEAST_SPREAD) / cosmo_real_log(ARCS_SPREAD_RATIO);
    const double turn = (cosmo_real_atan2(east, north) / ARCS_TWO_PI + 1.0) * ARCS_AZIMUTHS;
    const int column = (int)fmin(fine, ARCS_SPREADS - 1), row = (int)turn % ARCS_AZIMUTHS;
    for (size_t i = 0; i < arcs->n; i++) {
        const particles_arc shell = arcs_shell(&arcs->arc[i], arcs->bottom_m);
        const double z = state[PARTICLES_UP];
        if (!(r2 >= shell.inner2_m2 && r2 < shell.outer2_m2 && z >= shell.low_m && z < shell.high_m)) continue;
        for (size_t s = 0; s < arcs->n_species; s++) {
            particle_arcs_bin *bins = arcs->bins + (s * arcs->n + i) * ARCS_CELLS;
            arcs_add(&bins[row * ARCS_SPREADS + column], mass_kg[s] * step_s / arcs->quantum_kg_s, spread,
                     turn - floor(turn));
        }
    }
}

/* The Gaussians of one arc, one a bin that is not empty. */
static size_t arcs_gather(const particle_arcs_bin *bins, double quantum, arcs_gaussian *out)
{
    size_t n = 0;
    for (int i = 0; i < ARCS_CELLS; i++) {
        if (bins[i].weight <= 0) continue;
        const double weight = (double)bins[i].weight;
        const double within = (double)bins[i].azimuth / weight, spread = (double)bins[i].spread / weight;
        out[n++] = (arcs_gaussian){weight * quantum, (i / ARCS_SPREADS + within) * (ARCS_TWO_PI / ARCS_AZIMUTHS),
                                   fmax(spread * ARCS_MOST_SPREAD, ARCS_LEAST_SPREAD)};
    }
    return n;
}

/* From azimuth b to a, the short way. */
static double arcs_between(double a, double b)
{
    const double turns = (a - b) / ARCS_TWO_PI;
    return ARCS_TWO_PI * (turns - floor(turns + 0.5));
}

/* Weight per radian at an azimuth. */
static double arcs_density(const arcs_gaussian *g, size_t n, double azimuth)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++)
        for (int image = -1; image <= 1; image++) {
            const double off = (arcs_between(azimuth, g[i].azimuth) + image * ARCS_TWO_PI) / g[i].spread;
            if (off * off < 80.0)
                sum += g[i].weight / (ARCS_ROOT_TWO_PI * g[i].spread) * cosmo_real_exp(-0.5 * off * off);
        }
    return sum;
}

/* The largest density, by degrees and then by fortieths of a degree about the best. */
static double arcs_largest(const arcs_gaussian *g, size_t n)
{
    const double step = ARCS_TWO_PI / ARCS_AZIMUTHS;
    double best = 0.0, at = 0.0;
    for (int i = 0; i < ARCS_AZIMUTHS; i++) {
        const double density = arcs_density(g, n, i * step);
        if (density > best) best = density, at = i * step;
    }
    const double middle = at;
    for (int i = -ARCS_FINE; i <= ARCS_FINE; i++) best = fmax(best, arcs_density(g, n, middle + i * step / ARCS_FINE));
    return best;
}

static cosmo_plume_arc_answer arcs_one(const particle_arcs *arcs, size_t i, const arcs_gaussian *g, size_t n)
{
    double east = 0.0, north = 0.0, weight = 0.0, second = 0.0;
    for (size_t k = 0; k < n; k++) {
        east += g[k].weight * cosmo_real_sin(g[k].azimuth);
        north += g[k].weight * cosmo_real_cos(g[k].azimuth);
        weight += g[k].weight;
    }
    if (!(weight > 0.0)) return (cosmo_plume_arc_answer){.azimuth_rad = NAN, .sigma_across_m = NAN};
    const double middle = cosmo_real_atan2(east, north);
    for (size_t k = 0; k < n; k++) {
        const double off = arcs_between(g[k].azimuth, middle);
        second += g[k].weight * (g[k].spread * g[k].spread + off * off);
    }
    const particles_arc shell = arcs_shell(&arcs->arc[i], arcs->bottom_m);
    const double radius = arcs->arc[i].radius_m;
    const double section = 2.0 * ARCS_HALF_SHELL * radius * (shell.high_m - shell.low_m); /* of the shell, across */
    return (cosmo_plume_arc_answer){.largest_kg_s_m3 = arcs_largest(g, n) / (section * radius),
                                    .crosswind_kg_s_m2 = weight / section,
                                    .sigma_across_m = radius * sqrt(second / weight),
                                    .azimuth_rad = middle < 0.0 ? middle + ARCS_TWO_PI : middle};
}

cosmo_status cosmo_particle_arcs_answer(const particle_arcs *arcs, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_plume_arc_answer *answers)
{
    arcs_gaussian *g = cosmo_arena_array(arena, ARCS_CELLS, sizeof *g);
    COSMO_NEED(g, run);
    for (size_t s = 0; s < arcs->n_species; s++)
        for (size_t i = 0; i < arcs->n; i++) {
            const size_t n = arcs_gather(arcs->bins + (s * arcs->n + i) * ARCS_CELLS, arcs->quantum_kg_s, g);
            answers[s * arcs->n + i] = arcs_one(arcs, i, g, n);
        }
    return COSMO_OK;
}
