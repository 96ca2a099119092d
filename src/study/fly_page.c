/* The page of a flown case: everything that a report or a map shows of it. */
#include "study/fly_parts.h"
#include "study/page_notes.h"

static const double FLY_PAGE_DEGREES = 180.0 / 3.14159265358979323846;

static const char *fly_page_subtitle(const cosmo_mission *m, cosmo_arena *arena)
{
    const cosmo_target *t = &m->target;
    return cosmo_arena_print(arena, "%s \302\267 %s %s \302\267 %.6g \303\227 %.6g km, %.5g\302\260", m->vehicle.name,
                             m->site.name, m->pad->id, t->perigee_altitude_m / 1e3, t->apogee_altitude_m / 1e3,
                             t->inclination_rad * FLY_PAGE_DEGREES);
}

cosmo_status cosmo_fly_page_make(const cosmo_case *flown, cosmo_arena *arena, cosmo_run *run, cosmo_page *page)
{
    static const char *const credits[] = {"Vehicles, sites and drop zones: the program's data folder, where each "
                                          "figure stands with its source and confidence."};
    const cosmo_mission *m = flown->mission;
    *page = (cosmo_page){
        .name = m->name, .title = m->title, .epoch_utc = m->liftoff_utc, .n_credits = 1, .credits = credits};
    page->subtitle = fly_page_subtitle(m, arena);
    COSMO_NEED(page->subtitle, run);
    const bool made = cosmo_page_notes_take(flown->run, arena, page) && cosmo_fly_figures_make(flown, arena, page) &&
                      cosmo_fly_layers_make(flown, arena, page) && cosmo_fly_charts_make(flown, arena, page) &&
                      cosmo_fly_sheets_make(flown, arena, page);
    return made ? COSMO_OK : cosmo_run_out_of_memory(run);
}
