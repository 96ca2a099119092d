/* Cosmodrome plume, part: The file of a release, and the accident in many weathers that it describes. */
#ifndef COSMODROME_PLUME_RELEASE_H
#define COSMODROME_PLUME_RELEASE_H

#include "cosmodrome/plume/source.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the file of a release --------------------------------------------------------------------------------------- */

typedef enum cosmo_release_kind {
    COSMO_RELEASE_EXPLOSION,  /* a vehicle burns on the ground: a hot cloud, and what is spilled */
    COSMO_RELEASE_SPILL,      /* tanks run out and evaporate; nothing burns */
    COSMO_RELEASE_CONTINUOUS, /* everything enters the air evenly over `duration` */
    COSMO_RELEASE_RESIDUALS,  /* a dropped stage: what its tanks still hold runs into the soil and evaporates */
    COSMO_RELEASE_EXHAUST     /* the exhaust of a solid motor that climbs away */
} cosmo_release_kind;

enum { COSMO_RELEASE_TIMES_MAX = 64 };
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
    const char *mission;      /* a mission file, relative to the case; NULL: tanks are listed */
    double failure_time_s;    /* NaN: the mission's own failure */
    cosmo_list failure_times; /* of const char *: the mission fails at each of them; empty: at one time */
    const char *failures;     /* failures.csv of a risk; NULL: none */
    int64_t failure;          /* its row, from 1 */
    cosmo_list tanks;         /* of cosmo_release_tank */
    cosmo_list fates;         /* of cosmo_release_fate */
    cosmo_range radiated;     /* share of the heat that the cloud loses as light */
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

/* Ground that people have left: a polygon, a circle, or all inside the boundary. */
typedef struct cosmo_release_area {
    const char *name;
    cosmo_table polygon; /* longitude, latitude: radians */
    double latitude_rad, longitude_rad, radius_m;
    bool boundary;
} cosmo_release_area;
/* The launch that a release is judged for. NaN: not stated. */
typedef struct cosmo_release_launch {
    cosmo_rules_choice judged;
    double exposed;     /* probability, given a release, that reaching somebody may have */
    double corridor;    /* probability, given a failure, from which on ground belongs to the corridor */
    double probability; /* of this release, a launch, where no failure times are swept */
    double other_collective, other_individual; /* what debris and blast add, of a launch */
    cosmo_list evacuated;                      /* of cosmo_release_area */
} cosmo_release_launch;

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
    const char *what, *quantity, *substance, *at;
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
    cosmo_release_launch launch;
    cosmo_release_valuation valuation;
    cosmo_list reports; /* of cosmo_release_report */
} cosmo_release;

/* Is this tree that of a release? It has a section `source`; elsewhere that key is a text. */
bool cosmo_release_is_one(const cosmo_yaml *root);
/* The descriptor table of a release's file. */
const cosmo_section *cosmo_release_section_table(void);
/* Read a file that stands in memory, as far as that goes without any other file. `file` is shown in messages.
 * Errors: COSMO_BAD_INPUT "file:line:col: error: ...; did you mean ...?". */
cosmo_status cosmo_release_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_release *release);
/* The same from a tree, which may be put together of sections of several files. */
cosmo_status cosmo_release_take(const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run, cosmo_release *release);

/* ---- spread of samples ------------------------------------------------------------------------------------------- */

/* Quantiles (Hyndman and Fan 1996, definition 7) and mean of n >= 1 values, every `stride`-th of an array. All NaN when
 * memory is out, or a value is NaN. */
typedef struct cosmo_quantiles {
    double p5, p50, p95, mean;
} cosmo_quantiles;
cosmo_quantiles cosmo_quantiles_find(const double *values, size_t n, size_t stride, cosmo_arena *arena);

/* ---- an accident in many weathers -------------------------------------------------------------------------------- */

typedef struct cosmo_accident_tank {
    const cosmo_substance *substance;
    cosmo_range mass_kg;
    cosmo_burst_shares shares;
    cosmo_range soaked; /* of what is spilled: share that the soil keeps */
    bool oxidiser;
    size_t species; /* what it is in the air */
} cosmo_accident_tank;

/* A level of a set of limits, in air or in soil, of one species. */
typedef struct cosmo_accident_level {
    const cosmo_threshold *threshold;
    const char *set; /* id */
    size_t species;
    bool harmful; /* who is above it counts as harmed */
} cosmo_accident_level;

typedef struct cosmo_accident_receptor {
    const char *name;
    double east_m, north_m;
} cosmo_accident_receptor;

enum { COSMO_ACCIDENT_FRAMES_MAX = 18, COSMO_ACCIDENT_WINDS = 14, COSMO_ACCIDENT_DEPTHS = 4 };
/* Edges of the depth classes that soil is told in, from the surface down, m: i up to COSMO_ACCIDENT_DEPTHS. */
double cosmo_accident_depth_m(size_t i);
/* Heights above ground at which the way of the wind is told, m. */
double cosmo_accident_wind_height_m(size_t i);

/* A release with all that its file names. */
typedef struct cosmo_accident {
    const cosmo_release *release;
    const cosmo_substances *substances;
    size_t n_tanks, n_species, n_levels, n_soils, n_weathers, n_receptors, n_arcs;
    const cosmo_accident_tank *tanks;
    const cosmo_substance *species[COSMO_PLUME_SPECIES_MAX];
    const cosmo_accident_level *levels, *soils; /* in air; in soil */
    const cosmo_plume_weather *weathers;        /* of soundings, drawn in turn; none: drawn from the release's ranges */
    const cosmo_accident_receptor *receptors;
    const cosmo_plume_arc *arcs;
    const cosmo_burning *reaction;          /* of the fuel with the oxidiser; NULL: fuels burn in air */
    double latitude_rad, sun_elevation_rad; /* NaN: no time is given, and no sun */
    cosmo_plume_mesh mesh;
    const float *people, *inside; /* a cell; `inside` NULL: there is no boundary */
    bool source_inside;
    const float *evacuated; /* a cell: share of it that people have left; NULL: none */
} cosmo_accident;

/* What one sample says of a species, kg, m2, mg/kg. */
typedef struct cosmo_accident_soil {
    double spilled_kg, dry_kg, wet_kg;       /* in the soil: at the place itself; out of the air */
    double outside_kg;                       /* of dry and wet: outside the boundary */
    double norm_inside_kg, norm_outside_kg;  /* of what lies there, what the limit in soil allows; NaN: no limit */
    double crater_mg_kg, crater_later_mg_kg; /* where it is spilled, as a mean down to the depth of the spill */
    double product_later_mg_kg;              /* what comes of it in soil (soil.product), there, on the later day */
    double crater_class_mg_kg[COSMO_ACCIDENT_DEPTHS]; /* by depth: nine tenths lie above the depth of the spill */
    double airborne_kg;                               /* that entered the air */
} cosmo_accident_soil;
/* Of a level: people and areas, inside and outside the boundary (without one all is outside). */
typedef struct cosmo_accident_reach {
    double area_inside_m2, area_outside_m2, people_inside, people_outside;
    double farthest_m;
} cosmo_accident_reach;

/* The answer: what each sample says, and fields that are sums over the samples. Sample-major. */
typedef struct cosmo_accident_answer {
    size_t n_samples, n_cells, n_frames, n_inputs;
    const char *const *input_names;                 /* n_inputs: what was drawn */
    const double *inputs;                           /* inputs x samples */
    const cosmo_accident_soil *soil;                /* samples x species */
    const cosmo_accident_reach *reach, *soil_reach; /* samples x levels; samples x soils */
    const cosmo_accident_reach *soil_later;         /* samples x soils: on the later day */
    const double *soil_class_m2;                    /* samples x soils x depths: area above the limit in each class */
    const double *receptor_soil_mg_kg;              /* samples x receptors x species: of what falls out of the air */
    const double *ratio;                            /* samples x receptors x levels: of the dose to the limit */
    const double *peak_kg_m3;                       /* samples x receptors x species: largest mean over 20 min */
    const double *deaths;                           /* samples x 2: inside, outside; by probits */
    /* samples x 2: people above a harmful level who are not evacuated (NaN without such a level), their deaths */
    const double *exposed;
    /* samples: of the cloud; particles' steps each; mass gone astray; aboard */
    const double *height_m, *rise_s, *heat_j, *towards_rad, *steps, *imbalance, *propellant_kg, *spill_m2,
        *spill_depth_m;
    const double *affected_inside_m2, *affected_outside_m2; /* samples: soil above the limit of any species */
    /* samples, of vapour that leaves the ground cold: bulk Richardson number; 1 where it spreads by its own weight; how
     * far the serious level reaches then by Britter and McQuaid, m (NaN: no such level, or not dense) */
    const double *richardson, *dense, *dense_m;
    const double *winds_rad;            /* samples x winds: where the wind goes to */
    const cosmo_plume_arc_answer *arcs; /* species x arcs: means over the samples */
    const cosmo_plume_ledger *ledger;   /* species: means, at the end */
    const float *exceed, *soil_exceed;  /* levels x cells, soils x cells: share of the samples above the limit */
    const float *harm;                  /* cells: share of the samples above any harmful level */
    const float *deposit_kg_m2;         /* species x cells: means of dry and wet */
    const float *dose_kg_s_m3;          /* species x cells: means of the time integral */
    const float *frames_kg_m3;          /* frames x cells: means of the first species that has a level */
    size_t frame_species;
    double frame_s; /* between two */
} cosmo_accident_answer;

/* Draw weather and source, let particles go, and judge: `samples` times on threads, as `campaign` (NULL: here) says.
 * The same bits for any number of threads and ranks.
 * Errors: those of the parts; COSMO_CANCELLED. */
cosmo_status cosmo_accident_run(const cosmo_accident *accident, const cosmo_campaign *campaign, cosmo_arena *arena,
                                cosmo_run *run, cosmo_accident_answer *answer);

#ifdef __cplusplus
}
#endif
#endif
