/* A release computed: the answer for a person or as JSON, and the folder. */
#include "cli/toxics_folder.h"
#include "cli/sampling.h"
#include "cli/table.h"
#include "cosmodrome/report.h"

enum { TOXICS_FOLDER_FILES = 8, TOXICS_FOLDER_INDENT = 2, TOXICS_FOLDER_NAME = 44 };

static void toxics_folder_figures(const cosmo_page *page, cosmo_text *out)
{
    for (size_t i = 0; i < page->n_figures; i++) {
        const cosmo_figure *f = &page->figures[i];
        cosmo_text_print(out, "  %-*s %s%s%s", TOXICS_FOLDER_NAME, f->label, f->value, f->unit != NULL ? " " : "",
                         f->unit != NULL ? f->unit : "");
        if (f->note != NULL) cosmo_text_print(out, "  (%s)", f->note);
        cosmo_text_put(out, "\n");
    }
}

static void toxics_folder_show(const cosmo_page *page, const char *folder, cosmo_text *out)
{
    cosmo_text_print(out, "%s\n%s\n\n", page->title, page->subtitle);
    toxics_folder_figures(page, out);
    for (size_t i = 0; i < page->n_sheets; i++) {
        if (page->sheets[i].n_rows == 0) continue;
        cosmo_text_print(out, "\n%s\n", page->sheets[i].title);
        cosmo_table_print(&page->sheets[i], TOXICS_FOLDER_INDENT, out);
    }
    cosmo_text_print(out, "\n%zu assumptions, %zu input files%s\n", page->n_assumptions, page->n_inputs,
                     folder == NULL ? " (--json or -o DIR show them)" : "");
    if (folder != NULL) cosmo_text_print(out, "written to %s/; begin with %s/report.html\n", folder, folder);
}

static cosmo_status toxics_folder_write(cosmo_call *call, const cosmo_toxics_case *result, const cosmo_page *page,
                                        const char *json, size_t json_bytes, const char *folder)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_file_part files[TOXICS_FOLDER_FILES];
    cosmo_list fields;
    const char *html;
    size_t n = 0, html_bytes;
    cosmo_text kml = cosmo_text_begin(arena);
    COSMO_TRY(cosmo_report_html(page, &result->toxics->map, arena, run, &html, &html_bytes));
    COSMO_TRY(cosmo_toxics_fields_make(result, arena, run, &fields));
    cosmo_kml_write(&kml, page->title, page->epoch_utc, page->layers, page->n_layers);
    if (kml.failed) return cosmo_run_out_of_memory(run);
    files[n++] = (cosmo_file_part){"report.html", html, html_bytes};
    files[n++] = (cosmo_file_part){"summary.json", json, json_bytes};
    files[n++] = (cosmo_file_part){"case.kml", kml.data, kml.length};
    const cosmo_case_part *parts = fields.items;
    for (size_t i = 0; i < fields.n; i++) files[n++] = (cosmo_file_part){parts[i].name, parts[i].data, parts[i].bytes};
    for (size_t i = 0; i < n; i++) {
        files[i].path = cosmo_file_join(arena, folder, files[i].path);
        COSMO_NEED(files[i].path, run);
    }
    COSMO_TRY(cosmo_file_make_folder(folder, run));
    COSMO_TRY(cosmo_file_write_all(files, n, run));
    const char *package = cosmo_file_join(arena, folder, "case.gpkg");
    COSMO_NEED(package, run);
    return cosmo_gpkg_write(package, page->title, page->layers, page->n_layers, run);
}

cosmo_status cosmo_toxics_folder_act(cosmo_call *call, const cosmo_toxics *toxics, const char *folder)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_campaign campaign;
    COSMO_TRY(cosmo_sampling_together(call, &folder, &campaign));
    cosmo_text options = cosmo_text_begin(arena);
    cosmo_text_print(&options, "toxics samples %lld particles %lld", (long long)toxics->release.sampling.samples,
                     (long long)toxics->release.sampling.particles);
    if (options.failed) return cosmo_run_out_of_memory(run);
    COSMO_TRY(cosmo_campaign_key(run, options.data, campaign.key));
    cosmo_toxics_case *result = cosmo_arena_alloc(arena, sizeof *result);
    COSMO_NEED(result, run);
    COSMO_TRY(cosmo_toxics_case_run(toxics, &campaign, arena, run, result));
    if (!cosmo_sampling_answers(&campaign)) return cosmo_campaign_end(&campaign, run);
    call->limit_exceeded = !cosmo_rules_met(&result->limits);
    size_t bytes;
    cosmo_page page;
    const char *json = cosmo_toxics_summary_json(result, arena, &bytes);
    COSMO_NEED(json, run);
    COSMO_TRY(cosmo_toxics_page_make(result, arena, run, &page));
    if (folder != NULL) COSMO_TRY(toxics_folder_write(call, result, &page, json, bytes, folder));
    COSMO_TRY(cosmo_campaign_end(&campaign, run));
    if (call->common.json) return cosmo_commands_print(call, json, bytes);
    cosmo_text out = cosmo_text_begin(arena);
    toxics_folder_show(&page, folder, &out);
    return cosmo_commands_print_text(call, &out);
}
