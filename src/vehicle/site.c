/* Launch sites and their pads. */
#include "cosmodrome/vehicle.h"

#include <string.h>

#define SITE_HALF_TURN 3.14159265358979323846

static const cosmo_field SITE_PAD_FIELDS[] = {
    {.key = "id",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_pad, id),
     .required = true,
     .help = "How the pad is called in missions, such as 31/6 or LC-39A."},
    {.key = "name", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_pad, name), .help = "Its full or common name."},
    {.key = "operator", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_pad, operator_name), .help = "Who runs it."},
    {.key = "vehicles",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_pad, vehicles),
     .help = "What flies or flew from it."},
    {.key = "status",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_pad, status),
     .help = "What was last known of its use."},
    {.key = "latitude",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_pad, latitude_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = -SITE_HALF_TURN / 2,
     .max = SITE_HALF_TURN / 2,
     .required = true,
     .help = "Geodetic latitude (WGS-84), north positive."},
    {.key = "longitude",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_pad, longitude_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = -SITE_HALF_TURN,
     .max = SITE_HALF_TURN,
     .required = true,
     .help = "Longitude (WGS-84), east positive."},
    {.key = "altitude",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_pad, altitude_m),
     .dimension = COSMO_DIM_LENGTH,
     .min = -500.0,
     .max = 9000.0,
     .default_text = "0 m",
     .help = "Height of the pad above mean sea level."},
    {.key = "position_error",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_pad, position_error_m),
     .dimension = COSMO_DIM_LENGTH,
     .max = 1e6,
     .required = true,
     .help = "How far off the position may be."},
};
static const cosmo_section SITE_PAD = {"pad", "One launch pad.", sizeof(cosmo_pad), SITE_PAD_FIELDS,
                                       sizeof SITE_PAD_FIELDS / sizeof SITE_PAD_FIELDS[0]};

static const cosmo_field SITE_FIELDS[] = {
    {.key = "id",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_site, id),
     .required = true,
     .help = "The file's name."},
    {.key = "name",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_site, name),
     .required = true,
     .help = "The site's name."},
    {.key = "country",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_site, country),
     .help = "Two letters, ISO 3166."},
    {.key = "pads",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_site, pads),
     .required = true,
     .section = &SITE_PAD,
     .help = "The launch pads."},
};
static const cosmo_section SITE = {"site", "A launch site.", sizeof(cosmo_site), SITE_FIELDS,
                                   sizeof SITE_FIELDS / sizeof SITE_FIELDS[0]};

const cosmo_section *cosmo_site_section(void)
{
    return &SITE;
}

cosmo_status cosmo_site_read(const char *id, const cosmo_yaml *asked, cosmo_arena *arena, cosmo_run *run,
                             cosmo_site *site)
{
    const cosmo_yaml *root;
    COSMO_TRY(cosmo_catalogue_open("sites", "site", id, asked, arena, run, &root));
    cosmo_facts facts = {0};
    COSMO_TRY(cosmo_section_read(&SITE, root, site, arena, run, &facts));
    site->facts = facts;
    if (site->pads.n == 0) return cosmo_yaml_fail(cosmo_yaml_child(root, "pads"), run, "a site needs at least one pad");
    return COSMO_OK;
}

cosmo_status cosmo_site_pad(const cosmo_site *site, const char *id, const cosmo_yaml *asked, cosmo_run *run,
                            const cosmo_pad **pad)
{
    const cosmo_pad *pads = site->pads.items;
    for (size_t i = 0; i < site->pads.n; i++) {
        if (strcmp(pads[i].id, id) != 0) continue;
        *pad = &pads[i];
        return COSMO_OK;
    }
    const char **names = cosmo_arena_array(run->arena, site->pads.n + 1, sizeof *names);
    COSMO_NEED(names, run);
    for (size_t i = 0; i < site->pads.n; i++) names[i] = pads[i].id;
    const cosmo_list known = {site->pads.n, names};
    const char *noun = cosmo_arena_print(run->arena, "pad of %s", site->id);
    COSMO_NEED(noun, run);
    return cosmo_catalogue_unknown(noun, id, &known, asked, run->arena, run);
}
