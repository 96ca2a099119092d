/* Files of releases that are wrong: one line with the place and what would be right, and nothing computed. */
#include "cosmodrome/plume.h"
#include "suite.h"

#include <string.h>

/* A file is these lines; a mistake replaces one or adds at the end. */
enum { LINES = 6 };
static const char *const GOOD[LINES] = {
    "source: {latitude: 46 deg, longitude: 63 deg, tanks: [{substance: UDMH, mass: 1 t}]}",
    "weather: {wind_speed: 3 m/s, wind_from: 10 deg}",
    "sampling: {duration: 1 h}",
    "soil: {days: 30}",
    "receptors: [{name: village, latitude: 46.1 deg, longitude: 63 deg}]",
    "limits: [aegl]",
};

static cosmo_status parse(size_t line, const char *text, cosmo_arena *arena, cosmo_run *run, cosmo_release *release)
{
    char file[4096] = "";
    for (size_t i = 0; i < LINES; i++) {
        strcat(file, i + 1 == line ? text : GOOD[i]);
        strcat(file, "\n");
    }
    if (line > LINES) strcat(file, text);
    cosmo_run_init(run, arena);
    return cosmo_release_parse("r.yaml", file, strlen(file), arena, run, release);
}

typedef struct mistake {
    size_t line;
    const char *text, *message;
} mistake;

#define SOURCE(rest) "source: {latitude: 46 deg, longitude: 63 deg, " rest "}"
#define TANKS        "tanks: [{substance: UDMH, mass: 1 t}]"
#define WIND(rest)   "weather: {wind_speed: 3 m/s, wind_from: 10 deg, " rest "}"

static const mistake MISTAKES[] = {
    /* source */
    {1, SOURCE("height: 0 m"), "1:9: error: source: one of 'mission', 'failures' and 'tanks' says what is released"},
    {1, SOURCE(TANKS ", mission: m.yaml"),
     "1:54: error: source: only one of 'mission', 'failures' and 'tanks' says what is released"},
    {1, SOURCE(TANKS ", failures: f.csv"),
     "1:54: error: source: only one of 'mission', 'failures' and 'tanks' says what is released"},
    {1, "source: {latitude: 46 deg, " TANKS "}", "1:20: error: source: latitude and longitude are needed"},
    {1, "source: {" TANKS "}", "1:9: error: source: latitude and longitude are needed"},
    {1, "source: {longitude: 3 deg, mission: m.yaml}",
     "1:21: error: source: latitude and longitude are needed together, or neither"},
    {1, SOURCE(TANKS ", kind: continuous"),
     "1:9: error: source: a release of this kind needs a 'duration', as in '10 min'"},
    {1, SOURCE(TANKS ", kind: exhaust, duration: 0 s"),
     "1:111: error: source: a release of this kind needs a 'duration', as in '10 min'"},
    {1, SOURCE(TANKS ", kind: explode"),
     "1:92: error: kind cannot be 'explode'; known here: explosion, spill, continuous, residuals, exhaust"},
    {1, SOURCE("tanks: [{substance: UDMH, mass: 1 m}]"),
     "1:79: error: mass: 'm' is a length and a mass is needed; write for example '7.2 t'"},
    {1, SOURCE("tanks: [{substance: UDMH, mass: 1000}]"),
     "1:79: error: mass: '1000' has no unit and a mass is needed; write for example '7.2 t'"},
    {1, SOURCE("tanks: [{substance: UDMH, mass: -1 t}]"), "1:79: error: mass is -1 t; it must be from 0 t to 10000 t"},
    {1, SOURCE("tanks: [{substance: UDMH, mass: [3 t, 2 t, 1 t]}]"),
     "1:79: error: mass: the three do not rise; write them as '[least, likeliest, largest]'"},
    {1, SOURCE("tanks: [{mass: 1 t}]"), "1:55: error: 'substance' is missing here: text"},
    {1, SOURCE(TANKS ", fates: [{substance: UDMH, vaporised: 120 %}]"),
     "1:123: error: vaporised is 120 %; it must be from 0 % to 100 %"},
    {1, SOURCE(TANKS ", fates: [{substance: UDMH, vaporised: 60 %, spilled: 50 %}]"),
     "1:94: error: fates: the least shares of UDMH sum to 1.1; 1 is all there is"},
    {1, "source: {latitude: 96 deg, longitude: 63 deg, " TANKS "}",
     "1:20: error: latitude is 96 deg; it must be from -90 deg to 90 deg"},
    {1, SOURCE(TANKS ", time: 2013-07-02"),
     "1:92: error: time: '2013-07-02' is not a time in UTC; write for example '2026-07-14T15:05:00Z'"},
    {1, SOURCE(TANKS ", hieght: 3 m"), "1:86: error: unknown key 'hieght'; did you mean 'height'?"},
    /* weather */
    {2, "weather: {wind_speed: 3 m/s, wind_from: 400 deg}",
     "2:41: error: wind_from is 400 deg; it must be from -360 deg to 360 deg"},
    {2, "weather: {wind_speed: 3 m/s, wind_from: [-400 deg, 0 deg, 10 deg]}",
     "2:42: error: wind_from is -400 deg; it must be from -360 deg to 360 deg"},
    {2, "weather: {wind_speed: 3 kg, wind_from: 10 deg}",
     "2:23: error: wind_speed: 'kg' is a mass and a speed is needed; write for example '12.5 m/s'"},
    {2, "weather: {wind_speed: 3, wind_from: 10 deg}",
     "2:23: error: wind_speed: '3' has no unit and a speed is needed; write for example '12.5 m/s'"},
    {2, "weather: {wind_speed: -3 m/s, wind_from: 10 deg}",
     "2:23: error: wind_speed is -3 m/s; it must be from 0 m/s to 100 m/s"},
    {2, "weather: {wind_speed: 3 m/s}",
     "2:23: error: weather: 'soundings', or 'wind_speed' and 'wind_from', are needed"},
    {2, "weather: {calm: yes}", "2:10: error: weather: 'soundings', or 'wind_speed' and 'wind_from', are needed"},
    {2, WIND("soundings: [s.csv]"),
     "2:23: error: weather: the wind is that of the soundings, or that of wind_speed and wind_from, not both"},
    {2, WIND("mixing_height: -100 m"), "2:64: error: mixing_height is -100 m; it must be from 20 m to 5000 m"},
    {2, WIND("mixing_height: 100 s"),
     "2:64: error: mixing_height: 's' is a time and a length is needed; write for example '200 km'"},
    {2, WIND("stability: [G]"), "2:60: error: stability: 'G' is not a class from A to F"},
    {2, WIND("stability: [D], obukhov: 20 m"),
     "2:60: error: weather: stability and obukhov say the same twice; give one"},
    {2, WIND("obukhov: 0 m"), "2:58: error: obukhov: 0 m is no length; neutral air is '1e6 m'"},
    {2, WIND("pressure: 1013 m"),
     "2:59: error: pressure: 'm' is a length and a pressure is needed; write for example '48 kPa'"},
    {2, WIND("temperature: 20 K"), "2:62: error: temperature is 20 K; it must be from 180 K to 340 K"},
    {2, WIND("humidity: 140 %"), "2:59: error: humidity is 140 %; it must be from 0 % to 100 %"},
    {2, WIND("calm: maybe"), "2:55: error: calm cannot be 'maybe'; known here: false, true, no, yes"},
    /* sampling */
    {3, "sampling: {duration: 1 h, interval: 7 min}",
     "3:37: error: sampling: the duration of 3600 s is not a multiple of the interval of 420 s"},
    {3, "sampling: {duration: 1 h, interval: 2 h}",
     "3:37: error: sampling: the duration of 3600 s is not a multiple of the interval of 7200 s"},
    {3, "sampling: {interval: 2 min, every: 50 s}",
     "3:36: error: sampling: the interval of 120 s is not a multiple of 50 s"},
    {3, "sampling: {inner: 100 m, outer: 120 m}", "3:33: error: sampling: outer must be more than 1.5 times inner"},
    {3, "sampling: {samples: 0}", "3:21: error: samples is 0; it must be from 1 to 100000"},
    {3, "sampling: {particles: 2.5}", "3:23: error: particles: '2.5' is not a whole number"},
    {3, "sampling: {step: 0}", "3:18: error: step is 0; it must be from 0.005 to 0.5"},
    /* soil, places, names */
    {4, "soil: {spill: 3 m}", "4:15: error: spill: 'm' is a length and an area is needed; write for example '10.3 m2'"},
    {5, "receptors: [{name: village, latitude: 46 deg}]",
     "5:13: error: 'longitude' is missing here: an angle, as in '51.6 deg'"},
    {7, "arcs: [[50 m, 1 m]]\n", "7:7: error: arcs: only of a continuous release"},
    {7, "arcs: [[50 m]]\n", "7:8: error: arcs: a row of 2 values is expected here, as in '[200 km, 200 km]'"},
    {7, "boundary: {name: nothing}\n",
     "7:11: error: boundary: one of 'polygon', 'lease: yes' and 'country' says where it runs"},
    {7, "boundary: {lease: yes, country: KZ}\n",
     "7:11: error: boundary: one of 'polygon', 'lease: yes' and 'country' says where it runs"},
    {7, "boundary: {polygon: [[62 deg, 46 deg], [63 deg, 46 deg]]}\n",
     "7:11: error: boundary: a polygon has at least three corners"},
    {7, "reports: [{what: a cloud}]\n", "7:11: error: reports: give 'towards', or 'quantity' and 'value'"},
    {7, "reports: [{what: a cloud, towards: 90 deg, quantity: soil_mass_kg, value: 3}]\n",
     "7:11: error: reports: give 'towards', or 'quantity' and 'value'"},
    {7, "reports: [{what: soil, quantity: soil_mass_kg}]\n",
     "7:11: error: reports: give 'towards', or 'quantity' and 'value'"},
    {7, "valuation: {parties: [{name: a}]}\n", "7:23: error: 'rules' is missing here: text"},
    {7, "name: a/b\n", "7:7: error: name 'a/b' cannot name a folder; use at most 64 letters, digits, '-', '_' and '.'"},
    {7, "wether: {calm: yes}\n", "7:1: error: unknown key 'wether'; did you mean 'weather'?"},
};

START_TEST(each_mistake_is_one_line_at_its_place)
{
    const size_t n = sizeof MISTAKES / sizeof MISTAKES[0];
    for (size_t i = 0; i < n; i++) {
        const mistake *m = &MISTAKES[i];
        cosmo_arena *arena = cosmo_arena_create(0, NULL);
        cosmo_run run;
        cosmo_release release;
        const cosmo_status status = parse(m->line, m->text, arena, &run, &release);
        ck_assert_msg(status == COSMO_BAD_INPUT, "%s: accepted", m->text);
        ck_assert_str_eq(strncmp(run.message, "r.yaml:", 7) == 0 ? run.message + 7 : run.message, m->message);
        ck_assert_ptr_null(strchr(run.message, '\n'));
        cosmo_arena_destroy(arena);
    }
    printf("  %zu mistakes refused, each with one line at its place\n", n);
}
END_TEST

COSMO_SUITE("plume/release", each_mistake_is_one_line_at_its_place)
