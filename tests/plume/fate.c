/* What becomes of substances in the air, by weather: night, noon, rain; products followed or not. */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"

static const double FATE_NOON = 1.5707963267948966;

static cosmo_plume_weather fate_weather(double sun_rad, double cloud, double rain_mm_h)
{
    return (cosmo_plume_weather){.sun_elevation_rad = sun_rad, .cloud_fraction = cloud, .rain_m_s = rain_mm_h / 3.6e6};
}

static void fate_ask(data_bench *bench, const char *const *species, size_t n, const cosmo_plume_weather *weather,
                     cosmo_plume_fate *fates)
{
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench->arena, &bench->run, &substances, NULL), COSMO_OK);
    const cosmo_fate_question question = {.n_species = n, .species = species, .weather = weather};
    ck_assert_msg(cosmo_fate_make(&substances, &question, bench->arena, &bench->run, fates) == COSMO_OK, "%s",
                  bench->run.message);
}

static bool fate_noted(const data_bench *bench, const char *text)
{
    for (size_t i = 0; i < bench->run.n_notes; i++)
        if (strcmp(bench->run.notes[i].text, text) == 0) return true;
    return false;
}

START_TEST(at_night_without_rain_only_ozone_acts)
{
    data_bench bench;
    data_open(&bench, "data");
    const char *const species[] = {"UDMH", "NDMA", "NO2", "NO"};
    const cosmo_plume_weather night = fate_weather(-0.1, 0.0, 0.0);
    cosmo_plume_fate fates[4];
    fate_ask(&bench, species, 4, &night, fates);
    for (size_t i = 0; i < 4; i++)
        ck_assert(fates[i].loss_1_s == 0.0 && fates[i].conversion_1_s == 0.0 && fates[i].scavenging_1_s == 0.0);
    suite_error("a mole of ozone turns 60.10 g of UDMH", fates[0].ozone_kg_mol - 0.0601, "kg", 1e-15);
    ck_assert_int_eq(fates[0].ozone_product, 1);
    suite_error("into NDMA, 0.6 mol/mol", fates[0].ozone_yield_kg_kg - 0.6 * 74.08 / 60.10, "kg/kg", 1e-15);
    ck_assert_int_eq(fates[3].ozone_product, 2);
    ck_assert(fates[1].ozone_kg_mol == 0.0 && fates[1].ozone_product == -1 && fates[2].product == -1);
    suite_error("UDMH settles", fates[0].deposition_velocity_m_s - 0.007, "m/s", 1e-15);
    data_close(&bench);
}
END_TEST

START_TEST(the_sun_destroys)
{
    data_bench bench;
    data_open(&bench, "data");
    const char *const species[] = {"UDMH", "NDMA"};
    const cosmo_plume_weather clear = fate_weather(FATE_NOON, 0.0, 0.0), overcast = fate_weather(FATE_NOON, 1.0, 0.0);
    cosmo_plume_fate noon[2], grey[2];
    fate_ask(&bench, species, 2, &clear, noon);
    fate_ask(&bench, species, 2, &overcast, grey);
    suite_error("UDMH by hydroxyl, 33 min", 1.0 / noon[0].loss_1_s - 2000.0, "s", 1e-9);
    suite_error("NDMA by light and hydroxyl", noon[1].loss_1_s - (1.0 / 600.0 + 2.5e-5), "1/s", 1e-15);
    suite_error("an overcast sky leaves a quarter", grey[1].loss_1_s / noon[1].loss_1_s - 0.25, "", 1e-14);
    data_close(&bench);
}
END_TEST

START_TEST(rain_washes_and_turns)
{
    data_bench bench;
    data_open(&bench, "data");
    const char *const species[] = {"NO2", "HNO3"};
    const cosmo_plume_weather rain = fate_weather(0.0, 1.0, 4.0), both = fate_weather(FATE_NOON, 0.0, 4.0);
    cosmo_plume_fate fates[2], alone[1];
    fate_ask(&bench, species, 2, &rain, fates);
    suite_error("HNO3 in 4 mm/h", fates[1].scavenging_1_s / (1e-4 * pow(4.0, 0.7)) - 1.0, "rel", 1e-14);
    suite_error("NO2 is not washed out", fates[0].scavenging_1_s, "1/s", 0.0);
    suite_error("but turned", fates[0].conversion_1_s - 4e-5, "1/s", 1e-17);
    ck_assert_int_eq(fates[0].product, 1);
    suite_error("kilograms of acid a kilogram", fates[0].yield_kg_kg - 0.6667 * 63.01 / 46.01, "kg/kg", 1e-15);
    fate_ask(&bench, species, 2, &both, fates);
    const double expected = (4e-5 * 0.6667 + 1.1e-4) / (4e-5 + 1.1e-4) * 63.01 / 46.01;
    suite_error("rain and hydroxyl into one product", fates[0].yield_kg_kg - expected, "kg/kg", 1e-14);
    suite_error("their rate", fates[0].conversion_1_s - 1.5e-4, "1/s", 1e-17);
    fate_ask(&bench, species, 1, &both, alone);
    suite_error("without HNO3 it is lost", alone[0].loss_1_s - 1.5e-4, "1/s", 1e-17);
    ck_assert(alone[0].product == -1 && fate_noted(&bench, "HNO3 that comes of NO2 in the air is not followed"));
    data_close(&bench);
}
END_TEST

START_TEST(what_is_not_known_is_noted)
{
    data_bench bench;
    data_open(&bench, "data");
    const char *const species[] = {"N2O4"};
    const cosmo_plume_weather rain = {.sun_elevation_rad = NAN, .cloud_fraction = NAN, .rain_m_s = 1e-6};
    cosmo_plume_fate fates[1];
    fate_ask(&bench, species, 1, &rain, fates);
    ck_assert(fates[0].deposition_velocity_m_s == 0.0 && fates[0].loss_1_s == 0.0);
    ck_assert(fate_noted(&bench, "no deposition velocity of N2O4 is known: none settles"));
    ck_assert(fate_noted(&bench, "how rain washes out N2O4 is not known: it does not"));
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench.arena, &bench.run, &substances, NULL), COSMO_OK);
    const char *const wrong[] = {"NDAM"};
    const cosmo_fate_question question = {.n_species = 1, .species = wrong, .weather = &rain};
    ck_assert_int_eq(cosmo_fate_make(&substances, &question, bench.arena, &bench.run, fates), COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: unknown substance 'NDAM'; did you mean 'NDMA'?");
    data_close(&bench);
}
END_TEST

START_TEST(ranges_are_drawn_by_sample)
{
    enum { DRAWS = 20000 };
    data_bench bench;
    data_open(&bench, "data");
    cosmo_substances substances;
    ck_assert_int_eq(cosmo_substances_read(NULL, NULL, bench.arena, &bench.run, &substances, NULL), COSMO_OK);
    const char *const species[] = {"UDMH", "NO2"};
    const cosmo_plume_weather night = fate_weather(0.0, 0.0, 0.0);
    cosmo_fate_question question = {.n_species = 2, .species = species, .weather = &night, .drawn = true, .stream = 3};
    double mean = 0.0, product = 0.0;
    for (question.sample = 0; question.sample < DRAWS; question.sample++) {
        cosmo_plume_fate fates[2];
        ck_assert_int_eq(cosmo_fate_make(&substances, &question, bench.arena, &bench.run, fates), COSMO_OK);
        ck_assert(fates[0].deposition_velocity_m_s >= 0.005 && fates[0].deposition_velocity_m_s <= 0.01);
        mean += fates[0].deposition_velocity_m_s / DRAWS;
        product += (fates[0].deposition_velocity_m_s - 0.0073333) * (fates[1].deposition_velocity_m_s - 0.003) / DRAWS;
    }
    suite_error("mean of the drawn velocity", mean - 0.022 / 3.0, "m/s", 1e-4);
    suite_error("two species are drawn apart: correlation", product / (1.03e-3 * 8.2e-4), "", 0.03);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("plume/fate", at_night_without_rain_only_ozone_acts, the_sun_destroys, rain_washes_and_turns,
            what_is_not_known_is_noted, ranges_are_drawn_by_sample)
