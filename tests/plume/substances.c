/* The table of substances: every figure with a source, the table of the research beside it, own files, refusals. */
#include "vehicle/data.h"

#include "cosmodrome/plume.h"
#include "plume/table.h"

#include <string.h>
#include <unistd.h>

static cosmo_substances substances_read(data_bench *bench, const char *own, cosmo_facts *facts)
{
    cosmo_substances substances;
    ck_assert_msg(cosmo_substances_read(own, NULL, bench->arena, &bench->run, &substances, facts) == COSMO_OK, "%s",
                  bench->run.message);
    return substances;
}

START_TEST(every_figure_says_where_it_is_from)
{
    data_bench bench;
    data_open(&bench, "data");
    cosmo_facts facts = {0};
    const cosmo_substances substances = substances_read(&bench, NULL, &facts);
    size_t low = 0;
    for (size_t i = 0; i < facts.n; i++) {
        ck_assert_msg(facts.items[i].source != NULL && facts.items[i].confidence != NULL, "%s", facts.items[i].path);
        low += strcmp(facts.items[i].confidence, "low") == 0 || strcmp(facts.items[i].confidence, "estimate") == 0;
        const bool remembered = strncmp(facts.items[i].source, "from memory", 11) == 0;
        ck_assert_msg(!remembered || strcmp(facts.items[i].confidence, "high") != 0, "%s", facts.items[i].path);
    }
    printf("  %zu substances, %zu figures, %zu of low confidence or estimates\n", substances.substances.n, facts.n,
           low);
    data_close(&bench);
}
END_TEST

START_TEST(propellants_are_what_they_are)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = substances_read(&bench, NULL, NULL);
    const cosmo_substance *udmh = cosmo_substances_find(&substances, "UDMH");
    const cosmo_substance *tetroxide = cosmo_substances_find(&substances, "N2O4");
    ck_assert(udmh->probit.provisional && udmh->probit.unit == COSMO_LOAD_PPM_MIN);
    ck_assert_str_eq(udmh->ozone.product, "NDMA");
    ck_assert_str_eq(tetroxide->airborne_as, "NO2");
    ck_assert(isnan(tetroxide->probit.a) && isnan(udmh->hazard_coefficient));
    ck_assert(isnan(tetroxide->deposition_velocity_m_s.mode) && udmh->airborne_as == NULL);
    suite_error("UDMH, boiling point", udmh->boiling_point_k - 337.05, "K", 1e-9);
    suite_error("UDMH, hydroxyl", udmh->hydroxyl.rate / 5e-17 - 1.0, "rel", 1e-15);
    suite_error("N2O4 is two NO2",
                tetroxide->molar_mass_kg_mol - 2.0 * cosmo_substances_find(&substances, "NO2")->molar_mass_kg_mol,
                "kg/mol", 2e-5);
    ck_assert_ptr_null(cosmo_substances_find(&substances, "udmh"));
    data_close(&bench);
}
END_TEST

START_TEST(unknown_substances_get_the_nearest)
{
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = substances_read(&bench, NULL, NULL);
    const cosmo_substance *found;
    ck_assert_int_eq(cosmo_substances_need(&substances, "UDHM", NULL, bench.arena, &bench.run, &found),
                     COSMO_BAD_INPUT);
    ck_assert_str_eq(bench.run.message, "error: unknown substance 'UDHM'; did you mean 'UDMH'?");
    data_close(&bench);
}
END_TEST

/* What a user's file may do: add a substance that names a built-in one, and replace one. */
START_TEST(own_files_add_and_replace)
{
    static const char text[] = "id: mine\n"
                               "substances:\n"
                               "  - {id: fluorine, name: fluorine, molar_mass: 38 g/mol, source: us, confidence: low}\n"
                               "  - {id: CO, name: mine, molar_mass: 28 g/mol, airborne_as: fluorine}\n";
    char folder[] = "/tmp/cosmo-substances-XXXXXX", path[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/mine.yaml", folder);
    FILE *file = fopen(path, "w");
    ck_assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances usual = substances_read(&bench, NULL, NULL);
    const cosmo_substances substances = substances_read(&bench, path, NULL);
    ck_assert_uint_eq(substances.substances.n, usual.substances.n + 1);
    ck_assert_str_eq(cosmo_substances_find(&substances, "CO")->name, "mine");
    ck_assert(isnan(cosmo_substances_find(&substances, "CO")->boiling_point_k));
    suite_error("fluorine", cosmo_substances_find(&substances, "fluorine")->molar_mass_kg_mol - 0.038, "kg/mol", 0.0);
    bool noted = false;
    for (size_t i = 0; i < bench.run.n_notes; i++)
        noted |=
            strcmp(bench.run.notes[i].text, "the figures of CO are those of the file 'mine', not the usual ones") == 0;
    ck_assert(noted);
    unlink(path);
    rmdir(folder);
    data_close(&bench);
}
END_TEST

#define HEAD "id: x\nsubstances:\n  - id: A\n    name: a\n"
START_TEST(bad_substances_are_refused_at_their_place)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {HEAD, "x.yaml:3:5: error: 'molar_mass' is missing here: a molar mass, as in '60.1 g/mol'"},
        {HEAD "    molar_mass: 60\n",
         "x.yaml:5:17: error: molar_mass: '60' has no unit and a molar mass is needed; write for example '60.1 g/mol'"},
        {HEAD "    molar_mass: 60 kg\n", "x.yaml:5:17: error: molar_mass: 'kg' is a mass and a molar mass is needed"},
        {HEAD "    molar_mass: 0 g/mol\n", "x.yaml:5:17: error: molar_mass must be more than nothing"},
        {HEAD "    molar_mass: 60 g/mol\n    boiling_point: 10 degC\n    melting_point: 20 degC\n",
         "x.yaml:6:20: error: boiling_point is below melting_point"},
        {HEAD "    molar_mass: 60 g/mol\n    airborne_as: B\n", "x.yaml:6:18: error: unknown substance 'B'"},
        {HEAD "    molar_mass: 60 g/mol\n    ozone: {moles: 1, product: B, yield: 1}\n",
         "x.yaml:6:32: error: unknown substance 'B'"},
        {HEAD "    molar_mass: 60 g/mol\n    ozone: {moles: 1, product: A}\n",
         "x.yaml:6:32: error: ozone: a product needs a 'yield', moles a mole"},
        {HEAD "    molar_mass: 60 g/mol\n    sun_lifetime: [1 min, 5 s, 1 h]\n",
         "x.yaml:6:19: error: sun_lifetime: the three do not rise; write them as '[least, likeliest, largest]'"},
        {HEAD "    molar_mass: 60 g/mol\n    deposition_velocity: [1 cm/s, 2 cm/s]\n",
         "x.yaml:6:26: error: deposition_velocity: one quantity is expected here, or three"},
        {HEAD "    molar_mass: 60 g/mol\n    probit: {a: -5, b: 1, n: 1, unit: ppm min, privisional: no}\n",
         "did you mean 'provisional'?"},
        {HEAD "    molar_mass: 60 g/mol\n    vapor_pressure: 3 kPa\n", "did you mean 'vapour_pressure'?"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        data_bench bench;
        data_open(&bench, "data");
        cosmo_substances substances;
        const cosmo_status status = cosmo_substances_parse("x.yaml", cases[i].text, strlen(cases[i].text), bench.arena,
                                                           &bench.run, &substances);
        ck_assert_int_eq(status, COSMO_BAD_INPUT);
        ck_assert_msg(strstr(bench.run.message, cases[i].message) != NULL, "'%s' lacks '%s'", bench.run.message,
                      cases[i].message);
        data_close(&bench);
    }
    printf("  %zu broken tables of substances refused\n", sizeof cases / sizeof cases[0]);
}
END_TEST

/* The table that the research gathered: each figure that it has is the one that the program uses. */
START_TEST(figures_are_those_of_the_research)
{
    FILE *file = fopen("../shared/data/toxics/substances.csv", "r");
    if (file == NULL) {
        printf("  skip: ../shared/data/toxics is not there\n");
        return;
    }
    data_bench bench;
    data_open(&bench, "data");
    const cosmo_substances substances = substances_read(&bench, NULL, NULL);
    char line[TABLE_LINE];
    const char *cells[TABLE_CELLS];
    int compared = 0;
    table_row(file, line, cells);
    while (table_row(file, line, cells) >= 10) {
        const cosmo_substance *one = cosmo_substances_find(&substances, cells[0]);
        ck_assert_msg(one != NULL, "no %s", cells[0]);
        ck_assert_str_eq(one->cas, cells[1]);
        const double ours[] = {one->molar_mass_kg_mol * 1e3,        one->boiling_point_k - 273.15,
                               one->melting_point_k - 273.15,       one->liquid_density_kg_m3,
                               one->vapour_pressure_pa / 1e3,       one->heat_vaporisation_j_kg / 1e3,
                               one->lower_heating_value_j_kg / 1e6, one->lower_flammable_fraction * 100.0};
        for (int i = 0; i < 8; i++) {
            if (cells[i + 2][0] == '\0') continue;
            const double theirs = atof(cells[i + 2]);
            ck_assert_msg(fabs(ours[i] - theirs) <= 0.005 * fabs(theirs) + 1e-9, "%s, column %d: %g, %g there",
                          cells[0], i + 3, ours[i], theirs);
            compared++;
        }
    }
    fclose(file);
    printf("  %d figures compared\n", compared);
    ck_assert_int_ge(compared, 40);
    data_close(&bench);
}
END_TEST

COSMO_SUITE("plume/substances", every_figure_says_where_it_is_from, propellants_are_what_they_are,
            unknown_substances_get_the_nearest, own_files_add_and_replace, bad_substances_are_refused_at_their_place,
            figures_are_those_of_the_research)
