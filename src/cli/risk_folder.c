/* The files of a risk case, for the folder of risk and for that of report. */
#include "cli/risk_folder.h"
#include "cli/flying.h"
#include "cosmodrome/report.h"

cosmo_status cosmo_risk_folder_add(cosmo_risk_folder *folder, const char *name, const void *data, size_t bytes,
                                   cosmo_run *run)
{
    COSMO_NEED(data, run);
    folder->parts[folder->n++] = (cosmo_case_part){name, data, bytes};
    return COSMO_OK;
}

static cosmo_status risk_folder_tables(cosmo_call *call, const cosmo_risk_case *result, cosmo_risk_folder *folder)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_text areas = cosmo_text_begin(arena), failures = cosmo_text_begin(arena), oem = cosmo_text_begin(arena);
    const char *created, *closures;
    size_t bytes;
    COSMO_TRY(cosmo_risk_places_areas(result, arena, run, &areas));
    COSMO_TRY(cosmo_risk_folder_add(folder, "hazard-areas.geojson", areas.data, areas.length, run));
    COSMO_TRY(cosmo_risk_places_failures(result, run, &failures));
    COSMO_TRY(cosmo_risk_folder_add(folder, "failures.csv", failures.data, failures.length, run));
    COSMO_TRY(cosmo_flying_created(call, &created));
    COSMO_TRY(cosmo_risk_places_dispersion(result, created, arena, run, &oem));
    COSMO_TRY(cosmo_risk_folder_add(folder, "dispersion.oem", oem.data, oem.length, run));
    COSMO_TRY(cosmo_closures_json(result, arena, run, &closures, &bytes));
    return cosmo_risk_folder_add(folder, "closures.json", closures, bytes, run);
}

cosmo_status cosmo_risk_folder_make(cosmo_call *call, const cosmo_risk_case *result, const cosmo_page *page,
                                    cosmo_risk_folder *folder)
{
    cosmo_run *run = call->run;
    const char *html;
    size_t bytes;
    cosmo_list grids;
    folder->n = 0;
    COSMO_TRY(cosmo_report_html(page, &result->flown.mission->map, call->arena, run, &html, &bytes));
    COSMO_TRY(cosmo_risk_folder_add(folder, "report.html", html, bytes, run));
    COSMO_TRY(risk_folder_tables(call, result, folder));
    COSMO_TRY(cosmo_risk_grids_make(result, call->arena, run, &grids));
    const cosmo_case_part *parts = grids.items;
    for (size_t i = 0; i < grids.n; i++)
        COSMO_TRY(cosmo_risk_folder_add(folder, parts[i].name, parts[i].data, parts[i].bytes, run));
    return COSMO_OK;
}
