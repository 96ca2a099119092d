/* What becomes of substances in the air of a day: the table of substances and the weather, made ready for particles. */
#include "core/real.h"
#include "cosmodrome/plume.h"

#include <math.h>
#include <string.h>

#define FATE_HYDROXYL_1_M3 1e13 /* clear sky, Sun in the zenith */
#define FATE_MM_H_PER_M_S  3.6e6

/* Rain and light of the day. */
typedef struct fate_day {
    double rain_mm_h, light;
} fate_day;

static fate_day fate_day_of(const cosmo_plume_weather *weather)
{
    const double sun = weather->sun_elevation_rad, cloud = weather->cloud_fraction;
    const double height = sun > 0.0 ? cosmo_real_sin(sun) : 0.0;
    const double through = cloud > 0.0 ? 1.0 - 0.75 * cosmo_real_pow(cloud, 3.4) : 1.0;
    return (fate_day){.rain_mm_h = weather->rain_m_s > 0.0 ? weather->rain_m_s * FATE_MM_H_PER_M_S : 0.0,
                      .light = height * through};
}

static double fate_range(const cosmo_range *range, const cosmo_fate_question *question, const cosmo_run *run,
                         uint32_t draw)
{
    if (!question->drawn || isnan(range->mode)) return range->mode;
    return cosmo_random_triangular(run->seed, question->stream, question->sample, draw, range->low, range->mode,
                                   range->high);
}

/* The species that a product is; -1 when it is none. */
static int fate_species(const cosmo_fate_question *question, const char *id)
{
    for (size_t i = 0; i < question->n_species && id != NULL; i++)
        if (strcmp(question->species[i], id) == 0) return (int)i;
    return -1;
}

/* The mass of product that a mass of the substance gives. */
static double fate_yield(const cosmo_substances *substances, const cosmo_substance *from, const char *product,
                         double moles)
{
    const cosmo_substance *to = cosmo_substances_find(substances, product);
    return to != NULL ? moles * to->molar_mass_kg_mol / from->molar_mass_kg_mol : 0.0;
}

/* A reaction at `rate_1_s` into a product that is followed, or lost. Two into one product share its yield. */
static void fate_react(const cosmo_substances *substances, const cosmo_fate_question *question,
                       const cosmo_substance *from, const cosmo_reaction *reaction, double rate_1_s, cosmo_run *run,
                       cosmo_plume_fate *fate)
{
    if (!(rate_1_s > 0.0)) return;
    const int product = fate_species(question, reaction->product);
    if (product < 0 || (fate->product >= 0 && fate->product != product)) {
        fate->loss_1_s += rate_1_s;
        if (reaction->product != NULL)
            cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "%s that comes of %s in the air is not followed",
                           reaction->product, from->id);
        return;
    }
    const double yield = fate_yield(substances, from, reaction->product, reaction->yield);
    const double both = fate->conversion_1_s + rate_1_s;
    fate->yield_kg_kg = (fate->yield_kg_kg * fate->conversion_1_s + yield * rate_1_s) / both;
    fate->conversion_1_s = both;
    fate->product = product;
}

static void fate_oxidise(const cosmo_substances *substances, const cosmo_fate_question *question,
                         const cosmo_substance *from, cosmo_run *run, cosmo_plume_fate *fate)
{
    const cosmo_reaction *ozone = &from->ozone;
    if (!(ozone->moles > 0.0)) return;
    fate->ozone_kg_mol = from->molar_mass_kg_mol / ozone->moles;
    fate->ozone_product = fate_species(question, ozone->product);
    if (fate->ozone_product >= 0)
        fate->ozone_yield_kg_kg = fate_yield(substances, from, ozone->product, ozone->yield);
    else if (ozone->product != NULL)
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "%s that comes of %s in the air is not followed", ozone->product,
                       from->id);
}

static void fate_settle(const cosmo_fate_question *question, const cosmo_substance *one, const fate_day *day,
                        uint32_t draw, cosmo_run *run, cosmo_plume_fate *fate)
{
    const double velocity = fate_range(&one->deposition_velocity_m_s, question, run, draw);
    fate->deposition_velocity_m_s = isnan(velocity) ? 0.0 : velocity;
    if (isnan(velocity))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "no deposition velocity of %s is known: none settles", one->id);
    if (!(day->rain_mm_h > 0.0)) return;
    if (isnan(one->scavenging.rate_1_s))
        cosmo_run_note(run, COSMO_NOTE_ASSUMPTION, "how rain washes out %s is not known: it does not", one->id);
    else
        fate->scavenging_1_s = one->scavenging.rate_1_s * cosmo_real_pow(day->rain_mm_h, one->scavenging.exponent);
}

cosmo_status cosmo_fate_make(const cosmo_substances *substances, const cosmo_fate_question *question,
                             cosmo_arena *arena, cosmo_run *run, cosmo_plume_fate *fates)
{
    const fate_day day = fate_day_of(question->weather);
    for (size_t i = 0; i < question->n_species; i++) {
        const cosmo_substance *one;
        COSMO_TRY(cosmo_substances_need(substances, question->species[i], NULL, arena, run, &one));
        cosmo_plume_fate *fate = &fates[i];
        *fate = (cosmo_plume_fate){.product = -1, .ozone_product = -1};
        fate_settle(question, one, &day, 2 * (uint32_t)i, run, fate);
        const double lifetime_s = fate_range(&one->sun_lifetime_s, question, run, 2 * (uint32_t)i + 1);
        if (lifetime_s > 0.0) fate->loss_1_s += day.light / lifetime_s;
        fate_react(substances, question, one, &one->rain, one->rain.rate * day.rain_mm_h, run, fate);
        fate_react(substances, question, one, &one->hydroxyl, one->hydroxyl.rate * FATE_HYDROXYL_1_M3 * day.light, run,
                   fate);
        fate_oxidise(substances, question, one, run, fate);
    }
    return COSMO_OK;
}
