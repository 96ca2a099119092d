/* Cosmodrome hazard: how likely a vehicle fails, what it breaks into, what a piece or an explosion does to people, and
 * the limits that the law sets.
 *
 * The published models that need no random numbers: plain functions of plain numbers, without allocation and without
 * error paths, to be called for every fragment of every failure. What a source prints in feet, pounds and psi is
 * converted exactly (1 ft = 0.3048 m, 1 lb = 0.45359237 kg); everything here speaks SI. Areas are horizontal.
 *
 * Sources named more than once: 14 CFR 417, 420 (FAA); FSAH: FAA, Flight Safety Analysis Handbook 1.0 (2011); RSAT:
 * Capristan, F., Range Safety Assessment Tool (2015, github.com/fcapristan/RSATnSPOT), whose digitised curves are used
 * as facts.
 */
#ifndef COSMODROME_HAZARD_H
#define COSMODROME_HAZARD_H

#include "cosmodrome/ascent.h"
#include "cosmodrome/formats.h"

#ifdef __cplusplus
extern "C" {
#endif

/* ---- how likely a failure is ------------------------------------------------------------------------------------ */

/* Regularised incomplete beta function I_x(a, b), the probability that a Beta(a, b) variable is below x, for
 * positive a and b; 0 below x = 0, 1 above x = 1. Continued fraction of Press et al., Numerical Recipes, eq. 6.4.5;
 * within 1e-12 for a + b up to 2,000, and up to 10,000 when the smaller one is small. */
double cosmo_beta_law_cdf(double x, double a, double b);
/* The x below which a Beta(a, b) variable lies with probability p: bisection to the last bit. */
double cosmo_beta_law_quantile(double p, double a, double b);

typedef struct cosmo_failure_rate {
    double reference, low, high; /* probability that a flight fails; low and high are the 60 % limits */
} cosmo_failure_rate;

/* The FAA's reference value for a vehicle with `flights` >= 2 flights, `failures` of them failed: the midpoint of
 * the two-sided 60 % limits of Clopper and Pearson (1934); without failures (or successes) the midpoint between 0
 * (or 1) and the one-sided 80 % limit, in closed form (1 - 0.2^(1/N))/2. 14 CFR 417.224. NaN for fewer flights
 * (use cosmo_failure_rate_similar) and for counts that make no sense. */
cosmo_failure_rate cosmo_failure_rate_reference(int64_t flights, int64_t failures);
/* The same for a vehicle with fewer than two flights, from the history of all vehicles developed and launched in
 * similar circumstances: the reference is then the upper limit. 14 CFR 417.224. */
cosmo_failure_rate cosmo_failure_rate_similar(int64_t flights, int64_t failures);

/* What a history of flights tells about the probability of failure when nothing else is known: Jeffreys' prior
 * Beta(1/2, 1/2), so Beta(failures + 1/2, flights - failures + 1/2) after it. */
typedef struct cosmo_failure_belief {
    double a, b; /* of the Beta law, for draws through cosmo_beta_law_quantile */
    double mean, p5, p50, p95;
} cosmo_failure_belief;
cosmo_failure_belief cosmo_failure_rate_belief(int64_t flights, int64_t failures);

/* ---- fragments -------------------------------------------------------------------------------------------------- */

/* Imparted speeds are Maxwell distributed and the class's maximum is their 97 % quantile (14 CFR 417 App. A), so
 * each component of the imparted velocity is normal with this standard deviation: the maximum over 2.9912, which is
 * the 97 % quantile of the chi law with three degrees of freedom. */
double cosmo_fragment_speed_sigma_m_s(double imparted_speed_max_m_s);
/* Speed of a fall that has become steady, sqrt(2 g beta / rho), with g = 9.80665 m/s2. */
double cosmo_fragment_terminal_speed_m_s(double ballistic_kg_m2, double density_kg_m3);
/* Heat per area (J/m2) that the stagnation point of a tumbling piece has taken up when all of it is molten: mass times
 * the heat from 300 K to the melt, over 0.275 of the stagnation point's heating (the mean over a tumbling sphere) on a
 * surface of 4 times the projected area (Cauchy). Heat capacity, melting point, heat of fusion: aluminium 2024-T3
 * 972.7 J/(kg K), 856 K, 386,116 J/kg; steel AISI 316 460.6, 1,644, 286,098; titanium 6Al-4V 805.2, 1,943, 393,559
 * (NASA's ORSAT and DAS, at second hand). NaN for an unknown material. */
double cosmo_fragment_heat_limit_j_m2(cosmo_material material, double mass_kg, double area_m2);
/* Kinetic energy. */
double cosmo_fragment_energy_j(double mass_kg, double speed_m_s);
/* Mass of the fragment whose steady fall carries this energy. */
double cosmo_fragment_mass_at_energy_kg(double energy_j, double ballistic_kg_m2, double density_kg_m3);
/* Projected area of a fragment known by mass and ballistic coefficient: m / (beta Cd). */
double cosmo_fragment_area_m2(double mass_kg, double ballistic_kg_m2, double drag_coefficient);
/* May ballistic coefficients from `min` to `max` share a class? log10(max/min) <= 0.5, or all at most 3 lb/ft2
 * (14.65 kg/m2). 14 CFR 417 App. A. */
bool cosmo_fragment_may_share_class(double ballistic_min_kg_m2, double ballistic_max_kg_m2);
/* The largest ratio of imparted speeds in one class, 5 / (2 + log10(beta)) with beta in lb/ft2 (below 1/100
 * lb/ft2, where the formula has no meaning: infinite). 14 CFR 417 App. A, through secondary sources. */
double cosmo_fragment_speed_ratio_max(double ballistic_kg_m2);

/* What a vehicle's fragment list does not do that 14 CFR 417 App. A asks of it, in words, one finding a text
 * (`findings`, a list of const char *, in the arena): classes wider than cosmo_fragment_may_share_class, classes so
 * dense that no spread of imparted speeds is allowed, stages without fragments, stages whose pieces do not add up to
 * their dry mass within 1 % (one unit; propellant still aboard is counted as propellant), and fairings, towers and
 * other items that are in no stage's mass and so in no class. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_fragment_check(const cosmo_vehicle *vehicle, cosmo_arena *arena, cosmo_run *run,
                                  cosmo_list *findings);

/* ---- casualty area of falling pieces ---------------------------------------------------------------------------- */

typedef enum cosmo_surface {
    COSMO_SURFACE_SOIL,
    COSMO_SURFACE_WATER,
    COSMO_SURFACE_CONCRETE,
    COSMO_SURFACE_STEEL
} cosmo_surface;

/* A person in the open, a piece that falls straight down: pi (0.3048 m + sqrt(A/pi))^2, A its projected area. FSAH. */
double cosmo_casualty_area_open_m2(double fragment_area_m2);
/* NASA's form (0.6 m + sqrt(A))^2, for pieces of 15 J and more. NASA-STD-8719.14. */
double cosmo_casualty_area_nasa_m2(double fragment_area_m2);
/* The FAA's conservative form where bounce, skip, slide and splatter are not modelled: 7 times the largest
 * projected area. 14 CFR 417 App. C. */
double cosmo_casualty_area_faa_m2(double fragment_area_max_m2);
/* A piece that comes in at an angle below the horizontal (0, pi/2] sweeps over a standing person of 1.83 m: 2 (r_p
 * + r_f) h / tan(angle) + pi (r_p + r_f)^2. Straight down: cosmo_casualty_area_open_m2; grows without bound as the
 * angle goes to 0. FSAH; RCC 321 Supplement. */
double cosmo_casualty_area_angled_m2(double fragment_area_m2, double angle_below_horizontal_rad);
/* What sliding and bouncing multiply the casualty area with: 1 on soil and water, 4.3 (the upper end) on hard
 * ground. RCC 321. */
double cosmo_casualty_slide_factor(cosmo_surface surface);

typedef enum cosmo_casualty_rule { COSMO_CASUALTY_FAA, COSMO_CASUALTY_NASA } cosmo_casualty_rule;
/* Kinetic energy from which a piece counts as able to cause a casualty: FAA 11 ft lbf (14.91 J; 14 CFR 417 App. C
 * (b)(3)), NASA 15 J (NASA-STD-8719.14, RCC 321). */
double cosmo_casualty_energy_j(cosmo_casualty_rule rule);
/* Speed above which a piece of this mass causes an injury of AIS 3 or worse: 29.63 W^-0.8934 + 3.6 m/s, W = m g in
 * newtons. A fit by RSAT to Collins et al. */
double cosmo_casualty_ais3_speed_m_s(double mass_kg);

/* ---- roofs and shelter ------------------------------------------------------------------------------------------ */

typedef enum cosmo_roof {
    COSMO_ROOF_WOOD,
    COSMO_ROOF_TILE,
    COSMO_ROOF_LIGHT_METAL, /* and cars */
    COSMO_ROOF_COMPOSITE,
    COSMO_ROOF_STEEL,
    COSMO_ROOF_CONCRETE,
    COSMO_ROOF_COUNT_
} cosmo_roof;

/* Casualty area under a roof that a piece of this mass falls on: 0 below the roof's threshold, the first point's
 * area from there to the first point, straight in log mass and log area between the points, the last point's area
 * above the last (1.2 to 1.35 t). Curves: Larson, E., Large Region Population Sheltering Models for Space Debris
 * Risk Analysis, digitised by RSAT. Their units are read as kg and m2, which neither states: print results
 * with and without it. */
double cosmo_roof_casualty_area_m2(cosmo_roof roof, double mass_kg);
/* Mass below which the roof holds. */
double cosmo_roof_threshold_kg(cosmo_roof roof);
/* Mass of the last point of the curve. */
double cosmo_roof_last_kg(cosmo_roof roof);

typedef enum cosmo_shelter {
    COSMO_SHELTER_OPEN,
    COSMO_SHELTER_LIGHT, /* light metal, cars */
    COSMO_SHELTER_WOOD_TILE,
    COSMO_SHELTER_COMPOSITE,
    COSMO_SHELTER_REINFORCED, /* steel, concrete */
    COSMO_SHELTER_COUNT_
} cosmo_shelter;

/* Where people are: fractions of a population, sum 1. */
typedef struct cosmo_shelter_mix {
    double fraction[COSMO_SHELTER_COUNT_];
    const char *source;
    bool estimate; /* not measured anywhere: our own guess */
} cosmo_shelter_mix;
/* Everybody in the open: no shelter credit. */
cosmo_shelter_mix cosmo_shelter_none(void);
/* People of a country of small houses by day and by night: our own estimate, without a census behind it. */
cosmo_shelter_mix cosmo_shelter_by_day(void);
cosmo_shelter_mix cosmo_shelter_by_night(void);
/* Casualty area of a piece for one group: `open_area_m2` in the open, else the worst roof of the group. A body
 * heavier than the roof's curve goes through as if no roof were there when that is worse. */
double cosmo_shelter_casualty_area_m2(cosmo_shelter shelter, double open_area_m2, double mass_kg);
/* The same, averaged over a mix. */
double cosmo_shelter_mean_area_m2(const cosmo_shelter_mix *mix, double open_area_m2, double mass_kg);

/* ---- explosions -------------------------------------------------------------------------------------------------- */

typedef enum cosmo_propellants {
    COSMO_PROPELLANTS_INERT, /* nothing that explodes together */
    COSMO_PROPELLANTS_LOX_LH2,
    COSMO_PROPELLANTS_LOX_RP1,
    COSMO_PROPELLANTS_HYPERGOL /* N2O4 with hydrazines */
} cosmo_propellants;
/* What a stage's tanks hold, by their substances: LOX and LH2, LOX and kerosene, N2O4 and UDMH, or inert. */
cosmo_propellants cosmo_blast_propellants_of(const cosmo_stage *stage);

/* TNT equivalent of liquid propellants that hit the ground, as a fraction of the propellant's mass: linear in the
 * impact speed between the points of FSAH's curves (digitised by RSAT), constant outside. Soil and water are soft,
 * concrete and steel hard. */
double cosmo_blast_yield_fraction(cosmo_propellants propellants, cosmo_surface surface, double speed_m_s);
/* The same for a solid propellant grain of this mass: 1.28 / (1 + 192000 / W^0.156 (S/v)^1.55), W in lb, v in
 * ft/s, S by surface. FSAH. 0 at rest. */
double cosmo_blast_solid_yield_fraction(double propellant_kg, cosmo_surface surface, double speed_m_s);
/* TNT equivalent for siting, propellants at rest on a pad or a static test stand, kg. 14 CFR 420.67 and DoD 6055.09. */
double cosmo_blast_pad_tnt_kg(cosmo_propellants propellants, double propellant_kg, bool test_stand);
/* The same on a pad, of several: `propellant_kg` by cosmo_propellants; all of one kind explode together. */
enum { COSMO_PROPELLANTS_KINDS = COSMO_PROPELLANTS_HYPERGOL + 1 };
double cosmo_blast_pad_tnt_of_all_kg(const double propellant_kg[COSMO_PROPELLANTS_KINDS]);

/* Peak incident overpressure of `tnt_kg` on the ground, simplified Kingery-Bulmash: Swisdak (1994), three branches of
 * ln P over ln Z, Z = distance / tnt^(1/3) from 0.2 to 198.5 m/kg^(1/3). Nearer it stays what it is at 0.2, farther
 * it goes on as Z^-1.1, the decay of ANSI S2.20-1983; 0 without TNT. The branches meet within 0.05 % at 2.9 and 0.7 %
 * at 23.8, where the curve steps up. */
double cosmo_blast_overpressure_pa(double tnt_kg, double distance_m);
/* The scaled distance Z, m/kg^(1/3), out to which an overpressure is reached or passed: the farthest one where the
 * curve steps. Compute it once; a radius is Z times the cube root of the TNT mass. Pressures above 17.3 MPa, which
 * the curve never reaches: 0.2. */
double cosmo_blast_scaled_distance(double overpressure_pa);
/* The distance out to which an overpressure is reached: the inverse of cosmo_blast_overpressure_pa. */
double cosmo_blast_radius_m(double tnt_kg, double overpressure_pa);
/* The same two in air of another pressure, by the scaling of Sachs (1944): overpressure over ambient pressure is a
 * function of R (p/E)^(1/3) alone. At 101,325 Pa they are those above. */
double cosmo_blast_sachs_overpressure_pa(double tnt_kg, double ambient_pa, double distance_m);
double cosmo_blast_sachs_radius_m(double tnt_kg, double ambient_pa, double overpressure_pa);
/* How far over the ground (arc) an explosion at a height above it reaches an overpressure; 0 when it is too high.
 * The whole path is taken to have the ground's air pressure and the blast to be that of a burst on the ground: thinner
 * air above and the missing reflection below both make the true radius smaller, the latter at most by 2^(1/3). */
double cosmo_blast_ground_radius_m(double tnt_kg, double ground_pa, double height_m, double overpressure_pa);
/* The handbook rule R = K W^(1/3), R in feet, W in pounds of TNT: K = 45 for 1 psi, 20 for 3 psi. FSAH. */
double cosmo_blast_rule_radius_m(double tnt_kg, double k_ft_lb);
/* Peak incident overpressure from which people are casualties: 1.0 psi. 14 CFR 417.107 (c). */
double cosmo_blast_casualty_overpressure_pa(void);

/* Distance to the public for explosives of division 1.1 of this net mass; a public traffic route may be at 60 % of
 * it. 14 CFR 420 App. E. */
double cosmo_blast_public_distance_m(double net_explosive_kg);
double cosmo_blast_traffic_distance_m(double net_explosive_kg);

/* How far over the ground (arc) from the point below it an explosion at a height reaches whose hazardous radius is
 * known: the cap that its sphere cuts out of an Earth of 6,371 km, cos(a) = (Re^2 + d^2 - R^2)/(2 d Re), d = Re +
 * h. 0 when it does not reach. */
double cosmo_blast_reach_m(double radius_m, double height_m);
/* A cloud of vapour that burns at height: overpressure at a distance, for energy E in air of pressure p0. Curve of
 * Tang and Baker (Process Safety Progress 18, 1999) for a flame of Mach 5.2 as digitised by RSAT: (p - p0)/p0 over
 * R (p0/E)^(1/3), straight between the points in the logarithms; constant before the first, as 1/R behind the
 * last. */
double cosmo_cloud_overpressure_pa(double energy_j, double ambient_pa, double distance_m);
/* The distance out to which it reaches an overpressure: the inverse; 0 when it never does. */
double cosmo_cloud_radius_m(double energy_j, double ambient_pa, double overpressure_pa);
/* How far over the ground (arc) a cloud that burns at a height above it reaches an overpressure, in the ground's air;
 * 0 when it is too high. No reflection by the ground is added. */
double cosmo_cloud_ground_radius_m(double energy_j, double ground_pa, double height_m, double overpressure_pa);

/* ---- limits: the rule files ------------------------------------------------------------------------------------- */

/* What a rule limits. A figure above the limit breaks it; planned-drop containment is broken by a figure below. */
typedef enum cosmo_rule_quantity {
    COSMO_RULE_COLLECTIVE_PUBLIC,       /* expected casualties a launch, among the public */
    COSMO_RULE_COLLECTIVE_NEIGHBOURING, /* the same, among people of neighbouring operations */
    COSMO_RULE_INDIVIDUAL_PUBLIC,       /* probability of casualty of the member of the public who is worst off */
    COSMO_RULE_INDIVIDUAL_NEIGHBOURING, /* the same, of neighbouring operations */
    COSMO_RULE_CONDITIONAL_PUBLIC,      /* expected casualties if it fails so: of the worst mode and interval */
    COSMO_RULE_AIRCRAFT_IMPACT,         /* probability of impact on an aircraft, outside what is closed to them */
    COSMO_RULE_SHIP_IMPACT,             /* probability of impact on or near a ship, outside what is closed to them */
    COSMO_RULE_DROP_CONTAINMENT,        /* probability that planned debris falls inside its declared area */
    COSMO_RULE_TOXIC_CONTAINMENT,       /* probability, given a release, that it reaches somebody not evacuated */
    COSMO_RULE_QUANTITIES
} cosmo_rule_quantity;

/* What a figure or a rule counts. */
enum { COSMO_RULE_DEBRIS = 1, COSMO_RULE_BLAST = 2, COSMO_RULE_TOXIC = 4 };

typedef struct cosmo_rule {
    const char *id, *name;
    int quantity;                      /* cosmo_rule_quantity */
    double limit;                      /* NaN: no source gives one */
    const char *population;            /* whom it protects */
    cosmo_list counts;                 /* of const char *: debris, blast, toxic */
    const char *period;                /* which part of the flight */
    const char *definition;            /* what exactly is limited, in our words */
    const char *reference;             /* the paragraph of the law */
    const char *valid_from, *valid_to; /* first and last day, "2021-03-10"; NULL: open */
    const char *source, *note;         /* where the rule was read */
    int confidence;                    /* index into high, medium, low, estimate */
} cosmo_rule;

typedef struct cosmo_rules {
    const char *id, *name, *summary;
    cosmo_list countries; /* of const char *, ISO 3166: on a pad there the rules are chosen by themselves */
    cosmo_list rules;     /* of cosmo_rule */
} cosmo_rules;

/* Of a mission's section `risk`: by which rules it is judged. */
typedef struct cosmo_rules_choice {
    cosmo_list rules; /* of const char *: rule files, rules, paths; empty: us and the pad's country */
} cosmo_rules_choice;

const cosmo_section *cosmo_rules_section(void);
/* "high", "medium", "low", "estimate". */
const char *cosmo_rules_confidence_text(int confidence);
/* True for a day that exists, from 1960 to 2199: "2021-03-10". */
bool cosmo_rules_is_day(const char *day);
/* Fail at the child `key` of `node` unless `day` is one; NULL is allowed. */
cosmo_status cosmo_rules_check_day(const cosmo_yaml *node, const char *key, const char *day, cosmo_run *run);
/* "collective public" ...: the word of rule files for a quantity. */
const char *cosmo_rules_quantity_text(int quantity);

/* Read data/rules/ID.yaml (or the path given, when it ends in .yaml) and check what the table cannot: days that exist
 * and are in order, known words in `counts`. Errors: COSMO_BAD_INPUT with place; an unknown id gets the nearest one. */
cosmo_status cosmo_rules_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                              cosmo_rules *file);
/* Check the first and the last day in force (NULL: open) of the section at `node`: days that exist, in order. */
cosmo_status cosmo_rules_check_days(const cosmo_yaml *node, const char *valid_from, const char *valid_to,
                                    cosmo_run *run);
/* Every file of data/rules in file-name order; the ids of rules are unique over all files. */
cosmo_status cosmo_rules_read_all(cosmo_arena *arena, cosmo_run *run, cosmo_list *files /* of cosmo_rules */);
/* The rules that a mission is judged by, in the order chosen, each once (`rules`, of cosmo_rule): the files and single
 * rules named by `choice` (a path that ends in .yaml is relative to the mission), or, when it names none, those of the
 * file us and of the files for `country` (ISO 3166, of the pad's site; NULL: not known). A country without a file gets
 * a warning among the notes. `asked` (may be NULL) is the node of choice->rules, for the place of messages. Errors:
 * COSMO_BAD_INPUT for an unknown id, with the nearest, and for two rules of one id. */
cosmo_status cosmo_rules_select(const cosmo_rules_choice *choice, const cosmo_yaml *asked, const char *country,
                                cosmo_arena *arena, cosmo_run *run, cosmo_list *rules);

/* What there is to be judged, by cosmo_rule_quantity. NaN: not computed. */
typedef struct cosmo_rule_figures {
    double value[COSMO_RULE_QUANTITIES];
    unsigned counted; /* COSMO_RULE_DEBRIS | ...: the hazards that the figures contain, or that cannot arise */
    const char *rests_on[COSMO_RULE_QUANTITIES]; /* what somebody has to do for the figure to hold; NULL: nothing */
} cosmo_rule_figures;
/* Nothing computed, nothing counted. */
cosmo_rule_figures cosmo_rules_no_figures(void);

/* One line of the table of limits. */
typedef struct cosmo_rule_finding {
    const char *name; /* of the rule */
    const cosmo_rule *rule;
    double value, limit;   /* NaN: not computed; no source gives a limit */
    bool in_force;         /* on the day of liftoff; true without a day */
    cosmo_verdict verdict; /* COSMO_VERDICT_NONE where it is not in force */
    const char *remark;    /* why it is not assessed or not in force, or what it rests on that it is met; NULL */
} cosmo_rule_finding;

/* Judge figures by rules (of cosmo_rule, which must outlive the findings). A figure at exactly the limit meets it. Not
 * assessed: no limit, no figure, or a figure within the limit that leaves out a hazard which the rule counts; a figure
 * beyond the limit breaks it whatever else is left out. `liftoff_utc` (ISO 8601; NULL: no date, which is noted as an
 * assumption) decides which rules are in force. `findings`: of cosmo_rule_finding, one a rule, in their order. */
cosmo_status cosmo_rules_judge(const cosmo_list *rules, const cosmo_rule_figures *figures, const char *liftoff_utc,
                               cosmo_arena *arena, cosmo_run *run, cosmo_list *findings);
/* True when at least one rule is in force and every one in force is met: what --fail-on-limit asks. */
bool cosmo_rules_met(const cosmo_list *findings);

/* ---- what is left of a vehicle whose engines have stopped ----------------------------------------------------- */

enum { COSMO_REMAINS_TANKS_MAX = 32 };
typedef struct cosmo_remains_tank {
    const char *stage, *propellant;
    double mass_kg; /* aboard, of all units, residuals included */
} cosmo_remains_tank;

/* A stack that falls whole. */
typedef struct cosmo_remains {
    double mass_kg;
    double area_m2;         /* tumbling */
    cosmo_drag_curve drag;  /* on that area */
    double ballistic_kg_m2; /* mass over area and Cd, at rest */
    size_t n_tanks;
    cosmo_remains_tank tanks[COSMO_REMAINS_TANKS_MAX];
} cosmo_remains;

/* Describe the stack in which a flight was stopped (cosmo_variation.stop_t_s). Its area is the sum of the areas with
 * which its stages would fall (no stage hides another) and of the side of a fairing or tower still aboard, its Cd their
 * mean by area: a vehicle tumbles end over end as its stages do. What is still to burn lies in the burning tanks of a
 * stage in the ratio of their usable loads. */
void cosmo_remains_describe(const cosmo_vehicle *vehicle, const cosmo_outcome *stopped, cosmo_remains *remains);
/* True while an item is aboard the stopped flight. */
bool cosmo_remains_carry(const cosmo_outcome *stopped, const char *item);
/* Let it fall whole from where it was stopped, without breaking up. */
cosmo_status cosmo_remains_fall(const cosmo_remains *remains, const cosmo_state *stopped,
                                const cosmo_environment *environment, cosmo_run *run, cosmo_impact *impact);

/* ---- a crew escapes ------------------------------------------------------------------------------------------- */

/* A crew that escapes from a stack. */
typedef struct cosmo_abort_case {
    const cosmo_escape *escape;       /* with a capsule */
    const cosmo_escape_motor *motors; /* NULL: the capsule parts from the vehicle without a push */
    const cosmo_remains *remains;     /* the stack that carries the crew until the command */
    cosmo_state stopped;              /* when the engines stop */
    double delay_s;                   /* from then to the command */
    cosmo_vec3 axis;                  /* along which the motors pull: unit vector, inertial frame of the flight */
} cosmo_abort_case;

typedef struct cosmo_abort {
    cosmo_state commanded, free; /* at the command; when the capsule is on its own */
    cosmo_geodetic apogee;
    double apogee_t_s;
    double motor_acceleration_m_s2; /* largest felt while the motors burn; 0 without motors */
    double entry_acceleration_m_s2; /* largest felt in the fall, before any parachute */
    double drogue_t_s, main_t_s;    /* NaN: not reached */
    cosmo_impact landing;           /* before any soft-landing motor; drifts with the wind */
} cosmo_abort;

/* The motors that work for this stack, NULL where none is aboard. */
const cosmo_escape_motor *cosmo_abort_motors(const cosmo_escape *escape, const cosmo_outcome *stopped);
/* Fly an escape as a point: the stack coasts to the command; motors push along an axis that does not turn; the head
 * section coasts nose first, at most to the top of its climb; the capsule falls heat shield first, without lift, and
 * opens its parachutes. Fixed steps of a fourth-order Runge-Kutta method, 0.02 s while motors burn and parachutes open,
 * else 0.1 s. Errors: COSMO_BAD_INPUT without a capsule, COSMO_NO_SOLUTION when it is still aloft after three hours. */
cosmo_status cosmo_abort_fly(const cosmo_abort_case *abort, const cosmo_environment *environment, cosmo_run *run,
                             cosmo_abort *flown);

/* ---- failures --------------------------------------------------------------------------------------------------- */

typedef enum cosmo_failure_mode {
    COSMO_FAILURE_CUTOFF,     /* engines stop; the stack tumbles on as it is */
    COSMO_FAILURE_EXPLOSION,  /* everything aboard is fragments at once */
    COSMO_FAILURE_TURN,       /* the thrust swings away until safety ends it or the stack breaks */
    COSMO_FAILURE_SEPARATION, /* at the end of a phase: what should have left stays, engines stop */
    COSMO_FAILURE_ATTITUDE, /* the thrust swings to a wrong direction and stays there until safety or the air ends it */
    COSMO_FAILURE_PAD,      /* in the first phase: it explodes on the pad with all its propellant */
    COSMO_FAILURE_MODES
} cosmo_failure_mode;
/* "cutoff", "explosion", "turn", "separation", "attitude", "pad". */
const char *cosmo_failure_mode_name(cosmo_failure_mode mode);

/* A phase of flight ends when its stage separates, the last one at insertion. */
typedef struct cosmo_failure_phase {
    const char *name; /* the stage */
    unsigned stage;   /* its number in the vehicle */
    bool inserts;     /* it ends at insertion */
    double start_s, end_s, share;
} cosmo_failure_phase;
enum { COSMO_FAILURE_PHASES_MAX = COSMO_STAGES_MAX };

/* What a mission says of a phase in its section `risk`. */
typedef struct cosmo_risk_phase {
    const char *stage;
    double share;
} cosmo_risk_phase;

/* The section `risk` of a mission. */
typedef struct cosmo_risk_options {
    double failure_probability; /* NaN: from the vehicle's record */
    double shares[COSMO_FAILURE_MODES];
    cosmo_list phases;           /* of cosmo_risk_phase; empty: all phases alike */
    double turn_rate_rad_s;      /* fastest; rates are log-uniform from a tenth of it */
    double attitude_rad;         /* wrong directions are even in angle from the right one up to this */
    double breakup_pressure_pa;  /* dynamic pressure at which a tumbling stack breaks */
    double breakup_speed_share;  /* imparted speed of such a break-up over that of an explosion */
    double lift_ratio;           /* standard deviation of lift over drag of a fragment, to any side */
    bool demise;                 /* fragments of a known material may burn up */
    int surface;                 /* cosmo_surface */
    int64_t samples;             /* of failures, and of planned drops */
    double clear_distance_m;     /* nobody is nearer to the pad */
    double until_relative_error; /* stop there; NaN: all samples */
    cosmo_rules_choice judged;   /* by which rules */
} cosmo_risk_options;
const cosmo_section *cosmo_failure_section(void);
/* What a table of keys cannot check. */
cosmo_status cosmo_failure_check(const cosmo_risk_options *options, const cosmo_vehicle *vehicle,
                                 const cosmo_yaml *section, cosmo_run *run);
/* Probability of a mode given a failure in the phase with this number: its share among the modes that can happen there,
 * of which COSMO_FAILURE_PAD is one in the first phase alone. */
double cosmo_failure_mode_share(const cosmo_risk_options *options, size_t phase, cosmo_failure_mode mode);

/* The phases of a flight with their shares of all failures, from its events. Returns how many. */
size_t cosmo_failure_phases(const cosmo_flight *flight, const cosmo_trajectory *trajectory,
                            const cosmo_risk_options *options, cosmo_failure_phase *phases);
/* Let a flight stop where a failure of a phase happens: a quarter of them within 5 s of its start, the others evenly;
 * u in (0, 1). One on the pad happens at the start; a failure to separate when the flight's own clock would let the
 * stage go, or, in the last phase, after the whole flight. */
void cosmo_failure_stop(const cosmo_failure_phase *phase, cosmo_failure_mode mode, double u,
                        cosmo_variation *variation);
/* Probability, given a failure, that it begins before a time after liftoff: what cosmo_failure_stop draws, all phases
 * and modes. A failure to separate begins at the end of its phase. */
double cosmo_failure_before(const cosmo_risk_options *options, const cosmo_failure_phase *phases, size_t n, double t_s);
/* The probability that a flight fails: the mission's own, or by the vehicle's record (cosmo_failure_rate_reference);
 * that of a vehicle with one failure in two flights, with a note, where it has flown less often. */
double cosmo_failure_probability(const cosmo_flight *flight, const cosmo_risk_options *options, cosmo_run *run);

/* ---- from a failure to debris ----------------------------------------------------------------------------------- */

/* A piece in flight, and what it is worth on the ground. */
typedef struct cosmo_wreck {
    cosmo_debris fall;
    double count;   /* pieces that this one stands for */
    double mass_kg; /* of one */
    double area_m2; /* its projected area */
    cosmo_propellants propellants;
    double propellant_kg;  /* aboard; explodes on impact */
    double blast_radius_m; /* of what explodes on the pad or aloft, 1 psi on the ground; 0: by propellant and speed */
    double landing_m_s;    /* it comes down on parachutes with this speed; 0: it falls */
} cosmo_wreck;
enum { COSMO_WRECK_MAX = 256 };

/* What one failure of a stack turns into: fragments, or the stack as one piece that carries its propellant. A crew's
 * capsule leaves before, driven by the motors of its escape system, and lands on parachutes: its fall is that of the
 * capsule without them, their drift in the wind is left out. A stack in orbit (perigee above 100 km) leaves nothing.
 * Random numbers come from streams `stream` and on of a sample. Returns how many pieces there are.
 * Errors: none; classes beyond COSMO_WRECK_MAX are left out (a vehicle has some 40). */
size_t cosmo_wreck_make(const cosmo_flight *flight, const cosmo_risk_options *options, const cosmo_outcome *stopped,
                        cosmo_failure_mode mode, uint64_t seed, uint32_t stream, uint64_t sample, cosmo_wreck *wrecks);

/* Expected casualties among people of a density (1/m^2) at the impact of one piece, times its count: what it hits
 * (inert) and what its propellant does (explosive). */
typedef struct cosmo_harm {
    double inert, explosive;
} cosmo_harm;
cosmo_harm cosmo_wreck_harm(const cosmo_wreck *piece, const cosmo_debris_impact *impact, cosmo_surface surface,
                            const cosmo_shelter_mix *mix, double people_per_m2);

/* ---- where dangerous debris comes down --------------------------------------------------------------------------- */

/* Whom a piece is dangerous to. Dangerous is a piece of 11 ft lbf and more, or one that explodes; a person, a ship and
 * an aircraft are taken to be anywhere in a cell of the grid alike. */
typedef enum cosmo_hazard_target {
    COSMO_HAZARD_PERSON,   /* in the open, within the casualty area of a piece or the radius of 1 psi */
    COSMO_HAZARD_PUBLIC,   /* the same, of pieces that come down outside what is cleared around the pad */
    COSMO_HAZARD_SHIP,     /* 100 m x 20 m and a piece's casualty area around it; an estimate of a cargo ship */
    COSMO_HAZARD_AIRCRAFT, /* 1,000 m2 seen from above, of a large airliner; an estimate. Its own speed is left out */
    COSMO_HAZARD_TARGETS
} cosmo_hazard_target;

/* Cells of 0.05 deg by 0.05 deg in geodetic latitude and longitude, row by row eastward from 90 deg south, 180 deg
 * west. Areas of cells: on a sphere of 6,371 km, within 0.7 %. */
enum { COSMO_HAZARD_CELLS_A_DEGREE = 20, COSMO_HAZARD_COLUMNS = 7200, COSMO_HAZARD_ROWS = 3600 };
/* One cell. In a table that is being filled: a slot, free while place is 0. */
typedef struct cosmo_hazard_cell {
    uint32_t place; /* 1 + row * COSMO_HAZARD_COLUMNS + column */
    double probability[COSMO_HAZARD_TARGETS];
} cosmo_hazard_cell;
/* What pieces of one failure do in one cell: exp(-exponent) is the probability that none of them hits a target. */
typedef struct cosmo_hazard_hit {
    uint32_t place;
    double exponent[COSMO_HAZARD_TARGETS];
} cosmo_hazard_hit;
/* The cells that anything came down in, in the order of their places; probabilities of one launch. */
typedef struct cosmo_hazard_grid {
    size_t n;
    const cosmo_hazard_cell *cells;
    double lost; /* cells that found no room in the tables over dangerous pieces; 0 unless they fall everywhere */
} cosmo_hazard_grid;

/* The cell that a place lies in; its middle; its area. */
uint32_t cosmo_hazard_grid_place(cosmo_geodetic at);
cosmo_geodetic cosmo_hazard_grid_middle(uint32_t place);
double cosmo_hazard_grid_area_m2(uint32_t place);
/* What `count` pieces that come down together do in their cell; `casualty_m2` (one that hits, one that explodes, as of
 * cosmo_wreck_harm among one person a square metre) is the sum over all of them: each hits with its area over that of
 * the cell, apart from the others. PUBLIC is as PERSON. */
cosmo_hazard_hit cosmo_hazard_grid_hit(cosmo_geodetic at, double count, cosmo_harm casualty_m2);
/* The probability that an exponent stands for, 1 - exp(-exponent), to full precision however small. */
double cosmo_hazard_grid_probability(double exponent);
/* Add one failure: in each cell the probability that at least one of its pieces hits, 1 - exp(-sum of exponents),
 * times `weight`. `hits` are put together cell by cell in place. `slots`, a table of `capacity` (a power of two), all
 * zero at first. Returns how many cells found no room. The table depends on the order of calls alone. */
size_t cosmo_hazard_grid_add(cosmo_hazard_cell *slots, size_t capacity, cosmo_hazard_hit *hits, size_t n,
                             double weight);
/* Add a table to another, each probability times `scale`. Returns how many cells found no room. */
size_t cosmo_hazard_grid_merge(cosmo_hazard_cell *slots, size_t capacity, const cosmo_hazard_cell *from, size_t n_from,
                               double scale);
/* The occupied slots in the order of their places; probabilities above 1 are cut there. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_hazard_grid_sort(const cosmo_hazard_cell *slots, size_t capacity, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_hazard_grid *grid);

/* The cell of a place; NULL where nothing came down. */
const cosmo_hazard_cell *cosmo_hazard_grid_find(const cosmo_hazard_grid *grid, uint32_t place);

/* A ring around cells: first and last point alike, counter-clockwise, at least 20 points, degrees on a raster of 1e-4.
 * Longitudes of one ring go on beyond 180 deg. */
typedef struct cosmo_hazard_ring {
    size_t n;
    const double *lon_deg, *lat_deg;
    size_t n_cells;
    double most; /* the largest probability inside */
} cosmo_hazard_ring;
/* Rings about all cells with a probability of `level` and more: cells that are at most two cells apart share one, their
 * convex hull (Andrew 1979, Information Processing Letters 9(5)), so that every such cell lies inside. `rings`: of
 * cosmo_hazard_ring, from the southernmost. Errors: COSMO_NO_RESOURCES. */
cosmo_status cosmo_hazard_rings_around(const cosmo_hazard_grid *grid, cosmo_hazard_target target, double level,
                                       cosmo_arena *arena, cosmo_run *run, cosmo_list *rings);

/* ---- casualty expectation ---------------------------------------------------------------------------------------- */

/* People per square metre at a place. */
typedef struct cosmo_people {
    double (*density_m2)(const void *user, double latitude_rad, double longitude_rad);
    const void *user;
} cosmo_people;

/* People of neighbouring operations at a place: another pad, a plant. They are not among the public. */
typedef struct cosmo_neighbour {
    const char *name;
    double latitude_rad, longitude_rad;
    double people; /* NaN: not known */
} cosmo_neighbour;
enum { COSMO_NEIGHBOURS_MAX = 32 };

/* Whom a launch may hurt. */
typedef struct cosmo_exposure {
    cosmo_people people;       /* the public, which all figures rest on */
    cosmo_people beside;       /* another count of it, for one total beside; density_m2 NULL: none */
    cosmo_shelter_mix shelter; /* of the figures with shelter credit */
    cosmo_list neighbours;     /* of cosmo_neighbour, at most COSMO_NEIGHBOURS_MAX */
} cosmo_exposure;

/* An expectation with the standard error of its sampling. */
typedef struct cosmo_risk_row {
    const char *name;
    double value, standard_error;
} cosmo_risk_row;
enum { COSMO_RISK_COUNTRIES_MAX = 256, COSMO_RISK_CONDITIONS_MAX = COSMO_FAILURE_PHASES_MAX * COSMO_FAILURE_MODES };

/* Failures of an interval of the flight: a sixteenth of a phase. */
typedef struct cosmo_risk_interval {
    const char *phase;
    double start_s, end_s;
    double probability;    /* that a launch fails in it */
    double value;          /* expected casualties given a failure in it; 0 where none was sampled */
    double standard_error; /* of value */
} cosmo_risk_interval;
enum { COSMO_RISK_INTERVALS_A_PHASE = 16, COSMO_RISK_INTERVALS_MAX = COSMO_FAILURE_PHASES_MAX * 16 };

/* What a launch means for a neighbour. */
typedef struct cosmo_risk_neighbour {
    const cosmo_neighbour *neighbour;
    double probability, standard_error; /* of casualty, of somebody there in the open */
} cosmo_risk_neighbour;

/* A settlement and its surroundings: the cells nearer to it than to any other, and at most 50 km away. */
typedef struct cosmo_risk_settlement {
    const cosmo_place *place;
    double value;       /* expected casualties; all of them and the open country add up to the total */
    double probability; /* of casualty of a person in the open, in the worst of its inhabited cells */
} cosmo_risk_settlement;
enum { COSMO_RISK_SETTLEMENTS_MAX = 64 };

/* What the expectation would be, 5 to 95 %, if one thing alone were not known. */
typedef struct cosmo_risk_belief {
    const char *name;
    double p5, p95;
} cosmo_risk_belief;
enum { COSMO_RISK_BELIEFS = 4 };

/* One sampled failure as it begins. */
typedef struct cosmo_risk_failure {
    uint32_t phase; /* of cosmo_risk.by_phase */
    uint32_t mode;  /* cosmo_failure_mode */
    double t_s;
    cosmo_vec3 position_m, velocity_m_s; /* ITRF */
    double mass_kg;
    double propellant_kg[COSMO_STAGES_MAX]; /* still to burn, by stage of the vehicle, all units; 0 once it has left */
    uint64_t aboard;                        /* bit k: the vehicle's stage k */
} cosmo_risk_failure;
enum { COSMO_RISK_FAILURES_MAX = 4096 };

typedef struct cosmo_risk {
    double failure_probability;
    uint64_t n_failures, n_planned;         /* flights computed */
    cosmo_risk_row total, planned, failure; /* everybody in the open */
    cosmo_risk_row sheltered;               /* the total with the shelter of the mix */
    cosmo_risk_row beside;       /* the total among the people counted otherwise; name NULL: none asked for */
    cosmo_risk_row neighbouring; /* people of neighbouring operations; NaN when a number of people is not known */
    size_t n_phases, n_bodies, n_countries;
    cosmo_risk_row by_phase[COSMO_FAILURE_PHASES_MAX], by_mode[COSMO_FAILURE_MODES], by_hazard[2]; /* of failures */
    cosmo_risk_row by_body[COSMO_BODIES_MAX];                                                      /* planned drops */
    cosmo_risk_row by_country[COSMO_RISK_COUNTRIES_MAX]; /* both, the largest first; codes, "-" at sea; no errors */
    size_t n_conditions;
    cosmo_risk_row conditional[COSMO_RISK_CONDITIONS_MAX]; /* given a failure of that phase and mode */
    /* of those and of the modes in each interval of the flight with at least 32 samples, the largest */
    cosmo_risk_row worst;
    size_t n_intervals;
    cosmo_risk_interval by_time[COSMO_RISK_INTERVALS_MAX];
    size_t n_neighbours;
    cosmo_risk_neighbour by_neighbour[COSMO_NEIGHBOURS_MAX];
    size_t n_settlements;
    cosmo_risk_settlement by_settlement[COSMO_RISK_SETTLEMENTS_MAX]; /* the largest values first */
    cosmo_risk_row open_country;                                     /* all that is not in by_settlement */
    double epistemic[3];                           /* p5, p50, p95 of the total over what is not known */
    cosmo_risk_belief beliefs[COSMO_RISK_BELIEFS]; /* failure probability, people, fragments, yields */
    const char *dominant;                          /* the largest single source, in words */
    cosmo_hazard_grid grid;                        /* of failures and planned drops */
    /* PUBLIC of the inhabited cell that is worst off, taken over the part of it that is not cleared; 0: nobody */
    double max_individual_probability;
    cosmo_geodetic max_individual_place;
    size_t n_sampled; /* the first failures computed, at most COSMO_RISK_FAILURES_MAX */
    const cosmo_risk_failure *sampled;
} cosmo_risk;

/* How the samples of an expectation are shared out, kept and taken together again. All zero: computed here, nothing
 * kept. The expectation is the same to the last bit whichever way it was reached. */
typedef enum cosmo_campaign_kind {
    COSMO_CAMPAIGN_HERE,  /* this process computes all samples; resumed from `checkpoint` and saved to it, if any */
    COSMO_CAMPAIGN_SHARD, /* compute every n_parts-th block, from number `part`, and keep it in folders[0]; no answer */
    COSMO_CAMPAIGN_MERGE, /* take together the shards of `folders` */
    COSMO_CAMPAIGN_RANKS  /* process `part` of `n_parts`, all at work at once, that meet in folders[0] */
} cosmo_campaign_kind;
typedef struct cosmo_campaign {
    cosmo_campaign_kind kind;
    char key[65];           /* of cosmo_campaign_key; needed unless nothing is kept */
    const char *checkpoint; /* HERE: path of a file, NULL: none. A second file has ".drops" after its name */
    const char *const *folders;
    uint32_t n_folders;     /* MERGE */
    uint32_t part, n_parts; /* SHARD, RANKS */
} cosmo_campaign;

/* The key of what is kept: sha256 of the program's version, the run's seed, the sha256 of every input of the run so far
 * in their order, and `options`, text for whatever else the samples depend on. */
cosmo_status cosmo_campaign_key(cosmo_run *run, const char *options, char key[65]);
/* Run one job of blocks, called `part` ("failures"), as the campaign says (NULL: here): cosmo_blocks_run, _run_shard,
 * _merge, cosmo_ranks_run. Names of files come from `part`. Errors: theirs. */
cosmo_status cosmo_campaign_run(const cosmo_campaign *campaign, const char *part, cosmo_blocks *blocks, cosmo_run *run);
/* The result is safe: delete the checkpoints, or leave the ranks' folder. Shards stay.
 * Errors: COSMO_NO_RESOURCES "PATH: error: ..." for a file that cannot be deleted. */
cosmo_status cosmo_campaign_end(const cosmo_campaign *campaign, cosmo_run *run);

/* Expected casualties of a flight: failures of every phase and mode, each with its own dispersed flight, and what is
 * dropped on purpose. Samples run through the strata of phase and mode in turn, so that rare ones are known as well as
 * frequent ones; the expectation weighs each by its probability. The same bits for any number of threads.
 * The grid weighs a failure likewise, and a planned drop as certain; a value that rests on few samples is rough.
 * `campaign` (NULL: none) says how samples are shared out and kept; with a shard the answer holds nothing but names.
 * Errors: those of the flight and of cosmo_campaign_run; COSMO_CANCELLED. */
cosmo_status cosmo_expectation_run(const cosmo_flight *flight, const cosmo_controls *controls,
                                   const cosmo_dispersion *dispersion, const cosmo_risk_options *options,
                                   const cosmo_exposure *exposure, const cosmo_campaign *campaign, cosmo_arena *arena,
                                   cosmo_run *run, cosmo_risk *risk);

/* ---- blast far away ---------------------------------------------------------------------------------------------- */

/* Sound runs faster through warm air and with the wind. Where that speed rises with height, a blast is bent back to
 * the ground, tens of kilometres from where it was let go and sometimes gathered in a ring. The speed along an azimuth,
 * c + u.n, is taken for that of still air (effective sound speed; Pierce, Acoustics, 1981, ch. 8), straight between
 * levels; rays obey Snell's law, so each is a chain of arcs. Ground: flat, hard. Attenuation: none. */
enum { COSMO_FAR_FIELD_AZIMUTHS = 36, COSMO_FAR_FIELD_CELLS = 160, COSMO_FAR_FIELD_LEVELS = 84 };
#define COSMO_FAR_FIELD_CELL_M 500.0
typedef struct cosmo_far_field_column {
    size_t n; /* levels, the first the ground's */
    double height_m[COSMO_FAR_FIELD_LEVELS], speed_m_s[COSMO_FAR_FIELD_LEVELS];
} cosmo_far_field_column;
/* The column over ground at an altitude, up to 20 km above it, towards an azimuth; NULL: still standard air. Levels are
 * the weather's nodes, 250 m apart, so a thinner inversion is smoothed. */
void cosmo_far_field_column_of(const cosmo_weather *weather, double ground_m, double azimuth_rad,
                               cosmo_far_field_column *column);
/* Where a ray that leaves the ground at an elevation (above 0, below 90 deg) comes back to it; INFINITY when it does
 * not turn. With one gradient k it is 2 c0/k tan(elevation). */
double cosmo_far_field_return_m(const cosmo_far_field_column *column, double elevation_rad);

/* What comes down in each ring of 500 m, averaged over it: to 80 km. */
typedef struct cosmo_far_field_fan {
    double focus[COSMO_FAR_FIELD_CELLS];  /* overpressure over that in uniform air, 1 to 5 */
    double landed[COSMO_FAR_FIELD_CELLS]; /* share of the energy that lands there at the first hop */
    double beyond, escaped;               /* that lands farther; that goes up for good; all add up to 1 */
} cosmo_far_field_fan;
/* Spread of tubes of rays: the energy of a tube goes as 1/area across it, the overpressure as its root (geometrical
 * acoustics, Pierce 1981, sec. 8.5); rays flatter than 0.1 count as that steep, for waves do not tell them apart. The
 * largest of all hops counts. Below 1 the focus is 1: no credit is taken for air that bends the blast up, nor is the
 * doubling counted where a wave meets the ground (2 times at most). Above 5 it is 5, what ANSI S2.20-1983 is quoted
 * with for a caustic, where rays alone would give infinity. */
void cosmo_far_field_trace(const cosmo_far_field_column *column, cosmo_far_field_fan *fan);

typedef struct cosmo_far_field {
    double tnt_kg, ambient_pa;
    cosmo_far_field_fan fans[COSMO_FAR_FIELD_AZIMUTHS]; /* clockwise from north, even */
} cosmo_far_field;
/* An explosion on the ground at an altitude, in all azimuths. */
void cosmo_far_field_make(double tnt_kg, const cosmo_weather *weather, double ground_m, cosmo_far_field *field);
/* The azimuth of a fan, rad. */
double cosmo_far_field_azimuth_rad(size_t index);
/* Peak incident overpressure: cosmo_blast_sachs_overpressure_pa times the focus of the ring and the nearest azimuth;
 * beyond 80 km without it. */
double cosmo_far_field_overpressure_pa(const cosmo_far_field *field, double azimuth_rad, double distance_m);
/* The farthest distance in a fan at which an overpressure is reached. */
double cosmo_far_field_reach_m(const cosmo_far_field *field, size_t azimuth, double overpressure_pa);
/* That a window pane breaks: 1.56e-10 P^2.78, P in Pa, 1 at most (Reed, 1968, windows of San Antonio after the Medina
 * explosion of 1963; at second hand). 3 % at 1 kPa. */
double cosmo_far_field_pane_probability(double overpressure_pa);
/* How many panes break among the people around a place, nobody being nearer than `clear_m`: 19 panes a person, an
 * estimate. Casualties by glass do not follow: no source that could be read says how many a pane makes. */
double cosmo_far_field_broken_panes(const cosmo_far_field *field, cosmo_geodetic place, const cosmo_people *people,
                                    double clear_m);

#ifdef __cplusplus
}
#endif
#endif
