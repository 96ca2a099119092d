/* Cosmodrome plume: what an accident leaves in the air and in the soil, and what that is worth.
 *
 * The way of a release: a source (what was aboard, what burns, what is spilled) -> the rise of its hot cloud ->
 * particles that the wind carries -> concentration on a polar mesh about the source -> doses, deposition -> people,
 * hectares, money. Local axes: east, north, up from the place of the release, metres; wind is where it blows FROM, as
 * in soundings. Concentrations are mass per volume of air, kg/m3; what is airborne of N2O4 counts as NO2 of the same
 * mass.
 */
#ifndef COSMODROME_PLUME_H
#define COSMODROME_PLUME_H

#include "cosmodrome/earth.h"
#include "cosmodrome/formats.h"
#include "cosmodrome/hazard.h"

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
} cosmo_plume_weather;

/* Wind and turbulence prepared for the particles: nodes at equal steps of ln z from 2 z0 to the top; between them
 * everything is linear in ln z. */
enum { COSMO_PLUME_AIR_NODES = 256 };
typedef struct cosmo_plume_air {
    double bottom_m, top_m; /* 2 z0; 10 km or more */
    double mixing_height_m, roughness_m, friction_velocity_m_s, obukhov_m;
    double scatter_rad; /* NaN: sigma_v below is used */
    double temperature_k, pressure_pa;
    double wind_east_m_s[COSMO_PLUME_AIR_NODES], wind_north_m_s[COSMO_PLUME_AIR_NODES];
    double sigma_u_m_s[COSMO_PLUME_AIR_NODES], sigma_v_m_s[COSMO_PLUME_AIR_NODES];
    double variance_w_m2_s2[COSMO_PLUME_AIR_NODES];
    double time_u_s[COSMO_PLUME_AIR_NODES], time_w_s[COSMO_PLUME_AIR_NODES];
} cosmo_plume_air;

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
/* All outer rings of a level > 0 (`rings`, of cosmo_contour_ring, the largest first), by marching squares (Lorensen and
 * Cline 1987, in the plane) on 240 x 240 points about everything above the level; edges are cut linearly. Holes are
 * left out: areas are to be summed over cells. Rings of fewer than 4 points are dropped. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_contour_find(const cosmo_plume_mesh *mesh, const float *field, double level, cosmo_arena *arena,
                                cosmo_run *run, cosmo_list *rings);

/* ---- substances -------------------------------------------------------------------------------------------------- */

/* ---- thresholds and doses ---------------------------------------------------------------------------------------- */

/* ---- soil -------------------------------------------------------------------------------------------------------- */

/* ---- what is released -------------------------------------------------------------------------------------------- */

/* ---- cloud rise -------------------------------------------------------------------------------------------------- */

/* ---- plumes and puffs as formulas -------------------------------------------------------------------------------- */

/* ---- heavy gas --------------------------------------------------------------------------------------------------- */

/* ---- the surface layer from what is known ------------------------------------------------------------------------ */

/* ---- valuation --------------------------------------------------------------------------------------------------- */

/* ---- the file of a release --------------------------------------------------------------------------------------- */

typedef enum cosmo_release_kind {
    COSMO_RELEASE_EXPLOSION,  /* a vehicle burns on the ground: a hot cloud, and what is spilled */
    COSMO_RELEASE_SPILL,      /* tanks run out and evaporate; nothing burns */
    COSMO_RELEASE_CONTINUOUS, /* everything enters the air evenly over `duration` */
    COSMO_RELEASE_RESIDUALS,  /* a dropped stage: what its tanks still hold runs into the soil and evaporates */
    COSMO_RELEASE_EXHAUST     /* the exhaust of a solid motor that climbs away */
} cosmo_release_kind;

typedef struct cosmo_release_tank {
    const char *substance;
    cosmo_range mass_kg;
} cosmo_release_tank;
/* What becomes of a substance where that is not left to the defaults of the program; the rest burns. */
typedef struct cosmo_release_fate {
    const char *substance;
    cosmo_range vaporised, aerosolised, spilled; /* shares of what was aboard */
    cosmo_range soaked;                          /* of what is spilled: share that the soil keeps */
} cosmo_release_fate;

typedef struct cosmo_release_source {
    int kind; /* cosmo_release_kind */
    const char *time_utc;
    double latitude_rad, longitude_rad;
    const char *mission;   /* a mission file, relative to the case; NULL: tanks are listed */
    double failure_time_s; /* NaN: the mission's own failure */
    const char *failures;  /* failures.csv of a risk; NULL: none */
    int64_t failure;       /* its row, from 1 */
    cosmo_list tanks;      /* of cosmo_release_tank */
    cosmo_list fates;      /* of cosmo_release_fate */
    cosmo_range radiated;  /* share of the heat that the cloud loses as light */
    double height_m, radius_m, duration_s;
    cosmo_range pool_m2; /* what the spill covers */
} cosmo_release_source;

/* The weather where it is not measured, and what soundings do not have. NaN: derived. */
typedef struct cosmo_release_weather {
    cosmo_list soundings; /* of const char *: files, all soundings of each a member */
    cosmo_range wind_speed_m_s, wind_from_rad;
    double wind_height_m;
    cosmo_range turning_rad_m; /* of the direction with height, clockwise upwards */
    cosmo_range lapse_k_m;     /* of potential temperature above the mixing layer */
    double roughness_m, friction_velocity_m_s, obukhov_m;
    cosmo_range mixing_height_m;
    cosmo_list stability; /* of const char *: classes that may be, drawn evenly; empty: from sun, cloud and wind */
    double direction_scatter_rad, scatter_height_m;
    double temperature_k, pressure_pa, humidity, cloud_fraction, ozone_fraction;
    cosmo_range rain_m_s;
    bool calm; /* winds below 1 m/s are computed, not refused */
} cosmo_release_weather;

typedef struct cosmo_release_sampling {
    int64_t samples, particles;
    double duration_s, interval_s, sampling_s, step_fraction;
    double inner_m, outer_m;
    int64_t rings, sectors;
} cosmo_release_sampling;

typedef struct cosmo_release_receptor {
    const char *name;
    double latitude_rad, longitude_rad;
} cosmo_release_receptor;

/* A line that divides inside from outside: a polygon, the lease on the base map about the place, or a country. */
typedef struct cosmo_release_boundary {
    const char *name, *country;
    bool lease;
    cosmo_table polygon; /* longitude, latitude: radians */
} cosmo_release_boundary;

typedef struct cosmo_release_soil {
    cosmo_range density_kg_m3, depth_m; /* of the layer that a deposit mixes into */
    cosmo_range spill_m2;               /* area that the spill wets */
    cosmo_range spill_depth_m;
    double days;  /* after the release, of the second map */
    bool treated; /* half-lives of treated soil */
} cosmo_release_soil;

/* One party to a dispute: whose rule-set, which side of the boundary it counts, what it fills in. */
typedef struct cosmo_release_party {
    const char *name, *rules;
    int counts;       /* 0 everywhere, 1 inside, 2 outside the boundary */
    cosmo_list rates; /* what it puts in place of rates */
} cosmo_release_party;
typedef struct cosmo_release_valuation {
    const char *currency; /* three letters, in which totals are also told; NULL: in none */
    cosmo_list parties;   /* of cosmo_release_party; the first two are compared */
    cosmo_list work;      /* of cosmo_release_quantity: quantities that no physics gives */
} cosmo_release_valuation;
typedef struct cosmo_release_quantity {
    const char *quantity, *substance;
    cosmo_range value; /* in the unit of its name */
} cosmo_release_quantity;

/* What was reported, to be compared with: a figure (low..high) of a quantity the program prints, or a direction that a
 * cloud was seen to go. */
typedef struct cosmo_release_report {
    const char *what, *quantity, *at;
    cosmo_range value;
    double towards_rad, within_rad; /* NaN: not a direction */
} cosmo_release_report;

typedef struct cosmo_release {
    const char *path, *name, *title, *summary, *sha256;
    const cosmo_yaml *root;
    cosmo_release_source source;
    cosmo_release_weather weather;
    cosmo_release_sampling sampling;
    const char *substances; /* a file of the user's own beside the program's; NULL: none */
    cosmo_list limits;      /* of const char *: sets of limits; empty: all in force */
    cosmo_list receptors;   /* of cosmo_release_receptor */
    cosmo_table arcs;       /* radius, height */
    cosmo_release_boundary boundary;
    cosmo_release_soil soil;
    cosmo_release_valuation valuation;
    cosmo_list reports; /* of cosmo_release_report */
} cosmo_release;

/* The descriptor table of a release's file. */
const cosmo_section *cosmo_release_section_table(void);
/* Read a file that stands in memory, as far as that goes without any other file. `file` is shown in messages.
 * Errors: COSMO_BAD_INPUT "file:line:col: error: ...; did you mean ...?". */
cosmo_status cosmo_release_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_release *release);

#ifdef __cplusplus
}
#endif
#endif
