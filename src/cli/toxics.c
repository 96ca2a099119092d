/* cosmodrome toxics CASE */
#include "cli/sampling.h"
#include "cli/toxics_folder.h"

static const double TOXICS_SAMPLES_MOST = 1e5, TOXICS_PARTICLES_LEAST = 100.0, TOXICS_PARTICLES_MOST = 1e7;

typedef struct toxics_options {
    int64_t samples, particles; /* -1: as the case says */
} toxics_options;

static const cosmo_option TOXICS_OPTIONS[] = {
    {.name = "--samples",
     .kind = COSMO_OPTION_COUNT,
     .offset = offsetof(toxics_options, samples),
     .value = "N",
     .help = "weathers and sources drawn, instead of the case's sampling.samples"},
    {.name = "--particles",
     .kind = COSMO_OPTION_COUNT,
     .offset = offsetof(toxics_options, particles),
     .value = "N",
     .help = "particles of each, instead of sampling.particles"},
};

static void toxics_defaults(void *options)
{
    *(toxics_options *)options = (toxics_options){-1, -1};
}

static cosmo_status toxics_apply(const cosmo_call *call, cosmo_release *release)
{
    const toxics_options *o = call->options;
    if (o->samples >= 0 && (o->samples < 1 || (double)o->samples > TOXICS_SAMPLES_MOST))
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --samples is %lld; it must be 1 to 100000",
                              (long long)o->samples);
    if (o->particles >= 0 &&
        ((double)o->particles < TOXICS_PARTICLES_LEAST || (double)o->particles > TOXICS_PARTICLES_MOST))
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --particles is %lld; it must be 100 to 1e7",
                              (long long)o->particles);
    if (o->samples >= 0) release->sampling.samples = o->samples;
    if (o->particles >= 0) release->sampling.particles = o->particles;
    return COSMO_OK;
}

static cosmo_status toxics_act(cosmo_call *call)
{
    cosmo_toxics *toxics = cosmo_arena_alloc(call->arena, sizeof *toxics);
    COSMO_NEED(toxics, call->run);
    COSMO_TRY(cosmo_toxics_read(call->arguments[0], call->arena, call->run, toxics));
    COSMO_TRY(toxics_apply(call, &toxics->release));
    return cosmo_toxics_folder_act(call, toxics, call->common.folder);
}

const cosmo_command cosmo_toxics_command = {
    .name = "toxics",
    .usage = "CASE",
    .help = "Say what a release leaves in the air and the soil, whom it reaches, and what it is worth",
    .details =
        "Reads a case (see cases/), draws weather and source many times, lets the hot cloud rise and particles drift, "
        "and "
        "tells\n"
        "concentrations against limits, people, hectares, what lies in the soil, and each party's valuation. -o DIR "
        "writes\n"
        "report.html, summary.json, toxics.nc, toxics.tif, case.gpkg and case.kml. Under mpirun the processes share "
        "the "
        "samples\n"
        "and meet in DIR. The same case and seed give the same bytes on any number of threads and processes.\n",
    .arguments_min = 1,
    .arguments_max = 1,
    .needs_data = true,
    .has_summary = true,
    .options = TOXICS_OPTIONS,
    .n_options = sizeof TOXICS_OPTIONS / sizeof TOXICS_OPTIONS[0],
    .option_size = sizeof(toxics_options),
    .defaults = toxics_defaults,
    .act = toxics_act,
};
