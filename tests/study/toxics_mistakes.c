/* What a release names and what is not there, or not right: one line with its place, or a loud warning; calm air
 * refused or accepted. */
#include "cosmodrome/study.h"
#include "suite.h"

#include <string.h>
#include <unistd.h>

enum { LINES = 6 };
static const char *const GOOD[LINES] = {
    "source: {kind: residuals, latitude: 46 deg, longitude: 63 deg, tanks: [{substance: UDMH, mass: 1 t}]}",
    "weather: {wind_speed: 3 m/s, wind_from: 10 deg, mixing_height: 300 m, stability: [D]}",
    "sampling: {samples: 1, particles: 100, duration: 4 min, rings: 4, sectors: 8, outer: 2 km}",
    "soil: {days: 30}",
    "receptors: [{name: village, latitude: 46.01 deg, longitude: 63 deg}]",
    "limits: [aegl]",
};
static char folder[] = "/tmp/cosmo-mistakes-XXXXXX";

static void keep(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void begin(void)
{
    if (folder[strlen(folder) - 1] == 'X') ck_assert_ptr_nonnull(mkdtemp(folder));
    keep("empty.csv", "");
    keep("other.csv", "a,b\n1,2\n");
    keep("failures.csv", "sample,tank_stage-1_1_UDMH_kg,tank_stage-1_2_N2O4_kg,tank_stage-3_1_LOX_kg\n"
                         "0,1000,2600,500\n1,1000,heavy,500\n2,0,0,500\n");
    keep("hole.csv", "altitude_m,wind_m_s,from_deg,temperature_c\n200,2,10,15\n1000,,,5\n3000,8,40,-10\n");
    keep("kilograms.csv", "altitude_m,wind_kg,from_deg\n100,2,10\n1000,4,10\n");
    keep("turned.csv", "altitude_m,wind_m_s,from_deg\n200,2,10\n1000,4,400\n");
    keep("blank.csv", "altitude_m,wind_m_s,from_deg\n200,2,10\n1000,,\n3000,8,40\n");
    keep("below.csv", "altitude_m,wind_m_s,from_deg\n-400,2,10\n-300,3,20\n");
    keep("station.csv", "height_m,wind_m_s,from_deg,temperature_c\n0,3,10,15\n4,3.5,12,15\n200,6,20,14\n2000,9,30,2\n");
    keep("falls.csv", "altitude_m,wind_m_s,from_deg\n1000,2,10\n100,4,20\n");
}

/* The message without the folder. */
static cosmo_status compute(size_t line, const char *text, cosmo_arena *arena, cosmo_run *run, cosmo_toxics *toxics,
                            cosmo_toxics_case *result, char *message)
{
    char file[4096] = "", path[256];
    for (size_t i = 0; i < LINES; i++) {
        strcat(file, i + 1 == line ? text : GOOD[i]);
        strcat(file, "\n");
    }
    if (line > LINES) strcat(file, text);
    keep("r.yaml", file);
    snprintf(path, sizeof path, "%s/r.yaml", folder);
    cosmo_run_init(run, arena);
    run->data_folder = "data";
    cosmo_status status = cosmo_toxics_read(path, arena, run, toxics);
    if (status == COSMO_OK) status = cosmo_toxics_case_run(toxics, NULL, arena, run, result);
    char *to = message;
    for (const char *from = run->message; *from != '\0';) {
        const bool here = strncmp(from, folder, strlen(folder)) == 0 && from[strlen(folder)] == '/';
        if (here)
            from += strlen(folder) + 1;
        else
            *to++ = *from++;
    }
    *to = '\0';
    return status;
}

typedef struct mistake {
    size_t line;
    const char *text, *message;
} mistake;

#define SOURCE(rest) "source: {kind: residuals, latitude: 46 deg, longitude: 63 deg, " rest "}"
#define UDMH         "tanks: [{substance: UDMH, mass: 1 t}]"
#define TANK(name)   "{substance: " name ", mass: 1 t}, "

static const mistake MISTAKES[] = {
    {1, SOURCE("tanks: [{substance: UDHM, mass: 1 t}]"),
     "r.yaml:1:84: error: unknown substance 'UDHM'; did you mean 'UDMH'?"},
    {1, SOURCE(UDMH ", fates: [{substance: N2O4, spilled: 3 %}]"), "r.yaml:1:123: error: fates: no 'N2O4' is aboard"},
    {1,
     SOURCE("tanks: [" TANK("UDMH") TANK("N2O4") TANK("HCl") TANK("CO") TANK("kerosene") TANK("MMH") TANK("N2H4") "]"),
     "r.yaml:1:71: error: source: more than 6 substances would be in the air"},
    {1, SOURCE("tanks: [{substance: UDMH, mass: 0 t}]"), "r.yaml:1:9: error: source: nothing toxic is aboard"},
    {1, SOURCE("mission: nowhere.yaml"), "r.yaml:1:73: error: cannot open 'nowhere.yaml': No such file or directory"},
    {1, SOURCE("mission: r.yaml"),
     "r.yaml:3:1: error: unknown key 'sampling'; known here: name, title, summary, vehicle, site, pad, liftoff, "
     "payload, target, steering, limits, stages, falls, burns, earth, weather, failure, dispersion, risk, people, "
     "output"},
    {1, SOURCE("failures: nowhere.csv"), "r.yaml:1:74: error: cannot open 'nowhere.csv': No such file or directory"},
    {1, SOURCE("failures: empty.csv"), "r.yaml:1:9: error: failure: empty.csv has no row 1"},
    {1, SOURCE("failures: other.csv"),
     "other.csv:1:1: error: there is no column 'tank_STAGE_NUMBER_SUBSTANCE_kg'; it is not a failures.csv of 'risk'"},
    {1, SOURCE("failures: failures.csv, failure: 4"), "r.yaml:1:97: error: failure: failures.csv has no row 4"},
    {1, SOURCE("failures: failures.csv, failure: 2"),
     "failures.csv:3:1: error: tank_stage-1_2_N2O4_kg is 'heavy'; a mass is expected"},
    {1, SOURCE("failures: failures.csv, failure: 3"), "r.yaml:1:9: error: source: nothing toxic is aboard"},
    {2, "weather: {soundings: [nowhere.csv]}",
     "r.yaml:2:23: error: cannot open 'nowhere.csv': No such file or directory"},
    {2, "weather: {soundings: [kilograms.csv]}",
     "kilograms.csv:1:12: error: unknown column 'wind_kg'; did you mean 'wind_kt'?"},
    {2, "weather: {soundings: [turned.csv]}",
     "turned.csv:3:8: error: a wind from 400 deg has no direction: it is 0 to 360 deg, where the wind blows from"},
    {2, "weather: {soundings: [falls.csv]}",
     "falls.csv:3:1: error: height 100 m does not rise above the level before (1000 m)"},
    {2, "weather: {soundings: [blank.csv]}", "blank.csv:3:1: error: a level with neither wind nor temperature"},
    {2, "weather: {soundings: [below.csv]}",
     "r.yaml:2:23: error: weather: the sounding has no wind above the ground at 91 m"},
    {2, "weather: {wind_speed: 0.5 m/s, wind_from: 10 deg, mixing_height: 300 m, stability: [D]}",
     "r.yaml:2:10: error: weather: calm air, a mean wind of 0.5 m/s at 10 m: below 1 m/s where a cloud goes is chance; "
     "accept it (calm: yes) to compute with what turbulence is left"},
    {2, "weather: {wind_speed: 3 m/s, wind_from: 10 deg, stability: [A]}",
     "r.yaml:2:10: error: weather: by day the mixing height follows from temperatures up to above it, and there are "
     "none; give mixing_height"},
    {2, "weather: {wind_speed: 3 m/s, wind_from: 10 deg, wind_height: 0.1 m, stability: [D], mixing_height: 300 m}",
     "r.yaml:2:10: error: weather: the friction velocity follows from a wind at 1 m or above; there is none"},
    {2, "weather: {wind_speed: 3 m/s, wind_from: 10 deg, roughness: 2 m, stability: [D], mixing_height: 30 m}",
     "r.yaml:2:10: error: weather: the friction velocity follows from a wind at 20 m or above; there is none"},
    {6, "limits: [aeglx]", "r.yaml:6:10: error: unknown set of limits 'aeglx'; did you mean 'aegl'?"},
    {7, "boundary: {country: ZZ}\n",
     "r.yaml:7:11: error: boundary: the base map has no country 'ZZ'; give a 'polygon'"},
    {1, "source: {latitude: 26.7 deg, longitude: 107 deg, " UDMH "}\nboundary: {lease: yes}",
     "r.yaml:2:11: error: boundary: the base map has no lease about this place; give a 'polygon'"},
    {7, "reports: [{what: soil, quantity: soil_mas_kg, value: 3}]\n",
     "r.yaml:7:11: error: reports: unknown quantity 'soil_mas_kg'; did you mean 'soil_mass_kg'?"},
    {7, "reports: [{what: soil, quantity: soil_mass_kg, substance: N2O4, value: 3}]\n",
     "r.yaml:7:11: error: reports: no 'N2O4' is in the air or in the soil here"},
    {7, "reports: [{what: air, quantity: concentration_20min_mg_m3, at: vilage, value: 3}]\n",
     "r.yaml:7:11: error: reports: 'vilage' is none of the receptors; did you mean 'village'?"},
    {7, "reports: [{what: air, quantity: concentration_20min_mg_m3, value: 3}]\n",
     "r.yaml:7:11: error: reports: a concentration in air is of a receptor; 'at' names it"},
    {7, "valuation: {parties: [{name: a, rules: kz-2031}]}\n",
     "r.yaml:7:40: error: unknown rule-set 'kz-2031'; did you mean 'kz-2021'?"},
    {7, "valuation: {work: [{quantity: reagents_t, value: 3}], parties: [{name: a, rules: kz-2021}]}\n",
     "r.yaml:7:31: error: unknown quantity 'reagents_t'; did you mean 'reagent_t'?"},
    {7, "substances: nowhere.yaml\n", "nowhere.yaml:1:1: error: cannot open: No such file or directory"},
};

START_TEST(what_is_named_must_be_there)
{
    begin();
    const size_t n = sizeof MISTAKES / sizeof MISTAKES[0];
    for (size_t i = 0; i < n; i++) {
        const mistake *m = &MISTAKES[i];
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        cosmo_run run;
        static cosmo_toxics toxics;
        cosmo_toxics_case result;
        char message[COSMO_MESSAGE_BYTES];
        const cosmo_status status = compute(m->line, m->text, arena, &run, &toxics, &result, message);
        ck_assert_msg(status == COSMO_BAD_INPUT, "%s: accepted", m->text);
        ck_assert_str_eq(message, m->message);
        cosmo_arena_destroy(arena);
    }
    printf("  %zu mistakes refused\n", n);
}
END_TEST

static bool noted(const cosmo_run *run, cosmo_note_kind kind, const char *words)
{
    for (size_t i = 0; i < run->n_notes; i++)
        if (run->notes[i].kind == kind && strstr(run->notes[i].text, words) != NULL) return true;
    return false;
}

typedef struct warning {
    size_t line;
    const char *text, *words;
} warning;

/* What is accepted is said. */
static const warning WARNINGS[] = {
    {7, "valuation: {parties: [{name: a, rules: kz-2007}]}\n", "blank"},
    {5, "receptors: [{name: far, latitude: 50 deg, longitude: 63 deg}]", "far lies beyond sampling.outer"},
    {1, SOURCE("time: 2013-07-02T02:38:54Z, " UDMH) "\nboundary: {lease: yes}", "schematic outline"},
    {1, SOURCE("tanks: [{substance: SO2, mass: 1 t}]"), "enters the air at once"},
};

START_TEST(what_is_accepted_is_said)
{
    begin();
    for (size_t i = 0; i < sizeof WARNINGS / sizeof WARNINGS[0]; i++) {
        const warning *w = &WARNINGS[i];
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        cosmo_run run;
        static cosmo_toxics toxics;
        cosmo_toxics_case result;
        char message[COSMO_MESSAGE_BYTES];
        const cosmo_status status = compute(w->line, w->text, arena, &run, &toxics, &result, message);
        ck_assert_msg(status == COSMO_OK, "%s: %s", w->text, message);
        ck_assert_msg(noted(&run, COSMO_NOTE_WARNING, w->words) || noted(&run, COSMO_NOTE_ASSUMPTION, w->words),
                      "%s: nothing is said of '%s'", w->text, w->words);
        cosmo_arena_destroy(arena);
    }
}
END_TEST

/* A rate that the rule-set leaves blank gives no amount, and no total. */
START_TEST(a_blank_rate_gives_no_number)
{
    begin();
    cosmo_arena *arena = cosmo_arena_create(0, NULL);
    cosmo_run run;
    static cosmo_toxics toxics;
    cosmo_toxics_case result;
    char message[COSMO_MESSAGE_BYTES];
    ck_assert_int_eq(
        compute(7, "valuation: {parties: [{name: a, rules: kz-2007}]}\n", arena, &run, &toxics, &result, message),
        COSMO_OK);
    const cosmo_valuation *v = result.valuations.items;
    size_t blank = 0;
    for (size_t i = 0; i < v->n_items; i++) {
        if (!isnan(v->items[i].amount.whole.mean)) continue;
        blank++;
        ck_assert_ptr_nonnull(v->items[i].remark);
    }
    ck_assert_uint_gt(blank, 0);
    ck_assert(isnan(v->total.whole.mean));
    cosmo_arena_destroy(arena);
}
END_TEST

/* Calm is computed where the file accepts it; a hole in the temperatures and a station's level at the ground do no
 * harm. */
START_TEST(calm_and_soundings_are_computed)
{
    static const char *const weathers[] = {
        "weather: {wind_speed: 0.5 m/s, wind_from: 10 deg, mixing_height: 300 m, stability: [D], calm: yes}",
        "weather: {soundings: [hole.csv], stability: [D]}",
        "weather: {soundings: [hole.csv], mixing_height: 500 m, stability: [B, C]}",
        "weather: {soundings: [hole.csv, station.csv], stability: [D], roughness: 10 cm}",
        "weather: {soundings: [station.csv], stability: [E], direction_scatter: 12 deg}",
    };
    begin();
    for (size_t i = 0; i < sizeof weathers / sizeof weathers[0]; i++) {
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        cosmo_run run;
        static cosmo_toxics toxics;
        cosmo_toxics_case result;
        char message[COSMO_MESSAGE_BYTES];
        const cosmo_status status = compute(2, weathers[i], arena, &run, &toxics, &result, message);
        ck_assert_msg(status == COSMO_OK, "%s: %s", weathers[i], message);
        ck_assert(isfinite(result.answer.towards_rad[0]) && result.answer.steps[0] > 0.0);
        cosmo_arena_destroy(arena);
    }
}
END_TEST

COSMO_SUITE("study/toxics_mistakes", what_is_named_must_be_there, what_is_accepted_is_said,
            a_blank_rate_gives_no_number, calm_and_soundings_are_computed)
