/* Descriptor tables: a small section of every kind, read from text, with every mistake at its place. */
#include "cosmodrome/core.h"
#include "suite.h"
#include <stddef.h>
#include <string.h>

typedef struct section_tank {
    const char *id, *propellant;
    double load_kg;
} section_tank;

typedef struct section_engine {
    double thrust_n;
    cosmo_table throttle;
} section_engine;

typedef struct section_demo {
    const char *name;
    double dry_mass_kg, azimuth_rad, margin, optional_m, least_s;
    int64_t count;
    bool reusable;
    int cutoff;
    const char *liftoff_utc;
    cosmo_table drag;
    cosmo_list events, tanks;
    section_engine engine;
    double grouped_kg;
} section_demo;

static const cosmo_field TANK_FIELDS[] = {
    {.key = "id", .kind = COSMO_FIELD_TEXT, .offset = offsetof(section_tank, id), .help = "Name."},
    {.key = "propellant",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(section_tank, propellant),
     .required = true,
     .help = "Substance."},
    {.key = "load",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_tank, load_kg),
     .dimension = COSMO_DIM_MASS,
     .min = 0,
     .max = 1e6,
     .default_text = "1 t",
     .help = "What it holds."},
};
static const cosmo_section TANK = {"tank", "One tank.", sizeof(section_tank), TANK_FIELDS, 3};

static const cosmo_field ENGINE_FIELDS[] = {
    {.key = "thrust",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_engine, thrust_n),
     .dimension = COSMO_DIM_FORCE,
     .required = true,
     .help = "In vacuum."},
    {.key = "throttle",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(section_engine, throttle),
     .columns = {COSMO_DIM_TIME, COSMO_DIM_FRACTION},
     .n_columns = 2,
     .default_text = "[[0 s, 1], [100 s, 50 %]]",
     .help = "Fraction by time."},
};
static const cosmo_section ENGINE = {"engine", "The engine.", sizeof(section_engine), ENGINE_FIELDS, 2};

static const cosmo_field GROUP_FIELDS[] = {
    {.key = "grouped",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, grouped_kg),
     .dimension = COSMO_DIM_MASS,
     .help = "In a group."},
};
static const cosmo_section GROUP = {"group", "Keys of the struct around it.", 0, GROUP_FIELDS, 1};

static const char *const CUTOFFS[] = {"depletion", "time", "guidance", NULL};
static const cosmo_field DEMO_FIELDS[] = {
    {.key = "name",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(section_demo, name),
     .required = true,
     .help = "A name."},
    {.key = "dry_mass",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, dry_mass_kg),
     .dimension = COSMO_DIM_MASS,
     .min = 1,
     .max = 1e6,
     .required = true,
     .help = "Without propellant."},
    {.key = "azimuth",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, azimuth_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = 0,
     .max = 6.283185307179587,
     .default_text = "60 deg",
     .help = "From north, to the east."},
    {.key = "margin",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, margin),
     .dimension = COSMO_DIM_FRACTION,
     .default_text = "5 %",
     .help = "Kept back."},
    {.key = "optional",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, optional_m),
     .dimension = COSMO_DIM_LENGTH,
     .help = "May be absent."},
    {.key = "least",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(section_demo, least_s),
     .dimension = COSMO_DIM_TIME,
     .min = 1,
     .max = INFINITY,
     .default_text = "1 min",
     .help = "Bounded below."},
    {.key = "count",
     .kind = COSMO_FIELD_COUNT,
     .offset = offsetof(section_demo, count),
     .min = 1,
     .max = 100,
     .default_text = "4",
     .help = "How many."},
    {.key = "reusable",
     .kind = COSMO_FIELD_FLAG,
     .offset = offsetof(section_demo, reusable),
     .default_text = "no",
     .help = "Comes back | or not."},
    {.key = "cutoff",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(section_demo, cutoff),
     .choices = CUTOFFS,
     .default_text = "time",
     .help = "What ends it."},
    {.key = "liftoff", .kind = COSMO_FIELD_UTC, .offset = offsetof(section_demo, liftoff_utc), .help = "When."},
    {.key = "drag",
     .kind = COSMO_FIELD_TABLE,
     .offset = offsetof(section_demo, drag),
     .columns = {COSMO_DIM_NONE, COSMO_DIM_NONE},
     .n_columns = 2,
     .help = "Cd by Mach."},
    {.key = "events",
     .kind = COSMO_FIELD_TEXTS,
     .offset = offsetof(section_demo, events),
     .default_text = "[liftoff, insertion]",
     .help = "Names."},
    {.key = "tanks",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(section_demo, tanks),
     .section = &TANK,
     .help = "All tanks."},
    {.key = "engine",
     .kind = COSMO_FIELD_SECTION,
     .offset = offsetof(section_demo, engine),
     .section = &ENGINE,
     .help = "The engine."},
    {.key = "group", .kind = COSMO_FIELD_SECTION, .offset = 0, .section = &GROUP, .help = "A group."},
};
static const cosmo_section DEMO = {"demo", "A section of every kind.", sizeof(section_demo), DEMO_FIELDS,
                                   sizeof DEMO_FIELDS / sizeof DEMO_FIELDS[0]};
static const cosmo_section *const TOPS[] = {&DEMO};

static cosmo_arena *arena;

static cosmo_status demo_read(const char *text, section_demo *demo, cosmo_arena *where, cosmo_run *run,
                              cosmo_facts *facts)
{
    const cosmo_yaml *root;
    cosmo_run_init(run, where);
    COSMO_TRY(cosmo_yaml_parse("demo.yaml", text, strlen(text), where, run, &root));
    return cosmo_section_read(&DEMO, root, demo, where, run, facts);
}

/* `lines` after the two required keys. */
static void demo_refuse(const char *lines, const char *expected)
{
    section_demo demo;
    cosmo_run run;
    const char *text = cosmo_arena_print(arena, "name: x\ndry_mass: 1 t\n%s\n", lines);
    const cosmo_status status = demo_read(text, &demo, arena, &run, NULL);
    ck_assert_msg(status == COSMO_BAD_INPUT, "'%s' was read", lines);
    ck_assert_msg(strstr(run.message, expected) != NULL, "'%s' lacks '%s'", run.message, expected);
    ck_assert_msg(strncmp(run.message, "demo.yaml:", 10) == 0, "%s", run.message);
}

static const char FULL[] = "name: Demo\n"
                           "source: maker's handbook\n"
                           "confidence: high\n"
                           "dry_mass: {value: 7.22 t, source: press kit, confidence: medium, note: rounded}\n"
                           "azimuth: 62 deg\n"
                           "margin: 0.1\n"
                           "optional: 2 km\n"
                           "count: 5\n"
                           "reusable: yes\n"
                           "cutoff: guidance\n"
                           "liftoff: 2026-07-14T15:05:00Z\n"
                           "drag: [[0, 0.3], [1.2, 0.6]]\n"
                           "events: [a, 'b c']\n"
                           "tanks:\n"
                           "  - id: fuel\n"
                           "    propellant: kerosene\n"
                           "    load: 11 t\n"
                           "    confidence: low\n"
                           "  - propellant: LOX\n"
                           "    note: no id\n"
                           "    load: 27 t\n"
                           "engine:\n"
                           "  thrust: 1021 kN\n"
                           "  throttle: {value: [[0 s, 1], [50 s, 60 %]], source: flight}\n"
                           "group: {grouped: 3 kg}\n";

START_TEST(every_kind_is_read)
{
    section_demo demo;
    cosmo_run run;
    const cosmo_status status = demo_read(FULL, &demo, arena, &run, NULL);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
    ck_assert_str_eq(demo.name, "Demo");
    ck_assert_double_eq(demo.dry_mass_kg, 7220.0);
    ck_assert_double_eq_tol(demo.azimuth_rad, 1.0821041362364843, 1e-15);
    ck_assert_double_eq(demo.margin, 0.1);
    ck_assert_double_eq(demo.optional_m, 2000.0);
    ck_assert_double_eq(demo.least_s, 60.0);
    ck_assert_int_eq(demo.count, 5);
    ck_assert(demo.reusable);
    ck_assert_int_eq(demo.cutoff, 2);
    ck_assert_str_eq(demo.liftoff_utc, "2026-07-14T15:05:00Z");
    ck_assert_uint_eq(demo.drag.n_rows, 2);
    ck_assert_uint_eq(demo.drag.n_columns, 2);
    ck_assert_double_eq(demo.drag.values[3], 0.6);
    ck_assert_uint_eq(demo.events.n, 2);
    ck_assert_str_eq(((const char *const *)demo.events.items)[1], "b c");
    ck_assert_uint_eq(demo.tanks.n, 2);
    const section_tank *tanks = demo.tanks.items;
    ck_assert_str_eq(tanks[0].id, "fuel");
    ck_assert_ptr_null(tanks[1].id);
    ck_assert_double_eq(tanks[1].load_kg, 27000.0);
    ck_assert_double_eq(demo.engine.thrust_n, 1021e3);
    ck_assert_double_eq(demo.engine.throttle.values[3], 0.6);
    ck_assert_double_eq(demo.grouped_kg, 3.0);
}
END_TEST

START_TEST(defaults_stand_where_nothing_is_written)
{
    section_demo demo;
    cosmo_section_defaults(&DEMO, &demo, arena);
    ck_assert_ptr_null(demo.name);
    ck_assert(isnan(demo.dry_mass_kg) && isnan(demo.optional_m) && isnan(demo.engine.thrust_n) &&
              isnan(demo.grouped_kg));
    ck_assert_double_eq_tol(demo.azimuth_rad, 1.0471975511965976, 1e-15);
    ck_assert_double_eq(demo.margin, 0.05);
    ck_assert_int_eq(demo.count, 4);
    ck_assert(!demo.reusable);
    ck_assert_int_eq(demo.cutoff, 1);
    ck_assert_ptr_null(demo.liftoff_utc);
    ck_assert_uint_eq(demo.drag.n_rows, 0);
    ck_assert_uint_eq(demo.events.n, 2);
    ck_assert_uint_eq(demo.tanks.n, 0);
    ck_assert_uint_eq(demo.engine.throttle.n_rows, 2);
    ck_assert_double_eq(demo.engine.throttle.values[3], 0.5);
}
END_TEST

static const cosmo_fact *demo_fact(const cosmo_facts *facts, const char *path)
{
    for (size_t i = 0; i < facts->n; i++)
        if (strcmp(facts->items[i].path, path) == 0) return &facts->items[i];
    ck_abort_msg("no fact '%s'", path);
    return NULL;
}

START_TEST(figures_know_where_they_come_from)
{
    section_demo demo;
    cosmo_run run;
    cosmo_facts facts = {0};
    ck_assert_int_eq(demo_read(FULL, &demo, arena, &run, &facts), COSMO_OK);
    const cosmo_fact *mass = demo_fact(&facts, "dry_mass");
    ck_assert_str_eq(mass->value_text, "7.22 t");
    ck_assert_str_eq(mass->source, "press kit");
    ck_assert_str_eq(mass->confidence, "medium");
    ck_assert_str_eq(mass->note, "rounded");
    ck_assert_int_eq(mass->line, 4);
    const cosmo_fact *azimuth = demo_fact(&facts, "azimuth");
    ck_assert_str_eq(azimuth->source, "maker's handbook");
    ck_assert_str_eq(azimuth->confidence, "high");
    ck_assert_ptr_null(azimuth->note);
    const cosmo_fact *load = demo_fact(&facts, "tanks.fuel.load");
    ck_assert_str_eq(load->source, "maker's handbook");
    ck_assert_str_eq(load->confidence, "low");
    ck_assert_str_eq(demo_fact(&facts, "tanks.1.load")->confidence, "high");
    const cosmo_fact *throttle = demo_fact(&facts, "engine.throttle");
    ck_assert_str_eq(throttle->value_text, "[[0 s, 1], [50 s, 60 %]]");
    ck_assert_str_eq(throttle->source, "flight");
    ck_assert_str_eq(demo_fact(&facts, "count")->value_text, "5");
    ck_assert_uint_eq(facts.n, 11);
}
END_TEST

START_TEST(mistakes_are_told_at_their_place)
{
    demo_refuse("azimut: 3 deg", "demo.yaml:3:1: error: unknown key 'azimut'; did you mean 'azimuth'?");
    demo_refuse("colour: red", "unknown key 'colour'; known here: name, dry_mass,");
    demo_refuse("azimuth: 3",
                "demo.yaml:3:10: error: azimuth: '3' has no unit and an angle is needed; write for example '51.6 deg'");
    demo_refuse("azimuth: 3 kg", "'kg' is a mass and an angle is needed");
    demo_refuse("azimuth: 400 deg", "azimuth is 400 deg; it must be from 0 deg to 360 deg");
    demo_refuse("least: 500 ms", "least is 500 ms; it must be 1000 ms or more");
    demo_refuse("azimuth: [3]", "azimuth: one value is expected here, not a list");
    demo_refuse("azimuth:", "azimuth has no value");
    demo_refuse("azimuth: null", "azimuth has no value");
    demo_refuse("count: 2.5", "count: '2.5' is not a whole number");
    demo_refuse("count: 0", "count is 0; it must be from 1 to 100");
    demo_refuse("count: 101", "it must be from 1 to 100");
    demo_refuse("count: 99999999999999999999", "out of the range");
    demo_refuse("reusable: maybe", "reusable cannot be 'maybe'; known here: false, true, no, yes");
    demo_refuse("cutoff: guidence", "cutoff cannot be 'guidence'; did you mean 'guidance'?");
    demo_refuse("cutoff: never", "known here: depletion, time, guidance");
    demo_refuse("drag: 3", "demo.yaml:3:7: error: drag: a list is expected here");
    demo_refuse("drag: [3]", "demo.yaml:3:8: error: drag: a row of 2 values is expected here, as in '[1.5, 1.5]'");
    demo_refuse("drag: [[1, 2, 3]]", "a row of 2 values");
    demo_refuse("drag: [[1, x]]", "demo.yaml:3:12: error: drag: 'x' is not a number");
    demo_refuse("events: a", "events: a list is expected");
    demo_refuse("events: [[a]]", "events: one value is expected");
    demo_refuse("tanks: [{load: 1 t}]", "'propellant' is missing here: text");
    demo_refuse("tanks: {id: a}", "tanks: a list is expected");
    demo_refuse("tanks: [a]", "'tank' is expected here as a map of keys, such as 'id: ...'");
    demo_refuse("tanks:\n  - {id: a, propellant: x}\n  - {id: b, propellant: x}\n  - {id: a, propellant: x}",
                "demo.yaml:6:10: error: id 'a' appears twice; it stands already in line 4");
    demo_refuse("engine: {}", "'thrust' is missing here: a force, as in '1021 kN'");
    demo_refuse("engine: 3 kN", "'engine' is expected here as a map of keys");
    demo_refuse("confidence: hihg", "confidence cannot be 'hihg'; did you mean 'high'?");
    demo_refuse("source: [a]", "source: one value is expected");
    demo_refuse("azimuth: {value: 3 deg, sauce: x}", "unknown key 'sauce'; did you mean 'source'?");
    demo_refuse("azimuth: {source: x}", "azimuth has a source but no 'value'");
    demo_refuse("azimuth: {value: {value: 3 deg}}", "one value is expected here, not a map");
}
END_TEST

START_TEST(required_keys)
{
    section_demo demo;
    cosmo_run run;
    ck_assert_int_eq(demo_read("name: x\n", &demo, arena, &run, NULL), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "demo.yaml:1:1: error: 'dry_mass' is missing here: a mass, as in '7.2 t'");
    ck_assert_int_eq(demo_read("[a, b]\n", &demo, arena, &run, NULL), COSMO_BAD_INPUT);
    ck_assert(strstr(run.message, "demo.yaml:1:1: error: 'demo' is expected here") != NULL);
}
END_TEST

START_TEST(utc_must_be_a_time_that_exists)
{
    static const char *const good[] = {"2026-07-14T15:05:00Z", "2024-02-29T00:00:00Z", "2000-02-29T23:59:59.999Z",
                                       "2016-12-31T23:59:60Z", "2016-12-31T23:59:60.5Z"};
    static const char *const bad[] = {"2026-07-14",
                                      "2026-07-14T15:05Z",
                                      "2026-07-14 15:05:00Z",
                                      "2026-07-14T15:05:00",
                                      "2026-07-14T15:05:00+00:00",
                                      "2026-02-29T00:00:00Z",
                                      "1900-02-29T00:00:00Z",
                                      "2026-13-01T00:00:00Z",
                                      "2026-00-01T00:00:00Z",
                                      "2026-04-31T00:00:00Z",
                                      "2026-04-00T00:00:00Z",
                                      "2026-04-01T24:00:00Z",
                                      "2026-04-01T00:60:00Z",
                                      "2026-04-01T00:00:60Z",
                                      "2026-04-01T00:00:00.Z",
                                      "2026-04-01T00:00:00ZZ",
                                      "26-04-01T00:00:00Z",
                                      "2026-07-14t15:05:00z",
                                      "2026-04-01T00:00:00.1234567890123Z"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        section_demo demo;
        cosmo_run run;
        const char *text = cosmo_arena_print(arena, "name: x\ndry_mass: 1 t\nliftoff: %s\n", good[i]);
        ck_assert_msg(demo_read(text, &demo, arena, &run, NULL) == COSMO_OK, "%s", run.message);
        ck_assert_str_eq(demo.liftoff_utc, good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        demo_refuse(cosmo_arena_print(arena, "liftoff: %s", bad[i]),
                    "is not a time in UTC; write for example '2026-07-14T15:05:00Z'");
}
END_TEST

START_TEST(help_comes_from_the_table)
{
    cosmo_text out = cosmo_text_begin(arena);
    ck_assert(cosmo_section_help(TOPS, 1, "demo.azimuth", &out, NULL));
    ck_assert_str_eq(out.data, "demo.azimuth\n  an angle, as in '51.6 deg'; from 0 deg to 360 deg; default: 60 deg\n  "
                               "From north, to the east.\n");
    out = cosmo_text_begin(arena);
    ck_assert(cosmo_section_help(TOPS, 1, "load", &out, NULL));
    ck_assert_str_eq(out.data,
                     "demo.tanks.load\n  a mass, as in '7.2 t'; from 0 t to 1000 t; default: 1 t\n  What it holds.\n");
    out = cosmo_text_begin(arena);
    ck_assert(cosmo_section_help(TOPS, 1, "engine", &out, NULL));
    ck_assert_str_eq(out.data, "demo.engine\n  a section of keys\n  The engine.\n  keys: thrust, throttle\n");
    const char *nearest = "x";
    ck_assert(!cosmo_section_help(TOPS, 1, "azimut", &out, &nearest));
    ck_assert_str_eq(nearest, "demo.azimuth");
    ck_assert(!cosmo_section_help(TOPS, 1, "demo.tanks.laod", &out, &nearest));
    ck_assert_str_eq(nearest, "demo.tanks.load");
    ck_assert(!cosmo_section_help(TOPS, 1, "nothing-like-it-at-all", &out, &nearest));
    ck_assert_ptr_null(nearest);
}
END_TEST

START_TEST(the_reference_names_every_key)
{
    cosmo_text out = cosmo_text_begin(arena);
    cosmo_section_reference(TOPS, 1, &out);
    ck_assert(!out.failed);
    static const char *const expected[] = {"## `demo`\n",
                                           "### `demo.tanks`\n",
                                           "### `demo.engine`\n",
                                           "| `dry_mass` | a mass, as in '7.2 t'; from 0.001 t to 1000 t | required |",
                                           "Comes back \\| or not.",
                                           "| `least` | a time, as in '118 s'; 0.0166667 min or more | 1 min |",
                                           "| `throttle` | a list of rows, as in '[[118 s, 5 %], ...]' |"};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        ck_assert_msg(strstr(out.data, expected[i]) != NULL, "'%s' is not in\n%s", expected[i], out.data);
    for (size_t i = 0; i < DEMO.n_fields; i++) ck_assert(strstr(out.data, DEMO.fields[i].key) != NULL);
}
END_TEST

/* Tables that are wrong are defects of the program, said as such. */
static void table_fails(const cosmo_field *field, const char *text, const char *expected)
{
    const cosmo_section section = {"odd", "Odd.", 64, field, 1};
    _Alignas(16) char target[64];
    cosmo_run run;
    const cosmo_yaml *root;
    cosmo_run_init(&run, arena);
    ck_assert_int_eq(cosmo_yaml_parse("odd.yaml", text, strlen(text), arena, &run, &root), COSMO_OK);
    ck_assert_int_eq(cosmo_section_read(&section, root, target, arena, &run, NULL), COSMO_INTERNAL);
    ck_assert_msg(strstr(run.message, expected) != NULL, "%s", run.message);
}

START_TEST(wrong_tables_are_internal_errors)
{
    table_fails(&(cosmo_field){.key = "a", .kind = COSMO_FIELD_TABLE}, "a: [[1]]",
                "table 'a' is described with 0 columns");
    table_fails(&(cosmo_field){.key = "a", .kind = COSMO_FIELD_TABLE, .n_columns = 5}, "a: [[1]]", "5 columns");
    table_fails(&(cosmo_field){.key = "a", .kind = (cosmo_field_kind)99}, "a: 1", "unknown kind");
    table_fails(&(cosmo_field){.key = "a", .kind = COSMO_FIELD_COUNT, .default_text = "many"}, "a: 1",
                "the default of 'a' does not read: default:1:1: error: a: 'many' is not a whole number");
    table_fails(&(cosmo_field){.key = "a", .kind = COSMO_FIELD_TABLE, .n_columns = 1, .default_text = "[[1]"},
                "a: [[1]]", "the default of 'a' does not read");
    cosmo_field endless = {.key = "a", .kind = COSMO_FIELD_SECTION};
    const cosmo_section section = {"odd", "Odd.", 0, &endless, 1};
    endless.section = &section;
    table_fails(&endless, "{}", "deeper than 16 levels");
    cosmo_text out = cosmo_text_begin(arena);
    const cosmo_section *const tops[] = {&section};
    ck_assert(cosmo_section_help(tops, 1, "odd", &out, NULL));
    cosmo_section_reference(tops, 1, &out);
    ck_assert(!out.failed);
}
END_TEST

START_TEST(small_print_of_tables)
{
    typedef struct small {
        double depth_m;
        const char *source;
    } small;
    static const cosmo_field inner[] = {{.key = "x", .kind = COSMO_FIELD_TEXT, .help = "First\nsecond."}};
    static const cosmo_section inside = {"inside", "Help of the section.", 0, inner, 1};
    const cosmo_field fields[] = {
        {.key = "depth",
         .kind = COSMO_FIELD_NUMBER,
         .offset = offsetof(small, depth_m),
         .dimension = COSMO_DIM_LENGTH,
         .min = -INFINITY,
         .max = 0,
         .help = "Down."},
        {.key = "source", .kind = COSMO_FIELD_TEXT, .offset = offsetof(small, source), .help = "A key of its own."},
        {.key = "inside", .kind = COSMO_FIELD_SECTION, .section = &inside},
    };
    const cosmo_section section = {"small", NULL, sizeof(small), fields, 3};
    const cosmo_section *const tops[] = {&section};
    cosmo_run run;
    const cosmo_yaml *root;
    small target;
    cosmo_facts facts = {0};
    cosmo_run_init(&run, arena);
    static const char deep[] = "depth: 3 m", good[] = "depth: -3 m\nsource: a map\nconfidence: low\n";
    ck_assert_int_eq(cosmo_yaml_parse("s.yaml", deep, sizeof deep - 1, arena, &run, &root), COSMO_OK);
    ck_assert_int_eq(cosmo_section_read(&section, root, &target, arena, &run, NULL), COSMO_BAD_INPUT);
    ck_assert_str_eq(run.message, "s.yaml:1:8: error: depth is 3 m; it must be 0 m or less");
    ck_assert_int_eq(cosmo_yaml_parse("s.yaml", good, sizeof good - 1, arena, &run, &root), COSMO_OK);
    ck_assert_int_eq(cosmo_section_read(&section, root, &target, arena, &run, &facts), COSMO_OK);
    ck_assert_str_eq(target.source, "a map");
    ck_assert_str_eq(demo_fact(&facts, "depth")->source, "a map");
    cosmo_text out = cosmo_text_begin(arena);
    ck_assert(cosmo_section_help(tops, 1, "depth", &out, NULL));
    ck_assert_str_eq(out.data, "small.depth\n  a length, as in '200 km'; 0 km or less\n  Down.\n");
    out = cosmo_text_begin(arena);
    ck_assert(cosmo_section_help(tops, 1, "inside", &out, NULL));
    ck_assert_str_eq(out.data, "small.inside\n  a section of keys\n  Help of the section.\n  keys: x\n");
    cosmo_section_reference(tops, 1, &out);
    ck_assert_ptr_nonnull(strstr(out.data, "First second. |"));
}
END_TEST

static void *demo_allocate(size_t bytes, void *user)
{
    int *left = user;
    return (*left)-- > 0 ? malloc(bytes) : NULL;
}
static void demo_release(void *memory, void *user)
{
    (void)user;
    free(memory);
}

START_TEST(every_allocation_may_fail)
{
    int n = 0;
    for (cosmo_status status = COSMO_NO_RESOURCES; status != COSMO_OK; n++) {
        int left = n + 1; /* one for the arena itself */
        const cosmo_allocator poor = {demo_allocate, demo_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor); /* a block an allocation */
        section_demo demo;
        cosmo_run run;
        cosmo_facts facts = {0};
        status = demo_read(FULL, &demo, small, &run, &facts);
        ck_assert_msg(status == COSMO_OK || status == COSMO_NO_RESOURCES, "after %d: %s", n, run.message);
        cosmo_arena_destroy(small);
        ck_assert_int_lt(n, 10000);
    }
    ck_assert_int_gt(n, 100);
    printf("  %d allocations failed in turn\n", n - 1);
}
END_TEST

START_TEST(help_survives_without_memory)
{
    for (int n = 1; n < 200; n++) {
        int left = n;
        const cosmo_allocator poor = {demo_allocate, demo_release, &left};
        cosmo_arena *small = cosmo_arena_create(1, &poor);
        cosmo_text out = cosmo_text_begin(small);
        const char *nearest;
        cosmo_section_help(TOPS, 1, "load", &out, &nearest);
        cosmo_section_help(TOPS, 1, "laod", &out, &nearest);
        cosmo_section_reference(TOPS, 1, &out);
        section_demo demo;
        cosmo_section_defaults(&DEMO, &demo, small);
        cosmo_arena_destroy(small);
    }
}
END_TEST

int main(void)
{
    arena = cosmo_arena_create(0, NULL);
    const TTest *const tests[] = {every_kind_is_read,
                                  defaults_stand_where_nothing_is_written,
                                  figures_know_where_they_come_from,
                                  mistakes_are_told_at_their_place,
                                  required_keys,
                                  utc_must_be_a_time_that_exists,
                                  help_comes_from_the_table,
                                  the_reference_names_every_key,
                                  wrong_tables_are_internal_errors,
                                  small_print_of_tables,
                                  every_allocation_may_fail,
                                  help_survives_without_memory};
    const int status = suite_run("core/section", tests, sizeof tests / sizeof tests[0]);
    cosmo_arena_destroy(arena);
    return status;
}
