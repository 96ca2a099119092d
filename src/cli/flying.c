/* A mission read, flown, with its risk where it asks for it, written and shown. */
#include "cli/flying.h"
#include "cli/risk_folder.h"
#include "cli/sampling.h"
#include "cli/table.h"
#include "cosmodrome/report.h"
#include "cosmodrome/study.h"

#include <stdlib.h>
#include <string.h>

enum { FLYING_INDENT = 2, FLYING_NAME_WIDTH = 40 };

/* ---- for a person
 * ---------------------------------------------------------------------------------------------------- */

static void flying_figures(const cosmo_page *page, cosmo_text *out)
{
    static const char *const words[] = {"", "met", "NOT MET", "not assessed"};
    for (size_t i = 0; i < page->n_figures; i++) {
        const cosmo_figure *f = &page->figures[i];
        cosmo_text_print(out, "  %-*s%s%s%s", FLYING_NAME_WIDTH, f->label, f->value, f->unit != NULL ? " " : "",
                         f->unit != NULL ? f->unit : "");
        if (f->limit != NULL) cosmo_text_print(out, ", limit %s", f->limit);
        if (f->verdict != COSMO_VERDICT_NONE) cosmo_text_print(out, ": %s", words[f->verdict]);
        cosmo_text_print(out, "  (%s)\n", f->note);
    }
}

static void flying_show(const cosmo_case *flown, const cosmo_page *page, const char *folder, cosmo_text *out)
{
    cosmo_text_print(out, "%s\n%s\n\n", page->title, page->subtitle);
    flying_figures(page, out);
    for (size_t i = 0; i < flown->solution.n_unmet; i++)
        cosmo_text_print(out, "  not met: %s\n", flown->solution.unmet[i]);
    for (size_t i = 0; i < page->n_sheets; i++) {
        if (page->sheets[i].n_rows == 0) continue;
        cosmo_text_print(out, "\n%s\n", page->sheets[i].title);
        cosmo_table_print(&page->sheets[i], FLYING_INDENT, out);
    }
    cosmo_text_print(out, "\n%zu assumptions, %zu input files%s\n", page->n_assumptions, page->n_inputs,
                     folder == NULL ? " (--json or -o DIR show them)" : "");
}

/* ---- files
 * ----------------------------------------------------------------------------------------------------------- */

cosmo_status cosmo_flying_created(cosmo_call *call, const char **created)
{
    *created = NULL;
    const char *text = getenv("SOURCE_DATE_EPOCH");
    if (text == NULL || text[0] == '\0') return COSMO_OK;
    double seconds;
    const bool whole = text[strspn(text, "0123456789")] == '\0' && strlen(text) < 12;
    if (!whole || !cosmo_text_number(text, &seconds))
        return cosmo_run_fail(call->run, COSMO_BAD_INPUT,
                              "error: SOURCE_DATE_EPOCH is '%.40s'; a count of seconds is expected", text);
    const cosmo_utc start_of_1970 = {2440587.5, seconds / 86400.0};
    char *stamp = cosmo_arena_alloc(call->arena, 40);
    COSMO_NEED(stamp, call->run);
    cosmo_time_format(start_of_1970, 0, stamp);
    *created = stamp;
    return COSMO_OK;
}

static cosmo_status flying_write(cosmo_call *call, const cosmo_case *flown, const cosmo_page *page, const char *folder)
{
    const char *created;
    COSMO_TRY(cosmo_flying_created(call, &created));
    cosmo_case_part report = {.name = "report.html"};
    const char *html;
    COSMO_TRY(cosmo_report_html(page, &flown->mission->map, call->arena, call->run, &html, &report.bytes));
    report.data = html;
    return cosmo_case_write_folder(flown, page, created, &report, 1, folder, call->arena, call->run);
}

/* The folder of the flight with the files of its risk; the page and the map layers are those of the risk. */
static cosmo_status flying_write_risk(cosmo_call *call, const cosmo_case *flown, const cosmo_risk_case *risk,
                                      const char *folder)
{
    cosmo_run *run = call->run;
    const char *created;
    size_t bytes;
    cosmo_page page;
    cosmo_risk_folder files;
    COSMO_TRY(cosmo_flying_created(call, &created));
    COSMO_TRY(cosmo_risk_page_make(risk, call->arena, run, &page));
    COSMO_TRY(cosmo_risk_folder_make(call, risk, &page, &files));
    const char *json = cosmo_risk_summary_json(risk, call->arena, &bytes);
    COSMO_TRY(cosmo_risk_folder_add(&files, "risk.json", json, bytes, run));
    return cosmo_case_write_folder(flown, &page, created, files.parts, files.n, folder, call->arena, run);
}

/* ---- risk
 * ------------------------------------------------------------------------------------------------------------ */

/* The risk of a flight whose mission has a section for it; `risk` stays NULL where there is none. */
static cosmo_status flying_risk(cosmo_call *call, cosmo_case *flown, const char *folder, cosmo_risk_case **risk)
{
    cosmo_run *run = call->run;
    *risk = NULL;
    if (cosmo_yaml_child(flown->mission->root, "risk") == NULL) return COSMO_OK;
    if (!flown->solution.feasible) {
        cosmo_run_note(run, COSMO_NOTE_WARNING, "risk: left out, as the mission cannot be flown");
        return COSMO_OK;
    }
    COSMO_TRY(cosmo_sampling_folder(folder, run));
    *risk = cosmo_arena_alloc(call->arena, sizeof **risk);
    cosmo_run *before = cosmo_arena_alloc(call->arena, sizeof *before);
    COSMO_NEED(*risk, run);
    COSMO_NEED(before, run);
    (*risk)->flown = *flown;
    *before = *run; /* the flight's own summary rests on what was noted so far */
    flown->run = before;
    COSMO_TRY(cosmo_risk_case_assess(flown->mission, NULL, call->arena, run, *risk));
    if (!cosmo_rules_met(&(*risk)->findings)) call->limit_exceeded = true;
    return COSMO_OK;
}

/* ---- the whole
 * ------------------------------------------------------------------------------------------------------- */

static cosmo_status flying_answer(cosmo_call *call, const cosmo_case *flown, const cosmo_page *page,
                                  const cosmo_risk_case *risk, const char *folder)
{
    cosmo_text out = cosmo_text_begin(call->arena);
    if (call->common.json) {
        size_t bytes;
        const char *json = cosmo_summary_json(flown, call->arena, &bytes);
        COSMO_NEED(json, call->run);
        return cosmo_commands_print(call, json, bytes);
    }
    flying_show(flown, page, folder, &out);
    if (risk != NULL) {
        cosmo_text_put(&out, "\n");
        COSMO_TRY(cosmo_risk_summary_print(risk, call->arena, &out));
        cosmo_text_put(&out, "\n");
    }
    if (folder != NULL) cosmo_text_print(&out, "written to %s/; begin with %s/report.html\n", folder, folder);
    return cosmo_commands_print_text(call, &out);
}

cosmo_status cosmo_flying_act(cosmo_call *call, bool all)
{
    cosmo_arena *arena = call->arena;
    cosmo_run *run = call->run;
    cosmo_mission *mission = cosmo_arena_alloc(arena, sizeof *mission);
    cosmo_case *flown = cosmo_arena_alloc(arena, sizeof *flown);
    COSMO_NEED(mission, run);
    COSMO_NEED(flown, run);
    COSMO_TRY(cosmo_mission_read(call->arguments[0], arena, run, mission));
    COSMO_TRY(cosmo_case_fly(mission, arena, run, flown));
    call->limit_exceeded = !cosmo_case_within_limits(flown);
    const char *folder = call->common.folder;
    if (folder == NULL && all) {
        folder = cosmo_file_join(arena, "out", mission->name);
        COSMO_NEED(folder, run);
    }
    cosmo_risk_case *risk = NULL;
    if (all) COSMO_TRY(flying_risk(call, flown, folder, &risk));
    cosmo_page page;
    COSMO_TRY(cosmo_fly_page_make(flown, arena, run, &page));
    if (risk != NULL)
        COSMO_TRY(flying_write_risk(call, flown, risk, folder));
    else if (folder != NULL)
        COSMO_TRY(flying_write(call, flown, &page, folder));
    return flying_answer(call, flown, &page, risk, folder);
}
