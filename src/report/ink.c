/* The colours of a page's roles. Contrast: W3C, Web Content Accessibility Guidelines 2.2, success criteria 1.4.3
 * and 1.4.11. */
#include "report/ink.h"

#include "core/real.h"

#include <math.h>
#include <string.h>

static const uint32_t INK_LIGHT_GROUND = 0xEEF0EC,
                      INK_DARK_GROUND = 0x2A3442; /* the least favourable ground of each theme */

static double ink_linear(uint32_t channel)
{
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : cosmo_real_pow((value + 0.055) / 1.055, 2.4);
}

static double ink_luminance(uint32_t rgb)
{
    return 0.2126 * ink_linear(rgb >> 16 & 255) + 0.7152 * ink_linear(rgb >> 8 & 255) + 0.0722 * ink_linear(rgb & 255);
}

static double ink_contrast(uint32_t a, uint32_t b)
{
    const double la = ink_luminance(a) + 0.05, lb = ink_luminance(b) + 0.05;
    return la > lb ? la / lb : lb / la;
}

/* `rgb` moved towards `pole` (black or white) until it stands out from the ground by `ratio`. */
static uint32_t ink_against(uint32_t rgb, uint32_t ground, uint32_t pole, double ratio)
{
    for (uint32_t step = 0; step <= 20; step++) {
        uint32_t mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
            mixed |= ((rgb >> shift & 255) * (20 - step) + (pole >> shift & 255) * step) / 20 << shift;
        if (ink_contrast(mixed, ground) >= ratio) return mixed;
    }
    return pole;
}

cosmo_ink cosmo_ink_collect(const cosmo_page *page, cosmo_arena *arena)
{
    size_t n_shapes = 0;
    for (size_t i = 0; i < page->n_layers; i++) n_shapes += page->layers[i].n;
    cosmo_ink ink = {.roles = cosmo_arena_array(arena, n_shapes + 1, sizeof *ink.roles)};
    if (ink.roles == NULL) return ink;
    for (size_t i = 0; i < page->n_layers; i++)
        for (size_t j = 0; j < page->layers[i].n; j++) {
            const char *role = page->layers[i].shapes[j].role;
            if (role != NULL && cosmo_ink_class(&ink, role) == ink.n) ink.roles[ink.n++] = role;
        }
    return ink;
}

size_t cosmo_ink_class(const cosmo_ink *ink, const char *role)
{
    for (size_t i = 0; i < ink->n; i++)
        if (role != NULL && strcmp(ink->roles[i], role) == 0) return i;
    return ink->n;
}

/* How much a colour stands out from its ground: what is black by day is white by night. */
static double ink_ratio(uint32_t colour, uint32_t pole)
{
    return pole != 0 && ink_luminance(colour) < 0.008 ? 9.0 : 3.0;
}

/* Fills are laid over the ground thinly: by day the pure colour, by night one that does not drown in it. */
static void ink_write_theme(const cosmo_ink *ink, cosmo_text *out, const char *prefix, uint32_t ground, uint32_t pole)
{
    for (size_t i = 0; i < ink->n; i++) {
        const uint32_t colour = cosmo_palette_colour(ink->roles[i]);
        const uint32_t line = ink_against(colour, ground, pole, ink_ratio(colour, pole));
        cosmo_text_print(out, "%s.k%zu{--line:#%06x;--ink:#%06x;--fill:#%06x}", prefix, i, (unsigned)line,
                         (unsigned)ink_against(colour, ground, pole, fmax(4.5, ink_ratio(colour, pole))),
                         (unsigned)(pole == 0 ? colour : line));
    }
    cosmo_text_put(out, "\n");
}

void cosmo_ink_write(const cosmo_ink *ink, cosmo_text *out)
{
    ink_write_theme(ink, out, "", INK_LIGHT_GROUND, 0x000000);
    cosmo_text_put(out, "@media screen and (prefers-color-scheme:dark){");
    ink_write_theme(ink, out, ":root:not([data-theme=light]) ", INK_DARK_GROUND, 0xFFFFFF);
    cosmo_text_put(out, "}@media screen{");
    ink_write_theme(ink, out, ":root[data-theme=dark] ", INK_DARK_GROUND, 0xFFFFFF);
    cosmo_text_put(out, "}\n");
}
