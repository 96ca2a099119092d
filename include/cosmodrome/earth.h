/* Cosmodrome earth: ellipsoid and geodesics, gravity, atmosphere, wind, terrain, borders, places and people.
 *
 * Frames: ITRF is Earth-fixed, right-handed, z to the north pole. Latitudes are geodetic (WGS-84), heights above the
 * ellipsoid unless a name says otherwise. Angles in radians.
 */
#ifndef COSMODROME_EARTH_H
#define COSMODROME_EARTH_H

#include "cosmodrome/core.h"

#ifdef __cplusplus
extern "C" {
#endif

/* WGS-84 (NIMA TR8350.2, 3rd ed., table 3.1 and 3.2). */
#define COSMO_EARTH_MU         3.986004418e14 /* m^3/s^2 */
#define COSMO_EARTH_RADIUS     6378137.0      /* equatorial, m */
#define COSMO_EARTH_FLATTENING (1.0 / 298.257223563)
#define COSMO_EARTH_ROTATION   7.292115e-5 /* rad/s */
/* The sphere with the surface of the ellipsoid (table 3.3 there), for problems that ask for a round Earth. */
#define COSMO_EARTH_ROUND_RADIUS 6371007.1809 /* m */
#define COSMO_STANDARD_GRAVITY 9.80665     /* m/s^2 */

typedef struct cosmo_geodetic {
    double latitude_rad, longitude_rad, altitude_m;
} cosmo_geodetic;
typedef struct cosmo_vec3 {
    double x, y, z;
} cosmo_vec3;

/* Geodetic to ITRF, exact. */
cosmo_vec3 cosmo_ellipsoid_to_itrf(cosmo_geodetic place);
/* ITRF to geodetic, by Bowring's formula (1985) and one more pass of it. Height error below 4 nm from -10 to 2,000 km
 * and below 6e-16 of the radius to 50,000 km: the rounding of the position. On the axis the longitude is 0; inside 43
 * km of the centre the answer is finite and means nothing. */
cosmo_geodetic cosmo_ellipsoid_from_itrf(cosmo_vec3 position_itrf_m);
/* The same two on a round Earth: the latitude is geocentric, the height above the sphere. */
cosmo_vec3 cosmo_sphere_to_itrf(cosmo_geodetic place);
cosmo_geodetic cosmo_sphere_from_itrf(cosmo_vec3 position_itrf_m);
/* Distance along the surface of the sphere, m. */
double cosmo_sphere_between(cosmo_geodetic from, cosmo_geodetic to);
/* North, east and down unit vectors at a place, in ITRF. */
void cosmo_ellipsoid_ned(cosmo_geodetic place, cosmo_vec3 *north, cosmo_vec3 *east, cosmo_vec3 *down);
/* Geodesic distance (m) and azimuth at the start (rad, 0..2 pi) between two places. Error: 3e-8 m, also next to the
 * antipode. Source: Karney 2013, J. Geodesy 87(1), eqs. 5 to 25. */
void cosmo_geodesic_between(cosmo_geodetic from, cosmo_geodetic to, double *distance_m, double *azimuth_rad);
/* The place at a distance along an azimuth; altitude 0. */
cosmo_geodetic cosmo_geodesic_from(cosmo_geodetic from, double azimuth_rad, double distance_m);
/* True when a place lies inside the ellipse of FULL axes about a centre. */
bool cosmo_geodesic_in_ellipse(cosmo_geodetic place, cosmo_geodetic centre, double axis_major_m, double axis_minor_m,
                               double orientation_rad);
/* n points of that ellipse, counter-clockwise, first repeated last (so n + 1 are written), degrees. Longitudes run on
 * past 180 where the ring crosses the date line, so that it stays unbroken. */
void cosmo_geodesic_ellipse(cosmo_geodetic centre, double axis_major_m, double axis_minor_m, double orientation_rad,
                            size_t n, double *lon_deg, double *lat_deg);

/* ---- gravity ------------------------------------------------------- */

typedef enum cosmo_gravity_model { COSMO_GRAVITY_SPHERE, COSMO_GRAVITY_J2, COSMO_GRAVITY_J6 } cosmo_gravity_model;
/* Gravitational acceleration in ITRF (or any frame that shares its z axis), m/s^2; centrifugal term not in it.
 * Source: Montenbruck & Gill 2000, ch. 3.2; zonals J2 (WGS-84), J3..J6 (EGM96). */
cosmo_vec3 cosmo_gravity_at(cosmo_vec3 position_itrf_m, cosmo_gravity_model model);

/* ---- atmosphere ------------------------------------------------------- */

typedef struct cosmo_air_state {
    double temperature_k, pressure_pa, density_kg_m3, sound_speed_m_s;
} cosmo_air_state;
/* US Standard Atmosphere 1976 at a geometric altitude, -5 to 1,000 km (above: density falls on exponentially; below:
 * the first layer goes on to -20 km). Source: NOAA-S/T 76-1562, eq. 18-50; above 86 km the species equations are
 * integrated once and tabulated (tools/us76_model.h). The source's printed rows come out within one unit of the last
 * digit (tests/truth/us76.c); from 80 to 86 km temperature is the molecular-scale one, as printed there. Sound speed
 * above 86 km is that of the 86 km mean molecular weight. */
cosmo_air_state cosmo_atmosphere_us76(double altitude_m);

/* ---- weather ------------------------------------------------------- */

/* A measured column: levels upwards in altitude; a missing value is NaN. Wind is the direction it blows FROM. */
typedef struct cosmo_sounding {
    const char *station, *valid_utc;    /* may be NULL */
    double latitude_rad, longitude_rad; /* NaN: not given */
    size_t n;
    const double *altitude_m; /* geometric, above mean sea level (geopotential heights are converted) */
    const double *pressure_pa, *temperature_k, *wind_speed_m_s, *wind_from_rad;
} cosmo_sounding;
/* Read a sounding, telling the format by its content: a CSV typed by hand (header with units: altitude_m or
 * altitude_ft or height_m, wind_m_s | wind_kt, from_deg, optional temperature_c | temperature_k, pressure_hpa; '#'
 * begins a remark), IGRA v2 (main), Wyoming TEXT:CSV, Wyoming TEXT:LIST. IGRA files hold several: `which` is the
 * 0-based index. IGRA levels with pressure alone between two with heights get theirs by hydrostatics (noted). Levels
 * without a height, or with neither wind nor temperature, are left out of the last three with a note, and are errors in
 * the first. Errors name file:line:col; a wind from outside 0..360, a height that does not rise, a value that no
 * balloon can have measured, fewer than two levels are errors. At most 256 MiB and 20,000 levels. */
cosmo_status cosmo_sounding_read(const char *path, size_t which, cosmo_arena *arena, cosmo_run *run,
                                 cosmo_sounding *sounding);
cosmo_status cosmo_sounding_parse(const char *file, const char *data, size_t bytes, size_t which, cosmo_arena *arena,
                                  cosmo_run *run, cosmo_sounding *sounding);

/* Where and when a profile is wanted from a file that covers a region. */
typedef struct cosmo_sounding_point {
    double latitude_rad, longitude_rad;
    double posix_s; /* seconds since 1970-01-01 UTC, leap seconds not counted; NaN: every time of the file */
} cosmo_sounding_point;
/* As cosmo_sounding_read, and besides profiles out of netCDF (ERA5 on pressure levels, fields at altitudes) and GRIB
 * (GFS, ERA5): wind components, temperature, geopotential or height of each level, bilinear in latitude and
 * longitude, linear between the two times about the one asked for; above the ground where the file has the ground's
 * height, and then with wind and temperature at 10 m and 2 m where it has these. Each member of an ensemble is one
 * sounding; so is each time where none is asked for: `which` counts all, member by member within a time. `point` NULL
 * is cosmo_sounding_read. Wind components are taken as true east and north.
 * Errors, in one line: a place or a time that the file does not cover, a quantity that it or one of its levels lacks, a
 * unit that is none of it; a build without GDAL. */
cosmo_status cosmo_sounding_read_at(const char *path, size_t which, const cosmo_sounding_point *point,
                                    cosmo_arena *arena, cosmo_run *run, cosmo_sounding *sounding);
/* Every sounding of a file (`soundings`, of cosmo_sounding): the blocks of a typed CSV with times, the balloons of an
 * IGRA file, the members and times of a netCDF or GRIB file. At most 10,000. */
cosmo_status cosmo_sounding_read_all(const char *path, const cosmo_sounding_point *point, cosmo_arena *arena,
                                     cosmo_run *run, cosmo_list *soundings);

/* The air a flight meets: the standard atmosphere times a measured ratio, plus wind, on a uniform grid of altitude.
 * Above the sounding's top the ratio fades to 1 over 10 km and the wind to 0 over 20 km. */
enum { COSMO_WEATHER_NODES = 401 };
#define COSMO_WEATHER_STEP_M 250.0 /* nodes at -1,000 m + i * step: up to 99 km */
#define COSMO_WEATHER_BASE_M (-1000.0)
typedef struct cosmo_weather {
    bool has_ratio, has_wind;
    double density_ratio[COSMO_WEATHER_NODES];
    double temperature_difference_k[COSMO_WEATHER_NODES];
    double wind_east_m_s[COSMO_WEATHER_NODES], wind_north_m_s[COSMO_WEATHER_NODES]; /* the velocity of the air */
} cosmo_weather;
/* Still standard air. */
void cosmo_weather_standard(cosmo_weather *weather);
/* From a sounding: between levels wind components, temperature difference and ln density ratio are linear in altitude;
 * below the lowest level they are its own. Pressure that was not measured follows from temperature by hydrostatics.
 * Wind or temperature at fewer than two levels is not used. Notes what was assumed. */
void cosmo_weather_from_sounding(const cosmo_sounding *sounding, cosmo_weather *weather, cosmo_run *run);
/* The same wind at every altitude below 99 km. */
void cosmo_weather_constant_wind(double speed_m_s, double from_rad, cosmo_weather *weather);

/* ---- packs: terrain, base map, places ------------------------------------------------------- */

typedef struct cosmo_terrain cosmo_terrain;
/* Open data/packs/terrain.pack. Without it COSMO_OK and NULL, with an assumption note that ground is the ellipsoid.
 * A damaged pack is COSMO_BAD_INPUT. The handle is read-only: any number of threads may ask it. */
cosmo_status cosmo_terrain_open(cosmo_arena *arena, cosmo_run *run, const cosmo_terrain **terrain);
/* Height of the ground above mean sea level (0 over the sea), bilinear, m; 0 when terrain is NULL. */
double cosmo_terrain_height_m(const cosmo_terrain *terrain, double latitude_rad, double longitude_rad);

typedef enum cosmo_map_kind {
    COSMO_MAP_LAND,
    COSMO_MAP_LAKE,
    COSMO_MAP_RIVER,
    COSMO_MAP_BORDER,
    COSMO_MAP_COUNTRY
} cosmo_map_kind;
/* A line or ring of the base map, degrees. Rings are closed; LAND, LAKE and COUNTRY rings run clockwise and carry holes
 * as separate rings of opposite winding (lakes are holes of the land, islands in lakes holes of the lake). */
typedef struct cosmo_map_line {
    cosmo_map_kind kind;
    int scale;        /* 10, 50, 110: millions */
    const char *name; /* COUNTRY: ISO alpha-2 code; BORDER: "disputed", "lease" or NULL; RIVER, LAKE: name or NULL */
    size_t n;
    const float *lon_deg, *lat_deg;
    float west, south, east, north;
} cosmo_map_line;
/* elevation_m is NaN, population 0 where unknown. */
typedef struct cosmo_place {
    const char *name, *country;
    double latitude_deg, longitude_deg;
    int64_t population;
    double elevation_m;
} cosmo_place;
typedef struct cosmo_map {
    size_t n_lines, n_places;
    const cosmo_map_line *lines;
    const cosmo_place *places;  /* by population, largest first */
    const char *const *credits; /* n_credits lines */
    size_t n_credits;
} cosmo_map;
/* Open the base map and settlement packs. Without them COSMO_OK and an empty map, with a warning note. */
cosmo_status cosmo_map_open(cosmo_arena *arena, cosmo_run *run, cosmo_map *map);
/* ISO 3166 alpha-2 code of the country at a place, or NULL over the sea; uses COUNTRY rings of the finest scale. */
const char *cosmo_map_country(const cosmo_map *map, double latitude_rad, double longitude_rad);

/* ---- settlements ------------------------------------------------------------------------------------------------ */

typedef struct cosmo_settlements cosmo_settlements;
/* Sort the places of a map for quick asking; `map` must outlive the index. */
cosmo_status cosmo_settlement_index(const cosmo_map *map, cosmo_arena *arena, cosmo_run *run,
                                    const cosmo_settlements **index);
/* The nearest settlement and its distance (m, on the sphere of the ellipsoid's surface; may be NULL), however small;
 * NULL when the map has none. Any number of threads may ask. */
const cosmo_place *cosmo_settlement_nearest(const cosmo_settlements *index, double latitude_rad, double longitude_rad,
                                            double *distance_m);

/* ---- population -------------------------------------------------------------------------------------------------- */

/* People on a grid of equal steps in latitude and longitude, degrees. Where they are by day and by night is the
 * caller's business: these are residents, or what the user's file counts. Read-only: any number of threads may ask. */
typedef struct cosmo_population {
    const char *source; /* one line: what it is made from */
    double west_deg, south_deg, step_deg;
    size_t columns, rows;
    const float *people;        /* rows x columns: from the south-west cell eastwards, row by row northwards */
    const double *cell_area_m2; /* of each row's cells, on the ellipsoid, water included */
    const char *const *credits;
    size_t n_credits;
} cosmo_population;

/* Open data/packs/population.pack, the default: 5 arcminutes, the whole Earth, from settlements and national totals by
 * the recipe of tools/pack/population.py. No land of a country is empty. Notes what it is worth. Without the pack
 * COSMO_OK and NULL, with a warning. */
cosmo_status cosmo_population_open(cosmo_arena *arena, cosmo_run *run, const cosmo_population **population);
/* People per square metre of the cell at a place (land and water); 0 outside the grid, where the population is NULL. */
double cosmo_population_density(const cosmo_population *population, double latitude_rad, double longitude_rad);
/* People within a radius of at most 2,000 km of a place; cells that the circle cuts count by the part inside. */
double cosmo_population_in_circle(const cosmo_population *population, double latitude_rad, double longitude_rad,
                                  double radius_m);
double cosmo_population_total(const cosmo_population *population);
/* People of the cells whose middle lies in a country (as cosmo_map_country has it), and of those with its coast whose
 * middle lies in none. */
cosmo_status cosmo_population_in_country(const cosmo_population *population, const cosmo_map *map, const char *country,
                                         cosmo_run *run, double *people);

/* What the numbers of a raster are: people in each pixel, or people per square kilometre. */
typedef enum cosmo_population_kind { COSMO_POPULATION_COUNT, COSMO_POPULATION_DENSITY } cosmo_population_kind;
/* From west to east. East may lie beyond 180 degrees or be less than west: then the area crosses the 180th meridian. */
typedef struct cosmo_population_area {
    double west_deg, south_deg, east_deg, north_deg;
} cosmo_population_area;
typedef struct cosmo_population_file {
    const char *path;
    int band; /* from 1 */
    cosmo_population_kind kind;
    const cosmo_population_area *area; /* the part that is wanted; NULL: all of the file */
    double step_deg;                   /* of the grid made; 0: 5 arcminutes */
} cosmo_population_file;
/* Read the user's raster (GPW, GHS-POP, WorldPop, LandScan ...; any projection) into a grid over the area asked for.
 * Only the window of that area is read, a strip at a time. People are moved, never averaged: a pixel's people are
 * shared out over at least 4 points for each cell that it crosses, so the sum stays. Nodata are 0 people; beyond the
 * file's edge the grid has the people of `default_population` (may be NULL: none), and a warning says so.
 * Errors, COSMO_BAD_INPUT "PATH: error: ...": all of cosmo_raster_open, a file that does not reach the area, a negative
 * number that is not nodata, more than 25 million cells, and, against `default_population`, a file of the other kind or
 * one that is off by more than a factor 30. Beyond a factor 3 there is a warning. */
cosmo_status cosmo_population_raster_read(const cosmo_population_file *file, const cosmo_population *default_population,
                                          cosmo_arena *arena, cosmo_run *run, const cosmo_population **population);

#ifdef __cplusplus
}
#endif
#endif
