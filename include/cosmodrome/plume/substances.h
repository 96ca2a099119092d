/* Cosmodrome plume, part: Substances, limits of concentration, doses, soil. */
#ifndef COSMODROME_PLUME_SUBSTANCES_H
#define COSMODROME_PLUME_SUBSTANCES_H

#include "cosmodrome/hazard.h"
#include "cosmodrome/plume/particles.h"

#ifdef __cplusplus
extern "C" {
#endif

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

/* A compound by its atoms a molecule and its enthalpy of formation at 298 K, J/mol (NaN: not known). */
typedef struct cosmo_compound {
    double carbon, hydrogen, nitrogen, oxygen;
    double formation_j_mol;
} cosmo_compound;

/* One substance. Numbers are NaN and texts NULL where no source gives them. */
typedef struct cosmo_substance {
    const char *id, *name, *cas;
    double molar_mass_kg_mol;
    cosmo_compound compound;
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

#ifdef __cplusplus
}
#endif
#endif
