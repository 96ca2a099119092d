/* Within plume: one sample of an accident, from what is drawn to what is judged. */
#ifndef COSMO_PLUME_ACCIDENT_H
#define COSMO_PLUME_ACCIDENT_H

#include "cosmodrome/plume.h"

enum {
    COSMO_ACCIDENT_INPUTS_MAX = 96,
    COSMO_ACCIDENT_HEIGHTS_MAX = 16,
    COSMO_ACCIDENT_TANKS_MAX = 32,
    COSMO_ACCIDENT_PUFFS = 20, /* of an exhaust */
    COSMO_ACCIDENT_RELEASES_MAX = COSMO_ACCIDENT_PUFFS + COSMO_ACCIDENT_TANKS_MAX
};

typedef struct cosmo_accident_sample {
    cosmo_plume_weather weather;
    double height_m[COSMO_ACCIDENT_HEIGHTS_MAX], wind_m_s[COSMO_ACCIDENT_HEIGHTS_MAX];
    double from_rad[COSMO_ACCIDENT_HEIGHTS_MAX], temperature_k[COSMO_ACCIDENT_HEIGHTS_MAX];
    cosmo_plume_air air;
    double rain_m_s;
    cosmo_plume_fate fates[COSMO_PLUME_SPECIES_MAX];
    size_t n_releases;
    cosmo_plume_release releases[COSMO_ACCIDENT_RELEASES_MAX];
    /* of each species: in the soil where it was spilled, entering the air, kg */
    double soaked_kg[COSMO_PLUME_SPECIES_MAX], air_kg[COSMO_PLUME_SPECIES_MAX];
    cosmo_soil_left later[COSMO_PLUME_SPECIES_MAX]; /* of a kilogram in the soil, on the later day */
    double spill_m2, spill_depth_m, depth_m, density_kg_m3;
    double richardson, dense, dense_m; /* as in cosmo_accident_answer */
    double cloud_height_m, rise_s, heat_j, towards_rad, propellant_kg;
    double winds_rad[COSMO_ACCIDENT_WINDS];
    size_t n_inputs;
    const char *names[COSMO_ACCIDENT_INPUTS_MAX]; /* in the arena of the draw */
    double inputs[COSMO_ACCIDENT_INPUTS_MAX];
} cosmo_accident_sample;

/* Draw a sample: a function of the run's seed and its number. */
cosmo_status cosmo_accident_draw_sample(const cosmo_accident *accident, uint64_t number, cosmo_arena *arena,
                                        cosmo_run *run, cosmo_accident_sample *sample);

/* Vapour that leaves the ground cold: what of each tank, kg at once or kg/s, and how long. */
typedef struct cosmo_accident_vapour {
    bool lasting;
    double amount[COSMO_ACCIDENT_TANKS_MAX];
    double duration_s;
} cosmo_accident_vapour;
/* Hold vapour against the criterion of Britter and McQuaid, and where it is met find how far the serious level of its
 * species reaches by their curves: into the sample's richardson, dense and dense_m, the largest of what is screened. */
void cosmo_accident_dense_screen(const cosmo_accident *accident, const cosmo_accident_vapour *vapour,
                                 cosmo_accident_sample *sample);
/* The mean wind of prepared air at a height. */
void cosmo_accident_draw_wind(const cosmo_plume_air *air, double height_m, double *east_m_s, double *north_m_s);

/* Where the parts of a sample's answer lie: in doubles, and after them in floats. */
typedef struct cosmo_accident_layout {
    size_t inputs, soil, reach, soil_reach, soil_later, soil_classes, receptor_soil, ratio, peak, deaths, exposed;
    size_t scalars, winds, arcs, ledger, n_doubles;
    size_t exceed, soil_exceed, deposit, dose, frames, harm, n_floats;
    size_t n_cells, n_intervals, n_frames, n_inputs, frame_species;
} cosmo_accident_layout;
/* Height, time of rise, heat, direction, steps, imbalance, propellant, area and depth of the spill, dense phase,
 * soil above any limit inside and outside. */
enum { COSMO_ACCIDENT_SCALARS = 14 };

/* Judge what the particles of a sample did, into its doubles and floats. */
cosmo_status cosmo_accident_judge_sample(const cosmo_accident *accident, const cosmo_accident_sample *sample,
                                         const cosmo_plume_result *result, const cosmo_accident_layout *layout,
                                         cosmo_arena *arena, cosmo_run *run, double *doubles, float *floats);

#endif
