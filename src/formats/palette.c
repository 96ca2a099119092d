/* One colour a role, the same in the report and in every export. */
#include "cosmodrome/formats.h"

#include <string.h>

/* Okabe & Ito 2008, "Color Universal Design", with a brown for the yellow, which white paper swallows. */
enum {
    PALETTE_BLUE = 0x0072b2,
    PALETTE_VERMILLION = 0xd55e00,
    PALETTE_GREEN = 0x009e73,
    PALETTE_ORANGE = 0xe69f00,
    PALETTE_SKY = 0x56b4e9,
    PALETTE_PURPLE = 0xcc79a7,
    PALETTE_BROWN = 0x7a4500,
    PALETTE_GREY = 0x767676,
    PALETTE_CRIMSON = 0xb5123f, /* these three: areas of risk, which lie over all the others */
    PALETTE_TEAL = 0x004d57,
    PALETTE_INDIGO = 0x3a2fa0,
    PALETTE_COAL = 0x0b0f14 /* what must stand out from any area */
};

typedef struct palette_entry {
    const char *role;
    uint32_t colour;
} palette_entry;

/* The bodies of one vehicle differ; a stage and a body that never fly together may share a colour. Levels in the air
 * and in the soil: the higher the darker, for eyes that see no hue as well. */
static const palette_entry palette_roles[] = {
    {"track", PALETTE_BLUE},      {"iip", PALETTE_VERMILLION},
    {"pad", PALETTE_GREY},        {"zone", PALETTE_GREEN},
    {"strap-on", PALETTE_ORANGE}, {"booster", PALETTE_ORANGE},
    {"stage-1", PALETTE_ORANGE},  {"core", PALETTE_SKY},
    {"stage-2", PALETTE_SKY},     {"third-stage", PALETTE_PURPLE},
    {"stage-3", PALETTE_PURPLE},  {"upper-stage", PALETTE_BLUE},
    {"stage-4", PALETTE_BLUE},    {"fairing", PALETTE_BROWN},
    {"tower", PALETTE_GREY},      {"payload", PALETTE_GREEN},
    {"orbit", PALETTE_BLUE},      {"individual", PALETTE_CRIMSON},
    {"ship", PALETTE_TEAL},       {"aircraft", PALETTE_INDIGO},
    {"boundary", PALETTE_COAL},   {"receptor", PALETTE_COAL},
    {"source", PALETTE_COAL},     {"wind", PALETTE_COAL},
    {"level-1", 0xe8ac0c},        {"level-2", 0xd55e00},
    {"level-3", 0xa01748},        {"level-4", 0x4d0a3c},
    {"soil-1", 0xa9b8e8},         {"soil-2", 0x7a7fd0},
    {"soil-3", 0x5646a8},         {"soil-4", 0x2e1a66},
};

static const uint32_t palette_others[] = {
    PALETTE_ORANGE, PALETTE_SKY, PALETTE_PURPLE, PALETTE_BROWN, PALETTE_GREEN, PALETTE_BLUE, PALETTE_VERMILLION,
};

uint32_t cosmo_palette_colour(const char *role)
{
    for (size_t i = 0; role != NULL && i < sizeof palette_roles / sizeof palette_roles[0]; i++)
        if (strcmp(role, palette_roles[i].role) == 0) return palette_roles[i].colour;
    if (role == NULL || role[0] == '\0') return PALETTE_GREY;
    uint32_t hash = 2166136261u; /* FNV-1a: any role keeps its colour between runs and machines */
    for (; *role != '\0'; role++) hash = (hash ^ (unsigned char)*role) * 16777619u;
    return palette_others[hash % (sizeof palette_others / sizeof palette_others[0])];
}
