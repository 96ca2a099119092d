/* cosmodrome toxics CASE */
#include "cli/sampling.h"
#include "cli/table.h"
#include "cli/toxics_folder.h"

enum { TOXICS_INDENT = 2 };
static const double TOXICS_SAMPLES_MOST = 1e5, TOXICS_PARTICLES_LEAST = 100.0, TOXICS_PARTICLES_MOST = 1e7;

typedef struct toxics_options {
    int64_t samples, particles; /* -1: as the case says */
    const char *against;        /* another case; NULL: none */
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
    {.name = "--against",
     .kind = COSMO_OPTION_TEXT,
     .offset = offsetof(toxics_options, against),
     .value = "OTHER",
     .help = "say which section of the two files explains the difference between their answers"},
};

static void toxics_defaults(void *options)
{
    *(toxics_options *)options = (toxics_options){-1, -1, NULL};
}

static cosmo_status toxics_check(const cosmo_call *call)
{
    const toxics_options *o = call->options;
    if (o->samples >= 0 && (o->samples < 1 || (double)o->samples > TOXICS_SAMPLES_MOST))
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --samples is %lld; it must be 1 to 100000",
                              (long long)o->samples);
    if (o->particles >= 0 &&
        ((double)o->particles < TOXICS_PARTICLES_LEAST || (double)o->particles > TOXICS_PARTICLES_MOST))
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT, "error: --particles is %lld; it must be 100 to 1e7",
                              (long long)o->particles);
    return COSMO_OK;
}

static cosmo_status toxics_compare(cosmo_call *call)
{
    const toxics_options *o = call->options;
    cosmo_toxics_against *result = cosmo_arena_alloc(call->arena, sizeof *result);
    cosmo_sheet sheet;
    size_t bytes;
    COSMO_NEED(result, call->run);
    COSMO_TRY(cosmo_toxics_against_run(call->arguments[0], o->against, o->samples, o->particles, call->arena, call->run,
                                       result));
    const char *json = cosmo_toxics_against_json(result, call->arena, &bytes);
    COSMO_TRY(cosmo_commands_summary(call, json, bytes));
    if (call->common.json) return COSMO_OK;
    COSMO_TRY(cosmo_toxics_against_sheet(result, call->arena, call->run, &sheet));
    cosmo_text out = cosmo_text_begin(call->arena);
    cosmo_text_print(&out, "%s\n%s\n\n", sheet.title, sheet.note);
    if (sheet.n_rows > 0)
        cosmo_table_print(&sheet, TOXICS_INDENT, &out);
    else
        cosmo_text_put(&out, "nothing that bears on an answer differs\n");
    return cosmo_commands_print_text(call, &out);
}

static cosmo_status toxics_act(cosmo_call *call)
{
    const toxics_options *o = call->options;
    COSMO_TRY(toxics_check(call));
    if (o->against != NULL) return toxics_compare(call);
    cosmo_toxics *toxics = cosmo_arena_alloc(call->arena, sizeof *toxics);
    COSMO_NEED(toxics, call->run);
    COSMO_TRY(cosmo_toxics_read(call->arguments[0], call->arena, call->run, toxics));
    if (o->samples >= 0) toxics->release.sampling.samples = o->samples;
    if (o->particles >= 0) toxics->release.sampling.particles = o->particles;
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
        "and meet in DIR. --against OTHER computes mixtures of both files, section by section, and splits each "
        "difference by\n"
        "Shapley's value; -o DIR has its summary.json then. The same case and seed give the same bytes on any number "
        "of threads and processes.\n",
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
