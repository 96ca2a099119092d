/* The page of a risk case: that of its flight, with the figures, layers and tables of the risk in front. */
#include "study/risk_parts.h"

enum { RISK_PAGE_CHARTS = 1 }; /* of the flight: altitude and speed, beside when it fails */

static bool risk_page_credits(const cosmo_population *population, cosmo_arena *arena, cosmo_page *page)
{
    const char **credits = cosmo_arena_array(arena, page->n_credits + population->n_credits + 1, sizeof *credits);
    if (credits == NULL) return false;
    for (size_t i = 0; i < page->n_credits; i++) credits[i] = page->credits[i];
    for (size_t i = 0; i < population->n_credits; i++) credits[page->n_credits + i] = population->credits[i];
    page->credits = credits;
    page->n_credits += population->n_credits;
    return true;
}

cosmo_status cosmo_risk_page_make(const cosmo_risk_case *r, cosmo_arena *arena, cosmo_run *run, cosmo_page *page)
{
    COSMO_TRY(cosmo_fly_page_make(&r->flown, arena, run, page));
    if (page->n_charts > RISK_PAGE_CHARTS) page->n_charts = RISK_PAGE_CHARTS;
    page->title = cosmo_arena_print(arena, "%s: risk", page->title);
    COSMO_NEED(page->title, run);
    const bool made = risk_page_credits(r->population, arena, page) && cosmo_risk_figures_make(r, arena, page) &&
                      cosmo_risk_layer_add(r, arena, page) && cosmo_risk_charts_add(r, arena, page) &&
                      cosmo_risk_sheets_add(r, arena, page);
    if (!made) return cosmo_run_out_of_memory(run);
    return cosmo_risk_areas_add(r, arena, run, page);
}
