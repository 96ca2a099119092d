/* Cosmodrome plume, part: The air near the ground, the particles that it carries, and fields on a polar mesh. */
#ifndef COSMODROME_PLUME_PARTICLES_H
#define COSMODROME_PLUME_PARTICLES_H

#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the air near the ground ------------------------------------------------------------------------------------- */

/* What is known of the weather at the place of a release, heights above ground. NaN: not known. */
typedef struct cosmo_plume_weather {
    double roughness_m;           /* z0 */
    double friction_velocity_m_s; /* u* */
    double obukhov_m;             /* Monin-Obukhov length; infinite: neutral */
    double mixing_height_m;       /* h: the lid */
    double
        direction_scatter_rad; /* sigma_theta: measured standard deviation of the wind's direction; NaN: similarity */
    double scatter_height_m;   /* where it was measured */
    double latitude_rad;
    double temperature_k, pressure_pa, relative_humidity; /* at the ground */
    double rain_m_s;                                      /* 1 mm/h = 2.78e-7 m/s */
    double cloud_fraction, sun_elevation_rad;
    double ozone_fraction;                                                      /* by volume */
    size_t n;                                                                   /* levels, upwards */
    const double *height_m, *wind_speed_m_s, *wind_from_rad, *temperature_at_k; /* temperature may be NaN */
    bool accept_calm; /* a mean wind below 1 m/s at 10 m is computed instead of refused */
} cosmo_plume_weather;

/* Wind and turbulence prepared for the particles: nodes at equal steps of ln z from 2 z0 to the top, one of them at
 * the lid; between them everything is linear in ln z. */
enum { COSMO_PLUME_AIR_NODES = 256 };
typedef struct cosmo_plume_air {
    double bottom_m, top_m; /* 2 z0; 10 km or more */
    double mixing_height_m, roughness_m, friction_velocity_m_s, obukhov_m;
    double scatter_rad; /* NaN: sigma_v below is used */
    double temperature_k, pressure_pa;
    bool calm; /* below 1 m/s at 10 m: the turbulence along and across has a floor */
    double wind_east_m_s[COSMO_PLUME_AIR_NODES], wind_north_m_s[COSMO_PLUME_AIR_NODES];
    double sigma_u_m_s[COSMO_PLUME_AIR_NODES], sigma_v_m_s[COSMO_PLUME_AIR_NODES];
    double sigma_w_m_s[COSMO_PLUME_AIR_NODES];
    double time_u_s[COSMO_PLUME_AIR_NODES], time_w_s[COSMO_PLUME_AIR_NODES];
} cosmo_plume_air;

/* Wind and turbulence at all heights from what is known of the weather.
 *
 * Wind      In the surface layer (below a tenth of the mixing height, or below the only level, up to the lid) the
 *           Monin-Obukhov profile ln(z/z0) - psi(z/L) + psi(z0/L), k = 0.40, stretched so that it passes through the
 *           measured levels there: unstable psi with (1 - 16 z/L)^(1/4) (Paulson 1970; Dyer 1974), stable -5 z/L,
 *           beyond z/L = 1 as Beljaars and Holtslag 1991, eq. 28. Above, components are linear in height between the
 *           levels; constant above the last. The direction is that of the lowest level below it, and turns the short
 *           way between levels.
 * Turbulence Near the ground similarity: sigma_w = 1.25 u* (1 - 3 z/L)^(1/3), T_w = 0.5 z/sigma_w (1 - 6 z/L)^(1/4)
 *           unstable; 1.25 u* and 0.5 z/sigma_w / (1 + 5 z/L) stable. Aloft Hanna 1982 ("Applications in air pollution
 *           modeling", in Nieuwstadt and van Dop), neutral sigma_v = sigma_u. One goes over into the other between 0.1
 *           and 0.3 of the mixing height: similarity ends at the first, and at the second convective sigma_w is
 *           largest. Time scales of at least 30 s (T_w) and 10 s (T_u) hold above 200 m, blended in from 100 m up.
 *           Above the lid free air: diffusivities of 50 m2/s along and across and 0.1 m2/s upwards, the defaults of
 *           FLEXPART (Stohl and others 2005, section 4.4) for troposphere and stratosphere.
 * Calm      With accept_calm, a mean wind below 1 m/s at 10 m has sigma_u and sigma_v of at least 0.5 m/s (Hanna 1990;
 *           Sharan and others 1996), noted in the run.
 * Errors    COSMO_BAD_INPUT "error: weather: ...": roughness outside (0, 10 m], friction velocity outside (0, 10],
 *           Obukhov length 0 or NaN, mixing height below 20 z0 or above 10 km, no levels, levels that do not rise from
 *           above 2 z0, speeds outside 0..150 m/s, directions beyond a turn, a scatter outside (0, pi/2], a mean wind
 *           below 1 m/s at 10 m that is not accepted. */
cosmo_status cosmo_plume_air_make(const cosmo_plume_weather *weather, cosmo_run *run, cosmo_plume_air *air);

/* ---- particles --------------------------------------------------------------------------------------------------- */

enum { COSMO_PLUME_SPECIES_MAX = 6, COSMO_PLUME_ARCS_MAX = 16 };

/* Mass that enters the air at one place: at once or evenly over a time; a Gaussian cloud, a disc or a point. */
typedef struct cosmo_plume_release {
    double start_s, duration_s;           /* 0: at once */
    double east_m, north_m, height_m;     /* of its middle; above ground */
    double sigma_across_m, sigma_along_m; /* standard deviations east and north; 0: a point */
    double sigma_up_m;                    /* what would lie below the ground is folded up */
    double radius_m;                      /* of a disc; 0: none */
    double mass_kg[COSMO_PLUME_SPECIES_MAX];
} cosmo_plume_release;

/* What becomes of a species in the air. */
typedef struct cosmo_plume_fate {
    double deposition_velocity_m_s;
    double scavenging_1_s; /* by rain */
    double loss_1_s;       /* into what is not followed */
    double conversion_1_s; /* into `product` */
    int product;           /* species; -1: none */
    double yield_kg_kg;    /* kilograms of product a kilogram converted */
    double ozone_kg_mol;   /* kilograms that a mole of entrained ozone turns into `ozone_product`; 0: does not react */
    int ozone_product;     /* -1: none */
    double ozone_yield_kg_kg;
} cosmo_plume_fate;

/* Rings about the source whose radii grow by a constant factor, cut into sectors from north clockwise; the innermost
 * ring is a disc. Cell = ring x sectors + sector. */
typedef struct cosmo_plume_mesh {
    size_t rings, sectors;
    double inner_m; /* outer radius of the disc */
    double ratio;   /* of a ring's outer to its inner radius */
} cosmo_plume_mesh;

typedef struct cosmo_plume_job {
    const cosmo_plume_air *air;
    size_t n_species, n_releases;
    const cosmo_plume_fate *fates;
    const cosmo_plume_release *releases;
    double ozone_mol_m3;  /* of the clean air that is mixed in */
    double duration_s;    /* how long the particles are followed */
    double interval_s;    /* of the means that are kept; a whole part of the duration */
    double sampling_s;    /* particles are counted so often; a whole part of the interval */
    double step_fraction; /* of the Lagrangian time scale; 0: 0.05 */
    size_t n_particles;
    cosmo_plume_mesh mesh;
    size_t n_arcs; /* 0: none. For releases that last, in weather that stays: see cosmo_plume_arc */
    const struct cosmo_plume_arc *arcs;
    uint32_t stream;       /* of random numbers */
    uint64_t first_sample; /* number of the first particle among all that share the stream */
} cosmo_plume_job;

/* The time-integrated concentration across an arc, of all mass released: divide by the time it was released in. */
typedef struct cosmo_plume_arc {
    double radius_m, height_m;
} cosmo_plume_arc;
typedef struct cosmo_plume_arc_answer {
    double largest_kg_s_m3;   /* on the arc */
    double crosswind_kg_s_m2; /* integrated along the arc */
    double sigma_across_m;
    double azimuth_rad; /* of the middle, from the source */
} cosmo_plume_arc_answer;

/* What became of the mass of a species, kg: released + produced = airborne + dry + wet + lost + converted + left. */
typedef struct cosmo_plume_ledger {
    double released, produced, airborne, dry, wet, lost, converted, left;
} cosmo_plume_ledger;

typedef struct cosmo_plume_result {
    size_t n_intervals, n_cells;
    float *concentration_kg_m3;   /* species x intervals x cells: near the ground, means over each interval */
    float *dry_kg_m2, *wet_kg_m2; /* species x cells, at the end */
    cosmo_plume_ledger *ledger;   /* intervals x species, at the end of each */
    cosmo_plume_arc_answer *arcs; /* species x arcs */
    double largest_imbalance;     /* of all sampling times: |sum - released| / released */
    double steps;                 /* of all particles */
} cosmo_plume_result;

/* ---- the run of the particles ------------------------------------------------------------------------------------ */

/* Follow the particles of a job: where they go, what becomes of their mass, what is in the air near the ground.
 *
 * Way       Each particle is a share of one release, as many of them as its share of all mass (one at least). Upwards
 *           it moves by Thomson's model for Gaussian turbulence (1987), along with the mean wind of its own height,
 *           across by Irwin's curve sigma_theta s / (1 + 0.0308 s^0.4548), s the way travelled (Irwin 1983): the spread
 *           of an ensemble of plumes, meander included, as of means over an hour or so. It stays on its side of the
 *           mixing height.
 * Gusts     Eddies that outlast a passage raise wind and turbulence alike (similarity holds for the gust's own friction
 *           velocity), so a particle in a gust goes the same way in less time: its pace is exp(i v - i^2 / 2), v an
 *           Ornstein-Uhlenbeck process of unit variance with the time scale of sigma_u, i the measured scatter of the
 *           direction, or sigma_u over the wind at 10 m, at most 0.5. Near by, where gusts are frozen, that makes
 *           concentrations exp(i^2) times what the mean wind gives; far off the spread along the wind is Taylor's.
 * Fates     Dry deposition: a mass m is m exp(-v_d E) after touches of the ground with E = sum of sqrt(2 pi)/sigma_w, a
 *           flux of v_d times the concentration (Wilson, Ferrandino and Thurtell 1989). Scavenging, loss, conversion:
 *           first order; shares by their rates between two samplings. Deposits lie at the middle of a particle's way
 *           between these. Ozone: the cloud of each release has the volume (4 pi)^(3/2) sqrt(det covariance), mass over
 *           its own mean concentration for a Gaussian; what ozone its growth mixes in is spent at once (that of the
 *           volume it begins with is the source's).
 * Mesh      Concentration: mass below clamp(0.015 r, 2 m, 50 m), r in the middle of the ring, over the volume; mean
 *           over an interval by the trapezoid of its samplings, both ends included. Beyond the last ring a
 *           particle has left.
 * Arcs      Time in a shell of +-5 % of the radius, of the height +-(0.1 height + 0.002 radius), above the ground.
 *           Across, each passage is a Gaussian in azimuth, not a point. The mean over the shell is 0.25 % above the
 *           value at the radius where concentrations fall with its square. Masses are those of the last sampling.
 * Random    Philox, counted by run->seed, stream, first_sample + particle and its step: the same bits on any processor;
 *           jobs whose samples differ may run on threads at once. Draws 0..15 are the start, 64.. the steps.
 * Returned  Everything in the arena, particles too (about 250 bytes each): a scratch arena is best.
 * Errors    COSMO_BAD_INPUT "error: particles: ..." for a job that cannot be; COSMO_CANCELLED. */
cosmo_status cosmo_particles_run(const cosmo_plume_job *job, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_plume_result *result);

/* ---- meshes and contours ----------------------------------------------------------------------------------------- */

/* Cells of a mesh, and the area of one of a ring, m2. */
size_t cosmo_mesh_cells(const cosmo_plume_mesh *mesh);
double cosmo_mesh_area_m2(const cosmo_plume_mesh *mesh, size_t ring);
/* Inner and outer radius of a ring. */
double cosmo_mesh_inner_m(const cosmo_plume_mesh *mesh, size_t ring);
double cosmo_mesh_outer_m(const cosmo_plume_mesh *mesh, size_t ring);
/* The middle of a cell: of the disc a point at two thirds of its radius, the mean distance of its area. */
void cosmo_mesh_middle(const cosmo_plume_mesh *mesh, size_t cell, double *east_m, double *north_m);
/* The cell at a place; the number of cells beyond the outermost ring. */
size_t cosmo_mesh_find(const cosmo_plume_mesh *mesh, double east_m, double north_m);
/* A field of one value a cell at any place: linear between the middles of cells in azimuth and in the logarithm of the
 * radius, 0 beyond the outermost ring. */
double cosmo_mesh_value(const cosmo_plume_mesh *mesh, const float *field, double east_m, double north_m);

/* A closed ring, first and last point alike, counter-clockwise, about where a field is at a level or above. */
typedef struct cosmo_contour_ring {
    size_t n;
    const double *east_m, *north_m;
    double area_m2;
} cosmo_contour_ring;
/* A field on a plane: points evenly apart, the first in the south-west, rows going north. */
typedef struct cosmo_contour_raster {
    size_t columns, rows; /* 3 at least */
    double west_m, south_m, step_m;
    const double *values; /* rows x columns */
} cosmo_contour_raster;
/* All outer rings of a level > 0 on a raster (`rings`, of cosmo_contour_ring, the largest first), by marching squares
 * (Lorensen and Cline 1987, in the plane); edges are cut linearly. Its border counts as outside, so that every ring
 * closes. Holes are left out. Errors: COSMO_BAD_INPUT for a raster that is too small or beyond 2^24 points. */
cosmo_status cosmo_contour_trace(const cosmo_contour_raster *raster, double level, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_list *rings);
/* All outer rings of a level > 0 (`rings`, of cosmo_contour_ring, the largest first), traced on
 * 240 x 240 points about everything above the level. Holes are left out: areas are to be summed over cells. Rings of
 * fewer than 4 points are dropped. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_contour_find(const cosmo_plume_mesh *mesh, const float *field, double level, cosmo_arena *arena,
                                cosmo_run *run, cosmo_list *rings);

#ifdef __cplusplus
}
#endif
#endif
