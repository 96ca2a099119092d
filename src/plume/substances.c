/* Substances: data/toxics/substances.yaml and the user's own beside it, each figure with its source. */
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

static const char SUBSTANCES_FOLDER[] = "toxics", SUBSTANCES_FILE[] = "substances";
static const char *const SUBSTANCES_LOAD_UNITS[] = {"ppm min", "mg/m3 min", NULL};

/* ---- tables ------------------------------------------------------------------------------------------------------ */

#define SUBSTANCES_NUMBER(type_, member_, key_, dimension_, required_, max_, help_)                                    \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_NUMBER, .offset = offsetof(type_, member_),                                   \
        .dimension = COSMO_DIM_##dimension_, .max = max_, .required = required_, .help = help_                         \
    }
#define SUBSTANCES_TEXT(type_, member_, key_, required_, help_)                                                        \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_TEXT, .offset = offsetof(type_, member_), .required = required_,              \
        .help = help_                                                                                                  \
    }
#define SUBSTANCES_INSIDE(type_, member_, key_, section_, help_)                                                       \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_SECTION, .offset = offsetof(type_, member_), .section = &section_,            \
        .help = help_                                                                                                  \
    }
#define SUBSTANCES_SECTION(name_, text_, help_, type_, fields_)                                                        \
    static const cosmo_section name_ = {text_, help_, sizeof(type_), fields_, sizeof(fields_) / sizeof(fields_)[0]}

#define SUBSTANCES_RANGE(type_, member_, key_, dimension_, max_, help_)                                                \
    {                                                                                                                  \
        .key = key_, .kind = COSMO_FIELD_RANGE, .offset = offsetof(type_, member_),                                    \
        .dimension = COSMO_DIM_##dimension_, .max = max_, .help = help_                                                \
    }

#define SUBSTANCES_PRODUCT(type_, required_)                                                                           \
    SUBSTANCES_TEXT(type_, product, "product", required_, "Id of the substance that comes of it; else not followed."), \
        SUBSTANCES_NUMBER(type_, yield, "yield", NONE, required_, 10.0, "Moles of the product a mole.")

static const cosmo_field SUBSTANCES_HYDROXYL_FIELDS[] = {
    SUBSTANCES_NUMBER(cosmo_reaction, rate, "rate", COLLISION_RATE, true, 1e-14, "At 298 K, a molecule of hydroxyl."),
    SUBSTANCES_PRODUCT(cosmo_reaction, false),
};
SUBSTANCES_SECTION(SUBSTANCES_HYDROXYL, "hydroxyl", "Reaction with hydroxyl radicals.", cosmo_reaction,
                   SUBSTANCES_HYDROXYL_FIELDS);

static const cosmo_field SUBSTANCES_RAIN_FIELDS[] = {
    SUBSTANCES_NUMBER(cosmo_reaction, rate, "rate", RATE, true, 1.0, "In rain of 1 mm/h; in proportion to the rain."),
    SUBSTANCES_PRODUCT(cosmo_reaction, true),
};
SUBSTANCES_SECTION(SUBSTANCES_RAIN, "rain", "Reaction with rain, the product staying in the air.", cosmo_reaction,
                   SUBSTANCES_RAIN_FIELDS);

static const cosmo_field SUBSTANCES_OZONE_FIELDS[] = {
    SUBSTANCES_NUMBER(cosmo_reaction, moles, "moles", NONE, true, 100.0, "Moles of ozone that one mole uses up."),
    SUBSTANCES_PRODUCT(cosmo_reaction, false),
};
SUBSTANCES_SECTION(SUBSTANCES_OZONE, "ozone", "Reaction with ozone, as fast as ozone is mixed in.", cosmo_reaction,
                   SUBSTANCES_OZONE_FIELDS);

static const cosmo_field SUBSTANCES_SCAVENGING_FIELDS[] = {
    SUBSTANCES_NUMBER(cosmo_scavenging, rate_1_s, "rate", RATE, true, 1.0, "In rain of 1 mm/h."),
    SUBSTANCES_NUMBER(cosmo_scavenging, exponent, "exponent", NONE, true, 2.0, "Power of the rain in mm/h."),
};
SUBSTANCES_SECTION(SUBSTANCES_SCAVENGING, "scavenging", "Washed out by rain.", cosmo_scavenging,
                   SUBSTANCES_SCAVENGING_FIELDS);

static const cosmo_field SUBSTANCES_SOIL_FIELDS[] = {
    SUBSTANCES_RANGE(cosmo_soil_fate, half_life_s, "half_life", TIME, 1e12, "Half-life in soil left alone."),
    SUBSTANCES_RANGE(cosmo_soil_fate, treated_half_life_s, "treated_half_life", TIME, 1e12,
                     "Half-life in soil that is treated with a reagent."),
    SUBSTANCES_PRODUCT(cosmo_soil_fate, false),
};
SUBSTANCES_SECTION(SUBSTANCES_SOIL, "soil", "What becomes of it in soil.", cosmo_soil_fate, SUBSTANCES_SOIL_FIELDS);

static const cosmo_field SUBSTANCES_PROBIT_FIELDS[] = {
    {.key = "a",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_probit, a),
     .required = true,
     .help = "Constant."},
    SUBSTANCES_NUMBER(cosmo_probit, b, "b", NONE, true, 20.0, "Slope."),
    SUBSTANCES_NUMBER(cosmo_probit, exponent, "n", NONE, true, 10.0, "Power of the concentration in the load."),
    {.key = "unit",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_probit, unit),
     .required = true,
     .choices = SUBSTANCES_LOAD_UNITS,
     .help = "In which units of concentration and time the load is taken."},
    {.key = "provisional",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(cosmo_probit, provisional),
     .default_text = "no",
     .help = "Yes where no source gives one for people: every result then says so."},
};
SUBSTANCES_SECTION(SUBSTANCES_PROBIT, "probit", "Probability of death, Pr = a + b ln(integral of C^n dt).",
                   cosmo_probit, SUBSTANCES_PROBIT_FIELDS);

static const cosmo_field SUBSTANCES_COMPOUND_FIELDS[] = {
    SUBSTANCES_NUMBER(cosmo_compound, carbon, "carbon", NONE, false, 100.0, "Atoms a molecule."),
    SUBSTANCES_NUMBER(cosmo_compound, hydrogen, "hydrogen", NONE, false, 200.0, "Atoms a molecule."),
    SUBSTANCES_NUMBER(cosmo_compound, nitrogen, "nitrogen", NONE, false, 100.0, "Atoms a molecule."),
    SUBSTANCES_NUMBER(cosmo_compound, oxygen, "oxygen", NONE, false, 100.0, "Atoms a molecule."),
    {.key = "formation",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_compound, formation_j_mol),
     .dimension = COSMO_DIM_MOLAR_ENERGY,
     .help = "Enthalpy of formation at 298 K, as it lies in the tank."},
};
SUBSTANCES_SECTION(SUBSTANCES_COMPOUND, "compound", "What it is made of: needed for what burns.", cosmo_compound,
                   SUBSTANCES_COMPOUND_FIELDS);

#define SUBSTANCES_ONE_NUMBER(member_, key_, dimension_, required_, max_, help_)                                       \
    SUBSTANCES_NUMBER(cosmo_substance, member_, key_, dimension_, required_, max_, help_)
#define SUBSTANCES_ONE_INSIDE(member_, key_, section_, help_)                                                          \
    SUBSTANCES_INSIDE(cosmo_substance, member_, key_, section_, help_)
static const cosmo_field SUBSTANCES_ONE_FIELDS[] = {
    SUBSTANCES_TEXT(cosmo_substance, id, "id", true, "How it is called in cases and limits, such as UDMH."),
    SUBSTANCES_TEXT(cosmo_substance, name, "name", true, "Its name."),
    SUBSTANCES_TEXT(cosmo_substance, cas, "cas", false, "CAS number."),
    SUBSTANCES_ONE_NUMBER(molar_mass_kg_mol, "molar_mass", MOLAR_MASS, true, 10.0, "Molar mass."),
    SUBSTANCES_ONE_INSIDE(compound, "compound", SUBSTANCES_COMPOUND, "What it is made of: needed for what burns."),
    SUBSTANCES_ONE_NUMBER(boiling_point_k, "boiling_point", TEMPERATURE, false, 6000.0, "At one atmosphere."),
    SUBSTANCES_ONE_NUMBER(melting_point_k, "melting_point", TEMPERATURE, false, 6000.0, "At one atmosphere."),
    SUBSTANCES_ONE_NUMBER(liquid_density_kg_m3, "liquid_density", DENSITY, false, 2e4, "Liquid or solid, at 20 degC."),
    SUBSTANCES_ONE_NUMBER(vapour_pressure_pa, "vapour_pressure", PRESSURE, false, 1e8, "At 20 degC."),
    SUBSTANCES_ONE_NUMBER(heat_vaporisation_j_kg, "heat_vaporisation", SPECIFIC_ENERGY, false, 1e8,
                          "Heat of vaporisation."),
    SUBSTANCES_ONE_NUMBER(lower_heating_value_j_kg, "lower_heating_value", SPECIFIC_ENERGY, false, 2e8,
                          "Heat of combustion in air, water as vapour."),
    SUBSTANCES_ONE_NUMBER(lower_flammable_fraction, "lower_flammable_limit", FRACTION, false, 1.0, "By volume of air."),
    SUBSTANCES_TEXT(cosmo_substance, airborne_as, "airborne_as", false,
                    "The substance it is in the air, of the same mass; left out: itself."),
    SUBSTANCES_RANGE(cosmo_substance, deposition_velocity_m_s, "deposition_velocity", SPEED, 1.0,
                     "Dry, on open ground."),
    SUBSTANCES_ONE_INSIDE(scavenging, "scavenging", SUBSTANCES_SCAVENGING, "Washed out by rain."),
    SUBSTANCES_ONE_INSIDE(hydroxyl, "hydroxyl", SUBSTANCES_HYDROXYL, "Reaction with hydroxyl radicals."),
    SUBSTANCES_ONE_INSIDE(rain, "rain", SUBSTANCES_RAIN, "Reaction with rain."),
    SUBSTANCES_ONE_INSIDE(ozone, "ozone", SUBSTANCES_OZONE, "Reaction with ozone."),
    SUBSTANCES_RANGE(cosmo_substance, sun_lifetime_s, "sun_lifetime", TIME, 1e12,
                     "Time to 1/e by photolysis with the Sun in the zenith."),
    SUBSTANCES_ONE_INSIDE(soil, "soil", SUBSTANCES_SOIL, "What becomes of it in soil."),
    SUBSTANCES_ONE_NUMBER(load_exponent, "load_exponent", NONE, false, 10.0, "Power n of the toxic load C^n t."),
    SUBSTANCES_ONE_INSIDE(probit, "probit", SUBSTANCES_PROBIT, "Probability of death."),
    SUBSTANCES_ONE_NUMBER(hazard_coefficient, "hazard_coefficient", NONE, false, 1e9,
                          "Relative hazard of a national rule of damage. Left out: not known."),
};
SUBSTANCES_SECTION(SUBSTANCES_ONE, "substance", "A substance: what it is, and what becomes of it.", cosmo_substance,
                   SUBSTANCES_ONE_FIELDS);

static const cosmo_field SUBSTANCES_FIELDS[] = {
    SUBSTANCES_TEXT(cosmo_substances, id, "id", true, "The file's name."),
    {.key = "substances",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_substances, substances),
     .required = true,
     .section = &SUBSTANCES_ONE,
     .help = "The substances."},
};
SUBSTANCES_SECTION(SUBSTANCES, "substances", "What may be released, and what becomes of it.", cosmo_substances,
                   SUBSTANCES_FIELDS);

const cosmo_section *cosmo_substances_section(void)
{
    return &SUBSTANCES;
}

/* ---- finding ----------------------------------------------------------------------------------------------------- */

const cosmo_substance *cosmo_substances_find(const cosmo_substances *substances, const char *id)
{
    const cosmo_substance *all = substances->substances.items;
    for (size_t i = 0; i < substances->substances.n; i++)
        if (strcmp(all[i].id, id) == 0) return &all[i];
    return NULL;
}

cosmo_status cosmo_substances_need(const cosmo_substances *substances, const char *id, const cosmo_yaml *asked,
                                   cosmo_arena *arena, cosmo_run *run, const cosmo_substance **substance)
{
    *substance = cosmo_substances_find(substances, id);
    if (*substance != NULL) return COSMO_OK;
    const cosmo_substance *all = substances->substances.items;
    const char **names = cosmo_arena_array(arena, substances->substances.n + 1, sizeof *names);
    COSMO_NEED(names, run);
    for (size_t i = 0; i < substances->substances.n; i++) names[i] = all[i].id;
    const cosmo_list known = {substances->substances.n, names};
    return cosmo_catalogue_unknown("substance", id, &known, asked, arena, run);
}

/* ---- checking ---------------------------------------------------------------------------------------------------- */

/* A place inside a substance for a message: of "soil.half_life", the substance itself where the key is not there. */
static const cosmo_yaml *substances_place(const cosmo_yaml *node, const char *section, const char *key)
{
    const cosmo_yaml *inside = section != NULL ? cosmo_yaml_child(node, section) : node;
    const cosmo_yaml *place = inside != NULL && inside->kind == COSMO_YAML_MAP ? cosmo_yaml_child(inside, key) : inside;
    return place != NULL ? place : node;
}

static cosmo_status substances_check_product(const cosmo_substances *known, const char *product, double yield,
                                             const cosmo_yaml *node, const char *section, cosmo_arena *arena,
                                             cosmo_run *run)
{
    if (product == NULL) return COSMO_OK;
    const cosmo_yaml *place = substances_place(node, section, "product");
    if (isnan(yield)) return cosmo_yaml_fail(place, run, "%s: a product needs a 'yield', moles a mole", section);
    const cosmo_substance *found;
    return cosmo_substances_need(known, product, place, arena, run, &found);
}

static cosmo_status substances_check_figures(const cosmo_substance *one, const cosmo_yaml *node, cosmo_run *run)
{
    if (!(one->molar_mass_kg_mol > 0.0))
        return cosmo_yaml_fail(substances_place(node, NULL, "molar_mass"), run, "molar_mass must be more than nothing");
    if (one->boiling_point_k < one->melting_point_k)
        return cosmo_yaml_fail(substances_place(node, NULL, "boiling_point"), run,
                               "boiling_point is below melting_point");
    return COSMO_OK;
}

static cosmo_status substances_check(const cosmo_substances *known, const cosmo_substance *one, const cosmo_yaml *node,
                                     cosmo_arena *arena, cosmo_run *run)
{
    COSMO_TRY(substances_check_figures(one, node, run));
    const cosmo_reaction *hydroxyl = &one->hydroxyl, *rain = &one->rain, *ozone = &one->ozone;
    COSMO_TRY(substances_check_product(known, hydroxyl->product, hydroxyl->yield, node, "hydroxyl", arena, run));
    COSMO_TRY(substances_check_product(known, rain->product, rain->yield, node, "rain", arena, run));
    COSMO_TRY(substances_check_product(known, ozone->product, ozone->yield, node, "ozone", arena, run));
    COSMO_TRY(substances_check_product(known, one->soil.product, one->soil.yield, node, "soil", arena, run));
    if (one->airborne_as == NULL) return COSMO_OK;
    const cosmo_substance *found;
    return cosmo_substances_need(known, one->airborne_as, substances_place(node, NULL, "airborne_as"), arena, run,
                                 &found);
}

/* Every substance of `file`, whose tree is `root`; `known` are those that it may name. */
static cosmo_status substances_check_all(const cosmo_substances *known, const cosmo_substances *file,
                                         const cosmo_yaml *root, cosmo_arena *arena, cosmo_run *run)
{
    const cosmo_substance *all = file->substances.items;
    const cosmo_yaml *node = cosmo_yaml_child(root, "substances")->first_child;
    for (size_t i = 0; i < file->substances.n; i++, node = node->next)
        COSMO_TRY(substances_check(known, &all[i], node, arena, run));
    return COSMO_OK;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* The built-in substances with those of the user's own file, which come instead of the ones they are called like. */
static cosmo_status substances_join(const cosmo_substances *own, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_substances *all)
{
    const cosmo_substance *added = own->substances.items;
    size_t n = all->substances.n;
    cosmo_substance *items = cosmo_arena_array(arena, n + own->substances.n + 1, sizeof *items);
    COSMO_NEED(items, run);
    if (n > 0) memcpy(items, all->substances.items, n * sizeof *items);
    for (size_t i = 0; i < own->substances.n; i++) {
        const cosmo_substance *old = cosmo_substances_find(all, added[i].id);
        if (old == NULL) {
            items[n++] = added[i];
            continue;
        }
        items[old - (const cosmo_substance *)all->substances.items] = added[i];
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "the figures of %s are those of the file '%s', not the usual ones",
                       added[i].id, own->id);
    }
    all->substances = (cosmo_list){n, items};
    return COSMO_OK;
}

static cosmo_status substances_read_own(const char *path, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                        cosmo_substances *substances, cosmo_facts *facts)
{
    const cosmo_yaml *root;
    cosmo_substances own;
    COSMO_TRY(cosmo_catalogue_open(SUBSTANCES_FOLDER, "substance file", path, asked, arena, run, &root));
    COSMO_TRY(cosmo_section_read(&SUBSTANCES, root, &own, arena, run, facts));
    COSMO_TRY(substances_join(&own, arena, run, substances));
    return substances_check_all(substances, &own, root, arena, run);
}

cosmo_status cosmo_substances_read(const char *own, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                                   cosmo_substances *substances, cosmo_facts *facts)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open(SUBSTANCES_FOLDER, "substance file", SUBSTANCES_FILE, NULL, arena, run, &root));
    COSMO_TRY(cosmo_section_read(&SUBSTANCES, root, substances, arena, run, facts));
    COSMO_TRY(substances_check_all(substances, substances, root, arena, run));
    return own != NULL ? substances_read_own(own, asked, arena, run, substances, facts) : COSMO_OK;
}

cosmo_status cosmo_substances_parse(const char *file, const char *data, size_t bytes, cosmo_arena *arena,
                                    cosmo_run *run, cosmo_substances *substances)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_parse(file, data, bytes, arena, run, &root));
    COSMO_TRY(cosmo_section_read(&SUBSTANCES, root, substances, arena, run, NULL));
    return substances_check_all(substances, substances, root, arena, run);
}
