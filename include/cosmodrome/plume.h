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
 *           it moves by Thomson's model for Gaussian turbulence (1987), along the wind of its own height by the mean
 *           and an Ornstein-Uhlenbeck process, across by Irwin's curve sigma_theta s / (1 + 0.0308 s^0.4548), s the way
 *           travelled (Irwin 1983): the spread of an ensemble of plumes, meander included, as of means over an hour or
 *           so. It stays on its side of the mixing height.
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
/* All outer rings of a level > 0 (`rings`, of cosmo_contour_ring, the largest first), by marching squares (Lorensen and
 * Cline 1987, in the plane) on 240 x 240 points about everything above the level; edges are cut linearly. Holes are
 * left out: areas are to be summed over cells. Rings of fewer than 4 points are dropped. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_contour_find(const cosmo_plume_mesh *mesh, const float *field, double level, cosmo_arena *arena,
                                cosmo_run *run, cosmo_list *rings);

/* ---- substances -------------------------------------------------------------------------------------------------- */

/* A reaction into another substance, or into what is not followed. */
typedef struct cosmo_reaction {
    double rate;         /* m3/s a molecule of hydroxyl; 1/s in rain of 1 mm/h; NaN: does not react */
    double moles;        /* of ozone that one mole uses up, at once; NaN: does not react */
    const char *product; /* id of a substance; NULL: not followed */
    double yield;        /* moles of product a mole */
} cosmo_reaction;

/* Washed out by rain of R mm/h at a R^b. NaN: not known. */
typedef struct cosmo_scavenging {
    double rate_1_s, exponent;
} cosmo_scavenging;

/* What becomes of it in soil: half-lives, as it is and with a reagent, and moles of product a mole that decays. */
typedef struct cosmo_soil_fate {
    cosmo_range half_life_s, treated_half_life_s;
    const char *product; /* NULL: not followed */
    double yield;
} cosmo_soil_fate;

typedef enum cosmo_load_unit { COSMO_LOAD_PPM_MIN, COSMO_LOAD_MG_M3_MIN } cosmo_load_unit;

/* Response of people: Pr = a + b ln(integral of C^n dt); the probability of death is that of a normal value below
 * Pr - 5. NaN: no probit. */
typedef struct cosmo_probit {
    double a, b, exponent;
    int unit;         /* cosmo_load_unit */
    bool provisional; /* nobody published one for people: to be said beside every result */
} cosmo_probit;

/* One substance. Numbers are NaN and texts NULL where no source gives them. */
typedef struct cosmo_substance {
    const char *id, *name, *cas;
    double molar_mass_kg_mol;
    double boiling_point_k, melting_point_k;         /* at 101325 Pa */
    double liquid_density_kg_m3, vapour_pressure_pa; /* at 20 degC */
    double heat_vaporisation_j_kg, lower_heating_value_j_kg;
    double lower_flammable_fraction; /* by volume of air */
    const char *airborne_as;         /* NULL: itself. N2O4 is NO2 in air, of the same mass */
    cosmo_range deposition_velocity_m_s;
    cosmo_scavenging scavenging;
    cosmo_reaction hydroxyl, rain, ozone;
    cosmo_range sun_lifetime_s; /* against photolysis, Sun in the zenith */
    cosmo_soil_fate soil;
    double load_exponent; /* n of the toxic load */
    cosmo_probit probit;
    double hazard_coefficient; /* of a national rule of damage */
} cosmo_substance;

typedef struct cosmo_substances {
    const char *id;
    cosmo_list substances; /* of cosmo_substance */
} cosmo_substances;

const cosmo_section *cosmo_substances_section(void);
/* Read data/toxics/substances.yaml and, where `own` is not NULL, the user's file of that path (relative to the file of
 * `asked`): its substances are added, and replace those of the same id, which is noted. Checked besides what the table
 * can: products and airborne_as are known, ranges rise, it melts before it boils. `facts` (may be NULL) receives the
 * source of every figure. Errors: COSMO_BAD_INPUT with place. */
cosmo_status cosmo_substances_read(const char *own, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_substances *substances, cosmo_facts *facts);
/* The same of one text that stands alone. */
cosmo_status cosmo_substances_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena,
                                    cosmo_run *run, cosmo_substances *substances);
/* NULL when there is none of this id. */
const cosmo_substance *cosmo_substances_find(const cosmo_substances *substances, const char *id);
/* The same, with "unknown substance 'UDHM'; did you mean 'UDMH'?" as failure, at the place of `asked` (may be NULL). */
cosmo_status cosmo_substances_need(const cosmo_substances *substances, const char *id, const cosmo_yaml *asked,
                                   cosmo_arena *arena, cosmo_run *run, const cosmo_substance **substance);

/* ---- thresholds and doses ---------------------------------------------------------------------------------------- */

/* How much of a substance is too much, in one of four ways: by volume or by mass of air, in water, in soil. */
typedef struct cosmo_threshold {
    const char *substance;          /* id */
    const char *level;              /* "AEGL-2", "maximum" ... */
    int64_t rank;                   /* how bad, 1 to 9: for the order of colours */
    cosmo_table by_volume;          /* rows of averaging time s, fraction of air; no rows: not this way */
    cosmo_table by_mass;            /* rows of averaging time s, kg/m3 of air */
    double water_kg_m3, soil_kg_kg; /* NaN: not this way */
    double exponent;                /* n: beyond the last time C^n t stays. NaN: as between the last two times */
    const char *source, *note;
    int confidence; /* as in cosmo_rules_confidence_text */
} cosmo_threshold;

/* Thresholds that somebody set: a file of data/toxics/limits or the user's own. */
typedef struct cosmo_threshold_set {
    const char *id, *name, *summary, *reference;
    const char *valid_from, *valid_to; /* first and last day, "2021-03-10"; NULL: open */
    cosmo_list thresholds;             /* of cosmo_threshold */
} cosmo_threshold_set;

const cosmo_section *cosmo_threshold_section(void);
/* Read data/toxics/limits/ID.yaml (or the path given, when it ends in .yaml, relative to the file of `asked`). Checked
 * besides what the table can: substances are known, a limit is of one kind, times rise and values do not, a level
 * stands once a substance, days exist. Errors: COSMO_BAD_INPUT with place; an unknown id gets the nearest one. */
cosmo_status cosmo_threshold_read(const char *id, const cosmo_yaml *asked, const cosmo_substances *substances,
                                  cosmo_arena *arena, cosmo_run *run, cosmo_threshold_set *set);
/* The same of a text. */
cosmo_status cosmo_threshold_parse(const char *file, const char *data, size_t bytes, const cosmo_substances *substances,
                                   cosmo_arena *arena, cosmo_run *run, cosmo_threshold_set *set);
/* Every file of data/toxics/limits in file-name order (`sets`, of cosmo_threshold_set). */
cosmo_status cosmo_threshold_read_all(const cosmo_substances *substances, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_list *sets);
/* The threshold of a level and a substance (ids), or NULL. */
const cosmo_threshold *cosmo_threshold_find(const cosmo_threshold_set *set, const char *level, const char *substance);
/* The limit in air for an averaging time, in its own kind (fraction or kg/m3). Exact at tabulated times; log C straight
 * in log t between them; up to the first time the first value; beyond the last C^n t stays. One tabulated time: its
 * value, whatever the time. NaN for water and soil. Source: NRC 2001, Standing operating procedures for AEGL, 2.7
 * (C^n t = k, ten Berge 1986); the straight line in logarithms is that law between two times. */
double cosmo_threshold_at(const cosmo_threshold *threshold, double averaging_s);
/* The same as mass per volume of air, kg/m3. */
double cosmo_threshold_density(const cosmo_threshold *threshold, const cosmo_substance *substance, double averaging_s,
                               double temperature_k, double pressure_pa);

/* Mass per volume of air, kg/m3, of a mixing ratio (volume fraction), and the other way round: an ideal gas. */
double cosmo_dose_mass_concentration(double fraction, double molar_mass_kg_mol, double temperature_k,
                                     double pressure_pa);
double cosmo_dose_mixing_ratio(double concentration_kg_m3, double molar_mass_kg_mol, double temperature_k,
                               double pressure_pa);

/* What somebody breathes at one place: n means over equal intervals, one every `stride` values; clean air before and
 * after. kg/m3. */
typedef struct cosmo_dose_series {
    const float *concentration_kg_m3;
    size_t n, stride;
    double interval_s;
} cosmo_dose_series;

/* The largest mean over any window of `averaging_s`, which need not be whole intervals: kg/m3. */
double cosmo_dose_largest_mean(const cosmo_dose_series *series, double averaging_s);
/* Toxic load, the integral of C^n dt: (kg/m3)^n s. */
double cosmo_dose_load(const cosmo_dose_series *series, double exponent);
/* By how much fluctuations about the mean raise a toxic load: E[C^n] / E[C]^n = (1 + i^2)^(n(n-1)/2) of a lognormal
 * concentration of intensity i, its standard deviation over its mean. 1 for n = 1. */
double cosmo_dose_fluctuation(double exponent, double intensity);

/* A threshold made ready for many series of one interval. */
typedef struct cosmo_dose_limit {
    size_t n;
    const double *averaging_s, *limit_kg_m3;
} cosmo_dose_limit;
/* Averaging times: those tabulated, and between the first and the last of them and beyond, up to the length of the
 * series, every whole interval. A threshold of one time is judged at that time alone. Times below the interval cannot
 * be seen: the interval stands for them, which is noted. Errors: COSMO_BAD_INPUT for a threshold of water or soil. */
cosmo_status cosmo_dose_prepare(const cosmo_threshold *threshold, const cosmo_substance *substance,
                                double temperature_k, double pressure_pa, double interval_s, size_t n_intervals,
                                cosmo_arena *arena, cosmo_run *run, cosmo_dose_limit *limit);
typedef struct cosmo_dose_finding {
    double ratio;       /* of the largest mean to the limit, at the averaging time where this is largest */
    double averaging_s; /* that time; 0 when there is nothing in the air */
    double peak_ratio;  /* of the largest single interval to the limit for so short a time: grows as intervals shrink */
} cosmo_dose_finding;
cosmo_dose_finding cosmo_dose_judge(const cosmo_dose_limit *limit, const cosmo_dose_series *series);

/* Probability that a toxic load, (kg/m3)^n s with the n of the substance's probit, kills; NaN when it has no probit.
 * Say so beside it when substance->probit.provisional. */
double cosmo_dose_death(const cosmo_substance *substance, double load, double temperature_k, double pressure_pa);
/* Probability of an effect that half of a group of people have at `median`, lognormal: sigma_ln is the standard
 * deviation of the logarithm. Both in one unit. Source: the form of LATRA, as told in NRC 1998 (NAP 6205), chapter 2.
 */
double cosmo_dose_response(double concentration, double median, double sigma_ln);

/* Scatter of single samples: the standard deviation of the logarithm of one laboratory's value about the truth of the
 * place, from pairs that two laboratories took at about one place: root of the mean of ln^2(a/b) / 2. */
double cosmo_exceedance_scatter(size_t n, const double *one, const double *other);
/* That of the four pairs of July and August 2013 (UDMH in soil; Tengrinews, iarex.ru): 1230/527 and 8040/395 times the
 * limit, then 660/130 and 130/10 before and after treatment. */
double cosmo_exceedance_scatter_2013(void);
/* Probability that a sample exceeds a limit where an ensemble of n equally likely predictions (0 or more, same unit as
 * the limit) is known, and samples scatter about the truth with sigma_ln (0: not at all). */
double cosmo_exceedance_probability(size_t n, const double *predictions, double limit, double sigma_ln);

/* Which of the substances are followed as species, in which order, and in what weather. */
typedef struct cosmo_fate_question {
    size_t n_species;
    const char *const *species; /* ids, each once */
    const cosmo_plume_weather *weather;
    bool drawn; /* figures that are ranges: drawn for `sample`; false: the most likely */
    uint32_t stream;
    uint64_t sample;
} cosmo_fate_question;
/* What becomes of each species in the air (`fates`, n_species of them). Rain, Sun and cloud of the weather decide; one
 * that is NaN counts as none. Of several products the first that is followed is produced, the rest of the losses are
 * lost; products that nobody follows and figures that the table does not have are noted. Hydroxyl: 1e13 m-3 with the
 * Sun in the zenith of a clear sky, in proportion to the light (from memory). Light: sine of the Sun's height times 1 -
 * 0.75 N^3.4 (Kasten and Czeplak 1980). Errors: COSMO_BAD_INPUT for a species that is not in the table. */
cosmo_status cosmo_fate_make(const cosmo_substances *substances, const cosmo_fate_question *question,
                             cosmo_arena *arena, cosmo_run *run, cosmo_plume_fate *fates);

/* ---- soil -------------------------------------------------------------------------------------------------------- */

enum { COSMO_SOIL_CLASSES_MAX = 8 };
/* Depth classes: class i reaches from edge_m[i] down to edge_m[i + 1] and has share[i] of the mass. */
typedef struct cosmo_soil_profile {
    size_t n; /* at most COSMO_SOIL_CLASSES_MAX */
    double edge_m[COSMO_SOIL_CLASSES_MAX + 1];
    double share[COSMO_SOIL_CLASSES_MAX]; /* sums to 1, or to less where some lies deeper */
} cosmo_soil_profile;

/* A content that falls to 1/e every `efold_m`, in n classes with n + 1 rising edges from the surface. */
cosmo_soil_profile cosmo_soil_exponential(size_t n, const double *edge_m, double efold_m);
/* The same from contents measured in each class (any unit): all of the mass lies in them. Nothing measured: no shares.
 */
cosmo_soil_profile cosmo_soil_measured(size_t n, const double *edge_m, const double *content);
/* Content of a class, kg/kg, where `mass_kg_m2` lies in a column of soil. */
double cosmo_soil_content(const cosmo_soil_profile *profile, size_t class_number, double mass_kg_m2,
                          double bulk_density_kg_m3);
/* Mass in a body of soil of one content (a crater, a treated field), kg, and the content that a mass gives it, kg/kg.
 */
double cosmo_soil_mass(double area_m2, double depth_m, double bulk_density_kg_m3, double content_kg_kg);
double cosmo_soil_crater_content(double mass_kg, double area_m2, double depth_m, double bulk_density_kg_m3);
/* Area that a spill wets, m2: volume over depth of penetration times `retention`, the volume of liquid that a volume of
 * soil holds. A pool on firm ground: its depth and a retention of 1. */
double cosmo_soil_spill_area(double volume_m3, double penetration_m, double retention);

/* Decay of a substance and of what comes of it, before and after a treatment. */
typedef struct cosmo_soil_decay {
    double half_life_s, treated_half_life_s;                 /* infinite: stays */
    double product_half_life_s, product_treated_half_life_s; /* likewise */
    double yield_kg_kg;                                      /* of product a kilogram that decays; 0: none */
    double treated_from_s;                                   /* infinite: never */
} cosmo_soil_decay;
/* What is left of a kilogram after a time, and how much of the product there is: kg/kg, two first-order steps.
 * Source: Bateman 1910, for a chain of two. */
typedef struct cosmo_soil_left {
    double parent, product;
} cosmo_soil_left;
cosmo_soil_left cosmo_soil_after(const cosmo_soil_decay *decay, double time_s);

/* Area above a limit in each class (above_m2, profile->n of them), m2: cells of area and deposited mass, of which
 * `left` is still there (cosmo_soil_after). A content at the limit is not above it. */
void cosmo_soil_area_above(size_t n_cells, const double *area_m2, const double *mass_kg_m2,
                           const cosmo_soil_profile *profile, double bulk_density_kg_m3, double left,
                           double limit_kg_kg, double *above_m2);

/* What is uncertain about a soil. */
typedef struct cosmo_soil_ranges {
    cosmo_range bulk_density_kg_m3, efold_m;
    cosmo_range half_life_s, treated_half_life_s, product_half_life_s, product_treated_half_life_s;
    double yield_kg_kg;
} cosmo_soil_ranges;
/* Ranges of a substance in dry soil: bulk density 1300-1500-1700 kg/m3, depth of 1/e 0.05-0.12-0.3 m (both estimates),
 * half-lives of the table; NaN (which is noted) where it has none: nothing decays. Errors: COSMO_INTERNAL when the
 * product is not in the table. */
cosmo_status cosmo_soil_usual(const cosmo_substances *substances, const cosmo_substance *substance, cosmo_run *run,
                              cosmo_soil_ranges *ranges);
typedef struct cosmo_soil_drawn {
    double bulk_density_kg_m3, efold_m;
    cosmo_soil_decay decay; /* treated_from_s infinite: the caller's */
} cosmo_soil_drawn;
/* One soil of them: the same for the same seed, stream and sample. */
cosmo_soil_drawn cosmo_soil_draw(const cosmo_soil_ranges *ranges, uint64_t seed, uint32_t stream, uint64_t sample);

/* ---- what is released -------------------------------------------------------------------------------------------- */

/* A compound by its atoms a molecule and its enthalpy of formation at 298 K, J/mol. */
typedef struct cosmo_compound {
    double carbon, hydrogen, nitrogen, oxygen;
    double formation_j_mol;
} cosmo_compound;
double cosmo_fireball_molar_kg_mol(const cosmo_compound *compound);
/* What a pair burns to: carbon dioxide, water vapour, nitrogen. */
typedef struct cosmo_burning {
    double ratio;          /* oxidiser over fuel, mass, of the stoichiometric mixture */
    double heat_j_kg;      /* of a kilogram of that mixture */
    double fuel_heat_j_kg; /* of a kilogram of fuel in air: its lower heating value */
} cosmo_burning;
/* The reaction of a fuel with an oxidiser, from their heats of formation. UDMH with N2O4: ratio 3.06, 7.22 MJ/kg.
 * Enthalpies of CO2 and H2O (gas): -393.51 and -241.83 kJ/mol (CODATA 1989). Errors: COSMO_BAD_INPUT when the fuel has
 * nothing to burn or the oxidiser no oxygen to spare. */
cosmo_status cosmo_fireball_react(const cosmo_compound *fuel, const cosmo_compound *oxidiser, cosmo_run *run,
                                  cosmo_burning *reaction);
/* What burns of a fuel and an oxidiser that are mixed: in the ratio of the reaction as long as there is oxidiser, the
 * rest of the fuel in air. Oxidiser that finds no fuel is left. */
typedef struct cosmo_combustion {
    double together_kg; /* of both, in the ratio of the reaction */
    double in_air_kg;   /* of fuel alone */
    double oxidiser_left_kg;
    double heat_j;
} cosmo_combustion;
cosmo_combustion cosmo_fireball_burn(const cosmo_burning *reaction, double fuel_kg, double oxidiser_kg);

/* Largest diameter of a fireball and how long it lasts. Two published laws, a factor 1.7 apart at 600 t: show both.
 * Gayle and Bransford 1965 (NASA TM X-53314), liquid propellants: D = 9.56 W^0.325 ft, t = 0.196 W^0.349 s, W in lb.
 * CCPS 1994, fuel: D = 5.8 M^(1/3) m, t = 0.45 M^(1/3) s, from 30 t on 2.6 M^(1/6), M in kg. */
typedef struct cosmo_fireball {
    double diameter_m, duration_s;
} cosmo_fireball;
cosmo_fireball cosmo_fireball_gayle(double propellant_kg);
cosmo_fireball cosmo_fireball_ccps(double mass_kg);

/* What may become of the contents of a tank that bursts, as shares of its mass; what is left of 1 burns. */
typedef struct cosmo_burst_shares {
    cosmo_range vaporised, aerosolised, spilled;
} cosmo_burst_shares;
typedef struct cosmo_burst_tank {
    const char *substance;
    double mass_kg;
    bool oxidiser; /* false: a fuel */
    cosmo_burst_shares shares;
} cosmo_burst_tank;
/* Assumed shares: no open source gives measured ones. Of a fuel 0.1 to 10 % does not burn (most likely 1 %), of an
 * oxidiser 2 to 30 % becomes vapour (10 %); 0.01 to 0.5 % of either is spilled (0.1 %). Notes that it is assumed. */
cosmo_burst_shares cosmo_burst_assume(bool oxidiser, cosmo_run *run);
/* Shares 0 to 1 with low <= mode <= high, masses >= 0, names given. Errors: COSMO_BAD_INPUT. */
cosmo_status cosmo_burst_check(const cosmo_burst_tank *tanks, size_t n, cosmo_run *run);
/* The parts of a tank's mass, kg. They add up to it. */
typedef struct cosmo_burst_parts {
    double burnt_kg, vaporised_kg, aerosolised_kg, spilled_kg;
} cosmo_burst_parts;
/* One draw of what becomes of n tanks, a function of (seed, stream, sample). Tanks of one substance share their draws,
 * three a substance: 3 i, 3 i + 1, 3 i + 2 with i its first tank. Where the three shares exceed 1 they are divided by
 * their sum, and nothing burns. Then oxidiser that has no fuel to burn with becomes vapour. `reaction` (may be NULL:
 * neither that nor heat) is of the fuel with the oxidiser; `combustion` (may be NULL) is of all tanks together. */
void cosmo_burst_draw(const cosmo_burst_tank *tanks, size_t n, const cosmo_burning *reaction, uint64_t seed,
                      uint32_t stream, uint64_t sample, cosmo_burst_parts *parts, cosmo_combustion *combustion);

/* First-order shares of variance of an answer (its logarithm, where it spans decades): the correlation ratio on each
 * input, Var(E[answer | input]) / Var(answer), by bins of equal probability, less what chance alone gives (Kelley
 * 1935). `inputs` is n_inputs x n_samples. Shares are 0 to 1; those of interactions are in none. An answer that does
 * not vary has shares 0. Deterministic. Errors: COSMO_BAD_INPUT below 64 samples or for what is not finite;
 * COSMO_NO_RESOURCES. */
cosmo_status cosmo_variance_shares(size_t n_samples, size_t n_inputs, const double *inputs, const double *answer,
                                   cosmo_run *run, double *shares);

/* A liquid of a pool. Vapour pressure is Clausius and Clapeyron's from boiling point and heat of vaporisation. */
typedef struct cosmo_pool_liquid {
    double mass_kg;
    double molar_kg_mol, boiling_k /* at 101325 Pa */, vaporisation_j_kg, density_kg_m3, heat_capacity_j_kg_k;
    double diffusivity_m2_s; /* of the vapour in air */
} cosmo_pool_liquid;
/* What is spilled at once, and on what. */
typedef struct cosmo_pool_case {
    size_t n;
    const cosmo_pool_liquid *liquids; /* mixed: Raoult's law */
    double area_m2;                   /* of a dike or of soil seen wet; NaN: by depth */
    double depth_m;                   /* to which it spreads when no area is given */
    double temperature_k;             /* of the liquid at first */
    double wind_m_s;                  /* at 10 m */
    double air_k, air_pa, ground_k;
    double radiation_w_m2;                                     /* net, into the pool */
    double ground_conductivity_w_m_k, ground_diffusivity_m2_s; /* conductivity 0: no heat from below */
    double duration_s;
} cosmo_pool_case;
enum { COSMO_POOL_STEPS = 600 };
/* Steps whose ends grow with the square of their number; row-major steps x liquids. */
typedef struct cosmo_pool {
    size_t n; /* liquids */
    double end_s[COSMO_POOL_STEPS], temperature_k[COSMO_POOL_STEPS], area_m2[COSMO_POOL_STEPS];
    double *rate_kg_s; /* means over the steps */
    double *left_kg;   /* liquids, at the end: spilled = evaporated + left */
    double gone_s;     /* when 99.9 % had evaporated; NaN: not within the duration */
} cosmo_pool;
/* Mass transfer from a pool to the wind, m/s. Mackay and Matsugu 1973: k = 0.0292 u^0.78 X^-0.11 Sc^-0.67 with k and u
 * in m/h and the diameter X in m; in m/s the constant is 0.0048 (exponents 7/9, -1/9, -2/3). Their pools were 1.2 to 3
 * m across, winds 1.8 to 6.7 m/s (from memory). Below 0.5 m/s it is that of 0.5 m/s. */
double cosmo_pool_transfer_m_s(double wind_m_s, double diameter_m, double schmidt);
/* Evaporation of a spill until it is gone or the duration ends. It spreads as a falling cylinder of equal height and
 * radius (Shaw and Briscoe 1978: r^2 = r0^2 + t (8 g V / pi)^(1/2)) to its area and stays that wide while it dries. Its
 * temperature follows from air (Chilton and Colburn 1934), radiation, the ground (half-space) and what evaporation
 * takes; flux is -k P M / (R T) ln(1 - p/P), so that a boiling pool takes what heat allows. It does not freeze, and
 * nothing soaks into the ground. Implicit steps, first order in time. Errors: COSMO_BAD_INPUT for figures out of their
 * range; COSMO_NO_RESOURCES. */
cosmo_status cosmo_pool_evaporate(const cosmo_pool_case *spill, cosmo_arena *arena, cosmo_run *run, cosmo_pool *pool);

/* What a stage that is dropped as planned still holds of a substance, all its units together. */
typedef struct cosmo_residual {
    const char *substance;
    cosmo_range left_kg;
} cosmo_residual;
/* Residuals of a stage's tanks that burn: mode what the vehicle's file says, from half to one and a half of it
 * (assumed, noted). `residuals` has room for COSMO_REMAINS_TANKS_MAX; returns how many. Tanks without any are left out.
 */
size_t cosmo_residual_describe(const cosmo_stage *stage, cosmo_run *run, cosmo_residual *residuals);
/* One draw of what reaches the soil and what goes into the air, n of each: the share of the soil is drawn once. */
void cosmo_residual_draw(const cosmo_residual *residuals, size_t n, const cosmo_range *soil_share, uint64_t seed,
                         uint32_t stream, uint64_t sample, double *soil_kg, double *air_kg);

/* A flight with solid motors: when it is where above the pad (metres east, north, up), and what they burn then. */
typedef struct cosmo_exhaust_path {
    size_t n; /* times rise */
    const double *time_s, *east_m, *north_m, *height_m, *burn_kg_s;
} cosmo_exhaust_path;
/* The exhaust of a kilogram of propellant by species of the particles, kg. */
typedef struct cosmo_exhaust {
    double share[COSMO_PLUME_SPECIES_MAX];
    double sigma_m; /* of each puff */
} cosmo_exhaust;
/* Puffs (`releases`, of cosmo_plume_release) between the points of a path up to a height, each with what was burnt
 * between them; the last is cut there. Mass is kept: the trapezoid of burn_kg_s. Errors: COSMO_BAD_INPUT for times that
 * do not rise or what is not finite; COSMO_NO_RESOURCES. */
cosmo_status cosmo_exhaust_puffs(const cosmo_exhaust_path *path, const cosmo_exhaust *exhaust, double top_m,
                                 cosmo_arena *arena, cosmo_run *run, cosmo_list *releases);

/* ---- cloud rise -------------------------------------------------------------------------------------------------- */

/* A cloud or plume whose radius grows with its rise, r = r0 + gamma z, by conservation of mass, momentum and buoyancy:
 * what REEDM (Bjorklund 1990) uses. At once: d(r^3 w)/dt = F, dF/dt = -s r^3 w. Lasting, bent over by the wind u: the
 * same with r^2 w and F / u (Briggs 1975). dz/dt = w, s = g/theta dtheta/dz, at rest at first. */
typedef struct cosmo_cloud_source {
    bool lasting;
    double buoyancy;    /* cosmo_cloud_rise_buoyancy */
    double entrainment; /* gamma: 0.64 at once, 0.5 lasting (REEDM, from memory) */
    double radius_m;    /* r0 */
    double height_m;    /* where its middle starts, above ground */
    double wind_m_s;    /* lasting only */
} cosmo_cloud_source;
/* F of heat released at once, m4/s2: 3 g Q / (4 pi rho cp T); and of heat released a second, m4/s3: g Q / (pi rho cp
 * T). `heat` without what is radiated. */
double cosmo_cloud_rise_buoyancy(bool lasting, double heat, double air_k, double air_pa);
/* Rise above its start at a time in air of one stability s, 1/s2; negative s: unstable. In stable air it is at its top
 * from pi/sqrt(s) on. */
double cosmo_cloud_rise_at(const cosmo_cloud_source *source, double stability_1_s2, double time_s);
/* Its largest rise; infinite for s <= 0. */
double cosmo_cloud_rise_top(const cosmo_cloud_source *source, double stability_1_s2);
/* A cloud that rises no more. */
typedef struct cosmo_cloud {
    double height_m; /* of its middle, above ground */
    double time_s;
    double radius_m;
    double sigma_m; /* radius / 2.15: a tenth of the middle's concentration there; in every direction */
} cosmo_cloud;
/* The rise through measured temperatures. ln theta is linear between levels, so that each layer has a closed solution:
 * no step size. Levels without a temperature are left out (noted); above the highest, and everywhere with fewer than
 * two, the lapse rate is the standard atmosphere's 6.5 K/km (noted). Errors: COSMO_BAD_INPUT for levels that do not
 * rise and for figures out of range; COSMO_NO_SOLUTION when it rises past 50 km. */
cosmo_status cosmo_cloud_rise_stabilise(const cosmo_cloud_source *source, const cosmo_plume_weather *weather,
                                        cosmo_run *run, cosmo_cloud *cloud);
/* Share of a cloud's mass between two heights above ground: Gaussian, what would be below the ground folded up. */
double cosmo_cloud_rise_share(const cosmo_cloud *cloud, double lower_m, double upper_m);

/* ---- plumes and puffs as formulas -------------------------------------------------------------------------------- */

/* Pasquill's classes. */
typedef enum cosmo_stability {
    COSMO_STABILITY_A,
    COSMO_STABILITY_B,
    COSMO_STABILITY_C,
    COSMO_STABILITY_D,
    COSMO_STABILITY_E,
    COSMO_STABILITY_F,
    COSMO_STABILITIES
} cosmo_stability;
/* The class of an Obukhov length (infinite: D) over a roughness, held to 0.01 .. 0.5 m. Golder 1972, lines as in EPA's
 * CTDMPLUS and MMIF. */
cosmo_stability cosmo_gaussian_class(double obukhov_m, double roughness_m);

/* Where standard deviations come from. Plumes have none along the wind. */
typedef enum cosmo_sigma_set {
    COSMO_SIGMA_BRIGGS_RURAL, /* Briggs 1973; 100 m to 10 km */
    COSMO_SIGMA_BRIGGS_URBAN,
    COSMO_SIGMA_ISC3_RURAL, /* EPA-454/B-95-003b, tables 1-1 to 1-4 */
    COSMO_SIGMA_TNO,        /* Yellow Book (CPR 14E, 2005) 4.5.3, plumes of 10 minutes */
    COSMO_SIGMA_SLADE_PUFF, /* Slade 1968, CCPS 1999 */
    COSMO_SIGMA_TNO_PUFF,
    COSMO_SIGMA_SETS
} cosmo_sigma_set;
typedef struct cosmo_sigmas {
    double along_m, across_m, up_m;
} cosmo_sigmas;
/* Standard deviations a distance x >= 0 downwind. */
cosmo_sigmas cosmo_gaussian_sigmas(cosmo_sigma_set set, cosmo_stability stability, double distance_m);
/* How far upwind a point source would lie for a source of this size: where `across` or `up` is sigma_m. 0 for 0; at
 * most 1000 km. */
double cosmo_gaussian_virtual_m(cosmo_sigma_set set, cosmo_stability stability, bool up, double sigma_m);
/* Wind at a height by the power law, u (z/z_ref)^p. Exponents: Irwin 1979 as in ISC3; rural .07 .07 .10 .15 .35 .55,
 * urban .15 .15 .20 .25 .30 .30. */
double cosmo_gaussian_wind(double wind_m_s, double reference_m, double height_m, cosmo_stability stability, bool urban);
/* Vertical spread, 1/m: a Gaussian about the source's height, reflected by the ground and by the lid (infinite or NaN:
 * none), where `sigma` > 1.6 lids the same everywhere. 0 above the lid. The source is below the lid. */
double cosmo_gaussian_vertical(double sigma_m, double source_m, double height_m, double lid_m);
/* Concentration of a plume, kg/m3, beside its axis at a height. Wind above 0; below 1 m/s the formula means little.
 * Turner 1970, eq. 3.1. */
double cosmo_gaussian_plume(double source_kg_s, double wind_m_s, const cosmo_sigmas *sigmas, double across_m,
                            double source_m, double height_m, double lid_m);
/* Concentration of a puff ahead of and beside its middle, kg/m3. */
double cosmo_gaussian_puff(double mass_kg, const cosmo_sigmas *sigmas, double along_m, double across_m, double source_m,
                           double height_m, double lid_m);

/* ---- heavy gas --------------------------------------------------------------------------------------------------- */

/* A release of gas heavier than air, at the ground. */
typedef struct cosmo_heavy_release {
    bool lasting;
    double volume; /* of undiluted gas: m3/s lasting, m3 at once */
    double density_kg_m3, air_density_kg_m3;
    double temperature_ratio; /* of release over air, K/K */
    double wind_m_s;          /* at 10 m */
} cosmo_heavy_release;
/* g' = g (rho - rho_air) / rho_air, m/s2, 0 for what is lighter. */
double cosmo_heavy_gas_gravity_m_s2(const cosmo_heavy_release *release);
/* Whether density matters: (g' q / D)^(1/3) / u > 0.15 with D = (q/u)^(1/2), or (g' V^(1/3))^(1/2) / u > 0.20. `number`
 * (may be NULL) receives the left side. Britter and McQuaid 1988; CCPS 1999, eq. 2.1.47. */
bool cosmo_heavy_gas_matters(const cosmo_heavy_release *release, double *number);
/* Concentration over that of the release, by volume, on the ground downwind: interpolated between the workbook's curves
 * as digitised in TSCREEN (EPA-454/B-94-023) and CCPS 1999, straight in the logarithms; beyond the last curve as 1/x^2.
 * Nearer than the first curve: 306/(306 + (x/D)^2), 3.24/(3.24 + x^2/V^(2/3)), held above the first curve. Corrected
 * for temperature. Flat open ground; errors of a factor 2. Not for calm: validity of the workbook is u > 1 m/s about.
 */
double cosmo_heavy_gas_ratio(const cosmo_heavy_release *release, double distance_m);
/* The distance where it has fallen to a ratio between 0 and 1. */
double cosmo_heavy_gas_distance_m(const cosmo_heavy_release *release, double ratio);
/* Half its width: of a plume at a distance, of a cloud the radius at a time. Britter and McQuaid 1988. */
double cosmo_heavy_gas_width_m(const cosmo_heavy_release *release, double distance_m, double time_s);
/* Screening by formulas for passive gas is refused where density matters. Errors: COSMO_BAD_INPUT with the number. */
cosmo_status cosmo_heavy_gas_refuse(const cosmo_heavy_release *release, cosmo_run *run);

/* N2O4 = 2 NO2 at equilibrium: share of N2O4 that is dissociated at a temperature and at their own partial pressure.
 * Kp = 0.148 atm at 298.15 K, 57.2 kJ/mol (from memory of standard tables). */
double cosmo_heavy_gas_dissociation(double temperature_k, double oxides_pa);
/* Density of N2O4 and NO2 in air: share of oxides by mass (1: nothing else), of which a share is fog of liquid (1443
 * kg/m3). Temperature and pressure are of the mixture. */
double cosmo_heavy_gas_oxides_kg_m3(double temperature_k, double pressure_pa, double oxides_share, double fog_share);

/* ---- the surface layer from what is known ------------------------------------------------------------------------ */

/* What else may be known where u*, L or h are not. */
enum { COSMO_SURFACE_NO_CLASS = -1, COSMO_SURFACE_CLASSES = 6 };
typedef struct cosmo_surface_hints {
    int stability;         /* Pasquill's class, A to F as 0 to 5; COSMO_SURFACE_NO_CLASS: not stated */
    double heat_flux_w_m2; /* sensible, upwards; NaN: from the sun and the clouds */
    double albedo;         /* of the ground; NaN: 0.23, grass */
    double moisture;       /* Holtslag and van Ulden's alpha: 1 wet grass, 0 bare and dry; NaN: 0.45, dry prairie */
} cosmo_surface_hints;
cosmo_surface_hints cosmo_surface_no_hints(void);

/* Fill in what `weather` lacks of L, u* and h, and note each as an assumption with its number.
 *   L   by Golder's lines from a stated class; else with u* from the heat flux: stated, or by day (the sun above 0)
 *       from sun and clouds, by night from the clouds' temperature scale 0.09 (1 - N^2 / 2) K
 *   u*  from the lowest wind at 1 m and 10 z0 or above, and L
 *   h   parcel method where L < 0; else where the bulk Richardson number reaches 0.25; without temperatures aloft
 *       0.3 u* / f, and in stable air the smaller of that and 0.4 sqrt(u* L / f). By day there is no such formula.
 * Needs roughness and one wind; temperature_k and pressure_pa where a heat flux is used; the heights rise.
 * Errors: COSMO_BAD_INPUT "error: weather: ...": a value that is impossible (a negative mixing height, wind from 400
 * deg), or what is missing and what would do instead.
 * Source: Holtslag and van Ulden 1983, J. Climate Appl. Meteor. 22, 517; van Ulden and Holtslag 1985, ibid. 24, 1196;
 * Golder 1972, Boundary-Layer Meteor. 3, 47; Vogelezang and Holtslag 1996, Boundary-Layer Meteor. 81, 245;
 * Zilitinkevich 1972, Boundary-Layer Meteor. 3, 141; Holzworth 1964, Mon. Wea. Rev. 92, 235. */
cosmo_status cosmo_surface_complete(const cosmo_surface_hints *hints, cosmo_plume_weather *weather, cosmo_run *run);

/* The levels of a sounding as heights above the ground: those above it where it has wind; temperature as it is. The
 * ground's temperature and pressure are filled in from it where they are not known. Errors: no wind above ground. */
cosmo_status cosmo_surface_levels(const cosmo_sounding *sounding, double ground_m, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_plume_weather *weather);

/* L of a Pasquill class over ground of a roughness; infinite for D. Source: Golder 1972, as 1/L = a + b lg z0 in
 * Seinfeld and Pandis 2006, eq. 16.83. */
double cosmo_surface_class_obukhov_m(int stability, double roughness_m);
/* Wind at a height: (u* / k) (ln(z / z0) - psi(z / L) + psi(z0 / L)), k = 0.4; psi by Paulson 1970 with 16 z / L in
 * unstable air, -5 z / L in stable air to z = L, beyond that -5 (1 + ln(z / L)). */
double cosmo_surface_wind_m_s(double friction_velocity_m_s, double obukhov_m, double roughness_m, double height_m);
/* Sensible heat flux by day, W/m2 upwards. Source: Holtslag and van Ulden 1983, eq. 2-5 and 16; gamma / s by Magnus'
 * formula. */
double cosmo_surface_heat_flux_w_m2(double sun_elevation_rad, double cloud_fraction, double temperature_k,
                                    double pressure_pa, double albedo, double moisture);

/* ---- valuation --------------------------------------------------------------------------------------------------- */

/* A quantity that a rule-set may put a price on, by one of a fixed set of names that end in their unit
 * (docs/add-a-valuation.md lists them). Values are never negative. Samples are those of one Monte-Carlo run: sample i
 * of one quantity belongs to sample i of the others. */
typedef struct cosmo_quantity {
    const char *name;               /* "soil_mass_kg" */
    const char *substance;          /* "UDMH" where the name is by substance, else NULL */
    const char *group;              /* the assumption it comes from: a group moves together; NULL: its own name */
    size_t n;                       /* samples; 1: the same in all */
    const double *inside, *outside; /* of the boundary; both, or neither */
    const double *whole;            /* where the quantity is not split, else NULL */
} cosmo_quantity;
typedef struct cosmo_quantities {
    size_t n;
    const cosmo_quantity *items;
} cosmo_quantities;

/* What a name means. */
typedef struct cosmo_quantity_kind {
    const char *name, *unit, *meaning;
    bool by_substance;
    bool intensive; /* a depth, a ratio, a time: inside and outside are not added up */
    bool overlaps;  /* of two substances it may be the same square metre: not added up over substances */
} cosmo_quantity_kind;
/* The fixed names in their order; NULL past the last. */
const cosmo_quantity_kind *cosmo_quantities_kind(size_t i);
const cosmo_quantity_kind *cosmo_quantities_find(const char *name); /* NULL: no such name */
/* Names, substances, splits, counts of samples and signs are as they must be; *n_samples (may be NULL) is the count of
 * samples, 1 where all are single values. Errors: COSMO_BAD_INPUT with the quantity's name and what is wrong. */
cosmo_status cosmo_quantities_check(const cosmo_quantities *quantities, cosmo_run *run, size_t *n_samples);

/* Computed quantities and those that a case states (of cosmo_release_quantity) because no physics computes them; a
 * stated one replaces the computed one of its name and substance. What is stated as a range is drawn, `n_samples` of
 * it, from the run's seed and `stream`; computed ones have as many samples, or one. Each stated one is noted as an
 * assumption. `asked` (may be NULL) is the list's node, for the place of messages. Errors: COSMO_BAD_INPUT for unknown
 * names, negative values, and quantities that are there twice. */
cosmo_status cosmo_quantities_state(const cosmo_list *stated, const cosmo_yaml *asked, const cosmo_quantities *computed,
                                    size_t n_samples, uint32_t stream, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_quantities *all);

/* A rate or coefficient of a rule-set. At most one of value, by_substance and steps is there; none: blank. */
typedef struct cosmo_tariff_rate {
    const char *id, *name;
    const char *unit;                  /* "KZT/MRP", "RUB/m2", "1" */
    double value;                      /* NaN: blank */
    cosmo_list by_substance;           /* of cosmo_tariff_share */
    const char *of;                    /* the quantity that chooses a step */
    cosmo_table steps;                 /* rows of: from this value of `of` on; the rate */
    const char *valid_from, *valid_to; /* days in force; NULL: those of the rule-set. Out of force is blank */
    const char *source, *note;
    int confidence; /* index into high, medium, low, estimate */
} cosmo_tariff_rate;
typedef struct cosmo_tariff_share {
    const char *substance;
    double value; /* NaN: blank */
    const char *source, *note;
    int confidence;
} cosmo_tariff_share;

typedef enum cosmo_tariff_form {
    COSMO_TARIFF_PRODUCT,        /* quantities x rates */
    COSMO_TARIFF_SUBSTANCES,     /* the same for every substance, added up */
    COSMO_TARIFF_SERVICE_LOST,   /* area x discounted years x rates */
    COSMO_TARIFF_SERVICE_OFFSET, /* the same over the discounted years that a compensating area yields */
    COSMO_TARIFF_FIXED,          /* rates alone */
    COSMO_TARIFF_IDENTITY        /* a whole number of units x rates: arithmetic, not a reproduction */
} cosmo_tariff_form;

typedef struct cosmo_tariff_item {
    const char *id, *name;
    int form;                                     /* cosmo_tariff_form */
    cosmo_list quantities;                        /* of const char * */
    const char *less;                             /* taken from the first quantity, at least nothing left; NULL */
    const char *substance;                        /* only this one of quantities by substance; NULL: all */
    cosmo_list rates;                             /* of const char *, ids */
    const char *discount, *uplift, *life, *delay; /* ids of rates of the forms with services */
    int recovery;                                 /* 0: at once at the end; 1: linear */
    int64_t units;                                /* of an identity */
    int where;                                    /* of a fixed sum: 0 not said, 1 inside, 2 outside the boundary */
    const char *definition, *reference, *source, *note;
    int confidence;
} cosmo_tariff_item;

/* What one unit of another currency cost on a day. */
typedef struct cosmo_tariff_exchange {
    const char *currency, *day;
    double price; /* in the file's currency; NaN: blank */
    const char *source, *note;
    int confidence;
} cosmo_tariff_exchange;

/* A rule-set: data/valuation/ID.yaml, or a file of the user's own. */
typedef struct cosmo_tariff {
    const char *id, *name, *summary, *country;
    const char *currency, *reference; /* three letters; the law */
    const char *valid_from, *valid_to;
    cosmo_list exchange; /* of cosmo_tariff_exchange */
    cosmo_list rates;    /* of cosmo_tariff_rate */
    cosmo_list items;    /* of cosmo_tariff_item */
} cosmo_tariff;

const cosmo_section *cosmo_tariff_section(void);
/* Read data/valuation/ID.yaml (or the path given, when it ends in .yaml) and check what the tables cannot: days, units
 * (the product of an item's quantities and rates must come out in the file's currency), names of quantities and rates,
 * steps that rise. Blank rates are allowed. Errors: COSMO_BAD_INPUT "file:line:col: error: ..." with the nearest name.
 */
cosmo_status cosmo_tariff_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                               cosmo_tariff *tariff);
/* The same from bytes. */
cosmo_status cosmo_tariff_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                cosmo_tariff *tariff);

/* A figure that a case puts in place of a rate, with its source. `rate` is an id, or "id.SUBSTANCE". */
typedef struct cosmo_tariff_override {
    const char *rate;
    double value;
    const char *unit; /* must be of the rate's kind: "KZT/t" for "KZT/kg" is converted */
    const char *source, *note;
} cosmo_tariff_override;
const cosmo_section *cosmo_tariff_override_section(void);

typedef enum cosmo_valuation_scope {
    COSMO_VALUATION_EVERYWHERE,
    COSMO_VALUATION_INSIDE,
    COSMO_VALUATION_OUTSIDE
} cosmo_valuation_scope;

/* What one party puts in. */
typedef struct cosmo_valuation_side {
    const char *name; /* for messages and remarks: "Kazakhstan"; NULL: the rule-set's id */
    const cosmo_tariff *tariff;
    const cosmo_quantities *quantities;
    size_t n_overrides;
    const cosmo_tariff_override *overrides;
    const char *day;      /* of the accident, "2013-07-02"; NULL: not known, which is noted */
    int scope;            /* cosmo_valuation_scope: harm on which side of the boundary counts */
    const char *currency; /* totals are also given in it; NULL: in none */
} cosmo_valuation_side;

/* Of the samples: quantiles (Hyndman and Fan 1996, definition 7) and mean. NaN: no amount. */
typedef struct cosmo_valuation_range {
    double p5, p50, p95, mean;
} cosmo_valuation_range;

/* inside + outside + undivided = whole in every sample. Undivided is what no quantity splits by the boundary. */
typedef struct cosmo_valuation_amount {
    cosmo_valuation_range whole, inside, outside, undivided;
} cosmo_valuation_amount;

/* A rate as it was used. */
typedef struct cosmo_valuation_rate {
    const char *id, *unit, *source;
    double value; /* NaN: blank, or one of several by substance or step */
    bool overridden;
} cosmo_valuation_rate;

typedef struct cosmo_valuation_item {
    const cosmo_tariff_item *item;
    cosmo_valuation_amount amount; /* in the rule-set's currency */
    double converted;              /* mean of the whole in the other currency; NaN */
    size_t n_rates;
    const cosmo_valuation_rate *rates;
    const char *remark; /* why there is no amount, or what the amount is not; NULL */
} cosmo_valuation_item;

typedef struct cosmo_valuation {
    const cosmo_tariff *tariff;
    bool in_force; /* on the day of the accident; true without a day */
    size_t n_samples, n_items;
    const cosmo_valuation_item *items;
    size_t n_without_rate, n_without_quantity; /* items that have no amount, and why */
    cosmo_valuation_amount counted;            /* of the items that have one, added up sample by sample */
    cosmo_valuation_amount total;              /* the same when every item has one, else NaN */
    const double *samples;                     /* n_samples of `counted.whole`; NULL: no item has an amount */
    const cosmo_tariff_exchange *exchange;     /* NULL: none needed, or none there */
    double price;                              /* of the other currency; 1 where it is the file's own; NaN */
    const char *remark;                        /* "incomplete: 2 items without a rate"; NULL */
} cosmo_valuation;

/* Put prices on quantities: every item by sample, then quantiles; the total is added up sample by sample, not by
 * quantile. An item with a blank rate or a quantity that is not there has no amount (NaN) and the run a warning; so has
 * a rule-set that is out of force on the day. Of several exchange rates the one nearest to the day serves (the earlier
 * of two; without a day the first), and is noted.
 * Service hectare-years are discounted continuously at the yearly rate: the years T after the accident weigh
 * (1 - (1+d)^-T) / ln(1+d), for linear recovery (T - weight) / (T ln(1+d)) (the integral of (1 - t/T)(1+d)^-t).
 * Errors: COSMO_BAD_INPUT for quantities or overrides that are wrong; nothing is guessed.
 * Source: Directive 2004/35/EC annex II; discounted service years after NOAA, Habitat Equivalency Analysis (1995),
 * there in yearly steps (from memory). */
cosmo_status cosmo_valuation_evaluate(const cosmo_valuation_side *side, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_valuation *valuation);

/* The worth of a coalition: bit i of `mask` is player i. */
typedef double (*cosmo_shapley_game)(void *user, uint32_t mask);
enum { COSMO_SHAPLEY_PLAYERS_MAX = 12 };
/* Shapley's value of n <= 12 players, over all 2^n coalitions, each asked once: phi sums up to the worth of all less
 * that of none, to rounding. A worth that is not finite makes NaN of who makes a difference to it.
 * Errors: COSMO_BAD_INPUT for more players. Source: Shapley 1953, "A value for n-person games", eq. 13. */
cosmo_status cosmo_shapley_split(size_t n, cosmo_shapley_game game, void *user, cosmo_arena *arena, cosmo_run *run,
                                 double *phi);

typedef enum cosmo_valuation_cause {
    COSMO_VALUATION_QUANTITY, /* what the physics says, by assumption */
    COSMO_VALUATION_RATE,     /* a rate or coefficient */
    COSMO_VALUATION_ITEMS,    /* items that only this side has */
    COSMO_VALUATION_WHERE,    /* which side of the boundary counts */
    COSMO_VALUATION_PRICE     /* the exchange rate */
} cosmo_valuation_cause;

/* One line of the table of differences. */
typedef struct cosmo_valuation_row {
    int cause;                   /* cosmo_valuation_cause */
    const char *what, *unit;     /* of the values; NULL: they are no single number */
    double a, b;                 /* means; NaN: none, or no single number */
    const char *text_a, *text_b; /* where they are no number; NULL */
    double contribution;         /* to B - A; NaN: a blank, see the remark */
    const char *remark;          /* NULL */
} cosmo_valuation_row;

typedef struct cosmo_valuation_pair {
    const cosmo_tariff_item *item_a, *item_b; /* NULL: that side has no such item */
    double a, b;                              /* means in the common currency, 0 where not counted; NaN: no amount */
    const double *contributions;              /* one a row; NaN in an item that is not compared */
    const char *remark;                       /* why it is not compared; NULL */
} cosmo_valuation_pair;

typedef struct cosmo_valuation_difference {
    const char *currency;
    double a, b;   /* means of the compared items, added up */
    size_t n_rows; /* rows with finite contributions sum up to b - a */
    const cosmo_valuation_row *rows;
    size_t n_items;
    const cosmo_valuation_pair *items;
    size_t n_not_compared;
    const char *remark; /* "incomplete: 1 item is not compared"; NULL */
} cosmo_valuation_difference;

/* Why two valuations differ: the difference of the mean amounts, split by Shapley's value over what differs. Players
 * are each group of quantities, each rate by id, the items that only A has, those that only B has, the scope, and the
 * exchange rate. An item is the same on both sides when id, form, names and currency are; else each side has its own.
 * The value is additive over items, so each item is a game of the few players that it feels (12 at most). An item with
 * a blank on either side is not compared; the blank's own row has no contribution. Both sides have the same count of
 * samples, or one of them one; the same currency, or a common one to which both files have an exchange rate.
 * Errors: COSMO_BAD_INPUT where they do not, and as for cosmo_valuation_evaluate. */
cosmo_status cosmo_valuation_difference_explain(const cosmo_valuation_side *a, const cosmo_valuation_side *b,
                                                cosmo_arena *arena, cosmo_run *run,
                                                cosmo_valuation_difference *difference);

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
    cosmo_list rates; /* of cosmo_tariff_override: what it puts in place of rates */
} cosmo_release_party;
typedef struct cosmo_release_valuation {
    const char *currency; /* three letters, in which totals are also told; NULL: in none */
    cosmo_list parties;   /* of cosmo_release_party; the first two are compared */
    cosmo_list work;      /* of cosmo_release_quantity: quantities that no physics gives */
} cosmo_release_valuation;
typedef struct cosmo_release_quantity {
    const char *quantity, *substance;
    cosmo_range value;   /* in the unit of its name */
    double inside_share; /* of the boundary; NaN: not split */
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
