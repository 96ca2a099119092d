/* A mission file to start from. */
#include "core/real.h"
#include "cosmodrome/study.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

static const double TEMPLATE_DEGREES = 180.0 / 3.14159265358979323846;
static const double TEMPLATE_J2 = 1.08262982e-3; /* WGS-84 */
static const double TEMPLATE_SUN_RATE =
    6.283185307179586 / (365.2422 * 86400.0); /* of the mean Sun along the equator, rad/s */
static const double TEMPLATE_SSO_M = 500e3, TEMPLATE_PARKING_M = 200e3;
enum { TEMPLATE_MATCH_MIN = 4 };

typedef struct template_orbit {
    double perigee_m, apogee_m, inclination_deg;
    const char *why;
} template_orbit;

/* ---- the orbit
 * ------------------------------------------------------------------------------------------------------- */

/* Inclination at which the node of a circular orbit keeps up with the Sun. Source: Vallado 2013, eq. 11-20. */
static double template_sun_synchronous_deg(double altitude_m)
{
    const double a = COSMO_EARTH_RADIUS + altitude_m, n = sqrt(COSMO_EARTH_MU / (a * a * a));
    const double cosine =
        -TEMPLATE_SUN_RATE / (1.5 * TEMPLATE_J2 * n * (COSMO_EARTH_RADIUS / a) * (COSMO_EARTH_RADIUS / a));
    return cosmo_real_acos(cosine) * TEMPLATE_DEGREES;
}

/* "200x400@51.6" */
static bool template_parse(const char *text, cosmo_arena *arena, template_orbit *orbit)
{
    const char *x = strchr(text, 'x'), *at = strchr(text, '@');
    if (x == NULL || at == NULL || at < x) return false;
    const char *perigee = cosmo_arena_text(arena, text, (size_t)(x - text)),
               *apogee = cosmo_arena_text(arena, x + 1, (size_t)(at - x - 1));
    double low, high, inclination;
    if (perigee == NULL || apogee == NULL || !cosmo_text_number(perigee, &low) || !cosmo_text_number(apogee, &high))
        return false;
    if (!cosmo_text_number(at + 1, &inclination) || low < -6000.0 || high < low || high < 1.0 || high > 4e5)
        return false;
    if (!(inclination >= 0.0 && inclination <= 180.0)) return false;
    *orbit = (template_orbit){low * 1e3, high * 1e3, inclination, "as asked for"};
    return true;
}

static cosmo_status template_choose(const char *target, const cosmo_pad *pad, cosmo_arena *arena, cosmo_run *run,
                                    template_orbit *orbit)
{
    static const char *const names[] = {"iss", "sso", "leo"};
    const double lowest_deg =
        ceil(fabs(pad->latitude_rad) * TEMPLATE_DEGREES * 10.0) / 10.0; /* reached by flying due east */
    if (strcmp(target, "iss") == 0)
        *orbit = (template_orbit){200e3, 242e3, 51.67, "where a spacecraft begins its way to the space station"};
    else if (strcmp(target, "leo") == 0)
        *orbit = (template_orbit){TEMPLATE_PARKING_M, TEMPLATE_PARKING_M, lowest_deg, "low orbit, flown due east"};
    else if (strcmp(target, "sso") == 0)
        *orbit = (template_orbit){TEMPLATE_PARKING_M, TEMPLATE_SSO_M, template_sun_synchronous_deg(TEMPLATE_SSO_M),
                                  "sun-synchronous once it is circular at 500 km"};
    else if (!template_parse(target, arena, orbit)) {
        const char *nearest = cosmo_text_nearest(target, names, 3);
        return cosmo_run_fail(run, COSMO_BAD_INPUT, "error: unknown target '%.80s'; %s%s%s", target,
                              nearest != NULL ? "did you mean '" : "known: iss, sso, leo, 200x400@51.6",
                              nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
    }
    return COSMO_OK;
}

/* ---- the pad
 * --------------------------------------------------------------------------------------------------------- */

/* How many first letters of `name` stand somewhere in `text`, whatever their case. */
static size_t template_match(const char *name, const char *text)
{
    size_t best = 0;
    for (const char *from = text; *from != '\0'; from++) {
        size_t n = 0;
        while (name[n] != '\0' && from[n] != '\0' && tolower((unsigned char)name[n]) == tolower((unsigned char)from[n]))
            n++;
        if (n > best) best = n;
    }
    return best;
}

/* The word stands on its own ("active", not "inactive"). */
static bool template_is_active(const char *status)
{
    const char *word = status != NULL ? strstr(status, "active") : NULL;
    while (word != NULL && word > status && isalpha((unsigned char)word[-1])) word = strstr(word + 1, "active");
    return word != NULL;
}

/* The pad whose list of vehicles names this one best; an active one before others. */
static const cosmo_pad *template_pad(const cosmo_site *site, const cosmo_vehicle *vehicle)
{
    const cosmo_pad *pads = site->pads.items, *best = &pads[0];
    size_t best_score = 2 * TEMPLATE_MATCH_MIN - 1;
    for (size_t i = 0; i < site->pads.n; i++) {
        if (pads[i].vehicles == NULL) continue;
        const size_t score = 2 * template_match(vehicle->name, pads[i].vehicles) + template_is_active(pads[i].status);
        if (score <= best_score) continue;
        best = &pads[i];
        best_score = score;
    }
    return best;
}

/* ---- the text
 * -------------------------------------------------------------------------------------------------------- */

/* A payload that the vehicle should manage: a part of what is published, in round figures. */
static double template_payload_t(const cosmo_vehicle *vehicle, const template_orbit *orbit)
{
    const double reference_kg = isfinite(vehicle->payload_reference_kg) ? vehicle->payload_reference_kg : 2000.0;
    const double part = orbit->inclination_deg > 90.0 ? 0.4 : 0.8;
    return fmax(floor(reference_kg * part / 100.0) / 10.0, 0.1);
}

static void template_falls(const cosmo_vehicle *vehicle, cosmo_text *out)
{
    const cosmo_stage *stages = vehicle->stages.items;
    const cosmo_item *items = vehicle->items.items;
    cosmo_text_put(out, "\n# Where bodies are to fall: inside a zone ('cosmodrome list zones'), at a distance, or not "
                        "on a country.\n# falls:\n");
    for (size_t i = 0; i < vehicle->stages.n; i++)
        if (isfinite(stages[i].separation_delay_s))
            cosmo_text_print(out, "#   - {body: %s, downrange: 350 km, tolerance: 20 km}\n", stages[i].id);
    for (size_t i = 0; i < vehicle->items.n; i++) cosmo_text_print(out, "#   - {body: %s, avoid: [CN]}\n", items[i].id);
}

static void template_burns(const cosmo_vehicle *vehicle, const template_orbit *orbit, cosmo_text *out)
{
    const cosmo_stage *last = (const cosmo_stage *)vehicle->stages.items + vehicle->stages.n - 1;
    const bool restarts = last->burns_max > 1 && orbit->apogee_m > orbit->perigee_m + 1e3;
    const char *mark = restarts && orbit->inclination_deg > 90.0 ? "" : "# ";
    cosmo_text_put(out, "\n# Later burns of the stage that stayed with the payload, in their order.\n");
    cosmo_text_print(out, "%sburns:\n%s  - {stage: %s, start: apogee, perigee: %.6g km, apogee: %.6g km}\n", mark, mark,
                     last->id, orbit->apogee_m / 1e3, orbit->apogee_m / 1e3);
}

static void template_write(const cosmo_vehicle *vehicle, const cosmo_site *site, const cosmo_pad *pad,
                           const template_orbit *orbit, cosmo_text *out)
{
    cosmo_text_print(out, "# %s from %s. Fly it with: cosmodrome fly FILE\n", vehicle->name, site->name);
    cosmo_text_put(out, "# Quantities carry their unit; 'cosmodrome help KEY' explains a key. Lines that begin with "
                        "'#' are not read.\n");
    cosmo_text_print(out, "title: \"%s, %s %s\"\n", vehicle->name, site->name, pad->id);
    cosmo_text_print(out, "vehicle: %s\nsite: %s\npad: \"%s\"\n", vehicle->id, site->id, pad->id);
    cosmo_text_put(out, "liftoff: 2027-01-15T12:00:00Z   # UTC; it may be left out\n\npayload:\n  name: payload\n");
    cosmo_text_print(out, "  mass: %.1f t   # with adapter, without the fairing\n", template_payload_t(vehicle, orbit));
    cosmo_text_print(out, "\n# The orbit at insertion: %s. Altitudes are above the equatorial radius, 6378.137 km.\n",
                     orbit->why);
    cosmo_text_print(out, "target:\n  perigee: %.6g km\n  apogee: %.6g km\n  inclination: %.5g deg\n",
                     orbit->perigee_m / 1e3, orbit->apogee_m / 1e3, orbit->inclination_deg);
    cosmo_text_put(out, "  # direction: northward   # or southward\n");
    cosmo_text_put(
        out,
        "\n# What is fixed about how it is flown; what is left out is found: the most propellant that can be left.\n"
        "# steering:\n#   azimuth: 62 deg\n#   kick: 3 deg\n"
        "\n# Limits of the flight; left out: the vehicle's own.\n# limits:\n#   dynamic_pressure: 40 kPa\n#   "
        "acceleration: 4 g0\n");
    template_falls(vehicle, out);
    template_burns(vehicle, orbit, out);
    cosmo_text_put(
        out, "\n# The air on the day: a sounding's file, or one wind at every height. Left out: still standard air.\n"
             "# weather:\n#   wind_speed: 10 m/s\n#   wind_from: 270 deg\n");
}

cosmo_status cosmo_template_print(const char *vehicle_id, const char *site_id, const char *target, cosmo_arena *arena,
                                  cosmo_run *run, cosmo_text *out)
{
    cosmo_vehicle vehicle;
    cosmo_site site;
    template_orbit orbit = {0};
    COSMO_TRY(cosmo_vehicle_read(vehicle_id, NULL, arena, run, &vehicle));
    COSMO_TRY(cosmo_site_read(site_id, NULL, arena, run, &site));
    const cosmo_pad *pad = template_pad(&site, &vehicle);
    COSMO_TRY(template_choose(target, pad, arena, run, &orbit));
    template_write(&vehicle, &site, pad, &orbit, out);
    return out->failed ? cosmo_run_out_of_memory(run) : COSMO_OK;
}
