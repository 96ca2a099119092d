/* Cosmodrome study: from a mission file to a flown case and its folder of files.
 *
 * The way of a mission: a YAML file is read into a cosmo_mission (immutable), cosmo_case_fly flies it, and
 * cosmo_case_write puts summary, tables, exports and report into a folder.
 */
#ifndef COSMODROME_STUDY_H
#define COSMODROME_STUDY_H

#include "cosmodrome/formats.h"
#include "cosmodrome/hazard.h"
#include "cosmodrome/plume.h"
#include "cosmodrome/sky.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- the mission file ------------------------------------------------------------------------------------------ */

/* What a tank of the payload holds; counted in the payload's mass, kept for what an accident would leave behind. */
typedef struct cosmo_payload_tank {
    const char *propellant;
    double load_kg;
} cosmo_payload_tank;
typedef struct cosmo_payload {
    const char *name;
    double mass_kg;
    cosmo_list propellants; /* of cosmo_payload_tank */
} cosmo_payload;

/* Which Earth the flight meets. */
typedef struct cosmo_earth_choice {
    int gravity;     /* cosmo_gravity_model */
    bool terrain;    /* bodies fall to the ground's height, not to the ellipsoid */
    const char *eop; /* a file of Earth orientation, relative to the mission; NULL: zeros */
} cosmo_earth_choice;

enum { COSMO_ENSEMBLE_MAX = 1024 };
/* The air: a sounding, or one wind at every height, or neither; and the soundings that dispersed flights are in. */
typedef struct cosmo_weather_choice {
    const char *sounding;                 /* a file, relative to the mission; NULL: none */
    int64_t sounding_index;               /* 0-based, where the file holds several */
    double wind_speed_m_s, wind_from_rad; /* NaN: none */
    cosmo_list ensemble;                  /* of const char *: files, relative to the mission; empty: none */
} cosmo_weather_choice;

typedef struct cosmo_output_choice {
    double sample_step_s;
} cosmo_output_choice;

/* A failure to be flown beside the nominal flight. */
typedef enum cosmo_mishap_mode { COSMO_MISHAP_CUTOFF, COSMO_MISHAP_ESCAPE } cosmo_mishap_mode;
typedef struct cosmo_mishap_choice {
    double time_s;        /* all engines stop; NaN: no failure */
    int mode;             /* cosmo_mishap_mode */
    const char *attached; /* a stage that does not separate before; NULL: none */
    double delay_s;       /* with ESCAPE: from then to the command */
} cosmo_mishap_choice;

/* Who lives where, and where they are when something falls. */
typedef struct cosmo_people_choice {
    const char *file;                 /* a raster, relative to the mission; NULL: the default grid */
    int kind;                         /* cosmo_population_kind, of the file */
    int shelter;                      /* cosmo_people_shelter */
    double mix[COSMO_SHELTER_COUNT_]; /* instead of it: shares of the people, sum 1; all NaN: none given */
    cosmo_list neighbours;            /* of cosmo_neighbour; empty: the other pads of the site */
} cosmo_people_choice;
typedef enum cosmo_people_shelter { COSMO_PEOPLE_OPEN, COSMO_PEOPLE_DAY, COSMO_PEOPLE_NIGHT } cosmo_people_shelter;

typedef struct cosmo_mission {
    const char *path;       /* as given by the user */
    const char *sha256;     /* of the file; NULL when it was parsed from memory */
    const cosmo_yaml *root; /* for messages about it */
    /* as written */
    const char *name, *title, *summary, *vehicle_id, *site_id, *pad_id;
    const char *liftoff_utc; /* ISO 8601 with Z; NULL: no date */
    cosmo_payload payload;
    cosmo_target target;
    cosmo_steering steering;
    cosmo_flight_limits limits;
    cosmo_list overrides, falls, burns; /* of cosmo_stage_override, cosmo_fall_wish, cosmo_burn */
    cosmo_earth_choice earth;
    cosmo_weather_choice weather;
    cosmo_output_choice output;
    cosmo_dispersion dispersion;
    cosmo_risk_options risk;
    cosmo_people_choice people;
    cosmo_mishap_choice failure;
    cosmo_facts facts; /* figures of the mission that say where they come from */
    /* resolved by cosmo_mission_read */
    cosmo_vehicle vehicle;
    cosmo_site site;
    const cosmo_pad *pad;
    cosmo_list zones;  /* of cosmo_zone: all that are known */
    cosmo_utc liftoff; /* when liftoff_utc is given */
    cosmo_eop eop;
    cosmo_sounding sounding;   /* the first of the ensemble where no other is named; n = 0: none */
    const char *sounding_file; /* its file, as written; NULL: none */
    cosmo_weather air;         /* of the sounding or the constant wind */
    bool has_weather;
    cosmo_list ensemble; /* of cosmo_weather, in the order of the files */
    const cosmo_terrain *terrain;
    cosmo_map map;
} cosmo_mission;

/* The descriptor table of a mission file, built in the arena; NULL when memory is out. */
const cosmo_section *cosmo_mission_section(cosmo_arena *arena);

/* Check a mission that stands in memory, as far as that goes without any other file: syntax, keys, units, ranges, and
 * what the file says about itself (apogee below perigee, a fall with two goals, rows out of order). `file` is shown in
 * messages. */
cosmo_status cosmo_mission_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_mission *mission);

/* Read a mission file and everything it names: vehicle, site, pad, zones, sounding, Earth orientation, leap seconds,
 * terrain, map. Errors: COSMO_BAD_INPUT "file:line:col: error: ...; did you mean ...?". Every file read becomes an
 * input note. */
cosmo_status cosmo_mission_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_mission *mission);

/* The flight that a mission describes; it points into the mission. */
cosmo_flight cosmo_mission_flight(const cosmo_mission *mission);

/* A commented mission file that runs as it is. TARGET: iss, sso, leo, or PERIGEExAPOGEE@INCLINATION in km and deg
 * ("200x400@51.6"). The first pad whose list of vehicles names the vehicle is chosen, else the site's first.
 * Errors: COSMO_BAD_INPUT for an unknown vehicle, site or target. */
cosmo_status cosmo_template_print(const char *vehicle, const char *site, const char *target, cosmo_arena *arena,
                                  cosmo_run *run, cosmo_text *out);

/* ---- a flown case ------------------------------------------------------------------------------------------------ */

typedef struct cosmo_limit_check {
    const char *name, *rule; /* "dynamic pressure", and whose limit it is */
    const char *unit;        /* of value and limit, SI */
    double value, limit;
    cosmo_verdict verdict;
} cosmo_limit_check;

/* The failure that a mission describes, flown: everything that is in flight then comes down whole. */
typedef struct cosmo_mishap {
    cosmo_state stopped; /* when the engines stop */
    cosmo_geodetic place;
    double speed_ground_m_s, flight_path_angle_rad;
    cosmo_remains remains;
    cosmo_impact stack; /* where the vehicle falls; with ESCAPE, without what the motors pull off */
    double stack_downrange_m;
    bool escaped;
    const char *motors; /* id; NULL: none */
    cosmo_abort abort;
    double capsule_downrange_m;
} cosmo_mishap;
/* Fly it: the nominal flight by these controls up to the failure, then falls. Errors: COSMO_BAD_INPUT where the mission
 * has no failure, its flight is over by then, or its vehicle has no escape. */
cosmo_status cosmo_mishap_fly(const cosmo_mission *mission, const cosmo_controls *controls, cosmo_arena *arena,
                              cosmo_run *run, cosmo_mishap *mishap);

enum { COSMO_CASE_LIMITS_MAX = 4 };
typedef struct cosmo_case {
    const cosmo_mission *mission;
    cosmo_solution solution;
    cosmo_ascent ascent;
    const cosmo_mishap *mishap; /* NULL: the mission describes no failure */
    double raan_rad; /* at insertion, from the mean equinox of date; NaN without a liftoff time or an insertion */
    size_t n_limits;
    cosmo_limit_check limits[COSMO_CASE_LIMITS_MAX];
    const cosmo_run *run; /* seed and notes: assumptions, warnings, inputs */
} cosmo_case;

/* Target and fly the mission; assumptions go to the run's notes. `mission` and `run` must outlive the case. */
cosmo_status cosmo_case_fly(const cosmo_mission *mission, cosmo_arena *arena, cosmo_run *run, cosmo_case *result);
/* True when the mission can be flown and every limit and wish about where bodies fall is met. */
bool cosmo_case_within_limits(const cosmo_case *flown);

/* ---- risk -------------------------------------------------------------------------------------------------------- */

/* People within 60 km of where a planned drop comes down, by both populations of a case. */
typedef struct cosmo_risk_count {
    const char *body;
    double people, people_default;
} cosmo_risk_count;
enum { COSMO_RISK_COUNT_RADIUS_M = 60000 };

/* The worst blast of a mission: all propellant explodes on the pad, in the mission's air. */
enum { COSMO_RISK_FAR_FIELD_LEVELS = 4 }; /* 6,895, 2,070, 1,030 and 210 Pa */
typedef struct cosmo_risk_far_field_row {
    double azimuth_rad;
    double focus, focus_distance_m; /* the largest; the middle of its ring, NaN where nothing is gathered */
    double reach_m[COSMO_RISK_FAR_FIELD_LEVELS];
} cosmo_risk_far_field_row;
typedef struct cosmo_risk_far_field {
    double tnt_kg; /* 0: no propellant with a known yield, and the rest is not set */
    double broken_panes;
    const char *weather;
    double uniform_reach_m[COSMO_RISK_FAR_FIELD_LEVELS];
    cosmo_risk_far_field_row rows[COSMO_FAR_FIELD_AZIMUTHS];
} cosmo_risk_far_field;

/* A mission's risk: the designed flight, where dropped bodies scatter, and whom the flight could hurt. */
typedef struct cosmo_risk_case {
    cosmo_case flown;
    cosmo_scatter scatter;
    cosmo_risk risk;
    cosmo_list findings;                /* of cosmo_rule_finding: by the law's limits */
    const cosmo_population *population; /* what the figures rest on */
    const cosmo_population *beside;     /* the default one beside the user's; NULL: it is what they rest on */
    cosmo_exposure exposure;
    cosmo_list counts; /* of cosmo_risk_count; empty where only the default population is asked */
    /* of people_default over people: geometric mean, and the factor of a standard deviation of its logarithm; NaN */
    double count_ratio, count_factor;
    cosmo_risk_far_field far_field; /* beside the expectation, not in it */
} cosmo_risk_case;
/* `campaign` (NULL: none) says how samples are shared out and kept, and gets its key here; after a shard there is no
 * answer. Errors: those of cosmo_case_fly and cosmo_expectation_run; COSMO_BAD_INPUT without a population;
 * COSMO_NO_SOLUTION when the design cannot be flown. */
cosmo_status cosmo_risk_case_run(const cosmo_mission *mission, cosmo_campaign *campaign, cosmo_arena *arena,
                                 cosmo_run *run, cosmo_risk_case *result);
/* The same of a mission that has been flown: `result->flown` is that flight. */
cosmo_status cosmo_risk_case_assess(const cosmo_mission *mission, cosmo_campaign *campaign, cosmo_arena *arena,
                                    cosmo_run *run, cosmo_risk_case *result);
/* A file that a caller adds to the folder, such as report.html, which a room above makes of the page. */
typedef struct cosmo_case_part {
    const char *name;
    const void *data;
    size_t bytes;
} cosmo_case_part;

/* summary.json (schema cosmodrome.risk/1). NULL when memory is out. */
const char *cosmo_risk_summary_json(const cosmo_risk_case *result, cosmo_arena *arena, size_t *bytes);
/* The JSON schema (draft 2020-12) of that summary, written by the same code. NULL when memory is out. */
const char *cosmo_risk_summary_schema(cosmo_arena *arena, size_t *bytes);
/* The answers in words and tables. */
cosmo_status cosmo_risk_summary_print(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_text *out);
/* Where the risk is, as map layers (`layers`, of cosmo_layer): rings around the cells where a person's probability of
 * casualty is 1e-7, 1e-6, 1e-5, 1e-4 and more, and a ship's of a hit 1e-5, an aircraft's 1e-6. */
cosmo_status cosmo_risk_places_layers(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_list *layers);
/* The largest probability of a hit on a SHIP or an AIRCRAFT in a cell that these rings leave open: of the cells below
 * the level of the target's ring, and for ships below 1e-6 for a person (14 CFR 450.133(b)(2)), as the others lie in a
 * ring by their making. 0 where nothing falls; NaN where cells found no room in the grid. */
double cosmo_risk_places_outside(const cosmo_risk_case *result, cosmo_hazard_target target);
/* hazard-areas.geojson: these layers. */
cosmo_status cosmo_risk_places_areas(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_run *run,
                                     cosmo_text *out);
/* dispersion.oem: the designed flight to its insertion with the covariance of position and velocity at T+0, 1, 2 ... s
 * (CCSDS 502.0-B-2; ITRF). `created_utc` as of cosmo_case_write_folder. */
cosmo_status cosmo_risk_places_dispersion(const cosmo_risk_case *result, const char *created_utc, cosmo_arena *arena,
                                          cosmo_run *run, cosmo_text *out);
/* closures.json (schema cosmodrome.closures/1): what must be clear at a launch, from when to when, by which rule: drop
 * zones, areas of hazard-areas.geojson, the site's other pads, settlements. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_closures_json(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_run *run, const char **json,
                                 size_t *bytes);
/* Its JSON schema (draft 2020-12), written by the same code. NULL when memory is out. */
const char *cosmo_closures_schema(cosmo_arena *arena, size_t *bytes);
/* failures.csv: the first failures sampled, at most COSMO_RISK_FAILURES_MAX, each as it begins. Phases and modes are
 * sampled in turn, not by their probability. */
cosmo_status cosmo_risk_places_failures(const cosmo_risk_case *result, cosmo_run *run, cosmo_text *out);

/* Grids as GeoTIFFs (`parts`, of cosmo_case_part; none in a build without GDAL): hazard-probability.tif, a band each
 * for a person, a person outside what is cleared, a ship, an aircraft, over the box of all cells in which one of them
 * reaches 1e-8, 1e-8, 1e-6, 1e-7, or a power of ten more where that box were too large; drop-BODY.tif, the density of
 * each planned drop.
 * Errors: those of cosmo_raster_geotiff. */
cosmo_status cosmo_risk_grids_make(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_list *parts);

/* ---- a release of toxic substances --------------------------------------------------------------------------------
 */

/* A line of the boundary between inside and outside, degrees; all lines together are closed. */
typedef struct cosmo_toxics_line {
    size_t n;
    const double *lon_deg, *lat_deg;
} cosmo_toxics_line;

/* Ground that is evacuated. */
typedef struct cosmo_toxics_area {
    const cosmo_release_area *area;
    cosmo_toxics_line line; /* of a polygon; n = 0: another kind */
} cosmo_toxics_area;

/* A release with all that its file names: the accident that cosmo_accident_run computes, and what surrounds it. */
typedef struct cosmo_toxics {
    cosmo_release release;
    cosmo_geodetic origin;
    cosmo_utc begin; /* where the release has a time */
    cosmo_substances substances;
    cosmo_list sets; /* of cosmo_threshold_set */
    cosmo_accident accident;
    cosmo_list boundary; /* of cosmo_toxics_line */
    cosmo_list tariffs;  /* of cosmo_tariff, one a party */
    cosmo_map map;
    const cosmo_population *population;
    const cosmo_mission *mission; /* that fails; NULL: none */
    const cosmo_case *flown;
    cosmo_list evacuated;     /* of cosmo_toxics_area */
    const char *source_words; /* where the tanks are from, in a sentence */
} cosmo_toxics;

/* Read a release's file and everything it names: substances, limits, soundings, a mission (which is flown to its
 * failure), rule-sets, map and population. Errors: COSMO_BAD_INPUT "file:line:col: error: ...; did you mean ...?". */
cosmo_status cosmo_toxics_read(const char *path, cosmo_arena *arena, cosmo_run *run, cosmo_toxics *toxics);

/* Share of the variance of an answer that one input explains by itself. */
typedef struct cosmo_toxics_share {
    const char *answer, *input;
    double share;
} cosmo_toxics_share;

/* What was reported beside what is computed. A figure is within when the reported values meet the computed 5 to 95 %;
 * a direction is matched at heights where at least a tenth of the samples have the wind go there. */
typedef struct cosmo_toxics_comparison {
    const cosmo_release_report *report;
    cosmo_quantiles computed; /* NaN: a direction */
    bool within;
    bool within_scatter; /* the same; of a content of soil when the 5 to 95 % are widened by the scatter of laboratories
                          */
    double factor; /* by how much the reported value is above (>1) or below the nearer end, not widened; 1: within */
    double lowest_m, highest_m, best_m, best_share; /* of a direction; NaN: at no height */
} cosmo_toxics_comparison;

/* A launch whose mission fails at one of several times: what each failure does, in the same weathers. */
typedef struct cosmo_toxics_sweep_row {
    double failure_time_s, start_s, end_s; /* the interval of times that it stands for */
    double probability;                    /* that a launch fails in it */
    cosmo_geodetic place;
    double aboard_kg;                                                /* of what is followed */
    cosmo_quantiles reach_m, area_m2, people_inside, people_outside; /* of the level that people are counted by */
    double containment;                       /* probability, given this failure, of reaching somebody not evacuated */
    double expected_exposed, expected_deaths; /* of people not evacuated, given this failure */
} cosmo_toxics_sweep_row;
/* Ground over which some failure and weather of the sweep passes a harmful level with the launch's `corridor`
 * probability and more, given that failure: the largest of all times on a raster about the pad, widened by a step. */
typedef struct cosmo_toxics_corridor {
    cosmo_geodetic pad;
    cosmo_contour_raster raster;              /* metres east and north of the pad; no columns where nothing is passed */
    cosmo_list rings;                         /* of cosmo_contour_ring */
    double area_m2, people, people_evacuated; /* of the raster's points inside; the latter are among the people */
} cosmo_toxics_corridor;
typedef struct cosmo_toxics_sweep {
    cosmo_list rows;                          /* of cosmo_toxics_sweep_row */
    double failure_probability, swept, later; /* of a launch; shares of failures in the intervals, and after them */
    cosmo_risk_row exposed, deaths; /* people not evacuated above a harmful level, and dead by probits, a launch */
    double containment;             /* of the worst row */
    double individual;              /* a launch: the largest probability of harm where somebody lives who is left */
    cosmo_geodetic individual_place;
    cosmo_toxics_corridor corridor;
} cosmo_toxics_sweep;

/* A release computed. */
typedef struct cosmo_toxics_case {
    const cosmo_toxics *toxics;
    const cosmo_run *run; /* seed and notes */
    cosmo_accident_answer answer;
    cosmo_list shares;                            /* of cosmo_toxics_share, by answer, the largest first */
    cosmo_list comparisons;                       /* of cosmo_toxics_comparison */
    double sigma_ln;                              /* scatter of single samples of soil */
    cosmo_list valuations;                        /* of cosmo_valuation, one a party */
    const cosmo_valuation_difference *difference; /* of the first two; NULL: fewer, or not comparable */
    const char *difference_remark;                /* why it is NULL; NULL */
    const cosmo_toxics_sweep *sweep;              /* of failure_times; NULL: there are none */
    cosmo_list limits;                            /* of cosmo_rule_finding: by the launch's rules */
} cosmo_toxics_case;
/* Errors: those of cosmo_accident_run. After a shard there is no answer. */
cosmo_status cosmo_toxics_case_run(const cosmo_toxics *toxics, const cosmo_campaign *campaign, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_toxics_case *result);
/* The failures at all times of the release, the first of which `first` has computed. Weathers and sources of a sample
 * are drawn alike for all of them, so that errors of sampling are those of sums over them. A failure at a time stands
 * for all from half-way after the time before to half-way to the next, the last for as long after it as before it.
 * Probabilities of failure are the mission's (cosmo_failure_before). Errors: COSMO_BAD_INPUT where the flight is over
 * by then; those of cosmo_accident_run. */
cosmo_status cosmo_toxics_sweep_run(const cosmo_toxics_case *first, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_toxics_sweep *sweep);
/* Its corridor as a map layer, "corridor". */
cosmo_status cosmo_toxics_sweep_layer(const cosmo_toxics_sweep *sweep, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_layer *layer);

/* ---- two releases against each other ---- */

enum { COSMO_TOXICS_AGAINST_PLAYERS_MAX = 6, COSMO_TOXICS_AGAINST_ANSWERS = 6 };

/* What one section of the files contributes to an answer of the second less that of the first. */
typedef struct cosmo_toxics_against_row {
    const char *answer, *unit;
    double a, b; /* means of the samples; NaN: no such answer */
    const char *player;
    double contribution; /* NaN: a mixture that it takes has no such answer, see the remark */
    const char *remark;  /* NULL */
} cosmo_toxics_against_row;

typedef struct cosmo_toxics_against {
    const cosmo_run *run; /* seed and notes */
    const char *path_a, *path_b, *title_a, *title_b;
    int64_t samples, particles; /* of each mixture */
    cosmo_list players;         /* of const char *: sections that differ */
    size_t n_mixtures, n_failed;
    cosmo_list rows; /* of cosmo_toxics_against_row: answer by answer, player by player */
} cosmo_toxics_against;

/* Which section of two files of releases explains the difference between their answers: mass in the soil of the first
 * file's first substance with a limit in soil, area above that limit inside and outside the boundary, area and people
 * above the first serious level in air, what the first party's items that have an amount sum up to. Players are the
 * sections that differ in what they say (sources, confidences and notes do not count; a lease goes with the source,
 * being about its place); of every coalition of them a mixture of the two files is computed with one seed, and each
 * difference is split by Shapley's value, so that the contributions sum up to it. A section's paths stay relative to
 * its own file. Receptors, arcs and reports bear on no answer and are left out.
 * `samples` and `particles`: of each mixture; below 1: as the first file says, the samples fewer when the mixtures are
 * many, so that all of them cost as much as four files or 16 samples each.
 * Errors: those of reading and of cosmo_accident_run for the two files; COSMO_BAD_INPUT where more than 6 sections
 * differ. A mixture that cannot be computed is a warning, and has no answers. */
cosmo_status cosmo_toxics_against_run(const char *path_a, const char *path_b, int64_t samples, int64_t particles,
                                      cosmo_arena *arena, cosmo_run *run, cosmo_toxics_against *result);
/* summary.json (schema cosmodrome.toxics-against/1). NULL when memory is out. */
const char *cosmo_toxics_against_json(const cosmo_toxics_against *result, cosmo_arena *arena, size_t *bytes);
const char *cosmo_toxics_against_schema(cosmo_arena *arena, size_t *bytes);
/* The table. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_toxics_against_sheet(const cosmo_toxics_against *result, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_sheet *sheet);

/* summary.json (schema cosmodrome.toxics/1). NULL when memory is out. */
const char *cosmo_toxics_summary_json(const cosmo_toxics_case *result, cosmo_arena *arena, size_t *bytes);
const char *cosmo_toxics_summary_schema(cosmo_arena *arena, size_t *bytes);
/* Key figures, sheets, charts and map layers. */
cosmo_status cosmo_toxics_page_make(const cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_page *page);
/* Fields as GeoTIFF and netCDF (`parts`, of cosmo_case_part): toxics.tif (none in a build without GDAL), toxics.nc. */
cosmo_status cosmo_toxics_fields_make(const cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                      cosmo_list *parts);

/* summary.json (schema cosmodrome.fly/1). NULL when memory is out. */
const char *cosmo_summary_json(const cosmo_case *flown, cosmo_arena *arena, size_t *bytes);
/* The JSON schema (draft 2020-12) of that summary, written by the same code. */
const char *cosmo_summary_schema(cosmo_arena *arena, size_t *bytes);

/* Key figures, sheets, charts and map layers of a case, for the report and the geographic exports. */
cosmo_status cosmo_fly_page_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_run *run, cosmo_page *page);
/* The page of a risk case: layers, charts and tables of the flight, with the risk's own key figures in place of the
 * flight's, the ellipses of planned drops as a layer more, and the risk's tables in front. */
cosmo_status cosmo_risk_page_make(const cosmo_risk_case *result, cosmo_arena *arena, cosmo_run *run, cosmo_page *page);

/* Write the folder of a case: summary.json, trajectory.csv, trajectory.oem, case.gpkg, case.kml, case.czml,
 * impacts.geojson, and `extras`. They are written into a folder beside it, which is then put in its place; in a folder
 * that is there already, into one within it, and files of these names are replaced and others left alone. `created_utc`
 * (ISO 8601 with Z) is the date of making in files that have one; NULL: liftoff. */
cosmo_status cosmo_case_write_folder(const cosmo_case *flown, const cosmo_page *page, const char *created_utc,
                                     const cosmo_case_part *extras, size_t n_extras, const char *folder,
                                     cosmo_arena *arena, cosmo_run *run);

/* What differs between two summaries (the text of two JSON files), one line a value: path, before, after. */
typedef struct cosmo_difference {
    const char *path, *before, *after; /* NULL: absent */
    double change;                     /* NaN: not numbers */
} cosmo_difference;
cosmo_status cosmo_difference_find(const cosmo_yaml *before, const cosmo_yaml *after, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_list *differences /* of cosmo_difference */);

#ifdef __cplusplus
}
#endif
#endif
