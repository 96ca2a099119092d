/* cosmodrome check FILE...: are these input files right? */
#include "cli/command.h"
#include "cosmodrome/plume.h"
#include "cosmodrome/study.h"

#include <string.h>

typedef struct check_kind {
    const char *name, *keys[2]; /* a file of this kind has one of these at its top */
} check_kind;
static const check_kind CHECK_KINDS[] = {{"mission", {"target", "vehicle"}},
                                         {"vehicle", {"stages", "aerodynamics"}},
                                         {"site", {"pads", NULL}},
                                         {"zones", {"zones", NULL}},
                                         {"rules", {"rules", NULL}},
                                         {"substances", {"substances", NULL}},
                                         {"thresholds", {"thresholds", NULL}},
                                         {"release", {NULL, NULL}},
                                         {"valuation", {"items", "rates"}}};
enum {
    CHECK_MISSION,
    CHECK_VEHICLE,
    CHECK_SITE,
    CHECK_ZONES,
    CHECK_RULES,
    CHECK_SUBSTANCES,
    CHECK_THRESHOLDS,
    CHECK_RELEASE,
    CHECK_VALUATION,
    CHECK_N
};

static size_t check_kind_of(const cosmo_yaml *root)
{
    if (cosmo_release_is_one(root)) return CHECK_RELEASE; /* it may name substances, too */
    for (size_t k = 0; k < CHECK_N; k++)
        for (size_t i = 0; i < 2 && CHECK_KINDS[k].keys[i] != NULL; i++)
            if (cosmo_yaml_child(root, CHECK_KINDS[k].keys[i]) != NULL) return k;
    return CHECK_MISSION; /* its messages say what is missing */
}

static cosmo_status check_zones(const cosmo_yaml *root, cosmo_call *call)
{
    cosmo_zones zones;
    return cosmo_section_read(cosmo_zones_section(), root, &zones, call->arena, call->run, NULL);
}

static cosmo_status check_release(const cosmo_yaml *root, cosmo_call *call)
{
    cosmo_release release;
    return cosmo_release_take(root, call->arena, call->run, &release);
}

static cosmo_status check_valuation(const char *path, cosmo_call *call)
{
    cosmo_tariff tariff;
    return cosmo_tariff_read(path, NULL, call->arena, call->run, &tariff);
}

static cosmo_status check_thresholds(const char *path, cosmo_call *call)
{
    cosmo_substances substances;
    cosmo_threshold_set set;
    COSMO_TRY(cosmo_substances_read(NULL, NULL, call->arena, call->run, &substances, NULL));
    return cosmo_threshold_read(path, NULL, &substances, call->arena, call->run, &set);
}

/* A path that the readers of vehicles, sites and rules take for one. */
static const char *check_path(cosmo_call *call, const char *path)
{
    return strchr(path, '/') != NULL ? path : cosmo_arena_print(call->arena, "./%s", path);
}

static cosmo_status check_file(cosmo_call *call, const char *path, const char **kind)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_yaml_read(path, NULL, call->arena, call->run, &root));
    const size_t k = check_kind_of(root);
    *kind = CHECK_KINDS[k].name;
    const char *named = check_path(call, path);
    COSMO_NEED(named, call->run);
    cosmo_vehicle vehicle;
    cosmo_site site;
    cosmo_rules rules;
    cosmo_substances substances;
    cosmo_mission *mission = cosmo_arena_alloc(call->arena, sizeof *mission);
    COSMO_NEED(mission, call->run);
    switch (k) {
    case CHECK_VEHICLE:
        return cosmo_vehicle_read(named, NULL, call->arena, call->run, &vehicle);
    case CHECK_SITE:
        return cosmo_site_read(named, NULL, call->arena, call->run, &site);
    case CHECK_ZONES:
        return check_zones(root, call);
    case CHECK_RULES:
        return cosmo_rules_read(named, NULL, call->arena, call->run, &rules);
    case CHECK_SUBSTANCES:
        return cosmo_substances_read(named, NULL, call->arena, call->run, &substances, NULL);
    case CHECK_THRESHOLDS:
        return check_thresholds(named, call);
    case CHECK_RELEASE:
        return check_release(root, call);
    case CHECK_VALUATION:
        return check_valuation(named, call);
    default:
        return cosmo_mission_read(path, call->arena, call->run, mission);
    }
}

static cosmo_status check_act(cosmo_call *call)
{
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_json json = cosmo_json_begin(call->arena);
    cosmo_json_object(&json, NULL);
    cosmo_json_text(&json, "schema", "cosmodrome.check/1");
    cosmo_json_text(&json, "version", COSMO_VERSION_TEXT);
    cosmo_json_list(&json, "files");
    for (size_t i = 0; i < call->n_arguments; i++) {
        const char *kind;
        COSMO_TRY(check_file(call, call->arguments[i], &kind));
        cosmo_text_print(&out, "%s: %s, ok\n", call->arguments[i], kind);
        cosmo_json_object(&json, NULL);
        cosmo_json_text(&json, "path", call->arguments[i]);
        cosmo_json_text(&json, "kind", kind);
        cosmo_json_end(&json);
    }
    cosmo_json_end(&json);
    cosmo_json_end(&json);
    size_t bytes;
    const char *text = cosmo_json_finish(&json, &bytes);
    COSMO_TRY(cosmo_commands_summary(call, text, bytes));
    return call->common.json ? COSMO_OK : cosmo_commands_print_text(call, &out);
}

const cosmo_command cosmo_check_command = {
    .name = "check",
    .usage = "FILE...",
    .help = "Check mission, vehicle, site, zone, rule, substance and threshold files; the first mistake is told at its "
            "place",
    .arguments_min = 1,
    .arguments_max = 1000,
    .needs_data = true,
    .has_summary = true,
    .act = check_act,
};
