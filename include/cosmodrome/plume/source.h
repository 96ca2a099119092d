/* Cosmodrome plume, part: What is released and how it spreads by closed forms: fireballs, bursts, pools, rising clouds,
 * Gaussian plumes, heavy gas, the surface layer. */
#ifndef COSMODROME_PLUME_SOURCE_H
#define COSMODROME_PLUME_SOURCE_H

#include "cosmodrome/plume/substances.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- what is released -------------------------------------------------------------------------------------------- */

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

/* The levels of a sounding as heights above the ground: those above it where it has wind; temperature as it is. Wind
 * below 10 m is that of a mast of 10 m. The ground's temperature and pressure are filled in from it where they are not
 * known. Errors: no wind above ground. */
cosmo_status cosmo_surface_levels(const cosmo_sounding *sounding, double ground_m, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_plume_weather *weather);

/* L of a Pasquill class over ground of a roughness; infinite for D. Source: Golder 1972, as 1/L = a + b lg z0 in
 * Seinfeld and Pandis 2006, eq. 16.83. */
double cosmo_surface_class_obukhov_m(int stability, double roughness_m);
/* The integrated stability function of momentum at zeta = z / L. Source: Paulson 1970 with 16 z / L in unstable air;
 * -5 z / L in stable air to z = L, joined there to Beljaars and Holtslag 1991. */
double cosmo_surface_psi(double zeta);
/* Wind at a height: (u* / k) (ln(z / z0) - psi(z / L) + psi(z0 / L)), k = 0.4; 0 at z0 and below. */
double cosmo_surface_wind_m_s(double friction_velocity_m_s, double obukhov_m, double roughness_m, double height_m);
/* Sensible heat flux by day, W/m2 upwards. Source: Holtslag and van Ulden 1983, eq. 2-5 and 16; gamma / s by Magnus'
 * formula. */
double cosmo_surface_heat_flux_w_m2(double sun_elevation_rad, double cloud_fraction, double temperature_k,
                                    double pressure_pa, double albedo, double moisture);

#ifdef __cplusplus
}
#endif
#endif
