/* Half the time step moves the mean doses of the crash of 2013 by less than a twentieth. COSMO_STEP_SAMPLES and
 * COSMO_STEP_PARTICLES make it as long as that takes: few particles differ by chance alone. */
#include "cosmodrome/study.h"
#include "suite.h"

static cosmo_arena *arena;
static cosmo_run run;
static cosmo_toxics toxics;

static int64_t step_count(const char *name, int64_t otherwise)
{
    const char *text = getenv(name);
    return text != NULL ? strtoll(text, NULL, 10) : otherwise;
}

static void step_run(double step, cosmo_toxics_case *result)
{
    toxics.release.sampling.step_fraction = step;
    const cosmo_status status = cosmo_toxics_case_run(&toxics, NULL, arena, &run, result);
    ck_assert_msg(status == COSMO_OK, "%s", run.message);
}

/* The time integral of a species over the ground within a distance, and what fell there. */
static double step_sum(const cosmo_accident_answer *answer, const float *field, size_t species, double within_m)
{
    const cosmo_plume_mesh *mesh = &toxics.accident.mesh;
    double sum = 0.0;
    for (size_t cell = 0; cell < answer->n_cells; cell++)
        if (cosmo_mesh_outer_m(mesh, cell / mesh->sectors) <= within_m)
            sum += (double)field[species * answer->n_cells + cell] * cosmo_mesh_area_m2(mesh, cell / mesh->sectors);
    return sum;
}

static double step_mean(const cosmo_accident_answer *answer)
{
    double sum = 0.0;
    for (size_t i = 0; i < answer->n_samples; i++) sum += answer->steps[i];
    return sum / (double)answer->n_samples;
}

START_TEST(doses_hardly_depend_on_the_step)
{
    static const double reaches_m[] = {10e3, 30e3, 100.1e3};
    cosmo_toxics_case whole, half;
    arena = cosmo_arena_create(0, NULL);
    cosmo_run_init(&run, arena);
    run.data_folder = "data";
    ck_assert_int_eq(cosmo_toxics_read("cases/proton-2013.yaml", arena, &run, &toxics), COSMO_OK);
    const bool small = getenv("COSMO_STEP_SAMPLES") == NULL;
    toxics.release.sampling.samples = step_count("COSMO_STEP_SAMPLES", 2);
    toxics.release.sampling.particles = step_count("COSMO_STEP_PARTICLES", 1000);
    const double step = toxics.release.sampling.step_fraction;
    step_run(step, &whole);
    step_run(0.5 * step, &half);
    printf("  %zu samples, %lld particles, steps a particle: %.0f at %g, %.0f at %g of the time scale\n",
           whole.answer.n_samples, (long long)toxics.release.sampling.particles, step_mean(&whole.answer), step,
           step_mean(&half.answer), 0.5 * step);
    ck_assert_double_gt(step_mean(&half.answer), 1.5 * step_mean(&whole.answer));
    for (size_t s = 0; s < 2; s++) /* UDMH and NO2: what is aboard */
        for (size_t i = 0; i < sizeof reaches_m / sizeof reaches_m[0]; i++) {
            char what[80];
            snprintf(what, sizeof what, "%s within %.0f km, mean dose at half the step", toxics.accident.species[s]->id,
                     1e-3 * reaches_m[i]);
            const double a = step_sum(&whole.answer, whole.answer.dose_kg_s_m3, s, reaches_m[i]);
            const double b = step_sum(&half.answer, half.answer.dose_kg_s_m3, s, reaches_m[i]);
            ck_assert_double_gt(a, 0.0);
            suite_error(what, b / a - 1.0, "", small ? 0.25 : 0.05);
        }
    cosmo_arena_destroy(arena);
}
END_TEST

COSMO_SUITE("study/toxics_step", doses_hardly_depend_on_the_step)
