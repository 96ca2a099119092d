/* Drop zones: ellipses on the ground set aside for falling stages. */
#include "cosmodrome/vehicle.h"

#include <string.h>

#define ZONES_HALF_TURN 3.14159265358979323846

static const char *const ZONES_POSITIONS[] = {"published", "estimate", NULL};

static const cosmo_field ZONES_ONE_FIELDS[] = {
    {.key = "id",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_zone, id),
     .required = true,
     .help = "How the zone is called, such as RP-15."},
    {.key = "name", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_zone, name), .help = "Where it lies, in words."},
    {.key = "country",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_zone, country),
     .help = "Two letters, ISO 3166."},
    {.key = "used_for",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_zone, used_for),
     .help = "What falls there."},
    {.key = "latitude",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_zone, latitude_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = -ZONES_HALF_TURN / 2,
     .max = ZONES_HALF_TURN / 2,
     .required = true,
     .help = "Latitude of the centre (WGS-84)."},
    {.key = "longitude",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_zone, longitude_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = -ZONES_HALF_TURN,
     .max = ZONES_HALF_TURN,
     .required = true,
     .help = "Longitude of the centre (WGS-84)."},
    {.key = "axis_major",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_zone, axis_major_m),
     .dimension = COSMO_DIM_LENGTH,
     .min = 1.0,
     .max = 2e6,
     .help = "Full length of the longer axis; left out where it is not known."},
    {.key = "axis_minor",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_zone, axis_minor_m),
     .dimension = COSMO_DIM_LENGTH,
     .min = 1.0,
     .max = 2e6,
     .help = "Full length of the shorter axis; left out where it is not known."},
    {.key = "orientation",
     .kind = COSMO_FIELD_NUMBER,
     .offset = offsetof(cosmo_zone, orientation_rad),
     .dimension = COSMO_DIM_ANGLE,
     .min = -2 * ZONES_HALF_TURN,
     .max = 2 * ZONES_HALF_TURN,
     .help = "Azimuth of the longer axis, clockwise from north."},
    {.key = "position",
     .kind = COSMO_FIELD_CHOICE,
     .offset = offsetof(cosmo_zone, position),
     .required = true,
     .choices = ZONES_POSITIONS,
     .help = "Whether the centre was published or is an estimate of ours."},
};
static const cosmo_section ZONES_ONE = {"zone", "One drop zone, an ellipse with FULL axes.", sizeof(cosmo_zone),
                                        ZONES_ONE_FIELDS, sizeof ZONES_ONE_FIELDS / sizeof ZONES_ONE_FIELDS[0]};

static const cosmo_field ZONES_FIELDS[] = {
    {.key = "id",
     .kind = COSMO_FIELD_TEXT,
     .offset = offsetof(cosmo_zones, id),
     .required = true,
     .help = "The file's name."},
    {.key = "name", .kind = COSMO_FIELD_TEXT, .offset = offsetof(cosmo_zones, name), .help = "Whose zones these are."},
    {.key = "zones",
     .kind = COSMO_FIELD_SECTIONS,
     .offset = offsetof(cosmo_zones, zones),
     .required = true,
     .section = &ZONES_ONE,
     .help = "The drop zones."},
};
static const cosmo_section ZONES = {"zones", "Drop zones of a site.", sizeof(cosmo_zones), ZONES_FIELDS,
                                    sizeof ZONES_FIELDS / sizeof ZONES_FIELDS[0]};

const cosmo_section *cosmo_zones_section(void)
{
    return &ZONES;
}

static const cosmo_zone *zones_search(const cosmo_zone *zones, size_t n, const char *id)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(zones[i].id, id) == 0) return &zones[i];
    return NULL;
}

const cosmo_zone *cosmo_zones_find(const cosmo_list *zones, const char *id)
{
    return zones_search(zones->items, zones->n, id);
}

/* The zones of one file behind those gathered so far; ids are unique over all files. */
static cosmo_status zones_append(const char *file, cosmo_arena *arena, cosmo_run *run, cosmo_list *gathered)
{
    const cosmo_yaml *root;
    cosmo_zones more;
    cosmo_facts facts = {0};
    COSMO_TRY(cosmo_catalogue_open("zones", "file of zones", file, NULL, arena, run, &root));
    COSMO_TRY(cosmo_section_read(&ZONES, root, &more, arena, run, &facts));
    const size_t n = gathered->n + more.zones.n;
    cosmo_zone *all = cosmo_arena_array(arena, n + 1, sizeof *all);
    COSMO_NEED(all, run);
    if (gathered->n > 0) memcpy(all, gathered->items, gathered->n * sizeof *all);
    const cosmo_zone *added = more.zones.items;
    const cosmo_yaml *list = cosmo_yaml_child(root, "zones"), *node = list->first_child;
    for (size_t i = 0; i < more.zones.n; i++, node = node->next) {
        if (zones_search(all, gathered->n + i, added[i].id) != NULL)
            return cosmo_yaml_fail(cosmo_yaml_child(node, "id"), run, "zone '%.80s' is there twice", added[i].id);
        if (added[i].axis_minor_m > added[i].axis_major_m)
            return cosmo_yaml_fail(cosmo_yaml_child(node, "axis_minor"), run, "axis_minor is longer than axis_major");
        all[gathered->n + i] = added[i];
    }
    *gathered = (cosmo_list){n, all};
    return COSMO_OK;
}

cosmo_status cosmo_zones_read(cosmo_arena *arena, cosmo_run *run, cosmo_list *zones)
{
    *zones = (cosmo_list){0};
    cosmo_list files;
    COSMO_TRY(cosmo_catalogue_list("zones", arena, run, &files));
    const char *const *names = files.items;
    for (size_t i = 0; i < files.n; i++) COSMO_TRY(zones_append(names[i], arena, run, zones));
    return COSMO_OK;
}
