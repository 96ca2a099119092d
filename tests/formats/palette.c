/* The palette: fixed colours, and roles that meet on one map stay apart for colour-blind eyes too. */
#include "cosmodrome/formats.h"
#include "suite.h"

static void palette_linear(uint32_t colour, double rgb[3])
{
    for (int i = 0; i < 3; i++) {
        const double v = (double)(colour >> (16 - 8 * i) & 255) / 255.0; /* IEC 61966-2-1 */
        rgb[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
}

/* What a dichromat sees, in linear sRGB. Source: Vienot, Brettel & Mollon 1999 (the published RGB matrices for
 * protanopes and deuteranopes). */
static void palette_dichromat(double rgb[3], int kind)
{
    const double red = kind == 1 ? 0.11238 : 0.29275, blue = kind == 1 ? 0.00401 : -0.02234;
    const double r = rgb[0], g = rgb[1];
    if (kind == 0) return;
    rgb[0] = rgb[1] = red * r + (1.0 - red) * g;
    rgb[2] += blue * (r - g);
}

static double palette_f(double t)
{
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

/* CIE 1976 L*a*b*, D65. */
static void palette_lab(uint32_t colour, int kind, double lab[3])
{
    double c[3];
    palette_linear(colour, c);
    palette_dichromat(c, kind);
    const double x = palette_f((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.9505);
    const double y = palette_f(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2]);
    const double z = palette_f((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.089);
    lab[0] = 116.0 * y - 16.0, lab[1] = 500.0 * (x - y), lab[2] = 200.0 * (y - z);
}

static double palette_difference(const char *a, const char *b, int kind)
{
    double p[3], q[3], sum = 0.0;
    palette_lab(cosmo_palette_colour(a), kind, p);
    palette_lab(cosmo_palette_colour(b), kind, q);
    for (int i = 0; i < 3; i++) sum += (p[i] - q[i]) * (p[i] - q[i]);
    return sqrt(sum);
}

START_TEST(roles_of_one_map_differ)
{
    static const char *const roles[] = {"track",       "iip",     "pad",        "zone", "strap-on", "core",
                                        "third-stage", "fairing", "individual", "ship", "aircraft"};
    enum { ROLES = sizeof roles / sizeof roles[0] };
    static const char *const eyes[] = {"full colour vision", "protanopia", "deuteranopia"};
    for (int kind = 0; kind < 3; kind++) {
        double least = 1e9;
        for (size_t i = 0; i < ROLES; i++)
            for (size_t j = 0; j < i; j++) {
                const double d = palette_difference(roles[i], roles[j], kind);
                if (d < least) least = d;
            }
        printf("  least difference of two roles, %-20s %5.1f (CIE 1976; at least 10)\n", eyes[kind], least);
        ck_assert(least >= 10.0);
    }
}
END_TEST

/* Levels of the air and of the soil lie over each other on one map; a higher one is darker to every eye. */
START_TEST(levels_are_graded)
{
    static const char *const roles[] = {"level-1", "level-2", "level-3", "level-4", "soil-1",
                                        "soil-2",  "soil-3",  "soil-4",  "boundary"};
    enum { ROLES = sizeof roles / sizeof roles[0] };
    for (int kind = 0; kind < 3; kind++) {
        double apart = 1e9, step = 1e9, upper[3], lower[3];
        for (size_t i = 0; i < ROLES; i++)
            for (size_t j = 0; j < i; j++) apart = fmin(apart, palette_difference(roles[i], roles[j], kind));
        for (size_t i = 1; i < 8; i++) {
            if (i == 4) continue;
            palette_lab(cosmo_palette_colour(roles[i - 1]), kind, upper);
            palette_lab(cosmo_palette_colour(roles[i]), kind, lower);
            step = fmin(step, upper[0] - lower[0]);
        }
        printf("  least difference of two levels %5.1f (at least 10), least step of lightness %5.1f (at least 10)\n",
               apart, step);
        ck_assert(apart >= 10.0 && step >= 10.0);
    }
}
END_TEST

START_TEST(other_roles_keep_a_colour)
{
    ck_assert_uint_eq(cosmo_palette_colour("track"), 0x0072b2);
    ck_assert_uint_eq(cosmo_palette_colour("stage-1"), cosmo_palette_colour("strap-on"));
    ck_assert_uint_eq(cosmo_palette_colour("adapter-ring"), cosmo_palette_colour("adapter-ring"));
    ck_assert_uint_eq(cosmo_palette_colour(NULL), cosmo_palette_colour(""));
    int seen = 0;
    char role[16];
    for (int i = 0; i < 100; i++) {
        snprintf(role, sizeof role, "body-%d", i);
        seen += cosmo_palette_colour(role) == 0x56b4e9;
    }
    ck_assert_int_gt(seen, 3);
    ck_assert_int_lt(seen, 30);
}
END_TEST

COSMO_SUITE("formats/palette", roles_of_one_map_differ, levels_are_graded, other_roles_keep_a_colour)
