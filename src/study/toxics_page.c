/* The page of a release: everything that a report or a map shows of it. */
#include "study/toxics_page.h"
#include "study/page_notes.h"

#include <math.h>

static const double TOXICS_PAGE_DEGREES = 180.0 / 3.14159265358979323846;

static const char *toxics_page_subtitle(const cosmo_toxics_case *c, cosmo_arena *arena)
{
    static const char *const kinds[] = {"explosion", "spill", "continuous release", "residues of a dropped stage",
                                        "exhaust"};
    const cosmo_toxics *t = c->toxics;
    const double lat = t->origin.latitude_rad * TOXICS_PAGE_DEGREES,
                 lon = t->origin.longitude_rad * TOXICS_PAGE_DEGREES;
    return cosmo_arena_print(arena,
                             "%s \302\267 %.3f\302\260 %c, %.3f\302\260 %c \302\267 %zu sample%s of weather and source",
                             kinds[t->release.source.kind], fabs(lat), lat < 0.0 ? 'S' : 'N', fabs(lon),
                             lon < 0.0 ? 'W' : 'E', c->answer.n_samples, c->answer.n_samples == 1 ? "" : "s");
}

static bool toxics_page_credits(const cosmo_toxics *t, cosmo_arena *arena, cosmo_page *page)
{
    const cosmo_population *people = t->population;
    const size_t n = people != NULL ? people->n_credits : 0;
    const char **credits = cosmo_arena_array(arena, n + 2, sizeof *credits);
    if (credits == NULL) return false;
    credits[0] = "Substances, limits and rule-sets: the program's data folder, where each figure stands with its "
                 "source and confidence.";
    for (size_t i = 0; i < n; i++) credits[i + 1] = people->credits[i];
    page->credits = credits;
    page->n_credits = n + 1;
    return true;
}

cosmo_status cosmo_toxics_page_make(const cosmo_toxics_case *result, cosmo_arena *arena, cosmo_run *run,
                                    cosmo_page *page)
{
    const cosmo_release *r = &result->toxics->release;
    *page = (cosmo_page){.name = r->name, .title = r->title, .epoch_utc = r->source.time_utc};
    page->subtitle = toxics_page_subtitle(result, arena);
    COSMO_NEED(page->subtitle, run);
    const bool made = toxics_page_credits(result->toxics, arena, page) &&
                      cosmo_page_notes_take(result->run, arena, page) &&
                      cosmo_toxics_figures_make(result, arena, page) && cosmo_toxics_sheets_make(result, arena, page) &&
                      cosmo_toxics_charts_make(result, arena, page);
    if (!made) return cosmo_run_out_of_memory(run);
    return cosmo_toxics_layers_make(result, arena, run, page);
}
